"""Play rounds of growing size from closing to contracts: time of each step, memory, and what Prefect adds.

    ./run bench rounds [--groottes 10,100,1000] [--json]

Times are CPU time of the process that does the work, so that a busy machine changes little. Documents are
placeholders: what making one costs is measured by `./run bench documents`. The step `selecteren` is also done
on a copy through its flow, with the same placeholders: `orkestratie` is what that costs above the same step
without Prefect and above a flow with nothing to do (starting and stopping Prefect, once a run).
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
from collections.abc import Callable
from pathlib import Path

from inkoop.domain.procedure import Fase
from inkoop.settings import CHECKOUT
from inkoop.storage.winkel import Winkel

sys.path.insert(0, str(CHECKOUT))

from tests.storingen.ronde import Ronde, build, open_huis

STAPPEN = (
    ("selecteren", Fase.SELECTEREN),
    ("concretiseren", Fase.CONCRETISEREN),
    ("contracteren", Fase.CONTRACTEREN),
    ("implementeren", Fase.IMPLEMENTEREN),
)


def measure(werk: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    begin = time.process_time()
    werk()
    return time.process_time() - begin


def run_flow(map_: Path, nu: str) -> float:
    """CPU seconds of the flow selecteren in a process of its own, Prefect's server with it."""
    opdracht = [sys.executable, "-m", "benchmarks._rondeflow", str(map_), str(Fase.SELECTEREN), nu]
    # One home for all runs of a size: making Prefect's database is no part of a round.
    omgeving = {**os.environ, "PREFECT_HOME": str(map_.parent.parent / "prefect")}
    klaar = subprocess.run(  # noqa: S603 - this interpreter and our own words
        opdracht, cwd=CHECKOUT, env=omgeving, capture_output=True, text=True, check=False
    )
    if klaar.returncode != 0:
        raise SystemExit(klaar.stdout + klaar.stderr)
    return float(json.loads(klaar.stdout.splitlines()[-1])["cpu"])


def play(werkmap: Path, aantal: int) -> dict[str, object]:
    """One round of so many applications, step by step."""
    map_ = werkmap / str(aantal) / "winkel"
    uit: dict[str, object] = {"aanmeldingen": aantal, "indienen": measure(lambda: build(map_, aantal, None))}
    with Winkel.open(map_) as winkel:
        ronde = Ronde(open_huis(winkel))
        uit["openen en beoordelen"] = measure(ronde.perform_taken)
        nu = ronde.read_nu().isoformat()
        winkel.close()
    kopie = werkmap / f"{aantal}-flow"
    shutil.copytree(map_.parent, kopie)
    if not (werkmap / "prefect").exists():
        opwarmen = werkmap / f"{aantal}-opwarmen"
        shutil.copytree(map_.parent, opwarmen)
        run_flow(opwarmen / "winkel", nu)
    with Winkel.open(map_) as winkel:
        ronde = Ronde(open_huis(winkel))
        for naam, flow in STAPPEN:
            uit[naam] = measure(lambda flow=flow: ronde.tick(flow))  # type: ignore[misc]
            uit[f"mensen na {naam}"] = measure(ronde.perform_taken)
    met = run_flow(kopie / "winkel", nu)
    leeg = run_flow(kopie / "winkel", nu)
    kaal = float(str(uit["selecteren"]))
    uit["flow selecteren"], uit["flow zonder werk"] = met, leeg
    werk = sum(float(str(uit[naam])) for naam, _ in STAPPEN)
    uit["orkestratie, % van de stap"] = 100 * (met - leeg - kaal) / kaal
    uit["Prefect starten, % van het werk"] = 100 * leeg / werk
    uit["geheugen MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return uit


def main() -> None:
    """Print a table, or JSON."""
    lezer = argparse.ArgumentParser(description=__doc__)
    lezer.add_argument("--groottes", default="10,100,1000")
    lezer.add_argument("--json", action="store_true")
    keuzes = lezer.parse_args()
    werkmap = Path(tempfile.mkdtemp(prefix="inkoop-rondes-"))
    try:
        rijen = [play(werkmap, int(grootte)) for grootte in keuzes.groottes.split(",")]
    finally:
        shutil.rmtree(werkmap, ignore_errors=True)
    if keuzes.json:
        print(json.dumps(rijen, indent=2))
        return
    print(f"{'CPU-seconden':28}" + "".join(f"{rij['aanmeldingen']!s:>12}" for rij in rijen))
    for naam in rijen[0]:
        if naam != "aanmeldingen":
            print(f"{naam:28}" + "".join(f"{rij[naam]:12.2f}" for rij in rijen))


if __name__ == "__main__":
    main()
