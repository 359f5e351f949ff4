"""A redline of a whole agreement: as it is the day before an addendum, and as it would be with it.

Bron: issue contract years (redline); C.21; ontwerp 6.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec

from inkoop.documents.docx import render_docx
from inkoop.documents.docx.redline import make_redline
from inkoop.documents.maken import choose_opmaak, find_tijdstip
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.documents.verschil import compare_documents, render_verschil
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag
from inkoop.services import addenda, geconsolideerd, overeenkomsten
from inkoop.services.geconsolideerd import Contracttekst
from inkoop.services.huis import Huis, Optreden
from inkoop.services.vergelijken import Vergelijking
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow


def compare_addendum(huis: Huis, door: Optreden, nummer: str, onderdeel: str = "") -> Vergelijking:
    """The agreement before and after an addendum, clause by clause, as a page and as Word with tracked changes.

    Raises BeletselenError for what is no addendum, and when the signed text is not in the store.
    """
    with huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
        if not isinstance(rij, AddendumRow):
            tekst = f"{nummer} is een overeenkomst. Noem het nummer van het addendum, zoals {nummer}-A01."
            raise BeletselenError("Er is niets te vergelijken.", [Beletsel("geen-addendum", tekst)])
        contract = sessie.get_one(OvereenkomstRow, rij.overeenkomst_id).contractnummer
        voor = geconsolideerd.order_tekst(huis, sessie, contract, rij.ingang - timedelta(days=1), onderdeel=onderdeel)
        na = geconsolideerd.order_tekst(huis, sessie, contract, rij.ingang, onderdeel=onderdeel, met=rij)
        ingang = rij.ingang
        titels = [een.onderwerp for een in msgspec.json.decode(rij.inhoud, type=addenda.Wijziging).teksten]
    oud, nieuw = voor.build(), na.build()
    verschillen = compare_documents(oud, nieuw)
    titel = f"Overeenkomst {contract} met addendum {nummer}"
    waarover = f" ({', '.join(dict.fromkeys(titels))})" if titels else ""
    uitleg = f"Wat de overeenkomst op {format_dag(ingang)} anders zegt als addendum {nummer}{waarover} is getekend."
    return Vergelijking(
        tegen=contract,
        verschillen=verschillen,
        html=render_verschil(verschillen, titel, uitleg),
        docx=make_redline(_draw(voor), _draw(na), door.persoon.naam, door.nu),
    )


def _draw(tekst: Contracttekst) -> bytes:
    meta = read_metagegevens(tekst.bron, tekst.soort)
    keuze = choose_opmaak(tekst.bron, meta, tekst.velden, tekst.kenmerk)
    return render_docx(tekst.build(), keuze, tijdstip=find_tijdstip(tekst.velden))
