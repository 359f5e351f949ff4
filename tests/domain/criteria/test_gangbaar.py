"""What is compiled of an edition: it is used where a case is ordinary, and broken on purpose it is seen.

That it says what the rules say is a property of every kind (`test_a_compiled_edition_picks_what_the_rules_say`).
"""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from inkoop.domain.criteria import feiten as feitenmodule
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.conclusie import Uitgewerkt
from inkoop.domain.criteria.criterium import AlleVan, Moment, Partijentoets, Registercontrole
from inkoop.domain.criteria.dossier import Aanleiding, Herkomst, Registerstatus
from inkoop.domain.criteria.feiten import Feitenindex
from inkoop.domain.criteria.gangbaar import (
    GANGBAAR,
    beoordeling,
    certificaat,
    document,
    ervaring,
    getal,
    locatie,
    personeel,
    register,
    samen,
    uitsluiting,
    verklaring,
)
from inkoop.domain.criteria.soorten import list_structs
from inkoop.domain.criteria.soorten.combinaties import EenVanCombinatie
from inkoop.domain.criteria.toets import Toetser, weigh
from tests.domain.criteria import bouwstenen as b
from tests.domain.criteria import eigenschappen as e
from tests.domain.criteria.generatoren import gevallen

EERST = {"herstelverloop": Herstelverloop.OPEN, "feitenbasis": Feitenbasis.VASTGESTELD, "moment": Moment.TOELATING}
PRODUCTEN = ("IB-waakvlam", "IB-basis", "IB-extra")
GEWOON = {
    "certificaat": (b.certificaattoets(), [b.certificaat()]),
    "document": (b.documenttoets(), [b.document()]),
    "verklaring": (b.verklaringtoets(), [b.verklaring()]),
    "ervaring": (b.ervaringtoets(), [b.ervaring(product) for product in PRODUCTEN]),
    "personeel": (b.personeeltoets(), [b.personeel(product) for product in PRODUCTEN]),
    "getal": (b.getaltoets(), [b.getal(20)]),
    "register": (b.registertoets(), [b.registratie()]),
    "uitsluiting": (b.uitsluitingtoets(), [b.uitsluiting(van_toepassing=False)]),
    "locatie": (b.locatietoets(), [b.locatie("Vught", "Vught")]),
    "beoordeling": (b.beoordelingtoets(), [b.document("plan")]),
    "alle_van": (AlleVan(delen=(b.documenttoets(), b.verklaringtoets())), [b.document(), b.verklaring()]),
}


def conclude(toets, feiten, **keuzes):
    editie = b.make_editie(b.make_criterium(toets))
    (rij,) = weigh(editie, b.make_dossier(*feiten), b.PEILDATUMS, **(EERST | keuzes))
    return rij[2]


@pytest.mark.parametrize("soort", GEWOON)
def test_what_is_handed_in_once_and_in_order_is_picked_and_not_judged(soort):
    assert not isinstance(conclude(*GEWOON[soort]), Uitgewerkt)


@pytest.mark.parametrize("soort", GEWOON)
def test_what_is_handed_in_at_repair_is_judged_by_its_kind(soort):
    toets, feiten = GEWOON[soort]
    later = [msgspec.structs.replace(feit, aanleiding=Aanleiding.HERSTEL) for feit in feiten]
    assert isinstance(conclude(toets, later), Uitgewerkt)


@pytest.mark.parametrize("soort", GEWOON)
def test_what_is_only_stated_is_judged_by_its_kind_on_established_facts(soort):
    toets, feiten = GEWOON[soort]
    gesteld = [msgspec.structs.replace(feit, herkomst=Herkomst.OPGEGEVEN) for feit in feiten]
    assert isinstance(conclude(toets, gesteld), Uitgewerkt)
    assert not isinstance(conclude(toets, gesteld, feitenbasis=Feitenbasis.ALS_OPGEGEVEN), Uitgewerkt)


@pytest.mark.parametrize("soort", GEWOON)
def test_what_is_handed_in_twice_is_judged_by_its_kind(soort):
    toets, feiten = GEWOON[soort]
    dubbel = [msgspec.structs.replace(feit, id=f"{feit.id}-2") for feit in feiten]
    assert isinstance(conclude(toets, [*feiten, *dubbel]), Uitgewerkt)


def test_every_kind_but_the_count_of_parties_is_compiled():
    assert list_structs() - set(GANGBAAR) == {Partijentoets}


def test_two_dossiers_with_the_same_outcome_share_their_conclusion():
    editie = b.make_editie(b.make_criterium(b.documenttoets()))
    dossiers = [b.make_dossier(b.document(datum=date(2020, 2, dag))) for dag in (1, 2)]
    een, twee = (weigh(editie, dossier, b.PEILDATUMS, **EERST) for dossier in dossiers)
    assert [conclusie for _, _, conclusie in een] == [conclusie for _, _, conclusie in twee]
    zinnen = [uitslag.list_bevindingen()[0].toelichting for uitslag in (een, twee)]
    assert [zin.rpartition("van ")[2] for zin in zinnen] == ["1 februari 2020.", "2 februari 2020."]


def check_example(toets, *feiten):
    """A check on one example, for what a random case hardly ever touches."""
    keuzes = SimpleNamespace(herstelverloop=Herstelverloop.OPEN, feitenbasis=Feitenbasis.VASTGESTELD)

    def check(geval, data):
        e.check_same(b.make_editie(b.make_criterium(toets)), keuzes, b.make_dossier(*feiten))

    return check


