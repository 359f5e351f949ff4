"""Numbers by which an administrator sees whether the machine keeps up: counted in our own records, nothing personal.

Bron: ontwerp 7; project default (which numbers).
"""

from __future__ import annotations

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.post import Poststand
from inkoop.domain.verloop import Documentstatus
from inkoop.services.huis import Huis
from inkoop.services.werkslot import is_bezet
from inkoop.storage.auditregel import read_kop
from inkoop.storage.tabellen.aandrijving import TikRow, Tikstand, WerkslotRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.post import PostRow


class Meetwaarde(msgspec.Struct, frozen=True, kw_only=True):
    """One number: its name as monitoring programs take it, a value, what it counts, and the kind it is about."""

    naam: str
    waarde: float
    uitleg: str
    stand: str = ""


def measure(huis: Huis) -> tuple[Meetwaarde, ...]:
    """Every number, in a fixed order; a kind that does not occur is 0, so that an alarm never waits for its first."""
    nu = huis.winkel.read_klok()
    with huis.winkel.lezen() as sessie:
        tikken = _count(sessie, TikRow.stand)
        post = _count(sessie, PostRow.stand)
        gevraagd = sessie.exec(select(func.min(TikRow.gevraagd_op)).where(TikRow.stand == Tikstand.GEVRAAGD)).one()
        wacht = sessie.exec(
            select(func.min(PostRow.gemaakt_op)).where(col(PostRow.stand).in_([Poststand.KLAAR, Poststand.MISLUKT]))
        ).one()
        te_maken = sessie.exec(
            select(func.count()).select_from(DocumentRow).where(DocumentRow.status == Documentstatus.TE_MAKEN)
        ).one()
        bezig = sum(1 for rij in sessie.exec(select(WerkslotRow)) if is_bezet(rij, nu))
        kop = read_kop(sessie.connection())
    return (
        *(
            Meetwaarde(naam="inkoop_tikken", stand=s, waarde=tikken.get(s, 0), uitleg="ticks van flows per stand")
            for s in Tikstand
        ),
        Meetwaarde(
            naam="inkoop_tik_wacht_seconden",
            waarde=0 if gevraagd is None else (nu - gevraagd).total_seconds(),
            uitleg="hoe lang de oudste gevraagde tick wacht",
        ),
        Meetwaarde(naam="inkoop_bezig", waarde=bezig, uitleg="rondes en procedures waaraan nu een run werkt"),
        Meetwaarde(
            naam="inkoop_documenten_te_maken", waarde=te_maken, uitleg="documenten die nog gemaakt moeten worden"
        ),
        *(
            Meetwaarde(naam="inkoop_post", stand=s, waarde=post.get(s, 0), uitleg="berichten per stand")
            for s in Poststand
        ),
        Meetwaarde(
            naam="inkoop_post_wacht_seconden",
            waarde=0 if wacht is None else (nu - wacht).total_seconds(),
            uitleg="hoe lang het oudste bericht wacht dat nog uit moet",
        ),
        Meetwaarde(
            naam="inkoop_handelingen_totaal",
            waarde=0 if kop is None else kop.aantal,
            uitleg="regels in het auditlogboek; gaat alleen omhoog",
        ),
    )


def _count(sessie: Session, stand: object) -> dict[str, int]:
    vraag = select(stand, func.count()).group_by(stand)  # type: ignore[call-overload]
    return {str(een): aantal for een, aantal in sessie.exec(vraag)}


def format_prometheus(waarden: tuple[Meetwaarde, ...]) -> str:
    """The numbers in the text form that Prometheus and its kind read."""
    regels: list[str] = []
    for een in waarden:
        if not any(regel.startswith(f"# HELP {een.naam} ") for regel in regels):
            soort = "counter" if een.naam.endswith("_totaal") else "gauge"
            regels += [f"# HELP {een.naam} {een.uitleg}", f"# TYPE {een.naam} {soort}"]
        label = f'{{stand="{een.stand}"}}' if een.stand else ""
        regels.append(f"{een.naam}{label} {een.waarde:g}")
    return "\n".join(regels) + "\n"
