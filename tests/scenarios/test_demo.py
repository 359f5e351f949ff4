"""`inkoop demo` as people run it: what F.1 says comes out, on paper."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader
from sqlmodel import select
from typer.testing import CliRunner

from inkoop.cli.app import app
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.opdracht import MERK, choose_groepen
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.kalender import local_date
from inkoop.settings import CHECKOUT
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow
from inkoop.storage.tabellen.toets import ToetsRow
from inkoop.storage.winkel import Winkel

pytestmark = pytest.mark.slow

GROEPEN = ("variant-a", "variant-b", "variant-b-per-categorie")
IB = ["IB-basis", "IB-extra", "IB-waakvlam"]
DB = ["DB-basis", "DB-extra"]
CRITERIA = {f"U-0{n}" for n in range(1, 5)} | {f"M-{n:02d}" for n in range(1, 14)}
NVT = ("M-02", None, None, "nvt", "niet-van-toepassing")
HKZ = ("M-05", None, None, "voldoet", "gelijkwaardig")
NOOR = ("M-11", "Noor Begeleidt", None, "voldoet_niet", "gedateerd-na-peildatum")
BOXTEL = ("M-02", None, None, "voldoet_niet", "locatie-buiten-regio")

# F.1 typed over: besluit, products, every finding (criterium, lid, product, uitkomst, grond) that is no plain voldoet.
F1: dict[tuple[str, str, str | None], tuple[str, list[str], set[tuple[str, str | None, str | None, str, str]]]] = {
    ("M1", "a", "1A"): ("toegelaten", IB, {NVT, HKZ}),
    ("M1", "a", "1B"): ("toegelaten", DB, {NVT, HKZ}),
    ("M2", "a", "1A"): ("toegelaten", IB, {NVT, HKZ}),
    ("M2", "b", "1A"): (
        "toelating_vervallen",
        [],
        {
            NVT,
            ("M-03", None, None, "voorwaardelijk", "verloopt-voor-ingang"),
            ("M-05", None, None, "voorwaardelijk", "verloopt-voor-ingang"),
        },
    ),
    ("M3", "a", "1B"): ("toegelaten", DB, {NVT, HKZ, ("M-03", None, None, "voldoet", "gelijkwaardig")}),
    ("M3", "b", "1B"): (
        "afgewezen",
        [],
        {
            NVT,
            ("M-03", None, None, "voldoet_niet", "niet-gelijkwaardig"),
            ("M-05", None, None, "voldoet_niet", "niet-gelijkwaardig"),
        },
    ),
    ("M4", "a", "1A"): ("afgewezen", [], {NVT, HKZ, NOOR}),
    ("M4", "a", "1B"): ("afgewezen", [], {NVT, HKZ, NOOR}),
    ("M5", "a", "1A"): ("afgewezen", [], {NVT, HKZ, ("M-01", None, None, "voldoet_niet", "ervaring-tekort")}),
    ("M5", "a", "1C"): ("afgewezen", [], {HKZ, BOXTEL}),
    ("M5", "b", "1A"): (
        "toegelaten",
        ["IB-waakvlam"],
        {
            NVT,
            HKZ,
            ("M-01", None, "IB-basis", "voldoet_niet", "ervaring-tekort"),
            ("M-01", None, "IB-extra", "voldoet_niet", "ervaring-tekort"),
        },
    ),
    ("M5", "b", "1C"): ("afgewezen", [], {HKZ, BOXTEL}),
    ("M6", "a", None): ("buiten_behandeling", [], set()),
}

DOCUMENTEN = {
    ("M1", "a"): {"ontvangstbevestiging", "toelatingsbrief", "raamovereenkomst", "addendum"},
    ("M2", "a"): {
        "ontvangstbevestiging",
        "toelatingsbrief",
        "ontvangst-aanvulling",
        "brief-voorwaarde-vervuld",
        "raamovereenkomst",
        "addendum",
    },
    ("M2", "b"): {"ontvangstbevestiging", "toelatingsbrief", "brief-toelating-vervalt"},
    ("M3", "a"): {"ontvangstbevestiging", "toelatingsbrief", "raamovereenkomst", "addendum"},
    ("M3", "b"): {"ontvangstbevestiging", "afwijzingsbrief"},
    ("M4", "a"): {"ontvangstbevestiging", "herstelverzoek", "ontvangst-aanvulling", "afwijzingsbrief"},
    ("M5", "a"): {"ontvangstbevestiging", "afwijzingsbrief"},
    ("M5", "b"): {"ontvangstbevestiging", "besluitbrief", "raamovereenkomst", "addendum"},
    ("M6", "a"): {"ontvangstbevestiging", "brief-te-laat"},
}


def run(*woorden: str) -> subprocess.CompletedProcess[str]:
    omgeving = {**os.environ, "INKOOP_CRITERIA": str(CHECKOUT / "criteria")}
    opdracht = [sys.executable, "-c", "from inkoop.cli.app import main; main()", *woorden]
    return subprocess.run(
        opdracht, cwd=CHECKOUT, env=omgeving, capture_output=True, text=True, timeout=900, check=False
    )


def play(map_: Path) -> list[dict[str, Any]]:
    klaar = run("demo", "--map", str(map_))
    assert klaar.returncode == 0, klaar.stdout + klaar.stderr
    return json.loads((map_ / "resultaat.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def map_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo plays; something of an earlier demo is still there."""
    uitvoer = tmp_path_factory.mktemp("demo") / "uitvoer"
    uitvoer.mkdir()
    (uitvoer / MERK).touch()
    (uitvoer / "rommel.txt").write_text("van de vorige keer", encoding="utf-8")
    return uitvoer


