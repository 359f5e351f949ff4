"""Verklaring: signature apart, reservations, details."""

from datetime import date

import pytest

from inkoop.domain.criteria.bevinding import Herstelverloop
from inkoop.domain.criteria.criterium import Herstelbaarheid
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria.bouwstenen import SLUITING, judge, make_criterium, verklaring, verklaringtoets

CRITERIUM = make_criterium(verklaringtoets())
VERDUIDELIJKING = make_criterium(verklaringtoets(), herstelbaar=Herstelbaarheid.ALLEEN_VERDUIDELIJKING)


def test_a_signed_statement_without_reservation_is_enough():
    assert judge(CRITERIUM, verklaring()).uitkomst is Uitkomst.VOLDOET


def test_a_statement_that_is_not_there_can_still_be_shown():
    assert judge(CRITERIUM).uitkomst is Uitkomst.HERSTELBAAR


@pytest.mark.parametrize(
    ("datum", "uitkomst"), [(date(2020, 3, 31), Uitkomst.VOLDOET), (date(2020, 4, 1), Uitkomst.VOLDOET_NIET)]
)
def test_a_statement_must_exist_on_its_peildatum(datum, uitkomst):
    assert judge(CRITERIUM, verklaring(datum=datum)).uitkomst is uitkomst


@pytest.mark.parametrize(
    ("velden", "grond"),
    [
        ({"ondertekend": False}, "niet-ondertekend"),
        ({"bevoegd": False}, "niet-bevoegd-ondertekend"),
        ({"bevoegd": None}, "bevoegdheid-onbekend"),
    ],
)
def test_a_signature_can_be_repaired(velden, grond):
    bevinding = judge(CRITERIUM, verklaring(**velden))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.HERSTELBAAR, grond)


def test_who_may_sign_does_not_matter_where_it_is_not_asked():
    criterium = make_criterium(verklaringtoets(bevoegd_ondertekend=False))
    assert judge(criterium, verklaring(bevoegd=None)).uitkomst is Uitkomst.VOLDOET


def test_a_signature_is_repairable_apart_from_the_content():
    toets = verklaringtoets(ondertekening_herstelbaar=Herstelbaarheid.VRIJ)
    criterium = make_criterium(toets, herstelbaar=Herstelbaarheid.NEE)
    zonder = verklaring(ondertekend=False)
    assert judge(criterium).uitkomst is Uitkomst.VOLDOET_NIET
    assert judge(criterium, zonder).uitkomst is Uitkomst.HERSTELBAAR
    assert judge(criterium, zonder).herstelpunten[0].herstelbaarheid is Herstelbaarheid.VRIJ
    assert judge(criterium, zonder, verklaring(aanleiding=Aanleiding.HERSTEL)).uitkomst is Uitkomst.VOLDOET


def test_a_signature_that_may_not_be_repaired_falls_short():
    criterium = make_criterium(verklaringtoets(ondertekening_herstelbaar=Herstelbaarheid.NEE))
    assert judge(criterium, verklaring(ondertekend=False)).uitkomst is Uitkomst.VOLDOET_NIET


def test_a_signed_copy_with_a_later_date_is_another_statement():
    criterium = make_criterium(verklaringtoets(ondertekening_herstelbaar=Herstelbaarheid.VRIJ))
    zonder = verklaring(ondertekend=False, datum=date(2020, 3, 22))
    op_tijd = verklaring(datum=date(2020, 3, 22), aanleiding=Aanleiding.HERSTEL)
    te_laat = verklaring(datum=date(2020, 4, 8), aanleiding=Aanleiding.HERSTEL)
    assert judge(criterium, zonder, op_tijd).uitkomst is Uitkomst.VOLDOET
    gesloten = judge(criterium, zonder, te_laat, herstelverloop=Herstelverloop.GESLOTEN)
    assert gesloten.uitkomst is Uitkomst.VOLDOET_NIET


def test_a_detail_that_is_not_filled_in_can_still_be_given():
    criterium = make_criterium(verklaringtoets(gegevens=("softwarepakket",)))
    leeg = judge(criterium, verklaring(gegevens={"softwarepakket": " "}))
    assert (leeg.uitkomst, leeg.grond) == (Uitkomst.HERSTELBAAR, "gegevens-ontbreken")
    assert judge(criterium, verklaring(gegevens={"softwarepakket": "Zorgplan"})).uitkomst is Uitkomst.VOLDOET


def test_a_reservation_falls_short():
    bevinding = judge(CRITERIUM, verklaring(voorbehoud=True))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "voorbehoud")


def test_a_reservation_is_not_taken_away_by_another_paper_without_one():
    assert judge(CRITERIUM, verklaring(voorbehoud=True), verklaring()).uitkomst is Uitkomst.VOLDOET_NIET


def test_a_reservation_may_be_clarified_once():
    bevinding = judge(VERDUIDELIJKING, verklaring(voorbehoud=True))
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.HERSTELBAAR, "voorbehoud")
    assert bevinding.herstelpunten[0].uiterste_bewijsdatum is None


def test_a_reservation_that_stays_unanswered_falls_short():
    bevinding = judge(VERDUIDELIJKING, verklaring(voorbehoud=True), herstelverloop=Herstelverloop.GESLOTEN)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "voorbehoud")


def test_a_reservation_that_is_confirmed_falls_short_at_once():
    antwoord = verklaring(voorbehoud=True, datum=date(2020, 4, 14), aanleiding=Aanleiding.HERSTEL)
    bevinding = judge(VERDUIDELIJKING, verklaring(voorbehoud=True), antwoord)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "voorbehoud-bevestigd")


def test_a_clarification_of_later_takes_the_reservation_away():
    eerst = verklaring(voorbehoud=True)
    antwoord = verklaring(datum=date(2020, 4, 14), aanleiding=Aanleiding.HERSTEL)
    bevinding = judge(VERDUIDELIJKING, eerst, antwoord)
    assert bevinding.uitkomst is Uitkomst.VOLDOET
    assert bevinding.bewijs == (*eerst.bewijs, *antwoord.bewijs)


def test_a_statement_of_after_closing_clarifies_nothing_that_was_not_there():
    antwoord = verklaring(datum=date(2020, 4, 14), aanleiding=Aanleiding.HERSTEL)
    assert judge(VERDUIDELIJKING, antwoord).grond == "gedateerd-na-peildatum"
    assert judge(VERDUIDELIJKING).herstelpunten[0].uiterste_bewijsdatum == SLUITING


def test_every_paper_that_falls_short_stands_in_the_reason():
    toets = verklaringtoets(ondertekening_herstelbaar=Herstelbaarheid.VRIJ)
    zonder = verklaring(ondertekend=False, bewijs=("eerst",))
    later = verklaring(datum=date(2020, 4, 1), bewijs=("later",), aanleiding=Aanleiding.HERSTEL)
    bevinding = judge(make_criterium(toets), zonder, later, herstelverloop=Herstelverloop.GESLOTEN)
    assert (bevinding.uitkomst, bevinding.grond) == (Uitkomst.VOLDOET_NIET, "niet-ondertekend")
    assert bevinding.bewijs == ("eerst", "later")
    assert "niet ondertekend" in bevinding.toelichting
    assert "1 april 2020" in bevinding.toelichting
    assert bevinding == judge(make_criterium(toets), later, zonder, herstelverloop=Herstelverloop.GESLOTEN)
