"""Every page of the application as somebody sees it: found by following links from the first page of each role.

A page that is new is found by itself, as long as some page links to it. Every page is read for ids that come twice,
words for fields that are not there, and links that its reader may not follow; so is what each form answers when it is
sent without anything filled in, and with something nasty in every field. For a browser, which costs more, `choose`
gives of each template the few pages that together show everything that template showed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from types import CodeType
from typing import Any, ClassVar, cast
from urllib.parse import urljoin, urlsplit

from fastapi import FastAPI
from fastapi.routing import APIRoute
from jinja2 import BytecodeCache, Environment, Template
from jinja2.bccache import Bucket
from markupsafe import escape
from starlette.routing import Match

from inkoop.web.toegang import list_eisen
from tests.web.conftest import Bezoeker

HOST = "http://inkoop.test"


@dataclass(frozen=True)
class Blad:
    """A page as it was answered. `route` is its address with the names of what varies."""

    route: str
    sjabloon: str
    wie: str
    adres: str
    status: int
    html: str

    def __str__(self) -> str:
        return f"{self.route} ({self.sjabloon}, {self.wie}, {self.status})"


KWAAD = "'\"><xss-proef onerror=alert(1)>"
"""What somebody types who wants to run something on the screen of another; read back as a tag it would be one."""


@dataclass
class Formulier:
    """A form of a page: what goes along unseen, and for each field of text or choice something that can be sent."""

    pad: str
    verborgen: dict[str, str] = field(default_factory=dict)
    keuzes: dict[str, str] = field(default_factory=dict)
    teksten: list[str] = field(default_factory=list)
    bestanden: list[str] = field(default_factory=list)

    @property
    def vraagt(self) -> bool:
        """Whether there is something to fill in."""
        return bool(self.keuzes or self.teksten or self.bestanden)

    @property
    def kwaad(self) -> dict[str, str]:
        """Everything filled in by somebody who means harm."""
        return {**self.verborgen, **self.keuzes, **dict.fromkeys(self.teksten, KWAAD)}


class Lezer(HTMLParser):
    """The links, the forms and the kinds of elements of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.verwijst: set[str] = set()
        self.formulieren: list[Formulier] = []
        self.soorten: set[str] = set()
        self.kwaad = False
        self.kop = ""
        self.meldingen: list[str] = []
        self._in_kop = False
        self._in_melding = False
        self._formulier: Formulier | None = None
        self._lijst = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        kenmerken = {naam: waarde or "" for naam, waarde in attrs}
        self.soorten.add(f"{tag}.{kenmerken.get('class', '')}.{kenmerken.get('type', '')}.{kenmerken.get('role', '')}")
        self.kwaad = self.kwaad or tag == "xss-proef" or "onerror" in kenmerken
        if "id" in kenmerken:
            self.ids.append(kenmerken["id"])
        for naam in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            self.verwijst.update(kenmerken.get(naam, "").split())
        if tag == "a" and "href" in kenmerken and "download" not in kenmerken:
            self.links.append(kenmerken["href"])
        self._in_kop = self._in_kop or tag == "h1"
        self._in_melding = "error" in kenmerken.get("class", "") or kenmerken.get("role") == "alert" or self._in_melding
        if tag == "form":
            self._formulier = Formulier(kenmerken.get("action", "")) if kenmerken.get("method") == "post" else None
            if self._formulier:
                self.formulieren.append(self._formulier)
        elif self._formulier is not None:
            self._note_veld(self._formulier, tag, kenmerken)

    def _note_veld(self, formulier: Formulier, tag: str, kenmerken: dict[str, str]) -> None:
        naam, soort = kenmerken.get("name", ""), kenmerken.get("type", "text")
        if tag == "select":
            self._lijst = naam
            formulier.keuzes[naam] = ""
        elif tag == "option" and self._lijst:
            formulier.keuzes[self._lijst] = formulier.keuzes[self._lijst] or kenmerken.get("value", "")
        elif not naam or tag not in {"input", "textarea"}:
            return
        elif soort == "hidden":
            formulier.verborgen[naam] = kenmerken.get("value", "")
        elif soort in {"radio", "checkbox"}:
            formulier.keuzes.setdefault(naam, kenmerken.get("value", ""))
        elif soort == "file":
            formulier.bestanden.append(naam)
        else:
            formulier.teksten.append(naam)

    def handle_endtag(self, tag: str) -> None:
        """Note where a form or a list ends."""
        if tag == "form":
            self._formulier = None
        elif tag == "select":
            self._lijst = ""
        elif tag == "h1":
            self._in_kop = False
        elif tag in {"div", "main"}:
            self._in_melding = False

    def handle_data(self, data: str) -> None:
        """Note the heading, and what is said to be wrong."""
        if self._in_kop:
            self.kop += data.strip()
        if self._in_melding and data.strip():
            self.meldingen.append(data.strip())


