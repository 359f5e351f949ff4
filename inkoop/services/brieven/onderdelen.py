"""The parts of an agreement filled for one provider or combination: cooperation, data, services to the process.

Bron: domein C.18, C.19, C.20, C.31; H19-42, H19-53, H19-54; B.7.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from inkoop.documents.gegevens.afspraken import (
    Dienstverleningsgegevens,
    Gegevensovereenkomst,
    Overlegregel,
    Samenwerkingsgegevens,
    Verwerking,
)
from inkoop.documents.gegevens.bouwstenen import Toelichting
from inkoop.documents.gegevens.overeenkomsten import Gegevensafspraakgegevens
from inkoop.domain.aanmelding import PARTIJEN
from inkoop.domain.onderdelen import (
    Dienstverleninginhoud,
    Gegevensinhoud,
    Onderdeelinhoud,
    Onderwerpregel,
    Overlegafspraak,
    Samenwerkinginhoud,
    is_bewerker,
)
from inkoop.services.brieven import blokken
from inkoop.services.brieven.blokken import Zaak
from inkoop.services.brieven.overeenkomst import gemeentepartijen

Onderdeelgegevens = Samenwerkingsgegevens | Gegevensovereenkomst | Dienstverleningsgegevens


def compose_onderdeel(
    zaak: Zaak, inhoud: Onderdeelinhoud, *, kenmerk: str, contractnummer: str, datum: date, einde: date
) -> Onderdeelgegevens:
    """One part, with the same parties and term as the agreement that it belongs to."""
    ingang = zaak.ronde.ingang
    vast: dict[str, Any] = {
        "kenmerk": kenmerk,
        "contractnummer": contractnummer,
        "datum": datum,
        "organisatie": blokken.organisatie(zaak.definitie, ingang),
        "procedure": blokken.procedure(zaak.definitie),
        "gemeenten": gemeentepartijen(zaak.definitie, ingang),
        "aanbieder": blokken.aanbieder(zaak.opgave),
        "rechtbank": zaak.definitie.rechtsbescherming.rechtbank,
        "ingang": ingang,
        "einde": einde,
    }
    if isinstance(inhoud, Samenwerkinginhoud):
        return _compose_samenwerking(zaak, inhoud, vast)
    if isinstance(inhoud, Gegevensinhoud):
        return _compose_gegevens(zaak, inhoud, vast)
    return _compose_dienst(inhoud, vast)


def _compose_samenwerking(zaak: Zaak, inhoud: Samenwerkinginhoud, vast: dict[str, Any]) -> Samenwerkingsgegevens:
    gemeenten = [f"gemeente {een.naam}" for een in zaak.definitie.gemeenten_op(zaak.ronde.ingang)]
    return Samenwerkingsgegevens(
        **vast,
        deelnemers=(*gemeenten, *(lid.naam for lid in zaak.opgave.leden if lid.rol in PARTIJEN)),
        doel=inhoud.doel,
        ontwikkelagenda=_explain(inhoud.ontwikkelagenda),
        overleg=_meet(inhoud.overleg),
        kosten=inhoud.kosten,
        indicatoren=inhoud.indicatoren,
        evaluatie=inhoud.evaluatie,
    )


def _compose_gegevens(zaak: Zaak, inhoud: Gegevensinhoud, vast: dict[str, Any]) -> Gegevensovereenkomst:
    return Gegevensovereenkomst(
        **vast,
        gegevensafspraak=choose_rol(zaak, inhoud),
        verwerkingen=tuple(
            Verwerking(
                verwerking=een.verwerking,
                doel=een.doel,
                grondslag=een.grondslag,
                betrokkenen=een.betrokkenen,
                gegevens=een.gegevens,
            )
            for een in inhoud.verwerkingen
        ),
        subverwerkers=_explain(inhoud.subverwerkers),
        maatregelen=_explain(inhoud.maatregelen),
        fg_gemeenten=inhoud.fg_gemeenten,
        fg_aanbieder=inhoud.fg_aanbieder,
        meldtermijn_uren=inhoud.meldtermijn_uren,
        aansprakelijkheid=inhoud.aansprakelijkheid,
        oude_naam=is_bewerker(inhoud.rol, vast["datum"]),
    )


def choose_rol(zaak: Zaak, inhoud: Gegevensinhoud) -> Gegevensafspraakgegevens:
    """What is agreed on data, in the role that the jurist laid down for this agreement."""
    afspraak = blokken.gegevensafspraak(zaak.definitie)
    return Gegevensafspraakgegevens(
        rol=inhoud.rol,
        motivering=inhoud.motivering,
        doelen=afspraak.doelen,
        gegevens=afspraak.gegevens,
        bewaartermijn=afspraak.bewaartermijn,
        datalekcontact=afspraak.datalekcontact,
    )


def _compose_dienst(inhoud: Dienstverleninginhoud, vast: dict[str, Any]) -> Dienstverleningsgegevens:
    return Dienstverleningsgegevens(
        **vast,
        raamovereenkomst_datum=vast["datum"],
        omschrijving=inhoud.omschrijving,
        stappen=_explain(inhoud.stappen),
        normen=_explain(inhoud.normen),
        deskundigheid=inhoud.deskundigheid,
        vergoeding=inhoud.vergoeding,
        eenheid=inhoud.eenheid,
        betaling=inhoud.betaling,
        overleg=_meet(inhoud.overleg),
        opzegtermijn_maanden=inhoud.opzegtermijn_maanden,
    )


def _explain(regels: Iterable[Onderwerpregel]) -> tuple[Toelichting, ...]:
    return tuple(Toelichting(onderwerp=een.onderwerp, tekst=een.tekst) for een in regels)


def _meet(regels: Iterable[Overlegafspraak]) -> tuple[Overlegregel, ...]:
    return tuple(Overlegregel(overleg=een.overleg, wie=een.wie, frequentie=een.frequentie) for een in regels)
