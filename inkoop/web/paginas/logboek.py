"""The audit log: by object, person or act, and to take along."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.toegang import Handeling
from inkoop.services import logboek
from inkoop.services.logboek import BLADZIJDE, Logvraag
from inkoop.storage.auditregel import AuditRow
from inkoop.web.bladzijde import count_bladzijden, toon
from inkoop.web.kern import Bezoek
from inkoop.web.meegeven import geef_csv, geef_rekenblad
from inkoop.web.toegang import mag

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.AUDIT_LEZEN))]


@router.get("/logboek")
def toon_logboek(
    bezoek: Lezer, onderwerp: str = "", persoon: str = "", handeling: str = "", bladzijde: int = 1
) -> Response:
    """Rows of the log, the newest first, with a filter in the address."""
    bladzijde = max(bladzijde, 1)
    vraag = Logvraag(
        onderwerp=onderwerp.strip(), persoon=persoon.strip(), handeling=handeling, vanaf=(bladzijde - 1) * BLADZIJDE
    )
    rijen, totaal = logboek.read_logboek(bezoek.huis, bezoek.door, vraag)
    filters = {"onderwerp": onderwerp, "persoon": persoon, "handeling": handeling}
    return toon(
        bezoek,
        "logboek.html",
        "Logboek",
        rijen=rijen,
        totaal=totaal,
        bladzijde=bladzijde,
        bladzijden=count_bladzijden(totaal, BLADZIJDE),
        filters={naam: waarde for naam, waarde in filters.items() if waarde},
        onderwerp=onderwerp,
        persoon=persoon,
        handeling=handeling,
        handelingen=sorted(Handeling),
    )


@router.get("/logboek.csv")
def download_logboek(bezoek: Lezer, onderwerp: str = "", persoon: str = "", handeling: str = "") -> Response:
    """The rows that a filter leaves, with their hashes, as CSV."""
    vraag = Logvraag(onderwerp=onderwerp.strip(), persoon=persoon.strip(), handeling=handeling)
    rijen, _ = logboek.read_logboek(bezoek.huis, bezoek.door, vraag, aantal=None)
    return geef_csv("logboek", KOPPEN, map(_read_regel, rijen))


@router.get("/logboek.xlsx")
def download_rekenblad(bezoek: Lezer, onderwerp: str = "", persoon: str = "", handeling: str = "") -> Response:
    """The rows that a filter leaves, with their hashes, as a spreadsheet."""
    vraag = Logvraag(onderwerp=onderwerp.strip(), persoon=persoon.strip(), handeling=handeling)
    rijen, _ = logboek.read_logboek(bezoek.huis, bezoek.door, vraag, aantal=None)
    return geef_rekenblad("logboek", KOPPEN, map(_read_regel, rijen))


KOPPEN = ("volgnummer op werkelijk_op persoon rol handeling onderwerp van naar reden gegevens vorige_hash hash").split()


def _read_regel(rij: AuditRow) -> tuple[object, ...]:
    return (
        rij.volgnummer,
        rij.op.isoformat(),
        rij.werkelijk_op.isoformat(),
        *(rij.persoon, rij.rol, rij.handeling, rij.onderwerp, rij.van or "", rij.naar or "", rij.reden),
        json.dumps(rij.gegevens, ensure_ascii=False, sort_keys=True),
        *(rij.vorige_hash, rij.hash),
    )


Controleur = Annotated[Bezoek, Depends(mag(Handeling.AUDIT_CONTROLEREN))]


@router.get("/logboek/controle")
def toon_controle(bezoek: Controleur) -> Response:
    """Whether the log, the records and the files are whole: the last check since the start of the server."""
    stand = bezoek.kern.controle.stand
    antwoord = toon(
        bezoek, "controle.html", "Controle van het logboek", kruimels=(("Logboek", "/logboek"),), stand=stand
    )
    if stand is not None and stand.bezig:
        antwoord.headers["refresh"] = "3"
    return antwoord


@router.post("/logboek/controle")
def controleer(bezoek: Controleur) -> Response:
    """Begin a check; the page shows how it goes."""
    bezoek.kern.controle.begin(bezoek.huis, bezoek.door)
    return RedirectResponse("/logboek/controle", status_code=303)
