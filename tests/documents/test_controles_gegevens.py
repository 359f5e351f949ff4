"""Gates that hold a text against its data: break the text or the data, and the gate says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from inkoop.documents.controles import find_controlefouten
from inkoop.documents.fouten import ControleError
from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.maken import build_document
from inkoop.documents.metagegevens import read_metagegevens
from tests.documents.proefsjabloon import write_bron
from tests.documents.sjabloonproef import build
from tests.documents.voorbeeldgegevens import make_voorbeelden
from tests.documents.voorbeeldovereenkomsten import make_raamovereenkomst


def _check(
    map_: Path, controle: str, tekst: str, gegevens: Mapping[str, object] | None = None, **meta: str
) -> list[str]:
    bron = write_bron(map_, f"# Titel\n\n{tekst}\n", controles=f"[{controle}]" if controle else "[]", **meta)
    metagegevens = read_metagegevens(bron, "proef")
    kaal = msgspec.structs.replace(metagegevens, controles=(), termijndagen=())
    document = build_document(bron, "proef", gegevens or {}, kaal)
    return [fout.tekst for fout in find_controlefouten(document, metagegevens, gegevens or {}, "meta.yaml")]


REDEN = {"criterium": "M-01", "eis": "Ervaring.", "toelichting": "Geen ervaring.", "percelen": ["1A"]}
AFGEWEZEN = {"percelen": [{"code": "1A", "uitkomst": "afgewezen"}], "redenen": [REDEN]}


def test_a_reason_that_is_printed_in_full_passes(tmp_path: Path) -> None:
    assert _check(tmp_path, "redenen-gemotiveerd", "M-01: Ervaring. Geen\u00a0ervaring.", AFGEWEZEN) == []


def test_a_reason_whose_finding_the_text_leaves_out_is_named(tmp_path: Path) -> None:
    assert _check(tmp_path, "redenen-gemotiveerd", "M-01: Ervaring.", AFGEWEZEN) == [
        "bij criterium M-01 staat 'toelichting' niet volledig in de tekst"
    ]


def test_a_reason_without_a_finding_is_no_motivation(tmp_path: Path) -> None:
    gegevens = {**AFGEWEZEN, "redenen": [{**REDEN, "toelichting": " "}]}
    assert _check(tmp_path, "redenen-gemotiveerd", "M-01: Ervaring.", gegevens) == [
        "criterium M-01 is niet gemotiveerd: het veld 'toelichting' is leeg"
    ]


def test_a_refused_perceel_or_product_without_a_reason_is_named(tmp_path: Path) -> None:
    percelen = [
        {"code": "1A", "uitkomst": "toegelaten", "afgewezen_producten": [{"code": "IB", "naam": "Begeleiding"}]},
        {"code": "1B", "uitkomst": "afgewezen"},
    ]
    gegevens = {"percelen": percelen, "redenen": [{**REDEN, "producten": ["Dagbesteding"]}]}
    assert _check(tmp_path, "redenen-gemotiveerd", "Ervaring. Geen ervaring.", gegevens) == [
        "product Begeleiding in perceel 1A is afgewezen, maar geen enkele reden gaat daarover",
        "perceel 1B is afgewezen, maar geen enkele reden gaat daarover",
    ]


@pytest.mark.parametrize(
    ("dag", "waarom"),
    [
        (date(2020, 6, 6), "zaterdag 6 juni 2020, en dat is een zaterdag"),
        (date(2020, 6, 1), "maandag 1 juni 2020, en dat is een feestdag (Tweede pinksterdag)"),
    ],
)
def test_a_term_never_ends_on_a_day_off(tmp_path: Path, dag: date, waarom: str) -> None:
    gegevens = {"rechtsbescherming": [{"einde": dag}, {"einde": date(2020, 6, 2)}]}
    assert _check(tmp_path, "", "x", gegevens, termijndagen="[rechtsbescherming.einde]") == [
        f"de laatste dag van een termijn (rechtsbescherming.einde) is {waarom}"
    ]


SLUITING = datetime(2020, 3, 31, 21, 59, 59, tzinfo=UTC)
ONTVANGEN = datetime(2020, 3, 31, 22, 0, 30, tzinfo=UTC)


def test_the_closing_is_the_same_wherever_the_text_names_it(tmp_path: Path) -> None:
    gegevens = {"ronde": {"kenmerk": "R", "sluiting": SLUITING}, "ontvangen_op": ONTVANGEN}
    tekst = "Hij sluit op {{ ronde.sluiting | tijdstip }}. Na sluiting ontvingen wij op {{ ontvangen_op | tijdstip }}."
    assert _check(tmp_path, "een-sluiting", tekst, gegevens) == []
    getypt = "De ronde sloot niet. De sluiting is op 31 maart 2020 om 12:00 uur."
    assert _check(tmp_path, "een-sluiting", getypt, gegevens) == [
        "de ronde sluit op 31 maart 2020 om 23:59:59 uur, maar de tekst noemt '31 maart 2020 om 12:00 uur'"
    ]


def test_a_round_with_two_closings_in_the_data_is_refused(tmp_path: Path) -> None:
    ronde = {"kenmerk": "R", "sluiting": SLUITING}
    gegevens = {"ronde": ronde, "rondes": [{**ronde, "sluiting": ONTVANGEN}]}
    assert _check(tmp_path, "een-sluiting", "x", gegevens)[0].startswith("ronde R sluit in de gegevens op meer dan één")


TARIEF = {
    "percelen": [
        {"code": "1A", "producten": [{"code": "IB", "naam": "Begeleiding", "bedrag": Decimal("1234.50")}]},
        {"code": "1B", "producten": [{"code": "IB", "naam": "Begeleiding", "bedrag": Decimal("99.00")}]},
    ]
}
TABEL = "| Perceel | Product | Bedrag |\n|:--|:--|--:|\n| 1A | IB | {} |\n| 1B zorg | Begeleiding | {} |"


def test_amounts_beside_their_product_are_those_of_the_tariff(tmp_path: Path) -> None:
    goed = TABEL.format("€ 1.234,50", "€ 99,00")
    assert _check(tmp_path, "bedragen-uit-tarief", goed, TARIEF) == []


def test_an_amount_beside_another_product_is_named(tmp_path: Path) -> None:
    assert _check(tmp_path, "bedragen-uit-tarief", TABEL.format("€ 99,00", "€ 99,00"), TARIEF) == [
        "bij product IB staat €99,00, maar het tarief is €1.234,50"
    ]


def test_an_amount_that_is_typed_in_the_template_is_named(tmp_path: Path) -> None:
    tekst = TABEL.format("€ 1.234,50", "€ 99,00") + "\n\nVoor vervoer geldt € 12,00."
    assert _check(tmp_path, "bedragen-uit-tarief", tekst, TARIEF) == [
        "het bedrag '€12,00' staat niet in de gegevens waaruit dit document is gemaakt"
    ]


def test_an_amount_within_a_sentence_of_the_data_passes(tmp_path: Path) -> None:
    assert _check(tmp_path, "bedragen-uit-tarief", "{{ v }}", {"v": "Verzekerd tot € 2.500.000,-."}) == []


def test_a_product_whose_amount_stands_nowhere_is_named(tmp_path: Path) -> None:
    assert _check(tmp_path, "bedragen-uit-tarief", "x", TARIEF)[0] == (
        "het tarief van product IB (Begeleiding) staat in geen tabel"
    )


BEGRIPPEN = """\
## Begrippen [#begrippen]

