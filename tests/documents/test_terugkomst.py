"""A file that comes back from Word: each change by its clause, tracked or silent, and what is taken over is printed."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from inkoop.documents.afwijkingen import Afwijking, AfwijkingError, fit_wijziging
from inkoop.documents.clausules import Clausule, list_clausules
from inkoop.documents.docx.openen import DocxGeweigerdError
from inkoop.documents.docx.terugkomst import Terugkomst, read_terugkomst
from inkoop.documents.maken import Gemaakt, build_document, make_document
from inkoop.documents.metagegevens import read_metagegevens
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.documents.verschil import Soort
from tests.documents.proefsjabloon import write_bron
from tests.documents.wordwerk import OPMERKINGEN, Werk, add_alinea, drop_alinea, edit, remark, replace_woord

TEKST = """\
# Overeenkomst {{ naam }}

::: kenmerken
Datum: 1 mei 2020
:::

## Duur [#duur]

1. De termijn is drie maanden. [#termijn]
2. Na [@termijn] volgt een gesprek.
3. Een **vet** woord blijft vet.

| Product | Bedrag |
|:--|--:|
| een | 1 |

::: bijlage Eisen [#eisen]
Een eis.
:::

Zie [@eisen].
"""
GEGEVENS = {"naam": "De Eik"}


@pytest.fixture
def bron(tmp_path: Path) -> Sjabloonbron:
    tekst = TEKST.replace("\nZie [@eisen].\n", "").replace("3. Een", "3. Zie [@eisen]. Een")
    return write_bron(tmp_path, tekst, genummerd="ja", soort="overeenkomst", inhoudsopgave="ja")


def _make(bron: Sjabloonbron, *rondes: list[Afwijking]) -> Gemaakt:
    return make_document(bron, "proef", GEGEVENS, kenmerk="P-1", afwijkingen=rondes)


def _clausules(bron: Sjabloonbron, *rondes: list[Afwijking]) -> dict[int, Clausule]:
    document = build_document(bron, "proef", GEGEVENS, read_metagegevens(bron, "proef"), rondes)
    return {clausule.merk: clausule for clausule in list_clausules(document)}


def _return(bron: Sjabloonbron, *werk: Werk, **delen: str) -> Terugkomst:
    uit = _make(bron).docx
    terug = uit
    for stap in werk:
        terug = edit(terug, stap, **delen)
    return read_terugkomst(uit, terug, "terug.docx")


def test_a_file_that_comes_back_unchanged_says_nothing(bron: Sjabloonbron) -> None:
    assert _return(bron) == Terugkomst(punten=(), opmerkingen=())


def test_a_file_that_another_program_saved_says_nothing_either(bron: Sjabloonbron) -> None:
    uit = _make(bron).docx
    opgeslagen = io.BytesIO()
    docx.Document(io.BytesIO(uit)).save(opgeslagen)
    assert read_terugkomst(uit, opgeslagen.getvalue(), "x") == Terugkomst(punten=(), opmerkingen=())


def test_a_tracked_change_is_named_by_its_clause_and_its_author(bron: Sjabloonbron) -> None:
    (punt,) = _return(bron, replace_woord("drie", "zes")).punten
    assert _clausules(bron)[punt.merk].aanduiding == "artikel 1.1"
    assert (punt.soort, punt.oud, punt.nieuw) == (
        Soort.GEWIJZIGD, "De termijn is drie maanden.", "De termijn is zes maanden.",
    )  # fmt: skip
    assert punt.bijgehouden
    assert punt.auteurs == ("mr. K. Aarts",)


def test_a_change_that_word_did_not_track_is_found_all_the_same(bron: Sjabloonbron) -> None:
    (punt,) = _return(bron, replace_woord("drie", "zes", volgen=False)).punten
    assert punt.nieuw == "De termijn is zes maanden."
    assert not punt.bijgehouden


def test_a_new_lid_and_a_dropped_lid_are_named(bron: Sjabloonbron) -> None:
    erbij, weg = _return(bron, add_alinea("drie maanden", "Een nieuw lid."), drop_alinea("volgt een gesprek")).punten
    clausules = _clausules(bron)
    assert (erbij.soort, erbij.nieuw, erbij.genummerd, clausules[erbij.na].aanduiding) == (
        Soort.NIEUW, "Een nieuw lid.", True, "artikel 1.1",
    )  # fmt: skip
    assert (weg.soort, clausules[weg.merk].aanduiding, weg.nieuw) == (Soort.VERVALLEN, "artikel 1.2", "")
    assert erbij.bijgehouden
    assert weg.bijgehouden


def test_a_changed_cell_of_a_table_is_named_by_row_and_column(bron: Sjabloonbron) -> None:
    (punt,) = _return(bron, replace_woord("een", "drie")).punten[:1]
    assert punt.merk in _clausules(bron)


def test_a_remark_is_kept_with_its_clause(bron: Sjabloonbron) -> None:
    (opmerking,) = _return(bron, remark("drie maanden"), **{"word__comments.xml": OPMERKINGEN}).opmerkingen
    assert _clausules(bron)[opmerking.merk].aanduiding == "artikel 1.1"
    assert (opmerking.auteur, opmerking.tekst) == ("mr. K. Aarts", "Waarom drie maanden?")


def test_what_is_taken_over_stands_in_word_pdf_and_browser_and_keeps_references(bron: Sjabloonbron) -> None:
    clausules = _clausules(bron)
    lid = next(c for c in clausules.values() if c.aanduiding == "artikel 1.2")
    nieuw = Afwijking(merk=lid.merk, oud=lid.tekst, nieuw="Na artikel 1.1 volgen twee gesprekken.")
    eerste = next(c for c in clausules.values() if c.aanduiding == "artikel 1")
    voor = Afwijking(merk=0, oud="", nieuw="Tussenalinea.", na=eerste.merk)
    gemaakt = _make(bron, [nieuw, voor])
    assert "1.2 Na artikel 1.1 volgen twee gesprekken." in gemaakt.tekst
    assert "Tussenalinea." in gemaakt.html
    assert '<a href="#art-1-1">artikel 1.1</a> volgen' in gemaakt.html
    assert gemaakt.gegevens_hash != _make(bron).gegevens_hash


def test_a_new_lid_moves_the_numbers_and_the_references_after_it(bron: Sjabloonbron) -> None:
    titel = next(c for c in _clausules(bron).values() if c.aanduiding == "artikel 1.1")
    gemaakt = _make(bron, [Afwijking(merk=0, oud="", nieuw="Ertussen.", na=titel.merk, genummerd=True)])
    assert "1.2 Ertussen." in gemaakt.tekst
    assert "1.3 Na artikel 1.1 volgt een gesprek." in gemaakt.tekst


def test_a_form_that_stays_keeps_its_looks(bron: Sjabloonbron) -> None:
    lid = next(c for c in _clausules(bron).values() if "blijft vet" in c.tekst)
    gemaakt = _make(bron, [Afwijking(merk=lid.merk, oud=lid.tekst, nieuw=lid.tekst.replace("blijft", "was"))])
    assert "<strong>vet</strong> woord was vet" in gemaakt.html


def test_a_second_return_counts_the_clauses_as_they_were_then(bron: Sjabloonbron) -> None:
    eerste = next(c for c in _clausules(bron).values() if c.aanduiding == "artikel 1.1")
    ronde = [Afwijking(merk=0, oud="", nieuw="Ertussen.", na=eerste.merk, genummerd=True)]
    nieuw = next(c for c in _clausules(bron, ronde).values() if c.tekst == "Ertussen.")
    gemaakt = _make(bron, ronde, [Afwijking(merk=nieuw.merk, oud="Ertussen.", nieuw="Ertussenin.")])
    assert "1.2 Ertussenin." in gemaakt.tekst


def test_a_change_never_lands_in_a_text_that_says_something_else_by_now(bron: Sjabloonbron) -> None:
    lid = next(c for c in _clausules(bron).values() if c.aanduiding == "artikel 1.1")
    with pytest.raises(AfwijkingError, match=r"(?s)artikel 1.1 luidt nu anders.*is er niet meer") as gevangen:
        _make(bron, [Afwijking(merk=lid.merk, oud="Iets.", nieuw="x"), Afwijking(merk=999, oud="weg", nieuw="y")])
    assert len(gevangen.value.beletselen) == 2


def test_a_paragraph_cannot_be_put_in_a_table(bron: Sjabloonbron) -> None:
    cel = next(c for c in _clausules(bron).values() if c.aanduiding.endswith("rij 1 kolom 1"))
    with pytest.raises(AfwijkingError, match="kan geen alinea worden ingevoegd"):
        _make(bron, [Afwijking(merk=0, oud="", nieuw="x", na=cel.merk)])


def test_what_comes_back_and_is_taken_over_is_what_the_next_file_says(bron: Sjabloonbron) -> None:
    uit = _make(bron).docx
    terug = edit(edit(uit, replace_woord("drie", "zes")), add_alinea("volgt een gesprek", "Nieuw lid."))
    clausules = _clausules(bron)
    afwijkingen = []
    for punt in read_terugkomst(uit, terug, "x").punten:
        if punt.merk:
            oud, nieuw = fit_wijziging(clausules[punt.merk], punt.oud, punt.nieuw) or ("", "")
            afwijkingen.append(Afwijking(merk=punt.merk, oud=oud, nieuw=nieuw))
        else:
            afwijkingen.append(Afwijking(merk=0, oud="", nieuw=punt.nieuw, na=punt.na, genummerd=punt.genummerd))
    tekst = _make(bron, afwijkingen).tekst
    assert "1.1 De termijn is zes maanden." in tekst
    assert "1.3 Nieuw lid." in tekst


def test_a_title_of_an_annex_changes_without_its_number(bron: Sjabloonbron) -> None:
    titel = next(c for c in _clausules(bron).values() if c.tekst == "Eisen")
    assert fit_wijziging(titel, "Bijlage 1   Eisen", "Bijlage 1   Eisen aan zorg") == ("Eisen", "Eisen aan zorg")
    assert fit_wijziging(titel, "Bijlage 1   Eisen", "Aanhangsel Eisen") is None


def test_a_returned_file_that_could_do_harm_is_refused(bron: Sjabloonbron) -> None:
    uit = _make(bron).docx
    with pytest.raises(DocxGeweigerdError, match=r"terug.docx is geweigerd"):
        read_terugkomst(uit, edit(uit, lambda _: None, **{"word__vbaProject.bin": "x"}), "terug.docx")
