"""People and their roles."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.persoon import Persoon, Rol, is_kvk
from inkoop.domain.toegang import Handeling
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.vernietigd import not_found
from inkoop.storage.tabellen.persoon import PersoonRow


def add_persoon(
    huis: Huis, door: Optreden, *, id: str, naam: str, functie: str, rollen: Iterable[Rol], kvk: str | None = None
) -> Persoon:
    """Make a person known; an id is given out once. `kvk` is asked for an aanbieder, and only then."""
    persoon = Persoon(id=id, naam=naam, functie=functie, rollen=frozenset(rollen))
    with handel(huis, door, Handeling.PERSOON_TOEVOEGEN) as eenheid:
        beletselen = _check_persoon(eenheid.sessie, persoon, kvk)
        if beletselen:
            raise BeletselenError(f"'{id}' kan niet worden toegevoegd.", beletselen)
        eenheid.sessie.add(
            PersoonRow(id=id, naam=naam, functie=functie, rollen=sorted(rol.value for rol in persoon.rollen), kvk=kvk)
        )
        eenheid.audit("persoon_toevoegen", id, naar="actief", gegevens={"rollen": sorted(persoon.rollen)})
    return persoon


def _check_persoon(sessie: Session, persoon: Persoon, kvk: str | None) -> list[Beletsel]:
    beletselen = []
    if not persoon.id or not all(teken.isalnum() or teken in "-." for teken in persoon.id):
        beletselen.append(Beletsel("id", "Een korte naam bestaat uit letters, cijfers, punten en streepjes."))
    if not persoon.rollen:
        beletselen.append(Beletsel("rollen", "Noem ten minste één rol."))
    if sessie.get(PersoonRow, persoon.id) is not None:
        beletselen.append(Beletsel("bestaat", f"De korte naam '{persoon.id}' is al in gebruik."))
    if (Rol.AANBIEDER in persoon.rollen) != (kvk is not None):
        beletselen.append(Beletsel("kvk", "Geef het KvK-nummer bij de rol aanbieder, en alleen dan."))
    elif kvk is not None and not is_kvk(kvk):
        beletselen.append(Beletsel("kvk", f"Een KvK-nummer heeft acht cijfers; hier staat '{kvk}'."))
    if Rol.AANBIEDER in persoon.rollen and len(persoon.rollen) > 1:
        beletselen.append(Beletsel("belang", "Wie voor een aanbieder optreedt, heeft geen rol bij de gemeenten."))
    return beletselen


def find_persoon(sessie: Session, id: str) -> Persoon:
    """The person with this short name."""
    rij = sessie.get(PersoonRow, id)
    if rij is None or not rij.actief:
        raise not_found(sessie, "Persoon", id, [rij.id for rij in sessie.exec(select(PersoonRow))])
    return Persoon(id=rij.id, naam=rij.naam, functie=rij.functie, rollen=frozenset(Rol(rol) for rol in rij.rollen))


def find_naam(huis: Huis, id: str) -> str:
    """What somebody is called; the short name itself when nobody has it."""
    with huis.winkel.lezen() as sessie:
        rij = sessie.get(PersoonRow, id)
        return id if rij is None else rij.naam


def find_in_rol(sessie: Session, id: str, rol: Rol) -> Persoon | None:
    """The person with this short name, while active and still in this role; else None."""
    try:
        persoon = find_persoon(sessie, id)
    except NietGevondenError:
        return None
    return persoon if rol in persoon.rollen else None


def find_kvk(sessie: Session, id: str) -> str | None:
    """The legal person for which somebody acts, if any."""
    rij = sessie.get(PersoonRow, id)
    return None if rij is None else rij.kvk


def list_personen(huis: Huis) -> tuple[Persoon, ...]:
    """Everybody who is known, by short name."""
    with huis.winkel.lezen() as sessie:
        return list_in(sessie)


def list_in(sessie: Session) -> tuple[Persoon, ...]:
    """Everybody who is known, in a session that is open already."""
    rijen = sessie.exec(select(PersoonRow).order_by(PersoonRow.id)).all()
    return tuple(find_persoon(sessie, rij.id) for rij in rijen if rij.actief)
