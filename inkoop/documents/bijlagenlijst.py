"""The list of annexes of a document, with a hash of what each one says.

The template writes `::: bijlagenlijst`; the rows follow from the numbered tree, so that the list is
complete and the hashes are those of the texts that were signed.

Bron: domein C.31 (raamovereenkomst: bijlagen + hash).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from inkoop.documents.boom import Bijlage, Bijlagenlijst, Blok, Document, Inhoud, Regeleinde, Tabel, Tekst, Uitlijning
from inkoop.documents.fouten import Plaats
from inkoop.documents.tekst import Regel, list_bloktekst, list_regels

KOPPEN = ("Bijlage", "Titel", "Controlegetal (sha256)")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def hash_bijlage(bijlage: Bijlage) -> str:
    """SHA-256 of the text of an annex with its numbers, one line a paragraph, as UTF-8."""
    return hashlib.sha256("\n".join(tekst for _, tekst in list_bloktekst((bijlage,))).encode()).hexdigest()


def fill_bijlagenlijst(blokken: Sequence[Blok]) -> tuple[Blok, ...]:
    """Put the table in the place of each list of annexes; numbers and references are resolved by then."""
    if not any(isinstance(blok, Bijlagenlijst) for blok in blokken):
        return tuple(blokken)
    bijlagen = [blok for blok in blokken if isinstance(blok, Bijlage)]
    rijen = tuple(((Tekst(blok.nummer),), _copy_titel(blok.titel), (Tekst(hash_bijlage(blok)),)) for blok in bijlagen)
    return tuple(_make_tabel(rijen, blok.plaats) if isinstance(blok, Bijlagenlijst) else blok for blok in blokken)


def _copy_titel(titel: Inhoud) -> Inhoud:
    """A title to be read in the list; the mark by which a running text is known stays with the annex alone."""
    return tuple(deel if isinstance(deel, Regeleinde) else msgspec.structs.replace(deel, merk=0) for deel in titel)


def _make_tabel(rijen: tuple[tuple[Inhoud, ...], ...], plaats: Plaats) -> Tabel:
    koppen = tuple((Tekst(kop),) for kop in KOPPEN)
    return Tabel(koppen=koppen, rijen=rijen, uitlijning=(Uitlijning.LINKS,) * len(KOPPEN), plaats=plaats)


def check_bijlagen_met_hash(
    document: Document, _: Sequence[Regel], gegevens: Mapping[str, object]
) -> Iterator[tuple[Plaats, str]]:
    """The hash of every annex stands in the text, and so does that of every file named under `bijlagen`.

    Bron: domein C.31 (bijlagen + hash).
    """
    alles = " ".join(tekst for _, tekst in list_regels(document))
    begin = document.blokken[0].plaats
    for bijlage in (blok for blok in document.blokken if isinstance(blok, Bijlage)):
        if hash_bijlage(bijlage) not in alles:
            melding = f"het controlegetal van bijlage {bijlage.nummer} staat nergens; voeg '::: bijlagenlijst' toe"
            yield bijlage.plaats, melding
    bestanden = gegevens.get("bijlagen")
    for bestand in bestanden if isinstance(bestanden, list | tuple) else ():
        naam = bestand.get("bestand", bestand.get("naam", "")) if isinstance(bestand, Mapping) else str(bestand)
        som = str(bestand.get("sha256", "")) if isinstance(bestand, Mapping) else ""
        if not _SHA256.fullmatch(som):
            yield begin, f"bij bijlage '{naam}' ontbreekt het controlegetal (sha256)"
        elif som not in alles:
            yield begin, f"het controlegetal van bijlage '{naam}' staat niet in de tekst"
