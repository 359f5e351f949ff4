"""`inkoop aanmelding samenloop` and `samenloop-beslis`: who takes part for a perceel too often.

Bron: B.4 (`max_deelname_per_perceel`); FE-9.
"""

from __future__ import annotations

from typing import Annotated

import typer

from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Ronde, Winkelmap
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling
from inkoop.services import rondes, samenlopen


def lijst(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Known from the opening on: nobody can see it before."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        standen = samenlopen.list_samenlopen(sessie, rondes.find_ronde(sessie, ronde))
    print_overzicht(
        [
            {
                "kvk": stand.samenloop.kvk,
                "naam": stand.samenloop.naam,
                "perceel": stand.samenloop.perceel,
                "aanmeldingen": stand.samenloop.aanmeldingen,
                "mag": stand.maximum,
                "telt_mee": "te beslissen" if stand.geldt is None else (stand.geldt or "geen"),
                "reden": stand.reden,
            }
            for stand in standen
        ],
        json=json,
        leeg=f"In ronde {ronde} doet niemand voor een perceel te vaak mee.",
    )


def beslis(
    ronde: Ronde,
    als: Als,
    kvk: Annotated[str, typer.Option("--kvk", metavar="KVK", help="Het KvK-nummer van wie te vaak meedoet.")],
    perceel: Annotated[str, typer.Option("--perceel", metavar="PERCEEL", help="Voor welk perceel.")],
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom; deze tekst komt in de brieven.")],
    geldt: Annotated[
        list[str] | None, typer.Option("--geldt", metavar="KENMERK", help="De aanmelding die meetelt; vaker mag.")
    ] = None,
    geen: Annotated[bool, typer.Option("--geen", help="Geen van deze aanmeldingen telt mee.")] = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Who decides takes no part in the besluiten about these aanmeldingen."""
    if bool(geldt) == geen:
        raise BeletselenError(
            "Zo is niet te zien wat meetelt.",
            [Beletsel("geldt", "Noem met --geldt welke aanmelding meetelt, of zeg --geen als er geen meetelt.")],
        )
    with treed_op(winkel, als, rol, nu) as (huis, door):
        weg = samenlopen.decide(huis, door, ronde, kvk=kvk, perceel=perceel, geldt=geldt or [], reden=reden)
    over = f"Voor perceel {perceel} wordt niet in behandeling genomen: {', '.join(weg)}." if weg else ""
    report(f"De beslissing is vastgelegd. {over}".strip())
