"""The cases of F.2 and F.3, the fixed criteria of F.0, and the rows of A, typed over by hand.

Nothing here reads what a scenario file expects: the cases are played blind.
"""

import re

import msgspec
import pytest

from inkoop.domain.criteria.criterium import (
    AlleVan,
    Criteriaset,
    Criterium,
    EenVan,
    Groep,
    Herstelbaarheid,
    Moment,
    Peilmoment,
    Per,
    Toepassing,
    Verklaringtoets,
)
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.lezing import list_peilmomenten
from tests.scenarios.spelers import SCENARIOS, SETS, find_criterium, find_set, list_afwijkend, play, play_blind

G03 = ("G03-IND", "G03-GRP", "G03-RES")
BW = ("BW-gemengd", "BW-prikkelarm")
TOE, AF = "toegelaten", "afgewezen"
GEEN_COMBINATIE_19 = {("H-07", None, None): "nvt"}
GEEN_COMBINATIE_21 = {("U-05", None, None): "nvt"}

# F.2 and F.3: the decision per perceel, and every finding of the last toets that is not voldoet.
ZAKEN = {
    # H1: H-01..H-06 voldoet, contract for 1a, 2a, 5a
    "H1a": ({"WB": (TOE, ("1a", "2a", "5a"))}, GEEN_COMBINATIE_19),
    # H2, a mutatie: H-02 and H-03 hold for what is added: 3a and 3b
    "H2a": ({"WB": (TOE, ("3a", "3b"))}, GEEN_COMBINATIE_19),
    # H3: the second application, admitted 6a and 6b only
    "H3a": ({"WB": (TOE, ("6a", "6b"))}, GEEN_COMBINATIE_19),
    # H4: U-02 repaired, certificate names the applicant too: admitted
    "H4a": ({"WB": (TOE, ("1a", "6a"))}, GEEN_COMBINATIE_19),
    # H4 variant: certificate of the holding only, default H-03 voldoet_niet
    "H4b": ({"WB": (AF, ())}, GEEN_COMBINATIE_19 | {("H-03", None, "zonneroos"): "voldoet_niet"}),
    # H5: rejected on H-01 only, confirmed or unanswered; H-06 plays no part
    "H5a": ({"WB": (AF, ())}, GEEN_COMBINATIE_19 | {("H-01", None, None): "voldoet_niet"}),
    "H5b": ({"WB": (AF, ())}, GEEN_COMBINATIE_19 | {("H-01", None, None): "voldoet_niet"}),
    # H6: 2b and 5c, no ground of rejection in the optional cell
    "H6a": ({"WB": (TOE, ("2b", "5c"))}, GEEN_COMBINATIE_19),
    # J1: B-01, B-02, B-03 in order
    "J1a": ({"G03": (TOE, G03)}, {}),
    # J2: B-02 voldoet_niet under the default; relaxed (BP-09) it competes
    "J2a": ({"G03": (AF, ())}, GEEN_COMBINATIE_21 | {("B-02", None, None): "voldoet_niet"}),
    "J2b": ({"G03": (TOE, G03)}, GEEN_COMBINATIE_21 | {("B-02", None, None): "voldoet_niet"}),
    # J3: 14 of 15 places; 15 from 2021-06-28
    "J3a": ({"BW": (AF, ())}, GEEN_COMBINATIE_21 | {("W-01", None, None): "voldoet_niet"}),
    "J3b": ({"BW": (TOE, BW)}, GEEN_COMBINATIE_21),
    # J4: in order when it withdraws
    "J4a": ({"SP": (TOE, ("SP-intramuraal", "SP-ambulant"))}, {}),
    # J5: 'tenzij', the jurist decides: voldoet when the table shows who is responsible
    "J5a": ({"VV": (TOE, ("VV-EED",))}, GEEN_COMBINATIE_21),
    "J5b": ({"VV": (AF, ())}, GEEN_COMBINATIE_21 | {("J-01", "VV-EED", None): "voldoet_niet"}),
    # J6: signed copy of 06-22 in time; a copy of 07-08 does not count
    "J6a": ({"DB": (TOE, ("DB-dagdeel",))}, GEEN_COMBINATIE_21),
    "J6b": ({"DB": (AF, ())}, GEEN_COMBINATIE_21 | {("D-01", None, None): "voldoet_niet"}),
}

