"""A besluit in a selection that is looked at again: who is out, who comes up, and what one besluit cannot do."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from inkoop.cli.demo.personen import BEOORDELAARS, INKOPER
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.dossier import Documentfeit
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.herziening import Herzieningsaanleiding
from inkoop.domain.procedure import Fase
from inkoop.services import documenten, feiten, heropeningen, herzieningen
from inkoop.storage.audit import check_keten
from tests.documents.sjabloonproef import read
from tests.scenarios.conftest import STRIJD, Begin
from tests.scenarios.selectiespel import Selectieproef, at_tijd

pytestmark = pytest.mark.slow


def find_anders(proef: Selectieproef, zaak: str, dag: date) -> None:
    """Look again at a case that was told: its extract of the register turns out to be of another day."""
    kenmerk = proef.find(zaak)
    heropeningen.reopen(
        proef.huis,
        proef.act_as(INKOPER),
        kenmerk,
        Herzieningsaanleiding.NIEUWE_GROND,
        "Het uittreksel is van een andere dag.",
    )
    door = proef.act_as(BEOORDELAARS[0])
    regel = next(
        r
        for r in feiten.read_feiten(proef.huis, door, kenmerk)
        if isinstance(r.feit, Documentfeit) and r.feit.document == "kvk-uittreksel"
    )
    feit = msgspec.structs.replace(regel.feit, datum=dag)
    anders = feiten.Vaststelling(
        id=regel.id, wijze=feiten.Nadervaststelling.GECORRIGEERD, feit=feit, reden="opnieuw gelezen"
    )
    feiten.establish_feiten(proef.huis, door, kenmerk, [anders])


def revise(proef: Selectieproef, zaak: str) -> tuple[str, ...]:
    return herzieningen.revise_besluiten(proef.huis, proef.act_as(INKOPER), proef.find(zaak))


def test_a_candidate_that_turns_out_not_to_meet_a_demand_is_out_by_a_new_besluit_and_the_next_comes_up(begin: Begin):
    proef = begin(["J1a", "J2b"], STRIJD)
    proef.klok.set(at_tijd(date(2021, 8, 9), 9))
    find_anders(proef, "J1", date(2021, 5, 3))
    assert revise(proef, "J1") == ()  # still new enough: chosen it stays
    find_anders(proef, "J1", date(2020, 11, 30))  # older than six months when it was handed in
    assert revise(proef, "J1") == ("G03",)
    proef.work(date(2021, 8, 9), Fase.CONCRETISEREN)
    assert proef.read_besluiten("J1") == [
        (Besluitsoort.GESELECTEERD, "vervangen", date(2021, 8, 5)),
        (Besluitsoort.AFGEWEZEN, "verzonden", date(2021, 8, 30)),  # 29 August is a Sunday
    ]
    brief: Any = documenten.decode_gegevens(proef.list_stukken("selectiebrief", "J1")[-1])
    assert [reden.criterium for reden in brief.redenen] == ["U-02"]
    assert brief.vervangt.aanleiding == "Het uittreksel is van een andere dag."
    assert "vervangt een eerder besluit" in read("selectiebrief", brief)
    assert proef.read_besluiten("J2")[-1] == (Besluitsoort.GESELECTEERD, "verzonden", date(2021, 8, 30))

    # Who is out cannot be put back among the others by one besluit.
    find_anders(proef, "J1", date(2021, 5, 3))
    with pytest.raises(BeletselenError, match="verandert de rangorde van alle kandidaten"):
        revise(proef, "J1")

    # The one that came up is the winner, until something shows about it too: nobody is left, and a person says so.
    proef.talk()
    assert proef.propose(proef.find("J2"))
    proef.award()
    assert proef.read_besluiten("J2")[-1][:2] == (Besluitsoort.GUNNINGSVOORNEMEN, "verzonden")
    find_anders(proef, "J2", date(2020, 11, 30))
    assert revise(proef, "J2") == ("G03",)
    dag = date(2021, 11, 22)
    proef.work(dag, Fase.CONCRETISEREN)
    assert proef.read_besluiten("J2")[-1] == (Besluitsoort.AFGEWEZEN, "verzonden", date(2021, 12, 13))
    assert proef.read_fase() is Fase.CONCRETISEREN
    assert proef.finalise(dag) == 0
    (verslag,) = proef.list_stukken("proces-verbaal-gunning")
    gegevens: Any = documenten.decode_gegevens(verslag)
    assert {regel.uitkomst for regel in gegevens.uitkomsten} == {"niet toegelaten"}
    assert gegevens.voornemen == date(2021, 11, 15)
    assert check_keten(proef.huis.winkel).fouten == ()
