"""Documents: asked for in the transaction that needs them, made afterwards, checked, sent.

A document is made from the record, so making it again gives the same bytes. Who checks a type of
document stands in its metadata; what nobody needs to check goes out as it is made.

Bron: ontwerp 6; domein C (drafts, reviews, decides), FE-2, FE-3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.gegevens import SOORTEN
from inkoop.documents.maken import Gemaakt
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus, check_verloop
from inkoop.services.documentboom import check_bestanden, seal
from inkoop.services.drukkerij import Drukopdracht, druk
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vernietigd import not_found
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tellers import next_nummer

LOS = ("telaat:", "vervangen:", "intrekking:", "verlenging:", "maatregel:", "intentie:")
"""How the keys begin of letters that go out by themselves, not with a besluit or a contract."""


MET_HANDELING = {
    "besluit:": "inkoop besluiten verzenden (alle brieven van een ronde op één dag)",
    "herstel:": "inkoop herstel verzenden",
}
"""How the keys begin of letters that only go out with an act of their own, and that act."""


OPEN = (
    Documentstatus.TE_MAKEN,
    Documentstatus.CONCEPT,
    Documentstatus.IN_REVIEW,
    Documentstatus.AKKOORD,
    Documentstatus.RETOUR,
)
"""What still asks for work; an index holds these documents, by the same words (tabellen/document)."""

UITGAAND = frozenset({Documentstatus.AKKOORD, Documentstatus.DEFINITIEF})
"""Where a document that is checked may go out."""


def request_document(
    huis: Huis,
    eenheid: Eenheid,
    sleutel: str,
    soort: str,
    onderwerp: str,
    ronde: str | None,
    compose: Callable[[str], msgspec.Struct],
    *,
    kenmerk: str | None = None,
    vorige: DocumentRow | None = None,
    afwijkingen: str = "[]",
) -> str:
    """Ask for a document in the running transaction; `compose` gets its kenmerk. Asked twice is asked once."""
    bestaand = eenheid.sessie.exec(select(DocumentRow).where(DocumentRow.sleutel == sleutel)).one_or_none()
    if bestaand is not None:
        return bestaand.kenmerk
    reeks = ronde or onderwerp
    kenmerk = kenmerk or f"{reeks}-D{next_nummer(eenheid.sessie, f'document:{reeks}'):03d}"
    gegevens = compose(kenmerk)
    eenheid.sessie.add(
        DocumentRow(
            id=huis.nieuw_id(),
            sleutel=sleutel,
            soort=soort,
            onderwerp=onderwerp,
            ronde=ronde,
            kenmerk=kenmerk,
            titel=read_metagegevens(huis.sjablonen, soort).titel,
            status=Documentstatus.TE_MAKEN,
            gegevens=msgspec.json.encode(gegevens).decode(),
            opgesteld_door=eenheid.actor.persoon,
            gevraagd_op=eenheid.op,
            vorige=vorige.kenmerk if vorige is not None else None,
            afwijkingen=afwijkingen,
        )
    )
    eenheid.sessie.flush()
    eenheid.audit(Handeling.DOCUMENT_OPSTELLEN, kenmerk, naar=Documentstatus.TE_MAKEN, gegevens={"soort": soort})
    return kenmerk


def list_te_maken(huis: Huis) -> list[str]:
    """The documents that were asked for and not made yet, in order of kenmerk."""
    with huis.winkel.lezen() as sessie:
        vraag = select(DocumentRow.kenmerk).where(DocumentRow.status == Documentstatus.TE_MAKEN)
        return list(sessie.exec(vraag.order_by(DocumentRow.kenmerk)))


def order(huis: Huis, kenmerk: str) -> Drukopdracht:
    """The order for one document, to be made here or in another process."""
    with huis.winkel.lezen() as sessie:
        rij = find_document(sessie, kenmerk)
    return Drukopdracht(
        sjablonen=str(huis.sjablonen.map),
        soort=rij.soort,
        gegevens=rij.gegevens,
        kenmerk=rij.kenmerk,
        afwijkingen=rij.afwijkingen,
    )


def decode_gegevens(rij: DocumentRow) -> msgspec.Struct:
    """The data of a document, in the struct of its type."""
    return msgspec.json.decode(rij.gegevens, type=SOORTEN[rij.soort])


def render(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Make one document that was asked for and keep its files; False when it was made before."""
    with huis.winkel.lezen() as sessie:
        rij = find_document(sessie, kenmerk)
        if rij.status is not Documentstatus.TE_MAKEN:
            return False
    return store_gemaakt(huis, door, kenmerk, druk(order(huis, kenmerk)))


