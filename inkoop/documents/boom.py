"""The clause tree: what a document is, apart from how it looks.

    Document ── titel, blokken
    Blok     = Kop | Alinea | Lijst | Tabel | Adres | Kenmerken | Handtekeningen | Kader | Bijlage | Paginaeinde
    Lijst    ── punten ── Punt ── blokken
    Inhoud   = (Tekst | Verwijzing | Regeleinde, ...)

`lezer` makes the tree without numbers; `nummering` fills in `nummer`, `anker`, `reeks` and the texts of
references once; `html`, `pdf`, `docx` and `tekst` only write down what stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

import msgspec

from inkoop.documents.fouten import Plaats


class Tekst(msgspec.Struct, frozen=True, tag="tekst"):
    """A run of text; `waarde` says that it came from the data and not from the template.

    `merk` stands on the first part of a running text: its number in the document, from 1 (`bewerken`).
    """

    tekst: str
    vet: bool = False
    cursief: bool = False
    waarde: bool = False
    merk: int = 0


class Regeleinde(msgspec.Struct, frozen=True, tag="regeleinde"):
    """A line end within a paragraph."""


class Doel(msgspec.Struct, frozen=True):
    """The part of a reference that is a number or title, and the anchor of what carries it.

    `eigen_nummer`: the text is the number that the target's own list gives it; else it is text at the
    target itself (a title, the number of an annex).
    """

    anker: str
    tekst: str
    eigen_nummer: bool = True


class Verwijzing(msgspec.Struct, frozen=True, tag="verwijzing"):
    """A reference to a label; `delen` are its words: plain text, or a Doel that follows its target.

    `anker` is where a click goes.
    """

    label: str
    plaats: Plaats
    vet: bool = False
    cursief: bool = False
    delen: tuple[str | Doel, ...] = ()
    anker: str = ""
    merk: int = 0

    @property
    def tekst(self) -> str:
        """The whole reference as it is read: artikel 4.2 onder b."""
        return "".join(deel if isinstance(deel, str) else deel.tekst for deel in self.delen)


Inhoud = tuple[Tekst | Verwijzing | Regeleinde, ...]


class Nummering(StrEnum):
    """What a number on a heading or point counts."""

    GEEN = "geen"
    ARTIKEL = "artikel"
    LIJST = "lijst"


class Kop(msgspec.Struct, frozen=True, kw_only=True, tag="kop"):
    """A heading. `niveau` 1 is the title; `nummer` is "4" for the fourth artikel, else empty."""

    niveau: int
    inhoud: Inhoud
    plaats: Plaats
    label: str | None = None
    nummer: str = ""
    anker: str = ""
    reeks: int = -1


class Alinea(msgspec.Struct, frozen=True, kw_only=True, tag="alinea"):
    """A paragraph."""

    inhoud: Inhoud
    plaats: Plaats


class Punt(msgspec.Struct, frozen=True, kw_only=True):
    """One point of a list: a lid (`4.2`), an onderdeel (`a`, `ii`), or a bullet (no number).

    `reeks` is the numbering sequence it belongs to and `trede` its level therein, from 0: the same
    two that a word processor keeps.
    """

    blokken: tuple[Blok, ...]
    plaats: Plaats
    label: str | None = None
    nummer: str = ""
    anker: str = ""
    reeks: int = -1
    trede: int = 0


class Lijst(msgspec.Struct, frozen=True, kw_only=True, tag="lijst"):
    """Points with numbers or with bullets."""

    genummerd: bool
    punten: tuple[Punt, ...]
    plaats: Plaats


class Uitlijning(StrEnum):
    """Where the text of a column stands."""

    LINKS = "links"
    RECHTS = "rechts"
    MIDDEN = "midden"


class Tabel(msgspec.Struct, frozen=True, kw_only=True, tag="tabel"):
    """A table with a header row; every row has as many cells as the header."""

    koppen: tuple[Inhoud, ...]
    rijen: tuple[tuple[Inhoud, ...], ...]
    uitlijning: tuple[Uitlijning, ...]
    plaats: Plaats


class Adres(msgspec.Struct, frozen=True, kw_only=True, tag="adres"):
    """The address block of a letter, one line each."""

    regels: tuple[Inhoud, ...]
    plaats: Plaats


class Kenmerken(msgspec.Struct, frozen=True, kw_only=True, tag="kenmerken"):
    """Pairs of label and value, such as Datum and Ons kenmerk."""

    paren: tuple[tuple[Inhoud, Inhoud], ...]
    plaats: Plaats


class Handtekening(msgspec.Struct, frozen=True, kw_only=True):
    """Who signs, in which function, on behalf of whom."""

    naam: Inhoud
    functie: Inhoud
    namens: Inhoud


class Handtekeningen(msgspec.Struct, frozen=True, kw_only=True, tag="handtekeningen"):
    """Boxes to sign in."""

    vakken: tuple[Handtekening, ...]
    plaats: Plaats


class Kader(msgspec.Struct, frozen=True, kw_only=True, tag="kader"):
    """A note in a frame, with or without a title."""

    titel: Inhoud
    blokken: tuple[Blok, ...]
    plaats: Plaats


class Bijlage(msgspec.Struct, frozen=True, kw_only=True, tag="bijlage"):
    """An annex: starts on a new page, numbers its own sections."""

    titel: Inhoud
    blokken: tuple[Blok, ...]
    plaats: Plaats
    label: str | None = None
    nummer: str = ""
    anker: str = ""


class Bijlagenlijst(msgspec.Struct, frozen=True, kw_only=True, tag="bijlagenlijst"):
    """Where the list of annexes comes; numbering puts a table with their hashes in its place."""

    plaats: Plaats


class Paginaeinde(msgspec.Struct, frozen=True, kw_only=True, tag="paginaeinde"):
    """What follows starts on a new page."""

    plaats: Plaats


Blok = Kop | Alinea | Lijst | Tabel | Adres | Kenmerken | Handtekeningen | Kader | Bijlage | Bijlagenlijst | Paginaeinde


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A whole document. `genummerd`: its sections are artikelen."""

    blokken: tuple[Blok, ...]
    genummerd: bool

    @property
    def titel(self) -> str:
        """The text of the one heading of level 1."""
        return next(plat(blok.inhoud) for blok in self.blokken if isinstance(blok, Kop) and blok.niveau == 1)


