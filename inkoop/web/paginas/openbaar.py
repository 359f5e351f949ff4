"""What everybody may see: open procedures with their days, the catalogue of providers, the accessibility statement."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response

from inkoop.domain.kalender import local_date
from inkoop.exchange.csvblad import write_csv
from inkoop.exchange.ics import render_ics
from inkoop.services import openbaar
from inkoop.services.openbaar import Catalogusregel, Catalogusvraag
from inkoop.web.bladzijde import count_bladzijden, toon
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import geef_bestand
from inkoop.web.toegang import OPENBAAR

router = APIRouter()
Bezoeker = Annotated[Bezoek, Depends(OPENBAAR)]

BLADZIJDE = 50


@router.get("/")
def toon_procedures(bezoek: Bezoeker) -> Response:
    """Published procedures: first what is open now, then what comes, then what has closed."""
    regels = openbaar.list_procedures(bezoek.huis, bezoek.nu)
    return toon(bezoek, "openbaar.html", "Procedures voor zorg en ondersteuning", regels=regels)


@router.get("/openbaar/{naam}")
def toon_procedure(bezoek: Bezoeker, naam: str) -> Response:
    """One published procedure: what is asked, for whom, when, and its public documents."""
    zicht = openbaar.find_procedure(bezoek.huis, naam)
    if zicht is None:
        raise NietTeVindenError
    return toon(
        bezoek,
        "openbaar_procedure.html",
        zicht.definitie.titel,
        kruimels=(("Procedures", "/"),),
        zicht=zicht,
        definitie=zicht.definitie,
        vandaag=local_date(bezoek.nu),
    )


@router.get("/openbaar/{naam}/agenda.ics")
def download_agenda(bezoek: Bezoeker, naam: str) -> Response:
    """The public days of a procedure: opening, closing and what follows for who applies."""
    zicht = openbaar.find_procedure(bezoek.huis, naam)
    if zicht is None:
        raise NietTeVindenError
    inhoud = render_ics(naam, zicht.definitie.titel, zicht.dagen)
    return Response(inhoud, media_type="text/calendar; charset=utf-8")


@router.get("/openbaar/{naam}/document/{kenmerk}")
def open_document(bezoek: Bezoeker, naam: str, kenmerk: str) -> Response:
    """A published document of a published procedure."""
    zicht = openbaar.find_procedure(bezoek.huis, naam)
    gevonden = [d for d in zicht.documenten if d.kenmerk == kenmerk and d.pdf_sha256] if zicht else []
    if not gevonden:
        raise NietTeVindenError
    inhoud = bezoek.huis.winkel.documenten.read(gevonden[0].pdf_sha256 or "")
    return geef_bestand(inhoud, "application/pdf", f"{kenmerk}.pdf")


def read_vraag(
    *, q: str = "", perceel: str = "", product: str = "", gemeente: str = "", specialisme: str = "", bladzijde: int = 1
) -> Catalogusvraag:
    """What a visitor looks for, from the address of the page."""
    return Catalogusvraag(
        zoek=q.strip()[:100],
        perceel=perceel,
        product=product,
        gemeente=gemeente,
        specialisme=specialisme.strip()[:100],
        vanaf=(max(bladzijde, 1) - 1) * BLADZIJDE,
    )


Vraag = Annotated[Catalogusvraag, Depends(read_vraag)]


@router.get("/catalogus")
def toon_catalogus(bezoek: Bezoeker, vraag: Vraag) -> Response:
    """Which providers have an agreement for which product, today."""
    uitkomst = openbaar.search_catalogus(bezoek.huis, vraag, bezoek.nu, BLADZIJDE)
    namen = ("perceel", "product", "gemeente", "specialisme")
    filters = {"q": vraag.zoek, **{naam: getattr(vraag, naam) for naam in namen}}
    return toon(
        bezoek,
        "catalogus.html",
        "Catalogus van aanbieders",
        regels=uitkomst.regels,
        totaal=uitkomst.totaal,
        keuzes=(
            ("gemeente", "Gemeente", uitkomst.gemeenten),
            ("perceel", "Perceel", uitkomst.percelen),
            ("product", "Product", uitkomst.producten),
        ),
        bladzijde=vraag.vanaf // BLADZIJDE + 1,
        bladzijden=count_bladzijden(uitkomst.totaal, BLADZIJDE),
        filters={naam: waarde for naam, waarde in filters.items() if waarde},
        gevraagd=vraag,
    )


@router.get("/catalogus.json")
def download_json(bezoek: Bezoeker, vraag: Vraag) -> Response:
    """The catalogue as data."""
    uitkomst = openbaar.search_catalogus(bezoek.huis, msgspec.structs.replace(vraag, vanaf=0), bezoek.nu, None)
    return JSONResponse([regel.as_dict() for regel in uitkomst.regels])


@router.get("/catalogus.csv")
def download_csv(bezoek: Bezoeker, vraag: Vraag) -> Response:
    """The catalogue for a spreadsheet."""
    uitkomst = openbaar.search_catalogus(bezoek.huis, msgspec.structs.replace(vraag, vanaf=0), bezoek.nu, None)
    return Response(
        write_csv(Catalogusregel.__struct_fields__, (regel.as_dict().values() for regel in uitkomst.regels)),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="catalogus.csv"'},
    )


@router.get("/toegankelijkheid")
def toon_toegankelijkheid(bezoek: Bezoeker) -> Response:
    """How far these pages meet WCAG 2.2 AA, and where to say that something does not work."""
    return toon(bezoek, "toegankelijkheid.html", "Toegankelijkheid")
