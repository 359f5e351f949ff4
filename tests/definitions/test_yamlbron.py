from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import AwareDatetime, Field

from inkoop.definitions.model import Definitiemodel, JaNee
from inkoop.definitions.yamlbron import MAXIMALE_GROOTTE, DefinitieError, read_yaml, validate


class Kleur(StrEnum):
    ROOD = "rood"
    NEE = "nee"


class Documentregel(Definitiemodel):
    soort: Literal["document"]
    document: str
    dag: date


class Registerregel(Definitiemodel):
    soort: Literal["register"]
    register_: str = Field(alias="register")
    aantal: int = Field(default=1, ge=1)


class Bestand(Definitiemodel):
    naam: str
    kleur: Kleur = Kleur.ROOD
    bedrag: Decimal = Decimal(0)
    open: JaNee = False
    op: AwareDatetime | None = None
    regels: tuple[Annotated[Documentregel | Registerregel, Field(discriminator="soort")], ...] = ()
    woorden: dict[str, tuple[str, ...]] = Field(default_factory=dict)


def write(map_: Path, tekst: str | bytes) -> Path:
    pad = map_ / "proef.yaml"
    pad.write_bytes(tekst if isinstance(tekst, bytes) else tekst.encode())
    return pad


def list_fouten(map_: Path, tekst: str | bytes) -> list[str]:
    with pytest.raises(DefinitieError) as gevangen:
        validate(read_yaml(write(map_, tekst)), Bestand)
    return [f"{fout.regel}:{fout.kolom}: {fout.tekst}" for fout in gevangen.value.fouten]


def test_a_good_file_gives_typed_values_and_the_hash_of_its_bytes(tmp_path):
    tekst = """\
naam: Één naam
kleur: nee
bedrag: 118.00
open: ja
op: 2020-03-31T23:59:59+02:00
regels:
  - soort: document
    document: plan
    dag: 2020-02-29
  - {soort: register, register: KvK, aantal: 2}
woorden: {1A: [een, "12:30"]}
"""
    bron = read_yaml(write(tmp_path, tekst))
    bestand = validate(bron, Bestand)
    assert (bestand.naam, bestand.kleur, bestand.bedrag, bestand.open) == (
        "Één naam",
        Kleur.NEE,
        Decimal("118.00"),
        True,
    )
    assert str(bestand.bedrag) == "118.00"
    assert bestand.op is not None
    assert bestand.op.isoformat() == "2020-03-31T23:59:59+02:00"
    assert bestand.regels[0].dag == date(2020, 2, 29)  # type: ignore[union-attr]
    assert bestand.regels[1].register_ == "KvK"  # type: ignore[union-attr]
    assert bestand.woorden == {"1A": ("een", "12:30")}
    assert len(bron.hash) == 64
    assert bron.plaats(("regels", 1, "aantal")) == (10, 46)


