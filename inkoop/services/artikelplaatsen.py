"""Where an agreement itself says something: the article as it is printed there, or the subject when that is not known.

The text of an agreement of before the system is not here, so letters and addenda name no article of it.

Bron: domein C.17, C.21, C.22, C.27.
"""

from __future__ import annotations

from sqlmodel import Session

from inkoop.documents.boom import Bijlage, Kop
from inkoop.documents.gegevens import Vindplaatsen
from inkoop.domain.contractprofiel import NAMEN, OPDRACHT, Contractthema, find_label
from inkoop.services import documenten
from inkoop.services.documentboom import build_boom
from inkoop.services.huis import Huis

_TARIEVENTABEL = "tarieventabel"
"""The label of the annex with the amounts."""


def find_artikel(huis: Huis, sessie: Session, contractnummer: str, overeenkomstsoort: str, thema: Contractthema) -> str:
    """The article about a subject as a letter names it: "artikel 19 (niet nakomen en maatregelen)".

    Without the text, or without such an article in it: "de bepaling over niet nakomen en maatregelen".
    """
    nummer = _read_plekken(huis, sessie, contractnummer).get(find_label(overeenkomstsoort, thema), "")
    return f"{nummer} ({NAMEN[thema]})" if nummer else f"de bepaling over {NAMEN[thema]}"


def find_vindplaatsen(huis: Huis, sessie: Session, contractnummer: str, overeenkomstsoort: str) -> Vindplaatsen:
    """Where an agreement says what an addendum changes, as printed there; subjects where its text is not here."""
    plekken = _read_plekken(huis, sessie, contractnummer)

    def name(thema: Contractthema) -> str:
        return plekken.get(find_label(overeenkomstsoort, thema)) or f"de bepaling over {NAMEN[thema]}"

    opdracht = overeenkomstsoort == OPDRACHT
    return Vindplaatsen(
        voorwerp=name(Contractthema.VOORWERP),
        gebied="" if opdracht else plekken.get(Contractthema.VOORWERP.value, ""),
        bedragen=name(Contractthema.TARIEVEN),
        tarieventabel="" if opdracht else plekken.get(_TARIEVENTABEL, "de bijlage met tarieven"),
    )


def _read_plekken(huis: Huis, sessie: Session, contractnummer: str) -> dict[str, str]:
    """Each label of the agreed text with how people name its place; empty when the text is not here."""
    document = documenten.find_by_sleutel(sessie, f"overeenkomst:{contractnummer}")
    if document is None:
        return {}
    plekken = {}
    for blok in build_boom(huis, document).blokken:
        if isinstance(blok, Kop) and blok.label and blok.nummer:
            plekken[blok.label] = f"artikel {blok.nummer}"
        elif isinstance(blok, Bijlage) and blok.label:
            plekken[blok.label] = f"bijlage {blok.nummer}"
    return plekken
