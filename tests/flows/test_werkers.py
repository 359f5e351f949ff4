"""A lasting server: its scheduler plans a year ahead; workers on one PostgreSQL store do each round once, make the
papers, and leave nothing secret behind. One server for all of it: making its database takes longer than the rest."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from inkoop import bootstrap
from inkoop.cli.demo import bewijs
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.personen import INKOPER, JURIST, list_demopersonen
from inkoop.cli.machinepark import Machinepark
from inkoop.cli.stroom import _find_poort
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Documentstatus
from inkoop.services import aandrijving, opening, rondes
from inkoop.services.momenten import list_momenten
from inkoop.settings import CHECKOUT
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.aandrijving import Tikstand
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.flows.test_uitrol import make_halfjaarlijks
from tests.proefcluster import share_cluster
from tests.services.proefprocedure import begin_procedure
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


@dataclass
class Park:
    """A server that stays, and what its processes and those of the test have in their surroundings."""

    machines: Machinepark
    database: str

    @property
    def thuis(self) -> Path:
        return self.machines.thuis

    def run(self, programma: str, *argumenten: str) -> dict[str, Any]:
        """A program beside the server; what it printed last."""
        klaar = subprocess.run(
            [sys.executable, "-c", programma, *argumenten],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        assert klaar.returncode == 0, klaar.stderr
        uit: dict[str, Any] = json.loads(klaar.stdout.splitlines()[-1])
        return uit


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Park]:
    """The server. What it puts in the surroundings of this process is gone afterwards."""
    cluster = share_cluster()
    url = cluster.url(cluster.create_database()).replace("inkoop@", f"inkoop:{DATABASEWACHTWOORD}@")
    thuis = tmp_path_factory.mktemp("prefect")
    omgeving = dict(os.environ)
    machines = Machinepark(thuis=thuis, adres="127.0.0.1", poort=_find_poort())
    try:
        os.environ.update(GEHEIMEN, INKOOP_DATABASE_URL=url, PREFECT_HOME=str(thuis))
        os.environ["PREFECT_LOGGING_LEVEL"] = "INFO"  # so that each worker says which runs it took
        machines.prepare()
        machines.start_server()
        yield Park(machines, url)
    finally:
        machines.stop()
        os.environ.clear()
        os.environ.update(omgeving)


UITROLPROGRAMMA = """
import asyncio, json, sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
import inkoop
from flows.uitrol import list_geplande, uitrol
from prefect.client.orchestration import get_client

