"""Rounds side by side by several workers of a lasting server on this machine, on one PostgreSQL store.

`./run bench rounds --werkers 1,2,4`: for each number the same store (so many rounds, each with so many opened
applications), a server of Prefect, so many workers, and the dispatcher; measured from the first start until each
round was selected and its letters were made. Documents are real. `CPU s` is what all processes of the park used,
starting them included. With fewer free cores than workers the clock gains little.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import col, func, select

from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.cli.machinepark import Machinepark
from inkoop.cli.stroom import _find_poort
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Documentstatus
from inkoop.services import aandrijving, opening, rondes
from inkoop.services.huis import Huis
from inkoop.settings import CHECKOUT
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.aandrijving import Tikstand
from inkoop.storage.tabellen.document import DocumentRow

sys.path.insert(0, str(CHECKOUT))

from tests.proefcluster import Proefcluster
from tests.services.kleineronde import KLEIN, SET, add_ronde, at, begin_ronde, make_opgave

SLUITING = at("2020-03-31T12:00:00")
WACHT_S = 1800
POORT = _find_poort()
"""The same for every park: Prefect reads the address of its server once in a process."""


def build(map_: Path, url: str, aantal_rondes: int, aanmeldingen: int) -> Huis:
    """A store with so many rounds that were closed and opened, each with so many applications."""
    kvks = tuple(f"{90_000_000 + nummer}" for nummer in range(aantal_rondes * aanmeldingen))
    proef = begin_ronde(map_, SLUITING, kvks=kvks, database=url)
    namen = [KLEIN, *(f"K-{nummer}" for nummer in range(2, aantal_rondes + 1))]
    for naam in namen[1:]:
        add_ronde(proef, naam, SLUITING, SET)
    for nummer, kvk in enumerate(kvks):
        proef.ronde = namen[nummer % aantal_rondes]
        opgave, bestanden = make_opgave(kvk)
        proef.submit(opgave, ontvangen_op=SLUITING - timedelta(days=3), bestanden=bestanden)
    proef.klok.set(SLUITING + timedelta(hours=2))
    for naam in namen:
        rondes.request_opening(proef.huis, proef.act_as(INKOPER), naam)
        opening.open_ronde(proef.huis, proef.act_as(JURIST), naam)
    return proef.huis


async def drive(huis: Huis, aantal: int) -> float:
    """Start what is due until so many rounds were selected and no document waits; the seconds of it."""
    from flows.aandrijven import start_tikken
    from flows.uitrol import uitrol

    await uitrol(huis.winkel.map, datetime.now(UTC))
    begin = time.monotonic()
    await start_tikken(huis)
    while time.monotonic() < begin + WACHT_S:
        tikken = aandrijving.list_tikken(huis, aantal=1000)
        if fout := [tik.melding for tik in tikken if tik.stand is Tikstand.MISLUKT]:
            raise SystemExit(fout[0])
        klaar = {tik.onderwerp for tik in tikken if tik.flow == Fase.SELECTEREN and tik.stand is Tikstand.KLAAR}
        if len(klaar) >= aantal:
            return time.monotonic() - begin
        await asyncio.sleep(0.2)
    raise SystemExit("De werkers kwamen niet klaar. Kijk in de logboeken van de werkers.")


def read_kinderen() -> float:
    """CPU seconds of every process that was ours and ended."""
    gebruik = resource.getrusage(resource.RUSAGE_CHILDREN)
    return gebruik.ru_utime + gebruik.ru_stime


def measure(
    werkmap: Path, cluster: Proefcluster, werkers: int, aantal_rondes: int, aanmeldingen: int
) -> dict[str, float]:
    """One machine park with so many workers; what it prints leaves nothing behind in the surroundings."""
    omgeving = dict(os.environ)
    try:
        return _measure(werkmap, cluster, werkers, aantal_rondes, aanmeldingen)
    finally:
        os.environ.clear()
        os.environ.update(omgeving)


def _measure(
    werkmap: Path, cluster: Proefcluster, werkers: int, aantal_rondes: int, aanmeldingen: int
) -> dict[str, float]:
    map_ = werkmap / f"werkers-{werkers}" / "winkel"
    url = cluster.url(cluster.create_database())
    os.environ["INKOOP_DATABASE_URL"] = url
    huis = build(map_, url, aantal_rondes, aanmeldingen)
    machines = Machinepark(thuis=werkmap / f"werkers-{werkers}" / "prefect", adres="127.0.0.1", poort=POORT)
    voor = read_kinderen()
    try:
        machines.prepare()
        machines.start_server()
        machines.start_werkers(werkers, "inkoop")
        seconden = asyncio.run(drive(huis, aantal_rondes))
    finally:
        machines.stop()
    gebruikt = read_kinderen() - voor
    with huis.winkel.lezen() as sessie:
        gemaakt = sessie.exec(
            select(func.count()).select_from(DocumentRow).where(col(DocumentRow.status) != Documentstatus.TE_MAKEN)
        ).one()
    if fouten := check_keten(huis.winkel).fouten:
        raise SystemExit(str(fouten[0]))
    huis.winkel.close()
    return {"werkers": werkers, "documenten": gemaakt, "seconden": seconden, "CPU s": gebruikt}
