"""A provider that has an agreement changes its offer: receipt, toets of what is new, besluit, addendum, catalogue."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
import pytest

from inkoop import bootstrap
from inkoop.cli.demo.personen import INKOPER
from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.criterium import Documenttoets, Moment, Peilmoment, Toepassingsbereik
from inkoop.domain.criteria.dossier import (
    Certificaatfeit,
    Documentfeit,
    EenFeit,
    Ervaringfeit,
    Lidrol,
    Locatiefeit,
    Personeelfeit,
)
from inkoop.domain.criteria.effect import Effectsoort
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import (
    aanmeldingen,
    addenda,
    besluiten,
    documenten,
    effecten,
    herstel,
    houders,
    implementatie,
    overeenkomsten,
    rondes,
    toetsen,
)
from inkoop.services.taken import Taaksoort
from inkoop.settings import CHECKOUT
from tests.services.conftest import Begin
from tests.services.proefspel import Proef, find_scenario

NUMMER = "RM-2020-0001"
RONDE = "M-2021-1"
M1 = find_scenario("M1").aanmelding
IN_TIJD = datetime(2020, 8, 10, 10, 0, tzinfo=TIJDZONE)


def make_mutatie(**anders: object) -> Aanmeldingsopgave:
    """M1 adds a product of 1C, with a place to stay in the region, and drops IB-waakvlam."""
    huur = next(
        stuk
        for stuk in find_scenario("M5").aanmelding.bewijsstukken
        if any(isinstance(feit, Locatiefeit) for feit in stuk.feiten)
    )
    plek = msgspec.structs.replace(
        huur,
        lid=None,
        feiten=tuple(
            msgspec.structs.replace(feit, lid=None, plaats="Schijndel", gemeente="Meierijstad")  # type: ignore[arg-type]
            for feit in huur.feiten
        ),
    )
    vast: dict[str, object] = {
        "wijzigt": NUMMER,
        "percelen": ("1C",),
        "producten": ("KDV-basis",),
        "vervalt": ("IB-waakvlam",),
        "bewijsstukken": (*(_widen(stuk) for stuk in M1.bewijsstukken), plek),
    }
    return msgspec.structs.replace(M1, **{**vast, **anders})  # type: ignore[arg-type]


def _widen(stuk: Bewijsstuk) -> Bewijsstuk:
    """The same evidence, as new as a next round asks, with a certificate, experience and staff for 1C too."""
    feiten = tuple(map(_renew, stuk.feiten))
    extra = tuple(
        msgspec.structs.replace(feit, id=f"{feit.id}-kdv", product="KDV-basis")
        for feit in feiten
        if isinstance(feit, Ervaringfeit | Personeelfeit) and feit.product == "IB-basis"
    )
    return msgspec.structs.replace(stuk, feiten=(*feiten, *extra))


def _renew(feit: EenFeit) -> EenFeit:
    if isinstance(feit, Certificaatfeit):
        return msgspec.structs.replace(feit, scope=(*feit.scope, "kortdurend verblijf"))
    if isinstance(feit, Documentfeit) and feit.datum >= date(2019, 10, 1):
        return msgspec.structs.replace(feit, datum=date(2020, 7, 15))
    return feit


@pytest.fixture
def houder(begin: Begin) -> Proef:
    """Everybody's agreement is in force since 1 July 2020; the next round is open."""
    proef = begin("tekenen")
    proef.perform_alle(Taaksoort.TEKENEN)
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 7, 1, 9, tzinfo=TIJDZONE))
    proef.ronde = RONDE
    return proef


def work(proef: Proef, fase: Fase, op: datetime) -> None:
    """Ticks of a fase and the tasks of people in turn, until nothing is left."""
    for _ in range(12):
        proef.tick(fase, op)
        taken = [taak for taak in proef.list_taken() if taak.soort is not Taaksoort.TEKENEN]
        if not any(proef.perform(taak) for taak in taken[:1]):
            return


