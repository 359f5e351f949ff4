"""The clause tree as plain text with its numbers: what gates, comparisons and reading aloud work on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from inkoop.documents.boom import (
    Adres,
    Alinea,
    Bijlage,
    Blok,
    Document,
    Handtekeningen,
    Kader,
    Kenmerken,
    Kop,
    Lijst,
    Paginaeinde,
    Tabel,
    plat,
    show_nummer,
)
from inkoop.documents.fouten import Plaats

Regel = tuple[Plaats, str]


def render_tekst(document: Document) -> str:
    """Write the document as lines of text, one paragraph, point or table row each."""
    return "\n".join(tekst for _, tekst in list_regels(document)) + "\n"


def list_regels(document: Document) -> list[Regel]:
    """All lines of the document with the template line that each came from."""
    return list(_write_blokken(document.blokken))


def list_bloktekst(blokken: Iterable[Blok]) -> list[Regel]:
    """The lines of some blocks."""
    return list(_write_blokken(blokken))


def _write_blokken(blokken: Iterable[Blok]) -> Iterator[Regel]:
    for blok in blokken:
        yield from _SCHRIJVERS[type(blok)](blok)


def _write_kop(kop: Kop) -> Iterator[Regel]:
    yield kop.plaats, f"{kop.nummer}. {plat(kop.inhoud)}" if kop.nummer else plat(kop.inhoud)


def _write_alinea(alinea: Alinea) -> Iterator[Regel]:
    yield alinea.plaats, plat(alinea.inhoud)


def _write_lijst(lijst: Lijst) -> Iterator[Regel]:
    for punt in lijst.punten:
        teken = show_nummer(punt) if lijst.genummerd else "-"
        regels = list(_write_blokken(punt.blokken))
        if isinstance(punt.blokken[0], Alinea):
            plaats, tekst = regels.pop(0)
            yield plaats, f"{teken} {tekst}"
        else:
            yield punt.plaats, teken
        yield from regels


def _write_tabel(tabel: Tabel) -> Iterator[Regel]:
    for rij in (tabel.koppen, *tabel.rijen):
        yield tabel.plaats, " | ".join(plat(cel) for cel in rij)


def _write_adres(adres: Adres) -> Iterator[Regel]:
    yield from ((adres.plaats, plat(regel)) for regel in adres.regels)


def _write_kenmerken(kenmerken: Kenmerken) -> Iterator[Regel]:
    yield from ((kenmerken.plaats, f"{plat(label)}: {plat(waarde)}") for label, waarde in kenmerken.paren)


def _write_handtekeningen(blok: Handtekeningen) -> Iterator[Regel]:
    for vak in blok.vakken:
        yield blok.plaats, f"{plat(vak.namens)}: {plat(vak.naam)}, {plat(vak.functie)}"


def _write_kader(kader: Kader) -> Iterator[Regel]:
    if kader.titel:
        yield kader.plaats, plat(kader.titel)
    yield from _write_blokken(kader.blokken)


def _write_bijlage(bijlage: Bijlage) -> Iterator[Regel]:
    yield bijlage.plaats, f"Bijlage {bijlage.nummer} {plat(bijlage.titel)}"
    yield from _write_blokken(bijlage.blokken)


def _write_paginaeinde(_: Paginaeinde) -> Iterator[Regel]:
    yield from ()


_SCHRIJVERS: Mapping[type[Blok], Callable[..., Iterator[Regel]]] = {
    Kop: _write_kop,
    Alinea: _write_alinea,
    Lijst: _write_lijst,
    Tabel: _write_tabel,
    Adres: _write_adres,
    Kenmerken: _write_kenmerken,
    Handtekeningen: _write_handtekeningen,
    Kader: _write_kader,
    Bijlage: _write_bijlage,
    Paginaeinde: _write_paginaeinde,
}
