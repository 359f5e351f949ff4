"""Gemeenten that withdraw, join or make a reservation; mandates that are given later.

Each changes the definition that the procedure runs on. Documents that have not gone out are made anew from
it, in the same transaction.

Bron: H19-02, H19-03, H19-05..H19-08; BP-13, BP-17; C.24.
"""

from __future__ import annotations

import msgspec
from sqlmodel import Session

from inkoop.domain.deelnemers import (
    Deelnamestand,
    change_voorbehoud,
    check_toetreden,
    check_uittreden,
    join,
    read_deelname,
    withdraw,
)
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.mandaat import Onderwerp
from inkoop.domain.procedure import Gemeente, Mandaat, Proceduredefinitie
from inkoop.domain.samenwerking import Deelname
from inkoop.domain.toegang import Handeling
from inkoop.services import deelnamestukken, procedures
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.voorbereiding import DeelnameRow, MandaatRow


def withdraw_gemeente(huis: Huis, door: Optreden, procedure: str, gemeente: str, *, grond: str) -> list[str]:
    """Take a gemeente out of the procedure; returns the kenmerken of the documents that were asked for anew."""
    with handel(huis, door, Handeling.DEELNAME_WIJZIGEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        beletselen = check_uittreden(
            definitie,
            gemeente,
            gepubliceerd=rij.gepubliceerd_op is not None,
        )
        beletselen += deelnamestukken.check_getekend(eenheid.sessie, rij)
        _require(gemeente, [*beletselen, *_check_grond(grond)])
        naam = next(g.naam for g in definitie.gemeenten if gemeente in (g.code, g.naam))
        nieuw = withdraw(definitie, gemeente, local_date(door.nu), grond)
        return _change(huis, eenheid, door, rij, nieuw, naam, Deelnamestand.UITGETREDEN, grond)


def join_gemeente(huis: Huis, door: Optreden, procedure: str, gemeente: Gemeente, *, grond: str) -> list[str]:
    """Let a gemeente join before publication; its college and its mandate still have to decide."""
    with handel(huis, door, Handeling.DEELNAME_WIJZIGEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        beletselen = check_toetreden(definitie, gemeente, gepubliceerd=rij.gepubliceerd_op is not None)
        _require(gemeente.naam, [*beletselen, *_check_grond(grond)])
        stand = Deelnamestand.VOORBEHOUD if gemeente.deelname is Deelname.VOORBEHOUD else Deelnamestand.ACTIEF
        return _change(huis, eenheid, door, rij, join(definitie, gemeente), gemeente.naam, stand, grond)


def change_deelname(
    huis: Huis, door: Optreden, procedure: str, gemeente: str, stand: Deelnamestand, *, grond: str
) -> list[str]:
    """Make or lift the reservation of a gemeente (H19-02)."""
    if stand is Deelnamestand.UITGETREDEN:
        return withdraw_gemeente(huis, door, procedure, gemeente, grond=grond)
    with handel(huis, door, Handeling.DEELNAME_WIJZIGEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        gevonden = next((g for g in definitie.gemeenten if gemeente in (g.code, g.naam)), None)
        beletselen = _check_grond(grond)
        if gevonden is None:
            tekst = f"'{gemeente}' doet niet mee. Wel: {', '.join(g.naam for g in definitie.gemeenten)}."
            beletselen.append(Beletsel("deelname-onbekend", tekst))
        elif read_deelname(definitie)[gevonden.naam] is stand:
            beletselen.append(Beletsel("deelname-zelfde", f"{gevonden.naam} doet al zo mee: {stand}."))
        if rij.gepubliceerd_op is not None and stand is Deelnamestand.VOORBEHOUD:
            tekst = "De procedure is gepubliceerd; een voorbehoud kan alleen daarvoor worden gemaakt."
            beletselen.append(Beletsel("deelname-gepubliceerd", tekst))
        _require(gemeente, beletselen)
        deelname = Deelname.VOORBEHOUD if stand is Deelnamestand.VOORBEHOUD else Deelname.VAST
        nieuw = change_voorbehoud(definitie, gemeente, deelname)
        return _change(huis, eenheid, door, rij, nieuw, gevonden.naam if gevonden else gemeente, stand, grond)


def _require(gemeente: str, beletselen: list[Beletsel]) -> None:
    if beletselen:
        raise BeletselenError(f"De deelname van {gemeente} kan niet worden gewijzigd.", beletselen)


def _check_grond(grond: str) -> list[Beletsel]:
    return [] if grond.strip() else [Beletsel("grond", "Noem het besluit waar dit op rust.")]


def _change(
    huis: Huis,
    eenheid: Eenheid,
    door: Optreden,
    rij: ProcedureRow,
    nieuw: Proceduredefinitie,
    gemeente: str,
    stand: Deelnamestand,
    grond: str,
) -> list[str]:
    eenheid.sessie.add(
        DeelnameRow(
            id=huis.nieuw_id(),
            procedure_id=rij.id,
            gemeente=gemeente,
            stand=stand,
            grond=grond,
            persoon=door.wie,
            op=door.nu,
        )
    )
    oud = procedures.decode_definitie(rij).hash
    rij.definitie = msgspec.json.encode(nieuw).decode()
    eenheid.sessie.add(rij)
    eenheid.audit(
        Handeling.DEELNAME_WIJZIGEN,
        rij.naam,
        van=oud,
        naar=nieuw.hash,
        reden=grond,
        gegevens={"gemeente": gemeente, "stand": stand},
    )
    weg = gemeente if stand is Deelnamestand.UITGETREDEN else None
    return deelnamestukken.renew_stukken(huis, eenheid, rij, door, weg)


def list_deelnames(sessie: Session, procedure: str) -> dict[str, Deelnamestand]:
    """How each gemeente takes part now, by name."""
    return read_deelname(procedures.decode_definitie(procedures.find_procedure(sessie, procedure)))


def register_mandaat(huis: Huis, door: Optreden, procedure: str, mandaat: Mandaat) -> None:
    """Record a mandate that was given after the procedure began, a successor for instance (BP-13)."""
    with handel(huis, door, Handeling.MANDAAT_REGISTREREN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        if beletselen := _check_mandaat(definitie, mandaat):
            raise BeletselenError(f"Mandaat '{mandaat.id}' kan niet worden vastgelegd.", beletselen)
        eenheid.sessie.add(
            MandaatRow(
                id=huis.nieuw_id(),
                procedure_id=rij.id,
                mandaat=mandaat.id,
                inhoud=msgspec.json.encode(mandaat).decode(),
                persoon=door.wie,
                op=door.nu,
            )
        )
        nieuw = msgspec.structs.replace(definitie, mandaten=(*definitie.mandaten, mandaat))
        rij.definitie = msgspec.json.encode(nieuw).decode()
        eenheid.sessie.add(rij)
        eenheid.audit(
            Handeling.MANDAAT_REGISTREREN,
            procedure,
            naar=mandaat.id,
            reden=mandaat.grondslag,
            gegevens={"functie": mandaat.functie, "van": mandaat.geldig_van, "tot": mandaat.geldig_tot},
        )


def _check_mandaat(definitie: Proceduredefinitie, mandaat: Mandaat) -> list[Beletsel]:
    """Every reason why a mandate cannot stand: unknown names, an impossible period, longer than its arrangement."""
    beletselen = []
    if any(een.id == mandaat.id for een in definitie.mandaten):
        beletselen.append(Beletsel("mandaat-bestaat", f"Mandaat '{mandaat.id}' is er al; kies een andere naam."))
    codes = {gemeente.code for gemeente in definitie.gemeenten}
    if onbekend := [code for code in mandaat.namens if code not in codes]:
        tekst = f"Onbekende gemeente: {', '.join(onbekend)}. Wel: {', '.join(sorted(codes))}."
        beletselen.append(Beletsel("mandaat-namens", tekst))
    if onbekend := [wat for wat in mandaat.onderwerpen if wat not in {een.value for een in Onderwerp}]:
        tekst = f"Onbekend onderwerp: {', '.join(onbekend)}. Kies uit: {', '.join(Onderwerp)}."
        beletselen.append(Beletsel("mandaat-onderwerp", tekst))
    if not mandaat.namens or not mandaat.onderwerpen or not mandaat.grondslag.strip() or not mandaat.functie.strip():
        tekst = "Noem functie, gemeenten, onderwerpen en het besluit waar het mandaat op rust."
        beletselen.append(Beletsel("mandaat-leeg", tekst))
    if mandaat.geldig_tot < mandaat.geldig_van:
        tekst = f"Het mandaat eindigt ({format_dag(mandaat.geldig_tot)}) voordat het begint."
        beletselen.append(Beletsel("mandaat-periode", tekst))
    regeling = next((een for een in definitie.regelingen if een.id == mandaat.regeling), None)
    if mandaat.regeling is not None and regeling is None:
        beletselen.append(Beletsel("mandaat-regeling", f"Regeling '{mandaat.regeling}' staat niet in de procedure."))
    if regeling is not None and mandaat.geldig_tot > regeling.geldig_tot:
        tekst = (
            f"Het mandaat loopt tot {format_dag(mandaat.geldig_tot)}, langer dan '{regeling.naam}' "
            f"({format_dag(regeling.geldig_tot)}) waar het op rust."
        )
        beletselen.append(Beletsel("mandaat-regeling", tekst))
    return beletselen
