"""Moving the planning of a procedure in a store, with a reason; refused whole when an invariant breaks.

Only before publication: a published date changes by a nota van inlichtingen or a new publication (FE-6).

Bron: domein 0.11; BP-17; E.5; FE-6.
"""

from __future__ import annotations

from datetime import date

import msgspec

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling
from inkoop.domain.verzetten import Verzetting, move_dag
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.procedures import decode_definitie, find_procedure


def move_planning(
    huis: Huis, door: Optreden, procedure: str, *, ronde: str, dag: str, naar: date, reden: str
) -> Verzetting:
    """Move one day of a round and what must move behind it; give what changed.

    Raises BeletselenError with every reason; then nothing has changed.
    """
    with handel(huis, door, Handeling.PLANNING_VERZETTEN) as eenheid:
        rij = find_procedure(eenheid.sessie, procedure)
        verzetting = move_dag(decode_definitie(rij), ronde, dag, naar, huis.feestdagen)
        beletselen = list(verzetting.beletselen)
        if rij.gepubliceerd_op is not None:
            tekst = (
                "De procedure is gepubliceerd. Een gepubliceerde datum wijzigt u met een nota van inlichtingen of een "
                "nieuwe publicatie."
            )
            beletselen.append(Beletsel("gepubliceerd", tekst))
        if not reden.strip():
            beletselen.append(Beletsel("reden", "Zeg waarom de planning verandert."))
        if beletselen:
            raise BeletselenError(f"De planning van '{procedure}' kan zo niet worden verzet.", beletselen)
        eenheid.audit(
            Handeling.PLANNING_VERZETTEN,
            ronde,
            van=rij.definitie_hash,
            naar=verzetting.definitie.hash,
            reden=reden,
            gegevens={w.dag: f"{w.was.isoformat()} -> {w.wordt.isoformat()}" for w in verzetting.wijzigingen},
        )
        rij.definitie = msgspec.json.encode(verzetting.definitie).decode()
        eenheid.sessie.add(rij)
    return verzetting
