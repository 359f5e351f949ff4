"""The publication text, for an admission as well as for a selection.

Bron: domein C.10; BP-04; B.1.6, B.2.8 (one closing instant), B.2.12.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from inkoop.documents.gegevens import (
    Criteriumregel,
    Ondertekenaar,
    Prijsregel,
    Publicatiekeuze,
    Publicatieperceel,
    Publicatieronde,
    Publicatietekstgegevens,
)
from inkoop.domain.criteria.criterium import Criteriaset, Criterium
from inkoop.domain.criteria.lezing import describe_beroep, describe_toets, list_peilmomenten
from inkoop.domain.criteria.verwoording import write_opsomming
from inkoop.domain.fasen import KEUZE_VOORWAARDE
from inkoop.domain.inlichtingen import GESTAND_DAGEN, end_of_gestand, end_of_vragen, last_nota
from inkoop.domain.instroom import NOTA_DAGEN
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Kwalificatie, Perceel, Proceduredefinitie, Rondedefinitie, Tarieftabel
from inkoop.domain.selectie import VORMEN
from inkoop.domain.tarief import tarieftabel_op
from inkoop.services.brieven import aanbodtekst, blokken
from inkoop.services.huis import Optreden

STAP_MARKTCONSULTATIE = "marktconsultatieverslag"
"""The step in which the public report of a market consultation is made; also the name of that document type."""


def compose_publicatie(
    definitie: Proceduredefinitie, editie: Criteriaset, kenmerk: str, door: Optreden
) -> Publicatietekstgegevens:
    """What is published: what is bought, the criteria of this edition, the tariffs, the calendar, the court."""
    tabel = tarieftabel_op(definitie, definitie.looptijd.ingang)
    regels, toets = definitie.selectieregels, definitie.kwalificatietoets
    rondes = tuple(
        _ronde(ronde)
        for ronde in definitie.instroom.rondes
        if local_date(ronde.sluiting) >= local_date(door.nu) and ronde.criteria_editie == editie.editie
    )
    return Publicatietekstgegevens(
        kenmerk=kenmerk,
        datum=local_date(door.nu),
        organisatie=blokken.organisatie(definitie, local_date(door.nu)),
        procedure=blokken.procedure(definitie),
        aanbesteed=definitie.kwalificatie is Kwalificatie.SAS,
        selectie=definitie.selectie,
        vorm=VORMEN[definitie.procedurevorm].naam if definitie.procedurevorm else None,
        raming=sum(toets.ramingen.values(), Decimal(0)) if toets and toets.ramingen else None,
        omschrijving=definitie.omschrijving,
        motivering=definitie.motivering_kwalificatie,
        voorwaarde=definitie.keuzes.get(KEUZE_VOORWAARDE),
        marktconsultatie=_find_marktconsultatie(definitie),
        volume=definitie.contract.volume,
        bekostiging=definitie.contract.bekostiging,
        indexering=definitie.contract.indexering,
        percelen=tuple(_perceel(definitie, perceel, tabel) for perceel in definitie.percelen),
        tarief=blokken.tariefversie(tabel),
        looptijd=blokken.looptijd(definitie),
        verlenging=definitie.looptijd.verlenging,
        aantal_opties=definitie.looptijd.aantal_opties or 0,
        criteriaset=editie.set,
        editie=editie.editie,
        editie_hash=editie.hash,
        criteria=tuple(criteriumregel(definitie, criterium) for criterium in editie.criteria),
        keuzecriteria=tuple(
            Publicatiekeuze(criterium=een.id, naam=een.naam, weging=een.weging)
            for een in ((*regels.selectiecriteria, *regels.gunningscriteria) if regels else ())
        ),
        rondes=rondes,
        nota_dagen=NOTA_DAGEN,
        herstel_dagen=definitie.termijnen.herstel_dagen,
        vervaltermijn_dagen=definitie.termijnen.vervaltermijn_dagen,
        gestand_dagen=GESTAND_DAGEN,
        rechtbank=definitie.rechtsbescherming.rechtbank,
        melding_adres=definitie.rechtsbescherming.melding_adres,
        klachtadres=definitie.rechtsbescherming.klachtadres,
        uitzonderingen=blokken.uitzonderingen(definitie),
        uitgesloten=tuple(definitie.uitgesloten_producten.values()),
        instroom=aanbodtekst.list_instroom(definitie),
        ondertekenaar=Ondertekenaar(
            naam=definitie.organisatie.contactpersoon, functie=f"namens {definitie.organisatie.naam}"
        ),
    )


def _find_marktconsultatie(definitie: Proceduredefinitie) -> str | None:
    """Where the report of the market consultation stands, when the procedure has that step. Bron: C.10, M20-42."""
    if not any(stap.id == STAP_MARKTCONSULTATIE for stap in definitie.stappen):
        return None
    return f"Het verslag daarvan staat op het platform ({definitie.organisatie.platform})."


def _ronde(ronde: Rondedefinitie) -> Publicatieronde:
    """The calendar of a round; the closing instant is that of the definition, printed the same everywhere."""
    return Publicatieronde(
        kenmerk=ronde.kenmerk,
        opening=ronde.opening,
        vragen_tot=end_of_vragen(ronde),
        nota_uiterlijk=ronde.nota or last_nota(ronde),
        sluiting=ronde.sluiting,
        gestand_tot=end_of_gestand(ronde.sluiting),
        besluit=ronde.besluit,
        tekenen=ronde.tekenen,
        ingang=ronde.ingang,
    )


def _perceel(definitie: Proceduredefinitie, perceel: Perceel, tabel: Tarieftabel) -> Publicatieperceel:
    return Publicatieperceel(
        code=perceel.code,
        naam=perceel.naam,
        omschrijving=perceel.omschrijving,
        producten=tuple(_list_prijzen(perceel, tabel)),
        max_aanbieders=perceel.max_aanbieders if definitie.selectie else None,
    )


def _list_prijzen(perceel: Perceel, tabel: Tarieftabel) -> Iterator[Prijsregel]:
    """Every amount of a perceel: products, cells of the matrix, its lumpsum, surcharges."""
    producten = {product.code: product for product in perceel.producten}
    tredes = {trede.code: trede.naam for trede in perceel.tredes}
    for tarief in tabel.tarieven:
        product = producten.get(tarief.product)
        if product is not None:
            naam = product.naam if tarief.trede is None else f"{product.naam}, {tredes[tarief.trede]}"
            yield Prijsregel(
                code=product.code,
                naam=naam,
                omschrijving=product.omschrijving,
                bedrag=tarief.bedrag,
                eenheid=tarief.eenheid or tabel.eenheid,
            )
    for som in tabel.lumpsums:
        if som.perceel == perceel.code:
            bestaat_uit = write_opsomming([product.naam for product in perceel.producten])
            yield Prijsregel(
                code=perceel.code,
                naam="Eén bedrag voor het hele perceel",
                omschrijving=f"Voor {bestaat_uit}.",
                bedrag=som.bedrag,
                eenheid=som.eenheid,
            )
    for toeslag in tabel.toeslagen:
        if set(toeslag.producten) & set(producten):
            bij = write_opsomming([code for code in toeslag.producten if code in producten])
            yield Prijsregel(
                code=toeslag.code,
                naam=toeslag.naam,
                omschrijving=f"Bij {bij}.",
                bedrag=toeslag.bedrag,
                eenheid=toeslag.eenheid,
            )


def criteriumregel(definitie: Proceduredefinitie, criterium: Criterium) -> Criteriumregel:
    """A criterion with everything that an applicant must know about it."""
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