def play_besluit(proef: Proef, opgave: Aanmeldingsopgave) -> str:
    """Hand in, open, establish, judge, decide and send; the kenmerk."""
    kenmerk = proef.submit(opgave, ontvangen_op=IN_TIJD)
    proef.zaken[kenmerk] = find_scenario("M1")
    for fase, op in (
        (Fase.SELECTEREN, datetime(2020, 10, 1, 9, tzinfo=TIJDZONE)),
        (Fase.SELECTEREN, datetime(2020, 10, 22, 9, tzinfo=TIJDZONE)),
        (Fase.CONCRETISEREN, datetime(2020, 11, 13, 9, tzinfo=TIJDZONE)),
    ):
        work(proef, fase, op)
    return kenmerk


def list_producten(proef: Proef, op: date) -> set[str]:
    with proef.huis.winkel.lezen() as sessie:
        return {
            rij.product
            for rij in implementatie.list_catalogus(sessie)
            if rij.aanbieder == M1.naam and rij.van <= op <= rij.tot
        }


def find_addendum(proef: Proef, kenmerk: str):
    with proef.huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_overeenkomst(sessie, NUMMER)
        (addendum,) = [a for a in addenda.list_addenda(sessie, rij) if a.aanleiding == kenmerk]
        return addendum


def measure_houder(proef: Proef) -> dict[str, Effectsoort]:
    """What a new yearly demand on perceel 1C does to the holder by perceel; its mutatie is no line of its own."""
    editie = bootstrap.load_criteriaset(CHECKOUT / "criteria" / "meierij-wmo" / "2020-1.yaml")
    plan = Documenttoets(document="plan-dat-nog-niemand-heeft", peilmoment=Peilmoment.BESLUIT, op_naam=False)
    nieuw = msgspec.structs.replace(
        editie.criteria[-1],
        id="N-01",
        per=type(editie.criteria[0].per)("perceel"),
        alleen=Toepassingsbereik(percelen=("1C",)),
        toets=plan,
        momenten=(Moment.JAARLIJKS,),
    )
    editie = msgspec.structs.replace(editie, criteria=(*editie.criteria, nieuw))
    gemeten = effecten.list_effecten(proef.huis, proef.act_as(INKOPER), editie, date(2021, 1, 2))
    (effect,) = [een for een in gemeten if isinstance(een, effecten.Aanmeldingseffect) and een.aanbieder == M1.naam]
    return {perceel.perceel: perceel.effect for perceel in effect.percelen}


