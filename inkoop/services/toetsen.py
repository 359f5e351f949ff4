"""Testing an aanmelding: build its dossier from records, run the rules, keep the receipt.

Testing again with the same input gives the same receipt, which is not stored twice; so a tick may
come as often as it likes.

Bron: ontwerp 2.3, 2.9, 4.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec
from sqlmodel import Session, select

from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop, Toetsresultaat, encode_resultaat
from inkoop.domain.criteria.criterium import Criteriaset, Moment
from inkoop.domain.criteria.dossier import Antwoord, Dossier, Oordeel
from inkoop.domain.criteria.toets import weigh
from inkoop.domain.criteria.toetsdossier import Toetsdossier
from inkoop.domain.criteria.uitslag import Uitslag
from inkoop.domain.dossierbouw import build_dossier
from inkoop.domain.kalender import is_tijdig
from inkoop.domain.peildatums import bind_peildatums
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.termijnen import end_of_day
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, Herstelstatus
from inkoop.services import aanmeldingen, feiten, procedures, rondes
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.herstel import HerstelverzoekRow
from inkoop.storage.tabellen.oordeel import OordeelRow
from inkoop.storage.tabellen.toets import ToetsRow


class Toetsbasis(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a toets of one aanmelding is made from."""

    definitie: Proceduredefinitie
    editie: Criteriaset
    dossier: Dossier


def read_basis(sessie: Session, rij: AanmeldingRow, *, geschreven: Collection[UUID] | None = None) -> Toetsbasis:
    """Load what a toets needs: the frozen definition and edition, and the dossier from the records.

    With `geschreven` (keys of records) the dossier is as it was when only those records were there.
    """
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    dossier = build_dossier(
        aanmeldingen.read_opgave(rij),
        definitie,
        aanmelding=rij.kenmerk,
        ingediend_op=rij.ontvangen_op,
        feiten=feiten.list_dossierfeiten(sessie, rij, geschreven=geschreven),
        oordelen=list_oordelen(sessie, rij, geschreven=geschreven),
    )
    return Toetsbasis(definitie=definitie, editie=procedures.read_editie(sessie, ronde), dossier=dossier)


def list_oordelen(
    sessie: Session, rij: AanmeldingRow, *, geschreven: Collection[UUID] | None = None
) -> tuple[Oordeel, ...]:
    """The judgements on an aanmelding as the rules read them; with `geschreven` only those records."""
    vraag = select(OordeelRow).where(OordeelRow.aanmelding_id == rij.id).order_by(OordeelRow.punt, OordeelRow.persoon)
    return tuple(
        Oordeel(
            criterium=oordeel.criterium,
            perceel=oordeel.perceel,
            product=oordeel.product,
            lid=oordeel.lid,
            bewijs=tuple(oordeel.bewijs),
            persoon=oordeel.persoon,
            rol=oordeel.rol,
            ja=oordeel.ja,
            reden=oordeel.reden,
            op=oordeel.op,
            antwoorden=msgspec.convert(oordeel.antwoorden, tuple[Antwoord, ...]),
        )
        for oordeel in sessie.exec(vraag)
        if geschreven is None or oordeel.id in geschreven
    )


def find_herstelverloop(
    sessie: Session, rij: AanmeldingRow, definitie: Proceduredefinitie, op: datetime
) -> Herstelverloop:
    """Whether repair is still open for an aanmelding.

    A herstelverzoek has its own last instant; without one, repair ends with the round's last day for it.
    """
    verzoek = sessie.exec(select(HerstelverzoekRow).where(HerstelverzoekRow.aanmelding_id == rij.id)).one_or_none()
    if verzoek is None:
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        einde = end_of_day(definitie.find_ronde(ronde.kenmerk).herstel_tot)
        return Herstelverloop.GESLOTEN if op > einde else Herstelverloop.OPEN
    if verzoek.status is Herstelstatus.AFGESLOTEN or not is_tijdig(op, verzoek.uiterlijk):
        return Herstelverloop.GESLOTEN
    return Herstelverloop.OPEN


