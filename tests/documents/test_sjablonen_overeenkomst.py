"""The framework agreement and its addendum: complete, for exactly what was admitted, with references that hold.

Bron: domein C.17, C.19, C.21; M20-30, M20-31, M20-32.
"""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec
import pytest

from inkoop.definitions.looptijdcontrole import OVEREENKOMSTSOORTEN
from inkoop.documents import gegevens as g
from inkoop.documents.boom import Bijlage, Document, Handtekeningen, Kop, Tabel, plat, walk_blokken
from inkoop.documents.controles_gegevens import check_bedragen
from inkoop.domain.contractprofiel import CS_WMO_12, Contractthema, find_label
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.overeenkomstdelen import GegevensafspraakRol
from inkoop.domain.procedure import Kwalificatie, Wet
from tests.documents import voorbeeldblokken as vb
from tests.documents.sjabloonproef import build, read
from tests.documents.voorbeeldbestanden import read_voorbeeld
from tests.documents.voorbeeldovereenkomsten import make_addendum, make_combinatieovereenkomst, make_raamovereenkomst

ENKEL = make_raamovereenkomst()
COMBI = make_combinatieovereenkomst()
ONDERWERPEN = (
    "begrip", "voorwerp", "rangorde", "aard", "looptijd", "toetreding", "gemeenten", "toewijzing",
    "kwaliteit", "continuïteit", "onderaannemers", "tarieven", "berichten", "informatie", "social return",
    "lokale", "toezicht", "persoonsgegevens", "niet worden nagekomen", "einde", "aansprakelijkheid",
    "overdracht", "wijziging", "geschillen", "slot",
)  # fmt: skip


def list_artikelen(document: Document) -> dict[str, str]:
    """Number and heading of each artikel."""
    return {blok.nummer: plat(blok.inhoud) for blok in document.blokken if isinstance(blok, Kop) and blok.nummer}


@pytest.mark.parametrize("overeenkomst", [ENKEL, COMBI], ids=["enkel", "combinatie"])
def test_the_agreement_has_25_articles_in_the_order_of_the_catalogue(overeenkomst: g.Raamovereenkomstgegevens) -> None:
    artikelen = list_artikelen(build("raamovereenkomst", overeenkomst))
    assert list(artikelen) == [str(nummer) for nummer in range(1, 26)]
    for kop, onderwerp in zip(artikelen.values(), ONDERWERPEN, strict=True):
        assert onderwerp in kop.lower()


def test_the_agreement_has_its_four_annexes() -> None:
    document = build("raamovereenkomst", ENKEL)
    titels = [plat(blok.titel) for blok in document.blokken if isinstance(blok, Bijlage)]
    assert titels == ["Programma van eisen", "Tarieventabel", "Afspraken over gegevens", "Lokale uitzonderingen"]


def test_the_agreement_prints_the_tariff_of_each_admitted_product_and_of_no_other() -> None:
    tekst = read("raamovereenkomst", COMBI)
    assert "€ 118,00" in tekst
    andere = [p for p in vb.PRODUCTEN.values() if p.code != "IB-waakvlam"]
    bedragen = [f"€ {p.bedrag}".replace(".", ",") for p in andere]
    assert not [waarde for waarde in (*bedragen, *(p.code for p in andere)) if waarde in tekst]


def test_the_agreement_names_every_gemeente_with_its_representative_and_ground() -> None:
    tekst = read("raamovereenkomst", ENKEL)
    for gemeente in vb.GEMEENTEN:
        assert f"gemeente {gemeente.naam}" in tekst
        assert f"KvK {gemeente.kvk}" in tekst
    assert tekst.count("het volmachtbesluit van de burgemeester van 11 december 2018") == len(vb.GEMEENTEN)


def test_the_agreement_names_every_member_with_its_number_and_signatory() -> None:
    tekst = read("raamovereenkomst", COMBI)
    for lid in vb.COMBINATIE.leden:
        assert f"KvK {lid.kvk}, AGB {lid.agb}, vertegenwoordigd door {lid.tekenbevoegde}" in tekst


def test_every_party_has_a_box_to_sign_in() -> None:
    vakken = next(b for b in build("raamovereenkomst", COMBI).blokken if isinstance(b, Handtekeningen)).vakken
    assert [plat(vak.namens) for vak in vakken] == [
        *(f"gemeente {gemeente.naam}" for gemeente in vb.GEMEENTEN),
        *(lid.naam for lid in vb.COMBINATIE.leden),
    ]


