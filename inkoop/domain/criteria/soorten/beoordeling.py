"""Beoordeling: two people judge a document on published questions, yes or no, without scores.

| what is known | outcome |
|---|---|
| the document was not handed in | herstelbaar |
| it is dated after its day | voldoet_niet (free only in repair under `vrij`) |
| it was there in time, fewer than two people have judged | te_beoordelen |
| both say yes / both say no | voldoet / voldoet_niet |
| they differ | te_beoordelen until a jurist settles it |

All documents of the type that were there in time are judged together.

Bron: F.0 M-04, M-09, M-10, M-13; ontwerp 4; FE-1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from inkoop.domain.criteria.criterium import Beoordelingtoets, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Documentfeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.document import write_te_laat
from inkoop.domain.criteria.soorten.menselijk import ask_people
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_datum, write_naam, write_opsomming
from inkoop.domain.criteria.zicht import Zicht, cite


@register(Beoordelingtoets)
class Beoordeling(Soort[Beoordelingtoets]):
    """People find that the document answers the published questions."""

    def list_peilmomenten(self, toets: Beoordelingtoets) -> tuple[Peilmoment, ...]:
        """The day on which the document must exist."""
        return (toets.peilmoment,)

    def assess(self, toets: Beoordelingtoets, zicht: Zicht) -> Deeluitkomst:
        """Is there a document to judge; and how did people judge it?"""
        peil = zicht.peildatums[toets.peilmoment]
        dagen = zicht.dagen[toets.peilmoment]
        gevonden = zicht.find(Documentfeit, toets.document)
        op_tijd = [f for f in gevonden if zicht.is_op_tijd(f, f.datum, peil)]
        if op_tijd:
            return ask_people(
                zicht,
                op_tijd,
                toets.vragen,
                onderwerp=partial(write_ontvangen, toets, zicht.wie, [f.datum for f in op_tijd]),
                wacht=Grond.TE_BEOORDELEN,
                ja=Grond.OORDEEL_JA,
                nee=Grond.OORDEEL_NEE,
                peildatums=dagen,
                houdbaar_tot=min([f.datum - timedelta(days=1) for f in gevonden if f not in op_tijd], default=None)
                if len(op_tijd) < len(gevonden)
                else None,
            )
        naam = write_naam(toets.document)
        if gevonden:
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=Grond.GEDATEERD_NA_PEILDATUM,
                uitleg=join_zinnen(
                    write_te_laat(toets.document, zicht.wie, f.datum, toets.peilmoment, peil) for f in gevonden
                ),
                peildatums=dagen,
                bewijs=cite(gevonden),
            )
        return zicht.ask(
            Grond.ONTBREEKT,
            f"Van {zicht.wie} is het stuk '{naam}' niet ontvangen.",
            gevraagd=f"het stuk '{naam}'",
            peildatums=dagen,
        )


def write_ontvangen(toets: Beoordelingtoets, wie: str, datums: Sequence[date]) -> str:
    """What lies before the people."""
    van = write_datum(datums[0])
    if len(datums) > 1:
        van = write_opsomming([write_datum(dag) for dag in sorted(set(datums))])
    return f"Het stuk '{write_naam(toets.document)}' van {wie} is van {van}."
