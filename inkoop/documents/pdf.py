"""HTML -> PDF: tagged, archivable (PDF/A-3a) and accessible (PDF/UA-1), the same bytes each time.

A document of one part is set as a whole; one of more parts part by part, so that what is equal in
many documents is set once (docs/adr/0015).

Bron: metingen (documents); ontwerp 6.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import msgspec

from inkoop.documents.delen import Delenvoorraad, Zetter, number_ankers
from inkoop.documents.opmaakmotor import Pdfgegevens, fewer_collections, finish, load_motor, load_stijl
from inkoop.documents.samenvoegen import Voet, join_delen
from inkoop.domain.fouten import InkoopError

MAX_HTML = 6_000_000
"""How many characters a document may have before it is laid out; a besluit of 122 pages has 390,000."""


class DocumentTeGrootError(InkoopError):
    """A document is larger than what is still laid out."""

    def __init__(self, omvang: int) -> None:
        super().__init__(f"Het document is te groot voor PDF: {omvang} tekens, hooguit {MAX_HTML} kan.")


class Pdf(msgspec.Struct, frozen=True):
    """The bytes, the number of pages, and on which page each anchor stands."""

    inhoud: bytes
    aantal_paginas: int
    paginas: Mapping[str, int]


def render_pdf(delen: Sequence[str], pdfgegevens: Pdfgegevens, voorraad: Delenvoorraad | None = None) -> Pdf:
    """Set a document as PDF, from the page of each part (`html.render_delen`).

    A part that `voorraad` holds is not set again. The bytes are the same with and without it: parts are
    always set apart, and what differs between documents (numbers of pages, the foot, the data inside) is
    added when they are joined. Raises PangoOntbreektError and DocumentTeGrootError.
    """
    if (omvang := sum(map(len, delen))) > MAX_HTML:
        raise DocumentTeGrootError(omvang)
    with fewer_collections():
        return _render_heel(delen[0], pdfgegevens) if len(delen) == 1 else _render_delen(delen, pdfgegevens, voorraad)


def _render_heel(html: str, pdfgegevens: Pdfgegevens) -> Pdf:
    """Set a document of one part, its foot included."""
    motor, huis = load_motor(), load_stijl(pdfgegevens.huisstijl)
    pagina = motor.weasyprint.HTML(string=html, base_url="inkoop:", url_fetcher=motor.fetcher)
    document = pagina.render(stylesheets=[huis.heel], font_config=huis.lettertypen)
    document.metadata = motor.metadata(pdfgegevens)
    inhoud = document.write_pdf(
        pdf_variant="pdf/a-3a",
        pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
        finisher=finish,
    )
    ankers = {anker: nummer for nummer, blad in enumerate(document.pages, 1) for anker in blad.anchors}
    return Pdf(inhoud, len(document.pages), ankers)


def _render_delen(delen: Sequence[str], pdfgegevens: Pdfgegevens, voorraad: Delenvoorraad | None) -> Pdf:
    """Set each part and join them."""
    zetter = Zetter(pdfgegevens.huisstijl, voorraad or Delenvoorraad())
    alle = zetter.set_delen(delen, pdfgegevens)
    aantal = sum(deel.bladen for deel in alle)
    voet = Voet(zetter.set_voetregel(pdfgegevens.kenmerk), zetter.set_nummers(aantal))
    return Pdf(join_delen(alle, voet), aantal, number_ankers(alle))
