"""How long a document takes, stage by stage, beside what else could make its PDF.

    ./run bench documents [--json] [--keer N]

Two documents: a letter of one page and a contract like those of a region (21 artikelen, more than
130 numbers, 30 references, a tariff table, a table of contents, 9 signature boxes). The data differs
each time, so that no cache can answer. At the end: how many pairs of PDF and Word come out of two
processes in a second, and how long a changed clause takes to show in a browser. Beside our own stages:
the same plain text by fpdf2 (no tags, no structure: a floor), and LibreOffice turning our docx into PDF,
where it is installed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from fpdf import FPDF

from inkoop.documents.docx import render_docx
from inkoop.documents.drukletters import LETTERTYPEN
from inkoop.documents.html import Opmaakkeuze, render_html
from inkoop.documents.lezer import read_document
from inkoop.documents.maken import build_document, choose_opmaak, encode_gegevens, find_tijdstip, make_document
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.documents.nummering import number_document
from inkoop.documents.pdf import Pdfgegevens, read_huisbestand, render_pdf
from inkoop.documents.schermstijl import SCHERMSTIJL
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.documents.tekst import render_tekst
from inkoop.services.drukkerij import open_sjablonen

BRIEF = """\
::: adres
{{ aanbieder.naam }}
Kerkstraat 12
5261 CA Vught
:::

::: kenmerken
Datum: {{ datum | datum }}
Ons kenmerk: {{ kenmerk }}
:::

# Ontvangstbevestiging van uw aanmelding

Geachte heer of mevrouw,

Wij hebben uw aanmelding ontvangen voor **{{ percelen | opsomming }}**.

## Wat er nu gebeurt

{% for regel in regels %}
{{ regel.tekst }}

{% endfor %}
::: handtekeningen
- S. de Bruijn | inkoper | Regio
:::
"""
OVEREENKOMST = """\
# Raamovereenkomst {{ kenmerk }}

::: kenmerken
Aanbieder: {{ aanbieder.naam }}
Datum: {{ datum | datum }}
:::

{% for artikel in artikelen %}
## {{ artikel.titel }} [#artikel-{{ loop.index }}]

{% for lid in artikel.leden %}
1. {{ lid.tekst }}{% if lid.verwijst %} Zie [@artikel-{{ lid.verwijst }}].{% endif %}

{% endfor %}
   1. eerste onderdeel van dit lid;
   2. tweede onderdeel van dit lid.

{% endfor %}
::: handtekeningen
{% for naam in tekenaars %}
- {{ naam }} | wethouder | gemeente {{ loop.index }}
{% endfor %}
:::

