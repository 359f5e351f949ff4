"""Signatures: who signed which text for whom, on what ground, on which day, and in which order.

The text is that which was offered, or a signed copy of it that was verified (services/getekendestukken).

Bron: domein B.3.4, D (contract tekenen), FE-4, FE-5; C.17.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec
from sqlmodel import Session, select

from inkoop.domain.aanmelding import PARTIJEN, Ondernemer
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.mandaat import Onderwerp, check_mandaat, list_mandaten
from inkoop.domain.ondertekening import (
    STANDAARDVOLGORDE,
    Bevoegdetekenaar,
    Tekenvolgorde,
    check_bevoegd,
    check_volgorde,
    find_bevoegden,
    list_onvolledig,
    read_namens,
    read_partijen,
)
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling, check_vier_ogen
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import aanmeldingen, addenda, documenten, geschillen, onderdelen, overeenkomsten, personen
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden, handel, list_eerdere
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.ondertekening import TekenbevoegdheidRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OndertekeningRow, OvereenkomstRow, Partijsoort

GEMEENTEN = "de gemeenten"
"""How the side of the gemeenten is named in a list of who still has to sign."""


class Handtekening(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded about one signature. `namens` are the gemeenten, or the legal person."""

    partij: Partijsoort
    naam: str
    functie: str
    namens: str
    getekend_op: date


class Tekendossier(msgspec.Struct, frozen=True, kw_only=True):
    """What a signature is judged by, loaded once: the agreement or addendum, its document, the aanmelding."""

    nummer: str
    rij: OvereenkomstRow | AddendumRow
    document: DocumentRow
    zaak: Zaak


def register_ondertekening(
    huis: Huis,
    door: Optreden,
    nummer: str,
    *,
    partij: Partijsoort,
    naam: str,
    functie: str,
    namens: str,
    getekend_op: date,
    document_sha256: str,
) -> bool:
    """Record one signature on the offered text; whether the document is now signed by everybody.

    Refused with every reason: another text than what was offered, a signer without mandate and
    volmacht on the day of signing (FE-5) or who may not sign for the aanbieder, out of turn, too late, too early.
    """
    handtekening = Handtekening(partij=partij, naam=naam, functie=functie, namens=namens, getekend_op=getekend_op)
    with handel(huis, door, Handeling.ONDERTEKENING_REGISTREREN) as eenheid:
        dossier = load_dossier(huis, eenheid.sessie, nummer)
        beletselen = check_ondertekening(eenheid.sessie, door, dossier, handtekening)
        if document_sha256 not in (dossier.document.pdf_sha256, dossier.document.docx_sha256):
            pdf = str(dossier.document.pdf_sha256)[:12]
            tekst = f"De getekende tekst is niet de tekst die is aangeboden (pdf {pdf})."
            beletselen.append(Beletsel("andere-tekst", tekst))
        if beletselen:
            raise BeletselenError(f"De ondertekening van {nummer} kan niet worden geregistreerd.", beletselen)
        _, compleet = add_ondertekening(huis, eenheid, door, dossier, handtekening, document_sha256)
    return compleet


def load_dossier(huis: Huis, sessie: Session, nummer: str) -> Tekendossier:
    """What a signature on an agreement or addendum is judged by."""
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
    document = overeenkomsten.find_contractdocument(sessie, nummer)
    return Tekendossier(nummer=nummer, rij=rij, document=document, zaak=zaak)


