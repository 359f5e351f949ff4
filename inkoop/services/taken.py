"""What waits for people: for whom, about what, until when. Read from the records, never kept apart.

Bron: ontwerp 2.1 (a flow ends and lists the open tasks); domein D.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlmodel import Session, select

from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.beoordeling import Beoordelingsstand
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import MATRIX, Handeling
from inkoop.domain.verloop import (
    Aanmeldingsstatus,
    Besluitstatus,
    Documentstatus,
    Herstelstatus,
    Overeenkomststatus,
)
from inkoop.services import (
    aanmeldingen,
    addenda,
    apart,
    besluiten,
    documenten,
    feiten,
    geschillen,
    getekendestukken,
    heropeningen,
    herstel,
    implementatiepunten,
    ondertekeningen,
    oordelen,
    overeenkomsten,
    procedures,
    rondeplichten,
    rondes,
    samenlopen,
    storingen,
    verzendingen,
)
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.huis import Huis
from inkoop.services.selectietaken import list_selectietaken
from inkoop.services.taaksoort import Taak, Taaksoort
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow


def list_proceduretaken(sessie: Session, procedure: str) -> tuple[Taak, ...]:
    """The governance steps that a procedure waits for in its fase."""
    rij = procedures.find_procedure(sessie, procedure)
    if rij.gepubliceerd_op is not None:
        return ()
    return tuple(
        Taak(
            soort=Taaksoort.STAP_VASTLEGGEN,
            deel=openstap.stap.id,
            rol=openstap.stap.rol,
            wat=f"stap '{openstap.stap.id}' vastleggen voor {', '.join(openstap.organen)}",
            onderwerp=procedure,
            uiterlijk=openstap.stap.uiterlijk,
        )
        for openstap in procedures.list_openstaand(sessie, procedure, rij.fase)
    )


def list_rondetaken(huis: Huis, sessie: Session, ronde: str, nu: datetime) -> tuple[Taak, ...]:
    """Everything that a round waits for, in the order of the fasen."""
    rij = rondes.find_ronde(sessie, ronde)
    if nu <= rij.sluiting:
        return (*rondeplichten.list_voor_sluiting(sessie, rij), *_list_storingen(sessie, rij))
    if procedures.read_definitie(sessie, rij.procedure_id).find_ronde(ronde).historisch:
        return _list_historisch(huis, sessie, rij)
    if rij.geopend_op is None:
        return (_opening(rij), *_list_storingen(sessie, rij))
    taken: list[Taak] = list(_list_samenlopen(sessie, rij))
    for aanmelding in aanmeldingen.list_aanmeldingen(
        sessie, rij, Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING, Aanmeldingsstatus.BESLOTEN
    ):
        taken += _list_selectie(sessie, aanmelding, nu)
    taken += _list_stappen(sessie, rij)
    taken += list_selectietaken(sessie, rij, nu)
    taken += _list_besluittaken(sessie, rij)
    taken += _list_geschiltaken(sessie, rij)
    taken += _list_documenttaken(huis, sessie, ronde)
    taken += _list_contracttaken(huis, sessie, rij)
    taken += implementatiepunten.list_taken(sessie, rij)
    taken += rondeplichten.list_na_sluiting(sessie, rij, nu)
    taken += apart.list_apart(sessie, ronde)
    taken += _list_storingen(sessie, rij)
    taken += _list_bewijstaken(huis, sessie, rij)
    return tuple(taken)


def _list_historisch(huis: Huis, sessie: Session, rij: RondeRow) -> tuple[Taak, ...]:
    """A round of before the program was used is never opened; its agreements do go on."""
    return (
        *_list_documenttaken(huis, sessie, rij.kenmerk),
        *_list_contracttaken(huis, sessie, rij),
        *implementatiepunten.list_taken(sessie, rij),
        *apart.list_apart(sessie, rij.kenmerk),
    )


def _list_samenlopen(sessie: Session, rij: RondeRow) -> Iterator[Taak]:
    """Who takes part too often for a perceel: somebody decides which aanmelding counts (B.4)."""
    for stand in samenlopen.list_open(sessie, rij):
        een = stand.samenloop
        wat = f"beslissen welke aanmelding van {een.naam} meetelt voor perceel {een.perceel}"
        yield Taak(
            soort=Taaksoort.SAMENLOOP_BESLISSEN,
            rol=f"{Rol.INKOPER} of {Rol.JURIST}",
            wat=f"{wat} ({', '.join(een.aanmeldingen)})",
            onderwerp=rij.kenmerk,
            deel=f"{een.kvk}:{een.perceel}",
        )


def _opening(rij: RondeRow) -> Taak:
    """Ask for the opening, or open as the second person."""
    if rij.openingsverzoek_door is None:
        wat = "om de opening van de ronde vragen"
        return Taak(soort=Taaksoort.OPENING_VERZOEKEN, rol=Rol.INKOPER, wat=wat, onderwerp=rij.kenmerk)
    rollen = f"{Rol.INKOPER} of {Rol.JURIST}"
    wat = f"ronde openen (niet door {rij.openingsverzoek_door})"
    return Taak(soort=Taaksoort.RONDE_OPENEN, rol=rollen, wat=wat, onderwerp=rij.kenmerk)


def _list_storingen(sessie: Session, rij: RondeRow) -> Iterator[Taak]:
    """Outages that nobody decided on: until then nobody is told that he was late (B.2.8)."""
    ronde = procedures.read_definitie(sessie, rij.procedure_id).find_ronde(rij.kenmerk)
    for storing in storingen.list_storingen(sessie, rij):
        if storing.erkend is None:
            yield Taak(
                soort=Taaksoort.STORING_BESLISSEN,
                rol=f"{Rol.JURIST} of {Rol.GEMANDATEERDE}",
                wat=f"beslissen over de gemelde storing (niet door {storing.geregistreerd_door})",
                onderwerp=storing.kenmerk,
                uiterlijk=ronde.herstelverzoek,
            )


def _list_bewijstaken(huis: Huis, sessie: Session, rij: RondeRow) -> Iterator[Taak]:
    """Letters that went out without proof on record: the term for legal remedy runs from it (B.2.4)."""
    for verzending in verzendingen.list_onbewezen(sessie, rij):
        yield Taak(
            soort=Taaksoort.VERZENDING_BEWIJZEN,
            rol=Rol.INKOPER,
            wat=f"bewijs van verzending vastleggen (brief aan {verzending.aanmelding})",
            onderwerp=verzending.document,
            uiterlijk=verzendingen.find_bewijsdag(verzending.verzonden_op, huis.feestdagen),
        )


def _list_stappen(sessie: Session, rij: RondeRow) -> Iterator[Taak]:
    definitie = procedures.read_definitie(sessie, rij.procedure_id)
    for openstap in procedures.list_openstaand(sessie, definitie.naam, rij.fase, rij.kenmerk):
        yield Taak(
            soort=Taaksoort.STAP_VASTLEGGEN,
            deel=openstap.stap.id,
            rol=openstap.stap.rol,
            wat=f"stap '{openstap.stap.id}' vastleggen voor {', '.join(openstap.organen)}",
            onderwerp=rij.kenmerk,
            uiterlijk=openstap.stap.uiterlijk,
        )


def _list_selectie(sessie: Session, rij: AanmeldingRow, nu: datetime) -> Iterator[Taak]:
    """Facts, judgements and repair of one aanmelding."""
    if open_feiten := feiten.count_open(sessie, rij):
        wat = f"{open_feiten} feiten vaststellen"
        yield Taak(soort=Taaksoort.FEITEN_VASTSTELLEN, rol=Rol.BEOORDELAAR, wat=wat, onderwerp=rij.kenmerk)
    heropend = heropeningen.is_heropend(sessie, rij)
    if heropend:
        wat = "heropende aanmelding opnieuw toetsen en herzien"
        yield Taak(soort=Taaksoort.BESLUIT_HERZIEN, rol=Rol.INKOPER, wat=wat, onderwerp=rij.kenmerk)
    elif rij.status is Aanmeldingsstatus.BESLOTEN or besluiten.list_besluiten(sessie, rij):
        return
    for punt in oordelen.list_punten(sessie, rij, nu):
        if punt.stand in _OORDEELTAKEN:
            soort, rol, wat = _OORDEELTAKEN[punt.stand]
            deel = oordelen.punt_id(punt)
            yield Taak(soort=soort, rol=rol, wat=f"{wat} ({punt.criterium})", onderwerp=rij.kenmerk, deel=deel)
    verzoek = herstel.find_verzoek(sessie, rij)
    if verzoek is not None and verzoek.status in _HERSTELTAKEN:
        soort, rol, wat = _HERSTELTAKEN[verzoek.status]
        yield Taak(soort=soort, rol=rol, wat=wat, onderwerp=rij.kenmerk, uiterlijk=local_date(verzoek.uiterlijk))


_OORDEELTAKEN = {
    Beoordelingsstand.WACHT_OP_BEOORDELAARS: (Taaksoort.BEOORDELEN, Rol.BEOORDELAAR, "beoordelen"),
    Beoordelingsstand.OORDELEN_VERSCHILLEN: (Taaksoort.BESLECHTEN, Rol.JURIST, "verschil in oordeel beslechten"),
}

_HERSTELTAKEN = {
    Herstelstatus.CONCEPT: (Taaksoort.HERSTEL_CONTROLEREN, Rol.JURIST, "herstelverzoek controleren"),
    Herstelstatus.GECONTROLEERD: (Taaksoort.HERSTEL_VERZENDEN, Rol.INKOPER, "herstelverzoek verzenden"),
    Herstelstatus.VERZONDEN: (Taaksoort.HERSTEL_BEANTWOORDEN, Rol.AANBIEDER, "herstelverzoek beantwoorden"),
}

_BESLUITTAKEN = {
    Besluitstatus.CONCEPT: (Taaksoort.BESLUITEN_CONTROLEREN, Rol.JURIST, "besluiten controleren"),
    Besluitstatus.GECONTROLEERD: (Taaksoort.BESLUITEN_NEMEN, Rol.GEMANDATEERDE, "besluiten nemen"),
    Besluitstatus.GENOMEN: (Taaksoort.BESLUITEN_VERZENDEN, Rol.INKOPER, "besluiten verzenden"),
}


def _list_besluittaken(sessie: Session, rij: RondeRow) -> Iterator[Taak]:
    ronde = procedures.read_definitie(sessie, rij.procedure_id).find_ronde(rij.kenmerk)
    alle = besluiten.list_ronde(sessie, rij)
    for status, (soort, rol, wat) in _BESLUITTAKEN.items():
        aantal = sum(1 for besluit in alle if besluit.status is status)
        if aantal and (status is not Besluitstatus.GENOMEN or besluiten.is_verzendklaar(sessie, rij)):
            yield Taak(soort=soort, rol=rol, wat=f"{wat} ({aantal})", onderwerp=rij.kenmerk, uiterlijk=ronde.besluit)
    lopend = {besluit.vervangt_id for besluit in alle}
    for besluit in alle:
        voorwaardelijk = besluit.soort is Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE
        if voorwaardelijk and besluit.status is Besluitstatus.VERZONDEN and besluit.id not in lopend:
            aanmelding = sessie.get_one(AanmeldingRow, besluit.aanmelding_id)
            yield Taak(
                soort=Taaksoort.VOORWAARDE_VERVULLEN,
                rol=Rol.AANBIEDER,
                wat=f"aan de voorwaarde voor perceel {besluit.perceel} voldoen",
                onderwerp=aanmelding.kenmerk,
                uiterlijk=besluit.voorwaarde_tot,
            )


def _list_geschiltaken(sessie: Session, rij: RondeRow) -> Iterator[Taak]:
    for geschil in geschillen.list_geschillen(sessie, rij):
        if geschil.uitkomst is None:
            wat = f"{str(geschil.soort).replace('_', ' ')} van {geschil.van} afhandelen"
            yield Taak(
                soort=Taaksoort.GESCHIL_AFHANDELEN,
                rol=Rol.JURIST,
                wat=wat,
                onderwerp=geschil.kenmerk,
                uiterlijk=geschil.uiterlijk or geschil.zitting_op,
            )


_TE_CONTROLEREN = frozenset({Documentstatus.CONCEPT, Documentstatus.IN_REVIEW})


def _list_documenttaken(huis: Huis, sessie: Session, ronde: str) -> Iterator[Taak]:
    vraag = select(DocumentRow).where(DocumentRow.ronde == ronde).order_by(DocumentRow.kenmerk)
    for rij in sessie.exec(vraag):
        rollen = " of ".join(sorted(documenten.list_controleurs(huis, rij.soort)))
        if rij.status in _TE_CONTROLEREN and rollen and not rij.sleutel.startswith(herstel.PREFIX):
            soort, rol, wat = Taaksoort.DOCUMENT_GOEDKEUREN, rollen, f"{rij.soort} goedkeuren"
        elif rij.status in documenten.UITGAAND and rij.sleutel.startswith(documenten.LOS):
            soort, rol, wat = Taaksoort.DOCUMENT_VERZENDEN, str(Rol.INKOPER), f"{rij.soort} verzenden"
        elif rij.status is Documentstatus.RETOUR:
            soort, rol, wat = Taaksoort.DOCUMENT_HERZIEN, str(Rol.INKOPER), f"{rij.soort} herzien: {rij.opmerking}"
        else:
            continue
        yield Taak(soort=soort, rol=rol, wat=wat, onderwerp=rij.kenmerk)


def _list_contracttaken(huis: Huis, sessie: Session, rij: RondeRow) -> Iterator[Taak]:
    ronde = procedures.read_definitie(sessie, rij.procedure_id).find_ronde(rij.kenmerk)
    cyclus = procedures.read_definitie(sessie, rij.procedure_id).contract.addendumcyclus
    te_tekenen: list[tuple[str, OvereenkomstRow | AddendumRow, date]] = [
        *((o.contractnummer, o, ronde.tekenen) for o in overeenkomsten.list_overeenkomsten(sessie, rij)),
        *((a.nummer, a, addenda.end_of_addendum(cyclus, a)) for a in addenda.list_ronde(sessie, rij)),
    ]
    for nummer, stuk, uiterlijk in te_tekenen:
        if stuk.status is not Overeenkomststatus.TER_ONDERTEKENING:
            continue
        zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, stuk))
        for te_zien in getekendestukken.list_wachtend(sessie, nummer):
            yield Taak(
                soort=Taaksoort.HANDTEKENING_CONTROLEREN,
                rol=" of ".join(sorted(MATRIX[Handeling.HANDTEKENING_CONTROLEREN].rollen)),
                wat=f"getekend stuk van {te_zien.naam} controleren",
                onderwerp=te_zien.kenmerk,
                uiterlijk=uiterlijk,
            )
        for partij in ondertekeningen.list_ontbrekend(sessie, zaak, nummer):
            rol = Rol.GEMANDATEERDE if partij == ondertekeningen.GEMEENTEN else Rol.AANBIEDER
            yield Taak(
                soort=Taaksoort.TEKENEN,
                rol=rol,
                wat=f"tekenen door {partij}",
                onderwerp=nummer,
                deel=partij,
                uiterlijk=uiterlijk,
            )


__all__ = ["Taak", "Taaksoort", "list_proceduretaken", "list_rondetaken"]