def compute(
    sessie: Session, rij: AanmeldingRow, basis: Toetsbasis, op: datetime, *, feitenbasis: Feitenbasis
) -> Toetsresultaat:
    """What a toets would yield now; keeps nothing."""
    return weigh_basis(sessie, rij, basis, op, feitenbasis=feitenbasis).write()


def weigh_basis(
    sessie: Session,
    rij: AanmeldingRow,
    basis: Toetsbasis,
    op: datetime,
    *,
    feitenbasis: Feitenbasis,
    dossier: Toetsdossier | None = None,
) -> Uitslag:
    """The same, of which no finding is written yet; `dossier` is that of `basis` where it was made ready before."""
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    return weigh(
        basis.editie,
        dossier or basis.dossier,
        bind_peildatums(basis.definitie, basis.definitie.find_ronde(ronde.kenmerk), rij.ontvangen_op),
        herstelverloop=find_herstelverloop(sessie, rij, basis.definitie, op),
        feitenbasis=feitenbasis,
        moment=find_moment(rij),
    )


def find_moment(rij: AanmeldingRow) -> Moment:
    """The occasion of a toets: a mutatie is tested on what the criteria ask of a change, anything else in full."""
    return Moment.TOELATING if aanmeldingen.read_opgave(rij).wijzigt is None else Moment.BIJ_WIJZIGING


def toets_aanmelding(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Test one aanmelding on its established facts; whether the receipt is a new one.

    An aanmelding that is not up for assessment (late, replaced, withdrawn) is left alone.
    """
    with huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        if not _is_toetsbaar(rij) or not rondes.get_ronde(sessie, rij.ronde_id).geopend_op:
            return False
        basis = read_basis(sessie, rij)
        resultaat = compute(sessie, rij, basis, door.nu, feitenbasis=Feitenbasis.VASTGESTELD)
        inhoud = encode_resultaat(resultaat)
        vorige = find_laatste(sessie, rij)
        if vorige is not None and vorige.hash == _hash(inhoud):
            return False
    with handel(huis, door, Handeling.TOETSEN) as eenheid:
        rij = aanmeldingen.find_aanmelding(eenheid.sessie, kenmerk)
        vorige = find_laatste(eenheid.sessie, rij)
        if not _is_toetsbaar(rij) or (vorige is not None and vorige.hash == _hash(inhoud)):
            return False
        van = rij.status
        if rij.status is Aanmeldingsstatus.ONTVANGEN:
            rij.status = Aanmeldingsstatus.IN_BEHANDELING
            eenheid.sessie.add(rij)
        nummer = 1 if vorige is None else vorige.volgnummer + 1
        eenheid.sessie.add(
            ToetsRow(
                id=huis.nieuw_id(),
                aanmelding_id=rij.id,
                volgnummer=nummer,
                herstelverloop=resultaat.herstelverloop,
                resultaat=inhoud.decode(),
                hash=_hash(inhoud),
                op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.TOETSEN,
            kenmerk,
            van=van,
            naar=rij.status,
            gegevens={"volgnummer": nummer, "toets": _hash(inhoud), "editie": resultaat.editie_hash},
        )
    return True


def _is_toetsbaar(rij: AanmeldingRow) -> bool:
    return rij.status in (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING, Aanmeldingsstatus.BESLOTEN)


def _hash(inhoud: bytes) -> str:
    return hashlib.sha256(inhoud).hexdigest()


def find_laatste(sessie: Session, rij: AanmeldingRow) -> ToetsRow | None:
    """The toets that counts: the last one."""
    return sessie.exec(
        select(ToetsRow)
        .where(ToetsRow.aanmelding_id == rij.id)
        .order_by(ToetsRow.volgnummer.desc())  # type: ignore[attr-defined]
        .limit(1)
    ).first()


def decode_resultaat(rij: ToetsRow) -> Toetsresultaat:
    """The receipt as a value."""
    return msgspec.json.decode(rij.resultaat, type=Toetsresultaat)
