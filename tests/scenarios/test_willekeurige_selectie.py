"""Random acts in a selection: whatever people do and in which order, the rules of a selection hold.

After every act: never more chosen or awarded than was published, no award without a proposal that was in time and
ranked, none final before its term or while a kort geding runs, no agreement without a final award, nothing left for who
withdrew, and no besluit of a kind that a selection does not know. INKOOP_LANGE_SPELEN=1 plays more and longer games.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import select

from inkoop.cli.demo import bewijs
from inkoop.cli.demo.personen import BEOORDELAARS, GEMANDATEERDE, INKOPER, JURIST
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.besluit import TOELATINGEN, Besluitsoort
from inkoop.domain.fouten import InkoopError
from inkoop.domain.geschil import Geschilsoort, Geschiluitkomst
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Overeenkomststatus
from inkoop.services import (
    besluiten,
    dialogen,
    geschillen,
    gunningen,
    rondes,
    terugtrekkingen,
)
from inkoop.services.taken import Taaksoort
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.geschil import GeschilRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.selectie import GunningRow
from tests.scenarios.conftest import STRIJD
from tests.scenarios.selectiespel import Selectieproef, begin_selectie, copy_proef
from tests.scenarios.test_herzien_in_selectie import find_anders, revise
from tests.services.proefspel import make_plaatsvervanger

pytestmark = pytest.mark.slow

LANG = bool(os.environ.get("INKOOP_LANGE_SPELEN"))
ZAKEN = st.sampled_from(("J1", "J2"))
MENSEN = st.sampled_from((INKOPER, JURIST, GEMANDATEERDE, BEOORDELAARS[0]))
STAAND = (Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN)
UITKOMSTEN: Counter[str] = Counter()
"""What the games reached, so that a test can say that they reached it."""


@cache
def make_begin() -> Selectieproef:
    """Two candidates for one place, compared and told on 16 July 2021; made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bewijs, "make_bewijspdf", make_plaatsvervanger)
        proef = begin_selectie(Path(tempfile.mkdtemp(prefix="selectiebegin-")), ["J1a", "J2b"], STRIJD)
        proef.select()
    return proef


