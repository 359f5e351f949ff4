"""The publication text of a toelating.

Bron: domein C.10; BP-04.
"""

from __future__ import annotations

from inkoop.documents.gegevens import Criteriumregel, Ondertekenaar, Publicatietekstgegevens
from inkoop.domain.criteria.criterium import Criteriaset, Criterium
from inkoop.domain.criteria.lezing import describe_beroep, describe_toets, list_peilmomenten
from inkoop.domain.criteria.verwoording import write_opsomming
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
        if local_date(ronde.sluiting) >= local_date(door.nu) and ronde.criteria_editie == editie.editie
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
        criteria=tuple(_criteriumregel(definitie, criterium) for criterium in editie.criteria),
        rondes=rondes,
        herstel_dagen=definitie.termijnen.herstel_dagen,
        vervaltermijn_dagen=definitie.termijnen.vervaltermijn_dagen,
        rechtbank=definitie.rechtsbescherming.rechtbank,
        melding_adres=definitie.rechtsbescherming.melding_adres,
        klachtadres=definitie.rechtsbescherming.klachtadres,
        uitzonderingen=blokken.uitzonderingen(definitie),
        uitgesloten=tuple(definitie.uitgesloten_producten.values()),
        ondertekenaar=Ondertekenaar(
            naam=definitie.organisatie.contactpersoon, functie=f"namens {definitie.organisatie.naam}"
        ),
    )


def _criteriumregel(definitie: Proceduredefinitie, criterium: Criterium) -> Criteriumregel:
    return Criteriumregel(
        criterium=criterium.id,
        titel=criterium.titel,
        eis=criterium.eis,
        bron=criterium.bron,
        groep=criterium.groep,
        geldt_voor=describe_bereik(definitie, criterium),
        bewijs=criterium.bewijs,
        peilmomenten=tuple(list_peilmomenten(criterium.toets)),
        toepassing=criterium.toepassing,
        toetswijze=(*describe_toets(criterium.toets), *describe_beroep(criterium)),
        herstelbaar=criterium.herstelbaar,
        motivering=criterium.motivering,
    )


def describe_bereik(definitie: Proceduredefinitie, criterium: Criterium) -> str:
    """To what a criterium applies, in words: products by name, and a kenmerk as the products that have it."""
    alleen = criterium.alleen
    producten = [product for perceel in definitie.percelen for product in perceel.producten]
    namen = {product.code: product.naam for product in producten}
    delen = {
        ("perceel", "percelen"): alleen.percelen,
        ("product", "producten"): tuple(namen.get(code, code) for code in alleen.producten),
        ("producten met", "producten met"): alleen.kenmerken,
        ("rechtsvorm", "rechtsvormen"): alleen.rechtsvormen,
        ("ondernemingen met grootte", "ondernemingen met grootte"): tuple(alleen.groottes),
        ("partijen met de rol", "partijen met de rol"): tuple(alleen.rollen),
    }
    genoemd = [
        f"{een if len(waarden) == 1 else meer} {write_opsomming(waarden)}"
        for (een, meer), waarden in delen.items()
        if waarden
    ]
    return "; ".join(genoemd) if genoemd else "alle percelen"
