"""The days of the rounds that follow from the answers to the question list, each with why.

Bron: E.5; B.1.6.
"""

from __future__ import annotations

from datetime import date

import msgspec

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.procedureopzet import build_rooster, build_termijnen
from inkoop.definitions.startvragen import Startantwoorden
from inkoop.domain.herleiding import describe_herleiding
from inkoop.domain.roosterrondes import check_rooster, list_ingangen, trace_ronde


class Opzetdag(msgspec.Struct, frozen=True, kw_only=True):
    """A computed day of a round that starts on `ingang`, and why it is that day."""

    ingang: date
    wat: str
    dag: date
    waarom: str


def compute_plan(antwoorden: Startantwoorden) -> tuple[Opzetdag, ...]:
    """Every day of the rounds that follow from the answers, with why, before anything else is filled in."""
    rooster, termijnen = build_rooster(antwoorden), build_termijnen()
    if check_rooster(rooster):
        return ()  # the control of the file says why
    feestdagen = load_feestdagen(rooster.eerste_ingang.year - 3, rooster.laatste_ingang.year + 1)
    return tuple(
        Opzetdag(ingang=ingang, wat=wat, dag=herleiding.dag, waarom=describe_herleiding(herleiding))
        for ingang in list_ingangen(rooster)
        for wat, herleiding in sorted(
            trace_ronde(ingang, rooster, termijnen, feestdagen).items(), key=lambda paar: paar[1].dag
        )
    )
