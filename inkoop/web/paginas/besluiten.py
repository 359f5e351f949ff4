"""Repair and decisions of a round: the list, what each rests on, the letters, and checking, taking, sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Besluitstatus, Herstelstatus
from inkoop.services import besluiten, besluitenlijst, herstel, procedures, rondes
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import count_bladzijden, list_fouten, quote_pad, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_LEZEN))]

BLADZIJDE = 50


def _toon(
    bezoek: Bezoek, kenmerk: str, fouten: tuple[str, ...] = (), melding: str = "", bladzijde: int = 1
) -> Response:
    bladzijde = min(max(bladzijde, 1), 100_000)
    with lees(bezoek.huis, bezoek.door, Handeling.BESLUIT_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        regels, totaal = besluitenlijst.list_besluiten(sessie, ronde, (bladzijde - 1) * BLADZIJDE, BLADZIJDE)
        standen = besluitenlijst.list_standen(sessie, ronde)
        verzamel = besluiten.find_verzamelbesluit(sessie, ronde)
        eerder = {Besluitstatus.CONCEPT, Besluitstatus.GECONTROLEERD} & standen
        gezien = besluitenlijst.read_stand(sessie, ronde).merk
        klaar = Besluitstatus.GENOMEN in standen and not eerder and besluiten.is_verzendklaar(sessie, ronde)
    return toon(
        bezoek,
        "besluiten.html",
        f"Besluiten van ronde {kenmerk}",
        status=409 if fouten else 200,
        fouten=fouten,
        melding=melding,
        kruimels=(
            (definitie.titel, f"/procedures/{quote_pad(definitie.naam)}"),
            (f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),
        ),
        ronde=ronde,
        regels=regels,
        bladzijde=bladzijde,
        bladzijden=count_bladzijden(totaal, BLADZIJDE),
        verzamel=verzamel,
        gezien=gezien,
        te_controleren=Besluitstatus.CONCEPT in standen,
        te_nemen=Besluitstatus.GECONTROLEERD in standen,
        te_verzenden=Besluitstatus.GENOMEN in standen,
        verzendklaar=klaar,
        bezig=bezoek.kern.bijwerker.is_bezig(kenmerk),
    )


@router.get("/rondes/{kenmerk}/besluiten")
def toon_besluiten(bezoek: Lezer, kenmerk: str, bladzijde: int = 1) -> Response:
    """The besluiten of a round with their reasons and letters, a page at a time, and the one act that is next."""
    return _toon(bezoek, kenmerk, bladzijde=bladzijde)


def _handel(bezoek: Bezoek, kenmerk: str, ingevuld: Ingevuld, doe: Callable[[Huis, Optreden, str], int]) -> Response:
    """One act for every besluit that the page showed; when others came or changed since, the page is shown again."""
    try:
        doe(bezoek.huis, bezoek.na(ingevuld["gezien"], besluitenlijst.look_besluiten(kenmerk)), kenmerk)
    except InkoopError as fout:
        return _toon(bezoek, kenmerk, list_fouten(fout))
    bezoek.kern.bijwerker.vraag(ronde=kenmerk)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/besluiten", status_code=303)


@router.post("/rondes/{kenmerk}/besluiten/controleren")
def controleer(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_CONTROLEREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Check every proposal of the round, as jurist."""
    return _handel(bezoek, kenmerk, ingevuld, besluiten.check_besluiten)


@router.post("/rondes/{kenmerk}/besluiten/nemen")
def neem(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_NEMEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Take every checked besluit, under mandate."""
    return _handel(bezoek, kenmerk, ingevuld, besluiten.take_besluiten)


@router.post("/rondes/{kenmerk}/besluiten/verzenden")
def verzend(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_VERZENDEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Send the letters; the terms start."""
    return _handel(bezoek, kenmerk, ingevuld, besluiten.send_besluiten)


Herstellezer = Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_LEZEN))]


def _toon_herstel(bezoek: Bezoek, kenmerk: str, fouten: tuple[str, ...] = (), bladzijde: int = 1) -> Response:
    bladzijde = min(max(bladzijde, 1), 100_000)
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        regels, totaal = (
            besluitenlijst.list_herstel(sessie, ronde, (bladzijde - 1) * BLADZIJDE, BLADZIJDE)
            if ronde.geopend_op is not None
            else ((), 0)
        )
    return toon(
        bezoek,
        "herstel.html",
        f"Herstel in ronde {kenmerk}",
        status=409 if fouten else 200,
        fouten=fouten,
        kruimels=(
            (definitie.titel, f"/procedures/{quote_pad(definitie.naam)}"),
            (f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),
        ),
        ronde=ronde,
        regels=regels,
        bladzijde=bladzijde,
        bladzijden=count_bladzijden(totaal, BLADZIJDE),
        concept=Herstelstatus.CONCEPT,
        gecontroleerd=Herstelstatus.GECONTROLEERD,
    )


@router.get("/rondes/{kenmerk}/herstel")
def toon_herstel(bezoek: Herstellezer, kenmerk: str, bladzijde: int = 1) -> Response:
    """The herstelverzoeken of a round with what each asks and its letter, a page at a time."""
    return _toon_herstel(bezoek, kenmerk, bladzijde=bladzijde)


def _handel_herstel(
    bezoek: Bezoek, kenmerk: str, ingevuld: Ingevuld, doe: Callable[[Huis, Optreden, str], None]
) -> Response:
    try:
        doe(bezoek.huis, bezoek.door, ingevuld["aanmelding"])
    except InkoopError as fout:
        return _toon_herstel(bezoek, kenmerk, list_fouten(fout))
    bezoek.kern.bijwerker.vraag(ronde=kenmerk, unit=ingevuld["aanmelding"])
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/herstel", status_code=303)


@router.post("/rondes/{kenmerk}/herstel/controleren")
def controleer_herstel(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.HERSTELVERZOEK_CONTROLEREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Check one herstelverzoek; its letter is approved with it."""
    return _handel_herstel(bezoek, kenmerk, ingevuld, herstel.approve_herstelverzoek)


@router.post("/rondes/{kenmerk}/herstel/verzenden")
def verzend_herstel(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.HERSTELVERZOEK_VERZENDEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Send one checked herstelverzoek."""
    return _handel_herstel(bezoek, kenmerk, ingevuld, herstel.send_herstelverzoek)
