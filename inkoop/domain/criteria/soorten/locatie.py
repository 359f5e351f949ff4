"""Locatie: a place with a function within a region, on a day.

| what is known | outcome |
|---|---|
| no location with this function stated | herstelbaar |
| one of the locations lies in the region on the day and is available then | voldoet |
| locations stated, none in the region on the day | voldoet_niet |
| a location in the region that is not available on the day | voldoet_niet |

Regions are dated tables (a place may change gemeente: Helvoirt is in the region from 2021-01-01).
A row that names the place goes before rows that name only the gemeente. Evidence of before such a
change may still name the old gemeente.

Bron: S3 6.1 M-02; M20-02; M5.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inkoop.domain.criteria.criterium import Gebied, Locatietoets, Peilmoment
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Locatiefeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_datum, write_naam, write_peil, write_regio
from inkoop.domain.criteria.zicht import Zicht, cite, is_same_woord


@register(Locatietoets)
class Locatie(Soort[Locatietoets]):
    """There is a location with the function asked, in the region, on the peilmoment."""

    def list_peilmomenten(self, toets: Locatietoets) -> tuple[Peilmoment, ...]:
        """The day on which it must be there."""
        return (toets.peilmoment,)

    def assess(self, toets: Locatietoets, zicht: Zicht) -> Deeluitkomst:
        """Look for one location that is available and in the region."""
        peil = zicht.peildatums[toets.peilmoment]
        dagen = zicht.dagen[toets.peilmoment]
        regio = zicht.regios[toets.regio]
        functie, regionaam = write_naam(toets.functie), write_regio(toets.regio)
        opgegeven = zicht.find(Locatiefeit, toets.functie)
        if not opgegeven:
            return zicht.ask(
                Grond.ONTBREEKT,
                lambda: f"Van {zicht.wie} is geen locatie voor {functie} opgegeven.",
                gevraagd=f"een bewijs van een locatie voor {functie} in de regio {regionaam}",
                peildatums=dagen,
            )
        gevonden = {f.id: find_gebied(regio.gebieden, f, peil) for f in opgegeven}
        goed = [f for f in opgegeven if gevonden[f.id] is not None and _is_beschikbaar(f, peil)]
        if not goed:
            binnen = any(gevonden.values())
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET_NIET,
                grond=Grond.LOCATIE_NIET_BESCHIKBAAR if binnen else Grond.LOCATIE_BUITEN_REGIO,
                uitleg=lambda: join_zinnen(
                    _write_tekort(toets, f, regionaam, peil, binnen=gevonden[f.id] is not None) for f in opgegeven
                ),
                peildatums=dagen,
                bewijs=cite(opgegeven),
            )
        einden = {f.id: find_einde(f, gevonden[f.id]) for f in goed}
        beste = max(goed, key=lambda f: (einden[f.id] or date.max, f.id))
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET,
            grond=Grond.VOLDOET,
            uitleg=lambda: write_binnen(toets, beste, peil),
            peildatums=dagen,
            bewijs=cite([beste]),
            houdbaar_tot=einden[beste.id],
        )


def write_binnen(toets: Locatietoets, f: Locatiefeit, peil: date) -> str:
    """That a location lies in the region."""
    return (
        f"De locatie voor {write_naam(toets.functie)} in {f.plaats} (gemeente {f.gemeente}) ligt op"
        f" {write_peil(toets.peilmoment, peil)} in de regio {write_regio(toets.regio)}."
    )


def find_gebied(gebieden: Sequence[Gebied], locatie: Locatiefeit, dag: date) -> Gebied | None:
    """The row of a dated region table that puts a location in the region on a day; None when it is outside."""
    van_plaats = [g for g in gebieden if g.plaats is not None and _names_plaats(g, locatie)]
    rijen = van_plaats or [
        g
        for g in gebieden
        if g.plaats is None and g.gemeente is not None and is_same_woord(g.gemeente, locatie.gemeente)
    ]
    geldend = [g for g in rijen if (g.van is None or g.van <= dag) and (g.tot is None or dag <= g.tot)]
    return max(geldend, key=lambda g: g.tot or date.max, default=None)


def _names_plaats(gebied: Gebied, locatie: Locatiefeit) -> bool:
    """Whether a row with a place is about this location."""
    if gebied.plaats is None or not is_same_woord(gebied.plaats, locatie.plaats):
        return False
    voor_wijziging = gebied.van is not None and locatie.ontvangen_op < gebied.van
    return gebied.gemeente is None or is_same_woord(gebied.gemeente, locatie.gemeente) or voor_wijziging


def _is_beschikbaar(locatie: Locatiefeit, dag: date) -> bool:
    return locatie.van <= dag and (locatie.tot is None or dag <= locatie.tot)


def find_einde(locatie: Locatiefeit, gebied: Gebied | None) -> date | None:
    """Until when a location is available and in the region; None = no end known."""
    einden = [dag for dag in (locatie.tot, gebied.tot if gebied is not None else None) if dag is not None]
    return min(einden, default=None)


def _write_tekort(toets: Locatietoets, f: Locatiefeit, regio: str, peil: date, *, binnen: bool) -> str:
    """Why a location does not count."""
    waar = f"De locatie voor {write_naam(toets.functie)} in {f.plaats} (gemeente {f.gemeente})"
    if not binnen:
        return f"{waar} ligt op {write_peil(toets.peilmoment, peil)} niet in de regio {regio}."
    einde = f" tot en met {write_datum(f.tot)}" if f.tot is not None else ""
    return (
        f"{waar} is beschikbaar vanaf {write_datum(f.van)}{einde}. Dat is niet op {write_peil(toets.peilmoment, peil)}."
    )
