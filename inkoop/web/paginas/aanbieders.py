"""Providers: finding one, and everything about one legal person over all procedures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.services import aanbiederblad, aanbiederlijst
from inkoop.web.bladzijde import count_bladzijden, toon
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN))]

BLADZIJDE = 50


@router.get("/aanbieders")
def toon_lijst(bezoek: Lezer, q: str = "", bladzijde: int = 1) -> Response:
    """The legal persons by name, as filtered by the address."""
    bladzijde = min(max(bladzijde, 1), 100_000)
    regels, totaal = aanbiederlijst.list_aanbieders(
        bezoek.huis, bezoek.door, q[:100], (bladzijde - 1) * BLADZIJDE, BLADZIJDE
    )
    return toon(
        bezoek,
        "aanbieders.html",
        "Aanbieders",
        regels=regels,
        totaal=totaal,
        bladzijde=bladzijde,
        bladzijden=count_bladzijden(totaal, BLADZIJDE),
        q=q,
    )


@router.get("/aanbieders/{kvk}")
def toon_aanbieder(bezoek: Lezer, kvk: str) -> Response:
    """One legal person: its agreements, terms, measures, letters and, for who may read them, applications."""
    blad = aanbiederblad.read_aanbieder(bezoek.huis, bezoek.door, kvk)
    return toon(
        bezoek,
        "aanbieder.html",
        blad.namen[0],
        kruimels=(("Aanbieders", "/aanbieders"),),
        blad=blad,
        vandaag=local_date(bezoek.nu),
    )
