"""What is sealed until a round is opened: the public key of the round, and the envelopes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import Field

from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip, VersieTabel


class RondesleutelRow(Tabel, table=True):
    """The public key of a round (`publiek`, hexadecimal); the private one stands in the sleutelkast (FE-8)."""

    __tablename__ = "rondesleutel"

    ronde_id: UUID = Field(primary_key=True, foreign_key="ronde.id")
    publiek: str
    gemaakt_op: datetime = Field(sa_type=Tijdstip)


class VerzegelingRow(VersieTabel, table=True):
    """The envelopes of an aanmelding, each kept in the evidence store under the hash of the envelope.

    `enveloppen`: the first holds the answers, the others the files, in order. `kenteken` is the mark
    of who handed in (sleutelkast), `ontvangsthash` the sha256 of what is in the first envelope.
    `intrekking` is the envelope about a withdrawal. `ontzegeld_op` is None while it is sealed.
    """

    __tablename__ = "verzegeling"

    aanmelding_id: UUID = Field(primary_key=True, foreign_key="aanmelding.id")
    kenteken: str = Field(index=True)
    ontvangsthash: str
    enveloppen: list[Any] = Field(sa_type=JsonTekst)
    intrekking: str | None = None
    ontzegeld_op: datetime | None = Field(default=None, sa_type=Tijdstip)
