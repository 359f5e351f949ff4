"""Handing in: what is received, what counts, and who may look at it when."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.personen import BEOORDELAARS, INKOPER, JURIST
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Aanmeldingsstatus, OngeldigVerloopError
from inkoop.services import aanmeldingen, besluiten, bewijzen, documenten, feiten, indienen, oordelen, toetsen
from inkoop.services.taken import Taaksoort
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.oordeel import OordeelRow
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef, find_scenario

OPGAVE = find_scenario("M1").aanmelding
OP_TIJD = datetime(2020, 3, 12, 10, 41, tzinfo=TIJDZONE)
LAATSTE_SECONDE = datetime(2020, 3, 31, 23, 59, 59, tzinfo=TIJDZONE)


def read_status(proef: Proef, kenmerk: str) -> Aanmeldingsstatus:
    with proef.huis.winkel.lezen() as sessie:
        return aanmeldingen.find_aanmelding(sessie, kenmerk).status


def test_an_aanmelding_without_one_of_its_files_is_refused_whole(begin: Begin):
    proef = begin("gepubliceerd")
    bestanden = make_bestanden(OPGAVE, OPGAVE.bewijsstukken)
    del bestanden["klachtenregeling.pdf"]
    with proef.refuses("bestand-ontbreekt"):
        proef.submit(OPGAVE, ontvangen_op=OP_TIJD, bestanden=bestanden)


def test_an_aanmelding_with_a_file_that_it_does_not_name_is_refused_whole(begin: Begin):
    proef = begin("gepubliceerd")
    bestanden = make_bestanden(OPGAVE, OPGAVE.bewijsstukken) | {"foto.pdf": b"%PDF-1.7"}
    with proef.refuses("bestand-onbekend"):
        proef.submit(OPGAVE, ontvangen_op=OP_TIJD, bestanden=bestanden)


@pytest.mark.parametrize("inhoud", [b"", b"MZ\x90\x00 een programma", b"PK\x03\x04 geen pdf"])
def test_an_aanmelding_with_a_file_that_is_not_what_its_name_says_is_refused_whole(begin: Begin, inhoud: bytes):
    proef = begin("gepubliceerd")
    bestanden = make_bestanden(OPGAVE, OPGAVE.bewijsstukken) | {"klachtenregeling.pdf": inhoud}
    with proef.refuses("bestand-geweigerd"):
        proef.submit(OPGAVE, ontvangen_op=OP_TIJD, bestanden=bestanden)


def test_every_fault_in_the_files_is_named_at_once(begin: Begin):
    proef = begin("gepubliceerd")
    bestanden = make_bestanden(OPGAVE, OPGAVE.bewijsstukken) | {"foto.pdf": b"%PDF-1.7", "klachtenregeling.pdf": b""}
    eerste = OPGAVE.bewijsstukken[0].bestand
    assert eerste != "klachtenregeling.pdf"
    del bestanden[eerste]
    with proef.refuses("bestand-ontbreekt", "bestand-onbekend", "bestand-geweigerd"):
        proef.submit(OPGAVE, ontvangen_op=OP_TIJD, bestanden=bestanden)


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"percelen": ("1A", "9Z")}, "perceel"),
        ({"percelen": ()}, "geen-perceel"),
        ({"producten": ("KDV-basis",)}, "product"),
    ],
)
def test_an_aanmelding_for_what_is_not_on_offer_is_refused(begin: Begin, anders: dict[str, object], code: str):
    proef = begin("gepubliceerd")
    with proef.refuses(code):
        proef.submit(msgspec.structs.replace(OPGAVE, **anders), ontvangen_op=OP_TIJD)


@pytest.mark.parametrize(
    ("ontvangen_op", "geweigerd"),
    [
        (datetime(2020, 2, 2, 23, 59, 59, tzinfo=TIJDZONE), True),
        (datetime(2020, 2, 3, 0, 0, 0, tzinfo=TIJDZONE), False),
    ],
)
def test_a_round_takes_applications_from_its_day_of_opening(begin: Begin, ontvangen_op: datetime, geweigerd: bool):
    proef = begin("gepubliceerd")
    if geweigerd:
        with proef.refuses("niet-open"):
            proef.submit(OPGAVE, ontvangen_op=ontvangen_op)
    else:
        assert read_status(proef, proef.submit(OPGAVE, ontvangen_op=ontvangen_op)) is Aanmeldingsstatus.ONTVANGEN


def test_nobody_hands_in_for_somebody_else(begin: Begin):
    proef = begin("gepubliceerd")
    proef.klok.set(OP_TIJD)
    door = proef.act_as(aanbieder_id(find_scenario("M2").aanmelding.penvoerder.kvk))
    with proef.refuses("namens"):
        indienen.submit_aanmelding(
            proef.huis, door, ronde=RONDE, opgave=OPGAVE, bestanden=make_bestanden(OPGAVE, OPGAVE.bewijsstukken)
        )


@pytest.mark.parametrize("wie", [INKOPER, JURIST, BEOORDELAARS[0]])
def test_nobody_of_the_gemeenten_hands_in(begin: Begin, wie: str):
    proef = begin("gepubliceerd")
    proef.klok.set(OP_TIJD)
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        indienen.submit_aanmelding(
            proef.huis,
            proef.act_as(wie),
            ronde=RONDE,
            opgave=OPGAVE,
            bestanden=make_bestanden(OPGAVE, OPGAVE.bewijsstukken),
        )


@pytest.mark.parametrize(
    ("te_laat", "status"),
    [(timedelta(0), Aanmeldingsstatus.ONTVANGEN), (timedelta(seconds=1), Aanmeldingsstatus.TE_LAAT)],
)
def test_the_last_second_of_a_round_still_counts(begin: Begin, te_laat: timedelta, status: Aanmeldingsstatus):
    proef = begin("gepubliceerd")
    assert read_status(proef, proef.submit(OPGAVE, ontvangen_op=LAATSTE_SECONDE + te_laat)) is status


def test_a_late_aanmelding_is_kept_with_its_evidence_and_never_assessed(begin: Begin):
    proef = begin("einde")
    kenmerk = proef.find("M6")
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        assert rij.status is Aanmeldingsstatus.TE_LAAT
        stukken = bewijzen.list_bewijsstukken(sessie, rij)
        assert len(stukken) == len(find_scenario("M6").aanmelding.bewijsstukken) > 0
        assert all(proef.huis.winkel.bewijs.read(stuk.sha256) for stuk in stukken)
        assert toetsen.find_laatste(sessie, rij) is None
        assert sessie.exec(select(OordeelRow).where(OordeelRow.aanmelding_id == rij.id)).all() == []
        assert besluiten.list_besluiten(sessie, rij) == []
        soorten = [d.soort for d in documenten.list_documenten(sessie, onderwerp=kenmerk)]
    assert sorted(soorten) == ["brief-te-laat", "ontvangstbevestiging"]


def test_the_last_aanmelding_before_closing_takes_the_place_of_the_one_before(begin: Begin):
    proef = begin("gepubliceerd")
    eerste = proef.submit(OPGAVE, ontvangen_op=OP_TIJD)
    ander = proef.submit(find_scenario("M2").aanmelding, ontvangen_op=OP_TIJD + timedelta(hours=1))
    tweede = proef.submit(OPGAVE, ontvangen_op=OP_TIJD + timedelta(days=1))
    assert read_status(proef, eerste) is Aanmeldingsstatus.VERVANGEN
    assert read_status(proef, tweede) is Aanmeldingsstatus.ONTVANGEN
    assert read_status(proef, ander) is Aanmeldingsstatus.ONTVANGEN


def test_a_late_aanmelding_does_not_take_the_place_of_one_in_time(begin: Begin):
    proef = begin("gepubliceerd")
    eerste = proef.submit(OPGAVE, ontvangen_op=OP_TIJD)
    laat = proef.submit(OPGAVE, ontvangen_op=LAATSTE_SECONDE + timedelta(seconds=1))
    assert read_status(proef, eerste) is Aanmeldingsstatus.ONTVANGEN
    assert read_status(proef, laat) is Aanmeldingsstatus.TE_LAAT


@pytest.mark.parametrize("wie", [INKOPER, JURIST, *BEOORDELAARS])
def test_nobody_reads_an_aanmelding_before_closing(begin: Begin, wie: str):
    proef = begin("gepubliceerd")
    kenmerk = proef.submit(OPGAVE, ontvangen_op=OP_TIJD)
    proef.klok.nu = LAATSTE_SECONDE - timedelta(minutes=1)
    with proef.refuses("voor-sluiting", fout=GeenToegangError):
        feiten.read_feiten(proef.huis, proef.act_as(wie), kenmerk)
    proef.klok.nu = LAATSTE_SECONDE - timedelta(minutes=1)
    with proef.refuses("voor-sluiting", fout=GeenToegangError):
        oordelen.read_punten(proef.huis, proef.act_as(wie), kenmerk)


def test_a_tick_before_closing_neither_tests_an_aanmelding_nor_asks_anybody_for_anything(begin: Begin):
    proef = begin("gepubliceerd")
    kenmerk = proef.submit(OPGAVE, ontvangen_op=OP_TIJD)
    proef.tick(Fase.SELECTEREN, LAATSTE_SECONDE - timedelta(minutes=2))
    assert proef.list_taken() == []
    with proef.huis.winkel.lezen() as sessie:
        assert toetsen.find_laatste(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk)) is None


def withdraw(proef: Proef, zaak: str, kvk: str) -> None:
    aanmeldingen.withdraw_aanmelding(proef.huis, proef.act_as(aanbieder_id(kvk)), proef.find(zaak), "Andere plannen.")


def test_an_aanmelding_that_is_withdrawn_is_not_assessed_any_more(begin: Begin):
    proef = begin("opening_verzoeken")
    withdraw(proef, "M1", OPGAVE.penvoerder.kvk)
    proef.perform(proef.list_taken()[0])
    proef.perform(proef.list_taken()[0])
    proef.tick(Fase.SELECTEREN)
    assert read_status(proef, proef.find("M1")) is Aanmeldingsstatus.INGETROKKEN
    assert read_status(proef, proef.find("M2")) is Aanmeldingsstatus.IN_BEHANDELING
    assert not [taak for taak in proef.list_taken() if taak.onderwerp == proef.find("M1")]


@pytest.mark.parametrize("moment", ["besluiten_controleren", "besluiten_nemen"])
def test_an_aanmelding_that_is_withdrawn_gets_no_besluit_and_the_others_do(begin: Begin, moment: str):
    proef = begin(moment)
    withdraw(proef, "M1", OPGAVE.penvoerder.kvk)
    proef.perform_alle(Taaksoort.BESLUITEN_CONTROLEREN, Taaksoort.BESLUITEN_NEMEN)
    proef.tick(Fase.CONCRETISEREN)
    assert read_status(proef, proef.find("M2")) is Aanmeldingsstatus.BESLOTEN
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, proef.find("M1"))
        assert rij.status is Aanmeldingsstatus.INGETROKKEN
        assert {b.status.value for b in besluiten.list_besluiten(sessie, rij)} == {"vervallen"}


def test_nobody_withdraws_the_aanmelding_of_another(begin: Begin):
    proef = begin("opening_verzoeken")
    with proef.refuses("namens", fout=GeenToegangError):
        withdraw(proef, "M1", find_scenario("M2").aanmelding.penvoerder.kvk)


def test_an_aanmelding_that_is_decided_on_cannot_be_withdrawn(begin: Begin):
    proef = begin("besluiten_verzenden")
    with proef.refuses(fout=OngeldigVerloopError):
        withdraw(proef, "M1", OPGAVE.penvoerder.kvk)


def test_every_aanmelding_of_a_round_has_its_own_number_in_order_of_receipt(begin: Begin):
    proef = begin("aangemeld")
    with proef.huis.winkel.lezen() as sessie:
        rijen = sorted(sessie.exec(select(AanmeldingRow)).all(), key=lambda rij: rij.ontvangen_op)
    assert [rij.kenmerk for rij in rijen] == [f"{RONDE}-A{n:03d}" for n in range(1, len(rijen) + 1)]
