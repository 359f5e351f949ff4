"""The publication text of a toelating.

Bron: domein C.10; BP-04.
"""

from __future__ import annotations

from inkoop.documents.gegevens import Criteriumregel, Ondertekenaar, Publicatietekstgegevens
from inkoop.domain.criteria.criterium import Criteriaset, Criterium
from inkoop.domain.criteria.lezing import list_peilmomenten
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.tarief import tarieftabel_op
from inkoop.services.brieven import blokken
from inkoop.services.huis import Optreden

KEUZE_VOORWAARDE = "BP-04"
"""The setting that completes the sentence which the strategy leaves open."""


def compose_publicatie(
    definitie: Proceduredefinitie, editie: Criteriaset, kenmerk: str, door: Optreden
) -> Publicatietekstgegevens:
    """What is published: what is bought, the criteria of this edition, the tariffs, the calendar, the court."""
    tabel = tarieftabel_op(definitie, definitie.looptijd.ingang)
    rondes = tuple(
        blokken.ronde(ronde)
        for ronde in definitie.instroom.rondes
        if not ronde.historisch and ronde.criteria_editie == editie.editie
    )
    return Publicatietekstgegevens(
        kenmerk=kenmerk,
        datum=local_date(door.nu),
        organisatie=blokken.organisatie(definitie),
        procedure=blokken.procedure(definitie),
        omschrijving=definitie.omschrijving,
        motivering=definitie.motivering_kwalificatie,
        voorwaarde=definitie.keuzes[KEUZE_VOORWAARDE],
        volume=definitie.contract.volume,
        bekostiging=definitie.contract.bekostiging,
        indexering=definitie.contract.indexering,
        percelen=tuple(
            blokken.tariefperceel(perceel, [product.code for product in perceel.producten], tabel)
            for perceel in definitie.percelen
        ),
        tarief=blokken.tariefversie(tabel),
        looptijd=blokken.looptijd(definitie),
        criteriaset=editie.set,
        editie=editie.editie,
        editie_hash=editie.hash,
        criteria=tuple(_criteriumregel(criterium) for criterium in editie.criteria),
        rondes=rondes,
        herstel_dagen=definitie.termijnen.herstel_dagen,
        vervaltermijn_dagen=definitie.termijnen.vervaltermijn_dagen,
        rechtbank=definitie.rechtsbescherming.rechtbank,
        melding_adres=definitie.rechtsbescherming.melding_adres,
        klachtadres=definitie.rechtsbescherming.klachtadres,
        uitzonderingen=blokken.uitzonderingen(definitie),
        uitgesloten=tuple(f"{product}: {waarom}" for product, waarom in definitie.uitgesloten_producten.items()),
        ondertekenaar=Ondertekenaar(
            naam=definitie.organisatie.contactpersoon, functie=f"namens {definitie.organisatie.naam}"
        ),
    )


def _criteriumregel(criterium: Criterium) -> Criteriumregel:
    return Criteriumregel(
        criterium=criterium.id,
        titel=criterium.titel,
        eis=criterium.eis,
        bron=criterium.bron,
        groep=criterium.groep,
        geldt_voor=describe_bereik(criterium),
        bewijs=criterium.bewijs,
        peilmomenten=tuple(list_peilmomenten(criterium.toets)),
        toepassing=criterium.toepassing,
        herstelbaar=criterium.herstelbaar,
        motivering=criterium.motivering,
    )


def describe_bereik(criterium: Criterium) -> str:
    """To what a criterium applies, in words."""
    alleen = criterium.alleen
    delen = {
        "perceel": alleen.percelen,
        "product": alleen.producten,
        "kenmerk": alleen.kenmerken,
        "rechtsvorm": alleen.rechtsvormen,
    }
    genoemd = [f"{naam} {', '.join(waarden)}" for naam, waarden in delen.items() if waarden]
    return "; ".join(genoemd) if genoemd else "alle percelen"
