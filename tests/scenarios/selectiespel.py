"""A procedure with selection, played through services and ticks on a store of its own, from nothing to contracts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from inkoop.cli.demo.personen import BEOORDELAARS, GEMANDATEERDE, INKOPER, JURIST
from inkoop.cli.demo.rollenspel import Klok, aanbieder_id
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.kalender import TIJDZONE, is_werkdag
from inkoop.domain.procedure import Fase, Rondedefinitie
from inkoop.domain.rangschikking import HOOGSTE, Stadium
from inkoop.services import (
    aanmeldingen,
    besluiten,
    dialogen,
    documenten,
    gunningen,
    rondes,
    scores,
    selecties,
)
from inkoop.services.taken import Taak, Taaksoort
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.winkel import Winkel
from tests.scenarios.zaakspel import Wijziging, begin_zaken
from tests.services.proefspel import Proef, build_huis, copy_database, list_bestanden, make_blanco

Scores = Mapping[tuple[str, str], str]
"""By case and criterium (`("J1", "S-01")`): what both beoordelaars give."""


@dataclass
class Selectieproef(Proef):
    """Everybody at work in a procedure with selection."""

    punten: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def datums(self) -> Rondedefinitie:
        return self.definitie.find_ronde(self.ronde)

    def work(self, dag: date, fase: Fase, *, behalve: Sequence[Taaksoort] = ()) -> None:
        """One day: flow and people take turns until nothing is left that this test knows how to do."""
        self.klok.set(self.at(dag))
        for _ in range(12):
            self.tick(fase)
            te_doen = [taak for taak in self.list_taken() if taak.soort not in (*NIET_VANZELF, *behalve)]
            gedaan = [taak for taak in te_doen if taak.soort is not Taaksoort.STAP_VASTLEGGEN] or te_doen
            verricht = [self.do(taak) for taak in gedaan]
            if not any(verricht):
                return
        raise AssertionError(f"{dag}: still busy")

    def do(self, taak: Taak) -> bool:
        """Do a task that may be gone already."""
        if taak not in self.list_taken(taak.soort):
            return False
        if taak.soort in (Taaksoort.SCOREN, Taaksoort.SCORE_BESLECHTEN):
            self._score(taak)
            return True
        return self.perform(taak)

    def _score(self, taak: Taak) -> None:
        stadium, perceel, criterium = taak.deel.split(":")
        zaak = self.zaken[taak.onderwerp].zaak
        standaard = str(HOOGSTE) if criterium == scores.VOORSTEL else "7"
        gegeven = self.punten.get((zaak, criterium), standaard)
        eigen = [Decimal(deel) for deel in gegeven.split("/")]
        if taak.soort is Taaksoort.SCORE_BESLECHTEN:
            reden = "De toelichting van de eerste beoordelaar volgt het stuk het best."
            scores.settle_score(
                self.huis, self.act_as(JURIST), taak.onderwerp, perceel, Stadium(stadium), criterium, eigen[0], reden
            )
            return
        for nummer, wie in enumerate(BEOORDELAARS):
            reden = f"Wat is ingediend, past bij {criterium}."
            scores.give_score(
                self.huis,
                self.act_as(wie),
                taak.onderwerp,
                perceel,
                Stadium(stadium),
                criterium,
                eigen[min(nummer, len(eigen) - 1)],
                reden,
            )

    def select(self) -> None:
        """From closing to the letters on who may go on."""
        ronde = self.datums
        volgende = self.next_werkdag(ronde.sluiting.date())
        laat = (Taaksoort.BESLUITEN_NEMEN, Taaksoort.HERSTEL_VERZENDEN)
        self.work(volgende, Fase.SELECTEREN, behalve=laat)
        self.work(ronde.herstelverzoek, Fase.SELECTEREN, behalve=(Taaksoort.BESLUITEN_NEMEN,))
        self.receive_alles(Aanleiding.HERSTEL)
        self.work(self.next_werkdag(ronde.herstel_tot), Fase.SELECTEREN, behalve=(Taaksoort.BESLUITEN_NEMEN,))
        if ronde.selectiebesluit is not None:
            self.work(ronde.selectiebesluit, Fase.SELECTEREN)

    def receive_alles(self, aanleiding: Aanleiding) -> None:
        """What the scenarios send in, in order of time."""
        komt = [(a.ontvangen_op, k, a) for k, zaak in self.zaken.items() for a in zaak.aanvullingen]
        for _, kenmerk, aanvulling in sorted(komt, key=lambda regel: regel[:2]):
            if aanvulling.aanleiding is aanleiding:
                self.receive(kenmerk, aanvulling)

    def talk(self, *, tot: int | None = None) -> None:
        """Every talk with everybody who takes part, each about one published subject, and its report."""
        regels = self.definitie.selectieregels
        assert regels is not None
        assert regels.dialoog is not None
        van = self.datums.dialoog_van
        assert van is not None
        for nummer in range(1, (tot or regels.dialoog.rondes) + 1):
            op = self.at(self.next_werkdag(van + timedelta(days=14 * nummer)), 10)
            for kenmerk, percelen in self.read_deelnemers().items():
                for perceel in percelen:
                    self.talk_met(kenmerk, perceel, nummer, op)

    def talk_met(self, kenmerk: str, perceel: str, nummer: int, op: datetime) -> None:
        regels = self.definitie.selectieregels
        assert regels is not None
        assert regels.dialoog is not None
        onderwerp = regels.dialoog.onderwerpen[(nummer - 1) % len(regels.dialoog.onderwerpen)]
        dialogen.plan_dialoog(
            self.huis,
            self.act_as(INKOPER),
            kenmerk,
            perceel,
            nummer,
            gepland_op=op,
            agenda=[onderwerp],
            deelnemers=["Iris Dekker"],
        )
        self.klok.set(op + timedelta(hours=2))
        dialogen.report_dialoog(
            self.huis,
            self.act_as(INKOPER),
            kenmerk,
            perceel,
            nummer,
            verslag=f"Besproken: {onderwerp}.",
            vertrouwelijk=["de eigen werkwijze"],
        )

    def propose(self, kenmerk: str, op: datetime | None = None) -> bool:
        """A final proposal, an hour before the last moment when none is named."""
        tot = self.datums.voorstel_tot
        assert tot is not None
        moment = op or tot - timedelta(hours=1)
        self.klok.set(moment)
        door = self.act_as(aanbieder_id(self.zaken[kenmerk].aanmelding.penvoerder.kvk))
        return dialogen.submit_voorstel(self.huis, door, kenmerk, {"voorstel.pdf": make_blanco()}, ontvangen_op=moment)

    def award(self) -> None:
        """From the end of the term for proposals to the letters on the intention."""
        tot = self.datums.voorstel_tot
        assert tot is not None
        self.work(self.next_werkdag(tot.date()), Fase.CONCRETISEREN, behalve=(Taaksoort.BESLUITEN_NEMEN,))
        self.work(self.datums.besluit, Fase.CONCRETISEREN)

    def finalise(self, dag: date) -> int:
        self.klok.set(self.at(dag))
        return gunningen.finalise_gunning(self.huis, self.act_as(GEMANDATEERDE), self.ronde)

    def next_werkdag(self, na: date) -> date:
        dag = na + timedelta(days=1)
        while not is_werkdag(dag, self.huis.feestdagen):
            dag += timedelta(days=1)
        return dag

    def read_deelnemers(self) -> dict[str, tuple[str, ...]]:
        with self.huis.winkel.lezen() as sessie:
            return selecties.list_deelnemers(sessie, rondes.find_ronde(sessie, self.ronde))

    def read_fase(self) -> Fase:
        with self.huis.winkel.lezen() as sessie:
            return rondes.find_ronde(sessie, self.ronde).fase

    def read_besluiten(self, zaak: str) -> list[tuple[Besluitsoort, str, date | None]]:
        """Kind, status and end of the term of every besluit on a case."""
        with self.huis.winkel.lezen() as sessie:
            rij = aanmeldingen.find_aanmelding(sessie, self.find(zaak))
            return [(b.soort, b.status.value, b.vervaldatum) for b in besluiten.list_besluiten(sessie, rij)]

    def list_stukken(self, soort: str, zaak: str | None = None) -> list[DocumentRow]:
        with self.huis.winkel.lezen() as sessie:
            alle = documenten.list_documenten(sessie, ronde=self.ronde)
        wie = None if zaak is None else self.find(zaak)
        return [rij for rij in alle if rij.soort == soort and wie in (None, rij.onderwerp)]


NIET_VANZELF = frozenset(
    {
        Taaksoort.GUNNING_DEFINITIEF,
        Taaksoort.DIALOOG_VOEREN,
        Taaksoort.VOORSTEL_INDIENEN,
        Taaksoort.GESTAND_VERLENGEN,
        Taaksoort.VERZENDING_BEWIJZEN,
    }
)
"""What a test does itself."""


def begin_selectie(
    map_: Path,
    namen: Sequence[str],
    punten: Scores | None = None,
    wijzig: Wijziging = lambda definitie: definitie,
) -> Selectieproef:
    """A procedure that is published, with these cases handed in (`J1a`); scores are by the name of the case."""
    spel = begin_zaken(map_, namen, wijzig)
    spel._submit()
    proef = Selectieproef(spel.huis, spel.spel.klok, spel.definitie.naam, spel.groep.ronde, spel.spel.zaken)
    proef.punten = dict(punten or {})
    return proef


def copy_proef(bron: Selectieproef, map_: Path) -> Selectieproef:
    """Go on from where a round stands, in a copy of its store."""
    copy_database(bron.huis.winkel.map, map_)
    for naam in list_bestanden(bron.huis.winkel.map):
        (map_ / naam).parent.mkdir(parents=True, exist_ok=True)
        (map_ / naam).hardlink_to(bron.huis.winkel.map / naam)
    huis = build_huis(Winkel.open(map_))
    return Selectieproef(huis, Klok(bron.klok.nu), bron.procedure, bron.ronde, dict(bron.zaken), punten=bron.punten)


def at_tijd(dag: date, uur: int, minuut: int = 0, seconde: int = 0) -> datetime:
    """An instant in the Netherlands."""
    return datetime.combine(dag, time(uur, minuut, seconde), tzinfo=TIJDZONE)
