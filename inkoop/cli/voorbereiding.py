"""`inkoop voorbereiding`: what a procedure needs before publication, besides the steps themselves.

Bron: PROC-02..PROC-05, M20-24, M20-42, M20-43; H19-02; B.1.6; BP-13.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.demo.voorbereidingsspel import write_voorbeeld
from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Winkelmap, read_datum
from inkoop.cli.uitvoer import print_json, print_overzicht, print_regels, print_tabel, print_titel
from inkoop.cli.winkelwerk import open_winkel, report, treed_op
from inkoop.definitions.voorbereiding import load_gemeente, load_mandaat, load_onderbouwingen, load_verslagopgave
from inkoop.domain.aankondiging import Aankondigingsoort
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.deelnemers import Deelnamestand
from inkoop.domain.fasen import find_stap
from inkoop.domain.fouten import InkoopError
from inkoop.domain.inbreng import Gevolg, Inbreng, Inbrengsoort
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.services import aankondigingen, consultatieverslagen, deelnames, poort, procedures, rondes, voorbereiding

app = typer.Typer(help="De voorbereiding: checklists, inbreng, onderbouwing, deelname.")

Procedure = Annotated[str, typer.Argument(metavar="PROCEDURE", help="De naam van een procedure in de winkel.")]
Stap = Annotated[str, typer.Argument(metavar="STAP", help="De stap, bijvoorbeeld go-no-go.")]
Grond = Annotated[str, typer.Option("--grond", metavar="TEKST", help="Waar dit op rust: besluit, verslag, datum.")]
Bestand = Annotated[Path, typer.Argument(metavar="BESTAND", help="Het YAML-bestand.")]


def read_punt(tekst: str) -> tuple[int, Puntuitkomst]:
    """Read `3=ja`: the number of a point and its outcome."""
    nummer, _, uitkomst = tekst.partition("=")
    if not nummer.isdecimal() or uitkomst not in set(Puntuitkomst):
        raise OngeldigeWaardeError(f"'{tekst}' is geen antwoord. Schrijf nummer=ja, nummer=nee of nummer=nvt.")
    return int(nummer), Puntuitkomst(uitkomst)


@app.command("poort", help="Toon alles wat de overgang naar de volgende fase nog tegenhoudt.")
def toon_poort(
    procedure: Procedure, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Every reason at once; none when the gate is open."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        rij = procedures.find_procedure(sessie, procedure)
        klaar = rij.gepubliceerd_op is not None
        redenen = [] if klaar else poort.check_poort(sessie, rij, local_date(door.nu))
    leeg = "De procedure is gepubliceerd." if klaar else "Niets houdt de overgang tegen."
    print_overzicht([{"code": een.code, "reden": een.tekst} for een in redenen], json=json, leeg=leeg)


@app.command("checklist", help="Loop punten van de checklist van een stap na, of toon hoe die ervoor staat.")
def checklist(
    procedure: Procedure,
    stap: Stap,
    als: Als,
    punten: Annotated[
        list[str] | None,
        typer.Option("--punt", metavar="NUMMER=JA|NEE|NVT", help="Een punt met het antwoord; mag vaker."),
    ] = None,
    alle: Annotated[
        Puntuitkomst | None,
        typer.Option("--alle", metavar="ja|nvt", help="Hetzelfde antwoord voor elk punt.", show_choices=False),
    ] = None,
    grond: Annotated[str, typer.Option("--grond", metavar="TEKST", help="Waar de antwoorden op rusten.")] = "",
    ronde: Annotated[str, typer.Option("--ronde", metavar="RONDE", help="Bij een stap van een ronde.")] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Without a point it shows every point with its last answer."""
    gegeven = [read_punt(punt) for punt in punten or []]
    with treed_op(winkel, als, rol, nu) as (huis, door):
        with rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
            rij = procedures.find_procedure(sessie, procedure)
            gevonden = find_stap(procedures.decode_definitie(rij), stap)
        if alle is not None and gevonden is not None:
            gegeven += [(nummer, alle) for nummer in range(1, len(gevonden.checklist) + 1)]
        if gegeven or gevonden is None:
            voorbereiding.record_punten(huis, door, procedure, stap, gegeven, grond=grond, ronde=ronde)
        with huis.winkel.lezen() as sessie:
            standen = voorbereiding.read_punten(sessie, rij.id, stap, ronde)
    regels = [
        {"nummer": nummer, "punt": punt, "antwoord": standen.get(punt, "nog niet nagelopen")}
        for nummer, punt in enumerate(gevonden.checklist if gevonden else (), start=1)
    ]
    print_overzicht(regels, json=json, leeg="Deze stap heeft geen checklist.")


