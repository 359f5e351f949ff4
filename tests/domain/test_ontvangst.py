"""Only the receipt of the system that the leidraad names counts: both ways in say so."""

from __future__ import annotations

import pytest

from inkoop.domain.ontvangst import Ontvangstsysteem, check_platform, check_rechtstreeks

HIER = Ontvangstsysteem(systeem="Inkoopplatform Noord", rechtstreeks=True)
ELDERS = Ontvangstsysteem(systeem="Inkoopplatform Noord", rechtstreeks=False)


@pytest.mark.parametrize(("ontvangst", "geweigerd"), [(None, False), (HIER, False), (ELDERS, True)])
def test_an_aanbieder_hands_in_here_only_where_the_receipt_here_counts(
    ontvangst: Ontvangstsysteem | None, geweigerd: bool
):
    beletselen = check_rechtstreeks(ontvangst)
    assert [een.code for een in beletselen] == (["ander-systeem"] if geweigerd else [])
    assert all("Inkoopplatform Noord" in een.tekst for een in beletselen)


@pytest.mark.parametrize(
    ("ontvangst", "platform", "geweigerd"),
    [
        (None, "Wat dan ook", False),
        (ELDERS, "inkoopplatform  noord", False),
        (ELDERS, "Inkoopplatform Zuid", True),
        (HIER, "Inkoopplatform Zuid", True),
    ],
)
def test_the_export_of_another_system_than_the_named_one_does_not_count(
    ontvangst: Ontvangstsysteem | None, platform: str, geweigerd: bool
):
    beletselen = check_platform(ontvangst, platform)
    assert [een.code for een in beletselen] == (["ander-systeem"] if geweigerd else [])
    assert all("Inkoopplatform Noord" in een.tekst and platform in een.tekst for een in beletselen)
