"""`inkoop start`: let the flows run by themselves: server, worker, schedules and dispatcher; with the pages.

Bron: ontwerp 2.1, 7, 9.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from datetime import UTC, datetime
from importlib.metadata import entry_points
from typing import Annotated, Any

import typer

from inkoop import bootstrap
from inkoop.cli import web
from inkoop.cli.demo.oefenwinkel import Oefenstand
from inkoop.cli.logregel import Schrijver, make_schrijver
from inkoop.cli.machinepark import Machinepark
from inkoop.cli.opties import Winkelmap
from inkoop.cli.stroom import PREFECT
from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import TIJDZONE
from inkoop.services import procedures
from inkoop.services.dagpost import deliver_post
from inkoop.services.huis import Huis
from inkoop.storage.auditregel import read_kop

app = typer.Typer(help="De flows vanzelf laten lopen, met de webtoepassing.")

POOL = "inkoop"
WACHT_S = 2.0
"""How often the dispatcher looks whether somebody did something, in seconds."""
KALENDER_TIKKEN = 30
"""How often (in looks) it plans anyway: for the calendar, and for runs that were killed."""
POST_TIKKEN = 15
"""How often (in looks) it sends the mail that waits."""
ROOSTER_NA = 4
"""After so many looks Prefect's scheduler has made its runs and they can be shown."""


@app.command(
    "start",
    help="Laat de flows vanzelf lopen (kalender, en na elke handeling), met de webtoepassing. Stop met Ctrl-C.",
)
def start(
    winkel: Winkelmap = None,
    adres: Annotated[
        str, typer.Option("--adres", metavar="ADRES", help="Waarop de server luistert; standaard alleen deze computer.")
    ] = "127.0.0.1",
    poort: Annotated[
        int, typer.Option("--poort", metavar="POORT", help="De poort van de server.", min=1024, max=65535)
    ] = 4200,
    werkers: Annotated[
        int, typer.Option("--werkers", metavar="AANTAL", help="Hoeveel flows er naast elkaar lopen.", min=1, max=32)
    ] = 1,
    webpoort: Annotated[
        int, typer.Option("--webpoort", metavar="POORT", help="De poort van de webtoepassing.", min=1, max=65535)
    ] = 8000,
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Alleen de webtoepassing, op een nieuwe oefenwinkel met voorbeelden en accounts."),
    ] = False,
) -> None:
    """Everything that was due while nothing ran is started first.

    A store to practise in lives in a time of its own: there the web application does what flows do.
    """
    if demo:
        web.start(demo=True, stand=Oefenstand.BEOORDELEN, adres="127.0.0.1", poort=webpoort, winkel=winkel)
        return
    instellingen = bootstrap.read_omgeving()
    map_ = (winkel or instellingen.winkel).resolve()
    huis = bootstrap.open_huis(map_, instellingen)
    park = Machinepark(thuis=map_ / PREFECT, adres=adres, poort=poort)
    park.prepare()
    klaar = threading.Event()
    for soort in (signal.SIGINT, signal.SIGTERM):
        signal.signal(soort, lambda _soort, _plek: klaar.set())
    schrijf = make_schrijver(instellingen.logvorm)
    schrijf("begin", "De server van Prefect start (de eerste keer duurt dat even).")
    try:
        park.start_server()
        asyncio.run(_run(huis, park, werkers, klaar, webpoort, schrijf))
    finally:
        schrijf("einde", "Stoppen. Wat nog loopt, gaat bij de volgende start verder.")
        park.stop()
        huis.winkel.close()
        bootstrap.close_huizen()


