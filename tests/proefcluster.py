"""A PostgreSQL server of our own for a test run: started where it is first asked for, gone at the end.

Nothing of the machine's own clusters is touched: the data stand in a temporary folder and the server
listens only on a socket in it. Where PostgreSQL is not installed a test is skipped with the reason; in
CI it fails.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.proefschijf import Proefschijf, may_mount

INSTALLEER = "Debian: apt-get install -y --no-install-recommends postgresql"


def find_programma(naam: str) -> str | None:
    """A program of the server: Debian keeps those outside the path."""
    paden = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{naam}"), reverse=True)
    return str(paden[0]) if paden else shutil.which(naam)


class Proefcluster:
    """One server. `bestendig` keeps every commit through a kill (slower); tests of rules do without.

    With `megabyte` its data, the log of its transactions with them, stand on a disk of their own of that size, which
    can be made full; where no disk may be made, `schijf` is None.
    """

    def __init__(self, *, bestendig: bool = False, megabyte: int = 0) -> None:
        self.map = Path(tempfile.mkdtemp(prefix="inkoop-pg-"))
        self.schijf: Proefschijf | None = None
        self._data = self.map / "data"
        self._bestendig = bestendig
        self._proces: subprocess.Popen[bytes] | None = None
        # The server refuses to run as root; a temporary folder of root becomes its own user's.
        self._wie = "postgres" if os.getuid() == 0 else None
        klein: tuple[str, ...] = ()
        if megabyte and may_mount():
            (self.map / "schijf").mkdir()
            self.schijf = Proefschijf(self.map / "schijf", megabyte)
            self._data = self.schijf.map / "data"
            klein = ("--wal-segsize=1",)  # pieces of 16 MB would never need a next one in a small round
        if self._wie:
            wie = pwd.getpwnam(self._wie)
            for map_ in {self.map, self._data.parent}:
                os.chown(map_, wie.pw_uid, wie.pw_gid)
        keuzes = ("-U", "inkoop", "-A", "trust", "-E", "UTF8", "--locale=C", "-N", *klein)
        self._run("initdb", "-D", str(self._data), *keuzes)
        self.start()

    def _command(self, naam: str, *argumenten: str) -> list[str]:
        programma = find_programma(naam)
        assert programma is not None
        voor = ["setpriv", f"--reuid={self._wie}", f"--regid={self._wie}", "--init-groups"] if self._wie else []
        return [*voor, programma, *argumenten]

    def _run(self, naam: str, *argumenten: str) -> None:
        klaar = subprocess.run(
            self._command(naam, *argumenten), cwd=self.map, capture_output=True, text=True, check=False
        )
        assert klaar.returncode == 0, klaar.stdout + klaar.stderr

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self._start()
        self.wait()

    def _start(self) -> None:
        keuzes = ["-D", str(self._data), "-k", str(self.map), "-h", "", "-c", "max_connections=60"]
        if not self._bestendig:
            keuzes += ["-c", "fsync=off", "-c", "full_page_writes=off"]
        with (self.map / "server.log").open("ab") as log:
            self._proces = subprocess.Popen(
                self._command("postgres", *keuzes), cwd=self.map, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self) -> None:
        """Wait until the server answers; one that stopped by itself is started."""
        einde = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                assert time.monotonic() < einde, (self.map / "server.log").read_text()
                if self._proces is None or self._proces.poll() is not None:
                    (self._data / "postmaster.pid").unlink(missing_ok=True)
                    self._start()
                time.sleep(0.05)
            else:
                return

    def url(self, database: str) -> str:
        """The address of a database of this server."""
        return f"postgresql://inkoop@/{database}?host={self.map}"

    def create_database(self, *, naar_voorbeeld: str | None = None) -> str:
        """A new database, empty or a copy of another that nobody is connected to; returns its name."""
        naam = f"proef_{uuid4().hex}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as verbinding:
            verbinding.execute(f"CREATE DATABASE {naam} TEMPLATE {naar_voorbeeld or 'template0'} STRATEGY file_copy")
        return naam

    def drop_database(self, naam: str) -> None:
        """Remove a database, whoever is still connected."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as verbinding:
            verbinding.execute(f"DROP DATABASE IF EXISTS {naam} WITH (FORCE)")

    def kill(self) -> None:
        """Kill the whole server at once, as a machine that loses its power would."""
        if self._proces is not None:
            with suppress(ProcessLookupError):  # a server without room may have stopped already
                os.killpg(self._proces.pid, signal.SIGKILL)
            self._proces.wait()
            (self._data / "postmaster.pid").unlink(missing_ok=True)
            self._proces = None

    def remove(self) -> None:
        """Stop the server and remove all that is left of it."""
        self.kill()
        if self.schijf is not None:
            self.schijf.remove()
        shutil.rmtree(self.map, ignore_errors=True)


@cache
def share_cluster() -> Proefcluster:
    """The server of this test process."""
    if find_programma("initdb") is None:
        reden = f"PostgreSQL is niet geinstalleerd ({INSTALLEER})"
        if os.environ.get("CI"):
            pytest.fail(reden)
        pytest.skip(reden)
    cluster = Proefcluster()
    atexit.register(cluster.remove)
    return cluster
