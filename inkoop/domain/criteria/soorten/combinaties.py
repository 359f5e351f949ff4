"""The combinators: how the outcomes of parts become one.

alle_van = the lowest, een_van = the highest. Nothing stops at the first part: every ground comes out.

Bron: ontwerp 4.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from inkoop.domain.criteria.bevinding import Herstelpunt
from inkoop.domain.criteria.criterium import AlleVan, EenVan, Herstelbaarheid, Peilmoment, Toets
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.uitkomst import Uitkomst, hoogste, laagste
from inkoop.domain.criteria.verwoording import join_zinnen, write_opsomming

_POSITIEF = (Uitkomst.VOLDOET, Uitkomst.VOORWAARDELIJK)


class Combinatie(ABC):
    """How one combinator combines. The parts with the resulting outcome carry it (`dragend`)."""

    @abstractmethod
    def pick(self, delen: Sequence[Deeluitkomst]) -> Uitkomst:
        """The outcome of the whole."""

    @abstractmethod
    def list_bewijs(self, delen: Sequence[Deeluitkomst], dragend: Sequence[Deeluitkomst]) -> set[str]:
        """The evidence on which the whole rests."""

    @abstractmethod
    def end(self, delen: Sequence[Deeluitkomst], dragend: Sequence[Deeluitkomst]) -> date | None:
        """How long a positive whole holds."""

    @abstractmethod
    def ask(self, dragend: Sequence[Deeluitkomst]) -> tuple[Herstelpunt, ...]:
        """What to ask where the whole is herstelbaar."""

    def combine(self, delen: Sequence[Deeluitkomst]) -> Deeluitkomst:
        """The outcome of the whole, with the parts as its explanation."""
        uitkomst = self.pick(delen)
        dragend = [deel for deel in delen if deel.uitkomst is uitkomst]
        voorwaarden = [v for deel in dragend for v in deel.voorwaarden] if uitkomst is Uitkomst.VOORWAARDELIJK else []
        return Deeluitkomst(
            uitkomst=uitkomst,
            grond=_find_grond(dragend),
            uitleg=partial(_write_alle, dragend),
            peildatums=_join_days(delen),
            bewijs=tuple(sorted(self.list_bewijs(delen, dragend))),
            houdbaar_tot=self.end(delen, dragend) if uitkomst in _POSITIEF else None,
            herstelpunten=self.ask(dragend) if uitkomst is Uitkomst.HERSTELBAAR else (),
            voorwaarden=tuple(dict.fromkeys(voorwaarden)) if voorwaarden else (),
            delen=tuple(delen),
        )


class AlleVanCombinatie(Combinatie):
    """Each part must be satisfied."""

    def pick(self, delen: Sequence[Deeluitkomst]) -> Uitkomst:
        """The lowest."""
        return laagste([deel.uitkomst for deel in delen])

    def list_bewijs(self, delen: Sequence[Deeluitkomst], dragend: Sequence[Deeluitkomst]) -> set[str]:
        """All evidence: the whole rests on every part."""
        return {bewijs for deel in delen for bewijs in deel.bewijs}

    def end(self, delen: Sequence[Deeluitkomst], dragend: Sequence[Deeluitkomst]) -> date | None:
        """Until the first part ends."""
        return min([deel.houdbaar_tot for deel in delen if deel.houdbaar_tot is not None], default=None)

    def ask(self, dragend: Sequence[Deeluitkomst]) -> tuple[Herstelpunt, ...]:
        """Everything that misses, each point once."""
        return tuple(dict.fromkeys(punt for deel in dragend for punt in deel.herstelpunten))


class EenVanCombinatie(Combinatie):
    """At least one part must be satisfied."""

    def pick(self, delen: Sequence[Deeluitkomst]) -> Uitkomst:
        """The highest that applies."""
        return hoogste([deel.uitkomst for deel in delen])

    def list_bewijs(self, delen: Sequence[Deeluitkomst], dragend: Sequence[Deeluitkomst]) -> set[str]:
        """The evidence of the parts that carry the outcome; of all parts where none of them is good enough."""
        gebrekkig = all(deel.uitkomst in (Uitkomst.VOLDOET_NIET, Uitkomst.HERSTELBAAR) for deel in dragend)
        return {bewijs for deel in (delen if gebrekkig else dragend) for bewijs in deel.bewijs}

    def end(self, delen: Sequence[Deeluitkomst], dragend: Sequence[Deeluitkomst]) -> date | None:
        """Until the last part ends; None where one part has no end."""
        einden = [deel.houdbaar_tot for deel in dragend]
        return None if None in einden else max((einde for einde in einden if einde is not None), default=None)

    def ask(self, dragend: Sequence[Deeluitkomst]) -> tuple[Herstelpunt, ...]:
        """One point that offers the choice, since one part is enough."""
        if len(dragend) < 2:
            return dragend[0].herstelpunten if dragend else ()
        keuzes = [write_opsomming(punt.gevraagd for punt in deel.herstelpunten) for deel in dragend]
        punten = [punt for deel in dragend for punt in deel.herstelpunten]
        dagen = [punt.uiterste_bewijsdatum for punt in punten]
        return (
            Herstelpunt(
                gevraagd=write_opsomming(keuzes, slot="of"),
                herstelbaarheid=_widest(punt.herstelbaarheid for punt in punten),
                uiterste_bewijsdatum=None if None in dagen else max(dag for dag in dagen if dag is not None),
            ),
        )


COMBINATIES: dict[type[Toets], Combinatie] = {AlleVan: AlleVanCombinatie(), EenVan: EenVanCombinatie()}
"""Every combinator, by its struct."""


def combine_laagste(delen: Sequence[Deeluitkomst]) -> Deeluitkomst:
    """Combine the parts of one leaf (products within a perceel): each must be satisfied."""
    return COMBINATIES[AlleVan].combine(delen)


def _find_grond(dragend: Sequence[Deeluitkomst]) -> Grond:
    """The first ground that is not simply that it is in order."""
    for deel in dragend:
        if deel.grond is not Grond.VOLDOET:
            return deel.grond
    return Grond.VOLDOET


def _write_alle(dragend: Sequence[Deeluitkomst]) -> str:
    return join_zinnen([deel.toelichting for deel in dragend])


def _join_days(delen: Sequence[Deeluitkomst]) -> dict[Peilmoment, date]:
    """The days of all parts together; most parts share theirs."""
    eerste = delen[0].peildatums
    for deel in delen:
        if deel.peildatums is not eerste:
            break
    else:
        return eerste
    return {moment: dag for deel in delen for moment, dag in deel.peildatums.items()}


def _widest(waarden: Iterable[Herstelbaarheid]) -> Herstelbaarheid:
    """The widest repairability of several, in the order of the enum."""
    return max(waarden, key=list(Herstelbaarheid).index)
