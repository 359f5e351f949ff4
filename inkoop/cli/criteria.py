"""`inkoop criteria`: check, read and try out criteria sets; nothing is ever written.

Bron: ontwerp 9.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.criteriacontrole import check_criteria
from inkoop.cli.opties import Als, Json, Nu, Op, Paden, Rolkeuze, Winkelmap
from inkoop.cli.regelkast import find_ronde, open_regelkast
from inkoop.cli.scenarioverslag import play_sets, print_scenarios
from inkoop.cli.toetsverslag import print_toets
from inkoop.cli.uitvoer import print_json, print_regels
from inkoop.definitions.dossier import load_dossier
from inkoop.definitions.feitencontrole import list_ongevraagd
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop, encode_resultaat
from inkoop.domain.criteria.criterium import Moment
from inkoop.domain.criteria.dossier import Herkomst
from inkoop.domain.criteria.lezing import read_criteriaset
from inkoop.domain.criteria.toets import assess
from inkoop.domain.dossierbouw import build_from_dossieropgave
from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import local_date
from inkoop.domain.peildatums import bind_peildatums, rebind_peildatums
from inkoop.domain.procedure import Rondedefinitie

app = typer.Typer(help="Criteria controleren, lezen en uitproberen.")


class DagVoorIndieningError(InkoopError):
    """A dossier cannot be tested as it stood before it was handed in."""


@app.command("controleer", help="Controleer criteriasets en scenario's. Er wordt niets geschreven.")
def controleer(
    paden: Paden = None,
    procedure: Annotated[
        str | None,
        typer.Option(
            "--procedure", metavar="NAAM", help="Lees de set bij deze procedure; anders bij elke die haar gebruikt."
        ),
    ] = None,
) -> None:
    """Exit 0, or 1 with one `file:line:column: message` per fault; a warning (`let op:`) does not count."""
    kast = open_regelkast()
    if check_criteria(kast, [kast.locate_criteria(pad) for pad in paden or [kast.omgeving.criteria]], procedure):
        raise typer.Exit(1)


@app.command("lees", help="Lees een criteriaset terug in gewone zinnen.")
def lees(
    pad: Annotated[str, typer.Argument(metavar="PAD", help="Een bestand, of set/editie.")],
) -> None:
    """Print the set as Dutch sentences, so that its author sees what the engine reads."""
    print_regels(read_criteriaset(open_regelkast().find_editie(pad)))


@app.command("verschil", help="Vergelijk twee edities: wat verandert er, voor wie en wanneer.")
def verschil(
    oud: Annotated[str, typer.Argument(metavar="OUD", help="De oude editie: set/editie, of een bestand.")],
    nieuw: Annotated[str, typer.Argument(metavar="NIEUW", help="De nieuwe editie: set/editie, of een bestand.")],
    json: Json = False,
) -> None:
    """Criteria are compared by id."""
    from inkoop.cli.verschilverslag import print_verschil
    from inkoop.domain.criteria.verschil.vergelijking import compare_edities

    kast = open_regelkast()
    gevonden = compare_edities(kast.find_editie(oud), kast.find_editie(nieuw))
    if json:
        print_json(gevonden)
    else:
        print_verschil(gevonden)


@app.command("herspeel", help="Speel bewaarde toetsen na en vergelijk ze byte voor byte met wat is bewaard.")
def herspeel(
    als: Als,
    kenmerk: Annotated[
        str | None,
        typer.Argument(metavar="KENMERK", help="De aanmelding, bijvoorbeeld M-2020-2-A001.", show_default=False),
    ] = None,
    alles: Annotated[bool, typer.Option("--alles", help="Alle bewaarde toetsen van de winkel.")] = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Exit 1 for any difference. Nothing is written."""
    from inkoop.cli import herspelwerk

    if herspelwerk.replay(kenmerk, als, rol, nu, winkel, alles=alles, json=json):
        raise typer.Exit(1)