def check_ondertekening(
    sessie: Session, door: Optreden, dossier: Tekendossier, handtekening: Handtekening
) -> list[Beletsel]:
    """Every reason why this signature does not count; raises GeenToegangError for another aanbieder's agreement."""
    zaak, rij, partij, op = dossier.zaak, dossier.rij, handtekening.partij, handtekening.getekend_op
    aanmeldingen.require_namens(sessie, door, zaak.rij)
    beletselen = []
    if door.rol is Rol.AANBIEDER and partij is not Partijsoort.AANBIEDER:
        beletselen.append(Beletsel("partij", "U kunt alleen voor de aanbieder een ondertekening vastleggen."))
    if rij.status is not Overeenkomststatus.TER_ONDERTEKENING:
        tekst = f"{dossier.nummer} ligt niet ter ondertekening (status: {rij.status})."
        beletselen.append(Beletsel("status", tekst))
    beletselen += _check_datum(rij, zaak, op, local_date(door.nu))
    if isinstance(rij, OvereenkomstRow):
        percelen = list(overeenkomsten.decode_inhoud(rij).producten)
        beletselen += onderdelen.check_compleet(sessie, rij, dossier.document)
        beletselen += geschillen.check_vrij(sessie, zaak.ronderij, percelen, op)
    beletselen += _check_tekenaar(sessie, dossier, handtekening)
    beletselen += _check_beurt(sessie, dossier, handtekening)
    voor = list_namens(zaak, partij, handtekening.namens)
    for teken in list_ondertekeningen(sessie, dossier.document):
        dubbel = teken.partij is partij and teken.naam == handtekening.naam
        if dubbel and voor & list_namens(zaak, teken.partij, teken.namens):
            tekst = f"{handtekening.naam} heeft {dossier.nummer} al getekend namens {teken.namens}."
            beletselen.append(Beletsel("dubbel", tekst))
    return beletselen


def list_namens(zaak: Zaak, partij: Partijsoort, tekst: str) -> frozenset[str]:
    """For whom a signature counts: codes of gemeenten, or names of legal persons of the aanbieder.

    What was registered before these were read counts for all of its side.
    """
    if partij is Partijsoort.GEMEENTEN:
        gemeenten = _name_gemeenten(zaak)
        codes = read_namens(tekst, gemeenten)
        return frozenset(gemeenten if isinstance(codes, Beletsel) else codes)
    partijen = [lid.naam for lid in list_partijen(zaak)]
    namen = read_partijen(tekst, partijen)
    return frozenset(partijen if isinstance(namen, Beletsel) else namen)


def add_ondertekening(
    huis: Huis,
    eenheid: Eenheid,
    door: Optreden,
    dossier: Tekendossier,
    handtekening: Handtekening,
    document_sha256: str,
) -> tuple[OndertekeningRow, bool]:
    """Record a signature that was checked; the record, and whether everybody has signed now."""
    sessie, document = eenheid.sessie, dossier.document
    rij = OndertekeningRow(
        id=huis.nieuw_id(),
        document_id=document.id,
        partij=handtekening.partij,
        namens=handtekening.namens,
        naam=handtekening.naam,
        functie=handtekening.functie,
        grondslag=_find_grondslag(sessie, dossier, handtekening),
        getekend_op=handtekening.getekend_op,
        document_sha256=document_sha256,
        geregistreerd_door=door.wie,
        geregistreerd_op=door.nu,
    )
    sessie.add(rij)
    sessie.flush()
    eenheid.audit(
        Handeling.ONDERTEKENING_REGISTREREN,
        dossier.nummer,
        naar="getekend",
        gegevens={
            "partij": handtekening.partij,
            "namens": handtekening.namens,
            "op": handtekening.getekend_op,
            "document": document_sha256,
        },
    )
    if _list_ontbrekend(sessie, dossier.zaak, document, dossier.rij.ingang):
        return rij, False
    overeenkomsten.change(
        eenheid, dossier.nummer, dossier.rij, Overeenkomststatus.GETEKEND, Handeling.ONDERTEKENING_REGISTREREN
    )
    documenten.mark_getekend(eenheid, document)
    if isinstance(dossier.rij, OvereenkomstRow):
        # The agreement names each part with its kenmerk: who signed it, signed these.
        for onderdeel in onderdelen.list_documenten(sessie, dossier.nummer):
            documenten.mark_getekend(eenheid, onderdeel)
    return rij, True


