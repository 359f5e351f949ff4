"""What the web application keeps: passwords, tokens of programs, who is signed in, what was typed and not sent.

An account and a token are records like any other. Sessions, drafts and when a token was last used are
working records: they come and go, prove nothing, and stand outside the audit log (storage/machinekamer).
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


class TokenRow(VersieTabel, table=True):
    """A token with which a program acts as a person in one role; `hash` is the sha256 of the token, never the token.

    `bereik` are values of services/tokens.Bereik; from `geldig_tot` on it is worth nothing.
    """

    __tablename__ = "token"

    kenmerk: str = Field(primary_key=True)
    hash: str = Field(unique=True)
    persoon: str = Field(foreign_key="persoon.id", index=True)
    rol: str
    bereik: list[Any] = Field(sa_type=JsonTekst)
    doel: str
    uitgegeven_door: str
    uitgegeven_op: datetime = Field(sa_type=Tijdstip)
    geldig_tot: datetime = Field(sa_type=Tijdstip)
    ingetrokken_door: str | None = None
    ingetrokken_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class TokengebruikRow(Tabel, table=True):
    """When a token was last used, to some minutes: a working record."""

    __tablename__ = "tokengebruik"

    kenmerk: str = Field(primary_key=True)
    gebruikt_op: datetime = Field(sa_type=Tijdstip)


class AgendasleutelRow(VersieTabel, table=True):
    """The secret in the address of one's own agenda; `hash` is the sha256 of it, never the secret.

    One for each person: a new one takes the place of the last. From `ingetrokken_op` on it is worth nothing.
    """

    __tablename__ = "agendasleutel"

    persoon: str = Field(primary_key=True, foreign_key="persoon.id")
    hash: str = Field(unique=True)
    gemaakt_op: datetime = Field(sa_type=Tijdstip)
    ingetrokken_op: datetime | None = Field(default=None, sa_type=Tijdstip)


class WebsessieRow(Tabel, table=True):
    """Somebody who is signed in, in one role. `id` is the sha256 of the token in the cookie.

    `bron` is the source through which (tabellen/inlog); None is an account of our own.
    """

    __tablename__ = "websessie"

    id: str = Field(primary_key=True)
    persoon: str = Field(index=True)
    rol: str
    begonnen_op: datetime = Field(sa_type=Tijdstip)
    gebruikt_op: datetime = Field(sa_type=Tijdstip, index=True)
    bron: str | None = None


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
