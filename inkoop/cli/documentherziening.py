"""`inkoop document`: putting to review, redlines, files that come back, new versions, tracing.

Bron: ontwerp 6; FE-2.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.documentlezen import read_document
from inkoop.cli.opties import Als, Documentkenmerk, Json, Nu, Rolkeuze, Winkelmap
from inkoop.cli.schrijven import read_bestand, write_nieuw
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht, print_regels
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.documents.docx.openen import MAX_BESTAND
from inkoop.documents.docx.redline import follow_wijzigingen
from inkoop.documents.verschil import Soort
from inkoop.domain.verloop import Wijzigingsoordeel
from inkoop.services import documenten, herzien, vergelijken
from inkoop.services.documentboom import require_gemaakt

Naar = Annotated[Path, typer.Option("--naar", metavar="MAP", help="De map; bestaande bestanden blijven staan.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `inkoop document`."""
    for naam, uitleg, opdracht in (
        ("voorleggen", "Leg een concept voor aan wie het controleert.", voorleggen),
        ("leesversie", "Schrijf het Word-bestand waarin Word elke wijziging bijhoudt.", leesversie),
        ("opmerking", "Maak een opmerking bij een clausule.", opmerking),
        ("opmerkingen", "Toon de opmerkingen bij een document.", opmerkingen),
        ("redline", "Vergelijk met de vorige versie, een ander document of het kale sjabloon.", redline),
        ("terugkomst", "Lees een Word-bestand in dat terugkomt met wijzigingen en opmerkingen.", terugkomst),
        ("wijzigingen", "Toon de wijzigingen uit het teruggekomen bestand.", wijzigingen),
        ("wijziging", "Neem een wijziging over of weiger haar, met een reden.", wijziging),
        ("verwerk", "Maak een nieuwe versie met de overgenomen wijzigingen.", verwerk),
        ("vaststellen", "Maak een goedgekeurd document definitief.", vaststellen),
        ("herleid", "Maak een document opnieuw uit zijn gegevens en vergelijk het met wat is bewaard.", herleid),
    ):
        app.command(naam, help=uitleg)(opdracht)


def voorleggen(
    document: Documentkenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """From concept to in_review."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        herzien.submit(huis, door, document)
    report(f"Document {document} is voorgelegd.")


def vaststellen(
    document: Documentkenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """From akkoord to definitief."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        herzien.finalize(huis, door, document)
    report(f"Document {document} is definitief.")


def leesversie(
    document: Documentkenmerk, als: Als, naar: Naar, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """The same text; Word tracks from the first letter on."""
    with treed_op(winkel, als, rol, nu) as (huis, door), read_document(huis, door, document) as (_sessie, rij):
        docx, _ = require_gemaakt(rij)
        inhoud = follow_wijzigingen(huis.winkel.documenten.read(docx))
    print_regels(str(pad) for pad in write_nieuw({naar / f"{document}-leesversie.docx": inhoud}))


def opmerking(
    document: Documentkenmerk,
    als: Als,
    tekst: Annotated[str, typer.Option("--tekst", metavar="TEKST", help="De opmerking.")],
    clausule: Annotated[
        str, typer.Option("--clausule", metavar="PLEK", help="Waarbij, zoals 'artikel 5.2'; anders het hele document.")
    ] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Kept with the document and its clause."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        herzien.remark(huis, door, document, clausule, tekst)
    report(f"De opmerking bij document {document} is bewaard.")


def opmerkingen(
    document: Documentkenmerk,
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Those of the store and those that came back in Word."""
    with treed_op(winkel, als, rol, nu) as (huis, door), read_document(huis, door, document) as (sessie, _rij):
        rijen = [
            {"nummer": rij.volg, "clausule": rij.clausule, "auteur": rij.auteur, "opmerking": rij.tekst, "op": rij.op}
            for rij in herzien.list_opmerkingen(sessie, document)
        ]
    print_overzicht(rijen, json=json, leeg="Er zijn geen opmerkingen.")


def redline(
    document: Documentkenmerk,
    als: Als,
    naar: Naar,
    tegen: Annotated[
        str,
        typer.Option("--tegen", metavar="WAT", help="'vorige', 'sjabloon' of het kenmerk van een ander document."),
    ] = "vorige",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """As a page for the browser and as Word with tracked changes."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        for gelezen in (document, tegen) if tegen not in {"vorige", "sjabloon"} else (document,):
            with read_document(huis, door, gelezen):
                pass
        if tegen == "vorige":
            uit = vergelijken.compare_vorige(huis, door, document)
        elif tegen == "sjabloon":
            uit = vergelijken.compare_sjabloon(huis, door, document)
        else:
            uit = vergelijken.compare_met(huis, door, document, tegen)
    stam = f"{document}-tegen-{uit.tegen}"
    paden = write_nieuw({naar / f"{stam}.html": uit.html.encode(), naar / f"{stam}.docx": uit.docx})
    print_regels(str(pad) for pad in paden)
    anders = [verschil for verschil in uit.verschillen if verschil.soort is not Soort.GELIJK]
    print_regels(f"{verschil.aanduiding}: {verschil.soort}" for verschil in anders)
    report(f"{len(anders)} van {len(uit.verschillen)} clausules zijn anders dan in {uit.tegen}.")


def terugkomst(
    document: Documentkenmerk,
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het Word-bestand (.docx) dat terugkwam.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Every change becomes a point to decide on, tracked or not."""
    inhoud = read_bestand(bestand, MAX_BESTAND)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aantal, opmerkingen_ = herzien.receive(huis, door, document, inhoud, bestand.name)
    report(f"Ingelezen: {aantal} wijzigingen en {opmerkingen_} opmerkingen bij document {document}.")


def wijzigingen(
    document: Documentkenmerk,
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """With what was decided on each; what Word did not track says so."""
    with treed_op(winkel, als, rol, nu) as (huis, door), read_document(huis, door, document) as (sessie, _rij):
        rijen = [
            {
                "nummer": rij.volg,
                "clausule": rij.clausule,
                "soort": rij.soort,
                "was": rij.oud,
                "wordt": rij.nieuw,
                "door": rij.auteurs,
                "bijgehouden": rij.bijgehouden,
                "oordeel": rij.oordeel,
                "reden": rij.reden,
            }
            for rij in herzien.list_wijzigingen(sessie, document)
        ]
    print_overzicht(rijen, json=json, leeg="Er zijn geen wijzigingen ingelezen.")


def wijziging(
    document: Documentkenmerk,
    nummer: Annotated[int, typer.Argument(metavar="NUMMER", help="Het nummer van de wijziging.")],
    oordeel: Annotated[Wijzigingsoordeel, typer.Argument(metavar="OORDEEL", help="overgenomen of geweigerd.")],
    als: Als,
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Until the new version is asked for, one may think again."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        herzien.judge(huis, door, document, nummer, oordeel, reden)
    report(f"Wijziging {nummer} van document {document} is {oordeel}.")


def verwerk(document: Documentkenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """The new version is made at once; the old one lapses."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        nieuw = herzien.process(huis, door, document)
        documenten.render(huis, door, nieuw)
    report(f"Document {nieuw} vervangt {document}.")


def herleid(
    document: Documentkenmerk,
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Exit 0 when both files are the same, 1 when not."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        with read_document(huis, door, document):
            pass
        uit = vergelijken.trace(huis, document)
    if json:
        print_json(uit)
    else:
        print_kenmerken((veld.replace("_", " "), getattr(uit, veld)) for veld in uit.__struct_fields__)
    if not uit.gelijk:
        raise typer.Exit(1)
