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
from inkoop.services import bladeren, houders, standkast
from inkoop.services.bladeren import Telling
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vraagdelen import split_vraag


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
    huis: Huis, door: Optreden, vraag: Contractvraag, vanaf: int = 0, aantal: int | None = None, *, tel: bool = True
) -> tuple[list[Contractregel], Telling]:
    """A page of the agreements, and if `tel` how many there are in all; `aantal` None gives every one."""
    with lees(huis, door, Handeling.OVEREENKOMST_LEZEN) as sessie:
        volgorde = SORTERINGEN.get(vraag.sortering, SORTERINGEN["nummer"])
        ids = _select_ids(sessie, vraag)
        totaal = bladeren.count_tot(sessie, ids, vanaf) if tel else Telling(0)
        if volgorde is SORTERINGEN["aanbieder"]:
            ids = ids.join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        ids = ids.order_by(*volgorde).offset(vanaf)
        gekozen = ids if aantal is None else sessie.exec(ids.limit(aantal)).all()
        rijen = _select_regels().where(col(OvereenkomstRow.id).in_(gekozen)).order_by(*volgorde)
        return _describe(sessie, sessie.exec(rijen).all()), totaal


def list_van(sessie: Session, kvk: str) -> list[Contractregel]:
    """The agreements of one legal person, as single provider or penvoerder, by number."""
    rijen = _select_regels().where(AanmeldingRow.kvk == kvk).order_by(OvereenkomstRow.contractnummer)
    return _describe(sessie, sessie.exec(rijen).all())


def list_procedures(sessie: Session) -> list[str]:
    """The names of the procedures that have agreements; looked up once for a state of the store."""

    def read() -> list[str]:
        vraag: Any = _verbind(select(ProcedureRow.naam).select_from(OvereenkomstRow)).distinct()
        return sorted(sessie.exec(vraag).all())

    return list(standkast.keep(sessie, "procedures met overeenkomsten", read))


def _select_regels() -> Any:
    """What a line shows; of an aanmelding no more than that, since what was handed in is long."""
    rijen: Any = select(OvereenkomstRow, AanmeldingRow.naam, AanmeldingRow.kvk, RondeRow.kenmerk)
    return _verbind(rijen.add_columns(col(ProcedureRow.naam)))


def _verbind(vraag: Any) -> Any:
    """A question about agreements with their aanmelding, round and procedure at hand."""
    return (
        vraag.join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .join(ProcedureRow, col(ProcedureRow.id) == RondeRow.procedure_id)
    )


def _select_ids(sessie: Session, vraag: Contractvraag) -> Any:
    """The agreements that are asked for, by their ids."""
    ids: Any = select(OvereenkomstRow.id)
    if woord := vraag.zoek.strip():
        van: Any = select(AanmeldingRow.id).where(
            bladeren.holds(sessie, col(AanmeldingRow.naam), woord) | (col(AanmeldingRow.kvk) == woord)
        )
        ids = ids.where(
            col(OvereenkomstRow.aanmelding_id).in_(van)
            | bladeren.holds(sessie, col(OvereenkomstRow.contractnummer), woord)
        )
    if vraag.procedure:
        van = select(AanmeldingRow.id).join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        van = van.join(ProcedureRow, col(ProcedureRow.id) == RondeRow.procedure_id)
        ids = ids.where(col(OvereenkomstRow.aanmelding_id).in_(van.where(ProcedureRow.naam == vraag.procedure)))
    if vraag.status in set(Overeenkomststatus):
        ids = ids.where(OvereenkomstRow.status == Overeenkomststatus(vraag.status))
    if vraag.eindigt_voor is not None:
        ids = ids.where(col(OvereenkomstRow.einddatum) <= vraag.eindigt_voor)
    return ids


def _describe(sessie: Session, rijen: Sequence[tuple[OvereenkomstRow, str, str, str, str]]) -> list[Contractregel]:
    """The lines of these agreements; what each offers is read in one question for many of them."""
    regels = []
    for deel in split_vraag(rijen):
        aanbod = houders.read_aanbod(sessie, [rij for rij, *_ in deel])
        regels += [
            Contractregel(
                contractnummer=rij.contractnummer,
                aanbieder=naam,
                kvk=kvk,
                procedure=procedure,
                ronde=ronde,
                percelen=tuple(sorted(aanbod[rij.id])),
                status=rij.status,
                ingang=rij.ingang,
                einddatum=rij.einddatum,
            )
            for rij, naam, kvk, ronde, procedure in deel
        ]
    return regels
