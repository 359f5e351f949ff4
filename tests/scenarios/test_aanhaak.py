"""The cases of F.2 through services and ticks, line by line: dates, documents, contracts and the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.criterium import Moment
from inkoop.domain.kalender import TIJDZONE, local_date
from inkoop.domain.verloop import Aanmeldingsstatus, Overeenkomststatus
from inkoop.services import (
    aanmeldingen,
    addenda,
    besluiten,
    documenten,
    indienen,
    ondertekeningen,
    openbaar,
    overeenkomsten,
    rondes,
    toetsen,
)
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, GemeentekopieRow, OvereenkomstRow
from tests.documents.sjabloonproef import read
from tests.scenarios.spelers import SCENARIOS
from tests.scenarios.zaakspel import Zaakspel, begin_zaken, play_toelating, read_stand
from tests.services.proefspel import find_zaak, make_plaatsvervanger

ZAKEN = ("H1a", "H2a", "H3a", "H4a", "H4b", "H5a", "H5b", "H6a")
RONDE = "H-2020"
DAG_EEN = datetime(2020, 1, 1, tzinfo=TIJDZONE)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zaakspel]:
    """The round H-2020 from nothing to the start of its contracts; H3 hands in twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
        gespeeld = begin_zaken(tmp_path_factory.mktemp("aanhaak"), ZAKEN)
        submit_eerder(gespeeld)
        yield play_toelating(gespeeld)
    gespeeld.huis.winkel.close()


def submit_eerder(spel: Zaakspel) -> None:
    """H3 hands in for 1a and 6a on 14 June, three days before the one that counts."""
    opgave = SCENARIOS["H3a"][1].aanmelding
    moment = datetime(2019, 6, 14, 10, 12, tzinfo=TIJDZONE)
    eerder = msgspec.structs.replace(opgave, producten=("1a", "6a"), ontvangen_op=moment)
    spel.spel.klok.set(moment)
    indienen.submit_aanmelding(
        spel.huis,
        spel.spel.act_as(aanbieder_id(opgave.penvoerder.kvk)),
        ronde=RONDE,
        opgave=eerder,
        bestanden=make_bestanden(eerder, eerder.bewijsstukken),
        ontvangen_op=moment,
    )


def list_besluiten(spel: Zaakspel, zaak: str) -> list[BesluitRow]:
    with spel.huis.winkel.lezen() as sessie:
        return besluiten.list_besluiten(sessie, aanmeldingen.find_aanmelding(sessie, find_zaak(spel, zaak)))


def find_overeenkomst(spel: Zaakspel, zaak: str) -> OvereenkomstRow | None:
    with spel.huis.winkel.lezen() as sessie:
        return overeenkomsten.find_by_aanmelding(sessie, aanmeldingen.find_aanmelding(sessie, find_zaak(spel, zaak)))


def list_documenten(spel: Zaakspel, onderwerp: str) -> dict[str, DocumentRow]:
    with spel.huis.winkel.lezen() as sessie:
        return {d.soort: d for d in documenten.list_documenten(sessie, onderwerp=onderwerp)}


def list_catalogus(spel: Zaakspel, zaak: str) -> dict[str, date]:
    """Per product the day from which it stands in the catalogue."""
    overeenkomst = find_overeenkomst(spel, zaak)
    assert overeenkomst is not None
    with spel.huis.winkel.lezen() as sessie:
        rijen = sessie.exec(select(CatalogusRow).where(CatalogusRow.overeenkomst_id == overeenkomst.id)).all()
    return {rij.product: rij.van for rij in rijen}


@pytest.mark.parametrize("zaak", ["H1", "H3", "H4a", "H6"])
def test_who_is_admitted_gets_one_contract_that_ends_with_all_others(spel: Zaakspel, zaak: str):
    (besluit,) = list_besluiten(spel, zaak)
    overeenkomst = find_overeenkomst(spel, zaak)
    assert overeenkomst is not None
    assert besluit.soort is Besluitsoort.TOEGELATEN
    assert besluit.verzonden_op is not None
    assert (local_date(besluit.verzonden_op), besluit.vervaldatum) == (date(2019, 8, 30), date(2019, 9, 19))
    assert (overeenkomst.ingang, overeenkomst.einddatum) == (date(2020, 1, 1), date(2020, 12, 31))
    # The play goes on into 2021, and nobody exercised the option.
    assert overeenkomst.status is Overeenkomststatus.BEEINDIGD
    verwacht = {
        p for b in SCENARIOS[zaak if zaak.endswith("a") else f"{zaak}a"][1].verwacht.besluiten for p in b.producten
    }
    assert set(list_catalogus(spel, zaak)) == verwacht
    assert set(list_catalogus(spel, zaak).values()) == {date(2020, 1, 1)}


