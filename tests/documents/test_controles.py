"""The gates: what a finished text may not hold, or must."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from inkoop.documents.controles import CONTROLES, find_controlefouten
from inkoop.documents.fouten import ControleError, SjabloonError
from inkoop.documents.maken import build_document
from inkoop.documents.metagegevens import read_metagegevens
from tests.documents.proefsjabloon import write_bron


def _check(map_: Path, controle: str, tekst: str, gegevens: dict[str, object] | None = None) -> list[str]:
    bron = write_bron(map_, f"# Titel\n\n{tekst}\n", controles=f"[{controle}]")
    metagegevens = read_metagegevens(bron, "proef")
    document = build_document(bron, "proef", gegevens or {}, msgspec.structs.replace(metagegevens, controles=()))
    fouten = find_controlefouten(document, metagegevens, gegevens or {}, "metagegevens.yaml")
    assert {gevonden.controle for gevonden in fouten} <= {controle}
    return [f"{gevonden.plaats.regel}: {gevonden.tekst}" for gevonden in fouten]


@pytest.mark.parametrize("woord", ["bezwaar", "Bezwaarschrift", "bezwaartermijn"])
def test_a_letter_about_a_toelating_knows_no_bezwaar(tmp_path: Path, woord: str) -> None:
    assert _check(tmp_path, "geen-bezwaar", f"U kunt {woord} maken.")[0].startswith(
        "3: tegen dit besluit staat geen bezwaar"
    )


@pytest.mark.parametrize("woord", ["gunnen", "Gunning", "gegund", "gunningscriterium", "gunt"])
def test_in_a_toelating_nothing_is_awarded(tmp_path: Path, woord: str) -> None:
    assert len(_check(tmp_path, "geen-gunnen", f"De {woord} volgt.")) == 1


@pytest.mark.parametrize("woord", ["vergunning", "gunstig", "begunstigde"])
def test_words_that_only_look_alike_pass(tmp_path: Path, woord: str) -> None:
    assert _check(tmp_path, "geen-gunnen", f"De {woord}.") == []


def test_the_name_of_a_party_is_no_breach_but_a_written_reason_is(tmp_path: Path) -> None:
    gegevens: dict[str, object] = {"aanbieder": {"naam": "De Gunning"}, "toelichting": "niet gegund"}
    assert _check(tmp_path, "geen-gunnen", "Aan {{ aanbieder.naam }}: {{ toelichting }}.", gegevens) == [
        "3: in een toelating wordt niets gegund, maar de tekst noemt 'gegund'"
    ]


def test_a_name_is_left_out_as_it_is_printed(tmp_path: Path) -> None:
    gegevens: dict[str, object] = {"naam": "De\n  Gunning\u200b B.V."}
    assert _check(tmp_path, "geen-gunnen", "Aan {{ naam }}.", gegevens) == []


@pytest.mark.parametrize(
    "tekst", ["Lorem ipsum", "X" * 3, "TO" + "DO", "\\[naam\\]", "\\[...\\]", "n.t.b.", "\\_\\_\\_\\_"]
)
def test_what_somebody_still_had_to_fill_in_is_found(tmp_path: Path, tekst: str) -> None:
    assert _check(tmp_path, "geen-plaatshouders", f"Hier staat {tekst} nog.")


def test_ordinary_text_has_no_placeholders(tmp_path: Path) -> None:
    assert _check(tmp_path, "geen-plaatshouders", "Maxxx, de n-de keer (zie onder) en 'Todos' in 2020.") == []


def test_a_label_whose_value_is_only_punctuation_is_empty(tmp_path: Path) -> None:
    tekst = "::: kenmerken\nContact: {% for x in l %}{{ x }}{% endfor %}, -\n:::"
    assert _check(tmp_path, "geen-lege-velden", tekst, {"l": []}) == ["3: bij 'Contact' staat geen waarde"]


def test_every_annex_is_there_and_is_named(tmp_path: Path) -> None:
    bijlagen = "::: bijlage A [#a]\nx\n:::\n\n::: bijlage B\ny\n:::"
    assert _check(tmp_path, "bijlagen-aanwezig", f"Zie [@a] en bijlage 7.\n\n{bijlagen}") == [
        "3: de tekst noemt bijlage 7, maar die is er niet",
        "9: bijlage 2 wordt nergens in de tekst genoemd",
    ]


def test_a_document_that_must_have_annexes_is_refused_without(tmp_path: Path) -> None:
    assert _check(tmp_path, "bijlagen-aanwezig", "x") == ["1: dit document moet bijlagen hebben, maar heeft er geen"]


def test_a_criterium_in_the_data_that_the_text_leaves_out_is_named(tmp_path: Path) -> None:
    gegevens: dict[str, object] = {"redenen": [{"criterium": "M-01"}, {"criterium": "M-011"}, {"criterium": "M-02"}]}
    assert _check(tmp_path, "criteria-genoemd", "Niet voldaan aan M-011 en M-02.", gegevens) == [
        "1: criterium M-01 staat in de gegevens, maar niet in de tekst"
    ]


def test_an_unknown_gate_is_a_mistake_of_the_metadata(tmp_path: Path) -> None:
    with pytest.raises(SjabloonError, match=r"Onbekende controle 'geen-bezwar'. Bedoelt u 'geen-bezwaar'\?"):
        _check(tmp_path, "geen-bezwar", "x")


def test_every_gate_says_why_it_is_there() -> None:
    assert all(controle.__doc__ and "Bron:" in controle.__doc__ for controle in CONTROLES.values())


def test_a_character_that_the_font_lacks_is_named_wherever_it_stands(tmp_path: Path) -> None:
    bron = write_bron(tmp_path, "# Titel\n\nAan {{ naam }}.\n")
    with pytest.raises(
        ControleError, match=r"sjabloon.md:3: deze tekens kan het document niet drukken: '漢' \(U\+6F22\)"
    ):
        build_document(bron, "proef", {"naam": "漢 Zorg"}, read_metagegevens(bron, "proef"))


@pytest.mark.parametrize("naam", ["Çınar Żółć", "Σωκράτης", "Ђорђе", "€ ½ ≥ → ‘x’ “y” – …"])
def test_european_letters_and_usual_signs_can_be_printed(tmp_path: Path, naam: str) -> None:
    bron = write_bron(tmp_path, "# Titel\n\nAan {{ naam }}.\n")
    assert build_document(bron, "proef", {"naam": naam}, read_metagegevens(bron, "proef")).titel == "Titel"
