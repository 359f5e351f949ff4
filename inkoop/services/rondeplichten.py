"""Duties of a round that belong to no aanmelding: questions and notas before closing, notices, and gestanddoening.

Bron: B.1.6 (gegunde opdracht), B.2.11 (nota), B.2.12 (gestanddoening); C.11, H19-02.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session, col, select

from inkoop.domain.aankondiging import VERPLICHT
from inkoop.domain.deelnemers import Deelnamestand
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.inlichtingen import Notastatus, Vraagstatus, end_of_gestand, last_nota
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aankondigingen, notas, procedures, publicatie, rondes, vragen
from inkoop.services.gezien import Kijk, Stand, search_log
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.taaksoort import Taak, Taaksoort
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.ronde import GestandverlengingRow, RondeRow
from inkoop.storage.tabellen.voorbereiding import DeelnameRow

_LOPEND = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING, Aanmeldingsstatus.BESLOTEN)


def extend_gestand(huis: Huis, door: Optreden, ronde: str, tot: date, *, grond: str) -> None:
    """Record that the applicants of a round keep their aanmelding open until a later day (B.2.12)."""
    with handel(huis, door, Handeling.GESTAND_VERLENGEN) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        huidig = find_gestand(eenheid.sessie, rij)
        beletselen = []
        if door.nu <= rij.sluiting:
            beletselen.append(Beletsel("niet-gesloten", f"Ronde {ronde} is nog niet gesloten."))
        if tot <= huidig:
            tekst = f"Aanmeldingen worden al gestand gedaan tot en met {format_dag(huidig)}; noem een latere dag."
            beletselen.append(Beletsel("gestand-korter", tekst))
        if local_date(door.nu) > huidig:
            tekst = (
                f"De gestanddoening eindigde op {format_dag(huidig)}. Daarna kan zij niet meer worden verlengd; vraag "
                "aanbieders om hun aanmelding te bevestigen."
            )
            beletselen.append(Beletsel("gestand-voorbij", tekst))
        if not grond.strip():
            beletselen.append(Beletsel("grond", "Noem waaruit blijkt dat aanbieders instemmen, of waar dit op rust."))
        if beletselen:
            raise BeletselenError("De gestanddoening kan zo niet worden verlengd.", beletselen)
        eenheid.sessie.add(
            GestandverlengingRow(
                id=huis.nieuw_id(), ronde_id=rij.id, tot=tot, grond=grond, persoon=door.wie, op=door.nu
            )
        )
        eenheid.audit(Handeling.GESTAND_VERLENGEN, ronde, van=huidig.isoformat(), naar=tot.isoformat(), reden=grond)


def find_gestand(sessie: Session, rij: RondeRow) -> date:
    """Until when applicants keep their aanmelding open: the term of the leidraad, or the last extension."""
    vraag = select(GestandverlengingRow).where(GestandverlengingRow.ronde_id == rij.id)
    return max([end_of_gestand(rij.sluiting), *(een.tot for een in sessie.exec(vraag))])


def look_gestand(ronde: str) -> Kijk:
    """Until when applicants keep their aanmelding open now, for who extends it beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        tot = find_gestand(sessie, rondes.find_ronde(sessie, ronde))
        regels = (("Aanmeldingen worden gestand gedaan tot en met", format_dag(tot)),)
        return Stand(regels=regels, zoek=search_log(ronde, Handeling.GESTAND_VERLENGEN))

    return kijk


def list_voor_sluiting(sessie: Session, rij: RondeRow) -> Iterator[Taak]:
    """What waits for people before closing: questions without answer, and each step of a nota."""
    definitie = procedures.read_definitie(sessie, rij.procedure_id)
    uiterlijk = last_nota(definitie.find_ronde(rij.kenmerk))
    gevraagd = vragen.list_vragen(sessie, rij.id)
    open_ = [een for een in gevraagd if een.status is Vraagstatus.ONTVANGEN]
    for vraag in open_:
        wat = "vraag beantwoorden" if vraag.binnen_termijn else "late vraag beantwoorden of terzijde leggen"
        yield _taak(Taaksoort.VRAAG_BEANTWOORDEN, Rol.INKOPER, wat, vraag.kenmerk, uiterlijk)
    klaar = [een for een in gevraagd if een.status is Vraagstatus.BEANTWOORD and een.nota_id is None]
    if klaar and not open_:
        wat = f"nota van inlichtingen opstellen ({len(klaar)} antwoorden)"
        yield _taak(Taaksoort.NOTA_OPSTELLEN, Rol.INKOPER, wat, rij.kenmerk, uiterlijk)
    yield from _list_uittredingen(sessie, definitie, rij)
    for nota in notas.list_notas(sessie, rij.id):
        if nota.status is Notastatus.CONCEPT:
            wat = "nota van inlichtingen goedkeuren"
            yield _taak(Taaksoort.NOTA_GOEDKEUREN, Rol.JURIST, wat, nota.kenmerk, uiterlijk)
        elif nota.status is Notastatus.AKKOORD:
            wat = "nota van inlichtingen publiceren"
            yield _taak(Taaksoort.NOTA_PUBLICEREN, Rol.INKOPER, wat, nota.kenmerk, uiterlijk)


