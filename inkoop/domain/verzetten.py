"""Move one day of the planning, with everything behind it.

Plans slip: dates are data, with a reason and a check, never constants.

Bron: domein 0.11; BP-17; E.5 (invariants).
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from itertools import pairwise

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.instroom import check_periodiciteit, check_ronde, list_dagen
from inkoop.domain.kalender import TIJDZONE, Feestdagen, format_dag, local_date, roll_forward
from inkoop.domain.looptijd import check_looptijd
from inkoop.domain.mandaat import list_gaten
from inkoop.domain.procedure import ROLBAAR, Proceduredefinitie, Rondedefinitie
from inkoop.domain.termijnen import end_of_herstel, end_of_vervaltermijn

_INSTANTEN = frozenset({"sluiting", "voorstel_tot"})
_EEN_DAG = timedelta(days=1)


class Dagwijziging(msgspec.Struct, frozen=True, kw_only=True):
    """A day of a round that moved; `dag` is its key."""

    ronde: str
    dag: str
    was: date
    wordt: date


class Verzetting(msgspec.Struct, frozen=True, kw_only=True):
    """The definition after a move, what moved, and every reason why it cannot stand (then nothing may be kept)."""

    definitie: Proceduredefinitie
    wijzigingen: tuple[Dagwijziging, ...]
    beletselen: tuple[Beletsel, ...]


def move_dag(definitie: Proceduredefinitie, kenmerk: str, dag: str, naar: date, feestdagen: Feestdagen) -> Verzetting:
    """Move one day of a round; what comes behind it moves only where it must.

    A later day keeps its date while order and minimum terms hold, else it goes to the first day on which
    they do. The start of the agreements moves only when it is asked itself; when it is that of the first
    round, the term starts with it and keeps its end date. `dag` is a key of the round (`besluit`).

    Bron: domein 0.11; E.5; BP-17 (start three months later, end date the same).
    """
    ronde = next((r for r in definitie.instroom.rondes if r.kenmerk == kenmerk), None)
    if ronde is None or dag not in dict(list_dagen(ronde)):
        bekend = ", ".join([r.kenmerk for r in definitie.instroom.rondes] if ronde is None else dict(list_dagen(ronde)))
        wat = f"ronde '{kenmerk}'" if ronde is None else f"dag '{dag}' in ronde {kenmerk}"
        onbekend = Beletsel("verzet-onbekend", f"Er is geen {wat}. Wel: {bekend}.")
        return Verzetting(definitie=definitie, wijzigingen=(), beletselen=(onbekend,))
    nieuw = _push(ronde, dag, naar, definitie, feestdagen)
    rondes = tuple(nieuw if r.kenmerk == kenmerk else r for r in definitie.instroom.rondes)
    looptijd = definitie.looptijd
    if dag == "ingang" and ronde.ingang == looptijd.ingang:
        looptijd = msgspec.structs.replace(looptijd, ingang=naar)
    verzet = msgspec.structs.replace(
        definitie,
        instroom=msgspec.structs.replace(definitie.instroom, rondes=rondes),
        looptijd=looptijd,
        hash=hashlib.sha256(f"{definitie.hash} {kenmerk} {dag} {naar.isoformat()}".encode()).hexdigest(),
    )
    was = dict(list_dagen(ronde))
    wijzigingen = tuple(
        Dagwijziging(ronde=kenmerk, dag=naam, was=was[naam], wordt=wordt)
        for naam, wordt in list_dagen(nieuw)
        if was[naam] != wordt
    )
    return Verzetting(
        definitie=verzet, wijzigingen=wijzigingen, beletselen=tuple(_check(definitie, verzet, nieuw, feestdagen))
    )


def _push(
    ronde: Rondedefinitie, dag: str, naar: date, definitie: Proceduredefinitie, feestdagen: Feestdagen
) -> Rondedefinitie:
    """The round with one day moved, and each later day (not the start) no earlier than it can be."""
    termijnen = definitie.termijnen
    dagen = dict(list_dagen(ronde))
    namen = list(dagen)
    dagen[dag] = naar
    for vorige, naam in pairwise(namen):
        if namen.index(naam) <= namen.index(dag) or naam == "ingang":
            continue
        vroegst = dagen[vorige] + _EEN_DAG
        if naam == "herstel_tot":
            vroegst = end_of_herstel(termijnen, dagen["herstelverzoek"], feestdagen)
        elif naam == "vervaltermijn":
            vroegst = end_of_vervaltermijn(termijnen, dagen["besluit"], feestdagen)
        elif naam == "selectie_vervaltermijn" and "selectiebesluit" in dagen:
            vroegst = end_of_vervaltermijn(termijnen, dagen["selectiebesluit"], feestdagen, naam)
        if dagen[naam] < vroegst:
            rolt = termijnen.rolt(naam) if naam in ROLBAAR else termijnen.doorrollen
            dagen[naam] = roll_forward(vroegst, feestdagen) if rolt else vroegst
    velden = {naam: _to_veld(ronde, naam, waarde) for naam, waarde in dagen.items()}
    return msgspec.structs.replace(ronde, **velden)


def _to_veld(ronde: Rondedefinitie, naam: str, dag: date) -> date | datetime:
    """A day as the field of a round; an instant keeps its hour in the Netherlands, also over daylight saving."""
    if naam not in _INSTANTEN:
        return dag
    instant: datetime = getattr(ronde, naam)
    if local_date(instant) == dag:
        return instant
    return datetime.combine(dag, instant.astimezone(TIJDZONE).time(), tzinfo=TIJDZONE)


def _check(
    was: Proceduredefinitie, wordt: Proceduredefinitie, ronde: Rondedefinitie, feestdagen: Feestdagen
) -> list[Beletsel]:
    """Every invariant that does not hold after the move; a gap in mandates only when it is new."""
    beletselen = [*check_ronde(ronde, wordt.termijnen, feestdagen)]
    beletselen += check_periodiciteit(wordt.instroom)
    beletselen += check_looptijd(wordt.looptijd)
    if not wordt.looptijd.ingang <= ronde.ingang <= wordt.looptijd.max_einddatum:
        tekst = f"Ronde {ronde.kenmerk} gaat in op {format_dag(ronde.ingang)}; dat ligt buiten de looptijd."
        beletselen.append(Beletsel("verzet-looptijd", tekst))
    oud = {gat.tekst for gat in list_gaten(was)}
    beletselen += [
        Beletsel("verzet-mandaat", gat.tekst) for gat in list_gaten(wordt) if gat.tekst not in oud and gat.zeker
    ]
    return beletselen
