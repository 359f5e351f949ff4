"""Recording what a body decided on a step of a procedure or round."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fasen import STAPUITKOMSTEN
from inkoop.domain.fouten import InkoopError
from inkoop.domain.procedure import Proceduredefinitie, Stap
from inkoop.domain.toegang import Handeling
from inkoop.services import procedures, rondes
from inkoop.services.huis import NietGevondenError
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import list_fouten, quote_pad, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.toegang import mag

router = APIRouter()
Vastlegger = Annotated[Bezoek, Depends(mag(Handeling.STAP_VASTLEGGEN, Handeling.GO_BESLUIT_VASTLEGGEN))]


def _find(bezoek: Bezoek, onderwerp: str, stap: str) -> tuple[Proceduredefinitie, Stap, str]:
    """The definition, the step, and the round it is for (empty for a step of the procedure)."""
    with lees(bezoek.huis, bezoek.door, Handeling.PROCEDURE_LEZEN) as sessie:
        try:
            ronde = ""
            definitie = procedures.decode_definitie(procedures.find_procedure(sessie, onderwerp))
        except NietGevondenError:
            ronde = onderwerp
            definitie = procedures.read_definitie(sessie, rondes.find_ronde(sessie, onderwerp).procedure_id)
    for een in definitie.stappen:
        if een.id == stap:
            return definitie, een, ronde
    raise NietTeVindenError


def _toon(bezoek: Bezoek, onderwerp: str, stap: str, ingevuld: dict[str, str], fouten: tuple[str, ...]) -> Response:
    definitie, gevonden, ronde = _find(bezoek, onderwerp, stap)
    with lees(bezoek.huis, bezoek.door, Handeling.PROCEDURE_LEZEN) as sessie:
        rij = procedures.find_procedure(sessie, definitie.naam)
        gedaan = [s for s in procedures.list_standen(sessie, rij.id, ronde) if s.stap == stap]
    soort = STAPUITKOMSTEN[gevonden.soort]
    return toon(
        bezoek,
        "stap.html",
        gevonden.naam,
        status=422 if fouten else 200,
        fouten=fouten,
        kruimels=(("Procedures", "/procedures"), (definitie.titel, f"/procedures/{quote_pad(definitie.naam)}")),
        stap=gevonden,
        onderwerp=onderwerp,
        gedaan=gedaan,
        uitkomsten=[soort.door, *([soort.stop] if soort.stop else [])],
        ingevuld=ingevuld,
    )


@router.get("/stappen/{onderwerp}/{stap}")
def toon_stap(bezoek: Vastlegger, onderwerp: str, stap: str) -> Response:
    """The step with its checklist, what was recorded, and the form."""
    return _toon(bezoek, onderwerp, stap, {}, ())


@router.post("/stappen/{onderwerp}/{stap}")
def leg_vast(bezoek: Vastlegger, onderwerp: str, stap: str, ingevuld: Ingevuld) -> Response:
    """Record one body's outcome; what was typed stays when it is refused."""
    definitie, _, ronde = _find(bezoek, onderwerp, stap)
    try:
        procedures.record_stap(
            bezoek.huis,
            bezoek.door,
            definitie.naam,
            stap,
            orgaan=ingevuld["orgaan"],
            uitkomst=ingevuld["uitkomst"],
            grond=ingevuld["grond"],
            ronde=ronde,
        )
    except InkoopError as fout:
        velden = {naam: ingevuld[naam] for naam in ("orgaan", "uitkomst", "grond")}
        return _toon(bezoek, onderwerp, stap, velden, list_fouten(fout))
    doel = f"/rondes/{quote_pad(ronde)}" if ronde else f"/procedures/{quote_pad(definitie.naam)}"
    return RedirectResponse(doel, status_code=303)
