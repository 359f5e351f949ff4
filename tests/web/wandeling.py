"""Every page of the application as somebody sees it: found by following links from the first page of each role.

A page that is new is found by itself, as long as some page links to it. Of each page one address per role and store is
kept, and only when it shows something that was not seen on that page before; and what each form on it answers when it
is sent without anything filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from fastapi.routing import APIRoute
from starlette.routing import Match

from inkoop.web.toegang import list_eisen
from tests.web.conftest import Bezoeker

HOST = "http://inkoop.test"
PER_BLAD = 2
"""How many versions of a page are kept: each costs a second in the browser."""


@dataclass(frozen=True)
class Blad:
    """A page as it was answered. `route` is its address with the names of what varies."""

    route: str
    wie: str
    adres: str
    status: int
    html: str

    def __str__(self) -> str:
        return f"{self.route} ({self.wie}, {self.status})"


@dataclass
class Formulier:
    pad: str
    verborgen: list[tuple[str, str]] = field(default_factory=list)
    velden: list[str] = field(default_factory=list)


class _Lezer(HTMLParser):
    """The links, the forms and the kinds of elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.formulieren: list[Formulier] = []
        self.soorten: set[str] = set()
        self._formulier: Formulier | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kenmerken = {naam: waarde or "" for naam, waarde in attrs}
        self.soorten.add(f"{tag}.{kenmerken.get('class', '')}.{kenmerken.get('type', '')}.{kenmerken.get('role', '')}")
        if tag == "a" and "href" in kenmerken and "download" not in kenmerken:
            self.links.append(kenmerken["href"])
        if tag == "form":
            self._formulier = Formulier(kenmerken.get("action", "")) if kenmerken.get("method") == "post" else None
            if self._formulier:
                self.formulieren.append(self._formulier)
        elif self._formulier and tag in {"input", "select", "textarea"} and kenmerken.get("name"):
            if kenmerken.get("type") == "hidden":
                self._formulier.verborgen.append((kenmerken["name"], kenmerken.get("value", "")))
            else:
                self._formulier.velden.append(kenmerken["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._formulier = None


@dataclass
class Wandeling:
    """The pages that were found so far, by address with the names of what varies."""

    bladen: list[Blad] = field(default_factory=list)
    gezien: dict[str, set[str]] = field(default_factory=dict)
    geen_blad: set[str] = field(default_factory=set)

    def walk(self, browser: Bezoeker, wie: str, begin: Iterable[str]) -> None:
        """Follow every link that leads to a page not seen yet on this walk, and send each form empty at the end."""
        vind = make_vinder(browser)
        wachtrij, geweest, formulieren = list(begin), set[str](), dict[str, tuple[str, Formulier]]()
        while wachtrij:
            adres = wachtrij.pop(0)
            route = vind("GET", urlsplit(adres).path)
            if route is None or route in geweest:
                continue
            geweest.add(route)
            antwoord = browser.get(adres)
            if antwoord.is_redirect:
                self.geen_blad.add(route)
                wachtrij.insert(0, urljoin(adres, antwoord.headers["location"]))
                continue
            if not antwoord.headers["content-type"].startswith("text/html"):
                self.geen_blad.add(route)
                continue
            assert antwoord.status_code == 200, (adres, wie, antwoord.status_code)
            gelezen = self._keep(Blad(route, wie, adres, 200, antwoord.text))
            wachtrij += [urljoin(adres, link) for link in gelezen.links if link.startswith(("/", "?"))]
            for formulier in gelezen.formulieren:
                if formulier.velden and (doel := vind("POST", urlsplit(urljoin(adres, formulier.pad)).path)):
                    formulieren.setdefault(doel, (urljoin(adres, formulier.pad), formulier))
        for doel, (adres, formulier) in formulieren.items():
            if doel in {"/uitloggen", "/rol"}:
                continue
            antwoord = browser.post(adres, data=dict(formulier.verborgen))
            assert antwoord.status_code < 500, (adres, wie)
            if antwoord.status_code >= 400 and antwoord.headers["content-type"].startswith("text/html"):
                self._keep(Blad(f"POST {doel}", wie, adres, antwoord.status_code, antwoord.text))

    def _keep(self, blad: Blad) -> _Lezer:
        gelezen = _Lezer(blad.html)
        gezien = self.gezien.setdefault(blad.route, set())
        if not gelezen.soorten <= gezien and sum(een.route == blad.route for een in self.bladen) < PER_BLAD:
            gezien |= gelezen.soorten
            self.bladen.append(blad)
        return gelezen


def make_vinder(browser: Bezoeker) -> Callable[[str, str], str | None]:
    """Which route answers an address, by its pattern."""
    routes = [route for route in browser.app.routes if isinstance(route, APIRoute)]

    def vind(methode: str, pad: str) -> str | None:
        scope = {"type": "http", "method": methode, "path": pad, "root_path": ""}
        return next((route.path for route in routes if route.matches(scope)[0] is Match.FULL), None)

    return vind


def list_paginaroutes(browser: Bezoeker) -> Iterator[str]:
    """Every route that a person may open, except those of the API."""
    for methode, pad, _ in list_eisen(browser.app):
        if methode == "GET" and not pad.startswith("/api/"):
            yield pad
