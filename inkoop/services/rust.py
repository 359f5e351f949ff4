"""Whether a store is at rest: since nothing was found to do nobody acted, and no day came that counts.

The work of a day follows from the records and from the date alone. When it found nothing to do, it finds nothing
again until somebody acts (the log grows) or a day comes on which something begins or ends. That day is taken early:
every day that stands in a record or a definition counts, and the day after it, and the first day of each quarter.

Guarding and the fasen rest apart: a report that guarding makes gives the fasen nothing to do.

Bron: ontwerp 2.1 (the database is the truth; a tick over a quiet store costs nothing).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from importlib.metadata import version

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, select

from inkoop.domain.bewaking import Contractterm, Termsoort, list_meldmomenten
from inkoop.domain.handeling import Handeling
from inkoop.domain.kalender import TIJDZONE, local_date
from inkoop.domain.looptijd import list_verlengingen
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.verlengen import find_besluitdag
from inkoop.services import addenda, procedures
from inkoop.services.bewakingstermen import TERUG
from inkoop.services.huis import Huis
from inkoop.storage.auditregel import AUDIT, AUDITKOP
from inkoop.storage.grondslag import METADATA
from inkoop.storage.machinekamer import TECHNISCH
from inkoop.storage.migraties import SCHEMAVERSIE
from inkoop.storage.tabellen.aandrijving import AandrijfstandRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow

_DAG = timedelta(days=1)

LANGST = timedelta(days=92)
"""No rest is longer: from the first day of a quarter to that of the next."""

_STAND = AandrijfstandRow.__table__  # type: ignore[attr-defined]
_NAAM = f"rust {version('inkoop')} {SCHEMAVERSIE}"
"""Another version of the program has other rules, and begins anew."""

_NA = "na"
_TOT = "tot"
_SINDS = "sinds"
_DELEN = (_NA, _TOT, _SINDS)

_VRAAG = sa.select(
    _STAND.c.naam, _STAND.c.volgnummer, sa.select(AUDITKOP.c.aantal).scalar_subquery().label("aantal")
).where(_STAND.c.naam.in_([sa.bindparam(deel) for deel in _DELEN]))
"""All that a quiet day asks of a store: how long this work rests, and how many rows the log has."""

GEEN_WERK = frozenset({Handeling.TERMIJN_BEWAKEN, Handeling.MELDING_AFHANDELEN})
"""Acts that leave nothing to do in any fase: a report was made, or somebody dealt with it."""


def is_stil(huis: Huis, werk: str, op: date, *, behalve: frozenset[Handeling] = frozenset()) -> bool:
    """Whether this work finds nothing on a day: nobody acted since it found nothing, and no day that counts came.

    `behalve` are acts that give this work nothing to do.
    """
    with huis.winkel.lezen() as sessie:
        return _find_tot(sessie, werk, op, behalve) is not None


def _find_tot(sessie: Session, werk: str, op: date, behalve: frozenset[Handeling] = frozenset()) -> date | None:
    """Until which day this work rests; None when it does not rest now."""
    sleutels = {deel: _name_sleutel(werk, deel) for deel in _DELEN}
    rijen = sessie.connection().execute(_VRAAG, sleutels).all()
    if len(rijen) != len(_DELEN):
        return None
    stand: dict[str, int] = {naam.rpartition(" ")[2]: nummer for naam, nummer, _ in rijen}
    aantal = rijen[0].aantal
    if not stand[_SINDS] <= op.toordinal() < stand[_TOT]:
        return None
    if aantal < stand[_NA] or (aantal > stand[_NA] and not (behalve and _only(sessie, stand[_NA], behalve))):
        return None
    return date.fromordinal(stand[_TOT])


def _only(sessie: Session, na: int, handelingen: frozenset[Handeling]) -> bool:
    """Whether the log holds nothing but these acts after so many rows."""
    vraag = sa.select(AUDIT.c.volgnummer).where(
        AUDIT.c.volgnummer > na, AUDIT.c.handeling.not_in(sorted(str(een) for een in handelingen))
    )
    return sessie.connection().execute(vraag.limit(1)).first() is None


def read_stand(sessie: Session) -> int:
    """How many rows the log has: what a rest is counted from."""
    aantal: int = sessie.connection().execute(sa.select(AUDITKOP.c.aantal)).scalar_one()
    return aantal


def keep_rust(huis: Huis, werk: str, op: date, na: int, termen: Iterable[Contractterm]) -> date:
    """Record that nothing was due on a day after so many rows of the log; returns the first day to look again."""
    with huis.winkel.lezen() as sessie:
        tot = find_volgende(sessie, op, termen)
    _write(huis, werk, op, na, tot)
    return tot


def join_rust(huis: Huis, naam: str, op: date, delen: Mapping[str, frozenset[Handeling]]) -> bool:
    """Let work that is made of other work rest when all of that rests, until the first of it looks again.

    `delen` are its parts, each with the acts that give that part nothing to do. Returns whether it rests now.
    """
    with huis.winkel.lezen() as sessie:
        na = read_stand(sessie)
        tot = [_find_tot(sessie, deel, op, behalve) for deel, behalve in delen.items()]
    bekend = [dag for dag in tot if dag is not None]
    if len(bekend) != len(tot):
        return False
    _write(huis, naam, op, na, min(bekend))
    return True


def _name_sleutel(werk: str, naam: str) -> str:
    return f"{_NAAM} {werk} {naam}"


_BEWAAR = sa.text(
    "INSERT INTO aandrijfstand (naam, volgnummer) VALUES (:naam, :volgnummer)"
    " ON CONFLICT (naam) DO UPDATE SET volgnummer = excluded.volgnummer"
)


def _write(huis: Huis, werk: str, op: date, na: int, tot: date) -> None:
    standen = {_NA: na, _TOT: tot.toordinal(), _SINDS: op.toordinal()}
    rijen = [{"naam": _name_sleutel(werk, deel), "volgnummer": nummer} for deel, nummer in standen.items()]
    with huis.winkel.machinekamer() as sessie:
        sessie.connection().execute(_BEWAAR, rijen)


def find_volgende(sessie: Session, op: date, termen: Iterable[Contractterm]) -> date:
    """The first day after `op` on which something can begin or end, by the records as they are."""
    dagen = [_begin_kwartaal(op)]
    for term in termen:
        dagen += [moment.dag for moment in list_meldmomenten(term)]
        dagen.append(term.dag + _DAG)
        if term.soort in (Termsoort.KWARTAAL, Termsoort.PLICHT):
            # A period that is too long ago is asked for no more (bewakingstermen.TERUG).
            dagen.append(term.dag - timedelta(days=30) + TERUG + _DAG)
    dagen += _list_uit_rijen(sessie, op)
    for rij in sessie.exec(select(ProcedureRow)):
        dagen += _list_vast(rij.definitie)
        dagen += _list_uit_cyclus(procedures.decode_definitie(rij), op)
    return min(dag for dag in dagen if dag > op)


def _begin_kwartaal(op: date) -> date:
    maand = op.month + 3 - (op.month - 1) % 3
    return date(op.year + maand // 12, 1, 1) if maand > 12 else date(op.year, maand, 1)


def _list_uit_rijen(sessie: Session, op: date) -> Iterator[date]:
    """Of every column with a day the first that comes, and the day after one that is today; of a closing both days."""
    for dag in sessie.connection().execute(_DAGEN, {"op": op}).scalars():
        if dag is not None:
            yield dag if dag > op else op + _DAG
    for moment in sessie.exec(
        select(RondeRow.sluiting).where(RondeRow.sluiting >= datetime.combine(op, time.min, TIJDZONE))
    ):
        yield from (local_date(moment), local_date(moment) + _DAG)


_KOLOMMEN = tuple(
    kolom
    for naam, tabel in sorted(METADATA.tables.items())
    if naam not in TECHNISCH and naam != "melding"
    for kolom in tabel.c
    if isinstance(kolom.type, sa.Date)
)
"""Every column of the records that holds a day; those of a report are of the term that it is about."""

_DAGEN = (
    sa.text(
        " UNION ALL ".join(
            f'SELECT min("{kolom.name}") AS dag FROM "{kolom.table.name}" WHERE "{kolom.name}" >= :op'  # noqa: S608 - names of our own tables
            for kolom in _KOLOMMEN
        )
    )
    .bindparams(sa.bindparam("op", type_=sa.Date))
    .columns(sa.column("dag", sa.Date))
)
"""One question for all of them: a statement as text is not taken apart anew each day."""


@lru_cache(maxsize=32)
def _list_vast(tekst: str) -> tuple[date, ...]:
    """Every day of a procedure (its definition as it is kept) with the day after it, and those of its extensions.

    Of a round only its closing and first day: the steps in between have work in fasen that do not rest.
    """
    definitie = procedures.decode_tekst(tekst)
    rondes = definitie.instroom.rondes
    dagen = set(_walk(msgspec.structs.replace(definitie, instroom=None, stappen=())))
    dagen |= {local_date(ronde.sluiting) for ronde in rondes} | {ronde.ingang for ronde in rondes}
    for verlenging in list_verlengingen(definitie.looptijd):
        dagen |= {find_besluitdag(definitie, verlenging), verlenging.uiterlijk, verlenging.van, verlenging.tot}
    return tuple(sorted(dagen | {dag + _DAG for dag in dagen if dag < date.max}))


def _list_uit_cyclus(definitie: Proceduredefinitie, op: date) -> Iterator[date]:
    """The days of the cycle of addenda of this year and the next."""
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
