"""Judging by two people, blind, and a jurist where they differ (FE-1, FE-9)."""

from __future__ import annotations

import pytest

from inkoop.cli.demo.personen import BELEIDSADVISEUR, BEOORDELAARS, INKOPER, JURIST
from inkoop.domain.criteria.beoordeling import Beoordelingsstand
from inkoop.domain.criteria.dossier import Antwoord
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import aanmeldingen, oordelen, rondes, toetsen
from inkoop.services.oordelen import Puntregel
from inkoop.services.taken import Taaksoort
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef

EERSTE, TWEEDE = BEOORDELAARS
CRITERIUM = "M-09"
REDEN = "De afspraken noemen wanneer en met wie."


def read_punt(proef: Proef, wie: str) -> Puntregel:
    punten = oordelen.read_punten(proef.huis, proef.act_as(wie), proef.find("M1"))
    return next(regel for regel in punten if regel.punt.criterium == CRITERIUM)


def judge(proef: Proef, wie: str, *, ja: bool = True, reden: str = REDEN) -> None:
    regel = read_punt(proef, wie)
    antwoorden = [Antwoord(vraag=vraag.id, ja=ja) for vraag in regel.punt.vragen]
    oordelen.give_oordeel(
        proef.huis, proef.act_as(wie), proef.find("M1"), regel.id, ja=ja, reden=reden, antwoorden=antwoorden
    )


def settle(proef: Proef, wie: str, *, ja: bool) -> None:
    regel = read_punt(proef, wie)
    antwoorden = [Antwoord(vraag=vraag.id, ja=ja) for vraag in regel.punt.vragen]
    oordelen.settle_oordeel(
        proef.huis, proef.act_as(wie), proef.find("M1"), regel.id, ja=ja, reden=REDEN, antwoorden=antwoorden
    )


def find_uitkomsten(proef: Proef) -> set[Uitkomst]:
    with proef.huis.winkel.lezen() as sessie:
        toets = toetsen.find_laatste(sessie, aanmeldingen.find_aanmelding(sessie, proef.find("M1")))
    assert toets is not None
    return {b.uitkomst for b in toetsen.decode_resultaat(toets).bevindingen if b.criterium == CRITERIUM}


def test_the_same_person_does_not_judge_twice(begin: Begin):
    proef = begin("beoordelen")
    judge(proef, EERSTE)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        judge(proef, EERSTE)


@pytest.mark.parametrize("wie", [INKOPER, JURIST, BELEIDSADVISEUR])
def test_only_a_beoordelaar_judges(begin: Begin, wie: str):
    proef = begin("beoordelen")
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        judge(proef, wie)


def test_a_judgement_is_blind_until_both_are_there(begin: Begin):
    proef = begin("beoordelen")
    judge(proef, EERSTE, ja=False)
    for ander in (TWEEDE, JURIST, INKOPER):
        (gegeven,) = read_punt(proef, ander).oordelen
        assert (gegeven.persoon, gegeven.ja, gegeven.reden) == (EERSTE, None, None)
    (eigen,) = read_punt(proef, EERSTE).oordelen
    assert (eigen.ja, eigen.reden) == (False, REDEN)
    judge(proef, TWEEDE)
    for ander in (EERSTE, TWEEDE, JURIST):
        assert {(g.persoon, g.ja) for g in read_punt(proef, ander).oordelen} == {(EERSTE, False), (TWEEDE, True)}


def test_one_judgement_settles_nothing(begin: Begin):
    proef = begin("beoordelen")
    judge(proef, EERSTE)
    assert read_punt(proef, TWEEDE).punt.stand is Beoordelingsstand.WACHT_OP_BEOORDELAARS
    proef.tick(Fase.SELECTEREN)
    assert find_uitkomsten(proef) == {Uitkomst.TE_BEOORDELEN}


def test_two_equal_judgements_make_the_outcome(begin: Begin):
    proef = begin("beoordelen")
    judge(proef, EERSTE)
    judge(proef, TWEEDE)
    proef.perform_alle(Taaksoort.FEITEN_VASTSTELLEN)
    proef.tick(Fase.SELECTEREN)
    assert find_uitkomsten(proef) == {Uitkomst.VOLDOET}


