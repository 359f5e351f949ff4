"""What was recorded about gemeenten that join: the requests, their acts, their notices and who must be told.

Bron: H19-45 (S4 6.2); E.5 `gemeente_aanhaak`.
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.gemeenteaanhaken import Aanhaakopgave
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.samenwerking import Gemeenteaanhaak
from inkoop.domain.verloop import LOPEND
from inkoop.services import procedures
from inkoop.services.huis import NietGevondenError
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.gemeenteaanhaak import AanhaakberichtRow, AanhaakhandelingRow, AanhaakverzoekRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow


def find_grens(jaar: int, regels: Gemeenteaanhaak) -> date:
    """The day of the procedure in a year: everything must be done before it."""
    return date.fromisoformat(f"{jaar}-{regels.voor}")


def list_overeenkomsten(
    sessie: Session, verzoek: AanhaakverzoekRow, regels: Gemeenteaanhaak
) -> list[tuple[OvereenkomstRow, AanmeldingRow]]:
    """The agreements that run before the day of the procedure, by number, each with its aanmelding."""
    grens = find_grens(verzoek.jaar, regels)
    vraag = (
        select(OvereenkomstRow, AanmeldingRow)
        .join(AanmeldingRow, AanmeldingRow.id == OvereenkomstRow.aanmelding_id)  # type: ignore[arg-type]
        .join(RondeRow, RondeRow.id == AanmeldingRow.ronde_id)  # type: ignore[arg-type]
        .where(
            RondeRow.procedure_id == verzoek.procedure_id,
            col(OvereenkomstRow.status).in_(LOPEND),
            OvereenkomstRow.ingang < grens,
            OvereenkomstRow.einddatum >= grens,
        )
        .order_by(OvereenkomstRow.contractnummer)
    )
    return list(sessie.exec(vraag).all())


def list_aanbieders(sessie: Session, verzoek: AanhaakverzoekRow, regels: Gemeenteaanhaak) -> dict[str, str]:
    """Who must be told: contract number to name, of the agreements that run before the day of the procedure."""
    return {rij.contractnummer: een.naam for rij, een in list_overeenkomsten(sessie, verzoek, regels)}


def list_verzoeken(sessie: Session, rij: ProcedureRow) -> list[AanhaakverzoekRow]:
    """Every request of a procedure, by year and gemeente."""
    vraag = select(AanhaakverzoekRow).where(AanhaakverzoekRow.procedure_id == rij.id)
    return list(sessie.exec(vraag.order_by(col(AanhaakverzoekRow.jaar), col(AanhaakverzoekRow.gemeente))))


def find_verzoek(sessie: Session, procedure: str, gemeente: str, jaar: int) -> AanhaakverzoekRow:
    """The request by name or code of the gemeente."""
    verzoeken = list_verzoeken(sessie, procedures.find_procedure(sessie, procedure))
    for verzoek in verzoeken:
        if verzoek.jaar == jaar and gemeente in (verzoek.gemeente, decode_opgave(verzoek).gemeente.naam):
            return verzoek
    raise NietGevondenError("Verzoek van", f"{gemeente} in {jaar}", [f"{v.gemeente} in {v.jaar}" for v in verzoeken])


def list_handelingen(sessie: Session, verzoek: AanhaakverzoekRow) -> list[AanhaakhandelingRow]:
    """The acts of the gemeente that were recorded."""
    return list(sessie.exec(select(AanhaakhandelingRow).where(AanhaakhandelingRow.verzoek_id == verzoek.id)))


def list_berichten(sessie: Session, verzoek: AanhaakverzoekRow) -> list[AanhaakberichtRow]:
    """The notices to providers that were recorded."""
    return list(sessie.exec(select(AanhaakberichtRow).where(AanhaakberichtRow.verzoek_id == verzoek.id)))


def decode_opgave(verzoek: AanhaakverzoekRow) -> Aanhaakopgave:
    """The gemeente of a request and what it chose."""
    return msgspec.json.decode(verzoek.opgave, type=Aanhaakopgave)


def require_regels(definitie: Proceduredefinitie) -> Gemeenteaanhaak:
    """When a gemeente may join; refused for a procedure that does not know this."""
    if definitie.gemeente_aanhaak is None:
        tekst = "Deze procedure kent geen gemeente-aanhaak: het blok 'gemeente_aanhaak' ontbreekt."
        raise BeletselenError("Dit kan in deze procedure niet.", [Beletsel("aanhaak-geen", tekst)])
    return definitie.gemeente_aanhaak
