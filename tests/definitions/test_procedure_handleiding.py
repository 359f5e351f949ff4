import re
import types
from datetime import date
from enum import StrEnum
from pathlib import Path
from textwrap import indent
from typing import Union, get_args, get_origin

import msgspec
import pytest

from inkoop.definitions.feestdagen import load_feestdagen
from inkoop.definitions.looptijdcontrole import OVEREENKOMSTSOORTEN
from inkoop.definitions.procedure import load_procedure, procedure_model
from inkoop.definitions.procedurecontrole import ALLE_PRESTATIES
from inkoop.definitions.spiegel import Bestandsvorm, build_model, convert, fill
from inkoop.definitions.yamlbron import read_yaml
from inkoop.domain.aanbod import Schaal, Tariefeenheid
from inkoop.domain.bevoegdheid import MATRIX
from inkoop.domain.criteria.criterium import Gebied
from inkoop.domain.fasen import STAPUITKOMSTEN
from inkoop.domain.handeling import Handeling
from inkoop.domain.instroom import Periodiciteit, check_ronde
from inkoop.domain.looptijd import Verlengingswijze
from inkoop.domain.mandaat import Onderwerp
from inkoop.domain.overeenkomstdelen import Contractplicht, Implementatiepunt, Indexmethode
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.selectie import LOTING

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
    | {str(woord) for soort in (Tariefeenheid, Onderwerp, Periodiciteit, Schaal, Verlengingswijze) for woord in soort}
    | {str(rol) for rol in MATRIX[Handeling.STAP_VASTLEGGEN].rollen}
    | {woord for paar in STAPUITKOMSTEN.values() for woord in (paar.door, paar.stop) if woord}
    | {ALLE_PRESTATIES, LOTING, *OVEREENKOMSTSOORTEN}
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


BLOK = re.compile(r"^```yaml ?(?P<soort>[a-z_]*)\n(?P<tekst>.*?)^```$", re.MULTILINE | re.DOTALL)
BINNEN = {
    "rondes": ("instroom", "periodiciteit: eenmalig\nrondes:\n"),
    "rooster": ("instroom", "periodiciteit: halfjaar\nrooster:\n"),
}
"""Where a block of the manual stands when it is no block at the top of a file."""


def list_blokken():
    tekst = (Path(__file__).resolve().parents[2] / "docs" / "handleiding" / "procedure.md").read_text(encoding="utf-8")
    return [(blok["soort"], blok["tekst"]) for blok in BLOK.finditer(tekst)]


(VOLLEDIG,) = [tekst for soort, tekst in list_blokken() if not soort]
DELEN = [
    pytest.param(soort, tekst, id=f"{n}-{soort}")
    for n, (soort, tekst) in enumerate(list_blokken())
    if soort and soort not in ("indexmethode", "plichten", "implementatie")
]


def write_with(pad, soort, tekst):
    """The whole example with one block replaced by, or extended with, a block of the manual."""
    sleutel, kop = BINNEN.get(soort, (soort, ""))
    inhoud = kop + (indent(tekst, "  ") if kop else tekst)
    zonder = re.sub(rf"^{sleutel}:.*?(?=^\S)", "", VOLLEDIG, flags=re.MULTILINE | re.DOTALL)
    pad.write_text(f"{zonder}{sleutel}:\n{indent(inhoud, '  ')}", encoding="utf-8")
    return pad


@pytest.mark.parametrize(("soort", "tekst"), DELEN)
def test_each_part_in_the_manual_has_the_form_of_a_procedure(tmp_path, soort, tekst):
    assert fill(read_yaml(write_with(tmp_path / "deel.yaml", soort, tekst)), procedure_model())


@pytest.mark.parametrize("tekst", [tekst for soort, tekst in list_blokken() if soort == "looptijd"])
def test_each_term_in_the_manual_makes_a_whole_procedure(tmp_path, tekst):
    assert load_procedure(write_with(tmp_path / "deel.yaml", "looptijd", tekst)).looptijd.ingang == date(2027, 1, 1)


@pytest.mark.parametrize("soort", ["rooster", "kwalificatietoets", "overgang", "voorgangers", "bewaarregels"])
def test_parts_that_need_nothing_else_make_a_whole_procedure(tmp_path, soort):
    (tekst,) = [tekst for naam, tekst in list_blokken() if naam == soort]
    bestand = write_with(tmp_path / "deel.yaml", soort, tekst.replace("{1A: 4200000, 1B: 2600000}", "{DB: 4200000}"))
    assert load_procedure(bestand).naam == "deel"


def test_the_round_with_a_dialogue_in_the_manual_can_stand(tmp_path):
    (tekst,) = [tekst for naam, tekst in list_blokken() if naam == "rondes"]
    gevuld = fill(read_yaml(write_with(tmp_path / "deel.yaml", "rondes", tekst)), procedure_model())
    definitie = convert({**gevuld, "naam": "deel", "hash": ""}, Proceduredefinitie)
    assert check_ronde(definitie.instroom.rondes[0], definitie.termijnen, load_feestdagen(2026, 2028)) == []


def test_the_index_method_in_the_manual_is_read(tmp_path):
    (tekst,) = [tekst for naam, tekst in list_blokken() if naam == "indexmethode"]
    pad = tmp_path / "index.yaml"
    pad.write_text(tekst, encoding="utf-8")
    assert fill(read_yaml(pad), build_model(Indexmethode, Bestandsvorm()))


def test_the_duty_in_the_manual_is_read(tmp_path):
    (tekst,) = [tekst for naam, tekst in list_blokken() if naam == "plichten"]
    pad = tmp_path / "plicht.yaml"
    pad.write_text(re.sub(r"^(- |  )", "", tekst, flags=re.MULTILINE), encoding="utf-8")
    assert fill(read_yaml(pad), build_model(Contractplicht, Bestandsvorm()))


def test_the_point_of_a_start_in_the_manual_is_read(tmp_path):
    (tekst,) = [tekst for naam, tekst in list_blokken() if naam == "implementatie"]
    pad = tmp_path / "punt.yaml"
    pad.write_text(re.sub(r"^(- |  )", "", tekst, flags=re.MULTILINE), encoding="utf-8")
    assert fill(read_yaml(pad), build_model(Implementatiepunt, Bestandsvorm()))


def test_the_example_in_the_manual_is_a_whole_procedure_that_loads(tmp_path):
    pad = tmp_path / "dagbesteding-zuid.yaml"
    pad.write_text(VOLLEDIG, encoding="utf-8")
    assert load_procedure(pad).naam == "dagbesteding-zuid"
