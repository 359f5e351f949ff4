"""The parts of an agreement from what the jurist lays down to signed, each with its own version."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo.personen import CONTRACTMANAGER, INKOPER, JURIST
from inkoop.definitions.onderdelen import load_onderdelen
from inkoop.domain.onderdelen import Onderdelenbestand
from inkoop.domain.overeenkomstdelen import GegevensafspraakRol, Onderdeelsoort
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.services import documenten, implementatie, onderdeelstand, onderdelen, overeenkomsten
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.overeenkomst import GemeentekopieRow
from tests.domain.test_onderdelen import ALLES
from tests.services.conftest import Begin
from tests.services.proefspel import Proef, render_plaatsvervangers
from tests.services.test_overeenkomsten import find_nummer, read_status, sign, sign_gemeenten


@pytest.fixture
def bestand(tmp_path: Path) -> Onderdelenbestand:
    pad = tmp_path / "onderdelen.yaml"
    pad.write_text(ALLES, encoding="utf-8")
    return load_onderdelen(pad)


@pytest.fixture
def proef(begin: Begin) -> Proef:
    """An agreement that is composed and approved, and not offered yet."""
    proef = begin("tekenen")
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = overeenkomsten.find_overeenkomst(eenheid.sessie, find_nummer(proef))
        rij.status = Overeenkomststatus.CONCEPT
        eenheid.sessie.add(rij)
        eenheid.audit("proef", find_nummer(proef))
    return proef


def update(proef: Proef) -> bool:
    gedaan = onderdelen.update_onderdelen(proef.huis, proef.act_as(INKOPER), proef.find("M1"))
    render_plaatsvervangers(proef.huis, proef.act_as(INKOPER))
    return gedaan


def read_stukken(proef: Proef) -> dict[str, documenten.DocumentRow]:
    with proef.huis.winkel.lezen() as sessie:
        nummer = find_nummer(proef)
        stukken = onderdelen.list_documenten(sessie, nummer)
        return {"": overeenkomsten.find_contractdocument(sessie, nummer), **{een.soort: een for een in stukken}}


def approve(proef: Proef) -> None:
    for een in read_stukken(proef).values():
        if een.status is Documentstatus.CONCEPT:
            documenten.approve(proef.huis, proef.act_as(JURIST), een.kenmerk)


def offer(proef: Proef) -> bool:
    return overeenkomsten.offer_ter_ondertekening(proef.huis, proef.act_as(INKOPER), find_nummer(proef))


def test_parts_are_composed_named_offered_signed_and_copied_with_their_agreement(
    proef: Proef, bestand: Onderdelenbestand
):
    nummer, doel = find_nummer(proef), proef.definitie.naam
    with pytest.raises(GeenToegangError):
        onderdelen.adopt_onderdelen(proef.huis, proef.act_as(CONTRACTMANAGER), doel, bestand)
    assert update(proef) is False
    soorten = onderdelen.adopt_onderdelen(proef.huis, proef.act_as(JURIST), doel, bestand)
    assert soorten == [Onderdeelsoort.SAMENWERKING, Onderdeelsoort.GEGEVENS]
    assert (update(proef), update(proef)) == (True, False)
    stukken = read_stukken(proef)
    hoofd = documenten.decode_gegevens(stukken[""])
    assert [(een.naam, een.kenmerk) for een in hoofd.onderdelen] == [
        ("Samenwerkingsovereenkomst", stukken["samenwerkingsovereenkomst-aanbieder"].kenmerk),
        ("Verwerkersovereenkomst", stukken["gegevensafspraken"].kenmerk),
    ]
    assert hoofd.gegevensafspraak.rol is GegevensafspraakRol.VERWERKER

    documenten.approve(proef.huis, proef.act_as(JURIST), stukken[""].kenmerk)
    assert offer(proef) is False  # the parts are not approved yet
    approve(proef)
    assert offer(proef) is True
    assert sign(proef, nummer) is False
    assert sign_gemeenten(proef, nummer) is True
    assert {een.status for een in read_stukken(proef).values()} == {Documentstatus.GETEKEND}
    with proef.huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
        standen = onderdeelstand.read_standen(sessie, nummer, date(2020, 12, 31))
    assert [(een.soort, een.versie, een.vanaf) for een in standen] == [
        ("", 1, rij.ingang),
        ("samenwerkingsovereenkomst-aanbieder", 1, rij.ingang),
        ("gegevensafspraken", 1, rij.ingang),
    ]
    implementatie.copy_to_gemeenten(proef.huis, proef.act_as(INKOPER), nummer)
    with proef.huis.winkel.lezen() as sessie:
        met = set(sessie.exec(select(GemeentekopieRow.document_id)))
    assert {een.id for een in read_stukken(proef).values()} <= met
    with proef.refuses("overeenkomst-status"):
        onderdelen.adopt_onderdelen(proef.huis, proef.act_as(JURIST), nummer, bestand)


def test_another_role_for_one_agreement_renews_that_part_and_what_the_agreement_says(
    proef: Proef, bestand: Onderdelenbestand
):
    nummer, doel = find_nummer(proef), proef.definitie.naam
    onderdelen.adopt_onderdelen(proef.huis, proef.act_as(JURIST), doel, bestand)
    update(proef)
    eerst = read_stukken(proef)
    anders = msgspec.structs.replace(bestand.gegevens, rol=GegevensafspraakRol.ZELFSTANDIG)
    onderdelen.adopt_onderdelen(proef.huis, proef.act_as(JURIST), nummer, Onderdelenbestand(gegevens=anders))
    assert (update(proef), update(proef)) == (True, False)
    daarna = read_stukken(proef)
    gelijk = {soort for soort in eerst if eerst[soort].kenmerk == daarna[soort].kenmerk}
    assert gelijk == {"samenwerkingsovereenkomst-aanbieder"}
    hoofd = documenten.decode_gegevens(daarna[""])
    assert hoofd.onderdelen[1].naam == "Gegevensafspraken"
    assert hoofd.gegevensafspraak.rol is GegevensafspraakRol.ZELFSTANDIG
    # Another agreement of the procedure keeps what was laid down for all.
    with proef.huis.winkel.lezen() as sessie:
        procedure_id = onderdelen._find_procedure(sessie, overeenkomsten.find_overeenkomst(sessie, nummer))
        ander = onderdelen.read_inhoud(sessie, procedure_id, "RM-2020-9999")
    assert ander[Onderdeelsoort.GEGEVENS].rol is GegevensafspraakRol.VERWERKER


def test_a_part_that_changed_after_the_offer_keeps_the_signature_away(proef: Proef, bestand: Onderdelenbestand):
    onderdelen.adopt_onderdelen(proef.huis, proef.act_as(JURIST), proef.definitie.naam, bestand)
    update(proef)
    approve(proef)
    assert offer(proef) is True
    stuk = read_stukken(proef)["gegevensafspraken"]
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = documenten.find_document(eenheid.sessie, stuk.kenmerk)
        documenten.renew(proef.huis, eenheid, rij, documenten.decode_gegevens(rij))
    with proef.refuses("onderdeel-niet-akkoord", "onderdeel-gewijzigd"):
        sign(proef, find_nummer(proef))
    assert read_status(proef, find_nummer(proef)) is Overeenkomststatus.TER_ONDERTEKENING


def test_a_cap_in_a_part_of_a_toelating_is_refused(proef: Proef, bestand: Onderdelenbestand):
    samen = msgspec.structs.replace(bestand.samenwerking, kosten="Er zijn ten hoogste vijf aanbieders.")
    with proef.refuses("onderdeel-toelating", "onderdeel-tekst"):
        onderdelen.adopt_onderdelen(
            proef.huis,
            proef.act_as(JURIST),
            proef.definitie.naam,
            Onderdelenbestand(samenwerking=msgspec.structs.replace(samen, doel=" ")),
        )
