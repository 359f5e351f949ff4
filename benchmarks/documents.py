"""How long documents take: the framework agreement and a letter, with and without reuse, beside what else there is.

    ./run bench documents [--json] [--keer N] [--installeer]

Each document is for another provider of one round, so no cache can answer for what differs; what the round
shares is equal, as it is in a real round. Pairs of PDF (A-3a and UA-1, data inside) and Word come out of two
processes. Beside them: bare WeasyPrint on the same HTML, docxtpl with LibreOffice, and Typst as a limit (both of
the dependency group `bench`, `--installeer` gets them; what is not there is named and left out).

Figures are CPU time, and pairs a second are those of two processes that each have a core of their own (two
divided by the CPU seconds of a pair): other work on the machine still costs caches, so trust the ratios of one
run. The clock's own pairs a second stand below it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import msgspec
from drukmeting import anderen
from drukmeting.stukken import CHECKOUT, SJABLONEN, SOORTEN, make_stuk, make_velden

from inkoop.documents.afwijkingen import Afwijking, Rondes
from inkoop.documents.boom import Document
from inkoop.documents.clausules import list_clausules
from inkoop.documents.delen import Delenvoorraad
from inkoop.documents.docx import render_docx
from inkoop.documents.html import render_delen, render_html
from inkoop.documents.maken import build_document, choose_opmaak, encode_gegevens, find_tijdstip, make_document
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.documents.opmaakmotor import Pdfgegevens
from inkoop.documents.pdf import render_pdf
from inkoop.documents.schermstijl import SCHERMSTIJL
from inkoop.services.drukkerij import Drukopdracht, druk_begrensd, open_sjablonen

PROCESSEN = 2
STREEFWAARDEN = {
    "raamovereenkomst": {"paren per seconde": 2.6, "hergebruik, keer zo snel": 3.0, "voorbeeld, ms": 50},
    "toelatingsbrief": {"paren per seconde": 15.0},
    "orkestratie, procent": 5.0,
}
Uitkomst = TypeVar("Uitkomst")


class Stopwatch:
    """CPU milliseconds of stages by name."""

    def __init__(self) -> None:
        self.tijden: dict[str, list[float]] = {}

    def clock(self, stap: str, functie: Callable[[], Uitkomst]) -> Uitkomst:
        """Do one stage and note its CPU time."""
        begin = time.process_time()
        uitkomst = functie()
        self.tijden.setdefault(stap, []).append((time.process_time() - begin) * 1000)
        return uitkomst


def make_once(soort: str, nummer: int, wekker: Stopwatch, voorraad: Delenvoorraad) -> tuple[int, int]:
    """Go through all stages for one provider; give the numbers of pages and parts."""
    bron = open_sjablonen(SJABLONEN)
    metagegevens = read_metagegevens(bron, soort)
    velden = make_velden(soort, nummer)
    kenmerk = str(velden["kenmerk"])
    tijdstip = find_tijdstip(velden)
    boom = wekker.clock("sjabloon, boom, nummers en poorten", lambda: build_document(bron, soort, velden, metagegevens))
    keuze = choose_opmaak(bron, metagegevens, velden, kenmerk)
    delen = wekker.clock("html", lambda: render_delen(boom, keuze))
    extra = Pdfgegevens(
        titel=boom.titel,
        kenmerk=keuze.kenmerk,
        auteur=keuze.afzender,
        tijdstip=tijdstip,
        gegevens=encode_gegevens(velden),
        huisstijl=keuze.huisstijl,
    )
    pdf = wekker.clock("pdf/a-3a + ua-1, zonder hergebruik", lambda: render_pdf(delen, extra))
    wekker.clock("pdf/a-3a + ua-1, met hergebruik", lambda: render_pdf(delen, extra, voorraad))
    wekker.clock("docx", lambda: render_docx(boom, keuze, tijdstip=tijdstip))
    geheel = render_html(boom, keuze)
    wekker.clock("ter vergelijking: kale WeasyPrint, zelfde HTML", lambda: anderen.kale_weasyprint(geheel))
    wekker.clock("voorbeeld in de browser, andere gegevens", lambda: show_voorbeeld(soort, velden))
    wijziging = change_clausule(boom, nummer)
    wekker.clock("voorbeeld in de browser, clausule gewijzigd", lambda: show_voorbeeld(soort, velden, [[wijziging]]))
    return pdf.aantal_paginas, len(delen)


def change_clausule(boom: Document, nummer: int) -> Afwijking:
    """Another text for one clause in the middle of a document, each time another text."""
    clausules = [clausule for clausule in list_clausules(boom) if clausule.merk and len(clausule.tekst) > 40]
    clausule = clausules[len(clausules) // 2]
    nieuw = f"{clausule.tekst} Partijen evalueren dit na {nummer + 1} maanden."
    return Afwijking(merk=clausule.merk, oud=clausule.tekst, nieuw=nieuw)


def show_voorbeeld(soort: str, velden: Mapping[str, object], afwijkingen: Rondes = ()) -> str:
    """The page that a browser shows after somebody changed a clause: filled, numbered and checked anew."""
    bron = open_sjablonen(SJABLONEN)
    metagegevens = read_metagegevens(bron, soort)
    keuze = choose_opmaak(bron, metagegevens, velden, str(velden["kenmerk"]))
    boom = build_document(bron, soort, velden, metagegevens, afwijkingen)
    return render_html(boom, keuze, stijl=SCHERMSTIJL)


def measure_stappen(soort: str, keer: int) -> dict[str, float]:
    """Median CPU milliseconds of each stage, after a round in which every offer was seen once."""
    voorraad = Delenvoorraad()
    for nummer in range(7):
        bladen, delen = make_once(soort, nummer, Stopwatch(), voorraad)
    wekker = Stopwatch()
    for nummer in range(7, 7 + keer):
        bladen, delen = make_once(soort, nummer, wekker, voorraad)
    uit = {f"{stap}, ms": statistics.median(tijden) for stap, tijden in wekker.tijden.items()}
    return {"bladzijden": bladen, "delen": delen, **uit}


def measure_paren(soort: str, keer: int, *, hergebruik: bool) -> dict[str, float]:
    """Pairs of PDF and Word out of two warm processes."""
    naam = "met hergebruik" if hergebruik else "zonder hergebruik"
    with ProcessPoolExecutor(PROCESSEN, get_context("spawn")) as pool:
        list(pool.map(make_paar, [(soort, nummer, hergebruik) for nummer in range(7 * PROCESSEN)]))
        begin = time.perf_counter()
        opdrachten = [(soort, 100 + nummer, hergebruik) for nummer in range(keer * PROCESSEN)]
        tijden = list(pool.map(make_paar, opdrachten))
        verstreken = time.perf_counter() - begin
    rekentijd = statistics.fmean(tijden)
    return {
        f"rekentijd per paar, {naam}, ms": rekentijd * 1000,
        f"paren per seconde, {naam}": PROCESSEN / rekentijd,
        f"paren per seconde op de klok, {naam}": len(tijden) / verstreken,
    }


_voorraad = Delenvoorraad()


def make_paar(opdracht: tuple[str, int, bool]) -> float:
    """One pair in a worker; gives the CPU seconds it took."""
    soort, nummer, hergebruik = opdracht
    velden = make_velden(soort, nummer)
    begin = time.process_time()
    make_document(
        open_sjablonen(SJABLONEN),
        soort,
        velden,
        kenmerk=str(velden["kenmerk"]),
        voorraad=_voorraad if hergebruik else None,
    )
    return time.process_time() - begin


def measure_orkestratie(soort: str, keer: int) -> dict[str, float]:
    """What ordering a document in another process costs over making it here: decoding, limits, and the way back."""
    bron = open_sjablonen(SJABLONEN)
    direct, besteld = [], []
    for nummer in range(keer + 1):
        stuk, velden = make_stuk(soort, nummer), make_velden(soort, nummer)
        kenmerk = str(velden["kenmerk"])
        begin = time.process_time()
        make_document(bron, soort, velden, kenmerk=kenmerk)
        midden = time.process_time()
        opdracht = Drukopdracht(
            sjablonen=SJABLONEN, soort=soort, gegevens=msgspec.json.encode(stuk).decode(), kenmerk=kenmerk
        )
        rest = time_rest(opdracht)
        direct.append(midden - begin)
        besteld.append(rest)
    return {
        "orkestratie boven het maken, procent": 100 * statistics.median(besteld[1:]) / statistics.median(direct[1:])
    }


def time_rest(opdracht: Drukopdracht) -> float:
    """CPU seconds of everything around `make_document` when it is ordered in a worker."""
    from inkoop.services import drukkerij

    binnen = 0.0
    echt = drukkerij.make_document

    def _make(*args: object, **kwargs: object) -> object:
        nonlocal binnen
        begin = time.process_time()
        try:
            return echt(*args, **kwargs)  # type: ignore[arg-type]
        finally:
            binnen = time.process_time() - begin

    drukkerij.make_document = _make  # type: ignore[assignment]
    try:
        begin = time.process_time()
        gemaakt = druk_begrensd(pickle.loads(pickle.dumps(opdracht)))  # noqa: S301 - packed here
        pickle.loads(pickle.dumps(gemaakt))  # noqa: S301 - packed here
        return time.process_time() - begin - binnen
    finally:
        drukkerij.make_document = echt


def measure_anderen(soort: str, keer: int) -> dict[str, float]:
    """Typst on the same trees, and docxtpl with LibreOffice on the same Word file."""
    bron = open_sjablonen(SJABLONEN)
    metagegevens = read_metagegevens(bron, soort)
    uit: dict[str, float] = {}
    weg = anderen.find_ontbrekend()
    if "typst" not in weg:
        bomen = [build_document(bron, soort, make_velden(soort, nummer), metagegevens) for nummer in range(keer + 1)]
        anderen.time_typst(bomen[:1])
        uit["ter vergelijking: Typst, pdf/a-3a + ua-1, ms"] = 1000 * anderen.time_typst(bomen[1:])
    if "docxtpl" not in weg:
        velden = make_velden(soort, 1)
        word = make_document(bron, soort, velden, kenmerk="1").docx
        vullen, omzetten = anderen.time_docxtpl(word, "Stichting Zorg 1", max(keer, 3))
        uit["ter vergelijking: docxtpl, ms"] = 1000 * vullen
        if omzetten is not None:
            uit["ter vergelijking: LibreOffice docx naar pdf, ms"] = 1000 * omzetten
            uit["ter vergelijking: paren per seconde, docxtpl + LibreOffice"] = PROCESSEN / (vullen + omzetten)
    return uit


def measure(soort: str, keer: int) -> dict[str, float]:
    """Everything about one document type."""
    zonder = measure_paren(soort, keer, hergebruik=False)
    met = measure_paren(soort, keer, hergebruik=True)
    factor = met["paren per seconde, met hergebruik"] / zonder["paren per seconde, zonder hergebruik"]
    return {
        **measure_stappen(soort, keer),
        **zonder,
        **met,
        "hergebruik, keer zo snel": factor,
        **measure_orkestratie(soort, keer),
        **measure_anderen(soort, keer),
    }


def show(uitkomsten: Mapping[str, Mapping[str, float]]) -> None:
    """Print a table."""
    stappen = list(dict.fromkeys(stap for uitkomst in uitkomsten.values() for stap in uitkomst))
    breedte = max(map(len, stappen))
    sys.stdout.write(f"{'':{breedte}}" + "".join(f"{soort:>20}" for soort in uitkomsten) + "\n")
    for stap in stappen:
        cellen = (f"{uitkomst[stap]:.1f}" if stap in uitkomst else "-" for uitkomst in uitkomsten.values())
        sys.stdout.write(f"{stap:{breedte}}" + "".join(f"{cel:>20}" for cel in cellen) + "\n")


def install() -> None:
    """Get the dependency group `bench` into this environment."""
    uv = shutil.which("uv") or str(next(Path(CHECKOUT).glob(".bootstrap/bin/uv")))
    subprocess.run(  # noqa: S603 - the project's own tool, on its own lock file
        [uv, "sync", "--locked", "--inexact", "--group", "bench"], check=True, cwd=CHECKOUT
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Meet hoe lang documenten duren.")
    parser.add_argument("--json", action="store_true", help="geef JSON in plaats van een tabel")
    parser.add_argument("--keer", type=int, default=7, help="hoe vaak elk document wordt gemaakt (standaard 7)")
    parser.add_argument("--installeer", action="store_true", help="haal Typst en docxtpl op (groep bench)")
    keuze = parser.parse_args()
    if keuze.installeer:
        install()
    uitkomsten = {soort: measure(soort, keuze.keer) for soort in SOORTEN}
    ontbreekt = anderen.find_ontbrekend()
    if keuze.json:
        inhoud = {"cijfers": uitkomsten, "streefwaarden": STREEFWAARDEN, "ontbreekt": ontbreekt}
        sys.stdout.write(json.dumps(inhoud, ensure_ascii=False, indent=1) + "\n")
        return
    show(uitkomsten)
    if ontbreekt:
        sys.stdout.write(f"niet gemeten, want niet opgezet: {', '.join(ontbreekt)} (--installeer haalt pakketten op)\n")


if __name__ == "__main__":
    main()