# F.2 and F.3: what the first toets yields where repair or judgement follows.
EERSTE = {
    "H4a": {("U-02", None, "zonneroos"): ("herstelbaar", "andere-naam")},
    "H4b": {
        ("U-02", None, "zonneroos"): ("herstelbaar", "andere-naam"),
        ("H-03", None, "zonneroos"): ("te_beoordelen", "andere-entiteit"),
    },
    "H5a": {("H-01", None, None): ("herstelbaar", "voorbehoud")},
    "J2a": {("B-02", None, None): ("voldoet_niet", "partijen-tekort")},
    "J3a": {("W-01", None, None): ("voldoet_niet", "getal-te-laag")},
    "J5a": {("J-01", "VV-EED", None): ("te_beoordelen", "tenzij")},
    "J6a": {("D-01", None, None): ("herstelbaar", "niet-ondertekend")},
    "J6b": {("D-01", None, None): ("herstelbaar", "niet-ondertekend")},
}


@pytest.mark.parametrize("naam", ZAKEN)
def test_a_case_of_f2_and_f3_is_decided_as_it_says(naam: str) -> None:
    besluiten, afwijkend = ZAKEN[naam]
    verslag = play_blind(naam)
    assert {b.perceel: (b.besluit, b.producten) for b in verslag.besluiten} == besluiten
    gevonden = {
        (criterium, product, None if uitkomst == "nvt" else lid): uitkomst
        for (criterium, _, product, lid), (uitkomst, _) in list_afwijkend(verslag.laatste).items()
        if uitkomst != "voldoet"
    }
    assert gevonden == afwijkend


@pytest.mark.parametrize("naam", EERSTE)
def test_the_first_toets_of_a_case_asks_what_it_says(naam: str) -> None:
    gevonden = {
        (criterium, product, lid): uitkomst
        for (criterium, _, product, lid), uitkomst in list_afwijkend(play_blind(naam).eerste).items()
        if uitkomst[0] not in ("nvt", "voldoet") and not (uitkomst[0] == "te_beoordelen" and criterium == "H-02")
    }
    assert gevonden == EERSTE[naam]


def explain(naam: str, criterium: str) -> str:
    """The sentences of the one finding of this criterium that falls short."""
    laatste = play_blind(naam).laatste
    assert laatste is not None
    (tekst,) = {b.toelichting for b in laatste.bevindingen if b.criterium == criterium and b.uitkomst == "voldoet_niet"}
    return tekst


@pytest.mark.parametrize(
    ("naam", "criterium", "woorden"),
    [
        ("H4b", "H-03", ("Zonneroos Holding B.V.", "Stichting Zonneroos Zorg", "Een jurist heeft beslist")),
        ("H5a", "H-01", ("voorbehoud", "Na de vraag om verduidelijking")),
        ("J2a", "B-02", ("micro of klein", "geen partij")),
        ("J3a", "W-01", ("14", "15")),
        ("J6b", "D-01", ("niet ondertekend namens werkbedrijf", "8 juli 2021", "1 juli 2021")),
    ],
)
def test_a_rejection_says_what_was_seen_and_why_it_is_not_enough(
    naam: str, criterium: str, woorden: tuple[str, ...]
) -> None:
    tekst = explain(naam, criterium)
    assert [woord for woord in woorden if woord not in tekst] == []


def list_uitkomsten(naam: str, criterium: str) -> set[str]:
    """What the last toets of a case finds on one criterium."""
    laatste = play_blind(naam).laatste
    assert laatste is not None
    return {b.uitkomst.value for b in laatste.bevindingen if b.criterium == criterium}


