"""Gemeenten that withdraw, join or reserve, and mandates that are given later."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from inkoop.cli.demo.personen import BELEIDSADVISEUR, INKOPER, JURIST
from inkoop.cli.demo.voorbereidingsspel import record_checklist
from inkoop.domain.deelnemers import Deelnamestand, change_voorbehoud
from inkoop.domain.mandaat import check_mandaat
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase, Gemeente, Mandaat
from inkoop.domain.samenwerking import Deelname
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import deelnames, overeenkomsten, procedures
from inkoop.services.taken import Taaksoort
from inkoop.storage.eenheid import Actor
from tests.services.proefprocedure import record, record_until
from tests.services.proefspel import Proef

HVB = "hvb-wmo-2019"

WAALWIJK = Gemeente(
    code="Waalwijk",
    naam="Waalwijk",
    kvk="90000409",
    adres="Raadhuisplein 1",
    postcode_plaats="5140 ZZ Waalwijk",
    vertegenwoordiger="mevrouw W. de Bruijn",
    functie="portefeuillehouder Wmo van Waalwijk",
    volmacht_grondslag="het collegebesluit en de volmacht van de burgemeester",
    volmacht_datum=date(2017, 12, 14),
)


@pytest.mark.dekking("H19-02")
def test_a_gemeente_that_withdraws_leaves_every_place_and_no_longer_holds_up_a_step(begin_op):
    proef = begin_op(HVB)
    record_until(proef, "inkoopplan")
    with proef.huis.winkel.lezen() as sessie:
        stap = procedures.list_openstaand(sessie, HVB, Fase.VOORBEREIDEN)[0].stap
    record_checklist(proef.huis, proef.act_as, HVB, stap, "")
    for naam in ("Dongen", "Gilze en Rijen", "Goirle", "Hilvarenbeek", "Oisterwijk", "Tilburg"):
        record(proef, "inkoopplan", f"college van {naam}", "vastgesteld", wie=BELEIDSADVISEUR)
    oud = proef.definitie.hash
    deelnames.withdraw_gemeente(proef.huis, proef.act_as(INKOPER), HVB, "Heusden", grond="collegebesluit van 1 mei")
    nieuw = proef.definitie
    assert nieuw.hash != oud
    assert "Heusden" not in {g.naam for g in nieuw.gemeenten}
    assert all("Heusden" not in mandaat.namens for mandaat in nieuw.mandaten)
    assert all("Heusden" not in orgaan for stap in nieuw.stappen for orgaan in stap.organen)
    assert all(gebied.gemeente != "Heusden" for gebied in nieuw.geografie.gebieden)
    with proef.huis.winkel.lezen() as sessie:
        assert deelnames.list_deelnames(sessie, HVB)["Heusden"] is Deelnamestand.UITGETREDEN
        open_ = procedures.list_openstaand(sessie, HVB, Fase.VOORBEREIDEN)
    assert open_[0].stap.id != "inkoopplan"


@pytest.mark.parametrize(("wie", "code"), [("Tilburg", "deelname-centrum"), ("Vught", "deelname-onbekend")])
def test_the_centrumgemeente_and_who_takes_no_part_cannot_withdraw(begin_op, wie: str, code: str):
    proef = begin_op(HVB)
    with proef.refuses(code):
        deelnames.withdraw_gemeente(proef.huis, proef.act_as(INKOPER), HVB, wie, grond="besluit")


def test_a_gemeente_that_joins_must_decide_on_every_step_that_every_gemeente_decides_on(begin_op):
    proef = begin_op(HVB)
    deelnames.join_gemeente(proef.huis, proef.act_as(INKOPER), HVB, WAALWIJK, grond="collegebesluit van 3 mei")
    stappen = {stap.id: stap.organen for stap in proef.definitie.stappen}
    assert "college van Waalwijk" in stappen["inkoopplan"]
    assert "archief van Waalwijk" in stappen["archiefkopie"]
    assert all("Waalwijk" not in orgaan for orgaan in stappen["go-no-go"])
    assert all("Waalwijk" not in mandaat.namens for mandaat in proef.definitie.mandaten)


def test_a_reservation_is_made_and_lifted(begin_op):
    proef = begin_op(HVB)
    deelnames.change_deelname(
        proef.huis, proef.act_as(INKOPER), HVB, "Goirle", Deelnamestand.VOORBEHOUD, grond="collegebesluit"
    )
    with proef.huis.winkel.lezen() as sessie:
        standen = deelnames.list_deelnames(sessie, HVB)
    assert (standen["Goirle"], standen["Dongen"]) == (Deelnamestand.VOORBEHOUD, Deelnamestand.ACTIEF)
    with proef.refuses("deelname-zelfde"):
        deelnames.change_deelname(
            proef.huis, proef.act_as(INKOPER), HVB, "Goirle", Deelnamestand.VOORBEHOUD, grond="collegebesluit"
        )


OPVOLGER = Mandaat(
    id="opvolger",
    functie="gemandateerde portefeuillehouder in het portefeuillehoudersoverleg",
    namens=("Dongen", "Gilze-en-Rijen", "Goirle", "Heusden", "Hilvarenbeek", "Oisterwijk", "Tilburg"),
    onderwerpen=("verlenging",),
    geldig_van=date(2021, 1, 1),
    geldig_tot=date(2022, 12, 31),
    grondslag="de opvolger van het bestuursakkoord",
    volmacht_burgemeester=True,
)


@pytest.mark.dekking("H19-05", "BP-13")
def test_an_extension_after_the_akkoord_needs_the_successor_mandate(begin_op):
    proef = begin_op(HVB)

    def check(op: date) -> list[str]:
        redenen = check_mandaat(
            proef.definitie.mandaten, functie=OPVOLGER.functie, onderwerp="verlenging", namens=OPVOLGER.namens, op=op
        )
        return [reden.code for reden in redenen]

    assert check(date(2020, 12, 31)) == []
    assert set(check(date(2021, 1, 1))) == {"mandaat-verlopen"}
    deelnames.register_mandaat(proef.huis, proef.act_as(JURIST), HVB, OPVOLGER)
    assert check(date(2021, 1, 1)) == []


@pytest.mark.parametrize(
    ("velden", "code"),
    [
        ({"geldig_tot": date(2020, 12, 31)}, "mandaat-periode"),
        ({"namens": ("Vught",)}, "mandaat-namens"),
        ({"onderwerpen": ("alles",)}, "mandaat-onderwerp"),
        ({"regeling": "bestuursakkoord-2017"}, "mandaat-regeling"),
        ({"grondslag": " "}, "mandaat-leeg"),
        ({"id": "mandaat-hvb-2017"}, "mandaat-bestaat"),
    ],
)
@pytest.mark.dekking("H19-06")
def test_a_mandate_that_cannot_stand_is_refused(begin_op, velden: dict[str, object], code: str):
    proef = begin_op(HVB)
    with proef.refuses(code):
        deelnames.register_mandaat(proef.huis, proef.act_as(JURIST), HVB, msgspec.structs.replace(OPVOLGER, **velden))


def reserve(proef: Proef, gemeente: str) -> None:
    """As if the procedure was published with a reservation of this gemeente."""
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        rij = procedures.find_procedure(eenheid.sessie, proef.procedure)
        nieuw = change_voorbehoud(procedures.decode_definitie(rij), gemeente, Deelname.VOORBEHOUD)
        rij.definitie = msgspec.json.encode(nieuw).decode()
        eenheid.sessie.add(rij)
        eenheid.audit("proef", proef.procedure, naar="voorbehoud")


@pytest.mark.dekking("H19-02", "BP-17")
def test_agreements_that_nobody_signed_are_composed_again_without_who_withdrew(begin):
    proef = begin("tekenen")
    reserve(proef, "Vught")
    nummers = sorted({taak.onderwerp for taak in proef.list_taken(Taaksoort.TEKENEN)})
    nieuw = deelnames.withdraw_gemeente(
        proef.huis, proef.act_as(INKOPER), proef.procedure, "Vught", grond="raadsbesluit"
    )
    with proef.huis.winkel.lezen() as sessie:
        for nummer in nummers:
            rij = overeenkomsten.find_overeenkomst(sessie, nummer)
            document = overeenkomsten.find_contractdocument(sessie, nummer)
            gegevens = msgspec.json.decode(document.gegevens)
            assert rij.status is Overeenkomststatus.CONCEPT
            assert document.kenmerk in nieuw
            assert [g["naam"] for g in gegevens["gemeenten"]] == ["Meierijstad", "'s-Hertogenbosch"]
            assert "Vught" not in gegevens["organisatie"]["gemeenten"]
    assert proef.list_taken(Taaksoort.TEKENEN) == []


@pytest.mark.dekking("H19-02")
def test_after_the_first_signature_nobody_withdraws_any_more(begin):
    proef = begin("tekenen")
    reserve(proef, "Vught")
    proef.perform(proef.list_taken(Taaksoort.TEKENEN)[0])
    with proef.refuses("deelname-getekend"):
        deelnames.withdraw_gemeente(proef.huis, proef.act_as(INKOPER), proef.procedure, "Vught", grond="raadsbesluit")
