"""What is decided after the first besluit, in letters and in a formal besluit.

Bron: domein B.2.2, B.2.9, C.15, C.16.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from inkoop.documents.gegevens import (
    Auditverwijzing,
    Behandelaars,
    Intrekkingsgrondgegevens,
    Ondertekenaar,
    ToelatingIngetrokkengegevens,
    Vervangenbesluit,
    Vervolgbesluitgegevens,
    Vervolgregel,
)
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.herziening import Herzieningsaanleiding, Intrekkingsgrond
from inkoop.domain.kalender import Feestdagen, local_date
from inkoop.domain.procedure import Proceduredefinitie, Rondedefinitie
from inkoop.services.brieven import blokken, motivering
from inkoop.services.brieven.aanmelding import brief
from inkoop.services.brieven.besluit import Besluitbasis, aanmeldingsbesluit, decode
from inkoop.services.brieven.blokken import Zaak
from inkoop.storage.tabellen.besluit import BesluitRow

AANLEIDINGEN = {
    Herzieningsaanleiding.ONJUISTE_VERKLARING: "een verklaring in de aanmelding is niet juist",
    Herzieningsaanleiding.FAILLISSEMENT: "de aanbieder, of de penvoerder van de combinatie, is failliet",
}
"""Why an admission is withdrawn, in words."""

VOORWAARDEN = {
    Besluitsoort.TOEGELATEN: "aan de voorwaarde uit het eerdere besluit is voldaan.",
    Besluitsoort.TOELATING_VERVALLEN: "aan de voorwaarde uit het eerdere besluit is niet voldaan.",
}
"""What happened after an admission with a condition, when nobody looked at it again."""


def compose_ingetrokken(
    zaak: Zaak, eerder: Besluitbasis, nu: Besluitbasis, kenmerk: str, datum: date
) -> ToelatingIngetrokkengegevens:
    """The admission is withdrawn: a new besluit, with its own motivation and term."""
    return ToelatingIngetrokkengegevens(
        **{**brief(zaak, kenmerk, datum), "ondertekenaar": nu.ondertekenaar},
        besluit=eerder.besluit,
        besluit_datum=eerder.besluit_datum,
        nieuw_besluit=nu.besluit,
        nieuw_besluit_datum=nu.besluit_datum,
        behandelaars=nu.behandelaars,
        percelen=motivering.perceelbesluiten(zaak, nu.voorstellen),
        gronden=_gronden(nu),
        volgende_ronde=blokken.volgende_ronde(zaak),
        rechtsbescherming=blokken.rechtsbescherming(zaak.definitie, datum, zaak.feestdagen),
    )


def _gronden(basis: Besluitbasis) -> tuple[Intrekkingsgrondgegevens, ...]:
    gevonden = dict.fromkeys(voorstel.grond for voorstel in basis.voorstellen if voorstel.grond is not None)
    return tuple(_describe_grond(grond) for grond in gevonden)


def _describe_grond(grond: Intrekkingsgrond) -> Intrekkingsgrondgegevens:
    return Intrekkingsgrondgegevens(
        aanleiding=AANLEIDINGEN[grond.aanleiding],
        bevinding=grond.bevinding,
        regel=grond.regel,
        bron=grond.bron,
        bewijs=grond.bewijs,
        zienswijze_gevraagd_op=grond.zienswijze_gevraagd_op,
        zienswijze=grond.zienswijze,
    )


def vervolgregel(zaak: Zaak, basis: Besluitbasis, eerder: Sequence[BesluitRow]) -> Vervolgregel:
    """One aanmelding in a follow-up besluit: what it replaces, why, and the whole motivation."""
    aanleidingen = dict.fromkeys(voorstel.aanleiding for voorstel in basis.voorstellen if voorstel.aanleiding)
    if eerder:
        aanleidingen |= dict.fromkeys(
            f"Perceel {voorstel.perceel}: {VOORWAARDEN[voorstel.soort]}"
            for voorstel in basis.voorstellen
            if voorstel.soort in VOORWAARDEN and not voorstel.aanleiding
        )
    return Vervolgregel(
        besluit=aanmeldingsbesluit(zaak, basis),
        vervangt=tuple(
            Vervangenbesluit(
                besluit=rij.kenmerk or "",
                datum=basis.besluit_datum if rij.genomen_op is None else local_date(rij.genomen_op),
                aanleiding=f"perceel {rij.perceel}: {decode(rij.voorstel).soort.replace('_', ' ')}",
            )
            for rij in eerder
        ),
        aanleiding=" ".join(aanleidingen),
        gronden=_gronden(basis),
        rang=tuple(f"Perceel {v.perceel}: {v.rang.uitleg}" for v in basis.voorstellen if v.rang is not None),
    )


def compose_vervolgbesluit(
    definitie: Proceduredefinitie,
    ronde: Rondedefinitie,
    editie: Criteriaset,
    feestdagen: Feestdagen,
    *,
    kenmerk: str,
    datum: date,
    behandelaars: Behandelaars,
    ondertekenaar: Ondertekenaar,
    regels: tuple[Vervolgregel, ...],
    audit: Auditverwijzing,
    stadium: str = "",
) -> Vervolgbesluitgegevens:
    """The formal besluit on what is decided after the first besluit of a round."""
    return Vervolgbesluitgegevens(
        kenmerk=kenmerk,
        datum=datum,
        organisatie=blokken.organisatie(definitie, datum),
        procedure=blokken.procedure(definitie),
        ronde=blokken.ronde(ronde),
        criteriaset=editie.set,
        editie=editie.editie,
        editie_hash=editie.hash,
        behandelaars=behandelaars,
        ondertekenaar=ondertekenaar,
        stadium=stadium,
        regels=regels,
        rechtsbescherming=blokken.rechtsbescherming(definitie, datum, feestdagen),
        audit=audit,
    )
