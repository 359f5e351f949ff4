"""What is worth asking, and what came of each point."""

from __future__ import annotations

import msgspec
import pytest

from inkoop.domain.criteria.bevinding import Bevinding, Eenheiduitkomst
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.herstel import Antwoordstand, Puntstand, assess_punt, find_reddend, list_verloren

NIET, HERSTELBAAR, VOLDOET = Uitkomst.VOLDOET_NIET, Uitkomst.HERSTELBAAR, Uitkomst.VOLDOET


def unit(perceel: str, uitkomst: Uitkomst, product: str | None = None) -> Eenheiduitkomst:
    return Eenheiduitkomst(perceel=perceel, product=product, uitkomst=uitkomst)


def finding(perceel: str | None = None, product: str | None = None, uitkomst: Uitkomst = HERSTELBAAR) -> Bevinding:
    return Bevinding(
        criterium="M-11",
        perceel=perceel,
        product=product,
        lid=None,
        uitkomst=uitkomst,
        grond="ontbreekt",
        toelichting="Er ontbreekt iets.",
        peildatums={},
        bewijs=(),
        bron="S3",
    )


def test_what_hits_every_perceel_is_asked_for_those_that_can_be_saved():
    assert find_reddend(finding(), [unit("1A", HERSTELBAAR), unit("1C", NIET)]) == ("1A",)


def test_nothing_is_asked_where_no_perceel_can_be_saved():
    assert find_reddend(finding(), [unit("1A", NIET), unit("1C", NIET)]) == ()
    assert find_reddend(finding("1C"), [unit("1A", HERSTELBAAR), unit("1C", NIET)]) == ()


def test_one_product_that_can_be_saved_is_enough_though_its_perceel_sums_up_as_failed():
    eenheden = [unit("1A", NIET), unit("1A", NIET, "IB-basis"), unit("1A", HERSTELBAAR, "IB-waakvlam")]
    assert find_reddend(finding("1A"), eenheden) == ("1A",)
    assert find_reddend(finding("1A", "IB-basis"), eenheden) == ()
    assert list_verloren(eenheden) == frozenset()


def test_a_perceel_is_lost_when_every_unit_of_it_fails():
    assert list_verloren([unit("1A", HERSTELBAAR), unit("1C", NIET, "KDV-basis")]) == {"1C"}


@pytest.mark.parametrize(
    ("tijdig", "te_laat", "gesloten", "stand"),
    [
        (False, False, False, Puntstand.OPEN),
        (False, False, True, Puntstand.GEEN_ANTWOORD),
        (False, True, True, Puntstand.TE_LAAT),
        (True, False, True, Puntstand.NIET_HERSTELD),
        (True, True, True, Puntstand.NIET_HERSTELD),
    ],
)
def test_what_came_of_a_point_that_still_fails(tijdig: bool, te_laat: bool, gesloten: bool, stand: Puntstand):
    antwoord = Antwoordstand(
        tijdig=frozenset({"a"} if tijdig else ()), te_laat=frozenset({"b"} if te_laat else ()), gesloten=gesloten
    )
    assert assess_punt(make_resultaat(NIET), "M-11", None, ("1A",), antwoord) is stand


def test_a_point_that_is_mended_says_so_whatever_happened_to_the_others():
    antwoord = Antwoordstand(tijdig=frozenset({"a"}), te_laat=frozenset(), gesloten=False)
    assert assess_punt(make_resultaat(VOLDOET, NIET), "M-11", None, ("1A",), antwoord) is Puntstand.HERSTELD
    assert assess_punt(make_resultaat(VOLDOET, NIET), "M-06", None, ("1A",), antwoord) is Puntstand.OPEN


def make_resultaat(eigen: Uitkomst, ander: Uitkomst = VOLDOET):
    """Only the findings are read."""

    class Klein(msgspec.Struct):
        bevindingen: tuple[Bevinding, ...]

    tweede = msgspec.structs.replace(finding(uitkomst=ander), criterium="M-06")
    return Klein((finding(uitkomst=eigen), tweede))
