"""Terms that say why they end where they end: rule, start, count, calendar, shift.

The Algemene termijnenwet extends only terms that a law sets, and not all of those. A term in a leidraad or
contract is counted in plain calendar days; whether it rolls off a free day is a published choice.

Bron: Algemene termijnenwet art. 1, 2, 3 and 4; B.2.5; E.5.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

import msgspec

from inkoop.domain.kalender import Feestdagen, explain_vrije_dag, format_dag, format_weekdag, is_werkdag
from inkoop.domain.maanden import add_maanden
from inkoop.domain.termijnen import OngeldigeTermijnError

_DAG = timedelta(days=1)


class Telwijze(StrEnum):
    """How a term is counted: by the Algemene termijnenwet, in plain calendar days, or with a published roll."""

    ATW = "atw"
    KALENDERDAGEN = "kalenderdagen"
    DOORROLLEN = "doorrollen"
    TERUGROLLEN = "terugrollen"


class Teleenheid(StrEnum):
    """In what a term is counted."""

    DAGEN = "dagen"
    WEKEN = "weken"
    MAANDEN = "maanden"
    JAREN = "jaren"


_ATW_GRENS = {Teleenheid.DAGEN: 90, Teleenheid.WEKEN: 12, Teleenheid.MAANDEN: 3, Teleenheid.JAREN: 0}
"""Longer terms than these are outside the wet (art. 4 a)."""


class Herleiding(msgspec.Struct, frozen=True, kw_only=True):
    """One computed day with how it came about.

    `aantal` is negative when it was counted back; `geteld` is the day before any shift, and `verschuiving`
    says why it moved (None = it did not). `regel` says what is counted, `bron` where that stands.
    """

    dag: date
    regel: str
    vanaf: date
    aantal: int
    eenheid: Teleenheid
    telwijze: Telwijze
    geteld: date
    verschuiving: str | None
    bron: str


def count_termijn(
    vanaf: date,
    aantal: int,
    eenheid: Teleenheid,
    telwijze: Telwijze,
    feestdagen: Feestdagen,
    *,
    regel: str,
    bron: str,
) -> Herleiding:
    """Count a term from a day that does not count itself; a negative number counts back.

    By the Algemene termijnenwet an end on a free day moves to the next day that is not (art. 1 lid 1), and a
    term of at least three days holds at least two working days (art. 2); not for terms that are counted
    back (art. 1 lid 2) nor for those of more than 90 days, 12 weeks or 3 months, or in years (art. 4 a).

    Raises OngeldigeTermijnError for a term of 0.

    Bron: Algemene termijnenwet art. 1, 2, 4; B.2.5.
    """
    if aantal == 0:
        raise OngeldigeTermijnError(aantal)
    geteld = _count(vanaf, aantal, eenheid)
    dag, verschuiving = _shift(vanaf, aantal, eenheid, telwijze, geteld, feestdagen)
    return Herleiding(
        dag=dag,
        regel=regel,
        vanaf=vanaf,
        aantal=aantal,
        eenheid=eenheid,
        telwijze=telwijze,
        geteld=geteld,
        verschuiving=verschuiving,
        bron=bron,
    )


def describe_herleiding(herleiding: Herleiding) -> str:
    """A sentence that says why a day is that day."""
    aantal = abs(herleiding.aantal)
    eenheid = {
        Teleenheid.DAGEN: "kalenderdag" if aantal == 1 else "kalenderdagen",
        Teleenheid.WEKEN: "week" if aantal == 1 else "weken",
        Teleenheid.MAANDEN: "maand" if aantal == 1 else "maanden",
        Teleenheid.JAREN: "jaar",
    }[herleiding.eenheid]
    kant = "vóór" if herleiding.aantal < 0 else "na"
    zin = (
        f"{aantal} {eenheid} {kant} {herleiding.regel} ({format_dag(herleiding.vanaf)}) is "
        f"{format_weekdag(herleiding.geteld)}"
    )
    if herleiding.verschuiving is not None:
        zin += f"; {herleiding.verschuiving}, dus {format_weekdag(herleiding.dag)}"
    return f"{zin}."


def is_buiten_atw(aantal: int, eenheid: Teleenheid) -> str | None:
    """Why the Algemene termijnenwet does not apply to a term of a law; None when it does.

    Bron: Algemene termijnenwet art. 1 lid 2 and art. 4 a.
    """
    if aantal < 0:
        return "de termijn wordt teruggerekend (artikel 1 lid 2)"
    if aantal > _ATW_GRENS[eenheid]:
        return "de termijn is langer dan 90 dagen, 12 weken of 3 maanden (artikel 4)"
    return None


def _count(vanaf: date, aantal: int, eenheid: Teleenheid) -> date:
    if eenheid is Teleenheid.DAGEN:
        return vanaf + aantal * _DAG
    if eenheid is Teleenheid.WEKEN:
        return vanaf + aantal * 7 * _DAG
    return add_maanden(vanaf, aantal if eenheid is Teleenheid.MAANDEN else 12 * aantal)


def _shift(
    vanaf: date, aantal: int, eenheid: Teleenheid, telwijze: Telwijze, geteld: date, feestdagen: Feestdagen
) -> tuple[date, str | None]:
    """The day after any shift, and why it moved."""
    if telwijze is Telwijze.KALENDERDAGEN or (telwijze is Telwijze.ATW and is_buiten_atw(aantal, eenheid)):
        return geteld, None
    dag, redenen = geteld, []
    if waarom := explain_vrije_dag(geteld, feestdagen):
        stap = -_DAG if telwijze is Telwijze.TERUGROLLEN else _DAG
        while not is_werkdag(dag, feestdagen):
            dag += stap
        redenen.append(f"dat is geen werkdag ({waarom})")
    if telwijze is Telwijze.ATW and (geteld - vanaf) >= 3 * _DAG:
        verlengd = _fill_werkdagen(vanaf, dag, feestdagen)
        if verlengd != dag:
            redenen.append("de termijn bevat ten minste twee werkdagen (artikel 2)")
            dag = verlengd
    return dag, "; ".join(redenen) or None


def _fill_werkdagen(vanaf: date, dag: date, feestdagen: Feestdagen) -> date:
    """The first day on or after `dag` on which the term holds two working days (art. 2)."""
    while sum(is_werkdag(vanaf + n * _DAG, feestdagen) for n in range(1, (dag - vanaf).days + 1)) < 2:
        dag += _DAG
    return dag
