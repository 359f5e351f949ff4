"""Which ticks are due, asked for exactly once whatever dies or comes twice; and one run at a time on a subject."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from inkoop import bootstrap
from inkoop.cli.demo import bewijs
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER
from inkoop.cli.demo.rollenspel import Klok
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.fouten import BeletselenError, InkoopError
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase
from inkoop.services import aandrijving, fasewerk, takenlijst, werkslot
from inkoop.services.aandrijving import MAX_POGINGEN, Tik, announce_run, plan_tikken, run_tik
from inkoop.services.apart import list_apart
from inkoop.services.flowstart import FlowGeweigerdError, check_start
from inkoop.services.huis import Huis
from inkoop.services.taaksoort import Taaksoort
from inkoop.services.werkslot import SlotVerlorenError, WerkBezetError, hold_slot
from inkoop.settings import CHECKOUT
from inkoop.storage.bestandenplek import BestandenplekOnbereikbaarError
from inkoop.storage.databasefout import SchijfVolError
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.aandrijving import TikRow, Tikstand, WerkslotRow
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.winkel import Winkel
from tests.services.proefspel import (
    PROCEDURE,
    RONDE,
    Proef,
    build_huis,
    copy_database,
    create_spel,
    find_scenario,
    make_plaatsvervanger,
)

SLUITING = datetime(2020, 3, 31, 23, 59, 59, tzinfo=TIJDZONE)


def op(tekst: str) -> datetime:
    """An instant in the Netherlands."""
    return datetime.fromisoformat(tekst).replace(tzinfo=TIJDZONE)


@pytest.fixture(scope="module")
def voorbeelden(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, datetime]]:
    """A procedure before and after publication, each with the instant at which it stands."""
    groep = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))[0]
    spel = create_spel(tmp_path_factory.mktemp("aandrijving"), groep)
    proef = Proef(spel.huis, spel.spel.klok, PROCEDURE, RONDE)
    standen = {}

    def keep(naam: str) -> None:
        map_ = tmp_path_factory.mktemp(naam) / "winkel"
        copy_database(spel.huis.winkel.map, map_)
        standen[naam] = (map_, proef.klok.nu)

    spel.start()
    keep("aangemaakt")
    proef.record_stappen(Fase.VOORBEREIDEN)
    proef.tick(Fase.VOORBEREIDEN)
    proef.record_stappen(Fase.PUBLICEREN)
    proef.tick(Fase.PUBLICEREN)
    keep("gepubliceerd")
    spel.huis.winkel.close()
    return standen


@pytest.fixture
def begin(voorbeelden, tmp_path, monkeypatch) -> Iterator[object]:
    """Begin with a copy of one of them."""
    monkeypatch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
    geopend: list[Huis] = []

    def start(naam: str) -> Proef:
        van, nu = voorbeelden[naam]
        copy_database(van, tmp_path / naam)
        huis = build_huis(Winkel.open(tmp_path / naam))
        geopend.append(huis)
        return Proef(huis, Klok(nu), PROCEDURE, RONDE)

    yield start
    for huis in geopend:
        huis.winkel.close()


def name(tikken: tuple[Tik, ...]) -> list[str]:
    """The keys of ticks; the other rounds of the procedure have their own."""
    return [tik.sleutel for tik in tikken if tik.onderwerp in (PROCEDURE, RONDE)]


def count(huis: Huis) -> int:
    with huis.winkel.lezen() as sessie:
        return len(sessie.exec(select(TikRow).where(col(TikRow.onderwerp).in_([PROCEDURE, RONDE]))).all())


def test_what_people_recorded_makes_the_flow_of_its_fase_due_once(begin):
    proef = begin("aangemaakt")
    (eerste,) = plan_tikken(proef.huis, proef.klok.nu)
    assert (eerste.flow, eerste.onderwerp, eerste.stand) == ("voorbereiden", PROCEDURE, Tikstand.GEVRAAGD)
    assert name(plan_tikken(proef.huis, proef.klok.nu)) == [eerste.sleutel]
    assert count(proef.huis) == 1


def test_reading_and_what_the_system_itself_did_make_nothing_due(begin):
    proef = begin("gepubliceerd")
    plan_tikken(proef.huis, SLUITING)
    assert count(proef.huis) == 0
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol="inkoper"), proef.klok.tick()) as eenheid:
        eenheid.audit("ronde_lezen", RONDE)
    plan_tikken(proef.huis, SLUITING)
    assert count(proef.huis) == 0


def test_a_round_is_due_one_second_after_its_closing_and_not_at_it(begin):
    proef = begin("gepubliceerd")
    assert name(plan_tikken(proef.huis, SLUITING)) == []
    assert name(plan_tikken(proef.huis, SLUITING + timedelta(seconds=1))) == [f"selecteren/{RONDE}/sluiting"]


@pytest.mark.parametrize(
    ("nu", "dag"),
    [("2020-04-05T05:59:59", "2020-04-04"), ("2020-04-05T06:00:00", "2020-04-05"), ("2020-10-25T06:00", "2020-10-25")],
)
def test_a_day_has_one_tick_from_six_in_the_morning(begin, nu, dag):
    proef = begin("gepubliceerd")
    _finish(proef.huis, plan_tikken(proef.huis, SLUITING + timedelta(seconds=1)))
    _finish(proef.huis, plan_tikken(proef.huis, op("2020-04-03T09:00")))
    assert name(plan_tikken(proef.huis, op(nu))) == [f"selecteren/{RONDE}/dag-{dag}"]


def test_days_on_which_nothing_ran_are_caught_up_once(begin):
    proef = begin("gepubliceerd")
    _finish(proef.huis, plan_tikken(proef.huis, op("2020-04-02T09:00")))
    voor = count(proef.huis)
    _finish(proef.huis, plan_tikken(proef.huis, op("2020-04-12T09:00")))
    assert count(proef.huis) == voor + 1
    assert name(plan_tikken(proef.huis, op("2020-04-12T23:00"))) == []


def test_two_dispatchers_at_the_same_moment_ask_for_each_tick_once(begin):
    proef = begin("aangemaakt")
    with build_huis(Winkel.open(proef.huis.winkel.map)).winkel as ander, ThreadPoolExecutor(2) as ploeg:
        huizen = [proef.huis, build_huis(ander)]
        gepland = list(ploeg.map(lambda huis: plan_tikken(huis, proef.klok.nu), huizen))
    assert name(gepland[0]) == name(gepland[1])
    assert count(proef.huis) == 1


def test_a_dispatcher_that_dies_before_it_is_done_has_missed_nothing(begin, monkeypatch):
    proef = begin("aangemaakt")
    with monkeypatch.context() as patch:
        patch.setattr(aandrijving, "_list_startbaar", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            plan_tikken(proef.huis, proef.klok.nu)
    assert len(plan_tikken(proef.huis, proef.klok.nu)) == 1


def test_a_run_leaves_its_report_and_a_tick_that_is_done_is_not_asked_for_again(begin):
    proef = begin("aangemaakt")
    (tik,) = plan_tikken(proef.huis, proef.klok.nu)
    with run_tik(proef.huis, Fase.VOORBEREIDEN, PROCEDURE, tik.sleutel) as loop:
        loop.gedaan, loop.open_taken = ("iets",), 3
    gelopen = aandrijving.find_tik(proef.huis, tik.sleutel)
    assert gelopen is not None
    assert (gelopen.stand, gelopen.gedaan, gelopen.open_taken, gelopen.poging) == (Tikstand.KLAAR, ("iets",), 3, 1)
    assert plan_tikken(proef.huis, proef.klok.nu) == ()


def test_while_somebody_works_on_a_subject_its_next_tick_waits(begin):
    proef = begin("aangemaakt")
    with hold_slot(proef.huis.winkel, PROCEDURE, "voorbereiden"):
        assert plan_tikken(proef.huis, proef.klok.nu) == ()
    assert len(plan_tikken(proef.huis, proef.klok.nu)) == 1


def test_a_run_that_was_killed_is_started_again_but_not_for_ever(begin):
    proef = begin("aangemaakt")
    for poging in range(MAX_POGINGEN):
        (tik,) = plan_tikken(proef.huis, proef.klok.nu)
        assert tik.poging == poging
        _begin_en_sterf(proef.huis, tik)
    assert plan_tikken(proef.huis, proef.klok.nu) == ()
    gestorven = aandrijving.find_tik(proef.huis, tik.sleutel)
    assert gestorven is not None
    assert gestorven.stand is Tikstand.MISLUKT
    assert "Start de flow opnieuw" in gestorven.melding


def test_a_run_that_failed_is_tried_again_after_a_pause(begin, monkeypatch):
    proef = begin("aangemaakt")
    (tik,) = plan_tikken(proef.huis, proef.klok.nu)
    with pytest.raises(SchijfVolError), run_tik(proef.huis, Fase.VOORBEREIDEN, PROCEDURE, tik.sleutel):
        raise SchijfVolError
    mislukt = aandrijving.find_tik(proef.huis, tik.sleutel)
    assert mislukt is not None
    assert mislukt.stand is Tikstand.MISLUKT
    assert "Maak ruimte op de schijf" in mislukt.melding
    assert plan_tikken(proef.huis, proef.klok.nu) == ()
    later = proef.huis.winkel.read_klok() + timedelta(minutes=2)
    monkeypatch.setattr(proef.huis.winkel, "_klok", lambda: later)
    assert name(plan_tikken(proef.huis, proef.klok.nu)) == [tik.sleutel]


def test_a_second_run_on_a_subject_hears_who_is_at_work(begin):
    proef = begin("aangemaakt")
    with (
        run_tik(proef.huis, Fase.VOORBEREIDEN, PROCEDURE, None),
        pytest.raises(WerkBezetError, match="De flow voorbereiden is er sinds"),
        run_tik(proef.huis, Fase.VOORBEREIDEN, PROCEDURE, None),
    ):
        pytest.fail("the second run must not begin")


@pytest.mark.slow
def test_the_slot_of_a_process_that_was_killed_is_free_at_once(begin):
    proef = begin("aangemaakt")
    programma = (
        "import os, signal, sys; from pathlib import Path\n"
        "from inkoop.services.werkslot import hold_slot; from inkoop.storage.winkel import Winkel\n"
        "with hold_slot(Winkel.open(Path(sys.argv[1])), 'x', 'selecteren'): os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    gedood = subprocess.run([sys.executable, "-c", programma, str(proef.huis.winkel.map)], check=False)
    assert gedood.returncode == -9
    with proef.huis.winkel.lezen() as sessie:
        assert sessie.get(WerkslotRow, "x") is not None
    with hold_slot(proef.huis.winkel, "x", "selecteren") as slot:
        slot.check()


def test_the_slot_of_another_machine_is_free_after_its_term_and_not_before(begin):
    proef = begin("aangemaakt")
    nu = proef.huis.winkel.read_klok()
    elders = {"onderwerp": "x", "houder": "h", "proces": "elders:1/1/1", "flow": "selecteren", "sinds": nu}
    with proef.huis.winkel.machinekamer() as sessie:
        sessie.add(WerkslotRow(**elders, tot=nu + timedelta(minutes=1)))
    with pytest.raises(WerkBezetError), hold_slot(proef.huis.winkel, "x", "selecteren"):
        pytest.fail("the slot is held")
    with proef.huis.winkel.machinekamer() as sessie:
        rij = sessie.get_one(WerkslotRow, "x")
        rij.tot = nu - timedelta(seconds=1)
        sessie.add(rij)
    with hold_slot(proef.huis.winkel, "x", "selecteren"):
        pass


def test_a_run_that_stood_still_too_long_stops_and_leaves_the_slot_to_the_other(begin, monkeypatch):
    proef = begin("aangemaakt")
    monkeypatch.setattr(werkslot, "TERMIJN", timedelta(milliseconds=60))
    with hold_slot(proef.huis.winkel, "x", "selecteren") as slot:
        with proef.huis.winkel.machinekamer() as sessie:
            rij = sessie.get_one(WerkslotRow, "x")
            rij.houder = "een ander"
            sessie.add(rij)
        slot._draad.join(timeout=30)
        with pytest.raises(SlotVerlorenError, match="een andere run werkt nu verder"):
            slot.check()
    with proef.huis.winkel.lezen() as sessie:
        assert sessie.get_one(WerkslotRow, "x").houder == "een ander"


@pytest.mark.parametrize(
    ("flow", "keuzes", "redenen"),
    [
        (Fase.PUBLICEREN, {"procedure": PROCEDURE}, ["komt daarna. Rond eerst de fase voorbereiden af"]),
        (Fase.SELECTEREN, {"procedure": PROCEDURE}, ["Zeg met --ronde", "Laat --procedure weg"]),
        (Fase.VOORBEREIDEN, {"procedure": "bestaat-niet"}, ["bestaat niet"]),
        ("sluiten", {"procedure": PROCEDURE}, ["De flow 'sluiten' bestaat niet"]),
        ("verzoening", {"ronde": RONDE}, ["Laat --ronde weg: deze flow gaat over alles."]),
        ("bewaking", {"procedure": PROCEDURE}, ["Laat --procedure weg: deze flow gaat over alles."]),
        ("instroom", {}, ["Zeg met --procedure over welke procedure het gaat."]),
        ("instroom", {"procedure": PROCEDURE}, ["nog niet gepubliceerd", "Rond eerst de fase voorbereiden af"]),
        ("addendumcyclus", {"procedure": PROCEDURE}, ["nog niet gepubliceerd"]),
        ("addendumcyclus", {"procedure": "bestaat-niet"}, ["bestaat niet", PROCEDURE]),
    ],
)
def test_a_wrong_start_is_refused_with_its_reasons_and_kept_and_changes_nothing(begin, flow, keuzes, redenen):
    proef = begin("aangemaakt")
    with pytest.raises(InkoopError) as fout:
        check_start(proef.huis, proef.act_as(INKOPER), flow, keuzes.get("procedure"), keuzes.get("ronde"))
    assert all(reden in _tekst(fout.value) for reden in redenen)
    (geweigerd,) = aandrijving.list_tikken(proef.huis)
    assert (geweigerd.stand, geweigerd.gevraagd_door, geweigerd.flow) == (Tikstand.GEWEIGERD, INKOPER, flow)
    assert geweigerd.melding == str(fout.value)


def test_somebody_without_the_right_hears_that_and_everything_else_that_is_wrong(begin):
    proef = begin("aangemaakt")
    with pytest.raises(FlowGeweigerdError) as fout:
        check_start(proef.huis, proef.act_as(GEMANDATEERDE), Fase.PUBLICEREN, PROCEDURE, None)
    assert "gemandateerde" in str(fout.value)
    assert "Rond eerst de fase voorbereiden af" in str(fout.value)


def test_an_application_that_cannot_be_worked_on_is_set_apart_and_the_others_go_on(begin, monkeypatch):
    proef = begin("gepubliceerd")
    zaken = [find_scenario(zaak) for zaak in ("M1", "M2")]
    kenmerken = [proef.submit(een.aanmelding, ontvangen_op=op("2020-03-12T10:00")) for een in zaken]
    proef.klok.set(op("2020-04-01T09:00"))
    echt = fasewerk.process_unit
    monkeypatch.setattr(
        fasewerk, "process_unit", lambda h, d, f, unit: 1 / 0 if unit == kenmerken[0] else echt(h, d, f, unit)
    )
    door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
    uitkomsten = [fasewerk.process_apart(proef.huis, door, Fase.SELECTEREN, unit) for unit in kenmerken]
    assert uitkomsten[0] == ((), f"{kenmerken[0]}: een fout in het programma (ZeroDivisionError)")
    assert uitkomsten[1][1] == ""


def test_what_a_run_set_apart_is_a_task_for_the_inkoper_until_a_later_run_did_it(begin):
    proef = begin("gepubliceerd")

    def run(flow: Fase, *, gedaan: tuple[str, ...] = (), apart: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        with run_tik(proef.huis, flow, RONDE, None) as loop:
            loop.gedaan, loop.apart_gezet = gedaan, apart
        with proef.huis.winkel.lezen() as sessie:
            return [(taak.onderwerp, taak.wat.rpartition(": ")[2]) for taak in list_apart(sessie, RONDE)]

    def count_voor(wie: str) -> list[int]:
        regels = takenlijst.list_taken(proef.huis, proef.act_as(wie))
        return [regel.aantal for regel in regels if regel.soort is Taaksoort.APART_GEZET]

    kapot = "M-2020-2-A001: kan niet\n- eerste reden"
    assert run(Fase.SELECTEREN, apart=(kapot, "M-2020-2-D001: mislukt")) == [
        ("M-2020-2-A001", "kan niet - eerste reden"),
        ("M-2020-2-D001", "mislukt"),
    ]
    assert (count_voor(INKOPER), count_voor(GEMANDATEERDE)) == ([2], [])
    assert run(Fase.CONCRETISEREN, gedaan=("M-2020-2-D001: gemaakt",)) == [("M-2020-2-A001", "kan niet - eerste reden")]
    assert run(Fase.SELECTEREN) == []
    assert count_voor(INKOPER) == []


@pytest.mark.parametrize("weg", [SchijfVolError(), BestandenplekOnbereikbaarError("De opslag antwoordt niet.")])
def test_what_stands_in_the_way_of_every_application_ends_the_run(begin, monkeypatch, weg):
    proef = begin("gepubliceerd")

    def fail(*_: object) -> tuple[str, ...]:
        raise weg

    monkeypatch.setattr(fasewerk, "process_unit", fail)
    door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
    with pytest.raises(type(weg)):
        fasewerk.process_apart(proef.huis, door, Fase.SELECTEREN, "M-2020-2-001")


def test_a_record_of_the_procedure_cannot_be_written_as_one_of_the_machinery(begin):
    proef = begin("aangemaakt")
    with pytest.raises(RuntimeError, match="with an audit row"), proef.huis.winkel.machinekamer() as sessie:
        sessie.add(PersoonRow(id="x", naam="x", functie="x", rollen=[]))
        sessie.flush()


def _tekst(fout: InkoopError) -> str:
    redenen = fout.beletselen if isinstance(fout, BeletselenError) else ()
    return "\n".join([str(fout), *(reden.tekst for reden in redenen)])


def _finish(huis: Huis, tikken: tuple[Tik, ...]) -> None:
    for tik in tikken:
        with run_tik(huis, Fase(tik.flow), tik.onderwerp, tik.sleutel):
            pass


def _begin_en_sterf(huis: Huis, tik: Tik) -> None:
    """What a run leaves behind that is killed after its begin: a tick at work and no living holder of the slot."""
    with huis.winkel.machinekamer() as sessie:
        rij = sessie.exec(select(TikRow).where(TikRow.sleutel == tik.sleutel)).one()
        rij.stand, rij.poging = Tikstand.BEZIG, rij.poging + 1
        sessie.add(rij)


def test_a_run_that_a_person_asked_for_is_on_record_with_that_person(begin):
    proef = begin("aangemaakt")
    sleutel = announce_run("voorbereiden", PROCEDURE, INKOPER)
    with run_tik(proef.huis, Fase.VOORBEREIDEN, PROCEDURE, sleutel):
        pass
    assert aandrijving.list_tikken(proef.huis)[0].gevraagd_door == INKOPER
    assert INKOPER not in sleutel  # it stands in Prefect's records
