"""The preparation and publication of a procedure by two officers and two triggers, each act at the same moment.

Both go through the whole of it, each on a store of its own, and wait for each other before every unit of work.
Who comes too late hears why not, looks again at what is open, and goes on with that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from inkoop import bootstrap
from inkoop.cli.demo.personen import BEHEERDER, list_demopersonen
from inkoop.cli.demo.rollenspel import Klok, Rollenspel, at_uur
from inkoop.domain.fouten import InkoopError
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.services import fasewerk, personen, procedures
from inkoop.services.huis import Huis
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.services.proefspel import PROCEDURE, RONDE
from tests.storingen.ronde import open_huis
from tests.storingen.wedloop import Wedloop

MAX_WEIGERINGEN = 500
"""Who is refused more often than there are acts goes round in circles."""


class Stapklok(Klok):
    """The last day of the step at hand; acts take no time, so that who came too late changes no instant."""

    def tick(self) -> datetime:
        return self.nu


def begin(map_: Path, database: str | None) -> None:
    """A store with people and a procedure of which nothing was done."""
    winkel = Winkel.create(map_, Winkelsoort.SIMULATIE, database=database)
    huis = open_huis(winkel)
    definitie = bootstrap.load_definitie(huis, PROCEDURE)
    nu = _find_begin(definitie)
    door = bootstrap.act_as_systeem(huis, nu)
    personen.add_persoon(
        huis, door, id=BEHEERDER, naam="Sanne Kuijpers", functie="functioneel beheerder", rollen=[Rol.BEHEERDER]
    )
    for een in list_demopersonen(definitie):
        personen.add_persoon(huis, door, id=een.id, naam=een.naam, functie=een.functie, rollen=list(een.rollen))
    procedures.create_procedure(huis, bootstrap.act_as(huis, "i.dekker", nu=nu), definitie)
    winkel.close()


def _find_begin(definitie: Proceduredefinitie) -> datetime:
    return at_uur(min(stap.uiterlijk for stap in definitie.stappen if stap.uiterlijk), 9) - timedelta(days=30)


def play(huis: Huis, wedloop: Wedloop | None = None) -> int:
    """Prepare and publish; how often somebody came too late."""
    definitie = bootstrap.load_definitie(huis, PROCEDURE)
    klok = Stapklok(_find_begin(definitie))  # of both: who finds nothing open has not moved it
    if wedloop is None:
        return _play(huis, definitie, klok)
    geweigerd: list[int] = []
    wedloop.run(lambda een: geweigerd.append(_play(een, definitie, klok)))
    return sum(geweigerd)


def _play(huis: Huis, definitie: Proceduredefinitie, klok: Klok) -> int:
    geweigerd = 0
    while geweigerd < MAX_WEIGERINGEN:
        try:
            _prepare(huis, definitie, klok)
        except InkoopError:
            geweigerd += 1
        else:
            return geweigerd
    raise AssertionError("the preparation does not come to an end")


def _prepare(huis: Huis, definitie: Proceduredefinitie, klok: Klok) -> None:
    for fase in (Fase.VOORBEREIDEN, Fase.PUBLICEREN):
        Rollenspel(huis, klok, PROCEDURE, RONDE).record_stappen(fase)
        klok.set(max(at_uur(stap.uiterlijk, 10) for stap in definitie.stappen if stap.fase is fase and stap.uiterlijk))
        door = bootstrap.act_as_systeem(huis, klok.nu)
        if fase is Fase.VOORBEREIDEN:
            fasewerk.advance_voorbereiden(huis, door, PROCEDURE)
        else:
            fasewerk.publish_procedure(huis, door, PROCEDURE, bootstrap.load_procedure_edities(huis, PROCEDURE))
