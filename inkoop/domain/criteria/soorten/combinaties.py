"""The combinators: how the outcomes of parts become one.

alle_van = the lowest, een_van = the highest. Nothing stops at the first part: every ground comes out.

Bron: ontwerp 4.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Protocol

from inkoop.domain.criteria.bevinding import Herstelpunt
from inkoop.domain.criteria.criterium import AlleVan, EenVan, Herstelbaarheid, Peilmoment, Toets
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.uitkomst import Uitkomst, hoogste, laagste
from inkoop.domain.criteria.verwoording import join_zinnen, write_opsomming

POSITIEF = (Uitkomst.VOLDOET, Uitkomst.VOORWAARDELIJK)
"""Outcomes that hold until a day."""


class Uitgekomen(Protocol):
    """What a combination must know of a part to come out: a verdict, a constant conclusion or a finding."""

    @property
    def uitkomst(self) -> Uitkomst:
        """How the part came out."""


class Begrond(Uitgekomen, Protocol):
    """A part of which ground and days are known."""

    @property
    def grond(self) -> Grond:
        """Why it came out so."""

    @property
    def peildatums(self) -> dict[Peilmoment, date]:
        """The days that matter for it."""


class Deel(Uitgekomen, Protocol):
    """A part with everything it rests on."""

    @property
    def bewijs(self) -> tuple[str, ...]:
        """The evidence it cites."""

    @property
    def houdbaar_tot(self) -> date | None:
        """How long it holds."""

    @property
    def herstelpunten(self) -> tuple[Herstelpunt, ...]:
        """What to ask in repair."""


class Combinatie(ABC):
    """How one combinator combines. The parts with the resulting outcome carry it (`dragend`)."""

    @abstractmethod
    def pick(self, delen: Sequence[Uitgekomen]) -> Uitkomst:
        """The outcome of the whole."""

    @abstractmethod
    def list_bewijs(self, delen: Sequence[Deel], dragend: Sequence[Deel]) -> set[str]:
        """The evidence on which the whole rests."""

    @abstractmethod
    def end(self, delen: Sequence[Deel], dragend: Sequence[Deel]) -> date | None:
        """How long a positive whole holds."""

    @abstractmethod
    def ask(self, dragend: Sequence[Deel]) -> tuple[Herstelpunt, ...]:
        """What to ask where the whole is herstelbaar."""

    def combine(self, delen: Sequence[Deeluitkomst]) -> Deeluitkomst:
        """The outcome of the whole, with the parts as its explanation."""
        uitkomst = self.pick(delen)
        dragend = [deel for deel in delen if deel.uitkomst is uitkomst]
        voorwaarden = [v for deel in dragend for v in deel.voorwaarden] if uitkomst is Uitkomst.VOORWAARDELIJK else []
        return Deeluitkomst(
            uitkomst=uitkomst,
            grond=find_grond(dragend),
            uitleg=partial(_write_alle, dragend),
            peildatums=join_days(delen),
            bewijs=tuple(sorted(self.list_bewijs(delen, dragend))),
            houdbaar_tot=self.end(delen, dragend) if uitkomst in POSITIEF else None,
            herstelpunten=self.ask(dragend) if uitkomst is Uitkomst.HERSTELBAAR else (),
            voorwaarden=tuple(dict.fromkeys(voorwaarden)) if voorwaarden else (),
            delen=tuple(delen),
        )


class AlleVanCombinatie(Combinatie):
    """Each part must be satisfied."""

    def pick(self, delen: Sequence[Uitgekomen]) -> Uitkomst:
        """The lowest."""
        return laagste([deel.uitkomst for deel in delen])

    def list_bewijs(self, delen: Sequence[Deel], dragend: Sequence[Deel]) -> set[str]:
        """All evidence: the whole rests on every part."""
        return {bewijs for deel in delen for bewijs in deel.bewijs}

    def end(self, delen: Sequence[Deel], dragend: Sequence[Deel]) -> date | None:
        """Until the first part ends."""
        return min([deel.houdbaar_tot for deel in delen if deel.houdbaar_tot is not None], default=None)

    def ask(self, dragend: Sequence[Deel]) -> tuple[Herstelpunt, ...]:
        """Everything that misses, each point once."""
        return tuple(dict.fromkeys(punt for deel in dragend for punt in deel.herstelpunten))


class EenVanCombinatie(Combinatie):
    """At least one part must be satisfied."""

    def pick(self, delen: Sequence[Uitgekomen]) -> Uitkomst:
        """The highest that applies."""
        return hoogste([deel.uitkomst for deel in delen])

    def list_bewijs(self, delen: Sequence[Deel], dragend: Sequence[Deel]) -> set[str]:
        """The evidence of the parts that carry the outcome; of all parts where none of them is good enough."""
        gebrekkig = all(deel.uitkomst in (Uitkomst.VOLDOET_NIET, Uitkomst.HERSTELBAAR) for deel in dragend)
        return {bewijs for deel in (delen if gebrekkig else dragend) for bewijs in deel.bewijs}

    def end(self, delen: Sequence[Deel], dragend: Sequence[Deel]) -> date | None:
        """Until the last part ends; None where one part has no end."""
        einden = [deel.houdbaar_tot for deel in dragend]
        return None if None in einden else max((einde for einde in einden if einde is not None), default=None)

    def ask(self, dragend: Sequence[Deel]) -> tuple[Herstelpunt, ...]:
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


def find_grond(dragend: Sequence[Begrond]) -> Grond:
    """The first ground that is not simply that it is in order."""
    for deel in dragend:
        if deel.grond is not Grond.VOLDOET:
            return deel.grond
    return Grond.VOLDOET


def _write_alle(dragend: Sequence[Deeluitkomst]) -> str:
    return join_zinnen([deel.toelichting for deel in dragend])


def join_days(delen: Sequence[Begrond]) -> dict[Peilmoment, date]:
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
