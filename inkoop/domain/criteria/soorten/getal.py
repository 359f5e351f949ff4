"""Getal: a quantity that reaches its threshold on a day; nothing is rounded.

| what is known | outcome |
|---|---|
| the quantity is not stated | herstelbaar |
| at least the minimum and at most the maximum on the day | voldoet |
| stated, and too low or too high | voldoet_niet |
| stated, but not for that day | voldoet_niet |
| short, but the demand holds only above another quantity (`als`), and that one is not larger | voldoet |
| short, and that other quantity is not known for the day | herstelbaar |

Of one member the statement counts whose period began last (a later statement replaces an earlier
one; of two that began on one day the least favourable). Members of a combination are added up
unless the application as a whole stated the quantity (project default). With `maal` the bounds are
multiplied by the number of products or percelen that are offered here and that the criterion is about.

Bron: S2 (BW minimum places), W-01; J3; B.3.10, B.3.16; `als` and `maal`: project default.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from inkoop.domain.criteria.criterium import Aanbodmaat, Getaltoets, Getalvoorwaarde, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Aanleiding, Getalfeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_naam, write_opsomming, write_peil
from inkoop.domain.criteria.zicht import Zicht, cite


class Stand(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What is stated of one quantity: everything, and per source what counts on the day."""

    opgegeven: tuple[Getalfeit, ...]
    bronnen: tuple[tuple[Getalfeit, ...], ...]
    houdbaar_tot: date | None

    @property
    def laag(self) -> Decimal:
        """The least favourable value where much is asked."""
        return sum([min([f.waarde for f in groep]) for groep in self.bronnen], start=Decimal(0))

    @property
    def hoog(self) -> Decimal:
        """The least favourable value where little is asked."""
        return sum([max([f.waarde for f in groep]) for groep in self.bronnen], start=Decimal(0))

    @property
    def bewijs(self) -> tuple[str, ...]:
        """The evidence of what counts."""
        return cite([f for groep in self.bronnen for f in groep])


@register(Getaltoets)
class Getal(Soort[Getaltoets]):
    """The quantity lies within its bounds; the bounds themselves are good."""

    def list_peilmomenten(self, toets: Getaltoets) -> tuple[Peilmoment, ...]:
        """The day on which it must be reached."""
        return (toets.peilmoment,)

    def assess(self, toets: Getaltoets, zicht: Zicht) -> Deeluitkomst:
        """Compare the value on the day with the bounds; where it is short, see whether the demand holds here."""
        feiten = zicht.find(Getalfeit, toets.grootheid)
        uitkomst = self._compare(toets, zicht, feiten)
        if toets.als is not None:
            # What was stated and short stays short, also where only the other quantity could be asked.
            eerst = self._compare(toets, zicht, [f for f in feiten if f.aanleiding is Aanleiding.INDIENING])
            uitkomst = eerst if eerst.bewijs and eerst.uitkomst is Uitkomst.VOLDOET_NIET else uitkomst
        if toets.als is None or uitkomst.uitkomst is Uitkomst.VOLDOET:
            return uitkomst
        return self._weigh_voorwaarde(toets, toets.als, zicht, uitkomst)

    def _compare(self, toets: Getaltoets, zicht: Zicht, feiten: Sequence[Getalfeit]) -> Deeluitkomst:
        """The value against the bounds."""
        peil = zicht.peildatums[toets.peilmoment]
        dagen = zicht.dagen[toets.peilmoment]
        stand = read_stand(feiten, peil)
        if not stand.opgegeven:
            return zicht.ask(
                Grond.ONTBREEKT,
                lambda: f"Van {zicht.wie} is '{write_naam(toets.grootheid)}' niet opgegeven.",
                gevraagd=f"een opgave van '{write_naam(toets.grootheid)}' op {write_peil(toets.peilmoment, peil)}",
                peildatums=dagen,
            )
        if not stand.bronnen:
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=Grond.NIET_OP_PEILDATUM,
                uitleg=lambda: (
                    f"De opgave van '{write_naam(toets.grootheid)}' geldt niet voor"
                    f" {write_peil(toets.peilmoment, peil)}."
                ),
                peildatums=dagen,
                bewijs=cite(stand.opgegeven),
            )
        keer = count_aanbod(toets.maal, zicht)
        minimum = None if toets.minimum is None else toets.minimum * keer
        maximum = None if toets.maximum is None else toets.maximum * keer
        grond = Grond.VOLDOET
        if minimum is not None and stand.laag < minimum:
            grond = Grond.GETAL_TE_LAAG
        elif maximum is not None and stand.hoog > maximum:
            grond = Grond.GETAL_TE_HOOG
        waarde = stand.hoog if grond is Grond.GETAL_TE_HOOG else stand.laag
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET if grond is Grond.VOLDOET else Uitkomst.VOLDOET_NIET,
            grond=grond,
            uitleg=lambda: write_vergeleken(toets, peil, waarde, write_eis(toets, keer)),
            peildatums=dagen,
            bewijs=stand.bewijs,
            houdbaar_tot=stand.houdbaar_tot if grond is Grond.VOLDOET else None,
        )

    def _weigh_voorwaarde(
        self, toets: Getaltoets, als: Getalvoorwaarde, zicht: Zicht, kaal: Deeluitkomst
    ) -> Deeluitkomst:
        """The bounds are not reached: does the demand hold for this applicant at all?"""
        peil = zicht.peildatums[toets.peilmoment]
        dagen = zicht.dagen[toets.peilmoment]
        naam = write_naam(als.grootheid)
        stand = read_stand(zicht.find(Getalfeit, als.grootheid), peil)
        grens = f"boven {_write(als.boven)}" if als.boven is not None else f"vanaf {_write(als.vanaf)}"
        if not stand.bronnen:
            vraag = zicht.ask(
                Grond.ONTBREEKT,
                f"Van {zicht.wie} is '{naam}' op {write_peil(toets.peilmoment, peil)} niet bekend."
                f" De eis geldt {grens}.",
                gevraagd=f"een opgave van '{naam}' op {write_peil(toets.peilmoment, peil)}",
                peildatums=dagen,
                bewijs=stand.opgegeven,
            )
            if kaal.uitkomst is Uitkomst.HERSTELBAAR:
                vraag = msgspec.structs.replace(vraag, herstelpunten=(*vraag.herstelpunten, *kaal.herstelpunten))
            return msgspec.structs.replace(
                vraag,
                uitleg=join_zinnen([kaal.toelichting, vraag.toelichting]),
                bewijs=tuple(sorted({*kaal.bewijs, *vraag.bewijs})),
            )
        geldt = stand.hoog > als.boven if als.boven is not None else stand.hoog >= (als.vanaf or Decimal(0))
        zin = f"Op {write_peil(toets.peilmoment, peil)} is '{naam}' {_write(stand.hoog)}. De eis geldt {grens}"
        if geldt:
            return msgspec.structs.replace(
                kaal,
                uitleg=lambda: f"{kaal.toelichting} {zin}, dus ook hier.",
                bewijs=tuple(sorted({*kaal.bewijs, *stand.bewijs})),
            )
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET,
            grond=Grond.EIS_GELDT_NIET_BIJ_DIT_GETAL,
            uitleg=f"{zin}, dus hier niet.",
            peildatums=dagen,
            bewijs=stand.bewijs,
            houdbaar_tot=stand.houdbaar_tot,
        )


