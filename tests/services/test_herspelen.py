"""Every kept toets of the played round comes out again byte for byte, also those of before later facts."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing

import msgspec
import pytest

from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER
from inkoop.domain.criteria.herspel import Herspelstand
from inkoop.domain.criteria.motor import MOTOR, MOTOREN
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import herspelen, toetsen
from inkoop.storage.winkel import DATABASE
from tests.services.conftest import Begin
from tests.services.proefspel import Proef


@pytest.fixture
def proef(begin: Begin) -> Proef:
    """A copy of the round with every besluit taken and every condition met, to spoil."""
    return begin("addendum_tekenen")


def replay_all(proef: Proef) -> list[herspelen.Herspel]:
    return list(herspelen.replay(proef.huis, proef.act_as(INKOPER)))


def list_kenmerken(proef: Proef) -> list[str]:
    return sorted({uitkomst.aanmelding for uitkomst in replay_all(proef)})


def spoil(proef: Proef, kenmerk: str, verander) -> None:
    """Change the kept receipt of the first toets behind the program's back, its hash with it."""
    with closing(sqlite3.connect(proef.huis.winkel.map / DATABASE)) as verbinding:
        for (naam,) in verbinding.execute("select name from sqlite_master where type='trigger'").fetchall():
            verbinding.execute(f'drop trigger "{naam}"')
        vraag = "select t.id, t.resultaat from toets t join aanmelding a on a.id = t.aanmelding_id"
        sleutel, inhoud = verbinding.execute(f"{vraag} where a.kenmerk = ? and t.volgnummer = 1", [kenmerk]).fetchone()
        nieuw = verander(inhoud)
        hash_ = hashlib.sha256(nieuw.encode()).hexdigest()
        verbinding.execute("update toets set resultaat = ?, hash = ? where id = ?", [nieuw, hash_, sleutel])
        verbinding.commit()


def test_every_kept_toets_comes_out_again_byte_for_byte(proef: Proef):
    uitkomsten = replay_all(proef)
    assert {uitkomst.stand for uitkomst in uitkomsten} == {Herspelstand.GELIJK}
    assert max(uitkomst.volgnummer for uitkomst in uitkomsten) > 1, "an earlier toets is replayed too"


def test_a_changed_outcome_is_named_at_its_finding(proef: Proef):
    kenmerk = list_kenmerken(proef)[0]

    def verander(inhoud: str) -> str:
        waarde = msgspec.json.decode(inhoud)
        assert waarde["bevindingen"][0]["criterium"] == "U-01"
        waarde["bevindingen"][0]["grond"] = "verzonnen"
        return msgspec.json.encode(waarde).decode()

    spoil(proef, kenmerk, verander)
    (anders,) = [uitkomst for uitkomst in replay_all(proef) if uitkomst.stand is not Herspelstand.GELIJK]
    assert (anders.aanmelding, anders.volgnummer, anders.stand) == (kenmerk, 1, Herspelstand.ANDERS)
    (verschil,) = anders.verschillen
    assert verschil.plaats.startswith("bevindingen.[U-01")
    assert verschil.plaats.endswith("].grond")
    assert verschil.bewaard == "verzonnen"
    assert "meld dit" in anders.uitleg


def test_another_engine_is_said_as_the_explanation(proef: Proef):
    kenmerk = list_kenmerken(proef)[0]
    spoil(proef, kenmerk, lambda inhoud: inhoud.replace(MOTOR, "inkoop-criteria/0"))
    (anders,) = [uitkomst for uitkomst in replay_all(proef) if uitkomst.stand is not Herspelstand.GELIJK]
    assert [v.plaats for v in anders.verschillen] == ["motor"]
    assert "gemaakt met inkoop-criteria/0, dit is" in anders.uitleg


def test_a_receipt_of_an_older_engine_is_replayed_by_that_engine(proef: Proef):
    """What differs between the engines (a full stop behind a name) is no difference between the receipts."""
    kenmerk = list_kenmerken(proef)[0]
    spoil(proef, kenmerk, lambda inhoud: inhoud.replace(MOTOR, MOTOREN[0]))
    assert {u.stand for u in replay_all(proef)} == {Herspelstand.GELIJK}
    assert MOTOREN[0] in {u.motor for u in replay_all(proef)}


def test_a_receipt_that_cannot_be_read_and_a_dossier_that_is_gone_are_said(proef: Proef):
    kenmerken = list_kenmerken(proef)
    spoil(proef, kenmerken[0], lambda inhoud: inhoud.replace('"motor"', '"moter"'))
    spoil(proef, kenmerken[1], lambda inhoud: inhoud.replace('"dossier_hash":"', '"dossier_hash":"0'))
    standen = {u.aanmelding: u.stand for u in replay_all(proef) if u.volgnummer == 1}
    assert standen[kenmerken[0]] is Herspelstand.ONLEESBAAR
    assert standen[kenmerken[1]] is Herspelstand.ONBEKEND_DOSSIER


def test_a_receipt_that_lost_its_hash_is_said_to_be_changed(proef: Proef):
    kenmerk = list_kenmerken(proef)[0]
    spoil(proef, kenmerk, lambda inhoud: inhoud)
    with closing(sqlite3.connect(proef.huis.winkel.map / DATABASE)) as verbinding:
        verbinding.execute("update toets set resultaat = replace(resultaat, 'voldoet', 'voldoen')")
        verbinding.commit()
    assert {u.stand for u in replay_all(proef)} == {Herspelstand.GEWIJZIGD}


def test_rules_that_change_their_outcome_are_found(proef: Proef, monkeypatch: pytest.MonkeyPatch):
    """The rule is broken on purpose: replay must see it."""
    from inkoop.domain.criteria import toets

    monkeypatch.setattr(
        herspelen, "assess", lambda *wat, **hoe: msgspec.structs.replace(toets.assess(*wat, **hoe), eenheden=())
    )
    assert {u.stand for u in replay_all(proef)} == {Herspelstand.ANDERS}


def test_who_may_not_read_aanmeldingen_may_not_replay_them(proef: Proef):
    with pytest.raises(GeenToegangError):
        list(herspelen.replay(proef.huis, proef.act_as(GEMANDATEERDE)))


def test_the_dossier_of_a_first_toets_has_fewer_established_facts_than_that_of_the_last(proef: Proef):
    with proef.huis.winkel.lezen() as sessie:
        from sqlmodel import col, select

        from inkoop.storage.tabellen.aanmelding import AanmeldingRow
        from inkoop.storage.tabellen.toets import ToetsRow

        kleiner = 0
        volgorde = herspelen.read_volgorde(sessie)
        for toets in sessie.exec(select(ToetsRow).where(ToetsRow.volgnummer == 1).order_by(col(ToetsRow.id))):
            rij = sessie.get_one(AanmeldingRow, toets.aanmelding_id)
            toen = toetsen.read_basis(sessie, rij, geschreven=herspelen.list_geschreven(volgorde, toets)).dossier
            kleiner += toen != toetsen.read_basis(sessie, rij).dossier
        assert kleiner > 0
