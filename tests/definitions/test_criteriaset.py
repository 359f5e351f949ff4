import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from inkoop.definitions.criteriaset import find_editie, list_edities, load_criteriaset
from inkoop.definitions.yamlbron import DefinitieError
from inkoop.domain.criteria.criterium import EenVan, Getaltoets, Herstelbaarheid, Peilmoment, Toepassingsbereik
from tests.definitions.voorbeeldset import SET


def write(map_: Path, tekst: str = SET) -> Path:
    pad = map_ / "proefset" / "2020-1.yaml"
    pad.parent.mkdir(exist_ok=True)
    pad.write_text(tekst)
    return pad


def list_fouten(map_: Path, was: str, wordt: str) -> list[str]:
    assert SET.count(was) == 1, was
    with pytest.raises(DefinitieError) as gevangen:
        load_criteriaset(write(map_, SET.replace(was, wordt)))
    return [f"{fout.regel}:{fout.kolom}: {fout.tekst}" for fout in gevangen.value.fouten]


def test_a_set_is_named_after_its_folder_its_file_and_its_bytes(tmp_path):
    editie = load_criteriaset(write(tmp_path))
    assert (editie.set, editie.editie, editie.hash) == ("proefset", "2020-1", hashlib.sha256(SET.encode()).hexdigest())


def test_a_set_becomes_values_with_what_was_left_out_as_not_asked(tmp_path):
    een, twee = load_criteriaset(write(tmp_path)).criteria
    assert een.alleen == Toepassingsbereik()
    assert een.toets.geldig_op == (Peilmoment.SLUITING, Peilmoment.INGANG)  # type: ignore[union-attr]
    assert een.toets.scope_per_perceel == {}  # type: ignore[union-attr]
    assert twee.alleen.kenmerken == ("verblijf",)
    assert twee.herstelbaar is Herstelbaarheid.NEE
    assert isinstance(twee.toets, EenVan)
    assert twee.toets.delen[1] == Getaltoets(grootheid="plaatsen", minimum=Decimal(2), peilmoment=Peilmoment.SLUITING)


@pytest.mark.parametrize(
    ("was", "wordt", "fout"),
    [
        ("id: P-02", "id: P-01", "30:9: Dit staat er dubbel: id 'P-01'. Haal er één weg of kies een andere naam."),
        ("soort: locatie", "soort: lokatie", "46:18: De soort 'lokatie' is niet bekend. Bedoelt u \"locatie\"?"),
        (
            "regio: de-streek",
            "regio: de-strek",
            "48:18: De regio 'de-strek' staat niet onder 'regios'. Bedoelt u \"de-streek\"?",
        ),
        ("herstelbaar: nee", "herstelbaar: ja", "40:18: De waarde 'ja' is hier niet bekend. Mogelijk: nee, "),
        ("    motivering: Omdat nabijheid telt.\n", "", "30:5: De verplichte sleutel 'motivering' ontbreekt."),
        ("motivering: Omdat nabijheid telt.", 'motivering: ""', "41:17: Hier hoort tekst; dit is te kort of leeg."),
        ("wet: wmo", "wet: wmoo", "2:6: De wet 'wmoo' is niet bekend. Bedoelt u \"wmo\"?"),
        ("alleen: alles", "alleen: alle", "16:13: De waarde 'alle' is hier niet bekend. Bedoelt u \"alles\"?"),
        (
            "alleen: alles",
            "alleen: {}",
            "16:13: Schrijf 'alles', of noem percelen, producten, kenmerken, rechtsvormen, groottes of rollen.",
        ),
        (
            "kenmerken: [verblijf]",
            "kenmerk: [verblijf]",
            "37:7: De sleutel 'kenmerk' is hier niet bekend. Bedoelt u \"kenmerken\"?",
        ),
        (
            "momenten: [toelating]",
            "momenten: []",
            "18:15: Noem ten minste één moment waarop dit criterium wordt getoetst.",
        ),
        (
            "momenten: [toelating]",
            "momenten: [toelating, toelating]",
            "18:27: Dit staat er dubbel: moment 'toelating'.",
        ),
        ("geldig_op: [sluiting, ingang]", "geldig_op: []", "26:18: Noem ten minste één moment waarop het certificaat"),
        ("          minimum: 2\n", "", "50:11: Noem een minimum of een maximum; nu vraagt dit criterium niets."),
        (
            "minimum: 2",
            "minimum: 2\n          maximum: 1.5",
            "53:20: Het maximum (1.5) is kleiner dan het minimum (2).",
        ),
        ("      - gemeente: Vught", "      - van: 2021-01-01", "8:9: Noem van dit gebied de gemeente of de plaats."),
        (
            "      - gemeente: Vught",
            "      - {gemeente: Vught, van: 2021-01-01, tot: 2020-12-31}",
            "8:49: 'tot' ligt voor 'van' (2021-01-01).",
        ),
        ("registerstatus_vereist: nee", "registerstatus_vereist: soms", "27:31: Schrijf hier 'ja' of 'nee'."),
        (
            "        - {id: v1, tekst: Is het onafhankelijk getoetst?}",
            "        - {id: v1, tekst: Een?}\n        - {id: v1, tekst: Twee?}",
            "30:16: Dit staat er dubbel: vraag 'v1'.",
        ),
        (
            "      gelijkwaardigheidsvragen:\n        - {id: v1, tekst: Is het onafhankelijk getoetst?}",
            "      gelijkwaardigheidsvragen: []",
            "28:33: Noem de vragen waarmee een ander certificaat wordt beoordeeld.",
        ),
    ],
)
def test_each_mistake_in_a_set_is_named_at_its_place(tmp_path, was, wordt, fout):
    gevonden = list_fouten(tmp_path, was, wordt)
    assert [regel for regel in gevonden if regel.startswith(fout)], gevonden


