"""Signed copies that come back: verified when they are electronic, looked at by a second person when they are paper.

What cannot be trusted is refused with every reason and nothing is kept. What is right but asks for eyes (paper, a
file that was written anew, a certificate that nobody vouches for) waits for a second person, and counts only then.

Bron: issue contract years (PAdES, paper, hostile files); C.17; FE-5; FE-9 (a second person).
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.ondertekening import Handtekeningbewijs
from inkoop.domain.toegang import Handeling
from inkoop.exchange.padescontrole import Zegel
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.services.ondertekeningen import (
    Handtekening,
    Tekendossier,
    add_ondertekening,
    check_ondertekening,
    list_namens,
    load_dossier,
)
from inkoop.services.stukbeoordeling import Bevinding, judge, judge_papier
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.grondslag import is_een_van
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.ondertekening import GetekendstukRow, Stukstand
from inkoop.storage.tabellen.overeenkomst import Partijsoort
from inkoop.storage.tellers import next_nummer
from inkoop.storage.vaste_vraag import ask


class Inschrijving(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a signature: the kenmerk of the signed copy, whether it waits, whether all signed.

    `kenmerk` is empty when the offered text itself was given: there is no signed copy then.
    """

    kenmerk: str
    zegel: Zegel | None
    twijfel: tuple[str, ...]
    compleet: bool


def register(
    huis: Huis,
    door: Optreden,
    nummer: str,
    *,
    partij: Partijsoort,
    naam: str,
    functie: str,
    namens: str,
    bestand: Bestandsbron,
    getekend_op: date | None = None,
    veld: str | None = None,
    papier: bool = False,
) -> Inschrijving:
    """Record one signature from a file: the offered text itself, a signed PDF, or a scan of paper.

    `getekend_op` may be left out for a signed PDF, which says so itself. `veld` names the signature when the file
    holds more. Refused with every reason, and nothing is kept then.
    """
    with handel(huis, door, Handeling.ONDERTEKENING_REGISTREREN) as eenheid:
        sessie = eenheid.sessie
        dossier = load_dossier(huis, sessie, nummer)
        bevinding = (
            judge_papier()
            if papier
            else judge(
                huis,
                door,
                dossier.document,
                bestand,
                naam=naam,
                veld=veld,
                getekend_op=getekend_op,
                gebruikt={
                    rij.zegel_kenmerk
                    for rij in list_stukken(sessie, dossier.document)
                    if rij.stand is not Stukstand.AFGEWEZEN
                },
            )
        )
        op = getekend_op if getekend_op is not None else _find_dag(bevinding.zegel)
        beletselen = list(bevinding.beletselen)
        if op is None:
            if not beletselen:
                beletselen.append(Beletsel("datum", "Noem de dag waarop is getekend; het bestand zegt dat niet."))
            raise BeletselenError(f"De ondertekening van {nummer} kan niet worden geregistreerd.", beletselen)
        handtekening = Handtekening(partij=partij, naam=naam, functie=functie, namens=namens, getekend_op=op)
        beletselen += check_ondertekening(sessie, door, dossier, handtekening)
        if _is_wachtend(sessie, dossier, handtekening):
            tekst = f"Van {naam} ligt al een getekend stuk klaar om te controleren."
            beletselen.append(Beletsel("dubbel", tekst))
        if beletselen:
            raise BeletselenError(f"De ondertekening van {nummer} kan niet worden geregistreerd.", beletselen)
        if bevinding.soort is Handtekeningbewijs.VERKLARING:
            _, compleet = add_ondertekening(
                huis, eenheid, door, dossier, handtekening, _hash(huis, dossier, bestand.read())
            )
            return Inschrijving(kenmerk="", zegel=None, twijfel=(), compleet=compleet)
        stuk = _add_stuk(huis, eenheid, door, dossier, handtekening, bevinding, bestand)
        compleet = False
        if stuk.stand is Stukstand.AANVAARD:
            compleet = _accept(huis, eenheid, door, dossier, handtekening, stuk)
    return Inschrijving(kenmerk=stuk.kenmerk, zegel=bevinding.zegel, twijfel=bevinding.twijfel, compleet=compleet)


def _hash(huis: Huis, dossier: Tekendossier, inhoud: bytes) -> str:
    """Under which hash the offered file stands: that of the bytes, which were compared before."""
    document = dossier.document
    pdf = document.pdf_sha256 or ""
    return pdf if huis.winkel.documenten.read(pdf) == inhoud else document.docx_sha256 or ""


