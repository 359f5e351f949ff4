"""How a command ends: an exit code and one Dutch message, never a traceback.

    0    done, and nothing is wrong
    1    something is wrong that a person can mend (InkoopError, a file that cannot be read or written)
    2    the command was typed wrong
    70   something that nobody expected; the details stand in a file
    130  stopped from the keyboard, or asked to stop (SIGTERM)

Bron: project default (70 and 130 are the usual codes for a fault in a program and an interrupt).
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import typer
from typer._click.exceptions import ClickException, NoArgsIsHelpError

from inkoop.cli.gebruiksfout import describe_gebruiksfout
from inkoop.domain.fouten import InkoopError

VERKEERD = 1
GEBRUIK = 2
ONVERWACHT = 70
GESTOPT = 130


class OnderbrokenError(InkoopError):
    """Somebody stopped the command; the message says what stands and how to go on."""


_BESTANDSFOUTEN: Mapping[int, str] = {
    errno.ENOENT: "{pad} bestaat niet.",
    errno.EACCES: "{pad} kan niet worden gelezen of geschreven: u hebt er geen rechten voor.",
    errno.EPERM: "{pad} kan niet worden gelezen of geschreven: u hebt er geen rechten voor.",
    errno.EROFS: "{pad} kan niet worden geschreven: de schijf is alleen te lezen.",
    errno.EISDIR: "{pad} is een map; hier hoort een bestand.",
    errno.ENOTDIR: "{pad} is geen map.",
    errno.ENOSPC: "{pad} kan niet worden geschreven: de schijf is vol. Maak ruimte en probeer het opnieuw.",
    errno.EEXIST: "{pad} bestaat al.",
}


def end_of_run(opdracht: Callable[[], object]) -> int:
    """Run and give the exit code; whatever goes wrong becomes a Dutch message on stderr."""
    try:
        uitkomst = opdracht()
    except NoArgsIsHelpError:
        return GEBRUIK
    except ClickException as fout:
        return _report_gebruik(fout)
    except typer.Abort as fout:
        _print("Afgebroken.")
        return GESTOPT if isinstance(fout.__cause__, KeyboardInterrupt) else VERKEERD
    except OnderbrokenError as fout:
        _print(str(fout))
        return GESTOPT
    except InkoopError as fout:
        _print(str(fout))
        return VERKEERD
    except OSError as fout:
        tekst = _BESTANDSFOUTEN.get(fout.errno or 0)
        if tekst is None or fout.filename is None:
            return _report_onverwacht(fout)
        _print(tekst.format(pad=f"'{os.fsdecode(fout.filename)}'"))
        return VERKEERD
    except Exception as fout:  # noqa: BLE001 -- the last line of defence: a message for people, details in a file
        return _report_onverwacht(fout)
    return uitkomst if isinstance(uitkomst, int) and not isinstance(uitkomst, bool) else 0


def _print(tekst: str) -> None:
    """One message on stderr; written as it is, so that file:line:column stays usable for an editor."""
    sys.stderr.write(tekst + "\n")


def _report_gebruik(fout: ClickException) -> int:
    """Say what was typed wrong and where the explanation is."""
    _print(f"Fout: {describe_gebruiksfout(fout)}")
    ctx = getattr(fout, "ctx", None)
    if ctx is not None:
        _print(ctx.get_usage())
        _print(f"Uitleg: {ctx.command_path} --help")
    return GEBRUIK


def _report_onverwacht(fout: BaseException) -> int:
    """Write the details to a file and say in one sentence what to do with it."""
    soort = type(fout).__name__
    try:
        pad = write_foutverslag(fout, datetime.now(UTC))
    except OSError:
        _print(f"Er ging iets mis dat niemand verwachtte ({soort}), en het foutverslag kon niet worden bewaard.")
        return ONVERWACHT
    _print(
        f"Er ging iets mis dat niemand verwachtte ({soort}). Wat er gebeurde staat in {pad}. "
        "Geef dat bestand aan uw beheerder; er staan geen persoonsgegevens in."
    )
    return ONVERWACHT


def write_foutverslag(fout: BaseException, op: datetime) -> Path:
    """Write where it went wrong: kinds of errors and lines of code, no messages and no arguments.

    Messages and arguments may hold names or numbers of people, and those never go into a log.
    Bron: ontwerp 8.
    """
    regels = [f"inkoop, {op.isoformat(timespec='seconds')}, Python {sys.version.split()[0]}"]
    volgende: BaseException | None = fout
    while volgende is not None:
        regels.append(f"{type(volgende).__module__}.{type(volgende).__qualname__}")
        regels += [
            f"  {stap.filename}:{stap.lineno} in {stap.name}" for stap in traceback.extract_tb(volgende.__traceback__)
        ]
        volgende = volgende.__cause__ or (None if volgende.__suppress_context__ else volgende.__context__)
    fd, naam = tempfile.mkstemp(prefix=f"fout-{op:%Y%m%dT%H%M%S}-", suffix=".log", dir=_map_for_verslagen(), text=True)
    with os.fdopen(fd, "w", encoding="utf-8") as bestand:
        bestand.write("\n".join(regels) + "\n")
    return Path(naam)


def _map_for_verslagen() -> Path:
    """The user's folder for state of programs; the temporary folder where that cannot be made."""
    basis = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    plek = Path(basis) / "inkoop"
    try:
        plek.mkdir(parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.gettempdir())
    return plek
