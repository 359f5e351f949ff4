from datetime import date, datetime

import pytest

from inkoop.definitions.dossier import load_dossier
from inkoop.definitions.yamlbron import DefinitieError
from inkoop.domain.criteria.dossier import Herkomst, Oordeelrol
from tests.definitions.voorbeeldaanmelding import AANMELDING

KOP = "ingediend_op: 2020-03-31T23:30:00+02:00\nherkomst: vastgesteld\n"
OORDEEL = """\
oordelen:
  - criterium: P-01
    lid: twee
    bewijs: [uittreksel.pdf]
    persoon: b1
    rol: beoordelaar
    oordeel: ja
    reden: Voldoende.
    op: 2020-04-02T10:00:00+02:00
    antwoorden:
      - {vraag: v1, antwoord: nee}
"""


def load(map_, tekst):
    pad = map_ / "dossier.yaml"
    pad.write_text(tekst)
    return load_dossier(pad)


def test_a_dossier_file_is_an_aanmelding_with_its_moment_and_judgements(tmp_path):
    dossier = load(tmp_path, KOP + AANMELDING + OORDEEL)
    assert dossier.ingediend_op == datetime.fromisoformat("2020-03-31T23:30:00+02:00")
    assert dossier.herkomst is Herkomst.VASTGESTELD
    (oordeel,) = dossier.oordelen
    assert (oordeel.criterium, oordeel.perceel, oordeel.lid, oordeel.ja) == ("P-01", None, "twee", True)
    assert oordeel.rol is Oordeelrol.BEOORDELAAR
    assert oordeel.antwoorden[0].ja is False


def test_facts_of_a_dossier_are_received_on_the_dutch_day_of_submission(tmp_path):
    feit = (
        load(tmp_path, (KOP + AANMELDING).replace("23:30:00+02:00", "22:30:00+00:00")).opgave.bewijsstukken[0].feiten[0]
    )
    assert feit.ontvangen_op == date(2020, 4, 1)


@pytest.mark.parametrize(
    ("was", "wordt", "tekst"),
    [
        ("herkomst: vastgesteld\n", "", "De verplichte sleutel 'herkomst' ontbreekt."),
        (
            "[uittreksel.pdf]",
            "[uitreksel.pdf]",
            "'uitreksel.pdf' staat niet onder 'bewijsstukken'. Bedoelt u \"uittreksel.pdf\"?",
        ),
        ("[uittreksel.pdf]", "[]", "Noem het bewijs waarover dit oordeel gaat."),
        ("    lid: twee\n    bewijs", "    lid: drie\n    bewijs", "'drie' staat niet onder 'leden'."),
        ("    lid: twee\n    bewijs", "    perceel: 1B\n    bewijs", "Perceel '1B' is niet aangemeld."),
        ("oordeel: ja", "oordeel: goed", "Schrijf hier 'ja' of 'nee'."),
    ],
)
def test_each_mistake_in_a_dossier_is_named(tmp_path, was, wordt, tekst):
    with pytest.raises(DefinitieError) as gevangen:
        load(tmp_path, (KOP + AANMELDING + OORDEEL).replace(was, wordt))
    assert tekst in str(gevangen.value)


def test_the_same_person_cannot_be_both_beoordelaars(tmp_path):
    tweede = OORDEEL.removeprefix("oordelen:\n")
    with pytest.raises(DefinitieError, match="'b1' heeft hierover al geoordeeld"):
        load(tmp_path, KOP + AANMELDING + OORDEEL + tweede)
    assert len(load(tmp_path, KOP + AANMELDING + OORDEEL + tweede.replace("persoon: b1", "persoon: b2")).oordelen) == 2
