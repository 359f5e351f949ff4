"""After sending: proof, looking again, withdrawing, complaints, correspondence, the dossier for a court."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader
from sqlmodel import select
from typer.testing import CliRunner

from inkoop.cli.app import app
from inkoop.cli.demo.personen import BEOORDELAARS, GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.correspondentie import Berichtrichting, Contactwijze
from inkoop.domain.criteria.dossier import Documentfeit
from inkoop.domain.geschil import Geschilsoort, Geschiluitkomst
from inkoop.domain.herziening import Herzieningsaanleiding, Intrekkingsgrond
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Besluitstatus, Documentstatus, Overeenkomststatus
from inkoop.services import (
    aanmeldingen,
    besluiten,
    correspondentie,
    documenten,
    dossiers,
    feiten,
    geschillen,
    heropeningen,
    herzieningen,
    overeenkomsten,
    verzendingen,
)
from inkoop.services.feiten import Nadervaststelling, Vaststelling
from inkoop.services.taken import Taaksoort
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.besluit import BesluitRow
from inkoop.storage.tabellen.herziening import VerzendingRow
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef

REDEN = "Uit het register blijkt dat de klachtenregeling pas na de sluiting is vastgesteld."
GROND = Intrekkingsgrond(
    aanleiding=Herzieningsaanleiding.ONJUISTE_VERKLARING,
    bevinding="De verklaring over de belastingen is niet juist.",
    regel="Een onjuiste verklaring leidt tot intrekking van de toelating.",
    bron="leidraad 4.7",
    bewijs="brief van de Belastingdienst van 18 mei 2020",
    zienswijze_gevraagd_op=date(2020, 5, 18),
    zienswijze="Het was een vergissing van onze boekhouder.",
)


@pytest.fixture
def verzonden(begin: Begin) -> Proef:
    """The round with every first besluit sent on 15 May 2020."""
    proef = begin("besluiten_verzenden")
    besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)
    proef.tick(Fase.CONCRETISEREN)
    return proef


def list_van(proef: Proef, zaak: str) -> list[BesluitRow]:
    with proef.huis.winkel.lezen() as sessie:
        return besluiten.list_besluiten(sessie, aanmeldingen.find_aanmelding(sessie, proef.find(zaak)))


def correct(proef: Proef, zaak: str, bestand: str, op: date) -> None:
    """A beoordelaar finds on this file another day than before."""
    door = proef.act_as(BEOORDELAARS[0])
    (regel,) = [r for r in feiten.read_feiten(proef.huis, door, proef.find(zaak)) if r.bestand == bestand]
    assert isinstance(regel.feit, Documentfeit)
    fout = msgspec.structs.replace(regel.feit, datum=op)
    vaststelling = Vaststelling(id=regel.id, wijze=Nadervaststelling.GECORRIGEERD, feit=fout, reden="opnieuw gelezen")
    feiten.establish_feiten(proef.huis, door, proef.find(zaak), [vaststelling])


def reopen(proef: Proef, zaak: str) -> None:
    heropeningen.reopen(proef.huis, proef.act_as(INKOPER), proef.find(zaak), Herzieningsaanleiding.NIEUWE_GROND, REDEN)


def finish_besluiten(proef: Proef) -> None:
    """Check, take, approve and send what is proposed now."""
    besluiten.check_besluiten(proef.huis, proef.act_as(JURIST), RONDE)
    besluiten.take_besluiten(proef.huis, proef.act_as(GEMANDATEERDE), RONDE)
    proef.tick(Fase.CONCRETISEREN)
    proef.perform_alle(Taaksoort.DOCUMENT_GOEDKEUREN)
    besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)


def test_each_letter_that_went_out_is_on_record_with_its_file_and_instant(verzonden: Proef):
    with verzonden.huis.winkel.lezen() as sessie:
        rijen = sessie.exec(select(VerzendingRow)).all()
        brieven = [documenten.find_document(sessie, rij.document) for rij in rijen]
        besloten = {b.aanmelding_id for b in sessie.exec(select(BesluitRow))}
    assert len(rijen) == len(besloten)
    assert {rij.pdf_sha256 for rij in rijen} == {brief.pdf_sha256 for brief in brieven}
    assert {rij.verzonden_op.date() for rij in rijen} == {date(2020, 5, 15)}


def test_each_letter_can_be_read_before_all_are_sent_and_is_byte_for_byte_what_goes_out(begin: Begin, tmp_path: Path):
    proef = begin("besluiten_verzenden")
    naar = tmp_path / "brieven"
    keuzes = ["--naar", str(naar), "--als", INKOPER, "--winkel", str(proef.huis.winkel.map)]
    nu = ["--nu", proef.klok.tick().isoformat(), "--json"]
    gelezen = CliRunner().invoke(app, ["besluiten", "brieven", RONDE, *keuzes, *nu], prog_name="inkoop")
    assert gelezen.exit_code == 0, gelezen.output
    regels = json.loads(gelezen.stdout)
    assert [regel["verzendklaar"] for regel in regels] == [True] * 5  # M1 to M5
    gezien = {
        regel["document"]: hashlib.sha256((naar / f"{regel['document']}-{regel['soort']}.pdf").read_bytes()).hexdigest()
        for regel in regels
    }
    besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)
    with proef.huis.winkel.lezen() as sessie:
        uit = {rij.document: rij.pdf_sha256 for rij in sessie.exec(select(VerzendingRow))}
        aan = {
            rij.document: documenten.find_document(sessie, rij.document) for rij in sessie.exec(select(VerzendingRow))
        }
        namen = {k: aanmeldingen.find_aanmelding(sessie, brief.onderwerp).naam for k, brief in aan.items()}
    assert uit == gezien
    assert namen == {regel["document"]: regel["aan"] for regel in regels}


def test_the_proof_of_sending_is_recorded_once_and_needs_a_reference(verzonden: Proef):
    with verzonden.huis.winkel.lezen() as sessie:
        document = sessie.exec(select(VerzendingRow.document)).all()[0]
    with verzonden.refuses("referentie"):
        verzendingen.prove_verzending(verzonden.huis, verzonden.act_as(INKOPER), document, referentie=" ")
    with verzonden.refuses("bezorging"):
        verzendingen.prove_verzending(
            verzonden.huis,
            verzonden.act_as(INKOPER),
            document,
            referentie="P-1",
            bezorgd_op=datetime(2020, 5, 14, 23, 59, 59, tzinfo=TIJDZONE),
        )
    verzendingen.prove_verzending(verzonden.huis, verzonden.act_as(INKOPER), document, referentie="P-1")
    with verzonden.refuses("bewezen"):
        verzendingen.prove_verzending(verzonden.huis, verzonden.act_as(INKOPER), document, referentie="P-2")


def test_a_new_ground_after_sending_is_a_new_besluit_with_a_new_term(verzonden: Proef):
    (oud_a, oud_b) = list_van(verzonden, "M1")
    assert {oud_a.vervaldatum, oud_b.vervaldatum} == {date(2020, 6, 4)}
    verzonden.klok.set(verzonden.at(date(2020, 5, 25)))
    reopen(verzonden, "M1")
    correct(verzonden, "M1", "klachtenregeling.pdf", date(2020, 4, 20))
    assert herzieningen.revise_besluiten(verzonden.huis, verzonden.act_as(INKOPER), verzonden.find("M1")) == (
        "1A",
        "1B",
    )
    finish_besluiten(verzonden)
    nieuw = [b for b in list_van(verzonden, "M1") if b.volgnummer == 2]
    assert {b.soort for b in nieuw} == {Besluitsoort.AFGEWEZEN}
    assert {b.vervaldatum for b in nieuw} == {date(2020, 6, 15)}  # 14 June is a Sunday
    assert {b.status for b in list_van(verzonden, "M1") if b.volgnummer == 1} == {Besluitstatus.VERVANGEN}
    with verzonden.huis.winkel.lezen() as sessie:
        soorten = {d.soort: d for d in documenten.list_documenten(sessie, ronde=RONDE)}
        brief = documenten.decode_gegevens(soorten["afwijzingsbrief"])
        besluit = soorten["vervolgbesluit"]
    assert besluit.kenmerk == f"{RONDE}-B02"
    assert brief.vervangt.aanleiding == REDEN  # type: ignore[attr-defined]
    assert besluit.status is Documentstatus.AKKOORD
    assert check_keten(verzonden.huis.winkel).fouten == ()


def test_looking_again_without_another_outcome_leaves_the_besluit_as_it_was(verzonden: Proef):
    reopen(verzonden, "M1")
    assert herzieningen.revise_besluiten(verzonden.huis, verzonden.act_as(INKOPER), verzonden.find("M1")) == ()
    assert {b.status for b in list_van(verzonden, "M1")} == {Besluitstatus.VERZONDEN}
    with verzonden.refuses("niet-heropend"):
        herzieningen.revise_besluiten(verzonden.huis, verzonden.act_as(INKOPER), verzonden.find("M1"))


def test_a_fact_that_was_established_stays_so_until_its_aanmelding_is_reopened(verzonden: Proef):
    with verzonden.refuses("al-vastgesteld"):
        correct(verzonden, "M1", "klachtenregeling.pdf", date(2020, 4, 20))


def test_what_was_not_sent_is_not_reopened(begin: Begin):
    proef = begin("besluiten_verzenden")
    with proef.refuses("niet-verzonden"):
        reopen(proef, "M1")


@pytest.mark.parametrize("wie", [JURIST, GEMANDATEERDE, BEOORDELAARS[0]])
def test_only_an_inkoper_reopens(verzonden: Proef, wie: str):
    with verzonden.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        heropeningen.reopen(
            verzonden.huis, verzonden.act_as(wie), verzonden.find("M1"), Herzieningsaanleiding.NIEUWE_GROND, REDEN
        )


def test_an_admission_is_withdrawn_with_its_ground_and_the_agreement_lapses(verzonden: Proef):
    verzonden.tick(Fase.CONTRACTEREN, verzonden.at(date(2020, 5, 18)))
    verzonden.klok.set(verzonden.at(date(2020, 6, 2)))
    percelen = herzieningen.withdraw_toelating(verzonden.huis, verzonden.act_as(INKOPER), verzonden.find("M1"), GROND)
    assert percelen == ("1A", "1B")
    finish_besluiten(verzonden)
    nieuw = [b for b in list_van(verzonden, "M1") if b.volgnummer == 2]
    assert {(b.soort, b.status) for b in nieuw} == {(Besluitsoort.TOELATING_INGETROKKEN, Besluitstatus.VERZONDEN)}
    with verzonden.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, verzonden.find("M1"))
        overeenkomst = overeenkomsten.find_by_aanmelding(sessie, rij)
        brieven = [
            d for d in documenten.list_documenten(sessie, ronde=RONDE) if d.soort == "brief-toelating-ingetrokken"
        ]
    assert overeenkomst is not None
    assert overeenkomst.status is Overeenkomststatus.VERVALLEN
    assert [brief.status for brief in brieven] == [Documentstatus.VERZONDEN]


@pytest.mark.parametrize(("op", "mag"), [(date(2020, 6, 1), False), (date(2020, 6, 2), True)])
def test_who_was_asked_for_an_answer_has_fourteen_days_for_it(verzonden: Proef, op: date, mag: bool):
    grond = msgspec.structs.replace(GROND, zienswijze="")
    verzonden.klok.set(verzonden.at(op))
    zaak = verzonden.find("M1")
    if mag:
        assert herzieningen.withdraw_toelating(verzonden.huis, verzonden.act_as(INKOPER), zaak, grond)
    else:
        with verzonden.refuses("zienswijze-termijn"):
            herzieningen.withdraw_toelating(verzonden.huis, verzonden.act_as(INKOPER), zaak, grond)


def test_a_withdrawal_without_its_rule_or_for_nobody_is_refused_with_all_reasons(verzonden: Proef):
    leeg = msgspec.structs.replace(GROND, regel=" ", bron="", bewijs="")
    verzonden.klok.set(verzonden.at(date(2020, 6, 10)))
    with verzonden.refuses("regel", "bron", "bewijs", "geen"):
        herzieningen.withdraw_toelating(verzonden.huis, verzonden.act_as(INKOPER), verzonden.find("M5"), leeg)


def test_an_admission_under_a_signed_agreement_is_not_withdrawn(begin: Begin):
    proef = begin("einde")
    with proef.refuses("contract"):
        herzieningen.withdraw_toelating(proef.huis, proef.act_as(INKOPER), proef.find("M1"), GROND)


def register(proef: Proef, soort: Geschilsoort, op: datetime, zaak: str = "M5") -> str:
    proef.klok.set(op)
    return geschillen.register_geschil(
        proef.huis,
        proef.act_as(JURIST),
        ronde=RONDE,
        soort=soort,
        van="Logeerhuis Het Vennetje B.V.",
        omschrijving="Wij zijn ten onrechte afgewezen.",
        ontvangen_op=op,
        aanmelding=proef.find(zaak),
        percelen=["1A"],
    )


@pytest.mark.parametrize(
    ("op", "tijdig"),
    [
        (datetime(2020, 6, 4, 23, 59, 59, 900000, tzinfo=TIJDZONE), True),
        (datetime(2020, 6, 5, 0, 0, 0, tzinfo=TIJDZONE), False),
    ],
)
def test_a_summons_is_in_time_until_the_last_second_of_the_term(verzonden: Proef, op: datetime, tijdig: bool):
    kenmerk = register(verzonden, Geschilsoort.KORT_GEDING, op)
    with verzonden.huis.winkel.lezen() as sessie:
        assert geschillen.find_geschil(sessie, kenmerk).tijdig is tijdig


def test_a_kort_geding_in_an_admission_holds_up_no_agreement(verzonden: Proef):
    kenmerk = register(verzonden, Geschilsoort.KORT_GEDING, datetime(2020, 5, 20, 10, tzinfo=TIJDZONE))
    with verzonden.huis.winkel.lezen() as sessie:
        rij = geschillen.find_geschil(sessie, kenmerk)
        assert not geschillen.is_ophoudend(sessie, rij)
    verzonden.tick(Fase.CONTRACTEREN, verzonden.at(date(2020, 5, 21)))
    with verzonden.huis.winkel.lezen() as sessie:
        eerste = aanmeldingen.find_aanmelding(sessie, verzonden.find("M1"))
        assert overeenkomsten.find_by_aanmelding(sessie, eerste) is not None


def test_a_complaint_is_decided_within_six_weeks_and_once(verzonden: Proef):
    kenmerk = register(verzonden, Geschilsoort.KLACHT, datetime(2020, 5, 20, 10, tzinfo=TIJDZONE))
    (taak,) = verzonden.list_taken(Taaksoort.GESCHIL_AFHANDELEN)
    assert taak.uiterlijk == date(2020, 7, 1)
    huis, dag = verzonden.huis, date(2020, 5, 20)
    with verzonden.refuses("uitkomst", "toelichting"):
        geschillen.settle_geschil(
            huis, verzonden.act_as(JURIST), kenmerk, Geschiluitkomst.TOEGEWEZEN, op=dag, toelichting=""
        )
    geschillen.settle_geschil(
        huis, verzonden.act_as(JURIST), kenmerk, Geschiluitkomst.ONGEGROND, op=dag, toelichting="Juist gehandeld."
    )
    with verzonden.refuses("afgehandeld"):
        geschillen.settle_geschil(
            huis, verzonden.act_as(JURIST), kenmerk, Geschiluitkomst.GEGROND, op=dag, toelichting="Toch niet."
        )
    assert verzonden.list_taken(Taaksoort.GESCHIL_AFHANDELEN) == []


def test_all_correspondence_stands_in_order_of_time(verzonden: Proef):
    kenmerk = verzonden.find("M4")
    correspondentie.record_contact(
        verzonden.huis,
        verzonden.act_as(JURIST),
        kenmerk,
        op=verzonden.klok.nu - timedelta(minutes=30),
        richting=Berichtrichting.IN,
        wijze=Contactwijze.TELEFOON,
        met="de penvoerder",
        onderwerp="vraag over de termijn",
        inhoud="Verwezen naar de brief.",
    )
    berichten = correspondentie.read_correspondentie(verzonden.huis, verzonden.act_as(JURIST), kenmerk)
    assert [b.onderwerp for b in berichten] == [
        "aanmelding",
        "ontvangstbevestiging",
        "herstelverzoek",
        "aanvulling (herstel)",
        "ontvangst-aanvulling",
        "vraag over de termijn (de penvoerder)",
        "afwijzingsbrief",
    ]
    assert [b.op for b in berichten] == sorted(b.op for b in berichten)


def test_the_dossier_for_a_court_holds_everything_with_hashes_that_are_right(verzonden: Proef):
    kenmerk = verzonden.find("M4")
    bundel = dossiers.compose_dossier(verzonden.huis, verzonden.act_as(JURIST), kenmerk)
    with zipfile.ZipFile(io.BytesIO(bundel.zip)) as archief:
        bestanden = {naam: archief.read(naam) for naam in archief.namelist()}
    som = dict(regel.split("  ", 1)[::-1] for regel in bestanden.pop("SHA256SUMS").decode().splitlines())
    assert som == {naam: hashlib.sha256(inhoud).hexdigest() for naam, inhoud in bestanden.items()}
    mappen = {naam.split("/")[0] for naam in bestanden}
    assert mappen == {
        "besluiten", "documenten", "toetsen", "beoordeling", "bewijs", "correspondentie", "logboek", "dossier.pdf",
    }  # fmt: skip
    assert b"byte voor byte gelijk" in bestanden["toetsen/herspel.txt"]
    assert b"besluit_nemen" in bestanden["logboek/regels.txt"]
    lezer = PdfReader(io.BytesIO(bundel.pdf))
    assert len(lezer.pages) == bundel.aantal_paginas
    inhoud = "".join(lezer.pages[nummer].extract_text() for nummer in range(4))
    assert som["toetsen/herspel.txt"] in inhoud.replace("\n", "")
    assert [een.title for een in lezer.outline if not isinstance(een, list)] == [
        "Besluiten", "Documenten", "Toetsen", "Beoordeling", "Bewijs", "Correspondentie", "Logboek",
    ]  # fmt: skip


def test_a_beoordelaar_does_not_put_the_dossier_together(verzonden: Proef):
    with verzonden.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        dossiers.compose_dossier(verzonden.huis, verzonden.act_as(BEOORDELAARS[0]), verzonden.find("M4"))
