"""What each kind concludes in the ordinary case, compiled per edition; one module per kind.

Importing this package registers every kind that can be compiled. A kind without a module here always judges
itself: that is slower and never different.
"""

from inkoop.domain.criteria.gangbaar import (
    beoordeling,
    certificaat,
    document,
    ervaring,
    getal,
    locatie,
    personeel,
    register,
    uitsluiting,
    verklaring,
)
from inkoop.domain.criteria.gangbaar.kader import GANGBAAR, Kader, Kiezer

__all__ = [
    "GANGBAAR",
    "Kader",
    "Kiezer",
    "beoordeling",
    "certificaat",
    "document",
    "ervaring",
    "getal",
    "locatie",
    "personeel",
    "register",
    "uitsluiting",
    "verklaring",
]
