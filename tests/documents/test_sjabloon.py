"""Filling a template: strict, closed, bounded; mistakes with file and line, missing fields all at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from inkoop.documents.fouten import SjabloonError
from inkoop.documents.omgeving import MAX_TEKENS
from inkoop.documents.sjabloon import Sjabloonbron
from tests.documents.proefsjabloon import read_boom, write_bron


def _fouten(bron: Sjabloonbron, gegevens: dict[str, object] | None = None) -> list[str]:
    """The mistakes as `bestand:regel: tekst`, with paths from the template folder."""
    with pytest.raises(SjabloonError) as gevangen:
        bron.fill("proef", gegevens or {})
    return [str(fout).replace(f"{bron.map}/", "") for fout in gevangen.value.fouten]


def test_every_used_field_that_is_missing_is_returned_with_its_path_and_line(tmp_path: Path) -> None:
    bron = write_bron(
        tmp_path, "# A\n\n{{ aanbieder.naam }} en {{ onbekend }}\n{% for p in lijst %}\n{{ p.x }}\n{% endfor %}\n"
    )
    ontbrekend = bron.fill("proef", {"aanbieder": {}, "lijst": [{"x": "1"}, {}]}).ontbrekend
    assert [(veld.pad, veld.plaats.regel) for veld in ontbrekend if veld.plaats] == [
        ("aanbieder.naam", 3),
        ("onbekend", 3),
        ("lijst[2].x", 5),
    ]


def test_an_empty_or_blank_field_counts_as_missing_when_it_is_printed(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# A\n\n{{ leeg }}{{ wit }}{{ niets }}\n")
    assert [v.pad for v in bron.fill("proef", {"leeg": "", "wit": " \n", "niets": None}).ontbrekend] == [
        "leeg",
        "wit",
        "niets",
    ]


def test_an_optional_field_may_be_asked_after_without_being_missing(tmp_path: Path) -> None:
    tekst = "# A\n\n{% if agb %}x{% endif %}{{ 'ja' if agb is none else 'nee' }}{% if b is defined %}y{% endif %}\n"
    gevuld = write_bron(tmp_path, tekst).fill("proef", {"agb": None})
    assert (gevuld.ontbrekend, gevuld.waarden) == ((), ("ja",))


def test_a_condition_on_a_field_that_does_not_exist_is_missing(tmp_path: Path) -> None:
    assert [v.pad for v in write_bron(tmp_path, "# A\n{% if agb %}x{% endif %}\n").fill("proef", {}).ontbrekend] == [
        "agb"
    ]


def test_a_missing_field_in_a_filter_is_missing_and_no_mistake(tmp_path: Path) -> None:
    gevuld = write_bron(tmp_path, "# A\n\n{{ dag | datum }}\n").fill("proef", {"dag": None})
    assert [veld.pad for veld in gevuld.ontbrekend] == ["dag"]


def test_all_unknown_filters_are_named_at_once_with_the_nearest_name(tmp_path: Path) -> None:
    fouten = _fouten(write_bron(tmp_path, "# A\n\n{{ a | datun }}\n{{ b | zwaai }}\n"))
    assert fouten[0] == "proef/sjabloon.md:3: Onbekend filter 'datun'. Bedoelt u 'datum'?"
    assert fouten[1].startswith("proef/sjabloon.md:4: Onbekend filter 'zwaai'. Mogelijk zijn: aantal, ")


def test_a_mistake_in_an_included_part_names_the_part(tmp_path: Path) -> None:
    bron = write_bron(
        tmp_path, '# A\n{% include "delen/slot.md" %}\n', delen={"slot.md": "eerste\n{{ bedrag | datum }}\n"}
    )
    assert _fouten(bron, {"bedrag": Decimal(1)}) == [
        "delen/slot.md:2: Het filter 'datum' verwacht een datum, maar kreeg het getal '1'."
    ]


def test_a_part_that_does_not_exist_is_named(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, '# A\n{% include "delen/slto.md" %}\n', delen={"slot.md": "x"})
    assert _fouten(bron) == ["proef/sjabloon.md:2: Het deel 'delen/slto.md' bestaat niet. Bedoelt u 'delen/slot.md'?"]


def test_a_part_that_includes_itself_is_refused(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, '# A\n{% include "delen/x.md" %}\n', delen={"x.md": '{% include "delen/x.md" %}\n'})
    assert _fouten(bron) == ["proef/sjabloon.md:1: Een deel voegt zichzelf in, rechtstreeks of via een ander."]


@pytest.mark.parametrize(
    ("tekst", "regel", "begin"),
    [
        ("# A\n{% if x %}\n", 2, "Een {% if %} of {% for %} is niet gesloten"),
        ("# A\n\n{{ x\n", 4, ""),
        ("# A\n{% endfor %}\n", 2, "Deze {% %} is geen opdracht"),
    ],
)
def test_a_syntax_mistake_is_told_in_dutch_with_its_line(tmp_path: Path, tekst: str, regel: int, begin: str) -> None:
    (fout,) = _fouten(write_bron(tmp_path, tekst))
    assert fout.startswith("proef/sjabloon.md:")
    assert begin in fout
    assert int(fout.split(":")[1]) in {regel, regel - 1}


@pytest.mark.parametrize(
    "tekst",
    [
        "{% macro m() %}x{% endmacro %}",
        "{% set x %}y{% endset %}",
        "{% filter upper %}x{% endfilter %}",
        "{% extends 'proef/sjabloon.md' %}",
        "{{ a.upper() }}",
        "{{ lipsum() }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ a | safe }}",
        "{{ a | center(1000000000) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{% for i in range(900000) %}{% endfor %}",
        "{% for i in range(600) %}{% for j in range(600) %}{% endfor %}{% endfor %}",
        "{{ 'a' + 1 }}",
        "{{ 1 // 0 }}",
        "{{ [1, 'a'] | sort | first }}",
        "{{ a < 3 }}",
        "{% for letter in a %}{% endfor %}",
    ],
)
def test_what_is_not_in_the_language_or_has_no_bound_is_refused_at_its_line(tmp_path: Path, tekst: str) -> None:
    fouten = _fouten(write_bron(tmp_path, f"# A\n\n{tekst}\n"), {"a": "tekst"})
    assert all(fout.startswith("proef/sjabloon.md:3: ") for fout in fouten)


@pytest.mark.parametrize("tekst", ["{{ 'x' * 3 }}", "{{ 3 * 'x' }}", "{{ '%3d' % 1 }}", "{{ 'a' + 1 }}"])
def test_a_text_is_no_number_however_small_the_result(tmp_path: Path, tekst: str) -> None:
    (fout,) = _fouten(write_bron(tmp_path, f"# A\n\n{tekst}\n"))
    assert "werkt hier niet op" in fout


def test_texts_cannot_be_doubled_beyond_the_size_of_a_document(tmp_path: Path) -> None:
    verdubbel = "{% set a = a ~ a %}\n" * 40
    (fout,) = _fouten(write_bron(tmp_path, f"# A\n{verdubbel}{{{{ a }}}}\n"), {"a": "x" * 1000})
    assert fout.endswith(f"De tekst wordt langer dan {MAX_TEKENS} tekens.")


def test_a_large_value_repeated_many_times_is_refused(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# A\n{% for i in range(5000) %}\n{{ a }}\n{% endfor %}\n")
    assert "Het document wordt langer dan" in _fouten(bron, {"a": "x" * 1000})[0]


@pytest.mark.parametrize(
    ("waarde", "advies"),
    [
        (date(2020, 3, 31), "'| datum'"),
        (Decimal("1.50"), "'| bedrag'"),
        (["a"], "'| opsomming'"),
        ({"naam": "x"}, "een veld van het blok"),
        (1.5, "Alleen tekst en getallen"),
    ],
)
def test_a_value_that_needs_a_filter_is_not_printed_in_its_computer_form(
    tmp_path: Path, waarde: object, advies: str
) -> None:
    (fout,) = _fouten(write_bron(tmp_path, "# A\n\n{{ x }}\n"), {"x": waarde})
    assert fout.startswith("proef/sjabloon.md:3: ")
    assert advies in fout


def test_yes_and_no_are_printed_in_dutch(tmp_path: Path) -> None:
    assert write_bron(tmp_path, "# {{ a }} {{ b }}\n").fill("proef", {"a": True, "b": False}).waarden == ("ja", "nee")


def test_a_field_is_never_confused_with_a_python_method(tmp_path: Path) -> None:
    gevuld = write_bron(tmp_path, "# {{ x.items }}{{ x.keys }}\n").fill("proef", {"x": {"items": "posten"}})
    assert (gevuld.waarden, [veld.pad for veld in gevuld.ontbrekend]) == (("posten",), ["x.keys"])


def test_a_line_with_only_tags_leaves_no_empty_line_and_a_tag_in_a_sentence_keeps_its_line_end(tmp_path: Path) -> None:
    tekst = "# A\n\n| n |\n|:--|\n{% for x in l %}\n| {{ x }} |\n{% endfor %}\n\nEen{% if 1 %} twee{% endif %}\ndrie.\n"
    boom = read_boom(write_bron(tmp_path, tekst), {"l": ["a", "b"]})
    assert [type(blok).__name__ for blok in boom.blokken] == ["Kop", "Tabel", "Alinea"]
    assert boom.blokken[2].inhoud[0].tekst == "Een twee drie."  # type: ignore[union-attr]


def test_the_hash_of_a_template_covers_its_metadata_and_every_part_that_it_uses(tmp_path: Path) -> None:
    def hash_(map_: str, deel: str, titel: str = "Proef", los: str = "los") -> str:
        delen = {"a.md": '{% include "delen/b.md" %}', "b.md": deel, "los.md": los}
        bron = write_bron(tmp_path / map_, '# A\n{% include "delen/a.md" %}\n', delen=delen, titel=titel)
        return bron.hash_sjabloon("proef")

    gelijk = hash_("1", "x")
    assert hash_("2", "x", los="anders") == gelijk
    assert hash_("3", "y") != gelijk
    assert hash_("4", "x", titel="Anders") != gelijk


def test_an_unknown_document_type_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(SjabloonError, match=r"Er is geen sjabloon 'proeff'\. Bedoelt u 'proef'\?"):
        write_bron(tmp_path, "# A\n").fill("proeff", {})


def test_a_file_that_is_no_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# A\n")
    (tmp_path / "proef" / "sjabloon.md").write_bytes(b"# A\n\nprijs \x80\n")
    assert _fouten(bron) == ["proef/sjabloon.md:3: Dit bestand is geen UTF-8-tekst."]
