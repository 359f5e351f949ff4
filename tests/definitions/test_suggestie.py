"""Guessing which known word was meant."""

import pytest

from inkoop.definitions.suggestie import suggest

ROLLEN = ["enkel", "penvoerder", "lid", "onderaannemer", "derde"]


@pytest.mark.parametrize(
    ("woord", "bedoeld"),
    [("leden", "lid"), ("combinant", "lid"), ("lidd", "lid"), ("derden", "derde"), ("penvoerders", "penvoerder")],
)
def test_a_slip_or_another_word_for_a_role_gets_that_role(woord, bedoeld):
    assert suggest(woord, ROLLEN) == f' Bedoelt u "{bedoeld}"?'


def test_a_word_that_means_nothing_here_gets_the_whole_list():
    assert suggest("leden", ["micro", "groot"]) == " Mogelijk: micro, groot."
    assert suggest("xyz", ROLLEN) == f" Mogelijk: {', '.join(ROLLEN)}."
