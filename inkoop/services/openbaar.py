"""What everybody may see: published procedures and the catalogue.

Of an aanmelding it shows only what its aanbieder stated for the catalogue, once there is an agreement.

Bron: domein D (publiceren, catalogus: IN leest); C.10, C.29; F.2 H1, H6.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlmodel import Session, col, select

from inkoop.domain.kalender import local_date
from inkoop.domain.planning import Planregel, Plansoort, plan
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.verloop import Documentstatus
from inkoop.services import (
    aanmeldingen,
    bladeren,
    catalogusgemeenten,
    catalogusstand,
    catalogusvolgorde,
    procedures,
    publicatie,
    standkast,
)
from inkoop.services.catalogusstand import Catalogusstand
from inkoop.services.definitiekast import Definities
from inkoop.services.huis import Huis
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow
from inkoop.storage.tabellen.procedure import ProcedureRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.vaste_vraag import ask


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


class _Procedure(msgspec.Struct, frozen=True, kw_only=True):
    """What the public list says of a procedure, and its rounds (kenmerk, opening, sluiting) by closing."""

    naam: str
    titel: str
    organisatie: str
    wet: str
    rondes: tuple[tuple[str, date, datetime], ...]


def list_procedures(huis: Huis, nu: datetime) -> list[Openbareregel]:
    """Every published procedure, those that are open first, each with the round that matters now."""
    with huis.winkel.lezen() as sessie:
        gevonden = standkast.keep(sessie, "openbare procedures", lambda: _read_procedures(sessie))
    return sorted(_list_openbaar(gevonden, nu), key=lambda r: (_VOLGORDE[r.stand], r.sluiting, r.titel))


def _read_procedures(sessie: Session) -> tuple[_Procedure, ...]:
    definities = Definities(sessie)
    rondes: dict[UUID, list[tuple[str, date, datetime]]] = {}
    dagen: Any = select(RondeRow.procedure_id, RondeRow.kenmerk, RondeRow.opening, RondeRow.sluiting)
    for procedure, *ronde in sessie.exec(dagen.order_by(col(RondeRow.sluiting))):
        rondes.setdefault(procedure, []).append(tuple(ronde))
    vraag = select(ProcedureRow.id).where(col(ProcedureRow.gepubliceerd_op).is_not(None))
    return tuple(
        _Procedure(
            naam=definitie.naam,
            titel=definitie.titel,
            organisatie=definitie.organisatie.naam,
            wet=str(definitie.wet),
            rondes=tuple(rondes[id_]),
        )
        for id_ in sessie.exec(vraag)
        if id_ in rondes
        for definitie in [definities.read(id_)]
    )


def _list_openbaar(procedures_: Sequence[_Procedure], nu: datetime) -> Iterator[Openbareregel]:
    vandaag = local_date(nu)
    for een in procedures_:
        kenmerk, opening, sluiting = next((ronde for ronde in een.rondes if ronde[2] >= nu), een.rondes[-1])
        yield Openbareregel(
            naam=een.naam,
            titel=een.titel,
            organisatie=een.organisatie,
            wet=een.wet,
            stand="gesloten" if sluiting < nu else ("open" if opening <= vandaag else "komt"),
            ronde=kenmerk,
            opening=opening,
            sluiting=sluiting,
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
    """The entries in force today that match, by provider and product."""
    vandaag = local_date(nu)
    with huis.winkel.lezen() as sessie:
        stand = catalogusstand.read_stand(sessie, vandaag)
        letter = catalogusvolgorde.find_letter(stand.lopend, vandaag)
        vorm, waarden = catalogusstand.read_vorm(sessie, stand, vraag.zoek, vraag.perceel, vraag.product, letter)
        ook = stand.filter_gemeente(vraag.gemeente) if vraag.gemeente else None
        regels_vraag = catalogusstand.vraag_regels(vorm, ook)
        if vraag.specialisme or vraag.werkgebied:
            rijen = ask(sessie, regels_vraag, **waarden, vanaf=0, aantal=ALLE)
            passend = [een for een in _list_regels(sessie, rijen, stand) if vraag.fits(een)]
            tot = None if aantal is None else vraag.vanaf + aantal
            totaal, regels = len(passend), tuple(passend[vraag.vanaf : tot])
        else:
            rijen = ask(sessie, regels_vraag, **waarden, vanaf=vraag.vanaf, aantal=ALLE if aantal is None else aantal)
            regels = tuple(_list_regels(sessie, rijen, stand))
            if not (vraag.zoek or vraag.gemeente):
                totaal = sum(n for perceel, product, n in stand.aantallen if vraag.offers(perceel, product))
            elif aantal is None or 0 < len(regels) < aantal or not (vraag.vanaf or regels):
                totaal = vraag.vanaf + len(regels)
            else:
                grens = vraag.vanaf + bladeren.TELGRENS + 1
                ((geteld,),) = ask(sessie, catalogusstand.vraag_aantal(vorm, ook), **waarden, grens=grens)
                totaal = bladeren.make_telling(geteld, vraag.vanaf)
        return Catalogusuitkomst(
            regels=regels,
            totaal=totaal,
            percelen=tuple(sorted({perceel for perceel, _, _ in stand.aantallen})),
            producten=tuple(sorted({product for _, product, _ in stand.aantallen})),
            gemeenten=stand.gemeenten,
        )


ALLE: Final = 2**31 - 1
"""More entries than there are."""


def _list_regels(sessie: Session, rijen: Sequence[Any], stand: Catalogusstand) -> Iterator[Catalogusregel]:
    """The lines with what the procedure and the aanmelding add to them, each aanmelding and product looked at once."""
    procedures = (rij.procedure_id for rij in rijen)
    ongebonden = catalogusgemeenten.read_ongebonden(sessie, stand.eindes, procedures, stand.dag)
    for rij in rijen:
        definitie, einde = stand.eindes[rij.procedure_id]
        sleutel = (rij.procedure_id, rij.perceel, rij.product)
        if sleutel not in stand.kopers:
            stand.kopers[sleutel] = catalogusgemeenten.list_kopers(definitie, rij.perceel, rij.product, stand.dag)
        specialisme, werkgebied = _read_opgegeven(sessie, rij.aanmelding, rij.versie)
        kopers = stand.kopers[sleutel]
        yield Catalogusregel(
            aanbieder=rij.aanbieder,
            perceel=rij.perceel,
            product=rij.product,
            van=rij.van,
            tot=min(rij.tot, einde),
            gemeenten=tuple(g.naam for g in kopers if (rij.overeenkomst_id, g.code) not in ongebonden),
            specialisme=specialisme,
            werkgebied=werkgebied,
        )


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
