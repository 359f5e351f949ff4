"""What stands around every request: headers that keep a browser strict, and a check where a form came from.

Bron: ontwerp 8.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
"""Only our own files, no script or style in the page itself."""

CSP_BESTAND: Final = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"
"""For a file that somebody else made: it runs nothing and loads nothing; only our own pages may frame it."""

CSP_PDF: Final = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""For a PDF: as CSP_BESTAND, but browsers show no PDF in a sandbox of their own; their viewer runs in one already."""

KOPPEN: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-permitted-cross-domain-policies": "none",
}

_VEILIGE_METHODEN: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class Beveiligingskoppen:
    """Give every answer its headers; what a page set itself (a stricter policy for a file) stays."""

    def __init__(self, app: ASGIApp, *, veilig: bool) -> None:
        self.app = app
        self.veilig = veilig

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_met_koppen(bericht: Message) -> None:
            if bericht["type"] == "http.response.start":
                koppen = MutableHeaders(scope=bericht)
                for naam, waarde in KOPPEN.items():
                    koppen.setdefault(naam, waarde)
                koppen.setdefault("content-security-policy", CSP)
                koppen.setdefault("cache-control", "no-store")
                if self.veilig:
                    koppen.setdefault("strict-transport-security", "max-age=63072000; includeSubDomains")
            await send(bericht)

        await self.app(scope, receive, send_met_koppen)


class Herkomst:
    """Refuse a form that another site sends with the cookie of somebody who is signed in here.

    Browsers say where a request comes from (Sec-Fetch-Site, else Origin). A request that changes
    something and carries a cookie must say so; one without a cookie acts for nobody.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what comes from our own pages."""
        if scope["type"] == "http" and scope["method"] not in _VEILIGE_METHODEN:
            koppen = Headers(scope=scope)
            if not _is_eigen(koppen):
                tekst = (
                    "Dit formulier kwam niet van onze eigen pagina's. Open de pagina opnieuw en probeer het nog eens."
                )
                await PlainTextResponse(tekst, status_code=403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _is_eigen(koppen: Headers) -> bool:
    """Whether a browser says that this came from a page of ours."""
    if site := koppen.get("sec-fetch-site"):
        return site == "same-origin"
    if herkomst := koppen.get("origin"):
        return urlsplit(herkomst).netloc == koppen.get("host", "") != ""
    return "cookie" not in koppen
