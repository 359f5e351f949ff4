"""What people look up while they work: papers of a procedure in the making, earlier judgements, the texts of papers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from inkoop import bootstrap
from inkoop.domain.fouten import InkoopError
from inkoop.domain.toegang import Handeling
from inkoop.services import clausulekast, precedenten, procedures, voorzetten
from inkoop.services.drukkerij import share_drukkerij
from inkoop.services.huis import NietGevondenError
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import list_fouten, quote_pad, toon
from inkoop.web.feitnamen import write_kenmerk
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import WORD, geef_bestand
from inkoop.web.toegang import mag

router = APIRouter()
Stuklezer = Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_LEZEN))]
Oordeellezer = Annotated[Bezoek, Depends(mag(Handeling.OORDEEL_LEZEN))]
Opmerker = Annotated[Bezoek, Depends(mag(Handeling.DOCUMENT_OPMERKEN))]


@router.get("/procedures/{naam}/stukken")
def toon_stukken(bezoek: Stuklezer, naam: str) -> Response:
    """The papers that the procedure fills by itself, each with what is missing yet."""
    return _toon_stukken(bezoek, naam, ())


def _toon_stukken(bezoek: Bezoek, naam: str, fouten: tuple[str, ...]) -> Response:
    edities = bootstrap.load_procedure_edities(bezoek.huis, naam)
    titel = _find_titel(bezoek, naam)
    return toon(
        bezoek,
        "stukken.html",
        "Inkoopdocumenten in voorbereiding",
        status=409 if fouten else 200,
        fouten=fouten,
        kruimels=(("Procedures", "/procedures"), (titel, f"/procedures/{quote_pad(naam)}")),
        naam=naam,
        voorzetten=voorzetten.list_voorzetten(bezoek.huis, bezoek.door, naam, edities),
    )


def _find_titel(bezoek: Bezoek, naam: str) -> str:
    with lees(bezoek.huis, bezoek.door, Handeling.PROCEDURE_LEZEN) as sessie:
        return procedures.decode_definitie(procedures.find_procedure(sessie, naam)).titel


@router.get("/procedures/{naam}/stukken/{soort}.{vorm}")
def open_stuk(bezoek: Stuklezer, naam: str, soort: str, vorm: str) -> Response:
    """A draft as PDF or for Word; refused with every field that is missing."""
    if vorm not in {"pdf", "docx"}:
        raise NietTeVindenError
    edities = bootstrap.load_procedure_edities(bezoek.huis, naam)
    try:
        opdracht = voorzetten.order_voorzet(bezoek.huis, bezoek.door, naam, soort, edities)
        gemaakt = share_drukkerij().submit(opdracht).result()
    except NietGevondenError:
        raise
    except InkoopError as fout:
        return _toon_stukken(bezoek, naam, list_fouten(fout))
    inhoud, mediatype = (gemaakt.pdf, "application/pdf") if vorm == "pdf" else (gemaakt.docx, WORD)
    return geef_bestand(inhoud, mediatype, f"{naam}-{soort}.{vorm}")


@router.get("/procedures/{naam}/precedenten")
def toon_precedenten(bezoek: Oordeellezer, naam: str, criterium: str = "", oordeel: str = "", q: str = "") -> Response:
    """The earlier final judgements in a procedure: on what kind of evidence, yes or no, and why."""
    alle = precedenten.list_van_procedure(bezoek.huis, bezoek.door, naam)
    zoek = q.strip().casefold()
    gekozen = [
        (een, bewijs)
        for een, bewijs in ((een, sorted(filter(None, map(write_kenmerk, een.kenmerken)))) for een in alle)
        if (not criterium or een.criterium == criterium)
        and (oordeel not in {"ja", "nee"} or een.ja is (oordeel == "ja"))
        and (not zoek or zoek in " ".join([*een.redenen, *bewijs]).casefold())
    ]
    return toon(
        bezoek,
        "precedenten.html",
        "Eerdere oordelen",
        kruimels=(("Procedures", "/procedures"), (_find_titel(bezoek, naam), f"/procedures/{quote_pad(naam)}")),
        naam=naam,
        regels=sorted(gekozen, key=lambda paar: paar[0].op, reverse=True)[:200],
        totaal=len(gekozen),
        criteria=[("", "alle"), *((een, een) for een in sorted({een.criterium for een in alle}))],
        criterium=criterium,
        oordeel=oordeel,
        q=q,
    )


@router.get("/clausules")
def toon_clausules(bezoek: Opmerker, q: str = "") -> Response:
    """The texts that papers are made of: every kind with who checks it, and the passages that hold a word."""
    q = q.strip()[:100]
    return toon(
        bezoek,
        "clausules.html",
        "Clausules en sjablonen",
        q=q,
        soorten=clausulekast.list_kast(bezoek.huis, bezoek.door),
        gevonden=clausulekast.search_clausules(bezoek.huis, bezoek.door, q),
    )
