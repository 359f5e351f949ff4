"""What a use case works with: the store, the templates, the calendar; and who acts, as what, when.

A use case asks `handel` first. It checks the person's role (deny by default) and opens the one
transaction in which the use case writes its records and at least one row in the audit log.

Bron: ontwerp 2.7, 2.8, 8; conventies, Records and transactions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from uuid import UUID, uuid4

from sqlmodel import Session, select

from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import Feestdagen
from inkoop.domain.persoon import SYSTEEM, Persoon, Rol
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.exchange.mailserver import Mailserver
from inkoop.services.gezien import Gezien
from inkoop.services.postaanzet import queue_na_handeling
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.eenheid import Actor, Eenheid
from inkoop.storage.sleutelkast import Sleutelkast
from inkoop.storage.winkel import Winkel

MEEST_GENOEMD = 24
"""How many names a message lists before it keeps to those that look like what was asked for (project default)."""


class NietGevondenError(InkoopError):
    """Something that was named does not exist; the message lists what does, or what of that looks most like it."""

    def __init__(self, wat: str, naam: str, bestaande: Iterable[str] = ()) -> None:
        wel = sorted(bestaande)
        andere = len(wel) - MEEST_GENOEMD
        if andere > 0:
            wel = sorted(get_close_matches(naam, wel, n=MEEST_GENOEMD, cutoff=0))
        zin = f" Wel: {', '.join(wel)}{f' (en {andere} andere)' if andere > 0 else ''}." if wel else ""
        super().__init__(f"{wat} '{naam}' bestaat niet.{zin}")


@dataclass(frozen=True, kw_only=True)
class Huis:
    """Everything around the rules, wired once (bootstrap)."""

    winkel: Winkel
    sjablonen: Sjabloonbron
    feestdagen: Feestdagen
    criteria: Path
    procedures: Path
    sleutels: Sleutelkast
    mailserver: Mailserver | None = None
    web_adres: str = "http://127.0.0.1:8000"
    vertrouwd: Path | None = None
    proefondertekening: bool = False
    nieuw_id: Callable[[], UUID] = uuid4


@dataclass(frozen=True, kw_only=True)
class Optreden:
    """A person who acts in one of his roles, at an instant; `gezien` is what he saw of what he now changes."""

    persoon: Persoon
    rol: Rol
    nu: datetime
    gezien: Gezien | None = None

    @property
    def wie(self) -> str:
        """The id under which this person stands in records."""
        return self.persoon.id


def list_eerdere(sessie: Session, onderwerp: str) -> dict[str, set[str]]:
    """Who did which act on this object before, read from the audit log: what four eyes are checked against."""
    eerdere: dict[str, set[str]] = {}
    for handeling, persoon in sessie.exec(
        select(AuditRow.handeling, AuditRow.persoon).where(AuditRow.onderwerp == onderwerp).distinct()
    ):
        eerdere.setdefault(handeling, set()).add(persoon)
    return {naam: wie for naam, wie in eerdere.items() if naam in _HANDELINGEN}


_HANDELINGEN = frozenset(handeling.value for handeling in Handeling)


@contextmanager
def handel(
    huis: Huis, door: Optreden, handeling: Handeling, onderwerp: str | None = None, *, schuil: str | None = None
) -> Iterator[Eenheid]:
    """The transaction of one use case, for somebody who may do it.

    With `onderwerp` (the object's name in the audit log) four eyes are checked against what was done
    on it before. `schuil` is the name under which the log knows who hands in something sealed, until
    the opening says who it was. Raises GeenToegangError with every reason, before anything is written, and
    IntussenGewijzigdError when somebody else wrote since `door` looked.
    """
    require_toegang(door.persoon, door.rol, handeling)
    with huis.winkel.eenheid(Actor(persoon=schuil or door.wie, rol=door.rol), door.nu) as eenheid:
        if onderwerp is not None:
            require_toegang(door.persoon, door.rol, handeling, list_eerdere(eenheid.sessie, onderwerp))
        if door.gezien is not None:
            door.gezien.check(eenheid.sessie)
        yield eenheid
        if schuil is None:  # while a round is sealed not even a mail says who applied
            queue_na_handeling(eenheid)


def systeem(nu: datetime) -> Optreden:
    """The system itself as actor, for flows."""
    persoon = Persoon(id=SYSTEEM, naam="inkoop (systeem)", functie="systeem", rollen=frozenset({Rol.SYSTEEM}))
    return Optreden(persoon=persoon, rol=Rol.SYSTEEM, nu=nu)
