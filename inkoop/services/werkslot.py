"""One run at a time on one subject (a round, or before publication a procedure), also when a run dies.

A slot is a row with who holds it and until when. The holder gives a sign of life three times within that
term, from a thread of its own; a run that was killed gives none, so its slot can be taken after the term,
and at once by a run on the same machine that sees that the process is gone. A run that lost its slot (a
machine that stood still for longer than the term) stops at its next unit.

The slot spares double work. That nothing happens twice rests on unique keys in the database, also when
two runs should meet after all.

Bron: ontwerp 2.1, 7; metingen, Prefect (a limit of one run there is a lease that a dead run loses).
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import uuid4

from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError
from inkoop.storage.tabellen.aandrijving import WerkslotRow
from inkoop.storage.winkel import Winkel

TERMIJN = timedelta(seconds=90)
"""How long a slot is kept without a sign of life (project default)."""


class WerkBezetError(BeletselenError):
    """Somebody else works on this subject now."""

    def __init__(self, onderwerp: str, flow: str, sinds: datetime) -> None:
        tekst = f"De flow {flow} is er sinds {sinds.astimezone():%d-%m-%Y %H:%M:%S} mee bezig; wacht tot die klaar is."
        super().__init__(f"Aan {onderwerp} wordt al gewerkt.", [Beletsel("bezig", tekst)])


class SlotVerlorenError(InkoopError):
    """This run stood still for so long that another took over."""

    def __init__(self, onderwerp: str) -> None:
        super().__init__(
            f"Deze run stond te lang stil; een andere run werkt nu verder aan {onderwerp}."
            " Er is niets verloren: wat klaar was, blijft, en de andere run doet de rest."
        )


class Slot:
    """A slot that is held. `check` stops a run that lost it."""

    def __init__(self, winkel: Winkel, onderwerp: str, houder: str) -> None:
        self._winkel = winkel
        self.onderwerp = onderwerp
        self.houder = houder
        self._verloren = False
        self._klaar = threading.Event()
        self._draad = threading.Thread(target=self._live, daemon=True, name=f"werkslot-{onderwerp}")

    def check(self) -> None:
        """Raises SlotVerlorenError when another run holds the slot now."""
        if self._verloren:
            raise SlotVerlorenError(self.onderwerp)

    def _live(self) -> None:
        while not self._klaar.wait(TERMIJN.total_seconds() / 3):
            try:
                self._verloren = not self._renew()
            except InkoopError:
                continue  # a busy or absent database: the next sign of life may still be in time
            if self._verloren:
                return

    def _renew(self) -> bool:
        with self._winkel.machinekamer() as sessie:
            rij = sessie.get(WerkslotRow, self.onderwerp)
            if rij is None or rij.houder != self.houder:
                return False
            rij.tot = self._winkel.read_klok() + TERMIJN
            sessie.add(rij)
        return True

    def start(self) -> None:
        """Begin giving signs of life."""
        self._draad.start()

    def stop(self) -> None:
        """End giving signs of life."""
        self._klaar.set()


@contextmanager
def hold_slot(winkel: Winkel, onderwerp: str, flow: str) -> Iterator[Slot]:
    """Hold the slot of a subject for as long as the block runs. Raises WerkBezetError."""
    slot = Slot(winkel, onderwerp, uuid4().hex)
    take_slot(winkel, slot, flow)
    slot.start()
    try:
        yield slot
    finally:
        slot.stop()
        _give_up(winkel, slot)


def take_slot(winkel: Winkel, slot: Slot, flow: str) -> None:
    """Take a slot that is free, past its term, or held by a process of this machine that is gone."""
    nu = winkel.read_klok()
    with winkel.machinekamer() as sessie:
        rij = sessie.get(WerkslotRow, slot.onderwerp)
        if rij is not None and rij.tot > nu and not is_gestorven(rij.proces):
            raise WerkBezetError(slot.onderwerp, rij.flow, rij.sinds)
        if rij is None:
            rij = WerkslotRow(onderwerp=slot.onderwerp, houder="", proces="", flow="", sinds=nu, tot=nu)
        rij.houder, rij.proces, rij.flow = slot.houder, name_proces(), flow
        rij.sinds, rij.tot = nu, nu + TERMIJN
        sessie.add(rij)


def is_bezet(rij: WerkslotRow | None, nu: datetime) -> bool:
    """Whether a run that may still live holds this slot."""
    return rij is not None and rij.tot > nu and not is_gestorven(rij.proces)


def _give_up(winkel: Winkel, slot: Slot) -> None:
    with winkel.machinekamer() as sessie:
        rij = sessie.get(WerkslotRow, slot.onderwerp)
        if rij is not None and rij.houder == slot.houder:
            sessie.delete(rij)


def name_proces() -> str:
    """This process, so that another on the same machine can see whether it is gone."""
    return name_proces_van(os.getpid())


def name_proces_van(pid: int) -> str:
    """A process of this machine, by number and begin."""
    return f"{_name_machine()}/{pid}/{_read_begin(pid)}"


@cache
def _name_machine() -> str:
    """Name of the machine with its start, so that a restart counts as a death of all its processes."""
    try:
        start = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        start = ""
    return f"{socket.gethostname()}:{start}"


def _read_begin(pid: int) -> str:
    """When a process began, in ticks since the machine did; empty where that cannot be known."""
    try:
        # The name of the program, in brackets, may hold spaces.
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def is_gestorven(proces: str) -> bool:
    """Whether a process is known to be gone; of another machine, or without /proc, nobody knows."""
    machine, _, rest = proces.rpartition("/")[0].rpartition("/")
    pid, begin = rest, proces.rpartition("/")[2]
    return bool(begin) and machine == _name_machine() and pid.isdigit() and _read_begin(int(pid)) != begin
