"""How often something may be tried: signing in per name and per address, acts per person, pages per address.

Counted in the memory of one process; with several processes each counts for itself. The storage that `limits` has
for this starts a thread at every page to let go of what is old, which takes longer than counting.

Bron: ontwerp 8; the numbers are project defaults.
"""

from __future__ import annotations

from collections import deque
from threading import Lock
from time import monotonic
from typing import Final

from limits import RateLimitItem, RateLimitItemPerMinute, parse

from inkoop.domain.fouten import InkoopError

PER_NAAM: Final = parse("8 per 15 minutes")
"""Attempts to sign in with one name."""

PER_ADRES: Final = parse("40 per 15 minutes")
"""Attempts to sign in from one address."""

HANDELINGEN: Final = RateLimitItemPerMinute(120)
"""Forms sent by one session or address."""

BLADZIJDEN: Final = RateLimitItemPerMinute(1200)
"""Pages asked for from one address."""


LANGST: Final = 15 * 60
"""The longest time that a limit above looks back, in seconds."""

OPRUIMEN: Final = 60
"""How often is let go of who did nothing any more, in seconds."""


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
        self._factor = factor
        self._pogingen: dict[tuple[object, ...], deque[float]] = {}
        self._slot = Lock()
        self._opruimen_op = 0.0

    def require(self, grens: RateLimitItem, *sleutel: str) -> None:
        """Count one attempt; raises TeVaakError when there were too many, and one that is refused does not count."""
        nu, duur = monotonic(), grens.get_expiry()
        with self._slot:
            if nu >= self._opruimen_op:
                self._forget_oude(nu)
            pogingen = self._pogingen.setdefault((grens, *sleutel), deque())
            while pogingen and pogingen[0] <= nu - duur:
                pogingen.popleft()
            if len(pogingen) < grens.amount * self._factor:
                pogingen.append(nu)
                return
            over = pogingen[0] + duur - nu
        raise TeVaakError(max(1, int(over)))

    def forgive(self, grens: RateLimitItem, *sleutel: str) -> None:
        """Forget the attempts, after one that succeeded."""
        with self._slot:
            self._pogingen.pop((grens, *sleutel), None)

    def _forget_oude(self, nu: float) -> None:
        """Let go of who did nothing for as long as the longest limit: addresses come and go."""
        self._opruimen_op = nu + OPRUIMEN
        self._pogingen = {wie: keren for wie, keren in self._pogingen.items() if keren and keren[-1] > nu - LANGST}
