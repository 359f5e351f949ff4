"""Repair and decisions of a round: the list, what each rests on, the letters, and checking, taking, sending."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Besluitstatus, Documentstatus, Herstelstatus
from inkoop.services import aanmeldingen, besluiten, documenten, herstel, procedures, rondes
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import list_fouten, quote_pad, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_LEZEN))]


def _toon(bezoek: Bezoek, kenmerk: str, fouten: tuple[str, ...] = (), melding: str = "") -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.BESLUIT_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        per_id = {rij.id: rij for rij in aanmeldingen.list_aanmeldingen(sessie, ronde)}
        rijen = [
            (
                per_id[besluit.aanmelding_id],
                besluit,
                besluiten.decode_voorstel(besluit),
            )
            for besluit in besluiten.list_ronde(sessie, ronde)
        ]
        brieven = {
            rij.kenmerk: [
                brief
                for brief in documenten.list_documenten(sessie, onderwerp=rij.kenmerk)
                if brief.status is not Documentstatus.VERVALLEN
            ]
            for rij, _, _ in rijen
        }
        verzamel = besluiten.find_verzamelbesluit(sessie, ronde)
        klaar = bool(rijen) and besluiten.is_verzendklaar(sessie, ronde)
    standen = {besluit.status for _, besluit, _ in rijen}
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
        rijen=rijen,
        brieven=brieven,
        verzamel=verzamel,
        te_controleren=Besluitstatus.CONCEPT in standen,
        te_nemen=Besluitstatus.GECONTROLEERD in standen,
        te_verzenden=Besluitstatus.GENOMEN in standen,
        verzendklaar=klaar,
        bezig=bezoek.kern.bijwerker.is_bezig(kenmerk),
    )


@router.get("/rondes/{kenmerk}/besluiten")
def toon_besluiten(bezoek: Lezer, kenmerk: str) -> Response:
    """Every besluit of a round with its reasons and letters, and the one act that is next."""
    return _toon(bezoek, kenmerk)


def _handel(bezoek: Bezoek, kenmerk: str, doe: Callable[[Huis, Optreden, str], int]) -> Response:
    try:
        doe(bezoek.huis, bezoek.door, kenmerk)
    except InkoopError as fout:
        return _toon(bezoek, kenmerk, list_fouten(fout))
    bezoek.kern.bijwerker.vraag(ronde=kenmerk)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/besluiten", status_code=303)


@router.post("/rondes/{kenmerk}/besluiten/controleren")
def controleer(bezoek: Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_CONTROLEREN))], kenmerk: str) -> Response:
    """Check every proposal of the round, as jurist."""
    return _handel(bezoek, kenmerk, besluiten.check_besluiten)


@router.post("/rondes/{kenmerk}/besluiten/nemen")
def neem(bezoek: Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_NEMEN))], kenmerk: str) -> Response:
    """Take every checked besluit, under mandate."""
    return _handel(bezoek, kenmerk, besluiten.take_besluiten)


@router.post("/rondes/{kenmerk}/besluiten/verzenden")
def verzend(bezoek: Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_VERZENDEN))], kenmerk: str) -> Response:
    """Send the letters; the terms start."""
    return _handel(bezoek, kenmerk, besluiten.send_besluiten)


Herstellezer = Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_LEZEN))]


def _toon_herstel(bezoek: Bezoek, kenmerk: str, fouten: tuple[str, ...] = ()) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        ronde = rondes.find_ronde(sessie, kenmerk)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        if ronde.geopend_op is not None:
            alle = [(rij, herstel.find_verzoek(sessie, rij)) for rij in aanmeldingen.list_aanmeldingen(sessie, ronde)]
        else:
            alle = []
        brieven = {
            rij.kenmerk: documenten.find_by_sleutel(sessie, f"{herstel.PREFIX}{rij.kenmerk}")
            for rij, verzoek in alle
            if verzoek is not None
        }
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
        rijen=[(rij, verzoek) for rij, verzoek in alle if verzoek is not None],
        brieven=brieven,
        concept=Herstelstatus.CONCEPT,
        gecontroleerd=Herstelstatus.GECONTROLEERD,
    )


@router.get("/rondes/{kenmerk}/herstel")
def toon_herstel(bezoek: Herstellezer, kenmerk: str) -> Response:
    """Every herstelverzoek of a round with what it asks and its letter."""
    return _toon_herstel(bezoek, kenmerk)


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
