"""Two editions side by side: what changes, for whom, and from when, in words for officers.

Bron: ontwerp 9 (`inkoop criteria verschil`); ontwerp 4 (ids are stable over editions).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import zip_longest
from typing import Any

import msgspec

from inkoop.domain.criteria.criterium import (
    Criteriaset,
    Criterium,
    EenToets,
    Moment,
    Regiotabel,
    Vraag,
)
from inkoop.domain.criteria.lezing import describe_bereik, describe_toets, write_keuze
from inkoop.domain.criteria.verschil.richting import COMBINATIES, Richting, Richtingen, find_richtingen
from inkoop.domain.criteria.verwoording import write_datum, write_opsomming


class Verschilsoort(StrEnum):
    """What happened to a criterium between two editions."""

    TOEGEVOEGD = "toegevoegd"
    VERVALLEN = "vervallen"
    STRENGER = "strenger"
    SOEPELER = "soepeler"
    GEWIJZIGD = "gewijzigd"
    VERWOORD = "verwoord"


class Wijziging(msgspec.Struct, frozen=True, kw_only=True):
    """One key that changed: where it stands, what it was and became in words, and what that does."""

    sleutel: str
    oud: str
    nieuw: str
    richting: tuple[Richting, ...]


class Criteriumverschil(msgspec.Struct, frozen=True, kw_only=True):
    """What changed in one criterium, to whom it applies, and whether it reaches who was admitted before.

    `was` and `wordt` are how the toets reads in sentences, where it changed.
    """

    criterium: str
    titel: str
    soort: Verschilsoort
    wijzigingen: tuple[Wijziging, ...]
    was: tuple[str, ...]
    wordt: tuple[str, ...]
    geldt_voor: str
    momenten: tuple[Moment, ...]
    raakt_bestaande: bool
    gevolg: str
    lijkt_op: str | None = None


class Editieverschil(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that differs between two editions."""

    oud: str
    nieuw: str
    algemeen: tuple[Wijziging, ...]
    criteria: tuple[Criteriumverschil, ...]
    ongewijzigd: tuple[str, ...]


_BESTAAND: Mapping[Moment, str] = {
    Moment.DOORLOPEND: "zodra deze editie geldt",
    Moment.JAARLIJKS: "bij de eerstvolgende jaarlijkse controle",
    Moment.BIJ_WIJZIGING: "bij de eerstvolgende wijziging",
}
"""When a criterium of an edition reaches who was admitted before."""


def compare_edities(oud: Criteriaset, nieuw: Criteriaset) -> Editieverschil:
    """What changes from one edition to another, in the order of the new one; what lapsed comes last."""
    eerder = {criterium.id: criterium for criterium in oud.criteria}
    later = {criterium.id: criterium for criterium in nieuw.criteria}
    regios = _list_regiowijzigingen(oud.regios, nieuw.regios)
    verschillen = []
    for criterium in nieuw.criteria:
        if criterium.id not in eerder:
            verschillen.append(_added(criterium, [c for c in oud.criteria if c.id not in later]))
        elif verschil := compare_criteria(eerder[criterium.id], criterium, regios):
            verschillen.append(verschil)
    verschillen += [_removed(criterium) for criterium in oud.criteria if criterium.id not in later]
    geraakt = {verschil.criterium for verschil in verschillen}
    koppen = [
        Wijziging(sleutel=naam, oud=getattr(oud, naam), nieuw=getattr(nieuw, naam), richting=(Richting.ANDERS,))
        for naam in ("set", "titel", "wet", "bron")
        if getattr(oud, naam) != getattr(nieuw, naam)
    ]
    return Editieverschil(
        oud=f"{oud.set}/{oud.editie}",
        nieuw=f"{nieuw.set}/{nieuw.editie}",
        algemeen=(*koppen, *regios.values()),
        criteria=tuple(verschillen),
        ongewijzigd=tuple(c.id for c in nieuw.criteria if c.id not in geraakt),
    )