def test_h2_is_tested_on_what_it_adds_and_gets_no_second_agreement(spel: Zaakspel):
    (besluit,) = list_besluiten(spel, "H2")
    voorstel = besluiten.decode_voorstel(besluit)
    assert (voorstel.producten, voorstel.vervallen_producten) == (("3a", "3b"), ("1b",))
    assert find_overeenkomst(spel, "H2") is None
    with spel.huis.winkel.lezen() as sessie:
        laatste = toetsen.find_laatste(sessie, aanmeldingen.find_aanmelding(sessie, find_zaak(spel, "H2")))
    assert laatste is not None
    resultaat = toetsen.decode_resultaat(laatste)
    assert resultaat.moment is Moment.BIJ_WIJZIGING
    getoetst = {bevinding.criterium for bevinding in resultaat.bevindingen}
    assert {"H-02", "H-03"} <= getoetst
    assert "H-04" not in getoetst
    brief: Any = documenten.decode_gegevens(list_documenten(spel, find_zaak(spel, "H2"))["toelatingsbrief"])
    assert brief.wijzigt == "HVB-2019-0092"
    assert {regel.criterium for regel in brief.voldaan} == {"U-01", "U-02", "H-02", "H-03"}


@pytest.mark.dekking("H19-55")
def test_h2_signs_its_addendum_in_november_and_the_catalogue_changes_on_1_january_and_not_earlier(spel: Zaakspel):
    with spel.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, find_zaak(spel, "H2"))
        overeenkomst = overeenkomsten.find_overeenkomst(sessie, "HVB-2019-0092")
        (addendum,) = [a for a in addenda.list_addenda(sessie, overeenkomst) if a.aanleiding == rij.kenmerk]
        stuk = overeenkomsten.find_contractdocument(sessie, addendum.nummer)
        getekend = ondertekeningen.list_ondertekeningen(sessie, stuk)
        kopieen = sessie.exec(select(GemeentekopieRow.gemeente).where(GemeentekopieRow.document_id == stuk.id)).all()
    assert addendum.ingang == date(2020, 1, 1)
    assert {teken.getekend_op for teken in getekend} == {date(2019, 11, 27)}
    assert len(kopieen) == 7
    gegevens: Any = documenten.decode_gegevens(stuk)
    assert gegevens.datum <= gegevens.concept_uiterlijk == date(2019, 10, 1)
    tekst = read("addendum", gegevens)
    assert "houdt die ondersteuning onder dezelfde voorwaarden tot het einde van zijn beschikking" in tekst
    erna = {"1a", "2a", "3a", "3b"}
    wanneer = {datetime(2019, 12, 31, 23, 59, 59, tzinfo=TIJDZONE): {"1a", "1b", "2a"}, DAG_EEN: erna}
    gevonden = {op: {r.product for r in search(spel, "Stichting Zonneroute", op)} for op in wanneer}
    assert gevonden == wanneer


def test_h1_has_one_contract_with_seven_gemeenten_and_each_has_a_copy(spel: Zaakspel):
    overeenkomst = find_overeenkomst(spel, "H1")
    assert overeenkomst is not None
    stuk = list_documenten(spel, overeenkomst.contractnummer)["raamovereenkomst"]
    contract: Any = documenten.decode_gegevens(stuk)
    zeven = ["Dongen", "Gilze en Rijen", "Goirle", "Heusden", "Hilvarenbeek", "Oisterwijk", "Tilburg"]
    assert [gemeente.naam for gemeente in contract.gemeenten] == zeven
    with spel.huis.winkel.lezen() as sessie:
        kopieen = sessie.exec(select(GemeentekopieRow).where(GemeentekopieRow.document_id == stuk.id)).all()
    assert len({kopie.gemeente for kopie in kopieen}) == 7
    assert {kopie.sha256 for kopie in kopieen} == {stuk.pdf_sha256}
    # A new agreement needs no addendum of the year in which it was signed.
    with spel.huis.winkel.lezen() as sessie:
        assert [a for a in addenda.list_addenda(sessie, overeenkomst) if a.ingang <= overeenkomst.ingang] == []


