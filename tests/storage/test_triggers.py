"""What the database refuses to whoever opens the file, with our program or without."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from inkoop.storage.tellers import next_nummer
from tests.storage.conftest import ACTOR, OP, add_persoon

DAG = "2020-01-01 00:00:00"
REGEL = "(volgnummer, op, werkelijk_op, persoon, rol, handeling, onderwerp, reden, gegevens, rijen, vorige_hash, hash)"


@pytest.fixture
def bestand(winkel):
    """The database of a store with two audit rows and a counter, opened by hand."""
    add_persoon(winkel, "a")
    with winkel.eenheid(ACTOR, OP) as eenheid:
        next_nummer(eenheid.sessie, "contract")
        next_nummer(eenheid.sessie, "contract")
        eenheid.audit("overeenkomst_opstellen", "C-1")
    winkel.close()
    # No engine of ours: somebody who comes in with another program.
    engine = sa.create_engine(winkel._lezer.url)
    with engine.connect() as verbinding:
        if verbinding.dialect.name == "sqlite":
            verbinding.exec_driver_sql("PRAGMA recursive_triggers = ON")
        yield verbinding
    engine.dispose()


@pytest.mark.parametrize(
    ("opdracht", "tekst"),
    [
        ("UPDATE audit SET reden = 'x'", "kan niet worden gewijzigd"),
        ("UPDATE audit SET reden = reden WHERE volgnummer = 1", "kan niet worden gewijzigd"),
        ("DELETE FROM audit WHERE volgnummer = 2", "kan niets worden verwijderd"),
        (
            f"INSERT INTO audit {REGEL} VALUES (3,'{DAG}','{DAG}','','','','','','','','geen','h')",
            "moet aansluiten op de laatste",
        ),
        (
            f"INSERT INTO audit {REGEL} SELECT 9,'{DAG}','{DAG}','','','','','','','',hash,'h' FROM audit_kop",
            "moet aansluiten op de laatste",
        ),
        ("UPDATE audit_kop SET aantal = 1", "gaat alleen een regel vooruit"),
        ("UPDATE audit_kop SET aantal = 3", "gaat alleen een regel vooruit"),
        ("UPDATE audit_kop SET hash = 'x'", "gaat alleen een regel vooruit"),
        ("DELETE FROM audit_kop", "moet blijven"),
        ("INSERT INTO audit_kop VALUES (2, 0, '')", "heeft al een kop"),
        ("UPDATE winkel SET soort = 'echt'", "de soort van een winkel ligt vast"),
        ("DELETE FROM winkel", "de soort van een winkel ligt vast"),
        (f"INSERT INTO winkel VALUES ('{32 * '0'}', 'echt', '{DAG}')", "is al ingericht"),
        ("UPDATE teller SET stand = 1", "loopt alleen op"),
        ("UPDATE teller SET stand = 2", "loopt alleen op"),
        ("UPDATE teller SET teller = 'x', stand = 9", "loopt alleen op"),
        ("DELETE FROM teller", "blijft bestaan"),
    ],
)
def test_the_database_refuses(bestand, opdracht, tekst):
    with pytest.raises(IntegrityError, match=tekst):
        bestand.exec_driver_sql(opdracht)


def test_replacing_a_row_of_the_log_is_refused(winkel_sqlite):
    add_persoon(winkel_sqlite, "a")
    with winkel_sqlite.eenheid(ACTOR, OP) as eenheid, pytest.raises(IntegrityError, match="moet aansluiten"):
        eenheid.sessie.connection().exec_driver_sql(
            f"INSERT OR REPLACE INTO audit {REGEL} VALUES (1,'{DAG}','{DAG}','','','','','','','','','h')"
        )


@pytest.mark.slow
@pytest.mark.parametrize("tabel", ["audit", "audit_kop", "winkel", "teller"])
@pytest.mark.parametrize("winkel", ["postgresql"], indirect=True)
def test_no_table_that_keeps_the_log_honest_can_be_emptied(bestand, tabel):
    with pytest.raises(IntegrityError, match="kan niet worden geleegd"):
        bestand.exec_driver_sql(f"TRUNCATE {tabel} CASCADE")


def test_a_counter_may_go_up(bestand):
    bestand.exec_driver_sql("UPDATE teller SET stand = 3")
    assert bestand.exec_driver_sql("SELECT stand FROM teller").scalar() == 3
