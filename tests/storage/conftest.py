import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from inkoop.storage.eenheid import Actor
from inkoop.storage.grondslag import METADATA
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.proefcluster import share_cluster

ACTOR = Actor(persoon="j.jansen", rol="beheerder")
OP = datetime(2020, 3, 31, 22, 0, 0, tzinfo=UTC)
NU = datetime(2026, 1, 15, 9, 30, 0, tzinfo=UTC)


def add_persoon(winkel: Winkel, naam: str, **audit) -> None:
    """One use case: a person is added, with one audit row."""
    with winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.add(PersoonRow(id=naam, naam=naam.title(), functie="inkoper", rollen=["inkoper"]))
        eenheid.audit("persoon_toevoegen", naam, **audit)


@pytest.fixture(scope="session")
def leeg(tmp_path_factory) -> Path:
    """A store as it is made, once; tests work on copies."""
    map_ = tmp_path_factory.mktemp("winkel") / "leeg"
    Winkel.create(map_, Winkelsoort.SIMULATIE, klok=lambda: NU).close()
    return map_


@pytest.fixture(scope="session")
def leeg_postgres(tmp_path_factory) -> tuple[Path, str]:
    """The same with its records in PostgreSQL: the folder, and the database that tests use one by one."""
    cluster = share_cluster()
    map_, url = tmp_path_factory.mktemp("winkel") / "leeg", cluster.url(cluster.create_database())
    Winkel.create(map_, Winkelsoort.SIMULATIE, database=url, klok=lambda: NU).close()
    with psycopg.connect(url) as verbinding:
        for tabel in ("winkel", "audit_kop"):
            verbinding.execute(f"CREATE TABLE begin_{tabel} AS SELECT * FROM {tabel}")
    return map_, url


def empty_postgres(url: str) -> None:
    """Bring a store back to its begin, as no program of ours could: a new database for each test takes seconds."""
    with psycopg.connect(url) as verbinding:
        verbinding.execute("SET session_replication_role = replica")  # runs no trigger and checks no reference
        for tabel in METADATA.sorted_tables:
            verbinding.execute(f'DELETE FROM "{tabel.name}"')
        for naam in ("winkel", "audit_kop"):
            verbinding.execute(f"INSERT INTO {naam} SELECT * FROM begin_{naam}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def winkel(request, tmp_path) -> Iterator[Winkel]:
    """An empty simulation whose clock stands at NU, on both databases one after the other."""
    yield from _open_kopie(request, tmp_path / "winkel")


@pytest.fixture
def winkel_sqlite(leeg, tmp_path) -> Iterator[Winkel]:
    """An empty simulation with its records in its folder, for what SQLite alone does."""
    shutil.copytree(leeg, tmp_path / "winkel-in-map")
    with Winkel.open(tmp_path / "winkel-in-map", klok=lambda: NU) as geopend:
        yield geopend


def _open_kopie(request, doel: Path) -> Iterator[Winkel]:
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("leeg"), doel)
        with Winkel.open(doel, klok=lambda: NU) as geopend:
            yield geopend
        return
    leeg, url = request.getfixturevalue("leeg_postgres")
    shutil.copytree(leeg, doel)
    empty_postgres(url)
    with Winkel.open(doel, database=url, klok=lambda: NU) as geopend:
        yield geopend


def open_nog_eens(winkel: Winkel) -> Winkel:
    """The same store opened a second time, as another process would."""
    return Winkel.open(winkel.map, database=read_url(winkel))


def read_url(winkel: Winkel) -> str | None:
    """The address of the store's database; None for a file in its folder."""
    url = winkel._lezer.url
    return None if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=False)


@pytest.fixture
def sloop(winkel) -> Callable[[str], None]:
    """Do in the database what nobody should: every trigger dropped, then these statements."""

    def _sloop(opdrachten: str) -> None:
        if url := read_url(winkel):
            with psycopg.connect(url.replace("+psycopg", "")) as verbinding:
                verbinding.execute("SET session_replication_role = replica")  # runs no trigger
                verbinding.execute(opdrachten)
            return
        with closing(sqlite3.connect(winkel.map / "inkoop.db")) as verbinding:
            namen = [rij[0] for rij in verbinding.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
            for naam in namen:
                verbinding.execute(f"DROP TRIGGER {naam}")
            verbinding.executescript(opdrachten)
            verbinding.commit()

    return _sloop
