"""For an aanbieder: answering a herstelverzoek or a condition with evidence, a question about a round, signing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.definitions.fout import DefinitieError
from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.exchange.celwaarde import write_waarde
from inkoop.services import aanvullingen, eigen, ondertekeningen, vragen, weigeringen
from inkoop.services.concepten import Conceptzicht
from inkoop.services.eigen import Tekenzicht
from inkoop.services.huis import NietGevondenError
from inkoop.services.tekenblad import Tekenaar as Bevoegde
from inkoop.storage.tabellen.overeenkomst import Partijsoort
from inkoop.web.bladzijde import list_fouten, quote_pad, toon
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import geef_bestand
from inkoop.web.opgavezicht import list_eisen, open_zicht, read_versie
from inkoop.web.paginas.opgave import toon_blad
from inkoop.web.tekenvormen import make_stukvorm, make_weigervorm, register
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Uitslag, Vorm, process

router = APIRouter()
Aanvuller = Annotated[Bezoek, Depends(mag(Handeling.EIGEN_AANMELDING_LEZEN))]
Tekenaar = Aanvuller
"""Only whom it is about opens these pages; whether it may sign or answer is asked by the service besides."""


def _open(bezoek: Bezoek, kenmerk: str) -> Conceptzicht:
    try:
        return aanvullingen.open_aanvulling(bezoek.huis, bezoek.door, kenmerk)
    except NietGevondenError as fout:
        raise NietTeVindenError from fout


def _toon_aanvulling(
    bezoek: Bezoek,
    zicht: Conceptzicht,
    fouten: tuple[str, ...] = (),
    toelichting: str = "",
    veldfouten: Mapping[str, str] | None = None,
) -> Response:
    assert zicht.gevraagd is not None
    eisen = {eis.criterium.id: eis for eis in list_eisen(zicht, None, None)}
    return toon_blad(
        bezoek,
        zicht,
        "aanvulling.html",
        f"Aanvullen: {zicht.plek.onderwerp}",
        fouten=fouten,
        veldfouten=veldfouten,
        gevraagd=zicht.gevraagd,
        punten=[(punt, eisen.get(punt.criterium)) for punt in zicht.gevraagd.punten],
        namen={lid["id"]: lid["naam"] for lid in zicht.concept.leden},
        toelichting=toelichting,
    )


@router.get("/aanmelden/{kenmerk}/aanvullen")
def toon_aanvulling(bezoek: Aanvuller, kenmerk: str) -> Response:
    """What is asked about one's own aanmelding, and how far the answer is."""
    return _toon_aanvulling(bezoek, _open(bezoek, kenmerk))


@router.post("/aanmelden/{kenmerk}/aanvullen")
def dien_aanvulling_in(bezoek: Aanvuller, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Hand the answer in: all of it at once."""
    zicht = _open(bezoek, kenmerk)
    toelichting = ingevuld["toelichting"]
    if ingevuld["zeker"] != "ja":
        veldfouten = {"zeker": "Vink aan dat dit uw hele antwoord is."}
        return _toon_aanvulling(bezoek, zicht, toelichting=toelichting, veldfouten=veldfouten)
    try:
        aanvullingen.submit_aanvulling(bezoek.huis, bezoek.door, zicht, read_versie(ingevuld), toelichting)
    except DefinitieError as fout:
        return _toon_aanvulling(bezoek, zicht, tuple(deel.tekst for deel in fout.fouten), toelichting)
    except InkoopError as fout:
        return _toon_aanvulling(bezoek, zicht, list_fouten(fout), toelichting)
    bezoek.kern.bijwerker.vraag(ronde=zicht.ronde.kenmerk, unit=kenmerk)
    return RedirectResponse(f"/aanmelden/{quote_pad(kenmerk)}", status_code=303)


@router.get("/opgave/{ronde}/vraag")
def toon_vraag(bezoek: Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_INDIENEN))], ronde: str) -> Response:
    """Room for a question about the documents of a round, and one's own earlier ones."""
    return _toon_vraag(bezoek, open_zicht(bezoek, ronde), {})


def _toon_vraag(
    bezoek: Bezoek,
    zicht: Conceptzicht,
    ingevuld: Mapping[str, str],
    veldfouten: Mapping[str, str] | None = None,
    fouten: tuple[str, ...] = (),
) -> Response:
    return toon_blad(
        bezoek,
        zicht,
        "opgave_vraag.html",
        "Stel een vraag over deze ronde",
        fouten=fouten,
        veldfouten=veldfouten,
        onderwerp=ingevuld.get("onderwerp", ""),
        tekst=ingevuld.get("tekst", ""),
        eerder=eigen.list_vragen(bezoek.huis, bezoek.door, zicht.ronde.kenmerk),
    )


@router.post("/opgave/{ronde}/vraag")
def stel_vraag(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.AANMELDING_INDIENEN))], ronde: str, ingevuld: Ingevuld
) -> Response:
    """Ask; the answer comes in a nota to everybody, without who asked."""
    zicht = open_zicht(bezoek, ronde)
    velden = {naam: ingevuld[naam] for naam in ("onderwerp", "tekst")}
    teksten = {"onderwerp": "Noem het document en de paragraaf.", "tekst": "Schrijf uw vraag op."}
    if leeg := {naam: teksten[naam] for naam, waarde in velden.items() if not waarde}:
        return _toon_vraag(bezoek, zicht, velden, leeg)
    van = zicht.concept.leden[0].get("naam") or bezoek.wie.persoon.naam
    try:
        vragen.ask_vraag(bezoek.huis, bezoek.door, ronde, van=van, onderwerp=velden["onderwerp"], tekst=velden["tekst"])
    except InkoopError as fout:
        return _toon_vraag(bezoek, zicht, velden, fouten=list_fouten(fout))
    return RedirectResponse(f"/opgave/{quote_pad(ronde)}/vraag", status_code=303)


