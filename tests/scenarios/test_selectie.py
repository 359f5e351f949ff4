"""The cases of F.3 through services and ticks: who may go on, dialogue, proposal, award, its term, contract."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

import pytest

from inkoop.cli.demo.personen import BEOORDELAARS, GEMANDATEERDE, INKOPER, JURIST
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.geschil import Geschilsoort, Geschiluitkomst
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.rangschikking import Stadium
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Aanmeldingsstatus, OngeldigVerloopError
from inkoop.services import (
    aanmeldingen,
    dialogen,
    documenten,
    geschillen,
    gunningen,
    overeenkomsten,
    rondes,
    scores,
    selecties,
    takenlijst,
    terugtrekkingen,
)
from inkoop.services.taken import Taaksoort
from inkoop.storage.audit import check_keten
from tests.documents.sjabloonproef import read
from tests.scenarios.conftest import STRIJD, Begin
from tests.scenarios.selectiespel import Selectieproef, at_tijd
from tests.services.proefspel import make_blanco
from tests.web.conftest import Bezoeker, open_browser

VERZONDEN = ("verzonden", date(2021, 8, 5))
"""Sent on 16 July 2021: the term ends on 5 August (E.5)."""


def test_j1_alone_is_chosen_awarded_and_contracted_on_the_days_of_the_calendar(begin: Begin):
    proef = begin(["J1a"])
    assert proef.read_besluiten("J1") == [(Besluitsoort.GESELECTEERD, *VERZONDEN)]
    assert proef.read_fase() is Fase.CONCRETISEREN
    proef.talk()
    assert proef.propose(proef.find("J1"))
    proef.award()
    assert proef.read_besluiten("J1") == [
        (Besluitsoort.GESELECTEERD, "vervangen", date(2021, 8, 5)),
        (Besluitsoort.GUNNINGSVOORNEMEN, "verzonden", date(2021, 12, 6)),  # 5 December is a Sunday
    ]
    with proef.refuses("termijn"):
        proef.finalise(date(2021, 12, 6))
    assert proef.finalise(date(2021, 12, 7)) == 1
    assert [d.titel for d in proef.list_stukken("proces-verbaal-gunning")] != []
    proef.work(date(2021, 12, 7), Fase.CONCRETISEREN)
    assert proef.read_fase() is Fase.CONTRACTEREN
    proef.work(date(2021, 12, 8), Fase.CONTRACTEREN)
    with proef.huis.winkel.lezen() as sessie:
        (overeenkomst,) = overeenkomsten.list_overeenkomsten(sessie, rondes.find_ronde(sessie, proef.ronde))
    assert (overeenkomst.ingang, overeenkomst.einddatum) == (date(2023, 1, 1), date(2026, 12, 31))
    assert overeenkomsten.decode_inhoud(overeenkomst).producten.keys() == {"G03"}
    with proef.huis.winkel.lezen() as sessie:
        stukken = documenten.list_documenten(sessie, onderwerp=overeenkomst.contractnummer)
    (contract,) = [rij for rij in stukken if rij.soort in ("raamovereenkomst", "overeenkomst-van-opdracht")]
    assert contract.soort == "overeenkomst-van-opdracht"
    tekst = read(contract.soort, documenten.decode_gegevens(contract))
    for zin in (
        "Dit is een overeenkomst van opdracht en geen raamovereenkomst.",
        "eindigt op 31 december 2026",
        "1 | 24 maanden | 31 december 2028 2 | 24 maanden | 31 december 2030",
        "betalen het budget in twaalf gelijke delen per maand",
        "Stichting Brede Beemd (penvoerder)",
        "Onderaannemer | Taak Logeerhuis De Zwaluw B.V.",
    ):
        assert zin in tekst
    assert check_keten(proef.huis.winkel).fouten == ()


def test_j2_without_a_small_party_does_not_meet_b02_and_is_not_compared(begin: Begin):
    proef = begin(["J1a", "J2a"])
    assert proef.read_besluiten("J2") == [(Besluitsoort.AFGEWEZEN, *VERZONDEN)]
    assert proef.read_besluiten("J1") == [(Besluitsoort.GESELECTEERD, *VERZONDEN)]
    (brief,) = proef.list_stukken("selectiebrief", "J2")
    gegevens = documenten.decode_gegevens(brief)
    assert [reden.criterium for reden in gegevens.redenen] == ["B-02"]  # type: ignore[attr-defined]
    with proef.huis.winkel.lezen() as sessie:
        assert (
            scores.read_stand(
                sessie, aanmeldingen.find_aanmelding(sessie, proef.find("J2")), proef.definitie, "G03", Stadium.SELECTIE
            )[0].definitief
            is None
        )


def test_j2_competes_by_the_published_criteria_only_and_its_letter_says_in_what_j1_was_better(begin: Begin):
    proef = begin(["J1a", "J2b"], STRIJD)
    assert proef.read_besluiten("J1") == [(Besluitsoort.GESELECTEERD, *VERZONDEN)]
    assert proef.read_besluiten("J2") == [(Besluitsoort.RESERVE, *VERZONDEN)]
    (brief,) = proef.list_stukken("selectiebrief", "J2")
    (plaats,) = documenten.decode_gegevens(brief).plaatsen  # type: ignore[attr-defined]
    assert plaats.uitleg == (
        "Plaats 2 van 2 met 6,20 punten. Er is plaats voor 1. De laatste die is gekozen, heeft 8,40 punten."
    )
    assert plaats.begunstigden == ("Samenwerkingsverband Gebied 3",)
    (voordeel,) = plaats.voordelen
    assert voordeel.startswith("Samenwerkingsverband Gebied 3 heeft 8,40 punten, u 6,20.")
    assert documenten.decode_gegevens(brief).rechtsbescherming.einde == date(2021, 8, 5)  # type: ignore[attr-defined]


def test_two_scores_that_differ_go_to_the_jurist_and_stay_blind_until_both_are_given(begin: Begin):
    proef = begin(["J1a", "J2b"], {**STRIJD, ("J1", "S-01"): "8/6"})
    (brief,) = proef.list_stukken("selectiebrief", "J1")
    (plaats,) = documenten.decode_gegevens(brief).plaatsen  # type: ignore[attr-defined]
    assert next((str(s.score), s.reden) for s in plaats.scores) == (
        "8",
        "De toelichting van de eerste beoordelaar volgt het stuk het best.",
    )


def test_equal_candidates_wait_for_a_lot_in_public_with_another_as_witness(begin: Begin):
    gelijk = {(zaak, criterium): "7" for zaak in ("J1", "J2") for criterium in ("S-01", "S-02")}
    proef = begin(["J1a", "J2b"], gelijk)
    assert proef.read_besluiten("J1") == []
    (taak,) = proef.list_taken(Taaksoort.LOTEN)
    assert taak.deel == "G03"
    loten = selecties.draw_lot
    with proef.refuses("getuige", "zaad"):
        loten(proef.huis, proef.act_as(INKOPER), proef.ronde, "G03", Stadium.SELECTIE, zaad="1", getuige="Iris Dekker")
    loten(proef.huis, proef.act_as(INKOPER), proef.ronde, "G03", Stadium.SELECTIE, zaad="202107", getuige="notaris Vos")
    with proef.refuses("geloot"):
        loten(
            proef.huis,
            proef.act_as(INKOPER),
            proef.ronde,
            "G03",
            Stadium.SELECTIE,
            zaad="999999",
            getuige="notaris Vos",
        )
    proef.work(date(2021, 7, 16), Fase.SELECTEREN)
    assert {proef.read_besluiten(z)[0][0] for z in ("J1", "J2")} == {Besluitsoort.GESELECTEERD, Besluitsoort.RESERVE}


def test_a_chosen_candidate_withdraws_as_j4_and_the_reserve_comes_up(begin: Begin):
    proef = begin(["J1a", "J2b"], STRIJD)
    proef.klok.set(at_tijd(date(2021, 9, 10), 10))
    penvoerder = aanbieder_id("90000301")
    with proef.refuses(fout=OngeldigVerloopError):
        aanmeldingen.withdraw_aanmelding(proef.huis, proef.act_as(penvoerder), proef.find("J1"), "Andere plannen.")
    terugtrekkingen.withdraw_kandidaat(proef.huis, proef.act_as(penvoerder), proef.find("J1"), "Te weinig personeel.")
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, proef.find("J1"))
    assert rij.status is Aanmeldingsstatus.INGETROKKEN
    assert proef.read_besluiten("J1") == [(Besluitsoort.GESELECTEERD, "vervallen", date(2021, 8, 5))]
    assert proef.read_deelnemers() == {}
    proef.work(date(2021, 9, 10), Fase.CONCRETISEREN)
    assert proef.list_stukken("intrekkingsbevestiging", "J1") != []
    assert proef.read_besluiten("J2") == [
        (Besluitsoort.RESERVE, "vervangen", date(2021, 8, 5)),
        (Besluitsoort.GESELECTEERD, "verzonden", date(2021, 9, 30)),
    ]
    with proef.refuses("geen-kandidaat"):
        terugtrekkingen.withdraw_kandidaat(proef.huis, proef.act_as(penvoerder), proef.find("J1"), "Nog eens.")


def test_talks_stay_within_what_was_published_and_between_the_two(begin: Begin):
    proef = begin(["J1a", "J2b"], STRIJD)
    j1, j2 = proef.find("J1"), proef.find("J2")
    binnen = at_tijd(date(2021, 9, 1), 10)

    def plan(kenmerk: str, nummer: int, op: object, onderwerp: str) -> None:
        dialogen.plan_dialoog(
            proef.huis, proef.act_as(INKOPER), kenmerk, "G03", nummer,
            gepland_op=op, agenda=[onderwerp], deelnemers=["Iris Dekker"],  # type: ignore[arg-type]
        )  # fmt: skip

    with proef.refuses("niet-gekozen"):
        plan(j2, 1, binnen, "samenwerking in het gebied")
    with proef.refuses("periode", "onderwerp", "aantal", "volgorde"):
        plan(j1, 4, at_tijd(date(2021, 10, 30), 10), "de prijs")
    plan(j1, 1, binnen, "samenwerking in het gebied")
    with proef.refuses("nog-niet"):
        dialogen.report_dialoog(proef.huis, proef.act_as(INKOPER), j1, "G03", 1, verslag="Besproken.")
    with pytest.raises(GeenToegangError):
        dialogen.read_dialogen(proef.huis, proef.act_as(aanbieder_id("90000311")), j1)
    assert len(dialogen.read_dialogen(proef.huis, proef.act_as(aanbieder_id("90000301")), j1)) == 1


def test_a_proposal_that_is_a_second_late_does_not_count(begin: Begin):
    proef = begin(["J1a"])
    proef.talk()
    assert not proef.propose(proef.find("J1"), at_tijd(date(2021, 11, 5), 12, 0, 1))
    proef.award()
    assert proef.read_besluiten("J1")[-1][0] is Besluitsoort.NIET_GEGUND


def test_nobody_judges_a_proposal_before_the_term_for_it_is_over(begin: Begin):
    proef = begin(["J1a"])
    proef.talk()
    proef.propose(proef.find("J1"))
    with proef.refuses("voor-sluiting"):
        scores.give_score(
            proef.huis, proef.act_as(BEOORDELAARS[0]), proef.find("J1"), "G03", Stadium.GUNNING,
            scores.VOORSTEL, scores.HOOGSTE, "Het voorstel past goed.",
        )  # fmt: skip


def test_no_award_is_proposed_before_each_candidate_had_every_subject(begin: Begin):
    proef = begin(["J1a"])
    proef.talk(tot=2)
    proef.propose(proef.find("J1"))
    proef.award()
    assert proef.read_besluiten("J1")[-1][0] is Besluitsoort.GESELECTEERD
    assert [taak.soort for taak in proef.list_taken(Taaksoort.DIALOOG_VOEREN)] == [Taaksoort.DIALOOG_VOEREN]


def test_a_kort_geding_pauses_its_perceel_until_it_is_rejected(begin: Begin):
    proef = begin(["J1a", "J2b"], STRIJD)
    proef.talk()
    proef.propose(proef.find("J1"))
    proef.award()
    assert proef.read_besluiten("J2")[-1][:2] == (Besluitsoort.NIET_GEGUND, "verzonden")
    proef.klok.set(at_tijd(date(2021, 12, 3), 10))
    kenmerk = geschillen.register_geschil(
        proef.huis, proef.act_as(JURIST), ronde=proef.ronde, soort=Geschilsoort.KORT_GEDING,
        van="Zorggroep Grootland B.V.",
        omschrijving="De scores kloppen niet.", ontvangen_op=proef.klok.nu, aanmelding=proef.find("J2"),
        percelen=["G03"],
    )  # fmt: skip
    with proef.refuses("kort-geding"):
        proef.finalise(date(2021, 12, 7))
    geschillen.settle_geschil(
        proef.huis, proef.act_as(JURIST), kenmerk, Geschiluitkomst.AFGEWEZEN, op=date(2021, 12, 7),
        toelichting="Vonnis van 7 december 2021.",
    )  # fmt: skip
    assert proef.finalise(date(2021, 12, 8)) == 1
    (verslag,) = proef.list_stukken("proces-verbaal-gunning")
    assert kenmerk in documenten.decode_gegevens(verslag).kort_geding  # type: ignore[attr-defined]


@pytest.mark.parametrize("wie", [INKOPER, JURIST, BEOORDELAARS[0]])
def test_only_a_mandated_person_makes_an_award_final(begin: Begin, wie: str):
    proef = begin(["J1a"])
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        gunningen.finalise_gunning(proef.huis, proef.act_as(wie), proef.ronde)


def test_a_procedure_without_selection_knows_no_scores_lots_or_awards(begin: Begin):
    proef = begin(["J6a"])
    with proef.refuses("geen-selectie"):
        scores.give_score(
            proef.huis, proef.act_as(BEOORDELAARS[0]), proef.find("J6"), "DB", Stadium.SELECTIE, "S-01",
            scores.HOOGSTE, "Een goede aanbieder.",
        )  # fmt: skip
    with proef.refuses("geen-selectie"):
        selecties.draw_lot(
            proef.huis, proef.act_as(INKOPER), proef.ronde, "DB", Stadium.SELECTIE, zaad="202107", getuige="notaris Vos"
        )
    with pytest.raises(BeletselenError), proef.huis.winkel.lezen() as sessie:
        selecties.compute_selectie(sessie, rondes.find_ronde(sessie, proef.ronde))


LATER = (Taaksoort.SCOREN, Taaksoort.SCORE_BESLECHTEN, Taaksoort.BESLUITEN_NEMEN)


def list_soorten(proef: Selectieproef, wie: str) -> set[Taaksoort | str]:
    return {regel.soort for regel in takenlijst.list_taken(proef.huis, proef.act_as(wie))}


def log_in(proef: Selectieproef, wie: str) -> Bezoeker:
    """A browser of this person; an act first, since the clock of the pages begins at the last one."""
    proef.add_persoon(f"klok-{uuid4()}", "proef", Rol.TOEGANG)
    return open_browser(proef.huis).log_in(wie)


def test_a_candidate_talks_proposes_and_is_awarded_on_the_pages_and_nobody_else_sees_it(begin: Begin):
    proef = begin(["J1a"])
    kenmerk = proef.find("J1")
    wie = aanbieder_id(proef.zaken[kenmerk].aanmelding.penvoerder.kvk)
    pad = f"/aanmelden/{kenmerk}/voorstel"
    assert Taaksoort.DIALOOG_VOEREN in list_soorten(proef, INKOPER)
    assert f"/rondes/{proef.ronde}/selectie" in log_in(proef, INKOPER).get("/taken").text
    proef.talk()
    tot = proef.datums.voorstel_tot
    assert tot is not None
    proef.klok.set(proef.at(tot.date(), 9))
    proef.add_persoon("vreemd", "bestuurder", Rol.AANBIEDER, kvk="99999999", naam="V. Vreemd")
    eigen, vreemd = log_in(proef, wie), log_in(proef, "vreemd")
    assert "Gesprekken en voorstel" in eigen.get(f"/aanmelden/{kenmerk}").text
    assert "de eigen werkwijze" in eigen.get(pad).text
    for methode, adres in (("GET", pad), ("POST", pad), ("POST", f"/aanmelden/{kenmerk}/terugtrekken")):
        assert vreemd.request(methode, adres, data={} if methode == "POST" else None).status_code == 404

    leeg = eigen.post(pad, data={"toelichting": "Ons plan", "zeker": "ja"})
    assert leeg.status_code == 422
    assert 'id="f-voorstel-bestanden">Kies een bestand op uw computer.' in leeg.text
    assert "Ons plan</textarea>" in leeg.text
    fout = eigen.post(pad, data={"zeker": "ja"}, files=[("bestanden", ("plan.exe", b"MZ", "application/x"))])
    assert "dit soort bestand (exe) wordt niet aangenomen" in fout.text
    plan = make_blanco()
    zonder = eigen.post(pad, data={}, files=[("bestanden", ("plan.pdf", plan, "application/pdf"))])
    assert 'id="f-voorstel-zeker">Kies er ten minste één.' in zonder.text
    collega = log_in(proef, wie)
    collega.get(pad)
    goed = eigen.post(pad, data={"zeker": "ja"}, files=[("bestanden", ("plan.pdf", plan, "application/pdf"))])
    assert goed.headers["location"] == pad
    velden = {"zeker": "ja", "toelichting": "Ons andere plan"}
    ander = collega.post(pad, data=velden, files=[("bestanden", ("plan.pdf", plan, "application/pdf"))])
    assert ander.status_code == 422
    assert "heeft dit gewijzigd op " in ander.text
    assert "<dt>Voorstel 1</dt>" in ander.text
    assert "Ons andere plan</textarea>" in ander.text
    blad = eigen.get(pad).text
    assert "dit voorstel telt" in blad
    (sha,) = set(re.findall(rf"{pad}/([0-9a-f]{{64}})", blad))
    assert eigen.get(f"{pad}/{sha}").content == plan
    assert vreemd.get(f"{pad}/{sha}").status_code == 404
    # Nobody of the gemeenten reads it while the term runs.
    assert log_in(proef, BEOORDELAARS[0]).get(f"/aanmeldingen/{kenmerk}/voorstel/{sha}").status_code == 404

    proef.klok.set(proef.at(proef.next_werkdag(tot.date())))
    eerste, tweede = BEOORDELAARS[:2]
    proef.work(proef.next_werkdag(tot.date()), Fase.CONCRETISEREN, behalve=LATER)
    assert Taaksoort.SCOREN in list_soorten(proef, eerste)
    (taak, *_) = proef.list_taken(Taaksoort.SCOREN)
    score = f"/aanmeldingen/{kenmerk}/scores/" + taak.deel.replace(":", "/")
    past = {"score": "10", "reden": "Het past bij de leidraad."}
    assert log_in(proef, eerste).post(score, data=past).status_code == 303
    assert Taaksoort.SCOREN not in list_soorten(proef, eerste)
    assert Taaksoort.SCOREN in list_soorten(proef, tweede)
    assert log_in(proef, tweede).post(score, data={**past, "score": "0"}).status_code == 303
    assert Taaksoort.SCORE_BESLECHTEN in list_soorten(proef, JURIST)
    assert log_in(proef, JURIST).post(score, data=past).status_code == 303

    proef.award()
    gunning = f"/rondes/{proef.ronde}/gunning"
    wethouder = log_in(proef, GEMANDATEERDE)
    assert wethouder.get(f"/rondes/{proef.ronde}/selectie").status_code == 403
    assert ">wacht</span>" in wethouder.get(gunning).text
    assert Taaksoort.GUNNING_DEFINITIEF not in list_soorten(proef, GEMANDATEERDE)
    (voornemen, *_) = [dag for _, stand, dag in proef.read_besluiten("J1") if stand == "verzonden" and dag]
    proef.klok.set(proef.at(proef.next_werkdag(voornemen)))
    wethouder = log_in(proef, GEMANDATEERDE)
    assert Taaksoort.GUNNING_DEFINITIEF in list_soorten(proef, GEMANDATEERDE)
    assert gunning in wethouder.get("/taken").text
    assert wethouder.post(gunning).status_code == 303
    assert ">definitief</span>" in wethouder.get(gunning).text
    laat = log_in(proef, wie).post(f"/aanmelden/{kenmerk}/terugtrekken", data={"reden": "Te druk.", "zeker": "ja"})
    assert laat.status_code == 422
    assert "De opdracht is al definitief gegeven." in laat.text
