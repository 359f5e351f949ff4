"""Evidence that is taken in, and evidence that is refused with its reason and leaves nothing behind."""

import hashlib
from pathlib import Path

import pytest

from inkoop.storage.bestandenmap import BestandAangetastError
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.bewijsopslag import Bewijsopslag, BewijsRefusedError
from tests.storage.bestanden import (
    docx_delen,
    encrypt_pdf,
    make_docx,
    make_jpg,
    make_lege_pdf,
    make_pdf,
    make_png,
    make_zip,
    xlsx_delen,
)

PDF = make_pdf()


@pytest.fixture
def opslag(tmp_path):
    return Bewijsopslag(tmp_path / "bewijs", max_grootte=100_000)


def _bron(naam: str, inhoud: bytes) -> Bestandsbron:
    return Bestandsbron.from_bytes(naam, inhoud)


def _refuse(opslag: Bewijsopslag, naam: str, inhoud: bytes) -> tuple[str, ...]:
    with pytest.raises(BewijsRefusedError) as fout:
        opslag.add(_bron(naam, inhoud))
    assert not opslag.plek.map.exists(), "nothing is stored of what was refused"
    return fout.value.redenen


@pytest.mark.parametrize(
    ("naam", "inhoud", "mediatype"),
    [
        ("HKZ-certificaat 2020.pdf", PDF, "application/pdf"),
        ("CERTIFICAAT.PDF", b"\r\n" + PDF, "application/pdf"),
        ("plan.docx", make_docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (
            "cliënten.xlsx",
            make_zip(xlsx_delen()),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        ("scan.png", make_png(), "image/png"),
        ("foto.jpg", make_jpg(), "image/jpeg"),
        ("foto.jpeg", make_jpg(), "image/jpeg"),
    ],
)
def test_every_kind_of_evidence_is_taken_in(opslag, naam, inhoud, mediatype):
    opgeslagen = opslag.add(_bron(naam, inhoud))
    assert (opgeslagen.sha256, opgeslagen.mediatype) == (hashlib.sha256(inhoud).hexdigest(), mediatype)
    assert (opgeslagen.grootte, opgeslagen.bsn_verdacht) == (len(inhoud), False)
    assert opslag.read(opgeslagen.sha256) == inhoud


def test_a_pdf_that_only_restricts_printing_is_taken_in(opslag):
    assert opslag.add(_bron("c.pdf", encrypt_pdf(user="", owner="geheim"))).mediatype == "application/pdf"


@pytest.mark.parametrize(
    ("naam", "inhoud", "reden"),
    [
        ("c.pdf", b"", "het bestand is leeg"),
        ("c.pdf", PDF + b"\0" * 100_000, "het bestand is groter dan 97 kB"),
        ("c.pdf", make_png(), "de naam eindigt op .pdf, maar de inhoud is een PNG-afbeelding"),
        ("c.png", PDF, "de naam eindigt op .png, maar de inhoud is een PDF-document"),
        ("c.docx", make_zip(xlsx_delen()), "de naam eindigt op .docx, maar de inhoud is een Excel-bestand"),
        ("c.xlsx", make_zip({"a.txt": b"a"}), "de naam eindigt op .xlsx, maar de inhoud is geen Excel-bestand"),
        ("c.pdf", b"<html>", "de naam eindigt op .pdf, maar de inhoud is geen PDF-document"),
        ("c.pdf", b"%PDF-1.7\nonzin", "de PDF is beschadigd en kan niet worden geopend"),
        ("c.pdf", PDF[:200], "de PDF"),
        ("c.pdf", encrypt_pdf(user="geheim", owner="geheim"), "de PDF is met een wachtwoord beveiligd"),
        ("c.pdf", make_lege_pdf(), "de PDF heeft geen bladzijden"),
        ("c.exe", b"MZ", "dit soort bestand (exe) wordt niet aangenomen; wel: pdf, docx, xlsx, png, jpg, jpeg"),
        ("certificaat", PDF, "dit soort bestand (zonder extensie) wordt niet aangenomen"),
        ("c.pdf.exe", PDF, "dit soort bestand (exe) wordt niet aangenomen"),
        ("c.docm", make_docx(), "dit soort bestand (docm) wordt niet aangenomen"),
        ("c.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "dit is een oud of met een wachtwoord beveiligd"),
        ("c.docx", make_zip(docx_delen() | {"word/vbaProject.bin": b"x"}), "macro's"),
        (
            "c.docx",
            make_zip(docx_delen(hoofdtype="application/vnd.ms-word.document.macroEnabled.main+xml")),
            "het Office-bestand bevat macro's",
        ),
        ("c.docx", make_zip(docx_delen(hoofdtype="iets/anders")), "het Office-bestand is beschadigd"),
        ("c.docx", make_docx()[:-40], "de naam eindigt op .docx, maar de inhoud is geen Word-document"),
        (
            "c.docx",
            make_zip(docx_delen() | {"word/extra.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>'}),
            "het Office-bestand bevat een DOCTYPE",
        ),
        (
            "c.docx",
            make_zip(docx_delen() | {"word/extra.xml": "<!doctype x><x/>".encode("utf-16-le")}),
            "het Office-bestand bevat een DOCTYPE",
        ),
        ("c.docx", make_zip(docx_delen() | {"word/m.bin": b"\0" * 20_000_000}), "pakt uit tot een onredelijke grootte"),
        ("c.docx", b"PK\x03\x04", "de naam eindigt op .docx, maar de inhoud is geen Word-document"),
        ("c.docx", make_zip(docx_delen() | {"../../weg.xml": b"<x/>"}), "het Office-bestand is beschadigd"),
        ("c.png", make_png()[:-6], "de PNG-afbeelding is beschadigd"),
        ("c.png", make_png().replace(b"IDAT", b"IDAX"), "de PNG-afbeelding is beschadigd"),
        ("c.png", make_png(40_000, 40_000), "meer dan 100 miljoen beeldpunten"),
        ("c.jpg", make_jpg()[:-2], "de JPEG-afbeelding is beschadigd"),
        ("c.jpg", b"\xff\xd8\xff\xe0", "de JPEG-afbeelding is beschadigd"),
        ("c.jpg", make_jpg(40_000, 40_000), "meer dan 100 miljoen beeldpunten"),
    ],
)
def test_evidence_is_refused_with_its_reason(opslag, naam, inhoud, reden):
    redenen = _refuse(opslag, naam, inhoud)
    assert any(reden in gevonden for gevonden in redenen), redenen


@pytest.mark.parametrize(
    ("naam", "reden"),
    [
        ("", "geen naam"),
        ("../../etc/c.pdf", "mag geen / staan"),
        ("..\\c.pdf", "mag geen \\ staan"),
        ("C:c.pdf", "mag geen : staan"),
        ("c\x00.pdf", "onzichtbare tekens"),
        ("c\r\nX.pdf", "onzichtbare tekens"),
        ("c\u202efdp.pdf", "onzichtbare tekens"),
        ("c\ud800.pdf", "onzichtbare tekens"),
        (".pdf", "niet met een punt of spatie beginnen"),
        ("c.pdf ", "niet met een punt of spatie"),
        ("con.pdf", "op sommige computers niet"),
        ("a" * 197 + ".pdf", "langer dan 200 tekens"),
    ],
)
def test_a_hostile_name_is_refused(opslag, naam, reden):
    redenen = _refuse(opslag, naam, PDF)
    assert any(reden in gevonden for gevonden in redenen), redenen


def test_a_name_of_two_hundred_characters_is_accepted(opslag):
    assert opslag.add(_bron("a" * 196 + ".pdf", PDF)).grootte == len(PDF)


def test_all_reasons_are_given_at_once_and_the_name_cannot_change_the_message(opslag):
    with pytest.raises(BewijsRefusedError) as fout:
        opslag.add(_bron("a/b\x1b[2J.exe", b""))
    assert len(fout.value.redenen) == 4
    assert "\x1b" not in str(fout.value)
    assert str(fout.value).startswith("Het bestand 'a/b�[2J.exe' is geweigerd: ")


def test_an_office_file_of_more_parts_than_anybody_makes_is_refused(tmp_path):
    delen = docx_delen() | {f"word/{nummer}.xml": b"" for nummer in range(5000)}
    with pytest.raises(BewijsRefusedError, match="onredelijke grootte"):
        Bewijsopslag(tmp_path).add(_bron("c.docx", make_zip(delen)))


def test_an_office_file_that_lies_about_its_size_is_refused(opslag):
    inhoud = make_zip(docx_delen() | {"word/m.bin": b"\0" * 20_000_000})
    gelogen = inhoud.replace((20_000_000).to_bytes(4, "little"), (2_000).to_bytes(4, "little"))
    assert gelogen != inhoud
    assert _refuse(opslag, "c.docx", gelogen) == ("het Office-bestand is beschadigd; sla het opnieuw op",)


def test_a_file_of_exactly_the_largest_size_is_looked_at(tmp_path):
    assert Bewijsopslag(tmp_path, max_grootte=len(PDF)).add(_bron("c.pdf", PDF)).grootte == len(PDF)
    with pytest.raises(BewijsRefusedError, match="groter dan"):
        Bewijsopslag(tmp_path, max_grootte=len(PDF) - 1).add(_bron("c.pdf", PDF))


@pytest.mark.parametrize(
    ("naam", "inhoud"),
    [
        ("c.pdf", make_pdf("Cliënt met BSN 123456782 ontvangt zorg.")),
        ("c.pdf", make_pdf("123456782")),
        ("c.pdf", encrypt_pdf(user="", owner="geheim")),
        ("c.docx", make_docx("burgerservicenummer: 1234 56 782")),
        ("c.xlsx", make_zip(xlsx_delen("123456782"))),
        ("123456782.pdf", PDF),
    ],
)
def test_a_file_in_which_a_bsn_is_suspected_is_taken_in_and_set_apart(opslag, naam, inhoud):
    assert opslag.add(_bron(naam, inhoud)).bsn_verdacht is True


def test_numbers_in_two_cells_are_not_read_as_one(opslag):
    delen = xlsx_delen()
    delen["xl/worksheets/sheet1.xml"] = b"<row><c><v>12345</v></c><c><v>6782</v></c></row>"
    assert opslag.add(_bron("c.xlsx", make_zip(delen))).bsn_verdacht is False


def test_a_number_cut_in_runs_is_read_as_one(opslag):
    tekst = "bsn 12345</w:t></w:r><w:r><w:t>6782"
    assert opslag.add(_bron("c.docx", make_docx(tekst))).bsn_verdacht is True


def test_evidence_that_was_changed_on_disk_is_never_handed_out(opslag):
    sha = opslag.add(_bron("c.pdf", PDF)).sha256
    Path(opslag.name(sha)).chmod(0o644)
    Path(opslag.name(sha)).write_bytes(make_pdf("een ander certificaat"))
    with pytest.raises(BestandAangetastError):
        opslag.read(sha)


def test_a_file_on_disk_is_taken_in_under_its_name(opslag, tmp_path):
    (tmp_path / "c.pdf").write_bytes(PDF)
    assert opslag.add_bestand(tmp_path / "c.pdf").mediatype == "application/pdf"


@pytest.mark.parametrize("naam", ["weg.pdf", "."])
def test_a_file_that_is_not_there_is_refused(opslag, tmp_path, naam):
    with pytest.raises(BewijsRefusedError, match="het bestand bestaat niet"):
        opslag.add_bestand(tmp_path / naam)


def test_a_huge_file_on_disk_is_not_read_into_memory(tmp_path):
    groot = tmp_path / "c.pdf"
    with groot.open("wb") as bestand:
        bestand.truncate(10**10)
    with pytest.raises(BewijsRefusedError, match="groter dan 25 MB"):
        Bewijsopslag(tmp_path / "bewijs").add_bestand(groot)
