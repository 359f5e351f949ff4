"""Checking files: which ones, each with its own reader, and one line per fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import typer

from inkoop.cli.uitvoer import print_regels
from inkoop.definitions.yamlbron import DefinitieError, Fout

Lader = Callable[[Path], object]


def list_yaml(paden: Iterable[Path]) -> Iterator[Path]:
    """The files themselves, and of each folder every YAML file in it, in order of name."""
    for pad in paden:
        if pad.is_dir():
            yield from sorted(kind for kind in pad.rglob("*") if kind.suffix in (".yaml", ".yml") and kind.is_file())
        else:
            yield pad


def check_bestanden(paden: Iterable[Path], lader: Lader) -> tuple[int, tuple[Fout, ...]]:
    """Read every file; give how many were read and every fault found, by place."""
    fouten: list[Fout] = []
    aantal = 0
    for pad in list_yaml(paden):
        aantal += 1
        if pad.suffix == ".yml":
            fouten.append(Fout(str(pad), 1, 1, "Geef dit bestand de extensie .yaml; anders wordt het niet gevonden."))
            continue
        try:
            lader(pad)
        except DefinitieError as fout:
            fouten += fout.fouten
    return aantal, tuple(sorted(set(fouten)))


def report_controle(aantal: int, fouten: Iterable[Fout], meldingen: Sequence[Fout] = ()) -> None:
    """Print what a check found; exit 1 for any fault, and also when there was nothing to check.

    `meldingen` say `let op:` and hold nothing up.
    """
    regels = [str(fout) for fout in fouten]
    print_regels([str(melding) for melding in meldingen])
    if not regels and not aantal:
        regels = ["Hier staan geen YAML-bestanden om te controleren."]
    if regels:
        print_regels(regels)
        raise typer.Exit(1)
    let_op = f", {len(meldingen)} keer let op" if meldingen else ""
    print_regels([f"{aantal} {'bestand' if aantal == 1 else 'bestanden'} gecontroleerd: geen fouten{let_op}."])
