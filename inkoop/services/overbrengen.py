"""Transfer of what is kept for ever: a zip with every file and record of the dossiers, each with its MDTO metadata.

The list is registered as carried out together with the hash of the zip, so that it can always be shown what was
handed over. The dossiers stay here to be read, and are due no more.

Bron: B.7, C.30; MDTO 1.0.1.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.archief import Archiefdossier, Lijstsoort, Lijststatus, Regelstand, is_standaard
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.toegang import Handeling
from inkoop.exchange.mdto import Bestand, Informatieobject, render_bestand, render_informatieobject
from inkoop.services import bewaring, procedures
from inkoop.services.archieflijsten import check_uitvoering, find_lijst, list_regels
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vernietigen import find_wortel
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.grondslag import Tabel
from inkoop.storage.tabellen.bewijs import BewijsstukRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.vernietigen import DOCUMENTEN, collect_rijen, list_bestanden, name_tabel
from inkoop.storage.winkel import Winkel

MAP = "dossiers"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Ingang(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a dossier as it goes into the zip."""

    naam: str
    inhoud: bytes
    mediatype: str


def export_lijst(huis: Huis, door: Optreden, kenmerk: str, write: Callable[[bytes], None]) -> str:
    """Write the zip of an approved list and register the list as carried out; returns the sha256 of the zip.

    Nothing is registered when the zip could not be written. Raises BeletselenError with every reason.
    """
    with handel(huis, door, Handeling.ARCHIEFLIJST_UITVOEREN) as eenheid:
        sessie = eenheid.sessie
        lijst = find_lijst(sessie, kenmerk)
        beletselen = check_uitvoering(lijst, Lijstsoort.OVERBRENGING)
        regels = [een for een in list_regels(sessie, lijst) if een.stand is Regelstand.OPEN]
        gezocht = [] if beletselen else [(een.dossier, een.procedure) for een in regels]
        dossiers = bewaring.find_dossiers(sessie, gezocht)
        beletselen += [een for dossier in dossiers for een in dossier.list_beletselen(local_date(door.nu))]
        if beletselen:
            raise BeletselenError(f"Lijst {kenmerk} kan niet worden overgebracht.", beletselen)
        zip_ = _pack(huis.winkel, sessie, dossiers, door.nu)
        for een in regels:
            een.stand = Regelstand.UITGEVOERD
            sessie.add(een)
        lijst.status, lijst.uitgevoerd_door, lijst.uitgevoerd_op = Lijststatus.UITGEVOERD, door.wie, door.nu
        som = lijst.export_sha256 = hashlib.sha256(zip_).hexdigest()
        sessie.add(lijst)
        eenheid.audit(
            Handeling.ARCHIEFLIJST_UITVOEREN,
            kenmerk,
            van=Lijststatus.GOEDGEKEURD,
            naar=Lijststatus.UITGEVOERD,
            gegevens={"zip": lijst.export_sha256, "dossiers": [een.naam for een in dossiers]},
        )
        sessie.flush()
        write(zip_)
    return som


def _pack(winkel: Winkel, sessie: Session, dossiers: list[Archiefdossier], nu: datetime) -> bytes:
    stroom = io.BytesIO()
    with zipfile.ZipFile(stroom, "w", zipfile.ZIP_DEFLATED) as zip_:
        for dossier in dossiers:
            wortel = find_wortel(sessie, dossier.soort, dossier.naam)
            ingangen = list(_list_ingangen(winkel, sessie, wortel, dossier))
            map_ = f"{MAP}/{dossier.naam}"
            for een in ingangen:
                _write(zip_, f"{map_}/{een.naam}", een.inhoud)
                beschrijving = Bestand(
                    kenmerk=f"{dossier.naam}/{een.naam}",
                    naam=een.naam,
                    omvang=len(een.inhoud),
                    mediatype=een.mediatype,
                    sha256=hashlib.sha256(een.inhoud).hexdigest(),
                    gehasht_op=nu,
                    dossier=dossier.naam,
                )
                _write(zip_, f"{map_}/{een.naam}.bestand.mdto.xml", render_bestand(beschrijving))
            beschreven = _describe(sessie, dossier, [f"{dossier.naam}/{een.naam}" for een in ingangen])
            _write(zip_, f"{map_}/{dossier.naam}.mdto.xml", render_informatieobject(beschreven))
    return stroom.getvalue()


