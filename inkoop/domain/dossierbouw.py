"""From what was handed in to the dossier that a toets reads.

Bron: ontwerp 2.4 (aanmelding -> dossier -> toets), 2.9; M20-07 (percelen and products).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import msgspec

from inkoop.domain.aanmelding import Aanmeldingsopgave, Aanvulling, Bewijsstuk
from inkoop.domain.criteria.dossier import (
    AangebodenPerceel,
    AangebodenProduct,
    Aanleiding,
    Dossier,
    EenFeit,
    Herkomst,
    Lid,
    Oordeel,
)
from inkoop.domain.fouten import Beletsel, BeletselenError
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Perceel, Proceduredefinitie

NOG_NIET_ONTVANGEN = date.max
"""The day of receipt of facts in a file that was not handed in yet: later than any term."""


class Dossieropgave(msgspec.Struct, frozen=True, kw_only=True):
    """A dossier file: an opgave with the moment of submission, and the judgements that are there already."""

    opgave: Aanmeldingsopgave
    ingediend_op: datetime
    herkomst: Herkomst
    oordelen: tuple[Oordeel, ...] = ()


def build_dossier(
    opgave: Aanmeldingsopgave,
    procedure: Proceduredefinitie,
    *,
    aanmelding: str,
    ingediend_op: datetime,
    feiten: Sequence[EenFeit],
    oordelen: Sequence[Oordeel] = (),
) -> Dossier:
    """The dossier of an aanmelding: its offer filled in from the procedure, with exactly these facts.

    `producten` of the opgave narrows the products; empty = all products of the percelen. Raises
    BeletselenError when the offer is no offer of this procedure (see `check_aanbod`).

    Bron: M20-07; F.0 `besluiteenheid`.
    """
    if beletselen := check_aanbod(opgave, procedure):
        raise BeletselenError(f"De aanmelding van {opgave.naam} past niet bij {procedure.titel}.", beletselen)
    return Dossier(
        aanmelding=aanmelding,
        ingediend_op=ingediend_op,
        leden=tuple(
            Lid(id=lid.id, naam=lid.naam, rol=lid.rol, kvk=lid.kvk, rechtsvorm=lid.rechtsvorm, grootte=lid.grootte)
            for lid in opgave.leden
        ),
        percelen=tuple(_offer(procedure.find_perceel(code), opgave.producten) for code in opgave.percelen),
        feiten=tuple(feiten),
        oordelen=tuple(oordelen),
    )


def build_from_dossieropgave(dossier: Dossieropgave, procedure: Proceduredefinitie) -> Dossier:
    """The dossier of a dossier file, so that an outcome can be tried out without a store."""
    return build_dossier(
        dossier.opgave,
        procedure,
        aanmelding=dossier.opgave.naam,
        ingediend_op=dossier.ingediend_op,
        feiten=list_feiten(dossier.opgave.bewijsstukken, dossier.herkomst),
        oordelen=dossier.oordelen,
    )


def check_aanbod(opgave: Aanmeldingsopgave, procedure: Proceduredefinitie) -> list[Beletsel]:
    """Every reason why this is no offer in this procedure: unknown percelen or products, a perceel without product."""
    beletselen = []
    bekend = {perceel.code: perceel for perceel in procedure.percelen}
    for code in opgave.percelen:
        if code not in bekend:
            tekst = f"Perceel {code} bestaat niet. Deze procedure heeft: {', '.join(bekend)}."
            beletselen.append(Beletsel("perceel-onbekend", tekst))
    gekozen = [bekend[code] for code in opgave.percelen if code in bekend]
    mogelijk = [product.code for perceel in gekozen for product in perceel.producten]
    for code in opgave.producten:
        if code in procedure.uitgesloten_producten:
            tekst = f"Product {code} wordt hier niet ingekocht: {procedure.uitgesloten_producten[code]}"
            beletselen.append(Beletsel("product-uitgesloten", tekst))
        elif code not in mogelijk:
            tekst = f"Product {code} hoort niet bij de aangemelde percelen. Mogelijk: {', '.join(mogelijk)}."
            beletselen.append(Beletsel("product-onbekend", tekst))
    for perceel in gekozen:
        if not _offer(perceel, opgave.producten).producten:
            tekst = f"Voor perceel {perceel.code} is geen enkel product gekozen."
            beletselen.append(Beletsel("perceel-zonder-product", tekst))
    return beletselen


def _offer(perceel: Perceel, producten: Sequence[str]) -> AangebodenPerceel:
    """The part of a perceel that is applied for; its kenmerken are those of its products together."""
    aangeboden = tuple(
        AangebodenProduct(code=product.code, kenmerken=frozenset(product.kenmerken))
        for product in perceel.producten
        if not producten or product.code in producten
    )
    kenmerken = frozenset(kenmerk for product in aangeboden for kenmerk in product.kenmerken)
    return AangebodenPerceel(code=perceel.code, producten=aangeboden, kenmerken=kenmerken)


def join_dossiers(
    eerste: Dossier, latere: Sequence[Dossier], aanbod: Mapping[str, Sequence[str]], procedure: Proceduredefinitie
) -> Dossier:
    """One dossier of who has an agreement: what came with its aanmelding and with each later change of it.

    `aanbod` are the products by perceel that are held now. A legal person is the same one in all (by KvK number),
    whatever short name it has; the ids of later facts get their aanmelding before them, so that none is there twice.
    """
    leden = {lid.kvk: lid for lid in eerste.leden}
    feiten, oordelen = list(eerste.feiten), list(eerste.oordelen)
    for dossier in latere:
        namen: dict[str | None, str | None] = {None: None}
        bezet = {lid.id for lid in leden.values()}
        for lid in dossier.leden:
            eigen = lid.id if lid.id not in bezet else f"{dossier.aanmelding}:{lid.id}"
            bekend = leden.setdefault(lid.kvk, msgspec.structs.replace(lid, id=eigen))
            namen[lid.id] = bekend.id
        feiten += [
            msgspec.structs.replace(feit, id=f"{dossier.aanmelding}:{feit.id}", lid=namen.get(feit.lid, feit.lid))
            for feit in dossier.feiten
        ]
        oordelen += [msgspec.structs.replace(een, lid=namen.get(een.lid, een.lid)) for een in dossier.oordelen]
    percelen = tuple(
        _offer(perceel, aanbod[perceel.code]) for perceel in procedure.percelen if aanbod.get(perceel.code)
    )
    return msgspec.structs.replace(
        eerste, leden=tuple(leden.values()), percelen=percelen, feiten=tuple(feiten), oordelen=tuple(oordelen)
    )


def list_feiten(bewijsstukken: Iterable[Bewijsstuk], herkomst: Herkomst) -> tuple[EenFeit, ...]:
    """Every fact of these pieces of evidence, with this provenance."""
    return tuple(msgspec.structs.replace(feit, herkomst=herkomst) for stuk in bewijsstukken for feit in stuk.feiten)


def receive_opgave(opgave: Aanmeldingsopgave, ontvangen_op: datetime) -> Aanmeldingsopgave:
    """The opgave as received: the instant, and on each fact the day in the Netherlands."""
    stukken = _receive(opgave.bewijsstukken, ontvangen_op, Aanleiding.INDIENING)
    return msgspec.structs.replace(opgave, ontvangen_op=ontvangen_op, bewijsstukken=stukken)


def receive_aanvulling(
    aanleiding: Aanleiding, ontvangen_op: datetime, bewijsstukken: Iterable[Bewijsstuk], toelichting: str = ""
) -> Aanvulling:
    """Evidence that came in later, with its occasion and day on each fact."""
    stukken = _receive(bewijsstukken, ontvangen_op, aanleiding)
    return Aanvulling(aanleiding=aanleiding, ontvangen_op=ontvangen_op, bewijsstukken=stukken, toelichting=toelichting)


def _receive(stukken: Iterable[Bewijsstuk], op: datetime, aanleiding: Aanleiding) -> tuple[Bewijsstuk, ...]:
    dag = local_date(op)
    return tuple(
        msgspec.structs.replace(
            stuk,
            feiten=tuple(
                msgspec.structs.replace(feit, ontvangen_op=dag, aanleiding=aanleiding) for feit in stuk.feiten
            ),
        )
        for stuk in stukken
    )