1. In dit stuk betekent:
   1. **Aanbieder**: wie levert;
   2. **Cliënt**: wie ontvangt.

## Werk

1. """


def _check_begrippen(map_: Path, tekst: str) -> list[str]:
    return _check(map_, "begrippen", BEGRIPPEN + tekst, {"naam": "de aanbieder"}, genummerd="ja")


def test_terms_that_are_used_as_defined_pass(tmp_path: Path) -> None:
    tekst = (
        "De Aanbieder helpt elke Cliënt. Een aanbieder van buiten niet. {{ naam }}\n\n::: bijlage B\nDe cliënt.\n:::"
    )
    assert _check_begrippen(tmp_path, tekst) == []


def test_a_defined_term_without_its_capital_is_named(tmp_path: Path) -> None:
    assert _check_begrippen(tmp_path, "De Aanbieder helpt de cliënten en een Cliënt.") == [
        "'de cliënten' is het begrip 'Cliënt': schrijf het met een hoofdletter"
    ]


def test_a_term_that_is_never_used_or_defined_twice_is_named(tmp_path: Path) -> None:
    dubbel = "Aanbieder.\n\n## Nog [#nog]\n\n1. Zie [@begrippen]."
    assert _check_begrippen(tmp_path, dubbel) == ["het begrip 'Cliënt' is omschreven, maar wordt nergens gebruikt"]
    tekst = BEGRIPPEN.replace("**Cliënt**", "**Aanbieder**") + "De Aanbieder."
    assert "is ook al omschreven in" in _check(tmp_path, "begrippen", tekst, genummerd="ja")[0]


def test_a_capital_like_a_term_that_nothing_defines_is_named(tmp_path: Path) -> None:
    tekst = "De Aanbieder helpt de Cliënt van de Opdrachtgever. Zijn opdrachtgever betaalt volgens de Jeugdwet."
    assert _check_begrippen(tmp_path, tekst) == [
        "'Opdrachtgever' staat er met een hoofdletter, als een begrip, maar is niet omschreven"
    ]


def test_the_hash_of_every_annex_stands_in_the_text(tmp_path: Path) -> None:
    bijlage = "::: bijlage Eisen [#a]\nEis een, zie [@a].\n:::"
    assert _check(tmp_path, "bijlagen-met-hash", f"x\n\n::: bijlagenlijst\n:::\n\n{bijlage}") == []
    assert _check(tmp_path, "bijlagen-met-hash", bijlage) == [
        "het controlegetal van bijlage 1 staat nergens; voeg '::: bijlagenlijst' toe"
    ]


def test_a_file_that_belongs_to_the_document_has_its_hash_in_the_text(tmp_path: Path) -> None:
    bestanden = {"bijlagen": [{"bestand": "a.pdf", "sha256": "ab" * 32}, {"bestand": "b.pdf"}]}
    assert _check(tmp_path, "bijlagen-met-hash", "x", bestanden) == [
        "het controlegetal van bijlage 'a.pdf' staat niet in de tekst",
        "bij bijlage 'b.pdf' ontbreekt het controlegetal (sha256)",
    ]


def test_a_list_of_annexes_changes_with_a_letter_in_an_annex(tmp_path: Path) -> None:
    teksten = []
    for woord in ("een", "twee"):
        bron = write_bron(tmp_path, f"# A\n\n::: bijlagenlijst\n:::\n\n::: bijlage B\nEis {woord}.\n:::\n")
        document = build_document(bron, "proef", {}, read_metagegevens(bron, "proef"))
        teksten.append(msgspec.json.encode(document.blokken[1]))
    assert teksten[0] != teksten[1]


def test_the_real_templates_are_held_by_the_gates() -> None:
    voorbeelden = make_voorbeelden()
    brief = to_gegevens(voorbeelden["afwijzingsbrief"])
    redenen = brief["redenen"]
    assert isinstance(redenen, tuple)
    with pytest.raises(ControleError, match="geen enkele reden"):
        build("afwijzingsbrief", {**brief, "redenen": redenen[1:]})
    zondag = {**brief["rechtsbescherming"], "einde": date(2020, 6, 7)}  # type: ignore[dict-item]
    with pytest.raises(ControleError, match="zondag"):
        build("afwijzingsbrief", {**brief, "rechtsbescherming": zondag})


def test_an_agreement_names_each_annex_with_its_hash() -> None:
    document = build("raamovereenkomst", make_raamovereenkomst())
    assert document.titel.startswith("Raamovereenkomst")
