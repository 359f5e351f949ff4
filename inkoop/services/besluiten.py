"""Decisions: proposed from the last toets, checked by a jurist, taken under mandate, sent.

All applications of a round are decided on together in one verzamelbesluit. What follows on a
condition is a new besluit that supersedes the conditional one.

Bron: domein B.2, C.15, C.16; FE-2, FE-3, FE-4, FE-9; ontwerp 2.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.besluit import (
    MANDAATONDERWERP,
    Besluitsoort,
    Besluitvoorstel,
    check_motivering,
)
from inkoop.domain.criteria.bevinding import Herstelverloop
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.mandaat import check_mandaat, list_mandaten
from inkoop.domain.procedure import Mandaat, Proceduredefinitie
from inkoop.domain.termijnen import end_of_vervaltermijn
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, check_verloop
from inkoop.domain.verzending import Verzendwijze, check_zelfde_dag
from inkoop.services import (
    aanmeldingen,
    besluitbrieven,
    besluitgevolgen,
    documenten,
    procedures,
    rondes,
    scores,
    toetsen,
    vervolgbrieven,
    verzendingen,
    voorstellen,
)
from inkoop.services.brieven.besluit import sign_onder_mandaat
from inkoop.services.huis import Huis, Optreden, handel, list_eerdere
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow, VerzamelbesluitRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.toets import ToetsRow
from inkoop.storage.tellers import next_nummer


def prepare_besluiten(huis: Huis, door: Optreden, kenmerk: str) -> bool:
    """Propose the besluiten on one aanmelding from its last toets; False when it is not ready or has them.

    Only a toets with repair closed carries a besluit: then every applicant had the same chance.
    """
    with huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        ronde = rondes.get_ronde(sessie, rij.ronde_id)
        # Where candidates are chosen, services/selecties proposes for all of them together.
        if scores.chooses(procedures.read_definitie(sessie, ronde.procedure_id)) or find_rijp(sessie, rij) is None:
            return False
    with handel(huis, door, Handeling.BESLUIT_VOORBEREIDEN) as eenheid:
        rij = aanmeldingen.find_aanmelding(eenheid.sessie, kenmerk)
        toets = find_rijp(eenheid.sessie, rij)
        if toets is None:
            return False
        basis = toetsen.read_basis(eenheid.sessie, rij)
        resultaat = toetsen.decode_resultaat(toets)
        for voorstel in voorstellen.propose(eenheid.sessie, rij, basis, resultaat):
            add_besluit(huis, eenheid, rij, voorstel, toets, door)
    return True


def is_rijp(sessie: Session, rij: AanmeldingRow) -> bool:
    """Whether the first besluiten on an aanmelding can be proposed, or were."""
    return bool(list_besluiten(sessie, rij)) or find_rijp(sessie, rij) is not None


def find_rijp(sessie: Session, rij: AanmeldingRow) -> ToetsRow | None:
    """The toets on which the first besluiten can rest, when they are due."""
    toets = toetsen.find_laatste(sessie, rij)
    if rij.status is not Aanmeldingsstatus.IN_BEHANDELING or toets is None or list_besluiten(sessie, rij):
        return None
    if toets.herstelverloop is not Herstelverloop.GESLOTEN:
        return None
    basis = toetsen.read_basis(sessie, rij)
    return None if voorstellen.check_rijp(sessie, rij, basis, toetsen.decode_resultaat(toets)) else toets


def add_besluit(
    huis: Huis,
    eenheid: Eenheid,
    rij: AanmeldingRow,
    voorstel: Besluitvoorstel,
    toets: ToetsRow,
    door: Optreden,
    vervangt: BesluitRow | None = None,
) -> BesluitRow:
    """Record a proposal; with `vervangt` it is to supersede an earlier besluit."""
    besluit = BesluitRow(
        id=huis.nieuw_id(),
        aanmelding_id=rij.id,
        eenheid=voorstel.perceel,
        volgnummer=1 if vervangt is None else vervangt.volgnummer + 1,
        perceel=voorstel.perceel,
        soort=voorstel.soort,
        status=Besluitstatus.CONCEPT,
        voorstel=msgspec.json.encode(voorstel).decode(),
        toets_id=toets.id,
        vervangt_id=None if vervangt is None else vervangt.id,
        opgesteld_door=door.wie,
    )
    eenheid.sessie.add(besluit)
    eenheid.audit(
        Handeling.BESLUIT_VOORBEREIDEN,
        rij.kenmerk,
        naar=Besluitstatus.CONCEPT,
        gegevens={"perceel": voorstel.perceel, "besluit": voorstel.soort, "toets": toets.hash},
    )
    return besluit


def prepare_verzamelbesluit(huis: Huis, door: Optreden, ronde: str) -> bool:
    """Bring all proposals of a round together once the last one is there; False otherwise, or when done."""
    with huis.winkel.lezen() as sessie:
        if not _is_compleet(sessie, rondes.find_ronde(sessie, ronde)):
            return False
    with handel(huis, door, Handeling.BESLUIT_VOORBEREIDEN) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        if not _is_compleet(eenheid.sessie, rij):
            return False
        verzamel = VerzamelbesluitRow(
            id=huis.nieuw_id(),
            ronde_id=rij.id,
            kenmerk=_next_kenmerk(eenheid.sessie, ronde),
            status=Besluitstatus.CONCEPT,
            opgesteld_door=door.wie,
        )
        eenheid.sessie.add(verzamel)
        eenheid.sessie.flush()
        for besluit in list_ronde(eenheid.sessie, rij):
            besluit.verzamelbesluit_id = verzamel.id
            eenheid.sessie.add(besluit)
        eenheid.audit(
            Handeling.BESLUIT_VOORBEREIDEN, ronde, naar=Besluitstatus.CONCEPT, gegevens={"besluit": verzamel.kenmerk}
        )
    return True


def _next_kenmerk(sessie: Session, ronde: str) -> str:
    return f"{ronde}-B{next_nummer(sessie, f'besluit:{ronde}'):02d}"


def _is_compleet(sessie: Session, ronde: RondeRow) -> bool:
    """Whether every aanmelding that is up for a besluit has proposals, and there is no verzamelbesluit yet."""
    if find_verzamelbesluit(sessie, ronde) is not None or ronde.geopend_op is None:
        return False
    wachtend = aanmeldingen.list_aanmeldingen(
        sessie, ronde, Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING
    )
    return bool(wachtend) and all(list_besluiten(sessie, rij) for rij in wachtend)


def check_besluiten(huis: Huis, door: Optreden, ronde: str) -> int:
    """Let a jurist check every proposal of a round (FE-3); returns how many. Nothing is changed on a gap."""
    with handel(huis, door, Handeling.BESLUIT_CONTROLEREN, ronde) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        rondes.require_onpartijdig(eenheid.sessie, rij.id, door)
        te_doen = _list_te_doen(eenheid.sessie, rij, Besluitstatus.CONCEPT)
        samen = find_verzamelbesluit(eenheid.sessie, rij) is not None
        beletselen = [] if samen else besluitbrieven.check_samen(ronde, te_doen)
        for aanmelding, besluit in te_doen:
            _require_vier_ogen(eenheid.sessie, door, Handeling.BESLUIT_CONTROLEREN, aanmelding)
            beletselen += _check_motivering(eenheid.sessie, aanmelding, besluit)
        _refuse(f"De besluiten van ronde {ronde} kunnen niet worden goedgekeurd.", te_doen, beletselen, "concept")
        for aanmelding, besluit in te_doen:
            besluit.gecontroleerd_door = door.wie
            _change(eenheid, aanmelding, besluit, Besluitstatus.GECONTROLEERD, Handeling.BESLUIT_CONTROLEREN)
        verzamel = find_verzamelbesluit(eenheid.sessie, rij)
        if verzamel is not None and verzamel.status is Besluitstatus.CONCEPT:
            verzamel.gecontroleerd_door, verzamel.status = door.wie, Besluitstatus.GECONTROLEERD
            eenheid.sessie.add(verzamel)
            eenheid.audit(Handeling.BESLUIT_CONTROLEREN, ronde, van="concept", naar="gecontroleerd")
    return len(te_doen)


def _check_motivering(sessie: Session, rij: AanmeldingRow, besluit: BesluitRow) -> list[Beletsel]:
    toets = sessie.get_one(ToetsRow, besluit.toets_id)
    editie = toetsen.read_basis(sessie, rij).editie
    return check_motivering(decode_voorstel(besluit), toetsen.decode_resultaat(toets), editie)


def take_besluiten(huis: Huis, door: Optreden, ronde: str) -> int:
    """Take every checked besluit of a round, under a mandate that covers day, subject and gemeenten.

    The letters and the toelatingsbesluit are asked for in the same transaction. Returns how many.
    """
    with handel(huis, door, Handeling.BESLUIT_NEMEN, ronde) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        definitie = procedures.read_definitie(eenheid.sessie, rij.procedure_id)
        te_doen = _list_te_doen(eenheid.sessie, rij, Besluitstatus.GECONTROLEERD)
        beletselen: list[Beletsel] = []
        for aanmelding, besluit in te_doen:
            _require_vier_ogen(eenheid.sessie, door, Handeling.BESLUIT_NEMEN, aanmelding)
            beletselen += _check_mandaat(definitie, door, besluit.soort, definitie.find_ronde(ronde).ingang)
            beletselen += _check_motivering(eenheid.sessie, aanmelding, besluit)
        _refuse(f"De besluiten van ronde {ronde} kunnen niet worden genomen.", te_doen, beletselen, "gecontroleerd")
        verzamel = find_verzamelbesluit(eenheid.sessie, rij)
        eerste = verzamel is not None and verzamel.status is Besluitstatus.GECONTROLEERD
        kenmerk = verzamel.kenmerk if verzamel is not None and eerste else _next_kenmerk(eenheid.sessie, ronde)
        mandaten = find_mandaten(definitie, door, {MANDAATONDERWERP[besluit.soort] for _, besluit in te_doen})
        for aanmelding, besluit in te_doen:
            besluit.genomen_door, besluit.genomen_op, besluit.kenmerk = door.wie, door.nu, kenmerk
            besluit.mandaat = "; ".join(mandaat.id for mandaat in mandaten)
            _supersede(eenheid, aanmelding, besluit)
            _change(eenheid, aanmelding, besluit, Besluitstatus.GENOMEN, Handeling.BESLUIT_NEMEN)
        for aanmelding in _unique(te_doen):
            _close_aanmelding(eenheid, aanmelding)
            besluitgevolgen.lapse_overeenkomst(eenheid, aanmelding, te_doen)
        if verzamel is not None and eerste:
            verzamel.genomen_door, verzamel.genomen_op = door.wie, door.nu
            verzamel.status, verzamel.mandaat = Besluitstatus.GENOMEN, "; ".join(m.id for m in mandaten)
            eenheid.sessie.add(verzamel)
            eenheid.audit(
                Handeling.BESLUIT_NEMEN, ronde, van="gecontroleerd", naar="genomen", gegevens={"besluit": kenmerk}
            )
        eenheid.sessie.flush()
        uitgifte = besluitbrieven.Uitgifte(
            huis=huis,
            eenheid=eenheid,
            ronde=rij,
            definitie=definitie,
            kenmerk=kenmerk,
            ondertekenaar=sign_onder_mandaat(definitie, door.persoon.naam, door.persoon.functie, mandaten),
        )
        kiest = scores.chooses(definitie)
        if kiest:
            vervolgbrieven.request_eerste_selectie(uitgifte, te_doen)
        else:
            besluitbrieven.request_brieven(uitgifte, te_doen)
        vervolgbrieven.request_vervolgbrieven(uitgifte, te_doen)
        if eerste and not kiest:
            besluitbrieven.request_toelatingsbesluit(uitgifte, te_doen)
        else:
            vervolgbrieven.request_vervolgbesluit(uitgifte, te_doen)
    return len(te_doen)


def find_mandaten(definitie: Proceduredefinitie, door: Optreden, onderwerpen: set[str]) -> tuple[Mandaat, ...]:
    """The mandates in force on which somebody decides on these subjects."""
    return list_mandaten(definitie.mandaten, onderwerpen, local_date(door.nu), door.persoon.functie)


def _check_mandaat(definitie: Proceduredefinitie, door: Optreden, soort: Besluitsoort, ingang: date) -> list[Beletsel]:
    return check_mandaat(
        definitie.mandaten,
        functie=door.persoon.functie,
        onderwerp=MANDAATONDERWERP[soort],
        namens=[gemeente.code for gemeente in definitie.gemeenten_op(ingang)],
        op=local_date(door.nu),
    )


def _supersede(eenheid: Eenheid, rij: AanmeldingRow, besluit: BesluitRow) -> None:
    if besluit.vervangt_id is None:
        return
    vorige = eenheid.sessie.get_one(BesluitRow, besluit.vervangt_id)
    _change(eenheid, rij, vorige, Besluitstatus.VERVANGEN, Handeling.BESLUIT_NEMEN)


def _close_aanmelding(eenheid: Eenheid, rij: AanmeldingRow) -> None:
    if rij.status is Aanmeldingsstatus.BESLOTEN:
        return
    check_verloop(f"Aanmelding {rij.kenmerk}", rij.status, Aanmeldingsstatus.BESLOTEN)
    eenheid.audit(Handeling.BESLUIT_NEMEN, rij.kenmerk, van=rij.status, naar=Aanmeldingsstatus.BESLOTEN)
    rij.status = Aanmeldingsstatus.BESLOTEN
    eenheid.sessie.add(rij)


def send_besluiten(huis: Huis, door: Optreden, ronde: str, *, wijze: Verzendwijze = Verzendwijze.PLATFORM) -> int:
    """Send every letter about a taken besluit that is approved, all on one day; the terms start.

    Of each letter is recorded which file went out, how and when; proof of it is added later. Returns how
    many besluiten.
    """
    with handel(huis, door, Handeling.BESLUIT_VERZENDEN) as eenheid:
        rij = rondes.find_ronde(eenheid.sessie, ronde)
        definitie = procedures.read_definitie(eenheid.sessie, rij.procedure_id)
        te_doen = _list_te_doen(eenheid.sessie, rij, Besluitstatus.GENOMEN)
        _refuse(f"Er valt niets te verzenden voor ronde {ronde}.", te_doen, [], "genomen")
        einde = end_of_vervaltermijn(definitie.termijnen, local_date(door.nu), huis.feestdagen)
        voorwaarde_tot = definitie.find_ronde(ronde).tekenen
        brieven = besluitbrieven.list_brieven(eenheid.sessie, te_doen)
        beletselen = [
            *besluitbrieven.check_compleet(brieven, te_doen),
            *check_zelfde_dag(documenten.list_datums(brieven)),
        ]
        if beletselen:
            raise BeletselenError(f"De brieven van ronde {ronde} kunnen niet worden verzonden.", beletselen)
        for brief in brieven:
            documenten.mark_verzonden(huis, eenheid, brief)
            verzendingen.add_verzending(huis, eenheid, brief, wijze)
        for aanmelding, besluit in te_doen:
            besluit.verzonden_op, besluit.vervaldatum = door.nu, einde
            if besluit.soort is Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE:
                besluit.voorwaarde_tot = voorwaarde_tot
            _change(eenheid, aanmelding, besluit, Besluitstatus.VERZONDEN, Handeling.BESLUIT_VERZENDEN)
    return len(te_doen)


def is_verzendklaar(sessie: Session, ronde: RondeRow) -> bool:
    """Whether every letter about a taken besluit is approved."""
    te_doen = _list_te_doen(sessie, ronde, Besluitstatus.GENOMEN)
    return all(brief.status in documenten.UITGAAND for brief in besluitbrieven.list_brieven(sessie, te_doen))


def _refuse(
    wat: str, te_doen: Sequence[tuple[AanmeldingRow, BesluitRow]], beletselen: list[Beletsel], status: str
) -> None:
    if not te_doen:
        beletselen = [Beletsel("geen", f"Er zijn geen besluiten met de status '{status}'.")]
    if beletselen:
        raise BeletselenError(wat, list(dict.fromkeys(beletselen)))


def _require_vier_ogen(sessie: Session, door: Optreden, handeling: Handeling, rij: AanmeldingRow) -> None:
    require_toegang(door.persoon, door.rol, handeling, list_eerdere(sessie, rij.kenmerk))


def _change(
    eenheid: Eenheid, rij: AanmeldingRow, besluit: BesluitRow, naar: Besluitstatus, handeling: Handeling
) -> None:
    check_verloop(f"Het besluit over {rij.kenmerk}", besluit.status, naar)
    eenheid.audit(
        handeling,
        rij.kenmerk,
        van=besluit.status,
        naar=naar,
        gegevens={"perceel": besluit.perceel, "besluit": besluit.soort},
    )
    besluit.status = naar
    eenheid.sessie.add(besluit)


def _list_te_doen(sessie: Session, ronde: RondeRow, status: Besluitstatus) -> list[tuple[AanmeldingRow, BesluitRow]]:
    return [
        (sessie.get_one(AanmeldingRow, besluit.aanmelding_id), besluit)
        for besluit in list_ronde(sessie, ronde)
        if besluit.status is status
    ]


def _unique(te_doen: Sequence[tuple[AanmeldingRow, BesluitRow]]) -> list[AanmeldingRow]:
    return list({rij.id: rij for rij, _ in te_doen}.values())


def list_besluiten(sessie: Session, rij: AanmeldingRow) -> list[BesluitRow]:
    """Every besluit on an aanmelding, by perceel and then in the order in which they were made."""
    vraag = select(BesluitRow).where(BesluitRow.aanmelding_id == rij.id)
    return list(sessie.exec(vraag.order_by(BesluitRow.eenheid, BesluitRow.volgnummer)))  # type: ignore[arg-type]


def list_geldig(sessie: Session, rij: AanmeldingRow) -> list[BesluitRow]:
    """The besluiten that stand: taken and not superseded, one per perceel at most."""
    geldig = (Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN)
    return [besluit for besluit in list_besluiten(sessie, rij) if besluit.status in geldig]


def list_ronde(sessie: Session, ronde: RondeRow) -> list[BesluitRow]:
    """Every besluit in a round, by aanmelding and perceel."""
    vraag = select(BesluitRow).join(AanmeldingRow, col(AanmeldingRow.id) == BesluitRow.aanmelding_id)
    vraag = vraag.where(AanmeldingRow.ronde_id == ronde.id)
    return list(sessie.exec(vraag.order_by(AanmeldingRow.kenmerk, BesluitRow.eenheid, BesluitRow.volgnummer)))  # type: ignore[arg-type]


def find_verzamelbesluit(sessie: Session, ronde: RondeRow) -> VerzamelbesluitRow | None:
    """The collective besluit of a round, if there is one."""
    return sessie.exec(select(VerzamelbesluitRow).where(VerzamelbesluitRow.ronde_id == ronde.id)).one_or_none()


def decode_voorstel(besluit: BesluitRow) -> Besluitvoorstel:
    """What a besluit rests on."""
    return msgspec.json.decode(besluit.voorstel, type=Besluitvoorstel)
