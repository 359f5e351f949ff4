"""A session that keeps at hand what is looked up again and again.

SQLAlchemy forgets a record as soon as nobody holds it, and reads it anew for whoever asks next. A round, its
procedure and its criteria are asked for at every application, and a definition is a text of a hundred pages.
Within one session they cannot change: a reader sees one moment, and there is one writer at a time.

Bron: project default; docs/metingen.md (rounds).
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.procedure import CriteriaeditieRow, ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow

VAST = (RondeRow, ProcedureRow, CriteriaeditieRow, AanmeldingRow)


class Winkelsessie(Session):
    """A session on a store; `vast` is what stays at hand until it ends."""

    def __init__(self, engine: sa.Engine, **keuzes: bool) -> None:
        super().__init__(engine, expire_on_commit=False, **keuzes)  # type: ignore[arg-type]
        self.vast: list[SQLModel] = []

    def expunge_all(self) -> None:
        """Forget every record, those at hand too: who walks through a large store keeps one dossier in memory."""
        super().expunge_all()
        self.vast.clear()


@sa.event.listens_for(Winkelsessie, "loaded_as_persistent")
def _keep(sessie: Winkelsessie, rij: SQLModel) -> None:
    if isinstance(rij, VAST):
        sessie.vast.append(rij)
