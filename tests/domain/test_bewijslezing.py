"""What stands on the evidence beside a stated fact: found, something else, nothing, or no text at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from inkoop.domain.bewijslezing import Leesstand, read_beside
from inkoop.domain.criteria.dossier import Aanleiding, Certificaatfeit, Documentfeit, Ervaringfeit, Getalfeit, Herkomst

HERKOMST = {
    "id": "a#1",
    "lid": None,
    "bewijs": ("a" * 64,),
    "herkomst": Herkomst.OPGEGEVEN,
    "ontvangen_op": date(2020, 3, 12),
    "aanleiding": Aanleiding.INDIENING,
}
HKZ = Certificaatfeit(
    norm="HKZ",
    van=date(2018, 5, 1),
    tot=date(2021, 4, 30),
    scope=("begeleiding",),
    entiteiten=("Stichting De Lindehof Begeleiding",),
    **HERKOMST,  # type: ignore[arg-type]
)
BLAD = (
    "Certificaat HKZ\nStichting De Lindehof\nBegeleiding\n"
    "scope: begeleiding. Geldig van 1 mei 2018 tot en met 30-04-2021"
)


def look(feit: Certificaatfeit, *paginas: str) -> dict[str, tuple[Leesstand, int | None, str]]:
    return {regel.veld: (regel.stand, regel.pagina, regel.voorstel) for regel in read_beside(feit, paginas)}


def test_each_value_is_found_on_its_page_however_it_is_written():
    assert look(HKZ, "Voorblad", BLAD) == {
        "norm": (Leesstand.GEVONDEN, 2, ""),
        "van": (Leesstand.GEVONDEN, 2, ""),
        "tot": (Leesstand.GEVONDEN, 2, ""),
        "scope 1": (Leesstand.GEVONDEN, 2, ""),
        "entiteiten 1": (Leesstand.GEVONDEN, 2, ""),
    }


def test_the_only_other_date_behind_the_label_is_proposed():
    assert look(HKZ, BLAD.replace("30-04-2021", "30 april 2020"))["tot"] == (Leesstand.ANDERS, 1, "30 april 2020")


def test_of_two_other_dates_none_is_proposed():
    twee = f"{BLAD.replace('30-04-2021', '30-04-2020')} Scope 2 geldig tot 31-12-2022"
    assert look(HKZ, twee)["tot"] == (Leesstand.NIET_GEVONDEN, None, "")


def test_a_scan_has_no_text_to_read():
    assert {stand for stand, *_ in look(HKZ, "", " \n").values()} == {Leesstand.GEEN_TEKST}
    assert {stand for stand, *_ in look(HKZ).values()} == {Leesstand.GEEN_TEKST}


@pytest.mark.parametrize(
    ("tekst", "stand"),
    [("Plaatsen: 14", Leesstand.GEVONDEN), ("Plaatsen: 114", Leesstand.NIET_GEVONDEN), ("14,5", Leesstand.GEVONDEN)],
)
def test_a_number_is_not_found_inside_another_number(tekst: str, stand: Leesstand):
    waarde = Decimal("14.5") if "," in tekst else Decimal(14)
    feit = Getalfeit(grootheid="plaatsen", waarde=waarde, van=date(2021, 7, 1), **HERKOMST)  # type: ignore[arg-type]
    assert {r.veld: r.stand for r in read_beside(feit, [tekst])}["waarde"] is stand


def test_an_impossible_date_in_the_text_is_passed_over():
    feit = Documentfeit(document="klachtenregeling", datum=date(2019, 2, 4), **HERKOMST)  # type: ignore[arg-type]
    (_, datum) = read_beside(feit, ["Klachtenregeling, datum 31-02-2019"])
    assert datum.stand is Leesstand.NIET_GEVONDEN


def test_a_count_of_clients_is_looked_up_with_its_period():
    feit = Ervaringfeit(product="IB-basis", clienten=14, van=date(2018, 1, 1), tot=date(2020, 3, 1), **HERKOMST)  # type: ignore[arg-type]
    gevonden = read_beside(feit, ["IB-basis: 14 cliënten van 01/01/2018 t/m 2020-03-01"])
    assert [regel.stand for regel in gevonden] == [Leesstand.GEVONDEN] * 4
