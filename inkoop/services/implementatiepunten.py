"""The checklist of putting agreements to work: what is open, for whom, until when; ticked with evidence.

A round is put to work when every point of every agreement of it is done or not needed.

Bron: C.15, C.29; M20-27, H19-10; issue contract years (implementation checklist).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from inkoop.domain.bewaking import Contractterm, Termsoort, Vervolgstap
from inkoop.domain.checklist import Puntuitkomst
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.implementatie import Implementatiepuntstand, check_afvinken, list_punten, plan_punt
from inkoop.domain.overeenkomstdelen import Puntherkomst
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import LOPEND, Documentstatus
from inkoop.domain.woorden import format_woord
from inkoop.services import aanmeldingen, houders, overeenkomsten, procedures, rondes
from inkoop.services.gezien import Kijk, Stand
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.taaksoort import Taak, Taaksoort
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.implementatie import ImplementatieafrondingRow, ImplementatiepuntRow
from inkoop.storage.tabellen.ondertekening import AfschriftRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, CatalogusRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask
from inkoop.storage.vraagdelen import split_vraag

TERUG = timedelta(days=400)
"""How long after the first day an open point is still asked for (project default)."""


class Implementatiestand(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement with its points."""

    contractnummer: str
    aanbieder: str
    ingang: date
    punten: tuple[Implementatiepuntstand, ...]

    @property
    def open(self) -> tuple[Implementatiepuntstand, ...]:
        """The points that are not done."""
        return tuple(stand for stand in self.punten if not stand.klaar)


def record_punt(
    huis: Huis, door: Optreden, contractnummer: str, code: str, uitkomst: Puntuitkomst, bewijs: str
) -> None:
    """Record a point of an agreement: done, not needed, or open again, with the evidence.

    A provider records only its own points on its own agreement. Raises BeletselenError with every reason.
    """
    with handel(huis, door, Handeling.IMPLEMENTATIE_VASTLEGGEN) as eenheid:
        sessie = eenheid.sessie
        rij = overeenkomsten.find_lopende(sessie, contractnummer)
        aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
        aanmeldingen.require_namens(sessie, door, aanmelding)
        definitie = procedures.read_definitie_ronde(sessie, aanmelding.ronde_id)
        (stand,) = read_standen(sessie, definitie, [rij])
        bekend = {een.punt.code: een for een in stand.punten}
        if code not in bekend:
            raise NietGevondenError("Punt", code, bekend)
        beletselen = check_afvinken(bekend[code].punt, door.rol, uitkomst, bewijs)
        if bekend[code].uitkomst is uitkomst:
            beletselen.append(Beletsel("punt-al-zo", f"'{bekend[code].punt.wat}' staat al op {uitkomst}."))
        if beletselen:
            raise BeletselenError(f"Het punt van {contractnummer} is niet vastgelegd.", beletselen)
        _add(huis, eenheid, rij, code, uitkomst, bewijs)


def look_punt(contractnummer: str, code: str) -> Kijk:
    """What was recorded of a point until now, for who records it beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        rij = overeenkomsten.find_lopende(sessie, contractnummer)
        definitie = procedures.read_definitie_ronde(sessie, overeenkomsten.find_aanmelding(sessie, rij).ronde_id)
        (stand,) = read_standen(sessie, definitie, [rij])
        gevonden = [een for een in stand.punten if een.punt.code == code]
        return describe_punt(gevonden[0]) if gevonden else Stand(regels=())

    return kijk


def describe_punt(stand: Implementatiepuntstand) -> Stand:
    """What was recorded of a point, and by whom."""
    if stand.uitkomst is None:
        return Stand(regels=())
    regels = (("Gedaan", format_woord(stand.uitkomst)), ("Waar te vinden", stand.bewijs))
    return Stand(regels=regels, door=stand.door, op=stand.op)


def _add(huis: Huis, eenheid: Eenheid, rij: OvereenkomstRow, code: str, uitkomst: Puntuitkomst, bewijs: str) -> None:
    vraag = select(func.max(ImplementatiepuntRow.volgnummer)).where(ImplementatiepuntRow.overeenkomst_id == rij.id)
    eenheid.sessie.add(
        ImplementatiepuntRow(
            id=huis.nieuw_id(),
            overeenkomst_id=rij.id,
            volgnummer=(eenheid.sessie.exec(vraag).one() or 0) + 1,
            punt=code,
            uitkomst=uitkomst,
            bewijs=bewijs,
            persoon=eenheid.actor.persoon,
            op=eenheid.op,
        )
    )
    eenheid.audit(Handeling.IMPLEMENTATIE_VASTLEGGEN, rij.contractnummer, naar=f"{code}: {uitkomst}", reden=bewijs)


class Catalogustekst(msgspec.Struct, frozen=True, kw_only=True):
    """What the catalogue says about one agreement; `hash` is of exactly that."""

    aanbieder: str
    producten: tuple[str, ...]
    specialisme: str
    werkgebied: str

    @property
    def hash(self) -> str:
        """The sha256 of the text."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


