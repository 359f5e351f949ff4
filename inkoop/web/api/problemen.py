"""What goes wrong, as a program reads it (RFC 9457) and a person understands it: Dutch, every reason at once.

Bron: project default; conventies, Errors.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Annotated, Any, Final

import msgspec
from fastapi import Request
from fastapi.exception_handlers import request_validation_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from msgspec import Meta, Struct
from starlette.exceptions import HTTPException

from inkoop.domain.fouten import BeletselenError, InkoopError
from inkoop.domain.toegang import GeenToegangError
from inkoop.services.flowstart import FlowGeweigerdError, OnbekendeStroomError
from inkoop.services.huis import NietGevondenError
from inkoop.storage.bestandenplek import BestandenplekOnbereikbaarError
from inkoop.storage.databasefout import DatabaseOnbereikbaarError, SchijfVolError
from inkoop.storage.winkel import WinkelBezetError
from inkoop.web.api.toegang import TokenFoutError
from inkoop.web.kern import NietTeVindenError, is_verborgen
from inkoop.web.tempo import TeVaakError

LOG = logging.getLogger("inkoop.web")

ONBEREIKBAAR: Final = (DatabaseOnbereikbaarError, SchijfVolError, BestandenplekOnbereikbaarError)
ONBEREIKBAAR_TEKST: Final = (
    "De toepassing kan nu niet bij haar gegevens. Er is niets half opgeslagen. Probeer het over een paar minuten"
    " opnieuw; blijft dit zo, waarschuw dan uw beheerder."
)
"""What nobody can mend from a page, and what is said of it there."""

BEGIN: Final = "/api/"
MEDIATYPE: Final = "application/problem+json"
NIET_GEVONDEN: Final = "Wat u zoekt, bestaat niet, of dit token mag het niet zien. Controleer het adres."


class VraagFoutError(InkoopError):
    """A request that cannot be read; each fault says where."""

    def __init__(self, redenen: list[Regel]) -> None:
        self.redenen = redenen
        super().__init__("De vraag klopt niet.")


class Regel(Struct, frozen=True):
    """One reason: a code that stays, and the sentence."""

    code: Annotated[str, Meta(description="Een vaste code, of het veld waar het om gaat.")]
    tekst: Annotated[str, Meta(description="Wat er is en wat u kunt doen.")]


class Probleem(Struct, frozen=True, kw_only=True):
    """An error as an answer."""

    type: Annotated[str, Meta(description="De soort fout, vast: urn:inkoop:fout:...")]
    title: str
    status: int
    detail: str
    instance: Annotated[str, Meta(description="Het pad dat is gevraagd.")]
    redenen: Annotated[list[Regel], Meta(description="Alle redenen tegelijk.")]


def is_api(request: Request) -> bool:
    """Whether a program asks."""
    return request.url.path.startswith(BEGIN)


def split_by_lezer(
    pagina: Callable[[Request, Any], Response | Awaitable[Response]],
) -> Callable[[Request, Exception], Awaitable[Response]]:
    """A handler of errors that answers a program with a problem, and a person with the page."""

    async def answer(request: Request, fout: Exception) -> Response:
        if is_api(request):
            return make_probleem(request, fout)
        antwoord = pagina(request, fout)
        return await antwoord if isawaitable(antwoord) else antwoord

    return answer


async def answer_leesfout(request: Request, fout: Exception) -> Response:
    """What FastAPI could not read in the address or the query."""
    assert isinstance(fout, RequestValidationError)
    if not is_api(request):
        return await request_validation_exception_handler(request, fout)
    return make_probleem(request, VraagFoutError([_lees(een) for een in fout.errors()]))


def _lees(fout: dict[str, Any]) -> Regel:
    veld = ".".join(str(deel) for deel in fout["loc"][1:]) or "vraag"
    grenzen = fout.get("ctx", {})
    wat = {
        "int_parsing": "schrijf een geheel getal",
        "uuid_parsing": "dit is geen kenmerk van een run",
        "greater_than_equal": f"schrijf een getal vanaf {grenzen.get('ge')}",
        "less_than_equal": f"schrijf een getal tot en met {grenzen.get('le')}",
        "string_too_long": f"schrijf ten hoogste {grenzen.get('max_length')} tekens",
    }
    return Regel(veld, f"{veld}: {wat.get(fout['type'], 'deze waarde kan hier niet')}.")


def make_probleem(request: Request, fout: Exception) -> Response:
    """The answer to an error; what nobody expected stands in the log of the server, and no detail of it here."""
    if is_verborgen(request, fout):
        fout = NietTeVindenError()
    soort, titel, status = _find_soort(fout)
    if isinstance(fout, ONBEREIKBAAR):
        LOG.error("out of reach at %s %s: %s", request.method, request.url.path, fout)
    if status == 500:
        LOG.error("unexpected error at %s %s", request.method, request.url.path, exc_info=fout)
    probleem = Probleem(
        type=f"urn:inkoop:fout:{soort}",
        title=titel,
        status=status,
        detail=_find_detail(fout, status),
        instance=request.url.path,
        redenen=_list_redenen(fout),
    )
    koppen = {"cache-control": "no-store"}
    if isinstance(fout, TeVaakError):
        koppen["retry-after"] = str(fout.seconden)
    if status == 401:
        koppen["www-authenticate"] = 'Bearer realm="inkoop"'
    return Response(msgspec.json.encode(probleem), status, koppen, MEDIATYPE)


_HTTP: Final = {404: "niet-gevonden", 405: "methode", 413: "te-groot"}
_SOORTEN: Final[tuple[tuple[type[Exception], str, str, int], ...]] = (
    (TokenFoutError, "token", "Geen geldig token", 401),
    (GeenToegangError, "geen-toegang", "Dit mag niet", 403),
    (OnbekendeStroomError, "niet-gevonden", "Niet gevonden", 404),
    (NietGevondenError, "niet-gevonden", "Niet gevonden", 404),
    (NietTeVindenError, "niet-gevonden", "Niet gevonden", 404),
    (VraagFoutError, "vraag", "De vraag klopt niet", 422),
    (TeVaakError, "te-vaak", "Even wachten", 429),
    (WinkelBezetError, "bezet", "Even wachten", 503),
    *((fout, "onbereikbaar", "Even niet bereikbaar", 503) for fout in ONBEREIKBAAR),
    (InkoopError, "kan-nu-niet", "Dit kan nu niet", 409),
)
"""Error -> its kind, title and status; the first that fits counts."""


def _find_soort(fout: Exception) -> tuple[str, str, int]:
    if isinstance(fout, HTTPException):
        return _HTTP.get(fout.status_code, "verzoek"), "Dit kan niet", fout.status_code
    if isinstance(fout, FlowGeweigerdError) and any(isinstance(een, GeenToegangError) for een in fout.redenen):
        return "geen-toegang", "Dit mag niet", 403
    for klasse, soort, titel, status in _SOORTEN:
        if isinstance(fout, klasse):
            return soort, titel, status
    return "storing", "Er ging iets mis", 500


def _find_detail(fout: Exception, status: int) -> str:
    if status == 404 and not isinstance(fout, OnbekendeStroomError):
        return NIET_GEVONDEN
    if isinstance(fout, HTTPException):
        teksten = {405: "Dit adres kent deze methode niet.", 413: "U stuurde te veel."}
        return teksten.get(status, "Dit verzoek kan niet.")
    if isinstance(fout, ONBEREIKBAAR):
        return ONBEREIKBAAR_TEKST
    if status == 500:
        return "Er ging iets mis op de server. Er is niets half opgeslagen. Probeer het later opnieuw."
    return str(fout).split("\n")[0]


def _list_redenen(fout: Exception) -> list[Regel]:
    if isinstance(fout, FlowGeweigerdError):
        return [regel for een in fout.redenen for regel in (_list_redenen(een) or [Regel("reden", _safe(een))])]
    if isinstance(fout, VraagFoutError):
        return fout.redenen
    if isinstance(fout, BeletselenError):
        return [Regel(beletsel.code, beletsel.tekst) for beletsel in fout.beletselen]
    return []


def _safe(fout: InkoopError) -> str:
    """What does not exist says nothing about what does."""
    return NIET_GEVONDEN if isinstance(fout, NietGevondenError) else str(fout)
