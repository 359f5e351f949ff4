"""The clause tree as a Word document: native numbering, live references, styles, the same bytes each time.

The parts are written as XML here and zipped with fixed times and order; no template file is opened.
Word and LibreOffice count the numbers themselves and arrive at those of the tree (tests compare).
"""

from __future__ import annotations

from datetime import datetime

from inkoop.documents.boom import Document
from inkoop.documents.docx.blokken import write_blokken
from inkoop.documents.docx.nummerlijsten import write_nummerlijsten
from inkoop.documents.docx.pakket import Kerngegevens, make_pakket
from inkoop.documents.html import Opmaakkeuze

__all__ = ["render_docx"]


def render_docx(document: Document, keuze: Opmaakkeuze, *, tijdstip: datetime) -> bytes:
    """Write the document as .docx; `tijdstip` is the creation time that the file carries."""
    inhoud = write_blokken(document, keuze)
    kern = Kerngegevens(titel=document.titel, onderwerp=keuze.kenmerk, auteur=keuze.afzender, tijdstip=tijdstip)
    return make_pakket(inhoud, write_nummerlijsten(document), kern, keuze.huisstijl, inhoudsopgave=keuze.inhoudsopgave)
