"""What somebody writes in their own words beside an act: filled in, and without what may be the number of a person.

Whatever is written at all is looked at once more when it is recorded (storage/vrijetekst); asking here gives the
reason together with the others, beside its field.

Bron: ontwerp 8 (no BSN in any record); FE-9.
"""

from __future__ import annotations

from inkoop.domain.fouten import Beletsel
from inkoop.storage.vrijetekst import check_bsn


def check_tekst(waarvan: str, naam: str, tekst: str) -> list[Beletsel]:
    """Why the text of the field `naam` cannot be kept; `waarvan` begins the code of the reason. Empty = it can."""
    if not tekst.strip():
        return [Beletsel(f"{waarvan}-{naam}", f"Vul in: {naam}.")]
    return check_bsn(naam, tekst)
