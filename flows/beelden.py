"""What a run shows in Prefect's own screen: what was done, what was set apart, and what waits for whom.

Only where a server keeps it for people to look at (`inkoop start`); the server of one command does not.
The truth is in our own records (`inkoop flow tikken`, `inkoop ronde taken`).
"""

from __future__ import annotations

import os
import re

from inkoop.services.fasewerk import Tikverslag
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


async def show_verslag(verslag: Tikverslag) -> None:
    """One table of what waits for people, and one text of what the run did."""
    if not has_uitrol():
        return
    from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

    sleutel = make_sleutel(verslag.fase, verslag.onderwerp)
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
