"""One round from beginning to end on one store: the calendar of the procedure, flows, people.

Nothing here knows a case: days come from the definition, applications and judgements from the
scenarios, and what people do follows from the open tasks.

Bron: ontwerp 9; E.1.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from inkoop import bootstrap
from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.groepen import Spelgroep
from inkoop.cli.demo.personen import BEHEERDER, INKOPER, JURIST, list_demopersonen
from inkoop.cli.demo.rollenspel import Klok, Rollenspel, aanbieder_id, at_uur
from inkoop.cli.stroom import load_stroom
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import format_dag, is_werkdag, local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie, Rondedefinitie
from inkoop.domain.scenario import Scenario
from inkoop.domain.scenariospel import apply_afwijkingen
from inkoop.services import addenda, documenten, fasewerk, indienen, personen, procedures, rondes, taken
from inkoop.services.flowstart import name_onderwerp
from inkoop.services.huis import Huis
from inkoop.services.taken import Taak, Taaksoort

MAX_BEURTEN = 12
"""How often people and flows take turns on one day before something must be wrong."""

ZONDER_VERVOLG = frozenset(
    {
        Taaksoort.OPENING_VERZOEKEN,
        Taaksoort.HERSTEL_CONTROLEREN,
        Taaksoort.HERSTEL_VERZENDEN,
        Taaksoort.BESLUITEN_CONTROLEREN,
        Taaksoort.DOCUMENT_VERZENDEN,
    }
)
"""What people do after which only people go on."""

Melder = Callable[[str], None]


class SpelVastError(InkoopError):
    """A play cannot go on: a flow put something apart, or people and flows keep each other busy without end."""


@dataclass
class Spel:
    """One group of scenarios, played on one store; `beurt` is held while a flow runs."""

    huis: Huis
    groep: Spelgroep
    definitie: Proceduredefinitie
    meld: Melder
    beurt: asyncio.Lock = field(default_factory=asyncio.Lock)
    spel: Rollenspel = field(init=False)

    def __post_init__(self) -> None:
        dagen = [stap.uiterlijk for stap in self.definitie.stappen if stap.uiterlijk is not None]
        begin = min([*dagen, self._ronde.opening - timedelta(days=30)])
        klok = Klok(at_uur(begin - timedelta(days=30), 9))
        self.spel = Rollenspel(self.huis, klok, self.definitie.naam, self.groep.ronde)
        self._niet_voor: dict[Taaksoort, date] = {}

    @property
    def _ronde(self) -> Rondedefinitie:
        return self.definitie.find_ronde(self.groep.ronde)

    def prepare(self) -> None:
        """Everything before the first flow: people, the procedure, the steps of its preparation."""
        self._add_personen()
        self.meld("voorbereiden")
        procedures.create_procedure(self.huis, self.spel.act_as(INKOPER), self.definitie)
        self.spel.record_stappen(Fase.VOORBEREIDEN)

    async def play(self) -> None:
        """All six fasen; call `prepare` first."""
        await self._tick(Fase.VOORBEREIDEN)
        await self._publish()
        self._submit()
        await self._select()
        await self._concretise()
        await self._implement()

    def _add_personen(self) -> None:
        self.meld("personen")
        systeem = bootstrap.act_as_systeem(self.huis, self.spel.klok.tick())
        personen.add_persoon(
            self.huis,
            systeem,
            id=BEHEERDER,
            naam="Sanne Kuijpers",
            functie="functioneel beheerder",
            rollen=[Rol.BEHEERDER],
        )
        for persoon in list_demopersonen(self.definitie):
            door = self.spel.act_as(BEHEERDER)
            personen.add_persoon(
                self.huis, door, id=persoon.id, naam=persoon.naam, functie=persoon.functie, rollen=persoon.rollen
            )
        leden = {
            scenario.aanmelding.penvoerder.kvk: scenario.aanmelding.penvoerder for scenario in self.groep.scenarios
        }
        for lid in leden.values():
            personen.add_persoon(
                self.huis,
                self.spel.act_as(BEHEERDER),
                id=aanbieder_id(lid.kvk),
                naam=lid.tekenbevoegde.naam,
                functie=lid.tekenbevoegde.functie,
                rollen=[Rol.AANBIEDER],
                kvk=lid.kvk,
            )

    async def _publish(self) -> None:
        """Every step of the publication on its planned day, the flow, and the approval of the text."""
        self.meld("publiceren")
        self.spel.record_stappen(Fase.PUBLICEREN)
        if self.groep.afwijkingen:
            self._publish_afwijking()
        await self._tick(Fase.PUBLICEREN)
        with self.huis.winkel.lezen() as sessie:
            teksten = [rij.kenmerk for rij in documenten.list_documenten(sessie, onderwerp=self.definitie.naam)]
        for kenmerk in teksten:
            documenten.approve(self.huis, self.spel.act_as(JURIST), kenmerk)

    def _publish_afwijking(self) -> None:
        """Publish with the other choice of this group; the flow then finds nothing left to do."""
        edities = {
            naam: apply_afwijkingen(editie, self.groep.afwijkingen)
            for naam, editie in bootstrap.load_edities(self.huis, self.definitie).items()
        }
        rondes.publish(self.huis, self.spel.act_as(INKOPER), self.definitie.naam, edities)

    def _submit(self) -> None:
        """Every aanbieder hands in at the instant of the scenario."""
        self.meld("aanmeldingen")
        for scenario in sorted(self.groep.scenarios, key=_ontvangen):
            opgave = scenario.aanmelding
            if opgave.ontvangen_op is None:
                raise ValueError(f"{scenario.zaak}: no instant of receipt")
            self.spel.klok.set(opgave.ontvangen_op)
            kenmerk = indienen.submit_aanmelding(
                self.huis,
                self.spel.act_as(aanbieder_id(opgave.penvoerder.kvk)),
                ronde=self.groep.ronde,
                opgave=opgave,
                bestanden=make_bestanden(opgave, opgave.bewijsstukken),
                ontvangen_op=opgave.ontvangen_op,
            )
            self.spel.zaken[kenmerk] = scenario

    async def _select(self) -> None:
        """Opening, facts, judgements and repair, until every toets is final."""
        self.meld("selecteren")
        ronde = self._ronde
        self._niet_voor = {
            Taaksoort.HERSTEL_VERZENDEN: ronde.herstelverzoek,
            Taaksoort.BESLUITEN_NEMEN: ronde.besluit,
        }
        await self._work(self._next_werkdag(local_date(ronde.sluiting)), [Fase.SELECTEREN])
        await self._work(ronde.herstelverzoek, [])
        self._receive(Aanleiding.HERSTEL)
        await self._work(self._next_werkdag(ronde.herstel_tot), [Fase.SELECTEREN])
        await self._work(self._next_werkdag(ronde.herstel_tot), [Fase.CONCRETISEREN])

    async def _concretise(self) -> None:
        """Decisions and letters, agreements, and what follows on conditions."""
        self.meld("concretiseren")
        ronde = self._ronde
        await self._work(ronde.besluit, [Fase.CONCRETISEREN])
        self.meld("contracteren")
        await self._work(self._next_werkdag(ronde.besluit), [Fase.CONTRACTEREN])
        self.meld("voorwaarden")
        if dagen := self._receive(Aanleiding.VOORWAARDE):
            for fase in (Fase.CONCRETISEREN, Fase.CONTRACTEREN):
                await self._work(self._next_werkdag(max(dagen)), [fase])
        for fase in (Fase.CONCRETISEREN, Fase.CONTRACTEREN):
            await self._work(self._next_werkdag(ronde.tekenen), [fase])

    async def _implement(self) -> None:
        """The start of the contracts, and the addendum cycle of that year."""
        self.meld("implementeren")
        await self._work(self._ronde.ingang, [Fase.IMPLEMENTEREN])
        self.meld("addendum")
        if not fasewerk.list_units(self.huis, Fase.IMPLEMENTEREN, self.groep.ronde):
            return
        cyclus = self.definitie.contract.addendumcyclus
        ingang = addenda.next_ingang(cyclus, self._ronde.ingang)
        jaar = ingang.year - 1
        concept = addenda.on_jaar(cyclus.concept_uiterlijk, jaar)
        self._niet_voor[Taaksoort.TEKENEN] = addenda.on_jaar(cyclus.tekenen_uiterlijk, jaar) - timedelta(days=14)
        await self._work(self._next_werkdag(concept - timedelta(days=14)), [Fase.IMPLEMENTEREN])
        await self._work(self._next_werkdag(self._niet_voor[Taaksoort.TEKENEN]), [])
        await self._work(ingang, [Fase.IMPLEMENTEREN])

    def _receive(self, aanleiding: Aanleiding) -> list[date]:
        """Everything that comes in for this occasion, in order; the days on which it did."""
        komt = [
            (aanvulling.ontvangen_op, kenmerk, aanvulling)
            for kenmerk, scenario in self.spel.zaken.items()
            for aanvulling in scenario.aanvullingen
            if aanvulling.aanleiding is aanleiding
        ]
        for _, kenmerk, aanvulling in sorted(komt, key=lambda regel: (regel[0], regel[1])):
            self.spel.receive(kenmerk, aanvulling)
        return [local_date(moment) for moment, _, _ in komt]

    async def _work(self, dag: date, fasen: list[Fase]) -> None:
        """One day: flows and people take turns until nothing is left that can be done on it.

        A fase that the round has left behind has nothing to do any more (services/fasewerk).
        """
        self.spel.klok.set(at_uur(dag, 9))
        for _ in range(MAX_BEURTEN):
            for fase in fasen:
                if fase is Fase.IMPLEMENTEREN or not self._is_implementatie():
                    await self._tick(fase)
            # Another tick would change nothing when people did nothing that the system acts on.
            if not self._perform_taken(dag):
                return
        tekst = f"Op {format_dag(dag)} blijft er werk over, ook na {MAX_BEURTEN} beurten."
        raise SpelVastError(f"De ronde {self.groep.ronde} ({self.groep.naam}) loopt vast. {tekst}")

    def _is_implementatie(self) -> bool:
        with self.huis.winkel.lezen() as sessie:
            return rondes.find_ronde(sessie, self.groep.ronde).fase is Fase.IMPLEMENTEREN

    def _perform_taken(self, dag: date) -> int:
        """Everything that people can do today; how much of it gives the system something to do.

        Governance steps come only when nothing else is left.
        """
        aantal = 0
        while True:
            vandaag = [taak for taak in self._list_taken() if self._niet_voor.get(taak.soort, dag) <= dag]
            werk = [taak for taak in vandaag if taak.soort is not Taaksoort.STAP_VASTLEGGEN] or vandaag
            gedaan = [taak for taak in list_eenmaal(werk) if self.spel.perform(taak)]
            aantal += sum(1 for taak in gedaan if taak.soort not in ZONDER_VERVOLG)
            if not gedaan:
                return aantal

    def _list_taken(self) -> tuple[Taak, ...]:
        with self.huis.winkel.lezen() as sessie:
            return taken.list_rondetaken(self.huis, sessie, self.groep.ronde, self.spel.klok.nu)

    async def _tick(self, fase: Fase) -> fasewerk.Tikverslag:
        """Run the flow of a fase."""
        naam = fase.value
        onderwerp = {"procedure": self.definitie.naam, "ronde": self.groep.ronde}[name_onderwerp(naam)]
        async with self.beurt:
            verslag: fasewerk.Tikverslag = await load_stroom(naam)(
                winkel=str(self.huis.winkel.map), nu=self.spel.klok.tick(), **{name_onderwerp(naam): onderwerp}
            )
        if verslag.apart:
            redenen = "\n".join(f"  - {reden}" for reden in verslag.apart)
            raise SpelVastError(
                f"De ronde {self.groep.ronde} ({self.groep.naam}) loopt vast: {naam} kan niet verder.\n{redenen}"
            )
        return verslag

    def _next_werkdag(self, na: date) -> date:
        dag = na + timedelta(days=1)
        while not is_werkdag(dag, self.huis.feestdagen):
            dag += timedelta(days=1)
        return dag


def _ontvangen(scenario: Scenario) -> str:
    return scenario.aanmelding.ontvangen_op.isoformat() if scenario.aanmelding.ontvangen_op else ""


def list_eenmaal(taken_: list[Taak]) -> Iterator[Taak]:
    """Every task once; judging is done for all points of an aanmelding at once."""
    gezien: set[tuple[Taaksoort, str, str]] = set()
    for taak in taken_:
        deel = "" if taak.soort is Taaksoort.BEOORDELEN else taak.deel
        sleutel = (taak.soort, taak.onderwerp, deel)
        if sleutel not in gezien:
            gezien.add(sleutel)
            yield taak
