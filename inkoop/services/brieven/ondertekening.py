"""Who signs a letter during the term, for which gemeenten, and on what ground.

A letter about a besluit names its mandates (Awb 10:10). What follows from the agreement itself is no besluit, and
says that.

Bron: Awb 10:10; C.22, C.27; BP-22, H19-06 (each college its own portefeuillehouder).
"""

from __future__ import annotations

from datetime import date

from inkoop.documents.gegevens import Ondertekenaar
from inkoop.domain.mandaat import Onderwerp, list_mandaten
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.services.brieven.besluit import sign_onder_mandaat


def sign_besluit(
    definitie: Proceduredefinitie, naam: str, functie: str, onderwerp: Onderwerp, op: date
) -> Ondertekenaar:
    """Who records a besluit that the posts take together, under every mandate for it that is in force that day."""
    return sign_onder_mandaat(definitie, naam, functie, list_mandaten(definitie.mandaten, (onderwerp,), op))


def sign_volgens(definitie: Proceduredefinitie, naam: str, functie: str, grond: str, op: date) -> Ondertekenaar:
    """Who writes for all gemeenten of a day on the ground of the agreement, without a mandate."""
    namens = tuple(gemeente.naam for gemeente in definitie.gemeenten_op(max(op, definitie.looptijd.ingang)))
    return Ondertekenaar(naam=naam, functie=functie, namens=namens, mandaat=grond)


def sign_stap(definitie: Proceduredefinitie, naam: str, functie: str, nummer: int, op: date) -> Ondertekenaar:
    """Who writes about a step of the ladder (from 1): under its mandate for it, else on the ground of that step."""
    if eigen := list_mandaten(definitie.mandaten, (Onderwerp.OPZEGGING,), op, functie):
        return sign_onder_mandaat(definitie, naam, functie, eigen)
    stap = definitie.contract.sanctiestappen[nummer - 1]
    grond = f"stap {nummer} van de sanctieladder in de overeenkomst; daarover besluit: {stap.besluit_door}"
    return sign_volgens(definitie, naam, functie, grond, op)
