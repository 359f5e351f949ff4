"""Say in Dutch, at a place in the file, what pydantic found wrong.

Bron: conventies "Errors" (what is wrong, where, what to do next).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel, ValidationError

from inkoop.definitions.fout import Fout
from inkoop.definitions.modelpad import Loc, list_sleutels, walk_model
from inkoop.definitions.suggestie import find_naaste, suggest


class Plaatsgever(Protocol):
    """What can make a fault at a path (Yamlbron)."""

    def fout(self, loc: Loc, tekst: str, *, sleutel: bool = False) -> Fout:
        """A fault at the value or the key at `loc`."""


class Modelfout(NamedTuple):
    """An error of pydantic: its path, what stood there, its details, and the keys known beside it."""

    loc: Loc
    invoer: Any
    ctx: Mapping[str, Any]
    msg: str
    bekend: tuple[str, ...]


_DATUM = "Hier hoort een datum, geschreven als jaar-maand-dag: 2020-03-31."
_TIJDSTIP = "Hier hoort een tijdstip met tijdzone, zoals 2020-03-31T23:59:59+02:00."
_GETAL = "Hier hoort een getal met een punt voor de decimalen, zoals 412.50."
_GEHEEL = "Hier hoort een geheel getal, zonder aanhalingstekens."
_LIJST = "Hier hoort een lijst: [een, twee], of regels die met - beginnen."
_BLOK = "Hier horen sleutels met waarden, elk op een eigen regel."

_TEKSTEN: Mapping[str, str] = {
    "int_type": _GEHEEL,
    "int_parsing": _GEHEEL,
    "int_from_float": _GEHEEL,
    "float_type": _GETAL,
    "float_parsing": _GETAL,
    "decimal_type": _GETAL,
    "decimal_parsing": _GETAL,
    "is_instance_of": "Deze waarde heeft de verkeerde vorm.",
    "date_type": _DATUM,
    "date_parsing": _DATUM,
    "date_from_datetime_parsing": _DATUM,
    "date_from_datetime_inexact": _DATUM,
    "datetime_type": _TIJDSTIP,
    "datetime_parsing": _TIJDSTIP,
    "datetime_from_date_parsing": _TIJDSTIP,
    "timezone_aware": "Bij dit tijdstip ontbreekt de tijdzone. Schrijf bijvoorbeeld 2020-03-31T23:59:59+02:00.",
    "time_parsing": "Hier hoort een tijd tussen aanhalingstekens, zoals '23:59'.",
    "bool_type": "Schrijf hier 'ja' of 'nee'.",
    "bool_parsing": "Schrijf hier 'ja' of 'nee'.",
    "tuple_type": _LIJST,
    "list_type": _LIJST,
    "set_type": _LIJST,
    "frozen_set_type": _LIJST,
    "dict_type": _BLOK,
    "mapping_type": _BLOK,
    "model_type": _BLOK,
    "model_attributes_type": _BLOK,
    "dataclass_type": _BLOK,
    "string_too_short": "Hier hoort tekst; dit is te kort of leeg.",
    "string_too_long": "Deze tekst is te lang.",
    "too_long": "Deze lijst is te lang.",
    "union_tag_not_found": "De verplichte sleutel 'soort' ontbreekt.",
    "too_short": "Deze lijst is leeg of te kort.",
}


def _translate_ontbreekt(fout: Modelfout) -> str:
    return f"De verplichte sleutel '{fout.loc[-1]}' ontbreekt."


def _translate_onbekend(fout: Modelfout) -> str:
    sleutel = str(fout.loc[-1])
    return f"De sleutel '{sleutel}' is hier niet bekend.{suggest(sleutel, fout.bekend)}"


def _translate_keuze(fout: Modelfout) -> str:
    keuzes = re.findall(r"'((?:[^'\\]|\\.)*)'", str(fout.ctx["expected"]))
    if keuzes == ["alles"] and not find_naaste(str(fout.invoer), keuzes):
        return f"Schrijf hier 'alles', of noem waar '{fout.invoer}' bij hoort, zoals {{percelen: [1A]}}."
    return f"De waarde '{fout.invoer}' is hier niet bekend.{suggest(str(fout.invoer), keuzes)}"


def _translate_soort(fout: Modelfout) -> str:
    keuzes = [keuze.removeprefix("soort=") for keuze in re.findall(r"'([^']*)'", str(fout.ctx["expected_tags"]))]
    soort = str(fout.ctx["tag"]).removeprefix("soort=")
    return f"De soort '{soort}' is niet bekend.{suggest(soort, keuzes)}"


def _translate_tekst(fout: Modelfout) -> str:
    if isinstance(fout.invoer, int | float):
        return f"Hier hoort tekst. Zet er aanhalingstekens om: '{fout.invoer}'."
    return "Hier hoort tekst."


def _translate_grens(fout: Modelfout) -> str:
    ctx = fout.ctx
    woorden = {"ge": "ten minste", "gt": "meer dan", "le": "ten hoogste", "lt": "minder dan"}
    grens = " en ".join(f"{woord} {ctx[naam]}" for naam, woord in woorden.items() if naam in ctx)
    return f"Dit getal moet {grens} zijn."


def _translate_patroon(fout: Modelfout) -> str:
    return f"De waarde '{fout.invoer}' heeft niet de vorm die hier gevraagd wordt ({fout.ctx['pattern']})."


def _translate_eigen(fout: Modelfout) -> str:
    """A sentence of our own: a ValueError or PydanticCustomError of a validator."""
    return str(fout.msg).removeprefix("Value error, ")


_VERTALERS: Mapping[str, Callable[[Modelfout], str]] = {
    "missing": _translate_ontbreekt,
    "extra_forbidden": _translate_onbekend,
    "enum": _translate_keuze,
    "literal_error": _translate_keuze,
    "union_tag_invalid": _translate_soort,
    "string_type": _translate_tekst,
    "greater_than": _translate_grens,
    "greater_than_equal": _translate_grens,
    "less_than": _translate_grens,
    "less_than_equal": _translate_grens,
    "string_pattern_mismatch": _translate_patroon,
    "value_error": _translate_eigen,
    "ja_nee": _translate_eigen,
    "eigen": _translate_eigen,
}


def _find_verschreven_soort(blok: object) -> str | None:
    """The key that is a slip of the pen for `soort`, in a block that has none."""
    sleutels = [str(sleutel) for sleutel in blok] if isinstance(blok, Mapping) else []
    return next((sleutel for sleutel in sleutels if find_naaste(sleutel, ["soort"])), None)


def translate_errors(error: ValidationError, model: type[BaseModel], bron: Plaatsgever) -> Iterator[Fout]:
    """Every error of pydantic as a fault with its place."""
    for gevonden in error.errors(include_url=False):
        soort, loc = gevonden["type"], gevonden["loc"]
        ouder = walk_model(model, loc[:-1])
        fout = Modelfout(
            loc, gevonden["input"], gevonden.get("ctx", {}), gevonden["msg"], list_sleutels(ouder.verwacht)
        )
        plaats = ouder.loc if soort == "missing" else walk_model(model, loc).loc
        if soort == "union_tag_invalid":
            plaats = (*plaats, "soort")
        if soort == "union_tag_not_found" and (verschreven := _find_verschreven_soort(fout.invoer)):
            tekst = f"De sleutel '{verschreven}' is hier niet bekend. Bedoelt u \"soort\"?"
            yield bron.fout((*plaats, verschreven), tekst, sleutel=True)
            continue
        vertaler = _VERTALERS.get(soort)
        tekst = vertaler(fout) if vertaler else _TEKSTEN.get(soort, "Deze waarde past hier niet.")
        yield bron.fout(plaats, tekst, sleutel=soort == "extra_forbidden")
