"""People who act, and the roles in which they do.

A body (a college, a raad) is no person: its decision is recorded as the outcome of a step by a
person with a role, and under a mandate by the gemandateerde.

Bron: domein D (roles); `systeem` and `beheerder` are project defaults.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

SYSTEEM = "systeem"
"""The id under which flows act; no person may carry it."""


class Rol(StrEnum):
    """In which capacity somebody acts; a person may have several, an act is done in one."""

    INKOPER = "inkoper"
    JURIST = "jurist"
    CONTRACTMANAGER = "contractmanager"
    BELEIDSADVISEUR = "beleidsadviseur"
    FINANCIEN = "financien"
    GEMANDATEERDE = "gemandateerde"
    BEOORDELAAR = "beoordelaar"
    AANBIEDER = "aanbieder"
    ARCHIVARIS = "archivaris"
    BEHEERDER = "beheerder"
    SYSTEEM = "systeem"
    TOEGANG = "toegang"


class Persoon(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may act. `functie` is the post to which mandates are given (domain/mandaat).

    `kvk` is the legal person on whose behalf somebody with the role aanbieder acts.
    """

    id: str
    naam: str
    functie: str
    rollen: frozenset[Rol]
    kvk: str | None = None


KVK_LENGTE = 8
"""The digits of a number in the trade register."""


def is_kvk(nummer: str) -> bool:
    """Whether this is written as a KvK-nummer: eight digits and nothing else."""
    return nummer.isascii() and nummer.isdigit() and len(nummer) == KVK_LENGTE
