"""Giving out tokens: by the beheerder only, with every reason when it cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inkoop import bootstrap
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import personen, tokens
from inkoop.services.huis import Huis, NietGevondenError, Optreden
from inkoop.services.tokens import MAX_DAGEN, Bereik
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.services.proefspel import build_huis

LEZEN = frozenset({Bereik.LEZEN})


@pytest.fixture
def huis(tmp_path: Path) -> Iterator[Huis]:
    """An empty store with a beheerder and somebody with two roles."""
    huis = build_huis(Winkel.create(tmp_path / "winkel", Winkelsoort.ECHT))
    door = bootstrap.act_as_systeem(huis, None)
    for wie, rollen in (("beheer", [Rol.BEHEERDER]), ("een", [Rol.INKOPER]), ("twee", [Rol.INKOPER, Rol.JURIST])):
        personen.add_persoon(huis, door, id=wie, naam=wie, functie="proef", rollen=rollen)
    yield huis
    huis.winkel.close()


def als(huis: Huis, wie: str = "beheer") -> Optreden:
    """Somebody who acts now."""
    return bootstrap.act_as(huis, wie)


def test_only_the_beheerder_gives_tokens_out_lists_them_and_takes_them_back(huis):
    with pytest.raises(GeenToegangError):
        tokens.issue(huis, als(huis, "een"), "een", None, LEZEN, "proef")
    with pytest.raises(GeenToegangError):
        tokens.list_tokens(huis, als(huis, "een"))
    with pytest.raises(GeenToegangError):
        tokens.issue(huis, bootstrap.act_as_systeem(huis, None), "een", None, LEZEN, "proef")
    kenmerk, _ = tokens.issue(huis, als(huis), "een", None, LEZEN, "proef")
    with pytest.raises(GeenToegangError):
        tokens.revoke(huis, als(huis, "een"), kenmerk)
    tokens.revoke(huis, als(huis), kenmerk)
    (stand,) = tokens.list_tokens(huis, als(huis))
    assert (stand.kenmerk, stand.stand, stand.rol) == (kenmerk, "ingetrokken", Rol.INKOPER)


def test_what_is_wrong_with_a_token_is_said_at_once(huis):
    with pytest.raises(BeletselenError) as fout:
        tokens.issue(huis, als(huis), "twee", None, frozenset(), " ", MAX_DAGEN + 1)
    assert [b.code for b in fout.value.beletselen] == ["rol", "bereik", "doel", "dagen"]


@pytest.mark.parametrize(("dagen", "mag"), [(0, False), (1, True), (MAX_DAGEN, True), (MAX_DAGEN + 1, False)])
def test_a_token_lives_from_one_day_to_a_year(huis, dagen, mag):
    if mag:
        assert tokens.issue(huis, als(huis), "een", None, LEZEN, "proef", dagen)
    else:
        with pytest.raises(BeletselenError, match="dagen"):
            tokens.issue(huis, als(huis), "een", None, LEZEN, "proef", dagen)


def test_nobody_gets_a_token_in_a_role_that_is_not_his(huis):
    with pytest.raises(BeletselenError, match="heeft de rol jurist niet"):
        tokens.issue(huis, als(huis), "een", Rol.JURIST, LEZEN, "proef")


def test_a_token_is_taken_back_once_and_one_that_is_not_there_never(huis):
    kenmerk, _ = tokens.issue(huis, als(huis), "een", None, LEZEN, "proef")
    tokens.revoke(huis, als(huis), kenmerk)
    with pytest.raises(BeletselenError, match="al ingetrokken"):
        tokens.revoke(huis, als(huis), kenmerk)
    with pytest.raises(NietGevondenError):
        tokens.revoke(huis, als(huis), "T-00000000")
