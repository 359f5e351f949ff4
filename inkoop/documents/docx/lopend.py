"""Running text in Word: runs, line ends, and references as fields that follow their target."""

from __future__ import annotations

from xml.sax.saxutils import escape

from inkoop.documents.boom import Doel, Inhoud, Regeleinde, Tekst, Verwijzing

MERKNAAM = "_Cl_"
"""How the bookmark of a clause begins; its number follows. Word hides names with an underscore."""
MERKEN_VANAF = 100_000


def write_run(tekst: str, *, vet: bool = False, cursief: bool = False) -> str:
    """Write a stretch of text in one form."""
    vorm = ("<w:b/>" if vet else "") + ("<w:i/>" if cursief else "")
    return f'<w:r>{f"<w:rPr>{vorm}</w:rPr>" if vorm else ""}<w:t xml:space="preserve">{escape(tekst)}</w:t></w:r>'


def write_veld(opdracht: str, waarde: str, *, vet: bool = False, cursief: bool = False) -> str:
    """Write a field: what the program must work out, and what it reads now."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(opdracht)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{write_run(waarde, vet=vet, cursief=cursief)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def name_bladwijzer(anker: str) -> str:
    """The bookmark of an anchor: letters, digits and underscores, hidden in Word's list."""
    return f"_Ref_{anker.replace('-', '_')}"


def write_inhoud(inhoud: Inhoud) -> str:
    """Write running text; a numbered one within a bookmark, by which it is known when the file comes back."""
    tekst = "".join(_write_deel(deel) for deel in inhoud)
    merk = getattr(inhoud[0], "merk", 0) if inhoud else 0
    if not merk:
        return tekst
    nummer = f'w:id="{MERKEN_VANAF + merk}"'
    return f'<w:bookmarkStart {nummer} w:name="{MERKNAAM}{merk}"/>{tekst}<w:bookmarkEnd {nummer}/>'


def _write_deel(deel: Tekst | Verwijzing | Regeleinde) -> str:
    if isinstance(deel, Regeleinde):
        return "<w:r><w:br/></w:r>"
    if isinstance(deel, Tekst):
        return write_run(deel.tekst, vet=deel.vet, cursief=deel.cursief)
    return "".join(
        _write_doel(stuk, deel) if isinstance(stuk, Doel) else write_run(stuk, vet=deel.vet, cursief=deel.cursief)
        for stuk in deel.delen
    )


def _write_doel(doel: Doel, verwijzing: Verwijzing) -> str:
    r"""A number that the target carries itself (`\n`), or the text that the bookmark encloses."""
    schakelaar = "\\n \\h" if doel.eigen_nummer else "\\h"
    opdracht = f"REF {name_bladwijzer(doel.anker)} {schakelaar}"
    return write_veld(opdracht, doel.tekst, vet=verwijzing.vet, cursief=verwijzing.cursief)


class Bladwijzers:
    """Hands out bookmarks; each has a number of its own."""

    def __init__(self) -> None:
        self._aantal = 0

    def wrap(self, anker: str, xml: str) -> str:
        """Put a bookmark around runs of text."""
        if not anker:
            return xml
        self._aantal += 1
        return (
            f'<w:bookmarkStart w:id="{self._aantal}" w:name="{name_bladwijzer(anker)}"/>'
            f'{xml}<w:bookmarkEnd w:id="{self._aantal}"/>'
        )
