"""Evidence of an earlier round that is used again: is it still valid on the days of this round?

Only the dates, versions and states on a piece of evidence are looked at, for each criterium that asks for it.
Whether it satisfies is not: in the new round its facts are established again and judged again, whatever was
found before. A certificate must last until the ingang; that it lasts over the whole looptijd is asked of no
evidence beforehand, and guarded afterwards.

Bron: issue intake, 1; domein 0.6 (peildatum), B.3.2-B.3.4 (maximum ages); art. 59 lid 1 Richtlijn 2014/24 (an
UEA may be used again by who says that it still holds); project default for the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from inkoop.domain.criteria.criterium import (
    Beoordelingtoets,
    Certificaattoets,
    Criteriaset,
    Criterium,
    Documenttoets,
    Ervaringtoets,
    Getaltoets,
    Locatietoets,
    Moment,
    Peilmoment,
    Personeeltoets,
    Registertoets,
    Toets,
    Uitsluitingtoets,
    Verklaringtoets,
)
from inkoop.domain.criteria.dossier import (
    Certificaatfeit,
    Documentfeit,
    EenFeit,
    Ervaringfeit,
    Feit,
    Getalfeit,
    Locatiefeit,
    Personeelfeit,
    Registerstatus,
    Registratiefeit,
    Uitsluitingfeit,
    Verklaringfeit,
)
from inkoop.domain.criteria.eenheden import list_bladen
from inkoop.domain.criteria.feiten import is_een_van
from inkoop.domain.criteria.verwoording import (
    write_aantal,
    write_datum,
    write_hoofdletter,
    write_naam,
    write_norm,
    write_opsomming,
    write_peil,
)
from inkoop.domain.criteria.zicht import is_same_woord
from inkoop.domain.maanden import add_maanden

Peildatums = Mapping[Peilmoment, date]
Regel = Callable[[Any, Any, Peildatums], str | None]
"""Why a fact is of no use on the days of a round, in a sentence; None when it is of use."""

_NIET_GELDIG = (Registerstatus.GESCHORST, Registerstatus.INGETROKKEN, Registerstatus.VERLOPEN)


class Hergebruikstand(msgspec.Struct, frozen=True, kw_only=True):
    """What a criterium of this round makes of a piece of evidence: still of use, or why not any more."""

    criterium: str
    titel: str
    bruikbaar: bool
    redenen: tuple[str, ...]


def weigh_hergebruik(
    editie: Criteriaset, feiten: Sequence[EenFeit], peildatums: Peildatums, moment: Moment = Moment.TOELATING
) -> tuple[Hergebruikstand, ...]:
    """Every criterium that looks at one of these facts, in the order of the set; empty when none does.

    One fact that is still of use is enough: a file may hold more than one thing.
    """
    gevonden = (
        _weigh(criterium, editie, feiten, peildatums) for criterium in editie.criteria if _has(criterium, moment)
    )
    return tuple(stand for stand in gevonden if stand is not None)


def _has(criterium: Criterium, moment: Moment) -> bool:
    return moment in criterium.momenten


def _weigh(
    criterium: Criterium, editie: Criteriaset, feiten: Sequence[EenFeit], peildatums: Peildatums
) -> Hergebruikstand | None:
    bruikbaar = False
    geraakt = False
    redenen: dict[str, None] = {}
    for blad in list_bladen(criterium.toets):
        for feit in feiten:
            regel = _find_regel(blad, feit, editie)
            if regel is None:
                continue
            geraakt = True
            reden = regel(blad, feit, peildatums)
            if reden is None:
                bruikbaar = True
            else:
                redenen.setdefault(reden)
    if not geraakt:
        return None
    return Hergebruikstand(
        criterium=criterium.id, titel=criterium.titel, bruikbaar=bruikbaar, redenen=() if bruikbaar else tuple(redenen)
    )


def _find_regel(blad: Toets, feit: Feit, editie: Criteriaset) -> Regel | None:
    """The rule for a fact that this leaf looks at; None for any other fact."""
    gevonden = _REGELS.get(type(blad))
    if gevonden is None:
        return None
    soort, past, regel = gevonden
    if not isinstance(feit, soort) or not past(blad, feit):
        return None
    if isinstance(blad, Certificaattoets) and isinstance(feit, Certificaatfeit) and not _asks_norm(blad, feit, editie):
        return None
    return regel


def _asks_norm(toets: Certificaattoets, feit: Certificaatfeit, editie: Criteriaset) -> bool:
    """Whether a certificate belongs here: its norm is named here, or nowhere in the set (then people weigh it)."""
    if _is_listed(toets, feit):
        return True
    alle = (blad for criterium in editie.criteria for blad in list_bladen(criterium.toets))
    return not any(isinstance(blad, Certificaattoets) and _is_listed(blad, feit) for blad in alle)


def _is_listed(toets: Certificaattoets, feit: Certificaatfeit) -> bool:
    return is_een_van(feit.norm, (toets.norm, *toets.gelijkwaardig))


def _certificaat(toets: Certificaattoets, feit: Certificaatfeit, peildatums: Peildatums) -> str | None:
    if feit.registerstatus in _NIET_GELDIG:
        return f"Het certificaat {write_norm(feit.norm)} staat in het register als {feit.registerstatus}."
    momenten = [moment for moment in toets.geldig_op if moment is not Peilmoment.LOOPTIJD] or [Peilmoment.SLUITING]
    buiten = [moment for moment in momenten if not feit.van <= peildatums[moment] <= feit.tot]
    if not buiten:
        return None
    dagen = write_opsomming(write_peil(moment, peildatums[moment]) for moment in buiten)
    geldig = f"geldig van {write_datum(feit.van)} tot en met {write_datum(feit.tot)}"
    return f"Het certificaat {write_norm(feit.norm)} is {geldig}. Dat is niet op {dagen}."


def _document(toets: Documenttoets, feit: Documentfeit, peildatums: Peildatums) -> str | None:
    peil = peildatums[toets.peilmoment]
    stuk = f"Het stuk '{write_naam(feit.document)}' is van {write_datum(feit.datum)}."
    if feit.datum > peil:
        return f"{stuk} Dat is na {write_peil(toets.peilmoment, peil)}."
    if toets.max_leeftijd_maanden is not None:
        moment = toets.leeftijd_op or toets.peilmoment
        oudste = add_maanden(peildatums[moment], -toets.max_leeftijd_maanden)
        if feit.datum < oudste:
            grens = f"{write_aantal(toets.max_leeftijd_maanden, 'maand', 'maanden')} oud"
            return f"{stuk} Op {write_peil(moment, peildatums[moment])} mag het ten hoogste {grens} zijn."
    if toets.niet_ouder_dan is not None and feit.datum < toets.niet_ouder_dan:
        return f"{stuk} Het mag niet van voor {write_datum(toets.niet_ouder_dan)} zijn."
    if toets.versies and feit.versie is not None and not is_een_van(feit.versie, toets.versies):
        return f"{stuk} Het is versie {feit.versie}; gevraagd is {write_opsomming(toets.versies, slot='of')}."
    return None


def _beoordeling(toets: Beoordelingtoets, feit: Documentfeit, peildatums: Peildatums) -> str | None:
    wat = f"Het stuk '{write_naam(feit.document)}' is"
    return _after(wat, feit.datum, toets.peilmoment, peildatums)


def _verklaring(toets: Verklaringtoets, feit: Verklaringfeit, peildatums: Peildatums) -> str | None:
    wat = f"De verklaring '{write_naam(feit.verklaring)}' is"
    return _after(wat, feit.datum, toets.peilmoment, peildatums)


def _uitsluiting(toets: Uitsluitingtoets, feit: Uitsluitingfeit, peildatums: Peildatums) -> str | None:
    wat = f"De opgave over de uitsluitingsgrond '{write_naam(feit.uitsluitingsgrond)}' is"
    return _after(wat, feit.datum, toets.peilmoment, peildatums)


def _after(wat: str, datum: date, moment: Peilmoment, peildatums: Peildatums) -> str | None:
    """Why something that must exist on a day does not."""
    peil = peildatums[moment]
    return f"{wat} van {write_datum(datum)}. Dat is na {write_peil(moment, peil)}." if datum > peil else None


def _ervaring(toets: Ervaringtoets, feit: Ervaringfeit, peildatums: Peildatums) -> str | None:
    peil = peildatums[toets.peilmoment]
    begin = add_maanden(peil, -toets.periode_maanden)
    if feit.van <= peil and begin <= feit.tot:
        return None
    wat = f"De ervaring met {feit.product} is van {write_datum(feit.van)} tot en met {write_datum(feit.tot)}."
    return f"{wat} Gevraagd is ervaring van {write_datum(begin)} tot en met {write_datum(peil)}."


def _locatie(toets: Locatietoets, feit: Locatiefeit, peildatums: Peildatums) -> str | None:
    wat = f"de locatie voor {write_naam(feit.functie)} in {feit.plaats}"
    return _within(wat, feit.van, feit.tot, toets.peilmoment, peildatums)


def _personeel(toets: Personeeltoets, feit: Personeelfeit, peildatums: Peildatums) -> str | None:
    return _within(f"de opgave van personeel voor {feit.product}", feit.van, feit.tot, toets.peilmoment, peildatums)


def _getal(toets: Getaltoets, feit: Getalfeit, peildatums: Peildatums) -> str | None:
    return _within(f"de opgave van {write_naam(feit.grootheid)}", feit.van, feit.tot, toets.peilmoment, peildatums)


def _register(toets: Registertoets, feit: Registratiefeit, peildatums: Peildatums) -> str | None:
    wat = f"de inschrijving in het register {write_naam(feit.register)}"
    if feit.status in _NIET_GELDIG:
        return f"{write_hoofdletter(wat)} is {feit.status}."
    return _within(wat, feit.van, feit.tot, toets.peilmoment, peildatums)


def _within(wat: str, van: date, tot: date | None, moment: Peilmoment, peildatums: Peildatums) -> str | None:
    """Why something that holds over a period does not on a day."""
    peil = peildatums[moment]
    if van <= peil and (tot is None or peil <= tot):
        return None
    einde = "" if tot is None else f" tot en met {write_datum(tot)}"
    return f"{write_hoofdletter(wat)} geldt vanaf {write_datum(van)}{einde}. Dat is niet op {write_peil(moment, peil)}."


def _any(_toets: Toets, _feit: Feit) -> bool:
    return True


def _is_grootheid(toets: Getaltoets, feit: Getalfeit) -> bool:
    namen = (toets.grootheid, *((toets.als.grootheid,) if toets.als is not None else ()))
    return is_een_van(feit.grootheid, namen)


_REGELS: Mapping[type[Toets], tuple[type[Feit], Callable[[Any, Any], bool], Regel]] = {
    Certificaattoets: (Certificaatfeit, _any, _certificaat),
    Documenttoets: (Documentfeit, lambda t, f: is_same_woord(t.document, f.document), _document),
    Beoordelingtoets: (Documentfeit, lambda t, f: is_same_woord(t.document, f.document), _beoordeling),
    Verklaringtoets: (Verklaringfeit, lambda t, f: is_same_woord(t.verklaring, f.verklaring), _verklaring),
    Ervaringtoets: (Ervaringfeit, _any, _ervaring),
    Locatietoets: (Locatiefeit, lambda t, f: is_same_woord(t.functie, f.functie), _locatie),
    Personeeltoets: (Personeelfeit, _any, _personeel),
    Getaltoets: (Getalfeit, _is_grootheid, _getal),
    Registertoets: (Registratiefeit, lambda t, f: is_een_van(f.register, t.registers), _register),
    Uitsluitingtoets: (
        Uitsluitingfeit,
        lambda t, f: is_same_woord(t.uitsluitingsgrond, f.uitsluitingsgrond),
        _uitsluiting,
    ),
}
"""Per kind of leaf: the facts it looks at, which of them, and when they are still of use."""
