"""The question list of a procedure, asked on a terminal.

Bron: ontwerp 5; B.1.1.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from inkoop.cli.uitvoer import print_regels
from inkoop.definitions.procedurevragen import JANEE, VRAGEN, Vraag, write_antwoord
from inkoop.domain.aanbod import Bekostiging


def ask_vragen(pad: Path, vraag_aan: Callable[[str], str] | None = None) -> None:
    """Ask every question on the terminal and write the answers to a file, which is then read like any other."""
    ask = vraag_aan or _prompt
    regels = ["# Antwoorden op de vragenlijst; met --antwoorden begint u er opnieuw mee."]
    for vraag in VRAGEN:
        if vraag.soort == "percelen":
            regels += _ask_percelen(ask)
            continue
        antwoord = _ask(vraag, ask)
        regels.append(write_antwoord(vraag, antwoord))
    pad.write_text("\n".join(regels) + "\n", encoding="utf-8")


def _ask(vraag: Vraag, ask: Callable[[str], str]) -> str:
    """One answer; asked again until it is one of the words that may be answered."""
    keuzes = f" [{'/'.join(vraag.keuzes)}]" if vraag.keuzes else ""
    while True:
        antwoord = ask(f"{vraag.tekst}{keuzes}").strip()
        if antwoord and (not vraag.keuzes or antwoord in vraag.keuzes):
            return antwoord
        wat = f"Kies uit: {', '.join(vraag.keuzes)}." if vraag.keuzes else "Geef een antwoord."
        print_regels([wat])


def _ask_percelen(ask: Callable[[str], str]) -> list[str]:
    """The percelen with their products, until somebody answers no."""
    regels = ["percelen:"]
    nummer = 0
    while True:
        nummer += 1
        bekostiging = ""
        for sleutel, tekst, keuzes, kaal in (
            ("code", f"Perceel {nummer}: een korte code?", (), False),
            ("naam", f"Perceel {nummer}: hoe heet het?", (), False),
            ("bekostiging", f"Perceel {nummer}: hoe betaalt u?", tuple(Bekostiging), True),
            ("raming", f"Perceel {nummer}: hoeveel euro over de hele looptijd, zonder btw?", (), True),
        ):
            antwoord = _ask(Vraag(sleutel, tekst, keuzes), ask)
            bekostiging = antwoord if sleutel == "bekostiging" else bekostiging
            voor = "  - " if sleutel == "code" else "    "
            regels.append(f"{voor}{sleutel}: {antwoord if kaal else json.dumps(antwoord, ensure_ascii=False)}")
        producten = _ask(Vraag("producten", f"Perceel {nummer}: welke producten? (code=naam, met komma's)"), ask)
        regels.append("    producten:")
        for deel in producten.split(","):
            code, _, naam = (tekst.strip() for tekst in deel.partition("="))
            velden: dict[str, Any] = {"code": code, "naam": naam or code}
            regels.append(f"      - {json.dumps(velden, ensure_ascii=False)}")
        if _ask(Vraag("meer", "Nog een perceel?", JANEE), ask) == "nee":
            return regels


def _prompt(tekst: str) -> str:
    return str(typer.prompt(tekst, type=str))
