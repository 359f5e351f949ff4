"""One's own settings: where mail goes and how often, and the address from which an agenda reads one's tasks."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.fouten import InkoopError
from inkoop.domain.post import Postkeuze
from inkoop.domain.toegang import Handeling
from inkoop.exchange.ics import render_ics
from inkoop.services import agendafeed, postadressen
from inkoop.web.bladzijde import list_fouten, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import geef_agenda
from inkoop.web.tempo import PER_ADRES
from inkoop.web.toegang import OPENBAAR, mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Insteller = Annotated[Bezoek, Depends(mag(Handeling.POSTADRES_INSTELLEN))]
Agendahouder = Annotated[Bezoek, Depends(mag(Handeling.AGENDA_INSTELLEN))]

KEUZES = (
    (Postkeuze.METEEN, "meteen, bij nieuw werk"),
    (Postkeuze.DAGOVERZICHT, "één overzicht per dag"),
    (Postkeuze.GEEN, "geen berichten"),
)


@router.get("/instellingen")
def toon_instellingen(bezoek: Insteller) -> Response:
    """What is set now, and the forms to change it."""
    return _toon(bezoek, NIETS)


def _toon(bezoek: Bezoek, uitslag: Uitslag, *, adres: str = "", melding: str = "") -> Response:
    return toon_uitslag(
        bezoek,
        uitslag,
        "instellingen.html",
        "Mijn instellingen",
        melding=melding,
        vorm=uitslag.kies(_vorm(bezoek)),
        gemaakt_op=agendafeed.find_gemaakt_op(bezoek.huis, bezoek.door),
        adres=adres,
    )


def _vorm(bezoek: Bezoek) -> Vorm:
    wie = bezoek.wie.persoon.id
    alle = postadressen.list_postadressen(bezoek.huis, bezoek.door)
    bekend = next((een for een in alle if een.persoon == wie), None)
    return Vorm(
        id="post",
        actie="/instellingen",
        knop="Bewaar",
        velden=(
            Veld(
                naam="adres",
                label="E-mailadres",
                waarde="" if bekend is None else bekend.adres,
                uitleg="Op dit adres krijgt u berichten over uw taken.",
                codes=("adres",),
            ),
            Veld(
                naam="keuze",
                label="Hoe vaak wilt u berichten",
                soort=Soort.KEUZE,
                opties=KEUZES,
                waarde=Postkeuze.METEEN if bekend is None else bekend.keuze,
            ),
        ),
    )


@router.post("/instellingen")
def stel_in(bezoek: Insteller, ingevuld: Ingevuld) -> Response:
    """Set one's own address and choice."""

    def doe(waarden: dict[str, Any]) -> None:
        postadressen.set_postadres(
            bezoek.huis,
            bezoek.door,
            bezoek.wie.persoon.id,
            adres=waarden["adres"],
            keuze=Postkeuze(waarden["keuze"]),
        )

    uitslag = process(_vorm(bezoek), ingevuld, doe)
    return _toon(bezoek, uitslag, melding="Uw instellingen zijn bewaard." if uitslag.gelukt else "")


@router.post("/instellingen/agenda")
def maak_agenda(bezoek: Agendahouder) -> Response:
    """A new address for one's agenda, shown once; the last one stops working."""
    sleutel = agendafeed.make_sleutel(bezoek.huis, bezoek.door)
    adres = f"{bezoek.huis.web_adres.rstrip('/')}/agenda/{sleutel}.ics"
    return _toon(bezoek, NIETS, adres=adres)


@router.post("/instellingen/agenda/intrekken")
def trek_agenda_in(bezoek: Agendahouder) -> Response:
    """Take one's own address for an agenda back."""
    try:
        agendafeed.revoke_sleutel(bezoek.huis, bezoek.door)
    except InkoopError as fout:
        return _toon(bezoek, Uitslag(gelukt=False, fouten=list_fouten(fout)))
    return RedirectResponse("/instellingen", status_code=303)


@router.get("/agenda/{sleutel}.ics")
def lees_agenda(bezoek: Annotated[Bezoek, Depends(OPENBAAR)], sleutel: str) -> Response:
    """The tasks of whoever has this secret; an address that is worth nothing says nothing, and guessing is slow."""
    regels = agendafeed.read_agenda(bezoek.huis, sleutel, bezoek.nu)
    if regels is None:
        adres = bezoek.request.client.host if bezoek.request.client else "onbekend"
        bezoek.kern.tempo.require(PER_ADRES, "agenda", adres)
        raise NietTeVindenError
    return geef_agenda(render_ics("taken", "Mijn taken", regels))
