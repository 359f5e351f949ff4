"""`inkoop wijziging`: one change for all running agreements, from proposal to signed, refused or lapsed addenda.

Bron: C.21; H19-55; docs/handleiding/contract.md.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.schrijven import write_nieuw
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels, write_bestand
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.contractwijziging import load_contractwijziging
from inkoop.documents.verschil import Soort
from inkoop.domain.kalender import format_dag
from inkoop.domain.toegang import Handeling
from inkoop.exchange.xlsxblad import write_xlsx
from inkoop.services import (
    bulkwerk,
    contractredline,
    contractwijzigingen,
    rondes,
    weigeringen,
    wijzigingstand,
)
from inkoop.services.huis import Huis, Optreden
from inkoop.services.wijzigingstand import Wijzigingsverslag
from inkoop.storage.tabellen.overeenkomst import Partijsoort

app = typer.Typer(help="Een wijziging voor alle lopende overeenkomsten: addenda, voortgang en weigeringen.")

Kenmerk = Annotated[str, typer.Argument(metavar="WIJZIGING", help="Het kenmerk, zoals HVB-2019-W01.")]
Procedure = Annotated[str, typer.Argument(metavar="PROCEDURE", help="De naam van de procedure.")]
Wat = Annotated[
    str,
    typer.Argument(metavar="WIJZIGING|PROCEDURE", help="Het kenmerk van een wijziging, of een procedure met --jaar."),
]
Jaar = Annotated[
    int | None, typer.Option("--jaar", metavar="JAAR", help="Met een procedure: de cyclus die in dit jaar ingaat.")
]
Addendum = Annotated[str, typer.Argument(metavar="NUMMER", help="Het nummer van het addendum.")]


@app.command("voorstellen", help="Leg een wijziging voor alle lopende overeenkomsten vast, uit een bestand.")
def voorstellen(
    procedure: Procedure,
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het YAML-bestand met de wijziging.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """A jurist who did not propose it adopts it."""
    wijziging = load_contractwijziging(bestand)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = contractwijzigingen.propose_wijziging(huis, door, procedure, wijziging)
    report(f"Vastgelegd als {kenmerk}. Een jurist stelt vast met: inkoop wijziging vaststellen {kenmerk}.")


@app.command("vaststellen", help="Stel een wijziging vast, als jurist; dan komt zij in de addenda.")
def vaststellen(
    kenmerk: Kenmerk,
    grond: Annotated[str, typer.Option("--grond", metavar="TEKST", help="Het besluit of akkoord waar dit op rust.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """By somebody else than who proposed it."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        ingang = contractwijzigingen.adopt_wijziging(huis, door, kenmerk, grond=grond)
    report(f"{kenmerk} is vastgesteld en gaat in op {format_dag(ingang)}; elke overeenkomst krijgt een addendum.")


@app.command("intrekken", help="Trek een voorstel in dat nog niet is vastgesteld.")
def intrekken(
    kenmerk: Kenmerk,
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """What was adopted stays."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        contractwijzigingen.withdraw_wijziging(huis, door, kenmerk, reden)
    report(f"{kenmerk} is ingetrokken.")


@app.command("lijst", help="Toon de wijzigingen van een procedure.")
def lijst(
    procedure: Procedure, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """In order of kenmerk."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        rijen = [
            {
                "wijziging": rij.kenmerk,
                "soort": rij.soort,
                "onderwerp": contractwijzigingen.decode_inhoud(rij).onderwerp,
                "stand": rij.stand,
                "ingang": rij.ingang,
                "tekenen_uiterlijk": rij.tekenen_uiterlijk,
            }
            for rij in contractwijzigingen.list_wijzigingen(sessie, procedure)
        ]
    print_overzicht(rijen, json=json, leeg="Er zijn geen wijzigingen voor alle overeenkomsten.")


