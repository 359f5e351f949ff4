"""What somebody reads who names something that is not there."""

from datetime import UTC, datetime
from pathlib import Path

from inkoop import bootstrap
from inkoop.domain.persoon import Rol
from inkoop.services import personen
from inkoop.services.huis import MEEST_GENOEMD, NietGevondenError
from inkoop.services.vernietigd import BUREN, list_buren
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.services.proefspel import build_huis


def test_a_short_list_is_named_whole_in_order() -> None:
    assert str(NietGevondenError("Ronde", "M-2020-9", ["M-2021-1", "M-2020-2"])) == (
        "Ronde 'M-2020-9' bestaat niet. Wel: M-2020-2, M-2021-1."
    )


def test_of_a_long_list_what_looks_like_it_is_named_and_the_others_are_counted() -> None:
    namen = [f"procedure-{nummer}" for nummer in range(200)]
    tekst = str(NietGevondenError("Procedure", "procedur-17", namen))
    assert "procedure-17," in tekst
    assert tekst.count("procedure-") == MEEST_GENOEMD
    assert tekst.endswith(f"(en {200 - MEEST_GENOEMD} andere).")


def test_of_a_large_table_the_names_beside_it_are_read_and_no_others(tmp_path: Path) -> None:
    huis = build_huis(Winkel.create(tmp_path / "winkel", Winkelsoort.SIMULATIE))
    door = bootstrap.act_as_systeem(huis, datetime(2020, 1, 2, tzinfo=UTC))
    for nummer in range(20):
        naam = f"p{nummer:02d}"
        personen.add_persoon(huis, door, id=naam, naam=naam, functie="inkoper", rollen=[Rol.INKOPER])
    with huis.winkel.lezen() as sessie:
        assert sorted(list_buren(sessie, PersoonRow.id, "p095")) == [f"p{nummer:02d}" for nummer in range(4, 16)]
        assert len(list_buren(sessie, PersoonRow.id, "a")) == BUREN
        assert sorted(list_buren(sessie, PersoonRow.id, "p18x")) == [f"p{nummer:02d}" for nummer in range(13, 20)]
    huis.winkel.close()
