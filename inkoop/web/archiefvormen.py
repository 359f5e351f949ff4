"""The forms of transferring a list to the archive.

Bron: B.7, C.30.
"""

from __future__ import annotations

from inkoop.web.bladzijde import quote_pad
from inkoop.web.vorm import Soort, Veld, Vorm


def make_overbrengvorm(kenmerk: str) -> Vorm:
    """Make the file for the archive."""
    return Vorm(
        id="overbrengen",
        actie=f"/archief/lijsten/{quote_pad(kenmerk)}/overbrengen",
        knop="Maak het bestand voor het archief",
        velden=(
            Veld(
                naam="zeker",
                label="Weet u het zeker",
                soort=Soort.VINKJES,
                opties=(("ja", "Ja. De lijst staat daarna als uitgevoerd."),),
            ),
        ),
    )


def make_wegvorm(kenmerk: str) -> Vorm:
    """Take the copy of a transfer away."""
    return Vorm(
        id="kopie",
        actie=f"/archief/lijsten/{quote_pad(kenmerk)}/kopie-weg",
        knop="Haal de kopie weg",
        knopsoort="secondary-action",
        velden=(
            Veld(
                naam="zeker",
                label="Is het bestand aangekomen",
                soort=Soort.VINKJES,
                opties=(("ja", "Ja, de archiefbewaarplaats heeft het bestand en het controlegetal klopt."),),
            ),
        ),
    )
