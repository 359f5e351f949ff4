"""Twenty people at once on a server of its own, as `inkoop web start` runs it, and what that server took for each.

    uvicorn benchmarks._webserver:start --factory       (started by `./run bench web --gebruikers N`)

Each has a session and reads pages in an order of his own, with a pause of one to two seconds between an answer and
the next question. The server writes down of each request how long it took from receipt to the end of the answer;
its CPU time and the load of the machine are reported beside, since another program on the machine counts in the first.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from inkoop import bootstrap
from inkoop.domain.persoon import Rol
from inkoop.services import personen, websessies
from inkoop.services.huis import Huis
from inkoop.settings import CHECKOUT
from inkoop.web.app import create_app
from inkoop.web.geheugen import leave_geladen
from inkoop.web.tempo import Tempo
from inkoop.web.toegang import COOKIE

PAUZE = (1.0, 2.0)
"""How long somebody looks at a page before the next, in seconds."""
METING = "INKOOP_BENCH_METING"
TIJDEN = "METING_MAP"


class Stopwatch:
    """Writes of each request its path and how long it took, one line each, in a file of this process."""

    def __init__(self, app: ASGIApp, map_: Path) -> None:
        self.app = app
        self.bestand = (map_ / f"tijden-{os.getpid()}").open("a", buffering=1, encoding="utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and write when the last part of the answer has gone."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begin = time.perf_counter()

        async def sent(bericht: Message) -> None:
            await send(bericht)
            if bericht["type"] == "http.response.body" and not bericht.get("more_body", False):
                duur = (time.perf_counter() - begin) * 1000
                vraag = scope["query_string"].decode()
                pad = f"{scope['path']}?{vraag}" if vraag else scope["path"]
                self.bestand.write(f"{duur:.3f} {time.process_time():.3f} {pad}\n")

        await self.app(scope, receive, sent)


def start() -> ASGIApp:
    """The application as people get it, with a stopwatch around it and no limit on how often."""
    instellingen = bootstrap.read_omgeving()
    huis = bootstrap.open_huis(instellingen.winkel, instellingen)
    app = create_app(huis, instellingen, tempo=Tempo(100_000))
    leave_geladen()
    return Stopwatch(app, Path(os.environ[TIJDEN]))


def begin_sessie(huis: Huis, wie: str) -> str:
    """Sign somebody in; the token."""
    with huis.winkel.lezen() as sessie:
        meter = personen.find_persoon(sessie, wie)
    (rol,) = meter.rollen
    return websessies.begin(huis, meter, Rol(rol), datetime.now(UTC))


def find_p95(tijden: list[float]) -> float:
    """The value that one in twenty is above."""
    return sorted(tijden)[max(0, round(len(tijden) * 0.95) - 1)]


def measure_samen(
    huis: Huis,
    winkel: Path,
    paginas: Mapping[str, tuple[str, str]],
    gebruikers: int,
    processen: int,
    database: str,
    seconden: float = 60,
) -> dict[str, Any]:
    """So many people for a minute: server time, CPU time of the server by request, load, and refusals."""
    wie = sorted({wie for wie, _ in paginas.values() if wie})
    sessies = [(naam, begin_sessie(huis, naam)) for naam in (wie[nummer % len(wie)] for nummer in range(gebruikers))]
    with tempfile.TemporaryDirectory() as tijdelijk:
        poort, proces = _start_server(winkel, Path(tijdelijk), processen, database)
        try:
            for naam, token in sessies[: len(wie)]:  # warms up
                for _ in range(processen * 2):
                    _read(poort, token, [pad for van, pad in paginas.values() if van in (naam, "")], 0, (0, 0), [])
            for bestand in Path(tijdelijk).glob("tijden-*"):
                os.truncate(bestand, 0)
            rekentijd, fouten = _read_rekentijd(proces.pid), []
            draden = [
                threading.Thread(
                    target=_read,
                    args=(
                        poort,
                        token,
                        [pad for van, pad in paginas.values() if van in (naam, "")],
                        seconden,
                        PAUZE,
                        fouten,
                    ),
                )
                for naam, token in sessies
            ]
            for draad in draden:
                draad.start()
            for draad in draden:
                draad.join()
            rekentijd = _read_rekentijd(proces.pid) - rekentijd
        finally:
            proces.terminate()
            proces.wait()
        return _report(Path(tijdelijk), gebruikers, processen, seconden, rekentijd, fouten)


def _start_server(winkel: Path, map_: Path, processen: int, database: str) -> tuple[int, subprocess.Popen[bytes]]:
    with socket.socket() as proef:
        proef.bind(("127.0.0.1", 0))
        poort = proef.getsockname()[1]
    omgeving = {**os.environ, "INKOOP_WINKEL": str(winkel), TIJDEN: str(map_)}
    if database:
        omgeving["INKOOP_DATABASE_URL"] = database
    opdracht = [sys.executable, "-m", "uvicorn", "benchmarks._webserver:start", "--factory", "--port", str(poort)]
    opdracht += ["--log-level", "warning", "--no-server-header", "--workers", str(processen)]
    proces = subprocess.Popen(opdracht, cwd=CHECKOUT, env=omgeving)  # noqa: S603 - our own server
    einde = time.monotonic() + 120
    while time.monotonic() < einde:
        try:
            verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=30)
            verbinding.request("GET", "/gezond")
            verbinding.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return poort, proces
    proces.terminate()
    raise SystemExit("De server kwam niet op.")


def _read(
    poort: int, token: str, paden: list[str], seconden: float, pauze: tuple[float, float], fouten: list[str]
) -> None:
    """Read pages for so long, at least each once; in an order of one's own."""
    verbinding = http.client.HTTPConnection("127.0.0.1", poort, timeout=120)
    kans = random.Random(token)
    volgorde: list[str] = []
    einde = time.monotonic() + seconden
    while volgorde or time.monotonic() < einde or not seconden:
        if not volgorde:
            volgorde = kans.sample(paden, len(paden))
        pad = volgorde.pop()
        time.sleep(kans.uniform(*pauze))
        verbinding.request("GET", pad, headers={"cookie": f"{COOKIE}={token}"})
        antwoord = verbinding.getresponse()
        antwoord.read()
        if antwoord.status not in (200, 303):
            fouten.append(pad)
        if time.monotonic() >= einde and (seconden or not volgorde):
            return


