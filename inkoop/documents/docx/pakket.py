"""The parts of a Word file, zipped with fixed times and order."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from xml.sax.saxutils import escape

import msgspec

from inkoop.documents.docx.lopend import write_run, write_veld
from inkoop.documents.docx.stijlen import W, write_stijlen

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


def make_pakket(inhoud: str, nummerlijsten: str, kern: Kerngegevens) -> bytes:
    """Put the body and its parts into one file."""
    delen = {
        "[Content_Types].xml": _INHOUDSOORTEN,
        "_rels/.rels": _write_relaties(
            ("officeDocument", _RELATIES, "word/document.xml"),
            ("metadata/core-properties", f"{_PAKKET}/relationships", "docProps/core.xml"),
            ("extended-properties", _RELATIES, "docProps/app.xml"),
        ),
        "word/document.xml": _write_hoofddeel(inhoud),
        "word/_rels/document.xml.rels": _write_relaties(
            *((naam, _RELATIES, f"{bestand}.xml") for naam, bestand in _WORDDELEN.items())
        ),
        "word/styles.xml": write_stijlen(),
        "word/numbering.xml": nummerlijsten,
        "word/settings.xml": _INSTELLINGEN,
        "word/footer1.xml": _write_voet(kern.onderwerp),
        "docProps/core.xml": _write_kern(kern),
        "docProps/app.xml": (
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Application>inkoop</Application></Properties>"
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zip_:
        for naam, xml in delen.items():
            bestand = zipfile.ZipInfo(naam, _ZIPTIJD)
            bestand.compress_type = zipfile.ZIP_DEFLATED
            bestand.create_system = 3
            bestand.external_attr = 0o644 << 16
            zip_.writestr(bestand, (_KOP + xml).encode())
    return buffer.getvalue()


_WORDDELEN = {"styles": "styles", "numbering": "numbering", "settings": "settings", "footer": "footer1"}
_INHOUDSOORTEN = (
    f'<Types xmlns="{_PAKKET}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{bestand}.xml" ContentType="{_TYPES}.{naam}+xml"/>'
        for naam, bestand in _WORDDELEN.items()
    )
    + '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>'
)
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


def _write_hoofddeel(inhoud: str) -> str:
    voet = list(_WORDDELEN).index("footer") + 1
    return (
        f'<w:document {W} xmlns:r="{_RELATIES}"><w:body>{inhoud}<w:sectPr>'
        f'<w:footerReference w:type="default" r:id="rId{voet}"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1361" w:right="1247" w:bottom="1361" w:left="1417" '
        'w:header="709" w:footer="624" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _write_voet(kenmerk: str) -> str:
    pagina = write_run("pagina ") + write_veld("PAGE", "1") + write_run(" van ") + write_veld("NUMPAGES", "1")
    return (
        f'<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
        f"{write_run(kenmerk)}<w:r><w:tab/></w:r>{pagina}</w:p></w:ftr>"
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