def compare_criteria(
    oud: Criterium, nieuw: Criterium, regios: Mapping[str, Wijziging] | None = None
) -> Criteriumverschil | None:
    """What changed in a criterium that kept its id; None when nothing did. `regios` are tables that changed."""
    wijzigingen = [*_compare_blok(oud, nieuw, "", zonder={"id", "alleen", "toets"})]
    wijzigingen += _compare_blok(oud.alleen, nieuw.alleen, "alleen.", zonder=set(), leeg="alles")
    wijzigingen += _compare_toetsen(oud.toets, nieuw.toets, "toets")
    wijzigingen += [w for naam, w in (regios or {}).items() if naam in _list_regios(nieuw.toets)]
    if not wijzigingen:
        return None
    anders = oud.toets != nieuw.toets
    richtingen = {richting for wijziging in wijzigingen for richting in wijziging.richting}
    return Criteriumverschil(
        criterium=nieuw.id,
        titel=nieuw.titel,
        soort=_classify(richtingen),
        wijzigingen=tuple(wijzigingen),
        was=describe_toets(oud.toets) if anders else (),
        wordt=describe_toets(nieuw.toets) if anders else (),
        geldt_voor=describe_bereik(nieuw.alleen),
        momenten=nieuw.momenten,
        raakt_bestaande=_reaches(nieuw) and richtingen != {Richting.VERWOORD},
        gevolg=_describe_gevolg(nieuw, richtingen),
    )


def _classify(richtingen: set[Richting]) -> Verschilsoort:
    """Stricter or looser only where every change that counts points the same way."""
    tellend = richtingen - {Richting.VERWOORD}
    if not tellend:
        return Verschilsoort.VERWOORD
    return (
        Verschilsoort(next(iter(tellend)))
        if len(tellend) == 1 and Richting.ANDERS not in tellend
        else Verschilsoort.GEWIJZIGD
    )


def _added(criterium: Criterium, vervallen: Sequence[Criterium]) -> Criteriumverschil:
    gelijk = next((c.id for c in vervallen if c.toets == criterium.toets), None)
    return Criteriumverschil(
        criterium=criterium.id,
        titel=criterium.titel,
        soort=Verschilsoort.TOEGEVOEGD,
        wijzigingen=(),
        was=(),
        wordt=describe_toets(criterium.toets),
        geldt_voor=describe_bereik(criterium.alleen),
        momenten=criterium.momenten,
        raakt_bestaande=_reaches(criterium),
        gevolg=_describe_gevolg(criterium, {Richting.STRENGER}),
        lijkt_op=gelijk,
    )


def _removed(criterium: Criterium) -> Criteriumverschil:
    return Criteriumverschil(
        criterium=criterium.id,
        titel=criterium.titel,
        soort=Verschilsoort.VERVALLEN,
        wijzigingen=(),
        was=describe_toets(criterium.toets),
        wordt=(),
        geldt_voor=describe_bereik(criterium.alleen),
        momenten=criterium.momenten,
        raakt_bestaande=_reaches(criterium),
        gevolg="Hierop wordt niet meer getoetst, ook niet bij wie al is toegelaten.",
    )


def _reaches(criterium: Criterium) -> bool:
    return any(moment in _BESTAAND for moment in criterium.momenten)


def _describe_gevolg(criterium: Criterium, richtingen: set[Richting]) -> str:
    """From when it counts, and for whom."""
    if richtingen == {Richting.VERWOORD}:
        return "Alleen woorden: aan de toets verandert niets."
    zinnen = []
    if Moment.TOELATING in criterium.momenten:
        zinnen.append("Telt voor nieuwe aanmeldingen in een ronde met deze editie.")
    wanneer = [tekst for moment, tekst in _BESTAAND.items() if moment in criterium.momenten]
    if wanneer:
        zinnen.append(f"Telt voor wie al is toegelaten {write_opsomming(wanneer)}.")
    else:
        zinnen.append("Wie al is toegelaten, merkt hier niets van.")
    return " ".join(zinnen)


def _compare_blok(oud: Any, nieuw: Any, voor: str, *, zonder: set[str], leeg: str | None = None) -> Iterator[Wijziging]:
    """The keys of two blocks of one kind that differ; `leeg` is what an empty list means there."""
    for veld in msgspec.structs.fields(oud):
        if veld.name in zonder or getattr(oud, veld.name) == getattr(nieuw, veld.name):
            continue
        yield Wijziging(
            sleutel=f"{voor}{veld.encode_name}",
            oud=leeg if leeg and not getattr(oud, veld.name) else write_waarde(getattr(oud, veld.name)),
            nieuw=leeg if leeg and not getattr(nieuw, veld.name) else write_waarde(getattr(nieuw, veld.name)),
            richting=tuple(sorted(find_richtingen(oud, nieuw, veld.name))),
        )


