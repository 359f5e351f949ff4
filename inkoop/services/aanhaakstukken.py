"""The papers about a gemeente that joins: a letter to every provider on its intention, and its accession decision.

The letters are asked for with the request, and with each later act for providers that came meanwhile; from the day
of the procedure on no letter can be in time, and none is made. A letter that has not gone out lapses when the
notice to its provider is recorded otherwise, or when the request is decided on. The accession decision is asked
for with the decision that the gemeente joins, since it names the proof of all three acts.

Bron: C.24-C.25; H19-45 (S4 6.2); case GA1.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

import msgspec

from inkoop.documents.gegevens import Ondertekenaar
from inkoop.documents.gegevens.bouwstenen import Toelichting
from inkoop.documents.gegevens.contractstukken import Aanhaaktoets, Intentiebriefgegevens, Toetredingsbesluitgegevens
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.gemeenteaanhaken import Aanhaakhandeling
from inkoop.domain.kalender import format_dag, local_date, roll_forward
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.samenwerking import Gemeenteaanhaak
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus
from inkoop.services import aanhaakrijen, documenten, procedures, publicatie
from inkoop.services.brieven import blokken
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.gemeenteaanhaak import AanhaakverzoekRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow

INTENTIEBRIEF = "intentiebrief"
TOETREDINGSBESLUIT = "toetredingsbesluit"
VRAGENDAGEN = 14
"""How long a provider can ask questions about the letter, in days (project default)."""
_GEDAAN = {
    Aanhaakhandeling.AANGESLOTEN: "aangesloten bij de regeling",
    Aanhaakhandeling.CONFORM: "verklaard dat zij de afspraken volgt",
}


def check_verzenden(verzoek_jaar: int, regels: Gemeenteaanhaak, dag: date, op: date) -> list[Beletsel]:
    """Why the letters cannot go out on a day: it is over, or not before the day of the procedure (strict)."""
    if dag < op:
        return [Beletsel("verzenden-voorbij", f"{format_dag(dag)} is voorbij; de brieven gaan vandaag of later uit.")]
    grens = aanhaakrijen.find_grens(verzoek_jaar, regels)
    if dag >= grens:
        tekst = f"De brieven gaan vóór {format_dag(grens)} uit, niet op {format_dag(dag)}."
        return [Beletsel("verzenden-te-laat", tekst)]
    return []


def request_brieven(
    huis: Huis,
    eenheid: Eenheid,
    door: Optreden,
    verzoek: AanhaakverzoekRow,
    definitie: Proceduredefinitie,
    verzenden_op: date | None = None,
) -> list[str]:
    """Ask for the letter to every provider without one and without a recorded notice; returns the new kenmerken.

    `verzenden_op` is the day that the letters bear (default: today). Nothing from the day of the procedure on.
    """
    regels = aanhaakrijen.require_regels(definitie)
    datum = verzenden_op or local_date(door.nu)
    if datum >= aanhaakrijen.find_grens(verzoek.jaar, regels):
        return []
    gedaan = {een.contractnummer for een in aanhaakrijen.list_berichten(eenheid.sessie, verzoek)}
    alle = aanhaakrijen.list_overeenkomsten(eenheid.sessie, verzoek, regels)
    nieuw = []
    for overeenkomst, aanmelding in alle:
        nummer = overeenkomst.contractnummer
        if nummer in gedaan or documenten.find_by_sleutel(eenheid.sessie, _sleutel(verzoek, nummer)) is not None:
            continue
        zaak = blokken.load_zaak(eenheid.sessie, huis.feestdagen, aanmelding)
        nieuw.append(
            documenten.request_document(
                huis, eenheid, _sleutel(verzoek, nummer), INTENTIEBRIEF, nummer, zaak.ronde.kenmerk,
                lambda kenmerk, zaak=zaak, rij=overeenkomst: _compose_brief(  # type: ignore[misc]
                    huis, door, verzoek, definitie, zaak, rij, kenmerk, datum, len(alle)
                ),
            )
        )  # fmt: skip
    return nieuw


def renew_brieven(
    huis: Huis, door: Optreden, procedure: str, gemeente: str, jaar: int, verzenden_op: date | None = None
) -> list[str]:
    """Make the letters that have not gone out anew for another day, and those that are missing; their kenmerken.

    Each must be approved again, since what is sent is what was approved.
    """
    with handel(huis, door, Handeling.DOCUMENT_OPSTELLEN) as eenheid:
        definitie = procedures.decode_definitie(procedures.find_procedure(eenheid.sessie, procedure))
        verzoek = aanhaakrijen.find_verzoek(eenheid.sessie, procedure, gemeente, jaar)
        regels = aanhaakrijen.require_regels(definitie)
        dag = verzenden_op or local_date(door.nu)
        beletselen = check_verzenden(jaar, regels, dag, local_date(door.nu))
        if verzoek.besluit is not None:
            tekst = f"Op dit verzoek is al besloten: {verzoek.besluit.replace('_', ' ')}."
            beletselen.append(Beletsel("aanhaak-besloten", tekst))
        if beletselen:
            raise BeletselenError("De brieven kunnen niet opnieuw worden gemaakt.", beletselen)
        nieuw = []
        nummers = aanhaakrijen.list_aanbieders(eenheid.sessie, verzoek, regels)
        for nummer in nummers:
            document = documenten.find_by_sleutel(eenheid.sessie, _sleutel(verzoek, nummer))
            if document is None or document.status not in publicatie.NOG_TE_WIJZIGEN:
                continue
            gegevens = msgspec.structs.replace(
                documenten.decode_gegevens(document),
                datum=dag,
                vragen_tot=_end_of_vragen(huis, dag),
                verzonden_aan=len(nummers),
                aantal_aanbieders=len(nummers),
            )
            nieuw.append(documenten.renew(huis, eenheid, document, gegevens))
        nieuw += request_brieven(huis, eenheid, door, verzoek, definitie, dag)
    return nieuw


def lapse_brieven(eenheid: Eenheid, verzoek: AanhaakverzoekRow, nummers: Collection[str], reden: str) -> None:
    """Let the letters to these providers (contract numbers) lapse that have not gone out."""
    for nummer in nummers:
        document = documenten.find_by_sleutel(eenheid.sessie, _sleutel(verzoek, nummer))
        if document is not None and document.status in publicatie.NOG_TE_WIJZIGEN:
            documenten.change_status(
                eenheid, document, Documentstatus.VERVALLEN, Handeling.DOCUMENT_OPSTELLEN, reden=reden
            )


def request_besluit(
    huis: Huis,
    eenheid: Eenheid,
    door: Optreden,
    verzoek: AanhaakverzoekRow,
    definitie: Proceduredefinitie,
    ingang: date,
    raad: str = "",
) -> str:
    """Ask for the accession decision of a gemeente that did everything in time; returns its kenmerk.

    `raad` says how the council gave its permission; empty = the paper does not speak of it.
    """
    regels = aanhaakrijen.require_regels(definitie)
    gemeente = aanhaakrijen.decode_opgave(verzoek).gemeente
    regeling = next((een.naam for een in definitie.regelingen if een.id == regels.regeling), regels.regeling)
    op = local_date(door.nu)
    return documenten.request_document(
        huis, eenheid, f"toetreding:{definitie.naam}:{verzoek.jaar}:{verzoek.gemeente}", TOETREDINGSBESLUIT,
        definitie.naam, None,
        lambda kenmerk: Toetredingsbesluitgegevens(
            kenmerk=kenmerk,
            versie="1.0",
            datum=op,
            organisatie=blokken.organisatie(definitie, op),
            procedure=blokken.procedure(definitie),
            gemeente=gemeente.naam,
            akkoord=regeling,
            toetsen=_list_toetsen(eenheid, verzoek, regels),
            peildatum=aanhaakrijen.find_grens(verzoek.jaar, regels),
            ingang=ingang,
            afspraken=(
                f"de afspraken in: {regeling}",
                "de lopende overeenkomsten met aanbieders, met hun bijlagen",
                "de producten en de tarieven van die overeenkomsten",
                "de jaarlijkse cyclus van addenda",
            ),
            opties=_describe_opties(verzoek, definitie),
            afwijkingen=(),
            toestemming_raad=raad.strip() or None,
            ondertekenaar=Ondertekenaar(
                naam=gemeente.vertegenwoordiger,
                functie=gemeente.functie,
                namens=(gemeente.naam,),
                mandaat=f"{gemeente.volmacht_grondslag} van {format_dag(gemeente.volmacht_datum)}",
            ),
        ),
    )  # fmt: skip


def _compose_brief(
    huis: Huis,
    door: Optreden,
    verzoek: AanhaakverzoekRow,
    definitie: Proceduredefinitie,
    zaak: blokken.Zaak,
    overeenkomst: OvereenkomstRow,
    kenmerk: str,
    datum: date,
    aantal: int,
) -> Intentiebriefgegevens:
    regels = aanhaakrijen.require_regels(definitie)
    naam = aanhaakrijen.decode_opgave(verzoek).gemeente.naam
    return Intentiebriefgegevens(
        kenmerk=kenmerk,
        datum=datum,
        organisatie=blokken.organisatie(definitie, datum),
        procedure=blokken.procedure(definitie),
        aanbieder=blokken.aanbieder(zaak.opgave),
        ondertekenaar=Ondertekenaar(naam=door.persoon.naam, functie=door.persoon.functie),
        gemeente=naam,
        contractnummer=overeenkomst.contractnummer,
        ingang=date.fromisoformat(f"{verzoek.jaar + 1}-{regels.ingang}"),
        gevolgen=(
            f"u levert vanaf die dag ook aan inwoners van {naam}, onder de voorwaarden van uw overeenkomst",
            f"voor die inwoners is {naam} de gemeente waarmee u afspraken maakt",
            "een addendum bij uw overeenkomst legt dit vast",
        ),
        opties=_describe_opties(verzoek, definitie),
        verzonden_aan=aantal,
        aantal_aanbieders=aantal,
        vragen_tot=_end_of_vragen(huis, datum),
    )


def _end_of_vragen(huis: Huis, datum: date) -> date:
    return roll_forward(datum + timedelta(days=VRAGENDAGEN), huis.feestdagen)


def _describe_opties(verzoek: AanhaakverzoekRow, definitie: Proceduredefinitie) -> tuple[Toelichting, ...]:
    """What the gemeente chose on each product that it may leave out; says so when there is none (BP-16)."""
    keuzes = aanhaakrijen.decode_opgave(verzoek).optioneel
    namen = {product.code: product.naam for perceel in definitie.percelen for product in perceel.producten}
    regels = [
        Toelichting(onderwerp=f"{namen.get(code, code)} ({code})", tekst="doet mee" if wel else "doet niet mee")
        for code, wel in keuzes.items()
    ]
    geen = Toelichting(onderwerp="Alle producten", tekst="doet mee; er is geen product dat een gemeente mag weglaten")
    return tuple(regels) or (geen,)


def _list_toetsen(eenheid: Eenheid, verzoek: AanhaakverzoekRow, regels: Gemeenteaanhaak) -> tuple[Aanhaaktoets, ...]:
    """The three acts with their proof; the notice was given when the last provider was told."""
    gedaan = {een.soort: een for een in aanhaakrijen.list_handelingen(eenheid.sessie, verzoek)}
    toetsen = [
        Aanhaaktoets(voorwaarde=wat, voldaan_op=gedaan[soort].gedaan_op, bewijs=gedaan[soort].bewijs)
        for soort, wat in _GEDAAN.items()
        if soort in gedaan
    ]
    namen = aanhaakrijen.list_aanbieders(eenheid.sessie, verzoek, regels)
    berichten = [een for een in aanhaakrijen.list_berichten(eenheid.sessie, verzoek) if een.contractnummer in namen]
    if berichten:
        bewijs = "; ".join(dict.fromkeys(een.bewijs for een in berichten))
        toetsen.append(
            Aanhaaktoets(
                voorwaarde="voornemen gemeld aan alle aanbieders",
                voldaan_op=max(een.verzonden_op for een in berichten),
                bewijs=f"{bewijs} ({len(berichten)} van {len(namen)} aanbieders)",
            )
        )
    return tuple(toetsen)


def _sleutel(verzoek: AanhaakverzoekRow, contractnummer: str) -> str:
    return f"intentie:{contractnummer}:{verzoek.jaar}:{verzoek.gemeente}"
