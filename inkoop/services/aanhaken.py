"""Gemeenten that join a published procedure: the request, its proof, the judgement and the decision.

Two acts of the gemeente itself and a notice to every provider, each with its proof, all before the day that the
procedure names. Who decides does so under a mandate; from then on the gemeente takes part from its first day, and
the addenda of that cycle say so.

Bron: H19-45 (S4 6.2), cases GA1-GA3; C.25; domein D (gemeente-aanhaak); FE-4.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlmodel import Session

from inkoop.domain.deelnemers import Deelnamestand, join_vanaf
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.gemeenteaanhaken import (
    Aanhaakbesluit,
    Aanhaakhandeling,
    Aanhaakopgave,
    Aanhaakuitkomst,
    Aanhaakverzoek,
    check_aanhaak,
    check_opgave,
)
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.mandaat import Onderwerp, check_mandaat
from inkoop.domain.samenwerking import Gemeenteaanhaak
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.services import aanhaakstukken, procedures
from inkoop.services.aanhaakrijen import (
    decode_opgave,
    find_grens,
    find_verzoek,
    list_aanbieders,
    list_berichten,
    list_handelingen,
    list_verzoeken,
    require_regels,
)
from inkoop.services.huis import Huis, Optreden, handel, list_eerdere
from inkoop.storage.tabellen.gemeenteaanhaak import AanhaakberichtRow, AanhaakhandelingRow, AanhaakverzoekRow
from inkoop.storage.tabellen.voorbereiding import DeelnameRow


class Aanhaakstand(msgspec.Struct, frozen=True, kw_only=True):
    """Where a request stands: what was proved, what would follow from it today, and what was decided.

    `ontbreekt` are the contract numbers of providers without proof of the notice, with their names.
    """

    gemeente: str
    jaar: int
    handelingen: dict[str, date]
    ingelicht: int
    aanbieders: int
    ontbreekt: dict[str, str]
    uitkomst: Aanhaakuitkomst
    besluit: Aanhaakbesluit | None
    ingang: date | None


def request_aanhaak(
    huis: Huis,
    door: Optreden,
    procedure: str,
    opgave: Aanhaakopgave,
    jaar: int,
    *,
    verzenden_op: date | None = None,
) -> list[str]:
    """Record that a gemeente wants to join in a year, and ask for the letter on that to every provider (C.25).

    `verzenden_op` is the day that the letters bear (default: today); returns their kenmerken.
    """
    with handel(huis, door, Handeling.AANHAAK_VASTLEGGEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        beletselen = check_opgave(definitie, opgave, gepubliceerd=rij.gepubliceerd_op is not None)
        eerdere = list_verzoeken(eenheid.sessie, rij)
        if any(een.gemeente == opgave.gemeente.code and een.jaar == jaar for een in eerdere):
            tekst = f"Voor {opgave.gemeente.naam} is in {jaar} al een verzoek vastgelegd."
            beletselen.append(Beletsel("aanhaak-dubbel", tekst))
        vandaag = local_date(door.nu)
        if jaar < vandaag.year:
            tekst = f"Het jaar {jaar} is voorbij; leg het verzoek vast voor {vandaag.year}."
            beletselen.append(Beletsel("aanhaak-jaar", tekst))
        if verzenden_op is not None and definitie.gemeente_aanhaak is not None:
            regels = definitie.gemeente_aanhaak
            beletselen += aanhaakstukken.check_verzenden(jaar, regels, verzenden_op, vandaag)
        if beletselen:
            raise BeletselenError(f"Het verzoek van {opgave.gemeente.naam} kan niet worden vastgelegd.", beletselen)
        verzoek = AanhaakverzoekRow(
            id=huis.nieuw_id(),
            procedure_id=rij.id,
            gemeente=opgave.gemeente.code,
            jaar=jaar,
            opgave=msgspec.json.encode(opgave).decode(),
            persoon=door.wie,
            op=door.nu,
        )
        eenheid.sessie.add(verzoek)
        eenheid.audit(
            Handeling.AANHAAK_VASTLEGGEN,
            _name(procedure, opgave.gemeente.code, jaar),
            naar="verzocht",
            gegevens={"optioneel": opgave.optioneel},
        )
        return aanhaakstukken.request_brieven(huis, eenheid, door, verzoek, definitie, verzenden_op)


def record_handeling(
    huis: Huis,
    door: Optreden,
    procedure: str,
    gemeente: str,
    jaar: int,
    soort: Aanhaakhandeling,
    *,
    gedaan_op: date,
    bewijs: str,
) -> None:
    """Record one act of the gemeente with its proof, once."""
    with handel(huis, door, Handeling.AANHAAK_VASTLEGGEN) as eenheid:
        verzoek = find_verzoek(eenheid.sessie, procedure, gemeente, jaar)
        beletselen = [*_check_open(verzoek), *_check_bewijs(gedaan_op, bewijs, local_date(door.nu))]
        if any(een.soort is soort for een in list_handelingen(eenheid.sessie, verzoek)):
            tekst = f"'{soort}' is voor {gemeente} in {jaar} al vastgelegd, en verandert niet meer."
            beletselen.append(Beletsel("aanhaak-vastgelegd", tekst))
        _require(gemeente, beletselen)
        eenheid.sessie.add(
            AanhaakhandelingRow(
                id=huis.nieuw_id(),
                verzoek_id=verzoek.id,
                soort=soort,
                gedaan_op=gedaan_op,
                bewijs=bewijs,
                persoon=door.wie,
                op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.AANHAAK_VASTLEGGEN,
            _name(procedure, verzoek.gemeente, jaar),
            naar=soort,
            reden=bewijs,
            gegevens={"op": gedaan_op},
        )
        definitie = procedures.decode_definitie(procedures.find_procedure(eenheid.sessie, procedure))
        aanhaakstukken.request_brieven(huis, eenheid, door, verzoek, definitie)


def record_berichten(
    huis: Huis,
    door: Optreden,
    procedure: str,
    gemeente: str,
    jaar: int,
    nummers: Sequence[str],
    *,
    verzonden_op: date,
    bewijs: str,
) -> int:
    """Record the notice to these providers (contract numbers), each once; no number = everybody without proof yet.

    All or none; returns how many were recorded.
    """
    with handel(huis, door, Handeling.AANHAAK_VASTLEGGEN) as eenheid:
        verzoek = find_verzoek(eenheid.sessie, procedure, gemeente, jaar)
        definitie = procedures.decode_definitie(procedures.find_procedure(eenheid.sessie, procedure))
        namen = list_aanbieders(eenheid.sessie, verzoek, require_regels(definitie))
        gedaan = {een.contractnummer for een in list_berichten(eenheid.sessie, verzoek)}
        gekozen = list(dict.fromkeys(nummers)) or [nummer for nummer in namen if nummer not in gedaan]
        beletselen = [*_check_open(verzoek), *_check_bewijs(verzonden_op, bewijs, local_date(door.nu))]
        if onbekend := [nummer for nummer in gekozen if nummer not in namen]:
            tekst = f"Geen lopende overeenkomst in deze procedure: {', '.join(onbekend)}."
            beletselen.append(Beletsel("aanhaak-contract", tekst))
        if dubbel := [nummer for nummer in gekozen if nummer in gedaan]:
            tekst = f"Het bericht is al vastgelegd voor: {', '.join(dubbel)}."
            beletselen.append(Beletsel("aanhaak-vastgelegd", tekst))
        if not gekozen:
            beletselen.append(Beletsel("aanhaak-vastgelegd", "Voor elke aanbieder is het bericht al vastgelegd."))
        _require(gemeente, beletselen)
        for nummer in gekozen:
            eenheid.sessie.add(
                AanhaakberichtRow(
                    id=huis.nieuw_id(),
                    verzoek_id=verzoek.id,
                    contractnummer=nummer,
                    verzonden_op=verzonden_op,
                    bewijs=bewijs,
                    persoon=door.wie,
                    op=door.nu,
                )
            )
        eenheid.audit(
            Handeling.AANHAAK_VASTLEGGEN,
            _name(procedure, verzoek.gemeente, jaar),
            naar="aanbieders ingelicht",
            reden=bewijs,
            gegevens={"op": verzonden_op, "overeenkomsten": gekozen},
        )
        aanhaakstukken.lapse_brieven(eenheid, verzoek, gekozen, "het bericht aan deze aanbieder is al vastgelegd")
    return len(gekozen)


def decide_aanhaak(
    huis: Huis,
    door: Optreden,
    procedure: str,
    gemeente: str,
    jaar: int,
    keuze: Aanhaakbesluit,
    *,
    grond: str,
    raad: str = "",
) -> date:
    """Decide on a request: the gemeente joins, or it was not in time; returns the first day that it takes (or could).

    Joining is refused with every reason while one act or one proof is missing or late, and so is calling a request
    that is in time too late. After the day of the procedure nothing can make a missing act in time any more, so
    only from then on a request can be found not in time. Joining brings the accession decision as a paper; `raad`
    says how the council gave its permission, when that is needed.

    Bron: H19-45; GA1-GA3; FE-4.
    """
    with handel(huis, door, Handeling.AANHAAK_BESLUITEN) as eenheid:
        sessie = eenheid.sessie
        rij = procedures.find_procedure(sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        verzoek = find_verzoek(sessie, procedure, gemeente, jaar)
        naam = _name(procedure, verzoek.gemeente, jaar)
        require_toegang(door.persoon, door.rol, Handeling.AANHAAK_BESLUITEN, list_eerdere(sessie, naam))
        regels = require_regels(definitie)
        stand = _judge(sessie, verzoek, regels)
        op = local_date(door.nu)
        beletselen = [*_check_open(verzoek), *_check_keuze(keuze, stand.uitkomst, regels, jaar, op)]
        if not grond.strip():
            beletselen.append(Beletsel("grond", "Noem het besluit waar dit op rust."))
        beletselen += check_mandaat(
            definitie.mandaten,
            functie=door.persoon.functie,
            onderwerp=Onderwerp.GEMEENTE_AANHAAK,
            namens=[een.code for een in definitie.gemeenten_op(op)],
            op=op,
        )
        _require(gemeente, beletselen)
        ingang = stand.uitkomst.ingang
        verzoek.besluit, verzoek.grond = keuze, grond
        verzoek.besloten_door, verzoek.besloten_op = door.wie, door.nu
        if keuze is Aanhaakbesluit.TOEGETREDEN:
            verzoek.ingang = ingang
            opgave = decode_opgave(verzoek)
            nieuw = join_vanaf(definitie, opgave.gemeente, ingang, opgave.optioneel)
            rij.definitie = msgspec.json.encode(nieuw).decode()
            sessie.add(rij)
            sessie.add(
                DeelnameRow(
                    id=huis.nieuw_id(),
                    procedure_id=rij.id,
                    gemeente=opgave.gemeente.naam,
                    stand=Deelnamestand.ACTIEF,
                    grond=grond,
                    persoon=door.wie,
                    op=door.nu,
                )
            )
            aanhaakstukken.request_besluit(huis, eenheid, door, verzoek, nieuw, ingang, raad)
        sessie.add(verzoek)
        nummers = list_aanbieders(sessie, verzoek, regels)
        aanhaakstukken.lapse_brieven(eenheid, verzoek, nummers, "op het verzoek is besloten")
        eenheid.audit(
            Handeling.AANHAAK_BESLUITEN, naam, van="verzocht", naar=keuze, reden=grond, gegevens={"ingang": ingang}
        )
    return ingang


def _check_keuze(
    keuze: Aanhaakbesluit, uitkomst: Aanhaakuitkomst, regels: Gemeenteaanhaak, jaar: int, op: date
) -> list[Beletsel]:
    if keuze is Aanhaakbesluit.TOEGETREDEN:
        beletselen = list(uitkomst.beletselen)
        if uitkomst.tijdig and op >= uitkomst.ingang:
            tekst = f"De gemeente zou meedoen vanaf {format_dag(uitkomst.ingang)}; een besluit werkt niet terug."
            beletselen.append(Beletsel("aanhaak-terugwerkend", tekst))
        return beletselen
    if uitkomst.tijdig:
        return [Beletsel("aanhaak-tijdig", f"{uitkomst.gemeente} heeft alles op tijd gedaan en bewezen.")]
    grens = find_grens(jaar, regels)
    if op < grens:
        tekst = f"Tot {format_dag(grens)} kan {uitkomst.gemeente} het nog op tijd doen."
        return [Beletsel("aanhaak-nog-open", tekst)]
    return []


def read_stand(sessie: Session, procedure: str, gemeente: str, jaar: int) -> Aanhaakstand:
    """Where one request stands."""
    verzoek = find_verzoek(sessie, procedure, gemeente, jaar)
    definitie = procedures.decode_definitie(procedures.find_procedure(sessie, procedure))
    return _judge(sessie, verzoek, require_regels(definitie))


def list_standen(sessie: Session, procedure: str) -> list[Aanhaakstand]:
    """Where every request of a procedure stands, by year and gemeente."""
    rij = procedures.find_procedure(sessie, procedure)
    verzoeken = list_verzoeken(sessie, rij)
    if not verzoeken:
        return []
    regels = require_regels(procedures.decode_definitie(rij))
    return [_judge(sessie, verzoek, regels) for verzoek in verzoeken]


def _judge(sessie: Session, verzoek: AanhaakverzoekRow, regels: Gemeenteaanhaak) -> Aanhaakstand:
    """The rule on what was proved up to now."""
    gemeente = decode_opgave(verzoek).gemeente.naam
    gedaan = {een.soort: een.gedaan_op for een in list_handelingen(sessie, verzoek)}
    berichten = {een.contractnummer: een.verzonden_op for een in list_berichten(sessie, verzoek)}
    namen = list_aanbieders(sessie, verzoek, regels)
    uitkomst = check_aanhaak(
        Aanhaakverzoek(
            gemeente=gemeente,
            aangesloten_op=gedaan.get(Aanhaakhandeling.AANGESLOTEN),
            conform_op=gedaan.get(Aanhaakhandeling.CONFORM),
            bericht_op=berichten,
        ),
        regels,
        namen,
        verzoek.jaar,
    )
    return Aanhaakstand(
        gemeente=gemeente,
        jaar=verzoek.jaar,
        handelingen={str(soort): op for soort, op in gedaan.items()},
        ingelicht=sum(1 for nummer in namen if nummer in berichten),
        aanbieders=len(namen),
        ontbreekt={nummer: naam for nummer, naam in namen.items() if nummer not in berichten},
        uitkomst=uitkomst,
        besluit=verzoek.besluit,
        ingang=verzoek.ingang,
    )


def _check_open(verzoek: AanhaakverzoekRow) -> list[Beletsel]:
    if verzoek.besluit is None:
        return []
    return [Beletsel("aanhaak-besloten", f"Op dit verzoek is al besloten: {verzoek.besluit.replace('_', ' ')}.")]


def _check_bewijs(op: date, bewijs: str, vandaag: date) -> list[Beletsel]:
    beletselen = []
    if op > vandaag:
        beletselen.append(Beletsel("aanhaak-datum", f"{format_dag(op)} is nog niet geweest."))
    if not bewijs.strip():
        beletselen.append(Beletsel("aanhaak-bewijs", "Noem waar het bewijs te vinden is: zaaknummer, brief, verslag."))
    return beletselen


def _require(gemeente: str, beletselen: list[Beletsel]) -> None:
    if beletselen:
        raise BeletselenError(f"Dit kan niet voor de aanhaak van {gemeente}.", beletselen)


def _name(procedure: str, gemeente: str, jaar: int) -> str:
    """How a request is named in the audit log."""
    return f"{procedure}-aanhaak-{jaar}-{gemeente}"
