"""What the web application keeps: who may sign in with a password, who is signed in, what was typed and not sent.

An account is a record like any other. Sessions and drafts are working records: they come and go, prove
nothing, and stand outside the audit log (storage/machinekamer).
"""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from inkoop.storage.grondslag import JsonTekst, Tabel, Tijdstip, VersieTabel


class AccountRow(VersieTabel, table=True):
    """A password for a person; `wachtwoord` is its argon2 hash, never the word itself."""

    __tablename__ = "account"

    persoon: str = Field(primary_key=True, foreign_key="persoon.id")
    wachtwoord: str
    gewijzigd_op: datetime = Field(sa_type=Tijdstip)


class WebsessieRow(Tabel, table=True):
    """Somebody who is signed in, in one role. `id` is the sha256 of the token in the cookie."""

    __tablename__ = "websessie"

    id: str = Field(primary_key=True)
    persoon: str = Field(index=True)
    rol: str
    begonnen_op: datetime = Field(sa_type=Tijdstip)
    gebruikt_op: datetime = Field(sa_type=Tijdstip, index=True)


class KladRow(VersieTabel, table=True):
    """What was filled in and not sent yet, per form and object; `inhoud` is an envelope (services/kladden).

    `persoon` is a mark of the legal person that it belongs to: the database alone does not tell who it is.
    """

    __tablename__ = "klad"

    persoon: str = Field(primary_key=True)
    formulier: str = Field(primary_key=True)
    onderwerp: str = Field(primary_key=True)
    inhoud: dict[str, Any] = Field(sa_type=JsonTekst)
    gewijzigd_op: datetime = Field(sa_type=Tijdstip)
