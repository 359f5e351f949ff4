"""Which text each version of a template has: a text that changes gets another version.

    python -m tests.documents.sjabloonversies [--verhoog]

Every document names the version of its template. That means something only while a version has one text, so the
texts are recorded by their hash in `sjabloonversies.json`. `--verhoog` raises the last number of the version of each
template whose text changed (its own, its metadata, or a part that it includes), then records all. Without it
a changed text under an old version is refused.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from inkoop.documents.metagegevens import read_metagegevens
from inkoop.documents.sjabloon import METAGEGEVENS, Sjabloonbron

BESTAND = Path(__file__).with_suffix(".json")
SJABLONEN = Path(__file__).parents[2] / "sjablonen"
_VERSIE = re.compile(r'^versie: "(\d+)\.(\d+)"$', re.MULTILINE)

Stand = Mapping[str, tuple[str, str]]
"""Version and hash of each document type."""


def list_standen(map_: Path = SJABLONEN) -> Stand:
    """What the templates are now."""
    bron = Sjabloonbron(map_)
    return {soort: (read_metagegevens(bron, soort).versie, bron.hash_sjabloon(soort)) for soort in bron.list_soorten()}


def read_vastgelegd(bestand: Path = BESTAND) -> Stand:
    """What was recorded last."""
    return {soort: (versie, som) for soort, (versie, som) in json.loads(bestand.read_text(encoding="utf-8")).items()}


def find_verhogen(nu: Stand, vastgelegd: Stand) -> list[str]:
    """The document types whose text changed while the version stayed."""
    return [
        soort
        for soort, (versie, som) in nu.items()
        if soort in vastgelegd and vastgelegd[soort][0] == versie and vastgelegd[soort][1] != som
    ]


def raise_versie(map_: Path, soort: str) -> None:
    """Raise the last number of a version in the metadata: 1.0 becomes 1.1."""
    pad = map_ / soort / METAGEGEVENS
    tekst = pad.read_text(encoding="utf-8")
    pad.write_text(_VERSIE.sub(lambda g: f'versie: "{g[1]}.{int(g[2]) + 1}"', tekst), encoding="utf-8")


def write_standen(standen: Stand, bestand: Path = BESTAND) -> None:
    """Record versions and hashes."""
    bestand.write_text(json.dumps(standen, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main(verhoog: bool) -> int:
    """Record, after raising versions when asked to."""
    verhogen = find_verhogen(list_standen(), read_vastgelegd())
    if verhogen and not verhoog:
        sys.stderr.write(f"Deze sjablonen zijn veranderd onder dezelfde versie: {', '.join(verhogen)}.\n")
        sys.stderr.write("Verhoog 'versie' in de metagegevens, of laat dat doen met --verhoog.\n")
        return 1
    for soort in verhogen:
        raise_versie(SJABLONEN, soort)
    write_standen(list_standen())
    sys.stdout.write(f"Vastgelegd; verhoogd: {', '.join(verhogen) or 'geen'}.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main("--verhoog" in sys.argv[1:]))
