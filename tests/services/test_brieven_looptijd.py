"""Letters during the term can be made: who signs, for whom and on what ground stands in each of them."""

from __future__ import annotations

from datetime import date

from inkoop import bootstrap
from inkoop.cli.demo.personen import CONTRACTMANAGER, GEMANDATEERDE
from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.maken import build_document
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.domain.sanctieladder import Maatregelgevolg
from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.services import documenten, looptijden, maatregelen
from tests.documents.sjabloonproef import SJABLONEN
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef
from tests.services.test_maatregelen import EINDE, send_voornemen
from tests.services.test_verlengingen import begin, decide

HVB = "hvb-wmo-2019"


def build(proef: Proef, sleutel: str) -> str:
    """The words of the paper that was asked for under this key, past every gate of its template."""
    with proef.huis.winkel.lezen() as sessie:
        rij = documenten.find_by_sleutel(sessie, sleutel)
        assert rij is not None
        gegevens = to_gegevens(documenten.decode_gegevens(rij))
    return repr(build_document(SJABLONEN, rij.soort, gegevens, read_metagegevens(SJABLONEN, rij.soort)))


def test_letters_about_options_name_every_gemeente_and_the_mandate(begin_op):
    proef, (nummer, *_) = begin(begin_op)
    decide(proef)
    clienten = "Elke cliënt kiest met de toegang een andere aanbieder."
    decide(proef, 2, Verlengingskeuze.NIET_VERLENGEN, clienten=clienten, overdracht_op=date(2021, 10, 1))
    for nummer_van_optie in (1, 2):
        brief = build(proef, f"verlenging:{nummer}:{nummer_van_optie}")
        assert proef.definitie.mandaten[0].grondslag in brief
        assert all(gemeente.naam in brief for gemeente in proef.definitie.gemeenten_op(date(2020, 5, 4)))


def test_letters_about_a_measure_say_on_what_ground_who_writes(begin_op):
    hvb = begin_op(HVB)
    add_contracten(hvb, 1, date(2019, 1, 2))
    hvb.klok.set(hvb.at(date(2019, 6, 3)))
    kenmerk = maatregelen.propose_maatregel(hvb.huis, hvb.act_as(CONTRACTMANAGER), "HVB-2019-0001", EINDE)
    assert "daarover besluit: portefeuillehoudersoverleg" in build(hvb, f"maatregel:{kenmerk}:voornemen")
    send_voornemen(hvb, kenmerk)
    hvb.klok.set(hvb.at(date(2019, 7, 10)))
    maatregelen.decide_maatregel(hvb.huis, hvb.act_as(GEMANDATEERDE), kenmerk, "geen reactie")
    mandaat = next(m for m in hvb.definitie.mandaten if "opzegging" in m.onderwerpen)
    assert mandaat.grondslag in build(hvb, f"maatregel:{kenmerk}:besluit")
    assert EINDE.gevolg is Maatregelgevolg.BEEINDIGING


def test_a_letter_about_a_tacit_renewal_says_that_it_decides_nothing(begin_op):
    proef = begin_op("meierij-2020")
    add_contracten(proef, 1, date(2020, 1, 2))
    proef.klok.set(proef.at(date(2021, 7, 1), 5))
    door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
    assert looptijden.renew_tacit(proef.huis, door, "RM-2020-0001")
    assert "bevat geen besluit" in build(proef, "verlenging:RM-2020-0001:1")
