"""WeasyPrint, loaded and bounded: it may fetch nothing but the fonts and the style that come with the product.

WeasyPrint needs Pango on the machine and takes a second to import, so it is imported when the first
PDF is made.

Bron: metingen (documents); ontwerp 6 and 8.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import msgspec

from inkoop.documents.drukletters import LETTERTYPEN
from inkoop.documents.huisstijl import STANDAARD, Huisstijl
from inkoop.documents.schermstijl import style_css
from inkoop.domain.fouten import InkoopError

if TYPE_CHECKING:
    import weasyprint

GC_DREMPEL = 50_000
WERKWIJZE = 2
"""Counts up when the same document gets other bytes by our own doing: 1 set all pages in one go, 2 sets parts."""

_XMP_SCHEMA = """<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag>
<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>"""


class PangoOntbreektError(InkoopError):
    """PDF cannot be made on this machine: the library that sets text is not there."""

    def __init__(self, reden: str) -> None:
        super().__init__(
            "Voor PDF is Pango nodig en dat ontbreekt op deze machine. Installeer het met "
            "'apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0' (Debian, Ubuntu), "
            f"'dnf install pango' (Fedora) of 'brew install pango' (macOS). ({reden})"
        )


class Pdfgegevens(msgspec.Struct, frozen=True, kw_only=True):
    """What a PDF carries besides its pages; `gegevens` is the JSON it was made from."""

    titel: str
    kenmerk: str
    auteur: str
    tijdstip: datetime
    gegevens: bytes
    huisstijl: Huisstijl = STANDAARD


@cache
def read_huisbestand(naam: str) -> bytes:
    """Read a file that comes with this package: a font or the style."""
    map_ = files("inkoop.documents")
    return (map_ / "lettertypen" / naam if naam.endswith(".ttf") else map_ / naam).read_bytes()


def name_motor() -> str:
    """What sets the pages, with versions: other versions may break lines elsewhere, and then the bytes differ."""
    from weasyprint.text.ffi import pango

    machine = load_motor()
    versie = int(pango.pango_version())
    pangoversie = f"{versie // 10000}.{versie // 100 % 100}.{versie % 100}"
    return f"weasyprint {machine.weasyprint.__version__}, pango {pangoversie}, opmaak {_name_opmaak()}"


@cache
def _name_opmaak() -> str:
    """The edition of our own style sheet and of the way that parts are joined."""
    return f"{WERKWIJZE}-{hashlib.sha256(read_huisbestand(STIJLBLAD)).hexdigest()[:8]}"


@contextmanager
def fewer_collections() -> Iterator[None]:
    """Let the garbage collector run less often while a page is laid out: 6% faster, no leak.

    WeasyPrint leaves closing its colour profile to the collector, which would warn of it.
    """
    drempels = gc.get_threshold()
    gc.set_threshold(GC_DREMPEL, *drempels[1:])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    finally:
        gc.set_threshold(*drempels)


class Motor(msgspec.Struct, frozen=True):
    """WeasyPrint, loaded, with our fetcher and metadata."""

    weasyprint: Any
    fetcher: Any
    metadata: Any


class Stijl(msgspec.Struct, frozen=True):
    """The style sheets of one house style with its fonts: of a whole document, of a part, of the lines at its foot."""

    heel: Any
    deel: Any
    voet: Any
    lettertypen: Any
    vingerafdruk: str


@cache
def load_motor() -> Motor:
    """Load WeasyPrint once in a process. Raises PangoOntbreektError."""
    try:
        import weasyprint
        from weasyprint.document import DocumentMetadata
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
    except (ImportError, OSError) as fout:
        raise PangoOntbreektError(str(fout).splitlines()[0]) from fout

    class Huisfetcher(URLFetcher):  # type: ignore[misc]
        """Gives files of this package from memory and ends the rendering on anything else."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
            naam = url.removeprefix("inkoop:").lstrip("/")
            if beeld := _BEELDADRES.fullmatch(url):
                return URLFetcherResponse(url, base64.b64decode(beeld[2]), {"Content-Type": beeld[1]})
            if naam in _huisletters:
                return URLFetcherResponse(url, _huisletters[naam], {"Content-Type": "font/ttf"})
            if not url.startswith("inkoop:") or naam not in HUISBESTANDEN:
                raise FatalURLFetchingError(f"not part of the document: {url}")
            return URLFetcherResponse(url, read_huisbestand(naam), {"Content-Type": "font/ttf"})

    class Metadata(DocumentMetadata):  # type: ignore[misc]
        """Metadata that also says PDF/UA-1, in the form that PDF/A-3 accepts."""

        def __init__(self, gegevens: Pdfgegevens) -> None:
            tijdstip = gegevens.tijdstip.astimezone(UTC)
            moment = tijdstip.strftime("%Y-%m-%dT%H:%M:%S+00:00")
            bijlage = weasyprint.Attachment(
                string=gegevens.gegevens,
                base_url="inkoop:",
                name="gegevens.json",
                description="De gegevens waaruit dit document is gemaakt",
                created=tijdstip,
                modified=tijdstip,
                relationship="Source",
            )
            super().__init__(
                title=gegevens.titel,
                authors=[gegevens.auteur] if gegevens.auteur else [],
                description=gegevens.kenmerk,
                generator="inkoop",
                created=moment,
                modified=moment,
                attachments=[bijlage],
                lang="nl",
            )

        def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
            rdf: bytes = super().generate_rdf_metadata(variant, version, conformance)
            return rdf.replace(b"</rdf:RDF>", _XMP_SCHEMA.encode() + b"</rdf:RDF>")

    return Motor(weasyprint, Huisfetcher(), Metadata)