def test_a_combination_is_liable_jointly_and_has_its_tasks_divided() -> None:
    tekst = read("raamovereenkomst", COMBI)
    assert "De leden van de combinatie zijn ieder hoofdelijk aansprakelijk" in tekst
    assert "begeleiding in Meierijstad" in tekst
    assert "samen een combinatie onder de naam Combinatie Meierij Samen" in tekst


def test_a_single_provider_has_no_rules_for_a_combination() -> None:
    tekst = read("raamovereenkomst", ENKEL)
    assert "penvoerder" not in tekst
    assert "hoofdelijk aansprakelijk" not in tekst


def test_named_subcontractors_stand_in_the_agreement_and_do_not_sign() -> None:
    helper = vb.make_lid("Hulp op Maat B.V.", "90000199", Lidrol.ONDERAANNEMER)
    aanbieder = msgspec.structs.replace(vb.LINDEHOF, leden=(*vb.LINDEHOF.leden, helper))
    document = build("raamovereenkomst", make_raamovereenkomst(aanbieder))
    vakken = next(b for b in document.blokken if isinstance(b, Handtekeningen)).vakken
    assert "Hulp op Maat B.V." in read("raamovereenkomst", make_raamovereenkomst(aanbieder))
    assert "Hulp op Maat B.V." not in [plat(vak.namens) for vak in vakken]


def test_the_agreement_promises_no_volume_in_three_negations() -> None:
    tekst = read("raamovereenkomst", ENKEL)
    assert "geen omzetplafond, geen volumeplafond en geen omzetgarantie" in tekst


def test_the_term_is_printed_with_tacit_renewal_notice_and_last_day() -> None:
    tekst = read("raamovereenkomst", ENKEL)
    assert "De eerste looptijd eindigt op 31 december 2021." in tekst
    assert "stilzwijgend met 12 maanden verlengd" in tekst
    assert "ten minste 6 maanden vóór het einde" in tekst
    assert "eindigt in elk geval op 31 december 2025" in tekst


@pytest.mark.parametrize(
    ("rol", "zin"),
    [
        (GegevensafspraakRol.ZELFSTANDIG, "De Aanbieder is zelfstandig verwerkingsverantwoordelijke"),
        (GegevensafspraakRol.VERWERKER, "is in zoverre verwerker"),
        (GegevensafspraakRol.GEZAMENLIJK, "gezamenlijk verwerkingsverantwoordelijk"),
    ],
)
def test_the_data_annex_follows_the_role_that_the_jurist_chose(rol: GegevensafspraakRol, zin: str) -> None:
    afspraak = msgspec.structs.replace(ENKEL.gegevensafspraak, rol=rol)
    tekst = read("raamovereenkomst", make_raamovereenkomst(gegevensafspraak=afspraak))
    assert zin in tekst
    assert "datalek@regiomeierij.example" in tekst


def test_without_a_sanction_ladder_there_are_no_steps() -> None:
    assert "een gesprek, met verslag" in read("raamovereenkomst", ENKEL)
    assert "een gesprek, met verslag" not in read("raamovereenkomst", make_raamovereenkomst(sanctieladder=False))


def test_an_agreement_under_the_jeugdwet_speaks_of_no_other_law() -> None:
    jeugd = msgspec.structs.replace(vb.PROCEDURE, wet=Wet.JEUGDWET, titel="Jeugdhulp")
    afspraak = msgspec.structs.replace(ENKEL.gegevensafspraak, bewaartermijn="twintig jaar")
    tarief = msgspec.structs.replace(vb.TARIEF_2020, grondslag="Tariefonderbouwing.")
    tekst = read("raamovereenkomst", make_raamovereenkomst(procedure=jeugd, gegevensafspraak=afspraak, tarief=tarief))
    assert "de Jeugdwet (iJw)" in tekst
    assert not re.search(r"Wmo|maatschappelijke ondersteuning", tekst)


def test_the_annual_addendum_days_are_printed_in_words() -> None:
    assert "uiterlijk op 1 oktober, partijen tekenen uiterlijk op 1 december" in read("raamovereenkomst", ENKEL)


