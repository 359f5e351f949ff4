"""Which of the days asked for a set of certificates covers, and what stays open.

Bron: E.5; F.0 (sluiting and ingang); B.3.7 (renewed certificates join up).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache

from inkoop.domain.criteria.criterium import Certificaattoets, Peilmoment
from inkoop.domain.criteria.dossier import Certificaatfeit
from inkoop.domain.criteria.zicht import Zicht, is_same_woord

LATERE_MOMENTEN = frozenset({Peilmoment.INGANG, Peilmoment.LOOPTIJD})
"""Moments after the decision: what misses only there is a condition, not a shortcoming (E.5)."""

_EEN_DAG = timedelta(days=1)


class Dekking(IntEnum):
    """Which of the days asked for a set of certificates covers."""

    GEEN = 0
    VOORWAARDELIJK = 1
    ALLES = 2


def list_days(toets: Certificaattoets, zicht: Zicht) -> dict[Peilmoment, date]:
    """The days on which the certificate must be valid."""
    return _bind(toets.geldig_op, tuple([zicht.peildatums[moment] for moment in toets.geldig_op]))


def list_early_days(toets: Certificaattoets, zicht: Zicht) -> dict[Peilmoment, date]:
    """The days without which there is nothing to admit on."""
    dagen = list_days(toets, zicht)
    if LATERE_MOMENTEN.isdisjoint(toets.geldig_op):
        return dagen
    vroeg = {moment: dag for moment, dag in dagen.items() if moment not in LATERE_MOMENTEN}
    return vroeg or zicht.dagen[Peilmoment.SLUITING]


@lru_cache(maxsize=1024)
def _bind(momenten: tuple[Peilmoment, ...], dagen: tuple[date, ...]) -> dict[Peilmoment, date]:
    """Moments with their days, shared by the outcomes of a round."""
    return dict(zip(momenten, dagen, strict=True))


def covers(certificaat: Certificaatfeit, dag: date) -> bool:
    """Whether a certificate is valid on a day; the first and the last day count."""
    return certificaat.van <= dag <= certificaat.tot


def find_dekking(toets: Certificaattoets, zicht: Zicht, certificaten: Sequence[Certificaatfeit]) -> Dekking:
    """How far these certificates reach together."""
    if not certificaten:
        return Dekking.GEEN
    dagen = list_days(toets, zicht)
    if _reaches(toets, dagen, certificaten):
        return Dekking.ALLES
    vroeg = list_early_days(toets, zicht)
    if vroeg is not dagen and _reaches(toets, vroeg, certificaten):
        return Dekking.VOORWAARDELIJK
    return Dekking.GEEN


def _reaches(
    toets: Certificaattoets, dagen: Mapping[Peilmoment, date], certificaten: Sequence[Certificaatfeit]
) -> bool:
    for dag in dagen.values():
        for c in certificaten:
            if covers(c, dag):
                break
        else:
            return False
    return not toets.aaneengesloten or not list_gaten(certificaten, min(dagen.values()), max(dagen.values()))


def list_gaten(certificaten: Sequence[Certificaatfeit], eerste: date, laatste: date) -> list[tuple[date, date]]:
    """The periods between two days (both inclusive) in which none of the certificates is valid."""
    gaten: list[tuple[date, date]] = []
    dag = eerste
    for c in sorted(certificaten, key=lambda c: (c.van, c.tot)):
        if c.tot < dag or c.van > laatste:
            continue
        if c.van > dag:
            gaten.append((dag, c.van - _EEN_DAG))
        if c.tot >= laatste:
            return gaten
        dag = c.tot + _EEN_DAG
    return [*gaten, (dag, laatste)]


def choose_certificaten(
    toets: Certificaattoets, dagen: Iterable[date], certificaten: Sequence[Certificaatfeit]
) -> dict[date, Certificaatfeit]:
    """For each of the days the certificate that covers it best, the norm asked for first.

    Where the days must be joined up, also for the first day after each certificate that ends between them.
    """
    gekozen: dict[date, Certificaatfeit] = {}
    gevraagd = sorted(set(dagen))
    for dag in gevraagd:
        if beste := _pick(toets, dag, certificaten):
            gekozen[dag] = beste
    if toets.aaneengesloten and gekozen:
        dag, laatste = gevraagd[0], gevraagd[-1]
        while dag <= laatste:
            beste = gekozen.get(dag) or _pick(toets, dag, certificaten)
            if beste is not None:
                gekozen[dag] = beste
                if beste.tot >= laatste:
                    break
                dag = beste.tot + _EEN_DAG
            else:
                dag = min((c.van for c in certificaten if c.van > dag), default=laatste + _EEN_DAG)
    return gekozen


def _pick(toets: Certificaattoets, dag: date, certificaten: Sequence[Certificaatfeit]) -> Certificaatfeit | None:
    """The certificate that covers a day best: of the norm itself, then the one that lasts longest."""
    geldig = [c for c in certificaten if covers(c, dag)]
    if len(geldig) == 1:
        return geldig[0]
    return max(geldig, key=lambda c: (is_same_woord(c.norm, toets.norm), c.tot, c.id), default=None)
