"""One change for all running agreements: proposed, adopted, in the addendum of each, signed, refused or lapsed."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from inkoop.cli.demo.personen import CONTRACTMANAGER, FINANCIEN, INKOPER, JURIST
from inkoop.documents.sjabloon import Sjabloonbron
from inkoop.documents.verschil import Soort
from inkoop.domain.contractwijziging import Artikelwijziging, Contractwijziging, Wijzigingsoort
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import GeenToegangError
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.exchange.tabel import read_xlsx
from inkoop.services import (
    addenda,
    addendumwerk,
    bewaking,
    bulkwerk,
    contractredline,
    contractwijzigingen,
    documenten,
    geconsolideerd,
    overeenkomsten,
    weigeringen,
    wijzigingstand,
)
from inkoop.services.taken import Taaksoort
from inkoop.services.wijzigingstand import Addendumstand
from inkoop.settings import CHECKOUT
from inkoop.storage.eenheid import Actor
from inkoop.storage.tabellen.overeenkomst import AddendumRow, OvereenkomstRow, Partijsoort
from tests.services.conftest import Begin
from tests.services.lopendecontracten import add_contracten
from tests.services.proefspel import Proef

MEIERIJ, HVB = "meierij-2020", "hvb-wmo-2019"
NUMMER = "RM-2020-0001"
MELDEN = "De Aanbieder meldt het binnen drie werkdagen als hij niet meer aan een criterium voldoet."
WET = Contractwijziging(
    soort=Wijzigingsoort.WETSWIJZIGING,
    onderwerp="sneller melden",
    reden="De wet vraagt een kortere termijn.",
    bron="voorbeeldwet, artikel 1",
    artikelen=(Artikelwijziging(artikel="artikel 6.4", wordt=MELDEN),),
    bij_weigering="de Gemeenten kunnen opzeggen volgens artikel 20",
)


def propose(
    proef: Proef, wijziging: Contractwijziging = WET, procedure: str = MEIERIJ, wie: str = CONTRACTMANAGER
) -> str:
    return contractwijzigingen.propose_wijziging(proef.huis, proef.act_as(wie), procedure, wijziging)


def adopt(proef: Proef, kenmerk: str, wie: str = JURIST) -> date:
    return contractwijzigingen.adopt_wijziging(proef.huis, proef.act_as(wie), kenmerk, grond="akkoord van 20 augustus")


def read_addendum(proef: Proef, nummer: str) -> tuple[AddendumRow, addenda.Wijziging]:
    with proef.huis.winkel.lezen() as sessie:
        rij = overeenkomsten.find_overeenkomst(sessie, nummer)
    assert isinstance(rij, AddendumRow)
    return rij, msgspec.json.decode(rij.inhoud, type=addenda.Wijziging)


def read_standen(proef: Proef, kenmerk: str) -> dict[str, Addendumstand]:
    with proef.huis.winkel.lezen() as sessie:
        return {een.contractnummer: een.stand for een in wijzigingstand.read_wijziging(sessie, kenmerk).regels}


def refuse(proef: Proef, nummer: str, op: date = date(2020, 10, 2), reden: str = "te duur", bewijs: str = "D-7") -> str:
    return weigeringen.record_weigering(
        proef.huis,
        proef.act_as(CONTRACTMANAGER),
        f"{nummer}-A01",
        partij=Partijsoort.AANBIEDER,
        op=op,
        reden=reden,
        bewijs=bewijs,
    )


def read_artikel(proef: Proef, op: date, artikel: str = "artikel 6.4") -> str:
    with proef.huis.winkel.lezen() as sessie:
        boom = geconsolideerd.order_tekst(proef.huis, sessie, NUMMER, op).build()
    from inkoop.documents.clausules import list_clausules

    return next(clausule.tekst for clausule in list_clausules(boom) if clausule.aanduiding == artikel)


@pytest.fixture
def lopend(begin: Begin) -> Proef:
    """Everybody's agreement is in force since 1 July 2020; it is 20 August."""
    proef = begin("tekenen")
    proef.perform_alle(Taaksoort.TEKENEN)
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 7, 1, 9, tzinfo=TIJDZONE))
    proef.klok.set(datetime(2020, 8, 20, 9, tzinfo=TIJDZONE))
    return proef


