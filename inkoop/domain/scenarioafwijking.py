"""Another published choice for a criterium, so that a scenario can show the other setting.

Bron: BP-01, BP-09; F.0 `ervaring_bereik`.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from inkoop.domain.criteria.criterium import (
    AlleVan,
    Criteriaset,
    Criterium,
    EenToets,
    EenVan,
    Ervaringsbereik,
    Ervaringtoets,
    Per,
)
from inkoop.domain.scenario import Criteriumafwijking


def apply_afwijkingen(criteriaset: Criteriaset, afwijkingen: Iterable[Criteriumafwijking]) -> Criteriaset:
    """The set with another published choice for some criteria; the hash stays that of the file.

    With `per_categorie` experience is decided per product, else per perceel. Raises KeyError for a criterium that
    the set does not have, or that asks no experience where its scope is set.

    Bron: BP-01, BP-09; F.0 `ervaring_bereik`; F.3 J2.
    """
    keuzes = {afwijking.criterium: afwijking for afwijking in afwijkingen}
    criteria = []
    for criterium in criteriaset.criteria:
        afwijking = keuzes.pop(criterium.id, None)
        criteria.append(criterium if afwijking is None else _apply(criterium, afwijking))
    if keuzes:
        raise KeyError(next(iter(keuzes)))
    return msgspec.structs.replace(criteriaset, criteria=tuple(criteria))


def _apply(criterium: Criterium, afwijking: Criteriumafwijking) -> Criterium:
    """One criterium with the other choice."""
    bereik, groep = afwijking.ervaring_bereik, afwijking.groep
    if groep is not None:
        criterium = msgspec.structs.replace(criterium, groep=groep)
    if bereik is None:
        return criterium
    toets, geraakt = _set_bereik(criterium.toets, bereik)
    if not geraakt:
        raise KeyError(criterium.id)
    per = Per.PRODUCT if bereik is Ervaringsbereik.PER_CATEGORIE else Per.PERCEEL
    return msgspec.structs.replace(criterium, toets=toets, per=per)


def _set_bereik(toets: EenToets, bereik: Ervaringsbereik) -> tuple[EenToets, bool]:
    """The toets with this scope of experience, and whether there was experience in it."""
    if isinstance(toets, Ervaringtoets):
        return msgspec.structs.replace(toets, ervaring_bereik=bereik), True
    if isinstance(toets, AlleVan | EenVan):
        delen = [_set_bereik(deel, bereik) for deel in toets.delen]
        nieuw = msgspec.structs.replace(toets, delen=tuple(deel for deel, _ in delen))
        return nieuw, any(geraakt for _, geraakt in delen)
    return toets, False
