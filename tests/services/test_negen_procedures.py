"""Every procedure file is prepared and published from an empty store, by services and ticks, to documents on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.cli.demo.personen import INKOPER
from inkoop.domain.kalender import local_date
from inkoop.domain.procedure import Fase
from inkoop.services import documenten, fasewerk, poort, procedures, rondes
from inkoop.settings import CHECKOUT
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef

PROCEDURES = sorted(pad.stem for pad in (CHECKOUT / "procedures").glob("*.yaml"))


@pytest.fixture
def proef(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Proef]:
    """A procedure of which nothing was done yet."""
    naam = request.param
    begonnen = begin_procedure(tmp_path / naam, naam)
    yield begonnen
    begonnen.huis.winkel.close()


def tick(proef: Proef, fase: Fase) -> list[str]:
    door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
    return fasewerk.work_fase(proef.huis, door, fase, proef.procedure, bootstrap.load_procedure_edities)


def read_poort(proef: Proef) -> list[str]:
    with proef.huis.winkel.lezen() as sessie:
        rij = procedures.find_procedure(sessie, proef.procedure)
        return [reden.tekst for reden in poort.check_poort(sessie, rij, local_date(proef.klok.nu))]


def test_there_are_nine_procedures():
    assert len(PROCEDURES) == 9


@pytest.mark.parametrize("proef", PROCEDURES, indirect=True)
@pytest.mark.dekking("PROC-02", "PROC-04")
def test_a_procedure_is_prepared_and_published_from_an_empty_store(proef: Proef):
    assert tick(proef, Fase.VOORBEREIDEN) == []
    proef.record_stappen(Fase.VOORBEREIDEN)
    assert read_poort(proef) == []
    assert tick(proef, Fase.VOORBEREIDEN) == ["naar de fase publiceren"]
    assert tick(proef, Fase.PUBLICEREN) == []
    proef.record_stappen(Fase.PUBLICEREN)
    assert tick(proef, Fase.PUBLICEREN) != [], read_poort(proef)
    assert tick(proef, Fase.PUBLICEREN) == []
    with proef.huis.winkel.lezen() as sessie:
        gemaakt = [rij.kenmerk for rij in rondes.list_rondes(sessie, proef.procedure)]
    assert gemaakt == [ronde.kenmerk for ronde in sorted(proef.definitie.instroom.rondes, key=lambda r: r.sluiting)]


@pytest.mark.slow
@pytest.mark.parametrize("proef", PROCEDURES, indirect=True)
def test_a_published_procedure_leaves_its_documents_on_disk(proef: Proef):
    for fase in (Fase.VOORBEREIDEN, Fase.PUBLICEREN):
        proef.record_stappen(fase)
        assert tick(proef, fase) != []
    kenmerken = documenten.list_te_maken(proef.huis)
    assert kenmerken != []
    for kenmerk in kenmerken:
        documenten.render(proef.huis, proef.act_as(INKOPER), kenmerk)
    with proef.huis.winkel.lezen() as sessie:
        rijen = documenten.list_documenten(sessie, onderwerp=proef.procedure)
    for rij in rijen:
        assert proef.huis.winkel.documenten.read(rij.pdf_sha256 or "").startswith(b"%PDF")
        assert proef.huis.winkel.documenten.read(rij.docx_sha256 or "").startswith(b"PK")
    tekst = msgspec.json.encode([rij.gegevens for rij in rijen]).decode()
    assert proef.definitie.rechtsbescherming.rechtbank in tekst
