"""Addenda: what changes on the next first of January goes into one addendum per agreement.

Tariffs and area are the published ones of the procedure; a change of the offer comes from `mutaties`. Not
signed in time = lapsed for this cycle, the agreement goes on unchanged.

Bron: domein C.21, E.5 `addendum(jaar)`; H19-55, M20-02, M20-21.
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlmodel import Session, select

from inkoop.documents.gegevens import Aanbodwijziginggegevens, Gebiedswijziging, Tariefherziening
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.geografie import describe_gebied, diff_gebied
from inkoop.domain.kalender import local_date
from inkoop.domain.mutatie import Aanbodwijziging
from inkoop.domain.overeenkomstdelen import Addendumcyclus
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.tarief import tarieftabel_op
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import documenten, houders, overeenkomsten
from inkoop.services.brieven import overeenkomst as brieven
from inkoop.services.brieven.blokken import Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.overeenkomst import CYCLUS, AddendumRow, OndertekeningRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow


class Wijziging(msgspec.Struct, frozen=True, kw_only=True):
    """What changes for one agreement on one day."""

    ingang: date
    tarieven: Tariefherziening | None
    gebied: Gebiedswijziging | None
    aanbod: Aanbodwijziging | None = None


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


def end_of_addendum(cyclus: Addendumcyclus, addendum: AddendumRow) -> date:
    """The last day on which an addendum can be signed: its own, else that of the cycle."""
    return addendum.tekenen_uiterlijk or end_of_tekenen(cyclus, addendum.ingang)


def find_wijziging(zaak: Zaak, overeenkomst: OvereenkomstRow, op: date) -> Wijziging | None:
    """What the next cycle changes for an agreement; None when nothing does."""
    ingang = next_ingang(zaak.definitie.contract.addendumcyclus, op)
    van = max(overeenkomst.ingang, local_date(zaak.ronde.sluiting))
    vanaf = max(van, date(ingang.year - 1, ingang.month, ingang.day))
    producten = houders.find_aanbod(zaak.sessie, overeenkomst, ingang)
    tarieven = brieven.find_tariefherziening(
        zaak.definitie, tarieftabel_op(zaak.definitie, vanaf), tarieftabel_op(zaak.definitie, ingang), producten
    )
    gebied = _find_gebied(zaak.definitie, vanaf, ingang)
    if tarieven is None and gebied is None:
        return None
    return Wijziging(ingang=ingang, tarieven=tarieven, gebied=gebied)


def find_open_wijziging(zaak: Zaak, overeenkomst: OvereenkomstRow, op: date) -> Wijziging | None:
    """What the next cycle changes for an agreement and no addendum says yet; None when there is nothing to say."""
    wijziging = find_wijziging(zaak, overeenkomst, op)
    if wijziging is None or covers_cyclus(zaak.sessie, overeenkomst, wijziging.ingang):
        return None
    return wijziging


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
        zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
        add_addendum(
            huis,
            eenheid,
            door,
            zaak,
            rij,
            wijziging,
            sleutel=CYCLUS,
            aanleiding=describe_cyclus(wijziging),
            termijn=plan_cyclus(zaak.definitie.contract.addendumcyclus, wijziging.ingang),
            ronde=zaak.ronde.kenmerk,
        )
    return True


class Termijn(msgspec.Struct, frozen=True, kw_only=True):
    """The last days for the concept and for the signatures of an addendum."""

    concept_uiterlijk: date
    tekenen_uiterlijk: date


def plan_cyclus(cyclus: Addendumcyclus, ingang: date) -> Termijn:
    """The last days of the yearly cycle that comes into force on a day (H19-55)."""
    return Termijn(
        concept_uiterlijk=on_jaar(cyclus.concept_uiterlijk, ingang.year - 1),
        tekenen_uiterlijk=end_of_tekenen(cyclus, ingang),
    )


def add_addendum(
    huis: Huis,
    eenheid: Eenheid,
    door: Optreden,
    zaak: Zaak,
    rij: OvereenkomstRow,
    wijziging: Wijziging,
    *,
    sleutel: str,
    aanleiding: str,
    termijn: Termijn,
    ronde: str,
    aanbod: Aanbodwijziginggegevens | None = None,
) -> None:
    """Record an addendum on an agreement and ask for its document.

    `sleutel` is what the addendum comes of (CYCLUS, or the kenmerk of a mutatie); `ronde` the round in which
    its document is worked on.
    """
    volgnummer = len(list_addenda(eenheid.sessie, rij)) + 1
    addendum = AddendumRow(
        id=huis.nieuw_id(),
        overeenkomst_id=rij.id,
        nummer=f"{rij.contractnummer}-A{volgnummer:02d}",
        status=Overeenkomststatus.CONCEPT,
        inhoud=msgspec.json.encode(wijziging).decode(),
        ingang=wijziging.ingang,
        aanleiding=sleutel,
        tekenen_uiterlijk=termijn.tekenen_uiterlijk,
        opgesteld_door=door.wie,
    )
    eenheid.sessie.add(addendum)
    eenheid.audit(
        Handeling.ADDENDUM_OPSTELLEN,
        addendum.nummer,
        naar=addendum.status,
        gegevens={"ingang": wijziging.ingang, "aanleiding": sleutel},
    )
    documenten.request_document(
        huis, eenheid, f"overeenkomst:{addendum.nummer}", "addendum", addendum.nummer, ronde,
        lambda kenmerk: brieven.compose_addendum(
            zaak,
            kenmerk=kenmerk,
            contractnummer=rij.contractnummer,
            nummer=volgnummer,
            datum=local_date(door.nu),
            overeenkomst_datum=_find_datum(eenheid.sessie, rij.contractnummer),
            aanleiding=aanleiding,
            ingang=wijziging.ingang,
            concept_uiterlijk=termijn.concept_uiterlijk,
            tekenen_uiterlijk=termijn.tekenen_uiterlijk,
            tarieven=wijziging.tarieven,
            gebied=wijziging.gebied,
            aanbod=aanbod,
        ),
    )  # fmt: skip


def describe_cyclus(wijziging: Wijziging) -> str:
    """Why the cycle brings an addendum, in words (C.21 "aanleiding")."""
    cyclus = "de jaarlijkse cyclus voor wijzigingen"
    return cyclus if wijziging.gebied is None else f"{cyclus}, en de verandering van het gebied"


def covers_cyclus(sessie: Session, rij: OvereenkomstRow, ingang: date) -> bool:
    """Whether an addendum already says what the cycle changes on that day: its own, or that of a mutatie."""
    for addendum in list_addenda(sessie, rij):
        if addendum.ingang == ingang:
            wijziging = msgspec.json.decode(addendum.inhoud, type=Wijziging)
            if addendum.aanleiding == CYCLUS or wijziging.tarieven is not None or wijziging.gebied is not None:
                return True
    return False


def _find_te_maken(huis: Huis, sessie: Session, contractnummer: str, op: date) -> Wijziging | None:
    """What an agreement's next addendum says, when it is due and not drafted: within the year before.

    While a mutatie of the same agreement waits for its besluit, the addendum waits too, so that both come in one
    (H19-55); not longer than the day on which the concept is due.
    """
    rij = overeenkomsten.find_overeenkomst(sessie, contractnummer)
    if not isinstance(rij, OvereenkomstRow) or rij.status is not Overeenkomststatus.ACTIEF:
        return None
    zaak = load_zaak(sessie, huis.feestdagen, overeenkomsten.find_aanmelding(sessie, rij))
    cyclus = zaak.definitie.contract.addendumcyclus
    if op < begin_cyclus(cyclus, op):
        return None
    wijziging = find_open_wijziging(zaak, rij, op)
    if wijziging is None or op > end_of_tekenen(cyclus, wijziging.ingang):
        return None
    wacht = op < plan_cyclus(cyclus, wijziging.ingang).concept_uiterlijk
    return None if wacht and overeenkomsten.has_open_mutatie(sessie, rij, wijziging.ingang) else wijziging


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
    return op > end_of_addendum(zaak.definitie.contract.addendumcyclus, rij)


_OPEN = (Overeenkomststatus.CONCEPT, Overeenkomststatus.TER_ONDERTEKENING)


def list_ronde(sessie: Session, ronde: RondeRow) -> list[AddendumRow]:
    """Every addendum on an agreement of a round, by number."""
    return [
        addendum
        for overeenkomst in overeenkomsten.list_overeenkomsten(sessie, ronde)
        for addendum in list_addenda(sessie, overeenkomst)
    ]
