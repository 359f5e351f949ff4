"""Sample data in files: `voorbeelden/<soort>.yaml`, or `<soort>--<variant>.yaml` for a second sample.

A text that starts with `$` stands for a block that many samples share. Everything is fictional but
the calendar and the figures that the source documents of the two regions give.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
from ruamel.yaml import YAML

from inkoop.documents import gegevens as g
from inkoop.domain.procedure import Kwalificatie, Wet
from tests.documents import voorbeeldblokken as vb

MAP = Path(__file__).parent / "voorbeelden"

_HVB_ORGANISATIE = g.Organisatiegegevens(
    naam="Inkoopteam regio Hart van Brabant",
    samenwerkingsverband="Samenwerkende gemeenten regio Hart van Brabant",
    centrumgemeente="Tilburg",
    gemeenten=("Dongen", "Gilze en Rijen", "Goirle", "Heusden", "Hilvarenbeek", "Oisterwijk", "Tilburg"),
    adres="Stadhuisplein 130",
    postcode_plaats="5038 TC Tilburg",
    contactpersoon="de heer T. Maas",
    email="inkoop@hartvanbrabant.example",
    telefoon="013 555 01 00",
    platform="Inkoopplatform Hart van Brabant",
)
_HVB_WETHOUDER = g.Ondertekenaar(
    naam="L. van Dijk",
    functie="voorzitter van het portefeuillehoudersoverleg",
    namens=_HVB_ORGANISATIE.gemeenten,
    mandaat="bestuursakkoord en mandaatbesluiten van 14 december 2017, geldig tot en met 31 december 2020",
)


def _make_procedure(naam: str, titel: str, kwalificatie: Kwalificatie) -> g.Proceduregegevens:
    return g.Proceduregegevens(naam=naam, titel=titel, kwalificatie=kwalificatie, wet=Wet.WMO, regio="Hart van Brabant")


_HVB_GEMEENTEN = tuple(
    g.Gemeentepartij(
        naam=naam,
        kvk=f"900009{nummer}",
        adres="Raadhuisstraat 1",
        postcode_plaats=f"50{nummer} AA {naam}",
        vertegenwoordiger="L. van Dijk",
        functie="gevolmachtigd portefeuillehouder",
        volmacht_grondslag="het volmachtbesluit van de burgemeester",
        volmacht_datum=date(2017, 12, 14),
    )
    for nummer, naam in enumerate(_HVB_ORGANISATIE.gemeenten, 10)
)

BLOKKEN: Mapping[str, object] = {
    "organisatie": vb.ORGANISATIE,
    "procedure": vb.PROCEDURE,
    "ronde": vb.RONDE,
    "wethouder": vb.WETHOUDER,
    "inkoper": vb.INKOPER,
    "lindehof": vb.LINDEHOF,
    "combinatie": vb.COMBINATIE,
    "gemeenten": vb.GEMEENTEN,
    "hvb": _HVB_ORGANISATIE,
    "hvb_wethouder": _HVB_WETHOUDER,
    "hvb_gemeenten": _HVB_GEMEENTEN,
    "hvb19": _make_procedure("hvb-2019", "Wmo-begeleiding regio Hart van Brabant 2019", Kwalificatie.AANHAAK),
    "hvb21": _make_procedure("hvb-2021-bg", "Wmo-begeleiding in gebieden Hart van Brabant 2021", Kwalificatie.SAS),
    "producten": tuple(vb.PRODUCTEN.values()),
    **{
        f"perceel{code}": {
            "code": code,
            "naam": naam,
            "omschrijving": omschrijving,
            "schaal": "regio",
            "producten": [p for p in vb.PRODUCTEN.values() if p.code.startswith(f"{prestatie}-")],
        }
        for code, (naam, prestatie, omschrijving) in vb.PERCELEN.items()
    },
}


def list_voorbeelden(soort: str) -> tuple[str, ...]:
    """The names of the sample files of a document type: the first is its main sample."""
    return tuple(sorted(pad.stem for pad in MAP.glob(f"{soort}*.yaml") if pad.stem.partition("--")[0] == soort))


def read_voorbeeld(naam: str) -> msgspec.Struct:
    """Read one sample as the struct of its type. Raises msgspec.ValidationError with the field that does not fit."""
    waarden = YAML(typ="safe", pure=True).load((MAP / f"{naam}.yaml").read_text(encoding="utf-8"))
    kaal = msgspec.to_builtins(_fill(waarden), builtin_types=(date,))
    gelezen = msgspec.convert(kaal, g.SOORTEN[naam.partition("--")[0]], strict=True)
    assert isinstance(gelezen, msgspec.Struct)
    return gelezen


def read_voorbeelden() -> dict[str, msgspec.Struct]:
    """Every sample file, by its name."""
    return {pad.stem: read_voorbeeld(pad.stem) for pad in sorted(MAP.glob("*.yaml"))}


def _fill(waarde: object) -> object:
    if isinstance(waarde, str) and waarde.startswith("$"):
        return BLOKKEN[waarde[1:]]
    if isinstance(waarde, Mapping):
        # A comma in an unquoted text makes a key without a value, and the rest of the text is lost.
        assert None not in waarde.values(), f"sleutel zonder waarde in {waarde}"
        return {naam: _fill(deel) for naam, deel in waarde.items()}
    if isinstance(waarde, list):
        return [_fill(deel) for deel in waarde]
    return waarde
