"""Personeel: enough people with one of the qualifications, for each product that is applied for.

| what is known, per product | outcome |
|---|---|
| nothing stated | herstelbaar |
| enough qualified people on the day, in the register where one is asked | voldoet |
| somebody is deployed under a stated 'tenzij' | two people |
| enough only if register statuses turn out to be active | herstelbaar |
| a share is asked, and of a member it is not known how many people it has in all | herstelbaar |
| stated, and too few, or too small a share | voldoet_niet |

Of one member and one qualification the highest statement counts; different qualifications and
members are added up (project default). A share is compared as whole numbers, so nothing is rounded; the
people in all of a member are its highest stated total, and never fewer than those it states. In one of the
registers each person must be active. A 'tenzij' always goes to people: it says that quality
holds although the rule is not met, which no rule can tell.

Bron: S3 6.1 M-08; B.3.12 (SKJ/BIG, norm verantwoorde werktoedeling); J5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache, partial

from inkoop.domain.criteria.criterium import Peilmoment, Personeeltoets, Vraag
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Personeelfeit, Registerstatus
from inkoop.domain.criteria.feiten import fold_woord, is_een_van
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
from inkoop.domain.criteria.zicht import Zicht, cite

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
        delen = [self.assess_product(toets, zicht, product) for product in zicht.eenheid.producten]
        return delen[0] if len(delen) == 1 else combine_laagste(delen)

    def assess_product(self, toets: Personeeltoets, zicht: Zicht, product: str) -> Deeluitkomst:
        """One product."""
        peil = zicht.peildatums[toets.peilmoment]
        dagen = zicht.dagen[toets.peilmoment]
        opgegeven = zicht.find(Personeelfeit, product)
        if not opgegeven:
            return zicht.ask(
                Grond.ONTBREEKT,
                f"Van {zicht.wie} is geen personeel opgegeven voor het product {product}.",
                gevraagd=f"een opgave van uw personeel voor het product {product}: {write_eis(toets)}",
                peildatums=dagen,
                product=product,
            )
        aanwezig: list[Personeelfeit] = []
        gekwalificeerd: list[Personeelfeit] = []
        uitzondering = False
        for f in opgegeven:
            if f.van <= peil and (f.tot is None or peil <= f.tot):
                aanwezig.append(f)
                uitzondering = uitzondering or bool(f.tenzij)
                if is_een_van(f.kwalificatie, toets.kwalificaties):
                    gekwalificeerd.append(f)
        if uitzondering:
            return self._judge(toets, zicht, product, opgegeven, aanwezig)
        actief = [f for f in gekwalificeerd if _is_active(toets, f)] if toets.registers else gekwalificeerd
        if is_enough(toets, actief, aanwezig):
            return self._accept(toets, zicht, product, opgegeven, aanwezig, actief)
        onbekend = [f for f in gekwalificeerd if _is_unknown(toets, f)]
        mogelijk = [*actief, *onbekend]
        if onbekend and is_enough(toets, mogelijk, aanwezig, bekend=False):
            registers = _write_registers(toets)
            return zicht.ask(
                Grond.REGISTERSTATUS_ONBEKEND,
                f"Voor het product {product} is niet bekend of het personeel actief staat in {registers}.",
                gevraagd=f"een bewijs van inschrijving in {registers} voor het product {product}",
                peildatums=dagen,
                bewijs=aanwezig if toets.minimum_aandeel is not None else mogelijk,
                product=product,
            )
        if is_enough(toets, actief, aanwezig, bekend=False):
            return zicht.ask(
                Grond.PERSONEELSTOTAAL_ONBEKEND,
                f"Voor het product {product} is niet bekend hoeveel personen er in totaal zijn.",
                gevraagd=f"een opgave van het totale aantal personen voor het product {product}",
                peildatums=dagen,
                bewijs=aanwezig,
                product=product,
                gebonden=False,
            )
        return _reject(toets, zicht, product, opgegeven, aanwezig, actief)

    def _judge(
        self,
        toets: Personeeltoets,
        zicht: Zicht,
        product: str,
        opgegeven: Sequence[Personeelfeit],
        aanwezig: Sequence[Personeelfeit],
    ) -> Deeluitkomst:
        """Somebody works under a stated exception: people judge whether quality holds."""
        peil = zicht.peildatums[toets.peilmoment]
        return ask_people(
            zicht,
            aanwezig,
            (VRAAG_TENZIJ,),
            onderwerp=lambda: join_zinnen(
                [
                    f"Voor het product {product} is personeel opgegeven met een uitzondering:",
                    *[write_zin(f.tenzij) for f in aanwezig if f.tenzij],
                ]
            ),
            wacht=Grond.TENZIJ,
            ja=Grond.OORDEEL_JA,
            nee=Grond.OORDEEL_NEE,
            peildatums=zicht.dagen[toets.peilmoment],
            product=product,
            houdbaar_tot=_find_change(opgegeven, aanwezig, peil),
        )

    def _accept(
        self,
        toets: Personeeltoets,
        zicht: Zicht,
        product: str,
        opgegeven: Sequence[Personeelfeit],
        aanwezig: Sequence[Personeelfeit],
        actief: Sequence[Personeelfeit],
    ) -> Deeluitkomst:
        """Enough people, of whom the last day is known where one is stated."""
        peil = zicht.peildatums[toets.peilmoment]
        if toets.minimum_aandeel is None:
            einde, bewijs = _find_end(toets, actief, opgegeven, peil), cite(actief)
        else:  # A share rests on everybody who is there, so any change may end it.
            einde, bewijs = _find_change(opgegeven, aanwezig, peil), cite(aanwezig)
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET,
            grond=Grond.VOLDOET,
            uitleg=partial(_write_geteld, toets, zicht, product, aanwezig, actief),
            peildatums=zicht.dagen[toets.peilmoment],
            bewijs=bewijs,
            houdbaar_tot=einde,
            product=product,
        )


def _reject(
    toets: Personeeltoets,
    zicht: Zicht,
    product: str,
    opgegeven: Sequence[Personeelfeit],
    aanwezig: Sequence[Personeelfeit],
    actief: Sequence[Personeelfeit],
) -> Deeluitkomst:
    """Too few people, or too small a share."""
    te_weinig = toets.minimum is not None and count_people(actief) < toets.minimum
    return Deeluitkomst(
        uitkomst=Uitkomst.VOLDOET_NIET,
        grond=Grond.PERSONEEL_TEKORT if te_weinig else Grond.PERSONEELSAANDEEL_TEKORT,
        uitleg=lambda: f"{_write_geteld(toets, zicht, product, aanwezig, actief)} Nodig is {write_eis(toets)}.",
        peildatums=zicht.dagen[toets.peilmoment],
        bewijs=cite(opgegeven),
        product=product,
    )


def is_enough(
    toets: Personeeltoets,
    gekwalificeerd: Sequence[Personeelfeit],
    aanwezig: Sequence[Personeelfeit],
    *,
    bekend: bool = True,
) -> bool:
    """Whether these qualified people are enough, in number and as a share of all who are there.

    `bekend` False = as if a total that was not stated were no more than the people who were.
    """
    aantal = count_people(gekwalificeerd)
    if toets.minimum is not None and aantal < toets.minimum:
        return False
    if toets.minimum_aandeel is None:
        return True
    totaal, volledig = count_totaal(aanwezig)
    if bekend and not volledig:
        return False
    return totaal > 0 and aantal * toets.minimum_aandeel.van >= toets.minimum_aandeel.deel * totaal


def count_totaal(aanwezig: Iterable[Personeelfeit]) -> tuple[int, bool]:
    """How many people there are at least in all, and whether every member stated its total."""
    per_lid: dict[str | None, list[Personeelfeit]] = {}
    for f in aanwezig:
        per_lid.setdefault(f.lid, []).append(f)
    gesteld = {lid: [f.totaal for f in groep if f.totaal is not None] for lid, groep in per_lid.items()}
    totaal = sum(max([count_people(groep), *gesteld[lid]]) for lid, groep in per_lid.items())
    return totaal, all(gesteld.values())


def count_people(feiten: Iterable[Personeelfeit]) -> int:
    """How many people these statements show: per member and qualification the highest, added up."""
    feiten = list(feiten)
    if len(feiten) == 1:
        return max(0, feiten[0].aantal)
    hoogste: dict[tuple[str | None, str], int] = {}
    for f in feiten:
        sleutel = (f.lid, fold_woord(f.kwalificatie))
        hoogste[sleutel] = max(hoogste.get(sleutel, 0), f.aantal)
    return sum(hoogste.values())


def _is_active(toets: Personeeltoets, f: Personeelfeit) -> bool:
    """Whether people count: in one of the registers that are asked, if any is asked."""
    if not toets.registers:
        return True
    return _names_register(toets, f) and f.registerstatus is Registerstatus.ACTIEF


def _is_unknown(toets: Personeeltoets, f: Personeelfeit) -> bool:
    """Whether it is simply not known if people stand in a register that is asked."""
    if not toets.registers or f.registerstatus not in (None, Registerstatus.ONBEKEND):
        return False
    return f.register is None or _names_register(toets, f)


def _names_register(toets: Personeeltoets, f: Personeelfeit) -> bool:
    return is_een_van(f.register or "", toets.registers)


def _find_end(
    toets: Personeeltoets, actief: Sequence[Personeelfeit], opgegeven: Sequence[Personeelfeit], peil: date
) -> date | None:
    """The last day on which enough of these people are still there; None = no end known.

    A 'tenzij' that starts later needs people from that day on, so it ends what the rule can tell.
    """
    if len(opgegeven) == 1 and actief and opgegeven[0].tot is None:
        return None
    einden = {f.tot for f in actief if f.tot is not None}
    grenzen = [f.van - timedelta(days=1) for f in opgegeven if f.van > peil and f.tenzij]
    if not einden:
        return min(grenzen, default=None)
    blijft = next(
        (
            dag
            for dag in (None, *sorted(einden, reverse=True))
            if is_enough(toets, [f for f in actief if f.tot is None or (dag is not None and f.tot >= dag)], actief)
        ),
        None,
    )
    return min([*grenzen, *([blijft] if blijft is not None else [])], default=None)


def _find_change(opgegeven: Sequence[Personeelfeit], aanwezig: Sequence[Personeelfeit], peil: date) -> date | None:
    """The last day before somebody leaves or comes; None = no change known."""
    einden = [f.tot for f in aanwezig if f.tot is not None]
    einden += [f.van - timedelta(days=1) for f in opgegeven if f.van > peil]
    return min(einden, default=None)


@lru_cache(maxsize=1024)
def _write_soorten(kwalificaties: tuple[str, ...]) -> str:
    return write_opsomming([write_naam(k) for k in kwalificaties], slot="of")


def _write_registers(toets: Personeeltoets) -> str:
    return f"het register {write_opsomming((write_naam(naam) for naam in toets.registers), slot='of')}"


def write_eis(toets: Personeeltoets) -> str:
    """What is asked, for a letter."""
    eisen = [f"minimaal {toets.minimum} met {_write_soorten(toets.kwalificaties)}"] if toets.minimum is not None else []
    if (aandeel := toets.minimum_aandeel) is not None:
        eisen.append(f"minimaal {aandeel.deel} op de {aandeel.van} personen met {_write_soorten(toets.kwalificaties)}")
    return write_opsomming(eisen)


def _write_geteld(
    toets: Personeeltoets,
    zicht: Zicht,
    product: str,
    aanwezig: Sequence[Personeelfeit],
    actief: Sequence[Personeelfeit],
) -> str:
    """How many people were stated, and of how many where a share is asked."""
    van = ""
    if toets.minimum_aandeel is not None:
        totaal, volledig = count_totaal(aanwezig)
        van = f", van {totaal} in totaal" if volledig else ""
    return write_geteld(toets, zicht.peildatums)(product, count_people(actief), van)


def write_geteld(toets: Personeeltoets, peildatums: Mapping[Peilmoment, date]) -> Callable[..., str]:
    """How to write how many people were stated for a product; what hangs on the toets alone is written once."""
    dag = write_peil(toets.peilmoment, peildatums[toets.peilmoment])
    registers = f" en een actieve inschrijving in {_write_registers(toets)}" if toets.registers else ""
    wie = f"met {_write_soorten(toets.kwalificaties)}{registers}"

    def write(product: str, aantal: int, van: str = "") -> str:
        personen = write_aantal(aantal, "persoon", "personen")
        return f"Opgegeven voor het product {product} op {dag}: {personen} {wie}{van}."

    return write
