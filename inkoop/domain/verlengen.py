"""Whether the agreements of a procedure may be extended: the exact next one, decided in time, under a mandate.

An option is exercised by a besluit; a tacit renewal happens unless a besluit stops it. Both are decided for all
agreements of a procedure at once, since they share one end date.

Bron: domein 0.7, 0.12; H19-40, M20-32, BP-03, BP-13; C.22; E.5.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from enum import StrEnum

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.looptijd import Verlenging, Verlengingswijze, check_verlenging, list_verlengingen
from inkoop.domain.mandaat import Onderwerp, check_samen
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie


class Verlengingskeuze(StrEnum):
    """What was decided on an extension: to exercise the option, or that the agreements end without it."""

    VERLENGEN = "verlengen"
    NIET_VERLENGEN = "niet_verlengen"


def next_verlenging(definitie: Proceduredefinitie, besloten: Collection[int], op: date) -> Verlenging | None:
    """The extension that is to be decided now; None when none is left, or a tacit one has begun to count.

    `besloten` are the numbers that were decided before.
    """
    stilzwijgend = definitie.looptijd.verlenging == Verlengingswijze.STILZWIJGEND
    open_ = [
        een
        for een in list_verlengingen(definitie.looptijd)
        if een.nummer not in besloten and not (stilzwijgend and een.uiterlijk < op)
    ]
    return open_[0] if open_ else None


def check_besluit(
    definitie: Proceduredefinitie,
    nummer: int,
    keuze: Verlengingskeuze,
    tot: date | None,
    eerder: Mapping[int, Verlengingskeuze],
    *,
    functie: str,
    op: date,
) -> list[Beletsel]:
    """Every reason why this decision on an extension cannot be taken today by somebody with this functie.

    `tot` is the end date that the decision names (None when it stops the agreements); `eerder` holds the
    decisions before, by number. An extension asks mandates for all gemeenten together on the day of the decision and
    on its first day; who decides has one for at least one of them.

    Bron: domein 0.10, 0.12; BP-13, BP-22, H19-06; C.22 (sent before the last day for notice).
    """
    looptijd = definitie.looptijd
    if looptijd.verlenging == Verlengingswijze.GEEN:
        return [Beletsel("verlenging-geen", "Deze overeenkomsten kunnen niet worden verlengd.")]
    beletselen = []
    verlengen = keuze is Verlengingskeuze.VERLENGEN
    if verlengen and looptijd.verlenging == Verlengingswijze.STILZWIJGEND:
        tekst = (
            "Deze overeenkomsten verlengen zichzelf (stilzwijgend); daar is geen besluit voor nodig. Wel om dat te "
            "voorkomen: besluit dan om niet te verlengen."
        )
        beletselen.append(Beletsel("verlenging-stilzwijgend", tekst))
    verlenging = next((een for een in list_verlengingen(looptijd) if een.nummer == nummer), None)
    if verlenging is None:
        return [*beletselen, *check_verlenging(looptijd, nummer, looptijd.max_einddatum)]
    if verlengen:
        beletselen += check_verlenging(looptijd, nummer, tot or verlenging.tot)
    if nummer in eerder:
        tekst = f"Over verlenging {nummer} is al besloten: {eerder[nummer].replace('_', ' ')}."
        beletselen.append(Beletsel("verlenging-besloten", tekst))
    beletselen += _check_volgorde(definitie, nummer, eerder)
    if op > verlenging.uiterlijk:
        tekst = (
            f"Over verlenging {nummer} kon uiterlijk op {format_dag(verlenging.uiterlijk)} worden besloten "
            f"({looptijd.opzegtermijn_maanden} maanden voor de einddatum)."
        )
        beletselen.append(Beletsel("verlenging-te-laat", tekst))
    onderwerp = Onderwerp.VERLENGING if verlengen else Onderwerp.OPZEGGING
    beletselen += check_samen(definitie, functie=functie, onderwerp=onderwerp, op=op)
    if verlengen:
        beletselen += check_samen(definitie, functie=functie, onderwerp=onderwerp, op=verlenging.van, zelf=False)
    return list(dict.fromkeys(beletselen))


def _check_volgorde(
    definitie: Proceduredefinitie, nummer: int, eerder: Mapping[int, Verlengingskeuze]
) -> list[Beletsel]:
    """Options are exercised in order, and none after a decision to stop."""
    if gestopt := [n for n, keuze in eerder.items() if keuze is Verlengingskeuze.NIET_VERLENGEN and n < nummer]:
        tekst = f"Er is al besloten dat de overeenkomsten eindigen zonder verlenging {min(gestopt)}."
        return [Beletsel("verlenging-gestopt", tekst)]
    if definitie.looptijd.verlenging != Verlengingswijze.OPTIE:
        return []
    if mist := [n for n in range(1, nummer) if n not in eerder]:
        return [Beletsel("verlenging-volgorde", f"Besluit eerst over verlenging {mist[0]}.")]
    return []


def einddatum_na(definitie: Proceduredefinitie, eerder: Mapping[int, Verlengingskeuze], op: date) -> date:
    """The end date of the agreements after what was decided, when nobody does anything more.

    Options: the end of the last one exercised. Tacit: what is certain on the day, cut off by a decision to stop.

    Bron: H19-43 (one end date for all), M20-32.
    """
    looptijd = definitie.looptijd
    verlengingen = {een.nummer: een for een in list_verlengingen(looptijd)}
    gestopt = min((n for n, keuze in eerder.items() if keuze is Verlengingskeuze.NIET_VERLENGEN), default=None)
    if looptijd.verlenging == Verlengingswijze.STILZWIJGEND:
        zeker = [n for n, een in verlengingen.items() if een.uiterlijk < op and (gestopt is None or n < gestopt)]
    else:
        zeker = [n for n, keuze in eerder.items() if keuze is Verlengingskeuze.VERLENGEN]
    return verlengingen[max(zeker)].tot if zeker else looptijd.einde_eerste_termijn


def describe_stand(
    definitie: Proceduredefinitie, verlenging: Verlenging, eerder: Mapping[int, Verlengingskeuze], op: date
) -> str:
    """In a few words where one extension stands on a day."""
    gestopt = min((n for n, keuze in eerder.items() if keuze is Verlengingskeuze.NIET_VERLENGEN), default=None)
    if verlenging.nummer in eerder:
        return str(eerder[verlenging.nummer]).replace("_", " ")
    if gestopt is not None and gestopt < verlenging.nummer:
        return "vervalt"
    voorbij = verlenging.uiterlijk < op
    if definitie.looptijd.verlenging == Verlengingswijze.STILZWIJGEND:
        return "stilzwijgend verlengd" if voorbij else "verlengt stilzwijgend"
    return "niet uitgeoefend" if voorbij else "nog te besluiten"


def check_optieronde(ronde: Rondedefinitie, eerder: Mapping[int, Verlengingskeuze]) -> list[Beletsel]:
    """Why a round that belongs to an option is not held: that option was not exercised.

    Bron: E.5 ("ronde during extension years exists only if the extension decision is taken before opening").
    """
    optie = ronde.alleen_bij_optie
    if optie is None or eerder.get(optie) is Verlengingskeuze.VERLENGEN:
        return []
    tekst = f"Ronde {ronde.kenmerk} is er alleen als optie {optie} is uitgeoefend; daar is nog niet toe besloten."
    return [Beletsel("ronde-optie", tekst)]


def find_besluitdag(definitie: Proceduredefinitie, verlenging: Verlenging) -> date:
    """The last day to decide: that of the notice, or the day before a round opens that depends on it (E.5)."""
    openingen = [r.opening for r in definitie.instroom.rondes if r.alleen_bij_optie == verlenging.nummer]
    return min([verlenging.uiterlijk, *(dag - timedelta(days=1) for dag in openingen)])
