"""The five named reference moments of a criterion, bound to dates by a ronde.

Bron: domein 0.6; E.5 `peildatum`; ontwerp 4.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from inkoop.domain.criteria.criterium import Peilmoment
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie


def bind_peildatums(
    procedure: Proceduredefinitie, ronde: Rondedefinitie, ingediend_op: datetime
) -> dict[Peilmoment, date]:
    """The date of each Peilmoment for an aanmelding in a ronde; days are days in the Netherlands.

    `looptijd` is the last day of the first term: "gedurende de looptijd" must hold up to then.
    Refuses an instant without a time zone.

    Bron: domein 0.6; E.5.
    """
    return {
        Peilmoment.INDIENING: local_date(ingediend_op),
        Peilmoment.SLUITING: local_date(ronde.sluiting),
        Peilmoment.BESLUIT: ronde.besluit,
        Peilmoment.INGANG: ronde.ingang,
        Peilmoment.LOOPTIJD: procedure.looptijd.einde_eerste_termijn,
    }


def rebind_peildatums(peildatums: Mapping[Peilmoment, date], op: date) -> dict[Peilmoment, date]:
    """The same moments for a test after admission (yearly, at a change): what must be true, must be so on that day.

    Only `looptijd` keeps its day, unless that day has passed.

    Bron: ontwerp 4 (`momenten`); project default.
    """
    return {moment: max(dag, op) if moment is Peilmoment.LOOPTIJD else op for moment, dag in peildatums.items()}
