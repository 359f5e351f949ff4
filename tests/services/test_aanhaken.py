"""Gemeenten that join a running procedure: GA1-GA3 as acts, with proof for each of 92 providers."""

from __future__ import annotations

from datetime import date

import pytest

from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.gemeenteaanhaken import Aanhaakbesluit, Aanhaakhandeling, Aanhaakopgave
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Gemeente
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import aanhaken
from inkoop.services.addenda import find_wijziging
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.huis import NietGevondenError
from inkoop.services.overeenkomsten import find_aanmelding, find_overeenkomst
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef

HVB = "hvb-wmo-2019"
ZAAK = "zaak 2019-0042"


def make_aanhaak(naam: str, **optioneel: bool) -> Aanhaakopgave:
    gemeente = Gemeente(
        code=naam,
        naam=naam,
        kvk="90000410",
        adres="Markt 1",
        postcode_plaats=f"5000 ZZ {naam}",
        vertegenwoordiger="mevrouw V. Linden",
        functie="portefeuillehouder Wmo",
        volmacht_grondslag="het collegebesluit en de volmacht van de burgemeester",
        volmacht_datum=date(2019, 4, 12),
    )
    return Aanhaakopgave(gemeente=gemeente, optioneel=optioneel or {"2b": False})


def play(
    proef: Proef,
    naam: str,
    *,
    aangesloten: date | None,
    conform: date | None,
    bericht: date | None,
    zonder: int = 0,
    aantal: int = 3,
) -> list[str]:
    """The request with its acts, each recorded on its own day; `zonder` providers are not told."""
    nummers = add_contracten(proef, aantal, date(2019, 4, 1))
    aanhaken.request_aanhaak(proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak(naam), 2019)
    for soort, op in ((Aanhaakhandeling.AANGESLOTEN, aangesloten), (Aanhaakhandeling.CONFORM, conform)):
        if op is not None:
            proef.klok.set(max(proef.klok.nu, proef.at(op)))
            aanhaken.record_handeling(
                proef.huis, proef.act_as(INKOPER), HVB, naam, 2019, soort, gedaan_op=op, bewijs=ZAAK
            )
    if bericht is not None:
        proef.klok.set(max(proef.klok.nu, proef.at(bericht)))
        aanhaken.record_berichten(
            proef.huis,
            proef.act_as(INKOPER),
            HVB,
            naam,
            2019,
            nummers[zonder:] if zonder else (),
            verzonden_op=bericht,
            bewijs=ZAAK,
        )
    return nummers


def decide(proef: Proef, naam: str, keuze: Aanhaakbesluit, wie: str = GEMANDATEERDE, raad: str = "") -> date:
    return aanhaken.decide_aanhaak(
        proef.huis, proef.act_as(wie), HVB, naam, 2019, keuze, grond="besluit in het overleg", raad=raad
    )


@pytest.mark.dekking("H19-45")
def test_ga1_vierlinden_tells_92_providers_in_time_and_takes_part_from_1_january(begin_op):
    proef = begin_op(HVB)
    nummers = play(
        proef,
        "Vierlinden",
        aangesloten=date(2019, 4, 12),
        conform=date(2019, 4, 20),
        bericht=date(2019, 4, 29),
        aantal=92,
    )
    with proef.huis.winkel.lezen() as sessie:
        stand = aanhaken.read_stand(sessie, HVB, "Vierlinden", 2019)
    assert (stand.ingelicht, stand.aanbieders, stand.uitkomst.tijdig) == (92, 92, True)
    proef.klok.set(proef.at(date(2019, 5, 20)))
    assert decide(proef, "Vierlinden", Aanhaakbesluit.TOEGETREDEN) == date(2020, 1, 1)
    definitie = proef.definitie
    assert "Vierlinden" not in {g.code for g in definitie.gemeenten_op(date(2019, 12, 31))}
    assert "Vierlinden" in {g.code for g in definitie.gemeenten_op(date(2020, 1, 1))}
    with proef.huis.winkel.lezen() as sessie:
        rij = find_overeenkomst(sessie, nummers[-1])
        wijziging = find_wijziging(
            load_zaak(sessie, proef.huis.feestdagen, find_aanmelding(sessie, rij)), rij, date(2019, 9, 2)
        )
    assert wijziging is not None
    assert wijziging.gebied is not None
    assert "Vierlinden" in wijziging.gebied.reden


