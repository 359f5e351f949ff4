"""How often something may be tried: signing in per name and per address, acts per person, pages per address.

Counted in the memory of one process; with several processes each counts for itself.

Bron: ontwerp 8; the numbers are project defaults.
"""

from __future__ import annotations

import time
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from inkoop.domain.fouten import InkoopError

PER_NAAM: Final = parse("8 per 15 minutes")
"""Attempts to sign in with one name."""

PER_ADRES: Final = parse("40 per 15 minutes")
"""Attempts to sign in from one address."""

HANDELINGEN: Final = RateLimitItemPerMinute(120)
"""Forms sent by one session or address."""

BLADZIJDEN: Final = RateLimitItemPerMinute(1200)
"""Pages asked for from one address."""


class TeVaakError(InkoopError):
    """Tried too often; the message says how long to wait."""

    def __init__(self, seconden: int) -> None:
        self.seconden = seconden
        minuten = max(1, round(seconden / 60))
        wacht = "een minuut" if minuten == 1 else f"{minuten} minuten"
        super().__init__(f"U hebt dit te vaak achter elkaar geprobeerd. Wacht {wacht} en probeer het opnieuw.")


class Tempo:
    """The counters of one process. `factor` widens every limit (tests, measurements)."""

    def __init__(self, factor: int = 1) -> None:
        self._teller = MovingWindowRateLimiter(MemoryStorage())
        self._factor = factor

    def require(self, grens: RateLimitItem, *sleutel: str) -> None:
        """Count one attempt; raises TeVaakError when there were too many."""
        ruim = self._widen(grens)
        if not self._teller.hit(ruim, *sleutel):
            over = self._teller.get_window_stats(ruim, *sleutel).reset_time
            raise TeVaakError(max(1, int(over - time.time())))

    def forgive(self, grens: RateLimitItem, *sleutel: str) -> None:
        """Forget the attempts, after one that succeeded."""
        self._teller.clear(self._widen(grens), *sleutel)

    def _widen(self, grens: RateLimitItem) -> RateLimitItem:
        if self._factor == 1:
            return grens
        return type(grens)(grens.amount * self._factor, grens.multiples)
