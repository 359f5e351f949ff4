"""Directed generators for the property tests: one kind a time, boundary days, counts around the minimum.

Plain random dossiers hardly ever touch a boundary, so days are drawn from around the days that matter.

Bron: metingen (Criteria): directed generators and a second chance kill what random ones miss.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
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
from inkoop.domain.maanden import add_maanden
from tests.domain.criteria import bouwstenen as b

LEDEN = (b.WILGENPAD, b.NOOR, b.ZUID)
PERCEEL = AangebodenPerceel(code="1A", producten=tuple(AangebodenProduct(code=c) for c in ("IB-basis", "IB-extra")))
ANDER = AangebodenPerceel(code="1B", producten=(AangebodenProduct(code="DB-basis"),))
PRODUCTEN = ("IB-basis", "IB-extra", "DB-basis")
ONDERDELEN = ("beleid", "register")
PLAATSEN = ("Boxtel", "Vught")
_BASIS = tuple(b.PEILDATUMS[m] for m in (Peilmoment.INDIENING, Peilmoment.SLUITING, Peilmoment.INGANG))
_EEN_DAG = timedelta(days=1)
_GRENZEN = [dag for p in _BASIS for dag in (p, add_maanden(p, -6), add_maanden(p, -36))]
DAGEN = sorted({dag + n * _EEN_DAG for dag in _GRENZEN for n in (-1, 0, 1)})
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
VROEG_GENOEG_GEZIEN = date(2020, 12, 1)


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
        b.registratie(
            naam,
            van=_peil(toets) + delta * _EEN_DAG,
            nummer=f"genoeg-{naam}",
            gezien_op=VROEG_GENOEG_GEZIEN,
            **wie,
        )
        for naam in toets.registers
    ]


def _document(toets, delta=0, versie="2", door=None, **wie):
    dag = _peil(toets) + delta * _EEN_DAG
    lid = wie.get("lid") or b.WILGENPAD.id
    naam = {lid.id: lid.naam for lid in LEDEN}[lid]
    delen = tuple(b.onderdeel(o, dag, door or lid) for o in toets.onderdelen)
    return [b.document(datum=dag, op_naam_van=naam, versie=versie, onderdelen=delen, **wie)]


def _wrong_document(toets, **wie):
    """A version that is not asked, or parts by an onderaannemer where only the applicant may provide them."""
    if toets.versies:
        return _document(toets, versie="1", **wie)
    alleen_zelf = toets.onderdelen and toets.onderdelen_door == (Uitvoering.EIGEN,)
    return _document(toets, door=b.ZUID.id, **wie) if alleen_zelf else _document(toets, 1, **wie)


def _verklaring(toets, delta=0, partij="werkbedrijf", akkoord="ja", vooringevuld=(), **wie):
    return [
        b.verklaring(
            datum=_peil(toets) + delta * _EEN_DAG,
            gegevens={"pakket": "Zorg", "akkoord": akkoord},
            handtekeningen=(b.handtekening(partij),),
            vooringevuld=vooringevuld,
            **wie,
        )
    ]


def _wrong_verklaring(toets, **wie):
    """Another answer than asked, one that was not confirmed, or not signed by the other party."""
    if toets.antwoorden:
        return _verklaring(toets, akkoord="nee", **wie)
    if toets.gegevens:
        return _verklaring(toets, vooringevuld=("pakket",), **wie)
    return _verklaring(toets, partij="iemand", **wie) if toets.ondertekend_door else _verklaring(toets, 1, **wie)


def _personeel(toets, product, delta=0, **wie):
    aandeel = toets.minimum_aandeel or Aandeel(deel=1, van=1)
    keer = toets.minimum or 1
    return b.personeel(
        product,
        aandeel.deel * keer + delta,
        totaal=aandeel.van * keer,
        van=_peil(toets),
        tot=_peil(toets),
        register="BIG",
        registerstatus=Registerstatus.ACTIEF,
        **wie,
    )


def _ervaring(toets, product, delta=0, **wie):
    begin = add_maanden(_peil(toets), -toets.periode_maanden)
    return b.ervaring(product, toets.minimum_clienten, begin - 9 * _EEN_DAG, begin + delta * _EEN_DAG, **wie)


def _certificaat(toets, delta=0, plaatsen=PLAATSEN, **wie):
    geldig = [b.PEILDATUMS[m] for m in toets.geldig_op]
    vast = {
        "locaties": plaatsen,
        "instelling": "Keurder",
        "geaccrediteerd": True,
        "register_gezien_op": VROEG_GENOEG_GEZIEN,
    }
    certificaten = [b.certificaat(van=min(geldig), tot=max(geldig) + delta * _EEN_DAG, **vast, **wie)]
    if toets.locaties_functie is None:
        return certificaten
    return [*certificaten, *(b.locatie(p, p, van=min(geldig), tot=max(geldig), **wie) for p in PLAATSEN)]


def _broken_row(toets, **wie):
    """Two certificates that leave one day out between them, where none may be left out."""
    dagen = sorted(b.PEILDATUMS[m] for m in toets.geldig_op)
    if not toets.aaneengesloten or len(dagen) < 2:
        return _certificaat(toets, -1, **wie)
    een, twee = (
        msgspec.structs.replace(f, id=f"{f.id}-{n}", van=van, tot=tot)
        for n, (f, van, tot) in enumerate(
            [
                (_certificaat(toets, **wie)[0], dagen[0], dagen[0] + _EEN_DAG),
                (_certificaat(toets, **wie)[0], dagen[0] + 3 * _EEN_DAG, dagen[-1]),
            ]
        )
    )
    return [een, twee, *_certificaat(toets, **wie)[1:]]


def _getal(toets, waarde, personeel, **wie):
    keer = 3 if toets.maal is not None else 1
    feiten = [b.getal(str(waarde * keer), van=_peil(toets), tot=_peil(toets), **wie)]
    if toets.als is not None:
        feiten.append(b.getal(str(personeel), grootheid="personeel", van=_peil(toets), tot=_peil(toets), **wie))
    return feiten


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
        genoeg=_certificaat,
        tekort=(
            lambda toets, **wie: _certificaat(toets, -1, **wie),
            _broken_row,
            lambda toets, **wie: _certificaat(
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
        genoeg=_document,
        tekort=(lambda toets, **wie: _document(toets, 1, **wie), _wrong_document),
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
        genoeg=_verklaring,
        tekort=(lambda toets, **wie: _verklaring(toets, 1, **wie), _wrong_verklaring),
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
        genoeg=_product_feiten(_personeel),
        tekort=(_product_feiten(lambda toets, product, **wie: _personeel(toets, product, -1, **wie)),),
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
        genoeg=lambda toets, **wie: _getal(toets, 15, 50, **wie),
        tekort=(
            lambda toets, **wie: [
                b.getal("15", van=_peil(toets) + _EEN_DAG, **wie),
                b.getal("51", grootheid="personeel", van=_peil(toets), **wie),
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
        Toepassing.ELK_LID: [lid.id for lid in geval.dossier.leden if lid.rol is not Lidrol.ONDERAANNEMER],
        Toepassing.ELKE_UITVOERDER: [lid.id for lid in geval.dossier.leden],
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
    feiten = [
        msgspec.structs.replace(
            feit,
            lid=draw(st.sampled_from([None, "wilgenpad", "noor", "zuid"])),
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
