"""One change for all running agreements of a procedure: a law that changes, a new standard text, an arrangement.

Tariffs, area, gemeenten and offer have records of their own; together with these they go into one addendum per
agreement in the yearly cycle. Only a change of the law may come in force on a day of its own.

Bron: C.21; H19-55; issue contract years (bulk, refusal); raamovereenkomst, article on changes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.procedure import Proceduredefinitie


class Wijzigingsoort(StrEnum):
    """Why agreements change: the law, a new version of the standard text, or what parties agree."""

    WETSWIJZIGING = "wetswijziging"
    STANDAARDVERSIE = "standaardversie"
    AFSPRAAK = "afspraak"


class Wijzigingstand(StrEnum):
    """Where a change for all agreements stands; only one that was adopted goes into addenda."""

    VOORGESTELD = "voorgesteld"
    VASTGESTELD = "vastgesteld"
    INGETROKKEN = "ingetrokken"


class Weigeringsoort(StrEnum):
    """Why an addendum did not come in force: a party said no, or not all had signed on the last day."""

    GEWEIGERD = "geweigerd"
    NIET_GETEKEND = "niet_getekend"


class Artikelwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """What an article says from then on; empty when it goes. `artikel` as it is printed: "artikel 9.2".

    What it says now is read from each agreement; `was` is only for agreements whose text is not in the system.
    With `nieuw_na` the text is a new one after that article.
    """

    artikel: str
    wordt: str
    was: str = ""
    nieuw_na: bool = False


class Contractwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """A change for all running agreements, as its file says it.

    `ingang` None = the day on which the next cycle comes in force. `onderdeel` empty = the agreement itself, else the
    kind of document of a piece that was signed with it. `percelen` empty = all. `bij_weigering` is what the agreement
    says happens when a party refuses.
    """

    soort: Wijzigingsoort
    onderwerp: str
    reden: str
    bron: str
    artikelen: tuple[Artikelwijziging, ...] = ()
    onderdeel: str = ""
    percelen: tuple[str, ...] = ()
    ingang: date | None = None
    tekenen_uiterlijk: date | None = None
    bij_weigering: str = ""


BIJ_WEIGERING = "de overeenkomst loopt ongewijzigd door; voor deze cyclus is het addendum vervallen"
"""What happens when an addendum is refused, unless the change says what else the agreement allows (C.21, H19-55)."""


def check_contractwijziging(
    definitie: Proceduredefinitie,
    wijziging: Contractwijziging,
    op: date,
    *,
    cyclusdag: date,
    concept_uiterlijk: date,
) -> list[Beletsel]:
    """Every reason why a change cannot be proposed or adopted on a day; empty = it can.

    `cyclusdag` is the day on which the cycle that runs comes in force, `concept_uiterlijk` the last day for its
    concepts (H19-55: 1 October).
    """
    beletselen = [*_check_tekst(wijziging), *_check_percelen(definitie, wijziging)]
    ingang = wijziging.ingang or cyclusdag
    if ingang <= op:
        tekst = f"Een wijziging werkt niet terug: {format_dag(ingang)} is geweest."
        beletselen.append(Beletsel("wijziging-terugwerkend", tekst))
    if not definitie.looptijd.ingang < ingang <= definitie.looptijd.max_einddatum:
        tekst = f"Op {format_dag(ingang)} loopt er geen overeenkomst die kan wijzigen."
        beletselen.append(Beletsel("wijziging-looptijd", tekst))
    if ingang.strftime("%m-%d") == definitie.contract.addendumcyclus.ingang:
        if wijziging.tekenen_uiterlijk is not None:
            tekst = "In de jaarlijkse cyclus ligt de tekendag vast. Laat 'tekenen_uiterlijk' weg."
            beletselen.append(Beletsel("wijziging-tekendag", tekst))
        if ingang == cyclusdag and op > concept_uiterlijk:
            beletselen.append(_te_laat(ingang, concept_uiterlijk))
    else:
        beletselen += _check_buiten_cyclus(definitie, wijziging, ingang, op)
    return beletselen


def _te_laat(ingang: date, concept_uiterlijk: date) -> Beletsel:
    volgend = date(ingang.year + 1, ingang.month, ingang.day)
    tekst = (
        f"De concepten voor {format_dag(ingang)} moesten uiterlijk op {format_dag(concept_uiterlijk)} uit. Neem als "
        f"ingang {format_dag(volgend)}; bij een wetswijziging die niet kan wachten een eigen dag met een eigen "
        "'tekenen_uiterlijk'."
    )
    return Beletsel("wijziging-te-laat", tekst)


def _check_buiten_cyclus(
    definitie: Proceduredefinitie, wijziging: Contractwijziging, ingang: date, op: date
) -> list[Beletsel]:
    """On a day of its own only what the law changes, with its own last day to sign."""
    beletselen = []
    cyclus = definitie.contract.addendumcyclus
    if wijziging.soort is not Wijzigingsoort.WETSWIJZIGING:
        tekst = (
            f"Wijzigingen gaan in op de dag van de cyclus ({cyclus.ingang}). Alleen een wetswijziging kan op een "
            "andere dag ingaan."
        )
        beletselen.append(Beletsel("wijziging-buiten-cyclus", tekst))
    if wijziging.tekenen_uiterlijk is None:
        tekst = "Buiten de cyclus hoort een eigen laatste dag om te tekenen. Vul 'tekenen_uiterlijk' in."
        beletselen.append(Beletsel("wijziging-tekendag", tekst))
    elif not op <= wijziging.tekenen_uiterlijk < ingang:
        tekst = "De laatste dag om te tekenen ligt vóór de ingang, en is nog niet voorbij."
        beletselen.append(Beletsel("wijziging-tekendag", tekst))
    return beletselen


def _check_tekst(wijziging: Contractwijziging) -> list[Beletsel]:
    beletselen = [
        Beletsel(f"wijziging-{veld}", f"Vul '{veld}' in.")
        for veld in ("onderwerp", "reden", "bron")
        if not getattr(wijziging, veld).strip()
    ]
    standaard = wijziging.soort is Wijzigingsoort.STANDAARDVERSIE
    if standaard and wijziging.artikelen:
        tekst = "Bij een nieuwe standaardversie volgen de artikelen uit het sjabloon. Laat 'artikelen' weg."
        beletselen.append(Beletsel("wijziging-artikelen", tekst))
    if not standaard and not wijziging.artikelen:
        beletselen.append(Beletsel("wijziging-artikelen", "Noem onder 'artikelen' wat er verandert."))
    for een in wijziging.artikelen:
        if not een.artikel.strip():
            beletselen.append(Beletsel("wijziging-artikel", "Een artikel heeft geen nummer; schrijf 'artikel 9.2'."))
        if een.nieuw_na and not een.wordt.strip():
            tekst = f"Na {een.artikel} komt een nieuwe tekst, maar 'wordt' is leeg."
            beletselen.append(Beletsel("wijziging-artikel", tekst))
        if een.nieuw_na and een.was.strip():
            beletselen.append(Beletsel("wijziging-artikel", f"Een nieuwe tekst na {een.artikel} had geen 'was'."))
        if een.was.strip() and een.was.strip() == een.wordt.strip():
            beletselen.append(Beletsel("wijziging-artikel", f"In {een.artikel} verandert niets."))
    aantal = Counter((een.artikel.strip().lower(), een.nieuw_na) for een in wijziging.artikelen)
    beletselen += [
        Beletsel("wijziging-dubbel", f"{artikel} staat er meer dan één keer.")
        for (artikel, _), hoevaak in aantal.items()
        if hoevaak > 1
    ]
    return beletselen


def _check_percelen(definitie: Proceduredefinitie, wijziging: Contractwijziging) -> list[Beletsel]:
    bekend = [perceel.code for perceel in definitie.percelen]
    return [
        Beletsel("wijziging-perceel", f"Perceel '{code}' is er niet. Wel: {', '.join(bekend)}.")
        for code in wijziging.percelen
        if code not in bekend
    ]


def is_voor(wijziging: Contractwijziging, percelen: Collection[str]) -> bool:
    """Whether a change is about an agreement with these percelen."""
    return not wijziging.percelen or bool(set(wijziging.percelen) & set(percelen))
