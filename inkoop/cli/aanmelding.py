"""`inkoop aanmelding`: hand in, look up, take back.

Before closing nobody reads an aanmelding but the aanbieder itself (FE-8).

Bron: domein B.2.8, C.12, D.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.opties import Als, Bewijsmap, Json, Kenmerk, Nu, Ontvangen, Rolkeuze, Ronde, Winkelmap
from inkoop.cli.toetsverslag import print_toets
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht
from inkoop.cli.voorbeeld import find_scenario, write_voorbeeld
from inkoop.cli.winkelwerk import read_bewijs, report, treed_op
from inkoop.definitions.aanmelding import load_aanmelding
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError, Handeling, check_leesmoment
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, bewijzen, rondes, toetsen
from inkoop.services.huis import Optreden

app = typer.Typer(help="Aanmeldingen indienen en bekijken.")


@app.command("indienen", help="Dien een aanmelding in: een aanmeldingsbestand met zijn bewijsstukken.")
def indienen(
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het aanmeldingsbestand (YAML).")],
    ronde: Annotated[str, typer.Option("--ronde", metavar="RONDE", help="De ronde, bijvoorbeeld M-2020-2.")],
    als: Als,
    bewijs: Bewijsmap = None,
    ontvangen_op: Ontvangen = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Everything is received and kept, or nothing; what is late is received and never assessed."""
    opgave = load_aanmelding(bestand)
    bestanden = read_bewijs(bewijs or bestand.parent, opgave.bewijsstukken)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = aanmeldingen.submit_aanmelding(
            huis, door, ronde=ronde, opgave=opgave, bestanden=bestanden, ontvangen_op=ontvangen_op
        )
        with huis.winkel.lezen() as sessie:
            rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
            status = rij.status
            eerder = [a.kenmerk for a in aanmeldingen.list_vervangen(sessie, rij)]
    te_laat = " Zij is te laat: zij blijft bewaard en wordt niet beoordeeld."
    vervangt = f" Zij komt in de plaats van {', '.join(eerder)}." if eerder else ""
    report(
        f"De aanmelding is ontvangen als {kenmerk}.{vervangt}{te_laat if status is Aanmeldingsstatus.TE_LAAT else ''}"
    )


@app.command("lijst", help="Toon de aanmeldingen van een ronde, na sluiting.")
def lijst(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Before closing not even who applied can be seen (FE-8)."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        if beletselen := check_leesmoment(door.nu, rij.sluiting, eigen=False):
            raise GeenToegangError(f"De aanmeldingen van ronde {ronde} zijn nog niet te lezen.", beletselen)
        rijen = aanmeldingen.list_aanmeldingen(sessie, rij)
        overzicht = [
            {
                "kenmerk": aanmelding.kenmerk,
                "aanbieder": aanmelding.naam,
                "kvk": aanmelding.kvk,
                "percelen": aanmeldingen.read_opgave(aanmelding).percelen,
                "ontvangen_op": aanmelding.ontvangen_op,
                "status": aanmelding.status,
            }
            for aanmelding in rijen
        ]
    print_overzicht(overzicht, json=json, leeg=f"In ronde {ronde} heeft niemand zich aangemeld.")


@app.command("toon", help="Toon een aanmelding: wie, waarvoor, welk bewijs, en de laatste toets.")
def toon(
    kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """What was handed in, and the receipt of the last toets; an aanbieder sees its own."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, _reading_act(door)) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        if door.rol is Rol.AANBIEDER:
            aanmeldingen.require_namens(sessie, door, rij)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        opgave = aanmeldingen.read_opgave(rij)
        stukken = [
            {
                "bestand": stuk.bestand,
                "omschrijving": stuk.omschrijving,
                "lid": stuk.lid,
                "aanleiding": stuk.aanleiding,
                "ontvangen_op": stuk.ontvangen_op,
                "bytes": stuk.grootte,
                "sha256": stuk.sha256,
                "apart_gezet": stuk.apart_gezet,
            }
            for stuk in bewijzen.list_bewijsstukken(sessie, rij)
        ]
        laatste = None if door.rol is Rol.AANBIEDER else toetsen.find_laatste(sessie, rij)
    resultaat = None if laatste is None else toetsen.decode_resultaat(laatste)
    if json:
        print_json(
            {
                "kenmerk": rij.kenmerk,
                "status": rij.status,
                "ontvangen_op": rij.ontvangen_op,
                "opgave": opgave,
                "bewijsstukken": stukken,
                "toets": resultaat,
            }
        )
        return
    print_kenmerken([("Kenmerk", rij.kenmerk), ("Status", rij.status), ("Ontvangen op", rij.ontvangen_op)])
    _print_opgave(opgave)
    kort = [{naam: waarde for naam, waarde in stuk.items() if naam != "sha256"} for stuk in stukken]
    print_overzicht(kort, json=False, titel="Bewijsstukken", leeg="Er zijn geen bewijsstukken.")
    if resultaat is not None:
        print_toets(opgave.naam, resultaat)


def _reading_act(door: Optreden) -> Handeling:
    """An aanbieder reads its own; others read under their own right."""
    return Handeling.EIGEN_AANMELDING_LEZEN if door.rol is Rol.AANBIEDER else Handeling.AANMELDING_LEZEN


def _print_opgave(opgave: Aanmeldingsopgave) -> None:
    print_kenmerken(
        [
            ("Naam", opgave.naam),
            ("Percelen", opgave.percelen),
            ("Producten", opgave.producten or "alle producten van deze percelen"),
            ("Specialisme", opgave.specialisme),
            ("Werkgebied", opgave.werkgebied),
        ]
    )
    print_overzicht(
        [
            {
                "lid": lid.id,
                "rol": lid.rol,
                "naam": lid.naam,
                "rechtsvorm": lid.rechtsvorm,
                "kvk": lid.kvk,
                "plaats": lid.plaats,
                "tekenbevoegde": f"{lid.tekenbevoegde.naam} ({lid.tekenbevoegde.functie})",
            }
            for lid in opgave.leden
        ],
        json=False,
        titel="Leden",
        leeg="Er zijn geen leden.",
    )


@app.command("intrekken", help="Trek een aanmelding in, zolang er niet over is besloten.")
def intrekken(
    kenmerk: Kenmerk,
    als: Als,
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waarom de aanmelding wordt ingetrokken.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Only by somebody who acts for the aanbieder."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        aanmeldingen.withdraw_aanmelding(huis, door, kenmerk, reden)
    report(f"Aanmelding {kenmerk} is ingetrokken.")


@app.command(
    "voorbeeld", help="Schrijf de aanmelding van een scenario als bestand met bewijsstukken, om mee te oefenen."
)
def voorbeeld(
    scenario: Annotated[
        str,
        typer.Argument(metavar="SCENARIO", help="set/zaak, bijvoorbeeld meierij-wmo/M1, of het pad van het bestand."),
    ],
    naar: Annotated[Path, typer.Option("--naar", metavar="MAP", help="Een nieuwe map voor de bestanden.")],
) -> None:
    """An aanmeldingsbestand that can be handed in, with evidence that says what the scenario states."""
    namen = write_voorbeeld(find_scenario(scenario), naar)
    report(f"In {naar} staan nu {namen[0]} en {len(namen) - 1} bewijsstukken.")
