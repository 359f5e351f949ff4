"""What everybody may see: published procedures and the catalogue.

Of an aanmelding it shows only what its aanbieder stated for the catalogue, once there is an agreement.

Bron: domein D (publiceren, catalogus: IN leest); C.10, C.29; F.2 H1, H6.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlmodel import Session, col, func, or_, select

from inkoop.domain.kalender import local_date
from inkoop.domain.planning import Planregel, Plansoort, plan
from inkoop.domain.procedure import Gemeente, Proceduredefinitie
from inkoop.domain.sanctieladder import Maatregelgevolg, Maatregelstand
from inkoop.domain.verlengen import einddatum_na
from inkoop.domain.verloop import Documentstatus
from inkoop.services import aanmeldingen, bladeren, catalogusgemeenten, procedures, publicatie, verlengingen
from inkoop.services.catalogusvolgorde import list_volgorde
from inkoop.services.definitiekast import Definities
from inkoop.services.huis import Huis
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.maatregel import MaatregelRow
from inkoop.storage.tabellen.overeenkomst import CatalogusRow, OvereenkomstRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vraagdelen import split_vraag


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

    def offers(self, perceel: str, product: str) -> bool:
        """Whether entries for this product in this perceel are asked for, whoever gives it."""
        return self.perceel in {"", perceel} and self.product in {"", product}

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

    An entry is in force while the agreements of its procedure run, whatever may still be extended later. What nobody
    contracted is never read: the work grows with the entries in force and not with aanmeldingen.
    """
    vandaag = local_date(nu)
    with huis.winkel.lezen() as sessie:
        eindes = _list_eindes(sessie, vandaag)
        geldig = _list_voorwaarden(eindes, vandaag)
        groepen: Any = select(CatalogusRow.perceel, CatalogusRow.product, func.count()).where(*geldig)
        aantallen = sessie.exec(groepen.group_by(CatalogusRow.perceel, CatalogusRow.product)).all()
        filters = [*geldig, *_list_filters(vraag)]
        if vraag.gemeente:
            filters.append(catalogusgemeenten.filter_gemeente(eindes, vraag.gemeente, vandaag))
        # By name and never by preference: who asks sees everybody that may deliver, in an order that favours nobody.
        lopend = [definitie for definitie, einde in eindes.values() if einde >= vandaag]
        rijen = select(CatalogusRow).where(*filters).order_by(*list_volgorde(lopend, vandaag))
        tot = None if aantal is None else vraag.vanaf + aantal
        if vraag.specialisme or vraag.werkgebied:
            passend = [
                een for een in _list_regels(sessie, sessie.exec(rijen).all(), eindes, vandaag) if vraag.fits(een)
            ]
            totaal, regels = len(passend), tuple(passend[vraag.vanaf : tot])
        else:
            bladzijde = rijen.offset(vraag.vanaf)
            gekozen = sessie.exec(bladzijde if aantal is None else bladzijde.limit(aantal)).all()
            regels = tuple(_list_regels(sessie, gekozen, eindes, vandaag))
            if not (vraag.zoek or vraag.gemeente):
                totaal = sum(n for perceel, product, n in aantallen if vraag.offers(perceel, product))
            elif aantal is None:
                totaal = vraag.vanaf + len(regels)
            else:
                totaal = bladeren.count_tot(sessie, select(CatalogusRow.id).where(*filters), vraag.vanaf)
        return Catalogusuitkomst(
            regels=regels,
            totaal=totaal,
            percelen=tuple(sorted({perceel for perceel, _, _ in aantallen})),
            producten=tuple(sorted({product for _, product, _ in aantallen})),
            gemeenten=tuple(
                dict.fromkeys(
                    gemeente.naam
                    for definitie, einde in sorted(eindes.values(), key=lambda een: een[0].naam)
                    if einde >= vandaag
                    for gemeente in definitie.gemeenten_op(vandaag)
                )
            ),
        )


def _list_voorwaarden(eindes: Mapping[UUID, tuple[Proceduredefinitie, date]], vandaag: date) -> list[Any]:
    """What makes an entry one in force today.

    An entry lasts no longer than its procedure can be extended: only of a procedure that could have gone on and has
    not, the agreement behind each entry is looked up.
    """
    geldig: list[Any] = [
        CatalogusRow.van <= vandaag,
        CatalogusRow.tot >= vandaag,
        col(CatalogusRow.overeenkomst_id).not_in(_select_gestopt(vandaag)),
    ]
    voorbij = [id_ for id_, (definitie, einde) in eindes.items() if einde < vandaag <= definitie.looptijd.max_einddatum]
    if voorbij:
        afgelopen: Any = (
            select(OvereenkomstRow.id)
            .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
            .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
            .where(OvereenkomstRow.id == CatalogusRow.overeenkomst_id, col(RondeRow.procedure_id).in_(voorbij))
        )
        geldig.append(~afgelopen.correlate(CatalogusRow).exists())
    return geldig


