"""Working on a document: put to a reviewer, remarked on, back from Word, judged change by change, made anew, set.

    concept -> in_review -> akkoord -> definitief -> verzonden or getekend
                         -> retour  -> a new version
    a file that comes back -> its changes (open -> overgenomen or geweigerd, with a reason) -> a new version

A change is never taken over by itself: a person decides on each, also on those that Word did not track.

Bron: ontwerp 6; FE-2, FE-9; domein C (drafts, reviews).
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, col, func, select

from inkoop.documents.afwijkingen import Afwijking, fit_wijziging
from inkoop.documents.clausules import Clausule
from inkoop.documents.docx.terugkomst import Opmerking, Terugkomstpunt, read_terugkomst
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus, Wijzigingsoordeel, check_verloop
from inkoop.domain.woorden import format_woord
from inkoop.services import documenten
from inkoop.services.documentboom import (
    check_bestanden,
    decode_afwijkingen,
    encode_afwijkingen,
    list_documentclausules,
    require_gemaakt,
)
from inkoop.services.gezien import Kijk, Stand
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.tabellen.document import DocumentopmerkingRow, DocumentRow, DocumentwijzigingRow

BEWERKBAAR = frozenset(
    {Documentstatus.CONCEPT, Documentstatus.IN_REVIEW, Documentstatus.RETOUR, Documentstatus.AKKOORD}
)
"""Where the text of a document may still change, by a new version."""


def submit(huis: Huis, door: Optreden, kenmerk: str) -> None:
    """Put a concept to whoever checks its type."""
    with handel(huis, door, Handeling.DOCUMENT_VOORLEGGEN, kenmerk) as eenheid:
        rij = documenten.find_document(eenheid.sessie, kenmerk)
        if not documenten.list_controleurs(huis, rij.soort):
            tekst = f"Een {rij.soort} wordt door niemand gecontroleerd."
            raise BeletselenError(f"Document {kenmerk} kan niet worden voorgelegd.", [Beletsel("controleur", tekst)])
        documenten.change_status(eenheid, rij, Documentstatus.IN_REVIEW, Handeling.DOCUMENT_VOORLEGGEN)


def finalize(huis: Huis, door: Optreden, kenmerk: str) -> None:
    """Set an approved document for good: from here on it only goes out, exactly as it was approved."""
    with handel(huis, door, Handeling.DOCUMENT_VASTSTELLEN, kenmerk) as eenheid:
        rij = documenten.find_document(eenheid.sessie, kenmerk)
        beletselen = check_bestanden(huis, rij) if rij.status is Documentstatus.AKKOORD else []
        if open_ := count_open(eenheid.sessie, kenmerk):
            beletselen.append(Beletsel("open-wijzigingen", f"Over {open_} wijzigingen is nog niet beslist."))
        if beletselen:
            raise BeletselenError(f"Document {kenmerk} kan niet definitief worden.", beletselen)
        documenten.change_status(eenheid, rij, Documentstatus.DEFINITIEF, Handeling.DOCUMENT_VASTSTELLEN)


def remark(huis: Huis, door: Optreden, kenmerk: str, waar: str, tekst: str) -> None:
    """Remark on a clause (`artikel 5.2`, or empty: the whole document)."""
    if not tekst.strip():
        raise BeletselenError("Er is niets opgeslagen.", [Beletsel("opmerking", "Schrijf een opmerking.")])
    with handel(huis, door, Handeling.DOCUMENT_OPMERKEN, kenmerk) as eenheid:
        rij = documenten.find_document(eenheid.sessie, kenmerk)
        require_gemaakt(rij)
        merk, clausule = _find_clausule(list_documentclausules(huis, rij), waar) if waar.strip() else (0, "")
        _add_opmerking(
            huis,
            eenheid.sessie,
            door,
            rij,
            Opmerking(merk=merk, auteur=door.persoon.naam, moment="", tekst=tekst),
            clausule,
        )
        eenheid.audit(Handeling.DOCUMENT_OPMERKEN, kenmerk, gegevens={"clausule": clausule})


def _find_clausule(clausules: Mapping[int, Clausule], waar: str) -> tuple[int, str]:
    gezocht = " ".join(waar.lower().split())
    for merk, clausule in clausules.items():
        if gezocht in {clausule.aanduiding.lower(), clausule.nummer.lower().rstrip(".")} and merk:
            return merk, clausule.aanduiding
    genummerd = dict.fromkeys(clausule.aanduiding for clausule in clausules.values() if clausule.merk)
    raise NietGevondenError("De clausule", waar, list(genummerd)[:40])


def _add_opmerking(
    huis: Huis, sessie: Session, door: Optreden, rij: DocumentRow, opmerking: Opmerking, clausule: str
) -> None:
    vraag = select(func.max(DocumentopmerkingRow.volg)).where(DocumentopmerkingRow.document == rij.kenmerk)
    sessie.add(
        DocumentopmerkingRow(
            id=huis.nieuw_id(),
            document=rij.kenmerk,
            volg=(sessie.exec(vraag).one() or 0) + 1,
            merk=opmerking.merk,
            clausule=clausule,
            tekst=opmerking.tekst,
            auteur=opmerking.auteur,
            door=door.wie,
            op=door.nu,
        )
    )
    sessie.flush()


def list_opmerkingen(sessie: Session, kenmerk: str) -> list[DocumentopmerkingRow]:
    """The remarks on a document, the first first."""
    vraag = select(DocumentopmerkingRow).where(DocumentopmerkingRow.document == kenmerk)
    return list(sessie.exec(vraag.order_by(col(DocumentopmerkingRow.volg))))


def list_wijzigingen(sessie: Session, kenmerk: str) -> list[DocumentwijzigingRow]:
    """The changes in the file that came back, in reading order."""
    vraag = select(DocumentwijzigingRow).where(DocumentwijzigingRow.document == kenmerk)
    return list(sessie.exec(vraag.order_by(col(DocumentwijzigingRow.volg))))


def count_open(sessie: Session, kenmerk: str) -> int:
    """How many changes nobody decided on yet."""
    return sum(rij.oordeel is Wijzigingsoordeel.OPEN for rij in list_wijzigingen(sessie, kenmerk))


def receive(huis: Huis, door: Optreden, kenmerk: str, inhoud: bytes, naam: str) -> tuple[int, int]:
    """Read a Word file that came back: how many changes and remarks it holds. The file is kept as it came.

    One file for each version: what a second reviewer changed comes back on the next version.
    Raises DocxGeweigerdError before anything is kept.
    """
    with handel(huis, door, Handeling.DOCUMENT_TERUGKOMST, kenmerk) as eenheid:
        rij = documenten.find_document(eenheid.sessie, kenmerk)
        docx, _ = require_gemaakt(rij)
        beletselen = []
        if rij.status not in BEWERKBAAR:
            beletselen.append(Beletsel("status", f"Document {kenmerk} is {rij.status}; de tekst ligt vast."))
        if list_wijzigingen(eenheid.sessie, kenmerk):
            tekst = "Er is al een bestand teruggekomen; verwerk dat eerst tot een nieuwe versie."
            beletselen.append(Beletsel("al-terug", tekst))
        if beletselen:
            raise BeletselenError(f"Het bestand bij document {kenmerk} is niet ingelezen.", beletselen)
        gelezen = read_terugkomst(huis.winkel.documenten.read(docx), inhoud, naam)
        bestand = huis.winkel.documenten.add(inhoud)
        clausules = list_documentclausules(huis, rij)
        for volg, punt in enumerate(gelezen.punten, 1):
            eenheid.sessie.add(_make_wijziging(huis, rij, bestand, volg, punt, clausules))
        for opmerking in gelezen.opmerkingen:
            clausule = clausules.get(opmerking.merk)
            _add_opmerking(huis, eenheid.sessie, door, rij, opmerking, clausule.aanduiding if clausule else "")
        eenheid.audit(
            Handeling.DOCUMENT_TERUGKOMST,
            kenmerk,
            gegevens={"bestand": bestand, "wijzigingen": len(gelezen.punten), "opmerkingen": len(gelezen.opmerkingen)},
        )
    return len(gelezen.punten), len(gelezen.opmerkingen)


def _make_wijziging(
    huis: Huis, rij: DocumentRow, bestand: str, volg: int, punt: Terugkomstpunt, clausules: Mapping[int, Clausule]
) -> DocumentwijzigingRow:
    clausule = clausules.get(punt.merk or punt.na)
    plek = clausule.aanduiding if clausule else "aanhef"
    return DocumentwijzigingRow(
        id=huis.nieuw_id(),
        document=rij.kenmerk,
        volg=volg,
        bestand_sha256=bestand,
        merk=punt.merk,
        na=punt.na,
        genummerd=punt.genummerd,
        clausule=plek if punt.merk else f"na {plek}",
        soort=punt.soort.value,
        oud=punt.oud,
        nieuw=punt.nieuw,
        auteurs=", ".join(punt.auteurs),
        bijgehouden=punt.bijgehouden,
    )


def judge(huis: Huis, door: Optreden, kenmerk: str, volg: int, oordeel: Wijzigingsoordeel, reden: str) -> None:
    """Take a change over or refuse it, with a reason; until it is processed one may think again."""
    with handel(huis, door, Handeling.DOCUMENT_WIJZIGING_BEOORDELEN) as eenheid:
        rij = documenten.find_document(eenheid.sessie, kenmerk)
        alle = {wijziging.volg: wijziging for wijziging in list_wijzigingen(eenheid.sessie, kenmerk)}
        if volg not in alle:
            raise NietGevondenError(f"Wijziging van document {kenmerk}", str(volg), map(str, alle))
        beletselen = []
        if not reden.strip():
            beletselen.append(Beletsel("reden", "Schrijf waarom u deze wijziging overneemt of weigert."))
        if rij.status not in BEWERKBAAR:
            beletselen.append(Beletsel("verwerkt", f"Document {kenmerk} is {rij.status}; hierover is al beslist."))
        if oordeel is Wijzigingsoordeel.OVERGENOMEN and (reden_niet := _explain_onmogelijk(huis, rij, alle[volg])):
            beletselen.append(Beletsel("past-niet", reden_niet))
        if beletselen:
            raise BeletselenError(f"Wijziging {volg} van document {kenmerk} blijft open.", beletselen)
        wijziging = alle[volg]
        van = wijziging.oordeel
        check_verloop(f"Wijziging {volg} van document {kenmerk}", van, oordeel)
        wijziging.oordeel, wijziging.reden, wijziging.door, wijziging.op = oordeel, reden, door.wie, door.nu
        eenheid.sessie.add(wijziging)
        eenheid.audit(
            Handeling.DOCUMENT_WIJZIGING_BEOORDELEN,
            kenmerk,
            van=van,
            naar=oordeel,
            reden=reden,
            gegevens={"wijziging": volg, "clausule": wijziging.clausule},
        )


def look_wijziging(kenmerk: str, volg: int) -> Kijk:
    """What was decided on a change until now, for who decides on it beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        rijen = [rij for rij in list_wijzigingen(sessie, kenmerk) if rij.volg == volg]
        return describe_oordeel(rijen[0]) if rijen else Stand(regels=())

    return kijk


