"""Destroying what stands on an approved list, file by file, so that a run that was broken off goes on where it was.

A file goes in one transaction: its records, and what stays known of it. Its bytes go after that, and only where no
other record has the same; until they are gone the record of the destruction says so. Doing it again finishes what
was left. When the last file is gone, the verklaring van vernietiging is asked for.

The log keeps who did what when; its rows hold hashes and kenmerken, so that it can be verified as before.

Bron: B.7 (Archiefwet: list and verklaring); FE-10; ontwerp 7 (a worker that dies loses nothing and doubles nothing).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.gegevens.archiefstukken import Vernietigdstuk, Vernietigingsverklaringgegevens
from inkoop.domain.archief import Dossiersoort, Lijstsoort, Lijststatus, Regelstand
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.services import bewaring, documenten, procedures
from inkoop.services.archieflijsten import check_uitvoering, find_lijst, list_lijsten, list_regels
from inkoop.services.brieven import blokken
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.auditregel import AuditRow, read_kop
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.grondslag import Tabel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.archief import ArchieflijstRow, ArchiefregelRow, VernietigdeNaamRow, VernietigingRow
from inkoop.storage.tabellen.bestaandcontract import OuderContractRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.vernietigen import BEWIJS, DOCUMENTEN, Bestand, remove_bestanden, remove_rijen
from inkoop.storage.vraagdelen import split_vraag

VERKLARING = "verklaring-van-vernietiging"
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_BEHOUD = {
    Dossiersoort.PROCEDURE: frozenset({"aanmelding", "overeenkomst", "ouder_contract"}),
    Dossiersoort.TOELATING: frozenset({"overeenkomst"}),
    Dossiersoort.AFWIJZING: frozenset({"overeenkomst"}),
    Dossiersoort.INTREKKING: frozenset({"overeenkomst"}),
}


class Uitvoering(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a list: what went now, what still stands with every reason, and the verklaring when all went."""

    lijst: str
    vernietigd: tuple[str, ...]
    staat_nog: tuple[Beletsel, ...]
    verklaring: str


def destroy_lijst(
    huis: Huis, door: Optreden, kenmerk: str, toon: Callable[[int, int], None] = lambda *_: None
) -> Uitvoering:
    """Carry out an approved list. What cannot go now (a dispute that came up) stays on it, with the reason.

    `toon` is called with how many dossiers are done and how many there are.
    Repeating it goes on with what is left. Raises BeletselenError when the list may not be carried out at all.
    """
    require_toegang(door.persoon, door.rol, Handeling.ARCHIEFLIJST_UITVOEREN)
    with huis.winkel.lezen() as sessie:
        rij = find_lijst(sessie, kenmerk)
        if beletselen := check_uitvoering(rij, Lijstsoort.VERNIETIGING):
            raise BeletselenError(f"Lijst {kenmerk} kan niet worden uitgevoerd.", beletselen)
        namen = [een.dossier for een in list_regels(sessie, rij) if een.stand is Regelstand.OPEN]
    finish_bestanden(huis, door)
    gedaan: list[str] = []
    staat_nog: list[Beletsel] = []
    for plek, naam in enumerate(namen):
        toon(plek, len(namen))
        redenen = destroy_dossier(huis, door, kenmerk, naam)
        finish_bestanden(huis, door)
        staat_nog += redenen
        gedaan += [] if redenen else [naam]
    verklaring = "" if staat_nog else _conclude(huis, door, kenmerk)
    return Uitvoering(lijst=kenmerk, vernietigd=tuple(gedaan), staat_nog=tuple(staat_nog), verklaring=verklaring)


