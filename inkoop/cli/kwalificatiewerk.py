"""Show what the answers to the five questions lead to, with every reason.

Bron: B.1.1, B.1.6.
"""

from __future__ import annotations

from pathlib import Path

from inkoop.cli.regelkast import NietGevondenError, Regelkast, is_pad
from inkoop.cli.uitvoer import print_json, print_kenmerken
from inkoop.definitions.kwalificatie import load_kwalificatietoets
from inkoop.definitions.yamlbron import DefinitieError, read_yaml
from inkoop.domain.kwalificatie import Kwalificatietoets
from inkoop.domain.kwalificeren import DREMPEL, qualify
from inkoop.domain.selectie import VORMEN


def show(naam: str, kast: Regelkast, *, json: bool) -> None:
    """Print the outcome of the answers of a procedure, or of a file with answers only."""
    toets = _find_toets(naam, kast)
    advies = qualify(toets)
    if json:
        print_json(advies)
        return
    bevestigd = f"ja, door {toets.jurist} op {toets.bevestigd_op}" if advies.bevestigd else "nee: dit is een advies"
    print_kenmerken(
        [
            ("Kwalificatie", advies.kwalificatie),
            ("Vorm", f"{advies.vorm} ({VORMEN[advies.vorm].naam})"),
            ("Selectie", advies.selectie),
            ("Raming", f"{advies.raming:.2f} euro zonder btw"),
            ("Drempel", f"{DREMPEL:.2f} euro: {'gehaald' if advies.boven_drempel else 'niet gehaald'}"),
            ("Waarom", " ".join(advies.redenen)),
            ("Motivering", toets.motivering),
            ("Wat u dan doet", " ".join(advies.plichten)),
            ("Bevestigd door de jurist", bevestigd),
        ]
    )


def _find_toets(naam: str, kast: Regelkast) -> Kwalificatietoets:
    if is_pad(naam) and not _is_procedure(Path(naam)):
        return load_kwalificatietoets(Path(naam))
    definitie = kast.find_procedure(naam)
    if definitie.kwalificatietoets is None:
        tekst = f"Procedure {definitie.naam} heeft geen blok 'kwalificatietoets'. Beantwoord daar de vijf vragen."
        raise NietGevondenError(tekst)
    return definitie.kwalificatietoets


def _is_procedure(pad: Path) -> bool:
    """Whether a file is a whole procedure; a file that cannot be read is reported by its own reader."""
    try:
        waarde = read_yaml(pad).waarde
    except DefinitieError:
        return False
    return isinstance(waarde, dict) and "titel" in waarde
