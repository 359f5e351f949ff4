"""Every agreement as a list to search in: a page of it, or all of it for a spreadsheet; and those of one legal person.

Bron: domein D column L; issue web application (contractmanager: contracts, provider page).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, Final, Literal, NamedTuple

import msgspec
import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import bladeren, houders, standkast, zoekwoord
from inkoop.services.bladeren import TELGRENS, Telling
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.services.zoekwoord import PATROON, WOORD
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask
from inkoop.storage.vraagdelen import split_vraag
from inkoop.storage.zoekdelen import CONTRACT, NAAM


class Contractvraag(msgspec.Struct, frozen=True, kw_only=True):
    """Which agreements: a word of name, number or KvK; procedure; status; last day at most; in which order."""

    zoek: str = ""
    procedure: str = ""
    status: str = ""
    eindigt_voor: date | None = None
    sortering: str = "nummer"


class Contractregel(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement in a list."""

    contractnummer: str
    aanbieder: str
    kvk: str
    procedure: str
    ronde: str
    percelen: tuple[str, ...]
    status: Overeenkomststatus
    ingang: date
    einddatum: date


SORTERINGEN: Mapping[str, Any] = {
    "nummer": (OvereenkomstRow.contractnummer,),
    "aanbieder": (func.lower(AanmeldingRow.naam), OvereenkomstRow.contractnummer),
    "einddatum": (OvereenkomstRow.einddatum, OvereenkomstRow.contractnummer),
    "ingang": (col(OvereenkomstRow.ingang).desc(), OvereenkomstRow.contractnummer),
}
"""How the list can be sorted, by the word in the address; an unknown word is `nummer`."""


def list_contracten(
    huis: Huis, door: Optreden, vraag: Contractvraag, vanaf: int = 0, aantal: int | None = None
) -> tuple[list[Contractregel], Telling]:
    """A page of the agreements, and how many there are in all; `aantal` None gives every one."""
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        filters, waarden = _read_filters(sessie, vraag)
        volgorde = vraag.sortering if vraag.sortering in SORTERINGEN else "nummer"
        grenzen = {"vanaf": vanaf, "aantal": NIET_TE_TELLEN if aantal is None else aantal}
        regels = _describe(sessie, ask(sessie, _vraag_regels(filters, volgorde), **waarden, **grenzen))
        if aantal is None or 0 < len(regels) < aantal or not (vanaf or regels):
            return regels, bladeren.make_telling(vanaf + len(regels), vanaf)
        ((geteld,),) = ask(sessie, _vraag_aantal(filters), **waarden, grens=vanaf + TELGRENS + 1)
        return regels, bladeren.make_telling(geteld, vanaf)


def list_namen(sessie: Session, woord: str, aantal: int) -> list[tuple[str, str]]:
    """Contract number and aanbieder of the first agreements by number that a word finds."""
    filters, waarden = _read_filters(sessie, Contractvraag(zoek=woord))
    rijen = ask(sessie, _vraag_regels(filters, "nummer"), **waarden, vanaf=0, aantal=aantal)
    return [(rij.contractnummer, rij.naam) for rij in rijen]


def list_van(sessie: Session, kvk: str) -> list[Contractregel]:
    """The agreements of one legal person, as single provider or penvoerder, by number."""
    return _describe(sessie, ask(sessie, _vraag_van(), kvk=kvk))


def list_procedures(sessie: Session) -> list[str]:
    """The names of the procedures that have agreements; looked up once for a state of the store."""

    def read() -> list[str]:
        vraag: Any = _verbind(select(ProcedureRow.naam).select_from(OvereenkomstRow)).distinct()
        return sorted(sessie.exec(vraag).all())

    return list(standkast.keep(sessie, "procedures met overeenkomsten", read))


NIET_TE_TELLEN: Final = 2**31 - 1
"""More than there are: a page without an end."""


class _Filters(NamedTuple):
    """Which conditions a question has; what they compare with is given when it is asked."""

    dialect: str
    woord: Literal["", "zeldzaam", "gewoon"]
    procedure: bool
    status: bool
    einde: bool


def _read_filters(sessie: Session, vraag: Contractvraag) -> tuple[_Filters, dict[str, Any]]:
    """Which conditions are asked for, and with what."""
    soort: Literal["", "zeldzaam", "gewoon"] = ""
    waarden: dict[str, Any] = {}
    if woord := vraag.zoek.strip():
        soort = "zeldzaam" if zoekwoord.is_zeldzaam(sessie, woord, NAAM, CONTRACT) else "gewoon"
        waarden |= zoekwoord.make_waarden(woord)
    if vraag.procedure:
        waarden["procedure"] = vraag.procedure
    if met_status := vraag.status in set(Overeenkomststatus):
        waarden["status"] = Overeenkomststatus(vraag.status)
    if vraag.eindigt_voor is not None:
        waarden["einde"] = vraag.eindigt_voor
    dialect = sessie.get_bind().dialect.name
    filters = _Filters(dialect, soort, bool(vraag.procedure), met_status, vraag.eindigt_voor is not None)
    return filters, waarden


