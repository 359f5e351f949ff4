"""The metadata of a template: strict, with a line for each fault; required fields named one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader

from inkoop.documents.controles import CONTROLES
from inkoop.documents.fouten import SjabloonError
from inkoop.documents.lezer import RICHTLIJNEN
from inkoop.documents.metagegevens import Documentvorm, Metagegevens, find_ontbrekend, read_metagegevens
from inkoop.documents.omgeving import Sjabloonomgeving
from tests.documents.proefsjabloon import METAGEGEVENS, write_bron


def _fouten(map_: Path, **meta: str) -> list[str]:
    with pytest.raises(SjabloonError) as gevangen:
        read_metagegevens(write_bron(map_, "# A\n", meta=meta), "proef")
    return [str(fout).replace(f"{map_}/proef/metagegevens.yaml:", "") for fout in gevangen.value.fouten]


def test_metadata_is_read(tmp_path: Path) -> None:
    meta = read_metagegevens(write_bron(tmp_path, "# A\n", genummerd="ja"), "proef")
    assert (meta.soort, meta.versie, bool(meta.genummerd), bool(meta.inhoudsopgave)) == (
        Documentvorm.BRIEF,
        "1.0",
        True,
        False,
    )


@pytest.mark.parametrize("sleutel", sorted(METAGEGEVENS))
def test_no_key_has_a_default(tmp_path: Path, sleutel: str) -> None:
    assert f"1: De sleutel '{sleutel}' ontbreekt." in _fouten(tmp_path, **{sleutel: ""})


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_key(tmp_path: Path) -> None:
    assert _fouten(tmp_path, gebeurtenissen="x") == ["15: Onbekende sleutel 'gebeurtenissen'. Bedoelt u 'gebeurtenis'?"]


@pytest.mark.parametrize(
    ("sleutel", "waarde", "verwacht"),
    [
        ("soort", "fax", "brief, besluit, overeenkomst, bijlage"),
        ("genummerd", "yes", "ja of nee"),
        ("versie", "1.0", "tekst tussen aanhalingstekens"),
        ("controles", "geen-bezwaar", "een lijst namen"),
    ],
)
def test_a_value_of_another_kind_says_what_is_expected(
    tmp_path: Path, sleutel: str, waarde: str, verwacht: str
) -> None:
    (fout,) = _fouten(tmp_path, **{sleutel: waarde})
    assert fout.startswith(f"{list(METAGEGEVENS).index(sleutel) + 1}: De waarde bij '{sleutel}'")
    assert verwacht in fout


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# A\n")
    pad = tmp_path / "proef" / "metagegevens.yaml"
    pad.write_text(pad.read_text() + "titel: nog een\n")
    with pytest.raises(SjabloonError, match="15: Deze sleutel staat er twee keer"):
        read_metagegevens(bron, "proef")


def test_each_required_field_without_value_is_named_by_path_and_label(tmp_path: Path) -> None:
    velden = "{a.b: naam van a, lijst.x: de x, leeg: lege lijst, nul: getal}"
    meta = read_metagegevens(write_bron(tmp_path, "# A\n", verplichte_velden=velden), "proef")
    gegevens = {"a": {"b": " "}, "lijst": [{"x": "1"}, {"x": None}, {}], "leeg": [], "nul": 0}
    assert [(veld.pad, veld.label) for veld in find_ontbrekend(meta, gegevens)] == [
        ("a.b", "naam van a"),
        ("lijst[2].x", "de x"),
        ("lijst[3].x", "de x"),
        ("leeg", "lege lijst"),
    ]


def test_the_manual_names_every_key_filter_block_and_gate() -> None:
    handleiding = (Path(__file__).parents[2] / "docs" / "handleiding" / "sjablonen.md").read_text(encoding="utf-8")
    omgeving = Sjabloonomgeving(DictLoader({}), {})
    filters = {naam for naam in omgeving.filters if not naam.startswith("_")} - {"d"}
    namen = {*Metagegevens.__struct_fields__, *filters, *CONTROLES, *Documentvorm}
    assert {naam for naam in namen if f"`{naam}" not in handleiding} == set()
    assert {naam for naam in RICHTLIJNEN if f"`::: {naam}" not in handleiding} == set()
