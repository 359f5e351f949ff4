"""The round of the worked examples on a store of its own, played without Prefect and without layout.

People and calendar are those of the demo; what a flow does is done by calling the same services. Every
tick is done twice, and before the first task of each kind the store is copied, so that a test can begin
halfway.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Self

import pytest

from inkoop import bootstrap
from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.groepen import Spelgroep
from inkoop.cli.demo.personen import BEHEERDER, INKOPER
from inkoop.cli.demo.rollenspel import Klok, Rollenspel, aanbieder_id, at_uur
from inkoop.cli.demo.spel import Spel
from inkoop.definitions.scenario import load_scenarios
from inkoop.documents.maken import Gemaakt
from inkoop.documents.voorbeeldbewijs import make_bewijspdf
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.fouten import BeletselenError, InkoopError
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.scenario import Scenario
from inkoop.services import documenten, fasewerk, indienen, personen, procedures, taken
from inkoop.services.huis import Huis, Optreden
from inkoop.services.procedures import PROCEDUREFASEN
from inkoop.services.taken import Taak, Taaksoort
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.eenheid import Actor
from inkoop.storage.machinekamer import TECHNISCH
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.winkel import DATABASE, Winkel, Winkelsoort

PROCEDURE = "meierij-2020"
RONDE = "M-2020-2"

ADDENDUM = re.compile(r"-A\d\d$")
"""How the number of an addendum ends."""


def find_zaak(spel: Spel, zaak: str) -> str:
    """The kenmerk of the aanmelding of a case in a played group."""
    (kenmerk,) = [kenmerk for kenmerk, scenario in spel.spel.zaken.items() if scenario.zaak == zaak]
    return kenmerk


def create_spel(map_: Path, groep: Spelgroep, soort: type[Proefspel] | None = None) -> Proefspel:
    """A group on a new store, ready to play."""
    huis = build_huis(Winkel.create(map_ / "winkel", Winkelsoort.SIMULATIE))
    return (soort or Proefspel)(huis, groep, bootstrap.load_definitie(huis, groep.procedure), lambda wat: None)


def build_huis(winkel: Winkel, sleutels_van: Path | None = None) -> Huis:
    """The house on a store, with the definitions and templates of the checkout.

    The keys of a store stand beside it and are no part of it: a copy needs those of the store it is a copy of.
    """
    naast = sleutels_van or winkel.map
    mappen = {
        "INKOOP_SLEUTELS": str(naast.with_name(f"{naast.name}-sleutels")),
        "INKOOP_SLEUTELKOPIE": str(naast.with_name(f"{naast.name}-sleutelkopie")),
    }
    return bootstrap.build_huis(winkel, read_instellingen(mappen, CHECKOUT))


def render_plaatsvervangers(huis: Huis, door: Optreden) -> list[str]:
    """In place of every document that was asked for a few bytes; send what nobody needs to check."""
    gemaakt = documenten.list_te_maken(huis)
    for kenmerk in gemaakt:
        opdracht = documenten.order(huis, kenmerk)
        document = Gemaakt(
            soort=opdracht.soort,
            titel=opdracht.soort,
            docx=b"PK\x03\x04 " + kenmerk.encode(),
            pdf=b"%PDF-1.7 " + kenmerk.encode(),
            html="",
            tekst="",
            sjabloon_hash="",
            gegevens_hash=hashlib.sha256(opdracht.gegevens.encode()).hexdigest(),
            versie="1",
            aantal_paginas=1,
        )
        documenten.store_gemaakt(huis, door, kenmerk, document)
    documenten.send_automatisch(huis, door)
    return gemaakt


def run_tik(huis: Huis, door: Optreden, fase: Fase, onderwerp: str) -> tuple[str, ...]:
    """What the flow of a fase does, with what was done in words."""
    gedaan = fasewerk.work_fase(huis, door, fase, onderwerp, bootstrap.load_procedure_edities)
    return (*gedaan, *render_plaatsvervangers(huis, door))


@cache
def make_blanco() -> bytes:
    """A real PDF that says nothing about anybody; drawing one for each piece of evidence takes seconds."""
    return make_bewijspdf("Bewijsstuk", [("Betreft", "een voorbeeld")], afzender="Afzender", datum=date(2020, 1, 2))


def make_plaatsvervanger(titel: str, regels: Sequence[tuple[str, str]], *, afzender: str, datum: date) -> bytes:
    """In place of a piece of evidence a file of the same kind, with a comment that makes other facts other bytes."""
    merk = hashlib.sha256(repr((titel, tuple(regels), afzender, datum)).encode()).hexdigest()
    return make_blanco() + f"\n% {merk}\n".encode()


def read_alles(map_: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table of a store."""
    with closing(sqlite3.connect(f"file:{map_ / DATABASE}?mode=ro", uri=True)) as verbinding:
        namen = [rij[0] for rij in verbinding.execute("select name from sqlite_master where type = 'table'")]
        # What drives the flows notes every run, also one that found nothing to do.
        vast = [naam for naam in namen if naam not in TECHNISCH]
        return {naam: verbinding.execute(f'select * from "{naam}" order by 1').fetchall() for naam in vast}


