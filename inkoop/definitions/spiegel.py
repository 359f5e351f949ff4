"""Make the strict model of a file from the domain value that the file becomes, so that each kind stands once.

A new kind of criterium or feit in the domain union can at once be written in a file. What a file does not
hold (it is filled in by the loader), what it must say although the value has a default, and what it calls
by another name, are given as a `Bestandsvorm`.

Bron: conventies "Modules" (kinds live in a union); metingen, Criteria (field names, tags).
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ForwardRef, Literal, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo
from pydantic import AwareDatetime, Discriminator, Field, StringConstraints, Tag, create_model

from inkoop.definitions.model import Definitiemodel, JaNee
from inkoop.definitions.yamlbron import Yamlbron, validate

Waarde = TypeVar("Waarde", bound=msgspec.Struct)

Tekst = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
"""Text in a file is never empty."""

_ENKELVOUDIG: Mapping[Any, Any] = {str: Tekst, bool: JaNee, datetime: AwareDatetime}


class Bestandsvorm(msgspec.Struct, frozen=True, kw_only=True):
    """How a file differs from the value: keys left out, keys made mandatory, keys renamed, types replaced.

    The keys of each mapping are structs; a rule for a parent struct holds for its children. `vormen`
    replaces a type by a pydantic annotation whose value dumps as that type.
    """

    zonder: Mapping[type, frozenset[str]] = {}
    verplicht: Mapping[type, frozenset[str]] = {}
    namen: Mapping[type, Mapping[str, str]] = {}
    vormen: Mapping[Any, Any] = {}


def build_model(struct: type[msgspec.Struct], vorm: Bestandsvorm) -> type[Definitiemodel]:
    """The strict model of a file, or a part of a file, that holds this struct."""
    bouwer = _Bouwer(vorm)
    model = bouwer.model(struct)
    bouwer.finish()
    return model


def fill(bron: Yamlbron, model: type[Definitiemodel]) -> dict[str, Any]:
    """Check the file against a built model and return plain values with the struct's own names.

    Enums and dates are text in it, as `msgspec.convert` reads them. Raises DefinitieError.
    """
    return validate(bron, model).model_dump(mode="json", by_alias=True)


def convert(waarden: Mapping[str, Any], struct: type[Waarde]) -> Waarde:
    """Make the value from plain values that were checked by `fill` (and completed by the loader)."""
    return msgspec.convert(waarden, struct)


class _Bouwer:
    """Builds one model per struct; a struct that contains itself is referred to by name until `finish`."""

    def __init__(self, vorm: Bestandsvorm) -> None:
        self._vorm = vorm
        self._bezig: set[type] = set()
        self._modellen: dict[type, type[Definitiemodel]] = {}

    def finish(self) -> None:
        """Resolve the references by name."""
        namen = {struct.__name__: model for struct, model in self._modellen.items()}
        for model in self._modellen.values():
            model.model_rebuild(force=True, _types_namespace=namen)

    def model(self, struct: type[msgspec.Struct]) -> type[Definitiemodel]:
        if struct in self._modellen:
            return self._modellen[struct]
        self._bezig.add(struct)
        velden: dict[str, Any] = {}
        config = struct.__struct_config__
        if config.tag_field:
            velden["v_soort"] = (Literal[config.tag], Field(alias=config.tag_field))
        zonder = self._rules(struct, self._vorm.zonder)
        for veld in msgspec.structs.fields(struct):
            if veld.name not in zonder:
                velden[f"v_{veld.name}"] = self._veld(struct, veld)
        model = create_model(struct.__name__, __base__=Definitiemodel, **velden)
        self._bezig.discard(struct)
        self._modellen[struct] = model
        return model

    def _rules(self, struct: type, regels: Mapping[type, frozenset[str]]) -> set[str]:
        return {naam for soort, namen in regels.items() if issubclass(struct, soort) for naam in namen}

    def _veld(self, struct: type, veld: FieldInfo) -> tuple[Any, Any]:
        naam = veld.name
        for soort, namen in self._vorm.namen.items():
            if issubclass(struct, soort):
                naam = namen.get(veld.name, naam)
        opties: dict[str, Any] = {"validation_alias": naam, "serialization_alias": veld.name, "alias": naam}
        if veld.name in self._rules(struct, self._vorm.verplicht):
            return self.type(veld.type), Field(**opties)
        if veld.required:
            # A file has no word for nothing, so what may be nothing is left out (unless `vormen` gives it a word).
            if _allows_none(veld.type) and veld.type not in self._vorm.vormen:
                opties["default"] = None
            return self.type(veld.type), Field(**opties)
        if veld.default is not msgspec.NODEFAULT:
            return self.type(veld.type), Field(default=veld.default, **opties)
        return self.type(veld.type), Field(default_factory=veld.default_factory, **opties)

    def type(self, soort: Any) -> Any:
        """The annotation for a type of a struct."""
        if soort in self._vorm.vormen:
            return self._vorm.vormen[soort]
        if soort in _ENKELVOUDIG:
            return _ENKELVOUDIG[soort]
        if isinstance(soort, type) and issubclass(soort, msgspec.Struct):
            return ForwardRef(soort.__name__) if soort in self._bezig else self.model(soort)
        oorsprong, argumenten = get_origin(soort), get_args(soort)
        if oorsprong in (Union, types.UnionType):
            return self._unie(argumenten)
        if oorsprong is None or soort in (int, Decimal, date):
            return soort
        return oorsprong[tuple(arg if arg is Ellipsis else self.type(arg) for arg in argumenten)]

    def _unie(self, leden: tuple[Any, ...]) -> Any:
        """`X | None`, or the tagged structs of a union, told apart by their soort."""
        echte = [lid for lid in leden if lid is not types.NoneType]
        if len(echte) == 1:
            return self.type(echte[0]) | None
        gemerkt = tuple(Annotated[self.type(lid), Tag(f"soort={lid.__struct_config__.tag}")] for lid in echte)
        return Annotated[Union[gemerkt], Discriminator(_read_soort)]  # noqa: UP007  (a union of a computed tuple)


def _allows_none(soort: Any) -> bool:
    return get_origin(soort) in (Union, types.UnionType) and types.NoneType in get_args(soort)


def _read_soort(waarde: Any) -> str | None:
    """The tag of a value in a union, in a form that can be no key of a file."""
    soort = waarde.get("soort") if isinstance(waarde, dict) else getattr(waarde, "v_soort", None)
    return None if soort is None else f"soort={soort}"
