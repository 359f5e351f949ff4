"""Handing in: what is right is received, what is late is kept, what is wrong is refused whole."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import Result

from inkoop.documents.voorbeeldbewijs import make_bewijspdf
from inkoop.domain.procedure import Fase
from inkoop.storage.bewijsopslag import MAX_GROOTTE
from tests.cli.conftest import Draai, list_bestanden, spoil
from tests.cli.oefenronde import tick

BESTAND = Path("lindehof/aanmelding.yaml")
Indiener = Callable[..., Result]


@pytest.fixture
def dien_in(draai: Draai, zet_klaar: Callable[[str], Path], oefenwinkels: Path) -> Indiener:
    """A published round that is open, and the example of the manual to hand in."""
    zet_klaar("Aanmelden")
    shutil.copytree(oefenwinkels.parent / "lindehof", "lindehof")

    def run(nu: str = "2020-03-12T10:41", als: str = "m.lindeboom", *woorden: str) -> Result:
        return draai("aanmelding", "indienen", str(BESTAND), "--ronde", "M-2020-2", "--als", als, "--nu", nu, *woorden)

    return run


def count_regels(draai: Draai) -> int:
    return json.loads(draai("audit", "controleer", "--json").stdout)["aantal"]


def refuse(draai: Draai, dien_in: Indiener, **opties: str) -> str:
    """Hand in, see that it is refused and that nothing was stored; gives the message."""
    voor = (count_regels(draai), list_bestanden(Path("winkel/bewijs")))

    resultaat = dien_in(**opties)

    assert resultaat.exit_code == 1, resultaat.output
    assert resultaat.stdout == ""
    assert (count_regels(draai), list_bestanden(Path("winkel/bewijs"))) == voor
    return resultaat.stderr


def test_an_aanmelding_is_received_with_its_kenmerk_and_evidence(draai: Draai, dien_in: Indiener) -> None:
    resultaat = dien_in()

    assert resultaat.exit_code == 0
    regels = resultaat.stdout.splitlines()
    assert regels[0] == "De aanmelding is ontvangen als M-2020-2-A001."
    assert any(regel.split() == ["Ontvangen", "op", "12-03-2020", "10:41:00"] for regel in regels)
    for pad in Path("lindehof").glob("*.pdf"):
        hash_ = hashlib.sha256(pad.read_bytes()).hexdigest()
        assert any(pad.name in regel and hash_ in regel for regel in regels), pad
    open_ronde(draai)
    getoond = json.loads(
        draai(
            "aanmelding", "toon", "M-2020-2-A001", "--als", "m.lindeboom", "--nu", "2020-04-01T11:00", "--json"
        ).stdout
    )
    assert getoond["status"] == "ontvangen"
    assert len(getoond["bewijsstukken"]) == 15
    assert {stuk["apart_gezet"] for stuk in getoond["bewijsstukken"]} == {False}


def open_ronde(draai: Draai, *woorden: str) -> Result:
    """Two people open the round; gives what the second one is told."""
    gevraagd = draai("ronde", "verzoek", "M-2020-2", "--als", "i.dekker", "--nu", "2020-04-01T09:00")
    assert gevraagd.exit_code == 0, gevraagd.output
    return draai("ronde", "open", "M-2020-2", "--als", "j.hendriks", "--nu", "2020-04-01T09:10", *woorden)


def test_until_the_opening_the_aanbieder_sees_its_receipt_and_nobody_what_is_in_it(
    draai: Draai, dien_in: Indiener
) -> None:
    ontvangen = dien_in()

    toon = ("aanmelding", "toon", "M-2020-2-A001", "--als")
    eigen = json.loads(draai(*toon, "m.lindeboom", "--nu", "2020-03-12T11:00", "--json").stdout)
    assert eigen["status"] == "ontvangen"
    assert eigen["ontvangsthash"] in ontvangen.stdout
    na_sluiting = draai(*toon, "i.dekker", "--nu", "2020-04-01T08:00")
    assert na_sluiting.exit_code == 1
    assert "is verzegeld" in na_sluiting.stderr
    (regel,) = json.loads(
        draai("aanmelding", "lijst", "M-2020-2", "--als", "i.dekker", "--nu", "2020-04-01T08:00", "--json").stdout
    )
    assert (regel["aanbieder"], regel["kvk"], regel["percelen"]) == ("(verzegeld)", "", [])


def test_the_receipt_can_be_printed_at_once_and_is_the_document_that_follows(draai: Draai, dien_in: Indiener) -> None:
    assert dien_in("2020-03-12T10:41", "m.lindeboom", "--bevestiging", "ontvangst.pdf").exit_code == 0
    assert Path("ontvangst.pdf").read_bytes().startswith(b"%PDF-")
    assert open_ronde(draai).exit_code == 0

    documenten = json.loads(
        draai(
            "document", "lijst", "--ronde", "M-2020-2", "--als", "i.dekker", "--json", "--nu", "2020-04-01T10:00"
        ).stdout
    )
    assert [document["kenmerk"] for document in documenten] == ["M-2020-2-D001"]
    tekst = PdfReader("ontvangst.pdf").pages[0].extract_text()
    assert "M-2020-2-D001" in tekst


def test_a_receipt_is_never_written_over_a_file(draai: Draai, dien_in: Indiener) -> None:
    Path("ontvangst.pdf").write_text("van iemand anders")
    voor = count_regels(draai)

    resultaat = dien_in("2020-03-12T10:41", "m.lindeboom", "--bevestiging", "ontvangst.pdf")

    assert resultaat.exit_code != 0
    assert (Path("ontvangst.pdf").read_text(), count_regels(draai)) == ("van iemand anders", voor)


def test_a_round_whose_key_is_lost_opens_with_the_recovery_copy(draai: Draai, dien_in: Indiener) -> None:
    dien_in()
    shutil.rmtree("winkel-sleutels")

    resultaat = open_ronde(draai)

    assert resultaat.exit_code == 0, resultaat.stderr
    assert "uit de reservekopie gehaald" in resultaat.stdout


def test_a_round_without_any_key_says_where_it_looked_and_opens_with_a_file(draai: Draai, dien_in: Indiener) -> None:
    dien_in()
    (sleutel,) = Path("winkel-sleutels").glob("M-2020-2-*.sleutel")
    shutil.copy(sleutel, "usb.sleutel")
    for map_ in ("winkel-sleutels", "winkel-sleutelkopie"):
        shutil.rmtree(map_)

    zonder = open_ronde(draai)
    assert zonder.exit_code == 1
    assert "--sleutel BESTAND" in zonder.stderr
    assert "winkel-sleutelkopie" in zonder.stderr
    met = draai(
        "ronde", "open", "M-2020-2", "--als", "j.hendriks", "--sleutel", "usb.sleutel", "--nu", "2020-04-01T09:20"
    )
    assert met.exit_code == 0, met.stderr
    assert draai("audit", "controleer").exit_code == 0


def test_the_keys_of_the_rounds_are_shown_with_what_is_missing(draai: Draai, dien_in: Indiener) -> None:
    dien_in()
    (sleutel,) = Path("winkel-sleutels").glob("M-2020-2-*.sleutel")
    geheim = sleutel.read_text().splitlines()[-1].removeprefix("sleutel: ")
    sleutel.unlink()

    resultaat = draai("ronde", "sleutels", "meierij-2020", "--als", "s.kuijpers", "--json", "--nu", "2020-03-13T09:00")

    standen = {stand["ronde"]: stand for stand in json.loads(resultaat.stdout)}
    assert (standen["M-2020-2"]["sleutelmap"], standen["M-2020-2"]["reservekopie"]) == ("ontbreekt", "aanwezig")
    assert (standen["M-2020-2"]["verzegeld"], standen["M-2021-1"]["verzegeld"]) == (1, 0)
    assert geheim not in resultaat.output


@pytest.mark.parametrize(("op", "status"), [("2020-03-31T23:59:59", "ontvangen"), ("2020-04-01T00:00:00", "te_laat")])
def test_the_closing_second_divides(draai: Draai, dien_in: Indiener, op: str, status: str) -> None:
    assert dien_in("2020-04-01T00:10", "m.lindeboom", "--ontvangen-op", op).exit_code == 0

    (regel,) = json.loads(
        draai("aanmelding", "lijst", "M-2020-2", "--als", "i.dekker", "--nu", "2020-04-01T09:00", "--json").stdout
    )
    assert regel["status"] == status


def test_what_is_late_is_kept_and_never_assessed(draai: Draai, dien_in: Indiener) -> None:
    resultaat = dien_in("2020-04-01T00:00:30")

    assert resultaat.stdout.splitlines()[0] == (
        "De aanmelding is ontvangen als M-2020-2-A001. Zij is te laat: zij blijft bewaard en wordt niet beoordeeld."
    )
    assert open_ronde(draai).exit_code == 0
    for nu in ("2020-04-01T10:00", "2020-04-22T10:00"):
        tick(Path("winkel"), Fase.SELECTEREN, "M-2020-2", nu)
    getoond = json.loads(
        draai("aanmelding", "toon", "M-2020-2-A001", "--als", "i.dekker", "--nu", "2020-04-22T11:00", "--json").stdout
    )
    assert (getoond["status"], getoond["toets"], len(getoond["bewijsstukken"])) == ("te_laat", None, 15)


def test_an_evidence_file_that_is_missing_is_named(draai: Draai, dien_in: Indiener) -> None:
    Path("lindehof/uea.pdf").unlink()

    assert "Het bestand 'uea.pdf' wordt genoemd, maar is niet meegestuurd." in refuse(draai, dien_in)


@pytest.mark.parametrize(
    ("inhoud", "zegt"),
    [
        pytest.param(b"", "leeg", id="empty"),
        pytest.param(b"%PDF-1.7\n" + b"0" * MAX_GROOTTE, "groter dan 25 MB", id="too-large"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"0" * 100, "uea.pdf", id="not-what-its-name-says"),
        pytest.param(b"MZ" + b"0" * 100, "uea.pdf", id="a-program"),
    ],
)
def test_an_evidence_file_that_cannot_be_taken_in_refuses_all(
    draai: Draai, dien_in: Indiener, inhoud: bytes, zegt: str
) -> None:
    Path("lindehof/uea.pdf").write_bytes(inhoud)

    melding = refuse(draai, dien_in)

    assert "De bewijsstukken kunnen niet worden ontvangen; er is niets bewaard." in melding
    assert zegt in melding


def test_every_wrong_file_is_named_at_once(draai: Draai, dien_in: Indiener) -> None:
    Path("lindehof/uea.pdf").unlink()
    Path("lindehof/ervaring.pdf").write_bytes(b"")

    melding = refuse(draai, dien_in)

    assert "uea.pdf" in melding
    assert "ervaring.pdf" in melding


def test_a_file_in_which_a_bsn_is_suspected_is_set_apart_and_received(draai: Draai, dien_in: Indiener) -> None:
    pdf = make_bewijspdf("Lijst", [("BSN cliënt", "111222333")], afzender="De Lindehof", datum=date(2020, 3, 1))
    Path("lindehof/ervaring.pdf").write_bytes(pdf)

    ontvangen = dien_in()
    assert ontvangen.exit_code == 0
    assert "in ervaring.pdf staat misschien een burgerservicenummer" in ontvangen.stdout
    assert open_ronde(draai).exit_code == 0
    getoond = json.loads(
        draai("aanmelding", "toon", "M-2020-2-A001", "--als", "i.dekker", "--nu", "2020-04-01T11:00", "--json").stdout
    )
    assert [stuk["bestand"] for stuk in getoond["bewijsstukken"] if stuk["apart_gezet"]] == ["ervaring.pdf"]


@pytest.mark.parametrize(
    ("oud", "nieuw", "gericht_op", "zegt"),
    [
        ("datum: 2020-02-20", "datum: 2020-02-30", "2020-02-30", "30 februari 2020 bestaat niet."),
        ("  kvk: ", "  bsn: ", "bsn", "burgerservicenummer"),
        ("soort: ervaring", "soort: ervarng", "ervarng", 'Bedoelt u "ervaring"?'),
        ("  rechtsvorm:", "  rechtsform:", "rechtsform", 'Bedoelt u "rechtsvorm"?'),
        (
            "  postcode: 5261 AB\n",
            "  postcode: 5261 AB\n  postcode: 5261 AB\n",
            "postcode: 5261 AB\n  plaats",
            "dubbel",
        ),
    ],
)
def test_a_fault_in_the_file_is_named_at_its_place(
    draai: Draai, dien_in: Indiener, oud: str, nieuw: str, gericht_op: str, zegt: str
) -> None:
    plek = spoil(BESTAND, oud, nieuw, gericht_op=gericht_op)

    regels = refuse(draai, dien_in).splitlines()

    assert any(regel.startswith(f"{BESTAND}:{plek}: ") and zegt in regel for regel in regels), regels


def test_an_unknown_perceel_is_refused_with_the_ones_there_are(draai: Draai, dien_in: Indiener) -> None:
    spoil(BESTAND, "- 1B", "- 9Z")

    melding = refuse(draai, dien_in)

    assert "9Z" in melding
    assert "1A, 1B, 1C" in melding


def test_an_unknown_round_lists_the_rounds(draai: Draai, dien_in: Indiener) -> None:
    resultaat = draai(
        "aanmelding",
        "indienen",
        str(BESTAND),
        "--ronde",
        "M-2020-9",
        "--als",
        "m.lindeboom",
        "--nu",
        "2020-03-12T10:41",
    )

    assert resultaat.exit_code == 1
    assert "Ronde 'M-2020-9' bestaat niet. Wel: M-2020-1, M-2020-2, M-2021-1, M-2021-2." in resultaat.stderr


@pytest.mark.parametrize(
    ("als", "nu", "zegt"),
    [
        ("i.dekker", "2020-03-12T10:41", "De rol inkoper mag dit niet: aanmelding indienen."),
        ("m.lindeboom", "2020-02-02T23:59", "gaat open op"),
        ("niemand", "2020-03-12T10:41", "Persoon 'niemand' bestaat niet."),
    ],
)
def test_who_may_not_or_comes_too_early_is_refused(
    draai: Draai, dien_in: Indiener, als: str, nu: str, zegt: str
) -> None:
    assert zegt in refuse(draai, dien_in, als=als, nu=nu)


def test_somebody_hands_in_for_its_own_aanbieder_only(draai: Draai, dien_in: Indiener) -> None:
    spoil(BESTAND, "90000101", "90000102")

    assert "handelt niet namens" in refuse(draai, dien_in)


def test_nobody_sees_an_aanmelding_before_closing_but_the_aanbieder(draai: Draai, dien_in: Indiener) -> None:
    assert dien_in().exit_code == 0

    for woorden in (("lijst", "M-2020-2"), ("toon", "M-2020-2-A001")):
        resultaat = draai("aanmelding", *woorden, "--als", "i.dekker", "--nu", "2020-03-31T23:59:59")
        assert resultaat.exit_code == 1
        assert "Aanmeldingen zijn pas te lezen als de ronde is gesloten." in resultaat.stderr
    documenten = ("document", "lijst", "--ronde", "M-2020-2", "--als", "i.dekker", "--json", "--nu")
    assert json.loads(draai(*documenten, "2020-03-31T23:59:59").stdout) == []
    assert json.loads(draai(*documenten, "2020-04-01T00:00:00").stdout) == []
    export = draai(
        "document", "exporteer", "M-2020-2-D001", "--naar", "uit", "--als", "i.dekker", "--nu", "2020-03-20T10:00"
    )
    assert export.exit_code == 1
    assert not Path("uit").exists()


def test_a_withdrawn_aanmelding_says_so(draai: Draai, dien_in: Indiener) -> None:
    dien_in()

    resultaat = draai(
        "aanmelding", "intrekken", "M-2020-2-A001", "--reden", "Wij stoppen met dagbesteding.", "--als", "m.lindeboom",
        "--nu", "2020-03-20T10:00",
    )  # fmt: skip

    assert resultaat.exit_code == 0, resultaat.output
    (regel,) = json.loads(
        draai("aanmelding", "lijst", "M-2020-2", "--als", "i.dekker", "--nu", "2020-04-01T09:00", "--json").stdout
    )
    assert regel["status"] == "ingetrokken"


def test_an_example_never_overwrites_a_folder(draai: Draai, dien_in: Indiener) -> None:
    voor = list_bestanden(Path("lindehof"))

    resultaat = draai("aanmelding", "voorbeeld", "meierij-wmo/M1", "--naar", "lindehof")

    assert resultaat.exit_code == 1
    assert "lindehof bestaat al en is niet leeg." in resultaat.stderr
    assert list_bestanden(Path("lindehof")) == voor


def test_an_unknown_example_gets_a_suggestion(draai: Draai) -> None:
    resultaat = draai("aanmelding", "voorbeeld", "meierij-wmo/M11", "--naar", "nieuw")

    assert resultaat.exit_code == 1
    assert 'Bedoelt u "meierij-wmo/M1"?' in resultaat.stderr
    assert not Path("nieuw").exists()


def test_a_second_aanmelding_says_in_whose_place_it_comes(draai: Draai, dien_in: Indiener) -> None:
    dien_in()

    tweede = dien_in()

    eerste_regel = tweede.stdout.splitlines()[0]
    assert eerste_regel == "De aanmelding is ontvangen als M-2020-2-A002. Zij komt in de plaats van M-2020-2-A001."
