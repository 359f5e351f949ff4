"""The clause tree as HTML: what the browser shows and what the PDF is set from.

Numbers stand in the text, so they are the tree's in every form. The page carries no scripts and no
addresses outside itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from itertools import zip_longest

import msgspec

from inkoop.documents.boom import (
    Adres,
    Alinea,
    Bijlage,
    Blok,
    Document,
    Handtekeningen,
    Inhoud,
    Kader,
    Kenmerken,
    Kop,
    Lijst,
    Paginaeinde,
    Punt,
    Regeleinde,
    Tabel,
    Tekst,
    Uitlijning,
    Verwijzing,
    plat,
    show_nummer,
)
from inkoop.documents.huisstijl import STANDAARD, Huisstijl
from inkoop.documents.kolombreedte import divide_breedte
from inkoop.documents.metagegevens import Documentvorm
from inkoop.documents.nummering import ARTIKELNIVEAU


class Opmaakkeuze(msgspec.Struct, frozen=True, kw_only=True):
    """What a form of a document needs to know besides its tree."""

    vorm: Documentvorm
    kenmerk: str
    afzender: str
    inhoudsopgave: bool
    huisstijl: Huisstijl = STANDAARD


class Inhoudsregel(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a table of contents."""

    nummer: str
    tekst: str
    anker: str
    bijlage: bool


def list_inhoudsregels(document: Document) -> tuple[Inhoudsregel, ...]:
    """The sections and annexes of a document, as a table of contents lists them."""
    regels: list[Inhoudsregel] = []
    for blok in document.blokken:
        if isinstance(blok, Kop) and blok.niveau == ARTIKELNIVEAU:
            nummer = f"{blok.nummer}." if blok.nummer else ""
            regels.append(Inhoudsregel(nummer=nummer, tekst=plat(blok.inhoud), anker=blok.anker, bijlage=False))
        elif isinstance(blok, Bijlage):
            titel = plat(blok.titel)
            regels.append(Inhoudsregel(nummer=f"Bijlage {blok.nummer}", tekst=titel, anker=blok.anker, bijlage=True))
    return tuple(regels)


def find_begin(document: Document) -> int:
    """Before which block the table of contents goes: after the title and the kenmerken below it."""
    begin = 0
    for nummer, blok in enumerate(document.blokken):
        if isinstance(blok, Kop) and blok.niveau == 1:
            begin = nummer + 1
        elif isinstance(blok, Kenmerken) and nummer == begin:
            return nummer + 1
    return begin


def render_html(document: Document, keuze: Opmaakkeuze, *, stijl: str = "") -> str:
    """Write the whole page in one string; `stijl` is the CSS that goes with it."""
    schrijver = _Schrijver(document, keuze)
    kop = f'<meta charset="utf-8"><title>{escape(document.titel)}</title><style>{stijl}</style>'
    return _write_pagina(kop, keuze, schrijver.write_document())


def render_delen(document: Document, keuze: Opmaakkeuze) -> tuple[str, ...]:
    """Write a page for each part of a document that begins on a page of its own: they can be set apart.

    Parts end at the table of contents, at a page break and before an annex. A part says nothing of the
    document around it but the numbers in its references: equal parts of two documents are equal strings.
    Without such a place there is one part: the whole page.
    """
    delen = [deel for deel in _Schrijver(document, keuze).write_delen() if deel]
    if len(delen) == 1:
        return (render_html(document, keuze),)
    voor = "voorblad" if has_voorblad(keuze) else ""
    return tuple(
        _write_pagina('<meta charset="utf-8">', keuze, "\n".join(deel), "" if plek else voor)
        for plek, deel in enumerate(delen)
    )


def has_inhoudsopgave(html: str) -> bool:
    """Whether a part holds the table of contents; a value cannot write one, its angle brackets are escaped."""
    return '<nav class="inhoud">' in html


def fill_bladen(html: str, bladen: Mapping[str, int]) -> str:
    """Write behind each line of a table of contents on which page that stands; `bladen` is by anchor.

    A value cannot look like such a line: its angle brackets are escaped.
    """
    return _INHOUDSREGEL.sub(
        lambda regel: f'{regel[1]}<a data-blad="{bladen.get(regel[2], "")}" href="#{regel[2]}"', html
    )


