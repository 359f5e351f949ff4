"""The workers that make documents: what they keep between documents."""

from __future__ import annotations

from pathlib import Path

from inkoop.services.drukkerij import open_sjablonen


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
