"""A Word file from outside: opened within limits, refused with every reason when it could do harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from inkoop.documents.docx.openen import HOOFDDEEL, DocxGeweigerdError, open_docx
from tests.documents.proefsjabloon import make_proef, write_bron


@pytest.fixture(scope="module")
def goed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return make_proef(write_bron(tmp_path_factory.mktemp("s"), "# Titel\n\nTekst.\n")).docx


def _change(inhoud: bytes, **delen: bytes) -> bytes:
    """The same file with parts replaced or added; `a__b` names `a/b`."""
    nieuw = {naam.replace("__", "/"): deel for naam, deel in delen.items()}
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhoud)) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as zip_:
        for naam in oud.namelist():
            if naam not in nieuw:
                zip_.writestr(naam, oud.read(naam))
        for naam, deel in nieuw.items():
            zip_.writestr(naam, deel)
    return uit.getvalue()


def _relatie(soort: str, doel: str) -> bytes:
    stam = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{stam}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{stam}/officeDocument/2006/relationships/{soort}" Target="{doel}" TargetMode="External"/>'
        "</Relationships>"
    ).encode()


def test_our_own_file_opens(goed: bytes) -> None:
    assert HOOFDDEEL in open_docx(goed, "brief.docx")


@pytest.mark.parametrize(
    ("delen", "reden"),
    [
        ({"word__vbaProject.bin": b"x"}, "macro"),
        ({"word__activeX__a.xml": b"<a/>"}, "macro"),
        ({"word__embeddings__a.bin": b"x"}, "ingevoegd object"),
        ({"word__document.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}, "DOCTYPE"),
        ({"word__document.xml": '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a><a/>'.encode("utf-16")}, "DOCTYPE"),
        ({"word__document.xml": b"<a>"}, "beschadigd"),
        ({"word__media__a.xml": b"<a>" + b" " * 6_000_000 + b"</a>"}, "onredelijke grootte"),
        (
            {"word___rels__settings.xml.rels": _relatie("attachedTemplate", "http://x.example/a.dotm")},
            "buiten het bestand",
        ),
        ({"word___rels__document.xml.rels": _relatie("image", "file:///etc/passwd")}, "buiten het bestand"),
        ({"../buiten.xml": b"<a/>"}, "opbouw"),
    ],
)
def test_a_file_that_could_do_harm_is_refused_with_why(goed: bytes, delen: dict[str, bytes], reden: str) -> None:
    with pytest.raises(DocxGeweigerdError, match=reden):
        open_docx(_change(goed, **delen), "brief.docx")


def test_an_ordinary_link_to_a_page_is_no_reason_to_refuse(goed: bytes) -> None:
    assert open_docx(_change(goed, **{"word___rels__x.xml.rels": _relatie("hyperlink", "https://a.example")}), "b.docx")


@pytest.mark.parametrize("inhoud", [b"", b"%PDF-1.7", b"PK\x03\x04kapot", b"\xd0\xcf\x11\xe0" * 200])
def test_what_is_no_word_file_is_refused(inhoud: bytes) -> None:
    with pytest.raises(DocxGeweigerdError, match="geen leesbaar Word-bestand"):
        open_docx(inhoud, "brief.docx")


def test_a_file_with_macros_by_type_is_refused(goed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(goed)) as zip_:
        typen = zip_.read("[Content_Types].xml").replace(
            b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
        )
    with pytest.raises(DocxGeweigerdError, match="met macro's"):
        open_docx(_change(goed, **{"[Content_Types].xml": typen}), "brief.docx")


def test_every_reason_is_named_at_once(goed: bytes, tmp_path: Path) -> None:
    with pytest.raises(DocxGeweigerdError) as gevangen:
        open_docx(_change(goed, **{"word__vbaProject.bin": b"x", "word__embeddings__a.bin": b"x"}), "brief.docx")
    assert len(gevangen.value.beletselen) == 2
