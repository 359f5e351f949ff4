"""Every act of a round by the wrong role, at the wrong moment, or a second time is refused, and changes nothing.

One table of acts; each is tried on a round before its closing (by who may do it later, and by somebody who never may)
and again on one that is opened. The rules per role and of four eyes stand in tests/domain/test_toegang*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from inkoop.cli.demo.personen import BEOORDELAARS, GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.criteria.dossier import Aanleiding
from inkoop.domain.dossierbouw import receive_aanvulling
from inkoop.domain.fouten import InkoopError
from inkoop.domain.herziening import Herzieningsaanleiding, Intrekkingsgrond
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import (
    aanmeldingen,
    besluiten,
    feiten,
    heropeningen,
    herstel,
    herzieningen,
    indienen,
    oordelen,
    opening,
    rondes,
    samenlopen,
    storingen,
)
from inkoop.services.huis import Optreden
from tests.services.kleineronde import KLEIN, at, begin_ronde, make_opgave
from tests.services.proefspel import Proef, list_bestanden, read_alles

KVK, ANDER = "90000101", "90000102"
SLUITING = at("2020-03-31T12:00:00")
A = f"{KLEIN}-A001"
AANBIEDER, CONCURRENT = f"aanbieder-{KVK}", f"aanbieder-{ANDER}"
GROND = Intrekkingsgrond(
    aanleiding=Herzieningsaanleiding.ONJUISTE_VERKLARING,
    bevinding="onjuist",
    regel="regel",
    bron="bron",
    bewijs="bewijs",
    zienswijze_gevraagd_op=date(2020, 1, 1),
)
FEIT = feiten.Vaststelling(id="certificaat.pdf#1", wijze=feiten.Vaststellingswijze.BEVESTIGD, reden="gelezen")

Daad = Callable[[Proef, Optreden], object]
# Per act who may do it once its moment is there, who never may, and the act itself.
DADEN: dict[str, tuple[str, str, Daad]] = {
    "om de opening vragen": (INKOPER, JURIST, lambda p, d: rondes.request_opening(p.huis, d, KLEIN)),
    "openen": (JURIST, BEOORDELAARS[0], lambda p, d: opening.open_ronde(p.huis, d, KLEIN)),
    "feiten vaststellen": (
        BEOORDELAARS[0],
        INKOPER,
        lambda p, d: feiten.establish_feiten(p.huis, d, A, [FEIT]),
    ),
    "oordelen": (
        BEOORDELAARS[0],
        GEMANDATEERDE,
        lambda p, d: oordelen.give_oordeel(p.huis, d, A, "punt", ja=True, reden="Een reden die lang genoeg is."),
    ),
    "verschil beslechten": (
        JURIST,
        BEOORDELAARS[0],
        lambda p, d: oordelen.settle_oordeel(p.huis, d, A, "punt", ja=True, reden="Een reden die lang genoeg is."),
    ),
    "herstel controleren": (JURIST, AANBIEDER, lambda p, d: herstel.approve_herstelverzoek(p.huis, d, A)),
    "herstel verzenden": (INKOPER, BEOORDELAARS[0], lambda p, d: herstel.send_herstelverzoek(p.huis, d, A)),
    "herstel ontvangen": (
        AANBIEDER,
        JURIST,
        lambda p, d: herstel.receive_aanvulling(p.huis, d, A, receive_aanvulling(Aanleiding.HERSTEL, d.nu, []), {}),
    ),
    "besluiten controleren": (JURIST, INKOPER, lambda p, d: besluiten.check_besluiten(p.huis, d, KLEIN)),
    "besluiten nemen": (GEMANDATEERDE, INKOPER, lambda p, d: besluiten.take_besluiten(p.huis, d, KLEIN)),
    "besluiten verzenden": (INKOPER, JURIST, lambda p, d: besluiten.send_besluiten(p.huis, d, KLEIN)),
    "heropenen": (
        INKOPER,
        GEMANDATEERDE,
        lambda p, d: heropeningen.reopen(p.huis, d, A, Herzieningsaanleiding.NIEUWE_GROND, "er is iets gebleken"),
    ),
    "herzien": (INKOPER, AANBIEDER, lambda p, d: herzieningen.revise_besluiten(p.huis, d, A)),
    "toelating intrekken": (
        INKOPER,
        AANBIEDER,
        lambda p, d: herzieningen.withdraw_toelating(p.huis, d, A, GROND),
    ),
    "samenloop beslissen": (
        INKOPER,
        BEOORDELAARS[0],
        lambda p, d: samenlopen.decide(p.huis, d, KLEIN, kvk=KVK, perceel="1A", geldt=[A], reden="omdat"),
    ),
    "over een storing beslissen": (
        JURIST,
        INKOPER,
        lambda p, d: storingen.decide_storing(
            p.huis, d, f"{KLEIN}-S01", erkend=False, bevinding="geen storing", gelijk_tot=None
        ),
    ),
    "intrekken voor een ander": (
        CONCURRENT,
        INKOPER,
        lambda p, d: aanmeldingen.withdraw_aanmelding(p.huis, d, A, "weg ermee"),
    ),
    "indienen voor een ander": (
        CONCURRENT,
        INKOPER,
        lambda p, d: indienen.submit_aanmelding(
            p.huis, d, ronde=KLEIN, opgave=make_opgave(KVK)[0], bestanden=make_opgave(KVK)[1]
        ),
    ),
}


@pytest.fixture(scope="module")
def dicht(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proef]:
    """A round before its closing, with one aanmelding; what is refused leaves it as it is, so all share it."""
    proef = begin_ronde(tmp_path_factory.mktemp("dicht") / "winkel", SLUITING, kvks=(KVK, ANDER))
    hand_in(proef)
    yield proef
    proef.huis.winkel.close()


@pytest.fixture(scope="module")
def geopend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proef]:
    """The same round, opened, with every fact established: what was done there once is tried again."""
    proef = begin_ronde(tmp_path_factory.mktemp("open") / "winkel", SLUITING, kvks=(KVK, ANDER))
    hand_in(proef)
    proef.klok.set(SLUITING + timedelta(days=1))
    for naam in ("om de opening vragen", "openen"):
        wie, _, daad = DADEN[naam]
        daad(proef, proef.act_as(wie))
    proef.declare_belangen()
    proef.perform_alle(*(t.soort for t in proef.list_taken() if t.soort == "feiten_vaststellen"))
    yield proef
    proef.huis.winkel.close()


def hand_in(proef: Proef) -> None:
    opgave, bestanden = make_opgave(KVK)
    door = proef.act_as(AANBIEDER)
    assert indienen.submit_aanmelding(proef.huis, door, ronde=KLEIN, opgave=opgave, bestanden=bestanden) == A


def refuse(proef: Proef, wie: str, daad: Daad, fout: type[InkoopError] = InkoopError) -> None:
    """The act is refused with a reason, and nothing is written."""
    map_ = proef.huis.winkel.map
    voor = read_alles(map_), list_bestanden(map_)
    with pytest.raises(fout) as geweigerd:
        daad(proef, proef.act_as(wie))
    assert len(str(geweigerd.value)) > 20
    assert (read_alles(map_), list_bestanden(map_)) == voor


@pytest.mark.parametrize("naam", DADEN)
def test_before_the_closing_nothing_of_this_can_be_done(dicht: Proef, naam: str):
    wie, _, daad = DADEN[naam]
    refuse(dicht, wie, daad)


@pytest.mark.parametrize("naam", DADEN)
def test_the_wrong_role_is_told_so(dicht: Proef, geopend: Proef, naam: str):
    _, nooit, daad = DADEN[naam]
    refuse(dicht, nooit, daad)
    refuse(geopend, nooit, daad, GeenToegangError)


@pytest.mark.parametrize("naam", DADEN)
def test_once_opened_what_was_done_cannot_be_done_again_and_what_is_not_due_cannot_be_done(geopend: Proef, naam: str):
    wie, _, daad = DADEN[naam]
    refuse(geopend, wie, daad)
