"""Personeel, as it mostly is: stated once for each product, or not.

Bron: as the kind itself (`soorten.personeel`).
"""

from __future__ import annotations

from collections.abc import Callable

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie, Lezing, Zin
from inkoop.domain.criteria.criterium import AlleVan, Personeeltoets
from inkoop.domain.criteria.dossier import Personeelfeit
from inkoop.domain.criteria.feiten import fold_woord, make_sleutel
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, cite_feit, compiles, make_lezer, to_conclusie
from inkoop.domain.criteria.gangbaar.samen import compile_combinatie
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.combinaties import COMBINATIES
from inkoop.domain.criteria.soorten.personeel import Personeel, write_eis, write_geteld
from inkoop.domain.criteria.uitkomst import Uitkomst


@compiles(Personeeltoets)
def compile_personeel(toets: Personeeltoets, kader: Kader) -> Kiezer | None:
    """One statement per product at most; registers, shares and exceptions are for the kind."""
    if toets.minimum is None or toets.minimum < 1 or toets.minimum_aandeel is not None or toets.registers:
        return None
    write = write_geteld(toets, kader.peildatums)
    delen = [_compile_product(toets, kader, product, write) for product in kader.eenheid.producten]
    kiezers = [deel for deel in delen if deel is not None]
    if not kiezers or len(kiezers) < len(delen):
        return None
    return compile_combinatie(COMBINATIES[AlleVan], kiezers, los=True)


def _compile_product(toets: Personeeltoets, kader: Kader, product: str, write: Callable[..., str]) -> Kiezer | None:
    """One product: nothing stated, enough, too few, or nobody who counts on the day."""
    ontbreekt = to_conclusie(Personeel().assess_product(toets, kader.zicht, product))
    if ontbreekt is None:
        return None
    sleutel, dagen, eis = make_sleutel(Personeelfeit, product), kader.dagen[toets.peilmoment], write_eis(toets)
    peil, minimum, lees_kort = kader.peildatums[toets.peilmoment], toets.minimum or 0, make_lezer(sleutel)
    kwalificaties = frozenset(map(fold_woord, toets.kwalificaties))

    def lees(p: Partijdossier) -> Lezing:
        f = p.enig[sleutel]
        return cite_feit(f.bewijs), f.tot

    def write_goed(p: Partijdossier) -> str:
        return write(product, p.enig[sleutel].aantal)

    def write_tekort(p: Partijdossier) -> str:
        return f"{write(product, max(0, p.enig[sleutel].aantal))} Nodig is {eis}."

    def write_niemand(_: Partijdossier) -> str:
        return f"{write(product, 0)} Nodig is {eis}."

    def make_tekort(zin: Zin) -> Conclusie:
        return Bladconclusie(Uitkomst.VOLDOET_NIET, Grond.PERSONEEL_TEKORT, dagen, lees_kort, zin, product=product)

    goed = Bladconclusie(Uitkomst.VOLDOET, Grond.VOLDOET, dagen, lees, write_goed, product=product)
    tekort, niemand = make_tekort(write_tekort), make_tekort(write_niemand)

    def conclude(p: Partijdossier) -> Conclusie | None:
        f = p.enig.get(sleutel)
        if f is None:
            return None if sleutel in p.meer else ontbreekt
        if f.van > peil or (f.tot is not None and f.tot < peil):
            return niemand
        if f.tenzij:
            return None
        if fold_woord(f.kwalificatie) not in kwalificaties:
            return niemand
        return goed if f.aantal >= minimum else tekort

    return conclude
