"""The short form of the fault suite, and that it would notice."""

from collections import Counter

import pytest

from tests.proefcluster import share_cluster
from tests.storingen.__main__ import main
from tests.storingen.uitkomst import list_verschillen


@pytest.mark.slow
def test_a_round_in_which_processes_and_the_server_are_killed_comes_to_the_same_as_an_undisturbed_one(capsys):
    share_cluster()  # skips, or in CI fails, where PostgreSQL is missing
    uitkomst = main(["--kort"])
    gezegd = capsys.readouterr().out
    assert uitkomst == 0, gezegd
    assert "niets verloren, niets dubbel" in gezegd


def test_a_record_that_is_missing_or_there_twice_is_noticed():
    een = {"besluit": Counter({"a": 1, "b": 1})}
    ander = {"besluit": Counter({"a": 2})}
    assert list_verschillen(een, ander) == [
        "besluit: 1 verloren, 1 extra",
        "besluit: verloren b",
        "besluit: extra a",
    ]


def test_of_a_record_that_says_something_else_only_that_is_told():
    een = {"document": Counter(['{"kenmerk": "D1", "soort": "brief", "verzonden_op": "2020-04-22"}'])}
    ander = {"document": Counter(['{"kenmerk": "D1", "soort": "brief", "verzonden_op": "2020-05-15"}'])}
    assert list_verschillen(een, ander) == [
        "document: 1 verloren, 1 extra",
        "document: D1: verzonden_op 2020-04-22 -> 2020-05-15",
    ]
