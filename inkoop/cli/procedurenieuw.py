"""Start a new procedure from an existing one: its file under another name, open where somebody must choose.

The copy keeps every comment and every line. What was decided for the old procedure is opened again: the
mandatory choices are left out and the term becomes an assumption, so that nothing can be published on them.

Bron: ontwerp 5 (a new region is new files); BP-01..25; project default.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import msgspec

from inkoop.cli.procedurecontrole import load_procedurebestand
from inkoop.cli.regelkast import Regelkast
from inkoop.cli.uitvoer import print_regels
from inkoop.definitions.procedure import find_procedure
from inkoop.domain.fasen import KEUZE_VOORWAARDE, list_lege_keuzes
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.procedure import Proceduredefinitie

_NAAM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Nieuw(msgspec.Struct, frozen=True, kw_only=True):
    """Where a new procedure was written, and what must still be chosen before it can be published."""

    pad: Path
    leeg: tuple[str, ...]


def make_nieuw(naam: str, bron: str, titel: str, kast: Regelkast) -> Nieuw:
    """Write the new file and read it back; nothing stays when it cannot be read."""
    map_ = kast.omgeving.procedures
    pad = map_ / f"{naam}.yaml"
    beletselen = []
    if not _NAAM.fullmatch(naam):
        tekst = f"De naam '{naam}' mag alleen kleine letters, cijfers en streepjes bevatten."
        beletselen.append(Beletsel("naam", tekst))
    if pad.exists():
        beletselen.append(Beletsel("bestaat", f"{pad} bestaat al. Kies een andere naam."))
    if not titel.strip():
        beletselen.append(Beletsel("titel", "Geef de nieuwe procedure een titel."))
    if beletselen:
        raise BeletselenError("De nieuwe procedure is niet gemaakt.", beletselen)
    bronpad = find_procedure(map_, bron)
    definitie = load_procedurebestand(bronpad, kast)
    pad.write_text(_rewrite(bronpad.read_text(encoding="utf-8"), definitie, titel), encoding="utf-8")
    try:
        nieuw = load_procedurebestand(pad, kast)
    except BaseException:
        pad.unlink()
        raise
    return Nieuw(pad=pad, leeg=tuple(list_lege_keuzes(nieuw)))


def report_nieuw(nieuw: Nieuw) -> None:
    """Say where the file is and what is left to choose."""
    regels = [f"Geschreven: {nieuw.pad}", "Pas dit bestand aan; controleer het met 'inkoop procedure controleer'."]
    if nieuw.leeg:
        regels.append(f"Nog te kiezen onder 'keuzes', vóór de publicatie: {', '.join(nieuw.leeg)}.")
    regels.append("De looptijd is een werkaanname ('nader_te_bepalen: ja'): stel haar vast vóór de publicatie.")
    print_regels(regels)


def _rewrite(tekst: str, definitie: Proceduredefinitie, titel: str) -> str:
    """The text with its own title, without the mandatory choices, and with the term as an assumption."""
    tekst = _replace_blok(tekst, "titel", lambda _: f'titel: "{_escape(titel)}"\n')
    verplicht = {*definitie.verplichte_keuzes, KEUZE_VOORWAARDE}
    tekst = _replace_blok(tekst, "keuzes", lambda blok: _drop_keuzes(blok, verplicht))
    return _replace_blok(tekst, "looptijd", _open_looptijd)


def _replace_blok(tekst: str, sleutel: str, maak: Callable[[str], str]) -> str:
    """The text with one top-level block made anew; what stands between blocks stays."""
    treffer = re.search(rf"^{sleutel}:.*?(?=^\S|\Z)", tekst, flags=re.MULTILINE | re.DOTALL)
    if treffer is None:
        return tekst
    blok = treffer[0]
    staart = blok[len(blok.rstrip("\n")) :]
    return tekst[: treffer.start()] + maak(blok.rstrip("\n") + "\n").rstrip("\n") + staart + tekst[treffer.end() :]


def _drop_keuzes(blok: str, weg: set[str]) -> str:
    """The choices without those that must be made again; an empty block stays a block."""
    kop, *regels = blok.splitlines()
    over: list[str] = []
    houden = True
    for regel in regels:
        if treffer := re.match(r"^  ([^\s:#][^:]*):", regel):
            houden = treffer[1].strip().strip("\"'") not in weg
        if houden:
            over.append(regel)
    return "\n".join([kop, *over]) + "\n" if any(r.strip() for r in over) else f"{kop.rstrip(':')}: {{}}\n"


def _open_looptijd(blok: str) -> str:
    """The term with `nader_te_bepalen: ja`."""
    regels = [regel for regel in blok.splitlines() if not regel.strip().startswith("nader_te_bepalen:")]
    return "\n".join([*regels, "  nader_te_bepalen: ja"]) + "\n"


def _escape(tekst: str) -> str:
    return " ".join(tekst.split()).replace("\\", "\\\\").replace('"', '\\"')
