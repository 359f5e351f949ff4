"""Generated documents, under their hash. What we made ourselves needs no inspection.

Bron: ontwerp 6, 7.
"""

from __future__ import annotations

from inkoop.storage.bestandenmap import Bestandenmap


class Documentopslag(Bestandenmap):
    """The documents of a store."""

    def add(self, inhoud: bytes) -> str:
        """Keep a document; returns its sha256. ValueError for an empty one: that is a fault of ours."""
        if not inhoud:
            raise ValueError("an empty document is never stored")
        return self.store(inhoud)