def _list_filters(vraag: Catalogusvraag) -> list[Any]:
    """What an entry itself must hold."""
    filters: list[Any] = []
    if vraag.zoek:
        kolommen = (CatalogusRow.aanbieder, CatalogusRow.product, CatalogusRow.perceel)
        filters.append(or_(*(col(kolom).icontains(vraag.zoek, autoescape=True) for kolom in kolommen)))
    if vraag.perceel:
        filters.append(CatalogusRow.perceel == vraag.perceel)
    if vraag.product:
        filters.append(CatalogusRow.product == vraag.product)
    return filters


def _list_eindes(sessie: Session, op: date) -> dict[UUID, tuple[Proceduredefinitie, date]]:
    """Per procedure its definition and the day on which its agreements end, as decided by now."""
    definities, verlengd = Definities(sessie), verlengingen.read_alle(sessie)
    gepubliceerd = sessie.exec(select(ProcedureRow.id).where(col(ProcedureRow.gepubliceerd_op).is_not(None)))
    return {
        id_: (definitie, einddatum_na(definitie, verlengd.get(id_, {}), op))
        for id_ in gepubliceerd
        for definitie in [definities.read(id_)]
    }


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
    """The lines with what the procedure and the aanmelding add to them, each aanmelding and product looked at once."""
    herkomst = _read_herkomst(sessie, {rij.overeenkomst_id for rij in rijen})
    ongebonden = catalogusgemeenten.read_ongebonden(sessie, eindes, (een[0] for een in herkomst.values()), op)
    kopers: dict[tuple[UUID, str, str], tuple[Gemeente, ...]] = {}
    for rij in rijen:
        procedure, specialisme, werkgebied = herkomst[rij.overeenkomst_id]
        definitie, einde = eindes[procedure]
        sleutel = (procedure, rij.perceel, rij.product)
        if sleutel not in kopers:
            kopers[sleutel] = catalogusgemeenten.list_kopers(definitie, rij, op)
        yield Catalogusregel(
            aanbieder=rij.aanbieder,
            perceel=rij.perceel,
            product=rij.product,
            van=rij.van,
            tot=min(rij.tot, einde),
            gemeenten=tuple(g.naam for g in kopers[sleutel] if (rij.overeenkomst_id, g.code) not in ongebonden),
            specialisme=specialisme,
            werkgebied=werkgebied,
        )


def _read_herkomst(sessie: Session, overeenkomsten: set[UUID]) -> dict[UUID, tuple[UUID, str, str]]:
    """Of each agreement its procedure, and the specialisme and werkgebied that its aanmelding states."""
    herkomst = {}
    for ids in split_vraag(sorted(overeenkomsten)):
        vraag: Any = (
            select(OvereenkomstRow.id, AanmeldingRow.id, AanmeldingRow.versie, RondeRow.procedure_id)
            .join(AanmeldingRow, col(AanmeldingRow.id) == OvereenkomstRow.aanmelding_id)
            .join(RondeRow, col(RondeRow.id) == AanmeldingRow.ronde_id)
            .where(col(OvereenkomstRow.id).in_(ids))
        )
        for overeenkomst, aanmelding, versie, procedure in sessie.exec(vraag):
            herkomst[overeenkomst] = (procedure, *_read_opgegeven(sessie, aanmelding, versie))
    return herkomst


_OPGEGEVEN: dict[tuple[UUID, int], tuple[str, str]] = {}
"""Per version of an aanmelding its specialisme and werkgebied: reading all that was handed in takes far longer."""
_RUIMTE: Final = 50_000
"""How many of them are kept (project default): some words each."""


def _read_opgegeven(sessie: Session, aanmelding: UUID, versie: int) -> tuple[str, str]:
    sleutel = (aanmelding, versie)
    if (gevonden := _OPGEGEVEN.get(sleutel)) is not None:
        return gevonden
    opgave = aanmeldingen.read_opgave(sessie.get_one(AanmeldingRow, aanmelding))
    if len(_OPGEGEVEN) >= _RUIMTE:
        _OPGEGEVEN.clear()
    _OPGEGEVEN[sleutel] = (opgave.specialisme, opgave.werkgebied)
    return _OPGEGEVEN[sleutel]