_BEELDADRES = re.compile(r"data:(image/(?:png|jpeg));base64,([A-Za-z0-9+/=]+)")
_huisletters: dict[str, bytes] = {}
"""The font files of the house styles that this process has met, by the name that their style sheet uses."""


@cache
def load_stijl(huisstijl: Huisstijl) -> Stijl:
    """Read the style sheet of a house once in a process."""
    from weasyprint.text.fonts import FontConfiguration

    machine = load_motor()
    _huisletters.update({f"{huisstijl.vingerafdruk}/{naam}": inhoud for naam, inhoud in huisstijl.letters})
    lettertypen = FontConfiguration()
    css = style_css(read_huisbestand(STIJLBLAD).decode(), huisstijl)
    zonder_voet = _VOET.sub("", css)

    def _read(tekst: str) -> object:
        return machine.weasyprint.CSS(
            string=tekst, base_url="inkoop:", url_fetcher=machine.fetcher, font_config=lettertypen
        )

    return Stijl(_read(css), _read(zonder_voet), _read(zonder_voet + VOETBLAD), lettertypen, huisstijl.vingerafdruk)


_VOET = re.compile(r"  @bottom-(?:left|right) \{[^}]*\}\n")
VOETBLAD = """
@page { size: 210mm 8000mm; margin: 0 22mm 0 25mm; }
p { margin: 0; font-size: 7.5pt; line-height: 4mm; color: #555; white-space: pre-line; }
p.regel { width: 70%; white-space: normal; }
p.nummers { text-align: right; }
"""
"""Lines of the foot, one under the other on a page of no document: `samenvoegen` puts each in its place."""
STIJLBLAD = "document.css"
HUISBESTANDEN = frozenset({STIJLBLAD, *LETTERTYPEN})


def finish(_: weasyprint.Document, pdf: Any) -> None:
    """Set the metadata stream readable without a decoder, and name each attachment once.

    Archives read XMP as plain text, and the same file listed twice under /AF confuses readers.
    """
    for voorwerp in pdf.objects:
        if getattr(voorwerp, "extra", {}).get("Type") == "/Metadata":
            voorwerp.compress = False
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = type(pdf.catalog["AF"])(dict.fromkeys(pdf.catalog["AF"]))
