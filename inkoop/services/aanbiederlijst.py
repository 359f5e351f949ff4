"""The legal persons as a list to search in, by name.

Who may not read applications sees who has an agreement. An application counts from the opening of its round (FE-8).

Bron: domein D; FE-8; issue web application (contractmanager: provider page).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from inkoop.domain.toegang import Handeling, check_toegang
from inkoop.services import bladeren, zoekwoord
from inkoop.services.bladeren import TELGRENS, Telling
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.services.zoekwoord import PATROON, WOORD
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask
from inkoop.storage.zoekdelen import NAAM


class Aanbiederregel(msgspec.Struct, frozen=True, kw_only=True):
    """A legal person in a list."""

    kvk: str
    naam: str
    contracten: int


def list_aanbieders(
    huis: Huis, door: Optreden, zoek: str, vanaf: int = 0, aantal: int = 50
) -> tuple[list[Aanbiederregel], Telling]:
    """A page of the legal persons of which name or KvK holds a word, by name, and how many there are."""
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        rijen, totaal = _find(sessie, door, zoek.strip(), vanaf, aantal, tel=True)
        contracten = dict(ask(sessie, _vraag_contracten(), kvk=[rij.kvk for rij in rijen]))
    regels = [Aanbiederregel(kvk=rij.kvk, naam=rij.naam, contracten=contracten.get(rij.kvk, 0)) for rij in rijen]
    return regels, totaal


def list_namen(sessie: Session, door: Optreden, zoek: str, aantal: int) -> list[tuple[str, str]]:
    """KvK and name of the first legal persons by name of which one of both holds a word."""
    rijen, _ = _find(sessie, door, zoek.strip(), 0, aantal, tel=False)
    return [(rij.kvk, rij.naam) for rij in rijen]


def may_aanmeldingen(door: Optreden) -> bool:
    """Whether this person may read applications."""
    return not check_toegang(door.persoon, door.rol, Handeling.AANMELDING_LEZEN)


def is_zichtbaar(rij: Any, nu: Any, *, aanmeldingen: bool) -> Any:
    """Of an application: that it led to an agreement, or (`aanmeldingen`) may be read at this instant."""
    met_contract = rij.id.in_(select(OvereenkomstRow.aanmelding_id))
    if not aanmeldingen:
        return met_contract
    open_ = select(RondeRow.id).where(col(RondeRow.sluiting) < nu, col(RondeRow.geopend_op).is_not(None))
    # Weighed apart: else each part of an "or" would be looked up by itself, in all that was handed in.
    return bladeren.weigh_apart(rij.ronde_id.in_(open_) | met_contract)


def _find(
    sessie: Session, door: Optreden, woord: str, vanaf: int, aantal: int, *, tel: bool
) -> tuple[Sequence[Any], Telling]:
    """A page of (kvk, naam), and how many there are if `tel`."""
    aanmeldingen = may_aanmeldingen(door)
    waarden: dict[str, Any] = {"nu": door.nu, **zoekwoord.make_waarden(woord)}
    if woord and zoekwoord.is_zeldzaam(sessie, woord, NAAM):
        rijen = ask(sessie, _vraag_zeldzaam(aanmeldingen=aanmeldingen), **waarden)
        return rijen[vanaf : vanaf + aantal], bladeren.make_telling(len(rijen), vanaf)
    vorm = {"aanmeldingen": aanmeldingen, "met_woord": bool(woord), "dialect": sessie.get_bind().dialect.name}
    bladzijde = ask(sessie, _vraag_bladzijde(**vorm), **waarden, vanaf=vanaf, aantal=aantal)
    if not tel or 0 < len(bladzijde) < aantal:
        return bladzijde, bladeren.make_telling(vanaf + len(bladzijde), vanaf)
    if bladzijde and not aanmeldingen:
        return bladzijde, bladeren.make_telling(bladzijde[0].totaal, vanaf)
    einden = bool(woord) and zoekwoord.is_zeldzaam(sessie, woord, NAAM, hoogstens=zoekwoord.VEEL_TE_TELLEN)
    ((geteld,),) = ask(sessie, _vraag_aantal(**vorm, einden=einden), **waarden, grens=vanaf + TELGRENS + 1)
    return bladzijde, bladeren.make_telling(geteld, vanaf)


_NU = sa.bindparam("nu", type_=AanmeldingRow.__table__.c.ontvangen_op.type)  # type: ignore[attr-defined]
_RIJ: Any = aliased(AanmeldingRow, name="rij")
_ANDER: Any = aliased(AanmeldingRow, name="ander")


@cache
def _vraag_zeldzaam(*, aanmeldingen: bool) -> Any:
    """Every legal person of which a name or the KvK is found by a word that few have, with the last of those names."""
    zicht = bladeren.weigh_apart(is_zichtbaar(_RIJ, _NU, aanmeldingen=aanmeldingen))
    van = sa.select(_RIJ.kvk, _RIJ.naam).where(zicht)
    gevonden = van.where(_RIJ.naam.in_(zoekwoord.select_sleutels(NAAM))).union_all(van.where(_RIJ.kvk == WOORD))
    deel = gevonden.subquery()
    naam = func.max(deel.c.naam).label("naam")
    return sa.select(deel.c.kvk, naam).group_by(deel.c.kvk).order_by(naam, deel.c.kvk)


@cache
def _vraag_bladzijde(*, aanmeldingen: bool, met_woord: bool, dialect: str) -> Any:
    """A page of the legal persons, in the order of the names in their index: each by the last of its names."""

    def fits(rij: Any) -> list[Any]:
        zicht = [is_zichtbaar(rij, _NU, aanmeldingen=aanmeldingen)]
        past = bladeren.matches(dialect, rij.naam, PATROON) | (rij.kvk == WOORD)
        return [*zicht, bladeren.weigh_apart(past) if aanmeldingen else past] if met_woord else zicht

    if aanmeldingen:
        # Compared with the last one for each that is met on the way, so that not all of them are joined first.
        laatste = sa.select(func.max(_ANDER.naam)).where(_ANDER.kvk == _RIJ.kvk, *fits(_ANDER)).scalar_subquery()
        vraag = sa.select(_RIJ.kvk, _RIJ.naam).where(*fits(_RIJ), _RIJ.naam == laatste).distinct()
        vraag = vraag.order_by(_RIJ.naam, _RIJ.kvk)
    else:
        # Few of the applications have an agreement: those are read, and not the names; so the whole is at hand.
        naam = func.max(_RIJ.naam).label("naam")
        vraag = (
            sa.select(_RIJ.kvk, naam, func.count().over().label("totaal"))
            .where(*fits(_RIJ))
            .group_by(_RIJ.kvk)
            .order_by(naam, _RIJ.kvk)
        )
    return vraag.offset(sa.bindparam("vanaf")).limit(sa.bindparam("aantal"))


@cache
def _vraag_aantal(*, aanmeldingen: bool, met_woord: bool, dialect: str, einden: bool) -> Any:
    """How many legal persons there are, counted to `grens`; `einden`: of which names by the ends of them."""
    vraag: Any = sa.select(_RIJ.kvk).where(is_zichtbaar(_RIJ, _NU, aanmeldingen=aanmeldingen))
    if met_woord and einden:
        op_naam = vraag.where(_RIJ.naam.in_(zoekwoord.select_sleutels(NAAM)))
        deel = op_naam.union_all(vraag.where(_RIJ.kvk == WOORD)).subquery()
        vraag = sa.select(deel.c.kvk)
    elif met_woord:
        past = bladeren.matches(dialect, _RIJ.naam, PATROON) | (_RIJ.kvk == WOORD)
        vraag = vraag.where(bladeren.weigh_apart(past) if aanmeldingen else past)
    return sa.select(func.count()).select_from(vraag.distinct().limit(sa.bindparam("grens")).subquery())


@cache
def _vraag_contracten() -> Any:
    """How many agreements these legal persons have."""
    return (
        sa.select(_RIJ.kvk, func.count())
        .join(OvereenkomstRow, col(OvereenkomstRow.aanmelding_id) == _RIJ.id)
        .where(_RIJ.kvk.in_(sa.bindparam("kvk", expanding=True)))
        .group_by(_RIJ.kvk)
    )
