"""`inkoop demo` as people run it: what F.1 says comes out, on paper, twice the same."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from inkoop.settings import CHECKOUT

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
    return tmp_path_factory.mktemp("demo") / "uitvoer"


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
    controle = run("audit", "controleer", "--winkel", str(map_ / groep / "winkel"))
    assert controle.returncode == 0, controle.stdout + controle.stderr


def test_a_second_run_starts_clean_and_gives_the_same_result(uitkomsten: list[dict[str, Any]], map_: Path):
    (map_ / "rommel.txt").write_text("van de vorige keer", encoding="utf-8")
    assert play(map_) == uitkomsten
    assert not (map_ / "rommel.txt").exists()


def test_the_demo_leaves_a_folder_alone_that_it_did_not_make(tmp_path: Path):
    (tmp_path / "brief.txt").write_text("van iemand anders", encoding="utf-8")
    klaar = run("demo", "--map", str(tmp_path))
    assert klaar.returncode == 1
    assert "niet door de demo gemaakt" in klaar.stdout + klaar.stderr
    assert [pad.name for pad in tmp_path.iterdir()] == ["brief.txt"]
