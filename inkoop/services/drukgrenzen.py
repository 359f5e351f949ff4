"""What one document may cost in a worker process: a ceiling on memory and on computing time.

Templates and data are bounded already (`inkoop/documents/budget.py`); this is the belt around it.

Bron: ontwerp 8; docs/adr (bounds on templates).
"""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from inkoop.domain.fouten import InkoopError

MAX_GEHEUGEN = 4 * 1024**3
"""How much address space a worker may take, in bytes; a contract of fourteen pages takes about 0.6 GB of it."""
MAX_REKENTIJD = 900
"""How many seconds of computing one document may take; 122 pages took 32 on a busy machine."""

MAX_PROEFTIJD = 180
"""The same for a try-out on the command line, with one example."""


class DrukteLangError(InkoopError):
    """One document takes more computing time or memory than any real one needs."""

    def __init__(self, kenmerk: str, grens: str) -> None:
        self.kenmerk, self.grens = kenmerk, grens
        super().__init__(
            f"Document {kenmerk} is niet gemaakt: het kost meer dan {grens}. "
            "Kijk of het sjabloon een te grote lus of tabel heeft, of de gegevens een te lange lijst."
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.kenmerk, self.grens)


def limit_geheugen() -> None:
    """Bound the memory of this process: what does not fit becomes a MemoryError, and the machine lives on."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    grens = MAX_GEHEUGEN if hard == resource.RLIM_INFINITY else min(MAX_GEHEUGEN, hard)
    resource.setrlimit(resource.RLIMIT_AS, (grens, hard))


@contextmanager
def limit_rekentijd(kenmerk: str, seconden: float = MAX_REKENTIJD) -> Iterator[None]:
    """Stop what takes too long, in the main thread of a process; a MemoryError becomes a refusal too.

    The clock counts computing time, so a busy machine stops nothing. Raises DrukteLangError.
    """

    def _stop(*_: object) -> None:
        raise DrukteLangError(kenmerk, f"{seconden:g} seconden rekentijd")

    vorige = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconden)
    try:
        yield
    except MemoryError as fout:
        raise DrukteLangError(kenmerk, f"{MAX_GEHEUGEN // 1024**3} GB geheugen") from fout
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, vorige)


@contextmanager
def limit_druk(kenmerk: str, seconden: float = MAX_PROEFTIJD) -> Iterator[None]:
    """Both limits around one document that is made in this process, such as a try-out on the command line.

    Afterwards the process may use as much memory as before. Raises DrukteLangError.
    """
    voorheen = resource.getrlimit(resource.RLIMIT_AS)
    limit_geheugen()
    try:
        with limit_rekentijd(kenmerk, seconden):
            yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, voorheen)
