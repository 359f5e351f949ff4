"""What a run shows in Prefect's own screen: progress, what was done, where the round stands, what waits for whom.

Only where a server keeps it for people to look at (`inkoop start`); the server of one command does not.
The truth is in our own records (`inkoop flow tikken`, `inkoop ronde taken`).
"""

from __future__ import annotations

import os
import re
from urllib.parse import quote
from uuid import UUID

from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag
from inkoop.services.huis import Huis
from inkoop.services.rondestand import Standtelling, count_standen
from inkoop.services.taaksoort import Taak

BEELDEN = "INKOOP_BEELDEN"
"""Set in the surroundings of runs that a lasting server follows."""

MAX_REGELS = 1000
"""A longer table shows its first rows and says so."""


def make_sleutel(*delen: str) -> str:
    """A key as Prefect takes it: small letters, digits, dashes."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(delen).lower()).strip("-")


def has_uitrol() -> bool:
    """Whether this run is followed by a lasting server, which also has the deployments."""
    return bool(os.environ.get(BEELDEN))


class Voortgangsbeeld:
    """A bar in Prefect's screen that grows while a run works; nothing where no lasting server follows it."""

    def __init__(self, fase: Fase, onderwerp: str, wat: str, totaal: int) -> None:
        self._sleutel = make_sleutel(fase, onderwerp, wat)
        self._wat = f"{fase} {onderwerp}: {wat}"
        self._totaal = totaal
        self._klaar = 0
        self._beeld: UUID | None = None

    async def add(self, aantal: int) -> None:
        """So many more are done; with 0 the bar appears."""
        if not (self._totaal and has_uitrol()):
            return
        from prefect.artifacts import acreate_progress_artifact, aupdate_progress_artifact

        self._klaar += aantal
        deel = round(100 * self._klaar / self._totaal, 1)
        zin = f"{self._wat} ({self._klaar} van {self._totaal})"
        if self._beeld is None:
            self._beeld = await acreate_progress_artifact(deel, key=self._sleutel, description=zin)
        else:
            await aupdate_progress_artifact(self._beeld, deel, description=zin)


async def show_verslag(huis: Huis, verslag: Tikverslag) -> None:
    """What the run did, where the round stands, what waits for people, and where to read on in our own pages."""
    if not has_uitrol():
        return
    from prefect.artifacts import acreate_link_artifact, acreate_markdown_artifact, acreate_table_artifact

    sleutel = make_sleutel(verslag.fase, verslag.onderwerp)
    for naam, pad, tekst in list_links(verslag):
        await acreate_link_artifact(f"{huis.web_adres.rstrip('/')}{pad}", tekst, key=f"{sleutel}-{naam}")
    if standen := count_standen(huis, verslag.onderwerp):
        await acreate_table_artifact(
            key=f"{sleutel}-uitkomsten",
            table=[describe_stand(een) for een in standen],
            description=f"Waar {verslag.onderwerp} staat, volgens onze eigen gegevens",
        )
    await acreate_markdown_artifact(
        key=f"{sleutel}-verslag", markdown=format_verslag(verslag), description=f"{verslag.fase} {verslag.onderwerp}"
    )
    await acreate_table_artifact(
        key=f"{sleutel}-taken",
        table=[
            {
                "voor": taak.rol,
                "wat": name_taak(taak),
                "waarover": taak.onderwerp,
                "uiterlijk": str(taak.uiterlijk or ""),
            }
            for taak in verslag.taken[:MAX_REGELS]
        ],
        description=f"Wat op mensen wacht in {verslag.onderwerp} ({len(verslag.taken)})",
    )


def list_links(verslag: Tikverslag) -> tuple[tuple[str, str, str], ...]:
    """Name, path and words of the pages of the web application where the rest of it stands (after logging in)."""
    over = quote(verslag.onderwerp, safe="")
    if verslag.fase in {Fase.VOORBEREIDEN, Fase.PUBLICEREN}:
        return (("pagina", f"/procedures/{over}", f"Procedure {verslag.onderwerp}"),)
    return (
        ("pagina", f"/rondes/{over}", f"Ronde {verslag.onderwerp}"),
        ("stukken", f"/documenten?onderwerp={over}", f"Documenten van {verslag.onderwerp}"),
    )


def describe_stand(telling: Standtelling) -> dict[str, str | int]:
    """A row of the table of outcomes."""
    return {
        "wat": telling.wat,
        "soort": telling.soort.replace("_", " "),
        "stand": telling.stand.replace("_", " "),
        "aantal": telling.aantal,
    }


def name_taak(taak: Taak) -> str:
    """What kind of act a task asks for. Its own words can name a person or an aanbieder, and Prefect keeps them."""
    return str(taak.soort).replace("_", " ")


def name_apart(reden: str) -> str:
    """The kenmerk of what was set apart, without the reason: that can quote what somebody wrote."""
    return reden.partition(":")[0]


def format_verslag(verslag: Tikverslag) -> str:
    """The report as Markdown."""
    regels = [f"# {verslag.fase} {verslag.onderwerp}", ""]
    regels += [f"Gedaan: {len(verslag.gedaan)}. Open taken: {len(verslag.taken)}. Apart gezet: {len(verslag.apart)}."]
    if verslag.apart:
        regels += [
            "",
            "## Apart gezet (de redenen: inkoop flow tikken)",
            "",
            *(f"- {name_apart(reden)}" for reden in verslag.apart[:MAX_REGELS]),
        ]
    if verslag.gedaan:
        regels += ["", "## Gedaan", "", *(f"- {zin}" for zin in verslag.gedaan[:MAX_REGELS])]
    return "\n".join(regels) + "\n"
