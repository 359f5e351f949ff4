"""One aanbieder, one aanmelding in a round: the last one that was formally handed in before closing counts.

Bron: F.0 `dubbel`; H3.
"""

from __future__ import annotations

from sqlmodel import select

from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, check_verloop
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.ronde import RondeRow

_STAAND = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)


def replace(eenheid: Eenheid, oud: AanmeldingRow, telt: AanmeldingRow) -> None:
    """Let one aanmelding take the place of another of the same aanbieder."""
    check_verloop(f"Aanmelding {oud.kenmerk}", oud.status, Aanmeldingsstatus.VERVANGEN)
    eenheid.audit(
        Handeling.AANMELDING_INDIENEN,
        oud.kenmerk,
        van=oud.status,
        naar=Aanmeldingsstatus.VERVANGEN,
        reden=f"vervangen door {telt.kenmerk}",
    )
    oud.status, oud.vervangen_door_id = Aanmeldingsstatus.VERVANGEN, telt.id
    eenheid.sessie.add(oud)


def settle_dubbele(eenheid: Eenheid, ronde: RondeRow) -> None:
    """Hold the rule on the real KvK numbers, for everything in the round that is not sealed any more."""
    eenheid.sessie.flush()
    rijen = eenheid.sessie.exec(
        select(AanmeldingRow).where(
            AanmeldingRow.ronde_id == ronde.id,
            AanmeldingRow.opgave != "",
            AanmeldingRow.status.in_(_STAAND),  # type: ignore[attr-defined]
        )
    ).all()
    laatste: dict[str, AanmeldingRow] = {}
    for rij in sorted(rijen, key=lambda rij: (rij.ontvangen_op, rij.kenmerk)):
        if rij.kvk in laatste:
            replace(eenheid, laatste[rij.kvk], rij)
        laatste[rij.kvk] = rij
