"""Taking in what a platform received: its export row by row, with the evidence that comes with it.

First it is shown what would be taken in and what would be refused and why; then the same is done. An
aanmelding is known by platform, reference and everything in it, so taking in the same export again
does nothing. On time is what the platform received on time, to the second.

Bron: domein B.2.8, E.5 (on_time); issue intake.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from inkoop.definitions.suggestie import suggest
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError
from inkoop.domain.kalender import is_tijdig
from inkoop.domain.ontvangst import check_platform
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.exchange.celwaarde import write_waarde
from inkoop.exchange.tabel import Rij
from inkoop.services import bewijzen, indienen, procedures, rondes
from inkoop.services.huis import Huis, Optreden
from inkoop.services.inleesgevolg import warn_samenloop
from inkoop.services.platformrij import Export, Gelezen, read_rij
from inkoop.storage.tabellen.aanmelding import AanmeldingRow, PlatformontvangstRow


class Inleesoordeel(StrEnum):
    """What happens to a row: taken in on time or late, there already, or refused."""

    NIEUW = "nieuw"
    TE_LAAT = "te_laat"
    AL_INGELEZEN = "al_ingelezen"
    GEWEIGERD = "geweigerd"


class Inleesregel(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the export and what it comes to.

    `kenmerk` once it was taken in; `redenen` when it is refused; `let_op` what an officer should see beforehand,
    though it is taken in.
    """

    rij: int
    referentie: str
    aanbieder: str = ""
    ontvangen_op: datetime | None = None
    oordeel: Inleesoordeel
    kenmerk: str = ""
    redenen: tuple[str, ...] = ()
    let_op: tuple[str, ...] = ()


def import_export(huis: Huis, door: Optreden, ronde: str, export: Export, *, voer_uit: bool) -> tuple[Inleesregel, ...]:
    """What each row of an export comes to, in the order of the rows; taken in only with `voer_uit`.

    Each row is taken in in a transaction of its own; what is refused stands in no way of the others.
    Raises BeletselenError when nothing can be taken in at all: before closing, or a column is missing.
    """
    require_toegang(door.persoon, door.rol, Handeling.AANMELDING_INLEZEN)
    with huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        definitie = procedures.read_definitie(sessie, rij.procedure_id)
    sluiting = definitie.find_ronde(ronde).sluiting
    _require_leesbaar(ronde, definitie, door, export)
    verslag: list[Inleesregel] = []
    gezien: dict[str, int] = {}
    tijdig: list[tuple[int, str, Aanmeldingsopgave]] = []
    for tabelrij in export.blad.rijen:
        regel, gelezen = _process(huis, door, ronde, sluiting, export, tabelrij, gezien, voer_uit=voer_uit)
        verslag.append(regel)
        gezien.setdefault(regel.referentie, regel.rij)
        if gelezen is not None and is_tijdig(gelezen.ontvangen_op, sluiting):
            tijdig.append((regel.rij, regel.referentie, gelezen.opgave))
    tijdig.sort(key=lambda een: next(r.ontvangen_op for r in verslag if r.rij == een[0]) or sluiting)
    with huis.winkel.lezen() as sessie:
        dubbel = warn_samenloop(sessie, ronde, tijdig)
    algemeen = () if definitie.ontvangst is not None else (_GEEN_SYSTEEM,)
    return tuple(msgspec.structs.replace(regel, let_op=(*algemeen, *dubbel.get(regel.rij, ()))) for regel in verslag)


_GEEN_SYSTEEM = (
    "de procedure noemt onder 'ontvangst' geen systeem; ga na dat volgens de leidraad de ontvangst hier telt"
)


def _require_leesbaar(ronde: str, definitie: Proceduredefinitie, door: Optreden, export: Export) -> None:
    """An export is read after closing (FE-8), is of the system that counts, and has every column of the mapping."""
    beletselen = check_platform(definitie.ontvangst, export.koppeling.platform)
    if door.nu <= definitie.find_ronde(ronde).sluiting:
        tekst = f"Ronde {ronde} is nog niet gesloten. Haal de aanmeldingen na de sluiting van het platform."
        beletselen.append(Beletsel("niet-gesloten", tekst))
    for kolom in export.koppeling.list_kolommen():
        if kolom.kolom not in export.blad.koppen:
            plek = f"{kolom.plek.bestand}:{kolom.plek.regel}:{kolom.plek.kolom}"
            tekst = (
                f"{plek}: de kolom '{kolom.kolom}' staat niet in de export.{suggest(kolom.kolom, export.blad.koppen)}"
            )
            beletselen.append(Beletsel("kolom", tekst))
    if beletselen:
        raise BeletselenError("Deze export kan niet worden ingelezen.", beletselen)


