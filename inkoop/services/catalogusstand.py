"""The catalogue of a day: which entries are in force, what can be chosen from, and the questions for a page of it.

An entry is in force while the agreements of its procedure run, whatever may still be extended later. What is the same
for every visitor is computed once for a state of the store and a day (services/standkast); what nobody contracted is
never read, so that the work grows with the entries in force and not with aanmeldingen.

Bron: domein D (catalogus: IN leest); C.10, C.29; F.2 H1, H6.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from inkoop.domain.procedure import Gemeente, Proceduredefinitie
from inkoop.domain.sanctieladder import Maatregelgevolg, Maatregelstand
from inkoop.domain.verlengen import einddatum_na
from inkoop.services import bladeren, catalogusgemeenten, standkast, verlengingen, zoekwoord
from inkoop.services.catalogusvolgorde import list_volgorde
from inkoop.services.definitiekast import Definities
from inkoop.services.zoekwoord import PATROON
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask
from inkoop.storage.zoekdelen import AANBOD


class Catalogusstand(msgspec.Struct, frozen=True, kw_only=True):
    """What the catalogue of a day follows from.

    `eindes` is per published procedure its definition and the day on which its agreements end, as decided by now;
    `voorbij` the procedures of which that day has passed while they could have been extended; `aantallen` how many
    entries are in force by perceel and product; `gemeenten` who takes part, each once.
    """

    dag: date
    eindes: Mapping[UUID, tuple[Proceduredefinitie, date]]
    lopend: tuple[Proceduredefinitie, ...]
    voorbij: tuple[UUID, ...]
    aantallen: tuple[tuple[str, str, int], ...]
    gemeenten: tuple[str, ...]
    kopers: dict[tuple[UUID, str, str], tuple[Gemeente, ...]] = {}
    """The gemeenten that buy a product, kept as they are looked up."""
    filters: dict[str, ColumnElement[bool] | None] = {}
    """What entries of a gemeente meet, kept as it is asked for."""

    def filter_gemeente(self, gemeente: str) -> ColumnElement[bool] | None:
        """What the entries of a gemeente meet; None when every entry does."""
        if gemeente not in self.gemeenten:
            return catalogusgemeenten.filter_gemeente(self.eindes, gemeente, self.dag)
        if gemeente not in self.filters:
            self.filters[gemeente] = catalogusgemeenten.filter_gemeente(self.eindes, gemeente, self.dag)
        return self.filters[gemeente]


class Vorm(NamedTuple):
    """Which conditions a question has; what they compare with is given when it is asked."""

    dialect: str
    woord: Literal["", "zeldzaam", "gewoon"] = ""
    voorbij: bool = False
    perceel: bool = False
    product: bool = False
    letter: bool = False


def read_stand(sessie: Session, dag: date) -> Catalogusstand:
    """The catalogue of a day in this state of the store; not to be changed."""
    return standkast.keep(sessie, ("catalogus", dag), lambda: _compute(sessie, dag))


def _compute(sessie: Session, dag: date) -> Catalogusstand:
    definities, verlengd = Definities(sessie), verlengingen.read_alle(sessie)
    eindes = {
        id_: (definitie, einddatum_na(definitie, verlengd.get(id_, {}), dag))
        for (id_,) in ask(sessie, _vraag_gepubliceerd())
        for definitie in [definities.read(id_)]
    }
    lopend = [definitie for definitie, einde in eindes.values() if einde >= dag]
    # An entry lasts no longer than its procedure can be extended: only of a procedure that could have gone on and has
    # not, the agreement behind each entry is looked up.
    voorbij = [id_ for id_, (definitie, einde) in eindes.items() if einde < dag <= definitie.looptijd.max_einddatum]
    return Catalogusstand(
        dag=dag,
        eindes=eindes,
        lopend=tuple(lopend),
        voorbij=tuple(voorbij),
        aantallen=tuple(
            (perceel, product, aantal)
            for perceel, product, aantal in ask(
                sessie, _vraag_aantallen(voorbij=bool(voorbij)), dag=dag, voorbij=voorbij
            )
        ),
        gemeenten=tuple(
            dict.fromkeys(
                gemeente.naam
                for definitie in sorted(lopend, key=lambda een: een.naam)
                for gemeente in definitie.gemeenten_op(dag)
            )
        ),
    )


_DAG = sa.bindparam("dag", type_=sa.Date())
_RIJ: Any = CatalogusRow


@cache
def _vraag_gepubliceerd() -> Any:
    return sa.select(col(ProcedureRow.id)).where(col(ProcedureRow.gepubliceerd_op).is_not(None))


@cache
def _vraag_aantallen(*, voorbij: bool) -> Any:
    """How many entries are in force, by perceel and product."""
    vraag = sa.select(_RIJ.perceel, _RIJ.product, sa.func.count()).where(*_list_geldig(voorbij=voorbij))
    return vraag.group_by(_RIJ.perceel, _RIJ.product)


def _list_geldig(*, voorbij: bool) -> list[Any]:
    """What makes an entry one in force on a day."""
    geldig: list[Any] = [_RIJ.van <= _DAG, _RIJ.tot >= _DAG, _RIJ.overeenkomst_id.not_in(_select_gestopt())]
    if voorbij:
        afgelopen: Any = (
            sa.select(col(OvereenkomstRow.id))
            .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
            .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
            .where(
                col(OvereenkomstRow.id) == _RIJ.overeenkomst_id,
                col(RondeRow.procedure_id).in_(sa.bindparam("voorbij", expanding=True)),
            )
        )
        geldig.append(~afgelopen.correlate(CatalogusRow).exists())
    return geldig


def _select_gestopt() -> Any:
    """The agreements that take no new clients on a day, or that a measure ended (as a subquery of ids)."""
    rij: Any = MaatregelRow
    besloten = sa.select(rij.overeenkomst_id).where(rij.stand == Maatregelstand.BESLOTEN, rij.ingang <= _DAG)
    stop = (rij.gevolg == Maatregelgevolg.CLIENTENSTOP) & (rij.einde >= _DAG)
    einde = (rij.gevolg == Maatregelgevolg.BEEINDIGING) & (rij.ingang < _DAG)
    return besloten.where(stop | einde)


def read_vorm(
    sessie: Session, stand: Catalogusstand, woord: str, perceel: str, product: str, letter: str
) -> tuple[Vorm, dict[str, Any]]:
    """Which question is asked, and with what; `letter` is where the list begins (empty: at A)."""
    waarden: dict[str, Any] = {
        "dag": stand.dag,
        "voorbij": list(stand.voorbij),
        "perceel": perceel,
        "product": product,
        "letter": letter,
        **zoekwoord.make_waarden(woord),
    }
    soort: Literal["", "zeldzaam", "gewoon"] = ""
    if woord:
        klein = woord.lower()
        # Of percelen and products there are few: those that hold the word are known without asking.
        waarden["percelen"] = sorted({een for een, _, _ in stand.aantallen if klein in een.lower()})
        waarden["producten"] = sorted({een for _, een, _ in stand.aantallen if klein in een.lower()})
        ook = waarden["percelen"] or waarden["producten"]
        soort = "gewoon" if ook or not zoekwoord.is_zeldzaam(sessie, woord, AANBOD) else "zeldzaam"
    vorm = Vorm(sessie.get_bind().dialect.name, soort, bool(stand.voorbij), bool(perceel), bool(product), bool(letter))
    return vorm, waarden


@cache
def _select(vorm: Vorm) -> Any:
    """The entries in force that are asked for."""
    vraag = sa.select(_RIJ.id, _RIJ.overeenkomst_id, _RIJ.aanbieder, _RIJ.perceel, _RIJ.product, _RIJ.van, _RIJ.tot)
    vraag = vraag.where(*_list_geldig(voorbij=vorm.voorbij))
    if vorm.woord == "zeldzaam":
        vraag = vraag.where(_RIJ.aanbieder.in_(zoekwoord.select_sleutels(AANBOD)))
    elif vorm.woord == "gewoon":
        vraag = vraag.where(
            bladeren.matches(vorm.dialect, _RIJ.aanbieder, PATROON)
            | _RIJ.product.in_(sa.bindparam("producten", expanding=True))
            | _RIJ.perceel.in_(sa.bindparam("percelen", expanding=True))
        )
    if vorm.perceel:
        vraag = vraag.where(_RIJ.perceel == sa.bindparam("perceel"))
    if vorm.product:
        vraag = vraag.where(_RIJ.product == sa.bindparam("product"))
    return vraag


def vraag_regels(vorm: Vorm, ook: Any = None) -> Any:
    """A page of entries, each with its aanmelding and procedure; `ook` is a condition more on the entry."""
    return _vraag_regels(vorm) if ook is None else _build_regels(vorm, _select(vorm).where(ook))


def vraag_aantal(vorm: Vorm, ook: Any = None) -> Any:
    """How many entries that are, counted to `grens`."""
    return _vraag_aantal(vorm) if ook is None else _build_aantal(_select(vorm).where(ook))


@cache
def _vraag_regels(vorm: Vorm) -> Any:
    return _build_regels(vorm, _select(vorm))


@cache
def _vraag_aantal(vorm: Vorm) -> Any:
    return _build_aantal(_select(vorm))


def _build_regels(vorm: Vorm, vraag: Any) -> Any:
    letter: Any = sa.bindparam("letter") if vorm.letter else None
    # By name and never by preference: who asks sees everybody that may deliver, in an order that favours nobody.
    bladzijde = vraag.order_by(*list_volgorde(_RIJ, letter)).offset(sa.bindparam("vanaf"))
    deel = bladzijde.limit(sa.bindparam("aantal")).subquery()
    samen = (
        sa.select(deel, col(AanmeldingRow.id).label("aanmelding"), col(AanmeldingRow.versie))
        .add_columns(col(RondeRow.procedure_id))
        .join_from(deel, OvereenkomstRow, col(OvereenkomstRow.id) == deel.c.overeenkomst_id)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
    )
    return samen.order_by(*list_volgorde(deel.c, letter))


def _build_aantal(vraag: Any) -> Any:
    return sa.select(sa.func.count()).select_from(vraag.limit(sa.bindparam("grens")).subquery())