@pytest.fixture(scope="module")
def uitkomsten(map_: Path) -> list[dict[str, Any]]:
    """What the demo wrote in its file."""
    return play(map_)


def find(uitkomsten: list[dict[str, Any]], sleutel: tuple[str, str, str | None]) -> dict[str, Any]:
    (gevonden,) = [u for u in uitkomsten if (u["zaak"], u["variant"], u["perceel"]) == sleutel]
    return gevonden


def test_the_demo_gives_one_result_for_every_case_variant_and_perceel(uitkomsten: list[dict[str, Any]]):
    gevonden = [(u["zaak"], u["variant"], u["perceel"]) for u in uitkomsten]
    assert sorted(gevonden, key=str) == sorted(F1, key=str)


def test_every_result_has_the_published_form(uitkomsten: list[dict[str, Any]]):
    for uitkomst in uitkomsten:
        assert {
            "zaak", "variant", "aanbieder", "perceel", "producten", "besluit", "bevindingen", "documenten"
        } <= uitkomst.keys()  # fmt: skip
        for bevinding in uitkomst["bevindingen"]:
            assert {"criterium", "lid", "uitkomst", "grond", "peildatum", "bewijs", "bron"} <= bevinding.keys()
            assert bevinding["grond"]
            assert bevinding["bron"]
            assert bevinding["uitkomst"] == "nvt" or bevinding["peildatum"]


@pytest.mark.parametrize("sleutel", F1, ids=lambda s: "-".join(str(deel) for deel in s))
def test_a_result_is_what_f1_says(sleutel: tuple[str, str, str | None], uitkomsten: list[dict[str, Any]]):
    besluit, producten, afwijkend = F1[sleutel]
    uitkomst = find(uitkomsten, sleutel)
    assert (uitkomst["besluit"], sorted(uitkomst["producten"])) == (besluit, producten)
    alle = [(b["criterium"], b["lid"], b["product"], b["uitkomst"], b["grond"]) for b in uitkomst["bevindingen"]]
    assert {b for b in alle if b[3] != "voldoet" or b[4] == "gelijkwaardig"} == afwijkend
    assert {b[0] for b in alle} == (set() if besluit == "buiten_behandeling" else CRITERIA)


def test_every_finding_that_passes_or_fails_names_evidence_that_is_there(uitkomsten: list[dict[str, Any]], map_: Path):
    paden = {pad for u in uitkomsten for b in u["bevindingen"] for pad in b["bewijs"]}
    assert paden
    for pad in paden:
        assert len(PdfReader(map_ / pad).pages) >= 1


@pytest.mark.parametrize("sleutel", DOCUMENTEN, ids="-".join)
def test_a_case_leaves_its_documents_as_word_and_pdf(
    sleutel: tuple[str, str], uitkomsten: list[dict[str, Any]], map_: Path
):
    paden = {pad for u in uitkomsten if (u["zaak"], u["variant"]) == sleutel for pad in u["documenten"]}
    for vorm in ("docx", "pdf"):
        soorten = {Path(pad).name.split("-M-2020-2-")[0] for pad in paden if pad.endswith(vorm)}
        assert soorten == DOCUMENTEN[sleutel]
    for pad in paden:
        check_document((map_ / pad).read_bytes(), pad)