def test_h3_has_one_besluit_and_its_first_application_is_replaced(spel: Zaakspel):
    with spel.huis.winkel.lezen() as sessie:
        telt = aanmeldingen.find_aanmelding(sessie, find_zaak(spel, "H3"))
        (eerste,) = aanmeldingen.list_vervangen(sessie, telt)
        geen = besluiten.list_besluiten(sessie, eerste)
    assert telt.ontvangen_op.astimezone(TIJDZONE) == datetime(2019, 6, 17, 11, 58, 7, tzinfo=TIJDZONE)
    assert eerste.status is Aanmeldingsstatus.VERVANGEN
    assert geen == []
    assert set(list_catalogus(spel, "H3")) == {"6a", "6b"}
    assert set(list_documenten(spel, eerste.kenmerk)) == {"ontvangstbevestiging", "brief-vervangen"}
    brief: Any = documenten.decode_gegevens(list_documenten(spel, eerste.kenmerk)["brief-vervangen"])
    assert brief.vervangen_door == telt.kenmerk
    tekst = read("brief-vervangen", brief)
    assert "14 juni 2019 om 10:12:00 uur" in tekst
    assert "17 juni 2019 om 11:58:07 uur" in tekst
    with spel.huis.winkel.lezen() as sessie:
        alle = overeenkomsten.list_overeenkomsten(sessie, rondes.find_ronde(sessie, RONDE))
    assert len(alle) == 4  # H1, H3, H4 and H6: no second one for H2 and H3


def test_h4_mended_its_identity_within_the_term_and_got_a_receipt_to_the_second(spel: Zaakspel):
    stukken = list_documenten(spel, find_zaak(spel, "H4a"))
    punten = documenten.decode_gegevens(stukken["herstelverzoek"]).punten  # type: ignore[attr-defined]
    assert [punt.criterium for punt in punten] == ["U-02"]
    ontvangst = documenten.decode_gegevens(stukken["ontvangst-aanvulling"])
    assert ontvangst.op_tijd  # type: ignore[attr-defined]
    assert ontvangst.uiterlijk.astimezone(TIJDZONE).isoformat() == "2019-07-08T23:59:59+02:00"  # type: ignore[attr-defined]
    assert ontvangst.ontvangen_op.astimezone(TIJDZONE).isoformat() == "2019-07-02T16:40:00+02:00"  # type: ignore[attr-defined]
    brief: Any = documenten.decode_gegevens(stukken["toelatingsbrief"])
    assert (brief.herstel_gevraagd_op, brief.herstel_antwoord_op) == (date(2019, 6, 24), date(2019, 7, 2))
    # The certificate names the stichting too, so nobody had to judge whose it is.
    assert {"U-02", "H-03"} <= {regel.criterium for regel in brief.voldaan}
    anders = {sleutel[0] for sleutel in read_stand(spel.huis, find_zaak(spel, "H4a")).bevindingen}
    assert {"U-02", "H-03"}.isdisjoint(anders)


def test_h5_is_rejected_on_its_reservation_only_and_not_for_its_area(spel: Zaakspel):
    (besluit,) = list_besluiten(spel, "H5a")
    assert besluit.soort is Besluitsoort.AFGEWEZEN
    assert {reden.criterium for reden in besluiten.decode_voorstel(besluit).redenen} == {"H-01"}
    assert find_overeenkomst(spel, "H5a") is None
    brief = documenten.decode_gegevens(list_documenten(spel, find_zaak(spel, "H5a"))["afwijzingsbrief"])
    assert [reden.criterium for reden in brief.redenen] == ["H-01"]  # type: ignore[attr-defined]
    assert brief.rechtsbescherming.einde == date(2019, 9, 19)  # type: ignore[attr-defined]
    (reden,) = brief.redenen  # type: ignore[attr-defined]
    assert (reden.herstel_gevraagd_op, reden.herstel_antwoord_op) == (date(2019, 6, 24), date(2019, 7, 4))
    tekst = read("afwijzingsbrief", brief)
    assert "H-06 (Specialisme en werkgebied)" in tekst
    assert "telt niet mee in ons besluit en is geen reden voor dit besluit" in tekst


def test_h4_with_a_certificate_of_the_holding_alone_is_rejected_by_what_the_jurist_found(spel: Zaakspel):
    stand = read_stand(spel.huis, find_zaak(spel, "H4b"))
    (besluit,) = stand.besluiten
    assert (besluit.soort, besluit.verzonden, besluit.verval) == (
        Besluitsoort.AFGEWEZEN,
        date(2019, 8, 30),
        date(2019, 9, 19),
    )
    brief: Any = stand.read_brief("afwijzingsbrief")
    per = {reden.criterium: reden for reden in brief.redenen}
    assert list(per) == ["U-02", "H-03"]
    assert "Zonneroos Holding B.V." in per["H-03"].toelichting
    assert "Een jurist heeft beslist" in per["H-03"].toelichting
    # Repair of the extract could not have saved the application: nobody asked for it, and the letter says why.
    assert "herstelverzoek" not in stand.brieven
    assert per["U-02"].herstel_zinloos


