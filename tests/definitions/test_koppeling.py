"""A mapping of columns: every fault by its place, with a suggestion."""

from __future__ import annotations

from pathlib import Path

import pytest

from inkoop.definitions.koppeling import Kolomsoort, load_koppeling
from inkoop.definitions.yamlbron import DefinitieError

GOED = """platform: Voorbeeld
referentie: {kolom: Nummer}
ontvangen_op: {kolom: Ingediend}
formulier: aanmelding.xlsx
"""


def load(tmp_path: Path, tekst: str):
    (tmp_path / "k.yaml").write_text(tekst)
    return load_koppeling(tmp_path / "k.yaml")


def test_a_mapping_lists_every_column_that_it_asks_for(tmp_path: Path) -> None:
    tekst = GOED.replace(
        "formulier: aanmelding.xlsx", "aanmelding:\n  naam: {kolom: Naam}\n  leden: [{kvk: {kolom: KvK}}]"
    )
    koppeling = load(tmp_path, tekst)
    assert [kolom.kolom for kolom in koppeling.list_kolommen()] == ["Nummer", "Ingediend", "Naam", "KvK"]
    assert koppeling.aanmelding["naam"].soort is Kolomsoort.TEKST


@pytest.mark.parametrize(
    ("oud", "nieuw", "zegt"),
    [
        ("referentie:", "referntie:", "k.yaml:2:1: De sleutel 'referntie' is hier onbekend. Bedoelt u \"referentie\"?"),
        ("referentie: {kolom: Nummer}\n", "", "De sleutel 'referentie' ontbreekt."),
        ("{kolom: Nummer}", "Nummer", "k.yaml:2:13: Noem hier een kolom"),
        ("{kolom: Nummer}", "{kolom: Nummer, sort: dag}", "k.yaml:2:29: De sleutel 'sort' hoort niet bij een kolom."),
        ("{kolom: Nummer}", "{kolom: Nummer, soort: datum}", "Deze soort bestaat niet."),
        ("formulier: aanmelding.xlsx\n", "", "Geef 'formulier'"),
        ("formulier: aanmelding.xlsx\n", "formulier: a.xlsx\naanmelding: {naam: x}\n", "niet beide"),
        ("formulier:", "kopregel: 0\nformulier:", "k.yaml:4:11: Hier hoort het nummer van de regel"),
        ("formulier:", "overige_bestanden: weg\nformulier:", "Schrijf 'weigeren' of 'bewaren'."),
    ],
)
def test_a_fault_is_named_by_its_place(tmp_path: Path, oud: str, nieuw: str, zegt: str) -> None:
    with pytest.raises(DefinitieError) as fout:
        load(tmp_path, GOED.replace(oud, nieuw))
    assert zegt in str(fout.value)
