"""Flow bewaking: once a day, which terms of which rounds come near or have passed, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prefect import flow

from flows.aandrijven import list_gestart
from flows.beelden import MAX_REGELS, has_uitrol, name_taak
from flows.bezorgen import send_post
from flows.parameters import Winkelmap
from inkoop import bootstrap
from inkoop.services.klokwerk import watch
from inkoop.services.momenten import Termijntaak


@flow(
    name="bewaking",
    persist_result=False,
    description="Meldt wat contracten vragen, toont welke taken te laat zijn of bijna, en start de dagelijkse tik.",
)
async def bewaking(winkel: Winkelmap) -> list[str]:
    """Report what contracts ask for, list the terms, start the ticks of the day. Repeating does nothing twice."""
    huis = bootstrap.share_huis(Path(winkel))
    gedaan, taken = watch(huis, bootstrap.act_as_systeem(huis, None), datetime.now(UTC))
    if has_uitrol():
        await _show(taken)
    return [*gedaan, *await list_gestart(huis), *await send_post(huis)]


async def _show(taken: tuple[Termijntaak, ...]) -> None:
    from prefect.artifacts import acreate_table_artifact

    await acreate_table_artifact(
        key="bewaking-termijnen",
        table=[
            {
                "uiterlijk": str(een.taak.uiterlijk),
                "te laat": "ja" if een.te_laat else "nee",
                "voor": een.taak.rol,
                "wat": name_taak(een.taak),
                "waarover": een.taak.onderwerp,
                "ronde": een.ronde,
            }
            for een in taken[:MAX_REGELS]
        ],
        description=f"Taken die te laat zijn of binnen twee weken af moeten ({len(taken)})",
    )
