import io
from datetime import date

import pikepdf
import pytest

from inkoop.documents.voorbeeldbewijs import MERKTEKEN, make_bewijspdf

REGELS = (
    ("Norm", "ISO 9001:2015"),
    ("Geldig van", "01-04-2018"),
    ("Geldig tot en met", "31-03-2021"),
    ("Entiteit", "Zorggroep De Beemd B.V."),
)


def _make(**anders):
    gegevens = {"titel": "Certificaat", "regels": REGELS, "afzender": "Keurinstituut", "datum": date(2019, 11, 4)}
    gegevens |= anders
    return make_bewijspdf(gegevens["titel"], gegevens["regels"], afzender=gegevens["afzender"], datum=gegevens["datum"])


def _texts(inhoud):
    """The strings that the page shows, read from its content stream."""
    getoond = []
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        for pagina in pdf.pages:
            for operanden, operator in pikepdf.parse_content_stream(pagina):
                if str(operator) in {"Tj", "TJ"}:
                    delen = operanden[0] if str(operator) == "TJ" else [operanden[0]]
                    getoond.append("".join(str(deel) for deel in delen if isinstance(deel, pikepdf.String)))
    return getoond


def test_every_label_and_value_can_be_read_back():
    getoond = " ".join(_texts(_make()))
    for label, waarde in (*REGELS, ("Datum document", "04-11-2019")):
        assert label in getoond
        assert waarde in getoond


def test_the_title_and_the_sender_stand_on_the_page_and_in_the_metadata():
    inhoud = _make(titel="HKZ-certificaat", afzender="Keurinstituut Zuid")
    assert {"HKZ-certificaat", "Keurinstituut Zuid"} <= set(_texts(inhoud))
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert str(pdf.docinfo["/Title"]) == "HKZ-certificaat"


def test_the_page_says_that_it_is_an_example():
    assert MERKTEKEN in _texts(_make())


def test_the_same_input_gives_the_same_bytes():
    assert _make() == _make()


@pytest.mark.parametrize(
    "anders", [{"titel": "Verklaring"}, {"datum": date(2019, 11, 5)}, {"regels": REGELS[:3]}, {"afzender": "Ander"}]
)
def test_other_input_gives_other_bytes(anders):
    assert _make(**anders) != _make()


def test_a_document_stays_small():
    assert len(_make()) < 5_000


def test_letters_outside_the_standard_fonts_lose_only_their_marks():
    getoond = _texts(_make(regels=[("Ondertekenaar", "Ayşe Čapek-Müller"), ("Omzet", "€ 12.000 – 15.000")]))
    assert "Ayse Capek-Müller" in getoond
    assert "EUR 12.000 - 15.000" in getoond


def test_a_text_of_which_nothing_can_be_printed_is_refused():
    with pytest.raises(ValueError, match="cannot be printed"):
        _make(regels=[("Naam", "漢字")])


@pytest.mark.parametrize("leeg", [{"titel": " "}, {"afzender": ""}])
def test_a_document_without_title_or_sender_is_refused(leeg):
    with pytest.raises(ValueError, match="title and a sender"):
        _make(**leeg)


def test_many_lines_run_over_to_a_next_page_and_none_is_lost():
    regels = [(f"Cliënt {nummer}", f"traject {nummer}, begeleiding basis") for nummer in range(1, 61)]
    inhoud = _make(regels=regels)
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        assert len(pdf.pages) == 2
    getoond = _texts(inhoud)
    assert [label for label, _ in regels if label not in getoond] == []


def test_a_long_value_wraps_and_the_next_label_starts_below_it():
    lang = "ambulante begeleiding en dagbesteding " * 6
    getoond = " ".join(_texts(_make(regels=[("Toepassingsgebied", lang), ("Norm", "HKZ")])))
    assert getoond.count("dagbesteding") == 6
    assert getoond.index("HKZ") > getoond.rindex("dagbesteding")
