"""A store with one procedure in it and the people of the demo, of which no step was recorded yet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from inkoop import bootstrap
from inkoop.cli.demo.personen import INKOPER, PER_ROL, list_demopersonen
from inkoop.cli.demo.rollenspel import Klok, at_uur
from inkoop.cli.demo.voorbereidingsspel import record_checklist
from inkoop.domain.fasen import STAPUITKOMSTEN
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.services import personen, procedures
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.services.proefspel import Proef, build_huis


def begin_procedure(
    map_: Path,
    naam: str,
    definitie: Proceduredefinitie | None = None,
    *,
    bestanden: str | None = None,
    database: str | None = None,
) -> Proef:
    """The procedure with this name, made a day before its first deadline; files and database elsewhere if asked."""
    huis = build_huis(Winkel.create(map_, Winkelsoort.SIMULATIE, bestanden=bestanden, database=database))
    gekozen = definitie or bootstrap.load_definitie(huis, naam)
    dagen = [stap.uiterlijk for stap in gekozen.stappen if stap.uiterlijk is not None]
    eerste: date = min(dagen, default=datetime(2018, 1, 1, tzinfo=UTC).date())
    proef = Proef(huis, Klok(at_uur(eerste - timedelta(days=30), 9)), naam, gekozen.instroom.rondes[-1].kenmerk)
    for persoon in list_demopersonen(gekozen):
        personen.add_persoon(
            huis,
            bootstrap.act_as_systeem(huis, proef.klok.tick()),
            id=persoon.id,
            naam=persoon.naam,
            functie=persoon.functie,
            rollen=persoon.rollen,
        )
    personen.add_persoon(
        huis,
        bootstrap.act_as_systeem(huis, proef.klok.tick()),
        id="s.kuijpers",
        naam="Sanne Kuijpers",
        functie="functioneel beheerder",
        rollen={Rol.BEHEERDER},
    )
    procedures.create_procedure(huis, proef.act_as(INKOPER), gekozen)
    return proef


def record(proef: Proef, stap: str, orgaan: str, uitkomst: str, *, wie: str) -> None:
    procedures.record_stap(
        proef.huis, proef.act_as(wie), proef.procedure, stap, orgaan=orgaan, uitkomst=uitkomst, grond="Verslag."
    )


def record_until(proef: Proef, stap: str) -> None:
    """Record every step before this one, in the order of the definition."""
    while True:
        with proef.huis.winkel.lezen() as sessie:
            open_ = procedures.list_openstaand(sessie, proef.procedure, Fase.VOORBEREIDEN)[0]
        if open_.stap.id == stap:
            return
        record_checklist(proef.huis, proef.act_as, proef.procedure, open_.stap, "")
        for orgaan in open_.organen:
            record(
                proef,
                open_.stap.id,
                orgaan,
                STAPUITKOMSTEN[open_.stap.soort].door,
                wie=PER_ROL[Rol(open_.stap.rol)],
            )
