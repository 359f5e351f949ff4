"""Every way of tampering with the log or behind its back is found, and the row is named."""

import pytest
import sqlalchemy as sa

from inkoop.storage.audit import check_keten
from inkoop.storage.auditregel import AUDIT, Auditkop, hash_regel, read_kop
from inkoop.storage.momentopname import hash_rij, read_rijen
from inkoop.storage.tabellen.persoon import PersoonRow
from tests.storage.conftest import ACTOR, OP, add_persoon

BUITEN_OM = "buiten de handelingen om"


@pytest.fixture
def vol(winkel):
    """A store with five acts: persons a to e."""
    for naam in "abcde":
        add_persoon(winkel, naam)
    return winkel


def _read_regels(winkel) -> list[dict]:
    with winkel.lezen() as sessie:
        return [rij for _, rij in read_rijen(sessie.connection(), AUDIT)]


def _write(waarden: dict) -> str:
    """An INSERT of an audit row as somebody would do it in the file."""
    kolommen = ", ".join(waarden)
    inhoud = ", ".join("NULL" if w is None else repr(w) for w in waarden.values())
    return f"INSERT INTO audit ({kolommen}) VALUES ({inhoud});"


def test_an_empty_log_is_whole(winkel):
    assert check_keten(winkel).aantal == 0
    assert check_keten(winkel).fouten == ()


def test_a_log_that_nobody_touched_is_whole(vol):
    controle = check_keten(vol)
    assert (controle.aantal, controle.fouten) == (5, ())


@pytest.mark.parametrize(
    ("kolom", "waarde"),
    [
        ("op", "2019-01-01 00:00:00.000000"),
        ("werkelijk_op", "2019-01-01 00:00:00.000000"),
        ("persoon", "iemand.anders"),
        ("rol", "gemandateerde"),
        ("handeling", "besluit_nemen"),
        ("onderwerp", "iets anders"),
        ("van", "toegelaten"),
        ("naar", "afgewezen"),
        ("reden", "verzonnen"),
        ("gegevens", '{"a":1}'),
        ("vorige_hash", "0" * 64),
    ],
)
def test_a_changed_row_is_found_and_named(vol, sloop, kolom, waarde):
    sloop(f"UPDATE audit SET {kolom} = '{waarde}' WHERE volgnummer = 3")
    (fout,) = check_keten(vol).fouten
    assert fout.startswith("Regel 3 is gewijzigd nadat deze is geschreven")


def test_a_changed_row_that_can_no_longer_be_read_is_found_and_named(vol, sloop):
    sloop("UPDATE audit SET gegevens = '{kapot', rijen = 'x' WHERE volgnummer = 3")
    assert check_keten(vol).fouten[0].startswith("Regel 3 is gewijzigd")


def test_a_changed_row_with_a_hash_that_fits_again_breaks_the_next_one(vol, sloop):
    regel = _read_regels(vol)[2] | {"reden": "verzonnen"}
    sloop(f"UPDATE audit SET reden = 'verzonnen', hash = '{hash_regel(regel)}' WHERE volgnummer = 3")
    assert check_keten(vol).fouten == ("Regel 4 sluit niet aan op regel 3: een van beide is vervangen.",)


def test_a_removed_row_is_named(vol, sloop):
    sloop("DELETE FROM audit WHERE volgnummer = 2")
    assert "Regel 2 ontbreekt uit het auditlogboek." in check_keten(vol).fouten


def test_removed_rows_are_named_as_a_range(vol, sloop):
    sloop("DELETE FROM audit WHERE volgnummer IN (2, 3)")
    assert "De regels 2 tot en met 3 ontbreken uit het auditlogboek." in check_keten(vol).fouten


def test_a_cut_tail_is_named(vol, sloop):
    sloop("DELETE FROM audit WHERE volgnummer >= 4")
    assert "De regels 4 tot en met 5 ontbreken aan het eind van het auditlogboek." in check_keten(vol).fouten


def test_a_tail_that_was_cut_together_with_the_head_leaves_records_that_no_act_explains(vol, sloop):
    vierde = _read_regels(vol)[3]["hash"]
    sloop(f"DELETE FROM audit WHERE volgnummer = 5; UPDATE audit_kop SET aantal = 4, hash = '{vierde}'")
    assert check_keten(vol).fouten == ("In 'persoon' is rij e buiten de handelingen om toegevoegd.",)


