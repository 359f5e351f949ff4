"""How much computing the server does for a page, with many procedures, applications and rows in the log.

    ./run bench web [--json] [--procedures N] [--aanmeldingen N] [--overeenkomsten N] [--logregels N] [--keer N]
                    [--gebruikers N] [--database URL] [--map MAP] [--upload MB]

The store is made first, on SQLite or at the PostgreSQL address of `--database` (an empty database), past the acts
(a load of this size is no procedure): procedures by copies of one definition, applications spread over their rounds,
half of them opened. With `--map` it is kept there, and used again when it is there already. Then each page is asked
for by somebody who is signed in. Reported per page: CPU time of the whole request in this process (median and p95,
milliseconds), of which about 3 ms is the test client itself, and the size of the answer; on PostgreSQL also the
waiting time, since the database computes elsewhere. CPU time and not the clock, so that another load on the machine
does not count.

`--gebruikers N`: so many at once, each with a session of its own, every page in an order of his own; reported is the
CPU time of all of it by request. `--upload MB`: so many megabytes sent by an
aanbieder as two files, and how much more memory the server took for it at its highest (benchmarks/upload).
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
from fastapi import FastAPI
from sqlmodel import Session
from starlette.testclient import TestClient

from benchmarks.upload import measure_upload
from inkoop import bootstrap
from inkoop.definitions.criteriaset import find_editie, load_criteriaset
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.verloop import Aanmeldingsstatus, Overeenkomststatus
from inkoop.services import personen, websessies
from inkoop.services.huis import Huis
from inkoop.services.overeenkomsten import Inhoud
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, OvereenkomstRow
from inkoop.storage.tabellen.procedure import CriteriaeditieRow, ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.winkel import Winkelsoort
from inkoop.web.app import create_app
from inkoop.web.tempo import Tempo
from inkoop.web.toegang import COOKIE

PAGINAS = {
    "mijn taken": "/taken",
    "procedures": "/procedures",
    "procedures, gefilterd": "/procedures?q=proef-00007&fase=publiceren",
    "een procedure": "/procedures/proef-00007",
    "een ronde": "/rondes/P00007-1",
    "ronde, zoeken": "/rondes/P00007-1?q=aanbieder",
    "documenten": "/documenten",
    "tekenen in een ronde": "/rondes/P00007-1/tekenen",
    "contracten": "/contracten",
    "contracten, zoeken": "/contracten?q=aanbieder+19",
    "aanbieders": "/aanbieders?q=aanbieder+19",
    "zoeken": "/zoeken?q=aanbieder+19",
    "archief": "/archief",
    "archief, zoeken": "/archief?q=P00007-1-A000207",
    "openbaar": "/",
    "catalogus": "/catalogus",
    "catalogus, gemeente": "/catalogus?gemeente=Vught",
    "catalogus, zoeken": "/catalogus?q=aanbieder+19&bladzijde=2",
}
DEEL = 2000
"""How many records one unit of work holds."""


def fill(huis: Huis, aantal: int, aanmeldingen: int, logregels: int, overeenkomsten: int = 0) -> None:
    """Make the load: `aantal` procedures with one round each, the applications over them, rows in the log.

    The first `overeenkomsten` aanmeldingen got an agreement, with an entry in the catalogue for each of two products.
    """
    nu = datetime(2020, 4, 2, 9, tzinfo=UTC)
    definitie = bootstrap.load_definitie(huis, "meierij-2020")
    editie = load_criteriaset(find_editie(huis.criteria, definitie.criteriaset, "2020-1"))
    opgave = load_scenarios(huis.criteria / "meierij-wmo" / "scenarios")[0].aanmelding
    (ronde, *_) = [r for r in definitie.instroom.rondes if r.kenmerk == "M-2020-2"]
    systeem = bootstrap.act_as_systeem(huis, nu)
    personen.add_persoon(huis, systeem, id="meter", naam="De Meter", functie="inkoper", rollen=[Rol.INKOPER])
    rondes = []
    with huis.winkel.eenheid(Actor("systeem", "systeem"), nu) as eenheid:
        for nummer in range(aantal):
            naam, kenmerk = f"proef-{nummer:05d}", f"P{nummer:05d}-1"
            eigen = msgspec.structs.replace(ronde, kenmerk=kenmerk)
            instroom = msgspec.structs.replace(definitie.instroom, rondes=(eigen,))
            kopie = msgspec.structs.replace(definitie, naam=naam, titel=f"Proef {naam}", instroom=instroom)
            procedure = ProcedureRow(
                id=uuid4(),
                naam=naam,
                definitie=msgspec.json.encode(kopie).decode(),
                definitie_hash=kopie.hash,
                fase=Fase.PUBLICEREN,
                aangemaakt_op=nu,
                gepubliceerd_op=nu,
            )
            eenheid.sessie.add(procedure)
            eenheid.sessie.flush()
            bevroren = CriteriaeditieRow(
                id=uuid4(),
                procedure_id=procedure.id,
                criteriaset=editie.set,
                editie=editie.editie,
                hash=editie.hash,
                inhoud=msgspec.json.encode(editie).decode(),
                vastgelegd_op=nu,
            )
            eenheid.sessie.add(bevroren)
            eenheid.sessie.flush()
            rij = RondeRow(
                id=uuid4(),
                procedure_id=procedure.id,
                criteriaeditie_id=bevroren.id,
                kenmerk=kenmerk,
                fase=Fase.SELECTEREN,
                opening=ronde.opening,
                sluiting=ronde.sluiting,
                openingsverzoek_door="a",
                geopend_door="b" if nummer % 2 else None,
                geopend_op=nu if nummer % 2 else None,
            )
            eenheid.sessie.add(rij)
            rondes.append((rij.id, kenmerk))
        eenheid.audit("last", "meting")
    inhoud = msgspec.json.encode(opgave).decode()
    for begin in range(0, aanmeldingen, DEEL):
        with huis.winkel.eenheid(Actor("systeem", "systeem"), nu) as eenheid:
            for nummer in range(begin, min(begin + DEEL, aanmeldingen)):
                ronde_id, kenmerk = rondes[nummer % len(rondes)]
                aanmelding_id = uuid4()
                eenheid.sessie.add(
                    AanmeldingRow(
                        id=aanmelding_id,
                        ronde_id=ronde_id,
                        kenmerk=f"{kenmerk}-A{nummer:06d}",
                        naam=f"Aanbieder {nummer}",
                        kvk=f"{10_000_000 + nummer}",
                        ontvangen_op=ronde.sluiting - timedelta(days=3),
                        status=Aanmeldingsstatus.IN_BEHANDELING,
                        opgave=inhoud,
                    )
                )
                if nummer < overeenkomsten:
                    eenheid.sessie.flush()
                    _add_overeenkomst(eenheid.sessie, definitie, aanmelding_id, nummer)
            eenheid.audit("last", "meting")
    for begin in range(0, logregels, DEEL):
        with huis.winkel.eenheid(Actor("systeem", "systeem"), nu) as eenheid:
            for nummer in range(begin, min(begin + DEEL, logregels)):
                eenheid.audit("last", rondes[nummer % len(rondes)][1])


def _add_overeenkomst(sessie: Session, definitie: Proceduredefinitie, aanmelding_id: UUID, nummer: int) -> None:
    overeenkomst_id = uuid4()
    sessie.add(
        OvereenkomstRow(
            id=overeenkomst_id,
            aanmelding_id=aanmelding_id,
            contractnummer=f"P-O{nummer:06d}",
            status=Overeenkomststatus.ACTIEF,
            inhoud=msgspec.json.encode(
                Inhoud(
                    producten={p.code: tuple(een.code for een in p.producten) for p in definitie.percelen[:1]},
                    tarieftabel=definitie.tarieftabellen[0].versie,
                )
            ).decode(),
            ingang=definitie.looptijd.ingang,
            einddatum=definitie.looptijd.max_einddatum,
            opgesteld_door="a",
        )
    )
    sessie.flush()
    for perceel, product in [(p.code, een.code) for p in definitie.percelen for een in p.producten][:2]:
        sessie.add(
            CatalogusRow(
                id=uuid4(),
                overeenkomst_id=overeenkomst_id,
                aanbieder=f"Aanbieder {nummer}",
                perceel=perceel,
                product=product,
                van=date(2020, 1, 1),
                tot=definitie.looptijd.max_einddatum,
            )
        )


def measure(browser: TestClient, keer: int) -> dict[str, dict[str, float]]:
    """Ask for each page so often; the first answer warms up and is not counted."""
    uitkomst = {}
    for naam, pad in PAGINAS.items():
        tijden, gewacht, antwoord = [], [], browser.get(pad)
        if antwoord.status_code != 200:
            raise SystemExit(f"{pad}: {antwoord.status_code}")
        for _ in range(keer):
            klok, begin = time.perf_counter(), time.process_time()
            browser.get(pad)
            tijden.append((time.process_time() - begin) * 1000)
            gewacht.append((time.perf_counter() - klok) * 1000)
        uitkomst[naam] = {
            "mediaan_ms": round(statistics.median(tijden), 1),
            "p95_ms": round(_find_p95(tijden), 1),
            "klok_mediaan_ms": round(statistics.median(gewacht), 1),
            "kB": round(len(antwoord.content) / 1000, 1),
        }
    return uitkomst


def _find_p95(tijden: list[float]) -> float:
    return sorted(tijden)[max(0, round(len(tijden) * 0.95) - 1)]


def measure_samen(browsers: list[TestClient], keer: int) -> dict[str, float]:
    """Everybody at once, every page so often, each in an order of his own: CPU time by request, and refusals."""
    fouten: list[str] = []

    def lees(nummer: int, browser: TestClient) -> None:
        paden = list(PAGINAS.values()) * keer
        random.Random(nummer).shuffle(paden)
        fouten.extend(pad for pad in paden if browser.get(pad).status_code != 200)

    begin = time.process_time()
    draden = [threading.Thread(target=lees, args=paar) for paar in enumerate(browsers)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    aantal = len(browsers) * len(PAGINAS) * keer
    rekentijd = (time.process_time() - begin) * 1000
    return {"gebruikers": len(browsers), "verzoeken": aantal, "ms": round(rekentijd / aantal, 1), "fouten": len(fouten)}


def _measure_upload(megabytes: int) -> dict[str, float]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as proces:
        return proces.submit(measure_upload, megabytes).result()


def _log_in(app: FastAPI, huis: Huis, rol: Rol = Rol.INKOPER) -> TestClient:
    browser = TestClient(app, base_url="http://inkoop.test")
    with huis.winkel.lezen() as sessie:
        meter = personen.find_persoon(sessie, "meter")
    browser.cookies.set(COOKIE, websessies.begin(huis, meter, rol, datetime.now(UTC)))
    return browser


def _open(map_: Path, keuze: argparse.Namespace) -> Huis:
    """The store of an earlier run, or a new one with the load in it."""
    omgeving = {"INKOOP_DATABASE_URL": keuze.database} if keuze.database else {}
    instellingen = read_instellingen(omgeving, CHECKOUT)
    if (map_ / "winkel").is_dir():
        return bootstrap.open_huis(map_ / "winkel", instellingen)
    huis = bootstrap.create_huis(map_ / "winkel", Winkelsoort.SIMULATIE, instellingen, database=instellingen.database)
    begin = time.process_time()
    fill(huis, keuze.procedures, keuze.aanmeldingen, keuze.logregels, keuze.overeenkomsten)
    sys.stderr.write(f"Winkel gevuld in {time.process_time() - begin:.0f} s rekentijd.\n")
    return huis


def main() -> None:
    """Fill a store, measure, print."""
    lezer = argparse.ArgumentParser(prog="./run bench web")
    lezer.add_argument("--json", action="store_true")
    lezer.add_argument("--procedures", type=int, default=200)
    lezer.add_argument("--aanmeldingen", type=int, default=20_000)
    lezer.add_argument("--overeenkomsten", type=int, default=2_000)
    lezer.add_argument("--logregels", type=int, default=300_000)
    lezer.add_argument("--keer", type=int, default=40)
    lezer.add_argument("--gebruikers", type=int, default=0)
    lezer.add_argument("--upload", type=int, default=0)
    lezer.add_argument("--database", default="")
    lezer.add_argument("--map", type=Path)
    keuze = lezer.parse_args()
    with tempfile.TemporaryDirectory() as tijdelijk:
        huis = _open(keuze.map or Path(tijdelijk), keuze)
        app = create_app(huis, read_instellingen({}, CHECKOUT), tempo=Tempo(100_000))
        uitkomst = measure(_log_in(app, huis), keuze.keer)
        samen = (
            measure_samen([_log_in(app, huis) for _ in range(keuze.gebruikers)], max(1, keuze.keer // 20))
            if keuze.gebruikers
            else None
        )
        huis.winkel.close()
    # In a process of its own: what the pages above left in memory would hide what an upload takes.
    upload = _measure_upload(keuze.upload) if keuze.upload else None
    last = {
        "procedures": keuze.procedures,
        "aanmeldingen": keuze.aanmeldingen,
        "logregels": keuze.logregels,
        "database": "PostgreSQL" if keuze.database else "SQLite",
    }
    if keuze.json:
        print(json.dumps({"last": last, "paginas": uitkomst, "samen": samen, "upload": upload}, indent=2))
        return
    print(", ".join(f"{waarde} {naam}" for naam, waarde in last.items()))
    print(f"{'bladzijde':<24}{'mediaan':>10}{'p95':>10}{'klok':>10}{'grootte':>10}")
    for naam, cijfers in uitkomst.items():
        tijden = "".join(f"{cijfers[veld]:>7} ms" for veld in ("mediaan_ms", "p95_ms", "klok_mediaan_ms"))
        print(f"{naam:<24}{tijden}{cijfers['kB']:>7} kB")
    for wat in (samen, upload):
        if wat is not None:
            print(", ".join(f"{naam}: {waarde}" for naam, waarde in wat.items()))


if __name__ == "__main__":
    main()
