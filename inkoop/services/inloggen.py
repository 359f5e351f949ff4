"""Signing in through a source: an attempt that is used once, and the person that a source's claims belong to.

An official is somebody that the beheerder tied to a name at the source, or somebody new whose groups give a role and
one post: a mandate belongs to a post, so nobody becomes known here without one.
A name that is a person of ours already is never taken over: tying it is an act of the beheerder. What the groups
give is what the person has, at every sign-in again. Who acts for a company gets a person for that company alone.

Bron: ontwerp 8 (deny by default); project default.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlmodel import Session, col, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.inlog import (
    Bronsoort,
    Identiteitsbron,
    find_tekst,
    lees_zekerheid,
    make_korte_naam,
    map_functies,
    map_rollen,
    mark_naam,
    mark_onderwerp,
    read_namens,
)
from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.toegang import Handeling
from inkoop.exchange.oidc import Poging, make_poging
from inkoop.services import personen, websessies
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.inlog import InlogkoppelingRow, InlogpogingRow
from inkoop.storage.tabellen.persoon import PersoonRow

GELDIG: Final = timedelta(minutes=10)
"""How long somebody may be away at a source (project default)."""


class GeenInlogError(BeletselenError):
    """The source knows who this is, and that is not enough to be let in; every reason at once."""


def begin_poging(huis: Huis, bron: Identiteitsbron, terug: str, op: datetime) -> tuple[str, Poging]:
    """Write down that somebody leaves for a source; returns the token for the browser and what the source is asked."""
    token, poging = secrets.token_urlsafe(32), make_poging()
    with huis.winkel.machinekamer() as sessie:
        voorbij = select(InlogpogingRow).where(col(InlogpogingRow.begonnen_op) < op - GELDIG)
        for oud in sessie.exec(voorbij.limit(100)):
            sessie.delete(oud)
        sessie.add(
            InlogpogingRow(
                id=_hash(token),
                bron=bron.id,
                state=poging.state,
                nonce=poging.nonce,
                verifier=poging.verifier,
                terug=terug,
                begonnen_op=op,
            )
        )
    return token, poging


def take_poging(huis: Huis, bron: str, token: str, op: datetime) -> tuple[Poging, str] | None:
    """The attempt of this browser at this source, and where it wanted to go; it is used up, whatever comes of it."""
    with huis.winkel.machinekamer() as sessie:
        rij = sessie.get(InlogpogingRow, _hash(token)) if token else None
        if rij is None:
            return None
        sessie.delete(rij)
    if rij.bron != bron or op - rij.begonnen_op > GELDIG:
        return None
    return Poging(state=rij.state, nonce=rij.nonce, verifier=rij.verifier), rij.terug


def find_persoon(huis: Huis, door: Optreden, bron: Identiteitsbron, claims: Mapping[str, Any]) -> Persoon:
    """The person to whom checked claims belong, with today's roles. `door` is the system.

    Raises GeenInlogError with every reason; then nobody is signed in.
    """
    if bron.soort is Bronsoort.EHERKENNING:
        return _find_aanbieder(huis, door, bron, claims)
    return _find_collega(huis, door, bron, claims)


def _find_collega(huis: Huis, door: Optreden, bron: Identiteitsbron, claims: Mapping[str, Any]) -> Persoon:
    rollen = map_rollen(bron, claims)
    merk, naam = mark_onderwerp(bron, claims["sub"]), find_tekst(claims, bron.persoon)
    kort = make_korte_naam(naam)
    eruit = ""
    with handel(huis, door, Handeling.INLOG_VERWERKEN) as eenheid:
        koppeling = eenheid.sessie.get(InlogkoppelingRow, merk)
        voorkoppeling = eenheid.sessie.get(InlogkoppelingRow, mark_naam(bron, naam)) if naam else None
        if koppeling is None and voorkoppeling is not None:
            # Tied by the beheerder: from now on to this subject, so that the name cannot be used again.
            koppeling = _link(eenheid, bron, merk, voorkoppeling.persoon, door)
            eenheid.sessie.delete(voorkoppeling)
        if koppeling is None:
            functies = map_functies(bron, claims)
            beletselen = _check_nieuw(eenheid.sessie, bron, kort, functies, heeft_rol=bool(rollen))
            if beletselen:
                raise GeenInlogError("U kunt hier nog niet inloggen.", beletselen)
            rij = PersoonRow(
                id=kort,
                naam=find_tekst(claims, bron.weergavenaam) or kort,
                functie=functies[0],
                rollen=sorted(rol.value for rol in rollen),
            )
            eenheid.sessie.add(rij)
            eenheid.sessie.flush()
            eenheid.audit(
                Handeling.PERSOON_TOEVOEGEN, kort, naar="actief", gegevens={"rollen": rij.rollen, "bron": bron.id}
            )
            _link(eenheid, bron, merk, kort, door)
        else:
            found = eenheid.sessie.get(PersoonRow, koppeling.persoon)
            assert found is not None
            rij = found
            if Rol.AANBIEDER in rij.rollen or not rij.actief:
                tekst = "Uw account is niet (meer) actief. Vraag het de beheerder."
                raise GeenInlogError("U kunt hier niet inloggen.", [Beletsel("inactief", tekst)])
            nieuw = sorted(rol.value for rol in rollen)
            if sorted(rij.rollen) != nieuw:
                van, rij.rollen = sorted(rij.rollen), nieuw
                eenheid.sessie.add(rij)
                eenheid.audit(
                    Handeling.INLOG_VERWERKEN,
                    rij.id,
                    van=", ".join(van) or "geen rol",
                    naar=", ".join(nieuw) or "geen rol",
                    gegevens={"bron": bron.id},
                )
                eruit = rij.id
        persoon = Persoon(id=rij.id, naam=rij.naam, functie=rij.functie, rollen=rollen)
    if eruit:
        websessies.end_all(huis, eruit)
    if not rollen:
        raise GeenInlogError("U kunt hier niet inloggen.", [_GEEN_GROEP])
    return persoon


_GEEN_GROEP: Final = Beletsel(
    "geen-groep",
    "U zit in geen enkele groep die hier een rol geeft. Vraag uw beheerder of u in de juiste groep staat.",
)


def _check_nieuw(
    sessie: Session, bron: Identiteitsbron, kort: str, functies: tuple[str, ...], *, heeft_rol: bool
) -> list[Beletsel]:
    beletselen = []
    if not heeft_rol:
        beletselen.append(_GEEN_GROEP)
    elif not functies:
        tekst = (
            "Uw groepen geven wel een rol, maar geen functie. Vraag de beheerder om uw functie bij een groep te zetten,"
            " of om u zelf toe te voegen en te koppelen."
        )
        beletselen.append(Beletsel("geen-functie", tekst))
    elif len(functies) > 1:
        tekst = f"Uw groepen geven meer dan één functie ({', '.join(functies)}). Vraag de beheerder welke de uwe is."
        beletselen.append(Beletsel("meer-functies", tekst))
    if not kort:
        tekst = f"De inlogdienst noemt geen naam voor u ({bron.persoon}). Vraag het uw beheerder."
        beletselen.append(Beletsel("geen-naam", tekst))
    elif sessie.get(PersoonRow, kort) is not None:
        tekst = (
            f"Er is al iemand met de korte naam '{kort}'. Bent u dat? Vraag de beheerder uw naam bij {bron.naam} aan"
            " dat account te koppelen."
        )
        beletselen.append(Beletsel("bestaat", tekst))
    return beletselen


def _find_aanbieder(huis: Huis, door: Optreden, bron: Identiteitsbron, claims: Mapping[str, Any]) -> Persoon:
    namens, beletselen = read_namens(bron, claims)
    if namens is None:
        raise GeenInlogError("U kunt hier zo niet inloggen.", beletselen)
    merk = mark_onderwerp(bron, claims["sub"], namens.kvk)
    with handel(huis, door, Handeling.INLOG_VERWERKEN) as eenheid:
        koppeling = eenheid.sessie.get(InlogkoppelingRow, merk)
        if koppeling is None:
            kort = f"eh-{merk[:16]}"
            naam = find_tekst(claims, bron.weergavenaam) or "Medewerker via eHerkenning"
            eenheid.sessie.add(
                PersoonRow(
                    id=kort, naam=naam, functie="vertegenwoordiger", rollen=[Rol.AANBIEDER.value], kvk=namens.kvk
                )
            )
            eenheid.sessie.flush()
            gegevens = {"rollen": [Rol.AANBIEDER.value], "bron": bron.id, "niveau": lees_zekerheid(namens.zekerheid)}
            eenheid.audit(Handeling.PERSOON_TOEVOEGEN, kort, naar="actief", gegevens=gegevens)
            koppeling = _link(eenheid, bron, merk, kort, door)
        rij = eenheid.sessie.get(PersoonRow, koppeling.persoon)
        if rij is None or not rij.actief or rij.kvk != namens.kvk or list(rij.rollen) != [Rol.AANBIEDER.value]:
            tekst = "Dit account is niet (meer) actief. Vraag het de gemeente."
            raise GeenInlogError("U kunt hier niet inloggen.", [Beletsel("inactief", tekst)])
        return Persoon(id=rij.id, naam=rij.naam, functie=rij.functie, rollen=frozenset({Rol.AANBIEDER}), kvk=namens.kvk)


def _link(eenheid: Eenheid, bron: Identiteitsbron, merk: str, wie: str, door: Optreden) -> InlogkoppelingRow:
    rij = InlogkoppelingRow(merk=merk, persoon=wie, bron=bron.id, gekoppeld_door=door.wie, gekoppeld_op=door.nu)
    eenheid.sessie.add(rij)
    eenheid.audit(Handeling.INLOG_KOPPELEN, wie, naar=bron.id)
    return rij


def link_naam(huis: Huis, door: Optreden, bron: Identiteitsbron, naam: str, wie: str) -> None:
    """Tie the name that a source of a gemeente uses to a person of ours, before that person signs in with it.

    Raises BeletselenError when the source is none of a gemeente, or the person acts for an aanbieder.
    """
    with handel(huis, door, Handeling.INLOG_KOPPELEN) as eenheid:
        persoon = personen.find_persoon(eenheid.sessie, wie)
        beletselen = []
        if bron.soort is not Bronsoort.GEMEENTE:
            tekst = f"'{bron.id}' is geen bron van een gemeente. Wie via eHerkenning inlogt, hoeft geen koppeling."
            beletselen.append(Beletsel("bron", tekst))
        if Rol.AANBIEDER in persoon.rollen:
            beletselen.append(Beletsel("belang", f"{persoon.naam} treedt op voor een aanbieder."))
        if not naam.strip():
            beletselen.append(Beletsel("naam", "Noem de naam waaronder de bron deze persoon kent."))
        merk = mark_naam(bron, naam)
        if (al := eenheid.sessie.get(InlogkoppelingRow, merk)) is not None:
            beletselen.append(Beletsel("gekoppeld", f"Deze naam wacht al op de eerste keer inloggen van {al.persoon}."))
        if beletselen:
            raise BeletselenError(f"'{naam}' kan niet aan {wie} worden gekoppeld.", beletselen)
        _link(eenheid, bron, merk, wie, door)


def unlink(huis: Huis, door: Optreden, wie: str) -> int:
    """Undo every tie of a person with a source, and sign the person out; returns how many there were."""
    with handel(huis, door, Handeling.INLOG_KOPPELEN) as eenheid:
        personen.find_persoon(eenheid.sessie, wie)
        rijen = eenheid.sessie.exec(select(InlogkoppelingRow).where(InlogkoppelingRow.persoon == wie)).all()
        for rij in rijen:
            eenheid.sessie.delete(rij)
        eenheid.audit(Handeling.INLOG_KOPPELEN, wie, van="gekoppeld" if rijen else None, naar="los")
    websessies.end_all(huis, wie)
    return len(rijen)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
