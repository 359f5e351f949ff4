"""Comparing documents: with the version before, with the bare template, and years later with themselves.

Bron: ontwerp 6.
"""

from __future__ import annotations

import msgspec

from inkoop.documents.bewerken import empty_waarden
from inkoop.documents.docx import render_docx
from inkoop.documents.docx.redline import make_redline
from inkoop.documents.maken import choose_opmaak, find_tijdstip, make_document
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.documents.verschil import Clausuleverschil, compare_documents, render_verschil
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.services import documenten
from inkoop.services.documentboom import (
    build_boom,
    decode_afwijkingen,
    decode_velden,
    open_sjabloon,
    require_gemaakt,
)
from inkoop.services.huis import Huis, Optreden
from inkoop.storage.tabellen.document import DocumentRow


class Vergelijking(msgspec.Struct, frozen=True, kw_only=True):
    """A redline: each clause, the page for a browser, and the Word file with tracked changes.

    `docx` is empty when nobody asked for the file: making it takes most of the time.
    """

    tegen: str
    verschillen: tuple[Clausuleverschil, ...]
    html: str
    docx: bytes


def compare_vorige(huis: Huis, door: Optreden, kenmerk: str, *, word: bool = True) -> Vergelijking:
    """A redline against the version before this one. Raises BeletselenError when there is none."""
    with huis.winkel.lezen() as sessie:
        rij = documenten.find_document(sessie, kenmerk)
        if rij.vorige is None:
            tekst = "Vergelijk met het kale sjabloon, of noem een ander document."
            raise BeletselenError(f"Document {kenmerk} heeft geen eerdere versie.", [Beletsel("eerste-versie", tekst)])
        oud = documenten.find_document(sessie, rij.vorige)
    return _compare(huis, door, oud, rij, met_word=word)


def compare_met(huis: Huis, door: Optreden, kenmerk: str, tegen: str) -> Vergelijking:
    """A redline against another document, the older one named in `tegen`."""
    with huis.winkel.lezen() as sessie:
        rij, oud = documenten.find_document(sessie, kenmerk), documenten.find_document(sessie, tegen)
    return _compare(huis, door, oud, rij)


def _compare(
    huis: Huis, door: Optreden, oud: DocumentRow, nieuw: DocumentRow, *, met_word: bool = True
) -> Vergelijking:
    bestanden = [require_gemaakt(rij)[0] for rij in (oud, nieuw)]
    word = [huis.winkel.documenten.read(bestand) for bestand in bestanden] if met_word else []
    verschillen = compare_documents(build_boom(huis, oud), build_boom(huis, nieuw))
    titel = f"Vergelijking van {nieuw.kenmerk} met {oud.kenmerk}"
    return Vergelijking(
        tegen=oud.kenmerk,
        verschillen=verschillen,
        html=render_verschil(verschillen, titel, f"{nieuw.titel}. Wat is er veranderd sinds versie {oud.kenmerk}."),
        docx=make_redline(word[0], word[1], door.persoon.naam, door.nu) if word else b"",
    )


def compare_sjabloon(huis: Huis, door: Optreden, kenmerk: str, *, word: bool = True) -> Vergelijking:
    """A redline against the bare template: every value that was filled in, and every text that people changed."""
    with huis.winkel.lezen() as sessie:
        rij = documenten.find_document(sessie, kenmerk)
    require_gemaakt(rij)
    velden = decode_velden(rij)
    kaal_rij = DocumentRow(**(rij.model_dump() | {"afwijkingen": "[]"}))
    nieuw, kaal = build_boom(huis, rij), empty_waarden(build_boom(huis, kaal_rij))
    bestanden: list[bytes] = []
    if word:
        bron = open_sjabloon(huis, rij)
        keuze = choose_opmaak(bron, read_metagegevens(bron, rij.soort), velden, rij.kenmerk)
        tijdstip = find_tijdstip(velden)
        bestanden = [render_docx(boom, keuze, tijdstip=tijdstip) for boom in (kaal, nieuw)]
    verschillen = compare_documents(kaal, nieuw)
    titel = f"Vergelijking van {kenmerk} met het kale sjabloon"
    uitleg = f"{rij.titel}. Wat is ingevuld staat als nieuw; […] is een plek in het sjabloon."
    return Vergelijking(
        tegen="sjabloon",
        verschillen=verschillen,
        html=render_verschil(verschillen, titel, uitleg),
        docx=make_redline(bestanden[0], bestanden[1], door.persoon.naam, door.nu) if bestanden else b"",
    )


class Herleiding(msgspec.Struct, frozen=True, kw_only=True):
    """A document made again from its record, beside what was kept."""

    kenmerk: str
    pdf_gelijk: bool
    docx_gelijk: bool
    gegevens_gelijk: bool
    sjabloon_gelijk: bool
    sjabloon_sindsdien_gewijzigd: bool
    motor_toen: str
    motor_nu: str

    @property
    def gelijk(self) -> bool:
        """Whether both files came out the same, byte for byte."""
        return self.pdf_gelijk and self.docx_gelijk


def trace(huis: Huis, kenmerk: str) -> Herleiding:
    """Make a document again from its own data and the template it was made from, and compare the files.

    The template and house style come from the store, so that later changes of theirs do not matter. The PDF
    may differ when another version of the layout engine sets it; then Word and the text still tell.
    """
    with huis.winkel.lezen() as sessie:
        rij = documenten.find_document(sessie, kenmerk)
    docx, pdf = require_gemaakt(rij)
    store = huis.winkel.documenten
    velden, afwijkingen = decode_velden(rij), decode_afwijkingen(rij.afwijkingen)
    bron = open_sjabloon(huis, rij)
    opnieuw = make_document(bron, rij.soort, velden, kenmerk=rij.kenmerk, afwijkingen=afwijkingen)
    return Herleiding(
        kenmerk=kenmerk,
        pdf_gelijk=opnieuw.pdf == store.read(pdf),
        docx_gelijk=opnieuw.docx == store.read(docx),
        gegevens_gelijk=opnieuw.gegevens_hash == rij.gegevens_hash,
        sjabloon_gelijk=opnieuw.sjabloon_hash == rij.sjabloon_hash,
        sjabloon_sindsdien_gewijzigd=huis.sjablonen.hash_sjabloon(rij.soort) != rij.sjabloon_hash,
        motor_toen=rij.motor or "",
        motor_nu=opnieuw.motor,
    )
