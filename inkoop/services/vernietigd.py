"""What was destroyed stays known by its name: who asks for it hears that, when and by which list.

Bron: B.7; issue retention (shown as destroyed, never a traceback).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, col, select

from inkoop.domain.kalender import format_dag, local_date
from inkoop.services.huis import NietGevondenError
from inkoop.storage.tabellen.archief import VernietigdeNaamRow, VernietigingRow

BUREN = 6
"""How many names before and after the one that is not there a message lists (project default)."""


class VernietigdError(NietGevondenError):
    """What was named is destroyed; the message says when and by which list."""

    def __init__(self, wat: str, naam: str, rij: VernietigingRow) -> None:
        super().__init__(wat, naam)
        dag = format_dag(local_date(rij.vernietigd_op))
        waarvan = "" if naam == rij.dossier else f", met dossier {rij.dossier}"
        self.args = (f"{wat} '{naam}' is vernietigd op {dag}{waarvan} (lijst {rij.lijst}). De inhoud is er niet meer.",)


def not_found(sessie: Session, wat: str, naam: str, bestaande: Iterable[str] = ()) -> NietGevondenError:
    """The error for something that is not there: destroyed, or never known (with what is)."""
    rij = find_vernietiging(sessie, naam)
    return NietGevondenError(wat, naam, bestaande) if rij is None else VernietigdError(wat, naam, rij)


def list_buren(sessie: Session, kolom: Any, naam: str) -> list[str]:
    """The names in this column that stand just before and after it: a table can hold tens of thousands."""
    voor = sessie.exec(select(kolom).where(kolom < naam).order_by(kolom.desc()).limit(BUREN))
    na = sessie.exec(select(kolom).where(kolom > naam).order_by(kolom).limit(BUREN))
    return [*voor, *na]


def find_vernietiging(sessie: Session, naam: str) -> VernietigingRow | None:
    """The destruction that took what was known by this name; None when it was not destroyed."""
    vraag = select(VernietigingRow).join(
        VernietigdeNaamRow, col(VernietigdeNaamRow.vernietiging_id) == VernietigingRow.id
    )
    return sessie.exec(vraag.where(VernietigdeNaamRow.naam == naam)).first()


def list_vernietigd(
    sessie: Session, *, ronde: str | None = None, procedure: str | None = None
) -> list[VernietigingRow]:
    """What was destroyed, by name; of one round or procedure when it is named."""
    vraag = select(VernietigingRow).order_by(col(VernietigingRow.dossier))
    if ronde is not None:
        vraag = vraag.where(VernietigingRow.ronde == ronde)
    if procedure is not None:
        vraag = vraag.where(VernietigingRow.procedure == procedure)
    return list(sessie.exec(vraag))
