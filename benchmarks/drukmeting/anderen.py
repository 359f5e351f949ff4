"""What else could make the document: bare WeasyPrint, Typst, docxtpl with LibreOffice.

Typst and docxtpl are of the dependency group `bench` and never part of the product. Each is given the same
words; what it leaves out stands beside its figure.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import re
import resource
import shutil
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from inkoop.documents.boom import (
    Bijlage,
    Document,
    Kop,
    Lijst,
    Punt,
    Tabel,
    list_binnen,
    list_inhoud,
    plat,
    show_nummer,
)
from inkoop.documents.huisstijl import STANDAARD
from inkoop.documents.opmaakmotor import load_motor, load_stijl

PAKKETTEN = ("typst", "docxtpl")


def find_ontbrekend() -> list[str]:
    """Which programs are not there."""
    pakketten = [naam for naam in PAKKETTEN if importlib.util.find_spec(naam) is None]
    return pakketten + ([] if find_soffice() else ["libreoffice"])


def find_soffice() -> str | None:
    """Where LibreOffice is, if it is."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def kale_weasyprint(html: str) -> int:
    """WeasyPrint on the page of the whole document: no PDF/A, no tags, no data inside."""
    motor, stijl = load_motor(), load_stijl(STANDAARD)
    pagina = motor.weasyprint.HTML(string=html, base_url="inkoop:", url_fetcher=motor.fetcher)
    document = pagina.render(stylesheets=[stijl.heel], font_config=stijl.lettertypen)
    document.write_pdf()
    return len(document.pages)


def time_typst(documenten: Sequence[Document]) -> float:
    """CPU seconds for each tree as PDF/A-3a and UA-1 by Typst; the trees differ, since it remembers what it set."""
    typst = importlib.import_module("typst")
    letters = str(Path(importlib.import_module("inkoop.documents").__path__[0]) / "lettertypen")
    begin = time.process_time()
    for document in documenten:
        typst.compile(write_typst(document).encode(), font_paths=[letters], pdf_standards=["a-3a", "ua-1"])
    return (time.process_time() - begin) / len(documenten)


_KOP = """#set document(title: "{titel}")
#set text(lang: "nl", font: "Noto Sans", size: 9.5pt)
#set page(numbering: "1 / 1")
#outline()
"""


def write_typst(document: Document) -> str:
    """The words, headings, lists and tables of a tree in Typst's own language, numbers as text."""
    delen = [_KOP.format(titel=document.titel.replace('"', "'"))]
    _add_blokken(document.blokken, delen)
    return "\n\n".join(delen)


def _add_blokken(blokken: Sequence[object], delen: list[str]) -> None:
    for blok in blokken:
        if isinstance(blok, Kop):
            delen.append(f"{'=' * blok.niveau} {_escape(f'{blok.nummer} {plat(blok.inhoud)}')}")
        elif isinstance(blok, Bijlage):
            delen.append(f"#pagebreak()\n== {_escape(f'Bijlage {blok.nummer} {plat(blok.titel)}')}")
            _add_blokken(blok.blokken, delen)
        elif isinstance(blok, Lijst):
            for punt in blok.punten:
                delen.append(_escape(show_nummer(punt)))
                _add_blokken(punt.blokken, delen)
        elif isinstance(blok, Tabel):
            cellen = ", ".join(f"[{_escape(plat(cel))}]" for rij in blok.rijen for cel in rij)
            koppen = ", ".join(f"[{_escape(plat(kop))}]" for kop in blok.koppen)
            delen.append(f"#table(columns: {len(blok.koppen)}, table.header({koppen}), {cellen})")
        elif not isinstance(blok, Punt):
            delen.extend(_escape(plat(inhoud)) for inhoud in list_inhoud(blok))  # type: ignore[arg-type]
            _add_blokken(list_binnen(blok), delen)  # type: ignore[arg-type]


def _escape(tekst: str) -> str:
    return re.sub(r"([\\#*_`$<>@\[\]~=/+\-])", r"\\\1", tekst)


def time_docxtpl(docx: bytes, naam: str, aantal: int) -> tuple[float, float | None]:
    """CPU seconds for each document by docxtpl and by LibreOffice in one batch (None without LibreOffice).

    The template is our own Word file with a field where the provider's name stands.
    """
    docxtpl = importlib.import_module("docxtpl")
    sjabloon = _replace_naam(docx, naam)
    gemaakt: list[bytes] = []
    begin = time.process_time()
    for nummer in range(aantal):
        document = docxtpl.DocxTemplate(io.BytesIO(sjabloon))
        document.render({"naam": f"Stichting Vergelijking {nummer}"}, autoescape=True)
        uit = io.BytesIO()
        document.save(uit)
        gemaakt.append(uit.getvalue())
    vullen = (time.process_time() - begin) / aantal
    return vullen, time_libreoffice(gemaakt)


def _replace_naam(docx: bytes, naam: str) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as nieuw:
        for deel in oud.namelist():
            inhoud = oud.read(deel)
            if deel == "word/document.xml":
                inhoud = inhoud.replace(naam.encode(), b"{{ naam }}")
            nieuw.writestr(deel, inhoud)
    return uit.getvalue()


def time_libreoffice(docxen: Sequence[bytes]) -> float | None:
    """CPU seconds for each Word file that LibreOffice turns into PDF in one start; None when it is not there."""
    if (soffice := find_soffice()) is None:
        return None
    with tempfile.TemporaryDirectory() as map_:
        paden = []
        for nummer, docx in enumerate(docxen):
            paden.append(Path(map_) / f"{nummer}.docx")
            paden[-1].write_bytes(docx)
        opdracht = [soffice, f"-env:UserInstallation=file://{map_}/profiel", "--headless", "--convert-to", "pdf"]

        def _convert(deel: Sequence[Path]) -> float:
            return time_kinderen(
                lambda: subprocess.run(  # noqa: S603 - the program found above, on files made here
                    [*opdracht, "--outdir", map_, *map(str, deel)], check=True, capture_output=True, timeout=600
                )
            )

        _convert(paden[:1])  # the first start makes a profile
        return _convert(paden) / len(paden)


def time_kinderen(functie: Callable[[], object]) -> float:
    """CPU seconds of the programs that a function starts and waits for."""
    voor = resource.getrusage(resource.RUSAGE_CHILDREN)
    functie()
    na = resource.getrusage(resource.RUSAGE_CHILDREN)
    return na.ru_utime + na.ru_stime - voor.ru_utime - voor.ru_stime
