"""The parts of a Word file, zipped with fixed times and order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import msgspec

from inkoop.documents.docx.koptekst import fill_kenmerk, make_logokop, write_voet
from inkoop.documents.docx.stijlen import W, write_stijlen
from inkoop.documents.docx.wordstijl import BEELDSOORTEN, Randdeel, Wordstijl, read_wordstijl
from inkoop.documents.huisstijl import Huisstijl

_KOP = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAKKET = "http://schemas.openxmlformats.org/package/2006"
_ZIPTIJD = (1980, 1, 1, 0, 0, 0)


class Kerngegevens(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says about itself."""

    titel: str
    onderwerp: str
    auteur: str
    tijdstip: datetime


def make_pakket(
    inhoud: str, nummerlijsten: str, kern: Kerngegevens, huisstijl: Huisstijl, *, inhoudsopgave: bool = False
) -> bytes:
    """Put the body and its parts into one file, in the styles and between the header and footer of a house.

    With a table of contents Word is told to fill in its page numbers on opening: only Word knows its pages.
    """
    huis = read_wordstijl(huisstijl)
    randen = _list_randen(huis, huisstijl)
    delen: dict[str, str | bytes] = {
        "[Content_Types].xml": _write_inhoudsoorten(randen, huis),
        "_rels/.rels": _write_relaties(
            ("officeDocument", _RELATIES, "word/document.xml"),
            ("metadata/core-properties", f"{_PAKKET}/relationships", "docProps/core.xml"),
            ("extended-properties", _RELATIES, "docProps/app.xml"),
        ),
        "word/document.xml": _write_hoofddeel(inhoud, randen, huis),
        "word/_rels/document.xml.rels": _write_relaties(
            *((naam, _RELATIES, f"{naam}.xml") for naam in _VASTE_DELEN),
            *((rand.soort, _RELATIES, f"{naam}.xml") for naam, rand in randen.items()),
            *((("theme", _RELATIES, "theme/theme1.xml"),) if huis and huis.thema else ()),
        ),
        "word/styles.xml": huis.stijlen if huis else write_stijlen(huisstijl.kleuren),
        "word/numbering.xml": nummerlijsten,
        "word/settings.xml": _INSTELLINGEN.replace("<w:compat>", f"{_VERVERS}<w:compat>")
        if inhoudsopgave
        else _INSTELLINGEN,
        **_write_randen(randen, kern.onderwerp),
        "docProps/core.xml": _write_kern(kern),
        "docProps/app.xml": (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Application>inkoop</Application></Properties>"
        ),
    }
    if huis and huis.thema:
        delen["word/theme/theme1.xml"] = huis.thema
    return zip_delen(delen)


