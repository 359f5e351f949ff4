"""Running contracts of before the system: a dry run, each once, every refusal by its row."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from inkoop.cli.demo.personen import CONTRACTMANAGER, INKOPER, JURIST
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.exchange.contractformulier import KOLOMMEN, MERK, write_contractformulier
from inkoop.exchange.tabel import Blad, Cel, Rij, read_xlsx
from inkoop.services import (
    contractinlezen,
    contractnummers,
    fasewerk,
    implementatie,
    overeenkomsten,
    procedures,
    rondes,
)
from inkoop.services.contractinlezen import Contractregel, import_contracten
from inkoop.services.contracttabel import Contracttabel
from tests.services.lopendecontracten import publish_rij
from tests.services.proefspel import Proef

HVB = "hvb-wmo-2019"
OP = date(2019, 3, 4)
GEWOON: Mapping[str, Any] = {
    "contractnummer": "HVB-2019-0092",
    "naam": "Stichting Zonneroute",
    "kvk": "90000202",
    "rechtsvorm": "stichting",
    "adres": "Zonlaan 1",
    "postcode": "5000 AB",
    "plaats": "Tilburg",
    "email": "post@zonneroute.example",
    "tekenbevoegde": "Z. Route",
    "functie": "bestuurder",
    "getekend_op": date(2018, 11, 27),
    "ingang": date(2019, 1, 1),
    "percelen": "WB",
    "producten": "1a; 1b",
}


def make_tabel(*rijen: Mapping[str, Any]) -> Contracttabel:
    koppen = [kolom.kop for kolom in KOLOMMEN]
    blad = Blad(
        "Contracten",
        {kop: Cel(kop, 1, nummer) for nummer, kop in enumerate(koppen, start=1)},
        tuple(
            Rij(nummer, {kop: Cel(waarde, nummer, koppen.index(kop) + 1) for kop, waarde in rij.items()})
            for nummer, rij in enumerate(rijen, start=2)
        ),
    )
    return Contracttabel(blad=blad, hash=hashlib.sha256(repr(rijen).encode()).hexdigest())


@pytest.fixture
def proef(begin_op) -> Proef:
    proef = begin_op(HVB)
    publish_rij(proef, OP)
    return proef


def take(proef: Proef, *rijen: Mapping[str, Any], voer_uit: bool = True, wie: str = CONTRACTMANAGER):
    return import_contracten(proef.huis, proef.act_as(wie), HVB, make_tabel(*rijen), voer_uit=voer_uit)


def redenen(regels: tuple[Contractregel, ...]) -> str:
    return "\n".join(reden for regel in regels for reden in regel.redenen)


def test_a_dry_run_says_what_would_happen_and_stores_nothing(proef: Proef):
    (regel,) = take(proef, GEWOON, voer_uit=False)
    assert (regel.oordeel, regel.einddatum, regel.rijen) == ("nieuw", date(2020, 12, 31), (2,))
    with proef.huis.winkel.lezen() as sessie:
        assert not contractnummers.is_bezet(sessie, "HVB-2019-0092")


def test_a_contract_is_taken_in_once_and_runs_like_any_other(proef: Proef):
    assert take(proef, GEWOON)[0].oordeel == "nieuw"
    for _ in range(2):
        assert take(proef, GEWOON)[0].oordeel == "al_ingelezen"
    with proef.huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_overeenkomst(sessie, "HVB-2019-0092")
        ronde = rondes.find_ronde(sessie, "H-2019")
        catalogus = [(een.product, een.van, een.tot) for een in implementatie.list_catalogus(sessie)]
        assert len(overeenkomsten.list_overeenkomsten(sessie, ronde)) == 1
    assert (rij.status, rij.einddatum, ronde.fase) == (
        Overeenkomststatus.ACTIEF,
        date(2020, 12, 31),
        Fase.IMPLEMENTEREN,
    )
    assert [product for product, _, _ in catalogus] == ["1a", "1b"]
    verslag = fasewerk.process_apart(proef.huis, proef.act_as(INKOPER), Fase.IMPLEMENTEREN, "HVB-2019-0092")
    assert verslag == ((), "")


def test_a_contract_that_begins_later_is_put_in_force_on_its_day(proef: Proef):
    take(proef, {**GEWOON, "ingang": date(2019, 4, 1)})
    with proef.huis.winkel.lezen() as sessie:
        assert overeenkomsten.find_overeenkomst(sessie, "HVB-2019-0092").status is Overeenkomststatus.GETEKEND
    proef.klok.set(proef.at(date(2019, 4, 1)))
    assert implementatie.activate(proef.huis, proef.act_as(CONTRACTMANAGER), "HVB-2019-0092")


def test_new_numbers_go_on_after_the_highest_that_was_taken_in_and_are_never_given_twice(proef: Proef):
    take(proef, GEWOON)
    with proef.huis.winkel.eenheid(proef_actor(), proef.klok.tick()) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, HVB)
        volgend = contractnummers.take_volgend(eenheid.sessie, rij.id, proef.definitie, eenheid.op)
        eenheid.audit("proef", volgend)
    assert volgend == "HVB-2019-0093"
    anders = {**GEWOON, "contractnummer": volgend, "kvk": "90000201"}
    assert "al uitgegeven en wordt nooit opnieuw gebruikt" in redenen(take(proef, anders))


def proef_actor():
    from inkoop.storage.eenheid import Actor

    return Actor(persoon=INKOPER, rol="inkoper")


@pytest.mark.parametrize(
    ("anders", "zegt"),
    [
        ({"kvk": "1234"}, "rij 2: een KvK-nummer heeft acht cijfers"),
        ({"percelen": "Z9"}, "rij 2: perceel 'Z9' bestaat niet"),
        ({"producten": "9z"}, "rij 2: product '9z' hoort niet bij de genoemde percelen"),
        ({"einddatum": date(2021, 12, 31)}, "alle overeenkomsten van deze procedure eindigen op 31 december 2020"),
        ({"ingang": date(2018, 12, 31)}, "gaan in vanaf 1 januari 2019"),
        ({"getekend_op": date(2019, 3, 5), "ingang": date(2019, 4, 1)}, "ligt in de toekomst"),
        ({"getekend_op": date(2019, 1, 2)}, "vóór het was getekend"),
        ({"ingang": "ooit"}, "cel N2 (ingang): 'ooit' is geen dag"),
        ({"voorganger": "X"}, "voorganger 'X' staat niet in de procedure"),
        ({"rol": "baas"}, "rol 'baas' bestaat niet"),
        ({"specialisme": "bsn 111222333"}, "burgerservicenummer"),
    ],
)
def test_a_row_is_refused_with_its_reason_and_changes_nothing(proef: Proef, anders: dict[str, Any], zegt: str):
    regels = take(proef, {**GEWOON, **anders}, {**GEWOON, "contractnummer": "HVB-2019-0001", "kvk": "90000201"})
    assert [regel.oordeel for regel in regels] == ["geweigerd", "nieuw"]
    assert zegt in redenen(regels)
    with proef.huis.winkel.lezen() as sessie:
        assert not contractnummers.is_bezet(sessie, "HVB-2019-0092")


def test_every_empty_cell_of_a_row_is_named(proef: Proef):
    tekst = redenen(take(proef, {"contractnummer": "HVB-2019-0007"}))
    for kop in ("naam", "kvk", "rechtsvorm", "email", "tekenbevoegde", "getekend_op", "ingang"):
        assert f"rij 2: '{kop}' is leeg" in tekst


def test_one_provider_has_one_contract_for_a_product(proef: Proef):
    regels = take(proef, GEWOON, {**GEWOON, "contractnummer": "HVB-2019-0093", "producten": "1b;2a"})
    assert [regel.oordeel for regel in regels] == ["nieuw", "geweigerd"]
    assert "KvK 90000202 heeft voor 1b al contract HVB-2019-0092" in redenen(regels)
    later = take(proef, {**GEWOON, "contractnummer": "HVB-2019-0093", "producten": "1a"})
    assert "heeft voor 1a al contract" in redenen(later)


def test_the_same_number_with_other_contents_is_refused(proef: Proef):
    take(proef, GEWOON)
    assert "al ingelezen met een andere inhoud" in redenen(take(proef, {**GEWOON, "producten": "1a"}))


def test_a_combination_has_a_row_for_each_member(proef: Proef):
    penvoerder = {**GEWOON, "rol": "penvoerder", "combinatie": "Combinatie Zon"}
    lid = {kop: GEWOON[kop] for kop in list(GEWOON)[:10]} | {"rol": "lid", "naam": "Maan B.V.", "kvk": "90000203"}
    (regel,) = take(proef, penvoerder, lid)
    assert (regel.oordeel, regel.aanbieder, regel.rijen) == ("nieuw", "Combinatie Zon", (2, 3))
    dubbel = {**GEWOON, "contractnummer": "HVB-2019-0050", "kvk": "90000209"}
    assert "staat er vaker" in redenen(take(proef, dubbel, dubbel))


@pytest.mark.dekking("M20-03")
def test_an_older_contract_keeps_its_own_end_and_is_no_agreement_of_the_procedure(begin_op):
    proef = begin_op("meierij-2020")
    publish_rij(proef, date(2020, 2, 3))
    ouder = {**GEWOON, "contractnummer": "BW-12", "voorganger": "P2", "ingang": date(2017, 1, 1)}
    ouder |= {"getekend_op": date(2016, 12, 1)}
    del ouder["percelen"], ouder["producten"]
    tabel = make_tabel(ouder)
    (regel,) = import_contracten(proef.huis, proef.act_as(CONTRACTMANAGER), "meierij-2020", tabel, voer_uit=True)
    assert (regel.oordeel, regel.einddatum) == ("nieuw", date(2020, 12, 31))
    with proef.huis.winkel.lezen() as sessie:
        assert [een.contractnummer for een in contractinlezen.list_oudere(sessie)] == ["BW-12"]
    assert (
        contractinlezen.import_contracten(
            proef.huis, proef.act_as(CONTRACTMANAGER), "meierij-2020", tabel, voer_uit=True
        )[0].oordeel
        == "al_ingelezen"
    )


def test_only_who_may_takes_contracts_in_and_only_in_a_published_procedure(begin_op):
    proef = begin_op(HVB)
    with pytest.raises(BeletselenError, match="nog niet gepubliceerd"):
        take(proef, GEWOON)
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        take(proef, GEWOON, wie=JURIST)


def test_the_form_is_the_same_bytes_and_has_every_column():
    inhoud = write_contractformulier("Lopende contracten", ("WB",), ("P1",))
    assert inhoud == write_contractformulier("Lopende contracten", ("WB",), ("P1",))
    bladen = read_xlsx("formulier.xlsx", inhoud)
    assert MERK in bladen["Uitleg"].koppen
    assert list(bladen["Contracten"].koppen) == [kolom.kop for kolom in KOLOMMEN]
