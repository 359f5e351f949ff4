"""The boundary of each key that a criterion may have, as a check: just enough, and just short.

The tests of the kinds run these checks, and each seeded mutant must make one of them fail.

Bron: F.0 (B-01, B-02, D-01, J-01); B.3.7, B.3.9, B.4.
"""

from datetime import date
from decimal import Decimal

from inkoop.domain.criteria.criterium import (
    Aanbodmaat,
    Aandeel,
    Ervaringsbereik,
    Getalvoorwaarde,
    Herstelbaarheid,
    Peilmoment,
    Per,
    Toepassing,
    Toepassingsbereik,
    Uitvoering,
)
from inkoop.domain.criteria.dossier import (
    AangebodenPerceel,
    AangebodenProduct,
    Aanleiding,
    Grootte,
    Lid,
    Lidrol,
    Registerstatus,
)
from inkoop.domain.criteria.uitkomst import Uitkomst
from tests.domain.criteria import grenzen_certificaat
from tests.domain.criteria.bouwstenen import (
    COMBINATIE,
    LINDEHOF,
    NOOR,
    PEILDATUMS,
    PERCEEL_1A,
    PERCEEL_1B,
    WILGENPAD,
    ZUID,
    certificaat,
    certificaattoets,
    document,
    documenttoets,
    ervaring,
    ervaringtoets,
    getal,
    getaltoets,
    handtekening,
    judge,
    make_criterium,
    make_dossier,
    onderdeel,
    partijentoets,
    personeel,
    personeeltoets,
    run,
    verklaring,
    verklaringtoets,
)
from tests.domain.criteria.grenzen_certificaat import uitkomst

EEN_PRODUCT = AangebodenPerceel(code="1A", producten=(AangebodenProduct(code="IB-basis"),))


def check_age_on_its_own_moment():
    """Six months back from 2020-07-01 is 2020-01-01, although the document must exist on 2020-03-31."""
    toets = documenttoets(max_leeftijd_maanden=6, leeftijd_op=Peilmoment.INGANG)
    assert uitkomst(toets, document(datum=date(2020, 1, 1)))[0] == "voldoet"
    assert uitkomst(toets, document(datum=date(2019, 12, 31))) == ("herstelbaar", "te-oud")
    assert uitkomst(toets, document(datum=date(2020, 4, 1))) == ("voldoet_niet", "gedateerd-na-peildatum")
    (punt,) = judge(make_criterium(toets)).herstelpunten
    assert punt.uiterste_bewijsdatum == date(2020, 3, 31)
    eerder = documenttoets(max_leeftijd_maanden=6, leeftijd_op=Peilmoment.INDIENING)
    assert uitkomst(eerder, document(datum=date(2019, 9, 12)))[0] == "voldoet"
    assert uitkomst(eerder, document(datum=date(2019, 9, 11))) == ("herstelbaar", "te-oud")


def check_version():
    """One of the versions is enough; another, or one that is not known, is asked."""
    toets = documenttoets(versies=("2019", "2020"))
    assert uitkomst(toets, document(versie="2020"))[0] == "voldoet"
    assert uitkomst(toets, document(versie="2018")) == ("herstelbaar", "andere-versie")
    assert uitkomst(toets, document()) == ("herstelbaar", "versie-onbekend")
    assert uitkomst(toets, document(versie="2018"), document(versie="2019"))[0] == "voldoet"


