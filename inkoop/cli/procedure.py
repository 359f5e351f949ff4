"""`inkoop procedure`: read, check and plan procedures from their files; start one and record its steps.

Bron: ontwerp 9; B.9, FE-4.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli import kwalificatiewerk, procedurenieuw
from inkoop.cli.opties import Als, Json, Nu, Paden, Rolkeuze, Winkelmap
from inkoop.cli.procedurecontrole import list_opmerkingen, load_procedurebestand
from inkoop.cli.procedureverslag import print_plan, print_procedure
from inkoop.cli.regelbestanden import check_bestanden, report_controle
from inkoop.cli.regelkast import is_pad, open_regelkast
from inkoop.cli.uitvoer import print_json, print_tabel, write_bestand
from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.fout import Fout
from inkoop.definitions.procedure import find_procedure
from inkoop.domain.planning import plan as list_plan
from inkoop.exchange.ics import render_ics
from inkoop.exchange.planbeeld import render_planbeeld

app = typer.Typer(help="Procedures bekijken, controleren en vastleggen.")

Naam = Annotated[str, typer.Argument(metavar="NAAM", help="De naam van de procedure, of het pad van het bestand.")]

Winkelnaam = Annotated[str, typer.Argument(metavar="NAAM", help="De naam van een procedure in de winkel.")]


@app.command("lijst", help="Toon alle procedures.")
def lijst(json: Json = False) -> None:
    """Every procedure file with what it is; a file with faults stops the list and is named."""
    kast = open_regelkast()
    definities = [kast.find_procedure(naam) for naam in kast.list_procedures()]
    if json:
        print_json(
            [
                {
                    "naam": definitie.naam,
                    "titel": definitie.titel,
                    "kwalificatie": definitie.kwalificatie,
                    "wet": definitie.wet,
                    "criteriaset": definitie.criteriaset,
                    "rondes": [ronde.kenmerk for ronde in definitie.instroom.rondes],
                    "hash": definitie.hash,
                }
                for definitie in definities
            ]
        )
        return
    print_tabel(
        "",
        ("naam", "titel", "soort", "wet", "rondes"),
        ((d.naam, d.titel, d.kwalificatie, d.wet, [ronde.kenmerk for ronde in d.instroom.rondes]) for d in definities),
        leeg=f"Er staan geen procedures in {kast.omgeving.procedures}.",
    )


@app.command("controleer", help="Controleer procedurebestanden. Er wordt niets geschreven.")
def controleer(paden: Paden = None) -> None:
    """Exit 0, or 1 with one `file:line:column: message` per fault; a warning (`let op:`) does not count."""
    kast = open_regelkast()
    gevraagd = [kast.locate_procedures(pad) for pad in paden or [kast.omgeving.procedures]]
    meldingen: list[Fout] = []

    def lees(pad: Path) -> None:
        meldingen.extend(list_opmerkingen(pad, load_procedurebestand(pad, kast)))

    aantal, fouten = check_bestanden(gevraagd, lees)
    report_controle(aantal, fouten, meldingen)


@app.command("toon", help="Toon een procedure: percelen, tarieven, rondes, stappen en mandaten.")
def toon(naam: Naam, json: Json = False) -> None:
    """The definition as it was read."""
    definitie = open_regelkast().find_procedure(naam)
    if json:
        print_json(definitie)
    else:
        print_procedure(definitie)


@app.command("kwalificeer", help="Toon welke vorm uit de vijf vragen volgt, en waarom.")
def kwalificeer(
    naam: Annotated[
        str, typer.Argument(metavar="NAAM", help="Een procedure, of een bestand met alleen de antwoorden.")
    ],
    json: Json = False,
) -> None:
    """The answers of a procedure, or of a file with answers; advice until a jurist has confirmed."""
    kwalificatiewerk.show(naam, open_regelkast(), json=json)


@app.command("plan", help="Toon de hele planning van een procedure, elke dag met de reden.")
def plan(
    naam: Naam,
    json: Json = False,
    ics: Annotated[
        Path | None, typer.Option("--ics", metavar="BESTAND", help="Schrijf de planning als agendabestand.")
    ] = None,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="BESTAND", help="Schrijf de planning als afbeelding.")
    ] = None,
) -> None:
    """Every planned day in order; as a calendar file or a picture when asked."""
    definitie = open_regelkast().find_procedure(naam)
    jaren = [ronde.opening.year for ronde in definitie.instroom.rondes] + [definitie.looptijd.ingang.year]
    regels = list_plan(definitie, load_feestdagen(min(jaren), max(*jaren, definitie.looptijd.max_einddatum.year) + 1))
    if ics is not None:
        write_bestand(ics, render_ics(definitie.naam, definitie.titel, regels))
    if svg is not None:
        write_bestand(svg, render_planbeeld(definitie.titel, regels).encode())
    if json:
        print_json(regels)
    elif ics is None and svg is None:
        print_plan(definitie, regels)


@app.command("nieuw", help="Begin een nieuwe procedure: met een vragenlijst, of met het bestand van een bestaande.")
def nieuw(
    naam: Annotated[str, typer.Argument(metavar="NAAM", help="De naam van de nieuwe procedure, zoals zorg-zuid-2028.")],
    van: Annotated[
        str | None, typer.Option("--van", metavar="PROCEDURE", help="Neem deze bestaande procedure over; met --titel.")
    ] = None,
    titel: Annotated[
        str | None, typer.Option("--titel", metavar="TEKST", help="De titel van de nieuwe procedure; bij --van.")
    ] = None,
    antwoorden: Annotated[
        Path | None, typer.Option("--antwoorden", metavar="BESTAND", help="Een ingevulde vragenlijst.")
    ] = None,
    vragen: Annotated[
        Path | None,
        typer.Option("--vragen", metavar="BESTAND", help="Schrijf alleen de lege vragenlijst, hierin."),
    ] = None,
) -> None:
    """Without an option the questions are asked on the terminal."""
    procedurenieuw.run(naam, van, titel, antwoorden, vragen, open_regelkast())


@app.command("aanmaken", help="Start een procedure in de winkel, met haar bestand als vaste basis.")
def aanmaken(naam: Naam, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """The file is checked with its criteria first; a copy of it is kept."""
    from inkoop.cli import procedurewerk

    kast = open_regelkast()
    pad = Path(naam) if is_pad(naam) else find_procedure(kast.omgeving.procedures, naam)
    procedurewerk.start(load_procedurebestand(pad, kast), als, rol, nu, winkel)


@app.command("stand", help="Toon waar een procedure in de winkel staat en welke stappen op mensen wachten.")
def stand(
    naam: Winkelnaam, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """The fase and the open governance steps."""
    from inkoop.cli import procedurewerk

    procedurewerk.show_stand(naam, als, rol, nu, winkel, json=json)


@app.command("stap", help="Leg vast wat een orgaan over een stap heeft besloten, met de grond daarvan.")
def stap(
    naam: Winkelnaam,
    stap_id: Annotated[str, typer.Argument(metavar="STAP", help="De stap, bijvoorbeeld go-no-go.")],
    als: Als,
    uitkomst: Annotated[
        str, typer.Option("--uitkomst", metavar="UITKOMST", help="Bijvoorbeeld akkoord, go, vastgesteld of gehouden.")
    ],
    grond: Annotated[str, typer.Option("--grond", metavar="TEKST", help="Waar dit op rust: besluit, verslag, datum.")],
    organen: Annotated[
        list[str] | None,
        typer.Option("--orgaan", metavar="ORGAAN", help="Het orgaan; mag vaker. Zonder: het enige van de stap."),
    ] = None,
    ronde: Annotated[str, typer.Option("--ronde", metavar="RONDE", help="Bij een stap van een ronde.")] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Who may record a step stands in the procedure."""
    from inkoop.cli import procedurewerk

    procedurewerk.record(
        naam,
        stap_id,
        organen=organen or [],
        uitkomst=uitkomst,
        grond=grond,
        ronde=ronde,
        als=als,
        rol=rol,
        nu=nu,
        winkel=winkel,
    )


