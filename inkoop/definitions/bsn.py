"""Keep citizen service numbers (BSN) out of the files: keys that ask for one, values that hold one.

Bron: ontwerp 8 (no BSN in any dossier: fields labelled so are refused); Wet algemene bepalingen BSN, art. 10.
"""

from __future__ import annotations

import re

from stdnum.nl import bsn

_VRAAGT = re.compile(
    r"(^|[^a-z])(bsn(nummer|nr)?|burger[-_ ]?service[-_ ]?(nummer|nr)|sofi[-_ ]?(nummer|nr)?)([^a-z]|$)"
)
_PERSOON = re.compile(r"client|cliënt|persoon|inwoner|burger|patient|patiënt|medewerker|identi|zorgvrager")
_NUMMER = re.compile(r"(?<!\d)\d{9}(?!\d)")
_PROZA = frozenset({"eis", "tekst", "toelichting", "motivering", "reden", "omschrijving", "bewijs", "titel", "bron"})
_LABELLENGTE = 40
_WEG = "Dat hoort in geen enkel bestand. Haal het weg."


def _is_bsn(cijfers: str) -> bool:
    return bool(bsn.is_valid(cijfers))


def _to_label(naam: str) -> str:
    """A key or short text in lower case with camelCase split, so that words can be told apart."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", naam).lower()


def find_bsn_in_sleutel(sleutel: str) -> str | None:
    """The fault of a key that asks for a BSN; None when it does not."""
    if _VRAAGT.search(_to_label(sleutel)):
        return f"De sleutel '{sleutel}' vraagt om een burgerservicenummer. {_WEG}"
    return None


def find_bsn_in_waarde(sleutel: str, waarde: object) -> str | None:
    """The fault of a value that asks for a BSN, or that is one under a key or label about a person.

    A legal person's RSIN has the same form, so nine digits alone prove nothing: the key or the text
    around them must speak of a person or a BSN.
    """
    if isinstance(waarde, dict | list):
        return None
    tekst = str(waarde)
    label = _to_label(tekst)
    vraagt = _VRAAGT.search(label) is not None
    over_persoon = vraagt or _VRAAGT.search(_to_label(sleutel)) or _PERSOON.search(sleutel.lower())
    if over_persoon and any(_is_bsn(cijfers) for cijfers in _NUMMER.findall(tekst)):
        return f"Hier staat een getal dat een burgerservicenummer kan zijn. {_WEG}"
    if vraagt and sleutel not in _PROZA and len(tekst) <= _LABELLENGTE:
        return f"Hier wordt om een burgerservicenummer gevraagd. {_WEG}"
    return None
