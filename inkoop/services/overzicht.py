"""Lists for people to choose from: procedures, rounds with their counts. Read in few questions, also with many records.

What a line says of a procedure comes from its definition; it is kept per version of the record, since
reading a definition takes longer than the rest of the list.

Bron: ontwerp 9; project default.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus
from inkoop.services import poort, procedures
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow


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
        vraag = select(ProcedureRow.id, ProcedureRow.naam, ProcedureRow.versie).order_by(ProcedureRow.naam)
        return tuple(
            Proceduretitel(naam=naam, titel=_find_kern(sessie, id_, versie).titel)
            for id_, naam, versie in sessie.exec(vraag)
        )


def _list_regels(sessie: Session, nu: datetime) -> list[Procedureregel]:
    # Without the definition: reading it for every line takes longer than the rest of the list.
    vraag: Any = select(ProcedureRow.id, ProcedureRow.naam, ProcedureRow.fase).add_columns(
        col(ProcedureRow.gepubliceerd_op), col(ProcedureRow.versie)
    )
    rijen = sessie.exec(vraag.order_by(ProcedureRow.naam)).all()
    aantallen = _count_aanmeldingen(sessie)
    rondes = _list_rondes(sessie)
    regels = []
    for id_, naam, fase, gepubliceerd_op, versie in rijen:
        kern = _find_kern(sessie, id_, versie)
        eigen = rondes.get(id_, [])
        huidig = next((r for r in eigen if r.sluiting >= nu), None) or (eigen[-1] if eigen else None)
        regels.append(
            Procedureregel(
                naam=naam,
                titel=kern.titel,
                wet=kern.wet,
                kwalificatie=kern.kwalificatie,
                fase=fase,
                gepubliceerd_op=gepubliceerd_op,
                ronde=None if huidig is None else huidig.kenmerk,
                sluiting=None if huidig is None else huidig.sluiting,
                aanmeldingen=sum(aantallen.get(r.id, 0) for r in eigen),
            )
        )
    return regels


_KERNEN: dict[tuple[UUID, int], _Kern] = {}
"""Per version of a procedure record what a list shows of it; a few words each."""


def _find_kern(sessie: Session, id_: UUID, versie: int) -> _Kern:
    kern = _KERNEN.get((id_, versie))
    if kern is None:
        kern = _KERNEN[id_, versie] = _read_kern(procedures.read_definitie(sessie, id_))
    return kern


def _read_kern(definitie: Proceduredefinitie) -> _Kern:
    return _Kern(definitie.titel, str(definitie.wet), str(definitie.kwalificatie))


def _list_rondes(sessie: Session) -> Mapping[UUID, list[Any]]:
    rondes: dict[UUID, list[Any]] = {}
    # Columns and not records: a list of hundreds takes half the time.
    vraag: Any = select(RondeRow.procedure_id, RondeRow.id, RondeRow.kenmerk, RondeRow.sluiting)
    for rij in sessie.exec(vraag.order_by(col(RondeRow.sluiting))):
        rondes.setdefault(rij.procedure_id, []).append(rij)
    return rondes


def _count_aanmeldingen(sessie: Session) -> Mapping[UUID, int]:
    vraag = select(AanmeldingRow.ronde_id, func.count()).group_by(col(AanmeldingRow.ronde_id))
    return dict(sessie.exec(vraag).all())


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
    per_status = select(AanmeldingRow.status, func.count()).where(AanmeldingRow.ronde_id == ronde.id)
    statussen = {str(s): n for s, n in sessie.exec(per_status.group_by(col(AanmeldingRow.status)))}
    geldig = {"concept", "gecontroleerd", "genomen", "verzonden"}
    weg = [status for status in Besluitstatus if status not in geldig]
    vraag = (
        select(BesluitRow.eenheid, BesluitRow.soort, func.count())
        .join(AanmeldingRow, col(AanmeldingRow.id) == BesluitRow.aanmelding_id)
        .where(AanmeldingRow.ronde_id == ronde.id, col(BesluitRow.status).not_in(weg))
        .group_by(col(BesluitRow.eenheid), col(BesluitRow.soort))
        .order_by(col(BesluitRow.eenheid))
    )
    soorten: dict[str, int] = {}
    percelen: dict[str, dict[str, int]] = {}
    for perceel, soort, aantal in sessie.exec(vraag):
        soorten[str(soort)] = soorten.get(str(soort), 0) + aantal
        percelen.setdefault(perceel, {})[str(soort)] = aantal
    return Rondecijfers(
        aanmeldingen={str(s): statussen[str(s)] for s in Aanmeldingsstatus if str(s) in statussen},
        besluiten=soorten,
        percelen=percelen,
    )


def list_beletselen(sessie: Session, rij: ProcedureRow, nu: datetime) -> list[Beletsel]:
    """What stands in the way of the next step of a procedure; nothing once it is published."""
    if rij.gepubliceerd_op is not None:
        return []
    return poort.check_poort(sessie, rij, local_date(nu))
