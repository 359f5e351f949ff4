"""Same position, same chance (B.2.7): who treats a file, when and in which order makes no difference to what it gets.

In one round every file is handed in twice, by aanbieders of their own, and treated by other people in another order.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from inkoop.cli.demo.personen import BEOORDELAARS, INKOPER, JURIST
from inkoop.domain.aanmelding import Bewijsstuk
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.dossier import Aanleiding, Antwoord
from inkoop.domain.dossierbouw import receive_aanvulling
from inkoop.domain.procedure import Fase
from inkoop.services import aanmeldingen, besluiten, feiten, herstel, indienen, oordelen, opening, rondes, toetsen
from tests.services.kleineronde import KLEIN, at, begin_ronde, make_bestand, make_klachten, make_opgave
from tests.services.proefspel import Proef, Stand, copy_database, list_bestanden

pytestmark = pytest.mark.slow

KVKS = tuple(f"9000013{nummer}" for nummer in range(4))
SLUITING = at("2020-03-31T12:00:00")
TWEEDE = BEOORDELAARS[1]
LANG = bool(os.environ.get("INKOOP_LANGE_SPELEN"))


@dataclass(frozen=True)
class Positie:
    """What a file holds and what comes of it: its klachtenregeling, its certificate, the judgement, the answer."""

    klachten: date | None
    norm: str
    ja: bool
    antwoord: date | None


@dataclass(frozen=True)
class Behandeling:
    """How a file is treated: its turn, who establishes and judges first, who checks, and when the answer comes."""

    beurt: int
    eerste: int
    controleur: str
    dagen: int


@dataclass(frozen=True)
class Gekregen:
    """What came of a file: what was asked and until when, what came of each point, the findings, the proposals."""

    verzoek: tuple[Any, Any] | None
    punten: list[tuple[Any, ...]]
    bevindingen: list[tuple[Any, ...]]
    voorstellen: list[tuple[Any, ...]]


POSITIES = st.builds(
    Positie,
    klachten=st.sampled_from([None, date(2019, 5, 1), date(2020, 4, 5)]),
    norm=st.sampled_from(["HKZ", "Eigen keurmerk"]),
    ja=st.booleans(),
    antwoord=st.sampled_from([None, date(2019, 6, 1), date(2020, 4, 3)]),
)
BEHANDELINGEN = st.builds(
    Behandeling,
    beurt=st.integers(0, 99),
    eerste=st.sampled_from([0, 1]),
    controleur=st.sampled_from([JURIST, TWEEDE]),
    dagen=st.sampled_from([1, 6, 13]),
)


@cache
def make_beginstand() -> Stand:
    """The open round, made once."""
    map_ = Path(tempfile.mkdtemp(prefix="gelijkekans-"))
    proef = begin_ronde(map_ / "winkel", SLUITING, kvks=KVKS)
    proef.huis.winkel.close()
    copy_database(map_ / "winkel", map_ / "stand")
    return Stand(
        map=map_ / "stand",
        winkel=map_ / "winkel",
        bestanden=list_bestanden(map_ / "winkel"),
        nu=proef.klok.nu,
        zaken={},
    )


def play(proef: Proef, zaken: list[tuple[str, Positie, Behandeling]]) -> dict[str, Gekregen]:
    """The round from receipt to proposals; by KvK number everything that depends on how a file was treated."""
    huis = proef.huis
    volgorde = sorted(zaken, key=lambda zaak: (zaak[2].beurt, zaak[0]))
    kenmerken = {kvk: submit(proef, kvk, positie) for kvk, positie, _ in volgorde}
    proef.klok.set(SLUITING + timedelta(days=1))
    rondes.request_opening(huis, proef.act_as(INKOPER), KLEIN)
    opening.open_ronde(huis, proef.act_as(JURIST), KLEIN)
    proef.declare_belangen()
    for kvk, _, behandeling in reversed(volgorde):
        establish(proef, kenmerken[kvk], behandeling)
    proef.tick(Fase.SELECTEREN)
    for kvk, positie, behandeling in volgorde:
        judge(proef, kenmerken[kvk], positie, behandeling)
    proef.klok.set(SLUITING + timedelta(days=7))
    proef.tick(Fase.SELECTEREN)
    for kvk, _, behandeling in volgorde:
        if has_verzoek(proef, kenmerken[kvk]):
            herstel.approve_herstelverzoek(huis, proef.act_as(behandeling.controleur), kenmerken[kvk])
            herstel.send_herstelverzoek(huis, proef.act_as(INKOPER), kenmerken[kvk])
    for kvk, positie, behandeling in sorted(volgorde, key=lambda zaak: zaak[2].dagen):
        if positie.antwoord is not None and has_verzoek(proef, kenmerken[kvk]):
            answer(proef, kvk, kenmerken[kvk], positie.antwoord, behandeling)
    for kvk, _, behandeling in volgorde:
        establish(proef, kenmerken[kvk], behandeling)
    for dag in (22, 23):
        proef.klok.set(SLUITING + timedelta(days=dag))
        proef.tick(Fase.SELECTEREN)
        proef.tick(Fase.CONCRETISEREN)
    return {kvk: read_uitkomst(proef, kenmerken[kvk]) for kvk in kenmerken}


def submit(proef: Proef, kvk: str, positie: Positie) -> str:
    opgave, bestanden = make_opgave(kvk, norm=positie.norm, klachten=positie.klachten)
    door = proef.act_as(f"aanbieder-{kvk}")
    return indienen.submit_aanmelding(proef.huis, door, ronde=KLEIN, opgave=opgave, bestanden=bestanden)


def establish(proef: Proef, kenmerk: str, behandeling: Behandeling) -> None:
    door = proef.act_as(BEOORDELAARS[behandeling.eerste])
    open_ = [r.id for r in feiten.read_feiten(proef.huis, door, kenmerk) if r.wijze is None]
    vast = [feiten.Vaststelling(id=een, wijze=feiten.Vaststellingswijze.BEVESTIGD, reden="gelezen") for een in open_]
    if behandeling.beurt % 2:
        vast.reverse()
    if vast:
        feiten.establish_feiten(proef.huis, door, kenmerk, vast)


def judge(proef: Proef, kenmerk: str, positie: Positie, behandeling: Behandeling) -> None:
    wie = BEOORDELAARS if behandeling.eerste == 0 else tuple(reversed(BEOORDELAARS))
    antwoord = (Antwoord(vraag="v1", ja=positie.ja, toelichting="Dat blijkt uit bladzijde 1."),)
    for persoon in wie:
        for regel in oordelen.read_punten(proef.huis, proef.act_as(persoon), kenmerk):
            oordelen.give_oordeel(
                proef.huis,
                proef.act_as(persoon),
                kenmerk,
                regel.id,
                ja=positie.ja,
                reden="Vergeleken met wat wordt gevraagd.",
                antwoorden=antwoord,
            )


def has_verzoek(proef: Proef, kenmerk: str) -> bool:
    with proef.huis.winkel.lezen() as sessie:
        return herstel.find_verzoek(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk)) is not None


def answer(proef: Proef, kvk: str, kenmerk: str, dag: date, behandeling: Behandeling) -> None:
    proef.klok.set(SLUITING + timedelta(days=7 + behandeling.dagen))
    door = proef.act_as(f"aanbieder-{kvk}")
    feit = msgspec.structs.replace(make_klachten(dag), id="nieuw.pdf#1", bewijs=("nieuw.pdf",))
    stuk = Bewijsstuk(bestand="nieuw.pdf", omschrijving="nieuw", lid="zelf", feiten=(feit,))
    aanvulling = receive_aanvulling(Aanleiding.HERSTEL, door.nu, [stuk])
    assert herstel.receive_aanvulling(
        proef.huis, door, kenmerk, aanvulling, {"nieuw.pdf": make_bestand(f"{kenmerk} {dag}")}
    )


def drop_naam(punten: object, kvk: str) -> str:
    """The points without the number that stands in the name of the aanbieder."""
    return msgspec.json.encode(punten).decode().replace(kvk, "")


def read_uitkomst(proef: Proef, kenmerk: str) -> Gekregen:
    """What was asked, until when, what came of each point, what was found, and what is proposed."""
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        verzoek = herstel.find_verzoek(sessie, rij)
        laatste = toetsen.find_laatste(sessie, rij)
        assert laatste is not None
        voorstellen = [besluiten.decode_voorstel(b) for b in besluiten.list_besluiten(sessie, rij)]
        assert voorstellen
        return Gekregen(
            verzoek=None if verzoek is None else (drop_naam(verzoek.punten, rij.kvk), verzoek.uiterlijk),
            punten=[(punt.criterium, punt.gevraagd, punt.stand) for punt in herstel.list_puntstanden(sessie, rij)],
            bevindingen=[(b.criterium, b.uitkomst, b.grond) for b in toetsen.decode_resultaat(laatste).bevindingen],
            voorstellen=[
                (v.perceel, v.soort, v.producten, [(r.criterium, r.grond) for r in v.redenen]) for v in voorstellen
            ],
        )


def check_gelijk(posities: list[Positie], behandelingen: list[Behandeling]) -> dict[str, Gekregen]:
    """Play every position twice and compare."""
    map_ = Path(tempfile.mkdtemp(prefix="kans-"))
    proef = Proef.open(map_ / "winkel", make_beginstand())
    proef.ronde = KLEIN
    try:
        zaken = [(kvk, posities[plek % 2], behandelingen[plek]) for plek, kvk in enumerate(KVKS)]
        uitkomsten = play(proef, zaken)
        for een, ander in zip(KVKS[:2], KVKS[2:], strict=True):
            assert uitkomsten[een] == uitkomsten[ander]
        return uitkomsten
    finally:
        proef.huis.winkel.close()
        shutil.rmtree(map_)


HERSTELD = Positie(klachten=None, norm="HKZ", ja=True, antwoord=date(2019, 6, 1))
TE_NIEUW = Positie(klachten=None, norm="Eigen keurmerk", ja=True, antwoord=date(2020, 4, 3))
KRUIS = [
    Behandeling(beurt=beurt, eerste=beurt % 2, controleur=wie, dagen=dagen)
    for beurt, wie, dagen in ((3, JURIST, 1), (0, JURIST, 6), (2, TWEEDE, 13), (5, TWEEDE, 1))
]


@pytest.mark.dekking("B.2.7")
@given(
    posities=st.lists(POSITIES, min_size=2, max_size=2),
    behandelingen=st.lists(BEHANDELINGEN, min_size=4, max_size=4),
)
@example(posities=[HERSTELD, TE_NIEUW], behandelingen=KRUIS)
@settings(max_examples=12 if LANG else 1, suppress_health_check=list(HealthCheck))
def test_two_files_that_are_alike_get_the_same_points_terms_and_outcome_whoever_treats_them(
    posities: list[Positie], behandelingen: list[Behandeling]
) -> None:
    uitkomsten = check_gelijk(posities, behandelingen)
    if posities == [HERSTELD, TE_NIEUW]:
        # Without this the property could hold because everybody always gets the same.
        eerste, tweede = (uitkomsten[kvk] for kvk in KVKS[:2])
        assert (eerste.voorstellen[0][1], tweede.voorstellen[0][1]) == (Besluitsoort.TOEGELATEN, Besluitsoort.AFGEWEZEN)
        assert eerste.verzoek is not None
        assert tweede.verzoek is not None
        assert eerste.punten != tweede.punten
