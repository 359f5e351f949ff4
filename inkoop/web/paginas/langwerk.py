"""The line that says how far long work is; a page asks for it until it is done."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from inkoop.domain.toegang import Handeling
from inkoop.web.bladzijde import toon
from inkoop.web.kern import Bezoek, NietTeVindenError
from inkoop.web.toegang import mag

router = APIRouter()


@router.get("/werk/{sleutel}")
def toon_werk(bezoek: Annotated[Bezoek, Depends(mag(Handeling.OVEREENKOMST_LEZEN))], sleutel: str) -> Response:
    """How far a piece of work is; when it is done the page is asked to show what changed."""
    werk = bezoek.kern.langwerk.find(sleutel)
    if werk is None:
        raise NietTeVindenError
    antwoord = toon(bezoek, "deel_langwerk.html", "", werk=werk)
    if not werk.bezig:
        antwoord.headers["hx-refresh"] = "true"
    return antwoord
