"""An aanmelding with its findings and the evidence beside them; the evidence files themselves."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from inkoop.domain.criteria.bevinding import Bevinding
from inkoop.domain.toegang import Handeling
from inkoop.services import (
    aanmeldingen,
    besluiten,
    bewijzen,
    documenten,
    feiten,
    herstel,
    procedures,
    rondes,
    toetsen,
)
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import quote_pad, toon
from inkoop.web.feitvelden import list_velden
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import geef_bestand
from inkoop.web.toegang import mag

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_LEZEN))]


@router.get("/aanmeldingen/{kenmerk}")
def toon_aanmelding(bezoek: Lezer, kenmerk: str) -> Response:
    """Everything about one aanmelding, once it may be read."""
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, bezoek.door)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        editie = procedures.read_editie(sessie, ronde)
        toets = toetsen.find_laatste(sessie, rij)
        stukken = bewijzen.list_bewijsstukken(sessie, rij)
        feitregels = feiten.list_feiten(sessie, rij)
        besluitrijen = besluiten.list_besluiten(sessie, rij) if bezoek.mag(Handeling.BESLUIT_LEZEN) else []
        verzoek = herstel.find_verzoek(sessie, rij)
        stukrijen = (
            documenten.list_documenten(sessie, onderwerp=kenmerk) if bezoek.mag(Handeling.DOCUMENT_LEZEN) else []
        )
    resultaat = None if toets is None else toetsen.decode_resultaat(toets)
    per_criterium: dict[str, list[Bevinding]] = {}
    for bevinding in resultaat.bevindingen if resultaat else ():
        per_criterium.setdefault(bevinding.criterium, []).append(bevinding)
    opgave = aanmeldingen.read_opgave(rij)
    return toon(
        bezoek,
        "aanmelding.html",
        f"{kenmerk}: {rij.naam}",
        kruimels=(
            (definitie.titel, f"/procedures/{quote_pad(definitie.naam)}"),
            (f"Ronde {ronde.kenmerk}", f"/rondes/{quote_pad(ronde.kenmerk)}"),
        ),
        rij=rij,
        ronde=ronde,
        opgave=opgave,
        leden={lid.id: lid.naam for lid in opgave.leden},
        toets=toets,
        resultaat=resultaat,
        criteria={criterium.id: criterium for criterium in editie.criteria},
        per_criterium=per_criterium,
        stukken=stukken,
        bestand_bij={stuk.sha256: stuk for stuk in stukken},
        feiten=[(regel, list_velden(regel.feit)) for regel in feitregels],
        besluiten=besluitrijen,
        verzoek=verzoek,
        documenten=stukrijen,
    )


@router.get("/aanmeldingen/{kenmerk}/bewijs/{sha256}")
def open_bewijs(bezoek: Lezer, kenmerk: str, sha256: str) -> Response:
    """One evidence file of this aanmelding, shown by the browser where that is safe, else saved."""
    with lees(bezoek.huis, bezoek.door, Handeling.AANMELDING_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, bezoek.door)
        stukken = [stuk for stuk in bewijzen.list_bewijsstukken(sessie, rij) if stuk.sha256 == sha256]
    if not stukken:
        raise NietTeVindenError
    stuk = stukken[0]
    return geef_bestand(bezoek.huis.winkel.bewijs.fetch(sha256, stuk.bestand), stuk.mediatype, stuk.bestand)
