"""The fast reader of YAML is believed only where it sees what the exact one sees, at the same places."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from inkoop.definitions import boom, gebeurtenissen
from inkoop.definitions.boom import Boom
from inkoop.definitions.fout import DefinitieError

WORTEL = Path(__file__).resolve().parent.parent.parent
BESTANDEN = sorted([*(WORTEL / "criteria").rglob("*.yaml"), *(WORTEL / "procedures").glob("*.yaml")])
INVOEGSELS = [*":-#{}[],&*!|>'\"%@`?\n \\a1é~", ": ", "- ", "\n\n", "\n  ", " #", "|\n", ">-\n", '""', "---\n", "{a:b}"]


def look(een: Boom) -> tuple[object, ...]:
    return een.waarde, een.waardeplaatsen, een.sleutelplaatsen, [str(fout) for fout in een.fouten]


@pytest.mark.skipif(gebeurtenissen.CParser is None, reason="dit Python heeft de snelle lezer niet")
@pytest.mark.parametrize("pad", BESTANDEN, ids=lambda pad: str(pad.relative_to(WORTEL)))
def test_every_shipped_file_is_read_fast_and_the_same(pad: Path):
    tekst = pad.read_text(encoding="utf-8-sig")
    snel = boom._read_vlot("x", tekst)
    assert snel is not None
    assert look(snel) == look(boom._read_met_fouten("x", tekst))


@pytest.mark.parametrize(
    "tekst",
    [
        "eis: >-\n  \n      meer ingesprongen",  # older YAML takes the indentation of the line of spaces
        "eis: >-#geen\n  tekst",
        "eis: >-\n# geen commentaar",
        "eis: a\x85b: c",
        "eis: a\u2028b: c",
        "eis: 'a\x07b'",
        "%YAML 1.1\n---\neis: a",
        "eis: a\teen",
        "eis: a\r\nbron: b",
    ],
)
def test_what_the_two_readers_may_see_differently_is_left_to_the_exact_one(tekst: str):
    assert boom._read_vlot("x", tekst) is None


def test_a_file_with_a_fault_is_read_by_the_exact_reader_so_that_its_place_is_that_one():
    assert boom._read_vlot("x", "eis: a\neis: b") is None
    assert boom._read_vlot("x", "eis: [a, b") is None
    with pytest.raises(DefinitieError, match="x:1:6: Hier ontbreekt een komma of een sluithaak"):
        boom.read_boom("x", b"eis: [a, b")


def test_seeded_damage_to_shipped_files_is_read_the_same_or_left_to_the_exact_reader():
    dobbel = random.Random(1200)
    teksten = [pad.read_text(encoding="utf-8-sig") for pad in BESTANDEN]
    vlot = 0
    for _ in range(2500):
        tekst = dobbel.choice(teksten)
        begin = dobbel.randrange(len(tekst))
        tekst = tekst[begin : begin + dobbel.choice([40, 120, 300])]
        tekst = tekst[tekst.find("\n") + 1 :] if dobbel.random() < 0.5 else tekst
        for _ in range(dobbel.choice([0, 1, 1, 2])):
            plek = dobbel.randrange(len(tekst) + 1)
            tekst = tekst[:plek] + dobbel.choice(INVOEGSELS) + tekst[plek + dobbel.choice([0, 0, 1, 3]) :]
        if (snel := boom._read_vlot("x", tekst)) is not None:
            vlot += 1
            assert look(snel) == look(boom._read_met_fouten("x", tekst)), tekst
    assert vlot > 300 or gebeurtenissen.CParser is None
