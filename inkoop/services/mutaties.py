"""Mutaties: an aanmelding that changes an agreement, from receipt to addendum.

Bron: H19-44, H19-55; F.2 H2; C.21; domain/mutatie.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session

from inkoop.documents.gegevens import Aanbodwijziginggegevens, Perceelregel
from inkoop.domain.aanmelding import Aanmeldingsopgave
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import local_date
from inkoop.domain.mutatie import (
    Aanbod,
    Aanbodwijziging,
    Houder,
    check_mutatie,
    conclude_wijziging,
)
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.tarief import tarieftabel_op
from inkoop.domain.toegang import Handeling
from inkoop.services import aanmeldingen, addenda, addendumwerk, besluiten, houders, overeenkomsten, scores
from inkoop.services.addenda import Termijn, Wijziging
from inkoop.services.brieven import blokken
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow


def check(
    sessie: Session, procedure_id: UUID, definitie: Proceduredefinitie, opgave: Aanmeldingsopgave
) -> list[Beletsel]:
    """Why an aanmelding cannot be received as the mutatie that it says it is; empty for any other."""
    if opgave.wijzigt is not None and scores.chooses(definitie):
        tekst = "In een procedure met selectie verandert een overeenkomst niet door een aanmelding. Laat 'wijzigt' weg."
        return [Beletsel("mutatie-selectie", tekst)]
    return check_mutatie(opgave, definitie, _find_houder(sessie, procedure_id, opgave))


def _find_houder(sessie: Session, procedure_id: UUID, opgave: Aanmeldingsopgave) -> Houder | None:
    """Who has the agreement that is named, if it is this provider; nobody learns of an agreement of another."""
    for overeenkomst in houders.list_lopend(sessie, procedure_id, opgave.penvoerder.kvk):
        if overeenkomst.contractnummer == opgave.wijzigt:
            return Houder(
                contractnummer=overeenkomst.contractnummer,
                partijen=houders.read_partijen(sessie, overeenkomst),
                aanbod=houders.find_aanbod(sessie, overeenkomst),
            )
    return None


def is_te_maken(sessie: Session, rij: AanmeldingRow) -> bool:
    """Whether an addendum is due for an aanmelding of somebody who has an agreement, and was not drafted yet."""
    return _find_te_maken(sessie, rij) is not None


def _find_te_maken(sessie: Session, rij: AanmeldingRow) -> tuple[OvereenkomstRow, Aanbodwijziging] | None:
    geldig = overeenkomsten.list_bekend(sessie, rij)
    overeenkomst = houders.find_gewijzigde(sessie, rij) if geldig else None
    if overeenkomst is None or overeenkomsten.find_by_aanmelding(sessie, rij) is not None:
        return None
    if any(addendum.aanleiding == rij.kenmerk for addendum in addenda.list_addenda(sessie, overeenkomst)):
        return None
    voorstellen = [besluiten.decode_voorstel(besluit) for besluit in geldig]
    wijziging = conclude_wijziging(voorstellen, houders.find_aanbod(sessie, overeenkomst))
    return None if wijziging is None else (overeenkomst, wijziging)


def compose_addendum(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Draft the addendum that lays down what was decided on a mutatie; False when none is due.

    What the yearly cycle changes on the same day goes into the same addendum (H19-55). Decided so late that it
    cannot be signed in time any more, it comes into force with the next cycle.
    """
    with huis.winkel.lezen() as sessie:
        if _find_te_maken(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk)) is None:
            return False
    with handel(huis, door, Handeling.ADDENDUM_OPSTELLEN) as eenheid:
        sessie = eenheid.sessie
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        gevonden = _find_te_maken(sessie, rij)
        if gevonden is None:
            return False
        overeenkomst, aanbod = gevonden
        zaak = load_zaak(sessie, huis.feestdagen, rij)
        vandaag = local_date(door.nu)
        cyclus = zaak.definitie.contract.addendumcyclus
        ingang, termijn = zaak.ronde.ingang, _plan_termijn(zaak, zaak.ronde.ingang)
        while termijn.tekenen_uiterlijk < vandaag:
            ingang = addenda.next_ingang(cyclus, ingang)
            termijn = _plan_termijn(zaak, ingang)
        contractzaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, overeenkomst))
        samen = _find_cyclus(huis, contractzaak, overeenkomst, ingang, vandaag)
        was = houders.find_aanbod(sessie, overeenkomst, ingang)
        addenda.add_addendum(
            huis,
            eenheid,
            door,
            contractzaak,
            overeenkomst,
            Wijziging(
                ingang=ingang,
                tarieven=None if samen is None else addendumwerk.keep_tarieven(samen.tarieven, aanbod.apply(was)),
                gebied=None if samen is None else samen.gebied,
                aanbod=aanbod,
                bronnen=() if samen is None else samen.bronnen,
                teksten=() if samen is None else samen.teksten,
                bundels={} if samen is None else samen.bundels,
            ),
            sleutel=kenmerk,
            aanleiding=_describe_aanleiding(kenmerk, zaak.ronde.kenmerk, samen),
            termijn=termijn,
            aanbod=describe_aanbod(contractzaak, was, aanbod, ingang),
            ronde=zaak.ronde.kenmerk,
        )
    return True