def _write(zip_: zipfile.ZipFile, naam: str, inhoud: bytes) -> None:
    ingang = zipfile.ZipInfo(naam, date_time=(1980, 1, 1, 0, 0, 0))
    ingang.compress_type = zipfile.ZIP_DEFLATED
    zip_.writestr(ingang, inhoud)


def _list_ingangen(winkel: Winkel, sessie: Session, wortel: Tabel, dossier: Archiefdossier) -> Iterator[Ingang]:
    """Every file of a dossier once, then its records and its part of the log as JSON."""
    rijen = [rij for lijst in collect_rijen(sessie, wortel).values() for rij in lijst]
    if wortel not in rijen:
        rijen.append(wortel)
    namen = {dossier.naam, *(rij.kenmerk for rij in rijen if isinstance(rij, DocumentRow))}
    gezien: set[str] = set()
    for rij in rijen:
        for onderdeel, sha256 in list_bestanden(rij):
            if sha256 in gezien:
                continue
            gezien.add(sha256)
            map_ = winkel.documenten if onderdeel == DOCUMENTEN else winkel.bewijs
            naam, mediatype = _name_bestand(rij, sha256)
            yield Ingang(naam=naam, inhoud=map_.read(sha256), mediatype=mediatype)
    gegevens = sorted(
        ({"tabel": name_tabel(rij), **rij.model_dump(mode="json")} for rij in rijen),
        key=lambda een: (str(een["tabel"]), str(een.get("id", ""))),
    )
    yield Ingang(naam="gegevens.json", inhoud=_to_json(gegevens), mediatype="application/json")
    vraag = select(AuditRow).where(col(AuditRow.onderwerp).in_(sorted(namen))).order_by(col(AuditRow.volgnummer))
    logboek = [rij.model_dump(mode="json") for rij in sessie.exec(vraag)]
    yield Ingang(naam="logboek.json", inhoud=_to_json(logboek), mediatype="application/json")


def _name_bestand(rij: Tabel, sha256: str) -> tuple[str, str]:
    """A name that tells what it is and is unique in its dossier, and the media type."""
    if isinstance(rij, DocumentRow):
        if sha256 == rij.docx_sha256:
            return f"{rij.kenmerk}.docx", _DOCX
        if sha256 == rij.pdf_sha256:
            return f"{rij.kenmerk}.pdf", "application/pdf"
        return f"{rij.kenmerk}-sjabloon.zip", "application/zip"
    if isinstance(rij, BewijsstukRow):
        achter = rij.bestand.rpartition(".")[2].lower()
        return f"bewijs-{sha256[:16]}.{achter if achter.isalnum() else 'bin'}", rij.mediatype
    return f"bestand-{sha256[:16]}.bin", "application/octet-stream"


def _describe(sessie: Session, dossier: Archiefdossier, bestanden: list[str]) -> Informatieobject:
    if dossier.vanaf is None:
        raise LookupError("a dossier that is transferred has a term that ended")
    organisatie = procedures.decode_definitie(procedures.find_procedure(sessie, dossier.procedure)).organisatie
    return Informatieobject(
        kenmerk=dossier.naam,
        naam=f"{dossier.soort} {dossier.naam}",
        soort=str(dossier.soort),
        waardering=str(dossier.regel.waardering),
        vanaf=dossier.vanaf,
        jaren=dossier.regel.jaren,
        categorie="" if is_standaard(dossier.regel) else dossier.regel.categorie,
        archiefvormer=organisatie.naam,
        beperking="op verzoek, na beoordeling",
        bestanden=tuple(bestanden),
    )


def _to_json(waarde: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(waarde, order="sorted"), indent=1) + b"\n"
