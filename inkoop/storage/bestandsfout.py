"""Why an evidence file cannot be taken in."""

from __future__ import annotations

from collections.abc import Sequence

from inkoop.domain.fouten import InkoopError


class BewijsRefusedError(InkoopError):
    """An evidence file is refused, with every reason at once; nothing of it was stored."""

    def __init__(self, bestandsnaam: str, redenen: Sequence[str]) -> None:
        self.bestandsnaam = bestandsnaam
        self.redenen = tuple(redenen)
        # A hostile name must not be able to change what the reader sees.
        leesbaar = "".join(teken if teken.isprintable() else "\N{REPLACEMENT CHARACTER}" for teken in bestandsnaam)
        super().__init__(f"Het bestand '{leesbaar[:200]}' is geweigerd: {'; '.join(self.redenen)}.")
