"""Load the small files of the preparation and the contract years: a substantiation, a mandate, a gemeente, an index.

Bron: B.5, M20-24 (onderbouwing, index); C.24, BP-13 (mandaat); H19-02, H19-45 (gemeente).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.spiegel import Bestandsvorm, build_model, convert, fill
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.gemeenteaanhaken import Aanhaakopgave
from inkoop.domain.inbreng import Verslagopgave
from inkoop.domain.indexering import Indexcijfers
from inkoop.domain.onderbouwing import Onderbouwingsdeel, Tariefonderbouwing
from inkoop.domain.procedure import Gemeente, Mandaat

Soort = TypeVar("Soort", bound=msgspec.Struct)


class Onderbouwingsbestand(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in an onderbouwingsbestand: one calculation, for the percelen that it holds for."""

    tariefversie: str
    percelen: tuple[str, ...]
    methode: str
    elementen: dict[str, Onderbouwingsdeel]
    aannames: dict[str, Onderbouwingsdeel]


@cache
def _model(struct: type[msgspec.Struct]) -> type[Definitiemodel]:
    return build_model(struct, Bestandsvorm(zonder={Gemeente: frozenset({"vanaf"})}))


def _load(pad: Path, struct: type[Soort]) -> Soort:
    return convert(fill(read_yaml(pad), _model(struct)), struct)


def load_onderbouwingen(pad: Path) -> tuple[Tariefonderbouwing, ...]:
    """Read an onderbouwingsbestand: one value for each perceel. Raises DefinitieError with every fault, by place."""
    bestand = _load(pad, Onderbouwingsbestand)
    return tuple(
        Tariefonderbouwing(
            tariefversie=bestand.tariefversie,
            perceel=perceel,
            methode=bestand.methode,
            elementen=bestand.elementen,
            aannames=bestand.aannames,
        )
        for perceel in bestand.percelen
    )


def load_mandaat(pad: Path) -> Mandaat:
    """Read a mandaatbestand, written as one mandate of a procedure. Raises DefinitieError."""
    return _load(pad, Mandaat)


def load_gemeente(pad: Path) -> Gemeente:
    """Read a gemeentebestand, written as one gemeente of a procedure. Raises DefinitieError."""
    return _load(pad, Gemeente)


def load_aanhaak(pad: Path) -> Aanhaakopgave:
    """Read the file of a gemeente that joins a published procedure. Raises DefinitieError."""
    return _load(pad, Aanhaakopgave)


def load_indexcijfers(pad: Path) -> Indexcijfers:
    """Read the figures of an index. Raises DefinitieError."""
    return _load(pad, Indexcijfers)


def load_verslagopgave(pad: Path) -> Verslagopgave:
    """Read what a consultation report says besides the records. Raises DefinitieError."""
    return _load(pad, Verslagopgave)
