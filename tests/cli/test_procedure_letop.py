"""A warning about a procedure is said at its place and holds nothing up."""

from __future__ import annotations

from pathlib import Path

import pytest

from inkoop.settings import CHECKOUT
from tests.cli.conftest import Draai


@pytest.mark.dekking("BP-22")
def test_a_mandate_that_no_arrangement_carries_asks_for_a_jurist_and_is_no_fault(draai: Draai, tmp_path: Path) -> None:
    tekst = (CHECKOUT / "procedures" / "hvb-wmo-2019.yaml").read_text(encoding="utf-8")
    pad = tmp_path / "hvb-wmo-2019.yaml"
    pad.write_text(tekst.replace("  BP-22: >-", "  BP-23: >-"), encoding="utf-8")
    regel = next(n for n, een in enumerate(tekst.splitlines(), 1) if een.startswith("    namens: "))
    uit = draai("procedure", "controleer", str(pad))
    assert uit.exit_code == 0
    assert f"hvb-wmo-2019.yaml:{regel}:" in uit.output
    assert "let op: Mandaat 'mandaat-hvb-2017'" in uit.output
    assert "geen fouten, 1 keer let op." in uit.output