def read_catalogustekst(sessie: Session, rij: OvereenkomstRow) -> Catalogustekst:
    """What the catalogue says, or will say from the first day, about an agreement."""
    opgave = aanmeldingen.read_opgave(overeenkomsten.find_aanmelding(sessie, rij))
    regels = sessie.exec(select(CatalogusRow).where(CatalogusRow.overeenkomst_id == rij.id)).all()
    producten = {(een.perceel, een.product) for een in regels} or {
        (perceel, code) for perceel, codes in houders.find_aanbod(sessie, rij).items() for code in codes
    }
    return Catalogustekst(
        aanbieder=opgave.naam,
        producten=tuple(f"{perceel} {product}" for perceel, product in sorted(producten)),
        specialisme=opgave.specialisme,
        werkgebied=opgave.werkgebied,
    )


def require_eigen(sessie: Session, door: Optreden, rij: OvereenkomstRow | AddendumRow) -> None:
    """Refuse a provider that asks about the agreement of another (GeenToegangError)."""
    aanmeldingen.require_namens(sessie, door, overeenkomsten.find_aanmelding(sessie, rij))


def confirm_catalogus(huis: Huis, door: Optreden, contractnummer: str) -> Catalogustekst:
    """Record that a provider agrees with its text in the catalogue as it is now; returns that text.

    Bron: C.29 (the aanbieder confirms).
    """
    with huis.winkel.lezen() as sessie:
        tekst = read_catalogustekst(sessie, overeenkomsten.find_lopende(sessie, contractnummer))
    bewijs = f"bevestigd door {door.persoon.naam}; tekst {tekst.hash[:16]}"
    record_punt(huis, door, contractnummer, "catalogus", Puntuitkomst.JA, bewijs)
    return tekst


def read_standen(
    sessie: Session, definitie: Proceduredefinitie, rijen: Sequence[OvereenkomstRow]
) -> list[Implementatiestand]:
    """The points of these agreements of one procedure, in a few queries."""
    ids = [rij.id for rij in rijen]
    namen = overeenkomsten.read_namen(sessie, rijen)
    vastgelegd: dict[tuple[UUID, str], ImplementatiepuntRow] = {}
    vraag = select(ImplementatiepuntRow).where(col(ImplementatiepuntRow.overeenkomst_id).in_(ids))
    for een in sessie.exec(vraag.order_by(col(ImplementatiepuntRow.volgnummer))):
        vastgelegd[een.overeenkomst_id, een.punt] = een
    met_afschriften = _find_met_afschriften(sessie, definitie, rijen)
    standen = []
    for rij in rijen:
        punten = []
        for punt in list_punten(definitie, overeenkomsten.decode_inhoud(rij).producten):
            bekend = vastgelegd.get((rij.id, punt.code))
            uiterlijk = plan_punt(punt, rij.ingang)
            if bekend is not None:
                punten.append(
                    Implementatiepuntstand(
                        punt=punt,
                        uiterlijk=uiterlijk,
                        uitkomst=bekend.uitkomst,
                        bewijs=bekend.bewijs,
                        door=bekend.persoon,
                        op=bekend.op,
                    )
                )
            elif punt.vanzelf is Puntherkomst.AFSCHRIFTEN and rij.contractnummer in met_afschriften:
                punten.append(
                    Implementatiepuntstand(
                        punt=punt,
                        uiterlijk=uiterlijk,
                        uitkomst=Puntuitkomst.JA,
                        bewijs="van elke gemeente is vastgelegd dat haar afschrift is verstuurd",
                        door="systeem",
                    )
                )
            else:
                punten.append(Implementatiepuntstand(punt=punt, uiterlijk=uiterlijk))
        standen.append(
            Implementatiestand(
                contractnummer=rij.contractnummer,
                aanbieder=namen.get(rij.id, ""),
                ingang=rij.ingang,
                punten=tuple(punten),
            )
        )
    return standen


