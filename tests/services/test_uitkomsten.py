"""Every worked example, played by people and flows through the services, comes out as it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo.groepen import group_scenarios
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.bevinding import Bevinding, Feitenbasis, Toetsresultaat
from inkoop.domain.criteria.dossier import Herkomst
from inkoop.domain.procedure import Fase
from inkoop.domain.scenario import Scenario, VerwachteUitkomst
from inkoop.domain.verloop import Besluitstatus
from inkoop.services import aanmeldingen, besluiten, feiten, overeenkomsten, toetsen
from inkoop.services.besluitbrieven import AFDOENINGEN
from inkoop.settings import CHECKOUT
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.toets import ToetsRow
from tests.services.conftest import Speel
from tests.services.proefspel import Proefspel
from tests.services.proefspel import find_zaak as find_kenmerk

ZAKEN = [
    ("variant-a", "M1"),
    ("variant-a", "M2"),
    ("variant-a", "M3"),
    ("variant-a", "M4"),
    ("variant-a", "M5"),
    ("variant-a", "M6"),
    ("variant-b", "M2"),
    ("variant-b", "M3"),
    ("variant-b-per-categorie", "M5"),
]


def find_zaak(spel: Proefspel, zaak: str) -> tuple[str, Scenario]:
    ((kenmerk, scenario),) = [paar for paar in spel.spel.zaken.items() if paar[1].zaak == zaak]
    return kenmerk, scenario


def list_passend(regel: VerwachteUitkomst, bevindingen: Iterable[Bevinding]) -> list[Bevinding]:
    return [
        b
        for b in bevindingen
        if b.criterium == regel.criterium
        and (not regel.percelen or b.perceel in (None, *regel.percelen))
        and regel.product in (None, b.product)
        and regel.lid in (None, b.lid)
    ]


def check_regels(regels: Iterable[VerwachteUitkomst], resultaat: Toetsresultaat) -> None:
    for regel in regels:
        passend = list_passend(regel, resultaat.bevindingen)
        assert passend, regel
        assert {b.uitkomst for b in passend} == {regel.uitkomst}, regel
        assert regel.grond is None or {b.grond for b in passend} == {regel.grond}, regel


def test_every_variant_of_every_case_is_played(speel: Speel):
    groepen = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))
    assert sorted((groep.naam, s.zaak) for groep in groepen for s in groep.scenarios) == sorted(ZAKEN)
    assert sorted((naam, s.zaak) for naam in {g for g, _ in ZAKEN} for s in speel(naam).spel.zaken.values()) == sorted(
        ZAKEN
    )


@pytest.mark.parametrize(("groep", "zaak"), ZAKEN)
def test_a_played_case_is_decided_as_it_says(groep: str, zaak: str, speel: Speel):
    kenmerk, scenario = find_zaak(speel(groep), zaak)
    with speel(groep).huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        if rij.status in AFDOENINGEN:
            gevonden = {(None, AFDOENINGEN[rij.status].value, frozenset())}
        else:
            gevonden = {
                (b.perceel, b.soort.value, frozenset(besluiten.decode_voorstel(b).producten))
                for b in besluiten.list_geldig(sessie, rij)
            }
    assert gevonden == {(b.perceel, b.besluit, frozenset(b.producten)) for b in scenario.verwacht.besluiten}


@pytest.mark.parametrize(("groep", "zaak"), ZAKEN)
def test_a_played_case_yields_the_findings_it_says(groep: str, zaak: str, speel: Speel):
    kenmerk, scenario = find_zaak(speel(groep), zaak)
    with speel(groep).huis.winkel.lezen() as sessie:
        laatste = toetsen.find_laatste(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk))
    assert (laatste is None) == (not scenario.verwacht.uitkomsten)
    if laatste is not None:
        check_regels(scenario.verwacht.uitkomsten, toetsen.decode_resultaat(laatste))


@pytest.mark.parametrize(("groep", "zaak"), [z for z in ZAKEN if z[1] == "M4"])
def test_a_played_case_asks_first_for_the_repair_it_says(groep: str, zaak: str, speel: Speel):
    kenmerk, scenario = find_zaak(speel(groep), zaak)
    assert scenario.verwacht.eerste_toets
    with speel(groep).huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        alle = sessie.exec(select(ToetsRow).where(ToetsRow.aanmelding_id == rij.id).order_by(ToetsRow.volgnummer)).all()
    open_ = [toetsen.decode_resultaat(t) for t in alle if t.herstelverloop.value == "open"]
    check_regels(scenario.verwacht.eerste_toets, open_[-1])


@pytest.mark.parametrize("groep", sorted({groep for groep, _ in ZAKEN}))
def test_every_besluit_of_a_played_round_was_sent(groep: str, speel: Speel):
    spel = speel(groep)
    with spel.huis.winkel.lezen() as sessie:
        for kenmerk in spel.spel.zaken:
            for besluit in besluiten.list_geldig(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk)):
                assert besluit.status is Besluitstatus.VERZONDEN
                assert besluit.genomen_op is not None
                assert besluit.verzonden_op is not None


@pytest.mark.parametrize("groep", sorted({groep for groep, _ in ZAKEN}))
def test_the_audit_log_of_a_played_round_is_whole(groep: str, speel: Speel):
    controle = check_keten(speel(groep).huis.winkel)
    assert controle.fouten == ()
    assert controle.aantal > 50


@pytest.mark.parametrize("fase", list(Fase))
def test_a_tick_that_is_run_twice_changes_nothing_the_second_time(fase: Fase, speel: Speel):
    gedaan = [h for groep in sorted({g for g, _ in ZAKEN}) for h in speel(groep).herhalingen if h.fase is fase]
    assert any(h.eerste for h in gedaan), "no tick of this fase did anything the first time"
    assert [h for h in gedaan if h.tweede or h.gewijzigd] == []


@pytest.mark.parametrize("groep", ["variant-a", "variant-b", "variant-b-per-categorie"])
def test_no_besluit_rests_on_a_fact_that_is_only_stated(groep: str, speel: Speel):
    with speel(groep).huis.winkel.lezen() as sessie:
        gezien = 0
        for kenmerk in speel(groep).spel.zaken:
            rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
            for besluit in besluiten.list_besluiten(sessie, rij):
                resultaat = msgspec.json.decode(
                    sessie.exec(select(ToetsRow).where(ToetsRow.id == besluit.toets_id)).one().resultaat,
                    type=Toetsresultaat,
                )
                assert resultaat.feitenbasis is Feitenbasis.VASTGESTELD
                assert not [b for b in resultaat.bevindingen if b.grond == "feit-nog-vast-te-stellen"]
                gezien += 1
            if besluiten.list_besluiten(sessie, rij):
                assert {f.herkomst for f in feiten.list_dossierfeiten(sessie, rij)} == {Herkomst.VASTGESTELD}
    assert gezien


def test_a_condition_that_is_met_supersedes_the_conditional_besluit(speel: Speel):
    spel = speel("variant-a")
    with spel.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, find_kenmerk(spel, "M2"))
        verloop = [(b.soort, b.status) for b in besluiten.list_besluiten(sessie, rij)]
        overeenkomst = overeenkomsten.find_by_aanmelding(sessie, rij)
    assert verloop == [
        (Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE, Besluitstatus.VERVANGEN),
        (Besluitsoort.TOEGELATEN, Besluitstatus.VERZONDEN),
    ]
    assert overeenkomst is not None


def test_a_condition_that_is_not_met_ends_the_admission_without_an_agreement(speel: Speel):
    spel = speel("variant-b")
    with spel.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, find_kenmerk(spel, "M2"))
        alle = besluiten.list_besluiten(sessie, rij)
        assert overeenkomsten.find_by_aanmelding(sessie, rij) is None
    assert [b.soort for b in alle] == [Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE, Besluitsoort.TOELATING_VERVALLEN]
    assert [b.status for b in alle] == [Besluitstatus.VERVANGEN, Besluitstatus.VERZONDEN]
    assert alle[0].voorwaarde_tot == date(2020, 6, 19)
    assert alle[1].verzonden_op is not None
    assert alle[1].verzonden_op.date() > date(2020, 6, 19)