def check_who_provides_a_part():
    """Own and onderaannemer may; a third party or somebody outside may not; unknown is asked (B-01)."""
    toets = documenttoets(
        document="dekkingstabel",
        onderdelen=("wonen", "dag"),
        onderdelen_door=(Uitvoering.EIGEN, Uitvoering.ONDERAANNEMER),
    )
    alleen_zelf = documenttoets(document="dekkingstabel", onderdelen=("dag",), onderdelen_door=(Uitvoering.EIGEN,))
    derde = Lid(id="derde", naam="Derde B.V.", rol=Lidrol.DERDE, kvk="90000190")
    leden = (*COMBINATIE, ZUID, derde)

    def tabel(door):
        delen = (onderdeel("wonen", date(2020, 2, 1), "noor"), onderdeel("dag", date(2020, 2, 1), door))
        return document("dekkingstabel", onderdelen=delen)

    assert uitkomst(toets, tabel("zuid"), leden=leden) == ("voldoet", "voldoet")
    assert uitkomst(toets, tabel("derde"), leden=leden) == ("voldoet_niet", "onderdeel-door-ander")
    assert uitkomst(toets, tabel("iemand"), leden=leden) == ("voldoet_niet", "onderdeel-door-ander")
    assert uitkomst(toets, tabel(None), leden=leden) == ("herstelbaar", "onderdeel-door-onbekend")
    assert uitkomst(alleen_zelf, tabel("zuid"), leden=leden) == ("voldoet_niet", "onderdeel-door-ander")
    assert uitkomst(alleen_zelf, tabel("wilgenpad"), leden=leden) == ("voldoet", "voldoet")
    assert uitkomst(toets, tabel("derde"), tabel("zuid"), leden=leden) == ("voldoet", "voldoet")


def check_signatures_of_parties():
    """Every party must sign; the signature may be mended later where the criterion says so (J6)."""
    toets = verklaringtoets(
        ondertekend_door=("aanbieder", "werkbedrijf"), ondertekening_herstelbaar=Herstelbaarheid.VRIJ
    )
    brief = verklaring(datum=date(2020, 3, 31))
    assert uitkomst(toets, verklaring(handtekeningen=(handtekening(),)))[0] == "voldoet"
    assert uitkomst(toets, brief) == ("herstelbaar", "niet-ondertekend")
    zonder = verklaring(ondertekend=False, handtekeningen=(handtekening(),))
    assert uitkomst(toets, zonder) == ("herstelbaar", "niet-ondertekend")
    onbekend = verklaring(handtekeningen=(handtekening(bevoegd=None),))
    assert uitkomst(toets, onbekend) == ("herstelbaar", "bevoegdheid-onbekend")
    for datum, verwacht in ((date(2020, 3, 31), "voldoet"), (date(2020, 4, 1), "herstelbaar")):
        later = verklaring(datum=datum, handtekeningen=(handtekening(),), aanleiding=Aanleiding.HERSTEL)
        assert uitkomst(toets, brief, later)[0] == verwacht


def check_prefilled_answers():
    """What stood there beforehand and was not confirmed is no statement, whatever it says."""
    toets = verklaringtoets(gegevens=("pakket",), antwoorden={"akkoord": ("ja",)})
    for antwoord in ("ja", "nee"):
        vooraf = verklaring(gegevens={"pakket": "Zorg", "akkoord": antwoord}, vooringevuld=("akkoord",))
        assert uitkomst(toets, vooraf) == ("herstelbaar", "gegevens-niet-bevestigd")
    assert (
        uitkomst(toets, verklaring(gegevens={"pakket": "Zorg", "akkoord": "ja"}, vooringevuld=("anders",)))[0]
        == "voldoet"
    )


def check_answers():
    """One of the answers is enough, none is asked, another falls short although another paper says otherwise."""
    toets = verklaringtoets(antwoorden={"akkoord": ("ja", "geheel eens")})
    goed, fout, leeg = (verklaring(gegevens=g) for g in ({"akkoord": "Geheel eens"}, {"akkoord": "nee"}, {}))
    assert uitkomst(toets, goed) == ("voldoet", "voldoet")
    assert uitkomst(toets, leeg) == ("herstelbaar", "gegevens-ontbreken")
    assert uitkomst(toets, fout) == ("voldoet_niet", "antwoord-voldoet-niet")
    assert uitkomst(toets, goed, fout) == ("voldoet_niet", "antwoord-voldoet-niet")


