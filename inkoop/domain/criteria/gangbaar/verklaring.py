"""Verklaring, as it mostly is: handed in once, without reservation, signed by the applicant.

Bron: as the kind itself (`soorten.verklaring`).
"""

from __future__ import annotations

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie
from inkoop.domain.criteria.criterium import Verklaringtoets
from inkoop.domain.criteria.dossier import Verklaringfeit
from inkoop.domain.criteria.feiten import make_sleutel
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, compiles, make_lezer
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.verklaring import find_antwoord, write_goed, write_te_laat
from inkoop.domain.criteria.uitkomst import Uitkomst


@compiles(Verklaringtoets)
def compile_verklaring(toets: Verklaringtoets, kader: Kader) -> Kiezer | None:
    """One statement that is in order or too late, or none; signatures and answers that are asked are for the kind."""
    ontbreekt = kader.conclude_ontbreekt(toets)
    if toets.ondertekend_door or toets.antwoorden or ontbreekt is None:
        return None
    sleutel, peil = make_sleutel(Verklaringfeit, toets.verklaring), kader.peildatums[toets.peilmoment]
    bevoegd, gegevens = toets.bevoegd_ondertekend, toets.gegevens

    dagen, lees = kader.dagen[toets.peilmoment], make_lezer(sleutel)
    goed = Bladconclusie(
        Uitkomst.VOLDOET, Grond.VOLDOET, dagen, lees, lambda p: write_goed(toets, p.wie, p.enig[sleutel].datum)
    )
    laat = Bladconclusie(
        Uitkomst.VOLDOET_NIET,
        Grond.GEDATEERD_NA_PEILDATUM,
        dagen,
        lees,
        lambda p: write_te_laat(toets, p.wie, p.enig[sleutel].datum, peil),
    )

    def conclude(p: Partijdossier) -> Conclusie | None:
        f = p.enig.get(sleutel)
        if f is None:
            return None if sleutel in p.meer else ontbreekt
        if f.voorbehoud:
            return None
        if f.datum > peil:
            return laat
        if not f.ondertekend or (bevoegd and not f.bevoegd):
            return None
        if gegevens and (f.vooringevuld or not all(find_antwoord(f, veld) for veld in gegevens)):
            return None
        return goed

    return conclude
