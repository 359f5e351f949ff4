"""Which besluiten no worked example can end with, and what to expect instead.

A scenario is one aanmelding, from its receipt to the besluit that stands after the day of signing. What another
aanmelding brings about, or what people do afterwards, comes from playing a whole round.

Bron: project default.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from inkoop.domain.besluit import Besluitsoort

_DAARNA: Final = (
    "Dat volgt uit een andere aanmelding, of uit wat mensen later doen, en een scenario speelt één aanmelding tot en "
    "met het besluit. Speel daarvoor een hele ronde; zie in de handleiding 'Wat een scenario niet speelt'."
)
_SELECTIE: Final = (
    "Wie wordt gekozen, hangt af van de andere aanmeldingen. Verwacht 'toegelaten' als deze aanmelding aan alle eisen "
    "voldoet en dus meedoet aan de selectie, en anders 'afgewezen'."
)
BUITEN_BEREIK: Final[Mapping[Besluitsoort, str]] = {
    Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE: (
        "Het gaat om het laatste besluit: 'toegelaten' als het bewijs voor de voorwaarde op tijd kwam, en anders "
        "'toelating_vervallen'. Dat er een voorwaarde was, zegt u bij 'eerste_toets' met 'voorwaardelijk'."
    ),
    Besluitsoort.VERVANGEN: _DAARNA,
    Besluitsoort.INGETROKKEN: _DAARNA,
    Besluitsoort.TOELATING_INGETROKKEN: _DAARNA,
    Besluitsoort.GESELECTEERD: _SELECTIE,
    Besluitsoort.RESERVE: _SELECTIE,
    Besluitsoort.NIET_GESELECTEERD: _SELECTIE,
    Besluitsoort.GUNNINGSVOORNEMEN: _SELECTIE,
    Besluitsoort.NIET_GEGUND: _SELECTIE,
}
"""Each besluit that a scenario never ends with, with what to write instead."""
