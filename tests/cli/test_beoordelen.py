"""Establishing and judging: facts once and with a reason, two people blind to each other."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from inkoop.cli.beoordelen import find_punten
from inkoop.domain.criteria.beoordeling import Beoordelingspunt, Beoordelingsstand
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.procedure import Fase
from inkoop.services.oordelen import Puntregel
from tests.cli.conftest import Draai
from tests.cli.oefenronde import tick

A = "M-2020-2-A001"
DAG = "2020-04-01T12:00"


@pytest.fixture
def ronde(draai: Draai, zet_klaar: Callable[[str], Path]) -> Draai:
    """The round of the manual, opened, with both beoordelaars free of interests."""
    zet_klaar("Selecteren")
    for woorden in (
        ("verzoek", "M-2020-2", "--als", "i.dekker"),
        ("open", "M-2020-2", "--als", "j.hendriks"),
        ("belangen", "M-2020-2", "--belang", "geen", "--toelichting", "Geen band.", "--als", "b.vanloon"),
        ("belangen", "M-2020-2", "--belang", "geen", "--toelichting", "Geen band.", "--als", "b.yilmaz"),
        ("belangen", "M-2020-2", "--belang", "geen", "--toelichting", "Geen band.", "--als", "j.hendriks"),
    ):
        assert draai("ronde", *woorden, "--nu", "2020-04-01T09:00").exit_code == 0

    def run(*woorden: str) -> Result:
        return draai(*woorden, "--nu", DAG)

    return run


def test_the_same_person_cannot_ask_for_the_opening_and_open(draai: Draai, zet_klaar: Callable[[str], Path]) -> None:
    zet_klaar("Selecteren")
    vroeg = draai("ronde", "verzoek", "M-2020-2", "--als", "i.dekker", "--nu", "2020-03-31T23:59:59")
    draai("ronde", "verzoek", "M-2020-2", "--als", "i.dekker", "--nu", "2020-04-01T09:00")
    zelf = draai("ronde", "open", "M-2020-2", "--als", "i.dekker", "--nu", "2020-04-01T09:10")

    assert "is nog niet gesloten" in vroeg.stderr
    assert "Dit moet iemand anders doen" in zelf.stderr
    assert zelf.exit_code == 1


def test_a_round_shows_what_waits_for_people(ronde: Draai) -> None:
    stand = json.loads(ronde("ronde", "toon", "M-2020-2", "--als", "i.dekker", "--json").stdout)

    assert stand["fase"] == "selecteren"
    assert stand["aanmeldingen"] == 1
    assert {"rol": "beoordelaar", "wat": "29 feiten vaststellen", "onderwerp": A, "deel": "", "uiterlijk": None} in (
        stand["taken"]
    )
    eerder = ronde("ronde", "toon", "M-2020-2", "--als", "i.dekker", "--op", "2020-03-30", "--json").stdout
    assert json.loads(eerder)["taken"] == []


def test_who_reported_an_interest_does_not_judge(draai: Draai, zet_klaar: Callable[[str], Path]) -> None:
    zet_klaar("Selecteren")
    draai("ronde", "verzoek", "M-2020-2", "--als", "i.dekker", "--nu", "2020-04-01T09:00")
    draai("ronde", "open", "M-2020-2", "--als", "j.hendriks", "--nu", "2020-04-01T09:10")
    vast = ("feiten", "vaststellen", A, "--alle", "--reden", "gelezen", "--als", "b.vanloon", "--nu", DAG)
    zonder = draai(*vast)
    draai(
        "ronde", "belangen", "M-2020-2", "--belang", "wel", "--toelichting", "Familie.", "--als", "b.vanloon",
        "--nu", DAG,
    )  # fmt: skip

    assert "Leg eerst uw belangenverklaring" in zonder.stderr
    assert "U hebt een belang gemeld" in draai(*vast).stderr


def test_a_fact_is_established_once_and_with_a_reason(ronde: Draai) -> None:
    vast = ("feiten", "vaststellen", A, "--feit", "uea.pdf#1", "--als", "b.vanloon")

    assert "waar u het op baseert" in ronde(*vast, "--reden", " ").stderr
    assert ronde(*vast, "--reden", "gelezen").stdout == f"1 feit van {A} vastgesteld: bevestigd.\n"
    assert "is al vastgesteld" in ronde(*vast, "--reden", "gelezen").stderr


@pytest.mark.parametrize(
    ("woorden", "zegt"),
    [
        (("--feit", "uea.pdf#9"), "Feit 'uea.pdf#9' bestaat niet"),
        (("--bestand", "weg.pdf"), "Er zijn geen feiten van 'weg.pdf'. Wel van: akkoord-programma-van-eisen.pdf"),
        ((), "Noem een --feit of een --bestand met open feiten, of kies --alle."),
    ],
)
def test_what_cannot_be_established_is_named(ronde: Draai, woorden: tuple[str, ...], zegt: str) -> None:
    resultaat = ronde("feiten", "vaststellen", A, *woorden, "--reden", "gelezen", "--als", "b.vanloon")

    assert resultaat.exit_code == 1
    assert zegt in resultaat.stderr


def test_only_a_beoordelaar_establishes(ronde: Draai) -> None:
    resultaat = ronde("feiten", "vaststellen", A, "--alle", "--reden", "gelezen", "--als", "i.dekker")

    assert "De rol inkoper mag dit niet: feit vaststellen." in resultaat.stderr


CORRECTIE = """feit:
  soort: document
  document: kvk-uittreksel
  datum: 2020-01-15
  op_naam_van: Stichting De Lindehof Begeleiding
