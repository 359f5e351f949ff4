"""What waits in rounds from opening to letters: counted in the database, one line a round and kind of work.

Bron: ontwerp 2.1; domein D.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlmodel import col, func, select

from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Aanmeldingsstatus, Besluitstatus, Herstelstatus
from inkoop.services import samenlopen, verzendingen
from inkoop.services.taakregel import Taakregel, Werk, make_regel
from inkoop.services.taaksoort import Taaksoort
from inkoop.storage.grondslag import is_een_van
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.bewijs import AanvullingRow, BewijsstukRow, FeitRow, VaststellingRow
from inkoop.storage.tabellen.herstel import HerstelverzoekRow
from inkoop.storage.tabellen.ronde import BelangenverklaringRow, RondeRow, SamenloopRow, StoringRow


def list_openingen(werk: Werk) -> Iterator[Taakregel]:
    """Rounds that have closed and are not opened by two people yet."""
    vraag: Any = select(RondeRow.procedure_id, RondeRow.kenmerk, RondeRow.openingsverzoek_door).where(
        col(RondeRow.geopend_op).is_(None), RondeRow.sluiting < werk.door.nu
    )
    for rij in werk.sessie.exec(vraag):
        if werk.find_ronde(rij.procedure_id, rij.kenmerk).historisch:
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


def list_samenlopen(werk: Werk) -> Iterator[Taakregel]:
    """Rounds in which somebody takes part too often for a perceel, and nobody decided yet which aanmelding counts."""
    vraag = select(RondeRow).where(
        col(RondeRow.id).in_(select(SamenloopRow.ronde_id).where(col(SamenloopRow.besloten_op).is_(None)))
    )
    for rij in werk.sessie.exec(vraag):
        if aantal := len(samenlopen.list_open(werk.sessie, rij)):
            yield Taakregel(
                soort=Taaksoort.SAMENLOOP_BESLISSEN,
                wat="Beslis welke aanmelding meetelt van wie te vaak meedoet",
                onderwerp=rij.kenmerk,
                rollen=frozenset({Rol.INKOPER, Rol.JURIST}),
                aantal=aantal,
                uiterlijk=werk.find_ronde(rij.procedure_id, rij.kenmerk).herstelverzoek,
            )


def list_belangen(werk: Werk) -> Iterator[Taakregel]:
    """Open rounds in which this person made no statement about interests (FE-7)."""
    verklaard = select(BelangenverklaringRow.ronde_id).where(BelangenverklaringRow.persoon == werk.door.wie)
    vraag = select(RondeRow.kenmerk).where(
        col(RondeRow.geopend_op).is_not(None),
        col(RondeRow.fase) == Fase.SELECTEREN,
        col(RondeRow.id).not_in(verklaard),
    )
    for ronde in werk.sessie.exec(vraag):
        yield Taakregel(
            soort="belangen_verklaren",
            wat="Leg uw belangenverklaring af, voordat u een aanmelding beoordeelt of een besluit controleert",
            onderwerp=ronde,
            rollen=frozenset({Rol.BEOORDELAAR, Rol.JURIST}),
        )


_OPEN = (Aanmeldingsstatus.ONTVANGEN, Aanmeldingsstatus.IN_BEHANDELING)


def list_feiten(werk: Werk) -> Iterator[Taakregel]:
    """Applications with facts that nobody established, and those that wait for a judgement."""
    # Asked of each aanmelding that is open, and not of each fact there ever was: those only grow.
    open_feit: Any = (
        select(FeitRow.id)
        .join(BewijsstukRow, col(BewijsstukRow.id) == FeitRow.bewijsstuk_id)
        .outerjoin(VaststellingRow, col(VaststellingRow.feit_id) == FeitRow.id)
        .outerjoin(AanvullingRow, col(AanvullingRow.id) == BewijsstukRow.aanvulling_id)
        .where(
            FeitRow.aanmelding_id == AanmeldingRow.id,
            col(VaststellingRow.id).is_(None),
            col(AanvullingRow.tijdig).is_not(False),
        )
    )
    open_feiten: Any = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, func.count())
        .join(AanmeldingRow, col(AanmeldingRow.ronde_id) == RondeRow.id)
        .where(
            col(RondeRow.geopend_op).is_not(None),
            col(AanmeldingRow.status).in_(_OPEN),
            open_feit.correlate(AanmeldingRow).exists(),
        )
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id))
    )
    for ronde, procedure, aantal in werk.sessie.exec(open_feiten):
        yield Taakregel(
            soort=Taaksoort.FEITEN_VASTSTELLEN,
            wat="Stel feiten vast: vergelijk wat is opgegeven met het bewijs",
            onderwerp=ronde,
            rollen=frozenset({Rol.BEOORDELAAR}),
            aantal=aantal,
            uiterlijk=werk.find_ronde(procedure, ronde).herstelverzoek,
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
    for ronde, procedure, aantal in werk.sessie.exec(in_behandeling):
        yield Taakregel(
            soort=Taaksoort.BEOORDELEN,
            wat="Beoordeel wat regels niet kunnen beslissen",
            onderwerp=ronde,
            rollen=frozenset({Rol.BEOORDELAAR, Rol.JURIST}),
            aantal=aantal,
            uiterlijk=werk.find_ronde(procedure, ronde).besluit,
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
    vraag = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, HerstelverzoekRow.status, func.count())
        .join(AanmeldingRow, col(AanmeldingRow.ronde_id) == RondeRow.id)
        .join(HerstelverzoekRow, col(HerstelverzoekRow.aanmelding_id) == AanmeldingRow.id)
        .where(is_een_van(col(HerstelverzoekRow.status), *_HERSTEL))
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id), col(HerstelverzoekRow.status))
    )
    for ronde, procedure, status, aantal in werk.sessie.exec(vraag):
        soort, wat, rollen = _HERSTEL[Herstelstatus(status)]
        uiterlijk = werk.find_ronde(procedure, ronde).herstelverzoek
        yield make_regel(soort, wat, ronde, rollen, aantal, uiterlijk)


_BESLUIT = {
    Besluitstatus.CONCEPT: (Taaksoort.BESLUITEN_CONTROLEREN, "Controleer besluiten", {Rol.JURIST}),
    Besluitstatus.GECONTROLEERD: (Taaksoort.BESLUITEN_NEMEN, "Neem besluiten", {Rol.GEMANDATEERDE}),
    Besluitstatus.GENOMEN: (Taaksoort.BESLUITEN_VERZENDEN, "Verzend besluiten", {Rol.INKOPER}),
}


def list_besluiten(werk: Werk) -> Iterator[Taakregel]:
    """Besluiten to check, to take and to send."""
    vraag = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, BesluitRow.status, func.count())
        .join(AanmeldingRow, col(AanmeldingRow.ronde_id) == RondeRow.id)
        .join(BesluitRow, col(BesluitRow.aanmelding_id) == AanmeldingRow.id)
        .where(is_een_van(col(BesluitRow.status), *_BESLUIT))
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id), col(BesluitRow.status))
    )
    for ronde, procedure, status, aantal in werk.sessie.exec(vraag):
        soort, wat, rollen = _BESLUIT[Besluitstatus(status)]
        yield make_regel(soort, wat, ronde, rollen, aantal, werk.find_ronde(procedure, ronde).besluit)


def list_storingen(werk: Werk) -> Iterator[Taakregel]:
    """Outages that were reported and not decided on."""
    vraag = (
        select(RondeRow.kenmerk, RondeRow.procedure_id, func.count())
        .join(StoringRow, col(StoringRow.ronde_id) == RondeRow.id)
        .where(col(StoringRow.erkend).is_(None))
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id))
    )
    for ronde, procedure, aantal in werk.sessie.exec(vraag):
        wat = "Beslis over een gemelde storing; tot dan hoort niemand dat hij te laat was"
        uiterlijk = werk.find_ronde(procedure, ronde).herstelverzoek
        yield make_regel(Taaksoort.STORING_BESLISSEN, wat, ronde, {Rol.JURIST, Rol.GEMANDATEERDE}, aantal, uiterlijk)


def list_onbewezen(werk: Werk) -> Iterator[Taakregel]:
    """Letters about besluiten that went out without proof on record, per round; the oldest gives the day."""
    wat = "Leg het bewijs van verzending van brieven vast"
    for ronde, aantal, oudste in verzendingen.count_onbewezen(werk.sessie):
        uiterlijk = verzendingen.find_bewijsdag(oudste, werk.huis.feestdagen)
        yield make_regel(Taaksoort.VERZENDING_BEWIJZEN, wat, ronde, {Rol.INKOPER}, aantal, uiterlijk)
