"""Asking for the tick of a fase: the same check and the same refusals for command line and API.

Bron: ontwerp 2.1, 9.
"""

from __future__ import annotations

from collections.abc import Sequence

from inkoop.domain.fouten import Beletsel, BeletselenError, InkoopError
from inkoop.domain.procedure import Fase
from inkoop.domain.toegang import Handeling, require_toegang
from inkoop.services import aandrijving, procedures, rondes
from inkoop.services.aandrijving import Tik
from inkoop.services.huis import Huis, Optreden

KLOKFLOWS = {"instroom": "procedure", "addendumcyclus": "procedure", "bewaking": "", "verzoening": ""}
"""The flows that run by the clock, each with what it is about; empty = everything in the store."""

UITLEG: dict[str, str] = {
    Fase.VOORBEREIDEN: "Brengt een procedure naar publiceren zodra alle stappen van de voorbereiding klaar zijn.",
    Fase.PUBLICEREN: "Legt de criteria vast, maakt de rondes en de publicatietekst zodra alle stappen klaar zijn.",
    Fase.SELECTEREN: "Toetst de aanmeldingen van een ronde en zet herstelverzoeken klaar; beslist niets.",
    Fase.CONCRETISEREN: "Zet besluiten klaar, volgt voorwaarden op en maakt de brieven; mensen besluiten.",
    Fase.CONTRACTEREN: "Stelt overeenkomsten op voor wie is toegelaten en biedt ze aan om te tekenen.",
    Fase.IMPLEMENTEREN: "Laat overeenkomsten en addenda ingaan en stelt addenda op voor het volgende jaar.",
    "instroom": "Zegt waar elke ronde van een procedure staat, en doet wat de instroomkalender die dag vraagt.",
    "addendumcyclus": "Zegt waar de jaarlijkse addenda van een procedure staan, en doet wat die dag nodig is.",
    "bewaking": "Meldt wat te laat is of bijna, en voor wie; doet de dagelijkse tik van elke ronde.",
    "verzoening": "Doet alles wat volgens de gegevens aan de beurt is, ook wat is blijven liggen.",
}
"""What each flow does, without loading it: that takes seconds."""


class OnbekendeStroomError(InkoopError):
    """A flow that does not exist, or is not installed."""


class FlowGeweigerdError(InkoopError):
    """A flow cannot be started, for more reasons than one."""

    def __init__(self, flow: str, redenen: Sequence[InkoopError]) -> None:
        self.redenen = tuple(redenen)
        super().__init__("\n".join([f"De flow {flow} kan niet starten.", *(str(reden) for reden in redenen)]))


def describe_stroom(naam: str) -> str:
    """One sentence about a flow."""
    return UITLEG[naam]


def name_onderwerp(naam: str) -> str:
    """The parameter that says what a flow is about: a procedure, a round, or empty for everything."""
    if naam in KLOKFLOWS:
        return KLOKFLOWS[naam]
    return "procedure" if Fase(naam) in (Fase.VOORBEREIDEN, Fase.PUBLICEREN) else "ronde"


def check_start(
    huis: Huis, door: Optreden, flow: str, procedure: str | None, ronde: str | None, *, keuze: str = "--"
) -> str:
    """What the flow is about, for somebody who may start it now; a refusal says every reason and is kept.

    `keuze` is what stands before the name of a choice where people make it: an option of a command, or a field.
    """
    redenen: list[InkoopError] = []
    onderwerp = procedure or ronde or ""
    try:
        require_toegang(door.persoon, door.rol, Handeling.FLOW_STARTEN)
    except InkoopError as fout:
        redenen.append(fout)
    try:
        onderwerp = _choose_onderwerp(flow, procedure, ronde, keuze)
        _require_onderwerp(huis, name_onderwerp(flow), onderwerp)
        if flow in KLOKFLOWS:
            aandrijving.check_klokstart(huis, flow, onderwerp)
        else:
            aandrijving.check_start(huis, Fase(flow), onderwerp)
    except InkoopError as fout:
        redenen.append(fout)
    if not redenen:
        return onderwerp
    weigering = redenen[0] if len(redenen) == 1 else FlowGeweigerdError(flow, redenen)
    aandrijving.record_weigering(huis, flow, onderwerp, door.wie, door.nu, str(weigering))
    raise weigering


def request_start(huis: Huis, door: Optreden, flow: str, procedure: str | None, ronde: str | None) -> Tik:
    """Ask for a tick that the dispatcher starts; a refusal says every reason and is kept.

    Asked for while the same tick still waits to begin, it is that one: it will see the same. A flow that runs
    by the clock is not asked for this way.
    """
    onderwerp = check_start(huis, door, flow, procedure, ronde, keuze="veld ")
    if flow in KLOKFLOWS:
        tekst = f"De flow {flow} loopt vanzelf op de klok. Start hem zo nodig met: inkoop flow start {flow}."
        aandrijving.record_weigering(huis, flow, onderwerp, door.wie, door.nu, tekst)
        raise BeletselenError("Deze flow kan zo niet starten.", [Beletsel("klok", tekst)])
    return aandrijving.request_tik(huis, door, Fase(flow), onderwerp)


def _choose_onderwerp(flow: str, procedure: str | None, ronde: str | None, keuze: str) -> str:
    """What the flow is about: exactly the choice that goes with it."""
    if flow not in UITLEG:
        raise OnbekendeStroomError(f"De flow '{flow}' bestaat niet. Wel: {', '.join(UITLEG)}.")
    gevraagd = name_onderwerp(flow)
    gegeven = {"procedure": procedure, "ronde": ronde}
    waarde = gegeven.pop(gevraagd) if gevraagd else ""
    beletselen = []
    if gevraagd and not waarde:
        beletselen.append(Beletsel("ontbreekt", f"Zeg met {keuze}{gevraagd} over welke {gevraagd} het gaat."))
    beletselen += [
        Beletsel("teveel", f"Laat {keuze}{naam} weg: deze flow gaat over {f'een {gevraagd}' if gevraagd else 'alles'}.")
        for naam, w in gegeven.items()
        if w
    ]
    if beletselen or waarde is None:
        raise BeletselenError(f"De flow {flow} kan zo niet starten.", beletselen)
    return waarde


def _require_onderwerp(huis: Huis, soort: str, naam: str) -> None:
    """A procedure or round that does not exist is said before anything is started for it."""
    with huis.winkel.lezen() as sessie:
        if soort == "procedure":
            procedures.find_procedure(sessie, naam)
        elif soort == "ronde":
            rondes.find_ronde(sessie, naam)