def _find_tekenzicht(bezoek: Bezoek, kenmerk: str, nummer: str) -> Tekenzicht:
    for zicht in eigen.list_tekenen(bezoek.huis, bezoek.door, kenmerk):
        if zicht.nummer == nummer:
            return zicht
    raise NietTeVindenError


def _toon_tekenen(
    bezoek: Bezoek,
    kenmerk: str,
    zicht: Tekenzicht,
    ingevuld: Mapping[str, str],
    veldfouten: Mapping[str, str] | None = None,
    fouten: tuple[str, ...] = (),
    uitslag: Uitslag = NIETS,
) -> Response:
    """The page with its three forms: that it was signed, a signed copy, and (an addendum) that one refuses."""
    return toon(
        bezoek,
        "tekenen.html",
        f"{'Addendum' if zicht.is_addendum else 'Overeenkomst'} {zicht.nummer} tekenen",
        status=422 if fouten or veldfouten else uitslag.status,
        fouten=(*fouten, *uitslag.fouten),
        veldfouten={**(veldfouten or {}), **uitslag.veldfouten},
        veldnamen=uitslag.veldnamen,
        stuk=uitslag.kies(_vorm_stuk(kenmerk, zicht)) if zicht.tekenbevoegden else None,
        weigering=uitslag.kies(_vorm_weigering(kenmerk, zicht.nummer)) if zicht.is_addendum else None,
        kruimels=(
            ("Mijn aanmeldingen", "/aanmelden"),
            (f"Aanmelding {kenmerk}", f"/aanmelden/{quote_pad(kenmerk)}"),
        ),
        kenmerk=kenmerk,
        zicht=zicht,
        ingevuld=ingevuld,
    )


def _pad_tekenen(kenmerk: str, nummer: str, deel: str) -> str:
    return f"/aanmelden/{quote_pad(kenmerk)}/tekenen/{quote_pad(nummer)}/{deel}"


def _list_tekenaars(zicht: Tekenzicht) -> list[Bevoegde]:
    """Who can still sign for one's own side."""
    return [
        Bevoegde(
            partij=Partijsoort.AANBIEDER,
            naam=een.naam,
            functie=een.functie,
            namens=een.namens,
            gezamenlijk=een.gezamenlijk,
        )
        for een in zicht.tekenbevoegden
        if not een.getekend
    ]


def _vorm_stuk(kenmerk: str, zicht: Tekenzicht) -> Vorm:
    return make_stukvorm(_pad_tekenen(kenmerk, zicht.nummer, "stuk"), _list_tekenaars(zicht), gemeenten=False)


def _vorm_weigering(kenmerk: str, nummer: str) -> Vorm:
    return make_weigervorm(_pad_tekenen(kenmerk, nummer, "weigering"), wie=False)


@router.get("/aanmelden/{kenmerk}/tekenen/{nummer}")
def toon_tekenen(bezoek: Tekenaar, kenmerk: str, nummer: str) -> Response:
    """The agreement that waits for a signature, and who may set it."""
    return _toon_tekenen(bezoek, kenmerk, _find_tekenzicht(bezoek, kenmerk, nummer), {})


