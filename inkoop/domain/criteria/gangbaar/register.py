"""Register, as it mostly is: one registration that is active on its day, or none at all.

Bron: as the kind itself (`soorten.register`).
"""

from __future__ import annotations

from datetime import date

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie, Lezing
from inkoop.domain.criteria.criterium import Peilmoment, Registertoets
from inkoop.domain.criteria.dossier import Registerstatus, Registratiefeit
from inkoop.domain.criteria.feiten import make_sleutel
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, cite_feit, compiles
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.register import find_einde, list_reported_days, write_actief
from inkoop.domain.criteria.soorten.registercontrole import find_grens
from inkoop.domain.criteria.uitkomst import Uitkomst


@compiles(Registertoets)
def compile_register(toets: Registertoets, kader: Kader) -> Kiezer | None:
    """One registration in one of the registers that may be it, or none; several together are for the kind."""
    ontbreekt = kader.conclude_ontbreekt(toets)
    if ontbreekt is None or (toets.alle and len(toets.registers) > 1):
        return None
    peil, grens = kader.peildatums[toets.peilmoment], find_grens(toets.registercontrole, kader.peildatums)
    dagen = list_reported_days(toets, kader.zicht)
    keuzes = [(make_sleutel(Registratiefeit, naam), _make_goed(toets, naam, peil, dagen)) for naam in toets.registers]

    def conclude(p: Partijdossier) -> Conclusie | None:
        gekozen = None
        for sleutel, goed in keuzes:
            f = p.enig.get(sleutel)
            if f is None:
                if sleutel in p.meer:
                    return None
                continue
            if gekozen is not None or f.status is not Registerstatus.ACTIEF or f.van > peil:
                return None
            if (f.tot is not None and f.tot < peil) or (grens is not None and f.gezien_op < grens):
                return None
            gekozen = goed
        return gekozen or ontbreekt

    return conclude


def _make_goed(toets: Registertoets, naam: str, peil: date, dagen: dict[Peilmoment, date]) -> Conclusie:
    sleutel = make_sleutel(Registratiefeit, naam)

    def lees(p: Partijdossier) -> Lezing:
        f = p.enig[sleutel]
        return cite_feit(f.bewijs), find_einde(toets, f, dagen)

    def write(p: Partijdossier) -> str:
        return write_actief(naam, toets.peilmoment, peil, p.enig[sleutel])

    return Bladconclusie(Uitkomst.VOLDOET, Grond.VOLDOET, dagen, lees, write)
