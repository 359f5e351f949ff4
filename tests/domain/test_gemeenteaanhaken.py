"""A gemeente joins when three acts are done before 1 May, for every provider (H19-45, GA1-GA3)."""

from datetime import date

import pytest

from inkoop.domain.gemeenteaanhaken import Aanhaakverzoek, check_aanhaak
from inkoop.domain.samenwerking import Gemeenteaanhaak

REGELS = Gemeenteaanhaak(voor="05-01", ingang="01-01", regeling="bestuursakkoord", bron="S4 6.2")
AANBIEDERS = [f"HVB-2019-{n:04d}" for n in range(1, 93)]


def judge(gemeente, aangesloten, conform, bericht, ingelicht=AANBIEDERS):
    verzoek = Aanhaakverzoek(
        gemeente=gemeente, aangesloten_op=aangesloten, conform_op=conform, bericht_op=dict.fromkeys(ingelicht, bericht)
    )
    return check_aanhaak(verzoek, REGELS, AANBIEDERS, 2019)


@pytest.mark.dekking("H19-45")
def test_ga1_vierlinden_joins_on_1_january_2020():
    uitkomst = judge("Vierlinden", date(2019, 4, 12), date(2019, 4, 20), date(2019, 4, 29))
    assert uitkomst.tijdig
    assert uitkomst.ingang == date(2020, 1, 1)


@pytest.mark.dekking("H19-45")
def test_ga2_ooldrecht_that_signs_on_1_may_is_too_late_and_joins_a_year_later():
    uitkomst = judge("Ooldrecht", date(2019, 5, 1), date(2019, 4, 20), date(2019, 4, 29))
    assert [b.code for b in uitkomst.beletselen] == ["aangesloten-te-laat"]
    assert "1 mei 2019" in uitkomst.beletselen[0].tekst
    assert uitkomst.ingang == date(2021, 1, 1)


def test_the_last_day_of_april_is_in_time():
    assert judge("Ooldrecht", date(2019, 4, 30), date(2019, 4, 30), date(2019, 4, 30)).tijdig


@pytest.mark.dekking("H19-45")
def test_ga3_hoevelingen_that_told_91_of_92_providers_is_refused_with_the_one_that_is_missing():
    uitkomst = judge("Hoevelingen", date(2019, 4, 12), date(2019, 4, 20), date(2019, 4, 29), AANBIEDERS[:-1])
    assert [b.code for b in uitkomst.beletselen] == ["bericht-ontbreekt"]
    assert "HVB-2019-0092" in uitkomst.beletselen[0].tekst
    assert "91 van de 92" in uitkomst.beletselen[0].tekst


def test_every_reason_is_given_at_once():
    uitkomst = judge("Nergens", None, date(2019, 5, 2), date(2019, 5, 1))
    assert [b.code for b in uitkomst.beletselen] == ["aangesloten-ontbreekt", "conform-te-laat", "bericht-te-laat"]
