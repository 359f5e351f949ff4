"""The server of `inkoop start`: on this computer alone, unless somebody chose otherwise and set a password."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import msgspec
import pytest

from inkoop.cli.machinepark import Machinepark, NietVanBuitenError, PrefectdatabaseError, check_database
from inkoop.services.werkslot import name_proces_van


@pytest.fixture(autouse=True)
def omgeving() -> Iterator[None]:
    """What a start puts in the environment is gone after it."""
    oud = dict(os.environ)
    for naam in [naam for naam in os.environ if naam.startswith("PREFECT_")]:
        del os.environ[naam]
    yield
    os.environ.clear()
    os.environ.update(oud)


@pytest.mark.parametrize("adres", ["0.0.0.0", "::", "192.0.2.7", "inkoop.gemeente.example"])
def test_an_open_server_without_a_password_is_refused_before_anything_starts(tmp_path: Path, adres: str):
    park = Machinepark(thuis=tmp_path / "prefect", adres=adres, poort=4200)
    with pytest.raises(NietVanBuitenError, match="PREFECT_SERVER_API_AUTH_STRING"):
        park.prepare()
    assert not (tmp_path / "prefect").exists()
    assert "PREFECT_SERVER_API_HOST" not in os.environ


def test_a_server_that_asks_for_a_password_its_own_workers_do_not_have_is_refused(tmp_path: Path):
    os.environ["PREFECT_SERVER_API_AUTH_STRING"] = "inkoop:zeer-geheim"
    with pytest.raises(NietVanBuitenError, match="PREFECT_API_AUTH_STRING") as fout:
        Machinepark(thuis=tmp_path / "prefect", adres="0.0.0.0", poort=4200).prepare()
    assert "zeer-geheim" not in str(fout.value)


def test_with_a_password_for_both_sides_it_may_be_open(tmp_path: Path):
    os.environ["PREFECT_SERVER_API_AUTH_STRING"] = os.environ["PREFECT_API_AUTH_STRING"] = "inkoop:zeer-geheim"
    Machinepark(thuis=tmp_path / "prefect", adres="0.0.0.0", poort=4200).prepare()
    assert os.environ["PREFECT_SERVER_API_HOST"] == "0.0.0.0"


@pytest.mark.parametrize("adres", ["127.0.0.1", "localhost", "::1"])
def test_on_this_computer_alone_it_starts_without_and_reports_to_nobody(tmp_path: Path, adres: str):
    Machinepark(thuis=tmp_path / "prefect", adres=adres, poort=4200).prepare()
    assert os.environ["PREFECT_SERVER_API_HOST"] == adres
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert os.environ["DO_NOT_TRACK"] == "1"


@pytest.mark.parametrize(
    ("prefect", "winkel"),
    [
        ("postgresql://prefect:geheim@server/inkoop", "postgresql://inkoop@server:5432/inkoop"),
        ("postgresql+asyncpg://a:geheim@127.0.0.1:5433/w", "postgresql+psycopg://b@localhost:5433/w?sslmode=disable"),
        ("postgresql://inkoop@/w?host=/run/postgresql", "postgresql://inkoop@/w?host=/run/postgresql"),
    ],
)
def test_prefect_may_not_keep_its_records_in_the_database_of_the_store(tmp_path: Path, prefect: str, winkel: str):
    os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = prefect
    os.environ["INKOOP_DATABASE_URL"] = winkel
    with pytest.raises(PrefectdatabaseError, match="een tweede, lege database") as fout:
        Machinepark(thuis=tmp_path / "prefect", adres="127.0.0.1", poort=4200).prepare()
    assert "geheim" not in str(fout.value)
    assert not (tmp_path / "prefect").exists()


@pytest.mark.parametrize(
    "winkel", ["", "postgresql://inkoop@server/inkoop", "postgresql://prefect@server:5433/prefect"]
)
def test_another_database_on_the_same_server_is_what_one_setting_gives_prefect(tmp_path: Path, winkel: str):
    os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = "postgresql://prefect:p%40s@server/prefect?ssl=require"
    os.environ["INKOOP_DATABASE_URL"] = winkel
    Machinepark(thuis=tmp_path / "prefect", adres="127.0.0.1", poort=4200).prepare()
    adres = os.environ["PREFECT_SERVER_DATABASE_CONNECTION_URL"]
    assert adres == "postgresql+asyncpg://prefect:p%40s@server/prefect?ssl=require"


@pytest.mark.parametrize("adres", ["mysql://server/prefect", "postgresql://server", "/tmp/prefect.db"])
def test_an_address_that_is_no_postgresql_database_is_refused(adres: str):
    with pytest.raises(PrefectdatabaseError, match="geen adres van een PostgreSQL-database"):
        check_database(adres, "")


TRAAG = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: (time.sleep(0.5), sys.exit()))
print("gereed", flush=True)
time.sleep(60)
"""


def test_a_start_after_a_kill_waits_until_the_server_of_before_has_let_go_of_its_port(tmp_path: Path):
    wees = subprocess.Popen([sys.executable, "-c", TRAAG], stdout=subprocess.PIPE, start_new_session=True)
    assert wees.stdout is not None
    with wees.stdout as uitvoer:
        assert uitvoer.readline() == b"gereed\n"
    ruimer = Thread(target=wees.wait)  # as the system does for a process whose parent was killed
    ruimer.start()
    (tmp_path / "processen.json").write_bytes(msgspec.json.encode({"server": name_proces_van(wees.pid)}))
    Machinepark(thuis=tmp_path, adres="127.0.0.1", poort=4200)._end_wezen()
    assert not Path(f"/proc/{wees.pid}/stat").exists()
    ruimer.join()
    assert wees.returncode == 0
    assert not (tmp_path / "processen.json").exists()
