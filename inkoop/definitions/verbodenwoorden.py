"""Words that cannot stand in a procedure without selection: caps, ranking, awarding.

An open house that caps or ranks is a public contract after all. So with `selectie: nee` a key that
caps or ranks is refused with the reason, and so is a text of our own that speaks of awarding.

Bron: domein 0.1, B.1.1, B.1.4, M20-31, BP-12; ontwerp 2.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from inkoop.definitions.modelpad import Loc
from inkoop.definitions.yamlbron import Yamlbron

_PLAFOND = "Zonder selectie mag u geen plafond of maximum aantal stellen: wie aan de eisen voldoet, wordt toegelaten."
_RANGORDE = "Zonder selectie mag u aanbieders niet vergelijken of rangschikken; een eis is gehaald of niet."
_GUNNEN = "Zonder selectie wordt er niet gegund. Schrijf 'toelaten', 'toelating' of 'overeenkomst'."

_SLEUTELS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(r"plafond|(max(imum|imaal)?|aantal)_?.*(aanbieders|deelnemers|contracten|winnaars)|quot[au]"),
        _PLAFOND,
    ),
    (re.compile(r"rangschikking|rangorde|ranking|weging|scores?$|punten$|loting|selectiecriteri"), _RANGORDE),
    (re.compile(r"gunn?ing|gunnen"), _GUNNEN),
)

_WOORDEN = re.compile(
    r"\b(voorlopig\s+)?(gunnen|gegund\w*|gunt|gunning\w*|winnende?\s+(inschrijver|aanbieder)\w*)\b", re.IGNORECASE
)

_LOTING = re.compile(r"\b((ver|uit|in)?gel?oot|(ver)?lot(en|ing\w*))\b", re.IGNORECASE)
_LOTEN = "Zonder selectie wordt er niet geloot: wie aan de eisen voldoet, wordt toegelaten."

_CITATEN = frozenset({"bron"})
"""Keys whose text cites another document; there the word may stand (BP-12)."""

Verbod: TypeAlias = tuple[Loc, str, bool]


def list_verboden(bron: Yamlbron) -> Iterator[Verbod]:
    """Each forbidden key or word in a file with `selectie: nee`: its path, why, and whether it is the key.

    Raises DefinitieError when the form of the file has faults.
    """
    waarde = bron.waarde
    if isinstance(waarde, Mapping) and waarde.get("selectie") == "nee":
        yield from _walk(waarde, ())


def _walk(waarde: Any, loc: Loc) -> Iterator[Verbod]:
    if isinstance(waarde, Mapping):
        for sleutel, inhoud in waarde.items():
            pad = (*loc, sleutel)
            yield from (
                (pad, f"De sleutel '{sleutel}' kan hier niet. {tekst}", True) for tekst in _check_sleutel(sleutel)
            )
            if sleutel not in _CITATEN:
                yield from _walk(inhoud, pad)
    elif isinstance(waarde, list | tuple):
        for nummer, inhoud in enumerate(waarde):
            yield from _walk(inhoud, (*loc, nummer))
    elif isinstance(waarde, str):
        yield from ((loc, reden, False) for reden in _check_woorden(waarde))


def _check_woorden(tekst: str) -> Iterator[str]:
    for patroon, waarom in ((_WOORDEN, _GUNNEN), (_LOTING, _LOTEN)):
        if gevonden := patroon.search(tekst):
            yield f"Hier staat '{gevonden[0]}'. {waarom}"


_GRENS = re.compile(
    r"\b(maximaal|maximum(\s+van)?|ten\s+hoogste|hooguit|niet\s+meer\s+dan)\s+(\w+\s+){0,2}"
    r"(aanbieders|opdrachtnemers|overeenkomsten|contracten)\b",
    re.IGNORECASE,
)
_VOLGORDE = re.compile(r"\b(rangschikk\w+|rangorde\w*|voorkeursaanbieder\w*|preferente?)\b", re.IGNORECASE)


def check_artikeltekst(tekst: str) -> Iterator[str]:
    """Why a text cannot come into the agreements of a procedure without selection: it caps, ranks, awards or draws.

    Bron: domein 0.1, B.1.1; issue contract years (a cap in a toelating).
    """
    yield from _check_woorden(tekst)
    for patroon, waarom in ((_GRENS, _PLAFOND), (_VOLGORDE, _RANGORDE)):
        if gevonden := patroon.search(tekst):
            yield f"Hier staat '{gevonden[0]}'. {waarom}"


def list_citaten(bron: Yamlbron) -> Iterator[tuple[Loc, str]]:
    """Each quotation in a file with `selectie: nee` that speaks of awarding or drawing lots: look at it again (BP-12).

    It may stand there, since it is not our own text; but a reader could take it for a rule of this procedure.
    """
    waarde = bron.waarde
    if isinstance(waarde, Mapping) and waarde.get("selectie") == "nee":
        for loc, tekst in _walk_citaten(waarde, ()):
            for patroon in (_WOORDEN, _LOTING):
                if gevonden := patroon.search(tekst):
                    zin = f"in dit citaat staat '{gevonden[0]}'. Dat mag, als het echt de tekst van de bron is."
                    yield loc, zin


def _walk_citaten(waarde: Any, loc: Loc, *, citaat: bool = False) -> Iterator[tuple[Loc, str]]:
    if isinstance(waarde, Mapping):
        for sleutel, inhoud in waarde.items():
            yield from _walk_citaten(inhoud, (*loc, sleutel), citaat=citaat or sleutel in _CITATEN)
    elif isinstance(waarde, list | tuple):
        for nummer, inhoud in enumerate(waarde):
            yield from _walk_citaten(inhoud, (*loc, nummer), citaat=citaat)
    elif citaat and isinstance(waarde, str):
        yield loc, waarde


def _check_sleutel(sleutel: object) -> Iterator[str]:
    """Why a key cannot stand in a procedure without selection; nothing when it can."""
    for patroon, tekst in _SLEUTELS:
        if patroon.search(str(sleutel).lower()):
            yield tekst
            return
