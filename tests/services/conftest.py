"""What the tests of services share: groups of worked examples, each played once, and copies to go on from."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.definitions.scenario import load_scenarios
from inkoop.settings import CHECKOUT
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef, Proefspel, create_spel, make_plaatsvervanger

Speel = Callable[[str], Proefspel]
Begin = Callable[[str], Proef]


@pytest.fixture(scope="session")
def speel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Speel]:
    """A group by name, played when it is first asked for."""
    groepen = {g.naam: g for g in group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))}
    gespeeld: dict[str, Proefspel] = {}

    def play(naam: str) -> Proefspel:
        if naam not in gespeeld:
            gespeeld[naam] = create_spel(tmp_path_factory.mktemp(naam), groepen[naam])
            gespeeld[naam].play_all()
        return gespeeld[naam]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
        yield play
    for spel in gespeeld.values():
        spel.huis.winkel.close()
        shutil.rmtree(spel.huis.winkel.map.parent)


@pytest.fixture
def begin(speel: Speel, tmp_path: Path) -> Iterator[Begin]:
    """Begin a test with a copy of the main group's store as it stood before a kind of task, or at a named point."""
    geopend: list[Proef] = []

    def start(stand: str) -> Proef:
        geopend.append(Proef.open(tmp_path / f"winkel-{len(geopend)}", speel("variant-a").standen[stand]))
        return geopend[-1]

    yield start
    for proef in geopend:
        proef.huis.winkel.close()
        shutil.rmtree(proef.huis.winkel.map)


@pytest.fixture
def begin_op(tmp_path: Path) -> Iterator[object]:
    """Begin a procedure by name."""
    geopend: list[Proef] = []

    def start(naam: str) -> Proef:
        geopend.append(begin_procedure(tmp_path / naam, naam))
        return geopend[-1]

    yield start
    for proef in geopend:
        proef.huis.winkel.close()
