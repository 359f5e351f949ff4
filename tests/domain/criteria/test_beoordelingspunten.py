"""What people must judge: which points, on which evidence, how they stand."""

import msgspec
import pytest

from inkoop.domain.criteria.beoordeling import Beoordelingsstand, list_beoordelingspunten
from inkoop.domain.criteria.criterium import EenVan
from inkoop.domain.fouten import BeletselenError
from tests.domain.criteria.bouwstenen import (
    PERCEEL_1A,
    PERCEEL_1B,
    VRAGEN,
    beoordelingtoets,
    certificaat,
    certificaattoets,
    document,
    documenttoets,
    make_criterium,
    make_dossier,
    make_editie,
    oordeel,
    oordelen,
    personeel,
    personeeltoets,
    run,
)

PLAN = document("plan", bewijs=("plan.pdf",))


def points(criterium, dossier):
    editie = make_editie(criterium)
    return list_beoordelingspunten(editie, dossier, run(editie, dossier))


def test_a_document_that_waits_is_a_point_with_its_questions():
    (punt,) = points(make_criterium(beoordelingtoets()), make_dossier(PLAN))
    assert (punt.criterium, punt.perceel, punt.bewijs, punt.vragen) == ("X-01", "1A", ("plan.pdf",), VRAGEN)
    assert punt.stand is Beoordelingsstand.WACHT_OP_BEOORDELAARS


def test_each_unit_is_a_point_of_its_own():
    punten = points(make_criterium(beoordelingtoets()), make_dossier(PLAN, percelen=(PERCEEL_1A, PERCEEL_1B)))
    assert [punt.perceel for punt in punten] == ["1A", "1B"]


@pytest.mark.parametrize(
    ("gegeven", "stand"),
    [
        ([oordeel(True, "b1", PLAN.bewijs)], Beoordelingsstand.WACHT_OP_BEOORDELAARS),
        (
            [oordeel(True, "b1", PLAN.bewijs), oordeel(False, "b2", PLAN.bewijs)],
            Beoordelingsstand.OORDELEN_VERSCHILLEN,
        ),
        (oordelen(False, PLAN), Beoordelingsstand.BEOORDEELD),
    ],
)
def test_a_point_tells_how_it_stands(gegeven, stand):
    (punt,) = points(make_criterium(beoordelingtoets()), make_dossier(PLAN, oordelen=gegeven))
    assert punt.stand is stand


def test_a_judgement_on_the_evidence_of_a_point_settles_it():
    keurmerk, oud = certificaat("Keurmerk"), certificaat(tot=certificaat().van)
    criterium = make_criterium(certificaattoets())
    (punt,) = points(criterium, make_dossier(keurmerk, oud))
    gegeven = [oordeel(True, persoon, punt.bewijs) for persoon in ("b1", "b2")]
    (daarna,) = points(criterium, make_dossier(keurmerk, oud, oordelen=gegeven))
    assert daarna.stand is Beoordelingsstand.BEOORDEELD


def test_what_nobody_needs_to_judge_is_no_point():
    assert points(make_criterium(documenttoets()), make_dossier(document())) == ()
    assert points(make_criterium(beoordelingtoets()), make_dossier()) == ()


def test_an_open_part_of_a_choice_that_is_satisfied_need_not_be_judged():
    criterium = make_criterium(EenVan(delen=(documenttoets(), beoordelingtoets())))
    assert points(criterium, make_dossier(document(), PLAN)) == ()
    assert len(points(criterium, make_dossier(PLAN))) == 1


def test_a_product_that_needs_people_is_named():
    dossier = make_dossier(*(personeel(p.code, tenzij="Toezicht") for p in PERCEEL_1A.producten))
    punten = points(make_criterium(personeeltoets()), dossier)
    assert [punt.product for punt in punten] == ["IB-basis", "IB-extra", "IB-waakvlam"]


@pytest.mark.parametrize("veld", ["motor", "editie_hash", "dossier_hash"])
def test_a_receipt_of_something_else_is_refused(veld):
    editie, dossier = make_editie(make_criterium(beoordelingtoets())), make_dossier(PLAN)
    resultaat = msgspec.structs.replace(run(editie, dossier), **{veld: "anders"})
    with pytest.raises(BeletselenError, match="Toets opnieuw"):
        list_beoordelingspunten(editie, dossier, resultaat)
