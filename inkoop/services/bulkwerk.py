"""One act for many agreements: each in a transaction of its own, so that a stop loses nothing and doubles nothing.

What was done before is found done and passed over; what cannot be done is set apart with the reason, and the rest goes
on.

Bron: ontwerp 7; issue contract years (bulk, resumable).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.services import (
    addendumwerk,
    documenten,
    houders,
    implementatiepunten,
    procedures,
    rondes,
    wijzigingstand,
)
from inkoop.services.huis import Huis, Optreden
from inkoop.services.wijzigingstand import Wijzigingsverslag

Voortgang = Callable[[int, int], None]
"""Called with how many are done and how many there are."""


class Bulkuitkomst(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, how many needed nothing, and what was set apart: number with the reason."""

    gedaan: tuple[str, ...]
    niets: int
    apart: tuple[str, ...]


def _run(nummers: Sequence[str], doe: Callable[[str], bool], toon: Voortgang) -> Bulkuitkomst:
    gedaan, apart = [], []
    for plek, nummer in enumerate(nummers, start=1):
        try:
            if doe(nummer):
                gedaan.append(nummer)
        except InkoopError as fout:
            apart.append(f"{nummer}: {fout}")
        toon(plek, len(nummers))
    return Bulkuitkomst(gedaan=tuple(gedaan), niets=len(nummers) - len(gedaan) - len(apart), apart=tuple(apart))


def compose_alle(huis: Huis, door: Optreden, procedure: str, toon: Voortgang) -> Bulkuitkomst:
    """Draft the addenda that are due for every running agreement of a procedure."""
    require_toegang(door.persoon, door.rol, Handeling.ADDENDUM_OPSTELLEN)
    with huis.winkel.lezen() as sessie:
        rij = procedures.find_procedure(sessie, procedure)
        nummers = [een.contractnummer for een in sessie.exec(houders.select_lopend(rij.id))]
    return _run(nummers, lambda nummer: addendumwerk.compose_addendum(huis, door, nummer), toon)


def approve_alle(huis: Huis, door: Optreden, verslag: Wijzigingsverslag, toon: Voortgang) -> Bulkuitkomst:
    """Approve the documents of the addenda in an overview that wait for it."""
    require_toegang(door.persoon, door.rol, Handeling.DOCUMENT_GOEDKEUREN)
    with huis.winkel.lezen() as sessie:
        kenmerken = wijzigingstand.list_te_keuren(sessie, verslag)

    def approve(kenmerk: str) -> bool:
        documenten.approve(huis, door, kenmerk)
        return True

    return _run(kenmerken, approve, toon)


def tick_alle(huis: Huis, door: Optreden, ronde: str, punt: str, bewijs: str, toon: Voortgang) -> Bulkuitkomst:
    """Record a point of the implementation as done for every agreement of a round where it is open."""
    require_toegang(door.persoon, door.rol, Handeling.IMPLEMENTATIE_VASTLEGGEN)
    with huis.winkel.lezen() as sessie:
        standen = implementatiepunten.list_ronde(sessie, rondes.find_ronde(sessie, ronde))
    nummers = [
        stand.contractnummer for stand in standen if punt not in {een.punt.code for een in stand.punten if een.klaar}
    ]

    def tick(nummer: str) -> bool:
        implementatiepunten.record_punt(huis, door, nummer, punt, Puntuitkomst.JA, bewijs)
        return True

    return _run(nummers, tick, toon)
