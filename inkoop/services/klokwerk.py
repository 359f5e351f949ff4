"""What a flow that runs by the clock does before it starts what is due: in Prefect and from the command line alike.

Bron: ontwerp 2.1, 9; docs/adr/0017.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from inkoop.services import aandrijving, bewaking, momenten, vernietigen
from inkoop.services.huis import Huis, Optreden
from inkoop.services.momenten import Termijntaak

Begin = Callable[[Huis, Optreden, str, datetime], list[str]]
"""Called with the house, the system as actor, what the flow is about, and the instant; what was done, in sentences."""


def watch(huis: Huis, door: Optreden, nu: datetime) -> tuple[list[str], tuple[Termijntaak, ...]]:
    """Report what contracts ask for; the sentences, and the tasks that are late or due within two weeks."""
    meldingen = [*bewaking.watch(huis, door), *vernietigen.resume(huis, door)]
    taken = momenten.list_termijntaken(huis, nu)
    return [*meldingen, *map(str, taken)], taken


def _watch(huis: Huis, door: Optreden, _: str, nu: datetime) -> list[str]:
    return watch(huis, door, nu)[0]


def _cycle(huis: Huis, _: Optreden, procedure: str, nu: datetime) -> list[str]:
    aandrijving.request_cyclus(huis, procedure, nu)
    return momenten.describe_cyclus(huis, procedure, nu)


def _instroom(huis: Huis, _: Optreden, procedure: str, nu: datetime) -> list[str]:
    return momenten.describe_rondes(huis, procedure, nu)


BEGIN: Mapping[str, Begin] = {
    "instroom": _instroom,
    "addendumcyclus": _cycle,
    "bewaking": _watch,
    "verzoening": lambda *_: [],
}
"""By flow; services/flowstart says what each is about."""
