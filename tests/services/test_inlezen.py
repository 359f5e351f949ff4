"""Taking in what a platform received: first shown, then done, and never twice."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.personen import BEOORDELAARS, INKOPER, JURIST
from inkoop.definitions.koppeling import load_koppeling
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.exchange.bewijsbron import open_bewijsbron
from inkoop.exchange.tabel import read_csv
from inkoop.services import aanmeldingen, bewijzen, opening, rondes
from inkoop.services.inlezen import Inleesoordeel, Inleesregel, import_export
from inkoop.services.platformrij import Export, read_moment, read_ontvangst
from inkoop.settings import CHECKOUT
from tests.exchange.invullen import fill_in
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef, find_scenario, read_alles
from tests.services.test_formulieren import make_leeg

NA_SLUITING = datetime(2020, 4, 1, 9, 0, tzinfo=TIJDZONE)
MET_FORMULIER = """
platform: Inkoopplatform Regio Meierij
referentie: {kolom: Nummer}
ontvangen_op: {kolom: Ingediend}
kvk: {kolom: KvK}
formulier: aanmelding.xlsx
"""
KOP = "Nummer;Ingediend;KvK"


def make_map(tmp_path: Path, zaken: Mapping[str, str]) -> Path:
    """A folder for each reference with the filled form of a case and its evidence."""
    for referentie, zaak in zaken.items():
        pad = CHECKOUT / "criteria" / "meierij-wmo" / "scenarios" / f"{zaak}.yaml"
        waarde = {k: v for k, v in read_yaml(pad).waarde["aanmelding"].items() if k != "ontvangen_op"}
        map_ = tmp_path / "bewijs" / referentie
        map_.mkdir(parents=True)
        opgave = find_scenario(zaak).aanmelding
        for naam, inhoud in make_bestanden(opgave, opgave.bewijsstukken).items():
            (map_ / naam).write_bytes(inhoud)
        (map_ / "aanmelding.xlsx").write_bytes(fill_in(make_leeg("meierij-2020", RONDE), waarde))
    return tmp_path / "bewijs"


def make_export(
    tmp_path: Path, regels: Iterable[str], bewijs: Path | None, koppeling: str = MET_FORMULIER, kop: str = KOP
) -> Export:
    (tmp_path / "koppeling.yaml").write_text(koppeling)
    inhoud = "\n".join([kop, *regels]).encode()
    return Export(
        blad=read_csv("export.csv", inhoud),
        hash=hashlib.sha256(inhoud).hexdigest(),
        koppeling=load_koppeling(tmp_path / "koppeling.yaml"),
        bewijs=None if bewijs is None else open_bewijsbron(bewijs),
    )


def run(proef: Proef, export: Export, *, voer_uit: bool, wie: str = INKOPER) -> tuple[Inleesregel, ...]:
    if proef.klok.nu < NA_SLUITING:
        proef.klok.set(NA_SLUITING)
    return import_export(proef.huis, proef.act_as(wie), RONDE, export, voer_uit=voer_uit)


M1 = "R-1;12-03-2020 10:41:00;90000101"
M2 = "R-2;30-03-2020 09:00:00;90000102"
M6 = "R-6;01-04-2020 00:00:30;90000108"


def test_a_dry_run_shows_what_would_happen_and_stores_nothing(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    export = make_export(
        tmp_path, [M1, M6, "R-9;12-03-2020 10:00:00;90000109"], make_map(tmp_path, {"R-1": "M1", "R-6": "M6"})
    )
    voor = read_alles(proef.huis.winkel.map)
    regels = run(proef, export, voer_uit=False)
    assert [r.oordeel for r in regels] == [Inleesoordeel.NIEUW, Inleesoordeel.TE_LAAT, Inleesoordeel.GEWEIGERD]
    assert "ontbreekt het formulier 'aanmelding.xlsx'" in regels[2].redenen[0]
    assert regels[0].aanbieder == find_scenario("M1").aanmelding.naam
    assert read_alles(proef.huis.winkel.map) == voor


def test_what_is_taken_in_is_what_was_handed_in_with_the_instant_of_the_platform(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    export = make_export(tmp_path, [M1, M6], make_map(tmp_path, {"R-1": "M1", "R-6": "M6"}))
    regels = run(proef, export, voer_uit=True)
    rondes.request_opening(proef.huis, proef.act_as(INKOPER), RONDE)
    opening.open_ronde(proef.huis, proef.act_as(JURIST), RONDE)
    with proef.huis.winkel.lezen() as sessie:
        eerste, laat = (aanmeldingen.find_aanmelding(sessie, regel.kenmerk) for regel in regels)
        assert (eerste.status, laat.status) == (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.TE_LAAT)
        assert eerste.ontvangen_op == datetime(2020, 3, 12, 10, 41, tzinfo=TIJDZONE)
        opgave = find_scenario("M1").aanmelding
        assert aanmeldingen.read_opgave(eerste).leden == opgave.leden
        assert len(bewijzen.list_bewijsstukken(sessie, eerste)) == len(opgave.bewijsstukken)


def test_the_same_export_is_taken_in_once(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    export = make_export(tmp_path, [M1, M2], make_map(tmp_path, {"R-1": "M1", "R-2": "M2"}))
    eerste = run(proef, export, voer_uit=True)
    voor = read_alles(proef.huis.winkel.map)
    tweede = run(proef, export, voer_uit=True)
    assert {r.oordeel for r in tweede} == {Inleesoordeel.AL_INGELEZEN}
    assert [r.kenmerk for r in tweede] == [r.kenmerk for r in eerste]
    assert read_alles(proef.huis.winkel.map) == voor


def test_a_row_that_was_put_right_is_taken_in_beside_what_was_there(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    bewijs = make_map(tmp_path, {"R-1": "M1"})
    eerste = run(proef, make_export(tmp_path, [M1, M2], bewijs), voer_uit=True)
    assert [r.oordeel for r in eerste] == [Inleesoordeel.NIEUW, Inleesoordeel.GEWEIGERD]
    make_map(tmp_path, {"R-2": "M2"})
    tweede = run(proef, make_export(tmp_path, [M1, M2], bewijs), voer_uit=True)
    assert [r.oordeel for r in tweede] == [Inleesoordeel.AL_INGELEZEN, Inleesoordeel.NIEUW]


def test_other_contents_under_the_same_reference_and_instant_are_refused(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    bewijs = make_map(tmp_path, {"R-1": "M1"})
    run(proef, make_export(tmp_path, [M1], bewijs), voer_uit=True)
    (bewijs / "R-1" / "uea.pdf").write_bytes((bewijs / "R-1" / "klachtenregeling.pdf").read_bytes())
    (regel,) = run(proef, make_export(tmp_path, [M1], bewijs), voer_uit=True)
    assert regel.oordeel is Inleesoordeel.GEWEIGERD
    assert "hetzelfde tijdstip" in regel.redenen[0]


@pytest.mark.parametrize(
    ("regel", "zegt"),
    [
        (";12-03-2020 10:41:00;90000101", "de referentie ('Nummer') is leeg"),
        ("R-1;;90000101", "het tijdstip van ontvangst ('Ingediend') is leeg"),
        ("R-1;gisteren;90000101", "cel B2: 'gisteren' is geen tijdstip"),
        ("R-1;29-03-2020 02:30:00;90000101", "bestaat niet of twee keer"),
        ("R-1;02-02-2020 23:59:59;90000101", "gaat open op"),
        ("R-1;12-03-2030 10:41:00;90000101", "ligt in de toekomst"),
        ("R-1;12-03-2020 10:41:00;90000999", "cel C2: het KvK-nummer is 90000999"),
    ],
)
def test_a_row_is_refused_with_its_cell(begin: Begin, tmp_path: Path, regel: str, zegt: str):
    proef = begin("gepubliceerd")
    (uit,) = run(proef, make_export(tmp_path, [regel], make_map(tmp_path, {"R-1": "M1"})), voer_uit=True)
    assert uit.oordeel is Inleesoordeel.GEWEIGERD
    assert any(zegt in reden for reden in uit.redenen), uit.redenen


def test_a_reference_that_stands_twice_is_taken_in_once(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    uit = run(proef, make_export(tmp_path, [M1, M1], make_map(tmp_path, {"R-1": "M1"})), voer_uit=True)
    assert [r.oordeel for r in uit] == [Inleesoordeel.NIEUW, Inleesoordeel.GEWEIGERD]


def test_every_fault_in_the_files_of_a_row_is_named(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    bewijs = make_map(tmp_path, {"R-1": "M1"})
    (bewijs / "R-1" / "uea.pdf").unlink()
    (bewijs / "R-1" / "extra.pdf").write_bytes(b"%PDF-1.7")
    (bewijs / "R-1" / "klachtenregeling.pdf").write_bytes(b"MZ")
    (uit,) = run(proef, make_export(tmp_path, [M1], bewijs), voer_uit=True)
    geheel = " ".join(uit.redenen)
    for naam in ("uea.pdf", "extra.pdf", "klachtenregeling.pdf"):
        assert naam in geheel


def test_an_export_is_not_read_before_closing(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    proef.klok.set(datetime(2020, 3, 31, 23, 50, tzinfo=TIJDZONE))
    with proef.refuses("niet-gesloten"):
        import_export(proef.huis, proef.act_as(INKOPER), RONDE, make_export(tmp_path, [M1], None), voer_uit=False)


@pytest.mark.parametrize("wie", [JURIST, BEOORDELAARS[0]])
def test_only_an_inkoper_takes_in_an_export(begin: Begin, tmp_path: Path, wie: str):
    proef = begin("gepubliceerd")
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        run(proef, make_export(tmp_path, [M1], None), voer_uit=True, wie=wie)


def test_a_column_that_is_not_in_the_export_is_named_with_the_place_in_the_mapping(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    export = make_export(tmp_path, ["x"], None, kop="Numer;Ingediend;KvK")
    with proef.refuses("kolom"):
        run(proef, export, voer_uit=False)


ZONDER_FORMULIER = """
platform: Inkoopplatform Regio Meierij
referentie: {kolom: Nummer}
ontvangen_op: {kolom: Ingediend}
overige_bestanden: bewaren
aanmelding:
  naam: {kolom: Naam}
  percelen: {kolom: Percelen, scheiding: ",", waarden: {"Perceel A": 1A, "Perceel B": 1B}}
  leden:
    - id: aanbieder
      rol: enkel
      naam: {kolom: Naam}
      rechtsvorm: stichting
      kvk: {kolom: KvK}
      adres: Lindelaan 12
      postcode: 5261 AB
      plaats: Vught
      email: {kolom: E-mail}
      tekenbevoegde: {naam: {kolom: Contact}, functie: bestuurder, wijze: alleen}
    - id: onderaannemer
      rol: onderaannemer
      naam: {kolom: Onderaannemer}
      rechtsvorm: bv
      kvk: {kolom: KvK onderaannemer}
      adres: Onbekend 1
      postcode: 5261 AB
      plaats: Vught
      email: {kolom: E-mail}
      tekenbevoegde: {naam: {kolom: Onderaannemer}, functie: directeur, wijze: alleen}
  bewijsstukken:
    - bestand: {kolom: Bestand HKZ}
      omschrijving: Certificaat HKZ
      feiten:
        - soort: certificaat
          norm: HKZ
          van: {kolom: HKZ van, soort: dag}
          tot: {kolom: HKZ tot, soort: dag}
          scope: [begeleiding]
