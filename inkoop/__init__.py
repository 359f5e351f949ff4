"""Workflow engine for procurement procedures in the social domain (Wmo, Jeugdwet).

Importing the package switches off usage reporting in the libraries used, so that it is off in
whichever way the product is started.
"""

import os
from collections.abc import Mapping
from typing import Final

GEEN_TELEMETRIE: Final[Mapping[str, str]] = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
}
"""Variables that keep libraries from reporting about their use; an administrator's own choice stays."""

# Here and not later: Prefect reports the first time that it is imported.
for _naam, _waarde in GEEN_TELEMETRIE.items():
    os.environ.setdefault(_naam, _waarde)
