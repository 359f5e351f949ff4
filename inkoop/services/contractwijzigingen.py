"""Changes for all running agreements of a procedure: proposed by one, adopted by a jurist, then part of the addenda.

Bron: C.21; H19-55; FE-3; issue contract years (bulk).
"""

from __future__ import annotations

from datetime import date

import msgspec
from sqlmodel import Session, col, select

from inkoop.definitions.verbodenwoorden import check_artikeltekst
from inkoop.domain.contractwijziging import (
    Contractwijziging,
    Wijzigingsoort,
    Wijzigingstand,
    check_contractwijziging,
)
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import addenda, procedures
from inkoop.services.brieven import blokken
from inkoop.services.brieven.opdracht import choose_contract
from inkoop.services.gezien import Kijk, Stand
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.tabellen.contractwijziging import ContractwijzigingRow
from inkoop.storage.tellers import next_nummer


def propose_wijziging(huis: Huis, door: Optreden, procedure: str, wijziging: Contractwijziging) -> str:
    """Record a change for all running agreements; its kenmerk. Raises BeletselenError with every reason."""
    with handel(huis, door, Handeling.WIJZIGING_VOORSTELLEN) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, procedure)
        definitie = procedures.decode_definitie(rij)
        beletselen = _check(huis, definitie, wijziging, local_date(door.nu))
        if rij.gepubliceerd_op is None:
            beletselen.append(Beletsel("niet-gepubliceerd", f"{procedure} is nog niet gepubliceerd."))
        if beletselen:
            raise BeletselenError("De wijziging is niet vastgelegd.", beletselen)
        ingang, tekenen = _find_dagen(definitie, wijziging, local_date(door.nu))
        nummer = next_nummer(eenheid.sessie, f"contractwijziging:{procedure}")
        kenmerk = f"{definitie.contract.contractnummer_voorvoegsel}-W{nummer:02d}"
        eenheid.sessie.add(
            ContractwijzigingRow(
                id=huis.nieuw_id(),
                procedure_id=rij.id,
                kenmerk=kenmerk,
                soort=wijziging.soort,
                stand=Wijzigingstand.VOORGESTELD,
                inhoud=msgspec.json.encode(wijziging).decode(),
                ingang=ingang,
                tekenen_uiterlijk=tekenen,
                voorgesteld_door=door.wie,
                voorgesteld_op=door.nu,
            )
        )
        eenheid.audit(
            Handeling.WIJZIGING_VOORSTELLEN,
            kenmerk,
            naar=Wijzigingstand.VOORGESTELD,
            reden=wijziging.reden,
            gegevens={"soort": wijziging.soort, "ingang": ingang, "onderwerp": wijziging.onderwerp},
        )
    return kenmerk


def _check(huis: Huis, definitie: Proceduredefinitie, wijziging: Contractwijziging, op: date) -> list[Beletsel]:
    cyclus = definitie.contract.addendumcyclus
    cyclusdag = addenda.next_ingang(cyclus, op)
    beletselen = check_contractwijziging(
        definitie,
        wijziging,
        op,
        cyclusdag=cyclusdag,
        concept_uiterlijk=addenda.plan_cyclus(cyclus, cyclusdag).concept_uiterlijk,
    )
    if not definitie.selectie:
        for een in wijziging.artikelen:
            beletselen += [
                Beletsel("wijziging-toelating", f"{een.artikel}: {waarom}") for waarom in check_artikeltekst(een.wordt)
            ]
    if wijziging.onderdeel and wijziging.onderdeel not in huis.sjablonen.list_soorten():
        beletselen.append(Beletsel("wijziging-onderdeel", f"Er is geen soort stuk '{wijziging.onderdeel}'."))
    return beletselen


def _find_dagen(definitie: Proceduredefinitie, wijziging: Contractwijziging, op: date) -> tuple[date, date]:
    cyclus = definitie.contract.addendumcyclus
    ingang = wijziging.ingang or addenda.next_ingang(cyclus, op)
    return ingang, wijziging.tekenen_uiterlijk or addenda.end_of_tekenen(cyclus, ingang)


