"""Lists for people to choose from: procedures, rounds with their counts. Read in few questions, also with many records.

What a line says of a procedure comes from its definition; it is kept per version of the record, since
reading a definition takes longer than the rest of the list. The rest is kept for a state of the store.

Bron: ontwerp 9; project default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus
from inkoop.services import poort, procedures, standkast
from inkoop.services.definitiekast import Sleutel
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.grondslag import is_een_van, kale_sleutel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask


class Procedureregel(msgspec.Struct, frozen=True, kw_only=True):
    """A procedure in a list. `fase` is the one it is in itself; of its rounds the one that runs now or comes next."""

    naam: str
    titel: str
    wet: str
    kwalificatie: str
    fase: Fase
    gepubliceerd_op: datetime | None
    ronde: str | None = None
    sluiting: datetime | None = None
    aanmeldingen: int = 0


class _Kern(msgspec.Struct, frozen=True):
    """What a list shows of a definition."""

    titel: str
    wet: str
    kwalificatie: str


def list_regels(huis: Huis, door: Optreden) -> tuple[Procedureregel, ...]:
    """Every procedure, by name."""
    with lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        return tuple(_list_regels(sessie, door.nu))


class Proceduretitel(msgspec.Struct, frozen=True, kw_only=True):
    """How a procedure is called."""

    naam: str
    titel: str


def list_titels(huis: Huis, door: Optreden) -> tuple[Proceduretitel, ...]:
    """Every procedure, by name, without what a list counts besides."""
    with lees(huis, door, Handeling.PROCEDURE_LEZEN) as sessie:
        return tuple(
            Proceduretitel(naam=naam, titel=_find_kern(sessie, id_, versie).titel)
            for id_, naam, _, _, versie in ask(sessie, _vraag_procedures())
        )


class _Stand(NamedTuple):
    """What a list says of a procedure whatever the day: its rounds, by closing, are kenmerk and closing."""

    naam: str
    kern: _Kern
    fase: Fase
    gepubliceerd_op: datetime | None
    rondes: tuple[tuple[str, datetime], ...]
    aanmeldingen: int


def _list_regels(sessie: Session, nu: datetime) -> Iterator[Procedureregel]:
    for stand in standkast.keep(sessie, "procedurelijst", lambda: tuple(_list_standen(sessie))):
        komend = (ronde for ronde in stand.rondes if ronde[1] >= nu)
        huidig = next(komend, stand.rondes[-1] if stand.rondes else (None, None))
        yield Procedureregel(
            naam=stand.naam,
            titel=stand.kern.titel,
            wet=stand.kern.wet,
            kwalificatie=stand.kern.kwalificatie,
            fase=stand.fase,
            gepubliceerd_op=stand.gepubliceerd_op,
            ronde=huidig[0],
            sluiting=huidig[1],
            aanmeldingen=stand.aanmeldingen,
        )


def _list_standen(sessie: Session) -> Iterator[_Stand]:
    aantallen = _count_aanmeldingen(sessie)
    rondes = _list_rondes(sessie)
    for id_, naam, fase, gepubliceerd_op, versie in ask(sessie, _vraag_procedures()):
        eigen = rondes.get(id_, [])
        yield _Stand(
            naam=naam,
            kern=_find_kern(sessie, id_, versie),
            fase=fase,
            gepubliceerd_op=gepubliceerd_op,
            rondes=tuple((ronde.kenmerk, ronde.sluiting) for ronde in eigen),
            aanmeldingen=sum(aantallen.get(ronde.id, 0) for ronde in eigen),
        )


@cache
def _vraag_procedures() -> Any:
    """What a list says of each procedure, by name; without the definition: reading it takes longer."""
    velden: Any = select(kale_sleutel(ProcedureRow.id), ProcedureRow.naam, ProcedureRow.fase)
    return velden.add_columns(ProcedureRow.gepubliceerd_op, ProcedureRow.versie).order_by(ProcedureRow.naam)


_KERNEN: dict[tuple[Sleutel, int], _Kern] = {}
"""Per version of a procedure record what a list shows of it; a few words each."""


def _find_kern(sessie: Session, id_: Sleutel, versie: int) -> _Kern:
    kern = _KERNEN.get((id_, versie))
    if kern is None:
        hele = id_ if isinstance(id_, UUID) else UUID(hex=id_)
        kern = _KERNEN[id_, versie] = _read_kern(procedures.read_definitie(sessie, hele))
    return kern


def _read_kern(definitie: Proceduredefinitie) -> _Kern:
    return _Kern(definitie.titel, str(definitie.wet), str(definitie.kwalificatie))


def _list_rondes(sessie: Session) -> Mapping[Sleutel, list[Any]]:
    rondes: dict[Sleutel, list[Any]] = {}
    for rij in ask(sessie, _vraag_rondes()):
        rondes.setdefault(rij.procedure, []).append(rij)
    return rondes


@cache
def _vraag_rondes() -> Any:
    velden = select(kale_sleutel(RondeRow.procedure_id).label("procedure"), kale_sleutel(RondeRow.id).label("id"))
    return velden.add_columns(RondeRow.kenmerk, RondeRow.sluiting).order_by(col(RondeRow.sluiting))  # type: ignore[arg-type]


def _count_aanmeldingen(sessie: Session) -> Mapping[Sleutel, int]:
    return dict(map(tuple, ask(sessie, _vraag_aantallen())))


@cache
def _vraag_aantallen() -> Any:
    return select(kale_sleutel(AanmeldingRow.ronde_id), func.count()).group_by(col(AanmeldingRow.ronde_id))


class Rondecijfers(msgspec.Struct, frozen=True, kw_only=True):
    """The counts of a round: applications by status, besluiten by kind, per perceel by kind."""

    aanmeldingen: dict[str, int]
    besluiten: dict[str, int]
    percelen: dict[str, dict[str, int]]

    @property
    def totaal(self) -> int:
        """How many applications came in."""
        return sum(self.aanmeldingen.values())


def count_ronde(sessie: Session, ronde: RondeRow) -> Rondecijfers:
    """The counts of a round; a besluit that was superseded or lapsed does not count."""
    statussen = {str(status): aantal for status, aantal in ask(sessie, _vraag_statussen(), ronde=ronde.id)}
    soorten: dict[str, int] = {}
    percelen: dict[str, dict[str, int]] = {}
    for perceel, soort, aantal in ask(sessie, _vraag_besluiten(), ronde=ronde.id):
        soorten[str(soort)] = soorten.get(str(soort), 0) + aantal
        percelen.setdefault(perceel, {})[str(soort)] = aantal
    return Rondecijfers(
        aanmeldingen={str(s): statussen[str(s)] for s in Aanmeldingsstatus if str(s) in statussen},
        besluiten=soorten,
        percelen=percelen,
    )


@cache
def _vraag_statussen() -> Any:
    per_status = select(AanmeldingRow.status, func.count()).where(AanmeldingRow.ronde_id == sa.bindparam("ronde"))
    return per_status.group_by(col(AanmeldingRow.status))


@cache
def _vraag_besluiten() -> Any:
    geldig = {"concept", "gecontroleerd", "genomen", "verzonden"}
    weg = [status for status in Besluitstatus if status not in geldig]
    return (
        select(BesluitRow.eenheid, BesluitRow.soort, func.count())
        .join(AanmeldingRow, col(AanmeldingRow.id) == BesluitRow.aanmelding_id)
        .where(AanmeldingRow.ronde_id == sa.bindparam("ronde"), ~is_een_van(col(BesluitRow.status), *weg))
        .group_by(col(BesluitRow.eenheid), col(BesluitRow.soort))
        .order_by(col(BesluitRow.eenheid))
    )


def list_beletselen(sessie: Session, rij: ProcedureRow, nu: datetime) -> list[Beletsel]:
    """What stands in the way of the next step of a procedure; nothing once it is published."""
    if rij.gepubliceerd_op is not None:
        return []
    return poort.check_poort(sessie, rij, local_date(nu))