async def main():
    namen = await uitrol(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
    verwacht = int(sys.argv[3])
    runs, eerder = [], None
    for _ in range(120):
        runs, eerder = [run for run in await list_geplande(200) if run[1].startswith("instroom")], runs
        if len(runs) >= verwacht and runs == eerder:
            break
        await asyncio.sleep(1)
    async with get_client() as client:
        een = await client.read_deployment_by_name("selecteren/standaard")
        formulier, dicht = een.parameter_openapi_schema, een.enforce_parameter_schema
    print(json.dumps({"namen": namen, "formulier": formulier, "dicht": dicht,
                      "runs": [(tijd.isoformat(), naam) for tijd, naam in runs]}))

asyncio.run(main())
"""


PROGRAMMA = """
import asyncio, json, sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
import inkoop
from flows.aandrijven import start_tikken
from flows.uitrol import uitrol
from inkoop import bootstrap
from inkoop.services.aandrijving import list_tikken

async def main():
    winkel, logs = Path(sys.argv[1]), [Path(pad) for pad in sys.argv[3:]]
    huis = bootstrap.share_huis(winkel)
    await uitrol(winkel, datetime.now(UTC))
    await start_tikken(huis)
    for _ in range(1800):
        tikken = [tik for tik in list_tikken(huis, aantal=500) if tik.stand not in {"gevraagd", "bezig"}]
        klaar = {tik.onderwerp for tik in tikken}
        if len(klaar) >= 2 and sys.argv[2] in klaar and all("flow run" in log.read_text() for log in logs):
            print(json.dumps({"sleutels": [tik.sleutel for tik in tikken]}))
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
def test_the_real_scheduler_makes_the_runs_of_the_half_years_of_a_year_ahead(tmp_path: Path, park: Park):
    nu = datetime.now(UTC)
    gewoon = begin_procedure(tmp_path / "gewoon", PROCEDURE)
    definitie = make_halfjaarlijks(bootstrap.load_definitie(gewoon.huis, PROCEDURE), nu.year + 1)
    gewoon.huis.winkel.close()
    begin_procedure(tmp_path / "winkel", PROCEDURE, definitie).huis.winkel.close()
    grens = nu + timedelta(days=365)
    dagen = sorted({een.dag for een in list_momenten(definitie) if nu.date() < een.dag < grens.date()})
    assert len({een.ronde for een in list_momenten(definitie) if een.dag in dagen}) >= 2
    uit = park.run(UITROLPROGRAMMA, str(tmp_path / "winkel"), nu.isoformat(), str(len(dagen)))
    gepland = sorted(datetime.fromisoformat(tijd).astimezone(TIJDZONE) for tijd, _ in uit["runs"])
    binnen = [tijd for tijd in gepland if tijd < grens.astimezone(TIJDZONE).replace(hour=0)]
    assert [tijd.date() for tijd in binnen] == dagen
    assert {(tijd.hour, tijd.minute) for tijd in gepland} == {(6, 0)}
    assert {naam for _, naam in uit["runs"]} == {f"instroom {PROCEDURE}"}
    assert len(uit["namen"]) == 10
    assert uit["dicht"] is True
    assert uit["formulier"]["properties"]["ronde"]["title"] == "Ronde"
    assert "bijvoorbeeld M-2020-2" in uit["formulier"]["properties"]["ronde"]["description"]


@pytest.mark.slow
def test_two_workers_do_each_tick_once_and_make_the_papers_and_leave_nothing_personal_with_prefect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, park: Park
):
    monkeypatch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
    map_ = tmp_path / "winkel"
    proef = play_tot_opening(map_, park.database)
    park.machines.start_werkers(2, "inkoop")
    logs = [park.thuis / f"{naam}.log" for naam in ("werker-1", "werker-2")]
    # What had not ended when both had worked and the round was done, is cut off at the end; those count that had.
    sleutels = set(park.run(PROGRAMMA, str(map_), RONDE, *map(str, logs))["sleutels"])
    park.machines.stop()
    gelopen = [tik for tik in aandrijving.list_tikken(proef.huis, aantal=500) if tik.sleutel in sleutels]
    assert {(tik.poging, tik.stand is Tikstand.KLAAR, tik.melding) for tik in gelopen} == {(1, True, "")}
    assert len({tik.onderwerp for tik in gelopen}) >= 2
    assert (Fase.SELECTEREN, RONDE) in {(tik.flow, tik.onderwerp) for tik in gelopen}
    with proef.huis.winkel.lezen() as sessie:
        stukken = sessie.exec(select(DocumentRow).where(DocumentRow.ronde == RONDE)).all()
        bevestigingen = [rij for rij in stukken if rij.soort == "ontvangstbevestiging"]
        assert len(bevestigingen) == len({rij.onderwerp for rij in bevestigingen}) == len(ZAKEN)
        assert all(rij.status is not Documentstatus.TE_MAKEN for rij in stukken)
        for rij in bevestigingen:
            assert proef.huis.winkel.documenten.read(rij.pdf_sha256 or "").startswith(b"%PDF")
    assert check_keten(proef.huis.winkel).fouten == ()
    check_zwijgen(park.thuis, list_vertrouwelijk(proef))
    beelden = read_beelden(park.thuis)
    balken = {sleutel for sleutel, soort, _ in beelden if soort == "progress"}
    assert "selecteren-m-2020-2-onderdelen" in balken
    # Whichever run comes first makes the documents that wait, of any round.
    assert any(sleutel.endswith("-documenten") for sleutel in balken)
    assert {float(inhoud) for _, soort, inhoud in beelden if soort == "progress"} == {100.0}
    uitkomsten = [inhoud for sleutel, _, inhoud in beelden if sleutel == "selecteren-m-2020-2-uitkomsten"]
    assert any("in behandeling" in inhoud for inhoud in uitkomsten)
    assert any("/rondes/M-2020-2" in inhoud for sleutel, _, inhoud in beelden if sleutel.endswith("-pagina"))
    proef.huis.winkel.close()


def list_vertrouwelijk(proef: Proef) -> set[str]:
    """Words that no record, log, parameter or picture of Prefect may hold."""
    woorden = {GEHEIMEN["INKOOP_SMTP_WACHTWOORD"], GEHEIMEN["AWS_SECRET_ACCESS_KEY"], DATABASEWACHTWOORD}
    woorden |= {persoon.naam for persoon in list_demopersonen(proef.definitie)}
    for zaak in ZAKEN:
        lid = find_scenario(zaak).aanmelding.penvoerder
        woorden |= {lid.naam, lid.kvk, lid.email, lid.tekenbevoegde.naam}
    return woorden


def read_beelden(map_: Path) -> list[tuple[str, str, str]]:
    """Key, kind and content of everything that runs showed in Prefect's screen."""
    with closing(sqlite3.connect(map_ / "prefect.db")) as verbinding:
        rijen = verbinding.execute("SELECT key, type, data FROM artifact").fetchall()
    return [(sleutel, soort, str(inhoud)) for sleutel, soort, inhoud in rijen]


def check_zwijgen(map_: Path, woorden: set[str]) -> None:
    """Whether none of these words stands in any file below a folder."""
    bestanden = [pad for pad in map_.rglob("*") if pad.is_file()]
    assert any(pad.suffix == ".db" for pad in bestanden)
    assert any(pad.suffix == ".log" for pad in bestanden)
    inhoud = b"\n".join(pad.read_bytes() for pad in bestanden)
    assert RONDE.encode() in inhoud  # what may be there is there: the search looks in the right place
    assert {woord for woord in woorden if woord.encode() in inhoud} == set()