def describe_oordeel(rij: DocumentwijzigingRow) -> Stand:
    """What was decided on a change, by whom and when."""
    regels = (("Besluit", format_woord(rij.oordeel)), ("Waarom", rij.reden or ""))
    return Stand(regels=regels, door=rij.door or "", op=rij.op)


def _explain_onmogelijk(huis: Huis, rij: DocumentRow, wijziging: DocumentwijzigingRow) -> str | None:
    """Why a change cannot be taken over here: what stands before a clause, only the template changes."""
    if not wijziging.merk:
        return None
    clausule = list_documentclausules(huis, rij).get(wijziging.merk)
    if clausule is not None and fit_wijziging(clausule, wijziging.oud, wijziging.nieuw) is not None:
        return None
    return "Deze wijziging raakt vaste tekst van het systeem (zoals 'Bijlage 1'); wijzig het sjabloon."


def process(huis: Huis, door: Optreden, kenmerk: str) -> str:
    """Ask for a new version with what was taken over; returns its kenmerk. Every change must be decided on.

    The old version lapses. Who asks counts as its drafter, so another approves it (FE-2).
    """
    with handel(huis, door, Handeling.DOCUMENT_OPSTELLEN) as eenheid:
        rij = documenten.find_document(eenheid.sessie, kenmerk)
        wijzigingen = list_wijzigingen(eenheid.sessie, kenmerk)
        over = [w for w in wijzigingen if w.oordeel is Wijzigingsoordeel.OVERGENOMEN]
        beletselen = [
            Beletsel("open", f"Over wijziging {w.volg} ({w.clausule}) is nog niet beslist.")
            for w in wijzigingen
            if w.oordeel is Wijzigingsoordeel.OPEN
        ]
        if not wijzigingen:
            beletselen.append(Beletsel("geen", "Er is geen bestand teruggekomen; lees het eerst in."))
        elif not over and not beletselen:
            tekst = "Geen enkele wijziging is overgenomen; een nieuwe versie zou hetzelfde zeggen."
            beletselen.append(Beletsel("niets-over", tekst))
        if beletselen:
            raise BeletselenError(f"Van document {kenmerk} is geen nieuwe versie gemaakt.", beletselen)
        clausules = list_documentclausules(huis, rij)
        rondes = (*decode_afwijkingen(rij.afwijkingen), tuple(_as_afwijking(w, clausules) for w in over))
        gegevens = documenten.decode_gegevens(rij)
        return documenten.renew(huis, eenheid, rij, gegevens, afwijkingen=encode_afwijkingen(rondes))


def _as_afwijking(wijziging: DocumentwijzigingRow, clausules: Mapping[int, Clausule]) -> Afwijking:
    if not wijziging.merk:
        return Afwijking(merk=0, oud="", nieuw=wijziging.nieuw, na=wijziging.na, genummerd=wijziging.genummerd)
    passend = fit_wijziging(clausules[wijziging.merk], wijziging.oud, wijziging.nieuw)
    assert passend is not None
    return Afwijking(merk=wijziging.merk, oud=passend[0], nieuw=passend[1])
