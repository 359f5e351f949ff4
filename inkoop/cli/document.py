"""`inkoop document`: see, approve, give back, send and export documents.

Bron: ontwerp 6; FE-2, FE-3.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import asdict

from inkoop.cli import documentherziening
from inkoop.cli.documentlezen import list_beletselen
from inkoop.cli.opties import Als, Documentkenmerk, Json, Nu, Rolkeuze, Winkelmap
from inkoop.cli.schrijven import write_nieuw
from inkoop.cli.uitvoer import print_overzicht, print_regels
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.toegang import GeenToegangError, Handeling
from inkoop.services import documenten, rondes, vormen
from inkoop.storage.tabellen.document import DocumentRow

app = typer.Typer(help="Documenten bekijken, herzien, goedkeuren en meenemen.")

HASHES = frozenset({"pdf_sha256", "docx_sha256"})
"""What a program asks for and nobody reads in a table."""

Bijronde = Annotated[str | None, typer.Option("--ronde", metavar="RONDE", help="Alleen documenten van deze ronde.")]
Bijonderwerp = Annotated[
    str | None,
    typer.Option("--onderwerp", metavar="KENMERK", help="Alleen documenten over deze aanmelding of overeenkomst."),
]


@app.command("lijst", help="Toon documenten en waar zij staan.")
def lijst(
    als: Als,
    ronde: Bijronde = None,
    onderwerp: Bijonderwerp = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """By kenmerk, with who must still look at it."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.DOCUMENT_LEZEN) as sessie:
        rijen = [
            {k: w for k, w in asdict(vormen.describe_document(huis, rij)).items() if json or k not in HASHES}
            for rij in documenten.list_documenten(sessie, ronde=ronde, onderwerp=onderwerp)
            if not list_beletselen(sessie, rij, door)
        ]
    print_overzicht(rijen, json=json, leeg="Er zijn geen documenten.")


@app.command("goedkeuren", help="Keur een document goed, als ander dan de opsteller.")
def goedkeuren(
    document: Documentkenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """Who checks a type of document stands in its metadata."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        documenten.approve(huis, door, document)
    report(f"Document {document} is goedgekeurd.")


@app.command("teruggeven", help="Geef een document terug met wat er niet klopt.")
def teruggeven(
    document: Documentkenmerk,
    als: Als,
    opmerking: Annotated[str, typer.Option("--opmerking", metavar="TEKST", help="Wat er niet klopt.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """It goes back to who drafted it."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        documenten.send_back(huis, door, document, opmerking)
    report(f"Document {document} is teruggegeven.")


@app.command(
    "verzenden", help="Verzend een document dat op zichzelf staat; een brief bij een besluit gaat daarmee mee."
)
def verzenden(
    document: Documentkenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """Approved where its type asks for that, and on the day that it bears."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        documenten.send(huis, door, document)
    report(f"Document {document} is verzonden.")


documentherziening.register(app)


@app.command("exporteer", help="Schrijf documenten als .docx en .pdf in een map.")
def exporteer(
    als: Als,
    naar: Annotated[Path, typer.Option("--naar", metavar="MAP", help="De map; bestaande bestanden blijven staan.")],
    document: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT", help="Kenmerken; zonder kenmerk alles van de ronde.", show_default=False),
    ] = None,
    ronde: Bijronde = None,
    onderwerp: Bijonderwerp = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Never writes over a file that says something else."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.DOCUMENT_LEZEN) as sessie:
        rijen = [documenten.find_document(sessie, kenmerk) for kenmerk in document or ()]
        if beletselen := [beletsel for rij in rijen for beletsel in list_beletselen(sessie, rij, door)]:
            raise GeenToegangError("Deze documenten zijn nog niet te lezen.", beletselen)
        if not document:
            alle = documenten.list_documenten(sessie, ronde=ronde, onderwerp=onderwerp)
            rijen = [rij for rij in alle if not list_beletselen(sessie, rij, door)]
        bestanden = {
            naar / f"{rij.kenmerk}-{rij.soort}.{soort}": huis.winkel.documenten.read(sha256)
            for rij in rijen
            for soort, sha256 in _list_hashes(rij)
        }
    geschreven = write_nieuw(bestanden)
    print_regels([str(pad) for pad in geschreven])
    report(f"{len(geschreven)} bestanden geschreven in {naar}.")


def _list_hashes(rij: DocumentRow) -> list[tuple[str, str]]:
    """The files of a document that was made; none before that."""
    hashes = (("docx", rij.docx_sha256), ("pdf", rij.pdf_sha256))
    return [(soort, sha256) for soort, sha256 in hashes if sha256 is not None]
