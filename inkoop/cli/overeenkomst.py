"""`inkoop overeenkomst`: which agreements there are, with whom, for what, until when.

Bron: C.17, C.21; M20-32.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import asdict

from inkoop.cli import contractinlezen
from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Nu, Op, Rolkeuze, Ronde, Winkelmap
from inkoop.cli.uitvoer import print_json, print_kenmerken, print_overzicht, print_tabel, write_bestand
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.onderdelen import load_onderdelen
from inkoop.definitions.suggestie import suggest
from inkoop.domain.contractprofiel import NAMEN, OPDRACHT, PROFIELEN, Contractthema, find_label
from inkoop.domain.kalender import TIJDZONE, local_date
from inkoop.domain.tarief import list_tariefregels
from inkoop.domain.toegang import Handeling
from inkoop.exchange.csvblad import write_csv
from inkoop.services import (
    documenten,
    geconsolideerd,
    houders,
    onderdeelstand,
    onderdelen,
    ondertekeningen,
    openbaar,
    overeenkomsten,
    procedures,
    rondes,
    vormen,
)
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow

app = typer.Typer(help="Overeenkomsten bekijken en inlezen.")

Nummer = Annotated[str, typer.Argument(metavar="NUMMER", help="Het contractnummer, of het nummer van een addendum.")]


@app.command("lijst", help="Toon de overeenkomsten en addenda van een ronde.")
def lijst(
    ronde: Ronde, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Each agreement followed by its addenda."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        rijen = [asdict(vorm) for vorm in vormen.list_overeenkomsten(sessie, rondes.find_ronde(sessie, ronde))]
    print_overzicht(rijen, json=json, leeg=f"In ronde {ronde} zijn nog geen overeenkomsten.")


@app.command("toon", help="Toon een overeenkomst of addendum: producten, tarieven op een dag, handtekeningen.")
def toon(
    nummer: Nummer,
    als: Als,
    op: Op = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """What was agreed, the tariffs in force on a day (default: the first day), and who signed."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
        aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
        definitie = procedures.read_definitie_ronde(sessie, aanmelding.ronde_id)
        document = documenten.find_by_sleutel(sessie, f"overeenkomst:{nummer}")
        getekend = [
            {"partij": t.partij, "namens": t.namens, "naam": t.naam, "functie": t.functie, "getekend_op": t.getekend_op}
            for t in (() if document is None else ondertekeningen.list_ondertekeningen(sessie, document))
        ]
        dag = op or max(rij.ingang, local_date(door.nu))
        tabel = None
        if isinstance(rij, OvereenkomstRow):
            tabel = geconsolideerd.find_tarieftabel(sessie, definitie, rij, dag)
    kenmerken: dict[str, object] = {
        "nummer": nummer,
        "aanbieder": aanmelding.naam,
        "aanmelding": aanmelding.kenmerk,
        "status": rij.status,
        "ingang": rij.ingang,
        "document": None if document is None else document.kenmerk,
    }
    tarieven = []
    if isinstance(rij, OvereenkomstRow) and tabel is not None:
        kenmerken["einddatum"] = rij.einddatum
        kenmerken["getekend_op"] = overeenkomsten.decode_inhoud(rij).getekend_op
        tarieven = [
            {
                "perceel": perceel,
                "product": regel.product or "alles, als lumpsum",
                **({"trede": regel.trede} if regel.trede else {}),
                "op": dag,
                "bedrag": regel.bedrag,
            }
            for perceel, producten in sorted(houders.find_aanbod(sessie, rij).items())
            for regel in list_tariefregels(tabel, definitie.find_perceel(perceel))
            if regel.product is None or regel.product in producten
        ]
    if json:
        print_json({**kenmerken, "tarieven": tarieven, "ondertekeningen": getekend})
        return
    print_kenmerken(kenmerken.items())
    if tarieven:
        print_overzicht(tarieven, json=False, titel="Producten en tarieven", leeg="")
    print_tabel(
        "Ondertekeningen",
        ("partij", "namens", "naam", "functie", "getekend op"),
        (tuple(regel.values()) for regel in getekend),
        leeg="Nog niemand heeft getekend.",
    )


