"""Rounds: publishing makes them, two people open them, they move on by fase.

Bron: domein D (openen na sluiting), E.1; FE-6, FE-7, FE-8; M20-41.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, select

from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.criteria.doorlichting.geheel import check_publiceerbaar
from inkoop.domain.fasen import OvergangRefusedError, check_overgang
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Proceduredefinitie
from inkoop.domain.toegang import GeenToegangError, Handeling, check_belang, check_leesmoment, require_toegang
from inkoop.services import poort, procedures, publicatie, verzegeling
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.vernietigd import not_found
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import BelangenverklaringRow, RondeRow


@contextmanager
def lees(huis: Huis, door: Optreden, handeling: Handeling) -> Iterator[Session]:
    """Read something, by somebody who may."""
    require_toegang(door.persoon, door.rol, handeling)
    with huis.winkel.lezen() as sessie:
        yield sessie


def publish(huis: Huis, door: Optreden, procedure: str, edities: Mapping[str, Criteriaset]) -> bool:
    """Freeze the criteria, make the rounds and ask for the publication text; False when done before.

    `edities` are the criteria sets by edition name, one for every edition that a round names.
    """
    with huis.winkel.lezen() as sessie:
        if procedures.find_procedure(sessie, procedure).gepubliceerd_op is not None:
            return False
    with handel(huis, door, Handeling.RONDE_AANMAKEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        if rij.gepubliceerd_op is not None:
            return False
        definitie = procedures.decode_definitie(rij)
        _require_publiceerbaar(eenheid.sessie, rij, definitie, edities, door)
        bevroren = {
            naam: procedures.freeze_editie(huis, eenheid.sessie, rij, editie, door)
            for naam, editie in sorted(edities.items())
        }
        for ronde in definitie.instroom.rondes:
            ronderij = RondeRow(
                id=huis.nieuw_id(),
                procedure_id=rij.id,
                criteriaeditie_id=bevroren[ronde.criteria_editie].id,
                kenmerk=ronde.kenmerk,
                fase=Fase.SELECTEREN,
                opening=ronde.opening,
                sluiting=ronde.sluiting,
            )
            eenheid.sessie.add(ronderij)
            if not ronde.historisch:
                verzegeling.ensure_sleutel(huis, eenheid, ronderij)
        rij.gepubliceerd_op = door.nu
        eenheid.sessie.add(rij)
        eenheid.audit(
            Handeling.RONDE_AANMAKEN,
            procedure,
            naar="gepubliceerd",
            gegevens={
                "rondes": [ronde.kenmerk for ronde in definitie.instroom.rondes],
                "edities": {naam: editie.hash for naam, editie in sorted(edities.items())},
            },
        )
        publicatie.request_publicatieteksten(huis, eenheid, definitie, edities, door)
    return True


def _require_publiceerbaar(
    sessie: Session,
    rij: ProcedureRow,
    definitie: Proceduredefinitie,
    edities: Mapping[str, Criteriaset],
    door: Optreden,
) -> None:
    """The procedure stands in fase publiceren with all its steps done, and every edition is there and without fault."""
    beletselen = []
    if rij.fase is not Fase.PUBLICEREN:
        beletselen.append(Beletsel("fase", f"De procedure staat in de fase {rij.fase}, niet in publiceren."))
    else:
        beletselen += poort.check_poort(sessie, rij, local_date(door.nu))
    beletselen += [
        Beletsel("editie", f"De criteria-editie '{ronde.criteria_editie}' van ronde {ronde.kenmerk} ontbreekt.")
        for ronde in definitie.instroom.rondes
        if ronde.criteria_editie not in edities
    ]
    beletselen += [b for _, editie in sorted(edities.items()) for b in check_publiceerbaar(editie, definitie)]
    if beletselen:
        raise BeletselenError(f"Procedure '{rij.naam}' kan nog niet worden gepubliceerd.", beletselen)


def request_opening(huis: Huis, door: Optreden, ronde: str) -> None:
    """Ask for the opening of a round after closing: the first of the two people it takes (FE-8)."""
    with handel(huis, door, Handeling.OPENING_VERZOEKEN, ronde) as eenheid:
        rij = find_ronde(eenheid.sessie, ronde)
        require_gesloten(rij, door)
        if rij.openingsverzoek_door is not None:
            tekst = f"{rij.openingsverzoek_door} heeft al om de opening gevraagd; een ander opent nu de ronde."
            raise BeletselenError("Er is al om de opening gevraagd.", [Beletsel("gevraagd", tekst)])
        rij.openingsverzoek_door = door.wie
        eenheid.sessie.add(rij)
        eenheid.audit(Handeling.OPENING_VERZOEKEN, ronde, naar="opening gevraagd")


def require_gesloten(rij: RondeRow, door: Optreden) -> None:
    """Refuse what belongs between the closing of a round and its opening."""
    beletselen = []
    if door.nu <= rij.sluiting:
        beletselen.append(Beletsel("niet-gesloten", f"Ronde {rij.kenmerk} is nog niet gesloten."))
    if rij.geopend_op is not None:
        beletselen.append(Beletsel("geopend", f"Ronde {rij.kenmerk} is al geopend."))
    if beletselen:
        raise BeletselenError("Openen kan nu niet.", beletselen)


def declare_belangen(huis: Huis, door: Optreden, ronde: str, *, geen_belang: bool, toelichting: str) -> None:
    """Record a beoordelaar's statement about interests, once per round (FE-7)."""
    with handel(huis, door, Handeling.BELANGEN_VERKLAREN) as eenheid:
        rij = find_ronde(eenheid.sessie, ronde)
        if _find_belangen(eenheid.sessie, rij.id, door.wie) is not None:
            raise BeletselenError(
                "U hebt al verklaard.", [Beletsel("verklaard", f"Eén verklaring per ronde: {ronde}.")]
            )
        if not toelichting.strip():
            raise BeletselenError("De verklaring is leeg.", [Beletsel("toelichting", "Schrijf een toelichting.")])
        eenheid.sessie.add(
            BelangenverklaringRow(
                id=huis.nieuw_id(),
                ronde_id=rij.id,
                persoon=door.wie,
                geen_belang=geen_belang,
                toelichting=toelichting,
                op=door.nu,
            )
        )
        eenheid.audit(Handeling.BELANGEN_VERKLAREN, ronde, naar="geen belang" if geen_belang else "belang")


