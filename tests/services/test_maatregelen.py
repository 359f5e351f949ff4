"""Measures in a store: the letter first, another decides, clients are moved, the agreement ends on its day."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.cli.demo.personen import CONTRACTMANAGER, GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.sanctieladder import Maatregelgevolg
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import bewaking, documenten, looptijden, maatregelen, openbaar, overeenkomsten, verlengingen
from inkoop.services.maatregelen import Voornemen
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef, render_plaatsvervangers

HVB, NUMMER = "hvb-wmo-2019", "HVB-2019-0001"
EINDE = Voornemen(
    stap=5,
    afspraak="Verantwoorde ondersteuning",
    bevinding="Declaraties zonder geleverde zorg",
    bewijs="rapport toezichthouder, zaak 2019-77",
    maatregel="Opzegging van de overeenkomst",
    evenredigheid="Fraude; een lichtere maatregel herstelt het vertrouwen niet",
    ingang=date(2019, 9, 30),
    gevolg=Maatregelgevolg.BEEINDIGING,
    clienten="Cliënten gaan met hun instemming over naar een andere aanbieder",
    overdracht_op=date(2019, 8, 1),
    sprong="fraude",
)


@pytest.fixture
def proef(begin_op) -> Proef:
    proef = begin_op(HVB)
    add_contracten(proef, 2, date(2019, 1, 2))
    proef.klok.set(proef.at(date(2019, 6, 3)))
    return proef


def propose(proef: Proef, voornemen: Voornemen = EINDE, **anders: object) -> str:
    velden = msgspec.structs.replace(voornemen, **anders)
    return maatregelen.propose_maatregel(proef.huis, proef.act_as(CONTRACTMANAGER), NUMMER, velden)


def send_voornemen(proef: Proef, kenmerk: str) -> None:
    render_plaatsvervangers(proef.huis, proef.act_as(INKOPER))
    with proef.huis.winkel.lezen() as sessie:
        document = documenten.find_by_sleutel(sessie, f"maatregel:{kenmerk}:voornemen").kenmerk
    documenten.approve(proef.huis, proef.act_as(JURIST), document)
    documenten.send(proef.huis, proef.act_as(INKOPER), document)


def search(proef: Proef, op: date) -> set[str]:
    uitkomst = openbaar.search_catalogus(proef.huis, openbaar.Catalogusvraag(), proef.at(op), None)
    return {regel.aanbieder for regel in uitkomst.regels}


@pytest.mark.dekking("H19-58")
def test_an_agreement_is_ended_after_the_provider_was_heard_and_by_another_than_who_drafted(proef: Proef):
    kenmerk = propose(proef)
    with proef.refuses("zienswijze-termijn", "voornemen-verzenden", "maatregel-weging"):
        maatregelen.decide_maatregel(proef.huis, proef.act_as(GEMANDATEERDE), kenmerk, " ")
    send_voornemen(proef, kenmerk)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        maatregelen.decide_maatregel(proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, "geen reactie")
    proef.klok.set(proef.at(date(2019, 6, 10)))
    maatregelen.record_zienswijze(
        proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, date(2019, 6, 7), "Wij herkennen dit niet."
    )
    with proef.refuses("maatregel-niveau"):
        maatregelen.decide_maatregel(proef.huis, proef.act_as(JURIST), kenmerk, "weegt niet op")
    maatregelen.decide_maatregel(proef.huis, proef.act_as(GEMANDATEERDE), kenmerk, "weegt niet op")
    with proef.huis.winkel.lezen() as sessie:
        besluit = documenten.find_by_sleutel(sessie, f"maatregel:{kenmerk}:besluit")
        assert overeenkomsten.find_overeenkomst(sessie, NUMMER).einddatum == date(2019, 9, 30)
    gegevens = msgspec.json.decode(besluit.gegevens)
    assert (gegevens["zienswijze_op"], gegevens["ingang"]) == ("2019-06-07", "2019-09-30")
    with proef.refuses("maatregel-stand"):
        maatregelen.withdraw_maatregel(proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, "spijt")


def test_an_ended_agreement_is_not_extended_with_the_others_and_ends_on_its_own_day(proef: Proef):
    kenmerk = propose(proef, ingang=date(2020, 6, 30), overdracht_op=date(2020, 5, 1))
    send_voornemen(proef, kenmerk)
    proef.klok.set(proef.at(date(2019, 7, 1)))
    maatregelen.decide_maatregel(proef.huis, proef.act_as(GEMANDATEERDE), kenmerk, "er kwam geen zienswijze")
    proef.klok.set(proef.at(date(2020, 4, 1)))
    _, nummers = verlengingen.decide_verlenging(
        proef.huis, proef.act_as(GEMANDATEERDE), HVB, 1, Verlengingskeuze.NIET_VERLENGEN, grond="besluit",
        clienten="gaan over", overdracht_op=date(2020, 10, 1),
    )  # fmt: skip
    assert nummers == ["HVB-2019-0002"]
    for dag, gedaan in ((date(2020, 6, 30), False), (date(2020, 7, 1), True)):
        proef.klok.set(proef.at(dag, 5))
        door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
        assert looptijden.end_contract(proef.huis, door, NUMMER) is gedaan
    with proef.huis.winkel.lezen() as sessie:
        assert overeenkomsten.find_overeenkomst(sessie, NUMMER).status is Overeenkomststatus.BEEINDIGD


def test_a_step_is_not_skipped_without_a_reason_and_one_intention_runs_at_a_time(proef: Proef):
    with proef.refuses("ladder-overgeslagen", "maatregel-bewijs"):
        propose(proef, sprong="", bewijs="")
    with proef.refuses("bsn", "bsn"):
        propose(proef, bevinding="Bij cliënt 123456782 kwam niemand.", clienten="bsn 1234 56 782")
    with proef.refuses("maatregel-overdracht", "maatregel-clienten"):
        propose(proef, clienten="", overdracht_op=None)
    kenmerk = propose(proef)
    with proef.refuses("maatregel-open"):
        propose(proef)
    maatregelen.withdraw_maatregel(proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, "de bevinding klopte niet")
    assert propose(proef) == f"{NUMMER}-M02"


def test_a_stop_hides_the_provider_from_the_catalogue_for_its_time_only(proef: Proef):
    from inkoop.services import implementatie

    with proef.huis.winkel.eenheid(maatregelen_actor(), proef.klok.tick()) as eenheid:
        for nummer in (NUMMER, "HVB-2019-0002"):
            rij = overeenkomsten.find_overeenkomst(eenheid.sessie, nummer)
            implementatie.add_catalogus(proef.huis, eenheid, rij)
        eenheid.audit("proef", NUMMER)
    kenmerk = propose(
        proef, stap=3, gevolg=Maatregelgevolg.CLIENTENSTOP, ingang=date(2019, 7, 1), einde=date(2019, 12, 31),
        overdracht_op=None,
    )  # fmt: skip
    send_voornemen(proef, kenmerk)
    proef.klok.set(proef.at(date(2019, 6, 24)))
    maatregelen.decide_maatregel(proef.huis, proef.act_as(GEMANDATEERDE), kenmerk, "er kwam geen zienswijze")
    for dag, zichtbaar in ((date(2019, 6, 30), True), (date(2019, 7, 1), False), (date(2020, 1, 1), True)):
        assert ("Aanbieder 1" in search(proef, dag)) is zichtbaar
        assert "Aanbieder 2" in search(proef, dag)


def test_the_catalogue_is_never_in_an_order_of_preference(proef: Proef, monkeypatch: pytest.MonkeyPatch):
    """By name from A, or from the letter of the day; who was put in first or delivers most plays no part."""
    from inkoop.services import catalogusvolgorde, implementatie

    with proef.huis.winkel.eenheid(maatregelen_actor(), proef.klok.tick()) as eenheid:
        for nummer in ("HVB-2019-0002", NUMMER):
            rij = overeenkomsten.find_overeenkomst(eenheid.sessie, nummer)
            implementatie.add_catalogus(proef.huis, eenheid, rij)
        eenheid.audit("proef", NUMMER)
    gelezen = []
    for letter in ("", "Aanbieder 2", "B"):
        monkeypatch.setattr(catalogusvolgorde, "find_beginletter", lambda *_, letter=letter: letter)
        uitkomst = openbaar.search_catalogus(proef.huis, openbaar.Catalogusvraag(), proef.at(date(2019, 7, 1)), None)
        gelezen.append(list(dict.fromkeys(regel.aanbieder for regel in uitkomst.regels)))
    opgaand = ["Aanbieder 1", "Aanbieder 2"]
    assert gelezen == [opgaand, opgaand[::-1], opgaand]


def maatregelen_actor():
    from inkoop.domain.persoon import Rol
    from inkoop.storage.eenheid import Actor

    return Actor(persoon=INKOPER, rol=Rol.INKOPER)


def test_an_intention_is_guarded_until_it_is_decided(proef: Proef):
    kenmerk = propose(proef)
    proef.klok.set(proef.at(date(2019, 6, 18), 5))
    bewaking.watch(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()))
    with proef.huis.winkel.lezen() as sessie:
        (melding,) = [een for een in bewaking.list_meldingen(sessie) if een.onderwerp == kenmerk]
    assert "besluiten of intrekken" in melding.wat
