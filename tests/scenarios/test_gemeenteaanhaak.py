"""GA1-GA3 of F.2 in one year, from the request to the catalogue: three gemeenten, one set of running contracts.

How many providers there are makes no difference here (tests/services/test_aanhaken tells 92); that each of them is
told, and gets an addendum when the gemeente joins, does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import msgspec
import pytest

from inkoop.cli.demo.personen import CONTRACTMANAGER, INKOPER, JURIST
from inkoop.domain.gemeenteaanhaken import Aanhaakbesluit, Aanhaakhandeling
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.persoon import Rol
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Documentstatus, Overeenkomststatus
from inkoop.services import aanhaken, addenda, deelnames, documenten, openbaar, overeenkomsten, rondes
from inkoop.services.contractinlezen import import_contracten
from inkoop.services.taken import Taaksoort
from inkoop.storage.audit import check_keten
from inkoop.storage.tabellen.document import DocumentRow
from tests.documents.sjabloonproef import read
from tests.services.lopendecontracten import publish_rij
from tests.services.proefprocedure import begin_procedure
from tests.services.proefspel import Proef
from tests.services.test_aanhaken import HVB, ZAAK, decide, make_aanhaak
from tests.services.test_contractinlezen import GEWOON, make_tabel

pytestmark = pytest.mark.slow

AANTAL = 8
NUMMERS = [f"HVB-2019-{nummer:04d}" for nummer in range(1, AANTAL + 1)]
OUDJAAR = datetime(2019, 12, 31, 23, 59, 59, tzinfo=TIJDZONE)
NIEUWJAAR = datetime(2020, 1, 1, 0, 10, tzinfo=TIJDZONE)


@pytest.fixture(scope="module")
def proef(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proef]:
    """Contracts of before the system; what each gemeente did, on its day, and what was decided on 20 May."""
    proef = begin_procedure(tmp_path_factory.mktemp("gemeenten") / "winkel", HVB)
    proef.ronde = "H-2019"
    publish_rij(proef, date(2019, 3, 4))
    rijen = [
        {
            **GEWOON,
            "contractnummer": nummer,
            "naam": f"Aanbieder {plek}",
            "kvk": f"{90600000 + plek}",
            "producten": "1a; 2b",
        }
        for plek, nummer in enumerate(NUMMERS, start=1)
    ]
    import_contracten(proef.huis, proef.act_as(CONTRACTMANAGER), HVB, make_tabel(*rijen), voer_uit=True)
    proef.klok.set(proef.at(date(2019, 4, 1)))
    for naam in ("Vierlinden", "Ooldrecht", "Hoevelingen"):
        aanhaken.request_aanhaak(
            proef.huis, proef.act_as(INKOPER), HVB, make_aanhaak(naam), 2019, verzenden_op=date(2019, 4, 29)
        )
    aangesloten, conform = Aanhaakhandeling.AANGESLOTEN, Aanhaakhandeling.CONFORM
    for naam, soort, dag in (
        ("Vierlinden", aangesloten, date(2019, 4, 12)),
        ("Hoevelingen", aangesloten, date(2019, 4, 12)),
        ("Vierlinden", conform, date(2019, 4, 20)),
        ("Ooldrecht", conform, date(2019, 4, 20)),
        ("Hoevelingen", conform, date(2019, 4, 20)),
        ("Vierlinden", None, date(2019, 4, 29)),
        ("Ooldrecht", None, date(2019, 4, 29)),
        ("Hoevelingen", None, date(2019, 4, 29)),
        ("Ooldrecht", aangesloten, date(2019, 5, 1)),
    ):
        proef.klok.set(proef.at(dag))
        door = proef.act_as(INKOPER)
        if soort is not None:
            aanhaken.record_handeling(proef.huis, door, HVB, naam, 2019, soort, gedaan_op=dag, bewijs=ZAAK)
            continue
        wie = NUMMERS[1:] if naam == "Hoevelingen" else ()
        aanhaken.record_berichten(proef.huis, door, HVB, naam, 2019, wie, verzonden_op=dag, bewijs=ZAAK)
    proef.klok.set(proef.at(date(2019, 5, 20)))
    yield proef
    proef.huis.winkel.close()


def list_stukken(proef: Proef, soort: str) -> list[DocumentRow]:
    with proef.huis.winkel.lezen() as sessie:
        return [rij for rij in documenten.list_documenten(sessie) if rij.soort == soort]


def search(proef: Proef, op: datetime, gemeente: str) -> set[tuple[str, str]]:
    """Which provider offers which product in a gemeente, as the public catalogue says at an instant."""
    vraag = openbaar.Catalogusvraag(gemeente=gemeente)
    return {(r.aanbieder, r.product) for r in openbaar.search_catalogus(proef.huis, vraag, op, None).regels}


@pytest.mark.dekking("H19-45")
def test_who_was_late_or_forgot_a_provider_waits_a_year_with_every_reason_and_the_name(proef: Proef):
    with proef.refuses("aangesloten-te-laat"):
        decide(proef, "Ooldrecht", Aanhaakbesluit.TOEGETREDEN)
    with proef.refuses("bericht-ontbreekt"):
        decide(proef, "Hoevelingen", Aanhaakbesluit.TOEGETREDEN)
    with proef.huis.winkel.lezen() as sessie:
        standen = {n: aanhaken.read_stand(sessie, HVB, n, 2019) for n in ("Vierlinden", "Ooldrecht", "Hoevelingen")}
    assert {n: (s.ingelicht, s.aanbieders, s.uitkomst.tijdig) for n, s in standen.items()} == {
        "Vierlinden": (AANTAL, AANTAL, True),
        "Ooldrecht": (AANTAL, AANTAL, False),
        "Hoevelingen": (AANTAL - 1, AANTAL, False),
    }
    assert standen["Hoevelingen"].ontbreekt == {NUMMERS[0]: "Aanbieder 1"}
    for naam in ("Ooldrecht", "Hoevelingen"):
        assert decide(proef, naam, Aanhaakbesluit.NIET_TIJDIG) == date(2021, 1, 1)
    assert list_stukken(proef, "toetredingsbesluit") == []


@pytest.mark.dekking("H19-45", "H19-55")
def test_who_was_in_time_stands_in_an_addendum_on_every_contract_and_then_in_the_catalogue(proef: Proef):
    assert decide(proef, "Vierlinden", Aanhaakbesluit.TOEGETREDEN) == date(2020, 1, 1)
    (toetreding,) = list_stukken(proef, "toetredingsbesluit")
    gegevens: Any = documenten.decode_gegevens(toetreding)
    dagen = [date(2019, 4, 12), date(2019, 4, 20), date(2019, 4, 29)]
    assert [toets.voldaan_op for toets in gegevens.toetsen] == dagen
    assert f"({AANTAL} van {AANTAL} aanbieders)" in gegevens.toetsen[2].bewijs

    proef.tick(Fase.IMPLEMENTEREN, proef.at(date(2019, 9, 17)))
    stukken = list_stukken(proef, "addendum")
    assert [stuk.onderwerp for stuk in stukken] == [f"{nummer}-A01" for nummer in NUMMERS]
    for stuk in stukken:
        inhoud: Any = documenten.decode_gegevens(stuk)
        assert (inhoud.concept_uiterlijk, inhoud.tekenen_uiterlijk, inhoud.ingang) == (
            date(2019, 10, 1), date(2019, 12, 1), date(2020, 1, 1),
        )  # fmt: skip
        assert inhoud.gebied.reden == "Bij het gebied komt Vierlinden."
        assert {"Ooldrecht", "Hoevelingen"}.isdisjoint(inhoud.gebied.wordt)
    tekst = read("addendum", documenten.decode_gegevens(stukken[0]))
    assert "De gemeente Vierlinden, Markt 1" in tekst

    proef.perform_alle(Taaksoort.DOCUMENT_GOEDKEUREN)
    proef.tick(Fase.IMPLEMENTEREN)
    te_tekenen = [taak for taak in proef.list_taken(Taaksoort.TEKENEN) if not taak.onderwerp.startswith(NUMMERS[0])]
    # A gemeente brings a mandate of its own: until it is recorded nobody can sign on behalf of it.
    with proef.refuses("mandaat-gemeente"):
        proef.perform(next(taak for taak in te_tekenen if taak.rol == Rol.GEMANDATEERDE))
    mandaat = msgspec.structs.replace(
        proef.definitie.mandaten[0],
        id="vierlinden",
        namens=("Vierlinden",),
        geldig_van=date(2019, 9, 1),
        grondslag="het mandaatbesluit van Vierlinden van 27 augustus 2019",
    )
    deelnames.register_mandaat(proef.huis, proef.act_as(JURIST), HVB, mandaat)
    for taak in te_tekenen:
        proef.perform(taak)
    assert search(proef, OUDJAAR, "Vierlinden") == set()
    proef.tick(Fase.IMPLEMENTEREN, NIEUWJAAR)
    with proef.huis.winkel.lezen() as sessie:
        rij = rondes.find_ronde(sessie, proef.ronde)
        standen = {een.nummer: een.status for een in addenda.list_ronde(sessie, rij)}
        eerste = overeenkomsten.find_overeenkomst(sessie, NUMMERS[0])
    assert standen == {
        f"{nummer}-A01": Overeenkomststatus.VERVALLEN if nummer == NUMMERS[0] else Overeenkomststatus.ACTIEF
        for nummer in NUMMERS
    }
    assert eerste.status is Overeenkomststatus.ACTIEF
    # Vierlinden chose against 2b; who did not sign has no agreement with it.
    assert search(proef, NIEUWJAAR, "Vierlinden") == {(f"Aanbieder {n}", "1a") for n in range(2, AANTAL + 1)}
    assert search(proef, NIEUWJAAR, "Ooldrecht") == set()
    assert check_keten(proef.huis.winkel).fouten == ()


def test_the_letters_of_who_may_not_join_lapse(proef: Proef):
    """Letters that were told of in another way, or that nobody needs any more, do not go out."""
    assert {rij.status for rij in list_stukken(proef, "intentiebrief")} == {Documentstatus.VERVALLEN}
