"""Checking whether the log and the store are whole, beside the pages: it can take minutes, and no page waits for it.

Bron: FE-10; issue web application (long work shows live progress).
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from inkoop.services import logboek
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.audit import Ketencontrole

LOG = logging.getLogger("inkoop.web")


@dataclass(frozen=True, kw_only=True)
class Controlestand:
    """The last check since the start of the server; `uitkomst` None while it runs, or when it broke off."""

    begonnen_op: datetime
    persoon: str
    bezig: bool
    uitkomst: Ketencontrole | None = None


class Controle:
    """One check at a time, in a thread of its own; with `direct` at once."""

    def __init__(self, *, direct: bool = False) -> None:
        self._direct = direct
        self._slot = threading.Lock()
        self._stand: Controlestand | None = None

    @property
    def stand(self) -> Controlestand | None:
        """The check that runs or ran last; None when nobody asked for one."""
        with self._slot:
            return self._stand

    def begin(self, huis: Huis, door: Optreden) -> None:
        """Begin a check, unless one runs."""
        with self._slot:
            if self._stand is not None and self._stand.bezig:
                return
            self._stand = Controlestand(begonnen_op=door.nu, persoon=door.wie, bezig=True)
        if self._direct:
            self._doe(huis, door)
            return
        threading.Thread(target=self._doe, args=(huis, door), name="controle", daemon=True).start()

    def _doe(self, huis: Huis, door: Optreden) -> None:
        uitkomst = None
        try:
            uitkomst = logboek.check(huis, door)
        except Exception:
            LOG.exception("checking the store failed")
        with self._slot:
            self._stand = Controlestand(begonnen_op=door.nu, persoon=door.wie, bezig=False, uitkomst=uitkomst)
