"""Walk from the path of a pydantic error to the path in the file, and to the keys that are known there.

Pydantic puts the tag of a union member in the path; that is no step in the file. The walk follows the
types, so that a field named like a tag (`document` in soort `document`) is told apart from it.

Bron: metingen, Criteria (a field named like a union tag breaks the walk from loc to line).
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel, Tag

Loc: TypeAlias = tuple[str | int, ...]


class Modelstap(typing.NamedTuple):
    """Where the walk ended: the path in the file, and the type that is expected there (None = lost)."""

    loc: Loc
    verwacht: Any


def walk_model(model: type[BaseModel], loc: Loc) -> Modelstap:
    """Follow an error's path through the types."""
    verwacht: Any = model
    pad: list[str | int] = []
    for stap in loc:
        verwacht, is_lid = _step(_strip(verwacht), stap)
        if not is_lid:
            pad.append(stap)
    return Modelstap(tuple(pad), verwacht)


def list_sleutels(verwacht: Any) -> tuple[str, ...]:
    """The keys that a type knows; empty when it is no model."""
    kaal = _strip(verwacht)
    if isinstance(kaal, type) and issubclass(kaal, BaseModel):
        return tuple(veld.alias or naam for naam, veld in kaal.model_fields.items())
    return ()


def _strip(verwacht: Any) -> Any:
    """Without Annotated and without `| None`."""
    while get_origin(verwacht) is Annotated:
        verwacht = get_args(verwacht)[0]
    if get_origin(verwacht) in (Union, types.UnionType):
        leden = [lid for lid in get_args(verwacht) if lid is not types.NoneType]
        if len(leden) == 1:
            return _strip(leden[0])
    return verwacht


def _step(verwacht: Any, stap: str | int) -> tuple[Any, bool]:
    """The type behind one step, and whether the step only chose a union member."""
    if get_origin(verwacht) in (Union, types.UnionType):
        lid = _find_lid(verwacht, stap)
        return lid, True
    if isinstance(verwacht, type) and issubclass(verwacht, BaseModel):
        for naam, veld in verwacht.model_fields.items():
            if stap in (naam, veld.alias):
                return veld.annotation, False
        return None, False
    oorsprong, argumenten = get_origin(verwacht), get_args(verwacht)
    if isinstance(oorsprong, type) and issubclass(oorsprong, Mapping) and argumenten:
        return argumenten[1], stap == "[key]"
    if isinstance(stap, int) and argumenten:
        return argumenten[0], False
    return None, False


def _find_lid(unie: Any, stap: str | int) -> Any:
    """The member of a union that a tag, a literal or a class name in the path stands for."""
    for lid in get_args(unie):
        kaal = _strip(lid)
        if stap in _list_namen(lid, kaal):
            return kaal
    return None


def _list_namen(lid: Any, kaal: Any) -> set[Any]:
    namen: set[Any] = {getattr(kaal, "__name__", None)}
    if get_origin(lid) is Annotated:
        namen |= {merk.tag for merk in get_args(lid)[1:] if isinstance(merk, Tag)}
    if isinstance(kaal, type) and issubclass(kaal, BaseModel):
        for veld in kaal.model_fields.values():
            if get_origin(veld.annotation) is Literal:
                namen |= set(get_args(veld.annotation))
    return namen
