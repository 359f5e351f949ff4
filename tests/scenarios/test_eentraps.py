"""Shapes in which candidates are compared once: what they hand in is their offer, and the ranking is the award.

Played on beschermd wonen, published in another shape for one provider.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.personen import GEMANDATEERDE
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.selectie import Procedurevorm, Weegcriterium, Weegsoort
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import documenten, gunningen, terugtrekkingen
from inkoop.services.taken import Taaksoort
from tests.scenarios.selectiespel import Scores, Selectieproef, at_tijd, begin_selectie
from tests.scenarios.zaakspel import read_stand
from tests.services.proefspel import make_plaatsvervanger

pytestmark = pytest.mark.slow

BESLUIT = date(2021, 7, 16)
VOORNEMEN = (BESLUIT, date(2021, 8, 5))
PLAN = Weegcriterium(id="G-01", naam="Plan van aanpak", weging=Decimal(70), soort=Weegsoort.KWALITEIT, bron="proef")
PRIJS = Weegcriterium(id="G-02", naam="Prijs", weging=Decimal(30), soort=Weegsoort.PRIJS, bron="proef")


def publish_as(vorm: Procedurevorm, gunningscriteria: tuple[Weegcriterium, ...] = ()) -> Any:
    """Beschermd wonen for one provider in this shape, decided on 16 July 2021."""

    def wijzig(definitie: Proceduredefinitie) -> Proceduredefinitie:
        regels = definitie.selectieregels
        assert regels is not None
        (ronde,) = definitie.instroom.rondes
        zonder = dict.fromkeys(
            ("selectiebesluit", "selectie_vervaltermijn", "dialoog_van", "dialoog_tot", "voorstel_tot")
        )
        eigen = {"besluit": BESLUIT, "vervaltermijn": VOORNEMEN[1], **zonder}
        weegt = {"gunningscriteria": gunningscriteria, "selectiecriteria": (), "gelijke_stand": ("G-01", "loting")}
        return msgspec.structs.replace(
            definitie,
            procedurevorm=vorm,
            percelen=tuple(msgspec.structs.replace(p, max_aanbieders=1) for p in definitie.percelen),
            instroom=msgspec.structs.replace(definitie.instroom, rondes=(msgspec.structs.replace(ronde, **eigen),)),
            selectieregels=msgspec.structs.replace(regels, dialoog=None, **(weegt if gunningscriteria else {})),
        )

    return wijzig


def decide(proef: Selectieproef) -> None:
    """From closing to the letters on the award."""
    proef.select()
    proef.work(BESLUIT, Fase.SELECTEREN)


@pytest.fixture(scope="module", autouse=True)
def _blanco() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
        yield


@pytest.fixture(scope="module")
def gewogen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Selectieproef]:
    """Two offers weighed; the winner withdraws within the term, the other becomes the winner."""
    punten: Scores = {("J3", "G-01"): "8", ("J3", "G-02"): "6", ("BW1", "G-01"): "6", ("BW1", "G-02"): "9"}
    proef = begin_selectie(
        tmp_path_factory.mktemp("emvi"), ["J3b", "BW1a"], punten, publish_as(Procedurevorm.EMVI_1, (PLAN, PRIJS))
    )
    decide(proef)
    yield proef
    proef.huis.winkel.close()


def test_each_offer_is_weighed_and_the_loser_reads_the_numbers_of_the_winner(gewogen: Selectieproef):
    wint, verliest = (read_stand(gewogen.huis, gewogen.find(zaak)) for zaak in ("J3", "BW1"))
    assert [(b.soort, b.verzonden, b.verval) for b in wint.besluiten][:1] == [
        (Besluitsoort.GUNNINGSVOORNEMEN, *VOORNEMEN)
    ]
    eerste = verliest.besluiten[0]
    assert (eerste.soort, eerste.verzonden, eerste.verval, eerste.producten) == (
        Besluitsoort.NIET_GEGUND,
        *VOORNEMEN,
        (),
    )
    (brief, *_) = gewogen.list_stukken("selectiebrief", "BW1")
    gegevens: Any = documenten.decode_gegevens(brief)
    assert gegevens.stadium == "gunning"
    (plaats,) = gegevens.plaatsen
    naam = gewogen.zaken[gewogen.find("J3")].aanmelding.naam
    assert plaats.voordelen[0].startswith(f"{naam} heeft 7,40 punten, u 6,90. Plan van aanpak: 8,00 tegenover 6,00")


def test_the_next_wins_by_a_new_besluit_when_the_winner_withdraws_and_gets_the_contract(gewogen: Selectieproef):
    proef = gewogen
    proef.klok.set(at_tijd(date(2021, 7, 20), 10))
    winnaar = proef.act_as(aanbieder_id(proef.zaken[proef.find("J3")].aanmelding.penvoerder.kvk))
    terugtrekkingen.withdraw_kandidaat(proef.huis, winnaar, proef.find("J3"), "Te weinig personeel.")
    proef.work(date(2021, 7, 20), Fase.CONCRETISEREN)
    stand = read_stand(proef.huis, proef.find("BW1"))
    assert [(b.soort, b.status, b.verzonden, b.verval) for b in stand.besluiten] == [
        (Besluitsoort.NIET_GEGUND, "vervangen", *VOORNEMEN),
        (Besluitsoort.GUNNINGSVOORNEMEN, "verzonden", date(2021, 7, 20), date(2021, 8, 9)),
    ]
    with proef.refuses("termijn"):
        proef.finalise(date(2021, 8, 9))
    assert proef.finalise(date(2021, 8, 10)) == 1
    proef.work(date(2021, 8, 10), Fase.CONCRETISEREN)
    proef.work(date(2021, 12, 8), Fase.CONTRACTEREN)
    stand = read_stand(proef.huis, proef.find("BW1"))
    assert stand.overeenkomst is not None
    assert read_stand(proef.huis, proef.find("J3")).status is Aanmeldingsstatus.INGETROKKEN


@pytest.fixture(scope="module")
def geselecteerd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Selectieproef]:
    punten: Scores = {("J3", "S-01"): "8", ("J3", "S-02"): "8", ("BW1", "S-01"): "7", ("BW1", "S-02"): "7"}
    proef = begin_selectie(tmp_path_factory.mktemp("zemvi"), ["J3b", "BW1a"], punten, publish_as(Procedurevorm.ZEMVI_2))
    decide(proef)
    yield proef
    proef.huis.winkel.close()


def test_a_selection_without_dialogue_awards_by_its_selection_criteria_at_once(geselecteerd: Selectieproef):
    proef = geselecteerd
    soorten = {zaak: read_stand(proef.huis, proef.find(zaak)).besluiten[0].soort for zaak in ("J3", "BW1")}
    assert soorten == {"J3": Besluitsoort.GUNNINGSVOORNEMEN, "BW1": Besluitsoort.NIET_GEGUND}
    assert proef.list_taken(Taaksoort.VOORSTEL_INDIENEN, Taaksoort.DIALOOG_VOEREN) == []
    proef.klok.set(at_tijd(date(2021, 8, 6), 9))
    assert gunningen.finalise_gunning(proef.huis, proef.act_as(GEMANDATEERDE), proef.ronde) == 1
