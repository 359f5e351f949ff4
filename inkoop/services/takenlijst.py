"""What waits for somebody, over all procedures and rounds: one line for each kind of work in a round.

The lists of `taken` name every act of one round and read each application for it. This one counts in the
database, so that it stays quick with many rounds and applications; a line leads to the page with the work.

Bron: ontwerp 2.1; domein D.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, func, select

from inkoop.domain.fasen import Stapstand
from inkoop.domain.kalender import local_date
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import MATRIX, Handeling
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.services import (
    documenten,
    getekendestukken,
    herstel,
    implementatiepunten,
    plichttaken,
    procedures,
    rondetaken,
)
from inkoop.services.apart import count_apart
from inkoop.services.definitiekast import Definities, Sleutel
from inkoop.services.huis import Huis, Optreden
from inkoop.services.inlichtingentaken import list_inlichtingen
from inkoop.services.selectietaken import list_selectiewerk
from inkoop.services.taakregel import Taakregel, Werk, make_regel
from inkoop.services.taaksoort import Taaksoort
from inkoop.storage.grondslag import is_een_van, kale_sleutel
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.bewaking import MeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow, StapRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask


def list_taken(huis: Huis, door: Optreden) -> tuple[Taakregel, ...]:
    """What waits for this person in this role, the most urgent first; without a last day at the end."""
    with huis.winkel.lezen() as sessie:
        werk = Werk(huis, sessie, door, Definities(sessie))
        regels = [regel for rollen, lijst in LIJSTEN if door.rol in rollen for regel in lijst(werk)]
    eigen = [regel for regel in regels if door.rol in regel.rollen]
    return tuple(sorted(eigen, key=lambda r: (r.uiterlijk is None, r.uiterlijk or date.max, r.onderwerp)))


def _list_apart(werk: Werk) -> Iterator[Taakregel]:
    """What flows could not do until somebody has looked."""
    for ronde, aantal in count_apart(werk.sessie).items():
        yield Taakregel(
            soort=Taaksoort.APART_GEZET,
            wat="Kijk naar wat een flow apart heeft gezet; de rest is gewoon doorgegaan",
            onderwerp=ronde,
            rollen=frozenset({Rol.INKOPER}),
            aantal=aantal,
        )


def _list_stappen(werk: Werk) -> Iterator[Taakregel]:
    """Governance steps of procedures that are not published, and of rounds that run: of each the first open one.

    What comes after it waits for it.
    """
    plaatsen = [(id_, naam, "", fase) for id_, naam, fase in ask(werk.sessie, _vraag_voor_publicatie())]
    plaatsen += [
        (rij.procedure, rij.kenmerk, rij.kenmerk, rij.fase)
        for rij in werk.rondes
        if rij.geopend and rij.fase is not Fase.IMPLEMENTEREN
    ]
    standen: dict[tuple[Sleutel, str], list[Stapstand]] = {}
    for rij in ask(werk.sessie, _vraag_stappen()) if plaatsen else ():
        standen.setdefault((rij.procedure, rij.ronde), []).append(procedures.to_stand(rij))
    for id_, onderwerp, ronde, fase in plaatsen:
        gedaan = [*standen.get((id_, ""), ()), *(standen.get((id_, ronde), ()) if ronde else ())]
        for openstap in procedures.describe_openstaand(werk.definities.read(id_), Fase(fase), gedaan)[:1]:
            yield Taakregel(
                soort=Taaksoort.STAP_VASTLEGGEN,
                wat=f"{openstap.stap.naam}: leg vast wat is besloten door {', '.join(openstap.organen)}",
                onderwerp=onderwerp,
                rollen=frozenset({Rol(openstap.stap.rol)}),
                uiterlijk=openstap.stap.uiterlijk,
                deel=openstap.stap.id,
            )


@cache
def _vraag_voor_publicatie() -> Any:
    return select(kale_sleutel(ProcedureRow.id), ProcedureRow.naam, ProcedureRow.fase).where(
        col(ProcedureRow.gepubliceerd_op).is_(None)
    )


@cache
def _vraag_stappen() -> Any:
    """The steps of procedures that are not published and of those with a round that runs."""
    voor = select(ProcedureRow.id).where(col(ProcedureRow.gepubliceerd_op).is_(None))
    lopend = select(RondeRow.procedure_id).where(
        col(RondeRow.geopend_op).is_not(None), col(RondeRow.fase) != Fase.IMPLEMENTEREN
    )
    velden: Any = select(kale_sleutel(StapRow.procedure_id).label("procedure"), StapRow.ronde, StapRow.stap)
    return (
        velden.add_columns(StapRow.orgaan, StapRow.uitkomst, StapRow.op)
        .where(col(StapRow.procedure_id).in_(voor.union(lopend)))
        .order_by(col(StapRow.op), col(StapRow.stap), col(StapRow.orgaan))
    )


def _list_documenten(werk: Werk) -> Iterator[Taakregel]:
    """Documents to check, to send and to mend, per kind and round. Letters about repair go with their request."""
    controleurs = cache(partial(documenten.list_controleurs, werk.huis))
    for soort, status, onderwerp, is_los, aantal in ask(werk.sessie, _vraag_documenten(werk.door.rol is Rol.INKOPER)):
        if status is Documentstatus.RETOUR:
            yield make_regel(Taaksoort.DOCUMENT_HERZIEN, f"Herzien: {soort}", onderwerp, {Rol.INKOPER}, aantal, None)
        elif status is Documentstatus.AKKOORD:
            if is_los:
                yield make_regel(
                    Taaksoort.DOCUMENT_VERZENDEN, f"Verzenden: {soort}", onderwerp, {Rol.INKOPER}, aantal, None
                )
        elif rollen := controleurs(soort):
            yield make_regel(Taaksoort.DOCUMENT_GOEDKEUREN, f"Goedkeuren: {soort}", onderwerp, rollen, aantal, None)


@cache
def _vraag_documenten(inkoper: bool) -> Any:
    """Open documents; those to send and to mend wait for an inkoper alone."""
    te_doen = [Documentstatus.CONCEPT, Documentstatus.IN_REVIEW]
    los: Any = sa.false()
    if inkoper:
        te_doen += [Documentstatus.AKKOORD, Documentstatus.RETOUR]
        los = sa.or_(*(col(DocumentRow.sleutel).startswith(begin) for begin in documenten.LOS))
    status = col(DocumentRow.status)
    # Twice: the index of open documents also holds those that are to be made.
    open_ = is_een_van(status, *documenten.OPEN) & is_een_van(status, *te_doen)
    telling: Any = select(
        DocumentRow.soort, DocumentRow.status, func.coalesce(DocumentRow.ronde, DocumentRow.onderwerp)
    )
    return (
        telling.add_columns(los.label("los"), func.count())
        .where(open_, ~col(DocumentRow.sleutel).startswith(herstel.PREFIX))
        .group_by(sa.text("1"), sa.text("2"), sa.text("3"), sa.text("4"))
    )


_TEKENAARS = frozenset({Rol.GEMANDATEERDE, Rol.INKOPER, Rol.CONTRACTMANAGER})


def _list_tekenen(werk: Werk) -> Iterator[Taakregel]:
    for ronde, procedure, aantal in ask(werk.sessie, _vraag_tekenen()):
        uiterlijk = werk.find_ronde(procedure, ronde).tekenen
        yield make_regel(Taaksoort.TEKENEN, "Overeenkomsten om te tekenen", ronde, _TEKENAARS, aantal, uiterlijk)
    wie = set(MATRIX[Handeling.HANDTEKENING_CONTROLEREN].rollen)
    for ronde, aantal in getekendestukken.count_wachtend(werk.sessie):
        yield make_regel(Taaksoort.HANDTEKENING_CONTROLEREN, "Getekende stukken", ronde, wie, aantal, None)


@cache
def _vraag_tekenen() -> Any:
    return (
        select(RondeRow.kenmerk, kale_sleutel(RondeRow.procedure_id), func.count())
        .join(AanmeldingRow, col(AanmeldingRow.ronde_id) == RondeRow.id)
        .join(OvereenkomstRow, col(OvereenkomstRow.aanmelding_id) == AanmeldingRow.id)
        .where(is_een_van(col(OvereenkomstRow.status), Overeenkomststatus.TER_ONDERTEKENING))
        .group_by(col(RondeRow.kenmerk), col(RondeRow.procedure_id))
    )


def _list_implementatie(werk: Werk) -> Iterator[Taakregel]:
    """Open points of putting agreements to work, per round and role; the first last day counts."""
    for rij, standen in implementatiepunten.list_open_rondes(werk.sessie):
        open_ = [punt for stand in standen for punt in stand.open]
        for rol in dict.fromkeys(Rol(punt.punt.rol) for punt in open_):
            eigen = [punt for punt in open_ if punt.punt.rol == rol]
            yield make_regel(
                Taaksoort.IMPLEMENTEREN,
                "Vink punten af van overeenkomsten die van start gaan",
                rij.kenmerk,
                {rol},
                len(eigen),
                min(punt.uiterlijk for punt in eigen),
            )


def _list_meldingen(werk: Werk) -> Iterator[Taakregel]:
    """What guarding reported and nobody dealt with, per procedure, kind and role; the first last day counts."""
    for procedure, soort, rol, aantal, uiterlijk in ask(werk.sessie, _vraag_meldingen(), rol=werk.door.rol):
        wat = f"Meldingen van de bewaking: {soort}"
        yield make_regel(Taaksoort.MELDING_AFHANDELEN, wat, procedure, {Rol(rol)}, aantal, uiterlijk)


@cache
def _vraag_meldingen() -> Any:
    telling: Any = select(ProcedureRow.naam, MeldingRow.soort, MeldingRow.rol, func.count())
    return (
        telling.add_columns(func.min(MeldingRow.uiterlijk))
        .join(MeldingRow, col(MeldingRow.procedure_id) == ProcedureRow.id)
        .where(col(MeldingRow.afgehandeld_op).is_(None), col(MeldingRow.rol) == sa.bindparam("rol"))
        .group_by(col(ProcedureRow.naam), col(MeldingRow.soort), col(MeldingRow.rol))
    )


def count_dagen(uiterlijk: date | None, nu: datetime) -> int | None:
    """How many days are left until the last day; negative when it has passed."""
    return None if uiterlijk is None else (uiterlijk - local_date(nu)).days


_ALLEN = frozenset(Rol) - {Rol.AANBIEDER}
LIJSTEN: tuple[tuple[frozenset[Rol], Callable[[Werk], Iterator[Taakregel]]], ...] = (
    (_ALLEN, _list_stappen),
    (frozenset({Rol.INKOPER, Rol.JURIST}), rondetaken.list_openingen),
    (frozenset({Rol.INKOPER, Rol.JURIST}), rondetaken.list_samenlopen),
    (frozenset({Rol.BEOORDELAAR, Rol.JURIST}), rondetaken.list_belangen),
    (frozenset({Rol.BEOORDELAAR, Rol.JURIST}), rondetaken.list_feiten),
    (frozenset({Rol.JURIST, Rol.BEOORDELAAR, Rol.INKOPER}), rondetaken.list_herstel),
    (frozenset({Rol.JURIST, Rol.GEMANDATEERDE, Rol.INKOPER}), rondetaken.list_besluiten),
    (frozenset({Rol.JURIST, Rol.GEMANDATEERDE}), rondetaken.list_storingen),
    (frozenset({Rol.INKOPER}), rondetaken.list_onbewezen),
    (frozenset({Rol.JURIST}), plichttaken.list_geschillen),
    (frozenset({Rol.INKOPER}), plichttaken.list_heropend),
    (frozenset({Rol.INKOPER}), plichttaken.list_plichten),
    (frozenset({Rol.INKOPER}), plichttaken.list_notas),
    (_ALLEN, _list_documenten),
    (_TEKENAARS | set(MATRIX[Handeling.HANDTEKENING_CONTROLEREN].rollen), _list_tekenen),
    (_ALLEN, _list_implementatie),
    (_ALLEN, _list_meldingen),
    (frozenset({Rol.INKOPER}), _list_apart),
    (frozenset({Rol.INKOPER, Rol.JURIST}), list_inlichtingen),
    (frozenset({Rol.INKOPER, Rol.JURIST, Rol.BEOORDELAAR, Rol.GEMANDATEERDE}), list_selectiewerk),
)
"""Every list, with the roles that it can name: nobody waits for a list that holds nothing for him."""
