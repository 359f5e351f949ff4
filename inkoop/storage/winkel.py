"""The store of one organisation: a folder with the database, the evidence and the documents.

    map/inkoop.db      SQLite: every record, the audit log; or map/winkel.json, when they stand in
                       PostgreSQL (storage/plaats)
    map/bewijs/        evidence files under their hash
    map/documenten/    generated documents under their hash; or both elsewhere (storage/bestandenplaats)

Bron: ontwerp 2.1, 2.8, 7.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Self, cast
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session

from inkoop.domain.fouten import InkoopError
from inkoop.storage import tabellen, tellers  # noqa: F401 - registers the tables
from inkoop.storage.auditregel import AUDITKOP
from inkoop.storage.bestandenplaats import create_plekken, find_plekken
from inkoop.storage.bestandenplek import Bestandenplek
from inkoop.storage.bewijsopslag import Bewijsopslag
from inkoop.storage.databasefout import WinkelBezetError, translate_databasefouten
from inkoop.storage.documentopslag import Documentopslag
from inkoop.storage.eenheid import (
    Actor,
    Eenheid,
    GelijktijdigeWijzigingError,
    Schrijfsessie,
    StrijdigeGegevensError,
)
from inkoop.storage.machinekamer import Machinesessie
from inkoop.storage.migraties import SCHEMAVERSIE, create_schema, read_schemaversie
from inkoop.storage.plaats import (
    DATABASE,
    WinkelOngeschiktError,
    check_gevuld,
    check_kaartje,
    check_server,
    find_database,
    parse_url,
    write_kaartje,
)
from inkoop.storage.sessie import Winkelsessie
from inkoop.storage.spoel import Spoel
from inkoop.storage.verbinding import open_engine, read_write
from inkoop.storage.winkelrij import WINKEL, Winkelsoort, hash_winkel

__all__ = ["Winkel", "WinkelBezetError", "WinkelOngeschiktError", "Winkelsoort"]

SPELING = timedelta(minutes=15)
"""How far the instant of an act may be from the clock in a real store: a long run, never a backdate."""

Klok = Callable[[], datetime]


def read_klok() -> datetime:
    """The real instant; the only place in the storage floor where a clock is read."""
    return datetime.now(UTC)


class TijdstipRefusedError(InkoopError):
    """An act at another moment than now in a real store: nobody can backdate (ontwerp 2.8)."""


class Winkel:
    """An opened store. Usable by several threads and processes at once; close it when done."""

    def __init__(
        self,
        map: Path,  # noqa: A002
        soort: Winkelsoort,
        klok: Klok,
        engine: sa.Engine,
        plekken: Sequence[Bestandenplek],
    ) -> None:
        self.map = map
        self.soort = soort
        bewijs, documenten = plekken
        self.bewijs = Bewijsopslag(bewijs)
        self.documenten = Documentopslag(documenten)
        self._klok = klok
        self._lezer = engine
        self._schrijver = read_write(engine)

    def open_spoel(self) -> BinaryIO:
        """Room on the disk of the store for bytes that are looked at, which nobody else can read (storage/spoel)."""
        return cast(BinaryIO, Spoel(self.map))

    @classmethod
    def create(
        cls,
        map: Path,  # noqa: A002
        soort: Winkelsoort,
        *,
        database: str | None = None,
        bestanden: str | None = None,
        klok: Klok = read_klok,
    ) -> Winkel:
        """Make a store in a folder that does not exist yet or is empty; its kind is for ever.

        A new folder is for who runs the program alone; the rights of one that was there stay as they are.
        The records come in the folder, or with `database` in that (empty) PostgreSQL database; the files in the
        folder, or with `bestanden` at that address. Raises WinkelOngeschiktError when something stands there already.
        """
        if map.exists() and (not map.is_dir() or any(map.iterdir())):
            raise WinkelOngeschiktError(
                f"{map} bestaat al en is niet leeg. Kies een nieuwe of lege map voor de winkel."
            )
        engine = open_engine(map / DATABASE if database is None else parse_url(database))
        id_ = uuid4()
        try:
            with translate_databasefouten():
                if database is not None:
                    _check_leeg(engine)
                map.mkdir(mode=0o700, parents=True, exist_ok=True)
                plekken = create_plekken(map, bestanden)
                # One transaction: a store that was made half has no schema at all, and open() says so.
                with read_write(engine).begin() as verbinding:
                    create_schema(verbinding)
                    verbinding.execute(sa.insert(WINKEL).values(id=id_, soort=soort, aangemaakt_op=klok()))
                    verbinding.execute(sa.insert(AUDITKOP).values(id=1, aantal=0, hash=hash_winkel(verbinding)))
                    if database is not None:
                        write_kaartje(map, id_)
        except BaseException:
            engine.dispose()
            raise
        return cls(map, soort, klok, engine, plekken)

    @classmethod
    def open(
        cls,
        map: Path,  # noqa: A002
        *,
        database: str | None = None,
        bestanden: str | None = None,
        klok: Klok = read_klok,
    ) -> Winkel:
        """Open an existing store; raises WinkelOngeschiktError that says what to do.

        `database` is the address for a store whose records stand in PostgreSQL; one with its records in
        the folder needs none and passes it by. `bestanden` is the same for its files.
        """
        waar = find_database(map, database)
        plekken = find_plekken(map, bestanden)
        engine = open_engine(waar)
        try:
            with translate_databasefouten(), engine.connect() as verbinding:
                check_server(verbinding)
                _check_schema(map, read_schemaversie(verbinding))
                id_, soort = verbinding.execute(sa.select(WINKEL.c.id, WINKEL.c.soort)).one()
            if not isinstance(waar, Path):
                check_kaartje(map, id_)
        except DatabaseError as fout:
            engine.dispose()
            raise WinkelOngeschiktError(
                f"{map / DATABASE} is niet te lezen als database ({fout.orig}). Zet een reservekopie van de map terug."
            ) from fout
        except BaseException:
            engine.dispose()
            raise
        return cls(map, soort, klok, engine, plekken)

    def close(self) -> None:
        """Give up every connection."""
        self._lezer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def lezen(self) -> Iterator[Session]:
        """A session that sees one moment of the store and can write nothing."""
        with translate_databasefouten(), Winkelsessie(self._lezer, autoflush=False) as sessie:
            yield sessie
            if sessie.new or sessie.dirty or sessie.deleted:
                raise RuntimeError("records were changed in a reading session; use a unit of work")

    @contextmanager
    def eenheid(self, actor: Actor, op: datetime) -> Iterator[Eenheid]:
        """A unit of work by `actor` at the instant `op` (aware): all of it is stored, or nothing.

        Raises GelijktijdigeWijzigingError, StrijdigeGegevensError, TijdstipRefusedError and the errors
        of `databasefout`; AuditOntbreektError when records changed without an audit row.
        """
        self._check_tijdstip(op)
        sessie = Schrijfsessie(self._schrijver)
        try:
            with translate_databasefouten():
                sessie.connection()
                eenheid = Eenheid(sessie, actor, op)
                yield eenheid
                eenheid.commit(self._klok())
        except StaleDataError as fout:
            raise GelijktijdigeWijzigingError from fout
        except IntegrityError as fout:
            raise StrijdigeGegevensError(str(fout.orig)) from fout
        finally:
            sessie.close()

    @contextmanager
    def machinekamer(self) -> Iterator[Session]:
        """A transaction on the records of the machinery alone (storage/machinekamer)."""
        with translate_databasefouten(), Machinesessie(self._schrijver) as sessie:
            sessie.connection()
            yield sessie
            sessie.commit()

    def read_klok(self) -> datetime:
        """The real instant, for the machinery; acts get theirs from who acts."""
        return self._klok()

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
    check_gevuld(map, versie)
    raise WinkelOngeschiktError(
        f"De winkel in {map} heeft schema {versie}; dit programma werkt met {SCHEMAVERSIE}."
        " Maak een kopie van de map en werk de winkel bij met:"
        f" {sys.executable} -m inkoop.storage.migraties bijwerken {map}"
    )


def _check_leeg(engine: sa.Engine) -> None:
    """A PostgreSQL database holds one store and nothing else."""
    with engine.connect() as verbinding:
        check_server(verbinding)
        if sa.inspect(verbinding).get_table_names():
            raise WinkelOngeschiktError(
                "In de database van INKOOP_DATABASE_URL staat al iets. Maak voor elke winkel een eigen, lege database."
            )
