"""How often something may be tried: a window that moves, for each limit and each who apart."""

from __future__ import annotations

import pytest
from limits import parse

from inkoop.web import tempo
from inkoop.web.tempo import LANGST, OPRUIMEN, PER_ADRES, PER_NAAM, Tempo, TeVaakError

GRENS = parse("2 per 10 seconds")


class Horloge:
    def __init__(self) -> None:
        self.nu = 1000.0

    def __call__(self) -> float:
        return self.nu


@pytest.fixture
def horloge(monkeypatch: pytest.MonkeyPatch) -> Horloge:
    horloge = Horloge()
    monkeypatch.setattr(tempo, "monotonic", horloge)
    return horloge


def _is_te_vaak(teller: Tempo, *wie: str) -> int:
    """How many seconds to wait; 0 when it may."""
    try:
        teller.require(GRENS, *wie)
    except TeVaakError as fout:
        return fout.seconden
    return 0


def test_the_next_attempt_may_when_the_first_is_as_old_as_the_limit_and_not_a_moment_before(horloge: Horloge) -> None:
    teller = Tempo()
    assert [_is_te_vaak(teller, "a"), _is_te_vaak(teller, "a"), _is_te_vaak(teller, "a")] == [0, 0, 10]
    horloge.nu = 1009.9
    assert _is_te_vaak(teller, "a") == 1
    horloge.nu = 1010.0
    assert _is_te_vaak(teller, "a") == 0


def test_a_refused_attempt_does_not_count(horloge: Horloge) -> None:
    teller = Tempo()
    for _ in range(5):
        _is_te_vaak(teller, "a")
    horloge.nu = 1010.0
    assert [_is_te_vaak(teller, "a"), _is_te_vaak(teller, "a"), _is_te_vaak(teller, "a")] == [0, 0, 10]


def test_each_limit_and_each_who_is_counted_apart(horloge: Horloge) -> None:
    teller = Tempo()
    for _ in range(2):
        teller.require(GRENS, "a")
    assert _is_te_vaak(teller, "b") == 0
    teller.require(PER_NAAM, "a")
    assert _is_te_vaak(teller, "a") == 10


def test_what_succeeded_is_forgiven(horloge: Horloge) -> None:
    teller = Tempo()
    for _ in range(2):
        teller.require(GRENS, "a")
    teller.forgive(GRENS, "a")
    assert _is_te_vaak(teller, "a") == 0


def test_a_factor_widens_every_limit(horloge: Horloge) -> None:
    teller = Tempo(2)
    assert [_is_te_vaak(teller, "a") for _ in range(5)] == [0, 0, 0, 0, 10]


def test_nobody_is_kept_in_memory_who_did_nothing_for_as_long_as_the_longest_limit(horloge: Horloge) -> None:
    assert max(grens.get_expiry() for grens in (PER_NAAM, PER_ADRES)) == LANGST
    teller = Tempo()
    for nummer in range(50):
        teller.require(PER_ADRES, f"192.0.2.{nummer}")
    horloge.nu += LANGST + OPRUIMEN
    teller.require(PER_ADRES, "192.0.2.200")
    assert len(teller._pogingen) == 1