def test_a_combination_of_one_part_is_refused(tmp_path):
    deel = SET[SET.index("        - soort: getal") :]
    (fout,) = list_fouten(tmp_path, deel, "")
    assert fout.startswith("46:9: Een combinatie heeft ten minste twee delen.")


def make_ervaring(per: str, bereik: str) -> str:
    kop = SET[: SET.index("      soort: certificaat")].replace("per: perceel", f"per: {per}")
    return (
        f"{kop}      soort: ervaring\n      minimum_clienten: 1\n      periode_maanden: 36\n"
        f"      peilmoment: sluiting\n      ervaring_bereik: {bereik}\n"
    )


def test_experience_per_category_that_is_decided_per_perceel_is_contradictory(tmp_path):
    with pytest.raises(DefinitieError, match="Bij 'per_categorie' hoort 'per: product', niet 'per: perceel'"):
        load_criteriaset(write(tmp_path, make_ervaring("perceel", "per_categorie")))
    assert load_criteriaset(write(tmp_path, make_ervaring("product", "per_categorie"))).criteria[0].per == "product"


def test_a_repairable_signature_that_is_not_asked_is_contradictory(tmp_path):
    kop = SET[: SET.index("      soort: certificaat")]
    toets = (
        "      soort: verklaring\n      verklaring: uea\n      peilmoment: indiening\n"
        "      bevoegd_ondertekend: nee\n      ondertekening_herstelbaar: vrij\n"
    )
    with pytest.raises(DefinitieError, match="De handtekening wordt niet gevraagd"):
        load_criteriaset(write(tmp_path, kop + toets))


@pytest.mark.parametrize(
    ("toepassing", "rol", "goed"),
    [
        ("elk_lid", "lid", True),
        ("elk_lid", "onderaannemer", False),
        ("penvoerder", "lid", False),
        ("elke_uitvoerder", "onderaannemer", True),
        ("elke_uitvoerder", "derde", False),
        ("gezamenlijk", "derde", True),
        ("gezamenlijk\n    beroep_op_derden: nee", "derde", False),
    ],
)
def test_a_role_that_nobody_who_must_satisfy_it_has_is_refused(tmp_path, toepassing, rol, goed):
    tekst = SET.replace("    alleen: alles\n", f"    alleen: {{rollen: [{rol}]}}\n", 1)
    tekst = tekst.replace("    toepassing: gezamenlijk\n", f"    toepassing: {toepassing}\n", 1)
    assert tekst.count(toepassing)
    if goed:
        assert load_criteriaset(write(tmp_path, tekst)).criteria[0].alleen.rollen == (rol,)
    else:
        with pytest.raises(DefinitieError, match=rf"16:23: Bij 'toepassing: \w+' hoeft een {rol} niet te voldoen"):
            load_criteriaset(write(tmp_path, tekst))


def test_a_set_without_criteria_is_refused(tmp_path):
    with pytest.raises(DefinitieError, match="Deze set heeft geen enkel criterium"):
        load_criteriaset(write(tmp_path, "titel: leeg\nwet: wmo\nbron: proef\ncriteria: []\n"))


def test_an_edition_is_found_by_set_and_name(tmp_path):
    pad = write(tmp_path)
    assert find_editie(tmp_path, "proefset", "2020-1") == pad
    assert list_edities(tmp_path, "proefset") == ("2020-1",)


@pytest.mark.parametrize(
    ("set_", "editie", "tekst"),
    [
        ("proefst", "2020-1", "Er is geen criteriaset 'proefst'. Bedoelt u \"proefset\"?"),
        ("proefset", "2021-1", "heeft geen editie '2021-1'. Bedoelt u \"2020-1\"?"),
        ("..", "2020-1", "Er is geen criteriaset '..'"),
        ("proefset", "../proefset/2020-1", "heeft geen editie"),
    ],
)
def test_an_unknown_edition_is_an_error_with_what_there_is(tmp_path, set_, editie, tekst):
    write(tmp_path)
    with pytest.raises(DefinitieError) as gevangen:
        find_editie(tmp_path, set_, editie)
    assert tekst in str(gevangen.value)