@app.command("opstellen", help="Stel de addenda op die aan de beurt zijn, voor elke lopende overeenkomst.")
def opstellen(procedure: Procedure, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """What the flow does, by hand. Stopped halfway: run it again and it goes on."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        uitkomst = bulkwerk.compose_alle(huis, door, procedure, _show_voortgang)
    print_regels(uitkomst.apart)
    report(
        f"{len(uitkomst.gedaan)} overeenkomsten kregen een addendum, {uitkomst.niets} hadden er geen nodig, "
        f"{len(uitkomst.apart)} vragen uw aandacht."
    )
    if uitkomst.apart:
        raise typer.Exit(1)


def _show_voortgang(klaar: int, totaal: int) -> None:
    if klaar % 25 == 0 or klaar == totaal:
        sys.stderr.write(f"{klaar} van {totaal}\n")


@app.command("goedkeuren", help="Keur de addenda van een wijziging of van een jaar in één keer goed, als jurist.")
def goedkeuren(
    wat: Wat, als: Als, jaar: Jaar = None, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """Each in a transaction of its own; who drafted does not approve. Stopped halfway: run it again."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        uitkomst = bulkwerk.approve_alle(huis, door, _read(huis, door, wat, jaar), _show_voortgang)
    print_regels(uitkomst.apart)
    report(f"{len(uitkomst.gedaan)} addenda zijn goedgekeurd.")
    if uitkomst.apart:
        raise typer.Exit(1)


@app.command("stand", help="Toon voor elke overeenkomst waar haar addendum staat: verzonden, getekend, geweigerd.")
def stand(
    wat: Wat,
    als: Als,
    jaar: Jaar = None,
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="BESTAND", help="Schrijf een Excel-bestand (.xlsx).")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Of one change, or of the whole cycle of a year."""
    if naar is not None and naar.suffix.lower() != ".xlsx":
        raise OngeldigeWaardeError(f"{naar} moet eindigen op .xlsx.")
    with treed_op(winkel, als, rol, nu) as (huis, door):
        verslag = _read(huis, door, wat, jaar)
    if naar is not None:
        write_bestand(naar, write_stand(verslag))
        return
    if json:
        print_json({**verslag_als_dict(verslag)})
        return
    rijen = wijzigingstand.list_rijen(verslag.regels)
    koppen = [kop.replace(" ", "_") for kop in wijzigingstand.KOPPEN]
    print_overzicht(
        [dict(zip(koppen, rij, strict=True)) for rij in rijen], json=False, leeg="Er lopen dan geen overeenkomsten."
    )
    report(", ".join(f"{aantal} {naam.replace('_', ' ')}" for naam, aantal in verslag.aantallen.items() if aantal))


def verslag_als_dict(verslag: Wijzigingsverslag) -> dict[str, object]:
    """The overview with its counts, as data."""
    return {
        "procedure": verslag.procedure,
        "wijziging": verslag.wijziging,
        "ingang": verslag.ingang,
        "tekenen_uiterlijk": verslag.tekenen_uiterlijk,
        "aantallen": verslag.aantallen,
        "regels": verslag.regels,
    }


def write_stand(verslag: Wijzigingsverslag) -> bytes:
    """The overview as an Excel file: the agreements, and how many stand where."""
    aantallen = [(naam.replace("_", " "), aantal) for naam, aantal in verslag.aantallen.items()]
    return write_xlsx(
        [
            ("Overeenkomsten", wijzigingstand.KOPPEN, wijzigingstand.list_rijen(verslag.regels)),
            ("Totalen", ("stand", "aantal"), aantallen),
        ]
    )


def _read(huis: Huis, door: Optreden, wat: str, jaar: int | None) -> Wijzigingsverslag:
    with rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        if jaar is not None:
            return wijzigingstand.read_cyclus(sessie, wat, jaar)
        return wijzigingstand.read_wijziging(sessie, wat)


@app.command("redline", help="Vergelijk een overeenkomst zonder en met een addendum, als pagina en als Word-bestand.")
def redline(
    nummer: Addendum,
    als: Als,
    naar: Annotated[Path, typer.Option("--naar", metavar="MAP", help="De map; bestaande bestanden blijven staan.")],
    onderdeel: Annotated[
        str, typer.Option("--onderdeel", metavar="SOORT", help="Een stuk dat bij de overeenkomst is getekend.")
    ] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The whole agreement, so that a jurist sees each change where it stands."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        with rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN):
            pass
        uit = contractredline.compare_addendum(huis, door, nummer, onderdeel)
    stam = f"{nummer}-redline" + (f"-{onderdeel}" if onderdeel else "")
    paden = write_nieuw({naar / f"{stam}.html": uit.html.encode(), naar / f"{stam}.docx": uit.docx})
    print_regels(str(pad) for pad in paden)
    anders = [verschil for verschil in uit.verschillen if verschil.soort is not Soort.GELIJK]
    print_regels(f"{verschil.aanduiding}: {verschil.soort}" for verschil in anders)
    report(f"{len(anders)} van {len(uit.verschillen)} clausules zijn anders.")


@app.command("weigering", help="Leg vast dat een partij een addendum weigert; het vervalt dan voor deze cyclus.")
def weigering(
    nummer: Addendum,
    als: Als,
    op: Annotated[
        date, typer.Option("--ontvangen-op", metavar="DATUM", parser=read_datum, help="Wanneer de partij weigerde.")
    ],
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom, in haar woorden.")],
    bewijs: Annotated[str, typer.Option("--bewijs", metavar="TEKST", help="Waar de weigering te vinden is.")],
    partij: Annotated[Partijsoort, typer.Option("--partij", help="Wie weigert.")] = Partijsoort.AANBIEDER,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The agreement goes on unchanged."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        gevolg = weigeringen.record_weigering(huis, door, nummer, partij=partij, op=op, reden=reden, bewijs=bewijs)
    report(f"De weigering van {nummer} is vastgelegd: {gevolg}.")
