"""Handing mail to a real mail server: what arrives, what is refused, and that nothing goes where it should not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from inkoop.exchange.mailserver import Beveiliging
from inkoop.exchange.mailverkeer import (
    Mail,
    MailGeweigerdError,
    MailserverOnbereikbaarError,
    MailUitgesteldError,
    build_mail,
    connect,
    send,
)
from tests.proefmailserver import make_certificaat, run_mailserver

MAIL = Mail(
    id_="4f1c@regio.example",
    aan="a.jansen@gemeente.example",
    kop="Er wacht werk op u: besluiten nemen: M-2020-2",
    tekst="Goedendag,\n\nLog in.\n",
    datum=datetime(2026, 3, 2, 8, 0, 0, tzinfo=UTC),
)


def test_a_mail_arrives_whole_at_one_receiver():
    with run_mailserver() as proef, connect(proef.instelling()) as verbinding:
        send(verbinding, proef.instelling(), MAIL)
    (bericht,) = proef.binnen
    assert proef.aan == ["a.jansen@gemeente.example"]
    assert bericht["Message-ID"] == "<4f1c@regio.example>"
    assert bericht["Subject"] == MAIL.kop
    assert bericht["From"] == "inkoop <inkoop@regio.example>"
    assert bericht["Auto-Submitted"] == "auto-generated"
    assert bericht.get_content().splitlines() == ["Goedendag,", "", "Log in."]


@pytest.mark.parametrize(
    "anders",
    [
        {"kop": "Werk\r\nBcc: dief@elders.example"},
        {"kop": "Werk\nBcc: dief@elders.example"},
        {"aan": "a@gemeente.example\r\nBcc: dief@elders.example"},
        {"aan": "a@gemeente.example, dief@elders.example"},
        {"id_": "4f1c>\r\nBcc: dief@elders.example\r\nX: <"},
    ],
)
def test_a_value_that_would_begin_another_header_or_add_a_receiver_is_refused_and_nothing_goes_out(anders):
    gegevens = {"id_": MAIL.id_, "aan": MAIL.aan, "kop": MAIL.kop, "tekst": MAIL.tekst, "datum": MAIL.datum}
    with run_mailserver() as proef, connect(proef.instelling()) as verbinding:
        with pytest.raises(MailGeweigerdError):
            send(verbinding, proef.instelling(), Mail(**{**gegevens, **anders}))
    assert proef.binnen == []


def test_a_line_of_the_text_that_looks_like_a_header_stays_text():
    mail = Mail(id_=MAIL.id_, aan=MAIL.aan, kop=MAIL.kop, tekst="Bcc: dief@elders.example\n.\n", datum=MAIL.datum)
    with run_mailserver() as proef, connect(proef.instelling()) as verbinding:
        send(verbinding, proef.instelling(), mail)
    (bericht,) = proef.binnen
    assert proef.aan == [MAIL.aan]
    assert bericht["Bcc"] is None
    assert bericht.get_content().splitlines() == ["Bcc: dief@elders.example", "."]


@pytest.mark.parametrize(
    ("antwoord", "fout"), [("451 later", MailUitgesteldError), ("550 a.jansen is weg", MailGeweigerdError)]
)
@pytest.mark.parametrize("waar", ["adres", "bericht"])
def test_what_the_server_says_is_told_by_its_number_without_the_address(waar, antwoord, fout):
    with run_mailserver() as proef, connect(proef.instelling()) as verbinding:
        setattr(proef, waar, lambda _: antwoord)
        with pytest.raises(fout, match=antwoord[:3]) as gevangen:
            send(verbinding, proef.instelling(), MAIL)
        setattr(proef, waar, lambda _: "250 OK")
        send(verbinding, proef.instelling(), MAIL)
    assert "jansen" not in str(gevangen.value)
    assert len(proef.binnen) == 1


def test_a_server_that_is_not_there_says_which_settings_to_look_at():
    with run_mailserver() as proef:
        instelling = proef.instelling()
    with pytest.raises(MailserverOnbereikbaarError, match="INKOOP_SMTP_HOST"), connect(instelling):
        pass


def test_without_starttls_on_the_server_nothing_is_sent_in_the_open():
    with run_mailserver() as proef:
        instelling = proef.instelling(beveiliging=Beveiliging.STARTTLS, gebruiker="inkoop", wachtwoord="zeer-geheim")
        with pytest.raises(MailserverOnbereikbaarError, match="beveiliging") as gevangen, connect(instelling):
            pass
    assert "zeer-geheim" not in str(gevangen.value)


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_the_password_lets_us_in_and_never_shows():
    with run_mailserver(wachtwoord="zeer-geheim") as proef:
        goed = proef.instelling(gebruiker="inkoop", wachtwoord="zeer-geheim")
        with connect(goed) as verbinding:
            send(verbinding, goed, MAIL)
        fout = proef.instelling(gebruiker="inkoop", wachtwoord="niet-goed")
        with pytest.raises(MailserverOnbereikbaarError, match="INKOOP_SMTP_GEBRUIKER") as gevangen, connect(fout):
            pass
    assert len(proef.binnen) == 1
    assert "niet-goed" not in str(gevangen.value)
    assert "geheim" not in repr(goed)


def test_starttls_goes_only_to_a_server_whose_certificate_is_trusted(tmp_path, monkeypatch):
    certificaat = make_certificaat(tmp_path)
    with run_mailserver(certificaat=certificaat) as proef:
        instelling = proef.instelling(host="localhost", beveiliging=Beveiliging.STARTTLS)
        with pytest.raises(MailserverOnbereikbaarError, match="certificaat"), connect(instelling):
            pass
        monkeypatch.setenv("SSL_CERT_FILE", str(certificaat))
        with connect(instelling) as verbinding:
            send(verbinding, instelling, MAIL)
    assert len(proef.binnen) == 1


def test_the_same_mail_has_the_same_bytes_each_time():
    with run_mailserver() as proef:
        instelling = proef.instelling()
    assert build_mail(instelling, MAIL).as_bytes() == build_mail(instelling, MAIL).as_bytes()
