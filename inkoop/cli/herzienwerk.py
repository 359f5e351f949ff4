"""`inkoop besluiten`, after sending: proof, looking again, withdrawing an admission.

Bron: B.2.2, B.2.4, B.2.9; C.16.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from inkoop.cli.opties import (
    Als,
    Documentkenmerk,
    Json,
    Kenmerk,
    Nu,
    Rolkeuze,
    Ronde,
    Winkelmap,
    read_datum,
    read_tijdstip,
)
from inkoop.cli.schrijven import write_nieuw
from inkoop.cli.uitvoer import print_overzicht
from inkoop.cli.winkelwerk import report, treed_op
from inkoop.domain.herziening import Herzieningsaanleiding, Intrekkingsgrond
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Besluitstatus
from inkoop.services import (
    besluitbrieven,
    besluiten,
    documenten,
    heropeningen,
    herzieningen,
    rondes,
    verzendingen,
)
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.tabellen.aanmelding import AanmeldingRow


def register(app: typer.Typer) -> None:
    """Add these commands to `inkoop besluiten`."""
    app.command("brieven", help="Bekijk vóór het verzenden elke brief die met de genomen besluiten uitgaat.")(brieven)
    app.command("bewijs", help="Leg het bewijs van verzending van een brief vast.")(bewijs)
    app.command("heropenen", help="Kijk opnieuw naar een aanmelding waarover een besluit is verzonden.")(heropenen)
    app.command("herzien", help="Toets een heropende aanmelding opnieuw en stel een nieuw besluit voor als dat volgt.")(
        herzien
    )
    app.command("intrekken", help="Stel voor om een toelating in te trekken, vóór er een overeenkomst is getekend.")(
        intrekken
    )


def brieven(
    ronde: Ronde,
    als: Als,
    naar: Annotated[
        Path | None, typer.Option("--naar", metavar="MAP", help="Schrijf de brieven ook als pdf in deze map.")
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
    json: Json = False,
) -> None:
    """Sending is one act for all of them, so each can be looked at first."""
    with treed_op(winkel, als, rol, nu) as (huis, door), rondes.lees(huis, door, Handeling.BESLUIT_LEZEN) as sessie:
        te_doen = [
            (sessie.get_one(AanmeldingRow, besluit.aanmelding_id), besluit)
            for besluit in besluiten.list_ronde(sessie, rondes.find_ronde(sessie, ronde))
            if besluit.status is Besluitstatus.GENOMEN
        ]
        gevonden = besluitbrieven.list_brieven(sessie, te_doen)
        namen = {rij.kenmerk: rij.naam for rij, _ in te_doen}
        bestanden = {
            naar / f"{brief.kenmerk}-{brief.soort}.pdf": huis.winkel.documenten.read(brief.pdf_sha256)
            for brief in gevonden
            if naar is not None and brief.pdf_sha256 is not None
        }
        rijen = [
            {
                "document": brief.kenmerk,
                "soort": brief.soort,
                "aan": namen.get(brief.onderwerp, brief.onderwerp),
                "status": brief.status,
                "verzendklaar": brief.status in documenten.UITGAAND,
            }
            for brief in gevonden
        ]
    write_nieuw(bestanden)
    print_overzicht(rijen, json=json, leeg=f"In ronde {ronde} ligt geen brief klaar om te verzenden.")


def bewijs(
    document: Documentkenmerk,
    als: Als,
    referentie: Annotated[
        str, typer.Option("--referentie", metavar="TEKST", help="Het nummer bij het platform of de bezorger.")
    ],
    bestand: Annotated[
        Path | None,
        typer.Option("--bestand", metavar="BESTAND", help="Het verzend- of ontvangstbewijs (pdf, png, jpg)."),
    ] = None,
    bezorgd_op: Annotated[
        datetime | None,
        typer.Option(
            "--bezorgd-op",
            metavar="TIJDSTIP",
            parser=read_tijdstip,
            help="Wanneer het volgens het bewijs is bezorgd.",
        ),
    ] = None,
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """The day of sending must be provable: the term runs from it."""
    inhoud = None if bestand is None else Bestandsbron(bestand.name, bestand.open("rb"))
    with treed_op(winkel, als, rol, nu) as (huis, door):
        verzendingen.prove_verzending(
            huis, door, document, referentie=referentie, bezorgd_op=bezorgd_op, bestand=inhoud
        )
    report(f"Het bewijs van verzending van {document} is vastgelegd.")


def heropenen(
    kenmerk: Kenmerk,
    als: Als,
    aanleiding: Annotated[
        Herzieningsaanleiding,
        typer.Option("--aanleiding", metavar="AANLEIDING", help="nieuwe_grond, klacht, vonnis of kennelijke_fout."),
    ],
    reden: Annotated[str, typer.Option("--reden", metavar="TEKST", help="Wat er is gebleken; dit staat in de brief.")],
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Its facts can be established again; nothing changes until a new besluit is taken."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        heropeningen.reopen(huis, door, kenmerk, aanleiding, reden)
    report(
        f"Aanmelding {kenmerk} is heropend. Stel de feiten opnieuw vast en geef dan: inkoop besluiten herzien {kenmerk}"
    )


def herzien(kenmerk: Kenmerk, als: Als, rol: Rolkeuze = None, nu: Nu = None, winkel: Winkelmap = None) -> None:
    """What changes becomes a proposal; what does not change stays as it was sent."""
    with treed_op(winkel, als, rol, nu) as (huis, door):
        gewijzigd = herzieningen.revise_besluiten(huis, door, kenmerk)
    if gewijzigd:
        report(f"Voor {kenmerk} is een nieuw besluit voorgesteld over perceel {', '.join(gewijzigd)}.")
    else:
        report(f"De nieuwe toets van {kenmerk} verandert niets: het verzonden besluit blijft gelden.")


def intrekken(
    kenmerk: Kenmerk,
    als: Als,
    aanleiding: Annotated[
        Herzieningsaanleiding,
        typer.Option("--aanleiding", metavar="AANLEIDING", help="onjuiste_verklaring of faillissement."),
    ],
    bevinding: Annotated[str, typer.Option("--bevinding", metavar="TEKST", help="Wat is gevonden.")],
    regel: Annotated[str, typer.Option("--regel", metavar="TEKST", help="De gepubliceerde regel, letterlijk.")],
    bron: Annotated[str, typer.Option("--bron", metavar="TEKST", help="Waar die regel staat.")],
    bewijs: Annotated[str, typer.Option("--bewijs", metavar="TEKST", help="Waaruit de bevinding blijkt.")],
    zienswijze_gevraagd_op: Annotated[
        date,
        typer.Option(
            "--zienswijze-gevraagd-op", metavar="DATUM", parser=read_datum, help="Wanneer om een reactie is gevraagd."
        ),
    ],
    zienswijze: Annotated[
        str, typer.Option("--zienswijze", metavar="TEKST", help="De reactie; leeg als er geen kwam.")
    ] = "",
    rol: Rolkeuze = None,
    nu: Nu = None,
    winkel: Winkelmap = None,
) -> None:
    """Proposed only: a jurist checks and a mandated person takes it, as any besluit."""
    grond = Intrekkingsgrond(
        aanleiding=aanleiding,
        bevinding=bevinding,
        regel=regel,
        bron=bron,
        bewijs=bewijs,
        zienswijze_gevraagd_op=zienswijze_gevraagd_op,
        zienswijze=zienswijze,
    )
    with treed_op(winkel, als, rol, nu) as (huis, door):
        percelen = herzieningen.withdraw_toelating(huis, door, kenmerk, grond)
    report(f"Voor {kenmerk} is voorgesteld de toelating in te trekken: perceel {', '.join(percelen)}.")