class Selectiespel(RuleBasedStateMachine):
    """Candidates and the people of the region, all doing whatever they like."""

    @initialize()
    def begin(self) -> None:
        """A store of its own."""
        self.map = Path(tempfile.mkdtemp(prefix="selectiespel-"))
        self.proef = copy_proef(make_begin(), self.map / "winkel")
        self.huis = self.proef.huis

    def teardown(self) -> None:
        """The log of every game is whole."""
        if hasattr(self, "proef"):
            assert check_keten(self.huis.winkel).fouten == ()
            self.huis.winkel.close()
            shutil.rmtree(self.map)

    def attempt(self, naam: str, daad: Callable[[], object]) -> None:
        """Do an act; refused is fine, and refused with a reason."""
        try:
            daad()
        except InkoopError as fout:
            UITKOMSTEN[f"{naam} geweigerd" if str(fout).strip() else "zonder reden"] += 1
        else:
            UITKOMSTEN[naam] += 1

    def act_for(self, zaak: str) -> str:
        return aanbieder_id(self.proef.zaken[self.proef.find(zaak)].aanmelding.penvoerder.kvk)

    @rule(dagen=st.sampled_from([1, 7, 21, 60]))
    def wait(self, dagen: int) -> None:
        """Time goes on."""
        self.proef.klok.set(self.proef.klok.nu + timedelta(days=dagen))

    @rule(zaak=ZAKEN, namens=ZAKEN)
    def withdraw(self, zaak: str, namens: str) -> None:
        """A candidate is withdrawn, by itself or by another."""
        door = self.proef.act_as(self.act_for(namens))
        self.attempt(
            "terugtrekken",
            lambda: terugtrekkingen.withdraw_kandidaat(self.huis, door, self.proef.find(zaak), "Te weinig personeel."),
        )

    @rule(zaak=ZAKEN)
    def talk(self, zaak: str) -> None:
        """Every talk that a candidate can have, each on a day of its own."""
        for nummer in (1, 2, 3):
            op = self.proef.klok.nu + timedelta(days=2)
            self.attempt(
                "gesprek", lambda nummer=nummer, op=op: self.proef.talk_met(self.proef.find(zaak), "G03", nummer, op)
            )

    @rule(zaak=ZAKEN)
    def propose(self, zaak: str) -> None:
        """A final proposal, whenever it is."""
        self.attempt("voorstel", lambda: self.proef.propose(self.proef.find(zaak), self.proef.klok.nu))

    @rule(fase=st.sampled_from([Fase.SELECTEREN, Fase.CONCRETISEREN, Fase.CONTRACTEREN]))
    def tick(self, fase: Fase) -> None:
        """What a flow does."""
        self.attempt(f"tik {fase}", lambda: self.proef.tick(fase))

    @rule()
    def work(self) -> None:
        """What waits for somebody now is done once, by who it is for, and the flow follows."""
        for taak in self.proef.list_taken():
            if taak.soort not in (Taaksoort.GUNNING_DEFINITIEF, Taaksoort.DIALOOG_VOEREN, Taaksoort.VOORSTEL_INDIENEN):
                self.attempt(f"taak {taak.soort}", lambda taak=taak: self.proef.do(taak))
        self.tick(Fase.CONCRETISEREN)

    @rule(
        wie=MENSEN,
        daad=st.sampled_from((besluiten.check_besluiten, besluiten.take_besluiten, besluiten.send_besluiten)),
    )
    def decide(self, wie: str, daad: Callable[..., int]) -> None:
        """Check, take or send the besluiten, whoever one is."""
        self.attempt(daad.__name__, lambda: daad(self.huis, self.proef.act_as(wie), self.proef.ronde))

    @rule(wie=MENSEN)
    def finalise(self, wie: str) -> None:
        """Make the award final, whoever one is."""
        with self.huis.winkel.lezen() as sessie:
            open_ = [rij for rij in sessie.exec(select(GeschilRow)) if geschillen.is_ophoudend(sessie, rij)]
        voor = self.count_gunningen()
        self.attempt(
            "definitief", lambda: gunningen.finalise_gunning(self.huis, self.proef.act_as(wie), self.proef.ronde)
        )
        assert not open_ or self.count_gunningen() == voor, "made final while a kort geding ran"

    @rule(zaak=ZAKEN, past=st.booleans())
    def look_again(self, zaak: str, past: bool) -> None:
        """Something shows after the letters: an extract of another day, too old or not."""
        dag = local_date(self.proef.klok.nu).replace(year=2021, month=5, day=3)
        self.attempt("heropenen", lambda: find_anders(self.proef, zaak, dag if past else dag.replace(year=2020)))
        self.attempt("herzien", lambda: revise(self.proef, zaak))

    @rule(zaak=ZAKEN, klaar=st.booleans())
    def summon(self, zaak: str, klaar: bool) -> None:
        """A kort geding begins, and may end the same day."""
        kenmerken: list[str] = []

        def register() -> None:
            door = self.proef.act_as(JURIST)
            kenmerken.append(
                geschillen.register_geschil(
                    self.huis, door, ronde=self.proef.ronde, soort=Geschilsoort.KORT_GEDING, van="een kandidaat",
                    omschrijving="Het besluit klopt niet.", ontvangen_op=door.nu, aanmelding=self.proef.find(zaak),
                    percelen=["G03"],
                )
            )  # fmt: skip

        self.attempt("dagvaarden", register)
        if klaar and kenmerken:
            door = self.proef.act_as(JURIST)
            self.attempt(
                "vonnis",
                lambda: geschillen.settle_geschil(
                    self.huis,
                    door,
                    kenmerken[0],
                    Geschiluitkomst.AFGEWEZEN,
                    op=local_date(door.nu),
                    toelichting="Vonnis.",
                ),
            )

    def count_gunningen(self) -> int:
        with self.huis.winkel.lezen() as sessie:
            return len(sessie.exec(select(GunningRow.id)).all())

    @invariant()
    def the_rules_of_a_selection_hold(self) -> None:
        """All of them, on the records."""
        if not hasattr(self, "proef"):
            return
        with self.huis.winkel.lezen() as sessie:
            rijen = {rij.id: rij for rij in sessie.exec(select(AanmeldingRow))}
            alle = sessie.exec(select(BesluitRow)).all()
            definitief = {rij.besluit_id: rij for rij in sessie.exec(select(GunningRow))}
            staand = [b for b in alle if b.status in STAAND]
            vervangen = {b.vervangt_id for b in staand}
            for soort in (Besluitsoort.GESELECTEERD, Besluitsoort.GUNNINGSVOORNEMEN):
                houdt = [b for b in staand if b.soort is soort and b.id not in vervangen]
                assert len(houdt) <= 1, f"{len(houdt)} x {soort} for one place"
            for besluit in alle:
                UITKOMSTEN[f"besluit {besluit.soort}"] += 1
                assert besluit.soort not in TOELATINGEN
                wie = [w for w in (besluit.opgesteld_door, besluit.gecontroleerd_door, besluit.genomen_door) if w]
                assert len(set(wie)) == len(wie)
                rij = rijen[besluit.aanmelding_id]
                if rij.status is Aanmeldingsstatus.INGETROKKEN:
                    assert besluit.status in (Besluitstatus.VERVALLEN, Besluitstatus.VERVANGEN)
                if besluit.soort is Besluitsoort.GUNNINGSVOORNEMEN:
                    assert dialogen.find_voorstel(sessie, rij) is not None
                    assert besluiten.decode_voorstel(besluit).rang is not None
                if besluit.id in definitief and besluit.status is Besluitstatus.VERZONDEN:
                    assert besluit.vervaldatum is not None
                    assert local_date(definitief[besluit.id].definitief_op) > besluit.vervaldatum
            for overeenkomst in sessie.exec(select(OvereenkomstRow)):
                if overeenkomst.status is Overeenkomststatus.VERVALLEN:
                    continue
                UITKOMSTEN["overeenkomst"] += 1
                eigen = [b for b in staand if b.aanmelding_id == overeenkomst.aanmelding_id]
                assert any(b.soort is Besluitsoort.GUNNINGSVOORNEMEN and b.id in definitief for b in eigen)
            assert rondes.find_ronde(sessie, self.proef.ronde).fase in (
                Fase.CONCRETISEREN,
                Fase.CONTRACTEREN,
                Fase.IMPLEMENTEREN,
            )


def test_no_order_of_acts_breaks_a_rule_of_a_selection() -> None:
    run_state_machine_as_test(
        Selectiespel,
        settings=settings(
            max_examples=60 if LANG else 3,
            stateful_step_count=40 if LANG else 14,
            derandomize=not LANG,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_game_as_an_office_plays_it_comes_to_an_agreement_on_which_the_same_rules_hold() -> None:
    """What holds always is looked at where there is something to look at."""
    UITKOMSTEN.clear()
    spel = Selectiespel()
    spel.begin()
    spel.proef.talk()
    spel.propose("J1")
    spel.proef.award()
    spel.the_rules_of_a_selection_hold()
    spel.finalise(GEMANDATEERDE)
    spel.wait(60)
    spel.finalise(GEMANDATEERDE)
    for _ in range(3):
        spel.work()
        spel.tick(Fase.CONTRACTEREN)
        spel.the_rules_of_a_selection_hold()
    spel.teardown()
    assert UITKOMSTEN["definitief geweigerd"] == UITKOMSTEN["definitief"] == 1
    assert UITKOMSTEN["overeenkomst"]
    assert not UITKOMSTEN["zonder reden"]
