"""A new procedure from a question list: what nobody said is named, and once filled in the file is right."""

from __future__ import annotations

import itertools
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from inkoop.cli.procedurevragen import ask_vragen
from inkoop.definitions.opzetplan import compute_plan
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.procedureopzet import write_opzet
from inkoop.definitions.procedurevragen import VRAGEN, write_vragenlijst
from inkoop.definitions.startvragen import Startantwoorden, Startperceel, Startproduct, load_antwoorden
from inkoop.definitions.yamlbron import DefinitieError
from inkoop.domain.aanbod import Bekostiging
from inkoop.domain.kwalificatie import Keuzewijze, Toetreding
from inkoop.domain.looptijd import Verlengingswijze
from inkoop.domain.ontvangst import Ontvangstsysteem
from inkoop.domain.procedure import Kwalificatie, Wet
from tests.cli.conftest import Draai

HULP = Startperceel(
    code="HH",
    naam="Hulp bij het huishouden",
    bekostiging=Bekostiging.PXQ,
    raming=Decimal(4_200_000),
    producten=(Startproduct(code="HH1", naam="Schoonmaak", bedrag=Decimal("32.40"), eenheid="uur"),),
)
GEBIED = Startperceel(
    code="1A",
    naam="Begeleiding gebied 1",
    bekostiging=Bekostiging.LUMPSUM,
    raming=Decimal(9_000_000),
    producten=(Startproduct(code="1A-BG", naam="Begeleiding"),),
    lumpsum=Decimal(3_000_000),
    max_aanbieders=1,
)
TOELATING = Startantwoorden(
    titel='Hulp "thuis" in Noord: 2028',
    omschrijving="De gemeenten kopen hulp bij het huishouden in.",
    bron="Inkoopstrategie 2027",
    wet=Wet.WMO,
    regio="Noord",
    samenwerkingsverband="Samen Noord",
    gemeenten=("Noordstad", "Het Veen"),
    centrumgemeente="Noordstad",
    iedereen_die_voldoet=True,
    vergelijken=False,
    begrensd=False,
    keuze_door=Keuzewijze.CLIENT,
    toetreding=Toetreding.VASTE_MOMENTEN,
    motivering="Iedere aanbieder die voldoet doet mee; de cliënt kiest.",
    percelen=(HULP,),
    ingang=date(2028, 1, 1),
    duur_maanden=24,
    verlenging=Verlengingswijze.OPTIE,
    verlenging_maanden=12,
    verlengingen=2,
    opzegtermijn_maanden=6,
    functie="wethouder zorg",
    mandaat_van=date(2027, 1, 1),
    mandaat_tot=date(2032, 12, 31),
    rechtbank="Rechtbank Noord-Nederland",
    systeem="Inkoopplatform Noord",
    rechtstreeks=False,
    criteriaset="hulp-noord",
    criteria_editie="2028-1",
)
SELECTIE = {"iedereen_die_voldoet": False, "vergelijken": True, "begrensd": True, "percelen": (GEBIED,)}
EENMALIG = {"toetreding": Toetreding.ALLEEN_BIJ_START}
GEEN = {"verlenging": Verlengingswijze.GEEN, "verlenging_maanden": 0, "verlengingen": 0}
STIL = {"verlenging": Verlengingswijze.STILZWIJGEND}


def fill_in(tekst: str) -> str:
    """Every place filled in as a person would: numbers and days without quotes, text with."""
    tekst = re.sub(r'"\[vul in: [^"]*dag [^"]*\]"', "2027-03-01", tekst)
    nummers = itertools.count(90000301)
    tekst = re.sub(r'"\[vul in: [^"]*KvK[^"]*\]"', lambda _: f'"{next(nummers)}"', tekst)
    tekst = re.sub(r'"\[vul in: het bedrag[^"]*\]"', "48.50", tekst)
    tekst = re.sub(r'"\[vul in: hoeveel aanbieders[^"]*\]"', "2", tekst)
    tekst = re.sub(r'"\[vul in: het e-mailadres[^"]*\]"', '"inkoop@noord.example"', tekst)
    tekst = re.sub(r'"\[vul in: waar een (kopie|klacht|datalek)[^"]*\]"', '"meld@noord.example"', tekst)
    tekst = re.sub(r'"\[vul in: het begin van elk contractnummer[^"]*\]"', "HN-2028", tekst)
    return re.sub(r'"\[vul in: [^"]*\]"', '"Ingevuld."', tekst)


