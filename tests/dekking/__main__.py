"""`python -m tests.dekking` (./run dekking): write the page anew, and close the rows that now have a test."""

from __future__ import annotations

import sys

from tests.dekking.bladzijde import BLADZIJDE, check_dekking, close_rijen, read_rijen, write_bladzijde, write_rijen
from tests.dekking.verzamelen import collect


def main() -> int:
    """Write the page and the rows; 1 with every fault when something is wrong."""
    gevonden = collect()
    rijen = close_rijen(read_rijen(), gevonden)
    write_rijen(rijen)
    BLADZIJDE.write_text(write_bladzijde(rijen, gevonden), encoding="utf-8")
    fouten = check_dekking(rijen, gevonden)
    sys.stdout.write("\n".join(fouten or [f"{BLADZIJDE.name} is bijgewerkt."]) + "\n")
    return 1 if fouten else 0


if __name__ == "__main__":
    sys.exit(main())
