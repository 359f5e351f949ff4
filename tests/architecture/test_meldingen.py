"""What the rules and the services say is read on pages too: it names no option of the command line."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from inkoop.settings import CHECKOUT

VLOEREN = ("inkoop/domain", "inkoop/services")
_OPTIE = re.compile(r"(?:^|[\s('\"])--[a-z]")


def _list_teksten(bron: str) -> Iterator[tuple[int, str]]:
    """Every text in a module that is no docstring, with its line."""
    boom = ast.parse(bron)
    docstrings = {
        id(deel.body[0].value)
        for deel in ast.walk(boom)
        if isinstance(deel, ast.Module | ast.ClassDef | ast.FunctionDef)
        and deel.body
        and isinstance(deel.body[0], ast.Expr)
    }
    for deel in ast.walk(boom):
        if isinstance(deel, ast.Constant) and isinstance(deel.value, str) and id(deel) not in docstrings:
            yield deel.lineno, deel.value


def _list_opties(bron: str) -> list[tuple[int, str]]:
    return [(regel, tekst) for regel, tekst in _list_teksten(bron) if _OPTIE.search(tekst)]


@pytest.mark.parametrize("vloer", VLOEREN)
def test_no_message_names_an_option_of_the_command_line(vloer: str):
    paden = sorted((Path(CHECKOUT) / vloer).rglob("*.py"))
    assert len(paden) > 50
    gevonden = {
        f"{pad.relative_to(CHECKOUT)}:{regel}": tekst
        for pad in paden
        for regel, tekst in _list_opties(pad.read_text(encoding="utf-8"))
    }
    assert gevonden == {}


@pytest.mark.parametrize("bron", ["x = 'geef dat aan (--papier).'", "x = f\"Noem het met '--gegevens' {y}\""])
def test_an_option_in_a_message_is_found(bron: str):
    assert _list_opties(bron)


def test_an_option_in_a_docstring_is_left_alone():
    assert _list_opties('"""Run with --json."""\nx = "een -- twee, en M-2020--A"\n') == []
