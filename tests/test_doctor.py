import importlib.metadata

import pytest

from inkoop import GEEN_TELEMETRIE
from inkoop.doctor import (
    PANGO_OPDRACHTEN,
    TEKENBIBLIOTHEKEN,
    Controlepunt,
    Staat,
    check_leesbaar,
    check_lettertypen,
    check_libreoffice,
    check_pakketten,
    check_postgres,
    check_python,
    check_schrijfbaar,
    check_sleutels,
    check_sqlite,
    check_tekenbibliotheken,
    check_telemetrie,
    check_tijdzone,
    check_uv,
    examine,
    is_gereed,
    name_opdracht,
)
from inkoop.settings import read_instellingen
from tests.proefcluster import share_cluster


def _only(*programmas):
    """A search path on which just these programs stand."""
    return lambda naam: f"/usr/bin/{naam}" if naam in programmas else None


@pytest.mark.parametrize(("versie", "staat"), [((3, 10, 18), Staat.ONTBREEKT), ((3, 11, 0), Staat.GOED)])
def test_python_counts_from_three_eleven_on(versie, staat):
    assert check_python(versie).staat is staat


@pytest.mark.parametrize(("versie", "staat"), [((3, 34, 1), Staat.ONTBREEKT), ((3, 35, 0), Staat.GOED)])
def test_sqlite_counts_from_the_version_that_the_tables_need(versie, staat):
    assert check_sqlite(versie).staat is staat


def test_the_installed_packages_are_those_that_were_asked_for():
    assert check_pakketten().staat is Staat.GOED


def test_a_package_in_a_wrong_version_is_named_with_what_was_asked():
    punt = check_pakketten(["fastapi<0.151,>=0.139", "msgspec>=0.20"], {"fastapi": "0.155.0", "msgspec": "0.22"}.get)
    assert punt.staat is Staat.ONTBREEKT
    assert punt.gevonden == "fastapi 0.155.0 past niet bij <0.151,>=0.139"
    assert "./run setup" in punt.advies


def test_every_package_that_is_missing_is_named():
    def find_versie(naam):
        raise importlib.metadata.PackageNotFoundError(naam)

    punt = check_pakketten(["prefect==3.8.8", "rich>=14", "weg; python_version < '3'"], find_versie)
    assert punt.gevonden == "prefect is er niet; rich is er niet"


def test_a_missing_drawing_library_is_named_with_the_command_that_gets_it():
    def open_bibliotheek(naam):
        if "pangoft2" in naam:
            raise OSError(naam)

    punt = check_tekenbibliotheken(open_bibliotheek)
    assert punt.staat is Staat.ONTBREEKT
    assert punt.gevonden == "niet gevonden: PangoFT2"
    assert any(opdracht in punt.advies for opdracht in PANGO_OPDRACHTEN.values())


def test_a_library_under_the_name_of_another_system_counts():
    punt = check_tekenbibliotheken(_raise_unless(".dylib"))
    assert punt.staat is Staat.GOED
    assert all(any(naam.endswith(".dylib") for naam in namen) for namen in TEKENBIBLIOTHEKEN.values())


def _raise_unless(achtervoegsel):
    def open_bibliotheek(naam):
        if not naam.endswith(achtervoegsel):
            raise OSError(naam)

    return open_bibliotheek


@pytest.mark.parametrize(
    ("beheerder", "begin"), [("apt-get", "sudo apt-get"), ("dnf", "sudo dnf"), ("apk", "sudo apk"), ("brew", "brew ")]
)
def test_the_command_is_that_of_the_package_manager_of_this_machine(beheerder, begin):
    assert name_opdracht(PANGO_OPDRACHTEN, _only(beheerder)).startswith(begin)


def test_without_a_known_package_manager_every_command_is_shown():
    opdracht = name_opdracht(PANGO_OPDRACHTEN, _only())
    assert all(een in opdracht for een in PANGO_OPDRACHTEN.values())


def test_fonts_that_did_not_come_along_are_missed(tmp_path):
    assert check_lettertypen(tmp_path).staat is Staat.ONTBREEKT
    (tmp_path / "lettertypen").mkdir()
    (tmp_path / "lettertypen" / "Noto.ttf").touch()
    assert check_lettertypen(tmp_path).staat is Staat.GOED


def test_without_the_setting_no_database_server_is_needed():
    assert check_postgres(None).staat is Staat.GOED