def store_gemaakt(huis: Huis, door: Optreden, kenmerk: str, gemaakt: Gemaakt) -> bool:
    """Keep the files of a document under their hashes, then record them."""
    docx = huis.winkel.documenten.add(gemaakt.docx)
    pdf = huis.winkel.documenten.add(gemaakt.pdf)
    bundel = huis.winkel.documenten.add(gemaakt.bundel) if gemaakt.bundel else None
    with handel(huis, door, Handeling.DOCUMENT_OPSTELLEN) as eenheid:
        rij = find_document(eenheid.sessie, kenmerk)
        if rij.status is not Documentstatus.TE_MAKEN:
            return False
        rij.docx_sha256, rij.pdf_sha256 = docx, pdf
        rij.sjabloon_hash, rij.gegevens_hash = gemaakt.sjabloon_hash, gemaakt.gegevens_hash
        rij.titel = gemaakt.titel
        rij.bundel_sha256, rij.motor = bundel, gemaakt.motor or None
        change_status(
            eenheid, rij, Documentstatus.CONCEPT, Handeling.DOCUMENT_OPSTELLEN, gegevens={"pdf": pdf, "docx": docx}
        )
    return True


def list_controleurs(huis: Huis, soort: str) -> frozenset[Rol]:
    """The roles that check a type of document before it goes out; empty = nobody needs to."""
    woorden = set(re.findall(r"[a-z]+", read_metagegevens(huis.sjablonen, soort).gecontroleerd_door.lower()))
    return frozenset(rol for rol in Rol if rol in woorden)


def approve(huis: Huis, door: Optreden, kenmerk: str) -> None:
    """Approve a document, by somebody with the role that its type asks for and who did not draft it."""
    _judge(huis, door, kenmerk, Handeling.DOCUMENT_GOEDKEUREN, Documentstatus.AKKOORD, "")


def send_back(huis: Huis, door: Optreden, kenmerk: str, opmerking: str) -> None:
    """Give a document back with what is wrong; the drafter mends the record and asks for a new version."""
    if not opmerking.strip():
        raise BeletselenError(
            f"Document {kenmerk} gaat niet terug.", [Beletsel("opmerking", "Schrijf wat er niet klopt.")]
        )
    _judge(huis, door, kenmerk, Handeling.DOCUMENT_TERUGGEVEN, Documentstatus.RETOUR, opmerking)


def _judge(
    huis: Huis, door: Optreden, kenmerk: str, handeling: Handeling, naar: Documentstatus, opmerking: str
) -> None:
    with handel(huis, door, handeling, kenmerk) as eenheid:
        rij = find_document(eenheid.sessie, kenmerk)
        rollen = list_controleurs(huis, rij.soort)
        if door.rol not in rollen:
            wel = ", ".join(sorted(rollen)) or "niemand: dit document gaat zonder controle uit"
            tekst = f"Een {rij.soort} wordt gecontroleerd door: {wel}."
            raise BeletselenError(f"Document {kenmerk} is niet aan u.", [Beletsel("controleur", tekst)])
        rij.goedgekeurd_door, rij.goedgekeurd_op, rij.opmerking = door.wie, door.nu, opmerking
        if naar is Documentstatus.AKKOORD:
            rij.goedgekeurd_sha256 = seal(rij)
        change_status(eenheid, rij, naar, handeling, reden=opmerking)


def renew(
    huis: Huis, eenheid: Eenheid, rij: DocumentRow, gegevens: msgspec.Struct, *, afwijkingen: str | None = None
) -> str:
    """Replace a document that has not gone out by a new version with other data; returns its kenmerk.

    What people changed in its text stays (`afwijkingen`, as JSON: what it is from now on).
    """
    change_status(
        eenheid, rij, Documentstatus.VERVALLEN, Handeling.DOCUMENT_OPSTELLEN, reden="vervangen door een nieuwe versie"
    )
    oud, rij.sleutel = rij.sleutel, f"{rij.sleutel}@{rij.kenmerk}"
    eenheid.sessie.add(rij)
    eenheid.sessie.flush()
    return request_document(
        huis,
        eenheid,
        oud,
        rij.soort,
        rij.onderwerp,
        rij.ronde,
        lambda kenmerk: msgspec.structs.replace(gegevens, kenmerk=kenmerk),
        vorige=rij,
        afwijkingen=rij.afwijkingen if afwijkingen is None else afwijkingen,
    )


def list_datums(rijen: Iterable[DocumentRow]) -> set[date]:
    """The days that these documents bear; one that bears none is left out."""
    datums = (getattr(decode_gegevens(rij), "datum", None) for rij in rijen)
    return {datum for datum in datums if datum is not None}


def mark_verzonden(huis: Huis, eenheid: Eenheid, rij: DocumentRow) -> None:
    """Record that a document went out: checked where its type asks for that, on the day that it bears."""
    beletselen = []
    if list_controleurs(huis, rij.soort) and rij.status not in UITGAAND:
        beletselen.append(Beletsel("niet-akkoord", f"Document {rij.kenmerk} is nog niet goedgekeurd ({rij.status})."))
    datum = getattr(decode_gegevens(rij), "datum", None)
    if datum is not None and datum != local_date(eenheid.op):
        tekst = f"Document {rij.kenmerk} draagt de datum {format_dag(datum)}; maak het opnieuw en laat het goedkeuren."
        beletselen.append(Beletsel("datum", tekst))
    beletselen += check_bestanden(huis, rij)
    if beletselen:
        raise BeletselenError(f"Document {rij.kenmerk} kan niet worden verzonden.", beletselen)
    rij.verzonden_op = eenheid.op
    change_status(eenheid, rij, Documentstatus.VERZONDEN, Handeling.DOCUMENT_VERZENDEN)


