"""The store of one organisation: a folder with the database, the evidence and the documents.

    map/inkoop.db      SQLite: every record, the audit log
    map/bewijs/        evidence files under their hash
    map/documenten/    generated documents under their hash

Bron: ontwerp 2.1, 2.8, 7.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from inkoop.domain.fouten import InkoopError
from inkoop.storage import tabellen, tellers  # noqa: F401 - registers the tables
from inkoop.storage.auditregel import AUDITKOP
from inkoop.storage.bewijsopslag import Bewijsopslag
from inkoop.storage.documentopslag import Documentopslag
from inkoop.storage.eenheid import (
    Actor,
    Eenheid,
    GelijktijdigeWijzigingError,
    Schrijfsessie,
    StrijdigeGegevensError,
)
from inkoop.storage.migraties import SCHEMAVERSIE, read_schemaversie, upgrade
from inkoop.storage.verbinding import open_engine
from inkoop.storage.winkelrij import WINKEL, Winkelsoort, hash_winkel

__all__ = ["Winkel", "WinkelBezetError", "WinkelOngeschiktError", "Winkelsoort"]

DATABASE = "inkoop.db"
SPELING = timedelta(minutes=15)
"""How far the instant of an act may be from the clock in a real store: a long run, never a backdate."""

Klok = Callable[[], datetime]


def read_klok() -> datetime:
    """The real instant; the only place in the storage floor where a clock is read."""
    return datetime.now(UTC)


class WinkelOngeschiktError(InkoopError):
    """This folder cannot be used as a store (or not yet, or not by this version of the program)."""


class WinkelBezetError(InkoopError):
    """Somebody else kept writing for so long that waiting was given up."""

    def __init__(self) -> None:
        super().__init__("Een andere gebruiker of taak is aan het schrijven. Probeer het over een minuut opnieuw.")


class TijdstipRefusedError(InkoopError):
    """An act at another moment than now in a real store: nobody can backdate (ontwerp 2.8)."""


class Winkel:
    """An opened store. Usable by several threads and processes at once; close it when done."""

    def __init__(self, map: Path, soort: Winkelsoort, klok: Klok) -> None:  # noqa: A002 - a folder is a map
        self.map = map
        self.soort = soort
        self.bewijs = Bewijsopslag(map / "bewijs")
        self.documenten = Documentopslag(map / "documenten")
        self._klok = klok
        self._lezer = open_engine(map / DATABASE, schrijven=False)
        self._schrijver = open_engine(map / DATABASE, schrijven=True)

    @classmethod
    def create(cls, map: Path, soort: Winkelsoort, *, klok: Klok = read_klok) -> Winkel:  # noqa: A002
        """Make a store in a folder that does not exist yet or is empty; its kind is for ever.

        Raises WinkelOngeschiktError when something stands there already.
        """
        if map.exists() and (not map.is_dir() or any(map.iterdir())):
            raise WinkelOngeschiktError(
                f"{map} bestaat al en is niet leeg. Kies een nieuwe of lege map voor de winkel."
            )
        map.mkdir(parents=True, exist_ok=True)
        for onderdeel in ("bewijs", "documenten"):
            (map / onderdeel).mkdir()
        engine = open_engine(map / DATABASE, schrijven=True)
        try:
            # One transaction: a store that was made half has no schema at all, and open() says so.
            with engine.begin() as verbinding:
                upgrade(verbinding)
                verbinding.execute(sa.insert(WINKEL).values(id=uuid4(), soort=soort, aangemaakt_op=klok()))
                verbinding.execute(sa.insert(AUDITKOP).values(id=1, aantal=0, hash=hash_winkel(verbinding)))
        finally:
            engine.dispose()
        return cls(map, soort, klok)

    @classmethod
    def open(cls, map: Path, *, klok: Klok = read_klok) -> Winkel:  # noqa: A002
        """Open an existing store; raises WinkelOngeschiktError that says what to do."""
        database = map / DATABASE
        if not database.is_file():
            raise WinkelOngeschiktError(
                f"In {map} staat geen winkel ({DATABASE} ontbreekt). Wijs de map van een winkel aan of maak er een."
            )
        engine = open_engine(database, schrijven=False)
        try:
            with engine.connect() as verbinding:
                _check_schema(map, read_schemaversie(verbinding))
                soort = verbinding.execute(sa.select(WINKEL.c.soort)).scalar_one()
        except DatabaseError as fout:
            raise WinkelOngeschiktError(
                f"{database} is niet te lezen als database ({fout.orig}). Zet een reservekopie van de map terug."
            ) from fout
        finally:
            engine.dispose()
        return cls(map, soort, klok)

    def close(self) -> None:
        """Give up every connection."""
        self._lezer.dispose()
        self._schrijver.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def lezen(self) -> Iterator[Session]:
        """A session that sees one moment of the store and can write nothing."""
        with Session(self._lezer, autoflush=False, expire_on_commit=False) as sessie:
            yield sessie
            if sessie.new or sessie.dirty or sessie.deleted:
                raise RuntimeError("records were changed in a reading session; use a unit of work")

    @contextmanager
    def eenheid(self, actor: Actor, op: datetime) -> Iterator[Eenheid]:
        """A unit of work by `actor` at the instant `op` (aware): all of it is stored, or nothing.

        Raises GelijktijdigeWijzigingError, StrijdigeGegevensError, WinkelBezetError,
        TijdstipRefusedError; AuditOntbreektError when records changed without an audit row.
        """
        self._check_tijdstip(op)
        sessie = Schrijfsessie(self._schrijver)
        try:
            sessie.connection()
            eenheid = Eenheid(sessie, actor, op)
            yield eenheid
            eenheid.commit(self._klok())
        except StaleDataError as fout:
            raise GelijktijdigeWijzigingError from fout
        except IntegrityError as fout:
            raise StrijdigeGegevensError(str(fout.orig)) from fout
        except OperationalError as fout:
            if getattr(fout.orig, "sqlite_errorcode", None) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_SNAPSHOT}:
                raise WinkelBezetError from fout
            raise
        finally:
            sessie.close()

    def _check_tijdstip(self, op: datetime) -> None:
        if op.tzinfo is None or op.utcoffset() is None:
            raise ValueError(f"naive datetime refused: {op!r}; give it a time zone")
        nu = self._klok()
        if self.soort is Winkelsoort.ECHT and abs(op - nu) > SPELING:
            raise TijdstipRefusedError(
                f"Dit is een echte winkel: een handeling geldt op het moment zelf ({nu:%d-%m-%Y %H:%M} UTC),"
                f" niet op {op.astimezone(UTC):%d-%m-%Y %H:%M} UTC. Maak voor een proef een simulatie."
            )


def _check_schema(map: Path, versie: str | None) -> None:  # noqa: A002
    if versie == SCHEMAVERSIE:
        return
    if versie is None:
        raise WinkelOngeschiktError(
            f"De winkel in {map} is niet afgemaakt: er staat nog niets in. Verwijder de map en maak de winkel opnieuw."
        )
    raise WinkelOngeschiktError(
        f"De winkel in {map} heeft schema {versie}; dit programma werkt met {SCHEMAVERSIE}."
        " Maak een kopie van de map en werk de winkel bij met:"
        f" python -m inkoop.storage.migraties bijwerken {map}"
    )
