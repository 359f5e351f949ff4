"""The parameters from which rounds are computed backwards from their start day.

Bron: E.5 `params`; M20-41, BP-18.
"""

from __future__ import annotations

from datetime import date

import msgspec


class Rooster(msgspec.Struct, frozen=True, kw_only=True):
    """How the rounds of a procedure follow from the days on which agreements start (`ingangsdagen`, MM-DD).

    All terms are calendar days. `sluitingstijd` is HH:MM:SS in the Netherlands. `voorstel_dagen` is for a selection
    after which those selected write an offer, `dialoog_dagen` for one with a dialogue before that offer.

    Bron: E.5 `params`, `rounds`.
    """

    voorvoegsel: str
    ingangsdagen: tuple[str, ...]
    eerste_ingang: date
    laatste_ingang: date
    sluitingstijd: str
    venster_dagen: int
    vragen_dagen: int
    nota_dagen_voor_sluiting: int
    herstelverzoek_dagen: int
    beoordeling_dagen: int
    tekentermijn_dagen: int
    criteria_editie: str
    bron: str
    dialoog_dagen: int = 0
    voorstel_dagen: int = 0
