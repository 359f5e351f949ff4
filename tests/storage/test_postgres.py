"""A store with its records in PostgreSQL: what goes wrong, and that it is the same store as one in a file."""

import shutil
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command

from inkoop.storage.audit import check_keten
from inkoop.storage.databasefout import DatabaseOnbereikbaarError
from inkoop.storage.grondslag import METADATA
from inkoop.storage.migraties import configure, upgrade
from inkoop.storage.migraties.__main__ import main as upgrade_winkel
from inkoop.storage.tellers import next_nummer
from inkoop.storage.triggers import LEGEN, TRIGGERS
from inkoop.storage.verbinding import open_engine, read_write
from inkoop.storage.winkel import Winkel, WinkelOngeschiktError, Winkelsoort
from tests.proefcluster import Proefcluster, share_cluster
from tests.storage.conftest import ACTOR, NU, OP, add_persoon, read_url

pytestmark = pytest.mark.slow


def _play(winkel: Winkel) -> list[str]:
    """A few acts, and the hash of every record they left behind."""
    add_persoon(winkel, "a", reden="eerste")
    with winkel.eenheid(ACTOR, OP) as eenheid:
        next_nummer(eenheid.sessie, "contract")
        eenheid.audit("overeenkomst_opstellen", "C-1", gegevens={"op": OP})
    with winkel.lezen() as sessie:
        return [str(rij) for rij in sessie.execute(sa.text("SELECT rijen FROM audit ORDER BY volgnummer")).scalars()]


@pytest.mark.parametrize("winkel", ["postgresql"], indirect=True)
def test_the_same_acts_leave_the_same_hashes_in_both_databases(winkel, winkel_sqlite):
    assert _play(winkel) == _play(winkel_sqlite)


@pytest.mark.parametrize("winkel", ["postgresql"], indirect=True)
def test_a_folder_of_another_store_is_refused(winkel, tmp_path):
    vreemd = tmp_path / "vreemd"
    shutil.copytree(winkel.map, vreemd)
    (vreemd / "winkel.json").write_text('{"winkel":"00000000-0000-4000-8000-000000000001","database":"postgresql"}')
    with pytest.raises(WinkelOngeschiktError, match="hoort bij een andere winkel"):
        Winkel.open(vreemd, database=read_url(winkel))


@pytest.mark.parametrize("winkel", ["postgresql"], indirect=True)
def test_a_store_in_a_server_asks_for_its_address(winkel):
    with pytest.raises(WinkelOngeschiktError, match="Zet INKOOP_DATABASE_URL"):
        Winkel.open(winkel.map)


@pytest.mark.parametrize("winkel", ["postgresql"], indirect=True)
def test_a_second_store_in_one_database_is_refused_and_leaves_no_folder(winkel, tmp_path):
    with pytest.raises(WinkelOngeschiktError, match="Maak voor elke winkel een eigen, lege database"):
        Winkel.create(tmp_path / "tweede", Winkelsoort.ECHT, database=read_url(winkel))
    assert not (tmp_path / "tweede").exists()


def test_an_address_that_is_none_is_refused_without_repeating_it(tmp_path):
    with pytest.raises(WinkelOngeschiktError, match="Schrijf bijvoorbeeld") as fout:
        Winkel.create(tmp_path / "w", Winkelsoort.ECHT, database="mysql://u:geheim@h/d")
    assert "geheim" not in str(fout.value)


def test_a_database_that_orders_text_by_language_is_refused_with_the_command_that_makes_a_right_one(tmp_path):
    cluster = share_cluster()
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as verbinding:
        verbinding.execute("CREATE DATABASE latijn TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")
    with pytest.raises(WinkelOngeschiktError, match="LC_COLLATE 'C'"):
        Winkel.create(tmp_path / "w", Winkelsoort.ECHT, database=cluster.url("latijn"))


def test_a_database_that_orders_by_icu_is_refused_whatever_its_collation_says(tmp_path):
    cluster = share_cluster()
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as verbinding:
        if verbinding.info.server_version < 150000:
            pytest.skip("PostgreSQL kent dit vanaf versie 15")
        verbinding.execute(
            "CREATE DATABASE taal TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'nl-NL'"
            " LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
        )
    with pytest.raises(WinkelOngeschiktError, match=r"sorteert volgens ICU.*LC_COLLATE 'C'"):
        Winkel.create(tmp_path / "w", Winkelsoort.ECHT, database=cluster.url("taal"))