def _find_met_afschriften(sessie: Session, definitie: Proceduredefinitie, rijen: Sequence[OvereenkomstRow]) -> set[str]:
    """The agreements of which the copy is proven to have gone to every gemeente that took part on the first day.

    That a copy was put ready (GemeentekopieRow) shows nothing about that.

    Bron: H19-10 (proof of sending per gemeente).
    """
    vraag = (
        select(DocumentRow.onderwerp, AfschriftRow.gemeente)
        .join(AfschriftRow, col(AfschriftRow.document_id) == DocumentRow.id)
        .where(
            col(DocumentRow.sleutel).in_([f"overeenkomst:{rij.contractnummer}" for rij in rijen]),
            DocumentRow.status == Documentstatus.GETEKEND,
        )
    )
    bij: dict[str, set[str]] = {}
    for nummer, gemeente in sessie.exec(vraag):
        bij.setdefault(nummer, set()).add(gemeente)
    return {
        rij.contractnummer
        for rij in rijen
        if {een.code for een in definitie.gemeenten_op(rij.ingang)} <= bij.get(rij.contractnummer, set())
    }


def list_ronde(sessie: Session, ronde: RondeRow) -> list[Implementatiestand]:
    """The agreements of a round that were signed and have not ended, with their points; none of before the system."""
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    if definitie.find_ronde(ronde.kenmerk).historisch:
        return []
    rijen = [rij for rij in overeenkomsten.list_overeenkomsten(sessie, ronde) if rij.status in LOPEND]
    return read_standen(sessie, definitie, rijen)


def find_afronding(sessie: Session, ronde: RondeRow) -> datetime | None:
    """When a round was found put to work; None while it is not."""
    vraag = select(ImplementatieafrondingRow.op).where(ImplementatieafrondingRow.ronde_id == ronde.id)
    return sessie.exec(vraag).one_or_none()


def list_open_rondes(sessie: Session) -> Iterator[tuple[RondeRow, list[Implementatiestand]]]:
    """The rounds with agreements that are not put to work yet."""
    for (id_,) in ask(sessie, _vraag_open_rondes()):
        rij = sessie.get_one(RondeRow, id_)
        if standen := list_ronde(sessie, rij):
            yield rij, standen


@cache
def _vraag_open_rondes() -> Any:
    vraag = select(RondeRow.id).where(
        col(RondeRow.fase).in_((Fase.CONTRACTEREN, Fase.IMPLEMENTEREN)),
        col(RondeRow.id).not_in(select(ImplementatieafrondingRow.ronde_id)),
    )
    return vraag.order_by(col(RondeRow.kenmerk))


def list_taken(sessie: Session, ronde: RondeRow) -> Iterator[Taak]:
    """Every open point of a round, for whom and until when."""
    if find_afronding(sessie, ronde) is not None:
        return
    for stand in list_ronde(sessie, ronde):
        for een in stand.open:
            yield Taak(
                soort=Taaksoort.IMPLEMENTEREN,
                rol=een.punt.rol,
                wat=f"afvinken met bewijs: {een.punt.wat}",
                onderwerp=stand.contractnummer,
                deel=een.punt.code,
                uiterlijk=een.uiterlijk,
            )


