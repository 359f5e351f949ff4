"""The matrix of domein D, cell by cell: the table below is written from D, not from the code."""

import itertools
from datetime import UTC, datetime

import pytest

from inkoop.domain.persoon import Persoon, Rol
from inkoop.domain.toegang import (
    MATRIX,
    GeenToegangError,
    Handeling,
    check_belang,
    check_blind,
    check_leesmoment,
    check_toegang,
    require_toegang,
)

KOLOMMEN = {
    "IK": Rol.INKOPER,
    "JU": Rol.JURIST,
    "CM": Rol.CONTRACTMANAGER,
    "BA": Rol.BELEIDSADVISEUR,
    "FI": Rol.FINANCIEN,
    "PH": Rol.GEMANDATEERDE,
    "BO": Rol.BEOORDELAAR,
    "ZA": Rol.AANBIEDER,
    "AR": Rol.ARCHIVARIS,
    "BH": Rol.BEHEERDER,
    "SY": Rol.SYSTEEM,
    "TO": Rol.TOEGANG,
}

D = """
                             IK JU CM BA FI PH BO ZA AR BH SY TO
procedure_aanmaken           x  -  -  -  -  -  -  -  -  -  -  -
planning_verzetten           x  -  -  -  -  -  -  -  -  -  -  -
procedure_lezen              x  x  x  x  x  x  x  -  x  x  x  -
criteria_vaststellen         x  -  -  x  -  -  -  -  -  -  -  -
stap_vastleggen              x  x  x  x  x  x  -  -  -  -  -  -
go_besluit_vastleggen        -  -  -  -  -  x  -  -  -  -  -  -
publiceren                   x  -  -  -  -  -  -  -  -  -  -  -
checklist_vastleggen         x  x  x  x  x  x  -  -  -  -  -  -
inbreng_vastleggen           x  -  -  x  x  -  -  -  -  -  -  -
inbreng_beantwoorden         x  -  -  x  x  -  -  -  -  -  -  -
onderbouwing_vastleggen      x  -  -  -  x  -  -  -  -  -  -  -
deelname_wijzigen            x  -  -  x  -  -  -  -  -  -  -  -
mandaat_registreren          -  x  -  -  -  -  -  -  -  -  -  -
aankondiging_registreren     x  -  -  -  -  -  -  -  -  -  -  -
vraag_stellen                x  -  -  -  -  -  -  x  -  -  x  -
vraag_lezen                  x  x  x  x  x  x  -  -  x  -  x  -
vraag_beantwoorden           x  -  -  x  -  -  -  -  -  -  -  -
nota_opstellen               x  -  -  -  -  -  -  -  -  -  -  -
nota_goedkeuren              -  x  -  -  -  -  -  -  -  -  -  -
nota_publiceren              x  -  -  -  -  -  -  -  -  -  -  -
ronde_aanmaken               x  -  -  -  -  -  -  -  -  -  x  -
ronde_lezen                  x  x  x  x  x  x  x  -  x  x  x  -
opening_verzoeken            x  -  -  -  -  -  -  -  -  -  -  -
aanmelding_ontzegelen        x  x  -  -  -  -  -  -  -  -  -  -
ronde_openen                 x  x  -  -  -  -  -  -  -  -  -  -
fase_overgaan                x  -  -  -  -  -  -  -  -  -  x  -
belangen_verklaren           -  x  -  -  -  -  x  -  -  -  -  -
aanmelding_indienen          -  -  -  -  -  -  -  x  -  -  x  -
aanmelding_inlezen           x  -  -  -  -  -  -  -  -  -  x  -
storing_registreren          x  -  -  -  -  -  -  -  -  -  -  -
storing_beslissen            -  x  -  -  -  x  -  -  -  -  -  -
samenloop_beslissen          x  x  -  -  -  -  -  -  -  -  -  -
aanmelding_intrekken         -  -  -  -  -  -  -  x  -  -  -  -
eigen_aanmelding_lezen       -  -  -  -  -  -  -  x  -  -  -  -
aanmelding_lezen             x  x  -  x  -  -  x  -  x  -  x  -
feit_vaststellen             -  -  -  -  -  -  x  -  -  -  -  -
toetsen                      x  -  -  -  -  -  x  -  -  -  x  -
oordelen                     -  -  -  -  -  -  x  -  -  -  -  -
oordeel_beslechten           -  x  -  -  -  -  -  -  -  -  -  -
oordeel_lezen                x  x  -  x  -  -  x  -  x  -  x  -
herstelverzoek_opstellen     x  -  -  -  -  -  x  -  -  -  x  -
herstelverzoek_controleren   -  x  -  -  -  -  x  -  -  -  -  -
herstelverzoek_verzenden     x  -  -  -  -  -  -  -  -  -  -  -
herstel_ontvangen            x  -  -  -  -  -  -  x  -  -  x  -
herstel_sluiten              x  -  -  -  -  -  -  -  -  -  x  -
besluit_voorbereiden         x  -  -  -  -  -  x  -  -  -  x  -
besluit_controleren          -  x  -  -  -  -  -  -  -  -  -  -
besluit_nemen                -  -  -  -  -  x  -  -  -  -  -  -
besluit_verzenden            x  -  -  -  -  -  -  -  -  -  x  -
besluit_lezen                x  x  x  x  x  x  x  -  x  -  x  -
aanmelding_heropenen         x  -  -  -  -  -  -  -  -  -  -  -
verzending_bewijzen          x  -  -  -  -  -  -  -  -  -  x  -
geschil_registreren          x  x  -  -  -  -  -  -  -  -  -  -
geschil_afhandelen           -  x  -  -  -  -  -  -  -  -  -  -
contact_vastleggen           x  x  -  -  -  -  x  -  -  -  -  -
dossier_samenstellen         x  x  -  -  -  -  -  -  x  -  -  -
score_geven                  -  -  -  -  -  -  x  -  -  -  -  -
score_beslechten             -  x  -  -  -  -  -  -  -  -  -  -
loting_vastleggen            x  -  -  -  -  -  -  -  -  -  -  -
dialoog_vastleggen           x  -  -  -  -  -  -  -  -  -  -  -
voorstel_indienen            -  -  -  -  -  -  -  x  -  -  x  -
kandidaat_terugtrekken       -  -  -  -  -  -  -  x  -  -  -  -
gunning_vaststellen          -  -  -  -  -  x  -  -  -  -  -  -
voorwaarde_ontvangen         x  -  -  -  -  -  -  x  -  -  x  -
voorwaarde_vaststellen       x  -  -  -  -  -  x  -  -  -  -  -
document_opstellen           x  x  x  -  -  -  x  -  -  -  x  -
document_voorleggen          x  -  x  x  -  -  x  -  -  -  -  -
document_opmerken            x  x  x  x  x  x  -  -  -  -  -  -
document_terugkomst          x  x  x  -  -  -  -  -  -  -  -  -
document_wijziging_beoordelen x  x  x  -  -  -  -  -  -  -  -  -
document_vaststellen         x  -  x  -  -  -  -  -  -  -  -  -
document_goedkeuren          x  x  -  -  -  -  -  -  -  -  -  -
document_teruggeven          x  x  -  -  -  -  -  -  -  -  -  -
document_verzenden           x  -  -  -  -  -  -  -  -  -  x  -
document_lezen               x  x  x  x  x  x  x  -  x  -  x  -
overeenkomst_opstellen       x  -  -  -  -  -  -  -  -  -  x  -
overeenkomst_controleren     -  x  -  -  -  -  -  -  -  -  -  -
onderdeel_vaststellen        -  x  -  -  -  -  -  -  -  -  -  -
overeenkomst_tekenen         -  -  -  -  -  x  -  x  -  -  -  -
ondertekening_registreren    x  -  x  -  -  x  -  x  -  -  -  -
handtekening_controleren     x  x  x  -  -  -  -  -  -  -  -  -
tekenbevoegdheid_vaststellen x  x  x  -  -  -  -  -  -  -  -  -
afschrift_bewijzen           x  -  x  -  -  -  -  -  -  -  -  -
overeenkomst_activeren       x  -  x  -  -  -  -  -  -  -  x  -
overeenkomst_lezen           x  x  x  x  x  x  x  -  x  -  x  -
addendum_opstellen           x  -  x  -  -  -  -  -  -  -  x  -
wijziging_voorstellen        x  x  x  -  -  -  -  -  -  -  -  -
wijziging_vaststellen        -  x  -  -  -  -  -  -  -  -  -  -
weigering_vastleggen         x  -  x  -  -  -  -  x  -  -  x  -
implementatie_vastleggen     x  x  x  -  x  -  -  x  -  -  -  -
catalogustekst_lezen         x  x  x  x  x  x  x  x  x  -  x  -
contract_inlezen             x  -  x  -  -  -  -  -  -  -  -  -
maatregel_voornemen          -  x  x  -  -  -  -  -  -  -  -  -
zienswijze_vastleggen        -  -  x  -  -  -  -  x  -  -  -  -
maatregel_besluiten          -  x  x  -  -  x  -  -  -  -  -  -
looptijd_bijwerken           -  -  x  -  -  -  -  -  -  -  x  -
termijn_bewaken              -  -  x  -  -  -  -  -  -  -  x  -
melding_afhandelen           x  x  x  x  x  x  -  -  -  -  -  -
stuk_vastleggen              x  -  x  -  -  -  -  -  -  -  -  -
stopsignaal_vastleggen       -  -  x  -  -  -  -  -  -  -  -  x
stopsignaal_afronden         -  -  x  -  -  -  -  -  -  -  -  -
stopsignaal_verwerken        -  -  x  -  x  -  -  -  -  -  -  -
plicht_meten                 -  -  x  -  -  -  -  -  -  -  -  -
gestand_verlengen            x  -  -  -  -  -  -  -  -  -  -  -
aanhaak_vastleggen           x  x  -  -  -  -  -  -  -  -  -  -
aanhaak_besluiten            -  -  -  -  -  x  -  -  -  -  -  -
verlenging_besluiten         -  -  -  -  -  x  -  -  -  -  -  -
index_berekenen              x  -  -  -  x  -  -  -  -  -  -  -
tarief_vaststellen           x  x  -  -  x  -  -  -  -  -  -  -
kwartaal_vastleggen          -  -  x  -  -  -  -  x  -  -  -  -
terugkoppeling_vastleggen    -  -  -  -  -  -  -  -  -  -  -  x
persoon_toevoegen            -  -  -  -  -  -  -  -  -  x  x  -
inlog_koppelen               -  -  -  -  -  -  -  -  -  x  x  -
inlog_verwerken              -  -  -  -  -  -  -  -  -  -  x  -
account_instellen            -  -  -  -  -  -  -  -  -  x  x  -
token_uitgeven               -  -  -  -  -  -  -  -  -  x  -  -
token_intrekken              -  -  -  -  -  -  -  -  -  x  -  -
postadres_instellen          x  x  x  x  x  x  x  x  x  x  x  x
agenda_instellen             x  x  x  x  x  x  x  x  x  x  -  x
post_hervatten               -  -  -  -  -  -  -  -  -  x  -  -
doorloop_vastleggen          -  -  x  -  -  -  -  -  -  -  -  -
overdracht_vastleggen        -  -  x  -  -  -  -  -  -  -  -  -
archief_lezen                x  x  x  x  x  x  x  -  x  -  x  -
dossier_sluiten              -  -  -  -  -  -  -  -  x  -  -  -
bewaarslot_zetten            -  x  -  -  -  -  -  -  x  -  -  -
archieflijst_voorstellen     -  -  -  -  -  -  -  -  x  -  -  -
archieflijst_goedkeuren      -  x  x  -  -  -  -  -  x  -  -  -
archieflijst_uitvoeren       -  -  -  -  -  -  -  -  x  -  x  -
flow_starten                 x  -  x  -  -  -  -  -  -  x  x  -
audit_controleren            x  x  x  x  x  x  x  -  x  x  x  -
audit_lezen                  -  -  -  -  -  -  -  -  x  x  -  -
"""


