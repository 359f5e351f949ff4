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

    `enig`, `meer` and `onderdelen` are those of its `Feitenindex`; `wie` is how a letter names the party, `lid`
    the id of the member that a finding names, `namen` the names of its legal persons as they are written.
    """

    __slots__ = ("enig", "feiten", "lid", "meer", "namen", "onderdelen", "oordelen", "partij", "wegingen", "wie")

    def __init__(self, partij: Partij, feiten: Feiten, oordelen: Mapping[str, Oordelen], wegingen: Wegingen) -> None:
        self.partij = partij
        self.feiten = feiten
        self.oordelen, self.wegingen = oordelen, wegingen
        index = feiten.index
        self.enig, self.meer, self.onderdelen = index.enig, index.meer, index.onderdelen
        self.wie = partij.wie
        self.lid = None if partij.lid is None else partij.lid.id
        self.namen = frozenset([lid.naam for lid in partij.leden])
