"""Stores and people: made once, for ever of one kind, and nobody acts without a name and a role."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Draai, list_bestanden

BEHEERDER = ("--naam", "Bea Heer", "--functie", "beheerder", "--met-rol", "beheerder")


def test_a_store_is_made_once_and_of_a_named_kind(draai: Draai) -> None:
    assert draai("init").exit_code == 2
    assert draai("init", "--soort", "simulatie").exit_code == 0
    voor = list_bestanden(Path("winkel"))

    opnieuw = draai("init", "--soort", "echt")

    assert opnieuw.exit_code == 1
    assert "bestaat al en is niet leeg." in opnieuw.stderr
    assert list_bestanden(Path("winkel")) == voor


def test_a_folder_without_a_store_says_what_to_do(draai: Draai) -> None:
    resultaat = draai("persoon", "lijst", "--winkel", "nergens")

    assert resultaat.exit_code == 1
    assert "In nergens staat geen winkel" in resultaat.stderr


def test_the_first_person_is_a_beheerder_and_adds_the_next(draai: Draai) -> None:
    draai("init", "--soort", "simulatie")
    inkoper = ("persoon", "toevoegen", "i.dekker", "--naam", "I", "--functie", "inkoper", "--met-rol", "inkoper")

    assert "De eerste persoon in een winkel is een beheerder" in draai(*inkoper).stderr
    assert draai("persoon", "toevoegen", "b.heer", *BEHEERDER).exit_code == 0
    assert "Noem met --als de beheerder die dit doet." in draai(*inkoper).stderr
    assert draai(*inkoper, "--als", "b.heer").exit_code == 0
    assert [p["persoon"] for p in json.loads(draai("persoon", "lijst", "--json").stdout)] == ["b.heer", "i.dekker"]


def test_a_role_that_does_not_exist_lists_the_roles(draai: Draai) -> None:
    draai("init", "--soort", "simulatie")

    resultaat = draai("persoon", "toevoegen", "x", "--naam", "X", "--functie", "y", "--met-rol", "koper")

    assert resultaat.exit_code == 2
    assert "staat niet in de lijst. Kies uit: inkoper, jurist" in resultaat.stderr


def test_an_aanbieder_needs_a_kvk_number_and_nobody_else_has_one(draai: Draai) -> None:
    draai("init", "--soort", "simulatie")
    draai("persoon", "toevoegen", "b.heer", *BEHEERDER)
    basis = ("persoon", "toevoegen", "a.anbieder", "--naam", "A", "--functie", "directeur", "--als", "b.heer")

    assert "Geef het KvK-nummer bij de rol aanbieder" in draai(*basis, "--met-rol", "aanbieder").stderr
    assert draai(*basis, "--met-rol", "inkoper", "--kvk", "90000101").exit_code == 1
    kort = draai(*basis, "--met-rol", "aanbieder", "--kvk", "123")
    assert "Een KvK-nummer heeft acht cijfers; hier staat '123'." in kort.stderr
    assert kort.exit_code == 1
    assert draai(*basis, "--met-rol", "aanbieder", "--kvk", "90000101").exit_code == 0


def test_somebody_with_more_roles_must_name_one(draai: Draai) -> None:
    draai("init", "--soort", "simulatie")
    draai("persoon", "toevoegen", "b.heer", *BEHEERDER)
    dubbel = ("--naam", "D", "--functie", "inkoper", "--met-rol", "inkoper", "--met-rol", "contractmanager")
    draai("persoon", "toevoegen", "d.ubbel", *dubbel, "--als", "b.heer")

    zonder = draai("procedure", "aanmaken", "meierij-2020", "--als", "d.ubbel")
    verkeerd = draai("procedure", "aanmaken", "meierij-2020", "--als", "d.ubbel", "--rol", "contractmanager")
    goed = draai("procedure", "aanmaken", "meierij-2020", "--als", "d.ubbel", "--rol", "inkoper")

    assert "heeft meer rollen (contractmanager, inkoper)" in zonder.stderr
    assert "De rol contractmanager mag dit niet: procedure aanmaken." in verkeerd.stderr
    assert [zonder.exit_code, verkeerd.exit_code, goed.exit_code] == [1, 1, 0]


def test_a_real_store_refuses_another_moment_than_now(draai: Draai) -> None:
    draai("init", "--soort", "echt")
    met_nu = draai("persoon", "toevoegen", "b.heer", *BEHEERDER, "--nu", "2020-03-31T10:00")

    assert met_nu.exit_code == 1
    assert "Dit kan niet in een echte winkel." in met_nu.stderr
    assert json.loads(draai("audit", "controleer", "--json").stdout)["aantal"] == 0
    assert draai("persoon", "toevoegen", "b.heer", *BEHEERDER).exit_code == 0


def test_an_hour_that_exists_twice_is_refused(draai: Draai) -> None:
    draai("init", "--soort", "simulatie")

    resultaat = draai("persoon", "toevoegen", "b.heer", *BEHEERDER, "--nu", "2020-10-25T02:30")

    assert resultaat.exit_code == 2
    assert "wisseling van zomer- en wintertijd" in resultaat.stderr


def test_a_procedure_file_with_a_fault_is_not_started(draai: Draai) -> None:
    draai("init", "--soort", "simulatie")
    draai("persoon", "toevoegen", "b.heer", *BEHEERDER)
    draai(
        "persoon", "toevoegen", "i.dekker", "--naam", "I", "--functie", "inkoper", "--met-rol", "inkoper",
        "--als", "b.heer",
    )  # fmt: skip
    pad = Path("procedures/meierij-2020.yaml")
    pad.write_text(pad.read_text().replace("kwalificatie: toelating", "kwalificatie: toelatng", 1))

    resultaat = draai("procedure", "aanmaken", "meierij-2020", "--als", "i.dekker")

    assert resultaat.exit_code == 1
    assert "procedures/meierij-2020.yaml:" in resultaat.stderr
    assert 'Bedoelt u "toelating"?' in resultaat.stderr
    assert (
        "Procedure 'meierij-2020' bestaat niet."
        in draai("procedure", "stand", "meierij-2020", "--als", "i.dekker").stderr
    )


def test_the_log_of_a_whole_store_is_found_whole(draai: Draai, zet_klaar: Callable[[str], Path]) -> None:
    zet_klaar("Selecteren")

    resultaat = draai("audit", "controleer")

    assert resultaat.exit_code == 0
    assert resultaat.stdout.endswith("regels gecontroleerd: het logboek is ongeschonden.\n")


def test_a_changed_row_of_the_log_is_found_and_named(draai: Draai, zet_klaar: Callable[[str], Path]) -> None:
    winkel = zet_klaar("Selecteren")
    with sqlite3.connect(winkel / "inkoop.db") as db:
        for (naam,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{naam}"')
        db.execute("UPDATE audit SET persoon = 'iemand.anders' WHERE volgnummer = 12")

    resultaat = draai("audit", "controleer")

    assert resultaat.exit_code == 1
    assert "Regel 12 is gewijzigd" in resultaat.stdout


def test_a_changed_record_is_found_and_named(draai: Draai, zet_klaar: Callable[[str], Path]) -> None:
    winkel = zet_klaar("Selecteren")
    with sqlite3.connect(winkel / "inkoop.db") as db:
        for (naam,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{naam}"')
        db.execute("UPDATE aanmelding SET naam = 'Een ander'")

    resultaat = draai("audit", "controleer")

    assert resultaat.exit_code == 1
    assert "In 'aanmelding' is rij" in resultaat.stdout


def test_the_log_is_shown_to_who_may_read_it(draai: Draai, zet_klaar: Callable[[str], Path]) -> None:
    zet_klaar("Selecteren")
    vraag = ("audit", "toon", "--onderwerp", "M-2020-2-A001", "--nu", "2020-04-01T09:00", "--json")

    assert draai(*vraag, "--als", "i.dekker").exit_code == 1
    regels = json.loads(draai(*vraag, "--als", "s.kuijpers").stdout)
    assert regels[0]["handeling"] == "aanmelding_indienen"
    assert regels[0]["persoon"].startswith("aanbieder-")
    assert "m.lindeboom" not in json.dumps(regels)
    assert len(json.loads(draai(*vraag, "--als", "s.kuijpers", "--aantal", "1").stdout)) == 1
    assert draai(*vraag, "--als", "s.kuijpers", "--aantal", "nul").exit_code == 2


@pytest.mark.parametrize(
    ("als", "stap", "extra", "zegt"),
    [
        ("i.dekker", "uitgangspunten", (), "wordt vastgelegd door de rol beleidsadviseur"),
        ("a.bos", "uitgangspuntn", (), 'Bedoelt u "uitgangspunten"?'),
        ("a.bos", "stakeholders", (), "Noem met --orgaan voor wie u vastlegt."),
        ("a.bos", "stakeholders", ("--orgaan", "de koning"), "'de koning' gaat niet over de stap"),
    ],
)
def test_a_step_is_recorded_by_the_right_role_for_the_right_body(
    draai: Draai, zet_klaar: Callable[[str], Path], als: str, stap: str, extra: tuple[str, ...], zegt: str
) -> None:
    zet_klaar("Voorbereiden")
    draai("procedure", "aanmaken", "meierij-2020", "--als", "i.dekker", "--nu", "2018-09-03T09:00")

    resultaat = draai(
        "procedure", "stap", "meierij-2020", stap, *extra, "--uitkomst", "vastgesteld", "--grond", "besluit",
        "--als", als, "--nu", "2018-09-28T10:00",
    )  # fmt: skip

    assert resultaat.exit_code == 1
    assert zegt in resultaat.stderr


def test_evidence_that_was_changed_or_removed_on_disk_is_found_by_its_name(
    draai: Draai, zet_klaar: Callable[[str], Path]
) -> None:
    winkel = zet_klaar("Selecteren")
    for woorden in (("verzoek", "i.dekker", "2020-04-01T09:00"), ("open", "j.hendriks", "2020-04-01T09:10")):
        assert draai("ronde", woorden[0], "M-2020-2", "--als", woorden[1], "--nu", woorden[2]).exit_code == 0
    with sqlite3.connect(winkel / "inkoop.db") as db:
        hashes = dict(db.execute("SELECT bestand, sha256 FROM bewijsstuk WHERE bestand IN ('uea.pdf', 'meldcode.pdf')"))
    uea, meldcode = (winkel / "bewijs" / h[:2] / h[2:4] / h for h in (hashes["uea.pdf"], hashes["meldcode.pdf"]))
    uea.chmod(0o644)
    uea.write_bytes(uea.read_bytes() + b"x")
    meldcode.unlink()

    resultaat = draai("audit", "controleer")

    assert resultaat.exit_code == 1
    regels = resultaat.stdout.splitlines()
    assert len(regels) == 2
    assert regels[0].startswith("Bewijsstuk 'meldcode.pdf': Het bestand")
    assert "ontbreekt." in regels[0]
    assert regels[1].startswith("Bewijsstuk 'uea.pdf': Het bestand")
    assert "is op de schijf gewijzigd." in regels[1]


def test_a_sealed_piece_that_was_changed_on_disk_is_found_without_a_key(
    draai: Draai, zet_klaar: Callable[[str], Path]
) -> None:
    winkel = zet_klaar("Selecteren")
    with sqlite3.connect(winkel / "inkoop.db") as db:
        ((enveloppen,),) = db.execute("SELECT enveloppen FROM verzegeling")
    envelop = json.loads(enveloppen)[3]
    pad = winkel / "bewijs" / envelop[:2] / envelop[2:4] / envelop
    pad.chmod(0o644)
    pad.write_bytes(pad.read_bytes()[:-1] + b"x")

    resultaat = draai("audit", "controleer")

    assert resultaat.exit_code == 1
    (regel,) = resultaat.stdout.splitlines()
    assert regel.startswith("Verzegeld stuk van aanmelding M-2020-2-A001: Het bestand")