def _read_tabel(tekst: str) -> dict[tuple[str, Rol], bool]:
    kop, *regels = tekst.strip("\n").splitlines()
    tabel = {}
    for regel in regels:
        handeling, *cellen = regel.split()
        for kolom, cel in zip(kop.split(), cellen, strict=True):
            tabel[handeling, KOLOMMEN[kolom]] = cel == "x"
    return tabel


TABEL = _read_tabel(D)


def _persoon(*rollen: Rol) -> Persoon:
    return Persoon(id="j.jansen", naam="J. Jansen", functie="medewerker", rollen=frozenset(rollen))


def test_the_table_has_every_act_and_every_role():
    assert set(TABEL) == set(itertools.product([str(handeling) for handeling in Handeling], Rol))


@pytest.mark.parametrize("handeling", Handeling)
def test_a_role_may_do_what_stands_in_the_matrix_and_nothing_else(handeling):
    for rol in Rol:
        beletselen = check_toegang(_persoon(rol), rol, handeling)
        assert (beletselen == []) is TABEL[handeling, rol], (rol, handeling)


@pytest.mark.dekking("M20-54")
def test_the_result_of_one_client_is_local_and_keeping_to_the_agreement_is_regional():
    lokaal, regionaal = MATRIX[Handeling.TERUGKOPPELING_VASTLEGGEN].rollen, MATRIX[Handeling.KWARTAAL_VASTLEGGEN].rollen
    assert lokaal == {Rol.TOEGANG}
    assert Rol.CONTRACTMANAGER in regionaal
    assert not lokaal & regionaal


