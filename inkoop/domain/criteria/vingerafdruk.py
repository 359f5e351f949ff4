"""The fingerprint of a dossier: the same facts give the same hash, in whatever order they came.

Every list in a dossier is a set in meaning (members, facts, parts, judgements), so all lists are
sorted before they are hashed, and instants are taken in UTC.

Bron: ontwerp 2.3, 4 (replay gives the same bytes).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from hashlib import sha256
from operator import attrgetter
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec

from inkoop.domain.criteria.dossier import AangebodenPerceel, Dossier, EenFeit

_CODEC = msgspec.json.Encoder(order="deterministic")
_NUL = timedelta(0)
_ENKELVOUDIG = (str, int, bool, date, Decimal, type(None))


def hash_dossier(dossier: Dossier) -> str:
    """The sha256 of the canonical bytes of a dossier, as hex."""
    return sha256(_encode(dossier)).hexdigest()


def order_feiten(feiten: Iterable[EenFeit]) -> list[EenFeit]:
    """Facts in a fixed order, so that nothing depends on arrival; an id is unique within a dossier."""
    return sorted(feiten, key=attrgetter("id"))


def _encode(waarde: object) -> bytes:
    """The canonical bytes of a value: fields as they are defined, lists and keys sorted, instants in UTC."""
    if not isinstance(waarde, msgspec.Struct):
        return _CODEC.encode(_canonical(waarde))
    return _encode_perceel(waarde) if isinstance(waarde, AangebodenPerceel) else _encode_struct(waarde)


@lru_cache(maxsize=1024)
def _encode_perceel(perceel: AangebodenPerceel) -> bytes:
    """An offer is made by many applicants, so its bytes are kept."""
    return _encode_struct(perceel)


def _encode_struct(waarde: msgspec.Struct) -> bytes:
    anders: dict[str, Any] = {}
    for veld in _list_samengesteld(type(waarde)):
        deel = getattr(waarde, veld)
        if not deel or (type(deel) is tuple and len(deel) == 1 and type(deel[0]) is str):
            continue  # Nothing, or one word: nothing to sort. Most facts rest on one piece of evidence.
        canoniek = _canonical(deel)
        if canoniek is not deel:
            anders[veld] = canoniek
    # Raw bytes are written as they are; replace does not look at types.
    return _CODEC.encode(msgspec.structs.replace(waarde, **anders) if anders else waarde)


def _canonical(waarde: object) -> object:
    """A value of which the encoding does not depend on an order or a time zone; itself where it is so already."""
    if isinstance(waarde, datetime):
        return waarde if waarde.utcoffset() == _NUL else waarde.astimezone(UTC)
    if isinstance(waarde, tuple | list | frozenset):
        return msgspec.Raw(_encode_lijst(waarde))
    if isinstance(waarde, msgspec.Struct):
        return msgspec.Raw(_encode(waarde))
    if isinstance(waarde, Mapping) and not all(isinstance(deel, str) for deel in waarde.values()):
        return {sleutel: _canonical(deel) for sleutel, deel in waarde.items()}
    return waarde


def _encode_lijst(delen: Collection[object]) -> bytes:
    """The parts of a list, sorted; parts that hold no list themselves are written straight away."""
    enkelvoudig = all(_is_enkelvoudig(soort) or not _list_samengesteld(soort) for soort in set(map(type, delen)))
    return b"[" + b",".join(sorted(map(_CODEC.encode if enkelvoudig else _encode, delen))) + b"]"


@cache
def _list_samengesteld(soort: type) -> tuple[str, ...]:
    """The fields of a struct that may hold a list, an instant or another struct."""
    assert issubclass(soort, msgspec.Struct), soort
    vormen = get_type_hints(soort)
    return tuple(veld for veld in soort.__struct_fields__ if not _is_enkelvoudig(vormen[veld]))


def _is_enkelvoudig(vorm: object) -> bool:
    """Whether a type is one value (or none) that is always written in the same way."""
    if delen := get_args(vorm):
        return get_origin(vorm) in (Union, UnionType) and all(_is_enkelvoudig(deel) for deel in delen)
    return vorm in _ENKELVOUDIG or (isinstance(vorm, type) and issubclass(vorm, StrEnum))
