"""Which ticks are due, and what became of each: read from the records, asked for exactly once.

Two sources. The audit log is the outbox of acts: every act writes a row there in the transaction of its
records, and `plan_tikken` reads on from where it was, so that no act is missed or followed twice. The
calendar gives the rest: the closing of a round, and a tick a day for every round that is under way. A
moment that passed while nothing ran is caught up once.

A tick is asked for under a unique key that says why it is due. It is started with that key, so that a
dispatcher that died between two steps does no harm when it comes back.

Bron: ontwerp 2.1; metingen, Prefect (the pattern that held).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from uuid import UUID, uuid4

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.handeling import Handeling
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import SYSTEEM
from inkoop.domain.procedure import Fase
from inkoop.services.apart import format_apart
from inkoop.services.huis import Huis, Optreden, handel
from inkoop.services.onderwerpen import find_onderwerpen
from inkoop.services.procedures import PROCEDUREFASEN
from inkoop.services.werkslot import Slot, hold_slot, is_bezet
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.tabellen.aandrijving import AandrijfstandRow, TikRow, Tikstand, WerkslotRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow

DAGTIK = time(6, 0)
"""From when on the tick of a day is due, in the Netherlands (project default); far from the change of the clock."""

MAX_POGINGEN = 5
"""After so many attempts a person looks first (project default)."""

VOLGT = {
    Fase.SELECTEREN: (Fase.SELECTEREN,),
    Fase.CONCRETISEREN: (Fase.CONCRETISEREN,),
    Fase.CONTRACTEREN: (Fase.CONCRETISEREN, Fase.CONTRACTEREN, Fase.IMPLEMENTEREN),
    Fase.IMPLEMENTEREN: (Fase.CONCRETISEREN, Fase.CONTRACTEREN, Fase.IMPLEMENTEREN),
}
"""Which flows have work on a round in a fase: conditions are followed up, and contracts start, while others wait."""

LOS = "los"
"""Who asked, for a run that somebody started in Prefect's own screen."""

_STIL = frozenset(
    {
        Handeling.PERSOON_TOEVOEGEN,
        Handeling.INLOG_KOPPELEN,
        Handeling.INLOG_VERWERKEN,
        Handeling.TOKEN_UITGEVEN,
        Handeling.TOKEN_INTREKKEN,
        Handeling.POSTADRES_INSTELLEN,
        Handeling.POST_HERVATTEN,
        Handeling.FLOW_STARTEN,
        Handeling.AUDIT_CONTROLEREN,
    }
)


class Tik(msgspec.Struct, frozen=True, kw_only=True):
    """A tick as people and the dispatcher see it; times are aware UTC."""

    id: UUID
    sleutel: str
    flow: str
    onderwerp: str
    gevraagd_door: str
    gevraagd_op: datetime
    stand: Tikstand
    poging: int
    begonnen_op: datetime | None
    geeindigd_op: datetime | None
    gedaan: tuple[str, ...]
    open_taken: int
    melding: str


def plan_tikken(huis: Huis, nu: datetime) -> tuple[Tik, ...]:
    """Ask for every tick that acts and calendar make due; the ticks that can be started now, oldest first.

    A tick on a subject that somebody works on waits until that run ends.
    """
    with huis.winkel.machinekamer() as sessie:
        for lijst in (_list_uit_handelingen, _list_uit_kalender):
            for flow, onderwerp, reden in lijst(sessie, nu):
                _request(sessie, nu, flow, onderwerp, f"{flow}/{onderwerp}/{reden}", SYSTEEM)
        _take_back(sessie, huis.winkel.read_klok())
        return _list_startbaar(sessie, huis.winkel.read_klok())


def make_sleutel(flow: str, onderwerp: str, door: str) -> str:
    """The key of a tick that a person asks for, or of a loose one.

    It names nobody: it stands in Prefect's records, among the settings of the run.
    """
    return f"{flow}/{onderwerp}/{'gevraagd' if door != LOS else LOS}/{uuid4().hex}"


