"""The commands of `inkoop ondertekening` about signatures and the signed copies that come back.

Bron: issue contract years (PAdES, paper, exercise signatures); FE-9.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.overeenkomst import Nummer
from inkoop.cli.schrijven import read_bestand, write_nieuw
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.toegang import Handeling
from inkoop.exchange.padescontrole import MAX_GROOTTE
from inkoop.services import getekendestukken, overeenkomsten, proeftekenen, rondes, stukbeoordeling
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.tabellen.overeenkomst import Partijsoort

Stukkenmerk = Annotated[str, typer.Argument(metavar="KENMERK", help="Het kenmerk van het getekende stuk.")]
Getekendbestand = Annotated[
    Path,
    typer.Option(
        "--bestand", metavar="BESTAND", help="De aangeboden tekst, de getekende PDF, of met --papier de scan."
    ),
]


def registreren(
    nummer: Nummer,
    *,
    als: Als,
    partij: Annotated[
        Partijsoort, typer.Option("--partij", metavar="PARTIJ", help="Voor wie is getekend: gemeenten of aanbieder.")
    ],
    naam: Annotated[str, typer.Option("--naam", metavar="NAAM", help="Wie heeft getekend.")],
    functie: Annotated[str, typer.Option("--functie", metavar="FUNCTIE", help="In welke functie.")],
    namens: Annotated[str, typer.Option("--namens", metavar="NAMEN", help="Namens welke gemeenten of aanbieder.")],
    bestand: Getekendbestand,
    getekend_op: Annotated[
        date | None,
        typer.Option(
            "--getekend-op",
            metavar="DATUM",
            parser=read_datum,
            help="De dag van ondertekening; een getekende PDF zegt die zelf.",
        ),
    ] = None,
    veld: Annotated[
        str | None, typer.Option("--veld", metavar="NAAM", help="Welke handtekening, als er meer in de PDF zitten.")
    ] = None,
    papier: Annotated[bool, typer.Option("--papier", help="Het bestand is een scan van getekend papier.")] = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A signature is bound to the text that was offered: another text is refused, with the difference shown."""
    inhoud = read_bestand(bestand, MAX_GROOTTE)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        gedaan = getekendestukken.register(
            huis,
            door,
            nummer,
            partij=partij,
            naam=naam,
            functie=functie,
            namens=namens,
            bestand=Bestandsbron.from_bytes(bestand.name, inhoud),
            getekend_op=getekend_op,
            veld=veld,
            papier=papier,
        )
    if gedaan.twijfel:
        report(f"Getekend stuk {gedaan.kenmerk} is bewaard. Het telt pas als een ander het heeft gecontroleerd:")
        print_regels(f"  - {een}" for een in gedaan.twijfel)
        report(f"Die ander geeft: inkoop ondertekening controleren {gedaan.kenmerk} --aanvaard")
        return
    vervolg = "Iedereen heeft nu getekend." if gedaan.compleet else "Nog niet iedereen heeft getekend."
    stuk = f" (getekend stuk {gedaan.kenmerk})" if gedaan.kenmerk else ""
    report(f"De handtekening van {naam} op {nummer} is vastgelegd{stuk}. {vervolg}")


def nagaan(
    nummer: Nummer,
    als: Als,
    bestand: Getekendbestand,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """The same questions as at recording; exit code 1 when the file would be refused."""
    inhoud = read_bestand(bestand, MAX_GROOTTE)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        bekeken = stukbeoordeling.inspect(huis, door, nummer, inhoud)
    if json:
        print_json(bekeken)
    else:
        rijen = [
            {
                "veld": een.veld,
                "certificaat van": een.houder,
                "uitgever": een.uitgever,
                "getekend": een.moment,
                "volgens": "een tijdstempeldienst" if een.tijdstempel else "de computer van de ondertekenaar",
                "uitgever vertrouwd": {True: "ja", False: "nee", None: "niet gevraagd"}[een.vertrouwd],
                "niveau": een.niveau,
            }
            for een in bekeken.zegels
        ]
        print_overzicht(rijen, json=False, leeg="Er is geen handtekening die is te controleren.")
        print_regels(f"Kijk zelf: {een}" for een in bekeken.twijfel)
    if bekeken.beletselen:
        raise BeletselenError(f"{bestand.name} wordt geweigerd als getekend stuk van {nummer}.", bekeken.beletselen)


def stukken(
    nummer: Nummer, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """With what a second person is asked to look at."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        document = overeenkomsten.find_contractdocument(sessie, nummer)
        rijen = [
            {
                "kenmerk": een.kenmerk,
                "soort": een.soort,
                "partij": een.partij,
                "naam": een.naam,
                "getekend_op": een.getekend_op,
                "stand": een.stand,
                "te bekijken": " ".join(getekendestukken.decode_twijfel(een)),
                "reden": een.reden,
            }
            for een in getekendestukken.list_stukken(sessie, document)
        ]
    print_overzicht(rijen, json=json, leeg=f"Van {nummer} zijn geen getekende stukken.")


def controleren(
    kenmerk: Stukkenmerk,
    als: Als,
    aanvaard: Annotated[
        bool, typer.Option("--aanvaard/--weiger", help="Is dit het getekende exemplaar van de aangeboden tekst?")
    ],
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom; verplicht bij weigeren.")] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """By somebody else than who recorded it."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        compleet = getekendestukken.check_stuk(huis, door, kenmerk, aanvaard=aanvaard, reden=reden)
    if not aanvaard:
        report(f"Getekend stuk {kenmerk} is afgewezen. Het telt niet.")
        return
    vervolg = "Iedereen heeft nu getekend." if compleet else "Nog niet iedereen heeft getekend."
    report(f"Getekend stuk {kenmerk} is aanvaard. {vervolg}")


def bestand(
    kenmerk: Stukkenmerk,
    als: Als,
    naar: Annotated[Path, typer.Option("--naar", metavar="MAP", help="De map; bestaande bestanden blijven staan.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The copy and the offered text beside each other, to compare."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        stuk = getekendestukken.find_stuk(sessie, kenmerk)
        document = overeenkomsten.find_contractdocument(sessie, stuk.nummer)
        paren = {
            naar / f"{kenmerk}{Path(stuk.bestandsnaam).suffix.lower()}": getekendestukken.read_bestand(huis, stuk),
            naar / f"{document.kenmerk}-aangeboden.pdf": huis.winkel.documenten.read(document.pdf_sha256 or ""),
        }
    print_regels(str(pad) for pad in write_nieuw(paren))


def proef(
    nummer: Nummer,
    als: Als,
    naam: Annotated[str, typer.Option("--naam", metavar="NAAM", help="Wie er zogenaamd tekent.")],
    naar: Annotated[Path, typer.Option("--naar", metavar="BESTAND", help="Waar de getekende PDF komt.")],
    op: Annotated[
        Path | None,
        typer.Option("--op-bestand", metavar="BESTAND", help="Zet haar op deze PDF, die al een handtekening heeft."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """On the offered text, or on a copy that carries a signature already."""
    basis = None if op is None else read_bestand(op, MAX_GROOTTE)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        getekend = proeftekenen.sign(huis, door, nummer, naam, basis)
    report(f"Proefondertekening zonder rechtsgevolg: {write_nieuw({naar: getekend})[0]}")
