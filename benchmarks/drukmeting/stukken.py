"""The documents that are measured: the agreement and the letter of the samples, each time for another provider."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import msgspec

CHECKOUT = Path(__file__).parents[2]
sys.path.insert(0, str(CHECKOUT))

from inkoop.documents import gegevens as g  # noqa: E402 - the samples stand with the tests, outside the package
from tests.documents.voorbeeldblokken import LINDEHOF, make_tariefperceel  # noqa: E402
from tests.documents.voorbeeldgegevens import make_voorbeelden  # noqa: E402
from tests.documents.voorbeeldovereenkomsten import make_raamovereenkomst  # noqa: E402

SJABLONEN = str(CHECKOUT / "sjablonen")
SOORTEN = ("raamovereenkomst", "toelatingsbrief")
PERCELEN = {
    "1A": ("IB-waakvlam", "IB-basis", "IB-extra"),
    "1B": ("DB-basis", "DB-extra"),
    "1C": ("KDV-basis", "KDV-extra"),
}
KEUZES = (("1A",), ("1B",), ("1C",), ("1A", "1B"), ("1A", "1C"), ("1B", "1C"), ("1A", "1B", "1C"))
"""What providers offer: the seven combinations of three percelen, in turn."""


@cache
def _letter() -> msgspec.Struct:
    return make_voorbeelden()["toelatingsbrief"]


def make_stuk(soort: str, nummer: int) -> msgspec.Struct:
    """The data of one document: name, number and offer differ with `nummer`; what a round shares is equal."""
    naam = f"Stichting Zorg {nummer}"
    aanbieder = msgspec.structs.replace(
        LINDEHOF,
        naam=naam,
        leden=tuple(msgspec.structs.replace(lid, naam=naam, kvk=f"{17000000 + nummer}") for lid in LINDEHOF.leden),
    )
    if soort == "toelatingsbrief":
        return msgspec.structs.replace(_letter(), aanbieder=aanbieder, kenmerk=f"M-2020-2/{nummer:04}")
    return make_raamovereenkomst(
        aanbieder=aanbieder,
        kenmerk=f"M-2020-2/{nummer:04}",
        contractnummer=f"MEI-2020-{nummer:04}",
        percelen=tuple(make_tariefperceel(code, PERCELEN[code]) for code in KEUZES[nummer % len(KEUZES)]),
    )


def make_velden(soort: str, nummer: int) -> dict[str, object]:
    """The same as fields for a template."""
    return g.to_gegevens(make_stuk(soort, nummer))