def test_every_cell_of_the_matrix_has_its_source():
    assert [handeling for handeling, bevoegdheid in MATRIX.items() if not bevoegdheid.bron.strip()] == []


def test_an_act_without_a_cell_is_refused_to_everybody(monkeypatch):
    monkeypatch.setattr("inkoop.domain.toegang.MATRIX", {})
    for rol in Rol:
        assert [b.code for b in check_toegang(_persoon(rol), rol, Handeling.PROCEDURE_LEZEN)] == ["handeling-onbekend"]


def test_a_role_that_somebody_does_not_have_helps_nothing():
    beletselen = check_toegang(_persoon(Rol.INKOPER), Rol.GEMANDATEERDE, Handeling.BESLUIT_NEMEN)
    assert [b.code for b in beletselen] == ["rol-niet-toegekend"]
    assert "J. Jansen heeft de rol gemandateerde niet (wel: inkoper)." in beletselen[0].tekst


def test_all_reasons_are_given_at_once():
    with pytest.raises(GeenToegangError) as fout:
        require_toegang(
            _persoon(Rol.BEOORDELAAR),
            Rol.INKOPER,
            Handeling.BESLUIT_NEMEN,
            {"besluit_voorbereiden": {"j.jansen"}, "oordelen": {"j.jansen"}},
        )
    assert [b.code for b in fout.value.beletselen] == [
        "rol-niet-toegekend",
        "rol-niet-bevoegd",
        "vier-ogen",
        "vier-ogen",
    ]
    assert str(fout.value).startswith("J. Jansen mag dit niet: besluit nemen.\n  - ")


