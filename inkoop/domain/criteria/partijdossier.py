"""One party of an application with everything that counts for it, made ready once for every criterion.

Bron: ontwerp 4; docs/adr/0018.
"""

from __future__ import annotations

from collections.abc import Mapping

from inkoop.domain.criteria.eenheden import Partij
from inkoop.domain.criteria.feiten import Feiten
from inkoop.domain.criteria.oordelen import Wegingen
from inkoop.domain.criteria.zicht import Oordelen


class Partijdossier:
    """A party, its facts by kind and name, the judgements per criterion, and what these come to.

    `enig`, `meer`, `onderdelen` and `dagnummers` are those of its `Feitenindex`, `is_eerste` and `vastgesteld` those
    of its `Feiten`, `niets_dubbel` whether it stated nothing twice; `wie` is how a letter names the party, `lid`
    the id of the member that a finding names, `namen` the names of its legal persons as they are written.
    """

    __slots__ = (
        "dagnummers",
        "enig",
        "feiten",
        "is_eerste",
        "lid",
        "meer",
        "namen",
        "niets_dubbel",
        "onderdelen",
        "oordelen",
        "partij",
        "vastgesteld",
        "wegingen",
        "wie",
    )

    def __init__(self, partij: Partij, feiten: Feiten, oordelen: Mapping[str, Oordelen], wegingen: Wegingen) -> None:
        self.partij = partij
        self.feiten = feiten
        self.oordelen, self.wegingen = oordelen, wegingen
        index = feiten.index
        self.enig, self.meer = index.enig, index.meer
        self.onderdelen, self.dagnummers = index.onderdelen, index.dagnummers
        self.niets_dubbel = not index.meer
        self.is_eerste, self.vastgesteld = feiten.is_eerste, feiten.vastgesteld
        self.wie = partij.wie
        self.lid = None if partij.lid is None else partij.lid.id
        self.namen = frozenset([lid.naam for lid in partij.leden])
