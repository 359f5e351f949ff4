"""Whether this server can be used, for a load balancer: one word, and nothing about why (docs/beheer).

Bron: ontwerp 7, 8 (no details for who is not signed in).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse, Response

from inkoop.services.gezondheid import examine_gezondheid, is_bruikbaar
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import OPENBAAR

router = APIRouter()


@router.get("/gezond")
def toon_gezond(bezoek: Annotated[Bezoek, Depends(OPENBAAR)]) -> Response:
    """200 `goed`, 200 `aandacht` when an administrator must look, 503 `storing` when nobody can work."""
    punten = examine_gezondheid(bezoek.huis)
    if not is_bruikbaar(punten):
        stand, status = "storing", 503
    else:
        stand, status = ("goed" if all(punt.goed for punt in punten) else "aandacht"), 200
    return JSONResponse({"stand": stand}, status, {"cache-control": "no-store"})
