"""A NO-GO moves the whole planning a year: the fall-back as a value.

Only what is planned moves. Mandates, the merger of gemeenten, and when something was adopted are
facts and stay. Kenmerken stay too: they are names, and records point at them.

Bron: M20-43, E.1 `fallback`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from inkoop.domain.fasen import Stapstand
from inkoop.domain.kalender import TIJDZONE, Feestdagen, roll_back, roll_forward
from inkoop.domain.maanden import add_maanden
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie, Stapsoort, Termijnen
from inkoop.domain.termijnen import end_of_herstel, end_of_vervaltermijn

_JAAR = 12


def count_uitstel(definitie: Proceduredefinitie, standen: Sequence[Stapstand]) -> int:
    """How many years the planning has moved: the most NO-GO's that one body recorded on one step.

    Several bodies that say NO-GO to the same plan move it one year, not several.

    Bron: M20-43.
    """
    no_go = [
        (stand.stap, stand.orgaan)
        for stap in definitie.stappen
        if stap.soort is Stapsoort.GO_NO_GO
        for stand in standen
        if stand.stap == stap.id and stand.uitkomst == "no_go"
    ]
    return max((no_go.count(wie) for wie in no_go), default=0)


def apply_uitstel(
    definitie: Proceduredefinitie, standen: Sequence[Stapstand], feestdagen: Feestdagen
) -> Proceduredefinitie:
    """The definition with the planning that follows from the recorded GO and NO-GO decisions."""
    for _ in range(count_uitstel(definitie, standen)):
        definitie = shift_jaar(definitie, feestdagen)
    return definitie


def shift_jaar(definitie: Proceduredefinitie, feestdagen: Feestdagen) -> Proceduredefinitie:
    """The same procedure with every planned day a year later: rounds, steps, term, tariffs.

    Where ends of terms roll, a day that becomes free moves: publication and besluit back, ends of
    terms forward; no term gets shorter than it is published. The hash changes with the planning.

    Bron: M20-43, E.1 `fallback`, E.5 `roll_forward`, `roll_back`.
    """
    rondes = tuple(_shift_ronde(ronde, definitie.termijnen, feestdagen) for ronde in definitie.instroom.rondes)
    looptijd = definitie.looptijd
    return msgspec.structs.replace(
        definitie,
        instroom=msgspec.structs.replace(definitie.instroom, rondes=rondes),
        looptijd=msgspec.structs.replace(
            looptijd,
            ingang=_later(looptijd.ingang),
            einde_eerste_termijn=_later(looptijd.einde_eerste_termijn),
            max_einddatum=_later(looptijd.max_einddatum),
        ),
        stappen=tuple(
            msgspec.structs.replace(stap, uiterlijk=_later(stap.uiterlijk) if stap.uiterlijk else None)
            for stap in definitie.stappen
        ),
        tarieftabellen=tuple(
            msgspec.structs.replace(tabel, ingang=_later(tabel.ingang)) for tabel in definitie.tarieftabellen
        ),
        hash=hashlib.sha256(f"{definitie.hash} + 1 jaar".encode()).hexdigest(),
    )


def _later(dag: date) -> date:
    return add_maanden(dag, _JAAR)


def _shift_ronde(ronde: Rondedefinitie, termijnen: Termijnen, feestdagen: Feestdagen) -> Rondedefinitie:
    """One round a year later, with its order and its minimum terms kept."""
    doorrollen = termijnen.doorrollen
    sluiting = ronde.sluiting.astimezone(TIJDZONE)
    sluitdag = _roll(_later(sluiting.date()), feestdagen, doorrollen=doorrollen)
    verzoek = _roll(_later(ronde.herstelverzoek), feestdagen, doorrollen=doorrollen)
    herstel_tot = _roll(_later(ronde.herstel_tot), feestdagen, doorrollen=doorrollen)
    besluit = roll_back(_later(ronde.besluit), feestdagen) if doorrollen else _later(ronde.besluit)
    verval = _roll(_later(ronde.vervaltermijn), feestdagen, doorrollen=doorrollen)
    verval = max(verval, end_of_vervaltermijn(termijnen, besluit, feestdagen))
    return msgspec.structs.replace(
        ronde,
        opening=roll_back(_later(ronde.opening), feestdagen) if doorrollen else _later(ronde.opening),
        sluiting=datetime.combine(sluitdag, sluiting.time(), tzinfo=TIJDZONE),
        herstelverzoek=verzoek,
        herstel_tot=max(herstel_tot, end_of_herstel(termijnen, verzoek, feestdagen)),
        besluit=besluit,
        vervaltermijn=verval,
        tekenen=max(_later(ronde.tekenen), verval),
        ingang=_later(ronde.ingang),
    )


def _roll(dag: date, feestdagen: Feestdagen, *, doorrollen: bool) -> date:
    return roll_forward(dag, feestdagen) if doorrollen else dag
