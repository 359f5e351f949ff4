"""Parts that were set as PDF become one document: one tree of tags, one set of bookmarks, links and page numbers.

A page keeps the bytes that its part has. Added are the foot (an artifact, so that no reading program
reads it aloud on each page), the targets of links, the bookmarks, and the tags: the children of each
part's tree become children of the one root, and the numbers that tie marked content to its tag
shift by what came before. What the file says about itself comes from the first part.

Bron: docs/adr/0015.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Sequence

import msgspec
import pikepdf
from pikepdf import Array, Dictionary, Name, String

from inkoop.documents.delen import ANKER, PUNT_PER_PX, Deel, Kopplek

MM = 72 / 25.4
VOET_ONDER = 19 * MM
"""How far the top of the foot stands above the lower edge of the page."""
REGELHOOGTE = 4 * MM
VOETPAGINA = 8000 * MM
_BEELD = f"1 0 0 -1 0 {VOETPAGINA:.4f} cm {PUNT_PER_PX} 0 0 {PUNT_PER_PX} 0 0 cm".encode()


class Voet(msgspec.Struct, frozen=True):
    """The foot of a document: the line at the left, and the numbers at the right, set by `Zetter`."""

    regel: Deel
    nummers: Deel


def join_delen(delen: Sequence[Deel], voet: Voet) -> bytes:
    """Join parts in their order; the first is the file that the others come into."""
    with pikepdf.open(io.BytesIO(delen[0].inhoud)) as pdf:
        _Samenvoeger(pdf, delen).join(voet)
        uit = io.BytesIO()
        pdf.save(
            uit,
            deterministic_id=True,
            fix_metadata_version=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
        return uit.getvalue()


class _Samenvoeger:
    """Joins the parts of one document."""

    def __init__(self, pdf: pikepdf.Pdf, delen: Sequence[Deel]) -> None:
        self._pdf, self._delen = pdf, delen
        self._boom = pdf.Root.StructTreeRoot
        self._geteld = len(self._boom.ParentTree.Nums) // 2

    def join(self, voet: Voet) -> None:
        for deel in self._delen[1:]:
            self._add_deel(deel)
        self._boom.ParentTreeNextKey = self._geteld
        self._add_voet(voet)
        self._set_doelen()
        self._set_bladwijzers()

    def _add_deel(self, deel: Deel) -> None:
        """Add the pages of a part, and hang its tags in the tree."""
        with pikepdf.open(io.BytesIO(deel.inhoud)) as bron:
            eerste = len(self._pdf.pages)
            self._pdf.pages.extend(bron.pages)
            boom = self._pdf.copy_foreign(bron.Root.StructTreeRoot)
        for pagina in list(self._pdf.pages)[eerste:]:
            pagina.obj.StructParents = int(pagina.obj.StructParents) + self._geteld
            for annotatie in _list_annotaties(pagina):
                annotatie.StructParent = int(annotatie.StructParent) + self._geteld
        stam = self._boom.K[0]
        for tak in boom.K[0].K:
            tak.P = stam
            stam.K.append(tak)
        nummers = list(boom.ParentTree.Nums)
        for sleutel, waarde in zip(nummers[::2], nummers[1::2], strict=True):
            self._boom.ParentTree.Nums.append(int(sleutel) + self._geteld)
            self._boom.ParentTree.Nums.append(waarde)
        self._geteld += len(nummers) // 2

    def _add_voet(self, voet: Voet) -> None:
        """Draw the foot of each page after the page itself, which may leave the axes turned over."""
        regel, *_ = self._copy_regels(voet.regel, samen=True)
        nummers = self._copy_regels(voet.nummers, samen=False)
        boven = VOET_ONDER - VOETPAGINA
        begin = self._make_stroom(b"q\n")
        for nummer, (pagina, getal) in enumerate(zip(self._pdf.pages, nummers, strict=True)):
            beelden = pagina.obj.Resources.XObject
            beelden["/voet"], beelden[f"/nummer{nummer}"] = regel, getal
            tekst = (
                "Q /Artifact <</Type /Pagination /Subtype /Footer>> BDC "
                f"q 1 0 0 1 0 {boven:.4f} cm /voet Do Q "
                f"q 1 0 0 1 0 {boven + nummer * REGELHOOGTE:.4f} cm /nummer{nummer} Do Q EMC\n"
            )
            pagina.obj.Contents = Array([begin, pagina.obj.Contents, self._make_stroom(tekst.encode())])

    def _copy_regels(self, deel: Deel, *, samen: bool) -> list[pikepdf.Object]:
        """Make a drawing of each line of a foot, or one of all lines together."""
        with pikepdf.open(io.BytesIO(deel.inhoud)) as bron:
            bronpagina = bron.pages[0]
            regels = list(_split_regels(bronpagina))
            middelen = self._pdf.copy_foreign(self._pdf_indirect(bron, bronpagina.obj.Resources))
        stukken = [b"\n".join(regels)] if samen else regels
        return [
            self._make_stroom(
                b"q " + _BEELD + b"\n" + stuk + b"\nQ",
                Type=Name.XObject,
                Subtype=Name.Form,
                BBox=Array([0, 0, 600, VOETPAGINA]),
                Resources=middelen,
            )
            for stuk in stukken
        ]

    @staticmethod
    def _pdf_indirect(bron: pikepdf.Pdf, middelen: pikepdf.Object) -> pikepdf.Object:
        return middelen if middelen.is_indirect else bron.make_indirect(middelen)

    def _make_stroom(self, inhoud: bytes, **velden: object) -> pikepdf.Object:
        stroom = pikepdf.Stream(self._pdf, b"")
        stroom.write(zlib.compress(inhoud), filter=Name.FlateDecode)
        for naam, waarde in velden.items():
            stroom[f"/{naam}"] = waarde
        return self._pdf.make_indirect(stroom)

    def _set_doelen(self) -> None:
        """Make each link go to its anchor, in whichever part that stands."""
        plekken: dict[str, tuple[int, float, float]] = {}
        eerder = 0
        for deel in self._delen:
            plekken |= {naam: (eerder + blad, x, y) for naam, (blad, x, y) in deel.ankers.items()}
            eerder += deel.bladen
        gebruikt = set()
        for pagina in self._pdf.pages:
            for annotatie in _list_annotaties(pagina):
                naam = str(annotatie.A.URI).removeprefix(ANKER)
                gebruikt.add(naam)
                del annotatie["/A"]
                annotatie.Dest = annotatie.Contents = String(naam)
        namen = Array()
        for naam in sorted(gebruikt):
            blad, x, y = plekken[naam]
            namen.extend([String(naam), self._make_doel(blad, x, y)])
        if gebruikt:
            self._pdf.Root.Names.Dests = Dictionary(Names=namen)

    def _make_doel(self, blad: int, x: float, y: float) -> Array:
        return Array([self._pdf.pages[blad].obj, Name.XYZ, round(x, 3), round(y, 3), 0])

    def _set_bladwijzers(self) -> None:
        """Write the headings of all parts as one tree of bookmarks."""
        wortel = self._pdf.make_indirect(Dictionary(Type=Name.Outlines))
        stapel: list[tuple[int, pikepdf.Object]] = [(0, wortel)]
        eerder = 0
        for deel in self._delen:
            for kop in deel.koppen:
                while stapel[-1][0] >= kop.niveau:
                    stapel.pop()
                stapel.append((kop.niveau, self._add_bladwijzer(stapel[-1][1], kop, eerder)))
            eerder += deel.bladen
        self._pdf.Root.Outlines = wortel
        _count(wortel)

    def _add_bladwijzer(self, ouder: pikepdf.Object, kop: Kopplek, eerder: int) -> pikepdf.Object:
        doel = self._make_doel(eerder + kop.blad, kop.x, kop.y)
        wijzer = self._pdf.make_indirect(Dictionary(Title=String(kop.tekst), Dest=doel, Parent=ouder))
        if "/Last" in ouder:
            ouder.Last.Next, wijzer.Prev = wijzer, ouder.Last
        else:
            ouder.First = wijzer
        ouder.Last = wijzer
        return wijzer


def _list_annotaties(pagina: pikepdf.Page) -> Iterator[pikepdf.Object]:
    yield from pagina.obj.get("/Annots", ())


def _count(wijzer: pikepdf.Object) -> int:
    """Note in each bookmark how many stand below it, all open."""
    aantal = 0
    kind = wijzer.get("/First")
    while kind is not None:
        aantal += 1 + _count(kind)
        kind = kind.get("/Next")
    wijzer.Count = aantal
    return aantal


def _split_regels(pagina: pikepdf.Page) -> Iterator[bytes]:
    """The drawing of each line of text on a page: what stands between the marks around it."""
    regel: list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage] | None = None
    for opdracht in pikepdf.parse_content_stream(pagina):
        operator = str(opdracht.operator)
        if operator == "BDC":
            regel = []
        elif operator == "EMC" and regel is not None:
            yield pikepdf.unparse_content_stream(regel)
            regel = None
        elif regel is not None:
            regel.append(opdracht)
