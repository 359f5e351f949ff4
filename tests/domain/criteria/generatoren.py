"""Directed generators for the property tests: one kind a time, boundary days, counts around the minimum.

Plain random dossiers hardly ever touch a boundary, so days are drawn from around the days that matter.

Bron: metingen (Criteria): directed generators and a second chance kill what random ones miss.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import msgspec
from hypothesis import strategies as st

from inkoop.domain.criteria.beoordeling import Beoordelingsstand, list_beoordelingspunten
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.criterium import Criterium, Ervaringsbereik, Herstelbaarheid, Peilmoment, Per, Toepassing
from inkoop.domain.criteria.dossier import (
    AangebodenPerceel,
    AangebodenProduct,
    Aanleiding,
    Dossier,
    Herkomst,
    Oordeelrol,
    Registerstatus,
)
from inkoop.domain.maanden import add_maanden
from tests.domain.criteria import bouwstenen as b

LEDEN = (b.WILGENPAD, b.NOOR)
PERCEEL = AangebodenPerceel(code="1A", producten=tuple(AangebodenProduct(code=c) for c in ("IB-basis", "IB-extra")))
ANDER = AangebodenPerceel(code="1B", producten=(AangebodenProduct(code="DB-basis"),))
PRODUCTEN = ("IB-basis", "IB-extra", "DB-basis")
ONDERDELEN = ("beleid", "register")
_BASIS = tuple(b.PEILDATUMS[m] for m in (Peilmoment.INDIENING, Peilmoment.SLUITING, Peilmoment.INGANG))
_EEN_DAG = timedelta(days=1)
_GRENZEN = [dag for p in _BASIS for dag in (p, add_maanden(p, -6), add_maanden(p, -36))]
DAGEN = sorted({dag + n * _EEN_DAG for dag in _GRENZEN for n in (-1, 0, 1)})
dagen = st.sampled_from(DAGEN)
einden = st.one_of(st.none(), dagen)
statussen = st.sampled_from(list(Registerstatus))


@dataclass(frozen=True)
class Soortgeval:
    """One kind: its toetsen, any facts for it, facts that are just enough, and the ways to be just short."""

    toets: st.SearchStrategy
    feit: st.SearchStrategy
    genoeg: Callable
    tekort: tuple[Callable, ...]


@dataclass(frozen=True)
class Geval:
    """A criterion and a dossier, and how they are tested."""

    soort: str
    criterium: Criterium
    dossier: Dossier
    feitenbasis: Feitenbasis
    herstelverloop: Herstelverloop

    def run(self, **anders):
        geval = replace(self, **anders)
        return b.run(geval.criterium, geval.dossier, feitenbasis=geval.feitenbasis, herstelverloop=geval.herstelverloop)

    def points(self):
        editie = b.make_editie(self.criterium)
        resultaat = b.run(editie, self.dossier, feitenbasis=self.feitenbasis, herstelverloop=self.herstelverloop)
        return list_beoordelingspunten(editie, self.dossier, resultaat)

    def with_feiten(self, feiten):
        return replace(self, dossier=msgspec.structs.replace(self.dossier, feiten=tuple(feiten)))


def _product_feiten(maak):
    return lambda toets, **wie: [maak(toets, product, **wie) for product in PRODUCTEN]


def _peil(toets):
    return b.PEILDATUMS[toets.peilmoment]


def _register(toets, delta=0, **wie):
    return [
        b.registratie(naam, van=_peil(toets) + delta * _EEN_DAG, nummer=f"genoeg-{naam}", **wie)
        for naam in toets.registers
    ]


def _document(toets, delta=0, **wie):
    dag = _peil(toets) + delta * _EEN_DAG
    naam = {"wilgenpad": b.WILGENPAD.naam, "noor": b.NOOR.naam}.get(wie.get("lid"), b.WILGENPAD.naam)
    return [
        b.document(datum=dag, op_naam_van=naam, onderdelen=tuple(b.onderdeel(o, dag) for o in toets.onderdelen), **wie)
    ]


def _personeel(toets, product, delta=0, **wie):
    return b.personeel(
        product,
        toets.minimum + delta,
        van=_peil(toets),
        tot=_peil(toets),
        register="BIG",
        registerstatus=Registerstatus.ACTIEF,
        **wie,
    )


def _ervaring(toets, product, delta=0, **wie):
    begin = add_maanden(_peil(toets), -toets.periode_maanden)
    return b.ervaring(product, toets.minimum_clienten, begin - 9 * _EEN_DAG, begin + delta * _EEN_DAG, **wie)


def _certificaat(toets, delta=0, **wie):
    geldig = [b.PEILDATUMS[m] for m in toets.geldig_op]
    return [b.certificaat(van=min(geldig), tot=max(geldig) + delta * _EEN_DAG, **wie)]


SOORTEN = {
    "certificaat": Soortgeval(
        toets=st.builds(
            b.certificaattoets,
            geldig_op=st.sampled_from([(Peilmoment.SLUITING, Peilmoment.INGANG), (Peilmoment.SLUITING,)]),
            registerstatus_vereist=st.booleans(),
            scope_per_perceel=st.sampled_from([{}, {"1A": ("begeleiding",)}]),
        ),
        feit=st.builds(
            b.certificaat,
            norm=st.sampled_from(["HKZ", "NEN-EN 15224", "Keurmerk"]),
            van=dagen,
            tot=dagen,
            scope=st.sampled_from([(), ("begeleiding",), ("dagbesteding",)]),
            entiteiten=st.sampled_from([(), ("Holding B.V.",)]),
            registerstatus=st.one_of(st.none(), statussen),
            register_gezien_op=st.sampled_from([None, date(2020, 4, 1), date(2020, 4, 2)]),
        ),
        genoeg=_certificaat,
        tekort=(lambda toets, **wie: _certificaat(toets, -1, **wie),),
    ),
    "document": Soortgeval(
        toets=st.builds(
            b.documenttoets,
            max_leeftijd_maanden=st.sampled_from([None, 6]),
            onderdelen=st.sampled_from([(), ONDERDELEN]),
            op_naam=st.booleans(),
        ),
        feit=st.builds(
            b.document,
            datum=dagen,
            op_naam_van=st.sampled_from([None, b.WILGENPAD.naam, "Holding B.V."]),
            onderdelen=st.lists(st.builds(b.onderdeel, st.sampled_from(ONDERDELEN), dagen), max_size=2).map(tuple),
        ),
        genoeg=_document,
        tekort=(lambda toets, **wie: _document(toets, 1, **wie),),
    ),
    "verklaring": Soortgeval(
        toets=st.builds(
            b.verklaringtoets,
            gegevens=st.sampled_from([(), ("pakket",)]),
            ondertekening_herstelbaar=st.sampled_from([None, Herstelbaarheid.VRIJ, Herstelbaarheid.NEE]),
        ),
        feit=st.builds(
            b.verklaring,
            datum=dagen,
            ondertekend=st.booleans(),
            bevoegd=st.sampled_from([None, True, False]),
            voorbehoud=st.booleans(),
            gegevens=st.sampled_from([{}, {"pakket": "Zorg"}]),
        ),
        genoeg=lambda toets, **wie: [b.verklaring(datum=_peil(toets), gegevens={"pakket": "Zorg"}, **wie)],
        tekort=(
            lambda toets, **wie: [b.verklaring(datum=_peil(toets) + _EEN_DAG, gegevens={"pakket": "Zorg"}, **wie)],
        ),
    ),
    "ervaring": Soortgeval(
        toets=st.builds(b.ervaringtoets, st.sampled_from(list(Ervaringsbereik)), st.integers(1, 2)),
        feit=st.builds(
            b.ervaring, st.sampled_from(PRODUCTEN), st.integers(0, 2), van=st.sampled_from(DAGEN[:12]), tot=dagen
        ),
        genoeg=_product_feiten(_ervaring),
        tekort=(_product_feiten(lambda toets, product, **wie: _ervaring(toets, product, -1, **wie)),),
    ),
    "locatie": Soortgeval(
        toets=st.builds(b.locatietoets),
        feit=st.builds(
            lambda waar, **v: b.locatie(*waar, **v),
            st.sampled_from([("Vught", "Vught"), ("Boxtel", "Boxtel"), ("Helvoirt", "Haaren")]),
            van=dagen,
            tot=einden,
        ),
        genoeg=lambda toets, **wie: [b.locatie("Vught", "Vught", van=_peil(toets), tot=_peil(toets), **wie)],
        tekort=(
            lambda toets, **wie: [b.locatie("Vught", "Vught", van=_peil(toets) + _EEN_DAG, **wie)],
            lambda toets, **wie: [b.locatie("Boxtel", "Boxtel", van=_peil(toets), **wie)],
            lambda toets, **wie: [b.locatie("Helvoirt", "Haaren", van=_peil(toets), **wie)],
        ),
    ),
    "personeel": Soortgeval(
        toets=st.builds(b.personeeltoets, minimum=st.integers(1, 2), register=st.sampled_from([None, "BIG"])),
        feit=st.builds(
            b.personeel,
            st.sampled_from(PRODUCTEN),
            st.integers(0, 2),
            kwalificatie=st.sampled_from(["hbo", "mbo-4", "mbo-2"]),
            van=dagen,
            tot=einden,
            register=st.sampled_from([None, "BIG"]),
            registerstatus=st.one_of(st.none(), statussen),
            tenzij=st.sampled_from([None, None, "Toezicht"]),
        ),
        genoeg=_product_feiten(_personeel),
        tekort=(_product_feiten(lambda toets, product, **wie: _personeel(toets, product, -1, **wie)),),
    ),
    "getal": Soortgeval(
        toets=st.builds(b.getaltoets, st.sampled_from([None, 15]), st.sampled_from([None, 15])),
        feit=st.builds(b.getal, st.sampled_from(["14", "15", "16"]), van=dagen, tot=einden),
        genoeg=lambda toets, **wie: [b.getal("15", van=_peil(toets), tot=_peil(toets), **wie)],
        tekort=(lambda toets, **wie: [b.getal("15", van=_peil(toets) + _EEN_DAG, **wie)],),
    ),
    "register": Soortgeval(
        toets=st.builds(b.registertoets, st.booleans()),
        feit=st.builds(
            b.registratie,
            st.sampled_from(["AGB", "VECOZO"]),
            statussen,
            van=dagen,
            tot=einden,
            nummer=st.sampled_from(["1", "2"]),
            gezien_op=st.sampled_from([date(2020, 4, 1), date(2020, 4, 2)]),
        ),
        genoeg=_register,
        tekort=(lambda toets, **wie: _register(toets, 1, **wie),),
    ),
    "uitsluiting": Soortgeval(
        toets=st.builds(b.uitsluitingtoets, st.booleans()),
        feit=st.builds(b.uitsluiting, st.booleans(), dagen, zelfreiniging=st.sampled_from([None, "Nieuw bestuur"])),
        genoeg=lambda toets, **wie: [b.uitsluiting(False, _peil(toets), **wie)],
        tekort=(lambda toets, **wie: [b.uitsluiting(False, _peil(toets) + _EEN_DAG, **wie)],),
    ),
    "beoordeling": Soortgeval(
        toets=st.builds(b.beoordelingtoets),
        feit=st.builds(b.document, st.just("plan"), dagen),
        genoeg=lambda toets, **wie: [b.document("plan", _peil(toets), **wie)],
        tekort=(lambda toets, **wie: [b.document("plan", _peil(toets) + _EEN_DAG, **wie)],),
    ),
}


def enough(geval, **velden):
    """Facts that are just enough for every party of a case."""
    return _for_partijen(geval, SOORTEN[geval.soort].genoeg, velden)


def short(geval, **velden):
    """The ways in which facts are just short, each for every party of a case."""
    return [_for_partijen(geval, maak, velden) for maak in SOORTEN[geval.soort].tekort]


def _for_partijen(geval, maak, velden):
    criterium = geval.criterium
    partijen = {
        Toepassing.GEZAMENLIJK: [None],
        Toepassing.PENVOERDER: [b.WILGENPAD.id],
        Toepassing.ELK_LID: [lid.id for lid in geval.dossier.leden],
    }[criterium.toepassing]
    return [feit for lid in partijen for feit in maak(criterium.toets, lid=lid, **velden)]


@st.composite
def gevallen(draw, soort, *, max_feiten=4, oordelen=True):
    """A case of one kind with any facts, and judgements on what must be judged."""
    criterium = b.make_criterium(
        draw(SOORTEN[soort].toets),
        herstelbaar=draw(st.sampled_from(list(Herstelbaarheid))),
        toepassing=draw(st.sampled_from(list(Toepassing))),
        per=draw(st.sampled_from([Per.AANMELDING, Per.PERCEEL, Per.PRODUCT])),
    )
    feiten = [
        msgspec.structs.replace(
            feit,
            lid=draw(st.sampled_from([None, "wilgenpad", "noor"])),
            herkomst=draw(st.sampled_from(list(Herkomst))),
            aanleiding=draw(st.sampled_from(list(Aanleiding))),
        )
        for feit in draw(st.lists(SOORTEN[soort].feit, max_size=max_feiten))
    ]
    geval = Geval(
        soort=soort,
        criterium=criterium,
        dossier=b.make_dossier(*feiten, leden=LEDEN, percelen=(PERCEEL, ANDER)),
        feitenbasis=draw(st.sampled_from(list(Feitenbasis))),
        herstelverloop=draw(st.sampled_from(list(Herstelverloop))),
    )
    if not oordelen:
        return geval
    gegeven = [oordeel for punt in geval.points() for oordeel in draw(_judgements(punt))]
    return replace(geval, dossier=msgspec.structs.replace(geval.dossier, oordelen=tuple(gegeven)))


def _judgements(punt):
    """Nobody, one person, two that agree or differ, and a jurist."""
    assert punt.stand is Beoordelingsstand.WACHT_OP_BEOORDELAARS
    patronen = (
        [],
        [True],
        [False],
        [True, True],
        [False, False],
        [True, False],
        [True, False, True],
        [True, False, False],
    )

    def build(patroon):
        return [
            b.oordeel(
                ja,
                f"p{nummer}",
                punt.bewijs,
                perceel=punt.perceel,
                product=punt.product,
                lid=punt.lid,
                rol=Oordeelrol.JURIST if nummer == 2 else Oordeelrol.BEOORDELAAR,
                op=datetime(2020, 4, 20, 10, nummer, tzinfo=UTC),
            )
            for nummer, ja in enumerate(patroon)
        ]

    return st.sampled_from(patronen).map(build)
