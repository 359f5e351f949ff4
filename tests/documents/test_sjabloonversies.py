"""A version of a template has one text: who changes the text raises the version."""

from __future__ import annotations

from pathlib import Path

from tests.documents.proefsjabloon import write_bron
from tests.documents.sjabloonversies import find_verhogen, list_standen, raise_versie, read_vastgelegd


def test_every_template_has_the_text_that_was_recorded_for_its_version() -> None:
    nu, vastgelegd = list_standen(), read_vastgelegd()
    verhogen = find_verhogen(nu, vastgelegd)
    assert not verhogen, (
        f"text changed, version did not; run: python -m tests.documents.sjabloonversies --verhoog {verhogen}"
    )
    assert nu == vastgelegd, "record the new versions: python -m tests.documents.sjabloonversies"


def test_a_changed_text_asks_for_another_version_and_a_raised_one_does_not(tmp_path: Path) -> None:
    write_bron(tmp_path, "# Titel\n\nTekst.\n")
    eerst = list_standen(tmp_path)
    assert find_verhogen(eerst, eerst) == []
    write_bron(tmp_path, "# Titel\n\nAndere tekst.\n")
    assert find_verhogen(list_standen(tmp_path), eerst) == ["proef"]
    raise_versie(tmp_path, "proef")
    nieuw = list_standen(tmp_path)
    assert (nieuw["proef"][0], find_verhogen(nieuw, eerst)) == ("1.1", [])


def test_a_change_in_a_part_that_a_template_includes_asks_for_another_version(tmp_path: Path) -> None:
    sjabloon = '# Titel\n\n{% include "delen/slot.md" %}\n'
    write_bron(tmp_path, sjabloon, delen={"slot.md": "Slot.\n"})
    eerst = list_standen(tmp_path)
    write_bron(tmp_path, sjabloon, delen={"slot.md": "Ander slot.\n"})
    assert find_verhogen(list_standen(tmp_path), eerst) == ["proef"]