@cache
def _vraag_regels(filters: _Filters, volgorde: str) -> Any:
    """A page of lines: the ids first, since what was agreed is long."""
    ids = _select_ids(filters)
    if volgorde == "aanbieder":
        ids = ids.join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
    ids = ids.order_by(*SORTERINGEN[volgorde]).offset(sa.bindparam("vanaf")).limit(sa.bindparam("aantal"))
    return _select_regels().where(col(OvereenkomstRow.id).in_(ids)).order_by(*SORTERINGEN[volgorde])


@cache
def _vraag_aantal(filters: _Filters) -> Any:
    return sa.select(func.count()).select_from(_select_ids(filters).limit(sa.bindparam("grens")).subquery())


@cache
def _vraag_van() -> Any:
    return _select_regels().where(AanmeldingRow.kvk == sa.bindparam("kvk")).order_by(OvereenkomstRow.contractnummer)


def _select_regels() -> Any:
    """What a line shows; of an aanmelding no more than that, since what was handed in is long."""
    rij = OvereenkomstRow
    rijen: Any = sa.select(rij.id, rij.contractnummer, rij.inhoud, rij.status, rij.ingang, rij.einddatum)  # type: ignore[call-overload]
    rijen = rijen.add_columns(AanmeldingRow.naam, AanmeldingRow.kvk, col(RondeRow.kenmerk).label("ronde"))
    return _verbind(rijen.add_columns(col(ProcedureRow.naam).label("procedure")))


def _verbind(vraag: Any) -> Any:
    """A question about agreements with their aanmelding, round and procedure at hand."""
    return (
        vraag.join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .join(ProcedureRow, col(ProcedureRow.id) == RondeRow.procedure_id)
    )


def _select_ids(filters: _Filters) -> Any:
    """The agreements that are asked for, by their ids."""
    rij: Any = OvereenkomstRow
    ids: Any = sa.select(rij.id)
    if filters.woord == "zeldzaam":
        ids = ids.where(rij.id.in_(_select_gevonden()))
    elif filters.woord == "gewoon":
        van: Any = sa.select(sa.literal(1)).where(
            AanmeldingRow.id == rij.aanmelding_id,
            bladeren.matches(filters.dialect, col(AanmeldingRow.naam), PATROON) | (AanmeldingRow.kvk == WOORD),
        )
        nummer = bladeren.matches(filters.dialect, rij.contractnummer, PATROON)
        ids = ids.where(van.correlate(OvereenkomstRow).exists() | nummer)
    if filters.procedure:
        van = sa.select(AanmeldingRow.id).join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)  # type: ignore[call-overload]
        van = van.join(ProcedureRow, col(ProcedureRow.id) == RondeRow.procedure_id)
        ids = ids.where(rij.aanmelding_id.in_(van.where(ProcedureRow.naam == sa.bindparam("procedure"))))
    if filters.status:
        ids = ids.where(rij.status == sa.bindparam("status", type_=rij.status.type))
    if filters.einde:
        ids = ids.where(rij.einddatum <= sa.bindparam("einde"))
    return ids


def _select_gevonden() -> Any:
    """The agreements that a word finds which few have: by name, by KvK number, by contract number."""
    rij: Any = OvereenkomstRow
    van = sa.select(rij.id).join(AanmeldingRow, col(AanmeldingRow.id) == rij.aanmelding_id)
    return van.where(col(AanmeldingRow.naam).in_(zoekwoord.select_sleutels(NAAM))).union_all(
        van.where(col(AanmeldingRow.kvk) == WOORD),
        sa.select(rij.id).where(rij.contractnummer.in_(zoekwoord.select_sleutels(CONTRACT))),
    )


def _describe(sessie: Session, rijen: Sequence[Any]) -> list[Contractregel]:
    """The lines of these agreements; what each offers is read in one question for many of them."""
    regels = []
    for deel in split_vraag(rijen):
        aanbod = houders.read_aanbod_van(sessie, {rij.id: rij.inhoud for rij in deel})
        regels += [
            Contractregel(
                contractnummer=rij.contractnummer,
                aanbieder=rij.naam,
                kvk=rij.kvk,
                procedure=rij.procedure,
                ronde=rij.ronde,
                percelen=tuple(sorted(aanbod[rij.id])),
                status=rij.status,
                ingang=rij.ingang,
                einddatum=rij.einddatum,
            )
            for rij in deel
        ]
    return regels