# F.1 typed over: what the papers of a case say. Spaces and breaks of lines do not count.
ZINNEN: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("M1", "a", "raamovereenkomst"): (
        "Bijlage 1 Programma van eisen",
        "zelfstandig verwerkingsverantwoordelijke",
        "gaat in op 1 juli 2020",
    ),
    ("M1", "a", "addendum"): ("Bij het gebied komt", "Helvoirt", "gaat in op 1 januari 2021"),
    ("M2", "a", "toelatingsbrief"): (
        "toegelaten onder voorwaarde",
        "geldig van 13 juni 2017 tot en met 12 juni 2020",
        "Geldig op 1 juli 2020",
        "Uiterlijk op vrijdag 19 juni 2020 om 23.59 uur",
    ),
    ("M2", "a", "ontvangst-aanvulling"): ("15 juni 2020",),
    ("M2", "b", "brief-toelating-vervalt"): (
        "uw toelating vervalt",
        "Uiterlijk op vrijdag 19 juni 2020 om 23.59 uur",
        "ronde M-2021-1. Die ronde gaat open op 3 augustus 2020",
        "uiterlijk op maandag 13 juli 2020 om 23.59 uur",  # sent on 22 June; 12 July is a Sunday
    ),
    ("M3", "a", "toelatingsbrief"): (
        "'Kwaliteit laat je zien' geldt hier als gelijkwaardig aan HKZ",
        "Twee beoordelaars hebben dit beoordeeld. Het oordeel is positief.",
    ),
    ("M3", "b", "afwijzingsbrief"): ("Het rapport is een zelfevaluatie", "Niet aangeboden."),
    ("M4", "a", "herstelverzoek"): ("Datum 7 april 2020", "Gaat over Noor Begeleidt", "dinsdag 21 april 2020"),
    ("M4", "a", "afwijzingsbrief"): (
        "Percelen 1A en 1B",
        "De onderdelen 'privacybeleid' en 'verwerkingsregister' van Noor Begeleidt zijn van 12 april 2020.",
        "Uw antwoord kwam op 16 april 2020.",
        "haar samenstelling mag na de indiening niet veranderen",
        "ronde M-2021-1. Die ronde gaat open op 3 augustus 2020",
    ),
    ("M5", "a", "afwijzingsbrief"): (
        "Criterium M-01: Ervaring per product Geldt voor Perceel 1A",
        "Criterium M-02: Verblijfslocatie in de regio Geldt voor Perceel 1C",
        "De locatie voor verblijf in Boxtel (gemeente Boxtel) ligt op 1 juli 2020",
        "M-13",
    ),
    ("M5", "b", "besluitbrief"): (
        "gedeeltelijk toegelaten",
        "Voor perceel 1A alleen: Individuele begeleiding waakvlam.",
    ),
    ("M6", "a", "brief-te-laat"): (
        "Sluiting van de ronde 31 maart 2020 om 23:59:59 uur",
        "1 april 2020 om 00:00:30 uur",
        "Herstel is niet mogelijk",
        "gaat open op 3 augustus 2020",
        "uiterlijk op dinsdag 21 april 2020 om 23.59 uur",
    ),
}


@pytest.mark.parametrize("sleutel", ZINNEN, ids="-".join)
def test_a_paper_of_a_case_says_what_f1_asks(
    sleutel: tuple[str, str, str], uitkomsten: list[dict[str, Any]], map_: Path
):
    zaak, variant, soort = sleutel
    paden = {pad for u in uitkomsten if (u["zaak"], u["variant"]) == (zaak, variant) for pad in u["documenten"]}
    (pad,) = [pad for pad in paden if Path(pad).name.startswith(f"{soort}-M-") and pad.endswith("pdf")]
    tekst = " ".join(" ".join(bladzijde.extract_text() for bladzijde in PdfReader(map_ / pad).pages).split())
    assert [zin for zin in ZINNEN[sleutel] if zin not in tekst] == []


EERST = (date(2020, 5, 15), date(2020, 6, 4))
"""Sent on the day of the besluit, with twenty days for a kort geding."""

# F.1 typed over: per case the kinds of besluit in order with the days of sending and the end of the term.
VERLOOP: dict[tuple[str, str], list[tuple[str, date, date]]] = {
    ("M1", "variant-a"): [("toegelaten", *EERST)] * 2,
    ("M2", "variant-a"): [
        ("toegelaten_onder_voorwaarde", *EERST),
        ("toegelaten", date(2020, 6, 16), date(2020, 7, 6)),
    ],
    ("M2", "variant-b"): [
        ("toegelaten_onder_voorwaarde", *EERST),
        ("toelating_vervallen", date(2020, 6, 22), date(2020, 7, 13)),
    ],
    ("M3", "variant-a"): [("toegelaten", *EERST)],
    ("M3", "variant-b"): [("afgewezen", *EERST)],
    ("M4", "variant-a"): [("afgewezen", *EERST)] * 2,
    ("M5", "variant-a"): [("afgewezen", *EERST)] * 2,
    ("M5", "variant-b-per-categorie"): [("toegelaten", *EERST), ("afgewezen", *EERST)],
    ("M6", "variant-a"): [],
}

