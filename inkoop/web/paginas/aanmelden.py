"""For an aanbieder: its own applications, what it was sent, and taking an application back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fouten import InkoopError
from inkoop.domain.kalender import TIJDZONE, format_dag
from inkoop.domain.toegang import Handeling
from inkoop.services import aanmeldingen, aanvullingen, concepten, eigen, kandidaat
from inkoop.services.eigen import Eigenzicht
from inkoop.web.bladzijde import list_fouten, quote_pad, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import geef_bestand
from inkoop.web.toegang import mag

router = APIRouter()
Aanbieder = Annotated[Bezoek, Depends(mag(Handeling.EIGEN_AANMELDING_LEZEN))]


@router.get("/aanmelden")
def toon_eigen(bezoek: Aanbieder) -> Response:
    """One's own applications, and the rounds that are open."""
    open_rondes = eigen.list_open(bezoek.huis, bezoek.door)
    return toon(
        bezoek,
        "eigen.html",
        "Mijn aanmeldingen",
        regels=eigen.list_eigen(bezoek.huis, bezoek.door),
        open_rondes=open_rondes,
        contracten=eigen.list_contracten(bezoek.huis, bezoek.door),
        begonnen=concepten.list_begonnen(bezoek.huis, bezoek.door, [ronde.ronde for ronde in open_rondes]),
    )


def _find(bezoek: Bezoek, kenmerk: str) -> Eigenzicht:
    zicht = eigen.find_eigen(bezoek.huis, bezoek.door, kenmerk)
    if zicht is None:
        raise NietTeVindenError
    return zicht


def _toon(bezoek: Bezoek, kenmerk: str, fouten: tuple[str, ...] = (), reden: str = "") -> Response:
    zicht = _find(bezoek, kenmerk)
    return toon(
        bezoek,
        "eigen_aanmelding.html",
        f"Aanmelding {kenmerk}",
        status=422 if fouten else 200,
        fouten=fouten,
        kruimels=(("Mijn aanmeldingen", "/aanmelden"),),
        zicht=zicht,
        regel=zicht.regel,
        ontvangst=concepten.find_ontvangst(bezoek.huis, bezoek.door, kenmerk),
        gevraagd=aanvullingen.is_gevraagd(bezoek.huis, bezoek.door, kenmerk),
        kandidaat=kandidaat.find_kandidaat(bezoek.huis, bezoek.door, kenmerk),
        tekenen=eigen.list_tekenen(bezoek.huis, bezoek.door, kenmerk),
        reden=reden,
    )


@router.get("/aanmelden/{kenmerk}")
def toon_aanmelding(bezoek: Aanbieder, kenmerk: str) -> Response:
    """One's own aanmelding: where it stands, what is asked, what was sent."""
    return _toon(bezoek, kenmerk)


@router.get("/aanmelden/{kenmerk}/document/{document}")
def open_document(bezoek: Aanbieder, kenmerk: str, document: str) -> Response:
    """A letter that was sent about one's own aanmelding."""
    gevonden = [d for d in _find(bezoek, kenmerk).documenten if d.kenmerk == document and d.pdf_sha256]
    if not gevonden:
        raise NietTeVindenError
    inhoud = bezoek.huis.winkel.documenten.read(gevonden[0].pdf_sha256 or "")
    return geef_bestand(inhoud, "application/pdf", f"{document}.pdf")


def _format_tijdstip(moment: datetime) -> str:
    """An instant to the second, as a receipt has it: it may be about one."""
    lokaal = moment.astimezone(TIJDZONE)
    return f"{format_dag(lokaal.date())}, {lokaal:%H:%M:%S} uur (UTC{lokaal:%z})"


@router.get("/aanmelden/{kenmerk}/ontvangst")
def toon_ontvangst(bezoek: Aanbieder, kenmerk: str) -> Response:
    """The receipt of an aanmelding that was handed in through these pages."""
    ontvangst = concepten.find_ontvangst(bezoek.huis, bezoek.door, kenmerk)
    if ontvangst is None:
        raise NietTeVindenError
    return toon(
        bezoek,
        "ontvangst.html",
        "Uw ontvangstbewijs",
        kruimels=(("Mijn aanmeldingen", "/aanmelden"),),
        ontvangst=ontvangst,
        tijdstip=_format_tijdstip(ontvangst.ontvangen_op),
    )


@router.get("/aanmelden/{kenmerk}/ontvangst.txt")
def download_ontvangst(bezoek: Aanbieder, kenmerk: str) -> Response:
    """The receipt as a file to keep: every hash can be checked against one's own copy."""
    ontvangst = concepten.find_ontvangst(bezoek.huis, bezoek.door, kenmerk)
    if ontvangst is None:
        raise NietTeVindenError
    regels = [
        f"Ontvangstbewijs van aanmelding {kenmerk}",
        f"Ronde: {ontvangst.ronde}",
        f"Ontvangen op: {_format_tijdstip(ontvangst.ontvangen_op)}",
        f"Ingediend door: {ontvangst.ingediend_door}",
        f"Controlegetal van de aanmelding (sha256): {ontvangst.ontvangsthash}",
        *(f"Komt in de plaats van: {vervangen}" for vervangen in ontvangst.vervangt),
        "",
        "Bestanden, elk met zijn controlegetal (sha256):",
        *(f"{sha256}  {naam}" for naam, sha256 in ontvangst.bestanden.items()),
        "",
        *(f"{naam} is opnieuw gebruikt: eerder ingeleverd bij {van}" for naam, van in ontvangst.hergebruikt.items()),
    ]
    return geef_bestand("\n".join(regels).encode(), "text/plain; charset=utf-8", f"ontvangst-{kenmerk}.txt")


@router.post("/aanmelden/{kenmerk}/intrekken")
def trek_in(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_INTREKKEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Take one's own aanmelding back, with a reason; it asks to be sure."""
    _find(bezoek, kenmerk)
    reden = ingevuld["reden"]
    if ingevuld["zeker"] != "ja" or not reden:
        return _toon(
            bezoek, kenmerk, ("Schrijf waarom u de aanmelding intrekt en vink aan dat u het zeker weet.",), reden
        )
    try:
        aanmeldingen.withdraw_aanmelding(bezoek.huis, bezoek.door, kenmerk, reden)
    except InkoopError as fout:
        return _toon(bezoek, kenmerk, list_fouten(fout), reden)
    return RedirectResponse(f"/aanmelden/{quote_pad(kenmerk)}", status_code=303)
