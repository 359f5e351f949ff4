import ast

import pytest

from tests.architecture.broncode import (
    CHECKOUT,
    MAX_REGELS,
    ROMMELNAMEN,
    find_ifketen,
    find_klokken,
    find_onzuiver,
    find_open_eindes,
    find_werkplek,
    list_bestanden,
    list_modules,
    show,
)

PRODUCT = ("inkoop", "flows")

# Alembic writes a revision in one piece.
GEGENEREERD = "inkoop/storage/migraties/versions/"

# Where a clock may be read: the outermost floors, and the places that record when something really happened.
KLOK_TOEGESTAAN = ("inkoop/cli/", "inkoop/web/", "inkoop/bootstrap.py", "inkoop/storage/winkel.py", "flows/")


def test_no_module_is_longer_than_a_person_can_keep_in_mind():
    te_lang = {
        show(pad): aantal
        for pad in list_modules(*PRODUCT, "tests", "benchmarks")
        if not show(pad).startswith(GEGENEREERD)
        if (aantal := len(pad.read_text().splitlines())) > MAX_REGELS
    }
    assert te_lang == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [show(pad) for pad in list_modules(*PRODUCT, "tests") if pad.stem in ROMMELNAMEN] == []


def test_nothing_is_left_open_in_the_code():
    open_eindes = {
        show(pad): regels
        for pad in list_modules(*PRODUCT, "tests", "benchmarks")
        if (regels := find_open_eindes(pad.read_text()))
    }
    assert open_eindes == {}


@pytest.mark.parametrize("regel", ["# TO" + "DO later", "raise NotImplemented" + "Error", "x = 1  # FIX" + "ME"])
def test_a_line_that_is_left_open_is_found(regel):
    assert find_open_eindes(f"a = 1\n{regel}\n") == [2]


def test_every_folder_with_tests_is_a_package():
    mappen = {pad.parent for pad in list_modules("tests")}
    assert [show(map_) for map_ in sorted(mappen) if not (map_ / "__init__.py").exists()] == []


def test_every_folder_of_the_product_is_a_package():
    mappen = {pad.parent for pad in list_modules(*PRODUCT)}
    zonder = [show(map_) for map_ in sorted(mappen) if not (map_ / "__init__.py").exists()]
    # Alembic loads the revisions by path.
    assert [map_ for map_ in zonder if not map_.startswith("inkoop/storage/migraties")] == []


def test_table_modules_keep_their_annotations_readable_for_sqlmodel():
    schuldig = [
        show(pad)
        for pad in list_modules("inkoop/storage/tabellen")
        if any(
            isinstance(knoop, ast.ImportFrom) and knoop.module == "__future__"
            for knoop in ast.parse(pad.read_text()).body
        )
    ]
    assert schuldig == []


def test_rules_touch_no_file_no_clock_and_no_chance():
    onzuiver = {show(pad): wat for pad in list_modules("inkoop/domain") if (wat := find_onzuiver(pad.read_text()))}
    assert onzuiver == {}


@pytest.mark.parametrize(
    ("bron", "gevonden"),
    [
        ("import random", ["random"]),
        ("from pathlib import Path", ["pathlib"]),
        ("from datetime import date\nx = date.today()", ["date.today()"]),
        ("from datetime import datetime\nx = datetime.now(tz)", ["datetime.now()"]),
        ("from uuid import uuid4\nx = uuid4()", ["uuid4()"]),
        ("f(default_factory=date.today)", ["date.today()"]),
        ("open('x')", ["open()"]),
        ("import sqlalchemy", ["sqlalchemy"]),
    ],
)
def test_a_rule_that_is_not_pure_is_found(bron, gevonden):
    assert find_onzuiver(bron) == gevonden


def test_a_pure_rule_is_left_alone():
    assert find_onzuiver("import msgspec\nfrom datetime import date\nx = date(2020, 4, 1)") == []


def test_only_the_outermost_floor_reads_a_clock():
    schuldig = {
        show(pad): klokken
        for pad in list_modules(*PRODUCT)
        if not show(pad).startswith(KLOK_TOEGESTAAN) and (klokken := find_klokken(pad.read_text()))
    }
    assert schuldig == {}


def test_no_rule_grows_by_one_more_elif_per_kind():
    ketens = {show(pad): regels for pad in list_modules(*PRODUCT) if (regels := find_ifketen(pad.read_text()))}
    assert ketens == {}


def test_a_chain_over_kinds_is_found_and_a_short_one_is_not():
    takken = "".join(f"elif soort == '{naam}':\n    x = 1\n" for naam in "bcd")
    assert find_ifketen("if soort == 'a':\n    x = 1\n" + takken) == [1]
    assert find_ifketen("if soort == 'a':\n    x = 1\nelif soort == 'b':\n    x = 1\n") == []


def test_the_product_speaks_of_itself_and_not_of_the_place_where_it_was_made():
    soorten = (".py", ".md", ".yaml", ".yml", ".toml", ".html", ".sh", ".j2", "")
    schuldig = {
        show(pad): woorden
        for pad in list_bestanden(*soorten)
        if pad.parts[len(CHECKOUT.parts)] != ".ci" and (woorden := find_werkplek(pad.read_text(errors="replace")))
    }
    assert schuldig == {}


@pytest.mark.parametrize("tekst", ["zie /wo" + "rk/main", "closes issue " + "12", "door een sub" + "agent"])
def test_talk_of_the_workplace_is_found(tekst):
    assert find_werkplek(tekst) != []
