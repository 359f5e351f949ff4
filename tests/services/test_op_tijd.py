"""On time to the second and below it, on ordinary days and when the clock goes forward or back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from inkoop.cli.demo.personen import INKOPER
from inkoop.definitions.koppeling import load_koppeling
from inkoop.domain.kalender import is_tijdig
from inkoop.domain.verloop import Aanmeldingsstatus
from inkoop.exchange.tabel import read_csv
from inkoop.services import indienen
from inkoop.services.inlezen import import_export
from inkoop.services.platformrij import Export
from tests.services.kleineronde import KLEIN, at, begin_ronde, make_opgave
from tests.services.proefspel import Proef

KVK = "90000101"
GRENS = [
    ("11:59:59", True),
    ("11:59:59.999999", True),
    ("12:00:00", True),
    ("12:00:00.000001", True),
    ("12:00:00.999999", True),
    ("12:00:01", False),
    ("12:00:59", False),
]
"""Closing at 12:00:00: that second still counts, in whole seconds (E.5 `on_time`)."""

DAGEN = {"2019-06-17": "+02:00", "2020-03-29": "+02:00", "2020-10-25": "+01:00"}
"""An ordinary day, the day on which the clock goes forward, and the one on which it goes back; offset at noon."""

KOPPELING = """
platform: Platform
referentie: {kolom: Nummer}
ontvangen_op: {kolom: Ingediend}
aanmelding:
  naam: {kolom: Naam}
  percelen: {kolom: Percelen, scheiding: ","}
  leden:
    - id: zelf
      rol: enkel
      naam: {kolom: Naam}
      rechtsvorm: stichting
      kvk: {kolom: KvK}
      adres: Markt 1
      postcode: 5211 AA
      plaats: Vught
      email: info@aanbieder.example
      tekenbevoegde: {naam: A. Een, functie: bestuurder, wijze: alleen}
"""


@pytest.fixture(params=list(DAGEN))
def ronde(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Proef]]:
    """A round that closes at noon of that day."""
    dag = str(request.param)
    proef = begin_ronde(tmp_path / "winkel", at(f"{dag}T12:00:00"), kvks=(KVK,))
    yield dag, proef
    proef.huis.winkel.close()


def test_the_service_receives_on_time_to_the_second(ronde: tuple[str, Proef]):
    dag, proef = ronde
    proef.klok.set(at(f"{dag}T18:00:00"))
    gevonden = {}
    for tijd, _ in GRENS:
        opgave, bestanden = make_opgave(KVK)
        ontvangst = indienen.receive_aanmelding(
            proef.huis,
            proef.act_as(f"aanbieder-{KVK}"),
            ronde=KLEIN,
            opgave=opgave,
            bestanden=bestanden,
            ontvangen_op=datetime.fromisoformat(f"{dag}T{tijd}{DAGEN[dag]}"),
        )
        gevonden[tijd] = ontvangst.status is Aanmeldingsstatus.ONTVANGEN
    assert gevonden == dict(GRENS)


@pytest.mark.parametrize("schrijf", ["met tijdzone", "zonder tijdzone"])
def test_the_importer_takes_in_on_time_to_the_second(ronde: tuple[str, Proef], tmp_path: Path, schrijf: str):
    dag, proef = ronde
    proef.klok.set(at(f"{dag}T18:00:00"))
    (tmp_path / "koppeling.yaml").write_text(KOPPELING)
    zone = DAGEN[dag] if schrijf == "met tijdzone" else ""
    rijen = [f"R{nummer};{dag}T{tijd}{zone};Een;1A;9000020{nummer}" for nummer, (tijd, _) in enumerate(GRENS)]
    inhoud = "\n".join(["Nummer;Ingediend;Naam;Percelen;KvK", *rijen]).encode()
    export = Export(
        blad=read_csv("export.csv", inhoud),
        hash=hashlib.sha256(inhoud).hexdigest(),
        koppeling=load_koppeling(tmp_path / "koppeling.yaml"),
    )
    proef_regels = import_export(proef.huis, proef.act_as(INKOPER), KLEIN, export, voer_uit=False)
    regels = import_export(proef.huis, proef.act_as(INKOPER), KLEIN, export, voer_uit=True)
    verwacht = ["nieuw" if tijdig else "te_laat" for _, tijdig in GRENS]
    assert [(regel.oordeel, regel.redenen) for regel in proef_regels] == [(oordeel, ()) for oordeel in verwacht]
    assert [regel.oordeel for regel in regels] == verwacht


@pytest.mark.parametrize("dag", list(DAGEN))
@pytest.mark.parametrize(("tijd", "tijdig"), GRENS)
def test_the_same_instant_in_another_offset_gives_the_same_answer(dag: str, tijd: str, tijdig: bool):
    moment = datetime.fromisoformat(f"{dag}T{tijd}{DAGEN[dag]}")
    for uren in (-5, 0, 9):
        elders = moment.astimezone(timezone(timedelta(hours=uren)))
        assert is_tijdig(elders, at(f"{dag}T12:00:00")) is tijdig
