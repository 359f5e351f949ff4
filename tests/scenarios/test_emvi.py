"""EMVI after a selection, without and with dialogue, played whole: who may offer, whose offer wins, who follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.personen import JURIST
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.geschil import Geschilsoort, Geschiluitkomst
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.selectie import Procedurevorm, Weegcriterium, Weegsoort
from inkoop.services import documenten, geschillen, overeenkomsten, rondes, terugtrekkingen
from inkoop.services.taken import Taaksoort
from tests.scenarios.selectiespel import Scores, Selectieproef, at_tijd, begin_selectie
from tests.services.proefspel import make_plaatsvervanger

PLAN = Weegcriterium(id="G-01", naam="Plan van aanpak", weging=Decimal(70), soort=Weegsoort.KWALITEIT, bron="proef")
PRIJS = Weegcriterium(id="G-02", naam="Prijs", weging=Decimal(30), soort=Weegsoort.PRIJS, bron="proef")
PUNTEN: Scores = {
    ("J1", "G-01"): "8", ("J1", "G-02"): "6",
    ("J2", "G-01"): "6", ("J2", "G-02"): "9",
}  # fmt: skip
"""J1: 70% of 8 and 30% of 6 is 7,40; J2: 70% of 6 and 30% of 9 is 6,90."""

VOORNEMEN = (Besluitsoort.GUNNINGSVOORNEMEN, "verzonden")


@pytest.fixture(autouse=True)
def _blanco() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
        yield


def publish_as(vorm: Procedurevorm) -> Any:
    """Begeleiding in this shape: two may offer in each area, one wins."""

    def wijzig(definitie: Proceduredefinitie) -> Proceduredefinitie:
        regels = definitie.selectieregels
        assert regels is not None
        (ronde,) = definitie.instroom.rondes
        if vorm is Procedurevorm.EMVI_2:
            ronde = msgspec.structs.replace(ronde, dialoog_van=None, dialoog_tot=None)
            regels = msgspec.structs.replace(regels, dialoog=None)
        return msgspec.structs.replace(
            definitie,
            procedurevorm=vorm,
            instroom=msgspec.structs.replace(definitie.instroom, rondes=(ronde,)),
            selectieregels=msgspec.structs.replace(regels, gunningscriteria=(PLAN, PRIJS), deelnemers=2),
        )

    return wijzig


def withdraw(proef: Selectieproef, zaak: str, dag: date) -> None:
    """Withdraw by the penvoerder, and what follows that day."""
    proef.klok.set(at_tijd(dag, 10))
    wie = proef.act_as(aanbieder_id(proef.zaken[proef.find(zaak)].aanmelding.penvoerder.kvk))
    terugtrekkingen.withdraw_kandidaat(proef.huis, wie, proef.find(zaak), "Te weinig personeel.")
    proef.work(dag, Fase.CONCRETISEREN, behalve=(Taaksoort.GUNNING_DEFINITIEF,))


def summon(proef: Selectieproef, zaak: str, dag: date) -> str:
    """Somebody begins a kort geding about G03 on a day."""
    proef.klok.set(at_tijd(dag, 11))
    return geschillen.register_geschil(
        proef.huis,
        proef.act_as(JURIST),
        ronde=proef.ronde,
        soort=Geschilsoort.KORT_GEDING,
        van=proef.zaken[proef.find(zaak)].aanmelding.naam,
        omschrijving="Wij vinden dat ons voorstel wel telt.",
        ontvangen_op=proef.klok.nu,
        aanmelding=proef.find(zaak),
        percelen=["G03"],
    )


def read_kort(proef: Selectieproef, zaak: str) -> list[tuple[Besluitsoort, str]]:
    """Kind and status of every besluit on a case."""
    return [besluit[:2] for besluit in proef.read_besluiten(zaak)]


def test_emvi_2_weighs_the_offers_of_who_was_selected_and_the_next_wins_when_the_winner_withdraws(tmp_path: Path):
    proef = begin_selectie(tmp_path, ["J1a", "J2b"], PUNTEN, publish_as(Procedurevorm.EMVI_2))
    proef.select()
    assert [read_kort(proef, zaak)[0] for zaak in ("J1", "J2")] == [(Besluitsoort.GESELECTEERD, "verzonden")] * 2
    assert proef.list_taken(Taaksoort.DIALOOG_VOEREN) == []
    for zaak in ("J1", "J2"):
        assert proef.propose(proef.find(zaak))
    proef.award()
    assert read_kort(proef, "J1")[-1] == VOORNEMEN
    assert read_kort(proef, "J2")[-1] == (Besluitsoort.NIET_GEGUND, "verzonden")
    gegevens: Any = documenten.decode_gegevens(proef.list_stukken("selectiebrief", "J2")[-1])
    assert "7,40 punten, u 6,90" in gegevens.plaatsen[0].voordelen[0]

    withdraw(proef, "J1", date(2021, 11, 22))
    assert proef.read_besluiten("J2")[-1] == (*VOORNEMEN, date(2021, 12, 13))  # 12 December is a Sunday
    with proef.refuses("termijn"):
        proef.finalise(date(2021, 12, 13))
    assert proef.finalise(date(2021, 12, 14)) == 1
    proef.work(date(2021, 12, 14), Fase.CONCRETISEREN)
    assert proef.read_fase() is Fase.CONTRACTEREN
    proef.work(date(2021, 12, 14), Fase.CONTRACTEREN)
    with proef.huis.winkel.lezen() as sessie:
        (overeenkomst,) = overeenkomsten.list_overeenkomsten(sessie, rondes.find_ronde(sessie, proef.ronde))
        winnaar = overeenkomsten.find_aanmelding(sessie, overeenkomst)
    assert winnaar.kenmerk == proef.find("J2")


def test_emvi_3_talks_with_who_was_selected_and_a_perceel_without_a_next_one_is_closed_by_a_person(tmp_path: Path):
    proef = begin_selectie(tmp_path, ["J1a", "J2b"], PUNTEN, publish_as(Procedurevorm.EMVI_3))
    proef.select()
    proef.talk()
    assert proef.propose(proef.find("J1"))
    proef.award()  # J2 was selected too, and made no offer.
    assert read_kort(proef, "J1")[-1] == VOORNEMEN
    assert read_kort(proef, "J2")[-1] == (Besluitsoort.NIET_GEGUND, "verzonden")

    dag = date(2021, 11, 22)
    withdraw(proef, "J1", dag)
    assert read_kort(proef, "J2")[-1] == (Besluitsoort.NIET_GEGUND, "verzonden")
    assert proef.read_fase() is Fase.CONCRETISEREN
    (taak,) = proef.list_taken(Taaksoort.GUNNING_DEFINITIEF)
    assert taak.wat == "vastleggen dat perceel G03 niet wordt gegund"
    # Who lost goes to court about the perceel that lapsed: whether it is awarded waits for the judgment.
    kenmerk = summon(proef, "J2", dag)
    assert proef.list_taken(Taaksoort.GUNNING_DEFINITIEF) == []
    with proef.refuses("kort-geding"):
        proef.finalise(dag)
    geschillen.settle_geschil(
        proef.huis, proef.act_as(JURIST), kenmerk, Geschiluitkomst.AFGEWEZEN, op=dag, toelichting="Vonnis van vandaag."
    )
    assert proef.finalise(dag) == 0
    with proef.refuses("geen"):
        proef.finalise(dag)
    (verslag,) = proef.list_stukken("proces-verbaal-gunning")
    gegevens: Any = documenten.decode_gegevens(verslag)
    assert kenmerk in gegevens.kort_geding
    assert len(gegevens.uitkomsten) == 2
    assert "trok zich terug" in " ".join(regel.motivering for regel in gegevens.uitkomsten)
    assert gegevens.voornemen == date(2021, 11, 15)
    # A summons that comes after that is recorded, and holds up nothing: nobody gets an agreement on the perceel.
    summon(proef, "J2", dag)
    proef.work(dag, Fase.CONCRETISEREN)
    proef.work(dag, Fase.CONTRACTEREN)
    assert proef.read_fase() is Fase.CONTRACTEREN
    with proef.huis.winkel.lezen() as sessie:
        assert overeenkomsten.list_overeenkomsten(sessie, rondes.find_ronde(sessie, proef.ronde)) == []
