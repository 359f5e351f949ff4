"""Ervaring: clients served with each product within the reference period.

| what is known | outcome |
|---|---|
| no experience stated at all for the perceel (or the aanmelding) | herstelbaar |
| enough clients for each product, in a period that overlaps the reference period | voldoet |
| experience stated, but for a product too little, none, or outside the period | voldoet_niet |
| with `totaal`: enough clients over all products together / too few | voldoet / voldoet_niet |

Experience is stated as a whole: who lists it for a perceel and leaves out a product has stated that
there is none. By default every product that is applied for in the subperceel must have it; with
`per_categorie` each product decides for itself. The first and last day of both periods count. Of one
member the highest single statement per product counts, since two statements may be about the same
clients; members of a combination are added up (project default). With `totaal` the products are added
up too: a client of two products is counted with each (project default).

Bron: S3 6.1 M-01; BP-01; B.3.17; M5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial

from inkoop.domain.criteria.criterium import Ervaringsbereik, Ervaringtoets, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Ervaringfeit
from inkoop.domain.criteria.eenheden import Eenheid
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.combinaties import combine_laagste
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import write_aantal, write_datum, write_opsomming
from inkoop.domain.criteria.zicht import Zicht, cite
from inkoop.domain.maanden import add_maanden, last_day_within


@register(Ervaringtoets)
class Ervaring(Soort[Ervaringtoets]):
    """At least the minimum of clients, for each product that is asked."""

    def list_peilmomenten(self, toets: Ervaringtoets) -> tuple[Peilmoment, ...]:
        """The end of the reference period."""
        return (toets.peilmoment,)

    def assess(self, toets: Ervaringtoets, zicht: Zicht) -> Deeluitkomst:
        """Judge each product; the lowest counts."""
        eenheid = zicht.eenheid
        gesteld = [f for f in zicht.select(Ervaringfeit) if f.product in eenheid.aangeboden]
        producten = list_producten(toets, eenheid)
        if not gesteld:
            return zicht.ask(
                Grond.ONTBREEKT,
                f"Van {zicht.wie} is geen opgave van ervaring ontvangen.",
                gevraagd=f"een opgave van uw ervaring in de {toets.periode_maanden} maanden tot en met"
                f" {write_datum(zicht.peildatums[toets.peilmoment])}, per product: {write_opsomming(producten)}",
                peildatums=zicht.dagen[toets.peilmoment],
            )
        if toets.ervaring_bereik is Ervaringsbereik.TOTAAL:
            return self._assess_totaal(toets, zicht, producten, gesteld)
        peil = zicht.peildatums[toets.peilmoment]
        periode = (add_maanden(peil, -toets.periode_maanden), peil)
        delen = [self._assess_product(toets, zicht, product, gesteld, periode) for product in producten]
        return delen[0] if len(delen) == 1 else combine_laagste(delen)

    def _assess_totaal(
        self, toets: Ervaringtoets, zicht: Zicht, producten: Sequence[str], gesteld: list[Ervaringfeit]
    ) -> Deeluitkomst:
        """All products together."""
        peil = zicht.peildatums[toets.peilmoment]
        begin = add_maanden(peil, -toets.periode_maanden)
        telt = [f for f in gesteld if f.product in producten and f.van <= peil and f.tot >= begin]
        aantal = count_totaal(telt)
        goed = aantal >= toets.minimum_clienten

        def write() -> str:
            wat = f"{write_periode(begin, peil)} ervaring opgegeven met {write_aantal(aantal, 'cliënt', 'cliënten')}"
            tekort = "" if goed else f"; minimaal {toets.minimum_clienten} is nodig"
            return f"Voor de producten {write_opsomming(producten)} samen is {wat}{tekort}."

        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET if goed else Uitkomst.VOLDOET_NIET,
            grond=Grond.VOLDOET if goed else Grond.ERVARING_TEKORT,
            uitleg=write,
            peildatums=zicht.dagen[toets.peilmoment],
            bewijs=cite(telt if goed else gesteld),
            houdbaar_tot=_find_end(toets, telt, count_totaal) if goed else None,
        )

    def _assess_product(
        self,
        toets: Ervaringtoets,
        zicht: Zicht,
        product: str,
        gesteld: list[Ervaringfeit],
        periode: tuple[date, date],
    ) -> Deeluitkomst:
        """One product: count the clients of which the period overlaps the reference period."""
        begin, peil = periode
        van_product = [f for f in gesteld if f.product == product]
        telt = [f for f in van_product if f.van <= peil and f.tot >= begin]
        aantal = count_clienten(telt)
        if aantal < toets.minimum_clienten:
            # Without a statement on this product the shortage rests on what was stated on the others.
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=Grond.ERVARING_TEKORT,
                uitleg=partial(write_tekort, toets, product, aantal, write_periode(begin, peil)),
                peildatums=zicht.dagen[toets.peilmoment],
                bewijs=cite(van_product or gesteld),
                product=product,
            )
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET,
            grond=Grond.VOLDOET,
            uitleg=partial(write_goed, product, aantal, write_periode(begin, peil)),
            peildatums=zicht.dagen[toets.peilmoment],
            bewijs=cite(telt),
            houdbaar_tot=_find_end(toets, telt, count_clienten),
            product=product,
        )


def list_producten(toets: Ervaringtoets, eenheid: Eenheid) -> tuple[str, ...]:
    """The products for which experience is asked in a unit."""
    if toets.ervaring_bereik is not Ervaringsbereik.PER_CATEGORIE and eenheid.product is not None:
        return eenheid.aangeboden
    return eenheid.producten


def write_goed(product: str, aantal: int, periode: str) -> str:
    """That there is enough experience with a product, and how much."""
    waarmee = write_aantal(aantal, "cliënt", "cliënten")
    return f"Voor het product {product} is ervaring gevonden met {waarmee} in de periode {periode}."


def write_tekort(toets: Ervaringtoets, product: str, aantal: int, periode: str) -> str:
    """That there is too little experience with a product, and how much is asked."""
    return (
        f"Voor het product {product} is {periode} ervaring opgegeven met"
        f" {write_aantal(aantal, 'cliënt', 'cliënten')}; minimaal {toets.minimum_clienten} is nodig."
    )


def write_periode(begin: date, einde: date) -> str:
    """From day to day, both inclusive."""
    return f"van {write_datum(begin)} tot en met {write_datum(einde)}"


def count_clienten(feiten: Iterable[Ervaringfeit]) -> int:
    """The clients of one product: per member the highest statement, members added up.

    A statement of the application as a whole is not added to those of members; the highest counts.
    """
    feiten = list(feiten)
    if len(feiten) == 1:
        return max(0, feiten[0].clienten)
    hoogste: dict[str | None, int] = {}
    for f in feiten:
        hoogste[f.lid] = max(hoogste.get(f.lid, 0), f.clienten)
    samen = hoogste.pop(None, 0)
    return max(samen, sum(hoogste.values()))


def count_totaal(feiten: Iterable[Ervaringfeit]) -> int:
    """The clients of all products: each product counted by itself, then added up."""
    per_product: dict[str, list[Ervaringfeit]] = {}
    for f in feiten:
        per_product.setdefault(f.product, []).append(f)
    return sum(count_clienten(groep) for groep in per_product.values())


def _find_end(
    toets: Ervaringtoets, telt: list[Ervaringfeit], count: Callable[[Iterable[Ervaringfeit]], int]
) -> date | None:
    """The last peildatum on which these statements still give enough; None where nothing is asked."""
    if len(telt) == 1:
        return last_day_within(telt[0].tot, toets.periode_maanden)
    einden = sorted({last_day_within(f.tot, toets.periode_maanden) for f in telt}, reverse=True)
    for dag in einden:
        if count(f for f in telt if last_day_within(f.tot, toets.periode_maanden) >= dag) >= toets.minimum_clienten:
            return dag
    return None
