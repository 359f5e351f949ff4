"""Certificates sorted by what they need before they can count.

Bron: B.3.7 (register, scope, entity, accreditation); B.3.8; H4.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from inkoop.domain.criteria.criterium import Certificaattoets, Naambeleid
from inkoop.domain.criteria.dossier import Certificaatfeit, Registerstatus
from inkoop.domain.criteria.feiten import fold_woord, is_een_van, share_woord
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten.registercontrole import is_recent
from inkoop.domain.criteria.zicht import Zicht, is_same_woord

_SLECHT = frozenset({Registerstatus.GESCHORST, Registerstatus.INGETROKKEN, Registerstatus.VERLOPEN})


class Groepen(msgspec.Struct, frozen=True, kw_only=True):
    """Certificates that count by themselves, that people judge, that miss something, and that fail.

    `verouderd`: the register must be looked into again before they count.
    """

    erkend: tuple[Certificaatfeit, ...] = ()
    verouderd: tuple[Certificaatfeit, ...] = ()
    mensen: tuple[Certificaatfeit, ...] = ()
    onvolledig: tuple[tuple[Certificaatfeit, Grond], ...] = ()
    afgekeurd: tuple[tuple[Certificaatfeit, Grond], ...] = ()


def sort_certificaten(
    toets: Certificaattoets, zicht: Zicht, certificaten: Sequence[Certificaatfeit], plaats: str | None = None
) -> Groepen:
    """Sort the certificates of a party; the days on which they are valid are not looked at here.

    `plaats` is a location that must be named on the certificate.
    """
    erkend, verouderd, mensen, onvolledig, afgekeurd = [], [], [], [], []
    for c in keep_last_seen(certificaten):
        if tekort := find_tekort(toets, zicht, c, plaats):
            afgekeurd.append((c, tekort))
        elif not is_listed(toets, c):
            mensen.append(c)
        elif leemte := _find_leemte(toets, zicht, c, plaats):
            onvolledig.append((c, leemte))
        elif names_others(zicht, c) or c.geaccrediteerd is False or is_other_instelling(toets, c):
            mensen.append(c)
        elif toets.registerstatus_vereist and not is_recent(
            toets.registercontrole, zicht.peildatums, c.register_gezien_op
        ):
            verouderd.append(c)
        else:
            erkend.append(c)
    return Groepen(
        erkend=tuple(erkend),
        verouderd=tuple(verouderd),
        mensen=tuple(mensen),
        onvolledig=tuple(onvolledig),
        afgekeurd=tuple(afgekeurd),
    )


def find_tekort(toets: Certificaattoets, zicht: Zicht, c: Certificaatfeit, plaats: str | None) -> Grond | None:
    """Why a certificate cannot count, whatever else is answered; of another norm people judge scope and places."""
    if is_slecht(c):
        return Grond.REGISTERSTATUS_NIET_ACTIEF
    if toets.onbekende_entiteit is Naambeleid.TELT_NIET and names_others(zicht, c):
        return Grond.ANDERE_ENTITEIT
    if not is_listed(toets, c):
        return None
    if c.scope and not has_scope(toets, zicht, c):
        return Grond.SCOPE_TEKORT
    if plaats is not None and c.locaties and not names_plaats(c, plaats):
        return Grond.LOCATIE_NIET_OP_CERTIFICAAT
    return None


def is_slecht(c: Certificaatfeit) -> bool:
    """Whether the register says that a certificate does not hold."""
    return c.registerstatus in _SLECHT


def _find_leemte(toets: Certificaattoets, zicht: Zicht, c: Certificaatfeit, plaats: str | None) -> Grond | None:
    """What is not known of a certificate of a listed norm although it is asked."""
    if toets.registerstatus_vereist and c.registerstatus is not Registerstatus.ACTIEF:
        return Grond.REGISTERSTATUS_ONBEKEND
    if not has_scope(toets, zicht, c):
        return Grond.SCOPE_ONBEKEND
    if plaats is not None and not c.locaties:
        return Grond.CERTIFICAATLOCATIES_ONBEKEND
    if toets.instellingen and c.instelling is None:
        return Grond.INSTELLING_ONBEKEND
    if toets.accreditatie_vereist and c.geaccrediteerd is None:
        return Grond.ACCREDITATIE_ONBEKEND
    return None


def is_other_instelling(toets: Certificaattoets, c: Certificaatfeit) -> bool:
    """Whether the body that issued it is known and is none of those that the criterion names."""
    instelling = c.instelling
    return bool(toets.instellingen) and instelling is not None and not is_een_van(instelling, toets.instellingen)


def names_plaats(c: Certificaatfeit, plaats: str) -> bool:
    """Whether a place stands on the certificate."""
    return is_een_van(plaats, c.locaties)


def keep_last_seen(certificaten: Sequence[Certificaatfeit]) -> Sequence[Certificaatfeit]:
    """Of one certificate that was looked up more than once, what was seen last counts."""
    if len(certificaten) == 1:
        return certificaten
    groepen: dict[tuple[str | None, str, date, date], list[Certificaatfeit]] = {}
    for c in certificaten:
        groepen.setdefault((c.lid, fold_woord(c.norm), c.van, c.tot), []).append(c)
    gekozen: list[Certificaatfeit] = []
    for groep in groepen.values():
        gezien = [c.register_gezien_op for c in groep if c.register_gezien_op is not None]
        gekozen += [c for c in groep if not gezien or c.register_gezien_op == max(gezien)]
    return gekozen


def is_listed(toets: Certificaattoets, certificaat: Certificaatfeit) -> bool:
    """Whether the norm is the one asked for or on the published list."""
    return is_same_woord(certificaat.norm, toets.norm) or is_een_van(certificaat.norm, toets.gelijkwaardig)


def has_scope(toets: Certificaattoets, zicht: Zicht, certificaat: Certificaatfeit) -> bool:
    """Whether the certificate names, for each perceel that asks it, one of its scope words."""
    if not toets.scope_per_perceel:
        return True
    for perceel in zicht.eenheid.percelen:
        woorden = toets.scope_per_perceel.get(perceel)
        if woorden and not share_woord(woorden, certificaat.scope):
            return False
    return True


def names_others(zicht: Zicht, certificaat: Certificaatfeit) -> bool:
    """Whether the certificate names legal persons and none of them belongs to the application (H4)."""
    return bool(certificaat.entiteiten) and not any(zicht.is_named(naam) for naam in certificaat.entiteiten)
