"""Which procedures were touched by the acts since a row of the log: of the others everything computed still holds.

Every act leaves in its row of the log which records it wrote (storage/eenheid refuses to write past that), and from a
record follows by its keys to which procedure it belongs. Where that cannot be told (a record that was destroyed, a
table that nobody thought of here), everything counts as touched.

Bron: ontwerp 2.7, 2.8 (one act, at least one row, with the records that it wrote), 9 (figures of the web application).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from inkoop.services.bewaringsrijen import INGETROKKEN
from inkoop.storage.auditregel import AUDIT, Auditkop
from inkoop.storage.grondslag import METADATA
from inkoop.storage.vraagdelen import split_vraag

MEEST: Final = 500
"""More rows of the log than this are not looked through: then all is computed anew (project default)."""

ZONDER: Final = frozenset(
    {
        # People and how they sign in, and the machinery.
        "account", "agendasleutel", "inlogkoppeling", "persoon", "postadres", "teller", "token",
        # The course of an application up to its decision.
        "aanvulling", "belangenverklaring", "bewijsstuk", "contactmoment", "dialoogronde", "feit", "gestandverlenging",
        "hergebruik", "herstelverzoek", "heropening", "loting", "nadere_vaststelling", "oordeel", "platformontvangst",
        "rondesleutel", "samenloop", "score", "storing", "tekenbevoegdheid", "vaststelling", "verzegeling", "voorstel",
        # Preparing, answering, and joining a procedure.
        "aanhaakbericht", "aanhaakhandeling", "aanhaakverzoek", "aankondiging", "checklistpunt", "deelname", "inbreng",
        "nota", "stap", "vraag",
        # What is drawn up, sent and reported; of a document itself its status counts.
        "contractnummer", "document_opmerking", "document_wijziging", "gemeentekopie", "getekendstuk", "melding",
        "ondertekening", "verzamelbesluit", "verzending", "vernietigde_naam", "archieflijst",
    }
)  # fmt: skip
"""Tables that neither a term of guarding nor the file of a procedure in the archive is made of."""

_PROCEDURE = METADATA.tables["procedure"]
_DOCUMENT, _RONDE = METADATA.tables["document"], METADATA.tables["ronde"]


def find_geraakte(sessie: Session, sinds: Auditkop) -> frozenset[UUID] | None:
    """The procedures that the acts after this row of the log touched; None: anything may be otherwise."""
    vraag = _build_regels()
    regels = sessie.connection().execute(vraag, {"na": sinds.aantal, "meest": MEEST + 2}).all()
    if len(regels) > MEEST + 1:
        return None
    if sinds.aantal:
        # Another store under the same address (a copy put back) says something else in that row.
        if not regels or regels[0].hash != sinds.hash:
            return None
        regels = regels[1:]
    gezocht: dict[str, set[str]] = {}
    # Of an application that went back the archive reads the day in the log itself.
    namen = {een.onderwerp for een in regels if een.naar in set(map(str, INGETROKKEN))}
    for regel in regels:
        for tabel, sleutel, opname in regel.rijen:
            if tabel in ZONDER:
                continue
            if opname is None:
                return None
            gezocht.setdefault(tabel, set()).add(sleutel)
    gevonden = {een for _, een in _find_namen(sessie, namen)}
    for tabel, sleutels in gezocht.items():
        procedures = _find_van_tabel(sessie, tabel, sorted(sleutels))
        if procedures is None:
            return None
        gevonden |= procedures
    return frozenset(gevonden)


@cache
def _build_regels() -> sa.Select[Any]:
    kolommen = (AUDIT.c.hash, AUDIT.c.onderwerp, AUDIT.c.naar, AUDIT.c.rijen)
    vraag = sa.select(*kolommen).where(AUDIT.c.volgnummer >= sa.bindparam("na"))
    return vraag.order_by(AUDIT.c.volgnummer).limit(sa.bindparam("meest", type_=sa.Integer))


def _find_van_tabel(sessie: Session, naam: str, sleutels: Sequence[str]) -> set[UUID] | None:
    """The procedures of these rows of one table; None when there is one of which it cannot be told."""
    if naam == "document":
        return _find_van_documenten(sessie, _build_documenten(), sleutels)
    if naam == "afschrift":
        return _find_van_documenten(sessie, _build_afschriften(), sleutels)
    keten = _build_keten(naam)
    if keten is not None:
        rijen = _ask(sessie, keten, sleutels)
        return {een for _, een in rijen} if len({id_ for id_, _ in rijen}) == len(sleutels) else None
    op_naam = _build_op_naam(naam)
    if op_naam is None:
        return None
    rijen = _ask(sessie, op_naam, sleutels)
    return _follow_namen(sessie, {een for _, een in rijen}) if len(rijen) == len(sleutels) else None


def _ask(sessie: Session, vraag: sa.Select[Any], sleutels: Sequence[str]) -> list[Any]:
    """The answer of a question about rows by their keys, as the log holds those."""
    ids = [UUID(een) for een in sleutels]
    return [rij for deel in split_vraag(ids) for rij in sessie.connection().execute(vraag, {"sleutels": deel})]


@cache
def _build_keten(naam: str) -> sa.Select[Any] | None:
    """The question for key and procedure of rows of a table, by the keys that they must have; None without those."""
    tabel = METADATA.tables[naam]
    if not _is_op_id(tabel):
        return None
    van: sa.FromClause = tabel
    deze = tabel
    while deze is not _PROCEDURE:
        kolom = _find_ouder(deze)
        if kolom is None:
            return None
        ouder = next(iter(kolom.foreign_keys)).column
        if ouder.table is _PROCEDURE:
            return _where_op_id(sa.select(tabel.c.id, kolom).select_from(van), tabel)
        van = van.join(ouder.table, ouder == kolom)
        deze = ouder.table
    return _where_op_id(sa.select(tabel.c.id, tabel.c.id.label("procedure")), tabel)


def _find_ouder(tabel: sa.Table) -> sa.Column[Any] | None:
    """The first column that says to which row of another table each row belongs."""
    for kolom in tabel.c:
        if kolom.foreign_keys and not kolom.nullable and next(iter(kolom.foreign_keys)).column.table is not tabel:
            return kolom
    return None


def _is_op_id(tabel: sa.Table) -> bool:
    return [kolom.name for kolom in tabel.primary_key.columns] == ["id"]


def _where_op_id(vraag: sa.Select[Any], tabel: sa.Table) -> sa.Select[Any]:
    return vraag.where(tabel.c.id.in_(sa.bindparam("sleutels", type_=tabel.c.id.type, expanding=True)))


@cache
def _build_op_naam(naam: str) -> sa.Select[Any] | None:
    """The question for key and name of what the rows of a table are about; None when they have no such name."""
    tabel = METADATA.tables[naam]
    for kolom in ("contractnummer", "procedure", "dossier"):
        if kolom in tabel.c and _is_op_id(tabel):
            return _where_op_id(sa.select(tabel.c.id, tabel.c[kolom]), tabel)
    return None


@cache
def _build_documenten() -> sa.Select[Any]:
    return _where_op_id(sa.select(_DOCUMENT.c.id, _DOCUMENT.c.onderwerp, _DOCUMENT.c.ronde), _DOCUMENT)


@cache
def _build_afschriften() -> sa.Select[Any]:
    tabel = METADATA.tables["afschrift"]
    van = tabel.join(_DOCUMENT, _DOCUMENT.c.id == tabel.c.document_id)
    return _where_op_id(sa.select(tabel.c.id, _DOCUMENT.c.onderwerp, _DOCUMENT.c.ronde).select_from(van), tabel)


def _find_van_documenten(sessie: Session, vraag: sa.Select[Any], sleutels: Sequence[str]) -> set[UUID] | None:
    """The procedures of documents: of the round they are worked on in, and of what they are about."""
    rijen = _ask(sessie, vraag, sleutels)
    if len(rijen) != len(sleutels):
        return None
    bekend: dict[str, set[UUID]] = {}
    for naam, procedure in _find_namen(sessie, {een for _, over, ronde in rijen for een in (over, ronde) if een}):
        bekend.setdefault(naam, set()).add(procedure)
    gevonden: set[UUID] = set()
    for _, over, ronde in rijen:
        van_een = bekend.get(over, set()) | bekend.get(ronde, set())
        if not van_een:
            return None
        gevonden |= van_een
    return gevonden


def _follow_namen(sessie: Session, namen: set[str]) -> set[UUID] | None:
    """The procedures of all these names; None when one of them is not known."""
    rijen = _find_namen(sessie, namen)
    return {een for _, een in rijen} if {naam for naam, _ in rijen} == namen else None


def _find_namen(sessie: Session, namen: Iterable[str]) -> list[tuple[str, UUID]]:
    """Each of these names that an application, agreement, addendum, round or procedure has, with its procedure."""
    gezocht = sorted(namen)
    return [
        (naam, procedure)
        for deel in split_vraag(gezocht)
        for naam, procedure in sessie.connection().execute(_build_namen(), {"namen": list(deel)})
    ]


@cache
def _build_namen() -> sa.CompoundSelect[Any]:
    aanmelding, overeenkomst = METADATA.tables["aanmelding"], METADATA.tables["overeenkomst"]
    addendum, ouder = METADATA.tables["addendum"], METADATA.tables["ouder_contract"]
    namen = sa.bindparam("namen", type_=sa.String, expanding=True)
    tot_ronde = aanmelding.join(_RONDE, _RONDE.c.id == aanmelding.c.ronde_id)
    tot_aanmelding = overeenkomst.join(tot_ronde, aanmelding.c.id == overeenkomst.c.aanmelding_id)
    tot_overeenkomst = addendum.join(tot_aanmelding, overeenkomst.c.id == addendum.c.overeenkomst_id)
    bronnen: tuple[tuple[sa.FromClause, sa.Column[Any], sa.Column[Any]], ...] = (
        (_PROCEDURE, _PROCEDURE.c.naam, _PROCEDURE.c.id),
        (_RONDE, _RONDE.c.kenmerk, _RONDE.c.procedure_id),
        (tot_ronde, aanmelding.c.kenmerk, _RONDE.c.procedure_id),
        (tot_aanmelding, overeenkomst.c.contractnummer, _RONDE.c.procedure_id),
        (tot_overeenkomst, addendum.c.nummer, _RONDE.c.procedure_id),
        (ouder, ouder.c.contractnummer, ouder.c.procedure_id),
    )
    return sa.union_all(*(sa.select(naam, id_).select_from(van).where(naam.in_(namen)) for van, naam, id_ in bronnen))