@app.command("tekst", help="Schrijf de doorlopende tekst van een overeenkomst op een dag, met wat addenda wijzigden.")
def tekst(
    nummer: Nummer,
    als: Als,
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="BESTAND", help="Waar de tekst komt (.pdf of .docx).")
    ] = None,
    op: Op = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Without a file only what holds on the day and what changed it."""
    if naar is not None and naar.suffix.lower() not in (".pdf", ".docx"):
        raise OngeldigeWaardeError(f"{naar} moet eindigen op .pdf of .docx.")
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        dag = op or local_date(door.nu)
        stand = geconsolideerd.read_stand(huis, sessie, nummer, dag)
        opdracht = None if naar is None else geconsolideerd.order_tekst(huis, sessie, nummer, dag)
    if naar is not None and opdracht is not None:
        gemaakt = opdracht.make()
        write_bestand(naar, gemaakt.pdf if naar.suffix.lower() == ".pdf" else gemaakt.docx)
    if json:
        print_json(stand)
        return
    print_kenmerken(
        (naam.replace("_", " "), getattr(stand, naam))
        for naam in ("contractnummer", "op", "ingang", "einddatum", "tarieftabel", "gemeenten", "gebied")
    )
    print_tabel(
        "Gewijzigd door addenda",
        ("addendum", "vanaf", "was", "wordt"),
        stand.wijzigingen,
        leeg="Er is niets gewijzigd.",
    )


@app.command("catalogus", help="Toon wie op een dag wat mag leveren en waar, zoals iedereen het ziet.")
def catalogus(
    *,
    als: Als,
    naar: Annotated[Path | None, typer.Option("--naar", metavar="BESTAND", help="Een .csv-bestand.")] = None,
    perceel: Annotated[str, typer.Option("--perceel", metavar="CODE", help="Alleen dit perceel.")] = "",
    product: Annotated[str, typer.Option("--product", metavar="CODE", help="Alleen dit product.")] = "",
    gemeente: Annotated[str, typer.Option("--gemeente", metavar="NAAM", help="Alleen wat deze gemeente inkoopt.")] = "",
    specialisme: Annotated[
        str, typer.Option("--specialisme", metavar="TEKST", help="Een woord uit het opgegeven specialisme.")
    ] = "",
    werkgebied: Annotated[
        str, typer.Option("--werkgebied", metavar="TEKST", help="Een woord uit het opgegeven werkgebied.")
    ] = "",
    zoek: Annotated[
        str, typer.Option("--zoek", metavar="TEKST", help="Een woord uit aanbieder, product of perceel.")
    ] = "",
    op: Op = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """By name of the provider, never by preference; the same lines as the public page."""
    if naar is not None and naar.suffix.lower() != ".csv":
        raise OngeldigeWaardeError(f"{naar} moet eindigen op .csv.")
    with treed_op(winkel, als, rol, nu) as (huis, door):
        moment = door.nu if op is None else datetime.combine(op, time(12), tzinfo=TIJDZONE)
        vraag = openbaar.Catalogusvraag(
            zoek=zoek,
            perceel=perceel,
            product=product,
            gemeente=gemeente,
            specialisme=specialisme,
            werkgebied=werkgebied,
        )
        uitkomst = openbaar.search_catalogus(huis, vraag, moment, None)
        _require_bekend("gemeente", gemeente, uitkomst.gemeenten)
        _require_bekend("product", product, uitkomst.producten)
        _require_bekend("perceel", perceel, uitkomst.percelen)
        regels = [een.as_dict() for een in uitkomst.regels]
    if naar is None:
        print_overzicht(regels, json=json, leeg="Op deze dag staat niemand in de catalogus.")
        return
    write_bestand(naar, write_csv(openbaar.Catalogusregel.__struct_fields__, (een.values() for een in regels)))


def _require_bekend(wat: str, keuze: str, bekend: Sequence[str]) -> None:
    """Refuse a choice that nothing on this day is about: a slip of the pen would look like an empty catalogue."""
    if keuze and bekend and keuze not in bekend:
        wel = ", ".join(bekend)
        raise OngeldigeWaardeError(f"{wat} '{keuze}' staat niet in de catalogus.{suggest(keuze, bekend)} Wel: {wel}.")


@app.command("onderdelen", help="Toon de onderdelen van een overeenkomst, en welke versie van elk op een dag geldt.")
def toon_onderdelen(
    nummer: Nummer,
    als: Als,
    op: Op = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """The agreement itself first; of a concept also what still waits for a jurist."""
    with (
        treed_op(winkel, als, rol, nu) as (huis, door),
        rondes.lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie,
    ):
        standen = onderdeelstand.read_standen(sessie, nummer, op or local_date(door.nu))
    print_overzicht([asdict(een) for een in standen], json=json, leeg=f"{nummer} is een addendum.")


@app.command("vaststellen", help="Stel vast wat onderdelen zeggen, als jurist; bij gegevens ook de rol.")
def vaststellen(
    doel: Annotated[str, typer.Argument(metavar="PROCEDURE|NUMMER", help="Voor alle overeenkomsten, of voor één.")],
    bestand: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het YAML-bestand met de onderdelen.")],
    als: Als,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Concept agreements take it over with the flow; what was offered changes by addendum."""
    inhoud = load_onderdelen(bestand)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        soorten = onderdelen.adopt_onderdelen(huis, door, doel, inhoud)
    report(f"Vastgesteld voor {doel}: {', '.join(soorten)}. De flow contracteren stelt de stukken op.")


@app.command("profiel", help="Toon waar elk artikel van een profiel in onze overeenkomsten staat.")
def profiel(
    naam: Annotated[str, typer.Argument(metavar="PROFIEL", help="De naam, zoals cs-wmo-1.2.")], json: Json = False
) -> None:
    """For a framework agreement and for a contract for a task; works without a store."""
    gekozen = PROFIELEN.get(naam)
    if gekozen is None:
        raise OngeldigeWaardeError(f"Er is geen profiel '{naam}'.{suggest(naam, PROFIELEN)}")
    rijen = [
        {
            "nummer": plek.nummer,
            "onderwerp": plek.onderwerp,
            "raamovereenkomst": _list_labels("raamovereenkomst", plek.themas),
            "overeenkomst van opdracht": _list_labels(OPDRACHT, plek.themas),
            "mag weg": plek.optioneel,
        }
        for plek in gekozen.plekken
    ]
    print_overzicht(rijen, json=json, titel=gekozen.titel, leeg="")


def _list_labels(soort: str, themas: Sequence[Contractthema]) -> str:
    return ", ".join(dict.fromkeys(NAMEN[t] for t in themas if find_label(soort, t))) or "niet geregeld"


app.command("sjabloon", help="Schrijf het formulier voor lopende contracten van voor dit programma (Excel).")(
    contractinlezen.sjabloon
)
app.command("importeer", help="Lees lopende contracten in; kijk eerst wat er zou gebeuren.")(contractinlezen.importeer)
