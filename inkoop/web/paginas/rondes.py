"""A round: where it stands in figures, opening it with two, interests, and the work that is left in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.services import opening, overzicht, procedures, rondes, werklijst
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import count_bladzijden, list_fouten, quote_pad, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.grafiek import make_staven
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.RONDE_LEZEN))]

BLADZIJDE = 50


def _toon(bezoek: Bezoek, kenmerk: str, fouten: tuple[str, ...] = (), bladzijde: int = 1, q: str = "") -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.RONDE_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        cijfers = overzicht.count_ronde(sessie, ronde)
        leesbaar = bezoek.mag(Handeling.AANMELDING_LEZEN) and ronde.geopend_op is not None
        aanmeldingen, totaal = (
            werklijst.list_bladzijde(sessie, ronde, zoek=q, vanaf=(max(bladzijde, 1) - 1) * BLADZIJDE, aantal=BLADZIJDE)
            if leesbaar
            else ([], 0)
        )
        standen = procedures.list_standen(sessie, ronde.procedure_id, kenmerk) if ronde.geopend_op else []
        stappen = procedures.describe_openstaand(definitie, ronde.fase, standen) if ronde.geopend_op else ()
    return toon(
        bezoek,
        "ronde.html",
        f"Ronde {kenmerk}",
        status=409 if fouten else 200,
        fouten=fouten,
        kruimels=(("Procedures", "/procedures"), (definitie.titel, f"/procedures/{quote_pad(definitie.naam)}")),
        ronde=ronde,
        definitie=definitie,
        plan=definitie.find_ronde(kenmerk),
        cijfers=cijfers,
        beeld_status=make_staven("Aanmeldingen naar stand", cijfers.aanmeldingen) if leesbaar else None,
        beeld_besluit=make_staven("Besluiten naar soort", cijfers.besluiten) if cijfers.besluiten else None,
        leesbaar=leesbaar,
        aanmeldingen=aanmeldingen,
        totaal=totaal,
        bladzijde=max(bladzijde, 1),
        bladzijden=count_bladzijden(totaal, BLADZIJDE),
        q=q,
        stappen=stappen,
        gesloten=bezoek.nu > ronde.sluiting,
        vandaag=local_date(bezoek.nu),
        bezig=bezoek.kern.bijwerker.is_bezig(kenmerk),
    )


@router.get("/rondes/{kenmerk}")
def toon_ronde(bezoek: Lezer, kenmerk: str, bladzijde: int = 1, q: str = "") -> Response:
    """The round with its figures and applications; before closing nobody sees an application (FE-8)."""
    return _toon(bezoek, kenmerk, bladzijde=bladzijde, q=q)


@router.post("/rondes/{kenmerk}/opening")
def vraag_opening(bezoek: Annotated[Bezoek, Depends(mag(Handeling.OPENING_VERZOEKEN))], kenmerk: str) -> Response:
    """Ask for the opening, as the first of two."""
    try:
        rondes.request_opening(bezoek.huis, bezoek.door, kenmerk)
    except InkoopError as fout:
        return _toon(bezoek, kenmerk, list_fouten(fout))
    return _terug(kenmerk)


@router.post("/rondes/{kenmerk}/openen")
def open_ronde(bezoek: Annotated[Bezoek, Depends(mag(Handeling.RONDE_OPENEN))], kenmerk: str) -> Response:
    """Open the round, as the second of two."""
    try:
        opening.open_ronde(bezoek.huis, bezoek.door, kenmerk)
    except InkoopError as fout:
        return _toon(bezoek, kenmerk, list_fouten(fout))
    bezoek.kern.bijwerker.vraag(ronde=kenmerk)
    return _terug(kenmerk)


Bijwerkend = Annotated[Bezoek, Depends(mag(Handeling.FLOW_STARTEN))]


@router.post("/rondes/{kenmerk}/bijwerken")
def werk_bij(bezoek: Bijwerkend, kenmerk: str) -> Response:
    """Let the system do what is due in this round now."""
    with lees(bezoek.huis, bezoek.door, Handeling.FLOW_STARTEN) as sessie:
        rondes.find_ronde(sessie, kenmerk)
    bezoek.kern.bijwerker.vraag(ronde=kenmerk)
    return _terug(kenmerk)


@router.get("/rondes/{kenmerk}/voortgang")
def toon_voortgang(bezoek: Lezer, kenmerk: str) -> Response:
    """A line that says whether the system is at work; a page asks for it until it is not."""
    with lees(bezoek.huis, bezoek.door, Handeling.RONDE_LEZEN) as sessie:
        rondes.find_ronde(sessie, kenmerk)
    bezig = bezoek.kern.bijwerker.is_bezig(kenmerk)
    antwoord = toon(bezoek, "deel_voortgang.html", "", kenmerk=kenmerk, bezig=bezig)
    if not bezig:
        antwoord.headers["hx-refresh"] = "true"
    return antwoord


Verklaarder = Annotated[Bezoek, Depends(mag(Handeling.BELANGEN_VERKLAREN))]


@router.get("/rondes/{kenmerk}/belangen")
def toon_belangen(bezoek: Verklaarder, kenmerk: str) -> Response:
    """The statement about interests (FE-7)."""
    return _toon_belangen(bezoek, kenmerk, {}, ())


@router.post("/rondes/{kenmerk}/belangen")
def verklaar(bezoek: Verklaarder, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Make the statement, once."""
    keuze, toelichting = ingevuld["belang"], ingevuld["toelichting"]
    fouten: tuple[str, ...] = ()
    if keuze not in {"geen", "wel"}:
        fouten = ("Kies of u een belang hebt bij deze ronde.",)
    else:
        try:
            rondes.declare_belangen(
                bezoek.huis, bezoek.door, kenmerk, geen_belang=keuze == "geen", toelichting=toelichting
            )
        except InkoopError as fout:
            fouten = list_fouten(fout)
    if fouten:
        return _toon_belangen(bezoek, kenmerk, {"belang": keuze, "toelichting": toelichting}, fouten)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/werk", status_code=303)


def _toon_belangen(bezoek: Bezoek, kenmerk: str, ingevuld: dict[str, str], fouten: tuple[str, ...]) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.BELANGEN_VERKLAREN) as sessie:
        rondes.find_ronde(sessie, kenmerk)
    return toon(
        bezoek,
        "belangen.html",
        f"Belangenverklaring voor ronde {kenmerk}",
        status=422 if fouten else 200,
        fouten=fouten,
        kruimels=((f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),),
        kenmerk=kenmerk,
        ingevuld=ingevuld,
    )


def _terug(kenmerk: str) -> Response:
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}", status_code=303)
