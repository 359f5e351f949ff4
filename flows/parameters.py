"""The parameters of the flows, as Prefect's own screen shows them: a title, an explanation, and limits."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

Winkelmap = Annotated[
    str, Field(title="Winkel", description="De map van de winkel. Laat staan wat er staat.", min_length=1)
]
Proceduresnaam = Annotated[
    str,
    Field(
        title="Procedure",
        description="De naam van de procedure, bijvoorbeeld meierij-2020.",
        pattern=r"^[a-z0-9][a-z0-9-]{0,63}$",
    ),
]
Rondekenmerk = Annotated[
    str,
    Field(
        title="Ronde",
        description="Het kenmerk van de ronde, bijvoorbeeld M-2020-2.",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$",
    ),
]
Tijdstip = Annotated[
    datetime | None,
    Field(
        title="Tijdstip",
        description="Laat leeg: dan geldt de klok. Alleen in een winkel van de soort simulatie mag hier iets staan.",
    ),
]
Tiksleutel = Annotated[
    str | None,
    Field(
        title="Sleutel",
        description="Laat leeg. Het systeem zet hier waarom deze tik nodig is, zodat die niet twee keer loopt.",
        max_length=300,
    ),
]
