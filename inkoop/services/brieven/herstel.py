"""The herstelverzoek: all points of one aanmelding at once, with one last day.

Bron: domein B.2.7, C.13, C.31.
"""

from __future__ import annotations

from datetime import date

import msgspec

from inkoop.documents.gegevens import Herstelpuntgegevens, Herstelverzoekgegevens
from inkoop.domain.criteria.bevinding import Toetsresultaat
from inkoop.domain.criteria.criterium import Criteriaset, Herstelbaarheid
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import write_hoofdletter, write_zin
from inkoop.services.brieven import blokken
from inkoop.services.brieven.aanmelding import brief
from inkoop.services.brieven.blokken import Zaak


class Verzoekpunt(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to ask for, as it is kept with the herstelverzoek; `lid` is the id of the member."""

    criterium: str
    percelen: tuple[str, ...]
    lid: str | None
    bevinding: str
    gevraagd: str
    herstelbaarheid: Herstelbaarheid
    uiterste_bewijsdatum: date | None


def list_verzoekpunten(zaak: Zaak, resultaat: Toetsresultaat) -> tuple[Verzoekpunt, ...]:
    """Everything that is still herstelbaar, each thing asked once with the percelen that it hits."""
    punten: dict[tuple[str, str | None, str], Verzoekpunt] = {}
    for bevinding in resultaat.bevindingen:
        if bevinding.uitkomst is not Uitkomst.HERSTELBAAR:
            continue
        percelen = zaak.opgave.percelen if bevinding.perceel is None else (bevinding.perceel,)
        for herstelpunt in bevinding.herstelpunten:
            sleutel = (bevinding.criterium, bevinding.lid, herstelpunt.gevraagd)
            eerder = punten.get(sleutel)
            punten[sleutel] = Verzoekpunt(
                criterium=bevinding.criterium,
                percelen=tuple(dict.fromkeys((*(eerder.percelen if eerder else ()), *percelen))),
                lid=bevinding.lid,
                bevinding=bevinding.toelichting,
                gevraagd=herstelpunt.gevraagd,
                herstelbaarheid=herstelpunt.herstelbaarheid,
                uiterste_bewijsdatum=herstelpunt.uiterste_bewijsdatum,
            )
    return tuple(punten.values())


def compose_herstelverzoek(
    zaak: Zaak, editie: Criteriaset, kenmerk: str, datum: date, punten: tuple[Verzoekpunt, ...], herstel_tot: date
) -> Herstelverzoekgegevens:
    """The letter that asks for repair."""
    criteria = {criterium.id: criterium for criterium in editie.criteria}
    namen = {lid.id: lid.naam for lid in zaak.opgave.leden}
    return Herstelverzoekgegevens(
        **brief(zaak, kenmerk, datum),
        ontvangen_op=zaak.rij.ontvangen_op,
        punten=tuple(
            Herstelpuntgegevens(
                criterium=punt.criterium,
                titel=criteria[punt.criterium].titel,
                eis=criteria[punt.criterium].eis,
                bron=criteria[punt.criterium].bron,
                percelen=punt.percelen,
                lid=namen.get(punt.lid or ""),
                bevinding=blokken.name_producten(zaak, punt.bevinding),
                gevraagd=write_zin(write_hoofdletter(blokken.name_producten(zaak, punt.gevraagd))),
                herstelbaarheid=punt.herstelbaarheid,
                uiterste_bewijsdatum=punt.uiterste_bewijsdatum,
            )
            for punt in punten
        ),
        herstel_tot=herstel_tot,
    )
