"""Uitsluiting: a ground for exclusion does not apply, or was put right to people's satisfaction.

| what is known | outcome |
|---|---|
| nothing stated about the ground | herstelbaar |
| the ground does not apply | voldoet |
| it applies, and what was done about it is explained | two people, where self-cleaning is possible |
| it applies, self-cleaning is possible, nothing explained | herstelbaar: the applicant gets the chance to explain |
| it applies and self-cleaning is not possible, or people say no | voldoet_niet |
| stated only after the day | voldoet_niet (free only in repair under `vrij`) |

That the ground applies counts whoever says it: a denial does not take it away.

Bron: art. 2.87a Aanbestedingswet 2012 (self-cleaning; applied here by choice, project default); B.3.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from inkoop.domain.criteria.criterium import Peilmoment, Uitsluitingtoets, Vraag
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Uitsluitingfeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.menselijk import ask_people
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_datum, write_naam, write_peil, write_zin
from inkoop.domain.criteria.zicht import Zicht, cite

VRAAG_ZELFREINIGING = Vraag(
    id="zelfreiniging",
    tekst="Is aangetoond dat de maatregelen genoeg zijn om de aanbieder weer te vertrouwen?",
)


@register(Uitsluitingtoets)
class Uitsluiting(Soort[Uitsluitingtoets]):
    """The ground for exclusion does not stand in the way."""

    def list_peilmomenten(self, toets: Uitsluitingtoets) -> tuple[Peilmoment, ...]:
        """The day it is about."""
        return (toets.peilmoment,)

    def assess(self, toets: Uitsluitingtoets, zicht: Zicht) -> Deeluitkomst:
        """What applies counts first; then what was denied in time."""
        peil = zicht.peildatums[toets.peilmoment]
        dagen = zicht.dagen[toets.peilmoment]
        naam = write_naam(toets.uitsluitingsgrond)
        opgegeven = zicht.find(Uitsluitingfeit, toets.uitsluitingsgrond)
        if geldend := [f for f in opgegeven if f.van_toepassing and f.datum <= peil]:
            # What was done about it may be explained later than the day on which the ground applied.
            uitleg = [f for f in opgegeven if f.van_toepassing and f.zelfreiniging and f not in geldend]
            bekend = [*geldend, *uitleg]
            einde = _find_end([f for f in opgegeven if f not in bekend])
            return self._weigh_geldend(toets, zicht, bekend, einde)
        op_tijd = [f for f in opgegeven if not f.van_toepassing and zicht.is_op_tijd(f, f.datum, peil)]
        if op_tijd:
            nieuwste = max(op_tijd, key=lambda f: (f.datum, f.id))
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET,
                grond=Grond.VOLDOET,
                uitleg=lambda: write_niet_van_toepassing(toets, zicht.wie, nieuwste.datum),
                peildatums=dagen,
                bewijs=cite([nieuwste]),
                houdbaar_tot=_find_end(opgegeven),
            )
        if opgegeven:
            datums = sorted({f.datum for f in opgegeven})
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=Grond.GEDATEERD_NA_PEILDATUM,
                uitleg=lambda: (
                    f"De opgave van {zicht.wie} over de uitsluitingsgrond '{naam}' is van"
                    f" {write_datum(datums[0])}. Dat is na {write_peil(toets.peilmoment, peil)}."
                ),
                peildatums=dagen,
                bewijs=cite(opgegeven),
            )
        return zicht.ask(
            Grond.ONTBREEKT,
            lambda: f"Van {zicht.wie} is geen opgave ontvangen over de uitsluitingsgrond '{naam}'.",
            gevraagd=f"een opgave of de uitsluitingsgrond '{naam}' van toepassing is",
            peildatums=dagen,
        )

    def _weigh_geldend(
        self, toets: Uitsluitingtoets, zicht: Zicht, geldend: list[Uitsluitingfeit], einde: date | None
    ) -> Deeluitkomst:
        """The ground applies: is there something that people can weigh?"""
        dagen = zicht.dagen[toets.peilmoment]
        naam = write_naam(toets.uitsluitingsgrond)
        zin = f"De uitsluitingsgrond '{naam}' is van toepassing op {zicht.wie}."
        maatregelen = [write_zin(f.zelfreiniging) for f in geldend if f.zelfreiniging]
        if toets.zelfreiniging_mogelijk and maatregelen:
            return ask_people(
                zicht,
                geldend,
                (VRAAG_ZELFREINIGING,),
                onderwerp=join_zinnen([zin, "Genomen maatregelen:", *maatregelen]),
                wacht=Grond.ZELFREINIGING,
                ja=Grond.OORDEEL_JA,
                nee=Grond.OORDEEL_NEE,
                peildatums=dagen,
                houdbaar_tot=einde,
            )
        if toets.zelfreiniging_mogelijk:
            return zicht.ask(
                Grond.ZELFREINIGING_NIET_TOEGELICHT,
                f"{zin} Er zijn geen maatregelen opgegeven.",
                gevraagd=f"een uitleg van de maatregelen die zijn genomen vanwege '{naam}', met bewijs",
                peildatums=dagen,
                bewijs=geldend,
                gebonden=False,
            )
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET_NIET,
            grond=Grond.UITSLUITINGSGROND,
            uitleg=zin,
            peildatums=dagen,
            bewijs=cite(geldend),
        )


def write_niet_van_toepassing(toets: Uitsluitingtoets, wie: str, datum: date) -> str:
    """That the ground was denied, and when."""
    naam = write_naam(toets.uitsluitingsgrond)
    return f"De uitsluitingsgrond '{naam}' is op {write_datum(datum)} niet van toepassing op {wie}."


def _find_end(opgegeven: Sequence[Uitsluitingfeit]) -> date | None:
    """The last day before the ground applies, where that is already known."""
    return min((f.datum - timedelta(days=1) for f in opgegeven if f.van_toepassing), default=None)
