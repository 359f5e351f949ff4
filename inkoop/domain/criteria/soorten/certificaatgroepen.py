"""Certificates sorted by what they need before they can count.

Bron: B.3.7 (register, scope, entity, accreditation); B.3.8; H4.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from inkoop.domain.criteria.criterium import Certificaattoets
from inkoop.domain.criteria.dossier import Certificaatfeit, Registerstatus
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.zicht import Zicht, is_same_woord

_SLECHT = frozenset({Registerstatus.GESCHORST, Registerstatus.INGETROKKEN, Registerstatus.VERLOPEN})


class Groepen(msgspec.Struct, frozen=True, kw_only=True):
    """Certificates that count by themselves, that people judge, that miss something, and that fail."""

    erkend: tuple[Certificaatfeit, ...] = ()
    mensen: tuple[Certificaatfeit, ...] = ()
    onvolledig: tuple[tuple[Certificaatfeit, Grond], ...] = ()
    afgekeurd: tuple[tuple[Certificaatfeit, Grond], ...] = ()


def sort_certificaten(toets: Certificaattoets, zicht: Zicht, certificaten: Sequence[Certificaatfeit]) -> Groepen:
    """Sort the certificates of a party; the days on which they are valid are not looked at here."""
    erkend, mensen, onvolledig, afgekeurd = [], [], [], []
    for c in keep_last_seen(certificaten):
        if c.registerstatus in _SLECHT:
            afgekeurd.append((c, Grond.REGISTERSTATUS_NIET_ACTIEF))
        elif not is_listed(toets, c):
            mensen.append(c)
        elif toets.registerstatus_vereist and c.registerstatus is not Registerstatus.ACTIEF:
            onvolledig.append((c, Grond.REGISTERSTATUS_ONBEKEND))
        elif not has_scope(toets, zicht, c):
            if c.scope:
                afgekeurd.append((c, Grond.SCOPE_TEKORT))
            else:
                onvolledig.append((c, Grond.SCOPE_ONBEKEND))
        elif names_others(zicht, c) or c.geaccrediteerd is False:
            mensen.append(c)
        else:
            erkend.append(c)
    return Groepen(erkend=tuple(erkend), mensen=tuple(mensen), onvolledig=tuple(onvolledig), afgekeurd=tuple(afgekeurd))


def keep_last_seen(certificaten: Sequence[Certificaatfeit]) -> list[Certificaatfeit]:
    """Of one certificate that was looked up more than once, what was seen last counts."""
    groepen: dict[tuple[str | None, str, date, date], list[Certificaatfeit]] = {}
    for c in certificaten:
        groepen.setdefault((c.lid, c.norm.casefold(), c.van, c.tot), []).append(c)
    gekozen: list[Certificaatfeit] = []
    for groep in groepen.values():
        gezien = [c.register_gezien_op for c in groep if c.register_gezien_op is not None]
        gekozen += [c for c in groep if not gezien or c.register_gezien_op == max(gezien)]
    return gekozen


def is_listed(toets: Certificaattoets, certificaat: Certificaatfeit) -> bool:
    """Whether the norm is the one asked for or on the published list."""
    return any(is_same_woord(certificaat.norm, norm) for norm in (toets.norm, *toets.gelijkwaardig))


def has_scope(toets: Certificaattoets, zicht: Zicht, certificaat: Certificaatfeit) -> bool:
    """Whether the certificate names, for each perceel that asks it, one of its scope words."""
    return all(
        any(is_same_woord(woord, scope) for woord in toets.scope_per_perceel[perceel] for scope in certificaat.scope)
        for perceel in zicht.eenheid.percelen
        if toets.scope_per_perceel.get(perceel)
    )


def names_others(zicht: Zicht, certificaat: Certificaatfeit) -> bool:
    """Whether the certificate names legal persons and none of them belongs to the application (H4)."""
    return bool(certificaat.entiteiten) and not any(zicht.is_named(naam) for naam in certificaat.entiteiten)
