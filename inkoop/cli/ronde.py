"""`inkoop ronde`: see where a round stands, open it with two people, declare interests.

Bron: domein D (openen na sluiting), FE-7, FE-8.
"""

from __future__ import annotations

from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import asdict

from inkoop.cli.opties import Als, Json, Nu, Op, Rolkeuze, Ronde, Winkelmap, read_datum, read_tijdstip
from inkoop.cli.taakverslag import describe_taken, print_taken
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.kalender import TIJDZONE, format_dag
from inkoop.domain.toegang import Handeling
from inkoop.services import (
    opening,
    procedures,
    rondeplichten,
    rondes,
    statistiek,
    storingen,
    taken,
    verzegeling,
    vormen,
)
from inkoop.storage.sleutelkast import SleutelError, Sleutelherkomst

app = typer.Typer(help="Rondes volgen en openen.")


class Belang(StrEnum):
    """What a beoordelaar declares about the applicants of a round (FE-7)."""

    GEEN = "geen"
    WEL = "wel"


@app.command("lijst", help="Toon de rondes van een procedure.")
def lijst(
    procedure: Annotated[str, typer.Argument(metavar="PROCEDURE", help="De naam van de procedure.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """The rounds that publication made, in order of closing."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.RONDE_LEZEN) as sessie:
        rijen = rondes.list_rondes(sessie, procedure)
    print_overzicht(
        [asdict(vormen.describe_ronde(rij)) for rij in rijen],
        json=json,
        leeg="Deze procedure is nog niet gepubliceerd en heeft daarom nog geen rondes.",
    )


@app.command("toon", help="Toon waar een ronde staat en wat er op mensen wacht.")
def toon(
    ronde: Ronde,
    als: Als,
    op: Op = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """The fase, the dates, and every open task; `--op` shows the tasks as on the end of that day."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.RONDE_LEZEN) as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        datums = procedures.read_definitie(sessie, rij.procedure_id).find_ronde(ronde)
        open_taken = taken.list_rondetaken(huis, sessie, ronde, end_of(op) if op else door.nu)
        kenmerken = asdict(vormen.describe_rondestand(sessie, rij, datums, door.nu))
    if json:
        print_json({**kenmerken, "taken": describe_taken(open_taken)})
        return
    print_kenmerken((naam.replace("_", " "), waarde) for naam, waarde in kenmerken.items())
    print_taken(open_taken)


def end_of(dag: date) -> datetime:
    """The last second of a day in the Netherlands."""
    return datetime.combine(dag, time(23, 59, 59), tzinfo=TIJDZONE)


@app.command("verzoek", help="Vraag na sluiting om de opening van een ronde; een ander opent daarna.")
def verzoek(ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """The first of two people who open a round (FE-8)."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        rondes.request_opening(huis, door, ronde)
    report(f"Om de opening van ronde {ronde} is gevraagd. Een ander opent nu de ronde: inkoop ronde open {ronde}.")


@app.command("open", help="Open een ronde na sluiting, als tweede persoon.")
def open_(
    ronde: Ronde,
    als: Als,
    sleutel: Annotated[
        Path | None,
        typer.Option("--sleutel", metavar="BESTAND", help="De sleutel van de ronde; anders die in de sleutelmap."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """From now on the applications can be read and worked on."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        try:
            herkomst = opening.open_ronde(huis, door, ronde, sleutel)
        except SleutelError as fout:
            if sleutel is not None:
                raise
            raise SleutelError(f"{fout} Of geef de sleutel zelf: --sleutel BESTAND.") from fout
    vanwaar = {
        Sleutelherkomst.RESERVEKOPIE: " De sleutel ontbrak in de sleutelmap en is uit de reservekopie gehaald.",
        Sleutelherkomst.AANGEBODEN: f" De sleutel kwam uit {sleutel}.",
    }
    report(f"Ronde {ronde} is geopend.{vanwaar.get(herkomst, '') if herkomst else ''}")


@app.command("sleutels", help="Toon of de sleutel van elke ronde van een procedure er is, en de reservekopie.")
def sleutels(
    procedure: Annotated[str, typer.Argument(metavar="PROCEDURE", help="De naam van de procedure.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """The fingerprint of each key and whether both copies are good; a key itself is never shown."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.RONDE_LEZEN) as sessie:
        standen = verzegeling.list_sleutels(huis, sessie, procedure)
    print_overzicht(
        [
            {
                "ronde": stand.ronde,
                "vingerafdruk": stand.vingerafdruk,
                "sleutelmap": "aanwezig" if stand.sleutelmap else "ontbreekt",
                "reservekopie": "aanwezig" if stand.reservekopie else "ontbreekt",
                "verzegeld": stand.verzegeld,
            }
            for stand in standen
        ],
        json=json,
        leeg="Deze procedure heeft nog geen rondes met een sleutel.",
    )
    if not json:
        report(f"Sleutelmap: {huis.sleutels.map}. Reservekopie: {huis.sleutels.kopie}.")


@app.command("storing", help="Leg een storing van het ontvangende systeem vast, met het bewijs ervan.")
def storing(
    ronde: Ronde,
    als: Als,
    van: Annotated[datetime, typer.Option("--van", metavar="TIJDSTIP", parser=read_tijdstip, help="Begin.")],
    tot: Annotated[datetime, typer.Option("--tot", metavar="TIJDSTIP", parser=read_tijdstip, help="Einde.")],
    melding: Annotated[str, typer.Option("--melding", metavar="TEKST", help="Wat er is gemeld, en door wie.")],
    bewijs: Annotated[str, typer.Option("--bewijs", metavar="TEKST", help="Waar het uit blijkt.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Nobody is told that he was late until a second person decided about it."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = storingen.register_storing(huis, door, ronde, van=van, tot=tot, melding=melding, bewijs=bewijs)
    report(
        f"De storing is vastgelegd als {kenmerk}. Een jurist of gemandateerde beslist: inkoop ronde storingsbesluit."
    )


@app.command("storingsbesluit", help="Beslis over een storing, met gelijke behandeling van iedereen die te laat was.")
def storingsbesluit(
    kenmerk: Annotated[str, typer.Argument(metavar="STORING", help="Het kenmerk, bijvoorbeeld M-2020-2-S01.")],
    als: Als,
    erkend: Annotated[bool, typer.Option("--erkend/--niet-erkend", help="Of de storing is bewezen.")],
    bevinding: Annotated[
        str, typer.Option("--bevinding", metavar="TEKST", help="Wat het onderzoek opleverde; dit komt in de brief.")
    ],
    gelijk_tot: Annotated[
        datetime | None,
        typer.Option(
            "--gelijk-tot",
            metavar="TIJDSTIP",
            parser=read_tijdstip,
            help="Tot wanneer een late aanmelding toch meetelt, voor iedereen gelijk; alleen bij --erkend.",
        ),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Every late aanmelding up to the same instant counts, or none does."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        geraakt = storingen.decide_storing(
            huis, door, kenmerk, erkend=erkend, bevinding=bevinding, gelijk_tot=gelijk_tot
        )
    gevolg = f"Deze tellen nu mee: {', '.join(geraakt)}." if geraakt else "Geen enkele late aanmelding telt nu mee."
    report(f"Over {kenmerk} is beslist. {gevolg}")


@app.command("gestand", help="Leg vast dat aanbieders hun aanmelding langer gestand doen.")
def gestand(
    ronde: Ronde,
    als: Als,
    tot: Annotated[date, typer.Option("--tot", metavar="DATUM", parser=read_datum, help="De nieuwe laatste dag.")],
    grond: Annotated[str, typer.Option("--grond", metavar="TEKST", help="Waaruit blijkt dat aanbieders instemmen.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Before the present term ends; each time a later day."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        rondeplichten.extend_gestand(huis, door, ronde, tot, grond=grond)
    report(f"Aanmeldingen in ronde {ronde} worden gestand gedaan tot en met {format_dag(tot)}.")


@app.command("belangen", help="Verklaar of u een belang hebt in deze ronde. Eén keer per ronde.")
def belangen(
    ronde: Ronde,
    als: Als,
    belang: Annotated[Belang, typer.Option("--belang", metavar="geen|wel", help="Of u een belang hebt.")],
    toelichting: Annotated[str, typer.Option("--toelichting", metavar="TEKST", help="Waarom u dit verklaart.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """With an interest somebody else assesses (FE-7)."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        rondes.declare_belangen(huis, door, ronde, geen_belang=belang is Belang.GEEN, toelichting=toelichting)
    vervolg = "U kunt beoordelen." if belang is Belang.GEEN else "Een ander beoordeelt deze ronde."
    report(f"Uw verklaring voor ronde {ronde} is vastgelegd. {vervolg}")


@app.command("cijfers", help="Toon een ronde in cijfers: aanmeldingen, uitkomsten, herstel, doorlooptijd en werklast.")
def cijfers(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Counted from the records, as they are now."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        cijfer = statistiek.read_statistiek(huis, door, ronde)
    if json:
        print_json(cijfer)
        return
    print_kenmerken((naam.replace("_", " "), _describe(getattr(cijfer, naam))) for naam in cijfer.__struct_fields__)


def _describe(waarde: object) -> object:
    """A count per name on one line."""
    if not isinstance(waarde, dict):
        return waarde
    delen = [
        f"{naam}: {'; '.join(f'{wat} {aantal}' for wat, aantal in deel.items()) if isinstance(deel, dict) else deel}"
        for naam, deel in waarde.items()
    ]
    return ", ".join(delen) or "geen"