def adopt_wijziging(huis: Huis, door: Optreden, kenmerk: str, *, grond: str) -> date:
    """Adopt a change, by a jurist who did not propose it; from then on addenda say so. Returns its first day.

    The template of a new standard version is kept as it is now, so that every agreement gets the same text.
    """
    with handel(huis, door, Handeling.WIJZIGING_VASTSTELLEN, kenmerk) as eenheid:
        rij = find_wijziging(eenheid.sessie, kenmerk)
        wijziging = decode_inhoud(rij)
        definitie = procedures.read_definitie(eenheid.sessie, rij.procedure_id)
        beletselen = _check_stand(rij, Wijzigingstand.VOORGESTELD)
        beletselen += _check(
            huis, definitie, msgspec.structs.replace(wijziging, ingang=rij.ingang), local_date(door.nu)
        )
        if not grond.strip():
            beletselen.append(Beletsel("grond", "Noem het besluit of het akkoord waar dit op rust."))
        if beletselen:
            raise BeletselenError(f"{kenmerk} kan niet worden vastgesteld.", beletselen)
        if wijziging.soort is Wijzigingsoort.STANDAARDVERSIE:
            soort = wijziging.onderdeel or choose_contract(definitie)[0]
            rij.bundel_sha256 = huis.winkel.documenten.add(
                huis.sjablonen.pack(soort, blokken.procedure(definitie).regio)
            )
        rij.stand, rij.grond = Wijzigingstand.VASTGESTELD, grond
        rij.vastgesteld_door, rij.vastgesteld_op = door.wie, door.nu
        eenheid.sessie.add(rij)
        eenheid.audit(
            Handeling.WIJZIGING_VASTSTELLEN,
            kenmerk,
            van=Wijzigingstand.VOORGESTELD,
            naar=rij.stand,
            reden=grond,
            gegevens={"ingang": rij.ingang, "bundel": rij.bundel_sha256},
        )
        return rij.ingang


def withdraw_wijziging(huis: Huis, door: Optreden, kenmerk: str, reden: str) -> None:
    """Let a proposal go, with why. One that was adopted stays: addenda may say it already."""
    with handel(huis, door, Handeling.WIJZIGING_VOORSTELLEN) as eenheid:
        rij = find_wijziging(eenheid.sessie, kenmerk)
        beletselen = _check_stand(rij, Wijzigingstand.VOORGESTELD)
        if not reden.strip():
            beletselen.append(Beletsel("reden", "Schrijf waarom de wijziging niet doorgaat."))
        if beletselen:
            raise BeletselenError(f"{kenmerk} kan niet worden ingetrokken.", beletselen)
        eenheid.audit(
            Handeling.WIJZIGING_VOORSTELLEN, kenmerk, van=rij.stand, naar=Wijzigingstand.INGETROKKEN, reden=reden
        )
        rij.stand = Wijzigingstand.INGETROKKEN
        eenheid.sessie.add(rij)


def _check_stand(rij: ContractwijzigingRow, nodig: Wijzigingstand) -> list[Beletsel]:
    return [] if rij.stand is nodig else [Beletsel("wijziging-stand", f"{rij.kenmerk} is al {rij.stand}.")]


def find_wijziging(sessie: Session, kenmerk: str) -> ContractwijzigingRow:
    """The change with this kenmerk."""
    rij = sessie.exec(select(ContractwijzigingRow).where(ContractwijzigingRow.kenmerk == kenmerk)).one_or_none()
    if rij is None:
        raise NietGevondenError("Wijziging", kenmerk, sessie.exec(select(ContractwijzigingRow.kenmerk)))
    return rij


def look_wijzigingen(procedure: str) -> Kijk:
    """Which changes of a procedure were proposed until now, for who proposes one beside somebody else."""

    def kijk(sessie: Session) -> Stand:
        rijen = list_wijzigingen(sessie, procedure)
        regels = tuple(
            (rij.kenmerk, f"{format_woord(rij.soort)}, vanaf {format_dag(rij.ingang)}: {decode_inhoud(rij).onderwerp}")
            for rij in rijen
        )
        if not rijen:
            return Stand(regels=())
        laatste = max(rijen, key=lambda rij: (rij.voorgesteld_op, rij.kenmerk))
        return Stand(regels=regels, door=laatste.voorgesteld_door, op=laatste.voorgesteld_op)

    return kijk


def list_wijzigingen(sessie: Session, procedure: str) -> list[ContractwijzigingRow]:
    """The changes for all agreements of a procedure, in order."""
    rij = procedures.find_procedure(sessie, procedure)
    vraag = select(ContractwijzigingRow).where(ContractwijzigingRow.procedure_id == rij.id)
    return list(sessie.exec(vraag.order_by(col(ContractwijzigingRow.kenmerk))))


def decode_inhoud(rij: ContractwijzigingRow) -> Contractwijziging:
    """What a change says."""
    return msgspec.json.decode(rij.inhoud, type=Contractwijziging)
