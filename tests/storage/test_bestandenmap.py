import hashlib

import pytest

from inkoop.storage.bestandenmap import BestandAangetastError, Bestandenmap, BestandOntbreektError
from inkoop.storage.documentopslag import Documentopslag

INHOUD = b"een raamovereenkomst"
SHA = hashlib.sha256(INHOUD).hexdigest()


@pytest.fixture
def map_(tmp_path):
    return Bestandenmap(tmp_path / "documenten")


def _overwrite(pad, inhoud: bytes) -> None:
    pad.chmod(0o644)
    pad.write_bytes(inhoud)


def test_a_file_stands_under_its_hash(map_):
    assert map_.store(INHOUD) == SHA
    assert map_.pad(SHA) == map_.map / SHA[:2] / SHA[2:4] / SHA
    assert map_.read(SHA) == INHOUD


def test_the_same_bytes_are_kept_once_and_nothing_else_is_left(map_):
    map_.store(INHOUD)
    map_.store(INHOUD)
    assert [pad.name for pad in map_.map.rglob("*") if pad.is_file()] == [SHA]


def test_a_file_that_is_gone_is_named(map_):
    with pytest.raises(BestandOntbreektError, match=SHA):
        map_.read(SHA)


def test_a_file_that_was_changed_on_disk_is_never_handed_out(map_):
    map_.store(INHOUD)
    _overwrite(map_.pad(SHA), INHOUD + b"!")
    with pytest.raises(BestandAangetastError, match="op de schijf gewijzigd"):
        map_.read(SHA)


def test_storing_the_bytes_again_mends_a_changed_file(map_):
    map_.store(INHOUD)
    _overwrite(map_.pad(SHA), b"kapot")
    map_.store(INHOUD)
    assert map_.read(SHA) == INHOUD


def test_a_changed_file_and_a_stranger_are_found(map_):
    map_.store(INHOUD)
    assert map_.check() == ()
    _overwrite(map_.pad(SHA), b"kapot")
    vreemd = map_.map / "aa" / "bb" / "vreemd.txt"
    vreemd.parent.mkdir(parents=True)
    vreemd.write_bytes(b"")
    assert len(map_.check()) == 2


def test_what_a_dead_process_left_halfway_is_no_fault(map_):
    map_.store(INHOUD)
    (map_.pad(SHA).parent / ".nieuw-abc").write_bytes(b"half")
    assert map_.check() == ()


@pytest.mark.parametrize("naam", ["", "../../etc/passwd", SHA[:-1], SHA.upper(), SHA + "\n", "g" * 64])
def test_what_is_no_hash_never_becomes_a_path(map_, naam):
    with pytest.raises(ValueError, match="not a sha256"):
        map_.read(naam)


def test_a_failed_write_leaves_nothing(map_, monkeypatch):
    monkeypatch.setattr("inkoop.storage.bestandenmap.os.fsync", lambda _: (_ for _ in ()).throw(OSError("schijf vol")))
    with pytest.raises(OSError, match="schijf vol"):
        map_.store(INHOUD)
    assert [pad for pad in map_.map.rglob("*") if pad.is_file()] == []


def test_an_empty_document_is_never_stored(tmp_path):
    with pytest.raises(ValueError, match="empty"):
        Documentopslag(tmp_path).add(b"")