def test_a_log_that_was_emptied_is_found(vol, sloop):
    sloop("DELETE FROM audit")
    assert "De regels 1 tot en met 5 ontbreken aan het eind van het auditlogboek." in check_keten(vol).fouten


def test_a_row_put_in_between_is_named(vol, sloop):
    regels = _read_regels(vol)
    vals = regels[2] | {"volgnummer": 3, "reden": "verzonnen", "vorige_hash": regels[1]["hash"]}
    vals["hash"] = hash_regel(vals)
    schuif = "".join(f"UPDATE audit SET volgnummer = {n + 1} WHERE volgnummer = {n};" for n in (5, 4, 3))
    sloop(schuif + _write(vals) + "UPDATE audit_kop SET aantal = 6")
    fouten = check_keten(vol).fouten
    assert [fout for fout in fouten if "oorspronkelijk op plaats" in fout] == [
        "Regel 4 is verplaatst: deze stond oorspronkelijk op plaats 3.",
        "Regel 5 is verplaatst: deze stond oorspronkelijk op plaats 4.",
        "Regel 6 is verplaatst: deze stond oorspronkelijk op plaats 5.",
    ]


def test_a_row_in_between_with_everything_after_it_renumbered_and_hashed_again_is_named(vol, sloop):
    regels = _read_regels(vol)
    vals = regels[2] | {"volgnummer": 3, "reden": "verzonnen", "vorige_hash": regels[1]["hash"]}
    vals["hash"] = hash_regel(vals)
    vierde = regels[2] | {"volgnummer": 4}  # the old third row, still following on the second
    vierde["hash"] = hash_regel(vierde)
    sloop("DELETE FROM audit WHERE volgnummer >= 3;" + _write(vals) + _write(vierde))
    assert "Regel 3 is tussengevoegd: regel 4 volgt op 2." in check_keten(vol).fouten


def test_rows_that_changed_places_are_named(vol, sloop):
    sloop(
        "UPDATE audit SET volgnummer = 99 WHERE volgnummer = 2;"
        "UPDATE audit SET volgnummer = 2 WHERE volgnummer = 4;"
        "UPDATE audit SET volgnummer = 4 WHERE volgnummer = 99;"
    )
    fouten = check_keten(vol).fouten
    assert "Regel 2 is verplaatst: deze stond oorspronkelijk op plaats 4." in fouten
    assert "Regel 4 is verplaatst: deze stond oorspronkelijk op plaats 2." in fouten


def test_a_row_added_past_the_head_is_named(vol, sloop):
    laatste = _read_regels(vol)[-1]
    extra = laatste | {"volgnummer": 6, "vorige_hash": laatste["hash"]}
    extra["hash"] = hash_regel(extra)
    sloop(_write(extra))
    assert check_keten(vol).fouten == ("Regel 6 is buiten de handelingen om aan het eind toegevoegd.",)


def test_a_last_row_that_was_replaced_is_found_by_the_head(vol, sloop):
    laatste = _read_regels(vol)[-1] | {"reden": "verzonnen"}
    sloop(f"UPDATE audit SET reden = 'verzonnen', hash = '{hash_regel(laatste)}' WHERE volgnummer = 5")
    assert check_keten(vol).fouten == ("De kop van het auditlogboek wijst naar een andere regel 5 dan er nu staat.",)


def test_a_head_that_was_removed_is_found(vol, sloop):
    sloop("DELETE FROM audit_kop")
    assert check_keten(vol).fouten[0].startswith("De kop van het auditlogboek ontbreekt")


@pytest.mark.parametrize("opdracht", ["UPDATE winkel SET soort = 'echt'", "DELETE FROM winkel"])
def test_a_store_that_passes_for_another_kind_is_found(vol, sloop, opdracht):
    sloop(opdracht)
    assert check_keten(vol).fouten[0].startswith("Regel 1 sluit niet aan op de winkel: de soort of de identiteit")


