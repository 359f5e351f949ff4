"""Procedures: the list with its filter in the address, one procedure with its fasen, and its agenda."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from inkoop.domain.kalender import local_date
from inkoop.domain.planning import plan
from inkoop.domain.procedure import Fase, Kwalificatie, Wet
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.exchange.ics import render_ics
from inkoop.services import overzicht, procedures, rondes
from inkoop.services.overzicht import Procedureregel
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import snijd, toon
from inkoop.web.kern import Bezoek
from inkoop.web.meegeven import geef_rekenblad
from inkoop.web.toegang import mag

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.PROCEDURE_LEZEN))]

SORTERINGEN = {
    "naam": lambda r: r.titel.casefold(),
    "fase": lambda r: list(Fase).index(r.fase),
    "sluiting": lambda r: (r.sluiting is None, r.sluiting),
    "aanmeldingen": lambda r: -r.aanmeldingen,
}
"""How the list can be sorted, by the word in the address."""

BLADZIJDE = 50


def _kies(bezoek: Bezoek, q: str, fase: str, wet: str, sortering: str) -> list[Procedureregel]:
    """The lines that a filter leaves, in order; an unknown word in the address filters nothing away."""
    regels = overzicht.list_regels(bezoek.huis, bezoek.door)
    zoek = q.strip().casefold()
    in_fase, in_wet = fase in set(Fase), wet in set(Wet)
    gekozen = [
        regel
        for regel in regels
        if (not zoek or zoek in regel.titel.casefold() or zoek in regel.naam.casefold())
        and (not in_fase or regel.fase == fase)
        and (not in_wet or regel.wet == wet)
    ]
    return sorted(gekozen, key=SORTERINGEN.get(sortering, SORTERINGEN["naam"]))


@router.get("/procedures")
def toon_lijst(
    bezoek: Lezer, q: str = "", fase: str = "", wet: str = "", sortering: str = "naam", bladzijde: int = 1
) -> Response:
    """The list, as filtered; the address holds the filter, so that it can be kept and sent."""
    regels = _kies(bezoek, q, fase, wet, sortering)
    getoond, bladzijde, bladzijden = snijd(regels, bladzijde, BLADZIJDE)
    filters = {"q": q, "fase": fase, "wet": wet, "sortering": sortering}
    return toon(
        bezoek,
        "procedures.html",
        "Procedures",
        regels=getoond,
        totaal=len(regels),
        bladzijde=bladzijde,
        bladzijden=bladzijden,
        filters={naam: waarde for naam, waarde in filters.items() if waarde},
        q=q,
        fase=fase,
        wet=wet,
        sortering=sortering,
        wetten=tuple(Wet),
    )


@router.get("/procedures.xlsx")
def download_lijst(bezoek: Lezer, q: str = "", fase: str = "", wet: str = "", sortering: str = "naam") -> Response:
    """The filtered list as a spreadsheet."""
    koppen = ("Naam", "Titel", "Wet", "Soort", "Fase", "Ronde", "Sluiting", "Aanmeldingen")
    rijen = [
        (r.naam, r.titel, r.wet, format_woord(r.kwalificatie), r.fase, r.ronde, r.sluiting, r.aanmeldingen)
        for r in _kies(bezoek, q, fase, wet, sortering)
    ]
    return geef_rekenblad("procedures", koppen, rijen)


@router.get("/procedures/{naam}")
def toon_procedure(bezoek: Lezer, naam: str) -> Response:
    """One procedure: where it stands, what comes next, everything in the way, its rounds and its days."""
    with lees(bezoek.huis, bezoek.door, Handeling.PROCEDURE_LEZEN) as sessie:
        rij = procedures.find_procedure(sessie, naam)
        definitie = procedures.decode_definitie(rij)
        eigen = rondes.list_rondes(sessie, naam)
        beletselen = overzicht.list_beletselen(sessie, rij, bezoek.nu)
        standen = [] if rij.gepubliceerd_op else procedures.list_standen(sessie, rij.id)
        open_stappen = () if rij.gepubliceerd_op else procedures.describe_openstaand(definitie, rij.fase, standen)
        cijfers = {ronde.kenmerk: overzicht.count_ronde(sessie, ronde).totaal for ronde in eigen}
    vandaag = local_date(bezoek.nu)
    dagen = plan(definitie, bezoek.huis.feestdagen)
    return toon(
        bezoek,
        "procedure.html",
        definitie.titel,
        kruimels=(("Procedures", "/procedures"),),
        rij=rij,
        definitie=definitie,
        rondes=eigen,
        cijfers=cijfers,
        beletselen=beletselen,
        open_stappen=open_stappen,
        dagen=dagen,
        komend=[regel for regel in dagen if regel.dag >= vandaag][:5],
        vandaag=vandaag,
        toelating=definitie.kwalificatie is not Kwalificatie.SAS,
    )


@router.get("/procedures/{naam}/agenda.ics")
def download_agenda(bezoek: Lezer, naam: str) -> Response:
    """Every planned day of a procedure, for an agenda."""
    with lees(bezoek.huis, bezoek.door, Handeling.PROCEDURE_LEZEN) as sessie:
        definitie = procedures.decode_definitie(procedures.find_procedure(sessie, naam))
    inhoud = render_ics(definitie.naam, definitie.titel, plan(definitie, bezoek.huis.feestdagen))
    return Response(inhoud, media_type="text/calendar; charset=utf-8")