def test_a_database_server_that_does_not_answer_is_named_with_what_to_do_and_without_the_password():
    punt = check_postgres("postgresql://inkoop:geheim@/inkoop?host=/bestaat/niet")
    assert punt.staat is Staat.ONTBREEKT
    assert "Kijk of de databaseserver draait" in punt.advies
    assert "geheim" not in punt.advies + punt.gevonden


@pytest.mark.slow
def test_a_database_that_can_be_used_is_in_order():
    cluster = share_cluster()
    punt = check_postgres(cluster.url(cluster.create_database()))
    assert (punt.staat, punt.gevonden[:6]) == (Staat.GOED, "versie")


def test_a_time_zone_that_is_not_known_is_missed():
    assert check_tijdzone().staat is Staat.GOED
    assert check_tijdzone("Europe/Den_Bosch").staat is Staat.ONTBREEKT


def test_a_store_that_does_not_exist_yet_can_be_made_in_a_folder_that_can_be_written(tmp_path):
    punt = check_schrijfbaar("Winkel", tmp_path / "nieuw" / "winkel")
    assert punt.staat is Staat.GOED
    assert "nog niet aangemaakt" in punt.gevonden


def test_a_store_below_a_file_cannot_be_made(tmp_path):
    (tmp_path / "bestand").touch()
    assert check_schrijfbaar("Winkel", tmp_path / "bestand" / "winkel").staat is Staat.ONTBREEKT


def test_a_folder_with_definitions_that_is_not_there_is_named_with_its_setting(tmp_path):
    punt = check_leesbaar("Criteria", tmp_path / "weg", "INKOOP_CRITERIA")
    assert punt.staat is Staat.ONTBREEKT
    assert "INKOOP_CRITERIA" in punt.advies
    assert check_leesbaar("Criteria", tmp_path, "INKOOP_CRITERIA").staat is Staat.GOED


def test_what_only_tests_use_is_advice_and_no_obstacle():
    assert check_libreoffice(_only()).staat is Staat.ADVIES
    assert check_libreoffice(_only("soffice")).gevonden == "/usr/bin/soffice"
    assert check_uv(_only()).staat is Staat.ADVIES
    assert check_uv(_only("uv")).staat is Staat.GOED


def test_usage_reporting_that_somebody_switched_on_is_named():
    assert check_telemetrie(GEEN_TELEMETRIE).staat is Staat.GOED
    punt = check_telemetrie({**GEEN_TELEMETRIE, "DO_NOT_TRACK": "0"})
    assert punt.staat is Staat.ADVIES
    assert punt.advies == "zet DO_NOT_TRACK=1"


def test_a_machine_is_ready_when_nothing_that_is_needed_is_missing():
    goed = Controlepunt(onderdeel="a", staat=Staat.GOED, gevonden="x")
    advies = Controlepunt(onderdeel="b", staat=Staat.ADVIES, gevonden="x", advies="y")
    ontbreekt = Controlepunt(onderdeel="c", staat=Staat.ONTBREEKT, gevonden="x", advies="y")
    assert is_gereed([goed, advies])
    assert not is_gereed([goed, advies, ontbreekt])


def test_everything_that_is_not_in_order_says_what_to_do(tmp_path):
    punten = examine(read_instellingen({}, tmp_path, checkout=tmp_path))
    assert {punt.onderdeel for punt in punten if punt.staat is Staat.ONTBREEKT} >= {
        "Criteria",
        "Procedures",
        "Sjablonen",
    }
    assert [punt.onderdeel for punt in punten if punt.staat is not Staat.GOED and not punt.advies] == []


def test_keys_in_the_store_or_together_are_a_fault_and_on_its_disk_a_warning(tmp_path):
    def look(schijven: dict[str, int], **anders: str) -> Controlepunt:
        paden = {"INKOOP_WINKEL": "winkel", "INKOOP_SLEUTELS": "sleutels", "INKOOP_SLEUTELKOPIE": "kopie"} | anders
        instellingen = read_instellingen({k: str(tmp_path / v) for k, v in paden.items()}, tmp_path, checkout=tmp_path)
        return check_sleutels(instellingen, lambda pad: schijven.get(pad.name, 1))

    assert look({}, INKOOP_SLEUTELS="winkel/sleutels").staat is Staat.ONTBREEKT
    assert look({}, INKOOP_SLEUTELKOPIE="sleutels").staat is Staat.ONTBREEKT
    deels = look({"sleutels": 2})
    assert (deels.staat, deels.gevonden) == (
        Staat.ADVIES,
        "de reservekopie op dezelfde schijf als database en bewijs",
    )
    assert "INKOOP_SLEUTELS" in deels.advies
    assert look({"sleutels": 2, "kopie": 3}).staat is Staat.GOED