def announce_run(flow: str, onderwerp: str, door: str) -> str:
    """The key of a run that this process is about to begin; when it begins it goes on record with who asked."""
    sleutel = make_sleutel(flow, onderwerp, door)
    _GEVRAAGD_DOOR[sleutel] = door
    return sleutel


_GEVRAAGD_DOOR: dict[str, str] = {}
"""Who asked for a run that this process is about to begin, by its key; a run that has begun has it on record."""


def record_weigering(huis: Huis, flow: str, onderwerp: str, door: str, nu: datetime, redenen: str) -> None:
    """Keep that somebody asked for a tick and why it was refused; nothing else changes."""
    with huis.winkel.machinekamer() as sessie:
        rij = _make(make_sleutel(flow, onderwerp, door), flow, onderwerp, door, nu)
        rij.stand, rij.melding, rij.geeindigd_op = Tikstand.GEWEIGERD, redenen, nu
        sessie.add(rij)


def request_tik(huis: Huis, door: Optreden, flow: Fase, onderwerp: str) -> Tik:
    """Ask for a tick, on record as an act; one that still waits to begin will see the same and is given back."""
    with handel(huis, door, Handeling.FLOW_STARTEN) as eenheid:
        wacht = select(TikRow).where(
            TikRow.flow == flow, TikRow.onderwerp == onderwerp, TikRow.stand == Tikstand.GEVRAAGD
        )
        rij = eenheid.sessie.exec(wacht).first()
        if rij is None:
            rij = _make(make_sleutel(flow, onderwerp, door.wie), flow, onderwerp, door.wie, door.nu)
            eenheid.sessie.add(rij)
        eenheid.audit(Handeling.FLOW_STARTEN, onderwerp, naar=Tikstand.GEVRAAGD, gegevens={"flow": flow})
    return _to_tik(rij)


def check_start(huis: Huis, flow: Fase, onderwerp: str) -> None:
    """Refuse a tick that can have no work, with every reason: another fase, or not closed yet is no reason."""
    with huis.winkel.lezen() as sessie:
        if flow in PROCEDUREFASEN:
            rij = sessie.exec(select(ProcedureRow).where(ProcedureRow.naam == onderwerp)).one()
            te_vroeg = list(Fase).index(rij.fase) < list(Fase).index(flow)
            fase = rij.fase
        else:
            ronde = sessie.exec(select(RondeRow).where(RondeRow.kenmerk == onderwerp)).one()
            te_vroeg = list(Fase).index(ronde.fase) < list(Fase).index(flow)
            fase = ronde.fase
    if te_vroeg:
        tekst = f"{onderwerp} staat in de fase {fase}; de flow {flow} komt daarna. Rond eerst de fase {fase} af."
        raise BeletselenError(f"De flow {flow} kan nog niet starten.", [Beletsel("fase", tekst)])


def check_klokstart(huis: Huis, flow: str, onderwerp: str) -> None:
    """Refuse a flow that runs by the calendar of a procedure that has none yet."""
    if not onderwerp:
        return
    with huis.winkel.lezen() as sessie:
        rij = sessie.exec(select(ProcedureRow).where(ProcedureRow.naam == onderwerp)).one()
    if rij.gepubliceerd_op is None:
        tekst = f"{onderwerp} is nog niet gepubliceerd; de flow {flow} komt daarna. Rond eerst de fase {rij.fase} af."
        raise BeletselenError(f"De flow {flow} kan nog niet starten.", [Beletsel("fase", tekst)])


def record_gang(
    huis: Huis, flow: str, onderwerp: str, door: str, begonnen: datetime, gedaan: tuple[str, ...], melding: str = ""
) -> None:
    """Keep that somebody ran a flow that runs by the clock; `melding` says why it failed."""
    with huis.winkel.machinekamer() as sessie:
        rij = _make(make_sleutel(flow, onderwerp, door), flow, onderwerp, door, begonnen)
        rij.stand, rij.melding = Tikstand.MISLUKT if melding else Tikstand.KLAAR, melding
        rij.poging, rij.begonnen_op, rij.geeindigd_op = 1, begonnen, huis.winkel.read_klok()
        rij.gedaan = list(gedaan)
        sessie.add(rij)


