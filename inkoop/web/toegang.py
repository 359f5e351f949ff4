"""Who may open which page. Every route names it; a route that does not breaks the start of the application.

A page asks the same policy as command line and flows (domain/toegang), before anything is read. What
also depends on the object (four eyes, before closing, one's own aanmelding) is asked by the service.

Bron: ontwerp 8 (deny by default); domein D.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.routing import BaseRoute, Mount

from inkoop.domain.toegang import Handeling, check_toegang
from inkoop.services import websessies
from inkoop.web.kern import Bezoek, BladVerbodenError, NietIngelogdError, find_kern

COOKIE = "inkoop_sessie"
"""The name of the session cookie; served over https it carries the prefix `__Host-`."""


def cookienaam(*, veilig: bool) -> str:
    """The name of the cookie; `__Host-` lets a browser refuse one that another site set."""
    return f"__Host-{COOKIE}" if veilig else COOKIE


@dataclass(frozen=True)
class Eis:
    """What a route asks of who opens it: nothing (`openbaar`), to be signed in, or a role that carries an act.

    One of `handelingen`, and every one of `en` besides: an act on a page that not everybody with the act may read.
    """

    handelingen: tuple[Handeling, ...] = ()
    openbaar: bool = False
    en: tuple[Handeling, ...] = ()

    def __call__(self, request: Request) -> Bezoek:
        """The visit, or a refusal: NietIngelogdError, BladVerbodenError with every reason."""
        kern = find_kern(request)
        token = request.cookies.get(cookienaam(veilig=kern.veilig), "")
        ingelogde = websessies.find(kern.huis, token, kern.klok.read_echt()) if token else None
        bezoek = Bezoek(kern=kern, request=request, ingelogde=ingelogde, nu=kern.klok.read_nu())
        request.state.bezoek = bezoek
        if self.openbaar:
            return bezoek
        if ingelogde is None:
            raise NietIngelogdError("Log eerst in.")
        geweigerd = [] if not self.handelingen or bezoek.mag(*self.handelingen) else list(self.handelingen)
        geweigerd += [handeling for handeling in self.en if not bezoek.mag(handeling)]
        if geweigerd:
            redenen = [b for h in geweigerd for b in check_toegang(ingelogde.persoon, ingelogde.rol, h)]
            raise BladVerbodenError("Deze pagina is niet voor u.", list(dict.fromkeys(redenen)))
        return bezoek


OPENBAAR = Eis(openbaar=True)
"""Anybody, also without signing in."""

INGELOGD = Eis()
"""Anybody who is signed in: what is shown is their own."""


def mag(*handelingen: Handeling, en: tuple[Handeling, ...] = ()) -> Eis:
    """Somebody whose role carries one of these acts, and all of `en` besides."""
    return Eis(handelingen, en=en)


def list_eisen(app: FastAPI) -> Iterator[tuple[str, str, Eis]]:
    """Every route of the application: method, path and what it asks; only the files of our own are left out.

    Raises ValueError for a route that names nothing or more than one thing, or of which that is not to be seen.
    """
    for route in _list_routes(app.routes):
        eisen = list(_find_eisen(route.dependant))
        if len(eisen) != 1:
            raise ValueError(f"route {route.path} names {len(eisen)} requirements; give it exactly one")
        for methode in sorted(route.methods or ()):
            yield methode, route.path, eisen[0]


def _list_routes(routes: Sequence[BaseRoute]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif not (isinstance(route, Mount) and isinstance(route.app, StaticFiles)):
            raise ValueError(f"{route!r} is no page of ours: what it requires cannot be seen")  # noqa: TRY004 - the application is wrong, no argument


def _find_eisen(dependant: Dependant) -> Iterator[Eis]:
    for deel in dependant.dependencies:
        if isinstance(deel.call, Eis):
            yield deel.call
        yield from _find_eisen(deel)
