"""Start a new procedure: from the answers to a question list, or from the file of an existing one.

With the question list, what nobody said becomes a place to fill in, and every one of them is named.

The copy of an existing one keeps every comment and every line. What was decided for the old procedure is opened
again: the mandatory choices are left out and the term becomes an assumption, so that nothing can be published.

Bron: ontwerp 5 (a new region is new files); B.1.1, E.5; BP-01..25; project default.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from inkoop.cli.gebruiksfout import OngeldigeWaardeError
from inkoop.cli.procedurecontrole import load_procedurebestand
from inkoop.cli.procedurevragen import ask_vragen
from inkoop.cli.regelkast import Regelkast
from inkoop.cli.uitvoer import print_kenmerken, print_regels, print_tabel
from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.opzetplan import Opzetdag, compute_plan
from inkoop.definitions.procedure import find_procedure
from inkoop.definitions.procedureopzet import write_opzet
from inkoop.definitions.procedurevragen import write_vragenlijst
from inkoop.definitions.startvragen import Startantwoorden, load_antwoorden
from inkoop.domain.fasen import KEUZE_VOORWAARDE, list_lege_keuzes
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kwalificeren import Kwalificatieadvies, qualify
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.selectie import VORMEN

_NAAM = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def run(
    naam: str, van: str | None, titel: str | None, antwoorden: Path | None, vragen: Path | None, kast: Regelkast
) -> None:
    """Do what the options ask; exactly one way of beginning."""
    if sum(een is not None for een in (van, antwoorden, vragen)) > 1:
        raise OngeldigeWaardeError("Kies één manier: --van, --antwoorden of --vragen.")
    if (van is None) != (titel is None):
        raise OngeldigeWaardeError("Noem --van en --titel samen: de procedure die u overneemt, en de nieuwe titel.")
    if vragen is not None:
        _require_nieuw(vragen)
        vragen.write_text(write_vragenlijst(), encoding="utf-8")
        print_regels([f"De vragenlijst staat in {vragen}. Vul haar in en begin met --antwoorden {vragen}."])
    elif van is not None:
        report_nieuw(make_nieuw(naam, van, titel or "", kast))
    else:
        report_opzet(make_opzet(naam, load_antwoorden(antwoorden or _ask(naam, kast)), kast))


def _ask(naam: str, kast: Regelkast) -> Path:
    """Ask on the terminal; the answers are kept in a file, so that nothing typed is lost."""
    if beletselen := _check_naam(naam, kast.omgeving.procedures / f"{naam}.yaml"):
        raise BeletselenError("De nieuwe procedure is niet gemaakt.", beletselen)
    if not sys.stdin.isatty():
        raise OngeldigeWaardeError("Er is geen scherm om vragen op te stellen. Gebruik --vragen en --antwoorden.")
    pad = Path(f"{naam}-antwoorden.yaml")
    _require_nieuw(pad)
    ask_vragen(pad)
    print_regels([f"Uw antwoorden staan in {pad}."])
    return pad


def _require_nieuw(pad: Path) -> None:
    if pad.exists():
        raise BeletselenError(
            "Er is niets geschreven.", [Beletsel("bestaat", f"{pad} bestaat al en blijft staan. Kies een andere naam.")]
        )


class Nieuw(msgspec.Struct, frozen=True, kw_only=True):
    """Where a new procedure was written, and what must still be chosen before it can be published."""

    pad: Path
    leeg: tuple[str, ...]


def make_nieuw(naam: str, bron: str, titel: str, kast: Regelkast) -> Nieuw:
    """Write the new file and read it back; nothing stays when it cannot be read."""
    map_ = kast.omgeving.procedures
    pad = map_ / f"{naam}.yaml"
    beletselen = _check_naam(naam, pad)
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


class Opzet(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure that was begun with the question list; `open` are the faults that the control still finds."""

    pad: Path
    advies: Kwalificatieadvies
    plan: tuple[Opzetdag, ...]
    open: tuple[str, ...]


def make_opzet(naam: str, antwoorden: Startantwoorden, kast: Regelkast) -> Opzet:
    """Write a procedure from the answers; it stays also when something is still to be filled in."""
    pad = kast.omgeving.procedures / f"{naam}.yaml"
    if beletselen := _check_naam(naam, pad):
        raise BeletselenError("De nieuwe procedure is niet gemaakt.", beletselen)
    pad.parent.mkdir(parents=True, exist_ok=True)
    pad.write_text(write_opzet(antwoorden), encoding="utf-8")
    try:
        load_procedurebestand(pad, kast)
        fouten: tuple[str, ...] = ()
    except DefinitieError as error:
        fouten = tuple(str(fout) for fout in error.fouten)
    return Opzet(pad=pad, advies=qualify(antwoorden.kwalificatietoets()), plan=compute_plan(antwoorden), open=fouten)


def report_opzet(opzet: Opzet) -> None:
    """The kind of procedure with its reasons, the days with why, and everything that is still to be filled in."""
    advies = opzet.advies
    print_kenmerken(
        [
            ("Kwalificatie", advies.kwalificatie),
            ("Vorm", f"{advies.vorm} ({VORMEN[advies.vorm].naam})"),
            ("Selectie", advies.selectie),
            ("Waarom", " ".join(advies.redenen)),
            ("Wat u dan doet", " ".join(advies.plichten)),
            ("Bevestigd", "nee: een jurist bevestigt dit (kwalificatietoets, jurist en bevestigd_op)"),
        ]
    )
    print_tabel(
        "Planning van de rondes, teruggerekend vanaf de ingang",
        ("ingang", "wat", "dag", "waarom"),
        ((een.ingang, een.wat.replace("_", " "), een.dag, een.waarom) for een in opzet.plan),
        leeg="Er is niets te plannen.",
    )
    print_regels([f"Geschreven: {opzet.pad}"])
    if opzet.open:
        print_regels([f"Nog in te vullen of te verhelpen ({len(opzet.open)}):", *opzet.open])
    else:
        print_regels(["Het bestand klopt."])


def _check_naam(naam: str, pad: Path) -> list[Beletsel]:
    beletselen = []
    if not _NAAM.fullmatch(naam):
        tekst = f"De naam '{naam}' mag alleen kleine letters, cijfers en streepjes bevatten."
        beletselen.append(Beletsel("naam", tekst))
    if pad.exists():
        beletselen.append(Beletsel("bestaat", f"{pad} bestaat al. Kies een andere naam."))
    return beletselen


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
