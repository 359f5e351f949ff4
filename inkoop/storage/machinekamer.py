"""Writing the records of the machinery: which ticks are due, who works on what, who is signed in.

No act of a person and no evidence: these records change without an audit row, and only these. Everything
else is written in a unit of work (storage/eenheid).
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session

TECHNISCH = frozenset({"tik", "werkslot", "aandrijfstand", "websessie", "klad", "post", "tokengebruik", "inlogpoging"})
"""The tables of the machinery: what is due, who works, who is signed in, what was typed, what mail goes out."""


class Machinesessie(Session):
    """A session that writes only records of the machinery."""

    def __init__(self, engine: sa.Engine) -> None:
        super().__init__(engine, expire_on_commit=False)


@sa.event.listens_for(Machinesessie, "before_flush")
def _refuse_bewijs(sessie: Machinesessie, _context: UOWTransaction, _objecten: object) -> None:
    for object_ in [*sessie.new, *sessie.dirty, *sessie.deleted]:
        tabel = str(sa.inspect(object_).mapper.local_table)
        if tabel not in TECHNISCH:
            raise RuntimeError(f"a record of '{tabel}' is written in a unit of work, with an audit row")
