import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from inkoop.storage.eenheid import Actor
from inkoop.storage.migraties import SCHEMAVERSIE
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.winkel import TijdstipRefusedError, Winkel, WinkelOngeschiktError, Winkelsoort
from tests.storage.conftest import ACTOR, NU, OP, add_persoon, open_nog_eens


def test_a_store_is_a_folder_with_a_database_evidence_and_documents(winkel_sqlite):
    winkel = winkel_sqlite
    assert sorted(pad.name for pad in winkel.map.iterdir() if not pad.name.startswith("inkoop.db-")) == [
        "bewijs",
        "documenten",
        "inkoop.db",
    ]


@pytest.mark.parametrize("soort", Winkelsoort)
def test_a_store_keeps_the_kind_it_was_made_with(tmp_path, soort):
    Winkel.create(tmp_path / "a" / "b", soort).close()
    with Winkel.open(tmp_path / "a" / "b") as winkel:
        assert winkel.soort is soort


def test_a_store_is_made_in_an_empty_folder_that_exists(tmp_path):
    with Winkel.create(tmp_path, Winkelsoort.ECHT) as winkel:
        assert winkel.soort is Winkelsoort.ECHT


def test_a_new_folder_is_for_who_made_it_alone_and_one_that_was_there_keeps_its_rights(tmp_path):
    Winkel.create(tmp_path / "nieuw", Winkelsoort.SIMULATIE).close()
    assert (tmp_path / "nieuw").stat().st_mode & 0o777 == 0o700
    (tmp_path / "oud").mkdir(mode=0o750)
    Winkel.create(tmp_path / "oud", Winkelsoort.SIMULATIE).close()
    assert (tmp_path / "oud").stat().st_mode & 0o777 == 0o750


def test_a_store_is_never_made_over_something_else(tmp_path):
    (tmp_path / "brief.docx").write_bytes(b"van iemand")
    with pytest.raises(WinkelOngeschiktError, match="bestaat al en is niet leeg"):
        Winkel.create(tmp_path, Winkelsoort.ECHT)
    assert [pad.name for pad in tmp_path.iterdir()] == ["brief.docx"]


def test_a_store_is_never_made_in_place_of_a_file(tmp_path):
    (tmp_path / "brief").write_bytes(b"van iemand")
    with pytest.raises(WinkelOngeschiktError, match="bestaat al"):
        Winkel.create(tmp_path / "brief", Winkelsoort.ECHT)


def test_a_folder_without_a_store_says_so(tmp_path):
    with pytest.raises(WinkelOngeschiktError, match=r"staat geen winkel \(inkoop.db ontbreekt\)"):
        Winkel.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_says_what_to_do(tmp_path):
    (tmp_path / "inkoop.db").write_bytes(b"geen database" * 100)
    with pytest.raises(WinkelOngeschiktError, match="Zet een reservekopie"):
        Winkel.open(tmp_path)


def test_a_store_that_was_made_half_says_what_to_do(tmp_path):
    (tmp_path / "inkoop.db").touch()
    with pytest.raises(WinkelOngeschiktError, match="Verwijder de map en maak de winkel opnieuw"):
        Winkel.open(tmp_path)


def test_nobody_is_told_to_throw_away_a_folder_with_evidence_when_the_records_are_gone(tmp_path):
    (tmp_path / "inkoop.db").touch()
    (tmp_path / "bewijs" / "ab").mkdir(parents=True)
    (tmp_path / "bewijs" / "ab" / "abcd").write_bytes(b"bewijs")
    with pytest.raises(WinkelOngeschiktError, match="Zet de reservekopie") as fout:
        Winkel.open(tmp_path)
    assert "Verwijder" not in str(fout.value)


