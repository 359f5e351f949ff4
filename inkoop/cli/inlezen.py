"""`inkoop aanmelding sjabloon` and `importeer`: the form of a round, and what a platform received.

Bron: issue intake; docs/handleiding/importeren.md.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.opties import Als, Json, Nu, Rolkeuze, Ronde, Winkelmap
from inkoop.cli.uitvoer import format_tijdstip, print_json, print_overzicht, print_regels, write_bestand
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.definitions.koppeling import load_koppeling
from inkoop.domain.toegang import Handeling
from inkoop.exchange.aanmeldformulier import write_formulier
from inkoop.exchange.bewijsbron import open_bewijsbron
from inkoop.exchange.tabel import Blad, TabelError, read_csv, read_xlsx
from inkoop.services import procedures, rondes
from inkoop.services.formulieren import build_formulier
from inkoop.services.inlezen import Inleesoordeel, Inleesregel, import_export
from inkoop.services.platformrij import Export
from inkoop.storage.bestandskeuring import inspect_bestand

MAX_EXPORT = 100 * 1024 * 1024
"""The largest export, in bytes (project default)."""


def sjabloon(
    ronde: Ronde,
    als: Als,
    naar: Annotated[Path, typer.Option("--naar", metavar="BESTAND", help="Waar het formulier komt (.xlsx).")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The form follows from the procedure and the criteria of the round."""
    if naar.suffix.lower() != ".xlsx":
        raise OngeldigeWaardeError(f"{naar} is geen Excel-bestand. Geef een naam die eindigt op .xlsx.")
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.RONDE_LEZEN) as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        definitie = procedures.read_definitie(sessie, rij.procedure_id)
        formulier = build_formulier(definitie, procedures.read_editie(sessie, rij), ronde)
    write_bestand(naar, write_formulier(formulier))
    report(f"Het aanmeldformulier van ronde {ronde} staat in {naar}.")


def importeer(
    export: Annotated[Path, typer.Argument(metavar="EXPORT", help="De export van het platform (.xlsx of .csv).")],
    ronde: Annotated[str, typer.Option("--ronde", metavar="RONDE", help="De ronde, bijvoorbeeld M-2020-2.")],
    koppeling: Annotated[
        Path, typer.Option("--koppeling", metavar="BESTAND", help="Welke kolom wat is: het koppelingsbestand (YAML).")
    ],
    als: Als,
    bewijs: Annotated[
        Path | None,
        typer.Option("--bewijs", metavar="MAP|ZIP", help="Het bewijs: een map of zip met een map per aanmelding."),
    ] = None,
    voer_uit: Annotated[
        bool, typer.Option("--voer-uit", help="Lees echt in; zonder deze optie ziet u alleen wat er zou gebeuren.")
    ] = False,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Every row with what it comes to; the exit code is 1 when a row is refused."""
    afspraken = load_koppeling(koppeling)
    inhoud, blad = read_tabel(export, afspraken.blad, afspraken.kopregel)
    bron = None if bewijs is None else open_bewijsbron(bewijs)
    with treed_op(winkel, als, rol, nu) as (huis, door):
        regels = import_export(
            huis,
            door,
            ronde,
            Export(blad=blad, hash=hashlib.sha256(inhoud).hexdigest(), koppeling=afspraken, bewijs=bron),
            voer_uit=voer_uit,
        )
    if json:
        print_json(regels)
    else:
        _show(regels, voer_uit=voer_uit)
    if any(regel.oordeel is Inleesoordeel.GEWEIGERD for regel in regels):
        raise typer.Exit(1)


def read_tabel(pad: Path, bladnaam: str | None, kopregel: int) -> tuple[bytes, Blad]:
    """The bytes of an export and its table; raises TabelError."""
    try:
        inhoud = pad.read_bytes() if pad.stat().st_size <= MAX_EXPORT else None
    except OSError:
        raise TabelError(str(pad), ["het bestand bestaat niet of is niet te lezen"]) from None
    if inhoud is None:
        raise TabelError(str(pad), [f"het bestand is groter dan {MAX_EXPORT // 1024**2} MB"])
    if pad.suffix.lower() == ".csv":
        return inhoud, read_csv(pad.name, inhoud, kopregel=kopregel)
    inspect_bestand(pad.name, inhoud, max_grootte=MAX_EXPORT)
    bladen = read_xlsx(pad.name, inhoud, kopregel=kopregel)
    naam = bladnaam or next(iter(bladen))
    if naam not in bladen:
        raise TabelError(str(pad), [f"het blad '{naam}' is er niet; wel: {', '.join(bladen)}"])
    return inhoud, bladen[naam]


def _show(regels: tuple[Inleesregel, ...], *, voer_uit: bool) -> None:
    print_overzicht(
        [
            {
                "rij": regel.rij,
                "referentie": regel.referentie,
                "aanbieder": regel.aanbieder,
                "ontvangen_op": "" if regel.ontvangen_op is None else format_tijdstip(regel.ontvangen_op),
                "oordeel": regel.oordeel,
                "kenmerk": regel.kenmerk,
            }
            for regel in regels
        ],
        json=False,
        leeg="In deze export staat geen enkele aanmelding.",
    )
    for regel in regels:
        if regel.redenen:
            print_regels([f"Rij {regel.rij} ({regel.referentie or 'zonder referentie'}) wordt geweigerd:"])
            print_regels(f"  - {reden}" for reden in regel.redenen)
        if regel.let_op:
            print_regels([f"Let op bij rij {regel.rij} ({regel.referentie}):"])
            print_regels(f"  - {zin}" for zin in regel.let_op)
    aantal = {oordeel: sum(regel.oordeel is oordeel for regel in regels) for oordeel in Inleesoordeel}
    werkwoord = "Ingelezen" if voer_uit else "In te lezen"
    report(
        f"{werkwoord}: {aantal[Inleesoordeel.NIEUW]} op tijd en {aantal[Inleesoordeel.TE_LAAT]} te laat. "
        f"Al eerder ingelezen: {aantal[Inleesoordeel.AL_INGELEZEN]}. Geweigerd: {aantal[Inleesoordeel.GEWEIGERD]}."
    )
    if not voer_uit:
        report("Er is nog niets opgeslagen. Lees in met --voer-uit.")
