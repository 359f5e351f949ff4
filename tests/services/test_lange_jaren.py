"""The contract years of three systems, every day of them: what must be done is done or reported, and reported once.

The work of each day is that of the flows (services/dagwerk), without their engine. People do little on purpose, so
that what is not done must be reported. The time of it is printed (`-s`).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import msgspec
import pytest
from sqlmodel import select

from inkoop import bootstrap
from inkoop.cli.demo.personen import CONTRACTMANAGER, GEMANDATEERDE, JURIST
from inkoop.definitions.procedure import load_procedure
from inkoop.domain.archief import Bewaarregel, Dossiersoort, Lijstsoort, Waardering
from inkoop.domain.bewaking import list_meldmomenten
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.handeling import Handeling
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Mandaat, Proceduredefinitie
from inkoop.domain.verlengen import Verlengingskeuze
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import (
    archieflijsten,
    bewaking,
    dagwerk,
    deelnames,
    overeenkomsten,
    overgangen,
    rust,
    verlengingen,
    vernietigen,
)
from inkoop.services.huis import Huis
from inkoop.services.vernietigd import VernietigdError
from inkoop.settings import CHECKOUT
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.bewaking import MeldingRow
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


def refuse_verlenging(proef: Proef) -> None:
    """Without the successor of the mandate nothing is extended (BP-13)."""
    with pytest.raises(BeletselenError, match="verlopen op 31 december 2020"):
        extend(1)(proef)


def register_opvolger(tot: date, van: date) -> Daad:
    """The successor of the mandate, without which no extension is possible (BP-13)."""

    def daad(proef: Proef) -> None:
        definitie = proef.definitie
        opvolger = Mandaat(
            id="opvolger", functie=definitie.mandaten[0].functie, namens=tuple(g.code for g in definitie.gemeenten),
            onderwerpen=definitie.mandaten[0].onderwerpen, geldig_van=van, geldig_tot=tot,
            grondslag="de opvolger", volmacht_burgemeester=True,
        )  # fmt: skip
        deelnames.register_mandaat(proef.huis, proef.act_as(JURIST), proef.procedure, opvolger)

    return daad


def count(laatste: date | None) -> Daad:
    """Count for every gemeente who still has support; in the first of them until `laatste`."""

    def daad(proef: Proef) -> None:
        nummer = find_contract(proef).contractnummer
        gemeenten = overgangen.list_gemeenten(proef.definitie, find_contract(proef))
        for plaats, gemeente in enumerate(gemeenten):
            nog = laatste is not None and plaats == 0
            overgangen.record_stand(
                proef.huis, proef.act_as(CONTRACTMANAGER), nummer, gemeente, peildatum=proef.klok.nu.date(),
                clienten=3 if nog else 0, laatste=laatste if nog else None, bewijs="opgave van de toegang",
            )  # fmt: skip

    return daad


GEZIEN: dict[str, list[MeldingRow]] = {}
"""Per procedure the reports as they were before a contract was destroyed: those about it go with it."""


def destroy(proef: Proef) -> None:
    """Destroy what may go, by two people."""
    GEZIEN[proef.procedure] = list_meldingen(proef)
    lijst = archieflijsten.propose_lijst(proef.huis, proef.act_as(ARCHIVARIS), Lijstsoort.VERNIETIGING, "jaarlijks")
    archieflijsten.approve_lijst(proef.huis, proef.act_as(JURIST), lijst)
    assert vernietigen.destroy_lijst(proef.huis, proef.act_as(ARCHIVARIS), lijst).staat_nog == ()


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
        for term in bewaking.read_agenda(sessie, op, op + timedelta(days=400)):
            begonnen = [een for een in list_meldmomenten(term) if een.dag <= op]
            if begonnen and (op <= term.dag or term.vervolg):
                assert term.sleutel in gemeld, term


def play(proef: Proef, van: date, tot: date, daden: Mapping[date, Daad], navraag: tuple[date, date]) -> Counter[str]:
    """Every day from `van` to `tot`; between the days of `navraag` a day at rest is done in full all the same."""
    tellers: Counter[str] = Counter()
    rustend: list[bool] = []
    eigenlijk = rust.is_stil

    def is_stil(huis: Huis, werk: str, op: date, **keuzes: frozenset[Handeling]) -> bool:
        stil = eigenlijk(huis, werk, op, **keuzes)
        if werk == dagwerk.WERK:
            rustend.append(stil)
        return stil and not navraag[0] <= op <= navraag[1]

    begin = time.process_time()
    dag = van
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rust, "is_stil", is_stil)
        while dag <= tot:
            proef.klok.set(proef.at(dag, 6))
            door = bootstrap.act_as_systeem(proef.huis, proef.klok.tick())
            gedaan = dagwerk.work_dag(
                proef.huis, door, bootstrap.load_procedure_edities, render=render_plaatsvervangers
            )
            stil = rustend.pop()
            assert not (stil and gedaan), (dag, gedaan)
            tellers["stil" if stil else "vol"] += 1
            tellers["nagevraagd"] += stil and navraag[0] <= dag <= navraag[1]
            if dag in daden:
                daden[dag](proef)
            if dag.day == 2 and dag.month in (1, 7):
                check_gemeld(proef, dag)
            dag += timedelta(days=1)
    tellers["ms"] = round(1000 * (time.process_time() - begin))
    return tellers


def start(map_, naam: str, *regels: Bewaarregel) -> Proef:
    proef = begin_procedure(map_ / naam, naam, change_regels(naam, regels) if regels else None)
    proef.add_persoon(ARCHIVARIS, "archivaris", Rol.ARCHIVARIS)
    add_contracten(proef, 1, proef.definitie.looptijd.ingang)
    return proef


def change_regels(naam: str, regels: tuple[Bewaarregel, ...]) -> Proceduredefinitie:
    return msgspec.structs.replace(load_procedure(CHECKOUT / "procedures" / f"{naam}.yaml"), bewaarregels=regels)


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


@pytest.mark.dekking("H19-40", "H19-43", "H19-56")
def test_twelve_years_of_hart_van_brabant_2019_with_two_options_care_that_runs_on_and_retention(tmp_path):
    proef = start(tmp_path, "hvb-wmo-2019")
    daden = {
        date(2020, 2, 3): refuse_verlenging,
        date(2020, 3, 2): register_opvolger(date(2022, 12, 31), date(2021, 1, 1)),
        date(2020, 4, 6): extend(1),
        date(2021, 4, 6): extend(2),
        date(2023, 1, 9): count(date(2023, 9, 30)),
        date(2031, 1, 6): destroy,
    }
    tellers = play(proef, date(2019, 1, 3), date(2031, 2, 3), daden, (date(2019, 12, 20), date(2020, 1, 10)))
    meldingen = finish(proef, tellers, 12)
    gezien = GEZIEN["hvb-wmo-2019"]
    # Sixteen quarters in four years: none was recorded, so each was reported.
    assert count_kwartalen(gezien) == 16
    soorten = {een.soort for een in gezien}
    assert {"verlenging", "einde", "overgang", "archief"} <= soorten
    assert "mandaat" not in soorten  # the successor came before the term of 180 days
    assert next(een.dag for een in gezien if een.soort == "overgang") == date(2023, 1, 1)
    assert [een.uiterlijk for een in gezien if "elke cliënt" in een.wat] == [date(2023, 9, 30)] * 2
    (archief,) = {een.term for een in meldingen if een.soort == "archief"}
    assert archief.endswith("|archief|2030|2031-01-31")
    with proef.huis.winkel.lezen() as sessie, pytest.raises(VernietigdError):
        overeenkomsten.find_overeenkomst(sessie, "HVB-2019-0001")
    proef.huis.winkel.close()


@pytest.mark.dekking("M20-32")
def test_twelve_years_of_the_meierij_with_tacit_renewals_to_the_maximum_and_a_term_of_its_own(tmp_path):
    vijf = [
        Bewaarregel(soort=soort, waardering=Waardering.VERNIETIGEN, jaren=5, bron="besluit van de archivaris")
        for soort in (Dossiersoort.TOELATING, Dossiersoort.OVEREENKOMST)
    ]
    proef = start(tmp_path, "meierij-2020", *vijf)
    nummer = find_contract(proef).contractnummer
    daden = {date(2026, 1, 5): count(None), date(2031, 1, 6): destroy}
    tellers = play(proef, date(2020, 1, 3), date(2032, 1, 5), daden, (date(2021, 6, 20), date(2021, 7, 10)))
    meldingen = finish(proef, tellers, 12)
    assert count_kwartalen(GEZIEN["meierij-2020"]) == 24
    assert len({een.term for een in meldingen if een.soort == "verlenging"}) == 4
    assert next(een.uiterlijk for een in meldingen if een.soort == "archief") == date(2031, 1, 31)
    with proef.huis.winkel.lezen() as sessie, pytest.raises(VernietigdError):
        overeenkomsten.find_overeenkomst(sessie, nummer)
    proef.huis.winkel.close()


@pytest.mark.dekking("W21-BW-01", "W21-BW-02")
def test_eight_years_of_beschermd_wonen_with_two_options_of_two_years_and_duties_that_are_measured(tmp_path):
    proef = start(tmp_path, "hvb-2021-beschermd-wonen")
    daden = {date(2026, 3, 2): extend(1), date(2028, 3, 6): extend(2)}
    tellers = play(proef, date(2023, 1, 3), date(2031, 1, 8), daden, (date(2024, 3, 25), date(2024, 4, 10)))
    meldingen = finish(proef, tellers, 8)
    assert find_contract(proef).status is Overeenkomststatus.BEEINDIGD
    assert find_contract(proef).einddatum == date(2030, 12, 31)
    assert count_kwartalen(meldingen) == 32
    plichten = {een.term for een in meldingen if een.soort == "plicht"}
    verwacht = sum(96 // plicht.elke_maanden for plicht in proef.definitie.contract.plichten)
    assert len(plichten) == verwacht
    assert any(een.soort == "overgang" for een in meldingen)
    proef.huis.winkel.close()
