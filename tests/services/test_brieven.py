"""What documents of the played round say: each part of a letter or agreement, filled from the records."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo.bewijs import find_datum
from inkoop.documents.gegevens import Gebiedswijziging
from inkoop.services.addenda import Wijziging, describe_cyclus
from inkoop.storage.tabellen.document import DocumentRow
from tests.services.conftest import Speel
from tests.services.proefspel import Proefspel, find_scenario, find_zaak


def read_gegevens(spel: Proefspel, zaak: str, soort: str) -> dict[str, Any]:
    """What a document about a case was filled with."""
    with spel.huis.winkel.lezen() as sessie:
        rijen = sessie.exec(select(DocumentRow).where(DocumentRow.soort == soort)).all()
    kenmerk = find_zaak(spel, zaak)
    (gegevens,) = [g for rij in rijen if (g := msgspec.json.decode(rij.gegevens)).get("aanmelding") == kenmerk]
    return gegevens  # type: ignore[no-any-return]


def read_overeenkomst(spel: Proefspel) -> dict[str, Any]:
    with spel.huis.winkel.lezen() as sessie:
        rijen = sessie.exec(select(DocumentRow).where(DocumentRow.soort == "raamovereenkomst")).all()
    return next(msgspec.json.decode(rij.gegevens) for rij in rijen)  # type: ignore[no-any-return]


def test_a_condition_says_until_when_the_certificate_runs_and_which_file_that_was(speel: Speel) -> None:
    brief = read_gegevens(speel("variant-a"), "M2", "toelatingsbrief")
    m03 = next(v for v in brief["voorwaarden"] if v["criterium"] == "M-03")
    assert "tot en met 12 juni 2020" in m03["toelichting"]
    assert [stuk["bestand"] for stuk in m03["bewijs"]] == ["hkz-certificaat.pdf"]


def test_the_besluit_on_a_met_condition_says_why_there_is_a_new_besluit(speel: Speel) -> None:
    spel = speel("variant-a")
    with spel.huis.winkel.lezen() as sessie:
        rijen = sessie.exec(select(DocumentRow).where(DocumentRow.soort == "vervolgbesluit")).all()
        besluiten = [msgspec.json.decode(rij.gegevens) for rij in rijen]
    kenmerk = find_zaak(spel, "M2")
    (regel,) = [r for b in besluiten for r in b["regels"] if r["besluit"]["aanmelding"] == kenmerk]
    for perceel in regel["besluit"]["percelen"]:
        assert (
            f"Perceel {perceel['code']}: aan de voorwaarde uit het eerdere besluit is voldaan." in regel["aanleiding"]
        )


def test_the_letter_on_a_met_condition_and_the_agreement_name_the_same_besluit(speel: Speel) -> None:
    spel = speel("variant-a")
    brief = read_gegevens(spel, "M2", "brief-voorwaarde-vervuld")
    assert (brief["besluit"], brief["nieuw_besluit"]) == ("M-2020-2-B01", "M-2020-2-B02")
    with spel.huis.winkel.lezen() as sessie:
        rijen = sessie.exec(select(DocumentRow).where(DocumentRow.soort == "raamovereenkomst")).all()
    besluiten = {g["aanbieder"]["naam"]: g["besluit"] for g in (msgspec.json.decode(rij.gegevens) for rij in rijen)}
    assert besluiten["Zorgpunt Vlinderdijk B.V."] == "M-2020-2-B02"


def test_a_rejected_combination_reads_which_members_did_meet_the_criterium(speel: Speel) -> None:
    brief = read_gegevens(speel("variant-a"), "M4", "afwijzingsbrief")
    m11 = next(v for v in brief["voldaan"] if v["criterium"] == "M-11")
    assert m11["toelichting"] == "Dit geldt alleen voor Stichting Het Wilgenpad en Anker Thuis B.V."
    assert m11["percelen"] == ["1A", "1B"]
    u01 = next(v for v in brief["voldaan"] if v["criterium"] == "U-01")
    assert u01["toelichting"] is None


def test_an_agreement_that_starts_before_the_area_grows_holds_in_the_area_of_that_day(speel: Speel) -> None:
    overeenkomst = read_overeenkomst(speel("variant-a"))
    assert [plek["naam"] for plek in overeenkomst["gebied"]] == ["Vught", "Meierijstad", "'s-Hertogenbosch"]
    assert overeenkomst["gebied_later"] == [{"naam": "Helvoirt (gemeente Vught)", "van": "2021-01-01", "tot": None}]


@pytest.mark.parametrize(
    ("gebied", "verwacht"),
    [
        (None, "de jaarlijkse cyclus voor wijzigingen"),
        (
            Gebiedswijziging(was=("Vught",), wordt=("Vught", "Helvoirt"), reden="Bij het gebied komt Helvoirt."),
            "de jaarlijkse cyclus voor wijzigingen, en de verandering van het gebied",
        ),
    ],
)
def test_an_addendum_says_why_it_is_there(gebied: Gebiedswijziging | None, verwacht: str) -> None:
    assert describe_cyclus(Wijziging(ingang=date(2021, 1, 1), tarieven=None, gebied=gebied)) == verwacht


def test_an_overview_of_experience_is_dated_at_the_end_of_its_period() -> None:
    stuk = next(s for s in find_scenario("M5").aanmelding.bewijsstukken if s.bestand == "ervaring.pdf")
    assert find_datum(stuk.feiten) == date(2020, 2, 29)
