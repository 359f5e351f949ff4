"""What a store is: written once when it is made, never changed (storage/triggers).

Bron: ontwerp 2.8.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from inkoop.storage.grondslag import Tabel, Tijdstip, enumkolom
from inkoop.storage.momentopname import hash_rij, read_rijen


class Winkelsoort(StrEnum):
    """A real store accepts acts of this moment alone; a simulation accepts any instant."""

    ECHT = "echt"
    SIMULATIE = "simulatie"


class WinkelRow(Tabel, table=True):
    """The identity of the store; its hash is what the first audit row follows on."""

    __tablename__ = "winkel"

    id: UUID = Field(primary_key=True)
    soort: Winkelsoort = Field(sa_type=enumkolom(Winkelsoort))
    aangemaakt_op: datetime = Field(sa_type=Tijdstip)


WINKEL: sa.Table = WinkelRow.__table__  # type: ignore[attr-defined]


def hash_winkel(verbinding: Connection) -> str:
    """The hash of the store's identity; empty when there is none."""
    return next((hash_rij(rij) for _, rij in read_rijen(verbinding, WINKEL)), "")
