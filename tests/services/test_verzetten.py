"""Moving the planning in a store: with a reason, recorded, refused whole, and not after publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from inkoop.cli.demo.groepen import group_scenarios
from inkoop.cli.demo.personen import INKOPER, JURIST
from inkoop.cli.demo.rollenspel import Klok
from inkoop.definitions.scenario import load_scenarios
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.toegang import Handeling
from inkoop.services import procedures, verzetten
from inkoop.settings import CHECKOUT
from inkoop.storage.auditregel import AuditRow
from tests.services.proefspel import PROCEDURE, RONDE, Proef, create_spel


@pytest.fixture
def aangemaakt(tmp_path: Path) -> Iterator[Proef]:
    """A procedure in its first fase."""
    groep = group_scenarios(load_scenarios(CHECKOUT / "criteria" / "meierij-wmo" / "scenarios"))[0]
    spel = create_spel(tmp_path, groep)
    spel.start()
    yield Proef(spel.huis, Klok(spel.spel.klok.nu), PROCEDURE, RONDE)
    spel.huis.winkel.close()


def move(proef: Proef, dag: str, naar: date, *, reden: str = "Ziekte.", wie: str = INKOPER) -> None:
    verzetten.move_planning(proef.huis, proef.act_as(wie), PROCEDURE, ronde=RONDE, dag=dag, naar=naar, reden=reden)


def read_besluit(proef: Proef) -> date:
    with proef.huis.winkel.lezen() as sessie:
        return procedures.decode_definitie(procedures.find_procedure(sessie, PROCEDURE)).find_ronde(RONDE).besluit


def list_redenen(proef: Proef) -> list[str | None]:
    with proef.huis.winkel.lezen() as sessie:
        return [
            regel.reden for regel in sessie.exec(select(AuditRow)) if regel.handeling == Handeling.PLANNING_VERZETTEN
        ]


def test_a_move_is_kept_with_its_reason(aangemaakt: Proef) -> None:
    move(aangemaakt, "besluit", date(2020, 5, 18))
    assert read_besluit(aangemaakt) == date(2020, 5, 18)
    assert list_redenen(aangemaakt) == ["Ziekte."]


@pytest.mark.parametrize(
    ("dag", "naar", "reden", "code"),
    [
        ("besluit", date(2020, 6, 12), "Ziekte.", "ronde-ingang"),
        ("besluit", date(2020, 5, 18), " ", "reden"),
        ("dialoog_van", date(2020, 5, 18), "Ziekte.", "verzet-onbekend"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_changes(
    aangemaakt: Proef, dag: str, naar: date, reden: str, code: str
) -> None:
    with pytest.raises(BeletselenError) as fout:
        move(aangemaakt, dag, naar, reden=reden)
    assert code in [beletsel.code for beletsel in fout.value.beletselen]
    assert read_besluit(aangemaakt) == date(2020, 5, 15)
    assert list_redenen(aangemaakt) == []


def test_only_an_inkoper_moves_the_planning(aangemaakt: Proef) -> None:
    with pytest.raises(BeletselenError):
        move(aangemaakt, "besluit", date(2020, 5, 18), wie=JURIST)
