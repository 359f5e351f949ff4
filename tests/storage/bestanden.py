"""Small files of every kind, whole and spoiled, made here and now."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import pikepdf
from fpdf import FPDF

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def make_pdf(tekst: str = "Certificaat HKZ") -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    pdf.multi_cell(0, text=tekst)
    return bytes(pdf.output())


def encrypt_pdf(*, user: str, owner: str) -> bytes:
    uit = io.BytesIO()
    with pikepdf.open(io.BytesIO(make_pdf("bsn 123456782"))) as pdf:
        pdf.save(uit, encryption=pikepdf.Encryption(user=user, owner=owner))
    return uit.getvalue()


def make_lege_pdf() -> bytes:
    """A PDF that is in order and has no page."""
    uit = io.BytesIO()
    pikepdf.new().save(uit)
    return uit.getvalue()


def make_zip(delen: Mapping[str, bytes]) -> bytes:
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w", zipfile.ZIP_DEFLATED) as pakket:
        for naam, inhoud in delen.items():
            pakket.writestr(naam, inhoud)
    return uit.getvalue()


def _typen(hoofdtype: str) -> bytes:
    return f'<Types><Override PartName="/x" ContentType="{hoofdtype}"/></Types>'.encode()


def docx_delen(tekst: str = "Plan van aanpak", hoofdtype: str = WORD) -> dict[str, bytes]:
    return {
        "[Content_Types].xml": _typen(hoofdtype),
        "_rels/.rels": b"<Relationships/>",
        "word/document.xml": f"<w:document><w:p><w:r><w:t>{tekst}</w:t></w:r></w:p></w:document>".encode(),
    }


def make_docx(tekst: str = "Plan van aanpak") -> bytes:
    return make_zip(docx_delen(tekst))


def xlsx_delen(tekst: str = "aantal") -> dict[str, bytes]:
    return {
        "[Content_Types].xml": _typen(EXCEL),
        "xl/workbook.xml": b"<workbook/>",
        "xl/sharedStrings.xml": f"<sst><si><t>{tekst}</t></si></sst>".encode(),
    }


def make_png(breedte: int = 2, hoogte: int = 2) -> bytes:
    def _chunk(naam: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + naam + data + struct.pack(">I", zlib.crc32(naam + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", breedte, hoogte, 8, 0, 0, 0, 0))
        + _chunk(b"IDAT", zlib.compress(b"\0\0\0" * 2))
        + _chunk(b"IEND", b"")
    )


def make_jpg(breedte: int = 2, hoogte: int = 2) -> bytes:
    sof = struct.pack(">BHHB", 8, hoogte, breedte, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x07JFIF\x00"
         b"\xff\xc0" + struct.pack(">H", len(sof) + 2) + sof
        + b"\xff\xda\x00\x03\x00\x12\x34\xff\xd9"
    )  # fmt: skip
