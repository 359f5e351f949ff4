"""The definitions that one command needs, each file read once, found by the name people use."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from inkoop.definitions.criteriaset import find_editie, load_criteriaset
from inkoop.definitions.procedure import find_procedure, find_procedures, load_procedure
from inkoop.definitions.suggestie import suggest
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.fouten import InkoopError
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.settings import Instellingen, read_instellingen


class NietGevondenError(InkoopError):
    """A name on the command line stands in no definition."""


class Regelkast:
    """The criteria and procedures of this process; a file that is asked for twice is read once."""

    def __init__(self, omgeving: Instellingen) -> None:
        self.omgeving = omgeving
        self._procedures: dict[Path, Proceduredefinitie] = {}
        self._edities: dict[Path, Criteriaset] = {}

    def list_procedures(self) -> tuple[str, ...]:
        """The names of all procedures."""
        return tuple(pad.stem for pad in find_procedures(self.omgeving.procedures))

    def find_procedure(self, naam: str) -> Proceduredefinitie:
        """A procedure by its name, or by the path of its file."""
        pad = Path(naam) if is_pad(naam) else find_procedure(self.omgeving.procedures, naam)
        if pad not in self._procedures:
            self._procedures[pad] = load_procedure(pad)
        return self._procedures[pad]

    def find_editie(self, naam: str) -> Criteriaset:
        """An edition as `set/editie`, as the path of its file, or by its own name where only one set has it."""
        pad = Path(naam) if is_pad(naam) else self._find_editiepad(naam)
        if pad not in self._edities:
            self._edities[pad] = load_criteriaset(pad)
        return self._edities[pad]

    def locate_procedures(self, pad: Path) -> Path:
        """What somebody names to be checked: a file or folder that is there, or a procedure by its name."""
        naam = str(pad)
        return pad if pad.exists() or is_pad(naam) else find_procedure(self.omgeving.procedures, naam)

    def locate_criteria(self, pad: Path) -> Path:
        """What somebody names to be checked: a file or folder that is there, a set by its name, or `set/editie`."""
        naam = str(pad)
        if pad.exists() or is_pad(naam):
            return pad
        return self.omgeving.criteria / naam if naam in self.list_sets() else self._find_editiepad(naam)

    def list_sets(self) -> tuple[str, ...]:
        """The names of all criteria sets."""
        map_ = self.omgeving.criteria
        return tuple(sorted(deel.name for deel in map_.iterdir() if deel.is_dir())) if map_.is_dir() else ()

    def _find_editiepad(self, naam: str) -> Path:
        set_, streep, editie = naam.partition("/")
        if streep:
            return find_editie(self.omgeving.criteria, set_, editie)
        paden = [self.omgeving.criteria / kandidaat / f"{naam}.yaml" for kandidaat in self.list_sets()]
        gevonden = [pad for pad in paden if pad.is_file()]
        if len(gevonden) == 1:
            return gevonden[0]
        alle = [f"{pad.parent.name}/{pad.stem}" for set_ in self.list_sets() for pad in self._list_editiepaden(set_)]
        if gevonden:
            keuzes = ", ".join(f"{pad.parent.name}/{pad.stem}" for pad in gevonden)
            raise NietGevondenError(f"Meer sets hebben een editie '{naam}'. Schrijf erbij welke: {keuzes}.")
        raise NietGevondenError(f"Er is geen criteria-editie '{naam}'.{suggest(naam, alle)}")

    def _list_editiepaden(self, set_: str) -> list[Path]:
        return sorted((self.omgeving.criteria / set_).glob("*.yaml"))


def is_pad(naam: str) -> bool:
    """Whether somebody wrote the path of a file instead of a name."""
    return naam.endswith((".yaml", ".yml"))


def find_ronde(procedure: Proceduredefinitie, kenmerk: str) -> Rondedefinitie:
    """A round of a procedure; raises NietGevondenError with the rounds that there are."""
    try:
        return procedure.find_ronde(kenmerk)
    except KeyError:
        bekend = [ronde.kenmerk for ronde in procedure.instroom.rondes]
        tekst = f"Procedure {procedure.naam} heeft geen ronde '{kenmerk}'.{suggest(kenmerk, bekend)}"
        raise NietGevondenError(tekst) from None


def open_regelkast() -> Regelkast:
    """The definitions of this process, found by its settings; paths as short as the working folder allows."""
    hier = Path.cwd()
    omgeving = read_instellingen(os.environ, hier)
    return Regelkast(
        msgspec.structs.replace(
            omgeving,
            criteria=_shorten(omgeving.criteria, hier),
            procedures=_shorten(omgeving.procedures, hier),
        )
    )


def _shorten(pad: Path, hier: Path) -> Path:
    """The path as people would type it in this folder."""
    return pad.relative_to(hier) if pad.is_relative_to(hier) else pad
