"""A whole round that can go on wherever it was broken off: applications, flows, people, letters, contracts.

What happens next is read from the records alone, as in real life: the flows of the fase are run, then
people do what waits for them, until nothing is left. Each fase has one simulated instant, so that a round
that was broken off a hundred times carries the same dates as one that was not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import msgspec
from sqlmodel import col, select

from inkoop import bootstrap
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.personen import BEHEERDER, list_demopersonen
from inkoop.cli.demo.rollenspel import Klok, Rollenspel, aanbieder_id, at_uur
from inkoop.cli.demo.spel import list_eenmaal
from inkoop.definitions.scenario import load_scenarios
from inkoop.documents.maken import Gemaakt
from inkoop.domain.persoon import SYSTEEM, Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.scenario import Scenario
from inkoop.services import (
    aandrijving,
    aanmeldingen,
    documenten,
    fasewerk,
    indienen,
    personen,
    procedures,
    rondes,
    taken,
)
from inkoop.services.aandrijving import VOLGT
from inkoop.services.drukkerij import Drukopdracht
from inkoop.services.huis import Huis, Optreden
from inkoop.services.taken import Taak, Taaksoort
from inkoop.settings import CHECKOUT, read_instellingen
from inkoop.storage.auditregel import AuditRow, read_kop
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.services.proefspel import PROCEDURE, RONDE, make_plaatsvervanger
from tests.storingen.uitkomst import drop_anker
from tests.storingen.wedloop import Wedloop

VANDAAG = date(2020, 1, 2)
"""The day on every placeholder for a piece of evidence."""

VOORBEELD = "M1"
"""The worked example that every application of the round is a copy of, under a name of its own."""


class VasteKlok(Klok):
    """The instant of the fase in which the round stands; acts take no time."""

    def tick(self) -> datetime:
        return self.nu

    def set(self, moment: datetime) -> None:
        """Only the fase moves this clock."""


@cache
def read_voorbeeld() -> Scenario:
    """The worked example from its file."""
    alle = load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios")
    return next(een for een in group_scenarios(alle)[0].scenarios if een.zaak == VOORBEELD)


def copy_scenario(nummer: int) -> Scenario:
    """The worked example for the provider with this number."""
    voorbeeld = read_voorbeeld()
    lid = voorbeeld.aanmelding.penvoerder
    tekst = msgspec.json.encode(voorbeeld.aanmelding).decode()
    tekst = tekst.replace(lid.kvk, f"{80_000_000 + nummer}").replace(lid.naam, f"{lid.naam} {nummer:03d}")
    aanmelding = msgspec.json.decode(tekst, type=type(voorbeeld.aanmelding))
    return msgspec.structs.replace(voorbeeld, aanmelding=aanmelding)


def open_huis(winkel: Winkel) -> Huis:
    """The house on a store, with the definitions of the checkout."""
    return bootstrap.build_huis(winkel, read_instellingen({}, CHECKOUT))


def build(map_: Path, aantal: int, database: str | None) -> None:
    """A store with a published procedure and a closed round with so many applications."""
    winkel = Winkel.create(map_, Winkelsoort.SIMULATIE, database=database)
    huis = open_huis(winkel)
    definitie = bootstrap.load_definitie(huis, PROCEDURE)
    spel = Rollenspel(
        huis, Klok(at_uur(min(s.uiterlijk for s in definitie.stappen if s.uiterlijk), 9)), PROCEDURE, RONDE
    )
    spel.klok.nu -= timedelta(days=30)
    for persoon in [None, *list_demopersonen(definitie)]:
        wie = (
            (BEHEERDER, "Sanne Kuijpers", "functioneel beheerder", [Rol.BEHEERDER])
            if persoon is None
            else (persoon.id, persoon.naam, persoon.functie, list(persoon.rollen))
        )
        _add_persoon(huis, spel.klok.tick(), *wie)
    procedures.create_procedure(huis, spel.act_as("i.dekker"), definitie)
    spel.record_stappen(Fase.VOORBEREIDEN)
    fasewerk.advance_voorbereiden(huis, bootstrap.act_as_systeem(huis, spel.klok.tick()), PROCEDURE)
    spel.record_stappen(Fase.PUBLICEREN)
    edities = bootstrap.load_procedure_edities(huis, PROCEDURE)
    fasewerk.publish_procedure(huis, bootstrap.act_as_systeem(huis, spel.klok.tick()), PROCEDURE, edities)
    spel.klok.set(definitie.find_ronde(RONDE).sluiting - timedelta(days=10))
    for nummer in range(aantal):
        opgave = copy_scenario(nummer).aanmelding
        lid = opgave.penvoerder
        wie = aanbieder_id(lid.kvk)
        _add_persoon(
            huis, spel.klok.tick(), wie, lid.tekenbevoegde.naam, lid.tekenbevoegde.functie, [Rol.AANBIEDER], lid.kvk
        )
        bestanden = {
            stuk.bestand: make_plaatsvervanger(stuk.bestand, [], afzender=wie, datum=VANDAAG)
            for stuk in opgave.bewijsstukken
        }
        indienen.submit_aanmelding(
            huis, spel.act_as(wie), ronde=RONDE, opgave=opgave, bestanden=bestanden, ontvangen_op=spel.klok.nu
        )
    winkel.close()


def _add_persoon(
    huis: Huis, nu: datetime, id_: str, naam: str, functie: str, rollen: list[Rol], kvk: str | None = None
) -> None:
    door = bootstrap.act_as_systeem(huis, nu)
    personen.add_persoon(huis, door, id=id_, naam=naam, functie=functie, rollen=rollen, kvk=kvk)


@dataclass
class Ronde:
    """The round on an opened store, to be played on from wherever it stands; with `wedloop` all is done twice."""

    huis: Huis
    wedloop: Wedloop | None = None

    def play(self, *, alleen_tikken: bool = False) -> None:
        """Go on until nothing is left to do.

        Who was broken off in the middle of people's work goes on with that: a tick in between would test an
        application on half of its facts, which is right but not what the undisturbed round did.
        """
        if not alleen_tikken and self._read_laatste() != SYSTEEM:
            self.perform_taken()
        while True:
            voor = self._read_stand()
            for flow in VOLGT[self.read_fase()]:
                self._twice(lambda huis, flow=flow: Ronde(huis).tick(flow))  # type: ignore[misc]
            if not alleen_tikken:
                self.perform_taken()
            if self._read_stand() == voor:
                return

    def tick(self, flow: Fase) -> None:
        """What the flow does, without Prefect around it and with placeholders for documents."""
        door = bootstrap.act_as_systeem(self.huis, self.read_nu())
        with aandrijving.run_tik(self.huis, flow, RONDE, None) as loop:
            for unit in fasewerk.list_units(self.huis, flow, RONDE):
                loop.slot.check()
                fasewerk.process_unit(self.huis, door, flow, unit)
            render_plaatsvervangers(self.huis, door)
            fasewerk.finish(self.huis, door, flow, RONDE)
            render_plaatsvervangers(self.huis, door)

    def perform_taken(self) -> None:
        """Do what waits for people, until nothing does."""
        nu, zaken = self.read_nu(), dict(self._list_zaken())
        if self._is_geopend():
            # Opening and saying that one has no interest are acts of their own: a process can die between them.
            Rollenspel(self.huis, VasteKlok(nu), PROCEDURE, RONDE, zaken).declare_belangen()

        def perform(taak: Taak) -> object:
            return self._twice(
                lambda huis: Rollenspel(huis, VasteKlok(nu), PROCEDURE, RONDE, zaken).perform(taak),
            )

        while True:
            with self.huis.winkel.lezen() as sessie:
                open_ = taken.list_rondetaken(self.huis, sessie, RONDE, nu)
            te_doen = [taak for taak in open_ if taak.soort is not Taaksoort.STAP_VASTLEGGEN]
            # One list is worked through before the next is made: making one takes longer than most acts.
            if not any([perform(taak) for taak in list_eenmaal(te_doen)]):  # noqa: C419 - every task, not until the first
                break
        fase = self.read_fase()
        self._twice(lambda huis: Rollenspel(huis, VasteKlok(nu), PROCEDURE, RONDE, zaken).record_stappen(fase, RONDE))

    def _twice(self, werk: Callable[[Huis], object]) -> object:
        """Do this once, or with a wedloop twice at the same moment."""
        return werk(self.huis) if self.wedloop is None else self.wedloop.run(werk)

    def _list_zaken(self) -> Iterator[tuple[str, Scenario]]:
        """The scenario of each application, once they can be read."""
        with self.huis.winkel.lezen() as sessie:
            rijen = aanmeldingen.list_aanmeldingen(sessie, rondes.find_ronde(sessie, RONDE))
        voorbeeld = copy_scenario(0)
        for rij in rijen:
            yield rij.kenmerk, voorbeeld

    def _is_geopend(self) -> bool:
        with self.huis.winkel.lezen() as sessie:
            return rondes.find_ronde(sessie, RONDE).geopend_op is not None

    def read_fase(self) -> Fase:
        """The fase in which the round stands."""
        with self.huis.winkel.lezen() as sessie:
            return rondes.find_ronde(sessie, RONDE).fase

    def read_nu(self) -> datetime:
        """The instant that goes with the fase: what a round that was broken off and one that was not have in common."""
        ronde = bootstrap.load_definitie(self.huis, PROCEDURE).find_ronde(RONDE)
        dagen = {
            Fase.SELECTEREN: ronde.herstel_tot + timedelta(days=1),
            Fase.CONCRETISEREN: ronde.besluit,
            Fase.CONTRACTEREN: ronde.tekenen,
            Fase.IMPLEMENTEREN: ronde.ingang,
        }
        return at_uur(dagen[self.read_fase()], 10)

    def _read_laatste(self) -> str | None:
        """Who did the last act in the log."""
        with self.huis.winkel.lezen() as sessie:
            return sessie.exec(select(AuditRow.persoon).order_by(col(AuditRow.volgnummer).desc())).first()

    def _read_stand(self) -> int:
        with self.huis.winkel.lezen() as sessie:
            kop = read_kop(sessie.connection())
        return 0 if kop is None else kop.aantal


def render_plaatsvervangers(huis: Huis, door: Optreden) -> None:
    """In place of every document that was asked for a few bytes that follow from its data; send what needs no check."""
    for kenmerk in documenten.list_te_maken(huis):
        document = make_plaatsvervangend_document(documenten.order(huis, kenmerk))
        documenten.store_gemaakt(huis, door, kenmerk, document)
    documenten.send_automatisch(huis, door)


def make_plaatsvervangend_document(opdracht: Drukopdracht) -> Gemaakt:
    """A document of a few bytes that follow from its data, without making it."""
    vinger = hashlib.sha256(drop_anker(opdracht.gegevens).encode()).hexdigest()
    return Gemaakt(
        soort=opdracht.soort,
        titel=opdracht.soort,
        docx=b"PK\x03\x04 " + vinger.encode(),
        pdf=b"%PDF-1.7 " + vinger.encode(),
        html="",
        tekst="",
        sjabloon_hash="",
        gegevens_hash=vinger,
        versie="1",
        aantal_paginas=1,
    )