def list_bestanden(map_: Path) -> frozenset[str]:
    """Every file that a store keeps beside its database."""
    mappen = (map_ / "bewijs", map_ / "documenten")
    return frozenset(pad.relative_to(map_).as_posix() for m in mappen for pad in m.rglob("*") if pad.is_file())


def copy_database(van: Path, naar: Path) -> None:
    """Copy the database of a store that nobody writes in."""
    naar.mkdir(parents=True)
    for naam in (DATABASE, f"{DATABASE}-wal"):
        if (van / naam).exists():
            shutil.copy(van / naam, naar / naam)


@cache
def find_scenario(zaak: str, variant: str = "a") -> Scenario:
    """A worked example of the Meierij."""
    alle = load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios")
    (gevonden,) = [s for s in alle if (s.zaak, s.variant) == (zaak, variant)]
    return gevonden


@dataclass(frozen=True, kw_only=True)
class Stand:
    """A store as it stood at one instant, with the case of each aanmelding.

    `map` holds a copy of the database; of the files (`bestanden`) that `winkel` kept then none was changed since.
    """

    map: Path
    winkel: Path
    bestanden: frozenset[str]
    nu: datetime
    zaken: Mapping[str, Scenario]


@dataclass(frozen=True, kw_only=True)
class Herhaling:
    """A tick that was run twice: what each run reports, and the tables that the second one changed."""

    fase: Fase
    nu: datetime
    eerste: tuple[str, ...]
    tweede: tuple[str, ...]
    gewijzigd: tuple[str, ...]


@dataclass
class Proefrollenspel(Rollenspel):
    """Keeps a copy of the store before the first task of each kind."""

    voor_taak: Callable[[Taak], None] = field(default=lambda taak: None)

    def perform(self, taak: Taak) -> bool:
        self.voor_taak(taak)
        return super().perform(taak)


@dataclass
class Proefspel(Spel):
    """A played group: copies of its store by name in `standen`, and what every second run of a tick did."""

    standen: dict[str, Stand] = field(default_factory=dict)
    herhalingen: list[Herhaling] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        oud = self.spel
        self.spel = Proefrollenspel(oud.huis, oud.klok, oud.procedure, oud.ronde, voor_taak=self._voor_taak)

    def keep(self, naam: str) -> None:
        """Keep a copy of the store under a name, once."""
        if naam not in self.standen:
            map_ = self.huis.winkel.map.parent / "standen" / naam
            winkel = self.huis.winkel.map
            copy_database(winkel, map_)
            self.standen[naam] = Stand(
                map=map_,
                winkel=winkel,
                bestanden=list_bestanden(winkel),
                nu=self.spel.klok.nu,
                zaken=dict(self.spel.zaken),
            )

    def start(self) -> None:
        """People and a procedure, and no step recorded yet."""
        self._add_personen()
        procedures.create_procedure(self.huis, self.spel.act_as(INKOPER), self.definitie)

    def play_all(self) -> None:
        """From nothing to the end."""
        self.prepare()
        self.keep("voorbereid")
        asyncio.run(self.play())
        self.keep("einde")

    async def _publish(self) -> None:
        await super()._publish()
        self.keep("gepubliceerd")

    def _submit(self) -> None:
        super()._submit()
        self.keep("aangemeld")

    def _voor_taak(self, taak: Taak) -> None:
        self.keep(taak.soort.value)
        if taak.soort is Taaksoort.TEKENEN and ADDENDUM.search(taak.onderwerp):
            self.keep("addendum_tekenen")

    async def _tick(self, fase: Fase) -> fasewerk.Tikverslag:
        eerste = self._run_tik(fase)
        voor = read_alles(self.huis.winkel.map)
        tweede = self._run_tik(fase)
        na = read_alles(self.huis.winkel.map)
        gewijzigd = tuple(naam for naam in na if voor[naam] != na[naam])
        self.herhalingen.append(
            Herhaling(fase=fase, nu=self.spel.klok.nu, eerste=eerste, tweede=tweede, gewijzigd=gewijzigd)
        )
        return fasewerk.Tikverslag(fase=fase, onderwerp=self.groep.ronde, gedaan=eerste, taken=())

    def _run_tik(self, fase: Fase) -> tuple[str, ...]:
        """One run of a tick, a minute later."""
        onderwerp = self.definitie.naam if fase in PROCEDUREFASEN else self.groep.ronde
        return run_tik(self.huis, bootstrap.act_as_systeem(self.huis, self.spel.klok.tick()), fase, onderwerp)


