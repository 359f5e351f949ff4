"""What the terms of many agreements follow from, read at once: a question for each kind of record and not for each one.

Of one agreement it is read in the same way, so that its page asks as little.

Bron: ontwerp 9 (figures of the web application).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from inkoop.domain.contractwijziging import Wijzigingstand
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.services import procedures
from inkoop.storage.grondslag import METADATA
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewaking import BewaaktstukRow, PlichtmetingRow
from inkoop.storage.tabellen.contractwijziging import ContractwijzigingRow, WeigeringRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tabellen.procedure import CriteriaeditieRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.stopsignaal import StopsignaalRow
from inkoop.storage.tabellen.toets import ToetsRow
from inkoop.storage.vaste_vraag import ask
from inkoop.storage.vraagdelen import PER_VRAAG, ask_delen, name_waarden

KWARTAAL = "kwartaal:"
"""How the key of the report of a talk about a quarter begins; then come contract number and quarter."""

T = TypeVar("T")


class Vulling(NamedTuple):
    """What there is of some agreements, by contract number or id.

    `toetsen` are the last results as text, per aanmelding; `wijzigingen` the adopted changes per procedure;
    `weigeringen` the agreements with an addendum that was refused. `aanmeldingen` are kenmerk and round by id.
    """

    aanmeldingen: Mapping[UUID, tuple[str, UUID]]
    rondes: Mapping[UUID, RondeRow]
    edities: Mapping[UUID, Criteriaset]
    toetsen: Mapping[UUID, str]
    stukken: Mapping[str, Sequence[BewaaktstukRow]]
    metingen: Mapping[str, Sequence[PlichtmetingRow]]
    maatregelen: Mapping[str, Sequence[MaatregelRow]]
    signalen: Mapping[str, Sequence[StopsignaalRow]]
    addenda: Mapping[UUID, Sequence[AddendumRow]]
    weigeringen: frozenset[UUID]
    wijzigingen: Mapping[UUID, Sequence[ContractwijzigingRow]]
    kwartalen: frozenset[str]


def read_vulling(sessie: Session, rijen: Sequence[OvereenkomstRow]) -> Vulling:
    """What there is of these agreements."""
    ids, nummers = [rij.id for rij in rijen], [rij.contractnummer for rij in rijen]
    herkomst = [rij.aanmelding_id for rij in rijen]
    aanmeldingen = {id_: (kenmerk, ronde) for id_, kenmerk, ronde in ask_delen(sessie, _build_aanmeldingen(), herkomst)}
    rondes = list(ask_delen(sessie, _build_rondes(), _once(ronde for _, ronde in aanmeldingen.values())))
    edities = list(ask_delen(sessie, _build_edities(), _once(een.criteriaeditie_id for een in rondes)))
    per_editie = {een.id: procedures.decode_editie(een) for een in edities}
    aanwezig = _find_aanwezig(sessie, ids, nummers)

    def read(naam: str, vraag: Any, waarden: Sequence[object]) -> Sequence[Any]:
        return list(ask_delen(sessie, vraag, waarden)) if naam in aanwezig else []

    return Vulling(
        aanmeldingen=aanmeldingen,
        rondes={een.id: een for een in rondes},
        edities={een.id: per_editie[een.criteriaeditie_id] for een in rondes},
        toetsen=dict(ask_delen(sessie, _build_toetsen(), herkomst)),
        stukken=_group(read("bewaakt_stuk", _build_stukken(), nummers), "contractnummer"),
        metingen=_group(read("plichtmeting", _build_metingen(), nummers), "contractnummer"),
        maatregelen=_group(read("maatregel", _build_maatregelen(), nummers), "contractnummer"),
        signalen=_group(read("stopsignaal", _build_signalen(), nummers), "contractnummer"),
        addenda=_group(read("addendum", _build_addenda(), ids), "overeenkomst_id"),
        weigeringen=frozenset(read("weigering", _build_weigeringen(), ids)),
        wijzigingen=_group(
            read("contractwijziging", _build_wijzigingen(), _once(een.procedure_id for een in rondes)), "procedure_id"
        ),
        kwartalen=frozenset(ask_delen(sessie, _build_kwartalen(), nummers)),
    )


def _find_aanwezig(sessie: Session, ids: Sequence[UUID], nummers: Sequence[str]) -> frozenset[str]:
    """The tables in which there may be anything of these agreements: of most of them nothing has to be read."""
    if len(ids) > PER_VRAAG:
        return frozenset({*_OP_NUMMER, *_MET_ADDENDUM})
    return frozenset(naam for (naam,) in ask(sessie, _vraag_aanwezig(), ids=list(ids), nummers=list(nummers)))


_OP_NUMMER = ("bewaakt_stuk", "plichtmeting", "maatregel", "stopsignaal")
_MET_ADDENDUM = ("addendum", "weigering", "contractwijziging")
"""Where an addendum or any adopted change is: an addendum can be refused."""


@cache
def _vraag_aanwezig() -> Any:
    """The names of the tables with a row about one of the agreements; of changes with any row that was adopted."""
    nummers = sa.bindparam("nummers", type_=sa.String, expanding=True)
    tabellen = [METADATA.tables[naam] for naam in _OP_NUMMER]
    delen = [
        sa.select(sa.literal(tabel.name, sa.String)).where(sa.exists().where(tabel.c.contractnummer.in_(nummers)))
        for tabel in tabellen
    ]
    addendum, wijziging = METADATA.tables["addendum"], METADATA.tables["contractwijziging"]
    ids = sa.bindparam("ids", type_=addendum.c.overeenkomst_id.type, expanding=True)
    met_addendum = sa.exists().where(addendum.c.overeenkomst_id.in_(ids))
    delen += [sa.select(sa.literal(naam, sa.String)).where(met_addendum) for naam in ("addendum", "weigering")]
    vastgesteld = sa.exists().where(wijziging.c.stand == Wijzigingstand.VASTGESTELD)
    return sa.union_all(*delen, sa.select(sa.literal("contractwijziging", sa.String)).where(vastgesteld))


def _once(waarden: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(waarden))


def _group(rijen: Iterable[Any], kolom: str) -> dict[Any, list[Any]]:
    per: dict[Any, list[Any]] = defaultdict(list)
    for rij in rijen:
        per[getattr(rij, kolom)].append(rij)
    return per


@cache
def _build_aanmeldingen() -> Any:
    return select(AanmeldingRow.id, AanmeldingRow.kenmerk, AanmeldingRow.ronde_id).where(name_waarden(AanmeldingRow.id))


@cache
def _build_rondes() -> Any:
    return select(RondeRow).where(name_waarden(RondeRow.id))


@cache
def _build_edities() -> Any:
    return select(CriteriaeditieRow).where(name_waarden(CriteriaeditieRow.id))


@cache
def _build_toetsen() -> Any:
    """The last toets of each aanmelding: the one that counts."""
    later = aliased(ToetsRow)
    vraag = select(ToetsRow.aanmelding_id, ToetsRow.resultaat).where(name_waarden(ToetsRow.aanmelding_id))
    return vraag.where(
        ~sa.exists().where(
            col(later.aanmelding_id) == ToetsRow.aanmelding_id, col(later.volgnummer) > ToetsRow.volgnummer
        )
    )


@cache
def _build_stukken() -> Any:
    vraag = select(BewaaktstukRow).where(name_waarden(BewaaktstukRow.contractnummer))
    return vraag.order_by(col(BewaaktstukRow.op), col(BewaaktstukRow.geldig_tot))


@cache
def _build_metingen() -> Any:
    return select(PlichtmetingRow).where(name_waarden(PlichtmetingRow.contractnummer))


@cache
def _build_maatregelen() -> Any:
    return select(MaatregelRow).where(name_waarden(MaatregelRow.contractnummer)).order_by(col(MaatregelRow.kenmerk))


@cache
def _build_signalen() -> Any:
    return (
        select(StopsignaalRow).where(name_waarden(StopsignaalRow.contractnummer)).order_by(col(StopsignaalRow.kenmerk))
    )


@cache
def _build_addenda() -> Any:
    return select(AddendumRow).where(name_waarden(AddendumRow.overeenkomst_id)).order_by(col(AddendumRow.nummer))


@cache
def _build_weigeringen() -> Any:
    vraag = select(AddendumRow.overeenkomst_id).join(WeigeringRow, col(WeigeringRow.addendum_id) == AddendumRow.id)
    return vraag.where(name_waarden(AddendumRow.overeenkomst_id)).distinct()


@cache
def _build_wijzigingen() -> Any:
    vraag = select(ContractwijzigingRow).where(
        name_waarden(ContractwijzigingRow.procedure_id), ContractwijzigingRow.stand == Wijzigingstand.VASTGESTELD
    )
    return vraag.order_by(col(ContractwijzigingRow.ingang), col(ContractwijzigingRow.kenmerk))


@cache
def _build_kwartalen() -> Any:
    """The keys of the reports about quarters, which are papers about the agreement."""
    return select(DocumentRow.sleutel).where(
        name_waarden(DocumentRow.onderwerp), col(DocumentRow.sleutel).startswith(KWARTAAL)
    )
