"""Long work of a person beside the pages: how far it is, and what came of it. No page waits for it.

What is kept here is only for showing: the records say what was done, so that work that a restart broke off is
simply begun again and finds what is left.

Bron: ontwerp 2.1; issue web application (long work shows live progress).
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from inkoop.domain.fouten import BeletselenError, InkoopError
from inkoop.services.bulkwerk import Bulkuitkomst, Voortgang
from inkoop.services.huis import Optreden

LOG = logging.getLogger("inkoop.web")

BEWAARD: Final = 200
"""How many pieces of work are remembered since the start of the server (project default)."""

Werk = Callable[[Voortgang], Bulkuitkomst]


@dataclass(frozen=True, kw_only=True)
class Werkstand:
    """One piece of work: how many of how many (0 of 0 while that is not known), and what came of it."""

    sleutel: str
    wat: str
    terug: str
    begonnen_op: datetime
    persoon: str
    klaar: int = 0
    totaal: int = 0
    bezig: bool = True
    uitkomst: Bulkuitkomst | None = None
    fouten: tuple[str, ...] = ()


class Langwerk:
    """Pieces of work by their key, each in a thread of its own; with `direct` at once."""

    def __init__(self, *, direct: bool = False) -> None:
        self._direct = direct
        self._slot = threading.Lock()
        self._standen: OrderedDict[str, Werkstand] = OrderedDict()

    def find(self, sleutel: str) -> Werkstand | None:
        """How far it is, or what came of it the last time; None when it was not asked for since the start."""
        with self._slot:
            return self._standen.get(sleutel)

    def begin(self, sleutel: str, wat: str, terug: str, door: Optreden, werk: Werk) -> None:
        """Begin, unless the same work is going on; `terug` is the address of the page it belongs to."""
        with self._slot:
            stand = self._standen.get(sleutel)
            if stand is not None and stand.bezig:
                return
            self._standen[sleutel] = Werkstand(
                sleutel=sleutel, wat=wat, terug=terug, begonnen_op=door.nu, persoon=door.wie
            )
            self._standen.move_to_end(sleutel)
            klaar = [naam for naam, een in self._standen.items() if not een.bezig]
            for naam in klaar[: max(0, len(self._standen) - BEWAARD)]:
                del self._standen[naam]
        if self._direct:
            self._doe(sleutel, werk)
            return
        threading.Thread(target=self._doe, args=(sleutel, werk), name=f"werk-{sleutel}", daemon=True).start()

    def _doe(self, sleutel: str, werk: Werk) -> None:
        uitkomst: Bulkuitkomst | None = None
        fouten: tuple[str, ...] = ()
        try:
            uitkomst = werk(lambda klaar, totaal: self._wijzig(sleutel, klaar=klaar, totaal=totaal))
        except BeletselenError as fout:
            fouten = tuple(beletsel.tekst for beletsel in fout.beletselen) or (str(fout),)
        except InkoopError as fout:
            fouten = (str(fout),)
        except Exception:
            LOG.exception("work %s failed", sleutel)
            fouten = ("Er ging iets mis op de server. Wat al klaar was, is bewaard. Begin het werk opnieuw.",)
        self._wijzig(sleutel, bezig=False, uitkomst=uitkomst, fouten=fouten)

    def _wijzig(self, sleutel: str, **anders: object) -> None:
        with self._slot:
            self._standen[sleutel] = replace(self._standen[sleutel], **anders)  # type: ignore[arg-type]
