"""`inkoop geschil`: complaints and kort geding of a round.

Bron: B.2.3, B.2.4, B.2.10.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from inkoop import bootstrap
from inkoop.cli.opties import Als, Json, Nu, Ontvangen, Rolkeuze, Ronde, Winkelmap, read_datum
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.geschil import Geschilsoort, Geschiluitkomst
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.services import geschillen, rondes
from inkoop.storage.tabellen.aanmelding import AanmeldingRow

app = typer.Typer(help="Klachten en kort gedingen vastleggen en afhandelen.")

Geschilkenmerk = Annotated[str, typer.Argument(metavar="KENMERK", help="Het kenmerk, bijvoorbeeld M-2020-2-G01.")]


@app.command("registreer", help="Leg een klacht of dagvaarding vast.")
def registreer(
    ronde: Ronde,
    als: Als,
    soort: Annotated[Geschilsoort, typer.Option("--soort", metavar="SOORT", help="klacht of kort_geding.")],
    van: Annotated[str, typer.Option("--van", metavar="NAAM", help="Wie klaagt of dagvaardt.")],
    omschrijving: Annotated[str, typer.Option("--omschrijving", metavar="TEKST", help="Waar het over gaat.")],
    aanmelding: Annotated[
        str | None, typer.Option("--aanmelding", metavar="KENMERK", help="De aanmelding waar het over gaat.")
    ] = None,
    perceel: Annotated[
        list[str] | None,
        typer.Option("--perceel", metavar="PERCEEL", help="Alleen dit perceel; mag vaker. Zonder: de hele ronde."),
    ] = None,
    ontvangen_op: Ontvangen = None,
    *,
    zitting_op: Annotated[
        date | None, typer.Option("--zitting-op", metavar="DATUM", parser=read_datum, help="De dag van de zitting.")
    ] = None,
    zaaknummer: Annotated[str, typer.Option("--zaaknummer", metavar="TEKST", help="Het nummer bij de rechtbank.")] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """With selection a kort geding pauses its perceel; in an admission it pauses nothing."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = geschillen.register_geschil(
            huis,
            door,
            ronde=ronde,
            soort=soort,
            van=van,
            omschrijving=omschrijving,
            ontvangen_op=ontvangen_op or bootstrap.read_nu(huis, nu),
            aanmelding=aanmelding,
            percelen=perceel or (),
            zitting_op=zitting_op,
            zaaknummer=zaaknummer,
        )
        with huis.winkel.lezen() as sessie:
            rij = geschillen.find_geschil(sessie, kenmerk)
            houdt_op = geschillen.is_ophoudend(sessie, rij)
            tijdig, uiterlijk = rij.tijdig, rij.uiterlijk
    zinnen = [f"Vastgelegd als {kenmerk}."]
    if not tijdig:
        zinnen.append("De dagvaarding kwam na de termijn; de rechter oordeelt over het gevolg.")
    if uiterlijk is not None:
        zinnen.append(f"Beslis op de klacht uiterlijk op {uiterlijk:%d-%m-%Y}.")
    if soort is Geschilsoort.KORT_GEDING:
        zinnen.append("Dit houdt het perceel op." if houdt_op else "Dit houdt geen enkele overeenkomst op.")
    report(" ".join(zinnen))


@app.command("lijst", help="Toon de klachten en kort gedingen van een ronde.")
def lijst(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Each with its last day and what it holds up."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.BESLUIT_LEZEN) as sessie:
        rijen = [
            {
                "kenmerk": rij.kenmerk,
                "soort": rij.soort,
                "van": rij.van,
                "aanmelding": rij.aanmelding_id and sessie.get_one(AanmeldingRow, rij.aanmelding_id).kenmerk,
                "percelen": rij.percelen,
                "ontvangen_op": rij.ontvangen_op,
                "tijdig": rij.tijdig,
                "uiterlijk": rij.uiterlijk,
                "zitting_op": rij.zitting_op,
                "uitkomst": rij.uitkomst,
                "houdt_op": geschillen.is_ophoudend(sessie, rij),
            }
            for rij in geschillen.list_geschillen(sessie, rondes.find_ronde(sessie, ronde))
        ]
    print_overzicht(rijen, json=json, leeg=f"In ronde {ronde} zijn geen klachten of kort gedingen.")


@app.command("afhandelen", help="Leg vast hoe een klacht of kort geding is afgelopen.")
def afhandelen(
    kenmerk: Geschilkenmerk,
    als: Als,
    uitkomst: Annotated[
        Geschiluitkomst,
        typer.Option(
            "--uitkomst", metavar="UITKOMST", help="gegrond, ongegrond, toegewezen, afgewezen of ingetrokken."
        ),
    ],
    toelichting: Annotated[str, typer.Option("--toelichting", metavar="TEKST", help="Waar de uitkomst op rust.")],
    op: Annotated[
        date | None,
        typer.Option("--op", metavar="DATUM", parser=read_datum, help="De dag van de uitkomst; anders vandaag."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Once, by a jurist."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        dag = op or local_date(door.nu)
        geschillen.settle_geschil(huis, door, kenmerk, uitkomst, op=dag, toelichting=toelichting)
    report(f"{kenmerk} is afgehandeld: {uitkomst}.")


@app.command("hervatten", help="Laat een perceel doorgaan nadat aan een vonnis is voldaan.")
def hervatten(
    kenmerk: Geschilkenmerk,
    als: Als,
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Hoe aan het vonnis is voldaan.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """After a judgment for the summoner the perceel stays paused until this is said."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        geschillen.resume_na_vonnis(huis, door, kenmerk, reden)
    report(f"Na {kenmerk} gaat de procedure verder.")
