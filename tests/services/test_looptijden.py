"""The end of agreements: moved by a tacit renewal with a letter, reached on its day; and their text on any day."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.cli.demo.personen import INKOPER
from inkoop.domain.persoon import Rol
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import addenda, documenten, fasewerk, geconsolideerd, looptijden, ondertekeningen, overeenkomsten
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.overeenkomst import AddendumRow
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef

MEIERIJ, NUMMER = "meierij-2020", "RM-2020-0001"


def tik(proef: Proef, op: date) -> tuple[bool, bool]:
    proef.klok.set(proef.at(op, 5))
    door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
    return looptijden.renew_tacit(proef.huis, door, NUMMER), looptijden.end_contract(proef.huis, door, NUMMER)


def read(proef: Proef, nummer: str = NUMMER):
    with proef.huis.winkel.lezen() as sessie:
        return overeenkomsten.find_overeenkomst(sessie, nummer)


@pytest.fixture
def proef(begin_op) -> Proef:
    proef = begin_op(MEIERIJ)
    add_contracten(proef, 1, date(2020, 1, 2))
    return proef


@pytest.mark.dekking("M20-32", "BP-03")
def test_a_renewal_that_nobody_stopped_moves_the_end_once_with_a_letter_for_information(proef: Proef):
    assert tik(proef, date(2021, 6, 30)) == (False, False), "the last day for notice has not passed"
    assert tik(proef, date(2021, 7, 1)) == (True, False)
    assert tik(proef, date(2021, 7, 2)) == (False, False)
    assert read(proef).einddatum == date(2022, 12, 31)
    with proef.huis.winkel.lezen() as sessie:
        gegevens = msgspec.json.decode(documenten.find_by_sleutel(sessie, f"verlenging:{NUMMER}:1").gegevens)
    assert (gegevens["stilzwijgend"], gegevens["nieuwe_einddatum"]) == (True, "2022-12-31")
    assert gegevens["besluit_datum"] == "2021-07-01"


def test_renewals_that_were_missed_are_caught_up_and_the_maximum_ends_the_agreement(proef: Proef):
    laatste = proef.definitie.looptijd.max_einddatum
    assert tik(proef, date(laatste.year, 12, 31)) == (True, False)
    assert read(proef).einddatum == laatste
    assert tik(proef, date(laatste.year + 1, 1, 1)) == (False, True)
    assert read(proef).status is Overeenkomststatus.BEEINDIGD
    assert tik(proef, date(laatste.year + 1, 1, 2)) == (False, False)


def test_an_option_is_never_exercised_by_itself(begin_op):
    proef = begin_op("hvb-wmo-2019")
    (nummer,) = add_contracten(proef, 1, date(2019, 1, 2))
    proef.klok.set(proef.at(date(2020, 12, 31), 5))
    door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
    assert not looptijden.renew_tacit(proef.huis, door, nummer)
    assert not looptijden.end_contract(proef.huis, door, nummer)
    proef.klok.set(proef.at(date(2021, 1, 1), 5))
    assert looptijden.end_contract(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()), nummer)


def test_both_are_part_of_the_daily_tick():
    assert {"stilzwijgend verlengd", "beëindigd"} <= set(fasewerk.FASEWERK["implementeren"].stappen)


def add_addendum(proef: Proef, ingang: date, status: Overeenkomststatus) -> None:
    """An addendum to another tariff table of the procedure, laid down as a row."""
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = overeenkomsten.find_overeenkomst(eenheid.sessie, NUMMER)
        zaak = geconsolideerd.load_zaak(
            eenheid.sessie, proef.huis.feestdagen, overeenkomsten.find_aanmelding(eenheid.sessie, rij)
        )
        wijziging = addenda.find_wijziging(zaak, rij, date(ingang.year - 1, 10, 1))
        assert wijziging is not None
        eenheid.sessie.add(
            AddendumRow(
                id=proef.huis.nieuw_id(), overeenkomst_id=rij.id, nummer=f"{NUMMER}-A01", status=status,
                inhoud=msgspec.json.encode(wijziging).decode(), ingang=ingang, opgesteld_door=INKOPER,
            )
        )  # fmt: skip
        eenheid.audit("proef", NUMMER)


@pytest.mark.dekking("H19-55")
@pytest.mark.parametrize(
    ("status", "gewijzigd"), [("actief", True), ("vervallen", False), ("ter_ondertekening", False)]
)
def test_only_an_addendum_that_all_signed_changes_the_agreement_and_only_from_its_day(
    proef: Proef, status: str, gewijzigd: bool
):
    add_addendum(proef, date(2021, 1, 1), Overeenkomststatus(status))
    with proef.huis.winkel.lezen() as sessie:
        voor = geconsolideerd.read_stand(proef.huis, sessie, NUMMER, date(2020, 12, 31))
        na = geconsolideerd.read_stand(proef.huis, sessie, NUMMER, date(2021, 1, 1))
    assert voor.wijzigingen == ()
    assert bool(na.wijzigingen) is gewijzigd
    assert any("Helvoirt" in naam for naam in na.gebied) is gewijzigd


def test_there_is_no_text_before_the_agreement_nor_of_one_that_was_taken_in(proef: Proef):
    with proef.huis.winkel.lezen() as sessie:
        with proef.refuses("overeenkomst-status"):
            geconsolideerd.read_stand(proef.huis, sessie, NUMMER, date(2019, 12, 31))
        with proef.refuses("geen-tekst"):
            geconsolideerd.order_tekst(proef.huis, sessie, NUMMER, date(2020, 2, 1))


def test_an_addendum_cannot_be_signed_after_the_last_day_of_its_cycle_and_lapses_then(proef: Proef):
    add_addendum(proef, date(2021, 1, 1), Overeenkomststatus.TER_ONDERTEKENING)
    cyclus = proef.definitie.contract.addendumcyclus
    assert addenda.end_of_tekenen(cyclus, date(2021, 1, 1)) == date(2020, 12, 1)
    for dag, vervallen in ((date(2020, 12, 1), False), (date(2020, 12, 2), True)):
        proef.klok.set(proef.at(dag, 5))
        door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
        assert addenda.lapse_addendum(proef.huis, door, f"{NUMMER}-A01") is vervallen
    assert read(proef, f"{NUMMER}-A01").status is Overeenkomststatus.VERVALLEN


@pytest.mark.parametrize(("dag", "codes"), [("2020-12-01", []), ("2020-12-02", ["addendum-te-laat"])])
def test_a_signature_on_an_addendum_counts_up_to_the_last_day_of_its_cycle(proef: Proef, dag: str, codes: list[str]):
    add_addendum(proef, date(2021, 1, 1), Overeenkomststatus.TER_ONDERTEKENING)
    with proef.huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_overeenkomst(sessie, f"{NUMMER}-A01")
        aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
        zaak = geconsolideerd.load_zaak(sessie, proef.huis.feestdagen, aanmelding)
        beletselen = ondertekeningen._check_datum(rij, zaak, date.fromisoformat(dag), date(2020, 12, 31))
    assert [b.code for b in beletselen] == codes
