"""A draft is of an aanbieder alone: kept encrypted, never overwritten unseen, thrown away in the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from inkoop.domain.persoon import Persoon, Rol
from inkoop.services import kladden
from inkoop.services.huis import Huis, Optreden
from inkoop.services.kladden import KladGewijzigdError, Kladplek
from inkoop.storage.bestandenmap import BestandOntbreektError
from inkoop.storage.bestandsbron import Bestandsbron
from inkoop.storage.kluis import KluisError, lock, unlock
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.services.proefspel import build_huis, read_alles

NU = datetime(2020, 3, 10, 9, 0, tzinfo=UTC)
PLEK = Kladplek(kvk="90000101", formulier="aanmelding", onderwerp="M-2020-2")
ANDER = Kladplek(kvk="90000999", formulier="aanmelding", onderwerp="M-2020-2")
GEHEIM = "Stichting De Lindehof"


def treed_op(naam: str = "A. Adams", nu: datetime = NU) -> Optreden:
    persoon = Persoon(id=naam.lower(), naam=naam, functie="bestuurder", rollen=frozenset({Rol.AANBIEDER}))
    return Optreden(persoon=persoon, rol=Rol.AANBIEDER, nu=nu)


@pytest.fixture
def huis(tmp_path: Path) -> Iterator[Huis]:
    huis = build_huis(Winkel.create(tmp_path / "winkel", Winkelsoort.SIMULATIE))
    yield huis
    huis.winkel.close()


def test_a_draft_comes_back_as_it_was_kept_with_who_changed_it_last(huis: Huis):
    assert kladden.find_klad(huis, PLEK) is None
    versie = kladden.save_klad(huis, treed_op(), PLEK, {"naam": GEHEIM, "percelen": ["1A"]}, 0)
    klad = kladden.find_klad(huis, PLEK)
    assert klad is not None
    assert (klad.inhoud, klad.versie, klad.door, klad.gewijzigd_op) == (
        {"naam": GEHEIM, "percelen": ["1A"]},
        versie,
        "A. Adams",
        NU,
    )


def test_two_people_in_one_draft_are_told_and_nothing_is_overwritten(huis: Huis):
    versie = kladden.save_klad(huis, treed_op(), PLEK, {"naam": "eerst"}, 0)
    kladden.save_klad(huis, treed_op("B. Bos"), PLEK, {"naam": "van Bos"}, versie)
    with pytest.raises(KladGewijzigdError, match=r"B\. Bos heeft dit concept intussen gewijzigd \(10 maart 2020"):
        kladden.save_klad(huis, treed_op(), PLEK, {"naam": "van Adams"}, versie)
    klad = kladden.find_klad(huis, PLEK)
    assert klad is not None
    assert klad.inhoud == {"naam": "van Bos"}


def test_two_who_begin_the_same_draft_at_once_are_told(huis: Huis):
    kladden.save_klad(huis, treed_op("B. Bos"), PLEK, {}, 0)
    with pytest.raises(KladGewijzigdError):
        kladden.save_klad(huis, treed_op(), PLEK, {"naam": "van Adams"}, 0)


def test_a_change_to_a_draft_that_is_gone_is_told(huis: Huis):
    versie = kladden.save_klad(huis, treed_op(), PLEK, {}, 0)
    kladden.drop_klad(huis, PLEK)
    with pytest.raises(KladGewijzigdError, match="weggegooid of ingediend"):
        kladden.save_klad(huis, treed_op(), PLEK, {"naam": "nog iets"}, versie)


def test_nothing_of_a_draft_stands_readable_in_database_or_folder(huis: Huis):
    kladden.save_klad(huis, treed_op(GEHEIM), PLEK, {"naam": GEHEIM}, 0)
    kladden.store_stuk(huis, PLEK, Bestandsbron.from_bytes("a.pdf", f"%PDF {GEHEIM}".encode()))
    alles = read_alles(huis.winkel.map)
    assert GEHEIM.encode() not in alles
    assert PLEK.kvk.encode() not in alles


def test_a_draft_of_another_aanbieder_is_neither_found_nor_opened(huis: Huis):
    kladden.save_klad(huis, treed_op(), PLEK, {"naam": GEHEIM}, 0)
    opslag = kladden.store_stuk(huis, PLEK, Bestandsbron.from_bytes("a.pdf", b"van ons"))
    assert kladden.find_klad(huis, ANDER) is None
    with pytest.raises(BestandOntbreektError):
        kladden.open_stuk(huis, ANDER, opslag, "a.pdf")
    assert kladden.open_stuk(huis, PLEK, opslag, "a.pdf").read() == b"van ons"


def test_a_draft_that_is_thrown_away_leaves_no_file(huis: Huis):
    kladden.save_klad(huis, treed_op(), PLEK, {}, 0)
    kladden.store_stuk(huis, PLEK, Bestandsbron.from_bytes("a.pdf", b"een"))
    weg = kladden.store_stuk(huis, PLEK, Bestandsbron.from_bytes("a.pdf", b"twee"))
    kladden.drop_stuk(huis, PLEK, weg)
    kladden.drop_stuk(huis, PLEK, weg)
    assert len([p for p in (huis.winkel.map / kladden.MAP).rglob("*") if p.is_file()]) == 1
    kladden.drop_klad(huis, PLEK)
    assert not [p for p in (huis.winkel.map / kladden.MAP).rglob("*") if p.is_file()]


def test_what_nobody_touched_for_half_a_year_is_thrown_away_and_the_rest_stays(huis: Huis):
    kladden.save_klad(huis, treed_op(), PLEK, {}, 0)
    kladden.save_klad(huis, treed_op(nu=NU + timedelta(days=1)), ANDER, {}, 0)
    assert kladden.drop_verlopen(huis, NU + kladden.BEWAARTIJD) == 0
    assert kladden.drop_verlopen(huis, NU + kladden.BEWAARTIJD + timedelta(seconds=1)) == 1
    assert kladden.find_klad(huis, PLEK) is None
    assert kladden.find_klad(huis, ANDER) is not None


def test_who_begins_a_draft_clears_away_what_was_left(huis: Huis):
    kladden.save_klad(huis, treed_op(), PLEK, {}, 0)
    kladden.save_klad(huis, treed_op(nu=NU + kladden.BEWAARTIJD + timedelta(days=1)), ANDER, {}, 0)
    assert kladden.find_klad(huis, PLEK) is None


@pytest.mark.parametrize(
    ("sleutel", "betreft", "bederf"),
    [(b"2" * 32, "a", False), (b"1" * 32, "b", False), (b"1" * 32, "a", True)],
    ids=["another key", "another place", "changed"],
)
def test_an_envelope_opens_only_with_its_key_in_its_place_and_unchanged(sleutel, betreft, bederf):
    envelop = lock(b"1" * 32, b"inhoud", "a")
    if bederf:
        envelop = envelop[:-1] + bytes([envelop[-1] ^ 1])
    with pytest.raises(KluisError, match="gaat niet open"):
        unlock(sleutel, envelop, betreft)
