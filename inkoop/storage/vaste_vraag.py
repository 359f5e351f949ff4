"""Questions that are built once and asked often, of columns: what a page costs is mostly the building of its questions.

SQLAlchemy keeps the text of a question with the object that was built; building it anew takes two to four times as long
as asking it. So a question stands in a function of its own under `functools.cache`, with `bindparam` for what differs:

    @cache
    def _vraag_rondes() -> Any:
        return select(RondeRow.id, RondeRow.kenmerk).where(RondeRow.procedure_id == sa.bindparam("procedure"))

    for id_, kenmerk in ask(sessie, _vraag_rondes(), procedure=procedure_id):

Bron: ontwerp 9 (figures of the web application).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session


def ask(sessie: Session, vraag: Any, /, **waarden: Any) -> Sequence[Any]:
    """The rows of a question about columns, never about whole records: those come from `Session.exec`.

    It passes by what a session does for records, and sees what was changed in the session and not written yet.
    """
    if sessie.autoflush and (sessie.new or sessie.dirty or sessie.deleted):
        sessie.flush()
    return sessie.connection().execute(vraag, waarden).all()
