"""`inkoop overeenkomst sjabloon` and `importeer`: running contracts of before the system.

Bron: M20-03, H19-41; docs/handleiding/contract.md.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.inlezen import read_tabel
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels, write_bestand
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.contractkoppeling import load_contractkoppeling
from inkoop.domain.toegang import Handeling
from inkoop.exchange.contractformulier import BLAD, KOLOMMEN, MERK, write_contractformulier
from inkoop.exchange.tabel import TabelError, read_xlsx
from inkoop.services import procedures, rondes
from inkoop.services.contractinlezen import Contractoordeel, Contractregel, import_contracten
from inkoop.services.contracttabel import Contracttabel

Procedurenaam = Annotated[str, typer.Argument(metavar="PROCEDURE", help="De naam van een procedure in de winkel.")]


def sjabloon(
    procedure: Procedurenaam,
    als: Als,
    naar: Annotated[Path, typer.Option("--naar", metavar="BESTAND", help="Waar het formulier komt (.xlsx).")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """One sheet with a row for each contract, with the percelen and voorgangers of the procedure."""
    if naar.suffix.lower() != ".xlsx":
        raise OngeldigeWaardeError(f"{naar} is geen Excel-bestand. Geef een naam die eindigt op .xlsx.")
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        definitie = procedures.decode_definitie(procedures.find_procedure(sessie, procedure))
    titel = f"Lopende contracten van {definitie.titel}"
    percelen = tuple(perceel.code for perceel in definitie.percelen)
    write_bestand(naar, write_contractformulier(titel, percelen, tuple(een.code for een in definitie.voorgangers)))


def importeer(
    tabel: Annotated[Path, typer.Argument(metavar="TABEL", help="De lopende contracten (.xlsx of .csv).")],
    procedure: Annotated[
        str, typer.Option("--procedure", metavar="PROCEDURE", help="Bij welke procedure de contracten horen.")
    ],
    als: Als,
    koppeling: Annotated[
        Path | None,
        typer.Option(
            "--koppeling",
            metavar="BESTAND",
            help="Voor een eigen lijst: welke kolom wat is (YAML).",
        ),
    ] = None,
    voer_uit: Annotated[
        bool, typer.Option("--voer-uit", help="Lees echt in; zonder deze optie ziet u alleen wat er zou gebeuren.")
    ] = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Every contract with what it comes to; the exit code is 1 when one is refused."""
    gelezen = _read(tabel, koppeling)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        regels = import_contracten(huis, door, procedure, gelezen, voer_uit=voer_uit)
    if json:
        print_json(regels)
    else:
        _show(regels, voer_uit=voer_uit)
    if any(regel.oordeel is Contractoordeel.GEWEIGERD for regel in regels):
        raise typer.Exit(1)


def _read(pad: Path, koppeling: Path | None) -> Contracttabel:
    """Somebody's own list with its mapping, our form, or a table with the same headings as the form."""
    if koppeling is not None:
        afspraken = load_contractkoppeling(koppeling, [kolom.kop for kolom in KOLOMMEN])
        inhoud, blad = read_tabel(pad, afspraken.blad, afspraken.kopregel)
        return Contracttabel(blad=blad, hash=hashlib.sha256(inhoud).hexdigest(), koppeling=afspraken)
    inhoud, blad = read_tabel(pad, None, 1)
    if pad.suffix.lower() == ".csv" or MERK not in blad.koppen:
        return Contracttabel(blad=blad, hash=hashlib.sha256(inhoud).hexdigest())
    bladen = read_xlsx(pad.name, inhoud)
    if BLAD not in bladen:
        raise TabelError(str(pad), [f"het blad '{BLAD}' van het formulier ontbreekt"])
    return Contracttabel(blad=bladen[BLAD], hash=hashlib.sha256(inhoud).hexdigest(), formulier=True)


def _show(regels: tuple[Contractregel, ...], *, voer_uit: bool) -> None:
    print_overzicht(
        [
            {
                "rijen": [str(nummer) for nummer in regel.rijen],
                "contractnummer": regel.contractnummer,
                "aanbieder": regel.aanbieder,
                "ingang": regel.ingang or "",
                "einddatum": regel.einddatum or "",
                "oordeel": regel.oordeel,
            }
            for regel in regels
        ],
        json=False,
        leeg="In deze tabel staat geen enkel contract.",
    )
    for regel in regels:
        if regel.redenen:
            print_regels([f"{regel.contractnummer or 'Een contract zonder nummer'} wordt geweigerd:"])
            print_regels(f"  - {reden}" for reden in regel.redenen)
    aantal = {oordeel: sum(regel.oordeel is oordeel for regel in regels) for oordeel in Contractoordeel}
    report(
        f"{'Ingelezen' if voer_uit else 'In te lezen'}: {aantal[Contractoordeel.NIEUW]}. "
        f"Al eerder ingelezen: {aantal[Contractoordeel.AL_INGELEZEN]}. Geweigerd: {aantal[Contractoordeel.GEWEIGERD]}."
    )
    if not voer_uit:
        report("Er is nog niets opgeslagen. Lees in met --voer-uit.")