@pytest.mark.parametrize(
    ("tekst", "fouten"),
    [
        ("naam: a\nnaam: b\n", ["2:1: De sleutel 'naam' staat hier dubbel; hij staat ook op regel 1."]),
        ("naam: a\nkleur: rodo\n", ["2:8: De waarde 'rodo' is hier niet bekend. Bedoelt u \"rood\"?"]),
        ("naam: a\nbedra: 3\n", ["2:1: De sleutel 'bedra' is hier niet bekend. Bedoelt u \"bedrag\"?"]),
        ("kleur: rood\n", ["1:1: De verplichte sleutel 'naam' ontbreekt."]),
        ("naam: &anker a\n", ["1:7: Het anker &anker wordt niet gelezen. Haal het weg."]),
        ("naam: !!str a\n", ["1:7: Het label tag:yaml.org,2002:str wordt niet gelezen. Haal het weg."]),
        ("naam: a\n---\nnaam: b\n", ["2:1: Hier begint een tweede document (---). Eén bestand is één document."]),
        (
            "naam: a\nopen: yes\n",
            ["2:7: 'yes' is meerduidig. Schrijf 'ja'. Is het tekst, zet er dan aanhalingstekens om."],
        ),
        (
            "naam: a\nopen: False\n",
            ["2:7: 'False' is meerduidig. Schrijf 'nee'. Is het tekst, zet er dan aanhalingstekens om."],
        ),
        ("naam: a\nopen: misschien\n", ["2:7: Schrijf hier 'ja' of 'nee'."]),
        ("naam: ~\n", ["1:7: '~' betekent hier niets. Vul een waarde in, of laat de sleutel weg."]),
        ("naam: 12:30\n", ["1:7: '12:30' kan een tijd of een getal zijn. Zet er aanhalingstekens om."]),
        (
            "naam: 0123\n",
            [
                (
                    "1:7: '0123' begint met een nul en kan daardoor een ander getal worden. "
                    "Is het tekst, zet er dan aanhalingstekens om."
                )
            ],
        ),
        (
            "naam: 1e5\n",
            ["1:7: '1e5' kan een getal met een exponent zijn. Is het tekst, zet er dan aanhalingstekens om."],
        ),
        ("naam: 12345\n", ["1:7: Hier hoort tekst. Zet er aanhalingstekens om: '12345'."]),
        ("naam: a\nbedrag: 1,50\n", ["2:9: Hier hoort een getal met een punt voor de decimalen, zoals 412.50."]),
        (
            "naam: a\nbedrag:\n",
            ["2:1: Hier staat niets. Vul een waarde in, of laat de sleutel weg; een lege lijst schrijft u als []."],
        ),
        (
            "naam: a\nregels: [{soort: document, document: b, dag: 41,25}]\n",
            [
                "2:46: Hier hoort een datum, geschreven als jaar-maand-dag: 2020-03-31.",
                "2:49: Hier staat een losse '25'. Een komma begint iets nieuws: schrijf 412,50 als 412.50.",
            ],
        ),
        (
            "naam: a\nregels: [\n  {soort: document, document: b, dag: 2020-02-31}]\n",
            ["3:39: 31 februari 2020 bestaat niet."],
        ),
        (
            "naam: a\nregels:\n  - {soort: document, document: b, dag: 31-03-2020}\n",
            ["3:41: Hier hoort een datum, geschreven als jaar-maand-dag: 2020-03-31."],
        ),
        (
            "naam: a\nregels:\n  - {soort: document, document: b, dag: 2020-3-1}\n",
            ["3:41: '2020-3-1' is geen volledige datum. Schrijf jaar-maand-dag met nullen, zoals 2020-03-01."],
        ),
        (
            "naam: a\nregels:\n  - soort: documnt\n",
            ["3:12: De soort 'documnt' is niet bekend. Bedoelt u \"document\"?"],
        ),
        ("naam: a\nregels:\n  - document: b\n", ["3:5: De verplichte sleutel 'soort' ontbreekt."]),
        (
            "naam: a\nregels:\n  - soort: register\n    register: KvK\n    aantal: 0\n",
            ["5:13: Dit getal moet ten minste 1 zijn."],
        ),
        (
            "naam: a\nregels:\n  - soort: document\n    document: [b]\n    dag: 2020-01-01\n    dga: x\n",
            ["4:15: Hier hoort tekst.", "6:5: De sleutel 'dga' is hier niet bekend. Bedoelt u \"dag\"?"],
        ),
        (
            "naam: a\nop: 2020-03-31T23:59:59\n",
            ["2:5: Bij dit tijdstip ontbreekt de tijdzone. Schrijf bijvoorbeeld 2020-03-31T23:59:59+02:00."],
        ),
        (
            "naam: a\nop: 2020-03-31T25:00:00+02:00\n",
            ["2:5: '2020-03-31T25:00:00+02:00' is geen bestaand tijdstip. Schrijf het zo: 2020-03-31T23:59:59+02:00."],
        ),
        ("naam: a\nregels: b\n", ["2:9: Hier hoort een lijst: [een, twee], of regels die met - beginnen."]),
        ("- naam\n", ["1:1: Hier horen sleutels met waarden, elk op een eigen regel."]),
        ("naam: a\n\tkleur: rood\n", ["2:1: Hier staat een tab. Gebruik spaties."]),
        (
            "naam: a: b\n",
            [
                (
                    "1:8: Deze dubbele punt kan hier niet. Zet tekst met ': ' tussen aanhalingstekens, en kijk of de"
                    " inspringing klopt."
                )
            ],
        ),
        ("id: a\ntitel:Kwaliteit\neis: b\n", ["2:1: Achter deze sleutel ontbreekt ': ' met een waarde."]),
        (
            'naam: "a\nkort: b\nlang: zo "heet" dat\n',
            [
                (
                    "3:11: Hier staat tekst te veel. Kijk of de aanhalingstekens op deze regel en de regels erboven in"
                    " paren staan."
                )
            ],
        ),
        ("naam: 'a\n", ["1:7: Deze aanhalingstekens worden niet gesloten."]),
        ("naam: [a, b\n", ["1:7: Hier ontbreekt een komma of een sluithaak."]),
        (
            "naam: a\n  kleur: rood\n kort: b\n",
            [
                (
                    "2:8: Deze dubbele punt kan hier niet. Zet tekst met ': ' tussen aanhalingstekens, en kijk of de"
                    " inspringing klopt."
                )
            ],
        ),
        ("", ["1:1: Dit bestand is leeg."]),
        ("# alleen uitleg\n", ["1:1: Dit bestand is leeg."]),
        (b"naam: caf\xe9\n", ["1:10: Dit teken is geen UTF-8. Sla het bestand op als UTF-8."]),
    ],
)
def test_each_fault_is_named_at_its_line_and_column(tmp_path, tekst, fouten):
    assert list_fouten(tmp_path, tekst) == fouten