def read_te_starten(
    sessie: Session, definitie: Proceduredefinitie, rijen: Sequence[OvereenkomstRow], op: date
) -> dict[UUID, Implementatiestand]:
    """The points of those of these agreements of one procedure that may still be put to work, by their ids."""
    standen: dict[UUID, Implementatiestand] = {}
    for deel in split_vraag([rij for rij in rijen if op <= rij.ingang + TERUG]):
        rondes_ = dict(ask(sessie, _vraag_ronde_van(), ids=[rij.id for rij in deel]))
        open_ = [rij for rij in deel if rij.id in rondes_ and not definitie.find_ronde(rondes_[rij.id]).historisch]
        if open_:
            standen |= zip([rij.id for rij in open_], read_standen(sessie, definitie, open_), strict=True)
    return standen


@cache
def _vraag_ronde_van() -> Any:
    """Agreements with the kenmerk of their round, of which it was not found yet that it is put to work."""
    vraag = select(OvereenkomstRow.id, RondeRow.kenmerk).join_from(OvereenkomstRow, AanmeldingRow).join(RondeRow)
    return vraag.where(
        col(OvereenkomstRow.id).in_(sa.bindparam("ids", expanding=True)),
        col(RondeRow.id).not_in(select(ImplementatieafrondingRow.ronde_id)),
    )


def list_termen(rij: OvereenkomstRow, stand: Implementatiestand | None) -> Iterator[Contractterm]:
    """The term of an agreement that is not put to work yet (else `stand` is None): its first day (C.15)."""
    if stand is None:
        return
    if stand.open:
        codes = ", ".join(een.punt.code for een in stand.open)
        yield Contractterm(
            onderwerp=rij.contractnummer,
            soort=Termsoort.IMPLEMENTATIE,
            deel="implementatie",
            dag=rij.ingang,
            wat=f"de overeenkomst klaarzetten voor de start; open: {codes}",
            waarom="op de eerste dag moet de aanbieder kunnen leveren, declareren en gevonden worden",
            bron="C.15; M20-27; H19-10; de dagen zijn een project default",
            rol=Rol.CONTRACTMANAGER,
            herinner=(14, 3),
            vervolg=(
                Vervolgstap(
                    na_dagen=1,
                    wat=f"de overeenkomst is ingegaan en nog niet klaargezet; open: {codes}",
                    rol=Rol.CONTRACTMANAGER,
                ),
            ),
        )


def finish_ronde(huis: Huis, door: Optreden, ronde: str) -> bool:
    """Record that a round is put to work: all agreements in force, every point and every step done; False before."""
    with huis.winkel.lezen() as sessie:
        if not _is_klaar(sessie, ronde):
            return False
    with handel(huis, door, Handeling.FASE_OVERGAAN) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        if not _is_klaar(eenheid.sessie, ronde):
            return False
        eenheid.sessie.add(ImplementatieafrondingRow(id=huis.nieuw_id(), ronde_id=rij.id, op=door.nu))
        eenheid.audit(Handeling.FASE_OVERGAAN, ronde, van=Fase.IMPLEMENTEREN, naar="geïmplementeerd")
    return True


def _is_klaar(sessie: Session, ronde: str) -> bool:
    rij = rondes.find_ronde(sessie, ronde)
    if rij.fase is not Fase.IMPLEMENTEREN or find_afronding(sessie, rij) is not None:
        return False
    definitie = procedures.read_definitie(sessie, rij.procedure_id)
    if procedures.list_openstaand(sessie, definitie.naam, rij.fase, rij.kenmerk):
        return False
    return not any(stand.open for stand in list_ronde(sessie, rij))


KOPPEN = ("contractnummer", "aanbieder", "punt", "wie", "uiterlijk", "stand", "bewijs", "door")


def list_rijen(standen: Iterable[Implementatiestand]) -> list[tuple[object, ...]]:
    """The points of agreements as rows of a table, under KOPPEN."""
    return [
        (
            stand.contractnummer,
            stand.aanbieder,
            een.punt.wat,
            een.punt.rol,
            een.uiterlijk,
            "open" if een.uitkomst in (None, Puntuitkomst.NEE) else een.uitkomst.value,
            een.bewijs,
            een.door,
        )
        for stand in standen
        for een in stand.punten
    ]
