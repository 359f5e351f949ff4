"""Signed PDFs and what a hostile hand makes of them; each is built once and never changed."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from functools import cache

import pikepdf
from fpdf import FPDF

from inkoop.exchange.proefondertekening import Proefsleutel, make_proefsleutel, sign_proef

GETEKEND = datetime(2020, 5, 25, 10, 0, tzinfo=UTC)
NU = datetime(2020, 5, 26, 9, 0, tzinfo=UTC)
WIE = "J. Jansen"


def make_pdf(*regels: str) -> bytes:
    """An uncompressed PDF of two pages, the text on the first."""
    pdf = FPDF()
    pdf.set_compression(False)
    pdf.set_creation_date(datetime(2020, 5, 20, tzinfo=UTC))
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    for regel in regels:
        pdf.cell(0, 10, regel, new_x="LMARGIN", new_y="NEXT")
    pdf.add_page()
    pdf.cell(0, 10, "Handtekeningen")
    return bytes(pdf.output())


@cache
def aangeboden() -> bytes:
    return make_pdf("Artikel 1", "Het tarief is 53 euro per uur.", "Artikel 2")


@cache
def sleutel(naam: str = WIE, organisatie: str = "Voorbeelddienst B.V.") -> Proefsleutel:
    """A key of an issuer that is no exercise."""
    return make_proefsleutel(naam, GETEKEND, organisatie=organisatie)


@cache
def getekend() -> bytes:
    return sign_proef(aangeboden(), WIE, GETEKEND, "Handtekening1", sleutel())


@cache
def twee_keer() -> bytes:
    return sign_proef(getekend(), "W. Verbeek", GETEKEND, "Handtekening2", sleutel("W. Verbeek"))


def add_revisie(inhoud: bytes, wijzig) -> bytes:
    """An incremental update: the bytes in front stay, `wijzig` gets a writer of pyHanko."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    schrijver = IncrementalPdfFileWriter(io.BytesIO(inhoud))
    wijzig(schrijver)
    uit = io.BytesIO()
    schrijver.write(uit)
    return uit.getvalue()


def replace_tekst(schrijver) -> None:
    """Another amount on the first page (a shadow attack after signing)."""
    from pyhanko.pdf_utils.generic import StreamObject

    blad = schrijver.root["/Pages"]["/Kids"][0]
    stroom = blad["/Contents"]
    nieuw = StreamObject(stream_data=stroom.data.replace(b"53 euro", b"99 euro"))
    blad["/Contents"] = schrijver.add_object(nieuw)
    schrijver.update_container(blad)


def add_notitie(schrijver) -> None:
    """A note over the text of the first page."""
    from pyhanko.pdf_utils import generic

    blad = schrijver.root["/Pages"]["/Kids"][0]
    notitie = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 700, 200, 760))),
            generic.pdf_name("/Contents"): generic.pdf_string("99 euro"),
        }
    )
    lijst = generic.ArrayObject([*blad.get("/Annots", ()), schrijver.add_object(notitie)])
    blad["/Annots"] = lijst
    schrijver.update_container(blad)


def rename_veld(schrijver) -> None:
    """The field of the signature gets another name."""
    from pyhanko.pdf_utils.generic import pdf_string

    veld = schrijver.root["/AcroForm"]["/Fields"][0]
    veld["/T"] = pdf_string("Anders")
    schrijver.update_container(veld)


def hide_veld(schrijver) -> None:
    """The form forgets the signature: a reader shows an unsigned file."""
    from pyhanko.pdf_utils.generic import ArrayObject

    formulier = schrijver.root["/AcroForm"]
    formulier["/Fields"] = ArrayObject()
    schrijver.update_container(formulier)


def add_invulveld(schrijver) -> None:
    """A field to type in, with a text that no page has."""
    from pyhanko.pdf_utils import generic

    blad = schrijver.root["/Pages"]["/Kids"][0]
    veld = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/Widget"),
            generic.pdf_name("/FT"): generic.pdf_name("/Tx"),
            generic.pdf_name("/T"): generic.pdf_string("bedrag"),
            generic.pdf_name("/V"): generic.pdf_string("99 euro"),
            generic.pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 700, 200, 760))),
        }
    )
    verwijzing = schrijver.add_object(veld)
    blad["/Annots"] = generic.ArrayObject([*blad.get("/Annots", ()), verwijzing])
    schrijver.update_container(blad)
    formulier = schrijver.root.get("/AcroForm")
    if formulier is None:
        formulier = generic.DictionaryObject({generic.pdf_name("/Fields"): generic.ArrayObject()})
        schrijver.root["/AcroForm"] = schrijver.add_object(formulier)
        schrijver.update_root()
        formulier = schrijver.root["/AcroForm"]
    formulier["/Fields"] = generic.ArrayObject([*formulier["/Fields"], verwijzing])
    schrijver.update_container(formulier)


def change_bytes(inhoud: bytes) -> bytes:
    """The amount changed in place: the length stays, the hash does not."""
    assert b"53 euro" in inhoud
    return inhoud.replace(b"53 euro", b"99 euro", 1)


def shrink_bereik(inhoud: bytes) -> bytes:
    """A signature that says it covers only the beginning of the file."""
    gevonden = re.search(rb"/ByteRange\s*\[\s*(\d+) (\d+) (\d+) (\d+)\s*\]", inhoud)
    assert gevonden
    eerste, lengte, tweede, rest = (int(getal) for getal in gevonden.groups())
    nieuw = f"/ByteRange [{eerste} {lengte} {tweede} {rest // 4}]".encode()
    return inhoud.replace(gevonden[0], nieuw.ljust(len(gevonden[0])), 1)


def rewrite(inhoud: bytes) -> bytes:
    """The same pages saved anew, as some services do before signing."""
    uit = io.BytesIO()
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        pdf.save(uit, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return uit.getvalue()


def encrypt(inhoud: bytes) -> bytes:
    """Opens without a password, yet is encrypted."""
    uit = io.BytesIO()
    with pikepdf.open(io.BytesIO(inhoud)) as pdf:
        pdf.save(uit, encryption=pikepdf.Encryption(user="", owner="geheim"))
    return uit.getvalue()
