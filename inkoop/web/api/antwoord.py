"""An answer of the API: JSON with a mark of its contents, a page of a list with where the next one begins.

A cursor is the last key that was seen, so that what comes or goes meanwhile shifts nothing. It is opaque:
who calls sends it back as it was.

Bron: RFC 9110 (ETag); project default.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Generic, TypeVar

import msgspec
from fastapi import Query
from fastapi.responses import Response
from msgspec import Meta, Struct

from inkoop.web.api.problemen import MEDIATYPE, Probleem, Regel, VraagFoutError
from inkoop.web.kern import Bezoek

T = TypeVar("T")

MAX_AANTAL: Final = 200
"""The longest page of a list (project default)."""

Aantal = Annotated[int, Query(ge=1, le=MAX_AANTAL, description=f"Hoeveel regels u wilt, ten hoogste {MAX_AANTAL}.")]
Na = Annotated[
    str, Query(max_length=400, description="De waarde van 'volgende' uit het vorige antwoord; leeg voor het begin.")
]


class Bladzijde(Struct, Generic[T], frozen=True, kw_only=True):
    """A page of a list."""

    regels: list[T]
    volgende: Annotated[
        str | None, Meta(description="Stuur deze waarde mee als 'na' voor het vervolg; leeg na de laatste regel.")
    ]


def read_cursor(na: str) -> str:
    """The key after which a page begins; empty for the first. Raises VraagFoutError for what we never gave."""
    try:
        sleutel = base64.urlsafe_b64decode(na.encode("ascii") + b"=" * (-len(na) % 4)).decode("utf-8")
    except (ValueError, binascii.Error) as fout:
        raise VraagFoutError(
            [Regel("na", "na: stuur de waarde van 'volgende' uit het vorige antwoord, of laat dit weg.")]
        ) from fout
    if "\x00" in sleutel:
        raise VraagFoutError([Regel("na", "na: deze waarde kwam niet uit een antwoord.")])
    return sleutel


def cut_bladzijde(regels: Sequence[T], aantal: int, sleutel: Callable[[T], str]) -> Bladzijde[T]:
    """A page from at most `aantal` + 1 lines that follow the cursor."""
    eigen = list(regels[:aantal])
    volgende = None
    if len(regels) > aantal:
        volgende = base64.urlsafe_b64encode(sleutel(eigen[-1]).encode()).decode("ascii").rstrip("=")
    return Bladzijde(regels=eigen, volgende=volgende)


def select_na(alle: Sequence[T], na: str, aantal: int, sleutel: Callable[[T], str]) -> Bladzijde[T]:
    """A page from a list that is read whole because it is short (procedures, what waits for somebody)."""
    begin = read_cursor(na)
    verder = sorted((regel for regel in alle if sleutel(regel) > begin), key=sleutel)
    return cut_bladzijde(verder[: aantal + 1], aantal, sleutel)


def answer(bezoek: Bezoek, waarde: object, status: int = 200, **koppen: str) -> Response:
    """Data as an answer; 304 when the caller has the same already. `waarde` of type bytes is JSON already."""
    inhoud = waarde if isinstance(waarde, bytes) else msgspec.json.encode(waarde, order="deterministic")
    merk = f'"{hashlib.sha256(inhoud).hexdigest()[:32]}"'
    return answer_met_merk(bezoek, merk, lambda: Response(inhoud, status, koppen, "application/json"), status)


def answer_met_merk(bezoek: Bezoek, merk: str, maak: Callable[[], Response], status: int = 200) -> Response:
    """What `maak` gives, marked; 304 without making it when the caller has the same already."""
    koppen = {"etag": merk, "cache-control": "private, no-cache", "vary": "authorization"}
    if status == 200 and merk in bezoek.request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=koppen)
    antwoord = maak()
    antwoord.headers.update(koppen)
    return antwoord


VORMEN: Final[dict[str, Any]] = {}
"""Reference in the description -> the type it stands for; filled while the routes are made."""


def gives(vorm: Any, wat: str, status: int = 200) -> dict[int | str, dict[str, Any]]:
    """What a route answers, for the description."""
    VORMEN.setdefault(name_vorm(vorm), vorm)
    return {status: {"description": wat, "content": {"application/json": {"schema": make_verwijzing(vorm)}}}}


def name_vorm(vorm: Any) -> str:
    """The name of a type in the description, as msgspec gives it."""
    (schema,), _ = msgspec.json.schema_components([vorm], ref_template="{name}")
    return str(schema["$ref"])


def make_verwijzing(vorm: Any) -> dict[str, str]:
    """A reference to a type in the description."""
    return {"$ref": f"#/components/schemas/{name_vorm(vorm)}"}


def refuses(*statussen: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route answers with, for the description."""
    VORMEN.setdefault("Probleem", Probleem)
    inhoud = {MEDIATYPE: {"schema": {"$ref": "#/components/schemas/Probleem"}}}
    return {status: {"description": FOUTEN[status], "content": inhoud} for status in statussen}


FOUTEN: Final = {
    401: "Er is geen geldig token meegestuurd.",
    403: "Dit token mag dit niet, of nog niet.",
    404: "Dit bestaat niet, of dit token mag het niet zien.",
    409: "Dit kan nu niet; alle redenen staan erbij.",
    422: "De vraag klopt niet.",
    429: "Te vaak gevraagd; wacht het aantal seconden in Retry-After.",
    503: "De opslag is bezet; probeer het zo weer.",
}
