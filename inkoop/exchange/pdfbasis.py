"""Whether a signed PDF still is the PDF that was offered, with nothing but signatures added.

A signature says that nothing changed since somebody signed; it says nothing about what was done before. So the
file is held against what was offered. An e-signing service that only adds leaves the offered bytes in front: then
every object is compared. One that writes the file anew cannot be followed object by object: then the text decides
(services/getekendestukken) and a second person looks.

Bron: issue contract years (incremental update, shadow attacks); B.6 (returned with edits).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import pikepdf
import pypdf
from pypdf.errors import PyPdfError

from inkoop.domain.fouten import Beletsel

_CATALOGUS_VRIJ = frozenset({"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Metadata", "/Version"})
"""What signing adds to or changes in the root of a file."""
_BLAD_VRIJ = frozenset({"/Annots", "/Tabs"})
_STIL = frozenset({"/Link", "/Popup"})
"""Notes that show nothing of themselves; the links of our own documents are among them."""


class Basisverslag(msgspec.Struct, frozen=True, kw_only=True):
    """`letterlijk`: the offered bytes stand in front. `twijfel`: what a second person must look at, in words."""

    letterlijk: bool
    beletselen: tuple[Beletsel, ...]
    twijfel: tuple[str, ...]


def compare_basis(ontvangen: bytes, aangeboden: bytes) -> Basisverslag:
    """Hold a signed PDF against the offered one. Never raises: what cannot be compared is refused."""
    letterlijk = ontvangen.startswith(aangeboden)
    try:
        with (
            pikepdf.open(io.BytesIO(ontvangen), suppress_warnings=True) as nieuw,
            pikepdf.open(io.BytesIO(aangeboden), suppress_warnings=True) as oud,
        ):
            beletselen = [*_check_actief(nieuw), *_check_velden(nieuw), *_check_notities(nieuw, oud)]
            if len(nieuw.pages) != len(oud.pages):
                tekst = f"De PDF heeft {len(nieuw.pages)} bladzijden; aangeboden zijn er {len(oud.pages)}."
                beletselen.append(Beletsel("bladzijden", tekst))
            elif letterlijk:
                bladen = [blad.obj.objgen for blad in oud.pages]
                if [blad.obj.objgen for blad in nieuw.pages] == bladen:
                    beletselen += _compare_voorwerpen(ontvangen, aangeboden, bladen)
                else:
                    tekst = "De bladzijden van de PDF zijn vervangen of verplaatst."
                    beletselen.append(Beletsel("bladzijden", tekst))
            twijfel = [] if letterlijk else [_HERSCHREVEN]
            twijfel += _find_bedekt(nieuw, aangeboden)
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError, KeyError, AttributeError, IndexError):
        fout = Beletsel("pdf-vreemd", "De PDF is anders opgebouwd dan verwacht en kan niet worden vergeleken.")
        return Basisverslag(letterlijk=letterlijk, beletselen=(fout,), twijfel=())
    return Basisverslag(
        letterlijk=letterlijk, beletselen=tuple(dict.fromkeys(beletselen)), twijfel=tuple(dict.fromkeys(twijfel))
    )


_HERSCHREVEN = (
    "De tekendienst heeft de PDF opnieuw opgeslagen. De tekst is gelijk; kijk of de bladzijden er ook zo uitzien."
)


def _check_actief(pdf: pikepdf.Pdf) -> Iterator[Beletsel]:
    namen = pdf.Root.get("/Names")
    formulier = pdf.Root.get("/AcroForm")
    begin = pdf.Root.get("/OpenAction")
    # Where a reader opens the file is a place, or an action that only goes to a place.
    springt = begin is None or isinstance(begin, pikepdf.Array) or str(begin.get("/S", "")) == "/GoTo"
    actief = not springt or "/AA" in pdf.Root or any("/AA" in blad.obj for blad in pdf.pages)
    if actief or (namen is not None and "/JavaScript" in namen) or (formulier is not None and "/XFA" in formulier):
        yield Beletsel("pdf-actief", "In de PDF zit iets dat vanzelf iets doet (een script of actie). Dat mag niet.")


def _check_velden(pdf: pikepdf.Pdf) -> Iterator[Beletsel]:
    """Only fields for signatures: what somebody types in another field is seen and is no text of the page."""
    formulier = pdf.Root.get("/AcroForm")
    velden = [] if formulier is None else list(formulier.get("/Fields", []))
    namen: list[str] = []
    while velden:
        veld = velden.pop()
        kinderen = [kind for kind in veld.get("/Kids", []) if "/T" in kind]
        velden += kinderen
        soort = veld.get("/FT")
        if not kinderen and (soort is None or str(soort) != "/Sig"):
            yield Beletsel("formulierveld", f"In de PDF zit een invulveld ('{veld.get('/T', '')}'). Dat mag niet.")
        namen.append(str(veld.get("/T", "")))
    if len(set(namen)) != len(namen):
        yield Beletsel("veldnaam", "Twee velden in de PDF hebben dezelfde naam. Vraag een schone getekende PDF.")


def _check_notities(nieuw: pikepdf.Pdf, oud: pikepdf.Pdf) -> Iterator[Beletsel]:
    """Notes, stamps, redactions and drawings on a page are edits, whoever signed them."""
    eerst = [len(list(_list_notities(blad))) for blad in oud.pages]
    for nummer, blad in enumerate(nieuw.pages):
        soorten = list(_list_notities(blad))
        if len(soorten) > (eerst[nummer] if nummer < len(eerst) else 0):
            tekst = f"Op bladzijde {nummer + 1} is iets toegevoegd ({', '.join(sorted(set(soorten)))})."
            yield Beletsel("aantekening", tekst)


def _list_notities(blad: pikepdf.Page) -> Iterator[str]:
    for notitie in blad.obj.get("/Annots", []):
        soort = str(notitie.get("/Subtype", "/onbekend"))
        if soort not in _STIL and not _is_handtekening(notitie):
            yield soort.removeprefix("/")


def _is_handtekening(notitie: Any) -> bool:
    if str(notitie.get("/Subtype", "")) != "/Widget":
        return False
    ouder = notitie.get("/Parent")
    soort = notitie.get("/FT") or (None if ouder is None else ouder.get("/FT"))
    return soort is not None and str(soort) == "/Sig"


def _compare_voorwerpen(ontvangen: bytes, aangeboden: bytes, volgorde: Sequence[tuple[int, int]]) -> list[Beletsel]:
    """Compare the objects of both files as they stand in them.

    Opened anew and without handing down what pages inherit, which would change the objects at hand.
    """
    bladen = {plek: nummer for nummer, plek in enumerate(volgorde, 1)}
    with (
        pikepdf.open(io.BytesIO(ontvangen), suppress_warnings=True, inherit_page_attributes=False) as nieuw,
        pikepdf.open(io.BytesIO(aangeboden), suppress_warnings=True, inherit_page_attributes=False) as oud,
    ):
        return list(_check_voorwerpen(nieuw, oud, bladen))


def _check_voorwerpen(
    nieuw: pikepdf.Pdf, oud: pikepdf.Pdf, bladen: Mapping[tuple[int, int], int]
) -> Iterator[Beletsel]:
    """Every object of the offered file, as it is now: text, fonts, pictures and pages are as they were."""
    over = oud.trailer.get("/Info")
    vrij = {oud.Root.objgen, *(() if over is None else (over.objgen,))}
    if nieuw.Root.objgen != oud.Root.objgen:
        yield Beletsel("inhoud-gewijzigd", "De PDF heeft een andere opbouw gekregen dan de aangeboden PDF.")
        return
    if _sleutels_gewijzigd(nieuw.Root, oud.Root, _CATALOGUS_VRIJ):
        yield Beletsel("inhoud-gewijzigd", "De opbouw van de PDF is gewijzigd nadat zij is aangeboden.")
    for eerst in oud.objects:
        plek = eerst.objgen
        nu = nieuw.get_object(plek)
        if plek in vrij or _is_metadata(eerst) or _is_gelijk(eerst, nu):
            continue
        if plek in bladen and not _sleutels_gewijzigd(nu, eerst, _BLAD_VRIJ):
            continue
        waar = f"bladzijde {bladen[plek]}" if plek in bladen else "de inhoud"
        yield Beletsel("inhoud-gewijzigd", f"De PDF is gewijzigd nadat zij is aangeboden: {waar} is niet meer gelijk.")
        return


def _sleutels_gewijzigd(nu: Any, eerst: Any, vrij: frozenset[str]) -> bool:
    if not isinstance(nu, pikepdf.Dictionary) or not isinstance(eerst, pikepdf.Dictionary):
        return True
    sleutels = {*nu.keys(), *eerst.keys()} - vrij
    return any(_write(nu.get(een)) != _write(eerst.get(een)) for een in sleutels)


def _is_metadata(voorwerp: Any) -> bool:
    return isinstance(voorwerp, pikepdf.Stream) and str(voorwerp.get("/Type", "")) == "/Metadata"


def _is_gelijk(eerst: Any, nu: Any) -> bool:
    if isinstance(eerst, pikepdf.Stream):
        return (
            isinstance(nu, pikepdf.Stream)
            and _write(eerst.stream_dict) == _write(nu.stream_dict)
            and eerst.read_raw_bytes() == nu.read_raw_bytes()
        )
    return not isinstance(nu, pikepdf.Stream) and _write(eerst) == _write(nu)


def _write(voorwerp: Any) -> bytes:
    """An object as it is written: its own content, and numbers for what it refers to."""
    if voorwerp is None:
        return b""
    if isinstance(voorwerp, pikepdf.Stream):
        return b"%d %d R" % voorwerp.objgen
    return voorwerp.unparse(resolved=True) if isinstance(voorwerp, pikepdf.Object) else repr(voorwerp).encode()


def _find_bedekt(pdf: pikepdf.Pdf, aangeboden: bytes) -> Iterator[str]:
    """Visible signatures that lie over words of the offered text: such a picture can hide or replace an amount."""
    vakken = {
        nummer: [rand for notitie in blad.obj.get("/Annots", []) if (rand := _find_rand(notitie)) is not None]
        for nummer, blad in enumerate(pdf.pages)
    }
    if not any(vakken.values()):
        return
    lezer = pypdf.PdfReader(io.BytesIO(aangeboden), strict=False)
    for nummer, randen in vakken.items():
        if randen and nummer < len(lezer.pages) and _covers_tekst(lezer.pages[nummer], randen):
            yield f"Op bladzijde {nummer + 1} staat een zichtbare handtekening over tekst. Kijk wat eronder staat."


def _find_rand(notitie: Any) -> tuple[float, float, float, float] | None:
    if not _is_handtekening(notitie) or "/Rect" not in notitie:
        return None
    x1, y1, x2, y2 = (float(getal) for getal in notitie.Rect)
    links, rechts, onder, boven = min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2)
    return (links, onder, rechts, boven) if rechts - links > 1 and boven - onder > 1 else None


def _covers_tekst(blad: Any, randen: list[tuple[float, float, float, float]]) -> bool:
    geraakt = False

    def _bezoek(tekst: str, cm: Any, tm: Any, _lettertype: Any, grootte: float) -> None:
        nonlocal geraakt
        if not tekst.strip():
            return
        schaal = abs(float(tm[0])) or 1.0
        x = float(tm[4]) * float(cm[0]) + float(cm[4])
        y = float(tm[5]) * float(cm[3]) + float(cm[5])
        hoog = float(grootte or 10) * schaal * abs(float(cm[3]) or 1.0)
        breed = len(tekst.strip()) * hoog * 0.5
        for links, onder, rechts, boven in randen:
            if x < rechts and x + breed > links and y < boven and y + hoog > onder:
                geraakt = True

    try:
        blad.extract_text(visitor_text=_bezoek)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, ArithmeticError):
        return True
    return geraakt
