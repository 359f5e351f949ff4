"""Mijn taken: what waits for this person in this role, each with one clear action."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import RedirectResponse, Response

from inkoop.domain.persoon import Rol
from inkoop.services import takenlijst
from inkoop.services.taakregel import Taakregel
from inkoop.services.taken import Taaksoort
from inkoop.web.bladzijde import quote_pad, snijd, toon
from inkoop.web.kern import Bezoek
from inkoop.web.toegang import INGELOGD

router = APIRouter()

BLADZIJDE = 50

ACTIES: dict[str, tuple[str, str]] = {
    Taaksoort.STAP_VASTLEGGEN: ("Stap vastleggen", ""),
    Taaksoort.OPENING_VERZOEKEN: ("Opening vragen", "/rondes/{onderwerp}"),
    Taaksoort.RONDE_OPENEN: ("Ronde openen", "/rondes/{onderwerp}"),
    "belangen_verklaren": ("Verklaring afleggen", "/rondes/{onderwerp}/belangen"),
    Taaksoort.SAMENLOOP_BESLISSEN: ("Beslissen", "/rondes/{onderwerp}/samenloop"),
    Taaksoort.FEITEN_VASTSTELLEN: ("Feiten vaststellen", "/rondes/{onderwerp}/werk?soort=feiten"),
    Taaksoort.BEOORDELEN: ("Beoordelen", "/rondes/{onderwerp}/werk?soort=oordelen"),
    Taaksoort.HERSTEL_CONTROLEREN: ("Controleren", "/rondes/{onderwerp}/herstel"),
    Taaksoort.HERSTEL_VERZENDEN: ("Verzenden", "/rondes/{onderwerp}/herstel"),
    Taaksoort.BESLUITEN_CONTROLEREN: ("Controleren", "/rondes/{onderwerp}/besluiten"),
    Taaksoort.BESLUITEN_NEMEN: ("Besluiten nemen", "/rondes/{onderwerp}/besluiten"),
    Taaksoort.BESLUITEN_VERZENDEN: ("Verzenden", "/rondes/{onderwerp}/besluiten"),
    Taaksoort.DOCUMENT_GOEDKEUREN: ("Bekijken", "/documenten?onderwerp={onderwerp}&stand=te_controleren"),
    Taaksoort.DOCUMENT_VERZENDEN: ("Bekijken", "/documenten?onderwerp={onderwerp}&stand=te_verzenden"),
    Taaksoort.DOCUMENT_HERZIEN: ("Bekijken", "/documenten?onderwerp={onderwerp}&stand=retour"),
    Taaksoort.MELDING_AFHANDELEN: ("Bekijken", "/bewaking?over={onderwerp}"),
    Taaksoort.APART_GEZET: ("Bekijken", "/rondes/{onderwerp}"),
    Taaksoort.STORING_BESLISSEN: ("Beslissen", "/rondes/{onderwerp}/storingen"),
    Taaksoort.VERZENDING_BEWIJZEN: ("Bekijken", "/rondes/{onderwerp}/besluiten"),
    Taaksoort.VRAAG_BEANTWOORDEN: ("Beantwoorden", "/rondes/{onderwerp}/vragen?stand=ontvangen"),
    Taaksoort.NOTA_OPSTELLEN: ("Opstellen", "/rondes/{onderwerp}/vragen"),
    Taaksoort.NOTA_GOEDKEUREN: ("Bekijken", "/rondes/{onderwerp}/vragen"),
    Taaksoort.NOTA_PUBLICEREN: ("Publiceren", "/rondes/{onderwerp}/vragen"),
    Taaksoort.SCOREN: ("Scoren", "/rondes/{onderwerp}/selectie"),
    Taaksoort.SCORE_BESLECHTEN: ("Beslechten", "/rondes/{onderwerp}/selectie"),
    Taaksoort.LOTEN: ("Bekijken", "/rondes/{onderwerp}/selectie"),
    Taaksoort.DIALOOG_VOEREN: ("Bekijken", "/rondes/{onderwerp}/selectie"),
    Taaksoort.GUNNING_DEFINITIEF: ("Definitief maken", "/rondes/{onderwerp}/gunning"),
    Taaksoort.HANDTEKENING_CONTROLEREN: ("Bekijken", "/rondes/{onderwerp}/tekenen"),
    Taaksoort.IMPLEMENTEREN: ("Afvinken", "/rondes/{onderwerp}/implementatie"),
    Taaksoort.GESCHIL_AFHANDELEN: ("Afhandelen", "/rondes/{onderwerp}/plichten#geschillen"),
    Taaksoort.BESLUIT_HERZIEN: ("Herzien", "/rondes/{onderwerp}/plichten#heropend"),
    Taaksoort.GESTAND_VERLENGEN: ("Verlengen", "/rondes/{onderwerp}/plichten#gestand"),
    Taaksoort.AANKONDIGING_REGISTREREN: ("Registreren", "/rondes/{onderwerp}/plichten#aankondigingen"),
    Taaksoort.TEKENEN: ("Bekijken", "/rondes/{onderwerp}/tekenen"),
}
"""Per kind of task what the button says and where it leads."""


@router.get("/taken")
def toon_taken(bezoek: Annotated[Bezoek, Depends(INGELOGD)], bladzijde: int = 1) -> Response:
    """The list, a page at a time with what comes first on the first; an aanbieder has a page of its own."""
    if bezoek.wie.rol is Rol.AANBIEDER:
        return RedirectResponse("/aanmelden", status_code=303)
    taken = takenlijst.list_taken(bezoek.huis, bezoek.door)
    getoond, bladzijde, bladzijden = snijd(taken, bladzijde, BLADZIJDE)
    regels = [
        {"taak": taak, "actie": find_actie(taak), "dagen": takenlijst.count_dagen(taak.uiterlijk, bezoek.nu)}
        for taak in getoond
    ]
    return toon(
        bezoek,
        "taken.html",
        "Mijn taken",
        regels=regels,
        totaal=len(taken),
        bladzijde=bladzijde,
        bladzijden=bladzijden,
    )


def find_actie(taak: Taakregel) -> tuple[str, str]:
    """What the button of a task says and its address."""
    tekst, pad = ACTIES[taak.soort]
    if taak.soort == Taaksoort.STAP_VASTLEGGEN:
        pad = "/stappen/{onderwerp}/{deel}"
    return tekst, pad.format(onderwerp=quote_pad(taak.onderwerp), deel=quote_pad(taak.deel))