@router.get("/aanmelden/{kenmerk}/tekenen/{nummer}/bestand.pdf")
def open_overeenkomst(bezoek: Tekenaar, kenmerk: str, nummer: str) -> Response:
    """The text that is offered."""
    zicht = _find_tekenzicht(bezoek, kenmerk, nummer)
    inhoud = bezoek.huis.winkel.documenten.read(zicht.pdf_sha256)
    return geef_bestand(inhoud, "application/pdf", f"{nummer}.pdf")


@router.post("/aanmelden/{kenmerk}/tekenen/{nummer}")
def teken(bezoek: Tekenaar, kenmerk: str, nummer: str, ingevuld: Ingevuld) -> Response:
    """Record that one's own signatory signed exactly this text, after the question of authority."""
    zicht = _find_tekenzicht(bezoek, kenmerk, nummer)
    velden = {naam: ingevuld[naam] for naam in ("naam", "getekend_op", "bevoegd", "tekst")}
    veldfouten: dict[str, str] = {}
    wie = next((lid for lid in zicht.tekenbevoegden if lid.keuze == velden["naam"]), None)
    if wie is None:
        veldfouten["naam"] = "Kies wie heeft getekend."
    op = _read_dag(velden["getekend_op"])
    if op is None:
        veldfouten["getekend_op"] = "Vul de dag in waarop is getekend, bijvoorbeeld 31-03-2020."
    if velden["bevoegd"] != "ja":
        veldfouten["bevoegd"] = "Bevestig dat deze persoon op die dag mocht tekenen. Is dat niet zo, teken dan niet."
    if velden["tekst"] != "ja":
        veldfouten["tekst"] = "Bevestig dat deze tekst is getekend, zonder wijziging."
    if veldfouten or wie is None or op is None:
        return _toon_tekenen(bezoek, kenmerk, zicht, velden, veldfouten)
    try:
        ondertekeningen.register_ondertekening(
            bezoek.huis,
            bezoek.door,
            nummer,
            partij=Partijsoort.AANBIEDER,
            naam=wie.naam,
            functie=wie.functie,
            namens=wie.namens,
            getekend_op=op,
            document_sha256=zicht.pdf_sha256,
        )
    except InkoopError as fout:
        return _toon_tekenen(bezoek, kenmerk, zicht, velden, fouten=list_fouten(fout))
    return RedirectResponse(f"/aanmelden/{quote_pad(kenmerk)}", status_code=303)


@router.post("/aanmelden/{kenmerk}/tekenen/{nummer}/stuk")
def stuur_stuk_in(bezoek: Tekenaar, kenmerk: str, nummer: str, ingevuld: Ingevuld) -> Response:
    """Hand in a signed copy of exactly this text; a scan waits until somebody of the gemeenten has compared it."""
    zicht = _find_tekenzicht(bezoek, kenmerk, nummer)
    uitslag = process(
        _vorm_stuk(kenmerk, zicht), ingevuld, lambda w: register(bezoek, nummer, _list_tekenaars(zicht), w)
    )
    return _volg_tekenen(bezoek, kenmerk, zicht, uitslag)


@router.post("/aanmelden/{kenmerk}/tekenen/{nummer}/weigering")
def weiger_addendum(bezoek: Tekenaar, kenmerk: str, nummer: str, ingevuld: Ingevuld) -> Response:
    """Refuse an addendum on one's own agreement; the agreement goes on unchanged."""
    zicht = _find_tekenzicht(bezoek, kenmerk, nummer)
    uitslag = process(
        _vorm_weigering(kenmerk, nummer),
        ingevuld,
        lambda w: weigeringen.record_weigering(bezoek.huis, bezoek.door, nummer, partij=Partijsoort.AANBIEDER, **w),
    )
    return _volg_tekenen(bezoek, kenmerk, zicht, uitslag)


def _volg_tekenen(bezoek: Bezoek, kenmerk: str, zicht: Tekenzicht, uitslag: Uitslag) -> Response:
    if not uitslag.gelukt:
        return _toon_tekenen(bezoek, kenmerk, zicht, {}, uitslag=uitslag)
    return RedirectResponse(f"/aanmelden/{quote_pad(kenmerk)}", status_code=303)


def _read_dag(tekst: str) -> date | None:
    try:
        return date.fromisoformat(write_waarde(date, tekst))
    except ValueError:
        return None
