"""Who takes part too often for one perceel: found at the opening, decided by a person, held until then.

Bron: B.4 (`max_deelname_per_perceel`); FE-8, FE-9; domain/samenloop.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.besluit import TOELATINGEN, Besluitsoort, Besluitvoorstel
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.samenloop import Deelneming, Samenloop, check_keuze, find_samenlopen, keep_elders, list_deelnemingen
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Overeenkomststatus
from inkoop.services import aanmeldingen, houders, procedures, rondes
from inkoop.services.huis import Huis, NietGevondenError, Optreden, handel
from inkoop.storage.eenheid import Eenheid
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.ronde import RondeRow, SamenloopRow

_VOORBIJ = (Overeenkomststatus.BEEINDIGD, Overeenkomststatus.VERVALLEN)
_STAAND = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING, Aanmeldingsstatus.BESLOTEN)


class Samenloopstand(msgspec.Struct, frozen=True, kw_only=True):
    """A samenloop with what was decided: `geldt` None = nothing yet.

    `elders` are the aanmeldingen of other rounds of the procedure among them: those count anyway.
    """

    samenloop: Samenloop
    maximum: int
    geldt: tuple[str, ...] | None
    reden: str
    elders: tuple[str, ...] = ()


def settle(huis: Huis, eenheid: Eenheid, ronde: RondeRow, handeling: Handeling) -> None:
    """Record everybody who takes part too often, once everything in the round can be read.

    Part of the act (`handeling`) that made it readable. Done again when more came to count as in time; what was
    decided on fewer aanmeldingen is open again then.
    """
    eenheid.sessie.flush()
    maximum = procedures.read_definitie(eenheid.sessie, ronde.procedure_id).max_deelname_per_perceel
    rijen = sorted(
        aanmeldingen.list_aanmeldingen(eenheid.sessie, ronde, *_STAAND), key=lambda r: (r.ontvangen_op, r.kenmerk)
    )
    deelnemingen = [
        deelneming for rij in rijen for deelneming in list_deelnemingen(rij.kenmerk, aanmeldingen.read_opgave(rij))
    ]
    elders = keep_elders(deelnemingen, list_elders(eenheid.sessie, ronde))
    bekend = {(rij.kvk, rij.perceel): rij for rij in _list_rijen(eenheid.sessie, ronde)}
    for een in find_samenlopen([*elders, *deelnemingen], maximum):
        rij = bekend.get((een.kvk, een.perceel))
        if rij is None:
            rij = SamenloopRow(
                id=huis.nieuw_id(), ronde_id=ronde.id, kvk=een.kvk, naam=een.naam, perceel=een.perceel, aanmeldingen=[]
            )
        elif set(een.aanmeldingen) <= set(rij.aanmeldingen):
            continue
        rij.aanmeldingen, rij.geldt, rij.besloten_door, rij.besloten_op = list(een.aanmeldingen), None, None, None
        eenheid.sessie.add(rij)
        eenheid.audit(
            handeling,
            ronde.kenmerk,
            naar="samenloop te beslissen",
            gegevens={"kvk": een.kvk, "perceel": een.perceel, "aanmeldingen": list(een.aanmeldingen)},
        )
    eenheid.sessie.flush()


def decide(
    huis: Huis, door: Optreden, ronde: str, *, kvk: str, perceel: str, geldt: Sequence[str], reden: str
) -> tuple[str, ...]:
    """Decide which aanmeldingen count for a person and a perceel; returns those that are not taken up for it.

    `geldt` may be empty: then none counts. The reason stands in the letters. Who decides takes no part in the
    besluiten that follow (FE-9). Refused once something was proposed about one of them.
    """
    with handel(huis, door, Handeling.SAMENLOOP_BESLISSEN) as eenheid:
        sessie = eenheid.sessie
        ronderij = rondes.find_ronde(sessie, ronde)
        rij = find_rij(sessie, ronderij, kvk, perceel)
        (stand,) = _read(sessie, ronderij, [rij])
        beletselen = []
        if rij.geldt is not None:
            beletselen.append(Beletsel("beslist", f"Over {rij.naam} in perceel {perceel} is al beslist."))
        if stand is None:
            tekst = f"{rij.naam} doet voor perceel {perceel} niet meer te vaak mee: er is niets te beslissen."
            raise BeletselenError("Er valt niets te beslissen.", [*beletselen, Beletsel("voorbij", tekst)])
        beletselen += check_keuze(stand.samenloop, geldt, stand.maximum, reden, stand.elders)
        hier = [k for k in stand.samenloop.aanmeldingen if k not in stand.elders]
        besloten = [k for k in hier if _has_besluit(sessie, k)]
        if besloten:
            tekst = f"Er ligt al een besluit over {', '.join(besloten)}. Heropen dat eerst."
            beletselen.append(Beletsel("besluit", tekst))
        if beletselen:
            raise BeletselenError("Zo kan hierover niet worden beslist.", beletselen)
        rij.geldt, rij.reden = list(dict.fromkeys((*stand.elders, *geldt))), reden.strip()
        rij.besloten_door, rij.besloten_op = door.wie, door.nu
        sessie.add(rij)
        weg = tuple(k for k in hier if k not in geldt)
        for kenmerk in hier:
            eenheid.audit(
                Handeling.SAMENLOOP_BESLISSEN,
                kenmerk,
                van="te beslissen",
                naar="telt niet mee" if kenmerk in weg else "telt mee",
                reden=reden.strip(),
                gegevens={"kvk": kvk, "perceel": perceel},
            )
    return weg


def _has_besluit(sessie: Session, kenmerk: str) -> bool:
    rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
    return sessie.exec(select(BesluitRow.id).where(BesluitRow.aanmelding_id == rij.id)).first() is not None


def list_open(sessie: Session, ronde: RondeRow) -> list[Samenloopstand]:
    """What still waits for a decision, by perceel and name."""
    return [stand for stand in list_samenlopen(sessie, ronde) if stand.geldt is None]


def list_samenlopen(sessie: Session, ronde: RondeRow) -> list[Samenloopstand]:
    """Everybody who takes part too often now; who withdrew an aanmelding may not any more."""
    return [stand for stand in _read(sessie, ronde, _list_rijen(sessie, ronde)) if stand is not None]


def _read(sessie: Session, ronde: RondeRow, rijen: Sequence[SamenloopRow]) -> list[Samenloopstand | None]:
    """How each stands with the aanmeldingen that are still there; None when they are few enough."""
    if not rijen:
        return []
    staand = set(
        sessie.exec(
            select(AanmeldingRow.kenmerk).where(
                AanmeldingRow.ronde_id == ronde.id, col(AanmeldingRow.status).in_(_STAAND)
            )
        )
    )
    maximum = procedures.read_definitie(sessie, ronde.procedure_id).max_deelname_per_perceel
    elders: set[tuple[str, str, str]] = set()
    if any(kenmerk.rpartition("-A")[0] != ronde.kenmerk for rij in rijen for kenmerk in rij.aanmeldingen):
        elders = {(een.kvk, een.perceel, een.aanmelding) for een in list_elders(sessie, ronde)}
    return [_weigh(rij, staand, elders, maximum) for rij in rijen]


def _weigh(
    rij: SamenloopRow, staand: Collection[str], elders: Collection[tuple[str, str, str]], maximum: int
) -> Samenloopstand | None:
    daar = tuple(kenmerk for kenmerk in rij.aanmeldingen if (rij.kvk, rij.perceel, kenmerk) in elders)
    over = tuple(kenmerk for kenmerk in rij.aanmeldingen if kenmerk in staand or kenmerk in daar)
    if len(over) <= maximum or len(over) == len(daar):
        return None
    samenloop = Samenloop(kvk=rij.kvk, naam=rij.naam, perceel=rij.perceel, aanmeldingen=over)
    geldt = None if rij.geldt is None else tuple(rij.geldt)
    return Samenloopstand(samenloop=samenloop, maximum=maximum, geldt=geldt, reden=rij.reden, elders=daar)


def list_elders(sessie: Session, ronde: RondeRow) -> list[Deelneming]:
    """Who takes part in other rounds of the procedure that were opened, in the order in which they came.

    Somebody with an agreement that still runs on the ingang of this round: for what it holds. Somebody who is
    admitted and has none yet: for that. Somebody who is still in treatment: for what he applied for.
    """
    ingang = procedures.read_definitie(sessie, ronde.procedure_id).find_ronde(ronde.kenmerk).ingang
    vraag = (
        select(AanmeldingRow)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(
            RondeRow.procedure_id == ronde.procedure_id,
            RondeRow.id != ronde.id,
            AanmeldingRow.opgave != "",
            col(AanmeldingRow.status).in_(_STAAND),
        )
        .order_by(col(AanmeldingRow.ontvangen_op), col(AanmeldingRow.kenmerk))
    )
    return [
        deelneming
        for rij in sessie.exec(vraag).all()
        for deelneming in list_deelnemingen(
            rij.kenmerk, aanmeldingen.read_opgave(rij), _list_percelen(sessie, rij, ingang)
        )
    ]


def _list_percelen(sessie: Session, rij: AanmeldingRow, ingang: date) -> tuple[str, ...]:
    """For which percelen an aanmelding of another round stands on a day."""
    if rij.status is not Aanmeldingsstatus.BESLOTEN:
        return aanmeldingen.read_opgave(rij).percelen
    overeenkomst = sessie.exec(select(OvereenkomstRow).where(OvereenkomstRow.aanmelding_id == rij.id)).first()
    if overeenkomst is not None:
        loopt = overeenkomst.status not in _VOORBIJ and overeenkomst.einddatum >= ingang
        return tuple(houders.find_aanbod(sessie, overeenkomst, ingang)) if loopt else ()
    besluiten = sessie.exec(
        select(BesluitRow).where(
            BesluitRow.aanmelding_id == rij.id,
            col(BesluitRow.soort).in_(TOELATINGEN),
            col(BesluitRow.status).in_((Besluitstatus.GENOMEN, Besluitstatus.VERZONDEN)),
        )
    )
    return tuple(sorted({besluit.perceel for besluit in besluiten if besluit.perceel}))


def _list_rijen(sessie: Session, ronde: RondeRow) -> list[SamenloopRow]:
    vraag = select(SamenloopRow).where(SamenloopRow.ronde_id == ronde.id)
    return list(sessie.exec(vraag.order_by(SamenloopRow.perceel, SamenloopRow.naam)))


def find_rij(sessie: Session, ronde: RondeRow, kvk: str, perceel: str) -> SamenloopRow:
    """The record about a person and a perceel."""
    rijen = {f"{rij.kvk} in perceel {rij.perceel}": rij for rij in _list_rijen(sessie, ronde)}
    naam = f"{kvk} in perceel {perceel}"
    if naam not in rijen:
        raise NietGevondenError("Dubbele deelname", naam, list(rijen))
    return rijen[naam]


def is_open(sessie: Session, rij: AanmeldingRow) -> bool:
    """Whether an aanmelding waits for a decision about who takes part in it."""
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    return any(rij.kenmerk in stand.samenloop.aanmeldingen for stand in list_open(sessie, ronde))


def list_uitgesloten(sessie: Session, rij: AanmeldingRow) -> dict[str, str]:
    """The percelen for which an aanmelding is not taken up, each with why in words for the letter."""
    ronde = rondes.get_ronde(sessie, rij.ronde_id)
    redenen: dict[str, list[str]] = {}
    for stand in list_samenlopen(sessie, ronde):
        een = stand.samenloop
        if stand.geldt is None or rij.kenmerk not in een.aanmeldingen or rij.kenmerk in stand.geldt:
            continue
        keer = "één keer" if stand.maximum == 1 else f"{stand.maximum} keer"
        zinnen = [
            f"{een.naam} (KvK {een.kvk}) doet voor dit perceel mee in {len(een.aanmeldingen)} aanmeldingen.",
            f"Dat mag ten hoogste {keer}.",
            f"Wij hebben beslist dat {_name_geldt(stand.geldt)}.",
            stand.reden,
        ]
        redenen.setdefault(een.perceel, []).append(" ".join(zinnen))
    return {perceel: " ".join(zinnen) for perceel, zinnen in redenen.items()}


def _name_geldt(geldt: Sequence[str]) -> str:
    if not geldt:
        return "geen van deze aanmeldingen voor dit perceel meetelt"
    return f"voor dit perceel alleen {write_opsomming(geldt)} meetelt"


def propose_uitgesloten(sessie: Session, rij: AanmeldingRow) -> tuple[Besluitvoorstel, ...]:
    """The proposals on percelen for which an aanmelding is not taken up."""
    return tuple(
        Besluitvoorstel(
            perceel=perceel,
            soort=Besluitsoort.BUITEN_BEHANDELING,
            producten=(),
            afgewezen_producten=(),
            redenen=(),
            voldaan=(),
            voorwaarden=(),
            aanleiding=reden,
        )
        for perceel, reden in list_uitgesloten(sessie, rij).items()
    )