@pytest.mark.dekking("H19-45")
def test_ga2_ooldrecht_signs_on_1_may_and_waits_a_year(begin_op):
    proef = begin_op(HVB)
    play(proef, "Ooldrecht", conform=date(2019, 4, 20), bericht=date(2019, 4, 29), aangesloten=None)
    proef.klok.set(proef.at(date(2019, 5, 1)))
    aanhaken.record_handeling(
        proef.huis,
        proef.act_as(INKOPER),
        HVB,
        "Ooldrecht",
        2019,
        Aanhaakhandeling.AANGESLOTEN,
        gedaan_op=date(2019, 5, 1),
        bewijs=ZAAK,
    )
    with proef.refuses("aangesloten-te-laat"):
        decide(proef, "Ooldrecht", Aanhaakbesluit.TOEGETREDEN)
    assert decide(proef, "Ooldrecht", Aanhaakbesluit.NIET_TIJDIG) == date(2021, 1, 1)
    assert "Ooldrecht" not in {g.code for g in proef.definitie.gemeenten}


@pytest.mark.dekking("H19-45")
def test_ga3_hoevelingen_forgot_one_provider_and_is_told_which(begin_op):
    proef = begin_op(HVB)
    nummers = play(
        proef,
        "Hoevelingen",
        aangesloten=date(2019, 4, 12),
        conform=date(2019, 4, 20),
        bericht=date(2019, 4, 29),
        zonder=1,
    )
    with proef.refuses("bericht-ontbreekt"):
        decide(proef, "Hoevelingen", Aanhaakbesluit.TOEGETREDEN)
    with proef.huis.winkel.lezen() as sessie:
        stand = aanhaken.read_stand(sessie, HVB, "Hoevelingen", 2019)
    assert stand.ontbreekt == {nummers[0]: "Aanbieder 1"}


def test_before_the_day_nobody_can_say_that_it_is_too_late(begin_op):
    proef = begin_op(HVB)
    play(proef, "Ooldrecht", aangesloten=None, conform=None, bericht=None)
    proef.klok.set(proef.at(date(2019, 4, 30), 23))
    with proef.refuses("aanhaak-nog-open"):
        decide(proef, "Ooldrecht", Aanhaakbesluit.NIET_TIJDIG)
    proef.klok.set(proef.at(date(2019, 5, 1), 0))
    decide(proef, "Ooldrecht", Aanhaakbesluit.NIET_TIJDIG)


IN_TIJD = {"aangesloten": date(2019, 4, 12), "conform": date(2019, 4, 20), "bericht": date(2019, 4, 29)}


def test_who_did_everything_in_time_cannot_be_called_late_and_is_decided_on_once(begin_op):
    proef = begin_op(HVB)
    play(proef, "Vierlinden", **IN_TIJD)
    with proef.refuses("aanhaak-tijdig"):
        decide(proef, "Vierlinden", Aanhaakbesluit.NIET_TIJDIG)
    decide(proef, "Vierlinden", Aanhaakbesluit.TOEGETREDEN)
    with proef.refuses("aanhaak-besloten"):
        decide(proef, "Vierlinden", Aanhaakbesluit.TOEGETREDEN)
    with proef.refuses("aanhaak-besloten"):
        aanhaken.record_handeling(
            proef.huis,
            proef.act_as(INKOPER),
            HVB,
            "Vierlinden",
            2019,
            Aanhaakhandeling.CONFORM,
            gedaan_op=date(2019, 4, 1),
            bewijs=ZAAK,
        )


def test_a_decision_after_the_first_day_does_not_work_backwards(begin_op):
    proef = begin_op(HVB)
    play(proef, "Vierlinden", **IN_TIJD)
    proef.klok.set(proef.at(date(2020, 1, 1)))
    with proef.refuses("aanhaak-terugwerkend"):
        decide(proef, "Vierlinden", Aanhaakbesluit.TOEGETREDEN)