@app.command("effect", help="Kijk wat een editie doet met wie is toegelaten en met open aanmeldingen.")
def effect(
    editie: Annotated[str, typer.Argument(metavar="EDITIE", help="set/editie, of het pad van het bestand.")],
    als: Als,
    op: Op = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Reads only: nothing is decided and nothing is kept."""
    from inkoop.cli import effectwerk

    effectwerk.show(open_regelkast().find_editie(editie), als, rol, nu, winkel, op=op, json=json)


@app.command("schema", help="Toon of schrijf de schema's waarmee een editor helpt bij het schrijven van bestanden.")
def schema(
    soort: Annotated[
        str | None,
        typer.Argument(metavar="SOORT", help="Welk soort bestand; zonder soort een overzicht.", show_default=False),
    ] = None,
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="MAP", help="Schrijf alle schema's opnieuw in deze map.")
    ] = None,
) -> None:
    """Print one schema, list them, or write them all (they are made from the models, never by hand)."""
    from inkoop.cli import schemawerk

    if naar is not None:
        schemawerk.write_schemas(naar)
    elif soort is not None:
        schemawerk.print_schema(soort)
    else:
        schemawerk.print_soorten()


@app.command("toets", help="Toets een dossierbestand aan een editie. Er wordt niets bewaard.")
def toets(
    editie: Annotated[str, typer.Argument(metavar="EDITIE", help="set/editie, of het pad van het bestand.")],
    dossier: Annotated[Path, typer.Option("--dossier", metavar="BESTAND", help="Het dossierbestand (YAML).")],
    procedure: Annotated[str, typer.Option("--procedure", metavar="NAAM", help="De procedure.")],
    ronde: Annotated[str, typer.Option("--ronde", metavar="RONDE", help="De ronde, bijvoorbeeld M-2020-2.")],
    moment: Annotated[
        Moment,
        typer.Option(
            "--moment",
            help="Bij welke gelegenheid: alleen criteria die dit moment noemen worden getoetst. Bij een ander moment"
            " dan toelating is elke peildatum, behalve die van de looptijd, de dag van --op.",
        ),
    ] = Moment.TOELATING,
    op: Op = None,
    json: Json = False,
) -> None:
    """Print the receipt of a toets: JSON as it is stored, or an explanation.

    `--op` says on which day is tested: until the end of the repair term of the round repair is open,
    after it closed. Without it repair is open. At another moment than toelating repair is always open.
    """
    kast = open_regelkast()
    definitie = kast.find_procedure(procedure)
    gekozen = find_ronde(definitie, ronde)
    opgave = load_dossier(dossier)
    criteria = kast.find_editie(editie)
    ingediend = local_date(opgave.ingediend_op)
    herstelverloop = _find_herstelverloop(gekozen, op, ingediend)
    peildatums = bind_peildatums(definitie, gekozen, opgave.ingediend_op)
    if moment is not Moment.TOELATING:
        herstelverloop = Herstelverloop.OPEN
        peildatums = peildatums if op is None else rebind_peildatums(peildatums, op)
    resultaat = assess(
        criteria,
        build_from_dossieropgave(opgave, definitie),
        peildatums,
        herstelverloop=herstelverloop,
        feitenbasis=Feitenbasis.ALS_OPGEGEVEN if opgave.herkomst is Herkomst.OPGEGEVEN else Feitenbasis.VASTGESTELD,
        moment=moment,
    )
    if json:
        sys.stdout.write(encode_resultaat(resultaat).decode() + "\n")
    else:
        print_toets(opgave.opgave.naam, resultaat, criteria)
        print_regels(str(melding) for melding in list_ongevraagd(read_yaml(dossier), criteria))


def _find_herstelverloop(ronde: Rondedefinitie, op: date | None, ingediend: date) -> Herstelverloop:
    """Whether repair is still open on a day; the last day of the term counts."""
    if op is not None and op < ingediend:
        raise DagVoorIndieningError(f"Op {op} was dit dossier nog niet ingediend; dat was op {ingediend}.")
    return Herstelverloop.GESLOTEN if op is not None and op > ronde.herstel_tot else Herstelverloop.OPEN


@app.command("scenarios", help="Speel de scenario's en vergelijk ze met wat eruit moet komen.")
def scenarios(
    sets: Annotated[
        list[str] | None, typer.Argument(metavar="SET", help="Criteriasets; zonder naam alle.", show_default=False)
    ] = None,
    json: Json = False,
) -> None:
    """Exit 1 when any scenario comes out different from what it expects."""
    kast = open_regelkast()
    verslag = play_sets(kast, sets or kast.list_sets())
    if json:
        print_json(verslag.regels)
    else:
        print_scenarios(verslag)
    if any(regel.verschillen for regel in verslag.regels):
        raise typer.Exit(1)
