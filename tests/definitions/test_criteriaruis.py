"""Noise on criteria files: whatever is done to a file, it is a valid set or a fault with a place, never a crash.

1,500 mutations with a fixed seed, on files that together use every kind and every key, each noted with its number,
so that a failure can be repeated.

Bron: ontwerp 4 (bad input: always a clear error, never a traceback).
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from inkoop.definitions.criteriaset import load_criteriaset
from inkoop.definitions.yamlbron import DefinitieError
from inkoop.domain.criteria import criterium
from inkoop.domain.criteria.criterium import Criteriaset
from inkoop.domain.criteria.lezing import describe_criteriaset
from tests.definitions.test_handleiding import VOORBEELDEN, list_namen, list_structs, wrap_alleen, wrap_toets
from tests.definitions.voorbeeldset import SET

WORTEL = Path(__file__).resolve().parent.parent.parent
AANTAL = 1500
DEEL = 150
ROMMEL = ("\x00", "\t", "\ufeff", "\u202e", "é", "\U0001f600", "{", "}", "[", "]", ":", "- ", "&a", "*a", "<<: *a")
ROMMEL += (
    "'",
    '"',
    "|",
    ">-",
    "#",
    "---\n",
    "...\n",
    "%",
    "@",
    "`",
    "~",
    "null",
    "yes",
    "1e999",
    "0x1F",
    "-0",
    "!!int ",
)
ROMMEL += ("2020-02-30", "9999-12-31", "0000-00-00", "12:30", "\r\n", "\x85", "\u2028", "\ud7ff", "?", ",", ", ,")
ROMMEL += ("9" * 400,)
WAARDEN = (*ROMMEL, "", "[]", "{}", "-1", "0", str(10**12), "0.1", "ja", "nee", "[ja]", "{a: b}")
OVERIG = (
    SET.replace("    alleen: alles\n", "    alleen:\n      percelen: [1A]\n      producten: [P]\n")
    .replace("    toepassing: gezamenlijk\n", "    toepassing: gezamenlijk\n    beroep_op_derden: nee\n")
    .replace("- gemeente: Vught", "- {gemeente: Vught, plaats: Helvoirt, van: 2021-01-01, tot: 2030-12-31}")
    .replace("vereist: nee\n", "vereist: ja\n      registercontrole: {vanaf: 2020-01-01}\n")
)
"""The keys that no example of the manual holds by itself."""


def list_bronnen() -> list[str]:
    """Whole sets as they are shipped, and one for each example of a toets in the manual."""
    toetsen = [wrap_toets(v.tekst) for v in VOORBEELDEN if v.soort == "yaml toets"]
    toetsen += [wrap_alleen(v.tekst) for v in VOORBEELDEN if v.soort == "yaml alleen"]
    return [(WORTEL / "criteria" / "meierij-wmo" / "2020-1.yaml").read_text(), OVERIG, *toetsen]


BRONNEN = list_bronnen()


def delete_line(tekst: str, kans: random.Random) -> str:
    regels = tekst.splitlines(keepends=True)
    del regels[kans.randrange(len(regels))]
    return "".join(regels)


def swap_lines(tekst: str, kans: random.Random) -> str:
    regels = tekst.splitlines(keepends=True)
    een, twee = kans.randrange(len(regels)), kans.randrange(len(regels))
    regels[een], regels[twee] = regels[twee], regels[een]
    return "".join(regels)


def repeat_line(tekst: str, kans: random.Random) -> str:
    regels = tekst.splitlines(keepends=True)
    nummer = kans.randrange(len(regels))
    return "".join([*regels[:nummer], regels[nummer], *regels[nummer:]])


def swap_keys(tekst: str, kans: random.Random) -> str:
    sleutels = list(re.finditer(r"(?<=[ {-])[a-z_]+(?=:)", tekst))
    if len(sleutels) < 2:
        return tekst
    een, twee = sorted(kans.sample(sleutels, 2), key=lambda m: m.start())
    return tekst[: een.start()] + twee[0] + tekst[een.end() : twee.start()] + een[0] + tekst[twee.end() :]


def change_value(tekst: str, kans: random.Random) -> str:
    waarden = list(re.finditer(r"(?<=: )[^\n]+", tekst))
    if not waarden:
        return tekst
    een, ander = kans.choice(waarden), kans.choice(waarden)
    nieuw = kans.choice([ander[0], *WAARDEN])
    return tekst[: een.start()] + nieuw + tekst[een.end() :]


def insert_rubbish(tekst: str, kans: random.Random) -> str:
    plek = kans.randrange(len(tekst) + 1)
    return tekst[:plek] + "".join(kans.choices(ROMMEL, k=kans.randint(1, 3))) + tekst[plek:]


def truncate(tekst: str, kans: random.Random) -> str:
    return tekst[: kans.randrange(len(tekst))]


def change_indent(tekst: str, kans: random.Random) -> str:
    regels = tekst.splitlines(keepends=True)
    nummer = kans.randrange(len(regels))
    regels[nummer] = kans.choice([f"  {regels[nummer]}", regels[nummer].lstrip(), f" {regels[nummer]}"])
    return "".join(regels)


MUTATIES: tuple[Callable[[str, random.Random], str], ...] = (
    delete_line,
    swap_lines,
    repeat_line,
    swap_keys,
    change_value,
    insert_rubbish,
    truncate,
    change_indent,
)


def mutate(nummer: int) -> bytes:
    """The bytes of one mutation; the same number gives the same bytes."""
    kans = random.Random(nummer)
    # The whole set is read slowly, so most noise falls on the small ones, that together hold every key.
    tekst = BRONNEN[0] if nummer % 50 == 0 else BRONNEN[1 + nummer % (len(BRONNEN) - 1)]
    for _ in range(kans.choice([1, 1, 1, 2, 3])):
        tekst = kans.choice(MUTATIES)(tekst, kans) or "x"
        if len(tekst) < 40:
            break
    ruw = tekst.encode("utf-8", "surrogatepass")
    if nummer % 40 == 1:  # Bytes that are no text at all.
        plek = kans.randrange(len(ruw))
        ruw = ruw[:plek] + bytes([kans.randrange(128, 256)]) + ruw[plek:]
    return ruw


def read(pad: Path, ruw: bytes) -> Criteriaset | DefinitieError:
    pad.write_bytes(ruw)
    try:
        return load_criteriaset(pad)
    except DefinitieError as fout:
        return fout


@pytest.mark.parametrize("begin", range(0, AANTAL, DEEL))
def test_noise_gives_a_valid_set_or_faults_with_a_place(begin: int, tmp_path: Path) -> None:
    pad = tmp_path / "ruis.yaml"
    soorten: Counter[type] = Counter()
    for nummer in range(begin, begin + DEEL):
        ruw = mutate(nummer)
        try:
            uitkomst = read(pad, ruw)
            if isinstance(uitkomst, Criteriaset):
                assert describe_criteriaset(uitkomst)
            else:
                regels = ruw.count(b"\n") + ruw.count(b"\r") + ruw.count("\x85".encode()) + ruw.count("\u2028".encode())
                assert uitkomst.fouten
                for fout in uitkomst.fouten:
                    assert fout.tekst
                    assert fout.kolom >= 1
                    assert 1 <= fout.regel <= regels + 2, fout
        except Exception as fout:
            raise AssertionError(f"ruis nummer {nummer}: {fout!r}\n{ruw!r}") from fout
        soorten[type(uitkomst)] += 1
    # Noise that never or always breaks a file would test nothing.
    assert soorten[DefinitieError] > DEEL // 3
    assert soorten[Criteriaset] > 0


def test_the_same_number_gives_the_same_noise() -> None:
    assert [mutate(n) for n in range(20)] == [mutate(n) for n in range(20)]
    assert len({mutate(n) for n in range(AANTAL)}) > AANTAL * 0.9


def test_every_key_that_a_set_can_hold_gets_noise() -> None:
    samen = "\n".join(BRONNEN)
    sleutels = list_namen(list_structs(criterium), {"set", "editie", "hash"})
    assert {s for s in sleutels if not re.search(rf"\b{s}:", samen)} == set()
