"""What a page asks of the database follows from what it shows: three times as many applications ask no more of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from benchmarks._weblast import METERS, add_aanmeldingen, fill
from benchmarks._webserver import begin_sessie
from inkoop import bootstrap
from inkoop.domain.persoon import Rol
from inkoop.services import bladeren, personen, stukkenlijst
from inkoop.services.huis import Huis, Optreden
from inkoop.services.stukkenlijst import STANDEN, Stukvraag
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.winkel import Winkelsoort
from inkoop.web.app import create_app
from inkoop.web.tempo import Tempo
from inkoop.web.toegang import COOKIE

VROEG, LATER = 160, 480

# Who, where, and how many questions at most. Of what was kept from an earlier view nothing is asked.
PAGINAS = [
    ("meter", "/taken", 18),
    ("meter-b", "/taken", 12),
    ("meter-j", "/taken", 18),
    ("meter-g", "/taken", 12),
    ("meter", "/procedures", 2),
    ("meter", "/procedures/proef-00007", 6),
    ("meter", "/rondes/P00007-1", 8),
    ("meter", "/rondes/P00007-1?q=aanbieder", 8),
    ("meter", "/aanmeldingen/P00007-1-A000007", 20),
    ("meter-b", "/aanmeldingen/P00007-1-A000079/feiten", 24),
    ("meter-g", "/rondes/P00007-1/besluiten", 14),
    ("meter-j", "/rondes/P00007-1/herstel", 10),
    ("meter-j", "/documenten?stand=te_controleren", 4),
    ("meter", "/documenten?onderwerp=P00007-1", 4),
    ("meter", "/contracten?q=aanbieder", 6),
    ("meter-c", "/contracten/P-O000007", 24),
    ("meter-c", "/bewaking", 12),
    ("meter", "/aanbieders?q=aanbieder", 6),
    ("meter", "/zoeken?q=aanbieder", 12),
    ("meter-r", "/logboek?onderwerp=P00007-1", 6),
    ("meter-r", "/archief", 10),
    ("meter-a", "/aanmelden", 20),
    ("", "/", 2),
    ("", "/catalogus?gemeente=Vught", 4),
]


# Searching: of "Aanbieder 13" there is one, then as now.
ZOEKEN = [
    ("meter", "/zoeken?q=aanbieder+13"),
    ("meter-c", "/zoeken?q=aanbieder+13"),
    ("meter", "/zoeken?q=01-1-A000157"),
    ("meter", "/zoeken?q=niets+hiervan"),
    ("meter", "/aanbieders?q=aanbieder+13"),
    ("meter", "/contracten?q=aanbieder+13"),
    ("meter", "/contracten?q=niets+hiervan"),
    ("", "/catalogus?q=aanbieder+13"),
]


class Teller:
    """The questions that were asked since it was put at nothing."""

    def __init__(self) -> None:
        self.vragen: list[str] = []

    def __call__(self, _verbinding: object, _cursor: object, opdracht: str, *_rest: object) -> None:
        if opdracht.lstrip().upper().startswith(("SELECT", "WITH")):
            self.vragen.append(opdracht)


class Stappenteller:
    """The steps that SQLite took, in tens: what it reads, and no time."""

    def __init__(self) -> None:
        self.stappen = 0

    def __call__(self, verbinding: sa.Connection, *_rest: object) -> None:
        verbinding.connection.dbapi_connection.set_progress_handler(self._step, 10)  # type: ignore[union-attr]

    def _step(self) -> int:
        self.stappen += 1
        return 0


@contextmanager
def count_stappen() -> Iterator[Stappenteller]:
    teller = Stappenteller()
    sa.event.listen(sa.Engine, "before_cursor_execute", teller)
    try:
        yield teller
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", teller)


@contextmanager
def count_vragen() -> Iterator[Teller]:
    teller = Teller()
    sa.event.listen(sa.Engine, "before_cursor_execute", teller)
    try:
        yield teller
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", teller)


@pytest.fixture(scope="module")
def huis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Huis]:
    map_: Path = tmp_path_factory.mktemp("groei") / "winkel"
    huis = bootstrap.create_huis(map_, Winkelsoort.SIMULATIE, read_instellingen({}, CHECKOUT))
    fill(huis, 8, VROEG, 200, 10)
    yield huis
    huis.winkel.close()


@pytest.fixture(scope="module")
def gemeten(huis: Huis) -> dict[tuple[str, str], tuple[int, int]]:
    """For each page how many questions it asked (steps that it took when searching), and with three times as many."""
    app = create_app(huis, read_instellingen({}, CHECKOUT), tempo=Tempo(100_000))
    browsers = {wie: TestClient(app, base_url="http://inkoop.test") for wie in ("", *METERS)}
    for wie in METERS:
        browsers[wie].cookies.set(COOKIE, begin_sessie(huis, wie))

    def measure() -> dict[tuple[str, str], int]:
        aantallen = {}
        for wie, pad, _ in PAGINAS:
            assert browsers[wie].get(pad).status_code == 200, pad
            with count_vragen() as teller:
                assert browsers[wie].get(pad).status_code == 200, pad
            aantallen[wie, pad] = len(teller.vragen)
        for wie, pad in ZOEKEN:
            assert browsers[wie].get(pad).status_code == 200, pad
            with count_stappen() as stappenteller:
                assert browsers[wie].get(pad).status_code == 200, pad
            aantallen[wie, pad] = stappenteller.stappen
        return aantallen

    vroeg = measure()
    add_aanmeldingen(huis, LATER, 10)
    later = measure()
    return {sleutel: (vroeg[sleutel], later[sleutel]) for sleutel in vroeg}


@pytest.mark.parametrize(("wie", "pad", "hoogstens"), PAGINAS)
def test_a_page_asks_no_more_questions_when_there_are_three_times_as_many_applications(
    gemeten: dict[tuple[str, str], tuple[int, int]], wie: str, pad: str, hoogstens: int
) -> None:
    vroeg, later = gemeten[wie, pad]
    # One's own list shows every application of one's own, of which there are as many as before.
    assert later <= vroeg
    assert later <= hoogstens


@pytest.mark.parametrize(("wie", "pad"), ZOEKEN)
def test_searching_reads_no_more_when_there_are_three_times_as_many_applications(
    gemeten: dict[tuple[str, str], tuple[int, int]], wie: str, pad: str
) -> None:
    vroeg, later = gemeten[wie, pad]
    assert 0 < later < 1.3 * vroeg


@pytest.mark.parametrize("soort", ["", "besluitbrief"])
@pytest.mark.parametrize("onderwerp", ["", "P00007-1", "P00007-1-A000007", "D-P00007-1-A000007", "P-O000007", "niets"])
def test_documents_looked_up_in_parts_are_those_that_one_question_gives(huis: Huis, onderwerp: str, soort: str) -> None:
    with huis.winkel.lezen() as sessie:
        meter = personen.find_persoon(sessie, "meter")
    door = Optreden(persoon=meter, rol=Rol.INKOPER, nu=datetime(2020, 4, 2, 10, tzinfo=UTC))
    gevonden = 0
    for stand in ("", *STANDEN):
        vraag = Stukvraag(onderwerp=onderwerp, soort=soort, stand=stand)
        alle = [rij.kenmerk for rij in stukkenlijst.list_na(huis, door, vraag, "", 1000)]
        eerste, totaal, _ = stukkenlijst.list_stukken(huis, door, vraag, 0, 1000)
        tweede, _, soorten = stukkenlijst.list_stukken(huis, door, vraag, 1, 2)
        assert [rij.kenmerk for rij in eerste] == alle, stand
        assert [rij.kenmerk for rij in tweede] == alle[1:3], stand
        assert totaal == len(alle), stand
        assert soorten == ["besluitbrief", "overeenkomst"]
        gevonden += len(alle)
    assert bool(gevonden) == (onderwerp != "niets" and not (onderwerp == "P-O000007" and soort))


def test_counting_stops_at_a_thousand_beyond_the_page_and_says_so() -> None:
    assert str(bladeren.make_telling(1000)) == "1000"
    assert str(bladeren.make_telling(1001)) == "meer dan 1000"
    assert str(bladeren.make_telling(1051, 50)) == "meer dan 1050"
    assert bladeren.make_telling(1050, 50) == 1050
