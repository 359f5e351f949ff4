"""A plan as an agenda file and as a picture: every day is in it, and what people wrote cannot break the form."""

from datetime import date
from xml.etree import ElementTree as ET

import pytest

from inkoop.domain.planning import Planregel, Plansoort, plan
from inkoop.exchange.ics import render_ics
from inkoop.exchange.planbeeld import list_banen, render_planbeeld
from tests.domain.voorbeeldprocedure import FEESTDAGEN, make_procedure

REGELS = plan(make_procedure(), FEESTDAGEN)
SVG = "{http://www.w3.org/2000/svg}"


def unfold(inhoud: bytes) -> list[str]:
    """The lines of a calendar as a reader sees them."""
    return inhoud.decode().replace("\r\n ", "").split("\r\n")


def make_regel(**anders):
    velden = {"dag": date(2020, 2, 28), "wat": "iets", "waarom": "Daarom.", "bron": "test", "soort": Plansoort.STAP}
    return Planregel(**{**velden, **anders})


def test_every_planned_day_is_an_event_of_that_day():
    regels = unfold(render_ics("voorbeeld", "Voorbeeld", REGELS))
    assert regels.count("BEGIN:VEVENT") == regels.count("END:VEVENT") == len(REGELS)
    begin = [regel.removeprefix("DTSTART;VALUE=DATE:") for regel in regels if regel.startswith("DTSTART")]
    assert begin == [f"{regel.dag:%Y%m%d}" for regel in REGELS]


def test_an_event_ends_on_the_next_day_also_at_the_end_of_a_month():
    regels = unfold(render_ics("v", "V", [make_regel(dag=date(2020, 2, 29))]))
    assert "DTEND;VALUE=DATE:20200301" in regels


def test_each_event_has_its_own_id_that_stays_the_same():
    def ids(naam):
        return [r for r in unfold(render_ics(naam, "V", REGELS)) if r.startswith("UID:")]

    assert len(set(ids("a"))) == len(REGELS)
    assert ids("a") == ids("a") != ids("b")


def test_no_line_is_longer_than_75_octets_and_no_character_is_cut():
    inhoud = render_ics("v", "V", [make_regel(wat="é€ë; komma, en \\ " * 20)])
    assert max(len(lijn) for lijn in inhoud.split(b"\r\n")) <= 75
    (samenvatting,) = [regel for regel in unfold(inhoud) if regel.startswith("SUMMARY:")]
    assert samenvatting == "SUMMARY:" + "é€ë\\; komma\\, en \\\\ " * 20


def test_a_newline_in_a_text_makes_no_new_property():
    regels = unfold(render_ics("v", "V", [make_regel(wat="een\nEND:VEVENT")]))
    assert regels.count("END:VEVENT") == 1


def test_the_picture_has_a_mark_for_each_day_and_words_for_who_does_not_see_it():
    beeld = ET.fromstring(render_planbeeld("Voorbeeld", REGELS))
    assert len(beeld.findall(f"{SVG}circle")) == len(REGELS)
    assert beeld.find(f"{SVG}title").text == "Planning van Voorbeeld"
    assert "M-2020-2: 8 dagen, van 2020-02-03 tot en met 2020-07-01." in beeld.find(f"{SVG}desc").text


def test_marks_stand_in_order_of_days_within_the_picture():
    beeld = ET.fromstring(render_planbeeld("V", REGELS))
    for baan in list_banen(REGELS):
        assert list(baan.regels) == sorted(baan.regels, key=lambda regel: regel.dag)
    assert all(0 < float(punt.get("cx")) < 1200 for punt in beeld.findall(f"{SVG}circle"))


def test_what_people_write_is_text_in_the_picture():
    tekst = render_planbeeld("<script>alert(1)</script>", [make_regel(wat="<b>&")])
    assert "<script>" not in tekst
    assert ET.fromstring(tekst)


@pytest.mark.parametrize("regels", [(), REGELS[:1]])
def test_a_plan_of_nothing_or_one_day_is_a_picture_too(regels):
    assert ET.fromstring(render_planbeeld("V", regels))