def _read_rekentijd(pid: int) -> float:
    """CPU time of a process and those it started, in seconds."""
    totaal = 0.0
    for map_ in Path("/proc").glob("[0-9]*"):
        try:
            velden = (map_ / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(map_.name) == pid or int(velden[1]) == pid:
            totaal += (int(velden[11]) + int(velden[12])) / os.sysconf("SC_CLK_TCK")
    return totaal


def _report(
    map_: Path, gebruikers: int, processen: int, seconden: float, rekentijd: float, fouten: list[str]
) -> dict[str, Any]:
    tijden: list[tuple[float, str]] = []
    for bestand in map_.glob("tijden-*"):
        for regel in bestand.read_text(encoding="utf-8").replace("\0", "").splitlines():
            duur, _, pad = regel.split(" ", 2)
            tijden.append((float(duur), pad))
    per_pad: dict[str, list[float]] = {}
    for duur, pad in tijden:
        per_pad.setdefault(pad, []).append(duur)
    alle = [duur for duur, _ in tijden]
    traagst = sorted(per_pad, key=lambda pad: -statistics.median(per_pad[pad]))[:5]
    return {
        "gebruikers": gebruikers,
        "processen": processen,
        "verzoeken": len(alle),
        "per_seconde": round(len(alle) / seconden, 1),
        "server_mediaan_ms": round(statistics.median(alle), 1),
        "server_p95_ms": round(find_p95(alle), 1),
        "rekentijd_per_verzoek_ms": round(rekentijd * 1000 / max(1, len(alle)), 1),
        "belasting_van_de_machine": round(os.getloadavg()[0], 1),
        "fouten": len(fouten),
        "traagst": json.dumps({pad: round(statistics.median(per_pad[pad])) for pad in traagst}),
    }
