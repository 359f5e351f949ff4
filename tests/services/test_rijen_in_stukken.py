"""What a row asks to be said stands in the paper that the procedure file fills, for every reader the same."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import msgspec
import pytest

from inkoop.definitions.procedure import load_procedure
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.services.brieven.blokken import Zaak
from inkoop.services.brieven.overeenkomst import compose_raamovereenkomst
from inkoop.settings import CHECKOUT
from tests.documents.sjabloonproef import read
from tests.domain.voorbeeldopgave import make_opgave

MEIERIJ = "meierij-2020"


@cache
def load(naam: str) -> Proceduredefinitie:
    return load_procedure(CHECKOUT / "procedures" / f"{naam}.yaml")


def read_overeenkomst(definitie: Proceduredefinitie, ronde: str = "M-2020-2") -> str:
    """The agreement with a provider who was admitted for everything."""
    niets: Any = None  # the records of the round play no part in the text
    zaak = Zaak(
        sessie=niets,
        feestdagen=niets,
        rij=niets,
        ronderij=niets,
        opgave=make_opgave(percelen=tuple(perceel.code for perceel in definitie.percelen)),
        ronde=definitie.find_ronde(ronde),
        definitie=definitie,
    )
    return read(
        "raamovereenkomst",
        compose_raamovereenkomst(
            zaak,
            kenmerk="K-1",
            contractnummer="C-1",
            datum=date(2020, 6, 5),
            producten={perceel.code: [product.code for product in perceel.producten] for perceel in definitie.percelen},
            besluit="B-1",
            besluit_datum=date(2020, 5, 15),
        ),
    )


@cache
def read_meierij() -> str:
    return read_overeenkomst(load(MEIERIJ))


OVEREENKOMST = [
    ("M20-02", "Nu al staat vast dat er gebied bij komt"),
    ("M20-02", "Helvoirt (gemeente Vught), vanaf 1 januari 2021"),
    ("M20-12", "Een Gemeente mag daarvoor met de Aanbieder apart afspraken maken en geld beschikbaar stellen"),
    ("M20-12", "Dat geld is niet bedoeld voor producten die onder deze overeenkomst vallen"),
    ("M20-14", "geen vooraf bepaald aantal Cliënten en geen totaalbedrag per jaar"),
    ("M20-22", "De Gemeente waarvan de Cliënt inwoner is, is de schuldenaar"),
    ("M20-22", "De Gemeenten zijn niet hoofdelijk verbonden"),
    ("M20-23", "De aanbieder declareert na afloop van elke maand"),
    ("M20-23", "In versie 3.2 is dat bericht 323; de Gemeente antwoordt met bericht 325"),
    ("M20-30", "geen afgesproken volume, geen omzetplafond, geen volumeplafond en geen omzetgarantie"),
    ("M20-35", "Een Gemeente bestelt Ondersteuning met een Toewijzing"),
    ("M20-35", "Zij geldt zolang de Beschikking geldt, of korter als de Ondersteuning niet meer nodig is"),
    ("M20-38", "De Cliënt kiest zijn aanbieder uit alle aanbieders met een overeenkomst"),
    ("M20-38", "Een Gemeente stuurt die keuze niet"),
    ("M20-56", "houden de administratieve last zo laag mogelijk en ontwikkelen samen indicatoren voor kwaliteit"),
]


@pytest.mark.parametrize(
    ("rij", "zin"), [pytest.param(*een, marks=pytest.mark.dekking(een[0], hoe="tekst")) for een in OVEREENKOMST]
)
def test_the_agreement_says_what_a_row_asks(rij: str, zin: str) -> None:
    assert zin in read_meierij()


@pytest.mark.dekking("M20-34", hoe="tekst")
def test_every_requirement_of_the_programme_stands_in_the_annex_of_the_agreement() -> None:
    _, _, bijlage = read_meierij().rpartition("De Aanbieder voldoet tijdens de hele looptijd aan deze eisen")
    for eis in load(MEIERIJ).programma_van_eisen:
        assert eis.id in bijlage
        assert eis.tekst in bijlage


@pytest.mark.dekking("M20-11", hoe="tekst")
def test_local_exceptions_are_printed_per_gemeente_and_prestatie_and_follow_the_file() -> None:
    definitie = load(MEIERIJ)
    uitzonderingen = definitie.contract.lokale_uitzonderingen
    assert {een.gemeente for een in uitzonderingen} == {gemeente.code for gemeente in definitie.gemeenten}
    assert "geen recht op volume of omzet ontlenen" in read_meierij()
    for een in uitzonderingen:
        assert een.tekst in read_meierij()
    anders = msgspec.structs.replace(uitzonderingen[0], prestatie="Kortdurend verblijf", tekst="Alleen in Vught-Noord.")
    contract = msgspec.structs.replace(definitie.contract, lokale_uitzonderingen=(anders,))
    tekst = read_overeenkomst(msgspec.structs.replace(definitie, contract=contract))
    assert "Alleen in Vught-Noord." in tekst
    assert uitzonderingen[1].tekst not in tekst


@pytest.mark.dekking("M20-51", hoe="tekst")
def test_the_quarterly_talk_is_about_the_eight_subjects_of_the_procedure_and_no_other() -> None:
    contract = load(MEIERIJ).contract
    assert len(contract.kwartaalthemas) == 8
    onderwerpen = "; ".join(f"{'abcdefgh'[i]}. {thema}" for i, thema in enumerate(contract.kwartaalthemas))
    assert f"over deze onderwerpen: {onderwerpen}." in read_meierij()
    assert "In kwartaal 4 van elk jaar toetsen de Gemeenten" in read_meierij()
