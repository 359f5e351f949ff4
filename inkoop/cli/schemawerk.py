"""Showing and writing the schemas with which an editor helps people write files."""

from __future__ import annotations

import sys
from pathlib import Path

from inkoop.cli.uitvoer import print_regels, print_tabel
from inkoop.definitions.editorschema import encode_schema, list_bestandssoorten, make_schema
from inkoop.definitions.suggestie import suggest
from inkoop.domain.fouten import InkoopError


class OnbekendSchemaError(InkoopError):
    """There is no kind of file with this name."""


def print_soorten() -> None:
    """Every kind of file that has a schema."""
    rijen = [(naam, soort.titel) for naam, soort in list_bestandssoorten().items()]
    print_tabel("", ("soort", "wat het beschrijft"), rijen, leeg="Er zijn geen schema's.")


def print_schema(naam: str) -> None:
    """One schema as JSON. Raises OnbekendSchemaError."""
    if naam not in list_bestandssoorten():
        raise OnbekendSchemaError(f"Er is geen schema '{naam}'.{suggest(naam, list_bestandssoorten())}")
    sys.stdout.write(encode_schema(make_schema(naam)).decode())


def write_schemas(map_: Path) -> None:
    """Write every schema; a file that is already right is left alone."""
    map_.mkdir(parents=True, exist_ok=True)
    gewijzigd = 0
    for naam in list_bestandssoorten():
        pad, inhoud = map_ / f"{naam}.json", encode_schema(make_schema(naam))
        if not pad.is_file() or pad.read_bytes() != inhoud:
            pad.write_bytes(inhoud)
            gewijzigd += 1
    print_regels([f"{len(list_bestandssoorten())} schema's in {map_}: {gewijzigd} geschreven, de rest was al goed."])
