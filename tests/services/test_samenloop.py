"""One legal person once per perceel, also across combinations: found at the opening, decided by a person."""

from __future__ import annotations

from datetime import datetime

import msgspec
import pytest

from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, besluiten, rondes, samenlopen
from inkoop.services.brieven.besluit import decode
from inkoop.services.taken import Taaksoort
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef, find_scenario

M1 = find_scenario("M1").aanmelding
M2 = find_scenario("M2").aanmelding
REDEN = "Beide aanbieders vroegen om de combinatie te laten tellen (brief van 2 april 2020)."


def make_combinatie() -> Aanmeldingsopgave:
    """M2 as penvoerder with M1 as a member, for 1A: M1 applies for 1A alone as well."""
    penvoerder = msgspec.structs.replace(M2.penvoerder, rol=Lidrol.PENVOERDER)
    lid = msgspec.structs.replace(M1.penvoerder, id="lindehof", rol=Lidrol.LID)
    return msgspec.structs.replace(M2, naam="Combinatie Vlinderhof", leden=(penvoerder, lid))


@pytest.fixture
def geopend(begin: Begin) -> Proef:
    """The round of the examples with one more combination in it, opened."""
    proef = begin("aangemeld")
    proef.zaken[proef.submit(make_combinatie(), ontvangen_op=datetime(2020, 3, 31, 12, tzinfo=TIJDZONE))] = (
        find_scenario("M2")
    )
    proef.klok.set(datetime(2020, 4, 1, 9, tzinfo=TIJDZONE))
    assert proef.list_taken(Taaksoort.SAMENLOOP_BESLISSEN) == []
    proef.perform_alle(Taaksoort.OPENING_VERZOEKEN)
    proef.perform_alle(Taaksoort.RONDE_OPENEN)
    return proef


def find_kenmerken(proef: Proef) -> tuple[str, str]:
    """The aanmelding of M1 alone, and that of the combination."""
    with proef.huis.winkel.lezen() as sessie:
        ronde = rondes.find_ronde(sessie, RONDE)
        staand = aanmeldingen.list_aanmeldingen(sessie, ronde, Aanmeldingsstatus.ONTVANGEN)
    namen = {rij.naam: rij.kenmerk for rij in staand}
    return namen[M1.naam], namen["Combinatie Vlinderhof"]


def decide(proef: Proef, *geldt: str, wie: str = INKOPER, **anders: object) -> tuple[str, ...]:
    vast: dict[str, object] = {"kvk": M1.penvoerder.kvk, "perceel": "1A", "geldt": geldt, "reden": REDEN}
    return samenlopen.decide(proef.huis, proef.act_as(wie), RONDE, **{**vast, **anders})  # type: ignore[arg-type]


def test_the_opening_finds_who_takes_part_twice_and_asks_a_person(geopend: Proef):
    alleen, samen = find_kenmerken(geopend)
    (taak,) = geopend.list_taken(Taaksoort.SAMENLOOP_BESLISSEN)
    assert alleen in taak.wat
    assert samen in taak.wat
    with geopend.huis.winkel.lezen() as sessie:
        (stand,) = samenlopen.list_samenlopen(sessie, rondes.find_ronde(sessie, RONDE))
    assert (stand.samenloop.perceel, stand.geldt) == ("1A", None)


def test_nothing_is_decided_on_either_until_somebody_says_which_one_counts(geopend: Proef):
    geopend.perform_alle(Taaksoort.FEITEN_VASTSTELLEN)
    alleen, samen = find_kenmerken(geopend)
    geopend.tick(Fase.SELECTEREN, datetime(2020, 4, 22, 9, tzinfo=TIJDZONE))
    geopend.perform_alle(Taaksoort.BEOORDELEN, Taaksoort.BESLECHTEN)
    geopend.tick(Fase.SELECTEREN)
    with geopend.huis.winkel.lezen() as sessie:
        for kenmerk in (alleen, samen):
            assert not besluiten.is_rijp(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk))
    assert decide(geopend, samen) == (alleen,)
    for kenmerk in (alleen, samen):
        besluiten.prepare_besluiten(geopend.huis, geopend.act_as(INKOPER), kenmerk)
    with geopend.huis.winkel.lezen() as sessie:
        per_aanmelding = {
            kenmerk: {
                b.perceel: decode(b.voorstel)
                for b in besluiten.list_besluiten(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk))
            }
            for kenmerk in (alleen, samen)
        }
    assert per_aanmelding[alleen]["1A"].soort is Besluitsoort.BUITEN_BEHANDELING
    assert REDEN in per_aanmelding[alleen]["1A"].aanleiding
    assert per_aanmelding[alleen]["1B"].soort is Besluitsoort.TOEGELATEN
    assert per_aanmelding[samen]["1A"].soort is not Besluitsoort.BUITEN_BEHANDELING


def test_who_decided_takes_no_part_in_the_besluiten(geopend: Proef):
    _alleen, samen = find_kenmerken(geopend)
    decide(geopend, samen, wie=JURIST)
    geopend.perform_alle(Taaksoort.FEITEN_VASTSTELLEN)
    geopend.tick(Fase.SELECTEREN, datetime(2020, 4, 22, 9, tzinfo=TIJDZONE))
    geopend.perform_alle(Taaksoort.BEOORDELEN, Taaksoort.BESLECHTEN)
    geopend.tick(Fase.SELECTEREN)
    geopend.tick(Fase.CONCRETISEREN)
    with geopend.refuses("vier-ogen", fout=GeenToegangError):
        besluiten.check_besluiten(geopend.huis, geopend.act_as(JURIST), RONDE)


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"reden": " "}, "reden"),
        ({"geldt": ("M-2020-2-A003",)}, "geldt-onbekend"),
        ({"geldt": ("M-2020-2-A001", "M-2020-2-A008")}, "geldt-te-veel"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(geopend: Proef, anders: dict[str, object], code: str):
    with geopend.refuses(code):
        decide(geopend, **anders)  # type: ignore[arg-type]


def test_it_is_decided_once_and_by_who_may(geopend: Proef):
    alleen, _ = find_kenmerken(geopend)
    geopend.set_rollen("b.vanloon", "beoordelaar", Rol.BEOORDELAAR)
    with geopend.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        decide(geopend, alleen, wie="b.vanloon")
    decide(geopend, alleen)
    with geopend.refuses("beslist"):
        decide(geopend, alleen)


def test_who_withdraws_one_of_the_two_does_not_take_part_too_often_any_more(geopend: Proef):
    alleen, samen = find_kenmerken(geopend)
    door = geopend.act_as(f"aanbieder-{M2.penvoerder.kvk}")
    aanmeldingen.withdraw_aanmelding(geopend.huis, door, samen, "wij doen niet mee")
    assert geopend.list_taken(Taaksoort.SAMENLOOP_BESLISSEN) == []
    with geopend.refuses("voorbij"):
        decide(geopend, alleen)


def test_before_the_opening_nobody_can_see_it(begin: Begin):
    proef = begin("aangemeld")
    proef.submit(make_combinatie(), ontvangen_op=datetime(2020, 3, 31, 12, tzinfo=TIJDZONE))
    with proef.huis.winkel.lezen() as sessie:
        assert samenlopen.list_samenlopen(sessie, rondes.find_ronde(sessie, RONDE)) == []
        statussen = {r.status for r in aanmeldingen.list_aanmeldingen(sessie, rondes.find_ronde(sessie, RONDE))}
    assert statussen <= {Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.VERVANGEN, Aanmeldingsstatus.TE_LAAT}
