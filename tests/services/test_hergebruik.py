"""Evidence of an earlier round is used again by whom it is of, while it is valid, and by nobody else."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from sqlmodel import select

from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk
from inkoop.domain.criteria.dossier import Certificaatfeit, Documentfeit, Herkomst, Lidrol
from inkoop.domain.dossierbouw import NOG_NIET_ONTVANGEN
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.services import aanmeldingen, bewijzen, documenten, feiten, hergebruik, indienen, opening, rondes
from inkoop.services.conceptwaarde import Conceptstuk, check_stukken, write_feit
from inkoop.services.huis import NietGevondenError
from inkoop.storage.auditregel import AuditRow
from tests.services.kleineronde import KLEIN, SET, add_ronde, at, begin_ronde, make_klachten, make_opgave
from tests.services.proefspel import Proef, Stand, copy_database, find_scenario, list_bestanden, read_alles

EIGEN, ANDER = "90000101", "90000102"
NIEUW = "K-2"
# K-1 closes 2020-03-31; K-2 closes 2020-09-30 and comes into force on 2020-12-31.
EISEN = SET.replace("geldig_op: [sluiting]", "geldig_op: [sluiting, ingang]").replace(
    "peilmoment: sluiting, op_naam: nee", "peilmoment: sluiting, op_naam: nee, max_leeftijd_maanden: 17"
)
Vorig = Callable[..., tuple[Proef, str]]


@pytest.fixture(scope="module")
def gewoon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stand, str]]:
    """Both files handed in and opened in K-1, with K-2 open: played once, copied by each test."""
    proef, kenmerk = play(tmp_path_factory.mktemp("vorig"))
    map_ = proef.huis.winkel.map
    copy_database(map_, map_.parent / "stand")
    yield (
        Stand(map=map_.parent / "stand", winkel=map_, bestanden=list_bestanden(map_), nu=proef.klok.nu, zaken={}),
        kenmerk,
    )
    proef.huis.winkel.close()


@pytest.fixture
def vorig(gewoon: tuple[Stand, str], tmp_path: Path) -> Iterator[Vorig]:
    """A store in which somebody applied in K-1, which was opened, and in which K-2 is open."""
    gemaakt: list[Proef] = []

    def begin(opgave: Aanmeldingsopgave | None = None, **anders: object) -> tuple[Proef, str]:
        if opgave is None and not anders:
            proef, kenmerk = Proef.open(tmp_path / "kopie", gewoon[0]), gewoon[1]
            proef.ronde = NIEUW
        else:
            proef, kenmerk = play(tmp_path, opgave, **anders)  # type: ignore[arg-type]
        gemaakt.append(proef)
        return proef, kenmerk

    yield begin
    for proef in gemaakt:
        proef.huis.winkel.close()
        shutil.rmtree(proef.huis.winkel.map)


def play(
    map_: Path, opgave: Aanmeldingsopgave | None = None, *, op: str = "2020-03-20T12:00:00", trek_in: bool = False
) -> tuple[Proef, str]:
    """Hand in in K-1, open it, and begin K-2."""
    proef = begin_ronde(map_ / "winkel", at("2020-03-31T23:59:59"), kvks=(EIGEN, ANDER))
    gewoon, bestanden = make_opgave(EIGEN)
    proef.klok.set(at(op))
    kenmerk = indienen.submit_aanmelding(
        proef.huis, act_as(proef, EIGEN), ronde=KLEIN, opgave=opgave or gewoon, bestanden=bestanden
    )
    if trek_in:
        aanmeldingen.withdraw_aanmelding(proef.huis, act_as(proef, EIGEN), kenmerk, "Wij wachten een ronde.")
    open_ronde(proef, KLEIN, "2020-04-02T09:00:00")
    add_ronde(proef, NIEUW, at("2020-09-30T23:59:59"), EISEN)
    proef.klok.set(at("2020-09-01T09:00:00"))
    return proef, kenmerk


def act_as(proef: Proef, kvk: str):
    return proef.act_as(f"aanbieder-{kvk}")


def open_ronde(proef: Proef, ronde: str, op: str) -> None:
    proef.klok.set(at(op))
    rondes.request_opening(proef.huis, proef.act_as(INKOPER), ronde)
    opening.open_ronde(proef.huis, proef.act_as(JURIST), ronde)


def make_hergebruik(kenmerk: str, kvk: str = EIGEN, **anders: object) -> Aanmeldingsopgave:
    """An aanmelding that uses both files of an earlier one again."""
    opgave, _ = make_opgave(kvk)
    stukken = tuple(msgspec.structs.replace(stuk, eerder=kenmerk, feiten=(), **anders) for stuk in opgave.bewijsstukken)
    return msgspec.structs.replace(opgave, bewijsstukken=stukken)


def submit(proef: Proef, opgave: Aanmeldingsopgave, kvk: str = EIGEN, bestanden: dict[str, bytes] | None = None):
    return indienen.receive_aanmelding(
        proef.huis, act_as(proef, kvk), ronde=NIEUW, opgave=opgave, bestanden=bestanden or {}
    )


def test_a_file_of_an_earlier_round_is_handed_in_again_without_sending_it(vorig: Vorig):
    proef, kenmerk = vorig()
    _, bestanden = make_opgave(EIGEN)
    ontvangst = submit(proef, make_hergebruik(kenmerk))
    hashes = {naam: hashlib.sha256(inhoud).hexdigest() for naam, inhoud in bestanden.items()}
    assert {naam: b.sha256 for naam, b in ontvangst.bestanden.items()} == hashes
    assert ontvangst.hergebruikt == dict.fromkeys(bestanden, kenmerk)


def test_it_is_sealed_with_the_new_round_and_tells_nothing_before_its_opening(vorig: Vorig):
    proef, kenmerk = vorig()
    _, bestanden = make_opgave(EIGEN)
    voor = read_alles(proef.huis.winkel.map)
    submit(proef, make_hergebruik(kenmerk))
    na = read_alles(proef.huis.winkel.map)
    nieuw = repr([rij for naam, rijen in na.items() for rij in rijen if rij not in voor[naam]])
    for woord in (EIGEN, kenmerk, *bestanden, *(hashlib.sha256(inhoud).hexdigest() for inhoud in bestanden.values())):
        assert woord not in nieuw, woord


def test_after_the_opening_its_facts_are_stated_anew_and_nobody_established_them(vorig: Vorig):
    proef, kenmerk = vorig()
    ontvangst = submit(proef, make_hergebruik(kenmerk))
    open_ronde(proef, NIEUW, "2020-10-02T09:00:00")
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, ontvangst.kenmerk)
        regels = feiten.list_feiten(sessie, rij)
        eerdere = bewijzen.list_hergebruik(sessie, rij)
    assert {regel.wijze for regel in regels} == {None}
    assert {regel.feit.herkomst for regel in regels} == {Herkomst.OPGEGEVEN}
    assert {regel.feit.ontvangen_op for regel in regels} == {at("2020-09-01T09:00:00").date()}
    assert {type(regel.feit) for regel in regels} == {Certificaatfeit, Documentfeit}
    assert list(eerdere.values()) == [kenmerk, kenmerk]


def test_the_receipt_the_log_and_the_record_say_where_it_comes_from(vorig: Vorig):
    proef, kenmerk = vorig()
    ontvangst = submit(proef, make_hergebruik(kenmerk))
    open_ronde(proef, NIEUW, "2020-10-02T09:00:00")
    with proef.huis.winkel.lezen() as sessie:
        brief = documenten.find_by_sleutel(sessie, f"ontvangst:{ontvangst.kenmerk}")
        vraag = select(AuditRow).where(
            AuditRow.onderwerp == ontvangst.kenmerk, AuditRow.handeling == "aanmelding_ontzegelen"
        )
        regel = sessie.exec(vraag).one()
        opgave = aanmeldingen.read_opgave(aanmeldingen.find_aanmelding(sessie, ontvangst.kenmerk))
    assert brief is not None
    assert f"eerder ingeleverd bij aanmelding {kenmerk}" in brief.gegevens
    assert kenmerk in str(regel.gegevens)
    assert {stuk.eerder_sha256 for stuk in opgave.bewijsstukken} == {b.sha256 for b in ontvangst.bestanden.values()}


@pytest.mark.parametrize(("tot", "geldig"), [("2020-12-31", True), ("2020-12-30", False)])
def test_a_certificate_that_ends_before_the_ingang_is_not_taken_and_the_refusal_says_why(
    vorig: Vorig, tot: str, geldig: bool
):
    opgave, _ = make_opgave(EIGEN)
    certificaat = opgave.bewijsstukken[0]
    feit = msgspec.structs.replace(certificaat.feiten[0], tot=at(f"{tot}T00:00:00").date())
    stukken = (msgspec.structs.replace(certificaat, feiten=(feit,)), *opgave.bewijsstukken[1:])
    proef, kenmerk = vorig(msgspec.structs.replace(opgave, bewijsstukken=stukken))
    nieuw = make_hergebruik(kenmerk)
    if geldig:
        assert submit(proef, nieuw).hergebruikt
        return
    with proef.refuses("eerder-verlopen"):
        submit(proef, nieuw)
    with pytest.raises(BeletselenError, match=r"30 december 2020.*31 december 2020 .de ingang van de overeenkomst"):
        submit(proef, nieuw)


@pytest.mark.parametrize(("dag", "geldig"), [("2019-04-30", True), ("2019-04-29", False)])
def test_a_document_that_is_too_old_by_now_is_not_taken(vorig: Vorig, dag: str, geldig: bool):
    opgave, _ = make_opgave(EIGEN, klachten=at(f"{dag}T00:00:00").date())
    proef, kenmerk = vorig(opgave)
    if geldig:
        assert submit(proef, make_hergebruik(kenmerk)).hergebruikt
    else:
        with proef.refuses("eerder-verlopen"):
            submit(proef, make_hergebruik(kenmerk))


def test_nobody_uses_what_another_handed_in(vorig: Vorig):
    proef, kenmerk = vorig()
    _, bestanden = make_opgave(EIGEN)
    sha256 = hashlib.sha256(bestanden["klachten.pdf"]).hexdigest()
    vreemd = make_hergebruik(kenmerk, ANDER)
    met_hash = msgspec.structs.replace(
        vreemd, bewijsstukken=(msgspec.structs.replace(vreemd.bewijsstukken[1], eerder_sha256=sha256),)
    )
    for opgave in (vreemd, met_hash):
        with proef.refuses("eerder-onbekend"):
            submit(proef, opgave, ANDER)
    with pytest.raises(NietGevondenError):
        hergebruik.read_eerder(proef.huis, act_as(proef, ANDER), NIEUW, kenmerk, sha256)
    assert hergebruik.list_herbruikbaar(proef.huis, act_as(proef, ANDER), NIEUW) == []


def test_the_refusal_is_the_same_for_what_is_of_another_and_for_what_does_not_exist(vorig: Vorig):
    proef, kenmerk = vorig()
    teksten = []
    for naam in (kenmerk, "K-1-A999"):
        with pytest.raises(BeletselenError, match="geen aanmelding") as fout:
            submit(proef, make_hergebruik(naam, ANDER), ANDER)
        teksten.append(str(fout.value).replace(naam, "X"))
    assert teksten[0] == teksten[1]


def test_who_says_to_be_another_learns_nothing_of_what_that_one_handed_in(vorig: Vorig):
    proef, kenmerk = vorig()
    geweigerd = []
    for naam in (kenmerk, "K-1-A999"):
        with pytest.raises(BeletselenError) as fout:
            submit(proef, make_hergebruik(naam), ANDER)
        geweigerd.append([beletsel.code for beletsel in fout.value.beletselen])
    assert geweigerd == [["namens"], ["namens"]]


def test_a_file_about_one_legal_person_does_not_serve_another(vorig: Vorig):
    proef, kenmerk = vorig()
    opgave = make_hergebruik(kenmerk)
    ander, _ = make_opgave(ANDER)
    leden = (
        msgspec.structs.replace(opgave.leden[0], rol=Lidrol.PENVOERDER),
        msgspec.structs.replace(ander.leden[0], id="ander", rol=Lidrol.LID),
    )
    stukken = tuple(msgspec.structs.replace(stuk, lid="ander") for stuk in opgave.bewijsstukken)
    with proef.refuses("eerder-ander"):
        submit(proef, msgspec.structs.replace(opgave, leden=leden, bewijsstukken=stukken))


def test_what_was_withdrawn_is_not_used_again(vorig: Vorig):
    proef, kenmerk = vorig(trek_in=True)
    with proef.refuses("eerder-onbekend"):
        submit(proef, make_hergebruik(kenmerk))


def test_what_came_too_late_then_is_used_again(vorig: Vorig):
    proef, kenmerk = vorig(op="2020-04-01T00:00:30")
    assert submit(proef, make_hergebruik(kenmerk)).status is Aanmeldingsstatus.ONTVANGEN


def test_what_is_still_sealed_in_another_round_is_not_used(vorig: Vorig):
    proef, kenmerk = vorig()
    verzegeld = submit(proef, make_hergebruik(kenmerk)).kenmerk
    with proef.refuses("eerder-onbekend"):
        submit(proef, make_hergebruik(verzegeld))


def test_a_file_that_is_not_there_any_more_is_sent_again(vorig: Vorig):
    proef, kenmerk = vorig()
    _, bestanden = make_opgave(EIGEN)
    sha256 = hashlib.sha256(bestanden["klachten.pdf"]).hexdigest()
    (proef.huis.winkel.map / "bewijs" / sha256[:2] / sha256[2:4] / sha256).unlink()
    with proef.refuses("eerder-weg"):
        submit(proef, make_hergebruik(kenmerk))
    (een,) = [e for e in hergebruik.list_herbruikbaar(proef.huis, act_as(proef, EIGEN), NIEUW) if e.beletselen]
    assert (een.stuk.bestand, een.is_bruikbaar("K-01")) == ("klachten.pdf", False)


def test_a_file_is_not_sent_and_used_again_both(vorig: Vorig):
    proef, kenmerk = vorig()
    _, bestanden = make_opgave(EIGEN)
    with proef.refuses("eerder-dubbel"):
        submit(proef, make_hergebruik(kenmerk), bestanden={"klachten.pdf": bestanden["klachten.pdf"]})


def test_what_is_stated_now_counts_before_what_was_stated_then(vorig: Vorig):
    proef, kenmerk = vorig()
    opgave = make_hergebruik(kenmerk)
    stuk = msgspec.structs.replace(opgave.bewijsstukken[1], feiten=(make_klachten(at("2020-01-15T00:00:00").date()),))
    ontvangst = submit(proef, msgspec.structs.replace(opgave, bewijsstukken=(stuk,)))
    open_ronde(proef, NIEUW, "2020-10-02T09:00:00")
    with proef.huis.winkel.lezen() as sessie:
        (regel,) = feiten.list_feiten(sessie, aanmeldingen.find_aanmelding(sessie, ontvangst.kenmerk))
    assert isinstance(regel.feit, Documentfeit)
    assert regel.feit.datum.isoformat() == "2020-01-15"


def test_every_reason_is_said_at_once_by_file(vorig: Vorig):
    proef, kenmerk = vorig()
    opgave = make_hergebruik(kenmerk)
    fout = Bewijsstuk(bestand="weg.pdf", omschrijving="Iets", lid=None, feiten=(), eerder=kenmerk)
    ander = msgspec.structs.replace(opgave.bewijsstukken[0], eerder="K-9-A001")
    with pytest.raises(BeletselenError, match=r"weg\.pdf") as gevangen:
        submit(proef, msgspec.structs.replace(opgave, bewijsstukken=(fout, ander)))
    assert "certificaat.pdf" in str(gevangen.value)


def test_only_an_aanbieder_asks_what_it_can_use_again(vorig: Vorig):
    proef, _ = vorig()
    with pytest.raises(GeenToegangError):
        hergebruik.list_herbruikbaar(proef.huis, proef.act_as(INKOPER), NIEUW)


def test_what_was_stated_comes_back_whole_from_the_text_of_a_draft():
    for scenario in ("M1", "M2", "M4", "M5"):
        opgave = find_scenario(scenario).aanmelding
        for stuk in opgave.bewijsstukken:
            tekst = Conceptstuk(
                nummer=1,
                bestand=stuk.bestand,
                opslag="",
                mediatype="application/pdf",
                grootte=1,
                apart_gezet=False,
                omschrijving=stuk.omschrijving,
                lid=stuk.lid or "",
                feiten=[write_feit(feit) for feit in stuk.feiten],
            )
            (terug,) = check_stukken([tekst], [lid.id for lid in opgave.leden], {})
            kaal = [msgspec.structs.replace(feit, ontvangen_op=NOG_NIET_ONTVANGEN) for feit in stuk.feiten]
            assert list(terug.feiten) == kaal, stuk.bestand
