"""Bytes that wait on disk: nobody else reads them, nothing is left, and no envelope opens that was changed."""

from __future__ import annotations

import errno
import io
import os
import tempfile
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.storage import cijferstroom, kluis
from inkoop.storage.bestandenmap import Bestandenmap
from inkoop.storage.bestandenplek import BLOK
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.databasefout import SchijfVolError
from inkoop.storage.kluis import KluisError, lock, lock_stroom, unlock, unlock_stroom
from inkoop.storage.spoel import Spoel
from inkoop.storage.verzegeling import (
    OntzegelError,
    make_sleutelpaar,
    seal,
    seal_stroom,
    unseal,
    unseal_stroom,
)

SLEUTEL = bytes(range(32))
PAAR = make_sleutelpaar()
GROOTTES = (0, 1, 15, 16, 17, 1000, BLOK - 16, BLOK, BLOK + 1, 2 * BLOK + 5)


def _maak(grootte: int) -> bytes:
    return Random(grootte).randbytes(grootte)


def test_what_waits_is_read_back_anywhere_and_stands_nowhere_in_the_folder(tmp_path: Path):
    inhoud = _maak(300_007)
    spoel = Spoel(tmp_path)
    for begin in range(0, len(inhoud), 40_003):
        spoel.write(inhoud[begin : begin + 40_003])
    bestand = Bestandsbron("a.pdf", spoel)  # type: ignore[arg-type]
    assert (bestand.grootte, bestand.read()) == (len(inhoud), inhoud)
    stroom, toeval = bestand.open(), Random(1)
    for _ in range(50):
        plek, lengte = toeval.randrange(len(inhoud)), toeval.randrange(70_000)
        stroom.seek(plek)
        assert stroom.read(lengte) == inhoud[plek : plek + lengte]
    assert list(tmp_path.iterdir()) == []


def test_on_the_disk_nothing_of_it_can_be_read(tmp_path: Path):
    spoel = Spoel(tmp_path)
    spoel.write(b"geheim van de aanbieder" * 100)
    op_schijf = os.pread(spoel._bestand.fileno(), 10_000, 0)
    assert len(op_schijf) == 2300
    assert b"geheim" not in op_schijf


def test_what_stands_there_is_never_written_over(tmp_path: Path):
    spoel = Spoel(tmp_path)
    spoel.write(b"abc")
    spoel.seek(0)
    with pytest.raises(io.UnsupportedOperation):
        spoel.write(b"x")


@pytest.mark.parametrize("grootte", GROOTTES)
def test_an_envelope_made_by_pieces_is_one_made_at_once_and_the_other_way_round(grootte: int):
    inhoud = _maak(grootte)
    for stroom, ineens, open_stroom, open_ineens in (
        (
            lambda doel: seal_stroom(PAAR.publiek, io.BytesIO(inhoud), "R|A|1", doel),
            seal(PAAR.publiek, inhoud, "R|A|1"),
            lambda envelop, doel: unseal_stroom(PAAR.privaat, envelop, "R|A|1", doel),
            lambda envelop: unseal(PAAR.privaat, envelop, "R|A|1"),
        ),
        (
            lambda doel: lock_stroom(SLEUTEL, io.BytesIO(inhoud), "klad", doel),
            lock(SLEUTEL, inhoud, "klad"),
            lambda envelop, doel: unlock_stroom(SLEUTEL, envelop, "klad", doel),
            lambda envelop: unlock(SLEUTEL, envelop, "klad"),
        ),
    ):
        doel, terug = io.BytesIO(), io.BytesIO()
        stroom(doel)
        assert open_ineens(doel.getvalue()) == inhoud
        assert len(doel.getvalue()) == len(ineens)
        open_stroom(io.BytesIO(ineens), terug)
        assert terug.getvalue() == inhoud


def test_the_cipher_is_that_of_the_standard():
    """RFC 8439, 2.8.2: the message, the key, the nonce and the mark that stand there."""
    tekst = (
        b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would "
        b"be it."
    )
    doel = io.BytesIO()
    cijferstroom.encrypt(
        bytes(range(0x80, 0xA0)),
        bytes.fromhex("070000004041424344454647"),
        [tekst[:7], tekst[7:]],
        doel,
        erbij=bytes.fromhex("50515253c0c1c2c3c4c5c6c7"),
    )
    assert doel.getvalue()[:16].hex() == "d31a8d34648e60db7b86afbc53ef7ec2"
    assert doel.getvalue()[-16:].hex() == "1ae10b594f09e26a7e902ecbd0600691"


@given(st.integers(0, 400), st.integers(0, 10_000), st.sampled_from(["bit", "kort", "plek", "sleutel"]))
def test_an_envelope_that_was_changed_or_moved_does_not_open_by_pieces(grootte: int, waar: int, wijze: str):
    inhoud = _maak(grootte)
    for envelop, open_, fout in (
        (bytearray(seal(PAAR.publiek, inhoud, "R|A|1")), unseal_stroom, OntzegelError),
        (bytearray(lock(SLEUTEL, inhoud, "R|A|1")), unlock_stroom, KluisError),
    ):
        sleutel, betreft = PAAR.privaat if open_ is unseal_stroom else SLEUTEL, "R|A|1"
        if wijze == "bit":
            envelop[waar % len(envelop)] ^= 1
        elif wijze == "kort":
            del envelop[waar % len(envelop) :]
        elif wijze == "plek":
            betreft = "R|A|2"
        else:
            sleutel = bytes(32)
        with pytest.raises(fout):
            open_(sleutel, io.BytesIO(bytes(envelop)), betreft, io.BytesIO())


@pytest.mark.parametrize("waar", ["spoel", "winkel"])
def test_a_disk_that_is_full_halfway_says_so_and_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waar: str
):
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    map_ = Bestandenmap(tmp_path)
    if waar == "spoel":
        spoel = Spoel(tmp_path)
        spoel.write(b"abc")
        echt = spoel._bestand
        monkeypatch.setattr(spoel, "_bestand", SimpleNamespace(seek=echt.seek, write=full, close=echt.close))
        with pytest.raises(SchijfVolError, match="niets half opgeslagen"):
            spoel.write(b"def")
        spoel.close()
    else:
        monkeypatch.setattr("inkoop.storage.bestandenplek.os.fsync", full)
        with pytest.raises(SchijfVolError, match="niets half opgeslagen"):
            map_.store_bron(Bestandsbron.from_bytes("a.pdf", bytes(1_000_000)))
    assert [pad for pad in tmp_path.rglob("*") if pad.is_file()] == []


def test_a_disk_without_room_for_one_more_file_says_so_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "vol")))
    with pytest.raises(SchijfVolError):
        Spoel(tmp_path)


def test_the_mark_of_our_envelopes_did_not_change():
    """Old stores stay readable, and an older version reads what this one writes."""
    assert kluis.MERK == b"inkoop-klad-1\n"
