"""The clauses of a document in reading order: each running text with where it stands, as people name it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from inkoop.documents.boom import (
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
    Punt,
    Regeleinde,
    Tabel,
    list_inhoud,
    plat,
    show_nummer,
)


class Clausule(msgspec.Struct, frozen=True, kw_only=True):
    """One running text. `merk` is its number in the document (0: it has none), `nummer` what is printed before it."""

    merk: int
    aanduiding: str
    nummer: str
    tekst: str

    @property
    def regel(self) -> str:
        """Number and text, as it is read."""
        return f"{self.nummer} {self.tekst}".strip()


def read_tekst(inhoud: Inhoud) -> str:
    """The text with its line ends."""
    return "".join("\n" if isinstance(deel, Regeleinde) else deel.tekst for deel in inhoud)


def find_merk(inhoud: Inhoud) -> int:
    """The number of a running text, or 0."""
    return getattr(inhoud[0], "merk", 0) if inhoud else 0


def list_clausules(document: Document) -> tuple[Clausule, ...]:
    """Every clause of a numbered document that has text."""
    return tuple(clausule for clausule in _list_deel(document.blokken, "") if clausule.tekst.strip())


def _list_deel(blokken: Sequence[Blok], stam: str) -> Iterator[Clausule]:
    plek = stam or "aanhef"
    for blok in blokken:
        if isinstance(blok, Kop):
            if blok.niveau == 1:
                yield _make(blok.inhoud, "titel")
                continue
            plek = _name_kop(blok, stam)
            yield _make(blok.inhoud, plek, f"{blok.nummer}." if blok.nummer else "")
        else:
            yield from _list_blok(blok, plek)


def _name_kop(kop: Kop, stam: str) -> str:
    if kop.nummer:
        return f"{stam}, onderdeel {kop.nummer}" if stam else f"artikel {kop.nummer}"
    titel = plat(kop.inhoud)
    return f"{stam}, “{titel}”" if stam else f"“{titel}”"


def _list_blok(blok: Blok, plek: str) -> Iterator[Clausule]:
    lezer = _LEZERS.get(type(blok))
    if lezer is not None:
        yield from lezer(blok, plek)
        return
    for inhoud in list_inhoud(blok):
        yield _make(inhoud, plek)


def _list_lijst(lijst: Lijst, plek: str) -> Iterator[Clausule]:
    for punt in lijst.punten:
        yield from _list_punt(punt, plek, genummerd=lijst.genummerd)


def _list_tabel(tabel: Tabel, plek: str) -> Iterator[Clausule]:
    for nummer, rij in enumerate((tabel.koppen, *tabel.rijen)):
        for kolom, cel in enumerate(rij, 1):
            yield _make(cel, f"{plek}, tabel rij {nummer} kolom {kolom}")


def _list_bijlage(bijlage: Bijlage, _: str) -> Iterator[Clausule]:
    naam = f"bijlage {bijlage.nummer}"
    yield _make(bijlage.titel, naam, f"Bijlage {bijlage.nummer}")
    yield from _list_deel(bijlage.blokken, naam)


def _list_kader(kader: Kader, plek: str) -> Iterator[Clausule]:
    yield _make(kader.titel, f"{plek}, kader")
    yield from _list_deel(kader.blokken, f"{plek}, kader")


def _list_kenmerken(kenmerken: Kenmerken, plek: str) -> Iterator[Clausule]:
    for label, waarde in kenmerken.paren:
        yield _make(label, f"{plek}, kenmerk")
        yield _make(waarde, f"{plek}, kenmerk “{plat(label)}”")


def _list_vakken(blok: Handtekeningen, plek: str) -> Iterator[Clausule]:
    for inhoud in list_inhoud(blok):
        yield _make(inhoud, f"{plek}, tekenvak")


_LEZERS: Mapping[type[Blok], Callable[..., Iterator[Clausule]]] = {
    Lijst: _list_lijst,
    Tabel: _list_tabel,
    Bijlage: _list_bijlage,
    Kader: _list_kader,
    Kenmerken: _list_kenmerken,
    Handtekeningen: _list_vakken,
}


def _list_punt(punt: Punt, plek: str, *, genummerd: bool) -> Iterator[Clausule]:
    teken = show_nummer(punt) if genummerd else "•"
    if genummerd:
        plek = _name_punt(punt, plek)
    eerste, *rest = punt.blokken
    if isinstance(eerste, Alinea):
        yield _make(eerste.inhoud, plek, teken)
    else:
        rest = [eerste, *rest]
    for blok in rest:
        yield from _list_blok(blok, plek)


def _name_punt(punt: Punt, plek: str) -> str:
    if "." in punt.nummer:
        voor, _, _ = plek.rpartition(" ")
        return f"{voor} {punt.nummer}"
    return f"{plek} onder {punt.nummer}"


def _make(inhoud: Inhoud, aanduiding: str, nummer: str = "") -> Clausule:
    return Clausule(merk=find_merk(inhoud), aanduiding=aanduiding, nummer=nummer, tekst=read_tekst(inhoud))
