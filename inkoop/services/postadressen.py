"""Where people get mail, and how often. Everybody sets this for oneself; a beheerder for anybody.

Bron: project default.
"""

from __future__ import annotations

import msgspec
from sqlmodel import Session, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.persoon import Rol
from inkoop.domain.post import Postkeuze, check_postadres
from inkoop.domain.toegang import GeenToegangError, Handeling
from inkoop.services import personen
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.post import PostadresRow


class Postadres(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's address and choice."""

    persoon: str
    adres: str
    keuze: Postkeuze


def set_postadres(huis: Huis, door: Optreden, wie: str, *, adres: str | None, keuze: Postkeuze | None) -> Postadres:
    """Give somebody an address for mail, or change the address or the choice; what is None stays.

    The address itself never comes in the log. Raises BeletselenError or GeenToegangError.
    """
    if wie != door.wie and door.rol not in {Rol.BEHEERDER, Rol.SYSTEEM}:
        tekst = f"U stelt alleen uw eigen adres in ({door.wie}). Voor een ander doet de beheerder dat."
        raise GeenToegangError(f"{door.persoon.naam} mag dit niet: postadres instellen.", [Beletsel("ander", tekst)])
    with handel(huis, door, Handeling.POSTADRES_INSTELLEN) as eenheid:
        personen.find_persoon(eenheid.sessie, wie)
        rij = eenheid.sessie.get(PostadresRow, wie)
        beletselen = [] if adres is None else check_postadres(adres)
        if rij is None and adres is None:
            beletselen.append(Beletsel("adres", f"{wie} heeft nog geen adres. Geef het adres erbij."))
        if beletselen:
            raise BeletselenError(f"Het postadres van {wie} kan niet worden ingesteld.", beletselen)
        if rij is None:
            rij = PostadresRow(persoon=wie, adres="", keuze=Postkeuze.METEEN, gewijzigd_op=door.nu)
        rij.adres, rij.keuze = adres or rij.adres, keuze or rij.keuze
        rij.gewijzigd_op = door.nu
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.POSTADRES_INSTELLEN, wie, naar=rij.keuze)
        return Postadres(persoon=wie, adres=rij.adres, keuze=rij.keuze)


def find_postadres(sessie: Session, wie: str) -> PostadresRow | None:
    """Where somebody gets mail; None when that is not known."""
    return sessie.get(PostadresRow, wie)


def list_postadressen(huis: Huis, door: Optreden) -> tuple[Postadres, ...]:
    """Every address for a beheerder; somebody else sees the own one."""
    with huis.winkel.lezen() as sessie:
        alle = sessie.exec(select(PostadresRow).order_by(PostadresRow.persoon)).all()
    return tuple(
        Postadres(persoon=rij.persoon, adres=rij.adres, keuze=rij.keuze)
        for rij in alle
        if door.rol is Rol.BEHEERDER or rij.persoon == door.wie
    )