@pytest.mark.dekking("W21-BG-04")
@pytest.mark.parametrize(
    ("naam", "uitkomst"),
    [
        pytest.param("J1a", "voldoet", id="large and small members"),
        pytest.param("BG1a", "voldoet", id="one large aanbieder with a micro onderaannemer"),
        pytest.param("J2a", "voldoet_niet", id="one large aanbieder alone"),
    ],
)
def test_large_and_small_together_is_checked_by_the_classes_of_the_eu(naam: str, uitkomst: str) -> None:
    assert list_uitkomsten(naam, "B-02") == {uitkomst}


@pytest.mark.dekking("W21-BG-05")
@pytest.mark.parametrize(
    ("naam", "uitkomst"),
    [
        pytest.param("BG2a", "voldoet", id="every question has somebody"),
        pytest.param("BG1a", "voldoet", id="an onderaannemer does one of them"),
        pytest.param("BG2b", "voldoet_niet", id="nobody does respite care"),
        pytest.param("BG2e", "voldoet_niet", id="somebody outside the application does one"),
    ],
)
def test_the_coverage_table_shows_who_takes_every_question(naam: str, uitkomst: str) -> None:
    assert list_uitkomsten(naam, "B-01") == {uitkomst}


# F.0: groep and herstelbaar of every fixed criterium.
F0 = {
    "hvb-wmo-2019": {
        "H-01": ("minimumeis", "alleen_verduidelijking"),
        "H-02": ("minimumeis", "bewijs_bestond_al"),
        "H-03": ("geschiktheidseis", "bewijs_bestond_al"),
        "H-04": ("minimumeis", "bewijs_bestond_al"),
        "H-05": ("minimumeis", "bewijs_bestond_al"),
        "H-06": ("informatief", None),
        "H-07": ("formeel", "bewijs_bestond_al"),
    },
    "hvb-2021-begeleiding": {
        "B-01": ("minimumeis", "bewijs_bestond_al"),
        "B-02": ("minimumeis", "nee"),
        "B-03": ("geschiktheidseis", "bewijs_bestond_al"),
        "S-01": ("selectiecriterium", None),
        "S-02": ("selectiecriterium", None),
    },
    "hvb-2021-beschermd-wonen": {
        "W-01": ("minimumeis", "nee"),
        "W-02": ("minimumeis", "alleen_verduidelijking"),
        "W-03": ("geschiktheidseis", "bewijs_bestond_al"),
        "W-04": ("minimumeis", "bewijs_bestond_al"),
    },
    "hvb-jeugd-2021-specialistisch": {"J-01": ("geschiktheidseis", "bewijs_bestond_al")},
    "hvb-jeugd-2021-wonen": {"J-01": ("geschiktheidseis", "bewijs_bestond_al")},
    "hvb-jeugd-2021-dagbehandeling": {"J-01": ("geschiktheidseis", "bewijs_bestond_al")},
    "hvb-jeugd-2021-veelvoorkomend": {"J-01": ("geschiktheidseis", "bewijs_bestond_al")},
    "hvb-2021-dagbesteding": {
        "D-01": ("minimumeis", "bewijs_bestond_al"),
        "D-02": ("minimumeis", "bewijs_bestond_al"),
    },
}
MEIERIJ = {  # groep, per, alleen, toepassing, peilmomenten, herstelbaar
    "U-01": ("formeel", "aanmelding", (), "elk_lid", ("indiening",), "bewijs_bestond_al"),
    "U-02": ("formeel", "aanmelding", (), "elk_lid", ("indiening",), "bewijs_bestond_al"),
    "U-03": ("formeel", "aanmelding", (), "elk_lid", ("indiening",), "bewijs_bestond_al"),
    "U-04": ("formeel", "aanmelding", (), "elk_lid", ("indiening",), "bewijs_bestond_al"),
    "M-01": ("geschiktheidseis", "perceel", (), "gezamenlijk", ("sluiting",), "alleen_verduidelijking"),
    "M-02": ("minimumeis", "perceel", ("verblijf",), "gezamenlijk", ("ingang",), "bewijs_bestond_al"),
    "M-03": ("geschiktheidseis", "perceel", (), "gezamenlijk", ("sluiting", "ingang"), "bewijs_bestond_al"),
    "M-04": ("geschiktheidseis", "perceel", (), "gezamenlijk", ("sluiting",), "bewijs_bestond_al"),
    "M-05": ("geschiktheidseis", "perceel", (), "gezamenlijk", ("sluiting", "ingang"), "bewijs_bestond_al"),
    "M-06": ("geschiktheidseis", "aanmelding", (), "elk_lid", ("sluiting",), "bewijs_bestond_al"),
    "M-07": ("minimumeis", "aanmelding", (), "gezamenlijk", ("ingang",), "bewijs_bestond_al"),
    "M-08": ("geschiktheidseis", "perceel", (), "gezamenlijk", ("ingang",), "bewijs_bestond_al"),
    "M-09": ("minimumeis", "aanmelding", (), "gezamenlijk", ("sluiting",), "bewijs_bestond_al"),
    "M-10": ("minimumeis", "perceel", (), "gezamenlijk", ("sluiting",), "bewijs_bestond_al"),
    "M-11": ("geschiktheidseis", "aanmelding", (), "elk_lid", ("sluiting",), "bewijs_bestond_al"),
    "M-12": ("minimumeis", "perceel", (), "gezamenlijk", ("sluiting",), "bewijs_bestond_al"),
    "M-13": ("minimumeis", "aanmelding", (), "elk_lid", ("sluiting",), "bewijs_bestond_al"),
}


