"""What came in cannot be read from the store until two people opened the round; nothing gets lost meanwhile."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from inkoop.cli.demo.bewijs import make_bestanden
from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, bewijzen, documenten, indienen, opening, rondes, verzegeling
from inkoop.services.verzegeling import NogVerzegeldError
from inkoop.storage.audit import check_keten
from inkoop.storage.bestandscontrole import check_bestanden
from inkoop.storage.sleutelkast import Sleutelkast
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.verzegeling import VerzegelingRow
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef, find_scenario, read_alles

OPGAVE = find_scenario("M1").aanmelding
ANDER = find_scenario("M2").aanmelding
OP_TIJD = datetime(2020, 3, 12, 10, 41, tzinfo=TIJDZONE)
NA_SLUITING = datetime(2020, 4, 1, 9, 0, tzinfo=TIJDZONE)


def receive(proef: Proef, opgave=OPGAVE, moment: datetime = OP_TIJD) -> indienen.Ontvangst:
    proef.klok.set(moment)
    return indienen.receive_aanmelding(
        proef.huis,
        proef.act_as(aanbieder_id(opgave.penvoerder.kvk)),
        ronde=RONDE,
        opgave=opgave,
        bestanden=make_bestanden(opgave, opgave.bewijsstukken),
        ontvangen_op=moment,
    )


def open_ronde(proef: Proef) -> None:
    if proef.klok.nu < NA_SLUITING:
        proef.klok.set(NA_SLUITING)
    rondes.request_opening(proef.huis, proef.act_as(INKOPER), RONDE)
    opening.open_ronde(proef.huis, proef.act_as(JURIST), RONDE)


def find(proef: Proef, kenmerk: str) -> AanmeldingRow:
    with proef.huis.winkel.lezen() as sessie:
        return aanmeldingen.find_aanmelding(sessie, kenmerk)


def test_nothing_of_what_came_in_stands_readable_in_database_or_folder(begin: Begin):
    proef = begin("gepubliceerd")
    voor = read_alles(proef.huis.winkel.map)
    receive(proef)
    na = read_alles(proef.huis.winkel.map)
    nieuw = repr([rij for naam, rijen in na.items() for rij in rijen if rij not in voor[naam]]).encode()
    bestanden = [pad.read_bytes() for pad in (proef.huis.winkel.map / "bewijs").rglob("*") if pad.is_file()]
    kenmerkend = [
        OPGAVE.naam,
        OPGAVE.penvoerder.kvk,
        OPGAVE.penvoerder.email,
        aanbieder_id(OPGAVE.penvoerder.kvk),
        *OPGAVE.percelen,
        *(stuk.bestand for stuk in OPGAVE.bewijsstukken),
        *(stuk.omschrijving for stuk in OPGAVE.bewijsstukken),
    ]
    hashes = [hashlib.sha256(b).hexdigest() for b in make_bestanden(OPGAVE, OPGAVE.bewijsstukken).values()]
    assert len(bestanden) == len(OPGAVE.bewijsstukken) + 1
    for woord in (*kenmerkend, *hashes):
        assert f"'{woord}'".encode() not in nieuw, woord
    for woord in (*kenmerkend[:4], *hashes, "%PDF-"):
        assert woord.encode() not in nieuw, woord
        assert not [b for b in bestanden if woord.encode() in b], woord


def test_the_key_is_not_in_the_store(begin: Begin):
    proef = begin("aangemeld")
    (sleutel,) = proef.huis.sleutels.map.glob(f"{RONDE}-*.sleutel")
    geheim = sleutel.read_text().splitlines()[-1].removeprefix("sleutel: ").encode()
    alles = [pad.read_bytes() for pad in proef.huis.winkel.map.rglob("*") if pad.is_file()]
    assert alles
    assert not [inhoud for inhoud in alles if geheim in inhoud]


def test_before_the_opening_nothing_reads_an_aanmelding_and_the_flow_leaves_it_alone(begin: Begin):
    proef = begin("opening_verzoeken")
    with proef.huis.winkel.lezen() as sessie, pytest.raises(NogVerzegeldError):
        aanmeldingen.read_opgave(find(proef, proef.find("M1")))
    assert not aanmeldingen.answer_niet_beoordeeld(proef.huis, proef.act_as(INKOPER), proef.find("M6"))
    with proef.huis.winkel.lezen() as sessie:
        assert documenten.list_documenten(sessie, onderwerp=proef.find("M1")) == []


def test_the_opening_gives_back_exactly_what_was_handed_in(begin: Begin):
    proef = begin("gepubliceerd")
    ontvangst = receive(proef)
    open_ronde(proef)
    rij = find(proef, ontvangst.kenmerk)
    assert (aanmeldingen.read_opgave(rij), rij.naam, rij.kvk) == (OPGAVE, OPGAVE.naam, OPGAVE.penvoerder.kvk)
    verwacht = {naam: hashlib.sha256(b).hexdigest() for naam, b in make_bestanden(OPGAVE, OPGAVE.bewijsstukken).items()}
    assert {naam: bestand.sha256 for naam, bestand in ontvangst.bestanden.items()} == verwacht
    with proef.huis.winkel.lezen() as sessie:
        stukken = bewijzen.list_bewijsstukken(sessie, rij)
        (document,) = documenten.list_documenten(sessie, onderwerp=rij.kenmerk)
    assert {stuk.bestand: stuk.sha256 for stuk in stukken} == verwacht
    assert all(proef.huis.winkel.bewijs.read(sha256) for sha256 in verwacht.values())
    assert (document.kenmerk, document.gegevens) == (ontvangst.bevestiging.kenmerk, ontvangst.bevestiging.gegevens)


def test_the_log_names_who_handed_in_only_from_the_opening(begin: Begin):
    proef = begin("gepubliceerd")
    wie = aanbieder_id(OPGAVE.penvoerder.kvk)
    ontvangst = receive(proef)
    regels = [repr(rij) for rij in read_alles(proef.huis.winkel.map)["audit"] if ontvangst.kenmerk in repr(rij)]
    assert not [regel for regel in regels if wie in regel]
    assert [regel for regel in regels if ontvangst.ontvangsthash in regel]
    open_ronde(proef)
    regels = [repr(rij) for rij in read_alles(proef.huis.winkel.map)["audit"] if ontvangst.kenmerk in repr(rij)]
    (ontzegeld,) = [regel for regel in regels if "aanmelding_ontzegelen" in regel]
    assert wie in ontzegeld
    assert JURIST in ontzegeld
    assert check_keten(proef.huis.winkel).fouten == ()
    assert check_bestanden(proef.huis.winkel) == ()


def test_the_files_of_what_was_withdrawn_before_the_opening_stay_sealed(begin: Begin):
    proef = begin("gepubliceerd")
    kenmerk = receive(proef).kenmerk
    aanmeldingen.withdraw_aanmelding(
        proef.huis, proef.act_as(aanbieder_id(OPGAVE.penvoerder.kvk)), kenmerk, "Wij worden overgenomen."
    )
    assert "overgenomen" not in repr(read_alles(proef.huis.winkel.map))
    open_ronde(proef)
    rij = find(proef, kenmerk)
    assert (rij.status, rij.naam) == (Aanmeldingsstatus.INGETROKKEN, OPGAVE.naam)
    with proef.huis.winkel.lezen() as sessie:
        assert bewijzen.list_bewijsstukken(sessie, rij) == []
        soorten = {d.soort for d in documenten.list_documenten(sessie, onderwerp=kenmerk)}
    assert soorten == {"ontvangstbevestiging", "intrekkingsbevestiging"}
    assert "Wij worden overgenomen." in repr(read_alles(proef.huis.winkel.map)["audit"])


def test_nobody_withdraws_a_sealed_aanmelding_of_another(begin: Begin):
    proef = begin("gepubliceerd")
    kenmerk = receive(proef).kenmerk
    with proef.refuses("namens", fout=GeenToegangError):
        aanmeldingen.withdraw_aanmelding(
            proef.huis, proef.act_as(aanbieder_id(ANDER.penvoerder.kvk)), kenmerk, "Weg ermee."
        )


def test_after_a_withdrawal_the_aanbieder_can_hand_in_again(begin: Begin):
    proef = begin("gepubliceerd")
    eerste = receive(proef).kenmerk
    aanmeldingen.withdraw_aanmelding(
        proef.huis, proef.act_as(aanbieder_id(OPGAVE.penvoerder.kvk)), eerste, "Verkeerd bestand."
    )
    tweede = receive(proef, moment=OP_TIJD + timedelta(days=1))
    assert tweede.vervangt == ()
    open_ronde(proef)
    assert find(proef, eerste).status is Aanmeldingsstatus.INGETROKKEN
    assert find(proef, tweede.kenmerk).status is Aanmeldingsstatus.ONTVANGEN


def test_a_damaged_envelope_stops_the_opening_before_anything_is_unsealed_and_names_it(begin: Begin):
    proef = begin("gepubliceerd")
    receive(proef)
    kapot = receive(proef, ANDER, OP_TIJD + timedelta(hours=1)).kenmerk
    with proef.huis.winkel.lezen() as sessie:
        envelop = sessie.get_one(VerzegelingRow, find(proef, kapot).id).enveloppen[2]
    pad = Path(proef.huis.winkel.bewijs.name(envelop))
    heel = pad.read_bytes()
    pad.unlink()
    pad.write_bytes(heel[:-1] + bytes([heel[-1] ^ 1]))
    proef.klok.set(NA_SLUITING)
    rondes.request_opening(proef.huis, proef.act_as(INKOPER), RONDE)
    with proef.refuses("envelop"):
        opening.open_ronde(proef.huis, proef.act_as(JURIST), RONDE)
    pad.write_bytes(heel)
    opening.open_ronde(proef.huis, proef.act_as(JURIST), RONDE)
    assert find(proef, kapot).naam == ANDER.naam


def test_an_opening_that_stopped_halfway_goes_on_where_it_was(begin: Begin, monkeypatch: pytest.MonkeyPatch):
    proef = begin("ronde_openen")
    echt = opening._unseal
    gedaan: list[str] = []

    def sterf(*woorden, **_):
        if len(gedaan) == 2:
            raise KeyboardInterrupt
        gedaan.append(woorden[3])
        return echt(*woorden)

    monkeypatch.setattr(opening, "_unseal", sterf)
    with pytest.raises(KeyboardInterrupt):
        opening.open_ronde(proef.huis, proef.act_as(JURIST), RONDE)
    with proef.huis.winkel.lezen() as sessie:
        ronde = rondes.find_ronde(sessie, RONDE)
        over = [rij.kenmerk for rij, _ in verzegeling.list_verzegeld(sessie, ronde)]
        assert ronde.geopend_op is None
        assert over
        assert set(over).isdisjoint(gedaan)
    monkeypatch.setattr(opening, "_unseal", echt)
    opening.open_ronde(proef.huis, proef.act_as(JURIST), RONDE)
    with proef.huis.winkel.lezen() as sessie:
        assert rondes.find_ronde(sessie, RONDE).geopend_op is not None
        assert verzegeling.list_verzegeld(sessie, rondes.find_ronde(sessie, RONDE)) == []


def test_without_the_secret_of_the_marks_the_opening_still_lets_the_last_one_count(begin: Begin, tmp_path: Path):
    proef = begin("gepubliceerd")
    eerste = receive(proef).kenmerk
    oud = proef.huis.sleutels
    zonder = Sleutelkast(tmp_path / "s", tmp_path / "k")
    for pad in oud.map.glob("*.sleutel"):
        (tmp_path / "s").mkdir(exist_ok=True)
        (tmp_path / "s" / pad.name).write_bytes(pad.read_bytes())
    proef.huis = replace(proef.huis, sleutels=zonder)
    tweede = receive(proef, moment=OP_TIJD + timedelta(days=1))
    assert tweede.vervangt == ()
    open_ronde(proef)
    assert find(proef, eerste).status is Aanmeldingsstatus.VERVANGEN
    assert find(proef, tweede.kenmerk).status is Aanmeldingsstatus.ONTVANGEN


def test_what_comes_in_after_the_opening_is_kept_open_and_late(begin: Begin):
    proef = begin("gepubliceerd")
    receive(proef)
    open_ronde(proef)
    laat = receive(proef, ANDER, proef.klok.nu + timedelta(hours=1))
    rij = find(proef, laat.kenmerk)
    assert (rij.status, rij.naam) == (Aanmeldingsstatus.TE_LAAT, ANDER.naam)
    with proef.huis.winkel.lezen() as sessie:
        assert verzegeling.find_verzegeling(sessie, rij) is None
    assert aanmeldingen.answer_niet_beoordeeld(proef.huis, proef.act_as(INKOPER), laat.kenmerk)