def test_a_log_rewritten_from_the_start_is_found_by_what_was_printed(vol, sloop):
    with vol.lezen() as sessie:
        anker = read_kop(sessie.connection())
    regels = _read_regels(vol)
    regels[0]["reden"] = "verzonnen"
    opdrachten = []
    for vorige, regel in zip([None, *regels[:-1]], regels, strict=True):
        regel["vorige_hash"] = regel["vorige_hash"] if vorige is None else vorige["hash"]
        regel["hash"] = hash_regel(regel)
        opdrachten.append(_write(regel))
    sloop("DELETE FROM audit;" + "".join(opdrachten) + f"UPDATE audit_kop SET hash = '{regels[-1]['hash']}'")
    assert check_keten(vol).fouten == ()
    assert check_keten(vol, ankers=[anker]).fouten == (
        f"Regel 5 is niet de regel waarnaar eerder is verwezen (kenmerk {anker.hash[:16]}…).",
    )


def test_an_anchor_that_holds_is_silent(vol):
    eerste = _read_regels(vol)[0]
    assert check_keten(vol, ankers=[Auditkop(1, eerste["hash"])]).fouten == ()


def test_a_record_that_was_changed_behind_the_logs_back_is_named(vol, sloop):
    sloop("UPDATE persoon SET functie = 'wethouder' WHERE id = 'c'")
    assert check_keten(vol).fouten == (
        f"In 'persoon' is rij c {BUITEN_OM} gewijzigd (laatst vastgelegd in regel 3: persoon_toevoegen, c).",
    )


def test_a_record_that_was_removed_behind_the_logs_back_is_named(vol, sloop):
    sloop("DELETE FROM persoon WHERE id = 'c'")
    assert check_keten(vol).fouten == (
        "In 'persoon' is rij c buiten de handelingen om verwijderd (vastgelegd in regel 3: persoon_toevoegen, c).",
    )


def test_a_record_that_was_added_behind_the_logs_back_is_named(vol, sloop):
    sloop("INSERT INTO persoon (id, naam, functie, rollen, actief) VALUES ('z', 'Z', 'f', '[]', true)")
    assert check_keten(vol).fouten == ("In 'persoon' is rij z buiten de handelingen om toegevoegd.",)


def test_a_record_that_was_set_back_to_an_older_state_is_named(vol, sloop):
    with vol.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.get(PersoonRow, "c").functie = "jurist"
        eenheid.audit("persoon_toevoegen", "c")
    sloop("UPDATE persoon SET functie = 'inkoper' WHERE id = 'c'")
    assert check_keten(vol).fouten == (
        f"In 'persoon' is rij c {BUITEN_OM} gewijzigd (laatst vastgelegd in regel 6: persoon_toevoegen, c).",
    )


def test_records_changed_and_removed_by_acts_are_as_they_should_be(vol):
    with vol.eenheid(ACTOR, OP) as eenheid:
        eenheid.sessie.get(PersoonRow, "c").functie = "jurist"
        eenheid.sessie.delete(eenheid.sessie.get(PersoonRow, "d"))
        eenheid.audit("persoon_toevoegen", "c")
        eenheid.audit("persoon_toevoegen", "d")
    assert check_keten(vol).fouten == ()


def test_all_faults_are_said_at_once(vol, sloop):
    sloop(
        "UPDATE audit SET reden = 'x' WHERE volgnummer = 2;"
        "UPDATE persoon SET naam = 'x' WHERE id = 'a';"
        "DELETE FROM audit WHERE volgnummer = 5"
    )
    fouten = check_keten(vol).fouten
    assert [fout.split(" ")[0:3] for fout in fouten] == [
        ["Regel", "2", "is"],
        ["Regel", "5", "ontbreekt"],
        ["In", "'persoon'", "is"],
        ["In", "'persoon'", "is"],
    ]


def test_the_hash_of_a_row_hangs_on_every_value_and_on_no_order():
    assert hash_rij({"a": 1, "b": "x"}) == hash_rij({"b": "x", "a": 1})
    assert hash_rij({"a": 1, "b": "x"}) != hash_rij({"a": 1, "b": "y"})
    assert hash_rij({"a": 1, "b": None}) == hash_rij({"a": 1})
    assert hash_rij({"a": 1}) != hash_rij({"a": "1"})


def test_the_head_that_a_decision_prints_is_the_last_row(vol):
    with vol.lezen() as sessie:
        kop = read_kop(sessie.connection())
        assert kop == Auditkop(5, sessie.execute(sa.text("SELECT hash FROM audit WHERE volgnummer = 5")).scalar())
