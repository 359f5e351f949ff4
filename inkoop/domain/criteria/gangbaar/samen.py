"""Combinations of conclusions: as many constants as there are ways in which the parts come out together.

Bron: ontwerp 4 (alle_van lowest, een_van highest; every part is judged).
"""

from __future__ import annotations

from collections.abc import Sequence

from inkoop.domain.criteria.conclusie import Conclusie, Samenvatting
from inkoop.domain.criteria.gangbaar.kader import Kiezer
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.combinaties import Combinatie


class Samen:
    """What parts come to together; each way in which they come out is made once.

    `los`: a part on its own is the whole (the one product of a leaf), not a whole with one part.
    """

    def __init__(self, combinatie: Combinatie, *, los: bool) -> None:
        self._combinatie, self._los = combinatie, los
        self._gemaakt: dict[tuple[Conclusie, ...], Conclusie] = {}

    def conclude(self, delen: tuple[Conclusie, ...]) -> Conclusie:
        """The conclusion of the whole."""
        samen = self._gemaakt.get(delen)
        if samen is None:
            samen = delen[0] if self._los and len(delen) == 1 else Samenvatting(self._combinatie, delen)
            self._gemaakt[delen] = samen
        return samen


def compile_combinatie(combinatie: Combinatie, delen: Sequence[Kiezer], *, los: bool = False) -> Kiezer:
    """Pick what every part concludes, and what that comes to; None where one of the parts must be judged."""
    samen = Samen(combinatie, los=los)

    def conclude(p: Partijdossier) -> Conclusie | None:
        gekozen = []
        for deel in delen:
            conclusie = deel(p)
            if conclusie is None:
                return None
            gekozen.append(conclusie)
        return samen.conclude(tuple(gekozen))

    return conclude
