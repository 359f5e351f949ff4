"""Whether the files of a store are there, and still say what they said when they were taken in.

Bron: FE-10; ontwerp 7, 8.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session, col, select

from inkoop.storage.bestandenmap import BestandAangetastError, Bestandenmap, BestandOntbreektError
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewijs import BewijsstukRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.verzegeling import VerzegelingRow
from inkoop.storage.winkel import Winkel


def check_bestanden(winkel: Winkel) -> tuple[str, ...]:
    """One Dutch sentence for every file that is missing, changed or strange, by the name that people know."""
    gemeld: dict[str, str] = {}
    with winkel.lezen() as sessie:
        for map_, sha256, naam in _list_bestanden(sessie, winkel):
            pad = map_.name(sha256)
            if pad in gemeld:
                continue
            try:
                map_.verify(sha256)
            except (BestandOntbreektError, BestandAangetastError) as fout:
                gemeld[pad] = f"{naam}: {fout}"
    vreemd = [regel for map_ in (winkel.bewijs, winkel.documenten) for regel in map_.check()]
    return (*gemeld.values(), *(regel for regel in vreemd if not any(pad in regel for pad in gemeld)))


def _list_bestanden(sessie: Session, winkel: Winkel) -> Iterator[tuple[Bestandenmap, str, str]]:
    """Every file that the records name: its folder, its hash, and what people call it."""
    for stuk in sessie.exec(select(BewijsstukRow).order_by(col(BewijsstukRow.bestand), col(BewijsstukRow.id))):
        yield winkel.bewijs, stuk.sha256, f"Bewijsstuk '{stuk.bestand}'"
    vraag = select(AanmeldingRow.kenmerk, VerzegelingRow).join(
        VerzegelingRow,
        VerzegelingRow.aanmelding_id == AanmeldingRow.id,  # type: ignore[arg-type]
    )
    for kenmerk, zegel in sessie.exec(vraag.order_by(col(AanmeldingRow.kenmerk))):
        for sha256 in (*zegel.enveloppen, *([zegel.intrekking] if zegel.intrekking else [])):
            yield winkel.bewijs, sha256, f"Verzegeld stuk van aanmelding {kenmerk}"
    for document in sessie.exec(select(DocumentRow).order_by(col(DocumentRow.kenmerk))):
        for soort, sha256 in (("docx", document.docx_sha256), ("pdf", document.pdf_sha256)):
            if sha256 is not None:
                yield winkel.documenten, sha256, f"Document {document.kenmerk} (.{soort})"
