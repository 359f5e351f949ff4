"""Checking criteria files: each by itself, and each edition in the procedures that use it.

A criterium that fits nowhere would silently apply to nobody, and one that cannot be met would refuse
everybody: both show only beside the procedure. So an edition is read together with every procedure that
names it in a round, or with the one that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from inkoop.cli.regelbestanden import list_yaml
from inkoop.cli.regelkast import Regelkast, is_pad
from inkoop.cli.scenariocontrole import is_scenario, load_scenariobestand
from inkoop.cli.uitvoer import print_regels
from inkoop.definitions.criteriaset import list_edities, load_criteriaset
from inkoop.definitions.feitencontrole import list_ongevraagd
from inkoop.definitions.fout import Fout
from inkoop.definitions.yamlbron import DefinitieError, Yamlbron, read_yaml
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.criteria.doorlichting.geheel import examine
from inkoop.domain.criteria.doorlichting.opmerking import Ernst, Opmerking
from inkoop.domain.procedure import Proceduredefinitie


class Criteriacontrole:
    """Reads criteria files with everything around them; keeps what it found out about procedures."""

    def __init__(self, kast: Regelkast, procedure: str | None) -> None:
        self._kast = kast
        self._gekozen = procedure
        self._procedures: list[Proceduredefinitie] | None = None
        self.onleesbaar: list[str] = []

    def check(self, pad: Path) -> Iterator[Fout]:
        """Every fault and warning of one file."""
        try:
            if is_scenario(pad):
                yield from list_ongevraagd(read_yaml(pad), load_scenariobestand(pad, self._kast).editie)
                return
            editie = load_criteriaset(pad)
        except DefinitieError as error:
            yield from error.fouten
            return
        bron = read_yaml(pad)
        yield from (_place(bron, opmerking) for opmerking in self._examine(editie))

    def _examine(self, editie: Criteriaset) -> Iterator[Opmerking]:
        """Remarks of the set by itself where no procedure uses it, else those in each procedure."""
        procedures = self.list_gebruikers(editie)
        if not procedures:
            yield from examine(editie)
        for procedure in procedures:
            yield from examine(editie, procedure)

    def list_gebruikers(self, editie: Criteriaset) -> list[Proceduredefinitie]:
        """The procedures that an edition is read with: the one that was asked for, or all that use it.

        A set that no round names yet is read with the procedures of its set when it is the last edition; an old
        one, which was right in its time, is left alone.
        """
        if self._gekozen is not None:
            return [self._kast.find_procedure(self._gekozen)]
        if self._procedures is None:
            self._procedures = list(self._load_procedures())
        van_set = [procedure for procedure in self._procedures if procedure.criteriaset == editie.set]
        genoemd = [
            procedure
            for procedure in van_set
            if any(ronde.criteria_editie == editie.editie for ronde in procedure.instroom.rondes)
        ]
        edities = list_edities(self._kast.omgeving.criteria, editie.set)
        is_laatste = not edities or editie.editie >= max(edities)
        return genoemd or (van_set if is_laatste else [])

    def _load_procedures(self) -> Iterator[Proceduredefinitie]:
        """Every procedure that can be read; the others are named at the end."""
        for naam in self._kast.list_procedures():
            try:
                yield self._kast.find_procedure(naam)
            except DefinitieError:
                self.onleesbaar.append(naam)


def check_criteria(kast: Regelkast, paden: Iterable[Path], procedure: str | None) -> int:
    """Check files, print one line per fault and warning; how many faults there were (1 when there was no file)."""
    controle = Criteriacontrole(kast, procedure)
    if procedure is not None and not is_pad(procedure):
        kast.find_procedure(procedure)
    gevonden: list[Fout] = []
    aantal = 0
    for pad in list_yaml(paden):
        aantal += 1
        if pad.suffix == ".yml":
            gevonden.append(Fout(str(pad), 1, 1, "Geef dit bestand de extensie .yaml; anders wordt het niet gevonden."))
        else:
            gevonden += controle.check(pad)
    regels = sorted(set(gevonden))
    print_regels([str(fout) for fout in regels])
    for naam in controle.onleesbaar:
        print_regels(
            [f"let op: procedure {naam} heeft fouten en is niet vergeleken. Kijk met: inkoop procedure controleer"]
        )
    fouten = sum(1 for fout in regels if not fout.let_op)
    print_regels(_summarize(aantal, fouten, len(regels) - fouten))
    return fouten if aantal else 1


def _summarize(aantal: int, fouten: int, meldingen: int) -> Iterator[str]:
    if not aantal:
        yield "Hier staan geen YAML-bestanden om te controleren."
        return
    bestanden = f"{aantal} {'bestand' if aantal == 1 else 'bestanden'} gecontroleerd"
    let_op = f", {meldingen} keer let op" if meldingen else ""
    if not fouten:
        yield f"{bestanden}: geen fouten{let_op}."


def _place(bron: Yamlbron, opmerking: Opmerking) -> Fout:
    fout = bron.fout(opmerking.pad, opmerking.tekst)
    return Fout(fout.bestand, fout.regel, fout.kolom, fout.tekst, let_op=opmerking.ernst is Ernst.LET_OP)