@dataclass
class Wandeling:
    """The pages that were found so far."""

    bladen: list[Blad] = field(default_factory=list)
    soorten: list[set[str]] = field(default_factory=list)
    geen_blad: set[str] = field(default_factory=set)
    dood: dict[tuple[str, str], str] = field(default_factory=dict)
    fouten: set[str] = field(default_factory=set)
    kwijt: set[str] = field(default_factory=set)
    merken: dict[str, set[str]] = field(default_factory=dict)
    """By the route of a form: what goes along unseen that says what the page showed."""

    def walk(
        self, browser: Bezoeker, wie: str, begin: Iterable[str], *, verder: bool = True, stuurt: bool = True
    ) -> None:
        """See the pages that are named, and follow every link that leads to a page not seen yet on this walk.

        At the end each form is sent empty, and once more with something nasty in every field. Without `verder` the
        walk ends with the pages that are named, and without `stuurt` nothing is sent.
        """
        vind = make_vinder(browser)
        laatste = watch_sjabloon(browser)
        wachtrij = [(een, "the begin") for een in begin]
        genoemd = {een for een, _ in wachtrij}
        geweest, formulieren = set[str](), dict[str, tuple[str, Formulier]]()
        while wachtrij:
            adres, van = wachtrij.pop(0)
            route = vind("GET", urlsplit(adres).path)
            if route is None or (route in geweest and adres not in genoemd):
                continue
            geweest.add(route)
            genoemd.discard(adres)
            antwoord = browser.get(adres)
            if antwoord.is_redirect:
                self.geen_blad.add(route)
                wachtrij.insert(0, (urljoin(adres, antwoord.headers["location"]), van))
                continue
            if not antwoord.headers["content-type"].startswith("text/html"):
                self.geen_blad.add(route)
                continue
            if antwoord.status_code != 200:
                self.dood[wie, route] = f"{van} shows {wie} a link to {adres}: {antwoord.status_code}"
                continue
            gelezen = self._keep(Blad(route, laatste[-1], wie, adres, 200, antwoord.text))
            if verder:
                wachtrij += [(urljoin(adres, link), route) for link in gelezen.links if link.startswith(("/", "?"))]
            for formulier in gelezen.formulieren:
                doel = vind("POST", urlsplit(urljoin(adres, formulier.pad)).path)
                if doel is None:
                    continue
                merken = self.merken.setdefault(doel, set())
                merken.add(" ".join(naam for naam in ("gezien", "hash", "versie") if formulier.verborgen.get(naam)))
                if formulier.vraagt and stuurt:
                    formulieren.setdefault(doel, (urljoin(adres, formulier.pad), formulier))
        for doel, (adres, formulier) in formulieren.items():
            if doel not in {"/uitloggen", "/rol"}:
                self._send(browser, wie, doel, adres, formulier, laatste)

    def _send(
        self, browser: Bezoeker, wie: str, doel: str, adres: str, formulier: Formulier, laatste: Sequence[str]
    ) -> None:
        # The last one is somebody whose page is old.
        oud = (
            [{**formulier.kwaad, "gezien": "0" * 32}] if "gezien" in formulier.verborgen and doel != "/accounts" else []
        )
        for velden in (formulier.verborgen, formulier.kwaad, *oud):
            antwoord = browser.post(adres, data=velden)
            assert antwoord.status_code < 500, (adres, wie, velden)
            if antwoord.status_code < 400 or not antwoord.headers["content-type"].startswith("text/html"):
                continue
            self._keep(Blad(f"POST {doel}", laatste[-1], wie, adres, antwoord.status_code, antwoord.text))
            if velden is not formulier.verborgen and formulier.teksten and escape(KWAAD) not in antwoord.text:
                self.kwijt.add(f"{doel} ({wie}): what was typed is not on the page that refuses it")

    def _keep(self, blad: Blad) -> Lezer:
        gelezen = Lezer(blad.html)
        self.bladen.append(blad)
        self.soorten.append(gelezen.soorten)
        if gelezen.kwaad:
            self.fouten.add(f"{blad.route}: what was typed became part of the page")
        self.fouten |= {f"{blad.route}: id {een} comes twice" for een, n in Counter(gelezen.ids).items() if n > 1}
        self.fouten |= {f"{blad.route}: no {een} on it" for een in gelezen.verwijst - set(gelezen.ids)}
        return gelezen

    def choose(self) -> list[Blad]:
        """The fullest page of each template, normal and in error, and what else shows a new kind of element."""
        gekozen: list[Blad] = []
        per_sjabloon: dict[tuple[str, bool], list[tuple[Blad, set[str]]]] = {}
        for blad, soorten in zip(self.bladen, self.soorten, strict=True):
            per_sjabloon.setdefault((blad.sjabloon, blad.status == 200), []).append((blad, soorten))
        gezien: set[str] = set()
        for bladen in per_sjabloon.values():
            bladen.sort(key=lambda paar: -len(paar[1]))
            for plaats, (blad, soorten) in enumerate(bladen):
                if plaats == 0 or soorten - gezien:
                    gekozen.append(blad)
                    gezien |= soorten
        return gekozen


