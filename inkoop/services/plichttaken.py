"""What waits in a round beside its applications: offers that run out, notices, disputes, besluiten to look at again.

The same work as `taken` names for one round, counted over all of them in the database (services/takenlijst).

Bron: ontwerp 2.1; domein B.1.6, B.2.2, B.2.4, B.2.10-B.2.12, D.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, func, select

from inkoop.domain.deelnemers import Deelnamestand
from inkoop.domain.inlichtingen import end_of_gestand
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.services import rondeplichten
from inkoop.services.taakregel import Taakregel, Werk, make_regel
from inkoop.services.taaksoort import Taak, Taaksoort
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.geschil import GeschilRow
from inkoop.storage.tabellen.herziening import HeropeningRow
from inkoop.storage.tabellen.inlichtingen import VraagRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.voorbereiding import DeelnameRow
from inkoop.storage.vaste_vraag import ask


def list_geschillen(werk: Werk) -> Iterator[Taakregel]:
    """Complaints and kort gedingen without an end; the first last day, or the first hearing, counts."""
    for ronde, aantal, uiterlijk in ask(werk.sessie, _vraag_geschillen()):
        wat = "Handel klachten en kort gedingen af"
        yield make_regel(Taaksoort.GESCHIL_AFHANDELEN, wat, ronde, {Rol.JURIST}, aantal, uiterlijk)


@cache
def _vraag_geschillen() -> Any:
    dag = func.min(func.coalesce(GeschilRow.uiterlijk, GeschilRow.zitting_op))
    telling: Any = select(RondeRow.kenmerk, func.count()).add_columns(dag)
    return (
        telling.join(GeschilRow, col(GeschilRow.ronde_id) == RondeRow.id)
        .where(col(GeschilRow.uitkomst).is_(None))
        .group_by(col(RondeRow.kenmerk))
    )


def list_heropend(werk: Werk) -> Iterator[Taakregel]:
    """Aanmeldingen that were reopened and not compared with what was decided yet; no law gives a last day."""
    for ronde, aantal in ask(werk.sessie, _vraag_heropend()):
        wat = "Toets heropende aanmeldingen opnieuw en herzie het besluit"
        yield make_regel(Taaksoort.BESLUIT_HERZIEN, wat, ronde, {Rol.INKOPER}, aantal, None)


@cache
def _vraag_heropend() -> Any:
    return (
        select(RondeRow.kenmerk, func.count())
        .join(AanmeldingRow, col(AanmeldingRow.ronde_id) == RondeRow.id)
        .join(HeropeningRow, col(HeropeningRow.aanmelding_id) == AanmeldingRow.id)
        .where(col(HeropeningRow.afgedaan_op).is_(None))
        .group_by(col(RondeRow.kenmerk))
    )


def list_notas(werk: Werk) -> Iterator[Taakregel]:
    """Rounds that are open and ask for a nota: answers that wait for one, or a gemeente that withdrew."""
    for (id_,) in ask(werk.sessie, _vraag_voor_sluiting(), nu=werk.door.nu):
        for taak in rondeplichten.list_voor_sluiting(werk.sessie, werk.get_ronde(id_)):
            if taak.soort is Taaksoort.NOTA_OPSTELLEN:
                yield _to_regel(taak)


@cache
def _vraag_voor_sluiting() -> Any:
    met_vragen = select(VraagRow.ronde_id)
    zonder_gemeente = select(DeelnameRow.procedure_id).where(DeelnameRow.stand == Deelnamestand.UITGETREDEN)
    return select(RondeRow.id).where(
        col(RondeRow.sluiting) >= sa.bindparam("nu"),
        col(RondeRow.id).in_(met_vragen) | col(RondeRow.procedure_id).in_(zonder_gemeente),
    )


def list_plichten(werk: Werk) -> Iterator[Taakregel]:
    """Closed rounds whose offers run out before signing, or whose fase asks for a notice."""
    for rij in werk.rondes:
        if rij.sluiting >= werk.door.nu or rij.fase is Fase.IMPLEMENTEREN:
            continue
        definitie = werk.definities.read(rij.procedure)
        ronde = definitie.find_ronde(rij.kenmerk)
        if ronde.historisch:
            continue
        if end_of_gestand(rij.sluiting) < ronde.tekenen or rondeplichten.asks_aankondiging(definitie, rij.fase):
            for taak in rondeplichten.list_na_sluiting(werk.sessie, werk.get_ronde(rij.id), werk.door.nu):
                yield _to_regel(taak)


def _to_regel(taak: Taak) -> Taakregel:
    """A task of one round as a line of the list."""
    wat = f"{taak.wat[0].upper()}{taak.wat[1:]}"
    return make_regel(taak.soort, wat, taak.onderwerp, {Rol(taak.rol)}, 1, taak.uiterlijk)
