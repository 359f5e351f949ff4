"""What the control of a procedure compares: its law, its first round, addresses, rows of tariffs, quotations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from inkoop.cli.procedurecontrole import list_opmerkingen, load_procedurebestand
from inkoop.cli.regelkast import open_regelkast
from inkoop.definitions.fout import DefinitieError
from inkoop.definitions.procedure import load_procedure

HVB, MEIERIJ = "hvb-wmo-2019", "meierij-2020"
TERMIJN = "  ingang: 2019-01-01\n  einde_eerste_termijn"
MOTIEF = "motivering_kwalificatie: >-\n"
ROLT = "  doorrollen: ja\n"
Wijzig = Callable[[str, str, str], Path]


@pytest.fixture
def wijzig(checkout: Path, tmp_path: Path) -> Wijzig:
    """A procedure file with one change in it."""

    def change(naam: str, oud: str, nieuw: str) -> Path:
        tekst = (checkout / "procedures" / f"{naam}.yaml").read_text(encoding="utf-8")
        assert oud in tekst
        pad = tmp_path / f"{naam}.yaml"
        pad.write_text(tekst.replace(oud, nieuw, 1), encoding="utf-8")
        return pad

    return change


@pytest.mark.parametrize(
    ("naam", "oud", "nieuw", "regel", "deel"),
    [
        (HVB, 'kvk: "90000401"', 'kvk: "9000041"', 'kvk: "9000041"', "geen KvK-nummer"),
        (HVB, 'kvk: "90000402"', 'kvk: "90000401"', 'kvk: "90000401"', "'90000401' staat hier dubbel"),
        (HVB, 'kvk: "90000402"', 'kvk: "90000402"\n    vanaf: 2031-01-01', "vanaf: 2031", "maar alles eindigt op"),
        (HVB, "email: inkoop@regiohvb.example", "email: inkoop regiohvb", "email: inkoop", "geen e-mailadres"),
        (HVB, "bedrag: 980.50", "bedrag: 0", "- {product: 1a, trede: bijna", "boven nul"),
        (HVB, "1b, trede: niet,", "1b, trede: nooit,", "- {product: 1b, trede: nooit", "die trede hoort daar niet bij"),
        (HVB, "1b, trede: bijna,", "1a, trede: bijna,", "- {product: 1a, trede: bijna, bedrag: 1240", "dan één keer"),
        (HVB, TERMIJN, TERMIJN.replace("2019", "2018"), "ingang: 2018-01-01", "eerste ronde gaat pas in"),
        (HVB, MOTIEF, f"{MOTIEF}  Wie wordt uitgeloot, valt af.\n", MOTIEF.strip(), "niet geloot"),
        (HVB, ROLT, f"{ROLT}  doorrollen_voor: [besluit]\n", "doorrollen_voor: [besluit]", "besluit"),
        (HVB, ROLT, "  doorrollen: nee\n  doorrollen_voor: [sluiting]\n", "doorrollen_voor:", "geen enkele termijn"),
    ],
)
def test_a_slip_is_refused_on_its_own_row(wijzig: Wijzig, naam: str, oud: str, nieuw: str, regel: str, deel: str):
    pad = wijzig(naam, oud, nieuw)
    with pytest.raises(DefinitieError) as fout:
        load_procedure(pad)
    regels = pad.read_text(encoding="utf-8").splitlines()
    gevonden = [(regels[een.regel - 1].strip(), een.tekst) for een in fout.value.fouten]
    assert any(waar.startswith(regel) and deel in tekst for waar, tekst in gevonden), gevonden


def test_a_procedure_under_another_law_than_its_criteria_is_refused(wijzig: Wijzig):
    pad = wijzig(MEIERIJ, "wet: wmo", "wet: jeugdwet")
    with pytest.raises(DefinitieError, match=r"valt onder 'jeugdwet', maar editie .* is geschreven voor 'wmo'"):
        load_procedurebestand(pad, open_regelkast())


@pytest.mark.dekking("BP-12")
def test_a_quotation_that_speaks_of_awarding_passes_with_a_warning(wijzig: Wijzig):
    pad = wijzig(MEIERIJ, 'bron: "S3 6.3; M20-42"', 'bron: "S3 6.3: de gunning volgt; M20-42"')
    (melding,) = [een for een in list_opmerkingen(pad, load_procedure(pad)) if "citaat" in een.tekst]
    assert melding.let_op
    assert "'gunning'" in melding.tekst
    assert "gunning volgt" in pad.read_text(encoding="utf-8").splitlines()[melding.regel - 1]


def test_only_the_terms_that_are_named_must_end_on_a_working_day(wijzig: Wijzig):
    # 5 april 2020 is a Sunday: refused where closing rolls, and not where only the legal remedy does
    zondag = "sluiting: 2020-04-05T23:59:59+02:00"
    with pytest.raises(DefinitieError, match="zondag"):
        load_procedure(wijzig(MEIERIJ, "sluiting: 2020-03-31T23:59:59+02:00", zondag))
    pad = wijzig(MEIERIJ, "sluiting: 2020-03-31T23:59:59+02:00", zondag)
    tekst = pad.read_text(encoding="utf-8").replace(
        "  doorrollen: ja\n", "  doorrollen: ja\n  doorrollen_voor: [vervaltermijn, herstel_tot]\n", 1
    )
    pad.write_text(tekst, encoding="utf-8")
    assert load_procedure(pad).termijnen.rolt("vervaltermijn")
