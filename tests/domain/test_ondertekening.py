"""Who signs for whom, alone or jointly, in which order; and whether a certificate names that person."""

from __future__ import annotations

from datetime import date

import pytest

from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.fouten import Beletsel
from inkoop.domain.ondertekening import (
    Bevoegdetekenaar,
    Tekenvolgorde,
    check_bevoegd,
    check_volgorde,
    find_bevoegden,
    list_onvolledig,
    names_person,
    read_namens,
    read_partijen,
)

DAG = date(2020, 5, 25)


def _wie(naam: str, wijze: Tekenwijze = Tekenwijze.ALLEEN, van: date | None = None, tot: date | None = None):
    return Bevoegdetekenaar(
        naam=naam, functie="bestuurder", wijze=wijze, grond="uittreksel", geldig_van=van, geldig_tot=tot
    )


SAMEN = {"De Linde": (_wie("A. Een", Tekenwijze.GEZAMENLIJK), _wie("B. Twee", Tekenwijze.GEZAMENLIJK))}


@pytest.mark.parametrize(
    ("gezet", "open_"),
    [
        ({}, {"De Linde": ("A. Een", "B. Twee")}),
        ({"A. Een": DAG}, {"De Linde": ("B. Twee",)}),
        ({"A. Een": DAG, "B. Twee": DAG}, {}),
    ],
)
def test_who_may_sign_jointly_takes_two_different_people(gezet, open_):
    assert list_onvolledig(SAMEN, gezet) == open_


def test_one_signature_is_enough_of_somebody_who_may_sign_alone():
    bevoegden = {"De Linde": (_wie("A. Een", Tekenwijze.GEZAMENLIJK), _wie("C. Drie"))}
    assert list_onvolledig(bevoegden, {"C. Drie": DAG}) == {}
    assert list_onvolledig(bevoegden, {"A. Een": DAG}) == {"De Linde": ("C. Drie",)}


def test_a_signatory_jointly_with_nobody_known_leaves_the_legal_person_open():
    assert list_onvolledig({"De Linde": (_wie("A. Een", Tekenwijze.GEZAMENLIJK),)}, {"A. Een": DAG}) == {"De Linde": ()}


def test_a_signature_on_a_day_without_authority_does_not_count():
    bevoegden = {"De Linde": (_wie("A. Een", tot=date(2020, 5, 24)),)}
    assert list_onvolledig(bevoegden, {"A. Een": DAG}) == {"De Linde": ("A. Een",)}


@pytest.mark.parametrize(
    ("van", "tot", "code"),
    [
        (None, date(2020, 5, 25), None),
        (None, date(2020, 5, 24), "bevoegd-verlopen"),
        (date(2020, 5, 25), None, None),
        (date(2020, 5, 26), None, "bevoegd-nog-niet"),
    ],
)
def test_authority_is_asked_on_the_day_of_signing(van, tot, code):
    gevonden = check_bevoegd({"De Linde": (_wie("A. Een", van=van, tot=tot),)}, "A. Een", DAG)
    assert [een.code for een in gevonden] == ([] if code is None else [code])


def test_somebody_unknown_may_not_sign_and_the_refusal_names_who_may():
    (gevonden,) = check_bevoegd(SAMEN, "P. de Vreemde", DAG)
    assert gevonden.code == "bevoegd"
    assert "A. Een, B. Twee" in gevonden.tekst


def test_what_was_established_goes_before_what_the_aanbieder_said():
    eigen = _wie("A. Een")
    assert find_bevoegden(eigen, []) == (eigen,)
    ander = _wie("B. Twee", Tekenwijze.GEZAMENLIJK)
    assert find_bevoegden(eigen, [ander]) == (eigen, ander)
    vastgesteld = _wie("a. een", Tekenwijze.GEZAMENLIJK)
    assert find_bevoegden(eigen, [vastgesteld]) == (vastgesteld,)


@pytest.mark.parametrize("volgorde", Tekenvolgorde)
def test_the_second_side_waits_for_the_first_unless_the_order_is_free(volgorde):
    codes = check_volgorde(volgorde, eerste_partij=False, open_bij_eerste=["De Linde"], laatste_van_eerste=None, op=DAG)
    assert bool(codes) is (volgorde is not Tekenvolgorde.VRIJ)
    assert not check_volgorde(
        volgorde, eerste_partij=True, open_bij_eerste=["De Linde"], laatste_van_eerste=None, op=DAG
    )


@pytest.mark.parametrize(("op", "te_vroeg"), [(date(2020, 5, 24), True), (date(2020, 5, 25), False)])
def test_the_second_side_does_not_sign_on_an_earlier_day_than_the_first(op, te_vroeg):
    gevonden = check_volgorde(
        Tekenvolgorde.AANBIEDER_EERST, eerste_partij=False, open_bij_eerste=[], laatste_van_eerste=DAG, op=op
    )
    assert bool(gevonden) is te_vroeg


GEMEENTEN = {"Vught": "Vught", "'s-Hertogenbosch": "'s-Hertogenbosch", "MJ": "Meierijstad"}


@pytest.mark.parametrize(
    ("tekst", "codes"),
    [
        ("de gemeenten", ("Vught", "'s-Hertogenbosch", "MJ")),
        ("meierijstad, Vught, vught", ("MJ", "Vught")),
        ("MJ", ("MJ",)),
    ],
)
def test_for_which_gemeenten_somebody_signs_is_read_from_names_and_codes(tekst, codes):
    assert read_namens(tekst, GEMEENTEN) == codes


@pytest.mark.parametrize("tekst", ["Vugt", "Vught, Tilburg", "", ", "])
def test_a_gemeente_that_is_not_known_is_never_all_of_them(tekst):
    assert isinstance(read_namens(tekst, GEMEENTEN), Beletsel)


@pytest.mark.parametrize(
    ("houder", "naam", "zelfde"),
    [
        ("J. Jansen", "J. Jansen", True),
        ("Johanna Jansen", "J. Jansen", True),
        ("JANSEN", "J. Jansen", True),
        ("Anna van der Lindén", "A. van der Linden", True),
        ("Piet Jansen", "J. Jansen", False),
        ("Voorbeelddienst B.V.", "J. Jansen", False),
        ("", "J. Jansen", False),
    ],
)
def test_a_certificate_names_a_person_by_family_name_and_first_initial(houder, naam, zelfde):
    assert names_person(houder, naam) is zelfde


@pytest.mark.parametrize(
    ("tekst", "voor"),
    [
        ("De Linde B.V.", ("De Linde B.V.",)),
        ("de linde bv; Stichting De Eik", ("De Linde B.V.", "Stichting De Eik")),
        ("Stichting De Eik; De Linde B.V.", ("Stichting De Eik", "De Linde B.V.")),
        ("Stichting De Eik; Stichting De Eik;", ("Stichting De Eik",)),
    ],
)
def test_a_signature_is_for_the_legal_persons_it_names(tekst: str, voor: tuple[str, ...]):
    assert read_partijen(tekst, ["De Linde B.V.", "Stichting De Eik"]) == voor


@pytest.mark.parametrize("tekst", ["", " ; ", "Combinatie Bomen", "de gemeenten", "De Linde B.V.; De Beuk"])
def test_a_signature_for_nobody_or_for_another_is_refused_with_the_names_to_choose_from(tekst: str):
    gevonden = read_partijen(tekst, ["De Linde B.V.", "Stichting De Eik"])
    assert isinstance(gevonden, Beletsel)
    assert gevonden.tekst.endswith("De Linde B.V.; Stichting De Eik.")
