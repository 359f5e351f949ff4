"""Signing in and out, and going on in another role.

Bron: ontwerp 8.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.persoon import Persoon, Rol
from inkoop.services import accounts, websessies
from inkoop.services.websessies import DUUR
from inkoop.web.bladzijde import toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.tempo import PER_ADRES, PER_NAAM
from inkoop.web.toegang import INGELOGD, OPENBAAR, cookienaam

router = APIRouter()
Openbaar = Annotated[Bezoek, Depends(OPENBAAR)]
Ingelogd = Annotated[Bezoek, Depends(INGELOGD)]


GEHEIM = frozenset({"wachtwoord"})
"""Fields that no page ever gives back."""

BEWAARD = "bewaard:"
"""How the names of fields begin that were typed on another page, while somebody was signed out."""


def toon_inlogformulier(
    bezoek: Bezoek,
    *,
    terug: str = "",
    naam: str = "",
    fouten: tuple[str, ...] = (),
    verder: str = "",
    bewaard: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> Response:
    """The form to sign in. `bewaard` is what was typed on the page `verder`, and goes there afterwards."""
    waarden = {
        "terug": terug,
        "naam": naam,
        "verder": verder,
        "bewaard": bewaard,
        "keuzes": bezoek.kern.inloggen,
    }
    return toon(bezoek, "inloggen.html", "Inloggen", status=status, fouten=fouten, **waarden)


@router.get("/inloggen")
def toon_inloggen(bezoek: Openbaar, terug: str = "") -> Response:
    """The form to sign in."""
    return toon_inlogformulier(bezoek, terug=check_terug(terug))


@router.post("/inloggen")
def log_in(bezoek: Openbaar, ingevuld: Ingevuld) -> Response:
    """Sign in with name and password; always under a new token, so that no token from before gets rights."""
    tempo = bezoek.kern.tempo
    if not bezoek.kern.inloggen.lokale_accounts:
        fouten = ("Inloggen met een wachtwoord is hier uitgezet. Kies hieronder hoe u inlogt.",)
        return toon_inlogformulier(bezoek, fouten=fouten, status=403)
    naam, terug = ingevuld["naam"], check_terug(ingevuld["terug"])
    verder = check_terug(ingevuld["verder"])
    bewaard = [
        (sleutel.removeprefix(BEWAARD), waarde)
        for sleutel in ingevuld
        if sleutel.startswith(BEWAARD)
        for waarde in ingevuld.lijst(sleutel)
    ]
    adres = bezoek.request.client.host if bezoek.request.client else "onbekend"
    tempo.require(PER_ADRES, "inloggen", adres)
    tempo.require(PER_NAAM, "inloggen", naam)
    # Not stripped: a space may be part of a password.
    persoon = accounts.check_wachtwoord(bezoek.huis, naam, ingevuld.letterlijk("wachtwoord"))
    if persoon is None:
        fouten = ("De gebruikersnaam of het wachtwoord klopt niet. Controleer beide en probeer het opnieuw.",)
        return toon_inlogformulier(
            bezoek, terug=terug, naam=naam, fouten=fouten, verder=verder, bewaard=bewaard, status=422
        )
    tempo.forgive(PER_NAAM, "inloggen", naam)
    token, standaard = begin_sessie(bezoek, persoon)
    if verder and bewaard:
        pagina = toon(bezoek, "verder.html", "U bent weer ingelogd", verder=verder, bewaard=bewaard)
        return zet_cookie(pagina, bezoek, token)
    return zet_cookie(RedirectResponse(terug or standaard, status_code=303), bezoek, token)


def begin_sessie(bezoek: Bezoek, persoon: Persoon, bron: str | None = None) -> tuple[str, str]:
    """Sign somebody in under a new token and end the session this browser had; returns the token and the first page."""
    oud = bezoek.request.cookies.get(cookienaam(veilig=bezoek.kern.veilig), "")
    if oud:
        websessies.end(bezoek.huis, oud)
    rol = min(persoon.rollen, key=list(Rol).index)
    token = websessies.begin(bezoek.huis, persoon, rol, bezoek.kern.klok.read_echt(), bron)
    return token, "/aanmelden" if rol is Rol.AANBIEDER else "/taken"


@router.post("/uitloggen")
def log_uit(bezoek: Openbaar) -> Response:
    """Sign out; the session ends on the server as well. Who came through a source may sign out there too."""
    naam = cookienaam(veilig=bezoek.kern.veilig)
    bron = None if bezoek.ingelogde is None else bezoek.ingelogde.bron
    if token := bezoek.request.cookies.get(naam, ""):
        websessies.end(bezoek.huis, token)
    naar = f"/uitgelogd?bron={bron}" if bron in bezoek.kern.bronnen else "/"
    antwoord = RedirectResponse(naar, status_code=303)
    antwoord.delete_cookie(naam, path="/", secure=bezoek.kern.veilig, httponly=True, samesite="lax")
    return antwoord


@router.post("/rol")
def wissel_rol(bezoek: Ingelogd, ingevuld: Ingevuld) -> Response:
    """Go on in another of one's own roles."""
    oud = bezoek.request.cookies.get(cookienaam(veilig=bezoek.kern.veilig), "")
    gekozen = ingevuld["rol"]
    eigen = {str(rol): rol for rol in bezoek.wie.persoon.rollen}
    token = None
    if gekozen in eigen:
        token = websessies.switch_rol(bezoek.huis, oud, bezoek.wie, eigen[gekozen], bezoek.kern.klok.read_echt())
    antwoord = RedirectResponse("/taken", status_code=303)
    return antwoord if token is None else zet_cookie(antwoord, bezoek, token)


def zet_cookie(antwoord: Response, bezoek: Bezoek, token: str) -> Response:
    """Give the browser the token of its session."""
    antwoord.set_cookie(
        cookienaam(veilig=bezoek.kern.veilig),
        token,
        max_age=int(DUUR.total_seconds()),
        path="/",
        secure=bezoek.kern.veilig,
        httponly=True,
        samesite="lax",
    )
    return antwoord


def check_terug(terug: str) -> str:
    """A page of ours to go back to; empty for anything that a browser would read as another site."""
    veilig = terug.startswith("/") and not terug.startswith("//") and "\\" not in terug and terug.isprintable()
    return terug if veilig and not terug.startswith("/inloggen") else ""
