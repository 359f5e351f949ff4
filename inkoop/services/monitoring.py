"""Reports on running agreements: contract management records the quarter, the local toegang what it saw.

Each becomes a document of its own in the store; the two acts are of different roles (M20-54).

Bron: M20-51, M20-52, M20-54; C.26; domein D (kwartaalgesprek).
"""

from __future__ import annotations

from datetime import date

from inkoop.documents.gegevens.bouwstenen import Toelichting
from inkoop.documents.gegevens.contractstukken import (
    Kwartaalrapportagegegevens,
    Meting,
    Terugkoppelinggegevens,
    Toegangsregel,
)
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.monitoring import (
    Kwartaalopgave,
    Terugkoppeling,
    check_kwartaal,
    check_terugkoppeling,
    end_of_kwartaal,
)
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import documenten, houders, overeenkomsten, personen
from inkoop.services.brieven import blokken
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tellers import next_nummer

VERSIE = "1.0"
"""A report is not revised: a correction is a new one."""


def record_kwartaal(
    huis: Huis, door: Optreden, contractnummer: str, *, jaar: int, kwartaal: int, opgave: Kwartaalopgave
) -> str:
    """Record the report over a quarter that has ended; returns the kenmerk of its document.

    A provider reports on its own agreement only. Raises BeletselenError with every reason at once.
    """
    with handel(huis, door, Handeling.KWARTAAL_VASTLEGGEN) as eenheid:
        rij, zaak = _find_lopend(huis, eenheid, contractnummer)
        sleutel = f"kwartaal:{contractnummer}:{jaar}-{kwartaal}"
        beletselen = [
            *_check_moment(rij, jaar, kwartaal, local_date(door.nu)),
            *_check_eigen(zaak, door),
            *check_kwartaal(zaak.definitie.contract, opgave, kwartaal),
        ]
        if (eerder := documenten.find_by_sleutel(eenheid.sessie, sleutel)) is not None:
            tekst = f"Over kwartaal {kwartaal} van {jaar} is al gerapporteerd: {eerder.kenmerk}."
            beletselen.append(Beletsel("kwartaal-dubbel", tekst))
        if beletselen:
            raise BeletselenError("De rapportage is niet vastgelegd.", beletselen)
        kenmerk = documenten.request_document(
            huis,
            eenheid,
            sleutel,
            "kwartaalrapportage",
            contractnummer,
            zaak.ronde.kenmerk,
            lambda kenmerk: _compose_kwartaal(zaak, contractnummer, kenmerk, door, jaar, kwartaal, opgave),
        )
        eenheid.audit(
            Handeling.KWARTAAL_VASTLEGGEN, contractnummer, naar=f"{jaar}-{kwartaal}", gegevens={"document": kenmerk}
        )
    return kenmerk


def record_terugkoppeling(huis: Huis, door: Optreden, contractnummer: str, opgave: Terugkoppeling) -> str:
    """Record what the toegang saw of support under an agreement; returns the kenmerk of its document.

    Raises BeletselenError with every reason at once.
    """
    with handel(huis, door, Handeling.TERUGKOPPELING_VASTLEGGEN) as eenheid:
        rij, zaak = _find_lopend(huis, eenheid, contractnummer)
        producten = [code for codes in houders.find_aanbod(eenheid.sessie, rij).values() for code in codes]
        if beletselen := check_terugkoppeling(zaak.definitie, producten, opgave):
            raise BeletselenError("De terugkoppeling is niet vastgelegd.", beletselen)
        nummer = next_nummer(eenheid.sessie, f"terugkoppeling:{contractnummer}")
        kenmerk = documenten.request_document(
            huis,
            eenheid,
            f"terugkoppeling:{contractnummer}:{nummer}",
            "terugkoppeling-toegang",
            contractnummer,
            zaak.ronde.kenmerk,
            lambda kenmerk: _compose_terugkoppeling(zaak, contractnummer, kenmerk, door, opgave),
        )
        eenheid.audit(
            Handeling.TERUGKOPPELING_VASTLEGGEN,
            contractnummer,
            naar=str(nummer),
            gegevens={"document": kenmerk, "gemeente": opgave.gemeente},
        )
    return kenmerk


