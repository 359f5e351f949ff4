"""Every template with hostile values, and in processes of its own: values stay text, the bytes stay the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import msgspec
import page
import pytest

from inkoop.documents.bewerken import INVULPLEK
from inkoop.documents.boom import Document
from inkoop.documents.clausules import list_clausules
from inkoop.documents.fouten import ControleError
from inkoop.documents.gegevens import to_gegevens
from inkoop.documents.maken import build_document, make_document
from tests.documents.maak_voorbeelden import list_alle
from tests.documents.sjabloonproef import SJABLONEN, build, read_meta

pytestmark = pytest.mark.slow

VOORBEELDEN = list_alle()


def _gegevens(naam: str) -> dict[str, object]:
    return to_gegevens(VOORBEELDEN[naam])


HOSTILE = (
    "**X** | {{y}} [@z] # <b>&amp;</b> ::: kader _a_ 1. ~~x~~ \"'`´’”„\\ --> ]]> <!-- <w:p/><![CDATA[x]]>&#0;",
    "een\n\n# twee\r\n:::\n| a | b | abc\u202egnp.exe \u2066x\u2069 \u200b\u200e <script>alert(1)</script>",
)
"""Markup, quotes and XML; line ends, table cells and signs that turn the direction of reading."""


@pytest.mark.parametrize("naam", sorted(VOORBEELDEN))
def test_a_hostile_value_in_every_field_of_every_template_never_changes_its_structure(naam: str) -> None:
    gegevens = _gegevens(naam)
    zonder = [clausule.nummer for clausule in list_clausules(_build_zonder_poorten(naam, gegevens))]
    for tekst in HOSTILE:
        met = _build_zonder_poorten(naam, _spoil(gegevens, tekst))
        assert [clausule.nummer for clausule in list_clausules(met)] == zonder
        assert INVULPLEK not in met.titel


def test_ten_thousand_characters_in_a_field_are_set_and_stay_readable() -> None:
    gegevens = _gegevens("toelatingsbrief")
    procedure = gegevens["procedure"]
    assert isinstance(procedure, dict)
    for tekst in ("y" * 10_000, "lang woord " * 909):
        velden = gegevens | {"procedure": procedure | {"titel": tekst}}
        gemaakt = make_document(SJABLONEN, "toelatingsbrief", velden, kenmerk="K")
        assert gemaakt.aantal_paginas < 40
        fouten = page.validate_pdf_bytes(gemaakt.pdf, profile="ua1").failures
        assert [fout.rule_id for fout in fouten if "STREAM-LENGTH" not in fout.rule_id] == []
        assert tekst.strip()[:200] in gemaakt.tekst


def _build_zonder_poorten(naam: str, gegevens: dict[str, object]) -> Document:
    """The tree without the gates: what a value says may be refused, but not here."""
    kaal = msgspec.structs.replace(read_meta(naam.partition("--")[0]), controles=(), termijndagen=())
    return build_document(SJABLONEN, naam.partition("--")[0], gegevens, kaal)


_VAST = frozenset(
    {"naam", "uitkomst", "rol", "moment", "groep", "toepassing", "herstelbaar", "afdoening", "wet", "woord"}
)
"""Fields whose value a template chooses by; `naam` only of the procedure and products, which are codes."""


def _spoil(waarde: object, tekst: str, veld: str = "") -> dict[str, object]:
    uit = _spoil_deel(waarde, tekst, veld)
    assert isinstance(uit, dict)
    return uit


def _spoil_deel(waarde: object, tekst: str, veld: str) -> object:
    if veld == "woord":
        return waarde
    if isinstance(waarde, dict):
        return {naam: _spoil_deel(deel, tekst, naam) for naam, deel in waarde.items()}
    if isinstance(waarde, list | tuple):
        return [_spoil_deel(deel, tekst, veld) for deel in waarde]
    if isinstance(waarde, str) and waarde and _is_vrij(waarde, veld):
        return tekst
    assert isinstance(waarde, str | int | Decimal | date | datetime | bool | type(None))
    return waarde


def _is_vrij(waarde: str, veld: str) -> bool:
    """Whether a field holds words of people, and no code, enum value or day of a calendar that is chosen by."""
    return " " in waarde and veld not in _VAST


MAAK = """
import hashlib, json, sys
from pathlib import Path
from inkoop.documents.maken import build_document, make_document
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.documents.gegevens import SOORTEN, to_gegevens
import msgspec
sjablonen, map_ = sys.argv[1:]
for pad in sorted(Path(map_).glob("*.json")):
    velden = to_gegevens(msgspec.json.decode(pad.read_bytes(), type=SOORTEN[pad.stem]))
    uit = make_document(Sjabloonbron(Path(sjablonen)), pad.stem, velden, kenmerk='K')
    print(json.dumps([hashlib.sha256(deel).hexdigest() for deel in (uit.pdf, uit.docx, uit.html.encode(), uit.bundel)]))
"""


def test_two_processes_make_the_same_bytes(tmp_path: Path) -> None:
    """A letter that is set in one go and an agreement that is set in parts."""
    for naam in ("afwijzingsbrief", "raamovereenkomst"):
        (tmp_path / f"{naam}.json").write_bytes(msgspec.json.encode(VOORBEELDEN[naam]))
    sommen = []
    for zaad in ("1", "2"):
        uit = subprocess.run(
            [sys.executable, "-c", MAAK, str(SJABLONEN.map), str(tmp_path)],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "PYTHONHASHSEED": zaad, "TZ": "UTC" if zaad == "1" else "Pacific/Auckland"},
        )
        sommen.append(uit.stdout)
    assert sommen[0] == sommen[1]
    assert len({som for regel in sommen[0].splitlines() for som in json.loads(regel)}) == 8


def test_names_with_a_forbidden_word_pass_and_written_reasons_do_not() -> None:
    brief = _gegevens("toelatingsbrief")
    aanbieder = brief["aanbieder"]
    assert isinstance(aanbieder, dict)
    assert build("toelatingsbrief", brief | {"aanbieder": aanbieder | {"naam": "De Gunning"}})
    with pytest.raises(ControleError, match="in een toelating wordt niets gegund"):
        build(
            "afwijzingsbrief", _gegevens("afwijzingsbrief") | {"procedure": {**_procedure(), "titel": "Gunning 2020"}}
        )


def _procedure() -> dict[str, object]:
    procedure = _gegevens("afwijzingsbrief")["procedure"]
    assert isinstance(procedure, dict)
    return procedure
