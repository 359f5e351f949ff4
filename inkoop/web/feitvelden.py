"""A fact as fields of a form, and back: every kind of fact, also the parts of a document.

Bron: ontwerp 2.9 (a beoordelaar may correct what was stated); project default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import msgspec

from inkoop.domain.criteria.dossier import EenFeit
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag

VAST = frozenset({"id", "lid", "bewijs", "herkomst", "ontvangen_op", "aanleiding", "soort"})
"""What a correction never touches: whose fact it is, on which evidence, when it came."""


class Feitveld(NamedTuple):
    """One field of a fact: its place (`onderdelen.0.datum`), what people call it, its value as text."""

    pad: str
    naam: str
    waarde: str
    getoond: str


def list_velden(feit: EenFeit) -> list[Feitveld]:
    """The fields of a fact that say something about the evidence, in order."""
    kaal = msgspec.json.decode(msgspec.json.encode(feit))
    return [veld for naam, waarde in kaal.items() if naam not in VAST for veld in _list_velden(naam, naam, waarde)]


def _list_velden(pad: str, naam: str, waarde: Any) -> Iterator[Feitveld]:
    woorden = naam.replace("_", " ")
    if isinstance(waarde, dict):
        for deel, inhoud in waarde.items():
            yield from _list_velden(f"{pad}.{deel}", f"{woorden}, {deel}", inhoud)
    elif isinstance(waarde, list) and any(isinstance(deel, dict) for deel in waarde):
        for nummer, deel in enumerate(waarde):
            for kern, inhoud in deel.items():
                yield from _list_velden(f"{pad}.{nummer}.{kern}", f"{woorden} {nummer + 1}, {kern}", inhoud)
    else:
        tekst = _to_tekst(waarde)
        yield Feitveld(pad, woorden, tekst, _to_getoond(tekst))


def _to_tekst(waarde: Any) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, list):
        return "; ".join(str(deel) for deel in waarde)
    return "" if waarde is None else str(waarde)


def _to_getoond(tekst: str) -> str:
    """Days in words; the rest as it is."""
    try:
        return format_dag(date.fromisoformat(tekst)) if len(tekst) == len("2020-01-01") else tekst
    except ValueError:
        return tekst


def correct_feit(feit: EenFeit, ingevuld: Mapping[str, str]) -> EenFeit:
    """The fact with other values, by place; what is not given stays.

    Raises BeletselenError with every field that does not say what it should.
    """
    kaal = msgspec.json.decode(msgspec.json.encode(feit))
    for veld in list_velden(feit):
        if veld.pad in ingevuld and ingevuld[veld.pad].strip() != veld.waarde:
            _zet(kaal, veld.pad.split("."), ingevuld[veld.pad].strip())
    try:
        return msgspec.convert(kaal, type=EenFeit, strict=False)  # type: ignore[no-any-return]
    except msgspec.ValidationError as fout:
        waar = str(fout).rsplit("$", maxsplit=1)[-1].strip(". `").replace("_", " ")
        tekst = f"De waarde bij '{waar}' past niet. Schrijf een dag als 2020-03-31, een getal met cijfers."
        raise BeletselenError("De verbetering past niet.", [Beletsel("veld", tekst)]) from fout


def _zet(kaal: Any, plek: list[str], tekst: str) -> None:
    doel = kaal
    for deel in plek[:-1]:
        doel = doel[int(deel)] if isinstance(doel, list) else doel[deel]
    oud = doel[plek[-1]]
    nieuw: Any = tekst
    if isinstance(oud, bool) or (oud is None and tekst in {"ja", "nee"}):
        nieuw = {"ja": True, "nee": False}.get(tekst.lower(), tekst)
    elif isinstance(oud, list):
        nieuw = [deel.strip() for deel in tekst.split(";") if deel.strip()]
    elif not tekst:
        nieuw = None
    doel[plek[-1]] = nieuw
