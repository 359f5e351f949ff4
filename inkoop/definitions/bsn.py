"""Keep citizen service numbers (BSN) out of the files: keys that ask for one, values that hold one.

Bron: ontwerp 8 (no BSN in any dossier: fields labelled so are refused); Wet algemene bepalingen BSN, art. 10.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stdnum.nl import bsn

_VRAAGT = re.compile(
    r"(^|[^a-z])(bsn(nummer|nr)?|burger[-_ ]?service[-_ ]?(nummer|nr)|sofi[-_ ]?(nummer|nr)?)([^a-z]|$)"
)
_PERSOON = re.compile(r"client|cliënt|persoon|inwoner|burger|patient|patiënt|medewerker|identi|zorgvrager")
_NUMMER = re.compile(r"(?<!\d)\d{9}(?!\d)")
_KAAL = re.compile(r"(?<![\w.,])\d{9}(?!\w|[.,]\d)")
_RECHTSPERSOON = re.compile(r"(^|[^a-z])(rsin|btw|fiscaal)([^a-z]|$)")
_ZAAKNUMMER = re.compile(r"nummer|kenmerk|(^|[^a-z])(nr|kvk|agb|tel)([^a-z]|$)|telefoon|bestand|sha")
_PROZA = frozenset({"eis", "tekst", "toelichting", "motivering", "reden", "omschrijving", "bewijs", "titel", "bron"})
_LABELLENGTE = 40
_WEG = "Dat hoort in geen enkel bestand. Haal het weg."


def _is_bsn(cijfers: str) -> bool:
    return bool(bsn.is_valid(cijfers))


def _to_label(naam: str) -> str:
    """A key or short text in lower case with camelCase split, so that words can be told apart."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", naam).lower()


def _names_ander_nummer(label: str) -> bool:
    """Whether a key or text says that its number is something else than that of a person."""
    zaak = _ZAAKNUMMER.search(label) and not _PERSOON.search(label)
    return bool(zaak or _RECHTSPERSOON.search(label))


@lru_cache(maxsize=4096)
def find_bsn_in_sleutel(sleutel: str) -> str | None:
    """The fault of a key that asks for a BSN; None when it does not."""
    if _VRAAGT.search(_to_label(sleutel)):
        return f"De sleutel '{sleutel}' vraagt om een burgerservicenummer. {_WEG}"
    return None


def find_bsn_in_waarde(sleutel: str, waarde: object) -> str | None:
    """The fault of a value that asks for a BSN, or that holds a number that may be one.

    A legal person's RSIN has the same form. So a number that is all there is proves nothing unless its key
    speaks of a person or a BSN, and nine digits within a text count unless key or text says what else they are.
    """
    return None if isinstance(waarde, dict | list) else _find_bsn_in_tekst(sleutel, str(waarde))


@lru_cache(maxsize=8192)
def _find_bsn_in_tekst(sleutel: str, tekst: str) -> str | None:
    label = _to_label(tekst)
    vraagt = _VRAAGT.search(label) is not None
    over_persoon = vraagt or _VRAAGT.search(_to_label(sleutel)) or _PERSOON.search(sleutel.lower())
    if over_persoon and any(_is_bsn(cijfers) for cijfers in _NUMMER.findall(tekst)):
        return f"Hier staat een getal dat een burgerservicenummer kan zijn. {_WEG}"
    los = [cijfers for cijfers in _KAAL.findall(tekst) if cijfers != tekst.strip() and _is_bsn(cijfers)]
    if los and not _names_ander_nummer(_to_label(sleutel)) and not _names_ander_nummer(label):
        return (
            f"In deze tekst staat een getal dat een burgerservicenummer kan zijn. {_WEG} "
            "Is het iets anders, zet er dan bij wat, zoals 'RSIN'."
        )
    if vraagt and sleutel not in _PROZA and len(tekst) <= _LABELLENGTE:
        return f"Hier wordt om een burgerservicenummer gevraagd. {_WEG}"
    return None
