"""Document: a piece of evidence that existed on its day, young enough, with its parts.

| what is known | outcome |
|---|---|
| nothing of this type handed in | herstelbaar |
| dated on or before the day, young enough, every part there | voldoet |
| a part misses | herstelbaar |
| dated after the day, or a part that is only there with a later date | voldoet_niet |
| too old | herstelbaar: a younger one may have existed; what is asked must date from the day at the latest |
| in another name, or the name is not known, where the name is asked | herstelbaar (identity) |
| another version than one that is asked, or the version is not known | herstelbaar: the right one may have existed |
| it is not known who provides a part, where that is asked | herstelbaar |
| a part is only there with a provider that is not allowed or not in the application | voldoet_niet |

The age is counted back from `leeftijd_op` where that is another moment than the one on which it must exist.

A part may stand in any of the documents of this type, so a set may come as several files. Where
repair is free (`vrij`), what was handed in at repair may be of later.

Bron: B.3.2-B.3.4, B.3.9, B.3.13; B.2.7, B.2.9; F.0 B-01 (coverage table); H4 (name); M4 (parts of after closing).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from inkoop.domain.criteria.criterium import Documenttoets, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Documentfeit
from inkoop.domain.criteria.feiten import is_een_van
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.documentonderdelen import (
    Onderdelen,
    Stukken,
    Vindplaatsen,
    ask_document,
    find_leeftijdmoment,
    find_onderdelen,
    find_uitvoerdergebrek,
    keep_allowed,
    list_days,
)
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import (
    join_zinnen,
    write_datum,
    write_moment,
    write_naam,
    write_opsomming,
    write_peil,
    write_zin,
)
from inkoop.domain.criteria.zicht import Zicht, cite
from inkoop.domain.maanden import add_maanden, last_day_within


@register(Documenttoets)
class Document(Soort[Documenttoets]):
    """The document exists on the peilmoment and holds the parts that are asked."""

    def list_peilmomenten(self, toets: Documenttoets) -> tuple[Peilmoment, ...]:
        """The day on which it must exist, and that on which its age is measured where that is another."""
        return (toets.peilmoment, *([toets.leeftijd_op] if toets.leeftijd_op is not None else []))

    def assess(self, toets: Documenttoets, zicht: Zicht) -> Deeluitkomst:
        """Judge all documents of the type together."""
        peil = zicht.peildatums[toets.peilmoment]
        gevonden = zicht.find(Documentfeit, toets.document)
        if not gevonden:
            return ask_document(
                toets,
                zicht,
                Grond.ONTBREEKT,
                partial(write_niet_ontvangen, toets.document, zicht),
                gevraagd=write_gevraagd(toets, toets.onderdelen),
            )
        stukken = sort_stukken(toets, zicht, gevonden, peil)
        delen = find_onderdelen(toets, zicht, stukken, peil)
        laat = _late_sentences(toets, zicht, stukken, delen, peil) if stukken.laat or delen else []
        ontbrekend = [onderdeel for onderdeel, (tijdig, later) in delen.items() if not tijdig and not later]
        if laat:
            laat += [_write_ontbrekend(toets, zicht, ontbrekend)] if ontbrekend else []
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=Grond.GEDATEERD_NA_PEILDATUM,
                uitleg=join_zinnen(laat),
                peildatums=list_days(toets, zicht),
                bewijs=cite([*stukken.goed, *stukken.laat]),
            )
        if not stukken.goed or ontbrekend:
            return _ask_missing(toets, zicht, stukken, ontbrekend)
        if toets.onderdelen_door and (gebrek := find_uitvoerdergebrek(toets, zicht, delen)):
            return gebrek
        return _accept(toets, zicht, stukken, delen)


def sort_stukken(toets: Documenttoets, zicht: Zicht, gevonden: Sequence[Documentfeit], peil: date) -> Stukken:
    """Sort documents by date, name, version and age."""
    goed, laat, onbruikbaar = [], [], []
    for f in gevonden:
        if toets.op_naam and f.op_naam_van is None:
            onbruikbaar.append((f, Grond.NAAM_ONBEKEND))
        elif toets.op_naam and f.op_naam_van is not None and not zicht.is_named(f.op_naam_van):
            onbruikbaar.append((f, Grond.ANDERE_NAAM))
        elif not zicht.is_op_tijd(f, f.datum, peil):
            laat.append(f)
        elif _is_too_old(toets, zicht, f):
            onbruikbaar.append((f, Grond.TE_OUD))
        elif toets.versies and f.versie is None:
            onbruikbaar.append((f, Grond.VERSIE_ONBEKEND))
        elif toets.versies and not is_een_van(f.versie or "", toets.versies):
            onbruikbaar.append((f, Grond.ANDERE_VERSIE))
        else:
            goed.append(f)
    return Stukken(tuple(goed), tuple(laat), tuple(onbruikbaar))


def _is_too_old(toets: Documenttoets, zicht: Zicht, f: Documentfeit) -> bool:
    """Whether a document is older than may be, counted in months or from a fixed day."""
    return f.datum < find_oudste(toets, zicht)


def find_oudste(toets: Documenttoets, zicht: Zicht) -> date:
    """The first day that is not too old, counted back in months and from a fixed day; the later one counts."""
    maanden = toets.max_leeftijd_maanden
    geteld = date.min if maanden is None else _oldest(toets, zicht.peildatums, maanden)
    return geteld if toets.niet_ouder_dan is None else max(geteld, toets.niet_ouder_dan)


def _oldest(toets: Documenttoets, peildatums: Mapping[Peilmoment, date], maanden: int) -> date:
    """The first day that is not too old, counted back in months."""
    return add_maanden(peildatums[find_leeftijdmoment(toets)], -maanden)


def _late_sentences(
    toets: Documenttoets,
    zicht: Zicht,
    stukken: Stukken,
    vindplaatsen: Onderdelen,
    peil: date,
) -> list[str]:
    """What is only there with a date after the day: each part, its date and whose it is."""
    if not stukken.laat and not [laat for _, laat in vindplaatsen.values() if laat]:
        return []
    na = f"Dat is na {write_peil(toets.peilmoment, peil)}."
    te_laat = {onderdeel: laat for onderdeel, (tijdig, laat) in vindplaatsen.items() if laat and not tijdig}
    per_datum: dict[tuple[date, ...], list[str]] = {}
    for onderdeel, laat in te_laat.items():
        if dagen := tuple(sorted({o.datum for _, o in laat if o.datum > peil})):
            per_datum.setdefault(dagen, []).append(f"'{write_naam(onderdeel)}'")
    zinnen = [
        f"{'De onderdelen' if len(delen) > 1 else 'Het onderdeel'} {write_opsomming(delen)} van {zicht.wie}"
        f" {'zijn' if len(delen) > 1 else 'is'} van {write_opsomming(write_datum(dag) for dag in dagen)}. {na}"
        for dagen, delen in per_datum.items()
    ]
    bundels = {f.id: f for laat in te_laat.values() for f, o in laat if f in stukken.laat and o.datum <= peil}
    if not stukken.goed and not stukken.onbruikbaar and not te_laat:
        bundels = {f.id: f for f in stukken.laat}
    zinnen += [write_te_laat(toets.document, zicht.wie, f.datum, toets.peilmoment, peil) for f in bundels.values()]
    return zinnen


def write_te_laat(document: str, wie: str, datum: date, moment: Peilmoment, peil: date) -> str:
    """That a document is dated after its day."""
    na = f"Dat is na {write_peil(moment, peil)}."
    return f"Het stuk '{write_naam(document)}' van {wie} is van {write_datum(datum)}. {na}"


def _ask_missing(toets: Documenttoets, zicht: Zicht, stukken: Stukken, ontbrekend: Sequence[str]) -> Deeluitkomst:
    """What misses, and what to ask for it."""
    zinnen = [_write_onbruikbaar(toets, zicht, f, grond) for f, grond in stukken.onbruikbaar]
    if stukken.goed:  # A good document is there, so only what misses in it matters.
        zinnen = [_write_ontbrekend(toets, zicht, ontbrekend)]
    return ask_document(
        toets,
        zicht,
        Grond.ONDERDEEL_ONTBREEKT if stukken.goed else stukken.onbruikbaar[0][1],
        join_zinnen(zinnen),
        gevraagd=write_gevraagd(toets, ontbrekend),
        bewijs=stukken.goed or [f for f, _ in stukken.onbruikbaar],
    )


def _accept(toets: Documenttoets, zicht: Zicht, stukken: Stukken, delen: Onderdelen) -> Deeluitkomst:
    """Give voldoet, citing the newest document, and for each part the newest that holds it."""
    geldend = [keep_allowed(toets, zicht, tijdig) for tijdig, _ in delen.values()] if delen else []
    bron = _pick_newest(stukken.goed, geldend)
    dagen = list_days(toets, zicht)
    leeftijd = toets.max_leeftijd_maanden
    einde = None
    if leeftijd is not None:
        einde = max(*dagen.values(), min([last_day_within(f.datum, leeftijd) for f in bron]))
    return Deeluitkomst(
        uitkomst=Uitkomst.VOLDOET,
        grond=Grond.VOLDOET,
        uitleg=partial(_write_goed, toets, zicht, bron, geldend),
        peildatums=dagen,
        bewijs=cite(bron),
        houdbaar_tot=einde,
    )


def _pick_newest(goed: Sequence[Documentfeit], geldend: Sequence[Vindplaatsen]) -> Sequence[Documentfeit]:
    """The newest document that holds each part; the newest of all where no parts are asked."""
    if len(goed) == 1:
        return goed
    gekozen = {max(plaatsen, key=lambda v: (v[1].datum, v[0].datum, v[0].id))[0].id for plaatsen in geldend}
    if not geldend:
        gekozen = {max(goed, key=lambda f: (f.datum, f.id)).id}
    return [f for f in goed if f.id in gekozen]


def write_niet_ontvangen(document: str, zicht: Zicht) -> str:
    """That a document was not handed in."""
    return f"Van {zicht.wie} is het stuk '{write_naam(document)}' niet ontvangen."


def _write_goed(
    toets: Documenttoets, zicht: Zicht, bron: Sequence[Documentfeit], geldend: Sequence[Vindplaatsen]
) -> str:
    """The date of what is there, and that every part is in it."""
    aanwezig = write_aanwezig(toets, zicht.wie, sorted({f.datum for f in bron}), alles_erin=bool(geldend))
    if not toets.onderdelen_door:
        return aanwezig
    door = {o.door for plaatsen in geldend for _, o in plaatsen}
    namen = write_opsomming(sorted(lid.naam for lid in zicht.partij.leden if lid.id in door))
    return f"{aanwezig} {write_zin(f'Zij worden uitgevoerd door {namen}')}"


def write_aanwezig(toets: Documenttoets, wie: str, datums: Sequence[date], *, alles_erin: bool) -> str:
    """The dates of what is there, and whether every part that is asked is in it."""
    van = write_datum(datums[0]) if len(datums) == 1 else write_opsomming([write_datum(dag) for dag in datums])
    bevat = " Alle gevraagde onderdelen staan erin." if alles_erin else ""
    return f"Het stuk '{write_naam(toets.document)}' van {wie} is van {van}.{bevat}"


def _write_onbruikbaar(toets: Documenttoets, zicht: Zicht, f: Documentfeit, grond: Grond) -> str:
    """Why a document does not count."""
    naam = write_naam(toets.document)
    if grond is Grond.ANDERE_NAAM:
        return f"Het stuk '{naam}' staat op naam van {f.op_naam_van}, niet op naam van {zicht.wie}."
    if grond is Grond.NAAM_ONBEKEND:
        return f"Uit het stuk '{naam}' van {zicht.wie} blijkt niet op wiens naam het staat."
    if grond is Grond.VERSIE_ONBEKEND:
        return f"Uit het stuk '{naam}' van {zicht.wie} blijkt niet welke versie het is."
    if grond is Grond.ANDERE_VERSIE:
        return f"Het stuk '{naam}' van {zicht.wie} is versie {f.versie}, niet {_write_versies(toets)}."
    return write_te_oud(toets, zicht.wie, f.datum, zicht.peildatums)


def write_te_oud(toets: Documenttoets, wie: str, datum: date, peildatums: Mapping[Peilmoment, date]) -> str:
    """That a document is older than may be, and than what."""
    moment = find_leeftijdmoment(toets)
    eis = f"meer dan {toets.max_leeftijd_maanden} maanden voor {write_peil(moment, peildatums[moment])}"
    if toets.max_leeftijd_maanden is None or _oldest(toets, peildatums, toets.max_leeftijd_maanden) <= datum:
        eis = f"ouder dan {write_datum(toets.niet_ouder_dan)}" if toets.niet_ouder_dan is not None else eis
    return f"Het stuk '{write_naam(toets.document)}' van {wie} is van {write_datum(datum)}. Dat is {eis}."


def _write_versies(toets: Documenttoets) -> str:
    return write_opsomming(toets.versies, slot="of")


def _write_ontbrekend(toets: Documenttoets, zicht: Zicht, onderdelen: Sequence[str]) -> str:
    """Which parts are not there."""
    lijst = write_opsomming(f"'{write_naam(onderdeel)}'" for onderdeel in onderdelen)
    return f"In het stuk '{write_naam(toets.document)}' van {zicht.wie} is niet gevonden: {lijst}."


def write_gevraagd(toets: Documenttoets, onderdelen: Sequence[str]) -> str:
    """What to ask for."""
    wat = f"het stuk '{write_naam(toets.document)}'"
    if toets.max_leeftijd_maanden is not None:
        wat += f", niet ouder dan {toets.max_leeftijd_maanden} maanden"
        wat += f" op {write_moment(toets.leeftijd_op)}" if toets.leeftijd_op is not None else ""
    if toets.niet_ouder_dan is not None:
        wat += f", niet van voor {write_datum(toets.niet_ouder_dan)}"
    if toets.versies:
        wat += f", versie {_write_versies(toets)}"
    if toets.op_naam:
        wat += ", op naam van de aanbieder"
    if onderdelen:
        wat += f", met {write_opsomming(write_naam(onderdeel) for onderdeel in onderdelen)}"
    return wat
