"""After an act of a person: what the system itself does next, without letting the page wait for it.

The same work as a flow does (services/fasewerk), so that an officer sees at once what follows; a flow that
comes later finds nothing left to do. One at a time, in one thread; asked for twice while waiting is once.

Bron: ontwerp 2.1; docs/adr/0001.
"""

from __future__ import annotations

import logging
import queue
import threading
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from inkoop import bootstrap
from inkoop.domain.fouten import InkoopError
from inkoop.domain.procedure import Fase
from inkoop.services import aandrijving, documenten, fasewerk, procedures, rondes
from inkoop.services.aandrijving import Tik
from inkoop.services.drukkerij import share_drukkerij
from inkoop.services.huis import Huis, Optreden, systeem
from inkoop.web.klok import Webklok

LOG = logging.getLogger("inkoop.web")


class Opdracht(NamedTuple):
    """What to bring up to date: a procedure, a round (all, or one `unit`), or a `tik` to run."""

    procedure: str = ""
    ronde: str = ""
    unit: str = ""
    tik: Tik | None = None

    @property
    def waarover(self) -> str:
        """What it is about, for the log of the server."""
        return self.tik.onderwerp if self.tik else self.ronde or self.procedure


class Bijwerker:
    """The queue and the thread. With `direct` everything is done at once, for tests and small stores."""

    def __init__(self, huis: Huis, klok: Webklok, *, direct: bool = False) -> None:
        self._huis, self._klok, self._direct = huis, klok, direct
        self._rij: queue.SimpleQueue[Opdracht | None] = queue.SimpleQueue()
        self._wachtend: set[Opdracht] = set()
        self._slot = threading.Lock()
        self._draad: threading.Thread | None = None

    def vraag(self, *, procedure: str = "", ronde: str = "", unit: str = "") -> None:
        """Ask for something to be brought up to date."""
        self._plan(Opdracht(procedure, ronde, unit))

    def loop(self, tik: Tik) -> None:
        """Run a tick that was asked for, where no dispatcher does: on a store for simulation."""
        self._plan(Opdracht(tik=tik))

    def _plan(self, opdracht: Opdracht) -> None:
        if self._direct:
            self._doe(opdracht)
            return
        with self._slot:
            if opdracht in self._wachtend:
                return
            self._wachtend.add(opdracht)
            if self._draad is None:
                self._draad = threading.Thread(target=self._werk, name="bijwerken", daemon=True)
                self._draad.start()
        self._rij.put(opdracht)

    def is_bezig(self, onderwerp: str) -> bool:
        """Whether something of this procedure or round is waited for."""
        with self._slot:
            return any(onderwerp in (opdracht.procedure, opdracht.ronde) for opdracht in self._wachtend)

    def stop(self) -> None:
        """End after what is being done now."""
        with self._slot:
            draad = self._draad
        if draad is not None:
            self._rij.put(None)
            draad.join(timeout=30)

    def _werk(self) -> None:
        while (opdracht := self._rij.get()) is not None:
            try:
                self._doe(opdracht)
            finally:
                with self._slot:
                    self._wachtend.discard(opdracht)

    def _doe(self, opdracht: Opdracht) -> None:
        """Do it; what goes wrong stands in the log of the server, and the next flow tries again."""
        door = systeem(self._klok.read_nu())
        try:
            if opdracht.tik is not None:
                self._run_tik(opdracht.tik, door)
                return
            if opdracht.procedure:
                self._werk_procedure_bij(opdracht.procedure, door)
            if opdracht.ronde:
                self._werk_ronde_bij(opdracht.ronde, opdracht.unit, door)
            self._maak_documenten(door)
        except InkoopError:
            LOG.exception("bringing %s up to date was refused", opdracht.waarover)
        except Exception:
            LOG.exception("bringing %s up to date failed", opdracht.waarover)

    def _run_tik(self, tik: Tik, door: Optreden) -> None:
        """The work of one flow, with its begin, end and report on record; one that was done meanwhile is left."""
        fase = Fase(tik.flow)
        with aandrijving.run_tik(self._huis, fase, tik.onderwerp, tik.sleutel) as loop:
            gedaan = fasewerk.work_fase(self._huis, door, fase, tik.onderwerp, bootstrap.load_procedure_edities)
            self._maak_documenten(door)
            verslag = fasewerk.report(self._huis, door, fase, tik.onderwerp, gedaan)
            loop.gedaan, loop.open_taken = verslag.gedaan, len(verslag.taken)

    def _werk_procedure_bij(self, naam: str, door: Optreden) -> None:
        with self._huis.winkel.lezen() as sessie:
            fase = procedures.find_procedure(sessie, naam).fase
        if fase in procedures.PROCEDUREFASEN:
            fasewerk.work_fase(self._huis, door, fase, naam, bootstrap.load_procedure_edities)

    def _werk_ronde_bij(self, ronde: str, unit: str, door: Optreden) -> None:
        for _ in range(4):
            with self._huis.winkel.lezen() as sessie:
                fase = rondes.find_ronde(sessie, ronde).fase
            units = fasewerk.list_units(self._huis, fase, ronde)
            fasewerk.work_units(self._huis, door, fase, ronde, [unit] if unit in units else units)
            with self._huis.winkel.lezen() as sessie:
                if rondes.find_ronde(sessie, ronde).fase is fase:
                    return
            unit = ""

    def _maak_documenten(self, door: Optreden) -> None:
        """Make what was asked for in the process that draws, and send what nobody needs to check."""
        for kenmerk in documenten.list_te_maken(self._huis):
            opdracht = documenten.order(self._huis, kenmerk)
            try:
                documenten.store_gemaakt(self._huis, door, kenmerk, share_drukkerij().submit(opdracht).result())
            except InkoopError as fout:
                LOG.error("document %s could not be made: %s", kenmerk, fout)  # noqa: TRY400 - a message for people
            except BrokenProcessPool:
                LOG.error("document %s: the process that draws was stopped", kenmerk)  # noqa: TRY400
        documenten.send_automatisch(self._huis, door)