@pytest.mark.parametrize("versie", ["0000_proef", "9999_later"])
def test_another_schema_says_what_to_do(winkel_sqlite, versie):
    winkel = winkel_sqlite
    with closing(sqlite3.connect(winkel.map / "inkoop.db")) as verbinding:
        verbinding.execute("UPDATE alembic_version SET version_num = ?", [versie])
        verbinding.commit()
    with pytest.raises(WinkelOngeschiktError, match=f"schema {versie}; dit programma werkt met {SCHEMAVERSIE}"):
        Winkel.open(winkel.map)


def test_what_is_written_is_read_back_after_reopening(winkel):
    add_persoon(winkel, "a")
    with open_nog_eens(winkel) as opnieuw, opnieuw.lezen() as sessie:
        assert [rij.id for rij in sessie.exec(select(PersoonRow)).all()] == ["a"]


def test_a_reading_session_can_write_nothing(winkel):
    with winkel.lezen() as sessie, pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only transaction"):
        sessie.execute(
            sa.text("INSERT INTO persoon (id, naam, functie, rollen, actief) VALUES ('x','x','x','[]',true)")
        )


def test_a_change_in_a_reading_session_is_not_lost_in_silence(winkel):
    with pytest.raises(RuntimeError, match="reading session"), winkel.lezen() as sessie:
        sessie.add(PersoonRow(id="x", naam="x", functie="x", rollen=[]))


def test_a_reader_sees_one_moment_while_somebody_writes(winkel):
    add_persoon(winkel, "a")
    with winkel.lezen() as sessie:
        assert len(sessie.exec(select(PersoonRow)).all()) == 1
        add_persoon(winkel, "b")
        assert len(sessie.exec(select(PersoonRow)).all()) == 1
    with winkel.lezen() as sessie:
        assert len(sessie.exec(select(PersoonRow)).all()) == 2


@pytest.mark.parametrize(
    ("pragma", "schrijver", "lezer"),
    [
        ("journal_mode", "wal", "wal"),
        ("foreign_keys", 1, 1),
        ("recursive_triggers", 1, 1),
        ("synchronous", 2, 2),
        ("query_only", 0, 1),
        ("busy_timeout", 30000, 30000),
    ],
)
def test_every_connection_is_durable_and_strict(winkel_sqlite, pragma, schrijver, lezer):
    winkel = winkel_sqlite
    with winkel.eenheid(ACTOR, OP) as eenheid:
        assert eenheid.sessie.execute(sa.text(f"PRAGMA {pragma}")).scalar() == schrijver
    with winkel.lezen() as sessie:
        assert sessie.execute(sa.text(f"PRAGMA {pragma}")).scalar() == lezer


@pytest.mark.parametrize(
    ("verschil", "mag"),
    [
        (timedelta(minutes=-15), True),
        (timedelta(minutes=-15, seconds=-1), False),
        (timedelta(minutes=15), True),
        (timedelta(minutes=15, seconds=1), False),
    ],
)
def test_nobody_backdates_in_a_real_store(tmp_path, verschil, mag):
    with Winkel.create(tmp_path / "echt", Winkelsoort.ECHT, klok=lambda: NU) as winkel:
        if mag:
            with winkel.eenheid(Actor("a", "inkoper"), NU + verschil) as eenheid:
                eenheid.audit("flow_starten", "bewaking")
        else:
            with (
                pytest.raises(TijdstipRefusedError, match="Maak voor een proef een simulatie"),
                winkel.eenheid(Actor("a", "inkoper"), NU + verschil),
            ):
                pytest.fail("the unit must not begin")


def test_a_simulation_takes_any_instant(winkel):
    with winkel.eenheid(ACTOR, datetime(1999, 1, 1, tzinfo=UTC)) as eenheid:
        eenheid.audit("flow_starten", "bewaking")


def test_an_instant_without_a_zone_is_refused(winkel):
    with (
        pytest.raises(ValueError, match="naive datetime refused"),
        winkel.eenheid(ACTOR, datetime(2020, 4, 1, 0, 0, 30)),
    ):
        pytest.fail("the unit must not begin")