def make_set(toets: str, **velden: str) -> str:
    """The example set with another toets in its first criterium, and other values beside it."""
    kop = SET[: SET.index("      soort: certificaat")]
    for naam, waarde in velden.items():
        regel = next(r for r in kop.splitlines() if r.strip().startswith(f"{naam}:"))
        kop = kop.replace(f"{regel}\n", f"    {naam}: {waarde}\n", 1)
    return kop + "".join(f"      {regel}\n" for regel in toets.strip().splitlines())


CERTIFICAAT = """
soort: certificaat
norm: HKZ
gelijkwaardig: []
geldig_op: [sluiting]
registerstatus_vereist: {vereist}
gelijkwaardigheidsvragen:
  - {{id: v1, tekst: Is het onafhankelijk getoetst?}}
"""
VEREIST = CERTIFICAAT.format(vereist="ja")
STUK = "soort: document\ndocument: stuk\npeilmoment: sluiting\nop_naam: nee\n"
GETAL = "soort: getal\ngrootheid: plaatsen\npeilmoment: sluiting\nminimum: 2\n"
PERSONEEL = "soort: personeel\nkwalificaties: [hbo]\npeilmoment: ingang\n"
PARTIJEN = "soort: partijen\nrollen: [lid, onderaannemer]\n"
TEGENSTRIJDIG = [
    (
        CERTIFICAAT.format(vereist="nee") + "registercontrole: {vanaf: 2020-01-01}",
        {},
        "Het register wordt niet gevraagd. Schrijf 'registerstatus_vereist: ja'.",
    ),
    (
        VEREIST + "registercontrole: {peilmoment: sluiting}",
        {},
        "'peilmoment' en 'maximaal_dagen' horen bij elkaar. Noem ze allebei, of geen van beide.",
    ),
    (
        VEREIST + "registercontrole: {peilmoment: sluiting, maximaal_dagen: -1}",
        {},
        "'maximaal_dagen' is -1; dat moet van 0 tot en met 3660 zijn.",
    ),
    (
        VEREIST + "registercontrole: {peilmoment: ingang, maximaal_dagen: 30}",
        {},
        "Voor het besluit kan niemand vanaf 'ingang' terugtellen.",
    ),
    (VEREIST + "aaneengesloten: ja", {}, "Tussen één moment ligt geen andere dag."),
    (STUK + "leeftijd_op: indiening", {}, "Er wordt geen leeftijd gevraagd."),
    (STUK + "max_leeftijd_maanden: 1201", {}, "'max_leeftijd_maanden' is 1201; dat mag hoogstens 1200 zijn"),
    (STUK + "onderdelen_door: [eigen]", {}, "Er worden geen onderdelen gevraagd."),
    (
        STUK + "onderdelen: [a]\nonderdelen_door: [eigen]",
        {"toepassing": "elk_lid"},
        "Wie een onderdeel uitvoert, geldt voor de hele aanmelding",
    ),
    (STUK, {"toepassing": "elke_uitvoerder\n    beroep_op_derden: ja"}, "Elke uitvoerder voldoet hier zelf"),
    (GETAL + "als: {grootheid: fte}", {}, "Noem óf 'boven' (meer dan dit) óf 'vanaf' (dit of meer)."),
    (GETAL + "als: {grootheid: fte, boven: 1, vanaf: 2}", {}, "Noem óf 'boven'"),
    (GETAL + "als: {grootheid: Plaatsen, boven: 1}", {}, "'Plaatsen' is ook de grootheid van de eis."),
    (GETAL + "maal: per_perceel", {}, "Per perceel of product is er één perceel, dus 'maal' doet niets."),
    (GETAL + "maal: per_product", {"per": "product"}, "Per product is er één product, dus 'maal' doet niets."),
    (PERSONEEL, {}, "Noem 'minimum' of 'minimum_aandeel'; nu vraagt dit criterium niets."),
    (PERSONEEL + "minimum_aandeel: {deel: 3, van: 2}", {}, "'3 van 2' is geen aandeel"),
    (PERSONEEL + "minimum_aandeel: {deel: 0, van: 2}", {}, "'0 van 2' is geen aandeel"),
    (PARTIJEN, {}, "Noem een minimum of een maximum; nu vraagt dit criterium niets."),
    (PARTIJEN + "minimum: 2\nmaximum: 1", {}, "Het maximum (1) is kleiner dan het minimum (2)."),
    (PARTIJEN + "minimum: 1", {"toepassing": "elk_lid"}, "Hier worden alle partijen van de aanmelding geteld"),
    (
        PARTIJEN + "minimum: 1",
        {"toepassing": "gezamenlijk\n    beroep_op_derden: nee"},
        "Met 'beroep_op_derden: nee' tellen onderaannemers en derden niet mee.",
    ),
]


@pytest.mark.parametrize(("toets", "velden", "fout"), TEGENSTRIJDIG)
def test_what_contradicts_itself_or_asks_nothing_is_refused(tmp_path, toets, velden, fout):
    with pytest.raises(DefinitieError) as gevangen:
        load_criteriaset(write(tmp_path, make_set(toets, **velden)))
    assert [f.tekst for f in gevangen.value.fouten if f.tekst.startswith(fout)], gevangen.value.fouten
    assert len(gevangen.value.fouten) == 1
