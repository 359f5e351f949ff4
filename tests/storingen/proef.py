"""The fault suite on one of the two databases: a round as it should end, and what is done to it."""

from __future__ import annotations

import random
import shutil
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg

from inkoop.storage.audit import check_keten
from inkoop.storage.winkel import Winkel
from tests.proefcluster import Proefcluster
from tests.storingen import voorbereiding
from tests.storingen.loper import GEDOOD, MISLUKT, Afloop, Loper
from tests.storingen.ronde import build
from tests.storingen.uitkomst import Uitkomst, list_verschillen, read_uitkomst

_NUMMERS = count(1)
_SLOT = 0x696E6B6F6F70
"""The lock that every writer takes in PostgreSQL (storage/verbinding)."""


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
    """The suite on one database. `momenten` counts the instants at which something was done to a round."""

    soort: str
    werkmap: Path
    zaad: int
    cluster: Proefcluster | None = None
    momenten: int = 0
    begin: Plaats = field(init=False)
    undisturbed: Uitkomst = field(init=False)
    geteld: int = 0
    deel: int = 1

    def prepare(self, aantal: int) -> None:
        """Build the round once and play it undisturbed."""
        url = self.cluster.url(self.cluster.create_database()) if self.cluster else None
        self.begin = Plaats(self.werkmap / self.soort / "begin" / "winkel", url)
        build(self.begin.map, aantal, url)
        plaats = self.copy()
        klaar = self.run(plaats)
        assert klaar.code == 0, klaar.tekst
        self.geteld = int(klaar.tekst)
        with plaats.open() as winkel:
            self.undisturbed = read_uitkomst(winkel)
            assert check_keten(winkel).fouten == ()
        overeenkomsten = len(list(self.undisturbed["overeenkomst"].elements()))
        assert overeenkomsten == aantal, f"undisturbed, {aantal} applications gave {overeenkomsten} agreements"

    def copy(self) -> Plaats:
        """The round at its beginning once more: store, files and keys."""
        doel = self.werkmap / self.soort / f"proef-{next(_NUMMERS)}"
        shutil.copytree(self.begin.map.parent, doel)
        if self.cluster is None or self.begin.url is None:
            return Plaats(doel / "winkel", None)
        naam = self.cluster.create_database(naar_voorbeeld=self.begin.url.split("/")[3].split("?")[0])
        return Plaats(doel / "winkel", self.cluster.url(naam))

    def start(self, plaats: Plaats, *keuzes: str) -> Loper:
        """Let a process play on."""
        uitvoer = self.werkmap / f"loper-{next(_NUMMERS)}.txt"
        return Loper(uitvoer, [str(plaats.map), plaats.url or "-", *keuzes])

    def run(self, plaats: Plaats, *keuzes: str) -> Afloop:
        """Let a process play on until it ends."""
        return self.start(plaats, *keuzes).wait()

    def dice(self, waarvoor: str) -> random.Random:
        """Chance that is the same on every machine."""
        return random.Random(f"{self.zaad}/{self.soort}/{waarvoor}")

    def finish(self, plaats: Plaats, wat: str) -> None:
        """Play on undisturbed, and compare."""
        klaar = self.run(plaats)
        if klaar.code != 0:
            raise StoringError(f"{self.soort}, {wat}: the round does not finish\n{klaar.tekst}")
        self.compare(plaats, wat)

    def compare(self, plaats: Plaats, wat: str) -> None:
        """The round must have come to what an undisturbed one comes to."""
        with plaats.open() as winkel:
            verschillen = [*list_verschillen(self.undisturbed, read_uitkomst(winkel)), *check_keten(winkel).fouten]
            verschillen += [*winkel.documenten.check(), *winkel.bewijs.check()]
        if verschillen:
            raise StoringError(f"{self.soort}, {wat}:\n" + "\n".join(verschillen[:20]))
        self.say(f"{wat}: gelijk aan ongestoord")
        self._remove(plaats)

    def _remove(self, plaats: Plaats) -> None:
        shutil.rmtree(plaats.map.parent, ignore_errors=True)
        if self.cluster is not None and plaats.url is not None:
            self.cluster.drop_database(plaats.url.split("/")[3].split("?")[0])

    def say(self, wat: str) -> None:
        """Tell how far it is."""
        sys.stdout.write(f"  {self.soort}: {wat}\n")
        sys.stdout.flush()

    def expect(self, afloop: Afloop, code: int, *zegt: str) -> None:
        """Count an instant at which a process had to end in this way, with some of these words."""
        if afloop.code != code or not (any(woorden in afloop.tekst for woorden in zegt) or not zegt):
            raise StoringError(f"{self.soort}: ended with {afloop.code}, not {code} {zegt}\n{afloop.tekst}")
        self.momenten += 1

    def try_samen(self, namen: Mapping[str, int]) -> None:
        """One round to which all of this is done in turn, each so many times, before it is played to its end."""
        plaats = self.copy()
        wat = []
        # Who may come halfway leaves the other half to those that kill too.
        self.deel = max(1, sum(namen.get(naam, 0) > 1 for naam in ("proces", "klok", "drie")))
        for naam, keren in namen.items():
            if zin := STORINGEN[naam].doe(self, plaats, keren):
                self.say(zin)
                wat.append(zin)
        self.deel = 1
        self.finish(plaats, ", ".join(wat))

    def try_elk(self, naam: str, keren: int) -> None:
        """A round of its own for this, done so many times."""
        plaats = self.copy()
        if wat := STORINGEN[naam].doe(self, plaats, keren):
            self.finish(plaats, wat)

    # --- what is done to a round; each says what was done, or nothing where it cannot be done ---

    def kill_processen(self, plaats: Plaats, keren: int) -> str:
        """One process, killed again and again; each goes on where the one before died."""
        dobbel = self.dice("een")
        gedood = 0
        for _ in range(keren):
            klaar = self.run(plaats, "--sterf", str(dobbel.randrange(1, self._reach(keren))))
            if klaar.code == 0:
                break
            self.expect(klaar, GEDOOD)
            gedood += 1
        self._require(gedood, "process")
        return f"proces {gedood} keer gedood"

    def _reach(self, keren: int) -> int:
        """How far a process may come before it is killed, so that so many of them stay within the round."""
        return max(2, self.geteld * 3 // (2 * (keren + 1) * self.deel))

    def _require(self, gedood: int, wat: str) -> None:
        if not gedood:
            raise StoringError(f"{self.soort}: no {wat} was killed; the suite tried nothing")

    def kill_twee_van_drie(self, plaats: Plaats, keren: int) -> str:
        """Three processes on one round at once, with clocks that differ, of which two are killed; the others go on."""
        dobbel = self.dice("drie")
        for _ in range(keren):
            keuzes = (["--klok-uren", "0"], ["--klok-uren", "2"], ["--klok-uren", "-2"])
            sterven: list[list[str]] = [[], *(["--sterf", str(dobbel.randrange(1, 400))] for _ in range(2))]
            paren = zip(keuzes, sterven, strict=True)
            lopers = [self.start(plaats, "--alleen-tikken", *klok, *sterf) for klok, sterf in paren]
            for afloop in [loper.wait() for loper in lopers]:
                if afloop.code not in {0, GEDOOD}:
                    raise StoringError(f"{self.soort}, three at once:\n{afloop.tekst}")
                self.momenten += afloop.code == GEDOOD
            # People at work, until one dies too; another does the rest. A tick in between would test an
            # application on half of its facts: right, and something else than the undisturbed round did.
            mensen = self.run(plaats, "--alleen-mensen", "--sterf", str(self._reach(keren)))
            if mensen.code == GEDOOD:
                self.momenten += 1
                mensen = self.run(plaats, "--alleen-mensen")
            if mensen.code != 0:
                raise StoringError(f"{self.soort}, people after three at once:\n{mensen.tekst}")
        return "drie processen tegelijk, met klokken die verschillen, waarvan er steeds twee sterven"

    def kill_server(self, plaats: Plaats, keren: int) -> str:
        """The database server loses its power while a process works."""
        if self.cluster is None:
            return ""
        dobbel = self.dice("server")
        gedood = 0
        for _ in range(keren):
            loper = self.start(plaats)
            self._await_werk(plaats, dobbel.randrange(1, 40))
            self.cluster.kill()
            afloop = loper.wait(600)
            self.cluster.start()
            if afloop.code == 0:
                break
            self.expect(afloop, MISLUKT, "Kijk of de databaseserver draait")
            gedood += 1
        self._require(gedood, "server")
        return f"databaseserver {gedood} keer gedood"

    def _await_werk(self, plaats: Plaats, regels: int) -> None:
        """Wait until so many acts were added to the log: a slow machine is no later in the round than a fast one."""
        assert plaats.url is not None
        einde = time.monotonic() + 120
        with psycopg.connect(plaats.url, autocommit=True) as verbinding:
            vraag = "SELECT aantal FROM audit_kop"
            begin = (verbinding.execute(vraag).fetchone() or (0,))[0]
            while (verbinding.execute(vraag).fetchone() or (0,))[0] < begin + regels and time.monotonic() < einde:
                time.sleep(0.01)

    def fill_schijf(self, plaats: Plaats, keren: int) -> str:
        """No room left for the database, or for files; after room is made the round goes on."""
        dobbel = self.dice("schijf")
        if self.cluster is None:
            for ruimte in (1, 12)[:keren]:
                self.expect(self.run(plaats, "--ruimte", str(ruimte)), MISLUKT, "Maak ruimte op de schijf")
        elif self.cluster.schijf is None:
            self.say("de schijf van de databaseserver is niet geprobeerd: wie dit start, mag er hier geen maken")
        else:
            for ruimte in (64_000, 0, 1_000_000)[:keren]:
                with self.cluster.schijf.fill(ruimte):
                    klaar = self.run(plaats)
                self.cluster.wait()  # one that has no room for its own log stops
                self.expect(klaar, MISLUKT, "Maak ruimte op de schijf", "Kijk of de databaseserver draait")
                self.say(f"schijf van de databaseserver vol ({ruimte} bytes over): {klaar.tekst.strip()[:60]}...")
        for _ in range(keren):
            klaar = self.run(plaats, "--ruimte-bestanden", str(dobbel.randrange(0, 6)))
            if klaar.code == 0:
                break  # nothing was left to write
            self.expect(klaar, MISLUKT, "Maak ruimte op de schijf")
        return "schijf vol"

    def lock_database(self, plaats: Plaats, _keren: int) -> str:
        """Somebody keeps writing for longer than is waited."""
        klaar = self._while_locked(plaats, lambda: self.run(plaats, "--wacht-ms", "200"))
        self.expect(klaar, MISLUKT, "aan het schrijven")
        return "database bezet"

    def _while_locked(self, plaats: Plaats, run: Callable[[], Afloop]) -> Afloop:
        if plaats.url is not None:
            with psycopg.connect(plaats.url) as verbinding:
                verbinding.execute(f"SELECT pg_advisory_xact_lock({_SLOT})")
                return run()
        with closing(sqlite3.connect(plaats.map / "inkoop.db", isolation_level=None)) as bezetter:
            bezetter.execute("BEGIN IMMEDIATE")
            return run()

    def step_klok(self, plaats: Plaats, keren: int) -> str:
        """The clock is set two hours forward and back while a round is played, by processes that are killed."""
        dobbel = self.dice("klok")
        for nummer in range(keren):
            uren = ("2", "-2")[nummer % 2]
            sterf = str(dobbel.randrange(1, self._reach(keren)))
            klaar = self.run(plaats, "--klok-uren", uren, "--klok-springt", "--sterf", sterf)
            if klaar.code == 0:
                break
            self.expect(klaar, GEDOOD)
        return "klok twee uur vooruit en terug gezet"

    def stop_prefect(self, plaats: Plaats, keren: int) -> str:
        """A flow under Prefect is killed, cancelled (Ctrl-C, and as a worker does it) or loses Prefect's server."""
        mensen = self.run(plaats, "--alleen-mensen")
        assert mensen.code == 0, mensen.tekst
        dobbel = self.dice("prefect")
        for nummer in range(keren):
            keuzes, code, zegt = STOPMANIEREN[nummer % len(STOPMANIEREN)]
            afloop = self.run(plaats, "--flow", "selecteren", "--sterf", str(dobbel.randrange(10, 150)), *keuzes)
            self.expect(afloop, code, zegt)
            if "Crash detected" in afloop.tekst or "Traceback" in afloop.tekst:
                raise StoringError(f"{self.soort}, {' '.join(keuzes)}: people see the words of Prefect\n{afloop.tekst}")
            server = int(afloop.tekst.split()[1])
            einde = time.monotonic() + 60
            while _is_er_nog(server):
                if time.monotonic() > einde:
                    raise StoringError(f"{self.soort}: Prefect's server outlives its flow {keuzes}\n{afloop.tekst}")
                time.sleep(0.1)
            self.say(f"flow onder Prefect, {' '.join(keuzes)}: einde {afloop.code}")
        afloop = self.run(plaats, "--flow", "selecteren")
        if afloop.code != 0:
            raise StoringError(f"{self.soort}: the flow does not go on\n{afloop.tekst}")
        return f"flow onder Prefect {keren} keer gedood, afgebroken of zonder server"

    def race(self, plaats: Plaats, _keren: int) -> str:
        """Every act by two officers and every flow by two triggers, at the same moment, through the whole round."""
        klaar = self.run(plaats, "--wedloop")
        if klaar.code != 0:
            raise StoringError(f"{self.soort}, everything twice at once:\n{klaar.tekst}")
        geteld, geweigerd = (int(getal) for getal in klaar.tekst.splitlines()[0].split())
        if not geweigerd:
            raise StoringError(f"{self.soort}, everything twice at once: nobody ever came too late")
        self.momenten += geteld
        for melding in klaar.tekst.splitlines()[1:]:
            self.say(f"wie te laat was: {melding}")
        self.compare(plaats, f"{geteld} handelingen en flows twee keer tegelijk, {geweigerd} keer een te laat")
        return ""

    def race_voorbereiding(self, plaats: Plaats, _keren: int) -> str:
        """Every act and both flows of preparing and publishing a procedure, by two at the same moment."""
        self._remove(plaats)  # this one begins before there is a round
        uitkomsten: list[Uitkomst] = []
        for keuzes in ((), ("--wedloop",)):
            url = self.cluster.url(self.cluster.create_database()) if self.cluster else None
            plek = Plaats(self.werkmap / self.soort / f"proef-{next(_NUMMERS)}" / "winkel", url)
            voorbereiding.begin(plek.map, url)
            klaar = self.run(plek, "--voorbereiding", *keuzes)
            if klaar.code != 0:
                raise StoringError(f"{self.soort}, preparing twice at once:\n{klaar.tekst}")
            with plek.open() as winkel:
                uitkomst = read_uitkomst(winkel)
                sleutels = uitkomst.pop("rondesleutel")  # drawn by chance: of these only how many there are
                uitkomsten.append({**uitkomst, "rondesleutel": Counter({"sleutel": sleutels.total()})})
                fouten = check_keten(winkel).fouten
            if fouten:
                raise StoringError(f"{self.soort}, preparing twice at once: {fouten[0]}")
            self._remove(plek)
        if verschillen := list_verschillen(*uitkomsten):
            raise StoringError(f"{self.soort}, preparing twice at once:\n" + "\n".join(verschillen[:20]))
        geteld, geweigerd = sum(uitkomsten[0]["audit"].values()), int(klaar.tekst)
        if not geweigerd:
            raise StoringError(f"{self.soort}, preparing twice at once: nobody ever came too late")
        self.momenten += geteld
        self.say(f"voorbereiden en publiceren twee keer tegelijk: {geteld} handelingen, {geweigerd} keer een te laat")
        return ""


def _is_er_nog(pid: int) -> bool:
    """Whether a process runs; one that only waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


STOPMANIEREN = (
    (("--signaal", "9"), GEDOOD, ""),
    (("--signaal", "2"), MISLUKT, "De flow is gestopt. Wat klaar was, is bewaard"),
    (("--signaal", "15"), MISLUKT, "De flow is gestopt. Wat klaar was, is bewaard"),
    (("--signaal", "9", "--server"), MISLUKT, "De server van Prefect is weggevallen"),
)
"""How a flow is stopped, how its process ends, and what people read then."""


@dataclass(frozen=True)
class Storing:
    """What is done to a round, and how often in the long form."""

    doe: Callable[[Proef, Plaats, int], str]
    keren: int


STORINGEN = {
    "proces": Storing(Proef.kill_processen, 40),
    "server": Storing(Proef.kill_server, 8),
    "schijf": Storing(Proef.fill_schijf, 3),
    "wedloop": Storing(Proef.race, 1),
    "voorbereiding": Storing(Proef.race_voorbereiding, 1),
    "drie": Storing(Proef.kill_twee_van_drie, 6),
    "bezet": Storing(Proef.lock_database, 1),
    "klok": Storing(Proef.step_klok, 6),
    "prefect": Storing(Proef.stop_prefect, 8),
}

KORT = {"schijf": 1, "bezet": 1, "server": 1, "proces": 1}
"""What the short form does to one round, one after another; and then everything twice at once to another."""

SAMEN = {"schijf": 3, "bezet": 1, "server": 6, "klok": 3, "proces": 16, "drie": 3}
"""What is done to one large round, one after another: with one process and with three."""
