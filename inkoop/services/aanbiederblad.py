"""One legal person with everything there is about it, over all procedures; and finding it.

Who may not read applications sees agreements and what belongs to them. An application counts from the opening
of its round (FE-8).

Bron: domein D; FE-8; issue web application (contractmanager: provider page).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.bewaking import Contractterm
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling, check_toegang
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import bewakingstermen, bladeren, contractlijst, overeenkomsten, procedures, stukkenlijst
from inkoop.services.bladeren import Telling
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


class Aanbiederregel(msgspec.Struct, frozen=True, kw_only=True):
    """A legal person in a list."""

    kvk: str
    naam: str
    contracten: int


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


def list_aanbieders(
    huis: Huis, door: Optreden, zoek: str, vanaf: int = 0, aantal: int = 50, *, tel: bool = True
) -> tuple[list[Aanbiederregel], Telling]:
    """A page of the legal persons of which name or KvK holds a word, by name, and how many there are if `tel`."""
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        vraag: Any = (
            select(AanmeldingRow.kvk, func.max(AanmeldingRow.naam))
            .where(_zichtbaar(door))
            .group_by(col(AanmeldingRow.kvk))
        )
        if woord := zoek.strip():
            vraag = vraag.where(
                bladeren.holds(sessie, col(AanmeldingRow.naam), woord) | (col(AanmeldingRow.kvk) == woord)
            )
        totaal = bladeren.count_tot(sessie, vraag, vanaf) if tel else Telling(0)
        rijen = sessie.exec(vraag.order_by(func.max(AanmeldingRow.naam)).offset(vanaf).limit(aantal)).all()
        contracten: Any = (
            select(AanmeldingRow.kvk, func.count())
            .join(OvereenkomstRow, col(OvereenkomstRow.aanmelding_id) == AanmeldingRow.id)
            .where(col(AanmeldingRow.kvk).in_([kvk for kvk, _ in rijen]), _zichtbaar(door))
            .group_by(col(AanmeldingRow.kvk))
        )
        aantallen = dict(sessie.exec(contracten).all())
    return [Aanbiederregel(kvk=kvk, naam=naam, contracten=aantallen.get(kvk, 0)) for kvk, naam in rijen], totaal


def _mag_aanmeldingen(door: Optreden) -> bool:
    return not check_toegang(door.persoon, door.rol, Handeling.AANMELDING_LEZEN)


def _zichtbaar(door: Optreden) -> Any:
    """Of an application: that it led to an agreement, or that this person may read it by now."""
    met_contract = col(AanmeldingRow.id).in_(select(OvereenkomstRow.aanmelding_id))
    if not _mag_aanmeldingen(door):
        return met_contract
    open_ = select(RondeRow.id).where(col(RondeRow.sluiting) < door.nu, col(RondeRow.geopend_op).is_not(None))
    # Weighed apart: else each part of an "or" would be looked up by itself, in all that was handed in.
    return bladeren.weigh_apart(col(AanmeldingRow.ronde_id).in_(open_) | met_contract)


def read_aanbieder(huis: Huis, door: Optreden, kvk: str) -> Aanbiederblad:
    """Everything about the legal person with this KvK number. Raises NietGevondenError when there is nothing."""
    op = local_date(door.nu)
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        vraag: Any = (
            select(AanmeldingRow, RondeRow.kenmerk)
            .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
            .where(AanmeldingRow.kvk == kvk, _zichtbaar(door))
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
            termen=tuple(_list_termen(huis, sessie, nummers, op)),
            maatregelen=tuple(maatregelen),
            brieven=tuple(_list_brieven(sessie, door, [rij.kenmerk for rij, _ in rijen], nummers)),
            aanmeldingen=tuple(
                Aanmeldingregel(
                    kenmerk=rij.kenmerk, ronde=ronde, status=rij.status, ontvangen_op=local_date(rij.ontvangen_op)
                )
                for rij, ronde in rijen
            )
            if _mag_aanmeldingen(door)
            else None,
        )


def _list_termen(huis: Huis, sessie: Session, nummers: list[str], op: date) -> list[Contractterm]:
    termen: list[Contractterm] = []
    for nummer in nummers:
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
        if isinstance(rij, OvereenkomstRow):
            aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
            definitie = procedures.read_definitie_ronde(sessie, aanmelding.ronde_id)
            termen += bewakingstermen.list_van(huis, sessie, definitie, rij, op, VOORUIT)
    return sorted(termen, key=lambda een: een.dag)


def _list_brieven(sessie: Session, door: Optreden, kenmerken: list[str], nummers: list[str]) -> list[DocumentRow]:
    """The papers about its applications (once they may be read) and agreements, the newest first."""
    over: Any = col(DocumentRow.onderwerp).in_([*kenmerken, *nummers])
    for nummer in nummers:
        over |= bladeren.begins_with(sessie, col(DocumentRow.onderwerp), f"{nummer}-")
    vraag = select(DocumentRow).where(over, *stukkenlijst.list_filters(stukkenlijst.Stukvraag(), door))
    return list(sessie.exec(vraag.order_by(col(DocumentRow.gevraagd_op).desc(), col(DocumentRow.kenmerk).desc())))
