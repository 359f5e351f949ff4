"""`inkoop aanmelding`: hand in, look up, take back.

Before closing nobody reads an aanmelding but the aanbieder itself (FE-8).

Bron: domein B.2.8, C.12, D.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import asdict
from sqlmodel import Session

from inkoop.cli import inlezen, samenloop
from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Bewijsmap, Json, Kenmerk, Nu, Ontvangen, Rolkeuze, Ronde, Winkelmap
from inkoop.cli.toetsverslag import print_toets
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht
from inkoop.cli.voorbeeld import find_scenario, write_voorbeeld
from inkoop.cli.winkelwerk import read_bewijs, report, treed_op
from inkoop.definitions.aanmelding import load_aanmelding
from inkoop.definitions.feitencontrole import list_ongevraagd
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError, Handeling, check_leesmoment
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, bewijzen, hergebruik, procedures, rondes, toetsen, vormen
from inkoop.services.drukkerij import druk
from inkoop.services.huis import Optreden
from inkoop.services.indienen import receive_aanmelding
from inkoop.services.verzegeling import find_verzegeling, is_verzegeld
from inkoop.storage.tabellen.aanmelding import AanmeldingRow

app = typer.Typer(help="Aanmeldingen indienen en bekijken.")


@app.command("indienen", help="Dien een aanmelding in: een aanmeldingsbestand met zijn bewijsstukken.")
def indienen(
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het aanmeldingsbestand (YAML).")],
    ronde: Annotated[str, typer.Option("--ronde", metavar="RONDE", help="De ronde, bijvoorbeeld M-2020-2.")],
    als: Als,
    bewijs: Bewijsmap = None,
    ontvangen_op: Ontvangen = None,
    bevestiging: Annotated[
        Path | None,
        typer.Option("--bevestiging", metavar="BESTAND", help="Schrijf de ontvangstbevestiging hierheen (PDF)."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Everything is received and kept, or nothing; what is late is received and never assessed."""
    opgave = load_aanmelding(bestand)
    bestanden = read_bewijs(bewijs or bestand.parent, [stuk for stuk in opgave.bewijsstukken if stuk.eerder is None])
    if bevestiging is not None:
        require_nieuw(bevestiging)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        ontvangst = receive_aanmelding(
            huis, door, ronde=ronde, opgave=opgave, bestanden=bestanden, ontvangen_op=ontvangen_op
        )
        with huis.winkel.lezen() as sessie:
            editie = procedures.read_editie(sessie, rondes.find_ronde(sessie, ronde))
    te_laat = " Zij is te laat: zij blijft bewaard en wordt niet beoordeeld."
    vervangt = f" Zij komt in de plaats van {', '.join(ontvangst.vervangt)}." if ontvangst.vervangt else ""
    laat = te_laat if ontvangst.status is Aanmeldingsstatus.TE_LAAT else ""
    report(f"De aanmelding is ontvangen als {ontvangst.kenmerk}.{vervangt}{laat}")
    print_kenmerken(
        [("Ontvangen op", format_ontvangst(ontvangst.ontvangen_op)), ("Ontvangsthash", ontvangst.ontvangsthash)]
    )
    print_overzicht(
        [
            {"bestand": naam, "sha256": bestand_.sha256, "eerder ingeleverd bij": ontvangst.hergebruikt.get(naam, "")}
            for naam, bestand_ in ontvangst.bestanden.items()
        ],
        json=False,
        titel="Ontvangen bestanden",
        leeg="Er zijn geen bestanden meegestuurd.",
    )
    if verdacht := [naam for naam, bestand_ in ontvangst.bestanden.items() if bestand_.bsn_verdacht]:
        report(
            f"Let op: in {', '.join(verdacht)} staat misschien een burgerservicenummer. Een medewerker kijkt er eerst"
            " naar. Klopt dat vermoeden, dien dan vóór de sluiting opnieuw in zonder dat nummer."
        )
    for melding in list_ongevraagd(read_yaml(bestand), editie):
        report(str(melding))
    if bevestiging is not None:
        bevestiging.write_bytes(druk(ontvangst.bevestiging).pdf)
        report(f"De ontvangstbevestiging staat in {bevestiging}.")


