"""What every model of a definition file shares: strictness, known keys only, and ja/nee.

Bron: ontwerp 4; metingen, Criteria.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema
from pydantic_core import PydanticCustomError

_WOORDEN = {"ja": True, "nee": False}


def _read_janee(waarde: object) -> bool:
    if isinstance(waarde, str) and waarde in _WOORDEN:
        return _WOORDEN[waarde]
    raise PydanticCustomError("ja_nee", "Schrijf hier 'ja' of 'nee'.")


JaNee = Annotated[bool, BeforeValidator(_read_janee), WithJsonSchema({"enum": ["ja", "nee"]})]
"""A yes/no field; in the file it is `ja` or `nee`."""

_VALKUILEN = frozenset(dir(BaseModel))


class Definitiemodel(BaseModel):
    """A strict, frozen model that refuses unknown keys.

    A field named like an attribute of BaseModel (`register`, `copy`, `json`, `schema`) would silently
    become optional; such a name is refused here: give the field another name and that name as alias.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a field whose name would silently get a default."""
        super().__pydantic_init_subclass__(**kwargs)
        if fout := sorted({*_VALKUILEN, "register"} & set(cls.model_fields)):
            raise TypeError(f"{cls.__name__}: field names shadow BaseModel, use an alias: {', '.join(fout)}")
