"""How much computing the server does for a page, with many procedures, applications and rows in the log.

    ./run bench web [--json] [--procedures N] [--aanmeldingen N] [--overeenkomsten N] [--logregels N] [--keer N]
                    [--alleen WOORD] [--gebruikers N] [--processen N] [--database URL] [--map MAP] [--groei MAP]
                    [--upload MB]

The store is made first, on SQLite or at the PostgreSQL address of `--database` (an empty database): see
`benchmarks/_weblast`. With `--map` it is kept there, and used again when it is there already (more applications and
rows in the log come beside those it has). Then each page is asked for by who opens it, of every role. Reported per
page: CPU time of the whole request in this process (median and p95, milliseconds), of which about 3 ms is the test
client itself, and the size of the answer; on PostgreSQL also the waiting time, since the database computes elsewhere.
CPU time and not the clock, so that another load on the machine counts as little as it can.

`--groei MAP`: the same pages beside it on a larger store that is there already. `--alleen WOORD`: only pages with this
in their name. `--gebruikers N`: so many people at once on a server of its own (`benchmarks/_webserver`), of
`--processen` processes. `--upload MB`: so many megabytes sent by an aanbieder as two files, and how much more memory
the server took for it at its highest (benchmarks/upload).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from fastapi import FastAPI
from starlette.testclient import TestClient

from benchmarks._weblast import KVK, add_aanmeldingen, add_logregels, fill
from benchmarks._webserver import begin_sessie, find_p95, measure_samen
from benchmarks.upload import measure_upload
from inkoop import bootstrap
from inkoop.services.huis import Huis
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.winkel import Winkelsoort
from inkoop.web.app import create_app
from inkoop.web.geheugen import leave_geladen
from inkoop.web.tempo import Tempo
from inkoop.web.toegang import COOKIE

PAGINAS: dict[str, tuple[str, str]] = {
    "mijn taken, inkoper": ("meter", "/taken"),
    "mijn taken, beoordelaar": ("meter-b", "/taken"),
    "mijn taken, jurist": ("meter-j", "/taken"),
    "mijn taken, gemandateerde": ("meter-g", "/taken"),
    "mijn taken, contractmanager": ("meter-c", "/taken"),
    "procedures": ("meter", "/procedures"),
    "procedures, gefilterd": ("meter", "/procedures?q=proef-00007&fase=publiceren"),
    "procedures, rekenblad": ("meter", "/procedures.xlsx?q=proef-0000"),
    "een procedure": ("meter", "/procedures/proef-00007"),
    "een ronde": ("meter", "/rondes/P00007-1"),
    "ronde, zoeken": ("meter", "/rondes/P00007-1?q=aanbieder+10"),
    "een aanmelding": ("meter", "/aanmeldingen/P00007-1-A000007"),
    "een aanmelding, beoordelaar": ("meter-b", "/aanmeldingen/P00007-1-A003807"),
    "feiten van een aanmelding": ("meter-b", "/aanmeldingen/P00007-1-A001807/feiten"),
    "werk, volgende feiten": ("meter-b", "/rondes/P00007-1/werk?soort=feiten&na=P00007-1-A001807"),
    "besluiten van een ronde": ("meter-g", "/rondes/P00007-1/besluiten"),
    "herstel van een ronde": ("meter-j", "/rondes/P00007-1/herstel"),
    "documenten": ("meter", "/documenten"),
    "documenten, te controleren": ("meter-j", "/documenten?stand=te_controleren"),
    "documenten van een ronde": ("meter", "/documenten?onderwerp=P00007-1"),
    "tekenen in een ronde": ("meter", "/rondes/P00007-1/tekenen"),
    "contracten": ("meter", "/contracten"),
    "contracten, zoeken": ("meter", "/contracten?q=aanbieder+19"),
    "contracten, rekenblad": ("meter-c", "/contracten.xlsx?q=aanbieder+19"),
    "een contract": ("meter-c", "/contracten/P-O000007"),
    "termijnen": ("meter-c", "/bewaking"),
    "maatregelen": ("meter-c", "/maatregelen"),
    "aanbieders": ("meter", "/aanbieders"),
    "aanbieders, zoeken": ("meter", "/aanbieders?q=aanbieder+19"),
    "een aanbieder": ("meter-c", f"/aanbieders/{KVK + 12}"),
    "zoeken": ("meter", "/zoeken?q=aanbieder+19"),
    "zoeken, contractmanager": ("meter-c", "/zoeken?q=aanbieder+19"),
    "logboek": ("meter-r", "/logboek"),
    "logboek van een ronde": ("meter-r", "/logboek?onderwerp=P00007-1"),
    "archief": ("meter-r", "/archief"),
    "archief, zoeken": ("meter-r", "/archief?q=P00007-1-A000207"),
    "eigen aanmeldingen, aanbieder": ("meter-a", "/aanmelden"),
    "een eigen aanmelding": ("meter-a", "/aanmelden/P00049-1-A000049"),
    "openbaar": ("", "/"),
    "catalogus": ("", "/catalogus"),
    "catalogus, gemeente": ("", "/catalogus?gemeente=Vught"),
    "catalogus, zoeken": ("", "/catalogus?q=aanbieder+19&bladzijde=2"),
}
"""Each page with who opens it; nobody for what is public."""


def measure(app: FastAPI, huis: Huis, keer: int, alleen: str = "") -> dict[str, dict[str, float]]:
    """Ask for each page so often; the first answer warms up. `alleen`: only pages with this in their name."""
    uitkomst = {}
    browsers = {wie: log_in(app, huis, wie) for wie in {wie for wie, _ in PAGINAS.values()}}
    for naam, (wie, pad) in PAGINAS.items():
        if alleen not in naam:
            continue
        browser = browsers[wie]
        tijden, gewacht, antwoord = [], [], browser.get(pad, follow_redirects=False)
        if antwoord.status_code not in (200, 303):
            raise SystemExit(f"{pad}: {antwoord.status_code}")
        for _ in range(keer):
            klok, begin = time.perf_counter(), time.process_time()
            browser.get(pad, follow_redirects=False)
            tijden.append((time.process_time() - begin) * 1000)
            gewacht.append((time.perf_counter() - klok) * 1000)
        uitkomst[naam] = {
            "mediaan_ms": round(statistics.median(tijden), 1),
            "p95_ms": round(find_p95(tijden), 1),
            "klok_mediaan_ms": round(statistics.median(gewacht), 1),
            "kB": round(len(antwoord.content) / 1000, 1),
        }
    return uitkomst


def _measure_upload(megabytes: int) -> dict[str, float]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as proces:
        return proces.submit(measure_upload, megabytes).result()


def log_in(app: FastAPI, huis: Huis, wie: str) -> TestClient:
    """A browser of one of METERS; of nobody when the name is empty."""
    browser = TestClient(app, base_url="http://inkoop.test")
    if wie:
        browser.cookies.set(COOKIE, begin_sessie(huis, wie))
    return browser


def open_winkel(map_: Path, keuze: argparse.Namespace) -> Huis:
    """The store of an earlier run, or a new one with the load in it; more applications come beside those it has."""
    omgeving = {"INKOOP_DATABASE_URL": keuze.database} if keuze.database else {}
    instellingen = read_instellingen(omgeving, CHECKOUT)
    if (map_ / "winkel").is_dir():
        huis = bootstrap.open_huis(map_ / "winkel", instellingen)
        add_aanmeldingen(huis, keuze.aanmeldingen, keuze.overeenkomsten)
        add_logregels(huis, keuze.logregels)
        return huis
    database = instellingen.database
    huis = bootstrap.create_huis(map_ / "winkel", Winkelsoort.SIMULATIE, instellingen, database=database)
    begin = time.process_time()
    fill(huis, keuze.procedures, keuze.aanmeldingen, keuze.logregels, keuze.overeenkomsten)
    sys.stderr.write(f"Winkel gevuld in {time.process_time() - begin:.0f} s rekentijd.\n")
    return huis


def _read_keuze() -> argparse.Namespace:
    lezer = argparse.ArgumentParser(prog="./run bench web")
    lezer.add_argument("--json", action="store_true")
    lezer.add_argument("--procedures", type=int, default=200)
    lezer.add_argument("--aanmeldingen", type=int, default=20_000)
    lezer.add_argument("--overeenkomsten", type=int, default=2_000)
    lezer.add_argument("--logregels", type=int, default=300_000)
    lezer.add_argument("--keer", type=int, default=20)
    lezer.add_argument("--alleen", default="")
    lezer.add_argument("--gebruikers", type=int, default=0)
    lezer.add_argument("--processen", type=int, default=1)
    lezer.add_argument("--upload", type=int, default=0)
    lezer.add_argument("--database", default="")
    lezer.add_argument("--map", type=Path)
    lezer.add_argument("--groei", type=Path)
    return lezer.parse_args()


def main() -> None:
    """Fill a store, measure, print."""
    keuze = _read_keuze()
    with tempfile.TemporaryDirectory() as tijdelijk:
        map_ = keuze.map or Path(tijdelijk)
        huis = open_winkel(map_, keuze)
        app = create_app(huis, read_instellingen({}, CHECKOUT), tempo=Tempo(100_000))
        leave_geladen()
        uitkomst = measure(app, huis, keuze.keer, keuze.alleen) if keuze.keer else {}
        samen = None
        if keuze.gebruikers:
            samen = measure_samen(huis, map_ / "winkel", PAGINAS, keuze.gebruikers, keuze.processen, keuze.database)
        huis.winkel.close()
        groei = _measure_groei(keuze) if keuze.groei else {}
    # In a process of its own: what the pages above left in memory would hide what an upload takes.
    upload = _measure_upload(keuze.upload) if keuze.upload else None
    last = {
        "procedures": keuze.procedures,
        "aanmeldingen": keuze.aanmeldingen,
        "logregels": keuze.logregels,
        "database": "PostgreSQL" if keuze.database else "SQLite",
    }
    if keuze.json:
        alles = {"last": last, "paginas": uitkomst, "groei": groei, "samen": samen, "upload": upload}
        print(json.dumps(alles, indent=2))
        return
    print(", ".join(f"{waarde} {naam}" for naam, waarde in last.items()))
    print(f"{'bladzijde':<30}{'mediaan':>10}{'p95':>10}{'klok':>10}{'grootte':>10}{'groter: mediaan':>18}")
    for naam, cijfers in uitkomst.items():
        tijden = "".join(f"{cijfers[veld]:>7} ms" for veld in ("mediaan_ms", "p95_ms", "klok_mediaan_ms"))
        groter = f"{groei[naam]['mediaan_ms']:>15} ms" if naam in groei else ""
        print(f"{naam:<30}{tijden}{cijfers['kB']:>7} kB{groter}")
    for wat in (samen, upload):
        if wat is not None:
            print(", ".join(f"{naam}: {waarde}" for naam, waarde in wat.items()))


def _measure_groei(keuze: argparse.Namespace) -> dict[str, dict[str, float]]:
    """The same pages on a larger store that is there already."""
    huis = bootstrap.open_huis(keuze.groei / "winkel", read_instellingen({}, CHECKOUT))
    app = create_app(huis, read_instellingen({}, CHECKOUT), tempo=Tempo(100_000))
    uitkomst = measure(app, huis, keuze.keer, keuze.alleen)
    huis.winkel.close()
    return uitkomst


if __name__ == "__main__":
    main()
