"""What a decision letter says of evidence that nobody could read, and of an answer on each point by itself."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
import pytest

from inkoop.cli.demo.personen import BEOORDELAARS, INKOPER
from inkoop.documents.gegevens import Reden
from inkoop.domain.aanmelding import Aanvulling
from inkoop.domain.criteria.dossier import Aanleiding, Documentfeit
from inkoop.domain.kalender import TIJDZONE
from inkoop.domain.procedure import Fase
from inkoop.services import aanmeldingen, besluiten, feiten, herstel, toetsen
from inkoop.services.brieven import motivering
from inkoop.services.brieven.blokken import load_zaak
from inkoop.services.feiten import Vaststelling
from inkoop.services.taken import Taaksoort
from tests.services.conftest import Begin
from tests.services.proefspel import Proef

pytestmark = pytest.mark.slow

VAAG = ("klachtenregeling.pdf", "belastingverklaring.pdf")
SCAN = "De scan is te licht om de datum te lezen."


@pytest.fixture
def proef(begin: Begin) -> Proef:
    """M1 with two documents on which the beoordelaar could not read what is needed, and its request for repair sent."""
    proef = begin("feiten_vaststellen")
    kenmerk = proef.find("M1")
    regels = feiten.read_feiten(proef.huis, proef.act_as(BEOORDELAARS[0]), kenmerk)
    vaag = {r.id for r in regels if isinstance(r.feit, Documentfeit) and r.bestand in VAAG}
    assert len(vaag) == 2
    feiten.establish_feiten(
        proef.huis,
        proef.act_as(BEOORDELAARS[0]),
        kenmerk,
        [
            Vaststelling(
                id=regel.id,
                wijze=feiten.ONDUIDELIJK if regel.id in vaag else feiten.Vaststellingswijze.BEVESTIGD,
                reden=SCAN if regel.id in vaag else "gelezen op pagina 1",
            )
            for regel in regels
        ],
    )
    for _ in range(4):
        proef.tick(Fase.SELECTEREN)
        for taak in proef.list_taken(Taaksoort.BEOORDELEN, Taaksoort.HERSTEL_CONTROLEREN):
            if taak.onderwerp == kenmerk and taak in proef.list_taken(taak.soort):
                proef.perform(taak)
    proef.klok.set(proef.at(date(2020, 4, 7)))
    herstel.send_herstelverzoek(proef.huis, proef.act_as(INKOPER), kenmerk)
    return proef


def answer(proef: Proef, op: datetime) -> None:
    """M1 sends its regeling again, written after the closing, and nothing about the belastingverklaring."""
    kenmerk = proef.find("M1")
    (eerder,) = [s for s in proef.zaken[kenmerk].aanmelding.bewijsstukken if s.bestand == "klachtenregeling.pdf"]
    (feit,) = eerder.feiten
    stuk = msgspec.structs.replace(
        eerder, bestand="regeling-nieuw.pdf", feiten=(msgspec.structs.replace(feit, datum=date(2020, 4, 10)),)
    )
    aanvulling = Aanvulling(aanleiding=Aanleiding.HERSTEL, ontvangen_op=op, bewijsstukken=(stuk,))
    proef.receive(kenmerk, aanvulling)
    nieuw = [r for r in feiten.read_feiten(proef.huis, proef.act_as(BEOORDELAARS[0]), kenmerk) if r.wijze is None]
    feiten.establish_feiten(
        proef.huis,
        proef.act_as(BEOORDELAARS[0]),
        kenmerk,
        [Vaststelling(id=r.id, wijze=feiten.Vaststellingswijze.BEVESTIGD, reden="gelezen") for r in nieuw if r.tijdig],
    )


def decide(proef: Proef) -> dict[str, Reden]:
    """The reasons in the letter on M1, by criterium, once the term for repair is over."""
    proef.tick(Fase.SELECTEREN, proef.at(date(2020, 4, 22)))
    proef.tick(Fase.SELECTEREN)
    proef.tick(Fase.CONCRETISEREN)
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, proef.find("M1"))
        voorstellen = [besluiten.decode_voorstel(b) for b in besluiten.list_besluiten(sessie, rij)]
        zaak = load_zaak(sessie, proef.huis.feestdagen, rij)
        redenen = motivering.redenen(zaak, toetsen.read_basis(sessie, rij).editie, voorstellen)
    return {reden.criterium: reden for reden in redenen}


def test_what_could_not_be_read_is_named_as_that_and_not_as_a_shortcoming(proef: Proef):
    redenen = decide(proef)
    assert set(redenen) == {"U-04", "M-06"}
    for criterium, bestand in (("M-06", "klachtenregeling.pdf"), ("U-04", "belastingverklaring.pdf")):
        (punt,) = redenen[criterium].onduidelijk
        assert (punt.bestand, punt.waarom) == (bestand, SCAN.rstrip("."))
        assert redenen[criterium].herstel_antwoord_op is None
        assert not redenen[criterium].herstel_zonder_stuk


def test_each_point_of_repair_has_its_own_day_of_answer(proef: Proef):
    answer(proef, datetime(2020, 4, 16, 10, tzinfo=TIJDZONE))
    redenen = decide(proef)
    assert redenen["M-06"].herstel_antwoord_op == date(2020, 4, 16)
    assert (redenen["U-04"].herstel_antwoord_op, redenen["U-04"].herstel_zonder_stuk) == (None, True)


def test_an_answer_after_the_term_is_said_to_be_late_and_is_no_answer(proef: Proef):
    answer(proef, datetime(2020, 4, 22, 0, 0, 0, tzinfo=TIJDZONE))
    redenen = decide(proef)
    assert (redenen["M-06"].herstel_antwoord_op, redenen["M-06"].herstel_te_laat_op) == (None, date(2020, 4, 22))
