"""Directed generators for the property tests: one kind a time, boundary days, counts around the minimum.

Plain random dossiers hardly ever touch a boundary, so days are drawn from around the days that matter.

Bron: metingen (Criteria): directed generators and a second chance kill what random ones miss.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
from hypothesis import strategies as st

from inkoop.domain.criteria.beoordeling import Beoordelingsstand, list_beoordelingspunten
from inkoop.domain.criteria.bevinding import Feitenbasis, Herstelverloop
from inkoop.domain.criteria.criterium import (
    Aanbodmaat,
    Aandeel,
    Criterium,
    Ervaringsbereik,
    Getalvoorwaarde,
    Herstelbaarheid,
    Naambeleid,
    Peilmoment,
    Per,
    Registercontrole,
    Toepassing,
    Uitvoering,
)
from inkoop.domain.criteria.dossier import (
    AangebodenPerceel,
    AangebodenProduct,
    Aanleiding,
    Dossier,
    Herkomst,
    Lidrol,
    Oordeelrol,
    Registerstatus,
)
from inkoop.domain.criteria.eenheden import AANMELDERS
from inkoop.domain.maanden import add_maanden
from tests.domain.criteria import bouwstenen as b
from tests.domain.criteria.genoeg import (
    EEN_DAG,
    LEDEN,
    MEER_LEDEN,
    PLAATSEN,
    PRODUCTEN,
    make_broken_row,
    make_certificaat,
    make_document,
    make_ervaring,
    make_getal,
    make_per_product,
    make_personeel,
    make_registers,
    make_verklaring,
    make_wrong_document,
    make_wrong_verklaring,
    peil,
)

PERCEEL = AangebodenPerceel(code="1A", producten=tuple(AangebodenProduct(code=c) for c in ("IB-basis", "IB-extra")))
ANDER = AangebodenPerceel(code="1B", producten=(AangebodenProduct(code="DB-basis"),))
ONDERDELEN = ("beleid", "register")
_BASIS = tuple(b.PEILDATUMS[m] for m in (Peilmoment.INDIENING, Peilmoment.SLUITING, Peilmoment.INGANG))
_GRENZEN = [dag for p in _BASIS for dag in (p, add_maanden(p, -6), add_maanden(p, -36))]
DAGEN = sorted({dag + n * EEN_DAG for dag in _GRENZEN for n in (-1, 0, 1)})
dagen = st.sampled_from(DAGEN)
einden = st.one_of(st.none(), dagen)
statussen = st.sampled_from(list(Registerstatus))
CONTROLES = [
    None,
    Registercontrole(peilmoment=Peilmoment.SLUITING, maximaal_dagen=30),
    Registercontrole(peilmoment=Peilmoment.INGANG, maximaal_dagen=90, vanaf=date(2020, 4, 2)),
]
controles = st.sampled_from(CONTROLES)
gezien = st.sampled_from([date(2020, 2, 29), date(2020, 3, 1), date(2020, 4, 1), date(2020, 4, 2), date(2020, 4, 3)])


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


SOORTEN = {
    "certificaat": Soortgeval(
        toets=st.builds(
            b.certificaattoets,
            geldig_op=st.sampled_from([(Peilmoment.SLUITING, Peilmoment.INGANG), (Peilmoment.SLUITING,)]),
            registerstatus_vereist=st.booleans(),
            scope_per_perceel=st.sampled_from([{}, {"1A": ("begeleiding",)}]),
            registercontrole=controles,
            accreditatie_vereist=st.booleans(),
            instellingen=st.sampled_from([(), ("Keurder",)]),
            locaties_functie=st.sampled_from([None, None, "verblijf"]),
            aaneengesloten=st.booleans(),
            onbekende_entiteit=st.sampled_from([None, *Naambeleid]),
        ),
        feit=st.one_of(
            st.builds(lambda p, **v: b.locatie(p, p, **v), st.sampled_from(PLAATSEN), van=dagen, tot=einden),
            st.builds(
                b.certificaat,
                norm=st.sampled_from(["HKZ", "NEN-EN 15224", "Keurmerk"]),
                van=dagen,
                tot=dagen,
                scope=st.sampled_from([(), ("begeleiding",), ("dagbesteding",)]),
                entiteiten=st.sampled_from([(), ("Holding B.V.",)]),
                locaties=st.sampled_from([(), ("Vught",), PLAATSEN]),
                instelling=st.sampled_from([None, "Keurder", "Ander"]),
                geaccrediteerd=st.sampled_from([None, True, False]),
                registerstatus=st.one_of(st.none(), statussen),
                register_gezien_op=st.one_of(st.none(), gezien),
            ),
        ),
        genoeg=make_certificaat,
        tekort=(
            lambda toets, **wie: make_certificaat(toets, -1, **wie),
            make_broken_row,
            lambda toets, **wie: make_certificaat(
                toets, -1 if toets.locaties_functie is None else 0, plaatsen=("Vught",), **wie
            ),
        ),
    ),
    "document": Soortgeval(
        toets=st.builds(
            b.documenttoets,
            max_leeftijd_maanden=st.sampled_from([None, 6]),
            leeftijd_op=st.sampled_from([None, Peilmoment.INDIENING, Peilmoment.INGANG]),
            versies=st.sampled_from([(), ("2",)]),
            onderdelen=st.sampled_from([(), ONDERDELEN]),
            onderdelen_door=st.sampled_from([(), (Uitvoering.EIGEN,), (Uitvoering.EIGEN, Uitvoering.ONDERAANNEMER)]),
            op_naam=st.booleans(),
        ),
        feit=st.builds(
            b.document,
            datum=dagen,
            op_naam_van=st.sampled_from([None, b.WILGENPAD.naam, "Holding B.V."]),
            versie=st.sampled_from([None, "1", "2"]),
            onderdelen=st.lists(
                st.builds(
                    b.onderdeel,
                    st.sampled_from(ONDERDELEN),
                    dagen,
                    st.sampled_from([None, b.WILGENPAD.id, b.NOOR.id, b.ZUID.id]),
                ),
                max_size=2,
            ).map(tuple),
        ),
        genoeg=make_document,
        tekort=(lambda toets, **wie: make_document(toets, 1, **wie), make_wrong_document),
    ),
    "verklaring": Soortgeval(
        toets=st.builds(
            b.verklaringtoets,
            gegevens=st.sampled_from([(), ("pakket",)]),
            ondertekend_door=st.sampled_from([(), ("aanbieder", "werkbedrijf")]),
            antwoorden=st.sampled_from([{}, {"akkoord": ("ja",)}]),
            ondertekening_herstelbaar=st.sampled_from([None, Herstelbaarheid.VRIJ, Herstelbaarheid.NEE]),
        ),
        feit=st.builds(
            b.verklaring,
            datum=dagen,
            ondertekend=st.booleans(),
            bevoegd=st.sampled_from([None, True, False]),
            voorbehoud=st.booleans(),
            gegevens=st.sampled_from(
                [{}, {"pakket": "Zorg"}, {"pakket": "Zorg", "akkoord": "ja"}, {"pakket": "Zorg", "akkoord": "nee"}]
            ),
            handtekeningen=st.sampled_from([(), (b.handtekening(),), (b.handtekening(bevoegd=None),)]),
            vooringevuld=st.sampled_from([(), ("pakket",), ("akkoord",)]),
        ),
        genoeg=make_verklaring,
        tekort=(lambda toets, **wie: make_verklaring(toets, 1, **wie), make_wrong_verklaring),
    ),
    "ervaring": Soortgeval(
        toets=st.builds(b.ervaringtoets, st.sampled_from(list(Ervaringsbereik)), st.integers(1, 2)),
        feit=st.builds(
            b.ervaring, st.sampled_from(PRODUCTEN), st.integers(0, 2), van=st.sampled_from(DAGEN[:12]), tot=dagen
        ),
        genoeg=make_per_product(make_ervaring),
        tekort=(make_per_product(lambda toets, product, **wie: make_ervaring(toets, product, -1, **wie)),),
    ),
    "locatie": Soortgeval(
        toets=st.builds(b.locatietoets),
        feit=st.builds(
            lambda waar, **v: b.locatie(*waar, **v),
            st.sampled_from([("Vught", "Vught"), ("Boxtel", "Boxtel"), ("Helvoirt", "Haaren")]),
            van=dagen,
            tot=einden,
        ),
        genoeg=lambda toets, **wie: [b.locatie("Vught", "Vught", van=peil(toets), tot=peil(toets), **wie)],
        tekort=(
            lambda toets, **wie: [b.locatie("Vught", "Vught", van=peil(toets) + EEN_DAG, **wie)],
            lambda toets, **wie: [b.locatie("Boxtel", "Boxtel", van=peil(toets), **wie)],
            lambda toets, **wie: [b.locatie("Helvoirt", "Haaren", van=peil(toets), **wie)],
        ),
    ),
    "personeel": Soortgeval(
        toets=st.builds(
            b.personeeltoets,
            minimum=st.integers(1, 2),
            minimum_aandeel=st.sampled_from([None, Aandeel(deel=1, van=2), Aandeel(deel=2, van=3)]),
            registers=st.sampled_from([(), ("BIG",), ("SKJ", "BIG")]),
        ),
        feit=st.builds(
            b.personeel,
            st.sampled_from(PRODUCTEN),
            st.integers(0, 2),
            kwalificatie=st.sampled_from(["hbo", "mbo-4", "mbo-2"]),
            van=dagen,
            tot=einden,
            totaal=st.sampled_from([None, 2, 3, 4]),
            register=st.sampled_from([None, "BIG"]),
            registerstatus=st.one_of(st.none(), statussen),
            tenzij=st.sampled_from([None, None, "Toezicht"]),
        ),
        genoeg=make_per_product(make_personeel),
        tekort=(make_per_product(lambda toets, product, **wie: make_personeel(toets, product, -1, **wie)),),
    ),
    "getal": Soortgeval(
        toets=st.one_of(
            st.builds(
                b.getaltoets,
                st.sampled_from([None, 15]),
                st.sampled_from([None, 15]),
                als=st.sampled_from(
                    [
                        None,
                        Getalvoorwaarde(grootheid="personeel", boven=Decimal(50)),
                        Getalvoorwaarde(grootheid="personeel", vanaf=Decimal(51)),
                    ]
                ),
            ),
            st.builds(b.getaltoets, st.just(15), maal=st.sampled_from(list(Aanbodmaat))),
        ),
        feit=st.one_of(
            st.builds(b.getal, st.sampled_from(["14", "15", "16", "30", "45"]), van=dagen, tot=einden),
            st.builds(
                b.getal,
                st.sampled_from(["25", "50", "51"]),
                grootheid=st.just("personeel"),
                van=dagen,
                tot=einden,
            ),
        ),
        genoeg=lambda toets, **wie: make_getal(toets, 15, 50, **wie),
        tekort=(
            lambda toets, **wie: [
                b.getal("15", van=peil(toets) + EEN_DAG, **wie),
                b.getal("51", grootheid="personeel", van=peil(toets), **wie),
            ],
        ),
    ),
    "register": Soortgeval(
        toets=st.builds(b.registertoets, st.booleans(), registercontrole=controles),
        feit=st.builds(
            b.registratie,
            st.sampled_from(["AGB", "VECOZO"]),
            statussen,
            van=dagen,
            tot=einden,
            nummer=st.sampled_from(["1", "2"]),
            gezien_op=gezien,
        ),
        genoeg=make_registers,
        tekort=(lambda toets, **wie: make_registers(toets, 1, **wie),),
    ),
    "uitsluiting": Soortgeval(
        toets=st.builds(b.uitsluitingtoets, st.booleans()),
        feit=st.builds(b.uitsluiting, st.booleans(), dagen, zelfreiniging=st.sampled_from([None, "Nieuw bestuur"])),
        genoeg=lambda toets, **wie: [b.uitsluiting(False, peil(toets), **wie)],
        tekort=(lambda toets, **wie: [b.uitsluiting(False, peil(toets) + EEN_DAG, **wie)],),
    ),
    "beoordeling": Soortgeval(
        toets=st.builds(b.beoordelingtoets),
        feit=st.builds(b.document, st.just("plan"), dagen),
        genoeg=lambda toets, **wie: [b.document("plan", peil(toets), **wie)],
        tekort=(lambda toets, **wie: [b.document("plan", peil(toets) + EEN_DAG, **wie)],),
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
        Toepassing.ELK_LID: [lid.id for lid in geval.dossier.leden if lid.rol in AANMELDERS],
        Toepassing.ELKE_UITVOERDER: [lid.id for lid in geval.dossier.leden if lid.rol is not Lidrol.DERDE],
    }[criterium.toepassing]
    return [feit for lid in partijen for feit in maak(criterium.toets, lid=lid, **velden)]


@st.composite
def gevallen(draw, soort, *, max_feiten=4, oordelen=True):
    """A case of one kind with any facts, and judgements on what must be judged."""
    toets = draw(SOORTEN[soort].toets)
    samen = bool(getattr(toets, "onderdelen_door", ()))
    criterium = b.make_criterium(
        toets,
        herstelbaar=draw(st.sampled_from(list(Herstelbaarheid))),
        toepassing=Toepassing.GEZAMENLIJK if samen else draw(st.sampled_from(list(Toepassing))),
        # Parts by an onderaannemer are only known where the onderaannemers count.
        beroep_op_derden=draw(st.sampled_from([None, True] if samen else [None, True, False])),
        per=draw(st.sampled_from([Per.AANMELDING, Per.PERCEEL, Per.PRODUCT])),
    )
    leden = draw(st.sampled_from([LEDEN, LEDEN, MEER_LEDEN]))
    feiten = [
        msgspec.structs.replace(
            feit,
            lid=draw(st.sampled_from([None, *(lid.id for lid in leden)])),
            herkomst=draw(st.sampled_from(list(Herkomst))),
            aanleiding=draw(st.sampled_from(list(Aanleiding))),
        )
        for feit in draw(st.lists(SOORTEN[soort].feit, max_size=max_feiten))
    ]
    geval = Geval(
        soort=soort,
        criterium=criterium,
        dossier=b.make_dossier(*feiten, leden=leden, percelen=(PERCEEL, ANDER)),
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