def destroy_dossier(huis: Huis, door: Optreden, lijst: str, naam: str) -> list[Beletsel]:
    """Remove the records of one file on an approved list; why not, when something stands in the way now."""
    with handel(huis, door, Handeling.ARCHIEFLIJST_UITVOEREN) as eenheid:
        sessie = eenheid.sessie
        rij = find_lijst(sessie, lijst)
        regel = next(een for een in list_regels(sessie, rij) if een.dossier == naam)
        if regel.stand is not Regelstand.OPEN:
            return []
        (dossier,) = bewaring.find_dossiers(sessie, [(naam, regel.procedure)])
        redenen = dossier.list_beletselen(local_date(door.nu))
        if not redenen and dossier.soort is not regel.soort:
            tekst = f"{naam} is nu van de soort {dossier.soort}; op de lijst staat {regel.soort}."
            redenen = [Beletsel("archief-anders", tekst)]
        if redenen:
            return redenen
        wortel = find_wortel(sessie, dossier.soort, naam)
        try:
            weg = remove_rijen(sessie, wortel, behoud=_BEHOUD.get(dossier.soort, frozenset()))
        except LookupError:
            tekst = f"{naam}: er staat nog een dossier dat hiernaar verwijst. Vernietig dat eerst."
            return [Beletsel("archief-volgorde", tekst)]
        if isinstance(wortel, ProcedureRow):
            _forget_contactpersoon(sessie, wortel)
        namen = {*weg.namen, naam}
        vernietiging = VernietigingRow(
            id=huis.nieuw_id(),
            regel_id=regel.id,
            dossier=naam,
            soort=dossier.soort,
            procedure=dossier.procedure,
            ronde=dossier.ronde,
            lijst=lijst,
            aantal_rijen=weg.aantal,
            bestanden=[list(een) for een in dict.fromkeys([*weg.bestanden, *_list_uit_log(sessie, namen)])],
            vernietigd_door=door.wie,
            vernietigd_op=door.nu,
        )
        sessie.add(vernietiging)
        sessie.flush()
        for een in sorted(namen):
            sessie.add(VernietigdeNaamRow(naam=een, vernietiging_id=vernietiging.id))
        regel.stand = Regelstand.UITGEVOERD
        sessie.add(regel)
        eenheid.audit(
            Handeling.ARCHIEFLIJST_UITVOEREN,
            naam,
            naar="vernietigd",
            reden=f"lijst {lijst}: {regel.grond}",
            gegevens={"lijst": lijst, "soort": dossier.soort, "rijen": weg.aantal},
        )
    return []


def finish_bestanden(huis: Huis, door: Optreden) -> int:
    """Take away the bytes of what was destroyed, where a run was broken off before it could; how many files."""
    with huis.winkel.lezen() as sessie:
        wacht = list(sessie.exec(select(VernietigingRow.id).where(col(VernietigingRow.bestanden_weg_op).is_(None))))
    for id_ in wacht:
        with huis.winkel.lezen() as sessie:
            rij = sessie.get_one(VernietigingRow, id_)
            bestanden: list[Bestand] = [(onderdeel, sha256) for onderdeel, sha256 in rij.bestanden]
        remove_bestanden(huis.winkel, bestanden)
        with handel(huis, door, Handeling.ARCHIEFLIJST_UITVOEREN) as eenheid:
            rij = eenheid.sessie.get_one(VernietigingRow, id_)
            if rij.bestanden_weg_op is None:
                rij.bestanden_weg_op = door.nu
                eenheid.sessie.add(rij)
                eenheid.audit(
                    Handeling.ARCHIEFLIJST_UITVOEREN,
                    rij.dossier,
                    van="vernietigd",
                    naar="bestanden weg",
                    gegevens={"bestanden": len(bestanden)},
                )
    return len(wacht)


def resume(huis: Huis, door: Optreden) -> tuple[str, ...]:
    """Finish what a run left halfway: a list of which a part went, bytes that are still there. A sentence for each.

    A list of which nothing went yet waits for the archivaris.
    """
    with huis.winkel.lezen() as sessie:
        begonnen = [
            rij.kenmerk
            for rij in list_lijsten(sessie, Lijststatus.GOEDGEKEURD)
            if rij.soort is Lijstsoort.VERNIETIGING and _is_begonnen(list_regels(sessie, rij))
        ]
    aantal = finish_bestanden(huis, door)
    zinnen = [f"{aantal} vernietigde dossiers: de bestanden zijn nu ook weg"] if aantal else []
    for kenmerk in begonnen:
        uitvoering = destroy_lijst(huis, door, kenmerk)
        if uitvoering.vernietigd or uitvoering.verklaring:
            zinnen.append(f"lijst {kenmerk}: verder uitgevoerd ({len(uitvoering.vernietigd)} dossiers)")
    return tuple(zinnen)


def _is_begonnen(regels: Iterable[ArchiefregelRow]) -> bool:
    return any(een.stand is Regelstand.UITGEVOERD for een in regels)


def find_wortel(sessie: Session, soort: Dossiersoort, naam: str) -> Tabel:
    """The record that a file hangs on."""
    if soort is Dossiersoort.PERSOON:
        return sessie.get_one(PersoonRow, naam)
    if soort is Dossiersoort.PROCEDURE:
        return procedures.find_procedure(sessie, naam)
    if soort is Dossiersoort.OVEREENKOMST:
        rij = sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.contractnummer == naam)).one_or_none()
        ouder = select(OuderContractRow).where(OuderContractRow.contractnummer == naam)
        return sessie.exec(ouder).one() if rij is None else rij
    return sessie.exec(select(AanmeldingRow).where(AanmeldingRow.kenmerk == naam)).one()


def _forget_contactpersoon(sessie: Session, rij: ProcedureRow) -> None:
    """What a published procedure said stays known; the name and mail of who to ask does not."""
    definitie = procedures.decode_definitie(rij)
    organisatie = msgspec.structs.replace(
        definitie.organisatie, contactpersoon="vernietigd", email="vernietigd", telefoon="vernietigd"
    )
    rij.definitie = msgspec.json.encode(msgspec.structs.replace(definitie, organisatie=organisatie)).decode()
    sessie.add(rij)


