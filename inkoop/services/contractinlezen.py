"""Taking in running contracts of before the system: first what would happen, then the same is done.

A contract of the procedure becomes an agreement like any other, under an aanmelding of a round that was over
(`historisch`): it is extended, changed, reported on and shown with the rest. An older contract is kept to be
guarded. Each contract is taken in in a transaction of its own, once however often the table is read.

Bron: M20-03, M20-05, H19-41, H19-43; C.17; docs/handleiding/contract.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from inkoop.domain.aanmelding import Aanmeldingsopgave, Ondernemer, Tekenbevoegde, Tekenwijze
from inkoop.domain.bestaandcontract import (
    Bestaandcontract,
    check_bestaandcontract,
    list_inhoud,
)
from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError
from inkoop.domain.kalender import local_date
from inkoop.domain.overeenkomstdelen import end_of_voorganger
from inkoop.domain.procedure import Fase, Proceduredefinitie, Rondedefinitie
from inkoop.domain.tarief import tarieftabel_op
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.domain.verloop import Aanmeldingsstatus, Overeenkomststatus
from inkoop.services import contractnummers, implementatie, overeenkomsten, procedures, rondes, verlengingen
from inkoop.services.contracttabel import Contractblok, Contracttabel, hash_contract, read_blokken
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bestaandcontract import ContractnummerRow, OuderContractRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tellers import next_nummer

_GEEINDIGD = (Overeenkomststatus.BEEINDIGD, Overeenkomststatus.VERVALLEN)


class Contractoordeel(StrEnum):
    """What happens to a contract in a table: taken in, there already, or refused."""

    NIEUW = "nieuw"
    AL_INGELEZEN = "al_ingelezen"
    GEWEIGERD = "geweigerd"


class Contractregel(msgspec.Struct, frozen=True, kw_only=True):
    """A contract of a table and what it comes to; `redenen` when it is refused."""

    rijen: tuple[int, ...]
    contractnummer: str
    aanbieder: str
    oordeel: Contractoordeel
    ingang: date | None = None
    einddatum: date | None = None
    redenen: tuple[str, ...] = ()


def import_contracten(
    huis: Huis, door: Optreden, procedure: str, tabel: Contracttabel, *, voer_uit: bool
) -> tuple[Contractregel, ...]:
    """What each contract of a table comes to, in order; taken in only with `voer_uit`.

    What is refused stands in no way of the others. Raises BeletselenError when nothing can be taken in at all: the
    procedure is not published, or a column is missing.
    """
    require_toegang(door.persoon, door.rol, Handeling.CONTRACT_INLEZEN)
    with huis.winkel.lezen() as sessie:
        if procedures.find_procedure(sessie, procedure).gepubliceerd_op is None:
            tekst = "De procedure is nog niet gepubliceerd. Publiceer haar eerst; dan zijn er rondes."
            raise BeletselenError("Er kunnen nog geen contracten worden ingelezen.", [Beletsel("publiceren", tekst)])
    eerder: list[Bestaandcontract] = []
    verslag = []
    for blok in read_blokken(tabel):
        verslag.append(_process(huis, door, procedure, tabel, blok, eerder, voer_uit=voer_uit))
        if blok.contract is not None and verslag[-1].oordeel is Contractoordeel.NIEUW:
            eerder.append(blok.contract)
    return tuple(verslag)


def _process(
    huis: Huis,
    door: Optreden,
    procedure: str,
    tabel: Contracttabel,
    blok: Contractblok,
    eerder: Iterable[Bestaandcontract],
    *,
    voer_uit: bool,
) -> Contractregel:
    def conclude(oordeel: Contractoordeel, redenen: Iterable[str] = (), einde: date | None = None) -> Contractregel:
        return Contractregel(
            rijen=blok.rijen,
            contractnummer=blok.contractnummer,
            aanbieder=blok.naam,
            oordeel=oordeel,
            ingang=None if blok.contract is None else blok.contract.ingang,
            einddatum=einde,
            redenen=tuple(redenen),
        )

    contract = blok.contract
    if contract is None:
        return conclude(Contractoordeel.GEWEIGERD, blok.redenen)
    with huis.winkel.lezen() as sessie:
        if _is_ingelezen(sessie, contract):
            return conclude(Contractoordeel.AL_INGELEZEN)
        rij = procedures.find_procedure(sessie, procedure)
        redenen = [b.tekst for b in _check(sessie, rij, contract, eerder, local_date(door.nu))]
        einde = _find_einddatum(sessie, rij, contract, local_date(door.nu))
    if redenen:
        waar = f"rij {', '.join(str(nummer) for nummer in blok.rijen)}"
        return conclude(Contractoordeel.GEWEIGERD, [f"{waar}: {reden}" for reden in redenen], einde)
    if voer_uit:
        try:
            _take_in(huis, door, procedure, tabel, contract)
        except (IntegrityError, InkoopError):
            with huis.winkel.lezen() as sessie:
                if _is_ingelezen(sessie, contract):
                    return conclude(Contractoordeel.AL_INGELEZEN, einde=einde)
            raise
    return conclude(Contractoordeel.NIEUW, einde=einde)


def _is_ingelezen(sessie: Session, contract: Bestaandcontract) -> bool:
    bezet = contractnummers.find(sessie, contract.contractnummer)
    return bezet is not None and bezet.inhoudhash == hash_contract(contract)


def _check(
    sessie: Session, rij: ProcedureRow, contract: Bestaandcontract, eerder: Iterable[Bestaandcontract], op: date
) -> list[Beletsel]:
    """Every reason why a contract is refused: by the rules, by its number, by what there is already."""
    definitie = procedures.decode_definitie(rij)
    einde = _find_einddatum(sessie, rij, contract, op) or contract.einddatum or op
    beletselen = check_bestaandcontract(definitie, contract, einddatum=einde, op=op)
    if (bezet := contractnummers.find(sessie, contract.contractnummer)) is not None and bezet.inhoudhash is not None:
        tekst = (
            f"{contract.contractnummer} is al ingelezen met een andere inhoud; leg een wijziging vast in een addendum"
        )
        beletselen.append(Beletsel("contract-anders", tekst))
    elif contractnummers.is_bezet(sessie, contract.contractnummer):
        tekst = f"contractnummer {contract.contractnummer} is al uitgegeven en wordt nooit opnieuw gebruikt"
        beletselen.append(Beletsel("contractnummer-bezet", tekst))
    if contract.voorganger is not None:
        return beletselen
    if _find_ronde(definitie, contract.ingang) is None:
        tekst = (
            "de procedure heeft geen ronde met 'historisch: ja' die op of voor de ingang van dit contract inging; daar "
            "horen contracten van voor dit programma bij"
        )
        beletselen.append(Beletsel("geen-ronde", tekst))
    if not any(b.code in {"perceel", "product"} for b in beletselen):
        beletselen += _check_dubbel(sessie, rij, definitie, contract, eerder)
    return beletselen


def _check_dubbel(
    sessie: Session,
    rij: ProcedureRow,
    definitie: Proceduredefinitie,
    contract: Bestaandcontract,
    eerder: Iterable[Bestaandcontract],
) -> Iterable[Beletsel]:
    """One provider has one running contract for a product of a procedure (H19-49: one offer, one contract)."""
    eigen = {code for codes in list_inhoud(definitie, contract).values() for code in codes}
    lopend = [
        (een.contractnummer, {code for codes in list_inhoud(definitie, een).values() for code in codes})
        for een in eerder
        if een.voorganger is None and een.kvk == contract.kvk
    ]
    vraag = (
        select(OvereenkomstRow)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(
            RondeRow.procedure_id == rij.id,
            AanmeldingRow.kvk == contract.kvk,
            col(OvereenkomstRow.status).not_in(_GEEINDIGD),
        )
    )
    lopend += [
        (een.contractnummer, {code for codes in overeenkomsten.decode_inhoud(een).producten.values() for code in codes})
        for een in sessie.exec(vraag)
    ]
    for nummer, producten in lopend:
        if beide := sorted(eigen & producten):
            tekst = f"KvK {contract.kvk} heeft voor {', '.join(beide)} al contract {nummer}"
            yield Beletsel("contract-dubbel", tekst)


def _find_ronde(definitie: Proceduredefinitie, ingang: date) -> Rondedefinitie | None:
    """The round of before the system to which a contract belongs: the last one that began by then."""
    geweest = [r for r in definitie.instroom.rondes if r.historisch and r.ingang <= ingang]
    return max(geweest, key=lambda ronde: ronde.ingang, default=None)


def _find_einddatum(sessie: Session, rij: ProcedureRow, contract: Bestaandcontract, op: date) -> date | None:
    """The end date by the rules; None when its voorganger is not known."""
    if contract.voorganger is None:
        return verlengingen.find_einddatum(sessie, rij.id, op)
    bekend = {een.code: een for een in procedures.decode_definitie(rij).voorgangers}
    if contract.voorganger not in bekend:
        return None
    return contract.einddatum or end_of_voorganger(bekend[contract.voorganger])


def _take_in(huis: Huis, door: Optreden, procedure: str, tabel: Contracttabel, contract: Bestaandcontract) -> None:
    with handel(huis, door, Handeling.CONTRACT_INLEZEN) as eenheid:
        sessie = eenheid.sessie
        rij = procedures.find_procedure(sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        if beletselen := _check(sessie, rij, contract, (), local_date(door.nu)):
            raise BeletselenError(f"Contract {contract.contractnummer} kan niet worden ingelezen.", beletselen)
        contractnummers.take(
            sessie,
            ContractnummerRow(
                nummer=contract.contractnummer,
                procedure_id=rij.id,
                op=door.nu,
                inhoudhash=hash_contract(contract),
                exporthash=tabel.hash,
            ),
            definitie,
        )
        if contract.voorganger is None:
            _add_overeenkomst(huis, eenheid, door, rij, definitie, contract)
        else:
            sessie.add(
                OuderContractRow(
                    id=huis.nieuw_id(),
                    procedure_id=rij.id,
                    contractnummer=contract.contractnummer,
                    voorganger=contract.voorganger,
                    naam=contract.naam,
                    kvk=contract.kvk,
                    ingang=contract.ingang,
                    einddatum=_find_einddatum(sessie, rij, contract, local_date(door.nu)) or contract.ingang,
                    inhoud=msgspec.json.encode(contract).decode(),
                )
            )
        eenheid.audit(
            Handeling.CONTRACT_INLEZEN,
            contract.contractnummer,
            naar="ingelezen",
            gegevens={"procedure": procedure, "ingang": contract.ingang, "bestand": tabel.hash},
        )


def _add_overeenkomst(
    huis: Huis,
    eenheid: Eenheid,
    door: Optreden,
    rij: ProcedureRow,
    definitie: Proceduredefinitie,
    contract: Bestaandcontract,
) -> None:
    sessie = eenheid.sessie
    ronde = _find_ronde(definitie, contract.ingang)
    if ronde is None:
        raise LookupError("the round was checked before")
    ronderij = rondes.find_ronde(sessie, ronde.kenmerk)
    if ronderij.fase is not Fase.IMPLEMENTEREN:
        eenheid.audit(
            Handeling.CONTRACT_INLEZEN,
            ronde.kenmerk,
            van=ronderij.fase,
            naar=Fase.IMPLEMENTEREN,
            reden="de ronde was voorbij voordat het programma in gebruik kwam",
        )
        ronderij.fase = Fase.IMPLEMENTEREN
        sessie.add(ronderij)
    opgave = _make_opgave(contract)
    aanmelding = AanmeldingRow(
        id=huis.nieuw_id(),
        ronde_id=ronderij.id,
        kenmerk=f"{ronde.kenmerk}-A{next_nummer(sessie, f'aanmelding:{ronde.kenmerk}'):03d}",
        naam=contract.naam,
        kvk=contract.kvk,
        ontvangen_op=ronderij.sluiting,
        status=Aanmeldingsstatus.BESLOTEN,
        opgave=msgspec.json.encode(opgave).decode(),
    )
    sessie.add(aanmelding)
    sessie.flush()
    loopt = contract.ingang <= local_date(door.nu)
    overeenkomst = OvereenkomstRow(
        id=huis.nieuw_id(),
        aanmelding_id=aanmelding.id,
        contractnummer=contract.contractnummer,
        status=Overeenkomststatus.ACTIEF if loopt else Overeenkomststatus.GETEKEND,
        inhoud=msgspec.json.encode(
            overeenkomsten.Inhoud(
                producten=list_inhoud(definitie, contract),
                tarieftabel=tarieftabel_op(definitie, contract.ingang).versie,
                getekend_op=contract.getekend_op,
            )
        ).decode(),
        ingang=contract.ingang,
        einddatum=verlengingen.find_einddatum(sessie, rij.id, local_date(door.nu)),
        opgesteld_door=door.wie,
        geactiveerd_op=door.nu if loopt else None,
    )
    sessie.add(overeenkomst)
    sessie.flush()
    if loopt:
        implementatie.add_catalogus(huis, eenheid, overeenkomst)


def _make_opgave(contract: Bestaandcontract) -> Aanmeldingsopgave:
    return Aanmeldingsopgave(
        naam=contract.naam,
        leden=tuple(
            Ondernemer(
                id=f"lid{nummer}",
                rol=een.rol,
                naam=een.naam,
                rechtsvorm=een.rechtsvorm,
                kvk=een.kvk,
                adres=een.adres,
                postcode=een.postcode,
                plaats=een.plaats,
                email=een.email,
                tekenbevoegde=Tekenbevoegde(naam=een.tekenbevoegde, functie=een.functie, wijze=Tekenwijze.ALLEEN),
            )
            for nummer, een in enumerate(contract.partijen, start=1)
        ),
        percelen=contract.percelen,
        producten=contract.producten,
        specialisme=contract.specialisme,
        werkgebied=contract.werkgebied,
    )


def list_oudere(sessie: Session, procedure_id: object = None) -> list[OuderContractRow]:
    """Older contracts that are guarded, by number; of one procedure when it is named."""
    vraag = select(OuderContractRow).order_by(col(OuderContractRow.contractnummer))
    if procedure_id is not None:
        vraag = vraag.where(OuderContractRow.procedure_id == procedure_id)
    return list(sessie.exec(vraag))
