"""Where the addenda of one day stand, for every running agreement: what is done, what waits, what was refused.

Bron: issue contract years (progress and refusal tracking); H19-55.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.contractwijziging import Weigeringsoort, is_voor
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.domain.woorden import format_woord
from inkoop.services import addenda, contractwijzigingen, documenten, houders, overeenkomsten, procedures
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.tabellen.contractwijziging import WeigeringRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OndertekeningRow, OvereenkomstRow


class Addendumstand(StrEnum):
    """Where an agreement stands with the change of a day."""

    NOG_NIET = "nog_niet_opgesteld"
    OPGESTELD = "opgesteld"
    GOEDGEKEURD = "goedgekeurd"
    AANGEBODEN = "aangeboden"
    GETEKEND = "getekend"
    IN_WERKING = "in_werking"
    GEWEIGERD = "geweigerd"
    VERVALLEN = "vervallen"


class Standregel(msgspec.Struct, frozen=True, kw_only=True):
    """One agreement with its addendum of that day. `reden` is why it was refused or lapsed."""

    contractnummer: str
    aanbieder: str
    addendum: str
    stand: Addendumstand
    document: str
    getekend_door: tuple[str, ...]
    aangeboden_op: date | None
    getekend_op: date | None
    geweigerd_op: date | None
    geweigerd_door: str
    reden: str


class Wijzigingsverslag(msgspec.Struct, frozen=True, kw_only=True):
    """Every running agreement of a procedure with what changes on a day; `wijziging` empty = the whole cycle."""

    procedure: str
    wijziging: str
    ingang: date
    tekenen_uiterlijk: date
    regels: tuple[Standregel, ...]

    @property
    def aantallen(self) -> dict[str, int]:
        """How many agreements stand where, every stand in its order."""
        geteld = Counter(regel.stand for regel in self.regels)
        return {stand.value: geteld[stand] for stand in Addendumstand}


def read_wijziging(sessie: Session, kenmerk: str) -> Wijzigingsverslag:
    """Where the addenda stand that say one change for all agreements."""
    rij = contractwijzigingen.find_wijziging(sessie, kenmerk)
    definitie = procedures.read_definitie(sessie, rij.procedure_id)
    wijziging = contractwijzigingen.decode_inhoud(rij)
    lopend = [
        een
        for een in _list_geraakt(sessie, rij.procedure_id, rij.ingang)
        if is_voor(wijziging, houders.find_aanbod(sessie, een, rij.ingang))
    ]
    return Wijzigingsverslag(
        procedure=definitie.naam,
        wijziging=kenmerk,
        ingang=rij.ingang,
        tekenen_uiterlijk=rij.tekenen_uiterlijk,
        regels=_list_regels(sessie, lopend, rij.ingang, kenmerk),
    )


def read_cyclus(sessie: Session, procedure: str, jaar: int) -> Wijzigingsverslag:
    """Where the addenda stand that come in force in a year by the cycle: all changes of that day together."""
    rij = procedures.find_procedure(sessie, procedure)
    definitie: Proceduredefinitie = procedures.decode_definitie(rij)
    cyclus = definitie.contract.addendumcyclus
    ingang = addenda.on_jaar(cyclus.ingang, jaar)
    return Wijzigingsverslag(
        procedure=procedure,
        wijziging="",
        ingang=ingang,
        tekenen_uiterlijk=addenda.end_of_tekenen(cyclus, ingang),
        regels=_list_regels(sessie, _list_geraakt(sessie, rij.id, ingang), ingang, ""),
    )


def _list_geraakt(sessie: Session, procedure_id: UUID, ingang: date) -> list[OvereenkomstRow]:
    """The agreements that began before a day and run on it."""
    vraag = houders.select_lopend(procedure_id).where(
        OvereenkomstRow.ingang < ingang, OvereenkomstRow.einddatum >= ingang
    )
    return list(sessie.exec(vraag))


def _list_regels(
    sessie: Session, lopend: Sequence[OvereenkomstRow], ingang: date, kenmerk: str
) -> tuple[Standregel, ...]:
    """Read in a few queries, however many agreements there are."""
    namen = overeenkomsten.read_namen(sessie, lopend)
    gevonden: dict[UUID, list[AddendumRow]] = {}
    vraag = select(AddendumRow).where(
        col(AddendumRow.overeenkomst_id).in_([een.id for een in lopend]), AddendumRow.ingang == ingang
    )
    for addendum in sessie.exec(vraag.order_by(col(AddendumRow.nummer))):
        inhoud = msgspec.json.decode(addendum.inhoud, type=addenda.Wijziging)
        if not kenmerk or kenmerk in inhoud.bronnen:
            gevonden.setdefault(addendum.overeenkomst_id, []).append(addendum)
    alle = [addendum for rij in gevonden.values() for addendum in rij]
    lezer = _Lezer(sessie, alle)
    regels = []
    for een in lopend:
        naam = namen.get(een.id, "")
        rijen = gevonden.get(een.id, [])
        regels += [lezer.describe(een.contractnummer, naam, addendum) for addendum in rijen]
        if not rijen:
            regels.append(_describe_zonder(een.contractnummer, naam))
    return tuple(regels)


def _describe_zonder(contractnummer: str, naam: str) -> Standregel:
    return Standregel(
        contractnummer=contractnummer,
        aanbieder=naam,
        addendum="",
        stand=Addendumstand.NOG_NIET,
        document="",
        getekend_door=(),
        aangeboden_op=None,
        getekend_op=None,
        geweigerd_op=None,
        geweigerd_door="",
        reden="",
    )


class _Lezer:
    """What the records say about many addenda, each kind read once."""

    def __init__(self, sessie: Session, alle: Sequence[AddendumRow]) -> None:
        nummers = [addendum.nummer for addendum in alle]
        documenten_ = sessie.exec(
            select(DocumentRow).where(col(DocumentRow.sleutel).in_([f"overeenkomst:{een}" for een in nummers]))
        )
        self.documenten = {rij.onderwerp: rij for rij in documenten_}
        gezet = sessie.exec(
            select(OndertekeningRow).where(
                col(OndertekeningRow.document_id).in_([rij.id for rij in self.documenten.values()])
            )
        )
        self.gezet: dict[UUID, list[OndertekeningRow]] = {}
        for een in gezet:
            self.gezet.setdefault(een.document_id, []).append(een)
        weigeringen = sessie.exec(
            select(WeigeringRow).where(col(WeigeringRow.addendum_id).in_([addendum.id for addendum in alle]))
        )
        self.weigeringen = {rij.addendum_id: rij for rij in weigeringen}
        stappen = select(AuditRow.onderwerp, AuditRow.op).where(
            col(AuditRow.onderwerp).in_(nummers), AuditRow.naar == Overeenkomststatus.TER_ONDERTEKENING
        )
        self.aangeboden = dict(sessie.exec(stappen.order_by(col(AuditRow.volgnummer))).all())

    def describe(self, contractnummer: str, naam: str, addendum: AddendumRow) -> Standregel:
        """One addendum."""
        document = self.documenten.get(addendum.nummer)
        gezet = () if document is None else self.gezet.get(document.id, ())
        weigering = self.weigeringen.get(addendum.id)
        aangeboden = self.aangeboden.get(addendum.nummer)
        getekend = addendum.status in _GETEKEND
        return Standregel(
            contractnummer=contractnummer,
            aanbieder=naam,
            addendum=addendum.nummer,
            stand=_find_stand(addendum, document, weigering),
            document="" if document is None else document.kenmerk,
            getekend_door=tuple(sorted({een.namens for een in gezet})),
            aangeboden_op=None if aangeboden is None else local_date(aangeboden),
            getekend_op=max((een.getekend_op for een in gezet), default=None) if getekend else None,
            geweigerd_op=None if weigering is None else weigering.op,
            geweigerd_door="" if weigering is None else weigering.partij,
            reden="" if weigering is None else weigering.reden,
        )


_GETEKEND = (Overeenkomststatus.GETEKEND, Overeenkomststatus.ACTIEF, Overeenkomststatus.BEEINDIGD)


def _find_stand(addendum: AddendumRow, document: DocumentRow | None, weigering: WeigeringRow | None) -> Addendumstand:
    if weigering is not None and weigering.soort is Weigeringsoort.GEWEIGERD:
        return Addendumstand.GEWEIGERD
    if addendum.status is Overeenkomststatus.CONCEPT:
        klaar = document is not None and document.status in documenten.UITGAAND
        return Addendumstand.GOEDGEKEURD if klaar else Addendumstand.OPGESTELD
    return _STANDEN[addendum.status]


_STANDEN = {
    Overeenkomststatus.TER_ONDERTEKENING: Addendumstand.AANGEBODEN,
    Overeenkomststatus.GETEKEND: Addendumstand.GETEKEND,
    Overeenkomststatus.ACTIEF: Addendumstand.IN_WERKING,
    Overeenkomststatus.BEEINDIGD: Addendumstand.IN_WERKING,
    Overeenkomststatus.VERVALLEN: Addendumstand.VERVALLEN,
}


def list_te_keuren(sessie: Session, verslag: Wijzigingsverslag) -> list[str]:
    """The documents of these addenda that a jurist can approve now."""
    kenmerken: Collection[str] = [regel.document for regel in verslag.regels if regel.document]
    vraag = select(DocumentRow.kenmerk).where(
        col(DocumentRow.kenmerk).in_(kenmerken),
        col(DocumentRow.status).in_((Documentstatus.CONCEPT, Documentstatus.IN_REVIEW)),
    )
    return sorted(sessie.exec(vraag))


KOPPEN = (
    "contractnummer",
    "aanbieder",
    "addendum",
    "stand",
    "aangeboden op",
    "getekend door",
    "getekend op",
    "geweigerd of vervallen op",
    "door",
    "reden",
)


def list_rijen(regels: Iterable[Standregel]) -> list[tuple[object, ...]]:
    """The overview as rows of a table, under KOPPEN."""
    return [
        (
            een.contractnummer,
            een.aanbieder,
            een.addendum,
            format_woord(een.stand),
            een.aangeboden_op,
            ", ".join(een.getekend_door),
            een.getekend_op,
            een.geweigerd_op,
            een.geweigerd_door,
            een.reden,
        )
        for een in regels
    ]
