"""Across rounds: other parties in the same perceel are a second participation, the same parties are not."""

from __future__ import annotations

from inkoop.domain.samenloop import Deelneming, Samenloop, check_keuze, find_samenlopen, keep_elders


def make(kvk: str, perceel: str, aanmelding: str, *partijen: str) -> Deelneming:
    return Deelneming(
        kvk=kvk, naam=f"Zorg {kvk}", perceel=perceel, aanmelding=aanmelding, partijen=frozenset(partijen or (kvk,))
    )


def test_the_same_parties_once_more_are_one_participation():
    hier = [make("1", "1A", "R2-A001")]
    assert keep_elders(hier, [make("1", "1A", "R1-A001")]) == ()


def test_other_parties_in_the_same_perceel_are_a_second_one():
    hier = [make("1", "1A", "R2-A001", "1", "2"), make("2", "1A", "R2-A001", "1", "2")]
    elders = keep_elders(hier, [make("1", "1A", "R1-A001"), make("1", "1B", "R1-A001"), make("3", "1A", "R1-A002")])
    assert [een.aanmelding for een in elders] == ["R1-A001"]
    (een,) = find_samenlopen([*elders, *hier], 1)
    assert (een.kvk, een.perceel, een.aanmeldingen) == ("1", "1A", ("R1-A001", "R2-A001"))
    assert find_samenlopen([*elders, *hier], 2) == ()


def test_an_agreement_and_the_aanmelding_that_changes_it_are_one_participation():
    hier = [make("1", "1A", "R3-A001", "1", "2")]
    elders = keep_elders(hier, [make("1", "1A", "R1-A001"), make("1", "1A", "R2-A004")])
    assert [een.aanmelding for een in elders] == ["R1-A001"]


def test_what_stands_in_another_round_uses_up_its_place():
    een = Samenloop(kvk="1", naam="Zorg", perceel="1A", aanmeldingen=("R1-A001", "R2-A001"))
    assert check_keuze(een, [], 1, "omdat", ["R1-A001"]) == []
    assert check_keuze(een, ["R1-A001"], 1, "omdat", ["R1-A001"]) == []
    (beletsel,) = check_keuze(een, ["R2-A001"], 1, "omdat", ["R1-A001"])
    assert beletsel.code == "geldt-te-veel"
    assert "R1-A001" in beletsel.tekst
    assert check_keuze(een, ["R2-A001"], 2, "omdat", ["R1-A001"]) == []
