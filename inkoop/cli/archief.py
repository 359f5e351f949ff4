"""`inkoop archief`: how long files are kept, lists for destruction and transfer, and carrying them out.

Bron: B.7, C.30; domein D (dossier sluiten/vernietigen); docs/handleiding/archief.md.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Nu, Op, Rolkeuze, Winkelmap
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels, write_bestand
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.archief import VANAF, Archiefdossier, Dossiersoort, Lijstsoort, Regelstand, find_regel, is_standaard
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.toegang import Handeling
from inkoop.exchange import archiefblad
from inkoop.services import archieflijsten, bewaring, dossiersluiting, overbrengen, procedures, rondes, vernietigen
from inkoop.services.vernietigd import list_vernietigd

app = typer.Typer(help="Bewaartermijnen, vernietigen en overbrengen naar het archief.")

Lijst = Annotated[str, typer.Argument(metavar="LIJST", help="Het kenmerk van de lijst, bijvoorbeeld V-0001.")]
Reden = Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom.")]
Naar = Annotated[
    Path | None,
    typer.Option("--naar", metavar="BESTAND", help="Schrijf de lijst als Excel (.xlsx) of als CSV (.csv)."),
]


@app.command("lijst", help="Toon de dossiers, met tot wanneer u ze bewaart en wat er daarna gebeurt.")
def lijst(
    als: Als,
    over: Annotated[
        str | None, typer.Option("--over", metavar="PROCEDURE|RONDE", help="Alleen van deze procedure of ronde.")
    ] = None,
    vrij: Annotated[
        bool, typer.Option("--vrij", help="Alleen wat op de dag van --op vernietigd of overgebracht mag worden.")
    ] = False,
    op: Op = None,
    naar: Naar = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Every file with its class and term; with `--vrij` what is due on a day."""
    _check_naar(naar)
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.ARCHIEF_LEZEN) as sessie:
        dag = op or local_date(door.nu)
        dossiers = bewaring.list_dossiers(sessie) if over is None else dossiersluiting.list_van(sessie, over)
        vernietigd = [] if vrij else list_vernietigd(sessie)
        vernietigd = [een for een in vernietigd if over is None or over in (een.procedure, een.ronde)]
    dossiers = [een for een in dossiers if not vrij or een.is_vrij(dag)]
    if naar is not None:
        render = archiefblad.render_xlsx if naar.suffix.lower() == ".xlsx" else archiefblad.render_csv
        write_bestand(naar, render(dossiers))
        return
    if json:
        print_json([{**msgspec.to_builtins(een), "bewaren_tot": een.tot, "vrij_op": een.vrij_op} for een in dossiers])
        return
    rijen = [_to_rij(een, dag) for een in dossiers]
    rijen += [
        {
            "dossier": een.dossier,
            "soort": een.soort,
            "bewaren_tot": "",
            "daarna": "",
            "stand": f"vernietigd op {format_dag(local_date(een.vernietigd_op))} ({een.lijst})",
        }
        for een in vernietigd
    ]
    print_overzicht(rijen, json=False, leeg="Er zijn geen dossiers.")


def _to_rij(een: Archiefdossier, op: date) -> dict[str, object]:
    stand = "vrij" if een.is_vrij(op) else "bewaren"
    if een.vanaf is None:
        stand = een.open
    if een.vast:
        stand = "; ".join(een.vast)
    if een.lijst:
        stand = f"overgebracht met {een.lijst}"
    return {
        "dossier": een.naam,
        "soort": een.soort,
        "bewaren_tot": een.tot or "",
        "daarna": een.regel.waardering,
        "stand": stand,
    }


