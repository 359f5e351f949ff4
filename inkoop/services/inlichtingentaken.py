"""Questions and notas that wait for somebody, counted per round.

Bron: B.2.11, C.11; FE-3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import col, func, select

from inkoop.domain.inlichtingen import Notastatus, Vraagstatus, last_nota
from inkoop.domain.persoon import Rol
from inkoop.services.taakregel import Taakregel, Werk, make_regel
from inkoop.services.taaksoort import Taaksoort
from inkoop.storage.tabellen.inlichtingen import NotaRow, VraagRow
from inkoop.storage.tabellen.ronde import RondeRow

_SOORTEN: Sequence[tuple[Any, Vraagstatus | Notastatus, Taaksoort, str, Rol]] = (
    (VraagRow, Vraagstatus.ONTVANGEN, Taaksoort.VRAAG_BEANTWOORDEN, "Beantwoord vragen over de ronde", Rol.INKOPER),
    (NotaRow, Notastatus.CONCEPT, Taaksoort.NOTA_GOEDKEUREN, "Keur de nota van inlichtingen goed", Rol.JURIST),
    (NotaRow, Notastatus.AKKOORD, Taaksoort.NOTA_PUBLICEREN, "Publiceer de nota van inlichtingen", Rol.INKOPER),
)


def list_inlichtingen(werk: Werk) -> Iterator[Taakregel]:
    """Questions without an answer and notas before their next act."""
    for tabel, status, soort, wat, rol in _SOORTEN:
        vraag = (
            select(RondeRow.kenmerk, RondeRow.procedure_id, func.count())
            .join(tabel, tabel.ronde_id == RondeRow.id)
            .where(tabel.status == status)
            .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id))
        )
        for ronde, procedure, aantal in werk.sessie.exec(vraag):
            yield make_regel(soort, wat, ronde, {rol}, aantal, last_nota(werk.find_ronde(procedure, ronde)))