def mark_openbaar(huis: Huis, eenheid: Eenheid, rij: DocumentRow) -> None:
    """Record that a paper was made public: checked, and its files as they were approved.

    Unlike a letter it keeps the date on which it was drawn up.
    """
    if beletselen := check_bestanden(huis, rij):
        raise BeletselenError(f"Document {rij.kenmerk} kan niet openbaar worden.", beletselen)
    rij.verzonden_op = eenheid.op
    change_status(eenheid, rij, Documentstatus.VERZONDEN, Handeling.DOCUMENT_VERZENDEN)


def mark_akkoord(eenheid: Eenheid, rij: DocumentRow, handeling: Handeling) -> None:
    """Approve a letter in the act that checks what it says."""
    rij.goedgekeurd_door, rij.goedgekeurd_op = eenheid.actor.persoon, eenheid.op
    rij.goedgekeurd_sha256 = seal(rij)
    change_status(eenheid, rij, Documentstatus.AKKOORD, handeling)


def mark_getekend(eenheid: Eenheid, rij: DocumentRow) -> None:
    """Record that every party has signed a document."""
    change_status(eenheid, rij, Documentstatus.GETEKEND, Handeling.ONDERTEKENING_REGISTREREN)


def send_automatisch(huis: Huis, door: Optreden) -> int:
    """Send the letters that nobody needs to check (receipts); returns how many.

    Runs of two rounds can do so at once; what another sent meanwhile is passed over.
    """
    with huis.winkel.lezen() as sessie:
        klaar = [
            rij.kenmerk
            for rij in sessie.exec(select(DocumentRow).where(DocumentRow.status == Documentstatus.CONCEPT))
            if not list_controleurs(huis, rij.soort)
        ]
    verzonden = 0
    for kenmerk in klaar:
        with handel(huis, door, Handeling.DOCUMENT_VERZENDEN) as eenheid:
            rij = find_document(eenheid.sessie, kenmerk)
            if rij.status is Documentstatus.CONCEPT:
                rij.verzonden_op = door.nu
                change_status(eenheid, rij, Documentstatus.VERZONDEN, Handeling.DOCUMENT_VERZENDEN)
                verzonden += 1
    return verzonden


def send(huis: Huis, door: Optreden, kenmerk: str) -> None:
    """Send one document that stands by itself; a letter that goes with an act of its own is refused.

    Sent apart, such a letter would go out on another day than the others, or without starting its term.
    """
    with handel(huis, door, Handeling.DOCUMENT_VERZENDEN, kenmerk) as eenheid:
        rij = find_document(eenheid.sessie, kenmerk)
        for begin, opdracht in MET_HANDELING.items():
            if rij.sleutel.startswith(begin):
                tekst = f"Document {kenmerk} gaat uit met de handeling waar het bij hoort: {opdracht}."
                raise BeletselenError(f"Document {kenmerk} kan niet los worden verzonden.", [Beletsel("los", tekst)])
        mark_verzonden(huis, eenheid, rij)


def change_status(
    eenheid: Eenheid,
    rij: DocumentRow,
    naar: Documentstatus,
    handeling: Handeling,
    *,
    reden: str = "",
    gegevens: dict[str, object] | None = None,
) -> None:
    """Move a document one step, where its course allows that, with a row in the audit log."""
    check_verloop(f"Document {rij.kenmerk}", rij.status, naar)
    eenheid.audit(handeling, rij.kenmerk, van=rij.status, naar=naar, reden=reden, gegevens=gegevens or {})
    rij.status = naar
    eenheid.sessie.add(rij)


def find_document(sessie: Session, kenmerk: str) -> DocumentRow:
    """The document with this kenmerk."""
    rij = sessie.exec(select(DocumentRow).where(DocumentRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise not_found(sessie, "Document", kenmerk)
    return rij


def find_by_sleutel(sessie: Session, sleutel: str) -> DocumentRow | None:
    """The current document that says this about whom, if it was asked for."""
    return sessie.exec(select(DocumentRow).where(DocumentRow.sleutel == sleutel)).one_or_none()


def list_documenten(sessie: Session, *, ronde: str | None = None, onderwerp: str | None = None) -> list[DocumentRow]:
    """Documents by kenmerk, of a round or about one thing."""
    vraag = select(DocumentRow).order_by(DocumentRow.kenmerk)
    if ronde is not None:
        vraag = vraag.where(DocumentRow.ronde == ronde)
    if onderwerp is not None:
        vraag = vraag.where(col(DocumentRow.onderwerp) == onderwerp)
    return list(sessie.exec(vraag))