@pytest.mark.dekking("C.21", "H19-55")
def test_a_change_of_the_law_runs_from_proposal_to_signed_refused_and_lapsed_addenda(lopend: Proef):
    proef = lopend
    kenmerk = propose(proef)
    assert kenmerk == "RM-2020-W01"
    assert adopt(proef, kenmerk) == date(2021, 1, 1)
    nummers = sorted(read_standen(proef, kenmerk))
    assert len(nummers) == 2
    assert set(read_standen(proef, kenmerk).values()) == {Addendumstand.NOG_NIET}

    # the flow drafts them from 1 September; the tariffs and the area of that day are in the same addendum
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 8, 31, 9, tzinfo=TIJDZONE))
    assert set(read_standen(proef, kenmerk).values()) == {Addendumstand.NOG_NIET}
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 9, 1, 9, tzinfo=TIJDZONE))
    addendum, wijziging = read_addendum(proef, f"{NUMMER}-A01")
    assert addendum.ingang == date(2021, 1, 1)
    assert wijziging.tarieven is not None
    assert wijziging.gebied is not None
    (regel,) = wijziging.teksten
    assert (regel.artikel, regel.wordt) == ("artikel 6.4", MELDEN)
    assert regel.was.startswith("De Aanbieder meldt het binnen vijf werkdagen")

    # the jurist sees the whole agreement with and without, and approves all at once
    uit = contractredline.compare_addendum(proef.huis, proef.act_as(JURIST), f"{NUMMER}-A01")
    anders = {een.aanduiding for een in uit.verschillen if een.soort is not Soort.GELIJK}
    assert "artikel 6.4" in anders
    assert not {"artikel 6.3", "artikel 9.1"} & anders
    assert "drie" in uit.html
    assert uit.docx[:2] == b"PK"
    with proef.huis.winkel.lezen() as sessie:
        verslag = wijzigingstand.read_wijziging(sessie, kenmerk)
    gezien: list[tuple[int, int]] = []
    uitkomst = bulkwerk.approve_alle(
        proef.huis, proef.act_as(JURIST), verslag, lambda klaar, totaal: gezien.append((klaar, totaal))
    )
    assert (len(uitkomst.gedaan), uitkomst.apart, gezien[-1]) == (len(nummers), (), (len(nummers), len(nummers)))
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 9, 20, 9, tzinfo=TIJDZONE))
    assert set(read_standen(proef, kenmerk).values()) == {Addendumstand.AANGEBODEN}

    # one refuses: on record with day and reason, nothing changes, and guarding says once what the contract allows
    weigert = nummers[1]
    proef.klok.set(datetime(2020, 10, 5, 9, tzinfo=TIJDZONE))
    door = proef.act_as(CONTRACTMANAGER)
    with proef.refuses("weigering-reden", "weigering-bewijs", "weigering-datum"):
        refuse(proef, weigert, op=date(2020, 10, 6), reden="", bewijs=" ")
    gevolg = refuse(proef, weigert)
    assert gevolg.endswith("de Gemeenten kunnen opzeggen volgens artikel 20")
    with proef.refuses("addendum-status"):
        refuse(proef, weigert)
    gemeld = [zin for zin in bewaking.watch(proef.huis, door) if f"{weigert}-A01" in zin]
    assert len(gemeld) == 1
    assert "opzeggen volgens artikel 20" in gemeld[0]
    assert not any(f"{weigert}-A01" in zin for zin in bewaking.watch(proef.huis, door))

    proef.perform_alle(Taaksoort.TEKENEN)
    assert read_standen(proef, kenmerk) == {NUMMER: Addendumstand.GETEKEND, weigert: Addendumstand.GEWEIGERD}
    proef.tick(Fase.IMPLEMENTEREN, datetime(2021, 1, 1, 0, 10, tzinfo=TIJDZONE))
    assert read_standen(proef, kenmerk)[NUMMER] is Addendumstand.IN_WERKING

    # the text on a day: only who signed has the new one, and nobody is asked twice for the same day
    assert "vijf" in read_artikel(proef, date(2020, 12, 31))
    assert read_artikel(proef, date(2021, 1, 1)) == MELDEN
    with proef.huis.winkel.lezen() as sessie:
        stand = geconsolideerd.read_stand(proef.huis, sessie, weigert, date(2021, 1, 1))
        cyclus = wijzigingstand.read_cyclus(sessie, MEIERIJ, 2021)
        document = documenten.find_by_sleutel(sessie, f"overeenkomst:{weigert}-A01")
        contract = overeenkomsten.find_overeenkomst(sessie, weigert)
    assert stand.wijzigingen == ()
    assert contract.status is Overeenkomststatus.ACTIEF
    assert document is not None
    assert document.status is Documentstatus.VERVALLEN
    assert cyclus.aantallen["geweigerd"] == cyclus.aantallen["in_werking"] == 1
    geweigerd = next(een for een in cyclus.regels if een.contractnummer == weigert)
    assert (geweigerd.geweigerd_op, geweigerd.reden, geweigerd.geweigerd_door) == (
        date(2020, 10, 2), "te duur", "aanbieder",
    )  # fmt: skip
    assert geweigerd.aangeboden_op == date(2020, 9, 20)
    from inkoop.cli.wijziging import write_stand

    blad = read_xlsx("stand.xlsx", write_stand(cyclus))["Overeenkomsten"]
    assert len(blad.rijen) == len(cyclus.regels)


