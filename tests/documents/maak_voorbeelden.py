"""Make the samples in docs/voorbeelden: of every document type the Word file, the PDF and a small picture of each page.

`./run voorbeelden [SOORT ...] [--map MAP]`; all types when none is named. The same
templates and data give the same Word and PDF files; the
pictures come from pdftoppm (poppler) and may differ in a pixel between versions of it.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import msgspec
from PIL import Image

from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.maken import Gemaakt, make_document
from tests.documents.sjabloonproef import SJABLONEN
from tests.documents.voorbeeldbestanden import read_voorbeelden
from tests.documents.voorbeeldgegevens import make_voorbeelden

DOEL = Path(__file__).parents[2] / "docs" / "voorbeelden"
PUNTEN_PER_DUIM = 60
KLEUREN = 16


def list_alle() -> Mapping[str, msgspec.Struct]:
    """Every sample by its name: the document type, with `--variant` for a second one of that type."""
    return {**make_voorbeelden(), **read_voorbeelden()}


def make_voorbeeld(naam: str, gegevens: msgspec.Struct) -> Gemaakt:
    """One sample document, in the house style of the product."""
    velden = to_gegevens(gegevens)
    return make_document(SJABLONEN, naam.partition("--")[0], velden, kenmerk=str(velden["kenmerk"]))


def write_voorbeeld(naam: str, gemaakt: Gemaakt, doel: Path) -> None:
    """Write a sample into the folder of its type."""
    folder = doel / naam.partition("--")[0]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{naam}.docx").write_bytes(gemaakt.docx)
    (folder / f"{naam}.pdf").write_bytes(gemaakt.pdf)
    with tempfile.TemporaryDirectory() as tijdelijk:
        opdracht = ["pdftoppm", "-r", str(PUNTEN_PER_DUIM), "-png", str(folder / f"{naam}.pdf"), f"{tijdelijk}/p"]
        subprocess.run(opdracht, check=True)
        for nummer, pad in enumerate(sorted(Path(tijdelijk).glob("*.png")), 1):
            with Image.open(pad) as blad:
                klein = blad.convert("RGB").quantize(KLEUREN)
                klein.save(folder / f"{naam}-bladzijde-{nummer}.png", optimize=True)


def main() -> int:
    """Make all samples anew; a sample of a type that no longer exists goes away."""
    lezer = argparse.ArgumentParser(prog="./run voorbeelden", description="Maak van elk soort document een voorbeeld.")
    lezer.add_argument("--map", type=Path, default=DOEL, help="waar de voorbeelden komen; anders docs/voorbeelden")
    lezer.add_argument("soorten", metavar="SOORT", nargs="*", help="alleen deze soorten; anders alle")
    gevraagd = lezer.parse_args()
    doel: Path = gevraagd.map
    alle = list_alle()
    soorten = {naam.partition("--")[0] for naam in alle}
    if onbekend := sorted(set(gevraagd.soorten) - soorten):
        sys.stderr.write(f"Deze soort is er niet: {', '.join(onbekend)}. Kies uit: {', '.join(sorted(soorten))}.\n")
        return 1
    if shutil.which("pdftoppm") is None:
        sys.stderr.write("pdftoppm ontbreekt: het maakt de plaatjes. Installeer poppler-utils.\n")
        return 1
    if doel == DOEL and doel.exists() and not gevraagd.soorten:
        shutil.rmtree(doel)
    for soort in gevraagd.soorten:
        shutil.rmtree(doel / soort, ignore_errors=True)
    for naam, gegevens in alle.items():
        if gevraagd.soorten and naam.partition("--")[0] not in gevraagd.soorten:
            continue
        gemaakt = make_voorbeeld(naam, gegevens)
        write_voorbeeld(naam, gemaakt, doel)
        sys.stdout.write(
            f"{naam}: {gemaakt.aantal_paginas} {'bladzijde' if gemaakt.aantal_paginas == 1 else 'bladzijden'}\n"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
