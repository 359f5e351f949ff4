"""`inkoop implementatie`: what must be done before an agreement starts, by whom and until when, with evidence.

Bron: C.15, C.29; M20-27, H19-10; docs/handleiding/contract.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Ronde, Winkelmap
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht, print_regels, write_bestand
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.toegang import Handeling
from inkoop.exchange.xlsxblad import write_xlsx
from inkoop.services import bulkwerk, implementatiepunten, overeenkomsten, rondes

app = typer.Typer(help="De checklist voor de start van een overeenkomst.")

Contract = Annotated[str, typer.Argument(metavar="NUMMER", help="Het contractnummer.")]
Punt = Annotated[str, typer.Argument(metavar="PUNT", help="De code van het punt, zoals berichtenverkeer.")]
Bewijs = Annotated[
    str, typer.Option("--bewijs", metavar="TEKST", help="Waar het bewijs te vinden is; bij nee en nvt: waarom.")
]
Uitkomst = Annotated[
    Puntuitkomst, typer.Option("--uitkomst", help="ja = gedaan, nvt = hier niet nodig, nee = toch weer open.")
]


@app.command("lijst", help="Toon per overeenkomst van een ronde wat is gedaan en wat nog open is.")
def lijst(
    ronde: Ronde,
    als: Als,
    alles: Annotated[bool, typer.Option("--alles", help="Ook wat al is gedaan.")] = False,
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="BESTAND", help="Schrijf alles naar een Excel-bestand (.xlsx).")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Open points first of all: who does what until when."""
    if naar is not None and naar.suffix.lower() != ".xlsx":
        raise OngeldigeWaardeError(f"{naar} moet eindigen op .xlsx.")
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        rij = rondes.find_ronde(sessie, ronde)
        standen = implementatiepunten.list_ronde(sessie, rij)
        klaar = implementatiepunten.find_afronding(sessie, rij)
    if naar is not None:
        rijen = implementatiepunten.list_rijen(standen)
        write_bestand(naar, write_xlsx([("Implementatie", implementatiepunten.KOPPEN, rijen)]))
        return
    if json:
        print_json({"ronde": ronde, "afgerond_op": klaar, "overeenkomsten": standen})
        return
    print_overzicht(
        [
            {
                "overeenkomst": stand.contractnummer,
                "aanbieder": stand.aanbieder,
                "punt": een.punt.code,
                "wat": een.punt.wat,
                "wie": een.punt.rol,
                "uiterlijk": een.uiterlijk,
                "gedaan": een.klaar,
                **({"bewijs": een.bewijs} if alles else {}),
            }
            for stand in standen
            for een in (stand.punten if alles else stand.open)
        ],
        json=False,
        leeg="Er zijn geen open punten." if standen else "In deze ronde zijn nog geen getekende overeenkomsten.",
    )
    if klaar is not None:
        report(f"De implementatie van {ronde} is afgerond.")


@app.command("afvinken", help="Vink een punt van een overeenkomst af, met het bewijs.")
def afvinken(
    contract: Contract,
    punt: Punt,
    bewijs: Bewijs,
    als: Als,
    uitkomst: Uitkomst = Puntuitkomst.JA,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """By whom it is for, or by contract management."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        implementatiepunten.record_punt(huis, door, contract, punt, uitkomst, bewijs)
    report(f"{punt} van {contract}: {uitkomst}.")


@app.command("alle", help="Vink een punt af voor alle overeenkomsten van een ronde waar het nog open is.")
def alle(
    ronde: Ronde, punt: Punt, bewijs: Bewijs, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """Each agreement in a transaction of its own."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        uitkomst = bulkwerk.tick_alle(huis, door, ronde, punt, bewijs, lambda *_: None)
    print_regels(uitkomst.apart)
    report(f"{punt} is afgevinkt voor {len(uitkomst.gedaan)} overeenkomsten.")
    if uitkomst.apart:
        raise typer.Exit(1)


@app.command("catalogus", help="Toon de catalogustekst van een overeenkomst; bevestig haar als aanbieder.")
def catalogus(
    contract: Contract,
    als: Als,
    akkoord: Annotated[bool, typer.Option("--akkoord", help="De tekst klopt; leg dat vast.")] = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """What is confirmed is exactly what is shown: its hash is recorded."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        if akkoord:
            tekst = implementatiepunten.confirm_catalogus(huis, door, contract)
        else:
            with rondes.lees(huis, door, Handeling.CATALOGUSTEKST_LEZEN) as sessie:
                rij = overeenkomsten.find_lopende(sessie, contract)
                implementatiepunten.require_eigen(sessie, door, rij)
                tekst = implementatiepunten.read_catalogustekst(sessie, rij)
    if json:
        print_json(tekst)
        return
    print_kenmerken((naam, getattr(tekst, naam)) for naam in tekst.__struct_fields__)
    if akkoord:
        report(f"De catalogustekst van {contract} is bevestigd.")
