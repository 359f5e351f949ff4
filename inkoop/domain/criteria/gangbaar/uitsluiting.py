"""Uitsluiting, as it mostly is: denied once, in time; or not stated at all.

Bron: as the kind itself (`soorten.uitsluiting`).
"""

from __future__ import annotations

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie
from inkoop.domain.criteria.criterium import Uitsluitingtoets
from inkoop.domain.criteria.dossier import Uitsluitingfeit
from inkoop.domain.criteria.feiten import make_sleutel
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, compiles, make_lezer
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.uitsluiting import write_niet_van_toepassing
from inkoop.domain.criteria.uitkomst import Uitkomst


@compiles(Uitsluitingtoets)
def compile_uitsluiting(toets: Uitsluitingtoets, kader: Kader) -> Kiezer | None:
    """One statement that the ground does not apply; what applies, and what was stated twice, is for the kind."""
    ontbreekt = kader.conclude_ontbreekt(toets)
    if ontbreekt is None:
        return None
    sleutel, peil = make_sleutel(Uitsluitingfeit, toets.uitsluitingsgrond), kader.peildatums[toets.peilmoment]

    def write(p: Partijdossier) -> str:
        return write_niet_van_toepassing(toets, p.wie, p.enig[sleutel].datum)

    dagen = kader.dagen[toets.peilmoment]
    goed = Bladconclusie(Uitkomst.VOLDOET, Grond.VOLDOET, dagen, make_lezer(sleutel), write)

    def conclude(p: Partijdossier) -> Conclusie | None:
        f = p.enig.get(sleutel)
        if f is None:
            return None if sleutel in p.meer else ontbreekt
        return None if f.van_toepassing or f.datum > peil else goed

    return conclude
