"""The only wiring: settings, store, templates and calendar become a Huis; a person becomes an Optreden.

The only place besides the store where a clock is read.

Bron: ontwerp 2.8, 3.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

from inkoop.definitions.criteriaset import find_editie, load_criteriaset
from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.inlogbestand import load_inlogkeuzes
from inkoop.definitions.procedure import load_procedure
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError
from inkoop.domain.inlog import Inlogkeuzes
from inkoop.domain.kalender import Feestdagen
from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.services import notas, personen, procedures
from inkoop.services.huis import Huis, Optreden, systeem
from inkoop.settings import Instellingen, read_instellingen
from inkoop.storage.plaats import read_stempel
from inkoop.storage.sleutelkast import Sleutelkast
from inkoop.storage.winkel import Winkel, Winkelsoort

FEESTDAGEN = (2015, 2040)
"""The years of the calendar that is loaded (project default): far around every running contract."""


class OnbekendBestandError(InkoopError):
    """A procedure that no file describes."""


def read_omgeving() -> Instellingen:
    """The settings of this process, from its environment."""
    return read_instellingen(os.environ, Path.cwd())


def open_huis(map: Path, instellingen: Instellingen | None = None) -> Huis:  # noqa: A002 - a folder is a map
    """Open an existing store with everything around it."""
    instellingen = instellingen or read_omgeving()
    return build_huis(Winkel.open(map, database=instellingen.database, bestanden=instellingen.bestanden), instellingen)


def create_huis(
    map: Path,  # noqa: A002
    soort: Winkelsoort,
    instellingen: Instellingen | None = None,
    *,
    database: str | None = None,
    bestanden: str | None = None,
) -> Huis:
    """Make a new store with everything around it.

    Its records come in the folder unless a PostgreSQL `database` is named, and its files unless an address
    (`bestanden`) is: a demo or a simulation never writes where the settings point.
    """
    winkel = Winkel.create(map, soort, database=database, bestanden=bestanden)
    return build_huis(winkel, instellingen or read_omgeving())


def load_inloggen(instellingen: Instellingen) -> Inlogkeuzes:
    """How people may sign in: with accounts of our own alone, unless a file says more. Raises DefinitieError."""
    return Inlogkeuzes() if instellingen.inloggen is None else load_inlogkeuzes(instellingen.inloggen)


_GEDEELD: dict[Path, tuple[int, Huis]] = {}


def share_huis(map: Path) -> Huis:  # noqa: A002
    """The open house on a store that this process keeps: opening one costs more than most units of work.

    A store that was removed and made again in the same folder is opened anew.
    """
    pad = map.resolve()
    bestand = read_stempel(pad)
    if pad in _GEDEELD:
        open_sinds, huis = _GEDEELD[pad]
        if open_sinds == bestand:
            return huis
        huis.winkel.close()
    huis = open_huis(pad)
    _GEDEELD[pad] = (bestand, huis)
    return huis


def close_huizen() -> None:
    """Close every house that is shared; call it when the work of a process is done."""
    while _GEDEELD:
        _, (_, huis) = _GEDEELD.popitem()
        huis.winkel.close()


def build_huis(winkel: Winkel, instellingen: Instellingen) -> Huis:
    """Wire an opened store."""
    return Huis(
        winkel=winkel,
        sjablonen=_open_sjablonen(instellingen.sjablonen),
        feestdagen=_load_feestdagen(),
        criteria=instellingen.criteria,
        procedures=instellingen.procedures,
        sleutels=Sleutelkast(*instellingen.find_sleutelmappen(winkel.map)),
        mailserver=instellingen.mailserver,
        web_adres=instellingen.web_adres,
        vertrouwd=instellingen.vertrouwd,
        proefondertekening=instellingen.proefondertekening,
    )


@cache
def _open_sjablonen(map: Path) -> Sjabloonbron:  # noqa: A002
    """Templates are read once in a process: a run never sees one change under its hands."""
    return Sjabloonbron(map)


@cache
def _load_feestdagen() -> Feestdagen:
    return load_feestdagen(*FEESTDAGEN)


def read_nu(huis: Huis, nu: datetime | None = None) -> datetime:
    """The instant of an act: the clock, or on a store for simulation the instant that was given.

    Refuses a given instant on a real store (nobody can backdate) and one without time zone.
    """
    if nu is None:
        return datetime.now(UTC)
    if huis.winkel.soort is not Winkelsoort.SIMULATIE:
        tekst = "Een tijdstip opgeven kan alleen in een winkel van de soort simulatie. Laat het tijdstip weg."
        raise BeletselenError("Dit kan niet in een echte winkel.", [Beletsel("nu", tekst)])
    if nu.tzinfo is None:
        tekst = "Geef het tijdstip met tijdzone, bijvoorbeeld 2020-04-01T09:00:00+02:00."
        raise BeletselenError("Het tijdstip is niet duidelijk.", [Beletsel("tijdzone", tekst)])
    return nu


def act_as(huis: Huis, wie: str, rol: Rol | None = None, nu: datetime | None = None) -> Optreden:
    """Somebody who acts; with more roles than one, the role must be named."""
    with huis.winkel.lezen() as sessie:
        persoon = personen.find_persoon(sessie, wie)
    return Optreden(persoon=persoon, rol=rol or _only_rol(persoon), nu=read_nu(huis, nu))


def _only_rol(persoon: Persoon) -> Rol:
    if len(persoon.rollen) != 1:
        tekst = f"{persoon.naam} heeft meer rollen ({', '.join(sorted(persoon.rollen))}). Noem er een."
        raise BeletselenError("In welke rol?", [Beletsel("rol", tekst)])
    return next(iter(persoon.rollen))


def act_as_systeem(huis: Huis, nu: datetime | None = None) -> Optreden:
    """The system itself, for flows and for making the first person known."""
    return systeem(read_nu(huis, nu))


def load_definitie(huis: Huis, naam: str) -> Proceduredefinitie:
    """The definition of a procedure from its file."""
    pad = huis.procedures / f"{naam}.yaml"
    if not pad.is_file():
        wel = ", ".join(sorted(bestand.stem for bestand in huis.procedures.glob("*.yaml"))) or "geen"
        raise OnbekendBestandError(f"Procedure '{naam}' heeft geen bestand in {huis.procedures}. Wel: {wel}.")
    return _load_procedure(pad, _stempel(pad))


def load_procedure_edities(huis: Huis, procedure: str) -> dict[str, Criteriaset]:
    """The criteria editions of a procedure in the store; none are read once it is published."""
    with huis.winkel.lezen() as sessie:
        rij = procedures.find_procedure(sessie, procedure)
        definitie = procedures.decode_definitie(rij)
    return {} if rij.gepubliceerd_op is not None else load_edities(huis, definitie)


def load_edities(huis: Huis, definitie: Proceduredefinitie) -> dict[str, Criteriaset]:
    """Every criteria edition that the rounds of a procedure name, by name."""
    namen = sorted({ronde.criteria_editie for ronde in definitie.instroom.rondes})
    paden = {naam: find_editie(huis.criteria, definitie.criteriaset, naam) for naam in namen}
    return {naam: _load_editie(pad, _stempel(pad)) for naam, pad in paden.items()}


def load_nota_editie(huis: Huis, nota: str) -> Criteriaset | None:
    """The criteria edition that a nota brings, from its file; None when it brings none."""
    with huis.winkel.lezen() as sessie:
        rij = notas.find_nota(sessie, nota)
        definitie = procedures.read_definitie_ronde(sessie, rij.ronde_id)
    if rij.editie is None:
        return None
    pad = find_editie(huis.criteria, definitie.criteriaset, rij.editie)
    return _load_editie(pad, _stempel(pad))


Stempel = tuple[int, int]


def _stempel(pad: Path) -> Stempel:
    """What changes when a file does: reading and checking one takes half a second."""
    stand = pad.stat()
    return stand.st_mtime_ns, stand.st_size


@lru_cache(maxsize=16)
def _load_procedure(pad: Path, _: Stempel) -> Proceduredefinitie:
    return load_procedure(pad)


@lru_cache(maxsize=16)
def _load_editie(pad: Path, _: Stempel) -> Criteriaset:
    return load_criteriaset(pad)