::: bijlage Tarieventabel [#tarieven]
| Perceel | Product | Bedrag per maand |
|:---|:---|---:|
{% for regel in tarieven %}
| {{ regel.perceel }} | {{ regel.product }} | {{ regel.bedrag | bedrag }} |
{% endfor %}
:::
"""
METAGEGEVENS = """\
titel: {titel}
soort: {soort}
versie: "1.0"
opgesteld_door: inkoper
gecontroleerd_door: jurist
besloten_door: gemandateerde
gebeurtenis: meting
openbaarheid: openbaar
bewaarcategorie: meting
bron: project default
verplichte_velden: {{kenmerk: kenmerk}}
controles: [geen-plaatshouders, geen-lege-velden]
inhoudsopgave: {lang}
genummerd: {lang}
"""
ZIN = "De Aanbieder levert de ondersteuning die in de beschikking van de Cliënt staat, en meldt binnen vijf werkdagen"
Uitkomst = TypeVar("Uitkomst")
ARTIKELEN, LEDEN, TARIEVEN = 21, 5, 24
PROCESSEN = 2


def make_bron(map_: Path) -> Sjabloonbron:
    """Write the two templates."""
    for soort, tekst, vorm, lang in (
        ("brief", BRIEF, "brief", "nee"),
        ("contract", OVEREENKOMST, "overeenkomst", "ja"),
    ):
        (map_ / soort).mkdir()
        (map_ / soort / "sjabloon.md").write_text(tekst, encoding="utf-8")
        meta = METAGEGEVENS.format(titel=soort, soort=vorm, lang=lang)
        (map_ / soort / "metagegevens.yaml").write_text(meta, encoding="utf-8")
    return Sjabloonbron(map_)


def make_gegevens(nummer: int) -> dict[str, object]:
    """Data that differs with its number."""
    return {
        "kenmerk": f"M-2020-2/{nummer:04d}",
        "datum": date(2020, 5, 1 + nummer % 28),
        "aanbieder": {"naam": f"Stichting Zorg {nummer}"},
        "percelen": [f"1A-{nummer}", "1B"],
        "regels": [{"tekst": f"{ZIN} wat er verandert ({nummer}.{deel})."} for deel in range(5)],
        "artikelen": [
            {
                "titel": f"Onderwerp {artikel} van {nummer}",
                "leden": [
                    {
                        "tekst": f"{ZIN} wat daarin verandert, onder vermelding van {nummer}-{artikel}-{lid}.",
                        "verwijst": 1 + (artikel * 7 + lid) % ARTIKELEN if lid < 2 and artikel < 15 else None,
                    }
                    for lid in range(LEDEN)
                ],
            }
            for artikel in range(ARTIKELEN)
        ],
        "tekenaars": [f"Tekenaar {tekenaar}" for tekenaar in range(9)],
        "tarieven": [
            {
                "perceel": f"{1 + regel // 8}A",
                "product": f"Product {regel}",
                "bedrag": Decimal(10000 + regel * nummer) / 100,
            }
            for regel in range(TARIEVEN)
        ],
    }


class Stopwatch:
    """Times stages by name."""

    def __init__(self) -> None:
        self.tijden: dict[str, list[float]] = {}

    def clock(self, stap: str, functie: Callable[[], Uitkomst]) -> Uitkomst:
        """Do one stage and note its milliseconds."""
        begin = time.perf_counter()
        uitkomst = functie()
        self.tijden.setdefault(stap, []).append((time.perf_counter() - begin) * 1000)
        return uitkomst


def make_once(bron: Sjabloonbron, soort: str, nummer: int, wekker: Stopwatch) -> tuple[int, bytes]:
    """Go through all stages for one set of data; give the number of pages and the docx."""
    metagegevens = read_metagegevens(bron, soort)
    genummerd = bool(metagegevens.genummerd)
    gegevens = make_gegevens(nummer)
    keuze = Opmaakkeuze(vorm=metagegevens.soort, kenmerk=soort, afzender="Regio", inhoudsopgave=genummerd)
    tijdstip = find_tijdstip(gegevens)
    gevuld = wekker.clock("sjabloon vullen", partial(bron.fill, soort, gegevens))
    boom = wekker.clock("boom en nummers", lambda: number_document(read_document(gevuld, genummerd=genummerd)))
    html = wekker.clock("html", partial(render_html, boom, keuze))
    extra = Pdfgegevens(
        titel=boom.titel, kenmerk=soort, auteur="Regio", tijdstip=tijdstip, gegevens=encode_gegevens(gegevens)
    )
    pdf = wekker.clock("pdf (WeasyPrint, PDF/A-3a en UA-1)", partial(render_pdf, html, extra))
    wekker.clock("voorbeeld in de browser na een wijziging", partial(show_wijziging, bron, soort, gegevens))
    word = wekker.clock("docx", partial(render_docx, boom, keuze, tijdstip=tijdstip))
    wekker.clock("alles samen (make_document)", partial(make_document, bron, soort, gegevens, kenmerk=soort))
    wekker.clock("ter vergelijking: fpdf2, kale tekst", partial(make_kale_pdf, render_tekst(boom)))
    return pdf.aantal_paginas, word


def show_wijziging(bron: Sjabloonbron, soort: str, gegevens: Mapping[str, object]) -> str:
    """The page that a browser shows after somebody changed the data or a clause: no PDF, no Word."""
    metagegevens = read_metagegevens(bron, soort)
    keuze = choose_opmaak(bron, metagegevens, gegevens, soort)
    return render_html(build_document(bron, soort, gegevens, metagegevens), keuze, stijl=SCHERMSTIJL)


def measure(bron: Sjabloonbron, soort: str, keer: int) -> dict[str, float]:
    """Median milliseconds of each stage after one round to warm up, and pages per second."""
    paginas, word = make_once(bron, soort, 0, Stopwatch())
    wekker = Stopwatch()
    for nummer in range(1, keer + 1):
        paginas, word = make_once(bron, soort, nummer, wekker)
    uitkomst = {stap: statistics.median(waarden) for stap, waarden in wekker.tijden.items()}
    if (seconden := time_libreoffice(word)) is not None:
        uitkomst["ter vergelijking: LibreOffice, docx naar pdf"] = seconden * 1000
    uitkomst["bladzijden"] = paginas
    uitkomst["bladzijden per seconde"] = paginas / uitkomst["alles samen (make_document)"] * 1000
    return uitkomst


def measure_paren(map_: Path, soort: str, keer: int) -> dict[str, float]:
    """Pairs of PDF/A-3a+UA-1 and Word per second out of two warm processes; the data differs each time."""
    with ProcessPoolExecutor(PROCESSEN, get_context("spawn")) as pool:
        list(pool.map(make_paar, [(str(map_), soort, nummer) for nummer in range(2 * PROCESSEN)]))
        begin = time.perf_counter()
        tijden = list(pool.map(make_paar, [(str(map_), soort, 100 + nummer) for nummer in range(keer * PROCESSEN)]))
        verstreken = time.perf_counter() - begin
    return {
        "paren per seconde, twee processen": len(tijden) / verstreken,
        "rekentijd per paar": statistics.median(tijden) * 1000,
    }


def make_paar(opdracht: tuple[str, str, int]) -> float:
    """One document in a worker; gives the seconds of computing it took."""
    map_, soort, nummer = opdracht
    begin = time.process_time()
    make_document(open_sjablonen(map_), soort, make_gegevens(nummer), kenmerk=soort)
    return time.process_time() - begin


def make_kale_pdf(tekst: str) -> bytes:
    """The same words without tags, tables, links or numbers of pages."""
    pdf = FPDF()
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / LETTERTYPEN[0]
        pad.write_bytes(read_huisbestand(LETTERTYPEN[0]))
        pdf.add_font("Noto", fname=str(pad))
        pdf.set_font("Noto", size=9)
        pdf.add_page()
        pdf.multi_cell(0, 5, tekst)
        return bytes(pdf.output())


def time_libreoffice(word: bytes) -> float | None:
    """Seconds that LibreOffice takes for one docx, start included; None when it is not installed."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        return None
    with tempfile.TemporaryDirectory() as map_:
        (Path(map_) / "meting.docx").write_bytes(word)
        opdracht = [soffice, f"-env:UserInstallation=file://{map_}/profiel", "--headless", "--convert-to", "pdf"]
        tijden = []
        for _ in range(2):
            begin = time.perf_counter()
            subprocess.run(  # noqa: S603 - the program found above, on a file made here
                [*opdracht, "--outdir", map_, f"{map_}/meting.docx"], check=True, capture_output=True, timeout=300
            )
            tijden.append(time.perf_counter() - begin)
    return tijden[-1]


def show(uitkomsten: Mapping[str, Mapping[str, float]]) -> None:
    """Print a table."""
    stappen = list(dict.fromkeys(stap for uitkomst in uitkomsten.values() for stap in uitkomst))
    breedte = max(map(len, stappen))
    sys.stdout.write(f"{'':{breedte}}" + "".join(f"{soort:>14}" for soort in uitkomsten) + "\n")
    for stap in stappen:
        eenheid = "" if stap.startswith(("bladzijden", "paren")) else " ms"
        cellen = "".join(f"{f'{uitkomst[stap]:.1f}{eenheid}':>14}" for uitkomst in uitkomsten.values())
        sys.stdout.write(f"{stap:{breedte}}{cellen}\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Meet hoe lang een document duurt, stap voor stap.")
    parser.add_argument("--json", action="store_true", help="geef JSON in plaats van een tabel")
    parser.add_argument("--keer", type=int, default=5, help="hoe vaak elk document wordt gemaakt (standaard 5)")
    keuze = parser.parse_args()
    with tempfile.TemporaryDirectory() as map_:
        bron = make_bron(Path(map_))
        uitkomsten = {
            soort: measure(bron, soort, keuze.keer) | measure_paren(Path(map_), soort, keuze.keer)
            for soort in ("brief", "contract")
        }
    if keuze.json:
        sys.stdout.write(json.dumps(uitkomsten, ensure_ascii=False, indent=1) + "\n")
    else:
        show(uitkomsten)


if __name__ == "__main__":
    main()
