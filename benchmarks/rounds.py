"""Play rounds of growing size from closing to contracts: time of each step, memory, and what Prefect adds.

    ./run bench rounds [--groottes 10,100,1000] [--documenten 3] [--zonder-flows] [--map MAP] [--json]
    ./run bench rounds --werkers 1,2 [--rondes 4] [--groottes 10] [--json]

Times are CPU seconds of the processes that do the work, so that a busy machine changes little. The round is
played twice from the same beginning: without Prefect, and with each tick as a flow in a process of its own,
Prefect's server with it; each tick both ways, one straight after the other. What starting Prefect and its server
costs (once a run; `inkoop start` keeps one server) stands apart.

Documents are placeholders in both rounds. Of each kind of document that the round gave a few are made for
real; the time of one, times how many there were, is what all of them cost. `orkestratie` is what the flows
cost above the same ticks without Prefect, as a share of those ticks with their documents.

`--werkers`: rounds side by side by so many worker processes on one PostgreSQL store (benchmarks/_werkers).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from inkoop.domain.procedure import Fase
from inkoop.services import documenten
from inkoop.services.drukkerij import druk
from inkoop.settings import CHECKOUT
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.winkel import Winkel

sys.path.insert(0, str(CHECKOUT))

from tests.services.proefspel import RONDE
from tests.storingen.ronde import Ronde, build, open_huis

Rij = dict[str, float]

ROND = (Fase.SELECTEREN, Fase.CONCRETISEREN, Fase.CONTRACTEREN, Fase.IMPLEMENTEREN)
GEEN_TIJD = {"aanmeldingen", "geheugen MB", "documenten, aantal", "Prefect starten"}


def measure(werk: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    begin = time.process_time()
    werk()
    return time.process_time() - begin


@dataclass
class Proef:
    """Rounds of one size below a folder."""

    werkmap: Path
    aantal: int

    @property
    def map(self) -> Path:
        """The store of the round without Prefect."""
        return self.werkmap / str(self.aantal) / "winkel"

    @property
    def kopie(self) -> Path:
        """The store of the round with flows."""
        return self.werkmap / f"{self.aantal}-flows" / "winkel"


def run_tick(map_: Path, flow: Fase, *keuzes: str) -> tuple[float, float]:
    """CPU seconds of a tick in a process of its own, Prefect's server with it: of starting, and of the tick."""
    with Winkel.open(map_) as winkel:
        nu = Ronde(open_huis(winkel)).read_nu().isoformat()
    opdracht = [sys.executable, "-m", "benchmarks._rondeflow", str(map_), str(flow), nu, *keuzes]
    # One home for all runs: making Prefect's database is no part of a round.
    omgeving = {**os.environ, "PREFECT_HOME": str(map_.parent.parent / "prefect")}
    klaar = subprocess.run(  # noqa: S603 - this interpreter and our own words
        opdracht, cwd=CHECKOUT, env=omgeving, capture_output=True, text=True, check=False
    )
    if klaar.returncode != 0:
        raise SystemExit(klaar.stdout + klaar.stderr)
    uit = json.loads(klaar.stdout.splitlines()[-1])
    return float(uit["starten"]), float(uit["lopen"])


def play_ticks(proef: Proef, *, met_flows: bool) -> Rij:
    """The round tick by tick, with the acts of people between them; each tick without Prefect and then as a flow.

    The two follow each other at once, so that what else the machine does weighs on both.
    """
    uit: Rij = {}
    starten = []
    if met_flows:
        warm_up(proef)
    for flow in ROND:
        _, uit[str(flow)] = run_tick(proef.map, flow, "--zonder")
        if met_flows:
            begin, uit[f"flow {flow}"] = run_tick(proef.kopie, flow)
            starten.append(begin)
            perform_taken(proef.kopie)
        uit[f"mensen na {flow}"] = perform_taken(proef.map)
        tell(uit)
    if met_flows:
        uit["Prefect starten"] = sum(starten) / len(starten)
    return uit


def warm_up(proef: Proef) -> None:
    """Make Prefect's database and read its modules once: no part of a round."""
    if not (proef.werkmap / "prefect").exists():
        opwarmen = proef.werkmap / "opwarmen"
        shutil.copytree(proef.kopie.parent, opwarmen)
        run_tick(opwarmen / "winkel", Fase.SELECTEREN)
        shutil.rmtree(opwarmen)


def perform_taken(map_: Path) -> float:
    """CPU seconds of doing everything that waits for people."""
    with Winkel.open(map_) as winkel:
        return measure(Ronde(open_huis(winkel)).perform_taken)


def make_steekproef(proef: Proef, per_soort: int) -> tuple[int, float]:
    """How many documents the round gave, and what making them all costs, from some of each kind."""
    with Winkel.open(proef.map) as winkel:
        huis = open_huis(winkel)
        with winkel.lezen() as sessie:
            rijen = sessie.exec(
                select(DocumentRow.soort, DocumentRow.kenmerk).where(DocumentRow.ronde == RONDE).order_by("kenmerk")
            ).all()
        soorten: dict[str, list[str]] = {}
        for soort, kenmerk in rijen:
            soorten.setdefault(soort, []).append(kenmerk)
        totaal = 0.0
        for kenmerken in soorten.values():
            druk(documenten.order(huis, kenmerken[0]))  # what is read and set once in a process
            deel = kenmerken[-per_soort:]
            totaal += (
                len(kenmerken) * measure(lambda deel=deel: [druk(documenten.order(huis, k)) for k in deel]) / len(deel)
            )  # type: ignore[misc]
    return len(rijen), totaal


def tell(rij: Rij) -> None:
    """Say what is known so far: a large round takes long, and what was measured may not be lost with it."""
    sys.stderr.write(json.dumps({naam: round(waarde, 2) for naam, waarde in rij.items()}) + "\n")
    sys.stderr.flush()


