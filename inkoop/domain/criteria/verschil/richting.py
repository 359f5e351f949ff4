"""Whether another value of a key makes a criterium stricter or looser: one rule per key of each block.

A rule says STRENGER only where nobody who fell short before can satisfy it now because of this key alone, and
SOEPELER the other way round; what cannot be told (another document, another day) is ANDERS. A key without a
rule is ANDERS too, and fails a test.

Bron: ontwerp 9 (`criteria verschil`); B.2.7 (repair), B.4 (who in a combination).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeAlias

from inkoop.domain.criteria.criterium import (
    AlleVan,
    Beoordelingtoets,
    Certificaattoets,
    Criterium,
    Documenttoets,
    EenVan,
    Ervaringsbereik,
    Ervaringtoets,
    Getaltoets,
    Groep,
    Herstelbaarheid,
    Locatietoets,
    Partijentoets,
    Personeeltoets,
    Registertoets,
    Toepassing,
    Toepassingsbereik,
    Toets,
    Uitsluitingtoets,
    Verklaringtoets,
    Vraag,
)


class Richting(StrEnum):
    """What a change does to who satisfies a criterium."""

    STRENGER = "strenger"
    SOEPELER = "soepeler"
    ANDERS = "anders"
    VERWOORD = "verwoord"


Richtingen: TypeAlias = frozenset[Richting]
Regel: TypeAlias = Callable[[Any, Any, Any, Any], Richtingen]
"""Old value, new value, old block, new block."""

_STRENGER = frozenset({Richting.STRENGER})
_SOEPELER = frozenset({Richting.SOEPELER})
_ANDERS = frozenset({Richting.ANDERS})
_VERWOORD = frozenset({Richting.VERWOORD})


def anders(_oud: Any, _nieuw: Any, _o: Any, _n: Any) -> Richtingen:
    """Another thing is asked; who satisfies it cannot be told."""
    return _ANDERS


def verwoord(_oud: Any, _nieuw: Any, _o: Any, _n: Any) -> Richtingen:
    """Only words change."""
    return _VERWOORD


def meer(oud: Any, nieuw: Any, _o: Any, _n: Any) -> Richtingen:
    """A higher number asks more; nothing asks nothing."""
    if oud is None or nieuw is None:
        return _STRENGER if oud is None else _SOEPELER
    return _STRENGER if nieuw > oud else _SOEPELER


def minder(oud: Any, nieuw: Any, _o: Any, _n: Any) -> Richtingen:
    """A lower number asks more; nothing asks nothing."""
    if oud is None or nieuw is None:
        return _STRENGER if oud is None else _SOEPELER
    return _STRENGER if nieuw < oud else _SOEPELER


def gevraagd(oud: Any, nieuw: Any, _o: Any, _n: Any) -> Richtingen:
    """Something that may be asked or not: from nothing to something asks more, else it is another thing."""
    if not oud:
        return _STRENGER
    return _ANDERS if nieuw else _SOEPELER


def ja(_oud: Any, nieuw: Any, _o: Any, _n: Any) -> Richtingen:
    """Yes asks more."""
    return _STRENGER if nieuw else _SOEPELER


def nee(_oud: Any, nieuw: Any, _o: Any, _n: Any) -> Richtingen:
    """No asks more."""
    return _SOEPELER if nieuw else _STRENGER


def eisen(oud: Iterable[Any], nieuw: Iterable[Any], _o: Any, _n: Any) -> Richtingen:
    """A list of which all must be there: a longer one asks more."""
    return _compare_lijst(oud, nieuw, erbij=_STRENGER, eraf=_SOEPELER)


def keuzes(oud: Iterable[Any], nieuw: Iterable[Any], _o: Any, _n: Any) -> Richtingen:
    """A list of which one is enough: a longer one asks less."""
    return _compare_lijst(oud, nieuw, erbij=_SOEPELER, eraf=_STRENGER)


def toegestaan(oud: Sequence[Any], nieuw: Sequence[Any], _o: Any, _n: Any) -> Richtingen:
    """What is accepted; an empty list accepts everything, a longer list accepts more."""
    if not oud or not nieuw:
        return _STRENGER if nieuw else _SOEPELER
    return _compare_lijst(oud, nieuw, erbij=_SOEPELER, eraf=_STRENGER)


def _compare_lijst(oud: Iterable[Any], nieuw: Iterable[Any], *, erbij: Richtingen, eraf: Richtingen) -> Richtingen:
    links, rechts = set(oud), set(nieuw)
    return (erbij if rechts - links else frozenset()) | (eraf if links - rechts else frozenset())


def orde(*streng_naar_soepel: Any) -> Regel:
    """Choices from strict to loose; one that is not among them is another thing."""

    def compare(oud: Any, nieuw: Any, _o: Any, _n: Any) -> Richtingen:
        if oud not in streng_naar_soepel or nieuw not in streng_naar_soepel:
            return _ANDERS
        return _STRENGER if streng_naar_soepel.index(nieuw) < streng_naar_soepel.index(oud) else _SOEPELER

    return compare


def bereik(oud: Sequence[str], nieuw: Sequence[str], _o: Any, _n: Any) -> Richtingen:
    """To what a criterium applies; an empty list is everything. For who newly falls under it, it is stricter."""
    if not oud or not nieuw:
        return _SOEPELER if nieuw else _STRENGER
    return _compare_lijst(oud, nieuw, erbij=_STRENGER, eraf=_SOEPELER)


def groep(oud: Groep, nieuw: Groep, _o: Any, _n: Any) -> Richtingen:
    """What only informs never counts; between the other groups the toets stays as strict."""
    if Groep.INFORMATIEF not in (oud, nieuw):
        return _ANDERS
    return _SOEPELER if nieuw is Groep.INFORMATIEF else _STRENGER


def scope(oud: Mapping[str, Sequence[str]], nieuw: Mapping[str, Sequence[str]], _o: Any, _n: Any) -> Richtingen:
    """Words per perceel of which one is enough: a perceel more asks more, a word more asks less."""
    gevonden = eisen(oud, nieuw, None, None)
    for perceel in oud.keys() & nieuw.keys():
        gevonden |= keuzes(oud[perceel], nieuw[perceel], None, None)
    return gevonden or _VERWOORD


def vragen(oud: Sequence[Vraag], nieuw: Sequence[Vraag], _o: Any, _n: Any) -> Richtingen:
    """Published questions: one more asks more; the same question in other words is another question."""
    links, rechts = {vraag.id: vraag.tekst for vraag in oud}, {vraag.id: vraag.tekst for vraag in nieuw}
    gevonden = eisen(links, rechts, None, None)
    if any(links[naam] != rechts[naam] for naam in links.keys() & rechts.keys()):
        gevonden |= _ANDERS
    return gevonden or _VERWOORD


def registers(oud: Any, nieuw: Any, toets_oud: Registertoets, toets_nieuw: Registertoets) -> Richtingen:
    """One of these, or all of these."""
    if toets_oud.alle != toets_nieuw.alle:
        return _ANDERS
    return eisen(oud, nieuw, None, None) if toets_nieuw.alle else keuzes(oud, nieuw, None, None)


_HERSTEL = orde(*Herstelbaarheid)

RICHTINGEN: Mapping[type, Mapping[str, Regel]] = {
    Criterium: {
        "titel": verwoord,
        "eis": verwoord,
        "bron": verwoord,
        "motivering": verwoord,
        "bewijs": verwoord,
        "groep": groep,
        "per": anders,
        # The other choices let other evidence count, which may also be against it, or add quantities up.
        "toepassing": orde(Toepassing.ELKE_UITVOERDER, Toepassing.ELK_LID),
        "momenten": eisen,
        "herstelbaar": _HERSTEL,
        "beroep_op_derden": anders,  # evidence of another may also be against it
    },
    Toepassingsbereik: dict.fromkeys(Toepassingsbereik.__struct_fields__, bereik),
    Certificaattoets: {
        "norm": anders,
        "gelijkwaardig": keuzes,
        "geldig_op": eisen,
        "gelijkwaardigheidsvragen": vragen,
        "scope_per_perceel": scope,
        "registerstatus_vereist": ja,
        "registercontrole": gevraagd,
        "accreditatie_vereist": ja,
        "instellingen": toegestaan,
        "locaties_functie": gevraagd,
        "aaneengesloten": ja,
        "onbekende_entiteit": anders,
    },
    Documenttoets: {
        "document": anders,
        "peilmoment": anders,
        "max_leeftijd_maanden": minder,
        "niet_ouder_dan": meer,
        "onderdelen": eisen,
        "op_naam": ja,
        "leeftijd_op": anders,
        "versies": toegestaan,
        "onderdelen_door": gevraagd,
    },
    Verklaringtoets: {
        "verklaring": anders,
        "peilmoment": anders,
        "bevoegd_ondertekend": ja,
        "gegevens": eisen,
        "ondertekend_door": eisen,
        "antwoorden": scope,
        "ondertekening_herstelbaar": _HERSTEL,
    },
    Ervaringtoets: {
        "minimum_clienten": meer,
        "periode_maanden": minder,
        "peilmoment": anders,
        "ervaring_bereik": orde(Ervaringsbereik.ALLE_CATEGORIEEN, Ervaringsbereik.PER_CATEGORIE),
    },
    Locatietoets: {"functie": anders, "regio": anders, "peilmoment": anders},
    Personeeltoets: {
        "kwalificaties": keuzes,
        "minimum": meer,
        "minimum_aandeel": gevraagd,
        "peilmoment": anders,
        "registers": toegestaan,
    },
    Getaltoets: {
        "grootheid": anders,
        "peilmoment": anders,
        "minimum": meer,
        "maximum": minder,
        "maal": anders,
        "als": anders,
    },
    Partijentoets: {"rollen": anders, "groottes": anders, "minimum": meer, "maximum": minder},
    Registertoets: {"registers": registers, "alle": ja, "peilmoment": anders, "registercontrole": gevraagd},
    Uitsluitingtoets: {"uitsluitingsgrond": anders, "peilmoment": anders, "zelfreiniging_mogelijk": nee},
    Beoordelingtoets: {"document": anders, "peilmoment": anders, "vragen": vragen},
}
"""How each key of each block counts; `alleen`, `toets` and the parts of combinators are compared by themselves."""

COMBINATIES: Mapping[type[Toets], tuple[Richtingen, Richtingen]] = {
    AlleVan: (_STRENGER, _SOEPELER),
    EenVan: (_SOEPELER, _STRENGER),
}
"""What a part more, and a part less, does to a combinator."""


def find_richtingen(oud: Any, nieuw: Any, sleutel: str) -> Richtingen:
    """What the change of one key of a block does; the blocks are of the same kind."""
    regel = RICHTINGEN.get(type(oud), {}).get(sleutel, anders)
    return regel(getattr(oud, sleutel), getattr(nieuw, sleutel), oud, nieuw)
