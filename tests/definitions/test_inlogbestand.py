"""The file that says through which sources people may sign in."""

from __future__ import annotations

from pathlib import Path

import pytest

from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.inlogbestand import load_inlogkeuzes
from inkoop.domain.inlog import Bronsoort, Zekerheid, make_korte_naam
from inkoop.domain.persoon import Rol

GOED = """\
lokale_accounts: nee
bronnen:
  boxtel:
    soort: gemeente
    naam: Gemeente Boxtel
    uitgever: https://login.boxtel.example/v2.0
    client: inkoop
    geheim_bestand: geheim
    rollen:
      inkopers: [inkoper, contractmanager]
    functies:
      inkopers: inkoper zorg
  eherkenning:
    soort: eherkenning
    naam: eHerkenning
    uitgever: https://makelaar.example
    client: inkoop
    sleutel_bestand: geheim
    minimaal: eh4
    niveaus:
      substantieel: eh3
"""


def _schrijf(map_: Path, tekst: str) -> Path:
    (map_ / "geheim").write_text("niet te raden", encoding="utf-8")
    (map_ / "inloggen.yaml").write_text(tekst, encoding="utf-8")
    return map_ / "inloggen.yaml"


def test_a_file_names_sources_with_secrets_beside_it(tmp_path: Path):
    keuzes = load_inlogkeuzes(_schrijf(tmp_path, GOED))
    boxtel, eherkenning = keuzes.bronnen
    assert not keuzes.lokale_accounts
    assert (boxtel.id, boxtel.soort, boxtel.groepen) == ("boxtel", Bronsoort.GEMEENTE, "groups")
    assert boxtel.rollen == {"inkopers": (Rol.INKOPER, Rol.CONTRACTMANAGER)}
    assert boxtel.functies == {"inkopers": "inkoper zorg"}
    assert boxtel.geheim_bestand == str((tmp_path / "geheim").resolve())
    assert (eherkenning.minimaal, dict(eherkenning.niveaus)) == (Zekerheid.EH4, {"substantieel": Zekerheid.EH3})


@pytest.mark.parametrize(
    ("oud", "nieuw", "fout"),
    [
        ("https://login.boxtel.example/v2.0", "http://login.boxtel.example", "6:15: Schrijf het adres van de uitgever"),
        ("https://login.boxtel.example/v2.0", "https://makelaar.example", "16:15: Deze uitgever staat ook bij"),
        ("    geheim_bestand: geheim\n", "", "3:3: Geef geheim_bestand of sleutel_bestand"),
        ("geheim_bestand: geheim", "geheim_bestand: weg", "8:21: Dit bestand is er niet"),
        ("[inkoper, contractmanager]", "[aanbieder]", "De rol aanbieder komt nooit uit een groep"),
        ("[inkoper, contractmanager]", "[]", "Noem ten minste één rol"),
        ("    rollen:\n      inkopers: [inkoper, contractmanager]\n", "", "Geef bij rollen welke groep"),
        ("inkopers: inkoper zorg", "inkopers: ' '", "12:17: Schrijf de functie op"),
        ("minimaal: eh4", "functies: {groep: post}", "hoort niet bij een bron van de soort eherkenning"),
        ("minimaal: eh4", "minimaal: eh5", "eh5"),
        ("minimaal: eh4", "groepen: groups", "hoort niet bij een bron van de soort eherkenning"),
        ("client: inkoop", "client: inkoop\n    scopes: [profile]", "Zonder de scope openid"),
        ("  boxtel:", "  Boxtel:", "kleine letters"),
        ("client: inkoop", "klant: inkoop", "klant"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, oud, nieuw, fout):
    assert oud in GOED
    with pytest.raises(DefinitieError) as gevangen:
        load_inlogkeuzes(_schrijf(tmp_path, GOED.replace(oud, nieuw, 1)))
    assert fout in str(gevangen.value)


def test_without_a_source_local_accounts_cannot_be_switched_off(tmp_path: Path):
    with pytest.raises(DefinitieError, match="Zonder bron kan niemand meer inloggen"):
        load_inlogkeuzes(_schrijf(tmp_path, "lokale_accounts: nee\n"))


@pytest.mark.parametrize(
    ("naam", "kort"), [("I.Dekker@boxtel.example", "i.dekker"), ("ï dekker", "dekker"), ("@x", ""), ("a/../b", "a..b")]
)
def test_a_short_name_holds_only_what_a_short_name_may(naam, kort):
    assert make_korte_naam(naam) == kort
