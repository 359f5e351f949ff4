"""Which tests show which rows of the domain: read from the markers that pytest collects.

As a plugin (`-p tests.dekking.verzamelen`) it writes what was collected to the file in DEKKING_UITVOER.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
_UITVOER = "DEKKING_UITVOER"

Gevonden = Mapping[str, Mapping[str, str]]
"""Row -> test (path::name) -> how it shows the row."""


def pytest_collection_finish(session: pytest.Session) -> None:
    """Write the rows of every collected test."""
    if pad := os.environ.get(_UITVOER):
        Path(pad).write_text(json.dumps(read_rijen_van(session)), encoding="utf-8")


def read_rijen_van(session: pytest.Session) -> Gevonden:
    """The rows of every test of this run, each test once however many cases it has."""
    rijen: dict[str, dict[str, str]] = {}
    for item in session.items:
        naam = item.nodeid.split("[")[0]
        for merk in item.iter_markers("dekking"):
            hoe = merk.kwargs.get("hoe") or guess_hoe(naam)
            for rij in merk.args:
                rijen.setdefault(rij, {})[naam] = hoe
    return rijen


def is_alles(session: pytest.Session) -> bool:
    """Whether this run collected every test of the checkout and left none out."""
    keuze = session.config.option
    alles = {CHECKOUT, CHECKOUT / "tests"} & {Path(arg).resolve() for arg in session.config.args}
    beperkt = keuze.markexpr or keuze.keyword or keuze.deselect or keuze.ignore or keuze.ignore_glob
    return bool(alles) and not beperkt and not keuze.lf and not keuze.failedfirst


def guess_hoe(test: str) -> str:
    """How a test shows a row when its marker does not say: by the floor on which it stands."""
    per_map = {"tests/documents/": "tekst", "tests/definitions/": "instelling"}
    return next((hoe for map_, hoe in per_map.items() if test.startswith(map_)), "gedrag")


def collect() -> Gevonden:
    """Collect every test of the checkout in a process of its own."""
    with tempfile.TemporaryDirectory() as map_:
        pad = Path(map_) / "rijen.json"
        gedraaid = subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "--collect-only",
                "-q",
                "-n",
                "0",
                "-p",
                "tests.dekking.verzamelen",
                "tests",
            ],
            cwd=CHECKOUT,
            env={**os.environ, _UITVOER: str(pad)},
            capture_output=True,
            text=True,
            check=False,
        )
        if not pad.exists():
            raise RuntimeError(
                f"pytest could not collect the tests:\n{gedraaid.stdout[-2000:]}{gedraaid.stderr[-2000:]}"
            )
        gevonden: Gevonden = json.loads(pad.read_text(encoding="utf-8"))
        return gevonden
