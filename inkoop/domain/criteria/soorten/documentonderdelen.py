"""The parts of a document: where each is found, and by whom what it is about is provided.

Bron: M4 (parts of after closing); F.0 B-01 (coverage table: own or onderaannemer).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from inkoop.domain.criteria.criterium import Documenttoets, Peilmoment, Uitvoering
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Documentfeit, Documentonderdeel, Feit, Lidrol
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_naam, write_opsomming
from inkoop.domain.criteria.zicht import Zicht, cite, is_same_woord

_UITVOERINGEN = {
    Lidrol.ENKEL: Uitvoering.EIGEN,
    Lidrol.PENVOERDER: Uitvoering.EIGEN,
    Lidrol.LID: Uitvoering.EIGEN,
    Lidrol.ONDERAANNEMER: Uitvoering.ONDERAANNEMER,
    Lidrol.DERDE: Uitvoering.DERDE,
}


class Stukken(msgspec.Struct, frozen=True, kw_only=True):
    """The documents of one type: those that count, those of after the day, and those that do not count (with why)."""

    goed: tuple[Documentfeit, ...]
    laat: tuple[Documentfeit, ...]
    onbruikbaar: tuple[tuple[Documentfeit, Grond], ...]


Vindplaatsen = list[tuple[Documentfeit, Documentonderdeel]]


def find_onderdeel(zicht: Zicht, stukken: Stukken, naam: str, peil: date) -> tuple[Vindplaatsen, Vindplaatsen]:
    """Where a part is found: in time, and of after the day."""
    tijdig: Vindplaatsen = []
    laat: Vindplaatsen = []
    for f in (*stukken.goed, *stukken.laat):
        for onderdeel in f.onderdelen:
            if is_same_woord(onderdeel.naam, naam):
                op_tijd = f in stukken.goed and zicht.is_op_tijd(f, onderdeel.datum, peil)
                (tijdig if op_tijd else laat).append((f, onderdeel))
    return tijdig, laat


def list_days(toets: Documenttoets, zicht: Zicht) -> dict[Peilmoment, date]:
    """The days that matter for the outcome."""
    dagen = {toets.peilmoment: zicht.peil(toets.peilmoment)}
    if toets.max_leeftijd_maanden is not None and toets.leeftijd_op is not None:
        dagen[toets.leeftijd_op] = zicht.peil(toets.leeftijd_op)
    return dagen


def find_leeftijdmoment(toets: Documenttoets) -> Peilmoment:
    """The moment on which the age is measured."""
    return toets.peilmoment if toets.leeftijd_op is None else toets.leeftijd_op


def ask_document(
    toets: Documenttoets, zicht: Zicht, grond: Grond, toelichting: str, *, gevraagd: str, bewijs: Iterable[Feit] = ()
) -> Deeluitkomst:
    """Ask for something that existed on the peilmoment, whatever the moment on which its age is measured."""
    vraag = zicht.ask(
        grond,
        toelichting,
        gevraagd=gevraagd,
        peildatums={toets.peilmoment: zicht.peil(toets.peilmoment)},
        bewijs=bewijs,
    )
    return msgspec.structs.replace(vraag, peildatums=list_days(toets, zicht))


def find_uitvoerdergebrek(
    toets: Documenttoets, zicht: Zicht, delen: dict[str, tuple[Vindplaatsen, Vindplaatsen]]
) -> Deeluitkomst | None:
    """The parts of which nobody that is allowed is known to provide them; of several places the best counts."""
    onbekend: list[str] = []
    anders: list[str] = []
    for onderdeel, (tijdig, _) in delen.items():
        if keep_allowed(toets, zicht, tijdig):
            continue
        (onbekend if any(o.door is None for _, o in tijdig) else anders).append(onderdeel)
    bewijs = cite(f for tijdig, _ in delen.values() for f, _ in tijdig)
    naam = write_naam(toets.document)
    toegestaan = write_opsomming((write_uitvoering(door) for door in toets.onderdelen_door), slot="of")
    zinnen = []
    if onbekend:
        lijst = write_opsomming(f"'{write_naam(o)}'" for o in onbekend)
        zinnen.append(f"Uit het stuk '{naam}' van {zicht.wie} blijkt niet wie dit uitvoert: {lijst}.")
    if anders:
        lijst = write_opsomming(f"'{write_naam(o)}'" for o in anders)
        zinnen.append(
            f"Volgens het stuk '{naam}' van {zicht.wie} wordt dit niet uitgevoerd door {toegestaan}: {lijst}."
        )
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET_NIET,
            grond=Grond.ONDERDEEL_DOOR_ANDER,
            toelichting=join_zinnen(zinnen),
            peildatums=list_days(toets, zicht),
            bewijs=bewijs,
        )
    if not onbekend:
        return None
    return ask_document(
        toets,
        zicht,
        Grond.ONDERDEEL_DOOR_ONBEKEND,
        join_zinnen(zinnen),
        gevraagd=f"het stuk '{naam}' met wie dit uitvoert: {write_opsomming(write_naam(o) for o in onbekend)}",
        bewijs=[f for tijdig, _ in delen.values() for f, _ in tijdig],
    )


def keep_allowed(toets: Documenttoets, zicht: Zicht, tijdig: Vindplaatsen) -> Vindplaatsen:
    """The places where a part is provided by who may do so; all of them where that is not asked."""
    if not toets.onderdelen_door:
        return tijdig
    rollen = {lid.id: _UITVOERINGEN[lid.rol] for lid in zicht.partij.leden}
    return [(f, o) for f, o in tijdig if o.door is not None and rollen.get(o.door) in toets.onderdelen_door]


def write_uitvoering(door: Uitvoering) -> str:
    """Who may provide a part, as a letter says it."""
    return {
        Uitvoering.EIGEN: "de aanbieder zelf",
        Uitvoering.ONDERAANNEMER: "een opgegeven onderaannemer",
        Uitvoering.DERDE: "een opgegeven derde",
    }[door]