def read_stand(opgegeven: Sequence[Getalfeit], peil: date) -> Stand:
    """What of the statements on one quantity counts on a day."""
    bronnen = list_bronnen([f for f in opgegeven if f.van <= peil and (f.tot is None or peil <= f.tot)])
    return Stand(
        opgegeven=tuple(opgegeven),
        bronnen=tuple(tuple(groep) for groep in bronnen),
        houdbaar_tot=_find_end(bronnen, opgegeven, peil),
    )


def count_aanbod(maal: Aanbodmaat | None, zicht: Zicht) -> int:
    """By how much the bounds are multiplied: what is offered in this unit and what the criterion is about."""
    if maal is None:
        return 1
    return len(zicht.eenheid.producten if maal is Aanbodmaat.PER_PRODUCT else zicht.eenheid.percelen)


def write_vergeleken(toets: Getaltoets, peil: date, waarde: Decimal, eis: str) -> str:
    """The value on the day, and what is asked."""
    return f"Op {write_peil(toets.peilmoment, peil)} is '{write_naam(toets.grootheid)}' {_write(waarde)}.{eis}"


def write_eis(toets: Getaltoets, keer: int) -> str:
    """What is asked, and from how much of the offer that follows."""
    eisen = [f"minimaal {_write(toets.minimum * keer)}"] if toets.minimum is not None else []
    eisen += [f"maximaal {_write(toets.maximum * keer)}"] if toets.maximum is not None else []
    if not eisen:
        return ""
    per = {
        None: "",
        Aanbodmaat.PER_PRODUCT: f" ({'product' if keer == 1 else 'producten'}: {keer})",
        Aanbodmaat.PER_PERCEEL: f" ({'perceel' if keer == 1 else 'percelen'}: {keer})",
    }[toets.maal]
    return f" Gevraagd is {write_opsomming(eisen)}{per}."


def list_bronnen(geldend: Sequence[Getalfeit]) -> list[list[Getalfeit]]:
    """Per member the statements that began last; only that of the application as a whole where there is one."""
    if len(geldend) == 1:
        return [[*geldend]]
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
