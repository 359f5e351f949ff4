"""Mail: which addresses pass, how often a mail is tried, and that its text says where to look and no more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.domain.bevoegdheid import MATRIX
from inkoop.domain.post import (
    AANZETTEN,
    MAX_POGINGEN,
    MAX_REGELS,
    Postsoort,
    Werkregel,
    check_postadres,
    cut_regels,
    plan_poging,
    write_tekst,
    write_werkregel,
)

NU = datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize("adres", ["a.jansen@gemeente.example", "o'brien+zorg@a-b.example", "x@localhost"])
def test_an_address_passes(adres: str):
    assert check_postadres(adres) == []


@pytest.mark.parametrize(
    "adres",
    [
        "",
        "a.jansen",
        "a.jansen@",
        "@gemeente.example",
        "a jansen@gemeente.example",
        "a..b@gemeente.example",
        "a@gemeente.example\nBcc: b@elders.example",
        "a@gemeente.example\r\n",
        "a@gemeente.example,b@elders.example",
        "A <a@gemeente.example>",
        "a@-gemeente.example",
        f"{'a' * 65}@gemeente.example",
        f"a@{'b.' * 130}example",
    ],
)
def test_what_is_no_address_or_would_end_a_header_is_refused(adres: str):
    assert [een.code for een in check_postadres(adres)] == ["adres"]


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_no_address_that_passes_holds_a_control_sign_a_space_or_a_second_receiver(tekst: str):
    for adres in (tekst, f"a{tekst}@gemeente.example", f"a@gemeente{tekst}"):
        if not check_postadres(adres):
            assert adres.isascii()
            assert not set(adres) & set('\r\n\t\0 ,;<>"')


def test_a_failed_mail_is_tried_after_five_minutes_then_later_each_time_and_in_the_end_a_person_looks():
    wachttijden = [plan_poging(poging, NU) for poging in range(1, MAX_POGINGEN + 1)]
    assert wachttijden[0] == NU + timedelta(minutes=5)
    assert wachttijden[1] == NU + timedelta(minutes=20)
    assert wachttijden[-2] == NU + timedelta(days=1)
    assert wachttijden[-1] is None
    echte = [een for een in wachttijden if een is not None]
    assert echte == sorted(echte)


def test_a_line_says_how_much_about_what_and_until_when():
    regel = Werkregel(wat="besluiten controleren", onderwerp="M-2020-2", aantal=3, uiterlijk=date(2026, 3, 2))
    assert write_werkregel(regel, date(2026, 3, 2)) == "besluiten controleren (3): M-2020-2, uiterlijk 02-03-2026"
    assert write_werkregel(regel, date(2026, 3, 3)).endswith(", moest uiterlijk 02-03-2026")


def test_a_long_overview_is_cut_and_says_how_many_more_there_are():
    assert cut_regels(map(str, range(MAX_REGELS))) == tuple(map(str, range(MAX_REGELS)))
    assert cut_regels(map(str, range(MAX_REGELS + 2)))[-1] == "en nog 2 andere regels"


@pytest.mark.parametrize("soort", Postsoort)
def test_the_text_holds_its_lines_and_the_link(soort: Postsoort):
    tekst = write_tekst(soort, ["besluiten nemen: M-2020-2"], "https://inkoop.example/taken")
    assert "\n- besluiten nemen: M-2020-2\n" in tekst
    assert "\nhttps://inkoop.example/taken\n" in tekst


def test_everybody_who_gets_a_notice_has_a_role_that_can_act():
    rollen = {rol for bevoegdheid in MATRIX.values() for rol in bevoegdheid.rollen}
    for handeling, aanzet in AANZETTEN.items():
        assert aanzet.rollen <= rollen
        assert handeling in MATRIX
        assert bool(aanzet.rollen) == bool(aanzet.wat)
        assert aanzet.rollen or aanzet.voor_aanbieder