LATER_DEEL = check_example(
    b.documenttoets(onderdelen=("beleid",)), b.document(onderdelen=(b.onderdeel("beleid", date(2020, 4, 1)),))
)
CONTROLE = {"registercontrole": Registercontrole(vanaf=date(2020, 4, 1))}
DAG_TE_VROEG = date(2020, 3, 31)
OUDE_INZAGE = check_example(b.registertoets(**CONTROLE), b.registratie(gezien_op=DAG_TE_VROEG))
OUD_CERTIFICAAT = check_example(
    b.certificaattoets(registerstatus_vereist=True, **CONTROLE),
    b.certificaat(registerstatus=Registerstatus.ACTIEF, register_gezien_op=DAG_TE_VROEG),
)
ZONDER_PAKKET = check_example(b.verklaringtoets(gegevens=("pakket",)), b.verklaring())
ZONDER_DIPLOMA = check_example(
    b.personeeltoets(), *[b.personeel(product, kwalificatie="geen") for product in PRODUCTEN]
)
TOT_EEN_DAG = check_example(b.registertoets(), b.registratie(tot=date(2020, 12, 31)))


@dataclass(frozen=True)
class Mutant:
    """One part of the compiled path that is broken: what is replaced by what, and the kind that must see it."""

    waar: object
    naam: str
    door: object
    soort: str
    check: object = e.check_compiled


class _EersteTelt(Feitenindex):
    """Facts of which the first is taken for the only one."""

    __slots__ = ()

    def __init__(self, feiten):
        super().__init__(feiten)
        self.enig |= {sleutel: alle[0] for sleutel, alle in self.meer.items()}
        self.meer.clear()


class _DelenOpTijd(Feitenindex):
    """Parts of which the days are forgotten."""

    __slots__ = ()

    def __init__(self, feiten):
        super().__init__(feiten)
        self.onderdelen = {id_: (namen, date.min) for id_, (namen, _) in self.onderdelen.items()}


def _never_late(toets, kader, echt=document.compile_datums):
    uit = echt(toets, kader)
    return uit and msgspec.structs.replace(uit, peil=date.max)


MUTANTEN = {
    "what was stated twice counts as stated once": Mutant(feitenmodule, "Feitenindex", _EersteTelt, "getal"),
    "the days of parts are forgotten": Mutant(feitenmodule, "Feitenindex", _DelenOpTijd, "document", LATER_DEEL),
    "a repair round is taken for a first one": Mutant(
        Toetser, "_is_gewoon", lambda self, p: True, "uitsluiting", e.check_plain
    ),
    "a document is never too late": Mutant(document, "compile_datums", _never_late, "document"),
    "a certificate counts whatever stands on it": Mutant(
        certificaat, "compile_telling", lambda toets, kader: lambda c: True, "certificaat"
    ),
    "an old look at a certificate counts": Mutant(
        certificaat, "find_grens", lambda *_: None, "certificaat", OUD_CERTIFICAAT
    ),
    "an old look at a registration counts": Mutant(register, "find_grens", lambda *_: None, "register", OUDE_INZAGE),
    "the end of a registration is forgotten": Mutant(register, "find_einde", lambda *_: None, "register", TOT_EEN_DAG),
    "the end of a location is forgotten": Mutant(locatie, "find_einde", lambda *_: None, "locatie"),
    "every location lies in the region": Mutant(locatie, "find_gebied", lambda rijen, *_: rijen[0], "locatie"),
    "experience counts however old it is": Mutant(ervaring, "add_maanden", lambda dag, n: date.min, "ervaring"),
    "the last day of experience is forgotten": Mutant(ervaring, "last_day_within", lambda dag, n: dag, "ervaring"),
    "the offer does not multiply": Mutant(getal, "count_aanbod", lambda *_: 1, "getal"),
    "any qualification counts": Mutant(personeel, "fold_woord", lambda woord: "", "personeel", ZONDER_DIPLOMA),
    "details need not be filled in": Mutant(verklaring, "find_antwoord", lambda *_: "ja", "verklaring", ZONDER_PAKKET),
    "judgements on another perceel count": Mutant(
        beoordeling,
        "find_weging",
        lambda groepen, *waar, echt=beoordeling.find_weging: echt(groepen, "1A", *waar[1:]),
        "beoordeling",
    ),
    "a denial names another day": Mutant(
        uitsluiting, "write_niet_van_toepassing", lambda *_: "De grond is niet van toepassing.", "uitsluiting"
    ),
    "one part of a whole is enough": Mutant(
        samen, "Samenvatting", lambda _, delen, echt=samen.Samenvatting: echt(EenVanCombinatie(), delen), "verklaring"
    ),
}


def is_killed(mutant):
    """Whether the check that goes with a mutant fails on at least one case."""

    @settings(
        max_examples=200, phases=[Phase.generate], suppress_health_check=list(HealthCheck), report_multiple_bugs=False
    )
    @given(gevallen(mutant.soort), st.integers(0, 1))
    def holds(geval, data):
        mutant.check(geval, data)

    try:
        holds()
    except AssertionError:
        return True
    return False


@pytest.mark.parametrize(
    "check", [LATER_DEEL, OUDE_INZAGE, OUD_CERTIFICAAT, ZONDER_PAKKET, ZONDER_DIPLOMA, TOT_EEN_DAG]
)
def test_an_example_holds_as_long_as_nothing_is_broken(check):
    check(None, 0)


@pytest.mark.parametrize("naam", MUTANTEN)
def test_what_is_compiled_wrongly_is_seen(naam, monkeypatch):
    mutant = MUTANTEN[naam]
    monkeypatch.setattr(mutant.waar, mutant.naam, mutant.door)
    assert is_killed(mutant)
