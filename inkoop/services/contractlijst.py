"""Every agreement as a list to search in: a page of it, or all of it for a spreadsheet; and those of one legal person.

Bron: domein D column L; issue web application (contractmanager: contracts, provider page).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import houders
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow


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
) -> tuple[list[Contractregel], int]:
    """A page of the agreements, and how many there are in all; `aantal` None gives every one."""
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        filters = _list_filters(vraag)
        tellen = _verbind(select(func.count()).select_from(OvereenkomstRow)).where(*filters)
        totaal = sessie.exec(tellen).one()
        rijen: Any = select(OvereenkomstRow, AanmeldingRow, RondeRow.kenmerk, ProcedureRow.naam)
        rijen = _verbind(rijen).where(*filters)
        rijen = rijen.order_by(*SORTERINGEN.get(vraag.sortering, SORTERINGEN["nummer"])).offset(vanaf)
        gevonden = sessie.exec(rijen if aantal is None else rijen.limit(aantal)).all()
        return _describe(sessie, gevonden), totaal


def list_van(sessie: Session, kvk: str) -> list[Contractregel]:
    """The agreements of one legal person, as single provider or penvoerder, by number."""
    rijen: Any = select(OvereenkomstRow, AanmeldingRow, RondeRow.kenmerk, ProcedureRow.naam)
    rijen = _verbind(rijen).where(AanmeldingRow.kvk == kvk).order_by(OvereenkomstRow.contractnummer)
    return _describe(sessie, sessie.exec(rijen).all())


def list_procedures(sessie: Session) -> list[str]:
    """The names of the procedures that have agreements."""
    vraag: Any = _verbind(select(ProcedureRow.naam).select_from(OvereenkomstRow)).distinct()
    return sorted(sessie.exec(vraag).all())


def _verbind(vraag: Any) -> Any:
    """A question about agreements with their aanmelding, round and procedure at hand."""
    return (
        vraag.join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .join(ProcedureRow, col(ProcedureRow.id) == RondeRow.procedure_id)
    )


def _list_filters(vraag: Contractvraag) -> list[Any]:
    filters: list[Any] = []
    if woord := vraag.zoek.strip():
        filters.append(
            col(AanmeldingRow.naam).contains(woord, autoescape=True)
            | col(OvereenkomstRow.contractnummer).contains(woord, autoescape=True)
            | (col(AanmeldingRow.kvk) == woord)
        )
    if vraag.procedure:
        filters.append(ProcedureRow.naam == vraag.procedure)
    if vraag.status in set(Overeenkomststatus):
        filters.append(OvereenkomstRow.status == Overeenkomststatus(vraag.status))
    if vraag.eindigt_voor is not None:
        filters.append(col(OvereenkomstRow.einddatum) <= vraag.eindigt_voor)
    return filters


def _describe(sessie: Session, rijen: Sequence[tuple[OvereenkomstRow, AanmeldingRow, str, str]]) -> list[Contractregel]:
    """The lines of these agreements; what each offers is read in one question for every 500 of them."""
    regels = []
    for begin in range(0, len(rijen), 500):
        deel = rijen[begin : begin + 500]
        aanbod = houders.read_aanbod(sessie, [rij for rij, *_ in deel])
        regels += [
            Contractregel(
                contractnummer=rij.contractnummer,
                aanbieder=aanmelding.naam,
                kvk=aanmelding.kvk,
                procedure=procedure,
                ronde=ronde,
                percelen=tuple(sorted(aanbod[rij.id])),
                status=rij.status,
                ingang=rij.ingang,
                einddatum=rij.einddatum,
            )
            for rij, aanmelding, ronde, procedure in deel
        ]
    return regels
