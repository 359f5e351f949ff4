"""The form of a round, filled in, gives the same aanmelding as the aanmeldingsbestand that says the same."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pytest

from inkoop.definitions.criteriaset import find_editie, load_criteriaset
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.scenario import load_scenario
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.exchange.aanmeldformulier import write_formulier
from inkoop.services.formulieren import FormulierError, build_formulier, parse_formulier
from inkoop.settings import CHECKOUT
from tests.exchange.invullen import fill_in

SCENARIOS = sorted(CHECKOUT.glob("criteria/*/scenarios/*.yaml"))


@cache
def make_leeg(procedure: str, ronde: str) -> bytes:
    definitie = load_procedure(CHECKOUT / "procedures" / f"{procedure}.yaml")
    naam = definitie.find_ronde(ronde).criteria_editie
    editie = load_criteriaset(find_editie(CHECKOUT / "criteria", definitie.criteriaset, naam))
    return write_formulier(build_formulier(definitie, editie, ronde))


def make_ingevuld(scenario: Path) -> tuple[bytes, Aanmeldingsopgave]:
    bron = read_yaml(scenario).waarde
    opgave = load_scenario(scenario)[0].aanmelding
    return fill_in(make_leeg(bron["procedure"], bron["ronde"]), bron["aanmelding"] | {"ontvangen_op": None}), opgave


def order(opgave: Aanmeldingsopgave) -> Any:
    """The facts of a file by kind: the form has a sheet for each, so it keeps no other order."""
    stukken = [
        msgspec.structs.replace(
            stuk,
            feiten=tuple(
                sorted(
                    (msgspec.structs.replace(f, id="", ontvangen_op=date.min) for f in stuk.feiten),
                    key=lambda f: (type(f).__name__, repr(f)),
                )
            ),
        )
        for stuk in opgave.bewijsstukken
    ]
    return msgspec.structs.replace(opgave, bewijsstukken=tuple(stukken), ontvangen_op=None)


@pytest.mark.parametrize(
    "scenario", [pad for pad in SCENARIOS if pad.stem in {"M1", "M4", "M5", "H1", "J1", "J4"}], ids=lambda p: p.stem
)
def test_a_filled_form_gives_what_the_file_gives(scenario: Path) -> None:
    ingevuld, opgave = make_ingevuld(scenario)
    assert order(parse_formulier("aanmelding.xlsx", ingevuld)) == order(opgave)


def test_the_same_round_gives_the_same_bytes() -> None:
    eerste = make_leeg("meierij-2020", "M-2020-2")
    make_leeg.cache_clear()
    assert make_leeg("meierij-2020", "M-2020-2") == eerste


def test_the_form_has_every_product_every_demand_and_the_closing_to_the_second() -> None:
    boek = openpyxl.load_workbook(io.BytesIO(make_leeg("meierij-2020", "M-2020-2")))
    percelen = {(rij[0].value, rij[1].value) for rij in boek["Percelen"].iter_rows(min_row=3) if rij[0].value}
    assert {("1A", "IB-basis"), ("1B", "DB-extra"), ("1C", "KDV-basis"), ("1A", "(alle producten)")} <= percelen
    assert "M-13" in [rij[0].value for rij in boek["Eisen"].iter_rows(min_row=2)]
    assert any("31-03-2020 om 23:59:59" in str(rij[0].value) for rij in boek["Uitleg"].iter_rows())


def change(ingevuld: bytes, blad: str, cel: str, waarde: Any) -> bytes:
    boek = openpyxl.load_workbook(io.BytesIO(ingevuld))
    boek[blad][cel] = waarde
    uit = io.BytesIO()
    boek.save(uit)
    return uit.getvalue()


@pytest.mark.parametrize(
    ("blad", "cel", "waarde", "zegt"),
    [
        ("Leden", "G3", "9000010", "blad 'Leden', cel G3: Een KvK-nummer heeft acht cijfers; hier staat '9000010'."),
        ("Leden", "B3", "enkl", "blad 'Leden', cel B3"),
        ("Percelen", "D3", "misschien", "blad 'Percelen', cel D3: schrijf ja of nee; er staat 'misschien'"),
        ("document", "A3", "weg.pdf", "blad 'document', cel A3: 'weg.pdf' staat niet op het blad Bewijsstukken"),
        ("document onderdelen", "B3", "geen", "bij welke regel dit hoort is niet duidelijk"),
        ("ervaring", "C3", "=1+1", "blad 'ervaring', cel C3: een formule mag niet"),
        ("ervaring", "C3", "drie", "blad 'ervaring', cel C3"),
        ("verklaring", "B1", "statement", "blad 'verklaring', cel B1: de kop 'statement' hoort hier niet"),
        ("Aanmelding", "B3", "Cliënt met BSN 111222333", "blad 'Aanmelding', cel B3"),
    ],
)
def test_a_fault_is_named_by_its_sheet_and_cell(blad: str, cel: str, waarde: Any, zegt: str) -> None:
    ingevuld, _ = make_ingevuld(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios" / "M1.yaml")
    with pytest.raises(FormulierError) as fout:
        parse_formulier("aanmelding.xlsx", change(ingevuld, blad, cel, waarde))
    assert zegt in str(fout.value)


def test_all_faults_are_named_at_once() -> None:
    ingevuld, _ = make_ingevuld(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios" / "M1.yaml")
    kapot = change(change(ingevuld, "Leden", "F3", "reus"), "ervaring", "D3", "gisteren")
    with pytest.raises(FormulierError) as fout:
        parse_formulier("aanmelding.xlsx", kapot)
    assert [b.tekst.split(":")[0] for b in fout.value.beletselen] == ["blad 'Leden', cel F3", "blad 'ervaring', cel D3"]


def with_part(inhoud: bytes, naam: str, deel: bytes) -> bytes:
    uit = io.BytesIO(inhoud)
    with zipfile.ZipFile(uit, "a", zipfile.ZIP_DEFLATED) as pakket:
        pakket.writestr(naam, deel)
    return uit.getvalue()


@pytest.mark.parametrize(
    ("maak", "zegt"),
    [
        (lambda b: with_part(b, "xl/vbaProject.bin", b"macro"), "macro's"),
        (lambda b: with_part(b, "xl/bom.xml", b"0" * 250_000_000), "onredelijke grootte"),
        (lambda b: with_part(b, "../../etc/passwd", b"x"), "beschadigd"),
        (lambda b: with_part(b, "xl/x.xml", b'<!DOCTYPE a [<!ENTITY x "y">]><a/>'), "DOCTYPE"),
        (lambda b: b"PK\x03\x04" + b[4:2000], "inhoud"),
        (lambda _: b"niets", "inhoud"),
    ],
    ids=["macro", "bom", "buiten de map", "doctype", "afgekapt", "geen excel"],
)
def test_a_hostile_form_is_refused(maak: Any, zegt: str) -> None:
    with pytest.raises(FormulierError, match="geweigerd") as fout:
        parse_formulier("aanmelding.xlsx", maak(make_leeg("meierij-2020", "M-2020-2")))
    assert zegt in str(fout.value)


def test_another_excel_file_is_no_form() -> None:
    boek = openpyxl.Workbook()
    uit = io.BytesIO()
    boek.save(uit)
    with pytest.raises(FormulierError, match="inkoop aanmelding sjabloon"):
        parse_formulier("aanmelding.xlsx", uit.getvalue())
