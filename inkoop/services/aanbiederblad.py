"""One legal person with everything there is about it, over all procedures.

Who may not read applications sees agreements and what belongs to them. An application counts from the opening
of its round (FE-8).

Bron: domein D; FE-8; issue web application (contractmanager: provider page).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.bewaking import Contractterm
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import bewakingstermen, bladeren, contractlijst, stukkenlijst
from inkoop.services.aanbiederlijst import is_zichtbaar, may_aanmeldingen
from inkoop.services.contractblad import VOORUIT
from inkoop.services.contractlijst import Contractregel
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bestaandcontract import OuderContractRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow


class Aanmeldingregel(msgspec.Struct, frozen=True, kw_only=True):
    """An application of a legal person."""

    kenmerk: str
    ronde: str
    status: Aanmeldingsstatus
    ontvangen_op: date


class Aanbiederblad(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one legal person; `aanmeldingen` None for who may not read those."""

    kvk: str
    namen: tuple[str, ...]
    contracten: tuple[Contractregel, ...]
    ouder: tuple[OuderContractRow, ...]
    termen: tuple[Contractterm, ...]
    maatregelen: tuple[MaatregelRow, ...]
    brieven: tuple[DocumentRow, ...]
    aanmeldingen: tuple[Aanmeldingregel, ...] | None


def read_aanbieder(huis: Huis, door: Optreden, kvk: str) -> Aanbiederblad:
    """Everything about the legal person with this KvK number. Raises NietGevondenError when there is nothing."""
    op = local_date(door.nu)
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        vraag: Any = (
            select(AanmeldingRow, RondeRow.kenmerk)
            .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
            .where(AanmeldingRow.kvk == kvk, is_zichtbaar(AanmeldingRow, door.nu, aanmeldingen=may_aanmeldingen(door)))
            .order_by(col(AanmeldingRow.ontvangen_op).desc())
        )
        rijen = sessie.exec(vraag).all()
        ouder = list(sessie.exec(select(OuderContractRow).where(OuderContractRow.kvk == kvk)))
        if not rijen and not ouder:
            raise NietGevondenError("Aanbieder", kvk)
        contracten = contractlijst.list_van(sessie, kvk)
        nummers = [een.contractnummer for een in contracten]
        maatregelen = sessie.exec(select(MaatregelRow).where(col(MaatregelRow.contractnummer).in_(nummers)))
        return Aanbiederblad(
            kvk=kvk,
            namen=tuple(dict.fromkeys([rij.naam for rij, _ in rijen] + [een.naam for een in ouder])),
            contracten=tuple(contracten),
            ouder=tuple(ouder),
            termen=tuple(_list_termen(sessie, nummers, op)),
            maatregelen=tuple(maatregelen),
            brieven=tuple(_list_brieven(sessie, door, [rij.kenmerk for rij, _ in rijen], nummers)),
            aanmeldingen=tuple(
                Aanmeldingregel(
                    kenmerk=rij.kenmerk, ronde=ronde, status=rij.status, ontvangen_op=local_date(rij.ontvangen_op)
                )
                for rij, ronde in rijen
            )
            if may_aanmeldingen(door)
            else None,
        )


def _list_termen(sessie: Session, nummers: list[str], op: date) -> list[Contractterm]:
    gevonden = sessie.exec(select(OvereenkomstRow).where(col(OvereenkomstRow.contractnummer).in_(nummers)))
    rijen = {rij.contractnummer: rij for rij in gevonden}
    termen = bewakingstermen.list_van(sessie, [rijen[een] for een in nummers if een in rijen], op, VOORUIT)
    return sorted(termen, key=lambda een: een.dag)


def _list_brieven(sessie: Session, door: Optreden, kenmerken: list[str], nummers: list[str]) -> list[DocumentRow]:
    """The papers about its applications (once they may be read) and agreements, the newest first."""
    over: Any = col(DocumentRow.onderwerp).in_([*kenmerken, *nummers])
    for nummer in nummers:
        over |= bladeren.begins_with(sessie, col(DocumentRow.onderwerp), f"{nummer}-")
    vraag = select(DocumentRow).where(over, *stukkenlijst.list_filters(stukkenlijst.Stukvraag(), door))
    return list(sessie.exec(vraag.order_by(col(DocumentRow.gevraagd_op).desc(), col(DocumentRow.kenmerk).desc())))