def test_h5_that_does_not_answer_is_rejected_like_the_one_that_confirms(spel: Zaakspel):
    stand = read_stand(spel.huis, find_zaak(spel, "H5b"))
    assert [(b.soort, b.redenen) for b in stand.besluiten] == [(Besluitsoort.AFGEWEZEN, ("H-01",))]
    verzoek: Any = stand.read_brief("herstelverzoek")
    assert (verzoek.datum, verzoek.herstel_tot) == (date(2019, 6, 24), date(2019, 7, 8))  # fourteen days
    (punt,) = stand.read_brief("herstelverzoek").punten  # type: ignore[attr-defined]
    assert punt.criterium == "H-01"
    brief: Any = stand.read_brief("afwijzingsbrief")
    assert brief.herstel_gevraagd_op is not None
    assert brief.herstel_antwoord_op is None
    assert set(stand.brieven) == {"ontvangstbevestiging", "herstelverzoek", "afwijzingsbrief"}


def test_h6_gets_2b_only_in_the_gemeenten_that_include_it_and_5c_in_all(spel: Zaakspel):
    overeenkomst = find_overeenkomst(spel, "H6")
    assert overeenkomst is not None
    contract: Any = documenten.decode_gegevens(list_documenten(spel, overeenkomst.contractnummer)["raamovereenkomst"])
    regels = [(p.code, p.trede, p.bedrag, "alleen in" in p.naam) for p in contract.percelen[0].producten]
    assert [(code, vier) for code, _, _, vier in regels] == [("2b", True)] * 3 + [("5c", False)] * 3
    assert all(bedrag > 0 for _, _, bedrag, _ in regels)
    per = {regel.product: regel for regel in search(spel, "Thuis in Balans")}
    assert per["2b"].gemeenten == ("Dongen", "Goirle", "Hilvarenbeek", "Oisterwijk")
    assert len(per["5c"].gemeenten) == 7


def test_h1_stands_in_the_catalogue_with_its_area_as_information_and_the_end_of_its_agreement(spel: Zaakspel):
    regels = search(spel, "De Groene Drempel")
    assert {regel.product for regel in regels} == {"1a", "2a", "5a"}
    assert {(regel.werkgebied, regel.specialisme) for regel in regels} == {
        ("Tilburg", "Volwassenen met een licht verstandelijke beperking")
    }
    assert {(regel.van, regel.tot, len(regel.gemeenten)) for regel in regels} == {
        (date(2020, 1, 1), date(2020, 12, 31), 7)
    }


def test_a_catalogue_is_empty_once_the_agreements_ended_without_an_extension(spel: Zaakspel):
    assert search(spel, "", op=datetime(2020, 12, 31, 23, 59, 59, tzinfo=TIJDZONE))
    assert search(spel, "", op=datetime(2021, 1, 1, tzinfo=TIJDZONE)) == ()


def test_the_catalogue_of_a_gemeente_holds_what_that_gemeente_buys(spel: Zaakspel):
    alles = search(spel, "")
    for gemeente in {een for regel in alles for een in regel.gemeenten}:
        vraag = openbaar.Catalogusvraag(gemeente=gemeente)
        uitkomst = openbaar.search_catalogus(spel.huis, vraag, datetime(2020, 1, 2, tzinfo=TIJDZONE), None)
        assert uitkomst.regels == tuple(regel for regel in alles if gemeente in regel.gemeenten)
        assert uitkomst.totaal == len(uitkomst.regels) > 0
    elders = openbaar.Catalogusvraag(gemeente="Nergenshuizen")
    assert openbaar.search_catalogus(spel.huis, elders, datetime(2020, 1, 2, tzinfo=TIJDZONE), None).totaal == 0


def search(
    spel: Zaakspel, zoek: str, op: datetime = datetime(2020, 1, 2, tzinfo=TIJDZONE)
) -> tuple[openbaar.Catalogusregel, ...]:
    return openbaar.search_catalogus(spel.huis, openbaar.Catalogusvraag(zoek=zoek), op, None).regels


def test_the_round_leaves_one_besluit_on_all_and_a_log_that_is_whole(spel: Zaakspel):
    assert set(list_documenten(spel, RONDE)) == {"toelatingsbesluit"}
    assert check_keten(spel.huis.winkel).fouten == ()
