"""Establishing facts: a beoordelaar compares what was stated with the evidence.

Bron: ontwerp 2.9; F.0 `beoordelaars`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import Session, col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from inkoop.domain.criteria.dossier import Certificaatfeit, EenFeit, Feit, Herkomst, Registratiefeit
from inkoop.domain.criteria.registerinzage import check_registerinzage
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.peildatums import bind_peildatums
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import aanmeldingen, bewijzen, procedures, rondes
from inkoop.services.gezien import format_moment
from inkoop.services.heropeningen import find_heropening
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewijs import (
    AanvullingRow,
    BewijsstukRow,
    FeitRow,
    NadereVaststellingRow,
    Nadervaststelling,
    VaststellingRow,
    Vaststellingswijze,
)
from inkoop.storage.tabellen.persoon import PersoonRow

ONDUIDELIJK = Nadervaststelling.ONDUIDELIJK

GEEN_FEIT = frozenset({Nadervaststelling.VERWORPEN, ONDUIDELIJK})
"""After which nothing is established: a criterium then lacks the fact, and repair or clarification is asked."""


class Feitregel(msgspec.Struct, frozen=True, kw_only=True):
    """A fact as people see it: what was stated, on which file, and what was established.

    `tijdig` is False for a fact on evidence that came after its term: kept, never counted.
    """

    id: str
    bestand: str
    tijdig: bool
    feit: EenFeit
    wijze: Nadervaststelling | None
    persoon: str | None
    reden: str


class Vaststelling(msgspec.Struct, frozen=True, kw_only=True):
    """What a beoordelaar found about one fact; `feit` is the corrected fact where it is corrected."""

    id: str
    wijze: Vaststellingswijze | Nadervaststelling
    feit: EenFeit | None = None
    reden: str


def establish_feiten(huis: Huis, door: Optreden, kenmerk: str, vaststellingen: Sequence[Vaststelling]) -> int:
    """Record what was established about facts of one aanmelding; returns how many.

    A fact is established once, with a reason; a corrected one keeps its evidence and its moment of
    receipt. What was unclear is established later, and so is a fact of an aanmelding that was reopened
    after its besluit. Only after the round was opened, by somebody without an interest (FE-7, FE-8).
    """
    with handel(huis, door, Handeling.FEIT_VASTSTELLEN) as eenheid:
        sessie = eenheid.sessie
        aanmelding = aanmeldingen.find_aanmelding(sessie, kenmerk)
        rondes.require_geopend(sessie, aanmelding.ronde_id, door)
        rijen = {rij.feit: rij for rij in _list_rijen(sessie, aanmelding)}
        eerdere = {rij.feit_id for rij in sessie.exec(_select_vaststellingen(aanmelding))}
        nadere = list_nadere(sessie, aanmelding)
        gedaan = _list_vast(sessie, aanmelding, eerdere, nadere)
        beletselen: list[Beletsel] = []
        for vaststelling in vaststellingen:
            beletselen += _check_vaststelling(sessie, vaststelling, rijen, gedaan)
            beletselen += _check_register(sessie, aanmelding, vaststelling, rijen)
            # A fact that is named twice in one go is established once, too.
            gedaan.update(rij.id for rij in (rijen.get(vaststelling.id),) if rij is not None)
        if beletselen:
            raise BeletselenError(f"De feiten van {kenmerk} kunnen zo niet worden vastgesteld.", beletselen)
        for vaststelling in vaststellingen:
            rij = rijen[vaststelling.id]
            sessie.add(_build_rij(huis, door, rij, vaststelling, eerst=rij.id not in eerdere, nadere=nadere))
        eenheid.audit(
            Handeling.FEIT_VASTSTELLEN,
            kenmerk,
            naar="vastgesteld" if any(v.wijze != ONDUIDELIJK for v in vaststellingen) else ONDUIDELIJK,
            gegevens={v.id: v.wijze for v in vaststellingen},
        )
    return len(vaststellingen)


def _build_rij(
    huis: Huis,
    door: Optreden,
    rij: FeitRow,
    vaststelling: Vaststelling,
    *,
    eerst: bool,
    nadere: Mapping[UUID, NadereVaststellingRow],
) -> VaststellingRow | NadereVaststellingRow:
    """The record: the one that a fact gets once, or one beside or after it."""
    vorige = nadere.get(rij.id)
    gelijk: dict[str, Any] = {
        "id": huis.nieuw_id(),
        "feit_id": rij.id,
        "inhoud": _encode_correctie(rij, vaststelling),
        "reden": vaststelling.reden,
        "persoon": door.wie,
        "op": door.nu,
    }
    if eerst and vorige is None and vaststelling.wijze != ONDUIDELIJK:
        return VaststellingRow(wijze=Vaststellingswijze(vaststelling.wijze), **gelijk)
    return NadereVaststellingRow(
        volgnummer=1 if vorige is None else vorige.volgnummer + 1,
        wijze=Nadervaststelling(vaststelling.wijze),
        **gelijk,
    )


def _list_vast(
    sessie: Session,
    aanmelding: AanmeldingRow,
    eerdere: Collection[UUID],
    nadere: Mapping[UUID, NadereVaststellingRow],
) -> set[UUID]:
    """The facts that cannot be established (again) now: clear, and not since an aanmelding was reopened."""
    heropening = find_heropening(sessie, aanmelding)
    if heropening is not None and heropening.afgedaan_op is None:
        return {id for id, rij in nadere.items() if rij.wijze != ONDUIDELIJK and rij.op >= heropening.op}
    return {id for id in {*eerdere, *nadere} if id not in nadere or nadere[id].wijze != ONDUIDELIJK}


def list_nadere(
    sessie: Session, aanmelding: AanmeldingRow, *, geschreven: Collection[UUID] | None = None
) -> dict[UUID, NadereVaststellingRow]:
    """What was found last after the first time, by the key of the fact; with `geschreven` of those records only."""
    vraag = (
        select(NadereVaststellingRow)
        .join(FeitRow, col(FeitRow.id) == NadereVaststellingRow.feit_id)
        .where(FeitRow.aanmelding_id == aanmelding.id)
        .order_by(col(NadereVaststellingRow.volgnummer))
    )
    return {rij.feit_id: rij for rij in sessie.exec(vraag) if geschreven is None or rij.id in geschreven}


def _check_vaststelling(
    sessie: Session, vaststelling: Vaststelling, rijen: dict[str, FeitRow], gedaan: set[UUID]
) -> list[Beletsel]:
    rij = rijen.get(vaststelling.id)
    if rij is None:
        wel = ", ".join(sorted(rijen)) or "geen"
        return [Beletsel("onbekend", f"Feit '{vaststelling.id}' bestaat niet in deze aanmelding. Wel: {wel}.")]
    beletselen = []
    if rij.id in gedaan:
        wie = _describe_vaststelling(sessie, rij)
        beletselen.append(Beletsel("al-vastgesteld", f"Feit '{vaststelling.id}' is al vastgesteld{wie}."))
    if not vaststelling.reden.strip():
        beletselen.append(Beletsel("reden", f"Schrijf bij feit '{vaststelling.id}' waar u het op baseert."))
    gecorrigeerd = vaststelling.wijze == Vaststellingswijze.GECORRIGEERD
    if gecorrigeerd != (vaststelling.feit is not None):
        beletselen.append(Beletsel("correctie", f"Geef bij feit '{vaststelling.id}' een correctie, en alleen dan."))
    elif vaststelling.feit is not None and type(vaststelling.feit) is not type(bewijzen.decode_feit(rij.inhoud)):
        beletselen.append(Beletsel("soort", f"De correctie van feit '{vaststelling.id}' is van een andere soort."))
    return beletselen


def _describe_vaststelling(sessie: Session, rij: FeitRow) -> str:
    """By whom and when a fact was established last; empty when it was named twice in one go."""
    nadere = select(NadereVaststellingRow).where(NadereVaststellingRow.feit_id == rij.id)
    laatste: NadereVaststellingRow | VaststellingRow | None = sessie.exec(
        nadere.order_by(col(NadereVaststellingRow.volgnummer).desc())
    ).first()
    if laatste is None:
        laatste = sessie.exec(select(VaststellingRow).where(VaststellingRow.feit_id == rij.id)).one_or_none()
    if laatste is None:
        return ""
    persoon = sessie.get(PersoonRow, laatste.persoon)
    wie = "iemand anders" if persoon is None else persoon.naam
    return f" door {wie} op {format_moment(laatste.op)}: {format_woord(laatste.wijze)}"


def _check_register(
    sessie: Session, aanmelding: AanmeldingRow, vaststelling: Vaststelling, rijen: dict[str, FeitRow]
) -> list[Beletsel]:
    """A fact is established once, so not on a look into a register that a criterium calls too early."""
    rij = rijen.get(vaststelling.id)
    if rij is None or vaststelling.wijze in GEEN_FEIT:
        return []
    feit = bewijzen.decode_feit(rij.inhoud) if vaststelling.feit is None else vaststelling.feit
    if not isinstance(feit, Certificaatfeit | Registratiefeit):
        return []
    ronde = rondes.get_ronde(sessie, aanmelding.ronde_id)
    definitie = procedures.read_definitie(sessie, ronde.procedure_id)
    peildatums = bind_peildatums(definitie, definitie.find_ronde(ronde.kenmerk), aanmelding.ontvangen_op)
    return list(check_registerinzage(procedures.read_editie(sessie, ronde), peildatums, vaststelling.id, feit))


def _encode_correctie(rij: FeitRow, vaststelling: Vaststelling) -> str | None:
    """The corrected fact, with everything about its origin kept as it was."""
    if vaststelling.feit is None:
        return None
    gesteld = bewijzen.decode_feit(rij.inhoud)
    herkomst = {naam: getattr(gesteld, naam) for naam in Feit.__struct_fields__}
    return bewijzen.encode_feit(msgspec.structs.replace(vaststelling.feit, **herkomst))


def _list_rijen(sessie: Session, aanmelding: AanmeldingRow) -> list[FeitRow]:
    return list(sessie.exec(select(FeitRow).where(FeitRow.aanmelding_id == aanmelding.id).order_by(FeitRow.feit)))


def _select_vaststellingen(aanmelding: AanmeldingRow) -> SelectOfScalar[VaststellingRow]:
    return (
        select(VaststellingRow)
        .join(FeitRow, col(FeitRow.id) == VaststellingRow.feit_id)
        .where(FeitRow.aanmelding_id == aanmelding.id)
    )


def count_open(sessie: Session, aanmelding: AanmeldingRow) -> int:
    """How many facts on evidence that came in time still have to be established."""
    vraag = (
        select(func.count())
        .select_from(FeitRow)
        .join(BewijsstukRow, col(BewijsstukRow.id) == FeitRow.bewijsstuk_id)
        .outerjoin(VaststellingRow, col(VaststellingRow.feit_id) == FeitRow.id)
        .outerjoin(AanvullingRow, col(AanvullingRow.id) == BewijsstukRow.aanvulling_id)
        .where(
            FeitRow.aanmelding_id == aanmelding.id,
            col(VaststellingRow.id).is_(None),
            col(FeitRow.id).not_in(select(NadereVaststellingRow.feit_id)),
            or_(col(AanvullingRow.id).is_(None), col(AanvullingRow.tijdig).is_(True)),
        )
    )
    return sessie.exec(vraag).one()


def list_feiten(
    sessie: Session, aanmelding: AanmeldingRow, *, geschreven: Collection[UUID] | None = None
) -> list[Feitregel]:
    """Every fact of an aanmelding with what was established about it, in order of evidence.

    With `geschreven` (keys of records) it is as it was when only those records were there.
    """
    # Columns, not records: every judgement reads all facts again, and making records takes most of that time.
    vraag = (
        select(FeitRow.feit, FeitRow.inhoud, BewijsstukRow.bestand, AanvullingRow.tijdig)
        .add_columns(
            col(VaststellingRow.wijze),
            col(VaststellingRow.inhoud),
            col(VaststellingRow.persoon),
            col(VaststellingRow.reden),
            col(FeitRow.id),
            col(VaststellingRow.id),
        )
        .join(BewijsstukRow, col(BewijsstukRow.id) == FeitRow.bewijsstuk_id)
        .outerjoin(VaststellingRow, col(VaststellingRow.feit_id) == FeitRow.id)
        .outerjoin(AanvullingRow, col(AanvullingRow.id) == BewijsstukRow.aanvulling_id)
        .where(col(FeitRow.aanmelding_id) == aanmelding.id)
    )
    # SQLModel types at most four columns.
    rijen = sessie.exec(vraag)  # type: ignore[call-overload]
    nadere = list_nadere(sessie, aanmelding, geschreven=geschreven)
    regels = [
        Feitregel(
            id=feit,
            bestand=bestand,
            tijdig=tijdig is not False,
            feit=bewijzen.decode_feit(inhoud if correctie is None else correctie),
            wijze=None if wijze is None else Nadervaststelling(wijze),
            persoon=persoon,
            reden=reden or "",
        )
        for feit, inhoud, bestand, tijdig, wijze, correctie, persoon, reden in _select_geschreven(
            rijen, geschreven, nadere
        )
    ]
    return sorted(regels, key=lambda regel: (regel.bestand, regel.id))


def _select_geschreven(
    rijen: Iterable[Sequence[Any]],
    geschreven: Collection[UUID] | None,
    nadere: Mapping[UUID, NadereVaststellingRow],
) -> Iterator[Sequence[Any]]:
    """The rows without their keys, with what was found last; of records that were not there yet nothing is left."""
    for *waarden, feit_id, vaststelling_id in rijen:
        if geschreven is not None and feit_id not in geschreven:
            continue
        if feit_id in nadere:
            laatste = nadere[feit_id]
            yield [*waarden[:4], laatste.wijze, laatste.inhoud, laatste.persoon, laatste.reden]
        elif geschreven is None or vaststelling_id in geschreven:
            yield waarden
        else:
            yield [*waarden[:4], None, None, None, None]


def list_dossierfeiten(
    sessie: Session, aanmelding: AanmeldingRow, *, geschreven: Collection[UUID] | None = None
) -> list[EenFeit]:
    """The facts that count, established ones saying so; rejected, unclear and late ones are gone."""
    return [
        regel.feit if regel.wijze is None else msgspec.structs.replace(regel.feit, herkomst=Herkomst.VASTGESTELD)
        for regel in list_feiten(sessie, aanmelding, geschreven=geschreven)
        if regel.wijze not in GEEN_FEIT and regel.tijdig
    ]


def read_feiten(huis: Huis, door: Optreden, kenmerk: str) -> list[Feitregel]:
    """The facts of an aanmelding, for somebody who may see them now."""
    with rondes.lees(huis, door, Handeling.AANMELDING_LEZEN) as sessie:
        aanmelding = aanmeldingen.find_aanmelding(sessie, kenmerk)
        aanmeldingen.check_leesbaar(sessie, aanmelding, door)
        return list_feiten(sessie, aanmelding)


__all__ = [
    "GEEN_FEIT",
    "ONDUIDELIJK",
    "Feitregel",
    "Nadervaststelling",
    "NietGevondenError",
    "Vaststelling",
    "Vaststellingswijze",
    "establish_feiten",
    "list_dossierfeiten",
    "list_feiten",
    "list_nadere",
    "read_feiten",
]
