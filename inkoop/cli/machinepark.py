"""The processes of `inkoop start`: Prefect's server, one or more workers; watched, and ended with it.

Whoever starts again after a crash first ends what the crashed one left behind: the list of processes
stands in the folder of the store, each with when it began, so that no stranger's process is ever ended.

Bron: ontwerp 7, 8; metingen, Prefect (settings that helped).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import msgspec

from inkoop.cli.aanmaakslot import Aanmaakslot
from inkoop.cli.stroom import DATABASE, MAX_OPSTARTTIJD, ServerStartError
from inkoop.domain.fouten import InkoopError
from inkoop.services.werkslot import is_gestorven, name_proces_van

LIJST, ADRES = "processen.json", "server.json"

MAX_AFSLUITTIJD = 15
"""Seconds that a process gets to end by itself before it is killed."""

DUURZAAM: Mapping[str, str] = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "50",
    # The default of 100 days hides the runs of a half year ahead.
    "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_SCHEDULED_TIME": "P400D",
    "PREFECT_WORKER_QUERY_SECONDS": "2",
    "INKOOP_BEELDEN": "ja",
}
"""Settings of a lasting server and its workers; what stands in the environment already wins."""


class AdresBezetError(InkoopError):
    """Something else listens where the server would."""


class NietVanBuitenError(InkoopError):
    """The server would be open to a network without a password."""


class PrefectdatabaseError(InkoopError):
    """The database for Prefect's records cannot be the one that was given."""


