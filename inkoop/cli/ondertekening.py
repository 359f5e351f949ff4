"""`inkoop ondertekening`: who signed which text, signed copies that come back, who may sign, copies for archives.

Bron: B.3.4, C.17; FE-4, FE-5; H19-10.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import asdict

from inkoop.cli import ondertekenen
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum, read_tijdstip
from inkoop.cli.overeenkomst import Nummer
from inkoop.cli.schrijven import read_bestand
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.toegang import Handeling
from inkoop.domain.verzending import Verzendwijze
from inkoop.exchange.padescontrole import MAX_GROOTTE
from inkoop.services import afschriften, rondes, tekenbevoegdheden
from inkoop.storage.bestandsbron import Bestandsbron

app = typer.Typer(help="Ondertekenen: handtekeningen, getekende stukken, bevoegdheid en afschriften.")

Bewijs = Annotated[
    Path | None, typer.Option("--bewijs", metavar="BESTAND", help="Het bewijs als bestand (PDF, Word of een plaatje).")
]


@app.callback()
def ondertekening() -> None:
    """The group itself has no options."""


for _naam, _uitleg, _opdracht in (
    ("registreren", "Leg vast dat iemand een overeenkomst of addendum heeft getekend.", ondertekenen.registreren),
    (
        "nagaan",
        "Bekijk een getekende PDF: wie, wanneer, dezelfde tekst? Legt niets vast.",
        ondertekenen.nagaan,
    ),
    ("stukken", "Toon de getekende stukken die terugkwamen, en wat nog te controleren is.", ondertekenen.stukken),
    ("controleren", "Aanvaard of weiger een getekend stuk dat een ander vastlegde.", ondertekenen.controleren),
    ("bestand", "Schrijf een getekend stuk weg, met ernaast de tekst die het zegt te zijn.", ondertekenen.bestand),
    ("proef", "Zet een proefondertekening zonder rechtsgevolg, om te oefenen.", ondertekenen.proef),
):
    app.command(_naam, help=_uitleg)(_opdracht)


@app.command("bevoegd", help="Leg vast wie voor een aanbieder mag tekenen, met het bewijs.")
def bevoegd(
    nummer: Nummer,
    *,
    als: Als,
    lid: Annotated[str, typer.Option("--lid", metavar="NAAM", help="Voor welke rechtspersoon.")],
    naam: Annotated[str, typer.Option("--naam", metavar="NAAM", help="Wie mag tekenen.")],
    functie: Annotated[str, typer.Option("--functie", metavar="FUNCTIE", help="In welke functie.")],
    wijze: Annotated[
        Tekenwijze, typer.Option("--wijze", metavar="WIJZE", help="alleen, of gezamenlijk met een ander.")
    ],
    grond: Annotated[
        str, typer.Option("--grond", metavar="TEKST", help="Waaruit dat blijkt, bijvoorbeeld een uittreksel met datum.")
    ],
    bewijs: Annotated[Path, typer.Option("--bewijs", metavar="BESTAND", help="Het uittreksel of de volmacht.")],
    geldig_van: Annotated[
        date | None, typer.Option("--geldig-van", metavar="DATUM", parser=read_datum, help="Vanaf deze dag.")
    ] = None,
    geldig_tot: Annotated[
        date | None, typer.Option("--geldig-tot", metavar="DATUM", parser=read_datum, help="Tot en met deze dag.")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """What is established about a person goes before what the aanbieder said of itself."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        tekenbevoegdheden.establish_bevoegdheid(
            huis,
            door,
            nummer,
            lid=lid,
            naam=naam,
            functie=functie,
            wijze=wijze,
            grond=grond,
            bewijs=Bestandsbron.from_bytes(bewijs.name, read_bestand(bewijs, MAX_GROOTTE)),
            geldig_van=geldig_van,
            geldig_tot=geldig_tot,
        )
    report(f"De tekenbevoegdheid van {naam} voor {lid} is vastgelegd ({wijze}).")


@app.command("afschrift", help="Leg vast dat het getekende stuk naar een gemeente is gestuurd, met het bewijs.")
def afschrift(
    nummer: Nummer,
    als: Als,
    gemeenten: Annotated[
        str, typer.Option("--gemeenten", metavar="NAMEN", help="Namen met komma's ertussen, of 'de gemeenten'.")
    ],
    wijze: Annotated[
        Verzendwijze,
        typer.Option("--wijze", metavar="WIJZE", help="platform, aangetekend, e-mail of uitreiking."),
    ],
    verzonden_op: Annotated[
        datetime,
        typer.Option("--verzonden-op", metavar="TIJDSTIP", parser=read_tijdstip, help="Wanneer het is verstuurd."),
    ],
    referentie: Annotated[
        str, typer.Option("--referentie", metavar="NUMMER", help="Hoe het platform of de bezorger het noemt.")
    ] = "",
    bewijs: Bewijs = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A gemeente keeps the signed copy in its own archive (H19-10)."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aantal = afschriften.prove_afschrift(
            huis,
            door,
            nummer,
            gemeenten=gemeenten,
            wijze=wijze,
            verzonden_op=verzonden_op,
            referentie=referentie,
            bewijs=None if bewijs is None else Bestandsbron.from_bytes(bewijs.name, read_bestand(bewijs, MAX_GROOTTE)),
        )
    report(f"Vastgelegd: het getekende stuk {nummer} is naar {aantal} gemeente{'' if aantal == 1 else 'n'} gestuurd.")


@app.command("afschriften", help="Toon per gemeente of het afschrift is verstuurd.")
def lijst_afschriften(
    nummer: Nummer, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Each gemeente that is a party, also those without proof yet."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        rijen = [asdict(stand) for stand in afschriften.list_standen(huis, sessie, nummer)]
    print_overzicht(rijen, json=json, leeg="Er zijn geen gemeenten.")
