"""The schema for editors: made from the models, complete, shipped as it is made, and strict about faults."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from inkoop.definitions.editorschema import (
    DRAFT,
    SCHEMAMAP,
    encode_schema,
    list_bestandssoorten,
    name_schemaregel,
    read_uitleg,
)
from inkoop.definitions.editorschema import make_schema as make_schema_nieuw
from inkoop.definitions.yamlbron import read_yaml

make_schema = cache(make_schema_nieuw)
WORTEL = Path(__file__).resolve().parent.parent.parent
SOORTEN = list(list_bestandssoorten())
EDITIE = WORTEL / "criteria" / "meierij-wmo" / "2020-1.yaml"


def list_meegeleverd() -> Iterator[tuple[Path, str]]:
    """Every definition file that is shipped, with the name of its schema."""
    for pad in sorted((WORTEL / "criteria").rglob("*.yaml")):
        yield pad, "scenario" if pad.parent.name == "scenarios" else "criteria"
    for pad in sorted((WORTEL / "procedures").glob("*.yaml")):
        yield pad, "procedure"


MEEGELEVERD = [pytest.param(pad, naam, id=str(pad.relative_to(WORTEL))) for pad, naam in list_meegeleverd()]


def list_fouten(naam: str, waarde: Any) -> list[jsonschema.ValidationError]:
    return list(jsonschema.Draft7Validator(make_schema(naam)).iter_errors(waarde))


def read(pad: Path) -> Any:
    return json.loads(read_yaml(pad).to_json())


def walk(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for deel in schema.values():
            yield from walk(deel)
    elif isinstance(schema, list):
        for deel in schema:
            yield from walk(deel)


@pytest.mark.parametrize("naam", SOORTEN)
def test_a_shipped_schema_is_what_the_models_give_now(naam: str):
    pad = WORTEL / SCHEMAMAP / f"{naam}.json"
    hint = "Maak de schema's opnieuw: ./run inkoop criteria schema --naar schemas"
    assert pad.is_file(), hint
    assert pad.read_bytes() == encode_schema(make_schema(naam)), hint


def test_no_other_schema_is_shipped():
    assert sorted(pad.stem for pad in (WORTEL / SCHEMAMAP).iterdir()) == sorted(SOORTEN)


@pytest.mark.parametrize("naam", SOORTEN)
def test_a_schema_is_draft_07_that_editors_read(naam: str):
    schema = make_schema(naam)
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == DRAFT
    woorden = {woord for deel in walk(schema) for woord in deel}
    assert not woorden & {"$defs", "discriminator", "oneOf", "anyOf", "default", "prefixItems"}
    beside = [deel for deel in walk(schema) if "$ref" in deel and len(deel) > 1]
    assert beside == [], "draft-07 reads nothing beside a $ref"


@pytest.mark.parametrize("naam", SOORTEN)
def test_every_key_has_a_title_and_an_explanation(naam: str):
    """A new key gets its text in inkoop/definitions/uitleg, under the name of its struct."""
    schema = make_schema(naam)
    blokken = {"(bestand)": schema, **schema["definitions"]}
    zonder = [
        f"{blok}.{sleutel}"
        for blok, inhoud in blokken.items()
        for sleutel, deel in inhoud.get("properties", {}).items()
        if not deel.get("description") or not deel.get("title")
    ]
    assert zonder == [], "Schrijf wat deze sleutels betekenen in inkoop/definitions/uitleg."


@pytest.mark.parametrize("naam", SOORTEN)
def test_no_unknown_key_is_let_through(naam: str):
    schema = make_schema(naam)
    blokken = [schema, *schema["definitions"].values()]
    assert all(blok["additionalProperties"] is False for blok in blokken if "properties" in blok)


def test_every_explanation_is_about_a_key_that_exists():
    bekend: dict[str, set[str]] = {"algemeen": set()}
    for soort in list_bestandssoorten().values():
        bekend.setdefault(soort.model.__name__, set()).update(make_properties(soort.model.__name__))
    for naam in SOORTEN:
        for blok, inhoud in make_schema(naam)["definitions"].items():
            bekend.setdefault(blok, set()).update(inhoud.get("properties", {}))
    alle = {sleutel for sleutels in bekend.values() for sleutel in sleutels}
    over = [
        f"{blok}.{sleutel}"
        for blok, teksten in read_uitleg().items()
        for sleutel in teksten
        if sleutel not in (alle if blok == "algemeen" else bekend.get(blok, set()))
    ]
    assert over == []


def make_properties(modelnaam: str) -> set[str]:
    """The keys at the top of the files whose model has this name."""
    namen = [naam for naam, soort in list_bestandssoorten().items() if soort.model.__name__ == modelnaam]
    return {sleutel for naam in namen for sleutel in make_schema(naam)["properties"]}


@pytest.mark.parametrize("woord", ["the ", "None", "struct", "BP-", "domein "])
def test_an_explanation_is_dutch_for_officers(woord: str):
    teksten = [tekst for blok in read_uitleg().values() for tekst in blok.values()]
    assert [tekst for tekst in teksten if woord in tekst] == []


@pytest.mark.parametrize(("pad", "naam"), MEEGELEVERD)
def test_every_shipped_file_fits_its_schema(pad: Path, naam: str):
    assert [fout.message for fout in list_fouten(naam, read(pad))] == []


@pytest.mark.parametrize(("pad", "naam"), MEEGELEVERD)
def test_every_shipped_file_names_its_schema_in_its_first_line(pad: Path, naam: str):
    omhoog = "/".join([".."] * (len(pad.relative_to(WORTEL).parts) - 1))
    regel = name_schemaregel(naam, f"{omhoog}/{SCHEMAMAP}")
    eerste = pad.read_text().splitlines()[0]
    assert eerste == regel, f"Zet als eerste regel in {pad.name}: {regel}"
    assert (pad.parent / eerste.split("$schema=")[1]).resolve().is_file()


FOUTEN = [
    ("soort: verklaring", "soort: verklarng"),
    ("groep: formeel", "groeep: formeel"),
    ("groep: formeel", "groep: formele eis"),
    ("    herstelbaar: bewijs_bestond_al\n", ""),
    ("      peilmoment: indiening\n", ""),
    ("peilmoment: indiening", "peilmoment: sluting"),
    ("op_naam: ja", "op_naam: jawel"),
    ("max_leeftijd_maanden: 6", 'max_leeftijd_maanden: "6"'),
    ("max_leeftijd_maanden: 6", "max_leeftijd_maanden: zes"),
    ("momenten: [toelating, bij_wijziging]", "momenten: toelating"),
    ("alleen: alles", "alleen: alle"),
    ("kenmerken: [verblijf]", "kenmerk: [verblijf]"),
    ("van: 2021-01-01", "van: 1 januari"),
    ("registers: [VECOZO, AGB]", "registers: VECOZO"),
    ("soort: een_van", "soort: alle_van\n      delen_extra: 1"),
    ("minimum_clienten: 1", "minimum: 1"),
    ("tekst: Is het keurmerk toegekend", "tekst: ''\n          vraag: Is het keurmerk toegekend"),
    ("criteria:", "criterium:"),
]


@pytest.mark.parametrize(("oud", "nieuw"), FOUTEN)
def test_a_fault_that_people_make_is_refused_by_the_schema_too(tmp_path: Path, oud: str, nieuw: str):
    tekst = EDITIE.read_text()
    assert oud in tekst
    pad = tmp_path / "fout.yaml"
    pad.write_text(tekst.replace(oud, nieuw, 1))
    assert list_fouten("criteria", json.loads(read_yaml(pad).to_json())) != []


@pytest.mark.parametrize(("pad", "naam"), MEEGELEVERD)
def test_a_misspelled_key_anywhere_is_refused_by_the_schema(pad: Path, naam: str):
    """Every key of every shipped file, once wherever it stands; keys that people choose themselves are free."""
    waarde = read(pad)
    validator = jsonschema.Draft7Validator(make_schema(naam))
    plekken = {tuple("-" if isinstance(stap, int) else stap for stap in plek): plek for plek in list_sleutels(waarde)}
    gemist = []
    for plek in plekken.values():
        blok = waarde
        for stap in plek[:-1]:
            blok = blok[stap]
        inhoud = blok.pop(plek[-1])
        blok[f"{plek[-1]}x"] = inhoud
        if validator.is_valid(waarde):
            gemist.append(plek)
        del blok[f"{plek[-1]}x"]
        blok[plek[-1]] = inhoud
    assert [plek for plek in gemist if plek[-2] not in list_vrije_blokken()] == []


@cache
def list_vrije_blokken() -> frozenset[str]:
    """Blocks whose keys people choose themselves: those of which the schema knows only what the values are."""
    return frozenset(
        sleutel
        for naam in SOORTEN
        for deel in walk(make_schema(naam))
        for sleutel, inhoud in deel.get("properties", {}).items()
        if isinstance(inhoud, dict)
        and (isinstance(inhoud.get("additionalProperties"), dict) or "patternProperties" in inhoud)
    )


def list_sleutels(waarde: Any, plek: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(waarde, dict):
        for sleutel, deel in waarde.items():
            yield (*plek, sleutel)
            yield from list_sleutels(deel, (*plek, sleutel))
    elif isinstance(waarde, list):
        for nummer, deel in enumerate(waarde):
            yield from list_sleutels(deel, (*plek, nummer))
