"""Facts beside their evidence, facts that are not clear, precedents and numbers of a round, on a played round."""

from __future__ import annotations

from datetime import date

import pytest

from inkoop.cli.demo.personen import BEOORDELAARS, CONTRACTMANAGER, JURIST
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.herstel import Puntstand
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import (
    aanmeldingen,
    bewijslezing,
    documenten,
    feiten,
    herstel,
    precedenten,
    rondestand,
    statistiek,
    toetsen,
)
from inkoop.services.feiten import Nadervaststelling, Vaststelling
from inkoop.services.taken import Taaksoort
from inkoop.services.verzegeling import NogVerzegeldError
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef


def mark(proef: Proef, zaak: str, bestand: str, wijze: Nadervaststelling, reden: str) -> None:
    door = proef.act_as(BEOORDELAARS[0])
    (regel,) = [r for r in feiten.read_feiten(proef.huis, door, proef.find(zaak)) if r.bestand == bestand]
    feiten.establish_feiten(proef.huis, door, proef.find(zaak), [Vaststelling(id=regel.id, wijze=wijze, reden=reden)])


def read_uitkomst(proef: Proef, zaak: str, criterium: str) -> set[Uitkomst]:
    with proef.huis.winkel.lezen() as sessie:
        toets = toetsen.find_laatste(sessie, aanmeldingen.find_aanmelding(sessie, proef.find(zaak)))
    assert toets is not None
    return {b.uitkomst for b in toetsen.decode_resultaat(toets).bevindingen if b.criterium == criterium}


def test_a_fact_that_is_not_clear_does_not_count_is_asked_about_and_is_established_later(begin: Begin):
    proef = begin("feiten_vaststellen")
    reden = "De datum op bladzijde 2 is niet te lezen."
    mark(proef, "M1", "klachtenregeling.pdf", Nadervaststelling.ONDUIDELIJK, reden)
    proef.perform_alle(Taaksoort.FEITEN_VASTSTELLEN)
    proef.tick(Fase.SELECTEREN)
    assert read_uitkomst(proef, "M1", "M-06") == {Uitkomst.HERSTELBAAR}
    with proef.huis.winkel.lezen() as sessie:
        brief = documenten.find_by_sleutel(sessie, f"herstel:{proef.find('M1')}")
        punten = herstel.list_puntstanden(sessie, aanmeldingen.find_aanmelding(sessie, proef.find("M1")))
    assert brief is not None
    gegevens = documenten.decode_gegevens(brief)
    assert [punt.criterium for punt in gegevens.punten] == ["M-06"]  # type: ignore[attr-defined]
    assert [punt.waarom for punt in gegevens.onduidelijk] == [reden]  # type: ignore[attr-defined]
    assert [punt.stand for punt in punten] == [Puntstand.OPEN]
    mark(proef, "M1", "klachtenregeling.pdf", Nadervaststelling.BEVESTIGD, "toegelicht aan de telefoon en gelezen")
    proef.tick(Fase.SELECTEREN)
    assert read_uitkomst(proef, "M1", "M-06") == {Uitkomst.VOLDOET}
    with proef.refuses("al-vastgesteld"):
        mark(proef, "M1", "klachtenregeling.pdf", Nadervaststelling.ONDUIDELIJK, "toch niet")


def test_every_fact_stands_beside_its_evidence_with_what_is_on_it(begin: Begin):
    proef = begin("feiten_vaststellen")
    bladen = bewijslezing.read_bewijsbladen(proef.huis, proef.act_as(BEOORDELAARS[0]), proef.find("M1"))
    door = proef.act_as(JURIST)
    assert [blad.feit for blad in bladen] == [r.id for r in feiten.read_feiten(proef.huis, door, proef.find("M1"))]
    assert all(blad.paginas == 1 and blad.regels for blad in bladen)
    mark(proef, "M1", "klachtenregeling.pdf", Nadervaststelling.BEVESTIGD, "gelezen op bladzijde 1")
    nog = bewijslezing.read_bewijsbladen(proef.huis, proef.act_as(BEOORDELAARS[0]), proef.find("M1"), alleen_open=True)
    assert len(nog) == len(bladen) - 1


def test_evidence_is_not_read_before_the_round_is_opened_or_by_somebody_else(begin: Begin):
    proef = begin("opening_verzoeken")
    with pytest.raises(NogVerzegeldError):
        bewijslezing.read_bewijsbladen(proef.huis, proef.act_as(JURIST), proef.find("M1"))
    with pytest.raises(GeenToegangError):
        bewijslezing.read_bewijsbladen(proef.huis, proef.act_as(CONTRACTMANAGER), proef.find("M1"))


def test_a_judgement_the_other_way_round_on_like_evidence_is_a_warning(begin: Begin):
    proef = begin("besluiten_controleren")
    door = proef.act_as(JURIST)
    regels = precedenten.read_precedenten(proef.huis, door, proef.find("M1"))
    assert {regel.criterium for regel in regels} >= {"M-04", "M-13"}
    assert all(regel.precedent.aanmelding != proef.find("M1") for regel in regels)
    punt = next(regel.punt for regel in regels if regel.precedent.ja)
    assert precedenten.warn(proef.huis, door, proef.find("M1"), punt, ja=True) == ()
    assert precedenten.warn(proef.huis, door, proef.find("M1"), punt, ja=False) != ()


def test_a_round_in_numbers_counts_what_happened(begin: Begin):
    proef = begin("einde")
    cijfers = statistiek.read_statistiek(proef.huis, proef.act_as(JURIST), RONDE)
    assert cijfers.aanmeldingen == {"besloten": 5, "te_laat": 1}
    assert cijfers.dagen_tot_verzending == (date(2020, 5, 15) - date(2020, 3, 31)).days
    assert cijfers.falend["M-11"] == 1
    assert (cijfers.herstelverzoeken, cijfers.hersteld) == (1, 0)
    assert cijfers.percelen["1B"]["afgewezen"] == 1


def test_where_a_round_stands_is_counted_without_names_and_only_after_its_opening(begin: Begin):
    dicht = begin("opening_verzoeken")
    assert rondestand.count_standen(dicht.huis, RONDE) == ()
    proef = begin("einde")
    geteld = {(een.wat, een.soort, een.stand): een.aantal for een in rondestand.count_standen(proef.huis, RONDE)}
    assert geteld["aanmeldingen", "", "besloten"] == 5
    assert geteld["aanmeldingen", "", "te_laat"] == 1
    cijfers = statistiek.read_statistiek(proef.huis, proef.act_as(JURIST), RONDE)
    afgewezen = sum(perceel.get("afgewezen", 0) for perceel in cijfers.percelen.values())
    assert geteld["besluiten", "afgewezen", "verzonden"] == afgewezen
    assert sum(aantal for (wat, _, _), aantal in geteld.items() if wat == "overeenkomsten") > 0
    assert geteld["documenten", "ontvangstbevestiging", "verzonden"] == 6
    assert rondestand.count_standen(proef.huis, "bestaat-niet") == ()