@pytest.mark.parametrize(("set_", "id_"), [(set_, id_) for set_, ids in F0.items() for id_ in ids])
def test_a_fixed_criterium_stands_in_its_set_as_f0_says(set_: str, id_: str) -> None:
    groep, herstelbaar = F0[set_][id_]
    criterium = find_criterium(set_, id_)
    assert criterium.groep == groep
    assert herstelbaar in (None, criterium.herstelbaar)


@pytest.mark.dekking("M20-40")
@pytest.mark.parametrize("id_", MEIERIJ)
def test_a_criterium_of_the_meierij_is_as_f0_says(id_: str) -> None:
    criterium = find_criterium("meierij-wmo", id_)
    assert (
        criterium.groep,
        criterium.per,
        criterium.alleen.kenmerken,
        criterium.toepassing,
        list_peilmomenten(criterium.toets),
        criterium.herstelbaar,
    ) == MEIERIJ[id_]


@pytest.mark.dekking("W21-BW-01", "W21-BW-03", "W21-DB-02")
def test_what_f0_says_of_a_part_or_a_number_is_so() -> None:
    intentie = find_criterium("hvb-2021-dagbesteding", "D-01").toets
    assert isinstance(intentie, Verklaringtoets)
    assert intentie.ondertekening_herstelbaar == "vrij"
    plaatsen = find_criterium("hvb-2021-beschermd-wonen", "W-01").toets
    assert (plaatsen.minimum, plaatsen.peilmoment) == (15, Peilmoment.SLUITING)  # type: ignore[union-attr]
    statuut = find_criterium("hvb-2021-beschermd-wonen", "W-03").toets
    assert len(statuut.onderdelen) == 3  # type: ignore[union-attr]


# A.2 and A.7: the rows that ask something of a provider, and those that do not, with the reason.
VRAGEND_H19 = (14, 24, 30, 31, 32, 41, 42, 44, 47, 48, 49, 50, 52, 53, 54)
RIJEN = {
    "hvb-2021-begeleiding": ("BG", 17, {2: "indeling in gebieden", 13: "looptijd"}),
    "hvb-2021-dagbesteding": ("DB", 8, {7: "welke procedure geldt", 8: "looptijd"}),
    "hvb-2021-beschermd-wonen": (
        "BW",
        26,
        {2: "aantal aanbieders", 13: "taak van de toegang", 22: "looptijd"},
    ),
    "hvb-jeugd-2021-specialistisch": ("SP", 13, {12: "looptijd", 13: "overgang van oude overeenkomsten"}),
    "hvb-jeugd-2021-wonen": (
        "WO",
        14,
        {9: "aantal aanbieders", 13: "looptijd", 14: "overgang van oude overeenkomsten"},
    ),
    "hvb-jeugd-2021-dagbehandeling": ("JD", 13, {12: "looptijd", 13: "overgang van oude overeenkomsten"}),
    "hvb-jeugd-2021-veelvoorkomend": ("VV", 12, {11: "looptijd", 12: "overgang van oude overeenkomsten"}),
}


