"""What a row asks to be said stands in the paper that the procedure file fills, for every reader the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import msgspec
import pytest

from inkoop.definitions.criteriaset import find_editie, load_criteriaset
from inkoop.definitions.procedure import load_procedure
from inkoop.documents.fouten import OntbrekendeVeldenError
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kwalificatie import Keuzewijze
from inkoop.domain.kwalificeren import check_kwalificatie
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.services.brieven.blokken import Zaak
from inkoop.services.brieven.overeenkomst import compose_raamovereenkomst
from inkoop.services.brieven.publicatie import compose_publicatie
from inkoop.services.brieven.voorzet import Stukopdracht, choose_editie, draft_stuk
from inkoop.services.huis import systeem
from inkoop.settings import CHECKOUT
from tests.documents.sjabloonproef import read
from tests.domain.voorbeeldopgave import make_opgave

HVB, MEIERIJ = "hvb-wmo-2019", "meierij-2020"


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


@pytest.mark.parametrize("over", [{}, {"BP-04": "  "}], ids=["weg", "leeg"])
def test_an_agreement_without_its_condition_is_refused_by_the_name_of_the_choice(over: dict[str, str]) -> None:
    with pytest.raises(BeletselenError) as fout:
        read_overeenkomst(msgspec.structs.replace(load(MEIERIJ), keuzes=over))
    assert [beletsel.code for beletsel in fout.value.beletselen] == ["keuze-ontbreekt"]
    assert "De keuze BP-04 (de voorwaarde voor deze procedure) is niet ingevuld" in str(fout.value)


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


OP = date(2019, 8, 1)


@cache
def load_editie(naam: str) -> Criteriaset:
    definitie = load(naam)
    return load_criteriaset(find_editie(CHECKOUT / "criteria", definitie.criteriaset, choose_editie(definitie, OP)))


def read_stuk(soort: str, definitie: Proceduredefinitie) -> str:
    """A paper that the procedure fills, as text."""
    opdracht = Stukopdracht(
        soort=soort, definitie=definitie, editie=load_editie(definitie.naam), kenmerk="K", versie="0.1", datum=OP
    )
    return read(soort, draft_stuk(opdracht))


@cache
def read_van(soort: str, naam: str) -> str:
    return read_stuk(soort, load(naam))


STUKKEN = [
    ("M20-08", MEIERIJ, "inkoopstrategie", "Deze strategie gaat niet over: - de organisatie van de inkoop;"),
    ("M20-08", MEIERIJ, "inkoopstrategie", "het proces van de toegang, dat alleen als toelichting wordt beschreven"),
    (
        "M20-13",
        MEIERIJ,
        "inkoopstrategie",
        "Doe regionaal wat moet, lokaal wat kan: De gemeenten maken samen",
    ),
    ("M20-13", MEIERIJ, "inkoopstrategie", "laten de regionale financiële solidariteit los"),
    ("M20-13", MEIERIJ, "inkoopstrategie", "aansluiting op jeugdhulp, participatie, wonen en welzijn"),
    ("M20-13", MEIERIJ, "inkoopstrategie", "De lokale toegang wordt sterker doordat de gemeenten van elkaars"),
    ("M20-14", MEIERIJ, "inkoopstrategie", "niet meer per aanbieder een vooraf bepaald aantal cliënten"),
    ("M20-15", MEIERIJ, "inkoopstrategie", "Elke gemeente is verantwoordelijk voor het stelsel"),
    ("M20-15", MEIERIJ, "inkoopstrategie", "Aanbieders zijn inhoudelijk deskundig"),
    ("M20-16", MEIERIJ, "inkoopstrategie", "Dat zijn de gemeenten zelf; aanbieders zijn dat niet als eersten"),
    ("M20-28", MEIERIJ, "inkoopstrategie", "het effect van de nieuwe tarieven op de begroting is nog niet bekend"),
    ("M20-28", MEIERIJ, "inkoopstrategie", "de keuzes in deze strategie staan er los van"),
    ("M20-36", MEIERIJ, "programma-van-eisen", "de aard, de intensiteit en de duur van de ondersteuning"),
    ("M20-36", MEIERIJ, "programma-van-eisen", "verwijst naar het ondersteuningsplan"),
    ("M20-36", MEIERIJ, "programma-van-eisen", "ECLI:NL:CRVB:2018:3241"),
    ("M20-36", MEIERIJ, "programma-van-eisen", "een taak van de gemeente en geen eis aan de aanbieder"),
    ("M20-50", MEIERIJ, "inkoopstrategie", "De gemeente als partner: samenwerken vanuit vertrouwen"),
    ("M20-50", MEIERIJ, "inkoopstrategie", "De gemeente als controleur: de contractmanager voert elk kwartaal"),
    ("M20-50", MEIERIJ, "inkoopstrategie", "De gemeente als aanjager van de transformatie: vernieuwing aanjagen"),
    ("M20-58", MEIERIJ, "inkoopstrategie", "Beleidsadviseur | de inhoud"),
    ("M20-58", MEIERIJ, "inkoopstrategie", "Financiën | de bekostiging"),
    ("M20-58", MEIERIJ, "inkoopstrategie", "Inkoper | de vorm van de inkoop"),
    ("BP-05", MEIERIJ, "inkoopstrategie", "BP-05: De gemeenten zijn verantwoordelijk voor de transformatie"),
    ("H19-22", HVB, "inkoopstrategie", "Meedoen: iedereen doet volwaardig mee"),
    ("H19-22", HVB, "inkoopstrategie", "De behoefte van de inwoner is leidend: ondersteuning is maatwerk"),
    ("H19-22", HVB, "inkoopstrategie", "Eén huishouden, één plan, één coördinator, één budget: de toegang"),
    ("H19-22", HVB, "inkoopstrategie", "Veiligheid is de ondergrens: iedereen signaleert"),
    ("H19-22", HVB, "inkoopstrategie", "De toegang is de opdrachtgever"),
    ("H19-22", HVB, "inkoopstrategie", "De opdrachtnemer is coördinator"),
    ("H19-22", HVB, "inkoopstrategie", "Waar opdracht en coördinatie liggen: dat kan bij een aanbieder"),
    ("H19-23", HVB, "inkoopstrategie", "ruimte voor kleine, lokale aanbieders, en goede communicatie en inspraak"),
    ("H19-15", HVB, "leidraad", "De procesregie van het Zorg- en Veiligheidshuis of van Veilig Thuis hoort niet bij"),
]


@pytest.mark.parametrize(
    ("rij", "naam", "soort", "zin"),
    [pytest.param(*een, marks=pytest.mark.dekking(een[0], hoe="tekst")) for een in STUKKEN],
)
def test_a_paper_that_the_procedure_fills_says_what_a_row_asks(rij: str, naam: str, soort: str, zin: str) -> None:
    assert zin in read_van(soort, naam)


@pytest.mark.dekking("M20-59", hoe="tekst")
@pytest.mark.parametrize("soort", ["inkoopstrategie", "leidraad"])
def test_the_eight_goals_are_printed_and_a_perceel_says_which_it_picks(soort: str) -> None:
    definitie = load(MEIERIJ)
    assert definitie.beleid is not None
    assert len(definitie.beleid.doelen) == 8
    for doel in definitie.beleid.doelen:
        assert (f"{doel.naam}: {doel.tekst}" if doel.tekst else doel.naam) in read_van(soort, MEIERIJ)
    assert "Dit draagt bij aan: langer prettig thuis wonen en samenredzaamheid." in read_van(soort, MEIERIJ)


@pytest.mark.dekking("M20-11", hoe="tekst")
@pytest.mark.parametrize("soort", ["inkoopstrategie", "leidraad"])
def test_local_exceptions_stand_in_the_strategy_and_the_leidraad_too(soort: str) -> None:
    tekst = read_van(soort, MEIERIJ)
    assert "kunnen daaraan geen rechten ontlenen" in tekst or "kunt hieraan geen rechten op volume ontlenen" in tekst
    for een in load(MEIERIJ).contract.lokale_uitzonderingen:
        assert een.tekst in tekst


@pytest.mark.dekking("M20-06", hoe="tekst")
@pytest.mark.parametrize("soort", ["inkoopstrategie", "leidraad", "publicatietekst"])
def test_providers_of_percelen_2_and_3_read_that_they_can_join_an_ordinary_round(soort: str) -> None:
    definitie = load(MEIERIJ)
    if soort == "publicatietekst":
        door = systeem(datetime(2019, 8, 1, 9, tzinfo=UTC))
        tekst = read(soort, compose_publicatie(definitie, load_editie(MEIERIJ), "K", door))
    else:
        tekst = read_van(soort, MEIERIJ)
    for perceel in ("perceel 2: beschermd wonen", "perceel 3: maatschappelijke opvang en verslaafdenopvang"):
        assert f"{perceel}' kan zich in elke ronde aanmelden voor 1A (Individuele begeleiding), 1B" in tekst
    zonder = msgspec.structs.replace(
        definitie, voorgangers=tuple(msgspec.structs.replace(een, instroom=()) for een in definitie.voorgangers)
    )
    if soort != "publicatietekst":
        assert "kan zich in elke ronde aanmelden" not in read_stuk(soort, zonder)


@pytest.mark.dekking("M20-38")
def test_a_procedure_in_which_the_gemeente_allocates_clients_is_no_toelating() -> None:
    definitie = load(HVB)
    toets = definitie.kwalificatietoets
    assert toets is not None
    assert check_kwalificatie(definitie) == []
    anders = msgspec.structs.replace(toets, keuze_door=Keuzewijze.GEMEENTE)
    assert check_kwalificatie(msgspec.structs.replace(definitie, kwalificatietoets=anders)) != []


@pytest.mark.parametrize("soort", ["inkoopstrategie", "leidraad", "programma-van-eisen"])
@pytest.mark.parametrize("naam", [MEIERIJ, HVB])
def test_a_paper_is_complete_from_the_procedure_alone(soort: str, naam: str) -> None:
    assert load(naam).titel in read_van(soort, naam) or soort == "programma-van-eisen"


@pytest.mark.parametrize("soort", ["leidraad", "programma-van-eisen"])
@pytest.mark.parametrize("naam", sorted(pad.stem for pad in (CHECKOUT / "procedures").glob("*.yaml")))
def test_every_procedure_file_fills_its_leidraad_and_its_programme(soort: str, naam: str) -> None:
    definitie = load(naam)
    tekst = read_van(soort, naam)
    if soort == "leidraad":
        assert ("Kiezen" in tekst) is definitie.selectie
        assert definitie.rechtsbescherming.rechtbank in tekst
    else:
        assert all(eis.tekst in tekst for eis in definitie.programma_van_eisen)


@pytest.mark.parametrize(
    ("naam", "zegt", "zegt_niet"),
    [
        (MEIERIJ, "geen overheidsopdracht", "Aanbestedingswet 2012"),
        (MEIERIJ, "houdt overeenkomsten met andere aanbieders niet tegen", "wachten wij voor dat perceel"),
        ("hvb-2021-dagbesteding", "(artikelen 2.38 en 2.39 van de Aanbestedingswet 2012)", "geen overheidsopdracht"),
        ("hvb-2021-dagbesteding", "Aanbieders worden niet met elkaar vergeleken", "met een beperkt aantal aanbieders"),
        ("hvb-2021-dagbesteding", "wachten wij voor dat perceel op de uitspraak", "andere aanbieders niet tegen"),
        ("hvb-2021-begeleiding", "met een beperkt aantal aanbieders", "geen overheidsopdracht"),
        ("hvb-2021-begeleiding", "beslist de score op S-01, dan een openbare loting.", "achtereenvolgens"),
    ],
)
def test_the_leidraad_says_which_kind_of_procedure_it_is(naam: str, zegt: str, zegt_niet: str) -> None:
    tekst = read_van("leidraad", naam)
    assert zegt in tekst
    assert zegt_niet not in tekst


def test_what_the_procedure_does_not_say_is_named_and_can_be_added() -> None:
    kaal = msgspec.structs.replace(load(MEIERIJ), beleid=None)
    with pytest.raises(OntbrekendeVeldenError) as fout:
        read_stuk("leidraad", kaal)
    assert {veld.pad for veld in fout.value.velden} == {
        "beleidsdoelen",
        "inkoopdoelen",
        "toeleiding",
        "uitsluitingsgronden",
    }
    opdracht = Stukopdracht(
        soort="leidraad", definitie=kaal, editie=load_editie(MEIERIJ), kenmerk="K", versie="0.1", datum=OP
    )
    extra = {"beleidsdoelen": ["d"], "inkoopdoelen": ["i"], "toeleiding": "T.", "uitsluitingsgronden": ["u"]}
    assert "Met deze inkoop willen zij het volgende bereiken: a. i." in read(
        "leidraad", draft_stuk(opdracht, msgspec.json.encode(extra))
    )


@pytest.mark.parametrize(
    ("soort", "aanvulling", "zegt"),
    [
        ("toelatingsbrief", None, "Wel: inkoopstrategie, leidraad, programma-van-eisen"),
        ("leidraad", b'{"doel": "x"}', "geen veld doel"),
        ("leidraad", b"{", "past niet bij dit soort document"),
        ("leidraad", b'{"herstel_dagen": "veel"}', "past niet bij dit soort document"),
    ],
)
def test_a_kind_that_no_procedure_fills_and_an_addition_that_does_not_fit_are_refused(
    soort: str, aanvulling: bytes | None, zegt: str
) -> None:
    opdracht = Stukopdracht(
        soort=soort, definitie=load(MEIERIJ), editie=load_editie(MEIERIJ), kenmerk="K", versie="0.1", datum=OP
    )
    with pytest.raises(BeletselenError) as fout:
        draft_stuk(opdracht, aanvulling)
    assert zegt in str(fout.value)
