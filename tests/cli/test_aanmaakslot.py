"""Two servers of Prefect on one new folder: the second waits until the first is up."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

import pytest

from inkoop.cli.aanmaakslot import DATABASE, AanmaakBezetError, Aanmaakslot


def test_the_second_begins_when_the_first_is_up(tmp_path: Path):
    eerste = Aanmaakslot(tmp_path / "prefect")
    begonnen = Event()

    def begin() -> None:
        tweede = Aanmaakslot(tmp_path / "prefect")
        begonnen.set()
        tweede.release(gereed=True)

    draad = Thread(target=begin)
    draad.start()
    assert not begonnen.wait(0.2)
    eerste.release(gereed=True)
    draad.join(30)
    assert begonnen.is_set()


def test_who_waits_too_long_hears_what_to_look_for(tmp_path: Path):
    eerste = Aanmaakslot(tmp_path / "prefect")
    with pytest.raises(AanmaakBezetError, match="inkoop flow start"):
        Aanmaakslot(tmp_path / "prefect", wachttijd=0.05)
    eerste.release(gereed=False)
    Aanmaakslot(tmp_path / "prefect", wachttijd=0.05).release(gereed=False)


def test_nobody_waits_where_the_database_was_made_before_and_still_is(tmp_path: Path):
    Aanmaakslot(tmp_path).release(gereed=True)
    (tmp_path / DATABASE).touch()
    houder = Aanmaakslot(tmp_path)
    Aanmaakslot(tmp_path, wachttijd=0.05).release(gereed=True)
    houder.release(gereed=True)
    (tmp_path / DATABASE).unlink()
    houder = Aanmaakslot(tmp_path)
    with pytest.raises(AanmaakBezetError):
        Aanmaakslot(tmp_path, wachttijd=0.05)
    houder.release(gereed=False)
