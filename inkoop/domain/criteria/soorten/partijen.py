"""Partijen: how many parties of the application have a role, and a size where one is asked.

| what is known | outcome |
|---|---|
| at least the minimum and at most the maximum | voldoet |
| enough only if a size that was not stated turns out to be one that is asked | herstelbaar |
| too many only if a size that was not stated turns out to be one that is asked | herstelbaar |
| too few, or too many | voldoet_niet |

It reads who is in the application, so no evidence is cited. Its day is always that of submission: afterwards the
parties may not change. Which size a party has is what it states (project default).

Bron: F.0 B-02 (at least one large and one small party, small also as onderaannemer); BP-09; J1, J2.
"""

from __future__ import annotations

from collections.abc import Iterable

from inkoop.domain.criteria.criterium import Partijentoets, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Lid, Lidrol
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import write_naam, write_opsomming, write_zin
from inkoop.domain.criteria.zicht import Zicht

_ROLNAMEN = {
    Lidrol.ENKEL: "enkele aanbieder",
    Lidrol.PENVOERDER: "penvoerder",
    Lidrol.LID: "lid",
    Lidrol.ONDERAANNEMER: "onderaannemer",
    Lidrol.DERDE: "derde",
}


@register(Partijentoets)
class Partijtelling(Soort[Partijentoets]):
    """The application has enough, and not too many, parties of the kind that is asked."""

    def list_peilmomenten(self, toets: Partijentoets) -> tuple[Peilmoment, ...]:
        """The day of submission: on that day it is fixed who is in the application."""
        return (Peilmoment.INDIENING,)

    def assess(self, toets: Partijentoets, zicht: Zicht) -> Deeluitkomst:
        """Count who certainly counts and who may."""
        dagen = zicht.dagen[Peilmoment.INDIENING]
        telt = {lid: counts(toets, lid) for lid in zicht.partij.leden}
        zeker = [lid for lid, ja in telt.items() if ja]
        onbekend = [lid for lid, ja in telt.items() if ja is None]
        telling = _write_telling(zeker)
        eis = f"Gevraagd is {describe_partijen(toets)}."
        te_weinig = toets.minimum is not None and len(zeker) < toets.minimum
        te_veel = toets.maximum is not None and len(zeker) > toets.maximum
        kan_nog = toets.minimum is None or len(zeker) + len(onbekend) >= toets.minimum
        kan_te_veel = toets.maximum is not None and len(zeker) + len(onbekend) > toets.maximum
        if not te_veel and kan_nog and (te_weinig or kan_te_veel):
            namen = write_opsomming(_sort_namen(onbekend))
            return zicht.ask(
                Grond.GROOTTE_ONBEKEND,
                f"{telling} Van {namen} is de grootte niet bekend. {eis}",
                gevraagd=f"een opgave van de grootte (micro, klein, middelgroot of groot) van {namen}",
                peildatums=dagen,
                gebonden=False,
            )
        grond = Grond.PARTIJEN_TE_VEEL if te_veel else Grond.PARTIJEN_TEKORT if te_weinig else Grond.VOLDOET
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET if grond is Grond.VOLDOET else Uitkomst.VOLDOET_NIET,
            grond=grond,
            uitleg=f"{telling} {eis}",
            peildatums=dagen,
        )


def counts(toets: Partijentoets, lid: Lid) -> bool | None:
    """Whether a party counts; None where that depends on a size that was not stated."""
    if lid.rol not in toets.rollen:
        return False
    if not toets.groottes:
        return True
    return None if lid.grootte is None else lid.grootte in toets.groottes


def describe_partijen(toets: Partijentoets) -> str:
    """What is asked: "minimaal 1 partij (penvoerder of lid) met grootte micro of klein"."""
    grenzen = [f"minimaal {toets.minimum}"] if toets.minimum is not None else []
    grenzen += [f"maximaal {toets.maximum}"] if toets.maximum is not None else []
    rollen = write_opsomming((_ROLNAMEN[rol] for rol in toets.rollen), slot="of")
    grootte = write_opsomming((write_naam(grootte) for grootte in toets.groottes), slot="of")
    partij = "partij" if (toets.minimum, toets.maximum) in ((1, None), (None, 1), (1, 1)) else "partijen"
    return f"{write_opsomming(grenzen)} {partij} ({rollen}){f' met grootte {grootte}' if grootte else ''}"


def _write_telling(zeker: Iterable[Lid]) -> str:
    """Who counts, by name."""
    namen = _sort_namen(zeker)
    if not namen:
        return "In de aanmelding staat geen partij die hiervoor telt."
    telt = "telt" if len(namen) == 1 else "tellen"
    return write_zin(f"Van de partijen in de aanmelding {telt} hiervoor: {write_opsomming(namen)}")


def _sort_namen(leden: Iterable[Lid]) -> list[str]:
    return sorted(lid.naam for lid in leden)
