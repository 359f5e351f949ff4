"""The base of every table: naming of constraints and the column types that keep values honest.

Table modules stand in `inkoop/storage/tabellen/` and must not use
`from __future__ import annotations` (SQLModel reads the annotations while the class is built).

    class AanmeldingRow(VersieTabel, table=True):
        __tablename__ = "aanmelding"
        id: UUID = Field(primary_key=True)
        ontvangen_op: datetime = Field(sa_type=Tijdstip)
        bedrag: Decimal = Field(sa_type=Geld)
        gegevens: dict[str, Any] = Field(sa_type=JsonTekst)
        status: Status = Field(sa_type=enumkolom(Status))
"""

import json
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import Field, SQLModel

ENUMLENGTE = 64
"""Every enum column is VARCHAR(64), so that a longer value later changes a check and no type."""


def _name_kolom(constraint: sa.Constraint, table: sa.Table) -> str:  # noqa: ARG001 - SQLAlchemy gives both
    """Put the column in the name of an enum's check, so that two columns of one enum do not clash."""
    if getattr(constraint, "_type_bound", False) and isinstance(constraint, sa.CheckConstraint):
        return f"{next(iter(constraint.columns)).name}_"
    return ""


NAAMGEVING: dict[str, Any] = {
    "kolom": _name_kolom,
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(kolom)s%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Constraint names: the same in metadata, in migrations and in both databases."""

METADATA = sa.MetaData(naming_convention=NAAMGEVING)


class Tabel(SQLModel, registry=registry(metadata=METADATA)):
    """Base of every table. Metadata of our own: Prefect's tables can never mix with ours."""

    metadata: ClassVar[sa.MetaData] = METADATA


class VersieTabel(Tabel):
    """A table with optimistic locking: a write on a row that somebody else changed is refused.

    The stale write raises `sqlalchemy.orm.exc.StaleDataError` at flush; the unit of work turns it
    into a GelijktijdigeWijzigingError.
    """

    versie: int = Field(default=1, nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.versie}  # type: ignore[attr-defined]


class Tijdstip(sa.types.TypeDecorator[datetime]):
    """An instant. Goes in aware (any zone), stands in the database as UTC, comes out aware UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive datetime: nobody can say which instant it is."""
        if value is None:
            return None
        if value.tzinfo is None or value.utcoffset() is None:
            raise ValueError(f"naive datetime refused: {value!r}; give it a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Geld(sa.types.TypeDecorator[Decimal]):
    """An amount in euro: Decimal with two decimals in code, whole cents in the database."""

    impl = sa.BigInteger()
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Refuse what is no Decimal (a float rounds silently) and what has a part of a cent."""
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            raise ValueError(f"amount must be a finite Decimal, not {value!r}")
        centen = value.scaleb(2)
        if centen != centen.to_integral_value():
            raise ValueError(f"amount has a part of a cent: {value}")
        return int(centen)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Give the amount back with two decimals."""
        return None if value is None else Decimal(value).scaleb(-2)


class JsonTekst(sa.types.TypeDecorator[Any]):
    """Plain data as JSON text; the same value always gives the same text. None is SQL NULL."""

    impl = sa.Text()
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the value in its one form (`format_json`)."""
        return None if value is None else format_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read plain data: dates, amounts and ids come back as the strings they were written as."""
        return None if value is None else json.loads(value)


def format_json(value: Any) -> str:
    """One text for one value: sorted keys, no spaces, no NaN; structs, dates, Decimals allowed.

    Raises TypeError or ValueError for what JSON cannot hold.
    """
    kaal = msgspec.to_builtins(value, order="sorted", str_keys=True)
    return json.dumps(kaal, allow_nan=False, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def enumkolom(soort: type[StrEnum]) -> Any:
    """Column type for a Dutch enum: its value as text, with a check in the database.

    Any, since `Field(sa_type=...)` is annotated to take only classes.
    """
    return sa.Enum(
        soort,
        name=soort.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=ENUMLENGTE,
        values_callable=lambda enum: [lid.value for lid in enum],
    )


def index_open(naam: str, voorwaarde: str, *kolommen: str) -> sa.Index:
    """An index of the few rows that still ask for work; only a question that says so in the same words follows it.

    Of all rows a status tells little, and SQLite, which does not count, would follow such an index where another leads
    to far fewer rows.
    """
    return sa.Index(naam, *kolommen, sqlite_where=sa.text(voorwaarde), postgresql_where=sa.text(voorwaarde))


def is_een_van(kolom: Any, *waarden: Any) -> sa.ColumnElement[bool]:
    """That a column has one of these values, written out as `index_open` has them."""
    tekst = [str(waarde).replace("'", "''") for waarde in waarden]
    return kolom.in_([sa.literal_column(f"'{een}'") for een in tekst])  # type: ignore[no-any-return]


def kale_sleutel(kolom: Any) -> Any:
    """A column with an id as the driver gives it, to compare with another: making a UUID takes longer than its row."""
    return sa.type_coerce(kolom, sa.String())
