"""The sentences about certificates that stand in letters.

Bron: B.2.2 (the motivation is complete in the letter); conventies (plain Dutch).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from inkoop.domain.criteria.criterium import Certificaattoets, Naambeleid, Peilmoment
from inkoop.domain.criteria.dossier import Certificaatfeit
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.soorten import registercontrole
from inkoop.domain.criteria.soorten.certificaatgroepen import is_listed, is_other_instelling, names_others
from inkoop.domain.criteria.verwoording import write_datum, write_moment, write_norm, write_opsomming, write_peil
from inkoop.domain.criteria.zicht import Zicht

_ANTWOORDEN = {
    Grond.REGISTERSTATUS_ONBEKEND: "een bewijs dat uw certificaat actief in het register staat",
    Grond.SCOPE_ONBEKEND: "een bewijs van de werkzaamheden waarvoor uw certificaat geldt",
    Grond.CERTIFICAATLOCATIES_ONBEKEND: "een bewijs van de locaties waarvoor uw certificaat geldt",
    Grond.INSTELLING_ONBEKEND: "een bewijs van welke instelling uw certificaat is",
    Grond.ACCREDITATIE_ONBEKEND: "een bewijs dat de instelling die uw certificaat gaf, is geaccrediteerd",
}


def write_gevraagd(toets: Certificaattoets) -> str:
    """What to ask where no certificate was handed in."""
    dagen = write_opsomming(write_moment(moment) for moment in toets.geldig_op)
    return f"een certificaat {toets.norm} of een gelijkwaardig certificaat dat geldig is op {dagen}"


def write_antwoord(gronden: Sequence[Grond]) -> str:
    """What to ask where a certificate misses something."""
    return write_opsomming(sorted({_ANTWOORDEN[grond] for grond in gronden}))


def write_geldig(certificaat: Certificaatfeit) -> str:
    """Over which period a certificate is valid."""
    return f"Het certificaat {write_norm(certificaat.norm)} is geldig {write_periode(certificaat)}."


def write_geldigheid(certificaten: Sequence[Certificaatfeit]) -> list[str]:
    """Over which periods certificates are valid: one sentence a norm, first period first."""
    per_norm: dict[str, list[Certificaatfeit]] = {}
    for certificaat in certificaten:
        per_norm.setdefault(certificaat.norm, []).append(certificaat)
    return [
        write_geldig(reeks[0])
        if len(reeks) == 1
        else f"Er zijn {len(reeks)} certificaten {write_norm(norm)}:"
        f" geldig {write_opsomming(write_periode(c) for c in sorted(reeks, key=lambda c: (c.van, c.tot)))}."
        for norm, reeks in per_norm.items()
    ]


def write_periode(certificaat: Certificaatfeit) -> str:
    """The validity, both days inclusive."""
    return f"van {write_datum(certificaat.van)} tot en met {write_datum(certificaat.tot)}"


def write_gelijkwaardig(toets: Certificaattoets, normen: Sequence[str]) -> str:
    """Which other norms count as the one that is asked."""
    geldt = "geldt" if len(normen) == 1 else "gelden"
    namen = write_opsomming([write_norm(norm) for norm in normen])
    return f"{namen} {geldt} hier als gelijkwaardig aan {write_norm(toets.norm)}."


def write_ongeldig(certificaat: Certificaatfeit, dagen: Mapping[Peilmoment, date]) -> str:
    """On which of the days a certificate was not valid."""
    gemist = [write_peil(m, dag) for m, dag in dagen.items() if not certificaat.van <= dag <= certificaat.tot]
    return (
        f"{write_geldig(certificaat)} Dat is niet op {write_opsomming(gemist)}."
        if gemist
        else write_geldig(certificaat)
    )


def write_onvolledig(certificaat: Certificaatfeit, grond: Grond) -> str:
    """What is not known of a certificate."""
    wat = {
        Grond.REGISTERSTATUS_ONBEKEND: "of het actief in het register staat",
        Grond.SCOPE_ONBEKEND: "voor welke werkzaamheden het geldt",
        Grond.CERTIFICAATLOCATIES_ONBEKEND: "voor welke locaties het geldt",
        Grond.INSTELLING_ONBEKEND: "welke instelling het gaf",
        Grond.ACCREDITATIE_ONBEKEND: "of de instelling die het gaf, is geaccrediteerd",
    }[grond]
    return f"Van het certificaat {write_norm(certificaat.norm)} is niet bekend {wat}."


def write_afgekeurd(toets: Certificaattoets, certificaat: Certificaatfeit, grond: Grond, zicht: Zicht) -> str:
    """Why a certificate cannot count; nothing where people said no, since their reasons say it."""
    if grond is Grond.REGISTERSTATUS_NIET_ACTIEF and certificaat.registerstatus is not None:
        gezien = certificaat.register_gezien_op
        wanneer = f" op {write_datum(gezien)}" if gezien else ""
        als = f"in het register als {certificaat.registerstatus.value}"
        return f"Het certificaat {write_norm(certificaat.norm)} stond{wanneer} {als}."
    if grond is Grond.SCOPE_TEKORT:
        scope, percelen = write_opsomming(sorted(certificaat.scope)), write_opsomming(zicht.eenheid.percelen)
        return (
            f"Het certificaat {write_norm(certificaat.norm)} geldt voor {scope}. Dat past niet bij perceel {percelen}."
        )
    if grond is Grond.LOCATIE_NIET_OP_CERTIFICAAT:
        locaties = write_opsomming(sorted(certificaat.locaties))
        return f"Op het certificaat {write_norm(certificaat.norm)} staat deze locatie niet, wel {locaties}."
    if grond is Grond.ANDERE_ENTITEIT and toets.onbekende_entiteit is Naambeleid.TELT_NIET:
        return _write_anderen(certificaat, zicht)
    return ""


def _write_anderen(certificaat: Certificaatfeit, zicht: Zicht) -> str:
    return (
        f"Op het certificaat {write_norm(certificaat.norm)} staat {write_opsomming(sorted(certificaat.entiteiten))},"
        f" niet {zicht.wie}."
    )


def write_gat(begin: date, einde: date) -> str:
    """A period without certificate, both days inclusive."""
    return f"van {write_datum(begin)} tot en met {write_datum(einde)}"


def write_verouderd(toets: Certificaattoets, zicht: Zicht, certificaat: Certificaatfeit) -> str:
    """That the register must be looked into again."""
    gezien = registercontrole.write_verouderd(toets.registercontrole, zicht, certificaat.register_gezien_op)
    return f"Het certificaat {write_norm(certificaat.norm)} staat als actief in het register. {gezien}"


def write_voorgelegd(toets: Certificaattoets, zicht: Zicht, certificaten: Sequence[Certificaatfeit]) -> list[str]:
    """What lies before the people, and why."""
    zinnen = []
    for c in certificaten:
        zinnen.append(f"Ontvangen is het certificaat {write_norm(c.norm)}, geldig {write_periode(c)}.")
        if not is_listed(toets, c):
            zinnen.append(f"{write_norm(c.norm)} staat niet op de lijst van normen die zonder beoordeling gelden.")
        if names_others(zicht, c):
            zinnen.append(_write_anderen(c, zicht))
        if c.geaccrediteerd is False:
            zinnen.append(f"De instelling die het certificaat {write_norm(c.norm)} gaf, is niet geaccrediteerd.")
        if is_listed(toets, c) and is_other_instelling(toets, c):
            genoemd = write_opsomming(toets.instellingen, slot="of")
            zinnen.append(f"Het certificaat {write_norm(c.norm)} is van {c.instelling}. De eis noemt {genoemd}.")
    return zinnen
