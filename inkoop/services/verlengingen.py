"""Decisions on extensions: taken once for all agreements of a procedure, with a letter to each provider.

Bron: domein 0.7, 0.12; BP-13, H19-40, H19-43; C.22; D (verlenging/opzegging).
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.gegevens import Ondertekenaar
from inkoop.documents.gegevens.contractstukken import NietVerlengingsbriefgegevens, Verlengingsbriefgegevens
from inkoop.domain.contractprofiel import Contractthema
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.looptijd import Verlenging, list_verlengingen
from inkoop.domain.mandaat import Onderwerp
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.domain.sanctieladder import Maatregelgevolg, Maatregelstand
from inkoop.domain.toegang import Handeling
from inkoop.domain.verlengen import Verlengingskeuze, check_besluit, check_optieronde, einddatum_na
from inkoop.services import artikelplaatsen, documenten, houders, procedures, publicatie
from inkoop.services.brieven import blokken, ondertekening
from inkoop.services.gezien import Kijk, Stand
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.contractjaren import VerlengingsbesluitRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow


def decide_verlenging(
    huis: Huis,
    door: Optreden,
    procedure: str,
    nummer: int,
    keuze: Verlengingskeuze,
    *,
    grond: str,
    tot: date | None = None,
    clienten: str = "",
    overdracht_op: date | None = None,
    verzenden_op: date | None = None,
) -> tuple[date, list[str]]:
    """Decide on one extension; returns the end date from now on and the contract numbers that get a letter.

    `tot` is what the decision names as end date; only the exact one passes. Stopping the agreements asks what
    happens to clients and by when the plan for their transfer is there (C.22). `verzenden_op` is the day that
    the letters bear and on which they go out (default: today).

    Raises BeletselenError with every reason; then nothing has changed.
    """
    with handel(huis, door, Handeling.VERLENGING_BESLUITEN) as eenheid:
        sessie = eenheid.sessie
        rij = procedures.find_procedure(sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        eerder = read_eerder(sessie, rij)
        op = local_date(door.nu)
        beletselen = check_besluit(definitie, nummer, keuze, tot, eerder, functie=door.persoon.functie, op=op)
        if not grond.strip():
            beletselen.append(Beletsel("grond", "Noem het besluit waar dit op rust."))
        stoppen = keuze is Verlengingskeuze.NIET_VERLENGEN
        if stoppen and (not clienten.strip() or overdracht_op is None):
            tekst = "Zeg bij niet verlengen wat er met cliënten gebeurt, en wanneer het overdrachtsplan er is."
            beletselen.append(Beletsel("verlenging-clienten", tekst))
        if stoppen and overdracht_op is not None and overdracht_op <= op:
            tekst = f"Het overdrachtsplan komt later dan vandaag; {format_dag(overdracht_op)} is voorbij."
            beletselen.append(Beletsel("verlenging-overdracht", tekst))
        verzenden = verzenden_op or op
        beletselen += _check_verzenden(definitie, nummer, verzenden, op)
        if beletselen:
            raise BeletselenError(f"Over verlenging {nummer} kan zo niet worden besloten.", beletselen)
        verlenging = list_verlengingen(definitie.looptijd)[nummer - 1]
        einde = einddatum_na(definitie, {**eerder, nummer: keuze}, op)
        sessie.add(
            VerlengingsbesluitRow(
                id=huis.nieuw_id(),
                procedure_id=rij.id,
                nummer=nummer,
                keuze=keuze,
                tot=einde,
                grond=grond,
                persoon=door.wie,
                op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.VERLENGING_BESLUITEN,
            procedure,
            naar=keuze,
            reden=grond,
            gegevens={"verlenging": nummer, "einddatum": einde},
        )
        nummers = []
        for overeenkomst in _list_lopend(sessie, rij):
            request_brief(
                huis, eenheid, definitie, overeenkomst, verlenging, keuze, door,
                grond=grond, clienten=clienten, overdracht_op=overdracht_op, verzenden_op=verzenden,
            )  # fmt: skip
            if overeenkomst.einddatum != einde:
                overeenkomst.einddatum = einde
                sessie.add(overeenkomst)
            nummers.append(overeenkomst.contractnummer)
    return einde, nummers


def _check_verzenden(definitie: Proceduredefinitie, nummer: int, dag: date, op: date) -> list[Beletsel]:
    """The letters go out today or later, and before the last day for notice."""
    if dag < op:
        return [Beletsel("verzenden-voorbij", f"{format_dag(dag)} is voorbij; de brieven gaan vandaag of later uit.")]
    uiterlijk = {een.nummer: een.uiterlijk for een in list_verlengingen(definitie.looptijd)}.get(nummer)
    if uiterlijk is not None and op <= uiterlijk < dag:
        tekst = f"De brieven gaan uiterlijk op {format_dag(uiterlijk)} uit, niet op {format_dag(dag)}."
        return [Beletsel("verzenden-te-laat", tekst)]
    return []


def renew_brieven(huis: Huis, door: Optreden, procedure: str, nummer: int, verzenden_op: date) -> list[str]:
    """Make the letters of one decision that have not gone out anew for another day; returns the new kenmerken.

    Each must be approved again, since what is sent is what was approved.
    """
    with handel(huis, door, Handeling.DOCUMENT_OPSTELLEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        op = local_date(door.nu)
        beletselen = _check_verzenden(definitie, nummer, verzenden_op, op)
        if nummer not in read_eerder(eenheid.sessie, rij):
            beletselen.append(Beletsel("verlenging-geen-besluit", f"Over verlenging {nummer} is nog niet besloten."))
        if beletselen:
            raise BeletselenError("De brieven kunnen niet opnieuw worden gemaakt.", beletselen)
        uiterlijk = list_verlengingen(definitie.looptijd)[nummer - 1].uiterlijk
        nieuw = []
        for overeenkomst in _list_lopend(eenheid.sessie, rij):
            document = documenten.find_by_sleutel(eenheid.sessie, f"verlenging:{overeenkomst.contractnummer}:{nummer}")
            if document is None or document.status not in publicatie.NOG_TE_WIJZIGEN:
                continue
            gegevens = msgspec.structs.replace(
                documenten.decode_gegevens(document),
                datum=verzenden_op,
                kennisgeving_gehaald=verzenden_op <= uiterlijk,
            )
            nieuw.append(documenten.renew(huis, eenheid, document, gegevens))
    return nieuw


def look_brieven(procedure: str, nummer: int) -> Kijk:
    """Which day the letters of a decision bear now, for who makes them anew beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        rij = procedures.find_procedure(sessie, procedure)
        voorvoegsel = procedures.decode_definitie(rij).contract.contractnummer_voorvoegsel
        vraag = select(DocumentRow).where(
            col(DocumentRow.sleutel).startswith(f"verlenging:{voorvoegsel}-", autoescape=True),
            col(DocumentRow.sleutel).endswith(f":{nummer}"),
            col(DocumentRow.status).in_(publicatie.NOG_TE_WIJZIGEN),
        )
        rijen = list(sessie.exec(vraag.order_by(col(DocumentRow.kenmerk))))
        # They bear one day: that of the decision, or the one for which they were made anew.
        dagen = documenten.list_datums(rijen[:1])
        regels = (
            ("Brieven die nog niet zijn verzonden", str(len(rijen))),
            *(("Dag op de brieven", format_dag(dag)) for dag in dagen),
        )
        kenmerken = " ".join(een.kenmerk for een in rijen)
        if not rijen:
            return Stand(regels=regels)
        return Stand(regels=regels, sleutel=kenmerken, door=rijen[-1].opgesteld_door, op=rijen[-1].gevraagd_op)

    return kijk


