import re
import types
from enum import StrEnum
from typing import Union, get_args, get_origin

import msgspec
import pytest

from inkoop.definitions.procedure import load_procedure
from inkoop.definitions.procedurecontrole import ALLE_PRESTATIES
from inkoop.domain.bevoegdheid import MATRIX
from inkoop.domain.criteria.criterium import Gebied
from inkoop.domain.fasen import STAPUITKOMSTEN
from inkoop.domain.handeling import Handeling
from inkoop.domain.instroom import Periodiciteit
from inkoop.domain.looptijd import Verlengingswijze
from inkoop.domain.mandaat import Onderwerp
from inkoop.domain.procedure import Proceduredefinitie

FILLED_BY_THE_LOADER = {(Proceduredefinitie, "naam"), (Proceduredefinitie, "hash")}


def list_parts(type_):
    """Every struct and enum that a type is made of."""
    if get_origin(type_) in (Union, types.UnionType, tuple, dict):
        for deel in get_args(type_):
            yield from list_parts(deel)
    elif isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        yield type_
        for veld in msgspec.structs.fields(type_):
            yield from list_parts(veld.type)
    elif isinstance(type_, type) and issubclass(type_, StrEnum):
        yield type_


PARTS = list(dict.fromkeys(list_parts(Proceduredefinitie)))
KEYS = sorted(
    (struct.__name__, veld.name)
    for struct in PARTS
    if issubclass(struct, msgspec.Struct)
    for veld in msgspec.structs.fields(struct)
    if (struct, veld.name) not in FILLED_BY_THE_LOADER
)
WORDS = sorted(
    {str(woord) for soort in PARTS if issubclass(soort, StrEnum) for woord in soort}
    | {str(woord) for soort in (Onderwerp, Periodiciteit, Verlengingswijze) for woord in soort}
    | {str(rol) for rol in MATRIX[Handeling.STAP_VASTLEGGEN].rollen}
    | {woord for paar in STAPUITKOMSTEN.values() for woord in (paar.door, paar.stop) if woord}
    | {ALLE_PRESTATIES}
)


@pytest.fixture(scope="module")
def uitleg(checkout):
    """The manual without its code blocks: a key must be explained, not only used."""
    tekst = (checkout / "docs" / "handleiding" / "procedure.md").read_text(encoding="utf-8")
    return re.sub(r"```.*?```", "", tekst, flags=re.DOTALL)


def test_the_walk_reaches_the_deepest_blocks():
    assert Gebied in PARTS
    assert ("Addendumcyclus", "concept_uiterlijk") in KEYS
    assert len(KEYS) > 100


@pytest.mark.parametrize(("struct", "sleutel"), KEYS)
def test_the_manual_explains_each_key(uitleg, struct, sleutel):
    assert f"`{sleutel}`" in uitleg


@pytest.mark.parametrize("woord", WORDS)
def test_the_manual_explains_each_word_that_can_be_chosen(uitleg, woord):
    assert f"`{woord}`" in uitleg


def test_the_example_in_the_manual_is_a_whole_procedure_that_loads(checkout, tmp_path):
    tekst = (checkout / "docs" / "handleiding" / "procedure.md").read_text(encoding="utf-8")
    (voorbeeld,) = re.findall(r"```yaml\n(.*?)```", tekst, flags=re.DOTALL)
    pad = tmp_path / "dagbesteding-zuid.yaml"
    pad.write_text(voorbeeld, encoding="utf-8")
    assert load_procedure(pad).naam == "dagbesteding-zuid"
