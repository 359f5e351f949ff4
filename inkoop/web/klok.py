"""The instant at which a page acts: the clock, and on a store for simulation the time in that store.

In a simulation time goes on where the last act in the log left it, as fast as outside.

Bron: ontwerp 2.8.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from inkoop.services import logboek
from inkoop.services.huis import Huis
from inkoop.storage.winkelrij import Winkelsoort


class Webklok:
    """Gives the instant of an act; a reader of the real clock for sessions and limits."""

    def __init__(self, huis: Huis) -> None:
        self._verschil = timedelta()
        if huis.winkel.soort is Winkelsoort.SIMULATIE:
            laatste = logboek.find_laatste_moment(huis)
            self._verschil = timedelta() if laatste is None else laatste - datetime.now(UTC)

    @property
    def simulatie(self) -> bool:
        """Whether this is another time than that of the wall."""
        return bool(self._verschil)

    def read_nu(self) -> datetime:
        """The instant of an act in the store."""
        return self.read_echt() + self._verschil

    def read_echt(self) -> datetime:
        """The instant outside, for sessions and limits."""
        return datetime.now(UTC)