def _list_uittredingen(sessie: Session, definitie: Proceduredefinitie, rij: RondeRow) -> Iterator[Taak]:
    """A nota for each gemeente that withdrew after a publication text went out that still names it (H19-02).

    Done once a later nota with a changed document is out; while a nota is under way, its own steps are the task.
    """
    verzonden = sessie.exec(
        select(DocumentRow.verzonden_op).where(
            DocumentRow.soort == publicatie.SOORT,
            DocumentRow.onderwerp == definitie.naam,
            col(DocumentRow.verzonden_op).is_not(None),
        )
    ).all()
    eerste = min((op for op in verzonden if op is not None), default=None)
    gemaakt = notas.list_notas(sessie, rij.id)
    if eerste is None or any(nota.status in (Notastatus.CONCEPT, Notastatus.AKKOORD) for nota in gemaakt):
        return
    gemeld = [
        nota.gepubliceerd_op for nota in gemaakt if nota.gepubliceerd_op is not None and notas.read_wijzigingen(nota)
    ]
    weg = select(DeelnameRow).where(
        DeelnameRow.procedure_id == rij.procedure_id,
        DeelnameRow.stand == Deelnamestand.UITGETREDEN,
        DeelnameRow.op >= eerste,
    )
    for uittreding in sessie.exec(weg.order_by(DeelnameRow.gemeente)):
        if not any(op >= uittreding.op for op in gemeld):
            wat = f"nota van inlichtingen opstellen: {uittreding.gemeente} is uitgetreden (noem dat erin als wijziging)"
            uiterlijk = last_nota(definitie.find_ronde(rij.kenmerk))
            yield _taak(Taaksoort.NOTA_OPSTELLEN, Rol.INKOPER, wat, rij.kenmerk, uiterlijk)


def list_na_sluiting(sessie: Session, rij: RondeRow, nu: datetime) -> Iterator[Taak]:
    """Notices that this fase asks for, and a gestanddoening that ends before the agreements are signed."""
    definitie = procedures.read_definitie(sessie, rij.procedure_id)
    yield from _list_aankondigingen(sessie, definitie, rij)
    tot, ronde = find_gestand(sessie, rij), definitie.find_ronde(rij.kenmerk)
    if (
        tot < ronde.tekenen
        and rij.fase is not Fase.IMPLEMENTEREN
        and local_date(nu) <= tot
        and _has_lopend(sessie, rij)
    ):
        wat = f"gestanddoening laten verlengen: zij eindigt vóór het tekenen ({format_dag(ronde.tekenen)})"
        yield _taak(Taaksoort.GESTAND_VERLENGEN, Rol.INKOPER, wat, rij.kenmerk, tot)


def asks_aankondiging(definitie: Proceduredefinitie, fase: Fase) -> bool:
    """Whether a round in this fase asks for a notice, registered or not."""
    return bool(VERPLICHT.get((definitie.kwalificatie, fase)))


def _list_aankondigingen(sessie: Session, definitie: Proceduredefinitie, rij: RondeRow) -> Iterator[Taak]:
    geplaatst = {
        een.soort
        for een in aankondigingen.list_aankondigingen(sessie, definitie.naam)
        if een.ronde in ("", rij.kenmerk)
    }
    for soort in VERPLICHT.get((definitie.kwalificatie, rij.fase), ()):
        if soort not in geplaatst:
            wat = f"{soort.replace('_', ' ')} aankondigen op TenderNed en het nummer registreren"
            yield _taak(Taaksoort.AANKONDIGING_REGISTREREN, Rol.INKOPER, wat, rij.kenmerk, None)


def _has_lopend(sessie: Session, rij: RondeRow) -> bool:
    vraag = select(AanmeldingRow.id).where(AanmeldingRow.ronde_id == rij.id, col(AanmeldingRow.status).in_(_LOPEND))
    return sessie.exec(vraag).first() is not None


def _taak(soort: Taaksoort, rol: Rol, wat: str, onderwerp: str, uiterlijk: date | None) -> Taak:
    return Taak(soort=soort, rol=rol, wat=wat, onderwerp=onderwerp, uiterlijk=uiterlijk)
