"""Receipts of toetsen and besluiten as lists, read a page at a time.

Bron: ontwerp 9.
"""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from msgspec import Meta, Struct
from sqlmodel import Session, col, select

from inkoop.domain.criteria.bevinding import Eenheiduitkomst, Herstelverloop
from inkoop.services import toetsen, vormen
from inkoop.services.vormen import Besluitvorm, Moment
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.ronde import RondeRow
from inkoop.storage.tabellen.toets import ToetsRow


class Ontvangstbewijs(Struct, frozen=True, kw_only=True):
    """A receipt of a toets in short."""

    volgnummer: Annotated[int, Meta(description="Telt binnen de aanmelding; de hoogste telt.")]
    op: Moment
    hash: Annotated[str, Meta(description="De hash van het hele bewijs.")]
    herstelverloop: Herstelverloop
    eenheden: Annotated[tuple[Eenheiduitkomst, ...], Meta(description="De uitkomst per perceel en product.")]


def list_ontvangsten(sessie: Session, rij: AanmeldingRow) -> list[Ontvangstbewijs]:
    """The receipts of an aanmelding, oldest first."""
    vraag = select(ToetsRow).where(ToetsRow.aanmelding_id == rij.id).order_by(col(ToetsRow.volgnummer))
    return [
        Ontvangstbewijs(
            volgnummer=toets.volgnummer,
            op=toets.op,
            hash=toets.hash,
            herstelverloop=toets.herstelverloop,
            eenheden=toetsen.decode_resultaat(toets).eenheden,
        )
        for toets in sessie.exec(vraag)
    ]


SCHEIDING = "\n"
"""Between the parts of a cursor of besluiten; no kenmerk holds it."""


def list_besluiten(
    sessie: Session, ronde: RondeRow, aanmelding: str, na: str, aantal: int
) -> list[tuple[str, Besluitvorm]]:
    """At most `aantal` besluiten of a round after the key `na`, each with its key; of one aanmelding if named."""
    kolommen: Any = (AanmeldingRow.kenmerk, BesluitRow.eenheid, BesluitRow.volgnummer)
    vraag: Any = (
        select(AanmeldingRow, BesluitRow)
        .where(BesluitRow.aanmelding_id == AanmeldingRow.id)
        .where(AanmeldingRow.ronde_id == ronde.id)
        .order_by(*kolommen)
        .limit(aantal)
    )
    if aanmelding:
        vraag = vraag.where(AanmeldingRow.kenmerk == aanmelding)
    kenmerk, eenheid, volgnummer = (*na.split(SCHEIDING), "", "")[:3]
    if kenmerk:
        waarden = (kenmerk, eenheid, int(volgnummer) if volgnummer.isdecimal() and len(volgnummer) < 10 else 0)
        vraag = vraag.where(sa.tuple_(*kolommen) > sa.tuple_(*(sa.literal(waarde) for waarde in waarden)))
    return [
        (SCHEIDING.join((een.kenmerk, besluit.eenheid, str(besluit.volgnummer))), vormen.describe_besluit(een, besluit))
        for een, besluit in sessie.exec(vraag)
    ]
