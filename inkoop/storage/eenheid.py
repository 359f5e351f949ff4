"""The unit of work: one use case, one transaction, at least one audit row.

    with winkel.eenheid(Actor("p.jansen", "inkoper"), op) as eenheid:
        eenheid.sessie.add(rij)
        eenheid.audit("ronde_openen", "M-2020-2", van="gepland", naar="open")

Everything is written through the session's objects: the records that an act touched are recorded in
the log by their hash, so that a later edit behind the log's back is found. A statement that changes
rows without loading them would leave no such trace and is refused.

Bron: conventies, Records and transactions; ontwerp 2.7.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState, UOWTransaction

from inkoop.domain.fouten import InkoopError
from inkoop.storage import zoekdelen
from inkoop.storage.auditregel import Auditkop, append_regels
from inkoop.storage.momentopname import BUITEN_OPNAME, take_opnamen
from inkoop.storage.sessie import Winkelsessie
from inkoop.storage.verbinding import count_wijzigingen
from inkoop.storage.vrijetekst import check_bsn, check_rij, refuse_bsn


class GelijktijdigeWijzigingError(InkoopError):
    """Somebody else changed the same record between reading and writing."""

    def __init__(self) -> None:
        super().__init__(
            "Iemand anders heeft dit intussen gewijzigd. Er is niets opgeslagen."
            " Bekijk de nieuwe stand en probeer het opnieuw."
        )


class StrijdigeGegevensError(InkoopError):
    """The database refuses the records: something unique exists already, or a reference is missing.

    `beperking` is what the database says; a service that expects it (idempotency) catches
    `sqlalchemy.exc.IntegrityError` at its own flush instead.
    """

    def __init__(self, beperking: str) -> None:
        self.beperking = beperking
        super().__init__(f"Dit past niet bij wat er al is vastgelegd ({beperking}). Er is niets opgeslagen.")


class AuditOntbreektError(RuntimeError):
    """A use case changed records and said nothing about it: a fault in the program, never stored."""


class Actor(msgspec.Struct, frozen=True):
    """Who acts (the id of a person, or `systeem`), in which role."""

    persoon: str
    rol: str


class Schrijfsessie(Winkelsessie):
    """A session that remembers which rows it wrote and refuses what it could not remember."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine)
        self.geraakt: dict[tuple[sa.Table, tuple[Any, ...]], None] = {}


@sa.event.listens_for(Schrijfsessie, "before_flush")
def _refuse_bsn(sessie: Schrijfsessie, _context: UOWTransaction, _objecten: object) -> None:
    """Let no text through in which somebody may have written a BSN."""
    refuse_bsn([reden for rij in (*sessie.new, *sessie.dirty) for reden in check_rij(rij)])


@sa.event.listens_for(Schrijfsessie, "after_flush")
def _remember(sessie: Schrijfsessie, _context: UOWTransaction) -> None:
    """Keep (table, key) of every row that this flush wrote or removed."""
    for object_ in [*sessie.new, *sessie.dirty, *sessie.deleted]:
        mapper = sa.inspect(object_).mapper
        sleutel = tuple(mapper.primary_key_from_instance(object_))
        if mapper.local_table.name not in BUITEN_OPNAME:
            sessie.geraakt[mapper.local_table, sleutel] = None
    zoekdelen.update(sessie)


@sa.event.listens_for(Schrijfsessie, "do_orm_execute")
def _refuse_bulk(staat: ORMExecuteState) -> None:
    """Refuse statements that write rows past the session; they would leave no trace in the log."""
    opdracht = staat.statement
    leest = staat.is_select or (
        isinstance(opdracht, sa.TextClause) and opdracht.text.lstrip().upper().startswith(("SELECT", "PRAGMA"))
    )
    if not leest:
        raise AuditOntbreektError("write through objects of the session (add, delete), not with a statement")


class Eenheid:
    """What a use case gets: the session, who acts, at which instant, and the audit log to write in."""

    def __init__(self, sessie: Schrijfsessie, actor: Actor, op: datetime) -> None:
        self.sessie = sessie
        self.actor = actor
        self.op = op
        self._regels: list[dict[str, Any]] = []
        self._begin = count_wijzigingen(sessie.connection())

    def audit(
        self,
        handeling: str,
        onderwerp: str,
        *,
        van: str | None = None,
        naar: str | None = None,
        reden: str = "",
        gegevens: Mapping[str, object] = {},
    ) -> None:
        """Record an act of this unit: what, on which object, from and to which status, and why.

        `gegevens` holds plain data (dates, amounts and ids allowed), never a BSN or the name of a
        client; a `reden` in which one may stand is refused. Written when the unit is committed, with the hashes of the
        records it wrote.
        """
        if not handeling or not onderwerp:
            raise ValueError("an audit row needs an act and an object")
        refuse_bsn(check_bsn("reden", reden))
        self._regels.append(
            {
                "handeling": str(handeling),
                "onderwerp": str(onderwerp),
                "van": None if van is None else str(van),
                "naar": None if naar is None else str(naar),
                "reden": reden,
                "gegevens": msgspec.to_builtins(dict(gegevens), order="sorted", str_keys=True),
            }
        )

    def list_handelingen(self) -> tuple[tuple[str, str, str | None], ...]:
        """What was recorded in this unit so far: (act, object, status it came to)."""
        return tuple((regel["handeling"], regel["onderwerp"], regel["naar"]) for regel in self._regels)

    def commit(self, werkelijk_op: datetime) -> Auditkop | None:
        """Write everything and the log at once; the new head of the log, None when nothing happened.

        Called by the store when the unit ends well, never by a service.
        """
        self.sessie.flush()
        if not self._regels and count_wijzigingen(self.sessie.connection()) != self._begin:
            raise AuditOntbreektError("records were changed without an audit row; nothing was stored")
        kop = None
        if self._regels:
            verbinding = self.sessie.connection()
            rijen = sorted(take_opnamen(verbinding, self.sessie.geraakt))
            wie = {"op": self.op, "werkelijk_op": werkelijk_op, "persoon": self.actor.persoon, "rol": self.actor.rol}
            regels = [{**wie, **regel, "rijen": []} for regel in self._regels]
            regels[-1]["rijen"] = [list(rij) for rij in rijen]
            kop = append_regels(verbinding, regels)
        self.sessie.commit()
        return kop
