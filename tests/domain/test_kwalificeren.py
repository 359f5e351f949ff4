"""The five questions lead to toelating, aanhaak or a tender, with reasons; a jurist confirms (B.1.1, B.1.6, B.1.7)."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkoop.domain.kwalificatie import Keuzewijze, Kwalificatietoets, Toetreding
from inkoop.domain.kwalificeren import check_aanhaak, check_kwalificatie, list_ritmevragen, qualify
from inkoop.domain.procedure import Instroom, Kwalificatie
from inkoop.domain.selectie import VORMEN, Procedurevorm
from tests.domain.voorbeeldprocedure import make_procedure

OPEN_HOUSE = Kwalificatietoets(
    iedereen_die_voldoet=True,
    vergelijken=False,
    begrensd=False,
    keuze_door=Keuzewijze.CLIENT,
    toetreding=Toetreding.VASTE_MOMENTEN,
    ramingen={"1A": Decimal(500_000)},
    motivering="Iedereen.",
)


def anders(**velden):
    return msgspec.structs.replace(OPEN_HOUSE, **velden)


@pytest.mark.dekking("B.1.1")
@pytest.mark.parametrize(
    ("velden", "kwalificatie", "vorm"),
    [
        ({}, Kwalificatie.TOELATING, Procedurevorm.TOELATING),
        ({"toetreding": Toetreding.DOORLOPEND}, Kwalificatie.TOELATING, Procedurevorm.TOELATING),
        ({"toetreding": Toetreding.ALLEEN_BIJ_START}, Kwalificatie.TOELATING, Procedurevorm.TOELATING),
        ({"toetreding": Toetreding.JAARLIJKS}, Kwalificatie.AANHAAK, Procedurevorm.TOELATING),
        ({"keuze_door": Keuzewijze.GEMEENTE}, Kwalificatie.SAS, Procedurevorm.ZEMVI_1),
        ({"vergelijken": True}, Kwalificatie.SAS, Procedurevorm.ZEMVI_2),
        ({"begrensd": True}, Kwalificatie.SAS, Procedurevorm.ZEMVI_2),
        ({"iedereen_die_voldoet": False}, Kwalificatie.SAS, Procedurevorm.ZEMVI_2),
        ({"keuze_door": Keuzewijze.RANGORDE}, Kwalificatie.SAS, Procedurevorm.ZEMVI_2),
        ({"begrensd": True, "dialoog": True}, Kwalificatie.SAS, Procedurevorm.ZEMVI_3),
        ({"emvi": True}, Kwalificatie.SAS, Procedurevorm.EMVI_1),
        ({"emvi": True, "begrensd": True}, Kwalificatie.SAS, Procedurevorm.EMVI_2),
        ({"emvi": True, "begrensd": True, "dialoog": True}, Kwalificatie.SAS, Procedurevorm.EMVI_3),
    ],
)
def test_the_answers_lead_to_a_kind_and_a_shape(velden, kwalificatie, vorm):
    advies = qualify(anders(**velden))
    assert (advies.kwalificatie, advies.vorm) == (kwalificatie, vorm)
    assert advies.selectie == VORMEN[vorm].kiest
    assert len(advies.redenen) == 5


@pytest.mark.dekking("B.1.6")
@pytest.mark.parametrize(("tweede", "boven"), [("249999.99", False), ("250000.00", True)])
def test_the_threshold_counts_all_lots_together(tweede, boven):
    advies = qualify(anders(begrensd=True, ramingen={"1A": Decimal(500_000), "1B": Decimal(tweede)}))
    assert advies.boven_drempel is boven
    assert any("TenderNed" in plicht for plicht in advies.plichten) is boven


def test_an_admission_never_has_the_duties_of_a_tender():
    advies = qualify(anders(ramingen={"1A": Decimal(9_000_000)}))
    assert advies.boven_drempel
    assert not any("TenderNed" in plicht for plicht in advies.plichten)


@pytest.mark.parametrize(
    ("jurist", "op", "bevestigd"),
    [(None, None, False), ("mr. A", None, False), ("mr. A", date(2020, 1, 1), True)],
)
def test_it_is_advice_until_a_jurist_confirmed_on_a_day(jurist, op, bevestigd):
    assert qualify(anders(jurist=jurist, bevestigd_op=op)).bevestigd is bevestigd


@pytest.mark.parametrize(
    ("velden", "codes"),
    [
        ({}, []),
        ({"toetreding": Toetreding.JAARLIJKS}, []),
        ({"begrensd": True}, ["kwalificatie-anders"]),
        ({"ramingen": {}}, []),
        ({"ramingen": {"1A": Decimal(1), "9Z": Decimal(1)}}, ["kwalificatie-raming"]),
        ({"ramingen": {"9Z": Decimal(1)}}, ["kwalificatie-raming", "kwalificatie-raming"]),
        ({"ramingen": {"1A": Decimal(-1)}}, ["kwalificatie-raming"]),
        ({"jurist": "mr. A"}, ["kwalificatie-bevestiging"]),
    ],
)
def test_a_procedure_that_says_something_else_than_its_answers_is_told(velden, codes):
    definitie = make_procedure(kwalificatietoets=anders(**velden))
    assert [beletsel.code for beletsel in check_kwalificatie(definitie)] == codes


@pytest.mark.parametrize(
    ("toetreding", "periodiciteit", "codes"),
    [
        (Toetreding.JAARLIJKS, "jaar", []),
        (Toetreding.VASTE_MOMENTEN, "jaar", []),
        (Toetreding.DOORLOPEND, "jaar", ["toetreding"]),
        (Toetreding.JAARLIJKS, "halfjaar", ["periodiciteit"]),
        (Toetreding.DOORLOPEND, "doorlopend", ["periodiciteit", "toetreding"]),
        (Toetreding.ALLEEN_BIJ_START, "eenmalig", ["periodiciteit", "toetreding"]),
    ],
)
def test_an_aanhaakmodel_is_joined_once_a_year_and_every_contradiction_is_told(toetreding, periodiciteit, codes):
    velden = {"kwalificatietoets": anders(toetreding=toetreding), "instroom": Instroom(periodiciteit=periodiciteit)}
    definitie = make_procedure(kwalificatie=Kwalificatie.AANHAAK, **velden)
    assert [beletsel.code for beletsel in check_aanhaak(definitie)] == codes
    assert check_aanhaak(make_procedure(**velden)) == []


@pytest.mark.parametrize(
    ("toetreding", "periodiciteit", "vraagt"),
    [
        (Toetreding.VASTE_MOMENTEN, "halfjaar", False),
        (Toetreding.VASTE_MOMENTEN, "eenmalig", True),
        (Toetreding.DOORLOPEND, "kwartaal", False),
        (Toetreding.DOORLOPEND, "jaar", True),
        (Toetreding.ALLEEN_BIJ_START, "jaar", True),
    ],
)
def test_rounds_in_another_rhythm_than_question_five_says_ask_for_a_look(toetreding, periodiciteit, vraagt):
    velden = {"kwalificatietoets": anders(toetreding=toetreding), "instroom": Instroom(periodiciteit=periodiciteit)}
    assert bool(list_ritmevragen(make_procedure(**velden))) is vraagt


@given(
    iedereen=st.booleans(),
    vergelijken=st.booleans(),
    begrensd=st.booleans(),
    keuze=st.sampled_from(Keuzewijze),
    toetreding=st.sampled_from(Toetreding),
)
def test_nothing_that_compares_or_caps_is_ever_an_admission(iedereen, vergelijken, begrensd, keuze, toetreding):
    advies = qualify(
        anders(
            iedereen_die_voldoet=iedereen,
            vergelijken=vergelijken,
            begrensd=begrensd,
            keuze_door=keuze,
            toetreding=toetreding,
        )
    )
    kiest = not iedereen or vergelijken or begrensd or keuze is Keuzewijze.RANGORDE
    assert advies.selectie is kiest
    assert not kiest or advies.kwalificatie is Kwalificatie.SAS
