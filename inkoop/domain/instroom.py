"""Intake rounds: which is next, whether a round is open, and whether its dates can stand.

The dates of a round are explicit and published: they may be longer than the terms ask, never shorter.

Bron: M20-41, E.1, E.5; B.1.3.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import (
    TIJDZONE,
    Feestdagen,
    explain_vrije_dag,
    format_dag,
    format_weekdag,
    is_tijdig,
    local_date,
)
from inkoop.domain.maanden import add_maanden
from inkoop.domain.procedure import ROLBAAR, Instroom, Proceduredefinitie, Rondedefinitie, Termijnen
from inkoop.domain.termijnen import end_of_herstel, end_of_vervaltermijn


class Periodiciteit(StrEnum):
    """How often providers may join; `doorlopend` follows no rhythm."""

    KWARTAAL = "kwartaal"
    HALFJAAR = "halfjaar"
    JAAR = "jaar"
    EENMALIG = "eenmalig"
    DOORLOPEND = "doorlopend"


_MAANDEN: Mapping[str, int] = {
    Periodiciteit.KWARTAAL: 3,
    Periodiciteit.HALFJAAR: 6,
    Periodiciteit.JAAR: 12,
}
"""The months between the ingang of one round and that of the next."""


def next_ronde(definitie: Proceduredefinitie, na: Rondedefinitie) -> Rondedefinitie | None:
    """The first round that opens after this one, or None when there is none (yet).

    Bron: M20-41; C.16 point 5 (the letter says when somebody may try again).
    """
    later = [ronde for ronde in definitie.instroom.rondes if ronde.opening > na.opening]
    return min(later, key=lambda ronde: ronde.opening, default=None)


def is_open(ronde: Rondedefinitie, moment: datetime) -> bool:
    """Whether an aanmelding that comes in at this instant is in time for the round, and not too early."""
    return ronde.opening <= local_date(moment) and is_tijdig(moment, ronde.sluiting)


def list_dagen(ronde: Rondedefinitie) -> tuple[tuple[str, date], ...]:
    """The days of a round by the name of their key, in the order in which they must come; absent ones left out."""
    dagen = (
        ("opening", ronde.opening),
        ("vragen_tot", ronde.vragen_tot),
        ("nota", ronde.nota),
        ("sluiting", local_date(ronde.sluiting)),
        ("herstelverzoek", ronde.herstelverzoek),
        ("herstel_tot", ronde.herstel_tot),
        ("selectiebesluit", ronde.selectiebesluit),
        ("selectie_vervaltermijn", ronde.selectie_vervaltermijn),
        ("dialoog_van", ronde.dialoog_van),
        ("dialoog_tot", ronde.dialoog_tot),
        ("voorstel_tot", local_date(ronde.voorstel_tot) if ronde.voorstel_tot else None),
        ("besluit", ronde.besluit),
        ("vervaltermijn", ronde.vervaltermijn),
        ("concept", ronde.concept),
        ("tekenen", ronde.tekenen),
        ("ingang", ronde.ingang),
    )
    return tuple((naam, dag) for naam, dag in dagen if dag is not None)


_MAG_SAMENVALLEN = frozenset(
    {
        ("vervaltermijn", "concept"),
        ("vervaltermijn", "tekenen"),
        ("concept", "tekenen"),
        ("tekenen", "ingang"),
        ("dialoog_van", "dialoog_tot"),
    }
)
"""Pairs of days that may be the same day (E.5: `verval <= tekenen <= E`; a dialogue can take one day)."""

NOTA_DAGEN = 10
"""The last nota van inlichtingen comes at least so many days before closing (E.5, B.2.11)."""


def check_ronde(ronde: Rondedefinitie, termijnen: Termijnen, feestdagen: Feestdagen) -> list[Beletsel]:
    """Every reason why the dates of a round cannot stand, with the pair that is violated.

    In order; the terms for repair and legal remedy not shorter than published; and where ends of
    terms roll, no closing, repair or remedy that ends on a free day.

    Bron: E.5 `invariants`; B.2.5, B.2.7.
    """
    beletselen = [
        Beletsel(
            f"ronde-{later}",
            f"Ronde {ronde.kenmerk}: {later} ({format_dag(dag)}) moet na {eerder} ({format_dag(vorige)}) komen.",
        )
        for (eerder, vorige), (later, dag) in pairwise(list_dagen(ronde))
        if dag < vorige or (dag == vorige and (eerder, later) not in _MAG_SAMENVALLEN)
    ]
    for naam, instant in (("sluiting", ronde.sluiting), ("voorstel_tot", ronde.voorstel_tot)):
        if instant is None:
            continue
        hier = instant.astimezone(TIJDZONE)
        if instant.utcoffset() != hier.utcoffset():
            tekst = (
                f"Ronde {ronde.kenmerk}: bij {naam} hoort de tijd in Nederland. Dit tijdstip is daar "
                f"{hier.isoformat()}; schrijf dat, of kies een ander tijdstip."
            )
            beletselen.append(Beletsel(f"ronde-{naam}", tekst))
    laatste_nota = local_date(ronde.sluiting) - timedelta(days=NOTA_DAGEN)
    if ronde.nota is not None and ronde.nota > laatste_nota:
        tekst = (
            f"Ronde {ronde.kenmerk}: nota ({format_dag(ronde.nota)}) komt minder dan {NOTA_DAGEN} dagen vóór sluiting "
            f"({format_dag(local_date(ronde.sluiting))}); uiterlijk {format_dag(laatste_nota)}, of sluit later."
        )
        beletselen.append(Beletsel("ronde-nota", tekst))
    minimaal = [
        ("herstel_tot", ronde.herstel_tot, end_of_herstel(termijnen, ronde.herstelverzoek, feestdagen)),
        ("vervaltermijn", ronde.vervaltermijn, end_of_vervaltermijn(termijnen, ronde.besluit, feestdagen)),
    ]
    if ronde.selectiebesluit is not None and ronde.selectie_vervaltermijn is not None:
        vroegst = end_of_vervaltermijn(termijnen, ronde.selectiebesluit, feestdagen, "selectie_vervaltermijn")
        minimaal.append(("selectie_vervaltermijn", ronde.selectie_vervaltermijn, vroegst))
    for naam, dag, vroegst in minimaal:
        if dag < vroegst:
            tekst = (
                f"Ronde {ronde.kenmerk}: {naam} ({format_dag(dag)}) is korter dan de termijn: {format_dag(vroegst)}."
            )
            beletselen.append(Beletsel(f"ronde-{naam}", tekst))
    if termijnen.doorrollen:
        dagen = dict(list_dagen(ronde))
        for naam in ROLBAAR:
            if termijnen.rolt(naam) and naam in dagen and (waarom := explain_vrije_dag(dagen[naam], feestdagen)):
                tekst = (
                    f"Ronde {ronde.kenmerk}: {naam} valt op {format_weekdag(dagen[naam])} ({waarom}). "
                    "Kies de eerstvolgende werkdag."
                )
                beletselen.append(Beletsel(f"ronde-{naam}", tekst))
    return beletselen


def check_periodiciteit(instroom: Instroom) -> list[Beletsel]:
    """Why the rounds do not fit how often providers may join; the code ends with the kenmerk of the round.

    Only the first may start later than the rhythm says: a start slips, the rounds after it do not.

    Bron: M20-41 (per half year); BP-17 (Hart van Brabant started on 1 April instead of 1 January).
    """
    rondes = sorted(instroom.rondes, key=lambda ronde: ronde.ingang)
    if instroom.periodiciteit == Periodiciteit.EENMALIG:
        return _check_eenmalig(rondes)
    if instroom.periodiciteit not in _MAANDEN:
        return []
    maanden = _MAANDEN[instroom.periodiciteit]
    return [
        Beletsel(
            f"periodiciteit-{later.kenmerk}",
            f"Bij periodiciteit '{instroom.periodiciteit}' gaat ronde {later.kenmerk} in op "
            f"{format_dag(add_maanden(eerder.ingang, maanden))}, {maanden} maanden na ronde {eerder.kenmerk}; "
            f"er staat {format_dag(later.ingang)}.",
        )
        for nummer, (eerder, later) in enumerate(pairwise(rondes))
        if add_maanden(eerder.ingang, maanden) != later.ingang
        and not (nummer == 0 and len(rondes) > 2 and add_maanden(later.ingang, -maanden) < eerder.ingang)
    ]


def _check_eenmalig(rondes: Sequence[Rondedefinitie]) -> list[Beletsel]:
    tekst = f"Bij periodiciteit 'eenmalig' hoort precies één ronde; er staan er {len(rondes)}."
    return [Beletsel(f"periodiciteit-{ronde.kenmerk}", tekst) for ronde in rondes[1:2]]
