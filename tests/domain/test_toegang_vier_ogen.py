"""Four eyes: which earlier act on the same object excludes somebody, as the product of all acts."""

import itertools

import pytest

from inkoop.domain.toegang import VIER_OGEN, Handeling, check_vier_ogen

# Written from FE-1, FE-2, FE-3, FE-4, FE-9 and "openen: D + getuige" in domein D, not from the code.
SLUIT_UIT = {
    ("publiceren", "go_besluit_vastleggen"),
    ("ronde_openen", "opening_verzoeken"),
    ("ronde_openen", "ronde_openen"),
    ("storing_beslissen", "storing_registreren"),
    ("oordelen", "oordelen"),
    ("oordelen", "oordeel_beslechten"),
    ("oordeel_beslechten", "oordelen"),
    ("herstelverzoek_controleren", "herstelverzoek_opstellen"),
    ("herstelverzoek_verzenden", "herstelverzoek_controleren"),
    ("besluit_controleren", "besluit_voorbereiden"),
    ("besluit_controleren", "oordelen"),
    ("besluit_controleren", "score_geven"),
    ("besluit_controleren", "aanmelding_heropenen"),
    ("besluit_controleren", "samenloop_beslissen"),
    ("besluit_nemen", "besluit_voorbereiden"),
    ("besluit_nemen", "besluit_controleren"),
    ("besluit_nemen", "oordelen"),
    ("besluit_nemen", "score_geven"),
    ("besluit_nemen", "aanmelding_heropenen"),
    ("besluit_nemen", "samenloop_beslissen"),
    ("score_geven", "score_beslechten"),
    ("score_beslechten", "score_geven"),
    ("voorwaarde_vaststellen", "besluit_nemen"),
    ("document_goedkeuren", "document_opstellen"),
    ("document_goedkeuren", "besluit_voorbereiden"),
    ("document_goedkeuren", "herstelverzoek_opstellen"),
    ("document_goedkeuren", "overeenkomst_opstellen"),
    ("document_goedkeuren", "addendum_opstellen"),
    ("nota_goedkeuren", "nota_opstellen"),
    ("nota_publiceren", "nota_goedkeuren"),
    ("overeenkomst_controleren", "overeenkomst_opstellen"),
    ("overeenkomst_controleren", "addendum_opstellen"),
    ("overeenkomst_tekenen", "overeenkomst_opstellen"),
    ("overeenkomst_tekenen", "overeenkomst_controleren"),
    ("overeenkomst_tekenen", "addendum_opstellen"),
    ("handtekening_controleren", "ondertekening_registreren"),
    ("maatregel_besluiten", "maatregel_voornemen"),
    ("aanhaak_besluiten", "aanhaak_vastleggen"),
    ("archieflijst_goedkeuren", "archieflijst_voorstellen"),
    ("tarief_vaststellen", "index_berekenen"),
    ("wijziging_vaststellen", "wijziging_voorstellen"),
}


@pytest.mark.parametrize("handeling", Handeling)
def test_an_earlier_act_excludes_exactly_where_the_rules_say(handeling):
    gevonden = {
        (str(handeling), str(eerder))
        for eerder in Handeling
        if check_vier_ogen(handeling, "j.jansen", {eerder: {"j.jansen"}})
    }
    assert gevonden == {paar for paar in SLUIT_UIT if paar[0] == handeling}


def test_another_person_is_never_excluded():
    for handeling, eerder in itertools.product(Handeling, Handeling):
        assert check_vier_ogen(handeling, "p.pietersen", {eerder: {"j.jansen"}}) == []


def test_every_exclusion_has_its_source():
    bronnen = [uitsluiting.bron for uitsluitingen in VIER_OGEN.values() for uitsluiting in uitsluitingen]
    assert all(bron.startswith(("FE-", "C.10", "D ")) for bron in bronnen)
    assert {"FE-1", "FE-2", "FE-4", "FE-9"} <= set(bronnen)


def test_each_reason_is_said():
    beletselen = check_vier_ogen(
        Handeling.BESLUIT_NEMEN, "a", {"besluit_voorbereiden": ["a"], "besluit_controleren": ["a", "b"]}
    )
    assert [b.tekst for b in beletselen] == [
        "Dit moet iemand anders doen (besluit nemen): u hebt dit besluit zelf voorbereid.",
        "Dit moet iemand anders doen (besluit nemen): u hebt dit besluit zelf gecontroleerd.",
    ]


def test_a_misspelled_earlier_act_cannot_switch_the_rule_off():
    with pytest.raises(ValueError, match="besluit_voorbereidde"):
        check_vier_ogen(Handeling.BESLUIT_NEMEN, "a", {"besluit_voorbereidde": ["a"]})
