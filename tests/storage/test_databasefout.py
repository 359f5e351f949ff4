"""What a database refuses that is nobody's mistake, said in words that help."""

import errno
import re

import psycopg
import pytest
import sqlalchemy as sa

from inkoop.storage.audit import check_keten
from inkoop.storage.databasefout import (
    DatabaseOnbereikbaarError,
    SchijfVolError,
    explain_fout,
    translate_databasefouten,
)
from inkoop.storage.tabellen.persoon import PersoonRow
from tests.storage.conftest import ACTOR, OP, add_persoon


def test_a_full_disk_under_the_database_says_what_to_do_and_after_that_is_done_work_goes_on(winkel_sqlite):
    winkel = winkel_sqlite
    add_persoon(winkel, "a")
    with winkel._lezer.connect() as verbinding:  # the pool hands this one connection out again
        groot = verbinding.exec_driver_sql("PRAGMA page_count").scalar_one()
        verbinding.exec_driver_sql(f"PRAGMA max_page_count = {groot + 1}")
    with pytest.raises(SchijfVolError, match="Maak ruimte op de schijf"), winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.add(PersoonRow(id="b", naam="b" * 100_000, functie="f", rollen=[]))
        eenheid.audit("persoon_toevoegen", "b")
    with winkel._lezer.connect() as verbinding:
        verbinding.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert (check_keten(winkel).aantal, check_keten(winkel).fouten) == (1, ())
    add_persoon(winkel, "b")
    assert check_keten(winkel).fouten == ()


def test_a_full_disk_under_the_files_says_the_same():
    with pytest.raises(SchijfVolError), translate_databasefouten():
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("woorden", "advies"),
    [
        ("fe_sendauth: no password supplied", r"laat ons niet binnen .*~/\.pgpass"),
        ('FATAL:  password authentication failed for user "inkoop"', r"laat ons niet binnen .*~/\.pgpass"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1"', "laat ons niet binnen"),
        ("Connection refused", "Kijk of de databaseserver draait"),
    ],
)
def test_a_server_that_refuses_the_password_is_told_apart_from_one_that_is_gone(woorden, advies):
    fout = explain_fout(
        sa.exc.OperationalError("SELECT 1", {}, psycopg.OperationalError(f"connection failed: {woorden}"))
    )
    assert isinstance(fout, DatabaseOnbereikbaarError)  # a flow waits for both
    assert re.search(advies, str(fout))


def test_a_fault_of_the_program_stays_what_it_is(winkel_sqlite):
    with pytest.raises(sa.exc.OperationalError, match="no such table"), winkel_sqlite.lezen() as sessie:
        sessie.execute(sa.text("SELECT * FROM bestaat_niet"))