def test_merge_keys_and_aliases_are_refused(tmp_path):
    fouten = list_fouten(tmp_path, "naam: a\nwoorden: &w {b: [c]}\n<<: *w\n")
    assert "3:1: Samenvoegen met << wordt niet gelezen. Schrijf de sleutels uit." in fouten
    assert "3:5: De verwijzing *w wordt niet gelezen. Schrijf de waarde uit." in fouten


def test_all_faults_of_one_file_come_at_once_in_the_order_of_the_file(tmp_path):
    fouten = list_fouten(tmp_path, "kleur: blauw\nnaam: 5\nnaam: a\nopen: on\nbedrag: x\n")
    assert [fout.split(":")[0] for fout in fouten] == ["1", "2", "3", "4", "5"]


def test_a_fault_prints_as_file_line_column(tmp_path):
    pad = write(tmp_path, "naam: a\nkleur: rodo\n")
    with pytest.raises(DefinitieError) as gevangen:
        validate(read_yaml(pad), Bestand)
    assert str(gevangen.value) == f"{pad}:2:8: De waarde 'rodo' is hier niet bekend. Bedoelt u \"rood\"?"


@pytest.mark.parametrize(
    "sleutel", ["bsn", "BSN", "bsn_nummer", "clientBsn", "burgerservicenummer", "sofinummer", "sofi-nr"]
)
def test_a_key_that_asks_for_a_bsn_is_refused(tmp_path, sleutel):
    fouten = list_fouten(tmp_path, f"naam: a\n{sleutel}: leeg\n")
    assert f"2:1: De sleutel '{sleutel}' vraagt om een burgerservicenummer." in fouten[0]


@pytest.mark.parametrize(
    ("regel", "kolom"),
    [("clientnummer: 123456782", 15), ('naam: "BSN 123456782"', 7), ("woorden: {gegevens: [bsn]}", 22)],
)
def test_a_value_that_is_or_asks_for_a_bsn_is_refused(tmp_path, regel, kolom):
    fouten = list_fouten(tmp_path, f"kleur: rood\n{regel}\n")
    assert any(fout.startswith(f"2:{kolom}:") and "burgerservicenummer" in fout for fout in fouten)


def test_nine_digits_that_fail_the_proof_or_stand_without_a_person_are_allowed(tmp_path):
    bestand = validate(read_yaml(write(tmp_path, 'naam: "123456782"\nwoorden: {client: ["123456789"]}\n')), Bestand)
    assert bestand.naam == "123456782"


@pytest.mark.parametrize(
    "regel",
    [
        "omschrijving: Klachtenregeling voor 111222333",
        "ondertekenaar: M. Lindeboom 111222333",
        "l: [cliënt 111222333.]",
        "omschrijving: Lijst van cliëntnummer 111222333",
    ],
)
def test_a_bsn_within_a_text_is_refused(tmp_path, regel):
    (fout,) = read_yaml(write(tmp_path, regel + "\n")).fouten

    assert "In deze tekst staat een getal dat een burgerservicenummer kan zijn." in str(fout)


@pytest.mark.parametrize(
    "regel",
    [
        "omschrijving: Stichting met RSIN 111222333",
        "registratienummer: SKJ 111222333",
        "omschrijving: Zaak 111222334",
        "omschrijving: Bedrag 111222333,50",
        'code: "111222333"',
    ],
)
def test_nine_digits_of_something_else_are_accepted(tmp_path, regel):
    assert not read_yaml(write(tmp_path, regel + "\n")).fouten


def test_prose_may_say_that_no_bsn_is_wanted(tmp_path):
    class Eis(Definitiemodel):
        eis: str

    assert validate(read_yaml(write(tmp_path, "eis: Neem geen BSN op.\n")), Eis).eis == "Neem geen BSN op."


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path):
    fouten = list_fouten(tmp_path, "naam: " + "a" * MAXIMALE_GROOTTE)
    assert fouten == ["1:1: Dit bestand is te groot: meer dan 1.000.000 bytes."]


def test_a_file_that_is_too_deep_is_refused(tmp_path):
    (fout,) = list_fouten(tmp_path, "naam: " + "[" * 40 + "]" * 40)
    assert fout.endswith("Dit is te diep ingesprongen: meer dan 20 lagen.")


def test_a_missing_file_is_a_fault_and_no_traceback(tmp_path):
    with pytest.raises(DefinitieError, match="Dit bestand bestaat niet of is niet te lezen"):
        read_yaml(tmp_path / "weg.yaml")


def test_values_cannot_be_had_while_the_form_has_faults(tmp_path):
    bron = read_yaml(write(tmp_path, "naam: a\nnaam: b\n"))
    with pytest.raises(DefinitieError):
        _ = bron.waarde


@pytest.mark.filterwarnings("ignore:Field name")
def test_a_model_with_a_field_name_that_pydantic_hides_is_refused():
    with pytest.raises(TypeError, match="register"):
        type("Fout", (Definitiemodel,), {"__annotations__": {"register": str}})
