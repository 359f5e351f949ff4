"""Every sample of every document type before other programs, each made once.

Other programs are the judges: LibreOffice opens every Word file and counts its numbers anew, validators judge
the PDF. The samples in docs/voorbeelden are those that the templates make now; of the PDF the text is
compared, since another version of Pango may break a line elsewhere, of Word all that is in it.
A machine without LibreOffice or qpdf skips these tests; a build machine (CI=1) fails on them.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import page
import pytest
from pypdf import PdfReader

from inkoop.documents.boom import Document
from inkoop.documents.clausules import list_clausules
from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.maken import Gemaakt, make_document
from tests.documents.maak_voorbeelden import DOEL, list_alle, make_voorbeeld
from tests.documents.sjabloonproef import SJABLONEN, build
from tests.documents.test_orakels import _find_programma, _spoil_velden, _squeeze
from tests.documents.voorbeeldovereenkomsten import make_combinatieovereenkomst

pytestmark = pytest.mark.slow

VOORBEELDEN = list_alle()
HUISREGIO = "regio Meierij"


def _vind(naam: str, achtervoegsel: str) -> Path:
    return DOEL / naam.partition("--")[0] / f"{naam}{achtervoegsel}"


# WeasyPrint leaves the colour profile that it ships open until it is collected.
@pytest.mark.filterwarnings("ignore:.*sRGB2014:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("naam", sorted(VOORBEELDEN))
def test_a_sample_is_current_archivable_accessible_and_the_same_in_every_form(naam: str, tmp_path: Path) -> None:
    """One test, since setting the pages is what costs: they are set once for all that is asked of them."""
    gemaakt = make_voorbeeld(naam, VOORBEELDEN[naam])
    (tmp_path / "proef.pdf").write_bytes(gemaakt.pdf)
    _check_actueel(naam, gemaakt)
    _check_pdf(tmp_path / "proef.pdf")
    _check_vormen(build(naam.partition("--")[0], to_gegevens(VOORBEELDEN[naam])), gemaakt, tmp_path / "proef.pdf")


@pytest.mark.parametrize("naam", ["raamovereenkomst", "toelatingsbrief"])
def test_a_house_style_with_a_logo_is_archivable_and_accessible(naam: str, tmp_path: Path) -> None:
    gegevens = make_combinatieovereenkomst() if naam == "raamovereenkomst" else VOORBEELDEN[naam]
    velden = to_gegevens(gegevens)
    procedure = velden["procedure"]
    assert isinstance(procedure, dict)
    gemaakt = make_document(SJABLONEN, naam, velden | {"procedure": procedure | {"regio": HUISREGIO}}, kenmerk="P")
    (tmp_path / "proef.pdf").write_bytes(gemaakt.pdf)
    _check_pdf(tmp_path / "proef.pdf")


def _check_actueel(naam: str, gemaakt: Gemaakt) -> None:
    melding = "maak de voorbeelden opnieuw: ./run voorbeelden"
    assert _read_pdf(gemaakt.pdf) == _read_pdf(_vind(naam, ".pdf").read_bytes()), melding
    nu, vastgelegd = (_read_docx(inhoud) for inhoud in (gemaakt.docx, _vind(naam, ".docx").read_bytes()))
    assert nu == vastgelegd, melding


def _read_pdf(pdf: bytes) -> str:
    """The text of a PDF without spaces and ends of lines."""
    return "".join("".join(blad.extract_text().split()) for blad in PdfReader(io.BytesIO(pdf)).pages)


def _read_docx(docx: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(docx)) as pak:
        return {naam: pak.read(naam) for naam in pak.namelist()}


def _check_pdf(pad: Path) -> None:
    """The validator's rule on stream length has a known false alarm; qpdf judges that."""
    for profiel in ("3a", "ua1"):
        rapport = page.validate_pdf_bytes(pad.read_bytes(), profile=profiel)
        assert [f"{f.rule_id}: {f.message}" for f in rapport.failures if "STREAM-LENGTH" not in f.rule_id] == []
    uit = subprocess.run([_find_programma("qpdf"), "--check", str(pad)], capture_output=True, text=True, check=False)
    assert (uit.returncode, uit.stderr) == (0, "")


def _read_tekst(pad: Path) -> str:
    uit = subprocess.run(
        [_find_programma("pdftotext"), "-layout", str(pad), "-"], check=True, capture_output=True, text=True
    )
    return uit.stdout


def _check_vormen(document: Document, gemaakt: Gemaakt, pad: Path) -> None:
    pdf = _squeeze(_read_tekst(pad))
    html = _squeeze(
        re.sub(r"<[^>]+>", "", gemaakt.html).replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    )
    for clausule in list_clausules(document):
        regel = _squeeze(clausule.regel)
        assert regel in html
        if clausule.nummer and len(regel) < 80:
            assert regel in pdf


@pytest.fixture(scope="module")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice reads in every Word file, after counting every number and reference itself, in one start."""
    soffice = _find_programma("soffice", "libreoffice")
    map_ = tmp_path_factory.mktemp("lo")
    for naam in VOORBEELDEN:
        (map_ / f"{naam}.docx").write_bytes(_spoil_velden(_vind(naam, ".docx").read_bytes(), minstens=0))
    opdracht = [soffice, f"-env:UserInstallation=file://{map_}/p", "--headless", "--convert-to", "pdf"]
    paden = [str(map_ / f"{naam}.docx") for naam in VOORBEELDEN]
    subprocess.run([*opdracht, "--outdir", str(map_), *paden], check=True, capture_output=True, timeout=900)
    return map_


@pytest.mark.parametrize("naam", sorted(VOORBEELDEN))
def test_libreoffice_opens_every_word_file_and_counts_its_numbers_and_references_as_the_tree(
    naam: str, libreoffice: Path
) -> None:
    gelezen = _squeeze(re.sub(r"(?m)^.*pagina \d+ van \d+\s*$", "", _read_tekst(libreoffice / f"{naam}.pdf")))
    assert "???" not in gelezen
    document = build(naam.partition("--")[0], to_gegevens(VOORBEELDEN[naam]))
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
