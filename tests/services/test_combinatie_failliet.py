"""The penvoerder of an admitted combination goes bankrupt: what becomes of the combination, and of who was in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from inkoop.cli.demo.personen import BEOORDELAARS, GEMANDATEERDE, INKOPER, JURIST
from inkoop.domain.aanmelding import Aanmeldingsopgave, Bewijsstuk
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.dossier import Lidrol
from inkoop.domain.herziening import Herzieningsaanleiding, Intrekkingsgrond
from inkoop.domain.procedure import Fase
from inkoop.domain.verloop import Overeenkomststatus
from inkoop.services import (
    aanmeldingen,
    besluiten,
    documenten,
    feiten,
    herzieningen,
    indienen,
    opening,
    overeenkomsten,
    rondes,
    samenlopen,
)
from inkoop.services.taken import Taaksoort
from inkoop.storage.audit import check_keten
from tests.documents.sjabloonproef import read
from tests.services.kleineronde import KLEIN, SET, add_ronde, at, begin_ronde, make_bestand, make_klachten, make_opgave
from tests.services.proefspel import Proef

pytestmark = pytest.mark.slow

PENVOERDER, LID = "90000141", "90000142"
SLUITING = at("2020-03-31T12:00:00")
VOLGENDE = "K-2"


@pytest.fixture
def proef(tmp_path: Path) -> Iterator[Proef]:
    proef = begin_ronde(tmp_path / "winkel", SLUITING, kvks=(PENVOERDER, LID))
    yield proef
    proef.huis.winkel.close()


def make_combinatie() -> tuple[Aanmeldingsopgave, dict[str, bytes]]:
    """Two legal persons under one name, for two percelen; each with a klachtenregeling of its own."""
    opgave, bestanden = make_opgave(PENVOERDER, percelen=("1A", "1B"))
    (een,) = opgave.leden
    ander = msgspec.structs.replace(een, id="lid", rol=Lidrol.LID, naam="Anker Thuis B.V.", kvk=LID)
    feit = msgspec.structs.replace(make_klachten(date(2019, 5, 2)), id="lid.pdf#1", lid="lid", bewijs=("lid.pdf",))
    stuk = Bewijsstuk(bestand="lid.pdf", omschrijving="klachtenregeling", lid="lid", feiten=(feit,))
    return (
        msgspec.structs.replace(
            opgave,
            naam="Combinatie Samen",
            leden=(msgspec.structs.replace(een, rol=Lidrol.PENVOERDER, naam="Stichting Het Wilgenpad"), ander),
            bewijsstukken=(*opgave.bewijsstukken, stuk),
        ),
        {**bestanden, "lid.pdf": make_bestand("lid")},
    )


def admit(proef: Proef) -> str:
    """From receipt to the letter that admits, with an agreement that waits for signatures."""
    opgave, bestanden = make_combinatie()
    kenmerk = indienen.submit_aanmelding(
        proef.huis, proef.act_as(f"aanbieder-{PENVOERDER}"), ronde=KLEIN, opgave=opgave, bestanden=bestanden
    )
    open_ronde(proef, KLEIN, SLUITING)
    door = proef.act_as(BEOORDELAARS[0])
    vast = [
        feiten.Vaststelling(id=r.id, wijze=feiten.Vaststellingswijze.BEVESTIGD, reden="gelezen")
        for r in feiten.read_feiten(proef.huis, door, kenmerk)
    ]
    feiten.establish_feiten(proef.huis, door, kenmerk, vast)
    for dag in (22, 45):
        proef.klok.set(SLUITING + timedelta(days=dag))
        proef.tick(Fase.SELECTEREN)
        proef.tick(Fase.CONCRETISEREN)
    finish_besluiten(proef)
    proef.tick(Fase.CONCRETISEREN)
    proef.tick(Fase.CONTRACTEREN)
    return kenmerk


def open_ronde(proef: Proef, ronde: str, sluiting: Any) -> None:
    proef.ronde = ronde
    proef.klok.set(sluiting + timedelta(days=1))
    rondes.request_opening(proef.huis, proef.act_as(INKOPER), ronde)
    opening.open_ronde(proef.huis, proef.act_as(JURIST), ronde)
    proef.declare_belangen()


def finish_besluiten(proef: Proef) -> None:
    besluiten.check_besluiten(proef.huis, proef.act_as(JURIST), KLEIN)
    besluiten.take_besluiten(proef.huis, proef.act_as(GEMANDATEERDE), KLEIN)
    proef.tick(Fase.CONCRETISEREN)
    proef.perform_alle(Taaksoort.DOCUMENT_GOEDKEUREN)
    besluiten.send_besluiten(proef.huis, proef.act_as(INKOPER), KLEIN)


def test_the_whole_combination_is_out_on_every_perceel_and_its_other_member_can_apply_again(proef: Proef):
    kenmerk = admit(proef)
    with proef.huis.winkel.lezen() as sessie:
        overeenkomst = overeenkomsten.find_by_aanmelding(sessie, aanmeldingen.find_aanmelding(sessie, kenmerk))
    assert overeenkomst is not None
    failliet = Intrekkingsgrond(
        aanleiding=Herzieningsaanleiding.FAILLISSEMENT,
        bevinding="Stichting Het Wilgenpad is op 18 mei 2020 failliet verklaard.",
        regel="Een faillissement van een lid leidt tot intrekking van de toelating.",
        bron="leidraad 4.7",
        bewijs="Centraal Insolventieregister, 18 mei 2020",
        zienswijze_gevraagd_op=date(2020, 5, 18),
    )
    proef.klok.set(at("2020-06-01T23:00:00"))
    with proef.refuses("zienswijze-termijn"):
        herzieningen.withdraw_toelating(proef.huis, proef.act_as(INKOPER), kenmerk, failliet)
    proef.klok.set(at("2020-06-02T09:00:00"))
    assert herzieningen.withdraw_toelating(proef.huis, proef.act_as(INKOPER), kenmerk, failliet) == ("1A", "1B")
    finish_besluiten(proef)
    with proef.huis.winkel.lezen() as sessie:
        rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
        nieuw = besluiten.list_geldig(sessie, rij)
        stukken = {d.soort: d for d in documenten.list_documenten(sessie, onderwerp=kenmerk)}
        contract = overeenkomsten.find_overeenkomst(sessie, overeenkomst.contractnummer)
    assert {(b.perceel, b.soort, b.vervaldatum) for b in nieuw} == {
        (perceel, Besluitsoort.TOELATING_INGETROKKEN, date(2020, 6, 22)) for perceel in ("1A", "1B")
    }
    assert contract.status is Overeenkomststatus.VERVALLEN
    tekst = read("brief-toelating-ingetrokken", documenten.decode_gegevens(stukken["brief-toelating-ingetrokken"]))
    assert "geldt daarom voor alle leden: Stichting Het Wilgenpad en Anker Thuis B.V." in tekst
    assert "Een lid over wie hierboven niets staat, kan zich later opnieuw aanmelden" in tekst

    sluiting = at("2020-09-30T12:00:00")
    add_ronde(proef, VOLGENDE, sluiting, SET)
    proef.klok.set(sluiting - timedelta(days=1))
    opgave, bestanden = make_opgave(LID, percelen=("1A",))
    alleen = indienen.submit_aanmelding(
        proef.huis, proef.act_as(f"aanbieder-{LID}"), ronde=VOLGENDE, opgave=opgave, bestanden=bestanden
    )
    open_ronde(proef, VOLGENDE, sluiting)
    with proef.huis.winkel.lezen() as sessie:
        # What was withdrawn is no taking part any more: nobody has to choose between the two.
        assert samenlopen.list_open(sessie, rondes.find_ronde(sessie, VOLGENDE)) == []
        assert aanmeldingen.find_aanmelding(sessie, alleen).kvk == LID
    assert check_keten(proef.huis.winkel).fouten == ()
