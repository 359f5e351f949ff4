import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.winkel import Winkel, Winkelsoort

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


@pytest.fixture
def winkel(leeg, tmp_path) -> Iterator[Winkel]:
    """An empty simulation whose clock stands at NU."""
    shutil.copytree(leeg, tmp_path / "winkel")
    with Winkel.open(tmp_path / "winkel", klok=lambda: NU) as geopend:
        yield geopend


@pytest.fixture
def sloop(winkel) -> Callable[[str], None]:
    """Do in the database file what nobody should: every trigger dropped, then these statements."""

    def _sloop(opdrachten: str) -> None:
        with closing(sqlite3.connect(winkel.map / "inkoop.db")) as verbinding:
            namen = [rij[0] for rij in verbinding.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
            for naam in namen:
                verbinding.execute(f"DROP TRIGGER {naam}")
            verbinding.executescript(opdrachten)
            verbinding.commit()

    return _sloop
