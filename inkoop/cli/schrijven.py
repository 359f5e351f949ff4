"""Files of people: read with a bound, written all or none, and never over something else."""

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


def read_bestand(pad: Path, hooguit: int) -> bytes:
    """A file that somebody names; of a file that is too large just enough is read to be refused for it.

    Raises BeletselenError for what is not there or cannot be read.
    """
    if not pad.is_file():
        raise BeletselenError("Er is niets gelezen.", [Beletsel("ontbreekt", f"Het bestand {pad} bestaat niet.")])
    try:
        with pad.open("rb") as stroom:
            return stroom.read(hooguit + 1)
    except OSError as fout:
        reden = Beletsel("onleesbaar", f"Het bestand {pad} is niet te lezen. ({fout.strerror})")
        raise BeletselenError("Er is niets gelezen.", [reden]) from fout