def request_cyclus(huis: Huis, procedure: str, nu: datetime) -> None:
    """Ask for the tick that makes and follows the yearly addenda, for each round of a procedure; once a day."""
    dag = nu.astimezone(TIJDZONE).date()
    with huis.winkel.machinekamer() as sessie:
        rondes = select(RondeRow).join(ProcedureRow, col(ProcedureRow.id) == RondeRow.procedure_id)
        for rij in sessie.exec(rondes.where(ProcedureRow.naam == procedure).order_by(RondeRow.kenmerk)):
            if nu > rij.sluiting and Fase.IMPLEMENTEREN in VOLGT[rij.fase]:
                sleutel = f"{Fase.IMPLEMENTEREN}/{rij.kenmerk}/cyclus-{dag}"
                _request(sessie, nu, Fase.IMPLEMENTEREN, rij.kenmerk, sleutel, SYSTEEM)


@contextmanager
def run_tik(huis: Huis, flow: Fase, onderwerp: str, sleutel: str | None) -> Iterator[Tikloop]:
    """Do a tick: alone on its subject, with its begin and end on record. Raises WerkBezetError.

    Without `sleutel` somebody started the flow past the dispatcher (Prefect's own screen); that is on
    record as well.
    """
    with hold_slot(huis.winkel, onderwerp, flow) as slot:
        loop = Tikloop(slot=slot, sleutel=sleutel or make_sleutel(flow, onderwerp, LOS))
        nu = huis.winkel.read_klok()
        with huis.winkel.machinekamer() as sessie:
            door = _GEVRAAGD_DOOR.pop(loop.sleutel, LOS)
            rij = _find(sessie, loop.sleutel) or _make(loop.sleutel, flow, onderwerp, door, nu)
            rij.stand, rij.begonnen_op, rij.poging, rij.melding = Tikstand.BEZIG, nu, rij.poging + 1, ""
            sessie.add(rij)
        try:
            yield loop
        except BaseException as fout:
            _end(huis, loop, Tikstand.MISLUKT, _explain(fout))
            raise
        _end(huis, loop, Tikstand.KLAAR, format_apart(loop.apart_gezet))


class Tikloop(msgspec.Struct, kw_only=True):
    """A tick that runs: what it reports at its end."""

    slot: Slot
    sleutel: str
    gedaan: tuple[str, ...] = ()
    open_taken: int = 0
    apart_gezet: tuple[str, ...] = ()


def list_tikken(
    huis: Huis, onderwerp: str | None = None, aantal: int = 50, *, na: UUID | None = None
) -> tuple[Tik, ...]:
    """What ticks there were and are, newest first; those after the tick with the id `na`."""
    vraag = select(TikRow).order_by(col(TikRow.gevraagd_op).desc(), col(TikRow.sleutel)).limit(aantal)
    if onderwerp is not None:
        vraag = vraag.where(TikRow.onderwerp == onderwerp)
    with huis.winkel.lezen() as sessie:
        if na is not None and (rij := sessie.get(TikRow, na)) is not None:
            gelijk = (col(TikRow.gevraagd_op) == rij.gevraagd_op) & (col(TikRow.sleutel) > rij.sleutel)
            vraag = vraag.where((col(TikRow.gevraagd_op) < rij.gevraagd_op) | gelijk)
        return tuple(_to_tik(rij) for rij in sessie.exec(vraag))


def find_tik(huis: Huis, sleutel: str) -> Tik | None:
    """The tick with this key."""
    with huis.winkel.lezen() as sessie:
        rij = _find(sessie, sleutel)
        return None if rij is None else _to_tik(rij)


def find_run(huis: Huis, id: UUID) -> Tik | None:
    """The tick with this id."""
    with huis.winkel.lezen() as sessie:
        rij = sessie.get(TikRow, id)
        return None if rij is None else _to_tik(rij)


