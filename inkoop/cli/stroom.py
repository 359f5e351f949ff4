"""Finding and running flows: the product knows them by name, never by import.

Bron: ontwerp 3 (`inkoop/` never imports flows), 2.1.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from urllib.request import urlopen

from inkoop.cli.aanmaakslot import Aanmaakslot
from inkoop.domain.fouten import InkoopError
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag
from inkoop.services.flowstart import KLOKFLOWS, OnbekendeStroomError

GROEP = "inkoop.flows"
DATABASE = "PREFECT_SERVER_DATABASE_CONNECTION_URL"
"""Prefect's setting for where the records of a lasting server stand."""

PREFECT = "prefect"
"""The folder beside the records of a store in which Prefect keeps its own; nothing in it is evidence."""

Stroom = Callable[..., Awaitable[Tikverslag]]

RUSTIG = {
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_CLI_PROMPT": "false",
    # Nobody watches the server of one command, and each of these writes in its database: two writers at
    # once make SQLite answer "locked" and the client wait for seconds.
    **{
        f"PREFECT_SERVER_SERVICES_{dienst}_ENABLED": "false"
        for dienst in (
            "CANCELLATION_CLEANUP",
            "EVENT_LOGGER",
            "EVENT_PERSISTER",
            "FOREMAN",
            "LATE_RUNS",
            "PAUSE_EXPIRATIONS",
            "SCHEDULER",
            "TASK_RUN_RECORDER",
            "TRIGGERS",
        )
    },
}
"""Settings for runs in this process; what stands in the environment already wins."""


def prepare_prefect(thuis: Path) -> None:
    """Set Prefect's surroundings before it is imported: its own folder, few words."""
    thuis.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(thuis))
    for naam, waarde in RUSTIG.items():
        os.environ.setdefault(naam, waarde)


class ServerStartError(InkoopError):
    """Prefect's server did not come up."""


class ServerWegError(InkoopError):
    """Prefect's server stopped while a run spoke to it."""

    def __init__(self) -> None:
        super().__init__(
            "De server van Prefect is weggevallen terwijl de flow liep. Wat klaar was, is bewaard en wordt niet nog een"
            " keer gedaan. Geef de opdracht opnieuw: die gaat verder waar het was. Hoort de server bij 'inkoop start',"
            " kijk dan eerst of dat nog loopt."
        )


class Prefectserver:
    """Prefect's server as a process of this command: started at once, awaited when first needed.

    Prefect can start one itself, but then this process loads the whole server as well, which takes
    seconds. A server elsewhere (PREFECT_API_URL) is used when there is one.
    """

    def __init__(self) -> None:
        self._proces: subprocess.Popen[bytes] | None = None
        self._slot: Aanmaakslot | None = None
        self._url = os.environ.get("PREFECT_API_URL", "")
        if not self._url:
            self._slot = Aanmaakslot(Path(os.environ.get("PREFECT_HOME", Path.home() / ".prefect")))
            poort = _find_poort()
            self._url = f"http://127.0.0.1:{poort}/api"
            self._proces = _start_server(poort)

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[None]:
        """Wait for the server; one client serves every run inside. The server stops at the end."""
        try:
            await self._await_gereed()
            os.environ["PREFECT_API_URL"] = self._url
            if self._proces is not None:
                _spare_certificaten()
                _keep_gebeurtenissen_binnen()
            # Prefect reads its surroundings when it is imported, so not before this point.
            _say_zelf_wat_mis_is()
            async with import_module("prefect.context").AsyncClientContext.get_or_create():
                yield
        finally:
            self.stop()

    async def _await_gereed(self) -> None:
        einde = time.monotonic() + MAX_OPSTARTTIJD
        while self._proces is not None:
            if self._proces.poll() is not None:
                raise ServerStartError(GESTOPT)
            if time.monotonic() > einde:
                raise ServerStartError(TE_TRAAG)
            try:
                await asyncio.to_thread(urlopen, f"{self._url}/health", None, 2)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                self._let_los(gereed=True)
                return

    def _let_los(self, *, gereed: bool) -> None:
        if self._slot is not None:
            self._slot.release(gereed=gereed)

    def is_weg(self) -> bool:
        """Whether the server that runs spoke to is there no longer."""
        if self._proces is not None:
            return self._proces.poll() is not None
        try:
            with urlopen(f"{self._url}/health", None, 2):  # noqa: S310 - the address of Prefect's own settings
                return False
        except OSError:
            return True

    def stop(self) -> None:
        """Stop the server if this command started it."""
        self._let_los(gereed=False)
        if self._proces is not None:
            self._proces.terminate()
            try:
                self._proces.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._proces.kill()
                self._proces.wait()
            self._proces = None
            os.environ.pop("PREFECT_API_URL", None)


MAX_OPSTARTTIJD = 300
"""Seconds to wait for the server: a slow machine that makes its database for the first time."""