def check_experience_in_total():
    """Two and three clients over two products are five in total, whatever each product has."""
    feiten = (ervaring("IB-basis", 2), ervaring("IB-extra", 3))
    for minimum, verwacht in ((4, "voldoet"), (5, "voldoet"), (6, "voldoet_niet")):
        assert uitkomst(ervaringtoets(Ervaringsbereik.TOTAAL, minimum), *feiten)[0] == verwacht
    oud = ervaring("IB-waakvlam", 9, date(2015, 1, 1), date(2017, 3, 30))
    assert uitkomst(ervaringtoets(Ervaringsbereik.TOTAAL, 6), *feiten, oud) == ("voldoet_niet", "ervaring-tekort")
    assert uitkomst(ervaringtoets(Ervaringsbereik.TOTAAL, 1)) == ("herstelbaar", "ontbreekt")


def check_share_of_staff():
    """Two out of three, exactly: 2 of 3 and 4 of 6 are enough, 66 of 100 are not, and nothing is rounded."""
    toets = personeeltoets(minimum=None, minimum_aandeel=Aandeel(deel=2, van=3))
    for aantal, totaal, verwacht in (
        (2, 3, "voldoet"),
        (4, 6, "voldoet"),
        (3, 5, "voldoet_niet"),
        (66, 100, "voldoet_niet"),
        (67, 100, "voldoet"),
        (0, 0, "voldoet_niet"),
    ):
        feit = personeel(aantal=aantal, totaal=totaal)
        assert uitkomst(toets, feit, percelen=(EEN_PRODUCT,))[0] == verwacht, (aantal, totaal)
    onbekend = uitkomst(toets, personeel(aantal=2), percelen=(EEN_PRODUCT,))
    assert onbekend == ("herstelbaar", "personeelstotaal-onbekend")
    tekort = (personeel(aantal=1), personeel(aantal=1, kwalificatie="mbo-2"))
    assert uitkomst(toets, *tekort, percelen=(EEN_PRODUCT,)) == ("voldoet_niet", "personeelsaandeel-tekort")


def check_number_and_share_of_staff():
    """Where both are asked, both must be reached."""
    toets = personeeltoets(minimum=2, minimum_aandeel=Aandeel(deel=1, van=2))
    for aantal, totaal, verwacht in (
        (2, 4, ("voldoet", "voldoet")),
        (1, 1, ("voldoet_niet", "personeel-tekort")),
        (2, 5, ("voldoet_niet", "personeelsaandeel-tekort")),
    ):
        assert uitkomst(toets, personeel(aantal=aantal, totaal=totaal), percelen=(EEN_PRODUCT,)) == verwacht


def check_one_of_several_registers():
    """BIG or SKJ: each person must be active in one of them."""
    toets = personeeltoets(minimum=2, registers=("BIG", "SKJ"))
    big, skj, agb = (
        personeel(register=naam, registerstatus=Registerstatus.ACTIEF, kwalificatie=k)
        for naam, k in (("BIG", "hbo"), ("SKJ", "mbo-4"), ("AGB", "mbo-4"))
    )
    assert uitkomst(toets, big, skj, percelen=(EEN_PRODUCT,))[0] == "voldoet"
    assert uitkomst(toets, big, agb, percelen=(EEN_PRODUCT,)) == ("voldoet_niet", "personeel-tekort")
    open_ = personeel(kwalificatie="mbo-4")
    assert uitkomst(toets, big, open_, percelen=(EEN_PRODUCT,)) == ("herstelbaar", "registerstatus-onbekend")


