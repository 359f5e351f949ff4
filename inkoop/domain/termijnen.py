"""Terms in calendar days: on which day they end.

Bron: B.2.3-B.2.5, B.2.7, E.5.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import TIJDZONE, Feestdagen, roll_forward
from inkoop.domain.procedure import Termijnen


class OngeldigeTermijnError(InkoopError):
    """A term of less than one day is no term."""

    def __init__(self, dagen: int) -> None:
        super().__init__(f"Een termijn duurt ten minste 1 dag; er staat {dagen}.")


def end_of_term(start: date, dagen: int, *, doorrollen: bool, feestdagen: Feestdagen) -> date:
    """The last day of a term of `dagen` calendar days; the day of `start` does not count.

    The Algemene termijnenwet extends only statutory terms. These are contractual, so whether an
    end on a free day moves to the next working day is a published choice (`doorrollen`).

    Bron: B.2.5; E.5 `verval`, `herstel_deadline`.
    """
    if dagen < 1:
        raise OngeldigeTermijnError(dagen)
    einde = start + timedelta(days=dagen)
    return roll_forward(einde, feestdagen) if doorrollen else einde


def end_of_herstel(termijnen: Termijnen, verzonden_op: date, feestdagen: Feestdagen) -> date:
    """The last day on which an answer to a herstelverzoek that is sent on a day counts (B.2.7)."""
    return end_of_term(
        verzonden_op, termijnen.herstel_dagen, doorrollen=termijnen.rolt("herstel_tot"), feestdagen=feestdagen
    )


def end_of_vervaltermijn(
    termijnen: Termijnen, verzonden_op: date, feestdagen: Feestdagen, naam: str = "vervaltermijn"
) -> date:
    """The last day on which a provider can summon after a besluit that is sent on a day (B.2.4).

    `naam` is the key of that day in a round: `selectie_vervaltermijn` after a selection.
    """
    return end_of_term(
        verzonden_op, termijnen.vervaltermijn_dagen, doorrollen=termijnen.rolt(naam), feestdagen=feestdagen
    )


def end_of_day(dag: date) -> datetime:
    """The last second of a day in the Netherlands: "uiterlijk" a day includes that day (domein E)."""
    return datetime.combine(dag, time(23, 59, 59), tzinfo=TIJDZONE)