@pytest.mark.parametrize("winkel", ["postgresql"], indirect=True)
def test_a_folder_whose_database_is_empty_asks_for_the_database_and_is_left_alone(
    winkel, tmp_path, monkeypatch, capsys
):
    cluster = share_cluster()
    leeg = cluster.url(cluster.create_database())
    with pytest.raises(WinkelOngeschiktError, match="Wijs de database van die winkel aan") as fout:
        Winkel.open(winkel.map, database=leeg)
    assert "Verwijder" not in str(fout.value)
    monkeypatch.setenv("INKOOP_DATABASE_URL", leeg)
    assert upgrade_winkel(["bijwerken", str(winkel.map)]) == 1
    with psycopg.connect(leeg) as verbinding:
        assert verbinding.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)


@pytest.mark.parametrize("winkel", ["postgresql"], indirect=True)
def test_upgrading_with_the_folder_of_another_store_is_refused(winkel, tmp_path, monkeypatch, capsys):
    (tmp_path / "winkel.json").write_text('{"winkel":"00000000-0000-4000-8000-000000000001","database":"postgresql"}')
    monkeypatch.setenv("INKOOP_DATABASE_URL", read_url(winkel))
    assert upgrade_winkel(["bijwerken", str(tmp_path)]) == 1
    assert "hoort bij een andere winkel" in capsys.readouterr().err


def _read_schema(url: str) -> dict[str, set[str]]:
    """Every column, constraint, index, trigger and function as PostgreSQL describes it."""
    vragen = {
        "kolom": "SELECT table_name||'.'||column_name||' '||data_type||' '||is_nullable FROM information_schema.columns"
        " WHERE table_schema = 'public'",
        "beperking": "SELECT conrelid::regclass||' '||conname||' '||pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
        "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "trigger": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "functie": "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    }
    with psycopg.connect(url) as verbinding:
        return {
            wat: {tekst for (tekst,) in verbinding.execute(vraag) if "alembic_version" not in tekst}
            for wat, vraag in vragen.items()
        }


def test_migrating_from_nothing_gives_the_schema_of_the_tables():
    cluster = share_cluster()
    schemas = []
    for make in (upgrade, METADATA.create_all):
        url = cluster.url(cluster.create_database())
        engine = open_engine(sa.make_url(url).set(drivername="postgresql+psycopg"))
        with read_write(engine).begin() as verbinding:
            make(verbinding)
            if make is upgrade:
                command.check(configure(verbinding))
        engine.dispose()
        schemas.append(_read_schema(url))
    assert schemas[0] == schemas[1]
    assert len(schemas[0]["trigger"]) == len(TRIGGERS) + len(LEGEN)


def test_a_server_that_loses_its_power_loses_no_act_and_a_store_that_is_open_goes_on(tmp_path: Path):
    cluster = Proefcluster(bestendig=True)
    try:
        url = cluster.url(cluster.create_database())
        with Winkel.create(tmp_path / "w", Winkelsoort.SIMULATIE, database=url, klok=lambda: NU) as winkel:
            add_persoon(winkel, "a")
            cluster.kill()
            with pytest.raises(DatabaseOnbereikbaarError, match="Er is niets half opgeslagen"):
                add_persoon(winkel, "b")
            cluster.start()
            assert check_keten(winkel).aantal == 1
            add_persoon(winkel, "b")
            assert check_keten(winkel).fouten == ()
    finally:
        cluster.remove()


def test_a_server_that_stops_within_a_unit_of_work_leaves_nothing_of_it(tmp_path: Path):
    cluster = Proefcluster(bestendig=True)
    try:
        url = cluster.url(cluster.create_database())
        with Winkel.create(tmp_path / "w", Winkelsoort.SIMULATIE, database=url, klok=lambda: NU) as winkel:
            with pytest.raises(DatabaseOnbereikbaarError), winkel.eenheid(ACTOR, OP) as eenheid:
                next_nummer(eenheid.sessie, "contract")
                eenheid.audit("overeenkomst_opstellen", "C-1")
                cluster.kill()
            cluster.start()
            with winkel.eenheid(ACTOR, OP) as eenheid:
                assert next_nummer(eenheid.sessie, "contract") == 1
                eenheid.audit("overeenkomst_opstellen", "C-1")
    finally:
        cluster.remove()