def test_the_addendum_prints_was_and_wordt_for_each_product() -> None:
    tekst = read("addendum", make_addendum())
    assert "€ 118,00" in tekst
    assert "€ 121,54" in tekst
    assert "in op 1 januari 2021" in tekst
    assert "uiterlijk op 1 december 2020" in tekst


def test_the_addendum_points_to_what_the_agreement_really_has_there() -> None:
    artikelen = list_artikelen(build("raamovereenkomst", ENKEL))
    bijlagen = {b.nummer: plat(b.titel) for b in build("raamovereenkomst", ENKEL).blokken if isinstance(b, Bijlage)}
    tekst = read("addendum", make_addendum())
    assert set(re.findall(r"artikel (\d+) van de raamovereenkomst", tekst)) == {"2", "12"}
    assert "gebied" in artikelen["2"]
    assert "Tarieven" in artikelen["12"]
    assert re.findall(r"bijlage (\d+) bij de raamovereenkomst", tekst) == ["2"]
    assert bijlagen["2"] == "Tarieventabel"


OPDRACHT = read_voorbeeld("addendum--opdracht")


def test_the_addendum_on_an_overeenkomst_van_opdracht_speaks_of_what_that_agreement_has() -> None:
    artikelen = list_artikelen(build("overeenkomst-van-opdracht", read_voorbeeld("overeenkomst-van-opdracht")))
    tekst = read("addendum", OPDRACHT)
    assert "Addendum 1 bij overeenkomst van opdracht HVB-BG-G3" in tekst
    assert "raamovereenkomst" not in tekst
    assert "Nieuw budget" in tekst
    assert "€ 3.502.000,00" in tekst
    assert set(re.findall(r"artikel (\d+) van de overeenkomst van opdracht", tekst)) == {"8"}
    assert artikelen["8"] == "Budget en betaling"
    assert "bijlage" not in tekst
    assert "toegelaten" not in tekst


def test_a_changed_area_and_offer_point_to_the_task_of_an_overeenkomst_van_opdracht() -> None:
    artikelen = list_artikelen(build("overeenkomst-van-opdracht", read_voorbeeld("overeenkomst-van-opdracht")))
    perceel = g.Perceelregel(code="G3", naam="Begeleiding gebied 3", producten=())
    aanbod = g.Aanbodwijziginggegevens(erbij=(), eraf=(), wordt=(perceel,), tarief=vb.TARIEF_2021)
    gebied = make_addendum().gebied
    tekst = read("addendum", msgspec.structs.replace(OPDRACHT, tarieven=None, gebied=gebied, aanbod=aanbod))
    assert re.findall(r"artikel (\d+) van de overeenkomst van opdracht", tekst) == ["2"]
    assert artikelen["2"] == "De Opdracht"
    assert "Het gebied waarin de overeenkomst van opdracht geldt verandert" in tekst


def list_labels(document: Document) -> dict[str, str]:
    """How people name the place of each label: an artikel or an annex."""
    koppen = {b.label: f"artikel {b.nummer}" for b in document.blokken if isinstance(b, Kop) and b.label and b.nummer}
    return koppen | {b.label: f"bijlage {b.nummer}" for b in document.blokken if isinstance(b, Bijlage) and b.label}


@pytest.mark.parametrize("soort", OVEREENKOMSTSOORTEN)
def test_every_subject_of_an_agreement_stands_under_its_own_label(soort: str) -> None:
    raam = soort == "raamovereenkomst"
    document = (
        build("raamovereenkomst", ENKEL)
        if raam
        else build("overeenkomst-van-opdracht", read_voorbeeld("overeenkomst-van-opdracht"))
    )
    labels = [label for thema in Contractthema if (label := find_label(soort, thema))]
    plekken = list_labels(document)
    assert [label for label in labels if label not in plekken] == []
    if raam:
        assert [plekken[label] for label in labels] == [f"artikel {nummer}" for nummer in range(1, 26)]