class _Onthouden(BytecodeCache):
    """Templates that were read once, for every application of this process."""

    gelezen: ClassVar[dict[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was read of this template, as it is now."""
        bucket.code = self.gelezen.get(f"{bucket.key}{bucket.checksum}")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was read."""
        if bucket.code is not None:
            self.gelezen[f"{bucket.key}{bucket.checksum}"] = bucket.code


def watch_sjabloon(browser: Bezoeker) -> list[str]:
    """The names of the templates of which pages are made from now on, in order."""
    omgeving = find_app(browser).state.kern.omgeving
    omgeving.bytecode_cache = _Onthouden()
    gemaakt: list[str] = []

    def get_template(naam: str, *meer: Any, **wat: Any) -> Template:
        if not (meer or wat):  # with a second argument a template asks for what it extends or borrows
            gemaakt.append(naam)
        return Environment.get_template(omgeving, naam, *meer, **wat)

    omgeving.get_template = get_template
    return gemaakt


def find_app(browser: Bezoeker) -> FastAPI:
    """The application behind a browser in this process."""
    return cast(FastAPI, browser.app)


def make_vinder(browser: Bezoeker) -> Callable[[str, str], str | None]:
    """Which route answers an address, by its pattern."""
    routes = [route for route in find_app(browser).routes if isinstance(route, APIRoute)]

    @cache
    def vind(methode: str, pad: str) -> str | None:
        scope = {"type": "http", "method": methode, "path": pad, "root_path": ""}
        return next((route.path for route in routes if route.matches(scope)[0] is Match.FULL), None)

    return vind


def list_paginaroutes(browser: Bezoeker) -> Iterator[str]:
    """Every route that a person may open, except those of the API."""
    for methode, pad, _ in list_eisen(find_app(browser)):
        if methode == "GET" and not pad.startswith("/api/"):
            yield pad
