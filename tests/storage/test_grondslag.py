"""The column types keep values honest, whoever writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from inkoop.storage.grondslag import Geld, JsonTekst, Tijdstip, enumkolom, format_json


class Kleur(StrEnum):
    ROOD = "rood"
    GROEN = "groen"


TABEL = sa.Table(
    "proef",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("op", Tijdstip),
    sa.Column("bedrag", Geld),
    sa.Column("gegevens", JsonTekst),
    sa.Column("kleur", enumkolom(Kleur)),
)


@pytest.fixture
def verbinding():
    engine = sa.create_engine("sqlite://")
    with engine.begin() as geopend:
        TABEL.create(geopend)
        yield geopend


def _keep(verbinding, **waarden) -> tuple[object, object]:
    """Write one value; (as it stands in the database, as it is read back)."""
    ((naam, waarde),) = waarden.items()
    verbinding.execute(sa.insert(TABEL).values({naam: waarde}))
    return (
        verbinding.exec_driver_sql(f"SELECT {naam} FROM proef").scalar(),
        verbinding.execute(sa.select(TABEL.c[naam])).scalar(),
    )


def test_an_instant_stands_in_utc_and_comes_out_in_utc(verbinding):
    amsterdam = datetime(2020, 3, 31, 23, 59, 59, tzinfo=ZoneInfo("Europe/Amsterdam"))
    kaal, terug = _keep(verbinding, op=amsterdam)
    assert kaal == "2020-03-31 21:59:59.000000"
    assert terug == datetime(2020, 3, 31, 21, 59, 59, tzinfo=UTC)
    assert terug.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(verbinding):
    with pytest.raises(sa.exc.StatementError, match="naive datetime refused"):
        _keep(verbinding, op=datetime(2020, 3, 31, 23, 59, 59))


@pytest.mark.parametrize(
    ("bedrag", "centen", "terug"),
    [(Decimal("1234.50"), 123450, "1234.50"), (Decimal("0.01"), 1, "0.01"), (Decimal(-5), -500, "-5.00")],
)
def test_an_amount_stands_in_whole_cents(verbinding, bedrag, centen, terug):
    kaal, gelezen = _keep(verbinding, bedrag=bedrag)
    assert (kaal, str(gelezen)) == (centen, terug)


@pytest.mark.parametrize("bedrag", [Decimal("0.001"), 12.5, 12, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_amount_in_cents_is_refused(verbinding, bedrag):
    with pytest.raises(sa.exc.StatementError, match="amount"):
        _keep(verbinding, bedrag=bedrag)


def test_plain_data_has_one_text(verbinding):
    kaal, terug = _keep(verbinding, gegevens={"b": [date(2020, 4, 1), Decimal("1.50")], "a": "é"})
    assert kaal == '{"a":"é","b":["2020-04-01","1.50"]}'
    assert terug == {"a": "é", "b": ["2020-04-01", "1.50"]}


@pytest.mark.parametrize("kolom", ["op", "bedrag", "gegevens", "kleur"])
def test_nothing_stays_nothing(verbinding, kolom):
    assert _keep(verbinding, **{kolom: None}) == (None, None)


def test_the_same_value_has_the_same_text_whatever_its_order():
    assert format_json({"b": 1, "a": {"d": 1, "c": 2}}) == format_json({"a": {"c": 2, "d": 1}, "b": 1})
    assert format_json({UUID(int=1): 1}) == '{"00000000-0000-0000-0000-000000000001":1}'


@pytest.mark.parametrize("waarde", [float("nan"), float("inf"), object()])
def test_what_json_cannot_hold_is_refused(waarde):
    with pytest.raises((TypeError, ValueError)):
        format_json({"a": waarde})


def test_an_enum_stands_by_its_value(verbinding):
    assert _keep(verbinding, kleur=Kleur.ROOD) == ("rood", Kleur.ROOD)


def test_a_value_outside_the_enum_is_refused_by_code_and_by_the_database(verbinding):
    with pytest.raises(sa.exc.StatementError, match="blauw"):
        _keep(verbinding, kleur="blauw")
    with pytest.raises(sa.exc.IntegrityError, match="CHECK"):
        verbinding.exec_driver_sql("INSERT INTO proef (kleur) VALUES ('blauw')")