@app.command("verzet", help="Verzet een dag van een ronde in de winkel; wat erachter komt, schuift mee waar het moet.")
def verzet(
    naam: Winkelnaam,
    als: Als,
    ronde: Annotated[str, typer.Option("--ronde", metavar="RONDE", help="De ronde, zoals M-2020-2.")],
    dag: Annotated[str, typer.Option("--dag", metavar="DAG", help="Welke dag: de sleutel, zoals besluit of ingang.")],
    naar: Annotated[datetime, typer.Option("--naar", metavar="DATUM", formats=["%Y-%m-%d"], help="De nieuwe datum.")],
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom de planning verandert.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Refused with every reason when an invariant would break; then nothing changes."""
    from inkoop.cli import procedurewerk

    procedurewerk.move(naam, ronde, dag, naar.date(), reden, als, rol, nu, winkel)


@app.command("simuleer", help="Speel de hele looptijd van een procedure, in een eigen winkel van de soort simulatie.")
def simuleer(
    naam: Naam,
    map_: Annotated[
        Path | None,
        typer.Option("--map", metavar="MAP", help="Bewaar hier de winkel, het overzicht en het beeld van de werklast."),
    ] = None,
    mandaten: Annotated[
        list[Path] | None,
        typer.Option("--met-mandaat", metavar="BESTAND", help="Speel met een mandaat dat er nog niet is; mag vaker."),
    ] = None,
    json: Json = False,
) -> None:
    """The real stores are not touched."""
    from inkoop.cli import simulatieverslag

    simulatieverslag.run(open_regelkast().find_procedure(naam), map_, mandaten or [], json=json)
