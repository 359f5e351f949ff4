"""The styles of a Word document: what a jurist sees in the style list and can change in one place."""

from __future__ import annotations

import msgspec

from inkoop.documents.huisstijl import Kleuren

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LETTERTYPE = "Calibri"
"""A font that Word has; LibreOffice sets it in Carlito, which measures the same."""
KLEUR, GRIJS, LIJN, TABELKOP = "{hoofd}", "{grijs}", "{lijn}", "{tabelkop}"
"""Where a colour of the house style comes."""
TABELSTIJL_ID = "Huistabel"
INSPRING = 567
INSPRING_DIEPER = 397
"""How far a number hangs before its text, in twentieths of a point: 10 mm, and 7 mm for a, b and i, ii."""


class Stijl(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph style. Sizes in half points, distances in twentieths of a point."""

    id: str
    naam: str
    op: str = "Normal"
    volgende: str = ""
    grootte: int = 0
    vet: bool = False
    cursief: bool = False
    kleur: str = ""
    voor: int | None = None
    na: int | None = None
    links: int | None = None
    bij_volgende: bool = False
    nieuwe_pagina: bool = False
    overzicht: int | None = None
    extra: str = ""


STIJLEN: tuple[Stijl, ...] = (
    Stijl(id="Title", naam="Title", volgende="Normal", grootte=36, vet=True, kleur=KLEUR, voor=120,
          na=300, bij_volgende=True),
    Stijl(id="Onderwerp", naam="Onderwerp", op="Title", volgende="Normal", grootte=28, voor=300, na=240),
    Stijl(id="Heading1", naam="heading 1", volgende="Normal", grootte=23, vet=True, kleur=KLEUR,
          voor=340, na=110, bij_volgende=True, overzicht=0),
    Stijl(id="Heading2", naam="heading 2", volgende="Normal", grootte=21, vet=True, kleur=KLEUR,
          voor=240, na=90, bij_volgende=True, overzicht=1),
    Stijl(id="Heading3", naam="heading 3", volgende="Normal", grootte=20, vet=True, cursief=True,
          kleur=KLEUR, voor=180, na=60, bij_volgende=True, overzicht=2),
    Stijl(id="Heading4", naam="heading 4", volgende="Normal", grootte=20, cursief=True,
          kleur=KLEUR, voor=140, na=60, bij_volgende=True, overzicht=3),
    Stijl(id="Bijlagekop", naam="Bijlagekop", op="Heading1", volgende="Normal", grootte=28, voor=0,
          na=280, nieuwe_pagina=True),
    Stijl(id="Lid", naam="Lid", na=90),
    Stijl(id="Onderdeel", naam="Onderdeel", na=70),
    Stijl(id="Subonderdeel", naam="Subonderdeel", na=70),
    Stijl(id="ListNumber", naam="List Number", na=90),
    Stijl(id="ListBullet", naam="List Bullet", na=90),
    Stijl(id="Adres", naam="Adres", na=0),
    Stijl(id="Afzender", naam="Afzender", grootte=22, vet=True, kleur=KLEUR, na=560,
          extra=f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="5" w:color="{KLEUR}"/></w:pBdr>'),
    Stijl(id="Tabeltekst", naam="Tabeltekst", grootte=18, voor=40, na=40),
    Stijl(id="Tabelkop", naam="Tabelkop", op="Tabeltekst", vet=True, kleur=KLEUR, bij_volgende=True),
    Stijl(id="Kenmerklabel", naam="Kenmerklabel", grootte=19, kleur=GRIJS, voor=20, na=20),
    Stijl(id="Kenmerk", naam="Kenmerk", grootte=19, voor=20, na=20),
    Stijl(id="Kader", naam="Kader", na=80),
    Stijl(id="Kadertitel", naam="Kadertitel", op="Kader", vet=True, kleur=KLEUR, bij_volgende=True),
    Stijl(id="Tekenvak", naam="Tekenvak", na=0, bij_volgende=True),
    Stijl(id="Tussenruimte", naam="Tussenruimte", grootte=8, voor=0, na=0),
    Stijl(id="Inhoudtitel", naam="Inhoudtitel", grootte=23, vet=True, kleur=KLEUR, voor=240, na=120, bij_volgende=True),
    Stijl(id="TOC1", naam="toc 1", na=60,
          extra=f'<w:tabs><w:tab w:val="left" w:pos="{2 * INSPRING}"/><w:tab w:val="right" w:pos="9240"/></w:tabs>'),
    Stijl(id="Footer", naam="footer", grootte=15, kleur="555555", na=0,
          extra='<w:tabs><w:tab w:val="right" w:pos="9240"/></w:tabs>'),
)  # fmt: skip


def _write_stijl(stijl: Stijl) -> str:
    afstand = "".join(
        f' w:{naam}="{waarde}"' for naam, waarde in (("before", stijl.voor), ("after", stijl.na)) if waarde is not None
    )
    alinea = "".join(
        (
            "<w:keepNext/>" if stijl.bij_volgende else "",
            "<w:pageBreakBefore/>" if stijl.nieuwe_pagina else "",
            stijl.extra,
            f"<w:spacing{afstand}/>" if afstand else "",
            f'<w:ind w:left="{stijl.links}"/>' if stijl.links is not None else "",
            f'<w:outlineLvl w:val="{stijl.overzicht}"/>' if stijl.overzicht is not None else "",
        )
    )
    letter = "".join(
        (
            "<w:b/>" if stijl.vet else "",
            "<w:i/>" if stijl.cursief else "",
            f'<w:color w:val="{stijl.kleur}"/>' if stijl.kleur else "",
            f'<w:sz w:val="{stijl.grootte}"/><w:szCs w:val="{stijl.grootte}"/>' if stijl.grootte else "",
        )
    )
    return (
        f'<w:style w:type="paragraph" w:styleId="{stijl.id}"><w:name w:val="{stijl.naam}"/>'
        f'<w:basedOn w:val="{stijl.op}"/>'
        + (f'<w:next w:val="{stijl.volgende}"/>' if stijl.volgende else "")
        + f"<w:qFormat/><w:pPr>{alinea}</w:pPr><w:rPr>{letter}</w:rPr></w:style>"
    )


def write_stijlen(kleuren: Kleuren) -> str:
    """Write word/styles.xml in the colours of a house style."""
    xml = _write_alles()
    for naam in Kleuren.__struct_fields__:
        xml = xml.replace("{" + naam + "}", getattr(kleuren, naam))
    return xml


def _write_alles() -> str:
    soorten = " ".join(f'w:{soort}="{LETTERTYPE}"' for soort in ("ascii", "hAnsi", "eastAsia", "cs"))
    letters = f"<w:rFonts {soorten}/>"
    return (
        f"<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{letters}"
        '<w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="nl-NL" w:eastAsia="nl-NL" w:bidi="ar-SA"/></w:rPr>'
        '</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="140" w:line="276" w:lineRule="auto"/></w:pPr>'
        "</w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        + _TABELSTIJL
        + "".join(_write_stijl(stijl) for stijl in STIJLEN)
        + "</w:styles>"
    )


_TABELSTIJL = (
    '<w:style w:type="table" w:styleId="Huistabel"><w:name w:val="Huistabel"/><w:basedOn w:val="TableNormal"/>'
    f'<w:tblPr><w:tblBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LIJN}"/>'
    f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LIJN}"/></w:tblBorders></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    f'<w:bottom w:val="single" w:sz="8" w:space="0" w:color="{KLEUR}"/></w:tcBorders>'
    '<w:shd w:val="clear" w:color="auto" w:fill="' + TABELKOP + '"/></w:tcPr></w:tblStylePr></w:style>'
)
