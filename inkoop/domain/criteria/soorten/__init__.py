"""The kinds of toets: one module per kind, found in a register by the struct it judges.

Importing this package registers every kind.
"""

from inkoop.domain.criteria.soorten import (
    beoordeling,
    certificaat,
    document,
    ervaring,
    getal,
    locatie,
    partijen,
    personeel,
    register,
    uitsluiting,
    verklaring,
)
from inkoop.domain.criteria.soorten.combinaties import COMBINATIES
from inkoop.domain.criteria.soorten.soort import Soort, find_soort, list_structs

__all__ = [
    "COMBINATIES",
    "Soort",
    "beoordeling",
    "certificaat",
    "document",
    "ervaring",
    "find_soort",
    "getal",
    "list_structs",
    "locatie",
    "partijen",
    "personeel",
    "register",
    "uitsluiting",
    "verklaring",
]
