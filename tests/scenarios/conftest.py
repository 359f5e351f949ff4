"""Rounds with selection that several tests go on from: each played once, and copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from inkoop.cli.demo import bewijs
from tests.scenarios.selectiespel import Scores, Selectieproef, begin_selectie, copy_proef
from tests.services.proefspel import make_plaatsvervanger

Begin = Callable[..., Selectieproef]

STRIJD: Scores = {("J1", "S-01"): "8", ("J1", "S-02"): "9", ("J2", "S-01"): "9", ("J2", "S-02"): "2"}
"""J1: 60% of 8 and 40% of 9 is 8,40; J2: 60% of 9 and 40% of 2 is 6,20."""


@pytest.fixture(scope="session")
def gekozen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begin]:
    """A round of which the selection was made and sent, played when it is first asked for."""
    gespeeld: dict[tuple[object, ...], Selectieproef] = {}

    def play(namen: Sequence[str], punten: Scores | None = None) -> Selectieproef:
        sleutel = (*namen, *sorted((punten or {}).items()))
        if sleutel not in gespeeld:
            gespeeld[sleutel] = begin_selectie(tmp_path_factory.mktemp("selectie"), namen, punten)
            gespeeld[sleutel].select()
        return gespeeld[sleutel]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
        yield play
    for proef in gespeeld.values():
        proef.huis.winkel.close()


@pytest.fixture
def begin(gekozen: Begin, tmp_path: Path) -> Iterator[Begin]:
    """Begin a test with a copy of such a round."""
    open_: list[Selectieproef] = []

    def start(namen: Sequence[str], punten: Scores | None = None) -> Selectieproef:
        open_.append(copy_proef(gekozen(namen, punten), tmp_path / f"{len(open_)}"))
        return open_[-1]

    yield start
    for proef in open_:
        proef.huis.winkel.close()
