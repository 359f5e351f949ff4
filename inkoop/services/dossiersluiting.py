"""Closing a file: nothing of it runs any more, and its index says what is in it, how long it is kept and what follows.

Bron: C.30 (archief- en Woo-index); domein D (dossier sluiten: archivaris).
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from inkoop.documents.gegevens.contractstukken import Archiefindexgegevens, Archiefstuk, Bewaarregel
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.domain.archief import VANAF, Archiefdossier, Dossiersoort, Waardering, is_standaard
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.services import bewaring, documenten, procedures
from inkoop.services.brieven import blokken
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vernietigd import not_found
from inkoop.services.vernietigen import find_wortel
from inkoop.storage.auditregel import read_kop
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.vernietigen import collect_rijen

SOORT = "archief-index"
_GROND = "persoonsgegevens en bedrijfsgegevens (Woo, artikel 5.1)"


def list_van(sessie: Session, naam: str) -> list[Archiefdossier]:
    """The files of a procedure, of a round, or the one file with this name. Raises NietGevondenError."""
    alle = bewaring.list_dossiers(sessie)
    gevonden = [een for een in alle if naam and naam in (een.procedure, een.ronde, een.naam)]
    if not gevonden:
        raise not_found(sessie, "Procedure, ronde of dossier", naam)
    return gevonden


def close_dossier(huis: Huis, door: Optreden, naam: str) -> str:
    """Close a procedure, a round or one file: its index is asked for; returns the kenmerk of that document.

    Refused while something of it runs, with every reason. What is then destroyed or transferred, and when, stands
    in the index and in `list_van`.
    """
    with handel(huis, door, Handeling.DOSSIER_SLUITEN) as eenheid:
        sessie = eenheid.sessie
        dossiers = list_van(sessie, naam)
        sleutel = f"{SOORT}:{naam}"
        beletselen = [
            Beletsel("archief-open", f"{een.naam}: {een.open}")
            for een in dossiers
            if een.vanaf is None and een.soort is not Dossiersoort.PROCEDURE
        ]
        beletselen += [
            Beletsel("archief-vast", f"{een.naam}: {reden}")
            for een in dossiers
            for reden in een.vast
            if een.soort is not Dossiersoort.PROCEDURE
        ]
        if (eerder := documenten.find_by_sleutel(sessie, sleutel)) is not None:
            beletselen.append(Beletsel("archief-gesloten", f"{naam} is al gesloten: zie {eerder.kenmerk}."))
        if any(een.soort is Dossiersoort.PERSOON for een in dossiers):
            beletselen.append(Beletsel("archief-persoon", f"{naam} is een persoon; daarvan is geen index."))
        if beletselen:
            raise BeletselenError(f"{naam} kan nog niet worden gesloten.", beletselen)
        definitie = procedures.decode_definitie(procedures.find_procedure(sessie, dossiers[0].procedure))
        kenmerk = documenten.request_document(
            huis, eenheid, sleutel, SOORT, naam, None,
            lambda nummer: _compose(huis, eenheid, door, definitie, naam, dossiers, nummer),
        )  # fmt: skip
        eenheid.audit(
            Handeling.DOSSIER_SLUITEN, naam, naar="gesloten", gegevens={"index": kenmerk, "dossiers": len(dossiers)}
        )
    return kenmerk


def _compose(
    huis: Huis,
    eenheid: Eenheid,
    door: Optreden,
    definitie: Proceduredefinitie,
    naam: str,
    dossiers: list[Archiefdossier],
    kenmerk: str,
) -> Archiefindexgegevens:
    kop = read_kop(eenheid.sessie.connection())
    if kop is None:
        raise LookupError("the log has a head")
    op = local_date(door.nu)
    return Archiefindexgegevens(
        kenmerk=kenmerk,
        versie="1.0",
        datum=op,
        organisatie=blokken.organisatie(definitie, op),
        procedure=blokken.procedure(definitie),
        dossier=naam,
        afgesloten_op=op,
        stukken=_list_stukken(huis, eenheid.sessie, naam, dossiers),
        bewaarregels=_list_regels(dossiers),
        logboek_nummer=kop.aantal,
        logboek_hash=kop.hash,
        archivaris=door.persoon.naam,
    )


def _list_stukken(huis: Huis, sessie: Session, naam: str, dossiers: list[Archiefdossier]) -> tuple[Archiefstuk, ...]:
    """The documents of these files, made and not lapsed, in order of kenmerk.

    Of one file only its own; of a round or procedure those about the round or procedure as a whole too.
    """
    if [een.naam for een in dossiers] == [naam]:
        wortel = find_wortel(sessie, dossiers[0].soort, naam)
        rijen = [
            rij for lijst in collect_rijen(sessie, wortel).values() for rij in lijst if isinstance(rij, DocumentRow)
        ]
    else:
        namen = {een.naam for een in dossiers} | {een.ronde for een in dossiers if een.ronde}
        vraag = select(DocumentRow).where(
            col(DocumentRow.onderwerp).in_(sorted(namen)) | col(DocumentRow.ronde).in_(sorted(namen))
        )
        rijen = list(sessie.exec(vraag))
    stukken: list[Archiefstuk] = []
    for rij in sorted(rijen, key=lambda een: een.kenmerk):
        if rij.pdf_sha256 is None:
            continue
        meta = read_metagegevens(huis.sjablonen, rij.soort)
        stukken.append(
            Archiefstuk(
                nummer=len(stukken) + 1,
                stuk=f"{rij.kenmerk} {rij.titel}",
                datum=local_date(rij.verzonden_op or rij.gevraagd_op),
                versie=meta.versie,
                openbaarheid=meta.openbaarheid,
                grond=_GROND if meta.openbaarheid == "vertrouwelijk" else None,
                bewaarcategorie=meta.bewaarcategorie,
                sha256=rij.pdf_sha256,
            )
        )
    return tuple(stukken)


def _list_regels(dossiers: list[Archiefdossier]) -> tuple[Bewaarregel, ...]:
    """Per class how long, from when, the last day of the last of its files, and who set it."""
    regels = []
    for soort in Dossiersoort:
        eigen = [een for een in dossiers if een.soort is soort]
        if not eigen:
            continue
        regel = eigen[0].regel
        dagen = [een.tot for een in eigen if een.tot is not None]
        weg = max(dagen) if dagen and regel.waardering is Waardering.VERNIETIGEN else None
        bewaren = f"{regel.jaren} jaar"
        if regel.waardering is Waardering.BEWAREN:
            bewaren += ", daarna naar het archief"
        regels.append(
            Bewaarregel(
                categorie=str(soort) + (f" ({regel.categorie})" if regel.categorie else ""),
                bewaren=bewaren,
                start=VANAF[soort],
                vernietigen_na=weg,
                vastgesteld_door="niet vastgesteld (standaard)" if is_standaard(regel) else regel.bron,
            )
        )
    return tuple(regels)
