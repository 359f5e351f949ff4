"""A NO-GO moves the whole planning a year: the fall-back as a value.

Only what is planned moves. Mandates, the merger of gemeenten, and when something was adopted are
facts and stay. Kenmerken stay too: they are names, and records point at them.

Bron: M20-43, E.1 `fallback`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime

import msgspec

from inkoop.domain.fasen import Stapstand
from inkoop.domain.instroom import list_dagen
from inkoop.domain.kalender import TIJDZONE, Feestdagen, roll_back, roll_forward
from inkoop.domain.maanden import add_maanden
from inkoop.domain.procedure import ROLBAAR, Proceduredefinitie, Rondedefinitie, Stapsoort, Termijnen
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
    """One round a year later, with its order and its minimum terms kept; days that it does not have stay away."""

    def vooruit(naam: str) -> date | None:
        """An end of a term, or the day on which one begins."""
        return _roll(naam, roll_forward, rolt=termijnen.rolt(naam) if naam in ROLBAAR else termijnen.doorrollen)

    def terug(naam: str) -> date | None:
        """A day that is set: it moves back."""
        return _roll(naam, roll_back, rolt=termijnen.doorrollen)

    def _roll(naam: str, wijze: Callable[[date, Feestdagen], date], *, rolt: bool) -> date | None:
        dag = dagen.get(naam)
        if dag is None:
            return None
        return wijze(_later(dag), feestdagen) if rolt else _later(dag)

    dagen = {naam: dag for naam, dag in list_dagen(ronde) if naam not in ("tekenen", "ingang")}
    nieuw = {naam: (vooruit if naam in ROLBAAR or naam in _BEGIN else terug)(naam) for naam in dagen}
    verzoek, besluit, selectie = nieuw["herstelverzoek"], nieuw["besluit"], nieuw.get("selectiebesluit")
    nieuw["herstel_tot"] = _latest(nieuw["herstel_tot"], verzoek and end_of_herstel(termijnen, verzoek, feestdagen))
    nieuw["vervaltermijn"] = _latest(
        nieuw["vervaltermijn"], besluit and end_of_vervaltermijn(termijnen, besluit, feestdagen)
    )
    if selectie is not None and "selectie_vervaltermijn" in nieuw:
        einde = end_of_vervaltermijn(termijnen, selectie, feestdagen, "selectie_vervaltermijn")
        nieuw["selectie_vervaltermijn"] = _latest(nieuw["selectie_vervaltermijn"], einde)
    nieuw["tekenen"] = _latest(_later(ronde.tekenen), nieuw["vervaltermijn"])
    nieuw["ingang"] = _later(ronde.ingang)
    velden: dict[str, date | datetime | None] = {**nieuw}
    for naam in ("sluiting", "voorstel_tot"):
        instant, dag = getattr(ronde, naam), nieuw.get(naam)
        if instant is not None and dag is not None:
            velden[naam] = datetime.combine(dag, instant.astimezone(TIJDZONE).time(), tzinfo=TIJDZONE)
    return msgspec.structs.replace(ronde, **velden)


_BEGIN = frozenset({"herstelverzoek", "dialoog_van"})
"""Days on which something begins for others: free days are skipped forward."""


def _latest(*dagen: date | None) -> date | None:
    return max((dag for dag in dagen if dag is not None), default=None)