def list_rijen(set_: str) -> set[str]:
    """Every row of A that a criterium of this set names as its source."""
    return {
        rij
        for criterium in find_set(set_).criteria
        for rij in re.findall(r"(?<![\w-])[A-Z]+\d*-\d\d\b", criterium.bron)
    }


def list_vragende_rijen(set_: str) -> set[str]:
    """The rows of A.7 that ask something of a provider in the system of this set."""
    letters, laatste, vraagt_niets = RIJEN[set_]
    return {f"{letters}-{nummer:02d}" for nummer in range(1, laatste + 1) if nummer not in vraagt_niets}


@pytest.mark.parametrize(
    "set_", [pytest.param(set_, marks=pytest.mark.dekking(*sorted(list_vragende_rijen(set_)))) for set_ in RIJEN]
)
def test_every_row_that_asks_something_of_a_provider_is_the_source_of_a_criterium(set_: str) -> None:
    letters, *_ = RIJEN[set_]
    nodig = list_vragende_rijen(set_)
    genoemd = {rij for rij in list_rijen(set_) if rij.startswith(f"{letters}-")}
    assert genoemd == nodig


@pytest.mark.dekking(*(f"H19-{nummer}" for nummer in VRAGEND_H19))
def test_every_row_of_the_aanhaakmodel_that_asks_something_is_the_source_of_a_criterium() -> None:
    assert {f"H19-{nummer}" for nummer in VRAGEND_H19} <= list_rijen("hvb-wmo-2019")


@pytest.mark.parametrize("set_", [naam for naam in SETS if naam != "meierij-wmo"])
def test_each_criterium_that_comes_from_a_seed_names_its_lines(set_: str) -> None:
    zonder = [
        criterium.id
        for criterium in find_set(set_).criteria
        if re.search(r"\bS[0-4]\b", criterium.bron) and not re.search(r"\bL\d+", criterium.bron)
    ]
    assert zonder == []


# Rules that are broken on purpose: the case that must go red.
def change(set_: str, id_: str, **anders: object) -> Criteriaset:
    """The set with one criterium changed; `toets__x` changes the leaf (the first that has the key)."""
    heel = find_set(set_)
    assert id_ in {criterium.id for criterium in heel.criteria}
    return msgspec.structs.replace(
        heel, criteria=tuple(_change(c, anders) if c.id == id_ else c for c in heel.criteria)
    )


def _change(criterium: Criterium, anders: dict[str, object]) -> Criterium:
    eigen = {naam: waarde for naam, waarde in anders.items() if not naam.startswith("toets__")}
    blad = {naam.removeprefix("toets__"): waarde for naam, waarde in anders.items() if naam.startswith("toets__")}
    toets = criterium.toets
    if isinstance(toets, AlleVan | EenVan):
        delen = [
            msgspec.structs.replace(d, **blad) if set(blad) <= set(d.__struct_fields__) else d for d in toets.delen
        ]
        toets = msgspec.structs.replace(toets, delen=tuple(delen))
    elif blad:
        toets = msgspec.structs.replace(toets, **blad)
    return msgspec.structs.replace(criterium, toets=toets, **eigen)