def list_verklaard(sessie: Session, ronde: RondeRow) -> frozenset[str]:
    """Who made a statement about interests for a round."""
    return frozenset(
        sessie.exec(select(BelangenverklaringRow.persoon).where(BelangenverklaringRow.ronde_id == ronde.id))
    )


def _find_belangen(sessie: Session, ronde_id: UUID, persoon: str) -> BelangenverklaringRow | None:
    return sessie.exec(
        select(BelangenverklaringRow).where(
            BelangenverklaringRow.ronde_id == ronde_id, BelangenverklaringRow.persoon == persoon
        )
    ).one_or_none()


def check_geopend(ronde: RondeRow) -> list[Beletsel]:
    """Why nothing can be done with the applications of a round: two people have not opened it."""
    if ronde.geopend_op is not None:
        return []
    return [Beletsel("niet-geopend", f"Ronde {ronde.kenmerk} is nog niet door twee mensen geopend.")]


def require_leesbaar(ronde: RondeRow, door: Optreden) -> None:
    """Refuse to show anything of applications before the round has closed and was opened, with every reason (FE-8)."""
    if beletselen := [*check_leesmoment(door.nu, ronde.sluiting, eigen=False), *check_geopend(ronde)]:
        raise GeenToegangError(f"De aanmeldingen van ronde {ronde.kenmerk} zijn nog niet te lezen.", beletselen)


