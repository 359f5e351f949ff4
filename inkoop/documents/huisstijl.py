"""The house style of a region: a folder of files that people edit, one for each region.

    sjablonen/huisstijl/<regio>/huisstijl.yaml    colours, logo, fonts of the PDF
    sjablonen/huisstijl/<regio>/huisstijl.docx    styles, header and footer, edited in Word (may be absent)
    sjablonen/huisstijl/<regio>/logo.png
    sjablonen/huisstijl/<regio>/*.ttf             fonts of the region (may be absent)

The folder is that of `procedure.regio` in the data, written small and with hyphens; a region without a
folder gets `standaard`, and without that the style that comes with the product.

Bron: ontwerp 6; project default.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from inkoop.documents.fouten import SjabloonError, Sjabloonfout

HUISSTIJLEN, STANDAARD_NAAM = "huisstijl", "standaard"
BESTAND_YAML, BESTAND_WORD = "huisstijl.yaml", "huisstijl.docx"
LETTERVORMEN = ("Regular", "Bold", "Italic", "BoldItalic")
MIN_CONTRAST = 4.5
"""Contrast of text with white that people with poor sight need (WCAG 2.1, 1.4.3)."""
MAX_LOGO = 300_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPG = b"\xff\xd8\xff"


class Kleuren(msgspec.Struct, frozen=True, kw_only=True):
    """Six hexadecimal digits each: headings and rules, labels, frames, lines, heads of tables."""

    hoofd: str = "17375E"
    grijs: str = "4A5666"
    vlak: str = "F2F5F9"
    lijn: str = "B9C3CF"
    tabelkop: str = "E9EEF4"


class Logo(msgspec.Struct, frozen=True, kw_only=True):
    """A picture above the first page: its bytes, what it says to who cannot see it, its size on paper."""

    inhoud: bytes
    soort: str
    tekst: str
    breedte_mm: float
    hoogte_mm: float

    @property
    def adres(self) -> str:
        """The picture as an address that needs no file."""
        return f"data:image/{self.soort};base64,{base64.b64encode(self.inhoud).decode()}"


class Huisstijl(msgspec.Struct, frozen=True, kw_only=True):
    """How the documents of a region look. `letters` are the names and bytes of its own font files."""

    naam: str = STANDAARD_NAAM
    kleuren: Kleuren = Kleuren()
    logo: Logo | None = None
    lettertype: str = ""
    letters: tuple[tuple[str, bytes], ...] = ()
    word: bytes | None = None
    wordplaats: str = ""

    @property
    def vingerafdruk(self) -> str:
        """SHA-256 of everything in it; the folder it stands in does not count."""
        return hashlib.sha256(msgspec.msgpack.encode(msgspec.structs.replace(self, wordplaats=""))).hexdigest()


STANDAARD = Huisstijl()
_SLEUTELS: Mapping[str, str] = {
    "kleur": "zes tekens, zoals '17375E'",
    "grijs": "zes tekens",
    "vlak": "zes tekens",
    "lijn": "zes tekens",
    "tabelkop": "zes tekens",
    "logo": "de naam van een PNG- of JPG-bestand in deze map",
    "logo_tekst": "wat het logo zegt, voor wie het niet ziet",
    "logo_breedte_mm": "een getal van 10 tot 120",
    "lettertype": "de naam van een lettertype waarvan de vier bestanden in deze map staan",
}


def find_huisstijlmap(regio: str) -> str:
    """The name of the folder of a region: 'Regio Meierij' stands in `regio-meierij`."""
    kaal = unicodedata.normalize("NFKD", regio).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", kaal).strip("-")


def find_regio(gegevens: Mapping[str, object]) -> str:
    """The region of a document: the field `procedure.regio`."""
    procedure = gegevens.get("procedure")
    regio = procedure.get("regio") if isinstance(procedure, Mapping) else None
    return regio if isinstance(regio, str) else ""


def list_huisstijlen(sjablonen: Path) -> tuple[str, ...]:
    """The regions that have a house style."""
    return tuple(sorted(pad.parent.name for pad in (sjablonen / HUISSTIJLEN).glob(f"*/{BESTAND_YAML}")))


def read_huisstijl(sjablonen: Path, regio: str) -> Huisstijl:
    """Read the house style of a region. Raises SjabloonError with every fault in its files."""
    map_ = find_stijlmap(sjablonen, regio)
    return STANDAARD if map_ is None else read_huisstijlmap(map_)


def find_stijlmap(sjablonen: Path, regio: str) -> Path | None:
    """The folder whose house style a region uses: its own, else `standaard`, else none."""
    beschikbaar = list_huisstijlen(sjablonen)
    naam = next((naam for naam in (find_huisstijlmap(regio), STANDAARD_NAAM) if naam in beschikbaar), None)
    return sjablonen / HUISSTIJLEN / naam if naam else None


def read_huisstijlmap(map_: Path) -> Huisstijl:
    """Read one folder."""
    from inkoop.documents.metagegevens import read_yaml
    from inkoop.documents.sjabloon import read_tekst

    pad = map_ / BESTAND_YAML
    waarden, regels = read_yaml(str(pad), read_tekst(pad))
    fouten = [Sjabloonfout.at(str(pad), regels.get(naam, 1), tekst) for naam, tekst in _find_fouten(map_, waarden)]
    if fouten:
        raise SjabloonError(fouten)
    standaard = Kleuren()
    kleuren = {veld: str(waarden.get(veld, getattr(standaard, veld))).upper() for veld in Kleuren.__struct_fields__}
    kleuren["hoofd"] = str(waarden.get("kleur", standaard.hoofd)).upper()
    word = map_ / BESTAND_WORD
    lettertype = str(waarden.get("lettertype", ""))
    return Huisstijl(
        naam=map_.name,
        kleuren=Kleuren(**kleuren),
        logo=_read_logo(map_, waarden) if "logo" in waarden else None,
        lettertype=lettertype,
        letters=tuple((naam, (map_ / naam).read_bytes()) for naam in _list_letters(lettertype)),
        word=word.read_bytes() if word.is_file() else None,
        wordplaats=str(word),
    )


def _list_letters(lettertype: str) -> list[str]:
    kaal = lettertype.replace(" ", "")
    return [f"{kaal}-{vorm}.ttf" for vorm in LETTERVORMEN] if lettertype else []


def _find_fouten(map_: Path, waarden: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for naam in waarden:
        if naam not in _SLEUTELS:
            yield naam, f"Onbekende sleutel '{naam}'. Mogelijk zijn: {', '.join(_SLEUTELS)}."
    for naam in ("kleur", "grijs", "vlak", "lijn", "tabelkop"):
        if naam in waarden and not re.fullmatch(r"[0-9A-Fa-f]{6}", str(waarden[naam])):
            yield naam, f"Bij '{naam}' hoort een kleur: {_SLEUTELS['kleur']}, tussen aanhalingstekens."
        elif naam in {"kleur", "grijs"} and naam in waarden and measure_contrast(str(waarden[naam])) < MIN_CONTRAST:
            yield naam, f"De kleur bij '{naam}' is te licht voor tekst op wit papier; kies een donkerder kleur."
    yield from _find_logofouten(map_, waarden)
    if "lettertype" in waarden:
        for bestand in _list_letters(str(waarden["lettertype"])):
            if not (map_ / bestand).is_file():
                yield "lettertype", f"Het bestand '{bestand}' staat niet in deze map."


def _find_logofouten(map_: Path, waarden: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if "logo" not in waarden:
        return
    naam = str(waarden["logo"])
    if "/" in naam or "\\" in naam or not (map_ / naam).is_file():
        yield "logo", f"Het bestand '{naam}' staat niet in deze map."
        return
    inhoud = (map_ / naam).read_bytes()
    if not inhoud.startswith((_PNG, _JPG)):
        yield "logo", "Het logo is geen PNG- of JPG-bestand."
    elif len(inhoud) > MAX_LOGO:
        yield "logo", f"Het logo is groter dan {MAX_LOGO // 1000} kB; het komt in elk document."
    elif _measure_beeld(inhoud) is None:
        yield "logo", "De afmetingen van het logo zijn niet te lezen; sla het opnieuw op als PNG."
    if not str(waarden.get("logo_tekst", "")).strip():
        yield "logo", "Bij een logo hoort 'logo_tekst': wat het zegt, voor wie het niet ziet."
    breedte = waarden.get("logo_breedte_mm")
    if isinstance(breedte, bool) or not isinstance(breedte, int | float) or not 10 <= breedte <= 120:
        yield "logo_breedte_mm", f"Bij 'logo_breedte_mm' hoort {_SLEUTELS['logo_breedte_mm']}."


def _read_logo(map_: Path, waarden: Mapping[str, object]) -> Logo:
    inhoud = (map_ / str(waarden["logo"])).read_bytes()
    maat = _measure_beeld(inhoud)
    assert maat is not None
    breedte = float(str(waarden["logo_breedte_mm"]))
    return Logo(
        inhoud=inhoud,
        soort="png" if inhoud.startswith(_PNG) else "jpeg",
        tekst=str(waarden["logo_tekst"]).strip(),
        breedte_mm=breedte,
        hoogte_mm=round(breedte * maat[1] / maat[0], 2),
    )


def _measure_beeld(inhoud: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, from the head of the file."""
    if inhoud.startswith(_PNG) and len(inhoud) > 24:
        breedte, hoogte = int.from_bytes(inhoud[16:20]), int.from_bytes(inhoud[20:24])
        return (breedte, hoogte) if breedte and hoogte else None
    plek = 2
    while plek + 9 < len(inhoud) and inhoud[plek] == 0xFF:
        merk, lengte = inhoud[plek + 1], int.from_bytes(inhoud[plek + 2 : plek + 4])
        if merk in {0xC0, 0xC1, 0xC2}:
            hoogte, breedte = int.from_bytes(inhoud[plek + 5 : plek + 7]), int.from_bytes(inhoud[plek + 7 : plek + 9])
            return (breedte, hoogte) if breedte and hoogte else None
        plek += 2 + lengte
    return None


def measure_contrast(kleur: str) -> float:
    """Contrast of a colour with white, 1 to 21 (WCAG 2.1, relative luminance)."""
    delen = [int(kleur[nummer : nummer + 2], 16) / 255 for nummer in (0, 2, 4)]
    lineair = [deel / 12.92 if deel <= 0.04045 else ((deel + 0.055) / 1.055) ** 2.4 for deel in delen]
    helderheid = sum(factor * deel for factor, deel in zip((0.2126, 0.7152, 0.0722), lineair, strict=True))
    return float(1.05 / (helderheid + 0.05))
