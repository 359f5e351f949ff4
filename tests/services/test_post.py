"""The outbox of mail: written with the act, sent at least once and shown once, and never a word too much."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER, JURIST
from inkoop.cli.demo.rollenspel import aanbieder_id
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.post import Postkeuze, Postsoort, Poststand
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError, Handeling
from inkoop.exchange.mailserver import Mailserver
from inkoop.exchange.mailverkeer import MailserverOnbereikbaarError
from inkoop.services import besluiten, dagpost, personen, post, postadressen
from inkoop.services.huis import Huis, Optreden, handel, systeem
from inkoop.services.taken import Taaksoort
from inkoop.storage.tabellen.persoon import PersoonRow
from inkoop.storage.tabellen.post import PostRow
from inkoop.storage.winkel import Winkel, Winkelsoort
from tests.proefmailserver import Proefmailserver, run_mailserver
from tests.services.conftest import Begin
from tests.services.proefspel import RONDE, Proef, build_huis

BEGIN = datetime(2026, 3, 2, 7, 0, 0, tzinfo=TIJDZONE)


class Proefpost:
    """A real store with people, a clock of our own, and a mail server."""

    def __init__(self, map_: Path, server: Proefmailserver) -> None:
        self.nu = BEGIN
        self.server = server
        winkel = Winkel.create(map_, Winkelsoort.ECHT, klok=lambda: self.nu.astimezone(UTC))
        self.huis = self.with_server(build_huis(winkel), server.instelling())
        for wie, rol in (("i.dekker", Rol.INKOPER), ("j.bos", Rol.JURIST), ("g.smit", Rol.GEMANDATEERDE)):
            personen.add_persoon(self.huis, systeem(self.nu), id=wie, naam=wie, functie=str(rol), rollen=[rol])
            self.set_adres(wie)

    @staticmethod
    def with_server(huis: Huis, server: Mailserver | None) -> Huis:
        return Huis(
            winkel=huis.winkel,
            sjablonen=huis.sjablonen,
            feestdagen=huis.feestdagen,
            criteria=huis.criteria,
            procedures=huis.procedures,
            sleutels=huis.sleutels,
            mailserver=server,
            web_adres="https://inkoop.example",
        )

    def set_adres(self, wie: str, keuze: Postkeuze = Postkeuze.METEEN) -> None:
        postadressen.set_postadres(self.huis, systeem(self.nu), wie, adres=f"{wie}@gemeente.example", keuze=keuze)

    def act_as(self, wie: str, rol: Rol) -> Optreden:
        persoon = Persoon(id=wie, naam=wie, functie=str(rol), rollen=frozenset({rol}))
        return Optreden(persoon=persoon, rol=rol, nu=self.nu)

    def request_opening(self, ronde: str = "M-2020-2") -> None:
        """An act that gives an inkoper and a jurist work; by the inkoper."""
        with handel(self.huis, self.act_as("i.dekker", Rol.INKOPER), Handeling.OPENING_VERZOEKEN) as eenheid:
            eenheid.audit(Handeling.OPENING_VERZOEKEN, ronde)

    def standen(self) -> list[Poststand]:
        return [een.stand for een in post.list_post(self.huis)]


@pytest.fixture
def proefpost(tmp_path: Path) -> Iterator[Proefpost]:
    with run_mailserver() as server:
        proef = Proefpost(tmp_path / "winkel", server)
        yield proef
        proef.huis.winkel.close()


def test_an_act_gives_a_mail_to_who_is_next_and_none_to_who_did_it(proefpost: Proefpost):
    proefpost.request_opening()
    (regel,) = post.list_post(proefpost.huis)
    assert (regel.persoon, regel.soort, regel.stand) == ("j.bos", Postsoort.TAAK, Poststand.KLAAR)
    verslag = post.send_post(proefpost.huis)
    assert (verslag.verzonden, verslag.wacht, verslag.melding) == (1, 0, "")
    (bericht,) = proefpost.server.binnen
    assert bericht["To"] == "j.bos@gemeente.example"
    assert bericht["Subject"] == "Er wacht werk op u: een ronde openen als tweede persoon: M-2020-2"
    assert "https://inkoop.example/taken" in bericht.get_content()


def test_the_mail_is_written_in_the_transaction_of_the_act(proefpost: Proefpost):
    with pytest.raises(ZeroDivisionError):
        with handel(proefpost.huis, proefpost.act_as("i.dekker", Rol.INKOPER), Handeling.OPENING_VERZOEKEN) as eenheid:
            eenheid.audit(Handeling.OPENING_VERZOEKEN, "M-2020-2")
            raise ZeroDivisionError
    assert post.list_post(proefpost.huis) == ()


def test_many_acts_of_one_kind_in_an_hour_are_one_mail_and_a_later_one_comes_again(proefpost: Proefpost):
    for _ in range(3):
        proefpost.request_opening()
    post.send_post(proefpost.huis)
    proefpost.request_opening()
    assert len(proefpost.standen()) == 1
    proefpost.nu += timedelta(hours=1)
    proefpost.request_opening()
    proefpost.request_opening()
    assert proefpost.standen() == [Poststand.KLAAR, Poststand.VERZONDEN]


def test_sending_twice_sends_nothing_twice(proefpost: Proefpost):
    proefpost.request_opening()
    assert post.send_post(proefpost.huis).verzonden == 1
    assert post.send_post(proefpost.huis).verzonden == 0
    assert len(proefpost.server.binnen) == 1


def test_without_a_mail_server_everything_stays_and_is_listed(proefpost: Proefpost):
    proefpost.request_opening()
    zonder = proefpost.with_server(proefpost.huis, None)
    verslag = post.send_post(zonder)
    assert (verslag.verzonden, verslag.wacht) == (0, 1)
    assert "INKOOP_SMTP_HOST" in verslag.melding
    assert proefpost.standen() == [Poststand.KLAAR]


def test_who_wants_no_mail_or_has_no_address_gets_none(proefpost: Proefpost):
    proefpost.set_adres("j.bos", Postkeuze.GEEN)
    proefpost.request_opening()
    assert proefpost.standen() == []


def test_a_server_that_is_away_leaves_the_mail_as_it_is(proefpost: Proefpost):
    proefpost.request_opening()
    with run_mailserver() as weg:
        instelling = weg.instelling()
    verslag = post.send_post(proefpost.with_server(proefpost.huis, instelling))
    assert (verslag.verzonden, verslag.wacht) == (0, 1)
    assert "niet te bereiken" in verslag.melding
    (regel,) = post.list_post(proefpost.huis)
    assert (regel.stand, regel.pogingen) == (Poststand.KLAAR, 0)


def test_what_is_put_off_goes_later_and_under_the_same_message_id(proefpost: Proefpost):
    gezien: list[str] = []

    def put_off(bericht) -> str:
        gezien.append(bericht["Message-ID"])
        return "451 later"

    proefpost.server.bericht = put_off
    proefpost.request_opening()
    assert post.send_post(proefpost.huis).uitgesteld == 1
    assert proefpost.standen() == [Poststand.MISLUKT]
    proefpost.server.bericht = lambda _: "250 OK"
    proefpost.nu = BEGIN + timedelta(minutes=4, seconds=59)
    assert post.send_post(proefpost.huis).verzonden == 0
    proefpost.nu = BEGIN + timedelta(minutes=5)
    assert post.send_post(proefpost.huis).verzonden == 1
    assert [bericht["Message-ID"] for bericht in proefpost.server.binnen] == gezien


def test_what_fails_too_often_is_set_apart(proefpost: Proefpost):
    proefpost.server.bericht = lambda _: "451 later"
    proefpost.request_opening()
    for _ in range(8):
        post.send_post(proefpost.huis)
        proefpost.nu += timedelta(days=1)
    (regel,) = post.list_post(proefpost.huis)
    assert (regel.stand, regel.pogingen) == (Poststand.APART, 8)
    assert "451" in regel.reden


def test_a_refused_mail_is_set_apart_with_its_reason_and_the_others_go_on(proefpost: Proefpost):
    proefpost.server.adres = lambda adres: "550 onbekend" if adres.startswith("g.smit") else "250 OK"
    with handel(proefpost.huis, proefpost.act_as("j.bos", Rol.JURIST), Handeling.BESLUIT_CONTROLEREN) as eenheid:
        eenheid.audit(Handeling.BESLUIT_CONTROLEREN, "M-2020-2")
    proefpost.request_opening()
    verslag = post.send_post(proefpost.huis)
    assert (verslag.verzonden, verslag.apart) == (1, 1)
    (regel,) = post.list_post(proefpost.huis, Poststand.APART)
    assert regel.persoon == "g.smit"
    assert "550" in regel.reden
    assert "gemeente.example" not in regel.reden


def test_a_beheerder_lets_what_was_set_apart_go_out_again(proefpost: Proefpost):
    proefpost.server.adres = lambda _: "550 onbekend"
    proefpost.request_opening()
    post.send_post(proefpost.huis)
    proefpost.server.adres = lambda _: "250 OK"
    with pytest.raises(GeenToegangError):
        post.resume_post(proefpost.huis, proefpost.act_as("j.bos", Rol.JURIST), None)
    assert post.resume_post(proefpost.huis, proefpost.act_as("b", Rol.BEHEERDER), None) == 1
    assert post.send_post(proefpost.huis).verzonden == 1
    with pytest.raises(BeletselenError, match="geen post apart"):
        post.resume_post(proefpost.huis, proefpost.act_as("b", Rol.BEHEERDER), None)


def test_a_sender_that_dies_after_handing_over_leaves_the_mail_to_be_offered_again_once(
    proefpost: Proefpost, monkeypatch
):
    proefpost.request_opening()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as dood:
        dood.setattr(post, "_end", die)
        with pytest.raises(KeyboardInterrupt):
            post.send_post(proefpost.huis)
    assert proefpost.standen() == [Poststand.BEZIG]
    proefpost.nu += timedelta(minutes=9)
    assert post.send_post(proefpost.huis).verzonden == 0
    proefpost.nu += timedelta(minutes=1)
    assert post.send_post(proefpost.huis).verzonden == 1
    eerste, tweede = (bericht["Message-ID"] for bericht in proefpost.server.binnen)
    assert eerste == tweede


def test_a_connection_that_breaks_counts_as_an_attempt(proefpost: Proefpost, monkeypatch):
    from inkoop.exchange import mailverkeer

    def broken(*_: object) -> None:
        raise MailserverOnbereikbaarError("weg")

    proefpost.request_opening()
    monkeypatch.setattr(mailverkeer, "send", broken)
    assert post.send_post(proefpost.huis).melding == "weg"
    assert proefpost.standen() == [Poststand.MISLUKT]


def test_an_address_that_was_taken_away_in_the_meantime_is_not_mailed(proefpost: Proefpost):
    proefpost.request_opening()
    proefpost.set_adres("j.bos", Postkeuze.GEEN)
    assert post.send_post(proefpost.huis).apart == 1
    assert proefpost.server.binnen == []


def test_a_rehearsal_sends_nothing(begin: Begin):
    proef = begin("besluiten_nemen")
    with run_mailserver() as server:
        huis = Proefpost.with_server(proef.huis, server.instelling())
        assert "simulatie" in post.send_post(huis).melding
    assert server.binnen == []


def test_somebody_sets_the_own_address_and_only_a_beheerder_that_of_another(proefpost: Proefpost):
    zelf = proefpost.act_as("j.bos", Rol.JURIST)
    gezet = postadressen.set_postadres(proefpost.huis, zelf, "j.bos", adres=None, keuze=Postkeuze.DAGOVERZICHT)
    assert (gezet.adres, gezet.keuze) == ("j.bos@gemeente.example", Postkeuze.DAGOVERZICHT)
    with pytest.raises(GeenToegangError, match="alleen uw eigen"):
        postadressen.set_postadres(proefpost.huis, zelf, "g.smit", adres="x@elders.example", keuze=None)
    assert [een.persoon for een in postadressen.list_postadressen(proefpost.huis, zelf)] == ["j.bos"]
    beheer = proefpost.act_as("b", Rol.BEHEERDER)
    assert len(postadressen.list_postadressen(proefpost.huis, beheer)) == 3


def test_a_wrong_address_is_refused_and_no_address_comes_in_the_log(proefpost: Proefpost):
    with pytest.raises(BeletselenError, match="geen e-mailadres"):
        postadressen.set_postadres(
            proefpost.huis, systeem(BEGIN), "j.bos", adres="j@x.example\nBcc: y@z.example", keuze=None
        )
    from inkoop.storage.auditregel import AuditRow

    with proefpost.huis.winkel.lezen() as sessie:
        assert "gemeente.example" not in repr(sessie.exec(select(AuditRow)).all())


# What a whole round of an open house gives, with an address for everybody.


def give_adressen(proef: Proef, keuze: Postkeuze = Postkeuze.METEEN) -> None:
    with proef.huis.winkel.lezen() as sessie:
        ids = sessie.exec(select(PersoonRow.id)).all()
    for wie in ids:
        postadressen.set_postadres(
            proef.huis, systeem(proef.klok.tick()), wie, adres=f"{wie}@voorbeeld.example", keuze=keuze
        )


def read_post(proef: Proef) -> list[PostRow]:
    with proef.huis.winkel.lezen() as sessie:
        return list(sessie.exec(select(PostRow).order_by(PostRow.sleutel)))


def test_taking_besluiten_gives_the_inkoper_one_mail_and_sending_them_each_aanbieder_one(begin: Begin):
    proef = begin("besluiten_nemen")
    give_adressen(proef)
    besluiten.take_besluiten(proef.huis, proef.act_as(GEMANDATEERDE), RONDE)
    rijen = [rij for rij in read_post(proef) if rij.soort is Postsoort.TAAK]
    assert [(rij.persoon, rij.kop) for rij in rijen] == [(INKOPER, f"Er wacht werk op u: besluiten verzenden: {RONDE}")]
    proef.tick(Fase.CONCRETISEREN)
    proef.perform_alle(Taaksoort.DOCUMENT_GOEDKEUREN)
    besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)
    besluit = [rij for rij in read_post(proef) if rij.kop == "Er staat een besluit voor u klaar"]
    kenmerken = {rij.pad.rpartition("/")[2] for rij in besluit}
    assert len(besluit) == len(kenmerken) > 1
    for zaak in ("M1", "M2"):
        kenmerk = proef.find(zaak)
        (rij,) = [rij for rij in besluit if rij.pad.endswith(kenmerk)]
        assert rij.persoon == aanbieder_id(proef.zaken[kenmerk].aanmelding.penvoerder.kvk)


def test_no_mail_names_a_person_an_aanbieder_or_what_was_decided(begin: Begin):
    proef = begin("besluiten_nemen")
    give_adressen(proef)
    besluiten.take_besluiten(proef.huis, proef.act_as(GEMANDATEERDE), RONDE)
    proef.tick(Fase.CONCRETISEREN)
    proef.perform_alle(Taaksoort.DOCUMENT_GOEDKEUREN)
    besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), RONDE)
    dagpost.plan_dagpost(proef.huis, proef.klok.nu + timedelta(days=1))
    tekst = "\n".join([*(rij.kop for rij in read_post(proef)), *(str(rij.regels) for rij in read_post(proef))])
    assert "M-2020-2" in tekst
    for scenario in proef.zaken.values():
        penvoerder = scenario.aanmelding.penvoerder
        for woord in (penvoerder.naam, penvoerder.kvk, penvoerder.email, penvoerder.tekenbevoegde.naam):
            assert woord not in tekst
    for woord in ("toegelaten", "afgewezen", "Dekker", "Hendriks", JURIST):
        assert woord not in tekst


def test_while_a_round_is_sealed_no_mail_says_who_applied(begin: Begin):
    proef = begin("gepubliceerd")
    give_adressen(proef)
    with proef.huis.winkel.lezen() as sessie:
        assert sessie.exec(select(PostRow)).all() == []
    scenario = next(iter(begin("einde").zaken.values()))
    proef.submit(scenario.aanmelding, ontvangen_op=datetime(2020, 3, 2, 12, 0, 0, tzinfo=TIJDZONE))
    assert [rij.sleutel for rij in read_post(proef)] == []


def test_an_overview_comes_once_a_day_from_six_and_counts_the_work(begin: Begin):
    proef = begin("besluiten_nemen")
    give_adressen(proef, Postkeuze.DAGOVERZICHT)
    morgen = (proef.klok.nu + timedelta(days=1)).astimezone(TIJDZONE)
    assert dagpost.plan_dagpost(proef.huis, morgen.replace(hour=5, minute=59, second=59)) == 0
    assert dagpost.plan_dagpost(proef.huis, morgen.replace(hour=6, minute=0, second=0)) > 0
    assert dagpost.plan_dagpost(proef.huis, morgen.replace(hour=7)) == 0
    (rij,) = [rij for rij in read_post(proef) if rij.persoon == GEMANDATEERDE]
    assert rij.soort is Postsoort.DAGOVERZICHT
    assert any(regel.startswith("besluiten nemen (") and RONDE in regel for regel in rij.regels)


def test_a_term_that_comes_near_is_mailed_in_the_days_around_it_and_not_before(begin: Begin):
    proef = begin("besluiten_nemen")
    give_adressen(proef)
    uiterlijk = proef.definitie.find_ronde(RONDE).besluit
    for dagen, aantal in ((-4, 0), (-3, 1), (3, 1), (4, 0)):
        dag = proef.at(uiterlijk + timedelta(days=dagen), 8)
        if dag < proef.klok.nu:
            continue
        dagpost.plan_dagpost(proef.huis, dag)
        sleutel = f"termijn/{GEMANDATEERDE}/{dag.date()}"
        assert len([rij for rij in read_post(proef) if rij.sleutel == sleutel]) == aantal, dagen


def test_a_mail_that_went_out_a_month_ago_is_forgotten(proefpost: Proefpost):
    proefpost.request_opening()
    post.send_post(proefpost.huis)
    proefpost.nu += timedelta(days=30)
    dagpost.plan_dagpost(proefpost.huis, proefpost.nu)
    assert len(proefpost.standen()) == 1
    proefpost.nu += timedelta(days=1)
    dagpost.plan_dagpost(proefpost.huis, proefpost.nu)
    assert proefpost.standen() == []
