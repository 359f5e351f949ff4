"""Where the records of a store stand: in its own folder (SQLite), or in a PostgreSQL database.

    map/inkoop.db            the records themselves, or
    map/winkel.json          the card of a store whose records stand in PostgreSQL

The card holds the id of the store and no address: where the server is and who may enter is a setting
(INKOOP_DATABASE_URL) that differs from machine to machine. The id keeps a folder with evidence from
being used with the records of another store.

Bron: ontwerp 7 (other places by settings alone), 8 (secrets come from settings).
"""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from inkoop.domain.fouten import InkoopError

DATABASE = "inkoop.db"
KAARTJE = "winkel.json"


class WinkelOngeschiktError(InkoopError):
    """This folder cannot be used as a store (or not yet, or not by this version of the program)."""


class Kaartje(msgspec.Struct, frozen=True):
    """What stands in `winkel.json`."""

    winkel: UUID
    database: str = "postgresql"


def parse_url(tekst: str) -> sa.URL:
    """The address of a PostgreSQL database, with our driver. Raises WinkelOngeschiktError without the password."""
    try:
        url = sa.make_url(tekst)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in {"postgresql", "postgres"} or not url.database:
        raise WinkelOngeschiktError(
            "INKOOP_DATABASE_URL is geen adres van een PostgreSQL-database."
            " Schrijf bijvoorbeeld postgresql://gebruiker@server:5432/inkoop."
        )
    return url.set(drivername="postgresql+psycopg")


def find_database(map: Path, url: str | None) -> Path | sa.URL:  # noqa: A002 - a folder is a map
    """The database of an existing store; raises WinkelOngeschiktError that says what to do."""
    if (map / DATABASE).is_file():
        return map / DATABASE
    if not (map / KAARTJE).is_file():
        raise WinkelOngeschiktError(
            f"In {map} staat geen winkel ({DATABASE} ontbreekt). Wijs de map van een winkel aan of maak er een."
        )
    if url is None:
        raise WinkelOngeschiktError(
            f"De gegevens van de winkel in {map} staan in PostgreSQL. Zet INKOOP_DATABASE_URL op het adres daarvan."
        )
    return parse_url(url)


def check_kaartje(map: Path, winkel: UUID) -> None:  # noqa: A002
    """Refuse a folder whose card names another store than the database holds."""
    try:
        kaartje = msgspec.json.decode((map / KAARTJE).read_bytes(), type=Kaartje)
    except msgspec.DecodeError as fout:
        raise WinkelOngeschiktError(
            f"{map / KAARTJE} is niet te lezen. Zet een reservekopie van de map terug."
        ) from fout
    if kaartje.winkel != winkel:
        raise WinkelOngeschiktError(
            f"De map {map} hoort bij een andere winkel dan de database in INKOOP_DATABASE_URL."
            " Wijs de map of de database aan die erbij hoort."
        )


def check_gevuld(map: Path, versie: str | None) -> None:  # noqa: A002
    """Refuse a database without a schema (`versie` None); never advise to throw away a folder that holds anything.

    A folder with a card or with files belongs to a store that was finished: then the database is the wrong one,
    or its backup was not put back yet.
    """
    if versie is not None:
        return
    if (map / KAARTJE).exists():
        raise WinkelOngeschiktError(
            f"De database in INKOOP_DATABASE_URL is leeg, en de map {map} hoort bij een winkel die al gemaakt is. Wijs"
            " de database van die winkel aan, of zet eerst de reservekopie van de database terug. Ging het maken van"
            " deze winkel zelf mis, kies dan een nieuwe map."
        )
    if any(pad.is_file() for naam in ("bewijs", "documenten") for pad in (map / naam).rglob("*")):
        raise WinkelOngeschiktError(
            f"{map / DATABASE} is leeg, maar in de map staan wel bestanden. Zet de reservekopie van {DATABASE} terug."
        )
    raise WinkelOngeschiktError(
        f"De winkel in {map} is niet afgemaakt: er staat nog niets in. Verwijder de map en maak de winkel opnieuw."
    )


def write_kaartje(map: Path, winkel: UUID) -> None:  # noqa: A002
    """Leave the card of a new store."""
    (map / KAARTJE).write_bytes(msgspec.json.encode(Kaartje(winkel)) + b"\n")


def read_stempel(map: Path) -> int:  # noqa: A002
    """A number that differs when another store was made in the same folder; 0 when there is none."""
    for naam in (DATABASE, KAARTJE):
        if (map / naam).exists():
            return (map / naam).stat().st_ino
    return 0


def check_server(verbinding: sa.Connection) -> None:
    """Refuse a PostgreSQL database that would order or keep text in another way than we count on."""
    if verbinding.dialect.name != "postgresql":
        return
    # Since PostgreSQL 15 (of the server, not the client) a database may order by ICU, whatever its LC_COLLATE says;
    # as JSON the row can be asked of a server of before, which has no such column.
    codering, volgorde, soort = verbinding.exec_driver_sql(
        "SELECT pg_encoding_to_char(encoding), datcollate, to_json(d)->>'datlocprovider'"
        " FROM pg_database d WHERE datname = current_database()"
    ).one()
    if soort == "i":
        volgorde = "ICU (de regels van een taal)"
    if codering != "UTF8" or volgorde not in {"C", "POSIX", "C.UTF-8", "C.utf8"}:
        raise WinkelOngeschiktError(
            f"Deze database heeft codering {codering} en sorteert volgens {volgorde}; dan komen lijsten en nummers in"
            " een andere volgorde dan op een andere computer. Maak de database zo: CREATE DATABASE inkoop TEMPLATE"
            " template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'."
        )
