"""What came out of a played group, per aanmelding and perceel, from the records; and its documents.

Bron: ontwerp 9 (`resultaat.json`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlmodel import Session

from inkoop.cli.demo.spel import Spel
from inkoop.domain.besluit import Besluitsoort
from inkoop.domain.criteria.bevinding import Bevinding
from inkoop.domain.scenario import Scenario
from inkoop.domain.verloop import Besluitstatus
from inkoop.services import aanmeldingen, addenda, besluiten, bewijzen, documenten, overeenkomsten, toetsen
from inkoop.services.besluitbrieven import AFDOENINGEN
from inkoop.storage.tabellen.aanmelding import AanmeldingRow
from inkoop.storage.tabellen.document import DocumentRow


class Oogst:
    """Gathers the results of one played group and writes its files under `uitvoer`."""

    def __init__(self, spel: Spel, uitvoer: Path) -> None:
        self.spel = spel
        self.uitvoer = uitvoer
        self.map = uitvoer / spel.groep.naam

    def gather(self) -> list[dict[str, Any]]:
        """One entry per aanmelding and perceel; one for an aanmelding that was not assessed."""
        uitkomsten: list[dict[str, Any]] = []
        with self.spel.huis.winkel.lezen() as sessie:
            for kenmerk, scenario in sorted(self.spel.spel.zaken.items(), key=lambda paar: paar[1].zaak):
                rij = aanmeldingen.find_aanmelding(sessie, kenmerk)
                bewijs = self._write_bewijs(sessie, rij, scenario)
                paden = self._write_documenten(sessie, rij, scenario)
                uitkomsten += self._list_uitkomsten(sessie, rij, scenario, bewijs, paden)
            self._write_rondedocumenten(sessie)
        return uitkomsten

    def _list_uitkomsten(
        self, sessie: Session, rij: AanmeldingRow, scenario: Scenario, bewijs: dict[str, str], paden: list[str]
    ) -> list[dict[str, Any]]:
        vast = {"zaak": scenario.zaak, "variant": scenario.variant, "aanbieder": rij.naam, "documenten": paden}
        vast |= {"aanmelding": rij.kenmerk, "titel": scenario.titel}
        if rij.status in AFDOENINGEN:
            besluit = AFDOENINGEN[rij.status].value
            return [{**vast, "perceel": None, "producten": [], "besluit": besluit, "besluiten": [], "bevindingen": []}]
        toets = toetsen.find_laatste(sessie, rij)
        bevindingen = () if toets is None else toetsen.decode_resultaat(toets).bevindingen
        namen = {lid.id: lid.naam for lid in scenario.aanmelding.leden}
        return [
            {
                **vast,
                "perceel": perceel,
                **self._describe_besluit(sessie, rij, perceel),
                "bevindingen": [
                    _describe(bevinding, bewijs, namen)
                    for bevinding in bevindingen
                    if bevinding.perceel in (None, perceel)
                ],
            }
            for perceel in scenario.aanmelding.percelen
        ]

    def _describe_besluit(self, sessie: Session, rij: AanmeldingRow, perceel: str) -> dict[str, Any]:
        """The besluit that stands, and how it came about."""
        verloop = [b for b in besluiten.list_besluiten(sessie, rij) if b.perceel == perceel]
        laatste = next((b for b in reversed(verloop) if b.status is not Besluitstatus.VERVALLEN), None)
        if laatste is None:
            return {"besluit": None, "producten": [], "redenen": [], "besluiten": []}
        voorstel = besluiten.decode_voorstel(laatste)
        return {
            "besluit": Besluitsoort(laatste.soort).value,
            "producten": list(voorstel.producten),
            "redenen": [
                {
                    "criterium": reden.criterium,
                    "lid": reden.lid,
                    "product": reden.product,
                    "toelichting": reden.toelichting,
                }
                for reden in voorstel.redenen
            ],
            "besluiten": [
                {
                    "besluit": Besluitsoort(b.soort).value,
                    "kenmerk": b.kenmerk,
                    "genomen_op": None if b.genomen_op is None else b.genomen_op.date().isoformat(),
                    "vervaldatum": None if b.vervaldatum is None else b.vervaldatum.isoformat(),
                    "voorwaarde_tot": None if b.voorwaarde_tot is None else b.voorwaarde_tot.isoformat(),
                }
                for b in verloop
            ],
        }

    def _write_bewijs(self, sessie: Session, rij: AanmeldingRow, scenario: Scenario) -> dict[str, str]:
        """Copy the evidence out of the store; the path of each hash."""
        paden: dict[str, str] = {}
        for stuk in bewijzen.list_bewijsstukken(sessie, rij):
            pad = self.map / scenario.zaak / "bewijs" / f"{stuk.ontvangen_op:%Y%m%d}-{stuk.bestand}"
            pad.parent.mkdir(parents=True, exist_ok=True)
            pad.write_bytes(self.spel.huis.winkel.bewijs.read(stuk.sha256))
            paden[stuk.sha256] = self._relatief(pad)
        return paden

    def _write_documenten(self, sessie: Session, rij: AanmeldingRow, scenario: Scenario) -> list[str]:
        """Copy every document about an aanmelding and its agreement out of the store."""
        onderwerpen = [rij.kenmerk]
        if (overeenkomst := overeenkomsten.find_by_aanmelding(sessie, rij)) is not None:
            onderwerpen.append(overeenkomst.contractnummer)
            onderwerpen += [addendum.nummer for addendum in addenda.list_addenda(sessie, overeenkomst)]
        rijen = [d for onderwerp in onderwerpen for d in documenten.list_documenten(sessie, onderwerp=onderwerp)]
        return [pad for document in rijen for pad in self._write(document, self.map / scenario.zaak)]

    def _write_rondedocumenten(self, sessie: Session) -> None:
        """Copy what is about the procedure or the round as a whole."""
        for onderwerp in (self.spel.definitie.naam, self.spel.groep.ronde):
            for document in documenten.list_documenten(sessie, onderwerp=onderwerp):
                self._write(document, self.map / "ronde")

    def _write(self, document: DocumentRow, naar: Path) -> list[str]:
        naar.mkdir(parents=True, exist_ok=True)
        paden = []
        for sha256, soort in ((document.docx_sha256, "docx"), (document.pdf_sha256, "pdf")):
            if sha256 is not None:
                pad = naar / f"{document.soort}-{document.kenmerk}.{soort}"
                pad.write_bytes(self.spel.huis.winkel.documenten.read(sha256))
                paden.append(self._relatief(pad))
        return paden

    def _relatief(self, pad: Path) -> str:
        return pad.relative_to(self.uitvoer).as_posix()


def _describe(bevinding: Bevinding, bewijs: dict[str, str], namen: dict[str, str]) -> dict[str, Any]:
    """A finding in the form of the interface; `peildatum` is the last day on which was tested."""
    dagen = {moment.value: dag.isoformat() for moment, dag in bevinding.peildatums.items()}
    return {
        "criterium": bevinding.criterium,
        "lid": None if bevinding.lid is None else namen.get(bevinding.lid, bevinding.lid),
        "product": bevinding.product,
        "uitkomst": bevinding.uitkomst.value,
        "grond": bevinding.grond,
        "toelichting": bevinding.toelichting,
        "peildatum": max(dagen.values(), default=None),
        "peildatums": dagen,
        "bewijs": sorted(bewijs.get(sha256, sha256) for sha256 in bevinding.bewijs),
        "bron": bevinding.bron,
        "houdbaar_tot": None if bevinding.houdbaar_tot is None else bevinding.houdbaar_tot.isoformat(),
    }
