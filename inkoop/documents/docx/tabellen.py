"""Paragraphs and tables of a Word document: fixed columns, rows that stay whole, headers that return."""

from __future__ import annotations

from collections.abc import Mapping

from inkoop.documents.boom import Inhoud, Uitlijning
from inkoop.documents.docx.lopend import write_inhoud

_JC: Mapping[Uitlijning, str] = {
    Uitlijning.LINKS: "",
    Uitlijning.RECHTS: '<w:jc w:val="right"/>',
    Uitlijning.MIDDEN: '<w:jc w:val="center"/>',
}


def write_alinea(stijl: str, runs: str, vorm: str = "") -> str:
    """Write one paragraph; `vorm` holds further paragraph settings in the order of the schema."""
    instellingen = (f'<w:pStyle w:val="{stijl}"/>' if stijl else "") + vorm
    return f"<w:p>{f'<w:pPr>{instellingen}</w:pPr>' if instellingen else ''}{runs}</w:p>"


def write_gegevensrij(
    rij: tuple[Inhoud, ...], kanten: tuple[Uitlijning, ...], breedtes: list[int], *, kop: bool
) -> str:
    """Write one row of a table from the tree."""
    stijl = "Tabelkop" if kop else "Tabeltekst"
    cellen = [
        write_cel(breedte, write_alinea(stijl, write_inhoud(cel), _JC[kant]))
        for cel, kant, breedte in zip(rij, kanten, breedtes, strict=True)
    ]
    return write_rij(cellen, kop=kop)


def write_cel(breedte: int, inhoud: str, vorm: str = "") -> str:
    """Write one cell."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{breedte}" w:type="dxa"/>{vorm}</w:tcPr>{inhoud}</w:tc>'


def write_rij(cellen: list[str], *, kop: bool = False) -> str:
    """Write one row; it never breaks over two pages, and a header row returns on each page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if kop else ''}</w:trPr>{''.join(cellen)}</w:tr>"


def write_tabel(stijl: str, breedtes: list[int], rijen: list[str], *, links: int = 0, rand: int | None = None) -> str:
    """Write a table with fixed columns, and a little room after it, which also keeps two tables apart."""
    vorm = "".join(
        (
            f'<w:tblStyle w:val="{stijl}"/>' if stijl else "",
            f'<w:tblW w:w="{sum(breedtes)}" w:type="dxa"/>',
            f'<w:tblInd w:w="{links}" w:type="dxa"/>' if links else "",
            '<w:tblLayout w:type="fixed"/>',
            f'<w:tblCellMar><w:left w:w="{rand}" w:type="dxa"/></w:tblCellMar>' if rand is not None else "",
            '<w:tblLook w:val="0020" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>' if stijl else "",
        )
    )
    kolommen = "".join(f'<w:gridCol w:w="{breedte}"/>' for breedte in breedtes)
    return (
        f"<w:tbl><w:tblPr>{vorm}</w:tblPr><w:tblGrid>{kolommen}</w:tblGrid>{''.join(rijen)}</w:tbl>{_TUSSENRUIMTE_NA}"
    )


_TUSSENRUIMTE_NA = write_alinea("Tussenruimte", "", '<w:spacing w:after="120"/>')
