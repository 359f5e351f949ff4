"""Beoordeling, as it mostly is: one document, on which nobody has judged yet or two people agree.

Bron: as the kind itself (`soorten.beoordeling`).
"""

from __future__ import annotations

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie
from inkoop.domain.criteria.criterium import Beoordelingtoets
from inkoop.domain.criteria.dossier import Documentfeit
from inkoop.domain.criteria.feiten import make_sleutel
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, compiles, make_lezer
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import Oordeelstand, find_weging
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.beoordeling import write_ontvangen
from inkoop.domain.criteria.soorten.document import write_te_laat
from inkoop.domain.criteria.soorten.menselijk import write_beoordeeld
from inkoop.domain.criteria.uitkomst import Uitkomst


@compiles(Beoordelingtoets)
def compile_beoordeling(toets: Beoordelingtoets, kader: Kader) -> Kiezer | None:
    """One document in time: what people made of it, weighed as the kind weighs it."""
    ontbreekt = kader.conclude_ontbreekt(toets)
    if ontbreekt is None:
        return None
    sleutel, peil = make_sleutel(Documentfeit, toets.document), kader.peildatums[toets.peilmoment]
    dagen, nummer, eenheid = kader.dagen[toets.peilmoment], kader.criterium.id, kader.eenheid

    perceel, product = eenheid.perceel, eenheid.product

    def write(p: Partijdossier) -> str:
        f = p.enig[sleutel]
        weging = find_weging(p.wegingen.get((nummer, f.bewijs)), perceel, product, p.lid)
        return write_beoordeeld(write_ontvangen(toets, p.wie, [f.datum]), weging, toets.vragen)

    def write_laat(p: Partijdossier) -> str:
        return write_te_laat(toets.document, p.wie, p.enig[sleutel].datum, toets.peilmoment, peil)

    lees = make_lezer(sleutel)
    laat = Bladconclusie(Uitkomst.VOLDOET_NIET, Grond.GEDATEERD_NA_PEILDATUM, dagen, lees, write_laat)
    standen = {
        Oordeelstand.WACHT: Bladconclusie(Uitkomst.TE_BEOORDELEN, Grond.TE_BEOORDELEN, dagen, lees, write),
        Oordeelstand.VERSCHIL: Bladconclusie(Uitkomst.TE_BEOORDELEN, Grond.OORDELEN_VERSCHILLEN, dagen, lees, write),
        Oordeelstand.JA: Bladconclusie(Uitkomst.VOLDOET, Grond.OORDEEL_JA, dagen, lees, write),
        Oordeelstand.NEE: Bladconclusie(Uitkomst.VOLDOET_NIET, Grond.OORDEEL_NEE, dagen, lees, write),
    }

    wacht = standen[Oordeelstand.WACHT]

    def conclude(p: Partijdossier) -> Conclusie | None:
        f = p.enig.get(sleutel)
        if f is None:
            return None if sleutel in p.meer else ontbreekt
        if f.datum > peil:
            return laat
        if len(f.bewijs) != 1:
            return None
        groepen = p.wegingen.get((nummer, f.bewijs))
        return wacht if groepen is None else standen[find_weging(groepen, perceel, product, p.lid).stand]

    return conclude
