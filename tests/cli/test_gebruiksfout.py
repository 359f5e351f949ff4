"""What somebody types wrong is said in Dutch, with a suggestion."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from inkoop.cli.app import Hoofdgroep, app
from inkoop.cli.gebruiksfout import quote, suggest
from inkoop.cli.opties import Op
from inkoop.cli.taal import Opdrachtgroep, in_het_nederlands


class Kleur(Enum):
    ROOD = "rood"
    BLAUW = "blauw"


@pytest.fixture
def proef() -> typer.Typer:
    """A small app with every kind of parameter, whose errors end as those of the real one."""

    class Proefgroep(Hoofdgroep):
        """The real group with commands of its own."""

        list_commands = Opdrachtgroep.list_commands
        get_command = Opdrachtgroep.get_command
        resolve_command = Opdrachtgroep.resolve_command

    los = typer.Typer(cls=Proefgroep, add_completion=False, help="Proef.")

    @los.command("verf", help="Verf iets.")
    def verf(
        ding: Annotated[str, typer.Argument(metavar="DING", help="Wat.")],
        kleur: Annotated[Kleur, typer.Option("--kleur", help="Welke kleur.")],
        op: Op = None,
        dik: Annotated[bool, typer.Option("--dik", help="Dik.")] = False,
    ) -> None:
        typer.echo(f"{ding} {kleur.value} {op} {dik}")

    @los.command("stop", help="Stop.")
    def stop() -> None:
        raise typer.Abort

    return in_het_nederlands(los)


@pytest.mark.parametrize(
    ("woorden", "melding"),
    [
        (["verv"], "De opdracht 'verv' bestaat niet. Bedoelt u 'verf'?"),
        (["qqq"], "De opdracht 'qqq' bestaat niet. Kies uit: verf, stop."),
        (["verf"], "Het argument DING ontbreekt."),
        (["verf", "muur"], "De optie '--kleur' ontbreekt. Kies uit: rood, blauw."),
        (["verf", "muur", "--kleur"], "Achter de optie '--kleur' hoort een waarde."),
        (["verf", "muur", "--klur", "rood"], "De optie '--klur' bestaat niet. Bedoelt u '--kleur'?"),
        (["verf", "muur", "--kleur", "geel"], "De waarde van '--kleur' staat niet in de lijst. Kies uit: rood, blauw."),
        (
            ["verf", "muur", "--kleur", "rood", "--dik=ja"],
            "De optie '--dik' krijgt geen waarde: schrijf alleen '--dik'.",
        ),
        (["verf", "muur", "hek", "--kleur", "rood"], "Er staat te veel achter de opdracht: onverwacht argument 'hek'."),
        (
            ["verf", "muur", "--kleur", "rood", "--op", "2020-02-30"],
            (
                "De waarde van '--op' klopt niet: '2020-02-30' is geen bestaande dag. "
                "Schrijf JJJJ-MM-DD, bijvoorbeeld 2020-03-31."
            ),
        ),
        (
            ["verf", "muur", "--kleur", "rood", "--op", "20200330"],
            (
                "De waarde van '--op' klopt niet: '20200330' is geen bestaande dag. "
                "Schrijf JJJJ-MM-DD, bijvoorbeeld 2020-03-31."
            ),
        ),
    ],
)
def test_wrong_usage_is_named_with_a_way_out(proef: typer.Typer, woorden: list[str], melding: str) -> None:
    resultaat = CliRunner().invoke(proef, woorden)

    assert resultaat.exit_code == 2
    assert resultaat.stderr.splitlines()[0] == f"Fout: {melding}"
    assert "Gebruik: " in resultaat.stderr
    assert "--help" in resultaat.stderr
    assert resultaat.stdout == ""


def test_a_good_line_reaches_the_command_with_its_values(proef: typer.Typer) -> None:
    resultaat = CliRunner().invoke(proef, ["verf", "muur", "--kleur", "blauw", "--op", "2020-02-29", "--dik"])

    assert resultaat.exit_code == 0, resultaat.output
    assert resultaat.stdout == f"muur blauw {date(2020, 2, 29)} True\n"


def test_a_command_that_is_broken_off_says_so(proef: typer.Typer) -> None:
    resultaat = CliRunner().invoke(proef, ["stop"])

    assert (resultaat.exit_code, resultaat.stderr) == (1, "Afgebroken.\n")


def test_an_unknown_noun_of_the_product_gets_a_suggestion() -> None:
    resultaat = CliRunner().invoke(app, ["critera"])

    assert resultaat.exit_code == 2
    assert "De opdracht 'critera' bestaat niet. Bedoelt u 'criteria'?" in resultaat.stderr


def test_a_suggestion_lists_everything_when_nothing_is_near() -> None:
    assert suggest("zzzz", ["open", "toon"]) == " Kies uit: open, toon."
    assert suggest("opem", ["open", "toon"]) == " Bedoelt u 'open'?"
    assert suggest("x", []) == ""


def test_names_are_quoted_as_a_sentence() -> None:
    assert quote(["a", "b", "c"]) == "'a', 'b' en 'c'"
