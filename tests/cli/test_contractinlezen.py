"""`inkoop overeenkomst sjabloon` and `importeer`: the form filled in, and somebody's own list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from inkoop.cli.app import app
from inkoop.cli.demo.personen import CONTRACTMANAGER
from inkoop.exchange.csvblad import write_csv
from tests.services.lopendecontracten import publish_rij
from tests.services.proefprocedure import begin_procedure

WAARDEN = {
    "contractnummer": "HVB-2019-0092", "naam": "Stichting Zonneroute", "kvk": "90000202", "rechtsvorm": "stichting",
    "adres": "Zonlaan 1", "postcode": "5000 AB", "plaats": "Tilburg", "email": "post@zonneroute.example",
    "tekenbevoegde": "Z. Route", "functie": "bestuurder", "getekend_op": "27-11-2018", "ingang": "2019-01-01",
    "percelen": "WB", "producten": "1a",
}  # fmt: skip


@pytest.fixture(scope="module")
def winkel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    map_ = tmp_path_factory.mktemp("contracten") / "winkel"
    proef = begin_procedure(map_, "hvb-wmo-2019")
    publish_rij(proef, date(2019, 3, 4))
    proef.huis.winkel.close()
    return map_


def run(winkel: Path, *woorden: str, nu: str = "2019-03-05T09:00") -> tuple[int, str]:
    vast = ["--als", CONTRACTMANAGER, "--winkel", str(winkel), "--nu", nu]
    resultaat = CliRunner().invoke(app, [*woorden, *vast], prog_name="inkoop")
    return resultaat.exit_code, resultaat.output


def test_the_form_filled_in_is_taken_in_after_a_dry_run(winkel: Path, tmp_path: Path):
    formulier = tmp_path / "contracten.xlsx"
    assert run(winkel, "overeenkomst", "sjabloon", "hvb-wmo-2019", "--naar", str(formulier))[0] == 0
    boek = openpyxl.load_workbook(formulier)
    blad = boek["Contracten"]
    koppen = [cel.value for cel in blad[1]]
    for kop, waarde in WAARDEN.items():
        blad.cell(3, koppen.index(kop) + 1, waarde)
    boek.save(formulier)
    lees = ("overeenkomst", "importeer", str(formulier), "--procedure", "hvb-wmo-2019")
    code, tekst = run(winkel, *lees)
    assert (code, "In te lezen: 1." in tekst, "Er is nog niets opgeslagen" in tekst) == (0, True, True)
    for verwacht in ("Ingelezen: 1.", "Al eerder ingelezen: 1."):
        code, tekst = run(winkel, *lees, "--voer-uit")
        assert (code, verwacht in tekst) == (0, True)
    code, tekst = run(winkel, "overeenkomst", "toon", "HVB-2019-0092")
    assert (code, "2020-12-31" in tekst, "2018-11-27" in tekst) == (0, True, True)


def test_a_list_of_somebodys_own_is_read_with_its_mapping_and_faults_are_named(winkel: Path, tmp_path: Path):
    lijst, koppeling = tmp_path / "lijst.csv", tmp_path / "lijst.yaml"
    lijst.write_text("Nr;Organisatie;KvK;Vorm;Gebieden\nHVB-2019-0095;Maan B.V.;90000203;Bv;1b,2a\n", encoding="utf-8")
    vast = "".join(
        f'  {kop}: "{WAARDEN[kop]}"\n' for kop in WAARDEN if kop not in ("contractnummer", "naam", "kvk", "producten")
    )
    koppeling.write_text(
        "contract:\n  contractnummer: {kolom: Nr}\n  naam: {kolom: Organisatie}\n  kvk: {kolom: KvK}\n"
        '  producten: {kolom: Gebieden, scheiding: ","}\n' + vast,
        encoding="utf-8",
    )
    lees = ("overeenkomst", "importeer", str(lijst), "--procedure", "hvb-wmo-2019", "--koppeling", str(koppeling))
    code, tekst = run(winkel, *lees)
    assert (code, "In te lezen: 1." in tekst) == (0, True), tekst
    koppeling.write_text("contract:\n  contractnumer: {kolom: Nr}\n  naam: {kolom: Org}\nbladd: x\n", encoding="utf-8")
    code, tekst = run(winkel, *lees)
    assert (code, "lijst.yaml:2:" in tekst, "lijst.yaml:4:" in tekst) == (1, True, True), tekst


def test_the_catalogue_of_a_day_is_written_by_name_and_runs_no_formula(winkel: Path, tmp_path: Path):
    bestand = tmp_path / "catalogus.csv"
    code, tekst = run(winkel, "overeenkomst", "catalogus", "--op", "2019-03-05", "--naar", str(bestand))
    assert code == 0, tekst
    kop, *regels = bestand.read_text(encoding="utf-8-sig").splitlines()
    assert kop.startswith("aanbieder;perceel;product;van;tot;gemeenten")
    assert [regel.split(";")[:5] for regel in regels] == [
        ["Stichting Zonneroute", "WB", "1a", "2019-01-01", "2020-12-31"]
    ]
    assert "Tilburg" in regels[0]
    code, tekst = run(winkel, "overeenkomst", "catalogus", "--op", "2018-12-31", "--json")
    assert (code, tekst.strip()) == (0, "[]")


@pytest.mark.parametrize("waarde", ["=1+1", "+31", "-x", "@SUM(A1)"])
def test_what_begins_like_a_formula_is_text_in_a_csv(waarde: str):
    assert write_csv(["a"], [[waarde]]).decode("utf-8-sig") == f"a\r\n'{waarde}\r\n"