@app.command("termijnen", help="Toon per soort dossier hoe lang u het bewaart, vanaf wanneer en wie dat vaststelde.")
def termijnen(
    procedure: Annotated[str, typer.Argument(metavar="PROCEDURE", help="De naam van de procedure.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """The rules that count for a procedure."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.ARCHIEF_LEZEN) as sessie:
        definitie = procedures.decode_definitie(procedures.find_procedure(sessie, procedure))
    regels = [find_regel(definitie.bewaarregels, soort) for soort in Dossiersoort]
    rijen = [
        {
            "soort": regel.soort,
            "jaren": regel.jaren,
            "vanaf": VANAF[regel.soort],
            "daarna": regel.waardering,
            "categorie": regel.categorie,
            "vastgesteld": "nee" if is_standaard(regel) else "ja",
            "bron": regel.bron,
        }
        for regel in regels
    ]
    print_overzicht(rijen, json=json, leeg="")


@app.command("sluit", help="Sluit een procedure, ronde of dossier af, met een index en wat er daarna gebeurt.")
def sluit(
    naam: Annotated[str, typer.Argument(metavar="DOSSIER", help="De procedure, de ronde of het dossier.")],
    als: Als,
    naar: Naar = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Refused while something of it runs."""
    _check_naar(naar)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = dossiersluiting.close_dossier(huis, door, naam)
        with huis.winkel.lezen() as sessie:
            dossiers = dossiersluiting.list_van(sessie, naam)
        op = local_date(door.nu)
    report(f"{naam} is gesloten. De index is {kenmerk}.")
    if naar is not None:
        render = archiefblad.render_xlsx if naar.suffix.lower() == ".xlsx" else archiefblad.render_csv
        write_bestand(naar, render(dossiers))
    print_overzicht([_to_rij(een, op) for een in dossiers], json=False, leeg="")


@app.command("voorstel", help="Stel een vernietigingslijst of een overbrengingslijst op; een ander keurt haar goed.")
def voorstel(
    soort: Annotated[
        Lijstsoort,
        typer.Argument(metavar="vernietiging|overbrenging", help="Wat u met de dossiers wilt.", show_choices=False),
    ],
    als: Als,
    toelichting: Annotated[str, typer.Option("--toelichting", metavar="TEKST", help="Waarom u de lijst opstelt.")],
    dossiers: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOSSIER", help="Alleen deze dossiers; anders alles wat mag.", show_default=False),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Drawn up by the archivaris."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = archieflijsten.propose_lijst(huis, door, soort, toelichting, dossiers or ())
        with huis.winkel.lezen() as sessie:
            aantal = len(archieflijsten.list_regels(sessie, archieflijsten.find_lijst(sessie, kenmerk)))
    report(f"Lijst {kenmerk} is opgesteld: {aantal} dossiers. Iemand anders keurt haar goed.")


@app.command("lijsten", help="Toon alle lijsten, of de dossiers op één lijst.")
def lijsten(
    als: Als,
    kenmerk: Annotated[str | None, typer.Argument(metavar="LIJST", help="De lijst.", show_default=False)] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Where each list stands."""
    rijen: list[dict[str, object]]
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.ARCHIEF_LEZEN) as sessie:
        if kenmerk is None:
            rijen = [
                {
                    "lijst": een.kenmerk,
                    "soort": een.soort,
                    "status": een.status,
                    "peildatum": een.peildatum,
                    "opgesteld_door": een.opgesteld_door,
                    "goedgekeurd_door": een.goedgekeurd_door or "",
                    "waarom": een.toelichting,
                }
                for een in archieflijsten.list_lijsten(sessie)
            ]
        else:
            rijen = [
                {
                    "dossier": een.dossier,
                    "soort": een.soort,
                    "bewaren_tot": een.bewaren_tot,
                    "stand": een.stand if een.stand is not Regelstand.UITGEZONDERD else f"uitgezonderd: {een.reden}",
                    "grond": een.grond,
                }
                for een in archieflijsten.list_regels(sessie, archieflijsten.find_lijst(sessie, kenmerk))
            ]
    print_overzicht(rijen, json=json, leeg="Er zijn geen lijsten.")


@app.command("goedkeuren", help="Keur een lijst goed die iemand anders heeft opgesteld.")
def goedkeuren(
    kenmerk: Lijst,
    als: Als,
    zonder: Annotated[
        list[str] | None,
        typer.Option("--zonder", metavar="DOSSIER=REDEN", help="Laat dit dossier eraf, met de reden."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The second pair of eyes."""
    eraf = {}
    for een in zonder or []:
        naam, teken, reden = een.partition("=")
        if not teken:
            raise OngeldigeWaardeError(f"'{een}' mist een reden. Schrijf --zonder DOSSIER=REDEN.")
        eraf[naam.strip()] = reden.strip()
    with treed_op(winkel, als, rol, nu) as (huis, door):
        archieflijsten.approve_lijst(huis, door, kenmerk, eraf)
    report(f"Lijst {kenmerk} is goedgekeurd.")


@app.command("intrekken", help="Trek een lijst in waarvan nog niets is uitgevoerd.")
def intrekken(
    kenmerk: Lijst, als: Als, reden: Reden, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """The files on it can stand on another list then."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        archieflijsten.withdraw_lijst(huis, door, kenmerk, reden)
    report(f"Lijst {kenmerk} is ingetrokken.")


@app.command("vernietig", help="Voer een goedgekeurde vernietigingslijst uit. Dit is niet terug te draaien.")
def vernietig(
    kenmerk: Lijst,
    als: Als,
    voer_uit: Annotated[bool, typer.Option("--voer-uit", help="Vernietig echt; anders toont dit wat er gaat.")] = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A run that was broken off goes on where it was."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        if not voer_uit:
            with rondes.lees(huis, door, Handeling.ARCHIEF_LEZEN) as sessie:
                regels = archieflijsten.list_regels(sessie, archieflijsten.find_lijst(sessie, kenmerk))
            open_ = [een.dossier for een in regels if een.stand is Regelstand.OPEN]
            print_regels([f"zou worden vernietigd: {naam}" for naam in open_])
            report(f"{len(open_)} dossiers. Er is niets vernietigd; geef --voer-uit om het te doen.")
            return
        uitvoering = vernietigen.destroy_lijst(huis, door, kenmerk)
    print_regels([f"vernietigd: {naam}" for naam in uitvoering.vernietigd])
    print_regels([f"blijft staan: {een.tekst}" for een in uitvoering.staat_nog])
    if uitvoering.verklaring:
        report(f"Lijst {kenmerk} is uitgevoerd. De verklaring van vernietiging is {uitvoering.verklaring}.")
    elif uitvoering.staat_nog:
        report(f"Lijst {kenmerk} is nog niet klaar. Geef de opdracht opnieuw als de redenen weg zijn.")


@app.command("overbrengen", help="Schrijf een goedgekeurde overbrengingslijst als zip met MDTO-gegevens.")
def overbrengen_(
    kenmerk: Lijst,
    als: Als,
    naar: Annotated[Path, typer.Option("--naar", metavar="BESTAND", help="Het zipbestand dat u schrijft.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Registered with the hash of the zip."""
    if naar.suffix.lower() != ".zip":
        raise OngeldigeWaardeError(f"{naar} is geen zipbestand. Geef een naam die eindigt op .zip.")
    with treed_op(winkel, als, rol, nu) as (huis, door):
        som = overbrengen.export_lijst(huis, door, kenmerk, lambda zip_: write_bestand(naar, zip_))
    report(f"Lijst {kenmerk} is overgebracht. Controlegetal (sha256) van de zip: {som}.")


@app.command("vasthouden", help="Houd een dossier, ronde of procedure vast: het wordt dan niet vernietigd.")
def vasthouden(
    naam: Annotated[str, typer.Argument(metavar="DOSSIER", help="Het dossier, de ronde of de procedure.")],
    als: Als,
    reden: Reden,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A dispute in this system holds its files by itself."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        archieflijsten.hold_dossier(huis, door, naam, reden)
    report(f"{naam} wordt vastgehouden.")


@app.command("vrijgeven", help="Geef vrij wat iemand vasthield.")
def vrijgeven(
    naam: Annotated[str, typer.Argument(metavar="DOSSIER", help="Het dossier, de ronde of de procedure.")],
    als: Als,
    reden: Reden,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Its term counts again."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        archieflijsten.release_dossier(huis, door, naam, reden)
    report(f"{naam} is vrijgegeven.")


def _check_naar(naar: Path | None) -> None:
    if naar is not None and naar.suffix.lower() not in (".xlsx", ".csv"):
        raise OngeldigeWaardeError(f"{naar} is geen blad. Geef een naam die eindigt op .xlsx of .csv.")