def test_what_is_adopted_later_is_added_to_a_concept_and_else_gets_an_addendum_of_its_own(lopend: Proef):
    proef = lopend
    proef.tick(Fase.IMPLEMENTEREN, datetime(2020, 9, 1, 9, tzinfo=TIJDZONE))
    _, eerst = read_addendum(proef, f"{NUMMER}-A01")
    assert eerst.teksten == ()
    kenmerk = propose(proef)
    adopt(proef, kenmerk)
    assert addendumwerk.compose_addendum(proef.huis, proef.act_as(CONTRACTMANAGER), NUMMER)
    assert not addendumwerk.compose_addendum(proef.huis, proef.act_as(CONTRACTMANAGER), NUMMER)
    _, samen = read_addendum(proef, f"{NUMMER}-A01")
    assert (samen.tarieven, samen.bronnen) == (eerst.tarieven, (kenmerk,))
    with proef.huis.winkel.lezen() as sessie:
        document = documenten.find_by_sleutel(sessie, f"overeenkomst:{NUMMER}-A01")
        assert document is not None
        gegevens = documenten.decode_gegevens(document)
    assert [een.artikel for een in gegevens.wijzigingen] == ["artikel 6.4"]  # type: ignore[attr-defined]
    assert "sneller melden" in gegevens.aanleiding  # type: ignore[attr-defined]
    proef.tick(Fase.IMPLEMENTEREN)
    proef.perform_alle(Taaksoort.DOCUMENT_GOEDKEUREN)
    proef.tick(Fase.IMPLEMENTEREN)
    nieuw = msgspec.structs.replace(
        WET,
        onderwerp="extra lid",
        artikelen=(Artikelwijziging(artikel="artikel 6.4", wordt="De melding is schriftelijk.", nieuw_na=True),),
    )
    adopt(proef, tweede := propose(proef, nieuw))
    assert addendumwerk.compose_addendum(proef.huis, proef.act_as(CONTRACTMANAGER), NUMMER)
    rij, los = read_addendum(proef, f"{NUMMER}-A02")
    assert (rij.aanleiding, los.tarieven, los.bronnen) == (tweede, None, (tweede,))


