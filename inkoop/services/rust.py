"""Whether a store is at rest: since nothing was found to do nobody acted, and no day came that counts.

The work of a day follows from the records and from the date alone. When it found nothing to do, it finds nothing
again until somebody acts (the log grows) or a day comes on which something begins or ends. That day is taken early:
every day that stands in a record or a definition counts, and the day after it, and the first day of each month.

Bron: ontwerp 2.1 (the database is the truth; a tick over a quiet store costs nothing).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from importlib.metadata import version

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, select

from inkoop.domain.bewaking import Contractterm, Termsoort, list_meldmomenten
from inkoop.domain.kalender import local_date
from inkoop.domain.looptijd import list_verlengingen
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.verlengen import find_besluitdag
from inkoop.services import addenda, procedures
from inkoop.services.bewakingstermen import TERUG
from inkoop.services.huis import Huis
from inkoop.storage.auditregel import AUDITKOP
from inkoop.storage.grondslag import METADATA
from inkoop.storage.machinekamer import TECHNISCH
from inkoop.storage.migraties import SCHEMAVERSIE
from inkoop.storage.tabellen.aandrijving import AandrijfstandRow
from inkoop.storage.tabellen.procedure import ProcedureRow

_DAG = timedelta(days=1)
_STAND = AandrijfstandRow.__table__  # type: ignore[attr-defined]
_NAAM = f"rust {version('inkoop')} {SCHEMAVERSIE}"
"""Another version of the program has other rules, and begins anew."""

_NA = "na"
_TOT = "tot"
_SINDS = "sinds"


def is_stil(huis: Huis, werk: str, op: date) -> bool:
    """Whether this work finds nothing on a day: nobody acted since it found nothing, and no day that counts came."""
    sleutels = [_name_sleutel(werk, naam) for naam in (_NA, _TOT, _SINDS)]
    vraag = sa.select(_STAND.c.naam, _STAND.c.volgnummer).where(_STAND.c.naam.in_(sleutels))
    with huis.winkel.lezen() as sessie:
        verbinding = sessie.connection()
        stand: dict[str, int] = {naam.rpartition(" ")[2]: nummer for naam, nummer in verbinding.execute(vraag)}
        aantal = verbinding.execute(sa.select(AUDITKOP.c.aantal)).scalar_one()
    if {_NA, _TOT, _SINDS} - set(stand):
        return False
    return aantal == stand[_NA] and stand[_SINDS] <= op.toordinal() < stand[_TOT]


def read_stand(huis: Huis) -> int:
    """How many rows the log has: what a rest is counted from."""
    with huis.winkel.lezen() as sessie:
        aantal: int = sessie.connection().execute(sa.select(AUDITKOP.c.aantal)).scalar_one()
    return aantal


def keep_rust(huis: Huis, werk: str, op: date, na: int, termen: Iterable[Contractterm]) -> date:
    """Record that nothing was due on a day after so many rows of the log; returns the first day to look again."""
    with huis.winkel.lezen() as sessie:
        tot = find_volgende(sessie, op, termen)
    with huis.winkel.machinekamer() as sessie:
        _write(sessie, werk, {_NA: na, _TOT: tot.toordinal(), _SINDS: op.toordinal()})
    return tot


def copy_rust(huis: Huis, van: str, naar: str) -> None:
    """Let other work rest as long as this work does: both look at the same days."""
    with huis.winkel.machinekamer() as sessie:
        standen = {
            naam: sessie.get_one(AandrijfstandRow, _name_sleutel(van, naam)).volgnummer for naam in (_NA, _TOT, _SINDS)
        }
        _write(sessie, naar, standen)


def _name_sleutel(werk: str, naam: str) -> str:
    return f"{_NAAM} {werk} {naam}"


def _write(sessie: Session, werk: str, standen: Mapping[str, int]) -> None:
    for naam, nummer in standen.items():
        sleutel = _name_sleutel(werk, naam)
        stand = sessie.get(AandrijfstandRow, sleutel) or AandrijfstandRow(naam=sleutel, volgnummer=0)
        stand.volgnummer = nummer
        sessie.add(stand)


def find_volgende(sessie: Session, op: date, termen: Iterable[Contractterm]) -> date:
    """The first day after `op` on which something can begin or end, by the records as they are."""
    dagen = [_begin_maand(op)]
    for term in termen:
        dagen += [moment.dag for moment in list_meldmomenten(term)]
        dagen.append(term.dag + _DAG)
        if term.soort in (Termsoort.KWARTAAL, Termsoort.PLICHT):
            # A period that is too long ago is asked for no more (bewakingstermen.TERUG).
            dagen.append(term.dag - timedelta(days=30) + TERUG + _DAG)
    dagen += _list_uit_rijen(sessie, op)
    for rij in sessie.exec(select(ProcedureRow)):
        dagen += _list_uit_definitie(procedures.decode_definitie(rij), op)
    return min(dag for dag in dagen if dag > op)


def _begin_maand(op: date) -> date:
    return date(op.year + op.month // 12, op.month % 12 + 1, 1)


def _list_uit_rijen(sessie: Session, op: date) -> Iterator[date]:
    """Of every column with a day the first that comes, and the day after the one that is today."""
    for kolom in _KOLOMMEN:
        dag = sessie.connection().execute(sa.select(sa.func.min(kolom)).where(kolom > op)).scalar()
        if dag is not None:
            yield dag
        if sessie.connection().execute(sa.select(sa.literal(1)).where(kolom == op).limit(1)).first():
            yield op + _DAG


_KOLOMMEN = tuple(
    kolom
    for naam, tabel in sorted(METADATA.tables.items())
    if naam not in TECHNISCH
    for kolom in tabel.c
    if isinstance(kolom.type, sa.Date)
)
"""Every column of the records that holds a day."""


def _list_uit_definitie(definitie: Proceduredefinitie, op: date) -> Iterator[date]:
    """Every day of a procedure with the day after it, and those that its rules count from them."""
    for dag in _walk(definitie):
        yield dag
        if dag < date.max:
            yield dag + _DAG
    for verlenging in list_verlengingen(definitie.looptijd):
        for dag in (find_besluitdag(definitie, verlenging), verlenging.uiterlijk, verlenging.van, verlenging.tot):
            yield from (dag, dag + _DAG)
    cyclus = definitie.contract.addendumcyclus
    for jaar in (op.year, op.year + 1):
        ingang = addenda.on_jaar(cyclus.ingang, jaar)
        termijn = addenda.plan_cyclus(cyclus, ingang)
        yield from (ingang, termijn.concept_uiterlijk, termijn.concept_uiterlijk + _DAG)
        yield from (termijn.tekenen_uiterlijk, termijn.tekenen_uiterlijk + _DAG)
    yield addenda.begin_cyclus(cyclus, op)


def _walk(waarde: object) -> Iterator[date]:
    """Every day in a value and in what it holds; of an instant the day in the Netherlands."""
    match waarde:
        case datetime():
            yield local_date(waarde)
        case date():
            yield waarde
        case msgspec.Struct():
            for naam in waarde.__struct_fields__:
                yield from _walk(getattr(waarde, naam))
        case dict():
            for een in waarde.values():
                yield from _walk(een)
        case list() | tuple():
            for een in waarde:
                yield from _walk(een)
