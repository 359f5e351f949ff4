"""The contract years of a system, every day of them: what must be done is done or reported, and reported once.

The work of each day is that of the flows (services/dagwerk), without their engine. People do little on purpose, so
that what is not done must be reported. The time of it is printed (`-s`).
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import msgspec
import pytest
from sqlmodel import select

from inkoop import bootstrap
from inkoop.cli.demo.personen import GEMANDATEERDE, INKOPER
from inkoop.domain.bewaking import list_meldmomenten
from inkoop.domain.persoon import Rol
from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import (
    bewaking,
    dagwerk,
    overeenkomsten,
    rust,
    verlengingen,
)
from inkoop.storage.audit import check_keten
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.bewaking import MeldingRow
from inkoop.storage.tabellen.overeenkomst import OvereenkomstRow
from tests.services.lopendecontracten import add_contracten
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef, render_plaatsvervangers

pytestmark = pytest.mark.slow

ARCHIVARIS = "a.archief"
Daad = Callable[[Proef], None]


def extend(nummer: int) -> Daad:
    """Decide to use an option, on the day of the act."""

    def daad(proef: Proef) -> None:
        verlengingen.decide_verlenging(
            proef.huis, proef.act_as(GEMANDATEERDE), proef.procedure, nummer, Verlengingskeuze.VERLENGEN,
            grond="besluit van het overleg",
        )  # fmt: skip

    return daad


def find_contract(proef: Proef):
    with proef.huis.winkel.lezen() as sessie:
        nummer = f"{proef.definitie.contract.contractnummer_voorvoegsel}-0001"
        return overeenkomsten.find_overeenkomst(sessie, nummer)


def list_meldingen(proef: Proef) -> list[MeldingRow]:
    with proef.huis.winkel.lezen() as sessie:
        return list(sessie.exec(select(MeldingRow).order_by(MeldingRow.dag, MeldingRow.kenmerk)))


def check_gemeld(proef: Proef, op: date) -> None:
    """Everything that should have been reported by now, was: read from the terms, apart from what reports them."""
    gemeld = {een.term for een in list_meldingen(proef)}
    with proef.huis.winkel.lezen() as sessie:
        for term in bewaking.read_agenda(proef.huis, sessie, op, op + timedelta(days=400)):
            begonnen = [een for een in list_meldmomenten(term) if een.dag <= op]
            if begonnen and (op <= term.dag or term.vervolg):
                assert term.sleutel in gemeld, term


def play(proef: Proef, van: date, tot: date, daden: Mapping[date, Daad], navraag: tuple[date, date]) -> Counter[str]:
    """Every day from `van` to `tot`; between the days of `navraag` a day at rest is done in full all the same."""
    tellers: Counter[str] = Counter()
    begin = time.process_time()
    dag = van
    while dag <= tot:
        proef.klok.set(proef.at(dag, 6))
        door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
        stil = rust.is_stil(proef.huis, dagwerk.WERK, dag)
        with pytest.MonkeyPatch.context() as patch:
            if stil and navraag[0] <= dag <= navraag[1]:
                patch.setattr(rust, "is_stil", lambda *_: False)
                tellers["nagevraagd"] += 1
            gedaan = dagwerk.work_dag(
                proef.huis, door, bootstrap.load_procedure_edities, render=render_plaatsvervangers
            )
        assert not (stil and gedaan), (dag, gedaan)
        tellers["stil" if stil else "vol"] += 1
        if dag in daden:
            daden[dag](proef)
        if dag.day == 2 and dag.month in (1, 7):
            check_gemeld(proef, dag)
        dag += timedelta(days=1)
    tellers["ms"] = round(1000 * (time.process_time() - begin))
    return tellers


def start(map_, naam: str) -> Proef:
    proef = begin_procedure(map_ / naam, naam)
    proef.add_persoon(ARCHIVARIS, "archivaris", Rol.ARCHIVARIS)
    add_contracten(proef, 1, proef.definitie.looptijd.ingang)
    rij = find_contract(proef)
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        # Laid down as a row, so it has no paper that says when it was signed.
        inhoud = msgspec.structs.replace(overeenkomsten.decode_inhoud(rij), getekend_op=rij.ingang)
        eigen = eenheid.sessie.get_one(OvereenkomstRow, rij.id)
        eigen.inhoud = msgspec.json.encode(inhoud).decode()
        eenheid.sessie.add(eigen)
        eenheid.audit("proef", rij.contractnummer, naar="getekend")
    return proef


def finish(proef: Proef, tellers: Counter[str], jaren: int) -> list[MeldingRow]:
    """What holds for each play: nothing twice, the log whole, quiet days many; the figures are printed."""
    meldingen = list_meldingen(proef)
    assert len({een.sleutel for een in meldingen}) == len(meldingen)
    assert check_keten(proef.huis.winkel).fouten == ()
    assert tellers["stil"] + tellers["vol"] >= 365 * jaren
    assert tellers["stil"] > tellers["vol"]
    print(  # noqa: T201 - the time of it is asked for
        f"\n{proef.procedure}: {tellers['stil']} stille en {tellers['vol']} volle dagen, {len(meldingen)} meldingen,"
        f" {tellers['nagevraagd']} stille dagen nagedaan, {tellers['ms'] / 1000:.1f} s CPU"
    )
    return meldingen


def count_kwartalen(meldingen: list[MeldingRow]) -> int:
    return len({een.term for een in meldingen if een.soort == "kwartaal"})


@pytest.mark.skipif(
    not os.environ.get("INKOOP_LANGE_SPELEN"), reason="speelt meer dan een minuut: zet INKOOP_LANGE_SPELEN=1"
)
@pytest.mark.dekking("W21-BW-01", "W21-BW-02")
def test_eight_years_of_beschermd_wonen_with_two_options_of_two_years_and_duties_that_are_measured(tmp_path):
    proef = start(tmp_path, "hvb-2021-beschermd-wonen")
    daden = {date(2026, 3, 2): extend(1), date(2028, 3, 6): extend(2)}
    tellers = play(proef, date(2023, 1, 3), date(2031, 1, 8), daden, (date(2024, 3, 20), date(2024, 4, 20)))
    meldingen = finish(proef, tellers, 8)
    assert find_contract(proef).status is Overeenkomststatus.BEEINDIGD
    assert find_contract(proef).einddatum == date(2030, 12, 31)
    assert count_kwartalen(meldingen) == 32
    plichten = {een.term for een in meldingen if een.soort == "plicht"}
    verwacht = sum(96 // plicht.elke_maanden for plicht in proef.definitie.contract.plichten)
    assert len(plichten) == verwacht
    assert any(een.soort == "overgang" for een in meldingen)
    proef.huis.winkel.close()
