"""Everything twice at the same moment: two officers do the same act, two triggers start the same flow.

Each of the two has a store of its own, opened apart, and comes to its first unit of work before the other
is allowed to go on: both have read the same when the first of them writes. One wins; the other hears why
not, or finds that there is nothing left to do. That nothing came twice shows at the end of the round.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from inkoop.domain.fouten import InkoopError
from inkoop.services.huis import Huis
from inkoop.storage.eenheid import Eenheid, StrijdigeGegevensError

SAMEN = 0.5
"""Seconds that one waits for the other; an act that writes nothing never comes."""


class OnduidelijkeWeigeringError(AssertionError):
    """Who came too late hears something that says nothing to people, or both were refused."""


@dataclass
class Wedloop:
    """Two houses on one store. `geteld` acts were done twice at once; `meldingen` is what the losers heard."""

    huizen: tuple[Huis, Huis]
    geteld: int = 0
    geweigerd: int = 0
    meldingen: set[str] = field(default_factory=set)

    def run(self, werk: Callable[[Huis], object]) -> object:
        """Do this in both houses at once; what the winner gave back."""
        start = threading.Barrier(2)
        uit: list[object] = [None, None]
        fouten: list[BaseException | None] = [None, None]

        def do(nummer: int) -> None:
            huis = self.huizen[nummer]
            try:
                with _wait_voor_schrijven(huis, start):
                    uit[nummer] = werk(huis)
            except BaseException as fout:  # noqa: BLE001 - looked at below, in the thread that waits
                fouten[nummer] = fout
            finally:
                start.abort()

        draden = [threading.Thread(target=do, args=(nummer,)) for nummer in range(2)]
        for draad in draden:
            draad.start()
        for draad in draden:
            draad.join()
        self.geteld += 1
        return self._judge(uit, fouten)

    def _judge(self, uit: list[object], fouten: list[BaseException | None]) -> object:
        for fout in fouten:
            if fout is not None and (not isinstance(fout, InkoopError) or isinstance(fout, StrijdigeGegevensError)):
                raise OnduidelijkeWeigeringError(f"{type(fout).__name__}: {fout}") from fout
        gewonnen = [nummer for nummer, fout in enumerate(fouten) if fout is None]
        if not gewonnen:
            raise OnduidelijkeWeigeringError(f"beide geweigerd: {fouten[0]} / {fouten[1]}") from fouten[0]
        for fout in fouten:
            if fout is not None:
                self.geweigerd += 1
                self.meldingen.add(_summarise(str(fout)))
        return next((uit[nummer] for nummer in gewonnen if uit[nummer]), uit[gewonnen[0]])


def _summarise(melding: str) -> str:
    """A refusal with its first reason, the same for every application."""
    wisselt = r"'[^']*'|[A-Z]+(?:-[A-Z0-9]+)+|[0-9]{2}-[0-9]{2}-[0-9]{4} [0-9:]{8}"
    regels = [re.sub(wisselt, "...", regel.strip(" -")) for regel in melding.splitlines()]
    return " ".join(regels[:2])


@contextmanager
def _wait_voor_schrijven(huis: Huis, start: threading.Barrier) -> Iterator[None]:
    """Let the first unit of work of this house begin when the other comes to its own."""
    winkel: Any = huis.winkel
    echt = winkel.eenheid

    @contextmanager
    def eenheid(*wie: Any) -> Iterator[Eenheid]:
        with suppress(threading.BrokenBarrierError):
            start.wait(SAMEN)
        with echt(*wie) as een:
            yield een

    winkel.eenheid = eenheid
    try:
        yield
    finally:
        del winkel.eenheid
