"""What the system itself does in each fase: a tick reads the records, does what is due, and ends.

Every step says whether it did something; doing it again does nothing. Nothing here waits for a
person: what people must do first stands in `taken`.

Bron: ontwerp 2.1, 2.6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlmodel import Session

from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.fasen import OvergangRefusedError
from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Overeenkomststatus
from inkoop.services import (
    aanmeldingen,
    addenda,
    addendumwerk,
    besluiten,
    documenten,
    gunningen,
    herstel,
    implementatie,
    implementatiepunten,
    looptijden,
    mutaties,
    onderdelen,
    overeenkomsten,
    procedures,
    rondes,
    scores,
    selecties,
    taken,
    toetsen,
    vervolgbesluiten,
)
from inkoop.services.huis import Huis, Optreden
from inkoop.services.taken import Taak, Taaksoort
from inkoop.storage.bestandenplek import BestandenplekOnbereikbaarError
from inkoop.storage.databasefout import DatabaseOnbereikbaarError, SchijfVolError, WinkelBezetError
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.ronde import RondeRow

Edities = Mapping[str, Criteriaset]
Stap = Callable[[Huis, Optreden, str], bool]


class Tikverslag(msgspec.Struct, frozen=True, kw_only=True):
    """What a tick did (sentences, empty = nothing was due), and what now waits for people.

    `apart` are units that could not be worked on, each with the reason; the others were.
    """

    fase: Fase
    onderwerp: str
    gedaan: tuple[str, ...]
    taken: tuple[Taak, ...]
    apart: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fasewerk:
    """The work of one fase of a round: which units there are, what is done to each, how it ends."""

    list_units: Callable[[Session, RondeRow], Sequence[str]]
    stappen: Mapping[str, Stap]
    finish: Callable[[Huis, Optreden, str], Sequence[str]]


def advance_voorbereiden(huis: Huis, door: Optreden, procedure: str) -> list[str]:
    """Go on to publiceren once every step of the preparation is done."""
    try:
        gedaan = procedures.advance_procedure(huis, door, procedure, Fase.PUBLICEREN)
    except OvergangRefusedError:
        return []
    return ["naar de fase publiceren"] if gedaan else []


def publish_procedure(huis: Huis, door: Optreden, procedure: str, edities: Edities) -> list[str]:
    """Publish once every step of the publication is done."""
    try:
        gedaan = rondes.publish(huis, door, procedure, edities)
    except BeletselenError:
        return []
    return ["gepubliceerd: criteria vastgelegd, rondes gemaakt"] if gedaan else []


def list_units(huis: Huis, fase: Fase, ronde: str) -> tuple[str, ...]:
    """What a tick of this fase works through, by kenmerk."""
    with huis.winkel.lezen() as sessie:
        return tuple(FASEWERK[fase].list_units(sessie, rondes.find_ronde(sessie, ronde)))


def process_unit(huis: Huis, door: Optreden, fase: Fase, unit: str) -> tuple[str, ...]:
    """Do everything that is due for one unit; what was done, in words."""
    return tuple(f"{unit}: {wat}" for wat, stap in FASEWERK[fase].stappen.items() if stap(huis, door, unit))


def process_apart(huis: Huis, door: Optreden, fase: Fase, unit: str) -> tuple[tuple[str, ...], str]:
    """Do everything that is due for one unit, and never let one that fails stop the others.

    Gives back what was done, and the reason when the unit was set apart (else empty). What stands in the
    way of every unit (a full disk, a database that is gone, somebody who keeps writing) is raised.
    """
    try:
        return process_unit(huis, door, fase, unit), ""
    except (SchijfVolError, DatabaseOnbereikbaarError, WinkelBezetError, BestandenplekOnbereikbaarError):
        raise
    except Exception as fout:  # noqa: BLE001 - whatever one application does, the round goes on
        wat = str(fout) if isinstance(fout, InkoopError) else f"een fout in het programma ({type(fout).__name__})"
        return (), f"{unit}: {wat}"


def finish(huis: Huis, door: Optreden, fase: Fase, ronde: str) -> tuple[str, ...]:
    """Do what is due for the round as a whole."""
    return tuple(FASEWERK[fase].finish(huis, door, ronde))


def work_fase(
    huis: Huis, door: Optreden, fase: Fase, onderwerp: str, load_edities: Callable[[Huis, str], Edities]
) -> list[str]:
    """Everything that a tick of a fase does, apart from drawing documents: for who needs no workflow engine around it.

    `onderwerp` is a procedure, or from selecteren on a round; `load_edities` reads the criteria of a procedure.
    """
    if fase is Fase.VOORBEREIDEN:
        return advance_voorbereiden(huis, door, onderwerp)
    if fase is Fase.PUBLICEREN:
        return publish_procedure(huis, door, onderwerp, load_edities(huis, onderwerp))
    return work_units(huis, door, fase, onderwerp, list_units(huis, fase, onderwerp))


def work_units(huis: Huis, door: Optreden, fase: Fase, ronde: str, units: Sequence[str]) -> list[str]:
    """Do what is due for these units of a round, then for the round as a whole."""
    gedaan = [zin for unit in units for zin in process_unit(huis, door, fase, unit)]
    return [*gedaan, *finish(huis, door, fase, ronde)]


def report(huis: Huis, door: Optreden, fase: Fase, onderwerp: str, gedaan: Sequence[str]) -> Tikverslag:
    """What was done, and what waits for people now."""
    with huis.winkel.lezen() as sessie:
        if fase in procedures.PROCEDUREFASEN:
            open_ = taken.list_proceduretaken(sessie, onderwerp)
        else:
            # What this run set apart it says itself; what stands in the records is of the runs before it.
            alle = taken.list_rondetaken(huis, sessie, onderwerp, door.nu)
            open_ = tuple(taak for taak in alle if taak.soort is not Taaksoort.APART_GEZET)
    return Tikverslag(fase=fase, onderwerp=onderwerp, gedaan=tuple(gedaan), taken=open_)


def _list_aanmeldingen(sessie: Session, ronde: RondeRow) -> list[str]:
    """Every aanmelding, once the round has closed."""
    return [rij.kenmerk for rij in aanmeldingen.list_aanmeldingen(sessie, ronde)]


def _list_contracten(sessie: Session, ronde: RondeRow) -> list[str]:
    """Every agreement, each followed by its addenda."""
    nummers = []
    for overeenkomst in overeenkomsten.list_overeenkomsten(sessie, ronde):
        nummers.append(overeenkomst.contractnummer)
        nummers += [addendum.nummer for addendum in addenda.list_addenda(sessie, overeenkomst)]
    return nummers


def _answer(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Letters about applications that are not assessed go out after closing."""
    with huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        if door.nu <= rondes.get_ronde(sessie, rij.ronde_id).sluiting:
            return False
    return aanmeldingen.answer_niet_beoordeeld(huis, door, kenmerk)