def check_quantity_above_another():
    """A board of three above fifty staff: at fifty the demand does not hold, at fifty-one it does."""
    toets = getaltoets(3, als=Getalvoorwaarde(grootheid="personeel", boven=Decimal(50)))
    vanaf = getaltoets(3, als=Getalvoorwaarde(grootheid="personeel", vanaf=Decimal(50)))
    vijftig, meer = (getal(n, grootheid="personeel") for n in ("50", "51"))
    assert uitkomst(toets, getal("2"), vijftig) == ("voldoet", "eis-geldt-niet-bij-dit-getal")
    assert uitkomst(toets, getal("2"), meer) == ("voldoet_niet", "getal-te-laag")
    assert uitkomst(vanaf, getal("2"), vijftig) == ("voldoet_niet", "getal-te-laag")
    assert uitkomst(toets, getal("3")) == ("voldoet", "voldoet")
    assert uitkomst(toets, getal("2")) == ("herstelbaar", "ontbreekt")
    assert uitkomst(toets, vijftig) == ("voldoet", "eis-geldt-niet-bij-dit-getal")
    assert uitkomst(toets, meer) == ("herstelbaar", "ontbreekt")


def check_what_was_too_small_stays_too_small():
    """Who leaves out the other quantity gets no second chance for the one that fell short."""
    toets = getaltoets(3, als=Getalvoorwaarde(grootheid="personeel", boven=Decimal(50)))
    herstel = [
        getal(n, grootheid=g, van=date(2020, 2, 1), aanleiding=Aanleiding.HERSTEL)
        for n, g in (("3", "plaatsen"), ("51", "personeel"))
    ]
    assert uitkomst(toets, getal("2"), *herstel) == ("voldoet_niet", "getal-te-laag")
    assert uitkomst(toets, *herstel) == ("voldoet", "voldoet")


def check_quantity_per_offer():
    """Two for each of three products is six; two for each of two percelen is four."""
    per_product, per_perceel = (getaltoets(2, maal=maal) for maal in Aanbodmaat)
    for waarde, verwacht in (("5", "voldoet_niet"), ("6", "voldoet")):
        assert uitkomst(per_product, getal(waarde))[0] == verwacht
    for waarde, verwacht in (("3", "voldoet_niet"), ("4", "voldoet")):
        keuzes = {"per": Per.AANMELDING, "percelen": (PERCEEL_1A, PERCEEL_1B)}
        assert uitkomst(per_perceel, getal(waarde), **keuzes)[0] == verwacht


def _with_sizes(*groottes):
    rollen = (Lidrol.PENVOERDER, *[Lidrol.LID] * (len(groottes) - 1))
    return tuple(
        Lid(id=f"p{n}", naam=f"Partij {n}", rol=rol, kvk=f"9000010{n}", grootte=grootte)
        for n, (rol, grootte) in enumerate(zip(rollen, groottes, strict=True))
    )


def check_parties_by_size():
    """At least one small party: none is too few, one is enough, and a size that is not known is asked (B-02)."""
    klein = partijentoets(groottes=(Grootte.MICRO, Grootte.KLEIN), minimum=1)
    for groottes, verwacht in (
        ((Grootte.GROOT, Grootte.MIDDELGROOT), ("voldoet_niet", "partijen-tekort")),
        ((Grootte.GROOT, Grootte.KLEIN), ("voldoet", "voldoet")),
        ((Grootte.GROOT, Grootte.MICRO), ("voldoet", "voldoet")),
        ((Grootte.GROOT, None), ("herstelbaar", "grootte-onbekend")),
    ):
        assert uitkomst(klein, leden=_with_sizes(*groottes)) == verwacht
    assert uitkomst(klein, leden=_with_sizes(Grootte.GROOT, None), herstelbaar=Herstelbaarheid.NEE)[0] == "voldoet_niet"
    assert uitkomst(klein, leden=(*_with_sizes(Grootte.GROOT), ZUID))[0] == "voldoet"
    zonder_onderaannemer = partijentoets(Lidrol.PENVOERDER, Lidrol.LID, groottes=(Grootte.KLEIN,), minimum=1)
    assert uitkomst(zonder_onderaannemer, leden=(*_with_sizes(Grootte.GROOT), ZUID))[0] == "voldoet_niet"


