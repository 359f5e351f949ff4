"""References: the words of each one, seen from where it stands.

Within an annex "onderdeel 2" is enough; from elsewhere it is "onderdeel 2 van bijlage 1".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from inkoop.documents.boom import (
    Adres,
    Alinea,
    Bijlage,
    Blok,
    Doel,
    Handtekening,
    Handtekeningen,
    Inhoud,
    Kader,
    Kenmerken,
    Kop,
    Lijst,
    Regeleinde,
    Tabel,
    Tekst,
    Verwijzing,
    plat,
)
from inkoop.documents.fouten import SjabloonError, Sjabloonfout
from inkoop.documents.sjabloonregels import suggest


class Vermelding(msgspec.Struct, frozen=True):
    """How a label is read, what it stands on, and in which annex (empty: the document itself)."""

    delen: tuple[str | Doel, ...]
    anker: str
    bijlage: str
    bijlagedoel: tuple[str | Doel, ...] = ()


def resolve_verwijzingen(blokken: Sequence[Blok], vermeldingen: Mapping[str, Vermelding]) -> tuple[Blok, ...]:
    """Give every reference its words. Raises SjabloonError with every unknown label."""
    verwijzer = _Verwijzer(vermeldingen)
    klaar = verwijzer.resolve(blokken, "")
    if verwijzer.fouten:
        raise SjabloonError(verwijzer.fouten)
    return klaar


class _Verwijzer:
    """Walks the tree and keeps the unknown labels."""

    def __init__(self, vermeldingen: Mapping[str, Vermelding]) -> None:
        self.fouten: list[Sjabloonfout] = []
        self._vermeldingen = vermeldingen

    def resolve(self, blokken: Sequence[Blok], bijlage: str) -> tuple[Blok, ...]:
        """Resolve all references in blocks that stand in an annex, or in the document itself."""
        return tuple(self._resolve_blok(blok, bijlage) for blok in blokken)

    def _resolve_blok(self, blok: Blok, bijlage: str) -> Blok:
        replace = msgspec.structs.replace
        if isinstance(blok, Alinea | Kop):
            return replace(blok, inhoud=self._resolve_inhoud(blok.inhoud, bijlage))
        if isinstance(blok, Lijst):
            punten = [replace(punt, blokken=self.resolve(punt.blokken, bijlage)) for punt in blok.punten]
            return replace(blok, punten=tuple(punten))
        if isinstance(blok, Tabel):
            rijen = [tuple(self._resolve_inhoud(cel, bijlage) for cel in rij) for rij in (blok.koppen, *blok.rijen)]
            return replace(blok, koppen=rijen[0], rijen=tuple(rijen[1:]))
        if isinstance(blok, Kader | Bijlage):
            binnen = blok.nummer if isinstance(blok, Bijlage) else bijlage
            titel = self._resolve_inhoud(blok.titel, bijlage)
            return replace(blok, titel=titel, blokken=self.resolve(blok.blokken, binnen))
        return self._resolve_regels(blok, bijlage)

    def _resolve_regels(self, blok: Blok, bijlage: str) -> Blok:
        replace = msgspec.structs.replace
        if isinstance(blok, Adres):
            return replace(blok, regels=tuple(self._resolve_inhoud(regel, bijlage) for regel in blok.regels))
        if isinstance(blok, Kenmerken):
            paren = [(self._resolve_inhoud(a, bijlage), self._resolve_inhoud(b, bijlage)) for a, b in blok.paren]
            return replace(blok, paren=tuple(paren))
        if isinstance(blok, Handtekeningen):
            vakken = [
                Handtekening(
                    naam=self._resolve_inhoud(vak.naam, bijlage),
                    functie=self._resolve_inhoud(vak.functie, bijlage),
                    namens=self._resolve_inhoud(vak.namens, bijlage),
                )
                for vak in blok.vakken
            ]
            return replace(blok, vakken=tuple(vakken))
        return blok

    def _resolve_inhoud(self, inhoud: Inhoud, bijlage: str) -> Inhoud:
        if not any(isinstance(deel, Verwijzing) for deel in inhoud):
            return inhoud
        klaar: list[Tekst | Verwijzing | Regeleinde] = []
        for deel in inhoud:
            if isinstance(deel, Verwijzing):
                klaar.append(self._resolve_verwijzing(deel, bijlage, _opens_zin(klaar)))
            else:
                klaar.append(deel)
        return tuple(klaar)

    def _resolve_verwijzing(self, verwijzing: Verwijzing, bijlage: str, opent: bool) -> Verwijzing:
        vermelding = self._vermeldingen.get(verwijzing.label)
        if vermelding is None:
            tip = suggest(verwijzing.label, self._vermeldingen)
            melding = f"Er is geen kop, punt of bijlage met label '{verwijzing.label}'.{tip}"
            self.fouten.append(Sjabloonfout(verwijzing.plaats, melding))
            return verwijzing
        delen = vermelding.delen
        if vermelding.bijlage and vermelding.bijlage != bijlage:
            delen = (*delen, " van ", *vermelding.bijlagedoel)
        if opent and isinstance(delen[0], str):
            delen = (delen[0][:1].upper() + delen[0][1:], *delen[1:])
        return msgspec.structs.replace(verwijzing, delen=delen, anker=vermelding.anker)


def _opens_zin(ervoor: Sequence[Tekst | Verwijzing | Regeleinde]) -> bool:
    """Whether what follows begins a sentence, so that `artikel` becomes `Artikel`."""
    tekst = plat(tuple(ervoor))
    return not tekst.strip() or (tekst.endswith(" ") and tekst.rstrip().endswith((".", "?", "!")))
