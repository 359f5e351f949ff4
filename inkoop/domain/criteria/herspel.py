"""Replaying a toets: is what comes out now, byte for byte, what was kept then?

A receipt is evidence only as long as it can be made again from what it rests on. What differs is named by
its place, so that a jurist sees which finding it is about and not only that hashes differ.

Bron: ontwerp 2.3, 4 (replay gives the same bytes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec

_ONDERSCHEID = ("criterium", "perceel", "product", "lid")


class Herspelstand(StrEnum):
    """How a replay came out."""

    GELIJK = "gelijk"
    ANDERS = "anders"
    GEWIJZIGD = "gewijzigd"
    ONBEKEND_DOSSIER = "onbekend_dossier"
    ONLEESBAAR = "onleesbaar"


class Plaatsverschil(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a receipt that comes out different: where it stands, what was kept, what comes out now."""

    plaats: str
    bewaard: Any
    nu: Any


def compare_ontvangstbewijzen(bewaard: bytes, nu: bytes) -> tuple[Plaatsverschil, ...]:
    """Every value that differs between two receipts; empty when the bytes are the same.

    Bytes that differ while no value does (spaces, order of keys) are a difference of the whole.
    """
    if bewaard == nu:
        return ()
    verschillen = tuple(_compare(msgspec.json.decode(bewaard), msgspec.json.decode(nu), ""))
    return verschillen or (Plaatsverschil(plaats="het hele bewijs", bewaard="andere bytes", nu="andere bytes"),)


def _compare(bewaard: Any, nu: Any, plaats: str) -> Iterator[Plaatsverschil]:
    if isinstance(bewaard, Mapping) and isinstance(nu, Mapping):
        paren = [(str(sleutel), bewaard.get(sleutel), nu.get(sleutel)) for sleutel in {**bewaard, **nu}]
    elif isinstance(bewaard, list) and isinstance(nu, list):
        links, rechts = _name_delen(bewaard), _name_delen(nu)
        paren = [(naam, links.get(naam), rechts.get(naam)) for naam in {**links, **rechts}]
    else:
        if bewaard != nu or type(bewaard) is not type(nu):
            yield Plaatsverschil(plaats=plaats, bewaard=bewaard, nu=nu)
        return
    for naam, links_deel, rechts_deel in paren:
        yield from _compare(links_deel, rechts_deel, f"{plaats}.{naam}" if plaats else naam)


def _name_delen(delen: Sequence[Any]) -> dict[str, Any]:
    """The elements of a list by name: what tells findings apart, else their number."""
    genoemd: dict[str, Any] = {}
    for nummer, deel in enumerate(delen):
        namen = (
            [str(deel[sleutel]) for sleutel in _ONDERSCHEID if deel.get(sleutel)] if isinstance(deel, Mapping) else []
        )
        naam = f"[{' '.join(namen)}]" if namen else f"[{nummer}]"
        genoemd[naam if naam not in genoemd else f"{naam}[{nummer}]"] = deel
    return genoemd