def request_brief(
    huis: Huis,
    eenheid: Eenheid,
    definitie: Proceduredefinitie,
    overeenkomst: OvereenkomstRow,
    verlenging: Verlenging,
    keuze: Verlengingskeuze,
    door: Optreden,
    *,
    grond: str,
    clienten: str,
    overdracht_op: date | None,
    verzenden_op: date,
    stilzwijgend: bool = False,
) -> None:
    """Ask for the letter about one agreement, in the transaction of the decision, or of the tacit renewal."""
    zaak = blokken.load_zaak(
        eenheid.sessie, huis.feestdagen, eenheid.sessie.get_one(AanmeldingRow, overeenkomst.aanmelding_id)
    )
    op = local_date(door.nu)
    vast = {
        "datum": verzenden_op,
        "organisatie": blokken.organisatie(definitie, verzenden_op),
        "procedure": blokken.procedure(definitie),
        "aanbieder": blokken.aanbieder(zaak.opgave),
        "ondertekenaar": _sign(definitie, keuze, door, op, stilzwijgend=stilzwijgend),
        "contractnummer": overeenkomst.contractnummer,
        "artikel": artikelplaatsen.find_artikel(
            huis,
            eenheid.sessie,
            overeenkomst.contractnummer,
            definitie.contract.overeenkomstsoort,
            Contractthema.LOOPTIJD,
        ),
        "huidige_einddatum": overeenkomst.einddatum,
        "besluit_datum": verlenging.uiterlijk + timedelta(days=1) if stilzwijgend else op,
        "verzendwijze": "via het platform, met ontvangstbevestiging",
        "kennisgeving_uiterlijk": verlenging.uiterlijk,
        # Nobody needs to be told in time of what follows from the agreement itself.
        "kennisgeving_gehaald": stilzwijgend or verzenden_op <= verlenging.uiterlijk,
    }

    def compose(kenmerk: str) -> Verlengingsbriefgegevens | NietVerlengingsbriefgegevens:
        if keuze is Verlengingskeuze.VERLENGEN:
            return Verlengingsbriefgegevens(
                kenmerk=kenmerk,
                stilzwijgend=stilzwijgend,
                optienummer=verlenging.nummer,
                duur_maanden=definitie.looptijd.verlenging_maanden,
                nieuwe_einddatum=verlenging.tot,
                **vast,  # type: ignore[arg-type]
            )
        return NietVerlengingsbriefgegevens(
            kenmerk=kenmerk,
            reden=grond,
            clienten=clienten,
            overdrachtsplan_uiterlijk=overdracht_op or op,
            **vast,  # type: ignore[arg-type]
        )

    soort = "verlengingsbrief" if keuze is Verlengingskeuze.VERLENGEN else "niet-verlengingsbrief"
    sleutel = f"verlenging:{overeenkomst.contractnummer}:{verlenging.nummer}"
    documenten.request_document(huis, eenheid, sleutel, soort, overeenkomst.contractnummer, zaak.ronde.kenmerk, compose)