_INHOUDSREGEL = re.compile(r'(<li(?: class=bijlageregel)?>)<a href="#([^"]+)"')
"""A line of a table of contents; a point of any other list begins with a paragraph."""


def _write_pagina(kop: str, keuze: Opmaakkeuze, inhoud: str, soort: str = "") -> str:
    klasse = f"{keuze.vorm.value} {soort}".strip()
    return f'<!DOCTYPE html>\n<html lang="nl"><head>{kop}</head><body class="{klasse}">{inhoud}</body></html>\n'


class _Schrijver:
    """Writes one document."""

    def __init__(self, document: Document, keuze: Opmaakkeuze) -> None:
        self._document = document
        self._keuze = keuze

    def write_document(self) -> str:
        """The whole body."""
        voet = [f'<div class="voettekst">{escape(self._keuze.kenmerk)}</div>'] if self._keuze.kenmerk else []
        delen = voet + self._write_aanhef()
        blokken = self._document.blokken
        voor = self._find_inhoudsopgave()
        delen += self._write_blokken(blokken[:voor])
        if self._keuze.inhoudsopgave:
            delen.append(self._write_inhoudsopgave())
            delen += self._write_blokken(blokken[voor:])
        return "\n".join(delen)

    def write_delen(self) -> list[list[str]]:
        """The body in parts that begin on a page of their own; a part may be empty."""
        blokken = self._document.blokken
        voor = self._find_inhoudsopgave()
        delen = [self._write_aanhef()]
        for plek, groep in enumerate((blokken[:voor], blokken[voor:])):
            stuk: list[Blok] = []
            for blok in groep:
                if isinstance(blok, Bijlage | Paginaeinde):
                    delen[-1] += self._write_blokken(stuk)
                    delen.append([])
                    stuk = []
                if not isinstance(blok, Paginaeinde):
                    stuk.append(blok)
            delen[-1] += self._write_blokken(stuk)
            if plek == 0 and self._keuze.inhoudsopgave:
                if has_voorblad(self._keuze):
                    delen.append([])
                delen[-1].append(self._write_inhoudsopgave())
                delen.append([])
        return delen

    def _find_inhoudsopgave(self) -> int:
        return find_begin(self._document) if self._keuze.inhoudsopgave else len(self._document.blokken)

    def _write_aanhef(self) -> list[str]:
        """What stands above the first page: the logo and the organisation."""
        delen = []
        if (logo := self._keuze.huisstijl.logo) is not None:
            maat = f"width:{logo.breedte_mm}mm;height:{logo.hoogte_mm}mm"
            delen.append(f'<img class="logo" style="{maat}" alt="{escape(logo.tekst)}" src="{logo.adres}">')
        if self._keuze.afzender:
            delen.append(f'<p class="afzender">{escape(self._keuze.afzender)}</p>')
        return delen

    def _write_inhoudsopgave(self) -> str:
        regels = [
            f'<li{" class=bijlageregel" if regel.bijlage else ""}><a href="#{regel.anker}">'
            f"{_put_nummer(regel.nummer)}{escape(regel.tekst)}</a></li>"
            for regel in list_inhoudsregels(self._document)
        ]
        return f'<nav class="inhoud"><p class="inhoudtitel">Inhoud</p><ul>{"".join(regels)}</ul></nav>'

    def _write_blokken(self, blokken: Iterable[Blok]) -> list[str]:
        """Blocks in order; a paragraph or point that leads to a table or a closing stays on its page."""
        alle = list(blokken)
        return [
            _SCHRIJVERS[type(blok)](self, blok, bij_volgende=True)
            if isinstance(blok, Alinea | Lijst) and leads_to(volgende)
            else _SCHRIJVERS[type(blok)](self, blok)
            for blok, volgende in zip_longest(alle, alle[1:])
        ]

    def write_kop(self, kop: Kop) -> str:
        naam = f"h{kop.niveau}"
        if not kop.nummer:
            return f'<{naam} id="{kop.anker}">{hold_namen(write_inhoud(kop.inhoud))}</{naam}>'
        titel = escape(f"{kop.nummer}. {plat(kop.inhoud)}")
        eigenschappen = f'id="{kop.anker}" data-titel="{titel}"'
        return _write_met_nummer(naam, f"{kop.nummer}.", kop.inhoud, eigenschappen)

    def write_alinea(self, alinea: Alinea, *, bij_volgende: bool = False) -> str:
        klasse = ' class="tussenkop"' if is_tussenkop(alinea) else ""
        klasse = klasse or (' class="aanloop"' if bij_volgende or is_aanloop(alinea) else "")
        klasse = klasse or (' class="groet"' if is_groet(alinea) else "")
        return f"<p{klasse}>{write_inhoud(alinea.inhoud)}</p>"

    def write_lijst(self, lijst: Lijst, *, bij_volgende: bool = False) -> str:
        naam = "ol" if lijst.genummerd else "ul"
        punten = [
            self._write_punt(punt, lijst.genummerd, bij_volgende=bij_volgende and punt is lijst.punten[-1])
            for punt in lijst.punten
        ]
        return f"<{naam}>{''.join(punten)}</{naam}>"

    def _write_punt(self, punt: Punt, genummerd: bool, *, bij_volgende: bool) -> str:
        teken = show_nummer(punt) if genummerd else "•"
        eerste, *rest = punt.blokken
        begin = _write_met_nummer("p", teken, eerste.inhoud if isinstance(eerste, Alinea) else ())
        if not isinstance(eerste, Alinea):
            begin += _SCHRIJVERS[type(eerste)](self, eerste)
        anker = f' id="{punt.anker}"' if punt.anker else ""
        klasse = ' class="aanloop"' if bij_volgende or is_aanloop(punt.blokken[-1]) else ""
        return f"<li{anker}{klasse}>{begin}{''.join(self._write_blokken(rest))}</li>"

    def write_tabel(self, tabel: Tabel) -> str:
        kolommen = "".join(f'<col style="width:{breedte}%">' for breedte in divide_breedte(tabel))
        koppen = "".join(
            f'<th scope="col"{_KLASSEN[kant]}>{write_inhoud(kop)}</th>'
            for kop, kant in zip(tabel.koppen, tabel.uitlijning, strict=True)
        )
        rijen = "".join(
            "<tr>"
            + "".join(
                f"<td{_KLASSEN[kant]}>{write_inhoud(cel)}</td>" for cel, kant in zip(rij, tabel.uitlijning, strict=True)
            )
            + "</tr>"
            for rij in tabel.rijen
        )
        return f"<table><colgroup>{kolommen}</colgroup><thead><tr>{koppen}</tr></thead><tbody>{rijen}</tbody></table>"

    def write_adres(self, adres: Adres) -> str:
        return f'<div class="adres">{"".join(f"<p>{write_inhoud(regel)}</p>" for regel in adres.regels)}</div>'

    def write_kenmerken(self, kenmerken: Kenmerken) -> str:
        rijen = "".join(
            f'<tr><th scope="row">{write_inhoud(label)}</th><td>{write_inhoud(waarde)}</td></tr>'
            for label, waarde in kenmerken.paren
        )
        return f'<table class="kenmerken"><tbody>{rijen}</tbody></table>'

    def write_handtekeningen(self, blok: Handtekeningen) -> str:
        invul = '<p class="invul">Plaats:</p><p class="invul">Datum:</p>' if wants_invulregels(self._keuze.vorm) else ""
        vakken = "".join(
            f'<div class="vak"><p><strong>{write_inhoud(vak.namens)}</strong></p><div class="ruimte"></div>'
            f"<p>{write_inhoud(vak.naam)}</p><p>{write_inhoud(vak.functie)}</p>{invul}</div>"
            for vak in blok.vakken
        )
        return f'<div class="vakken">{vakken}</div>'

    def write_kader(self, kader: Kader) -> str:
        titel = f'<p class="kadertitel">{write_inhoud(kader.titel)}</p>' if kader.titel else ""
        return f'<div class="kader">{titel}{"".join(self._write_blokken(kader.blokken))}</div>'

    def write_bijlage(self, bijlage: Bijlage) -> str:
        inhoud = "\n".join(self._write_blokken(bijlage.blokken))
        titel = escape(f"Bijlage {bijlage.nummer} {plat(bijlage.titel)}")
        eigenschappen = f'id="{bijlage.anker}" data-titel="{titel}"'
        kop = _write_met_nummer("h2", f"Bijlage {bijlage.nummer}", bijlage.titel, eigenschappen)
        return f'<section class="bijlage">{kop}\n{inhoud}</section>'

    def write_paginaeinde(self, _: Paginaeinde) -> str:
        return '<div class="paginaeinde"></div>'


