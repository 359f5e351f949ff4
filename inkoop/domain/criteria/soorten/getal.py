"""Getal: a quantity that reaches its threshold on a day; nothing is rounded.

| what is known | outcome |
|---|---|
| the quantity is not stated | herstelbaar |
| at least the minimum and at most the maximum on the day | voldoet |
| stated, and too low or too high | voldoet_niet |
| stated, but not for that day | voldoet_niet |

Of one member the statement counts whose period began last (a later statement replaces an earlier
one; of two that began on one day the least favourable). Members of a combination are added up
unless the application as a whole stated the quantity (project default).

Bron: S2 (BW minimum places), W-01; J3.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from inkoop.domain.criteria.criterium import Getaltoets, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Getalfeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import write_naam, write_opsomming, write_peil
from inkoop.domain.criteria.zicht import Zicht, cite, is_same_woord


@register(Getaltoets)
class Getal(Soort[Getaltoets]):
    """The quantity lies within its bounds; the bounds themselves are good."""

    def list_peilmomenten(self, toets: Getaltoets) -> tuple[Peilmoment, ...]:
        """The day on which it must be reached."""
        return (toets.peilmoment,)

    def assess(self, toets: Getaltoets, zicht: Zicht) -> Deeluitkomst:
        """Compare the value on the day with the bounds."""
        peil = zicht.peil(toets.peilmoment)
        dagen = {toets.peilmoment: peil}
        naam = write_naam(toets.grootheid)
        opgegeven = [f for f in zicht.select(Getalfeit) if is_same_woord(f.grootheid, toets.grootheid)]
        if not opgegeven:
            return zicht.ask(
                Grond.ONTBREEKT,
                f"Van {zicht.wie} is '{naam}' niet opgegeven.",
                gevraagd=f"een opgave van '{naam}' op {write_peil(toets.peilmoment, peil)}",
                peildatums=dagen,
            )
        geldend = [f for f in opgegeven if f.van <= peil and (f.tot is None or peil <= f.tot)]
        if not geldend:
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=Grond.NIET_OP_PEILDATUM,
                toelichting=f"De opgave van '{naam}' geldt niet voor {write_peil(toets.peilmoment, peil)}.",
                peildatums=dagen,
                bewijs=cite(opgegeven),
            )
        bronnen = list_bronnen(geldend)
        laag = sum((min(f.waarde for f in groep) for groep in bronnen), start=Decimal(0))
        hoog = sum((max(f.waarde for f in groep) for groep in bronnen), start=Decimal(0))
        grond = Grond.VOLDOET
        if toets.minimum is not None and laag < toets.minimum:
            grond = Grond.GETAL_TE_LAAG
        elif toets.maximum is not None and hoog > toets.maximum:
            grond = Grond.GETAL_TE_HOOG
        eisen = [f"minimaal {_write(toets.minimum)}"] if toets.minimum is not None else []
        eisen += [f"maximaal {_write(toets.maximum)}"] if toets.maximum is not None else []
        waarde = hoog if grond is Grond.GETAL_TE_HOOG else laag
        eis = f" Gevraagd is {write_opsomming(eisen)}." if eisen else ""
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET if grond is Grond.VOLDOET else Uitkomst.VOLDOET_NIET,
            grond=grond,
            toelichting=f"Op {write_peil(toets.peilmoment, peil)} is '{naam}' {_write(waarde)}.{eis}",
            peildatums=dagen,
            bewijs=cite(f for groep in bronnen for f in groep),
            houdbaar_tot=_find_end(bronnen, opgegeven, peil) if grond is Grond.VOLDOET else None,
        )


def list_bronnen(geldend: Sequence[Getalfeit]) -> list[list[Getalfeit]]:
    """Per member the statements that began last; only that of the application as a whole where there is one."""
    per_lid: dict[str | None, list[Getalfeit]] = {}
    for f in geldend:
        per_lid.setdefault(f.lid, []).append(f)
    groepen = [per_lid[None]] if None in per_lid else list(per_lid.values())
    return [[f for f in groep if f.van == max(g.van for g in groep)] for groep in groepen]


def _find_end(bronnen: Sequence[Sequence[Getalfeit]], opgegeven: Sequence[Getalfeit], peil: date) -> date | None:
    """Until the first statement ends or is replaced by one that was already made; None = no end known."""
    einden = [f.tot for groep in bronnen for f in groep if f.tot is not None]
    einden += [f.van - timedelta(days=1) for f in opgegeven if f.van > peil]
    return min(einden, default=None)


def _write(waarde: Decimal | None) -> str:
    """A number as the Dutch write it, without digits that say nothing."""
    return "" if waarde is None else f"{waarde:f}".replace(".", ",")
