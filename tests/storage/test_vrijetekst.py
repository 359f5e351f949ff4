"""What may be the number of a person comes in no record, wherever somebody writes in their own words."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlmodel import select

from inkoop.domain.fouten import BeletselenError
from inkoop.storage.auditregel import AuditRow
from inkoop.storage.eenheid import Actor
from inkoop.storage.grondslag import METADATA, Tabel
from inkoop.storage.tabellen.archief import BewaarslotRow
from inkoop.storage.vrijetekst import NIET_VRIJ, VRIJ, check_rij
from inkoop.storage.winkel import Winkel, Winkelsoort

BSN = "Het gaat om cliënt 123456782."
WIE = Actor("a", "b")
NU = datetime(2020, 3, 2, 9, tzinfo=UTC)
_VRIJ = {f"{tabel}.{kolom}" for tabel, kolommen in VRIJ.items() for kolom in kolommen}
_NAMEN = {kolom.partition(".")[2] for kolom in _VRIJ} - {"met", "thema", "waarde", "doel"}


def _list_tekstkolommen() -> set[str]:
    """Every column without a limit, and every short one with a name under which people write elsewhere."""
    gevonden = set()
    for tabel in METADATA.tables.values():
        for kolom in tabel.columns:
            lang = isinstance(kolom.type, sa.Text) or type(kolom.type).__name__ == "JsonTekst"
            if lang or (kolom.name in _NAMEN and type(kolom.type).__name__ == "AutoString" and not kolom.foreign_keys):
                gevonden.add(f"{tabel.name}.{kolom.name}")
    return gevonden


def test_of_every_column_with_text_is_said_whether_people_write_in_it():
    kolommen = _list_tekstkolommen()
    assert kolommen - _VRIJ - NIET_VRIJ.keys() == set(), "say in storage/vrijetekst whether people write in it"
    assert _VRIJ & NIET_VRIJ.keys() == set()
    bestaand = {f"{tabel.name}.{kolom.name}" for tabel in METADATA.tables.values() for kolom in tabel.columns}
    assert (_VRIJ | NIET_VRIJ.keys()) - bestaand == set(), "these columns are not there any more"


def _make_rij(tabel: str, kolom: str, waarde: object) -> object:
    (mapper,) = (m for m in Tabel._sa_registry.mappers if m.local_table is METADATA.tables[tabel])
    rij = mapper.class_()
    setattr(rij, kolom, waarde)
    return rij


@pytest.mark.parametrize("plek", sorted(_VRIJ - {"audit.reden"}))
def test_a_bsn_is_refused_in_every_field_in_which_people_write(plek: str):
    tabel, _, kolom = plek.partition(".")
    for waarde in (BSN, [{"tekst": BSN}]):
        assert [b.code for b in check_rij(_make_rij(tabel, kolom, waarde))] == ["bsn"], plek
    assert check_rij(_make_rij(tabel, kolom, "Zaak Z123456782, telefoon 0612345678.")) == []


@pytest.fixture
def winkel(tmp_path):
    winkel = Winkel.create(tmp_path / "winkel", Winkelsoort.SIMULATIE)
    yield winkel
    winkel.close()


@pytest.mark.parametrize("waar", ["rij", "logboek"])
def test_an_act_with_a_bsn_keeps_nothing(winkel: Winkel, waar: str):
    with (
        pytest.raises(BeletselenError, match="er is niets bewaard") as fout,
        winkel.eenheid(Actor("a", "b"), NU) as een,
    ):
        if waar == "rij":
            een.audit("proef", "onderwerp")
            een.sessie.add(BewaarslotRow(id=uuid4(), dossier="d", reden=BSN, door="a", op=NU))
        else:
            een.audit("proef", "onderwerp", reden=BSN)
    assert [b.code for b in fout.value.beletselen] == ["bsn"]
    assert "123456782" not in str(fout.value) + fout.value.beletselen[0].tekst
    with winkel.lezen() as sessie:
        assert [len(sessie.exec(select(soort)).all()) for soort in (BewaarslotRow, AuditRow)] == [0, 0]
