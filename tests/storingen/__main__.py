"""`./run faults [--kort]`: kill whatever can be killed at seeded instants of a round; nothing lost, nothing doubled.

A round is played undisturbed once. Then it is played again and again from the same beginning while
processes, the database server and the disk fail; each time it goes on where it was, and at its end it must
have come to the same: every record, every number, every document, each act in the log once, the log whole.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from inkoop.storage.audit import check_keten
from inkoop.storage.winkel import Winkel
from tests.proefcluster import Proefcluster, find_programma
from tests.storingen.ronde import build
from tests.storingen.uitkomst import Uitkomst, list_verschillen, read_uitkomst

GEDOOD = -9
MISLUKT = 3


class StoringError(AssertionError):
    """A round that came to something else than an undisturbed one."""


@dataclass
class Plaats:
    """A copy of the round at its beginning: where it stands."""

    map: Path
    url: str | None

    def open(self) -> Winkel:
        return Winkel.open(self.map, database=self.url)


@dataclass
class Proef:
    """The suite on one of the two databases."""

    soort: str
    werkmap: Path
    zaad: int
    cluster: Proefcluster | None = None
    momenten: int = 0
    begin: Plaats = field(init=False)
    undisturbed: Uitkomst = field(init=False)
    geteld: int = 0

    def prepare(self, aantal: int) -> None:
        """Build the round once and play it undisturbed."""
        url = self.cluster.url(self.cluster.create_database()) if self.cluster else None
        self.begin = Plaats(self.werkmap / self.soort / "begin" / "winkel", url)
        build(self.begin.map, aantal, url)
        plaats = self.copy()
        klaar = self.run(plaats)
        assert klaar.returncode == 0, klaar.stdout + klaar.stderr
        self.geteld = int(klaar.stdout)
        with plaats.open() as winkel:
            self.undisturbed = read_uitkomst(winkel)
            assert check_keten(winkel).fouten == ()
        overeenkomsten = len(list(self.undisturbed["overeenkomst"].elements()))
        assert overeenkomsten == aantal, f"undisturbed, {aantal} applications gave {overeenkomsten} agreements"

    def copy(self) -> Plaats:
        """The round at its beginning once more: store, files and keys."""
        doel = self.werkmap / self.soort / f"proef-{time.monotonic_ns()}"
        shutil.copytree(self.begin.map.parent, doel)
        if self.cluster is None or self.begin.url is None:
            return Plaats(doel / "winkel", None)
        naam = self.cluster.create_database(naar_voorbeeld=self.begin.url.split("/")[3].split("?")[0])
        return Plaats(doel / "winkel", self.cluster.url(naam))

    def start(self, plaats: Plaats, *keuzes: str) -> subprocess.Popen[str]:
        opdracht = [sys.executable, "-m", "tests.storingen.loper", str(plaats.map), plaats.url or "-", *keuzes]
        return subprocess.Popen(opdracht, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, plaats: Plaats, *keuzes: str) -> subprocess.CompletedProcess[str]:
        proces = self.start(plaats, *keuzes)
        uit, fout = proces.communicate(timeout=3600)
        return subprocess.CompletedProcess(proces.args, proces.returncode, uit, fout)

    def finish(self, plaats: Plaats, wat: str) -> None:
        """Play on undisturbed, and compare."""
        klaar = self.run(plaats)
        if klaar.returncode != 0:
            raise StoringError(f"{self.soort}, {wat}: the round does not finish\n{klaar.stdout}{klaar.stderr}")
        with plaats.open() as winkel:
            verschillen = [*list_verschillen(self.undisturbed, read_uitkomst(winkel)), *check_keten(winkel).fouten]
            verschillen += [*winkel.documenten.check(), *winkel.bewijs.check()]
        if verschillen:
            raise StoringError(f"{self.soort}, {wat}:\n" + "\n".join(verschillen[:20]))
        sys.stdout.write(f"  {self.soort}: {wat}: gelijk aan ongestoord\n")
        sys.stdout.flush()

    def kill_processen(self, keren: int) -> None:
        """One process, killed again and again; each goes on where the one before died."""
        dobbel = random.Random(f"{self.zaad}/{self.soort}/een")
        plaats = self.copy()
        for _ in range(keren):
            klaar = self.run(plaats, "--sterf", str(dobbel.randrange(1, max(2, self.geteld * 2 // keren))))
            if klaar.returncode == 0:
                break
            self._expect(klaar, GEDOOD)
        self.finish(plaats, f"proces {keren} keer gedood")

    def kill_een_van_drie(self, keren: int) -> None:
        """Three processes on one round at once, of which two are killed; the third and the next go on."""
        dobbel = random.Random(f"{self.zaad}/{self.soort}/drie")
        plaats = self.copy()
        for _ in range(keren):
            lopers = [
                self.start(plaats, "--alleen-tikken", *keuze)
                for keuze in ([], *(["--sterf", str(dobbel.randrange(1, 400))] for _ in range(2)))
            ]
            for loper in lopers:
                uit, fout = loper.communicate(timeout=3600)
                if loper.returncode not in {0, GEDOOD}:
                    raise StoringError(f"{self.soort}, three at once:\n{uit}{fout}")
                self.momenten += loper.returncode == GEDOOD
        self.finish(plaats, "drie processen tegelijk, waarvan er steeds twee sterven")

    def kill_server(self, keren: int) -> None:
        """The database server loses its power while a process works."""
        if self.cluster is None:
            return
        dobbel = random.Random(f"{self.zaad}/{self.soort}/server")
        plaats = self.copy()
        for _ in range(keren):
            loper = self.start(plaats)
            time.sleep(3 + dobbel.random() * 4)
            self.cluster.kill()
            uit, fout = loper.communicate(timeout=600)
            self.cluster.start()
            if loper.returncode == MISLUKT and "Kijk of de databaseserver draait" not in uit:
                raise StoringError(f"{self.soort}, server killed: no word on what to do\n{uit}{fout}")
            if loper.returncode not in {0, MISLUKT}:
                raise StoringError(f"{self.soort}, server killed:\n{uit}{fout}")
            self.momenten += 1
        self.finish(plaats, f"databaseserver {keren} keer gedood")

    def fill_schijf(self) -> None:
        """No room left for the database; after room is made the round goes on."""
        if self.cluster is not None:
            return
        plaats = self.copy()
        for ruimte in (1, 12):
            klaar = self.run(plaats, "--ruimte", str(ruimte))
            if klaar.returncode != MISLUKT or "Maak ruimte op de schijf" not in klaar.stdout:
                raise StoringError(f"{self.soort}, disk full: {klaar.returncode}\n{klaar.stdout}{klaar.stderr}")
            self.momenten += 1
        self.finish(plaats, "schijf vol")

    def lock_database(self) -> None:
        """Somebody keeps writing for longer than is waited."""
        plaats = self.copy()
        klaar = self._while_locked(plaats, lambda: self.run(plaats, "--wacht-ms", "200"))
        if klaar.returncode != MISLUKT or "aan het schrijven" not in klaar.stdout:
            raise StoringError(f"{self.soort}, locked: {klaar.returncode}\n{klaar.stdout}{klaar.stderr}")
        self.momenten += 1
        self.finish(plaats, "database bezet")

    def _while_locked(
        self, plaats: Plaats, run: Callable[[], subprocess.CompletedProcess[str]]
    ) -> subprocess.CompletedProcess[str]:
        if plaats.url is not None:
            with psycopg.connect(plaats.url) as verbinding:
                verbinding.execute(f"SELECT pg_advisory_xact_lock({0x696E6B6F6F70})")
                return run()
        with closing(sqlite3.connect(plaats.map / "inkoop.db", isolation_level=None)) as bezetter:
            bezetter.execute("BEGIN IMMEDIATE")
            return run()

    def step_klok(self) -> None:
        """A process dies while its clock is two hours ahead, and the next has the right time again."""
        plaats = self.copy()
        self._expect(self.run(plaats, "--klok-uren", "2", "--sterf", str(self.geteld // 3)), GEDOOD)
        self.finish(plaats, "klok twee uur teruggezet")

    def _expect(self, klaar: subprocess.CompletedProcess[str], code: int) -> None:
        if klaar.returncode != code:
            raise StoringError(f"{self.soort}: ended with {klaar.returncode}\n{klaar.stdout}{klaar.stderr}")
        self.momenten += 1


def main(argumenten: Sequence[str]) -> int:
    """Returns 0 when every round came to the same, else 1 with what differs."""
    lezer = argparse.ArgumentParser(prog="./run faults", description=__doc__)
    lezer.add_argument("--kort", action="store_true", help="the form that runs on every change")
    lezer.add_argument("--aantal", type=int, help="applications in the round")
    lezer.add_argument("--keren", type=int, help="how often a process is killed")
    lezer.add_argument("--zaad", type=int, default=2020)
    keuzes = lezer.parse_args(argumenten)
    aantal = keuzes.aantal or (2 if keuzes.kort else 200)
    keren = keuzes.keren or (1 if keuzes.kort else 40)
    begin = time.monotonic()
    if find_programma("initdb") is None:
        sys.stdout.write("PostgreSQL ontbreekt; de storingen zijn alleen op SQLite geprobeerd.\n")
    clusters = [None, *([Proefcluster(bestendig=True)] if find_programma("initdb") else [])]
    werkmap = Path(tempfile.mkdtemp(prefix="inkoop-storingen-"))
    momenten = 0
    try:
        for cluster in clusters:
            proef = Proef("postgresql" if cluster else "sqlite", werkmap, keuzes.zaad, cluster)
            proef.prepare(aantal)
            proef.kill_processen(keren)
            proef.kill_server(1 if keuzes.kort else 5)
            if not keuzes.kort:
                proef.kill_een_van_drie(5)
                proef.fill_schijf()
                proef.lock_database()
                proef.step_klok()
            momenten += proef.momenten
    except StoringError as fout:
        sys.stdout.write(f"NIET IN ORDE: {fout}\n")
        return 1
    finally:
        for een in clusters:
            if een is not None:
                een.remove()
        shutil.rmtree(werkmap, ignore_errors=True)
    sys.stdout.write(
        f"{momenten} storingen in rondes van {aantal} aanmeldingen (zaad {keuzes.zaad}): niets verloren, niets dubbel,"
        f" elke ronde gelijk aan een ongestoorde. {time.monotonic() - begin:.0f} seconden.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