@pytest.mark.dekking("H19-06")
def test_only_a_mandate_for_joining_that_is_valid_that_day_decides(begin_op):
    proef = begin_op(HVB)
    play(proef, "Vierlinden", **IN_TIJD)
    proef.set_rollen(GEMANDATEERDE, "wethouder sport", Rol.GEMANDATEERDE)
    with proef.refuses("mandaat-functie"):
        decide(proef, "Vierlinden", Aanhaakbesluit.TOEGETREDEN)


def test_wrong_role_and_the_same_eyes_are_refused(begin_op):
    proef = begin_op(HVB)
    play(proef, "Vierlinden", **IN_TIJD)
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        decide(proef, "Vierlinden", Aanhaakbesluit.TOEGETREDEN, wie=JURIST)
    functie = proef.definitie.mandaten[0].functie
    proef.set_rollen(INKOPER, functie, Rol.GEMANDATEERDE)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        decide(proef, "Vierlinden", Aanhaakbesluit.TOEGETREDEN, wie=INKOPER)


def test_proof_is_recorded_once_and_never_in_advance(begin_op):
    proef = begin_op(HVB)
    nummers = play(
        proef, "Vierlinden", aangesloten=date(2019, 4, 12), conform=None, bericht=date(2019, 4, 15), zonder=1
    )

    def record(soort: Aanhaakhandeling, op: date, bewijs: str = ZAAK) -> None:
        aanhaken.record_handeling(
            proef.huis, proef.act_as(INKOPER), HVB, "Vierlinden", 2019, soort, gedaan_op=op, bewijs=bewijs
        )

    def tell(*wie: str) -> int:
        return aanhaken.record_berichten(
            proef.huis, proef.act_as(INKOPER), HVB, "Vierlinden", 2019, wie, verzonden_op=date(2019, 4, 15), bewijs=ZAAK
        )

    with proef.refuses("aanhaak-vastgelegd"):
        record(Aanhaakhandeling.AANGESLOTEN, date(2019, 4, 13))
    with proef.refuses("aanhaak-datum", "aanhaak-bewijs"):
        record(Aanhaakhandeling.CONFORM, date(2019, 4, 16), " ")
    with proef.refuses("aanhaak-vastgelegd", "aanhaak-contract"):
        tell(nummers[1], "HVB-9999")
    assert tell() == 1
    with proef.refuses("aanhaak-vastgelegd"):
        tell()


@pytest.mark.parametrize(
    ("optioneel", "naam", "code"),
    [({"5a": True}, "Vierlinden", "aanhaak-optioneel"), ({"2b": True}, "Goirle", "aanhaak-bestaat")],
)
def test_a_request_names_its_optional_products_and_somebody_new(begin_op, optioneel, naam, code):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 4, 1))
    with proef.refuses(code):
        aanhaken.request_aanhaak(proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak(naam, **optioneel), 2019)


def test_a_request_is_recorded_once_a_year_and_only_after_publication(begin_op):
    proef = begin_op(HVB)
    with proef.refuses("aanhaak-voorbereiden"):
        aanhaken.request_aanhaak(proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak("Vierlinden"), 2019)
    add_contracten(proef, 1, date(2019, 4, 1))
    aanhaken.request_aanhaak(proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak("Vierlinden"), 2019)
    with proef.refuses("aanhaak-dubbel"):
        aanhaken.request_aanhaak(proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak("Vierlinden"), 2019)
    with proef.refuses("aanhaak-jaar"):
        aanhaken.request_aanhaak(proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak("Vierlinden"), 2018)
    with pytest.raises(NietGevondenError):
        decide(proef, "Ooldrecht", Aanhaakbesluit.TOEGETREDEN)


def test_a_procedure_without_joining_knows_no_request(begin_op):
    proef = begin_op("meierij-2020")
    with proef.refuses("aanhaak-geen"):
        aanhaken.request_aanhaak(proef.huis, proef.act_as(INKOPER), "meierij-2020", make_aanhaak("Vierlinden"), 2020)
