"""The cases of F.2 through services and ticks, line by line: dates, documents, contracts and the catalogue."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import date, datetime

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.groepen import Spelgroep
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.kalender import TIJDZONE, local_date
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Aanmeldingsstatus, Overeenkomststatus
from inkoop.services import aanmeldingen, besluiten, documenten, indienen, overeenkomsten
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, OvereenkomstRow
from tests.scenarios.spelers import SCENARIOS
from tests.services.proefspel import Proefspel, create_spel, find_zaak, make_plaatsvervanger

ZAKEN = ("H1a", "H3a", "H4a", "H5a", "H6a")
RONDE = "H-2020"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proefspel]:
    """The round H-2020 from nothing to the start of its contracts; H3 hands in twice."""
    scenarios = tuple(SCENARIOS[naam][1] for naam in ZAKEN)
    groep = Spelgroep(
        naam="aanhaak",
        procedure=scenarios[0].procedure,
        ronde=RONDE,
        variant="a",
        afwijkingen=(),
        scenarios=scenarios,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
        gespeeld = create_spel(tmp_path_factory.mktemp("aanhaak"), groep)
        gespeeld.prepare()
        asyncio.run(play(gespeeld))
        yield gespeeld
    gespeeld.huis.winkel.close()


async def play(spel: Proefspel) -> None:
    await spel._tick(Fase.VOORBEREIDEN)
    await spel._publish()
    submit_eerder(spel)
    spel._submit()
    await spel._select()
    await spel._concretise()
    await spel._implement()


def submit_eerder(spel: Proefspel) -> None:
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


def list_besluiten(spel: Proefspel, zaak: str) -> list[BesluitRow]:
    with spel.huis.winkel.lezen() as sessie:
        return besluiten.list_besluiten(sessie, aanmeldingen.find_aanmelding(sessie, find_zaak(spel, zaak)))


def find_overeenkomst(spel: Proefspel, zaak: str) -> OvereenkomstRow | None:
    with spel.huis.winkel.lezen() as sessie:
        return overeenkomsten.find_by_aanmelding(sessie, aanmeldingen.find_aanmelding(sessie, find_zaak(spel, zaak)))


def list_documenten(spel: Proefspel, onderwerp: str) -> dict[str, DocumentRow]:
    with spel.huis.winkel.lezen() as sessie:
        return {d.soort: d for d in documenten.list_documenten(sessie, onderwerp=onderwerp)}


def list_catalogus(spel: Proefspel, zaak: str) -> dict[str, date]:
    """Per product the day from which it stands in the catalogue."""
    overeenkomst = find_overeenkomst(spel, zaak)
    assert overeenkomst is not None
    with spel.huis.winkel.lezen() as sessie:
        rijen = sessie.exec(select(CatalogusRow).where(CatalogusRow.overeenkomst_id == overeenkomst.id)).all()
    return {rij.product: rij.van for rij in rijen}


@pytest.mark.parametrize("zaak", ["H1", "H3", "H4", "H6"])
def test_who_is_admitted_gets_one_contract_that_ends_with_all_others(spel: Proefspel, zaak: str):
    (besluit,) = list_besluiten(spel, zaak)
    overeenkomst = find_overeenkomst(spel, zaak)
    assert overeenkomst is not None
    assert besluit.soort is Besluitsoort.TOEGELATEN
    assert besluit.verzonden_op is not None
    assert (local_date(besluit.verzonden_op), besluit.vervaldatum) == (date(2019, 8, 30), date(2019, 9, 19))
    assert (overeenkomst.ingang, overeenkomst.einddatum) == (date(2020, 1, 1), date(2020, 12, 31))
    assert overeenkomst.status is Overeenkomststatus.ACTIEF
    verwacht = {p for b in SCENARIOS[f"{zaak}a"][1].verwacht.besluiten for p in b.producten}
    assert set(list_catalogus(spel, zaak)) == verwacht
    assert set(list_catalogus(spel, zaak).values()) == {date(2020, 1, 1)}


def test_h3_has_one_besluit_and_its_first_application_is_replaced(spel: Proefspel):
    with spel.huis.winkel.lezen() as sessie:
        telt = aanmeldingen.find_aanmelding(sessie, find_zaak(spel, "H3"))
        (eerste,) = aanmeldingen.list_vervangen(sessie, telt)
        geen = besluiten.list_besluiten(sessie, eerste)
    assert telt.ontvangen_op.astimezone(TIJDZONE) == datetime(2019, 6, 17, 11, 58, 7, tzinfo=TIJDZONE)
    assert eerste.status is Aanmeldingsstatus.VERVANGEN
    assert geen == []
    assert set(list_catalogus(spel, "H3")) == {"6a", "6b"}
    assert set(list_documenten(spel, eerste.kenmerk)) == {"ontvangstbevestiging", "brief-vervangen"}


def test_h4_mended_its_identity_within_the_term_and_got_a_receipt_to_the_second(spel: Proefspel):
    stukken = list_documenten(spel, find_zaak(spel, "H4"))
    punten = documenten.decode_gegevens(stukken["herstelverzoek"]).punten  # type: ignore[attr-defined]
    assert [punt.criterium for punt in punten] == ["U-02"]
    ontvangst = documenten.decode_gegevens(stukken["ontvangst-aanvulling"])
    assert ontvangst.op_tijd  # type: ignore[attr-defined]
    assert ontvangst.uiterlijk.astimezone(TIJDZONE).time().isoformat() == "23:59:59"  # type: ignore[attr-defined]
    assert stukken["toelatingsbrief"].verzonden_op is not None


def test_h5_is_rejected_on_its_reservation_only_and_not_for_its_area(spel: Proefspel):
    (besluit,) = list_besluiten(spel, "H5")
    assert besluit.soort is Besluitsoort.AFGEWEZEN
    assert {reden.criterium for reden in besluiten.decode_voorstel(besluit).redenen} == {"H-01"}
    assert find_overeenkomst(spel, "H5") is None
    brief = documenten.decode_gegevens(list_documenten(spel, find_zaak(spel, "H5"))["afwijzingsbrief"])
    assert [reden.criterium for reden in brief.redenen] == ["H-01"]  # type: ignore[attr-defined]
    assert brief.rechtsbescherming.einde == date(2019, 9, 19)  # type: ignore[attr-defined]


def test_the_round_leaves_one_besluit_on_all_and_a_log_that_is_whole(spel: Proefspel):
    assert set(list_documenten(spel, RONDE)) == {"toelatingsbesluit"}
    assert check_keten(spel.huis.winkel).fouten == ()