def _find_lopend(huis: Huis, eenheid: Eenheid, contractnummer: str) -> tuple[OvereenkomstRow, Zaak]:
    """The agreement, in force; an addendum or one that is not in force yet is refused."""
    rij = overeenkomsten.find_overeenkomst(eenheid.sessie, contractnummer)
    if not isinstance(rij, OvereenkomstRow):
        tekst = f"{contractnummer} is een addendum. Noem het nummer van de overeenkomst zelf."
        raise BeletselenError("Er is niets vastgelegd.", [Beletsel("addendum", tekst)])
    if rij.status is not Overeenkomststatus.ACTIEF:
        tekst = f"Overeenkomst {contractnummer} is {rij.status}; rapporteren kan zolang zij loopt."
        raise BeletselenError("Er is niets vastgelegd.", [Beletsel("overeenkomst-status", tekst)])
    return rij, load_zaak(eenheid.sessie, huis.feestdagen, overeenkomsten.find_aanmelding(eenheid.sessie, rij))


def _check_moment(rij: OvereenkomstRow, jaar: int, kwartaal: int, op: date) -> list[Beletsel]:
    """A quarter in which the agreement ran, and that is over."""
    einde = end_of_kwartaal(jaar, kwartaal)
    if einde < rij.ingang:
        tekst = f"De overeenkomst ging pas in op {format_dag(rij.ingang)}, na kwartaal {kwartaal} van {jaar}."
        return [Beletsel("kwartaal-te-vroeg", tekst)]
    if op <= einde:
        tekst = f"Kwartaal {kwartaal} van {jaar} loopt tot en met {format_dag(einde)}; rapporteren kan daarna."
        return [Beletsel("kwartaal-loopt", tekst)]
    return []


def _check_eigen(zaak: Zaak, door: Optreden) -> list[Beletsel]:
    if door.rol is not Rol.AANBIEDER or personen.find_kvk(zaak.sessie, door.wie) == zaak.rij.kvk:
        return []
    tekst = f"{door.persoon.naam} handelt niet voor {zaak.opgave.naam}. Rapporteer alleen over de eigen overeenkomst."
    return [Beletsel("andere-aanbieder", tekst)]


def _compose_kwartaal(
    zaak: Zaak, contractnummer: str, kenmerk: str, door: Optreden, jaar: int, kwartaal: int, opgave: Kwartaalopgave
) -> Kwartaalrapportagegegevens:
    contract = zaak.definitie.contract
    return Kwartaalrapportagegegevens(
        kenmerk=kenmerk,
        versie=VERSIE,
        datum=local_date(door.nu),
        organisatie=blokken.organisatie(zaak.definitie, local_date(door.nu)),
        procedure=blokken.procedure(zaak.definitie),
        contractnummer=contractnummer,
        aanbieder=blokken.aanbieder(zaak.opgave),
        jaar=jaar,
        kwartaal=kwartaal,
        themas=contract.kwartaalthemas,
        metingen=tuple(
            Meting(
                onderwerp=een.onderwerp,
                stand=een.stand,
                vorig_kwartaal=een.vorig_kwartaal,
                toelichting=een.toelichting,
            )
            for een in opgave.metingen
        ),
        jaarcontrole_kwartaal=contract.jaarcontrole_kwartaal,
        jaarcontrole=tuple(Toelichting(onderwerp=een.onderwerp, tekst=een.tekst) for een in opgave.jaarcontrole),
        signalen=opgave.signalen,
        vooruitblik=opgave.vooruitblik,
        ingevuld_door=opgave.ingevuld_door,
    )


def _compose_terugkoppeling(
    zaak: Zaak, contractnummer: str, kenmerk: str, door: Optreden, opgave: Terugkoppeling
) -> Terugkoppelinggegevens:
    namen = {product.code: product.naam for perceel in zaak.definitie.percelen for product in perceel.producten}
    gemeenten = {gemeente.code: gemeente.naam for gemeente in zaak.definitie.gemeenten}
    return Terugkoppelinggegevens(
        kenmerk=kenmerk,
        versie=VERSIE,
        datum=local_date(door.nu),
        organisatie=blokken.organisatie(zaak.definitie, local_date(door.nu)),
        procedure=blokken.procedure(zaak.definitie),
        contractnummer=contractnummer,
        aanbieder=blokken.aanbieder(zaak.opgave),
        gemeente=gemeenten[opgave.gemeente],
        product=f"{namen[opgave.product]} ({opgave.product})",
        aanleiding=opgave.aanleiding,
        antwoorden=tuple(
            Toegangsregel(vraag=een.vraag, antwoord=een.antwoord.replace("_", " "), toelichting=een.toelichting)
            for een in opgave.antwoorden
        ),
        kwaliteit=tuple(Toelichting(onderwerp=een.aspect, tekst=een.tekst) for een in opgave.kwaliteit),
        ingevuld_door=door.persoon.naam,
    )
