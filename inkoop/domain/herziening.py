"""After a besluit was sent: when it may be looked at again, and when an admission may be withdrawn.

A reason that only shows after sending is never added to the old letter: it takes a new besluit with its
own letter and its own term. After both sides signed there is a contract, and a false statement is then a
shortcoming under it: the admission cannot be withdrawn any more.

Bron: domein B.2.2, B.2.9; C.16 (ingetrokken toelating); FE-9.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import format_dag

MINIMALE_REDEN = 20
"""The fewest characters of a reason to look again: it stands in a letter (project default)."""

ZIENSWIJZE_DAGEN = 14
"""How long somebody has to answer before an admission is withdrawn (as in B.8; project default)."""


class Herzieningsaanleiding(StrEnum):
    """Why a besluit that was sent is looked at again."""

    NIEUWE_GROND = "nieuwe_grond"
    ONJUISTE_VERKLARING = "onjuiste_verklaring"
    FAILLISSEMENT = "faillissement"
    KLACHT = "klacht"
    VONNIS = "vonnis"
    KENNELIJKE_FOUT = "kennelijke_fout"


TREKT_IN = frozenset({Herzieningsaanleiding.ONJUISTE_VERKLARING, Herzieningsaanleiding.FAILLISSEMENT})
"""What takes an admission away without a new toets; anything else asks for a new toets."""


class Intrekkingsgrond(msgspec.Struct, frozen=True, kw_only=True):
    """Why an admission is withdrawn: what was found, against which published rule, and what the other side said.

    `regel` is the rule as it was published and `bron` where it stands; `zienswijze` is empty when no answer came.
    """

    aanleiding: Herzieningsaanleiding
    bevinding: str
    regel: str
    bron: str
    bewijs: str
    zienswijze_gevraagd_op: date
    zienswijze: str = ""


def check_heropening(aanleiding: Herzieningsaanleiding, reden: str) -> list[Beletsel]:
    """Why a besluit cannot be looked at again for this reason; empty = it can.

    Bron: B.2.2 (a new ground is a new besluit); C.16.
    """
    beletselen = []
    if aanleiding in TREKT_IN:
        tekst = f"Bij {_lees(aanleiding)} trekt u de toelating in: inkoop besluiten intrekken."
        beletselen.append(Beletsel("aanleiding", tekst))
    if len(reden.strip()) < MINIMALE_REDEN:
        beletselen.append(Beletsel("reden", f"Schrijf een reden van ten minste {MINIMALE_REDEN} tekens."))
    return beletselen


def check_intrekking(grond: Intrekkingsgrond, op: date) -> list[Beletsel]:
    """Every gap in the ground of a withdrawal that is proposed on a day; empty = complete.

    The other side is asked first, and has time to answer.

    Bron: B.2.2, B.2.9; B.8 (hoor en wederhoor); C.16.
    """
    beletselen = []
    if grond.aanleiding not in TREKT_IN:
        wel = " of ".join(sorted(_lees(een) for een in TREKT_IN))
        tekst = f"Een toelating trekt u in bij {wel}. Is er iets anders, heropen dan de aanmelding."
        beletselen.append(Beletsel("aanleiding", tekst))
    teksten = {"bevinding": grond.bevinding, "regel": grond.regel, "bron": grond.bron, "bewijs": grond.bewijs}
    beletselen += [
        Beletsel(naam, f"Vul '{naam}' in: de brief moet de motivering in één keer geven.")
        for naam, tekst in teksten.items()
        if not tekst.strip()
    ]
    if grond.zienswijze_gevraagd_op > op:
        beletselen.append(Beletsel("zienswijze", "De dag waarop u om een zienswijze vroeg, ligt in de toekomst."))
    einde = grond.zienswijze_gevraagd_op + timedelta(days=ZIENSWIJZE_DAGEN)
    if not grond.zienswijze.strip() and op <= einde:
        tekst = f"De aanbieder kan tot en met {format_dag(einde)} reageren. Wacht dat af, of noem zijn reactie."
        beletselen.append(Beletsel("zienswijze-termijn", tekst))
    return beletselen


def list_gewijzigd(oud: Sequence[tuple[str, str]], nieuw: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The percelen whose besluit would read otherwise now; each side is (perceel, what it says), in any order."""
    eerder = dict(oud)
    return tuple(perceel for perceel, inhoud in nieuw if perceel in eerder and eerder[perceel] != inhoud)


def _lees(aanleiding: Herzieningsaanleiding) -> str:
    return str(aanleiding).replace("_", " ")
