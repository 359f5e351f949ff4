"""The form of a round in Excel: an aanmelding with a sheet for each kind of fact, and reading it back.

Columns follow from the domain values, so that a new kind of fact or field has its column at once. What is a
list of its own (the parts of a document, the answers in a statement) stands in a sheet of its own, tied to
its file and name. Row 1 has the keys of the aanmeldingsbestand, row 2 says what each means.

Bron: issue intake; docs/handleiding/importeren.md.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

import msgspec

from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk, Ondernemer, Tekenbevoegde
from inkoop.domain.criteria.dossier import EenFeit, Feit

MERK = "inkoop-aanmeldformulier 1"
"""Stands in the first cell of the sheet `Uitleg`: this file is our form, in this version."""

RIJEN = 300
"""How many rows of each sheet have drop-downs."""

ALLE = "(alle producten)"
Loc = tuple[str | int, ...]
JA_NEE = ("ja", "nee")
_EERDER = ("eerder", "eerder_sha256")
"""Not in the form: it comes with its files through a platform, which knows nothing of earlier rounds here."""
FEITBASIS = frozenset(veld.name for veld in msgspec.structs.fields(Feit))


class Kolom(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its heading, the type of the value, whether it must be filled, what it means, what can be chosen."""

    kop: str
    soort: Any = str
    verplicht: bool = False
    uitleg: str = ""
    keuzes: tuple[str, ...] = ()
    vast: bool = False


class Bladvorm(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet with its columns; rows that are filled in beforehand."""

    naam: str
    kolommen: tuple[Kolom, ...]
    rijen: tuple[tuple[str, ...], ...] = ()


class Formulier(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says: title, lines of explanation, the demands (none: no sheet for them), and the sheets."""

    titel: str
    uitleg: tuple[str, ...]
    eisen: tuple[tuple[str, str, str, str], ...]
    bladen: tuple[Bladvorm, ...]
    merk: str = MERK


def list_feitsoorten() -> tuple[type[Feit], ...]:
    """Every kind of fact, in the order of the domain."""
    return get_args(EenFeit)


def name_soort(soort: type[Feit]) -> str:
    """The value of `soort` in a file, which is also the name of the sheet."""
    return str(soort.__struct_config__.tag)


def list_bladen(
    percelen: Sequence[tuple[str, str, str]],
    uitleg: Mapping[str, Mapping[str, str]],
    keuzes: Mapping[tuple[str, str], tuple[str, ...]],
) -> tuple[Bladvorm, ...]:
    """The sheets of a form: percelen as (perceel, product, name) rows, explanations and choices by struct and key."""

    def velden(struct: type[msgspec.Struct], soort: str, zonder: Iterable[str] = ()) -> tuple[Kolom, ...]:
        tekst = uitleg.get(struct.__name__, {})
        return tuple(
            Kolom(
                kop=veld.name,
                soort=veld.type,
                verplicht=veld.required and not is_optioneel(veld.type),
                uitleg=tekst.get(veld.name, ""),
                keuzes=keuzes.get((soort, veld.name), ()) or list_keuzes(veld.type),
                vast=bool(list_keuzes(veld.type)),
            )
            for veld in msgspec.structs.fields(struct)
            if veld.name not in zonder
        )

    def lid(kop: str = "lid") -> Kolom:
        tekst = "De id van het lid op het blad Leden over wie dit gaat. Leeg: de hele aanmelding."
        return Kolom(kop=kop, uitleg=tekst)

    bestand = Kolom(kop="bestand", verplicht=True, uitleg="De naam van het bestand, zonder map.")
    bladen = [
        Bladvorm(
            naam="Aanmelding",
            kolommen=velden(
                Aanmeldingsopgave, "aanmelding", ("leden", "percelen", "producten", "bewijsstukken", "ontvangen_op")
            ),
        ),
        Bladvorm(
            naam="Percelen",
            kolommen=(
                Kolom(kop="perceel"),
                Kolom(kop="product"),
                Kolom(kop="naam"),
                Kolom(kop="aanmelden", uitleg="Kies ja voor wat u aanbiedt.", keuzes=JA_NEE, vast=True),
            ),
            rijen=tuple(percelen),
        ),
        Bladvorm(
            naam="Leden",
            kolommen=(
                *velden(Ondernemer, "lid", ("tekenbevoegde",)),
                *(
                    msgspec.structs.replace(kolom, kop=f"tekenbevoegde {kolom.kop}")
                    for kolom in velden(Tekenbevoegde, "lid")
                ),
            ),
        ),
        Bladvorm(
            naam="Bewijsstukken",
            kolommen=(bestand, *velden(Bewijsstuk, "bewijsstuk", ("bestand", "feiten", "lid", *_EERDER)), lid()),
        ),
    ]
    for struct in list_feitsoorten():
        soort = name_soort(struct)
        lijsten = list_lijstvelden(struct)
        bladen.append(
            Bladvorm(naam=soort, kolommen=(bestand, *velden(struct, soort, {*FEITBASIS, *(n for n, _ in lijsten)})))
        )
        for naam, deel in lijsten:
            hoofd = name_hoofdveld(struct)
            sleutel = Kolom(kop=hoofd, verplicht=True, uitleg=f"Bij welke regel op het blad {soort} dit hoort.")
            eigen = _GEGEVENS if deel is None else velden(deel, f"{soort}.{naam}")
            bladen.append(Bladvorm(naam=f"{soort} {naam}", kolommen=(bestand, sleutel, *eigen)))
    return tuple(bladen)


_GEGEVENS = (
    Kolom(kop="gegeven", verplicht=True, uitleg="Wat er gevraagd is."),
    Kolom(kop="waarde", verplicht=True, uitleg="Wat er is ingevuld."),
)


def find_kern(soort: Any) -> Any:
    """The type without `| None`."""
    if get_origin(soort) in (Union, types.UnionType):
        return next(lid for lid in get_args(soort) if lid is not types.NoneType)
    return soort


def is_optioneel(soort: Any) -> bool:
    """Whether a field may be left out."""
    return get_origin(soort) in (Union, types.UnionType) and types.NoneType in get_args(soort)


def is_lijst(soort: Any) -> bool:
    """Whether a field is a list of words, written in one cell."""
    return get_origin(soort) is tuple and get_args(soort)[0] is str


def list_keuzes(soort: Any) -> tuple[str, ...]:
    """The words that a closed field knows."""
    kern = find_kern(soort)
    if kern is bool:
        return JA_NEE
    return tuple(lid.value for lid in kern) if isinstance(kern, type) and issubclass(kern, StrEnum) else ()


def list_lijstvelden(struct: type[Feit]) -> list[tuple[str, type[msgspec.Struct] | None]]:
    """The fields that are a list of structs, or a mapping (None)."""
    gevonden: list[tuple[str, type[msgspec.Struct] | None]] = []
    for veld in msgspec.structs.fields(struct):
        oorsprong, argumenten = get_origin(veld.type), get_args(veld.type)
        if oorsprong is tuple and isinstance(argumenten[0], type) and issubclass(argumenten[0], msgspec.Struct):
            gevonden.append((veld.name, argumenten[0]))
        elif isinstance(oorsprong, type) and issubclass(oorsprong, Mapping):
            gevonden.append((veld.name, None))
    return gevonden


def name_hoofdveld(struct: type[Feit]) -> str:
    """The field that names a fact of a kind: the first it has of its own."""
    return next(veld.name for veld in msgspec.structs.fields(struct) if veld.name not in FEITBASIS)
