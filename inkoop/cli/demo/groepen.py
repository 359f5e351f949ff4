"""Which scenarios are played together: the same round, the same variant, the same published choices.

Bron: ontwerp 9 (variants are played in stores of their own).
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from inkoop.domain.scenario import Criteriumafwijking, Scenario


class Spelgroep(msgspec.Struct, frozen=True, kw_only=True):
    """Scenarios of one round that share a store; `naam` is the name of its folder."""

    naam: str
    procedure: str
    ronde: str
    variant: str
    afwijkingen: tuple[Criteriumafwijking, ...]
    scenarios: tuple[Scenario, ...]


def group_scenarios(scenarios: Iterable[Scenario]) -> tuple[Spelgroep, ...]:
    """Group by procedure, round, variant and deviation; the main variant comes first."""
    groepen: dict[tuple[str, str, str, tuple[Criteriumafwijking, ...]], list[Scenario]] = {}
    for scenario in sorted(scenarios, key=lambda s: (s.variant, len(s.afwijkingen), s.zaak)):
        sleutel = (scenario.procedure, scenario.ronde, scenario.variant, scenario.afwijkingen)
        groepen.setdefault(sleutel, []).append(scenario)
    namen = _name_groepen(list(groepen))
    return tuple(
        Spelgroep(
            naam=naam,
            procedure=sleutel[0],
            ronde=sleutel[1],
            variant=sleutel[2],
            afwijkingen=sleutel[3],
            scenarios=tuple(leden),
        )
        for naam, (sleutel, leden) in zip(namen, groepen.items(), strict=True)
    )


def _name_groepen(sleutels: list[tuple[str, str, str, tuple[Criteriumafwijking, ...]]]) -> list[str]:
    """A folder name per group: the variant, with the round and a number where that is not enough."""
    rondes = {ronde for _, ronde, _, _ in sleutels}
    namen: list[str] = []
    for _, ronde, variant, afwijkingen in sleutels:
        keuzes = [keuze for afwijking in afwijkingen for keuze in (afwijking.ervaring_bereik, afwijking.groep) if keuze]
        keuze = "-".join(keuzes).replace("_", "-")
        delen = [ronde] if len(rondes) > 1 else []
        naam = "-".join([*delen, f"variant-{variant}", *([keuze] if keuze else [])])
        namen.append(naam if naam not in namen else f"{naam}-{len(namen)}")
    return namen
