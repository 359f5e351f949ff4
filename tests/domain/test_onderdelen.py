"""Parts of an agreement: what can be laid down, what a part is called, which version of each holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.onderdelen import load_onderdelen
from inkoop.definitions.procedure import load_procedure
from inkoop.domain.onderdelen import (
    Deelversie,
    Deelwijziging,
    Dienstverleninginhoud,
    Onderdelenbestand,
    Onderwerpregel,
    Overlegafspraak,
    check_onderdelen,
    find_versie,
    list_open,
    name_onderdeel,
)
from inkoop.domain.overeenkomstdelen import GegevensafspraakRol, Onderdeelsoort
from inkoop.settings import CHECKOUT

R, S = GegevensafspraakRol, Onderdeelsoort
INGANG = date(2019, 1, 1)
ALLES = """\
samenwerking:
  doel: samen beter
  ontwikkelagenda: [{onderwerp: kort, tekst: korter}]
  overleg: [{overleg: tafel, wie: allen, frequentie: jaarlijks}]
  kosten: ieder het zijne
  indicatoren: [uitval]
  evaluatie: elk jaar
gegevens:
  rol: verwerker
  motivering: de aanbieder verzorgt de toeleiding voor de gemeente
  verwerkingen: [{verwerking: v, doel: d, grondslag: g, betrokkenen: b, gegevens: naam}]
  maatregelen: [{onderwerp: toegang, tekst: beperkt}]
  fg_gemeenten: fg@regio.example
  fg_aanbieder: fg@aanbieder.example
  meldtermijn_uren: 24
  aansprakelijkheid: als in de overeenkomst
"""
DIENST = Dienstverleninginhoud(
    omschrijving="coördinatie",
    stappen=(Onderwerpregel(onderwerp="start", tekst="gesprek"),),
    normen=(Onderwerpregel(onderwerp="tijd", tekst="binnen een week"),),
    deskundigheid="hbo",
    vergoeding=Decimal("80.00"),
    eenheid="uur",
    betaling="per maand",
    overleg=(Overlegafspraak(overleg="tafel", wie="allen", frequentie="jaarlijks"),),
    opzegtermijn_maanden=3,
)


@pytest.fixture
def bestand(tmp_path):
    pad = tmp_path / "onderdelen.yaml"
    pad.write_text(ALLES, encoding="utf-8")
    return load_onderdelen(pad)


def codes(bestand: Onderdelenbestand) -> list[str]:
    return [een.code for een in check_onderdelen(bestand)]


def test_a_file_says_what_more_than_one_part_holds(bestand):
    assert list(bestand.delen) == [S.SAMENWERKING, S.GEGEVENS]
    assert codes(bestand) == []
    assert codes(Onderdelenbestand(dienstverlening=DIENST)) == []


@pytest.mark.parametrize(("was", "wordt"), [("  rol: verwerker\n", ""), ("rol: verwerker", "rol: bewerker")])
def test_no_role_is_chosen_by_itself(tmp_path, was, wordt):
    pad = tmp_path / "onderdelen.yaml"
    pad.write_text(ALLES.replace(was, wordt), encoding="utf-8")
    with pytest.raises(DefinitieError, match="rol"):
        load_onderdelen(pad)


@pytest.mark.parametrize(
    ("uren", "verwacht"), [(0, ["onderdeel-meldtermijn"]), (1, []), (72, []), (73, ["onderdeel-meldtermijn"])]
)
def test_a_leak_is_reported_within_what_the_law_gives(bestand, uren, verwacht):
    gegevens = msgspec.structs.replace(bestand.gegevens, meldtermijn_uren=uren)
    assert codes(msgspec.structs.replace(bestand, gegevens=gegevens)) == verwacht


def test_every_fault_of_the_content_is_said_at_once(bestand):
    gegevens = msgspec.structs.replace(bestand.gegevens, motivering=" ", verwerkingen=(), subverwerkers=())
    dienst = msgspec.structs.replace(DIENST, vergoeding=Decimal(-1), opzegtermijn_maanden=0)
    assert codes(msgspec.structs.replace(bestand, gegevens=gegevens, dienstverlening=dienst)) == [
        "onderdeel-tekst",
        "onderdeel-lijst",
        "onderdeel-vergoeding",
        "onderdeel-opzegtermijn",
    ]
    assert codes(Onderdelenbestand()) == ["onderdeel-leeg"]


@pytest.mark.parametrize(
    ("rol", "datum", "naam"),
    [
        (R.VERWERKER, date(2018, 5, 24), "Bewerkersovereenkomst"),
        (R.VERWERKER, date(2018, 5, 25), "Verwerkersovereenkomst"),
        (R.GEZAMENLIJK, date(2018, 5, 24), "Regeling gezamenlijke verantwoordelijkheid"),
        (R.ZELFSTANDIG, date(2018, 5, 24), "Gegevensafspraken"),
    ],
)
def test_the_old_name_is_used_only_before_25_may_2018(rol, datum, naam):
    assert name_onderdeel(S.GEGEVENS, rol, datum) == naam


def test_three_parts_always_belong_to_the_agreement_of_2019_and_the_fourth_where_it_is_needed():
    contract = load_procedure(CHECKOUT / "procedures" / "hvb-wmo-2019.yaml").contract
    assert len(list_open(contract, ())) == 2
    assert list_open(contract, {S.SAMENWERKING, S.GEGEVENS}) == []
    assert [een.stuk for een in contract.onderdelen if not een.verplicht] == [S.DIENSTVERLENING]


def test_what_was_signed_is_version_one_of_every_part():
    assert find_versie("", INGANG, ()) == find_versie("gegevensafspraken", INGANG, ()) == Deelversie(1, INGANG, "")


def test_a_change_of_one_part_gives_a_new_version_of_that_part_alone():
    wijzigingen = (
        Deelwijziging("X-A01", date(2020, 1, 1), frozenset({""})),
        Deelwijziging("X-A02", date(2021, 1, 1), frozenset({"gegevensafspraken"})),
        Deelwijziging("X-A03", date(2022, 1, 1), frozenset({"", "gegevensafspraken"})),
    )
    assert find_versie("", INGANG, wijzigingen[:2]) == Deelversie(2, date(2020, 1, 1), "X-A01")
    assert find_versie("gegevensafspraken", INGANG, wijzigingen) == Deelversie(3, date(2022, 1, 1), "X-A03")
    assert find_versie("samenwerkingsovereenkomst-aanbieder", INGANG, wijzigingen) == Deelversie(1, INGANG, "")


@given(st.lists(st.frozensets(st.sampled_from(["", "a", "b"]), min_size=1), max_size=8))
def test_versions_count_the_changes_of_their_own_part(delen):
    wijzigingen = [Deelwijziging(f"A{n}", date(2020 + n, 1, 1), een) for n, een in enumerate(delen)]
    for deel in ("", "a", "b"):
        assert find_versie(deel, INGANG, wijzigingen).versie == 1 + sum(deel in een for een in delen)