AFGEBROKEN = "De run is afgebroken. Start de flow opnieuw; wat klaar is, blijft."
"""What is kept of a run that was stopped or killed."""


def _explain(fout: BaseException) -> str:
    """Why a run ended, for people: who stops one gives no reason with it."""
    if isinstance(fout, Exception):
        return str(fout) or type(fout).__name__
    return AFGEBROKEN


def _end(huis: Huis, loop: Tikloop, stand: Tikstand, melding: str) -> None:
    with huis.winkel.machinekamer() as sessie:
        rij = _find(sessie, loop.sleutel)
        if rij is not None:
            rij.stand, rij.melding, rij.geeindigd_op = stand, melding, huis.winkel.read_klok()
            rij.gedaan, rij.open_taken = list(loop.gedaan), loop.open_taken
            sessie.add(rij)


def _list_uit_handelingen(sessie: Session, nu: datetime) -> list[tuple[Fase, str, str]]:
    """(flow, subject, reason) for each act since the last time; moves the mark in the same transaction."""
    stand = sessie.get(AandrijfstandRow, "audit") or AandrijfstandRow(naam="audit", volgnummer=0)
    nieuw = select(AuditRow.volgnummer, AuditRow.handeling, AuditRow.onderwerp, AuditRow.persoon)
    nieuw = nieuw.where(AuditRow.volgnummer > stand.volgnummer).order_by(col(AuditRow.volgnummer))
    laatste: dict[str, int] = {}
    for volgnummer, handeling, onderwerp, persoon in sessie.exec(nieuw):
        stand.volgnummer = volgnummer
        mensenwerk = persoon != SYSTEEM or handeling == Handeling.FASE_OVERGAAN
        if mensenwerk and handeling not in _STIL and not handeling.endswith("_lezen"):
            laatste[onderwerp] = volgnummer
    sessie.add(stand)
    gevraagd: dict[tuple[Fase, str], int] = {}
    for onderwerp, volgnummer in laatste.items():
        for flow, naam in _list_flows(sessie, onderwerp, nu):
            gevraagd[flow, naam] = max(volgnummer, gevraagd.get((flow, naam), 0))
    return [(flow, naam, f"handeling-{nummer}") for (flow, naam), nummer in gevraagd.items()]


def _list_flows(sessie: Session, onderwerp: str, nu: datetime) -> Iterator[tuple[Fase, str]]:
    """The flows that may have work after an act on this object."""
    for rij in find_onderwerpen(sessie, onderwerp):
        if isinstance(rij, RondeRow):
            if nu > rij.sluiting:
                yield from ((flow, rij.kenmerk) for flow in VOLGT[rij.fase])
        elif rij.gepubliceerd_op is None and rij.fase in PROCEDUREFASEN:
            yield rij.fase, rij.naam


def _list_uit_kalender(sessie: Session, nu: datetime) -> list[tuple[Fase, str, str]]:
    """The closing of a round, and the newest daily tick that has come; older ones it makes up for."""
    lokaal = nu.astimezone(TIJDZONE)
    dag = lokaal.date() if lokaal.time() >= DAGTIK else lokaal.date() - timedelta(days=1)
    tik = datetime.combine(dag, DAGTIK, tzinfo=TIJDZONE)
    gevraagd = []
    for rij in sessie.exec(select(RondeRow).where(RondeRow.sluiting < nu).order_by(RondeRow.kenmerk)):
        if rij.fase is Fase.SELECTEREN:
            gevraagd.append((Fase.SELECTEREN, rij.kenmerk, "sluiting"))
        if rij.sluiting < tik:
            gevraagd += [(flow, rij.kenmerk, f"dag-{dag}") for flow in VOLGT[rij.fase]]
    for procedure in sessie.exec(select(ProcedureRow).order_by(ProcedureRow.naam)):
        if procedure.gepubliceerd_op is None and procedure.aangemaakt_op < tik:
            gevraagd.append((procedure.fase, procedure.naam, f"dag-{dag}"))
    return [(flow, naam, reden) for flow, naam, reden in gevraagd if not _had_tik(sessie, flow, naam, reden, tik)]


