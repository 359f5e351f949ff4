"""What a person saw of a record when the page was opened, compared inside the unit of work that writes.

Two people open the same page. The first writes; the second is told who did and when, before anything is overwritten
or written twice, and may then go on knowing it. A page carries a mark of what it showed; nothing else that a browser
sends is believed here. What a status guards already (approved, sent, settled: once) needs no mark.

Bron: issue web application ("two people editing the same thing are told; nothing typed is lost").
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import TIJDZONE, format_dag
from inkoop.domain.persoon import SYSTEEM
from inkoop.domain.toegang import Handeling
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.tabellen.persoon import PersoonRow


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a record: the lines that people read of it (label, text), and who wrote it last, and when.

    Who and when are in the record, or else in the log: `zoek` looks there, and only when it has to be said.
    `sleutel` tells two states apart that read the same, such as two passwords; it is shown to nobody.
    """

    regels: tuple[tuple[str, str], ...]
    door: str = ""
    op: datetime | None = None
    sleutel: str = ""
    zoek: Callable[[Session], AuditRow | None] | None = None

    @property
    def merk(self) -> str:
        """A mark of exactly this; equal for what reads the same."""
        return hashlib.sha256(msgspec.json.encode((self.regels, self.sleutel))).hexdigest()[:32]


Kijk = Callable[[Session], Stand]
"""Reads what stands in a record now."""


class IntussenGewijzigdError(InkoopError):
    """Somebody wrote since this person looked: `stand` is what stands there now. Nothing was written."""

    def __init__(self, stand: Stand, naam: str) -> None:
        self.stand = stand
        wanneer = "intussen"
        if stand.op is not None:
            op = stand.op.astimezone(TIJDZONE)
            wanneer = f"op {format_dag(op.date())} om {op:%H.%M} uur"
        super().__init__(
            f"{naam} heeft dit gewijzigd {wanneer}, nadat u deze bladzijde opende. Er is nog niets bewaard. "
            "Lees wat er nu staat en verander zo nodig uw tekst. Wilt u doorgaan? Druk dan nog een keer op de knop."
        )


@dataclass(frozen=True)
class Gezien:
    """The mark that a page carried, and how to read what stands there now."""

    merk: str
    kijk: Kijk

    def check(self, sessie: Session) -> None:
        """Refuse when something else stands there now. Raises IntussenGewijzigdError."""
        stand = self.kijk(sessie)
        if stand.merk == self.merk:
            return
        if stand.zoek is not None and (laatste := stand.zoek(sessie)) is not None:
            stand = msgspec.structs.replace(stand, door=laatste.persoon, op=laatste.op)
        rij = sessie.get(PersoonRow, stand.door) if stand.door else None
        raise IntussenGewijzigdError(stand, _NAMEN.get(stand.door, "Iemand anders") if rij is None else rij.naam)


_NAMEN = {SYSTEEM: "Het systeem"}


def search_log(onderwerp: str, *handelingen: Handeling) -> Callable[[Session], AuditRow | None]:
    """Looks for the last row in the audit log about one of these acts on an object (empty: on any)."""

    def zoek(sessie: Session) -> AuditRow | None:
        vraag = select(AuditRow).where(col(AuditRow.handeling).in_([een.value for een in handelingen]))
        if onderwerp:
            # An object and what belongs to it: a round with its applications.
            vraag = vraag.where(
                (col(AuditRow.onderwerp) == onderwerp)
                | col(AuditRow.onderwerp).startswith(f"{onderwerp}-", autoescape=True)
            )
        return sessie.exec(vraag.order_by(col(AuditRow.volgnummer).desc()).limit(1)).first()

    return zoek


def format_moment(op: datetime) -> str:
    """An instant as people write it: `31 maart 2020, 14.30 uur`."""
    hier = op.astimezone(TIJDZONE)
    return f"{format_dag(hier.date())}, {hier:%H.%M} uur"
