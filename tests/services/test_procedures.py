"""A procedure before its rounds: steps in order by the right role, GO or NO-GO, publication that freezes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER, JURIST, PER_ROL
from inkoop.cli.demo.rollenspel import Klok
from inkoop.cli.demo.voorbereidingsspel import record_checklist
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.fasen import STAPUITKOMSTEN, OvergangRefusedError
from inkoop.domain.maanden import add_maanden
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.services import aanmeldingen, procedures, rondes, taken, toetsen
from inkoop.services.huis import NietGevondenError
from inkoop.settings import CHECKOUT
from tests.services.conftest import Begin
from tests.services.proefspel import PROCEDURE, RONDE, Proef, create_spel

ORGAAN = "bestuurlijk overleg regio Meierij"


@pytest.fixture
def aangemaakt(tmp_path: Path) -> Iterator[Proef]:
    """A procedure of which no step was recorded yet."""
    groep = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))[0]
    spel = create_spel(tmp_path, groep)
    spel.start()
    yield Proef(spel.huis, Klok(spel.spel.klok.nu), PROCEDURE, RONDE)
    spel.huis.winkel.close()


def list_open(proef: Proef, fase: Fase = Fase.VOORBEREIDEN) -> tuple[procedures.Openstap, ...]:
    with proef.huis.winkel.lezen() as sessie:
        return procedures.list_openstaand(sessie, PROCEDURE, fase)


def record(proef: Proef, stap: str, orgaan: str, uitkomst: str, *, wie: str = INKOPER, grond: str = "Verslag.") -> None:
    procedures.record_stap(
        proef.huis, proef.act_as(wie), PROCEDURE, stap, orgaan=orgaan, uitkomst=uitkomst, grond=grond
    )


def record_until(proef: Proef, stap: str) -> None:
    """Record every step before this one."""
    while (open_ := list_open(proef)[0]).stap.id != stap:
        record_checklist(proef.huis, proef.act_as, PROCEDURE, open_.stap, "")
        for orgaan in open_.organen:
            door = STAPUITKOMSTEN[open_.stap.soort].door
            record(proef, open_.stap.id, orgaan, door, wie=PER_ROL[Rol(open_.stap.rol)])


def read_fase(proef: Proef) -> Fase:
    with proef.huis.winkel.lezen() as sessie:
        return procedures.find_procedure(sessie, PROCEDURE).fase


def test_a_step_is_recorded_by_its_role_only(aangemaakt: Proef):
    with aangemaakt.refuses("rol"):
        record(aangemaakt, "uitgangspunten", ORGAAN, "vastgesteld", wie=JURIST)


@pytest.mark.dekking("M20-45")
def test_a_step_is_not_recorded_before_what_it_waits_for(aangemaakt: Proef):
    with aangemaakt.refuses():
        record(aangemaakt, "projectplan", ORGAAN, "vastgesteld")


def test_a_step_without_ground_is_refused(aangemaakt: Proef):
    with aangemaakt.refuses("grond"):
        record(aangemaakt, "uitgangspunten", ORGAAN, "vastgesteld", wie=PER_ROL[Rol.BELEIDSADVISEUR], grond=" ")


def test_a_step_that_does_not_exist_is_refused(aangemaakt: Proef):
    with aangemaakt.refuses("stap-onbekend"):
        record(aangemaakt, "uitgangspuntjes", ORGAAN, "vastgesteld")


def test_only_a_gemandateerde_says_go(aangemaakt: Proef):
    record_until(aangemaakt, "go-no-go")
    with aangemaakt.refuses("rol-niet-bevoegd"):
        record(aangemaakt, "go-no-go", ORGAAN, "go")


def test_a_procedure_with_open_steps_stays_where_it_is(aangemaakt: Proef):
    record_until(aangemaakt, "inkoopdocumenten")
    assert aangemaakt.tick(Fase.VOORBEREIDEN) == ()
    assert read_fase(aangemaakt) is Fase.VOORBEREIDEN
    with aangemaakt.refuses("stap-open", fout=OvergangRefusedError):
        procedures.advance_procedure(aangemaakt.huis, aangemaakt.act_as(INKOPER), PROCEDURE, Fase.PUBLICEREN)


def test_a_procedure_in_preparation_is_not_published(aangemaakt: Proef):
    edities = bootstrap.load_procedure_edities(aangemaakt.huis, PROCEDURE)
    with aangemaakt.refuses("fase"):
        rondes.publish(aangemaakt.huis, aangemaakt.act_as(INKOPER), PROCEDURE, edities)


@pytest.mark.dekking("M20-43", "PROC-03")
def test_a_no_go_moves_the_whole_planning_a_year(aangemaakt: Proef):
    voor = aangemaakt.definitie
    record_until(aangemaakt, "go-no-go")
    record(aangemaakt, "go-no-go", ORGAAN, "no_go", wie=GEMANDATEERDE)
    na = aangemaakt.definitie
    assert [r.opening.year for r in na.instroom.rondes] == [r.opening.year + 1 for r in voor.instroom.rondes]
    assert [r.ingang for r in na.instroom.rondes] == [add_maanden(r.ingang, 12) for r in voor.instroom.rondes]
    assert na.looptijd.ingang == add_maanden(voor.looptijd.ingang, 12)
    assert na.mandaten == voor.mandaten
    assert na.hash != voor.hash


def test_after_a_no_go_the_same_body_is_asked_again_and_can_say_go(aangemaakt: Proef):
    record_until(aangemaakt, "go-no-go")
    record(aangemaakt, "go-no-go", ORGAAN, "no_go", wie=GEMANDATEERDE)
    with aangemaakt.huis.winkel.lezen() as sessie:
        taak = taken.list_proceduretaken(sessie, PROCEDURE)[0]
    assert (taak.deel, list_open(aangemaakt)[0].organen) == ("go-no-go", (ORGAAN,))
    aangemaakt.klok.set(aangemaakt.at(add_maanden(aangemaakt.klok.nu.date(), 12)))
    verschoven = aangemaakt.definitie
    record_checklist(aangemaakt.huis, aangemaakt.act_as, PROCEDURE, list_open(aangemaakt)[0].stap, "")
    record(aangemaakt, "go-no-go", ORGAAN, "go", wie=GEMANDATEERDE)
    assert aangemaakt.definitie == verschoven
    aangemaakt.record_stappen(Fase.VOORBEREIDEN)
    aangemaakt.tick(Fase.VOORBEREIDEN)
    assert read_fase(aangemaakt) is Fase.PUBLICEREN


def test_a_procedure_is_made_once(aangemaakt: Proef):
    definitie = bootstrap.load_definitie(aangemaakt.huis, PROCEDURE)
    with aangemaakt.refuses("bestaat"):
        procedures.create_procedure(aangemaakt.huis, aangemaakt.act_as(INKOPER), definitie)


@pytest.mark.parametrize("fase", [Fase.VOORBEREIDEN, Fase.PUBLICEREN])
def test_a_step_of_the_procedure_names_no_round(begin: Begin, fase: Fase):
    proef = begin("voorbereid")
    stap = next(stap for stap in proef.definitie.stappen if stap.fase is fase)
    with proef.refuses("ronde"):
        procedures.record_stap(
            proef.huis,
            proef.act_as(PER_ROL[Rol(stap.rol)]),
            PROCEDURE,
            stap.id,
            orgaan=stap.organen[0],
            uitkomst=STAPUITKOMSTEN[stap.soort].door,
            grond="Verslag.",
            ronde=RONDE,
        )


def test_a_procedure_that_does_not_exist_is_named_with_those_that_do(begin: Begin):
    proef = begin("voorbereid")
    with proef.huis.winkel.lezen() as sessie, pytest.raises(NietGevondenError, match=PROCEDURE):
        procedures.find_procedure(sessie, "meierij-2021")


def test_editing_the_criteria_after_publication_changes_nothing(begin: Begin, tmp_path: Path):
    proef, gelijk = begin("feiten_vaststellen"), begin("feiten_vaststellen")
    eigen = tmp_path / "criteria"
    shutil.copytree(CHECKOUT / "criteria", eigen)
    bestand = eigen / "meierij-wmo" / "2020-1.yaml"
    tekst = bestand.read_text(encoding="utf-8")
    assert "HKZ" in tekst
    bestand.write_text(tekst.replace("HKZ", "ISO 27001"), encoding="utf-8")
    proef.huis = replace(proef.huis, criteria=eigen)
    assert bootstrap.load_edities(proef.huis, proef.definitie) != bootstrap.load_edities(gelijk.huis, gelijk.definitie)
    assert proef.tick(Fase.PUBLICEREN) == gelijk.tick(Fase.PUBLICEREN)
    for ander in (proef, gelijk):
        ander.klok.nu = gelijk.klok.nu
        ander.tick(Fase.SELECTEREN)
    assert read_toetsen(proef) == read_toetsen(gelijk)


def read_toetsen(proef: Proef) -> list[tuple[str, str]]:
    with proef.huis.winkel.lezen() as sessie:
        laatste = {k: toetsen.find_laatste(sessie, aanmeldingen.find_aanmelding(sessie, k)) for k in proef.zaken}
    return [(kenmerk, toets.hash) for kenmerk, toets in laatste.items() if toets is not None]


def test_publishing_twice_changes_nothing(begin: Begin):
    proef = begin("gepubliceerd")
    anders = {
        naam: msgspec.structs.replace(editie, hash="0" * 64)
        for naam, editie in bootstrap.load_edities(proef.huis, proef.definitie).items()
    }
    voor = proef.count_audit()
    assert rondes.publish(proef.huis, proef.act_as(INKOPER), PROCEDURE, anders) is False
    assert proef.count_audit() == voor


def test_a_role_that_does_not_publish_is_refused(begin: Begin):
    proef = begin("voorbereid")
    proef.tick(Fase.VOORBEREIDEN)
    edities = bootstrap.load_procedure_edities(proef.huis, PROCEDURE)
    with proef.refuses("rol-niet-bevoegd"):
        rondes.publish(proef.huis, proef.act_as(JURIST), PROCEDURE, edities)


def test_a_procedure_is_not_published_without_an_edition_that_a_round_names(begin: Begin):
    proef = begin("voorbereid")
    proef.tick(Fase.VOORBEREIDEN)
    proef.record_stappen(Fase.PUBLICEREN)
    with proef.refuses("editie"):
        rondes.publish(proef.huis, proef.act_as(INKOPER), PROCEDURE, {})


def test_a_procedure_is_not_published_with_a_fault_in_its_criteria(begin: Begin):
    proef = begin("voorbereid")
    proef.tick(Fase.VOORBEREIDEN)
    proef.record_stappen(Fase.PUBLICEREN)
    edities = bootstrap.load_procedure_edities(proef.huis, PROCEDURE)
    eerste = msgspec.structs.replace(edities["2020-1"].criteria[0], eis="Voorwaarde voor toelating is dat")
    slecht = msgspec.structs.replace(edities["2020-1"], criteria=(eerste, *edities["2020-1"].criteria[1:]))
    with proef.refuses("afgebroken"):
        rondes.publish(proef.huis, proef.act_as(INKOPER), PROCEDURE, {**edities, "2020-1": slecht})