def _find_dag(zegel: Zegel | None) -> date | None:
    return None if zegel is None or zegel.moment is None else local_date(zegel.moment)


def _is_wachtend(sessie: Session, dossier: Tekendossier, handtekening: Handtekening) -> bool:
    """Whether a copy with this person's signature for the same side waits already, for any of the same parties."""
    voor = list_namens(dossier.zaak, handtekening.partij, handtekening.namens)
    return any(
        rij.stand is Stukstand.TE_CONTROLEREN
        and (rij.partij, rij.naam) == (handtekening.partij, handtekening.naam)
        and voor & list_namens(dossier.zaak, rij.partij, rij.namens)
        for rij in list_stukken(sessie, dossier.document)
    )


def _add_stuk(
    huis: Huis,
    eenheid: Eenheid,
    door: Optreden,
    dossier: Tekendossier,
    handtekening: Handtekening,
    bevinding: Bevinding,
    bestand: Bestandsbron,
) -> GetekendstukRow:
    opgeslagen = huis.winkel.bewijs.add(bestand)
    volgnummer = next_nummer(eenheid.sessie, f"getekend:{dossier.nummer}")
    zegel = bevinding.zegel
    eerder = _find_afgewezen(eenheid.sessie, dossier.document, zegel)
    if eerder is not None:
        # The same signature may be handed in again after it was turned down; the old record keeps what was decided.
        eerder.zegel_kenmerk = None
        eenheid.sessie.add(eerder)
        eenheid.sessie.flush()
    rij = GetekendstukRow(
        id=huis.nieuw_id(),
        kenmerk=f"{dossier.nummer}-T{volgnummer:02d}",
        document_id=dossier.document.id,
        nummer=dossier.nummer,
        soort=bevinding.soort,
        bestandsnaam=bestand.naam,
        sha256=opgeslagen.sha256,
        partij=handtekening.partij,
        namens=handtekening.namens,
        naam=handtekening.naam,
        functie=handtekening.functie,
        getekend_op=handtekening.getekend_op,
        zegel="" if zegel is None else msgspec.json.encode(zegel).decode(),
        zegel_kenmerk=None if zegel is None else zegel.kenmerk,
        twijfel=msgspec.json.encode(bevinding.twijfel).decode(),
        stand=Stukstand.TE_CONTROLEREN if bevinding.twijfel else Stukstand.AANVAARD,
        geregistreerd_door=door.wie,
        geregistreerd_op=door.nu,
    )
    eenheid.sessie.add(rij)
    eenheid.sessie.flush()
    eenheid.audit(
        Handeling.ONDERTEKENING_REGISTREREN,
        rij.kenmerk,
        naar=rij.stand,
        gegevens={"soort": rij.soort, "bestand": rij.sha256, "document": dossier.document.pdf_sha256},
    )
    return rij


def _find_afgewezen(sessie: Session, document: DocumentRow, zegel: Zegel | None) -> GetekendstukRow | None:
    if zegel is None:
        return None
    return next((rij for rij in list_stukken(sessie, document) if rij.zegel_kenmerk == zegel.kenmerk), None)


def _accept(
    huis: Huis,
    eenheid: Eenheid,
    door: Optreden,
    dossier: Tekendossier,
    handtekening: Handtekening,
    stuk: GetekendstukRow,
) -> bool:
    teken, compleet = add_ondertekening(huis, eenheid, door, dossier, handtekening, dossier.document.pdf_sha256 or "")
    stuk.stand, stuk.ondertekening_id = Stukstand.AANVAARD, teken.id
    eenheid.sessie.add(stuk)
    return compleet


