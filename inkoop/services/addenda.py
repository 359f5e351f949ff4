"""Addenda: what changes on the next first of January goes into one addendum per agreement.

Tariffs and area are the published ones of the procedure. Not signed in time = lapsed for this
cycle, the agreement goes on unchanged.

Bron: domein C.21, E.5 `addendum(jaar)`; H19-55, M20-02, M20-21.
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlmodel import Session, select

from inkoop.documents.gegevens import Gebiedswijziging, Tariefherziening
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.geografie import describe_gebied, diff_gebied
from inkoop.domain.kalender import local_date
from inkoop.domain.overeenkomstdelen import Addendumcyclus
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.tarief import tarieftabel_op
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import documenten, overeenkomsten
from inkoop.services.brieven import overeenkomst as brieven
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OndertekeningRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow


class Wijziging(msgspec.Struct, frozen=True, kw_only=True):
    """What changes for one agreement on one day."""

    ingang: date
    tarieven: Tariefherziening | None
    gebied: Gebiedswijziging | None


def on_jaar(maanddag: str, jaar: int) -> date:
    """The day of a MM-DD in a year."""
    return date.fromisoformat(f"{jaar:04d}-{maanddag}")


def next_ingang(cyclus: Addendumcyclus, op: date) -> date:
    """The day on which the addenda of the cycle that runs on `op` come into force: the first one after it."""
    dit_jaar = on_jaar(cyclus.ingang, op.year)
    return dit_jaar if op < dit_jaar else on_jaar(cyclus.ingang, op.year + 1)


def end_of_tekenen(cyclus: Addendumcyclus, ingang: date) -> date:
    """The last day on which an addendum that comes into force on `ingang` can be signed (H19-55: 1 December)."""
    dag = on_jaar(cyclus.tekenen_uiterlijk, ingang.year)
    return dag if dag < ingang else on_jaar(cyclus.tekenen_uiterlijk, ingang.year - 1)


def find_wijziging(zaak: Zaak, overeenkomst: OvereenkomstRow, op: date) -> Wijziging | None:
    """What the next cycle changes for an agreement; None when nothing does."""
    ingang = next_ingang(zaak.definitie.contract.addendumcyclus, op)
    van = max(overeenkomst.ingang, local_date(zaak.ronde.sluiting))
    vanaf = max(van, date(ingang.year - 1, ingang.month, ingang.day))
    producten = [code for codes in overeenkomsten.decode_inhoud(overeenkomst).producten.values() for code in codes]
    tarieven = brieven.find_tariefherziening(
        zaak.definitie, tarieftabel_op(zaak.definitie, vanaf), tarieftabel_op(zaak.definitie, ingang), producten
    )
    gebied = _find_gebied(zaak.definitie, vanaf, ingang)
    if tarieven is None and gebied is None:
        return None
    return Wijziging(ingang=ingang, tarieven=tarieven, gebied=gebied)


def _find_gebied(definitie: Proceduredefinitie, was: date, wordt: date) -> Gebiedswijziging | None:
    anders = diff_gebied(definitie.geografie, was, wordt)
    if not anders.erbij and not anders.eraf:
        return None
    zinnen = []
    if anders.erbij:
        zinnen.append(f"Bij het gebied komt {write_opsomming(map(describe_gebied, anders.erbij))}.")
    if anders.eraf:
        zinnen.append(f"Uit het gebied gaat {write_opsomming(map(describe_gebied, anders.eraf))}.")
    return Gebiedswijziging(
        was=tuple(describe_gebied(gebied) for gebied in anders.was),
        wordt=tuple(describe_gebied(gebied) for gebied in anders.wordt),
        reden=" ".join(zinnen),
    )


def compose_addendum(huis: Huis, door: Optreden, contractnummer: str) -> bool:
    """Draft the addendum of the running cycle on one active agreement; False when there is nothing to change."""
    with huis.winkel.lezen() as sessie:
        if _find_te_maken(huis, sessie, contractnummer, local_date(door.nu)) is None:
            return False
    with handel(huis, door, Handeling.ADDENDUM_OPSTELLEN) as eenheid:
        sessie = eenheid.sessie
        wijziging = _find_te_maken(huis, sessie, contractnummer, local_date(door.nu))
        rij = overeenkomsten.find_overeenkomst(sessie, contractnummer)
        if wijziging is None or not isinstance(rij, OvereenkomstRow):
            return False
        volgnummer = len(list_addenda(sessie, rij)) + 1
        addendum = AddendumRow(
            id=huis.nieuw_id(),
            overeenkomst_id=rij.id,
            nummer=f"{contractnummer}-A{volgnummer:02d}",
            status=Overeenkomststatus.CONCEPT,
            inhoud=msgspec.json.encode(wijziging).decode(),
            ingang=wijziging.ingang,
            opgesteld_door=door.wie,
        )
        sessie.add(addendum)
        eenheid.audit(
            Handeling.ADDENDUM_OPSTELLEN, addendum.nummer, naar=addendum.status, gegevens={"ingang": wijziging.ingang}
        )
        zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
        cyclus = zaak.definitie.contract.addendumcyclus
        jaar = wijziging.ingang.year - 1
        documenten.request_document(
            huis, eenheid, f"overeenkomst:{addendum.nummer}", "addendum", addendum.nummer, zaak.ronde.kenmerk,
            lambda kenmerk: brieven.compose_addendum(
                zaak,
                kenmerk=kenmerk,
                contractnummer=contractnummer,
                nummer=volgnummer,
                datum=local_date(door.nu),
                overeenkomst_datum=_find_datum(sessie, contractnummer),
                aanleiding=_describe_aanleiding(wijziging),
                ingang=wijziging.ingang,
                concept_uiterlijk=on_jaar(cyclus.concept_uiterlijk, jaar),
                tekenen_uiterlijk=on_jaar(cyclus.tekenen_uiterlijk, jaar),
                tarieven=wijziging.tarieven,
                gebied=wijziging.gebied,
            ),
        )  # fmt: skip
    return True


def _describe_aanleiding(wijziging: Wijziging) -> str:
    """Why there is an addendum, in words (C.21 "aanleiding")."""
    cyclus = "de jaarlijkse cyclus voor wijzigingen"
    return cyclus if wijziging.gebied is None else f"{cyclus}, en de verandering van het gebied"


def _find_te_maken(huis: Huis, sessie: Session, contractnummer: str, op: date) -> Wijziging | None:
    """What an agreement's next addendum says, when it is due and not drafted: within the year before."""
    rij = overeenkomsten.find_overeenkomst(sessie, contractnummer)
    if not isinstance(rij, OvereenkomstRow) or rij.status is not Overeenkomststatus.ACTIEF:
        return None
    zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
    if op < begin_cyclus(zaak.definitie.contract.addendumcyclus, op):
        return None
    wijziging = find_wijziging(zaak, rij, op)
    if wijziging is None or any(addendum.ingang == wijziging.ingang for addendum in list_addenda(sessie, rij)):
        return None
    if op > end_of_tekenen(zaak.definitie.contract.addendumcyclus, wijziging.ingang):
        return None
    return wijziging


