"""Prefect's server of one command, as a process that never outlives it.

    python -m inkoop.cli.prefectserver UVICORN-KEUZES

Its standard input is a pipe that the command holds open and never writes to. When the command ends in whatever
way, killed too, the pipe closes, and the server stops: it would otherwise stay until the machine is switched off.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from importlib import import_module

APP = "prefect.server.api.server:create_app"


def main() -> None:
    """Serve until the command is gone."""
    threading.Thread(target=_await_einde, daemon=True).start()
    import_module("uvicorn").main([*sys.argv[1:], "--factory", APP])


def _await_einde() -> None:
    """Wait for the end of the command. Nothing here is worth a slow goodbye: what counts is in our own records."""
    while sys.stdin.buffer.read(4096):
        pass
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
