"""A file that is read by pieces gets the verdict that it gets as a whole, and takes no more memory than a piece."""

from __future__ import annotations

import io
import os
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from random import Random

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.storage import bestandskeuring, bsn, keuring_afbeelding, keuring_kantoor
from inkoop.storage.bestandenplek import BLOK
from inkoop.storage.bestandsbron import Bestandsbron, list_blokken
from inkoop.storage.bestandsfout import BewijsRefusedError
from inkoop.storage.bsn import suspects_bsn, suspects_bsn_in
from tests.storage import keuring_ineens
from tests.storage.bestanden import docx_delen, make_docx, make_jpg, make_pdf, make_png, make_zip, xlsx_delen

BSN = "bsn 1234 56 782"
MONSTERS = {
    "a.pdf": (make_pdf(BSN), make_pdf("Certificaat"), make_pdf("123456782")),
    "a.docx": (
        make_docx(f"{BSN} <w:tab/> nog"),
        make_docx("1234</w:t></w:r></w:p><w:p><w:r><w:t>56782"),
        make_zip(docx_delen() | {"word/x.xml": b"<a <!DOCTYPE> <b </w:p> c> 123456782 <", "word/m.bin": bytes(300)}),
        make_zip(docx_delen() | {"word/x.xml": "<a>é€</a> burger-service nummer\n\n12.34.56.782".encode()}),
    ),
    "a.xlsx": (make_zip(xlsx_delen("123456782")), make_zip(xlsx_delen("12345</v></c><c><v>6782"))),
    "a.png": (make_png(), make_png(40_000, 40_000)),
    "a.jpg": (make_jpg(), make_jpg(40_000, 40_000)),
}

Verdict = tuple[object, ...]


@pytest.fixture(autouse=True, scope="module")
def _kleine_stukken() -> Iterator[None]:
    """Pieces of a few bytes, so that small files are cut everywhere."""
    with pytest.MonkeyPatch.context() as patch:
        for keuring in (keuring_kantoor, keuring_afbeelding):
            patch.setattr(keuring, "list_blokken", lambda stroom: iter(lambda: stroom.read(11), b""))
        patch.setattr(keuring_afbeelding, "BLOK", 11)
        patch.setattr(bsn, "_VENSTER", 150)
        patch.setattr(bsn, "_OVERLAP", 120)
        yield


def _judge(keur: Callable[[str, bytes], object], naam: str, inhoud: bytes) -> Verdict:
    try:
        gekeurd = keur(naam, inhoud)
    except BewijsRefusedError as fout:
        return fout.redenen
    return tuple(getattr(gekeurd, veld) for veld in ("sha256", "mediatype", "bsn_verdacht"))


def _new(naam: str, inhoud: bytes) -> object:
    return bestandskeuring.inspect_bestand(naam, inhoud, max_grootte=10_000_000)


def _old(naam: str, inhoud: bytes) -> object:
    return keuring_ineens.inspect_bestand(naam, inhoud, max_grootte=10_000_000)


@st.composite
def beschadigd(draw: st.DrawFn) -> tuple[str, bytes]:
    """A good file that is cut off, of which bytes are changed, into which another is put, or under another name."""
    soort = draw(st.sampled_from(sorted(MONSTERS)))
    toeval = Random(draw(st.integers(0, 2**32)))
    inhoud = bytearray(toeval.choice(MONSTERS[soort]))
    for _ in range(draw(st.integers(0, 3))):
        plek, wijze = toeval.randrange(len(inhoud) + 1), toeval.randrange(4)
        if wijze == 0:
            del inhoud[plek:]
        elif wijze == 1 and plek < len(inhoud):
            inhoud[plek] = toeval.randrange(256)
        elif wijze == 2:
            inhoud[plek:plek] = toeval.choice(MONSTERS[toeval.choice(sorted(MONSTERS))])[: toeval.randrange(3000)]
        else:
            del inhoud[plek : plek + toeval.randrange(200)]
    naam = soort if draw(st.integers(0, 9)) else draw(st.sampled_from(sorted(MONSTERS)))
    return naam, bytes(inhoud)


