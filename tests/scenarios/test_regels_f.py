"""The cases of F.3 played together per round and compared line by line, and what a selection asks beside them.

What a case must come to is typed over from domein F: besluiten with their days, reasons, letters, agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Aanmeldingsstatus, Overeenkomststatus
from inkoop.services import dialogen, documenten, terugtrekkingen
from inkoop.services.taken import Taaksoort
from inkoop.storage.audit import check_keten
from tests.scenarios.selectiespel import Scores, Selectieproef, at_tijd, begin_selectie
from tests.scenarios.zaakspel import Zaakspel, Zaakstand, begin_zaken, play_toelating, read_stand
from tests.services.proefspel import find_zaak, make_plaatsvervanger

pytestmark = pytest.mark.slow

SELECTIE = (date(2021, 7, 16), date(2021, 8, 5))
GUNNING = (date(2021, 11, 15), date(2021, 12, 6))  # 5 December is a Sunday
CONTRACT = (date(2023, 1, 1), date(2026, 12, 31))


@pytest.fixture(scope="module", autouse=True)
def _blanco() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
        yield


def read(proef: Selectieproef, zaak: str) -> Zaakstand:
    return read_stand(proef.huis, proef.find(zaak))


def list_soorten(stand: Zaakstand) -> list[tuple[Besluitsoort, str]]:
    return [(b.soort, b.status) for b in stand.besluiten]


def award_alles(proef: Selectieproef) -> None:
    """Proposals of everybody who takes part, the award, its term and the agreements."""
    for kenmerk in proef.read_deelnemers():
        proef.propose(kenmerk)
    proef.award()
    proef.finalise(date(2021, 12, 7))
    proef.work(date(2021, 12, 7), Fase.CONCRETISEREN)
    proef.work(date(2021, 12, 8), Fase.CONTRACTEREN)


# J6: a tender without selection


@pytest.fixture(scope="module")
def dagbesteding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zaakspel]:
    spel = play_toelating(begin_zaken(tmp_path_factory.mktemp("db"), ["J6a", "J6b"]))
    yield spel
    spel.huis.winkel.close()


def test_j6_mends_a_signature_with_a_copy_of_before_closing_and_is_admitted(dagbesteding: Zaakspel):
    stand = read_stand(dagbesteding.huis, find_zaak(dagbesteding, "J6a"))
    (punt,) = stand.read_brief("herstelverzoek").punten  # type: ignore[attr-defined]
    assert punt.criterium == "D-01"
    assert stand.read_brief("ontvangst-aanvulling").op_tijd  # type: ignore[attr-defined]
    (besluit,) = stand.besluiten
    assert (besluit.soort, besluit.verzonden, besluit.verval) == (Besluitsoort.TOEGELATEN, *SELECTIE)
    assert set(stand.brieven) == {"ontvangstbevestiging", "herstelverzoek", "ontvangst-aanvulling", "toelatingsbrief"}
    assert stand.overeenkomst is not None
    assert (stand.overeenkomst.ingang, stand.overeenkomst.einddatum) == CONTRACT
    assert stand.overeenkomst.status is Overeenkomststatus.ACTIEF
    assert {product: van for product, (van, _) in stand.catalogus.items()} == {"DB-dagdeel": date(2023, 1, 1)}


def test_j6_with_a_copy_of_after_closing_is_rejected_and_reads_both_days(dagbesteding: Zaakspel):
    stand = read_stand(dagbesteding.huis, find_zaak(dagbesteding, "J6b"))
    assert [(b.soort, b.redenen) for b in stand.besluiten] == [(Besluitsoort.AFGEWEZEN, ("D-01",))]
    (reden,) = stand.read_brief("afwijzingsbrief").redenen  # type: ignore[attr-defined]
    assert "8 juli 2021" in reden.toelichting
    assert "1 juli 2021" in reden.toelichting
    assert reden.herstel_antwoord_op is not None
    assert stand.overeenkomst is None
    assert stand.catalogus == {}


# J5: two people differ on the 'tenzij', the jurist decides


@pytest.fixture(scope="module")
def veelvoorkomend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Selectieproef]:
    proef = begin_selectie(tmp_path_factory.mktemp("vv"), ["J5a", "J5b"])
    proef.select()
    proef.talk()
    award_alles(proef)
    yield proef
    proef.huis.winkel.close()


def test_j5_is_chosen_and_awarded_because_the_jurist_found_a_registered_person_responsible(
    veelvoorkomend: Selectieproef,
):
    stand = read(veelvoorkomend, "J5a")
    assert list_soorten(stand) == [
        (Besluitsoort.GESELECTEERD, "vervangen"),
        (Besluitsoort.GUNNINGSVOORNEMEN, "verzonden"),
    ]
    assert [(b.verzonden, b.verval) for b in stand.besluiten] == [SELECTIE, GUNNING]
    assert stand.bevindingen["J-01", "VV", "VV-EED", None] == ("voldoet", "oordeel-ja")
    assert stand.overeenkomst is not None
    assert stand.overeenkomst.ingang == date(2023, 1, 1)


def test_j5_is_paid_per_unit_delivered_and_not_by_arrangement(veelvoorkomend: Selectieproef):
    stand = read(veelvoorkomend, "J5a")
    assert stand.overeenkomst is not None
    with veelvoorkomend.huis.winkel.lezen() as sessie:
        stukken = documenten.list_documenten(sessie, onderwerp=stand.overeenkomst.contractnummer)
    (contract,) = [rij for rij in stukken if rij.soort in ("raamovereenkomst", "overeenkomst-van-opdracht")]
    gegevens: Any = documenten.decode_gegevens(contract)
    assert contract.soort == "raamovereenkomst"
    (eed,) = gegevens.percelen[0].producten
    assert eed.code == "VV-EED"
    assert "uur" in f"{eed.naam} {gegevens.bekostiging}"


def test_j5_without_a_responsible_person_in_the_table_is_not_chosen_and_reads_why(veelvoorkomend: Selectieproef):
    stand = read(veelvoorkomend, "J5b")
    assert [(b.soort, b.redenen) for b in stand.besluiten] == [(Besluitsoort.AFGEWEZEN, ("J-01",))]
    (reden,) = stand.read_brief("selectiebrief").redenen  # type: ignore[attr-defined]
    assert "jurist" in reden.toelichting


# J3 and beschermd wonen: from request to agreement, with a tie, a reserve list and a withdrawal


BW = ["J3a", "J3b", "BW1a", "BW2a", "BW3a"]
BW_PUNTEN: Scores = {
    ("J3b", "S-01"): "8",
    ("J3b", "S-02"): "8",
    # BW1 and BW2 are equal at 7,00: S-01 decides (published).
    ("BW1", "S-01"): "9",
    ("BW1", "S-02"): "5",
    ("BW2", "S-01"): "5",
    ("BW2", "S-02"): "9",
    # The beoordelaars differ on BW3; the jurist follows the first.
    ("BW3", "S-01"): "4/6",
    ("BW3", "S-02"): "6",
}


def allow_two(definitie: Proceduredefinitie) -> Proceduredefinitie:
    """Published for two, so that four candidates compete."""
    percelen = tuple(msgspec.structs.replace(perceel, max_aanbieders=2) for perceel in definitie.percelen)
    return msgspec.structs.replace(definitie, percelen=percelen)


@pytest.fixture(scope="module")
def wonen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Selectieproef, dict[str, Zaakstand]]]:
    """Beschermd wonen to its agreements; what BW1 and BW2 looked like right after the selection is kept."""
    proef = begin_selectie(tmp_path_factory.mktemp("bw"), BW, BW_PUNTEN, allow_two)
    proef.select()
    gekozen = {naam: read(proef, naam) for naam in ("J3a", "J3b", "BW1", "BW2", "BW3")}
    for naam in ("J3b", "BW1"):
        proef.talk_met(proef.find(naam), "BW", 1, at_tijd(date(2021, 8, 23), 10))
    penvoerder = aanbieder_id(proef.zaken[proef.find("BW1")].aanmelding.penvoerder.kvk)
    proef.klok.set(at_tijd(date(2021, 9, 10), 10))
    terugtrekkingen.withdraw_kandidaat(proef.huis, proef.act_as(penvoerder), proef.find("BW1"), "Geen locatie.")
    proef.work(date(2021, 9, 10), Fase.CONCRETISEREN, behalve=(Taaksoort.DIALOOG_VOEREN,))
    for nummer, naam in ((1, "BW2"), (2, "J3b"), (2, "BW2"), (3, "J3b"), (3, "BW2")):
        op = at_tijd(date(2021, 9, 13), 10) + timedelta(days=7 * nummer + (naam == "BW2"))
        proef.talk_met(proef.find(naam), "BW", nummer, op)
    award_alles(proef)
    yield proef, gekozen
    proef.huis.winkel.close()


Wonen = tuple[Selectieproef, dict[str, Zaakstand]]


def test_j3_with_14_places_is_not_asked_for_repair_and_rejected_on_w01(wonen: Wonen):
    stand = wonen[1]["J3a"]
    assert [(b.soort, b.redenen, b.verzonden, b.verval) for b in stand.besluiten] == [
        (Besluitsoort.AFGEWEZEN, ("W-01",), *SELECTIE)
    ]
    assert set(stand.brieven) == {"ontvangstbevestiging", "selectiebrief"}
    (reden,) = stand.read_brief("selectiebrief").redenen  # type: ignore[attr-defined]
    assert "14" in reden.toelichting
    assert "15" in reden.toelichting


def test_the_ranking_of_beschermd_wonen_explains_itself_and_a_tie(wonen: Wonen):
    gekozen = wonen[1]
    assert {naam: stand.besluiten[0].soort for naam, stand in gekozen.items()} == {
        "J3a": Besluitsoort.AFGEWEZEN,
        "J3b": Besluitsoort.GESELECTEERD,
        "BW1": Besluitsoort.GESELECTEERD,
        "BW2": Besluitsoort.RESERVE,
        "BW3": Besluitsoort.RESERVE,
    }
    assert {stand.besluiten[0].verzonden for stand in gekozen.values()} == {date(2021, 7, 16)}
    uitleg = {naam: gekozen[naam].read_brief("selectiebrief").plaatsen[0].uitleg for naam in ("J3b", "BW2", "BW3")}  # type: ignore[attr-defined]
    assert uitleg["J3b"] == "Plaats 1 van 4 met 8,00 punten. Er is plaats voor 2."
    assert uitleg["BW2"] == (
        "Plaats 3 van 4 met 7,00 punten. Er is plaats voor 2. De laatste die is gekozen, heeft 7,00 punten. "
        "Gelijk totaal met een ander; de score op S-01 gaf de doorslag."
    )
    assert uitleg["BW3"].startswith("Plaats 4 van 4 met 5,00 punten.")


def test_a_reserve_reads_in_what_each_of_the_chosen_was_better(wonen: Wonen):
    (plaats,) = wonen[1]["BW2"].read_brief("selectiebrief").plaatsen  # type: ignore[attr-defined]
    namen = [wonen[0].zaken[wonen[0].find(naam)].aanmelding.naam for naam in ("J3b", "BW1")]
    assert sorted(plaats.begunstigden) == sorted(namen)
    assert all(any(zin.startswith(naam) for zin in plaats.voordelen) for naam in namen)
    assert [(s.criterium, s.weging, s.score) for s in plaats.scores] == [("S-01", 50, 5), ("S-02", 50, 9)]


def test_a_candidate_that_withdraws_leaves_and_the_next_of_the_reserve_list_is_invited_that_day(wonen: Wonen):
    proef, _ = wonen
    weg, volgt, wacht = read(proef, "BW1"), read(proef, "BW2"), read(proef, "BW3")
    assert weg.status is Aanmeldingsstatus.INGETROKKEN
    assert list_soorten(weg) == [(Besluitsoort.GESELECTEERD, "vervallen")]
    assert "intrekkingsbevestiging" in weg.brieven
    assert [(b.soort, b.verzonden, b.verval) for b in volgt.besluiten] == [
        (Besluitsoort.RESERVE, *SELECTIE),
        (Besluitsoort.GESELECTEERD, date(2021, 9, 10), date(2021, 9, 30)),
        (Besluitsoort.GUNNINGSVOORNEMEN, *GUNNING),
    ]
    assert list_soorten(wacht) == [(Besluitsoort.RESERVE, "vervangen"), (Besluitsoort.NIET_GEGUND, "verzonden")]


def test_what_was_said_stays_with_its_candidate_also_after_it_withdrew(wonen: Wonen):
    proef, _ = wonen
    ander = aanbieder_id(proef.zaken[proef.find("J3b")].aanmelding.penvoerder.kvk)
    with pytest.raises(GeenToegangError):
        dialogen.read_dialogen(proef.huis, proef.act_as(ander), proef.find("BW1"))
    (gesprek,) = dialogen.read_dialogen(
        proef.huis,
        proef.act_as(aanbieder_id(proef.zaken[proef.find("BW1")].aanmelding.penvoerder.kvk)),
        proef.find("BW1"),
    )
    assert (gesprek.agenda, gesprek.vertrouwelijk) == (["doorstroming"], ["de eigen werkwijze"])
    (verslag,) = proef.list_stukken("proces-verbaal-gunning")
    assert "eigen werkwijze" not in verslag.gegevens


def test_both_that_stay_get_a_contract_for_a_task_of_four_years_and_the_report_names_everybody(wonen: Wonen):
    proef, _ = wonen
    for naam in ("J3b", "BW2"):
        stand = read(proef, naam)
        assert stand.overeenkomst is not None
        assert (stand.overeenkomst.ingang, stand.overeenkomst.einddatum) == CONTRACT
        with proef.huis.winkel.lezen() as sessie:
            stukken = documenten.list_documenten(sessie, onderwerp=stand.overeenkomst.contractnummer)
        assert "overeenkomst-van-opdracht" in {rij.soort for rij in stukken}
    (verslag,) = proef.list_stukken("proces-verbaal-gunning")
    gegevens: Any = documenten.decode_gegevens(verslag)
    assert {
        (regel.uitkomst, regel.inschrijver) for regel in gegevens.uitkomsten if "ingetrokken" in regel.uitkomst
    } == {("ingetrokken", proef.zaken[proef.find("BW1")].aanmelding.naam)}
    assert len(gegevens.uitkomsten) == 5
    assert gegevens.einde_termijn == date(2021, 12, 6)
    assert check_keten(proef.huis.winkel).fouten == ()


def test_the_report_gives_the_numbers_of_each_beoordelaar_and_they_add_up_to_the_total(wonen: Wonen):
    proef, _ = wonen
    (verslag,) = proef.list_stukken("proces-verbaal-gunning")
    gegevens: Any = documenten.decode_gegevens(verslag)
    naam = proef.zaken[proef.find("BW3")].aanmelding.naam
    eigen = {r.criterium: r for r in gegevens.scores if (r.inschrijver, r.stadium) == (naam, "selectie")}
    assert {k: ([str(n) for n in r.gegeven], str(r.definitief), r.wijze) for k, r in eigen.items()} == {
        "S-01": (["4", "6"], "4", "beslist door de jurist"),
        "S-02": (["6", "6"], "6", "gelijk"),
    }
    (uitkomst,) = [r for r in gegevens.uitkomsten if r.inschrijver == naam]
    assert sum(r.punten for r in eigen.values()) == uitkomst.score == 5
    assert gegevens.gelijke_stand == "de score op S-01, loting in het openbaar"


# J4: the one that was chosen withdraws


@pytest.fixture(scope="module")
def specialistisch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Selectieproef]:
    """J21-SP to its agreement: J4 is chosen for the one place and withdraws on 10 September 2021."""
    punten: Scores = {("J4", "S-01"): "9", ("J4", "S-02"): "8", ("SP2", "S-01"): "7", ("SP2", "S-02"): "7"}
    proef = begin_selectie(tmp_path_factory.mktemp("sp"), ["J4a", "SP2a"], punten)
    proef.select()
    proef.talk(tot=1)
    moment = datetime(2021, 9, 10, 10, tzinfo=TIJDZONE)
    proef.klok.set(moment)
    door = aanbieder_id(proef.zaken[proef.find("J4")].aanmelding.penvoerder.kvk)
    terugtrekkingen.withdraw_kandidaat(proef.huis, proef.act_as(door), proef.find("J4"), "Het consortium valt uiteen.")
    proef.work(date(2021, 9, 10), Fase.CONCRETISEREN)
    for nummer in (1, 2, 3):
        proef.talk_met(proef.find("SP2"), "SP", nummer, at_tijd(date(2021, 9, 13) + timedelta(days=7 * nummer), 10))
    award_alles(proef)
    yield proef
    proef.huis.winkel.close()


def test_j4_withdraws_with_a_confirmation_and_without_another_letter_of_decision(specialistisch: Selectieproef):
    stand = read(specialistisch, "J4")
    assert stand.status is Aanmeldingsstatus.INGETROKKEN
    assert [(b.soort, b.status, b.verzonden) for b in stand.besluiten] == [
        (Besluitsoort.GESELECTEERD, "vervallen", date(2021, 7, 16))
    ]
    assert set(stand.brieven) == {"ontvangstbevestiging", "selectiebrief", "intrekkingsbevestiging"}


def test_the_reserve_of_j4_talks_proposes_and_gets_the_agreement(specialistisch: Selectieproef):
    stand = read(specialistisch, "SP2")
    assert [(b.soort, b.verzonden, b.verval) for b in stand.besluiten] == [
        (Besluitsoort.RESERVE, *SELECTIE),
        (Besluitsoort.GESELECTEERD, date(2021, 9, 10), date(2021, 9, 30)),
        (Besluitsoort.GUNNINGSVOORNEMEN, *GUNNING),
    ]
    assert stand.overeenkomst is not None
    assert stand.overeenkomst.ingang == date(2023, 1, 1)
