"""`inkoop feiten`: what an aanbieder stated, and what a beoordelaar established against the evidence.

Bron: ontwerp 2.9 (no besluit rests on a fact that is only stated).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.opties import Als, Json, Kenmerk, Nu, Rolkeuze, Winkelmap
from inkoop.cli.schrijven import write_nieuw
from inkoop.cli.uitvoer import format_waarde, print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.correctie import load_correctie
from inkoop.domain.criteria.dossier import EenFeit, Feit
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.services import bewijslezing, feiten
from inkoop.services.feiten import Feitregel, Nadervaststelling, Vaststelling

app = typer.Typer(help="Feiten bekijken en vaststellen.")


@app.command("toon", help="Toon de feiten van een aanmelding, met wat ervan is vastgesteld.")
def toon(
    kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None, json: Json = False
) -> None:
    """Every fact with the file it was read from."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        regels = feiten.read_feiten(huis, door, kenmerk)
    print_overzicht(
        [
            {
                "feit": regel.id,
                "bestand": regel.bestand,
                "soort": type(regel.feit).__struct_config__.tag,
                "lid": regel.feit.lid,
                "inhoud": describe_feit(regel.feit) if not json else regel.feit,
                "herkomst": regel.feit.herkomst if regel.wijze is None else regel.wijze,
                "door": regel.persoon,
                "reden": regel.reden,
            }
            for regel in regels
        ],
        json=json,
        leeg="Deze aanmelding bevat geen feiten.",
    )


@app.command("bewijs", help="Toon bij elk feit wat er op het bewijs staat: bladzijde, tekst en eventueel iets anders.")
def bewijs(
    kenmerk: Kenmerk,
    als: Als,
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="MAP", help="Schrijf de bewijsstukken ook in deze map.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Alleen feiten die nog niet zijn vastgesteld.")] = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """A help to look; the beoordelaar reads the file and decides."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        bladen = bewijslezing.read_bewijsbladen(huis, door, kenmerk, alleen_open=open_)
        bestanden = {
            naar / f"{blad.sha256[:8]}-{blad.bestand}": huis.winkel.bewijs.read(blad.sha256)
            for blad in bladen
            if naar is not None
        }
    write_nieuw(bestanden)
    print_overzicht(
        [
            {
                "feit": f"{blad.bestand}#{blad.feit.rpartition('#')[2]}",
                "veld": regel.veld.replace("_", " "),
                "opgegeven": regel.opgegeven,
                "stand": regel.stand,
                "bladzijde": regel.pagina,
                "tekst": regel.tekst,
                "op het bewijs": regel.voorstel,
                "vastgesteld": blad.wijze,
            }
            for blad in bladen
            for regel in blad.regels
        ],
        json=json,
        leeg="Er zijn geen feiten om naast het bewijs te leggen.",
    )
    if bestanden:
        report(f"{len(bestanden)} bewijsstukken geschreven in {naar}.")


def describe_feit(feit: EenFeit) -> str:
    """What a fact says, on one line; empty fields are left out."""
    return "; ".join(
        f"{naam.replace('_', ' ')} {format_waarde(waarde)}"
        for naam in feit.__struct_fields__
        if naam not in Feit.__struct_fields__ and (waarde := getattr(feit, naam)) not in (None, "", (), {})
    )


@app.command("vaststellen", help="Leg vast wat u op het bewijs hebt gelezen. Een feit stelt u één keer vast.")
def vaststellen(
    kenmerk: Kenmerk,
    als: Als,
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Waar u het op baseert.")],
    feit: Annotated[
        list[str] | None,
        typer.Option("--feit", metavar="FEIT", help="Een feit: zijn nummer, of bijvoorbeeld uea.pdf#1; mag vaker."),
    ] = None,
    bestand: Annotated[
        list[str] | None,
        typer.Option("--bestand", metavar="NAAM", help="Alle open feiten van dit bewijsstuk; mag vaker."),
    ] = None,
    alle: Annotated[bool, typer.Option("--alle", help="Alle open feiten van de aanmelding.")] = False,
    wijze: Annotated[
        Nadervaststelling,
        typer.Option("--wijze", metavar="WIJZE", help="bevestigd, gecorrigeerd, verworpen of onduidelijk."),
    ] = Nadervaststelling.BEVESTIGD,
    correctie: Annotated[
        Path | None,
        typer.Option("--correctie", metavar="BESTAND", help="Bij gecorrigeerd: het feit zoals het bewijs het zegt."),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Establish the facts that are named, or those of the files that are named."""
    inhoud = None if correctie is None else load_correctie(correctie)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        gekozen = list(_choose(feiten.read_feiten(huis, door, kenmerk), feit or (), bestand or (), alle=alle))
        aantal = feiten.establish_feiten(
            huis,
            door,
            kenmerk,
            [Vaststelling(id=id, wijze=wijze, feit=inhoud, reden=reden) for id in gekozen],
        )
    report(f"{aantal} {'feit' if aantal == 1 else 'feiten'} van {kenmerk} vastgesteld: {wijze}.")


def _choose(
    regels: Sequence[Feitregel], genoemd: Sequence[str], bestanden: Sequence[str], *, alle: bool
) -> Iterator[str]:
    """The facts by name, and the open ones of the files (or of all files); refuses an empty choice."""
    namen = _list_namen(regels)
    open_ = [regel for regel in regels if regel.wijze is None and (alle or regel.bestand in bestanden)]
    beletselen = [
        Beletsel("bestand", f"Er zijn geen feiten van '{naam}'. Wel van: {', '.join(_list_bestanden(regels))}.")
        for naam in sorted(set(bestanden) - {regel.bestand for regel in regels})
    ]
    beletselen += [
        Beletsel("feit", f"Meer feiten heten '{naam}'. Noem het nummer: {', '.join(namen[naam])}.")
        for naam in genoemd
        if len(namen.get(naam, ())) > 1
    ]
    bekend = {*namen, *(regel.id for regel in regels)}
    beletselen += [
        Beletsel("feit", f"Feit '{naam}' bestaat niet in deze aanmelding. De nummers staan in 'inkoop feiten toon'.")
        for naam in genoemd
        if naam not in bekend
    ]
    if not genoemd and not open_ and not beletselen:
        tekst = "Noem een --feit of een --bestand met open feiten, of kies --alle."
        beletselen.append(Beletsel("geen", tekst))
    if beletselen:
        raise BeletselenError("Er is niets vastgesteld.", beletselen)
    yield from dict.fromkeys([*(namen.get(naam, [naam])[0] for naam in genoemd), *(regel.id for regel in open_)])


def _list_namen(regels: Sequence[Feitregel]) -> dict[str, list[str]]:
    """How people may call a fact besides by its id: the file with the number of the fact in it."""
    namen: dict[str, list[str]] = {}
    for regel in regels:
        namen.setdefault(f"{regel.bestand}#{regel.id.rpartition('#')[2]}", []).append(regel.id)
    return namen


def _list_bestanden(regels: Sequence[Feitregel]) -> list[str]:
    return sorted({regel.bestand for regel in regels})
