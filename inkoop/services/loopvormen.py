"""Runs of flows and holders of tokens as plain data, for `--json` and the JSON API (beside services/vormen).

Bron: ontwerp 9.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.services.aandrijving import Tik
from inkoop.services.flowstart import describe_stroom, name_onderwerp
from inkoop.services.tokens import Bereik, Tokenhouder
from inkoop.services.vormen import Moment
from inkoop.storage.tabellen.aandrijving import Tikstand


class Runvorm(Struct, frozen=True, kw_only=True):
    """A run of a flow: asked for, under way, done, failed or refused."""

    run: Annotated[UUID, Meta(description="Het kenmerk van de run.")]
    flow: str
    over: Annotated[str, Meta(description="De procedure of ronde waarover de flow gaat.")]
    stand: Tikstand
    door: Annotated[str, Meta(description="Wie erom vroeg.")]
    gevraagd: Moment
    klaar: datetime | None
    pogingen: int
    gedaan: Annotated[int, Meta(description="Hoeveel dingen de run deed.")]
    open_taken: Annotated[int, Meta(description="Hoeveel taken daarna op mensen wachten.")]
    melding: Annotated[str, Meta(description="Wat misging, wat apart is gezet, of waarom het is geweigerd.")]


class Tokenvorm(Struct, frozen=True, kw_only=True):
    """Who holds a token."""

    kenmerk: Annotated[str, Meta(description="Het kenmerk van het token.")]
    persoon: str
    rol: Rol
    bereik: tuple[Bereik, ...]
    geldig_tot: Moment


class Flowvorm(Struct, frozen=True, kw_only=True):
    """A flow that can be started."""

    flow: str
    over: Annotated[str, Meta(description="procedure of ronde: het veld dat u bij het starten invult.")]
    doet: str


def describe_run(tik: Tik) -> Runvorm:
    """A run of a flow."""
    return Runvorm(
        run=tik.id,
        flow=tik.flow,
        over=tik.onderwerp,
        stand=tik.stand,
        door=tik.gevraagd_door,
        gevraagd=tik.gevraagd_op,
        klaar=tik.geeindigd_op,
        pogingen=tik.poging,
        gedaan=len(tik.gedaan),
        open_taken=tik.open_taken,
        melding=tik.melding,
    )


def describe_token(houder: Tokenhouder) -> Tokenvorm:
    """Who holds a token."""
    return Tokenvorm(
        kenmerk=houder.kenmerk,
        persoon=houder.persoon.id,
        rol=houder.rol,
        bereik=tuple(sorted(houder.bereik)),
        geldig_tot=houder.geldig_tot,
    )


def list_flows() -> tuple[Flowvorm, ...]:
    """The flows in the order of the fasen."""
    return tuple(Flowvorm(flow=fase, over=name_onderwerp(fase), doet=describe_stroom(fase)) for fase in Fase)
