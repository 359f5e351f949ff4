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


def _relatie(soort: str, doel: str, wijze: str = ' TargetMode="External"') -> bytes:
    stam = "http://schemas.openxmlformats.org"
    return (
        f'<Relationships xmlns="{stam}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{stam}/officeDocument/2006/relationships/{soort}" Target="{doel}"{wijze}/>'
        "</Relationships>"
    ).encode()


def _alinea(inhoud: str) -> bytes:
    """A document of one paragraph."""
    ns = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{ns}"><w:body><w:p>{inhoud}</w:p></w:body></w:document>'.encode()


def _veld(opdracht: str) -> str:
    """A field in the pieces that Word writes; its instruction may stand in two of them."""
    helft = len(opdracht) // 2
    stukken = (opdracht[:helft], opdracht[helft:])
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + "".join(f'<w:r><w:instrText xml:space="preserve">{stuk}</w:instrText></w:r>' for stuk in stukken)
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


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
        (
            {"word__document.xml": _alinea("").replace(b"schemas.openxmlformats.org", b"purl.oclc.org/ooxml")},
            "Strict Open XML",
        ),
        ({"word__media__a.xml": b"<a>" + b" " * 6_000_000 + b"</a>"}, "onredelijke grootte"),
        (
            {"word___rels__settings.xml.rels": _relatie("attachedTemplate", "http://x.example/a.dotm")},
            "buiten het bestand",
        ),
        ({"word___rels__document.xml.rels": _relatie("image", "file:///etc/passwd")}, "buiten het bestand"),
        ({"word___rels__document.xml.rels": _relatie("image", "http://x.example/a.png", "")}, "buiten het bestand"),
        (
            {
                "word___rels__document.xml.rels": _relatie(
                    "attachedTemplate", "//server/a.dotm", ' TargetMode="external"'
                )
            },
            "buiten het bestand",
        ),
        ({"word___rels__document.xml.rels": _relatie("hyperlink", "file://server/map/a")}, "buiten het bestand"),
        ({"word___rels__document.xml.rels": _relatie("hyperlink", "\\\\server\\map")}, "buiten het bestand"),
        ({"word___rels__document.xml.rels": _relatie("package", "media/blad.xlsx", "")}, "package"),
        ({"word__document.xml": _alinea(_veld(' INCLUDEPICTURE "http://x.example/a.png" '))}, "INCLUDEPICTURE"),
        ({"word__header1.xml": _alinea(_veld("DDEAUTO c:\\windows\\system32\\cmd.exe"))}, "DDEAUTO"),
        ({"word__document.xml": _alinea("<w:fldSimple w:instr=\" includetext '/etc/passwd' \"/>")}, "INCLUDETEXT"),
        ({"word__document.xml": '<?xml version="1.0" encoding="utf-32"?><!DOCTYPE a><a/>'.encode("utf-32")}, "DOCTYPE"),
        ({"../buiten.xml": b"<a/>"}, "opbouw"),
        ({"word\\document.xml": b"<a/>"}, "opbouw"),
        ({"word__Document.xml": b"<a/>"}, "opbouw"),
        ({"_rels__.rels": _relatie("officeDocument", "word/ander.xml", "")}, "niet waar zij hoort"),
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


@pytest.mark.parametrize(
    ("oud", "nieuw", "reden"),
    [
        (b"wordprocessingml.document.main", b"spreadsheetml.sheet.main", "het zegt zelf dat het iets anders is"),
        (
            b"</Types>",
            b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
            "macro's",
        ),
        (
            b"</Types>",
            b'<Default Extension="x" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/></Types>',
            "ingevoegd object",
        ),
    ],
)
def test_a_file_is_taken_at_its_own_word_about_what_is_in_it(goed: bytes, oud: bytes, nieuw: bytes, reden: str) -> None:
    with zipfile.ZipFile(io.BytesIO(goed)) as zip_:
        typen = zip_.read("[Content_Types].xml")
    assert oud in typen
    with pytest.raises(DocxGeweigerdError, match=reden):
        open_docx(_change(goed, **{"[Content_Types].xml": typen.replace(oud, nieuw, 1)}), "brief.docx")


def test_fields_that_only_count_and_refer_within_the_file_are_no_reason_to_refuse(goed: bytes) -> None:
    for veld in ("PAGE", " NUMPAGES ", "REF _Ref1 \\w \\h", 'TOC \\o "1-2"', "HYPERLINK https://a.example"):
        assert open_docx(_change(goed, **{"word__document.xml": _alinea(_veld(veld))}), "brief.docx")


def test_a_file_packed_in_another_way_than_word_does_is_refused(goed: bytes) -> None:
    uit = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(goed)) as oud, zipfile.ZipFile(uit, "w", zipfile.ZIP_LZMA) as zip_:
        for naam in oud.namelist():
            zip_.writestr(naam, oud.read(naam))
    with pytest.raises(DocxGeweigerdError, match="ingepakt op een manier"):
        open_docx(uit.getvalue(), "brief.docx")


def test_every_reason_is_named_at_once(goed: bytes, tmp_path: Path) -> None:
    with pytest.raises(DocxGeweigerdError) as gevangen:
        open_docx(_change(goed, **{"word__vbaProject.bin": b"x", "word__embeddings__a.bin": b"x"}), "brief.docx")
    assert len(gevangen.value.beletselen) == 2
