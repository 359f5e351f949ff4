"""What an aanbieder sees of its own: its applications, also while they are sealed, and the letters it got.

Bron: domein D (aanmelding lezen: eigen); FE-8.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import LOPEND, Aanmeldingsstatus, Documentstatus, Herstelstatus, Overeenkomststatus
from inkoop.services import (
    contractlijst,
    documenten,
    getekendestukken,
    maatregelen,
    ondertekeningen,
    overeenkomsten,
    personen,
    procedures,
    verzegeling,
    vragen,
)
from inkoop.services.aanmeldingen import find_optioneel
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.huis import Huis, Optreden
from inkoop.services.rondes import find_ronde, lees
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.herstel import HerstelverzoekRow
from inkoop.storage.tabellen.inlichtingen import VraagRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.ondertekening import GetekendstukRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, Partijsoort
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.verzegeling import VerzegelingRow
from inkoop.storage.vraagdelen import ask_delen, name_waarden, split_vraag

UITGEGAAN = (Documentstatus.VERZONDEN, Documentstatus.GETEKEND)
"""What an aanbieder may read: what was sent to it."""

INTREKBAAR = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)


class Eigenregel(msgspec.Struct, frozen=True, kw_only=True):
    """One's own aanmelding in a list; `herstel_tot` while an answer is awaited."""

    kenmerk: str
    procedure: str
    ronde: str
    ontvangen_op: datetime
    status: Aanmeldingsstatus
    verzegeld: bool
    herstel_tot: datetime | None = None


class Openronde(msgspec.Struct, frozen=True, kw_only=True):
    """A round in which anybody can apply today."""

    procedure: str
    titel: str
    ronde: str
    sluiting: datetime


class Eigenzicht(msgspec.Struct, frozen=True, kw_only=True):
    """One's own aanmelding with what was sent about it and what is asked."""

    regel: Eigenregel
    documenten: tuple[DocumentRow, ...]
    intrekbaar: bool


def list_eigen(huis: Huis, door: Optreden) -> list[Eigenregel]:
    """Every aanmelding of whom this person acts for, the last first."""
    with lees(huis, door, Handeling.EIGEN_AANMELDING_LEZEN) as sessie:
        kvk = personen.find_kvk(sessie, door.wie)
        if kvk is None:
            return []
        rijen = list(sessie.exec(select(AanmeldingRow).where(AanmeldingRow.kvk == kvk)))
        rijen += _list_verzegeld(huis, sessie, kvk)
        regels = _read_regels(sessie, rijen)
    return sorted(regels, key=lambda regel: regel.ontvangen_op, reverse=True)


def _list_verzegeld(huis: Huis, sessie: Session, kvk: str) -> list[AanmeldingRow]:
    """One's own that is sealed: of each round that is not open yet, what bears one's mark in that round."""
    dicht = sessie.exec(select(RondeRow.id, RondeRow.kenmerk).where(col(RondeRow.geopend_op).is_(None))).all()
    merken = huis.sleutels.list_merken([kenmerk for _, kenmerk in dicht], kvk)
    van_ronde = {merk: id_ for merk, (id_, _) in zip(merken, dicht, strict=True)}
    rijen = []
    for deel in split_vraag(merken):
        vraag = (
            select(VerzegelingRow.kenteken, AanmeldingRow)
            .join(AanmeldingRow, col(AanmeldingRow.id) == VerzegelingRow.aanmelding_id)
            .where(col(VerzegelingRow.kenteken).in_(deel), AanmeldingRow.kvk != kvk)
        )
        rijen += [rij for kenteken, rij in sessie.exec(vraag) if rij.ronde_id == van_ronde[kenteken]]
    return rijen


