"""`inkoop aanhaak`: a gemeente that joins a published procedure, with its proof, until the decision.

Bron: H19-45 (S4 6.2), GA1-GA3; C.25; domein D (gemeente-aanhaak).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht, print_tabel
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.voorbereiding import load_aanhaak
from inkoop.domain.gemeenteaanhaken import Aanhaakbesluit, Aanhaakhandeling
from inkoop.domain.kalender import format_dag
from inkoop.domain.toegang import Handeling
from inkoop.services import aanhaakstukken, aanhaken, rondes

app = typer.Typer(help="Gemeenten die bij een lopende procedure aansluiten.")

Procedure = Annotated[str, typer.Argument(metavar="PROCEDURE", help="De naam van een procedure in de winkel.")]
Gemeente = Annotated[str, typer.Argument(metavar="GEMEENTE", help="De naam of de code van de gemeente.")]
Jaar = Annotated[
    int, typer.Option("--jaar", metavar="JAAR", help="Het jaar van het verzoek; zij doet mee vanaf het jaar erna.")
]
Bewijs = Annotated[str, typer.Option("--bewijs", metavar="TEKST", help="Waar het bewijs te vinden is.")]
Verzenden = Annotated[
    date | None,
    typer.Option(
        "--verzenden-op",
        metavar="DATUM",
        parser=read_datum,
        help="De dag waarop de intentiebrieven uitgaan, die erop komt te staan; zonder: vandaag.",
    ),
]
Gedaan = Annotated[
    date, typer.Option("--gedaan-op", metavar="DATUM", parser=read_datum, help="De dag waarop het is gedaan.")
]


@app.command("verzoek", help="Leg vast dat een gemeente wil aansluiten, met haar gegevens uit een bestand.")
def verzoek(
    procedure: Procedure,
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het YAML-bestand met de gemeente.")],
    jaar: Jaar,
    als: Als,
    verzenden: Verzenden = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Once for each gemeente and year, with a letter to each provider."""
    opgave = load_aanhaak(bestand)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        nieuw = aanhaken.request_aanhaak(huis, door, procedure, opgave, jaar, verzenden_op=verzenden)
    report(f"Het verzoek van {opgave.gemeente.naam} in {jaar} is vastgelegd. Te maken intentiebrieven: {len(nieuw)}.")


