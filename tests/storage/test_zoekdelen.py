"""The ends of what is searched in are those of the records, whatever is written, on both databases."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from alembic import command

from inkoop.domain.verloop import Documentstatus
from inkoop.services import zoekwoord
from inkoop.storage.eenheid import Schrijfsessie
from inkoop.storage.migraties import configure
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.vaste_vraag import ask
from inkoop.storage.verbinding import read_write
from inkoop.storage.winkel import Winkel
from inkoop.storage.zoekdelen import DOCUMENT
from tests.storage.conftest import ACTOR, NU, OP
from tests.zoekreferentie import list_bedoeld, list_bewaard


def add(winkel: Winkel, **titels: str) -> dict[str, UUID]:
    """Documents by kenmerk, with their titles."""
    ids = {kenmerk: uuid4() for kenmerk in titels}
    with winkel.eenheid(ACTOR, OP) as eenheid:
        for kenmerk, titel in titels.items():
            eenheid.sessie.add(
                DocumentRow(
                    id=ids[kenmerk], sleutel=f"proef:{kenmerk}", soort="proef", onderwerp="p", kenmerk=kenmerk,
                    titel=titel, status=Documentstatus.CONCEPT, gegevens="{}", opgesteld_door="a", gevraagd_op=NU,
                )
            )  # fmt: skip
        eenheid.audit("stuk", "p")
    return ids


def find(winkel: Winkel, woord: str) -> set[str]:
    with winkel.lezen() as sessie:
        assert list_bewaard(sessie) == list_bedoeld(sessie)
        return {rij.sleutel for rij in ask(sessie, zoekwoord.select_sleutels(DOCUMENT), woord=woord)}


def test_a_text_is_found_by_a_word_anywhere_in_it_until_it_is_changed_or_gone(winkel: Winkel):
    ids = add(winkel, D1="Brief aan Zorghuis Één", D2="Brief 100%_af", D3="")
    assert find(winkel, "BRIEF") == {"D1", "D2"}
    assert find(winkel, "rief a") == {"D1"}
    assert find(winkel, "%") == find(winkel, "0%_A") == {"D2"}
    assert find(winkel, "d") == {"D1", "D2", "D3"}
    assert find(winkel, "één") == find(winkel, "n") & find(winkel, "één")
    assert find(winkel, "fbrief") == set()
    with winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.get_one(DocumentRow, ids["D1"]).titel = "Besluit D1"
        eenheid.sessie.delete(eenheid.sessie.get_one(DocumentRow, ids["D2"]))
        eenheid.audit("stuk", "p")
    assert (find(winkel, "brief"), find(winkel, "sluit d"), find(winkel, "d1")) == (set(), {"D1"}, {"D1"})


def test_what_a_unit_of_work_did_not_keep_is_not_found(winkel: Winkel):
    with pytest.raises(ZeroDivisionError), winkel.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.add(
            DocumentRow(
                id=uuid4(), sleutel="s", soort="proef", onderwerp="p", kenmerk="D9", titel="Niet bewaard",
                status=Documentstatus.CONCEPT, gegevens="{}", opgesteld_door="a", gevraagd_op=NU,
            )
        )  # fmt: skip
        eenheid.sessie.flush()
        raise ZeroDivisionError
    assert find(winkel, "bewaard") == set()


def test_a_long_text_is_kept_from_each_of_its_characters_on_and_each_end_to_a_hundred(winkel: Winkel):
    add(winkel, D1="".join(f"x{nummer:04d}" for nummer in range(600)) + "y" * 200 + "slot")
    assert find(winkel, "y" * 100) == find(winkel, "yslot") == find(winkel, "0599YY") == {"D1"}
    with winkel.lezen() as sessie:
        assert zoekwoord.is_zeldzaam(sessie, "y" * 100, DOCUMENT)
        assert not zoekwoord.is_zeldzaam(sessie, "y" * 101, DOCUMENT)  # is looked for in the texts themselves
        assert not zoekwoord.is_zeldzaam(sessie, "x0", DOCUMENT)
        assert zoekwoord.is_zeldzaam(sessie, "x00", DOCUMENT)


def test_the_migration_fills_what_a_store_holds_already(winkel: Winkel):
    add(winkel, D1="Brief aan Zorghuis", D2="Brief aan Zorghuis", D3="")
    engine = read_write(winkel._schrijver)
    with engine.begin() as verbinding:
        command.downgrade(configure(verbinding), "0027_bladzijden_vlot")
        assert not sa.inspect(verbinding).has_table("zoekdeel")
        command.upgrade(configure(verbinding), "head")
    with Schrijfsessie(engine) as sessie:
        assert list_bewaard(sessie) == list_bedoeld(sessie) != set()
