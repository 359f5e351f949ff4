"""Telling what an edition would do to who is admitted and to open aanmeldingen."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from inkoop.cli.uitvoer import print_json, print_regels, print_tabel
from inkoop.cli.winkelwerk import treed_op
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.criteria.effect import Effectsoort, Perceeleffect
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.services import effecten
from inkoop.services.effecten import Aanmeldingseffect, Overgeslagen, Positie

_MELD_ELKE = 250
_POSITIES = {Positie.TOEGELATEN: "Wie is toegelaten", Positie.OPEN: "Open aanmeldingen"}


def show(
    editie: Criteriaset,
    als: str,
    rol: Rol | None,
    nu: datetime | None,
    winkel: Path | None,
    *,
    op: date | None,
    json: bool,
) -> None:
    """Measure and report; the dossiers are read one by one, only what came out is kept."""
    gemeten: list[Aanmeldingseffect] = []
    overgeslagen: list[Overgeslagen] = []
    with treed_op(winkel, als, rol, nu) as (huis, door):
        dag = op or local_date(door.nu)
        for uitkomst in effecten.list_effecten(huis, door, editie, dag):
            if isinstance(uitkomst, Overgeslagen):
                overgeslagen.append(uitkomst)
                continue
            gemeten.append(uitkomst)
            if len(gemeten) % _MELD_ELKE == 0:
                sys.stderr.write(f"{len(gemeten)} aanmeldingen bekeken ...\n")
    if json:
        print_json(
            {
                "editie": f"{editie.set}/{editie.editie}",
                "hash": editie.hash,
                "op": dag,
                "aanmeldingen": gemeten,
                "tellingen": {positie: count_percelen(gemeten, positie) for positie in Positie},
                "niet_gelezen": overgeslagen,
            }
        )
        return
    print_regels([f"Effect van {editie.set}/{editie.editie}, gekeken op {dag:%d-%m-%Y}. Er is niets veranderd."])
    for positie in Positie:
        _print_positie([regel for regel in gemeten if regel.positie is positie], positie)
    for ronde in overgeslagen:
        print_regels(["", f"Niet gelezen: {ronde.aantal} in ronde {ronde.ronde}. {ronde.reden}"])


def count_percelen(gemeten: Sequence[Aanmeldingseffect], positie: Positie) -> dict[str, dict[str, int]]:
    """Per perceel how many aanmeldingen have which effect."""
    tellingen: dict[str, Counter[str]] = {}
    for regel in gemeten:
        if regel.positie is positie:
            for perceel in regel.percelen:
                tellingen.setdefault(perceel.perceel, Counter())[perceel.effect] += 1
    return {perceel: dict(tellingen[perceel]) for perceel in sorted(tellingen)}


def _print_positie(gemeten: Sequence[Aanmeldingseffect], positie: Positie) -> None:
    kop = _POSITIES[positie]
    if not gemeten:
        print_regels(["", f"{kop}: geen."])
        return
    tellingen = count_percelen(gemeten, positie)
    print_tabel(
        f"{kop}: {len(gemeten)}",
        ("perceel", *(soort.value.replace("_", " ") for soort in Effectsoort)),
        ([perceel, *(aantal.get(soort, 0) for soort in Effectsoort)] for perceel, aantal in tellingen.items()),
        leeg="",
    )
    print_regels(_list_geraakt(gemeten))
    stil = [r.aanmelding for r in gemeten if not any(_is_geraakt(p) for p in r.percelen)]
    if stil:
        print_regels([f"Voor {len(stil)} verandert niets: {', '.join(stil)}."])


def _is_geraakt(effect: Perceeleffect) -> bool:
    return effect.effect is not Effectsoort.ONGEWIJZIGD or bool(effect.producten_uit)


def _list_geraakt(gemeten: Sequence[Aanmeldingseffect]) -> Iterator[str]:
    for regel in gemeten:
        geraakt = [effect for effect in regel.percelen if _is_geraakt(effect)]
        if not geraakt:
            continue
        yield f"{regel.aanmelding}  {regel.aanbieder}"
        for effect in geraakt:
            soort = effect.effect.value.replace("_", " ")
            yield f"  perceel {effect.perceel}: {soort} ({effect.was} wordt {effect.wordt})"
            if effect.producten_uit:
                yield f"    Valt uit voor: {', '.join(effect.producten_uit)}."
            for reden in effect.redenen:
                waar = " ".join(deel for deel in (reden.criterium, reden.product, reden.lid) if deel)
                yield f"    {waar}: {reden.toelichting}"
                yield from (f"      Kan nog: {punt}." for punt in reden.nog_mogelijk)
        yield ""
