"""Moving the files of a store: whole and checked before it is switched, and gone on with after a break."""

from __future__ import annotations

from pathlib import Path

import pytest

from inkoop.storage.bestandenplek import Schijfplek
from inkoop.storage.verhuizing import IN_WINKEL, VerhuizingRefusedError, move_bestanden
from inkoop.storage.winkel import Winkel, WinkelOngeschiktError, Winkelsoort

STUKKEN = tuple(f"stuk {nummer}".encode() for nummer in range(6))


@pytest.fixture
def map_(tmp_path: Path) -> Path:
    with Winkel.create(tmp_path / "winkel", Winkelsoort.ECHT) as winkel:
        for inhoud in STUKKEN:
            winkel.documenten.add(inhoud)
        winkel.bewijs.store(b"bewijs")
    return tmp_path / "winkel"


@pytest.fixture
def adres(tmp_path: Path) -> str:
    (tmp_path / "gedeeld").mkdir()
    return (tmp_path / "gedeeld").as_uri()


def read_stukken(map_: Path, adres: str | None) -> set[bytes]:
    with Winkel.open(map_, bestanden=adres) as winkel:
        assert (*winkel.documenten.check(), *winkel.bewijs.check()) == ()
        opslagen = (winkel.documenten, winkel.bewijs)
        return {o.read(n.rpartition("/")[2]) for o in opslagen for n in o.plek.list_namen()}


def test_everything_stands_in_the_new_place_and_the_store_asks_for_its_setting_and_it_goes_back(map_, adres):
    verhuisd = move_bestanden(map_, None, adres)
    assert (verhuisd.bestanden, verhuisd.stonden_er) == (7, 0)
    assert read_stukken(map_, adres) == {*STUKKEN, b"bewijs"}
    with pytest.raises(WinkelOngeschiktError, match="INKOOP_BESTANDEN_URL"):
        Winkel.open(map_)
    assert move_bestanden(map_, adres, IN_WINKEL).stonden_er == 7  # the old place was left as it was
    assert read_stukken(map_, None) == {*STUKKEN, b"bewijs"}


def test_who_is_broken_off_has_switched_nothing_and_goes_on_where_it_was(map_, adres, monkeypatch):
    echt, geschreven = Schijfplek.write, []

    def write(plek: Schijfplek, naam: str, inhoud: bytes) -> None:
        if len(geschreven) == 3:
            raise KeyboardInterrupt
        geschreven.append(naam)
        echt(plek, naam, inhoud)

    monkeypatch.setattr(Schijfplek, "write", write)
    with pytest.raises(KeyboardInterrupt):
        move_bestanden(map_, None, adres)
    monkeypatch.undo()
    assert read_stukken(map_, None) == {*STUKKEN, b"bewijs"}
    verhuisd = move_bestanden(map_, None, adres)
    assert (verhuisd.bestanden, verhuisd.stonden_er) == (7, 2)  # the third was the trial of writing itself
    assert read_stukken(map_, adres) == {*STUKKEN, b"bewijs"}


def test_every_damaged_file_is_named_and_nothing_is_switched(map_, adres):
    stuk = sorted((map_ / "documenten").glob("??/??/*"))[:2]
    for pad in stuk:
        pad.chmod(0o644)
        pad.write_bytes(b"anders")
    with pytest.raises(VerhuizingRefusedError) as fout:
        move_bestanden(map_, None, adres)
    assert all(str(pad) in str(fout.value) for pad in stuk)
    Winkel.open(map_).close()


def test_a_place_with_files_of_another_store_is_refused_and_so_is_the_same_place(map_, adres, tmp_path):
    Schijfplek(tmp_path / "gedeeld" / "bewijs").write("aa/bb/vreemd", b"x")
    with pytest.raises(VerhuizingRefusedError, match="niet van deze winkel"):
        move_bestanden(map_, None, adres)
    with pytest.raises(VerhuizingRefusedError, match="al op dit adres"):
        move_bestanden(map_, None, IN_WINKEL)


def test_what_was_added_while_files_were_copied_comes_along(map_, adres, monkeypatch):
    echt = Schijfplek.read

    def read(plek: Schijfplek, naam: str) -> bytes | None:
        monkeypatch.undo()
        with Winkel.open(map_) as winkel:
            winkel.documenten.add(b"op het laatst")
        return echt(plek, naam)

    monkeypatch.setattr(Schijfplek, "read", read)
    assert move_bestanden(map_, None, adres).bestanden == 8
    assert b"op het laatst" in read_stukken(map_, adres)
