"""The command `inkoop`: which commands there are, and how a run ends.

Each noun has a module of its own, loaded only when it is used, so that `inkoop criteria controleer`
does not wait for what the demo needs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer._click.core import Command, Context

from inkoop.cli.afloop import end_of_run
from inkoop.cli.taal import Opdracht, Opdrachtgroep, in_het_nederlands


class Onderdeel(NamedTuple):
    """A noun of the command line: its name, the module whose `app` holds it, one line of explanation."""

    naam: str
    module: str
    uitleg: str
    paneel: str


REGELS, WERK, BEHEER = "Regels en plannen", "Een ronde uitvoeren", "Winkel en controle"

ONDERDELEN: tuple[Onderdeel, ...] = (
    Onderdeel("criteria", "inkoop.cli.criteria", "Criteria controleren, lezen en uitproberen.", REGELS),
    Onderdeel("procedure", "inkoop.cli.procedure", "Procedures bekijken, controleren en vastleggen.", REGELS),
    Onderdeel("tarief", "inkoop.cli.tarief", "Tarieven bekijken, berekenen en indexeren.", REGELS),
    Onderdeel("sjabloon", "inkoop.cli.sjabloon", "Sjablonen en huisstijlen controleren en uitproberen.", REGELS),
    Onderdeel("demo", "inkoop.cli.demo.opdracht", "Een hele ronde spelen met de voorbeeldzaken.", WERK),
    Onderdeel("voorbereiding", "inkoop.cli.voorbereiding", "Checklists, inbreng, onderbouwing en deelname.", WERK),
    Onderdeel("vraag", "inkoop.cli.vraag", "Vragen over een ronde aannemen en beantwoorden.", WERK),
    Onderdeel("nota", "inkoop.cli.nota", "Nota's van inlichtingen opstellen, goedkeuren en publiceren.", WERK),
    Onderdeel("flow", "inkoop.cli.flow", "Flows starten en bekijken.", WERK),
    Onderdeel("ronde", "inkoop.cli.ronde", "Rondes volgen en openen.", WERK),
    Onderdeel("aanmelding", "inkoop.cli.aanmelding", "Aanmeldingen indienen en bekijken.", WERK),
    Onderdeel("feiten", "inkoop.cli.feiten", "Feiten bekijken en vaststellen.", WERK),
    Onderdeel("beoordelen", "inkoop.cli.beoordelen", "Beoordelen wat regels niet kunnen beslissen.", WERK),
    Onderdeel("herstel", "inkoop.cli.herstel", "Herstelverzoeken en hun antwoorden.", WERK),
    Onderdeel("besluiten", "inkoop.cli.besluiten", "Besluiten controleren, nemen, verzenden en herzien.", WERK),
    Onderdeel("selectie", "inkoop.cli.selectie", "Selecteren, dialoog en gunnen.", WERK),
    Onderdeel("geschil", "inkoop.cli.geschil", "Klachten en kort gedingen.", WERK),
    Onderdeel("dossier", "inkoop.cli.dossier", "Correspondentie en het dossier voor de rechter.", WERK),
    Onderdeel("document", "inkoop.cli.document", "Documenten goedkeuren en meenemen.", WERK),
    Onderdeel(
        "overeenkomst",
        "inkoop.cli.overeenkomst",
        "Overeenkomsten bekijken en inlezen.",
        WERK,
    ),
    Onderdeel("implementatie", "inkoop.cli.implementatie", "De checklist voor de start van een contract.", WERK),
    Onderdeel("wijziging", "inkoop.cli.wijziging", "Eén wijziging voor alle overeenkomsten, met addenda.", WERK),
    Onderdeel("monitoring", "inkoop.cli.monitoring", "Kwartaalrapportages en terugkoppeling van de toegang.", WERK),
    Onderdeel("bewaking", "inkoop.cli.bewaking", "Termijnen van lopende contracten bewaken.", WERK),
    Onderdeel("stopsignaal", "inkoop.cli.stopsignaal", "Ondersteuning die niet helpt: de betaling stoppen.", WERK),
    Onderdeel("maatregel", "inkoop.cli.maatregel", "Maatregelen bij niet nakomen.", WERK),
    Onderdeel("overgang", "inkoop.cli.overgang", "Zorg die doorloopt na een overeenkomst.", WERK),
    Onderdeel("archief", "inkoop.cli.archief", "Bewaartermijnen, vernietigen, overbrengen.", WERK),
    Onderdeel("verlenging", "inkoop.cli.verlenging", "Besluiten over het verlengen van overeenkomsten.", WERK),
    Onderdeel("aanhaak", "inkoop.cli.aanhaak", "Gemeenten die bij een lopende procedure aansluiten.", WERK),
    Onderdeel("ondertekening", "inkoop.cli.ondertekening", "Ondertekeningen registreren.", WERK),
    Onderdeel("start", "inkoop.cli.start", "De flows vanzelf laten lopen, met de webtoepassing.", BEHEER),
    Onderdeel("web", "inkoop.cli.web", "De webtoepassing en de accounts.", BEHEER),
    Onderdeel("init", "inkoop.cli.init", "Een nieuwe winkel maken.", BEHEER),
    Onderdeel("persoon", "inkoop.cli.persoon", "Personen en hun rollen.", BEHEER),
    Onderdeel("token", "inkoop.cli.token", "Tokens voor programma's die de gegevens lezen of flows starten.", BEHEER),
    Onderdeel("post", "inkoop.cli.post", "Berichten per e-mail: adressen, wat klaarstaat, verzenden.", BEHEER),
    Onderdeel("audit", "inkoop.cli.audit", "Het auditlogboek controleren en bekijken.", BEHEER),
    Onderdeel("bestanden", "inkoop.cli.bestanden", "Bewijsstukken en documenten verhuizen.", BEHEER),
    Onderdeel("doctor", "inkoop.cli.doctor", "Kijken wat er op deze computer ontbreekt.", BEHEER),
)


class Hoofdgroep(Opdrachtgroep):
    """The top of the command line; also the place where every error becomes a message."""

    def list_commands(self, ctx: Context) -> list[str]:
        """The nouns, in the order in which people meet them."""
        return [onderdeel.naam for onderdeel in ONDERDELEN]

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """A noun with its line of explanation, enough to list it; `load_opdracht` gives the real one."""
        for onderdeel in ONDERDELEN:
            if onderdeel.naam == cmd_name:
                return Opdracht(cmd_name, help=onderdeel.uitleg, rich_help_panel=onderdeel.paneel)
        return None

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        """Load the noun that was asked for."""
        naam, _, rest = super().resolve_command(ctx, args)
        return naam, load_opdracht(args[0]), rest

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run; in standalone mode every way of ending becomes an exit code and a Dutch message."""
        run = partial(super().main, args, prog_name, complete_var, False, windows_expand_args, **extra)
        return sys.exit(end_of_run(run)) if standalone_mode else run()


def load_opdracht(naam: str) -> Command | None:
    """The command or group behind a noun; None when there is no such noun."""
    for onderdeel in ONDERDELEN:
        if onderdeel.naam == naam:
            app = in_het_nederlands(import_module(onderdeel.module).app)
            opdracht = typer.main.get_command(app)
            opdracht.name = naam
            opdracht.help = onderdeel.uitleg if isinstance(opdracht, Opdrachtgroep) else opdracht.help
            return opdracht
    return None


app = typer.Typer(
    name="inkoop",
    cls=Hoofdgroep,
    add_completion=False,
    rich_markup_mode="rich",
    help="Inkoopprocedures voor zorg en ondersteuning uitvoeren en controleren.",
    epilog="Elke opdracht legt zichzelf uit: zet er --help achter.",
)


@app.callback()
def inkoop() -> None:
    """The group itself has no options."""


def main() -> None:
    """Entry point of the script `inkoop`."""
    for stroom in (sys.stdout, sys.stderr):
        if hasattr(stroom, "reconfigure"):
            stroom.reconfigure(encoding="utf-8", errors="replace")
    typer.main.get_command(app).main(prog_name="inkoop")