async def _run(
    huis: Huis, park: Machinepark, werkers: int, klaar: threading.Event, webpoort: int, schrijf: Schrijver
) -> None:
    await _load("uitrol")(huis.winkel.map, datetime.now(UTC))
    park.start_werkers(werkers, POOL)
    park.start_web(huis.winkel.map, webpoort)
    schrijf("gereed", f"De webtoepassing staat op http://127.0.0.1:{webpoort}.")
    waar = park.url.removesuffix("/api")
    schrijf("gereed", f"De flows lopen. Volgen kan op {waar} (Prefect), of met: inkoop flow tikken")
    schrijf("gereed", f"Winkel: {huis.winkel.map}")
    aandrijving = Aandrijving(huis, schrijf)
    while not klaar.is_set():
        for naam in park.watch():
            schrijf("herstart", f"{naam} was gestopt en is opnieuw gestart.", "waarschuwing", proces=naam)
        try:
            await aandrijving.look()
        except InkoopError as fout:
            schrijf("fout", str(fout), "fout", soort=type(fout).__name__)
        except Exception as fout:  # noqa: BLE001 - Prefect's client raises many kinds; the next look tries again
            tekst = f"De server van Prefect antwoordt nu niet ({type(fout).__name__}); zo meteen opnieuw."
            schrijf("server_weg", tekst, "waarschuwing", soort=type(fout).__name__)
        await asyncio.to_thread(klaar.wait, WACHT_S)


class Aandrijving:
    """The dispatcher of this process: looks at the log every few seconds, at the calendar every minute."""

    def __init__(self, huis: Huis, schrijf: Schrijver) -> None:
        self._huis = huis
        self._schrijf = schrijf
        self._gezien = -1
        self._keer = 0
        self._postmelding = ""
        self._procedures = self._list_procedures()

    async def look(self) -> None:
        """Start what became due since the last look; a procedure that is new gets its schedule."""
        with self._huis.winkel.lezen() as sessie:
            kop = read_kop(sessie.connection())
        aantal = 0 if kop is None else kop.aantal
        if aantal != self._gezien or self._keer % KALENDER_TIKKEN == 0:
            if (procedures_ := self._list_procedures()) != self._procedures:
                await _load("uitrol")(self._huis.winkel.map, datetime.now(UTC))
                self._procedures = procedures_
            for regel in await _load("aandrijven")(self._huis):
                flow, _, over = regel.partition(" ")
                self._schrijf("gestart", f"Gestart: {regel}", flow=flow, over=over)
            self._gezien = aantal
        if self._keer % POST_TIKKEN == 0:
            await self._send_post()
        if self._keer == ROOSTER_NA:
            await self._show_geplande()
        self._keer += 1

    async def _send_post(self) -> None:
        """Send the mail that waits. Why it does not go out is said once, not at each look."""
        verslag = await asyncio.to_thread(deliver_post, self._huis, datetime.now(UTC))
        if verslag.verzonden or verslag.apart:
            tekst = f"Post: {verslag.verzonden} verzonden, {verslag.apart} apart gezet."
            self._schrijf("post", tekst, verzonden=verslag.verzonden, apart=verslag.apart, wacht=verslag.wacht)
        if verslag.wacht and verslag.melding and verslag.melding != self._postmelding:
            self._schrijf("post_wacht", f"Post: {verslag.melding}", "waarschuwing", wacht=verslag.wacht)
        self._postmelding = verslag.melding

    async def _show_geplande(self) -> None:
        for moment, naam in await _load("geplande")(8):
            tekst = f"Gepland: {moment.astimezone(TIJDZONE):%d-%m-%Y %H:%M}  {naam}"
            self._schrijf("gepland", tekst, flow=naam, wanneer=moment)

    def _list_procedures(self) -> list[tuple[str, str]]:
        """Name and content of each procedure: a day that was moved moves the schedule."""
        with self._huis.winkel.lezen() as sessie:
            return [(rij.naam, rij.definitie_hash) for rij in procedures.list_procedures(sessie)]


def _load(naam: str) -> Any:
    """A part of the machine by name: the product never imports its flows."""
    return next(punt.load() for punt in entry_points(group="inkoop.machine") if punt.name == naam)
