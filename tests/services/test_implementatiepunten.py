"""The checklist of an agreement that starts: who does what until when, ticked with evidence, a round that is done."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from inkoop.cli.demo.personen import CONTRACTMANAGER, FINANCIEN, INKOPER
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verzending import Verzendwijze
from inkoop.services import afschriften, bewaking, bulkwerk, implementatiepunten, procedures, rondes, takenlijst
from inkoop.services.huis import NietGevondenError
from inkoop.services.taken import Taaksoort
from tests.services.conftest import Begin
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef

NUMMER = "RM-2020-0001"
RONDE = "M-2020-2"


def tick(
    proef: Proef,
    code: str,
    wie: str = CONTRACTMANAGER,
    uitkomst: Puntuitkomst = Puntuitkomst.JA,
    bewijs: str = "zaak 7",
) -> None:
    implementatiepunten.record_punt(proef.huis, proef.act_as(wie), NUMMER, code, uitkomst, bewijs)


def list_open(proef: Proef, nummer: str = NUMMER) -> set[str]:
    with proef.huis.winkel.lezen() as sessie:
        standen = implementatiepunten.list_ronde(sessie, rondes.find_ronde(sessie, RONDE))
    return {een.punt.code for stand in standen if stand.contractnummer == nummer for een in stand.open}


@pytest.fixture
def getekend(begin: Begin) -> Proef:
    """Everybody signed; the agreements begin on 1 July 2020."""
    proef = begin("tekenen")
    proef.perform_alle(Taaksoort.TEKENEN)
    return proef


@pytest.mark.dekking("M20-27", "H19-10", "C.29", "C.15")
def test_a_round_is_put_to_work_when_every_point_of_every_agreement_is_done(getekend: Proef):
    proef = getekend
    proef.tick(Fase.CONTRACTEREN)
    proef.tick(Fase.IMPLEMENTEREN)
    # The copies were put ready; that they were sent is not known yet.
    assert list_open(proef) == {"productcodes", "berichtenverkeer", "contactpersonen", "catalogus", "afschriften"}
    with proef.huis.winkel.lezen() as sessie:
        standen = implementatiepunten.list_ronde(sessie, rondes.find_ronde(sessie, RONDE))
    dagen = {een.punt.code: een.uiterlijk for een in standen[0].punten}
    assert (dagen["productcodes"], dagen["catalogus"]) == (date(2020, 6, 10), date(2020, 6, 24))

    # it stands with the tasks of the round and of the person, and in the agenda
    punten = [taak for taak in proef.list_taken(Taaksoort.IMPLEMENTEREN) if taak.onderwerp == NUMMER]
    assert {(taak.deel, taak.rol) for taak in punten} == {
        ("productcodes", "contractmanager"),
        ("berichtenverkeer", "contractmanager"),
        ("contactpersonen", "contractmanager"),
        ("catalogus", "aanbieder"),
        ("afschriften", "contractmanager"),
    }
    regels = [
        een for een in takenlijst.list_taken(proef.huis, proef.act_as(CONTRACTMANAGER)) if een.soort == "implementeren"
    ]
    assert [(een.onderwerp, een.aantal, een.uiterlijk) for een in regels] == [(RONDE, 8, date(2020, 6, 10))]
    proef.klok.set(datetime(2020, 6, 28, 9, tzinfo=TIJDZONE))
    door = proef.act_as(CONTRACTMANAGER)
    gemeld = [zin for zin in bewaking.watch(proef.huis, door) if f"{NUMMER}: de overeenkomst klaarzetten" in zin]
    assert len(gemeld) == 1
    assert bewaking.watch(proef.huis, door) == ()

    # a point is ticked with evidence by who it is for; one can be opened again
    with proef.refuses("punt-bewijs"):
        tick(proef, "berichtenverkeer", bewijs=" ")
    with proef.refuses("punt-rol"):
        tick(proef, "berichtenverkeer", wie=INKOPER)
    with pytest.raises(NietGevondenError):
        tick(proef, "berichtverkeer")
    tick(proef, "berichtenverkeer")
    with proef.refuses("punt-al-zo"):
        tick(proef, "berichtenverkeer")
    tick(proef, "berichtenverkeer", uitkomst=Puntuitkomst.NEE, bewijs="declaratiebericht kwam niet aan")
    assert "berichtenverkeer" in list_open(proef)
    uit = bulkwerk.tick_alle(proef.huis, door, RONDE, "berichtenverkeer", "testverslag 12", lambda *_: None)
    assert len(uit.gedaan) == 2
    for code in ("productcodes", "contactpersonen"):
        bulkwerk.tick_alle(proef.huis, door, RONDE, code, "zaak 8", lambda *_: None)

    # the copies are proven for each gemeente: all but one is not enough
    def send(gemeenten: str) -> None:
        afschriften.prove_afschrift(
            proef.huis, proef.act_as(CONTRACTMANAGER), NUMMER, gemeenten=gemeenten, wijze=Verzendwijze.EMAIL,
            verzonden_op=proef.klok.nu, referentie="bericht 114",
        )  # fmt: skip

    *eerste, laatste = [gemeente.naam for gemeente in proef.definitie.gemeenten_op(date(2020, 7, 1))]
    send(", ".join(eerste))
    assert "afschriften" in list_open(proef)
    send(laatste)
    assert "afschriften" not in list_open(proef)

    # the provider confirms its own text, and no other does
    kvk = standen_kvk(proef)
    zelf = proef.add_persoon("a.eigen", "bestuurder", Rol.AANBIEDER, kvk=kvk)
    ander = proef.add_persoon("a.ander", "bestuurder", Rol.AANBIEDER, kvk="90000999")
    with proef.refuses("namens", fout=GeenToegangError):
        implementatiepunten.confirm_catalogus(proef.huis, proef.act_as(ander), NUMMER)
    with proef.refuses("punt-rol"):
        tick(proef, "contactpersonen", wie=zelf)
    tekst = implementatiepunten.confirm_catalogus(proef.huis, proef.act_as(zelf), NUMMER)
    assert "1A IB-basis" in tekst.producten
    assert list_open(proef) == set()
    assert not is_afgerond(proef)  # another provider did not confirm


def standen_kvk(proef: Proef) -> str:
    from inkoop.services import overeenkomsten

    with proef.huis.winkel.lezen() as sessie:
        return overeenkomsten.find_aanmelding(sessie, overeenkomsten.find_overeenkomst(sessie, NUMMER)).kvk


def is_afgerond(proef: Proef) -> bool:
    with proef.huis.winkel.lezen() as sessie:
        return implementatiepunten.find_afronding(sessie, rondes.find_ronde(sessie, RONDE)) is not None


def test_what_is_paid_as_one_sum_asks_for_no_messages_and_a_wrong_role_does_nothing(begin_op):
    proef = begin_op("hvb-2021-begeleiding")
    nummers = add_contracten(proef, 1, date(2022, 12, 1))
    with proef.huis.winkel.lezen() as sessie:
        ronde = proef.definitie.instroom.rondes[0].kenmerk
        (stand,) = implementatiepunten.list_ronde(sessie, rondes.find_ronde(sessie, ronde))
    assert [een.punt.code for een in stand.punten] == ["contactpersonen", "catalogus", "afschriften"]
    with proef.refuses("punt-rol"):
        implementatiepunten.record_punt(
            proef.huis, proef.act_as(FINANCIEN), nummers[0], "contactpersonen", Puntuitkomst.JA, "x"
        )


def test_a_round_with_an_open_step_is_not_done_though_every_point_is(begin_op):
    proef = begin_op("hvb-2021-begeleiding")
    (nummer,) = add_contracten(proef, 1, date(2022, 12, 1), afgerond=False)
    ronde = proef.definitie.instroom.rondes[0].kenmerk
    systeem = proef.act_as(INKOPER)
    with proef.huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        open_ = [een.punt.code for stand in implementatiepunten.list_ronde(sessie, rij) for een in stand.open]
        stappen = procedures.list_openstaand(sessie, proef.procedure, rij.fase, ronde)
    assert len(open_) == 3
    assert stappen != ()
    for code in open_:
        assert not implementatiepunten.finish_ronde(proef.huis, systeem, ronde)
        implementatiepunten.record_punt(
            proef.huis, proef.act_as(CONTRACTMANAGER), nummer, code, Puntuitkomst.JA, "zaak 9"
        )
    with proef.huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        assert not any(stand.open for stand in implementatiepunten.list_ronde(sessie, rij))
    assert not implementatiepunten.finish_ronde(proef.huis, systeem, ronde)
