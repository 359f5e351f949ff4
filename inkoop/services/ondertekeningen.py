"""Signatures: who signed which text for whom, on what ground, on which day.

Bron: domein B.3.4, D (contract tekenen), FE-4, FE-5; C.17.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, select

from inkoop.domain.aanmelding import Ondernemer
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.mandaat import check_mandaat
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling, check_vier_ogen
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import aanmeldingen, addenda, documenten, geschillen, overeenkomsten, personen
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden, handel, list_eerdere
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OndertekeningRow, OvereenkomstRow, Partijsoort

TEKENEN = "ondertekenen"
"""The subject of the mandate that signing for the gemeenten needs (FE-5)."""

ADDENDUM = "addendum"
"""The subject of the mandate that a change of an agreement needs besides."""

GEMEENTEN = "de gemeenten"
"""How the side of the gemeenten is named in a list of who still has to sign."""


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
    """Record one signature; whether the document is now signed by everybody.

    Refused with every reason: another text than what was offered, a signer without mandate and
    volmacht on the day of signing (FE-5) or who may not sign for the aanbieder, too late, too early.
    """
    with handel(huis, door, Handeling.ONDERTEKENING_REGISTREREN) as eenheid:
        sessie = eenheid.sessie
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
        document = overeenkomsten.find_contractdocument(sessie, nummer)
        aanmelding = overeenkomsten.find_aanmelding(sessie, rij)
        aanmeldingen.require_namens(sessie, door, aanmelding)
        zaak = load_zaak(sessie, huis.feestdagen, aanmelding)
        beletselen = []
        if door.rol is Rol.AANBIEDER and partij is not Partijsoort.AANBIEDER:
            beletselen.append(Beletsel("partij", "U kunt alleen voor de aanbieder een ondertekening vastleggen."))
        if rij.status is not Overeenkomststatus.TER_ONDERTEKENING:
            beletselen.append(Beletsel("status", f"{nummer} ligt niet ter ondertekening (status: {rij.status})."))
        if document_sha256 not in (document.pdf_sha256, document.docx_sha256):
            tekst = f"De getekende tekst is niet de tekst die is aangeboden (pdf {str(document.pdf_sha256)[:12]})."
            beletselen.append(Beletsel("andere-tekst", tekst))
        beletselen += _check_datum(rij, zaak, getekend_op, local_date(door.nu))
        if isinstance(rij, OvereenkomstRow):
            percelen = list(overeenkomsten.decode_inhoud(rij).producten)
            beletselen += geschillen.check_vrij(sessie, zaak.ronderij, percelen, getekend_op)
        beletselen += _check_tekenaar(sessie, zaak, partij, naam, functie, getekend_op, rij.ingang)
        if any(t.partij is partij and t.naam == naam for t in list_ondertekeningen(sessie, document)):
            beletselen.append(Beletsel("dubbel", f"{naam} heeft {nummer} al getekend."))
        if beletselen:
            raise BeletselenError(f"De ondertekening van {nummer} kan niet worden geregistreerd.", beletselen)
        sessie.add(
            OndertekeningRow(
                id=huis.nieuw_id(),
                document_id=document.id,
                partij=partij,
                namens=namens,
                naam=naam,
                functie=functie,
                grondslag=_find_grondslag(zaak, partij, functie, getekend_op),
                getekend_op=getekend_op,
                document_sha256=document_sha256,
                geregistreerd_door=door.wie,
                geregistreerd_op=door.nu,
            )
        )
        sessie.flush()
        eenheid.audit(
            Handeling.ONDERTEKENING_REGISTREREN,
            nummer,
            naar="getekend",
            gegevens={"partij": partij, "namens": namens, "op": getekend_op, "document": document_sha256},
        )
        if _list_ontbrekend(sessie, zaak, document):
            return False
        overeenkomsten.change(eenheid, nummer, rij, Overeenkomststatus.GETEKEND, Handeling.ONDERTEKENING_REGISTREREN)
        documenten.mark_getekend(eenheid, document)
    return True


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


def _check_tekenaar(
    sessie: Session, zaak: Zaak, partij: Partijsoort, naam: str, functie: str, op: date, ingang: date
) -> list[Beletsel]:
    """Whether this person may sign for this side on that day, for who takes part when it comes into force."""
    if partij is Partijsoort.AANBIEDER:
        bevoegd = {lid.tekenbevoegde.naam for lid in list_partijen(zaak)}
        if naam in bevoegd:
            return []
        return [Beletsel("bevoegd", f"{naam} is niet als tekenbevoegde opgegeven. Wel: {', '.join(sorted(bevoegd))}.")]
    beletselen = check_mandaat(
        zaak.definitie.mandaten,
        functie=functie,
        onderwerp=TEKENEN,
        namens=[gemeente.code for gemeente in zaak.definitie.gemeenten_op(ingang)],
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


def list_partijen(zaak: Zaak) -> list[Ondernemer]:
    """The legal persons of the aanbieder that each sign."""
    return [lid for lid in zaak.opgave.leden if lid.rol in (Lidrol.ENKEL, Lidrol.PENVOERDER, Lidrol.LID)]


def _find_grondslag(zaak: Zaak, partij: Partijsoort, functie: str, op: date) -> str:
    if partij is Partijsoort.AANBIEDER:
        return "tekenbevoegd volgens de aanmelding"
    return "; ".join(
        mandaat.grondslag
        for mandaat in zaak.definitie.mandaten
        if mandaat.functie == functie
        and TEKENEN in mandaat.onderwerpen
        and mandaat.geldig_van <= op <= mandaat.geldig_tot
    )


def _list_ontbrekend(sessie: Session, zaak: Zaak, document: DocumentRow) -> list[str]:
    """Who still has to sign: each legal person of the aanbieder, and the gemeenten together."""
    gezet = list_ondertekeningen(sessie, document)
    aanbieders = {t.naam for t in gezet if t.partij is Partijsoort.AANBIEDER}
    ontbreekt = [lid.naam for lid in list_partijen(zaak) if lid.tekenbevoegde.naam not in aanbieders]
    if not any(t.partij is Partijsoort.GEMEENTEN for t in gezet):
        ontbreekt.append(GEMEENTEN)
    return ontbreekt


def list_ondertekeningen(sessie: Session, document: DocumentRow) -> list[OndertekeningRow]:
    """The signatures on a document, by day and name."""
    vraag = select(OndertekeningRow).where(OndertekeningRow.document_id == document.id)
    return list(sessie.exec(vraag.order_by(OndertekeningRow.getekend_op, OndertekeningRow.naam)))  # type: ignore[arg-type]


def list_ontbrekend(sessie: Session, zaak: Zaak, nummer: str) -> list[str]:
    """Who still has to sign an agreement or addendum."""
    return _list_ontbrekend(sessie, zaak, overeenkomsten.find_contractdocument(sessie, nummer))
