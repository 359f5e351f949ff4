"""Rounds computed backwards from the days on which agreements start.

Each step says which day it starts from and how many days it goes back, so that a plan can explain it.
What comes out is held against the same invariants as typed dates (instroom.check_ronde).

Bron: E.5 `rounds(term)`; M20-41; BP-18.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from inkoop.domain.fouten import Beletsel
from inkoop.domain.herleiding import Herleiding, Teleenheid, Telwijze, count_termijn
from inkoop.domain.kalender import TIJDZONE, Feestdagen
from inkoop.domain.procedure import Rondedefinitie, Termijnen
from inkoop.domain.rooster import Rooster
from inkoop.domain.termijnen import end_of_vervaltermijn

DIALOOG_NAAR_VOORSTEL = 7
"""Days between the end of the dialogue and the final proposal (E.3: 29 October to 5 November)."""

VOORSTEL_SCHRIJVEN = 21
"""Days that those selected have for a final proposal when there is no dialogue (project default)."""


def compute_rondes(rooster: Rooster, termijnen: Termijnen, feestdagen: Feestdagen) -> tuple[Rondedefinitie, ...]:
    """The round for every start day of the rooster, in order. Numbers only where a year has more than one.

    Bron: E.5 `rounds(term)`.
    """
    per_jaar = len(rooster.ingangsdagen)
    rondes = []
    for ingang in list_ingangen(rooster):
        nummer = sorted(rooster.ingangsdagen).index(ingang.strftime("%m-%d")) + 1
        kenmerk = f"{rooster.voorvoegsel}-{ingang.year}" + (f"-{nummer}" if per_jaar > 1 else "")
        rondes.append(compute_ronde(kenmerk, ingang, rooster, termijnen, feestdagen))
    return tuple(rondes)


def list_ingangen(rooster: Rooster) -> Iterator[date]:
    """The start days from the first up to and including the last."""
    for jaar in range(rooster.eerste_ingang.year, rooster.laatste_ingang.year + 1):
        for maanddag in sorted(rooster.ingangsdagen):
            ingang = date.fromisoformat(f"{jaar}-{maanddag}")
            if rooster.eerste_ingang <= ingang <= rooster.laatste_ingang:
                yield ingang


def compute_ronde(
    kenmerk: str, ingang: date, rooster: Rooster, termijnen: Termijnen, feestdagen: Feestdagen
) -> Rondedefinitie:
    """One round, backwards from its start; see `trace_ronde` for how each day comes about."""
    dagen = {naam: herleiding.dag for naam, herleiding in trace_ronde(ingang, rooster, termijnen, feestdagen).items()}
    tijd = time.fromisoformat(rooster.sluitingstijd)
    velden: dict[str, Any] = dict(dagen)
    for naam in ("sluiting", "voorstel_tot"):
        if naam in dagen:
            velden[naam] = datetime.combine(dagen[naam], tijd, tzinfo=TIJDZONE)
    return Rondedefinitie(kenmerk=kenmerk, ingang=ingang, criteria_editie=rooster.criteria_editie, **velden)


def trace_ronde(ingang: date, rooster: Rooster, termijnen: Termijnen, feestdagen: Feestdagen) -> dict[str, Herleiding]:
    """Every day of a round by the name of its key, each with how it comes about, backwards from the start.

    Where terms roll, days that are set (opening, nota, besluit, signing) move back to a working day and
    ends of terms (closing, repair, remedy) forward; the besluit is the last working day on which its remedy
    still ends before signing.

    Bron: E.5; B.2.5.
    """
    terug = Telwijze.TERUGROLLEN if termijnen.doorrollen else Telwijze.KALENDERDAGEN
    vooruit = Telwijze.DOORROLLEN if termijnen.doorrollen else Telwijze.KALENDERDAGEN
    sluitend = Telwijze.DOORROLLEN if termijnen.rolt("sluiting") else Telwijze.KALENDERDAGEN
    sporen: dict[str, Herleiding] = {}

    def tel(naam: str, vanaf: date, regel: str, dagen: int, wijze: Telwijze) -> date:
        sporen[naam] = count_termijn(vanaf, dagen, Teleenheid.DAGEN, wijze, feestdagen, regel=regel, bron=rooster.bron)
        return sporen[naam].dag

    def besluit_voor(naam: str, tot: date, regel: str) -> date:
        """The last besluit whose remedy ends on or before a day."""
        dagen = termijnen.vervaltermijn_dagen
        besluit = tel(naam, tot, regel, -dagen, terug)
        einde = "selectie_vervaltermijn" if naam == "selectiebesluit" else "vervaltermijn"
        while end_of_vervaltermijn(termijnen, besluit, feestdagen, einde) > tot:
            dagen += 1
            besluit = tel(naam, tot, regel, -dagen, terug)
        return besluit

    tekenen = tel("tekenen", ingang, "de ingang", -rooster.tekentermijn_dagen, terug)
    eerste = besluit = besluit_voor("besluit", tekenen, "het tekenen")
    if rooster.dialoog_dagen:
        voorstel = tel("voorstel_tot", besluit, "het besluit", -rooster.voorstel_dagen, terug)
        tot = tel("dialoog_tot", voorstel, "het definitieve voorstel", -DIALOOG_NAAR_VOORSTEL, terug)
        van = tel("dialoog_van", tot, "het einde van de dialoog", -rooster.dialoog_dagen, vooruit)
        eerste = besluit_voor("selectiebesluit", van - timedelta(days=1), "de dag vóór de dialoog")
        _trace_termijn(sporen, "selectie_vervaltermijn", eerste, "het selectiebesluit", termijnen, feestdagen)
    elif rooster.voorstel_dagen:
        voorstel = tel("voorstel_tot", besluit, "het besluit", -rooster.voorstel_dagen, terug)
        uiterlijk = voorstel - timedelta(days=VOORSTEL_SCHRIJVEN)
        eerste = besluit_voor("selectiebesluit", uiterlijk, "de uitnodiging om een voorstel te schrijven")
        _trace_termijn(sporen, "selectie_vervaltermijn", eerste, "het selectiebesluit", termijnen, feestdagen)
    regel = "het selectiebesluit" if eerste is not besluit else "het besluit"
    sluiting = tel("sluiting", eerste, regel, -rooster.beoordeling_dagen, sluitend)
    nota = tel("nota", sluiting, "de sluiting", -rooster.nota_dagen_voor_sluiting, terug)
    tel("vragen_tot", nota, "de nota van inlichtingen", -rooster.vragen_dagen, terug)
    tel("opening", sluiting, "de sluiting", -rooster.venster_dagen, terug)
    verzoek = tel("herstelverzoek", sluiting, "de sluiting", rooster.herstelverzoek_dagen, vooruit)
    _trace_termijn(sporen, "herstel_tot", verzoek, "het herstelverzoek", termijnen, feestdagen)
    _trace_termijn(sporen, "vervaltermijn", besluit, "het besluit", termijnen, feestdagen)
    return sporen


def _trace_termijn(
    sporen: dict[str, Herleiding], naam: str, vanaf: date, regel: str, termijnen: Termijnen, feestdagen: Feestdagen
) -> None:
    """Add the end of a published term."""
    dagen = termijnen.herstel_dagen if naam == "herstel_tot" else termijnen.vervaltermijn_dagen
    wijze = Telwijze.DOORROLLEN if termijnen.rolt(naam) else Telwijze.KALENDERDAGEN
    sporen[naam] = count_termijn(vanaf, dagen, Teleenheid.DAGEN, wijze, feestdagen, regel=regel, bron=termijnen.bron)


def check_rooster(rooster: Rooster) -> list[Beletsel]:
    """Why no round can be computed; the code ends with the key.

    Bron: E.5 `params`; B.2.11 (a nota at least ten days before closing is held by check_ronde).
    """
    beletselen = []
    if not rooster.ingangsdagen:
        beletselen.append(Beletsel("rooster-ingangsdagen", "Noem ten minste één ingangsdag, zoals '01-01'."))
    for maanddag in rooster.ingangsdagen:
        if not _is_maanddag(maanddag):
            tekst = f"'{maanddag}' is geen dag van elk jaar. Schrijf maand en dag: '07-01' is 1 juli."
            beletselen.append(Beletsel("rooster-ingangsdagen", tekst))
    if len(set(rooster.ingangsdagen)) != len(rooster.ingangsdagen):
        beletselen.append(Beletsel("rooster-ingangsdagen", "Een ingangsdag staat er dubbel."))
    if not _is_tijd(rooster.sluitingstijd):
        tekst = "Schrijf de sluitingstijd als uren, minuten en seconden tussen aanhalingstekens: '23:59:59'."
        beletselen.append(Beletsel("rooster-sluitingstijd", tekst))
    if rooster.laatste_ingang < rooster.eerste_ingang:
        beletselen.append(Beletsel("rooster-laatste_ingang", "De laatste ingang ligt vóór de eerste."))
    dagen = ("venster_dagen", "vragen_dagen", "herstelverzoek_dagen", "beoordeling_dagen", "tekentermijn_dagen")
    beletselen += [
        Beletsel(f"rooster-{naam}", f"'{naam}' is ten minste 1.") for naam in dagen if getattr(rooster, naam) < 1
    ]
    if min(rooster.dialoog_dagen, rooster.voorstel_dagen) < 0 or (rooster.dialoog_dagen and not rooster.voorstel_dagen):
        tekst = "Een dialoog heeft 'dialoog_dagen' en 'voorstel_dagen', allebei meer dan 0."
        beletselen.append(Beletsel("rooster-dialoog_dagen", tekst))
    if not beletselen and not any(True for _ in list_ingangen(rooster)):
        tekst = "Tussen de eerste en de laatste ingang ligt geen enkele ingangsdag."
        beletselen.append(Beletsel("rooster-ingangsdagen", tekst))
    return beletselen


def _is_tijd(tekst: str) -> bool:
    """Whether a text is a time of the day in whole seconds, without time zone."""
    try:
        return time.fromisoformat(tekst).isoformat() == tekst
    except ValueError:
        return False


def _is_maanddag(tekst: str) -> bool:
    try:
        return date.fromisoformat(f"2001-{tekst}").strftime("%m-%d") == tekst
    except ValueError:
        return False
