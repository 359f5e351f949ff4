"""Tokens for programs that read the data or start flows: giving one out, seeing what there is, taking one back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fouten import InkoopError
from inkoop.domain.persoon import Rol
from inkoop.domain.toegang import Handeling
from inkoop.services import personen, tokens
from inkoop.services.huis import NietGevondenError
from inkoop.services.tokens import Bereik
from inkoop.web.bladzijde import list_fouten, quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, list_opties, process

router = APIRouter()
Uitgever = Annotated[Bezoek, Depends(mag(Handeling.TOKEN_UITGEVEN))]

BEREIKEN = ((Bereik.LEZEN, "gegevens lezen"), (Bereik.FLOWS, "flows starten"))


@router.get("/tokens")
def toon_tokens(bezoek: Uitgever) -> Response:
    """Every token that was given out, and the form for a new one."""
    return _toon(bezoek, NIETS)


def _toon(bezoek: Bezoek, uitslag: Uitslag, gemaakt: tuple[str, str] | None = None) -> Response:
    return toon_uitslag(
        bezoek,
        uitslag,
        "tokens.html",
        "Tokens",
        rijen=tokens.list_tokens(bezoek.huis, bezoek.door),
        vorm=uitslag.kies(_vorm(bezoek)),
        gemaakt=gemaakt,
    )


def _vorm(bezoek: Bezoek) -> Vorm:
    wie = [(een.id, f"{een.naam} ({een.id})") for een in personen.list_personen(bezoek.huis)]
    rollen = list_opties(rol for rol in Rol if rol is not Rol.SYSTEEM)
    return Vorm(
        id="token",
        actie="/tokens",
        knop="Geef het token uit",
        velden=(
            Veld(naam="wie", label="Namens wie werkt het programma", soort=Soort.LIJST, opties=wie),
            Veld(
                naam="rol",
                label="In welke rol",
                soort=Soort.LIJST,
                opties=rollen,
                verplicht=False,
                uitleg="Nodig bij wie meer rollen heeft.",
                codes=("rol",),
            ),
            Veld(naam="bereik", label="Waarvoor", soort=Soort.VINKJES, opties=BEREIKEN, codes=("bereik",)),
            Veld(naam="doel", label="Welk programma gebruikt het", codes=("doel",)),
            Veld(
                naam="dagen",
                label="Hoeveel dagen geldt het",
                soort=Soort.AANTAL,
                waarde=str(tokens.DAGEN),
                codes=("dagen",),
            ),
        ),
    )


@router.post("/tokens")
def geef_uit(bezoek: Uitgever, ingevuld: Ingevuld) -> Response:
    """Give a token out; it is shown on this answer and never again."""

    def doe(waarden: dict[str, Any]) -> tuple[str, str]:
        rol = Rol(waarden["rol"]) if waarden["rol"] else None
        bereik = {Bereik(een) for een in waarden["bereik"]}
        return tokens.issue(bezoek.huis, bezoek.door, waarden["wie"], rol, bereik, waarden["doel"], waarden["dagen"])

    uitslag = process(_vorm(bezoek), ingevuld, doe)
    return _toon(bezoek, uitslag, uitslag.waarde if uitslag.gelukt else None)


@router.post("/tokens/{kenmerk}/intrekken")
def trek_in(bezoek: Annotated[Bezoek, Depends(mag(Handeling.TOKEN_INTREKKEN))], kenmerk: str) -> Response:
    """Take a token back; it stops working at once."""
    try:
        tokens.revoke(bezoek.huis, bezoek.door, kenmerk)
    except NietGevondenError:
        raise
    except InkoopError as fout:
        return _toon(bezoek, Uitslag(gelukt=False, fouten=list_fouten(fout)))
    return RedirectResponse(f"/tokens#{quote_pad(kenmerk)}", status_code=303)