def test_a_mutatie_is_tested_on_what_changes_and_leads_to_an_addendum(houder: Proef):
    kenmerk = play_besluit(houder, make_mutatie())
    with houder.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        toets = toetsen.decode_resultaat(toetsen.find_laatste(sessie, rij))  # type: ignore[arg-type]
        geldig = besluiten.list_geldig(sessie, rij)
    assert toets.moment is Moment.BIJ_WIJZIGING
    assert {een.product for een in toets.eenheden} <= {None, "KDV-basis"}
    assert {(b.perceel, b.soort) for b in geldig} == {
        ("1A", Besluitsoort.AANBOD_VERMINDERD),
        ("1C", Besluitsoort.TOEGELATEN),
    }
    work(houder, Fase.CONTRACTEREN, datetime(2020, 11, 16, 9, tzinfo=TIJDZONE))
    addendum = find_addendum(houder, kenmerk)
    assert addendum.ingang == date(2021, 1, 1)
    wijziging = msgspec.json.decode(addendum.inhoud, type=addenda.Wijziging)
    assert wijziging.aanbod is not None
    assert (wijziging.aanbod.erbij, wijziging.aanbod.eraf) == ({"1C": ("KDV-basis",)}, {"1A": ("IB-waakvlam",)})
    # H19-55: what the cycle changes on the same day stands in the same addendum
    assert wijziging.tarieven is not None
    assert "IB-waakvlam" not in {regel.product for regel in wijziging.tarieven.regels}  # dropped on the same day
    assert wijziging.gebied is not None
    with houder.huis.winkel.lezen() as sessie:
        assert overeenkomsten.find_by_aanmelding(sessie, rij) is None
        assert houders.find_aanbod(sessie, overeenkomsten.find_overeenkomst(sessie, NUMMER))["1A"] == (  # type: ignore[arg-type]
            "IB-waakvlam",
            "IB-basis",
            "IB-extra",
        )
    voor = measure_houder(houder)
    assert "1C" not in voor
    assert set(voor.values()) == {Effectsoort.ONGEWIJZIGD}
    houder.ronde = "M-2020-2"
    houder.tick(Fase.IMPLEMENTEREN)
    houder.perform_alle(Taaksoort.DOCUMENT_GOEDKEUREN)
    houder.tick(Fase.IMPLEMENTEREN)
    houder.perform_alle(Taaksoort.TEKENEN)
    houder.tick(Fase.IMPLEMENTEREN, datetime(2020, 12, 31, 23, 0, tzinfo=TIJDZONE))
    eerst = {"IB-waakvlam", "IB-basis", "IB-extra", "DB-basis", "DB-extra"}
    assert list_producten(houder, date(2020, 12, 31)) == eerst
    houder.tick(Fase.IMPLEMENTEREN, datetime(2021, 1, 1, 0, 10, tzinfo=TIJDZONE))
    with houder.huis.winkel.lezen() as sessie:
        overeenkomst = overeenkomsten.find_overeenkomst(sessie, NUMMER)
        assert [a.aanleiding for a in addenda.list_addenda(sessie, overeenkomst)] == [kenmerk]  # type: ignore[arg-type]
    assert find_addendum(houder, kenmerk).status is Overeenkomststatus.ACTIEF
    assert list_producten(houder, date(2020, 12, 31)) == eerst
    assert list_producten(houder, date(2021, 1, 1)) == eerst - {"IB-waakvlam"} | {"KDV-basis"}
    assert measure_houder(houder) == voor | {"1C": Effectsoort.KAN_HERSTELLEN}


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"wijzigt": "RM-2020-0002"}, "mutatie-geen-overeenkomst"),
        ({"wijzigt": "RM-2020-9999"}, "mutatie-geen-overeenkomst"),
        ({"wijzigt": None}, "mutatie-zonder-overeenkomst"),
        ({"percelen": ("1A",), "producten": ("IB-basis",)}, "mutatie-al-geleverd"),
        ({"vervalt": ("KDV-extra",)}, "mutatie-niet-geleverd"),
        ({"percelen": (), "producten": (), "vervalt": ()}, "mutatie-leeg"),
        ({"percelen": (), "producten": (), "vervalt": ("1A", "1B")}, "mutatie-alles"),
    ],
)
def test_a_mutatie_that_cannot_be_is_refused_at_receipt(houder: Proef, anders: dict[str, object], code: str):
    with houder.refuses(code):
        houder.submit(make_mutatie(**anders), ontvangen_op=IN_TIJD)


def test_another_composition_is_refused(houder: Proef):
    lid = msgspec.structs.replace(M1.leden[0], id="extra", rol=Lidrol.LID, kvk="90000777", naam="Extra B.V.")
    penvoerder = msgspec.structs.replace(M1.leden[0], rol=Lidrol.PENVOERDER)
    with houder.refuses("mutatie-samenstelling"):
        houder.submit(make_mutatie(leden=(penvoerder, lid)), ontvangen_op=IN_TIJD)


