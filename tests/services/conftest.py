"""What the tests of services share: every group of worked examples, played once, and copies to go on from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from inkoop.cli.demo.groepen import group_scenarios
from inkoop.definitions.scenario import load_scenarios
from inkoop.settings import CHECKOUT
from tests.services.proefspel import Proef, Proefspel, create_spel

Begin = Callable[[str], Proef]


@pytest.fixture(scope="session")
def spellen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Proefspel]]:
    """The played groups by name."""
    groepen = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))
    gespeeld = {groep.naam: create_spel(tmp_path_factory.mktemp(groep.naam), groep) for groep in groepen}
    for spel in gespeeld.values():
        spel.play_all()
    yield gespeeld
    for spel in gespeeld.values():
        spel.huis.winkel.close()


@pytest.fixture(scope="session")
def spel(spellen: Mapping[str, Proefspel]) -> Proefspel:
    """The main group: every case in its first variant."""
    return spellen["variant-a"]


@pytest.fixture
def begin(spel: Proefspel, tmp_path: Path) -> Iterator[Begin]:
    """Begin a test with a copy of the main group's store as it stood before a kind of task, or at a named point."""
    geopend: list[Proef] = []

    def start(stand: str) -> Proef:
        geopend.append(Proef.open(tmp_path / f"winkel-{len(geopend)}", spel.standen[stand]))
        return geopend[-1]

    yield start
    for proef in geopend:
        proef.huis.winkel.close()
