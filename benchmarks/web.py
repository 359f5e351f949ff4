"""How much computing the server does for a page, with many procedures, applications and rows in the log.

    ./run bench web [--json] [--procedures N] [--aanmeldingen N] [--overeenkomsten N] [--logregels N] [--keer N]

The store is made first, on SQLite, past the acts (a load of this size is no procedure): procedures by copies
of one definition, applications spread over their rounds, half of them opened. Then each page is asked for by
somebody who is signed in, one request at a time in this process. Reported per page: CPU time of the whole
request (median and p95, milliseconds), of which about 3 ms is the test client itself, and the size of the answer.
CPU time and not the clock, so that another load on the machine does not count.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import msgspec
from sqlmodel import Session
from starlette.testclient import TestClient

from inkoop import bootstrap
from inkoop.definitions.criteriaset import find_editie, load_criteriaset
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.verloop import Aanmeldingsstatus, Overeenkomststatus
from inkoop.services import personen, websessies
from inkoop.services.huis import Huis
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
            inhoud="{}",
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
        tijden, antwoord = [], browser.get(pad)
        if antwoord.status_code != 200:
            raise SystemExit(f"{pad}: {antwoord.status_code}")
        for _ in range(keer):
            begin = time.process_time()
            browser.get(pad)
            tijden.append((time.process_time() - begin) * 1000)
        p95 = sorted(tijden)[max(0, round(len(tijden) * 0.95) - 1)]
        uitkomst[naam] = {
            "mediaan_ms": round(statistics.median(tijden), 1),
            "p95_ms": round(p95, 1),
            "kB": round(len(antwoord.content) / 1000, 1),
        }
    return uitkomst


def main() -> None:
    """Fill a store, measure, print."""
    lezer = argparse.ArgumentParser(prog="./run bench web")
    lezer.add_argument("--json", action="store_true")
    lezer.add_argument("--procedures", type=int, default=200)
    lezer.add_argument("--aanmeldingen", type=int, default=20_000)
    lezer.add_argument("--overeenkomsten", type=int, default=2_000)
    lezer.add_argument("--logregels", type=int, default=300_000)
    lezer.add_argument("--keer", type=int, default=40)
    keuze = lezer.parse_args()
    with tempfile.TemporaryDirectory() as map_:
        instellingen = read_instellingen({}, CHECKOUT)
        huis = bootstrap.create_huis(Path(map_) / "winkel", Winkelsoort.SIMULATIE, instellingen)
        begin = time.process_time()
        fill(huis, keuze.procedures, keuze.aanmeldingen, keuze.logregels, keuze.overeenkomsten)
        sys.stderr.write(f"Winkel gevuld in {time.process_time() - begin:.0f} s rekentijd.\n")
        browser = TestClient(create_app(huis, instellingen, tempo=Tempo(1000)), base_url="http://inkoop.test")
        with huis.winkel.lezen() as sessie:
            meter = personen.find_persoon(sessie, "meter")
        browser.cookies.set(COOKIE, websessies.begin(huis, meter, Rol.INKOPER, datetime.now(UTC)))
        uitkomst = measure(browser, keuze.keer)
        huis.winkel.close()
    last = {"procedures": keuze.procedures, "aanmeldingen": keuze.aanmeldingen, "logregels": keuze.logregels}
    if keuze.json:
        print(json.dumps({"last": last, "paginas": uitkomst}, indent=2))
        return
    print(", ".join(f"{waarde} {naam}" for naam, waarde in last.items()))
    print(f"{'bladzijde':<24}{'mediaan':>10}{'p95':>10}{'grootte':>10}")
    for naam, cijfers in uitkomst.items():
        print(f"{naam:<24}{cijfers['mediaan_ms']:>7} ms{cijfers['p95_ms']:>7} ms{cijfers['kB']:>7} kB")


if __name__ == "__main__":
    main()