def _read_regels(sessie: Session, rijen: Sequence[AanmeldingRow]) -> list[Eigenregel]:
    """The lines of these aanmeldingen, with a question for each kind of record."""
    rondes = {een.id: een for een in ask_delen(sessie, _build_rondes(), list({rij.ronde_id for rij in rijen}))}
    titels = {
        een.id: procedures.decode_definitie(een).titel
        for een in ask_delen(sessie, _build_procedures(), list({een.procedure_id for een in rondes.values()}))
    }
    herstel_tot = {
        een.aanmelding_id: een.uiterlijk
        for een in ask_delen(sessie, _build_verzoeken(), [rij.id for rij in rijen])
        if een.status is Herstelstatus.VERZONDEN
    }
    return [
        Eigenregel(
            kenmerk=rij.kenmerk,
            procedure=titels[ronde.procedure_id],
            ronde=ronde.kenmerk,
            ontvangen_op=rij.ontvangen_op,
            status=rij.status,
            verzegeld=ronde.geopend_op is None,
            herstel_tot=herstel_tot.get(rij.id),
        )
        for rij, ronde in ((rij, rondes[rij.ronde_id]) for rij in rijen)
    ]


@cache
def _build_rondes() -> Any:
    return select(RondeRow).where(name_waarden(RondeRow.id))


@cache
def _build_procedures() -> Any:
    return select(ProcedureRow).where(name_waarden(ProcedureRow.id))


@cache
def _build_verzoeken() -> Any:
    return select(HerstelverzoekRow).where(name_waarden(HerstelverzoekRow.aanmelding_id))


@cache
def _build_op_naam() -> Any:
    return select(ProcedureRow).where(name_waarden(ProcedureRow.naam))


class Eigencontract(msgspec.Struct, frozen=True, kw_only=True):
    """One's own agreement that runs; `rapporteren` when the talk about a quarter can be recorded."""

    contractnummer: str
    procedure: str
    einddatum: date
    rapporteren: bool
    maatregelen: tuple[MaatregelRow, ...]


def list_contracten(huis: Huis, door: Optreden) -> list[Eigencontract]:
    """One's own agreements that run, with the measures of which one was sent the intention."""
    with lees(huis, door, Handeling.EIGEN_AANMELDING_LEZEN) as sessie:
        kvk = personen.find_kvk(sessie, door.wie)
        if kvk is None:
            return []
        lopend = [regel for regel in contractlijst.list_van(sessie, kvk) if regel.status in LOPEND]
        if not lopend:
            return []
        eigen = maatregelen.list_eigen(sessie, kvk)
        definities = {
            een.naam: procedures.decode_definitie(een)
            for een in ask_delen(sessie, _build_op_naam(), list({regel.procedure for regel in lopend}))
        }
        contracten = []
        for regel in lopend:
            definitie = definities[regel.procedure]
            contracten.append(
                Eigencontract(
                    contractnummer=regel.contractnummer,
                    procedure=definitie.titel,
                    einddatum=regel.einddatum,
                    rapporteren=regel.status is Overeenkomststatus.ACTIEF and bool(definitie.contract.kwartaalthemas),
                    maatregelen=tuple(een for een in eigen if een.contractnummer == regel.contractnummer),
                )
            )
    return contracten


def find_eigen(huis: Huis, door: Optreden, kenmerk: str) -> Eigenzicht | None:
    """One's own aanmelding; None when it is not there or somebody else's: which of the two is not said."""
    with lees(huis, door, Handeling.EIGEN_AANMELDING_LEZEN) as sessie:
        rij = find_rij(huis, sessie, door, kenmerk)
        if rij is None:
            return None
        stukken = [d for d in documenten.list_documenten(sessie, onderwerp=kenmerk) if d.status in UITGEGAAN]
        (regel,) = _read_regels(sessie, [rij])
    return Eigenzicht(regel=regel, documenten=tuple(stukken), intrekbaar=rij.status in INTREKBAAR)


def find_rij(huis: Huis, sessie: Session, door: Optreden, kenmerk: str) -> AanmeldingRow | None:
    """The record of one's own aanmelding; None when it is not there or somebody else's."""
    rij = find_optioneel(sessie, kenmerk)
    return rij if rij is not None and verzegeling.is_eigen(huis, sessie, rij, door) else None


class Tekenbevoegd(msgspec.Struct, frozen=True, kw_only=True):
    """Who may sign for a party of an aanmelding; `getekend`: did so already."""

    naam: str
    functie: str
    namens: str
    gezamenlijk: bool
    getekend: bool

    @property
    def keuze(self) -> str:
        """This person for this party: one person may sign for more than one party."""
        return f"{self.naam} namens {self.namens}"