@pytest.mark.parametrize(
    ("velden", "kwalificatie", "vorm", "rondes"),
    [
        ({}, Kwalificatie.TOELATING, "toelating", 4),
        ({"toetreding": Toetreding.JAARLIJKS, **STIL}, Kwalificatie.AANHAAK, "toelating", 2),
        ({"toetreding": Toetreding.DOORLOPEND}, Kwalificatie.TOELATING, "toelating", 8),
        ({**EENMALIG, **GEEN, "wet": Wet.JEUGDWET}, Kwalificatie.TOELATING, "toelating", 1),
        ({**EENMALIG, "keuze_door": Keuzewijze.GEMEENTE}, Kwalificatie.SAS, "zemvi-1", 1),
        ({**EENMALIG, **SELECTIE}, Kwalificatie.SAS, "zemvi-2", 1),
        ({**EENMALIG, **SELECTIE, "dialoog": True}, Kwalificatie.SAS, "zemvi-3", 1),
        ({**EENMALIG, **SELECTIE, "emvi": True}, Kwalificatie.SAS, "emvi-2", 1),
        ({**EENMALIG, **SELECTIE, "begrensd": False, "emvi": True}, Kwalificatie.SAS, "emvi-1", 1),
        ({**EENMALIG, **SELECTIE, "emvi": True, "dialoog": True}, Kwalificatie.SAS, "emvi-3", 1),
        ({"gemeenten": ("Noordstad",)}, Kwalificatie.TOELATING, "toelating", 4),
    ],
)  # fmt: skip
@pytest.mark.dekking("B.1.1")
def test_a_file_that_is_begun_is_right_once_it_is_filled_in(tmp_path: Path, velden, kwalificatie, vorm, rondes):
    pad = tmp_path / "hulp-noord.yaml"
    pad.write_text(fill_in(write_opzet(msgspec.structs.replace(TOELATING, **velden))), encoding="utf-8")
    definitie = load_procedure(pad)
    assert (definitie.kwalificatie, definitie.procedurevorm) == (kwalificatie, vorm)
    assert len(definitie.instroom.rondes) == rondes
    assert definitie.titel == TOELATING.titel
    assert definitie.ontvangst == Ontvangstsysteem(systeem="Inkoopplatform Noord", rechtstreeks=False)


def test_what_nobody_said_is_named_once_by_its_place(tmp_path: Path):
    pad = tmp_path / "hulp-noord.yaml"
    pad.write_text(write_opzet(TOELATING), encoding="utf-8")
    with pytest.raises(DefinitieError) as fout:
        load_procedure(pad)
    assert all(een.tekst.startswith("Vul hier nog in: ") for een in fout.value.fouten)
    assert len(fout.value.fouten) == pad.read_text(encoding="utf-8").count('"[vul in: ')
    assert len({(een.regel, een.kolom) for een in fout.value.fouten}) == len(fout.value.fouten)


def test_every_computed_day_says_why():
    plan = compute_plan(TOELATING)
    (besluit,) = [een for een in plan if een.wat == "besluit" and een.ingang == date(2028, 1, 1)]
    assert besluit.dag == date(2027, 11, 19)
    assert "20 kalenderdagen vóór het tekenen" in besluit.waarom
    assert "zaterdag" in besluit.waarom


def test_the_question_list_holds_every_answer_and_names_each_open_question(tmp_path: Path):
    pad = tmp_path / "vragen.yaml"
    pad.write_text(write_vragenlijst(), encoding="utf-8")
    with pytest.raises(DefinitieError) as fout:
        load_antwoorden(pad)
    assert all("Vul hier nog in" in een.tekst for een in fout.value.fouten)
    assert {vraag.sleutel for vraag in VRAGEN} == set(Startantwoorden.__struct_fields__)


@pytest.mark.parametrize(
    ("oud", "nieuw", "zegt"),
    [
        ("centrumgemeente: Noordstad", "centrumgemeente: Zuidstad", "staat niet onder 'gemeenten'"),
        ("verlengingen: 2", "verlengingen: 0", "Zonder verlenging"),
        ("duur_maanden: 24", "duur_maanden: 0", "ten minste 1 maand"),
        ("mandaat_tot: 2032-12-31", "mandaat_tot: 2026-12-31", "eindigt voordat het begint"),
        ("wet: wmo", "wet: awbz", "wmo"),
    ],
)
def test_answers_that_cannot_be_are_refused_by_place(tmp_path: Path, oud: str, nieuw: str, zegt: str):
    pad = tmp_path / "a.yaml"
    assert oud in ANTWOORDEN
    pad.write_text(ANTWOORDEN.replace(oud, nieuw), encoding="utf-8")
    with pytest.raises(DefinitieError, match=zegt):
        load_antwoorden(pad)


