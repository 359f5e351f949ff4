"""The term of the agreements: until when they run, how they are extended, when notice is due.

Joining later never changes the end date. Tacit renewal and options are two mechanisms: a renewal
happens unless somebody gives notice, an option happens only when a besluit exercises it.

Bron: M20-32, BP-03, domein 0.7 and 0.12.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag
from inkoop.domain.maanden import add_maanden
from inkoop.domain.procedure import Looptijd

_EEN_DAG = timedelta(days=1)


class Verlengingswijze(StrEnum):
    """How an agreement goes on after its first term."""

    GEEN = "geen"
    STILZWIJGEND = "stilzwijgend"
    OPTIE = "optie"


class Verlenging(msgspec.Struct, frozen=True, kw_only=True):
    """One extension: its number, its term (both days inclusive) and the last day to give notice or decide."""

    nummer: int
    van: date
    tot: date
    uiterlijk: date


def notice_date(einde: date, maanden: int) -> date:
    """The last day on which notice of whole months is in time for an end date.

    Six months before 31 December is 30 June: from 1 July less than six months are left.

    Bron: BP-03 (project default, analogous to CS 1.3.3).
    """
    return add_maanden(einde + _EEN_DAG, -maanden) - _EEN_DAG


@lru_cache(maxsize=1024)  # a list of procedures asks it of each of them
def list_verlengingen(looptijd: Looptijd) -> tuple[Verlenging, ...]:
    """Every extension up to the maximum end date, in order.

    Bron: M20-32, BP-03; domein 0.12 (extensions are exact).
    """
    if looptijd.verlenging_maanden < 1:
        return ()
    verlengingen: list[Verlenging] = []
    einde = looptijd.einde_eerste_termijn
    while (volgende := _extend(einde, looptijd.verlenging_maanden)) <= looptijd.max_einddatum:
        verlengingen.append(
            Verlenging(
                nummer=len(verlengingen) + 1,
                van=einde + _EEN_DAG,
                tot=volgende,
                uiterlijk=notice_date(einde, looptijd.opzegtermijn_maanden),
            )
        )
        einde = volgende
    return tuple(verlengingen)


def einddatum_op(looptijd: Looptijd, op: date, *, uitgeoefend: int = 0) -> date:
    """The end date that is certain on a day, when nobody gave notice.

    Tacit: a renewal is certain once its last day for notice has passed. Option: `uitgeoefend` options
    were exercised by a besluit; without one nothing is extended.

    Bron: M20-32, domein 0.12.
    """
    verlengingen = list_verlengingen(looptijd)
    if looptijd.verlenging == Verlengingswijze.STILZWIJGEND:
        zeker = [verlenging for verlenging in verlengingen if verlenging.uiterlijk < op]
    else:
        zeker = list(verlengingen[:uitgeoefend])
    return zeker[-1].tot if zeker else looptijd.einde_eerste_termijn


def check_looptijd(looptijd: Looptijd) -> list[Beletsel]:
    """Every contradiction in a term: order of dates, extension against maximum, notice against extension.

    Bron: BP-03, domein 0.12.
    """
    beletselen = []
    if not looptijd.ingang < looptijd.einde_eerste_termijn <= looptijd.max_einddatum:
        tekst = (
            "De looptijd klopt niet: ingang, einde_eerste_termijn en max_einddatum moeten in deze volgorde staan, "
            f"maar zijn {format_dag(looptijd.ingang)}, {format_dag(looptijd.einde_eerste_termijn)} en "
            f"{format_dag(looptijd.max_einddatum)}."
        )
        return [Beletsel("looptijd-volgorde", tekst)]
    if looptijd.verlenging == Verlengingswijze.GEEN:
        if (
            looptijd.verlenging_maanden
            or looptijd.aantal_opties
            or looptijd.max_einddatum != looptijd.einde_eerste_termijn
        ):
            tekst = "Zonder verlenging is verlenging_maanden 0 en is max_einddatum gelijk aan einde_eerste_termijn."
            beletselen.append(Beletsel("looptijd-geen-verlenging", tekst))
        return beletselen
    if looptijd.verlenging_maanden < 1:
        tekst = f"Bij verlenging '{looptijd.verlenging}' is verlenging_maanden ten minste 1."
        return [Beletsel("looptijd-verlenging", tekst)]
    verlengingen = list_verlengingen(looptijd)
    laatste = verlengingen[-1].tot if verlengingen else looptijd.einde_eerste_termijn
    if laatste != looptijd.max_einddatum:
        tekst = (
            f"Verlengingen van {looptijd.verlenging_maanden} maanden vanaf {format_dag(looptijd.einde_eerste_termijn)} "
            f"eindigen op {format_dag(laatste)}, niet op max_einddatum {format_dag(looptijd.max_einddatum)}."
        )
        beletselen.append(Beletsel("looptijd-maximum", tekst))
    beletselen += _check_opties(looptijd, len(verlengingen))
    if looptijd.verlenging == Verlengingswijze.STILZWIJGEND and looptijd.opzegtermijn_maanden < 1:
        tekst = "Bij stilzwijgende verlenging is een opzegtermijn van ten minste 1 maand nodig."
        beletselen.append(Beletsel("looptijd-opzegtermijn", tekst))
    if notice_date(looptijd.einde_eerste_termijn, looptijd.opzegtermijn_maanden) < looptijd.ingang:
        tekst = f"De opzegtermijn van {looptijd.opzegtermijn_maanden} maanden is langer dan de eerste termijn."
        beletselen.append(Beletsel("looptijd-opzegtermijn", tekst))
    return beletselen


def _check_opties(looptijd: Looptijd, gevonden: int) -> list[Beletsel]:
    """Options are exact: their number stands in the file and fits the maximum (domein 0.12)."""
    if looptijd.verlenging != Verlengingswijze.OPTIE:
        if looptijd.aantal_opties is not None:
            tekst = (
                f"'aantal_opties' hoort bij verlenging '{Verlengingswijze.OPTIE}', niet bij '{looptijd.verlenging}'."
            )
            return [Beletsel("looptijd-opties", tekst)]
        return []
    if looptijd.aantal_opties is None:
        tekst = (
            f"Bij verlenging 'optie' hoort 'aantal_opties': hoe vaak u met {looptijd.verlenging_maanden} maanden mag "
            "verlengen."
        )
        return [Beletsel("looptijd-opties", tekst)]
    if looptijd.aantal_opties != gevonden:
        tekst = (
            f"Er staan {looptijd.aantal_opties} opties van {looptijd.verlenging_maanden} maanden, maar tot "
            f"{format_dag(looptijd.max_einddatum)} passen er {gevonden}."
        )
        return [Beletsel("looptijd-opties", tekst)]
    return []


MAXIMUM_RAAM_MAANDEN = 48
"""The longest a tendered framework agreement runs without a published motivation (B.1.8)."""


def check_duur(looptijd: Looptijd, *, raamovereenkomst: bool, aanbesteed: bool) -> list[Beletsel]:
    """Why a term is too long: a tendered framework agreement above 48 months needs a motivation.

    Bron: B.1.8.
    """
    laatste = _extend(looptijd.ingang - _EEN_DAG, MAXIMUM_RAAM_MAANDEN)
    if not (raamovereenkomst and aanbesteed) or looptijd.max_einddatum <= laatste or looptijd.motivering_langer:
        return []
    tekst = (
        f"Een aanbestede raamovereenkomst duurt met opties ten hoogste {MAXIMUM_RAAM_MAANDEN} maanden, dus tot en met "
        f"{format_dag(laatste)}; er staat {format_dag(looptijd.max_einddatum)}. Kort de looptijd in, of leg onder "
        "'motivering_langer' uit waarom een langere duur nodig is."
    )
    return [Beletsel("looptijd-48-maanden", tekst)]


def check_verlenging(looptijd: Looptijd, nummer: int, tot: date) -> list[Beletsel]:
    """Why an extension cannot be given: it is not the next exact one that the agreement has.

    Another term needs the consent of both sides and a check on a substantial change.

    Bron: domein 0.12; H19-40, W21-BG-03.
    """
    verlengingen = {verlenging.nummer: verlenging for verlenging in list_verlengingen(looptijd)}
    verlenging = verlengingen.get(nummer)
    if verlenging is None:
        tekst = f"De overeenkomst heeft geen verlenging {nummer}; er zijn er {len(verlengingen)}."
        return [Beletsel("verlenging-onbekend", tekst)]
    if tot != verlenging.tot:
        tekst = (
            f"Verlenging {nummer} duurt precies {looptijd.verlenging_maanden} maanden, tot en met "
            f"{format_dag(verlenging.tot)}, en niet tot en met {format_dag(tot)}. Een andere duur kan alleen met "
            "instemming van beide partijen, na een toets op een wezenlijke wijziging."
        )
        return [Beletsel("verlenging-duur", tekst)]
    return []


def _extend(einde: date, maanden: int) -> date:
    """The end of the next term; counted from its first day, so that ends of months stay ends of months."""
    return add_maanden(einde + _EEN_DAG, maanden) - _EEN_DAG
