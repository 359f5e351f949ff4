"""What the terms of files are counted from, read at once for many procedures: one question for each kind of record.

Only the columns that a term follows from; none of what a contract or an application says.

Bron: B.7; ontwerp 9 (figures of the web application).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from inkoop.domain.archief import Dossiersoort, Lijstsoort, Regelstand
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.geschil import Geschiluitkomst
from inkoop.domain.kalender import local_date
from inkoop.domain.overgang import Clientstand
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Overeenkomststatus
from inkoop.storage.auditregel import AUDIT
from inkoop.storage.grondslag import METADATA
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.vraagdelen import ask_delen, name_waarden, split_vraag

_AANMELDING, _BESLUIT, _RONDE = METADATA.tables["aanmelding"], METADATA.tables["besluit"], METADATA.tables["ronde"]
_OVEREENKOMST, _ADDENDUM = METADATA.tables["overeenkomst"], METADATA.tables["addendum"]
_OUDER, _DOORLOOP, _GESCHIL = METADATA.tables["ouder_contract"], METADATA.tables["doorloop"], METADATA.tables["geschil"]
_LIJST, _REGEL, _SLOT = (METADATA.tables[een] for een in ("archieflijst", "archiefregel", "bewaarslot"))

INGETROKKEN = (Aanmeldingsstatus.INGETROKKEN, Aanmeldingsstatus.VERVANGEN, Aanmeldingsstatus.TE_LAAT)
"""What went back before it was judged, or came too late."""


class Contractrij(NamedTuple):
    """The part of an agreement that its term follows from; of one of before the system `status` and `ronde` are empty.

    `aanmelding` is the kenmerk of the application that it came of.
    """

    id: UUID
    contractnummer: str
    status: Overeenkomststatus | None
    ingang: date
    einddatum: date
    ronde: str
    aanmelding: str


class Aanmeldingrij(NamedTuple):
    """The part of an aanmelding that its term follows from."""

    kenmerk: str
    status: Aanmeldingsstatus
    ronde: str
    sluiting: date
    besluiten: tuple[tuple[Besluitsoort, date], ...]
    intrekking: date | None


class Gedaan(NamedTuple):
    """A file that went with a list; `overgebracht` is the kenmerk of that list when it was transferred."""

    dossier: str
    soort: Dossiersoort
    vanaf: date
    overgebracht: str | None


class Rijen(NamedTuple):
    """Of one procedure: `gewijzigd` are agreements with the kenmerk of what an addendum came of; `vast` is per name."""

    contracten: list[Contractrij]
    standen: dict[str, list[Clientstand]]
    gewijzigd: list[tuple[UUID, str]]
    aanmeldingen: list[Aanmeldingrij]
    gedaan: list[Gedaan]
    vast: dict[str, list[str]]


def read_rijen(sessie: Session, procedures: Sequence[ProcedureRow]) -> dict[UUID, Rijen]:
    """What there is of these procedures, by their ids."""
    rijen = {een.id: Rijen([], defaultdict(list), [], [], [], defaultdict(list)) for een in procedures}
    sessie.flush()
    for deel in split_vraag(procedures):
        ids = [een.id for een in deel]
        _add_contracten(sessie, rijen, ids)
        _add_aanmeldingen(sessie, rijen, ids)
        _add_geschillen(sessie, rijen, {een.id: een.naam for een in deel})
        namen = {een.naam: een.id for een in deel}
        for naam, *rest in ask_delen(sessie, _build_gedaan(), list(namen)):
            rijen[namen[naam]].gedaan.append(Gedaan(*rest))
    sloten = list(sessie.connection().execute(_build_sloten()))
    for een in rijen.values():
        for dossier, door, reden in sloten:
            een.vast[dossier].append(f"vastgehouden door {door}: {reden}")
    return rijen


def _add_contracten(sessie: Session, rijen: dict[UUID, Rijen], ids: Sequence[UUID]) -> None:
    van: dict[UUID, UUID] = {}
    beeindigd: dict[str, UUID] = {}
    for procedure, *rest in ask_delen(sessie, _build_contracten(), ids):
        contract = Contractrij(*rest)
        rijen[procedure].contracten.append(contract)
        van[contract.id] = procedure
        if contract.status is Overeenkomststatus.BEEINDIGD:
            beeindigd[contract.contractnummer] = procedure
    for id_, aanleiding in ask_delen(sessie, _build_aanleidingen(), list(van)):
        rijen[van[id_]].gewijzigd.append((id_, aanleiding))
    for nummer, *stand in ask_delen(sessie, _build_standen(), list(beeindigd)):
        gemeente, peildatum, clienten, laatste = stand
        telling = Clientstand(gemeente=gemeente, peildatum=peildatum, clienten=clienten, laatste=laatste)
        rijen[beeindigd[nummer]].standen[nummer].append(telling)
    for procedure, id_, nummer, einddatum in ask_delen(sessie, _build_oudere(), ids):
        rijen[procedure].contracten.append(Contractrij(id_, nummer, None, einddatum, einddatum, "", ""))


def _add_aanmeldingen(sessie: Session, rijen: dict[UUID, Rijen], ids: Sequence[UUID]) -> None:
    besluiten: dict[str, list[tuple[Besluitsoort, date]]] = defaultdict(list)
    for kenmerk, soort, moment in ask_delen(sessie, _build_besluiten(), ids):
        if moment is not None:
            besluiten[kenmerk].append((Besluitsoort(soort), local_date(moment)))
    rondes = {ronde: (rijen[van], local_date(dag)) for ronde, van, dag in ask_delen(sessie, _build_rondes(), ids)}
    gelezen = list(ask_delen(sessie, _build_aanmeldingen(), ids))
    weg = [kenmerk for kenmerk, status, _ in gelezen if status in INGETROKKEN]
    laatste = {naam: local_date(op) for naam, op in ask_delen(sessie, _build_intrekkingen(), weg)}
    for kenmerk, status, ronde in gelezen:
        van_procedure, sluiting = rondes[ronde]
        van_procedure.aanmeldingen.append(
            Aanmeldingrij(kenmerk, status, ronde, sluiting, tuple(besluiten.get(kenmerk, ())), laatste.get(kenmerk))
        )


def _add_geschillen(sessie: Session, rijen: dict[UUID, Rijen], namen: dict[UUID, str]) -> None:
    """What a dispute that pends holds, or one that was won and of which the consequence is not recorded yet."""
    for procedure, kenmerk, uitkomst, hervat_op, ronde, aanmelding, contract in ask_delen(
        sessie, _build_geschillen(), list(namen)
    ):
        if uitkomst is None or (uitkomst is Geschiluitkomst.TOEGEWEZEN and hervat_op is None):
            for een in {aanmelding or ronde, contract, namen[procedure]} - {None}:
                rijen[procedure].vast[een].append(f"geschil {kenmerk} is nog niet afgerond")


@cache
def _build_contracten() -> sa.Select[Any]:
    return (
        sa.select(
            _RONDE.c.procedure_id,
            _OVEREENKOMST.c.id,
            _OVEREENKOMST.c.contractnummer,
            _OVEREENKOMST.c.status,
            _OVEREENKOMST.c.ingang,
            _OVEREENKOMST.c.einddatum,
            _RONDE.c.kenmerk,
            _AANMELDING.c.kenmerk,
        )
        .select_from(_OVEREENKOMST)
        .join(_AANMELDING, _AANMELDING.c.id == _OVEREENKOMST.c.aanmelding_id)
        .join(_RONDE, _RONDE.c.id == _AANMELDING.c.ronde_id)
        .where(name_waarden(_RONDE.c.procedure_id))
    )


@cache
def _build_aanleidingen() -> sa.Select[Any]:
    return sa.select(_ADDENDUM.c.overeenkomst_id, _ADDENDUM.c.aanleiding).where(
        name_waarden(_ADDENDUM.c.overeenkomst_id)
    )


@cache
def _build_standen() -> sa.Select[Any]:
    kolommen = (_DOORLOOP.c.gemeente, _DOORLOOP.c.peildatum, _DOORLOOP.c.clienten, _DOORLOOP.c.laatste)
    vraag = sa.select(_DOORLOOP.c.contractnummer, *kolommen).where(name_waarden(_DOORLOOP.c.contractnummer))
    return vraag.order_by(_DOORLOOP.c.peildatum, _DOORLOOP.c.gemeente)


@cache
def _build_oudere() -> sa.Select[Any]:
    kolommen = (_OUDER.c.procedure_id, _OUDER.c.id, _OUDER.c.contractnummer)
    vraag = sa.select(*kolommen, _OUDER.c.einddatum).where(name_waarden(_OUDER.c.procedure_id))
    return vraag.order_by(_OUDER.c.contractnummer)


@cache
def _build_rondes() -> sa.Select[Any]:
    return sa.select(_RONDE.c.kenmerk, _RONDE.c.procedure_id, _RONDE.c.sluiting).where(
        name_waarden(_RONDE.c.procedure_id)
    )


@cache
def _build_aanmeldingen() -> sa.Select[Any]:
    van = _AANMELDING.join(_RONDE, _RONDE.c.id == _AANMELDING.c.ronde_id)
    vraag = sa.select(_AANMELDING.c.kenmerk, _AANMELDING.c.status, _RONDE.c.kenmerk.label("ronde")).select_from(van)
    return vraag.where(name_waarden(_RONDE.c.procedure_id))


@cache
def _build_besluiten() -> sa.Select[Any]:
    """The besluiten that stand, each with when it was sent, else taken."""
    moment = sa.func.coalesce(_BESLUIT.c.verzonden_op, _BESLUIT.c.genomen_op)
    return (
        sa.select(_AANMELDING.c.kenmerk, _BESLUIT.c.soort, moment)
        .select_from(_BESLUIT)
        .join(_AANMELDING, _AANMELDING.c.id == _BESLUIT.c.aanmelding_id)
        .join(_RONDE, _RONDE.c.id == _AANMELDING.c.ronde_id)
        .where(
            name_waarden(_RONDE.c.procedure_id), _BESLUIT.c.status.in_((Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN))
        )
    )


@cache
def _build_intrekkingen() -> sa.Select[Any]:
    """The moment of the last change of status of these, as the log has it."""
    return (
        sa.select(AUDIT.c.onderwerp, sa.func.max(AUDIT.c.op))
        .where(name_waarden(AUDIT.c.onderwerp), AUDIT.c.naar.in_([str(een) for een in INGETROKKEN]))
        .group_by(AUDIT.c.onderwerp)
    )


@cache
def _build_geschillen() -> sa.Select[Any]:
    return (
        sa.select(
            _RONDE.c.procedure_id,
            _GESCHIL.c.kenmerk,
            _GESCHIL.c.uitkomst,
            _GESCHIL.c.hervat_op,
            _RONDE.c.kenmerk,
            _AANMELDING.c.kenmerk,
            _OVEREENKOMST.c.contractnummer,
        )
        .select_from(_GESCHIL)
        .join(_RONDE, _RONDE.c.id == _GESCHIL.c.ronde_id)
        .join(_AANMELDING, _AANMELDING.c.id == _GESCHIL.c.aanmelding_id, isouter=True)
        .join(_OVEREENKOMST, _OVEREENKOMST.c.aanmelding_id == _AANMELDING.c.id, isouter=True)
        .where(name_waarden(_RONDE.c.procedure_id))
        .order_by(_GESCHIL.c.kenmerk)
    )


@cache
def _build_gedaan() -> sa.Select[Any]:
    overgebracht = sa.case((_LIJST.c.soort == Lijstsoort.OVERBRENGING, _LIJST.c.kenmerk))
    return (
        sa.select(
            _REGEL.c.procedure,
            _REGEL.c.dossier,
            _REGEL.c.soort,
            _REGEL.c.vanaf,
            overgebracht,
        )
        .join(_LIJST, _LIJST.c.id == _REGEL.c.lijst_id)
        .where(name_waarden(_REGEL.c.procedure), _REGEL.c.stand == Regelstand.UITGEVOERD)
    )


@cache
def _build_sloten() -> sa.Select[Any]:
    vraag = sa.select(_SLOT.c.dossier, _SLOT.c.door, _SLOT.c.reden)
    return vraag.where(_SLOT.c.vrijgegeven_op.is_(None))
