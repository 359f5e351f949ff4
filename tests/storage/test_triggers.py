"""What the database refuses to whoever opens the file, with our program or without."""

import sqlite3
from contextlib import closing

import pytest

from inkoop.storage.tellers import next_nummer
from tests.storage.conftest import ACTOR, OP, add_persoon

REGEL = "(volgnummer, op, werkelijk_op, persoon, rol, handeling, onderwerp, reden, gegevens, rijen, vorige_hash, hash)"


@pytest.fixture
def bestand(winkel):
    """The database file of a store with two audit rows and a counter, opened by hand."""
    add_persoon(winkel, "a")
    with winkel.eenheid(ACTOR, OP) as eenheid:
        next_nummer(eenheid.sessie, "contract")
        next_nummer(eenheid.sessie, "contract")
        eenheid.audit("overeenkomst_opstellen", "C-1")
    winkel.close()
    with closing(sqlite3.connect(winkel.map / "inkoop.db")) as verbinding:
        yield verbinding


@pytest.mark.parametrize(
    ("opdracht", "tekst"),
    [
        ("UPDATE audit SET reden = 'x'", "kan niet worden gewijzigd"),
        ("UPDATE audit SET reden = reden WHERE volgnummer = 1", "kan niet worden gewijzigd"),
        ("DELETE FROM audit WHERE volgnummer = 2", "kan niets worden verwijderd"),
        (
            f"INSERT INTO audit {REGEL} VALUES (3,'','','','','','','','','','geen','h')",
            "moet aansluiten op de laatste",
        ),
        (
            f"INSERT INTO audit {REGEL} SELECT 9,'','','','','','','','','',hash,'h' FROM audit_kop",
            "moet aansluiten op de laatste",
        ),
        (f"INSERT OR REPLACE INTO audit {REGEL} VALUES (1,'','','','','','','','','','','h')", "moet aansluiten"),
        ("UPDATE audit_kop SET aantal = 1", "gaat alleen een regel vooruit"),
        ("UPDATE audit_kop SET aantal = 3", "gaat alleen een regel vooruit"),
        ("UPDATE audit_kop SET hash = 'x'", "gaat alleen een regel vooruit"),
        ("DELETE FROM audit_kop", "moet blijven"),
        ("INSERT INTO audit_kop VALUES (2, 0, '')", "heeft al een kop"),
        ("UPDATE winkel SET soort = 'echt'", "de soort van een winkel ligt vast"),
        ("DELETE FROM winkel", "de soort van een winkel ligt vast"),
        ("INSERT INTO winkel VALUES ('x', 'echt', '2020-01-01')", "is al ingericht"),
        ("UPDATE teller SET stand = 1", "loopt alleen op"),
        ("UPDATE teller SET stand = 2", "loopt alleen op"),
        ("UPDATE teller SET teller = 'x', stand = 9", "loopt alleen op"),
        ("DELETE FROM teller", "blijft bestaan"),
    ],
)
def test_the_database_refuses(bestand, opdracht, tekst):
    with pytest.raises(sqlite3.IntegrityError, match=tekst):
        bestand.execute(opdracht)


def test_a_counter_may_go_up(bestand):
    bestand.execute("UPDATE teller SET stand = 3")
    assert bestand.execute("SELECT stand FROM teller").fetchone() == (3,)
