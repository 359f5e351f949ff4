"""Rounds computed backwards from the days on which agreements start.

Each step says which day it starts from and how many days it goes back, so that a plan can explain it.
What comes out is held against the same invariants as typed dates (instroom.check_ronde).

Bron: E.5 `rounds(term)`; M20-41; BP-18.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import msgspec

from inkoop.domain.fouten import Beletsel
from inkoop.domain.kalender import TIJDZONE, Feestdagen, roll_back, roll_forward
from inkoop.domain.procedure import Rondedefinitie, Termijnen
from inkoop.domain.rooster import Rooster
from inkoop.domain.termijnen import end_of_herstel, end_of_vervaltermijn

DIALOOG_NAAR_VOORSTEL = 7
"""Days between the end of the dialogue and the final proposal (E.3: 29 October to 5 November)."""


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
    """One round, backwards from its start: signing, besluit, (dialogue, selection,) closing, nota, opening.

    Where terms roll, days that are set (opening, nota, besluit, signing) move back to a working day and
    ends of terms (closing, repair, remedy) forward; the besluit is the last working day on which its remedy
    still ends before signing.

    Bron: E.5; B.2.5.
    """

    def terug(dag: date) -> date:
        return roll_back(dag, feestdagen) if termijnen.doorrollen else dag

    def vooruit(dag: date) -> date:
        return roll_forward(dag, feestdagen) if termijnen.doorrollen else dag

    def laatste_besluit(tot: date) -> date:
        besluit = terug(tot - timedelta(days=termijnen.vervaltermijn_dagen))
        while end_of_vervaltermijn(termijnen, besluit, feestdagen) > tot:
            besluit = terug(besluit - timedelta(days=1))
        return besluit

    tijd = time.fromisoformat(rooster.sluitingstijd)
    tekenen = terug(ingang - timedelta(days=rooster.tekentermijn_dagen))
    besluit = laatste_besluit(tekenen)
    eerste_besluit = besluit
    dialoog: dict[str, object] = {}
    if rooster.dialoog_dagen:
        voorstel = terug(besluit - timedelta(days=rooster.voorstel_dagen))
        dialoog_tot = terug(voorstel - timedelta(days=DIALOOG_NAAR_VOORSTEL))
        dialoog_van = vooruit(dialoog_tot - timedelta(days=rooster.dialoog_dagen))
        eerste_besluit = laatste_besluit(dialoog_van - timedelta(days=1))
        dialoog = {
            "selectiebesluit": eerste_besluit,
            "selectie_vervaltermijn": end_of_vervaltermijn(termijnen, eerste_besluit, feestdagen),
            "dialoog_van": dialoog_van,
            "dialoog_tot": dialoog_tot,
            "voorstel_tot": datetime.combine(voorstel, tijd, tzinfo=TIJDZONE),
        }
    sluitdag = vooruit(eerste_besluit - timedelta(days=rooster.beoordeling_dagen))
    nota = terug(sluitdag - timedelta(days=rooster.nota_dagen_voor_sluiting))
    verzoek = vooruit(sluitdag + timedelta(days=rooster.herstelverzoek_dagen))
    ronde = Rondedefinitie(
        kenmerk=kenmerk,
        opening=terug(sluitdag - timedelta(days=rooster.venster_dagen)),
        vragen_tot=terug(nota - timedelta(days=rooster.vragen_dagen)),
        nota=nota,
        sluiting=datetime.combine(sluitdag, tijd, tzinfo=TIJDZONE),
        herstelverzoek=verzoek,
        herstel_tot=end_of_herstel(termijnen, verzoek, feestdagen),
        besluit=besluit,
        vervaltermijn=end_of_vervaltermijn(termijnen, besluit, feestdagen),
        tekenen=tekenen,
        ingang=ingang,
        criteria_editie=rooster.criteria_editie,
    )
    return msgspec.structs.replace(ronde, **dialoog)


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
    if rooster.dialoog_dagen < 0 or (rooster.dialoog_dagen > 0) != (rooster.voorstel_dagen > 0):
        tekst = (
            "Een dialoog heeft 'dialoog_dagen' en 'voorstel_dagen', allebei meer dan 0; zonder dialoog laat u ze weg."
        )
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
