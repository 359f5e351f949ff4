"""Extensions of the agreements of a procedure: what was decided, the next decision, its letters."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.kalender import format_dag, local_date
from inkoop.domain.looptijd import Verlenging, Verlengingswijze, list_verlengingen
from inkoop.domain.mandaat import MANDAATCODES
from inkoop.domain.procedure import Proceduredefinitie
from inkoop.domain.toegang import Handeling
from inkoop.domain.verlengen import Verlengingskeuze, describe_stand, find_besluitdag, next_verlenging
from inkoop.services import procedures, verlengingen
from inkoop.services.rondes import lees
from inkoop.storage.tabellen.contractjaren import VerlengingsbesluitRow
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Soort, Uitslag, Veld, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.PROCEDURE_LEZEN))]
Besluiter = Annotated[Bezoek, Depends(mag(Handeling.VERLENGING_BESLUITEN))]
Briefmaker = Annotated[Bezoek, Depends(mag(Handeling.ADDENDUM_OPSTELLEN, en=(Handeling.DOCUMENT_OPSTELLEN,)))]


def _lees(bezoek: Bezoek, naam: str) -> tuple[Proceduredefinitie, list[VerlengingsbesluitRow]]:
    with lees(bezoek.huis, bezoek.door, Handeling.PROCEDURE_LEZEN) as sessie:
        rij = procedures.find_procedure(sessie, naam)
        return procedures.decode_definitie(rij), verlengingen.list_besluiten(sessie, rij)


@router.get("/procedures/{naam}/verlenging")
def toon_verlenging(bezoek: Lezer, naam: str) -> Response:
    """Every extension with its period, the last day to decide, and what was decided."""
    return _toon(bezoek, naam, NIETS)


def _toon(bezoek: Bezoek, naam: str, uitslag: Uitslag) -> Response:
    definitie, besloten = _lees(bezoek, naam)
    op = local_date(bezoek.nu)
    eerder = {rij.nummer: rij.keuze for rij in besloten}
    volgende = next_verlenging(definitie, eerder, op)
    gestopt = Verlengingskeuze.NIET_VERLENGEN in eerder.values()
    besluit = None
    if volgende is not None and not gestopt and bezoek.mag(Handeling.VERLENGING_BESLUITEN):
        besluit = uitslag.kies(_vorm_besluit(naam, definitie, volgende))
    laatste = max(eerder, default=0)
    return toon_uitslag(
        bezoek,
        uitslag,
        "verlenging.html",
        "Verlenging van de overeenkomsten",
        kruimels=((definitie.titel, f"/procedures/{quote_pad(naam)}"),),
        naam=naam,
        looptijd=definitie.looptijd,
        regels=[
            (een, describe_stand(definitie, een, eerder, op), find_besluitdag(definitie, een))
            for een in list_verlengingen(definitie.looptijd)
        ],
        besloten=besloten,
        volgende=volgende,
        besluit=besluit,
        brieven=uitslag.kies(_vorm_brieven(naam, laatste).met(bezoek.zie(verlengingen.look_brieven(naam, laatste))))
        if laatste and bezoek.mag(Handeling.ADDENDUM_OPSTELLEN) and bezoek.mag(Handeling.DOCUMENT_OPSTELLEN)
        else None,
    )


def _vorm_besluit(naam: str, definitie: Proceduredefinitie, verlenging: Verlenging) -> Vorm:
    """The decision on one extension; of a tacit one only that it does not happen."""
    optie = definitie.looptijd.verlenging == Verlengingswijze.OPTIE
    niet = (Verlengingskeuze.NIET_VERLENGEN, "niet verlengen: de overeenkomsten eindigen")
    wel = (Verlengingskeuze.VERLENGEN, f"verlengen tot en met {format_dag(verlenging.tot)}")
    return Vorm(
        id="besluit",
        actie=f"/procedures/{quote_pad(naam)}/verlenging/{verlenging.nummer}",
        knop="Leg het besluit vast",
        velden=(
            Veld(
                naam="keuze",
                label=f"Wat is er besloten over verlenging {verlenging.nummer}",
                soort=Soort.KEUZE,
                opties=(wel, niet) if optie else (niet,),
                codes=(
                    *("verlenging-geen", "verlenging-stilzwijgend", "verlenging-besloten", "verlenging-volgorde"),
                    *("verlenging-gestopt", "verlenging-te-laat", *MANDAATCODES),
                ),
            ),
            Veld(
                naam="tot",
                label="De nieuwe einddatum, zoals in het besluit",
                soort=Soort.DAG,
                verplicht=False,
                uitleg="Bij verlengen. Alleen precies de afgesproken periode kan.",
                codes=("verlenging-duur", "verlenging-onbekend"),
            ),
            Veld(
                naam="grond",
                label="Waar rust dit op",
                soort=Soort.VAK,
                uitleg="Het besluit met zijn datum, en het verslag waar het op steunt.",
                codes=("grond",),
            ),
            Veld(
                naam="clienten",
                label="Wat gebeurt er met cliënten",
                soort=Soort.VAK,
                verplicht=False,
                uitleg="Verplicht bij niet verlengen. Schrijf geen namen van mensen.",
                codes=("verlenging-clienten",),
            ),
            Veld(
                naam="overdracht_op",
                label="Wanneer is het overdrachtsplan er",
                soort=Soort.DAG,
                verplicht=False,
                uitleg="Verplicht bij niet verlengen.",
                codes=("verlenging-overdracht",),
            ),
            Veld(
                naam="verzenden_op",
                label="Op welke dag gaan de brieven uit",
                soort=Soort.DAG,
                verplicht=False,
                uitleg="Leeg: vandaag. Die dag staat op de brieven.",
                codes=("verzenden-voorbij", "verzenden-te-laat"),
            ),
        ),
    )


def _vorm_brieven(naam: str, nummer: int) -> Vorm:
    return Vorm(
        id="brieven",
        actie=f"/procedures/{quote_pad(naam)}/verlenging/{nummer}/brieven",
        knop="Maak de brieven opnieuw",
        knopsoort="secondary-action",
        velden=(
            Veld(
                naam="verzenden_op",
                label="Op welke dag gaan zij uit",
                soort=Soort.DAG,
                verplicht=False,
                uitleg="Leeg: vandaag. Alleen brieven die nog niet zijn verzonden.",
                codes=("verzenden-voorbij", "verzenden-te-laat"),
            ),
        ),
    )


@router.post("/procedures/{naam}/verlenging/{nummer}")
def besluit(bezoek: Besluiter, naam: str, nummer: int, ingevuld: Ingevuld) -> Response:
    """Decide on one extension for all agreements, under a mandate; each gets a letter."""
    definitie, _ = _lees(bezoek, naam)
    verlenging = next((een for een in list_verlengingen(definitie.looptijd) if een.nummer == nummer), None)
    if verlenging is None:
        raise NietTeVindenError

    def doe(waarden: dict[str, Any]) -> object:
        keuze = Verlengingskeuze(waarden.pop("keuze"))
        return verlengingen.decide_verlenging(bezoek.huis, bezoek.door, naam, nummer, keuze, **waarden)

    return _volg(bezoek, naam, process(_vorm_besluit(naam, definitie, verlenging), ingevuld, doe))


@router.post("/procedures/{naam}/verlenging/{nummer}/brieven")
def maak_brieven(bezoek: Briefmaker, naam: str, nummer: int, ingevuld: Ingevuld) -> Response:
    """Make letters that did not go out anew, for another day; a jurist approves them again."""
    door = bezoek.na(ingevuld["gezien"], verlengingen.look_brieven(naam, nummer))

    def doe(waarden: dict[str, Any]) -> object:
        dag = waarden["verzenden_op"] or local_date(bezoek.nu)
        return verlengingen.renew_brieven(bezoek.huis, door, naam, nummer, dag)

    return _volg(bezoek, naam, process(_vorm_brieven(naam, nummer), ingevuld, doe))


def _volg(bezoek: Bezoek, naam: str, uitslag: Uitslag) -> Response:
    if not uitslag.gelukt:
        return _toon(bezoek, naam, uitslag)
    bezoek.kern.bijwerker.vraag()
    return RedirectResponse(f"/procedures/{quote_pad(naam)}/verlenging", status_code=303)
