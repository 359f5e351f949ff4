"""Searching in everything that this person may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from inkoop.domain.toegang import Handeling
from inkoop.services import zoeken
from inkoop.web.bladzijde import quote_pad, toon
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag

router = APIRouter()

SOORTEN = {
    "procedure": ("Procedures", "/procedures/"),
    "ronde": ("Rondes", "/rondes/"),
    "aanbieder": ("Aanbieders", "/aanbieders/"),
    "contract": ("Contracten", "/contracten/"),
    "aanmelding": ("Aanmeldingen", "/aanmeldingen/"),
    "document": ("Documenten", "/documenten/"),
}
"""Per kind what it is called and where its pages are."""


@router.get("/zoeken")
def zoek(bezoek: Annotated[Bezoek, Depends(mag(Handeling.PROCEDURE_LEZEN))], q: str = "") -> Response:
    """What holds a word, by kind; the address holds the word."""
    q = q.strip()[:100]
    gevonden = zoeken.search(bezoek.huis, bezoek.door, q)
    groepen = [
        (SOORTEN[soort][0], [(een, SOORTEN[soort][1] + quote_pad(een.kenmerk)) for een in regels])
        for soort, regels in gevonden.items()
    ]
    grenzen = {"minstens": zoeken.MINSTENS, "hoogstens": zoeken.AANTAL}
    return toon(bezoek, "zoeken.html", "Zoeken", q=q, groepen=groepen, **grenzen)
