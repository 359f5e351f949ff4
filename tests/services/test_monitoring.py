"""What is recorded while agreements run: the quarter by contract management, the client's side by the toegang."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from inkoop.cli.demo.personen import CONTRACTMANAGER, INKOPER
from inkoop.cli.monitoring import app
from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.monitoring import load_kwartaal, load_terugkoppeling
from inkoop.documents.gegevens import SOORTEN
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.monitoring import Kwartaalopgave, Terugkoppeling
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import aanmeldingen, documenten, monitoring, overeenkomsten
from inkoop.services.taken import Taaksoort
from inkoop.settings import CHECKOUT
from tests.documents.sjabloonproef import read
from tests.services.conftest import Begin
from tests.services.proefspel import Proef, find_scenario

NA_DERDE = datetime(2020, 10, 1, 9, tzinfo=TIJDZONE)


@pytest.fixture
def loopt(begin: Begin) -> Proef:
    """Agreements in force from 1 July 2020."""
    proef = begin("tekenen")
    proef.perform_alle(Taaksoort.TEKENEN)
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 7, 1, 0, 10, tzinfo=TIJDZONE))
    proef.klok.set(NA_DERDE)
    return proef


def find_nummer(proef: Proef) -> str:
    with proef.huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_by_aanmelding(sessie, aanmeldingen.find_aanmelding(sessie, proef.find("M1")))
    assert rij is not None
    return rij.contractnummer


def fill_formulier(map_: Path, soort: str, *opties: str) -> Path:
    """The empty form of the Meierij, with something written in every empty place."""
    pad = map_ / f"{soort}.yaml"
    procedure = str(CHECKOUT / "procedures" / "meierij-2020.yaml")
    uit = CliRunner().invoke(app, ["formulier", soort, "--procedure", procedure, "--naar", str(pad), *opties])
    assert uit.exit_code == 0, uit.output
    tekst = pad.read_text(encoding="utf-8").replace('antwoord: ""', "antwoord: deels")
    tekst = tekst.replace('gemeente: ""', "gemeente: Vught").replace('product: ""', "product: IB-basis")
    pad.write_text(tekst.replace('""', '"Gezien."'), encoding="utf-8")
    return pad


def make_kwartaal(map_: Path, kwartaal: int = 3) -> Kwartaalopgave:
    return load_kwartaal(fill_formulier(map_, "kwartaal", "--kwartaal", str(kwartaal)))


def make_terugkoppeling(map_: Path) -> Terugkoppeling:
    return load_terugkoppeling(fill_formulier(map_, "terugkoppeling"))


def read_document(proef: Proef, kenmerk: str) -> str:
    with proef.huis.winkel.lezen() as sessie:
        rij = documenten.find_document(sessie, kenmerk)
    return read(rij.soort, msgspec.json.decode(rij.gegevens, type=SOORTEN[rij.soort]))


@pytest.mark.dekking("M20-51")
def test_a_quarter_is_recorded_once_after_it_ended_with_the_eight_subjects(loopt: Proef, tmp_path: Path) -> None:
    nummer, opgave = find_nummer(loopt), make_kwartaal(tmp_path)
    door = loopt.act_as(CONTRACTMANAGER)
    kenmerk = monitoring.record_kwartaal(loopt.huis, door, nummer, jaar=2020, kwartaal=3, opgave=opgave)
    tekst = read_document(loopt, kenmerk)
    assert "Kwartaalrapportage kwartaal 3 van 2020" in tekst
    assert [f"{n}. " in tekst for n in range(1, 10)] == [True] * 8 + [False]
    with pytest.raises(BeletselenError, match=f"al gerapporteerd: {kenmerk}"):
        monitoring.record_kwartaal(loopt.huis, door, nummer, jaar=2020, kwartaal=3, opgave=opgave)


@pytest.mark.parametrize(
    ("jaar", "kwartaal", "code"),
    [(2020, 2, "kwartaal-te-vroeg"), (2020, 4, "kwartaal-loopt")],
)
def test_a_quarter_before_the_agreement_or_not_over_yet_is_refused(
    loopt: Proef, tmp_path: Path, jaar: int, kwartaal: int, code: str
) -> None:
    opgave = make_kwartaal(tmp_path, kwartaal)
    with pytest.raises(BeletselenError) as fout:
        monitoring.record_kwartaal(
            loopt.huis, loopt.act_as(CONTRACTMANAGER), find_nummer(loopt), jaar=jaar, kwartaal=kwartaal, opgave=opgave
        )
    assert [b.code for b in fout.value.beletselen] == [code]


def test_a_provider_reports_on_its_own_agreement_only(loopt: Proef, tmp_path: Path) -> None:
    nummer, opgave = find_nummer(loopt), make_kwartaal(tmp_path)
    loopt.add_persoon("vreemd", "directeur", Rol.AANBIEDER, kvk="90000999")
    with pytest.raises(BeletselenError, match="alleen over de eigen overeenkomst"):
        monitoring.record_kwartaal(loopt.huis, loopt.act_as("vreemd"), nummer, jaar=2020, kwartaal=3, opgave=opgave)
    loopt.add_persoon("eigen", "directeur", Rol.AANBIEDER, kvk=find_scenario("M1").aanmelding.penvoerder.kvk)
    assert monitoring.record_kwartaal(loopt.huis, loopt.act_as("eigen"), nummer, jaar=2020, kwartaal=3, opgave=opgave)


@pytest.mark.dekking("M20-52")
def test_the_toegang_records_whether_support_works_by_the_questions_of_the_procedure(
    loopt: Proef, tmp_path: Path
) -> None:
    loopt.add_persoon("t.bakker", "medewerker toegang", Rol.TOEGANG)
    opgave = make_terugkoppeling(tmp_path)
    kenmerk = monitoring.record_terugkoppeling(loopt.huis, loopt.act_as("t.bakker"), find_nummer(loopt), opgave)
    tekst = read_document(loopt, kenmerk)
    for vraag in ("volgens het persoonlijke plan", "de afgesproken resultaten bereikt", "raagt verlenging bij"):
        assert vraag in tekst
    assert "Deels" in tekst
    assert "Noem geen naam" in tekst


@pytest.mark.dekking("M20-54")
def test_contract_management_cannot_judge_a_client_and_the_toegang_not_the_agreement(
    loopt: Proef, tmp_path: Path
) -> None:
    loopt.add_persoon("t.bakker", "medewerker toegang", Rol.TOEGANG)
    nummer, kwartaal, client = find_nummer(loopt), make_kwartaal(tmp_path), make_terugkoppeling(tmp_path)
    for wie in (CONTRACTMANAGER, INKOPER):
        with pytest.raises(GeenToegangError):
            monitoring.record_terugkoppeling(loopt.huis, loopt.act_as(wie), nummer, client)
    with pytest.raises(GeenToegangError):
        monitoring.record_kwartaal(loopt.huis, loopt.act_as("t.bakker"), nummer, jaar=2020, kwartaal=3, opgave=kwartaal)


def test_an_agreement_that_is_not_in_force_has_no_reports(begin: Begin, tmp_path: Path) -> None:
    proef = begin("tekenen")
    with pytest.raises(BeletselenError, match="zolang zij loopt"):
        monitoring.record_kwartaal(
            proef.huis,
            proef.act_as(CONTRACTMANAGER),
            find_nummer(proef),
            jaar=2020,
            kwartaal=3,
            opgave=make_kwartaal(tmp_path),
        )


def test_an_empty_form_is_refused_by_place_until_everything_is_filled(tmp_path: Path) -> None:
    pad = fill_formulier(tmp_path, "kwartaal", "--kwartaal", "4")
    assert "jaarcontrole:" in pad.read_text(encoding="utf-8")
    pad.write_text(pad.read_text(encoding="utf-8").replace('signalen: "Gezien."', 'signalen: ""'), encoding="utf-8")
    with pytest.raises(DefinitieError, match="te kort of leeg"):
        load_kwartaal(pad)
