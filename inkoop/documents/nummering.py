"""Numbers and references, resolved once for every form of a document.

Numbers follow the rule that word processors keep too: a sequence counts per level, and a level starts
anew when a higher one moves on. So native numbering in Word comes out equal.

    genummerd:      ## 4.   1. -> 4.1   nested -> a.   nested -> i.      one sequence per document or annex
    elsewhere:      1. -> 1.   nested -> a.   nested -> i.               one sequence per list

Bron: project default; metingen (level text `%1.`).
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from inkoop.documents.bijlagenlijst import fill_bijlagenlijst
from inkoop.documents.boom import (
    Bijlage,
    Blok,
    Document,
    Doel,
    Kader,
    Kop,
    Lijst,
    Punt,
    plat,
)
from inkoop.documents.fouten import Plaats, SjabloonError, Sjabloonfout
from inkoop.documents.verwijzingen import Vermelding, resolve_verwijzingen

ARTIKELNIVEAU = 2


class Reeksen:
    """The counters of all sequences of one document."""

    def __init__(self) -> None:
        self._standen: list[list[int]] = []

    def start(self) -> int:
        """Begin a sequence and give its number."""
        self._standen.append([])
        return len(self._standen) - 1

    def count(self, reeks: int, trede: int) -> int:
        """Move one on at a level; every deeper level starts anew."""
        stand = self._standen[reeks]
        del stand[trede + 1 :]
        stand += [0] * (trede + 1 - len(stand))
        stand[trede] += 1
        return stand[trede]


class _Omgeving(msgspec.Struct, frozen=True, kw_only=True):
    """Where a block stands: in which sequence and level, under which artikel or point, in which annex."""

    reeks: int | None = None
    trede: int = 0
    artikel: str = ""
    stam: str = ""
    verwijsdelen: tuple[str | Doel, ...] = ()
    bijlage: str = ""


def format_letter(nummer: int) -> str:
    """Count in letters as word processors do: a ... z, aa, bb."""
    rondes, rest = divmod(nummer - 1, 26)
    return chr(ord("a") + rest) * (rondes + 1)


def format_romeins(nummer: int) -> str:
    """Count in small Roman numerals."""
    tekst = ""
    for waarde, teken in _ROMEINS:
        aantal, nummer = divmod(nummer, waarde)
        tekst += teken * aantal
    return tekst


_ROMEINS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_TREDEN = (str, format_letter, format_romeins)


def number_document(document: Document) -> Document:
    """Give every artikel, point and annex its number, then every reference its words.

    Raises SjabloonError with every unknown and every duplicate label.
    """
    nummeraar = _Nummeraar(document.genummerd)
    genummerd = nummeraar.number(document.blokken)
    if nummeraar.fouten:
        raise SjabloonError(nummeraar.fouten)
    klaar = fill_bijlagenlijst(resolve_verwijzingen(genummerd, nummeraar.vermeldingen))
    return msgspec.structs.replace(document, blokken=klaar)


class _Nummeraar:
    """First pass: numbers, anchors, and how each label is read."""

    def __init__(self, genummerd: bool) -> None:
        self.fouten: list[Sjabloonfout] = []
        self.vermeldingen: dict[str, Vermelding] = {}
        self._plaatsen: dict[str, Plaats] = {}
        self._genummerd = genummerd
        self._reeksen = Reeksen()
        self._bijlagen = 0
        self._koppen = 0

    def number(self, blokken: Sequence[Blok]) -> tuple[Blok, ...]:
        """Number the document itself."""
        omgeving = _Omgeving(reeks=self._reeksen.start() if self._genummerd else None)
        return self._number_deel(blokken, omgeving)

    def _number_deel(self, blokken: Sequence[Blok], omgeving: _Omgeving) -> tuple[Blok, ...]:
        """Number the document or an annex: an artikel changes where the blocks after it stand."""
        klaar: list[Blok] = []
        artikelniveau = ARTIKELNIVEAU + bool(omgeving.bijlage)
        binnen = msgspec.structs.replace(omgeving, reeks=None)
        for blok in blokken:
            if isinstance(blok, Kop):
                kop, binnen = self._number_kop(blok, omgeving, binnen, artikelniveau)
                klaar.append(kop)
            else:
                klaar.append(self._number_blok(blok, binnen))
        return tuple(klaar)

    def _number_kop(self, kop: Kop, deel: _Omgeving, binnen: _Omgeving, artikelniveau: int) -> tuple[Kop, _Omgeving]:
        if deel.reeks is not None and kop.niveau == artikelniveau:
            nummer = str(self._reeksen.count(deel.reeks, 0))
            anker = f"{deel.stam}art-{nummer}"
            woord = "onderdeel" if deel.bijlage else "artikel"
            delen = (f"{woord} ", Doel(anker, nummer))
            self._name(kop.label, kop.plaats, anker, delen, deel)
            genummerd = msgspec.structs.replace(kop, nummer=nummer, anker=anker, reeks=deel.reeks)
            binnen = msgspec.structs.replace(
                deel, trede=1, artikel=nummer, stam=f"{anker}-", verwijsdelen=(f"{woord} ",)
            )
            return genummerd, binnen
        self._koppen += 1
        anker = f"{deel.stam}kop-{self._koppen}"
        self._name(kop.label, kop.plaats, anker, ("“", Doel(anker, plat(kop.inhoud), eigen_nummer=False), "”"), deel)
        return msgspec.structs.replace(kop, anker=anker), binnen

    def _number_blok(self, blok: Blok, omgeving: _Omgeving) -> Blok:
        if isinstance(blok, Lijst):
            return self._number_lijst(blok, omgeving)
        if isinstance(blok, Kader):
            return msgspec.structs.replace(blok, blokken=self._number_blokken(blok.blokken, omgeving))
        if isinstance(blok, Bijlage):
            return self._number_bijlage(blok)
        return blok

    def _number_blokken(self, blokken: Sequence[Blok], omgeving: _Omgeving) -> tuple[Blok, ...]:
        return tuple(self._number_blok(blok, omgeving) for blok in blokken)

    def _number_bijlage(self, bijlage: Bijlage) -> Bijlage:
        self._bijlagen += 1
        nummer = str(self._bijlagen)
        anker = f"bijlage-{nummer}"
        delen = ("bijlage ", Doel(anker, nummer, eigen_nummer=False))
        self._name(bijlage.label, bijlage.plaats, anker, delen, _Omgeving())
        reeks = self._reeksen.start() if self._genummerd else None
        binnen = _Omgeving(reeks=reeks, stam=f"b{nummer}-", bijlage=nummer)
        blokken = self._number_deel(bijlage.blokken, binnen)
        return msgspec.structs.replace(bijlage, nummer=nummer, anker=anker, blokken=blokken)

    def _number_lijst(self, lijst: Lijst, omgeving: _Omgeving) -> Lijst:
        if not lijst.genummerd:
            punten = [
                msgspec.structs.replace(punt, blokken=self._number_blokken(punt.blokken, omgeving))
                for punt in lijst.punten
            ]
            return msgspec.structs.replace(lijst, punten=tuple(punten))
        if omgeving.reeks is None:
            reeks = self._reeksen.start()
            omgeving = msgspec.structs.replace(
                omgeving, reeks=reeks, trede=0, artikel="", stam=f"{omgeving.stam}l{reeks}-", verwijsdelen=("punt ",)
            )
        return msgspec.structs.replace(lijst, punten=tuple(self._number_punt(p, omgeving) for p in lijst.punten))

    def _number_punt(self, punt: Punt, omgeving: _Omgeving) -> Punt:
        assert omgeving.reeks is not None
        stand = self._reeksen.count(omgeving.reeks, omgeving.trede)
        diepte = omgeving.trede - bool(omgeving.artikel)
        eigen = _TREDEN[diepte](stand)
        nummer = f"{omgeving.artikel}.{eigen}" if omgeving.artikel and not diepte else eigen
        anker = f"{omgeving.stam}{eigen}"
        scheiding = {0: "", 1: " onder ", 2: ", "}[diepte]
        delen = (*omgeving.verwijsdelen, *([scheiding] if scheiding else []), Doel(anker, nummer))
        self._name(punt.label, punt.plaats, anker, delen, omgeving)
        binnen = msgspec.structs.replace(omgeving, trede=omgeving.trede + 1, stam=f"{anker}-", verwijsdelen=delen)
        return msgspec.structs.replace(
            punt,
            nummer=nummer,
            anker=anker,
            reeks=omgeving.reeks,
            trede=omgeving.trede,
            blokken=self._number_blokken(punt.blokken, binnen),
        )

    def _name(
        self, label: str | None, plaats: Plaats, anker: str, delen: tuple[str | Doel, ...], omgeving: _Omgeving
    ) -> None:
        if label is None:
            return
        if label in self._plaatsen:
            self.fouten.append(Sjabloonfout(plaats, f"Het label '{label}' staat ook al in {self._plaatsen[label]}."))
        self._plaatsen.setdefault(label, plaats)
        nummer = omgeving.bijlage
        doel = ("bijlage ", Doel(f"bijlage-{nummer}", nummer, eigen_nummer=False)) if nummer else ()
        self.vermeldingen[label] = Vermelding(delen, anker, nummer, doel)
