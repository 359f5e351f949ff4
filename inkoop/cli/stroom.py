"""Finding and running flows: the product knows them by name, never by import.

Bron: ontwerp 3 (`inkoop/` never imports flows), 2.1.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from importlib.metadata import entry_points
from pathlib import Path

from inkoop.domain.fouten import InkoopError
from inkoop.domain.procedure import Fase
from inkoop.services.fasewerk import Tikverslag

GROEP = "inkoop.flows"
Stroom = Callable[..., Awaitable[Tikverslag]]

RUSTIG = {
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "90",
    # Without a bigger batch the server writes each task state on its own and answers slowly.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "50",
    "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "50",
}
"""Settings for runs in this process; what stands in the environment already wins."""


class OnbekendeStroomError(InkoopError):
    """A flow that is not installed."""


def prepare_prefect(thuis: Path) -> None:
    """Set Prefect's surroundings before it is imported: its own folder, few words."""
    thuis.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("PREFECT_HOME", str(thuis))
    if "PREFECT_API_URL" not in os.environ:
        # The server is in this process and speaks plain http: loading all certificates for each client is waste.
        os.environ.setdefault("PREFECT_API_TLS_INSECURE_SKIP_VERIFY", "true")
    for naam, waarde in RUSTIG.items():
        os.environ.setdefault(naam, waarde)


def list_stromen() -> tuple[str, ...]:
    """The names of the flows, in the order of the fasen."""
    bekend = {punt.name for punt in entry_points(group=GROEP)}
    return tuple(fase for fase in Fase if fase in bekend)


def load_stroom(naam: str) -> Stroom:
    """The flow with this name."""
    for punt in entry_points(group=GROEP):
        if punt.name == naam:
            stroom: Stroom = punt.load()
            return stroom
    raise OnbekendeStroomError(f"De flow '{naam}' bestaat niet. Wel: {', '.join(list_stromen())}.")


def name_onderwerp(naam: str) -> str:
    """The parameter that says what a flow is about: a procedure, or a round."""
    return "procedure" if Fase(naam) in (Fase.VOORBEREIDEN, Fase.PUBLICEREN) else "ronde"
