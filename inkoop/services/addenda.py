"""Addenda: what changes on the next first of January goes into one addendum per agreement.

Tariffs and area are the published ones of the procedure; a change of the offer comes from `mutaties`. Not
signed in time = lapsed for this cycle, the agreement goes on unchanged.

Bron: domein C.21, E.5 `addendum(jaar)`; H19-55, M20-02, M20-21.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import msgspec
from sqlmodel import Session, col, select

from inkoop.documents.gegevens import Aanbodwijziginggegevens, Gebiedswijziging, Tariefherziening, Tekstwijziging
from inkoop.domain.contractwijziging import Contractwijziging, Weigeringsoort, Wijzigingstand, is_voor
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.geografie import describe_gebied, diff_gebied
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.mutatie import Aanbodwijziging
from inkoop.domain.overeenkomstdelen import Addendumcyclus
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.tarief import tarieftabel_op
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.services import artikelplaatsen, documenten, houders, overeenkomsten
from inkoop.services.brieven import overeenkomst as brieven
from inkoop.services.brieven.blokken import Contractzaak, Zaak, load_zaak
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.contractwijziging import ContractwijzigingRow, WeigeringRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OndertekeningRow, OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow


class Tekstregel(msgspec.Struct, frozen=True, kw_only=True):
    """What one article of an agreement says before and after; `onderdeel` empty = the agreement itself.

    With `nieuw_na` the text is a new one after that article; an empty `wordt` takes it out.
    """

    artikel: str
    was: str
    wordt: str
    onderwerp: str
    reden: str
    onderdeel: str = ""
    nieuw_na: bool = False


class Wijziging(msgspec.Struct, frozen=True, kw_only=True):
    """What changes for one agreement on one day.

    `bronnen` are the changes for all agreements that are in it, `bundels` by piece ("" = the agreement itself) the
    templates of a new standard version, by hash; then `teksten` say what differs and the template is what holds.
    """

    ingang: date
    tarieven: Tariefherziening | None
    gebied: Gebiedswijziging | None
    aanbod: Aanbodwijziging | None = None
    bronnen: tuple[str, ...] = ()
    teksten: tuple[Tekstregel, ...] = ()
    bundels: dict[str, str] = {}


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


class Bekend(NamedTuple):
    """What is known of an agreement already: its addenda in order, and the adopted changes of its procedure by day."""

    addenda: Sequence[AddendumRow]
    wijzigingen: Sequence[ContractwijzigingRow]


def find_wijziging(
    zaak: Zaak | Contractzaak, overeenkomst: OvereenkomstRow, op: date, bekend: Bekend | None = None
) -> Wijziging | None:
    """What the next cycle changes for an agreement; None when nothing does.

    What is `bekend` is not looked up.
    """
    ingang = next_ingang(zaak.definitie.contract.addendumcyclus, op)
    van = max(overeenkomst.ingang, local_date(zaak.ronde.sluiting))
    vanaf = max(van, date(ingang.year - 1, ingang.month, ingang.day))
    was, wordt = tarieftabel_op(zaak.definitie, vanaf), tarieftabel_op(zaak.definitie, ingang)
    tarieven = None
    if was != wordt:
        producten = _find_aanbod(zaak, overeenkomst, ingang, bekend)
        tarieven = brieven.find_tariefherziening(zaak.definitie, was, wordt, producten)
    gebied = _find_gebied(zaak.definitie, vanaf, ingang)
    gevonden = list_bronnen(zaak, overeenkomst, bekend)
    bronnen = tuple(een.kenmerk for een in gevonden if een.ingang == ingang)
    if tarieven is None and gebied is None and not bronnen:
        return None
    return Wijziging(ingang=ingang, tarieven=tarieven, gebied=gebied, bronnen=bronnen)


def list_bronnen(
    zaak: Zaak | Contractzaak, overeenkomst: OvereenkomstRow, bekend: Bekend | None = None
) -> list[ContractwijzigingRow]:
    """The adopted changes for all agreements that are about this one and come after its first day, by day."""
    rijen = _read_wijzigingen(zaak) if bekend is None else bekend.wijzigingen
    return [
        rij
        for rij in rijen
        if rij.ingang > overeenkomst.ingang
        and is_voor(
            msgspec.json.decode(rij.inhoud, type=Contractwijziging),
            _find_aanbod(zaak, overeenkomst, rij.ingang, bekend),
        )
    ]


def _read_wijzigingen(zaak: Zaak | Contractzaak) -> Sequence[ContractwijzigingRow]:
    vraag = select(ContractwijzigingRow).where(
        ContractwijzigingRow.procedure_id == zaak.ronderij.procedure_id,
        ContractwijzigingRow.stand == Wijzigingstand.VASTGESTELD,
    )
    return zaak.sessie.exec(vraag.order_by(col(ContractwijzigingRow.ingang), col(ContractwijzigingRow.kenmerk))).all()


def _find_aanbod(
    zaak: Zaak | Contractzaak, overeenkomst: OvereenkomstRow, op: date, bekend: Bekend | None
) -> dict[str, tuple[str, ...]]:
    if bekend is None:
        return houders.find_aanbod(zaak.sessie, overeenkomst, op)
    return houders.apply_addenda(overeenkomst, bekend.addenda, op)


def find_open_wijziging(
    zaak: Zaak | Contractzaak, overeenkomst: OvereenkomstRow, op: date, bekend: Bekend | None = None
) -> Wijziging | None:
    """What the next cycle changes for an agreement and no addendum says yet; None when there is nothing to say."""
    wijziging = find_wijziging(zaak, overeenkomst, op, bekend)
    if wijziging is None:
        return None
    return leave_gezegd(zaak.sessie, overeenkomst, wijziging, None if bekend is None else bekend.addenda)


def leave_gezegd(
    sessie: Session, rij: OvereenkomstRow, wijziging: Wijziging, gemaakt: Sequence[AddendumRow] | None = None
) -> Wijziging | None:
    """A change without what an addendum of the same day says already, also one that lapsed; None when nothing is left.

    What was refused or not signed in time lapses for this cycle, and is not drafted again for the same day (C.21).
    """
    gezegd = [
        msgspec.json.decode(een.inhoud, type=Wijziging)
        for een in (list_addenda(sessie, rij) if gemaakt is None else gemaakt)
        if een.ingang == wijziging.ingang
    ]
    tabellen = {een.tarieven.nieuw.versie for een in gezegd if een.tarieven is not None}
    bronnen = {kenmerk for een in gezegd for kenmerk in een.bronnen}
    over = msgspec.structs.replace(
        wijziging,
        tarieven=None if wijziging.tarieven and wijziging.tarieven.nieuw.versie in tabellen else wijziging.tarieven,
        gebied=None if any(een.gebied is not None for een in gezegd) else wijziging.gebied,
        bronnen=tuple(kenmerk for kenmerk in wijziging.bronnen if kenmerk not in bronnen),
    )
    return None if over.tarieven is None and over.gebied is None and not over.bronnen else over


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
            wijzigingen=tuple(map(describe_tekst, wijziging.teksten)),
            vindplaatsen=artikelplaatsen.find_vindplaatsen(
                huis, eenheid.sessie, rij.contractnummer, zaak.definitie.contract.overeenkomstsoort
            ),
        ),
    )  # fmt: skip


def describe_tekst(regel: Tekstregel) -> Tekstwijziging:
    """A change of an article as the addendum prints it."""
    waar = f"{regel.artikel} van {regel.onderdeel.replace('-', ' ')}" if regel.onderdeel else regel.artikel
    return Tekstwijziging(
        artikel=f"{waar}, nieuw lid erna" if regel.nieuw_na else waar,
        onderwerp=regel.onderwerp,
        was=regel.was or "Deze tekst is nieuw.",
        wordt=regel.wordt or "Deze tekst vervalt.",
        reden=regel.reden,
    )


def describe_cyclus(wijziging: Wijziging) -> str:
    """Why the cycle brings an addendum, in words (C.21 "aanleiding")."""
    delen = ["de jaarlijkse cyclus voor wijzigingen"]
    if wijziging.gebied is not None:
        delen.append("de verandering van het gebied")
    delen += dict.fromkeys(regel.onderwerp for regel in wijziging.teksten)
    return delen[0] if len(delen) == 1 else f"{delen[0]}, en {write_opsomming(delen[1:])}"


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
        drop_document(eenheid, nummer)
        if isinstance(rij, AddendumRow):
            zaak = load_zaak(eenheid.sessie, huis.feestdagen, overeenkomsten.find_aanmelding(eenheid.sessie, rij))
            uiterlijk = end_of_addendum(zaak.definitie.contract.addendumcyclus, rij)
            eenheid.sessie.add(
                WeigeringRow(
                    id=huis.nieuw_id(),
                    addendum_id=rij.id,
                    soort=Weigeringsoort.NIET_GETEKEND,
                    partij="",
                    op=uiterlijk + timedelta(days=1),
                    reden=f"niet door alle partijen getekend op {format_dag(uiterlijk)}",
                    vastgelegd_door=door.wie,
                    vastgelegd_op=door.nu,
                )
            )
    return True


_INTERN = (
    Documentstatus.TE_MAKEN,
    Documentstatus.CONCEPT,
    Documentstatus.IN_REVIEW,
    Documentstatus.RETOUR,
    Documentstatus.AKKOORD,
    Documentstatus.DEFINITIEF,
)


def drop_document(eenheid: Eenheid, nummer: str) -> None:
    """Let the document of an addendum that lapsed lapse too, so that nobody is asked to check it."""
    document = documenten.find_by_sleutel(eenheid.sessie, f"overeenkomst:{nummer}")
    if document is not None and document.status in _INTERN:
        reden = "het addendum is vervallen"
        documenten.change_status(eenheid, document, Documentstatus.VERVALLEN, Handeling.DOCUMENT_OPSTELLEN, reden=reden)


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
