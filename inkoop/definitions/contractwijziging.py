"""Load the file of a change for all running agreements.

Bron: C.21; issue contract years (bulk).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.spiegel import Bestandsvorm, build_model, convert, fill
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.contractwijziging import Contractwijziging


@cache
def wijziging_model() -> type[Definitiemodel]:
    """The strict model of a change."""
    return build_model(Contractwijziging, Bestandsvorm())


def load_contractwijziging(pad: Path) -> Contractwijziging:
    """Read a change for all agreements. Raises DefinitieError with every fault of form, by place."""
    return convert(fill(read_yaml(pad), wijziging_model()), Contractwijziging)
