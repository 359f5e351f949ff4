"""Everything that went between an applicant and the buyers, in order of time, from the records themselves.

What the system sent or received is never entered twice: it is read from where it is kept. Only calls,
talks and messages outside it are recorded here.

Bron: domein C (letters), B.2.8; project default.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from inkoop.domain.correspondentie import Bericht, Berichtrichting, Contactwijze, sort_berichten
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import aanmeldingen, documenten, rondes, verzendingen
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewijs import AanvullingRow
from inkoop.storage.tabellen.geschil import ContactmomentRow, GeschilRow


def record_contact(
    huis: Huis,
    door: Optreden,
    kenmerk: str,
    *,
    op: datetime,
    richting: Berichtrichting,
    wijze: Contactwijze,
    met: str,
    onderwerp: str,
    inhoud: str,
) -> None:
    """Record a call, a talk or a message; after closing only, as before that nobody may speak about an aanmelding."""
    with handel(huis, door, Handeling.CONTACT_VASTLEGGEN) as eenheid:
        rij = aanmeldingen.find_aanmelding(eenheid.sessie, kenmerk)
        aanmeldingen.check_leesbaar(eenheid.sessie, rij, door)
        leeg = {"met": met, "onderwerp": onderwerp, "inhoud": inhoud}
        beletselen = [Beletsel(naam, f"Vul '{naam}' in.") for naam, tekst in leeg.items() if not tekst.strip()]
        if op > door.nu:
            beletselen.append(Beletsel("toekomst", "Het contact ligt in de toekomst."))
        if beletselen:
            raise BeletselenError("Het contact kan niet worden vastgelegd.", beletselen)
        eenheid.sessie.add(
            ContactmomentRow(
                id=huis.nieuw_id(),
                aanmelding_id=rij.id,
                op=op,
                richting=richting,
                wijze=wijze,
                met=met.strip(),
                onderwerp=onderwerp.strip(),
                inhoud=inhoud.strip(),
                geregistreerd_door=door.wie,
                geregistreerd_op=door.nu,
            )
        )
        eenheid.audit(Handeling.CONTACT_VASTLEGGEN, kenmerk, naar=richting, gegevens={"wijze": wijze, "op": op})


def read_correspondentie(huis: Huis, door: Optreden, kenmerk: str) -> tuple[Bericht, ...]:
    """All correspondence about one aanmelding, for somebody who may see it now."""
    with rondes.lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        return list_correspondentie(sessie, rij)


def list_correspondentie(sessie: Session, rij: AanmeldingRow) -> tuple[Bericht, ...]:
    """All correspondence about one aanmelding, in order of time."""
    return sort_berichten([*_list_in(sessie, rij), *_list_uit(sessie, rij), *_list_contact(sessie, rij)])


def _list_in(sessie: Session, rij: AanmeldingRow) -> Iterator[Bericht]:
    yield Bericht(
        op=rij.ontvangen_op, richting=Berichtrichting.IN, wijze="platform", onderwerp="aanmelding", kenmerk=rij.kenmerk
    )
    for aanvulling in sessie.exec(select(AanvullingRow).where(AanvullingRow.aanmelding_id == rij.id)):
        yield Bericht(
            op=aanvulling.ontvangen_op,
            richting=Berichtrichting.IN,
            wijze="platform",
            onderwerp=f"aanvulling ({aanvulling.aanleiding})",
            toelichting=aanvulling.toelichting if aanvulling.tijdig else "te laat ontvangen; telt niet mee",
        )
    for geschil in sessie.exec(select(GeschilRow).where(GeschilRow.aanmelding_id == rij.id)):
        yield Bericht(
            op=geschil.ontvangen_op,
            richting=Berichtrichting.IN,
            wijze="post",
            onderwerp=format_woord(geschil.soort),
            kenmerk=geschil.kenmerk,
            toelichting=geschil.omschrijving,
        )


def _list_uit(sessie: Session, rij: AanmeldingRow) -> Iterator[Bericht]:
    bewezen = {verzending.document: verzending for verzending in verzendingen.list_verzendingen(sessie, rij.kenmerk)}
    for document in documenten.list_documenten(sessie, onderwerp=rij.kenmerk):
        if document.verzonden_op is None:
            continue
        verzending = bewezen.get(document.kenmerk)
        yield Bericht(
            op=document.verzonden_op,
            richting=Berichtrichting.UIT,
            wijze="platform" if verzending is None else verzending.wijze,
            onderwerp=document.titel,
            kenmerk=document.kenmerk,
            sha256=document.pdf_sha256 or "",
            toelichting=f"bewijs van verzending: {verzending.referentie}"
            if verzending and verzending.referentie
            else "",
            door="" if verzending is None else verzending.verzonden_door,
        )


def _list_contact(sessie: Session, rij: AanmeldingRow) -> Iterator[Bericht]:
    vraag = select(ContactmomentRow).where(ContactmomentRow.aanmelding_id == rij.id)
    for contact in sessie.exec(vraag.order_by(col(ContactmomentRow.op))):
        yield Bericht(
            op=contact.op,
            richting=contact.richting,
            wijze=contact.wijze,
            onderwerp=f"{contact.onderwerp} ({contact.met})",
            toelichting=contact.inhoud,
            door=contact.geregistreerd_door,
        )
