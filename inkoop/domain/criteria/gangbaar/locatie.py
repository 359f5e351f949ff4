"""Locatie, as it mostly is: one location with the function, available in the region; or none stated.

Bron: as the kind itself (`soorten.locatie`).
"""

from __future__ import annotations

from datetime import date

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie, Lezing
from inkoop.domain.criteria.criterium import Gebied, Locatietoets
from inkoop.domain.criteria.dossier import Locatiefeit
from inkoop.domain.criteria.feiten import make_sleutel
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, cite_feit, compiles
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.locatie import find_einde, find_gebied, write_binnen
from inkoop.domain.criteria.uitkomst import Uitkomst

_ONTHOUDEN = 4096


@compiles(Locatietoets)
def compile_locatie(toets: Locatietoets, kader: Kader) -> Kiezer | None:
    """One location in the region on the day; where it is outside, or there are more, the kind judges."""
    ontbreekt = kader.conclude_ontbreekt(toets)
    if ontbreekt is None:
        return None
    sleutel, peil = make_sleutel(Locatiefeit, toets.functie), kader.peildatums[toets.peilmoment]
    gebieden = kader.regios[toets.regio].gebieden
    gevonden: dict[tuple[str, str, date], Gebied | None] = {}

    def find(f: Locatiefeit) -> Gebied | None:
        """The row for a place; few places come by in a round, so each is looked up once."""
        waar = (f.plaats, f.gemeente, f.ontvangen_op)
        if waar in gevonden:
            return gevonden.get(waar)
        gebied = find_gebied(gebieden, f, peil)
        if len(gevonden) < _ONTHOUDEN:
            gevonden[waar] = gebied
        return gebied

    def lees(p: Partijdossier) -> Lezing:
        f = p.enig[sleutel]
        return cite_feit(f.bewijs), find_einde(f, find(f))

    def write(p: Partijdossier) -> str:
        return write_binnen(toets, p.enig[sleutel], peil)

    goed = Bladconclusie(Uitkomst.VOLDOET, Grond.VOLDOET, kader.dagen[toets.peilmoment], lees, write)

    def conclude(p: Partijdossier) -> Conclusie | None:
        f = p.enig.get(sleutel)
        if f is None:
            return None if sleutel in p.meer else ontbreekt
        if f.van > peil or (f.tot is not None and f.tot < peil) or find(f) is None:
            return None
        return goed

    return conclude
