"""What a piece of evidence is, in words on a page."""

from __future__ import annotations

import pytest

from inkoop.web.feitnamen import write_kenmerk


@pytest.mark.parametrize(
    ("kenmerk", "woorden"),
    [
        ("document:meldcode", "document meldcode"),
        ("document:plan_van_aanpak", "document plan van aanpak"),
        ("certificaat:HKZ", "certificaat HKZ"),
        ("scope:thuiszorg", "scope thuiszorg"),
        ("geaccrediteerd:True", "van een geaccrediteerde instelling"),
        ("geaccrediteerd:False", "niet van een geaccrediteerde instelling"),
        ("tenzij:False", ""),
        ("tenzij:True", "met een beroep op een uitzondering"),
        ("akkoord_tarief=True", "akkoord tarief: ja"),
        ("status:actief", "stand actief"),
        ("ervaring", "ervaring"),
    ],
)
def test_evidence_is_called_by_words_and_not_by_its_key(kenmerk: str, woorden: str) -> None:
    assert write_kenmerk(kenmerk) == woorden
