"""What everybody may see: published procedures and the catalogue.

Of an aanmelding it shows only what its aanbieder stated for the catalogue, once there is an agreement.

Bron: domein D (publiceren, catalogus: IN leest); C.10, C.29; F.2 H1, H6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import Session, col, func, select

from inkoop.domain.kalender import local_date
from inkoop.domain.planning import Planregel, Plansoort, plan
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.sanctieladder import Maatregelgevolg, Maatregelstand
from inkoop.domain.tarief import list_gemeenten
from inkoop.domain.verlengen import einddatum_na
from inkoop.domain.verloop import Documentstatus
from inkoop.services import aanmeldingen, procedures, publicatie, verlengingen
from inkoop.services.definitiekast import Definities
from inkoop.services.huis import Huis
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow


class Openbareregel(msgspec.Struct, frozen=True, kw_only=True):
    """A published procedure in the public list; `stand` is open, komt or gesloten, about `ronde`."""

    naam: str
    titel: str
    organisatie: str
    wet: str
    stand: str
    ronde: str
    opening: date
    sluiting: datetime


class Openbaarzicht(msgspec.Struct, frozen=True, kw_only=True):
    """What everybody may see of one published procedure."""

    definitie: Proceduredefinitie
    gepubliceerd_op: datetime
    rondes: tuple[RondeRow, ...]
    dagen: tuple[Planregel, ...]
    documenten: tuple[DocumentRow, ...]


_VOLGORDE = {"open": 0, "komt": 1, "gesloten": 2}


def list_procedures(huis: Huis, nu: datetime) -> list[Openbareregel]:
    """Every published procedure, those that are open first, each with the round that matters now."""
    with huis.winkel.lezen() as sessie:
        definities = Definities(sessie)
        rondes: dict[UUID, list[Any]] = {}
        # Columns and not records: a list of hundreds takes half the time.
        dagen: Any = select(RondeRow.procedure_id, RondeRow.kenmerk, RondeRow.opening, RondeRow.sluiting)
        for ronde in sessie.exec(dagen.order_by(col(RondeRow.sluiting))):
            rondes.setdefault(ronde.procedure_id, []).append(ronde)
        vraag = select(ProcedureRow.id).where(col(ProcedureRow.gepubliceerd_op).is_not(None))
        regels = [_read_regel(definities.read(id_), rondes[id_], nu) for id_ in sessie.exec(vraag) if id_ in rondes]
    return sorted(regels, key=lambda r: (_VOLGORDE[r.stand], r.sluiting, r.titel))


def _read_regel(definitie: Proceduredefinitie, rondes: Sequence[Any], nu: datetime) -> Openbareregel:
    ronde = next((r for r in rondes if r.sluiting >= nu), None) or rondes[-1]
    stand = "gesloten" if ronde.sluiting < nu else ("open" if ronde.opening <= local_date(nu) else "komt")
    return Openbareregel(
        naam=definitie.naam,
        titel=definitie.titel,
        organisatie=definitie.organisatie.naam,
        wet=str(definitie.wet),
        stand=stand,
        ronde=ronde.kenmerk,
        opening=ronde.opening,
        sluiting=ronde.sluiting,
    )


def _list_rondes(sessie: Session, rij: ProcedureRow) -> list[RondeRow]:
    return list(sessie.exec(select(RondeRow).where(RondeRow.procedure_id == rij.id).order_by(col(RondeRow.sluiting))))


def find_procedure(huis: Huis, naam: str) -> Openbaarzicht | None:
    """A published procedure; None when there is none, or it is not published."""
    with huis.winkel.lezen() as sessie:
        rij = sessie.exec(select(ProcedureRow).where(ProcedureRow.naam == naam)).one_or_none()
        if rij is None or rij.gepubliceerd_op is None:
            return None
        definitie = procedures.decode_definitie(rij)
        uit = (Documentstatus.AKKOORD, Documentstatus.DEFINITIEF, Documentstatus.VERZONDEN)
        stukken = sessie.exec(
            select(DocumentRow)
            .where(
                DocumentRow.onderwerp == naam,
                col(DocumentRow.sleutel).startswith(publicatie.sleutel(naam, "")),
                col(DocumentRow.status).in_(uit),
            )
            .order_by(DocumentRow.kenmerk)
        )
        return Openbaarzicht(
            definitie=definitie,
            gepubliceerd_op=rij.gepubliceerd_op,
            rondes=tuple(_list_rondes(sessie, rij)),
            dagen=tuple(r for r in plan(definitie, huis.feestdagen) if r.soort is Plansoort.RONDE),
            documenten=tuple(stukken),
        )


class Catalogusvraag(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for: a word in the name of the provider, product or perceel; a perceel, product, gemeente.

    `specialisme` is a word of what the aanbieder stated as its specialisme, `werkgebied` of where it works; both are
    information, and who leaves them out sees everybody (H-06).
    """

    zoek: str = ""
    perceel: str = ""
    product: str = ""
    gemeente: str = ""
    specialisme: str = ""
    werkgebied: str = ""
    vanaf: int = 0

    def fits(self, regel: Catalogusregel) -> bool:
        """Whether a line matches what only the line itself says."""
        return (
            (not self.gemeente or self.gemeente in regel.gemeenten)
            and self.specialisme.lower() in regel.specialisme.lower()
            and self.werkgebied.lower() in regel.werkgebied.lower()
        )