def _process(
    huis: Huis,
    door: Optreden,
    ronde: str,
    sluiting: datetime,
    export: Export,
    rij: Rij,
    gezien: Mapping[str, int],
    *,
    voer_uit: bool,
) -> tuple[Inleesregel, Gelezen | None]:
    cel = rij.cellen.get(export.koppeling.referentie.kolom)
    referentie = "" if cel is None else str(write_waarde(str, cel.waarde))

    def refuse(redenen: Sequence[str], wie: str = "", op: datetime | None = None) -> tuple[Inleesregel, Gelezen | None]:
        regel = Inleesregel(
            rij=rij.nummer,
            referentie=referentie,
            aanbieder=wie,
            ontvangen_op=op,
            oordeel=Inleesoordeel.GEWEIGERD,
            redenen=tuple(redenen),
        )
        return regel, None

    if not referentie:
        return refuse([f"rij {rij.nummer}: de referentie ('{export.koppeling.referentie.kolom}') is leeg"])
    if referentie in gezien:
        return refuse([f"rij {rij.nummer}: referentie '{referentie}' staat ook in rij {gezien[referentie]}"])
    try:
        gelezen = read_rij(export, rij, referentie, sluiting)
    except BeletselenError as fout:
        return refuse([b.tekst for b in fout.beletselen])
    except InkoopError as fout:
        return refuse([str(fout)])
    naam, op = gelezen.opgave.naam, gelezen.ontvangen_op
    with huis.winkel.lezen() as sessie:
        if (eerder := _find_eerder(sessie, gelezen)) is not None:
            regel = Inleesregel(
                rij=rij.nummer,
                referentie=referentie,
                aanbieder=naam,
                ontvangen_op=op,
                oordeel=Inleesoordeel.AL_INGELEZEN,
                kenmerk=eerder,
            )
            return regel, gelezen
        redenen = [
            *_check_gewijzigd(sessie, gelezen),
            *(b.tekst for b in indienen.check_inzending(huis, sessie, door, ronde, gelezen.opgave, op)),
        ]
    try:
        bewijzen.examine_bestanden(huis, gelezen.opgave.bewijsstukken, gelezen.bestanden)
    except BeletselenError as fout:
        redenen += [b.tekst for b in fout.beletselen]
    if redenen:
        return refuse(redenen, naam, op)
    oordeel = Inleesoordeel.NIEUW if is_tijdig(op, sluiting) else Inleesoordeel.TE_LAAT
    kenmerk = _receive(huis, door, ronde, gelezen) if voer_uit else ""
    regel = Inleesregel(
        rij=rij.nummer, referentie=referentie, aanbieder=naam, ontvangen_op=op, oordeel=oordeel, kenmerk=kenmerk
    )
    return regel, gelezen


def _receive(huis: Huis, door: Optreden, ronde: str, gelezen: Gelezen) -> str:
    """Take one in; when another run did so meanwhile, that one counts."""
    try:
        return indienen.receive_aanmelding(
            huis,
            door,
            ronde=ronde,
            opgave=gelezen.opgave,
            bestanden=gelezen.bestanden,
            ontvangen_op=gelezen.ontvangen_op,
            herkomst=gelezen.herkomst,
        ).kenmerk
    except (IntegrityError, InkoopError):
        with huis.winkel.lezen() as sessie:
            if (eerder := _find_eerder(sessie, gelezen)) is not None:
                return eerder
        raise


def _find_eerder(sessie: Session, gelezen: Gelezen) -> str | None:
    """The kenmerk of the very same aanmelding, when it was taken in before."""
    vraag = (
        select(AanmeldingRow.kenmerk)
        .join(PlatformontvangstRow, PlatformontvangstRow.aanmelding_id == AanmeldingRow.id)  # type: ignore[arg-type]
        .where(
            PlatformontvangstRow.platform == gelezen.herkomst.platform,
            PlatformontvangstRow.referentie == gelezen.referentie,
            PlatformontvangstRow.inhoudhash == gelezen.herkomst.inhoudhash,
        )
    )
    return sessie.exec(vraag).one_or_none()


def _check_gewijzigd(sessie: Session, gelezen: Gelezen) -> list[str]:
    """The same reference with the same instant and other contents: one of the two was changed."""
    vraag = select(PlatformontvangstRow).where(
        PlatformontvangstRow.platform == gelezen.herkomst.platform,
        PlatformontvangstRow.referentie == gelezen.referentie,
        PlatformontvangstRow.ontvangen_op == gelezen.ontvangen_op,
    )
    if sessie.exec(vraag).first() is None:
        return []
    return [
        (
            f"rij {gelezen.rij}: '{gelezen.referentie}' is al ingelezen met hetzelfde tijdstip en een andere"
            " inhoud; vraag het platform wat is ontvangen"
        )
    ]
