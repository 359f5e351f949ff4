"""A published procedure with running agreements, laid down as rows: what rules for the contract years start from."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from inkoop import bootstrap
from inkoop.cli.demo.personen import INKOPER
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.looptijd import einddatum_op
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Aanmeldingsstatus, Overeenkomststatus
from inkoop.services import procedures, rondes
from inkoop.services.overeenkomsten import Inhoud
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.implementatie import ImplementatieafrondingRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from inkoop.storage.tabellen.procedure import CriteriaeditieRow
from inkoop.storage.tabellen.ronde import RondeRow
from tests.domain.voorbeeldopgave import make_opgave
from tests.services.proefspel import Proef


def add_contracten(proef: Proef, aantal: int, op: date, *, afgerond: bool = True) -> list[str]:
    """Publish the procedure of a store and give it so many agreements of its first round; their contract numbers."""
    definitie = proef.definitie
    ronde = definitie.instroom.rondes[0]
    publish_rij(proef, op)
    nummers = []
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        ronderij = rondes.find_ronde(eenheid.sessie, ronde.kenmerk)
        ronderij.fase = Fase.IMPLEMENTEREN
        if afgerond:
            eenheid.sessie.add(ImplementatieafrondingRow(id=uuid4(), ronde_id=ronderij.id, op=eenheid.op))
        eenheid.sessie.add(ronderij)
        producten = {p.code: tuple(product.code for product in p.producten) for p in definitie.percelen}
        for volgnummer in range(1, aantal + 1):
            opgave = msgspec.structs.replace(make_opgave(), naam=f"Aanbieder {volgnummer}")
            aanmelding = AanmeldingRow(
                id=uuid4(),
                ronde_id=ronderij.id,
                kenmerk=f"{ronde.kenmerk}-A{volgnummer:03d}",
                naam=opgave.naam,
                kvk=opgave.penvoerder.kvk,
                ontvangen_op=ronde.sluiting,
                status=Aanmeldingsstatus.BESLOTEN,
                opgave=msgspec.json.encode(opgave).decode(),
            )
            eenheid.sessie.add(aanmelding)
            eenheid.sessie.flush()
            nummer = f"{definitie.contract.contractnummer_voorvoegsel}-{volgnummer:04d}"
            eenheid.sessie.add(
                OvereenkomstRow(
                    id=uuid4(),
                    aanmelding_id=aanmelding.id,
                    contractnummer=nummer,
                    status=Overeenkomststatus.ACTIEF,
                    inhoud=msgspec.json.encode(
                        Inhoud(
                            producten=producten,
                            tarieftabel=definitie.tarieftabellen[0].versie,
                            getekend_op=ronde.ingang - timedelta(days=30),
                        )
                    ).decode(),
                    ingang=ronde.ingang,
                    einddatum=einddatum_op(definitie.looptijd, ronde.ingang),
                    opgesteld_door=INKOPER,
                )
            )
            nummers.append(nummer)
        eenheid.audit("proef", definitie.naam, naar="contracten")
    return nummers


def publish_rij(proef: Proef, op: date) -> None:
    """Publish the procedure of a store on a day with its first round, as rows."""
    definitie = proef.definitie
    ronde = definitie.instroom.rondes[0]
    edities = bootstrap.load_procedure_edities(proef.huis, definitie.naam)
    proef.klok.set(proef.at(op))
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, definitie.naam)
        rij.gepubliceerd_op, rij.fase = eenheid.op, Fase.PUBLICEREN
        editie = _freeze(rij.id, edities[ronde.criteria_editie], eenheid.op)
        ronderij = RondeRow(
            id=uuid4(),
            procedure_id=rij.id,
            criteriaeditie_id=editie.id,
            kenmerk=ronde.kenmerk,
            fase=Fase.SELECTEREN,
            opening=ronde.opening,
            sluiting=ronde.sluiting,
        )
        for een in (rij, editie, ronderij):
            eenheid.sessie.add(een)
            eenheid.sessie.flush()
        eenheid.audit("proef", definitie.naam, naar="gepubliceerd")


def _freeze(procedure_id: UUID, editie: Criteriaset, op: datetime) -> CriteriaeditieRow:
    return CriteriaeditieRow(
        id=uuid4(),
        procedure_id=procedure_id,
        criteriaset=editie.set,
        editie=editie.editie,
        hash=editie.hash,
        inhoud=msgspec.json.encode(editie).decode(),
        vastgelegd_op=op,
    )