"""
VELDEN = "Nummer;Ingediend;Naam;Percelen;KvK;E-mail;Contact;Onderaannemer;KvK onderaannemer;Bestand HKZ;HKZ van;HKZ tot"


def test_a_mapping_without_a_form_makes_the_aanmelding_from_columns(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    opgave = find_scenario("M1").aanmelding
    bewijs = tmp_path / "b" / "R-1"
    bewijs.mkdir(parents=True)
    for naam, inhoud in list(make_bestanden(opgave, opgave.bewijsstukken).items())[:2]:
        (bewijs / naam).write_bytes(inhoud)
    hkz, ander = sorted(pad.name for pad in bewijs.iterdir())
    wie = "Stichting Een;Perceel A,Perceel B;90000101;a@b.example;A. Een"
    regel = f"R-1;2020-03-12T10:41:00+01:00;{wie};;;{hkz};1-5-2018;30-4-2021"
    export = make_export(tmp_path, [regel], tmp_path / "b", ZONDER_FORMULIER, VELDEN)
    (uit,) = run(proef, export, voer_uit=True)
    assert uit.redenen == ()
    rondes.request_opening(proef.huis, proef.act_as(INKOPER), RONDE)
    opening.open_ronde(proef.huis, proef.act_as(JURIST), RONDE)
    with proef.huis.winkel.lezen() as sessie:
        gelezen = aanmeldingen.read_opgave(aanmeldingen.find_aanmelding(sessie, uit.kenmerk))
    assert (gelezen.naam, gelezen.percelen, [lid.id for lid in gelezen.leden]) == (
        "Stichting Een",
        ("1A", "1B"),
        ["aanbieder"],
    )
    assert [stuk.bestand for stuk in gelezen.bewijsstukken] == [hkz, ander]
    (feit,) = gelezen.bewijsstukken[0].feiten
    assert (feit.van.isoformat(), feit.tot.isoformat()) == ("2018-05-01", "2021-04-30")


def test_a_fault_in_a_column_is_named_by_its_cell(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    regel = "R-1;12-03-2020 10:41:00;Stichting Een;Perceel A;123;a@b.example;A. Een;;;;;"
    export = make_export(tmp_path, [regel], None, ZONDER_FORMULIER, VELDEN)
    (uit,) = run(proef, export, voer_uit=False)
    assert uit.redenen == ("cel E2: Een KvK-nummer heeft acht cijfers; hier staat '123'.",)


@pytest.mark.parametrize(
    ("tekst", "redenen"),
    [
        ("17-06-2019 11:59", 0),
        ("17-06-2019 12:00", 1),
        ("17-06-2019 12:00:00", 0),
        ("17-06-2019 12:01", 0),
    ],
)
def test_without_seconds_only_the_minute_of_closing_is_refused(tmp_path: Path, tekst: str, redenen: int):
    export = make_export(tmp_path, [f"R-1;{tekst};1"], None)
    gevonden: list[str] = []
    read_ontvangst(export, export.blad.rijen[0], datetime(2019, 6, 17, 12, tzinfo=TIJDZONE), gevonden)
    assert len(gevonden) == redenen


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [
        ("31-03-2020 23:59:59", ("2020-03-31T23:59:59+02:00", True)),
        ("2020-03-31 23:59:59", ("2020-03-31T23:59:59+02:00", True)),
        ("2020-03-31T21:59:59+00:00", ("2020-03-31T21:59:59+00:00", True)),
        ("2020-03-31T23:59+02:00", ("2020-03-31T23:59:00+02:00", False)),
        ("2020-03-31T21:59:59Z", ("2020-03-31T21:59:59+00:00", True)),
        ("31/03/2020 23:59", ("2020-03-31T23:59:00+02:00", False)),
        (datetime(2020, 3, 31, 23, 59, 59), ("2020-03-31T23:59:59+02:00", True)),
    ],
)
def test_an_instant_is_read_as_exports_write_it(waarde: Any, verwacht: tuple[str, bool]):
    moment, precies = read_moment(waarde)
    assert (moment.isoformat(), precies) == verwacht


@pytest.mark.parametrize(
    "waarde", ["31-03-2020", "2020-03-31", "25-10-2020 02:30:00", "32-03-2020 10:00:00", "", 43921]
)
def test_what_is_no_instant_is_refused(waarde: Any):
    with pytest.raises(ValueError, match=r"tijdstip|bestaat niet"):
        read_moment(waarde)


def test_the_evidence_may_be_a_zip(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    map_ = make_map(tmp_path, {"R-1": "M1"})
    with zipfile.ZipFile(tmp_path / "bewijs.zip", "w") as pakket:
        for pad in map_.rglob("*"):
            pakket.write(pad, pad.relative_to(map_).as_posix())
    (uit,) = run(proef, make_export(tmp_path, [M1], tmp_path / "bewijs.zip"), voer_uit=True)
    assert uit.oordeel is Inleesoordeel.NIEUW
