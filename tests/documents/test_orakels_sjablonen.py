"""Every template before other programs: LibreOffice counts again, validators judge the PDF, hostile values stay text.

A machine without LibreOffice or qpdf skips these tests; a build machine (CI=1) fails on them.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import page
import pytest

from inkoop.documents.bewerken import INVULPLEK
from inkoop.documents.boom import Document
from inkoop.documents.clausules import list_clausules
from inkoop.documents.fouten import ControleError
from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.maken import Gemaakt, make_document
from tests.documents.sjabloonproef import SJABLONEN, build, read_meta
from tests.documents.test_orakels import _find_programma, _spoil_velden, _squeeze
from tests.documents.voorbeeldgegevens import make_voorbeelden
from tests.documents.voorbeeldovereenkomsten import make_combinatieovereenkomst

pytestmark = pytest.mark.slow

VOORBEELDEN = make_voorbeelden() | {"raamovereenkomst-combinatie": make_combinatieovereenkomst()}
HUISREGIO = "regio Meierij"


def _soort(naam: str) -> str:
    return naam.removesuffix("-combinatie")


@cache
def _gegevens(naam: str) -> dict[str, object]:
    """The sample data of a type, for a region with a house style of its own."""
    velden = to_gegevens(VOORBEELDEN[naam])
    procedure = velden.get("procedure")
    assert isinstance(procedure, dict)
    return velden | {"procedure": procedure | {"regio": HUISREGIO}}


@cache
def _make(naam: str) -> Gemaakt:
    return make_document(SJABLONEN, _soort(naam), _gegevens(naam), kenmerk="PROEF-1")


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text that LibreOffice reads in every Word file, after counting every number and reference itself."""
    soffice = _find_programma("soffice", "libreoffice")
    map_ = tmp_path_factory.mktemp("lo")
    for naam in VOORBEELDEN:
        (map_ / f"{naam}.docx").write_bytes(_spoil_velden(_make(naam).docx, minstens=0))
    paden = [str(map_ / f"{naam}.docx") for naam in VOORBEELDEN]
    opdracht = [soffice, f"-env:UserInstallation=file://{map_}/p", "--headless", "--convert-to", "pdf"]
    subprocess.run([*opdracht, "--outdir", str(map_), *paden], check=True, capture_output=True, timeout=600)
    return map_


