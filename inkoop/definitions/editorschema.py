"""JSON Schema (draft-07) of the files that people write, made from the models that read them.

An editor shows with it what a key means, completes keys and choices, and underlines faults while somebody
types. It is made from the same strict models as `controleer` uses, so a new kind or key is in it by itself;
what a schema cannot say (regions that exist, days in order) is left to `controleer`.

The texts per key stand in one place, the folder `uitleg` beside this module.

Bron: metingen, Criteria (editors read draft-07 and no `discriminator`: rewrite to if/then per soort).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core import core_schema

from inkoop.definitions.aanmelding import aanmelding_model
from inkoop.definitions.aanvulling import aanvulling_model
from inkoop.definitions.criteriaset import criteriaset_model
from inkoop.definitions.dossier import dossier_model
from inkoop.definitions.model import Definitiemodel
from inkoop.definitions.procedure import procedure_model
from inkoop.definitions.scenario import scenario_model
from inkoop.definitions.yamlbron import read_yaml

Schema: TypeAlias = dict[str, Any]

UITLEG = Path(__file__).with_name("uitleg")
DRAFT = "http://json-schema.org/draft-07/schema#"
SCHEMAMAP = "schemas"
"""The folder beside `criteria/` and `procedures/` in which the schemas are kept."""

_ALGEMEEN = "algemeen"
_SOORT = "soort="


class Bestandssoort(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of file that people write: its title and the model that reads it."""

    titel: str
    model: type[Definitiemodel]


@cache
def list_bestandssoorten() -> Mapping[str, Bestandssoort]:
    """Every kind of file that has a schema, by the name of the schema."""
    return {
        "criteria": Bestandssoort(titel="Criteriaset (één editie)", model=criteriaset_model()),
        "scenario": Bestandssoort(titel="Scenario bij een criteriaset", model=scenario_model()),
        "dossier": Bestandssoort(titel="Dossierbestand", model=dossier_model()),
        "aanmelding": Bestandssoort(titel="Aanmeldingsbestand", model=aanmelding_model()),
        "aanvulling": Bestandssoort(titel="Aanvullingsbestand", model=aanvulling_model()),
        "procedure": Bestandssoort(titel="Procedure", model=procedure_model()),
    }


def make_schema(naam: str) -> Schema:
    """The schema of one kind of file. Raises KeyError for a name that `list_bestandssoorten` does not have."""
    soort = list_bestandssoorten()[naam]
    schema = soort.model.model_json_schema(
        by_alias=True, ref_template="#/definitions/{model}", schema_generator=Schemamaker
    )
    definities = schema.pop("$defs", {})
    return {"$schema": DRAFT, **schema, "title": soort.titel, "definitions": definities}


def encode_schema(schema: Schema) -> bytes:
    """The bytes of a schema file: the same for the same model."""
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"


def name_schemaregel(naam: str, map_: str) -> str:
    """The first line of a file of this kind; `map_` is the path from the file to the folder with schemas."""
    return f"# yaml-language-server: $schema={map_}/{naam}.json"


@cache
def read_uitleg() -> Mapping[str, Mapping[str, str]]:
    """What every key means in Dutch, by the name of the model it belongs to; `algemeen` holds for any model."""
    return {naam: teksten for pad in sorted(UITLEG.glob("*.yaml")) for naam, teksten in read_yaml(pad).waarde.items()}


def find_uitleg(model: type[Definitiemodel], sleutel: str) -> str | None:
    """What a key of a model means: its own text, that of the model it extends, or the general one."""
    for naam in (*(soort.__name__ for soort in model.__mro__), _ALGEMEEN):
        if tekst := read_uitleg().get(naam, {}).get(sleutel):
            return tekst
    return None


class Schemamaker(GenerateJsonSchema):
    """Pydantic's own schema, rewritten for editors: Dutch, draft-07, if/then per soort, no null, no defaults."""

    def generate(self, schema: core_schema.CoreSchema, mode: JsonSchemaMode = "validation") -> Schema:
        """The whole schema; what is read is described, never what is written."""
        return super().generate(schema, mode="validation")

    def model_schema(self, schema: core_schema.ModelSchema) -> Schema:
        """A mapping: each of its keys with a title and what it means."""
        gemaakt = super().model_schema(schema)
        gemaakt.pop("title", None)
        gemaakt.pop("description", None)
        model: type[Definitiemodel] = schema["cls"]
        gemaakt["properties"] = {
            sleutel: _describe(model, sleutel, inhoud) for sleutel, inhoud in gemaakt.get("properties", {}).items()
        }
        return gemaakt

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> Schema:
        """Kinds told apart by their `soort` with if/then; a word beside a mapping told apart by its form."""
        keuzes = {str(merk): self.generate_inner(keuze) for merk, keuze in schema["choices"].items()}
        woorden = [keuze["const"] for keuze in keuzes.values() if "const" in keuze]
        if woorden:
            (blok,) = [keuze for keuze in keuzes.values() if "const" not in keuze]
            return {"if": {"type": "string"}, "then": {"enum": woorden}, "else": blok}
        soorten = {merk.removeprefix(_SOORT): keuze for merk, keuze in keuzes.items()}
        return {
            "type": "object",
            "required": ["soort"],
            "properties": {
                "soort": {
                    "enum": list(soorten),
                    "title": "Soort",
                    "description": read_uitleg()[_ALGEMEEN]["soort"],
                }
            },
            "allOf": [
                {"if": {"properties": {"soort": {"const": merk}}, "required": ["soort"]}, "then": keuze}
                for merk, keuze in soorten.items()
            ],
        }

    def nullable_schema(self, schema: core_schema.NullableSchema) -> Schema:
        """A file has no word for nothing: what may be nothing is left out."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> Schema:
        """Without the default: it says nothing to who writes the file."""
        return self.generate_inner(schema["schema"])

    def enum_schema(self, schema: core_schema.EnumSchema) -> Schema:
        """The choices, without the name and explanation of the programmer."""
        return {"enum": [lid.value for lid in schema["members"]]}

    def literal_schema(self, schema: core_schema.LiteralSchema) -> Schema:
        """One word, or some."""
        woorden = schema["expected"]
        return {"const": woorden[0]} if len(woorden) == 1 else {"enum": list(woorden)}

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> Schema:
        """A number as it is typed; between quotes it is a number too."""
        return {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}

    def date_schema(self, schema: core_schema.DateSchema) -> Schema:
        """A day; the pattern works in editors that know no formats."""
        return {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> Schema:
        """An instant with its time zone."""
        patroon = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2})?.*([Zz]|[+-][0-9]{2}:[0-9]{2})$"
        return {"type": "string", "pattern": patroon}


def _describe(model: type[Definitiemodel], sleutel: str, inhoud: Schema) -> Schema:
    """A key with its title and meaning; beside a `$ref` draft-07 reads nothing, so that goes into `allOf`."""
    tekst = find_uitleg(model, sleutel)
    kaal = {naam: deel for naam, deel in inhoud.items() if naam not in ("title", "description")}
    vorm: Schema = {"allOf": [kaal]} if "$ref" in kaal else kaal
    return {"title": _make_titel(sleutel), **({"description": tekst} if tekst else {}), **vorm}


def _make_titel(sleutel: str) -> str:
    woorden = sleutel.replace("_", " ")
    return woorden[:1].upper() + woorden[1:]