def _check_datum(rij: OvereenkomstRow | AddendumRow, zaak: Zaak, op: date, vandaag: date) -> list[Beletsel]:
    beletselen = []
    if op > vandaag:
        beletselen.append(Beletsel("toekomst", "De datum van ondertekening ligt in de toekomst."))
    if isinstance(rij, OvereenkomstRow) and op > zaak.ronde.tekenen:
        tekst = f"Tekenen kan uiterlijk op {format_dag(zaak.ronde.tekenen)}; er is getekend op {format_dag(op)}."
        beletselen.append(Beletsel("te-laat", tekst))
    if isinstance(rij, AddendumRow):
        uiterlijk = addenda.end_of_addendum(zaak.definitie.contract.addendumcyclus, rij)
        if op > uiterlijk:
            tekst = (
                f"Een addendum dat ingaat op {format_dag(rij.ingang)} tekent u uiterlijk op {format_dag(uiterlijk)}; "
                f"er is getekend op {format_dag(op)}. Het vervalt voor deze cyclus; de overeenkomst blijft gelijk."
            )
            beletselen.append(Beletsel("addendum-te-laat", tekst))
    return beletselen


def _check_tekenaar(sessie: Session, dossier: Tekendossier, handtekening: Handtekening) -> list[Beletsel]:
    """Whether this person may sign for this side on that day, for who takes part when it comes into force."""
    zaak, naam, functie, op = dossier.zaak, handtekening.naam, handtekening.functie, handtekening.getekend_op
    if handtekening.partij is Partijsoort.AANBIEDER:
        bevoegden = list_bevoegden(sessie, zaak)
        partijen = read_partijen(handtekening.namens, list(bevoegden))
        if isinstance(partijen, Beletsel):
            return [partijen]
        return [beletsel for lid in partijen for beletsel in check_bevoegd({lid: bevoegden[lid]}, naam, op)]
    namens = read_namens(handtekening.namens, _name_gemeenten(zaak))
    if isinstance(namens, Beletsel):
        beletselen = [namens]
    else:
        deelnemers = {gemeente.code for gemeente in zaak.definitie.gemeenten_op(dossier.rij.ingang)}
        beletselen = check_mandaat(
            zaak.definitie.mandaten,
            functie=functie,
            onderwerp=Onderwerp.ONDERTEKENEN,
            namens=[code for code in namens if code in deelnemers],
            op=op,
            tekenen=True,
        )
    tekenaar = next((p for p in personen.list_in(sessie) if p.naam == naam and Rol.GEMANDATEERDE in p.rollen), None)
    if tekenaar is None or tekenaar.functie != functie:
        beletselen.append(
            Beletsel("gemandateerde", f"{naam} is niet bekend als gemandateerde met de functie {functie}.")
        )
        return beletselen
    eerdere = list_eerdere(sessie, zaak.rij.kenmerk)
    return [*beletselen, *check_vier_ogen(Handeling.OVEREENKOMST_TEKENEN, tekenaar.id, eerdere)]


def _check_beurt(sessie: Session, dossier: Tekendossier, handtekening: Handtekening) -> list[Beletsel]:
    """Whether it is the turn of this side, in the order that the procedure states."""
    volgorde = dossier.zaak.definitie.contract.tekenvolgorde or STANDAARDVOLGORDE
    eerst = Partijsoort.GEMEENTEN if volgorde is Tekenvolgorde.GEMEENTEN_EERST else Partijsoort.AANBIEDER
    gezet = list_ondertekeningen(sessie, dossier.document)
    ontbreekt = _list_ontbrekend(sessie, dossier.zaak, dossier.document, dossier.rij.ingang)
    open_ = [een for een in ontbreekt if (een == GEMEENTEN) == (eerst is Partijsoort.GEMEENTEN)]
    return check_volgorde(
        volgorde,
        eerste_partij=handtekening.partij is eerst,
        open_bij_eerste=open_,
        laatste_van_eerste=max((een.getekend_op for een in gezet if een.partij is eerst), default=None),
        op=handtekening.getekend_op,
    )


def list_partijen(zaak: Zaak) -> list[Ondernemer]:
    """The legal persons of the aanbieder that each sign."""
    return [lid for lid in zaak.opgave.leden if lid.rol in PARTIJEN]