@pytest.mark.parametrize(
    ("zaak", "id_", "anders"),
    [
        ("H4a", "U-02", {"toets__op_naam": False}),
        ("H4b", "H-03", {"toets__norm": "ISO 27001", "toets__gelijkwaardig": ()}),
        ("H5b", "H-01", {"herstelbaar": Herstelbaarheid.NEE}),
        ("H5c", "H-01", {"herstelbaar": Herstelbaarheid.BEWIJS_BESTOND_AL}),
        ("H5a", "H-06", {"groep": Groep.MINIMUMEIS, "toets__gegevens": ("specialisme",)}),
        ("H7b", "H-07", {"toets__antwoorden": {}}),
        ("H8b", "U-02", {"toets__max_leeftijd_maanden": 7}),
        ("H8d", "H-03", {"toets__geldig_op": (Peilmoment.SLUITING,)}),
        ("H8e", "H-03", {"toets__geldig_op": (Peilmoment.INDIENING,)}),
        ("BG1a", "B-02", {"toets__minimum": 2}),
        ("BG2e", "B-01", {"toets__onderdelen_door": ()}),
        ("BG3a", "B-02", {"herstelbaar": Herstelbaarheid.VRIJ}),
        ("BG4b", "B-03", {"toets__peilmoment": Peilmoment.LOOPTIJD}),
        ("J2b", "B-02", {"toets__minimum": 0}),
        ("J3a", "W-01", {"toets__minimum": 14}),
        ("J3d", "W-01", {"toets__peilmoment": Peilmoment.BESLUIT}),
        ("J3f", "W-01", {"herstelbaar": Herstelbaarheid.VRIJ}),
        ("BW1b", "W-02", {"groep": Groep.INFORMATIEF}),
        ("BW2c", "W-03", {"toepassing": Toepassing.ELK_LID}),
        ("BW3b", "W-06", {"groep": Groep.INFORMATIEF}),
        ("J6b", "D-01", {"herstelbaar": Herstelbaarheid.VRIJ}),
        ("J6c", "D-01", {"toets__ondertekend_door": ()}),
        ("DB1a", "D-05", {"groep": Groep.MINIMUMEIS}),
        ("SP1a", "SP-01", {"toets__minimum": 0}),
        ("SP2d", "SP-05", {"toets__gelijkwaardig": ("Keurmerk Jeugd Goed",)}),
        ("SP2f", "U-03", {"toepassing": Toepassing.ELK_LID}),
        ("WO1e", "J-01", {"per": Per.PERCEEL}),
        ("JD1b", "JD-01", {"per": Per.AANMELDING}),
        ("J5c", "J-01", {"toets__registers": ()}),
        ("J5f", "J-01", {"toets__minimum_aandeel": None}),
    ],
)
def test_a_broken_rule_makes_its_case_red(zaak: str, id_: str, anders: dict[str, object]) -> None:
    assert play(zaak).verschillen == ()
    assert play(zaak, change(SCENARIOS[zaak][0], id_, **anders)).verschillen


@pytest.mark.parametrize("set_", SETS)
def test_every_criterium_that_admission_tests_has_a_case_that_meets_it(set_: str) -> None:
    """And the other way round: no case of a set leaves one out, so a criterium that is lost is seen."""
    alle = [c for c in find_set(set_).criteria if Moment.TOELATING in c.momenten]
    for naam, (eigen, scenario) in SCENARIOS.items():
        if eigen == set_ and scenario.verwacht.uitkomsten:
            moment = Moment.TOELATING if scenario.aanmelding.wijzigt is None else Moment.BIJ_WIJZIGING
            assert {r.criterium for r in scenario.verwacht.uitkomsten} == {
                c.id for c in alle if moment in c.momenten
            }, naam


@pytest.mark.parametrize("set_", SETS)
def test_questions_for_people_have_a_name_of_their_own_in_a_set(set_: str) -> None:
    namen = [
        vraag.id
        for criterium in find_set(set_).criteria
        for blad in list_bladen(criterium.toets)
        for veld in ("vragen", "gelijkwaardigheidsvragen")
        for vraag in getattr(blad, veld, ())
    ]
    assert len(namen) == len(set(namen))
