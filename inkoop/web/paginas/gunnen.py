"""The award of a round with selection: each intention with what it waits for, and making it final."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.toegang import Handeling
from inkoop.services import gunningen, gunningsblad
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Uitslag, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.BESLUIT_LEZEN))]


@router.get("/rondes/{kenmerk}/gunning")
def toon_gunning(bezoek: Lezer, kenmerk: str) -> Response:
    """Every intention to award: its term, what holds it up, and whether it is final."""
    return _toon(bezoek, kenmerk, NIETS)


def _toon(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    blad = gunningsblad.read_blad(bezoek.huis, bezoek.door, kenmerk)
    return toon_uitslag(
        bezoek,
        uitslag,
        "gunning.html",
        f"Gunning in ronde {kenmerk}",
        kruimels=(
            (blad.titel, f"/procedures/{quote_pad(blad.procedure)}"),
            (f"Ronde {kenmerk}", f"/rondes/{quote_pad(kenmerk)}"),
        ),
        blad=blad,
        definitief=_vorm_definitief(kenmerk)
        if blad.is_iets_te_doen and bezoek.mag(Handeling.GUNNING_VASTSTELLEN)
        else None,
    )


def _vorm_definitief(kenmerk: str) -> Vorm:
    return Vorm(
        id="definitief",
        actie=f"/rondes/{quote_pad(kenmerk)}/gunning",
        knop="Maak definitief wat nu kan",
        velden=(),
    )


@router.post("/rondes/{kenmerk}/gunning")
def maak_definitief(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.GUNNING_VASTSTELLEN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Make every award final of which the term is over and nothing holds it up."""
    doe: Callable[[dict[str, Any]], object] = lambda _: gunningen.finalise_gunning(bezoek.huis, bezoek.door, kenmerk)  # noqa: E731
    uitslag = process(_vorm_definitief(kenmerk), ingevuld, doe)
    if not uitslag.gelukt:
        return _toon(bezoek, kenmerk, uitslag)
    bezoek.kern.bijwerker.vraag(ronde=kenmerk)
    return RedirectResponse(f"/rondes/{quote_pad(kenmerk)}/gunning", status_code=303)