def _compare_toetsen(oud: EenToets, nieuw: EenToets, plaats: str) -> Iterator[Wijziging]:
    """Two toetsen: another kind is another toets; parts of combinators are paired by kind, in order."""
    if oud == nieuw:
        return
    if type(oud) is not type(nieuw):
        yield _replace_toets(oud, nieuw, plaats, frozenset({Richting.ANDERS}))
        return
    yield from _compare_blok(oud, nieuw, f"{plaats}.", zonder={"delen"})
    if type(nieuw) in COMBINATIES:
        erbij, eraf = COMBINATIES[type(nieuw)]
        for links, rechts in _pair_delen(getattr(oud, "delen"), getattr(nieuw, "delen")):  # noqa: B009  (a combinator)
            if links is not None and rechts is not None:
                yield from _compare_toetsen(links, rechts, f"{plaats}.delen")
            else:
                yield _replace_toets(links, rechts, f"{plaats}.delen", erbij if links is None else eraf)


def _pair_delen(
    oud: Sequence[EenToets], nieuw: Sequence[EenToets]
) -> Iterator[tuple[EenToets | None, EenToets | None]]:
    """The parts that differ, each beside the one of its kind; a part without one stands alone."""
    links = [deel for deel in oud if deel not in nieuw]
    rechts = [deel for deel in nieuw if deel not in oud]
    for soort in dict.fromkeys(type(deel) for deel in (*links, *rechts)):
        yield from zip_longest(
            [deel for deel in links if type(deel) is soort], [deel for deel in rechts if type(deel) is soort]
        )


def _replace_toets(oud: EenToets | None, nieuw: EenToets | None, plaats: str, richting: Richtingen) -> Wijziging:
    return Wijziging(
        sleutel=plaats,
        oud=" ".join(describe_toets(oud)) if oud is not None else "niet gevraagd",
        nieuw=" ".join(describe_toets(nieuw)) if nieuw is not None else "niet gevraagd",
        richting=tuple(sorted(richting)),
    )


def _list_regios(toets: EenToets) -> set[str]:
    """The regions that a toets looks at, in whatever kind."""
    regio: object = getattr(toets, "regio", None)
    eigen = {regio} if isinstance(regio, str) else set()
    return eigen.union(*(_list_regios(deel) for deel in getattr(toets, "delen", ())))


def _list_regiowijzigingen(oud: Iterable[Regiotabel], nieuw: Iterable[Regiotabel]) -> dict[str, Wijziging]:
    """Region tables that changed, by name: an area more makes it easier to lie in the region."""
    links, rechts = {r.naam: r for r in oud}, {r.naam: r for r in nieuw}
    gevonden = {}
    for naam in {**links, **rechts}:
        eerst, dan = links.get(naam), rechts.get(naam)
        if eerst == dan:
            continue
        was = set(eerst.gebieden) if eerst is not None else set()
        wordt = set(dan.gebieden) if dan is not None else set()
        richting = {Richting.SOEPELER} if wordt - was else set()
        richting |= {Richting.STRENGER} if was - wordt else set()
        gevonden[naam] = Wijziging(
            sleutel=f"regio {naam}",
            oud=write_waarde(eerst.gebieden if eerst is not None else None),
            nieuw=write_waarde(dan.gebieden if dan is not None else None),
            richting=tuple(sorted(richting or {Richting.VERWOORD})),
        )
    return gevonden


def write_waarde(waarde: Any) -> str:
    """A value of a file in words."""
    if waarde is None or waarde in ((), {}, ""):
        return "niet gevraagd" if waarde is None else "geen"
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return write_datum(waarde)
    if isinstance(waarde, StrEnum):
        return write_keuze(waarde)
    if isinstance(waarde, Vraag):
        return f"{waarde.id}: {waarde.tekst}"
    if isinstance(waarde, Mapping):
        return "; ".join(f"{sleutel}: {write_waarde(deel)}" for sleutel, deel in waarde.items())
    if isinstance(waarde, tuple | list | frozenset):
        scheiding = "; " if any(isinstance(deel, msgspec.Struct) for deel in waarde) else ", "
        return scheiding.join(write_waarde(deel) for deel in waarde)
    if isinstance(waarde, msgspec.Struct):
        delen = ((veld, getattr(waarde, veld)) for veld in waarde.__struct_fields__)
        return " ".join(
            write_waarde(deel) if veld in ("gemeente", "plaats") else f"{veld.replace('_', ' ')} {write_waarde(deel)}"
            for veld, deel in delen
            if deel is not None
        )
    return str(waarde)
