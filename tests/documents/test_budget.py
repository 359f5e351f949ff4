"""Templates of strangers: what would fill memory or time is stopped, with the line that asks for it."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from inkoop.documents.fouten import (
    ControleError,
    Controlefout,
    OntbrekendeVeldenError,
    OntbrekendVeld,
    Plaats,
    SjabloonError,
)
from inkoop.documents.sjabloon import Sjabloonbron
from tests.documents.proefsjabloon import read_boom, write_bron


@pytest.mark.parametrize(
    "tekst",
    [
        "{{ 'x' * 10**9 }}",
        "{{ 'x' * 1000000000 }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ [1] * 1000000000 }}",
        "{% set a = 9999999999 %}{% set a = a*a %}{% set a = a*a %}{% set a = a*a %}{{ a }}",
        "{{ range(1000000000) | sum }}",
        "{% for i in range(40000) %}{{ range(90000) | sum }}{% endfor %}",
        "{% for i in range(600) %}{% for j in range(600) %}x{% endfor %}{% endfor %}",
        "{{ 1 | round(1000000000) }}",
        "{% set a = 'xxxxxxxxxx' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{% set a = [naam] %}{% set b = [naam] %}"
        + "{% set a = [a, a] %}{% set b = [b, b] %}" * 40
        + "{% if a == b %}x{% endif %}",
        "{% set a = {'k': naam} %}" + "{% set a = {'k': a, 'l': a} %}" * 40 + "{{ a == {'k': a} }}",
        "{% set a = (naam, naam) %}" + "{% set a = (a, a) | list %}" * 40 + "{{ [a, a] | unique | list | length }}",
        "{% set a = [blok] %}" + "{% set a = [a, a] | groupby(0) | first %}" * 40 + "{{ a == a }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ range.__globals__ }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../pyproject.toml' %}",
        "{% import 'http://example.org/x.md' as x %}",
        "{{ naam.__init__ }}",
        "{{ cycler('a') }}",
        "{{ self }}{{ self._TemplateReference__context }}",
    ],
)
def test_a_hostile_template_is_stopped_with_its_place(tmp_path: Path, tekst: str) -> None:
    bron = write_bron(tmp_path, f"# Titel\n\n{tekst}\n")
    assert _is_stopped(bron), "it printed something"


def _is_stopped(bron: Sjabloonbron) -> bool:
    """Refused with the file that asks for it, or a field that does not exist: then no document is made."""
    try:
        gevuld = bron.fill("proef", {"naam": "x"})
    except SjabloonError as fout:
        return all(deel.plaats.bestand.endswith("sjabloon.md") for deel in fout.fouten)
    return bool(gevuld.ontbrekend)


@pytest.mark.parametrize("tekst", ["![x](file:///etc/passwd)", "<img src='http://example.org'>", "[x](http://a.b)"])
def test_a_template_points_at_nothing_outside(tmp_path: Path, tekst: str) -> None:
    with pytest.raises(SjabloonError, match="hoort niet bij de opmaaktaal"):
        read_boom(write_bron(tmp_path, f"# Titel\n\n{tekst}\n"))


def test_lists_of_values_and_of_lists_of_the_data_stay_possible(tmp_path: Path) -> None:
    tekst = (
        "# A\n\n{{ [naam, 'x'] | join(', ') }}{% for l in [a, b] %}{% for x in l %}{{ x }}{% endfor %}{% endfor %}\n"
    )
    gevuld = write_bron(tmp_path, tekst).fill("proef", {"naam": "n", "a": ["1"], "b": ["2"]})
    assert gevuld.waarden == ("n, x", "1", "2")


def test_ordinary_counting_and_rounding_stay_possible(tmp_path: Path) -> None:
    bron = write_bron(
        tmp_path, "# A\n\n{% for i in range(1, 4) %}{{ i * 1000 }} {% endfor %}{{ 2 | round | aantal }}\n"
    )
    assert bron.fill("proef", {}).waarden == ("1000", "2000", "3000", "2")


def test_a_block_that_is_not_closed_is_named_by_the_line_that_opens_it(tmp_path: Path) -> None:
    tekst = "# A\n\n{% if a %}\n{% for b in c %}\n{% endfor %}\n\nslot\n"
    with pytest.raises(SjabloonError, match=r"sjabloon.md:3: Een \{% if %\} of \{% for %\} is niet gesloten"):
        write_bron(tmp_path, tekst).fill("proef", {})


@pytest.mark.parametrize(
    "fout",
    [
        OntbrekendeVeldenError("brief", [OntbrekendVeld(pad="a.b", label="de b")]),
        ControleError("brief", [Controlefout(controle="x", plaats=Plaats("a.md", 3), tekst="y")]),
        SjabloonError([]),
    ],
)
def test_a_refusal_reaches_the_person_from_another_process(fout: Exception) -> None:
    assert str(pickle.loads(pickle.dumps(fout))) == str(fout)