def _sign(
    definitie: Proceduredefinitie, keuze: Verlengingskeuze, door: Optreden, op: date, *, stilzwijgend: bool
) -> Ondertekenaar:
    """Under the mandates of the decision; a tacit renewal follows from the agreement and decides nothing."""
    if stilzwijgend:
        naam, grond = definitie.organisatie.contactpersoon, "deze brief is ter informatie en bevat geen besluit"
        return ondertekening.sign_volgens(definitie, naam, "contactpersoon", grond, op)
    onderwerp = Onderwerp.VERLENGING if keuze is Verlengingskeuze.VERLENGEN else Onderwerp.OPZEGGING
    return ondertekening.sign_besluit(definitie, door.persoon.naam, door.persoon.functie, onderwerp, op)


def _list_lopend(sessie: Session, rij: ProcedureRow) -> list[OvereenkomstRow]:
    """The agreements of a procedure that were signed and have not ended, and that no measure ends."""
    gestopt = select(MaatregelRow.overeenkomst_id).where(
        MaatregelRow.stand == Maatregelstand.BESLOTEN, MaatregelRow.gevolg == Maatregelgevolg.BEEINDIGING
    )
    return list(sessie.exec(houders.select_lopend(rij.id).where(col(OvereenkomstRow.id).not_in(gestopt))))


def list_besluiten(sessie: Session, rij: ProcedureRow) -> list[VerlengingsbesluitRow]:
    """The decisions on extensions of a procedure, by number."""
    vraag = select(VerlengingsbesluitRow).where(VerlengingsbesluitRow.procedure_id == rij.id)
    return list(sessie.exec(vraag.order_by(VerlengingsbesluitRow.nummer)))  # type: ignore[arg-type]


def read_eerder(sessie: Session, rij: ProcedureRow) -> dict[int, Verlengingskeuze]:
    """What was decided on each extension, by number."""
    return {een.nummer: een.keuze for een in list_besluiten(sessie, rij)}


def read_alle(sessie: Session) -> dict[UUID, dict[int, Verlengingskeuze]]:
    """What was decided on each extension, per procedure that has any."""
    keuzes: dict[UUID, dict[int, Verlengingskeuze]] = {}
    for rij in sessie.exec(select(VerlengingsbesluitRow)):
        keuzes.setdefault(rij.procedure_id, {})[rij.nummer] = rij.keuze
    return keuzes


def find_einddatum(sessie: Session, procedure_id: UUID, op: date) -> date:
    """The end date that every agreement of a procedure has on a day, also one that begins then (H19-43)."""
    rij = sessie.get_one(ProcedureRow, procedure_id)
    return einddatum_na(procedures.decode_definitie(rij), read_eerder(sessie, rij), op)


def check_ronde(sessie: Session, procedure_id: UUID, ronde: Rondedefinitie) -> list[Beletsel]:
    """Why nobody can join in this round: its option was not exercised (E.5)."""
    if ronde.alleen_bij_optie is None:
        return []
    return check_optieronde(ronde, read_eerder(sessie, sessie.get_one(ProcedureRow, procedure_id)))
