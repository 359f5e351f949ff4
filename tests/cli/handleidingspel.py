"""Type the round of the manual line by line in a process of its own, and print what each line printed.

    python -m tests.cli.handleidingspel        in an empty folder

Own process: Prefect reads its settings once, when it is imported. One Prefect server serves all flows,
so that it starts once instead of fifteen times.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from inkoop.cli.app import app
from inkoop.cli.stroom import Prefectserver, prepare_prefect
from tests.cli.handleidingtekst import HANDLEIDING, list_opdrachten

RONDE = HANDLEIDING / "ronde-met-de-hand.md"


def run(*woorden: str) -> Result:
    return CliRunner().invoke(app, list(woorden), prog_name="inkoop")


def play(opdrachten: list[list[str]]) -> dict[str, str]:
    """What each line printed, by its words; a line that fails stops the play."""
    uitvoer = {}
    for woorden in opdrachten:
        if woorden[0] == "export":
            naam, _, waarde = woorden[1].partition("=")
            os.environ[naam] = waarde
            continue
        assert woorden[0] == "inkoop", woorden
        if woorden[1:3] == ["ondertekening", "registreren"]:
            try_other_text(woorden)
        resultaat = run(*woorden[1:])
        assert resultaat.exit_code == 0, (" ".join(woorden), resultaat.output)
        uitvoer[" ".join(woorden)] = resultaat.stdout
    return uitvoer


def try_other_text(woorden: list[str]) -> None:
    """Before each signature: a signature under another file is refused."""
    plek = woorden.index("--bestand") + 1
    Path("andere-tekst.pdf").write_bytes(Path(woorden[plek]).read_bytes() + b"\n")
    resultaat = run(*woorden[1:plek], "andere-tekst.pdf", *woorden[plek + 1 :])
    assert resultaat.exit_code == 1, resultaat.output
    assert "dit is niet het bestand dat is aangeboden" in resultaat.stderr


def main() -> None:
    """Play the manual, and its last flow once more."""
    prepare_prefect(Path.cwd() / ".prefect")
    server = Prefectserver()
    try:
        asyncio.run(server._await_gereed())
        os.environ["PREFECT_API_URL"] = server._url
        uitvoer = play(list_opdrachten(RONDE))
        uitvoer |= {f"nog eens: {regel}": tekst for regel, tekst in play(list_laatste_flow()).items()}
    finally:
        server.stop()
    Path("uitvoer.json").write_text(json.dumps(uitvoer, ensure_ascii=False), encoding="utf-8")


def list_laatste_flow() -> list[list[str]]:
    """The last flow of the manual, between two looks at the log."""
    flow = [woorden for woorden in list_opdrachten(RONDE) if woorden[1:3] == ["flow", "start"]][-1]
    return [["inkoop", "audit", "controleer"], flow, ["inkoop", "audit", "controleer", "--json"]]


if __name__ == "__main__":
    sys.exit(main())
