"""From a toets to a besluit: what may be decided per perceel, with a complete motivation.

A toets is evidence and a besluit is an act: nothing here decides. It proposes what follows from
the findings, and refuses while something still has to be repaired, judged or established.

Bron: domein 0.4, B.2.2, C.15, C.16, M20-07; ontwerp 2.3, 2.9 and 4.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from enum import StrEnum

import msgspec

from inkoop.domain.criteria.bevinding import (
    Bevinding,
    Eenheiduitkomst,
    Feitenbasis,
    Toetsresultaat,
    Voorwaarde,
)
from inkoop.domain.criteria.criterium import Criteriaset, Groep
from inkoop.domain.criteria.dossier import AangebodenPerceel, Dossier
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.uitkomst import Uitkomst, laagste
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.herziening import Intrekkingsgrond
from inkoop.domain.mandaat import Onderwerp
from inkoop.domain.rangschikking import Rangregel


class Besluitsoort(StrEnum):
    """What can be decided on an aanmelding, or on one perceel of it."""

    TOEGELATEN = "toegelaten"
    TOEGELATEN_ONDER_VOORWAARDE = "toegelaten_onder_voorwaarde"
    AFGEWEZEN = "afgewezen"
    BUITEN_BEHANDELING = "buiten_behandeling"
    VERVANGEN = "vervangen"
    INGETROKKEN = "ingetrokken"
    TOELATING_VERVALLEN = "toelating_vervallen"
    TOELATING_INGETROKKEN = "toelating_ingetrokken"
    GESELECTEERD = "geselecteerd"
    RESERVE = "reserve"
    NIET_GESELECTEERD = "niet_geselecteerd"
    GUNNINGSVOORNEMEN = "gunningsvoornemen"
    NIET_GEGUND = "niet_gegund"
    AANBOD_VERMINDERD = "aanbod_verminderd"


TOELATINGEN = frozenset({Besluitsoort.TOEGELATEN, Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE})
"""The besluiten that admit, also when something is still to be met."""

MANDAATONDERWERP: Mapping[Besluitsoort, Onderwerp] = {
    Besluitsoort.TOEGELATEN: Onderwerp.TOELATING,
    Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE: Onderwerp.TOELATING,
    Besluitsoort.AFGEWEZEN: Onderwerp.AFWIJZING,
    Besluitsoort.BUITEN_BEHANDELING: Onderwerp.BUITEN_BEHANDELING,
    Besluitsoort.VERVANGEN: Onderwerp.BUITEN_BEHANDELING,
    Besluitsoort.INGETROKKEN: Onderwerp.BUITEN_BEHANDELING,
    Besluitsoort.TOELATING_VERVALLEN: Onderwerp.TOELATING_VERVALLEN,
    Besluitsoort.TOELATING_INGETROKKEN: Onderwerp.TOELATING_VERVALLEN,
    Besluitsoort.GESELECTEERD: Onderwerp.SELECTIE,
    Besluitsoort.RESERVE: Onderwerp.SELECTIE,
    Besluitsoort.NIET_GESELECTEERD: Onderwerp.SELECTIE,
    Besluitsoort.GUNNINGSVOORNEMEN: Onderwerp.GUNNING,
    Besluitsoort.NIET_GEGUND: Onderwerp.GUNNING,
    Besluitsoort.AANBOD_VERMINDERD: Onderwerp.TOELATING,
}
"""The subject of the mandate that each kind of besluit needs (FE-4)."""


class Besluitvoorstel(msgspec.Struct, frozen=True, kw_only=True):
    """What follows from a toets for one perceel.

    `producten` are admitted, `afgewezen_producten` are not; `redenen` are all failing findings that
    hit this perceel, `voldaan` the ids of the criteria that are fully met (C.16 point 4). `rang` is the
    place in a ranking (only with selection), `grond` why an admission is withdrawn, `aanleiding` why the
    besluit that it supersedes was looked at again, or why a perceel is not taken up. `vervallen_producten`
    are dropped by the provider itself (domain/mutatie).
    """

    perceel: str
    soort: Besluitsoort
    producten: tuple[str, ...]
    afgewezen_producten: tuple[str, ...]
    redenen: tuple[Bevinding, ...]
    voldaan: tuple[str, ...]
    voorwaarden: tuple[Voorwaarde, ...]
    rang: Rangregel | None = None
    grond: Intrekkingsgrond | None = None
    aanleiding: str = ""
    vervallen_producten: tuple[str, ...] = ()


_TOELAATBAAR = frozenset({Uitkomst.VOLDOET, Uitkomst.VOORWAARDELIJK})

_ONBESLIST: Mapping[Uitkomst, tuple[str, str]] = {
    Uitkomst.TE_BEOORDELEN: ("te-beoordelen", "moet nog worden beoordeeld"),
    Uitkomst.HERSTELBAAR: ("herstel-open", "is nog herstelbaar: sluit eerst het herstelverloop af"),
}
"""The outcomes on which nothing can be decided yet, with the code and the words of the beletsel."""
_ANDERS_ONBESLIST: Mapping[str, str] = {
    Grond.REGISTER_OPNIEUW_BEKIJKEN: (
        "wacht tot iemand opnieuw in het register kijkt en vastlegt wat er staat en op welke dag dat is gezien"
    ),
    Grond.FEIT_NOG_VAST_TE_STELLEN: "hangt af van een gegeven dat eerst moet worden vastgesteld",
}
"""The grounds on which no judgement is waited for, in words."""


def check_besluitrijp(resultaat: Toetsresultaat, editie: Criteriaset | None = None) -> list[Beletsel]:
    """Every reason why no besluit can rest on this toets; empty = ready for a besluit.

    With `editie`, criteria of the group `informatief` are left out: they never count.

    Bron: ontwerp 2.3, 2.9 and 4; FE-1.
    """
    beletselen = []
    if resultaat.feitenbasis is not Feitenbasis.VASTGESTELD:
        tekst = (
            "De toets rekent met feiten die alleen zijn opgegeven. Stel de feiten eerst vast en toets opnieuw; "
            "een besluit rust nooit op een feit dat alleen is opgegeven."
        )
        beletselen.append(Beletsel("feiten-niet-vastgesteld", tekst))
    if not resultaat.eenheden:
        beletselen.append(Beletsel("niets-getoetst", "De toets heeft voor geen enkel perceel een uitkomst."))
    telt_niet = _find_informatief(editie)
    for bevinding in resultaat.bevindingen:
        if bevinding.criterium in telt_niet or bevinding.uitkomst not in _ONBESLIST:
            continue
        code, waarom = _ONBESLIST[bevinding.uitkomst]
        waarom = _ANDERS_ONBESLIST.get(bevinding.grond, waarom)
        beletselen.append(Beletsel(code, f"{_describe(bevinding)} {waarom}."))
    return list(dict.fromkeys(beletselen))


def propose_besluiten(editie: Criteriaset, dossier: Dossier, resultaat: Toetsresultaat) -> tuple[Besluitvoorstel, ...]:
    """What follows from a toets, one voorstel per perceel that is applied for, in that order.

    Where criteria are decided per product, the perceel is admitted for its passing products; what
    fails is a reason all the same. Raises BeletselenError with everything that is still open.

    Bron: M20-07; F.0 `besluiteenheid`; ontwerp 4.
    """
    beletselen = check_besluitrijp(resultaat, editie) + _check_samenhang(editie, dossier, resultaat)
    if beletselen:
        raise BeletselenError(f"Over aanmelding {dossier.aanmelding} kan nog niet worden besloten.", beletselen)
    return tuple(_propose_perceel(editie, perceel, resultaat) for perceel in dossier.percelen)


def leave_out(resultaat: Toetsresultaat, percelen: Collection[str]) -> Toetsresultaat:
    """The same toets without what it says about these percelen: those on which is decided without a toets."""
    return msgspec.structs.replace(
        resultaat,
        bevindingen=tuple(b for b in resultaat.bevindingen if b.perceel not in percelen),
        eenheden=tuple(eenheid for eenheid in resultaat.eenheden if eenheid.perceel not in percelen),
    )


def lapse_voorstel(voorstel: Besluitvoorstel, resultaat: Toetsresultaat) -> Besluitvoorstel:
    """What follows when the condition of a conditional admission was not met in time: the admission lapses.

    The reasons are the findings on this perceel that still carry a condition, or fail by now.

    Bron: F.0 `certificaat_verloopt_tussen_sluiting_en_ingang`; E.5; C.16 (voorwaardelijk vervallen).
    """
    producten = (*voorstel.producten, *voorstel.afgewezen_producten)
    return msgspec.structs.replace(
        voorstel,
        soort=Besluitsoort.TOELATING_VERVALLEN,
        producten=(),
        afgewezen_producten=producten,
        redenen=tuple(
            bevinding
            for bevinding in resultaat.bevindingen
            if bevinding.uitkomst in (Uitkomst.VOORWAARDELIJK, Uitkomst.VOLDOET_NIET)
            and _hits(bevinding, voorstel.perceel, producten)
        ),
    )


def check_motivering(
    voorstel: Besluitvoorstel, resultaat: Toetsresultaat, editie: Criteriaset | None = None
) -> list[Beletsel]:
    """Every gap in the motivation of a voorstel; empty = the motivation is complete.

    Each failing finding that hits the perceel must be named, with what was seen, its source and the
    dates on which was tested, and each rejected product must have a reason. What is not in the
    letter cannot be added later (RBNNE 2-2-2023, ECLI:NL:RBNNE:2023:315).

    Bron: domein 0.4, B.2.2, C.16.
    """
    if voorstel.soort in MOTIVERING_ANDERS:
        return _check_andere_motivering(voorstel)
    telt_niet = _find_informatief(editie)
    falend = [b for b in resultaat.bevindingen if b.uitkomst is Uitkomst.VOLDOET_NIET and b.criterium not in telt_niet]
    producten = frozenset(voorstel.producten) | frozenset(voorstel.afgewezen_producten)
    beletselen = [
        Beletsel("reden-ontbreekt", f"{_describe(bevinding)} voldoet niet, maar staat niet in de motivering.")
        for bevinding in falend
        if _hits(bevinding, voorstel.perceel, producten) and bevinding not in voorstel.redenen
    ]
    for bevinding in voorstel.redenen:
        if bevinding not in falend:
            tekst = f"{_describe(bevinding)} staat in de motivering, maar volgt niet uit de toets."
            beletselen.append(Beletsel("reden-niet-uit-toets", tekst))
        beletselen.extend(_check_reden(bevinding))
    if voorstel.soort is Besluitsoort.AFGEWEZEN and not voorstel.redenen:
        tekst = f"Perceel {voorstel.perceel} wordt afgewezen zonder één reden."
        beletselen.append(Beletsel("geen-reden", tekst))
    if voorstel.soort is Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE and not voorstel.voorwaarden:
        tekst = f"Perceel {voorstel.perceel} wordt onder voorwaarde toegelaten zonder één voorwaarde."
        beletselen.append(Beletsel("geen-voorwaarde", tekst))
    for product in voorstel.afgewezen_producten:
        if not any(_hits(bevinding, voorstel.perceel, {product}) for bevinding in voorstel.redenen):
            tekst = f"Product {product} in perceel {voorstel.perceel} wordt afgewezen zonder reden."
            beletselen.append(Beletsel("product-zonder-reden", tekst))
    return beletselen


MOTIVERING_ANDERS = frozenset(
    {
        Besluitsoort.BUITEN_BEHANDELING,
        Besluitsoort.AANBOD_VERMINDERD,
        Besluitsoort.TOELATING_VERVALLEN,
        Besluitsoort.TOELATING_INGETROKKEN,
        Besluitsoort.GESELECTEERD,
        Besluitsoort.RESERVE,
        Besluitsoort.NIET_GESELECTEERD,
        Besluitsoort.GUNNINGSVOORNEMEN,
        Besluitsoort.NIET_GEGUND,
    }
)
"""What does not rest on failing findings alone: a condition, a ground, a place in a ranking, a wish."""


def _check_andere_motivering(voorstel: Besluitvoorstel) -> list[Beletsel]:
    """What such a besluit cannot do without."""
    is_volledig, wat = _ANDERS.get(voorstel.soort, (_is_geplaatst, "hoe de rangorde tot dit besluit leidt"))
    if is_volledig(voorstel):
        return []
    return [Beletsel("geen-reden", f"Bij perceel {voorstel.perceel} ontbreekt {wat}.")]


def _is_geplaatst(voorstel: Besluitvoorstel) -> bool:
    geplaatst = voorstel.rang is not None and bool(voorstel.rang.uitleg.strip())
    return geplaatst or bool(voorstel.aanleiding.strip())


_ANDERS: Mapping[Besluitsoort, tuple[Callable[[Besluitvoorstel], bool], str]] = {
    Besluitsoort.TOELATING_VERVALLEN: (lambda v: bool(v.redenen), "waarom de toelating vervalt"),
    Besluitsoort.TOELATING_INGETROKKEN: (lambda v: v.grond is not None, "waarom de toelating wordt ingetrokken"),
    Besluitsoort.BUITEN_BEHANDELING: (lambda v: bool(v.aanleiding.strip()), "waarom het niet in behandeling komt"),
    Besluitsoort.AANBOD_VERMINDERD: (lambda v: bool(v.vervallen_producten), "wat er vervalt"),
}


def _check_reden(bevinding: Bevinding) -> list[Beletsel]:
    """What a letter would miss in one failing finding."""
    aanwezig = {
        "toelichting": bool(bevinding.toelichting.strip()),
        "bron": bool(bevinding.bron.strip()),
        "peildatum": bool(bevinding.peildatums),
    }
    return [
        Beletsel(f"{deel}-ontbreekt", f"Bij {_describe(bevinding)} ontbreekt de {deel}.")
        for deel, staat_er in aanwezig.items()
        if not staat_er
    ]


def _check_samenhang(editie: Criteriaset, dossier: Dossier, resultaat: Toetsresultaat) -> list[Beletsel]:
    """Whether this toets is one of this edition and says something on each part of this offer."""
    beletselen = []
    if resultaat.editie_hash != editie.hash:
        tekst = f"De toets is gedaan met een andere editie dan {editie.set} {editie.editie}. Toets opnieuw."
        beletselen.append(Beletsel("andere-editie", tekst))
    if not dossier.percelen:
        beletselen.append(Beletsel("geen-perceel", "De aanmelding noemt geen enkel perceel."))
    for perceel in dossier.percelen:
        uitkomsten = _list_uitkomsten(perceel, resultaat.eenheden)
        if not perceel.producten:
            tekst = f"De aanmelding noemt geen enkel product in perceel {perceel.code}."
            beletselen.append(Beletsel("geen-product", tekst))
        for product, uitkomst in uitkomsten.items():
            if uitkomst is Uitkomst.NVT:
                tekst = (
                    f"Voor product {product} in perceel {perceel.code} geldt geen enkel criterium. "
                    "Controleer de criteriaset: toelating zonder toets kan niet."
                )
                beletselen.append(Beletsel("niet-getoetst", tekst))
    return beletselen


def _propose_perceel(editie: Criteriaset, perceel: AangebodenPerceel, resultaat: Toetsresultaat) -> Besluitvoorstel:
    """The voorstel for one perceel of a toets that is ready for a besluit."""
    uitkomsten = _list_uitkomsten(perceel, resultaat.eenheden)
    producten = tuple(code for code, uitkomst in uitkomsten.items() if uitkomst in _TOELAATBAAR)
    afgewezen = tuple(code for code in uitkomsten if code not in producten)
    telt_niet = _find_informatief(editie)
    hier = [
        bevinding
        for bevinding in resultaat.bevindingen
        if bevinding.criterium not in telt_niet and _hits(bevinding, perceel.code, uitkomsten)
    ]
    voorwaarden = dict.fromkeys(
        voorwaarde
        for bevinding in hier
        if bevinding.uitkomst is Uitkomst.VOORWAARDELIJK and _hits(bevinding, perceel.code, producten)
        for voorwaarde in bevinding.voorwaarden
    )
    onder_voorwaarde = any(uitkomsten[code] is Uitkomst.VOORWAARDELIJK for code in producten)
    return Besluitvoorstel(
        perceel=perceel.code,
        soort=_choose_soort(toegelaten=bool(producten), onder_voorwaarde=onder_voorwaarde),
        producten=producten,
        afgewezen_producten=afgewezen,
        redenen=tuple(bevinding for bevinding in hier if bevinding.uitkomst is Uitkomst.VOLDOET_NIET),
        voldaan=_list_voldaan(editie, hier),
        voorwaarden=tuple(voorwaarden),
    )


def _choose_soort(*, toegelaten: bool, onder_voorwaarde: bool) -> Besluitsoort:
    """The kind of besluit that follows from whether something is admitted, and how."""
    if not toegelaten:
        return Besluitsoort.AFGEWEZEN
    return Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE if onder_voorwaarde else Besluitsoort.TOEGELATEN


def _list_uitkomsten(perceel: AangebodenPerceel, eenheden: Iterable[Eenheiduitkomst]) -> dict[str, Uitkomst]:
    """The outcome per product that is applied for: of its own unit, else of the perceel (nvt when there is neither).

    A unit of a product already counts what holds for the whole perceel; beside it, the unit of the perceel
    only sums up its products.
    """
    hier = {eenheid.product: eenheid.uitkomst for eenheid in eenheden if eenheid.perceel == perceel.code}
    samen = hier.get(None, Uitkomst.NVT)
    return {product.code: hier.get(product.code, samen) for product in perceel.producten}


def _list_voldaan(editie: Criteriaset, bevindingen: Iterable[Bevinding]) -> tuple[str, ...]:
    """The criteria of which each finding is voldoet (or nvt, besides at least one voldoet), in order of the edition."""
    per_criterium: dict[str, list[Uitkomst]] = {}
    for bevinding in bevindingen:
        per_criterium.setdefault(bevinding.criterium, []).append(bevinding.uitkomst)
    return tuple(
        criterium.id
        for criterium in editie.criteria
        if laagste(per_criterium.get(criterium.id, ())) is Uitkomst.VOLDOET
    )


def _hits(bevinding: Bevinding, perceel: str, producten: Iterable[str]) -> bool:
    """Whether a finding counts for (one of these products of) a perceel."""
    if bevinding.perceel not in (None, perceel):
        return False
    return bevinding.product is None or bevinding.product in producten


def _find_informatief(editie: Criteriaset | None) -> frozenset[str]:
    """The ids of the criteria that never count."""
    if editie is None:
        return frozenset()
    return frozenset(criterium.id for criterium in editie.criteria if criterium.groep is Groep.INFORMATIEF)


def _describe(bevinding: Bevinding) -> str:
    """A finding as people name it: `M-11 (perceel 1A, lid noor)`."""
    waar = {"perceel": bevinding.perceel, "product": bevinding.product, "lid": bevinding.lid}
    delen = ", ".join(f"{naam} {waarde}" for naam, waarde in waar.items() if waarde is not None)
    return f"{bevinding.criterium} ({delen})" if delen else bevinding.criterium