def test_only_dropping_needs_no_toets_of_a_perceel_and_ends_in_an_addendum(houder: Proef):
    opgave = make_mutatie(percelen=(), producten=(), vervalt=("1B",), bewijsstukken=())
    kenmerk = play_besluit(houder, opgave)
    with houder.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        (besluit,) = besluiten.list_geldig(sessie, rij)
        assert (besluit.perceel, besluit.soort) == ("1B", Besluitsoort.AANBOD_VERMINDERD)
        assert besluiten.decode_voorstel(besluit).vervallen_producten == ("DB-basis", "DB-extra")
        assert herstel.find_verzoek(sessie, rij) is None
        assert [d.soort for d in documenten.list_documenten(sessie, onderwerp=kenmerk)].count("toelatingsbrief") == 1
    work(houder, Fase.CONTRACTEREN, datetime(2020, 11, 16, 9, tzinfo=TIJDZONE))
    wijziging = msgspec.json.decode(find_addendum(houder, kenmerk).inhoud, type=addenda.Wijziging)
    assert wijziging.aanbod is not None
    assert wijziging.aanbod.apply({"1A": ("IB-basis",), "1B": ("DB-basis", "DB-extra")}) == {"1A": ("IB-basis",)}


def test_a_new_edition_is_held_against_a_mutatie_that_only_drops_without_a_finding(houder: Proef):
    kenmerk = houder.submit(
        make_mutatie(percelen=(), producten=(), vervalt=("1B",), bewijsstukken=()), ontvangen_op=IN_TIJD
    )
    houder.zaken[kenmerk] = find_scenario("M1")
    houder.tick(Fase.SELECTEREN, datetime(2020, 10, 1, 9, tzinfo=TIJDZONE))
    houder.perform_alle(Taaksoort.OPENING_VERZOEKEN)
    houder.perform_alle(Taaksoort.RONDE_OPENEN)
    editie = bootstrap.load_criteriaset(CHECKOUT / "criteria" / "meierij-wmo" / "2020-1.yaml")
    gemeten = list(effecten.list_effecten(houder.huis, houder.act_as(INKOPER), editie, date(2020, 10, 2)))
    (effect,) = [een for een in gemeten if isinstance(een, effecten.Aanmeldingseffect) and een.aanmelding == kenmerk]
    assert effect.percelen == ()
    assert len(gemeten) > 1


def test_the_addendum_of_the_cycle_waits_for_a_mutatie_until_its_concept_is_due(houder: Proef):
    kenmerk = houder.submit(make_mutatie(), ontvangen_op=IN_TIJD)
    houder.zaken[kenmerk] = find_scenario("M1")
    houder.klok.set(datetime(2020, 9, 29, 9, tzinfo=TIJDZONE))
    with houder.huis.winkel.lezen() as sessie:
        overeenkomst = overeenkomsten.find_overeenkomst(sessie, NUMMER)
        # Sealed: nobody knows that there is a mutatie, so nothing waits for it.
        assert not overeenkomsten.has_open_mutatie(sessie, overeenkomst, date(2021, 1, 1))  # type: ignore[arg-type]
    work(houder, Fase.SELECTEREN, datetime(2020, 10, 1, 0, 30, tzinfo=TIJDZONE))
    with houder.huis.winkel.lezen() as sessie:
        overeenkomst = overeenkomsten.find_overeenkomst(sessie, NUMMER)
        assert overeenkomsten.has_open_mutatie(sessie, overeenkomst, date(2021, 1, 1))  # type: ignore[arg-type]


def test_who_has_an_agreement_and_applies_again_in_full_gets_no_second_one(houder: Proef):
    opgave = make_mutatie(wijzigt=None, vervalt=(), percelen=("1A", "1B"), producten=())
    kenmerk = play_besluit(houder, opgave)
    work(houder, Fase.CONTRACTEREN, datetime(2020, 11, 16, 9, tzinfo=TIJDZONE))
    with houder.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        assert {b.soort for b in besluiten.list_geldig(sessie, rij)} == {Besluitsoort.TOEGELATEN}
        assert overeenkomsten.find_by_aanmelding(sessie, rij) is None
        ronde = rondes.find_ronde(sessie, RONDE)
        assert overeenkomsten.list_overeenkomsten(sessie, ronde) == []
