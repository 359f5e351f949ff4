"""What of Prefect's log reaches people: faults of the program, not what the command says itself."""

from __future__ import annotations

import logging

import httpx
import pytest

from inkoop.cli.stroom import _is_nieuws
from inkoop.domain.fouten import InkoopError


def make_regel(fout: Exception) -> logging.LogRecord:
    """What Prefect logs of a run that ended with an error."""
    return logging.LogRecord("prefect.flow_runs", logging.ERROR, "", 0, "Encountered", (), (type(fout), fout, None))


@pytest.mark.parametrize(
    "fout",
    [InkoopError("De schijf is vol."), httpx.ConnectError("weg"), httpx.ReadError("weg"), httpx.ReadTimeout("weg")],
    ids=lambda fout: type(fout).__name__,
)
def test_what_the_command_says_itself_is_not_shown_with_a_traceback_as_well(fout: Exception):
    assert not _is_nieuws(make_regel(fout))


def test_a_fault_of_the_program_is_shown_whole():
    assert _is_nieuws(make_regel(ValueError("fout")))
