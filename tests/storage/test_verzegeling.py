"""An envelope opens with its own key, as what it is about, and only when nothing in it was changed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.storage.sleutelkast import SleutelError, Sleutelherkomst, Sleutelkast
from inkoop.storage.verzegeling import MERK, OntzegelError, derive_publiek, make_sleutelpaar, seal, unseal

PAAR = make_sleutelpaar()


@given(st.binary(max_size=2000), st.text(max_size=40))
def test_what_is_sealed_comes_out_with_the_private_key(inhoud: bytes, betreft: str) -> None:
    assert unseal(PAAR.privaat, seal(PAAR.publiek, inhoud, betreft), betreft) == inhoud


def test_the_same_content_gives_another_envelope_each_time() -> None:
    assert seal(PAAR.publiek, b"x", "a") != seal(PAAR.publiek, b"x", "a")


def test_another_key_opens_nothing() -> None:
    with pytest.raises(OntzegelError):
        unseal(make_sleutelpaar().privaat, seal(PAAR.publiek, b"geheim", "a"), "a")


def test_an_envelope_that_was_moved_to_another_aanmelding_does_not_open() -> None:
    with pytest.raises(OntzegelError):
        unseal(PAAR.privaat, seal(PAAR.publiek, b"geheim", "M-2020-2|M-2020-2-A001|1"), "M-2020-2|M-2020-2-A002|1")


@given(st.data())
def test_an_envelope_of_which_one_bit_was_changed_does_not_open(data: st.DataObject) -> None:
    envelop = bytearray(seal(PAAR.publiek, b"geheim", "a"))
    plek = data.draw(st.integers(0, len(envelop) - 1))
    envelop[plek] ^= 1 << data.draw(st.integers(0, 7))
    # The highest bit of an X25519 key is ignored by the standard (RFC 7748, 5): not content, so no harm.
    if plek == len(MERK) + 31:
        return
    with pytest.raises(OntzegelError):
        unseal(PAAR.privaat, bytes(envelop), "a")


def make_kast(map_: Path) -> Sleutelkast:
    return Sleutelkast(map_ / "sleutels", map_ / "kopie")


def test_a_key_stands_in_both_folders_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    kast = make_kast(tmp_path)
    publiek = kast.create("M-2020-2")
    for map_ in (kast.map, kast.kopie):
        (pad,) = map_.iterdir()
        assert stat.S_IMODE(pad.stat().st_mode) == 0o600
        assert stat.S_IMODE(map_.stat().st_mode) == 0o700
    gevonden = kast.find("M-2020-2", publiek)
    assert (derive_publiek(gevonden.privaat), gevonden.herkomst) == (publiek, Sleutelherkomst.SLEUTELMAP)


@pytest.mark.parametrize("schade", ["weg", "leeg", "andere ronde"])
def test_a_key_that_is_lost_or_damaged_comes_from_the_recovery_copy(tmp_path: Path, schade: str) -> None:
    kast = make_kast(tmp_path)
    publiek = kast.create("M-2020-2")
    (pad,) = kast.map.iterdir()
    if schade == "weg":
        pad.unlink()
    elif schade == "leeg":
        pad.write_text("")
    else:
        kast.create("M-2021-1")
        pad.write_text(next(kast.map.glob("M-2021-1*")).read_text())
    assert kast.find("M-2020-2", publiek).herkomst is Sleutelherkomst.RESERVEKOPIE
    stand = kast.describe("M-2020-2", publiek)
    assert (stand.sleutelmap, stand.reservekopie) == (False, True)


def test_a_key_that_is_nowhere_is_refused_with_the_places(tmp_path: Path) -> None:
    kast = make_kast(tmp_path)
    with pytest.raises(SleutelError) as fout:
        kast.find("M-2020-2", PAAR.publiek)
    assert str(kast.map) in str(fout.value)
    assert str(kast.kopie) in str(fout.value)
    assert "Sluit het medium met de sleutel aan" in str(fout.value)
    assert "--" not in str(fout.value)  # a page shows this too; what the command line can do, it adds itself


def test_no_key_is_made_when_the_recovery_copy_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "kopie").write_text("een bestand, geen map")
    with pytest.raises(SleutelError, match="INKOOP_SLEUTELKOPIE"):
        make_kast(tmp_path).create("M-2020-2")


@pytest.mark.parametrize(("sleutels", "kopie"), [("winkel/s", "k"), ("s", "winkel/k"), ("s", "s"), ("winkel", "k")])
def test_keys_in_the_store_or_twice_in_one_folder_are_refused(tmp_path: Path, sleutels: str, kopie: str) -> None:
    with pytest.raises(SleutelError):
        Sleutelkast(tmp_path / sleutels, tmp_path / kopie).check(tmp_path / "winkel")


def test_folders_beside_the_store_are_accepted(tmp_path: Path) -> None:
    Sleutelkast(tmp_path / "winkel-sleutels", tmp_path / "winkel-sleutelkopie").check(tmp_path / "winkel")


def test_a_mark_is_the_same_each_time_and_differs_per_round_and_legal_person(tmp_path: Path) -> None:
    kast = make_kast(tmp_path)
    merk = kast.mark("M-2020-2", "90000101")
    assert make_kast(tmp_path).mark("M-2020-2", "90000101") == merk
    assert len({merk, kast.mark("M-2020-2", "90000102"), kast.mark("M-2021-1", "90000101")}) == 3
    assert make_kast(tmp_path / "elders").mark("M-2020-2", "90000101") != merk


def test_the_secret_of_the_marks_survives_the_loss_of_the_first_folder(tmp_path: Path) -> None:
    kast = make_kast(tmp_path)
    merk = kast.mark("M-2020-2", "90000101")
    (kast.map / "kenteken.geheim").unlink()
    assert kast.mark("M-2020-2", "90000101") == merk