_SCHRIJVERS: Mapping[type[Blok], Callable[..., str]] = {
    Kop: _Schrijver.write_kop,
    Alinea: _Schrijver.write_alinea,
    Lijst: _Schrijver.write_lijst,
    Tabel: _Schrijver.write_tabel,
    Adres: _Schrijver.write_adres,
    Kenmerken: _Schrijver.write_kenmerken,
    Handtekeningen: _Schrijver.write_handtekeningen,
    Kader: _Schrijver.write_kader,
    Bijlage: _Schrijver.write_bijlage,
    Paginaeinde: _Schrijver.write_paginaeinde,
}
_KLASSEN = {Uitlijning.LINKS: "", Uitlijning.RECHTS: ' class="rechts"', Uitlijning.MIDDEN: ' class="midden"'}


def write_inhoud(inhoud: Inhoud) -> str:
    """Write running text: everything that is text is escaped."""
    delen: list[str] = []
    for deel in inhoud:
        if isinstance(deel, Regeleinde):
            delen.append("<br>")
            continue
        tekst = escape(deel.tekst, quote=False)
        if not isinstance(deel, Tekst):
            tekst = f'<a href="#{deel.anker}">{tekst}</a>'
        if deel.cursief:
            tekst = f"<em>{tekst}</em>"
        delen.append(f"<strong>{tekst}</strong>" if deel.vet else tekst)
    return "".join(delen)


