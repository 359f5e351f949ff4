"""The parts of a document: where each is found, and by whom what it is about is provided.

Bron: M4 (parts of after closing); F.0 B-01 (coverage table: own or onderaannemer).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from inkoop.domain.criteria.criterium import Documenttoets, Peilmoment, Uitvoering
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst, Uitleg
from inkoop.domain.criteria.dossier import Documentfeit, Documentonderdeel, Feit, Lidrol
from inkoop.domain.criteria.feiten import fold_woord
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_naam, write_opsomming
from inkoop.domain.criteria.zicht import Zicht, cite

_UITVOERINGEN = {
    Lidrol.ENKEL: Uitvoering.EIGEN,
    Lidrol.PENVOERDER: Uitvoering.EIGEN,
    Lidrol.LID: Uitvoering.EIGEN,
    Lidrol.ONDERAANNEMER: Uitvoering.ONDERAANNEMER,
    Lidrol.DERDE: Uitvoering.DERDE,
}


class Stukken(msgspec.Struct, frozen=True, gc=False):
    """The documents of one type: those that count, those of after the day, and those that do not count (with why)."""

    goed: tuple[Documentfeit, ...]
    laat: tuple[Documentfeit, ...]
    onbruikbaar: tuple[tuple[Documentfeit, Grond], ...]


Vindplaatsen = list[tuple[Documentfeit, Documentonderdeel]]
Onderdelen = dict[str, tuple[Vindplaatsen, Vindplaatsen]]
"""Per part that is asked where it is found: in time, and of after the day."""
_NERGENS: tuple[Vindplaatsen, Vindplaatsen] = ([], [])


def find_onderdelen(toets: Documenttoets, zicht: Zicht, stukken: Stukken, peil: date) -> Onderdelen:
    """Where each part that is asked is found."""
    if not toets.onderdelen:
        return {}
    per_woord: dict[str, tuple[Vindplaatsen, Vindplaatsen]] = {}
    for f in (*stukken.goed, *stukken.laat):
        is_goed = f in stukken.goed
        for onderdeel in f.onderdelen:
            tijdig, laat = per_woord.setdefault(fold_woord(onderdeel.naam), ([], []))
            op_tijd = is_goed and zicht.is_op_tijd(f, onderdeel.datum, peil)
            (tijdig if op_tijd else laat).append((f, onderdeel))
    return {naam: per_woord.get(fold_woord(naam), _NERGENS) for naam in toets.onderdelen}


def list_days(toets: Documenttoets, zicht: Zicht) -> dict[Peilmoment, date]:
    """The days that matter for the outcome."""
    dagen = zicht.dagen[toets.peilmoment]
    if toets.max_leeftijd_maanden is None or toets.leeftijd_op is None:
        return dagen
    return dagen | zicht.dagen[toets.leeftijd_op]


def find_leeftijdmoment(toets: Documenttoets) -> Peilmoment:
    """The moment on which the age is measured."""
    return toets.peilmoment if toets.leeftijd_op is None else toets.leeftijd_op


def ask_document(
    toets: Documenttoets, zicht: Zicht, grond: Grond, uitleg: Uitleg, *, gevraagd: str, bewijs: Sequence[Feit] = ()
) -> Deeluitkomst:
    """Ask for something that existed on the peilmoment, whatever the moment on which its age is measured."""
    vraag = zicht.ask(
        grond,
        uitleg,
        gevraagd=gevraagd,
        peildatums=zicht.dagen[toets.peilmoment],
        bewijs=bewijs,
    )
    if toets.leeftijd_op is None:
        return vraag
    return msgspec.structs.replace(vraag, peildatums=list_days(toets, zicht))


def find_uitvoerdergebrek(toets: Documenttoets, zicht: Zicht, delen: Onderdelen) -> Deeluitkomst | None:
    """The parts of which nobody that is allowed is known to provide them; of several places the best counts."""
    onbekend: list[str] = []
    anders: list[str] = []
    for onderdeel, (tijdig, _) in delen.items():
        if keep_allowed(toets, zicht, tijdig):
            continue
        (onbekend if any(o.door is None for _, o in tijdig) else anders).append(onderdeel)
    bewijs = cite([f for tijdig, _ in delen.values() for f, _ in tijdig])
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
            uitleg=join_zinnen(zinnen),
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
