"""Whether evidence of an earlier round is still valid: for each kind of evidence the boundary of its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.domain.criteria.criterium import Moment, Partijentoets, Peilmoment
from inkoop.domain.criteria.dossier import EenFeit
from inkoop.domain.criteria.soorten import list_structs
from inkoop.domain.hergebruik import _REGELS, weigh_hergebruik

PEILDATUMS = {
    Peilmoment.INDIENING: date(2020, 9, 1),
    Peilmoment.SLUITING: date(2020, 9, 30),
    Peilmoment.BESLUIT: date(2020, 11, 14),
    Peilmoment.INGANG: date(2021, 1, 1),
    Peilmoment.LOOPTIJD: date(2024, 12, 31),
}
KOP = """\
titel: Proef
wet: wmo
bron: proef
regios:
  - naam: hier
    bron: proef
    gebieden: [{gemeente: Vught}]
criteria:
"""
CRITERIUM = """\
  - id: P-01
    titel: Proef
    eis: Een eis.
    bron: proef
    groep: geschiktheidseis
    per: perceel
    alleen: alles
    toepassing: gezamenlijk
    momenten: [toelating]
    herstelbaar: bewijs_bestond_al
    motivering: Omdat het moet.
    bewijs: Een stuk.
    toets: {toets}
"""
CERTIFICAAT = (
    "{soort: certificaat, norm: HKZ, gelijkwaardig: [ISO 9001], geldig_op: [MOMENTEN], registerstatus_vereist: nee,"
    " gelijkwaardigheidsvragen: [{id: v1, tekst: Is het gelijk?}]}"
)
VAST = {
    "id": "a#1",
    "lid": None,
    "bewijs": ["a"],
    "herkomst": "opgegeven",
    "ontvangen_op": "2020-01-01",
    "aanleiding": "indiening",
}
DOCUMENT = "{soort: document, document: uittreksel, peilmoment: sluiting, op_naam: nee, EXTRA}"
VERKLARING = "{soort: verklaring, verklaring: uea, peilmoment: indiening, bevoegd_ondertekend: nee}"
GEVALLEN: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # the toets, the fact at its last good day, and what makes it a day off
    (
        CERTIFICAAT.replace("MOMENTEN", "sluiting, ingang"),
        {"soort": "certificaat", "norm": "HKZ", "van": "2018-01-01", "tot": "2021-01-01", "scope": []},
        {"tot": "2020-12-31"},
    ),
    (
        CERTIFICAAT.replace("MOMENTEN", "sluiting, looptijd"),
        {"soort": "certificaat", "norm": "HKZ", "van": "2018-01-01", "tot": "2020-09-30", "scope": []},
        {"tot": "2020-09-29"},
    ),
    (
        CERTIFICAAT.replace("MOMENTEN", "looptijd"),
        {"soort": "certificaat", "norm": "iso 9001", "van": "2018-01-01", "tot": "2020-09-30", "scope": []},
        {"tot": "2020-09-29"},
    ),
    (
        CERTIFICAAT.replace("MOMENTEN", "sluiting"),
        {
            "soort": "certificaat",
            "norm": "HKZ",
            "van": "2018-01-01",
            "tot": "2024-01-01",
            "scope": [],
            "registerstatus": "actief",
        },
        {"registerstatus": "geschorst"},
    ),
    (
        DOCUMENT.replace("EXTRA", "max_leeftijd_maanden: 6"),
        {"soort": "document", "document": "Uittreksel", "datum": "2020-03-30"},
        {"datum": "2020-03-29"},
    ),
    (
        DOCUMENT.replace("EXTRA", "max_leeftijd_maanden: 6, leeftijd_op: ingang"),
        {"soort": "document", "document": "uittreksel", "datum": "2020-07-01"},
        {"datum": "2020-06-30"},
    ),
    (
        DOCUMENT.replace("EXTRA", "niet_ouder_dan: 2020-01-01"),
        {"soort": "document", "document": "uittreksel", "datum": "2020-01-01"},
        {"datum": "2019-12-31"},
    ),
    (
        DOCUMENT.replace("EXTRA", 'versies: ["2020"]'),
        {"soort": "document", "document": "uittreksel", "datum": "2020-01-01", "versie": "2020"},
        {"versie": "2019"},
    ),
    (
        DOCUMENT.replace(", EXTRA", ""),
        {"soort": "document", "document": "uittreksel", "datum": "2020-09-30"},
        {"datum": "2020-10-01"},
    ),
    (
        "{soort: beoordeling, document: plan, peilmoment: sluiting, vragen: [{id: v1, tekst: Goed?}]}",
        {"soort": "document", "document": "plan", "datum": "2020-09-30"},
        {"datum": "2020-10-01"},
    ),
    (
        VERKLARING,
        {"soort": "verklaring", "verklaring": "uea", "datum": "2020-09-01", "ondertekend": True},
        {"datum": "2020-09-02"},
    ),
    (
        "{soort: ervaring, minimum_clienten: 1, periode_maanden: 36, peilmoment: sluiting, ervaring_bereik: totaal}",
        {"soort": "ervaring", "product": "IB-basis", "clienten": 2, "van": "2017-01-01", "tot": "2017-09-30"},
        {"tot": "2017-09-29"},
    ),
    (
        "{soort: locatie, functie: verblijf, regio: hier, peilmoment: ingang}",
        {
            "soort": "locatie",
            "functie": "verblijf",
            "plaats": "Vught",
            "gemeente": "Vught",
            "van": "2016-01-01",
            "tot": "2021-01-01",
        },
        {"tot": "2020-12-31"},
    ),
    (
        "{soort: personeel, kwalificaties: [hbo], minimum: 1, peilmoment: ingang}",
        {
            "soort": "personeel",
            "product": "IB-basis",
            "kwalificatie": "hbo",
            "aantal": 2,
            "van": "2016-01-01",
            "tot": "2021-01-01",
        },
        {"tot": "2020-12-31"},
    ),
    (
        "{soort: getal, grootheid: plaatsen, minimum: 15, peilmoment: sluiting}",
        {"soort": "getal", "grootheid": "plaatsen", "waarde": "15", "van": "2016-01-01", "tot": "2020-09-30"},
        {"tot": "2020-09-29"},
    ),
    (
        "{soort: register, registers: [AGB], alle: ja, peilmoment: ingang}",
        {
            "soort": "registratie",
            "register": "agb",
            "nummer": "98000201",
            "status": "actief",
            "van": "2015-01-01",
            "tot": "2021-01-01",
            "gezien_op": "2020-03-01",
        },
        {"tot": "2020-12-31"},
    ),
    (
        "{soort: uitsluiting, uitsluitingsgrond: faillissement, peilmoment: indiening, zelfreiniging_mogelijk: ja}",
        {"soort": "uitsluiting", "uitsluitingsgrond": "faillissement", "van_toepassing": False, "datum": "2020-09-01"},
        {"datum": "2020-09-02"},
    ),
]


def weigh(map_: Path, toets: str, *feiten: dict[str, Any], moment: Moment = Moment.TOELATING):
    pad = map_ / "proef.yaml"
    pad.write_text(KOP + CRITERIUM.replace("{toets}", toets), encoding="utf-8")
    gelezen = [msgspec.convert({**VAST, **feit}, EenFeit) for feit in feiten]
    return weigh_hergebruik(load_criteriaset(pad), gelezen, PEILDATUMS, moment)


@pytest.mark.parametrize(("toets", "feit", "een_dag"), GEVALLEN)
def test_evidence_is_of_use_up_to_its_last_day_and_not_a_day_longer(tmp_path, toets, feit, een_dag):
    (goed,) = weigh(tmp_path, toets, feit)
    assert (goed.bruikbaar, goed.redenen) == (True, ())
    (voorbij,) = weigh(tmp_path, toets, {**feit, **een_dag})
    assert not voorbij.bruikbaar
    assert len(voorbij.redenen) == 1
    assert voorbij.redenen[0].endswith(".")
    assert ".." not in voorbij.redenen[0]


def test_one_thing_in_a_file_that_still_holds_is_enough(tmp_path):
    toets = CERTIFICAAT.replace("MOMENTEN", "sluiting")
    oud = {"soort": "certificaat", "norm": "HKZ", "van": "2015-01-01", "tot": "2018-01-01", "scope": []}
    nieuw = {**oud, "id": "a#2", "van": "2018-01-01", "tot": "2021-01-01"}
    (stand,) = weigh(tmp_path, toets, oud, nieuw)
    assert stand.bruikbaar


def test_a_criterium_that_does_not_ask_for_it_says_nothing(tmp_path):
    ander = {"soort": "document", "document": "meldcode", "datum": "2019-01-01"}
    assert weigh(tmp_path, DOCUMENT.replace(", EXTRA", ""), ander) == ()


def test_a_mark_that_no_criterium_names_may_serve_each_that_asks_one(tmp_path):
    toets = CERTIFICAAT.replace("MOMENTEN", "sluiting")
    merk = {"soort": "certificaat", "norm": "Eigen merk", "van": "2018-01-01", "tot": "2021-01-01", "scope": []}
    assert [stand.bruikbaar for stand in weigh(tmp_path, toets, merk)] == [True]
    samen = f"{{soort: alle_van, delen: [{toets}, {toets.replace('norm: HKZ', 'norm: Eigen merk')}]}}"
    assert [stand.bruikbaar for stand in weigh(tmp_path, samen, merk)] == [True]


def test_at_a_change_only_criteria_of_that_moment_look_at_it(tmp_path):
    feit = {"soort": "document", "document": "uittreksel", "datum": "2020-03-30"}
    assert weigh(tmp_path, DOCUMENT.replace(", EXTRA", ""), feit, moment=Moment.BIJ_WIJZIGING) == ()


def test_every_kind_that_looks_at_evidence_says_until_when_it_is_of_use():
    assert set(_REGELS) == list_structs() - {Partijentoets}
