"""The blocks of the clause tree as the body of a Word document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest

import msgspec

from inkoop.documents.boom import (
    Adres,
    Alinea,
    Bijlage,
    Blok,
    Document,
    Handtekening,
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
)
from inkoop.documents.docx.lopend import Bladwijzers, name_bladwijzer, write_inhoud, write_run, write_veld
from inkoop.documents.docx.nummerlijsten import (
    OPSOMMING,
    find_reeksen,
    indent_artikeltrede,
    indent_lijsttrede,
    list_id,
)
from inkoop.documents.docx.tabellen import write_alinea, write_cel, write_gegevensrij, write_rij, write_tabel
from inkoop.documents.docx.wordstijl import read_wordstijl
from inkoop.documents.html import (
    Opmaakkeuze,
    find_begin,
    has_voorblad,
    is_aanloop,
    is_groet,
    is_tussenkop,
    leads_to,
    list_inhoudsregels,
    wants_invulregels,
)
from inkoop.documents.kolombreedte import divide_breedte
from inkoop.documents.metagegevens import Documentvorm

ZETBREEDTE = 9240
"""The width of the text between the margins, in twentieths of a point (163 mm)."""
BULLETSPRONG = 340
KENMERKEN_BIJEEN = 2
"""How many first rows of a block of kenmerken stay with the row after them."""


def write_blokken(document: Document, keuze: Opmaakkeuze) -> str:
    """Write everything within w:body except the page settings."""
    return _Blokschrijver(document, keuze).write_document()


class _Plek(msgspec.Struct, frozen=True):
    """Where a block stands: how far its text is indented, the style of its paragraphs, the depth of bullets."""

    links: int = 0
    stijl: str = ""
    bullets: int = 0


class _Blokschrijver:
    """Writes the body of one document."""

    def __init__(self, document: Document, keuze: Opmaakkeuze) -> None:
        self._document = document
        self._keuze = keuze
        self._kleuren = keuze.huisstijl.kleuren
        huis = read_wordstijl(keuze.huisstijl)
        self._zetbreedte = huis.zetbreedte if huis else ZETBREEDTE
        self._bladwijzers = Bladwijzers()
        self._artikelreeksen = {reeks for reeks, artikelen in find_reeksen(document).items() if artikelen}

    def write_document(self) -> str:
        delen = [write_alinea("Afzender", write_run(self._keuze.afzender))] if self._keuze.afzender else []
        blokken = self._document.blokken
        begin = find_begin(self._document) if self._keuze.inhoudsopgave else 0
        delen.append(self._write_blokken(blokken[:begin], _Plek()))
        rest = self._write_blokken(blokken[begin:], _Plek())
        if self._keuze.inhoudsopgave and (opgave := self._write_inhoudsopgave()):
            delen.append(opgave)
            rest = _begin_pagina(rest)
        return "".join((*delen, rest))

    def _write_blokken(self, blokken: Iterable[Blok], plek: _Plek) -> str:
        """Blocks in order; a paragraph or point that leads to a table or a closing stays on its page."""
        alle = list(blokken)
        delen = []
        for blok, volgende in zip_longest(alle, alle[1:]):
            if isinstance(blok, Alinea | Lijst) and leads_to(volgende):
                delen.append(_SCHRIJVERS[type(blok)](self, blok, plek, bij_volgende=True))
            else:
                delen.append(_SCHRIJVERS[type(blok)](self, blok, plek))
        return "".join(delen)

    def _write_inhoudsopgave(self) -> str:
        """A field, filled in; its page numbers come when Word opens it, since only Word knows its pages."""
        regels = []
        for regel in list_inhoudsregels(self._document):
            nummer = f"{write_run(regel.nummer)}<w:r><w:tab/></w:r>" if regel.nummer else ""
            doel = f'<w:hyperlink w:anchor="{name_bladwijzer(regel.anker)}" w:history="1">'
            regels.append(f"{doel}{nummer}{write_run(regel.tekst)}</w:hyperlink>")
        if not regels:
            return ""
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-1" \\h \\z \\u </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        regels[0] = begin + regels[0]
        regels[-1] += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        opgave = "".join(write_alinea("TOC1", regel) for regel in regels)
        vorm = "<w:pageBreakBefore/>" if has_voorblad(self._keuze) else ""
        return write_alinea("Inhoudtitel", write_run("Inhoud"), vorm) + opgave

    def write_kop(self, kop: Kop, _: _Plek) -> str:
        if kop.niveau == 1:
            stijl = "Onderwerp" if self._keuze.vorm is Documentvorm.BRIEF else "Title"
        else:
            stijl = f"Heading{kop.niveau - 1}"
        nummering = _write_nummering(list_id(kop.reeks), 0) if kop.nummer else ""
        return write_alinea(stijl, self._bladwijzers.wrap(kop.anker, write_inhoud(kop.inhoud)), nummering)

    def write_alinea(self, alinea: Alinea, plek: _Plek, *, bij_volgende: bool = False) -> str:
        blijft = bij_volgende or is_tussenkop(alinea) or is_aanloop(alinea) or is_groet(alinea)
        vorm = "<w:keepNext/>" if blijft else ""
        vorm += f'<w:ind w:left="{plek.links}"/>' if plek.links else ""
        return write_alinea(plek.stijl, write_inhoud(alinea.inhoud), vorm)

    def write_lijst(self, lijst: Lijst, plek: _Plek, *, bij_volgende: bool = False) -> str:
        schrijf = self._write_punt if lijst.genummerd else self._write_bullet
        *eerder, laatste = lijst.punten
        return "".join(schrijf(punt, plek) for punt in eerder) + schrijf(laatste, plek, bij_volgende=bij_volgende)

    def _write_punt(self, punt: Punt, plek: _Plek, *, bij_volgende: bool = False) -> str:
        artikel = punt.reeks in self._artikelreeksen
        links, _ = indent_artikeltrede(punt.trede) if artikel else indent_lijsttrede(punt.trede)
        stijl = _PUNTSTIJLEN[punt.trede - 1] if artikel else "ListNumber"
        nummering = _write_nummering(list_id(punt.reeks), punt.trede)
        binnen = msgspec.structs.replace(plek, links=links, stijl=stijl)
        return self._write_eerste(punt, stijl, nummering, binnen, bij_volgende=bij_volgende)

    def _write_bullet(self, punt: Punt, plek: _Plek, *, bij_volgende: bool = False) -> str:
        links = plek.links + BULLETSPRONG
        hangend = f'<w:ind w:left="{links}" w:hanging="283"/>'
        nummering = _write_nummering(OPSOMMING, min(plek.bullets, 3)) + hangend
        binnen = _Plek(links, "ListBullet", plek.bullets + 1)
        return self._write_eerste(punt, "ListBullet", nummering, binnen, bij_volgende=bij_volgende)

    def _write_eerste(self, punt: Punt, stijl: str, nummering: str, binnen: _Plek, *, bij_volgende: bool) -> str:
        eerste, *rest = punt.blokken
        tekst = write_inhoud(eerste.inhoud) if isinstance(eerste, Alinea) else ""
        blijft = "<w:keepNext/>" if is_aanloop(eerste) or (bij_volgende and not rest) else ""
        kop = write_alinea(stijl, self._bladwijzers.wrap(punt.anker, tekst), blijft + nummering)
        return kop + self._write_blokken(rest if isinstance(eerste, Alinea) else punt.blokken, binnen)

    def write_tabel(self, tabel: Tabel, plek: _Plek) -> str:
        ruimte = self._zetbreedte - plek.links
        breedtes = [ruimte * deel // 100 for deel in divide_breedte(tabel)]
        rijen = [write_gegevensrij(tabel.koppen, tabel.uitlijning, breedtes, kop=True)]
        rijen += [write_gegevensrij(rij, tabel.uitlijning, breedtes, kop=False) for rij in tabel.rijen]
        return write_tabel("Huistabel", breedtes, rijen, links=plek.links)

    def write_adres(self, adres: Adres, _: _Plek) -> str:
        *regels, laatste = adres.regels
        slot = write_alinea("Adres", write_inhoud(laatste), '<w:spacing w:after="560"/>')
        return "".join(write_alinea("Adres", write_inhoud(regel)) for regel in regels) + slot

    def write_kenmerken(self, kenmerken: Kenmerken, plek: _Plek) -> str:
        breedtes = [1930, self._zetbreedte - plek.links - 1930]
        rijen = [
            write_rij([
                write_cel(breedtes[0], write_alinea("Kenmerklabel", write_inhoud(label), vorm)),
                write_cel(breedtes[1], write_alinea("Kenmerk", write_inhoud(waarde))),
            ])
            for nummer, (label, waarde) in enumerate(kenmerken.paren)
            for vorm in ("<w:keepNext/>" if nummer < KENMERKEN_BIJEEN else "",)
        ]  # fmt: skip
        return write_tabel("", breedtes, rijen, links=plek.links, rand=0)

    def write_handtekeningen(self, blok: Handtekeningen, plek: _Plek) -> str:
        breedte = (self._zetbreedte - plek.links) // 2
        rijen = []
        for begin in range(0, len(blok.vakken), 2):
            vakken = [write_cel(breedte, self._write_vak(vak)) for vak in blok.vakken[begin : begin + 2]]
            vakken += [write_cel(breedte, write_alinea("Tekenvak", ""))] * (2 - len(vakken))
            rijen.append(write_rij(vakken))
        return write_tabel("", [breedte, breedte], rijen, links=plek.links, rand=0)

    def _write_vak(self, vak: Handtekening) -> str:
        invul = wants_invulregels(self._keuze.vorm)
        lijn = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="333333"/></w:pBdr>' if invul else ""
        bij = "" if invul else "<w:keepNext/>"  # in a letter the ground of the mandate follows
        ruimte = f'{bij}{lijn}<w:spacing w:before="820" w:after="60"/><w:ind w:right="400"/>'
        regels = [
            write_alinea("Tekenvak", write_inhoud(_embolden(vak.namens)), bij),
            write_alinea("Tekenvak", "", ruimte),
            write_alinea("Tekenvak", write_inhoud(vak.naam), bij),
            write_alinea("Tekenvak", write_inhoud(vak.functie), bij),
        ]
        velden = ("Plaats:", "Datum:") if invul else ()
        streep = f'{lijn}<w:spacing w:before="200"/><w:ind w:right="400"/>'
        regels += [write_alinea("Tekenvak", write_run(veld), streep) for veld in velden]
        return "".join(regels) + write_alinea("Tussenruimte", "", f'{bij}<w:spacing w:after="240"/>')

    def write_kader(self, kader: Kader, plek: _Plek) -> str:
        breedte = self._zetbreedte - plek.links
        titel = write_alinea("Kadertitel", write_inhoud(kader.titel)) if kader.titel else ""
        inhoud = titel + self._write_blokken(kader.blokken, _Plek(0, "Kader", 0))
        if not inhoud.endswith("</w:p>"):
            inhoud += write_alinea("Tussenruimte", "")
        vorm = (
            f'<w:tcBorders><w:left w:val="single" w:sz="24" w:space="0" w:color="{self._kleuren.hoofd}"/></w:tcBorders>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{self._kleuren.vlak}"/><w:tcMar>'
            '<w:top w:w="120" w:type="dxa"/><w:left w:w="220" w:type="dxa"/>'
            '<w:bottom w:w="80" w:type="dxa"/><w:right w:w="200" w:type="dxa"/></w:tcMar>'
        )
        return write_tabel("", [breedte], [write_rij([write_cel(breedte, inhoud, vorm)])], links=plek.links)

    def write_bijlage(self, bijlage: Bijlage, _: _Plek) -> str:
        """The number of an annex is a counting field, so that a reference can take it without the word."""
        nummer = self._bladwijzers.wrap(bijlage.anker, write_veld("SEQ Bijlage \\* ARABIC", bijlage.nummer))
        kop = write_run("Bijlage ") + nummer + write_run("   ") + write_inhoud(bijlage.titel)
        return write_alinea("Bijlagekop", kop) + self._write_blokken(bijlage.blokken, _Plek())

    def write_paginaeinde(self, _: Paginaeinde, __: _Plek) -> str:
        return _NIEUWE_PAGINA


_NIEUWE_PAGINA = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_EERSTE_ALINEA = re.compile(r"<w:p>(?:<w:pPr>((?:<w:pStyle [^>]*/>)?(?:<w:keepNext/>)?))?")


def _begin_pagina(xml: str) -> str:
    """Let what follows begin a page by itself: a break in a paragraph of its own may fall on an empty page."""
    gevonden = _EERSTE_ALINEA.match(xml)
    if gevonden is None:
        return _NIEUWE_PAGINA + xml
    if gevonden[1] is None:
        return "<w:p><w:pPr><w:pageBreakBefore/></w:pPr>" + xml[gevonden.end() :]
    return f"<w:p><w:pPr>{gevonden[1]}<w:pageBreakBefore/>" + xml[gevonden.end() :]


_PUNTSTIJLEN = ("Lid", "Onderdeel", "Subonderdeel")
_SCHRIJVERS: Mapping[type[Blok], Callable[..., str]] = {
    Kop: _Blokschrijver.write_kop,
    Alinea: _Blokschrijver.write_alinea,
    Lijst: _Blokschrijver.write_lijst,
    Tabel: _Blokschrijver.write_tabel,
    Adres: _Blokschrijver.write_adres,
    Kenmerken: _Blokschrijver.write_kenmerken,
    Handtekeningen: _Blokschrijver.write_handtekeningen,
    Kader: _Blokschrijver.write_kader,
    Bijlage: _Blokschrijver.write_bijlage,
    Paginaeinde: _Blokschrijver.write_paginaeinde,
}


def _embolden(inhoud: Inhoud) -> Inhoud:
    return tuple(deel if isinstance(deel, Regeleinde) else msgspec.structs.replace(deel, vet=True) for deel in inhoud)


def _write_nummering(lijst: int, trede: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{trede}"/><w:numId w:val="{lijst}"/></w:numPr>'
