"""A document that costs more than any real one is refused, and the process that made it goes on."""

from __future__ import annotations

import resource
import subprocess
import sys

import pytest

from inkoop.services.drukgrenzen import MAX_GEHEUGEN, DrukteLangError, limit_druk, limit_rekentijd


def test_computing_time_is_bounded_and_the_bound_is_lifted_afterwards() -> None:
    with pytest.raises(DrukteLangError, match=r"Document D-1 is niet gemaakt: het kost meer dan 0.05 seconden"):
        with limit_rekentijd("D-1", 0.05):
            while True:
                pass
    with limit_rekentijd("D-2", 5):
        assert sum(range(1000)) == 499500


def test_a_try_out_in_this_process_is_bounded_and_both_bounds_are_lifted_afterwards() -> None:
    voorheen = resource.getrlimit(resource.RLIMIT_AS)
    with pytest.raises(DrukteLangError, match=r"Document P-1 is niet gemaakt"), limit_druk("P-1", 0.05):
        assert resource.getrlimit(resource.RLIMIT_AS)[0] == MAX_GEHEUGEN
        while True:
            pass
    assert resource.getrlimit(resource.RLIMIT_AS) == voorheen


def test_a_worker_that_asks_for_too_much_memory_refuses_and_lives() -> None:
    opdracht = (
        "from inkoop.services.drukgrenzen import *\nlimit_geheugen()\n"
        "try:\n  with limit_rekentijd('D-1'): b'x' * (8 * 1024**3)\n"
        "except DrukteLangError as fout: print(fout)\n"
    )
    uit = subprocess.run([sys.executable, "-c", opdracht], capture_output=True, text=True, check=True)
    assert "meer dan 4 GB geheugen" in uit.stdout