@app.command(
    "herbruikbaar", help="Toon welke bestanden van uw eerdere aanmeldingen u in deze ronde opnieuw kunt gebruiken."
)
def herbruikbaar(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Only one's own; for each file the criteria that it can serve, and why not the others."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        gevonden = hergebruik.list_herbruikbaar(huis, door, ronde)
    regels = [
        {
            "eerder": een.stuk.aanmelding,
            "bestand": een.stuk.bestand,
            "van": een.stuk.naam or "de hele aanmelding",
            "bruikbaar voor": [stand.criterium for stand in een.standen if een.is_bruikbaar(stand.criterium)],
            "niet meer": [
                *(b.tekst for b in een.beletselen),
                *(f"{stand.criterium}: {' '.join(stand.redenen)}" for stand in een.standen if not stand.bruikbaar),
            ],
            "sha256": een.stuk.sha256,
        }
        for een in gevonden
    ]
    kort = regels if json else [{n: w for n, w in regel.items() if n != "sha256"} for regel in regels]
    leeg = "Van u is in een eerdere, geopende ronde van deze organisatie niets om opnieuw te gebruiken."
    print_overzicht(kort, json=json, leeg=leeg)


def format_ontvangst(moment: datetime) -> str:
    """An instant of receipt to the second, in the Netherlands."""
    return f"{moment.astimezone(TIJDZONE):%d-%m-%Y %H:%M:%S}"


def require_nieuw(pad: Path) -> None:
    """Refuse to write over a file, before anything is recorded."""
    if pad.exists() or not pad.resolve().parent.is_dir():
        raise OngeldigeWaardeError(f"{pad} bestaat al, of de map ervan bestaat niet. Kies een nieuw bestand.")


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
        overzicht = [asdict(vormen.describe_aanmelding(aanmelding)) for aanmelding in rijen]
    print_overzicht(overzicht, json=json, leeg=f"In ronde {ronde} heeft niemand zich aangemeld.")


@app.command("toon", help="Toon een aanmelding: wie, waarvoor, welk bewijs, en de laatste toets.")
def toon(
    kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """What was handed in, and the receipt of the last toets; an aanbieder sees its own."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, _reading_act(door)) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        if door.rol is Rol.AANBIEDER:
            aanmeldingen.require_eigen(huis, sessie, door, rij)
            if is_verzegeld(rij):
                _show_verzegeld(sessie, rij, json=json)
                return
        aanmeldingen.check_leesbaar(sessie, rij, door)
        opgave = aanmeldingen.read_opgave(rij)
        stukken = vormen.describe_bewijs(
            bewijzen.list_bewijsstukken(sessie, rij), bewijzen.list_hergebruik(sessie, rij)
        )
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
    kort = [{naam: waarde for naam, waarde in asdict(stuk).items() if naam != "sha256"} for stuk in stukken]
    print_overzicht(kort, json=False, titel="Bewijsstukken", leeg="Er zijn geen bewijsstukken.")
    if resultaat is not None:
        print_toets(opgave.naam, resultaat)


def _show_verzegeld(sessie: Session, rij: AanmeldingRow, *, json: bool) -> None:
    """What an aanbieder still sees of its own aanmelding: that it is there, and the hash on its receipt."""
    zegel = find_verzegeling(sessie, rij)
    hash_ = "" if zegel is None else zegel.ontvangsthash
    if json:
        velden = {"kenmerk": rij.kenmerk, "status": rij.status, "ontvangen_op": rij.ontvangen_op}
        print_json({**velden, "verzegeld": True, "ontvangsthash": hash_})
        return
    print_kenmerken(
        [
            ("Kenmerk", rij.kenmerk),
            ("Status", rij.status),
            ("Ontvangen op", format_ontvangst(rij.ontvangen_op)),
            ("Ontvangsthash", hash_),
        ]
    )
    report("De inhoud is verzegeld tot de ronde wordt geopend. Wat u hebt ingediend, staat op uw ontvangstbevestiging.")


def _reading_act(door: Optreden) -> Handeling:
    """An aanbieder reads its own; others read under their own right."""
    return Handeling.EIGEN_AANMELDING_LEZEN if door.rol is Rol.AANBIEDER else Handeling.AANMELDING_LEZEN


def _print_opgave(opgave: Aanmeldingsopgave) -> None:
    print_kenmerken(
        [
            ("Naam", opgave.naam),
            ("Percelen", opgave.percelen),
            ("Producten", opgave.producten or "alle producten van deze percelen"),
            *([("Wijzigt", opgave.wijzigt), ("Vervalt", opgave.vervalt)] if opgave.wijzigt else []),
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


app.command("sjabloon", help="Schrijf het aanmeldformulier van een ronde in Excel.")(inlezen.sjabloon)
app.command("importeer", help="Lees een export van een platform in; kijk eerst wat er zou gebeuren.")(inlezen.importeer)
app.command("samenloop", help="Toon wie voor een perceel te vaak meedoet, ook via een combinatie.")(samenloop.lijst)
app.command("samenloop-beslis", help="Beslis welke aanmelding meetelt van wie te vaak meedoet.")(samenloop.beslis)
