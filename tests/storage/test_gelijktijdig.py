"""Several people and programs at once: nothing is lost, nothing doubled, readers never wait."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from inkoop.storage import verbinding
from inkoop.storage.audit import AuditRow, check_keten
from inkoop.storage.tellers import next_nummer
from inkoop.storage.winkel import Winkel, WinkelBezetError
from tests.storage.conftest import ACTOR, OP, add_persoon, open_nog_eens, read_url

SCHRIJVERS, PER_SCHRIJVER = 4, 15


def _work(winkel: Winkel, schrijver: int) -> list[int]:
    nummers = []
    for keer in range(PER_SCHRIJVER):
        with winkel.eenheid(ACTOR, OP) as eenheid:
            nummers.append(next_nummer(eenheid.sessie, "contract"))
            eenheid.audit("overeenkomst_opstellen", f"{schrijver}-{keer}")
    return nummers


def test_four_writers_get_each_number_once_and_leave_one_whole_log(winkel):
    with ThreadPoolExecutor(SCHRIJVERS) as ploeg:
        per_schrijver = list(ploeg.map(lambda schrijver: _work(winkel, schrijver), range(SCHRIJVERS)))
    alle = [nummer for nummers in per_schrijver for nummer in nummers]
    assert sorted(alle) == list(range(1, SCHRIJVERS * PER_SCHRIJVER + 1))
    assert all(nummers == sorted(nummers) for nummers in per_schrijver)
    controle = check_keten(winkel)
    assert (controle.aantal, controle.fouten) == (SCHRIJVERS * PER_SCHRIJVER, ())


def test_a_writer_reads_what_the_one_before_wrote_and_not_what_was_there_when_it_asked(winkel):
    with open_nog_eens(winkel) as ander, ThreadPoolExecutor(1) as ploeg:
        with winkel.eenheid(ACTOR, OP) as eenheid:
            next_nummer(eenheid.sessie, "contract")
            eenheid.audit("overeenkomst_opstellen", "a")
            later = ploeg.submit(_work, ander, 1)  # waits for the lock
        assert later.result(timeout=30)[0] == 2


def test_who_waits_too_long_hears_what_to_do(winkel, monkeypatch):
    monkeypatch.setattr(verbinding, "WACHT_MS", 50)
    with open_nog_eens(winkel) as ander, winkel.eenheid(ACTOR, OP):
        with pytest.raises(WinkelBezetError, match="Probeer het over een minuut opnieuw"):
            add_persoon(ander, "a")


def test_reading_goes_on_while_somebody_writes(winkel):
    add_persoon(winkel, "a")
    with winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.audit("flow_starten", "x")
        with winkel.lezen() as sessie:
            assert len(sessie.exec(select(AuditRow)).all()) == 1


STERFPUNT = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from inkoop.storage.eenheid import Actor, Eenheid
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tellers import next_nummer
from inkoop.storage.winkel import Winkel
from inkoop.storage import auditregel, bestandenmap

punt = sys.argv[2]

def die(*_a, **_k):
    os.kill(os.getpid(), signal.SIGKILL)

winkel = Winkel.open(Path(sys.argv[1]), database=os.environ.get("INKOOP_DATABASE_URL"))
if punt == "voor_log":
    Eenheid.commit = die
if punt == "na_log":
    import inkoop.storage.eenheid as module
    echt = module.append_regels
    module.append_regels = lambda *a: (echt(*a), die())
if punt == "voor_hernoemen":
    bestandenmap.Path.replace = die
if punt in ("voor_hernoemen", "na_bestand"):
    winkel.documenten.add(b"een document")
with winkel.eenheid(Actor("a", "inkoper"), datetime(2020, 4, 1, tzinfo=UTC)) as eenheid:
    next_nummer(eenheid.sessie, "contract")
    eenheid.sessie.add(PersoonRow(id="gedood", naam="x", functie="x", rollen=[]))
    eenheid.audit("persoon_toevoegen", "gedood")
    eenheid.sessie.flush()
    if punt in ("in_eenheid", "na_bestand"):
        die()
die()
"""


def _die(winkel: Winkel, punt: str) -> None:
    gedood = subprocess.run(
        [sys.executable, "-c", STERFPUNT, str(winkel.map), punt],
        env={**os.environ, **({"INKOOP_DATABASE_URL": url} if (url := read_url(winkel)) else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    assert gedood.returncode == -9, gedood.stderr


@pytest.mark.slow
@pytest.mark.parametrize("punt", ["in_eenheid", "voor_log", "na_log", "voor_hernoemen", "na_bestand"])
def test_a_process_killed_halfway_leaves_the_store_as_it_was(winkel, punt):
    add_persoon(winkel, "eerder")
    _die(winkel, punt)
    controle = check_keten(winkel)
    assert (controle.aantal, controle.fouten) == (1, ())
    assert winkel.documenten.check() == ()
    with winkel.eenheid(ACTOR, OP) as eenheid:
        assert next_nummer(eenheid.sessie, "contract") == 1
        eenheid.audit("overeenkomst_opstellen", "x")


@pytest.mark.slow
def test_a_process_killed_after_the_unit_has_kept_all_of_it(winkel):
    _die(winkel, "na_eenheid")
    controle = check_keten(winkel)
    assert (controle.aantal, controle.fouten) == (1, ())
    with winkel.eenheid(ACTOR, OP) as eenheid:
        assert next_nummer(eenheid.sessie, "contract") == 2
        eenheid.audit("overeenkomst_opstellen", "x")
