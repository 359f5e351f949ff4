"""Documents through the API: the list, what is known of one, and its files.

Bron: ontwerp 8, 9; FE-8.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from fastapi.responses import Response

from inkoop.domain.toegang import Handeling
from inkoop.services import stukkenlijst, vormen
from inkoop.services.rondes import lees
from inkoop.web.api.antwoord import (
    Aantal,
    Bladzijde,
    Na,
    answer,
    answer_met_merk,
    cut_bladzijde,
    gives,
    read_cursor,
    refuses,
)
from inkoop.web.api.toegang import lezen
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.meegeven import WORD, geef_bestand

router = APIRouter(prefix="/api/v1", tags=["Documenten"], responses=refuses(401, 403, 422, 429, 503))

Lezer = Annotated[Bezoek, Depends(lezen(Handeling.DOCUMENT_LEZEN))]
Kenmerk = Annotated[str, Path(description="Het kenmerk van het document.", max_length=200)]


@router.get(
    "/documenten",
    summary="Documenten",
    description="Documenten op kenmerk. Wat bij een aanmelding hoort, staat er pas na de opening van de ronde.",
    responses=gives(Bladzijde[vormen.Documentvorm], "Een bladzijde documenten."),
)
def geef_documenten(
    bezoek: Lezer,
    onderwerp: Annotated[
        str, Query(max_length=200, description="Het kenmerk van een procedure, ronde, aanmelding of document.")
    ] = "",
    soort: Annotated[str, Query(max_length=200, description="Alleen deze soort.")] = "",
    stand: Annotated[str, Query(max_length=50, description=f"Een van: {', '.join(stukkenlijst.STANDEN)}.")] = "",
    aantal: Aantal = 50,
    na: Na = "",
) -> Response:
    """A page of documents."""
    vraag = stukkenlijst.Stukvraag(onderwerp=onderwerp, soort=soort, stand=stand)
    rijen = stukkenlijst.list_na(bezoek.huis, bezoek.door, vraag, read_cursor(na), aantal + 1)
    regels = [vormen.describe_document(bezoek.huis, rij) for rij in rijen]
    return answer(bezoek, cut_bladzijde(regels, aantal, lambda regel: regel.kenmerk))


@router.get(
    "/documenten/{document}",
    summary="Een document",
    description="Wat over het document bekend is, met de hashes van zijn bestanden.",
    responses=gives(vormen.Documentvorm, "Het document.") | refuses(404, 409),
)
def geef_document(bezoek: Lezer, document: Kenmerk) -> Response:
    """One document."""
    with lees(bezoek.huis, bezoek.door, Handeling.DOCUMENT_LEZEN) as sessie:
        rij = stukkenlijst.find_leesbaar(sessie, bezoek.door, document)
    return answer(bezoek, vormen.describe_document(bezoek.huis, rij))


BESTAND: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Het bestand. De ETag is zijn hash.",
        "content": {
            "application/pdf": {"schema": {"type": "string", "format": "binary"}},
            WORD: {"schema": {"type": "string", "format": "binary"}},
        },
    }
}


@router.get(
    "/documenten/{document}/bestand/{soort}",
    summary="Het bestand van een document",
    description="Het document als pdf of als Word-bestand.",
    responses=BESTAND | refuses(404, 409),
)
def geef_documentbestand(
    bezoek: Lezer, document: Kenmerk, soort: Annotated[str, Path(description="pdf of docx.", max_length=10)]
) -> Response:
    """The file of a document."""
    with lees(bezoek.huis, bezoek.door, Handeling.DOCUMENT_LEZEN) as sessie:
        rij = stukkenlijst.find_leesbaar(sessie, bezoek.door, document)
    soorten = {"pdf": (rij.pdf_sha256, "application/pdf"), "docx": (rij.docx_sha256, WORD)}
    hash_, mediatype = soorten.get(soort, (None, ""))
    if hash_ is None:
        raise NietTeVindenError

    def geef() -> Response:
        inhoud = bezoek.huis.winkel.documenten.read(hash_)
        return geef_bestand(inhoud, mediatype, f"{document}.{soort}", bewaren=True)

    return answer_met_merk(bezoek, f'"{hash_}"', geef)
