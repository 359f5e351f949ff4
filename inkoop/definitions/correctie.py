"""Load a correctiebestand: one fact as the evidence really says it, where the aanbieder stated it otherwise.

Bron: ontwerp 2.9 (a fact is established against its evidence).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.opgavevorm import OPGAVEVORM, complete_stukken
from inkoop.definitions.spiegel import build_model, convert, fill
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.criteria.dossier import Aanleiding, EenFeit


class Correctie(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a correctiebestand."""

    feit: EenFeit


@cache
def _model() -> type[Definitiemodel]:
    return build_model(Correctie, OPGAVEVORM)


def load_correctie(pad: Path) -> EenFeit:
    """Read and check a correctiebestand. Raises DefinitieError with every fault, by place.

    The fact has no origin yet: whoever establishes it keeps that of the fact that it corrects.
    """
    waarden = fill(read_yaml(pad), _model())
    (stuk,) = complete_stukken([{"bestand": pad.name, "lid": None, "feiten": [waarden["feit"]]}], Aanleiding.INDIENING)
    return convert({"feit": stuk["feiten"][0]}, Correctie).feit