ANTWOORDEN = """\
titel: Hulp Noord
omschrijving: Hulp.
bron: Inkoopstrategie
wet: wmo
regio: Noord
samenwerkingsverband: Samen Noord
gemeenten: [Noordstad, Het Veen]
centrumgemeente: Noordstad
iedereen_die_voldoet: ja
vergelijken: nee
begrensd: nee
keuze_door: client
toetreding: jaarlijks
motivering: De cliënt kiest.
percelen:
  - {code: HH, naam: Hulp, bekostiging: pxq, raming: 100, producten: [{code: HH1, naam: Hulp}]}
ingang: 2028-01-01
duur_maanden: 24
verlenging: optie
verlenging_maanden: 12
verlengingen: 2
opzegtermijn_maanden: 6
functie: wethouder
mandaat_van: 2027-01-01
mandaat_tot: 2032-12-31
rechtbank: Rechtbank Noord-Nederland
systeem: Inkoopplatform Noord
rechtstreeks: nee
criteriaset: hulp-noord
criteria_editie: 2028-1
"""


def test_the_same_questions_on_a_terminal_give_a_file_with_the_same_answers(tmp_path: Path):
    pad = tmp_path / "a.yaml"
    antwoorden = iter(
        [
            *("Hulp Noord", "Hulp.", "Inkoopstrategie", "zorgwet", "wmo", "Noord", "Samen Noord"),
            *("Noordstad, Het Veen", "Noordstad", "ja", "nee", "nee", "client", "jaarlijks", "nee", "nee"),
            "De cliënt kiest.",
            *("HH", "Hulp", "pxq", "100", "HH1=Hulp", "nee"),
            *("2028-01-01", "24", "optie", "12", "2", "6", "wethouder", "2027-01-01", "2032-12-31"),
            *("Rechtbank Noord-Nederland", "Inkoopplatform Noord", "nee", "hulp-noord", "2028-1"),
        ]
    )
    ask_vragen(pad, lambda _: next(antwoorden))
    zelfde = tmp_path / "b.yaml"
    zelfde.write_text(ANTWOORDEN, encoding="utf-8")
    assert load_antwoorden(pad) == load_antwoorden(zelfde)


@pytest.fixture
def eigen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INKOOP_PROCEDURES", str(tmp_path / "procedures"))
    return tmp_path


def test_the_command_writes_the_file_and_says_what_is_left(draai: Draai, eigen: Path):
    (eigen / "a.yaml").write_text(ANTWOORDEN, encoding="utf-8")
    klaar = draai("procedure", "nieuw", "hulp-noord", "--antwoorden", str(eigen / "a.yaml"))
    assert klaar.exit_code == 0
    assert "aanhaak" in klaar.stdout
    assert "Nog in te vullen of te verhelpen" in klaar.stdout
    assert (eigen / "procedures" / "hulp-noord.yaml").is_file()
    nogmaals = draai("procedure", "nieuw", "hulp-noord", "--antwoorden", str(eigen / "a.yaml"))
    assert nogmaals.exit_code == 1
    assert "bestaat al" in nogmaals.stderr


@pytest.mark.parametrize("opties", [("--van", "meierij-2020"), ("--vragen", "v.yaml", "--antwoorden", "a.yaml"), ()])
def test_one_way_of_beginning_is_chosen(draai: Draai, eigen: Path, opties: tuple[str, ...]):
    geweigerd = draai("procedure", "nieuw", "hulp-noord", *opties)
    assert geweigerd.exit_code == 2
    assert not (eigen / "procedures" / "hulp-noord.yaml").exists()


def test_the_empty_question_list_is_written_and_never_over_another_file(draai: Draai, eigen: Path):
    pad = eigen / "v.yaml"
    assert draai("procedure", "nieuw", "hulp-noord", "--vragen", str(pad)).exit_code == 0
    assert pad.read_text(encoding="utf-8") == write_vragenlijst()
    assert draai("procedure", "nieuw", "hulp-noord", "--vragen", str(pad)).exit_code == 1
