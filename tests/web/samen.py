"""How each form of the application holds when two people are at the same page.

A route that is new must get a line here; a test compares with the routes there are, and another with the forms that
pages show (tests/web/test_samen, tests/web/test_wandeling).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Bescherming(StrEnum):
    """What keeps the second person from silently overwriting or repeating what the first one did."""

    GEZIEN = "the page carries a mark of what it showed, compared where it is written (services/gezien)"
    VERSIE = "the draft has a version that goes along (services/kladden)"
    HASH = "the exact text that was shown is named and compared"
    STAND = "a status, a key or 'once' in the service: the second is refused, and sees what was typed"
    EIGEN = "one's own: nobody else writes it (session, account, judgement, settings)"
    GELIJK = "asking twice gives the same once: work that is done is found done"
    LOS = "each stands by itself and takes the place of nothing"


G, V, S, E, W, L = (
    Bescherming.GEZIEN, Bescherming.VERSIE, Bescherming.STAND, Bescherming.EIGEN, Bescherming.GELIJK, Bescherming.LOS,
)  # fmt: skip

ROUTES: Mapping[str, Bescherming] = {
    "/aanmelden/{kenmerk}/aanvullen": V,
    "/aanmelden/{kenmerk}/intrekken": S,
    "/aanmelden/{kenmerk}/tekenen/{nummer}": S,
    "/aanmelden/{kenmerk}/tekenen/{nummer}/stuk": S,
    "/aanmelden/{kenmerk}/tekenen/{nummer}/weigering": S,
    "/aanmelden/{kenmerk}/terugtrekken": S,
    "/aanmelden/{kenmerk}/voorstel": G,
    "/aanmeldingen/{kenmerk}/dialoog": S,
    "/aanmeldingen/{kenmerk}/dialoog/{perceel}/{nummer}": S,
    "/aanmeldingen/{kenmerk}/feiten": S,
    "/aanmeldingen/{kenmerk}/oordelen/{punt}": S,
    "/aanmeldingen/{kenmerk}/scores/{stadium}/{perceel}/{criterium}": S,
    "/accounts": G,
    "/api/v1/flows/{flow}/runs": W,
    "/archief/lijsten": S,
    "/archief/lijsten/{kenmerk}/goedkeuren": S,
    "/archief/lijsten/{kenmerk}/intrekken": S,
    "/archief/lijsten/{kenmerk}/kopie-weg": S,
    "/archief/lijsten/{kenmerk}/overbrengen": S,
    "/archief/lijsten/{kenmerk}/vernietigen": S,
    "/archief/sloten": S,
    "/archief/sloten/{naam}/vrijgeven": S,
    "/bewaking/{kenmerk}/afhandelen": S,
    "/contracten/{nummer}/addendum": W,
    "/contracten/{nummer}/catalogustekst": Bescherming.HASH,
    "/contracten/{nummer}/implementatie/{punt}": G,
    "/contracten/{nummer}/kwartaal": S,
    "/contracten/{nummer}/maatregel": S,
    "/contracten/{nummer}/meting": S,
    "/contracten/{nummer}/stopsignalen": S,
    "/contracten/{nummer}/stopsignalen/{kenmerk}/afronden": S,
    "/contracten/{nummer}/stopsignalen/{kenmerk}/verwerkt": S,
    "/contracten/{nummer}/stuk": G,
    "/documenten/{kenmerk}/goedkeuren": S,
    "/documenten/{kenmerk}/opmerken": L,
    "/documenten/{kenmerk}/terugkomst": S,
    "/documenten/{kenmerk}/terugkomst/verwerk": S,
    "/documenten/{kenmerk}/terugkomst/{volg}": G,
    "/documenten/{kenmerk}/teruggeven": S,
    "/documenten/{kenmerk}/vaststellen": S,
    "/documenten/{kenmerk}/verzenden": S,
    "/documenten/{kenmerk}/voorleggen": S,
    "/inloggen": E,
    "/instellingen": E,
    "/instellingen/agenda": E,
    "/instellingen/agenda/intrekken": E,
    "/logboek/controle": W,
    "/maatregelen/{kenmerk}/besluit": S,
    "/maatregelen/{kenmerk}/intrekken": S,
    "/maatregelen/{kenmerk}/zienswijze": S,
    "/notas/{kenmerk}/goedkeuren": S,
    "/notas/{kenmerk}/intrekken": S,
    "/notas/{kenmerk}/publiceren": S,
    "/onderdelen/{doel}/{soort}": G,
    "/opgave/{ronde}/aanbod": V,
    "/opgave/{ronde}/eis/{criterium}": V,
    "/opgave/{ronde}/eis/{criterium}/{nummer}": V,
    "/opgave/{ronde}/indienen": V,
    "/opgave/{ronde}/partij/{id}": V,
    "/opgave/{ronde}/partij/{id}/weg": V,
    "/opgave/{ronde}/samenwerking": V,
    "/opgave/{ronde}/stuk/{nummer}/weg": V,
    "/opgave/{ronde}/vraag": L,
    "/opgave/{ronde}/weggooien": W,
    "/procedures/nieuw": S,
    "/procedures/{naam}/addenda/{jaar}/goedkeuren": W,
    "/procedures/{naam}/addenda/{jaar}/opstellen": W,
    "/procedures/{naam}/verlenging/{nummer}": S,
    "/procedures/{naam}/verlenging/{nummer}/brieven": G,
    "/procedures/{naam}/wijzigingen": G,
    "/procedures/{naam}/wijzigingen/bestand": G,
    "/rol": E,
    "/rondes/{kenmerk}/belangen": E,
    "/rondes/{kenmerk}/besluiten/controleren": G,
    "/rondes/{kenmerk}/besluiten/nemen": G,
    "/rondes/{kenmerk}/besluiten/verzenden": G,
    "/rondes/{kenmerk}/bijwerken": W,
    "/rondes/{kenmerk}/gunning": S,
    "/rondes/{kenmerk}/herstel/controleren": S,
    "/rondes/{kenmerk}/herstel/verzenden": S,
    "/rondes/{kenmerk}/implementatie": W,
    "/rondes/{kenmerk}/notas": S,
    "/rondes/{kenmerk}/openen": S,
    "/rondes/{kenmerk}/opening": S,
    "/rondes/{kenmerk}/plichten/aankondiging": S,
    "/rondes/{kenmerk}/plichten/geschil": G,
    "/rondes/{kenmerk}/plichten/geschil/{geschil}": S,
    "/rondes/{kenmerk}/plichten/geschil/{geschil}/hervatten": S,
    "/rondes/{kenmerk}/plichten/gestand": G,
    "/rondes/{kenmerk}/plichten/heropenen": S,
    "/rondes/{kenmerk}/plichten/herzien": S,
    "/rondes/{kenmerk}/samenloop": S,
    "/rondes/{kenmerk}/selectie/loting": S,
    "/rondes/{kenmerk}/storingen": G,
    "/rondes/{kenmerk}/storingen/{storing}/besluit": S,
    "/rondes/{kenmerk}/vragen": G,
    "/stappen/{onderwerp}/{stap}": S,
    "/tekenen/stuk/{kenmerk}": S,
    "/tekenen/{nummer}/afschrift": S,
    "/tekenen/{nummer}/bevoegd": G,
    "/tekenen/{nummer}/stuk": S,
    "/tekenen/{nummer}/weigering": S,
    "/terugkoppeling/{nummer}": L,
    "/tokens": E,
    "/tokens/{kenmerk}/intrekken": S,
    "/uitloggen": E,
    "/vragen/{kenmerk}/antwoord": G,
    "/vragen/{kenmerk}/terzijde": G,
    "/wijzigingen/{kenmerk}/goedkeuren": W,
    "/wijzigingen/{kenmerk}/intrekken": S,
    "/wijzigingen/{kenmerk}/opstellen": W,
    "/wijzigingen/{kenmerk}/vaststellen": S,
}
"""Every form, by its route."""
