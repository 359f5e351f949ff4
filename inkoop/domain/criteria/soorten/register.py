"""Register: an active registration in each of the registers, or in one of them.

| what is known, per register | outcome |
|---|---|
| no registration stated | herstelbaar |
| active on the day | voldoet |
| the status is not known | herstelbaar |
| active, but the register was last seen too long ago (`registercontrole`) | te_beoordelen: look again |
| suspended, withdrawn or expired, or not in force on the day | voldoet_niet |

Of one registration (member, register, number) what was seen last counts; seen twice on one day,
the least favourable counts. `alle` = each register is asked, otherwise one is enough.

Bron: B.3.7, B.3.12; F.0 M-07.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

import msgspec

from inkoop.domain.criteria.criterium import AlleVan, EenVan, Peilmoment, Registertoets
from inkoop.domain.criteria.deeluitkomst import Deeluitkomst
from inkoop.domain.criteria.dossier import Registerstatus, Registratiefeit
from inkoop.domain.criteria.feiten import fold_woord
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.combinaties import COMBINATIES
from inkoop.domain.criteria.soorten.registercontrole import (
    find_controle_einde,
    is_recent,
    list_momenten,
    write_verouderd,
)
from inkoop.domain.criteria.soorten.soort import Soort, register
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen, write_datum, write_naam, write_peil
from inkoop.domain.criteria.zicht import Zicht, cite


@register(Registertoets)
class Register(Soort[Registertoets]):
    """The registrations that are asked are active on the peilmoment."""

    def list_peilmomenten(self, toets: Registertoets) -> tuple[Peilmoment, ...]:
        """The day on which the registration must be active, and that from which the look is counted back."""
        return (toets.peilmoment, *list_momenten(toets.registercontrole))

    def assess(self, toets: Registertoets, zicht: Zicht) -> Deeluitkomst:
        """Judge each register and combine."""
        delen = [self._assess_register(toets, zicht, naam) for naam in toets.registers]
        if len(delen) == 1:
            return delen[0]
        samen = COMBINATIES[AlleVan if toets.alle else EenVan].combine(delen)
        # The registers of one leaf are told together; they are not parts that people open one by one.
        return msgspec.structs.replace(samen, delen=())

    def _assess_register(self, toets: Registertoets, zicht: Zicht, naam: str) -> Deeluitkomst:
        """One register."""
        peil = zicht.peildatums[toets.peilmoment]
        controle = toets.registercontrole
        dagen = list_reported_days(toets, zicht)
        gevonden = keep_last_seen(zicht.find(Registratiefeit, naam))
        actief = [f for f in gevonden if f.status is Registerstatus.ACTIEF and _is_in_force(f, peil)]
        recent = [f for f in actief if is_recent(controle, zicht.peildatums, f.gezien_op)]
        if recent:
            einden = {f.id: find_einde(toets, f, dagen) for f in recent}
            beste = max(recent, key=lambda f: (einden[f.id] or date.max, f.id))
            return Deeluitkomst(
                uitkomst=Uitkomst.VOLDOET,
                grond=Grond.VOLDOET,
                uitleg=partial(write_actief, naam, toets.peilmoment, peil, beste),
                peildatums=dagen,
                bewijs=cite([beste]),
                houdbaar_tot=einden[beste.id],
            )
        if actief:
            laatst = max(actief, key=lambda f: (f.gezien_op, f.id))
            return Deeluitkomst(
                uitkomst=Uitkomst.TE_BEOORDELEN,
                grond=Grond.REGISTER_OPNIEUW_BEKIJKEN,
                uitleg=(
                    f"{zicht.wie[:1].upper()}{zicht.wie[1:]} staat als actief in het register {write_naam(naam)}."
                    f" {write_verouderd(controle, zicht, laatst.gezien_op)}"
                ),
                peildatums=dagen,
                bewijs=cite([laatst]),
            )
        leesbaar = write_naam(naam)
        gevraagd = f"een bewijs van actieve inschrijving in het register {leesbaar}"
        if not gevonden:
            return zicht.ask(
                Grond.ONTBREEKT,
                f"Van {zicht.wie} is geen inschrijving in het register {leesbaar} ontvangen.",
                gevraagd=gevraagd,
                peildatums=dagen,
            )
        onbekend = [f for f in gevonden if f.status is Registerstatus.ONBEKEND and _is_in_force(f, peil)]
        if onbekend:
            zin = f"Het is niet bekend of {zicht.wie} actief in het register {leesbaar} staat."
            return zicht.ask(Grond.REGISTERSTATUS_ONBEKEND, zin, gevraagd=gevraagd, peildatums=dagen, bewijs=onbekend)
        return Deeluitkomst(
            uitkomst=Uitkomst.VOLDOET_NIET,
            grond=Grond.NIET_INGESCHREVEN,
            uitleg=join_zinnen(_write_tekort(toets, f, peil) for f in gevonden),
            peildatums=dagen,
            bewijs=cite(gevonden),
        )


def keep_last_seen(registraties: Sequence[Registratiefeit]) -> Sequence[Registratiefeit]:
    """Of one registration what was seen last; where that differs on one day, what is not active."""
    if len(registraties) < 2:
        return registraties
    groepen: dict[tuple[str | None, str, str], list[Registratiefeit]] = {}
    for f in registraties:
        groepen.setdefault((f.lid, fold_woord(f.register), f.nummer), []).append(f)
    gekozen: list[Registratiefeit] = []
    for groep in groepen.values():
        laatste = [f for f in groep if f.gezien_op == max(g.gezien_op for g in groep)]
        gekozen += [f for f in laatste if f.status is not Registerstatus.ACTIEF] or laatste
    return gekozen


def list_reported_days(toets: Registertoets, zicht: Zicht) -> dict[Peilmoment, date]:
    """Every day that matters for the outcome: that of the registration and that of the look."""
    dagen = zicht.dagen[toets.peilmoment]
    momenten = list_momenten(toets.registercontrole)
    return dagen | {moment: zicht.peildatums[moment] for moment in momenten} if momenten else dagen


def write_actief(naam: str, moment: Peilmoment, peil: date, f: Registratiefeit) -> str:
    """That a registration is active, and when that was seen."""
    return (
        f"De inschrijving in het register {write_naam(naam)} is actief op {write_peil(moment, peil)}."
        f" Dit is gezien op {write_datum(f.gezien_op)}."
    )


def find_einde(toets: Registertoets, f: Registratiefeit, dagen: Mapping[Peilmoment, date]) -> date | None:
    """Until the registration ends, or the register must be looked into again; None = no end known."""
    laatste = max(dagen.values())
    einden = [f.tot] if f.tot is not None else []
    controle = toets.registercontrole
    if controle is not None and controle.peilmoment is not None and dagen[controle.peilmoment] == laatste:
        gezien = find_controle_einde(controle, f.gezien_op)
        einden += [gezien] if gezien is not None else []
    einde = min(einden, default=None)
    return max(laatste, einde) if einde is not None else None


def _is_in_force(f: Registratiefeit, dag: date) -> bool:
    return f.van <= dag and (f.tot is None or dag <= f.tot)


def _write_tekort(toets: Registertoets, f: Registratiefeit, peil: date) -> str:
    """Why a registration does not count."""
    naam = write_naam(f.register)
    if f.status not in (Registerstatus.ACTIEF, Registerstatus.ONBEKEND):
        return f"De inschrijving in het register {naam} stond op {write_datum(f.gezien_op)} als {f.status.value}."
    einde = f" tot en met {write_datum(f.tot)}" if f.tot is not None else ""
    return (
        f"De inschrijving in het register {naam} geldt van {write_datum(f.van)}{einde}."
        f" Dat is niet op {write_peil(toets.peilmoment, peil)}."
    )
