"""Working in a store: opening it, and acting in it as somebody, at an instant.

Every command that reads or writes records goes through here, so that each has an actor whose role
the policy checks (ontwerp 2.7, 8).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from inkoop import bootstrap
from inkoop.cli.uitvoer import print_regels
from inkoop.domain.aanmelding import Bewijsstuk
from inkoop.domain.persoon import Rol
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.bewijsopslag import MAX_GROOTTE


@contextmanager
def open_winkel(map_: Path | None) -> Iterator[Huis]:
    """The store of the settings, or the one in this folder; closed at the end."""
    instellingen = bootstrap.read_omgeving()
    huis = bootstrap.open_huis(map_ or instellingen.winkel, instellingen)
    try:
        yield huis
    finally:
        huis.winkel.close()


@contextmanager
def treed_op(map_: Path | None, als: str, rol: Rol | None, nu: datetime | None) -> Iterator[tuple[Huis, Optreden]]:
    """A store, and somebody who acts in it."""
    with open_winkel(map_) as huis:
        yield huis, bootstrap.act_as(huis, als, rol, nu)


def report(tekst: str) -> None:
    """Say in one sentence what was recorded."""
    print_regels([tekst])


def read_bewijs(map_: Path, stukken: Sequence[Bewijsstuk]) -> Mapping[str, bytes]:
    """The files that are named and that stand in the folder; what is missing, the service names.

    Of a file that is too large just enough is read to be refused for it.
    """
    bestanden: dict[str, bytes] = {}
    for stuk in stukken:
        pad = map_ / stuk.bestand
        if pad.is_file():
            with pad.open("rb") as bestand:
                bestanden[stuk.bestand] = bestand.read(MAX_GROOTTE + 1)
    return bestanden
