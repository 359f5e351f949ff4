"""What follows for an aanmelding: from its toets, from what it drops, and from who takes part twice.

Bron: ontwerp 2.3; H19-44 (mutatie); B.4 (one legal person once per perceel).
"""

from __future__ import annotations

import msgspec
from sqlmodel import Session

from inkoop.domain.besluit import Besluitvoorstel, check_besluitrijp, leave_out, propose_besluiten
from inkoop.domain.criteria.bevinding import Toetsresultaat
from inkoop.domain.criteria.dossier import Dossier
from inkoop.domain.fouten import Beletsel
from inkoop.domain.mutatie import add_vervallen, find_vervallen
from inkoop.services import aanmeldingen, houders, samenlopen
from inkoop.services.toetsen import Toetsbasis
from inkoop.storage.tabellen.aanmelding import AanmeldingRow


def check_rijp(sessie: Session, rij: AanmeldingRow, basis: Toetsbasis, resultaat: Toetsresultaat) -> list[Beletsel]:
    """Every reason why nothing can be decided on an aanmelding yet; empty = ready.

    Where nothing is left to test (only products that are dropped, or no perceel that is taken up) no finding counts.
    """
    dossier, over = _narrow(sessie, rij, basis, resultaat)
    beletselen = check_besluitrijp(over, basis.editie) if dossier.percelen else []
    if samenlopen.is_open(sessie, rij):
        tekst = (
            "Een deelnemer doet voor een perceel te vaak mee. Beslis eerst wat meetelt (inkoop aanmelding samenloop)."
        )
        beletselen.append(Beletsel("samenloop", tekst))
    return beletselen


def propose(
    sessie: Session, rij: AanmeldingRow, basis: Toetsbasis, resultaat: Toetsresultaat
) -> tuple[Besluitvoorstel, ...]:
    """What follows, one voorstel per perceel. Raises BeletselenError with everything that is still open."""
    dossier, over = _narrow(sessie, rij, basis, resultaat)
    voorstellen = propose_besluiten(basis.editie, dossier, over) if dossier.percelen else ()
    voorstellen += samenlopen.propose_uitgesloten(sessie, rij)
    vervalt = aanmeldingen.read_opgave(rij).vervalt
    overeenkomst = houders.find_gewijzigde(sessie, rij) if vervalt else None
    if overeenkomst is None:
        return voorstellen
    return add_vervallen(voorstellen, find_vervallen(vervalt, houders.find_aanbod(sessie, overeenkomst)))


def _narrow(
    sessie: Session, rij: AanmeldingRow, basis: Toetsbasis, resultaat: Toetsresultaat
) -> tuple[Dossier, Toetsresultaat]:
    """The offer and the findings for the percelen that are taken up (services/samenlopen)."""
    weg = samenlopen.list_uitgesloten(sessie, rij)
    over = tuple(perceel for perceel in basis.dossier.percelen if perceel.code not in weg)
    return msgspec.structs.replace(basis.dossier, percelen=over), leave_out(resultaat, weg)
