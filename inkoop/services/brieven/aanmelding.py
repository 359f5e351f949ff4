"""The short letters around an aanmelding: received, late, replaced, withdrawn.

Bron: domein B.2.8, C.12.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from inkoop.documents.gegevens import (
    Bestandsregel,
    BriefTeLaatgegevens,
    BriefVervangengegevens,
    Intrekkingsbevestiginggegevens,
    Ontvangstbevestiginggegevens,
    Storingsonderzoek,
)
from inkoop.domain.aanmelding import Bewijsstuk
from inkoop.domain.kalender import is_tijdig, local_date
from inkoop.services.brieven import blokken
from inkoop.services.brieven.blokken import Zaak
from inkoop.services.verzegeling import Intrekking
from inkoop.storage.bewijsopslag import Opgeslagen
from inkoop.storage.tabellen.aanmelding import AanmeldingRow


def compose_ontvangst(zaak: Zaak, kenmerk: str, gekeurd: Mapping[str, Opgeslagen]) -> Ontvangstbevestiginggegevens:
    """Receipt: when, for what, which files with their hashes; no judgement."""
    namen = {lid.id: lid.naam for lid in zaak.opgave.leden}
    return Ontvangstbevestiginggegevens(
        **brief(zaak, kenmerk, local_date(zaak.rij.ontvangen_op)),
        ontvangen_op=zaak.rij.ontvangen_op,
        op_tijd=is_tijdig(zaak.rij.ontvangen_op, zaak.ronde.sluiting),
        percelen=blokken.percelen(zaak),
        bestanden=tuple(
            Bestandsregel(
                bestand=stuk.bestand,
                omschrijving=_describe(stuk),
                lid=namen.get(stuk.lid or ""),
                sha256=gekeurd[stuk.bestand].sha256,
                grootte=gekeurd[stuk.bestand].grootte,
            )
            for stuk in sorted(zaak.opgave.bewijsstukken, key=lambda stuk: stuk.bestand)
        ),
    )


def _describe(stuk: Bewijsstuk) -> str:
    """What a file is, and where it comes from when it was handed in before."""
    if stuk.eerder is None:
        return stuk.omschrijving
    return f"{stuk.omschrijving} (opnieuw gebruikt: eerder ingeleverd bij aanmelding {stuk.eerder})"


def compose_te_laat(
    zaak: Zaak, kenmerk: str, datum: date, onderzoek: Storingsonderzoek | None = None
) -> BriefTeLaatgegevens:
    """Late: both instants to the second, no assessment, the civil remedy, the next round."""
    return BriefTeLaatgegevens(
        **brief(zaak, kenmerk, datum),
        ontvangen_op=zaak.rij.ontvangen_op,
        storingsonderzoek=onderzoek,
        volgende_ronde=blokken.volgende_ronde(zaak),
        rechtsbescherming=blokken.rechtsbescherming(zaak.definitie, datum, zaak.feestdagen),
    )


def compose_vervangen(zaak: Zaak, kenmerk: str, datum: date, door: AanmeldingRow) -> BriefVervangengegevens:
    """Replaced: which aanmelding counts."""
    return BriefVervangengegevens(
        **brief(zaak, kenmerk, datum),
        ontvangen_op=zaak.rij.ontvangen_op,
        vervangen_door=door.kenmerk,
        vervangen_op=door.ontvangen_op,
    )


def compose_intrekking(zaak: Zaak, kenmerk: str, intrekking: Intrekking) -> Intrekkingsbevestiginggegevens:
    """Withdrawn: by whom, and that applying again is possible."""
    return Intrekkingsbevestiginggegevens(
        **brief(zaak, kenmerk, local_date(intrekking.op)),
        ingetrokken_op=intrekking.op,
        ingetrokken_door=intrekking.naam,
        ingetrokken_functie=intrekking.functie,
        percelen=blokken.percelen(zaak),
        volgende_ronde=blokken.volgende_ronde(zaak),
    )


def brief(zaak: Zaak, kenmerk: str, datum: date) -> dict[str, Any]:
    """The fields that every letter about an aanmelding has (documents/gegevens/brieven.Brief)."""
    return {
        "kenmerk": kenmerk,
        "datum": datum,
        "organisatie": blokken.organisatie(zaak.definitie, datum),
        "procedure": blokken.procedure(zaak.definitie),
        "ronde": blokken.ronde(zaak.ronde),
        "aanbieder": blokken.aanbieder(zaak.opgave),
        "aanmelding": zaak.rij.kenmerk,
        "ondertekenaar": blokken.afzender(zaak.definitie),
    }