def check_stuk(huis: Huis, door: Optreden, kenmerk: str, *, aanvaard: bool, reden: str = "") -> bool:
    """Accept or turn down a signed copy, by somebody else than who recorded it; whether all have signed now.

    Turning down takes a reason. What may have changed since it was recorded is asked again.
    """
    with handel(huis, door, Handeling.HANDTEKENING_CONTROLEREN, kenmerk) as eenheid:
        sessie = eenheid.sessie
        stuk = find_stuk(sessie, kenmerk)
        beletselen = []
        if stuk.stand is not Stukstand.TE_CONTROLEREN:
            beletselen.append(Beletsel("stand", f"{kenmerk} is al gecontroleerd ({stuk.stand})."))
        if door.persoon.naam == stuk.naam:
            beletselen.append(Beletsel("vier-ogen", "U hebt dit zelf getekend; een ander controleert het."))
        if not aanvaard and not reden.strip():
            beletselen.append(Beletsel("reden", "Schrijf waarom u het getekende stuk afwijst."))
        handtekening = Handtekening(
            partij=stuk.partij,
            naam=stuk.naam,
            functie=stuk.functie,
            namens=stuk.namens,
            getekend_op=stuk.getekend_op,
        )
        dossier = load_dossier(huis, sessie, stuk.nummer)
        if aanvaard and not beletselen:
            if dossier.document.id != stuk.document_id:
                beletselen.append(Beletsel("andere-versie", "Er ligt inmiddels een andere tekst ter ondertekening."))
            beletselen += check_ondertekening(sessie, door, dossier, handtekening)
        if beletselen:
            raise BeletselenError(f"{kenmerk} kan zo niet worden gecontroleerd.", beletselen)
        stuk.gecontroleerd_door, stuk.gecontroleerd_op, stuk.reden = door.wie, door.nu, reden.strip()
        if not aanvaard:
            stuk.stand = Stukstand.AFGEWEZEN
        sessie.add(stuk)
        eenheid.audit(
            Handeling.HANDTEKENING_CONTROLEREN,
            kenmerk,
            van=Stukstand.TE_CONTROLEREN,
            naar=Stukstand.AANVAARD if aanvaard else Stukstand.AFGEWEZEN,
            reden=reden.strip(),
        )
        return _accept(huis, eenheid, door, dossier, handtekening, stuk) if aanvaard else False


def find_stuk(sessie: Session, kenmerk: str) -> GetekendstukRow:
    """The signed copy with this kenmerk."""
    rij = sessie.exec(select(GetekendstukRow).where(GetekendstukRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise NietGevondenError("Getekend stuk", kenmerk)
    return rij


def list_stukken(sessie: Session, document: DocumentRow) -> list[GetekendstukRow]:
    """The signed copies of a document, in order of arrival."""
    vraag = select(GetekendstukRow).where(GetekendstukRow.document_id == document.id)
    return list(sessie.exec(vraag.order_by(GetekendstukRow.kenmerk)))


def list_wachtend(sessie: Session, nummer: str) -> list[GetekendstukRow]:
    """The signed copies of an agreement or addendum that a second person has to look at."""
    vraag = select(GetekendstukRow).where(
        GetekendstukRow.nummer == nummer, GetekendstukRow.stand == Stukstand.TE_CONTROLEREN
    )
    return list(sessie.exec(vraag.order_by(GetekendstukRow.kenmerk)))


def count_wachtend(sessie: Session) -> list[tuple[str, int]]:
    """How many signed copies wait for a second person, per round."""
    return [(ronde or "", aantal) for ronde, aantal in ask(sessie, _vraag_wachtend())]


@cache
def _vraag_wachtend() -> Any:
    return (
        select(DocumentRow.ronde, func.count())
        .join(GetekendstukRow, col(GetekendstukRow.document_id) == DocumentRow.id)
        .where(is_een_van(col(GetekendstukRow.stand), Stukstand.TE_CONTROLEREN))
        .group_by(col(DocumentRow.ronde))
    )


def find_getekend_sha256(sessie: Session, document: DocumentRow) -> str:
    """The file that goes to the gemeenten: the last signed copy that was accepted, else the text that was offered.

    An electronic copy goes before paper: every signature that came before is in it.
    """
    aanvaard = [rij for rij in list_stukken(sessie, document) if rij.stand is Stukstand.AANVAARD]
    elektronisch = [rij for rij in aanvaard if rij.soort is not Handtekeningbewijs.PAPIER]
    return (elektronisch or aanvaard)[-1].sha256 if aanvaard else document.pdf_sha256 or ""


def decode_twijfel(rij: GetekendstukRow) -> tuple[str, ...]:
    """What a second person is asked to look at."""
    return msgspec.json.decode(rij.twijfel, type=tuple[str, ...])


def decode_zegel(rij: GetekendstukRow) -> Zegel | None:
    """The electronic signature as it was found; None for paper."""
    return msgspec.json.decode(rij.zegel, type=Zegel) if rij.zegel else None


def read_bestand(huis: Huis, rij: GetekendstukRow) -> bytes:
    """The signed copy itself."""
    return huis.winkel.bewijs.read(rij.sha256)
