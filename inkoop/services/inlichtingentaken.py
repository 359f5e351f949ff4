"""Questions and notas that wait for somebody, counted per round.

Bron: B.2.11, C.11; FE-3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from inkoop.domain.inlichtingen import Notastatus, Vraagstatus, last_nota
from inkoop.domain.persoon import Rol
from inkoop.services.taakregel import Taakregel, Werk, make_regel
from inkoop.services.taaksoort import Taaksoort
from inkoop.storage.grondslag import kale_sleutel
from inkoop.storage.tabellen.inlichtingen import NotaRow, VraagRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask

_SOORTEN: Sequence[tuple[Any, Vraagstatus | Notastatus, Taaksoort, str, Rol]] = (
    (VraagRow, Vraagstatus.ONTVANGEN, Taaksoort.VRAAG_BEANTWOORDEN, "Beantwoord vragen over de ronde", Rol.INKOPER),
    (NotaRow, Notastatus.CONCEPT, Taaksoort.NOTA_GOEDKEUREN, "Keur de nota van inlichtingen goed", Rol.JURIST),
    (NotaRow, Notastatus.AKKOORD, Taaksoort.NOTA_PUBLICEREN, "Publiceer de nota van inlichtingen", Rol.INKOPER),
)


def list_inlichtingen(werk: Werk) -> Iterator[Taakregel]:
    """Questions without an answer and notas before their next act."""
    for nummer, ronde, procedure, aantal in ask(werk.sessie, _vraag_inlichtingen()):
        _, _, soort, wat, rol = _SOORTEN[nummer]
        yield make_regel(soort, wat, ronde, {rol}, aantal, last_nota(werk.find_ronde(procedure, ronde)))


@cache
def _vraag_inlichtingen() -> Any:
    """All kinds in one question, each with its place in _SOORTEN."""
    delen = [
        sa.select(  # type: ignore[call-overload]
            sa.literal_column(str(nummer), sa.Integer).label("nummer"),
            RondeRow.kenmerk,
            kale_sleutel(RondeRow.procedure_id),
            sa.func.count(),
        )
        .join(tabel, tabel.ronde_id == RondeRow.id)
        .where(tabel.status == status)
        .group_by(RondeRow.kenmerk, RondeRow.procedure_id)
        for nummer, (tabel, status, *_) in enumerate(_SOORTEN)
    ]
    return sa.union_all(*delen)
