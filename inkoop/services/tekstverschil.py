"""What differs between a file that came back and the document that was offered, in sentences for people.

Bron: B.6 (returned with edits); issue contract years (refused with the difference shown).
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator, Sequence

from inkoop.documents.docx.terugkomst import read_terugkomst
from inkoop.documents.verschil import Soort, align, compare_woorden
from inkoop.services.huis import Huis
from inkoop.storage.keuring_pdf import read_paginas
from inkoop.storage.tabellen.document import DocumentRow

MAX_GETOOND = 12
"""How many differences are shown; more are counted."""
_OMGEVING = 40
"""How many characters around a change are shown."""


def describe_verschil(huis: Huis, document: DocumentRow, inhoud: bytes, *, word: bool) -> list[str]:
    """Where a returned file says something else than the document; empty = the same text.

    Raises DocxGeweigerdError for a Word file that is not safe.
    """
    verschillen = list(_diff_word(huis, document, inhoud) if word else _diff_pdf(huis, document, inhoud))
    if len(verschillen) > MAX_GETOOND:
        rest = len(verschillen) - MAX_GETOOND
        return [*verschillen[:MAX_GETOOND], f"En nog {rest} {'verschil' if rest == 1 else 'verschillen'}."]
    return verschillen


def _diff_word(huis: Huis, document: DocumentRow, inhoud: bytes) -> Iterator[str]:
    origineel = huis.winkel.documenten.read(document.docx_sha256 or "")
    for punt in read_terugkomst(origineel, inhoud, "het teruggekomen bestand").punten:
        stil = "" if punt.bijgehouden else " (zonder dat Word dat bijhield)"
        yield f"{_quote(punt.oud, punt.nieuw)}{stil}"


def _diff_pdf(huis: Huis, document: DocumentRow, inhoud: bytes) -> Iterator[str]:
    oud = read_paginas(io.BytesIO(huis.winkel.documenten.read(document.pdf_sha256 or "")))
    yield from compare_paginas(oud, read_paginas(io.BytesIO(inhoud)))


def compare_paginas(oud: Sequence[str], nieuw: Sequence[str]) -> Iterator[str]:
    """The differences between the texts of two PDFs, page by page; spaces and ligatures do not count."""
    if len(oud) != len(nieuw):
        yield f"het bestand heeft {len(nieuw)} bladzijden; aangeboden zijn er {len(oud)}"
    for nummer in range(max(len(oud), len(nieuw))):
        eerst = _list_regels(oud[nummer]) if nummer < len(oud) else []
        nu = _list_regels(nieuw[nummer]) if nummer < len(nieuw) else []
        if "".join(eerst).replace(" ", "") == "".join(nu).replace(" ", ""):
            continue
        for a, b in align(eerst, nu):
            links, rechts = "" if a is None else eerst[a], "" if b is None else nu[b]
            if links.replace(" ", "") != rechts.replace(" ", ""):
                yield f"bladzijde {nummer + 1}: {_quote(links, rechts)}"


def _list_regels(tekst: str) -> list[str]:
    glad = unicodedata.normalize("NFKC", tekst).replace("\u00ad", "").split("\n")
    return [kaal for regel in glad if (kaal := re.sub(r"\s+", " ", regel).strip())]


def _quote(oud: str, nieuw: str) -> str:
    """What was and what is there now, cut to what is around the change."""
    if not oud.strip():
        return f"nieuw: '{_shorten(nieuw)}'"
    if not nieuw.strip():
        return f"weg: '{_shorten(oud)}'"
    delen = compare_woorden(oud, nieuw)
    anders = [plek for plek, deel in enumerate(delen) if deel.soort is not Soort.GELIJK]
    voor, na = delen[: anders[0]] if anders else (), delen[anders[-1] + 1 :] if anders else ()
    kop, staart = sum(len(deel.tekst) for deel in voor), sum(len(deel.tekst) for deel in na)
    begin = max(0, kop - _OMGEVING)
    return f"was '{_cut(oud, begin, staart)}', staat nu '{_cut(nieuw, begin, staart)}'"


def _cut(tekst: str, begin: int, staart: int) -> str:
    einde = len(tekst) - max(0, staart - _OMGEVING)
    return f"{'… ' if begin else ''}{_shorten(tekst[begin:einde].strip())}{' …' if einde < len(tekst) else ''}"


def _shorten(tekst: str) -> str:
    kaal = re.sub(r"\s+", " ", tekst).strip()
    return kaal if len(kaal) <= 4 * _OMGEVING else f"{kaal[: 4 * _OMGEVING]} …"
