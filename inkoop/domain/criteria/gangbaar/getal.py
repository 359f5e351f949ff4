"""Getal, as it mostly is: stated once, for the day; or not stated at all.

Bron: as the kind itself (`soorten.getal`).
"""

from __future__ import annotations

from decimal import Decimal

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie, Lezing
from inkoop.domain.criteria.criterium import Getaltoets
from inkoop.domain.criteria.dossier import Getalfeit
from inkoop.domain.criteria.feiten import make_sleutel
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, cite_feit, compiles, make_lezer
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.getal import count_aanbod, write_eis, write_vergeleken
from inkoop.domain.criteria.uitkomst import Uitkomst

_NUL = Decimal(0)
"""What values are added up from: a value goes through the same arithmetic as a sum of several."""


@compiles(Getaltoets)
def compile_getal(toets: Getaltoets, kader: Kader) -> Kiezer | None:
    """One quantity for the day, or none; where it falls short and another one decides the kind judges."""
    ontbreekt = None if toets.als is not None else kader.conclude_ontbreekt(toets)
    sleutel, peil = make_sleutel(Getalfeit, toets.grootheid), kader.peildatums[toets.peilmoment]
    keer = count_aanbod(toets.maal, kader.zicht)
    minimum = None if toets.minimum is None else toets.minimum * keer
    maximum = None if toets.maximum is None else toets.maximum * keer

    eis = write_eis(toets, keer)

    def lees(p: Partijdossier) -> Lezing:
        f = p.enig[sleutel]
        return cite_feit(f.bewijs), f.tot

    def write(p: Partijdossier) -> str:
        return write_vergeleken(toets, peil, _NUL + p.enig[sleutel].waarde, eis)

    dagen, lees_kort = kader.dagen[toets.peilmoment], make_lezer(sleutel)
    goed = Bladconclusie(Uitkomst.VOLDOET, Grond.VOLDOET, dagen, lees, write)
    laag = hoog = None
    if toets.als is None:  # Else another quantity may take the demand away.
        laag = Bladconclusie(Uitkomst.VOLDOET_NIET, Grond.GETAL_TE_LAAG, dagen, lees_kort, write)
        hoog = Bladconclusie(Uitkomst.VOLDOET_NIET, Grond.GETAL_TE_HOOG, dagen, lees_kort, write)

    def conclude(p: Partijdossier) -> Conclusie | None:
        f = p.enig.get(sleutel)
        if f is None:
            return None if sleutel in p.meer else ontbreekt
        if f.van > peil or (f.tot is not None and f.tot < peil):
            return None
        waarde = _NUL + f.waarde
        if minimum is not None and waarde < minimum:
            return laag
        return hoog if maximum is not None and waarde > maximum else goed

    return conclude
