"""Several workers on one PostgreSQL store: each round once, papers made by workers, and nothing secret left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select

from inkoop import bootstrap
from inkoop.cli.demo import bewijs
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.personen import INKOPER, JURIST, list_demopersonen
from inkoop.cli.machinepark import Machinepark
from inkoop.cli.stroom import PREFECT, _find_poort
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Documentstatus
from inkoop.services import aandrijving, opening, rondes
from inkoop.settings import CHECKOUT
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.aandrijving import Tikstand
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.proefcluster import share_cluster
from tests.services.proefspel import PROCEDURE, RONDE, Proef, Proefspel, build_huis, find_scenario, make_plaatsvervanger

ZAKEN = ("M1", "M2", "M4")
GEHEIMEN = {
    "INKOOP_SMTP_HOST": "127.0.0.1",
    "INKOOP_SMTP_AFZENDER": "inkoop@regio.example",
    "INKOOP_SMTP_GEBRUIKER": "inkoop",
    "INKOOP_SMTP_WACHTWOORD": "geheim-van-de-post",
    "AWS_SECRET_ACCESS_KEY": "geheim-van-de-opslag",
}
DATABASEWACHTWOORD = "geheim-van-de-database"

PROGRAMMA = """
import asyncio, json, sys
from datetime import UTC, datetime
from pathlib import Path
import inkoop
from flows.aandrijven import start_tikken
from flows.uitrol import uitrol
from inkoop import bootstrap
from inkoop.services.aandrijving import list_tikken

async def main():
    winkel = Path(sys.argv[1])
    huis = bootstrap.share_huis(winkel)
    await uitrol(winkel, datetime.now(UTC))
    await start_tikken(huis)
    for _ in range(1200):
        tikken = list_tikken(huis, aantal=500)
        klaar = {tik.onderwerp for tik in tikken if tik.stand not in {"gevraagd", "bezig"}}
        if len(klaar) >= 2 and sys.argv[2] in klaar and not any(tik.stand == "bezig" for tik in tikken):
            print(json.dumps([tik.sleutel for tik in tikken if tik.stand != "gevraagd"]))
            return
        await asyncio.sleep(0.5)
    raise SystemExit("niet klaar gekomen")

asyncio.run(main())
"""


def play_tot_opening(map_: Path, url: str) -> Proef:
    """A round that was closed and opened, with three applications that nothing was done about yet."""
    groep = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))[0]
    huis = build_huis(Winkel.create(map_, Winkelsoort.SIMULATIE, database=url))
    spel = Proefspel(huis, groep, bootstrap.load_definitie(huis, groep.procedure), lambda _: None)
    spel.prepare()
    proef = Proef(huis, spel.spel.klok, PROCEDURE, RONDE)
    proef.tick(Fase.VOORBEREIDEN)
    proef.record_stappen(Fase.PUBLICEREN)
    proef.tick(Fase.PUBLICEREN)
    for zaak in ZAKEN:
        proef.submit(find_scenario(zaak).aanmelding, ontvangen_op=datetime(2020, 3, 12, 10, 41, tzinfo=TIJDZONE))
    proef.klok.set(datetime(2020, 4, 1, 9, tzinfo=TIJDZONE))
    rondes.request_opening(huis, proef.act_as(INKOPER), RONDE)
    opening.open_ronde(huis, proef.act_as(JURIST), RONDE)
    return proef


@pytest.mark.slow
def test_two_workers_do_each_tick_once_and_make_the_papers_and_leave_nothing_personal_with_prefect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
    cluster = share_cluster()
    url = cluster.url(cluster.create_database()).replace("inkoop@", f"inkoop:{DATABASEWACHTWOORD}@")
    map_ = tmp_path / "winkel"
    proef = play_tot_opening(map_, url)
    omgeving = dict(os.environ)
    park = Machinepark(thuis=map_ / PREFECT, adres="127.0.0.1", poort=_find_poort())
    try:
        os.environ.update(GEHEIMEN, INKOOP_DATABASE_URL=url, PREFECT_HOME=str(map_ / PREFECT))
        os.environ["PREFECT_LOGGING_LEVEL"] = "INFO"  # so that each worker says which runs it took
        park.prepare()
        park.start_server()
        park.start_werkers(2, "inkoop")
        klaar = subprocess.run(
            [sys.executable, "-c", PROGRAMMA, str(map_), RONDE],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
    finally:
        park.stop()
        os.environ.clear()
        os.environ.update(omgeving)
    assert klaar.returncode == 0, klaar.stderr
    # What began after the program ended was cut off by the test itself; those count that ended before.
    sleutels = set(json.loads(klaar.stdout.splitlines()[-1]))
    gelopen = [tik for tik in aandrijving.list_tikken(proef.huis, aantal=500) if tik.sleutel in sleutels]
    assert {(tik.poging, tik.stand is Tikstand.KLAAR, tik.melding) for tik in gelopen} == {(1, True, "")}
    assert len({tik.onderwerp for tik in gelopen}) >= 2
    assert (Fase.SELECTEREN, RONDE) in {(tik.flow, tik.onderwerp) for tik in gelopen}
    genomen = Counter(
        naam for naam in ("werker-1", "werker-2") if "flow run" in (map_ / PREFECT / f"{naam}.log").read_text()
    )
    assert set(genomen) == {"werker-1", "werker-2"}
    with proef.huis.winkel.lezen() as sessie:
        stukken = sessie.exec(select(DocumentRow).where(DocumentRow.ronde == RONDE)).all()
        bevestigingen = [rij for rij in stukken if rij.soort == "ontvangstbevestiging"]
        assert len(bevestigingen) == len({rij.onderwerp for rij in bevestigingen}) == len(ZAKEN)
        assert all(rij.status is not Documentstatus.TE_MAKEN for rij in stukken)
        for rij in bevestigingen:
            assert proef.huis.winkel.documenten.read(rij.pdf_sha256 or "").startswith(b"%PDF")
    assert check_keten(proef.huis.winkel).fouten == ()
    check_zwijgen(map_ / PREFECT, list_vertrouwelijk(proef))
    proef.huis.winkel.close()


def list_vertrouwelijk(proef: Proef) -> set[str]:
    """Words that no record, log, parameter or picture of Prefect may hold."""
    woorden = {GEHEIMEN["INKOOP_SMTP_WACHTWOORD"], GEHEIMEN["AWS_SECRET_ACCESS_KEY"], DATABASEWACHTWOORD}
    woorden |= {persoon.naam for persoon in list_demopersonen(proef.definitie)}
    for zaak in ZAKEN:
        lid = find_scenario(zaak).aanmelding.penvoerder
        woorden |= {lid.naam, lid.kvk, lid.email, lid.tekenbevoegde.naam}
    return woorden


def check_zwijgen(map_: Path, woorden: set[str]) -> None:
    """Whether none of these words stands in any file below a folder."""
    bestanden = [pad for pad in map_.rglob("*") if pad.is_file()]
    assert any(pad.suffix == ".db" for pad in bestanden)
    assert any(pad.suffix == ".log" for pad in bestanden)
    inhoud = b"\n".join(pad.read_bytes() for pad in bestanden)
    assert RONDE.encode() in inhoud  # what may be there is there: the search looks in the right place
    assert {woord for woord in woorden if woord.encode() in inhoud} == set()