@app.command("inbreng", help="Leg vast wat een raad, aanbieder of cliëntenraad bij een consultatie inbrengt.")
def inbreng(
    procedure: Procedure,
    stap: Stap,
    als: Als,
    orgaan: Annotated[str, typer.Option("--orgaan", metavar="ORGAAN", help="Wie dit inbrengt, zoals in de stap.")],
    soort: Annotated[
        Inbrengsoort,
        typer.Option("--soort", metavar="wens|bedenking|reactie|geen", help="Wat het is; geen = er was niets."),
    ],
    tekst: Annotated[str, typer.Option("--tekst", metavar="TEKST", help="De inbreng, zonder namen van personen.")],
    thema: Annotated[str, typer.Option("--thema", metavar="TEKST", help="Het thema in het verslag.")] = "",
    ontvangen: Annotated[
        date | None,
        typer.Option(
            "--ontvangen-op", metavar="DATUM", parser=read_datum, help="De dag van ontvangst; anders vandaag."
        ),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """It gets a kenmerk, and waits for an answer."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        kenmerk = voorbereiding.add_inbreng(
            huis, door, procedure, stap, orgaan=orgaan, soort=soort, thema=thema, tekst=tekst, ontvangen_op=ontvangen
        )
    report(f"De inbreng is vastgelegd als {kenmerk}.")


@app.command("antwoord", help="Beantwoord een inbreng: wat u ermee doet, en welk document verandert.")
def antwoord(
    kenmerk: Annotated[str, typer.Argument(metavar="INBRENG", help="Het kenmerk van de inbreng.")],
    als: Als,
    tekst: Annotated[str, typer.Option("--tekst", metavar="TEKST", help="Het antwoord met de reden.")],
    gevolg: Annotated[Gevolg, typer.Option("--gevolg", metavar="geen|aangepast", help="Of er een document verandert.")],
    document: Annotated[str | None, typer.Option("--document", metavar="NAAM", help="Welk document verandert.")] = None,
    artikel: Annotated[
        str | None, typer.Option("--artikel", metavar="NUMMER", help="Welk artikel of welke paragraaf.")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Given once; it stands in the public report."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        voorbereiding.answer_inbreng(
            huis, door, kenmerk, antwoord=tekst, gevolg=gevolg, document=document, artikel=artikel
        )
    report(f"Inbreng {kenmerk} is beantwoord.")


@app.command("verslag", help="Toon het verslag van een consultatie, of vraag er met --document het openbare stuk van.")
def verslag(
    procedure: Procedure,
    stap: Stap,
    als: Als,
    document: Annotated[
        Path | None,
        typer.Option("--document", metavar="BESTAND", help="Maak het stuk, met wat dit YAML-bestand erbij zegt."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Meetings, and per theme what was said, answered and changed."""
    if document is not None:
        opgave = load_verslagopgave(document)
        with treed_op(winkel, als, rol, nu) as (huis, door):
            kenmerk = consultatieverslagen.request_verslag(huis, door, procedure, stap, opgave)
        report(f"Gevraagd: {kenmerk}. De flow voorbereiden maakt het; daarna keurt een jurist het goed.")
        return
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        gemaakt = voorbereiding.compose_verslag(sessie, procedure, stap)
    if json:
        print_json(gemaakt)
        return
    print_titel(f"Verslag: {gemaakt.naam}")
    print_tabel(
        "", ("met", "op", "grond"), ((s.doelgroep, s.op, s.grond) for s in gemaakt.sessies), leeg="Nog niet gehouden."
    )
    for thema in gemaakt.themas:
        print_tabel(
            thema or "zonder thema",
            ("kenmerk", "van", "inbreng", "antwoord", "gevolg"),
            (
                (
                    een.kenmerk,
                    een.orgaan,
                    een.tekst,
                    een.antwoord,
                    f"{een.document} {een.artikel}" if een.document else "geen",
                )
                for een in gemaakt.inbreng
                if een.thema == thema
            ),
            leeg="",
        )


def describe_gevolg(een: Inbreng) -> str:
    """What changed because of a contribution."""
    return f"{een.document} {een.artikel}" if een.document else "geen"


@app.command("voorbeeld", help="Schrijf een ingevuld voorbeeld van een onderbouwing, met verzonnen teksten.")
def voorbeeld(procedure: Procedure, bestand: Bestand, winkel: Winkelmap = None) -> None:
    """All elements that the law of this procedure asks for, for every perceel."""
    with open_winkel(winkel) as huis, huis.winkel.lezen() as sessie:
        definitie = procedures.decode_definitie(procedures.find_procedure(sessie, procedure))
    if bestand.exists():
        raise BestaatAlError(f"{bestand} bestaat al en blijft staan. Kies een andere naam.")
    bestand.write_text(write_voorbeeld(definitie), encoding="utf-8")
    report(f"Het voorbeeld staat in {bestand}. Vervang de teksten door uw eigen berekening.")


class BestaatAlError(InkoopError):
    """A file that is there already is never overwritten."""


@app.command("onderbouwing", help="Leg de onderbouwing van tarieven vast uit een bestand.")
def onderbouwing(
    procedure: Procedure, bestand: Bestand, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """Every element that the law asks for, none of them blank."""
    delen = load_onderbouwingen(bestand)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        voorbereiding.record_onderbouwing(huis, door, procedure, *delen)
    report(f"De onderbouwing is vastgelegd voor perceel {', '.join(deel.perceel for deel in delen)}.")


@app.command("deelname", help="Toon hoe gemeenten meedoen, of leg een voorbehoud, uittreden of toetreden vast.")
def deelname(
    procedure: Procedure,
    als: Als,
    gemeente: Annotated[str | None, typer.Option("--gemeente", metavar="NAAM", help="Naam of code.")] = None,
    stand: Annotated[
        Deelnamestand | None,
        typer.Option("--stand", metavar="actief|voorbehoud|uitgetreden", help="Hoe zij voortaan meedoet."),
    ] = None,
    bestand: Annotated[
        Path | None, typer.Option("--bestand", metavar="BESTAND", help="Bij toetreden: de gegevens van de gemeente.")
    ] = None,
    grond: Annotated[str, typer.Option("--grond", metavar="TEKST", help="Het besluit waar dit op rust.")] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Documents that have not gone out are made anew."""
    if bestand is not None and (gemeente or stand):
        raise OngeldigeWaardeError("Kies: --bestand voor een gemeente die toetreedt, of --gemeente met --stand.")
    if (gemeente is None) != (stand is None):
        raise OngeldigeWaardeError("Noem --gemeente en --stand samen.")
    with treed_op(winkel, als, rol, nu) as (huis, door):
        nieuw: list[str] = []
        if bestand is not None:
            nieuw = deelnames.join_gemeente(huis, door, procedure, load_gemeente(bestand), grond=grond)
        elif gemeente is not None and stand is not None:
            nieuw = deelnames.change_deelname(huis, door, procedure, gemeente, stand, grond=grond)
        with rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
            standen = deelnames.list_deelnames(sessie, procedure)
    print_overzicht(
        [{"gemeente": naam, "deelname": een} for naam, een in sorted(standen.items())],
        json=json,
        leeg="Geen gemeenten.",
    )
    if nieuw and not json:
        print_regels([f"Opnieuw te maken documenten: {', '.join(nieuw)}."])


@app.command("mandaat", help="Leg een mandaat vast dat later is gegeven, bijvoorbeeld een opvolger.")
def mandaat(
    procedure: Procedure, bestand: Bestand, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None
) -> None:
    """From the file of one mandate."""
    gelezen = load_mandaat(bestand)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        deelnames.register_mandaat(huis, door, procedure, gelezen)
    report(f"Mandaat {gelezen.id} is vastgelegd.")


@app.command("aankondiging", help="Registreer een aankondiging, of toon welke er zijn.")
def aankondiging(
    procedure: Procedure,
    als: Als,
    soort: Annotated[
        Aankondigingsoort | None,
        typer.Option("--soort", metavar="SOORT", help=f"Een van: {', '.join(Aankondigingsoort)}.", show_choices=False),
    ] = None,
    plaats: Annotated[str, typer.Option("--plaats", metavar="PLAATS", help="Waar zij staat.")] = "TenderNed",
    nummer: Annotated[str, typer.Option("--nummer", metavar="NUMMER", help="Het nummer op die plaats.")] = "",
    geplaatst: Annotated[
        date | None,
        typer.Option(
            "--geplaatst-op", metavar="DATUM", parser=read_datum, help="De dag van plaatsing; anders vandaag."
        ),
    ] = None,
    ronde: Annotated[str, typer.Option("--ronde", metavar="RONDE", help="Bij een aankondiging van één ronde.")] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Without a soort it lists what was registered."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        if soort is not None:
            aankondigingen.register_aankondiging(
                huis, door, procedure, soort=soort, plaats=plaats, nummer=nummer, geplaatst_op=geplaatst, ronde=ronde
            )
        with rondes.lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
            rijen = aankondigingen.list_aankondigingen(sessie, procedure)
    print_overzicht(
        [
            {"soort": een.soort, "plaats": een.plaats, "nummer": een.nummer, "geplaatst_op": een.geplaatst_op}
            for een in rijen
        ],
        json=json,
        leeg="Er is nog geen aankondiging geregistreerd.",
    )
