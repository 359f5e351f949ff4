"""`inkoop verlenging`: decide on extensions of the agreements of a procedure.

Bron: domein 0.12; H19-40, M20-32, BP-13; C.22.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.looptijd import list_verlengingen
from inkoop.domain.toegang import Handeling
from inkoop.domain.verlengen import Verlengingskeuze, describe_stand
from inkoop.services import procedures, rondes, verlengingen

app = typer.Typer(help="Besluiten over het verlengen van overeenkomsten.")

Procedure = Annotated[str, typer.Argument(metavar="PROCEDURE", help="De naam van een procedure in de winkel.")]
Nummer = Annotated[int, typer.Argument(metavar="NUMMER", help="Het nummer van de verlenging of de optie: 1, 2, ...")]
Verzenden = Annotated[
    date | None,
    typer.Option(
        "--verzenden-op",
        metavar="DATUM",
        parser=read_datum,
        help="De dag waarop de brieven uitgaan en die erop staat; anders vandaag.",
    ),
]


@app.command("lijst", help="Toon elke verlenging: de periode, de laatste dag om te besluiten, en wat is besloten.")
def lijst(
    procedure: Procedure, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Options, or tacit renewals, up to the maximum end date."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        rij = procedures.find_procedure(sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        eerder = verlengingen.read_eerder(sessie, rij)
        op = local_date(door.nu)
    print_overzicht(
        [
            {
                "nummer": een.nummer,
                "van": een.van,
                "tot": een.tot,
                "besluit_uiterlijk": een.uiterlijk,
                "stand": describe_stand(definitie, een, eerder, op),
            }
            for een in list_verlengingen(definitie.looptijd)
        ],
        json=json,
        leeg="Deze overeenkomsten kunnen niet worden verlengd.",
    )


@app.command("besluit", help="Besluit als gemandateerde om te verlengen, of om dat niet te doen.")
def besluit(
    procedure: Procedure,
    nummer: Nummer,
    als: Als,
    grond: Annotated[str, typer.Option("--grond", metavar="TEKST", help="Waar dit op rust: besluit, verslag, datum.")],
    niet: Annotated[
        bool, typer.Option("--niet-verlengen", help="Besluit dat de overeenkomsten zonder deze verlenging eindigen.")
    ] = False,
    tot: Annotated[
        date | None,
        typer.Option("--tot", metavar="DATUM", parser=read_datum, help="De nieuwe einddatum, zoals in het besluit."),
    ] = None,
    clienten: Annotated[
        str, typer.Option("--clienten", metavar="TEKST", help="Bij niet verlengen: wat er met cliënten gebeurt.")
    ] = "",
    overdracht: Annotated[
        date | None,
        typer.Option(
            "--overdracht-op",
            metavar="DATUM",
            parser=read_datum,
            help="Bij niet verlengen: de laatste dag voor een overdrachtsplan.",
        ),
    ] = None,
    verzenden: Verzenden = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Only the exact next extension, in time, under a mandate."""
    keuze = Verlengingskeuze.NIET_VERLENGEN if niet else Verlengingskeuze.VERLENGEN
    with treed_op(winkel, als, rol, nu) as (huis, door):
        einde, nummers = verlengingen.decide_verlenging(
            huis,
            door,
            procedure,
            nummer,
            keuze,
            grond=grond,
            tot=tot,
            clienten=clienten,
            overdracht_op=overdracht,
            verzenden_op=verzenden,
        )
    report(f"Besloten. De overeenkomsten lopen tot en met {format_dag(einde)}; {len(nummers)} krijgen een brief.")


@app.command("brieven", help="Maak brieven over een verlenging die nog niet zijn verzonden opnieuw.")
def brieven(
    procedure: Procedure,
    nummer: Nummer,
    als: Als,
    verzenden: Verzenden = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A letter bears the day on which it goes out; a jurist approves it again."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        nieuw = verlengingen.renew_brieven(huis, door, procedure, nummer, verzenden or local_date(door.nu))
    report(f"Opnieuw te maken: {', '.join(nieuw)}." if nieuw else "Er zijn geen brieven die nog niet zijn verzonden.")
