"""The logo of a region in the header of the first page, where its house style has no Word file of its own."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from inkoop.documents.docx.lopend import write_run, write_veld
from inkoop.documents.docx.stijlen import W
from inkoop.documents.docx.wordstijl import KENMERKPLEK, Randdeel
from inkoop.documents.huisstijl import Logo

_EMU_PER_MM = 36000
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"


def write_logo(logo: Logo, relatie: str) -> str:
    """A picture in line with the text, with its words for who cannot see it."""
    maat = f'cx="{round(logo.breedte_mm * _EMU_PER_MM)}" cy="{round(logo.hoogte_mm * _EMU_PER_MM)}"'
    tekst = quoteattr(logo.tekst)
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {maat}/>'
        f'<wp:docPr id="1" name="Logo" descr={tekst}/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}">'
        f'<pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr id="1" name="Logo" descr={tekst}/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relatie}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {maat}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def make_logokop(logo: Logo) -> tuple[Randdeel, Randdeel]:
    """The header of the first page with the logo at the right, and an empty one for the other pages."""
    extensie = ".png" if logo.soort == "png" else ".jpg"
    alinea = f'<w:p><w:pPr><w:spacing w:after="120"/><w:jc w:val="right"/></w:pPr>{write_logo(logo, "rIdLogo")}</w:p>'
    eerste = Randdeel(
        soort="header",
        waar="first",
        xml=f"<w:hdr {W} {_R}>{alinea}</w:hdr>",
        beelden=(("rIdLogo", extensie, logo.inhoud),),
    )
    return eerste, Randdeel(soort="header", waar="default", xml=f"<w:hdr {W}><w:p/></w:hdr>")


def write_voet(plek: str = KENMERKPLEK) -> str:
    """The footer: the kenmerk at the left, the page and the number of pages at the right."""
    pagina = write_run("pagina ") + write_veld("PAGE", "1") + write_run(" van ") + write_veld("NUMPAGES", "1")
    return (
        f'<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{write_run(plek)}<w:r><w:tab/></w:r>{pagina}'
        "</w:p></w:ftr>"
    )


def fill_kenmerk(xml: str, kenmerk: str) -> str:
    """Put the kenmerk of a document where the footer says `[kenmerk]`."""
    return xml.replace(KENMERKPLEK, escape(kenmerk))