GESTOPT = (
    "De server van Prefect stopte meteen weer; er is niets gedaan. "
    "Kijk met 'inkoop doctor' wat er ontbreekt en geef de opdracht nog een keer."
)
TE_TRAAG = (
    f"De server van Prefect was na {MAX_OPSTARTTIJD // 60} minuten nog niet klaar; er is niets gedaan. "
    "Deze computer is waarschijnlijk druk. Sluit andere programma's en geef de opdracht nog een keer."
)


def _spare_certificaten() -> None:
    """Let Prefect's clients read one certificate in place of all: each of two per run reads them again (50 ms).

    Our own server is on the loopback without TLS, so none is ever checked; fewer trusted ones is only stricter.
    """
    alle = Path(import_module("certifi").where()).read_text(encoding="ascii", errors="ignore")
    einde = "-----END CERTIFICATE-----"
    begin = alle.index("-----BEGIN CERTIFICATE-----")
    een = Path(os.environ.setdefault("PREFECT_HOME", str(Path.home() / ".prefect"))) / "een-certificaat.pem"
    een.parent.mkdir(parents=True, exist_ok=True)
    een.write_text(f"{alle[begin : alle.index(einde, begin)]}{einde}\n", encoding="ascii")
    os.environ.setdefault("PREFECT_API_SSL_CERT_FILE", str(een))


def _keep_gebeurtenissen_binnen() -> None:
    """Send Prefect's events nowhere: our own server keeps none, and one that stops first makes Prefect complain."""
    dropper = import_module("prefect.events.clients").NullEventsClient
    import_module("prefect.events.worker").EventsWorker.set_client_override(dropper)


def _say_zelf_wat_mis_is() -> None:
    """Keep what a person can mend out of Prefect's log: the command itself says it, without a traceback.

    A fault of the program still shows whole.
    """
    import_module("prefect.logging.configuration").setup_logging()
    for naam in ("prefect.flow_runs", "prefect.task_runs"):
        logger = logging.getLogger(naam)
        if _is_nieuws not in logger.filters:
            logger.addFilter(_is_nieuws)
    # What waits to be told to a lasting server when a command ends is of no use to whoever gave it.
    logging.getLogger("EventsWorker").setLevel(logging.ERROR)


def _is_nieuws(regel: logging.LogRecord) -> bool:
    fout = regel.exc_info[1] if regel.exc_info else None
    tekst = regel.getMessage()
    bekend = isinstance(fout, InkoopError) or _is_zonder_server(fout)
    return not bekend and not tekst.startswith("Finished in state") and AFGEBROKEN not in tekst


def _is_zonder_server(fout: BaseException | None) -> bool:
    """Whether Prefect's client could not speak to its server. Known by name: importing it here would take a second."""
    return any((een.__module__, een.__name__) == ("httpx", "TransportError") for een in type(fout).__mro__)


AFGEBROKEN = "Crash detected! Execution was"
"""What Prefect logs of a run that is stopped: cancelled, aborted or interrupted."""


def _find_poort() -> int:
    with socket.socket() as bus:
        bus.bind(("127.0.0.1", 0))
        poort: int = bus.getsockname()[1]
        return poort


def _start_server(poort: int) -> subprocess.Popen[bytes]:
    opdracht = [sys.executable, "-m", "inkoop.cli.prefectserver"]
    # Longer than Prefect's client keeps a connection: a request on a dropped one waits for seconds.
    keuzes = ["--host", "127.0.0.1", "--port", str(poort), "--log-level", "error", "--timeout-keep-alive", "60"]
    omgeving = {**os.environ, "PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
    # What one command keeps stands in the folder of the store, also where a lasting server has a database elsewhere.
    omgeving.pop(DATABASE, None)
    stil = subprocess.DEVNULL
    # Nothing here comes from outside: this interpreter, fixed words and a free port. A session of its own
    # keeps Ctrl-C from it: this process stops it, after the runs that still speak to it. The pipe is its lifeline.
    return subprocess.Popen(  # noqa: S603
        [*opdracht, *keuzes],
        env=omgeving,
        stdin=subprocess.PIPE,
        stdout=stil,
        stderr=stil,
        start_new_session=True,
    )


def list_stromen() -> tuple[str, ...]:
    """The names of the flows: those of the fasen in their order, then those that run by the clock."""
    bekend = {punt.name for punt in entry_points(group=GROEP)}
    return tuple(str(naam) for naam in (*Fase, *KLOKFLOWS) if naam in bekend)


def load_stroom(naam: str) -> Stroom:
    """The flow with this name."""
    for punt in entry_points(group=GROEP):
        if punt.name == naam:
            stroom: Stroom = punt.load()
            return stroom
    raise OnbekendeStroomError(f"De flow '{naam}' bestaat niet. Wel: {', '.join(list_stromen())}.")
