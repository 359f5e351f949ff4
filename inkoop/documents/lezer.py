"""A filled template -> the clause tree without numbers: directive blocks around stretches of Markdown.

::: naam [titel] [#label]
...
:::
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from inkoop.documents.boom import (
    Adres,
    Bijlage,
    Bijlagenlijst,
    Blok,
    Document,
    Handtekening,
    Handtekeningen,
    Kader,
    Kenmerken,
    Kop,
    Paginaeinde,
    plat,
)
from inkoop.documents.fouten import Plaats, SjabloonError, Sjabloonfout
from inkoop.documents.opmaak import Opmaaklezer
from inkoop.documents.sjabloon import Bronregel, Gevuld
from inkoop.documents.sjabloonregels import suggest

_RICHTREGEL = re.compile(r"(\s*):::+\s*(.*)")


@dataclass
class _Deel:
    """An open or closed directive: what stands in it, line by line, with inner directives in place."""

    naam: str
    rest: str
    plaats: Plaats
    inhoud: list[Bronregel | _Deel] = field(default_factory=list)


def read_document(gevuld: Gevuld, *, genummerd: bool) -> Document:
    """Read a filled template into a clause tree.

    Raises SjabloonError with every mistake in the text: unclosed or unknown block, skipped heading
    level, table without header, misplaced label.
    """
    fouten: list[Sjabloonfout] = []
    lezer = _Documentlezer(Opmaaklezer(gevuld.waarden, fouten))
    stam = lezer.nest(gevuld.regels)
    blokken = lezer.read_inhoud(stam)
    lezer.check_koppen(blokken, stam.plaats)
    if fouten:
        raise SjabloonError(fouten)
    return Document(blokken=blokken, genummerd=genummerd)


class _Documentlezer:
    """Reads the directives of one document; leaves the text between them to the Opmaaklezer."""

    def __init__(self, opmaak: Opmaaklezer) -> None:
        self._opmaak = opmaak

    def nest(self, regels: Sequence[Bronregel]) -> _Deel:
        """Put lines into the directive that is open, and directives into each other."""
        stapel = [_Deel("", "", regels[0].plaats)]
        for regel in regels:
            gevonden = _RICHTREGEL.fullmatch(regel.tekst)
            if gevonden is None:
                stapel[-1].inhoud.append(regel)
            elif gevonden[1]:
                self._opmaak.fault(regel.plaats, "Een blok met ':::' begint vooraan de regel, niet ingesprongen.")
            elif gevonden[2]:
                naam, _, rest = gevonden[2].partition(" ")
                deel = _Deel(naam, rest.strip(), regel.plaats)
                stapel[-1].inhoud.append(deel)
                stapel.append(deel)
            elif len(stapel) == 1:
                self._opmaak.fault(regel.plaats, "Deze ':::' sluit een blok, maar er is geen blok open.")
            else:
                stapel.pop()
        for deel in stapel[1:]:
            self._opmaak.fault(deel.plaats, f"Het blok '{deel.naam}' is niet gesloten met een regel ':::'.")
        return stapel[0]

    def read_inhoud(self, deel: _Deel) -> tuple[Blok, ...]:
        """Read all that stands in a directive, or in the document."""
        blokken: list[Blok] = []
        strook: list[Bronregel] = []
        for stuk in deel.inhoud:
            if isinstance(stuk, Bronregel):
                strook.append(stuk)
                continue
            blokken += self._read_strook(strook)
            strook = []
            blokken += self._read_deel(stuk, deel)
        return (*blokken, *self._read_strook(strook))

    def _read_strook(self, strook: Sequence[Bronregel]) -> list[Blok]:
        return self._opmaak.read_blokken(strook) if any(regel.tekst.strip() for regel in strook) else []

    def _read_deel(self, deel: _Deel, ouder: _Deel) -> list[Blok]:
        lezer = RICHTLIJNEN.get(deel.naam)
        if lezer is None:
            self._opmaak.fault(deel.plaats, f"Onbekend blok '{deel.naam}'.{suggest(deel.naam, RICHTLIJNEN)}")
            return []
        if ouder.naam and (deel.naam in _BUITENSTE or ouder.naam not in _OMVATTEND):
            self._opmaak.fault(deel.plaats, f"Het blok '{deel.naam}' kan niet in het blok '{ouder.naam}' staan.")
            return []
        if deel.rest and deel.naam not in _OMVATTEND:
            self._opmaak.fault(deel.plaats, f"Het blok '{deel.naam}' krijgt geen titel of label.")
        blok = lezer(self, deel)
        return [] if blok is None else [blok]

    def _list_regels(self, deel: _Deel) -> list[Bronregel]:
        """The lines of a block of lines; without any the block is a mistake, and so is a block within it."""
        for binnen in deel.inhoud:
            if isinstance(binnen, _Deel):
                melding = f"Het blok '{binnen.naam}' kan niet in het blok '{deel.naam}' staan."
                self._opmaak.fault(binnen.plaats, melding)
        regels = [regel for regel in deel.inhoud if isinstance(regel, Bronregel) and regel.tekst.strip()]
        if not regels:
            self._opmaak.fault(deel.plaats, f"Het blok '{deel.naam}' is leeg.")
        return regels

    def read_adres(self, deel: _Deel) -> Adres:
        """Read one address line a line."""
        regels = self._list_regels(deel)
        inhoud = tuple(self._opmaak.read_inhoud(regel.tekst.rstrip("\\"), regel.plaats)[0] for regel in regels)
        return Adres(regels=inhoud, plaats=deel.plaats)

    def read_kenmerken(self, deel: _Deel) -> Kenmerken:
        """Read `Label: waarde` on each line."""
        paren = []
        for regel in self._list_regels(deel):
            label, scheiding, waarde = regel.tekst.strip().removeprefix("- ").rstrip("\\").partition(":")
            if not scheiding or not label.strip() or not waarde.strip():
                self._opmaak.fault(regel.plaats, "In het blok 'kenmerken' staat op elke regel 'Label: waarde'.")
                continue
            paren.append(tuple(self._opmaak.read_inhoud(tekst, regel.plaats)[0] for tekst in (label, waarde)))
        return Kenmerken(paren=tuple((label, waarde) for label, waarde in paren), plaats=deel.plaats)

    def read_handtekeningen(self, deel: _Deel) -> Handtekeningen:
        """Read `- naam | functie | namens` on each line."""
        vakken = []
        for regel in self._list_regels(deel):
            delen = [stuk.strip() for stuk in regel.tekst.strip().removeprefix("-").split("|")]
            if not regel.tekst.startswith("-") or len(delen) != 3 or not all(delen):
                melding = "In het blok 'handtekeningen' staat op elke regel '- naam | functie | namens wie'."
                self._opmaak.fault(regel.plaats, melding)
                continue
            naam, functie, namens = (self._opmaak.read_inhoud(stuk, regel.plaats)[0] for stuk in delen)
            vakken.append(Handtekening(naam=naam, functie=functie, namens=namens))
        return Handtekeningen(vakken=tuple(vakken), plaats=deel.plaats)

    def read_kader(self, deel: _Deel) -> Kader:
        """Read a framed note with an optional title."""
        titel, label = self._opmaak.read_inhoud(deel.rest, deel.plaats)
        blokken = self.read_inhoud(deel)
        if label is not None:
            self._opmaak.fault(
                deel.plaats, f"Het label '{label}' hoort niet bij een kader: een kader heeft geen nummer."
            )
        if not blokken:
            self._opmaak.fault(deel.plaats, "Het blok 'kader' is leeg.")
        for kop in (blok for blok in blokken if isinstance(blok, Kop)):
            self._opmaak.fault(kop.plaats, "Een kop kan niet in een kader staan; geef het kader zelf een titel.")
        return Kader(titel=titel, blokken=blokken, plaats=deel.plaats)

    def read_bijlage(self, deel: _Deel) -> Bijlage:
        """Read an annex; its title is required."""
        titel, label = self._opmaak.read_inhoud(deel.rest, deel.plaats)
        blokken = self.read_inhoud(deel)
        if not plat(titel).strip():
            self._opmaak.fault(deel.plaats, "Een bijlage heeft een titel nodig: '::: bijlage Titel'.")
        if not blokken:
            self._opmaak.fault(deel.plaats, "Het blok 'bijlage' is leeg.")
        self._check_niveaus(blokken, 1, "De bijlage begint met een kop '##'; '#' is de titel van het hele document.")
        verlaagd = (msgspec.structs.replace(b, niveau=b.niveau + 1) if isinstance(b, Kop) else b for b in blokken)
        return Bijlage(titel=titel, blokken=tuple(verlaagd), plaats=deel.plaats, label=label)

    def read_paginaeinde(self, deel: _Deel) -> Paginaeinde:
        """Read the start of a new page: a block without content."""
        self._refuse_inhoud(deel)
        return Paginaeinde(plaats=deel.plaats)

    def read_bijlagenlijst(self, deel: _Deel) -> Bijlagenlijst:
        """Read where the list of annexes comes: a block without content."""
        self._refuse_inhoud(deel)
        return Bijlagenlijst(plaats=deel.plaats)

    def _refuse_inhoud(self, deel: _Deel) -> None:
        for stuk in deel.inhoud:
            if isinstance(stuk, _Deel) or stuk.tekst.strip():
                self._opmaak.fault(stuk.plaats, f"Het blok '{deel.naam}' heeft geen inhoud; sluit het met ':::'.")

    def check_koppen(self, blokken: tuple[Blok, ...], begin: Plaats) -> None:
        """One title, and no level skipped: assistive software reads the outline."""
        titels = [blok for blok in blokken if isinstance(blok, Kop) and blok.niveau == 1]
        if not titels:
            self._opmaak.fault(begin, "Het document heeft geen titel: begin met één regel '# Titel'.")
        for kop in titels[1:]:
            self._opmaak.fault(kop.plaats, "Het document heeft al een titel ('#'); gebruik hier '##'.")
        if not any(isinstance(blok, Bijlage) for blok in blokken):
            for lijst in (blok for blok in blokken if isinstance(blok, Bijlagenlijst)):
                self._opmaak.fault(lijst.plaats, "Dit document heeft geen bijlagen om op te sommen.")
        self._check_niveaus(blokken, 0, "Boven deze kop hoort eerst de titel van het document ('#').")

    def _check_niveaus(self, blokken: Sequence[Blok], vanaf: int, te_hoog: str) -> None:
        vorig = vanaf
        for kop in (blok for blok in blokken if isinstance(blok, Kop)):
            if kop.niveau <= vanaf:
                self._opmaak.fault(kop.plaats, te_hoog)
            elif kop.niveau > vorig + 1:
                melding = (
                    te_hoog
                    if vorig == 0
                    else f"Deze kop slaat een niveau over: na {'#' * vorig} komt hooguit {'#' * (vorig + 1)}."
                )
                self._opmaak.fault(kop.plaats, melding)
            vorig = kop.niveau


_Richtlijn = Callable[[_Documentlezer, _Deel], Blok | None]
RICHTLIJNEN: Mapping[str, _Richtlijn] = {
    "adres": _Documentlezer.read_adres,
    "kenmerken": _Documentlezer.read_kenmerken,
    "handtekeningen": _Documentlezer.read_handtekeningen,
    "kader": _Documentlezer.read_kader,
    "bijlage": _Documentlezer.read_bijlage,
    "bijlagenlijst": _Documentlezer.read_bijlagenlijst,
    "paginaeinde": _Documentlezer.read_paginaeinde,
}
_OMVATTEND = frozenset({"kader", "bijlage"})
_BUITENSTE = frozenset({"bijlage", "bijlagenlijst"})