def test_a_new_standard_version_is_held_against_what_each_signed(lopend: Proef, tmp_path: Path):
    proef = lopend
    shutil.copytree(CHECKOUT / "sjablonen", tmp_path / "sjablonen")
    pad = tmp_path / "sjablonen" / "raamovereenkomst" / "sjabloon.md"
    tekst = pad.read_text()
    assert "ten minste drie maanden van tevoren" in tekst
    pad.write_text(tekst.replace("ten minste drie maanden van tevoren", "ten minste vier maanden van tevoren"))
    with proef.huis.winkel.eenheid(Actor(persoon=INKOPER, rol=Rol.INKOPER), proef.klok.tick()) as eenheid:
        document = documenten.find_by_sleutel(eenheid.sessie, f"overeenkomst:{NUMMER}")
        assert document is not None
        document.bundel_sha256 = proef.huis.winkel.documenten.add(proef.huis.sjablonen.pack("raamovereenkomst", ""))
        eenheid.sessie.add(document)
        eenheid.audit("proef", NUMMER)
    proef.huis = replace(proef.huis, sjablonen=Sjabloonbron(tmp_path / "sjablonen"))
    standaard = Contractwijziging(
        soort=Wijzigingsoort.STANDAARDVERSIE, onderwerp="standaardtekst 1.3", reden="Nieuwe versie.", bron="versie 1.3"
    )
    kenmerk = propose(proef, standaard)
    adopt(proef, kenmerk)
    proef.klok.set(datetime(2020, 9, 1, 9, tzinfo=TIJDZONE))
    assert addendumwerk.compose_addendum(proef.huis, proef.act_as(CONTRACTMANAGER), NUMMER)
    _, wijziging = read_addendum(proef, f"{NUMMER}-A01")
    (regel,) = wijziging.teksten
    assert "drie maanden" in regel.was
    assert "vier maanden" in regel.wordt
    assert regel.artikel.startswith("artikel 22")


@pytest.mark.parametrize(
    ("anders", "codes"),
    [
        ({"artikelen": ()}, ["wijziging-artikelen"]),
        ({"soort": Wijzigingsoort.STANDAARDVERSIE}, ["wijziging-artikelen"]),
        ({"onderwerp": " ", "reden": "", "bron": ""}, ["wijziging-onderwerp", "wijziging-reden", "wijziging-bron"]),
        ({"artikelen": (WET.artikelen[0], WET.artikelen[0])}, ["wijziging-dubbel"]),
        ({"ingang": date(2019, 8, 20)}, ["wijziging-terugwerkend", "wijziging-tekendag"]),
        ({"ingang": date(2019, 12, 1)}, ["wijziging-tekendag"]),
        (
            {"soort": Wijzigingsoort.AFSPRAAK, "ingang": date(2019, 12, 1), "tekenen_uiterlijk": date(2019, 12, 1)},
            ["wijziging-buiten-cyclus", "wijziging-tekendag"],
        ),
        ({"ingang": date(2030, 1, 1)}, ["wijziging-looptijd"]),
        ({"percelen": ("XX",)}, ["wijziging-perceel"]),
        ({"onderdeel": "niets"}, ["wijziging-onderdeel"]),
        (
            {"artikelen": (Artikelwijziging(artikel="artikel 4.2", wordt="Er zijn ten hoogste 20 aanbieders."),)},
            ["wijziging-toelating"],
        ),
        (
            {"artikelen": (Artikelwijziging(artikel="artikel 4.2", wordt="De Toegang volgt de rangorde."),)},
            ["wijziging-toelating"],
        ),
    ],
)  # fmt: skip
def test_a_change_that_cannot_be_is_refused_with_every_reason(begin_op, anders, codes):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 8, 20))
    with proef.refuses(*codes):
        propose(proef, msgspec.structs.replace(WET, **anders), HVB)


