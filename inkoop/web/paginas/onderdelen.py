"""A jurist lays down what the parts of an agreement say; and where each article of a profile stands in ours.

Bron: H19-42, H19-53; domein B.7, C.17-C.20; D (contract samenstellen: jurist).
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.contractprofiel import NAMEN, OPDRACHT, PROFIELEN, Profielplek, find_label
from inkoop.domain.onderdelen import Onderdelenbestand
from inkoop.domain.overeenkomstdelen import Onderdeelsoort
from inkoop.domain.toegang import Handeling
from inkoop.domain.woorden import format_woord
from inkoop.services import onderdelen
from inkoop.services.gezien import Kijk
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import quote_pad, toon, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.onderdeelvormen import list_regels, make_velden, read_inhoud
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Uitslag, Vorm, process

router = APIRouter()
Jurist = Annotated[Bezoek, Depends(mag(Handeling.ONDERDEEL_VASTSTELLEN))]


def _vorm(zicht: onderdelen.Doelzicht, soort: Onderdeelsoort) -> Vorm:
    return Vorm(
        id=f"onderdeel-{soort}",
        actie=f"/onderdelen/{quote_pad(zicht.doel)}/{soort}",
        knop="Stel vast",
        velden=make_velden(soort, zicht.inhoud.get(soort)),
    )


def _look(doel: str, soort: Onderdeelsoort) -> Kijk:
    return onderdelen.look_onderdeel(doel, soort, lambda inhoud: list_regels(soort, inhoud))


@router.get("/onderdelen/{doel}")
def toon_onderdelen(bezoek: Jurist, doel: str) -> Response:
    """What holds for a procedure, or for one agreement, part by part."""
    return _toon(bezoek, doel, NIETS)


def _toon(bezoek: Bezoek, doel: str, uitslag: Uitslag) -> Response:
    zicht = onderdelen.read_doel(bezoek.huis, bezoek.door, doel)
    with lees(bezoek.huis, bezoek.door, Handeling.ONDERDEEL_VASTSTELLEN) as sessie:
        gezien = {soort: _look(doel, soort)(sessie) for soort in Onderdeelsoort}
    procedure = (zicht.titel, f"/procedures/{quote_pad(zicht.procedure)}")
    contract = (zicht.doel, f"/contracten/{quote_pad(zicht.doel)}")
    return toon_uitslag(
        bezoek,
        uitslag,
        "onderdelen.html",
        f"Onderdelen van de overeenkomst: {doel}",
        kruimels=(procedure,) if zicht.doel == zicht.procedure else (procedure, contract),
        zicht=zicht,
        delen=[
            (
                format_woord(soort),
                soort in zicht.eigen,
                soort in zicht.inhoud,
                uitslag.kies(_vorm(zicht, soort).met(gezien[soort])),
            )
            for soort in Onderdeelsoort
        ],
    )


@router.post("/onderdelen/{doel}/{soort}")
def stel_vast(bezoek: Jurist, doel: str, soort: str, ingevuld: Ingevuld) -> Response:
    """Lay one part down; a concept agreement takes it over, what was offered changes by addendum."""
    if soort not in set(Onderdeelsoort):
        raise NietTeVindenError
    deel = Onderdeelsoort(soort)
    zicht = onderdelen.read_doel(bezoek.huis, bezoek.door, doel)

    def doe(waarden: dict[str, Any]) -> None:
        bestand = Onderdelenbestand(**{deel.value: read_inhoud(deel, waarden)})  # type: ignore[arg-type]
        onderdelen.adopt_onderdelen(bezoek.huis, bezoek.na(ingevuld["gezien"], _look(doel, deel)), doel, bestand)

    uitslag = process(_vorm(zicht, deel), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon(bezoek, doel, uitslag)
    bezoek.kern.bijwerker.vraag()
    return RedirectResponse(f"/onderdelen/{quote_pad(doel)}", status_code=303)


@router.get("/profielen/{naam}")
def toon_profiel(bezoek: Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN))], naam: str) -> Response:
    """Where each article of a profile stands in a framework agreement and in a contract for a task."""
    profiel = PROFIELEN.get(naam)
    if profiel is None:
        raise NietTeVindenError
    return toon(
        bezoek,
        "profiel.html",
        profiel.titel,
        kruimels=(("Contracten", "/contracten"),),
        plekken=[
            (plek, _list_labels("raamovereenkomst", plek), _list_labels(OPDRACHT, plek)) for plek in profiel.plekken
        ],
    )


def _list_labels(soort: str, plek: Profielplek) -> str:
    namen = dict.fromkeys(NAMEN[thema] for thema in plek.themas if find_label(soort, thema))
    return ", ".join(namen) or "niet geregeld"
