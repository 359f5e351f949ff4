"""The receipt: what went in, and the same bytes when it is replayed."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from inkoop.domain.criteria.bevinding import Toetsresultaat, encode_resultaat
from inkoop.domain.criteria.criterium import AlleVan, Peilmoment, Toepassing, Toepassingsbereik, Toets
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.criteria.gronden import Grond
from inkoop.domain.criteria.motor import MOTOR, MOTOREN
from inkoop.domain.criteria.soorten import COMBINATIES, list_structs
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.criteria.vingerafdruk import hash_dossier
from tests.domain.criteria.bouwstenen import (
    ANKER,
    COMBINATIE,
    PERCEEL_1A,
    PERCEEL_1B,
    certificaat,
    certificaattoets,
    document,
    documenttoets,
    make_criterium,
    make_dossier,
    make_editie,
    oordelen,
    run,
    verklaring,
)

CRITERIUM = make_criterium(certificaattoets())


def test_a_receipt_says_what_went_in():
    editie, dossier = make_editie(CRITERIUM), make_dossier(certificaat())
    resultaat = run(editie, dossier)
    assert (resultaat.motor, resultaat.criteriaset, resultaat.editie) == (MOTOR, "proef", "1")
    assert resultaat.editie_hash == editie.hash
    assert resultaat.dossier_hash == hash_dossier(dossier)
    assert list(resultaat.peildatums) == list(Peilmoment)


def test_the_order_of_arrival_changes_nothing():
    feiten = (certificaat(), certificaat("Keurmerk"), document(), verklaring(gegevens={"a": "1", "b": "2"}))
    gegeven = oordelen(True, feiten[1])
    een = make_dossier(*feiten, percelen=(PERCEEL_1A, PERCEEL_1B), leden=COMBINATIE, oordelen=gegeven)
    twee = make_dossier(
        *reversed(feiten), percelen=(PERCEEL_1B, PERCEEL_1A), leden=COMBINATIE[::-1], oordelen=gegeven[::-1]
    )
    assert encode_resultaat(run(CRITERIUM, een)) == encode_resultaat(run(CRITERIUM, twee))


def test_a_receipt_survives_its_own_bytes():
    resultaat = run(CRITERIUM, make_dossier(certificaat()))
    assert msgspec.json.decode(encode_resultaat(resultaat), type=Toetsresultaat) == resultaat


def test_another_fact_gives_another_fingerprint():
    assert hash_dossier(make_dossier(certificaat())) != hash_dossier(make_dossier(certificaat(norm="ISO 9001")))


def test_one_instant_has_one_fingerprint_in_every_time_zone():
    utc = make_dossier()
    amsterdam = msgspec.structs.replace(utc, ingediend_op=utc.ingediend_op.astimezone(timezone(timedelta(hours=1))))
    assert hash_dossier(utc) == hash_dossier(amsterdam)
    later = msgspec.structs.replace(utc, ingediend_op=datetime(2020, 3, 12, 9, 42, tzinfo=UTC))
    assert hash_dossier(utc) != hash_dossier(later)


def test_a_sentence_that_ends_in_a_name_with_a_full_stop_gets_no_second_one():
    (bevinding,) = judge_anker(AlleVan(delen=(documenttoets(op_naam=True), documenttoets(document="ander"))))
    zin = "staat op naam van Holding, niet op naam van Anker Thuis B.V."
    assert zin in bevinding.toelichting
    assert bevinding.delen[0].toelichting.endswith(zin)
    assert ".." not in bevinding.toelichting + bevinding.delen[0].toelichting


def test_an_older_engine_gives_its_own_bytes():
    (nu,), (toen,) = (judge_anker(documenttoets(op_naam=True), motor=motor) for motor in (MOTOR, MOTOREN[0]))
    assert toen.toelichting.endswith("B.V..")
    assert nu == msgspec.structs.replace(toen, toelichting=toen.toelichting.removesuffix("."))


@pytest.mark.parametrize("geschreven", ["bv", "BV", "B.V.", "b. v.", "Besloten vennootschap"])
def test_a_legal_form_is_not_escaped_by_spelling(geschreven):
    alleen = Toepassingsbereik(rechtsvormen=("bv",))
    criterium = make_criterium(documenttoets(), alleen=alleen, toepassing=Toepassing.ELK_LID)
    dossier = make_dossier(leden=(msgspec.structs.replace(ANKER, rol=Lidrol.ENKEL, rechtsvorm=geschreven),))
    assert run(criterium, dossier).bevindingen[0].uitkomst is Uitkomst.HERSTELBAAR
    toen = run(criterium, dossier, motor=MOTOREN[0]).bevindingen[0].uitkomst
    assert toen is (Uitkomst.HERSTELBAAR if geschreven.casefold() == "bv" else Uitkomst.NVT)


def judge_anker(toets, **keuzes):
    """The finding on a member whose name ends in a full stop and that hands in a document of another."""
    dossier = make_dossier(document(op_naam_van="Holding", lid=ANKER.id, id="f1", bewijs=("b1",)), leden=COMBINATIE)
    resultaat = run(make_criterium(toets, toepassing=Toepassing.ELK_LID), dossier, **keuzes)
    return [bevinding for bevinding in resultaat.bevindingen if bevinding.lid == ANKER.id]


def test_every_struct_of_the_language_has_a_kind_or_combines():
    bladen = {struct for struct in Toets.__subclasses__() if struct not in COMBINATIES}
    assert list_structs() == bladen


def test_a_finding_carries_a_known_ground_and_its_source():
    (bevinding,) = run(CRITERIUM, make_dossier(certificaat())).bevindingen
    assert bevinding.bron == CRITERIUM.bron
    assert Grond(bevinding.grond) is Grond.VOLDOET
