"""An outage: proven or not is decided by a second person, and what follows is the same for everybody."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest

from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.documents.gegevens import BriefTeLaatgegevens
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, documenten, indienen, opening, rondes, storingen
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef, find_scenario

SLUITING = datetime(2020, 3, 31, 23, 59, 59, tzinfo=TIJDZONE)
GELIJK_TOT = datetime(2020, 4, 1, 0, 30, 0, tzinfo=TIJDZONE)
OPGAVE = find_scenario("M1").aanmelding
ANDER = find_scenario("M2").aanmelding


def submit(proef: Proef, opgave, moment: datetime) -> str:
    if proef.klok.nu < moment:
        proef.klok.set(moment)
    door = proef.act_as(aanbieder_id(opgave.penvoerder.kvk))
    bestanden = make_bestanden(opgave, opgave.bewijsstukken)
    return indienen.submit_aanmelding(
        proef.huis, door, ronde=RONDE, opgave=opgave, bestanden=bestanden, ontvangen_op=moment
    )


def register(proef: Proef, **anders) -> str:
    if proef.klok.nu < GELIJK_TOT + timedelta(hours=8):
        proef.klok.set(GELIJK_TOT + timedelta(hours=8))
    velden = {
        "van": SLUITING - timedelta(minutes=20),
        "tot": SLUITING + timedelta(minutes=10),
        "melding": "Het platform was onbereikbaar.",
        "bewijs": "logboek van het platform",
    }
    return storingen.register_storing(proef.huis, proef.act_as(INKOPER), RONDE, **{**velden, **anders})


def decide(proef: Proef, kenmerk: str, *, erkend: bool, gelijk_tot: datetime | None, wie: str = JURIST):
    return storingen.decide_storing(
        proef.huis,
        proef.act_as(wie),
        kenmerk,
        erkend=erkend,
        bevinding="Dat blijkt uit het logboek.",
        gelijk_tot=gelijk_tot,
    )


def read_status(proef: Proef, kenmerk: str) -> Aanmeldingsstatus:
    with proef.huis.winkel.lezen() as sessie:
        return aanmeldingen.find_aanmelding(sessie, kenmerk).status


def open_ronde(proef: Proef) -> None:
    rondes.request_opening(proef.huis, proef.act_as(INKOPER), RONDE)
    opening.open_ronde(proef.huis, proef.act_as(JURIST), RONDE)


def test_a_recognised_outage_counts_for_everybody_up_to_the_same_second(begin: Begin):
    proef = begin("gepubliceerd")
    net = submit(proef, OPGAVE, GELIJK_TOT)
    net_niet = submit(proef, ANDER, GELIJK_TOT + timedelta(seconds=1))
    assert {read_status(proef, net), read_status(proef, net_niet)} == {Aanmeldingsstatus.TE_LAAT}
    assert decide(proef, register(proef), erkend=True, gelijk_tot=GELIJK_TOT) == (net,)
    assert read_status(proef, net) is Aanmeldingsstatus.ONTVANGEN
    assert read_status(proef, net_niet) is Aanmeldingsstatus.TE_LAAT


def test_a_later_one_that_counts_after_all_takes_the_place_of_the_earlier(begin: Begin):
    proef = begin("gepubliceerd")
    eerste = submit(proef, OPGAVE, SLUITING - timedelta(days=1))
    tweede = submit(proef, OPGAVE, SLUITING + timedelta(minutes=1))
    decide(proef, register(proef), erkend=True, gelijk_tot=GELIJK_TOT)
    open_ronde(proef)
    assert (read_status(proef, eerste), read_status(proef, tweede)) == (
        Aanmeldingsstatus.VERVANGEN,
        Aanmeldingsstatus.ONTVANGEN,
    )


@pytest.mark.parametrize("eerst_openen", [True, False])
def test_nobody_is_told_that_he_was_late_while_an_outage_is_looked_into(begin: Begin, eerst_openen: bool):
    proef = begin("gepubliceerd")
    laat = submit(proef, ANDER, SLUITING + timedelta(minutes=1))
    kenmerk = register(proef) if not eerst_openen else ""
    open_ronde(proef)
    kenmerk = kenmerk or register(proef)
    assert not aanmeldingen.answer_niet_beoordeeld(proef.huis, proef.act_as(INKOPER), laat)
    decide(proef, kenmerk, erkend=False, gelijk_tot=None)
    assert aanmeldingen.answer_niet_beoordeeld(proef.huis, proef.act_as(INKOPER), laat)
    with proef.huis.winkel.lezen() as sessie:
        (brief,) = [d for d in documenten.list_documenten(sessie, onderwerp=laat) if d.soort == "brief-te-laat"]
    gegevens = msgspec.json.decode(brief.gegevens, type=BriefTeLaatgegevens)
    assert gegevens.storingsonderzoek is not None
    assert gegevens.storingsonderzoek.melding == "Het platform was onbereikbaar."
    assert gegevens.storingsonderzoek.bevinding == "Dat blijkt uit het logboek."


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"van": SLUITING + timedelta(seconds=1)}, "na-sluiting"),
        ({"tot": SLUITING - timedelta(hours=1)}, "periode"),
        ({"bewijs": " "}, "bewijs"),
        ({"melding": ""}, "melding"),
        ({"tot": datetime(2030, 1, 1, tzinfo=TIJDZONE)}, "toekomst"),
    ],
)
def test_an_outage_without_proof_or_outside_the_round_is_refused(begin: Begin, anders, code: str):
    proef = begin("gepubliceerd")
    proef.klok.set(GELIJK_TOT + timedelta(hours=8))
    with proef.refuses(code):
        register(proef, **anders)


def test_who_recorded_an_outage_does_not_decide_about_it_and_nobody_decides_twice(begin: Begin):
    proef = begin("gepubliceerd")
    kenmerk = register(proef)
    with proef.refuses(fout=GeenToegangError):
        decide(proef, kenmerk, erkend=True, gelijk_tot=GELIJK_TOT, wie=INKOPER)
    with proef.refuses("gelijk-tot"):
        decide(proef, kenmerk, erkend=True, gelijk_tot=SLUITING)
    decide(proef, kenmerk, erkend=True, gelijk_tot=GELIJK_TOT)
    with proef.refuses("beslist"):
        decide(proef, kenmerk, erkend=False, gelijk_tot=None)
