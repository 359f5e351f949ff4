"""A table as a CSV file that a Dutch spreadsheet opens at once: semicolons, Windows lines, UTF-8 with its mark.

What begins like a formula gets an apostrophe, so that opening the file runs nothing.

Bron: ontwerp 8; C.29 (the catalogue as data).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO


def write_csv(koppen: Sequence[str], rijen: Iterable[Iterable[object]]) -> bytes:
    """The file; the same table gives the same bytes."""
    tekst = StringIO()
    schrijver = csv.writer(tekst, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(koppen)
    schrijver.writerows([veilig(waarde) for waarde in rij] for rij in rijen)
    return ("\ufeff" + tekst.getvalue()).encode()


def veilig(waarde: object) -> object:
    """A value that a spreadsheet does not read as a formula."""
    return f"'{waarde}" if isinstance(waarde, str) and waarde[:1] in {"=", "+", "-", "@", "\t", "\r"} else waarde
