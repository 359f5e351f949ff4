"""The words of a finding: dates, names and enumerations as a letter prints them."""

from datetime import date

import pytest

from inkoop.domain.criteria.criterium import Peilmoment
from inkoop.domain.criteria.verwoording import (
    drop_dubbele_punt,
    join_zinnen,
    write_datum,
    write_hoofdletter,
    write_naam,
    write_norm,
    write_opsomming,
    write_peil,
    write_regio,
    write_zin,
)


def test_a_date_is_written_out():
    assert write_datum(date(2020, 3, 31)) == "31 maart 2020"


def test_a_peildatum_says_what_it_is():
    assert write_peil(Peilmoment.SLUITING, date(2020, 3, 31)) == "31 maart 2020 (de sluiting)"


@pytest.mark.parametrize(
    ("kort", "lang"),
    [
        ("kvk-uittreksel", "KvK-uittreksel"),
        ("fg_of_motivering", "FG of motivering"),
        ("iwmo-gereed", "iWmo-gereed"),
        ("iso_9001", "ISO 9001"),
        ("mbo-4", "mbo-4"),
    ],
)
def test_a_slug_becomes_readable(kort, lang):
    assert write_naam(kort) == lang


@pytest.mark.parametrize(("kort", "lang"), [("meierij", "Meierij"), ("hart-van-brabant", "Hart van Brabant")])
def test_a_region_is_a_name(kort, lang):
    assert write_regio(kort) == lang


@pytest.mark.parametrize(
    ("delen", "tekst"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c")]
)
def test_an_enumeration_is_dutch(delen, tekst):
    assert write_opsomming(delen) == tekst


@pytest.mark.parametrize(
    ("norm", "tekst"),
    [("HKZ", "HKZ"), ("NEN-EN 15224", "NEN-EN 15224"), ("Kwaliteit laat je zien", "'Kwaliteit laat je zien'")],
)
def test_a_norm_that_reads_as_words_gets_quotes(norm, tekst):
    assert write_norm(norm) == tekst


def test_a_text_begins_with_a_capital_and_keeps_the_rest():
    assert write_hoofdletter("het AVG-dossier") == "Het AVG-dossier"


def test_a_reason_becomes_a_sentence_and_is_said_once():
    assert write_zin(" Geen toets ") == "Geen toets."
    assert write_zin("Klopt dat?") == "Klopt dat?"
    assert join_zinnen(["Een.", "", "Twee.", "Een."]) == "Een. Twee."


@pytest.mark.parametrize(
    ("tekst", "goed"),
    [
        ("Het staat op naam van Anker B.V..", "Het staat op naam van Anker B.V."),
        ("Niet op naam van Anker B.V.. Meer volgt.", "Niet op naam van Anker B.V. Meer volgt."),
        ("Reden: dat zien wij nog...", "Reden: dat zien wij nog..."),
        ("De B.V. Anker is gezien.", "De B.V. Anker is gezien."),
    ],
)
def test_a_name_that_brings_its_full_stop_gets_no_other(tekst, goed):
    assert drop_dubbele_punt(tekst) == goed
