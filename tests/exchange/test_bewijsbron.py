"""Evidence in a folder or zip: what points outside, is a link, a bomb or there twice is refused before it is read."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from inkoop.exchange.bewijsbron import BewijsbronError, open_bewijsbron


def make_zip(pad: Path, vul: Callable[[zipfile.ZipFile], None]) -> Path:
    with zipfile.ZipFile(pad, "w", zipfile.ZIP_DEFLATED) as pakket:
        vul(pakket)
    return pad


def link(pakket: zipfile.ZipFile) -> None:
    deel = zipfile.ZipInfo("R-1/uea.pdf")
    deel.external_attr = (stat.S_IFLNK | 0o777) << 16
    pakket.writestr(deel, "/etc/passwd")


def test_the_files_of_each_application_are_found_in_both(tmp_path: Path) -> None:
    for naam in ("R-1/uea.pdf", "R-1/diep/kvk.pdf", "R-2/uea.pdf"):
        (tmp_path / "map" / naam).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "map" / naam).write_bytes(naam.encode())
    zip_ = make_zip(
        tmp_path / "b.zip",
        lambda z: [z.writestr(n, n) for n in ("R-1/uea.pdf", "R-1/diep/kvk.pdf", "R-2/uea.pdf")] and None,
    )
    for pad in (tmp_path / "map", zip_):
        bron = open_bewijsbron(pad)
        assert bron.list_mappen() == ("R-1", "R-2")
        assert bron.list_namen("R-1") == ("kvk.pdf", "uea.pdf")
        assert bron.list_namen("R-9") == ()
        assert bron.read("R-1", "kvk.pdf", 100) == b"R-1/diep/kvk.pdf"
        assert len(bron.read("R-1", "kvk.pdf", 3)) == 4


@pytest.mark.parametrize(
    ("vul", "zegt"),
    [
        (lambda z: z.writestr("../uea.pdf", "x"), "wijst buiten"),
        (lambda z: z.writestr("R-1/../../uea.pdf", "x"), "wijst buiten"),
        (lambda z: z.writestr("/etc/uea.pdf", "x"), "wijst buiten"),
        (lambda z: z.writestr("C:/R-1/uea.pdf", "x"), "wijst buiten"),
        (lambda z: z.writestr("R-1\\uea.pdf", "x"), "wijst buiten"),
        (link, "verwijzing"),
        (lambda z: z.writestr("R-1/bom.pdf", b"0" * 60_000_000), "onredelijke grootte"),
        (lambda z: (z.writestr("R-1/a/uea.pdf", "x"), z.writestr("R-1/b/uea.pdf", "y")), "meer dan één bestand"),
        (lambda z: (z.writestr("R-1/uea.pdf", "x"), z.writestr("R-1/UEA.pdf", "y")), "twee keer"),
        (lambda z: z.writestr("uea.pdf", "x"), "niet in de map van een aanmelding"),
    ],
)
def test_a_hostile_zip_is_refused(tmp_path: Path, vul: Callable[[zipfile.ZipFile], None], zegt: str) -> None:
    with pytest.raises(BewijsbronError, match=zegt):
        open_bewijsbron(make_zip(tmp_path / "b.zip", vul))


def test_every_reason_is_named_at_once(tmp_path: Path) -> None:
    zip_ = make_zip(tmp_path / "b.zip", lambda z: (z.writestr("../uea.pdf", "x"), z.writestr("los.pdf", "x"))[0])
    with pytest.raises(BewijsbronError) as fout:
        open_bewijsbron(zip_)
    assert len(fout.value.redenen) == 2


def test_a_link_in_a_folder_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "map" / "R-1").mkdir(parents=True)
    (tmp_path / "geheim.pdf").write_bytes(b"geheim")
    (tmp_path / "map" / "R-1" / "uea.pdf").symlink_to(tmp_path / "geheim.pdf")
    with pytest.raises(BewijsbronError, match="verwijzing"):
        open_bewijsbron(tmp_path / "map")


@pytest.mark.parametrize("inhoud", [b"", b"PK\x03\x04", b"niets"])
def test_what_is_no_zip_is_refused(tmp_path: Path, inhoud: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(inhoud)
    with pytest.raises(BewijsbronError, match="geen leesbare zip"):
        open_bewijsbron(tmp_path / "b.zip")


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BewijsbronError, match="is er niet"):
        open_bewijsbron(tmp_path / "weg.zip")
