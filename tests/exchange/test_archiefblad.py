"""The sheet of files: what stands in it, and that nothing in it can become a formula."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl

from inkoop.domain.archief import STANDAARD, Archiefdossier, Bewaarregel, Dossiersoort, Waardering
from inkoop.exchange.archiefblad import KOPPEN, render_csv, render_xlsx

LOPEND = Archiefdossier(
    naam="RM-2020-0001", soort=Dossiersoort.OVEREENKOMST, procedure="proef", ronde="R-1",
    regel=STANDAARD[Dossiersoort.OVEREENKOMST], vanaf=None, open="de overeenkomst is nog niet geëindigd",
    vast=("=HYPERLINK(1)", "tweede"),
)  # fmt: skip
KLAAR = Archiefdossier(
    naam="R-1-A001", soort=Dossiersoort.AFWIJZING, procedure="proef", ronde="R-1",
    regel=Bewaarregel(
        soort=Dossiersoort.AFWIJZING, waardering=Waardering.VERNIETIGEN, jaren=3, bron="besluit 7", categorie="16.2"
    ),
    vanaf=date(2020, 2, 29),
)  # fmt: skip


def read_csv() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render_csv([LOPEND, KLAAR]).decode("utf-8-sig")), delimiter=";"))


def test_a_file_has_its_term_with_the_last_day_and_who_set_it():
    lopend, klaar = read_csv()
    assert (lopend["Vanaf"], lopend["Bewaren tot en met"], lopend["Vastgesteld"]) == ("", "", "nee")
    assert lopend["Grond"] == "de overeenkomst is nog niet geëindigd"
    assert (klaar["Vanaf"], klaar["Bewaren tot en met"], klaar["Vastgesteld"]) == ("2020-02-29", "2023-02-28", "ja")
    assert "besluit 7" in klaar["Grond"]
    assert "16.2" in klaar["Grond"]


def test_text_that_looks_like_a_formula_stays_text_in_both_kinds_of_sheet():
    assert not read_csv()[0]["Vastgehouden"].startswith("=")
    blad = openpyxl.load_workbook(io.BytesIO(render_xlsx([LOPEND, KLAAR])))["Dossiers"]
    assert [cel.value for cel in blad[1]] == list(KOPPEN)
    cel = blad.cell(2, 1 + KOPPEN.index("Vastgehouden"))
    assert cel.data_type == "s"
    assert blad.max_row == 3
