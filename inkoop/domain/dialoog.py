"""The dialogue with chosen candidates: equal rounds about the published subjects, and what stays between two.

Bron: B.1.7; E.3; S2 proces, stap 4; ontwerp 2.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.procedure import Rondedefinitie
from inkoop.domain.selectie import Dialoog


class Dialoogronde(msgspec.Struct, frozen=True, kw_only=True):
    """One talk with one candidate on one perceel: its number, its subjects, whether its report is set."""

    kandidaat: str
    perceel: str
    nummer: int
    agenda: tuple[str, ...]
    vastgesteld: bool


def check_dialoogplan(
    dialoog: Dialoog | None,
    ronde: Rondedefinitie,
    eerdere: Sequence[Dialoogronde],
    *,
    nummer: int,
    gepland_op: datetime,
    agenda: Sequence[str],
) -> list[Beletsel]:
    """Why a talk cannot be planned like this; empty = it can. `eerdere` are those with the same candidate.

    Only what was published is on the agenda, within the published days, at most the published number, in order.
    """
    if dialoog is None or ronde.dialoog_van is None or ronde.dialoog_tot is None:
        return [Beletsel("geen-dialoog", "Deze procedure heeft geen dialoog.")]
    beletselen = []
    if not 1 <= nummer <= dialoog.rondes:
        beletselen.append(
            Beletsel("aantal", f"Er zijn {dialoog.rondes} dialoogrondes gepubliceerd; dit is nummer {nummer}.")
        )
    if any(een.nummer == nummer for een in eerdere):
        beletselen.append(Beletsel("dubbel", f"Dialoogronde {nummer} met deze kandidaat is al gepland."))
    if nummer > 1 and not any(een.nummer == nummer - 1 and een.vastgesteld for een in eerdere):
        beletselen.append(Beletsel("volgorde", f"Stel eerst het verslag van dialoogronde {nummer - 1} vast."))
    dag = local_date(gepland_op)
    if not ronde.dialoog_van <= dag <= ronde.dialoog_tot:
        tekst = (
            f"De dialoog is van {format_dag(ronde.dialoog_van)} tot en met {format_dag(ronde.dialoog_tot)}; "
            f"er staat {format_dag(dag)}."
        )
        beletselen.append(Beletsel("periode", tekst))
    if not agenda:
        beletselen.append(Beletsel("agenda", "Zet ten minste één gepubliceerd onderwerp op de agenda."))
    wel = "; ".join(dialoog.onderwerpen)
    beletselen += [
        Beletsel("onderwerp", f"'{punt}' is geen gepubliceerd onderwerp. Kies uit: {wel}.")
        for punt in agenda
        if punt not in dialoog.onderwerpen
    ]
    return beletselen


def check_gelijke_dialoog(
    dialoog: Dialoog | None, kandidaten: Mapping[str, Sequence[str]], gevoerd: Iterable[Dialoogronde]
) -> list[Beletsel]:
    """Why the dialogue is not finished: `kandidaten` are the percelen by candidate; empty = it is.

    Each candidate on a perceel gets the same number of talks with a set report, and all published subjects.
    """
    if dialoog is None:
        return []
    per: dict[tuple[str, str], list[Dialoogronde]] = {}
    for een in gevoerd:
        per.setdefault((een.kandidaat, een.perceel), []).append(een)
    paren = [(kandidaat, perceel) for kandidaat, percelen in sorted(kandidaten.items()) for perceel in percelen]
    beletselen = []
    for kandidaat, perceel in paren:
        talks = per.get((kandidaat, perceel), [])
        waar = f"{kandidaat}, perceel {perceel}"
        if any(not een.vastgesteld for een in talks):
            beletselen.append(Beletsel("verslag", f"{waar}: het verslag van een dialoogronde is niet vastgesteld."))
        gedaan = {punt for een in talks if een.vastgesteld for punt in een.agenda}
        mist = [punt for punt in dialoog.onderwerpen if punt not in gedaan]
        if mist:
            beletselen.append(Beletsel("onderwerpen", f"{waar}: nog niet besproken: {'; '.join(mist)}."))
    for perceel in sorted({perceel for _, perceel in paren}):
        aantallen = {len(per.get(paar, [])) for paar in paren if paar[1] == perceel}
        if len(aantallen) > 1:
            tekst = f"Perceel {perceel}: niet elke kandidaat had evenveel dialoogrondes."
            beletselen.append(Beletsel("ongelijk", tekst))
    return beletselen
