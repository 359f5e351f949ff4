"""The copy of a signed agreement for the archive of each gemeente, with proof that it was sent.

Bron: H19-10 (copy for each archive, proof of sending); C.17 (exemplaren).
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlmodel import Session, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.ondertekening import read_namens
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus
from inkoop.domain.verzending import Verzendwijze
from inkoop.services import overeenkomsten
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.getekendestukken import find_getekend_sha256
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.ondertekeningen import list_ondertekeningen
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.tabellen.ondertekening import AfschriftRow


class Afschriftstand(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a gemeente got its copy, and what shows that; None = not yet."""

    gemeente: str
    naam: str
    verzonden_op: datetime | None
    wijze: str
    referentie: str
    sha256: str


def prove_afschrift(
    huis: Huis,
    door: Optreden,
    nummer: str,
    *,
    gemeenten: str,
    wijze: Verzendwijze,
    verzonden_op: datetime,
    referentie: str,
    bewijs: Bestandsbron | None = None,
) -> int:
    """Record that the signed copy went to these gemeenten, and what proves it; returns to how many.

    `gemeenten` are names with commas, or 'de gemeenten'. Refused with every reason, for all of them then.
    """
    with handel(huis, door, Handeling.AFSCHRIFT_BEWIJZEN) as eenheid:
        sessie = eenheid.sessie
        document = overeenkomsten.find_contractdocument(sessie, nummer)
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
        zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
        namen = {gemeente.code: gemeente.naam for gemeente in zaak.definitie.gemeenten_op(rij.ingang)}
        codes = read_namens(gemeenten, namen)
        beletselen = [codes] if isinstance(codes, Beletsel) else []
        if document.status is not Documentstatus.GETEKEND:
            beletselen.append(Beletsel("niet-getekend", f"{nummer} is nog niet door iedereen getekend."))
        if not referentie.strip() and bewijs is None:
            tekst = "Noem het nummer waaronder het platform of de bezorger dit kent, of geef het bewijs als bestand."
            beletselen.append(Beletsel("bewijs", tekst))
        if verzonden_op > door.nu:
            beletselen.append(Beletsel("toekomst", "Het tijdstip van verzending ligt in de toekomst."))
        getekend = [een.getekend_op for een in list_ondertekeningen(sessie, document)]
        if getekend and local_date(verzonden_op) < max(getekend):
            beletselen.append(Beletsel("te-vroeg", "Het afschrift kan niet zijn verzonden voordat er is getekend."))
        al = {een.gemeente for een in list_afschriften(sessie, document.id)}
        if not isinstance(codes, Beletsel) and (dubbel := [namen[code] for code in codes if code in al]):
            beletselen.append(Beletsel("dubbel", f"Al vastgelegd voor: {', '.join(dubbel)}."))
        if beletselen or isinstance(codes, Beletsel):
            raise BeletselenError(f"De verzending van {nummer} is niet vastgelegd.", beletselen)
        sha256 = find_getekend_sha256(sessie, document)
        bewijs_sha256 = None if bewijs is None else huis.winkel.bewijs.add(bewijs).sha256
        for code in codes:
            sessie.add(
                AfschriftRow(
                    id=huis.nieuw_id(),
                    document_id=document.id,
                    gemeente=code,
                    sha256=sha256,
                    wijze=wijze,
                    verzonden_op=verzonden_op,
                    referentie=referentie.strip(),
                    bewijs_sha256=bewijs_sha256,
                    vastgelegd_door=door.wie,
                    vastgelegd_op=door.nu,
                )
            )
        eenheid.audit(
            Handeling.AFSCHRIFT_BEWIJZEN,
            nummer,
            naar="verzonden",
            gegevens={"gemeenten": list(codes), "bestand": sha256, "referentie": referentie.strip()},
        )
    return len(codes)


def list_standen(huis: Huis, sessie: Session, nummer: str) -> list[Afschriftstand]:
    """For each gemeente that is a party whether its copy went out, and what shows that."""
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    document = overeenkomsten.find_contractdocument(sessie, nummer)
    zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
    gezonden = {een.gemeente: een for een in list_afschriften(sessie, document.id)}
    standen = []
    for gemeente in zaak.definitie.gemeenten_op(rij.ingang):
        een = gezonden.get(gemeente.code)
        standen.append(
            Afschriftstand(
                gemeente=gemeente.code,
                naam=gemeente.naam,
                verzonden_op=None if een is None else een.verzonden_op,
                wijze="" if een is None else een.wijze,
                referentie="" if een is None else een.referentie,
                sha256="" if een is None else een.sha256,
            )
        )
    return standen


def list_afschriften(sessie: Session, document_id: object) -> list[AfschriftRow]:
    """The copies of a document of which the sending is proven."""
    return list(sessie.exec(select(AfschriftRow).where(AfschriftRow.document_id == document_id)))