def test_after_the_first_of_october_a_change_waits_for_the_next_cycle(begin_op):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 10, 1))
    kenmerk = propose(proef, procedure=HVB)
    proef.klok.set(proef.at(date(2019, 10, 2)))
    with proef.refuses("wijziging-te-laat"):
        propose(proef, procedure=HVB)
    with proef.refuses("wijziging-te-laat"):
        adopt(proef, kenmerk)
    eigen = msgspec.structs.replace(WET, ingang=date(2019, 11, 15), tekenen_uiterlijk=date(2019, 11, 10))
    later = msgspec.structs.replace(WET, ingang=date(2020, 7, 1), tekenen_uiterlijk=date(2020, 6, 30))
    assert adopt(proef, propose(proef, eigen, HVB)) == date(2019, 11, 15)
    assert adopt(proef, propose(proef, later, HVB)) == date(2020, 7, 1)


def test_who_proposed_does_not_adopt_and_a_wrong_role_does_nothing(begin_op):
    proef = begin_op(HVB)
    add_contracten(proef, 1, date(2019, 8, 20))
    with proef.refuses("rol-niet-bevoegd", fout=GeenToegangError):
        propose(proef, procedure=HVB, wie=FINANCIEN)
    kenmerk = propose(proef, procedure=HVB, wie=JURIST)
    with proef.refuses("vier-ogen", fout=GeenToegangError):
        adopt(proef, kenmerk)
    contractwijzigingen.withdraw_wijziging(proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, "gaat niet door")
    with proef.refuses("wijziging-stand"):
        contractwijzigingen.withdraw_wijziging(proef.huis, proef.act_as(CONTRACTMANAGER), kenmerk, "nog eens")


def test_a_run_over_many_agreements_that_is_cut_off_goes_on_where_it_was(begin_op):
    proef = begin_op(HVB)
    nummers = add_contracten(proef, 6, date(2019, 8, 20))
    met_was = msgspec.structs.replace(
        WET, artikelen=(msgspec.structs.replace(WET.artikelen[0], was="binnen vijf werkdagen"),)
    )
    adopt(proef, propose(proef, met_was, HVB))
    proef.klok.set(proef.at(date(2019, 9, 2)))

    def stop(klaar: int, _: int) -> None:
        if klaar == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulkwerk.compose_alle(proef.huis, proef.act_as(CONTRACTMANAGER), HVB, stop)
    rest = bulkwerk.compose_alle(proef.huis, proef.act_as(CONTRACTMANAGER), HVB, lambda *_: None)
    assert (rest.gedaan, rest.niets, rest.apart) == (tuple(nummers[4:]), 4, ())
    nogmaals = bulkwerk.compose_alle(proef.huis, proef.act_as(CONTRACTMANAGER), HVB, lambda *_: None)
    assert (nogmaals.gedaan, nogmaals.niets) == ((), 6)
    with proef.huis.winkel.lezen() as sessie:
        for nummer in nummers:
            rij = overeenkomsten.find_overeenkomst(sessie, nummer)
            assert isinstance(rij, OvereenkomstRow)
            assert [een.nummer for een in addenda.list_addenda(sessie, rij)] == [f"{nummer}-A01"]


def test_an_agreement_of_before_the_system_needs_what_the_article_says_now(begin_op):
    proef = begin_op(HVB)
    nummers = add_contracten(proef, 2, date(2019, 8, 20))
    adopt(proef, propose(proef, procedure=HVB))
    proef.klok.set(proef.at(date(2019, 9, 2)))
    uit = bulkwerk.compose_alle(proef.huis, proef.act_as(CONTRACTMANAGER), HVB, lambda *_: None)
    assert uit.gedaan == ()
    assert [regel.split(":")[0] for regel in uit.apart] == nummers
    assert "artikel 6.4" in uit.apart[0]