def check_number_of_parties():
    """One, two and three parties around a minimum and a maximum of two, on the day of submission."""
    bevinding = judge(make_criterium(partijentoets(minimum=2)), leden=_with_sizes(None))
    assert dict(bevinding.peildatums) == {Peilmoment.INDIENING: PEILDATUMS[Peilmoment.INDIENING]}
    for aantal, met_minimum, met_maximum in (
        (1, "voldoet_niet", "voldoet"),
        (2, "voldoet", "voldoet"),
        (3, "voldoet", "voldoet_niet"),
    ):
        leden = _with_sizes(*[None] * aantal)
        assert uitkomst(partijentoets(minimum=2), leden=leden)[0] == met_minimum
        assert uitkomst(partijentoets(maximum=2), leden=leden)[0] == met_maximum


def check_executors():
    """Each member and each onderaannemer satisfies it alone; a third party need not."""
    derde = Lid(id="derde", naam="Derde B.V.", rol=Lidrol.DERDE, kvk="90000190")
    criterium = make_criterium(documenttoets(), per=Per.AANMELDING, toepassing=Toepassing.ELKE_UITVOERDER)
    dossier = make_dossier(
        document(lid="noor"), document(lid="wilgenpad"), document(), leden=(WILGENPAD, NOOR, ZUID, derde)
    )
    uitkomsten = {b.lid: b.uitkomst for b in run(criterium, dossier).bevindingen}
    assert uitkomsten == {"wilgenpad": Uitkomst.VOLDOET, "noor": Uitkomst.VOLDOET, "zuid": Uitkomst.HERSTELBAAR}
    enkel = run(criterium, make_dossier(document(), leden=(LINDEHOF, ZUID)))
    assert [b.uitkomst for b in enkel.bevindingen] == [Uitkomst.VOLDOET, Uitkomst.HERSTELBAAR]


def check_lent_evidence():
    """Evidence of declared others counts as the criterion says, and by itself only for all together."""
    van_zuid = certificaat(lid="zuid")
    for toepassing, beroep, verwacht in (
        (Toepassing.GEZAMENLIJK, None, "voldoet"),
        (Toepassing.GEZAMENLIJK, True, "voldoet"),
        (Toepassing.GEZAMENLIJK, False, "herstelbaar"),
        (Toepassing.PENVOERDER, None, "herstelbaar"),
        (Toepassing.PENVOERDER, True, "voldoet"),
        (Toepassing.PENVOERDER, False, "herstelbaar"),
        (Toepassing.ELK_LID, None, "herstelbaar"),
        (Toepassing.ELK_LID, True, "voldoet"),
    ):
        keuzes = {"toepassing": toepassing, "beroep_op_derden": beroep}
        assert uitkomst(certificaattoets(), van_zuid, leden=(LINDEHOF, ZUID), **keuzes)[0] == verwacht, keuzes


def check_reach_by_size():
    """A criterion for large undertakings holds for a large one and for one that did not say, not for a small one."""
    alleen = Toepassingsbereik(groottes=(Grootte.GROOT,))
    for grootte, verwacht in ((Grootte.GROOT, "herstelbaar"), (None, "herstelbaar"), (Grootte.MIDDELGROOT, "nvt")):
        (lid,) = _with_sizes(grootte)
        bevinding = judge(make_criterium(documenttoets(), alleen=alleen), leden=(lid,))
        assert bevinding.uitkomst.value == verwacht
    elk = make_criterium(documenttoets(), alleen=alleen, toepassing=Toepassing.ELK_LID, per=Per.AANMELDING)
    resultaat = run(elk, make_dossier(leden=_with_sizes(Grootte.GROOT, Grootte.KLEIN)))
    assert [b.uitkomst for b in resultaat.bevindingen] == [Uitkomst.HERSTELBAAR, Uitkomst.NVT]


GRENZEN = {
    naam.removeprefix("check_"): check
    for naam, check in {**vars(grenzen_certificaat), **globals()}.items()
    if naam.startswith("check_")
}
"""Every check of both modules, by its name."""
