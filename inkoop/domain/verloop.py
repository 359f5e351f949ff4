"""The course of the records people work with: their statuses and which may follow which.

A status changes only along the pairs that stand here; the first status of each enum is where a
record starts. Records are superseded, never set back (conventies, Records and transactions).

Bron: ontwerp 2.3, 2.4, 6; domein B.2, C, E.5 (project default where the seeds are silent).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from inkoop.domain.fouten import InkoopError


class Aanmeldingsstatus(StrEnum):
    """Where an aanmelding stands. `te_laat` and `vervangen` are never assessed.

    Only a recognised outage makes what was late count as received in time (B.2.8).
    """

    ONTVANGEN = "ontvangen"
    IN_BEHANDELING = "in_behandeling"
    BESLOTEN = "besloten"
    TE_LAAT = "te_laat"
    VERVANGEN = "vervangen"
    INGETROKKEN = "ingetrokken"


class Herstelstatus(StrEnum):
    """A herstelverzoek: drafted, checked by the jurist, sent, closed when answered or expired."""

    CONCEPT = "concept"
    GECONTROLEERD = "gecontroleerd"
    VERZONDEN = "verzonden"
    AFGESLOTEN = "afgesloten"


class Besluitstatus(StrEnum):
    """A besluit: drafted, checked by the jurist, taken under mandate, sent; later maybe superseded."""

    CONCEPT = "concept"
    GECONTROLEERD = "gecontroleerd"
    GENOMEN = "genomen"
    VERZONDEN = "verzonden"
    VERVANGEN = "vervangen"
    VERVALLEN = "vervallen"


class Documentstatus(StrEnum):
    """A document: asked for, made, put to whoever checks it, checked, set for good, and out of the door.

    A document may be checked without being put to somebody first, and go out without being set first:
    the steps between are for documents that people work on.
    """

    TE_MAKEN = "te_maken"
    CONCEPT = "concept"
    IN_REVIEW = "in_review"
    RETOUR = "retour"
    AKKOORD = "akkoord"
    DEFINITIEF = "definitief"
    VERZONDEN = "verzonden"
    GETEKEND = "getekend"
    VERVALLEN = "vervallen"


class Wijzigingsoordeel(StrEnum):
    """What a person decided about a change in a document that came back: nothing yet, taken over, or refused."""

    OPEN = "open"
    OVERGENOMEN = "overgenomen"
    GEWEIGERD = "geweigerd"


class Overeenkomststatus(StrEnum):
    """A framework agreement or an addendum on it."""

    CONCEPT = "concept"
    TER_ONDERTEKENING = "ter_ondertekening"
    GETEKEND = "getekend"
    ACTIEF = "actief"
    BEEINDIGD = "beeindigd"
    VERVALLEN = "vervallen"


LOPEND: Final = (Overeenkomststatus.GETEKEND, Overeenkomststatus.ACTIEF)
"""An agreement or addendum that was signed and has not ended."""


class OngeldigVerloopError(InkoopError):
    """A record cannot go from its status to the one asked for."""

    def __init__(self, wat: str, van: StrEnum, naar: StrEnum) -> None:
        self.van, self.naar = van, naar
        super().__init__(f"{wat} heeft de status '{van}' en kan daarom niet '{naar}' worden.")


# A mapping per enum: members of different StrEnums with the same value are equal, so one flat mapping would mix them.
VERLOPEN: Mapping[type[StrEnum], Mapping[str, frozenset[str]]] = {
    Aanmeldingsstatus: {
        "ontvangen": frozenset({"in_behandeling", "vervangen", "ingetrokken"}),
        "in_behandeling": frozenset({"besloten", "ingetrokken"}),
        # Only a candidate in a selection: services/terugtrekkingen.
        "besloten": frozenset({"ingetrokken"}),
        "te_laat": frozenset({"ontvangen"}),
        "vervangen": frozenset(),
        "ingetrokken": frozenset(),
    },
    Herstelstatus: {
        "concept": frozenset({"gecontroleerd"}),
        "gecontroleerd": frozenset({"verzonden"}),
        "verzonden": frozenset({"afgesloten"}),
        "afgesloten": frozenset(),
    },
    Besluitstatus: {
        "concept": frozenset({"gecontroleerd", "vervallen"}),
        "gecontroleerd": frozenset({"genomen", "vervallen"}),
        "genomen": frozenset({"verzonden", "vervangen"}),
        "verzonden": frozenset({"vervangen", "vervallen"}),
        "vervangen": frozenset(),
        "vervallen": frozenset(),
    },
    Documentstatus: {
        "te_maken": frozenset({"concept", "vervallen"}),
        "concept": frozenset({"in_review", "akkoord", "retour", "verzonden", "vervallen"}),
        "in_review": frozenset({"akkoord", "retour", "vervallen"}),
        "retour": frozenset({"vervallen"}),
        "akkoord": frozenset({"definitief", "verzonden", "getekend", "vervallen"}),
        "definitief": frozenset({"verzonden", "getekend", "vervallen"}),
        "verzonden": frozenset({"getekend"}),
        "getekend": frozenset(),
        "vervallen": frozenset(),
    },
    Wijzigingsoordeel: {
        "open": frozenset({"overgenomen", "geweigerd"}),
        "overgenomen": frozenset({"geweigerd"}),
        "geweigerd": frozenset({"overgenomen"}),
    },
    Overeenkomststatus: {
        "concept": frozenset({"ter_ondertekening", "vervallen"}),
        "ter_ondertekening": frozenset({"getekend", "vervallen", "concept"}),
        "getekend": frozenset({"actief"}),
        "actief": frozenset({"beeindigd"}),
        "beeindigd": frozenset(),
        "vervallen": frozenset(),
    },
}


def check_verloop(wat: str, van: StrEnum, naar: StrEnum) -> None:
    """Refuse a change of status that does not stand in VERLOPEN; `wat` names the record for people."""
    if naar not in VERLOPEN[type(van)][van]:
        raise OngeldigVerloopError(wat, van, naar)
