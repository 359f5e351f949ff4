"""The purchasing strategy, filled from the procedure and its criteria: what the file knows is never typed again.

What the file does not say stays empty, and the generation of the document refuses it by name.

Bron: domein C.4, C.31; M20-06, M20-08, M20-13..M20-16, M20-28, M20-50, M20-57..M20-59; H19-22, H19-23; BP-05.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from inkoop.documents.gegevens.beleid import Inkoopstrategiegegevens, Strategiecriterium, Strategiegesprek
from inkoop.documents.gegevens.bouwstenen import Keuze, Risico, Toelichting
from inkoop.documents.gegevens.woorden import WOORDEN
from inkoop.domain.beleid import Beleid
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.fasen import KEUZE_VOORWAARDE
from inkoop.domain.kalender import format_dag
from inkoop.domain.overgang import describe_overgang
from inkoop.domain.procedure import Proceduredefinitie, Stap, Stapsoort
from inkoop.services.brieven import aanbodtekst, blokken

_ROLNAMEN = {"financien": "financiën"}


def compose_strategie(
    definitie: Proceduredefinitie, editie: Criteriaset, *, kenmerk: str, versie: str, datum: date
) -> Inkoopstrategiegegevens:
    """The strategy as far as the procedure tells it; `versie` is that of the paper."""
    beleid, contract = aanbodtekst.beleid_van(definitie), definitie.contract
    toetsmoment = _find_toetsmoment(definitie)
    cyclus = contract.addendumcyclus
    concept, tekenen, ingang = map(
        aanbodtekst.describe_maanddag, (cyclus.concept_uiterlijk, cyclus.tekenen_uiterlijk, cyclus.ingang)
    )
    wie = "gekozen" if definitie.selectie else "toegelaten"
    return Inkoopstrategiegegevens(
        kenmerk=kenmerk,
        versie=versie,
        datum=datum,
        organisatie=blokken.organisatie(definitie, datum),
        procedure=blokken.procedure(definitie),
        aanleiding=beleid.aanleiding or "",
        scope=tuple(f"{perceel.naam} (perceel {perceel.code})" for perceel in definitie.percelen),
        buiten_scope=tuple(_list_buiten_scope(definitie)),
        totstandkoming=beleid.totstandkoming or "",
        werkgroep=tuple(
            Toelichting(onderwerp=_ROLNAMEN.get(lid.rol, lid.rol).capitalize(), tekst=lid.taak)
            for lid in beleid.werkgroep
        ),
        consultaties=tuple(
            Strategiegesprek(doelgroep=een.doelgroep, datum=een.datum, aantal=een.aantal) for een in beleid.gesprekken
        ),
        samenvatting=beleid.samenvatting,
        gevolgen_clienten=beleid.gevolgen_clienten or "",
        beleidsdoelen=aanbodtekst.list_doelen(definitie),
        toegang=beleid.toegang or "",
        inkoopdoelen=beleid.inkoopdoelen,
        percelen=aanbodtekst.percelen(definitie),
        perceelindeling=beleid.perceelindeling or "",
        uitzonderingen=blokken.uitzonderingen(definitie),
        cijfers=aanbodtekst.cijfers(definitie),
        markt=beleid.markt or "",
        bekostiging=contract.bekostiging,
        tarieven=beleid.tarieven or "",
        kwaliteit=beleid.kwaliteit or "",
        contract=(
            Toelichting(onderwerp="Soort", tekst=f"{contract.overeenkomstsoort} met elke {wie} aanbieder."),
            Toelichting(onderwerp="Volume", tekst=contract.volume),
            Toelichting(onderwerp="Betaling", tekst=contract.declaratie),
            Toelichting(onderwerp="Indexering", tekst=contract.indexering),
            Toelichting(onderwerp="Social return", tekst=contract.social_return),
        ),
        looptijd=aanbodtekst.regeling(definitie),
        keuzes=tuple(
            Keuze(
                onderwerp=keuze.onderwerp,
                gekozen=keuze.gekozen,
                alternatieven=keuze.alternatieven,
                argument=keuze.argument,
            )
            for keuze in beleid.keuzes
        ),
        vastgelegd=tuple(_list_vastgelegd(definitie)),
        motivering_procedure=definitie.motivering_kwalificatie,
        criteria=tuple(
            Strategiecriterium(
                criterium=een.id, soort=WOORDEN["groep"][een.groep], eis=een.eis, motivering=een.motivering
            )
            for een in editie.criteria
        ),
        periodiciteit=aanbodtekst.describe_instroom(definitie),
        instroom=aanbodtekst.list_instroom(definitie),
        marktconsultatie=beleid.marktconsultatie or "",
        toetsmoment=toetsmoment.uiterlijk if toetsmoment else None,
        toetscriteria=toetsmoment.checklist if toetsmoment else (),
        fallback=beleid.terugval or "",
        monitoring=(*aanbodtekst.toelichtingen(beleid.sturing), *_list_monitoring(definitie)),
        governance=tuple(aanbodtekst.list_bestuur(definitie)),
        communicatie=aanbodtekst.toelichtingen(beleid.communicatie),
        planning=tuple(aanbodtekst.list_planning(definitie.stappen)),
        risicos=_list_risicos(beleid),
        principes=aanbodtekst.toelichtingen(beleid.principes),
        matrix=aanbodtekst.matrix(definitie),
        randvoorwaarden=beleid.randvoorwaarden,
        aanhaak=_describe_aanhaak(definitie),
        overgang=describe_overgang(definitie.overgang) if definitie.overgang else None,
        addenda=(
            f"Wijzigingen worden elk jaar gebundeld in een addendum: concept uiterlijk {concept}, getekend uiterlijk "
            f"{tekenen}, in werking op {ingang}."
        ),
    )


def _list_vastgelegd(definitie: Proceduredefinitie) -> Iterator[Toelichting]:
    """The choices that the sources leave open, by number; BP-04 is the end of a sentence, so it gets its beginning."""
    for naam, tekst in sorted(definitie.keuzes.items()):
        zin = f"Voorwaarde voor deze procedure is dat {tekst}." if naam == KEUZE_VOORWAARDE else tekst
        yield Toelichting(onderwerp=naam, tekst=zin)


def _list_risicos(beleid: Beleid) -> tuple[Risico, ...]:
    return tuple(
        Risico(risico=een.risico, gevolg=een.gevolg, maatregel=een.maatregel, eigenaar=een.eigenaar)
        for een in beleid.risicos
    )


def _list_buiten_scope(definitie: Proceduredefinitie) -> Iterator[str]:
    """Subjects that the paper leaves out, what is not bought, and older agreements that run on (M20-05, M20-08)."""
    yield from aanbodtekst.beleid_van(definitie).buiten_strategie
    yield from (tekst.rstrip(".") for tekst in definitie.uitgesloten_producten.values())
    for voorganger in definitie.voorgangers:
        if voorganger.verlengd_tot is not None:
            yield f"{voorganger.naam}; die lopen door tot en met {format_dag(voorganger.verlengd_tot)}"


def _find_toetsmoment(definitie: Proceduredefinitie) -> Stap | None:
    """The step in which is decided to go on or not; the first, where there are more."""
    return next((stap for stap in definitie.stappen if stap.soort is Stapsoort.GO_NO_GO), None)


def _list_monitoring(definitie: Proceduredefinitie) -> Iterator[Toelichting]:
    """The quarterly talk and its yearly check (M20-51)."""
    contract = definitie.contract
    yield Toelichting(
        onderwerp="Kwartaalgesprek",
        tekst=(
            f"elk kwartaal, over {'; '.join(contract.kwartaalthemas)}. De wettelijke kwaliteitseisen worden elk jaar "
            f"in kwartaal {contract.jaarcontrole_kwartaal} nagelopen."
        ),
    )


def _describe_aanhaak(definitie: Proceduredefinitie) -> str | None:
    """How a gemeente can join later; None where it cannot (H19-45)."""
    aanhaak = definitie.gemeente_aanhaak
    if aanhaak is None:
        return None
    naam = next(een.naam for een in definitie.regelingen if een.id == aanhaak.regeling)
    return (
        f"Een gemeente kan aanhaken als zij vóór {aanbodtekst.describe_maanddag(aanhaak.voor)} is aangesloten bij "
        f"'{naam}', de afspraken volgt en haar voornemen aan alle aanbieders heeft gemeld. Zij doet dan mee vanaf "
        f"{aanbodtekst.describe_maanddag(aanhaak.ingang)} van het volgende jaar."
    )
