"""Certificaat, as it mostly is: one certificate of a listed norm that covers every day, or none.

Bron: as the kind itself (`soorten.certificaat`).
"""

from __future__ import annotations

from collections.abc import Callable

from inkoop.domain.criteria.conclusie import Bladconclusie, Conclusie, Lezing
from inkoop.domain.criteria.criterium import Certificaattoets
from inkoop.domain.criteria.dossier import Certificaatfeit, Registerstatus
from inkoop.domain.criteria.feiten import fold_woord, make_sleutel, share_woord
from inkoop.domain.criteria.gangbaar.kader import Kader, Kiezer, cite_feit, compiles, make_lezer
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.oordelen import WACHT
from inkoop.domain.criteria.partijdossier import Partijdossier
from inkoop.domain.criteria.soorten.certificaat import find_einde, list_reported_days
from inkoop.domain.criteria.soorten.certificaatdekking import covers, list_days, list_early_days
from inkoop.domain.criteria.soorten.certificaatgroepen import is_other_instelling, is_slecht
from inkoop.domain.criteria.soorten.certificaattekst import (
    write_geldig,
    write_gelijkwaardig,
    write_ongeldig,
    write_voorgelegd,
)
from inkoop.domain.criteria.soorten.menselijk import write_oordeel
from inkoop.domain.criteria.soorten.registercontrole import find_grens
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import join_zinnen


@compiles(Certificaattoets)
def compile_certificaat(toets: Certificaattoets, kader: Kader) -> Kiezer | None:
    """One certificate that counts by itself on every day; places on it, conditions and people are for the kind."""
    ontbreekt = kader.conclude_ontbreekt(toets)
    if toets.locaties_functie is not None or ontbreekt is None:
        return None
    sleutel, zicht = make_sleutel(Certificaatfeit), kader.zicht
    gevraagd, dagen = list_days(toets, zicht), list_reported_days(toets, zicht)
    eerste, laatste = min(gevraagd.values()), max(gevraagd.values())
    norm = fold_woord(toets.norm)
    lijst = frozenset([norm, *map(fold_woord, toets.gelijkwaardig)])
    counts = compile_telling(toets, kader)

    def lees(p: Partijdossier) -> Lezing:
        c = p.enig[sleutel]
        return cite_feit(c.bewijs), find_einde(toets, dagen, {laatste: c})

    def write_goed(p: Partijdossier) -> str:
        return write_geldig(p.enig[sleutel])

    def write_ander(p: Partijdossier) -> str:
        c = p.enig[sleutel]
        return f"{write_geldig(c)} {write_gelijkwaardig(toets, [c.norm])}"

    goed = Bladconclusie(Uitkomst.VOLDOET, Grond.VOLDOET, dagen, lees, write_goed)
    gelijkwaardig = Bladconclusie(Uitkomst.VOLDOET, Grond.GELIJKWAARDIG, dagen, lees, write_ander)
    conclude_anders = compile_rest(toets, kader)

    def conclude(p: Partijdossier) -> Conclusie | None:
        c = p.enig.get(sleutel)
        if c is None:
            return None if sleutel in p.meer else ontbreekt
        if c.entiteiten and p.namen.isdisjoint(c.entiteiten):
            return None
        naam = fold_woord(c.norm)
        if naam not in lijst or c.van > eerste or c.tot < laatste:
            return conclude_anders(p, c, naam in lijst)
        if not counts(c):
            return None
        return goed if naam == norm else gelijkwaardig

    return conclude


def compile_rest(
    toets: Certificaattoets, kader: Kader
) -> Callable[[Partijdossier, Certificaatfeit, bool], Conclusie | None]:
    """A certificate that is not valid on the early days, or one of another norm on which nobody judged yet."""
    zicht, nummer, sleutel = kader.zicht, kader.criterium.id, make_sleutel(Certificaatfeit)
    dagen, vroeg = list_reported_days(toets, zicht), list_early_days(toets, zicht)
    eerste, laatste = min(vroeg.values()), max(vroeg.values())
    woorden, lees = _list_scopes(toets, kader), make_lezer(sleutel)

    def write_niet_geldig(p: Partijdossier) -> str:
        return write_ongeldig(p.enig[sleutel], vroeg)

    def write_wacht(p: Partijdossier) -> str:
        vragen = toets.gelijkwaardigheidsvragen
        return join_zinnen([*write_voorgelegd(toets, zicht, [p.enig[sleutel]]), *write_oordeel(WACHT, vragen)])

    ongeldig = Bladconclusie(Uitkomst.VOLDOET_NIET, Grond.NIET_GELDIG, dagen, lees, write_niet_geldig)
    voorgelegd = Bladconclusie(Uitkomst.TE_BEOORDELEN, Grond.MOGELIJK_GELIJKWAARDIG, dagen, lees, write_wacht)

    def conclude(p: Partijdossier, c: Certificaatfeit, is_gelijst: bool) -> Conclusie | None:
        if toets.aaneengesloten or c.entiteiten or is_slecht(c):
            return None
        if is_gelijst and c.scope and not all(share_woord(gevraagd, c.scope) for gevraagd in woorden):
            return None
        if c.van > eerste or c.tot < laatste:
            # On one of the early days it is not valid; on several days between them it may still be.
            return ongeldig if not all(covers(c, dag) for dag in vroeg.values()) else None
        if is_gelijst or (nummer, cite_feit(c.bewijs)) in p.wegingen:
            return None
        return voorgelegd

    return conclude


def _list_scopes(toets: Certificaattoets, kader: Kader) -> list[tuple[str, ...]]:
    """The scope words of each perceel of the unit that asks them."""
    percelen = kader.eenheid.percelen if toets.scope_per_perceel else ()
    return [woorden for perceel in percelen if (woorden := toets.scope_per_perceel.get(perceel))]


def compile_telling(toets: Certificaattoets, kader: Kader) -> Callable[[Certificaatfeit], bool]:
    """Whether a certificate of a listed norm counts, apart from its days and the names on it."""
    woorden = _list_scopes(toets, kader)
    grens = find_grens(toets.registercontrole, kader.peildatums)
    vereist, accreditatie = toets.registerstatus_vereist, toets.accreditatie_vereist

    def counts(c: Certificaatfeit) -> bool:
        if vereist:
            if c.registerstatus is not Registerstatus.ACTIEF:
                return False
            if grens is not None and (c.register_gezien_op is None or c.register_gezien_op < grens):
                return False
        elif is_slecht(c):
            return False
        if c.geaccrediteerd is False or (accreditatie and c.geaccrediteerd is None):
            return False
        if toets.instellingen and (c.instelling is None or is_other_instelling(toets, c)):
            return False
        return all(share_woord(gevraagd, c.scope) for gevraagd in woorden)

    return counts
