"""The documents lead somewhere: every link, picture, heading and command that they name is there."""

import re
import subprocess
import tomllib
from urllib.parse import unquote

import pytest

from tests.architecture.broncode import CHECKOUT, list_bestanden, show

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\bsrc=\"([^\"]+)\"")
CODEBLOK = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
ADR = re.compile(r"^(\d{4})-[a-z0-9-]+\.md$")


def list_links(tekst: str) -> list[str]:
    """The targets of every link and picture outside code."""
    kaal = re.sub(r"`[^`\n]*`", "", CODEBLOK.sub("", tekst))
    return [een or ander for een, ander in LINK.findall(kaal)]


def list_ankers(tekst: str) -> set[str]:
    """The anchors that the headings of a page give."""
    koppen = re.findall(r"^#+ (.+)$", CODEBLOK.sub("", tekst), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", kop.lower()).strip().replace(" ", "-") for kop in koppen}


def find_dood(tekst: str, pad) -> list[str]:
    """The links of a page at `pad` that lead nowhere within the checkout."""
    dood = []
    for doel in list_links(tekst):
        if re.match(r"[a-z]+:", doel):
            continue
        bestand, _, anker = unquote(doel).partition("#")
        naar = (pad.parent / bestand).resolve() if bestand else pad
        bron = tekst if naar == pad else None
        if not naar.exists():
            dood.append(doel)
        elif anker and naar.suffix == ".md":
            bron = bron if bron is not None else naar.read_text()
            if anker not in list_ankers(bron):
                dood.append(doel)
    return dood


def _documenten():
    return [pad for pad in list_bestanden(".md") if not show(pad).startswith("sjablonen/")]


def test_every_link_in_the_documents_leads_somewhere():
    assert {show(pad): dood for pad in _documenten() if (dood := find_dood(pad.read_text(), pad))} == {}


@pytest.mark.parametrize(
    ("tekst", "dood"),
    [
        ("[x](weg.md)", ["weg.md"]),
        ("![x](weg.png)", ["weg.png"]),
        ('<img src="weg.svg" alt="x">', ["weg.svg"]),
        ("[x](#weg)", ["#weg"]),
        ("# Het huis\n[x](#het-huis)", []),
        ("[x](https://example.org/weg)", []),
        ("`[x](weg.md)`", []),
        ("[x](pyproject.toml)", []),
    ],
)
def test_a_link_that_leads_nowhere_is_found(tekst, dood):
    assert find_dood(tekst, CHECKOUT / "README.md") == dood


def test_decisions_are_numbered_without_gaps_and_have_their_three_parts():
    bestanden = sorted(pad for pad in (CHECKOUT / "docs" / "adr").glob("*.md"))
    nummers = [int(treffer.group(1)) for pad in bestanden if (treffer := ADR.match(pad.name))]
    assert nummers == list(range(1, len(bestanden) + 1))
    zonder = [
        (pad.name, kop)
        for pad in bestanden
        for kop in ("## Context", "## Decision", "## Consequences")
        if f"\n{kop}\n" not in pad.read_text()
    ]
    assert zonder == []


def test_every_command_that_the_readme_names_exists():
    gebruik = subprocess.run(["bash", "run", "help"], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    genoemd = set(re.findall(r"\./run ([a-z]+)", (CHECKOUT / "README.md").read_text()))
    assert genoemd >= {"demo", "test"}
    assert {opdracht for opdracht in genoemd if f"\n  {opdracht} " not in gebruik} == set()


def test_the_version_stands_in_the_changelog_or_is_still_to_come():
    versie = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["version"]
    changelog = (CHECKOUT / "CHANGELOG.md").read_text()
    assert "## [Unreleased]" in changelog or f"## [{versie}]" in changelog


def test_the_licence_is_the_official_text():
    tekst = (CHECKOUT / "LICENSE").read_text()
    assert tekst.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert "Québec Free and Open-Source Licence" in tekst


def test_every_file_that_the_readme_names_is_there():
    blokken = "\n".join(treffer.group() for treffer in CODEBLOK.finditer((CHECKOUT / "README.md").read_text()))
    paden = re.findall(r"(?<![<\w/])(?:criteria|procedures|sjablonen|tests|docs)/[\w./-]*", blokken)
    assert paden != []
    assert [pad for pad in paden if "<" not in pad and not (CHECKOUT / pad).exists()] == []
