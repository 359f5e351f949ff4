"""Writing files for people: all of them or none, and never over something else."""

from __future__ import annotations

from pathlib import Path

from inkoop.domain.fouten import Beletsel, BeletselenError


def write_nieuw(bestanden: dict[Path, bytes]) -> list[Path]:
    """Write files that are not there yet; refuses all of them when one of them says something else."""
    anders = [pad for pad, inhoud in bestanden.items() if pad.exists() and pad.read_bytes() != inhoud]
    if anders:
        raise BeletselenError(
            "Er is niets geschreven.",
            [Beletsel("bestaat", f"{pad} bestaat al en is anders. Kies een andere map.") for pad in anders],
        )
    for pad, inhoud in bestanden.items():
        pad.parent.mkdir(parents=True, exist_ok=True)
        pad.write_bytes(inhoud)
    return sorted(bestanden)