def _had_tik(sessie: Session, flow: Fase, onderwerp: str, reden: str, sinds: datetime) -> bool:
    """Whether a tick of today was asked for already, for whatever reason: it did what the daily one would."""
    vraag = select(TikRow.id).where(
        TikRow.flow == flow,
        TikRow.onderwerp == onderwerp,
        TikRow.gevraagd_op >= sinds,
        TikRow.stand != Tikstand.GEWEIGERD,
    )
    return reden.startswith("dag-") and sessie.exec(vraag).first() is not None


def _request(sessie: Session, nu: datetime, flow: Fase, onderwerp: str, sleutel: str, door: str) -> None:
    """Ask for a tick, unless it was asked for before or one that still has to begin will see the same."""
    wacht = select(TikRow.id).where(
        TikRow.flow == flow, TikRow.onderwerp == onderwerp, TikRow.stand == Tikstand.GEVRAAGD
    )
    if _find(sessie, sleutel) is None and sessie.exec(wacht).first() is None:
        sessie.add(_make(sleutel, flow, onderwerp, door, nu))
        sessie.flush()


def _take_back(sessie: Session, klok: datetime) -> None:
    """Ask again for ticks of which the run is gone: killed, or failed with attempts left after a pause that doubles."""
    for rij in sessie.exec(select(TikRow).where(col(TikRow.stand).in_([Tikstand.BEZIG, Tikstand.MISLUKT]))):
        if rij.poging >= MAX_POGINGEN or rij.gevraagd_door != SYSTEEM:
            if rij.stand is Tikstand.BEZIG and not is_bezet(sessie.get(WerkslotRow, rij.onderwerp), klok):
                rij.stand, rij.geeindigd_op = Tikstand.MISLUKT, klok
                rij.melding = AFGEBROKEN
                sessie.add(rij)
            continue
        if rij.stand is Tikstand.BEZIG:
            opnieuw = not is_bezet(sessie.get(WerkslotRow, rij.onderwerp), klok)
        else:
            opnieuw = rij.geeindigd_op is None or klok >= rij.geeindigd_op + timedelta(minutes=2**rij.poging)
        if opnieuw:
            rij.stand = Tikstand.GEVRAAGD
            sessie.add(rij)


def _list_startbaar(sessie: Session, klok: datetime) -> tuple[Tik, ...]:
    sessie.flush()
    vraag = select(TikRow).where(TikRow.stand == Tikstand.GEVRAAGD)
    volgorde = {fase: plaats for plaats, fase in enumerate(Fase)}
    tikken: dict[str, Tik] = {}
    for rij in sorted(sessie.exec(vraag), key=lambda rij: (rij.gevraagd_op, volgorde[Fase(rij.flow)], rij.onderwerp)):
        if rij.onderwerp not in tikken and not is_bezet(sessie.get(WerkslotRow, rij.onderwerp), klok):
            tikken[rij.onderwerp] = _to_tik(rij)
    return tuple(tikken.values())


def _find(sessie: Session, sleutel: str) -> TikRow | None:
    return sessie.exec(select(TikRow).where(TikRow.sleutel == sleutel)).one_or_none()


def _make(sleutel: str, flow: str, onderwerp: str, door: str, nu: datetime) -> TikRow:
    return TikRow(
        id=uuid4(),
        sleutel=sleutel,
        flow=str(flow),
        onderwerp=onderwerp,
        gevraagd_door=door,
        gevraagd_op=nu,
        stand=Tikstand.GEVRAAGD,
    )


def _to_tik(rij: TikRow) -> Tik:
    waarden = {naam: getattr(rij, naam) for naam in Tik.__struct_fields__}
    return Tik(**{**waarden, "gedaan": tuple(rij.gedaan)})
