"""Load the file with what the parts of an agreement say.

Bron: C.18-C.20; docs/handleiding/contract.md.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.spiegel import Bestandsvorm, build_model, convert, fill
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.onderdelen import Onderdelenbestand


@cache
def onderdelen_model() -> type[Definitiemodel]:
    """The strict model of the file."""
    return build_model(Onderdelenbestand, Bestandsvorm())


def load_onderdelen(pad: Path) -> Onderdelenbestand:
    """Read what parts say. Raises DefinitieError with every fault of form, by place."""
    return convert(fill(read_yaml(pad), onderdelen_model()), Onderdelenbestand)