class Tekenzicht(msgspec.Struct, frozen=True, kw_only=True):
    """An agreement or addendum that waits for a signature of an aanbieder; `pdf_sha256` is the text offered.

    `ingeleverd` are the signed copies that came in for one's own side.
    """

    nummer: str
    titel: str
    pdf_sha256: str
    tekenbevoegden: tuple[Tekenbevoegd, ...]
    is_addendum: bool = False
    ingeleverd: tuple[GetekendstukRow, ...] = ()


def list_tekenen(huis: Huis, door: Optreden, kenmerk: str) -> list[Tekenzicht]:
    """What of one's own aanmelding waits for a signature, and who may set it."""
    with lees(huis, door, Handeling.EIGEN_AANMELDING_LEZEN) as sessie:
        rij = find_rij(huis, sessie, door, kenmerk)
        overeenkomst = None if rij is None else overeenkomsten.find_by_aanmelding(sessie, rij)
        if rij is None or overeenkomst is None:
            return []
        addenda = sessie.exec(select(AddendumRow).where(AddendumRow.overeenkomst_id == overeenkomst.id)).all()
        te_tekenen = [(overeenkomst.contractnummer, overeenkomst.status), *((a.nummer, a.status) for a in addenda)]
        nummers = [nummer for nummer, status in te_tekenen if status is Overeenkomststatus.TER_ONDERTEKENING]
        if not nummers:
            return []
        zaak = load_zaak(sessie, huis.feestdagen, rij)
        gevonden = []
        for nummer in nummers:
            document = overeenkomsten.find_contractdocument(sessie, nummer)
            gezet = ondertekeningen.list_getekend(sessie, zaak, document)
            gevonden.append(
                Tekenzicht(
                    nummer=nummer,
                    titel=document.titel,
                    pdf_sha256=document.pdf_sha256 or "",
                    is_addendum=nummer != overeenkomst.contractnummer,
                    ingeleverd=tuple(
                        een
                        for een in getekendestukken.list_stukken(sessie, document)
                        if een.partij is Partijsoort.AANBIEDER
                    ),
                    tekenbevoegden=tuple(
                        Tekenbevoegd(
                            naam=een.naam,
                            functie=een.functie,
                            namens=lid,
                            gezamenlijk=een.wijze is Tekenwijze.GEZAMENLIJK,
                            getekend=(lid, een.naam) in gezet,
                        )
                        for lid, bevoegden in ondertekeningen.list_bevoegden(sessie, zaak).items()
                        for een in bevoegden
                    ),
                )
            )
    return gevonden


def list_vragen(huis: Huis, door: Optreden, ronde: str) -> list[VraagRow]:
    """The questions about a round that were asked by somebody who acts for the same aanbieder."""
    with lees(huis, door, Handeling.EIGEN_AANMELDING_LEZEN) as sessie:
        kvk = personen.find_kvk(sessie, door.wie)
        if kvk is None:
            return []
        collegas = sessie.exec(select(PersoonRow.id).where(PersoonRow.kvk == kvk)).all()
        gesteld = select(AuditRow.onderwerp).where(
            AuditRow.handeling == Handeling.VRAAG_STELLEN, col(AuditRow.persoon).in_(collegas)
        )
        eigen = set(sessie.exec(gesteld))
        return [vraag for vraag in vragen.list_vragen(sessie, find_ronde(sessie, ronde).id) if vraag.kenmerk in eigen]


def list_open(huis: Huis, door: Optreden) -> list[Openronde]:
    """The rounds that are open today, the first to close first."""
    vandaag: date = local_date(door.nu)
    with lees(huis, door, Handeling.EIGEN_AANMELDING_LEZEN) as sessie:
        vraag = (
            select(ProcedureRow, RondeRow)
            .join(RondeRow, col(RondeRow.procedure_id) == ProcedureRow.id)
            .where(RondeRow.opening <= vandaag, RondeRow.sluiting >= door.nu)
            .order_by(col(RondeRow.sluiting))
        )
        return [
            Openronde(
                procedure=procedure.naam,
                titel=procedures.decode_definitie(procedure).titel,
                ronde=ronde.kenmerk,
                sluiting=ronde.sluiting,
            )
            for procedure, ronde in sessie.exec(vraag)
        ]
