"""Which papers a procedure fills by itself, and how what people add goes before it.

Bron: domein C.4, C.8, C.9; ontwerp 6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from inkoop.documents.gegevens import SOORTEN
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.services.brieven.inkoopdocumenten import compose_leidraad, compose_programma
from inkoop.services.brieven.strategie import compose_strategie


class Stukopdracht(msgspec.Struct, frozen=True, kw_only=True):
    """Which paper is asked: its kind, the procedure with the edition of its criteria, kenmerk, version and day."""

    soort: str
    definitie: Proceduredefinitie
    editie: Criteriaset
    kenmerk: str
    versie: str
    datum: date


def _strategie(een: Stukopdracht) -> msgspec.Struct:
    return compose_strategie(een.definitie, een.editie, kenmerk=een.kenmerk, versie=een.versie, datum=een.datum)


def _leidraad(een: Stukopdracht) -> msgspec.Struct:
    return compose_leidraad(een.definitie, een.editie, kenmerk=een.kenmerk, versie=een.versie, datum=een.datum)


def _programma(een: Stukopdracht) -> msgspec.Struct:
    return compose_programma(een.definitie, kenmerk=een.kenmerk, versie=een.versie, datum=een.datum)


STUKKEN: Mapping[str, Callable[[Stukopdracht], msgspec.Struct]] = {
    "inkoopstrategie": _strategie,
    "leidraad": _leidraad,
    "programma-van-eisen": _programma,
}
"""The papers that are made from the procedure file, each with who fills it."""


def choose_editie(definitie: Proceduredefinitie, op: date) -> str:
    """The edition of the first round that has not closed on a day, else that of the last round."""
    rondes = sorted(definitie.instroom.rondes, key=lambda ronde: ronde.sluiting)
    open_ = [ronde for ronde in rondes if local_date(ronde.sluiting) >= op]
    return (open_ or rondes[-1:])[0].criteria_editie


def draft_stuk(opdracht: Stukopdracht, aanvulling: bytes | None = None) -> msgspec.Struct:
    """What the paper is filled with; fields of `aanvulling` (JSON) go before what the procedure says.

    Raises BeletselenError for a kind that no procedure fills, and for an addition that does not fit it.
    """
    if opdracht.soort not in STUKKEN:
        tekst = f"De procedure vult '{opdracht.soort}' niet in. Wel: {', '.join(STUKKEN)}."
        raise BeletselenError("Er is niets gemaakt.", [Beletsel("soort", tekst)])
    stuk = STUKKEN[opdracht.soort](opdracht)
    if aanvulling is None:
        return stuk
    velden: dict[str, object] = msgspec.json.decode(msgspec.json.encode(stuk), type=dict[str, object])
    try:
        extra = msgspec.json.decode(aanvulling, type=dict[str, object])
        if onbekend := sorted(set(extra) - set(stuk.__struct_fields__)):
            wel = ", ".join(stuk.__struct_fields__)
            tekst = f"Dit soort document heeft geen veld {', '.join(onbekend)}. Wel: {wel}."
            raise BeletselenError("De aanvulling past niet.", [Beletsel("aanvulling-veld", tekst)])
        gevuld = msgspec.json.decode(msgspec.json.encode(velden | extra), type=SOORTEN[opdracht.soort])
    except msgspec.MsgspecError as fout:
        reden = Beletsel("aanvulling", f"De aanvulling past niet bij dit soort document. ({fout})")
        raise BeletselenError("De aanvulling past niet.", [reden]) from fout
    return gevuld