@pytest.mark.parametrize("soort", OVEREENKOMSTSOORTEN)
def test_under_the_contract_standard_the_agreement_says_where_each_subject_of_it_stands(soort: str) -> None:
    raam = soort == "raamovereenkomst"
    sjabloon = "raamovereenkomst" if raam else "overeenkomst-van-opdracht"
    gegevens = ENKEL if raam else read_voorbeeld("overeenkomst-van-opdracht")
    document = build(sjabloon, msgspec.structs.replace(gegevens, profiel="cs-wmo-1.2"))
    plekken = list_labels(document)
    bijlage = next(b for b in document.blokken if isinstance(b, Bijlage) and b.label == "profiel")
    tabel = next(blok for blok in bijlage.blokken if isinstance(blok, Tabel))
    verwacht = [
        (
            plek.nummer,
            plek.onderwerp,
            " en ".join(dict.fromkeys(plekken[lb] for t in plek.themas if (lb := find_label(soort, t))))
            or "niet geregeld",
        )
        for plek in CS_WMO_12.plekken
    ]
    assert [tuple(plat(cel).lower() for cel in rij) for rij in tabel.rijen] == [
        tuple(cel.lower() for cel in rij) for rij in verwacht
    ]
    assert "profiel" not in list_labels(build(sjabloon, gegevens))


def test_an_addendum_can_change_one_thing_only() -> None:
    wijziging = g.Tekstwijziging(
        artikel="artikel 14.2",
        onderwerp="jaarlijkse controle",
        was="kwartaal 4",
        wordt="kwartaal 2",
        reden="spreiding van werk.",
    )
    document = build("addendum", make_addendum(tarieven=None, gebied=None, wijzigingen=(wijziging,)))
    assert list(list_artikelen(document).values()) == [
        "Wijziging van artikel 14.2 (jaarlijkse controle)",
        "Ingang en gevolgen",
    ]


def test_an_amount_with_part_of_a_cent_is_never_rounded_away() -> None:
    product = msgspec.structs.replace(vb.PRODUCTEN["IB-waakvlam"], bedrag=Decimal("118.005"))
    perceel = msgspec.structs.replace(COMBI.percelen[0], producten=(product,))
    with pytest.raises(Exception, match="hele centen"):
        build("raamovereenkomst", make_raamovereenkomst(percelen=(perceel,)))


def test_the_agreement_lists_the_area_on_ingang_and_announces_what_joins_later() -> None:
    tekst = read("raamovereenkomst", ENKEL)
    assert "bij de ingang voor Cliënten die wonen in dit gebied: a. gemeente 's-Hertogenbosch; " in tekst
    assert "c. gemeente Vught. 2.3 Nu al staat vast dat er gebied bij komt." in tekst
    assert "addendum (artikel 7). Het gaat om: a. de kern Helvoirt, vanaf 1 januari 2021. 2.4 Een ander" in tekst


def test_an_agreement_whose_area_does_not_change_announces_nothing() -> None:
    tekst = read("raamovereenkomst", msgspec.structs.replace(ENKEL, gebied_later=()))
    assert "Nu al staat vast" not in tekst
    assert "gemeente Vught. 2.3 Een ander perceel" in tekst


def test_an_addendum_says_in_one_breath_until_when_it_can_be_signed() -> None:
    tekst = read("addendum", make_addendum())
    assert "als alle partijen het uiterlijk op 1 december 2020 hebben getekend." in tekst


AANHAAK = read_voorbeeld("raamovereenkomst--aanhaak")


def _read(**anders: object) -> str:
    return read("raamovereenkomst", make_raamovereenkomst(**anders))


def test_a_matrix_lists_each_result_area_once_and_the_amount_of_each_trede() -> None:
    """Bron: H19-20, H19-30."""
    document = build("raamovereenkomst", AANHAAK)
    tabellen = [
        [[plat(cel).replace("\xa0", " ") for cel in rij] for rij in blok.rijen]
        for blok in walk_blokken(document.blokken)
        if isinstance(blok, Tabel)
    ]
    voorwerp = next(rijen for rijen in tabellen if rijen[0][0] == "WB Wmo-begeleiding")
    assert [rij[1].partition(" (")[0] for rij in voorwerp] == [
        "Leden van het huishouden gaan goed met elkaar om",
        "De inwoner heeft sociale contacten",
        "Verblijf bij respijtzorg",
    ]
    cellen = next(
        rijen for rijen in tabellen if rijen[0][:2] == ["4a", "Leden van het huishouden gaan goed met elkaar om"]
    )
    assert [rij[2:] for rij in cellen[:3]] == [
        ["bijna zelfredzaam", "€ 1.450,00"],
        ["beperkt zelfredzaam", "€ 2.320,00"],
        ["niet zelfredzaam", "€ 3.410,00"],
    ]