def plat(inhoud: Inhoud) -> str:
    """The text of a content as it is read, without form."""
    return "".join(" " if isinstance(deel, Regeleinde) else deel.tekst for deel in inhoud)


def show_nummer(punt: Punt) -> str:
    """The number of a point as it stands before it: `4.2` for a lid, `a.` and `1.` for the rest."""
    return punt.nummer if "." in punt.nummer else f"{punt.nummer}."


def list_inhoud(blok: Blok) -> tuple[Inhoud, ...]:
    """The running texts that stand in a block itself, in reading order."""
    lezer = _INHOUD.get(type(blok))
    return lezer(blok) if lezer is not None else ()


_INHOUD: Mapping[type[Blok], Callable[..., tuple[Inhoud, ...]]] = {
    Kop: lambda kop: (kop.inhoud,),
    Alinea: lambda alinea: (alinea.inhoud,),
    Tabel: lambda tabel: tuple(cel for rij in (tabel.koppen, *tabel.rijen) for cel in rij),
    Adres: lambda adres: adres.regels,
    Kenmerken: lambda kenmerken: tuple(deel for paar in kenmerken.paren for deel in paar),
    Handtekeningen: lambda blok: tuple(deel for vak in blok.vakken for deel in (vak.namens, vak.naam, vak.functie)),
    Kader: lambda kader: (kader.titel,),
    Bijlage: lambda bijlage: (bijlage.titel,),
}


def list_binnen(blok: Blok) -> tuple[Blok, ...]:
    """The blocks within a block: of the points of a list, a frame, an annex."""
    if isinstance(blok, Lijst):
        return tuple(binnen for punt in blok.punten for binnen in punt.blokken)
    return blok.blokken if isinstance(blok, Kader | Bijlage) else ()


def walk_blokken(blokken: tuple[Blok, ...]) -> Iterator[Blok]:
    """All blocks in reading order, also those within points, frames and annexes."""
    for blok in blokken:
        yield blok
        yield from walk_blokken(list_binnen(blok))
