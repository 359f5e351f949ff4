"""`inkoop procedure`: read, check and plan procedures from their files; start one and record its steps.

Bron: ontwerp 9; B.9, FE-4.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.opties import Als, Json, Nu, Paden, Rolkeuze, Winkelmap
from inkoop.cli.procedurecontrole import load_procedurebestand
from inkoop.cli.procedureverslag import print_plan, print_procedure
from inkoop.cli.regelbestanden import check_bestanden, report_controle
from inkoop.cli.regelkast import is_pad, open_regelkast
from inkoop.cli.taakverslag import describe_taken, print_taken
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_tabel
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.procedure import find_procedure
from inkoop.definitions.suggestie import suggest
from inkoop.domain.fasen import find_stap
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.planning import plan as list_plan
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.services import procedures, rondes, taken

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
    """Exit 0, or 1 with one `file:line:column: message` per fault."""
    kast = open_regelkast()
    report_controle(*check_bestanden(paden or [kast.omgeving.procedures], lambda pad: load_procedurebestand(pad, kast)))


@app.command("toon", help="Toon een procedure: percelen, tarieven, rondes, stappen en mandaten.")
def toon(naam: Naam, json: Json = False) -> None:
    """The definition as it was read."""
    definitie = open_regelkast().find_procedure(naam)
    if json:
        print_json(definitie)
    else:
        print_procedure(definitie)


@app.command("plan", help="Toon de hele planning van een procedure, elke dag met de reden.")
def plan(naam: Naam, json: Json = False) -> None:
    """Every planned day in order."""
    definitie = open_regelkast().find_procedure(naam)
    jaren = [ronde.opening.year for ronde in definitie.instroom.rondes] + [definitie.looptijd.ingang.year]
    regels = list_plan(definitie, load_feestdagen(min(jaren), max(*jaren, definitie.looptijd.max_einddatum.year) + 1))
    if json:
        print_json(regels)
    else:
        print_plan(definitie, regels)


@app.command("aanmaken", help="Start een procedure in de winkel, met haar bestand als vaste basis.")
def aanmaken(naam: Naam, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """The file is checked with its criteria first; a copy of it is kept."""
    kast = open_regelkast()
    pad = Path(naam) if is_pad(naam) else find_procedure(kast.omgeving.procedures, naam)
    definitie = load_procedurebestand(pad, kast)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        procedures.create_procedure(huis, door, definitie)
    report(f"Procedure {definitie.naam} is aangemaakt en staat in de fase voorbereiden.")


@app.command("stand", help="Toon waar een procedure in de winkel staat en welke stappen op mensen wachten.")
def stand(
    naam: Winkelnaam, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """The fase and the open governance steps."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        rij = procedures.find_procedure(sessie, naam)
        open_taken = taken.list_proceduretaken(sessie, naam)
    kenmerken = {"procedure": rij.naam, "fase": rij.fase, "gepubliceerd_op": rij.gepubliceerd_op}
    if json:
        print_json({**kenmerken, "taken": describe_taken(open_taken)})
        return
    print_kenmerken((sleutel.replace("_", " "), waarde) for sleutel, waarde in kenmerken.items())
    print_taken(open_taken)


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
    with treed_op(winkel, als, rol, nu) as (huis, door):
        with huis.winkel.lezen() as sessie:
            definitie = procedures.decode_definitie(procedures.find_procedure(sessie, naam))
        gekozen = organen or _only_orgaan(definitie, stap_id)
        for orgaan in gekozen:
            procedures.record_stap(
                huis, door, naam, stap_id, orgaan=orgaan, uitkomst=uitkomst, grond=grond, ronde=ronde
            )
            report(f"Stap {stap_id} is vastgelegd voor {orgaan}: {uitkomst}.")


def _only_orgaan(definitie: Proceduredefinitie, stap_id: str) -> list[str]:
    """The body of a step that has one; a step with more must say which."""
    gevonden = find_stap(definitie, stap_id)
    beletselen = []
    if gevonden is None:
        bekend = [s.id for s in definitie.stappen]
        beletselen.append(Beletsel("stap", f"Deze procedure heeft geen stap '{stap_id}'.{suggest(stap_id, bekend)}"))
    elif len(gevonden.organen) != 1:
        tekst = f"Over deze stap gaan: {', '.join(gevonden.organen)}. Noem met --orgaan voor wie u vastlegt."
        beletselen.append(Beletsel("orgaan", tekst))
    if beletselen or gevonden is None:
        raise BeletselenError(f"Stap '{stap_id}' kan niet worden vastgelegd.", beletselen)
    return list(gevonden.organen)