def _list_uit_log(sessie: Session, namen: Iterable[str]) -> Iterator[Bestand]:
    """Files that the log names with this file and that no record has any more: earlier versions, what came back."""
    for deel in split_vraag(list(namen)):
        vraag = select(AuditRow.gegevens).where(col(AuditRow.onderwerp).in_(deel))
        for gegevens in sessie.exec(vraag):
            for sha256 in _HASH.findall(msgspec.json.encode(gegevens).decode()):
                yield BEWIJS, sha256
                yield DOCUMENTEN, sha256


def _conclude(huis: Huis, door: Optreden, kenmerk: str) -> str:
    """Close a list of which every file is gone, and ask for its verklaring; returns the kenmerk of that document."""
    with handel(huis, door, Handeling.ARCHIEFLIJST_UITVOEREN) as eenheid:
        sessie = eenheid.sessie
        rij = find_lijst(sessie, kenmerk)
        rij.status, rij.uitgevoerd_door, rij.uitgevoerd_op = Lijststatus.UITGEVOERD, door.wie, door.nu
        sessie.add(rij)
        eenheid.audit(
            Handeling.ARCHIEFLIJST_UITVOEREN, kenmerk, van=Lijststatus.GOEDGEKEURD, naar=Lijststatus.UITGEVOERD
        )
        definitie = _find_definitie(sessie, list_regels(sessie, rij))
        if definitie is None:
            return ""
        return documenten.request_document(
            huis,
            eenheid,
            f"verklaring:{kenmerk}",
            VERKLARING,
            kenmerk,
            None,
            lambda nummer: _compose_verklaring(eenheid, rij, definitie, nummer, door),
        )


def _find_definitie(sessie: Session, regels: Iterable[ArchiefregelRow]) -> Proceduredefinitie | None:
    """The procedure whose organisation makes the statement: that of the first file on the list, else any."""
    namen = [een.procedure for een in regels if een.procedure]
    vraag = select(ProcedureRow).order_by(col(ProcedureRow.aangemaakt_op))
    rijen = {een.naam: een for een in sessie.exec(vraag)}
    gekozen = next((rijen[naam] for naam in namen if naam in rijen), next(iter(rijen.values()), None))
    return None if gekozen is None else procedures.decode_definitie(gekozen)


def _compose_verklaring(
    eenheid: Eenheid, rij: ArchieflijstRow, definitie: Proceduredefinitie, kenmerk: str, door: Optreden
) -> Vernietigingsverklaringgegevens:
    sessie = eenheid.sessie
    vraag = select(VernietigingRow).where(VernietigingRow.lijst == rij.kenmerk)
    weg = {een.dossier: een for een in sessie.exec(vraag)}
    regels = list_regels(sessie, rij)
    kop = read_kop(sessie.connection())
    if kop is None or rij.goedgekeurd_door is None or rij.goedgekeurd_op is None:
        raise LookupError("a list that was carried out was approved, and the log has a head")
    return Vernietigingsverklaringgegevens(
        kenmerk=kenmerk,
        versie="1.0",
        datum=local_date(door.nu),
        organisatie=blokken.organisatie(definitie, local_date(door.nu)),
        lijst=rij.kenmerk,
        toelichting=rij.toelichting,
        opgesteld_door=_describe(sessie, rij.opgesteld_door),
        opgesteld_op=local_date(rij.opgesteld_op),
        goedgekeurd_door=_describe(sessie, rij.goedgekeurd_door),
        goedgekeurd_op=local_date(rij.goedgekeurd_op),
        uitgevoerd_door=_describe(sessie, door.wie) if door.persoon.functie else door.persoon.naam,
        uitgevoerd_op=local_date(door.nu),
        stukken=tuple(
            Vernietigdstuk(
                nummer=nummer,
                dossier=een.dossier,
                soort=str(een.soort),
                bewaren_tot=een.bewaren_tot,
                grond=een.grond,
                rijen=weg[een.dossier].aantal_rijen,
                vernietigd_op=local_date(weg[een.dossier].vernietigd_op),
            )
            for nummer, een in enumerate((een for een in regels if een.stand is Regelstand.UITGEVOERD), 1)
        ),
        uitgezonderd=tuple(f"{een.dossier}: {een.reden}" for een in regels if een.stand is Regelstand.UITGEZONDERD),
        logboek_nummer=kop.aantal,
        logboek_hash=kop.hash,
    )


def _describe(sessie: Session, persoon: str) -> str:
    rij = sessie.get(PersoonRow, persoon)
    return persoon if rij is None or not rij.actief else f"{rij.naam}, {rij.functie}"