@dataclass
class Machinepark:
    """Server and workers of one store. `stop` ends what `start` began."""

    thuis: Path
    adres: str
    poort: int
    processen: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    opdrachten: dict[str, Sequence[str]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where programs on this machine reach the server."""
        gastheer = "127.0.0.1" if self.adres in {"0.0.0.0", "::"} else self.adres  # noqa: S104 - compared, not bound
        return f"http://{gastheer}:{self.poort}/api"

    def prepare(self) -> None:
        """Set the surroundings of every process of ours; refuse an open server without a password."""
        wachtwoord = os.environ.get("PREFECT_SERVER_API_AUTH_STRING", "")
        gelijk = bool(wachtwoord) and wachtwoord == os.environ.get("PREFECT_API_AUTH_STRING", "")
        if self.adres not in {"127.0.0.1", "localhost", "::1"} and not gelijk:
            raise NietVanBuitenError(
                f"Op {self.adres} is de server van Prefect voor anderen bereikbaar, zonder wachtwoord dat klopt."
                " Zet eerst PREFECT_SERVER_API_AUTH_STRING en PREFECT_API_AUTH_STRING (beide hetzelfde,"
                " gebruiker:wachtwoord), of laat --adres weg."
            )
        if adres := os.environ.get(DATABASE, ""):
            os.environ[DATABASE] = check_database(adres, os.environ.get("INKOOP_DATABASE_URL", ""))
        self.thuis.mkdir(parents=True, exist_ok=True)
        os.environ.setdefault("PREFECT_HOME", str(self.thuis))
        os.environ["PREFECT_SERVER_API_HOST"] = self.adres
        os.environ["PREFECT_SERVER_API_PORT"] = str(self.poort)
        os.environ["PREFECT_API_URL"] = self.url
        for naam, waarde in DUURZAAM.items():
            os.environ.setdefault(naam, waarde)

    def start_server(self) -> None:
        """Start Prefect's server and wait until it answers."""
        self._end_wezen()
        if _is_bezet(self.url):
            raise AdresBezetError(
                f"Op {self.adres}:{self.poort} draait al iets. Stop dat, of kies met --poort een andere poort."
            )
        slot = Aanmaakslot(self.thuis)
        try:
            self._start("server", ["-m", "prefect", "server", "start", "--host", self.adres])
            self._await_server()
            slot.release(gereed=True)
        finally:
            slot.release(gereed=False)
        (self.thuis / ADRES).write_bytes(msgspec.json.encode({"url": self.url}))

    def _await_server(self) -> None:
        einde = time.monotonic() + MAX_OPSTARTTIJD
        while not _is_bezet(self.url):
            if self.processen["server"].poll() is not None:
                raise ServerStartError(
                    f"De server van Prefect stopte meteen weer. Kijk in {self.thuis / 'server.log'}."
                )
            if time.monotonic() > einde:
                raise ServerStartError(f"De server van Prefect komt niet op gang. Kijk in {self.thuis / 'server.log'}.")
            time.sleep(0.2)

    def start_werkers(self, aantal: int, pool: str) -> None:
        """Start workers; each runs one flow at a time, in a process of its own."""
        for nummer in range(1, aantal + 1):
            naam = f"werker-{nummer}"
            keuzes = ["--pool", pool, "--type", "process", "--limit", "1", "--name", naam]
            self._start(naam, ["-m", "prefect", "worker", "start", *keuzes])

    def start_web(self, winkel: Path, poort: int) -> None:
        """Start the web application on this store; only this machine reaches it."""
        regel = "from inkoop.cli.app import main; main()"
        self._start("web", ["-c", regel, "web", "start", "--winkel", str(winkel), "--poort", str(poort)])

    def watch(self) -> list[str]:
        """Start again what stopped by itself; returns what was started again."""
        gestopt = [naam for naam, proces in self.processen.items() if proces.poll() is not None]
        for naam in gestopt:
            self._start(naam, self.opdrachten[naam])
        return gestopt

    def stop(self) -> None:
        """End workers first, then the server; a run that is under way is taken up again at the next start."""
        for naam in reversed(list(self.processen)):
            _end(self.processen.pop(naam))
        (self.thuis / ADRES).unlink(missing_ok=True)
        (self.thuis / LIJST).unlink(missing_ok=True)

    def _start(self, naam: str, opdracht: Sequence[str]) -> None:
        self.opdrachten[naam] = opdracht
        with (self.thuis / f"{naam}.log").open("ab") as log:
            # Fixed words and this interpreter. A session of its own keeps Ctrl-C from it: `stop` ends it in order.
            self.processen[naam] = subprocess.Popen(  # noqa: S603
                [sys.executable, *opdracht], stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        lijst = {naam: name_proces_van(proces.pid) for naam, proces in self.processen.items()}
        (self.thuis / LIJST).write_bytes(msgspec.json.encode(lijst))

    def _end_wezen(self) -> None:
        """End what an earlier start left behind when it was killed; they hold our ports until they are gone."""
        pad = self.thuis / LIJST
        if not pad.is_file():
            return
        wezen: dict[str, int] = {}
        for proces in msgspec.json.decode(pad.read_bytes(), type=dict[str, str]).values():
            pid = int(proces.rpartition("/")[0].rpartition("/")[2])
            if proces == name_proces_van(pid) and not is_gestorven(proces):
                wezen[proces] = pid
        for sein in (signal.SIGTERM, signal.SIGKILL):
            for proces, pid in wezen.items():
                if not _is_weg(proces, pid):
                    with suppress(ProcessLookupError):
                        os.killpg(pid, sein)
            einde = time.monotonic() + MAX_AFSLUITTIJD
            while not all(_is_weg(*wees) for wees in wezen.items()) and time.monotonic() < einde:
                time.sleep(0.1)
        pad.unlink()


def check_database(adres: str, winkel: str) -> str:
    """The address of the database for Prefect's records, with its driver. Raises PrefectdatabaseError.

    It may stand on the server of the store (`winkel`), never in the same database: two programs that each make
    and change tables there would break each other. A message never holds the address: a password may be in it.
    """
    delen = urlsplit(adres)
    if delen.scheme not in {"postgresql", "postgres", "postgresql+asyncpg"} or len(delen.path) < 2:
        raise PrefectdatabaseError(
            f"{DATABASE} is geen adres van een PostgreSQL-database."
            " Schrijf bijvoorbeeld postgresql://prefect@server:5432/prefect, of laat de instelling weg."
        )
    if winkel and _name_database(adres) == _name_database(winkel):
        raise PrefectdatabaseError(
            f"{DATABASE} wijst naar de database van de winkel. Maak op dezelfde server een tweede, lege database"
            " (bijvoorbeeld 'prefect') en zet het adres daarvan in de instelling."
        )
    return delen._replace(scheme="postgresql+asyncpg").geturl()


def _name_database(adres: str) -> tuple[str, int, str]:
    """Which database an address leads to, whoever enters: server (or the folder of its socket), port and name."""
    delen = urlsplit(adres)
    gastheer = delen.hostname or parse_qs(delen.query).get("host", ["localhost"])[0]
    return ("localhost" if gastheer in {"127.0.0.1", "::1"} else gastheer), delen.port or 5432, delen.path


def find_server(thuis: Path) -> str | None:
    """The address of a server that runs for this store now; None when there is none."""
    pad = thuis / ADRES
    if not pad.is_file():
        return None
    gegevens: dict[str, Any] = msgspec.json.decode(pad.read_bytes())
    url = str(gegevens.get("url", ""))
    return url if url and _is_bezet(url) else None


def _is_bezet(url: str) -> bool:
    """Whether something answers there."""
    try:
        with urlopen(f"{url}/health", timeout=2):  # noqa: S310 - our own address, always http
            return True
    except OSError:
        return False


def _is_weg(proces: str, pid: int) -> bool:
    """Whether a process of before is gone, also where nobody can know when a process began."""
    try:
        os.killpg(pid, 0)
    except ProcessLookupError:
        return True
    return is_gestorven(proces)


def _end(proces: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started: politely, then for sure."""
    if proces.poll() is None:
        proces.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            proces.wait(timeout=MAX_AFSLUITTIJD)
    try:
        os.killpg(proces.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    proces.wait()
