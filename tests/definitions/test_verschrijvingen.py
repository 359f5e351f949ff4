"""Measured over every key and every line of every shipped file: nothing goes wrong without being seen.

The counts are printed (run with -s). Keys that people choose themselves (the percelen of a scope, the names of
choices) are no keys of the language and are left out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.scenario import load_scenario
from inkoop.definitions.yamlbron import DefinitieError, Yamlbron, read_yaml
from inkoop.domain.criteria.lezing import read_criteriaset
from tests.definitions.test_editorschema import SOORTEN, list_vrije_blokken, make_schema
from tests.definitions.test_editorschema import walk as walk_schema

WORTEL = Path(__file__).resolve().parent.parent.parent
EDITIES = sorted(pad for pad in (WORTEL / "criteria").glob("*/*.yaml"))
Loc = tuple[str | int, ...]

VRIJ = list_vrije_blokken()
"""Blocks whose keys people choose themselves."""


def find_lader(pad: Path) -> Callable[[Path], object]:
    if "procedures" in pad.parts:
        return load_procedure
    return load_scenario if pad.parent.name == "scenarios" else load_criteriaset


BESTANDEN = [
    pytest.param(pad, id=str(pad.relative_to(WORTEL)))
    for pad in sorted([*(WORTEL / "criteria").rglob("*.yaml"), *(WORTEL / "procedures").glob("*.yaml")])
]


def walk(waarde: Any, loc: Loc = ()) -> Iterator[Loc]:
    """Every key of the language, outermost first."""
    paren = waarde.items() if isinstance(waarde, Mapping) else enumerate(waarde) if isinstance(waarde, list) else ()
    for stap, deel in paren:
        if isinstance(stap, str) and not (loc and loc[-1] in VRIJ):
            yield (*loc, stap)
        yield from walk(deel, (*loc, stap))


def show(regel: str) -> None:
    """Print a count; pytest shows it with -s, and beside a failure."""
    sys.stdout.write(regel + "\n")


def find_regel(bron: Yamlbron, loc: Loc) -> tuple[int, int]:
    return bron.plaats(loc, sleutel=True)


VERSCHRIJVINGEN: dict[str, Callable[[str], str]] = {
    "een letter te weinig": lambda woord: woord[:-1] if len(woord) > 2 else f"{woord}{woord[-1]}",
    "een letter dubbel": lambda woord: woord[:1] + woord,
    "twee letters verwisseld": lambda woord: woord[:-2] + woord[-1] + woord[-2],
    "een verkeerde letter": lambda woord: woord[:1] + "q" + woord[2:] if len(woord) > 2 else f"{woord}q",
}


def test_each_kind_of_slip_really_changes_the_word():
    for naam, verander in VERSCHRIJVINGEN.items():
        for woord in ("id", "van", "peilmoment"):
            assert verander(woord) != woord, naam


@pytest.mark.parametrize("pad", EDITIES[:1], ids=str)
def test_every_misspelled_key_of_a_set_is_found_on_its_line_with_what_was_meant(pad: Path, tmp_path: Path):
    check_verschrijvingen(pad, "een verkeerde letter", tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("pad", BESTANDEN)
@pytest.mark.parametrize("slip", VERSCHRIJVINGEN)
def test_every_misspelled_key_is_found_on_its_line_with_what_was_meant(pad: Path, slip: str, tmp_path: Path):
    check_verschrijvingen(pad, slip, tmp_path)


def check_verschrijvingen(pad: Path, slip: str, map_: Path) -> None:
    """Misspell every key, all those of one depth at once (a wrong `soort` hides its neighbours, so apart)."""
    bron = read_yaml(pad)
    sleutels = list(walk(bron.waarde))
    groepen: dict[tuple[int, bool], list[Loc]] = {}
    for loc in sleutels:
        groepen.setdefault((len(loc), loc[-1] == "soort"), []).append(loc)
    gemist: list[str] = []
    geteld = 0
    for groep in groepen.values():
        tekst, verwacht = misspell(pad.read_text(), bron, groep, sleutels, VERSCHRIJVINGEN[slip])
        if not verwacht:
            continue
        kapot = map_ / pad.name
        kapot.write_text(tekst)
        with pytest.raises(DefinitieError) as gevangen:
            find_lader(pad)(kapot)
        gezegd: dict[tuple[int, int], str] = {}
        for fout in gevangen.value.fouten:
            gezegd[fout.regel, fout.kolom] = gezegd.get((fout.regel, fout.kolom), "") + fout.tekst
        geteld += len(verwacht)
        gemist += [
            f"{regel}:{kolom} {woord}: {gezegd.get((regel, kolom), 'niet gevonden')}"
            for (regel, kolom), woord in verwacht.items()
            if f'is hier niet bekend. Bedoelt u "{woord}"?' not in gezegd.get((regel, kolom), "")
        ]
    show(f"{pad.relative_to(WORTEL)}: {geteld} sleutels met {slip}, {geteld - len(gemist)} gevonden op hun plaats")
    assert gemist == [], gemist
    assert geteld > 0


def misspell(
    tekst: str, bron: Yamlbron, groep: list[Loc], alle: list[Loc], verander: Callable[[str], str]
) -> tuple[str, dict[tuple[int, int], str]]:
    """The text with every key of the group misspelled, and where each then stands with what was meant."""
    regels = tekst.splitlines(keepends=True)
    buren: dict[Loc, set[Any]] = {}
    for loc in alle:
        buren.setdefault(loc[:-1], set()).add(loc[-1])
    verwacht: dict[tuple[int, int], str] = {}
    verschoven: dict[int, int] = {}
    for loc in sorted(groep, key=lambda loc: find_regel(bron, loc)):
        regel, kolom = find_regel(bron, loc)
        woord = str(loc[-1])
        nieuw = verander(woord)
        if nieuw in buren[loc[:-1]]:
            continue
        buren[loc[:-1]].add(nieuw)
        begin = kolom - 1 + verschoven.get(regel, 0)
        inhoud = regels[regel - 1]
        assert inhoud[begin:].startswith(woord), (loc, inhoud)
        regels[regel - 1] = inhoud[:begin] + nieuw + inhoud[begin + len(woord) :]
        verschoven[regel] = verschoven.get(regel, 0) + len(nieuw) - len(woord)
        verwacht[regel, begin + 1] = woord
    return "".join(regels), verwacht


@pytest.mark.slow
@pytest.mark.parametrize("pad", [pytest.param(pad, id=pad.stem) for pad in EDITIES])
def test_every_deleted_line_of_a_set_is_an_error_or_is_seen_in_what_lees_says(pad: Path, tmp_path: Path):
    """Comments and empty lines aside, no line can go without somebody seeing it."""
    regels = pad.read_text().splitlines(keepends=True)
    gelezen = read_criteriaset(load_criteriaset(pad))
    kapot = tmp_path / pad.parent.name / pad.name
    kapot.parent.mkdir()
    fouten, zichtbaar, onzichtbaar = 0, 0, []
    for nummer, regel in enumerate(regels):
        if not regel.strip() or regel.lstrip().startswith("#"):
            continue
        kapot.write_text("".join(regels[:nummer] + regels[nummer + 1 :]))
        try:
            zonder = read_criteriaset(load_criteriaset(kapot))
        except DefinitieError:
            fouten += 1
            continue
        if zonder == gelezen:
            onzichtbaar.append(f"{nummer + 1}: {regel.strip()}")
        zichtbaar += zonder != gelezen
    show(f"{pad.parent.name}/{pad.stem}: {fouten + zichtbaar} regels weg: {fouten} fouten, {zichtbaar} te zien in lees")
    assert onzichtbaar == []
    assert fouten > 0


@pytest.mark.slow
@pytest.mark.parametrize("pad", [een for een in BESTANDEN if find_lader(een.values[0]) is not load_scenario])
def test_every_deleted_mandatory_key_is_named_at_its_block(pad: Path, tmp_path: Path):
    """One deletion of each key that the shipped file has, wherever it stands; optional keys may go."""
    check_zonder_sleutels([pad], tmp_path)


@pytest.mark.slow
def test_every_deleted_mandatory_key_of_a_scenario_is_named_at_its_block(tmp_path: Path):
    """One deletion of each key that the shipped scenarios have, in the first that has it."""
    check_zonder_sleutels([een.values[0] for een in BESTANDEN if find_lader(een.values[0]) is load_scenario], tmp_path)


def check_zonder_sleutels(paden: list[Path], map_: Path) -> None:
    """Delete each key, with everything under it, from the first file that has it."""
    fouten, gezien, zonder_gevolg = 0, set[tuple[str, ...]](), []
    for pad in paden:
        bron = read_yaml(pad)
        tekst = pad.read_text().splitlines(keepends=True)
        soorten = {tuple("-" if isinstance(stap, int) else stap for stap in loc): loc for loc in walk(bron.waarde)}
        kapot = map_ / pad.name
        for patroon, loc in soorten.items():
            begin, eind = find_blok(tekst, bron, loc)
            if eind is None or patroon in gezien:
                continue
            gezien.add(patroon)
            kapot.write_text("".join(tekst[:begin] + tekst[eind:]))
            try:
                find_lader(pad)(kapot)
            except DefinitieError:
                fouten += 1
            else:
                zonder_gevolg.append(patroon)
    show(f"{paden[0].relative_to(WORTEL)}: {fouten} sleutels verplicht, {len(zonder_gevolg)} mogen weg")
    assert fouten > 0
    onverwacht = {str(patroon[-1]) for patroon in zonder_gevolg} - list_optioneel()
    assert onverwacht == set(), "these keys are mandatory, and nobody missed them"


def list_optioneel() -> set[str]:
    """Keys that some block of the language lets go, as the schemas say."""
    return {
        sleutel
        for naam in SOORTEN
        for deel in walk_schema(make_schema(naam))
        if isinstance(deel.get("properties"), dict)
        for sleutel in set(deel["properties"]) - set(deel.get("required", ()))
    }


def find_blok(regels: list[str], bron: Yamlbron, loc: Loc) -> tuple[int, int | None]:
    """The lines of a key with everything under it; None where the key shares its line with something else."""
    regel, kolom = find_regel(bron, loc)
    begin = regel - 1
    if not re.fullmatch(r"\s*", regels[begin][: kolom - 1]):
        return begin, None
    eind = begin + 1
    while eind < len(regels) and (not regels[eind].strip() or len(regels[eind]) - len(regels[eind].lstrip()) >= kolom):
        eind += 1
    return begin, eind