def require_geopend(sessie: Session, ronde_id: UUID, door: Optreden) -> None:
    """Refuse work on applications before the round is opened, or by somebody with an interest."""
    ronde = get_ronde(sessie, ronde_id)
    beletselen = check_geopend(ronde)
    if door.rol is Rol.BEOORDELAAR:
        verklaring = _find_belangen(sessie, ronde_id, door.wie)
        if verklaring is None:
            beletselen.append(Beletsel("belangen", f"Leg eerst uw belangenverklaring voor ronde {ronde.kenmerk} af."))
        elif not verklaring.geen_belang:
            beletselen.append(Beletsel("belang", "U hebt een belang gemeld; een ander beoordeelt deze ronde."))
    if beletselen:
        raise BeletselenError("Dit kan nu niet.", beletselen)


def require_onpartijdig(sessie: Session, ronde_id: UUID, door: Optreden) -> None:
    """Refuse a jurist who settles or checks without a statement about interests, or with an interest (FE-7)."""
    if door.rol is not Rol.JURIST:
        return
    verklaring = _find_belangen(sessie, ronde_id, door.wie)
    beletselen = check_belang(None if verklaring is None else verklaring.geen_belang)
    if beletselen:
        raise BeletselenError(f"Dit kan nu niet in ronde {get_ronde(sessie, ronde_id).kenmerk}.", beletselen)


def advance_ronde(huis: Huis, door: Optreden, ronde: str, naar: Fase, beletselen: list[Beletsel]) -> bool:
    """Move a round to its next fase; False when it is there already or `beletselen` stand in the way.

    `beletselen` are what the flow found still open. Steps that the definition asks for in the fase
    that is left are checked here; when they are missing the round stays where it is.
    """
    fasen = list(Fase)
    with huis.winkel.lezen() as sessie:
        rij = find_ronde(sessie, ronde)
        if fasen.index(rij.fase) + 1 != fasen.index(naar) or beletselen:
            return False
        definitie = procedures.read_definitie(sessie, rij.procedure_id)
        standen = procedures.list_standen(sessie, rij.procedure_id, ronde)
        if check_overgang(definitie, rij.fase, naar, standen, op=local_date(door.nu)):
            return False
    with handel(huis, door, Handeling.FASE_OVERGAAN) as eenheid:
        rij = find_ronde(eenheid.sessie, ronde)
        if fasen.index(rij.fase) + 1 != fasen.index(naar):
            raise OvergangRefusedError(rij.fase, naar, [Beletsel("volgorde", "De ronde is intussen verder.")])
        eenheid.audit(Handeling.FASE_OVERGAAN, ronde, van=rij.fase, naar=naar)
        rij.fase = naar
        eenheid.sessie.add(rij)
    return True


def find_ronde(sessie: Session, kenmerk: str) -> RondeRow:
    """The round with this kenmerk."""
    rij: RondeRow | None = sessie.exec(_vraag_ronde(), params={"kenmerk": kenmerk}).one_or_none()
    if rij is None:
        raise not_found(sessie, "Ronde", kenmerk, sessie.exec(select(RondeRow.kenmerk)))
    return rij


@cache
def _vraag_ronde() -> Any:
    return select(RondeRow).where(RondeRow.kenmerk == sa.bindparam("kenmerk"))


def get_ronde(sessie: Session, id: UUID) -> RondeRow:
    """The round with this id."""
    return sessie.get_one(RondeRow, id)


def list_rondes(sessie: Session, procedure: str) -> list[RondeRow]:
    """The rounds of a procedure in order of closing."""
    rij = procedures.find_procedure(sessie, procedure)
    vraag = select(RondeRow).where(RondeRow.procedure_id == rij.id).order_by(RondeRow.sluiting)  # type: ignore[arg-type]
    return list(sessie.exec(vraag))
