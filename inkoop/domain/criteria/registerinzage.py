"""Whether a fact rests on a look into a register that is recent enough to establish it.

A fact is established once. So a beoordelaar who establishes it as it was stated, while a criterium asks for a
later look, would leave an outcome that nobody can finish; it is refused with the day from which a look counts.

Bron: B.3.7 (status with check date); ontwerp 2.9.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from inkoop.domain.criteria.criterium import (
    Certificaattoets,
    Criteriaset,
    EenToets,
    Peilmoment,
    Registercontrole,
    Registertoets,
)
from inkoop.domain.criteria.dossier import Certificaatfeit, EenFeit, Registerstatus, Registratiefeit
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.soorten.certificaatgroepen import is_listed
from inkoop.domain.criteria.soorten.registercontrole import find_grens, is_recent
from inkoop.domain.criteria.verwoording import write_datum
from inkoop.domain.criteria.zicht import is_same_woord
from inkoop.domain.fouten import Beletsel


def check_registerinzage(
    editie: Criteriaset, peildatums: Mapping[Peilmoment, date], naam: str, feit: EenFeit
) -> Iterator[Beletsel]:
    """Every criterium for which the register was looked into too early to establish this fact, called `naam`."""
    for criterium in editie.criteria:
        for blad in list_bladen(criterium.toets):
            controle, gezien = _find_controle(blad, feit)
            grens = find_grens(controle, peildatums)
            if grens is None or is_recent(controle, peildatums, gezien):
                continue
            bekeken = f"op {write_datum(gezien)}" if gezien is not None else "op een dag die niet bekend is"
            yield Beletsel(
                "register-opnieuw",
                f"Bij feit '{naam}' is het register bekeken {bekeken}. Criterium {criterium.id} vraagt op of na"
                f" {write_datum(grens)}. Kijk opnieuw en geef een correctie met wat er staat en de dag waarop u keek.",
            )


def _find_controle(blad: EenToets, feit: EenFeit) -> tuple[Registercontrole | None, date | None]:
    """What a leaf asks of the look on which an active status in this fact rests, and the day of that look."""
    if isinstance(blad, Certificaattoets) and isinstance(feit, Certificaatfeit):
        actief = feit.registerstatus is Registerstatus.ACTIEF
        gevraagd = actief and blad.registerstatus_vereist and is_listed(blad, feit)
        return (blad.registercontrole if gevraagd else None), feit.register_gezien_op
    if isinstance(blad, Registertoets) and isinstance(feit, Registratiefeit):
        genoemd = any(is_same_woord(feit.register, naam) for naam in blad.registers)
        gevraagd = genoemd and feit.status is Registerstatus.ACTIEF
        return (blad.registercontrole if gevraagd else None), feit.gezien_op
    return None, None
