"""For an aanbieder: its own applications, what it was sent, and taking an application back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.services import aanmeldingen, eigen
from inkoop.services.eigen import Eigenzicht
from inkoop.web.bladzijde import list_fouten, quote_pad, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.paginas.aanmeldingen import geef_bestand
from inkoop.web.toegang import mag

router = APIRouter()
Aanbieder = Annotated[Bezoek, Depends(mag(Handeling.EIGEN_AANMELDING_LEZEN))]


@router.get("/aanmelden")
def toon_eigen(bezoek: Aanbieder) -> Response:
    """One's own applications, and the rounds that are open."""
    return toon(
        bezoek,
        "eigen.html",
        "Mijn aanmeldingen",
        regels=eigen.list_eigen(bezoek.huis, bezoek.door),
        open_rondes=eigen.list_open(bezoek.huis, bezoek.door),
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
