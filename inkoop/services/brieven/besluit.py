"""Letters that make a besluit known to one aanbieder, and the besluit on a whole round.

Bron: domein C.15, C.16, C.31.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from inkoop.documents.gegevens import (
    Aanmeldingsbesluit,
    Afwijzingsbriefgegevens,
    Auditverwijzing,
    Behandelaars,
    Besluitbriefgegevens,
    Ondertekenaar,
    OverigeAanmelding,
    Toelatingsbesluitgegevens,
    Toelatingsbriefgegevens,
    ToelatingVervaltgegevens,
    VoorwaardeVervuldgegevens,
)
from inkoop.domain.aanmelding import PARTIJEN
from inkoop.domain.besluit import Besluitsoort, Besluitvoorstel
from inkoop.domain.criteria.bevinding import Toetsresultaat
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.kalender import Feestdagen
from inkoop.domain.procedure import Mandaat, Proceduredefinitie, Rondedefinitie
from inkoop.services.brieven import blokken, motivering
from inkoop.services.brieven.aanmelding import brief
from inkoop.services.brieven.blokken import Zaak

TOEGELATEN = frozenset(
    {Besluitsoort.TOEGELATEN, Besluitsoort.TOEGELATEN_ONDER_VOORWAARDE, Besluitsoort.AANBOD_VERMINDERD}
)
"""What an aanbieder asked for and gets."""


class Besluitbasis(msgspec.Struct, frozen=True, kw_only=True):
    """What a letter about a besluit rests on."""

    editie: Criteriaset
    resultaat: Toetsresultaat
    toets_hash: str
    voorstellen: tuple[Besluitvoorstel, ...]
    besluit: str
    besluit_datum: date
    behandelaars: Behandelaars
    ondertekenaar: Ondertekenaar


def decode(voorstel: str) -> Besluitvoorstel:
    """What a besluit rests on, from its record."""
    return msgspec.json.decode(voorstel, type=Besluitvoorstel)


def sign_onder_mandaat(
    definitie: Proceduredefinitie, naam: str, functie: str, mandaten: Sequence[Mandaat]
) -> Ondertekenaar:
    """Who decides, for which gemeenten, on what ground (Awb 10:10)."""
    namen = {gemeente.code: gemeente.naam for gemeente in definitie.gemeenten}
    namens = {code for mandaat in mandaten for code in mandaat.namens}
    return Ondertekenaar(
        naam=naam,
        functie=functie,
        namens=tuple(naam for code, naam in namen.items() if code in namens),
        mandaat="; ".join(dict.fromkeys(mandaat.grondslag for mandaat in mandaten)),
    )


def choose_soort(voorstellen: Sequence[Besluitvoorstel]) -> str:
    """Which letter: all admitted in full, nothing admitted, or something of both."""
    if all(voorstel.soort in TOEGELATEN and not voorstel.afgewezen_producten for voorstel in voorstellen):
        return "toelatingsbrief"
    if not any(voorstel.soort in TOEGELATEN for voorstel in voorstellen):
        return "afwijzingsbrief"
    return "besluitbrief"


def compose_besluitbrief(zaak: Zaak, basis: Besluitbasis, kenmerk: str, datum: date) -> msgspec.Struct:
    """The letter about the besluit on every perceel of one aanmelding."""
    herstel = motivering.load_herstel(zaak)
    velden: dict[str, Any] = {
        **brief(zaak, kenmerk, datum),
        "ondertekenaar": basis.ondertekenaar,
        "besluit": basis.besluit,
        "besluit_datum": basis.besluit_datum,
        "ontvangen_op": zaak.rij.ontvangen_op,
        "herstel_gevraagd_op": herstel.gevraagd_op,
        "herstel_antwoord_op": herstel.antwoord_op,
        "behandelaars": basis.behandelaars,
        "wijzigt": zaak.opgave.wijzigt,
        "percelen": motivering.perceelbesluiten(zaak, basis.voorstellen),
        "rechtsbescherming": blokken.rechtsbescherming(zaak.definitie, datum, zaak.feestdagen),
        "voldaan": motivering.voldaan(zaak, basis.editie, basis.voorstellen, basis.resultaat),
        "ter_informatie": motivering.ter_informatie(basis.editie, basis.resultaat),
    }
    voorwaarden = motivering.voorwaarden(zaak, basis.editie, basis.voorstellen, basis.resultaat)
    redenen = motivering.redenen(zaak, basis.editie, basis.voorstellen)
    volgende = blokken.volgende_ronde(zaak)
    soort = choose_soort(basis.voorstellen)
    if soort == "toelatingsbrief":
        return Toelatingsbriefgegevens(**velden, voorwaarden=voorwaarden)
    if soort == "afwijzingsbrief":
        return Afwijzingsbriefgegevens(**velden, redenen=redenen, volgende_ronde=volgende)
    return Besluitbriefgegevens(**velden, voorwaarden=voorwaarden, redenen=redenen, volgende_ronde=volgende)


def compose_voorwaarde_vervuld(
    zaak: Zaak, eerder: Besluitbasis, nu: Besluitbasis, kenmerk: str, datum: date
) -> VoorwaardeVervuldgegevens:
    """The condition is met: the admission is now unconditional."""
    voorwaarden = motivering.voorwaarden(zaak, eerder.editie, eerder.voorstellen, eerder.resultaat)
    return VoorwaardeVervuldgegevens(
        **{**brief(zaak, kenmerk, datum), "ondertekenaar": nu.ondertekenaar},
        besluit=eerder.besluit,
        besluit_datum=eerder.besluit_datum,
        nieuw_besluit=nu.besluit,
        nieuw_besluit_datum=nu.besluit_datum,
        percelen=motivering.perceelbesluiten(zaak, nu.voorstellen),
        vervuld=motivering.vervuld(zaak, voorwaarden, nu.resultaat),
    )


def compose_vervalt(
    zaak: Zaak, eerder: Besluitbasis, nu: Besluitbasis, kenmerk: str, datum: date
) -> ToelatingVervaltgegevens:
    """The condition was not met in time: the admission lapses, a new besluit with its own term."""
    return ToelatingVervaltgegevens(
        **{**brief(zaak, kenmerk, datum), "ondertekenaar": nu.ondertekenaar},
        besluit=eerder.besluit,
        besluit_datum=eerder.besluit_datum,
        nieuw_besluit=nu.besluit,
        nieuw_besluit_datum=nu.besluit_datum,
        behandelaars=nu.behandelaars,
        percelen=motivering.perceelbesluiten(zaak, nu.voorstellen),
        voorwaarden=motivering.voorwaarden(zaak, eerder.editie, eerder.voorstellen, eerder.resultaat),
        redenen=motivering.redenen(zaak, nu.editie, nu.voorstellen),
        volgende_ronde=blokken.volgende_ronde(zaak),
        rechtsbescherming=blokken.rechtsbescherming(zaak.definitie, datum, zaak.feestdagen),
    )


def aanmeldingsbesluit(zaak: Zaak, basis: Besluitbasis) -> Aanmeldingsbesluit:
    """One aanmelding in the besluit on the round."""
    return Aanmeldingsbesluit(
        aanmelding=zaak.rij.kenmerk,
        aanbieder=zaak.rij.naam,
        kvk=tuple(lid.kvk for lid in zaak.opgave.leden if lid.rol in PARTIJEN),
        ontvangen_op=zaak.rij.ontvangen_op,
        percelen=motivering.perceelbesluiten(zaak, basis.voorstellen),
        voorwaarden=motivering.voorwaarden(zaak, basis.editie, basis.voorstellen, basis.resultaat),
        redenen=motivering.redenen(zaak, basis.editie, basis.voorstellen),
        voldaan=motivering.voldaan(zaak, basis.editie, basis.voorstellen, basis.resultaat),
        toets_hash=basis.toets_hash,
        wijzigt=zaak.opgave.wijzigt,
    )


def compose_toelatingsbesluit(
    definitie: Proceduredefinitie,
    ronde: Rondedefinitie,
    editie: Criteriaset,
    feestdagen: Feestdagen,
    *,
    kenmerk: str,
    datum: date,
    behandelaars: Behandelaars,
    ondertekenaar: Ondertekenaar,
    aanmeldingen: tuple[Aanmeldingsbesluit, ...],
    overige: tuple[OverigeAanmelding, ...],
    audit: Auditverwijzing,
) -> Toelatingsbesluitgegevens:
    """The besluit on all applications of a round."""
    return Toelatingsbesluitgegevens(
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
        aanmeldingen=aanmeldingen,
        overige=overige,
        rechtsbescherming=blokken.rechtsbescherming(definitie, datum, feestdagen),
        audit=audit,
    )
