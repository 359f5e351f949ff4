"""Facts are established, not believed (ontwerp 2.9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import msgspec
import pytest
from sqlmodel import Session

from inkoop.cli.demo.personen import BELEIDSADVISEUR, BEOORDELAARS, INKOPER, JURIST
from inkoop.domain.criteria.bevinding import Bevinding
from inkoop.domain.criteria.criterium import Criteriaset, Registercontrole
from inkoop.domain.criteria.dossier import Certificaatfeit, Herkomst
from inkoop.domain.criteria.uitkomst import Uitkomst
from inkoop.domain.fouten import BeletselenError
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.services import aanmeldingen, besluiten, feiten, procedures, toetsen
from inkoop.services.feiten import Feitregel, Vaststelling, Vaststellingswijze
from inkoop.services.taken import Taaksoort
from inkoop.storage.tabellen.ronde import RondeRow
from tests.services.conftest import Begin
from tests.services.proefspel import Proef

WIE = BEOORDELAARS[0]
REDEN = "gelezen op pagina 1 van het certificaat"


def list_feiten(proef: Proef, zaak: str = "M1") -> list[Feitregel]:
    return feiten.read_feiten(proef.huis, proef.act_as(WIE), proef.find(zaak))


def find_certificaat(proef: Proef) -> Feitregel:
    (regel,) = [regel for regel in list_feiten(proef) if isinstance(regel.feit, Certificaatfeit)]
    return regel


def establish(proef: Proef, anders: Mapping[str, Vaststelling]) -> None:
    """Confirm every fact, but for those that are found otherwise."""
    vaststellingen = [
        anders.get(regel.id, Vaststelling(id=regel.id, wijze=Vaststellingswijze.BEVESTIGD, reden=REDEN))
        for regel in list_feiten(proef)
    ]
    feiten.establish_feiten(proef.huis, proef.act_as(WIE), proef.find("M1"), vaststellingen)


def assess(proef: Proef, criterium: str) -> list[Bevinding]:
    proef.tick(Fase.SELECTEREN)
    with proef.huis.winkel.lezen() as sessie:
        toets = toetsen.find_laatste(sessie, aanmeldingen.find_aanmelding(sessie, proef.find("M1")))
    assert toets is not None
    return [b for b in toetsen.decode_resultaat(toets).bevindingen if b.criterium == criterium]


def test_a_fact_that_is_only_stated_carries_no_outcome(begin: Begin):
    proef = begin("feiten_vaststellen")
    assert {b.uitkomst for b in assess(proef, "M-03")} == {Uitkomst.TE_BEOORDELEN}
    assert {b.grond for b in assess(proef, "M-03")} == {"feit-nog-vast-te-stellen"}


def test_a_fact_that_is_confirmed_counts(begin: Begin):
    proef = begin("feiten_vaststellen")
    establish(proef, {})
    assert {b.uitkomst for b in assess(proef, "M-03")} == {Uitkomst.VOLDOET}


def test_a_fact_that_is_rejected_does_not_count(begin: Begin):
    proef = begin("feiten_vaststellen")
    feit = find_certificaat(proef)
    weg = Vaststelling(id=feit.id, wijze=Vaststellingswijze.VERWORPEN, reden="Dit is een offerte, geen certificaat.")
    establish(proef, {feit.id: weg})
    assert Uitkomst.VOLDOET not in {b.uitkomst for b in assess(proef, "M-03")}
    assert all(feit.feit.bewijs[0] not in b.bewijs for b in assess(proef, "M-03"))


def test_a_fact_that_is_corrected_counts_as_corrected(begin: Begin):
    proef = begin("feiten_vaststellen")
    regel = find_certificaat(proef)
    juist = msgspec.structs.replace(regel.feit, tot=date(2020, 6, 30))
    anders = Vaststelling(id=regel.id, wijze=Vaststellingswijze.GECORRIGEERD, feit=juist, reden=REDEN)
    establish(proef, {regel.id: anders})
    assert {b.uitkomst for b in assess(proef, "M-03")} == {Uitkomst.VOORWAARDELIJK}


def test_a_correction_keeps_evidence_and_moment_of_receipt(begin: Begin):
    proef = begin("feiten_vaststellen")
    regel = find_certificaat(proef)
    juist = msgspec.structs.replace(
        regel.feit,
        tot=date(2020, 6, 30),
        bewijs=("0" * 64,),
        ontvangen_op=date(2019, 1, 1),
        herkomst=Herkomst.REGISTER,
    )
    anders = Vaststelling(id=regel.id, wijze=Vaststellingswijze.GECORRIGEERD, feit=juist, reden=REDEN)
    establish(proef, {regel.id: anders})
    na = find_certificaat(proef).feit
    assert (na.bewijs, na.ontvangen_op, na.tot) == (regel.feit.bewijs, regel.feit.ontvangen_op, date(2020, 6, 30))
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, proef.find("M1"))
        (telt,) = [f for f in feiten.list_dossierfeiten(sessie, rij) if isinstance(f, Certificaatfeit)]
    assert telt.herkomst is Herkomst.VASTGESTELD


def test_a_fact_is_established_once(begin: Begin):
    proef = begin("beoordelen")
    regel = next(r for r in list_feiten(proef) if r.wijze is not None)
    nogmaals = Vaststelling(id=regel.id, wijze=Vaststellingswijze.VERWORPEN, reden=REDEN)
    with proef.refuses("al-vastgesteld"):
        feiten.establish_feiten(proef.huis, proef.act_as(WIE), proef.find("M1"), [nogmaals])


def test_a_fact_that_is_named_twice_in_one_go_is_refused(begin: Begin):
    proef = begin("feiten_vaststellen")
    regel = find_certificaat(proef)
    twee = [Vaststelling(id=regel.id, wijze=w, reden=REDEN) for w in ("bevestigd", "verworpen")]
    with proef.refuses("al-vastgesteld"):
        feiten.establish_feiten(proef.huis, proef.act_as(WIE), proef.find("M1"), twee)


@pytest.mark.parametrize(
    ("vaststelling", "code"),
    [
        ({"wijze": Vaststellingswijze.BEVESTIGD, "reden": "  "}, "reden"),
        ({"wijze": Vaststellingswijze.GECORRIGEERD, "reden": REDEN}, "correctie"),
        ({"wijze": Vaststellingswijze.BEVESTIGD, "reden": REDEN, "id": "0123#1"}, "onbekend"),
    ],
)
def test_an_unclear_finding_about_a_fact_is_refused(begin: Begin, vaststelling: dict[str, object], code: str):
    proef = begin("feiten_vaststellen")
    met = Vaststelling(**{"id": find_certificaat(proef).id, **vaststelling})
    with proef.refuses(code):
        feiten.establish_feiten(proef.huis, proef.act_as(WIE), proef.find("M1"), [met])


@pytest.mark.parametrize("wie", [INKOPER, JURIST, BELEIDSADVISEUR])
def test_only_a_beoordelaar_establishes_facts(begin: Begin, wie: str):
    proef = begin("feiten_vaststellen")
    met = Vaststelling(id=find_certificaat(proef).id, wijze=Vaststellingswijze.BEVESTIGD, reden=REDEN)
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        feiten.establish_feiten(proef.huis, proef.act_as(wie), proef.find("M1"), [met])


def test_no_besluit_is_proposed_while_a_fact_is_not_established(begin: Begin):
    proef = begin("feiten_vaststellen")
    proef.perform_alle(Taaksoort.BEOORDELEN)
    ronde = proef.definitie.find_ronde(proef.ronde)
    proef.tick(Fase.SELECTEREN, proef.at(ronde.besluit))
    proef.tick(Fase.CONCRETISEREN)
    with proef.huis.winkel.lezen() as sessie:
        for kenmerk in proef.zaken:
            assert besluiten.list_besluiten(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk)) == []


def test_a_fact_is_not_established_on_a_look_into_the_register_that_a_criterium_calls_too_early(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
):
    proef = begin("feiten_vaststellen")
    regel = find_certificaat(proef)
    echt = procedures.read_editie

    def read_streng(sessie: Session, ronde: RondeRow) -> Criteriaset:
        editie = echt(sessie, ronde)
        controle = Registercontrole(vanaf=date(2020, 4, 1))
        toetsen_met = {
            c.id: msgspec.structs.replace(c.toets, registerstatus_vereist=True, registercontrole=controle)
            for c in editie.criteria
            if c.id == "M-03"
        }
        criteria = tuple(msgspec.structs.replace(c, toets=toetsen_met.get(c.id, c.toets)) for c in editie.criteria)
        return msgspec.structs.replace(editie, criteria=criteria)

    monkeypatch.setattr(procedures, "read_editie", read_streng)
    bevestigd = Vaststelling(id=regel.id, wijze=Vaststellingswijze.BEVESTIGD, reden=REDEN)
    with pytest.raises(BeletselenError) as gevangen:
        establish(proef, {regel.id: bevestigd})
    assert [b.code for b in gevangen.value.beletselen] == ["register-opnieuw"]
    assert "op of na 1 april 2020" in gevangen.value.beletselen[0].tekst

    opnieuw = msgspec.structs.replace(regel.feit, register_gezien_op=date(2020, 4, 1))
    establish(
        proef,
        {regel.id: Vaststelling(id=regel.id, wijze=Vaststellingswijze.GECORRIGEERD, feit=opnieuw, reden="gezien")},
    )
