from datetime import date

import pytest

from inkoop.definitions.scenario import load_scenario, load_scenarios
from inkoop.definitions.yamlbron import DefinitieError
from inkoop.domain.criteria.dossier import Aanleiding
from tests.definitions.voorbeeldaanmelding import AANMELDING

BASIS = (
    "zaak: P1\ntitel: Proef\ntoelichting: Een proef.\nbron: proef\nprocedure: proef\nronde: P-1\n"
    "aanmelding:\n  ontvangen_op: 2020-03-12T10:41:00+01:00\n"
    + "".join(f"  {regel}\n" for regel in AANMELDING.splitlines())
)
VERWACHT = """\
verwacht:
  besluiten:
    - {perceel: 1A, besluit: toegelaten, producten: [IB-basis]}
  uitkomsten:
    - {criterium: P-01, lid: twee, uitkomst: voldoet}
"""
VARIANTEN = """\
varianten:
  - variant: a
    aanvullingen:
      - aanleiding: herstel
        ontvangen_op: 2020-04-16T09:00:00+02:00
        bewijsstukken:
          - bestand: later.pdf
            omschrijving: Kwam later
            lid: twee
            feiten:
              - {soort: document, document: plan, datum: 2020-04-01}
  - variant: b
    titel: Ander uittreksel
    bewijsstukken:
      - bestand: uittreksel.pdf
        omschrijving: Ouder uittreksel
        lid: twee
        feiten:
          - {soort: document, document: kvk-uittreksel, datum: 2018-01-01}
    verwacht:
      besluiten:
        - {perceel: 1A, besluit: afgewezen}
"""


def write(map_, tekst, naam="P1.yaml"):
    pad = map_ / naam
    pad.write_text(tekst)
    return pad


def test_a_file_without_variants_is_variant_a(tmp_path):
    (scenario,) = load_scenario(write(tmp_path, BASIS + VERWACHT))
    assert (scenario.zaak, scenario.variant, scenario.beoordelingen, scenario.aanvullingen) == ("P1", "a", (), ())
    assert scenario.verwacht.besluiten[0].producten == ("IB-basis",)
    assert scenario.aanmelding.bewijsstukken[0].feiten[0].ontvangen_op == date(2020, 3, 12)


def test_a_variant_says_only_what_differs(tmp_path):
    a, b = load_scenario(write(tmp_path, BASIS + VERWACHT + VARIANTEN))
    assert (a.titel, b.titel) == ("Proef", "Ander uittreksel")
    assert (a.verwacht.besluiten[0].besluit, b.verwacht.besluiten[0].besluit) == ("toegelaten", "afgewezen")
    assert [stuk.bestand for stuk in a.aanmelding.bewijsstukken] == [
        stuk.bestand for stuk in b.aanmelding.bewijsstukken
    ]
    assert len(a.aanmelding.bewijsstukken[0].feiten) == 2
    assert len(b.aanmelding.bewijsstukken[0].feiten) == 1
    (aanvulling,) = a.aanvullingen
    assert (aanvulling.aanleiding, b.aanvullingen) == (Aanleiding.HERSTEL, ())
    feit = aanvulling.bewijsstukken[0].feiten[0]
    assert (feit.id, feit.lid, feit.aanleiding, feit.ontvangen_op) == (
        "later.pdf#1",
        "twee",
        Aanleiding.HERSTEL,
        date(2020, 4, 16),
    )


