"""The outcome of one node of a toets, before it becomes a Bevinding.

Bron: ontwerp 4.
"""

from __future__ import annotations

from datetime import date

import msgspec

from inkoop.domain.criteria.bevinding import Herstelpunt, Voorwaarde
from inkoop.domain.criteria.criterium import Peilmoment, Vraag
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import Oordeelstand
from inkoop.domain.criteria.uitkomst import Uitkomst


class Beoordelingsvraag(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What people are asked (or were asked) at a leaf: on which evidence, which questions, how it stands."""

    bewijs: tuple[str, ...]
    vragen: tuple[Vraag, ...]
    stand: Oordeelstand


class Deeluitkomst(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one node yields; a leaf that needs people carries its `beoordeling`.

    `product` is filled in where a leaf decides per product within a perceel.
    """

    uitkomst: Uitkomst
    grond: Grond
    toelichting: str
    peildatums: dict[Peilmoment, date]
    bewijs: tuple[str, ...] = ()
    houdbaar_tot: date | None = None
    herstelpunten: tuple[Herstelpunt, ...] = ()
    voorwaarden: tuple[Voorwaarde, ...] = ()
    delen: tuple[Deeluitkomst, ...] = ()
    beoordeling: Beoordelingsvraag | None = None
    product: str | None = None