def make_begin(proef: Proef) -> Rij:
    """The store of a round that was judged: made, or the one that an earlier run left in this folder (`--map`)."""
    bewaard = proef.werkmap / f"{proef.aantal}-begin"
    if not (bewaard / "tijden.json").exists():
        eerst = Proef(bewaard, proef.aantal)
        uit: Rij = {
            "aanmeldingen": proef.aantal,
            "indienen": measure(lambda: build(eerst.map, proef.aantal, None)),
            "openen en beoordelen": perform_taken(eerst.map),
        }
        (bewaard / "tijden.json").write_text(json.dumps(uit), encoding="utf-8")
    uit = json.loads((bewaard / "tijden.json").read_text(encoding="utf-8"))
    tell(uit)
    shutil.copytree(bewaard / str(proef.aantal), proef.map.parent)
    return uit


def play(werkmap: Path, aantal: int, per_soort: int, *, met_flows: bool) -> Rij:
    """Rounds of so many applications."""
    proef = Proef(werkmap, aantal)
    uit = make_begin(proef)
    if met_flows:
        shutil.copytree(proef.map.parent, proef.kopie.parent)
    uit |= play_ticks(proef, met_flows=met_flows)
    uit["geheugen MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if per_soort:
        uit["documenten, aantal"], uit["documenten"] = make_steekproef(proef, per_soort)
        tell(uit)
    if met_flows:
        kaal = sum(uit[str(flow)] for flow in ROND)
        erbij = sum(uit[f"flow {flow}"] for flow in ROND) - kaal
        werk = kaal + uit.get("documenten", 0)
        uit["orkestratie"] = erbij
        uit["orkestratie, % van het werk"] = 100 * erbij / werk
        uit["idem, zonder documenten"] = 100 * erbij / kaal
    return uit


def print_krommen(rijen: Sequence[Rij]) -> None:
    """Each step as milliseconds for one application: level when the work grows in step with the round."""
    sys.stdout.write(f"\n{'ms per aanmelding':32}" + "".join(f"{rij['aanmeldingen']:12.0f}" for rij in rijen) + "\n")
    for naam in rijen[0]:
        if naam not in GEEN_TIJD and "%" not in naam and "zonder documenten" not in naam:
            waarden = "".join(f"{1000 * rij[naam] / rij['aanmeldingen']:12.1f}" for rij in rijen)
            sys.stdout.write(f"{naam:32}{waarden}\n")


def measure_werkers(aantallen: Sequence[int], rondes: int, grootte: int, *, json_: bool) -> None:
    """Print what each number of workers takes for the same rounds."""
    from benchmarks._werkers import measure as measure_park  # needs PostgreSQL, which the rest does not
    from tests.proefcluster import Proefcluster

    cluster = Proefcluster()
    werkmap = Path(tempfile.mkdtemp(prefix="inkoop-werkers-"))
    try:
        rijen = [measure_park(werkmap, cluster, aantal, rondes, grootte) for aantal in aantallen]
    finally:
        cluster.remove()
        shutil.rmtree(werkmap, ignore_errors=True)
    if json_:
        sys.stdout.write(json.dumps(rijen, indent=2) + "\n")
        return
    sys.stdout.write(f"{rondes} rondes van {grootte} aanmeldingen, PostgreSQL\n")
    sys.stdout.write("".join(f"{naam:>14}" for naam in rijen[0]) + "\n")
    for rij in rijen:
        sys.stdout.write("".join(f"{waarde:14.0f}" for waarde in rij.values()) + "\n")


def main() -> None:
    """Print a table and the curve, or JSON."""
    lezer = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    lezer.add_argument("--groottes", default="10,100,1000")
    lezer.add_argument("--documenten", type=int, default=3, help="how many of each kind to make; 0 for none")
    lezer.add_argument("--zonder-flows", action="store_true", help="only the round without Prefect")
    lezer.add_argument("--werkers", help="rounds side by side by so many workers, for example 1,2")
    lezer.add_argument("--rondes", type=int, default=4, help="with --werkers: how many rounds")
    lezer.add_argument("--map", type=Path, help="keep the judged rounds here, and begin with those")
    lezer.add_argument("--json", action="store_true")
    keuzes = lezer.parse_args()
    if keuzes.werkers:
        grootte = int(keuzes.groottes.split(",")[0])
        measure_werkers([int(een) for een in keuzes.werkers.split(",")], keuzes.rondes, grootte, json_=keuzes.json)
        return
    werkmap = keuzes.map or Path(tempfile.mkdtemp(prefix="inkoop-rondes-"))
    rijen = []
    try:
        for grootte in keuzes.groottes.split(","):
            rijen.append(play(werkmap, int(grootte), keuzes.documenten, met_flows=not keuzes.zonder_flows))
            tell(rijen[-1])
            shutil.rmtree(werkmap / grootte, ignore_errors=True)
            shutil.rmtree(werkmap / f"{grootte}-flows", ignore_errors=True)
    finally:
        if keuzes.map is None:
            shutil.rmtree(werkmap, ignore_errors=True)
    if keuzes.json:
        sys.stdout.write(json.dumps(rijen, indent=2) + "\n")
        return
    sys.stdout.write(f"{'CPU-seconden':32}" + "".join(f"{rij['aanmeldingen']:12.0f}" for rij in rijen) + "\n")
    for naam in rijen[0]:
        if naam != "aanmeldingen":
            sys.stdout.write(f"{naam:32}" + "".join(f"{rij[naam]:12.2f}" for rij in rijen) + "\n")
    print_krommen(rijen)


if __name__ == "__main__":
    main()