class Catalogusregel(msgspec.Struct, frozen=True, kw_only=True):
    """A provider with a product that it may give, both days inclusive, and in which gemeenten.

    `tot` is the day on which the agreement ends as things stand now. `specialisme` and `werkgebied` are what
    the aanbieder stated: information for who looks for support, never a limit to what it must deliver (H-06).
    """

    aanbieder: str
    perceel: str
    product: str
    van: date
    tot: date
    gemeenten: tuple[str, ...] = ()
    specialisme: str = ""
    werkgebied: str = ""

    def as_dict(self) -> dict[str, str]:
        """The line as plain data."""
        return {
            naam: ", ".join(waarde) if isinstance(waarde, list | tuple) else str(waarde)
            for naam, waarde in msgspec.to_builtins(self).items()
        }


class Catalogusuitkomst(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the catalogue, how many lines there are, and what can be chosen from."""

    regels: tuple[Catalogusregel, ...]
    totaal: int
    percelen: tuple[str, ...]
    producten: tuple[str, ...] = ()
    gemeenten: tuple[str, ...] = ()


def search_catalogus(huis: Huis, vraag: Catalogusvraag, nu: datetime, aantal: int | None) -> Catalogusuitkomst:
    """The entries in force today that match, by provider and product.

    An entry is in force while the agreements of its procedure run, whatever may still be extended later.
    """
    vandaag = local_date(nu)
    geldig: list[Any] = [CatalogusRow.van <= vandaag, CatalogusRow.tot >= vandaag]
    with huis.winkel.lezen() as sessie:
        eindes = _list_eindes(sessie, vandaag)
        lopend = [id for id, (_, einde) in eindes.items() if einde >= vandaag]
        geldig.append(col(CatalogusRow.overeenkomst_id).in_(_select_overeenkomsten(lopend)))
        geldig.append(col(CatalogusRow.overeenkomst_id).not_in(_select_gestopt(vandaag)))
        filters = list(geldig)
        if vraag.zoek:
            kolommen = (CatalogusRow.aanbieder, CatalogusRow.product, CatalogusRow.perceel)
            waar: Any = col(kolommen[0]).icontains(vraag.zoek, autoescape=True)
            for kolom in kolommen[1:]:
                waar = waar | col(kolom).icontains(vraag.zoek, autoescape=True)
            filters.append(waar)
        if vraag.perceel:
            filters.append(CatalogusRow.perceel == vraag.perceel)
        if vraag.product:
            filters.append(CatalogusRow.product == vraag.product)
        # By name and never by preference: who asks sees everybody that may deliver, in an order that favours nobody.
        rijen = (
            select(CatalogusRow)
            .where(*filters)
            .order_by(CatalogusRow.aanbieder, CatalogusRow.perceel, CatalogusRow.product)
        )
        tot = None if aantal is None else vraag.vanaf + aantal
        if vraag.gemeente or vraag.specialisme or vraag.werkgebied:
            passend = [
                een for een in _list_regels(sessie, sessie.exec(rijen).all(), eindes, vandaag) if vraag.fits(een)
            ]
            totaal, regels = len(passend), tuple(passend[vraag.vanaf : tot])
        else:
            totaal = sessie.exec(select(func.count()).select_from(CatalogusRow).where(*filters)).one()
            bladzijde = rijen.offset(vraag.vanaf)
            gekozen = sessie.exec(bladzijde if aantal is None else bladzijde.limit(aantal)).all()
            regels = tuple(_list_regels(sessie, gekozen, eindes, vandaag))
        percelen = select(CatalogusRow.perceel).where(*geldig).distinct().order_by(CatalogusRow.perceel)
        producten = select(CatalogusRow.product).where(*geldig).distinct().order_by(CatalogusRow.product)
        return Catalogusuitkomst(
            regels=regels,
            totaal=totaal,
            percelen=tuple(sessie.exec(percelen)),
            producten=tuple(sessie.exec(producten)),
            gemeenten=tuple(
                dict.fromkeys(
                    gemeente.naam
                    for id, (definitie, _) in sorted(eindes.items(), key=lambda een: een[1][0].naam)
                    if id in lopend
                    for gemeente in definitie.gemeenten_op(vandaag)
                )
            ),
        )


def _list_eindes(sessie: Session, op: date) -> dict[UUID, tuple[Proceduredefinitie, date]]:
    """Per procedure its definition and the day on which its agreements end, as decided by now."""
    definities, verlengd = Definities(sessie), verlengingen.read_alle(sessie)
    gepubliceerd = sessie.exec(select(ProcedureRow.id).where(col(ProcedureRow.gepubliceerd_op).is_not(None)))
    return {
        id_: (definitie, einddatum_na(definitie, verlengd.get(id_, {}), op))
        for id_ in gepubliceerd
        for definitie in [definities.read(id_)]
    }


def _select_overeenkomsten(lopend: Sequence[UUID]) -> Any:
    """The agreements (as a subquery of ids) of these procedures."""
    return (
        select(OvereenkomstRow.id)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(col(RondeRow.procedure_id).in_(lopend))
    )


def _select_gestopt(op: date) -> Any:
    """The agreements that take no new clients on a day, or that a measure ended (as a subquery of ids)."""
    besloten = select(MaatregelRow.overeenkomst_id).where(
        MaatregelRow.stand == Maatregelstand.BESLOTEN, MaatregelRow.ingang <= op
    )
    stop: Any = (col(MaatregelRow.gevolg) == Maatregelgevolg.CLIENTENSTOP) & (col(MaatregelRow.einde) >= op)
    einde: Any = (col(MaatregelRow.gevolg) == Maatregelgevolg.BEEINDIGING) & (col(MaatregelRow.ingang) < op)
    return besloten.where(stop | einde)


def _list_regels(
    sessie: Session,
    rijen: Sequence[CatalogusRow],
    eindes: Mapping[UUID, tuple[Proceduredefinitie, date]],
    op: date,
) -> Iterator[Catalogusregel]:
    """The lines with what the procedure and the aanmelding add to them, each aanmelding read once."""
    vraag: Any = (
        select(OvereenkomstRow.id, AanmeldingRow, RondeRow.procedure_id)
        .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
        .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
        .where(col(OvereenkomstRow.id).in_({rij.overeenkomst_id for rij in rijen}))
    )
    herkomst = {
        overeenkomst: (aanmeldingen.read_opgave(aanmelding), procedure)
        for overeenkomst, aanmelding, procedure in sessie.exec(vraag)
    }
    for rij in rijen:
        opgave, procedure = herkomst[rij.overeenkomst_id]
        definitie, einde = eindes[procedure]
        yield Catalogusregel(
            aanbieder=rij.aanbieder,
            perceel=rij.perceel,
            product=rij.product,
            van=rij.van,
            tot=min(rij.tot, einde),
            gemeenten=_name_gemeenten(definitie, rij, op),
            specialisme=opgave.specialisme,
            werkgebied=opgave.werkgebied,
        )


def _name_gemeenten(definitie: Proceduredefinitie, rij: CatalogusRow, op: date) -> tuple[str, ...]:
    """The gemeenten that buy a product today: all that take part, or only those that chose it (BP-16, H19-20)."""
    producten = [p for p in definitie.find_perceel(rij.perceel).producten if p.code == rij.product]
    alleen = {code for product in producten for code in list_gemeenten(product, None)}
    return tuple(g.naam for g in definitie.gemeenten_op(op) if not alleen or g.code in alleen)
