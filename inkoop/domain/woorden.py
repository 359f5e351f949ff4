"""Values of the product as people read them."""

from __future__ import annotations


def format_woord(waarde: object) -> str:
    """A value of the product in words: `te_laat` becomes `te laat`."""
    return str(waarde).replace("_", " ")
