"""Verklaring: a statement without reservation, filled in, signed by someone who may sign.

| what is known | outcome |
|---|---|
| nothing of this type handed in | herstelbaar |
| in time, filled in, without reservation, signed by someone who may sign | voldoet |
| a detail that is asked is not filled in | herstelbaar |
| not signed, or not (known to be) signed by someone who may sign | herstelbaar, as the signature may be repaired |
| dated after its day | voldoet_niet (free only in repair under `vrij`) |
| a reservation, where only clarification is allowed, and not yet asked | herstelbaar |
| a reservation that is confirmed, or where no clarification is allowed | voldoet_niet |

`datum` is the date of the statement itself: a signature may be put later under a statement that
already existed, but a statement of after its day is another statement (J6). A reservation counts
although another paper has none; only a clarification that has none takes it away (H5). Such a
clarification is by its nature of later than the statement; it says what was meant and does not
replace the statement, which must itself be in time, filled in and signed.

Bron: B.3.1; B.2.7; F.0 U-01 (signature apart), M-12; H5; J6.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inkoop.domain.criteria.criterium import Criterium, Herstelbaarheid, Peilmoment, Verklaringtoets
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Aanleiding, Verklaringfeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import write_datum, write_naam, write_opsomming, write_peil
from inkoop.domain.criteria.zicht import Zicht, cite, is_same_woord


@register(Verklaringtoets)
class Verklaring(Soort[Verklaringtoets]):
    """The statement was made, in time, whole and by someone who may make it."""

    def list_peilmomenten(self, toets: Verklaringtoets) -> tuple[Peilmoment, ...]:
        """The one day it is about."""
        return (toets.peilmoment,)

    def accepts_herstel(self, toets: Verklaringtoets, criterium: Criterium) -> bool:
        """Also where only the signature may be repaired."""
        apart = toets.ondertekening_herstelbaar
        return super().accepts_herstel(toets, criterium) or apart not in (None, Herstelbaarheid.NEE)

    def assess(self, toets: Verklaringtoets, zicht: Zicht) -> Deeluitkomst:
        """A reservation first; then the best of the statements."""
        peil = zicht.peil(toets.peilmoment)
        naam = write_naam(toets.verklaring)
        gevonden = [f for f in zicht.select(Verklaringfeit) if is_same_woord(f.verklaring, toets.verklaring)]
        if not gevonden:
            return zicht.ask(
                Grond.ONTBREEKT,
                f"Van {zicht.wie} is de verklaring '{naam}' niet ontvangen.",
                gevraagd=f"de verklaring '{naam}', ingevuld en ondertekend",
                peildatums={toets.peilmoment: peil},
            )
        voorbehouden = [f for f in gevonden if f.voorbehoud]
        verduidelijkt = self._list_verduidelijkingen(zicht, gevonden)
        if voorbehouden and (not verduidelijkt or any(f.voorbehoud for f in verduidelijkt)):
            return self._reserve(toets, zicht, gevonden, bevestigd=bool(verduidelijkt))
        beoordeeld = [
            (self._assess_one(toets, zicht, f, peil), f) for f in gevonden if not f.voorbehoud or verduidelijkt
        ]
        beste, _ = max(beoordeeld, key=lambda paar: (paar[0].uitkomst.rang, paar[1].datum, paar[1].id))
        if not voorbehouden:
            return beste
        bewijs = cite([*voorbehouden, *verduidelijkt])
        return Deeluitkomst(
            uitkomst=beste.uitkomst,
            grond=beste.grond,
            toelichting=f"{beste.toelichting} Het voorbehoud dat erin stond, is weggenomen.",
            peildatums=beste.peildatums,
            bewijs=tuple(sorted({*beste.bewijs, *bewijs})),
            herstelpunten=beste.herstelpunten,
        )

    def _list_verduidelijkingen(self, zicht: Zicht, gevonden: Sequence[Verklaringfeit]) -> list[Verklaringfeit]:
        """The answers to a request to clarify a statement that was handed in before."""
        if zicht.criterium.herstelbaar is not Herstelbaarheid.ALLEEN_VERDUIDELIJKING:
            return []
        antwoorden = [f for f in gevonden if f.aanleiding is Aanleiding.HERSTEL]
        return antwoorden if len(antwoorden) < len(gevonden) else []

    def _reserve(
        self, toets: Verklaringtoets, zicht: Zicht, feiten: Sequence[Verklaringfeit], *, bevestigd: bool
    ) -> Deeluitkomst:
        """A reservation stands: ask once what is meant where that is allowed, otherwise it falls short."""
        dagen = {toets.peilmoment: zicht.peil(toets.peilmoment)}
        naam = write_naam(toets.verklaring)
        zin = f"In de verklaring '{naam}' van {zicht.wie} staat een voorbehoud."
        if bevestigd:
            zin += " Na de vraag om verduidelijking is dat voorbehoud gebleven."
        if not bevestigd and zicht.criterium.herstelbaar is Herstelbaarheid.ALLEEN_VERDUIDELIJKING:
            return zicht.ask(
                Grond.VOORBEHOUD,
                zin,
                gevraagd=f"een verduidelijking van het voorbehoud in de verklaring '{naam}'",
                peildatums=dagen,
                bewijs=feiten,
                gebonden=False,
            )
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET_NIET,
            grond=Grond.VOORBEHOUD_BEVESTIGD if bevestigd else Grond.VOORBEHOUD,
            toelichting=zin,
            peildatums=dagen,
            bewijs=cite(feiten),
        )

    def _assess_one(self, toets: Verklaringtoets, zicht: Zicht, f: Verklaringfeit, peil: date) -> Deeluitkomst:
        """One statement on its own: date, then details, then signature."""
        dagen = {toets.peilmoment: peil}
        naam = write_naam(toets.verklaring)
        if not zicht.is_op_tijd(f, f.datum, peil):
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=Grond.GEDATEERD_NA_PEILDATUM,
                toelichting=f"De verklaring '{naam}' van {zicht.wie} is van {write_datum(f.datum)}."
                f" Dat is na {write_peil(toets.peilmoment, peil)}.",
                peildatums=dagen,
                bewijs=cite([f]),
            )
        leeg = [veld for veld in toets.gegevens if not f.gegevens.get(veld, "").strip()]
        if leeg:
            velden = write_opsomming(f"'{write_naam(veld)}'" for veld in leeg)
            return zicht.ask(
                Grond.GEGEVENS_ONTBREKEN,
                f"In de verklaring '{naam}' van {zicht.wie} is niet ingevuld: {velden}.",
                gevraagd=f"de verklaring '{naam}' met {velden} ingevuld",
                peildatums=dagen,
                bewijs=[f],
            )
        if gebrek := _find_gebrek(toets, f):
            grond, zin = gebrek
            return zicht.ask(
                grond,
                f"De verklaring '{naam}' van {zicht.wie} {zin}.",
                gevraagd=f"dezelfde verklaring '{naam}', ondertekend door iemand die mag tekenen,"
                " met een bewijs dat die persoon mag tekenen",
                peildatums=dagen,
                bewijs=[f],
                herstelbaar=toets.ondertekening_herstelbaar,
            )
        bevoegd = " door iemand die mag tekenen" if toets.bevoegd_ondertekend else ""
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET,
            grond=Grond.VOLDOET,
            toelichting=f"De verklaring '{naam}' van {zicht.wie} is van {write_datum(f.datum)}"
            f" en is ondertekend{bevoegd}.",
            peildatums=dagen,
            bewijs=cite([f]),
        )


def _find_gebrek(toets: Verklaringtoets, f: Verklaringfeit) -> tuple[Grond, str] | None:
    """What is wrong with the signature, if anything."""
    if not f.ondertekend:
        return Grond.NIET_ONDERTEKEND, "is niet ondertekend"
    wie = f" door {f.ondertekenaar}" if f.ondertekenaar else ""
    if toets.bevoegd_ondertekend and f.bevoegd is False:
        return (
            Grond.NIET_BEVOEGD_ONDERTEKEND,
            f"is ondertekend{wie}. Die persoon mag niet alleen tekenen of niet tekenen",
        )
    if toets.bevoegd_ondertekend and f.bevoegd is None:
        return Grond.BEVOEGDHEID_ONBEKEND, f"is ondertekend{wie}. Het is niet bekend of die persoon mag tekenen"
    return None