CATALOGUS: dict[tuple[str, str], list[str]] = {
    ("M1", "variant-a"): sorted([*IB, *DB]),
    ("M2", "variant-a"): IB,
    ("M3", "variant-a"): sorted(DB),
    ("M5", "variant-b-per-categorie"): ["IB-waakvlam"],
}


@pytest.mark.parametrize("sleutel", VERLOOP, ids="-".join)
def test_a_case_is_told_on_its_day_with_its_term_and_stands_in_the_catalogue_from_1_july_2020(
    sleutel: tuple[str, str], uitkomsten: list[dict[str, Any]], map_: Path
):
    zaak, groep = sleutel
    (naam,) = {u["aanbieder"] for u in uitkomsten if u["zaak"] == zaak}
    winkel = Winkel.open(map_ / groep / "winkel")
    try:
        with winkel.lezen() as sessie:
            (rij,) = sessie.exec(select(AanmeldingRow).where(AanmeldingRow.naam == naam)).all()
            alle = sessie.exec(select(BesluitRow).where(BesluitRow.aanmelding_id == rij.id)).all()
            regels = sessie.exec(select(CatalogusRow).where(CatalogusRow.aanbieder == naam)).all()
            toetsen = sessie.exec(select(ToetsRow.id).where(ToetsRow.aanmelding_id == rij.id)).all()
    finally:
        winkel.close()
    verloop = sorted((b.volgnummer, b.perceel, b.soort.value, local_date(b.verzonden_op), b.vervaldatum) for b in alle)
    assert [(soort, op, verval) for _, _, soort, op, verval in verloop] == VERLOOP[sleutel]
    assert sorted(regel.product for regel in regels) == CATALOGUS.get(sleutel, [])
    assert {regel.van for regel in regels} <= {date(2020, 7, 1)}
    assert bool(toetsen) is (zaak != "M6")  # too late: never assessed


def check_document(inhoud: bytes, pad: str) -> None:
    """It opens, says something, and holds no sign of a field that was not filled in."""
    if pad.endswith("pdf"):
        tekst = "".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(inhoud)).pages)
    else:
        document = docx.Document(io.BytesIO(inhoud))
        tekst = "\n".join(alinea.text for alinea in document.paragraphs)
    assert len(tekst) > 300, pad
    for leeg in ("{{", "}}", "None", "lorem", "TO" + "DO"):
        assert leeg not in tekst, (pad, leeg)


@pytest.mark.parametrize("groep", GROEPEN)
def test_the_log_of_every_store_of_the_demo_is_whole(groep: str, uitkomsten: list[dict[str, Any]], map_: Path):
    woorden = ["audit", "controleer", "--winkel", str(map_ / groep / "winkel")]
    controle = CliRunner().invoke(app, woorden, prog_name="inkoop")
    assert controle.exit_code == 0, controle.output


def test_a_run_starts_clean(uitkomsten: list[dict[str, Any]], map_: Path):
    assert uitkomsten
    assert not (map_ / "rommel.txt").exists()


def test_only_the_groups_that_were_asked_for_are_played():
    alle = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))
    assert tuple(groep.naam for groep in alle) == GROEPEN
    assert [groep.naam for groep in choose_groepen(alle, ["variant-b"])] == ["variant-b"]
    assert choose_groepen(alle, []) == alle


def test_a_group_that_is_not_there_is_refused_with_those_that_are_and_the_folder_stays(tmp_path: Path):
    klaar = run("demo", "--map", str(tmp_path / "uitvoer"), "--groep", "variant-z")
    assert klaar.returncode == 1
    gezegd = " ".join((klaar.stdout + klaar.stderr).split())
    assert "Deze groep is er niet: variant-z. Kies uit: variant-a, variant-b, variant-b-per-categorie." in gezegd
    assert not (tmp_path / "uitvoer").exists()


def test_the_demo_leaves_a_folder_alone_that_it_did_not_make(tmp_path: Path):
    (tmp_path / "brief.txt").write_text("van iemand anders", encoding="utf-8")
    klaar = run("demo", "--map", str(tmp_path))
    assert klaar.returncode == 1
    assert "niet door de demo gemaakt" in klaar.stdout + klaar.stderr
    assert [pad.name for pad in tmp_path.iterdir()] == ["brief.txt"]
