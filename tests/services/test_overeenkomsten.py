"""Agreements and addenda: numbers, signatures, coming into force, lapsing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.kalender import TIJDZONE, local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.services import (
    aanmeldingen,
    addenda,
    addendumwerk,
    implementatie,
    ondertekeningen,
    overeenkomsten,
    personen,
    rondes,
    weigeringen,
)
from inkoop.services.huis import NietGevondenError
from inkoop.services.taken import Taaksoort
from inkoop.storage.tabellen.overeenkomst import GemeentekopieRow, Partijsoort
from tests.services.conftest import Begin, Speel
from tests.services.proefspel import RONDE, Proef, find_scenario

M1 = find_scenario("M1").aanmelding.penvoerder
WETHOUDER = "wethouder sociaal domein"


def find_nummer(proef: Proef, zaak: str = "M1") -> str:
    with proef.huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_by_aanmelding(sessie, aanmeldingen.find_aanmelding(sessie, proef.find(zaak)))
    assert rij is not None
    return rij.contractnummer


def read_status(proef: Proef, nummer: str) -> Overeenkomststatus:
    with proef.huis.winkel.lezen() as sessie:
        return overeenkomsten.find_overeenkomst(sessie, nummer).status


def sign(proef: Proef, nummer: str, **anders: object) -> bool:
    """The signature of the aanbieder on the text that was offered, unless it is said otherwise."""
    door = proef.act_as(INKOPER)
    with proef.huis.winkel.lezen() as sessie:
        sha256 = overeenkomsten.find_contractdocument(sessie, nummer).pdf_sha256
    gegevens: dict[str, object] = {
        "partij": Partijsoort.AANBIEDER,
        "naam": M1.tekenbevoegde.naam,
        "functie": M1.tekenbevoegde.functie,
        "namens": M1.naam,
        "getekend_op": local_date(door.nu),
        "document_sha256": sha256,
    }
    return ondertekeningen.register_ondertekening(proef.huis, door, nummer, **{**gegevens, **anders})  # type: ignore[arg-type]


def sign_gemeenten(proef: Proef, nummer: str, wie: str = GEMANDATEERDE, **anders: object) -> bool:
    with proef.huis.winkel.lezen() as sessie:
        persoon = personen.find_persoon(sessie, wie)
    vast = {"partij": Partijsoort.GEMEENTEN, "naam": persoon.naam, "functie": persoon.functie, "namens": "gemeenten"}
    return sign(proef, nummer, **{**vast, **anders})


def test_contract_numbers_ascend_without_gaps(speel: Speel):
    spel = speel("variant-a")
    with spel.huis.winkel.lezen() as sessie:
        rijen = overeenkomsten.list_overeenkomsten(sessie, rondes.find_ronde(sessie, RONDE))
    assert [rij.contractnummer for rij in rijen] == [f"RM-2020-{n:04d}" for n in range(1, 4)]


def test_an_agreement_is_signed_once_both_sides_have_signed(begin: Begin):
    proef = begin("tekenen")
    nummer = find_nummer(proef)
    assert sign(proef, nummer) is False
    assert read_status(proef, nummer) is Overeenkomststatus.TER_ONDERTEKENING
    assert sign_gemeenten(proef, nummer) is True
    assert read_status(proef, nummer) is Overeenkomststatus.GETEKEND
    with proef.huis.winkel.lezen() as sessie:
        assert overeenkomsten.find_contractdocument(sessie, nummer).status is Documentstatus.GETEKEND


def test_a_signature_on_another_text_is_refused(begin: Begin):
    proef = begin("tekenen")
    with proef.refuses("andere-tekst"):
        sign(proef, find_nummer(proef), document_sha256="0" * 64)


def test_one_person_of_two_parties_signs_for_each_of_them(begin: Begin, monkeypatch: pytest.MonkeyPatch):
    proef = begin("tekenen")
    nummer = find_nummer(proef)
    eigen = ondertekeningen.list_partijen
    zuster = "Zuster B.V."
    monkeypatch.setattr(
        ondertekeningen,
        "list_partijen",
        lambda zaak: [lid for ander in eigen(zaak) for lid in (ander, msgspec.structs.replace(ander, naam=zuster))],
    )
    assert sign(proef, nummer) is False
    with proef.refuses("dubbel"):
        sign(proef, nummer)
    with proef.refuses("volgorde"):
        sign_gemeenten(proef, nummer)
    with proef.refuses("namens"):
        sign(proef, nummer, namens="Een Ander B.V.")
    assert sign(proef, nummer, namens="zuster bv") is False
    assert sign_gemeenten(proef, nummer) is True


def test_a_signature_by_somebody_who_may_not_sign_for_the_aanbieder_is_refused(begin: Begin):
    proef = begin("tekenen")
    with proef.refuses("bevoegd"):
        sign(proef, find_nummer(proef), naam="P. de Vreemde")


@pytest.mark.parametrize(
    ("getekend_op", "vandaag", "code"),
    [
        (date(2020, 6, 20), datetime(2020, 6, 20, 9, tzinfo=TIJDZONE), "te-laat"),
        (date(2020, 6, 19), datetime(2020, 6, 18, 9, tzinfo=TIJDZONE), "toekomst"),
    ],
)
def test_a_signature_after_the_last_day_or_in_the_future_is_refused(begin: Begin, getekend_op, vandaag, code):
    proef = begin("tekenen")
    proef.klok.set(vandaag)
    with proef.refuses(code):
        sign(proef, find_nummer(proef), getekend_op=getekend_op)


def test_a_signature_on_the_last_day_may_be_registered_later(begin: Begin):
    proef = begin("tekenen")
    nummer = find_nummer(proef)
    proef.klok.set(datetime(2020, 6, 22, 9, tzinfo=TIJDZONE))
    sign(proef, nummer, getekend_op=date(2020, 6, 19))
    assert sign_gemeenten(proef, nummer, getekend_op=date(2020, 6, 19)) is True


def test_nobody_signs_twice(begin: Begin):
    proef = begin("tekenen")
    nummer = find_nummer(proef)
    sign(proef, nummer)
    with proef.refuses("dubbel"):
        sign(proef, nummer)


def test_an_unknown_gemandateerde_does_not_sign_for_the_gemeenten(begin: Begin):
    proef = begin("tekenen")
    with proef.refuses("gemandateerde"):
        sign_gemeenten(proef, find_nummer(proef), naam="P. de Vreemde")


def test_a_post_without_mandate_does_not_sign_for_the_gemeenten(begin: Begin):
    proef = begin("tekenen")
    directeur = proef.add_persoon("d.groot", "directeur", Rol.GEMANDATEERDE)
    with proef.refuses("mandaat-functie"):
        sign_gemeenten(proef, find_nummer(proef), wie=directeur)


@pytest.mark.parametrize("rol", [Rol.JURIST, Rol.BEOORDELAAR])
def test_only_who_registers_signatures_does(begin: Begin, rol: Rol):
    proef = begin("tekenen")
    nummer = find_nummer(proef)
    proef.set_rollen(INKOPER, "iemand anders", rol)
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        sign(proef, nummer)


def test_an_agreement_that_is_not_approved_is_not_offered_for_signing(begin: Begin):
    proef = begin("besluiten_verzenden")
    proef.perform_alle(Taaksoort.BESLUITEN_VERZENDEN)
    proef.perform_alle(Taaksoort.STAP_VASTLEGGEN)
    proef.tick(Fase.CONCRETISEREN)
    proef.tick(Fase.CONTRACTEREN)
    proef.tick(Fase.CONTRACTEREN)
    nummer = find_nummer(proef)
    assert read_status(proef, nummer) is Overeenkomststatus.CONCEPT
    with proef.refuses("status"):
        sign(proef, nummer)


@pytest.mark.parametrize("zaak", ["M2", "M4", "M5", "M6"])
def test_nobody_gets_an_agreement_who_is_not_admitted_unconditionally(begin: Begin, zaak: str):
    proef = begin("tekenen")
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, proef.find(zaak))
        assert overeenkomsten.find_by_aanmelding(sessie, rij) is None


def test_an_agreement_comes_into_force_on_its_day_and_enters_the_catalogue(begin: Begin):
    proef = begin("tekenen")
    proef.perform_alle(Taaksoort.TEKENEN)
    nummer = find_nummer(proef)
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 6, 30, 23, 50, tzinfo=TIJDZONE))
    assert read_status(proef, nummer) is Overeenkomststatus.GETEKEND
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 7, 1, 0, 10, tzinfo=TIJDZONE))
    assert read_status(proef, nummer) is Overeenkomststatus.ACTIEF
    with proef.huis.winkel.lezen() as sessie:
        aanbod = [rij for rij in implementatie.list_catalogus(sessie) if rij.aanbieder == M1.naam]
    assert {rij.product for rij in aanbod} == {"IB-waakvlam", "IB-basis", "IB-extra", "DB-basis", "DB-extra"}
    assert {rij.van for rij in aanbod} == {date(2020, 7, 1)}


def test_every_gemeente_gets_a_copy_of_a_signed_agreement_once(speel: Speel):
    spel = speel("variant-a")
    with spel.huis.winkel.lezen() as sessie:
        document = overeenkomsten.find_contractdocument(sessie, "RM-2020-0001")
        kopieen = sessie.exec(select(GemeentekopieRow).where(GemeentekopieRow.document_id == document.id)).all()
    assert sorted(kopie.gemeente for kopie in kopieen) == sorted(g.code for g in spel.definitie.gemeenten)
    assert {kopie.sha256 for kopie in kopieen} == {document.pdf_sha256}


def test_an_addendum_that_is_not_signed_lapses_and_the_agreement_stays(begin: Begin):
    proef = begin("addendum_tekenen")
    nummer = find_nummer(proef)
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 12, 1, 23, 50, tzinfo=TIJDZONE))
    assert read_status(proef, f"{nummer}-A01") is Overeenkomststatus.TER_ONDERTEKENING
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 12, 2, 0, 10, tzinfo=TIJDZONE))
    assert read_status(proef, f"{nummer}-A01") is Overeenkomststatus.VERVALLEN
    with proef.huis.winkel.lezen() as sessie:
        weigering = weigeringen.find_weigering(sessie, f"{nummer}-A01")
    assert (weigering.soort, weigering.op) == ("niet_getekend", date(2020, 12, 2))
    assert read_status(proef, nummer) is Overeenkomststatus.ACTIEF
    with proef.refuses("status"):
        sign(proef, f"{nummer}-A01")


def test_an_addendum_that_is_signed_comes_into_force_on_its_day(begin: Begin):
    proef = begin("addendum_tekenen")
    nummer = f"{find_nummer(proef)}-A01"
    proef.perform_alle(Taaksoort.TEKENEN)
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 12, 31, 23, 50, tzinfo=TIJDZONE))
    assert read_status(proef, nummer) is Overeenkomststatus.GETEKEND
    proef.tick(Fase.IMPLEMENTEREN, datetime(2021, 1, 1, 0, 10, tzinfo=TIJDZONE))
    assert read_status(proef, nummer) is Overeenkomststatus.ACTIEF


def test_an_addendum_brings_the_new_tariffs_and_the_larger_area(begin: Begin):
    proef = begin("addendum_tekenen")
    with proef.huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_overeenkomst(sessie, f"{find_nummer(proef)}-A01")
        overeenkomst = overeenkomsten.find_overeenkomst(sessie, find_nummer(proef))
        (addendum,) = addenda.list_addenda(sessie, overeenkomst)  # type: ignore[arg-type]
    wijziging = msgspec.json.decode(addendum.inhoud, type=addenda.Wijziging)
    assert rij.ingang == wijziging.ingang == date(2021, 1, 1)
    assert wijziging.tarieven is not None
    assert wijziging.gebied is not None
    assert "Helvoirt" in wijziging.gebied.reden


def test_the_addendum_of_a_year_is_drafted_once(begin: Begin):
    proef = begin("addendum_tekenen")
    proef.klok.set(proef.klok.nu + timedelta(days=30))
    nummer = find_nummer(proef)
    assert addendumwerk.compose_addendum(proef.huis, proef.act_as(INKOPER), nummer) is False


def test_an_addendum_on_an_agreement_that_does_not_exist_is_refused(begin: Begin):
    proef = begin("addendum_tekenen")
    with proef.refuses(fout=NietGevondenError):
        addendumwerk.compose_addendum(proef.huis, proef.act_as(JURIST), "RM-2020-9999")