def _put_nummer(nummer: str) -> str:
    """A number and the tab after it; the style sheet sets how far the tab goes."""
    return f"{nummer}\t" if nummer else ""


def _write_met_nummer(naam: str, nummer: str, inhoud: Inhoud, eigenschappen: str = "") -> str:
    """An element that begins with a number and a tab; the style sheet sets how far the tab goes."""
    extra = f" {eigenschappen}" if eigenschappen else ""
    if all(isinstance(deel, Tekst) and not (deel.vet or deel.cursief) for deel in inhoud):
        return f'<{naam} class="n w"{extra}>{nummer}\t{write_inhoud(inhoud)}</{naam}>'
    return f'<{naam} class="n"{extra}><span class="w">{nummer}\t</span>{write_inhoud(inhoud)}</{naam}>'


_NAAM_MET_STREEPJE = re.compile(
    r"\(?(?<![\w-])(?:['’]s|[A-ZÀ-Þ][\w’']{0,20})(?:-[A-ZÀ-Þ0-9][\w’']{0,20}){1,5}(?![\w-])[.,:;)]*"
)


def hold_namen(geschreven: str) -> str:
    """Keep a name or number such as HVB-BG-G3 on one line of a title; who copies or searches finds the same text.

    Not in running text: WeasyPrint then sometimes ends the line before after its first word.
    """
    if "-" not in geschreven:
        return geschreven
    return _NAAM_MET_STREEPJE.sub(r'<span class="heel">\g<0></span>', geschreven)


def is_tussenkop(alinea: Alinea) -> bool:
    """Whether a paragraph is all bold: it introduces what follows and stays with it on the page."""
    return all(isinstance(deel, Tekst | Verwijzing) and deel.vet for deel in alinea.inhoud)


def is_aanloop(blok: Blok) -> bool:
    """Whether this is a paragraph that ends in a colon: what it announces stands on the same page."""
    return isinstance(blok, Alinea) and plat(blok.inhoud).rstrip().endswith(":")


def is_groet(alinea: Alinea) -> bool:
    """Whether a paragraph leads to a signature: it never stands alone on a page, without the last of the text."""
    return plat(alinea.inhoud).startswith(("Met vriendelijke groet", "Namens de ", "Namens het "))


def leads_to(volgende: Blok | None) -> bool:
    """Whether the paragraph before this block stays with it: before a table, and before the closing of a letter."""
    return isinstance(volgende, Tabel) or (isinstance(volgende, Alinea) and is_groet(volgende))


def wants_invulregels(vorm: Documentvorm) -> bool:
    """Whether who signs also fills in where and when: in contracts, not in letters."""
    return vorm in {Documentvorm.OVEREENKOMST, Documentvorm.BIJLAGE}


def has_voorblad(keuze: Opmaakkeuze) -> bool:
    """Whether the title has a page of its own: a contract with a table of contents, which is then equal for many."""
    return keuze.inhoudsopgave and keuze.vorm is Documentvorm.OVEREENKOMST
