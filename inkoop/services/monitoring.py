"""Reports on running agreements: contract management records the quarter, the local toegang what it saw.

Each becomes a document of its own in the store; the two acts are of different roles (M20-54).

Bron: M20-51, M20-52, M20-54; C.26; domein D (kwartaalgesprek).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.gegevens.bouwstenen import Toelichting
from inkoop.documents.gegevens.contractstukken import (
    Kwartaalrapportagegegevens,
    Meting,
    Terugkoppelinggegevens,
    Toegangsregel,
)
from inkoop.domain.criteria.criterium import Moment
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.monitoring import (
    Kwartaalopgave,
    Terugkoppeling,
    check_kwartaal,
    check_terugkoppeling,
    end_of_kwartaal,
    list_eindes_kwartaal,
)
from inkoop.domain.overeenkomstdelen import Contract
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError, Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.domain.woorden import format_woord
from inkoop.services import bladeren, documenten, houders, overeenkomsten, personen, procedures, rondes
from inkoop.services.bewakingsvulling import KWARTAAL
from inkoop.services.brieven import blokken
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
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
        rij, zaak = _find_lopend(huis, eenheid.sessie, contractnummer)
        sleutel = f"{KWARTAAL}{contractnummer}:{jaar}-{kwartaal}"
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
        rij, zaak = _find_lopend(huis, eenheid.sessie, contractnummer)
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


class Gesprek(msgspec.Struct, frozen=True, kw_only=True):
    """What the talk about a quarter is about; `open` are the (year, quarter) that ended and were not recorded."""

    contractnummer: str
    aanbieder: str
    ronde: str
    contract: Contract
    open: tuple[tuple[int, int], ...]
    gedaan: tuple[tuple[str, str], ...]
    jaarcontrole: tuple[str, ...]


def read_gesprek(huis: Huis, door: Optreden, contractnummer: str) -> Gesprek:
    """What is asked about the quarters of an agreement; a provider asks about its own only."""
    with rondes.lees(huis, door, Handeling.KWARTAAL_VASTLEGGEN) as sessie:
        rij, zaak = _find_lopend(huis, sessie, contractnummer, door)
        prefix = f"{KWARTAAL}{contractnummer}:"
        rijen = sessie.exec(select(DocumentRow).where(bladeren.begins_with(sessie, col(DocumentRow.sleutel), prefix)))
        gedaan = {een.sleutel.removeprefix(prefix): een.kenmerk for een in rijen}
        gisteren = local_date(door.nu) - timedelta(days=1)
        eindes = list_eindes_kwartaal(rij.ingang, gisteren)
        editie = procedures.read_editie(sessie, zaak.ronderij)
        jaarlijks = tuple(f"{c.id} {c.titel}" for c in editie.criteria if Moment.JAARLIJKS in c.momenten)
    return Gesprek(
        contractnummer=contractnummer,
        aanbieder=zaak.rij.naam,
        ronde=zaak.ronde.kenmerk,
        contract=zaak.definitie.contract,
        open=tuple((jaar, kwartaal) for jaar, kwartaal, _ in eindes if f"{jaar}-{kwartaal}" not in gedaan),
        gedaan=tuple(sorted(gedaan.items())),
        jaarcontrole=jaarlijks or ("kwaliteitseisen",),
    )


class Toegangsvraag(msgspec.Struct, frozen=True, kw_only=True):
    """What the local toegang is asked about an agreement, and what it can choose: (code, name)."""

    contractnummer: str
    aanbieder: str
    ronde: str
    contract: Contract
    gemeenten: tuple[tuple[str, str], ...]
    producten: tuple[tuple[str, str], ...]


def read_toegangsvraag(huis: Huis, door: Optreden, contractnummer: str) -> Toegangsvraag:
    """What is asked of the toegang about support under an agreement that runs."""
    with rondes.lees(huis, door, Handeling.TERUGKOPPELING_VASTLEGGEN) as sessie:
        rij, zaak = _find_lopend(huis, sessie, contractnummer)
        codes = [code for codes in houders.find_aanbod(sessie, rij).values() for code in codes]
    namen = {product.code: product.naam for perceel in zaak.definitie.percelen for product in perceel.producten}
    return Toegangsvraag(
        contractnummer=contractnummer,
        aanbieder=zaak.rij.naam,
        ronde=zaak.ronde.kenmerk,
        contract=zaak.definitie.contract,
        gemeenten=tuple((gemeente.code, gemeente.naam) for gemeente in zaak.definitie.gemeenten),
        producten=tuple((code, f"{code} {namen[code]}") for code in codes),
    )


def list_lopend(huis: Huis, door: Optreden, zoek: str, aantal: int = 50) -> tuple[tuple[str, str], ...]:
    """The agreements in force of which name or number holds a word: (contract number, name), at most `aantal`."""
    with rondes.lees(huis, door, Handeling.TERUGKOPPELING_VASTLEGGEN) as sessie:
        vraag: Any = (
            select(OvereenkomstRow.contractnummer, AanmeldingRow.naam)
            .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
            .where(
                OvereenkomstRow.status == Overeenkomststatus.ACTIEF,
                col(AanmeldingRow.naam).contains(zoek.strip(), autoescape=True)
                | col(OvereenkomstRow.contractnummer).contains(zoek.strip(), autoescape=True),
            )
            .order_by(AanmeldingRow.naam)
            .limit(aantal)
        )
        return tuple((nummer, naam) for nummer, naam in sessie.exec(vraag))


def _find_lopend(
    huis: Huis, sessie: Session, contractnummer: str, eigen: Optreden | None = None
) -> tuple[OvereenkomstRow, Zaak]:
    """The agreement, in force; an addendum or one that is not in force yet is refused.

    Of the agreement of another a provider (`eigen`) does not hear whether it is in force.
    """
    rij = overeenkomsten.find_overeenkomst(sessie, contractnummer)
    zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
    if eigen is not None and (beletselen := _check_eigen(zaak, eigen)):
        raise GeenToegangError("Deze overeenkomst is niet van u.", beletselen)
    if not isinstance(rij, OvereenkomstRow):
        tekst = f"{contractnummer} is een addendum. Noem het nummer van de overeenkomst zelf."
        raise BeletselenError("Er is niets vastgelegd.", [Beletsel("addendum", tekst)])
    if rij.status is not Overeenkomststatus.ACTIEF:
        tekst = f"Overeenkomst {contractnummer} is {rij.status}; rapporteren kan zolang zij loopt."
        raise BeletselenError("Er is niets vastgelegd.", [Beletsel("overeenkomst-status", tekst)])
    return rij, zaak


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
            Toegangsregel(vraag=een.vraag, antwoord=format_woord(een.antwoord), toelichting=een.toelichting)
            for een in opgave.antwoorden
        ),
        kwaliteit=tuple(Toelichting(onderwerp=een.aspect, tekst=een.tekst) for een in opgave.kwaliteit),
        ingevuld_door=door.persoon.naam,
    )
