"""Personeel: enough people with one of the qualifications, for each product that is applied for.

| what is known, per product | outcome |
|---|---|
| nothing stated | herstelbaar |
| enough qualified people on the day, in the register where one is asked | voldoet |
| somebody is deployed under a stated 'tenzij' | two people |
| enough only if register statuses turn out to be active | herstelbaar |
| stated, and too few | voldoet_niet |

Of one member and one qualification the highest statement counts; different qualifications and
members are added up (project default). A 'tenzij' always goes to people: it says that quality
holds although the rule is not met, which no rule can tell.

Bron: S3 6.1 M-08; B.3.12 (SKJ/BIG, norm verantwoorde werktoedeling); J5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from inkoop.domain.criteria.criterium import Peilmoment, Personeeltoets, Vraag
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Personeelfeit, Registerstatus
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.combinaties import combine_laagste
from inkoop.domain.criteria.soorten.menselijk import ask_people
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import (
    join_zinnen,
    write_aantal,
    write_naam,
    write_opsomming,
    write_peil,
    write_zin,
)
from inkoop.domain.criteria.zicht import Zicht, cite, is_same_woord

VRAAG_TENZIJ = Vraag(
    id="tenzij",
    tekst="Is aangetoond dat de kwaliteit gewaarborgd blijft, ook al is niet iedereen gekwalificeerd of geregistreerd?",
)


@register(Personeeltoets)
class Personeel(Soort[Personeeltoets]):
    """At least the minimum of qualified people, for each product."""

    def list_peilmomenten(self, toets: Personeeltoets) -> tuple[Peilmoment, ...]:
        """The day on which they must be there."""
        return (toets.peilmoment,)

    def assess(self, toets: Personeeltoets, zicht: Zicht) -> Deeluitkomst:
        """Judge each product; the lowest counts."""
        delen = [self._assess_product(toets, zicht, product) for product in zicht.eenheid.producten]
        return delen[0] if len(delen) == 1 else combine_laagste(delen)

    def _assess_product(self, toets: Personeeltoets, zicht: Zicht, product: str) -> Deeluitkomst:
        """One product."""
        peil = zicht.peil(toets.peilmoment)
        dagen = {toets.peilmoment: peil}
        opgegeven = [f for f in zicht.select(Personeelfeit) if f.product == product]
        soorten = write_opsomming((write_naam(k) for k in toets.kwalificaties), slot="of")
        eis = f"minimaal {toets.minimum} met {soorten}"
        if not opgegeven:
            return zicht.ask(
                Grond.ONTBREEKT,
                f"Van {zicht.wie} is geen personeel opgegeven voor het product {product}.",
                gevraagd=f"een opgave van uw personeel voor het product {product}: {eis}",
                peildatums=dagen,
                product=product,
            )
        aanwezig = [f for f in opgegeven if f.van <= peil and (f.tot is None or peil <= f.tot)]
        if any(f.tenzij for f in aanwezig):
            redenen = [write_zin(f.tenzij) for f in aanwezig if f.tenzij]
            return ask_people(
                zicht,
                aanwezig,
                (VRAAG_TENZIJ,),
                onderwerp=join_zinnen(
                    [f"Voor het product {product} is personeel opgegeven met een uitzondering:", *redenen]
                ),
                wacht=Grond.TENZIJ,
                ja=Grond.OORDEEL_JA,
                nee=Grond.OORDEEL_NEE,
                peildatums=dagen,
                product=product,
                houdbaar_tot=min(
                    [f.tot for f in aanwezig if f.tot is not None]
                    + [f.van - timedelta(days=1) for f in opgegeven if f.van > peil],
                    default=None,
                ),
            )
        gekwalificeerd = [f for f in aanwezig if any(is_same_woord(f.kwalificatie, k) for k in toets.kwalificaties)]
        actief = [f for f in gekwalificeerd if _is_active(toets, f)]
        if (aantal := count_people(actief)) >= toets.minimum:
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET,
                grond=Grond.VOLDOET,
                toelichting=f"Opgegeven voor het product {product} op {write_peil(toets.peilmoment, peil)}:"
                f" {write_aantal(aantal, 'persoon', 'personen')} met {soorten}.",
                peildatums=dagen,
                bewijs=cite(actief),
                houdbaar_tot=_find_end(toets, actief, opgegeven, peil),
                product=product,
            )
        onbekend = [f for f in gekwalificeerd if _is_unknown(toets, f)]
        register_naam = write_naam(toets.register or "")
        if count_people([*actief, *onbekend]) >= toets.minimum:
            return zicht.ask(
                Grond.REGISTERSTATUS_ONBEKEND,
                f"Voor het product {product} is niet bekend of het personeel actief staat in het register"
                f" {register_naam}.",
                gevraagd=f"een bewijs van inschrijving in het register {register_naam} voor het product {product}",
                peildatums=dagen,
                bewijs=[*actief, *onbekend],
                product=product,
            )
        in_register = f" en een actieve inschrijving in het register {register_naam}" if toets.register else ""
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET_NIET,
            grond=Grond.PERSONEEL_TEKORT,
            toelichting=f"Opgegeven voor het product {product} op {write_peil(toets.peilmoment, peil)}:"
            f" {write_aantal(aantal, 'persoon', 'personen')} met {soorten}{in_register}."
            f" Minimaal {toets.minimum} is nodig.",
            peildatums=dagen,
            bewijs=cite(opgegeven),
            product=product,
        )


def count_people(feiten: Iterable[Personeelfeit]) -> int:
    """How many people these statements show: per member and qualification the highest, added up."""
    hoogste: dict[tuple[str | None, str], int] = {}
    for f in feiten:
        sleutel = (f.lid, f.kwalificatie.casefold())
        hoogste[sleutel] = max(hoogste.get(sleutel, 0), f.aantal)
    return sum(hoogste.values())


def _is_active(toets: Personeeltoets, f: Personeelfeit) -> bool:
    """Whether people count: in the register that is asked, if one is asked."""
    if toets.register is None:
        return True
    return (
        f.register is not None
        and is_same_woord(f.register, toets.register)
        and f.registerstatus is Registerstatus.ACTIEF
    )


def _is_unknown(toets: Personeeltoets, f: Personeelfeit) -> bool:
    """Whether it is simply not known if people stand in the register that is asked."""
    if toets.register is None or f.registerstatus not in (None, Registerstatus.ONBEKEND):
        return False
    return f.register is None or is_same_woord(f.register, toets.register)


def _find_end(
    toets: Personeeltoets, actief: Sequence[Personeelfeit], opgegeven: Sequence[Personeelfeit], peil: date
) -> date | None:
    """The last day on which enough of these people are still there; None = no end known.

    A 'tenzij' that starts later needs people from that day on, so it ends what the rule can tell.
    """
    einden = {f.tot for f in actief if f.tot is not None}
    blijft = next(
        (
            dag
            for dag in (None, *sorted(einden, reverse=True))
            if count_people(f for f in actief if f.tot is None or (dag is not None and f.tot >= dag)) >= toets.minimum
        ),
        None,
    )
    grenzen = [f.van - timedelta(days=1) for f in opgegeven if f.tenzij and f.van > peil]
    return min([*grenzen, *([blijft] if blijft is not None else [])], default=None)
