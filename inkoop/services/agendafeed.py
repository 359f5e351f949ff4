"""One's own tasks as an agenda that a calendar program reads by itself: an address with a secret, read only.

The secret is shown once and the store keeps only its hash. Who has the address sees the last days of the tasks of
that one person and can do nothing with it; a new one, or taking it back, ends the last at once.

Bron: ontwerp 8; issue web application (ICS feed of terms).
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlmodel import select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.planning import Planregel, Plansoort
from inkoop.domain.toegang import Handeling
from inkoop.services import personen, standkast, takenlijst
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.web import AgendasleutelRow


def make_sleutel(huis: Huis, door: Optreden) -> str:
    """A new secret for one's own agenda; the last one is worth nothing from now on."""
    sleutel = secrets.token_urlsafe(32)
    with handel(huis, door, Handeling.AGENDA_INSTELLEN) as eenheid:
        rij = eenheid.sessie.get(AgendasleutelRow, door.wie)
        if rij is None:
            rij = AgendasleutelRow(persoon=door.wie, hash="", gemaakt_op=door.nu)
        rij.hash, rij.gemaakt_op, rij.ingetrokken_op = _hash(sleutel), door.nu, None
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.AGENDA_INSTELLEN, door.wie, naar="geldig")
    return sleutel


def revoke_sleutel(huis: Huis, door: Optreden) -> None:
    """Take one's own secret back. Raises BeletselenError when there is none."""
    with handel(huis, door, Handeling.AGENDA_INSTELLEN) as eenheid:
        rij = eenheid.sessie.get(AgendasleutelRow, door.wie)
        if rij is None or rij.ingetrokken_op is not None:
            tekst = "U hebt geen agenda-adres dat werkt."
            raise BeletselenError("Er is niets in te trekken.", [Beletsel("geen-sleutel", tekst)])
        rij.ingetrokken_op = door.nu
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.AGENDA_INSTELLEN, door.wie, van="geldig", naar="ingetrokken")


def find_gemaakt_op(huis: Huis, door: Optreden) -> datetime | None:
    """When one's own secret that works was made; None when there is none."""
    with lees(huis, door, Handeling.AGENDA_INSTELLEN) as sessie:
        rij = sessie.get(AgendasleutelRow, door.wie)
        return None if rij is None or rij.ingetrokken_op is not None else rij.gemaakt_op


def read_agenda(huis: Huis, sleutel: str, nu: datetime) -> tuple[Planregel, ...] | None:
    """The tasks with a last day of whoever has this secret, in every role of that person; None for no such secret."""
    with huis.winkel.lezen() as sessie:
        rij = sessie.exec(select(AgendasleutelRow).where(AgendasleutelRow.hash == _hash(sleutel))).one_or_none()
        if rij is None or rij.ingetrokken_op is not None:
            return None
        persoon = next((een for een in personen.list_in(sessie) if een.id == rij.persoon), None)
        if persoon is None:
            return None
        # A program asks again and again; what waits changes when something is done, or with the hour.
        vraag = ("agenda", persoon.id, nu.replace(minute=0, second=0, microsecond=0))
        return standkast.keep(sessie, vraag, lambda: tuple(_list_regels(huis, persoon, nu)))


def _list_regels(huis: Huis, persoon: Persoon, nu: datetime) -> list[Planregel]:
    regels = [
        Planregel(
            dag=taak.uiterlijk,
            wat=f"{taak.onderwerp}: {taak.wat}",
            waarom=f"Dit wacht op u als {rol}; dit is de laatste dag.",
            bron="Mijn taken",
            soort=Plansoort.STAP,
        )
        for rol in sorted(persoon.rollen)
        if rol is not Rol.SYSTEEM
        for taak in takenlijst.list_taken(huis, Optreden(persoon=persoon, rol=rol, nu=nu))
        if taak.uiterlijk is not None
    ]
    return sorted(regels, key=lambda een: (een.dag, een.wat))


def _hash(sleutel: str) -> str:
    """A secret is 32 random bytes, so a fast hash is enough: there is no word to guess."""
    return hashlib.sha256(sleutel.encode()).hexdigest()
