"""Files that a page gives along: evidence and papers, tables, agendas.

Bron: ontwerp 8 (never executed); metingen, Web.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fastapi.responses import Response, StreamingResponse

from inkoop.exchange.csvblad import write_csv
from inkoop.exchange.rekenblad import MEDIATYPE, write_rekenblad
from inkoop.storage.bestandsbron import Bestandsbron, list_blokken
from inkoop.web.bladzijde import quote_pad
from inkoop.web.omhulsel import CSP_BESTAND, CSP_PDF

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
INLINE = frozenset({"application/pdf", "image/png", "image/jpeg"})
"""What a browser may show itself; anything else is only saved."""


def geef_bestand(inhoud: bytes | Bestandsbron, mediatype: str, naam: str, *, bewaren: bool = False) -> Response:
    """A file as answer: runs nothing, loads nothing, keeps its name. A Bestandsbron goes a piece at a time."""
    wijze = "inline" if mediatype in INLINE and not bewaren else "attachment"
    koppen = {
        "content-disposition": f"{wijze}; filename*=UTF-8''{quote_pad(naam)}",
        "content-security-policy": CSP_PDF if mediatype == "application/pdf" else CSP_BESTAND,
    }
    if isinstance(inhoud, bytes):
        return Response(inhoud, media_type=mediatype, headers=koppen)
    koppen["content-length"] = str(inhoud.grootte)
    return StreamingResponse(_list_blokken(inhoud), media_type=mediatype, headers=koppen)


def _list_blokken(bestand: Bestandsbron) -> Iterator[bytes]:
    try:
        yield from list_blokken(bestand.open())
    finally:
        bestand.close()


def geef_rekenblad(naam: str, koppen: Sequence[str], rijen: Iterable[Sequence[object]]) -> Response:
    """A table as a spreadsheet to save, called after what is in it."""
    return _bewaar(write_rekenblad(naam.capitalize(), koppen, rijen), MEDIATYPE, f"{naam}.xlsx")


def geef_csv(naam: str, koppen: Sequence[str], rijen: Iterable[Iterable[object]]) -> Response:
    """A table as CSV to save."""
    return _bewaar(write_csv(koppen, rijen), "text/csv; charset=utf-8", f"{naam}.csv")


def geef_agenda(inhoud: bytes) -> Response:
    """Days for an agenda."""
    return Response(inhoud, media_type="text/calendar; charset=utf-8")


def _bewaar(inhoud: bytes, mediatype: str, naam: str) -> Response:
    koppen = {"content-disposition": f"attachment; filename*=UTF-8''{quote_pad(naam)}"}
    return Response(inhoud, media_type=mediatype, headers=koppen)
