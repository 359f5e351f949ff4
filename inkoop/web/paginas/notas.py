"""One nota van inlichtingen: what it answers and changes, approving it, publishing it, dropping it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop import bootstrap
from inkoop.domain.inlichtingen import Notastatus
from inkoop.domain.toegang import Handeling
from inkoop.services import notas, rondes
from inkoop.services.rondes import lees
from inkoop.web.bladzijde import quote_pad, toon_uitslag
from inkoop.web.formulier import Ingevuld
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import mag
from inkoop.web.vorm import NIETS, Uitslag, Veld, Vorm, process

router = APIRouter()
Lezer = Annotated[Bezoek, Depends(mag(Handeling.VRAAG_LEZEN))]
Opsteller = Annotated[Bezoek, Depends(mag(Handeling.NOTA_OPSTELLEN))]


@router.get("/notas/{kenmerk}")
def toon_nota(bezoek: Lezer, kenmerk: str) -> Response:
    """One nota: the questions with their answers, what it changes, and the one act that is next."""
    return _toon_nota(bezoek, kenmerk, NIETS)


def _toon_nota(bezoek: Bezoek, kenmerk: str, uitslag: Uitslag) -> Response:
    with lees(bezoek.huis, bezoek.door, Handeling.VRAAG_LEZEN) as sessie:
        rij = notas.find_nota(sessie, kenmerk)
        antwoorden = notas.list_antwoorden(sessie, rij)
        ronde = rondes.get_ronde(sessie, rij.ronde_id).kenmerk
    open_ = rij.status in (Notastatus.CONCEPT, Notastatus.AKKOORD)
    return toon_uitslag(
        bezoek,
        uitslag,
        "nota.html",
        f"Nota van inlichtingen {kenmerk}",
        kruimels=(
            (f"Ronde {ronde}", f"/rondes/{quote_pad(ronde)}"),
            ("Vragen en nota's", f"/rondes/{quote_pad(ronde)}/vragen"),
        ),
        rij=rij,
        antwoorden=antwoorden,
        wijzigingen=notas.read_wijzigingen(rij),
        mag_goedkeuren=rij.status is Notastatus.CONCEPT and bezoek.mag(Handeling.NOTA_GOEDKEUREN),
        mag_publiceren=rij.status is Notastatus.AKKOORD and bezoek.mag(Handeling.NOTA_PUBLICEREN),
        intrekken=uitslag.kies(_vorm_intrekken(kenmerk)) if open_ and bezoek.mag(Handeling.NOTA_OPSTELLEN) else None,
    )


def _vorm_intrekken(kenmerk: str) -> Vorm:
    return Vorm(
        id="intrekken",
        actie=f"/notas/{quote_pad(kenmerk)}/intrekken",
        knop="Trek de nota in",
        knopsoort="secondary-action",
        velden=(Veld(naam="reden", label="Waarom", uitleg="De vragen komen weer vrij."),),
    )


def _vorm_kaal(kenmerk: str, wat: str) -> Vorm:
    return Vorm(id=wat, actie=f"/notas/{quote_pad(kenmerk)}/{wat}", knop=wat.capitalize(), velden=())


def _handel_nota(
    bezoek: Bezoek, kenmerk: str, vorm: Vorm, ingevuld: Ingevuld, doe: Callable[[dict[str, Any]], None]
) -> Response:
    uitslag = process(vorm, ingevuld, doe)
    if not uitslag.gelukt:
        return _toon_nota(bezoek, kenmerk, uitslag)
    with lees(bezoek.huis, bezoek.door, Handeling.VRAAG_LEZEN) as sessie:
        rij = notas.find_nota(sessie, kenmerk)
        bezoek.kern.bijwerker.vraag(ronde=rondes.get_ronde(sessie, rij.ronde_id).kenmerk)
    return RedirectResponse(f"/notas/{quote_pad(kenmerk)}", status_code=303)


@router.post("/notas/{kenmerk}/goedkeuren")
def keur_goed(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.NOTA_GOEDKEUREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Approve a nota as jurist, as somebody else than who drafted it."""
    vorm = _vorm_kaal(kenmerk, "goedkeuren")
    return _handel_nota(
        bezoek, kenmerk, vorm, ingevuld, lambda _: notas.approve_nota(bezoek.huis, bezoek.door, kenmerk)
    )


@router.post("/notas/{kenmerk}/publiceren")
def publiceer(
    bezoek: Annotated[Bezoek, Depends(mag(Handeling.NOTA_PUBLICEREN))], kenmerk: str, ingevuld: Ingevuld
) -> Response:
    """Publish an approved nota; what it changes holds from now."""

    def doe(_: dict[str, Any]) -> None:
        notas.publish_nota(bezoek.huis, bezoek.door, kenmerk, bootstrap.load_nota_editie(bezoek.huis, kenmerk))

    return _handel_nota(bezoek, kenmerk, _vorm_kaal(kenmerk, "publiceren"), ingevuld, doe)


@router.post("/notas/{kenmerk}/intrekken")
def trek_in(bezoek: Opsteller, kenmerk: str, ingevuld: Ingevuld) -> Response:
    """Drop a nota that was not published."""

    def doe(waarden: dict[str, Any]) -> None:
        notas.drop_nota(bezoek.huis, bezoek.door, kenmerk, **waarden)

    return _handel_nota(bezoek, kenmerk, _vorm_intrekken(kenmerk), ingevuld, doe)