def list_bevoegden(sessie: Session, zaak: Zaak) -> Mapping[str, tuple[Bevoegdetekenaar, ...]]:
    """Who may sign for each legal person of the aanbieder (by name), as stated and as established."""
    vraag = select(TekenbevoegdheidRow).where(TekenbevoegdheidRow.aanmelding_id == zaak.rij.id)
    rijen = list(sessie.exec(vraag.order_by(TekenbevoegdheidRow.naam, TekenbevoegdheidRow.volgnummer)))  # type: ignore[arg-type]
    laatste = {(rij.lid, rij.naam): rij for rij in rijen}
    return {
        lid.naam: find_bevoegden(
            Bevoegdetekenaar(
                naam=lid.tekenbevoegde.naam,
                functie=lid.tekenbevoegde.functie,
                wijze=lid.tekenbevoegde.wijze,
                grond="tekenbevoegd volgens de aanmelding",
            ),
            [
                Bevoegdetekenaar(
                    naam=rij.naam,
                    functie=rij.functie,
                    wijze=rij.wijze,
                    grond=rij.grond,
                    geldig_van=rij.geldig_van,
                    geldig_tot=rij.geldig_tot,
                )
                for rij in laatste.values()
                if rij.lid == lid.id
            ],
        )
        for lid in list_partijen(zaak)
    }


def _name_gemeenten(zaak: Zaak) -> dict[str, str]:
    return {gemeente.code: gemeente.naam for gemeente in zaak.definitie.gemeenten}


def _find_grondslag(sessie: Session, dossier: Tekendossier, handtekening: Handtekening) -> str:
    op, zaak = handtekening.getekend_op, dossier.zaak
    if handtekening.partij is Partijsoort.AANBIEDER:
        grond = {
            f"{een.grond} ({een.wijze})"
            for lid, rijen in list_bevoegden(sessie, zaak).items()
            if lid in list_namens(zaak, handtekening.partij, handtekening.namens)
            for een in rijen
            if een.naam == handtekening.naam and een.geldt_op(op)
        }
        return "; ".join(sorted(grond))
    geldig = list_mandaten(zaak.definitie.mandaten, (Onderwerp.ONDERTEKENEN,), op, handtekening.functie)
    return "; ".join(mandaat.grondslag for mandaat in geldig)


def _list_ontbrekend(sessie: Session, zaak: Zaak, document: DocumentRow, ingang: date) -> list[str]:
    """Who still has to sign: each legal person of the aanbieder, and the gemeenten until each has."""
    gezet = list_ondertekeningen(sessie, document)
    voor = [(teken, list_namens(zaak, teken.partij, teken.namens)) for teken in gezet]
    ontbreekt: list[str] = []
    for lid, bevoegden in list_bevoegden(sessie, zaak).items():
        van_lid = {t.naam: t.getekend_op for t, namen in voor if t.partij is Partijsoort.AANBIEDER and lid in namen}
        ontbreekt += list_onvolledig({lid: bevoegden}, van_lid)
    getekend = {code for teken, codes in voor if teken.partij is Partijsoort.GEMEENTEN for code in codes}
    if {gemeente.code for gemeente in zaak.definitie.gemeenten_op(ingang)} - getekend:
        ontbreekt.append(GEMEENTEN)
    return ontbreekt


def list_getekend(sessie: Session, zaak: Zaak, document: DocumentRow) -> set[tuple[str, str]]:
    """For which legal persons of the aanbieder who signed: pairs of the legal person and who signed for it."""
    return {
        (lid, teken.naam)
        for teken in list_ondertekeningen(sessie, document)
        if teken.partij is Partijsoort.AANBIEDER
        for lid in list_namens(zaak, teken.partij, teken.namens)
    }


def list_ondertekeningen(sessie: Session, document: DocumentRow) -> list[OndertekeningRow]:
    """The signatures on a document, by day and name."""
    vraag = select(OndertekeningRow).where(OndertekeningRow.document_id == document.id)
    return list(sessie.exec(vraag.order_by(OndertekeningRow.getekend_op, OndertekeningRow.naam)))  # type: ignore[arg-type]


def list_ontbrekend(sessie: Session, zaak: Zaak, nummer: str) -> list[str]:
    """Who still has to sign an agreement or addendum."""
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    return _list_ontbrekend(sessie, zaak, overeenkomsten.find_contractdocument(sessie, nummer), rij.ingang)
