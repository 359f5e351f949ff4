"""Any cases of one round played together through services and ticks, and what is left of each: one harness for all.

A case is data (its scenario file): nothing here knows one. Variants of a case share a store, each under legal
persons of its own, so that they do not take each other's place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import msgspec
from sqlmodel import select

from inkoop import bootstrap
from inkoop.cli.demo.groepen import Spelgroep
from inkoop.cli.demo.personen import CONTRACTMANAGER
from inkoop.cli.demo.rollenspel import at_uur
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.scenario import Scenario
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, besluiten, documenten, fasewerk, overeenkomsten, rondes, taken, toetsen
from inkoop.services.contractinlezen import import_contracten
from inkoop.services.huis import Huis
from inkoop.services.taken import Taak, Taaksoort
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, OvereenkomstRow
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.scenarios.spelers import SCENARIOS, Sleutel, list_afwijkend
from tests.services.proefspel import Proefspel, build_huis, run_tik
from tests.services.test_contractinlezen import make_tabel

Wijziging = Callable[[Proceduredefinitie], Proceduredefinitie]

EIGEN_KVK = 90_500_000
"""Where the numbers begin of legal persons that stand in for one who plays in another case too."""


@dataclass
class Zaakspel(Proefspel):
    """A played group without copies on the way, in which each tick runs once.

    Who had an agreement before (`eerdere` rounds) signs four days before the last day what comes of a mutatie.
    """

    eerdere: set[str] = field(default_factory=set)

    def keep(self, naam: str) -> None:
        """No copies."""

    def _voor_taak(self, taak: Taak) -> None:
        """No copies."""

    async def _tick(self, fase: Fase) -> fasewerk.Tikverslag:
        gedaan = self._run_tik(fase)
        return fasewerk.Tikverslag(fase=fase, onderwerp=self.groep.ronde, gedaan=gedaan, taken=())

    async def _work(self, dag: date, fasen: list[Fase]) -> None:
        tekendag = self._ronde.tekenen - timedelta(days=4)
        if self.spel.klok.nu < at_uur(tekendag, 9) and tekendag < dag:
            self._work_eerdere(tekendag, tekent=True)
        await super()._work(dag, fasen)
        self._work_eerdere(dag)

    def _work_eerdere(self, dag: date, *, tekent: bool = False) -> None:
        """The flow of the rounds of before, and on one day the signatures under what it offers."""
        for ronde in sorted(self.eerdere):
            self.spel.klok.set(at_uur(dag, 9))
            self._tick_eerdere(ronde)
            with self.huis.winkel.lezen() as sessie:
                alle = taken.list_rondetaken(self.huis, sessie, ronde, self.spel.klok.nu)
            if [self.spel.perform(taak) for taak in alle if tekent and taak.soort is Taaksoort.TEKENEN]:
                self._tick_eerdere(ronde)

    def _tick_eerdere(self, ronde: str) -> None:
        run_tik(self.huis, bootstrap.act_as_systeem(self.huis, self.spel.klok.tick()), Fase.IMPLEMENTEREN, ronde)


def gather_zaken(namen: Sequence[str]) -> tuple[Scenario, ...]:
    """The scenarios by name and variant, each with legal persons of its own; a name twice is two applicants.

    A case of which one variant plays is called by its name (`J3`), others by name and variant (`J3b`, `J3b-2`).
    """
    alle = [SCENARIOS[naam][1].zaak for naam in namen]
    bezet: set[str] = set()
    gevonden: list[Scenario] = []
    for plaats, naam in enumerate(namen):
        scenario = SCENARIOS[naam][1]
        tekst = msgspec.json.encode(scenario).decode()
        for nummer, lid in enumerate(scenario.aanmelding.leden):
            if lid.kvk in bezet:
                tekst = tekst.replace(lid.kvk, str(EIGEN_KVK + 100 * plaats + nummer))
        nieuw = msgspec.json.decode(tekst, type=Scenario)
        bezet |= {lid.kvk for lid in nieuw.aanmelding.leden}
        eigen = naam if naam not in namen[:plaats] else f"{naam}-{namen[:plaats].count(naam) + 1}"
        eigen = scenario.zaak if alle.count(scenario.zaak) == 1 else eigen
        gevonden.append(msgspec.structs.replace(nieuw, zaak=eigen))
    return tuple(gevonden)


def begin_zaken(map_: Path, namen: Sequence[str], wijzig: Wijziging = lambda definitie: definitie) -> Zaakspel:
    """A store with a procedure that is published; `wijzig` is what this test publishes otherwise than its file."""
    scenarios = gather_zaken(namen)
    groep = Spelgroep(
        naam="zaken",
        procedure=scenarios[0].procedure,
        ronde=scenarios[0].ronde,
        variant=scenarios[0].variant,
        afwijkingen=next((s.afwijkingen for s in scenarios if s.afwijkingen), ()),
        scenarios=scenarios,
    )
    huis = build_huis(Winkel.create(map_ / "winkel", Winkelsoort.SIMULATIE))
    definitie = wijzig(bootstrap.load_definitie(huis, groep.procedure))
    spel = Zaakspel(huis, groep, definitie, lambda wat: None)
    spel.prepare()

    async def publish() -> None:
        await spel._tick(Fase.VOORBEREIDEN)
        await spel._publish()

    asyncio.run(publish())
    return spel


def take_houder(spel: Zaakspel, scenario: Scenario) -> None:
    """Take in the running agreement that a mutatie changes, as it was before the system was used."""
    lid, wijzigt = scenario.aanmelding.penvoerder, scenario.aanmelding.wijzigt
    assert scenario.aanmelding.ontvangen_op is not None
    spel.spel.klok.set(scenario.aanmelding.ontvangen_op - timedelta(days=1))
    begin = spel.definitie.looptijd.ingang
    regel = {
        **{naam: getattr(lid, naam) for naam in ("naam", "kvk", "rechtsvorm", "adres", "postcode", "plaats", "email")},
        "contractnummer": wijzigt,
        "tekenbevoegde": lid.tekenbevoegde.naam,
        "functie": lid.tekenbevoegde.functie,
        "getekend_op": begin - timedelta(days=30),
        "ingang": begin,
        "percelen": "; ".join(scenario.houdt),
        "producten": "; ".join(code for codes in scenario.houdt.values() for code in codes),
    }
    door = spel.spel.act_as(CONTRACTMANAGER)
    (gedaan,) = import_contracten(spel.huis, door, spel.groep.procedure, make_tabel(regel), voer_uit=True)
    assert not gedaan.redenen, gedaan.redenen
    with spel.huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_aanmelding(sessie, overeenkomsten.find_overeenkomst(sessie, wijzigt or ""))
        spel.eerdere.add(rondes.get_ronde(sessie, rij.ronde_id).kenmerk)


def play_toelating(spel: Zaakspel) -> Zaakspel:
    """A round in which everybody who meets the demands gets an agreement, to the first year of it."""

    for scenario in spel.groep.scenarios:
        if scenario.houdt:
            take_houder(spel, scenario)

    async def play() -> None:
        spel._submit()
        await spel._select()
        await spel._concretise()
        await spel._implement()

    asyncio.run(play())
    return spel


@dataclass(frozen=True)
class Besluitregel:
    """One besluit as it stands in the records; days as people count them."""

    perceel: str | None
    soort: Besluitsoort
    status: str
    verzonden: date | None
    verval: date | None
    producten: tuple[str, ...]
    redenen: tuple[str, ...]


@dataclass(frozen=True)
class Zaakstand:
    """What a case left: status, besluiten in order, letters by kind, agreement, catalogue (product: from, to)."""

    status: Aanmeldingsstatus
    besluiten: tuple[Besluitregel, ...]
    brieven: dict[str, DocumentRow]
    overeenkomst: OvereenkomstRow | None
    catalogus: dict[str, tuple[date, date | None]]
    bevindingen: dict[Sleutel, tuple[str, str]]

    def read_brief(self, soort: str) -> object:
        """What stands in a letter."""
        return documenten.decode_gegevens(self.brieven[soort])


def read_stand(huis: Huis, kenmerk: str) -> Zaakstand:
    """Read everything about one aanmelding from the store."""
    with huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        overeenkomst = overeenkomsten.find_by_aanmelding(sessie, rij)
        catalogus = (
            []
            if overeenkomst is None
            else sessie.exec(select(CatalogusRow).where(CatalogusRow.overeenkomst_id == overeenkomst.id)).all()
        )
        toets = toetsen.find_laatste(sessie, rij)
        regels = []
        for besluit in besluiten.list_besluiten(sessie, rij):
            voorstel = besluiten.decode_voorstel(besluit)
            regels.append(
                Besluitregel(
                    perceel=besluit.perceel,
                    soort=besluit.soort,
                    status=besluit.status.value,
                    verzonden=None if besluit.verzonden_op is None else local_date(besluit.verzonden_op),
                    verval=besluit.vervaldatum,
                    producten=voorstel.producten,
                    redenen=tuple(dict.fromkeys(reden.criterium for reden in voorstel.redenen)),
                )
            )
        return Zaakstand(
            status=rij.status,
            besluiten=tuple(regels),
            brieven={rij.soort: rij for rij in documenten.list_documenten(sessie, onderwerp=kenmerk)},
            overeenkomst=overeenkomst,
            catalogus={rij.product: (rij.van, rij.tot) for rij in catalogus},
            bevindingen={} if toets is None else list_afwijkend(toetsen.decode_resultaat(toets)),
        )
