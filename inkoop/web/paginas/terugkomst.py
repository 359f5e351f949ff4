"""A Word file that came back: its changes beside what stood there, a decision on each, and a new version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.documents.docx.openen import MAX_BESTAND
from inkoop.documents.docx.redline import follow_wijzigingen
from inkoop.domain.toegang import Handeling
from inkoop.domain.verloop import Wijzigingsoordeel
from inkoop.services import herzien, stukkenlijst
from inkoop.services.documentboom import require_gemaakt
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import WORD, geef_bestand
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_LEZEN))]


def _pad(kenmerk: str, *deel: str) -> str:
    return "/".join(("/documenten", quote_pad(kenmerk), "terugkomst", *deel))


@router.get("/documenten/{kenmerk}/terugkomst")
def toon_terugkomst(bezoek: Lezer, kenmerk: str) -> Response:
    """The changes of the file that came back, each with what was decided; or room for the file."""
    return _toon(bezoek, kenmerk, NIETS)


def _toon(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.DOCUMENT_LEZEN) as sessie:
        rij = stukkenlijst.find_leesbaar(sessie, bezoek.door, kenmerk)
        wijzigingen = herzien.list_wijzigingen(sessie, kenmerk)
        opmerkingen = herzien.list_opmerkingen(sessie, kenmerk)
    bewerkbaar = rij.status in herzien.BEWERKBAAR
    beoordeelt = bewerkbaar and bezoek.mag(Handeling.DOCUMENT_WIJZIGING_BEOORDELEN)
    open_ = sum(een.oordeel is Wijzigingsoordeel.OPEN for een in wijzigingen)
    over = any(een.oordeel is Wijzigingsoordeel.OVERGENOMEN for een in wijzigingen)
    return toon_uitslag(
        bezoek,
        uitslag,
        "terugkomst.html",
        f"Terug uit Word: {kenmerk}",
        kruimels=(("Documenten", "/documenten"), (rij.titel, f"/documenten/{quote_pad(kenmerk)}")),
        rij=rij,
        regels=[
            (
                een,
                uitslag.kies(_vorm_oordeel(kenmerk, een.volg).met(herzien.describe_oordeel(een)))
                if beoordeelt
                else None,
            )
            for een in wijzigingen
        ],
        opmerkingen=opmerkingen,
        over_te_beslissen=open_,
        bestand=uitslag.kies(_vorm_bestand(kenmerk))
        if bewerkbaar and rij.docx_sha256 and not wijzigingen and bezoek.mag(Handeling.DOCUMENT_TERUGKOMST)
        else None,
        verwerk=_vorm_verwerk(kenmerk)
        if bewerkbaar and wijzigingen and over and not open_ and bezoek.mag(Handeling.DOCUMENT_OPSTELLEN)
        else None,
    )


def _vorm_bestand(kenmerk: str) -> Vorm:
    return Vorm(
        id="terug",
        actie=_pad(kenmerk),
        knop="Lees het bestand in",
        velden=(
            Veld(
                naam="bestand",
                label="Het Word-bestand dat terugkwam",
                soort=Soort.BESTAND,
                opties=[(".docx", "docx")],
                uitleg=f"Ten hoogste {MAX_BESTAND // 1024**2} MB. Ook wat in Word niet is bijgehouden, wordt gevonden.",
                codes=("docx", "status", "al-terug"),
            ),
        ),
    )


def _vorm_oordeel(kenmerk: str, volg: int) -> Vorm:
    return Vorm(
        id=f"oordeel-{volg}",
        actie=_pad(kenmerk, str(volg)),
        knop="Leg vast",
        knopsoort="secondary-action",
        velden=(
            Veld(
                naam="oordeel",
                label=f"Wat doet u met wijziging {volg}",
                soort=Soort.KEUZE,
                opties=((Wijzigingsoordeel.OVERGENOMEN, "overnemen"), (Wijzigingsoordeel.GEWEIGERD, "weigeren")),
                codes=("past-niet", "verwerkt"),
            ),
            Veld(naam="reden", label="Waarom", codes=("reden",)),
        ),
    )


def _vorm_verwerk(kenmerk: str) -> Vorm:
    return Vorm(id="verwerk", actie=_pad(kenmerk, "verwerk"), knop="Maak de nieuwe versie", velden=())


def _handel(
    bezoek: Bezoek, kenmerk: str, vorm: Vorm, ingevuld: Ingevuld, doe: Callable[[dict[str, Any]], object]
) -> Uitslag:
    """Do an act on a document that this person may read at all."""
    with lees(bezoek.huis, bezoek.door, Handeling.DOCUMENT_LEZEN) as sessie:
        stukkenlijst.find_leesbaar(sessie, bezoek.door, kenmerk)
    return process(vorm, ingevuld, doe)


@router.post("/documenten/{kenmerk}/terugkomst")
def lees_in(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_TERUGKOMST))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Take in a Word file that came back; every change becomes a point to decide on."""

    def doe(waarden: dict[str, Any]) -> None:
        bestand = waarden["bestand"]
        herzien.receive(bezoek.huis, bezoek.door, kenmerk, bestand.read(), bestand.naam)

    uitslag = _handel(bezoek, kenmerk, _vorm_bestand(kenmerk), ingevuld, doe)
    return RedirectResponse(_pad(kenmerk), status_code=303) if uitslag.gelukt else _toon(bezoek, kenmerk, uitslag)