def test_who_may_do_it_and_did_nothing_before_is_let_through():
    require_toegang(_persoon(Rol.GEMANDATEERDE), Rol.GEMANDATEERDE, Handeling.BESLUIT_NEMEN, {"oordelen": {"a", "b"}})


SLUITING = datetime(2020, 3, 31, 21, 59, 59, tzinfo=UTC)  # 23:59:59 in Amsterdam


@pytest.mark.parametrize(
    ("op", "mag"),
    [
        (datetime(2020, 3, 31, 21, 59, 58, tzinfo=UTC), False),
        (datetime(2020, 3, 31, 21, 59, 59, tzinfo=UTC), False),
        (datetime(2020, 3, 31, 22, 0, 0, tzinfo=UTC), True),
    ],
)
def test_nobody_reads_an_aanmelding_before_closing(op, mag):
    assert (check_leesmoment(op, SLUITING, eigen=False) == []) is mag


def test_who_handed_it_in_may_read_it_before_closing():
    assert check_leesmoment(datetime(2020, 3, 1, tzinfo=UTC), SLUITING, eigen=True) == []


@pytest.mark.parametrize(
    ("lezer", "oordeelaars", "mag"),
    [
        ("b2", [], False),
        ("b2", ["b1"], False),
        ("b2", ["b1", "b1"], False),
        ("b2", ["b1", "b2"], True),
        ("b1", ["b1"], True),
    ],
)
def test_a_judgement_is_blind_until_two_people_are_final(lezer, oordeelaars, mag):
    assert (check_blind(lezer, oordeelaars, "b1") == []) is mag


@pytest.mark.parametrize(
    ("verklaring", "codes"), [(True, []), (False, ["belang"]), (None, ["geen-belangenverklaring"])]
)
def test_who_has_an_interest_or_said_nothing_about_it_does_not_judge(verklaring, codes):
    assert [b.code for b in check_belang(verklaring)] == codes