def test_the_amount_of_another_trede_is_a_fault() -> None:
    assert isinstance(AANHAAK, g.Raamovereenkomstgegevens)
    (perceel,) = AANHAAK.percelen
    eerste, tweede, *rest = perceel.producten
    velden = g.to_gegevens(AANHAAK)
    document = build("raamovereenkomst", velden)
    ruil = (
        msgspec.structs.replace(eerste, bedrag=tweede.bedrag),
        msgspec.structs.replace(tweede, bedrag=eerste.bedrag),
        *rest,
    )
    anders = msgspec.structs.replace(AANHAAK, percelen=(msgspec.structs.replace(perceel, producten=ruil),))
    gevonden = [tekst for _, tekst in check_bedragen(document, (), g.to_gegevens(anders))]
    assert [tekst for tekst in gevonden if "bij product 4a" in tekst] == [
        "bij product 4a staat €1.450,00, maar het tarief is €2.320,00",
        "bij product 4a staat €2.320,00, maar het tarief is €1.450,00",
    ]


def test_a_result_is_paid_as_one_amount_and_payment_stops_when_support_does_not_help() -> None:
    """Bron: H19-30, H19-31."""
    tekst = read("raamovereenkomst", AANHAAK)
    assert "is de vergoeding de som van die bedragen" in tekst
    assert "betaalt zij vanaf die dag niet meer" in tekst
    assert "betaalt zij vanaf die dag niet meer" not in read("raamovereenkomst", ENKEL)


def test_joining_brings_one_offer_and_the_duty_to_deliver_everywhere() -> None:
    """Bron: H19-49, H19-50."""
    tekst = read("raamovereenkomst", AANHAAK)
    assert "met één aanbod voor alle Gemeenten samen" in tekst
    assert "De Aanbieder levert in alle Gemeenten." in tekst
    assert "dan aanvaardt de Gemeente die keuze" in tekst
    assert "De Aanbieder levert in alle Gemeenten." not in read("raamovereenkomst", ENKEL)


def test_options_are_exact_and_never_tacit() -> None:
    """Bron: H19-40; domein 0.12."""
    tekst = read("raamovereenkomst", AANHAAK)
    assert re.search(r"1 \| 12 maanden \| 31 december 2021", tekst)
    assert re.search(r"2 \| 12 maanden \| 31 december 2022", tekst)
    assert "wordt niet stilzwijgend gebruikt" in tekst
    assert "telkens stilzwijgend" not in tekst
    assert "opzegging volgens" not in tekst


def test_without_extension_the_agreement_ends() -> None:
    looptijd = msgspec.structs.replace(
        ENKEL.looptijd, verlenging="geen", max_einddatum=ENKEL.looptijd.einde_eerste_termijn
    )
    tekst = _read(looptijd=looptijd)
    assert "wordt niet verlengd" in tekst
    assert "stilzwijgend" not in tekst


@pytest.mark.parametrize(
    ("wijze", "zin"),
    [
        ("maandbedrag", "Meer of minder inzet voor één Cliënt verandert het bedrag niet."),
        ("arrangement", "Meer of minder inzet voor één Cliënt verandert het bedrag niet."),
        ("pxq", "maal het bedrag per eenheid uit de tarieventabel"),
        ("lumpsum", "Er is geen bedrag en geen declaratie per Cliënt."),
        ("resultaattarief", "per resultaatgebied één bedrag"),
    ],
)
def test_each_way_of_paying_has_its_own_words(wijze: str, zin: str) -> None:
    """Bron: M20-20, H19-30, W21-BG-02, W21-DB-01."""
    assert zin in _read(betaalwijzen=(wijze,))
    andere = {"maandbedrag", "pxq", "lumpsum", "resultaattarief"} - {
        wijze,
        "maandbedrag" if wijze == "arrangement" else "",
    }
    assert zin not in _read(betaalwijzen=tuple(sorted(andere)))


def test_after_a_selection_nobody_is_called_admitted_and_the_client_is_not_promised_every_provider() -> None:
    """Bron: ontwerp 2.5; W21."""
    procedure = msgspec.structs.replace(ENKEL.procedure, kwalificatie=Kwalificatie.SAS)
    tekst = _read(procedure=procedure)
    assert "procedure met selectie" in tekst
    assert "niet met elkaar vergeleken" not in tekst
    assert "De Cliënt kiest zijn aanbieder uit alle aanbieders" not in tekst