@router.post("/documenten/{kenmerk}/terugkomst/verwerk")
def verwerk(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_OPSTELLEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Ask for a new version with what was taken over; it is made beside the page."""
    uitslag = _handel(
        bezoek, kenmerk, _vorm_verwerk(kenmerk), ingevuld, lambda _: herzien.process(bezoek.huis, bezoek.door, kenmerk)
    )
    if not uitslag.gelukt:
        return _toon(bezoek, kenmerk, uitslag)
    bezoek.kern.bijwerker.vraag()
    return RedirectResponse(f"/documenten/{quote_pad(str(uitslag.waarde))}", status_code=303)


@router.post("/documenten/{kenmerk}/terugkomst/{volg}")
def beoordeel(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_WIJZIGING_BEOORDELEN))],
    kenmerk: str,
    volg: str,
    ingevuld: Ingevuld,
) -> Response:
    """Take a change over or refuse it, with a reason."""
    if not (volg.isascii() and volg.isdecimal() and len(volg) < 6):
        raise NietTeVindenError
    nummer = int(volg)

    def doe(waarden: dict[str, Any]) -> None:
        oordeel = Wijzigingsoordeel(waarden["oordeel"])
        door = bezoek.na(ingevuld["gezien"], herzien.look_wijziging(kenmerk, nummer))
        herzien.judge(bezoek.huis, door, kenmerk, nummer, oordeel, waarden["reden"])

    uitslag = _handel(bezoek, kenmerk, _vorm_oordeel(kenmerk, nummer), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon(bezoek, kenmerk, uitslag)
    return RedirectResponse(f"{_pad(kenmerk)}#w{nummer}", status_code=303)


@router.get("/documenten/{kenmerk}/leesversie.docx")
def download_leesversie(bezoek: Lezer, kenmerk: str) -> Response:
    """The same text, in which Word tracks every change from the first letter on."""
    with lees(bezoek.huis, bezoek.door, Handeling.DOCUMENT_LEZEN) as sessie:
        rij = stukkenlijst.find_leesbaar(sessie, bezoek.door, kenmerk)
    docx, _ = require_gemaakt(rij)
    inhoud = follow_wijzigingen(bezoek.huis.winkel.documenten.read(docx))
    return geef_bestand(inhoud, WORD, f"{kenmerk}-leesversie.docx")
