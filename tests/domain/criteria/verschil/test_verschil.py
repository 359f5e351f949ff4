"""What changes between editions: every key has a rule, and each rule tells stricter from looser."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest

from inkoop.domain.criteria import criterium
from inkoop.domain.criteria.criterium import (
    AlleVan,
    Criterium,
    EenToets,
    EenVan,
    Gebied,
    Groep,
    Herstelbaarheid,
    Locatietoets,
    Moment,
    Peilmoment,
    Per,
    Regiotabel,
    Toepassing,
    Toepassingsbereik,
    Vraag,
)
from inkoop.domain.criteria.verschil.richting import COMBINATIES, RICHTINGEN, Richting
from inkoop.domain.criteria.verschil.vergelijking import Verschilsoort, compare_criteria, compare_edities, write_waarde
from tests.domain.test_lezing import CERTIFICAAT, DOCUMENT, GETAL, REGISTER, UITSLUITING
from tests.domain.test_scenariospel import BEOORDELING, ERVARING, make_set

ZELF_VERGELEKEN = {Criterium: {"id", "alleen", "toets"}, AlleVan: {"delen"}, EenVan: {"delen"}}


@pytest.mark.parametrize("blok", [Criterium, Toepassingsbereik, *EenToets.__args__], ids=lambda blok: blok.__name__)
def test_every_key_of_every_kind_has_a_rule(blok):
    """A new key gets a rule in inkoop/domain/criteria/verschil/richting.py: does more of it ask more?"""
    sleutels = set(blok.__struct_fields__) - ZELF_VERGELEKEN.get(blok, set())
    assert sleutels == set(RICHTINGEN.get(blok, {}))


def test_every_combinator_says_what_a_part_more_does():
    met_delen = {soort for soort in EenToets.__args__ if "delen" in soort.__struct_fields__}
    assert met_delen == set(COMBINATIES)


def compare(oud, nieuw):
    """The kind of change from one toets to another."""
    een, twee = (make_set(toets).criteria[0] for toets in (oud, nieuw))
    verschil = compare_criteria(een, twee)
    return None if verschil is None else verschil.soort.value


def change(toets, **anders):
    return msgspec.structs.replace(toets, **anders)


PAREN = [
    (DOCUMENT, change(DOCUMENT, max_leeftijd_maanden=3), "strenger"),
    (DOCUMENT, change(DOCUMENT, max_leeftijd_maanden=None), "soepeler"),
    (DOCUMENT, change(DOCUMENT, onderdelen=("a",)), "strenger"),
    (DOCUMENT, change(DOCUMENT, op_naam=False), "soepeler"),
    (DOCUMENT, change(DOCUMENT, niet_ouder_dan=date(2020, 1, 1)), "strenger"),
    (DOCUMENT, change(DOCUMENT, document="anders"), "gewijzigd"),
    (DOCUMENT, change(DOCUMENT, peilmoment=Peilmoment.INGANG), "gewijzigd"),
    (DOCUMENT, change(DOCUMENT, max_leeftijd_maanden=3, op_naam=False), "gewijzigd"),
    (GETAL, change(GETAL, minimum=Decimal(16)), "strenger"),
    (GETAL, change(GETAL, minimum=Decimal(14)), "soepeler"),
    (GETAL, change(GETAL, maximum=Decimal(40)), "strenger"),
    (ERVARING, change(ERVARING, minimum_clienten=2), "strenger"),
    (ERVARING, change(ERVARING, periode_maanden=48), "soepeler"),
    (CERTIFICAAT, change(CERTIFICAAT, gelijkwaardig=("ISO 9001", "Kiwa")), "soepeler"),
    (CERTIFICAAT, change(CERTIFICAAT, gelijkwaardig=()), "strenger"),
    (CERTIFICAAT, change(CERTIFICAAT, geldig_op=(Peilmoment.SLUITING,)), "soepeler"),
    (CERTIFICAAT, change(CERTIFICAAT, registerstatus_vereist=False), "soepeler"),
    (CERTIFICAAT, change(CERTIFICAAT, scope_per_perceel={"1A": ("zorg",)}), "strenger"),
    (CERTIFICAAT, change(CERTIFICAAT, scope_per_perceel={}), "soepeler"),
    (REGISTER, change(REGISTER, alle=True), "strenger"),
    (REGISTER, change(REGISTER, registers=("AGB",)), "strenger"),
    (change(REGISTER, alle=True), change(REGISTER, alle=True, registers=("AGB",)), "soepeler"),
    (UITSLUITING, change(UITSLUITING, zelfreiniging_mogelijk=False), "strenger"),
    (BEOORDELING, change(BEOORDELING, vragen=(*BEOORDELING.vragen, Vraag(id="v2", tekst="Ook?"))), "strenger"),
    (BEOORDELING, change(BEOORDELING, vragen=(Vraag(id="v1", tekst="Is het anders?"),)), "gewijzigd"),
    (DOCUMENT, GETAL, "gewijzigd"),
    (AlleVan(delen=(DOCUMENT, GETAL)), AlleVan(delen=(GETAL,)), "soepeler"),
    (EenVan(delen=(DOCUMENT, GETAL)), EenVan(delen=(GETAL,)), "strenger"),
    (EenVan(delen=(DOCUMENT, GETAL)), EenVan(delen=(change(DOCUMENT, op_naam=False), GETAL)), "soepeler"),
    (DOCUMENT, DOCUMENT, None),
]


@pytest.mark.parametrize(("oud", "nieuw", "soort"), PAREN)
def test_a_change_of_a_toets_is_stricter_or_looser(oud, nieuw, soort):
    assert compare(oud, nieuw) == soort


@pytest.mark.parametrize(("oud", "nieuw", "soort"), PAREN)
def test_the_way_back_is_the_opposite(oud, nieuw, soort):
    omgekeerd = {"strenger": "soepeler", "soepeler": "strenger"}
    assert compare(nieuw, oud) == omgekeerd.get(soort, soort)


@pytest.mark.parametrize(
    ("oud", "nieuw", "soort"),
    [
        ({"eis": "A."}, {"eis": "B."}, "verwoord"),
        ({"motivering": "A."}, {"motivering": "B."}, "verwoord"),
        ({"herstelbaar": Herstelbaarheid.VRIJ}, {"herstelbaar": Herstelbaarheid.NEE}, "strenger"),
        ({"toepassing": Toepassing.ELK_LID}, {"toepassing": Toepassing.ELKE_UITVOERDER}, "strenger"),
        ({"toepassing": Toepassing.GEZAMENLIJK}, {"toepassing": Toepassing.ELK_LID}, "gewijzigd"),
        ({"beroep_op_derden": False}, {"beroep_op_derden": True}, "gewijzigd"),
        ({"groep": Groep.MINIMUMEIS}, {"groep": Groep.INFORMATIEF}, "soepeler"),
        ({"per": Per.PERCEEL}, {"per": Per.PRODUCT}, "gewijzigd"),
        ({"momenten": (Moment.TOELATING,)}, {"momenten": (Moment.TOELATING, Moment.JAARLIJKS)}, "strenger"),
        ({"alleen": Toepassingsbereik()}, {"alleen": Toepassingsbereik(percelen=("1A",))}, "soepeler"),
        (
            {"alleen": Toepassingsbereik(percelen=("1A",))},
            {"alleen": Toepassingsbereik(percelen=("1A", "1B"))},
            "strenger",
        ),
        (
            {"eis": "A.", "herstelbaar": Herstelbaarheid.NEE},
            {"eis": "B.", "herstelbaar": Herstelbaarheid.VRIJ},
            "soepeler",
        ),
    ],
)
def test_a_change_around_the_toets_is_weighed_too(oud, nieuw, soort):
    basis = make_set(DOCUMENT).criteria[0]
    verschil = compare_criteria(change(basis, **oud), change(basis, **nieuw))
    assert verschil is not None
    assert verschil.soort.value == soort


def editie(*criteria, regios=(), naam="1"):
    return msgspec.structs.replace(make_set(DOCUMENT), criteria=criteria, regios=regios, editie=naam)


def make(id, toets=DOCUMENT, **anders):
    return msgspec.structs.replace(make_set(toets).criteria[0], id=id, **anders)


def test_added_removed_and_unchanged_criteria_are_told_apart_and_a_renamed_one_is_pointed_out():
    oud = editie(make("A"), make("B", GETAL), make("C", REGISTER))
    nieuw = editie(make("A"), make("D", GETAL), make("E", UITSLUITING), naam="2")
    verschil = compare_edities(oud, nieuw)
    assert [(c.criterium, c.soort, c.lijkt_op) for c in verschil.criteria] == [
        ("D", Verschilsoort.TOEGEVOEGD, "B"),
        ("E", Verschilsoort.TOEGEVOEGD, None),
        ("B", Verschilsoort.VERVALLEN, None),
        ("C", Verschilsoort.VERVALLEN, None),
    ]
    assert verschil.ongewijzigd == ("A",)
    assert (verschil.oud, verschil.nieuw) == ("proef/1", "proef/2")


@pytest.mark.parametrize(
    ("momenten", "raakt", "woorden"),
    [
        ((Moment.TOELATING,), False, "Wie al is toegelaten, merkt hier niets van."),
        ((Moment.TOELATING, Moment.JAARLIJKS), True, "bij de eerstvolgende jaarlijkse controle"),
        ((Moment.DOORLOPEND,), True, "zodra deze editie geldt"),
        ((Moment.BIJ_WIJZIGING,), True, "bij de eerstvolgende wijziging"),
    ],
)
def test_it_is_said_whether_who_is_admitted_is_touched_and_when(momenten, raakt, woorden):
    oud = editie(make("A", momenten=momenten))
    (verschil,) = compare_edities(oud, editie(make("A", change(DOCUMENT, op_naam=False), momenten=momenten))).criteria
    assert verschil.raakt_bestaande is raakt
    assert woorden in verschil.gevolg
    (woordelijk,) = compare_edities(oud, editie(make("A", momenten=momenten, eis="Anders."))).criteria
    assert woordelijk.raakt_bestaande is False


def test_a_changed_region_touches_the_criteria_that_look_at_it():
    def regio(*gemeenten):
        return Regiotabel(naam="streek", bron="x", gebieden=tuple(Gebied(gemeente=g) for g in gemeenten))

    locatie = Locatietoets(functie="verblijf", regio="streek", peilmoment=Peilmoment.INGANG)
    criteria = (make("A"), make("L", EenVan(delen=(locatie, DOCUMENT))))
    ruimer = compare_edities(
        editie(*criteria, regios=(regio("Vught"),)), editie(*criteria, regios=(regio("Vught", "Boxtel"),))
    )
    assert [(c.criterium, c.soort) for c in ruimer.criteria] == [("L", Verschilsoort.SOEPELER)]
    (algemeen,) = ruimer.algemeen
    assert (algemeen.oud, algemeen.nieuw, algemeen.richting) == ("Vught", "Vught; Boxtel", (Richting.SOEPELER,))


def test_the_same_edition_has_no_difference():
    verschil = compare_edities(editie(make("A")), editie(make("A")))
    assert (verschil.algemeen, verschil.criteria) == ((), ())


@pytest.mark.parametrize(
    ("waarde", "woorden"),
    [
        (None, "niet gevraagd"),
        (True, "ja"),
        (False, "nee"),
        ((), "geen"),
        (("a", "b"), "a, b"),
        (date(2020, 3, 31), "31 maart 2020"),
        ({"1A": ("a", "b")}, "1A: a, b"),
        (Herstelbaarheid.VRIJ, "bewijs mag nog komen, ook als het later is gemaakt"),
        (Moment.BIJ_WIJZIGING, "bij wijziging"),
        ((Vraag(id="v", tekst="Ja?"),), "v: Ja?"),
    ],
)
def test_values_are_written_in_words(waarde, woorden):
    assert write_waarde(waarde) == woorden


def test_no_choice_of_the_language_is_written_as_its_key():
    for naam, soort in vars(criterium).items():
        if isinstance(soort, type) and issubclass(soort, criterium.StrEnum) and soort is not criterium.StrEnum:
            assert all("_" not in write_waarde(lid) for lid in soort), naam


def test_no_enum_or_struct_of_the_language_is_written_as_python():
    for naam, soort in vars(criterium).items():
        if isinstance(soort, type) and issubclass(soort, criterium.StrEnum) and soort is not criterium.StrEnum:
            assert all("." not in write_waarde(lid) for lid in soort), naam
