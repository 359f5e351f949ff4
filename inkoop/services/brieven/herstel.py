"""The herstelverzoek: all points of one aanmelding at once, with one last day.

Bron: domein B.2.7, C.13, C.31.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

import msgspec

from inkoop.documents.gegevens import (
    Bestandsregel,
    Herstelpuntgegevens,
    Herstelverzoekgegevens,
    Onduidelijkheid,
    OntvangstAanvullinggegevens,
)
from inkoop.domain.criteria.bevinding import Toetsresultaat
from inkoop.domain.criteria.criterium import Criteriaset, Groep, Herstelbaarheid
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.verwoording import write_hoofdletter, write_zin
from inkoop.domain.herstel import find_reddend
from inkoop.domain.kalender import local_date
from inkoop.services.brieven import blokken
from inkoop.services.brieven.aanmelding import brief
from inkoop.services.brieven.blokken import Zaak
from inkoop.storage.tabellen.bewijs import AanvullingRow, BewijsstukRow


class Verzoekpunt(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to ask for, as it is kept with the herstelverzoek; `lid` is the id of the member."""

    criterium: str
    percelen: tuple[str, ...]
    lid: str | None
    bevinding: str
    gevraagd: str
    herstelbaarheid: Herstelbaarheid
    uiterste_bewijsdatum: date | None


def list_verzoekpunten(editie: Criteriaset, resultaat: Toetsresultaat) -> tuple[Verzoekpunt, ...]:
    """Everything that is still herstelbaar and can save a perceel, each thing once with the percelen that it saves.

    What is only informative never saves anything, so it is not asked for.
    """
    telt = {criterium.id for criterium in editie.criteria if criterium.groep is not Groep.INFORMATIEF}
    punten: dict[tuple[str, str | None, str], Verzoekpunt] = {}
    for bevinding in resultaat.bevindingen:
        percelen = find_reddend(bevinding, resultaat.eenheden)
        if bevinding.uitkomst is not Uitkomst.HERSTELBAAR or bevinding.criterium not in telt or not percelen:
            continue
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
    zaak: Zaak,
    editie: Criteriaset,
    kenmerk: str,
    datum: date,
    punten: tuple[Verzoekpunt, ...],
    herstel_tot: date,
    *,
    verloren: Collection[str] = (),
    onduidelijk: Sequence[tuple[str, str]] = (),
) -> Herstelverzoekgegevens:
    """The letter that asks for repair; `verloren` are percelen that no answer can save, `onduidelijk` file and why."""
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
        niet_gevraagd=tuple(code for code in zaak.opgave.percelen if code in verloren),
        onduidelijk=tuple(Onduidelijkheid(bestand=bestand, waarom=waarom) for bestand, waarom in onduidelijk),
    )


def compose_ontvangst_aanvulling(
    zaak: Zaak, kenmerk: str, ontvangst: AanvullingRow, uiterlijk: datetime, stukken: Sequence[BewijsstukRow]
) -> OntvangstAanvullinggegevens:
    """Receipt of evidence after submission: both instants to the second, and each file with its hash."""
    namen = {lid.id: lid.naam for lid in zaak.opgave.leden}
    return OntvangstAanvullinggegevens(
        **brief(zaak, kenmerk, local_date(ontvangst.ontvangen_op)),
        aanleiding=ontvangst.aanleiding,
        ontvangen_op=ontvangst.ontvangen_op,
        uiterlijk=uiterlijk,
        op_tijd=ontvangst.tijdig,
        bestanden=tuple(
            Bestandsregel(
                bestand=stuk.bestand,
                omschrijving=stuk.omschrijving,
                lid=namen.get(stuk.lid or ""),
                sha256=stuk.sha256,
                grootte=stuk.grootte,
            )
            for stuk in stukken
        ),
    )