@pytest.mark.parametrize(
    ("was", "wordt", "tekst"),
    [
        ("variant: b", "variant: c", "De varianten heten a, b, c in die volgorde. Hier hoort 'b'."),
        (
            "      - bestand: uittreksel.pdf",
            "      - bestand: uitreksel.pdf",
            'er is niets te vervangen. Bedoelt u "uittreksel.pdf"?',
        ),
        ("bestand: later.pdf", "bestand: ervaring.pdf", "Het bestand 'ervaring.pdf' staat er dubbel."),
        ("besluit: afgewezen", "besluit: afgewzen", "Het besluit 'afgewzen' is niet bekend. Bedoelt u \"afgewezen\"?"),
        ("perceel: 1A, besluit: afgewezen", "perceel: 1C, besluit: afgewezen", "Perceel '1C' is niet aangemeld."),
        ("lid: twee, uitkomst", "lid: drie, uitkomst", "'drie' staat niet onder 'leden'."),
        (
            "aanleiding: herstel",
            "aanleiding: indiening",
            "niet bekend. Mogelijk: herstel, voorwaarde.",
        ),
        (
            "besluit: afgewezen",
            "besluit: vervangen",
            "Een scenario eindigt nooit met 'vervangen'. Dat volgt",
        ),
        (
            "besluit: afgewezen",
            "besluit: geselecteerd",
            "Verwacht 'toegelaten' als deze aanmelding",
        ),
        ("besluit: afgewezen", "besluit: toegelaten_onder_voorwaarde", "Het gaat om het laatste besluit"),
        ("2020-04-16T09", "2020-03-01T09", "Deze aanvulling is ontvangen voor de aanmelding zelf."),
        ("uitkomst: voldoet}", "uitkomst: voldoen}", "De waarde 'voldoen' is hier niet bekend. Bedoelt u \"voldoet\"?"),
        ("  ontvangen_op: 2020-03-12T10:41:00+01:00\n", "", "De verplichte sleutel 'ontvangen_op' ontbreekt."),
    ],
)
def test_each_mistake_in_a_scenario_is_named(tmp_path, was, wordt, tekst):
    geheel = BASIS + VERWACHT + VARIANTEN
    assert geheel.count(was) == 1, was
    with pytest.raises(DefinitieError) as gevangen:
        load_scenario(write(tmp_path, geheel.replace(was, wordt)))
    assert tekst in str(gevangen.value)


@pytest.mark.parametrize(
    ("keuze", "goed"), [("", False), (", groep: informatief", True), (", ervaring_bereik: per_categorie", True)]
)
def test_another_choice_says_what_is_different(tmp_path, keuze, goed):
    tekst = BASIS + f"afwijkingen:\n  - {{criterium: U-02{keuze}}}\n" + VERWACHT
    if goed:
        assert len(load_scenario(write(tmp_path, tekst))[0].afwijkingen) == 1
    else:
        with pytest.raises(DefinitieError, match="Noem bij deze afwijking 'ervaring_bereik' of 'groep'"):
            load_scenario(write(tmp_path, tekst))


def test_a_mutatie_may_expect_a_besluit_on_what_is_only_dropped(tmp_path):
    tekst = BASIS.replace("  percelen: [1A]", "  wijzigt: RM-1\n  percelen: []\n  vervalt: [IB-basis]")
    tekst += "houdt: {1A: [IB-basis, IB-extra]}\n"
    tekst += "verwacht:\n  besluiten:\n    - {perceel: 1A, besluit: aanbod_verminderd, vervallen: [IB-basis]}\n"
    (scenario,) = load_scenario(write(tmp_path, tekst))
    assert scenario.verwacht.besluiten[0].besluit == "aanbod_verminderd"


def test_a_scenario_that_expects_nothing_is_refused(tmp_path):
    with pytest.raises(DefinitieError, match="Hier ontbreekt 'verwacht'"):
        load_scenario(write(tmp_path, BASIS))


def test_a_folder_gives_its_scenarios_in_order_and_the_faults_of_all_files(tmp_path):
    write(tmp_path, BASIS + VERWACHT, "P2.yaml")
    write(tmp_path, BASIS + VERWACHT + VARIANTEN)
    assert [scenario.variant for scenario in load_scenarios(tmp_path)] == ["a", "b", "a"]
    for naam in ("P1.yaml", "P2.yaml"):
        write(tmp_path, BASIS, naam)
    with pytest.raises(DefinitieError) as gevangen:
        load_scenarios(tmp_path)
    assert len({fout.bestand for fout in gevangen.value.fouten}) == 2
