"""Which letter went out when, and what proves it: from that day the term for legal remedy runs.

Bron: domein B.2.3-B.2.5; C.31 (verzenddatum).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlmodel import Session, col, func, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import Feestdagen, local_date, roll_forward
from inkoop.domain.toegang import Handeling
from inkoop.domain.verzending import Verzendwijze, check_bewijs
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vernietigd import list_buren, not_found
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.herziening import VerzendingRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask


def add_verzending(huis: Huis, eenheid: Eenheid, brief: DocumentRow, wijze: Verzendwijze) -> VerzendingRow:
    """Record in the running transaction that this file goes out now."""
    rij = VerzendingRow(
        id=huis.nieuw_id(),
        document=brief.kenmerk,
        aanmelding=brief.onderwerp,
        pdf_sha256=brief.pdf_sha256 or "",
        wijze=wijze,
        verzonden_op=eenheid.op,
        verzonden_door=eenheid.actor.persoon,
    )
    eenheid.sessie.add(rij)
    return rij


def prove_verzending(
    huis: Huis,
    door: Optreden,
    document: str,
    *,
    referentie: str,
    bezorgd_op: datetime | None = None,
    bestand: Bestandsbron | None = None,
) -> None:
    """Record the proof that a letter went out: what the platform or carrier calls it, and its receipt as a file.

    `bestand` is that receipt. Recorded once; refused with all reasons.
    """
    with handel(huis, door, Handeling.VERZENDING_BEWIJZEN) as eenheid:
        rij = find_verzending(eenheid.sessie, document)
        beletselen = check_bewijs(
            verzonden_op=rij.verzonden_op, referentie=referentie, bezorgd_op=bezorgd_op, nu=door.nu
        )
        if rij.bewijs_door is not None:
            tekst = f"Van document {document} is al bewezen dat het is verzonden ({rij.referentie})."
            beletselen.append(Beletsel("bewezen", tekst))
        if beletselen:
            raise BeletselenError(f"Het bewijs van verzending van {document} kan niet worden vastgelegd.", beletselen)
        rij.referentie, rij.bezorgd_op, rij.bewijs_door = referentie.strip(), bezorgd_op, door.wie
        if bestand is not None:
            rij.bewijs_sha256 = huis.winkel.bewijs.add(bestand).sha256
        eenheid.sessie.add(rij)
        eenheid.audit(
            Handeling.VERZENDING_BEWIJZEN,
            rij.aanmelding,
            naar="bewezen",
            gegevens={"document": document, "referentie": rij.referentie, "bestand": rij.bewijs_sha256},
        )


def find_verzending(sessie: Session, document: str) -> VerzendingRow:
    """The sending of one document."""
    rij = sessie.exec(select(VerzendingRow).where(VerzendingRow.document == document)).one_or_none()
    if rij is None:
        raise not_found(
            sessie, "Verzending van document", document, list_buren(sessie, VerzendingRow.document, document)
        )
    return rij


BEWIJS_DAGEN = 5
"""Within how many days after sending its proof is to be on record, rolled to a working day (project default)."""


def list_onbewezen(sessie: Session, ronde: RondeRow) -> list[VerzendingRow]:
    """The letters of a round of which nothing proves yet that they went out, the oldest first."""
    vraag = (
        select(VerzendingRow)
        .join(AanmeldingRow, col(AanmeldingRow.kenmerk) == VerzendingRow.aanmelding)
        .where(AanmeldingRow.ronde_id == ronde.id, col(VerzendingRow.bewijs_door).is_(None))
        .order_by(col(VerzendingRow.verzonden_op), col(VerzendingRow.document))
    )
    return list(sessie.exec(vraag))


def count_onbewezen(sessie: Session) -> list[tuple[str, int, datetime]]:
    """For each opened round with letters without proof: how many, and when the oldest went out."""
    return list(ask(sessie, _vraag_onbewezen()))


@cache
def _vraag_onbewezen() -> Any:
    """Beginning at the letters, of which few are without proof, and not at the aanmeldingen of each round."""
    # The empty text keeps the database from the other way round: it does not count how few there are.
    kenmerk = col(VerzendingRow.aanmelding).concat("")
    return (
        select(RondeRow.kenmerk, func.count(), func.min(VerzendingRow.verzonden_op))
        .select_from(VerzendingRow)
        .join(AanmeldingRow, col(AanmeldingRow.kenmerk) == kenmerk)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(col(RondeRow.geopend_op).is_not(None), col(VerzendingRow.bewijs_door).is_(None))
        .group_by(col(RondeRow.kenmerk))
        .order_by(col(RondeRow.kenmerk))
    )


def find_bewijsdag(verzonden_op: datetime, feestdagen: Feestdagen) -> date:
    """The last day to record the proof of one letter: from that proof the term for legal remedy can be counted."""
    return roll_forward(local_date(verzonden_op) + timedelta(days=BEWIJS_DAGEN), feestdagen)


def list_verzendingen(sessie: Session, aanmelding: str) -> list[VerzendingRow]:
    """What was sent about an aanmelding, in order of time."""
    vraag = select(VerzendingRow).where(VerzendingRow.aanmelding == aanmelding)
    return list(sessie.exec(vraag.order_by(VerzendingRow.verzonden_op, VerzendingRow.document)))  # type: ignore[arg-type]
