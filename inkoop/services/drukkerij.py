"""Making documents next to each other, in processes of their own.

Layout takes most of the time of a round and holds the interpreter, so threads do not help. The
workers read no records and write none: they get data and give back bytes.

Bron: metingen-based choice, docs/adr/0005; ontwerp 7.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager, contextmanager
from functools import cache, lru_cache
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from inkoop.documents.delen import Delenvoorraad
from inkoop.documents.gegevens import SOORTEN, to_gegevens
from inkoop.documents.maken import Gemaakt, make_document
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.services.documentboom import decode_afwijkingen
from inkoop.services.drukgrenzen import limit_geheugen, limit_rekentijd

DRUKPOGINGEN = 3
"""How often a document is tried on which workers die (project default)."""

DRUKPAUZE = 1.0
"""Seconds, doubled with every attempt (project default)."""


class Drukopdracht(msgspec.Struct, frozen=True, kw_only=True):
    """One document to make: plain values that travel to another process."""

    sjablonen: str
    soort: str
    gegevens: str
    kenmerk: str
    afwijkingen: str = "[]"


_voorraad = Delenvoorraad()
"""The parts that this process set before: the annexes and general articles of a round are set once in each worker."""


def druk(opdracht: Drukopdracht) -> Gemaakt:
    """Make one document from its order."""
    gegevens = msgspec.json.decode(opdracht.gegevens, type=SOORTEN[opdracht.soort])
    bron = open_sjablonen(opdracht.sjablonen)
    afwijkingen = decode_afwijkingen(opdracht.afwijkingen)
    velden = to_gegevens(gegevens)
    return make_document(
        bron, opdracht.soort, velden, kenmerk=opdracht.kenmerk, afwijkingen=afwijkingen, voorraad=_voorraad
    )


def druk_begrensd(opdracht: Drukopdracht) -> Gemaakt:
    """Make one document in a worker, within its ceiling of computing time. Raises DrukteLangError."""
    with limit_rekentijd(opdracht.kenmerk):
        return druk(opdracht)


def open_sjablonen(map_: str) -> Sjabloonbron:
    """The templates as this process read them before, or anew after a change.

    Reading and compiling them takes a quarter of the time of a document.
    """
    return _keep_sjablonen(map_, frozenset(_list_standen(map_)))


def _list_standen(map_: str) -> Iterator[tuple[str, int, int]]:
    """Every file below a folder, with when it changed and its size."""
    with os.scandir(map_) as namen:
        for naam in namen:
            if naam.is_dir():
                yield from _list_standen(naam.path)
            elif naam.is_file():
                stand = naam.stat()
                yield naam.path, stand.st_mtime_ns, stand.st_size


@lru_cache(maxsize=1)
def _keep_sjablonen(map_: str, _: frozenset[tuple[str, int, int]]) -> Sjabloonbron:
    return Sjabloonbron(Path(map_))


def _prepare() -> None:
    """Load what making a PDF needs; it takes a second and happens once in a worker."""
    import_module("weasyprint")


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: who started them ends them, and says so once.

    What is ignored stays ignored in a new process. Only the main thread can set it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    voorheen = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if voorheen is None else voorheen)


class Drukkerij:
    """A few worker processes, started with the first order and kept until closed."""

    def __init__(self, werkers: int | None = None) -> None:
        self._werkers = werkers or min(4, os.cpu_count() or 1)
        self._pool: ProcessPoolExecutor | None = None
        self.beurt: asyncio.Lock | None = None

    @asynccontextmanager
    async def step_aside(self) -> AsyncIterator[None]:
        """Give up the turn (`beurt`, held by the caller) while documents are made, so that others go on."""
        if self.beurt is None or not self.beurt.locked():
            yield
            return
        self.beurt.release()
        try:
            yield
        finally:
            await self.beurt.acquire()

    def submit(self, opdracht: Drukopdracht) -> Future[Gemaakt]:
        """Order a document; its errors come out of the future.

        A worker that died (out of memory, killed) breaks the pool; the next order starts a new one.
        """
        with _interrupts_ignored():
            try:
                return self._start().submit(druk_begrensd, opdracht)
            except BrokenProcessPool:
                self.close()
                return self._start().submit(druk_begrensd, opdracht)

    async def make(self, opdracht: Drukopdracht) -> Gemaakt:
        """Make a document; once more after a pause that doubles when its worker died, and for nothing else.

        Raises BrokenProcessPool when workers keep dying on it.
        """
        for poging in range(1, DRUKPOGINGEN):
            try:
                return await asyncio.wrap_future(self.submit(opdracht))
            except BrokenProcessPool:
                await asyncio.sleep(DRUKPAUZE * 2**poging)
        return await asyncio.wrap_future(self.submit(opdracht))

    def _start(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._werkers, get_context("spawn"), limit_geheugen)
        return self._pool

    def warm_up(self) -> None:
        """Start the workers now, so that the first documents do not wait for them."""
        with _interrupts_ignored():
            for _ in range(self._werkers):
                self._start().submit(_prepare)

    def close(self) -> None:
        """Stop the workers."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, soort: type[BaseException] | None, fout: BaseException | None, spoor: TracebackType | None
    ) -> None:
        self.close()


@cache
def share_drukkerij() -> Drukkerij:
    """The workers of this process."""
    return Drukkerij()
