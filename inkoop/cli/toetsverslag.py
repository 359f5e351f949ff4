"""A toets as people read it: first what comes out per perceel, then every criterium with why and what to do now."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from inkoop.cli.uitvoer import format_waarde, make_console, print_kenmerken, print_regels, print_tabel
from inkoop.domain.criteria.bevinding import (
    Bevinding,
    Eenheiduitkomst,
    Feitenbasis,
    Herstelpunt,
    Herstelverloop,
    Toetsresultaat,
)
from inkoop.domain.criteria.criterium import Criteriaset, Groep
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.kalender import format_dag

_FEITENBASIS: Mapping[Feitenbasis, str] = {
    Feitenbasis.VASTGESTELD: "alleen feiten die een beoordelaar heeft vastgesteld of die uit een register komen",
    Feitenbasis.ALS_OPGEGEVEN: "alsof alles wat de aanbieder opgeeft waar is; hierop kan geen besluit rusten",
}
_HERSTELVERLOOP: Mapping[Herstelverloop, str] = {
    Herstelverloop.OPEN: "open: wat ontbreekt kan nog worden gevraagd",
    Herstelverloop.GESLOTEN: "gesloten: wat nog ontbreekt, voldoet niet",
}
_BETEKENIS: Mapping[Uitkomst, str] = {
    Uitkomst.VOLDOET: "Aan alle eisen is voldaan.",
    Uitkomst.VOORWAARDELIJK: "Nu in orde; er moet nog iets blijken voor de ingang.",
    Uitkomst.TE_BEOORDELEN: "Mensen moeten nog iets vaststellen of beoordelen.",
    Uitkomst.HERSTELBAAR: "Er ontbreekt iets dat de aanbieder nog mag inleveren.",
    Uitkomst.VOLDOET_NIET: "Aan een eis is niet voldaan.",
    Uitkomst.NVT: "Geen van de eisen geldt hiervoor.",
}
_TE_DOEN: Mapping[str, str] = {
    Grond.FEIT_NOG_VAST_TE_STELLEN: "Een beoordelaar stelt de gegevens vast in het bewijs.",
    Grond.REGISTER_OPNIEUW_BEKIJKEN: (
        "Een beoordelaar kijkt opnieuw in het register en legt vast wat er staat en op welke dag dat is gezien."
    ),
    Grond.OORDELEN_VERSCHILLEN: "Een jurist beslist, met een reden.",
}
_HASH_LENGTE = 64
_INSPRINGING = "     "
_BREEDTE = 118


class Regel(NamedTuple):
    """One finding as it is told, with the part of the offer for which it is the same."""

    bevinding: Bevinding
    waarvoor: tuple[str, ...]


def print_toets(naam: str, resultaat: Toetsresultaat, editie: Criteriaset | None = None) -> None:
    """Print a receipt in Dutch: its basis, the outcome per unit, each criterium, and what is still open.

    `editie` adds the titles of the criteria and says which of them never count.
    """
    print_kenmerken(
        [
            ("Aanmelding", naam),
            ("Criteria", f"{resultaat.criteriaset}, editie {resultaat.editie} (hash {resultaat.editie_hash[:12]})"),
            ("Getoetst bij", resultaat.moment),
            ("Feiten", _FEITENBASIS[resultaat.feitenbasis]),
            ("Herstel", _HERSTELVERLOOP[resultaat.herstelverloop]),
            *((f"Peildatum {moment}", dag) for moment, dag in sorted(resultaat.peildatums.items())),
        ]
    )
    informatief = {c.id for c in editie.criteria if c.groep is Groep.INFORMATIEF} if editie is not None else set()
    print_tabel(
        "Uitkomst per perceel",
        ("perceel", "product", "uitkomst", "wat dat betekent", "door"),
        (
            (e.perceel, e.product, e.uitkomst, _BETEKENIS[e.uitkomst], _list_oorzaken(resultaat, e, informatief))
            for e in resultaat.eenheden
        ),
        leeg="Deze aanmelding vraagt geen enkel perceel aan.",
    )
    print_regels(["", "Per criterium", *_write_criteria(resultaat, editie, informatief)])
    print_lijst("Nog te vragen aan de aanbieder:", _list_herstel(resultaat.bevindingen))
    print_lijst("Voorwaarden:", _list_voorwaarden(resultaat.bevindingen))


def print_lijst(kop: str, regels: Iterable[str]) -> None:
    """Print a heading with its lines, each one once; nothing when there is no line."""
    uniek = list(dict.fromkeys(regels))
    if uniek:
        print_regels(["", kop, *(f"  - {regel}" for regel in uniek)])


def _list_oorzaken(resultaat: Toetsresultaat, eenheid: Eenheiduitkomst, informatief: set[str]) -> str:
    """The criteria that give a unit its outcome; nothing where all is in order."""
    if eenheid.uitkomst in (Uitkomst.VOLDOET, Uitkomst.NVT):
        return ""
    oorzaken = (
        b.criterium
        for b in resultaat.bevindingen
        if b.uitkomst is eenheid.uitkomst
        and b.criterium not in informatief
        and b.perceel in (None, eenheid.perceel)
        and (eenheid.product is None or b.product in (None, eenheid.product))
    )
    return ", ".join(dict.fromkeys(oorzaken))


def _write_criteria(resultaat: Toetsresultaat, editie: Criteriaset | None, informatief: set[str]) -> Iterator[str]:
    """Each criterium that applies with its findings; those that do not apply together at the end."""
    if not resultaat.bevindingen:
        yield "  Er is geen criterium dat op dit moment wordt getoetst."
    titels = {c.id: c.titel for c in editie.criteria} if editie is not None else {}
    geldt_niet = []
    for criterium, bevindingen in _group_criteria(resultaat.bevindingen):
        regels = list(_merge_gelijke(b for b in bevindingen if b.uitkomst is not Uitkomst.NVT))
        if not regels:
            geldt_niet.append(criterium)
            continue
        titel = f"  {titels[criterium]}" if criterium in titels else ""
        telt = " (alleen ter informatie: telt niet mee)" if criterium in informatief else ""
        yield from ("", f"{criterium}{titel}{telt}  [{regels[0].bevinding.bron}]")
        for regel in regels:
            yield from _write_regel(regel)
    if geldt_niet:
        yield from ("", *_wrap(f"Geldt niet voor dit aanbod: {', '.join(geldt_niet)}.", ""))


def _group_criteria(bevindingen: Iterable[Bevinding]) -> Iterator[tuple[str, list[Bevinding]]]:
    per_criterium: dict[str, list[Bevinding]] = {}
    for bevinding in bevindingen:
        per_criterium.setdefault(bevinding.criterium, []).append(bevinding)
    yield from per_criterium.items()


def _merge_gelijke(bevindingen: Iterable[Bevinding]) -> Iterator[Regel]:
    """Findings that say the same of several percelen are told once."""
    gelijk: dict[tuple[object, ...], list[Bevinding]] = {}
    for b in bevindingen:
        gelijk.setdefault((b.uitkomst, b.grond, b.toelichting, b.lid, b.bewijs), []).append(b)
    for groep in gelijk.values():
        yield Regel(groep[0], tuple(dict.fromkeys(_write_plek(b) for b in groep if _write_plek(b))))


def _write_plek(bevinding: Bevinding) -> str:
    return f"{bevinding.perceel} {bevinding.product or ''}".strip() if bevinding.perceel else ""


def _write_regel(regel: Regel) -> Iterator[str]:
    """One finding: outcome and for whom, the facts, the parts, and what to do now."""
    b = regel.bevinding
    waarvoor = f", {'perceel' if len(regel.waarvoor) == 1 else 'percelen'} {write_opsomming(regel.waarvoor)}"
    wie = f", {b.lid}" if b.lid else ""
    yield f"  {_kleurloos(b.uitkomst).capitalize()}{waarvoor if regel.waarvoor else ''}{wie}"
    if not b.delen:  # Where there are parts, they say all that the whole says.
        yield from _wrap(b.toelichting, _INSPRINGING)
    for deel in b.delen:
        yield from _write_deel(deel, _INSPRINGING)
    namen = [stuk for stuk in b.bewijs if len(stuk) != _HASH_LENGTE]
    if namen:
        yield from _wrap(f"Bewijs: {', '.join(namen)}", _INSPRINGING)
    for zin in _list_te_doen(b):
        yield from _wrap(f"Nu doen: {zin}", _INSPRINGING)
    if b.uitkomst is Uitkomst.VOLDOET and b.houdbaar_tot is not None:
        yield f"{_INSPRINGING}Dit geldt tot en met {format_dag(b.houdbaar_tot)}."


def _write_deel(deel: Bevinding, inspringing: str) -> Iterator[str]:
    """A part of a finding, with its own parts below it."""
    product = f" {deel.product}" if deel.product else ""
    zin = "" if deel.delen else f" {deel.toelichting}"
    yield from _wrap(f"- {_kleurloos(deel.uitkomst)}{product}:{zin}", inspringing, vervolg="  ")
    for onderdeel in deel.delen:
        yield from _write_deel(onderdeel, f"{inspringing}  ")


def _kleurloos(uitkomst: Uitkomst) -> str:
    return format_waarde(uitkomst)


def _list_te_doen(b: Bevinding) -> Iterator[str]:
    """What somebody must do now; nothing where the outcome stands."""
    if b.uitkomst is Uitkomst.HERSTELBAAR:
        for punt in b.herstelpunten:
            yield f"Vraag de aanbieder: {_write_punt(punt)}."
    elif b.uitkomst is Uitkomst.TE_BEOORDELEN:
        yield _TE_DOEN.get(b.grond, "Twee beoordelaars oordelen, los van elkaar.")
    elif b.uitkomst is Uitkomst.VOORWAARDELIJK:
        for voorwaarde in b.voorwaarden:
            yield f"Neem de voorwaarde op in het besluit: {voorwaarde.tekst}"


def _write_punt(punt: Herstelpunt) -> str:
    grens = f" (bestond al op {format_dag(punt.uiterste_bewijsdatum)})" if punt.uiterste_bewijsdatum else ""
    return f"{punt.gevraagd}{grens}"


def _wrap(tekst: str, inspringing: str, *, vervolg: str = "") -> list[str]:
    breedte = min(_BREEDTE, make_console().width)
    return textwrap.wrap(
        tekst,
        width=max(40, breedte),
        initial_indent=inspringing,
        subsequent_indent=inspringing + vervolg,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _list_herstel(bevindingen: Iterable[Bevinding]) -> Iterator[str]:
    for bevinding in bevindingen:
        for punt in bevinding.herstelpunten:
            wie = f"{bevinding.lid}: " if bevinding.lid else ""
            yield f"{bevinding.criterium}: {wie}{_write_punt(punt)}"


def _list_voorwaarden(bevindingen: Iterable[Bevinding]) -> Iterator[str]:
    for bevinding in bevindingen:
        for voorwaarde in bevinding.voorwaarden:
            yield f"{bevinding.criterium}: {voorwaarde.tekst} (geldig op {format_waarde(voorwaarde.geldig_op)})"
