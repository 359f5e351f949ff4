"""What waits for somebody, over all procedures and rounds: one line for each kind of work in a round.

The lists of `taken` name every act of one round and read each application for it. This one counts in the
database, so that it stays quick with many rounds and applications; a line leads to the page with the work.

Bron: ontwerp 2.1; domein D.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Rondedefinitie
from inkoop.domain.toegang import MATRIX, Handeling
from inkoop.domain.verloop import (
    Aanmeldingsstatus,
    Besluitstatus,
    Documentstatus,
    Herstelstatus,
    Overeenkomststatus,
)
from inkoop.services import (
    documenten,
    getekendestukken,
    herstel,
    implementatiepunten,
    procedures,
    samenlopen,
    verzendingen,
)
from inkoop.services.apart import count_apart
from inkoop.services.huis import Huis, Optreden
from inkoop.services.inlichtingentaken import list_inlichtingen
from inkoop.services.taken import Taaksoort
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.bewaking import MeldingRow
from inkoop.storage.tabellen.bewijs import AanvullingRow, BewijsstukRow, FeitRow, VaststellingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.herstel import HerstelverzoekRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import BelangenverklaringRow, RondeRow, SamenloopRow, StoringRow


class Taakregel(msgspec.Struct, frozen=True, kw_only=True):
    """Work of one kind: how much of it, about what (the kenmerk of a round or procedure), until when, for whom."""

    soort: Taaksoort | str
    wat: str
    onderwerp: str
    rollen: frozenset[Rol]
    aantal: int = 1
    uiterlijk: date | None = None
    deel: str = ""


def list_taken(huis: Huis, door: Optreden) -> tuple[Taakregel, ...]:
    """What waits for this person in this role, the most urgent first; without a last day at the end."""
    with huis.winkel.lezen() as sessie:
        if door.rol is Rol.AANBIEDER:
            regels = []
        else:
            regels = [
                *_list_stappen(sessie),
                *_list_openingen(sessie, door.nu),
                *_list_samenlopen(sessie),
                *_list_belangen(sessie, door),
                *_list_feiten(sessie),
                *_list_herstel(sessie),
                *_list_besluiten(sessie),
                *_list_documenten(huis, sessie),
                *_list_tekenen(sessie),
                *_list_implementatie(sessie),
                *_list_meldingen(sessie),
                *_list_apart(sessie),
                *_list_storingen(sessie),
                *_list_onbewezen(huis, sessie),
                *(_regel(*een) for een in list_inlichtingen(sessie)),
            ]
    eigen = [regel for regel in regels if door.rol in regel.rollen]
    return tuple(sorted(eigen, key=lambda r: (r.uiterlijk is None, r.uiterlijk or date.max, r.onderwerp)))


def _list_apart(sessie: Session) -> Iterator[Taakregel]:
    """What flows could not do until somebody has looked."""
    for ronde, aantal in count_apart(sessie).items():
        yield Taakregel(
            soort=Taaksoort.APART_GEZET,
            wat="Kijk naar wat een flow apart heeft gezet; de rest is gewoon doorgegaan",
            onderwerp=ronde,
            rollen=frozenset({Rol.INKOPER}),
            aantal=aantal,
        )


def _list_stappen(sessie: Session) -> Iterator[Taakregel]:
    """Governance steps of procedures that are not published, and of rounds that run."""
    for naam, fase in sessie.exec(
        select(ProcedureRow.naam, ProcedureRow.fase).where(col(ProcedureRow.gepubliceerd_op).is_(None))
    ):
        yield from _describe_stappen(sessie, naam, Fase(fase), "")
    lopend = (
        select(ProcedureRow.naam, RondeRow.fase, RondeRow.kenmerk)
        .join(ProcedureRow, col(ProcedureRow.id) == RondeRow.procedure_id)
        .where(col(RondeRow.geopend_op).is_not(None), col(RondeRow.fase) != Fase.IMPLEMENTEREN)
    )
    for naam, fase, ronde in sessie.exec(lopend):
        yield from _describe_stappen(sessie, naam, Fase(fase), ronde)


def _describe_stappen(sessie: Session, procedure: str, fase: Fase, ronde: str) -> Iterator[Taakregel]:
    """The first open step: what comes after it waits for it."""
    for openstap in procedures.list_openstaand(sessie, procedure, fase, ronde)[:1]:
        yield Taakregel(
            soort=Taaksoort.STAP_VASTLEGGEN,
            wat=f"{openstap.stap.naam}: leg vast wat is besloten door {', '.join(openstap.organen)}",
            onderwerp=ronde or procedure,
            rollen=frozenset({Rol(openstap.stap.rol)}),
            uiterlijk=openstap.stap.uiterlijk,
            deel=openstap.stap.id,
        )


def _list_openingen(sessie: Session, nu: datetime) -> Iterator[Taakregel]:
    """Rounds that have closed and are not opened by two people yet."""
    for rij in sessie.exec(select(RondeRow).where(col(RondeRow.geopend_op).is_(None), RondeRow.sluiting < nu)):
        if _find_definitie(sessie, rij.procedure_id, rij.kenmerk).historisch:
            continue
        if rij.openingsverzoek_door is None:
            yield Taakregel(
                soort=Taaksoort.OPENING_VERZOEKEN,
                wat="Vraag om de opening van de gesloten ronde; een ander opent daarna",
                onderwerp=rij.kenmerk,
                rollen=frozenset({Rol.INKOPER}),
            )
        else:
            yield Taakregel(
                soort=Taaksoort.RONDE_OPENEN,
                wat=f"Open de ronde als tweede persoon ({rij.openingsverzoek_door} vroeg erom)",
                onderwerp=rij.kenmerk,
                rollen=frozenset({Rol.INKOPER, Rol.JURIST}),
            )


def _list_samenlopen(sessie: Session) -> Iterator[Taakregel]:
    """Rounds in which somebody takes part too often for a perceel, and nobody decided yet which aanmelding counts."""
    vraag = select(RondeRow).where(
        col(RondeRow.id).in_(select(SamenloopRow.ronde_id).where(col(SamenloopRow.besloten_op).is_(None)))
    )
    for rij in sessie.exec(vraag):
        if aantal := len(samenlopen.list_open(sessie, rij)):
            yield Taakregel(
                soort=Taaksoort.SAMENLOOP_BESLISSEN,
                wat="Beslis welke aanmelding meetelt van wie te vaak meedoet",
                onderwerp=rij.kenmerk,
                rollen=frozenset({Rol.INKOPER, Rol.JURIST}),
                aantal=aantal,
                uiterlijk=_find_definitie(sessie, rij.procedure_id, rij.kenmerk).herstelverzoek,
            )


def _list_belangen(sessie: Session, door: Optreden) -> Iterator[Taakregel]:
    """Open rounds in which this person made no statement about interests (FE-7)."""
    verklaard = select(BelangenverklaringRow.ronde_id).where(BelangenverklaringRow.persoon == door.wie)
    vraag = select(RondeRow.kenmerk).where(
        col(RondeRow.geopend_op).is_not(None),
        col(RondeRow.fase) == Fase.SELECTEREN,
        col(RondeRow.id).not_in(verklaard),
    )
    for ronde in sessie.exec(vraag):
        yield Taakregel(
            soort="belangen_verklaren",
            wat="Leg uw belangenverklaring af, voordat u een aanmelding beoordeelt of een besluit controleert",
            onderwerp=ronde,
            rollen=frozenset({Rol.BEOORDELAAR, Rol.JURIST}),
        )


_OPEN = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)


def _list_feiten(sessie: Session) -> Iterator[Taakregel]:
    """Applications with facts that nobody established, and those that wait for a judgement."""
    open_feiten: Any = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, func.count(func.distinct(AanmeldingRow.id)))
        .select_from(AanmeldingRow)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .join(FeitRow, col(FeitRow.aanmelding_id) == AanmeldingRow.id)
        .join(BewijsstukRow, col(BewijsstukRow.id) == FeitRow.bewijsstuk_id)
        .outerjoin(VaststellingRow, col(VaststellingRow.feit_id) == FeitRow.id)
        .outerjoin(AanvullingRow, col(AanvullingRow.id) == BewijsstukRow.aanvulling_id)
        .where(
            col(RondeRow.geopend_op).is_not(None),
            col(AanmeldingRow.status).in_(_OPEN),
            col(VaststellingRow.id).is_(None),
            col(AanvullingRow.tijdig).is_not(False),
        )
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id))
    )
    for ronde, procedure, aantal in sessie.exec(open_feiten):
        yield Taakregel(
            soort=Taaksoort.FEITEN_VASTSTELLEN,
            wat="Stel feiten vast: vergelijk wat is opgegeven met het bewijs",
            onderwerp=ronde,
            rollen=frozenset({Rol.BEOORDELAAR}),
            aantal=aantal,
            uiterlijk=_find_definitie(sessie, procedure, ronde).herstelverzoek,
        )
    in_behandeling = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, func.count())
        .join(AanmeldingRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .outerjoin(BesluitRow, col(BesluitRow.aanmelding_id) == AanmeldingRow.id)
        .where(
            col(RondeRow.geopend_op).is_not(None), col(AanmeldingRow.status).in_(_OPEN), col(BesluitRow.id).is_(None)
        )
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id))
    )
    for ronde, procedure, aantal in sessie.exec(in_behandeling):
        yield Taakregel(
            soort=Taaksoort.BEOORDELEN,
            wat="Beoordeel wat regels niet kunnen beslissen",
            onderwerp=ronde,
            rollen=frozenset({Rol.BEOORDELAAR, Rol.JURIST}),
            aantal=aantal,
            uiterlijk=_find_definitie(sessie, procedure, ronde).besluit,
        )


def _find_definitie(sessie: Session, procedure_id: Any, ronde: str) -> Rondedefinitie:
    return procedures.read_definitie(sessie, procedure_id).find_ronde(ronde)


_HERSTEL = {
    Herstelstatus.CONCEPT: (
        Taaksoort.HERSTEL_CONTROLEREN,
        "Controleer herstelverzoeken",
        {Rol.JURIST, Rol.BEOORDELAAR},
    ),
    Herstelstatus.GECONTROLEERD: (Taaksoort.HERSTEL_VERZENDEN, "Verzend herstelverzoeken", {Rol.INKOPER}),
}


def _list_herstel(sessie: Session) -> Iterator[Taakregel]:
    vraag = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, HerstelverzoekRow.status, func.count())
        .join(AanmeldingRow, col(AanmeldingRow.ronde_id) == RondeRow.id)
        .join(HerstelverzoekRow, col(HerstelverzoekRow.aanmelding_id) == AanmeldingRow.id)
        .where(col(HerstelverzoekRow.status).in_(tuple(_HERSTEL)))
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id), col(HerstelverzoekRow.status))
    )
    for ronde, procedure, status, aantal in sessie.exec(vraag):
        soort, wat, rollen = _HERSTEL[Herstelstatus(status)]
        uiterlijk = _find_definitie(sessie, procedure, ronde).herstelverzoek
        yield _regel(soort, wat, ronde, rollen, aantal, uiterlijk)


_BESLUIT = {
    Besluitstatus.CONCEPT: (Taaksoort.BESLUITEN_CONTROLEREN, "Controleer besluiten", {Rol.JURIST}),
    Besluitstatus.GECONTROLEERD: (Taaksoort.BESLUITEN_NEMEN, "Neem besluiten", {Rol.GEMANDATEERDE}),
    Besluitstatus.GENOMEN: (Taaksoort.BESLUITEN_VERZENDEN, "Verzend besluiten", {Rol.INKOPER}),
}


def _list_besluiten(sessie: Session) -> Iterator[Taakregel]:
    vraag = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, BesluitRow.status, func.count())
        .join(AanmeldingRow, col(AanmeldingRow.ronde_id) == RondeRow.id)
        .join(BesluitRow, col(BesluitRow.aanmelding_id) == AanmeldingRow.id)
        .where(col(BesluitRow.status).in_(tuple(_BESLUIT)))
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id), col(BesluitRow.status))
    )
    for ronde, procedure, status, aantal in sessie.exec(vraag):
        soort, wat, rollen = _BESLUIT[Besluitstatus(status)]
        yield _regel(soort, wat, ronde, rollen, aantal, _find_definitie(sessie, procedure, ronde).besluit)


def _list_documenten(huis: Huis, sessie: Session) -> Iterator[Taakregel]:
    """Documents to check, to send and to mend, per kind and round. Letters about repair go with their request."""
    te_doen = (Documentstatus.CONCEPT, Documentstatus.IN_REVIEW, Documentstatus.AKKOORD, Documentstatus.RETOUR)
    los = col(DocumentRow.sleutel).startswith(documenten.LOS[0])
    for begin in documenten.LOS[1:]:
        los = los | col(DocumentRow.sleutel).startswith(begin)
    vraag: Any = (
        select(DocumentRow.soort, DocumentRow.status, func.coalesce(DocumentRow.ronde, DocumentRow.onderwerp))
        .add_columns(los, func.count())
        .where(col(DocumentRow.status).in_(te_doen), ~col(DocumentRow.sleutel).startswith(herstel.PREFIX))
        .group_by(
            col(DocumentRow.soort),
            col(DocumentRow.status),
            func.coalesce(DocumentRow.ronde, DocumentRow.onderwerp),
            los,
        )
    )
    for soort, status, onderwerp, is_los, aantal in sessie.exec(vraag):
        if status is Documentstatus.RETOUR:
            yield _regel(Taaksoort.DOCUMENT_HERZIEN, f"Herzien: {soort}", onderwerp, {Rol.INKOPER}, aantal, None)
        elif status is Documentstatus.AKKOORD:
            if is_los:
                yield _regel(
                    Taaksoort.DOCUMENT_VERZENDEN, f"Verzenden: {soort}", onderwerp, {Rol.INKOPER}, aantal, None
                )
        elif rollen := documenten.list_controleurs(huis, soort):
            yield _regel(Taaksoort.DOCUMENT_GOEDKEUREN, f"Goedkeuren: {soort}", onderwerp, rollen, aantal, None)


def _list_tekenen(sessie: Session) -> Iterator[Taakregel]:
    vraag = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, func.count())
        .join(AanmeldingRow, col(AanmeldingRow.ronde_id) == RondeRow.id)
        .join(OvereenkomstRow, col(OvereenkomstRow.aanmelding_id) == AanmeldingRow.id)
        .where(OvereenkomstRow.status == Overeenkomststatus.TER_ONDERTEKENING)
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id))
    )
    for ronde, procedure, aantal in sessie.exec(vraag):
        wie = {Rol.GEMANDATEERDE, Rol.INKOPER, Rol.CONTRACTMANAGER}
        uiterlijk = _find_definitie(sessie, procedure, ronde).tekenen
        yield _regel(Taaksoort.TEKENEN, "Overeenkomsten om te tekenen", ronde, wie, aantal, uiterlijk)
    wie = set(MATRIX[Handeling.HANDTEKENING_CONTROLEREN].rollen)
    for ronde, aantal in getekendestukken.count_wachtend(sessie):
        yield _regel(Taaksoort.HANDTEKENING_CONTROLEREN, "Getekende stukken", ronde, wie, aantal, None)


def _list_implementatie(sessie: Session) -> Iterator[Taakregel]:
    """Open points of putting agreements to work, per round and role; the first last day counts."""
    for rij, standen in implementatiepunten.list_open_rondes(sessie):
        open_ = [punt for stand in standen for punt in stand.open]
        for rol in dict.fromkeys(Rol(punt.punt.rol) for punt in open_):
            eigen = [punt for punt in open_ if punt.punt.rol == rol]
            yield _regel(
                Taaksoort.IMPLEMENTEREN,
                "Vink punten af van overeenkomsten die van start gaan",
                rij.kenmerk,
                {rol},
                len(eigen),
                min(punt.uiterlijk for punt in eigen),
            )


def _list_meldingen(sessie: Session) -> Iterator[Taakregel]:
    """What guarding reported and nobody dealt with, per procedure, kind and role; the first last day counts."""
    vraag: Any = (
        select(ProcedureRow.naam, MeldingRow.soort, MeldingRow.rol, func.count())
        .add_columns(func.min(MeldingRow.uiterlijk))
        .join(ProcedureRow, col(ProcedureRow.id) == MeldingRow.procedure_id)
        .where(col(MeldingRow.afgehandeld_op).is_(None))
        .group_by(col(ProcedureRow.naam), col(MeldingRow.soort), col(MeldingRow.rol))
    )
    for procedure, soort, rol, aantal, uiterlijk in sessie.exec(vraag):
        wat = f"Meldingen van de bewaking: {soort}"
        yield _regel(Taaksoort.MELDING_AFHANDELEN, wat, procedure, {Rol(rol)}, aantal, uiterlijk)


def _list_storingen(sessie: Session) -> Iterator[Taakregel]:
    """Outages that were reported and not decided on."""
    vraag = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, func.count())
        .join(StoringRow, col(StoringRow.ronde_id) == RondeRow.id)
        .where(col(StoringRow.erkend).is_(None))
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id))
    )
    for ronde, procedure, aantal in sessie.exec(vraag):
        wat = "Beslis over een gemelde storing; tot dan hoort niemand dat hij te laat was"
        uiterlijk = _find_definitie(sessie, procedure, ronde).herstelverzoek
        yield _regel(Taaksoort.STORING_BESLISSEN, wat, ronde, {Rol.JURIST, Rol.GEMANDATEERDE}, aantal, uiterlijk)


def _list_onbewezen(huis: Huis, sessie: Session) -> Iterator[Taakregel]:
    """Letters about besluiten that went out without proof on record, per round; the oldest gives the day."""
    wat = "Leg het bewijs van verzending van brieven vast"
    for ronde, aantal, oudste in verzendingen.count_onbewezen(sessie):
        uiterlijk = verzendingen.find_bewijsdag(oudste, huis.feestdagen)
        yield _regel(Taaksoort.VERZENDING_BEWIJZEN, wat, ronde, {Rol.INKOPER}, aantal, uiterlijk)


def _regel(
    soort: Taaksoort,
    wat: str,
    onderwerp: str,
    rollen: Sequence[Rol] | set[Rol] | frozenset[Rol],
    aantal: int,
    uiterlijk: date | None,
) -> Taakregel:
    return Taakregel(
        soort=soort, wat=wat, onderwerp=onderwerp, rollen=frozenset(rollen), aantal=aantal, uiterlijk=uiterlijk
    )


def count_dagen(uiterlijk: date | None, nu: datetime) -> int | None:
    """How many days are left until the last day; negative when it has passed."""
    return None if uiterlijk is None else (uiterlijk - local_date(nu)).days
