"""The web application: pages, headers, limits, errors in Dutch.

    uvicorn inkoop.web.app:start --factory

Bron: ontwerp 3, 8, 9.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from inkoop import bootstrap
from inkoop.domain.fouten import InkoopError
from inkoop.domain.inlog import Inlogkeuzes
from inkoop.domain.toegang import GeenToegangError
from inkoop.exchange.oidc import Oidc
from inkoop.services.huis import Huis, NietGevondenError
from inkoop.settings import Instellingen
from inkoop.storage.winkel import WinkelBezetError
from inkoop.web.api import beschrijving
from inkoop.web.api.problemen import ONBEREIKBAAR, ONBEREIKBAAR_TEKST, answer_leesfout, split_by_lezer
from inkoop.web.bijwerken import Bijwerker
from inkoop.web.bladzijde import STATISCH, list_fouten, make_omgeving, quote_pad, toon
from inkoop.web.controle import Controle
from inkoop.web.formulier import FormulierFoutError, lees_formulier
from inkoop.web.geheugen import leave_geladen
from inkoop.web.kern import Bezoek, Kern, NietIngelogdError, NietTeVindenError, find_kern, is_verborgen
from inkoop.web.klok import Webklok
from inkoop.web.langwerk import Langwerk
from inkoop.web.omhulsel import Beveiligingskoppen, Herkomst
from inkoop.web.paginas import ROUTERS
from inkoop.web.paginas.inloggen import GEHEIM, toon_inlogformulier
from inkoop.web.tempo import BLADZIJDEN, HANDELINGEN, Tempo, TeVaakError
from inkoop.web.toegang import list_eisen

MAX_VERZOEK = 60 * 1024 * 1024
"""The largest request, in bytes: two evidence files of the largest size and their form (project default)."""

LOG = logging.getLogger("inkoop.web")


class Bestanden(StaticFiles):
    """Our own css, script and fonts; their address changes with their contents, so they may be kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept by the browser."""
        antwoord = await super().get_response(path, scope)
        if antwoord.status_code == 200:
            antwoord.headers["cache-control"] = "public, max-age=31536000, immutable"
        return antwoord


def start() -> FastAPI:
    """The application on the store of the settings, for a server that starts it by name."""
    instellingen = bootstrap.read_omgeving()
    app = create_app(bootstrap.open_huis(instellingen.winkel, instellingen), instellingen)
    leave_geladen()
    return app


def create_app(
    huis: Huis,
    instellingen: Instellingen,
    *,
    klok: Webklok | None = None,
    tempo: Tempo | None = None,
    direct: bool = False,
    inloggen: Inlogkeuzes | None = None,
    transport: httpx.BaseTransport | None = None,
) -> FastAPI:
    """The application on an open house; with `direct` a page waits for what the system does after an act.

    `inloggen` is read from the settings unless given; `transport` is the way to its sources, in tests.
    Raises ValueError when a route does not say for whom it is.
    """
    klok = klok or Webklok(huis)
    inloggen = inloggen or bootstrap.load_inloggen(instellingen)
    bijwerker = Bijwerker(huis, klok, direct=direct)

    @asynccontextmanager
    async def leef(_app: FastAPI) -> AsyncIterator[None]:
        yield
        bijwerker.stop()
        huis.winkel.close()

    app = FastAPI(
        title="inkoop",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=leef,
    )
    app.state.kern = Kern(
        huis=huis,
        klok=klok,
        omgeving=make_omgeving(huis),
        tempo=tempo or Tempo(),
        bijwerker=bijwerker,
        controle=Controle(direct=direct),
        langwerk=Langwerk(direct=direct),
        huisstijl="",
        veilig=instellingen.web_adres.startswith("https://"),
        inloggen=inloggen,
        bronnen={bron.id: Oidc(bron, transport) for bron in inloggen.bronnen},
    )
    for router in (*ROUTERS, *beschrijving.ROUTERS):
        # Not include_router: that hides the routes from whoever asks what each of them requires.
        app.router.routes.extend(router.routes)
    app.mount("/statisch", Bestanden(directory=STATISCH), name="statisch")
    list(list_eisen(app))
    app.add_middleware(Tempowacht, kern=app.state.kern)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MAX_VERZOEK)
    app.add_middleware(Herkomst)
    app.add_middleware(Beveiligingskoppen, veilig=app.state.kern.veilig)
    app.add_exception_handler(NietIngelogdError, split_by_lezer(_stuur_naar_inloggen))
    app.add_exception_handler(InkoopError, split_by_lezer(_toon_fout))
    app.add_exception_handler(RequestValidationError, answer_leesfout)
    app.add_exception_handler(HTTPException, split_by_lezer(_toon_httpfout))
    app.add_exception_handler(Exception, split_by_lezer(_toon_storing))
    return app


class Tempowacht:
    """Count pages and forms per address before anything is read."""

    def __init__(self, app: ASGIApp, *, kern: Kern) -> None:
        self._app = app
        self._tempo = kern.tempo
        self._weiger = split_by_lezer(_toon_fout)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say how long to wait."""
        if scope["type"] == "http":
            adres = scope["client"][0] if scope.get("client") else "onbekend"
            try:
                self._tempo.require(BLADZIJDEN, "bladzijde", adres)
                if scope["method"] == "POST":
                    self._tempo.require(HANDELINGEN, "handeling", adres)
            except TeVaakError as fout:
                antwoord = await self._weiger(Request(scope, receive), fout)
                await antwoord(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _find_bezoek(request: Request) -> Bezoek:
    """The visit as it was established; that of nobody when the error came before."""
    bezoek = getattr(request.state, "bezoek", None)
    if isinstance(bezoek, Bezoek):
        return bezoek
    kern = find_kern(request)
    return Bezoek(kern=kern, request=request, ingelogde=None, nu=kern.klok.read_nu())


async def _stuur_naar_inloggen(request: Request, _fout: Exception) -> Response:
    """Sign in first, and then back to the page that was asked for; what was typed in a form goes along."""
    if request.method == "GET":
        return RedirectResponse(f"/inloggen?terug={quote_pad(request.url.path)}", status_code=303)
    try:
        async for ingevuld in lees_formulier(request):
            bewaard = [(naam, waarde) for naam in ingevuld if naam not in GEHEIM for waarde in ingevuld.lijst(naam)]
            if bewaard:
                return toon_inlogformulier(
                    _find_bezoek(request), status=401, fouten=(UITGELOGD,), verder=request.url.path, bewaard=bewaard
                )
    except FormulierFoutError:
        pass
    return RedirectResponse("/inloggen", status_code=303)


UITGELOGD = "U was uitgelogd. Log in om verder te gaan; wat u had ingevuld, gaat mee."


def _toon_fout(request: Request, fout: Exception) -> HTMLResponse:
    """What a person can mend, with every reason; never a traceback."""
    bezoek = _find_bezoek(request)
    if isinstance(fout, NietGevondenError | NietTeVindenError) or is_verborgen(request, fout):
        # The message for the command line lists what does exist; here that would be telling too much.
        return toon(bezoek, "fout.html", "Deze pagina bestaat niet", status=404, fouten=(_NIET_GEVONDEN,))
    if isinstance(fout, GeenToegangError):
        return toon(bezoek, "fout.html", "Dit is niet voor u", status=403, fouten=list_fouten(fout))
    if isinstance(fout, TeVaakError):
        antwoord = toon(bezoek, "fout.html", "Even wachten", status=429, fouten=(str(fout),))
        antwoord.headers["retry-after"] = str(fout.seconden)
        return antwoord
    if isinstance(fout, ONBEREIKBAAR):
        # What the administrator needs names hosts and addresses, and the visitor can do nothing with it.
        LOG.error("out of reach at %s %s: %s", request.method, request.url.path, fout)
        return toon(bezoek, "fout.html", "Even niet bereikbaar", status=503, fouten=(ONBEREIKBAAR_TEKST,))
    if isinstance(fout, WinkelBezetError):
        return toon(bezoek, "fout.html", "Even wachten", status=503, fouten=(str(fout),))
    status = 400 if isinstance(fout, FormulierFoutError) else 409
    assert isinstance(fout, InkoopError)
    return toon(bezoek, "fout.html", "Dit kan nu niet", status=status, fouten=list_fouten(fout))


_NIET_GEVONDEN = "Wat u zoekt, bestaat niet, of u mag het niet zien. Controleer het adres."


def _toon_httpfout(request: Request, fout: Exception) -> HTMLResponse:
    """An address or method that no route answers, or a request that is too large."""
    assert isinstance(fout, HTTPException)
    teksten = {
        404: ("Deze pagina bestaat niet", _NIET_GEVONDEN),
        405: ("Dit kan hier niet", "Deze pagina neemt dit niet aan. Ga terug en gebruik de knop op de pagina."),
        413: ("Te groot", f"U stuurde meer dan {MAX_VERZOEK // 1024 // 1024} MB. Stuur minder of kleinere bestanden."),
    }
    titel, tekst = teksten.get(fout.status_code, ("Dit kan niet", "De server kon dit verzoek niet lezen."))
    return toon(_find_bezoek(request), "fout.html", titel, status=fout.status_code, fouten=(tekst,))


def _toon_storing(request: Request, fout: Exception) -> HTMLResponse:
    """Something nobody expected: said plainly, the details in the log of the server."""
    LOG.error("unexpected error at %s %s", request.method, request.url.path, exc_info=fout)
    tekst = "Er ging iets mis op de server. Er is niets half opgeslagen. Probeer het later opnieuw."
    return toon(_find_bezoek(request), "fout.html", "Er ging iets mis", status=500, fouten=(tekst,))
