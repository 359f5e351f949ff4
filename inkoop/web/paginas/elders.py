"""Signing in through a source: leaving for it, coming back, and signing out there.

Leaving and coming back are links, not forms: our pages send forms to ourselves only, and a browser that comes from
another site sends no form of ours. What binds the way back to the browser that left is a cookie and a state, used once.

Bron: ontwerp 8; docs/adr/0026.
"""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.inlog import Identiteitsbron
from inkoop.exchange.oidc import InlogMislukteError, Oidc, Poging
from inkoop.services import inloggen
from inkoop.services.huis import systeem
from inkoop.services.inloggen import GELDIG, GeenInlogError
from inkoop.web.bladzijde import list_fouten, toon
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.paginas.inloggen import begin_sessie, check_terug, toon_inlogformulier, zet_cookie
from inkoop.web.tempo import PER_ADRES
from inkoop.web.toegang import OPENBAAR

router = APIRouter()
Openbaar = Annotated[Bezoek, Depends(OPENBAAR)]
LOG = logging.getLogger("inkoop.web")


def poging_cookie(*, veilig: bool) -> str:
    """The name of the cookie of who is on the way to a source."""
    return "__Host-inkoop_inlog" if veilig else "inkoop_inlog"


@router.get("/inloggen/bij/{bron}")
def ga_naar_bron(bezoek: Openbaar, bron: str, terug: str = "") -> Response:
    """Send the browser to a source, with a state, a nonce and a challenge that are made now."""
    gekozen, oidc = _find_bron(bezoek, bron)
    _tel(bezoek)
    echt = bezoek.kern.klok.read_echt()
    token, poging = inloggen.begin_poging(bezoek.huis, gekozen, check_terug(terug), echt)
    try:
        adres = oidc.make_adres(poging, _terugkeer(bezoek, bron), echt)
    except InlogMislukteError as fout:
        return _weiger(bezoek, bron, fout)
    antwoord = RedirectResponse(adres, status_code=303)
    antwoord.set_cookie(
        poging_cookie(veilig=bezoek.kern.veilig),
        token,
        max_age=int(GELDIG.total_seconds()),
        path="/",
        secure=bezoek.kern.veilig,
        httponly=True,
        samesite="lax",
    )
    return antwoord


@router.get("/inloggen/terug/{bron}")
def kom_terug(bezoek: Openbaar, bron: str) -> Response:
    """Take in who comes back from a source: only this browser, only once, only what the source signed."""
    gekozen, oidc = _find_bron(bezoek, bron)
    _tel(bezoek)
    echt = bezoek.kern.klok.read_echt()
    koekje = poging_cookie(veilig=bezoek.kern.veilig)
    onderweg = inloggen.take_poging(bezoek.huis, bron, bezoek.request.cookies.get(koekje, ""), echt)
    try:
        poging, terug = _require_poging(onderweg)
        claims = oidc.finish(poging, _read_vraag(bezoek), _terugkeer(bezoek, bron), echt)
        persoon = inloggen.find_persoon(bezoek.huis, systeem(bezoek.nu), gekozen, claims)
    except InlogMislukteError as fout:
        antwoord = _weiger(bezoek, bron, fout)
    except GeenInlogError as fout:
        LOG.warning("sign-in refused at source %s: %s", bron, ", ".join(b.code for b in fout.beletselen))
        antwoord = toon_inlogformulier(bezoek, fouten=list_fouten(fout), status=403)
    else:
        token, standaard = begin_sessie(bezoek, persoon, bron)
        antwoord = zet_cookie(RedirectResponse(terug or standaard, status_code=303), bezoek, token)
    antwoord.delete_cookie(koekje, path="/", secure=bezoek.kern.veilig, httponly=True, samesite="lax")
    return antwoord


@router.get("/uitgelogd")
def toon_uitgelogd(bezoek: Openbaar, bron: str = "") -> Response:
    """Signed out here; where to sign out at the source as well."""
    gekozen, adres = bezoek.kern.inloggen.find(bron), None
    if gekozen is not None:
        try:
            oidc = bezoek.kern.bronnen[bron]
            adres = oidc.find_uitlogadres(f"{bezoek.huis.web_adres}/", bezoek.kern.klok.read_echt())
        except InlogMislukteError as fout:
            LOG.warning("source %s does not say where to sign out: %s", bron, fout.reden)
    return toon(bezoek, "uitgelogd.html", "U bent uitgelogd", bron=gekozen, adres=adres)


def _find_bron(bezoek: Bezoek, id_: str) -> tuple[Identiteitsbron, Oidc]:
    bron = bezoek.kern.inloggen.find(id_)
    if bron is None:
        raise NietTeVindenError(f"source {id_} is not in the settings")
    return bron, bezoek.kern.bronnen[id_]


def _require_poging(onderweg: tuple[Poging, str] | None) -> tuple[Poging, str]:
    if onderweg is None:
        tekst = "Inloggen is niet gelukt. U was te lang weg, of u begon in een andere browser. Begin opnieuw."
        raise InlogMislukteError("geen poging", tekst)
    return onderweg


def _read_vraag(bezoek: Bezoek) -> dict[str, str]:
    """What came back in the address; a field that stands there twice could be read in two ways."""
    vraag = bezoek.request.query_params
    if len(vraag.multi_items()) != len(vraag.keys()):
        raise InlogMislukteError("dubbele velden")
    return dict(vraag)


def _terugkeer(bezoek: Bezoek, bron: str) -> str:
    """Our address for this source: one each, so that an answer of another source is seen. From the settings only."""
    return f"{bezoek.huis.web_adres}/inloggen/terug/{bron}"


def _tel(bezoek: Bezoek) -> None:
    adres = bezoek.request.client.host if bezoek.request.client else "onbekend"
    bezoek.kern.tempo.require(PER_ADRES, "bron", adres)


def _weiger(bezoek: Bezoek, bron: str, fout: InlogMislukteError) -> Response:
    """Nobody is signed in; the log says what was wrong, without what came along."""
    LOG.warning("sign-in failed at source %s: %s", bron, fout.reden)
    return toon_inlogformulier(bezoek, fouten=(str(fout),), status=403)