def _toets_open(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Test while nothing is decided."""
    return _has_status(huis, kenmerk, Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING) and (
        toetsen.toets_aanmelding(huis, door, kenmerk)
    )


def _toets_voorwaarde(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Test again while a conditional admission waits for its condition."""
    with huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        wacht = _is_voorwaardelijk(sessie, rij)
    return wacht and toetsen.toets_aanmelding(huis, door, kenmerk)


def _is_voorwaardelijk(sessie: Session, rij: AanmeldingRow) -> bool:
    return any(
        besluit.soort is Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE for besluit in besluiten.list_geldig(sessie, rij)
    )


def _has_status(huis: Huis, kenmerk: str, *statussen: Aanmeldingsstatus) -> bool:
    with huis.winkel.lezen() as sessie:
        return aanmeldingen.find_aanmelding(sessie, kenmerk).status in statussen


def _offer(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Offer the agreement that came of an aanmelding for signing."""
    with huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_by_aanmelding(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk))
    return rij is not None and overeenkomsten.offer_ter_ondertekening(huis, door, rij.contractnummer)


def _copy(huis: Huis, door: Optreden, nummer: str) -> bool:
    return implementatie.copy_to_gemeenten(huis, door, nummer) > 0


def _finish_selecteren(huis: Huis, door: Optreden, ronde: str) -> list[str]:
    """Go on to concretiseren once every aanmelding that is assessed has its proposals ready to be made."""
    with huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        open_ = [
            Beletsel("open", f"{aanmelding.kenmerk} is nog niet rijp voor een besluit")
            for aanmelding in aanmeldingen.list_aanmeldingen(
                sessie, rij, Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING
            )
            if not besluiten.is_rijp(sessie, aanmelding)
        ]
        if rij.geopend_op is None:
            open_.append(Beletsel("niet-geopend", "de ronde is nog niet geopend"))
        kiest = scores.chooses(procedures.read_definitie(sessie, rij.procedure_id))
    zinnen: list[str] = []
    if kiest:
        # With selection the besluit on who may go on belongs to this fase (ontwerp 2.6).
        zinnen += ["selectie klaargezet"] if selecties.prepare_selectie(huis, door, ronde) else []
        zinnen += ["verzamelbesluit klaargezet"] if besluiten.prepare_verzamelbesluit(huis, door, ronde) else []
        with huis.winkel.lezen() as sessie:
            open_ += _list_niet_verzonden(sessie, rondes.find_ronde(sessie, ronde))
    gedaan = rondes.advance_ronde(huis, door, ronde, Fase.CONCRETISEREN, open_)
    return [*zinnen, "naar de fase concretiseren"] if gedaan else zinnen


def _list_niet_verzonden(sessie: Session, ronde: RondeRow) -> list[Beletsel]:
    """First besluiten that are not known to their aanbieder yet, and applications without one."""
    klaar = (Besluitstatus.VERZONDEN, Besluitstatus.VERVANGEN, Besluitstatus.VERVALLEN)
    eerste = [besluit for besluit in besluiten.list_ronde(sessie, ronde) if besluit.volgnummer == 1]
    open_ = [Beletsel("open", "een besluit is nog niet verzonden") for b in eerste if b.status not in klaar]
    wachtend = aanmeldingen.list_aanmeldingen(
        sessie, ronde, Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING
    )
    return open_ + [Beletsel("open", f"over {aanmelding.kenmerk} is nog niet besloten") for aanmelding in wachtend]


def _finish_concretiseren(huis: Huis, door: Optreden, ronde: str) -> list[str]:
    """Bring the proposals together; go on to contracteren once every besluit is known to its aanbieder."""
    zinnen = ["verzamelbesluit klaargezet"] if besluiten.prepare_verzamelbesluit(huis, door, ronde) else []
    zinnen += ["volgende van de reservelijst klaargezet"] if selecties.promote_reserve(huis, door, ronde) else []
    zinnen += ["gunningsvoornemen klaargezet"] if gunningen.prepare_gunning(huis, door, ronde) else []
    zinnen += ["opvolger van een winnaar klaargezet"] if gunningen.propose_opvolging(huis, door, ronde) else []
    with huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        open_ = _list_niet_verzonden(sessie, rij)
        if scores.chooses(procedures.read_definitie(sessie, rij.procedure_id)):
            open_ += gunningen.check_afgerond(sessie, rij)
    gedaan = rondes.advance_ronde(huis, door, ronde, Fase.CONTRACTEREN, open_)
    return [*zinnen, "naar de fase contracteren"] if gedaan else zinnen


def _finish_contracteren(huis: Huis, door: Optreden, ronde: str) -> list[str]:
    """Go on to implementeren once nobody can still get an agreement and each is signed."""
    with huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, ronde)
        getekend = (Overeenkomststatus.GETEKEND, Overeenkomststatus.ACTIEF, Overeenkomststatus.VERVALLEN)
        open_ = [
            Beletsel("open", f"{overeenkomst.contractnummer} is niet getekend")
            for overeenkomst in overeenkomsten.list_overeenkomsten(sessie, rij)
            if overeenkomst.status not in getekend
        ]
        open_ += [
            Beletsel("open", f"{aanmelding.kenmerk} wacht op een overeenkomst")
            for aanmelding in aanmeldingen.list_aanmeldingen(sessie, rij, Aanmeldingsstatus.BESLOTEN)
            if _is_voorwaardelijk(sessie, aanmelding) or _is_te_maken(sessie, aanmelding)
        ]
    gedaan = rondes.advance_ronde(huis, door, ronde, Fase.IMPLEMENTEREN, open_)
    return ["naar de fase implementeren"] if gedaan else []


def _is_te_maken(sessie: Session, rij: AanmeldingRow) -> bool:
    return overeenkomsten.is_te_maken(sessie, rij) or mutaties.is_te_maken(sessie, rij)


def _finish_implementeren(huis: Huis, door: Optreden, ronde: str) -> list[str]:
    """A round is put to work once every point of its checklists is done; the contract years go on after it."""
    gedaan = implementatiepunten.finish_ronde(huis, door, ronde)
    return ["alle overeenkomsten zijn klaargezet: de implementatie is afgerond"] if gedaan else []


FASEWERK: Mapping[Fase, Fasewerk] = {
    Fase.SELECTEREN: Fasewerk(
        list_units=_list_aanmeldingen,
        stappen={
            "brief klaargezet": _answer,
            "herstel gesloten": herstel.close_herstel,
            "getoetst": _toets_open,
            "herstelverzoek klaargezet": herstel.draft_herstelverzoek,
        },
        finish=_finish_selecteren,
    ),
    Fase.CONCRETISEREN: Fasewerk(
        list_units=_list_aanmeldingen,
        stappen={
            "besluit klaargezet": besluiten.prepare_besluiten,
            "opnieuw getoetst": _toets_voorwaarde,
            "vervolgbesluit klaargezet": vervolgbesluiten.follow_up,
        },
        finish=_finish_concretiseren,
    ),
    Fase.CONTRACTEREN: Fasewerk(
        list_units=_list_aanmeldingen,
        stappen={
            "overeenkomst opgesteld": overeenkomsten.compose_overeenkomst,
            "onderdelen bijgewerkt": onderdelen.update_onderdelen,
            "addendum over de mutatie opgesteld": mutaties.compose_addendum,
            "ter ondertekening aangeboden": _offer,
        },
        finish=_finish_contracteren,
    ),
    Fase.IMPLEMENTEREN: Fasewerk(
        list_units=_list_contracten,
        stappen={
            "afschriften klaargezet": _copy,
            "in werking": implementatie.activate,
            "addendum opgesteld": addendumwerk.compose_addendum,
            "ter ondertekening aangeboden": overeenkomsten.offer_ter_ondertekening,
            "addendum vervallen": addenda.lapse_addendum,
            "stilzwijgend verlengd": looptijden.renew_tacit,
            "beëindigd": looptijden.end_contract,
        },
        finish=_finish_implementeren,
    ),
}
"""The four fasen of a round; those of a procedure are the two functions above."""


def render_alles(huis: Huis, door: Optreden) -> list[str]:
    """Make every document that was asked for, and send what nobody needs to check; in one process."""
    gemaakt = [kenmerk for kenmerk in documenten.list_te_maken(huis) if documenten.render(huis, door, kenmerk)]
    verzonden = documenten.send_automatisch(huis, door)
    zinnen = [f"{kenmerk}: gemaakt" for kenmerk in gemaakt]
    return [*zinnen, f"{verzonden} automatisch verzonden"] if verzonden else zinnen
