"""Load what people write while agreements run: a quarterly report, or what the toegang saw.

Bron: M20-51, M20-52.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.spiegel import Bestandsvorm, build_model, convert, fill
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.monitoring import Kwartaalopgave, Terugkoppeling


@cache
def kwartaal_model() -> type[Definitiemodel]:
    """The strict model of a quarterly report."""
    return build_model(Kwartaalopgave, Bestandsvorm())


@cache
def terugkoppeling_model() -> type[Definitiemodel]:
    """The strict model of what the toegang saw."""
    return build_model(Terugkoppeling, Bestandsvorm())


def load_kwartaal(pad: Path) -> Kwartaalopgave:
    """Read a quarterly report. Raises DefinitieError with every fault of form, by place."""
    return convert(fill(read_yaml(pad), kwartaal_model()), Kwartaalopgave)


def load_terugkoppeling(pad: Path) -> Terugkoppeling:
    """Read what the toegang saw. Raises DefinitieError with every fault of form, by place."""
    return convert(fill(read_yaml(pad), terugkoppeling_model()), Terugkoppeling)