def begin_cyclus(cyclus: Addendumcyclus, op: date) -> date:
    """The first day on which drafting starts: a month before the concept is due (project default)."""
    concept = on_jaar(cyclus.concept_uiterlijk, next_ingang(cyclus, op).year - 1)
    return date(concept.year, concept.month - 1, 1) if concept.month > 1 else date(concept.year - 1, 12, 1)


def _find_datum(sessie: Session, contractnummer: str) -> date:
    """The day on which an agreement was signed by the last party; of one of before the system what was told."""
    rij = overeenkomsten.find_overeenkomst(sessie, contractnummer)
    if isinstance(rij, OvereenkomstRow) and (getekend := overeenkomsten.decode_inhoud(rij).getekend_op) is not None:
        return getekend
    document = overeenkomsten.find_contractdocument(sessie, contractnummer)
    gezet = sessie.exec(select(OndertekeningRow).where(OndertekeningRow.document_id == document.id))
    return max(ondertekening.getekend_op for ondertekening in gezet)


def list_addenda(sessie: Session, rij: OvereenkomstRow) -> list[AddendumRow]:
    """The addenda on an agreement in order."""
    return list(
        sessie.exec(select(AddendumRow).where(AddendumRow.overeenkomst_id == rij.id).order_by(AddendumRow.nummer))
    )


def lapse_addendum(huis: Huis, door: Optreden, nummer: str) -> bool:
    """Let an addendum lapse that was not signed by all on the last day for it; the agreement goes on unchanged."""
    with huis.winkel.lezen() as sessie:
        if not _is_vervallen(huis, sessie, nummer, local_date(door.nu)):
            return False
    with handel(huis, door, Handeling.ADDENDUM_OPSTELLEN) as eenheid:
        rij = overeenkomsten.find_overeenkomst(eenheid.sessie, nummer)
        overeenkomsten.change(
            eenheid,
            nummer,
            rij,
            Overeenkomststatus.VERVALLEN,
            Handeling.ADDENDUM_OPSTELLEN,
            reden="niet op tijd getekend: vervallen voor deze cyclus, de overeenkomst blijft ongewijzigd",
        )
    return True


def _is_vervallen(huis: Huis, sessie: Session, nummer: str, op: date) -> bool:
    rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    if not isinstance(rij, AddendumRow) or rij.status not in _OPEN:
        return False
    zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
    return op > end_of_tekenen(zaak.definitie.contract.addendumcyclus, rij.ingang)


_OPEN = (Overeenkomststatus.CONCEPT, Overeenkomststatus.TER_ONDERTEKENING)


def list_ronde(sessie: Session, ronde: RondeRow) -> list[AddendumRow]:
    """Every addendum on an agreement of a round, by number."""
    return [
        addendum
        for overeenkomst in overeenkomsten.list_overeenkomsten(sessie, ronde)
        for addendum in list_addenda(sessie, overeenkomst)
    ]
