"""What a database can refuse that is nobody's mistake: busy, full, gone. Each says what to do next.

    InkoopError
      WinkelBezetError            somebody else kept writing
      SchijfVolError              no room left, for records or for files
      DatabaseOnbereikbaarError   the database server does not answer
        DatabaseGeweigerdError    it answers, and does not let us in

Nothing of the unit of work was stored in any of these; a flow goes on where it was when it is started
again.

Bron: ontwerp 7.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from inkoop.domain.fouten import InkoopError


class WinkelBezetError(InkoopError):
    """Somebody else kept writing for so long that waiting was given up."""

    def __init__(self) -> None:
        super().__init__("Een andere gebruiker of taak is aan het schrijven. Probeer het over een minuut opnieuw.")


class SchijfVolError(InkoopError):
    """There is no room left on the disk of the store or of the database server."""

    def __init__(self) -> None:
        super().__init__(
            "De schijf is vol. Er is niets half opgeslagen. Maak ruimte op de schijf van de winkel (of van de"
            " databaseserver) en geef de opdracht of de flow daarna opnieuw; wat klaar is, blijft."
        )


class DatabaseOnbereikbaarError(InkoopError):
    """The database server does not answer, or stopped in the middle."""

    def __init__(self, waarom: str) -> None:
        super().__init__(
            f"De database is niet bereikbaar ({waarom}). Er is niets half opgeslagen. Kijk of de databaseserver draait"
            " en of INKOOP_DATABASE_URL klopt, en probeer het daarna opnieuw; wat klaar is, blijft."
        )


class DatabaseGeweigerdError(DatabaseOnbereikbaarError):
    """The database server answers, and does not let us in: no password, or a wrong one."""

    def __init__(self, waarom: str) -> None:
        InkoopError.__init__(
            self,
            f"De databaseserver laat ons niet binnen ({waarom}). Er is niets half opgeslagen. Kijk of de gebruiker in"
            " INKOOP_DATABASE_URL klopt en of zijn wachtwoord in ~/.pgpass staat (of in het bestand van PGPASSFILE, dat"
            " alleen u mag lezen), en probeer het daarna opnieuw; wat klaar is, blijft.",
        )


_BEZET_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_SNAPSHOT, sqlite3.SQLITE_LOCKED})
_BEZET_POSTGRES = frozenset({"55P03", "40001", "40P01"})
_VOL_POSTGRES = frozenset({"53100"})


def explain_fout(fout: DBAPIError) -> InkoopError | None:
    """The error that a person can do something with; None when it is a fault of the program."""
    code = getattr(fout.orig, "sqlite_errorcode", None)
    if code is not None:
        if code in _BEZET_SQLITE:
            return WinkelBezetError()
        return SchijfVolError() if code == sqlite3.SQLITE_FULL else None
    staat = getattr(fout.orig, "sqlstate", None)
    if staat in _BEZET_POSTGRES:
        return WinkelBezetError()
    if staat in _VOL_POSTGRES:
        return SchijfVolError()
    if isinstance(fout, OperationalError) and (staat is None or staat[:2] in {"08", "57"}):
        oorzaak = _name_oorzaak(fout)
        # A connection that never came to be has no code, so the words of the driver tell.
        geweigerd = any(woord in oorzaak for woord in ("password", "no pg_hba.conf entry", "authentication failed"))
        return DatabaseGeweigerdError(oorzaak) if geweigerd else DatabaseOnbereikbaarError(oorzaak)
    return None


def _name_oorzaak(fout: DBAPIError) -> str:
    """The first line of what the driver says; it names host and port, never a password."""
    return (str(fout.orig).strip().splitlines() or ["geen antwoord"])[0]


@contextmanager
def translate_databasefouten() -> Iterator[None]:
    """Let what a person can mend come out as an InkoopError; everything else as it is."""
    try:
        yield
    except DBAPIError as fout:
        if uitleg := explain_fout(fout):
            raise uitleg from fout
        raise
    except OSError as fout:
        if fout.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise SchijfVolError from fout
        raise
