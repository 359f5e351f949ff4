"""What waits in rounds from opening to letters: counted in the database, one line a round and kind of work.

Bron: ontwerp 2.1; domein D.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Herstelstatus
from inkoop.services import samenlopen, verzendingen
from inkoop.services.taakregel import Taakregel, Werk, make_regel
from inkoop.services.taaksoort import Taaksoort
from inkoop.storage.grondslag import is_een_van, kale_sleutel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.bewijs import AanvullingRow, BewijsstukRow, FeitRow, VaststellingRow
from inkoop.storage.tabellen.herstel import HerstelverzoekRow
from inkoop.storage.tabellen.ronde import BelangenverklaringRow, RondeRow, SamenloopRow, StoringRow
from inkoop.storage.vaste_vraag import ask


def list_openingen(werk: Werk) -> Iterator[Taakregel]:
    """Rounds that have closed and are not opened by two people yet."""
    for rij in werk.rondes:
        if rij.geopend or rij.sluiting >= werk.door.nu:
            continue
        if werk.find_ronde(rij.procedure, rij.kenmerk).historisch:
            continue
        if rij.verzoek_door is None:
            yield Taakregel(
                soort=Taaksoort.OPENING_VERZOEKEN,
                wat="Vraag om de opening van de gesloten ronde; een ander opent daarna",
                onderwerp=rij.kenmerk,
                rollen=frozenset({Rol.INKOPER}),
            )
        else:
            yield Taakregel(
                soort=Taaksoort.RONDE_OPENEN,
                wat=f"Open de ronde als tweede persoon ({rij.verzoek_door} vroeg erom)",
                onderwerp=rij.kenmerk,
                rollen=frozenset({Rol.INKOPER, Rol.JURIST}),
            )


def list_samenlopen(werk: Werk) -> Iterator[Taakregel]:
    """Rounds in which somebody takes part too often for a perceel, and nobody decided yet which aanmelding counts."""
    for (id_,) in ask(werk.sessie, _vraag_samenlopen()):
        rij = werk.get_ronde(id_)
        if aantal := len(samenlopen.list_open(werk.sessie, rij)):
            yield Taakregel(
                soort=Taaksoort.SAMENLOOP_BESLISSEN,
                wat="Beslis welke aanmelding meetelt van wie te vaak meedoet",
                onderwerp=rij.kenmerk,
                rollen=frozenset({Rol.INKOPER, Rol.JURIST}),
                aantal=aantal,
                uiterlijk=werk.find_ronde(rij.procedure_id, rij.kenmerk).herstelverzoek,
            )


@cache
def _vraag_samenlopen() -> Any:
    return select(SamenloopRow.ronde_id).where(col(SamenloopRow.besloten_op).is_(None)).distinct()


def list_belangen(werk: Werk) -> Iterator[Taakregel]:
    """Open rounds in which this person made no statement about interests (FE-7)."""
    gevraagd = [rij for rij in werk.rondes if rij.geopend and rij.fase is Fase.SELECTEREN]
    verklaard = {id_ for (id_,) in ask(werk.sessie, _vraag_verklaard(), persoon=werk.door.wie)} if gevraagd else set()
    for rij in gevraagd:
        if rij.id in verklaard:
            continue
        yield Taakregel(
            soort="belangen_verklaren",
            wat="Leg uw belangenverklaring af, voordat u een aanmelding beoordeelt of een besluit controleert",
            onderwerp=rij.kenmerk,
            rollen=frozenset({Rol.BEOORDELAAR, Rol.JURIST}),
        )


@cache
def _vraag_verklaard() -> Any:
    return select(kale_sleutel(BelangenverklaringRow.ronde_id)).where(
        BelangenverklaringRow.persoon == sa.bindparam("persoon")
    )


_OPEN = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)


def list_feiten(werk: Werk) -> Iterator[Taakregel]:
    """Applications with facts that nobody established, and those that wait for a judgement."""
    # A jurist establishes no facts, and looking for them takes longer than the rest of the list.
    tellingen = ask(werk.sessie, _vraag_open(werk.door.rol is not Rol.JURIST))
    for ronde, procedure, feiten, _ in tellingen:
        if feiten:
            yield Taakregel(
                soort=Taaksoort.FEITEN_VASTSTELLEN,
                wat="Stel feiten vast: vergelijk wat is opgegeven met het bewijs",
                onderwerp=ronde,
                rollen=frozenset({Rol.BEOORDELAAR}),
                aantal=feiten,
                uiterlijk=werk.find_ronde(procedure, ronde).herstelverzoek,
            )
    for ronde, procedure, _, zonder_besluit in tellingen:
        if zonder_besluit:
            yield Taakregel(
                soort=Taaksoort.BEOORDELEN,
                wat="Beoordeel wat regels niet kunnen beslissen",
                onderwerp=ronde,
                rollen=frozenset({Rol.BEOORDELAAR, Rol.JURIST}),
                aantal=zonder_besluit,
                uiterlijk=werk.find_ronde(procedure, ronde).besluit,
            )


@cache
def _vraag_open(met_feiten: bool) -> Any:
    """Of the applications that are open in each round: how many with facts to establish, how many without besluit."""
    # Asked of each aanmelding that is open, and not of each fact there ever was: those only grow.
    open_feit: Any = (
        select(FeitRow.id)
        .join(BewijsstukRow, col(BewijsstukRow.id) == FeitRow.bewijsstuk_id)
        .outerjoin(VaststellingRow, col(VaststellingRow.feit_id) == FeitRow.id)
        .outerjoin(AanvullingRow, col(AanvullingRow.id) == BewijsstukRow.aanvulling_id)
        .where(
            FeitRow.aanmelding_id == AanmeldingRow.id,
            col(VaststellingRow.feit_id).is_(None),
            col(AanvullingRow.tijdig).is_not(False),
        )
    )
    feiten = open_feit.correlate(AanmeldingRow).exists() if met_feiten else sa.false()
    besluit: Any = select(BesluitRow.aanmelding_id).where(BesluitRow.aanmelding_id == AanmeldingRow.id)
    zonder_besluit = ~besluit.correlate(AanmeldingRow).exists()
    return (
        sa.select(RondeRow.kenmerk, kale_sleutel(RondeRow.procedure_id), _count_if(feiten), _count_if(zonder_besluit))  # type: ignore[call-overload]
        .join(AanmeldingRow, col(AanmeldingRow.ronde_id) == RondeRow.id)
        .where(col(RondeRow.geopend_op).is_not(None), is_een_van(col(AanmeldingRow.status), *_OPEN))
        .group_by(RondeRow.kenmerk, RondeRow.procedure_id)
    )


def _count_if(voorwaarde: Any) -> Any:
    return sa.func.sum(sa.case((voorwaarde, 1), else_=0))


def _count_per_ronde(tabel: Any) -> Any:
    """How many rows of a table of what is in a round there are: kenmerk of the round, its procedure, the number."""
    return (
        sa.select(RondeRow.kenmerk, kale_sleutel(RondeRow.procedure_id), sa.func.count())  # type: ignore[call-overload]
        .join(tabel, tabel.ronde_id == RondeRow.id)
        .group_by(RondeRow.kenmerk, RondeRow.procedure_id)
    )


_HERSTEL = {
    Herstelstatus.CONCEPT: (
        Taaksoort.HERSTEL_CONTROLEREN,
        "Controleer herstelverzoeken",
        {Rol.JURIST, Rol.BEOORDELAAR},
    ),
    Herstelstatus.GECONTROLEERD: (Taaksoort.HERSTEL_VERZENDEN, "Verzend herstelverzoeken", {Rol.INKOPER}),
}


def list_herstel(werk: Werk) -> Iterator[Taakregel]:
    """Requests for repair to check and to send."""
    eigen = _list_eigen(_HERSTEL, werk.door.rol)
    for ronde, procedure, status, aantal in ask(werk.sessie, _vraag_herstel(*eigen)) if eigen else ():
        soort, wat, rollen = _HERSTEL[Herstelstatus(status)]
        uiterlijk = werk.find_ronde(procedure, ronde).herstelverzoek
        yield make_regel(soort, wat, ronde, rollen, aantal, uiterlijk)


@cache
def _vraag_herstel(*eigen: Herstelstatus) -> Any:
    status = col(HerstelverzoekRow.status)
    return _count_per_status(HerstelverzoekRow, status, is_een_van(status, *_HERSTEL) & is_een_van(status, *eigen))


def _list_eigen(soorten: Mapping[Any, tuple[Taaksoort, str, Collection[Rol]]], rol: Rol) -> list[Any]:
    """The statuses that wait for a role: nothing is counted for another."""
    return [status for status, (_, _, rollen) in soorten.items() if rol in rollen]


def _count_per_status(tabel: Any, status: Any, voorwaarde: Any) -> Any:
    """How many rows about an aanmelding there are in each round and status: counted before the round is looked up."""
    telling = (
        sa.select(AanmeldingRow.ronde_id, status.label("status"), sa.func.count().label("aantal"))  # type: ignore[call-overload]
        .join(tabel, tabel.aanmelding_id == AanmeldingRow.id)
        .where(voorwaarde)
        .group_by(AanmeldingRow.ronde_id, status)
        .subquery()
    )
    return sa.select(RondeRow.kenmerk, kale_sleutel(RondeRow.procedure_id), telling.c.status, telling.c.aantal).join(  # type: ignore[call-overload]
        telling, telling.c.ronde_id == RondeRow.id
    )


_BESLUIT = {
    Besluitstatus.CONCEPT: (Taaksoort.BESLUITEN_CONTROLEREN, "Controleer besluiten", {Rol.JURIST}),
    Besluitstatus.GECONTROLEERD: (Taaksoort.BESLUITEN_NEMEN, "Neem besluiten", {Rol.GEMANDATEERDE}),
    Besluitstatus.GENOMEN: (Taaksoort.BESLUITEN_VERZENDEN, "Verzend besluiten", {Rol.INKOPER}),
}


def list_besluiten(werk: Werk) -> Iterator[Taakregel]:
    """Besluiten to check, to take and to send."""
    eigen = _list_eigen(_BESLUIT, werk.door.rol)
    for ronde, procedure, status, aantal in ask(werk.sessie, _vraag_besluiten(*eigen)) if eigen else ():
        soort, wat, rollen = _BESLUIT[Besluitstatus(status)]
        yield make_regel(soort, wat, ronde, rollen, aantal, werk.find_ronde(procedure, ronde).besluit)


@cache
def _vraag_besluiten(*eigen: Besluitstatus) -> Any:
    status = col(BesluitRow.status)
    return _count_per_status(BesluitRow, status, is_een_van(status, *_BESLUIT) & is_een_van(status, *eigen))


def list_storingen(werk: Werk) -> Iterator[Taakregel]:
    """Outages that were reported and not decided on."""
    for ronde, procedure, aantal in ask(werk.sessie, _vraag_storingen()):
        wat = "Beslis over een gemelde storing; tot dan hoort niemand dat hij te laat was"
        uiterlijk = werk.find_ronde(procedure, ronde).herstelverzoek
        yield make_regel(Taaksoort.STORING_BESLISSEN, wat, ronde, {Rol.JURIST, Rol.GEMANDATEERDE}, aantal, uiterlijk)


@cache
def _vraag_storingen() -> Any:
    return _count_per_ronde(StoringRow).where(col(StoringRow.erkend).is_(None))


def list_onbewezen(werk: Werk) -> Iterator[Taakregel]:
    """Letters about besluiten that went out without proof on record, per round; the oldest gives the day."""
    wat = "Leg het bewijs van verzending van brieven vast"
    for ronde, aantal, oudste in verzendingen.count_onbewezen(werk.sessie):
        uiterlijk = verzendingen.find_bewijsdag(oudste, werk.huis.feestdagen)
        yield make_regel(Taaksoort.VERZENDING_BEWIJZEN, wat, ronde, {Rol.INKOPER}, aantal, uiterlijk)
