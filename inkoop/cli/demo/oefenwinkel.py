"""A store to practise in: the worked examples played until there is work for everybody, and an account for each.

People and calendar are those of the demo; what a flow does is done at once, without a workflow engine.

Bron: ontwerp 9 (`./run start --demo`); project default.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from inkoop import bootstrap
from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.personen import ARCHIVARIS, INKOPER
from inkoop.cli.demo.rollenspel import Rollenspel, at_uur
from inkoop.cli.demo.spel import Spel
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.procedure import Fase
from inkoop.services import accounts, fasewerk, personen, procedures
from inkoop.services.huis import Huis
from inkoop.services.procedures import PROCEDUREFASEN
from inkoop.services.taken import Taak, Taaksoort
from inkoop.storage.winkel import Winkelsoort

WACHTWOORD = "oefenen met inkoop"
"""The password of every account in a store to practise in. Such a store is a simulation: nothing in it is real."""


class Oefenstand(StrEnum):
    """Until where the round is played."""

    OPEN = "open"
    INGEDIEND = "ingediend"
    BEOORDELEN = "beoordelen"
    BESLUITEN = "besluiten"
    KLAAR = "klaar"


_EINDE: dict[Oefenstand, tuple[Taaksoort, int]] = {
    Oefenstand.INGEDIEND: (Taaksoort.OPENING_VERZOEKEN, 1),
    Oefenstand.BEOORDELEN: (Taaksoort.FEITEN_VASTSTELLEN, 4),
    Oefenstand.BESLUITEN: (Taaksoort.BESLUITEN_CONTROLEREN, 1),
}
"""Before which task the people stop: its kind, and the how manieth of that kind."""


class _Genoeg(Exception):  # noqa: N818 - no error: the round has come where it should
    """The round is as far as asked for."""


@dataclass
class _Rollenspel(Rollenspel):
    """Everybody at work until enough is done."""

    einde: tuple[Taaksoort, int] | None = None

    def perform(self, taak: Taak) -> bool:
        """Do one task, or stop."""
        if self.einde is not None and taak.soort is self.einde[0]:
            self.einde = (self.einde[0], self.einde[1] - 1)
            if self.einde[1] <= 0:
                raise _Genoeg
        return super().perform(taak)


@dataclass
class Oefenspel(Spel):
    """A group of scenarios, played on one store without Prefect."""

    stand: Oefenstand = field(default=Oefenstand.BEOORDELEN, kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        oud = self.spel
        self.spel = _Rollenspel(oud.huis, oud.klok, oud.procedure, oud.ronde, einde=_EINDE.get(self.stand))

    def play_tot(self) -> None:
        """Play until the stand that was asked for."""
        self.prepare()
        try:
            asyncio.run(self.play())
        except _Genoeg:
            return

    def _submit(self) -> None:
        """Every aanbieder hands in, or the round is left open on its first morning."""
        if self.stand is Oefenstand.OPEN:
            self.spel.klok.set(at_uur(self._ronde.opening, 9))
            raise _Genoeg
        super()._submit()

    async def _tick(self, fase: Fase) -> fasewerk.Tikverslag:
        onderwerp = self.definitie.naam if fase in PROCEDUREFASEN else self.groep.ronde
        door = bootstrap.act_as_systeem(self.huis, self.spel.klok.tick())
        gedaan = fasewerk.work_fase(self.huis, door, fase, onderwerp, bootstrap.load_procedure_edities)
        gedaan += fasewerk.render_alles(self.huis, door)
        return fasewerk.report(self.huis, door, fase, onderwerp, gedaan)


def make_oefenwinkel(map_: Path, stand: Oefenstand) -> tuple[Persoon, ...]:
    """Make a store to practise in, in a folder that does not exist yet; returns who can sign in."""
    instellingen = bootstrap.read_omgeving()
    huis = bootstrap.create_huis(map_, Winkelsoort.SIMULATIE, instellingen)
    try:
        groep = group_scenarios(load_scenarios(instellingen.criteria / "meierij-wmo" / "scenarios"))[0]
        definitie = bootstrap.load_definitie(huis, groep.procedure)
        spel = Oefenspel(huis, groep, definitie, _zwijg, stand=stand)
        spel.play_tot()
        for naam in sorted(pad.stem for pad in huis.procedures.glob("*.yaml") if pad.stem != groep.procedure):
            procedures.create_procedure(huis, spel.spel.act_as(INKOPER), bootstrap.load_definitie(huis, naam))
        return _make_accounts(huis, spel)
    finally:
        huis.winkel.close()


def _zwijg(_wat: str) -> None:
    """The steps of the round are not reported: it takes less than a minute."""


def _make_accounts(huis: Huis, spel: Oefenspel) -> tuple[Persoon, ...]:
    # The worked examples need nobody for the archive; who practises does.
    personen.add_persoon(
        huis,
        bootstrap.act_as_systeem(huis, spel.spel.klok.tick()),
        id=ARCHIVARIS,
        naam="Ank Visser",
        functie="archivaris",
        rollen=[Rol.ARCHIVARIS],
    )
    wie = personen.list_personen(huis)
    for persoon in wie:
        door = bootstrap.act_as_systeem(huis, spel.spel.klok.tick())
        accounts.set_wachtwoord(huis, door, persoon.id, WACHTWOORD)
    return wie