@pytest.mark.parametrize("naam", VOORBEELDEN)
def test_libreoffice_counts_the_numbers_and_references_of_every_template_as_the_tree(
    naam: str, libreoffice: Path
) -> None:
    uit = subprocess.run(
        [_find_programma("pdftotext"), "-layout", str(libreoffice / f"{naam}.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    gelezen = _squeeze(re.sub(r"(?m)^.*pagina \d+ van \d+\s*$", "", uit.stdout))
    assert "???" not in gelezen
    document = build(_soort(naam), _gegevens(naam))
    vanaf = _find_begin(gelezen, document)
    for clausule in list_clausules(document):
        if "tabel rij" in clausule.aanduiding or "kenmerk" in clausule.aanduiding or clausule.nummer in {"", "•"}:
            continue
        regel = _squeeze(clausule.regel)
        plek = gelezen.find(regel, vanaf)
        assert plek >= 0, f"not in the order or form of the tree: {clausule.regel}"
        vanaf = plek


def _find_begin(gelezen: str, document: Document) -> int:
    """Behind the table of contents, which names the headings before they come."""
    eerste = next((c for c in list_clausules(document) if re.match(r"\d+\.\d+$", c.nummer)), None)
    if eerste is None:
        return 0
    kop = next(c for c in list_clausules(document) if c.nummer == "1.")
    return max(gelezen.rfind(_squeeze(kop.regel), 0, gelezen.find(_squeeze(eerste.regel))), 0)


@pytest.mark.parametrize("naam", VOORBEELDEN)
def test_every_type_is_archivable_and_accessible(naam: str, tmp_path: Path) -> None:
    pdf = _make(naam).pdf
    for profiel in ("3a", "ua1"):
        rapport = page.validate_pdf_bytes(pdf, profile=profiel)
        assert [f"{f.rule_id}: {f.message}" for f in rapport.failures if "STREAM-LENGTH" not in f.rule_id] == []
    (tmp_path / "proef.pdf").write_bytes(pdf)
    uit = subprocess.run(
        [_find_programma("qpdf"), "--check", str(tmp_path / "proef.pdf")], capture_output=True, text=True, check=False
    )
    assert (uit.returncode, uit.stderr) == (0, "")


@pytest.mark.parametrize("naam", VOORBEELDEN)
def test_word_pdf_browser_and_text_of_every_template_say_the_same(naam: str, tmp_path: Path) -> None:
    gemaakt = _make(naam)
    (tmp_path / "proef.pdf").write_bytes(gemaakt.pdf)
    uit = subprocess.run(
        [_find_programma("pdftotext"), "-layout", str(tmp_path / "proef.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    )
    pdf = _squeeze(uit.stdout)
    html = _squeeze(
        re.sub(r"<[^>]+>", "", gemaakt.html).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    )
    for clausule in list_clausules(build(_soort(naam), _gegevens(naam))):
        regel = _squeeze(clausule.regel)
        assert regel in html
        if clausule.nummer and len(regel) < 80:
            assert regel in pdf


HOSTILE = {
    "opmaak": "**X** | {{y}} [@z] # <b>&amp;</b> ::: kader _a_ 1. ~~x~~",
    "regels": "een\n\n# twee\r\n:::\n| a | b |",
    "aanhalingstekens": "\"'`´’”„\\ --> ]]> <!-- ",
    "richting": "abc\u202egnp.exe \u2066x\u2069 \u200b\u200e",
    "xml": "<w:p/><script>alert(1)</script><![CDATA[x]]>&#0;",
}


@pytest.mark.parametrize("soort", HOSTILE)
@pytest.mark.parametrize("naam", make_voorbeelden())
def test_a_hostile_value_in_every_field_of_every_template_never_changes_its_structure(naam: str, soort: str) -> None:
    gegevens = _spoil(_gegevens(naam), HOSTILE[soort])
    zonder = [clausule.nummer for clausule in list_clausules(_build_zonder_poorten(naam, _gegevens(naam)))]
    met = _build_zonder_poorten(naam, gegevens)
    assert [clausule.nummer for clausule in list_clausules(met)] == zonder
    assert INVULPLEK not in met.titel


def test_ten_thousand_characters_in_a_field_are_set_and_stay_readable() -> None:
    gegevens = _gegevens("toelatingsbrief")
    procedure = gegevens["procedure"]
    assert isinstance(procedure, dict)
    for tekst in ("y" * 10_000, "lang woord " * 909):
        velden = gegevens | {"procedure": procedure | {"titel": tekst}}
        gemaakt = make_document(SJABLONEN, "toelatingsbrief", velden, kenmerk="K")
        assert gemaakt.aantal_paginas < 40
        fouten = page.validate_pdf_bytes(gemaakt.pdf, profile="ua1").failures
        assert [fout.rule_id for fout in fouten if "STREAM-LENGTH" not in fout.rule_id] == []
        assert tekst.strip()[:200] in gemaakt.tekst


def _build_zonder_poorten(naam: str, gegevens: dict[str, object]) -> Document:
    """The tree without the gates: what a value says may be refused, but not here."""
    import msgspec

    from inkoop.documents.maken import build_document

    kaal = msgspec.structs.replace(read_meta(_soort(naam)), controles=(), termijndagen=())
    return build_document(SJABLONEN, _soort(naam), gegevens, kaal)


_VAST = frozenset(
    {"naam", "uitkomst", "rol", "moment", "groep", "toepassing", "herstelbaar", "afdoening", "wet", "woord"}
)
"""Fields whose value a template chooses by; `naam` only of the procedure and products, which are codes."""


def _spoil(waarde: object, tekst: str, veld: str = "") -> dict[str, object]:
    uit = _spoil_deel(waarde, tekst, veld)
    assert isinstance(uit, dict)
    return uit


def _spoil_deel(waarde: object, tekst: str, veld: str) -> object:
    if veld == "woord":
        return waarde
    if isinstance(waarde, dict):
        return {naam: _spoil_deel(deel, tekst, naam) for naam, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [_spoil_deel(deel, tekst, veld) for deel in waarde]
    if isinstance(waarde, str) and waarde and _is_vrij(waarde, veld):
        return tekst
    assert isinstance(waarde, str | int | Decimal | date | datetime | bool | type(None))
    return waarde


def _is_vrij(waarde: str, veld: str) -> bool:
    """Whether a field holds words of people, and no code, enum value or day of a calendar that is chosen by."""
    return " " in waarde and veld not in _VAST


MAAK = """
import hashlib, json, sys
from pathlib import Path
from inkoop.documents.maken import make_document
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.documents.gegevens import SOORTEN, to_gegevens
import msgspec
soort, sjablonen, gegevens = sys.argv[1:]
velden = to_gegevens(msgspec.json.decode(Path(gegevens).read_bytes(), type=SOORTEN[soort]))
uit = make_document(Sjabloonbron(Path(sjablonen)), soort, velden, kenmerk='K')
print(json.dumps([hashlib.sha256(deel).hexdigest() for deel in (uit.pdf, uit.docx, uit.html.encode(), uit.bundel)]))
"""


@pytest.mark.parametrize("naam", ["afwijzingsbrief", "raamovereenkomst"])
def test_two_processes_make_the_same_bytes(naam: str, tmp_path: Path) -> None:
    import msgspec

    bestand = tmp_path / "gegevens.json"
    bestand.write_bytes(msgspec.json.encode(VOORBEELDEN[naam]))
    sommen = []
    for zaad in ("1", "2"):
        uit = subprocess.run(
            [sys.executable, "-c", MAAK, naam, str(SJABLONEN.map), str(bestand)],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": zaad, "TZ": "UTC" if zaad == "1" else "Pacific/Auckland"},
        )
        sommen.append(json.loads(uit.stdout))
    assert sommen[0] == sommen[1]
    assert len(set(sommen[0])) == 4


def test_names_with_a_forbidden_word_pass_and_written_reasons_do_not() -> None:
    brief = _gegevens("toelatingsbrief")
    aanbieder = brief["aanbieder"]
    assert isinstance(aanbieder, dict)
    assert build("toelatingsbrief", brief | {"aanbieder": aanbieder | {"naam": "De Gunning"}})
    with pytest.raises(ControleError, match="in een toelating wordt niets gegund"):
        build(
            "afwijzingsbrief", _gegevens("afwijzingsbrief") | {"procedure": {**_procedure(), "titel": "Gunning 2020"}}
        )


def _procedure() -> dict[str, object]:
    procedure = _gegevens("afwijzingsbrief")["procedure"]
    assert isinstance(procedure, dict)
    return procedure
