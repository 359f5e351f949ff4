"""Replaying kept toetsen and telling what differs."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from inkoop.cli.uitvoer import print_json, print_regels
from inkoop.cli.winkelwerk import treed_op
from inkoop.domain.criteria.herspel import Herspelstand
from inkoop.domain.criteria.motor import MOTOR
from inkoop.domain.fouten import InkoopError
from inkoop.domain.persoon import Rol
from inkoop.services import herspelen
from inkoop.services.herspelen import Herspel

_STANDEN = {
    Herspelstand.GELIJK: "gelijk",
    Herspelstand.ANDERS: "komt anders uit",
    Herspelstand.GEWIJZIGD: "na het bewaren gewijzigd",
    Herspelstand.ONBEKEND_DOSSIER: "dossier niet terug te maken",
    Herspelstand.ONLEESBAAR: "niet te lezen",
}
_MELD_ELKE = 500


class WelkeToetsError(InkoopError):
    """It is not clear which toetsen to replay."""


def replay(
    kenmerk: str | None,
    als: str,
    rol: Rol | None,
    nu: datetime | None,
    winkel: Path | None,
    *,
    alles: bool,
    json: bool,
) -> bool:
    """Replay and report; whether anything differs. Only what differs is kept in memory."""
    if (kenmerk is None) is not alles:
        raise WelkeToetsError("Noem het kenmerk van een aanmelding, of --alles voor alle bewaarde toetsen.")
    tellingen: Counter[Herspelstand] = Counter()
    anders: list[Herspel] = []
    with treed_op(winkel, als, rol, nu) as (huis, door):
        for uitkomst in herspelen.replay(huis, door, kenmerk):
            tellingen[uitkomst.stand] += 1
            if uitkomst.stand is not Herspelstand.GELIJK:
                anders.append(uitkomst)
            if tellingen.total() % _MELD_ELKE == 0:
                sys.stderr.write(f"{tellingen.total()} toetsen herspeeld ...\n")
    if json:
        print_json(
            {"motor": MOTOR, "aantal": tellingen.total(), "gelijk": tellingen[Herspelstand.GELIJK], "anders": anders}
        )
    else:
        print_regels(_list_regels(tellingen, anders))
    return bool(anders)


def _list_regels(tellingen: Counter[Herspelstand], anders: list[Herspel]) -> Iterator[str]:
    for uitkomst in anders:
        yield f"{uitkomst.aanmelding}, toets {uitkomst.volgnummer}: {_STANDEN[uitkomst.stand]}"
        if uitkomst.uitleg:
            yield f"  {uitkomst.uitleg}"
        for verschil in uitkomst.verschillen:
            yield f"  {verschil.plaats}"
            yield f"    bewaard: {verschil.bewaard}"
            yield f"    nu:      {verschil.nu}"
    totaal = tellingen.total()
    if not totaal:
        yield "Er is geen toets bewaard om te herspelen."
    elif not anders:
        yield f"{totaal} {'toets' if totaal == 1 else 'toetsen'} herspeeld: alles komt byte voor byte gelijk uit."
    else:
        yield f"{totaal} herspeeld, {tellingen[Herspelstand.GELIJK]} gelijk, {len(anders)} met een verschil."
