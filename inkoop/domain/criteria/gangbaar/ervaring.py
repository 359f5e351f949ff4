"""Ervaring, as it mostly is: stated once for each product, or not at all.

Bron: as the kind itself (`soorten.ervaring`).
"""

from __future__ import annotations

from datetime import date

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie, Lezing
from inkoop.domain.criteria.criterium import AlleVan, Ervaringsbereik, Ervaringtoets
from inkoop.domain.criteria.dossier import Ervaringfeit
from inkoop.domain.criteria.feiten import make_sleutel
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, cite_feit, compiles
from inkoop.domain.criteria.gangbaar.samen import Samen
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.combinaties import COMBINATIES
from inkoop.domain.criteria.soorten.ervaring import list_producten, write_goed, write_periode, write_tekort
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.zicht import cite
from inkoop.domain.maanden import add_maanden, last_day_within


@compiles(Ervaringtoets)
def compile_ervaring(toets: Ervaringtoets, kader: Kader) -> Kiezer | None:
    """One statement per product at most; a total over products, and more statements on one, are for the kind."""
    ontbreekt = kader.conclude_ontbreekt(toets)
    minimum, producten = toets.minimum_clienten, list_producten(toets, kader.eenheid)
    if toets.ervaring_bereik is Ervaringsbereik.TOTAAL or ontbreekt is None or minimum < 1 or not producten:
        return None
    peil = kader.peildatums[toets.peilmoment]
    begin = add_maanden(peil, -toets.periode_maanden)
    alles = [make_sleutel(Ervaringfeit, product) for product in kader.eenheid.aangeboden]
    sleutels = [make_sleutel(Ervaringfeit, product) for product in producten]
    paren = [
        (_make_goed(toets, kader, product, begin), _make_tekort(toets, kader, product, begin)) for product in producten
    ]
    samen = Samen(COMBINATIES[AlleVan], los=True)
    alles_goed = samen.conclude(tuple([goed for goed, _ in paren]))

    def is_genoeg(f: Ervaringfeit | None) -> bool:
        return f is not None and f.clienten >= minimum and f.van <= peil and f.tot >= begin

    def conclude(p: Partijdossier) -> Conclusie | None:
        find = p.enig.get
        gevonden = [find(sleutel) for sleutel in sleutels]
        if all(map(is_genoeg, gevonden)):
            return alles_goed
        if not p.meer.keys().isdisjoint(alles):
            return None
        if p.enig.keys().isdisjoint(alles):
            return ontbreekt
        return samen.conclude(
            tuple([goed if is_genoeg(f) else tekort for f, (goed, tekort) in zip(gevonden, paren, strict=True)])
        )

    return conclude


def _make_goed(toets: Ervaringtoets, kader: Kader, product: str, begin: date) -> Conclusie:
    sleutel, maanden = make_sleutel(Ervaringfeit, product), toets.periode_maanden
    periode = write_periode(begin, kader.peildatums[toets.peilmoment])

    def lees(p: Partijdossier) -> Lezing:
        f = p.enig[sleutel]
        return cite_feit(f.bewijs), last_day_within(f.tot, maanden)

    def write(p: Partijdossier) -> str:
        return write_goed(product, p.enig[sleutel].clienten, periode)

    return Bladconclusie(Uitkomst.VOLDOET, Grond.VOLDOET, kader.dagen[toets.peilmoment], lees, write, product=product)


def _make_tekort(toets: Ervaringtoets, kader: Kader, product: str, begin: date) -> Conclusie:
    """Too little for one product; where nothing is stated about it, what is stated about the others shows that."""
    sleutel, peil = make_sleutel(Ervaringfeit, product), kader.peildatums[toets.peilmoment]
    alles = [make_sleutel(Ervaringfeit, ander) for ander in kader.eenheid.aangeboden]
    periode = write_periode(begin, peil)

    def lees(p: Partijdossier) -> Lezing:
        gesteld = [p.enig[sleutel]] if sleutel in p.enig else [p.enig[ander] for ander in alles if ander in p.enig]
        return cite(gesteld), None

    def write(p: Partijdossier) -> str:
        f = p.enig.get(sleutel)
        if f is None or f.van > peil or f.tot < begin:
            return write_tekort(toets, product, 0, periode)
        return write_tekort(toets, product, max(0, f.clienten), periode)

    return Bladconclusie(
        Uitkomst.VOLDOET_NIET, Grond.ERVARING_TEKORT, kader.dagen[toets.peilmoment], lees, write, product=product
    )
