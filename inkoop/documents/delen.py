"""The parts of a document, set as PDF one by one; a part that was set before is not set again.

A part is what begins on a page of its own: what stands before the articles, the articles, each annex. Nothing
in it depends on the document around it but its own text, so equal text gives equal bytes: the text is
the key. What does differ (the foot with numbers of pages, links to other parts, the table of
contents, the data inside) is added when parts are joined (`samenvoegen`).

Bron: docs/adr/0015.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from importlib import import_module
from typing import Any

import msgspec

from inkoop.documents.html import fill_bladen, has_inhoudsopgave
from inkoop.documents.huisstijl import Huisstijl
from inkoop.documents.opmaakmotor import Pdfgegevens, finish, load_motor, load_stijl

ANKER = "anker:"
"""How a link says that it goes to an anchor of the document, in this part or another, until parts are joined."""
PUNT_PER_PX = 0.75
MAX_VOORRAAD = 24 * 1024 * 1024


class Kopplek(msgspec.Struct, frozen=True):
    """A heading as a bookmark: its level, its text, and where it stands in points from the left and bottom."""

    niveau: int
    tekst: str
    blad: int
    x: float
    y: float


class Deel(msgspec.Struct, frozen=True):
    """A part as a PDF of its own, without foot: its pages, and where its anchors and headings stand (page from 0)."""

    inhoud: bytes
    bladen: int
    ankers: Mapping[str, tuple[int, float, float]]
    koppen: tuple[Kopplek, ...]


class Delenvoorraad:
    """The parts that this process set last, by what they were made from; never more than MAX_VOORRAAD bytes.

    It lives in memory and ends with its process: nothing on disk can be put in its place.
    """

    def __init__(self, grens: int = MAX_VOORRAAD) -> None:
        self._delen: OrderedDict[str, Deel] = OrderedDict()
        self._grens, self._omvang = grens, 0
        self.gevonden = self.gezet = 0

    def find_or_set(self, sleutel: str, maak: Callable[[], Deel]) -> Deel:
        """Give the part with this key, set now when it is not there."""
        if (deel := self._delen.get(sleutel)) is not None:
            self._delen.move_to_end(sleutel)
            self.gevonden += 1
            return deel
        deel = maak()
        self.gezet += 1
        self._delen[sleutel] = deel
        self._omvang += len(deel.inhoud)
        while self._omvang > self._grens:
            _, oudste = self._delen.popitem(last=False)
            self._omvang -= len(oudste.inhoud)
        return deel


class Zetter:
    """Sets the parts of one document in one house style."""

    def __init__(self, huisstijl: Huisstijl, voorraad: Delenvoorraad) -> None:
        self._motor, self._stijl = load_motor(), load_stijl(huisstijl)
        self._voorraad = voorraad

    def set_deel(self, html: str, volgnummer: int) -> Deel:
        """Set a part, or take it from the stock. `volgnummer` keeps the names inside parts of one document apart."""
        sleutel = _hash(self._stijl.vingerafdruk, f"deel {volgnummer}", html)
        return self._voorraad.find_or_set(sleutel, lambda: self._render(html, self._stijl.deel, sleutel[:8]))

    def set_delen(self, delen: Sequence[str], gegevens: Pdfgegevens) -> list[Deel]:
        """Set every part; the one with the table of contents comes last, as it names pages of the others.

        How many pages it takes itself is tried. The numbers stand in a column of their own width, so they do not
        change that: the second time is right. The first part carries what the file says about itself.
        """
        inhoud = next((plek for plek, html in enumerate(delen) if has_inhoudsopgave(html)), None)
        gezet = {plek: self.set_deel(html, plek) for plek, html in enumerate(delen) if plek not in {0, inhoud}}
        if inhoud != 0:
            gezet[0] = self._set_eerste(delen[0], delen, gegevens)
        bladen = 1
        while inhoud is not None and (inhoud not in gezet or gezet[inhoud].bladen != bladen):
            bladen = gezet[inhoud].bladen if inhoud in gezet else bladen
            voor = [gezet[plek] for plek in range(inhoud)]
            eerder = sum(deel.bladen for deel in voor)
            achter = [gezet[plek] for plek in range(inhoud + 1, len(delen))]
            nummers = number_ankers(voor) | number_ankers(achter, eerder + bladen)
            gevuld = fill_bladen(delen[inhoud], nummers)
            gezet[inhoud] = self.set_deel(gevuld, inhoud) if inhoud else self._set_eerste(gevuld, delen, gegevens)
        return [gezet[plek] for plek in range(len(delen))]

    def _set_eerste(self, html: str, delen: Sequence[str], gegevens: Pdfgegevens) -> Deel:
        """Set the first part, with the metadata and the data that the file carries; its name is that of all parts."""
        kenmerk = _hash(self._stijl.vingerafdruk, *delen)
        return self._render(html, self._stijl.deel, "", gegevens=gegevens, identificatie=kenmerk[:32])

    def set_voetregel(self, kenmerk: str) -> Deel:
        """Set what stands at the left of each foot."""
        html = f'<html lang="nl"><body><p class="regel">{escape(kenmerk)}</p></body></html>'
        return self._render(html, self._stijl.voet, "")

    def set_nummers(self, aantal: int) -> Deel:
        """Set the number at the right of each foot, a line for each page; equal for all documents of that length."""
        regels = "\n".join(f"pagina {nummer} van {aantal}" for nummer in range(1, aantal + 1))
        html = f'<html lang="nl"><body><p class="nummers">{regels}</p></body></html>'
        sleutel = _hash(self._stijl.vingerafdruk, "nummers", html)
        return self._voorraad.find_or_set(sleutel, lambda: self._render(html, self._stijl.voet, ""))

    def _render(
        self, html: str, stijl: object, naam: str, *, gegevens: Pdfgegevens | None = None, identificatie: str = ""
    ) -> Deel:
        """Lay a part out and write it."""
        pagina = self._motor.weasyprint.HTML(string=html, base_url="inkoop:", url_fetcher=self._motor.fetcher)
        for schakel in pagina.etree_element.iter("a"):
            schakel.set("href", ANKER + schakel.get("href", "").removeprefix("#"))
        document = pagina.render(stylesheets=[stijl], font_config=self._stijl.lettertypen)
        if gegevens is not None:
            document.metadata = self._motor.metadata(gegevens)

        def _finish(document: Any, pdf: Any) -> None:
            finish(document, pdf)
            _rename_koppelingen(pdf, naam)

        inhoud = document.write_pdf(
            pdf_variant="pdf/a-3a", pdf_identifier=identificatie.encode() or None, finisher=_finish
        )
        return Deel(inhoud, len(document.pages), _find_ankers(document), tuple(_list_koppen(document)))


def number_ankers(delen: Sequence[Deel], eerder: int = 0) -> dict[str, int]:
    """On which page each anchor stands, counted from 1, with `eerder` pages before these parts."""
    nummers: dict[str, int] = {}
    for deel in delen:
        nummers |= {naam: eerder + blad + 1 for naam, (blad, _, _) in deel.ankers.items()}
        eerder += deel.bladen
    return nummers


def _find_ankers(document: Any) -> Mapping[str, tuple[int, float, float]]:
    """Where each anchor stands; what goes on over a page has its anchor where it begins."""
    ankers: dict[str, tuple[int, float, float]] = {}
    for blad, pagina in enumerate(document.pages):
        for naam, (x, y, *_) in pagina.anchors.items():
            ankers.setdefault(naam, (blad, x * PUNT_PER_PX, (pagina.height - y) * PUNT_PER_PX))
    return ankers


def _list_koppen(document: Any) -> Iterator[Kopplek]:
    for blad, pagina in enumerate(document.pages):
        for niveau, tekst, (x, y), _ in pagina.bookmarks:
            yield Kopplek(niveau, tekst, blad, x * PUNT_PER_PX, (pagina.height - y) * PUNT_PER_PX)


def _rename_koppelingen(pdf: Any, naam: str) -> None:
    """Give the heads of tables names that no other part has: cells refer to them."""
    pydyf = import_module("pydyf")

    for voorwerp in pdf.objects:
        if not isinstance(voorwerp, dict) or voorwerp.get("S") not in {"/TH", "/TD"}:
            continue
        if "ID" in voorwerp:
            voorwerp["ID"] = pydyf.String(f"{naam}-{voorwerp['ID'].string}")
        if koppen := voorwerp["A"].get("Headers"):
            voorwerp["A"]["Headers"] = pydyf.Array(pydyf.String(f"{naam}-{kop.string}") for kop in koppen)


def _hash(*stukken: str | bytes) -> str:
    som = hashlib.sha256()
    for stuk in stukken:
        ruw = stuk.encode() if isinstance(stuk, str) else stuk
        som.update(len(ruw).to_bytes(8))
        som.update(ruw)
    return som.hexdigest()