def zip_delen(delen: Mapping[str, str | bytes]) -> bytes:
    """Zip the parts of a Word file: XML as text, other parts as bytes; fixed times, in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zip_:
        for naam, deel in delen.items():
            bestand = zipfile.ZipInfo(naam, _ZIPTIJD)
            bestand.compress_type = zipfile.ZIP_DEFLATED
            bestand.create_system = 3
            bestand.external_attr = 0o644 << 16
            zip_.writestr(bestand, (_KOP + deel).encode() if isinstance(deel, str) else deel)
    return buffer.getvalue()


def _list_randen(huis: Wordstijl | None, huisstijl: Huisstijl) -> dict[str, Randdeel]:
    """Headers and footers by the name of their part."""
    randen = list(huis.randen) if huis else [*(make_logokop(huisstijl.logo) if huisstijl.logo else ())]
    if not any(rand.soort == "footer" for rand in randen):
        eerste_anders = huis.eerste_anders if huis else huisstijl.logo is not None
        waar = ("default", "first") if eerste_anders else ("default",)
        randen += [Randdeel(soort="footer", waar=plek, xml=write_voet()) for plek in waar]
    tellers = {"header": 0, "footer": 0}
    benoemd = {}
    for rand in randen:
        tellers[rand.soort] += 1
        benoemd[f"{rand.soort}{tellers[rand.soort]}"] = rand
    return benoemd


def _write_randen(randen: Mapping[str, Randdeel], kenmerk: str) -> dict[str, str | bytes]:
    delen: dict[str, str | bytes] = {}
    for naam, rand in randen.items():
        delen[f"word/{naam}.xml"] = fill_kenmerk(rand.xml, kenmerk)
        if rand.beelden:
            regels = "".join(
                f'<Relationship Id="{nummer}" Type="{_RELATIES}/image" Target="media/{naam}-{volg}{soort}"/>'
                for volg, (nummer, soort, _) in enumerate(rand.beelden, 1)
            )
            delen[f"word/_rels/{naam}.xml.rels"] = (
                f'<Relationships xmlns="{_PAKKET}/relationships">{regels}</Relationships>'
            )
        for volg, (_, soort, beeld) in enumerate(rand.beelden, 1):
            delen[f"word/media/{naam}-{volg}{soort}"] = beeld
    return delen


_VASTE_DELEN = ("styles", "numbering", "settings")


def _write_inhoudsoorten(randen: Mapping[str, Randdeel], huis: Wordstijl | None) -> str:
    soorten = {soort for rand in randen.values() for _, soort, _ in rand.beelden}
    beelden = "".join(
        f'<Default Extension="{soort.removeprefix(".")}" ContentType="{BEELDSOORTEN[soort]}"/>'
        for soort in sorted(soorten)
    )
    delen = [(naam, naam) for naam in _VASTE_DELEN] + [(naam, rand.soort) for naam, rand in randen.items()]
    thema = "application/vnd.openxmlformats-officedocument.theme+xml"
    return (
        f'<Types xmlns="{_PAKKET}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{beelden}'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
        + "".join(
            f'<Override PartName="/word/{naam}.xml" ContentType="{_TYPES}.{soort}+xml"/>' for naam, soort in delen
        )
        + (f'<Override PartName="/word/theme/theme1.xml" ContentType="{thema}"/>' if huis and huis.thema else "")
        + '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        '<Override PartName="/docProps/app.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
    )


_VERVERS = '<w:updateFields w:val="true"/>'
_INSTELLINGEN = (
    f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="nl-NL"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def _write_relaties(*relaties: tuple[str, str, str]) -> str:
    regels = "".join(
        f'<Relationship Id="rId{nummer}" Type="{stam}/{soort}" Target="{doel}"/>'
        for nummer, (soort, stam, doel) in enumerate(relaties, 1)
    )
    return f'<Relationships xmlns="{_PAKKET}/relationships">{regels}</Relationships>'


def _write_hoofddeel(inhoud: str, randen: Mapping[str, Randdeel], huis: Wordstijl | None) -> str:
    verwijzingen = "".join(
        f'<w:{rand.soort}Reference w:type="{rand.waar}" r:id="rId{nummer}"/>'
        for nummer, rand in enumerate(randen.values(), len(_VASTE_DELEN) + 1)
    )
    eerste = any(rand.waar == "first" for rand in randen.values())
    return (
        f'<w:document {W} xmlns:r="{_RELATIES}"><w:body>{inhoud}<w:sectPr>{verwijzingen}'
        f"{huis.pagina if huis else _PAGINA}{'<w:titlePg/>' if eerste else ''}</w:sectPr></w:body></w:document>"
    )


_PAGINA = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1361" w:right="1247" w:bottom="1361" w:left="1417" '
    'w:header="709" w:footer="624" w:gutter="0"/>'
)


def _write_kern(kern: Kerngegevens) -> str:
    moment = kern.tijdstip.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    tijd = 'xsi:type="dcterms:W3CDTF"'
    return (
        f'<cp:coreProperties xmlns:cp="{_PAKKET}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(kern.titel)}</dc:title><dc:subject>{escape(kern.onderwerp)}</dc:subject>"
        f"<dc:creator>{escape(kern.auteur)}</dc:creator><cp:lastModifiedBy>{escape(kern.auteur)}</cp:lastModifiedBy>"
        f"<dcterms:created {tijd}>{moment}</dcterms:created><dcterms:modified {tijd}>{moment}</dcterms:modified>"
        "<dc:language>nl-NL</dc:language></cp:coreProperties>"
    )
