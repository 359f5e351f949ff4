"""A round that was played, years later: what is kept until when, and what is left after it was destroyed."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlmodel import select

from inkoop import bootstrap
from inkoop.cli.demo.personen import CONTRACTMANAGER, INKOPER, JURIST
from inkoop.domain.archief import Archiefdossier, Dossiersoort, Lijstsoort, Lijststatus, Waardering
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.geschil import Geschilsoort, Geschiluitkomst
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import (
    aanmeldingen,
    archieflijsten,
    bewaring,
    documenten,
    geschillen,
    overeenkomsten,
    overgangen,
    rondes,
    vernietigen,
)
from inkoop.services.huis import NietGevondenError, Optreden
from inkoop.services.vernietigd import VernietigdError
from inkoop.storage.audit import check_keten
from inkoop.storage.bestandscontrole import check_bestanden
from inkoop.storage.grondslag import METADATA
from inkoop.storage.tabellen.archief import VernietigingRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from tests.services.conftest import Begin
from tests.services.proefspel import Proef, list_bestanden, read_alles

ARCHIVARIS = "a.archief"


@pytest.fixture
def proef(begin: Begin) -> Proef:
    """The round of the worked examples, after the last of its tasks."""
    proef = begin("einde")
    proef.add_persoon(ARCHIVARIS, "archivaris", Rol.ARCHIVARIS, naam="Annet Archief")
    return proef


def act(proef: Proef, dag: date, wie: str = ARCHIVARIS) -> Optreden:
    if proef.klok.nu < proef.at(dag):
        proef.klok.set(proef.at(dag))
    return proef.act_as(wie)


def list_dossiers(proef: Proef) -> dict[str, Archiefdossier]:
    with proef.huis.winkel.lezen() as sessie:
        return {een.naam: een for een in bewaring.list_dossiers(sessie)}


def list_contracten(proef: Proef) -> list[OvereenkomstRow]:
    with proef.huis.winkel.lezen() as sessie:
        return list(sessie.exec(select(OvereenkomstRow).order_by(OvereenkomstRow.contractnummer)))


def end_contracten(proef: Proef) -> date:
    """Let every agreement run to its last day, and count that nobody has support any more; the day after."""
    dag = proef.definitie.looptijd.max_einddatum + timedelta(days=1)
    proef.tick(Fase.IMPLEMENTEREN, proef.at(dag))
    for rij in list_contracten(proef):
        assert rij.status is Overeenkomststatus.BEEINDIGD
        for gemeente in overgangen.list_gemeenten(proef.definitie, rij):
            overgangen.record_stand(
                proef.huis, act(proef, dag, CONTRACTMANAGER), rij.contractnummer, gemeente,
                peildatum=dag, clienten=0, laatste=None, bewijs="opgave van de toegang",
            )  # fmt: skip
    return dag


def approve(proef: Proef, dag: date, *dossiers: str, soort: Lijstsoort = Lijstsoort.VERNIETIGING) -> str:
    kenmerk = archieflijsten.propose_lijst(proef.huis, act(proef, dag), soort, "de termijn is voorbij", dossiers)
    archieflijsten.approve_lijst(proef.huis, act(proef, dag, JURIST), kenmerk)
    return kenmerk


def destroy(proef: Proef, dag: date, *dossiers: str) -> vernietigen.Uitvoering:
    return vernietigen.destroy_lijst(proef.huis, act(proef, dag), approve(proef, dag, *dossiers))


def test_a_rejection_an_admission_and_a_procedure_each_have_their_own_term(proef: Proef):
    dossiers = list_dossiers(proef)
    soorten = {een.soort for een in dossiers.values()}
    assert {
        Dossiersoort.TOELATING,
        Dossiersoort.AFWIJZING,
        Dossiersoort.OVEREENKOMST,
        Dossiersoort.PROCEDURE,
    } <= soorten
    afgewezen = next(een for een in dossiers.values() if een.soort is Dossiersoort.AFWIJZING and een.vanaf)
    assert afgewezen.tot == date(afgewezen.vanaf.year + 5, afgewezen.vanaf.month, afgewezen.vanaf.day)
    assert "niet vastgesteld" in afgewezen.describe_grond()
    contract = next(een for een in dossiers.values() if een.soort is Dossiersoort.OVEREENKOMST)
    assert (contract.tot, contract.open) == (None, "de overeenkomst is nog niet geëindigd")


def test_the_term_of_an_agreement_begins_when_every_gemeente_counted_and_the_last_support_ended(proef: Proef):
    dag = proef.definitie.looptijd.max_einddatum + timedelta(days=1)
    proef.tick(Fase.IMPLEMENTEREN, proef.at(dag))
    contract = list_contracten(proef)[0]
    assert "inkoop overgang stand" in list_dossiers(proef)[contract.contractnummer].open
    gemeenten = overgangen.list_gemeenten(proef.definitie, contract)
    for nummer, gemeente in enumerate(gemeenten):
        overgangen.record_stand(
            proef.huis, act(proef, dag, CONTRACTMANAGER), contract.contractnummer, gemeente, peildatum=dag,
            clienten=nummer, laatste=date(2030, 5, nummer) if nummer else None, bewijs="opgave",
        )  # fmt: skip
    dossier = list_dossiers(proef)[contract.contractnummer]
    assert dossier.vanaf == date(2030, 5, len(gemeenten) - 1)
    assert dossier.tot == date(2037, 5, len(gemeenten) - 1)


def test_a_destroyed_rejection_leaves_no_row_and_no_file_of_its_own_and_the_log_stays_whole(proef: Proef):
    naam = next(een.naam for een in list_dossiers(proef).values() if een.soort is Dossiersoort.AFWIJZING)
    voor = {tabel: len(rijen) for tabel, rijen in read_alles(proef.huis.winkel.map).items()}
    bestanden = list_bestanden(proef.huis.winkel.map)
    uitvoering = destroy(proef, date(2026, 1, 5), naam)
    assert (uitvoering.vernietigd, uitvoering.staat_nog) == ((naam,), ())
    na = read_alles(proef.huis.winkel.map)
    weg = {tabel for tabel, aantal in voor.items() if len(na[tabel]) < aantal}
    assert {"aanmelding", "bewijsstuk", "feit", "toets", "besluit", "verzegeling"} <= weg
    assert len(list_bestanden(proef.huis.winkel.map)) < len(bestanden)
    assert check_keten(proef.huis.winkel).fouten == ()
    assert check_bestanden(proef.huis.winkel) == ()
    rest = {t: r for t, r in na.items() if t not in BLIJFT}
    assert naam not in repr(rest)


BLIJFT = ("audit", "archiefregel", "vernietiging", "vernietigde_naam", "document", "melding", "stap", "verzamelbesluit")
"""Where a kenmerk may still stand: the log, the lists, and papers about a round as a whole."""


def test_who_asks_for_what_was_destroyed_hears_when_and_by_which_list(proef: Proef):
    naam = next(een.naam for een in list_dossiers(proef).values() if een.soort is Dossiersoort.AFWIJZING)
    with proef.huis.winkel.lezen() as sessie:
        brief = documenten.list_documenten(sessie, onderwerp=naam)[0].kenmerk
    destroy(proef, date(2026, 1, 5), naam)
    with proef.huis.winkel.lezen() as sessie:
        for wat, find in ((naam, aanmeldingen.find_aanmelding), (brief, documenten.find_document)):
            with pytest.raises(VernietigdError, match=rf"'{wat}' is vernietigd op 5 januari 2026.*lijst V-0001"):
                find(sessie, wat)
        with pytest.raises(NietGevondenError, match="bestaat niet"):
            aanmeldingen.find_aanmelding(sessie, "M-2020-2-A999")


def test_the_verklaring_says_what_why_when_and_by_whom(proef: Proef):
    naam = next(een.naam for een in list_dossiers(proef).values() if een.soort is Dossiersoort.AFWIJZING)
    uitvoering = destroy(proef, date(2026, 1, 5), naam)
    with proef.huis.winkel.lezen() as sessie:
        rij = documenten.find_document(sessie, uitvoering.verklaring)
        tekst = rij.gegevens
    for een in (naam, "de termijn is voorbij", "Annet Archief", "Joost Hendriks", "2026-01-05", "5 jaar na"):
        assert een in tekst
    assert documenten.render(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()), rij.kenmerk)


def test_who_proposed_a_list_never_approves_it_and_nothing_goes_before_that(proef: Proef):
    naam = next(een.naam for een in list_dossiers(proef).values() if een.soort is Dossiersoort.AFWIJZING)
    door = act(proef, date(2026, 1, 5))
    kenmerk = archieflijsten.propose_lijst(proef.huis, door, Lijstsoort.VERNIETIGING, "op termijn", [naam])
    with pytest.raises(GeenToegangError, match="u hebt deze lijst zelf voorgesteld"):
        archieflijsten.approve_lijst(proef.huis, act(proef, date(2026, 1, 6)), kenmerk)
    with proef.refuses("archief-status"):
        vernietigen.destroy_lijst(proef.huis, act(proef, date(2026, 1, 6)), kenmerk)
    with pytest.raises(GeenToegangError):
        vernietigen.destroy_lijst(proef.huis, act(proef, date(2026, 1, 6), INKOPER), kenmerk)


def test_a_file_is_refused_before_its_day_and_taken_on_it(proef: Proef):
    dossier = next(een for een in list_dossiers(proef).values() if een.soort is Dossiersoort.AFWIJZING)
    assert dossier.tot is not None
    with proef.refuses("archief-termijn"):
        approve(proef, dossier.tot, dossier.naam)
    assert approve(proef, dossier.tot + timedelta(days=1), dossier.naam) == "V-0001"
    with proef.refuses("archief-bezet"):
        approve(proef, dossier.tot + timedelta(days=1), dossier.naam)


def test_a_dispute_that_comes_up_after_approval_still_keeps_the_file(proef: Proef):
    naam = next(een.naam for een in list_dossiers(proef).values() if een.soort is Dossiersoort.AFWIJZING)
    dag = date(2026, 1, 5)
    kenmerk = approve(proef, dag, naam)
    geschil = geschillen.register_geschil(
        proef.huis, act(proef, dag, JURIST), ronde=proef.ronde, soort=Geschilsoort.KORT_GEDING, van="X",
        omschrijving="inzage", ontvangen_op=proef.klok.nu, aanmelding=naam,
    )  # fmt: skip
    uitvoering = vernietigen.destroy_lijst(proef.huis, act(proef, dag), kenmerk)
    assert uitvoering.vernietigd == ()
    assert [een.code for een in uitvoering.staat_nog] == ["archief-vast"]
    with proef.huis.winkel.lezen() as sessie:
        aanmeldingen.find_aanmelding(sessie, naam)
    geschillen.settle_geschil(
        proef.huis, act(proef, dag, JURIST), geschil, Geschiluitkomst.INGETROKKEN, op=dag, toelichting="ingetrokken"
    )
    assert vernietigen.destroy_lijst(proef.huis, act(proef, dag), kenmerk).vernietigd == (naam,)


def test_what_somebody_holds_stays_until_it_is_let_go(proef: Proef):
    naam = next(een.naam for een in list_dossiers(proef).values() if een.soort is Dossiersoort.AFWIJZING)
    dag = date(2026, 1, 5)
    archieflijsten.hold_dossier(proef.huis, act(proef, dag, JURIST), proef.ronde, "claim aangekondigd")
    with proef.refuses("archief-vast"):
        approve(proef, dag, naam)
    archieflijsten.release_dossier(proef.huis, act(proef, dag, JURIST), proef.ronde, "claim ingetrokken")
    assert approve(proef, dag, naam)


@pytest.mark.parametrize("sterft", ["voor de bestanden", "halverwege de lijst"])
def test_a_run_that_was_broken_off_goes_on_where_it_was(proef: Proef, sterft: str, monkeypatch: pytest.MonkeyPatch):
    namen = [een.naam for een in list_dossiers(proef).values() if een.soort is Dossiersoort.AFWIJZING][:2]
    dag = date(2026, 1, 5)
    kenmerk = approve(proef, dag, *namen)
    plek = vernietigen.remove_bestanden if sterft == "voor de bestanden" else vernietigen.destroy_dossier
    keren = iter([None])

    def die(*args: object) -> object:
        if sterft == "halverwege de lijst" and next(keren, "dood") is None:
            return plek(*args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(vernietigen, plek.__name__, die)
        with pytest.raises(KeyboardInterrupt):
            vernietigen.destroy_lijst(proef.huis, act(proef, dag), kenmerk)
    assert check_keten(proef.huis.winkel).fouten == ()
    zinnen = vernietigen.resume(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick()))
    assert any(kenmerk in zin for zin in zinnen)
    assert vernietigen.resume(proef.huis, bootstrap.act_as_systeem(proef.huis, proef.klok.tick())) == ()
    with proef.huis.winkel.lezen() as sessie:
        assert archieflijsten.find_lijst(sessie, kenmerk).status is Lijststatus.UITGEVOERD
        assert all(een.bestanden_weg_op for een in sessie.exec(select(VernietigingRow)))
    assert check_bestanden(proef.huis.winkel) == ()


def test_a_file_that_two_dossiers_have_stays_with_the_other(proef: Proef):
    een, ander = [d.naam for d in list_dossiers(proef).values() if d.soort is Dossiersoort.AFWIJZING][:2]
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, een)
        van_ander = aanmeldingen.find_aanmelding(sessie, ander)
    from inkoop.storage.eenheid import Actor  # only this test writes a row by hand
    from inkoop.storage.tabellen.bewijs import BewijsstukRow

    inhoud = proef.huis.winkel.bewijs.store(b"%PDF-1.7 gedeeld")
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        for aanmelding in (rij, van_ander):
            eenheid.sessie.add(
                BewijsstukRow(
                    id=proef.huis.nieuw_id(), aanmelding_id=aanmelding.id, bestand="gedeeld.pdf", omschrijving="",
                    sha256=inhoud, mediatype="application/pdf", grootte=1, lid=None, aanleiding=Aanleiding.INDIENING,
                    ontvangen_op=proef.klok.nu, apart_gezet=False,
                )
            )  # fmt: skip
        eenheid.audit("proef", een, naar="gedeeld")
    destroy(proef, date(2026, 1, 5), een)
    assert proef.huis.winkel.bewijs.read(inhoud)
    destroy(proef, date(2026, 1, 6), ander)
    with pytest.raises(Exception, match="ontbreekt"):
        proef.huis.winkel.bewijs.read(inhoud)


def test_everything_of_a_procedure_goes_in_the_end_and_its_numbers_stay_taken(proef: Proef):
    end_contracten(proef)
    nummers = [rij.contractnummer for rij in list_contracten(proef)]
    ver = date(2060, 1, 2)
    gegaan = destroy(proef, ver)
    assert gegaan.staat_nog == ()
    assert set(nummers) <= set(gegaan.vernietigd)
    laatste = destroy(proef, ver + timedelta(days=1))
    assert "meierij-2020" in laatste.vernietigd
    assert check_keten(proef.huis.winkel).fouten == ()
    assert check_bestanden(proef.huis.winkel) == ()
    with proef.huis.winkel.lezen() as sessie:
        assert [een for een in bewaring.list_dossiers(sessie) if een.soort is not Dossiersoort.PERSOON] == []
        for nummer in nummers:
            with pytest.raises(VernietigdError):
                overeenkomsten.find_overeenkomst(sessie, nummer)
        with pytest.raises(VernietigdError):
            rondes.find_ronde(sessie, proef.ronde)
    alles = read_alles(proef.huis.winkel.map)
    assert {rij[0] for rij in alles["contractnummer"]} >= set(nummers)
    leeg = {tabel for tabel, rijen in alles.items() if not rijen}
    assert {
        "aanmelding",
        "overeenkomst",
        "ronde",
        "feit",
        "bewijsstuk",
        "besluit",
        "stap",
        "document_opmerking",
    } <= leeg


def test_what_names_a_person_or_provider_is_gone_from_every_table_that_is_not_the_log(proef: Proef):
    naam = next(een.naam for een in list_dossiers(proef).values() if een.soort is Dossiersoort.AFWIJZING)
    with proef.huis.winkel.lezen() as sessie:
        aanbieder = aanmeldingen.find_aanmelding(sessie, naam).naam
    destroy(proef, date(2026, 1, 5), naam)
    ergens = {
        tabel
        for tabel, rijen in read_alles(proef.huis.winkel.map).items()
        if re.search(re.escape(aanbieder), repr(rijen))
    }
    # Papers and decisions on the round as a whole belong to the file of the procedure.
    assert ergens <= {"persoon", "document", "audit"}


def test_every_waardering_has_a_list(proef: Proef):
    assert set(archieflijsten.LIJST_WAARDERING.values()) == set(Waardering)
    assert set(METADATA.tables) >= {"archieflijst"}
