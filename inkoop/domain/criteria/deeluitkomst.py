"""The outcome of one node of a toets, before it becomes a Bevinding.

The verdict is worked out at once, its sentence only when somebody reads it: most sentences of a round
are never read, and writing them costs more than judging (docs/adr/0009).

Bron: ontwerp 4.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import msgspec

from inkoop.domain.criteria.bevinding import Herstelpunt, Voorwaarde
from inkoop.domain.criteria.criterium import Peilmoment, Vraag
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import Oordeelstand
from inkoop.domain.criteria.uitkomst import Uitkomst

Uitleg = str | Callable[[], str]
"""Dutch sentences, or how to write them. What is written rests on values that the verdict has read."""


class Beoordelingsvraag(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What people are asked (or were asked) at a leaf: on which evidence, which questions, how it stands."""

    bewijs: tuple[str, ...]
    vragen: tuple[Vraag, ...]
    stand: Oordeelstand


class Deeluitkomst(msgspec.Struct, frozen=True, kw_only=True, gc=False, eq=False):
    """What one node yields; a leaf that needs people carries its `beoordeling`.

    `uitleg` are the sentences or how to write them: read them as `toelichting`. `peildatums` may be shared
    with other outcomes and is never changed. `product` is filled in where a leaf decides per product
    within a perceel.
    """

    uitkomst: Uitkomst
    grond: Grond
    uitleg: Uitleg
    peildatums: dict[Peilmoment, date]
    bewijs: tuple[str, ...] = ()
    houdbaar_tot: date | None = None
    herstelpunten: tuple[Herstelpunt, ...] = ()
    voorwaarden: tuple[Voorwaarde, ...] = ()
    delen: tuple[Deeluitkomst, ...] = ()
    beoordeling: Beoordelingsvraag | None = None
    product: str | None = None

    @property
    def toelichting(self) -> str:
        """The sentences; written once, when they are first read."""
        if isinstance(self.uitleg, str):
            return self.uitleg
        tekst = self.uitleg()
        msgspec.structs.force_setattr(self, "uitleg", tekst)
        return tekst

    def __eq__(self, ander: object) -> bool:
        """Equal in every field, with the sentences as they are read."""
        if not isinstance(ander, Deeluitkomst):
            return NotImplemented
        return self.toelichting == ander.toelichting and all(
            getattr(self, veld) == getattr(ander, veld) for veld in self.__struct_fields__ if veld != "uitleg"
        )

    __hash__ = None  # type: ignore[assignment]  # sentences that are not written yet have no hash