@app.command("brieven", help="Maak intentiebrieven die nog niet zijn verzonden opnieuw, en die nog ontbreken.")
def brieven(
    procedure: Procedure,
    gemeente: Gemeente,
    jaar: Jaar,
    als: Als,
    verzenden: Verzenden = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A letter bears the day on which it goes out; a jurist approves it again."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        nieuw = aanhaakstukken.renew_brieven(huis, door, procedure, gemeente, jaar, verzenden)
    report(f"Opnieuw te maken: {', '.join(nieuw)}." if nieuw else "Er zijn geen brieven die nog niet zijn verzonden.")


@app.command("handeling", help="Leg vast dat een gemeente is aangesloten, of verklaarde de afspraken te volgen.")
def handeling(
    procedure: Procedure,
    gemeente: Gemeente,
    jaar: Jaar,
    soort: Annotated[
        Aanhaakhandeling,
        typer.Option("--soort", metavar="aangesloten|conform", help="Wat de gemeente deed.", show_choices=False),
    ],
    gedaan_op: Gedaan,
    bewijs: Bewijs,
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Each act once."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aanhaken.record_handeling(huis, door, procedure, gemeente, jaar, soort, gedaan_op=gedaan_op, bewijs=bewijs)
    report(f"Vastgelegd voor {gemeente}: {soort} op {format_dag(gedaan_op)}.")


@app.command("bericht", help="Leg vast welke aanbieders het voornemen van een gemeente kregen.")
def bericht(
    procedure: Procedure,
    gemeente: Gemeente,
    jaar: Jaar,
    gedaan_op: Gedaan,
    bewijs: Bewijs,
    als: Als,
    contracten: Annotated[
        list[str] | None,
        typer.Option(
            "--contract",
            metavar="NUMMER",
            help="Het contractnummer van een aanbieder; mag vaker. Zonder: elke aanbieder zonder bewijs.",
        ),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Proof for each provider; all providers must have been told in time."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aantal = aanhaken.record_berichten(
            huis, door, procedure, gemeente, jaar, contracten or [], verzonden_op=gedaan_op, bewijs=bewijs
        )
    report(f"Het bericht is vastgelegd voor {aantal} {'aanbieder' if aantal == 1 else 'aanbieders'}.")


@app.command("lijst", help="Toon welke gemeenten willen aansluiten en hoe het ervoor staat.")
def lijst(
    procedure: Procedure, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Every request with its outcome so far."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        standen = aanhaken.list_standen(sessie, procedure)
    print_overzicht(
        [
            {
                "gemeente": stand.gemeente,
                "jaar": stand.jaar,
                "ingelicht": f"{stand.ingelicht} van {stand.aanbieders}",
                "tijdig": stand.uitkomst.tijdig,
                "besluit": stand.besluit or "nog niet",
                "ingang": stand.ingang or stand.uitkomst.ingang,
            }
            for stand in standen
        ],
        json=json,
        leeg="Er wil geen gemeente aansluiten.",
    )


@app.command("toon", help="Toon wat een gemeente deed, wie nog geen bericht kreeg, en wat eruit volgt.")
def toon(
    procedure: Procedure,
    gemeente: Gemeente,
    jaar: Jaar,
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Every reason at once."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        stand = aanhaken.read_stand(sessie, procedure, gemeente, jaar)
    if json:
        print_json(stand)
        return
    print_kenmerken(
        [
            ("gemeente", stand.gemeente),
            ("aangesloten op", stand.handelingen.get(Aanhaakhandeling.AANGESLOTEN, "nog niet")),
            ("conform verklaard op", stand.handelingen.get(Aanhaakhandeling.CONFORM, "nog niet")),
            ("aanbieders ingelicht", f"{stand.ingelicht} van {stand.aanbieders}"),
            ("op tijd en compleet", stand.uitkomst.tijdig),
            ("doet mee vanaf", stand.ingang or stand.uitkomst.ingang),
            ("besluit", stand.besluit or "nog niet"),
        ]
    )
    if stand.besluit is None:
        print_tabel("", ("reden", ""), ((b.code, b.tekst) for b in stand.uitkomst.beletselen), leeg="Alles is op tijd.")
    leeg = "Elke aanbieder is ingelicht."
    print_tabel("Zonder bewijs van bericht", ("contract", "aanbieder"), stand.ontbreekt.items(), leeg=leeg)


@app.command("besluit", help="Besluit als gemandateerde of een gemeente aansluit, of niet op tijd was.")
def besluit(
    procedure: Procedure,
    gemeente: Gemeente,
    jaar: Jaar,
    keuze: Annotated[
        Aanhaakbesluit,
        typer.Option("--besluit", metavar="toegetreden|niet_tijdig", help="Het besluit.", show_choices=False),
    ],
    grond: Annotated[str, typer.Option("--grond", metavar="TEKST", help="Waar dit op rust: besluit, verslag, datum.")],
    als: Als,
    raad: Annotated[
        str,
        typer.Option("--raad", metavar="TEKST", help="Hoe de raad toestemming gaf; komt in het toetredingsbesluit."),
    ] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Under a mandate for 'gemeente_aanhaak'; refused with every reason."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        ingang = aanhaken.decide_aanhaak(huis, door, procedure, gemeente, jaar, keuze, grond=grond, raad=raad)
    if keuze is Aanhaakbesluit.TOEGETREDEN:
        report(
            f"{gemeente} doet mee vanaf {format_dag(ingang)}. Elke overeenkomst krijgt een addendum; leg haar mandaat "
            "vast met: inkoop voorbereiding mandaat."
        )
    else:
        report(f"{gemeente} was niet op tijd. Zij kan meedoen vanaf {format_dag(ingang)}, met een nieuw verzoek.")
