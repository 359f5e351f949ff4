from datetime import date
from pathlib import Path

import pytest

from inkoop.definitions.aanmelding import load_aanmelding
from inkoop.definitions.yamlbron import DefinitieError
from inkoop.domain.aanmelding import Tekenwijze
from inkoop.domain.criteria.dossier import Aanleiding, Documentfeit, Herkomst, Lidrol
from inkoop.domain.dossierbouw import NOG_NIET_ONTVANGEN
from tests.definitions.voorbeeldaanmelding import AANMELDING


def write(map_: Path, tekst: str = AANMELDING) -> Path:
    pad = map_ / "aanmelding.yaml"
    pad.write_text(tekst)
    return pad


def test_a_fact_gets_its_member_its_file_and_its_provenance_from_where_it_stands(tmp_path):
    feit = load_aanmelding(write(tmp_path)).bewijsstukken[0].feiten[0]
    assert feit == Documentfeit(
        id="uittreksel.pdf#1",
        lid="twee",
        bewijs=("uittreksel.pdf",),
        herkomst=Herkomst.OPGEGEVEN,
        ontvangen_op=NOG_NIET_ONTVANGEN,
        aanleiding=Aanleiding.INDIENING,
        document="kvk-uittreksel",
        datum=date(2020, 2, 20),
    )


def test_reading_twice_gives_the_same_value(tmp_path):
    assert load_aanmelding(write(tmp_path)) == load_aanmelding(write(tmp_path))


def test_facts_in_one_file_are_numbered_and_evidence_without_member_is_about_all(tmp_path):
    opgave = load_aanmelding(write(tmp_path))
    assert [feit.id for feit in opgave.bewijsstukken[0].feiten] == ["uittreksel.pdf#1", "uittreksel.pdf#2"]
    assert opgave.bewijsstukken[1].feiten[0].lid is None
    assert opgave.ontvangen_op is None
    assert opgave.penvoerder.naam == "Stichting Een"
    assert opgave.leden[1].rol is Lidrol.LID
    assert opgave.leden[1].tekenbevoegde.wijze is Tekenwijze.GEZAMENLIJK


@pytest.mark.parametrize(
    ("was", "wordt", "fout"),
    [
        ('kvk: "90000202"', 'kvk: "9000020"', "18:10: Een KvK-nummer heeft acht cijfers; hier staat '9000020'."),
        ('kvk: "90000202"', "kvk: 90000202", "18:10: Hier hoort tekst. Zet er aanhalingstekens om: '90000202'."),
        ('kvk: "90000202"', 'kvk: "90000201"', "18:10: Het KvK-nummer 90000201 is al van een ander lid."),
        ("- id: twee", "- id: een", "14:9: De naam 'een' is al van een ander lid."),
        (
            "rol: lid",
            "rol: penvoerder",
            "4:3: Precies één lid heeft de rol 'enkel' of 'penvoerder'; hier zijn het er 2.",
        ),
        ("rol: lid", "rol: onderaannemer", "4:3: Naast een penvoerder hoort ten minste één 'lid'."),
        ("rol: penvoerder", "rol: enkel", "4:3: Naast een lid met rol 'enkel' staat geen 'lid'."),
        (
            "rol: penvoerder",
            "rol: penvorder",
            "5:10: De waarde 'penvorder' is hier niet bekend. Bedoelt u \"penvoerder\"?",
        ),
        ("percelen: [1A]", "percelen: []", "2:11: Noem ten minste één perceel"),
        ("percelen: [1A]", "percelen: [1A, 1A]", "2:16: '1A' staat er dubbel."),
        ("    lid: twee", "    lid: twe", "27:10: 'twe' staat niet onder 'leden'. Bedoelt u \"twee\"?"),
        ("bestand: ervaring.pdf", "bestand: uittreksel.pdf", "37:14: Het bestand 'uittreksel.pdf' staat er dubbel."),
        ("bestand: ervaring.pdf", "bestand: map/ervaring.pdf", "37:14: Noem alleen de bestandsnaam, zonder map."),
        ("        voorbehoud: nee\n", "", "32:9: De verplichte sleutel 'voorbehoud' ontbreekt."),
        ("tot: 2019-12-31", "tot: 2017-12-31", "40:81: 'tot' ligt voor 'van' (2018-01-01)."),
        ("clienten: 3", "clienten: -3", "40:56: 'clienten' is -3; dat kan niet minder dan 0 zijn."),
        ("datum: 2020-02-20", "datum: 2020-02-30", "31:16: 30 februari 2020 bestaat niet."),
        (
            "naam: Samen Sterk",
            "naam: Samen Sterk\nontvangen_op: 2020-03-01",
            "2:1: De sleutel 'ontvangen_op' is hier niet bekend.",
        ),
        (
            "naam: Samen Sterk",
            "naam: Samen Sterk\nbsn: weg",
            "2:1: De sleutel 'bsn' vraagt om een burgerservicenummer.",
        ),
        ("wijze: alleen", "wijze: samen", "13:63: De waarde 'samen' is hier niet bekend."),
    ],
)
def test_each_mistake_in_an_aanmelding_is_named_at_its_place(tmp_path, was, wordt, fout):
    assert AANMELDING.count(was) == 1, was
    with pytest.raises(DefinitieError) as gevangen:
        load_aanmelding(write(tmp_path, AANMELDING.replace(was, wordt)))
    gevonden = [f"{fout.regel}:{fout.kolom}: {fout.tekst}" for fout in gevangen.value.fouten]
    assert [regel for regel in gevonden if regel.startswith(fout)], gevonden