@given(beschadigd())
def test_a_damaged_file_gets_the_verdict_that_it_gets_as_a_whole(geval: tuple[str, bytes]):
    assert _judge(_new, *geval) == _judge(_old, *geval)


@pytest.mark.parametrize("naam", sorted(MONSTERS))
def test_a_good_file_gets_the_verdict_that_it_gets_as_a_whole(naam: str):
    for inhoud in MONSTERS[naam]:
        assert _judge(_new, naam, inhoud) == _judge(_old, naam, inhoud)


_XML = st.lists(st.sampled_from(["<", ">", "</w:p>", "<w:tab/>", "<w:br", "a", "é", "1234", "56782", " ", "\n", "bsn"]))


@given(_XML, st.integers(1, 9))
def test_markup_is_taken_out_of_pieces_as_out_of_the_whole(delen: list[str], stuk: int):
    """Also when it is not well-formed: a tag in a tag, one that is never closed."""
    heel = "".join(delen).encode()
    stukken = [heel[i : i + stuk] for i in range(0, len(heel), stuk)]
    verwacht = keuring_ineens._strip_tekst({"word/a.xml": heel})
    assert "".join(keuring_kantoor._strip(stukken)) == verwacht


@given(st.lists(st.sampled_from(["123456782", "1234", "56 782", "bsn", "\n", " ", ",", "9", "sofi nummer", "x" * 70])))
def test_a_bsn_is_suspected_in_pieces_as_in_the_whole(delen: list[str]):
    assert suspects_bsn_in(delen) == suspects_bsn("".join(delen))


def _scan() -> bytes:
    """Twelve pages with a picture each, of six megabytes together, and a number under the last."""
    uit = io.BytesIO()
    with pikepdf.new() as pdf:
        for nummer in range(12):
            with pikepdf.open(io.BytesIO(make_pdf(BSN if nummer == 11 else f"bladzijde {nummer}"))) as een:
                pdf.pages.extend(een.pages)
            beeld = pikepdf.Stream(pdf, os.urandom(500_000))
            beeld.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 1, "/Height": 1})
            pdf.pages[nummer].Resources.XObject = pikepdf.Dictionary(Im0=beeld)
            pdf.pages[nummer].contents_add(b"/Im0 Do", prepend=True)
        pdf.save(uit)
    return uit.getvalue()


def _plan() -> bytes:
    """A Word file with pictures of six megabytes."""
    uit = io.BytesIO()
    with zipfile.ZipFile(uit, "w") as pakket:
        for deel, inhoud in (
            docx_delen(BSN) | {f"word/media/{n}.jpeg": os.urandom(500_000) for n in range(12)}
        ).items():
            pakket.writestr(deel, inhoud)
    return uit.getvalue()


@pytest.mark.parametrize(("naam", "maak"), [("scan.pdf", _scan), ("plan.docx", _plan)])
def test_a_large_file_is_inspected_in_a_fraction_of_its_size(tmp_path, naam: str, maak: Callable[[], bytes]):
    (tmp_path / naam).write_bytes(maak())
    bestand = Bestandsbron(naam, (tmp_path / naam).open("rb"))
    with pytest.MonkeyPatch.context() as patch:
        for keuring in (keuring_kantoor, keuring_afbeelding):
            patch.setattr(keuring, "list_blokken", list_blokken)
        patch.setattr(keuring_afbeelding, "BLOK", BLOK)
        tracemalloc.start()
        try:
            uitkomst = bestandskeuring.inspect_bron(bestand, max_grootte=25_000_000)
            hoogst = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert bestand.grootte > 6_000_000
    assert uitkomst.bsn_verdacht
    assert hoogst < 2_500_000