def test_a_third_judgement_is_refused(begin: Begin):
    proef = begin("beoordelen")
    judge(proef, EERSTE)
    judge(proef, TWEEDE)
    derde = proef.add_persoon("b.visser", "beoordelaar", Rol.BEOORDELAAR)
    rondes.declare_belangen(proef.huis, proef.act_as(derde), RONDE, geen_belang=True, toelichting="Geen.")
    with proef.refuses("al-beoordeeld"):
        judge(proef, derde)


@pytest.mark.parametrize(("ja", "uitkomst"), [(True, Uitkomst.VOLDOET), (False, Uitkomst.VOLDOET_NIET)])
def test_a_jurist_settles_a_difference(begin: Begin, ja: bool, uitkomst: Uitkomst):
    proef = begin("beoordelen")
    judge(proef, EERSTE, ja=True)
    judge(proef, TWEEDE, ja=False)
    proef.tick(Fase.SELECTEREN)
    assert find_uitkomsten(proef) == {Uitkomst.TE_BEOORDELEN}
    assert [(t.onderwerp, t.rol) for t in proef.list_taken(Taaksoort.BESLECHTEN)] == [(proef.find("M1"), "jurist")]
    settle(proef, JURIST, ja=ja)
    proef.tick(Fase.SELECTEREN)
    assert find_uitkomsten(proef) == {uitkomst}
    assert proef.list_taken(Taaksoort.BESLECHTEN) == []


def test_a_jurist_settles_nothing_where_the_two_agree(begin: Begin):
    proef = begin("beoordelen")
    judge(proef, EERSTE)
    judge(proef, TWEEDE)
    with proef.refuses("geen-verschil"):
        settle(proef, JURIST, ja=False)


def test_who_judged_does_not_settle_the_difference_as_a_jurist(begin: Begin):
    proef = begin("beoordelen")
    beide = proef.add_persoon("j.beide", "jurist", Rol.JURIST, Rol.BEOORDELAAR)
    als = {rol: proef.act_as_rol(beide, rol) for rol in (Rol.BEOORDELAAR, Rol.JURIST)}
    rondes.declare_belangen(proef.huis, als[Rol.BEOORDELAAR], RONDE, geen_belang=True, toelichting="Geen.")
    regel = read_punt(proef, EERSTE)
    antwoorden = [Antwoord(vraag=vraag.id, ja=True) for vraag in regel.punt.vragen]
    vast = {"ja": True, "reden": REDEN, "antwoorden": antwoorden}
    oordelen.give_oordeel(proef.huis, als[Rol.BEOORDELAAR], proef.find("M1"), regel.id, **vast)
    judge(proef, TWEEDE, ja=False)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        oordelen.settle_oordeel(proef.huis, als[Rol.JURIST], proef.find("M1"), regel.id, **vast)


@pytest.mark.parametrize(
    ("reden", "antwoorden", "code"),
    [("kort", None, "reden"), (REDEN, [], "vraag"), (REDEN, [Antwoord(vraag="X-1", ja=True)], "vraag")],
)
def test_a_judgement_without_reason_or_answers_is_refused(begin: Begin, reden, antwoorden, code):
    proef = begin("beoordelen")
    regel = read_punt(proef, EERSTE)
    assert regel.punt.vragen
    volledig = [Antwoord(vraag=vraag.id, ja=True) for vraag in regel.punt.vragen]
    with proef.refuses(code, fout=BeletselenError):
        oordelen.give_oordeel(
            proef.huis,
            proef.act_as(EERSTE),
            proef.find("M1"),
            regel.id,
            ja=True,
            reden=reden,
            antwoorden=volledig if antwoorden is None else antwoorden,
        )


def test_a_point_that_does_not_exist_is_refused(begin: Begin):
    proef = begin("beoordelen")
    with proef.refuses("punt"):
        oordelen.give_oordeel(proef.huis, proef.act_as(EERSTE), proef.find("M1"), "0123456789ab", ja=True, reden=REDEN)
