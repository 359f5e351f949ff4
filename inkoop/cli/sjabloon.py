"""`inkoop sjabloon`: check templates and house styles, try a template out, begin a house style.

Bron: ontwerp 6.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.opties import Op
from inkoop.cli.regelkast import open_regelkast
from inkoop.cli.schrijven import read_bestand, write_nieuw
from inkoop.cli.uitvoer import print_regels
from inkoop.definitions.yamlbron import DefinitieError, Fout, Yamlbron, read_yaml
from inkoop.documents.docx.beginstijl import make_beginstijl
from inkoop.documents.fouten import OntbrekendeVeldenError, OntbrekendVeld, SjabloonError
from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.huisstijl import BESTAND_WORD, HUISSTIJLEN, find_huisstijlmap, read_huisstijl
from inkoop.documents.maken import make_document
from inkoop.documents.proef import find_sjabloonfouten, try_sjabloon
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.domain.kalender import local_date
from inkoop.services.brieven.stukvelden import describe_gemis, find_sleutel
from inkoop.services.brieven.voorzet import STUKKEN, Stukopdracht, choose_editie, draft_stuk
from inkoop.services.drukgrenzen import limit_druk

MAX_GEGEVENS = 10 * 1024 * 1024
"""How large a file with the data of one document may be, in bytes."""

app = typer.Typer(help="Sjablonen en huisstijlen controleren en uitproberen.")

Sjabloonmap = Annotated[
    Path | None, typer.Option("--map", metavar="MAP", help="De map met sjablonen; anders die van het product.")
]
Soort = Annotated[
    str, typer.Argument(metavar="SOORT", help="Het soort document: de naam van de map, zoals toelatingsbrief.")
]


def _open(map_: Path | None) -> Sjabloonbron:
    return Sjabloonbron(map_ or bootstrap.read_omgeving().sjablonen)


@app.command("controleer", help="Controleer sjablonen, metagegevens en huisstijlen. Er wordt niets geschreven.")
def controleer(
    soorten: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOORT", help="Soorten document; zonder soort alle.", show_default=False),
    ] = None,
    map_: Sjabloonmap = None,
) -> None:
    """Exit 0, or 1 with one `file:line: message` per fault."""
    bron = _open(map_)
    gekozen = soorten or list(bron.list_soorten())
    if fouten := find_sjabloonfouten(bron, gekozen):
        raise SjabloonError(fouten)
    print_regels([f"{len(gekozen)} sjablonen gecontroleerd: geen fouten."])


@app.command("proef", help="Maak een document uit een sjabloon en een bestand met gegevens, om te bekijken.")
def proef(
    soort: Soort,
    gegevens: Annotated[
        Path,
        typer.Option(
            "--gegevens", metavar="BESTAND", help="JSON, zoals 'gegevens.json' in de PDF van een ander document."
        ),
    ],
    naar: Annotated[Path, typer.Option("--naar", metavar="MAP", help="De map; bestaande bestanden blijven staan.")],
    map_: Sjabloonmap = None,
) -> None:
    """Word, PDF and web page, with the gates that hold for the real thing."""
    with limit_druk(soort):
        gemaakt = try_sjabloon(_open(map_), soort, read_bestand(gegevens, MAX_GEGEVENS), str(gegevens))
    bestanden = {"docx": gemaakt.docx, "pdf": gemaakt.pdf, "html": gemaakt.html.encode()}
    geschreven = write_nieuw({naar / f"{soort}.{vorm}": inhoud for vorm, inhoud in bestanden.items()})
    print_regels([str(pad) for pad in geschreven])


@app.command("stuk", help="Maak een inkoopdocument uit een procedure: strategie, leidraad of programma van eisen.")
def stuk(
    soort: Annotated[str, typer.Argument(metavar="SOORT", help=f"Het soort document: {', '.join(STUKKEN)}.")],
    procedure: Annotated[str, typer.Option("--procedure", metavar="NAAM", help="De procedure, of haar bestand.")],
    naar: Annotated[Path, typer.Option("--naar", metavar="MAP", help="De map; bestaande bestanden blijven staan.")],
    gegevens: Annotated[
        Path | None,
        typer.Option("--gegevens", metavar="BESTAND", help="JSON met velden die u zelf invult; die gaan voor."),
    ] = None,
    versie: Annotated[str, typer.Option("--versie", metavar="VERSIE", help="De versie van het stuk.")] = "0.1",
    kenmerk: Annotated[
        str | None, typer.Option("--kenmerk", metavar="KENMERK", help="Het kenmerk; anders procedure en soort.")
    ] = None,
    op: Op = None,
    map_: Sjabloonmap = None,
) -> None:
    """A draft to read and to lay before people; what the procedure does not say is named."""
    kast = open_regelkast()
    definitie = kast.find_procedure(procedure)
    dag = op or local_date(datetime.now(UTC))
    opdracht = Stukopdracht(
        soort=soort,
        definitie=definitie,
        editie=kast.find_editie(f"{definitie.criteriaset}/{choose_editie(definitie, dag)}"),
        kenmerk=kenmerk or f"{definitie.naam}-{soort}",
        versie=versie,
        datum=dag,
    )
    aanvulling = read_bestand(gegevens, MAX_GEGEVENS) if gegevens else None
    velden = to_gegevens(draft_stuk(opdracht, aanvulling))
    try:
        with limit_druk(opdracht.kenmerk):
            gemaakt = make_document(_open(map_), soort, velden, kenmerk=opdracht.kenmerk)
    except OntbrekendeVeldenError as error:
        bron = read_yaml(kast.locate_procedures(Path(procedure)))
        raise DefinitieError(_place(bron, veld) for veld in error.velden) from None
    bestanden = {"docx": gemaakt.docx, "pdf": gemaakt.pdf, "html": gemaakt.html.encode()}
    geschreven = write_nieuw({naar / f"{soort}.{vorm}": inhoud for vorm, inhoud in bestanden.items()})
    print_regels([str(pad) for pad in geschreven])


def _place(bron: Yamlbron, veld: OntbrekendVeld) -> Fout:
    """A missing field at the key of the procedure file that fills it, or at the block in which that belongs."""
    return bron.fout(find_sleutel(veld.pad) or (), describe_gemis(veld), sleutel=True)


@app.command("huisstijl", help="Maak een huisstijl.docx voor een regio, om in Word aan te passen.")
def huisstijl(
    regio: Annotated[str, typer.Argument(metavar="REGIO", help="De regio, zoals zij in de procedure heet.")],
    map_: Sjabloonmap = None,
) -> None:
    """In the colours and with the logo of `huisstijl.yaml`, where the region has that already."""
    bron = _open(map_)
    doel = bron.map / HUISSTIJLEN / find_huisstijlmap(regio)
    pad = doel / BESTAND_WORD
    write_nieuw({pad: make_beginstijl(read_huisstijl(bron.map, regio))})
    regels = [f"{pad} is klaar om in Word aan te passen."]
    if not (doel / "huisstijl.yaml").is_file():
        regels.append("Zet er een huisstijl.yaml naast; zonder dat bestand gebruikt geen document deze map.")
    print_regels(regels)