@dataclass
class Proef(Rollenspel):
    """Everybody at work on a copy of a store, in a test."""

    @classmethod
    def open(cls, map_: Path, stand: Stand) -> Self:
        """Go on from a kept store, in a copy of it."""
        copy_database(stand.map, map_)
        for naam in stand.bestanden:
            (map_ / naam).parent.mkdir(parents=True, exist_ok=True)
            (map_ / naam).hardlink_to(stand.winkel / naam)
        huis = build_huis(Winkel.open(map_), sleutels_van=stand.winkel)
        return cls(huis, Klok(stand.nu), PROCEDURE, RONDE, dict(stand.zaken))

    def find(self, zaak: str) -> str:
        """The kenmerk of the aanmelding of a case."""
        (kenmerk,) = [kenmerk for kenmerk, scenario in self.zaken.items() if scenario.zaak == zaak]
        return kenmerk

    def tick(self, fase: Fase, op: datetime | None = None) -> tuple[str, ...]:
        """What the flow of a fase does, on a later moment if one is given."""
        if op is not None:
            self.klok.set(op)
        onderwerp = self.procedure if fase in PROCEDUREFASEN else self.ronde
        return run_tik(self.huis, bootstrap.act_as_systeem(self.huis, self.klok.tick()), fase, onderwerp)

    def act_as_rol(self, wie: str, rol: Rol) -> Optreden:
        """Somebody with several roles acts in one of them, a minute later."""
        return bootstrap.act_as(self.huis, wie, rol, nu=self.klok.tick())

    def at(self, dag: date, uur: int = 9) -> datetime:
        """A whole hour of a day in the Netherlands."""
        return at_uur(dag, uur)

    def add_persoon(self, wie: str, functie: str, *rollen: Rol, naam: str = "", kvk: str | None = None) -> str:
        """Somebody new."""
        personen.add_persoon(
            self.huis, self.act_as(BEHEERDER), id=wie, naam=naam or wie, functie=functie, rollen=rollen, kvk=kvk
        )
        return wie

    def set_rollen(self, wie: str, functie: str, *rollen: Rol) -> None:
        """Give somebody another post and other roles, as a beheerder would."""
        with self.huis.winkel.eenheid(Actor(persoon=BEHEERDER, rol=Rol.BEHEERDER), self.klok.tick()) as eenheid:
            rij = eenheid.sessie.get_one(PersoonRow, wie)
            rij.functie, rij.rollen = functie, sorted(rollen)
            eenheid.sessie.add(rij)
            eenheid.audit("persoon_wijzigen", wie, naar="actief")

    def submit(
        self, opgave: Aanmeldingsopgave, *, ontvangen_op: datetime, bestanden: Mapping[str, bytes] | None = None
    ) -> str:
        """Hand in an aanmelding by somebody who acts for the aanbieder and is known already."""
        if bestanden is None:
            bestanden = make_bestanden(opgave, opgave.bewijsstukken)
        self.klok.set(ontvangen_op)
        door = self.act_as(aanbieder_id(opgave.penvoerder.kvk))
        return indienen.submit_aanmelding(
            self.huis, door, ronde=self.ronde, opgave=opgave, bestanden=bestanden, ontvangen_op=ontvangen_op
        )

    def list_taken(self, *soorten: Taaksoort) -> list[Taak]:
        """What waits for people now."""
        with self.huis.winkel.lezen() as sessie:
            open_ = taken.list_rondetaken(self.huis, sessie, self.ronde, self.klok.nu)
        return [taak for taak in open_ if not soorten or taak.soort in soorten]

    def perform_alle(self, *soorten: Taaksoort) -> None:
        """Do the tasks of these kinds until none is left."""
        while open_ := self.list_taken(*soorten):
            self.perform(open_[0])

    @property
    def definitie(self) -> Proceduredefinitie:
        """The definition in the store."""
        with self.huis.winkel.lezen() as sessie:
            return procedures.decode_definitie(procedures.find_procedure(sessie, self.procedure))

    def count_audit(self) -> int:
        """How many rows the audit log has."""
        return len(read_alles(self.huis.winkel.map)["audit"])

    @contextmanager
    def refuses(self, *codes: str, fout: type[InkoopError] = BeletselenError) -> Iterator[None]:
        """The act inside is refused for these reasons (among others), and leaves the store as it was."""
        map_ = self.huis.winkel.map
        voor, bestanden = read_alles(map_), list_bestanden(map_)
        with pytest.raises(fout) as geweigerd:
            yield
        redenen = geweigerd.value.beletselen if isinstance(geweigerd.value, BeletselenError) else ()
        assert set(codes) <= {reden.code for reden in redenen}, str(geweigerd.value)
        assert read_alles(map_) == voor
        assert list_bestanden(map_) == bestanden