"""


def test_a_correction_says_what_the_evidence_really_says(ronde: Draai) -> None:
    Path("correctie.yaml").write_text(CORRECTIE)
    vast = (
        "feiten",
        "vaststellen",
        A,
        "--feit",
        "kvk-uittreksel.pdf#1",
        "--wijze",
        "gecorrigeerd",
        "--als",
        "b.vanloon",
    )

    assert "een correctie, en alleen dan" in ronde(*vast, "--reden", "anders").stderr
    assert ronde(*vast, "--reden", "Er staat een andere datum.", "--correctie", "correctie.yaml").exit_code == 0
    regels = json.loads(ronde("feiten", "toon", A, "--als", "b.vanloon", "--json").stdout)
    (feit,) = [regel for regel in regels if regel["bestand"] == "kvk-uittreksel.pdf"]
    assert feit["herkomst"] == "gecorrigeerd"
    assert feit["inhoud"]["datum"] == "2020-01-15"
    assert feit["inhoud"]["ontvangen_op"] == "2020-03-12"


@pytest.mark.parametrize(
    ("oud", "nieuw", "melding"),
    [
        ("2020-01-15", "2020-01-32", "correctie.yaml:4:10: 32 januari 2020 bestaat niet."),
        (
            "op_naam_van",
            "op_nam_van",
            "correctie.yaml:5:3: De sleutel 'op_nam_van' is hier niet bekend. Bedoelt u \"op_naam_van\"?",
        ),
        ("soort: document", "soort: documnt", "correctie.yaml:2:10: "),
    ],
)
def test_a_fault_in_a_correction_is_named_at_its_place(ronde: Draai, oud: str, nieuw: str, melding: str) -> None:
    Path("correctie.yaml").write_text(CORRECTIE.replace(oud, nieuw))

    resultaat = ronde(
        "feiten", "vaststellen", A, "--feit", "kvk-uittreksel.pdf#1", "--wijze", "gecorrigeerd", "--reden", "anders",
        "--correctie", "correctie.yaml", "--als", "b.vanloon",
    )  # fmt: skip

    assert resultaat.exit_code == 1
    assert melding in resultaat.stderr


def test_a_correction_of_another_kind_is_refused(ronde: Draai) -> None:
    Path("correctie.yaml").write_text(CORRECTIE)

    resultaat = ronde(
        "feiten", "vaststellen", A, "--feit", "uea.pdf#1", "--wijze", "gecorrigeerd", "--reden", "anders",
        "--correctie", "correctie.yaml", "--als", "b.vanloon",
    )  # fmt: skip

    assert "is van een andere soort" in resultaat.stderr


@pytest.fixture
def getoetst(ronde: Draai) -> Draai:
    ronde("feiten", "vaststellen", A, "--alle", "--reden", "gelezen", "--als", "b.vanloon")
    tick(Path("winkel"), Fase.SELECTEREN, "M-2020-2", DAG)
    return ronde


def judge(wie: str, punt: str, oordeel: str, *meer: str, reden: str = "Het staat er duidelijk in.") -> tuple[str, ...]:
    vraag = punt.partition("/")[0]
    antwoorden = ("--antwoord", f"{vraag}-1={oordeel}", "--antwoord", f"{vraag}-2=ja: zie bladzijde 2")
    return ("beoordelen", "geef", A, punt, "--oordeel", oordeel, "--reden", reden, *(meer or antwoorden), "--als", wie)


def test_a_judgement_is_blind_until_both_are_final(getoetst: Draai) -> None:
    def look(wie: str) -> dict[str, object]:
        punten = json.loads(getoetst("beoordelen", "lijst", A, "--als", wie, "--json").stdout)
        (punt,) = [punt for punt in punten if punt["punt"]["criterium"] == "M-09"]
        return {o["persoon"]: (o["ja"], o["reden"]) for o in punt["oordelen"]}

    getoetst(*judge("b.vanloon", "M-09", "ja"))
    assert look("b.vanloon") == {"b.vanloon": (True, "Het staat er duidelijk in.")}
    assert look("b.yilmaz") == {"b.vanloon": (None, None)}
    assert look("i.dekker") == {"b.vanloon": (None, None)}
    assert "nog niet te zien" in getoetst("beoordelen", "lijst", A, "--als", "b.yilmaz").stdout
    getoetst(*judge("b.yilmaz", "M-09", "nee"))
    assert look("b.yilmaz")["b.vanloon"] == (True, "Het staat er duidelijk in.")


def test_one_judgement_covers_the_percelen_with_the_same_evidence(getoetst: Draai) -> None:
    assert getoetst(*judge("b.vanloon", "M-04", "ja")).stdout.count("is vastgelegd: ja.") == 2
    assert getoetst(*judge("b.yilmaz", "M-04/1B", "ja")).stdout.count("is vastgelegd: ja.") == 1


def test_a_jurist_settles_a_difference_and_nothing_else(getoetst: Draai) -> None:
    beslecht = ("beoordelen", "beslecht", *judge("j.hendriks", "M-09", "ja")[2:])
    assert "verschillen de beoordelaars niet" in getoetst(*beslecht).stderr
    getoetst(*judge("b.vanloon", "M-09", "ja"))
    getoetst(*judge("b.yilmaz", "M-09", "nee"))

    assert getoetst(*beslecht).exit_code == 0


@pytest.mark.parametrize(
    ("woorden", "code", "zegt"),
    [
        (judge("i.dekker", "M-09", "ja"), 1, "De rol inkoper mag dit niet: oordelen."),
        (judge("b.vanloon", "M-99", "ja"), 1, "Er is geen punt 'M-99'. Wel: M-04/1A"),
        (judge("b.vanloon", "M-09", "ja", "--antwoord", "M-09-1=ja"), 1, "Vraag 'M-09-2' is niet beantwoord."),
        (judge("b.vanloon", "M-09", "ja", "--antwoord", "M-09-1"), 2, "'M-09-1' is geen antwoord."),
        (judge("b.vanloon", "M-09", "ja", reden="Ja."), 1, "Schrijf een reden van ten minste"),
        (judge("b.vanloon", "M-09", "misschien"), 2, "Kies uit: ja, nee."),
    ],
)
def test_a_judgement_that_cannot_stand_is_refused(
    getoetst: Draai, woorden: tuple[str, ...], code: int, zegt: str
) -> None:
    resultaat = getoetst(*woorden)

    assert (resultaat.exit_code, resultaat.stdout) == (code, "")
    assert zegt in resultaat.stderr


def test_nobody_judges_twice(getoetst: Draai) -> None:
    getoetst(*judge("b.vanloon", "M-09", "ja"))

    assert "de tweede beoordelaar is een ander" in getoetst(*judge("b.vanloon", "M-09", "nee")).stderr


def point(id: str, perceel: str | None, lid: str | None, *bewijs: str) -> Puntregel:
    punt = Beoordelingspunt(
        criterium="M-13",
        perceel=perceel,
        product=None,
        lid=lid,
        bewijs=bewijs,
        vragen=(),
        stand=Beoordelingsstand.WACHT_OP_BEOORDELAARS,
    )
    return Puntregel(id=id, punt=punt, oordelen=())


def test_points_on_different_evidence_or_members_are_named_apart() -> None:
    per_lid = [point("aaa", None, "noor", "1"), point("bbb", None, "anker", "1")]
    per_bewijs = [point("ccc", "1A", None, "1"), point("ddd", "1B", None, "2")]
    zelfde = [point("eee", "1A", None, "1"), point("fff", "1B", None, "1")]

    assert find_punten(zelfde, "M-13") == ("eee", "fff")
    assert find_punten(per_lid, "M-13/noor") == ("aaa",)
    assert find_punten(per_lid, "bbb") == ("bbb",)
    for regels in (per_lid, per_bewijs):
        with pytest.raises(BeletselenError, match="Meer punten heten 'M-13'"):
            find_punten(regels, "M-13")
