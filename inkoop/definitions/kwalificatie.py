"""Load the answers to the five questions on qualification from a file of their own.

Bron: B.1.1; the same keys as `kwalificatietoets` in a procedure.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.spiegel import Bestandsvorm, build_model, convert, fill
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.kwalificatie import Kwalificatietoets


@cache
def kwalificatie_model() -> type[Definitiemodel]:
    """The strict model of a file with answers."""
    return build_model(Kwalificatietoets, Bestandsvorm())


def load_kwalificatietoets(pad: Path) -> Kwalificatietoets:
    """Read the answers. Raises DefinitieError with every fault, by place."""
    return convert(fill(read_yaml(pad), kwalificatie_model()), Kwalificatietoets)
