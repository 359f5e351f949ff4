"""The workers that make documents: what they keep between documents."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from pathlib import Path

import pytest

from inkoop.documents.maken import Gemaakt
from inkoop.domain.fouten import InkoopError
from inkoop.services import drukkerij
from inkoop.services.drukkerij import Drukkerij, Drukopdracht, open_sjablonen


def write(map_: Path, tekst: str) -> None:
    (map_ / "proef").mkdir(exist_ok=True)
    (map_ / "proef" / "sjabloon.md").write_text(tekst, encoding="utf-8")


def test_a_worker_keeps_its_templates_as_long_as_no_file_changes(tmp_path: Path):
    write(tmp_path, "# Een\n")
    assert open_sjablonen(str(tmp_path)) is open_sjablonen(str(tmp_path))


def test_a_worker_reads_its_templates_again_after_a_change(tmp_path: Path):
    write(tmp_path, "# Een\n")
    assert "Een" in open_sjablonen(str(tmp_path)).fill("proef", {}).regels[0].tekst
    write(tmp_path, "# Twee keer\n")
    assert "Twee" in open_sjablonen(str(tmp_path)).fill("proef", {}).regels[0].tekst


class Kapotte(Drukkerij):
    """Workers that die on the first so many orders."""

    def __init__(self, sterft: int) -> None:
        super().__init__(1)
        self.sterft, self.besteld = sterft, 0

    def submit(self, opdracht: Drukopdracht) -> Future[Gemaakt]:
        self.besteld += 1
        uit: Future[Gemaakt] = Future()
        if self.besteld <= self.sterft:
            uit.set_exception(BrokenProcessPool())
        elif opdracht.soort == "onmogelijk":
            uit.set_exception(InkoopError("Dit veld ontbreekt."))
        else:
            uit.set_result(Gemaakt(**dict.fromkeys(Gemaakt.__struct_fields__)))  # type: ignore[arg-type]
        return uit


@pytest.mark.parametrize(("sterft", "soort", "besteld"), [(0, "brief", 1), (2, "brief", 3), (0, "onmogelijk", 1)])
def test_a_document_is_tried_again_when_its_worker_died_and_for_nothing_else(monkeypatch, sterft, soort, besteld):
    monkeypatch.setattr(drukkerij, "DRUKPAUZE", 0.0)
    kapot = Kapotte(sterft)
    opdracht = Drukopdracht(sjablonen="", soort=soort, gegevens="", kenmerk="D001")
    with pytest.raises(InkoopError) if soort == "onmogelijk" else nullcontext():
        asyncio.run(kapot.make(opdracht))
    assert kapot.besteld == besteld


def test_a_document_on_which_workers_keep_dying_is_given_up_after_three_times(monkeypatch):
    monkeypatch.setattr(drukkerij, "DRUKPAUZE", 0.0)
    kapot = Kapotte(99)
    with pytest.raises(BrokenProcessPool):
        asyncio.run(kapot.make(Drukopdracht(sjablonen="", soort="brief", gegevens="", kenmerk="D001")))
    assert kapot.besteld == 3
