"""Everything about one aanmelding in one PDF and one zip, for a kort geding.

Each document, each piece of evidence, every finding, the replay of each toets, the receipts, what was sent
and received, and every row of the log about it, with hashes. Nothing is written in the store but that it
was put together.

Bron: domein B.2.2; FE-10; ontwerp 2.3 (replay).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.dossierbundel import Bundel, Dossierdeel, make_bundel
from inkoop.domain.criteria.herspel import Herspelstand
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.toegang import Handeling
from inkoop.services import (
    aanmeldingen,
    besluiten,
    bewijzen,
    correspondentie,
    documenten,
    feiten,
    geschillen,
    herspelen,
    overeenkomsten,
    procedures,
    rondes,
    toetsen,
)
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.auditregel import AuditRow, read_kop
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.oordeel import OordeelRow
from inkoop.storage.tabellen.toets import ToetsRow


def compose_dossier(huis: Huis, door: Optreden, kenmerk: str) -> Bundel:
    """Put the dossier of one aanmelding together; that it was done, and by whom, stands in the log."""
    with rondes.lees(huis, door, Handeling.DOSSIER_SAMENSTELLEN) as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, rij, door)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        definitie = procedures.read_definitie(sessie, ronde.procedure_id)
        herspel = list(herspelen.replay(huis, door, kenmerk))
        delen = [
            *_list_besluiten(sessie, rij),
            *_list_documenten(huis, sessie, rij, ronde.kenmerk),
            *_list_toetsen(sessie, rij),
            Dossierdeel(
                groep="Toetsen",
                titel="Herspelen van de toetsen",
                bestand="toetsen/herspel.txt",
                regels=tuple(_describe_herspel(een) for een in herspel) or ("Er is nog niet getoetst.",),
            ),
            *_list_oordelen(sessie, rij),
            *_list_feiten(sessie, rij),
            *_list_bewijs(huis, sessie, rij),
            *_list_verkeer(sessie, rij, ronde.kenmerk),
            _logboek(sessie, rij, ronde.kenmerk),
        ]
        kop = read_kop(sessie.connection())
        regels = [
            f"Procedure: {definitie.titel}",
            f"Ronde: {ronde.kenmerk}, gesloten op {_tijd(ronde.sluiting)}",
            f"Aanbieder: {rij.naam} (KvK {rij.kvk})",
            f"Aanmelding: {rij.kenmerk}, ontvangen op {_tijd(rij.ontvangen_op)}, status {rij.status}",
            f"Samengesteld op {_tijd(door.nu)} door {door.persoon.naam}",
            f"Logboek: {kop.aantal if kop else 0} regels; controlegetal van de laatste {kop.hash if kop else ''}",
            "In de zip staat SHA256SUMS: met 'sha256sum -c SHA256SUMS' is na te gaan dat geen bestand is veranderd.",
        ]
    bundel = make_bundel(f"Dossier {kenmerk}", regels, delen, op=door.nu)
    with handel(huis, door, Handeling.DOSSIER_SAMENSTELLEN) as eenheid:
        gegevens = {"delen": len(delen), "pdf": hashlib.sha256(bundel.pdf).hexdigest()}
        eenheid.audit(Handeling.DOSSIER_SAMENSTELLEN, kenmerk, naar="samengesteld", gegevens=gegevens)
    return bundel


def _tijd(moment: datetime) -> str:
    return f"{moment.astimezone(TIJDZONE):%d-%m-%Y %H:%M:%S}"


def _list_besluiten(sessie: Session, rij: AanmeldingRow) -> Iterator[Dossierdeel]:
    for besluit in besluiten.list_besluiten(sessie, rij):
        voorstel = besluiten.decode_voorstel(besluit)
        regels = [
            f"Perceel: {besluit.perceel}",
            f"Besluit: {besluit.soort.replace('_', ' ')} (status {besluit.status})",
            f"Kenmerk: {besluit.kenmerk or 'nog niet genomen'}",
            f"Voorbereid door {besluit.opgesteld_door}, gecontroleerd door {besluit.gecontroleerd_door or 'niemand'}",
            f"Genomen door {besluit.genomen_door or 'niemand'}, mandaat {besluit.mandaat or 'geen'}",
            *([f"Genomen op {_tijd(besluit.genomen_op)}"] if besluit.genomen_op else []),
            *([f"Verzonden op {_tijd(besluit.verzonden_op)}"] if besluit.verzonden_op else []),
            *([f"Termijn tot en met {besluit.vervaldatum:%d-%m-%Y}"] if besluit.vervaldatum else []),
            *([f"Aanleiding: {voorstel.aanleiding}"] if voorstel.aanleiding else []),
            *([f"Grond: {voorstel.grond.bevinding} ({voorstel.grond.bron})"] if voorstel.grond else []),
            *([f"Rangorde: {voorstel.rang.uitleg}"] if voorstel.rang else []),
            "",
            "# Redenen",
            *(f"{reden.criterium}: {reden.toelichting} (bron: {reden.bron})" for reden in voorstel.redenen),
            "# Voldaan",
            ", ".join(voorstel.voldaan) or "geen",
        ]
        yield Dossierdeel(
            groep="Besluiten",
            titel=f"Besluit {besluit.volgnummer} over perceel {besluit.perceel}: {besluit.soort.replace('_', ' ')}",
            bestand=f"besluiten/{besluit.perceel}-{besluit.volgnummer}.txt",
            regels=tuple(regels),
        )


def _list_documenten(huis: Huis, sessie: Session, rij: AanmeldingRow, ronde: str) -> Iterator[Dossierdeel]:
    """The letters to this applicant, the besluit on the round, and the agreement with what hangs on it."""
    overeenkomst = overeenkomsten.find_by_aanmelding(sessie, rij)
    onderwerpen = [rij.kenmerk, ronde, *([overeenkomst.contractnummer] if overeenkomst else [])]
    rijen: list[DocumentRow] = []
    for onderwerp in onderwerpen:
        rijen += [d for d in documenten.list_documenten(sessie, onderwerp=onderwerp) if d.pdf_sha256 is not None]
    for document in rijen:
        for soort, sha256 in (("pdf", document.pdf_sha256), ("docx", document.docx_sha256)):
            if sha256 is not None:
                yield Dossierdeel(
                    groep="Documenten",
                    titel=f"{document.titel} {document.kenmerk} ({soort}, {document.status})",
                    bestand=f"documenten/{document.kenmerk}-{document.soort}.{soort}",
                    inhoud=huis.winkel.documenten.read(sha256),
                )


def _list_toetsen(sessie: Session, rij: AanmeldingRow) -> Iterator[Dossierdeel]:
    """Every receipt as its own bytes, and its findings as text."""
    vraag = select(ToetsRow).where(ToetsRow.aanmelding_id == rij.id).order_by(col(ToetsRow.volgnummer))
    for toets in sessie.exec(vraag):
        resultaat = toetsen.decode_resultaat(toets)
        regels = [f"Gedaan op {_tijd(toets.op)}; herstel {toets.herstelverloop}; controlegetal {toets.hash}"]
        for b in resultaat.bevindingen:
            waar = ", ".join(str(deel) for deel in (b.perceel, b.product, b.lid) if deel is not None)
            regels += ["", f"# {b.criterium} {f'({waar})' if waar else ''}: {b.uitkomst} ({b.grond})", b.toelichting]
            regels.append(f"bron: {b.bron}; bewijs: {', '.join(sha[:16] for sha in b.bewijs) or 'geen'}")
        yield Dossierdeel(
            groep="Toetsen",
            titel=f"Toets {toets.volgnummer}: bevindingen",
            bestand=f"toetsen/{toets.volgnummer}.txt",
            regels=tuple(regels),
        )
        yield Dossierdeel(
            groep="Toetsen",
            titel=f"Toets {toets.volgnummer}: ontvangstbewijs van de machine",
            bestand=f"toetsen/{toets.volgnummer}.json",
            inhoud=toets.resultaat.encode(),
        )


def _describe_herspel(herspel: herspelen.Herspel) -> str:
    gelijk = "byte voor byte gelijk" if herspel.stand is Herspelstand.GELIJK else str(herspel.stand)
    return f"Toets {herspel.volgnummer}: {gelijk} ({herspel.motor}). {herspel.uitleg}".strip()


def _list_oordelen(sessie: Session, rij: AanmeldingRow) -> Iterator[Dossierdeel]:
    vraag = select(OordeelRow).where(OordeelRow.aanmelding_id == rij.id)
    regels: list[str] = []
    for oordeel in sessie.exec(vraag.order_by(col(OordeelRow.criterium), col(OordeelRow.op))):
        waar = ", ".join(deel for deel in (oordeel.perceel, oordeel.product, oordeel.lid) if deel)
        regels += [
            f"# {oordeel.criterium} ({waar or 'aanmelding'}): {'ja' if oordeel.ja else 'nee'}",
            f"{oordeel.persoon}, {oordeel.rol}, {_tijd(oordeel.op)}: {oordeel.reden}",
        ]
    if regels:
        yield Dossierdeel(
            groep="Beoordeling", titel="Oordelen", bestand="beoordeling/oordelen.txt", regels=tuple(regels)
        )


def _list_feiten(sessie: Session, rij: AanmeldingRow) -> Iterator[Dossierdeel]:
    regels = []
    for regel in feiten.list_feiten(sessie, rij):
        wijze = "alleen opgegeven" if regel.wijze is None else f"{regel.wijze} door {regel.persoon}: {regel.reden}"
        regels += [f"# {regel.id} ({regel.bestand})", wijze, msgspec.json.encode(regel.feit).decode()]
    yield Dossierdeel(
        groep="Beoordeling",
        titel="Feiten en wat ervan is vastgesteld",
        bestand="beoordeling/feiten.txt",
        regels=tuple(regels) or ("Er zijn geen feiten opgegeven.",),
    )


def _list_bewijs(huis: Huis, sessie: Session, rij: AanmeldingRow) -> Iterator[Dossierdeel]:
    """The evidence as it was handed in; files of one name in two receipts keep apart by their hash."""
    yield Dossierdeel(
        groep="Bewijs",
        titel="De aanmelding zoals zij is ingediend",
        bestand="bewijs/aanmelding.json",
        inhoud=rij.opgave.encode(),
    )
    eerdere = bewijzen.list_hergebruik(sessie, rij)
    for stuk in bewijzen.list_bewijsstukken(sessie, rij):
        van = eerdere.get(stuk.id)
        yield Dossierdeel(
            groep="Bewijs",
            titel=f"{stuk.omschrijving} ({stuk.bestand}, ontvangen {_tijd(stuk.ontvangen_op)}, {stuk.aanleiding}"
            f"{f', eerder ingeleverd bij {van}' if van else ''})",
            bestand=f"bewijs/{stuk.sha256[:8]}-{stuk.bestand}",
            inhoud=huis.winkel.bewijs.read(stuk.sha256),
        )


def _list_verkeer(sessie: Session, rij: AanmeldingRow, ronde: str) -> Iterator[Dossierdeel]:
    berichten = correspondentie.list_correspondentie(sessie, rij)
    regels: list[str] = []
    for b in berichten:
        regels.append(f"# {_tijd(b.op)} {b.richting}: {b.onderwerp} ({b.wijze})")
        regels += [deel for deel in (b.kenmerk, b.toelichting, b.sha256 and f"sha256 {b.sha256}") if deel]
    yield Dossierdeel(
        groep="Correspondentie",
        titel="Alle correspondentie op volgorde van tijd",
        bestand="correspondentie/overzicht.txt",
        regels=tuple(regels),
    )
    geschil = [
        f"{g.kenmerk}: {g.soort.replace('_', ' ')} van {g.van}, ontvangen {_tijd(g.ontvangen_op)}"
        f"{'' if g.tijdig else ' (na de termijn)'}; uitkomst: {g.uitkomst or 'nog niet'}. {g.omschrijving}"
        for g in geschillen.list_geschillen(sessie, rondes.find_ronde(sessie, ronde))
        if g.aanmelding_id in (None, rij.id)
    ]
    if geschil:
        yield Dossierdeel(
            groep="Correspondentie",
            titel="Klachten en kort gedingen",
            bestand="correspondentie/geschillen.txt",
            regels=tuple(geschil),
        )


def _logboek(sessie: Session, rij: AanmeldingRow, ronde: str) -> Dossierdeel:
    """Every row of the log about this aanmelding, its documents and its round."""
    overeenkomst = overeenkomsten.find_by_aanmelding(sessie, rij)
    namen = {rij.kenmerk, ronde, *([overeenkomst.contractnummer] if overeenkomst else [])}
    for onderwerp in tuple(namen):
        namen |= {document.kenmerk for document in documenten.list_documenten(sessie, onderwerp=onderwerp)}
    vraag = select(AuditRow).where(col(AuditRow.onderwerp).in_(namen)).order_by(col(AuditRow.volgnummer))
    return Dossierdeel(
        groep="Logboek",
        titel="Regels van het logboek over deze aanmelding",
        bestand="logboek/regels.txt",
        regels=_describe_regels(list(sessie.exec(vraag))),
    )


def _describe_regels(regels: Sequence[AuditRow]) -> tuple[str, ...]:
    zinnen: list[str] = []
    for r in regels:
        verloop = f" van {r.van}" if r.van else ""
        verloop += f" naar {r.naar}" if r.naar else ""
        zinnen.append(f"# {r.volgnummer}. {_tijd(r.op)} {r.persoon} ({r.rol}): {r.handeling} {r.onderwerp}{verloop}")
        zinnen += [f"reden: {r.reden}"] if r.reden else []
        zinnen.append(f"hash {r.hash}")
    return tuple(zinnen)
