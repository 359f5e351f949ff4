"""Random acts in random order, by anybody: no besluit without its evidence, no two on one perceel, no early read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlmodel import select

from inkoop.cli.demo.personen import BEOORDELAARS, GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.dossier import Antwoord
from inkoop.domain.fouten import InkoopError
from inkoop.domain.herziening import Herzieningsaanleiding
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Besluitstatus
from inkoop.services import (
    besluiten,
    feiten,
    heropeningen,
    herstel,
    herzieningen,
    oordelen,
    opening,
    rondes,
    toetsen,
)
from inkoop.services.feiten import Nadervaststelling, Vaststelling
from inkoop.services.huis import Optreden
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.oordeel import OordeelRow
from inkoop.storage.tabellen.toets import ToetsRow
from tests.services.conftest import Speel
from tests.services.proefspel import RONDE, Proef, Stand

IEDEREEN = (INKOPER, *BEOORDELAARS, JURIST, GEMANDATEERDE)
GENOMEN = (Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN)
REDEN = "Gelezen en vergeleken met wat is gepubliceerd."

wie = st.sampled_from(IEDEREEN)
zaken = st.sampled_from(("M1", "M3", "M4", "M5"))


class Besluitloop(RuleBasedStateMachine):
    """Everybody tries everything; what is refused must leave no trace, what is taken must rest on evidence."""

    stand: Stand
    ruimte: Path
    geopend = False
    teller = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).teller += 1
        self.map = self.ruimte / f"loop-{self.teller}"
        self.proef = Proef.open(self.map, self.stand)

    def attempt(self, persoon: str, act: Callable[[Optreden], object]) -> bool:
        """Let somebody try something; a refusal is fine."""
        try:
            act(self.proef.act_as(persoon))
        except InkoopError:
            return False
        return True

    @rule(dagen=st.integers(0, 20))
    def wait(self, dagen: int) -> None:
        self.proef.klok.set(self.proef.klok.nu + timedelta(days=dagen))

    @rule(persoon=wie)
    def ask_opening(self, persoon: str) -> None:
        self.attempt(persoon, lambda door: rondes.request_opening(self.proef.huis, door, RONDE))

    @rule(persoon=wie)
    def open_(self, persoon: str) -> None:
        if self.attempt(persoon, lambda door: opening.open_ronde(self.proef.huis, door, RONDE)):
            self.geopend = True

    @rule(persoon=wie, geen=st.booleans())
    def declare(self, persoon: str, geen: bool) -> None:
        self.attempt(
            persoon,
            lambda door: rondes.declare_belangen(
                self.proef.huis, door, RONDE, geen_belang=geen, toelichting="Verklaard."
            ),
        )

    @rule(persoon=wie, zaak=zaken, wijze=st.sampled_from([Nadervaststelling.BEVESTIGD, Nadervaststelling.ONDUIDELIJK]))
    def establish(self, persoon: str, zaak: str, wijze: Nadervaststelling) -> None:
        def act(door: Optreden) -> None:
            regels = feiten.read_feiten(self.proef.huis, door, self.proef.find(zaak))
            assert self.geopend, "facts were read before the round was opened"
            nieuw = [Vaststelling(id=r.id, wijze=wijze, reden=REDEN) for r in regels if r.wijze is None and r.tijdig]
            if wijze is Nadervaststelling.ONDUIDELIJK:
                nieuw = nieuw[:1]
            feiten.establish_feiten(self.proef.huis, door, self.proef.find(zaak), nieuw)

        self.attempt(persoon, act)

    @rule(persoon=wie, zaak=zaken, ja=st.booleans())
    def judge(self, persoon: str, zaak: str, ja: bool) -> None:
        def act(door: Optreden) -> None:
            kenmerk = self.proef.find(zaak)
            for regel in oordelen.read_punten(self.proef.huis, door, kenmerk):
                antwoorden = [Antwoord(vraag=vraag.id, ja=ja) for vraag in regel.punt.vragen]
                oordelen.give_oordeel(
                    self.proef.huis, door, kenmerk, regel.id, ja=ja, reden=REDEN, antwoorden=antwoorden
                )

        self.attempt(persoon, act)

    @rule(persoon=wie, zaak=zaken)
    def settle(self, persoon: str, zaak: str) -> None:
        def act(door: Optreden) -> None:
            kenmerk = self.proef.find(zaak)
            for regel in oordelen.read_punten(self.proef.huis, door, kenmerk):
                antwoorden = [Antwoord(vraag=vraag.id, ja=True) for vraag in regel.punt.vragen]
                oordelen.settle_oordeel(
                    self.proef.huis, door, kenmerk, regel.id, ja=True, reden=REDEN, antwoorden=antwoorden
                )

        self.attempt(persoon, act)

    @rule(persoon=wie, zaak=zaken)
    def send_herstel(self, persoon: str, zaak: str) -> None:
        self.attempt(persoon, lambda door: herstel.approve_herstelverzoek(self.proef.huis, door, self.proef.find(zaak)))
        self.attempt(persoon, lambda door: herstel.send_herstelverzoek(self.proef.huis, door, self.proef.find(zaak)))

    @rule(fase=st.sampled_from([Fase.SELECTEREN, Fase.CONCRETISEREN]))
    def tick(self, fase: Fase) -> None:
        self.proef.tick(fase)

    @rule(
        persoon=wie,
        stap=st.sampled_from([besluiten.check_besluiten, besluiten.take_besluiten, besluiten.send_besluiten]),
    )
    def decide(self, persoon: str, stap: Callable[..., int]) -> None:
        self.attempt(persoon, lambda door: stap(self.proef.huis, door, RONDE))

    @rule(persoon=wie, zaak=zaken)
    def look_again(self, persoon: str, zaak: str) -> None:
        kenmerk = self.proef.find(zaak)
        reden = "Er is gebleken dat een feit anders is dan vastgesteld."
        grond = Herzieningsaanleiding.NIEUWE_GROND
        self.attempt(persoon, lambda door: heropeningen.reopen(self.proef.huis, door, kenmerk, grond, reden))
        self.attempt(persoon, lambda door: herzieningen.revise_besluiten(self.proef.huis, door, kenmerk))

    @invariant()
    def no_besluit_without_its_evidence(self) -> None:
        with self.proef.huis.winkel.lezen() as sessie:
            genomen = [b for b in sessie.exec(select(BesluitRow)) if b.genomen_door is not None]
            for besluit in genomen:
                resultaat = toetsen.decode_resultaat(sessie.get_one(ToetsRow, besluit.toets_id))
                assert resultaat.feitenbasis is Feitenbasis.VASTGESTELD
                assert resultaat.herstelverloop is Herstelverloop.GESLOTEN
                assert len({besluit.opgesteld_door, besluit.gecontroleerd_door, besluit.genomen_door}) == 3
                assert besluit.mandaat
                rij = sessie.get_one(AanmeldingRow, besluit.aanmelding_id)
                oordeelaars = set(sessie.exec(select(OordeelRow.persoon).where(OordeelRow.aanmelding_id == rij.id)))
                assert besluit.genomen_door not in oordeelaars

    @invariant()
    def no_two_besluiten_stand_on_one_perceel(self) -> None:
        with self.proef.huis.winkel.lezen() as sessie:
            staand = [(b.aanmelding_id, b.perceel) for b in sessie.exec(select(BesluitRow)) if b.status in GENOMEN]
        assert len(staand) == len(set(staand))

    def teardown(self) -> None:
        try:
            assert check_keten(self.proef.huis.winkel).fouten == ()
        finally:
            self.proef.huis.winkel.close()
            shutil.rmtree(self.map)


@pytest.mark.slow
@pytest.mark.parametrize("begin", ["opening_verzoeken", "besluiten_controleren"])
def test_no_order_of_acts_takes_a_besluit_without_its_evidence(speel: Speel, tmp_path: Path, begin: str) -> None:
    class Loop(Besluitloop):
        stand = speel("variant-a").standen[begin]
        ruimte = tmp_path
        geopend = begin != "opening_verzoeken"

    run_state_machine_as_test(
        Loop,
        settings=settings(
            max_examples=4,
            stateful_step_count=25,
            phases=(Phase.generate,),
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
def test_the_loop_reaches_a_besluit_when_everybody_does_what_is_theirs(speel: Speel, tmp_path: Path) -> None:
    """Without this the property above could hold because nothing ever happens."""

    class Loop(Besluitloop):
        stand = speel("variant-a").standen["besluiten_controleren"]
        ruimte = tmp_path

    loop = Loop()
    loop.geopend = True
    loop.decide(JURIST, besluiten.check_besluiten)
    loop.decide(JURIST, besluiten.take_besluiten)
    with loop.proef.huis.winkel.lezen() as sessie:
        assert {b.status for b in sessie.exec(select(BesluitRow))} == {Besluitstatus.GECONTROLEERD}
    loop.decide(GEMANDATEERDE, besluiten.take_besluiten)
    loop.no_besluit_without_its_evidence()
    with loop.proef.huis.winkel.lezen() as sessie:
        assert {b.status for b in sessie.exec(select(BesluitRow))} == {Besluitstatus.GENOMEN}
    loop.teardown()
