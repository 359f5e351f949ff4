"""The text of a document as a tree, from its record: with the template it was made from, and what people took over.

Bron: ontwerp 6.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

from inkoop.documents.afwijkingen import Afwijking
from inkoop.documents.boom import Document
from inkoop.documents.clausules import Clausule, list_clausules
from inkoop.documents.gegevens import SOORTEN, to_gegevens
from inkoop.documents.maken import build_document
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.documents.sjabloon import Sjabloonbron, open_bundel
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.services.huis import Huis
from inkoop.storage.tabellen.document import DocumentRow

Afwijkingsrondes = tuple[tuple[Afwijking, ...], ...]


def decode_afwijkingen(tekst: str) -> Afwijkingsrondes:
    """The changes that were taken over, one list for each time the file came back."""
    return msgspec.json.decode(tekst, type=Afwijkingsrondes)


def encode_afwijkingen(rondes: Sequence[Sequence[Afwijking]]) -> str:
    """The JSON of changes that were taken over."""
    return msgspec.json.encode(rondes).decode()


def decode_velden(rij: DocumentRow) -> dict[str, object]:
    """The data of a document as its template reads it."""
    return to_gegevens(msgspec.json.decode(rij.gegevens, type=SOORTEN[rij.soort]))


def open_sjabloon(huis: Huis, rij: DocumentRow) -> Sjabloonbron:
    """The templates that a document was made from; those of today for one that was not made yet."""
    if rij.bundel_sha256 is None:
        return huis.sjablonen
    return open_bundel(huis.winkel.documenten.read(rij.bundel_sha256))


def build_boom(huis: Huis, rij: DocumentRow) -> Document:
    """The numbered tree of a document as it was made."""
    bron = open_sjabloon(huis, rij)
    meta = read_metagegevens(bron, rij.soort)
    return build_document(bron, rij.soort, decode_velden(rij), meta, decode_afwijkingen(rij.afwijkingen))


def list_documentclausules(huis: Huis, rij: DocumentRow) -> dict[int, Clausule]:
    """The clauses of a document by number."""
    return {clausule.merk: clausule for clausule in list_clausules(build_boom(huis, rij))}


def require_gemaakt(rij: DocumentRow) -> tuple[str, str]:
    """The hashes of Word and PDF of a document that was made. Raises BeletselenError."""
    if rij.docx_sha256 is None or rij.pdf_sha256 is None:
        raise BeletselenError(f"Document {rij.kenmerk} is er nog niet.", [_niet_gemaakt(rij)])
    return rij.docx_sha256, rij.pdf_sha256


def _niet_gemaakt(rij: DocumentRow) -> Beletsel:
    tekst = f"Document {rij.kenmerk} is nog niet gemaakt. Start eerst de flow van deze fase: inkoop flow start."
    return Beletsel("niet-gemaakt", tekst)


def seal(rij: DocumentRow) -> str:
    """One hash over both files of a document: what is approved, and what must go out."""
    docx, pdf = require_gemaakt(rij)
    return hashlib.sha256(f"{docx} {pdf}".encode()).hexdigest()


def check_bestanden(huis: Huis, rij: DocumentRow) -> list[Beletsel]:
    """Why the files of a document are not what was approved, or not whole on disk; empty = they are."""
    if rij.docx_sha256 is None or rij.pdf_sha256 is None:
        return [_niet_gemaakt(rij)]
    beletselen = []
    if rij.goedgekeurd_sha256 is not None and rij.goedgekeurd_sha256 != seal(rij):
        tekst = f"De bestanden van document {rij.kenmerk} zijn niet die zijn goedgekeurd."
        beletselen.append(Beletsel("niet-goedgekeurd", tekst))
    for sha256 in (rij.docx_sha256, rij.pdf_sha256):
        huis.winkel.documenten.read(sha256)
    return beletselen