def _find_cyclus(huis: Huis, zaak: Zaak, overeenkomst: OvereenkomstRow, ingang: date, op: date) -> Wijziging | None:
    """What the yearly cycle changes on the same day, when no addendum says so yet."""
    wijziging = addenda.find_open_wijziging(zaak, overeenkomst, op)
    if wijziging is None or wijziging.ingang != ingang:
        return None
    return addendumwerk.fill_teksten(huis, zaak, overeenkomst, wijziging)


def _describe_aanleiding(kenmerk: str, ronde: str, samen: Wijziging | None) -> str:
    zinnen = [f"de wijziging van het aanbod waarover in ronde {ronde} is besloten (aanmelding {kenmerk})"]
    if samen is not None:
        zinnen.append(addenda.describe_cyclus(samen))
    return write_opsomming(zinnen)


def _plan_termijn(zaak: Zaak, ingang: date) -> Termijn:
    """When the concept is due and the signatures: as in the cycle when it comes in force with it, else the round's.

    Bron: H19-55; E.1 (project default for a round outside the cycle).
    """
    cyclus = zaak.definitie.contract.addendumcyclus
    if addenda.on_jaar(cyclus.ingang, ingang.year) == ingang:
        return addenda.plan_cyclus(cyclus, ingang)
    ronde = zaak.ronde
    return Termijn(concept_uiterlijk=ronde.concept or ronde.vervaltermijn, tekenen_uiterlijk=ronde.tekenen)


def describe_aanbod(zaak: Zaak, was: Aanbod, wijziging: Aanbodwijziging, ingang: date) -> Aanbodwijziginggegevens:
    """The change of an offer as the addendum prints it: what comes, with its tariffs, what goes, what it becomes."""
    tabel = tarieftabel_op(zaak.definitie, ingang)

    def regels(aanbod: Aanbod) -> tuple[Perceelregel, ...]:
        return tuple(
            Perceelregel(
                code=perceel.code, naam=perceel.naam, producten=blokken.productregels(perceel, aanbod[perceel.code])
            )
            for perceel in zaak.definitie.percelen
            if perceel.code in aanbod
        )

    return Aanbodwijziginggegevens(
        erbij=tuple(
            blokken.tariefperceel(perceel, wijziging.erbij[perceel.code], tabel)
            for perceel in zaak.definitie.percelen
            if perceel.code in wijziging.erbij
        ),
        eraf=regels(wijziging.eraf),
        wordt=regels(wijziging.apply(was)),
        tarief=blokken.tariefversie(tabel),
    )
