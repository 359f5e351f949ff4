"""A first `huisstijl.docx` for a region: every style with an example, ready to be edited in Word."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from inkoop.documents.docx.lopend import write_run
from inkoop.documents.docx.pakket import Kerngegevens, make_pakket
from inkoop.documents.docx.stijlen import STIJLEN, W
from inkoop.documents.docx.tabellen import write_alinea, write_cel, write_rij, write_tabel
from inkoop.documents.docx.wordstijl import KENMERKPLEK
from inkoop.documents.huisstijl import Huisstijl

_UITLEG = (
    "Pas in dit bestand de stijlen, de kop- en voettekst, het logo en de marges aan en sla het op als .docx. "
    f"De tekst zelf komt in geen enkel document. Laat in de voettekst {KENMERKPLEK} en het paginanummer staan."
)


def make_beginstijl(huisstijl: Huisstijl) -> bytes:
    """The house style of the product, in the colours and with the logo of a region."""
    alineas = [write_alinea("", write_run(_UITLEG))]
    zichtbaar = (stijl for stijl in STIJLEN if stijl.id not in {"Footer", "Tussenruimte"})
    alineas += [write_alinea(stijl.id, write_run(f"{stijl.naam}: zo ziet deze stijl eruit")) for stijl in zichtbaar]
    kop = [write_cel(4620, write_alinea("Tabelkop", write_run(tekst))) for tekst in ("Kolom", "Bedrag")]
    rij = [write_cel(4620, write_alinea("Tabeltekst", write_run(tekst))) for tekst in ("Een regel", "€ 1,00")]
    alineas.append(write_tabel("Huistabel", [4620, 4620], [write_rij(kop, kop=True), write_rij(rij)]))
    kern = Kerngegevens(
        titel=f"Huisstijl {huisstijl.naam}",
        onderwerp=KENMERKPLEK,
        auteur="",
        tijdstip=datetime(2020, 1, 1, tzinfo=UTC),
    )
    return make_pakket(
        "".join(alineas), f"<w:numbering {W}/>", kern, msgspec.structs.replace(huisstijl, word=None, wordplaats="")
    )
