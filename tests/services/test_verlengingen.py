"""Deciding on an extension: every agreement gets the same new end date and a letter, once."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from inkoop.cli.demo.personen import CONTRACTMANAGER, GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.procedure import Mandaat
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.services import deelnames, documenten, overeenkomsten, procedures, verlengingen
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef, render_plaatsvervangers

HVB = "hvb-wmo-2019"
JA, NEE = Verlengingskeuze.VERLENGEN, Verlengingskeuze.NIET_VERLENGEN


def begin(begin_op, op: date = date(2020, 5, 4), *, opvolger: bool = True) -> tuple[Proef, list[str]]:
    proef = begin_op(HVB)
    nummers = add_contracten(proef, 2, op)
    if opvolger:
        definitie = proef.definitie
        deelnames.register_mandaat(
            proef.huis,
            proef.act_as(JURIST),
            HVB,
            Mandaat(
                id="opvolger",
                functie=definitie.mandaten[0].functie,
                namens=tuple(g.code for g in definitie.gemeenten),
                onderwerpen=("verlenging", "opzegging"),
                geldig_van=date(2021, 1, 1),
                geldig_tot=date(2022, 12, 31),
                grondslag="de opvolger van het bestuursakkoord",
                volmacht_burgemeester=True,
            ),
        )
    return proef, nummers


def decide(proef: Proef, nummer: int = 1, keuze: Verlengingskeuze = JA, wie: str = GEMANDATEERDE, **anders: object):
    velden: dict[str, object] = {"grond": "besluit van het overleg", **anders}
    return verlengingen.decide_verlenging(proef.huis, proef.act_as(wie), HVB, nummer, keuze, **velden)  # type: ignore[arg-type]


@pytest.mark.dekking("H19-40", "H19-43")
def test_an_option_gives_every_agreement_the_same_end_date_and_a_letter(begin_op):
    proef, nummers = begin(begin_op)
    einde, brieven = decide(proef, tot=date(2021, 12, 31))
    assert (einde, brieven) == (date(2021, 12, 31), nummers)
    with proef.huis.winkel.lezen() as sessie:
        for nummer in nummers:
            assert overeenkomsten.find_overeenkomst(sessie, nummer).einddatum == date(2021, 12, 31)
            brief = documenten.find_by_sleutel(sessie, f"verlenging:{nummer}:1")
            gegevens = msgspec.json.decode(brief.gegevens)
            assert (brief.soort, gegevens["nieuwe_einddatum"]) == ("verlengingsbrief", "2021-12-31")
            assert gegevens["huidige_einddatum"] == "2020-12-31"
            assert gegevens["kennisgeving_gehaald"]
    with proef.refuses("verlenging-besloten"):
        decide(proef)


@pytest.mark.dekking("BP-13")
def test_without_a_successor_mandate_nothing_is_extended(begin_op):
    proef, _ = begin(begin_op, opvolger=False)
    with proef.refuses("mandaat-verlopen", "verlenging-duur", "grond"):
        decide(proef, tot=date(2021, 6, 30), grond=" ")


def test_a_wrong_role_decides_nothing(begin_op):
    proef, _ = begin(begin_op)
    for wie in (INKOPER, CONTRACTMANAGER):
        with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
            decide(proef, wie=wie)


def test_stopping_says_what_happens_to_clients_and_keeps_the_end_date(begin_op):
    proef, nummers = begin(begin_op)
    with proef.refuses("verlenging-clienten"):
        decide(proef, keuze=NEE)
    einde, _ = decide(
        proef, keuze=NEE, clienten="Cliënten gaan over naar een andere aanbieder.", overdracht_op=date(2020, 9, 1)
    )
    assert einde == date(2020, 12, 31)
    with proef.huis.winkel.lezen() as sessie:
        brief = documenten.find_by_sleutel(sessie, f"verlenging:{nummers[0]}:1")
    assert brief.soort == "niet-verlengingsbrief"
    with proef.refuses("verlenging-gestopt"):
        decide(proef, nummer=2)


def test_letters_bear_their_day_and_are_made_anew_for_another(begin_op):
    proef, nummers = begin(begin_op)
    with proef.refuses("verzenden-voorbij"):
        decide(proef, verzenden_op=date(2020, 5, 3))
    decide(proef, verzenden_op=date(2020, 5, 6))
    render_plaatsvervangers(proef.huis, proef.act_as(INKOPER))
    proef.klok.set(proef.at(date(2020, 5, 7)))
    nieuw = verlengingen.renew_brieven(proef.huis, proef.act_as(INKOPER), HVB, 1, date(2020, 5, 8))
    assert len(nieuw) == len(nummers)
    with proef.huis.winkel.lezen() as sessie:
        brief = documenten.find_by_sleutel(sessie, f"verlenging:{nummers[0]}:1")
    assert msgspec.json.decode(brief.gegevens)["datum"] == "2020-05-08"
    with proef.refuses("verlenging-geen-besluit"):
        verlengingen.renew_brieven(proef.huis, proef.act_as(INKOPER), HVB, 2, date(2020, 5, 8))
    uiterlijk = date(2020, 9, 30)
    with proef.refuses("verzenden-te-laat"):
        verlengingen.renew_brieven(
            proef.huis, proef.act_as(INKOPER), HVB, 1, date.fromordinal(uiterlijk.toordinal() + 99)
        )


def test_the_round_of_an_option_takes_nobody_in_without_it(begin_op):
    proef, _ = begin(begin_op)
    ronde = next(r for r in proef.definitie.instroom.rondes if r.alleen_bij_optie == 1)
    with proef.huis.winkel.lezen() as sessie:
        rij = procedures.find_procedure(sessie, HVB)
        assert [b.code for b in verlengingen.check_ronde(sessie, rij.id, ronde)] == ["ronde-optie"]
    decide(proef)
    with proef.huis.winkel.lezen() as sessie:
        assert verlengingen.check_ronde(sessie, rij.id, ronde) == []
        assert verlengingen.find_einddatum(sessie, rij.id, ronde.ingang) == date(2021, 12, 31)
