"""Playing the worked examples of criteria sets, and what came out against what should."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from inkoop.cli.regelkast import Regelkast
from inkoop.cli.scenariocontrole import SCENARIOMAP, load_scenariobestand
from inkoop.cli.uitvoer import print_regels, print_tabel
from inkoop.definitions.feitencontrole import list_ongevraagd
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.yamlbron import DefinitieError, Fout, read_yaml
from inkoop.domain.scenario import VerwachtBesluit
from inkoop.domain.scenariospel import play_scenario


class Spelregel(msgspec.Struct, frozen=True, kw_only=True):
    """How one variant of one case came out; `verschillen` empty = as expected."""

    criteriaset: str
    editie: str
    zaak: str
    variant: str
    titel: str
    besluiten: tuple[VerwachtBesluit, ...]
    verschillen: tuple[str, ...]


class Spelverslag(NamedTuple):
    """Every case that was played, and what in the files asks for a look."""

    regels: tuple[Spelregel, ...]
    meldingen: tuple[Fout, ...]


def play_sets(kast: Regelkast, sets: Sequence[str]) -> Spelverslag:
    """Play every scenario of these sets. Raises DefinitieError with the faults of every file at once."""
    regels: list[Spelregel] = []
    meldingen: list[Fout] = []
    fouten: list[Fout] = []
    for naam in sets:
        if naam not in kast.list_sets():
            tekst = f"Er is geen criteriaset '{naam}'.{suggest(naam, kast.list_sets())}"
            raise DefinitieError([Fout(str(kast.omgeving.criteria), 1, 1, tekst)])
        for pad in sorted((kast.omgeving.criteria / naam / SCENARIOMAP).glob("*.yaml")):
            try:
                bestand = load_scenariobestand(pad, kast)
            except DefinitieError as fout:
                fouten += fout.fouten
                continue
            meldingen += list_ongevraagd(read_yaml(pad), bestand.editie)
            for scenario in bestand.scenarios:
                verslag = play_scenario(scenario, bestand.editie, bestand.procedure)
                regels.append(
                    Spelregel(
                        criteriaset=bestand.editie.set,
                        editie=bestand.editie.editie,
                        zaak=scenario.zaak,
                        variant=scenario.variant,
                        titel=scenario.titel,
                        besluiten=verslag.besluiten,
                        verschillen=verslag.verschillen,
                    )
                )
    if fouten:
        raise DefinitieError(fouten)
    return Spelverslag(tuple(regels), tuple(meldingen))


def print_scenarios(verslag: Spelverslag) -> None:
    """Print a table of all cases, and under it every difference and what asks for a look."""
    regels = verslag.regels
    print_tabel(
        "",
        ("set", "editie", "zaak", "titel", "besluit", "klopt"),
        (
            (
                regel.criteriaset,
                regel.editie,
                f"{regel.zaak} {regel.variant}",
                regel.titel,
                "\n".join(_describe(regel.besluiten)),
                "ja" if not regel.verschillen else f"nee ({len(regel.verschillen)})",
            )
            for regel in regels
        ),
        leeg="Er zijn geen scenario's om te spelen.",
    )
    fout = [regel for regel in regels if regel.verschillen]
    for regel in fout:
        print_regels([f"{regel.zaak} {regel.variant}:", *(f"  - {verschil}" for verschil in regel.verschillen)])
    print_regels(str(melding) for melding in verslag.meldingen)
    print_regels([f"{len(regels)} gespeeld, {len(regels) - len(fout)} zoals verwacht, {len(fout)} anders."])


def _describe(besluiten: Iterable[VerwachtBesluit]) -> Iterator[str]:
    for besluit in besluiten:
        perceel = f"{besluit.perceel}: " if besluit.perceel else ""
        yield perceel + besluit.besluit.replace("_", " ")
