"""The contract for a task against a fixed amount, filled for one chosen provider.

Bron: domein C.17 (aard: lumpsum), C.31; B.1.8 (taakgericht is geen raamovereenkomst); W21-BG-02, W21-BW-02; F.3 J1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from inkoop.documents.gegevens import Raamovereenkomstgegevens, Taakregel
from inkoop.documents.gegevens.afspraken import Budgetjaar, Opdrachtgegevens
from inkoop.documents.gegevens.bouwstenen import Aanbodperceel, Toelichting
from inkoop.domain.aanmelding import PARTIJEN
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.kalender import format_dag
from inkoop.domain.overeenkomstdelen import Overgang, Overgangswijze
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.tarief import tarieftabel_op
from inkoop.services.brieven import blokken
from inkoop.services.brieven.blokken import Zaak
from inkoop.services.brieven.overeenkomst import compose_raamovereenkomst, gemeentepartijen, taakverdeling

SJABLOON = "overeenkomst-van-opdracht"
SOORT = "overeenkomst van opdracht"
"""What a procedure calls it under `contract`, `overeenkomstsoort`."""

RAAM = "raamovereenkomst"

Contractgegevens = Opdrachtgegevens | Raamovereenkomstgegevens

GEEN_OVERGANG = "De gepubliceerde documenten kennen geen aparte regeling voor ondersteuning die bij de ingang al loopt."


def choose_contract(definitie: Proceduredefinitie) -> tuple[str, Callable[..., Contractgegevens]]:
    """The template and the composer of the kind of agreement that was published: a task, or a framework (B.1.8)."""
    if definitie.contract.overeenkomstsoort == SOORT:
        return SJABLOON, compose_opdracht
    return RAAM, compose_raamovereenkomst


def compose_opdracht(
    zaak: Zaak,
    *,
    kenmerk: str,
    contractnummer: str,
    datum: date,
    producten: Mapping[str, Sequence[str]],
    besluit: str,
    besluit_datum: date,
) -> Opdrachtgegevens:
    """The contract for the percelen that were awarded, with the amount of the year in which it starts."""
    definitie, contract = zaak.definitie, zaak.definitie.contract
    ingang = zaak.ronde.ingang
    looptijd = blokken.looptijd(definitie, ingang)
    percelen = [definitie.find_perceel(code) for code in producten]
    return Opdrachtgegevens(
        kenmerk=kenmerk,
        contractnummer=contractnummer,
        datum=datum,
        organisatie=blokken.organisatie(definitie, ingang),
        procedure=blokken.procedure(definitie),
        gemeenten=gemeentepartijen(definitie, ingang),
        aanbieder=blokken.aanbieder(zaak.opgave),
        rechtbank=definitie.rechtsbescherming.rechtbank,
        besluit=besluit,
        besluit_datum=besluit_datum,
        percelen=tuple(
            Aanbodperceel(
                code=perceel.code, naam=perceel.naam, omschrijving=perceel.omschrijving, maximum=perceel.max_aanbieders
            )
            for perceel in percelen
        ),
        budget=_list_budget(definitie, ingang, producten),
        betaling=contract.declaratie,
        indexering=contract.indexering,
        volumerisico=contract.volume,
        ingang=ingang,
        einde=looptijd.einde_eerste_termijn,
        opties=looptijd.opties,
        opzegtermijn_maanden=looptijd.opzegtermijn_maanden,
        geen_beschikking=False,
        taakverdeling=taakverdeling(zaak),
        onderaannemers=tuple(
            Taakregel(lid=lid.naam, taak="uitvoering van ondersteuning")
            for lid in zaak.opgave.leden
            if lid.rol is Lidrol.ONDERAANNEMER
        ),
        programma_van_eisen=blokken.eisregels(definitie),
        verantwoording=tuple(
            Toelichting(onderwerp=thema, tekst="onderwerp van elk kwartaalgesprek") for thema in contract.kwartaalthemas
        ),
        bijzonderheden=tuple(_list_bijzonderheden(definitie, producten)),
        overgang=describe_overgang(definitie.overgang),
        social_return=contract.social_return,
        verzekering=contract.verzekering,
        gegevensafspraak=blokken.gegevensafspraak(definitie),
        rangorde=contract.delen,
        klachtadres=definitie.rechtsbescherming.klachtadres,
        geschillencommissie=definitie.rechtsbescherming.geschillencommissie,
        exemplaren=len(definitie.gemeenten_op(ingang)) + sum(1 for lid in zaak.opgave.leden if lid.rol in PARTIJEN),
        profiel=contract.profiel,
    )


def _list_budget(
    definitie: Proceduredefinitie, ingang: date, producten: Mapping[str, Sequence[str]]
) -> tuple[Budgetjaar, ...]:
    """The published amount of each awarded perceel in the first year; later years follow by indexation."""
    return tuple(
        Budgetjaar(perceel=som.perceel, jaar=ingang.year, bedrag=som.bedrag)
        for som in tarieftabel_op(definitie, ingang).lumpsums
        if som.perceel in producten
    )


def _list_bijzonderheden(definitie: Proceduredefinitie, producten: Mapping[str, Sequence[str]]) -> list[Toelichting]:
    """How support is reached in this procedure, and whose budget it is where a perceel has more than one party."""
    gevonden = []
    if definitie.beleid is not None and definitie.beleid.toegang:
        gevonden.append(Toelichting(onderwerp="Toegang in deze procedure", tekst=definitie.beleid.toegang))
    gedeeld = [code for code in producten if definitie.find_perceel(code).max_aanbieders != 1]
    if gedeeld:
        tekst = (
            f"Het Budget van perceel {', '.join(gedeeld)} is het gepubliceerde bedrag voor alle aanbieders van dat "
            "perceel samen. Het deel van de Aanbieder staat in zijn definitieve voorstel, dat bij deze overeenkomst "
            "hoort."
        )
        gevonden.append(Toelichting(onderwerp="Verdeling van het Budget", tekst=tekst))
    return gevonden


def describe_overgang(overgang: Overgang | None) -> str:
    """What happens with support that runs when the contract starts, in a sentence (M20-37, H19-56)."""
    if overgang is None:
        return GEEN_OVERGANG
    delen = ["Ondersteuning die bij de ingang al loopt, gaat door tot het einde van de beschikking"]
    if overgang.wijze is Overgangswijze.UITERSTE_DATUM and overgang.uiterste_datum is not None:
        delen.append(f"uiterlijk tot en met {format_dag(overgang.uiterste_datum)}")
    zin = ", ".join(delen) + "."
    if overgang.alleen_zelfde_aanbieder:
        zin += " Dat geldt alleen voor ondersteuning van een aanbieder die opnieuw een overeenkomst heeft."
    return zin
