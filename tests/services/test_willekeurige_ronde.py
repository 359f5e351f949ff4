"""Random acts in a small round: whatever people do and in which order, the rules of a round hold.

After every act: nothing can be read before two people opened the round; no besluit without its evidence; one
besluit per perceel at most for a legal person; nobody both prepares, checks and takes one. An act may be refused, with
reasons; anything else that goes wrong is a fault. INKOOP_LANGE_SPELEN=1 plays many more and longer games, at random.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlmodel import Session, select

from inkoop.cli.demo.personen import BEOORDELAARS, GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.aanmelding import Bewijsstuk
from inkoop.domain.besluit import Besluitsoort, check_motivering
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.dossier import Aanleiding, Antwoord
from inkoop.domain.dossierbouw import receive_aanvulling
from inkoop.domain.fouten import InkoopError
from inkoop.domain.herziening import Herzieningsaanleiding, Intrekkingsgrond
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus
from inkoop.services import (
    aanmeldingen,
    besluiten,
    feiten,
    heropeningen,
    herstel,
    herzieningen,
    indienen,
    oordelen,
    opening,
    rondes,
    toetsen,
)
from inkoop.services.verzegeling import NogVerzegeldError
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.bewijs import BewijsstukRow, FeitRow, VaststellingRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.toets import ToetsRow
from tests.services.kleineronde import KLEIN, at, begin_ronde, make_bestand, make_klachten, make_opgave
from tests.services.proefspel import Proef, Stand, copy_database, list_bestanden

LANG = bool(os.environ.get("INKOOP_LANGE_SPELEN"))
KVKS = ("90000101", "90000102")
SLUITING = at("2020-03-31T12:00:00")
GENOMEN = (Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN)
MENSEN = st.sampled_from([INKOPER, JURIST, GEMANDATEERDE, *BEOORDELAARS])
KEUZE = st.integers(min_value=0, max_value=3)
BESLUITDADEN = (besluiten.check_besluiten, besluiten.take_besluiten, besluiten.send_besluiten)
UITKOMSTEN: Counter[str] = Counter()
"""What the games reached, so that a test can say that they reached it."""


@cache
def make_beginstand() -> Stand:
    """The open round, made once."""
    map_ = Path(tempfile.mkdtemp(prefix="kleineronde-"))
    proef = begin_ronde(map_ / "winkel", SLUITING, kvks=KVKS)
    proef.huis.winkel.close()
    copy_database(map_ / "winkel", map_ / "stand")
    return Stand(
        map=map_ / "stand",
        winkel=map_ / "winkel",
        bestanden=list_bestanden(map_ / "winkel"),
        nu=proef.klok.nu,
        zaken={},
    )


class Rondespel(RuleBasedStateMachine):
    """Two aanbieders and the people of the region, all doing whatever they like."""

    @initialize()
    def begin(self) -> None:
        """A store of its own."""
        self.map = Path(tempfile.mkdtemp(prefix="rondespel-"))
        self.proef = Proef.open(self.map / "winkel", make_beginstand())
        self.proef.ronde = KLEIN
        self.huis = self.proef.huis
        for kvk in KVKS:
            self.submit_als(kvk, kvk, "HKZ" if kvk == KVKS[0] else "Eigen keurmerk", date(2019, 5, 1), ("1A",))

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

    def pick(self, keuze: int) -> str:
        """One of the aanmeldingen, or one that is not there."""
        with self.huis.winkel.lezen() as sessie:
            alle = list(sessie.exec(select(AanmeldingRow.kenmerk).order_by(AanmeldingRow.kenmerk)))
        return alle[keuze % len(alle)] if alle else f"{KLEIN}-A001"

    @property
    def is_open(self) -> bool:
        with self.huis.winkel.lezen() as sessie:
            return rondes.find_ronde(sessie, KLEIN).geopend_op is not None

    # what aanbieders do

    @rule(
        kvk=st.sampled_from(KVKS),
        namens=st.sampled_from(KVKS),
        norm=st.sampled_from(["HKZ", "Eigen keurmerk"]),
        klachten=st.sampled_from([date(2019, 5, 1), date(2020, 4, 5), None]),
        percelen=st.sampled_from([("1A",), ("1A", "1B")]),
    )
    def submit(self, kvk: str, namens: str, norm: str, klachten: date | None, percelen: tuple[str, ...]) -> None:
        """Hand in, for the first time or again, on time or late, for oneself or for another."""
        self.submit_als(kvk, namens, norm, klachten, percelen)

    def submit_als(self, kvk: str, namens: str, norm: str, klachten: date | None, percelen: tuple[str, ...]) -> None:
        """Hand in for one aanbieder by who acts for one."""
        opgave, bestanden = make_opgave(kvk, percelen=percelen, norm=norm, klachten=klachten)
        door = self.proef.act_as(f"aanbieder-{namens}")
        self.attempt(
            "indienen",
            lambda: indienen.submit_aanmelding(self.huis, door, ronde=KLEIN, opgave=opgave, bestanden=bestanden),
        )

    @rule(keuze=KEUZE, kvk=st.sampled_from(KVKS))
    def withdraw(self, keuze: int, kvk: str) -> None:
        """Take one back, one's own or that of another."""
        door = self.proef.act_as(f"aanbieder-{kvk}")
        self.attempt(
            "intrekken", lambda: aanmeldingen.withdraw_aanmelding(self.huis, door, self.pick(keuze), "toch niet")
        )

    @precondition(lambda self: self.is_open)
    @rule(keuze=KEUZE, dag=st.sampled_from([date(2019, 6, 1), date(2020, 4, 3)]))
    def answer_herstel(self, keuze: int, dag: date) -> None:
        """Send a klachtenregeling after submission, from before the closing or from after it."""
        kenmerk = self.pick(keuze)
        door = self.proef.act_as(f"aanbieder-{KVKS[keuze % 2]}")
        feit = msgspec.structs.replace(make_klachten(dag), id="nieuw.pdf#1", bewijs=("nieuw.pdf",))
        stuk = Bewijsstuk(bestand="nieuw.pdf", omschrijving="nieuw", lid="zelf", feiten=(feit,))
        aanvulling = receive_aanvulling(Aanleiding.HERSTEL, door.nu, [stuk])
        bestanden = {"nieuw.pdf": make_bestand(f"{kenmerk} {dag}")}
        self.attempt("herstel", lambda: herstel.receive_aanvulling(self.huis, door, kenmerk, aanvulling, bestanden))

    # what time and the flows do

    @rule(dagen=st.sampled_from([1, 8, 23, 46]))
    def go_on(self, dagen: int) -> None:
        """To a day after the closing: the calendar never stands still."""
        self.proef.klok.set(SLUITING + timedelta(days=dagen))

    @precondition(lambda self: self.is_open)
    @rule(fase=st.sampled_from([Fase.SELECTEREN, Fase.CONCRETISEREN, Fase.CONTRACTEREN]))
    def tick(self, fase: Fase) -> None:
        """What a flow does."""
        self.attempt(f"tik {fase}", lambda: self.proef.tick(fase))

    # what people of the region do, whoever they are

    @rule(wie=MENSEN)
    def request_opening(self, wie: str) -> None:
        """Ask for the opening."""
        self.attempt("verzoek", lambda: rondes.request_opening(self.huis, self.proef.act_as(wie), KLEIN))

    @rule(wie=MENSEN)
    def open(self, wie: str) -> None:
        """Open as the second person, and declare interests as the first thing after that."""
        self.attempt("openen", lambda: opening.open_ronde(self.huis, self.proef.act_as(wie), KLEIN))
        if self.is_open:
            self.attempt("belangen", self.proef.declare_belangen)

    @rule()
    def open_properly(self) -> None:
        """What an office does once a round has closed."""
        self.proef.klok.set(SLUITING + timedelta(days=1))
        self.request_opening(INKOPER)
        self.open(JURIST)

    @precondition(lambda self: self.is_open)
    @rule(dagen=st.sampled_from([8, 23, 46]))
    def work(self, dagen: int) -> None:
        """A day of an office: the flows, and everything that waits for somebody (judgements apart)."""
        self.go_on(dagen)
        self.tick(Fase.SELECTEREN)
        for _ in range(6):
            self.perform(0)
        self.tick(Fase.CONCRETISEREN)

    @precondition(lambda self: self.is_open)
    @rule(
        keuze=KEUZE,
        wijze=st.sampled_from(
            [*(feiten.Vaststellingswijze.BEVESTIGD,) * 3, feiten.Vaststellingswijze.VERWORPEN, feiten.ONDUIDELIJK]
        ),
        wie=st.sampled_from([*BEOORDELAARS, INKOPER]),
    )
    def establish(self, keuze: int, wijze: feiten.Vaststellingswijze, wie: str) -> None:
        """Establish everything that is open about one aanmelding."""
        kenmerk, door = self.pick(keuze), self.proef.act_as(wie)

        def daad() -> None:
            open_ = [r.id for r in feiten.read_feiten(self.huis, door, kenmerk) if r.wijze is None]
            vast = [feiten.Vaststelling(id=een, wijze=wijze, reden="gelezen") for een in open_]
            feiten.establish_feiten(self.huis, door, kenmerk, vast)

        self.attempt("vaststellen", daad)

    @precondition(lambda self: self.is_open)
    @rule(keuze=KEUZE, ja=st.booleans(), wie=st.sampled_from([*BEOORDELAARS, JURIST]))
    def judge(self, keuze: int, ja: bool, wie: str) -> None:
        """Judge every point of one aanmelding, or settle a difference."""
        kenmerk, door = self.pick(keuze), self.proef.act_as(wie)
        antwoord = (Antwoord(vraag="v1", ja=ja, toelichting="Dat blijkt uit bladzijde 1 van het keurmerk."),)
        reden = "Het keurmerk is op dezelfde punten getoetst als het gevraagde certificaat."
        geef = oordelen.settle_oordeel if wie == JURIST else oordelen.give_oordeel

        def daad() -> None:
            for regel in oordelen.read_punten(self.huis, door, kenmerk):
                geef(self.huis, door, kenmerk, regel.id, ja=ja, reden=reden, antwoorden=antwoord)

        self.attempt("oordelen", daad)

    @precondition(lambda self: self.is_open)
    @rule(keuze=st.integers(min_value=0, max_value=5))
    def perform(self, keuze: int) -> None:
        """Do one of the tasks as who it is for: what keeps a round going. Judging has an act of its own."""
        taken = [taak for taak in self.proef.list_taken() if taak.soort not in ("beoordelen", "beslechten")]
        if taken:
            taak = taken[keuze % len(taken)]
            self.attempt(f"taak {taak.soort}", lambda: self.proef.perform(taak))

    @rule(wie=MENSEN, daad=st.sampled_from(BESLUITDADEN))
    def decide(self, wie: str, daad: Callable[..., int]) -> None:
        """Check, take or send the besluiten, whoever one is."""
        self.attempt(daad.__name__, lambda: daad(self.huis, self.proef.act_as(wie), KLEIN))

    @precondition(lambda self: self.is_open)
    @rule(keuze=KEUZE, wie=st.sampled_from([INKOPER, JURIST]))
    def reopen(self, keuze: int, wie: str) -> None:
        """Look again at what was sent."""
        kenmerk, door = self.pick(keuze), self.proef.act_as(wie)
        soort = Herzieningsaanleiding.NIEUWE_GROND
        self.attempt("heropenen", lambda: heropeningen.reopen(self.huis, door, kenmerk, soort, "Er is iets gebleken."))

    @precondition(lambda self: self.is_open)
    @rule(keuze=KEUZE)
    def revise(self, keuze: int) -> None:
        """Test a reopened aanmelding again."""
        kenmerk, door = self.pick(keuze), self.proef.act_as(INKOPER)
        self.attempt("herzien", lambda: herzieningen.revise_besluiten(self.huis, door, kenmerk))

    @precondition(lambda self: self.is_open)
    @rule(keuze=KEUZE, gevraagd=st.sampled_from([0, 15]))
    def withdraw_toelating(self, keuze: int, gevraagd: int) -> None:
        """Withdraw an admission for a false statement."""
        kenmerk, door = self.pick(keuze), self.proef.act_as(INKOPER)
        grond = Intrekkingsgrond(
            aanleiding=Herzieningsaanleiding.ONJUISTE_VERKLARING,
            bevinding="De verklaring is onjuist.",
            regel="Een onjuiste verklaring leidt tot intrekking.",
            bron="leidraad 4.7",
            bewijs="brief",
            zienswijze_gevraagd_op=door.nu.date() - timedelta(days=gevraagd),
            zienswijze="Wij zien dat anders.",
        )
        self.attempt("toelating intrekken", lambda: herzieningen.withdraw_toelating(self.huis, door, kenmerk, grond))

    # what always holds

    @invariant()
    def nothing_is_read_before_the_opening(self) -> None:
        """Until two people opened it: no name, no offer, no file, and reading is refused."""
        if not hasattr(self, "proef"):
            return
        with self.huis.winkel.lezen() as sessie:
            ronde = sessie.exec(select(RondeRow)).one()
            if ronde.geopend_op is not None:
                assert ronde.geopend_op > SLUITING
                assert ronde.geopend_door != ronde.openingsverzoek_door
                return
            assert sessie.exec(select(BewijsstukRow.id)).first() is None
            assert sessie.exec(select(FeitRow.id)).first() is None
            for rij in sessie.exec(select(AanmeldingRow)):
                assert (rij.naam, rij.kvk, rij.opgave) == ("", "", "")
                try:
                    aanmeldingen.read_opgave(rij)
                except NogVerzegeldError:
                    continue
                raise AssertionError(f"{rij.kenmerk} can be read")

    @invariant()
    def no_besluit_without_its_evidence(self) -> None:
        """Each besluit rests on a toets of established facts with complete reasons, on one's own evidence."""
        if not hasattr(self, "proef"):
            return
        with self.huis.winkel.lezen() as sessie:
            standend: Counter[tuple[str, str]] = Counter()
            for besluit in sessie.exec(select(BesluitRow)):
                rij = sessie.get_one(AanmeldingRow, besluit.aanmelding_id)
                assert rij.status not in (Aanmeldingsstatus.TE_LAAT, Aanmeldingsstatus.VERVANGEN)
                self._check_besluit(sessie, rij, besluit)
                if besluit.status in GENOMEN:
                    standend[rij.kvk, besluit.perceel or ""] += 1
                    UITKOMSTEN[f"besluit {besluit.soort}"] += 1
            assert all(aantal == 1 for aantal in standend.values())
            staand = Counter(
                rij.kvk
                for rij in sessie.exec(select(AanmeldingRow))
                if rij.kvk and rij.status in (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)
            )
            if sessie.exec(select(RondeRow)).one().geopend_op is not None:
                assert all(aantal == 1 for aantal in staand.values())

    def _check_besluit(self, sessie: Session, rij: AanmeldingRow, besluit: BesluitRow) -> None:
        toets = toetsen.decode_resultaat(sessie.get_one(ToetsRow, besluit.toets_id))
        assert toets.feitenbasis is Feitenbasis.VASTGESTELD
        assert toets.herstelverloop is Herstelverloop.GESLOTEN
        editie = toetsen.read_basis(sessie, rij).editie
        assert check_motivering(besluiten.decode_voorstel(besluit), toets, editie) == []
        stukken = sessie.exec(select(BewijsstukRow).where(BewijsstukRow.aanmelding_id == rij.id))
        eigen = {stuk.sha256: stuk.id for stuk in stukken}
        gebruikt = {sha for bevinding in toets.bevindingen for sha in bevinding.bewijs}
        assert gebruikt <= eigen.keys()
        if besluit.soort is Besluitsoort.TOEGELATEN:
            assert gebruikt
        for sha in gebruikt:
            vraag = select(FeitRow.id, VaststellingRow.id).outerjoin(
                VaststellingRow,
                VaststellingRow.feit_id == FeitRow.id,  # type: ignore[arg-type]
            )
            for _, vaststelling in sessie.exec(vraag.where(FeitRow.bewijsstuk_id == eigen[sha])):
                assert vaststelling is not None
        wie = [w for w in (besluit.opgesteld_door, besluit.gecontroleerd_door, besluit.genomen_door) if w is not None]
        assert len(set(wie)) == len(wie)


Rondespel.TestCase.settings = settings(
    max_examples=250 if LANG else 10,
    stateful_step_count=80 if LANG else 30,
    derandomize=not LANG,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


class TestWillekeurigeRonde(Rondespel.TestCase):
    """Random games."""


def test_a_game_as_an_office_plays_it_comes_to_besluiten_on_which_the_same_rules_hold():
    """What holds always is looked at where there is something to look at."""
    UITKOMSTEN.clear()
    spel = Rondespel()
    spel.begin()
    spel.nothing_is_read_before_the_opening()
    spel.open_properly()
    for keuze in (0, 1):
        spel.establish(keuze, feiten.Vaststellingswijze.BEVESTIGD, BEOORDELAARS[0])
        for wie in BEOORDELAARS:
            spel.judge(keuze, ja=True, wie=wie)
    for dagen in (8, 23, 46, 46, 46):
        spel.work(dagen)
        spel.nothing_is_read_before_the_opening()
        spel.no_besluit_without_its_evidence()
    spel.teardown()
    assert UITKOMSTEN["besluit toegelaten"]
    assert not UITKOMSTEN["zonder reden"]
