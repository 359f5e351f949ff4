"""What another edition would do to who is admitted and to open aanmeldingen; reads only.

Who is admitted is tested as at a check on the day that is looked at: on the criteria that count after
admission (jaarlijks, doorlopend), on established facts, with every piece of evidence that is there. An open
aanmelding is tested as it is in its round, as if all that was stated is true, since much is not established
yet. Both editions are tested the same way. A decided mutatie is no aanmelding of its own here: its evidence and
what it adds or drops count with the agreement that it changes.

Bron: ontwerp 2.9, 9 (`criteria effect`); FE-7, FE-8 (rounds that this person may not read are left out).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.besluit import TOELATINGEN
from inkoop.domain.criteria.aansluiting import check_aansluiting
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.criterium import Criteriaset, Moment, Peilmoment
from inkoop.domain.criteria.dossier import Aanleiding, Dossier
from inkoop.domain.criteria.effect import Perceeleffect, compare_toetsen
from inkoop.domain.criteria.toets import weigh
from inkoop.domain.criteria.toetsdossier import Toetsdossier
from inkoop.domain.criteria.uitslag import Uitslag
from inkoop.domain.dossierbouw import join_dossiers
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.peildatums import bind_peildatums
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import LOPEND, Aanmeldingsstatus, Besluitstatus, Overeenkomststatus
from inkoop.services import aanmeldingen, houders, procedures, rondes, toetsen
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow

_GELDEND = (Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN)
_NA_TOELATING = (Moment.JAARLIJKS, Moment.DOORLOPEND)


class Positie(StrEnum):
    """Where somebody stands who an edition may touch."""

    TOEGELATEN = "toegelaten"
    OPEN = "open"


class Aanmeldingseffect(msgspec.Struct, frozen=True, kw_only=True):
    """What an edition does to one aanmelding, perceel by perceel."""

    ronde: str
    aanmelding: str
    aanbieder: str
    positie: Positie
    percelen: tuple[Perceeleffect, ...]


class Overgeslagen(msgspec.Struct, frozen=True, kw_only=True):
    """A round whose aanmeldingen were not read: how many there are, and why."""

    ronde: str
    aantal: int
    reden: str


def list_effecten(
    huis: Huis, door: Optreden, editie: Criteriaset, op: date
) -> Iterator[Aanmeldingseffect | Overgeslagen]:
    """The effect of an edition, round by round and one aanmelding at a time.

    Raises NietGevondenError when no procedure uses the set, BeletselenError when the edition does not fit a
    procedure that does, GeenToegangError when this person may not read aanmeldingen.
    """
    with rondes.lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        gevonden = list(_list_procedures(sessie, editie))
        if not gevonden:
            sets = {procedures.decode_definitie(rij).criteriaset for rij in procedures.list_procedures(sessie)}
            raise NietGevondenError("Een procedure met criteriaset", editie.set, sets)
        for rij, definitie in gevonden:
            if beletselen := check_aansluiting(editie, definitie):
                raise BeletselenError(f"De editie past niet bij procedure {definitie.naam}.", beletselen)
            vraag = select(RondeRow).where(RondeRow.procedure_id == rij.id).order_by(col(RondeRow.sluiting))
            for ronde in sessie.exec(vraag).all():
                yield from _list_ronde(sessie, door, ronde, definitie, editie, op)


def _list_procedures(sessie: Session, editie: Criteriaset) -> Iterator[tuple[ProcedureRow, Proceduredefinitie]]:
    for rij in procedures.list_procedures(sessie):
        definitie = procedures.decode_definitie(rij)
        if definitie.criteriaset == editie.set:
            yield rij, definitie


def _list_ronde(
    sessie: Session, door: Optreden, ronde: RondeRow, definitie: Proceduredefinitie, editie: Criteriaset, op: date
) -> Iterator[Aanmeldingseffect | Overgeslagen]:
    try:
        rondes.require_geopend(sessie, ronde.id, door)
    except BeletselenError as fout:
        aantal = sessie.exec(select(func.count()).where(AanmeldingRow.ronde_id == ronde.id)).one()
        if aantal:
            reden = " ".join(beletsel.tekst for beletsel in fout.beletselen)
            yield Overgeslagen(ronde=ronde.kenmerk, aantal=aantal, reden=reden)
        return
    kenmerk, ronde_id = ronde.kenmerk, ronde.id
    oud = procedures.read_editie(sessie, ronde)
    sleutels = select(AanmeldingRow.id).where(AanmeldingRow.ronde_id == ronde_id).order_by(col(AanmeldingRow.kenmerk))
    for sleutel in sessie.exec(sleutels).all():
        rij = sessie.get_one(AanmeldingRow, sleutel)
        if effect := _measure(sessie, door, rij, kenmerk, definitie, (oud, editie), op):
            yield effect
        sessie.expunge_all()  # One dossier at a time in memory, however large the store.


def _measure(
    sessie: Session,
    door: Optreden,
    rij: AanmeldingRow,
    ronde: str,
    definitie: Proceduredefinitie,
    edities: tuple[Criteriaset, Criteriaset],
    op: date,
) -> Aanmeldingseffect | None:
    """The effect on one aanmelding; None for one that an edition cannot touch (late, withdrawn, refused)."""
    if rij.status in (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING):
        basis = toetsen.read_basis(sessie, rij)
        gereed = Toetsdossier(basis.dossier)
        paren = [
            (toetsen.weigh_basis(sessie, rij, met, door.nu, feitenbasis=Feitenbasis.ALS_OPGEGEVEN, dossier=gereed),)
            for met in (msgspec.structs.replace(basis, editie=editie) for editie in edities)
        ]
        positie, percelen = Positie.OPEN, tuple(perceel.code for perceel in basis.dossier.percelen)
        effect = compare_toetsen(paren[0], paren[1], percelen)
    elif percelen := list_toegelaten(sessie, rij.id):
        if _is_van_ander(sessie, rij):
            return None  # A change of an agreement counts with that agreement.
        dossier, gewijzigd = _read_houder(sessie, door, rij, definitie)
        percelen = tuple(perceel.code for perceel in dossier.percelen) if gewijzigd else percelen
        gereed = Toetsdossier(know_everything(dossier))
        positie = Positie.TOEGELATEN
        oud, nieuw = (tuple(weigh_houder(editie, gereed, definitie, ronde, op)) for editie in edities)
        effect = compare_toetsen(oud, nieuw, percelen)
    else:
        return None
    return Aanmeldingseffect(
        ronde=ronde,
        aanmelding=rij.kenmerk,
        aanbieder=rij.naam,
        positie=positie,
        percelen=effect,
    )


def _is_van_ander(sessie: Session, rij: AanmeldingRow) -> bool:
    """Whether an aanmelding changes an agreement that was made on another one, or did so while that ran."""
    return aanmeldingen.read_opgave(rij).wijzigt is not None or houders.find_gewijzigde(sessie, rij) is not None


def _read_houder(
    sessie: Session, door: Optreden, rij: AanmeldingRow, definitie: Proceduredefinitie
) -> tuple[Dossier, bool]:
    """What is known of who is admitted: its aanmelding with every decided change of the agreement made on it.

    The second value tells whether there is any: then the offer is what the agreement holds with its signed addenda.
    Changes in rounds that this person may not read stay out.
    """
    dossier = toetsen.read_basis(sessie, rij).dossier
    overeenkomst = sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.aanmelding_id == rij.id)).first()
    if overeenkomst is None or overeenkomst.status not in LOPEND:
        return dossier, False
    later = [
        toetsen.read_basis(sessie, ander).dossier
        for ander in _list_wijzigingen(sessie, rij, definitie)
        if _may_read(sessie, door, ander)
    ]
    if not later:
        return dossier, False
    return join_dossiers(dossier, later, houders.find_aanbod(sessie, overeenkomst), definitie), True


def _list_wijzigingen(sessie: Session, rij: AanmeldingRow, definitie: Proceduredefinitie) -> list[AanmeldingRow]:
    """The decided aanmeldingen that change the agreement of this one, in the order in which they came."""
    vraag = (
        select(AanmeldingRow)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .join(ProcedureRow, col(ProcedureRow.id) == RondeRow.procedure_id)
        .where(
            ProcedureRow.naam == definitie.naam,
            AanmeldingRow.kvk == rij.kvk,
            AanmeldingRow.id != rij.id,
            AanmeldingRow.status == Aanmeldingsstatus.BESLOTEN,
        )
        .order_by(col(AanmeldingRow.ontvangen_op), col(AanmeldingRow.kenmerk))
    )
    gewijzigd = ((ander, houders.find_gewijzigde(sessie, ander)) for ander in sessie.exec(vraag).all())
    return [ander for ander, van in gewijzigd if van is not None and van.aanmelding_id == rij.id]


def _may_read(sessie: Session, door: Optreden, rij: AanmeldingRow) -> bool:
    try:
        rondes.require_geopend(sessie, rij.ronde_id, door)
    except BeletselenError:
        return False
    return True


def list_toegelaten(sessie: Session, aanmelding: UUID) -> tuple[str, ...]:
    """The percelen for which an aanmelding is admitted and whose agreement, if there was one, has not ended."""
    overeenkomsten = sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.aanmelding_id == aanmelding)).all()
    if overeenkomsten and all(o.status is Overeenkomststatus.BEEINDIGD for o in overeenkomsten):
        return ()
    besluiten = sessie.exec(select(BesluitRow).where(BesluitRow.aanmelding_id == aanmelding))
    return tuple(sorted(b.perceel for b in besluiten if b.perceel and b.soort in TOELATINGEN and b.status in _GELDEND))


def know_everything(dossier: Dossier) -> Dossier:
    """The dossier at a check after admission: all evidence counts, at whatever moment it was handed in."""
    feiten = tuple(msgspec.structs.replace(feit, aanleiding=Aanleiding.INDIENING) for feit in dossier.feiten)
    return msgspec.structs.replace(dossier, feiten=feiten)


def weigh_houder(
    editie: Criteriaset, gereed: Toetsdossier, definitie: Proceduredefinitie, ronde: str, op: date
) -> Iterator[Uitslag]:
    """The toetsen of somebody who is admitted, on the day that is looked at; one for each moment after admission."""
    gebonden = bind_peildatums(definitie, definitie.find_ronde(ronde), gereed.dossier.ingediend_op)
    peildatums = dict.fromkeys(Peilmoment, op) | {Peilmoment.LOOPTIJD: max(op, gebonden[Peilmoment.LOOPTIJD])}
    for moment in _NA_TOELATING:
        yield weigh(
            editie,
            gereed,
            peildatums,
            herstelverloop=Herstelverloop.OPEN,
            feitenbasis=Feitenbasis.VASTGESTELD,
            moment=moment,
        )
