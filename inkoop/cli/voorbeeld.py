"""An example to practise with: the aanmelding of a scenario as files that can be handed in.

Bron: project default; F.1 (the cases are invented).
"""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.regelkast import is_pad, open_regelkast
from inkoop.cli.scenariocontrole import SCENARIOMAP
from inkoop.definitions.scenario import load_scenario
from inkoop.definitions.suggestie import suggest
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.fouten import InkoopError

AANMELDINGSBESTAND = "aanmelding.yaml"
_DAG = re.compile(r"\d{4}-\d{2}-\d{2}")


class MapNietLeegError(InkoopError):
    """A folder that holds something already is never written over."""


class OnbekendScenarioError(InkoopError):
    """There is no scenario of this name."""


def find_scenario(naam: str) -> Path:
    """A scenario file by its path, or as set/zaak under the criteria folder."""
    if is_pad(naam):
        return Path(naam)
    criteria = open_regelkast().omgeving.criteria
    paden = {f"{pad.parent.parent.name}/{pad.stem}": pad for pad in sorted(criteria.glob(f"*/{SCENARIOMAP}/*.yaml"))}
    if naam not in paden:
        raise OnbekendScenarioError(f"Er is geen scenario '{naam}'.{suggest(naam, paden)}")
    return paden[naam]


def write_voorbeeld(scenario: Path, naar: Path) -> tuple[str, ...]:
    """Write the aanmeldingsbestand and its evidence; gives the names, the aanmeldingsbestand first.

    Raises MapNietLeegError when the folder holds something.
    """
    if naar.exists() and (not naar.is_dir() or any(naar.iterdir())):
        raise MapNietLeegError(f"{naar} bestaat al en is niet leeg. Noem een nieuwe map; er is niets geschreven.")
    opgave = load_scenario(scenario)[0].aanmelding
    waarden = {naam: w for naam, w in read_yaml(scenario).waarde["aanmelding"].items() if naam != "ontvangen_op"}
    bestanden = {
        AANMELDINGSBESTAND: _format_yaml(_write_dagen(waarden)),
        **make_bestanden(opgave, opgave.bewijsstukken),
    }
    naar.mkdir(parents=True, exist_ok=True)
    for naam, inhoud in bestanden.items():
        (naar / naam).write_bytes(inhoud)
    return tuple(bestanden)


def _write_dagen(waarde: Any) -> Any:
    """The same values with days as days, so that they are written without quotes."""
    if isinstance(waarde, dict):
        return {sleutel: _write_dagen(deel) for sleutel, deel in waarde.items()}
    if isinstance(waarde, list):
        return [_write_dagen(deel) for deel in waarde]
    if isinstance(waarde, str) and _DAG.fullmatch(waarde):
        return date.fromisoformat(waarde)
    return waarde


def _format_yaml(waarden: object) -> bytes:
    """Plain values as a file in the dialect of the product: every text that could be read otherwise is quoted."""
    yaml = YAML(typ="rt", pure=True)
    yaml.version = (1, 2)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 110
    buffer = io.BytesIO()
    yaml.dump(waarden, buffer)
    # The directive that ruamel writes for a version is not read back.
    return buffer.getvalue().replace(b"%YAML 1.2\n---\n", b"")
