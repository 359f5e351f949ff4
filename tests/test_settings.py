import re
from pathlib import Path

import pytest

from inkoop.settings import CHECKOUT, InstellingenError, Logvorm, read_instellingen


def test_without_settings_the_store_stands_in_the_working_folder(tmp_path):
    instellingen = read_instellingen({}, tmp_path)
    assert instellingen.winkel == tmp_path / "winkel"
    assert instellingen.uitvoer == tmp_path / "uitvoer"


def test_without_settings_definitions_and_templates_come_from_the_checkout(tmp_path):
    instellingen = read_instellingen({}, tmp_path)
    assert instellingen.criteria == CHECKOUT / "criteria"
    assert instellingen.procedures == CHECKOUT / "procedures"
    assert instellingen.sjablonen == CHECKOUT / "sjablonen"
    assert (CHECKOUT / "pyproject.toml").is_file()


def test_a_relative_folder_counts_from_the_working_folder(tmp_path):
    assert read_instellingen({"INKOOP_WINKEL": "data/echt"}, tmp_path).winkel == tmp_path / "data" / "echt"


def test_a_folder_may_be_given_from_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert read_instellingen({"INKOOP_WINKEL": "~/inkoop"}, Path("/elders")).winkel == tmp_path / "inkoop"


def test_an_empty_variable_is_as_good_as_none(tmp_path):
    instellingen = read_instellingen({"INKOOP_WINKEL": " ", "INKOOP_LOG": "", "INKOOP_STANDAARDEN": ""}, tmp_path)
    assert instellingen.winkel == tmp_path / "winkel"
    assert instellingen.logvorm is Logvorm.TEKST
    assert instellingen.standaarden is None


MAIL = {"INKOOP_SMTP_HOST": "mail.gemeente.example", "INKOOP_SMTP_AFZENDER": "inkoop@gemeente.example"}


def test_without_a_mail_server_mail_stays_in_the_outbox(tmp_path):
    assert read_instellingen({}, tmp_path).mailserver is None


def test_a_mail_server_is_spoken_to_over_starttls_unless_told_otherwise(tmp_path):
    server = read_instellingen(MAIL, tmp_path).mailserver
    assert (server.host, server.poort, server.beveiliging) == ("mail.gemeente.example", 587, "starttls")
    server = read_instellingen({**MAIL, "INKOOP_SMTP_BEVEILIGING": "tls"}, tmp_path).mailserver
    assert server.poort == 465


def test_the_password_of_the_mail_server_may_stand_in_a_file(tmp_path):
    (tmp_path / "geheim").write_text("zeer-geheim\n")
    keuzes = {**MAIL, "INKOOP_SMTP_GEBRUIKER": "inkoop", "INKOOP_SMTP_WACHTWOORD_BESTAND": "geheim"}
    instellingen = read_instellingen(keuzes, tmp_path)
    assert instellingen.mailserver.wachtwoord == "zeer-geheim"
    assert "zeer-geheim" not in repr(instellingen)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"INKOOP_SMTP_HOST": ""}, "INKOOP_SMTP_HOST ontbreekt"),
        ({"INKOOP_SMTP_AFZENDER": ""}, "INKOOP_SMTP_AFZENDER ontbreekt"),
        ({"INKOOP_SMTP_AFZENDER": "inkoop"}, "geen e-mailadres"),
        ({"INKOOP_SMTP_HOST": "mail server"}, "geen naam van een server"),
        ({"INKOOP_SMTP_POORT": "0"}, "1 tot en met 65535"),
        ({"INKOOP_SMTP_BEVEILIGING": "ssl"}, "Kies tls, starttls, geen"),
        ({"INKOOP_SMTP_BEVEILIGING": "geen"}, "alleen met een mailserver op deze computer"),
        ({"INKOOP_SMTP_GEBRUIKER": "inkoop"}, "allebei, of geen van beide"),
        ({"INKOOP_SMTP_WACHTWOORD_BESTAND": "weg"}, "niet te lezen"),
        ({"INKOOP_SMTP_WACHTWOORD": "a-b-c", "INKOOP_SMTP_WACHTWOORD_BESTAND": "weg"}, "niet allebei"),
        ({"INKOOP_SMTP_HOSTS": "x"}, "Bedoelt u INKOOP_SMTP_HOST?"),
    ],
)
def test_a_wrong_setting_for_mail_is_refused_without_the_password(tmp_path, anders, zin):
    with pytest.raises(InstellingenError, match=re.escape(zin)) as gevangen:
        read_instellingen({**MAIL, **anders}, tmp_path)
    assert "a-b-c" not in str(gevangen.value)


def test_log_lines_can_be_json(tmp_path):
    assert read_instellingen({"INKOOP_LOG": "json"}, tmp_path).logvorm is Logvorm.JSON


def test_validation_kits_are_found_where_they_are_said_to_be(tmp_path):
    assert read_instellingen({"INKOOP_STANDAARDEN": "."}, tmp_path).standaarden == tmp_path


def test_every_wrong_setting_is_named_at_once(tmp_path):
    with pytest.raises(InstellingenError) as gevangen:
        read_instellingen({"INKOOP_LOG": "xml", "INKOOP_CRITERIA": "weg", "INKOOP_WINKLE": "x"}, tmp_path)
    assert len(gevangen.value.fouten) == 3
    tekst = str(gevangen.value)
    assert "INKOOP_LOG is 'xml'. Kies tekst of json." in tekst
    assert f"INKOOP_CRITERIA wijst naar {tmp_path / 'weg'}" in tekst
    assert "INKOOP_WINKLE bestaat niet" in tekst


def test_a_misspelled_setting_is_answered_with_the_one_that_was_meant(tmp_path):
    with pytest.raises(InstellingenError, match="Bedoelt u INKOOP_WINKEL"):
        read_instellingen({"INKOOP_WINKLE": "x"}, tmp_path)


def test_variables_of_other_programs_are_left_alone(tmp_path):
    assert read_instellingen({"PATH": "/bin", "INKOOP_INSTALL": "ja"}, tmp_path).winkel == tmp_path / "winkel"


@pytest.mark.parametrize("adres", ["s3://inkoop-regio/winkel", "s3://inkoop-regio", "file:///srv/inkoop/bestanden"])
def test_the_files_may_stand_in_a_bucket_or_in_a_shared_folder(tmp_path, adres):
    assert read_instellingen({"INKOOP_BESTANDEN_URL": adres}, tmp_path).bestanden == adres


@pytest.mark.parametrize(
    "adres", ["inkoop", "/srv/inkoop", "https://server/emmer", "s3://sleutel:geheim-woord@emmer/map", "file://server"]
)
def test_another_address_for_files_is_refused_and_not_repeated(tmp_path, adres):
    with pytest.raises(InstellingenError, match="s3://emmer/map") as gevangen:
        read_instellingen({"INKOOP_BESTANDEN_URL": adres}, tmp_path)
    assert "geheim-woord" not in str(gevangen.value)
