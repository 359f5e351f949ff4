"""Transfer of an approved list to the archive: made beside the page, taken along, its copy taken away."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse, RedirectResponse, Response

from inkoop.domain.archief import Lijstsoort
from inkoop.domain.toegang import Handeling
from inkoop.services import archieflijsten, overbrengkopie
from inkoop.services.bulkwerk import Bulkuitkomst, Voortgang
from inkoop.services.rondes import lees
from inkoop.web.archiefvormen import make_overbrengvorm, make_wegvorm
from inkoop.web.bladzijde import quote_pad
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.omhulsel import CSP_BESTAND
from inkoop.web.paginas.archief import toon_lijstblad
from inkoop.web.toegang import mag
from inkoop.web.vorm import Uitslag, process

router = APIRouter()
Uitvoerder = Annotated[Bezoek, Depends(mag(Handeling.ARCHIEFLIJST_UITVOEREN))]


@router.post("/archief/lijsten/{kenmerk}/overbrengen")
def breng_over(bezoek: Uitvoerder, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Make the file for the archive beside the page; the list is registered as carried out with its hash."""

    def doe(_: dict[str, Any]) -> None:
        with lees(bezoek.huis, bezoek.door, Handeling.ARCHIEF_LEZEN) as sessie:
            rij = archieflijsten.find_lijst(sessie, kenmerk)
        archieflijsten.require_uitvoerbaar(rij, Lijstsoort.OVERBRENGING)
        huis, door = bezoek.huis, bezoek.door

        def werk(_: Voortgang) -> Bulkuitkomst:
            overbrengkopie.export_naar_kopie(huis, door, kenmerk)
            return Bulkuitkomst(gedaan=(kenmerk,), niets=0, apart=())

        terug = f"/archief/lijsten/{quote_pad(kenmerk)}"
        bezoek.kern.langwerk.begin(f"lijst:{kenmerk}", "Het bestand voor het archief maken", terug, door, werk)

    return _volg(bezoek, kenmerk, process(make_overbrengvorm(kenmerk), ingevuld, doe))


@router.get("/archief/lijsten/{kenmerk}/overbrenging.zip")
def download_overbrenging(bezoek: Uitvoerder, kenmerk: str) -> Response:
    """The file for the archive, sent from disk: it may be large."""
    pad = overbrengkopie.read_kopie(bezoek.huis, bezoek.door, kenmerk)
    return FileResponse(
        pad,
        media_type="application/zip",
        filename=f"{kenmerk}.zip",
        headers={"content-security-policy": CSP_BESTAND},
    )


@router.post("/archief/lijsten/{kenmerk}/kopie-weg")
def haal_kopie_weg(bezoek: Uitvoerder, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Take the copy away once the archive has it."""
    uitslag = process(
        make_wegvorm(kenmerk),
        ingevuld,
        lambda _: overbrengkopie.drop_kopie(bezoek.huis, bezoek.door, kenmerk),
    )
    return _volg(bezoek, kenmerk, uitslag)


def _volg(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    if not uitslag.gelukt:
        return toon_lijstblad(bezoek, kenmerk, uitslag)
    return RedirectResponse(f"/archief/lijsten/{quote_pad(kenmerk)}", status_code=303)
